/* SPDX-License-Identifier: EUPL-1.2 */
/* The line through a series, its band, its bend and its noise: against values from outside (NIST StRD Norris,
 * a published table of Student's t, Sen's rule worked out by hand) and against what was planted. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct wijk_cx *CX;

static int start(void **state)
{
    *state = CX = wijk_cx_new(WIJK_NL);
    return 0;
}

static int stop(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

static void near(double got, double want, double within)
{
    if (!(fabs(got - want) <= within)) fail_msg("%.17g instead of %.17g", got, want);
}

/* Abramowitz and Stegun, table 26.10: two-sided 0.95 and 0.99. */
static void test_student(void **state)
{
    (void)state;
    near(wijk_t_quantile(0.95, 1), 12.706, 5e-4);
    near(wijk_t_quantile(0.95, 2), 4.303, 5e-4);
    near(wijk_t_quantile(0.95, 3), 3.182, 5e-4);
    near(wijk_t_quantile(0.95, 7), 2.365, 5e-4);
    near(wijk_t_quantile(0.95, 12), 2.179, 5e-4);
    near(wijk_t_quantile(0.99, 5), 4.032, 5e-4);
    near(wijk_t_quantile(0.99, 30), 2.750, 5e-4);
    near(wijk_t_tail(2.086, 20), 0.05, 1e-4);
    assert_true(isinf(wijk_t_quantile(0.95, 0)));
    assert_true(isnan(wijk_t_tail(1, 0)));
    near(wijk_t_tail(0, 9), 1, 1e-15);
}

/* NIST Statistical Reference Datasets, linear regression, Norris (36 observations, y and x, certified
 * values). */
static const double NORRIS[36][2] = {
    {0.1, 0.2},     {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1},    {228.1, 226.5},
    {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
    {0.1, 0.6},     {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
    {557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
    {0.6, 0.3},     {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
    {10.2, 11.1},   {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5}};

static void test_norris(void **state)
{
    (void)state;
    double x[36], y[36];
    struct wijk_line l;
    for (size_t i = 0; i < 36; i++) y[i] = NORRIS[i][0], x[i] = NORRIS[i][1];
    assert_true(wijk_line_fit(x, y, 36, &l));
    near(l.slope, 1.00211681802045, 1e-12);
    near(wijk_line_at(&l, 0), -0.262323073774029, 1e-11);
    near(l.slope_se, 0.429796848199937E-03, 1e-14);
    near(l.sd, 0.884796396144373, 1e-12);
    near(wijk_line_se(&l, 0), 0.232818234301152, 1e-12);
    const double equal_x[] = {2014, 2016, 2020}, equal_y[] = {-0.05, -0.05, -0.05};
    assert_true(wijk_line_fit(equal_x, equal_y, 3, &l));
    assert_true(l.slope == 0 && l.slope_se == 0); /* not the last digits of the computer */
}

/* Slopes of 3 1 4 1.5 9 at 0 1 3 4 7 (ten pairs), in order:
 * -2.5 -2 -0.375 1/6 1/3 6/7 1.25 4/3 1.5 2.5; their median is (1/3 + 6/7) / 2. Of five points no pair falls
 * with chance 1/120, at most one with 5/120: at 0.95 only the whole width is sure enough, at 0.9 one slope
 * falls off at either end. */
static void test_sen(void **state)
{
    (void)state;
    const double x[] = {0, 1, 3, 4, 7}, y[] = {3, 1, 4, 1.5, 9};
    struct wijk_sen s;
    assert_true(wijk_sen_fit(CX, x, y, 5, 0.95, &s));
    near(s.slope, (1.0 / 3 + 6.0 / 7) / 2, 1e-15);
    near(s.low, -2.5, 1e-15);
    near(s.high, 2.5, 1e-15);
    assert_true(wijk_sen_fit(CX, x, y, 5, 0.9, &s));
    near(s.low, -2, 1e-15);
    near(s.high, 1.5, 1e-15);
    assert_true(wijk_sen_fit(CX, x, y, 4, 0.95, &s)); /* 1/24 on either side: no interval is that sure */
    assert_true(isinf(s.low) && isinf(s.high));
    assert_false(wijk_sen_fit(CX, x, y, 1, 0.95, &s));
    assert_true(isnan(s.slope));
}

/* Exact and approximate laws meet: 60 and 61 points of one noisy rise. */
static void test_sen_many(void **state)
{
    (void)state;
    double x[61], y[61];
    struct wijk_rng rng = wijk_rng(77);
    struct wijk_sen a, b;
    for (size_t i = 0; i < 61; i++) x[i] = (double)i, y[i] = 0.37 * (double)i + 4 * wijk_rng_normal(&rng);
    assert_true(wijk_sen_fit(CX, x, y, 60, 0.95, &a) && wijk_sen_fit(CX, x, y, 61, 0.95, &b));
    assert_true(a.low < 0.37 && 0.37 < a.high && b.low < 0.37 && 0.37 < b.high);
    near(a.high - a.low, b.high - b.low, 0.02);
}

/* 3.1 2.7 4.4 at 2012 2014 2016: slope 0.325, residuals -0.35 0.7 -0.35 around 3.4, sd sqrt(0.735), sxx 8. */
static void test_three_points_are_not_sharp(void **state)
{
    (void)state;
    const double x[] = {2012, 2014, 2016}, v[] = {3.1, 2.7, 4.4};
    struct wijk_trend t;
    assert_int_equal(
        wijk_trend_fit(CX, &(struct wijk_trend_in){1, 3, x, v, NULL}, (struct wijk_trend_opt){0}, &t),
        WIJK_OK);
    assert_int_equal(t.lack, WIJK_LACK_NONE);
    near(t.line.slope, 0.325, 1e-12);
    near(t.high - t.line.slope, 12.7062047 * sqrt(0.735 / 8), 1e-6);
    assert_int_equal(t.course, WIJK_COURSE_UNSURE);
    assert_true(isinf(t.sen.low) && isnan(t.break_p));
    double at, low, high;
    wijk_trend_at(&t, 0.95, 2014, &at, &low, &high);
    near(at, 3.4, 1e-12);
    near(high - at, 12.7062047 * sqrt(0.735 / 3), 1e-6);
}

static void test_why_not(void **state)
{
    (void)state;
    enum { B = WIJK_LACK_BROKEN, H = WIJK_LACK_HIDDEN, V = WIJK_LACK_NO_VALUE };
    const double x[] = {2018, 2019, 2020, 2021};
    const double v[] = {NAN, NAN, 0.4, 0.7, NAN, NAN, NAN, NAN, NAN, 2,
                        3,   NAN, NAN, NAN, NAN, NAN, 5,   5,   5,   5};
    const uint8_t lack[] = {B, B, 0, 0, H, H, H, H, V, 0, 0, V, V, V, V, V, 0, 0, 0, 0};
    struct wijk_trend t[5];
    const struct wijk_trend_in in = {5, 4, x, v, lack};
    assert_int_equal(wijk_trend_fit(CX, &in, (struct wijk_trend_opt){0}, t), WIJK_OK);
    assert_int_equal(t[0].lack, WIJK_LACK_BROKEN);
    assert_int_equal(t[1].lack, WIJK_LACK_HIDDEN);
    assert_int_equal(t[2].lack, WIJK_LACK_FEW_POINTS);
    assert_int_equal(t[3].lack, WIJK_LACK_NO_VALUE);
    assert_int_equal(t[4].lack, WIJK_LACK_NONE); /* all equal: flat, and nothing else */
    assert_int_equal(t[4].course, WIJK_COURSE_STEADY);
    assert_true(t[4].line.slope == 0 && isnan(t[4].break_at));
    assert_true(isnan(t[0].line.slope) && isnan(t[0].low) && t[0].course == WIJK_COURSE_UNKNOWN);
    double at, low, high;
    wijk_trend_at(&t[0], 0.95, 2020, &at, &low, &high);
    assert_true(isnan(at) && isnan(low));
    const double wrong[] = {2018, 2018, 2020, 2021};
    const struct wijk_trend_in bad = {5, 4, wrong, v, lack};
    assert_int_equal(wijk_trend_fit(CX, &bad, (struct wijk_trend_opt){0}, t), WIJK_ESHAPE);
    assert_int_equal(
        wijk_trend_fit(CX, &(struct wijk_trend_in){0, 4, x, v, NULL}, (struct wijk_trend_opt){0}, t),
        WIJK_OK);
}

/* 40 areas of noise around a line of their own, 3 with a bend after 2018; one measures not every year. */
static void test_a_bend_is_found_and_no_other(void **state)
{
    (void)state;
    enum { AREAS = 43, YEARS = 13 };
    double x[YEARS], v[AREAS * YEARS];
    struct wijk_rng rng = wijk_rng(20261);
    for (size_t p = 0; p < YEARS; p++) x[p] = 2012 + (double)p;
    for (size_t a = 0; a < AREAS; a++) {
        double slope = 0.01 * wijk_rng_normal(&rng);
        for (size_t p = 0; p < YEARS; p++)
            v[a * YEARS + p] = 0.3 + slope * (double)p + 0.008 * wijk_rng_normal(&rng) -
                               (a < 3 && x[p] > 2018 ? 0.031 * (x[p] - 2018) : 0);
    }
    v[2 * YEARS + 3] = NAN;
    struct wijk_trend t[AREAS];
    const struct wijk_trend_in in = {AREAS, YEARS, x, v, NULL};
    assert_int_equal(wijk_trend_fit(CX, &in, (struct wijk_trend_opt){.steady_per_year = 0.003}, t), WIJK_OK);
    for (size_t a = 0; a < AREAS; a++) {
        if (a >= 3) {
            if (!isnan(t[a].break_at))
                fail_msg("area %zu: a bend in %g, q %g", a, t[a].break_at, t[a].break_q);
            continue;
        }
        near(t[a].break_at, 2018, 1);
        assert_int_equal(t[a].course, WIJK_COURSE_DOWN);
        assert_true(t[a].after < t[a].before - 0.02 && t[a].after_high < 0);
        double at, low, high; /* the two lines meet the points better than one */
        wijk_trend_at(&t[a], 0.95, 2024, &at, &low, &high);
        near(at, v[a * YEARS + 12], 0.03);
        assert_true(low < at && at < high && high - low < 0.05);
    }
    near(wijk_trend_noise(CX, &in), 0.008, 0.0012);
    struct wijk_trend again[AREAS]; /* the same areas, one at a time: only break_q may differ */
    for (size_t a = 0; a < 3; a++) {
        const struct wijk_trend_in one = {1, YEARS, x, v + a * YEARS, NULL};
        assert_int_equal(wijk_trend_fit(CX, &one, (struct wijk_trend_opt){0}, again), WIJK_OK);
        assert_true(again->line.slope == t[a].line.slope && again->break_p == t[a].break_p);
    }
}

/* Of lines without a bend about one in twenty has p of 0.05 or less: the test is as sure as it says. */
static void test_the_chance_of_a_bend(void **state)
{
    (void)state;
    enum { AREAS = 2000, YEARS = 9 };
    double x[YEARS], *v = malloc(sizeof(double) * AREAS * YEARS);
    struct wijk_trend *t = malloc(sizeof *t * AREAS);
    struct wijk_rng rng = wijk_rng(3);
    size_t below = 0;
    for (size_t p = 0; p < YEARS; p++) x[p] = 2002 + 1.7 * (double)p;
    for (size_t i = 0; i < (size_t)AREAS * YEARS; i++) v[i] = 12 + 3.3 * wijk_rng_normal(&rng);
    assert_int_equal(
        wijk_trend_fit(CX, &(struct wijk_trend_in){AREAS, YEARS, x, v, NULL}, (struct wijk_trend_opt){0}, t),
        WIJK_OK);
    size_t covered = 0;
    for (size_t a = 0; a < AREAS; a++) {
        below += t[a].break_p <= 0.05;
        covered += t[a].low <= 0 && 0 <= t[a].high;
    }
    assert_in_range(below, 70, 130);      /* 100 expected, sd 10 */
    assert_in_range(covered, 1870, 1930); /* 1900 expected, sd 10 */
    free(v);
    free(t);
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(wijk_course_id(WIJK_COURSE_DOWN), "down");
    assert_string_equal(wijk_course_text(WIJK_COURSE_UNSURE), "onzeker");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_student),
        cmocka_unit_test(test_norris),
        cmocka_unit_test(test_sen),
        cmocka_unit_test(test_sen_many),
        cmocka_unit_test(test_three_points_are_not_sharp),
        cmocka_unit_test(test_why_not),
        cmocka_unit_test(test_a_bend_is_found_and_no_other),
        cmocka_unit_test(test_the_chance_of_a_bend),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
