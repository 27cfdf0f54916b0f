/* SPDX-License-Identifier: EUPL-1.2 */
/* Columns and spread: against sums done one by one, at every length around the width of a register. */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { MOST = 1300 };
static double figure[4][MOST], weight[MOST];

static void fill(void)
{
    struct wijk_rng rng = wijk_rng(33);
    for (size_t c = 0; c < 4; c++)
        for (size_t i = 0; i < MOST; i++)
            figure[c][i] = wijk_rng_uniform(&rng) < 0.1 ? NAN : 1e6 + wijk_rng_normal(&rng);
    for (size_t i = 0; i < MOST; i++) weight[i] = (double)wijk_rng_below(&rng, 900);
}

static void moments(void **state)
{
    (void)state;
    for (size_t n = 0; n < 70; n++) {
        struct wijk_moments m = wijk_moments(figure[0], n);
        long double sum = 0, squares = 0;
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
            if (!isnan(figure[0][i])) sum += (long double)figure[0][i], k++;
        for (size_t i = 0; i < n && k; i++)
            if (!isnan(figure[0][i]))
                squares += ((long double)figure[0][i] - sum / (long double)k) *
                           ((long double)figure[0][i] - sum / (long double)k);
        assert_int_equal(m.n, k);
        if (k) assert_true(fabs(m.mean - (double)(sum / (long double)k)) < 1e-9);
        if (k > 1) assert_true(fabs(m.sd / (double)sqrtl(squares / (long double)(k - 1)) - 1) < 1e-12);
        if (k < 2) assert_true(isnan(m.sd));
    }
    const double equal[] = {0.1, NAN, 0.1, 0.1};
    assert_true(wijk_moments(equal, 4).sd == 0); /* exactly */
}

static void sums(void **state)
{
    (void)state;
    struct wijk_weighed c[6];
    for (size_t k = 0; k < 6; k++)
        c[k] = (struct wijk_weighed){figure[k % 4] + k, 1e6 + (double)k, 0.3 - 0.1 * (double)k,
                                     0.7 + (double)k, NULL};
    for (size_t n = 0; n < 40; n++) {
        double num[40] = {0}, den[40] = {0};
        wijk_columns_add(c, 6, num, den, n);
        for (size_t i = 0; i < 40; i++) {
            double a = 0, b = 0;
            for (size_t k = 0; k < 6 && i < n; k++) {
                if (isnan(c[k].v[i])) continue;
                a += (c[k].v[i] - c[k].centre) * c[k].per;
                b += c[k].weight;
            }
            assert_true(num[i] == a && den[i] == b); /* the very same bits */
        }
        double other[40], weights[40];
        for (size_t used = 0; used <= 6; used++) {
            for (size_t i = 0; i < 40; i++) num[i] = den[i] = 0, other[i] = weights[i] = 7;
            wijk_columns_add(c, used, num, den, n);
            wijk_columns_set(c, used, other, weights, n); /* whatever stood there */
            assert_memory_equal(num, other, n * sizeof *num);
            assert_memory_equal(den, weights, n * sizeof *den);
            for (size_t i = n; i < 40; i++) assert_true(other[i] == 7 && weights[i] == 7);
        }
    }
}

static void blends(void **state)
{
    (void)state;
    const double num[2][3] = {{1.5, -2, 0}, {0.3, 9, 0}}, den[2][3] = {{2, 1, 0}, {1, 0, 0}};
    double total[3], known[3];
    uint8_t class_[3];
    struct wijk_blend b = {.n_part = 2,
                           .n_limit = 2,
                           .num = {num[0], num[1]},
                           .den = {den[0], den[1]},
                           .weight = {3, 1},
                           .share = {0.375, 0.25},
                           .min_known = 0.2,
                           .middle = 10,
                           .step = 2,
                           .limit = {9, 11.275},
                           .total = total,
                           .known = known,
                           .class_ = class_};
    wijk_blend(&b, 3);
    assert_true(fabs(total[0] - (10 + 2 * (3 * 0.75 + 0.3) / 4)) < 1e-15 && known[0] == 1); /* 11.275 */
    assert_int_equal(class_[0], 2);                                    /* a limit belongs below */
    assert_true(total[1] == 6 && known[1] == 0.375 && class_[1] == 1); /* one part only */
    assert_true(isnan(total[2]) && known[2] == 0 && class_[2] == 0);
}

/* Sorted one by one: the smallest value of which the weight at or below it reaches the share. */
static double quantile(const size_t *group, size_t g, size_t n, double p)
{
    double all = 0, best = NAN;
    for (size_t i = 0; i < n; i++) all += group[i] == g && !isnan(figure[1][i]) ? weight[i] : 0;
    for (size_t i = 0; i < n; i++) {
        double below = 0;
        if (group[i] != g || isnan(figure[1][i]) || !(weight[i] > 0)) continue;
        for (size_t j = 0; j < n; j++)
            if (group[j] == g && figure[1][j] <= figure[1][i]) below += weight[j];
        if (below >= p * all && !(figure[1][i] >= best)) best = figure[1][i];
    }
    return best;
}

static void spreads(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static size_t group[MOST];
    for (size_t i = 0; i < MOST; i++)
        group[i] = i % 7 == 0 ? SIZE_MAX : i % 7 == 1 ? i % 5 : 5; /* of 37 and of 900 */
    struct wijk_groups g;
    struct wijk_spread s[7];
    wijk_groups(cx, group, MOST, 7, &g);
    for (size_t i = 0; i < MOST; i++)
        figure[1][i] = i % 2 ? figure[1][i] : round(figure[1][i]); /* some equal */
    wijk_spread_by_group(cx, &g, figure[1], weight, 0.1, 0.9, s);
    for (size_t k = 0; k < 6; k++) {
        assert_true(s[k].low == quantile(group, k, MOST, 0.1));
        assert_true(s[k].high == quantile(group, k, MOST, 0.9));
        double used, sum = 0, v[MOST];
        for (size_t i = 0; i < MOST; i++) v[i] = group[i] == k ? figure[1][i] : NAN;
        double mean = wijk_mean_weighted(v, weight, MOST, &used);
        for (size_t i = 0; i < MOST; i++)
            if (!isnan(v[i])) sum += weight[i] * (v[i] - mean) * (v[i] - mean);
        assert_true(fabs(s[k].mean - mean) < 1e-7 && s[k].weight == used);
        assert_true(fabs(s[k].sd - sqrt(sum / used)) < 1e-6);
    }
    assert_true(s[6].n == 0 && isnan(s[6].mean) && isnan(s[6].low) && s[6].weight == 0); /* nobody */
    wijk_cx_end(cx);
}

/* Groups of many whose values lie together but for a few, are all alike, or stretch as far as numbers go. */
static void spreads_of_odd_groups(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static size_t group[MOST];
    struct wijk_rng rng = wijk_rng(35);
    struct wijk_groups g;
    struct wijk_spread s;
    wijk_groups(cx, group, MOST, 1, &g);
    for (int kind = 0; kind < 5; kind++) {
        for (size_t i = 0; i < MOST; i++) {
            const double v = wijk_rng_normal(&rng);
            figure[1][i] = kind == 0   ? (i % 400 ? v : 1e9 * v)
                           : kind == 1 ? 3.7
                           : kind == 2 ? v * 1e308 / 5
                           : kind == 3 ? (double)wijk_rng_below(&rng, 3) * 0x1p-1072
                                       : round(v);
            if (i % 11 == 3) figure[1][i] = NAN;
        }
        static const double SHARES[][2] = {{0.1, 0.9}, {0, 1}, {0.5, 0.5}, {1e-9, 0.999}};
        for (size_t k = 0; k < 4; k++) {
            wijk_spread_by_group(cx, &g, figure[1], weight, SHARES[k][0], SHARES[k][1], &s);
            assert_true(s.low == quantile(group, 0, MOST, SHARES[k][0]));
            assert_true(s.high == quantile(group, 0, MOST, SHARES[k][1]));
        }
    }
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(moments), cmocka_unit_test(sums),
                                       cmocka_unit_test(blends), cmocka_unit_test(spreads),
                                       cmocka_unit_test(spreads_of_odd_groups)};
    fill();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
