/* SPDX-License-Identifier: EUPL-1.2 */
/* The gap over time: its costs in areas, periods and draws, in seconds of the processor, and that two threads
 * do not change a bit of it. Built and run by bench/gap.sh. */
#include "measure/measure.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 2 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct wijk_gap_in invent(struct wijk_cx *cx, size_t n_area, size_t n_period, size_t draws)
{
    struct wijk_rng rng = wijk_rng(20261125);
    double *year = WIJK_NEW(cx, double, n_period), *value = WIJK_NEW(cx, double, n_area *n_period),
           *people = WIJK_NEW(cx, double, n_area *n_period);
    uint8_t *below = WIJK_NEW(cx, uint8_t, n_area * n_period);
    size_t *group = WIJK_NEW(cx, size_t, n_area);
    for (size_t p = 0; p < n_period; p++) year[p] = (double)(2000 + p);
    for (size_t a = 0; a < n_area; a++) {
        double own = 0.17 * wijk_rng_normal(&rng), lives = 40 + 3000 * wijk_rng_uniform(&rng);
        group[a] = a / 40;
        for (size_t p = 0; p < n_period; p++) {
            value[a * n_period + p] = own + 0.03 * wijk_rng_normal(&rng);
            people[a * n_period + p] = lives;
            below[a * n_period + p] = value[a * n_period + p] <= -0.2815;
        }
    }
    return (struct wijk_gap_in){.n_area = n_area,
                                .n_period = n_period,
                                .year = year,
                                .value = value,
                                .weight = people,
                                .below = below,
                                .group = group,
                                .n_group = n_area / 40 + 1,
                                .reference = 4.1,
                                .opt = {.n_boot = draws}};
}

static double took(size_t n_area, size_t n_period, size_t draws, unsigned threads, double *sum)
{
    double best = 1e9;
    wijk_threads_set(threads);
    for (int k = 0; k < ROUNDS; k++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct wijk_gap_in in = invent(cx, n_area, n_period, draws);
        const struct wijk_gap *g;
        double start = now();
        if (wijk_gap_of(cx, &in, &g) != WIJK_OK) return -1;
        double one = now() - start;
        if (one < best) best = one;
        *sum = 0;
        for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++)
            *sum += g->figure[m][0].low + 3 * g->figure[m][1].high;
        wijk_cx_end(cx);
    }
    return best;
}

int main(void)
{
    static const size_t SIZE[][3] = {{3500, 8, 100},  {7000, 8, 100}, {14000, 8, 100}, {14000, 4, 100},
                                     {14000, 2, 100}, {14000, 8, 50}, {14000, 8, 25}};
    puts("areas,periods,draws,processor_s,two_threads_the_same");
    for (size_t i = 0; i < sizeof SIZE / sizeof *SIZE; i++) {
        double one, two;
        double s = took(SIZE[i][0], SIZE[i][1], SIZE[i][2], 1, &one);
        if (took(SIZE[i][0], SIZE[i][1], SIZE[i][2], 2, &two) < 0) return 1;
        printf("%zu,%zu,%zu,%.3f,%s\n", SIZE[i][0], SIZE[i][1], SIZE[i][2], s, one == two ? "yes" : "NO");
        fflush(stdout);
    }
    return 0;
}
