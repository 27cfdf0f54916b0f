/* SPDX-License-Identifier: EUPL-1.2 */
/* Spread over areas, worked by hand in the other form of the formulas; chance; what cannot be told. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

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

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want)))) fail_msg("%.17g instead of %.17g", got, want);
}

/* Members 40 100 30.5 80.6 62 = 313.1, others 360 150 579.5 49.4 248 = 1386.9;
 * D = half the sum of |members / 313.1 - others / 1386.9|; isolation = sum of members / 313.1 x share. */
static void by_hand(void **state)
{
    const double share[] = {10, 40, 5, 62, 20, 33, 50}, base[] = {400, 250, 610, 130, 310, NAN, 90},
                 housing[] = {12, 67, 3, 71.5, 66.6, 80, 90};
    const size_t whole[] = {1, 1, 1, 1, 1, 1, 0};
    struct wijk_concentration out[2];
    double quotient[7];
    const struct wijk_concentration_in in = {7, share, base, housing, whole, 2, 0, 9901};
    assert_int_equal(wijk_concentration_of(*state, &in, out, quotient), WIJK_OK);
    const struct wijk_concentration *c = &out[1];
    assert_int_equal(c->lack, WIJK_LACK_NONE);
    assert_true(c->n_area == 5 && c->n_left == 1 && c->n_corporatie == 2);
    near(c->base, 1700);
    near(c->members, 313.1);
    near(c->share_pct, 100 * 313.1 / 1700);
    near(c->dissimilarity, 0.5 * (fabs(40 / 313.1 - 360 / 1386.9) + fabs(100 / 313.1 - 150 / 1386.9) +
                                  fabs(30.5 / 313.1 - 579.5 / 1386.9) + fabs(80.6 / 313.1 - 49.4 / 1386.9) +
                                  fabs(62 / 313.1 - 248 / 1386.9)));
    near(c->isolation,
         40 / 313.1 * 0.1 + 100 / 313.1 * 0.4 + 30.5 / 313.1 * 0.05 + 80.6 / 313.1 * 0.62 + 62 / 313.1 * 0.2);
    near(c->in_corporatie_pct, 100 * 180.6 / 313.1);
    near(c->base_in_corporatie_pct, 100 * 380.0 / 1700);
    near(quotient[3], 0.62 / (313.1 / 1700));
    assert_true(isnan(quotient[5]));
    assert_true(c->low <= c->dissimilarity && c->dissimilarity <= c->high && c->high > c->low);
    assert_true(c->chance > 0 && c->chance < c->low);
    assert_int_equal(out[0].lack, WIJK_LACK_FEW_AREAS);
    assert_true(isnan(out[0].dissimilarity) && out[0].share_pct == 50);
    near(quotient[6], 1);
}

/* When chance places everybody, D is about what `chance` says. */
static void chance_is_about_right(void **state)
{
    enum { N = 60, ROUNDS = 200 };
    struct wijk_rng rng = wijk_rng(61);
    double share[N], base[N], quotient[N], sum = 0, said = 0;
    size_t whole[N] = {0};
    for (size_t i = 0; i < N; i++) base[i] = 40 + (double)wijk_rng_below(&rng, 300);
    for (size_t r = 0; r < ROUNDS; r++) {
        struct wijk_concentration out;
        for (size_t i = 0; i < N; i++) {
            size_t members = 0;
            for (size_t k = 0; k < (size_t)base[i]; k++) members += wijk_rng_uniform(&rng) < 0.13;
            share[i] = 100 * (double)members / base[i];
        }
        const struct wijk_concentration_in in = {N, share, base, NULL, whole, 1, 1, 1};
        assert_int_equal(wijk_concentration_of(*state, &in, &out, quotient), WIJK_OK);
        sum += out.dissimilarity / ROUNDS;
        said += out.chance / ROUNDS;
    }
    assert_true(fabs(sum / said - 1) < 0.05);
}

static void nothing_to_tell(void **state)
{
    const double share[] = {0, 0, 0, 0, 0, 100, 100, 100, 100, 100, -1, 101, NAN, 5},
                 base[] = {7, 8, 9, 10, 11, 7, 8, 9, 10, 11, 10, 10, 10, 0};
    const size_t whole[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2};
    struct wijk_concentration out[3];
    double quotient[14];
    struct wijk_concentration_in in = {14, share, base, NULL, whole, 3, 9, 1};
    assert_int_equal(wijk_concentration_of(*state, &in, out, quotient), WIJK_OK);
    assert_int_equal(out[0].lack, WIJK_LACK_NO_VARIATION);
    assert_int_equal(out[1].lack, WIJK_LACK_NO_VARIATION);
    assert_int_equal(out[2].lack, WIJK_LACK_NO_VALUE);
    assert_true(out[2].n_left == 4 && isnan(out[2].share_pct) && isnan(out[0].in_corporatie_pct));
    assert_true(isnan(out[0].n_corporatie)); /* of no area is the housing known: not nought */
    assert_true(isnan(quotient[0]) && quotient[6] == 1);
    in.n_whole = 2;
    assert_int_equal(wijk_concentration_of(*state, &in, out, quotient), WIJK_ESHAPE);
    assert_false(wijk_corporatiebuurt(NAN));
    assert_false(wijk_corporatiebuurt(66.6666666));
    assert_true(wijk_corporatiebuurt(66.7));
}

/* Limits by R: quantile(x, c(1, 2) / 3) of the six areas that have both. */
static void two_in_one_map(void **state)
{
    const double x[] = {1.5, 7, 3, 9.5, NAN, 4, 6}, y[] = {20, 20, 20, 35, 8, 20, 41};
    const uint8_t want[] = {0, 2, 0, 8, WIJK_BIVARIATE_NONE, 1, 7};
    uint8_t cell[7];
    struct wijk_bivariate b;
    wijk_bivariate_of(*state, x, y, 7, cell, &b);
    near(b.limit_x[0], 3 + 2.0 / 3);
    near(b.limit_x[1], 6 + 1.0 / 3);
    near(b.limit_y[0], 20);
    near(b.limit_y[1], 25);
    assert_memory_equal(cell, want, sizeof want);
    assert_true(b.n_used == 6 && b.count[0] == 2 && b.count[8] == 1 && b.count[4] == 0);
    wijk_bivariate_of(*state, x, y, 0, cell, &b);
    assert_true(b.n_used == 0 && isnan(b.limit_x[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(by_hand, start, stop),
        cmocka_unit_test_setup_teardown(chance_is_about_right, start, stop),
        cmocka_unit_test_setup_teardown(nothing_to_tell, start, stop),
        cmocka_unit_test_setup_teardown(two_in_one_map, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
