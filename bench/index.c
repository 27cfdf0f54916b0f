/* SPDX-License-Identifier: EUPL-1.2 */
/* P1: an index of 14,000 areas, 100 indicators and 12 years, with classes and gaps per gemeente, and what one
 * other weight costs. Reads the files that the peers read: `index FOLDER [ROUNDS [AREAS [INDICATORS
 * [YEARS]]]]`. Prints `job threads wall-seconds processor-seconds low high checksum`: medians, and the range
 * of the second. Build line in bench/index.sh. */
#include "measure/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 14000, INPUTS = 100, YEARS = 12, DIMENSIONS = 5 };
static size_t n = N, inputs = INPUTS, years = YEARS;
static const double CUT[] = {-.35, -.22, -.12, -.04, .04, .12, .22, .35};

/* Wall, or seconds of the processor: on a machine that others use the second says more. */
static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *file(const char *folder, const char *name, size_t size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    void *p = malloc(size);
    if (!f || !p || fread(p, 1, size, f) != size) {
        fprintf(stderr, "index: %s lacks %zu bytes\n", path, size);
        exit(1);
    }
    fclose(f);
    return p;
}

/* As the store keeps them: a column for each indicator and year. Input k of the peers belongs to dimension k
 * % 5. */
static const double **columns(const double *panel, const size_t *order)
{
    double *all = malloc(years * inputs * n * sizeof *all);
    const double **v = malloc(years * inputs * sizeof *v);
    for (size_t y = 0; y < years; y++)
        for (size_t k = 0; k < inputs; k++) {
            double *c = all + (y * inputs + k) * n;
            for (size_t i = 0; i < n; i++) c[i] = panel[(y * N + i) * INPUTS + order[k]];
            v[y * inputs + k] = c;
        }
    return v;
}

struct gaps {
    struct wijk_groups groups;
    double *pop, *one;
    struct wijk_spread *spread, *low;
};

static void sum(struct wijk_cx *cx, const struct wijk_index *ix, const struct gaps *g, double check[3])
{
    wijk_spread_by_group(cx, &g->groups, ix->total, g->pop, 0.1, 0.9, g->spread);
    double *low = WIJK_NEW(cx, double, g->groups.n);
    for (size_t k = 0; k < g->groups.n; k++) {
        double at = 0, all = 0;
        for (size_t j = g->groups.first[k]; j < g->groups.first[k + 1]; j++) {
            size_t i = g->groups.member[j];
            at += ix->class_[i] <= 3 ? g->pop[i] : 0;
            all += g->pop[i];
        }
        low[k] = at / all;
        check[1] += g->spread[k].high - g->spread[k].low;
        check[2] += low[k];
    }
    double part[4] = {
        0}; /* four sums side by side, as numpy sums eight: none waits for the addition before */
    for (size_t i = 0; i < ix->n; i++) part[i % 4] += fabs(ix->total[i]);
    check[0] += part[0] + part[1] + part[2] + part[3];
}

struct whole {
    const struct wijk_index *ix;
    const struct gaps *g;
    double (*check)[3];
};

static enum wijk_err sum_years(struct wijk_cx *cx, void *arg, size_t from, size_t to)
{
    const struct whole *w = arg;
    for (size_t y = from; y < to; y++) {
        struct gaps g = *w->g;
        g.spread = WIJK_NEW(cx, struct wijk_spread, g.groups.n);
        sum(cx, &w->ix[y], &g, w->check[y]);
    }
    return WIJK_OK;
}

static void gaps_of(struct wijk_cx *cx, const struct wijk_index *ix, const struct gaps *g, double check[3])
{
    double each[YEARS][3] = {{0}};
    struct whole w = {ix, g, each};
    if (wijk_parallel(cx, &(struct wijk_parallel){years, 1, sum_years, &w, NULL, ""}) != WIJK_OK) exit(1);
    memset(check, 0, 3 * sizeof *check);
    for (size_t y = 0; y < years; y++)
        for (size_t k = 0; k < 3; k++) check[k] += each[y][k];
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void tell(const char *job, unsigned threads, double *s, double *u, size_t rounds,
                 const double check[3])
{
    qsort(s, rounds, sizeof *s, by_value);
    qsort(u, rounds, sizeof *u, by_value);
    printf("%s %u %.6f %.6f %.6f %.6f %.6f/%.6f/%.6f\n", job, threads, s[rounds / 2], u[rounds / 2], u[0],
           u[rounds - 1], check[0], check[1], check[2]);
}

static uint64_t fingerprint(const struct wijk_index *ix)
{
    uint64_t h = 1;
    for (size_t y = 0; y < years; y++) h = wijk_hash64(ix[y].total, ix[y].n * sizeof *ix[y].total, h);
    return h;
}

static struct wijk_recipe recipe_of(const double *weight, size_t *order)
{
    static struct wijk_recipe_input input[INPUTS];
    struct wijk_recipe r = {
        .id = "p1", .min_known = 0.01, .step = 1, .n_dimension = DIMENSIONS, .n_class = 9};
    for (size_t d = 0; d < DIMENSIONS; d++) {
        r.dimension[d].weight = 1;
        for (size_t k = d; k < inputs; k += DIMENSIONS) {
            order[r.n_input] = k;
            input[r.n_input++] = (struct wijk_recipe_input){
                .indicator = "x", .dimension = d, .sign = weight[k] < 0 ? -1 : 1, .weight = fabs(weight[k])};
        }
    }
    r.input = input;
    memcpy(r.limit, CUT, sizeof CUT);
    return r;
}

int main(int argc, char **argv)
{
    size_t rounds = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 5;
    if (argc > 3) n = (size_t)strtoul(argv[3], NULL, 10);
    if (argc > 4) inputs = (size_t)strtoul(argv[4], NULL, 10);
    if (argc > 5) years = (size_t)strtoul(argv[5], NULL, 10);
    if (argc < 2 || !rounds || rounds > 999 || n > N || inputs > INPUTS || years > YEARS) return 2;
    double *panel = file(argv[1], "panel.f64", sizeof(double) * YEARS * N * INPUTS);
    double *weight = file(argv[1], "weights.f64", sizeof(double) * INPUTS), s[999], u[999], check[3];
    int32_t *gm = file(argv[1], "gm.i32", sizeof(int32_t) * N),
            *pop = file(argv[1], "pop.i32", sizeof(int32_t) * N);
    size_t order[INPUTS], *group = malloc(n * sizeof *group), n_group = 0;
    struct wijk_recipe r = recipe_of(weight, order);
    const double **value = columns(panel, order);
    free(panel);
    struct wijk_cx *keep = wijk_cx_new(WIJK_NL);
    struct gaps g = {.pop = malloc(n * sizeof(double))};
    for (size_t i = 0; i < n; i++) {
        g.pop[i] = pop[i];
        group[i] = (size_t)gm[i];
        if (group[i] >= n_group) n_group = group[i] + 1;
    }
    wijk_groups(keep, group, n, n_group, &g.groups);
    const struct wijk_index_in in = {
        .recipe = &r, .n = n, .n_year = years, .value = value, .reference = SIZE_MAX};
    uint64_t first = 0;
    for (unsigned threads = 1; threads <= 2; threads++) {
        wijk_threads_set(threads);
        struct wijk_mark mark = wijk_cx_mark(keep);
        struct wijk_index *ix = NULL;
        for (size_t k = 0; k < rounds; k++) {
            wijk_cx_rewind(keep, mark);
            double t = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
            if (wijk_index_of(keep, &in, &ix) != WIJK_OK) return fputs(wijk_fault(keep), stderr), 1;
            gaps_of(keep, ix, &g, check);
            s[k] = now(CLOCK_MONOTONIC) - t;
            u[k] = now(CLOCK_PROCESS_CPUTIME_ID) - used;
        }
        tell("P1.index", threads, s, u, rounds, check);
        uint64_t print = fingerprint(ix);
        if (threads == 1) first = print;
        if (print != first) return fputs("index: two threads give other bits\n", stderr), 1;
        double was = ix[0].weight[17 % r.n_input];
        for (size_t k = 0; k < rounds; k++) {
            double t = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
            if (wijk_index_reweigh(keep, ix, years, 17 % r.n_input, k % 2 ? was : was * 1.2) != WIJK_OK)
                return 1;
            gaps_of(keep, ix, &g, check);
            s[k] = now(CLOCK_MONOTONIC) - t;
            u[k] = now(CLOCK_PROCESS_CPUTIME_ID) - used;
        }
        tell("P1.what-if", threads, s, u, rounds, check);
    }
    wijk_cx_end(keep);
    return 0;
}
