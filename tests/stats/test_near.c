/* SPDX-License-Identifier: EUPL-1.2 */
/* Nearest rows against a plain search, ties and gaps included, and robust scale by hand. */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static void robust(void **state)
{
    (void)state;
    /* Median 4.2; distances 0 0.3 0.8 1.1 95.8, of which the median is 0.8. */
    const double v[] = {5.3, NAN, 4.2, 3.9, 100, 3.4};
    double work[6], spread;
    assert_true(wijk_robust(v, 6, work, &spread) == 4.2);
    assert_true(fabs(spread - 1.4826 * 0.8) < 1e-12);
    /* More than half the same: the tenths of 7 7 7 7 9 (numpy.percentile: 7 and 8.2). */
    const double same[] = {7, 7, 9, 7, 7};
    assert_true(wijk_robust(same, 5, work, &spread) == 7 && fabs(spread - 1.2 / 2.5631) < 1e-12);
    const double flat[] = {3, 3, NAN, 3};
    assert_true(wijk_robust(flat, 4, work, &spread) == 3 && spread == 0);
    const double none[] = {NAN, NAN};
    assert_true(isnan(wijk_robust(none, 2, work, &spread)) && isnan(spread));
}

/* ---- against a plain search ---- */

static double apart(const struct wijk_near_in *in, size_t a, size_t b)
{
    double sum = 0;
    size_t both = 0;
    for (size_t j = 0; j < in->d; j++) {
        const double e = in->x[a * in->d + j] - in->x[b * in->d + j];
        if (!isnan(e)) sum += e * e, both++;
    }
    if (!both || both < in->min_shared) return INFINITY;
    return sqrt(sum * (double)in->d / (double)both);
}

/* The neighbours told are as near as they say, in order, and nobody who is not told is nearer than the last.
 */
static void check_row(const struct wijk_near_in *in, size_t row, const uint32_t *near, const double *distance)
{
    size_t told = 0, possible = 0;
    for (size_t q = 0; q < in->k; q++) {
        if (near[q] == UINT32_MAX) {
            assert_true(isnan(distance[q]));
            continue;
        }
        told++;
        assert_true(near[q] != row && near[q] < in->n);
        assert_true(fabs(apart(in, row, near[q]) - distance[q]) <= 1e-12 * (1 + distance[q]));
        if (q)
            assert_true(distance[q - 1] < distance[q] ||
                        (distance[q - 1] == distance[q] && near[q - 1] < near[q]));
    }
    for (size_t i = 0; i < in->n; i++) {
        const double d = i == row ? INFINITY : apart(in, row, i);
        bool in_it = false;
        possible += d < INFINITY;
        for (size_t q = 0; q < told; q++) in_it = in_it || near[q] == i;
        if (!in_it && told == in->k) assert_true(d >= distance[told - 1] * (1 - 1e-12));
    }
    assert_true(told == (possible < in->k ? possible : in->k));
}

enum { ROWS = 331, COLUMNS = 13, K = 9 };

static void check_all(const struct wijk_near_in *in)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    uint32_t *near = WIJK_NEW(cx, uint32_t, in->n * in->k), one[K];
    double *distance = WIJK_NEW(cx, double, in->n * in->k), of_one[K];
    wijk_near_all(cx, in, near, distance);
    for (size_t i = 0; i < in->n; i++) {
        check_row(in, i, near + i * in->k, distance + i * in->k);
        wijk_near_one(in, i, one, of_one);
        assert_memory_equal(one, near + i * in->k, in->k * sizeof *one);
        for (size_t q = 0; q < in->k; q++)
            assert_true(of_one[q] == distance[i * in->k + q] ||
                        (isnan(of_one[q]) && isnan(distance[i * in->k + q])));
    }
    wijk_cx_end(cx);
}

static double X[ROWS * COLUMNS];

static void fill(uint64_t seed, double gaps)
{
    struct wijk_rng r = wijk_rng(seed);
    for (size_t i = 0; i < ROWS * COLUMNS; i++) {
        X[i] = wijk_rng_normal(&r);
        if (wijk_rng_uniform(&r) < gaps) X[i] = NAN;
    }
}

static void by_chance(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        fill(seed, 0);
        check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 0});
    }
}

static void with_gaps(void **state)
{
    (void)state;
    fill(17, 0.04);
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 9});
    fill(18, 0.6); /* most pairs share too little; some rows have no neighbour at all */
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 6});
}

/* Doubles, rows far apart, and values that single precision cannot hold. */
static void hard_rows(void **state)
{
    (void)state;
    fill(5, 0);
    for (size_t i = 0; i < ROWS / 2; i++)
        memcpy(X + (ROWS - 1 - i) * COLUMNS, X + i * COLUMNS, COLUMNS * sizeof *X);
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 0});
    for (size_t i = 0; i < ROWS * COLUMNS; i++) X[i] = 1e6 + 1e-4 * X[i];
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 0});
    fill(6, 0);
    for (size_t i = 0; i < COLUMNS; i++) X[i] = 1e30;
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 0});
    for (size_t i = 0; i < ROWS * COLUMNS; i++) X[i] = 2.5; /* all equal: the lowest rows */
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 0});
}

/* Rows so far off that single precision runs over, some of them next to each other. */
static void far_rows(void **state)
{
    (void)state;
    fill(23, 0);
    for (size_t i = 0; i < ROWS; i += 5)
        for (size_t j = 0; j < COLUMNS; j++) X[i * COLUMNS + j] = X[i * COLUMNS + j] * 1e17 + 4.7e18;
    check_all(&(struct wijk_near_in){ROWS, COLUMNS, X, K, 0});
}

static void few_rows(void **state)
{
    (void)state;
    fill(7, 0);
    for (size_t n = 0; n <= K + 1; n++) check_all(&(struct wijk_near_in){n, COLUMNS, X, K, 0});
    check_all(&(struct wijk_near_in){ROWS, 1, X, K, 0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(robust),    cmocka_unit_test(by_chance),
                                       cmocka_unit_test(with_gaps), cmocka_unit_test(hard_rows),
                                       cmocka_unit_test(far_rows),  cmocka_unit_test(few_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
