/* SPDX-License-Identifier: EUPL-1.2 */
/* One figure at the gate, settings that only become stricter, shares and money over areas, and what is
 * derived. */
#include "disclose/disclose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static struct wijk_disclosed one(const char *word, double value, double base, double largest)
{
    struct wijk_disclosure_rule r = wijk_disclosure_rule(word, 0);
    return wijk_disclose_one(&r, (struct wijk_true_figure){value, WIJK_STATUS_OK, base, largest});
}

static void is_shown(struct wijk_disclosed v, double value)
{
    assert_int_equal(v.reason, WIJK_SHOWN);
    assert_true(v.value == value);
    assert_int_equal(v.status, WIJK_STATUS_OK);
}

static void is_hidden(struct wijk_disclosed v, enum wijk_hidden why)
{
    assert_int_equal(v.reason, why);
    assert_true(isnan(v.value));
    assert_int_equal(v.status, WIJK_STATUS_SUPPRESSED);
    assert_string_equal(wijk_hidden_text(v.reason), "te klein om te tonen");
}

static void test_counts(void **state)
{
    (void)state;
    is_shown(one("count", 0, NAN, NAN), 0);
    for (int v = 1; v < 5; v++) is_hidden(one("count", v, NAN, NAN), WIJK_HIDDEN_TOO_SMALL);
    is_hidden(one("count", 0.3, NAN, NAN), WIJK_HIDDEN_TOO_SMALL); /* an estimate of somebody */
    is_hidden(one("count", -3, NAN, NAN), WIJK_HIDDEN_TOO_SMALL);
    is_shown(one("count", 5, NAN, NAN), 5);
    is_shown(one("count", 7, NAN, NAN), 5);
    is_shown(one("count", 8, NAN, NAN), 10);
    is_shown(one("count", 312, NAN, NAN), 310);
    is_shown(one("count", 313, NAN, NAN), 315);
    assert_true(one("count", 313, NAN, NAN).rounded_to == 5);
}

static void test_shares_and_money(void **state)
{
    (void)state;
    is_hidden(one("share", 44.4, 9, NAN), WIJK_HIDDEN_BASE);
    is_hidden(one("share", 44.4, NAN, NAN), WIJK_HIDDEN_BASE);
    is_shown(one("share", 44.4, 18, NAN), 44);
    is_hidden(one("share", 3, 100, NAN), WIJK_HIDDEN_TOO_SMALL);  /* stands for 3 */
    is_hidden(one("share", 97, 100, NAN), WIJK_HIDDEN_TOO_SMALL); /* the rest does */
    is_shown(one("share", 3.2, 1000, NAN), 3);
    is_shown(one("share", 0, 100, NAN), 0);
    is_shown(one("share", 100, 100, NAN), 100);
    is_hidden(one("money", 31700, 99, 0.1), WIJK_HIDDEN_BASE);
    is_hidden(one("money", 31700, 117, 0.31), WIJK_HIDDEN_DOMINANT);
    is_shown(one("money", 31700, 117, 0.30), 31700);
    is_hidden(one("money", 31700, 117, NAN), WIJK_HIDDEN_DOMINANT); /* nobody knows */
    is_shown(one("money", 31700, 1117, NAN), 31700);
}

static void test_open_and_nothing(void **state)
{
    (void)state;
    struct wijk_disclosure_rule open = wijk_disclosure_rule("open", 0),
                                count = wijk_disclosure_rule("count", 0);
    is_shown(one("open", 3, NAN, NAN), 3);
    is_hidden(wijk_disclose_one(&open, (struct wijk_true_figure){7, WIJK_STATUS_SUPPRESSED, NAN, NAN}),
              WIJK_HIDDEN_SUPPLIER);
    static const enum wijk_status NONE[] = {WIJK_STATUS_MISSING, WIJK_STATUS_NOT_APPLICABLE};
    for (size_t i = 0; i < 2; i++) {
        struct wijk_disclosed v =
            wijk_disclose_one(&count, (struct wijk_true_figure){NAN, NONE[i], NAN, NAN});
        assert_int_equal(v.reason, WIJK_HIDDEN_ABSENT);
        assert_int_equal(v.status, NONE[i]);
    }
    struct wijk_disclosed p =
        wijk_disclose_one(&count, (struct wijk_true_figure){12, WIJK_STATUS_PROVISIONAL, NAN, NAN});
    assert_int_equal(p.status, WIJK_STATUS_PROVISIONAL);
    assert_true(p.value == 10);
}

static void test_only_stricter(void **state)
{
    (void)state;
    struct wijk_disclosure_rule a = wijk_disclosure_rule("count", 0), b = wijk_disclosure_rule("count", 0);
    b.hide_below = 2, b.round_to = 1;
    struct wijk_disclosure_rule c = wijk_disclosure_both(a, b);
    assert_true(c.hide_below == 5 && c.round_to == 5); /* a looser setting changes nothing */
    b.hide_below = 10, b.round_to = 10;
    c = wijk_disclosure_both(a, b);
    assert_true(c.hide_below == 10 && c.round_to == 10);
    c = wijk_disclosure_both(wijk_disclosure_rule("open", 0), a);
    assert_int_equal(c.kind, WIJK_DISCLOSE_COUNT);
    c = wijk_disclosure_both(a, wijk_disclosure_rule("open", 0));
    assert_int_equal(c.kind, WIJK_DISCLOSE_COUNT);
    assert_true(wijk_disclosure_rule("share", 3).min_base == 10);
    assert_true(wijk_disclosure_rule("share", 25).min_base == 25);
    assert_true(wijk_disclosure_rule("money", 25).min_base == 100);
    assert_int_equal(wijk_disclosure_rule("?", 0).kind, WIJK_DISCLOSE_MONEY); /* unknown: the least room */
}

/* Wijk 4 of buurten 0..3. Of one hidden share the wijk's share and the bases tell the rest; so two are
 * hidden. */
static void test_shares_over_areas(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const size_t PARENT[] = {4, 4, 4, 4, SIZE_MAX};
    static const double VALUE[] = {44, 31, 22, 27, 28}, BASE[] = {7, 240, 510, 117, 874};
    static const uint8_t STATUS[] = {1, 1, 1, 1, 1};
    struct wijk_disclose_table in = {.n_area = 5,
                                     .n_kind = 1,
                                     .n_period = 1,
                                     .parent = PARENT,
                                     .value = VALUE,
                                     .base = BASE,
                                     .status = STATUS};
    struct wijk_disclosed out[5];
    struct wijk_disclosure_rule r = wijk_disclosure_rule("share", 0);
    assert_int_equal(wijk_disclose_table(cx, &r, &in, out), WIJK_OK);
    is_hidden(out[0], WIJK_HIDDEN_BASE);
    is_hidden(out[3], WIJK_HIDDEN_SECONDARY); /* the smallest base that is shown */
    is_shown(out[1], 31);
    is_shown(out[2], 22);
    is_shown(out[4], 28);
    /* A share whose count is hidden goes along. */
    static const uint8_t HIDE[] = {0, 1, 0, 0, 0};
    in.hide = HIDE;
    assert_int_equal(wijk_disclose_table(cx, &r, &in, out), WIJK_OK);
    is_hidden(out[1], WIJK_HIDDEN_LINKED);
    wijk_cx_end(cx);
}

static struct wijk_disclosed ok(double v)
{
    return (struct wijk_disclosed){v, WIJK_STATUS_OK, WIJK_SHOWN, 5};
}
static const struct wijk_disclosed SMALL = {NAN, WIJK_STATUS_SUPPRESSED, WIJK_HIDDEN_TOO_SMALL, 0};
static const struct wijk_disclosed NONE = {NAN, WIJK_STATUS_MISSING, WIJK_HIDDEN_ABSENT, 0};

static void test_derived(void **state)
{
    (void)state;
    struct wijk_disclosed d = wijk_disclosed_difference(ok(35), ok(20));
    is_shown(d, 15);
    assert_true(d.rounded_to == 10);
    is_hidden(wijk_disclosed_difference(ok(35), SMALL), WIJK_HIDDEN_TOO_SMALL);
    is_hidden(wijk_disclosed_difference(NONE, SMALL), WIJK_HIDDEN_TOO_SMALL);
    is_hidden(wijk_disclosed_difference(SMALL, NONE), WIJK_HIDDEN_TOO_SMALL);
    assert_int_equal(wijk_disclosed_difference(NONE, ok(5)).reason, WIJK_HIDDEN_ABSENT);
    is_shown(wijk_disclosed_ratio(ok(35), ok(1400), 1000), 25);
    assert_int_equal(wijk_disclosed_ratio(ok(35), ok(0), 1000).status, WIJK_STATUS_NOT_APPLICABLE);
    is_hidden(wijk_disclosed_ratio(SMALL, ok(1400), 1000), WIJK_HIDDEN_TOO_SMALL);
    const struct wijk_disclosed part[] = {ok(10), ok(40), SMALL};
    is_shown(wijk_disclosed_index(part, (const double[]){2, 1, 0}, 3), 20);
    is_hidden(wijk_disclosed_index(part, (const double[]){2, 1, 1}, 3), WIJK_HIDDEN_TOO_SMALL);
    const struct wijk_disclosed v[] = {ok(10), SMALL, ok(35), ok(35), NONE, ok(5)};
    is_shown(wijk_disclosed_rank(v, 6, 2), 1);
    is_shown(wijk_disclosed_rank(v, 6, 0), 3);
    is_hidden(wijk_disclosed_rank(v, 6, 1), WIJK_HIDDEN_TOO_SMALL);
    is_shown(wijk_disclosed_percentile(v, 6, 0), 37.5);
    is_hidden(wijk_disclosed_percentile(v, 6, 1), WIJK_HIDDEN_TOO_SMALL);
    static const double LIMIT[] = {7, 20};
    size_t count[5];
    assert_int_equal(wijk_disclosed_class(v[0], LIMIT, 2), 1);
    assert_true(wijk_disclosed_class(SMALL, LIMIT, 2) == SIZE_MAX);
    wijk_disclosed_legend(v, 6, LIMIT, 2, count);
    static const size_t EXPECT[] = {1, 1, 2, 1, 1};
    assert_memory_equal(count, EXPECT, sizeof EXPECT);
}

/* Two true worlds that are published alike are ordered alike. */
static void test_order_tells_nothing(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const double WORLD[2][5] = {{1, 44, 4, 43, 12}, {4, 43, 1, 44, 8}};
    size_t order[2][5];
    for (size_t w = 0; w < 2; w++) {
        struct wijk_disclosed v[5];
        for (size_t i = 0; i < 5; i++) v[i] = one("count", WORLD[w][i], NAN, NAN);
        wijk_disclosed_order(cx, v, 5, order[w]);
    }
    assert_memory_equal(order[0], order[1], sizeof order[0]);
    static const size_t EXPECT[] = {4, 1, 3, 0, 2};
    assert_memory_equal(order[0], EXPECT, sizeof EXPECT);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_shares_and_money),
        cmocka_unit_test(test_open_and_nothing),
        cmocka_unit_test(test_only_stricter),
        cmocka_unit_test(test_shares_over_areas),
        cmocka_unit_test(test_derived),
        cmocka_unit_test(test_order_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
