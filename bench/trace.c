/* SPDX-License-Identifier: EUPL-1.2 */
/* How long a trace takes inside the program, without HTTP: of delivered figures, and of the means of the
 * gemeente with the most buurten. usage: trace STORE. No part of the build: compile it by hand against the
 * libraries of build/release, as bench/tiles.c. */
#include "flow/flow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 2000 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *kind, double *took, size_t n, size_t n_input)
{
    qsort(took, n, sizeof *took, by_size);
    printf("%s\t%zu\t%zu\t%.2f\t%.2f\n", kind, n, n_input, took[n / 2], took[n * 99 / 100]);
}

static double one(const struct wijk_snapshot *s, const char *id, size_t *n_input)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_trace *t;
    double begin = now_us();
    if (wijk_flow_trace_id(cx, s, id, &t) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(cx));
        exit(1);
    }
    *n_input = t->n_input;
    double took = now_us() - begin;
    wijk_cx_end(cx);
    return took;
}

int main(int argc, char **argv)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs;
    const struct wijk_snapshot *s;
    struct wijk_store *store;
    static double took[ROUNDS];
    size_t n = 0, inputs = 0, most = 0;
    const char *largest = NULL;
    if (argc != 2 || wijk_flow_defs(cx, NULL, &defs) != WIJK_OK ||
        wijk_store_open(cx, argv[1], WIJK_STORE_READ, &store) != WIJK_OK ||
        wijk_flow_snapshot(cx, store, defs, (struct wijk_snapshot_opt){.unpublished = true}, &s) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(cx));
        return 1;
    }
    for (size_t k = 0; n < ROUNDS && k < 100 * ROUNDS; k++) {
        const struct wijk_series *v = &s->series[k * 7919 % s->n_series];
        const struct wijk_snapshot_division *d =
            wijk_snapshot_division(s, v->key.level, v->key.division_year);
        size_t a = v->n ? k * 104729 % v->n : 0;
        if (!d || a >= v->n || isnan(v->value[a])) continue;
        struct wijk_trace_key key = {.code = d->areas.v[a].code,
                                     .name = v->key.indicator,
                                     .period = v->key.period,
                                     .division_year = v->key.division_year,
                                     .release = v->key.release};
        took[n++] = one(s, wijk_trace_id(cx, &key), &inputs);
    }
    if (n) report("delivered", took, n, 0);
    for (size_t i = 0; i < s->n_scores; i++) {
        const struct wijk_scores *sc = s->scores[i];
        const struct wijk_snapshot_division *d = wijk_snapshot_division(s, sc->level, sc->division_year);
        for (size_t a = 0; sc->aggregated && sc->level == WIJK_LEVEL_GEMEENTE && d && a < sc->n; a++) {
            const char *id = wijk_scores_id(cx, sc, d->areas.v[a].code);
            if (isnan(sc->total[a])) continue;
            one(s, id, &inputs);
            if (inputs > most) most = inputs, largest = id;
        }
    }
    for (n = 0; largest && n < ROUNDS; n++) took[n] = one(s, largest, &inputs);
    if (n) report("mean", took, n, most);
    wijk_store_close(store);
    wijk_cx_end(cx);
    return 0;
}
