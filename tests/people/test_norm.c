/* SPDX-License-Identifier: EUPL-1.2 */
/* What can be a norm, which version holds on a day, and the words for how far a figure is from it. */
#include "people/norm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static const char TODAY[] = "2026-11-25";
static const struct wijk_indicator SHARE = {.id = "s_pct",
                                            .unit_nl = "%",
                                            .unit_en = "%",
                                            .decimals = 1,
                                            .min = NAN,
                                            .max = NAN,
                                            .aggregation = WIJK_AGGREGATE_RESIDENTS},
                                   COUNT = {.id = "n",
                                            .unit_nl = "woningen",
                                            .unit_en = "dwellings",
                                            .min = 0,
                                            .max = NAN,
                                            .aggregation = WIJK_AGGREGATE_SUM},
                                   ORIGIN = {.id = "o_pct",
                                             .unit_nl = "%",
                                             .unit_en = "%",
                                             .min = 0,
                                             .max = 100,
                                             .composition = true};

static struct wijk_norm_terms least(double value)
{
    return (struct wijk_norm_terms){WIJK_NORM_LEAST, value, 2030, "2027-01-01", false};
}

static void refused(const struct wijk_indicator *i, const struct wijk_norm_terms *t, const char *word)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *why = wijk_norm_refused(cx, i, t, TODAY);
    if (word ? !why || !strstr(why, word) : why != NULL)
        fail_msg("%s: %s", word ? word : "-", why ? why : "-");
    wijk_cx_end(cx);
}

static void test_refused(void **state)
{
    (void)state;
    struct wijk_norm_terms t = least(37.5);
    refused(&SHARE, &t, NULL);
    refused(&ORIGIN, &t, "wie er wonen");
    t.value = 100.1;
    refused(&SHARE, &t, "0,0 tot en met 100,0");
    refused(&COUNT, &t, NULL);
    t.value = -0.1;
    refused(&SHARE, &t, "De waarde ligt");
    refused(&COUNT, &t, "De waarde ligt");
    t.value = NAN;
    refused(&COUNT, &t, "geen getal");
    t.value = INFINITY;
    refused(&COUNT, &t, "geen getal");
    t = least(37.5);
    t.from = "2026-11-24";
    refused(&SHARE, &t, "voorbij");
    t.from = TODAY;
    refused(&SHARE, &t, NULL);
    t.from = "2027-02-30";
    refused(&SHARE, &t, "jjjj-mm-dd");
    t.from = "2101-01-01";
    refused(&SHARE, &t, "2100");
    t.from = "";
    refused(&SHARE, &t, NULL);
    t.target_year = 2025;
    refused(&SHARE, &t, "2026");
    t.target_year = 2101;
    refused(&SHARE, &t, "2100");
    t.from = "2031-01-01"; /* it would begin after the year it aims at */
    t.target_year = 2030;
    refused(&SHARE, &t, "2031");
    t = (struct wijk_norm_terms){.value = 4000, .from = "", .withdrawn = true};
    refused(&SHARE, &t, NULL);
}

static void test_holds(void **state)
{
    (void)state;
    const struct wijk_norm_terms v[] = {{WIJK_NORM_LEAST, 30, 0, "2024-03-14", false},
                                        {WIJK_NORM_LEAST, 40, 0, "2027-01-01", false},
                                        {WIJK_NORM_LEAST, 0, 0, "2028-05-01", true},
                                        {WIJK_NORM_MOST, 12, 0, "2028-02-01", false}};
    assert_true(wijk_norm_holds(v, 4, "2024-03-13") == SIZE_MAX);
    assert_int_equal(wijk_norm_holds(v, 4, "2024-03-14"), 0);
    assert_int_equal(wijk_norm_holds(v, 4, "2026-12-31"), 0);
    assert_int_equal(wijk_norm_holds(v, 3, "2028-04-30"), 1);
    assert_true(wijk_norm_holds(v, 3, "2028-05-01") == SIZE_MAX);
    assert_int_equal(wijk_norm_holds(v, 4, "2028-05-01"), 3); /* what was decided later goes before it */
    assert_true(wijk_norm_holds(v, 0, "2028-05-01") == SIZE_MAX);
    assert_true(wijk_norm_passes_down(&SHARE));
    assert_false(wijk_norm_passes_down(&COUNT));
}

static void test_words(void **state)
{
    static const struct {
        enum wijk_norm_kind kind;
        double norm, value;
        enum wijk_norm_state state;
        const char *words;
    } CASE[] = {{WIJK_NORM_LEAST, 40, 37.1, WIJK_NORM_NOT_MET, "Nog 2,9 procentpunt omhoog tot de norm."},
                {WIJK_NORM_LEAST, 40, 40.1, WIJK_NORM_MET, "Gehaald: 0,1 procentpunt boven de norm."},
                {WIJK_NORM_MOST, 40, 40.1, WIJK_NORM_NOT_MET, "Nog 0,1 procentpunt omlaag tot de norm."},
                {WIJK_NORM_MOST, 40.25, 37, WIJK_NORM_MET, "Gehaald: 3,25 procentpunt onder de norm."},
                {WIJK_NORM_MOST, 40.3, 40.3, WIJK_NORM_MET, "Gehaald: precies de norm."},
                {WIJK_NORM_LEAST, 0, 0.2872865, WIJK_NORM_MET, "Gehaald: 0,3 procentpunt boven de norm."},
                {WIJK_NORM_LEAST, 0, -0.004, WIJK_NORM_NOT_MET, "Nog 0,004 procentpunt omhoog tot de norm."},
                {WIJK_NORM_LEAST, 40, NAN, WIJK_NORM_UNKNOWN, "Het cijfer is hier niet bekend."}};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        const struct wijk_norm_terms t = {CASE[k].kind, CASE[k].norm, 0, "2026-01-01", false};
        double apart;
        assert_int_equal(wijk_norm_compare(&t, CASE[k].value, &apart), CASE[k].state);
        assert_string_equal(wijk_norm_apart_words(cx, &SHARE, &t, CASE[k].value), CASE[k].words);
    }
    struct wijk_norm_terms t = least(37.25);
    assert_string_equal(wijk_norm_words(cx, &t, wijk_norm_decimals(&SHARE, t.value), "%"),
                        "ten minste 37,25% in 2030");
    t = (struct wijk_norm_terms){WIJK_NORM_MOST, 1204, 0, "2026-01-01", false};
    assert_string_equal(wijk_norm_words(cx, &t, wijk_norm_decimals(&COUNT, t.value), "woningen"),
                        "ten hoogste 1.204 woningen");
    t.withdrawn = true;
    assert_string_equal(wijk_norm_words(cx, &t, 0, "woningen"), "ingetrokken");
    enum wijk_norm_kind kind;
    assert_true(wijk_norm_kind_parse(WIJK_STR("hoogstens"), &kind) && kind == WIJK_NORM_MOST);
    assert_false(wijk_norm_kind_parse(WIJK_STR("ongeveer"), &kind));
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), cmocka_unit_test(test_holds),
                                       cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
