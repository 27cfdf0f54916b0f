/* SPDX-License-Identifier: EUPL-1.2 */
/* Growth of the trend and of the types of course: three sizes of areas, and four of years, once with gaps in
 * the figures and once without. Prints `areas years missing trend-ms types-ms checksum`, processor
 * milliseconds, the least of five; then `points slopes-us checksum` of the median of slopes of one long line.
 * Build line in bench/trend.sh. */
#include "measure/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 5 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static const struct wijk_trajectory_rules RULES = {
    .id = "rigo",
    .good_from_class = 5,
    .start_to_class = 9,
    .class_steps = 2,
    .improved_sd = 1,
    .worse_sd = 1,
    .flat_sd = 0.25,
    .development_sd = {-1.5, -1, -0.5, -0.25, 0.25, 0.5, 1, 1.5}};
static const struct wijk_class_limits LIMITS = {
    "2024", {-0.43, -0.354, -0.2815, -0.1640, -0.1030, 0.0101, 0.0896, 0.1680}};

/* Lines with noise; with `gaps` one cell in fifty is not known, so that areas measure different years. */
static double *panel(size_t areas, size_t years, bool gaps)
{
    struct wijk_rng rng = wijk_rng(5);
    double *v = malloc(areas * years * sizeof *v);
    for (size_t a = 0; a < areas; a++) {
        double level = 0.15 * wijk_rng_normal(&rng), slope = 0.005 * wijk_rng_normal(&rng);
        for (size_t p = 0; p < years; p++)
            v[a * years + p] = wijk_rng_below(&rng, 50) || !gaps
                                   ? level + slope * (double)p + 0.01 * wijk_rng_normal(&rng)
                                   : (double)NAN;
    }
    return v;
}

static void measure(size_t areas, size_t years, bool gaps)
{
    double *v = panel(areas, years, gaps), *x = malloc(years * sizeof *x), best[2] = {1e9, 1e9}, sum = 0;
    struct wijk_trend *t = malloc(areas * sizeof *t);
    struct wijk_trajectory *f = malloc(areas * sizeof *f);
    for (size_t p = 0; p < years; p++) x[p] = 2002 + (double)p;
    struct wijk_trend_in in = {areas, years, x, v, NULL};
    struct wijk_trajectory_in types = {areas,     years,     v,      NULL,   NULL, 0,
                                       years / 2, years - 1, &RULES, 0.1568, 0.01, &LIMITS};
    for (int round = 0; round < ROUNDS; round++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        double began = now();
        if (wijk_trend_fit(cx, &in, (struct wijk_trend_opt){0}, t) != WIJK_OK) exit(1);
        double between = now();
        if (wijk_trajectory_of(cx, &types, f) != WIJK_OK) exit(1);
        double ended = now();
        best[0] = fmin(best[0], between - began);
        best[1] = fmin(best[1], ended - between);
        wijk_cx_end(cx);
    }
    for (size_t a = 0; a < areas; a++)
        sum += isnan(t[a].line.slope) ? 0 : t[a].line.slope + (double)f[a].type;
    printf("%zu %zu %s %.2f %.3f %.6f\n", areas, years, gaps ? "2%" : "0%", best[0], best[1], sum);
    free(v);
    free(x);
    free(t);
    free(f);
}

/* Ten different lines, so that the processor learns none by heart. */
static void median_of_slopes(size_t n)
{
    enum { LINES = 10 };
    double *x = malloc(n * sizeof *x), *y = malloc(LINES * n * sizeof *y), best = 1e9, sum = 0;
    struct wijk_rng rng = wijk_rng(6);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_sen s;
    for (size_t i = 0; i < n; i++) x[i] = 2002 + (double)i / 12;
    for (size_t i = 0; i < LINES * n; i++) y[i] = 0.02 * (double)(i % n) + wijk_rng_normal(&rng);
    const size_t outside = wijk_sen_outside(cx, n, 0.95);
    for (int round = 0; round < ROUNDS; round++) {
        const double began = now();
        sum = 0;
        for (size_t k = 0; k < LINES; k++) {
            if (!wijk_sen_fit_among(cx, x, y + k * n, n, outside, &s)) exit(1);
            sum += s.slope + s.low + s.high;
        }
        best = fmin(best, (now() - began) / LINES);
    }
    printf("%zu %.1f %.9f\n", n, 1e3 * best, sum);
    wijk_cx_end(cx);
    free(x);
    free(y);
}

int main(void)
{
    measure(3500, 12, true);
    measure(7000, 12, true);
    measure(14000, 12, true);
    for (size_t years = 6; years <= 48; years *= 2) measure(7000, years, true);
    for (size_t years = 6; years <= 48; years *= 2) measure(7000, years, false);
    for (size_t n = 64; n <= 4096; n *= 2) median_of_slopes(n);
    return 0;
}
