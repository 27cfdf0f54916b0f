/* SPDX-License-Identifier: EUPL-1.2 */
/* Trace ids: what is written is read back, and nothing else is taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flow/flow.h"

#include <string.h>

static const struct {
    struct wijk_trace_key key;
    const char *id;
} WRITTEN[] = {
    {{.code = "BU99010101",
      .name = "residents",
      .period = {2025, 0},
      .division_year = 2024,
      .release = "demo"},
     "BU99010101~residents~2025~2024~demo"},
    {{.code = "1013", .name = "lbm2.class", .period = {2018, 0}, .division_year = 2019, .release = ""},
     "1013~lbm2.class~2018~2019"},
    {{.code = "GM9901",
      .name = "nuisance_reports",
      .period = {2024, 7},
      .division_year = 2025,
      .release = "3.0 é~/"},
     "GM9901~nuisance_reports~2024-07~2025~3.0*20*C3*A9*7E*2F"},
    {{.code = "WK990101",
      .part = WIJK_TRACE_CLASS,
      .name = "lbm3",
      .period = {2022, 0},
      .division_year = 2024,
      .release = ""},
     "WK990101~lbm3~2022~2024~~klasse"},
    {{.code = "WK990101",
      .part = WIJK_TRACE_COVERED,
      .name = "lbm3",
      .period = {2022, 0},
      .division_year = 2024,
      .release = "2022"},
     "WK990101~lbm3~2022~2024~2022~gedekt"},
    {{.code = "WK990101",
      .part = WIJK_TRACE_CHANGE,
      .name = "lbm3.housing",
      .from = {2014, 0},
      .period = {2022, 0},
      .division_year = 2024,
      .release = "2022"},
     "WK990101~lbm3.housing~2014..2022~2024~2022~verandering"},
    {{.code = "WK990101",
      .part = WIJK_TRACE_REST,
      .name = "lbm3",
      .from = {2014, 0},
      .period = {2022, 0},
      .division_year = 2024,
      .release = "2022"},
     "WK990101~lbm3~2014..2022~2024~2022~rest"},
    {{.code = "WK990101",
      .part = WIJK_TRACE_COVERED,
      .name = "lbm3",
      .period = {2022, 0},
      .division_year = 2024,
      .release = "2022",
      .param = "maat.gini~deel.0.25*2F"},
     "WK990101~lbm3~2022~2024~2022~gedekt~maat.gini~deel.0.25*2F"},
};

static void test_round_trip(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t i = 0; i < sizeof WRITTEN / sizeof *WRITTEN; i++) {
        const struct wijk_trace_key *k = &WRITTEN[i].key;
        struct wijk_trace_key back;
        assert_string_equal(wijk_trace_id(cx, k), WRITTEN[i].id);
        assert_true(wijk_trace_key_parse(cx, WRITTEN[i].id, &back));
        assert_string_equal(back.code, k->code);
        assert_string_equal(back.name, k->name);
        assert_string_equal(back.release, k->release);
        assert_int_equal(back.part, k->part);
        assert_string_equal(back.param ? back.param : "", k->param ? k->param : "");
        assert_int_equal(back.division_year, k->division_year);
        assert_int_equal(wijk_period_key(back.period), wijk_period_key(k->period));
        assert_int_equal(wijk_period_key(back.from), wijk_period_key(k->from));
    }
    wijk_cx_end(cx);
}

static void test_pattern(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_trace_key k = {.code = "{code}", .name = "residents", .division_year = 2024, .release = "x"};
    assert_string_equal(wijk_trace_id(cx, &k), "{code}~residents~{periode}~2024~x");
    wijk_cx_end(cx);
}

static void test_parameters(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *p = wijk_trace_param(cx, NULL, "maat", "gini");
    p = wijk_trace_param(cx, p, "maat2", "a~b.c");
    assert_string_equal(p, "maat.gini~maat2.a*7Eb.c");
    assert_string_equal(wijk_trace_param_of(cx, p, "maat", "-"), "gini");
    assert_string_equal(wijk_trace_param_of(cx, p, "maat2", "-"), "a~b.c");
    assert_string_equal(wijk_trace_param_of(cx, p, "maa", "-"), "-");
    assert_string_equal(wijk_trace_param_of(cx, NULL, "maat", "-"), "-");
    wijk_cx_end(cx);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "",
        "~",
        "~~~~~",
        "BU99010101",
        "BU99010101~residents",
        "BU99010101~residents~2025",
        "BU99010101~residents~2025~x",
        "BU99010101~residents~2025~99999",
        "BU99010101~residents~25~2025",
        "BU99010101~~2025~2025",
        "~residents~2025~2025",
        "BU99010101~residents~2025~2025~x~raar",
        "BU99010101~residents~2025~2025~x~klasse~",
        "BU99010101~lbm3~2025~2025~x~klasse~maat",
        "BU99010101~lbm3~2025~2025~x~klasse~maat.",
        "BU99010101~lbm3~2025~2025~x~klasse~.gini",
        "BU99010101~lbm3~2025~2025~x~klasse~maat.a b",
        "BU99010101~lbm3~2025~2025~x~klasse~a.1~a.1~a.1~a.1~a.1~a.1~a.1~a.1~a.1",
        "BU99010101~residents~2025~2025~x~~maat.gini",
        "BU99010101~residents~2025~2025~*",
        "BU99010101~residents~2025~2025~*0",
        "BU99010101~residents~2025~2025~*00",
        "BU99010101~residents~2025~2025~*zz",
        "BU99010101~residents~2012..2025~2025~x",
        "BU99010101~lbm3~2025~2025~x~rest",
        "BU99010101~lbm3~..2025~2025~x~rest",
        "BU99010101~lbm3~2012..~2025~x~rest",
        "BU99010101~a b~2025~2025",
        "BU99010101~a/b~2025~2025"};
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_trace_key k;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (wijk_trace_key_parse(cx, BAD[i], &k)) fail_msg("taken for an id: %s", BAD[i]);
    char *wide = wijk_alloc(cx, 100001);
    memset(wide, 'a', 100000);
    assert_false(wijk_trace_key_parse(cx, wide, &k));
    memset(wide, '~', 100000);
    assert_false(wijk_trace_key_parse(cx, wide, &k));
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round_trip), cmocka_unit_test(test_pattern),
                                       cmocka_unit_test(test_parameters), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
