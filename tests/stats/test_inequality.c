/* SPDX-License-Identifier: EUPL-1.2 */
/* How far weighted values lie apart. The expected values come from R 4.2.2 over every resident apart:
 *   r <- rep(v, w); quantile(r, p, type = 1); mean(abs(outer(r, r, "-"))); sqrt(summary(lm(r ~
 * group))$r.squared) s <- r + 4.102264851; mean(s / mean(s) * log(s / mean(s))) */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>

enum { N = 8 };
static const double V[N] = {-0.31, -0.17, -0.02, 0.04, 0.11, 0.19, 0.23, 0.37};
static const double W[N] = {310, 1270, 845, 2215, 90, 1730, 660, 405};
static const size_t GROUP[N] = {0, 0, 1, 1, 1, 2, 2, 2};

static void near(double a, double b)
{
    if (!(fabs(a - b) < 1e-13)) fail_msg("%.17g is not %.17g", a, b);
}

static void test_quantiles(void **state)
{
    (void)state;
    static const double P[] = {0.05, 0.1, 0.25, 0.5, 0.9, 0.95},
                        Q[] = {-0.17, -0.17, -0.02, 0.04, 0.23, 0.37};
    for (size_t i = 0; i < sizeof P / sizeof *P; i++) near(wijk_quantile_weighted(V, W, N, P[i]), Q[i]);
    near(wijk_quantile_weighted(V, W, N, 0), -0.31);
    near(wijk_quantile_weighted(V, W, N, 1), 0.37);
    const double ten[] = {1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5},
                 w[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    near(wijk_quantile_weighted(ten, w, 10, 0.3), 3.5); /* three times 0.1 is a little more than 0.3 */
    near(wijk_quantile_weighted(ten, w, 10, 0.7), 7.5);
}

static void test_differences(void **state)
{
    (void)state;
    double score[N], room[6];
    for (size_t i = 0; i < N; i++) score[i] = V[i] + 4.102264851;
    near(wijk_mean_difference(V, W, N), 0.181462791801415);
    near(wijk_mean_difference(score, W, N), 0.181462791801415);
    near(wijk_gini(score, W, N), 0.02183450029299799);
    near(wijk_theil(score, W, N), 0.0007843068785206232);
    near(wijk_sorting(V, W, GROUP, N, 3, room), 0.9536308940140953);
    assert_true(isnan(wijk_gini(V, W, N)));
    assert_true(isnan(wijk_theil(V, W, N)));
}

static void test_nothing_and_unknown(void **state)
{
    (void)state;
    const double v[] = {-1.7, NAN, 0.3, 0.3, 2.9}, w[] = {0, 44, 12, NAN, -3}, same[] = {0.7, 0.7, 0.7},
                 ww[] = {3, 5, 7};
    const size_t g[] = {0, 1, 0};
    double room[4];
    near(wijk_quantile_weighted(v, w, 5, 0.9), 0.3);
    near(wijk_mean_difference(v, w, 5), 0);
    assert_true(isnan(wijk_quantile_weighted(v, w, 2, 0.5)));
    assert_true(isnan(wijk_mean_difference(v, w, 2)));
    assert_true(isnan(wijk_theil(v, w, 2)));
    assert_true(isnan(wijk_sorting(v, w, GROUP, 0, 2, room)));
    assert_true(isnan(wijk_sorting(same, ww, g, 3, 2, room))); /* nothing to sort */
    near(wijk_gini(same, ww, 3), 0);
    near(wijk_theil(same, ww, 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quantiles), cmocka_unit_test(test_differences),
                                       cmocka_unit_test(test_nothing_and_unknown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
