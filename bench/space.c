/* SPDX-License-Identifier: EUPL-1.2 */
/* How long neighbours and clusters take, over a country made up elsewhere: a folder with mosaic.geojson (one
 * Polygon a line of features) and panel.f64 (areas x 100, the first column is taken, NAN by the mean).
 *
 *   space FOLDER [AREAS [DRAWS [ROUNDS [check]]]]
 *
 * Prints a line for each job: what, areas, draws, median processor ms of the rounds, an answer to compare.
 * With `check` every count is also made by visiting every area and every draw. */
#include "geo/geo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AREAS_MAX = 14000, COLUMNS = 100, ROUNDS_MAX = 99 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* one thread: what a busy machine takes does not count */
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_value);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "space: %s\n", what);
    exit(1);
}

static struct wijk_str whole(struct wijk_cx *cx, const char *folder, const char *name)
{
    FILE *f = fopen(wijk_sprintf(cx, "%s/%s", folder, name), "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0) give_up(name);
    const long n = ftell(f);
    rewind(f);
    char *p = WIJK_NEW(cx, char, (size_t)n + 1);
    if (fread(p, 1, (size_t)n, f) != (size_t)n) give_up(name);
    fclose(f);
    return (struct wijk_str){p, (size_t)n};
}

/* The rings of one Polygon: numbers at depth 4 of its coordinates come in twos. */
static const struct wijk_geom *polygon(struct wijk_cx *cx, struct wijk_json *json)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    struct wijk_json_token t;
    const struct wijk_geom *g;
    double pair[2];
    size_t at = 0;
    int depth = 0;
    wijk_geom_add_polygon(b);
    do {
        if (wijk_json_next(json, &t) != WIJK_OK) give_up("mosaic.geojson");
        depth += (t.kind == WIJK_JSON_ARRAY) - (t.kind == WIJK_JSON_ARRAY_END);
        if (t.kind == WIJK_JSON_ARRAY && depth == 2) wijk_geom_add_ring(b);
        if (t.kind != WIJK_JSON_NUMBER) continue;
        pair[at++ % 2] = t.number;
        if (at % 2 == 0) wijk_geom_add_point(b, (struct wijk_xy){pair[0], pair[1]});
    } while (depth);
    if (wijk_geom_done(b, &g) != WIJK_OK) give_up("a shape");
    return g;
}

static size_t shapes(struct wijk_cx *cx, const char *folder, const struct wijk_geom **geoms, size_t max)
{
    struct wijk_in_mem mem = {whole(cx, folder, "mosaic.geojson"), 0};
    struct wijk_json *json;
    struct wijk_json_token t;
    size_t n = 0;
    if (wijk_json_open(cx, wijk_in_mem(&mem, mem.bytes, "mosaic.geojson"), &json) != WIJK_OK)
        give_up("mosaic.geojson");
    while (n < max && wijk_json_next(json, &t) == WIJK_OK && t.kind != WIJK_JSON_END)
        if (t.kind == WIJK_JSON_KEY && wijk_str_eq(t.text, WIJK_STR("coordinates")))
            geoms[n++] = polygon(cx, json);
    return n;
}

static void values(struct wijk_cx *cx, const char *folder, double *v, size_t n)
{
    const struct wijk_str bytes = whole(cx, folder, "panel.f64");
    double sum = 0;
    size_t known = 0;
    if (bytes.n < n * COLUMNS * sizeof *v) give_up("panel.f64");
    for (size_t i = 0; i < n; i++) {
        memcpy(&v[i], bytes.p + i * COLUMNS * sizeof *v, sizeof *v);
        if (!isnan(v[i])) sum += v[i], known++;
    }
    for (size_t i = 0; i < n; i++)
        if (isnan(v[i])) v[i] = sum / (double)known;
}

/* ---- the jobs
 * ---------------------------------------------------------------------------------------------- */

static const struct wijk_graph *queen(struct wijk_cx *keep, const struct wijk_geom **geoms, size_t n,
                                      size_t rounds)
{
    const struct wijk_graph *g = NULL;
    double took[ROUNDS_MAX];
    for (size_t r = 0; r < rounds; r++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        const double start = now_ms();
        if (wijk_geom_contiguity(cx, geoms, n, &g) != WIJK_OK) give_up("neighbours");
        took[r] = now_ms() - start;
        wijk_cx_end(cx);
    }
    if (wijk_geom_contiguity(keep, geoms, n, &g) != WIJK_OK) give_up("neighbours");
    printf("queen %zu - %.4f ms, %zu links\n", n, median(took, rounds), g->first[n]);
    return g;
}

struct answers {
    double *local, *z, *p, *q;
    uint32_t *ge, *le;
    const struct wijk_draws *draws;
};

/* All there is to one variable; `kept` NULL: with the table of draws. */
static void clusters(struct wijk_cx *cx, const struct wijk_graph *g, const double *v, size_t n_draw,
                     const struct wijk_draws *kept, struct answers *a)
{
    size_t most = 0;
    for (size_t i = 0; i < g->n; i++)
        if (wijk_graph_degree(g, i) > most) most = wijk_graph_degree(g, i);
    *a = (struct answers){WIJK_NEW(cx, double, g->n),
                          WIJK_NEW(cx, double, g->n),
                          WIJK_NEW(cx, double, g->n),
                          WIJK_NEW(cx, double, g->n),
                          WIJK_NEW(cx, uint32_t, g->n),
                          WIJK_NEW(cx, uint32_t, g->n),
                          kept};
    if (!kept && wijk_draws_new(cx, g->n, most, n_draw, 9901, &a->draws) != WIJK_OK) give_up("draws");
    wijk_moran_local(g, v, NULL, a->local);
    wijk_getis_ord(g, v, a->z);
    if (wijk_ranks(cx, a->draws, g, v, a->ge, a->le) != WIJK_OK) give_up("ranks");
    for (size_t i = 0; i < g->n; i++)
        a->p[i] = a->ge[i] + a->le[i] ? wijk_rank_p(a->ge[i], a->le[i], n_draw) : (double)NAN;
    wijk_false_discovery(cx, a->p, g->n, a->q);
}

static void local(struct wijk_cx *keep, const struct wijk_graph *g, const double *v, size_t n_draw,
                  size_t rounds, struct answers *a)
{
    double took[ROUNDS_MAX], again[ROUNDS_MAX];
    clusters(keep, g, v, n_draw, NULL, a);
    for (size_t r = 0; r < rounds; r++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct answers other;
        double start = now_ms();
        clusters(cx, g, v, n_draw, NULL, &other);
        took[r] = now_ms() - start;
        start = now_ms();
        clusters(cx, g, v, n_draw, a->draws, &other);
        again[r] = now_ms() - start;
        wijk_cx_end(cx);
    }
    size_t finds = 0, sure = 0;
    for (size_t i = 0; i < g->n; i++) finds += a->p[i] < 0.05, sure += a->q[i] <= 0.05;
    printf("local %zu %zu %.4f ms, sum I %.6f, sum Gi* %.6f, p<.05: %zu, q<=.05: %zu\n", g->n, n_draw,
           median(took, rounds), wijk_sum(a->local, g->n), wijk_sum(a->z, g->n), finds, sure);
    printf("variable %zu %zu %.4f ms (the table of draws was there)\n", g->n, n_draw, median(again, rounds));
}

static void global(const struct wijk_graph *g, const double *v, size_t rounds)
{
    enum { SHUFFLES = 999 };
    struct wijk_moran m = {0};
    double took[ROUNDS_MAX];
    for (size_t r = 0; r < rounds; r++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        const double start = now_ms();
        const struct wijk_moran_in in = {g, v, NULL, SHUFFLES, 9901};
        if (wijk_moran_global(cx, &in, &m) != WIJK_OK) give_up("moran");
        took[r] = now_ms() - start;
        wijk_cx_end(cx);
    }
    printf("global %zu %d %.4f ms, I %.12f, z %.9f, p %.4f\n", g->n, SHUFFLES, median(took, rounds), m.i, m.z,
           m.p);
}

/* Every area beside every draw, in floating point, a hair for rounding. */
static void check(const struct wijk_graph *g, const double *v, const struct answers *a, size_t n_draw)
{
    size_t wrong = 0;
    double low = v[0], high = v[0];
    for (size_t i = 0; i < g->n; i++) low = fmin(low, v[i]), high = fmax(high, v[i]);
    const double start = now_ms();
    for (size_t i = 0; i < g->n; i++) {
        const size_t k = wijk_graph_degree(g, i);
        double seen = 0;
        uint32_t ge = 0, le = 0;
        for (size_t j = g->first[i]; j < g->first[i + 1]; j++) seen += v[g->to[j]] - low;
        const double hair = (high - low) * (double)(k + 1) * 0x1p-41;
        for (size_t r = 0; k && r < n_draw; r++) {
            double sum = 0;
            bool in = false;
            for (size_t t = 0; t < k; t++) {
                const uint32_t e = wijk_draws_at(a->draws, r, t);
                if (e == i)
                    in = true;
                else
                    sum += v[e] - low;
            }
            if (in) sum += v[wijk_draws_at(a->draws, r, k)] - low;
            ge += sum >= seen - hair;
            le += sum <= seen + hair;
        }
        wrong += ge != a->ge[i] || le != a->le[i];
    }
    printf("check %zu %zu %.4f ms, %zu areas differ\n", g->n, n_draw, now_ms() - start, wrong);
}

int main(int argc, char **argv)
{
    static double v[AREAS_MAX];
    static const struct wijk_geom *geoms[AREAS_MAX];
    int64_t given[3] = {AREAS_MAX, 9999, 5};
    const int64_t least[3] = {4, 1, 1}, most[3] = {AREAS_MAX, 1000000, ROUNDS_MAX};
    if (argc < 2) give_up("usage: space FOLDER [AREAS [DRAWS [ROUNDS [check]]]]");
    for (int k = 0; k < 3 && argc > 2 + k; k++)
        if (!wijk_int_parse(wijk_str(argv[2 + k]), least[k], most[k], &given[k])) give_up(argv[2 + k]);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const size_t n = shapes(cx, argv[1], geoms, (size_t)given[0]), rounds = (size_t)given[2];
    struct answers a;
    values(cx, argv[1], v, n);
    const struct wijk_graph *g = queen(cx, geoms, n, rounds);
    local(cx, g, v, (size_t)given[1], rounds, &a);
    global(g, v, rounds > 3 ? 3 : rounds);
    if (argc > 5) check(g, v, &a, (size_t)given[1]);
    wijk_cx_end(cx);
    return 0;
}
