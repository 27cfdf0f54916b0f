/* SPDX-License-Identifier: EUPL-1.2 */
/* Penalised regression: against plain least squares where the penalty is small, by its law where columns say
 * nothing, and that what is left out is left out. */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { N = 240, P = 4, GROUPS = 12 };
static double X[N * P], Y[N];
static size_t GROUP[N], EPOCH[N];

static void fill(uint64_t seed, double noise)
{
    struct wijk_rng r = wijk_rng(seed);
    for (size_t i = 0; i < N; i++) {
        GROUP[i] = i % GROUPS;
        EPOCH[i] = i / 80;
        for (size_t j = 0; j < P; j++) X[i * P + j] = 3 + (double)(j + 1) * wijk_rng_normal(&r);
        X[i * P + 3] = 0.7;
        Y[i] = 41.3 + 1.7 * X[i * P] - 0.6 * X[i * P + 1] + noise * wijk_rng_normal(&r);
    }
}

static void finds_the_plane(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_ridge *r;
    fill(3, 0.01);
    struct wijk_ridge_in in = {.n = N, .p = P, .x = X, .y = Y, .group = GROUP, .n_group = GROUPS};
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_OK);
    assert_true(fabs(r->coefficient[0] - 1.7) < 0.005 && fabs(r->coefficient[1] + 0.6) < 0.005);
    assert_true(fabs(r->coefficient[2]) < 0.005 && r->coefficient[3] == 0);
    assert_true(fabs(r->intercept - 41.3) < 0.05);
    assert_true(r->folds == 10 && r->used == N && r->r2 > 0.9999 && r->rmse < 0.012 && r->rmse > 0.008);
    wijk_cx_end(cx);
}

/* With one column the closed form is b = least squares / (1 + penalty). */
static void one_column_by_hand(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_ridge *r;
    const double x[] = {1, 2, 4, 7, 11, 3, 8}, y[] = {2.1, 2.9, 5.2, 7.7, 12.4, NAN, 8.3};
    const size_t group[] = {0, 1, 2, 3, 4, 5, 6};
    struct wijk_ridge_in in = {.n = 7, .p = 1, .x = x, .y = y, .group = group, .n_group = 7};
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_OK);
    /* Of the six rows: mean x 5.5, mean y 6.43333.., Sxx 73.5, Sxy 73.1. */
    assert_true(r->used == 6 && r->folds == 6);
    assert_true(fabs(r->coefficient[0] * (1 + r->penalty) - 73.1 / 73.5) < 1e-12);
    assert_true(fabs(r->intercept - (38.6 / 6 - 5.5 * r->coefficient[0])) < 1e-12);
    assert_true(isnan(r->left_out[5]));
    wijk_cx_end(cx);
}

/* Columns of pure chance: the honest R2 is not above 0 by more than chance, and the penalty is large. */
static void nothing_to_find(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_ridge *r;
    struct wijk_rng chance = wijk_rng(77);
    fill(4, 0);
    for (size_t i = 0; i < N; i++) Y[i] = wijk_rng_normal(&chance);
    struct wijk_ridge_in in = {.n = N, .p = P, .x = X, .y = Y, .group = GROUP, .n_group = GROUPS};
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_OK);
    assert_true(r->r2 < 0.02 && r->r2 > -0.1 && r->penalty >= 1);
    wijk_cx_end(cx);
}

/* A row's own value cannot reach its left-out value, nor can another row of its group or of its moment. */
static void left_out_is_left_out(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_ridge *a, *b;
    fill(9, 1);
    struct wijk_ridge_in in = {.n = N,
                               .p = P,
                               .x = X,
                               .y = Y,
                               .group = GROUP,
                               .n_group = GROUPS,
                               .folds = 4,
                               .epoch = EPOCH,
                               .n_epoch = 3};
    assert_int_equal(wijk_ridge_fit(cx, &in, &a), WIJK_OK);
    Y[5] += 1000; /* group 5, moment 0 */
    Y[100] += 0;
    assert_int_equal(wijk_ridge_fit(cx, &in, &b), WIJK_OK);
    size_t same = 0, other = 0;
    for (size_t i = 0; i < N; i++) {
        const bool hidden = GROUP[i] == GROUP[5] || EPOCH[i] == EPOCH[5];
        /* The middle is taken off before and added after: it moves the last bits only. */
        const bool moved = fabs(a->left_out[i] - b->left_out[i]) > 1e-6;
        if (hidden) assert_false(moved);
        same += hidden;
        other += moved;
    }
    assert_true(same > 0 && other > 0);
    wijk_cx_end(cx);
}

static void refusals(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_ridge *r;
    fill(3, 0.5);
    struct wijk_ridge_in in = {.n = N, .p = P, .x = X, .y = Y, .group = GROUP, .n_group = GROUPS};
    in.p = WIJK_RIDGE_INPUTS + 1;
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_ELIMIT);
    in.p = P;
    in.n = 14; /* three rows to a column and one for the level: 15 */
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_EDATA);
    in.n = N;
    for (size_t i = 0; i < N; i++) GROUP[i] = i % 2;
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_EDATA);
    for (size_t i = 0; i < N; i++) GROUP[i] = i % GROUPS, Y[i] = 4.7;
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_EDATA);
    for (size_t i = 0; i < N; i++) Y[i] = NAN;
    assert_int_equal(wijk_ridge_fit(cx, &in, &r), WIJK_EDATA);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_plane),
                                       cmocka_unit_test(one_column_by_hand),
                                       cmocka_unit_test(nothing_to_find),
                                       cmocka_unit_test(left_out_is_left_out), cmocka_unit_test(refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
