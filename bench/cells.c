/* SPDX-License-Identifier: EUPL-1.2 */
/* P1 cells: an index of 350,000 cells and 100 figures in single precision, year after year through the room
 * of one, with classes and gaps per gemeente. Reads the files that the peer reads and, as the peer does,
 * takes one year twelve times: `cells FOLDER [CELLS]`. Prints `job wall-seconds processor-seconds peak-MB
 * input-MB checksum`; with CELLS only so many, for growth. Build line in bench/cells.sh. */
#include "measure/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { N = 350000, INPUTS = 100, YEARS = 12, DIMENSIONS = 5, ROWS = 1000 };
static const double CUT[] = {-.35, -.22, -.12, -.04, .04, .12, .22, .35};

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static FILE *opened(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "cells: no %s\n", path);
        exit(1);
    }
    return f;
}

static void read_all(FILE *f, void *to, size_t size)
{
    if (fread(to, 1, size, f) == size) return;
    fputs("cells: a file is too short\n", stderr);
    exit(1);
}

/* From rows to a column for each indicator, some rows at a time. */
static const float **columns(const char *folder, size_t n, const size_t *order)
{
    static float row[ROWS][INPUTS];
    FILE *f = opened(folder, "cells.f32");
    float *all = malloc(n * INPUTS * sizeof *all);
    const float **v = malloc(INPUTS * sizeof *v);
    for (size_t k = 0; k < INPUTS; k++) v[k] = all + k * n;
    for (size_t at = 0; at < n; at += ROWS) {
        const size_t some = n - at < ROWS ? n - at : ROWS;
        read_all(f, row, some * sizeof *row);
        for (size_t k = 0; k < INPUTS; k++)
            for (size_t i = 0; i < some; i++) all[k * n + at + i] = row[i][order[k]];
    }
    fclose(f);
    return v;
}

static int32_t *numbers(const char *folder, const char *name, size_t n)
{
    FILE *f = opened(folder, name);
    int32_t *v = malloc(n * sizeof *v);
    read_all(f, v, n * sizeof *v);
    fclose(f);
    return v;
}

static struct wijk_recipe recipe_of(const char *folder, size_t *order)
{
    static struct wijk_recipe_input input[INPUTS];
    double weight[INPUTS];
    struct wijk_recipe r = {
        .id = "cells", .min_known = 0.01, .step = 1, .n_dimension = DIMENSIONS, .n_class = 9};
    FILE *f = opened(folder, "weights.f64");
    read_all(f, weight, sizeof weight);
    fclose(f);
    for (size_t d = 0; d < DIMENSIONS; d++) {
        r.dimension[d].weight = 1;
        for (size_t k = d; k < INPUTS; k += DIMENSIONS) {
            order[r.n_input] = k;
            input[r.n_input++] = (struct wijk_recipe_input){
                .indicator = "x", .dimension = d, .sign = weight[k] < 0 ? -1 : 1, .weight = fabs(weight[k])};
        }
    }
    r.input = input;
    memcpy(r.limit, CUT, sizeof CUT);
    return r;
}

/* Of one year: |S|, P90 - P10 and the share in class 1 to 3. */
static void add_up(struct wijk_cx *cx, const struct wijk_index *ix, const struct wijk_groups *g,
                   const double *pop, double check[3])
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    struct wijk_spread *spread = WIJK_NEW(cx, struct wijk_spread, g->n);
    double part[4] = {0}; /* side by side, as numpy does */
    wijk_spread_by_group(cx, g, ix->total, pop, 0.1, 0.9, spread);
    for (size_t k = 0; k < g->n; k++) {
        double at = 0, all = 0;
        for (size_t j = g->first[k]; j < g->first[k + 1]; j++) {
            const size_t i = g->member[j];
            at += ix->class_[i] <= 3 ? pop[i] : 0;
            all += pop[i];
        }
        check[1] += spread[k].high - spread[k].low;
        check[2] += at / all;
    }
    for (size_t i = 0; i < ix->n; i++) part[i % 4] += fabs(ix->total[i]);
    check[0] += part[0] + part[1] + part[2] + part[3];
    wijk_cx_rewind(cx, mark);
}

int main(int argc, char **argv)
{
    const size_t n = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : N;
    size_t order[INPUTS], n_group = 0;
    if (argc < 2 || !n || n > N) return 2;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_recipe r = recipe_of(argv[1], order);
    const float **single = columns(argv[1], n, order);
    int32_t *gm = numbers(argv[1], "cells_gm.i32", n), *inhabitants = numbers(argv[1], "cells_pop.i32", n);
    size_t *group = WIJK_NEW(cx, size_t, n);
    double *pop = WIJK_NEW(cx, double, n), check[3] = {0};
    struct wijk_groups groups;
    for (size_t i = 0; i < n; i++) {
        pop[i] = inhabitants[i];
        group[i] = (size_t)gm[i];
        if (group[i] >= n_group) n_group = group[i] + 1;
    }
    wijk_groups(cx, group, n, n_group, &groups);
    free(gm);
    free(inhabitants);
    const struct wijk_index_in in = {
        .recipe = &r, .n = n, .n_year = 1, .single = single, .reference = SIZE_MAX};
    struct wijk_index *ix;
    const double wall = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
    if (wijk_index_room(cx, &in, &ix) != WIJK_OK) return fputs(wijk_fault(cx), stderr), 1;
    for (size_t y = 0; y < YEARS; y++) {
        wijk_index_year(cx, &in, 0, ix);
        add_up(cx, ix, &groups, pop, check);
    }
    const double wall_s = now(CLOCK_MONOTONIC) - wall, used_s = now(CLOCK_PROCESS_CPUTIME_ID) - used;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("P1.cells %.4f %.4f %.1f %.1f %.6f/%.6f/%.6f\n", wall_s, used_s,
           (double)usage.ru_maxrss * 1024 / 1e6, (double)(n * INPUTS * sizeof(float)) / 1e6, check[0],
           check[1], check[2]);
    wijk_cx_end(cx);
    return 0;
}
