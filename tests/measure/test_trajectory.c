/* SPDX-License-Identifier: EUPL-1.2 */
/* The four types, what decides them, how sure they are, who went where, and figures of small areas drawn
 * together. Expected values are worked out by hand from the rules; the eight schools are from outside. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct wijk_cx *CX;
/* SD 0.16: a step is 0.16, flat is 0.04 or less. */
static const struct wijk_trajectory_rules RULES = {
    .id = "rigo",
    .base_year = 2008,
    .recent_year = 2012,
    .good_from_class = 5,
    .start_to_class = 9,
    .class_steps = 2,
    .improved_sd = 1,
    .worse_sd = 1,
    .flat_sd = 0.25,
    .development_sd = {-1.5, -1, -0.5, -0.25, 0.25, 0.5, 1, 1.5},
    .n_scale = 1,
    .scale = {{"lbm3", 0.16}}};
static const struct wijk_class_limits LIMITS = {
    "2024", {-0.43, -0.354, -0.2815, -0.1640, -0.1030, 0.0101, 0.0896, 0.1680}};

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

static struct wijk_trajectory of(double base, double recent, double now)
{
    const double v[] = {base, recent, now};
    struct wijk_trajectory t;
    struct wijk_trajectory_in in = {1, 3, v, NULL, NULL, 0, 1, 2, &RULES, 0.16, 0.007, &LIMITS};
    assert_int_equal(wijk_trajectory_of(CX, &in, &t), WIJK_OK);
    return t;
}

static void test_types(void **state)
{
    (void)state;
    struct wijk_trajectory t = of(-0.21, -0.13, -0.02); /* 0.19 up, class 6 */
    assert_int_equal(t.type, WIJK_TRAJECTORY_SUCCESS);
    near(t.change, 0.19, 1e-15);
    near(t.recent, 0.11, 1e-15);
    assert_int_equal(t.class_from, 4);
    assert_int_equal(t.class_now, 6);
    assert_int_equal(t.steps, 2);
    assert_int_equal(t.development, 8);                                              /* 0.16 < 0.19 <= 0.24 */
    assert_int_equal(of(-0.45, -0.35, -0.27).type, WIJK_TRAJECTORY_STEADY_RECOVERY); /* 0.18 up, class 4 */
    assert_int_equal(of(-0.3, 0.11, -0.07).type, WIJK_TRAJECTORY_RELAPSE); /* up since 2008, yet 0.18 down */
    assert_int_equal(of(-0.02, -0.05, -0.09).type, WIJK_TRAJECTORY_EARLY_SIGNAL);
    assert_int_equal(of(-0.09, -0.09, -0.051).type, WIJK_TRAJECTORY_EARLY_SIGNAL); /* 0.039 up is flat */
    assert_int_equal(of(-0.09, -0.09, -0.049).type, WIJK_TRAJECTORY_OTHER);
    assert_int_equal(of(-0.3, -0.31, -0.32).type, WIJK_TRAJECTORY_OTHER); /* low, and stays low */
    assert_int_equal(of(0.2, 0.21, 0.19).type, WIJK_TRAJECTORY_OTHER);
    assert_string_equal(wijk_trajectory_id(WIJK_TRAJECTORY_RELAPSE), "relapse");
    assert_string_equal(wijk_trajectory_label(WIJK_TRAJECTORY_EARLY_SIGNAL), "Vroegsignalering");
    assert_string_equal(wijk_trajectory_why(WIJK_TRAJECTORY_SUCCESS), "verbeterd, en nu goed");
}

/* One figure is off by 0.007, two by 1.96 x sqrt(2) x 0.007 = 0.0194. */
static void test_how_sure(void **state)
{
    (void)state;
    assert_true(of(0.1, 0.11, -0.07).sure);                                /* 0.18 down; 0.1606 is enough */
    assert_false(of(0.1, 0.11, -0.069).sure);                              /* 0.179 - 0.0194 is not */
    assert_int_equal(of(0.1, 0.11, -0.069).type, WIJK_TRAJECTORY_RELAPSE); /* it is still the type */
    assert_false(of(-0.15, -0.12, -0.095).sure); /* class 6 or 5, but below -0.103 - ... */
}

static void test_classes_where_scores_lack(void **state)
{
    (void)state;
    const double v[] = {NAN, -0.05, -0.19, NAN, NAN, NAN, NAN, -0.2, -0.19, NAN, 0.1, NAN, NAN, NAN, NAN};
    const uint8_t class_[] = {3, 6, 5, 3, 5, 6, 0, 4, 4, 7, 7, 7, 7, 7, 5};
    const uint8_t lack[] = {1, 0, 0, 1, 1, 1, 2, 0, 0, 1, 0, 1, 1, 1, 1};
    struct wijk_trajectory t[5];
    struct wijk_trajectory_in in = {5, 3, v, class_, lack, 0, 1, 2, &RULES, 0.16, 0.007, NULL};
    assert_int_equal(wijk_trajectory_of(CX, &in, t), WIJK_OK);
    assert_int_equal(t[0].type, WIJK_TRAJECTORY_SUCCESS); /* two classes up since the base, 0.14 down since */
    assert_true(t[0].by_class && !t[0].recent_by_class && !t[0].sure && isnan(t[0].change));
    assert_int_equal(t[0].development, 0);
    assert_int_equal(t[1].type, WIJK_TRAJECTORY_SUCCESS);
    assert_int_equal(t[2].type, WIJK_TRAJECTORY_NONE); /* no base */
    assert_int_equal(t[2].lack, WIJK_LACK_HIDDEN);
    assert_true(isnan(t[2].recent) && !t[2].class_now);
    assert_int_equal(t[3].type, WIJK_TRAJECTORY_OTHER);
    assert_int_equal(t[4].type, WIJK_TRAJECTORY_RELAPSE); /* two classes down */
    in.rules = &(struct wijk_trajectory_rules){.good_from_class = 5,
                                               .start_to_class = 2,
                                               .class_steps = 2,
                                               .improved_sd = 1,
                                               .worse_sd = 1,
                                               .flat_sd = 0.25};
    assert_int_equal(wijk_trajectory_of(CX, &in, t), WIJK_OK);
    assert_int_equal(t[1].type, WIJK_TRAJECTORY_OTHER); /* began in class 3 */
}

static void test_what_cannot_be(void **state)
{
    (void)state;
    const double v[] = {0.1, 0.2, 0.3};
    struct wijk_trajectory t;
    struct wijk_trajectory_in in = {1, 3, v, NULL, NULL, 2, 1, 2, &RULES, 0.16, NAN, &LIMITS};
    assert_int_equal(wijk_trajectory_of(CX, &in, &t), WIJK_ESHAPE);
    in.base = 0, in.now = 3;
    assert_int_equal(wijk_trajectory_of(CX, &in, &t), WIJK_ESHAPE);
    in.now = 2, in.sd = wijk_trajectory_sd(&RULES, "lbm2");
    assert_int_equal(wijk_trajectory_of(CX, &in, &t), WIJK_EDATA);
    in.sd = wijk_trajectory_sd(&RULES, "lbm3");
    assert_int_equal(wijk_trajectory_of(CX, &in, &t), WIJK_OK);
    assert_false(t.sure); /* nobody knows how far one figure is off */
    in.limits = NULL;     /* no class: no type, never a guess */
    assert_int_equal(wijk_trajectory_of(CX, &in, &t), WIJK_OK);
    assert_int_equal(t.type, WIJK_TRAJECTORY_NONE);
    assert_int_equal(t.lack, WIJK_LACK_NO_VALUE);
}

static void test_who_went_where(void **state)
{
    (void)state;
    const uint8_t from[] = {1, 1, 2, 3, 0, 3}, to[] = {1, 2, 2, 1, 2, 1};
    const double residents[] = {310, 55, NAN, 700, 90, 1205};
    const struct wijk_transition *t = wijk_transition_of(CX, from, to, residents, 6, 3);
    assert_int_equal(t->n, 5);
    assert_int_equal(t->n_left_out, 1);
    assert_int_equal(t->count[0], 1);
    assert_int_equal(t->count[1], 1);
    assert_int_equal(t->count[4], 1);
    assert_int_equal(t->count[6], 2);
    assert_true(t->weight[6] == 1905 && t->weight[4] == 0 && t->weight[1] == 55);
    t = wijk_transition_of(CX, from, to, NULL, 6, 3);
    assert_true(t->weight[6] == 2);
}

/* Equal chance of 3: 42 / (9 + b) = 2, so b = 12 and each keeps 12/21 of its distance from 6. */
static void test_small_areas(void **state)
{
    (void)state;
    const double v[] = {2, 5, 11, NAN, 100}, se[] = {3, 3, 3, 3, NAN};
    struct wijk_shrink_common c;
    struct wijk_shrunk s[5];
    wijk_shrink_of(v, se, 5, &c, s);
    assert_int_equal(c.n, 3);
    near(c.centre, 6, 1e-12);
    near(c.between_sd, sqrt(12), 1e-9);
    near(s[0].value, 6 - 4 * 12.0 / 21, 1e-9);
    near(s[2].own, 12.0 / 21, 1e-9);
    near(s[2].se, 3 * sqrt(12.0 / 21), 1e-9);
    assert_int_equal(s[3].lack, WIJK_LACK_NO_VALUE);
    assert_int_equal(s[4].lack, WIJK_LACK_FEW_POINTS);
    wijk_shrink_of(v, se, 2, &c, s);
    assert_int_equal(s[0].lack, WIJK_LACK_FEW_POINTS);
    assert_true(isnan(s[0].value));
}

/* Rubin (1981): effects of coaching in eight schools. All they show may be chance: the pooled mean 7.7 with a
 * standard error of 4.1 is what Gelman and others (Bayesian Data Analysis, 5.5) report. */
static void test_eight_schools(void **state)
{
    (void)state;
    const double v[] = {28, 8, -3, 7, -1, 1, 18, 12}, se[] = {15, 10, 16, 11, 9, 11, 10, 18};
    struct wijk_shrink_common c;
    struct wijk_shrunk s[8];
    wijk_shrink_of(v, se, 8, &c, s);
    near(c.centre, 7.7, 0.05);
    assert_true(c.between_sd == 0 && s[0].own == 0 && s[0].value == c.centre);
}

static void test_chance_in_shares(void **state)
{
    (void)state;
    const double share[] = {0, 30, 12, 40}, base[] = {10, 90, 200, NAN}; /* (0 + 27 + 24) / 300 = 0.17 */
    double se[4];
    wijk_shrink_chance(share, base, 4, 100, se);
    near(se[0], 100 * sqrt(0.17 * 0.83 / 10), 1e-12);
    near(se[1], 100 * sqrt(0.17 * 0.83 / 90), 1e-12);
    assert_true(isnan(se[3]));
    const double exact[] = {0.2, 0.3, 0.7}, none[] = {0, 0, 0};
    struct wijk_shrink_common c;
    struct wijk_shrunk s[3];
    wijk_shrink_of(exact, none, 3, &c, s); /* without chance each keeps its own */
    assert_true(s[0].value == 0.2 && s[2].own == 1 && s[2].se == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_how_sure),
        cmocka_unit_test(test_classes_where_scores_lack),
        cmocka_unit_test(test_what_cannot_be),
        cmocka_unit_test(test_who_went_where),
        cmocka_unit_test(test_small_areas),
        cmocka_unit_test(test_eight_schools),
        cmocka_unit_test(test_chance_in_shares),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
