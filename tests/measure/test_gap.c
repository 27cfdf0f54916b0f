/* SPDX-License-Identifier: EUPL-1.2 */
/* Residents in insufficient areas, and the gap over time: by hand, against all residents one by one, with
 * gaps that were made to grow, stay and shrink, and with everything that can be wrong. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { AREAS = 61, YEARS = 5 };

static void near(double a, double b)
{
    if (!(fabs(a - b) < 1e-12)) fail_msg("%.17g is not %.17g", a, b);
}

/* ---- insufficient ---- */

static void test_insufficient(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_insufficient *s;
    /* Two buurten, cells with and without a class; limit -0.2815, margin 0.02. */
    const uint8_t class_[] = {2, 3, 4, 5, 0, 3, 9, 1, 3};
    const double deviation[] = {-0.40, -0.29, -0.27, -0.12, NAN, -0.30, 0.4, -0.5, -0.35},
                 residents[] = {37, 61, 83, 240, 19, 11, 512, NAN, 71};
    const size_t buurt[] = {0, 0, 0, 0, 0, 1, 1, 1, SIZE_MAX};
    struct wijk_insufficient_in in = {.n = 9,
                                      .class_ = class_,
                                      .deviation = deviation,
                                      .residents = residents,
                                      .group = buurt,
                                      .n_group = 3,
                                      .limit = -0.2815};
    assert_int_equal(wijk_insufficient_of(cx, &in, &s), WIJK_OK);
    near(s->people[0], 37 + 61);
    near(s->known[0], 37 + 61 + 83 + 240);
    near(s->residents[0], 440);
    near(s->share[0], 98.0 / 421);
    near(s->low[0], 37);            /* -0.29 lies within the margin */
    near(s->high[0], 98 + 83 + 19); /* so does -0.27, and of 19 nothing is known */
    near(s->people[1], 11);
    near(s->low[1], 0 + (fabs(-0.30 + 0.2815) > 0.02 ? 11 : 0));
    assert_int_equal(s->lack[0], WIJK_LACK_NONE);
    assert_int_equal(s->lack[2], WIJK_LACK_FEW_RESIDENTS);
    assert_true(isnan(s->people[2]));
    size_t count[1];
    const size_t whole[] = {0, 0, 0};
    wijk_insufficient_count(s, whole, 1, count);
    assert_int_equal(count[0], 0); /* 98 is not 100 */
    double more[9];
    memcpy(more, residents, sizeof more);
    more[0] = 39;
    in.residents = more;
    assert_int_equal(wijk_insufficient_of(cx, &in, &s), WIJK_OK);
    wijk_insufficient_count(s, whole, 1, count);
    assert_int_equal(count[0], 1);
    wijk_cx_end(cx);
}

static void test_insufficient_refuses(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_insufficient *s;
    uint8_t class_[] = {10, 0};
    double residents[] = {37, 12};
    const size_t one[] = {0, 0};
    struct wijk_insufficient_in in = {
        .n = 2, .class_ = class_, .residents = residents, .group = one, .n_group = 1, .limit = NAN};
    assert_int_equal(wijk_insufficient_of(cx, &in, &s), WIJK_EDATA);
    class_[0] = 0;
    assert_int_equal(wijk_insufficient_of(cx, &in, &s), WIJK_OK);
    assert_int_equal(s->lack[0], WIJK_LACK_NO_VALUE);
    assert_true(isnan(s->share[0]));
    residents[1] = -1;
    assert_int_equal(wijk_insufficient_of(cx, &in, &s), WIJK_EDATA);
    wijk_cx_end(cx);
}

/* ---- the gap ---- */

struct world {
    double year[YEARS], value[AREAS * YEARS], weight[AREAS * YEARS];
    uint8_t below[AREAS * YEARS];
    size_t group[AREAS];
};

/* A spread of areas that changes by the factor `per_year`, with chance of its own in each cell. */
static void make(struct world *w, double per_year, double noise)
{
    struct wijk_rng rng = wijk_rng(20261125);
    for (size_t p = 0; p < YEARS; p++) w->year[p] = (double)(2012 + 2 * p);
    for (size_t a = 0; a < AREAS; a++) {
        double own = 0.17 * wijk_rng_normal(&rng), people = 700 + 3100 * wijk_rng_uniform(&rng);
        w->group[a] = a / 7;
        for (size_t p = 0; p < YEARS; p++) {
            double x = own * (1 + per_year * 2 * (double)p) + noise * wijk_rng_normal(&rng);
            w->value[a * YEARS + p] = x;
            w->weight[a * YEARS + p] = people * (1 + 0.01 * (double)p);
            w->below[a * YEARS + p] = x <= -0.2815;
        }
    }
}

static const struct wijk_gap *gap_of(struct wijk_cx *cx, const struct world *w, struct wijk_gap_opt opt)
{
    const struct wijk_gap *g;
    struct wijk_gap_in in = {AREAS,    YEARS,    w->year,       w->value, w->weight,
                             w->below, w->group, AREAS / 7 + 1, 4.1,      opt};
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    return g;
}

static void test_figures(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world w;
    make(&w, 0.03, 0.01);
    const struct wijk_gap *g = gap_of(cx, &w, (struct wijk_gap_opt){0});
    for (size_t p = 0; p < YEARS; p++) {
        double below = 0, all = 0, pairs = 0;
        for (size_t a = 0; a < AREAS; a++) {
            double people = w.weight[a * YEARS + p];
            all += people;
            if (w.below[a * YEARS + p]) below += people;
            for (size_t b = 0; b < AREAS; b++)
                pairs +=
                    people * w.weight[b * YEARS + p] * fabs(w.value[a * YEARS + p] - w.value[b * YEARS + p]);
        }
        near(g->figure[WIJK_GAP_BELOW][p].value, below / all);
        near(g->figure[WIJK_GAP_DIFFERENCE][p].value, pairs / all / all);
        near(g->figure[WIJK_GAP_RANGE][p].value,
             g->figure[WIJK_GAP_P90][p].value - g->figure[WIJK_GAP_P10][p].value);
        for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++) {
            const struct wijk_gap_figure *f = &g->figure[m][p];
            assert_int_equal(f->lack, WIJK_LACK_NONE);
            assert_int_equal(f->n_area, AREAS);
            assert_true(f->low <= f->high && fabs(f->people - all) < 1e-6);
        }
        /* the band holds the figure and is not everything */
        const struct wijk_gap_figure *f = &g->figure[WIJK_GAP_RANGE][p];
        assert_true(f->low < f->value && f->value < f->high && f->high - f->low < f->value);
    }
    wijk_cx_end(cx);
}

static void test_verdicts(void **state)
{
    (void)state;
    static const struct {
        double per_year, noise;
        enum wijk_gap_verdict verdict;
    } CASE[] = {{0.05, 0.01, WIJK_GAP_GROWS},
                {-0.05, 0.01, WIJK_GAP_SHRINKS},
                {0, 0.0005, WIJK_GAP_STABLE},
                {0, 0.12, WIJK_GAP_UNSURE}};
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct world w;
        make(&w, CASE[i].per_year, CASE[i].noise);
        const struct wijk_gap_trend *t = gap_of(cx, &w, (struct wijk_gap_opt){0})->trend;
        if (t[WIJK_GAP_RANGE].verdict != CASE[i].verdict)
            fail_msg("case %zu: %s, %g..%g", i, wijk_gap_verdict_id(t[WIJK_GAP_RANGE].verdict),
                     t[WIJK_GAP_RANGE].low, t[WIJK_GAP_RANGE].high);
        if (CASE[i].verdict != WIJK_GAP_UNSURE)
            assert_int_equal(t[WIJK_GAP_DIFFERENCE].verdict, CASE[i].verdict);
        assert_int_equal(t[WIJK_GAP_RANGE].lack, WIJK_LACK_NONE);
        assert_int_equal(t[WIJK_GAP_RANGE].n_common, AREAS);
        near(t[WIJK_GAP_RANGE].change, 8 * t[WIJK_GAP_RANGE].per_year);
        wijk_cx_end(cx);
    }
}

/* No gap that is only chance may be called growing more often than the band says. */
static void test_false_alarms(void **state)
{
    (void)state;
    size_t alarms = 0, rounds = 120;
    struct wijk_rng rng = wijk_rng(77);
    for (size_t k = 0; k < rounds; k++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct world w;
        make(&w, 0, 0);
        for (size_t i = 0; i < AREAS * YEARS; i++) w.value[i] += 0.05 * wijk_rng_normal(&rng);
        const struct wijk_gap *g = gap_of(cx, &w, (struct wijk_gap_opt){.n_boot = 199, .stable = 1e-9});
        alarms += g->trend[WIJK_GAP_DIFFERENCE].verdict != WIJK_GAP_UNSURE;
        wijk_cx_end(cx);
    }
    if (alarms > 14)
        fail_msg("%zu alarms", alarms); /* 5% of 120 is 6; 14 is three standard deviations more */
}

static void test_same_for_any_number_of_threads(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world w;
    make(&w, 0.01, 0.05);
    w.value[7] = NAN; /* so that figures and trends go by other areas */
    const struct wijk_gap *g[2];
    for (unsigned k = 0; k < 2; k++) {
        wijk_threads_set(1 + k);
        g[k] = gap_of(cx, &w, (struct wijk_gap_opt){.seed = 41});
    }
    wijk_threads_set(1);
    for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++)
        assert_memory_equal(g[0]->figure[m], g[1]->figure[m], YEARS * sizeof **g[0]->figure);
    for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++) {
        assert_true(g[0]->trend[m].per_year == g[1]->trend[m].per_year);
        assert_true(g[0]->trend[m].low == g[1]->trend[m].low && g[0]->trend[m].high == g[1]->trend[m].high);
    }
    const struct wijk_gap *other = gap_of(cx, &w, (struct wijk_gap_opt){.seed = 42});
    assert_true(other->figure[WIJK_GAP_RANGE][0].value == g[0]->figure[WIJK_GAP_RANGE][0].value);
    assert_true(other->trend[WIJK_GAP_DIFFERENCE].low != g[0]->trend[WIJK_GAP_DIFFERENCE].low);
    assert_int_equal(g[0]->trend[WIJK_GAP_RANGE].n_common, AREAS - 1);
    assert_int_equal(g[0]->figure[WIJK_GAP_RANGE][2].n_area, AREAS - 1);
    assert_int_equal(g[0]->figure[WIJK_GAP_RANGE][0].n_area, AREAS);
    wijk_cx_end(cx);
}

static void test_lacks(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world w;
    const struct wijk_gap *g;
    make(&w, 0.03, 0.01);
    for (size_t a = 0; a < AREAS; a++) {
        w.value[a * YEARS] = NAN;                     /* a year with classes only */
        if (a > 8) w.value[a * YEARS + 1] = NAN;      /* nine areas */
        w.weight[a * YEARS + 2] /= a == 0 ? 1 : 1000; /* hardly anybody */
        w.below[a * YEARS + 4] = 2;                   /* a year without classes */
    }
    w.weight[2] = 3;
    g = gap_of(cx, &w, (struct wijk_gap_opt){0});
    assert_int_equal(g->figure[WIJK_GAP_RANGE][0].lack, WIJK_LACK_NO_VALUE);
    assert_int_equal(g->figure[WIJK_GAP_BELOW][0].lack, WIJK_LACK_NONE);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][1].lack, WIJK_LACK_FEW_AREAS);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][2].lack, WIJK_LACK_FEW_RESIDENTS);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][3].lack, WIJK_LACK_NONE);
    assert_int_equal(g->figure[WIJK_GAP_BELOW][4].lack, WIJK_LACK_NO_VALUE);
    assert_true(isnan(g->figure[WIJK_GAP_RANGE][1].value) && isnan(g->figure[WIJK_GAP_RANGE][1].low));
    assert_int_equal(g->trend[WIJK_GAP_RANGE].lack, WIJK_LACK_FEW_POINTS); /* two years left */
    assert_int_equal(g->trend[WIJK_GAP_RANGE].verdict, WIJK_GAP_UNSURE);
    assert_int_equal(g->trend[WIJK_GAP_BELOW].lack, WIJK_LACK_NONE);
    /* borders that moved: too few areas can be followed */
    make(&w, 0.03, 0.01);
    for (size_t a = 0; a < 30; a++) w.value[a * YEARS] = NAN;
    g = gap_of(cx, &w, (struct wijk_gap_opt){0});
    assert_int_equal(g->trend[WIJK_GAP_RANGE].lack, WIJK_LACK_BROKEN);
    assert_true(isnan(g->trend[WIJK_GAP_RANGE].per_year));
    /* no zero of the score, no wijken */
    struct wijk_gap_in in = {.n_area = AREAS,
                             .n_period = YEARS,
                             .year = w.year,
                             .value = w.value,
                             .weight = w.weight,
                             .reference = NAN};
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    assert_int_equal(g->figure[WIJK_GAP_GINI][3].lack, WIJK_LACK_NO_REFERENCE);
    assert_int_equal(g->figure[WIJK_GAP_SORTING][3].lack, WIJK_LACK_NO_GROUPS);
    assert_int_equal(g->figure[WIJK_GAP_BELOW][3].lack, WIJK_LACK_NO_VALUE);
    wijk_cx_end(cx);
}

static void test_all_equal_one_area_and_none(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world w;
    const struct wijk_gap *g;
    make(&w, 0, 0);
    for (size_t i = 0; i < AREAS * YEARS; i++) w.value[i] = 0.137;
    memset(w.below, 0, sizeof w.below);
    g = gap_of(cx, &w, (struct wijk_gap_opt){0});
    near(g->figure[WIJK_GAP_RANGE][2].value, 0);
    near(g->figure[WIJK_GAP_BELOW][2].high, 0);
    assert_int_equal(g->figure[WIJK_GAP_SORTING][2].lack, WIJK_LACK_NO_VARIATION);
    assert_int_equal(g->trend[WIJK_GAP_RANGE].verdict, WIJK_GAP_STABLE);
    assert_int_equal(g->trend[WIJK_GAP_SORTING].lack, WIJK_LACK_NO_VARIATION);
    struct wijk_gap_in in = {.n_area = 1,
                             .n_period = YEARS,
                             .year = w.year,
                             .value = w.value,
                             .weight = w.weight,
                             .reference = 4.1};
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][2].lack, WIJK_LACK_FEW_AREAS);
    assert_int_equal(g->trend[WIJK_GAP_RANGE].lack, WIJK_LACK_FEW_AREAS);
    memset(w.weight, 0, sizeof w.weight); /* figures, but nobody knows of how many people */
    in.n_area = AREAS;
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][2].lack, WIJK_LACK_NO_RESIDENTS);
    assert_int_equal(g->trend[WIJK_GAP_RANGE].lack, WIJK_LACK_NO_RESIDENTS);
    in.n_area = 0;
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][2].lack, WIJK_LACK_NO_VALUE);
    assert_int_equal(g->trend[WIJK_GAP_RANGE].lack, WIJK_LACK_NO_VALUE);
    in.n_period = 0;
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    wijk_cx_end(cx);
}

static void test_refused(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world w;
    const struct wijk_gap *g;
    make(&w, 0, 0);
    struct wijk_gap_in in = {.n_area = AREAS,
                             .n_period = YEARS,
                             .year = w.year,
                             .value = w.value,
                             .weight = w.weight,
                             .reference = NAN};
    w.weight[9] = -1;
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_EDATA);
    w.weight[9] = INFINITY;
    w.value[11] = INFINITY;
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_OK);
    assert_int_equal(g->figure[WIJK_GAP_RANGE][4].n_area, AREAS - 1);
    w.year[2] = w.year[1];
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_ESHAPE);
    w.year[2] = 2016;
    in.opt.n_boot = 10001;
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_ELIMIT);
    in.opt = (struct wijk_gap_opt){.level = 1};
    assert_int_equal(wijk_gap_of(cx, &in, &g), WIJK_EDATA);
    enum wijk_gap_measure m;
    assert_true(wijk_gap_measure_parse(WIJK_STR("scheiding"), &m) && m == WIJK_GAP_SORTING);
    assert_false(wijk_gap_measure_parse(WIJK_STR("Kloof"), &m));
    assert_string_equal(wijk_gap_measure_id(WIJK_GAP_BELOW), "aandeel");
    assert_string_equal(wijk_gap_measure_text(WIJK_GAP_GINI), "gini van de score");
    assert_string_equal(wijk_gap_verdict_text(WIJK_GAP_SHRINKS), "krimpt");
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_insufficient), cmocka_unit_test(test_insufficient_refuses),
        cmocka_unit_test(test_figures),      cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_false_alarms), cmocka_unit_test(test_same_for_any_number_of_threads),
        cmocka_unit_test(test_lacks),        cmocka_unit_test(test_all_equal_one_area_and_none),
        cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
