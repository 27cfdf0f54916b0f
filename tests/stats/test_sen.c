/* SPDX-License-Identifier: EUPL-1.2 */
/* The median of slopes by orders beside all slopes sorted, bit for bit; chance of bends beside its formula.
 */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { MOST = 700 };
static double x[MOST], y[MOST], slope[MOST * MOST / 2];

static int start(void **state)
{
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}
static int stop(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

/* All slopes, sorted. */
static struct wijk_sen by_all(struct wijk_cx *cx, size_t n, size_t outside)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (x[i] != x[k]) slope[m++] = (y[i] - y[k]) / (x[i] - x[k]);
    wijk_sort(cx, slope, m);
    const double low = slope[(m - 1) / 2], high = slope[m / 2];
    struct wijk_sen s = {low + 0.5 * (high - low), -INFINITY, INFINITY};
    if (outside != SIZE_MAX && m == n * (n - 1) / 2) s.low = slope[outside], s.high = slope[m - 1 - outside];
    return s;
}

static void same(struct wijk_cx *cx, size_t n)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    const size_t outside = wijk_sen_outside(cx, n, 0.95);
    struct wijk_sen got, want = by_all(cx, n, outside);
    assert_true(wijk_sen_fit_among(cx, x, y, n, outside, &got));
    assert_true(got.slope == want.slope && got.low == want.low && got.high == want.high);
    wijk_cx_rewind(cx, mark);
}

static void noise(void **state)
{
    static const size_t size[] = {2, 3, 4, 5, 17, 60, 61, 127, 128, 129, 255, 256, 331, 700};
    struct wijk_rng rng = wijk_rng(41);
    for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
        for (size_t i = 0; i < size[k]; i++) {
            x[i] = 1993.7 + (double)i / 12;
            y[i] = 0.31 * x[i] + 2.3 * wijk_rng_normal(&rng);
        }
        same(*state, size[k]);
    }
}

/* Far away and close together; steps of x from tiny to large; a tail of extremes. */
static void crooked(void **state)
{
    struct wijk_rng rng = wijk_rng(43);
    for (size_t n = 140; n < 700; n += 187) {
        double at = 0;
        for (size_t i = 0; i < n; i++) {
            at += exp(6 * wijk_rng_normal(&rng));
            x[i] = 1e6 + at;
            y[i] = 1e9 + exp(9 * wijk_rng_normal(&rng));
        }
        same(*state, n);
        for (size_t i = 0; i < n; i++) x[i] = (double)i, y[i] = wijk_rng_normal(&rng) * 1e300;
        same(*state, n);
        for (size_t i = 0; i < n; i++) y[i] = (double)wijk_rng_below(&rng, 9) * 0x1p-1070;
        same(*state, n);
    }
}

/* Figures of one decimal, of steps, all equal, a straight line, and two: many slopes are alike. */
static void ties(void **state)
{
    struct wijk_rng rng = wijk_rng(47);
    for (size_t n = 128; n < 700; n += 213) {
        for (size_t i = 0; i < n; i++) {
            x[i] = 2000 + (double)i;
            y[i] = round(7 * wijk_rng_normal(&rng)) / 10;
        }
        same(*state, n);
        for (size_t i = 0; i < n; i++) y[i] = floor((double)i / 23);
        same(*state, n);
        for (size_t i = 0; i < n; i++) y[i] = 3.7;
        same(*state, n);
        for (size_t i = 0; i < n; i++) y[i] = 0.1 * (double)i;
        same(*state, n);
        for (size_t i = 0; i < n; i++) y[i] = i % 2 ? 4.1 : -0.3 * (double)i;
        same(*state, n);
    }
}

/* x that stand still or go back, points that are not known: all slopes are looked at, and the answer holds.
 */
static void out_of_order(void **state)
{
    enum { N = 200 };
    struct wijk_rng rng = wijk_rng(53);
    struct wijk_sen some, all;
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)wijk_rng_below(&rng, 40);
        y[i] = wijk_rng_normal(&rng);
    }
    const struct wijk_sen want = by_all(*state, N, SIZE_MAX);
    assert_true(wijk_sen_fit(*state, x, y, N, 0.95, &some));
    assert_true(some.slope == want.slope && isinf(some.low) && isinf(some.high));
    for (size_t i = 0; i < N; i++) x[i] = (double)i;
    assert_true(wijk_sen_fit(*state, x, y, N, 0.95, &all));
    memmove(x + 1, x, N * sizeof *x); /* one unknown point in front changes nothing */
    memmove(y + 1, y, N * sizeof *y);
    x[0] = NAN;
    assert_true(wijk_sen_fit(*state, x, y, N + 1, 0.95, &some));
    assert_true(some.slope == all.slope && some.low == all.low && some.high == all.high);
}

static void sorts(void **state)
{
    double v[] = {3.5, -0.25, INFINITY, 0, -7e300, 4e-320, -INFINITY, 3.5, 1e300};
    const double want[] = {-INFINITY, -7e300, -0.25, 0, 4e-320, 3.5, 3.5, 1e300, INFINITY};
    wijk_sort(*state, v, 9);
    for (size_t i = 0; i < 9; i++) assert_true(v[i] == want[i]);
    wijk_sort(*state, v, 0);
}

/* Each row and each bend for itself, by least squares. */
static void chance_of_bends(void **state)
{
    enum { N = 9, DRAWS = 19 };
    const double at[N] = {2002, 2003, 2005, 2006, 2007, 2011, 2012, 2013.5, 2014};
    double per[N] = {0}, z[N][N], row[DRAWS * N], share[DRAWS];
    struct wijk_rng rng = wijk_rng(59);
    struct wijk_line l;
    for (size_t k = 2; k < N - 2; k++) {
        double length = 0;
        for (size_t i = 0; i < N; i++) z[k][i] = fmax(0, at[i] - at[k]);
        wijk_line_fit(at, z[k], N, &l);
        for (size_t i = 0; i < N; i++) z[k][i] -= wijk_line_at(&l, at[i]);
        for (size_t i = 0; i < N; i++) length += z[k][i] * z[k][i];
        per[k] = 1 / length;
    }
    for (size_t i = 0; i < DRAWS * N; i++) row[i] = i / N == 7 ? 0 : wijk_rng_normal(&rng);
    wijk_bends_chance(*state, &(struct wijk_bends){N, at, per}, row, DRAWS, share);
    for (size_t r = 0; r < DRAWS; r++) {
        double r_left[N], ssr = 0, most = 0;
        wijk_line_fit(at, row + r * N, N, &l);
        for (size_t i = 0; i < N; i++) r_left[i] = row[r * N + i] - wijk_line_at(&l, at[i]);
        for (size_t i = 0; i < N; i++) ssr += r_left[i] * r_left[i];
        for (size_t k = 2; k < N - 2; k++) {
            double dot = 0;
            for (size_t i = 0; i < N; i++) dot += z[k][i] * r_left[i];
            most = fmax(most, dot * dot * per[k]);
        }
        assert_true(fabs(share[r] - (ssr > 0 ? most / ssr : 0)) < 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(noise, start, stop),
        cmocka_unit_test_setup_teardown(crooked, start, stop),
        cmocka_unit_test_setup_teardown(ties, start, stop),
        cmocka_unit_test_setup_teardown(out_of_order, start, stop),
        cmocka_unit_test_setup_teardown(sorts, start, stop),
        cmocka_unit_test_setup_teardown(chance_of_bends, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
