/* SPDX-License-Identifier: EUPL-1.2 */
/* Figures brought from one division to another: what must hold for any crosswalk (one seed), small cases by
 * hand, and what is refused. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { OLD = 613, NEW = 589, LATER = 402, OK = WIJK_STATUS_OK, EST = WIJK_STATUS_ESTIMATED };

static struct wijk_cross_link part(uint32_t from, uint32_t to, double share)
{
    return (struct wijk_cross_link){from, to, share, NAN, WIJK_CROSS_KIND_COUNT};
}

static const struct wijk_crosswalk *make(struct wijk_cx *cx, size_t n_from, size_t n_to,
                                         const struct wijk_cross_link *link, size_t n)
{
    const struct wijk_crosswalk *x;
    struct wijk_crosswalk_in in = {.level = WIJK_LEVEL_BUURT,
                                   .from_year = 2019,
                                   .to_year = 2024,
                                   .n_from = n_from,
                                   .n_to = n_to,
                                   .n = n,
                                   .link = link};
    assert_int_equal(wijk_crosswalk_of(cx, &in, &x), WIJK_OK);
    return x;
}

/* Every old area is cut into one to three parts that go to chance areas, all of it. */
static const struct wijk_crosswalk *chance(struct wijk_cx *cx, struct wijk_rng *rng, int from_year,
                                           size_t n_from, size_t n_to)
{
    struct wijk_cross_link *link = WIJK_NEW(cx, struct wijk_cross_link, 3 * n_from);
    const struct wijk_crosswalk *x;
    size_t n = 0;
    for (uint32_t f = 0; f < n_from; f++) {
        size_t parts = 1 + wijk_rng_below(rng, 3), to = wijk_rng_below(rng, n_to - 3);
        double left = 1;
        for (size_t k = 0; k < parts; k++) {
            double share = k + 1 == parts ? left : left * (0.05 + 0.9 * wijk_rng_uniform(rng));
            link[n++] = part(f, (uint32_t)(to + k), share);
            left -= share;
        }
    }
    struct wijk_crosswalk_in in = {.level = WIJK_LEVEL_BUURT,
                                   .from_year = from_year,
                                   .to_year = from_year + 3,
                                   .n_from = n_from,
                                   .n_to = n_to,
                                   .n = n,
                                   .link = link};
    assert_int_equal(wijk_crosswalk_of(cx, &in, &x), WIJK_OK);
    return x;
}

static void fill(struct wijk_rng *rng, double *v, uint8_t *status, size_t n)
{
    for (size_t i = 0; i < n; i++) v[i] = 3.7 + 1291 * wijk_rng_uniform(rng);
    memset(status, OK, n);
}

static void test_no_one_is_lost_in_a_sum(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(20261125);
    double v[OLD], out[NEW];
    uint8_t status[OLD], told[NEW];
    for (int round = 0; round < 20; round++) {
        const struct wijk_crosswalk *x = chance(cx, &rng, 2016, OLD, NEW);
        fill(&rng, v, status, OLD);
        wijk_crosswalk_convert(x, &(struct wijk_cross_figures){v, status, OLD, NULL, WIJK_AGGREGATE_SUM, 0},
                               out, told);
        double sum = 0;
        for (size_t t = 0; t < NEW; t++) {
            bool from_somewhere = x->first[t] < x->first[t + 1];
            assert_int_equal(told[t] != WIJK_STATUS_MISSING, from_somewhere);
            if (from_somewhere) sum += out[t];
        }
        assert_true(fabs(sum / wijk_sum(v, OLD) - 1) < 1e-12);
    }
    wijk_cx_end(cx);
}

static void test_the_same_division_gives_the_same_bytes(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(3);
    struct wijk_cross_link link[OLD];
    double v[OLD], out[OLD];
    uint8_t status[OLD], told[OLD];
    for (uint32_t i = 0; i < OLD; i++) link[i] = part(OLD - 1 - i, OLD - 1 - i, 1);
    const struct wijk_crosswalk *x = make(cx, OLD, OLD, link, OLD);
    for (int how = WIJK_AGGREGATE_NONE; how <= WIJK_AGGREGATE_RESIDENTS; how++) {
        fill(&rng, v, status, OLD);
        for (size_t i = 0; i < OLD; i++) {
            status[i] = (uint8_t)wijk_rng_below(&rng, WIJK_STATUS_COUNT);
            if (!wijk_status_valued((enum wijk_status)status[i])) v[i] = NAN;
        }
        wijk_crosswalk_convert(
            x, &(struct wijk_cross_figures){v, status, OLD, NULL, (enum wijk_aggregation)how, 0}, out, told);
        assert_memory_equal(told, status, sizeof told);
        for (size_t i = 0; i < OLD; i++) assert_true(isnan(v[i]) ? isnan(out[i]) : out[i] == v[i]);
        for (size_t i = 0; i < OLD; i++) assert_true(x->moved[i] == 0);
    }
    wijk_cx_end(cx);
}

static void test_two_steps_are_one_step(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(11);
    static double v[OLD], mid[NEW], end[LATER], direct[LATER];
    static uint8_t status[OLD], mid_status[NEW], end_status[LATER], direct_status[LATER];
    const struct wijk_crosswalk *a = chance(cx, &rng, 2016, OLD, NEW),
                                *b = chance(cx, &rng, 2019, NEW, LATER), *ab;
    assert_int_equal(wijk_crosswalk_compose(cx, a, b, &ab), WIJK_OK);
    assert_int_equal(ab->from_year, 2016);
    assert_int_equal(ab->to_year, 2022);
    fill(&rng, v, status, OLD);
    wijk_crosswalk_convert(a, &(struct wijk_cross_figures){v, status, OLD, NULL, WIJK_AGGREGATE_SUM, 0}, mid,
                           mid_status);
    for (size_t i = 0; i < NEW; i++) /* nothing came here: nobody lives there */
        if (mid_status[i] == WIJK_STATUS_MISSING) mid[i] = 0, mid_status[i] = OK;
    wijk_crosswalk_convert(b, &(struct wijk_cross_figures){mid, mid_status, NEW, NULL, WIJK_AGGREGATE_SUM, 0},
                           end, end_status);
    wijk_crosswalk_convert(ab, &(struct wijk_cross_figures){v, status, OLD, NULL, WIJK_AGGREGATE_SUM, 0},
                           direct, direct_status);
    size_t seen = 0;
    for (size_t t = 0; t < LATER; t++) {
        if (ab->first[t] == ab->first[t + 1]) continue;
        seen++;
        assert_true(fabs(direct[t] - end[t]) < 1e-9);
        enum wijk_cross_kind kind = ab->link[ab->first[t]].kind; /* a few chance areas come through whole */
        assert_int_equal(direct_status[t], kind <= WIJK_CROSS_RENAMED ? OK : EST);
    }
    assert_true(seen > LATER / 2);
    wijk_cx_end(cx);
}

static void test_steps_that_do_not_meet_are_refused(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(12);
    const struct wijk_crosswalk *a = chance(cx, &rng, 2016, OLD, NEW),
                                *b = chance(cx, &rng, 2020, NEW, LATER), *ab;
    assert_int_equal(wijk_crosswalk_compose(cx, a, b, &ab), WIJK_ESHAPE);
    b = chance(cx, &rng, 2019, LATER, NEW);
    assert_int_equal(wijk_crosswalk_compose(cx, a, b, &ab), WIJK_ESHAPE);
    wijk_cx_end(cx);
}

/* Three old areas: 0 and 1 became A, 2 was cut into B (30%) and C (70%). */
static const struct wijk_crosswalk *small(struct wijk_cx *cx)
{
    static const struct wijk_cross_link link[] = {
        {2, 2, 0.7, NAN, 0}, {1, 0, 1, NAN, 0}, {2, 1, 0.3, NAN, 0}, {0, 0, 1, NAN, 0}};
    return make(cx, 3, 3, link, 4);
}

static void test_mergers_and_splits_by_hand(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_crosswalk *x = small(cx);
    const double residents[] = {3170, 455, 1210}, score[] = {-0.31, 0.07, 0.113};
    const uint8_t ok[] = {OK, OK, OK};
    double v[3];
    uint8_t s[3];
    wijk_crosswalk_convert(x, &(struct wijk_cross_figures){residents, ok, 3, NULL, WIJK_AGGREGATE_SUM, 0}, v,
                           s);
    assert_true(v[0] == 3625); /* a merger adds up exactly */
    assert_true(fabs(v[1] - 363) < 1e-12 && fabs(v[2] - 847) < 1e-12);
    for (size_t i = 0; i < 3; i++) assert_int_equal(s[i], EST);
    wijk_crosswalk_convert(
        x, &(struct wijk_cross_figures){score, ok, 3, residents, WIJK_AGGREGATE_RESIDENTS, 0}, v, s);
    assert_true(fabs(v[0] - -0.26230344827586207) < 1e-15); /* -950.85 / 3625 */
    assert_true(v[1] == 0.113 && v[2] == 0.113);
    wijk_crosswalk_convert(x, &(struct wijk_cross_figures){score, ok, 3, residents, WIJK_AGGREGATE_NONE, 0},
                           v, s);
    for (size_t i = 0; i < 3; i++) assert_true(isnan(v[i]) && s[i] == WIJK_STATUS_MISSING);
    assert_int_equal(x->link[x->first[0]].kind, WIJK_CROSS_MERGED);
    assert_int_equal(x->link[x->first[1]].kind, WIJK_CROSS_SPLIT);
    assert_true(fabs(x->moved[0] - 0.5) < 1e-15); /* sizes are not known: each old area counts as one */
    assert_true(fabs(x->moved[1] - 0.7) < 1e-15 && fabs(x->moved[2] - 0.3) < 1e-15);
    wijk_cx_end(cx);
}

static void test_what_is_hidden_stays_hidden(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_crosswalk *x = small(cx);
    const double residents[] = {3170, 55, 1210}, value[] = {12.5, NAN, NAN};
    const uint8_t hidden[] = {OK, WIJK_STATUS_SUPPRESSED, WIJK_STATUS_SUPPRESSED};
    for (int how = WIJK_AGGREGATE_SUM; how <= WIJK_AGGREGATE_RESIDENTS; how++) {
        struct wijk_cross_figures f = {value, hidden, 3, residents, (enum wijk_aggregation)how, 0.01};
        for (size_t t = 0; t < 3; t++) {
            struct wijk_cross_value v = wijk_crosswalk_value(x, &f, t);
            assert_int_equal(v.status, WIJK_STATUS_SUPPRESSED);
            assert_true(isnan(v.value));
        }
    }
    wijk_cx_end(cx);
}

static void test_what_is_not_known_is_not_made_up(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_crosswalk *x = small(cx);
    const double people[] = {3170, 55, 1210}, nobody[] = {3170, 0, 1210}, unknown[] = {3170, NAN, 1210};
    const double value[] = {12.5, NAN, NAN};
    const uint8_t gone[] = {OK, WIJK_STATUS_MISSING, WIJK_STATUS_NOT_APPLICABLE};
    struct wijk_cross_figures f = {value, gone, 3, people, WIJK_AGGREGATE_SUM, 0};
    assert_int_equal(wijk_crosswalk_value(x, &f, 0).status, WIJK_STATUS_MISSING); /* half a sum is no sum */
    assert_int_equal(wijk_crosswalk_value(x, &f, 1).status, WIJK_STATUS_NOT_APPLICABLE);
    f.how = WIJK_AGGREGATE_RESIDENTS; /* 3170 of 3225 people: 98.3% */
    struct wijk_cross_value v = wijk_crosswalk_value(x, &f, 0);
    assert_int_equal(v.status, EST);
    assert_true(v.value == 12.5 && fabs(v.known - 3170.0 / 3225) < 1e-15);
    f.min_known = 0.99;
    assert_int_equal(wijk_crosswalk_value(x, &f, 0).status, WIJK_STATUS_MISSING);
    f.residents = nobody;
    assert_int_equal(wijk_crosswalk_value(x, &f, 0).status, EST);
    f.residents = unknown;
    assert_int_equal(wijk_crosswalk_value(x, &f, 0).status, WIJK_STATUS_MISSING);
    f.residents = NULL;
    assert_int_equal(wijk_crosswalk_value(x, &f, 0).status, WIJK_STATUS_MISSING);
    f = (struct wijk_cross_figures){value, gone, 1, people, WIJK_AGGREGATE_SUM, 0}; /* a shorter vector */
    assert_int_equal(wijk_crosswalk_value(x, &f, 1).status, WIJK_STATUS_MISSING);
    wijk_cx_end(cx);
}

static void test_a_mean_stays_within_what_it_is_made_of(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(99);
    static double v[OLD], residents[OLD], out[NEW];
    static uint8_t status[OLD], told[NEW];
    for (int round = 0; round < 10; round++) {
        const struct wijk_crosswalk *x = chance(cx, &rng, 2016, OLD, NEW);
        fill(&rng, residents, status, OLD);
        for (size_t i = 0; i < OLD; i++) v[i] = round % 2 ? 0.1 : wijk_rng_normal(&rng);
        wijk_crosswalk_convert(
            x, &(struct wijk_cross_figures){v, status, OLD, residents, WIJK_AGGREGATE_RESIDENTS, 0}, out,
            told);
        for (size_t t = 0; t < NEW; t++) {
            double low = INFINITY, high = -INFINITY;
            for (size_t i = x->first[t]; i < x->first[t + 1]; i++) {
                low = fmin(low, v[x->link[i].from]);
                high = fmax(high, v[x->link[i].from]);
            }
            assert_true(isnan(out[t]) ? low > high : out[t] >= low && out[t] <= high);
        }
    }
    wijk_cx_end(cx);
}

static void test_kinds_and_how_far_a_border_moved(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    /* 0 gives a tenth of its 800 people to area 1, that was 500; 2 keeps its border under a new code; 3 is
     * drawn anew in the same place: 91% of it is still there, 4 differs by less than the tolerance */
    struct wijk_cross_link link[] = {{0, 0, 0.8, 0.9, 0}, {0, 1, 0.2, 0.1, 0}, {1, 1, 1, 1, 0},
                                     {2, 2, 1, 1, 0},     {3, 3, 1, 1, 0},     {4, 4, 1, 1, 0}};
    const char *from[] = {"BU1", "BU2", "BU3", "BU4", "BU5"}, *to[] = {"BU1", "BU2", "BU9", "BU4", "BU5"};
    const double size[] = {800, 500, 77, 130, 60}, covered[] = {1, 1, 1, 0.93, 0.9985},
                 covered_to[] = {1, 1, 1, 0.97, 0.998};
    const struct wijk_crosswalk *x;
    struct wijk_crosswalk_in in = {.level = WIJK_LEVEL_BUURT,
                                   .from_year = 2019,
                                   .to_year = 2024,
                                   .method = WIJK_CROSS_BY_RESIDENTS,
                                   .n_from = 5,
                                   .n_to = 5,
                                   .n = 6,
                                   .link = link,
                                   .from_code = from,
                                   .to_code = to,
                                   .covered_from = covered,
                                   .covered_to = covered_to,
                                   .size = size};
    assert_int_equal(wijk_crosswalk_of(cx, &in, &x), WIJK_OK);
    static const enum wijk_cross_kind KIND[] = {WIJK_CROSS_SPLIT, WIJK_CROSS_OVERLAY, WIJK_CROSS_RENAMED,
                                                WIJK_CROSS_OVERLAY, WIJK_CROSS_EXACT};
    for (size_t t = 0; t < 5; t++) assert_int_equal(x->link[x->first[t]].kind, KIND[t]);
    assert_true(fabs(x->moved[0] - 0.1) < 1e-12);        /* 720 of 800 in common */
    assert_true(fabs(x->moved[1] - 80.0 / 580) < 1e-12); /* 500 of 580 */
    assert_true(x->moved[2] == 0 && x->moved[4] == 0);
    assert_true(fabs(x->moved[3] - (1 - 1 / (1 / 0.93 + 1 / 0.97 - 1))) < 1e-12);
    in.same = 0.9;
    assert_int_equal(wijk_crosswalk_of(cx, &in, &x), WIJK_OK);
    assert_int_equal(x->link[x->first[3]].kind, WIJK_CROSS_EXACT);
    wijk_cx_end(cx);
}

static void refused(struct wijk_cx *cx, const struct wijk_cross_link *link, size_t n, enum wijk_err err)
{
    const struct wijk_crosswalk *x;
    struct wijk_crosswalk_in in = {.n_from = 3, .n_to = 2, .n = n, .link = link};
    assert_int_equal(wijk_crosswalk_of(cx, &in, &x), err);
    assert_true(*wijk_fault(cx));
    wijk_fault_clear(cx);
}

static void test_what_cannot_be_is_refused(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    refused(cx, (struct wijk_cross_link[]){part(3, 0, 1)}, 1, WIJK_ESHAPE);
    refused(cx, (struct wijk_cross_link[]){part(0, 2, 1)}, 1, WIJK_ESHAPE);
    refused(cx, (struct wijk_cross_link[]){part(0, 0, 0)}, 1, WIJK_EDATA);
    refused(cx, (struct wijk_cross_link[]){part(0, 0, -0.2)}, 1, WIJK_EDATA);
    refused(cx, (struct wijk_cross_link[]){part(0, 0, 1.2)}, 1, WIJK_EDATA);
    refused(cx, (struct wijk_cross_link[]){part(0, 0, NAN)}, 1, WIJK_EDATA);
    refused(cx, (struct wijk_cross_link[]){part(0, 0, 0.5), part(0, 0, 0.5)}, 2, WIJK_EDATA);
    refused(cx, (struct wijk_cross_link[]){part(0, 0, 0.7), part(0, 1, 0.5)}, 2, WIJK_EDATA);
    const struct wijk_crosswalk *x = make(cx, 3, 2, NULL, 0); /* an empty one knows nothing */
    const double v[] = {1.5, 2.5, 3.5};
    const uint8_t ok[] = {OK, OK, OK};
    struct wijk_cross_figures f = {v, ok, 3, NULL, WIJK_AGGREGATE_SUM, 0};
    assert_int_equal(wijk_crosswalk_value(x, &f, 1).status, WIJK_STATUS_MISSING);
    assert_true(isnan(x->moved[1]));
    wijk_cx_end(cx);
}

static void test_words(void **state)
{
    (void)state;
    enum wijk_cross_method m;
    for (unsigned i = 0; i < WIJK_CROSS_METHOD_COUNT; i++) {
        assert_true(wijk_cross_method_parse(wijk_str(wijk_cross_method_id((enum wijk_cross_method)i)), &m));
        assert_int_equal(m, i);
        assert_true(*wijk_cross_method_text((enum wijk_cross_method)i));
    }
    assert_false(wijk_cross_method_parse(WIJK_STR("guess"), &m));
    assert_string_equal(wijk_cross_kind_id(WIJK_CROSS_OVERLAY), "overlay");
    assert_string_equal(wijk_cross_kind_text(WIJK_CROSS_MERGED), "samengevoegd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_one_is_lost_in_a_sum),
        cmocka_unit_test(test_the_same_division_gives_the_same_bytes),
        cmocka_unit_test(test_two_steps_are_one_step),
        cmocka_unit_test(test_steps_that_do_not_meet_are_refused),
        cmocka_unit_test(test_mergers_and_splits_by_hand),
        cmocka_unit_test(test_what_is_hidden_stays_hidden),
        cmocka_unit_test(test_what_is_not_known_is_not_made_up),
        cmocka_unit_test(test_a_mean_stays_within_what_it_is_made_of),
        cmocka_unit_test(test_kinds_and_how_far_a_border_moved),
        cmocka_unit_test(test_what_cannot_be_is_refused),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
