/* SPDX-License-Identifier: EUPL-1.2 */
/* Fills a store with the fictional gemeente: the town, its areas, and its tables of figures, each kept as if
 * it had come from a CSV file, so that every number has a file, a hash and a row. */
#include "flow/demo.h"
#include "base/embedded.h"

#include <math.h>
#include <string.h>

extern const struct wijk_embedded wijk_defs_files[];

static const char MADE_AT[] = "2026-01-01T00:00:00Z", RELEASE[] = "demo", SOURCE[] = "lindewaard";
static const int64_t MADE_AT_S = 1767225600; /* the same moment */

struct demo_table *wijk__demo_table(struct wijk_cx *cx, const char *file_name, enum wijk_level level,
                                    size_t n_area, size_t n_period, size_t n_indicator)
{
    struct demo_table *t = WIJK_NEW(cx, struct demo_table, 1);
    *t = (struct demo_table){.file_name = file_name,
                             .release = RELEASE,
                             .level = level,
                             .n_area = n_area,
                             .n_period = n_period,
                             .n_indicator = n_indicator};
    t->value = WIJK_NEW(cx, double, n_area *n_period *n_indicator);
    t->status = WIJK_NEW(cx, uint8_t, n_area * n_period * n_indicator);
    return t;
}

struct demo_table *wijk__demo_buurten(struct wijk_cx *cx, const char *file_name, const struct town *town,
                                      int first_year, int every, size_t n_year, size_t n_indicator)
{
    struct demo_table *t =
        wijk__demo_table(cx, file_name, WIJK_LEVEL_BUURT, TOWN_BUURTEN, n_year, n_indicator);
    const char **code = WIJK_NEW(cx, const char *, TOWN_BUURTEN),
               **name = WIJK_NEW(cx, const char *, TOWN_BUURTEN);
    struct wijk_period *period = WIJK_NEW(cx, struct wijk_period, n_year);
    for (size_t i = 0; i < TOWN_BUURTEN; i++) code[i] = town->buurt[i].code, name[i] = town->buurt[i].name;
    for (size_t k = 0; k < n_year; k++) period[k].year = (int16_t)(first_year + every * (int)k);
    t->code = code;
    t->name = name;
    t->period = period;
    return t;
}

size_t wijk__demo_at(const struct demo_table *t, size_t indicator, size_t period, size_t area)
{
    return (indicator * t->n_period + period) * t->n_area + area;
}

/* ---- a table as the CSV file it stands for ---- */

static uint32_t row_of(const struct demo_table *t, size_t period, size_t area)
{
    return (uint32_t)(2 + period * t->n_area + area); /* line 1 is the header */
}

static struct wijk_str csv_text(struct wijk_cx *cx, const struct demo_table *t)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_csv_out w = {.out = wijk_out_buf(&b)};
    wijk_csv_put(&w, WIJK_STR("code"));
    wijk_csv_put(&w, WIJK_STR("naam"));
    wijk_csv_put(&w, WIJK_STR("periode"));
    for (size_t c = 0; c < t->n_indicator; c++) wijk_csv_put(&w, wijk_str(t->indicator[c]));
    wijk_csv_end_row(&w);
    for (size_t p = 0; p < t->n_period; p++) {
        char period[16];
        wijk_period_write(t->period[p], period);
        for (size_t a = 0; a < t->n_area; a++) {
            wijk_csv_put(&w, wijk_str(t->code[a]));
            wijk_csv_put(&w, wijk_str(t->name[a]));
            wijk_csv_put(&w, wijk_str(period));
            for (size_t c = 0; c < t->n_indicator; c++) {
                size_t at = wijk__demo_at(t, c, p, a);
                if (t->status[at] == WIJK_STATUS_SUPPRESSED)
                    wijk_csv_put(&w, WIJK_STR("x"));
                else
                    wijk_csv_put_num(&w, t->value[at]);
            }
            wijk_csv_end_row(&w);
        }
    }
    return (struct wijk_str){b.p, b.n};
}

static enum wijk_err save_load(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_source *source,
                               const struct demo_table *t, uint32_t *id)
{
    struct wijk_str text = csv_text(cx, t);
    struct wijk_sha256 h;
    char hex[65];
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, text.p, text.n);
    wijk_sha256_end(&h, hex);
    struct wijk_load load = {.source = SOURCE,
                             .release = t->release,
                             .method_version = source->method_version,
                             .publisher = source->publisher,
                             .licence = source->licence,
                             .table = source->table,
                             .file_name = t->file_name,
                             .sha256 = hex,
                             .bytes = text.n,
                             .retrieved = "",
                             .loaded_at = MADE_AT,
                             .rows = t->n_area * t->n_period,
                             .taken = t->n_area * t->n_period};
    WIJK_TRY(wijk_store_save_load(cx, store, &load));
    struct wijk_load_column *column = WIJK_NEW(cx, struct wijk_load_column, t->n_indicator);
    for (size_t c = 0; c < t->n_indicator; c++)
        column[c] = (struct wijk_load_column){.indicator = t->indicator[c],
                                              .column = t->indicator[c],
                                              .rows = "",
                                              .scale = 1,
                                              .area_column = "",
                                              .left_out = ""};
    *id = load.id;
    return wijk_store_save_columns(cx, store, load.id, column, t->n_indicator);
}

/* One series per indicator and period, for areas first..first+n-1 of the table (one level). */
static enum wijk_err save_series(struct wijk_cx *cx, struct wijk_store *store, const struct demo_table *t,
                                 enum wijk_level level, size_t first, size_t n, uint32_t load_id)
{
    uint32_t *row = WIJK_NEW(cx, uint32_t, n), *load = WIJK_NEW(cx, uint32_t, n);
    for (size_t c = 0; c < t->n_indicator; c++) {
        for (size_t p = 0; p < t->n_period; p++) {
            size_t at = wijk__demo_at(t, c, p, first);
            for (size_t a = 0; a < n; a++) row[a] = row_of(t, p, first + a), load[a] = load_id;
            struct wijk_series s = {{t->indicator[c], t->period[p], level, DEMO_LAST_YEAR, t->release},
                                    n,
                                    t->value + at,
                                    t->status + at,
                                    row,
                                    load};
            WIJK_TRY(wijk_store_save_series(cx, store, &s));
        }
    }
    return WIJK_OK;
}

/* ---- areas ---- */

static enum wijk_err save_buurten(struct wijk_cx *cx, struct wijk_store *store, const struct town *town,
                                  const struct demo_latent *l)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, TOWN_BUURTEN);
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        const struct town_buurt *b = &town->buurt[i];
        v[i] = (struct wijk_area){b->code, b->name, town->wijk_code[b->wijk], l->residents[DEMO_YEARS - 1][i],
                                  b->geom};
    }
    struct wijk_areas areas = {WIJK_LEVEL_BUURT, DEMO_LAST_YEAR, TOWN_BUURTEN, v};
    return wijk_store_save_areas(cx, store, &areas);
}

/* The buurten of one wijk, or all of them, as one area. */
static enum wijk_err join(struct wijk_cx *cx, const struct town *town, const struct demo_latent *l,
                          size_t wijk, struct wijk_area *out)
{
    const struct wijk_geom *part[TOWN_BUURTEN];
    size_t n = 0;
    out->residents = 0;
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        if (wijk < TOWN_WIJKEN && town->buurt[i].wijk != wijk) continue;
        part[n++] = town->buurt[i].geom;
        out->residents += l->residents[DEMO_YEARS - 1][i];
    }
    return wijk_geom_union(cx, part, n, &out->geom);
}

static enum wijk_err save_above(struct wijk_cx *cx, struct wijk_store *store, const struct town *town,
                                const struct demo_latent *l)
{
    struct wijk_area wijk[TOWN_WIJKEN], gemeente = {.code = "GM9901", .name = "Lindewaard"};
    for (size_t k = 0; k < TOWN_WIJKEN; k++) {
        wijk[k] =
            (struct wijk_area){.code = town->wijk_code[k], .name = town->wijk_name[k], .parent = "GM9901"};
        WIJK_TRY(join(cx, town, l, k, &wijk[k]));
    }
    WIJK_TRY(join(cx, town, l, TOWN_WIJKEN, &gemeente));
    struct wijk_areas wijken = {WIJK_LEVEL_WIJK, DEMO_LAST_YEAR, TOWN_WIJKEN, wijk},
                      one = {WIJK_LEVEL_GEMEENTE, DEMO_LAST_YEAR, 1, &gemeente};
    WIJK_TRY(wijk_store_save_areas(cx, store, &one));
    return wijk_store_save_areas(cx, store, &wijken);
}

/* ---- the recipe ---- */

struct job {
    const struct wijk_defs *defs;
    const struct wijk_progress *progress;
};

static enum wijk_err read_yaml(struct wijk_cx *cx, const char *name, const struct wijk_yaml **out)
{
    for (const struct wijk_embedded *f = wijk_defs_files; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return wijk_yaml_read(cx, (struct wijk_str){(const char *)f->bytes, f->n}, f->name, out);
    return wijk_fail(cx, WIJK_EDEF, "De definitie %s ontbreekt.", name);
}

static enum wijk_err save_tables(struct wijk_cx *cx, struct wijk_store *store,
                                 const struct wijk_source *source, const struct town *town,
                                 const struct demo_truth *truth)
{
    struct demo_latent *l = WIJK_NEW(cx, struct demo_latent, 1);
    const struct demo_table *buurten, *above, *months, *cells;
    const struct wijk_areas *raster;
    uint32_t load;
    WIJK_TRY(wijk__demo_yearly(cx, town, truth, l, &buurten, &above));
    WIJK_TRY(wijk__demo_monthly(cx, town, truth, l, &months));
    WIJK_TRY(wijk__demo_raster(cx, town, truth, l, &cells, &raster));
    WIJK_TRY(save_above(cx, store, town, l));
    WIJK_TRY(save_buurten(cx, store, town, l));
    WIJK_TRY(wijk_store_save_areas(cx, store, raster));
    WIJK_TRY(save_load(cx, store, source, buurten, &load));
    WIJK_TRY(save_series(cx, store, buurten, WIJK_LEVEL_BUURT, 0, TOWN_BUURTEN, load));
    WIJK_TRY(save_load(cx, store, source, above, &load));
    WIJK_TRY(save_series(cx, store, above, WIJK_LEVEL_WIJK, 0, TOWN_WIJKEN, load));
    WIJK_TRY(save_series(cx, store, above, WIJK_LEVEL_GEMEENTE, TOWN_WIJKEN, 1, load));
    WIJK_TRY(save_load(cx, store, source, months, &load));
    WIJK_TRY(save_series(cx, store, months, WIJK_LEVEL_BUURT, 0, TOWN_BUURTEN, load));
    WIJK_TRY(save_load(cx, store, source, cells, &load));
    WIJK_TRY(save_series(cx, store, cells, WIJK_LEVEL_RASTER, 0, cells->n_area, load));
    const struct demo_table *felt = wijk__demo_felt(cx, town, truth, l);
    WIJK_TRY(save_load(cx, store, source, felt, &load));
    WIJK_TRY(save_series(cx, store, felt, WIJK_LEVEL_BUURT, 0, TOWN_BUURTEN, load));
    const struct demo_table *homes = wijk__demo_homes(cx, town, truth);
    WIJK_TRY(save_load(cx, store, source, homes, &load));
    WIJK_TRY(save_series(cx, store, homes, WIJK_LEVEL_BUURT, 0, TOWN_BUURTEN, load));
    const struct demo_table *revised = wijk__demo_revised(cx, town, truth, l);
    WIJK_TRY(save_load(cx, store, source, revised, &load));
    return save_series(cx, store, revised, WIJK_LEVEL_BUURT, 0, TOWN_BUURTEN, load);
}

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct job *job = arg;
    const struct wijk_source *source = wijk_defs_source(job->defs, SOURCE);
    const struct wijk_yaml *yaml, *partners;
    const struct town *town;
    struct demo_truth truth;
    static const char *const RIVER[] = {"Linde"};
    if (!source) return wijk_fail(cx, WIJK_EDEF, "De definitie %s ontbreekt.", "sources/lindewaard.yaml");
    WIJK_TRY(read_yaml(cx, "demo/truth.yaml", &yaml));
    WIJK_TRY(read_yaml(cx, "demo/partners.yaml", &partners));
    WIJK_TRY(wijk__town_build(cx, wijk__demo_truth_seed(yaml), &town));
    WIJK_TRY(wijk__demo_truth_read(cx, town, yaml, &truth));
    WIJK_TRY(wijk_store_set_title(cx, store, "Lindewaard", true));
    WIJK_TRY(wijk_store_save_defs(cx, store, job->defs));
    WIJK_TRY(wijk_store_save_water(cx, store, RIVER, &town->river, 1));
    WIJK_TRY(save_tables(cx, store, source, town, &truth));
    WIJK_TRY(wijk__demo_norms(cx, store, job->defs, yaml));
    WIJK_TRY(wijk__demo_partners(cx, store, town, &truth, partners, MADE_AT_S));
    if (!wijk_progress_step(job->progress, SOURCE, 1, 2))
        return wijk_fail(cx, WIJK_ECANCEL, "Gestopt op verzoek; er is niets bewaard.");
    return wijk_flow_measure(cx, store, job->defs, NULL);
}

enum wijk_err wijk_flow_demo(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                             const struct wijk_progress *progress)
{
    struct job job = {defs, progress};
    return wijk_store_in_transaction(cx, store, fill, &job);
}
