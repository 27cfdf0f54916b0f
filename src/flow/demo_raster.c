/* SPDX-License-Identifier: EUPL-1.2 */
/* The 100 m raster of Lindewaard: the inhabited cells, how many people live in each, and their livability
 * around the buurt's own. */
#include "flow/demo.h"

#include <math.h>
#include <string.h>

enum { CELL_M = 100, CELLS_MAX = 12000, PERIODS = 8 };
static const int16_t YEARS[PERIODS] = {2012, 2014, 2016, 2018, 2020, 2022, 2024, 2025};
static const char *const INDICATOR[] = {"residents",     "lbm3.score",     "lbm3.deviation", "lbm3.housing",
                                        "lbm3.physical", "lbm3.amenities", "lbm3.cohesion",  "lbm3.safety"};
enum { RESIDENTS, SCORE, DEVIATION, FIRST_DIMENSION, COLUMNS = FIRST_DIMENSION + DEMO_DIMENSIONS };

struct cell {
    double x, y; /* south-west corner */
    size_t buurt;
    double weight;
};

static size_t buurt_at(const struct town *town, const struct wijk_box *box, struct wijk_xy p)
{
    for (size_t i = 0; i < TOWN_BUURTEN; i++)
        if (p.x >= box[i].min_x && p.x <= box[i].max_x && p.y >= box[i].min_y && p.y <= box[i].max_y &&
            wijk_geom_contains(town->buurt[i].geom, p))
            return i;
    return SIZE_MAX;
}

/* Cells whose middle lies in a buurt; part of them is inhabited, more so where a buurt is small and dense. */
static size_t find_cells(const struct town *town, struct wijk_rng *rng, struct cell *cell)
{
    struct wijk_box box[TOWN_BUURTEN], all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    double area[TOWN_BUURTEN];
    size_t n = 0;
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        box[i] = wijk_geom_box(town->buurt[i].geom);
        area[i] = wijk_geom_area_m2(town->buurt[i].geom);
        all.min_x = fmin(all.min_x, box[i].min_x);
        all.min_y = fmin(all.min_y, box[i].min_y);
        all.max_x = fmax(all.max_x, box[i].max_x);
        all.max_y = fmax(all.max_y, box[i].max_y);
    }
    for (double y = floor(all.min_y / CELL_M) * CELL_M; y < all.max_y; y += CELL_M) {
        for (double x = floor(all.min_x / CELL_M) * CELL_M; x < all.max_x; x += CELL_M) {
            size_t b = buurt_at(town, box, (struct wijk_xy){x + CELL_M / 2.0, y + CELL_M / 2.0});
            double chance = wijk_rng_uniform(rng), weight = exp(0.7 * wijk_rng_normal(rng));
            if (b == SIZE_MAX || n == CELLS_MAX || chance > fmin(0.95, 0.25 + 300000 / area[b])) continue;
            cell[n++] = (struct cell){x, y, b, weight};
        }
    }
    return n;
}

static enum wijk_err make_areas(struct wijk_cx *cx, const struct town *town, const struct cell *cell,
                                size_t n, const double *residents, const char *const *code,
                                const struct wijk_areas **out)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, n);
    struct wijk_areas *areas = WIJK_NEW(cx, struct wijk_areas, 1);
    for (size_t i = 0; i < n; i++) {
        const struct wijk_xy at = {cell[i].x, cell[i].y};
        struct wijk_geom_builder *b = wijk_geom_build(cx);
        wijk_geom_add_polygon(b);
        wijk_geom_add_ring(b);
        wijk_geom_add_point(b, at);
        wijk_geom_add_point(b, (struct wijk_xy){at.x + CELL_M, at.y});
        wijk_geom_add_point(b, (struct wijk_xy){at.x + CELL_M, at.y + CELL_M});
        wijk_geom_add_point(b, (struct wijk_xy){at.x, at.y + CELL_M});
        v[i] = (struct wijk_area){.code = code[i],
                                  .name = code[i],
                                  .parent = town->buurt[cell[i].buurt].code,
                                  .residents = residents[i]};
        WIJK_TRY(wijk_geom_done(b, &v[i].geom));
    }
    *areas = (struct wijk_areas){WIJK_LEVEL_RASTER, DEMO_LAST_YEAR, n, v};
    *out = areas;
    return WIJK_OK;
}

static void fill(const struct demo_truth *truth, const struct demo_latent *l, struct wijk_rng *rng,
                 const struct cell *cell, const double *share, struct demo_table *t)
{
    for (size_t i = 0; i < t->n_area; i++) {
        size_t b = cell[i].buurt;
        double off[DEMO_DIMENSIONS];
        for (size_t k = 0; k < DEMO_DIMENSIONS; k++) off[k] = 0.028 * wijk_rng_normal(rng);
        for (size_t p = 0; p < PERIODS; p++) {
            size_t year = (size_t)(YEARS[p] - DEMO_FIRST_YEAR);
            double sum = 0, residents = round(share[i] * l->residents[year][b]);
            bool shown = b != truth->hidden && b != truth->no_data;
            t->value[wijk__demo_at(t, RESIDENTS, p, i)] = residents;
            t->status[wijk__demo_at(t, RESIDENTS, p, i)] = WIJK_STATUS_OK;
            for (size_t k = 0; k < DEMO_DIMENSIONS; k++) {
                double v =
                    round((l->dimension[year][k][b] + off[k] + 0.004 * wijk_rng_normal(rng)) * 1000) / 1000;
                sum += v;
                t->value[wijk__demo_at(t, FIRST_DIMENSION + k, p, i)] = shown ? v : NAN;
            }
            sum = round(sum * 1000) / 1000;
            t->value[wijk__demo_at(t, DEVIATION, p, i)] = shown ? sum : NAN;
            t->value[wijk__demo_at(t, SCORE, p, i)] = shown ? round((4.1 + sum) * 1000) / 1000 : NAN;
            for (size_t c = SCORE; c < COLUMNS; c++)
                t->status[wijk__demo_at(t, c, p, i)] = (uint8_t)(shown                ? WIJK_STATUS_OK
                                                                 : b == truth->hidden ? WIJK_STATUS_SUPPRESSED
                                                                                      : WIJK_STATUS_MISSING);
        }
    }
}

enum wijk_err wijk__demo_raster(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                const struct demo_latent *latent, const struct demo_table **out,
                                const struct wijk_areas **areas)
{
    struct wijk_rng rng = wijk_rng(truth->seed + 3);
    struct cell *cell = WIJK_NEW(cx, struct cell, CELLS_MAX);
    size_t n = find_cells(town, &rng, cell);
    const char **code = WIJK_NEW(cx, const char *, n);
    double sum[TOWN_BUURTEN] = {0}, *share = WIJK_NEW(cx, double, n), *residents = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) {
        sum[cell[i].buurt] += cell[i].weight;
        code[i] = wijk_sprintf(cx, "E%04dN%04d", (int)(cell[i].x / CELL_M), (int)(cell[i].y / CELL_M));
    }
    for (size_t i = 0; i < n; i++) {
        share[i] = cell[i].weight / sum[cell[i].buurt];
        residents[i] = round(share[i] * latent->residents[DEMO_YEARS - 1][cell[i].buurt]);
    }
    struct wijk_period *period = WIJK_NEW(cx, struct wijk_period, PERIODS);
    for (size_t p = 0; p < PERIODS; p++) period[p].year = YEARS[p];
    struct demo_table *t =
        wijk__demo_table(cx, "lindewaard-raster.csv", WIJK_LEVEL_RASTER, n, PERIODS, COLUMNS);
    t->code = t->name = code;
    t->period = period;
    t->indicator = INDICATOR;
    fill(truth, latent, &rng, cell, share, t);
    *out = t;
    return make_areas(cx, town, cell, n, residents, code, areas);
}
