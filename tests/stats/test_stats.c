/* SPDX-License-Identifier: EUPL-1.2 */
/* Means, quantiles and chance, by hand and by their laws. */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>

static void means(void **state)
{
    (void)state;
    const double v[] = {4.1, NAN, 3.7, 5.3, 9.9}, w[] = {130, 70, 55, 0, NAN};
    double used;
    assert_true(fabs(wijk_mean_weighted(v, w, 5, &used) - (4.1 * 130 + 3.7 * 55) / 185) < 1e-15);
    assert_true(used == 185);
    assert_true(isnan(wijk_mean_weighted(v, w, 0, NULL)));
    const double hard[] = {1e16, 1.7, -1e16, 0.6};
    assert_true(wijk_sum(hard, 4) == 2.3);
}

static void groups(void **state)
{
    (void)state;
    const double v[] = {0.3, -0.1, NAN, 0.7, 0.2}, w[] = {100, 300, 50, 20, 0};
    const size_t group[] = {0, 0, 0, 2, SIZE_MAX};
    double mean[3], share[3];
    size_t used[3];
    wijk_mean_by_group(v, w, group, 5, 3, mean, share, used);
    assert_true(fabs(mean[0] - 0.0) < 1e-15 && fabs(share[0] - 400.0 / 450) < 1e-15 && used[0] == 2);
    assert_true(isnan(mean[1]) && isnan(share[1]) && used[1] == 0);
    assert_true(mean[2] == 0.7 && share[2] == 1 && used[2] == 1);
}

static void quantiles(void **state)
{
    (void)state;
    double v[] = {7.5, NAN, 1.5, 3.5,
                  9.5}; /* R: quantile(c(7.5, 1.5, 3.5, 9.5), c(.1, .5, .9)) = 2.1 5.5 8.9 */
    assert_true(fabs(wijk_quantile(v, 5, 0.1) - 2.1) < 1e-12);
    assert_true(fabs(wijk_quantile(v, 5, 0.5) - 5.5) < 1e-12);
    assert_true(fabs(wijk_quantile(v, 5, 0.9) - 8.9) < 1e-12);
    double none[] = {NAN, NAN};
    assert_true(isnan(wijk_quantile(none, 2, 0.5)));
}

static void chance(void **state)
{
    (void)state;
    enum { N = 200000 };
    struct wijk_rng a = wijk_rng(9901), b = wijk_rng(9901), c = wijk_rng(9902);
    double sum = 0, squares = 0, uniform = 0;
    size_t face[7] = {0};
    bool other = false;
    for (int i = 0; i < 100; i++) {
        uint64_t x = wijk_rng_next(&a);
        assert_true(x == wijk_rng_next(&b));
        other = other || x != wijk_rng_next(&c);
    }
    assert_true(other);
    for (int i = 0; i < N; i++) {
        double z = wijk_rng_normal(&a), u = wijk_rng_uniform(&a);
        assert_true(u >= 0 && u < 1);
        sum += z, squares += z * z, uniform += u;
        face[wijk_rng_below(&a, 7)]++;
    }
    assert_true(fabs(sum / N) < 5 / sqrt(N) && fabs(squares / N - 1) < 5 * sqrt(2.0 / N));
    assert_true(fabs(uniform / N - 0.5) < 5 / sqrt(12.0 * N));
    for (int k = 0; k < 7; k++) assert_true(fabs((double)face[k] - N / 7.0) < 5 * sqrt(N / 7.0));
}

static void many_groups(void **state)
{
    (void)state;
    enum { N = 1403, GROUPS = 701 };
    static double v[N], w[N], mean[GROUPS];
    static size_t group[N];
    for (size_t i = 0; i < N; i++) {
        v[i] = 0.37 * (double)i;
        w[i] = 2.5;
        group[i] = i % GROUPS;
    }
    wijk_mean_by_group(v, w, group, N, GROUPS, mean, NULL, NULL);
    assert_true(fabs(mean[600] - 0.37 * (600 + 350.5)) < 1e-11); /* members 600 and 1301 */
    assert_true(fabs(mean[0] - 0.37 * 701) < 1e-11);             /* members 0, 701 and 1402 */
}

/* The generators against the numbers their authors publish. */
static void published(void **state)
{
    (void)state;
    struct wijk_rng r = wijk_rng(0);
    assert_true(r.s[0] == 0xe220a8397b1dcdafu && r.s[1] == 0x6e789e6aa1b965f4u); /* splitmix64 of 0 */
    r = (struct wijk_rng){{1, 2, 3, 4}};
    assert_true(wijk_rng_next(&r) == 11520 && wijk_rng_next(&r) == 0 && wijk_rng_next(&r) == 1509978240);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(means),       cmocka_unit_test(groups),
                                       cmocka_unit_test(quantiles),   cmocka_unit_test(chance),
                                       cmocka_unit_test(many_groups), cmocka_unit_test(published)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
