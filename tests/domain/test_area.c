/* SPDX-License-Identifier: EUPL-1.2 */
/* Levels, codes, periods, finding areas, and panels. */
#include "domain/domain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static void becomes(enum wijk_level level, const char *raw, const char *want)
{
    char out[WIJK_CODE_MAX];
    bool good = wijk_code_normalise(wijk_str(raw), level, out);
    assert_int_equal(good, want != NULL);
    if (want) assert_string_equal(out, want);
}

static void test_codes_take_their_one_form(void **state)
{
    (void)state;
    becomes(WIJK_LEVEL_BUURT, " bu03630001 ", "BU03630001");
    becomes(WIJK_LEVEL_BUURT, "03080000", "BU03080000");
    becomes(WIJK_LEVEL_BUURT, "BU0363AE01", "BU0363AE01");
    becomes(WIJK_LEVEL_BUURT, "BU0363AE0", NULL);
    becomes(WIJK_LEVEL_BUURT, "BU03A30001", NULL);
    becomes(WIJK_LEVEL_BUURT, "WK036301", NULL);
    becomes(WIJK_LEVEL_BUURT, "BU0363-001", NULL);
    becomes(WIJK_LEVEL_WIJK, "WK0363AA  ", "WK0363AA");
    becomes(WIJK_LEVEL_WIJK, "036301", "WK036301");
    becomes(WIJK_LEVEL_GEMEENTE, "GM0014", "GM0014");
    becomes(WIJK_LEVEL_GEMEENTE, "0014", "GM0014");
    becomes(WIJK_LEVEL_GEMEENTE, "14", NULL);
    becomes(WIJK_LEVEL_GEMEENTE, "", NULL);
    becomes(WIJK_LEVEL_PC4, "9712", "9712");
    becomes(WIJK_LEVEL_PC4, "0999", NULL);
    becomes(WIJK_LEVEL_PC4, "97123", NULL);
    becomes(WIJK_LEVEL_RASTER, "e1213n4879", "E1213N4879");
    becomes(WIJK_LEVEL_RASTER, "E1213N487", NULL);
    becomes(WIJK_LEVEL_RASTER, "E", NULL);
    becomes(WIJK_LEVEL_PROJECT, "noord-2", "NOORD-2");
    becomes(WIJK_LEVEL_PROJECT, "BU00140105", NULL);
    becomes(WIJK_LEVEL_PROJECT, "NOORD 2", NULL);
    becomes(WIJK_LEVEL_FOCUS, "ABCDEFGHIJKLMNOP", NULL);
}

static void test_a_code_tells_its_level_and_parents(void **state)
{
    (void)state;
    enum wijk_level level;
    char out[WIJK_CODE_MAX];
    assert_true(wijk_code_level(WIJK_STR("BU00140105"), &level));
    assert_int_equal(level, WIJK_LEVEL_BUURT);
    assert_true(wijk_code_level(WIJK_STR("9712"), &level));
    assert_int_equal(level, WIJK_LEVEL_PC4);
    assert_true(wijk_code_level(WIJK_STR("E1213N4879"), &level));
    assert_int_equal(level, WIJK_LEVEL_RASTER);
    assert_false(wijk_code_level(WIJK_STR("GM00141"), &level));
    assert_false(wijk_code_level(WIJK_STR("x"), &level));
    assert_true(wijk_code_parent("BU00140105", out));
    assert_string_equal(out, "WK001401");
    assert_true(wijk_code_parent("WK0363AA", out));
    assert_string_equal(out, "GM0363");
    assert_false(wijk_code_parent("GM0363", out));
    assert_false(wijk_code_parent("9712", out));
    assert_true(wijk_code_gemeente("BU0363AE01", out));
    assert_string_equal(out, "GM0363");
    assert_false(wijk_code_gemeente("E1213N4879", out));
}

static void reads(const char *text, int32_t key)
{
    struct wijk_period p = {0};
    assert_int_equal(wijk_period_parse(wijk_str(text), &p), key != 0);
    if (key) assert_int_equal(wijk_period_key(p), key);
}

static void test_periods(void **state)
{
    (void)state;
    char out[16];
    reads("2017", 201700);
    reads(" 2024-05", 202405);
    reads("2024JJ00", 202400);
    reads("2025MM04", 202504);
    reads("2024JJ01", 0);
    reads("2024MM13", 0);
    reads("2024KW01", 0);
    reads("2024-00", 0);
    reads("17", 0);
    reads("20x7", 0);
    reads("9999", 0);
    wijk_period_write(wijk_period_of_key(201700), out);
    assert_string_equal(out, "2017");
    wijk_period_write(wijk_period_of_key(202405), out);
    assert_string_equal(out, "2024-05");
}

static void test_lists_know_their_words(void **state)
{
    (void)state;
    enum wijk_level level;
    enum wijk_status status;
    for (unsigned i = 0; i < WIJK_LEVEL_COUNT; i++) {
        assert_true(wijk_level_parse(wijk_str(wijk_level_id((enum wijk_level)i)), &level));
        assert_int_equal(level, i);
    }
    for (unsigned i = 0; i < WIJK_STATUS_COUNT; i++) {
        assert_true(wijk_status_parse(wijk_str(wijk_status_id((enum wijk_status)i)), &status));
        assert_int_equal(status, i);
    }
    assert_string_equal(wijk_level_label(WIJK_LEVEL_PC4, true), "postcodegebieden");
    assert_string_equal(wijk_status_text(WIJK_STATUS_SUPPRESSED), "te klein om te tonen");
    assert_false(wijk_level_parse(WIJK_STR("straat"), &level));
    assert_false(wijk_status_parse(WIJK_STR("fout"), &status));
}

static void test_areas_are_found_and_suggested(void **state)
{
    (void)state;
    enum { N = 4321 };
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, N);
    for (size_t i = 0; i < N; i++) v[i].code = wijk_sprintf(cx, "BU%08zu", 140000 + 7 * i);
    struct wijk_areas areas = {WIJK_LEVEL_BUURT, 2017, N, v};
    const struct wijk_area_index *ix = wijk_area_index(cx, &areas);
    for (size_t i = 0; i < N; i++) assert_int_equal(wijk_area_find(ix, v[i].code), i);
    assert_true(wijk_area_find(ix, "BU00140001") == SIZE_MAX);
    assert_string_equal(wijk_area_suggest(&areas, "bu0014000"), "BU00140000");
    assert_string_equal(wijk_area_suggest(&areas, "00140007"), "BU00140007");
    assert_null(wijk_area_suggest(&areas, "Binnenstad"));
    assert_null(wijk_area_suggest(&(struct wijk_areas){0}, "BU00140000"));
    assert_true(wijk_area_find(wijk_area_index(cx, &(struct wijk_areas){0}), "GM0014") == SIZE_MAX);
    wijk_cx_end(cx);
}

static struct wijk_series series(int year, size_t n, const double *value, const uint8_t *status)
{
    struct wijk_series s = {.n = n, .value = value, .status = status};
    s.key = (struct wijk_series_key){"woz_value_keur", {(int16_t)year, 0}, WIJK_LEVEL_BUURT, 2017, ""};
    return s;
}

static void test_a_panel_lays_series_side_by_side(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const double first[] = {211, 0, 187.5}, second[] = {229, 301}, again[] = {233, (double)NAN, 199};
    const uint8_t ok[] = {WIJK_STATUS_OK, WIJK_STATUS_OK, WIJK_STATUS_PROVISIONAL};
    const uint8_t hidden[] = {WIJK_STATUS_OK, WIJK_STATUS_SUPPRESSED, WIJK_STATUS_OK};
    struct wijk_series a = series(2019, 2, second, ok), b = series(2017, 3, first, ok),
                       c = series(2021, 3, again, hidden);
    const struct wijk_series *list[] = {&a, &b, &c};
    const struct wijk_panel *p;
    assert_int_equal(wijk_panel_of(cx, list, 3, 3, &p), WIJK_OK);
    assert_int_equal(p->n_period, 3);
    assert_int_equal(p->period[0].year, 2017);
    assert_true(p->value[0 * 3 + 1] == 229);
    assert_true(p->value[1 * 3 + 0] == 0);
    assert_true(isnan(p->value[2 * 3 + 1])); /* the series of 2019 is shorter */
    assert_int_equal(p->status[2 * 3 + 1], WIJK_STATUS_MISSING);
    assert_int_equal(p->status[1 * 3 + 2], WIJK_STATUS_SUPPRESSED);
    c.key.period.year = 2019; /* of one period the later wins */
    assert_int_equal(wijk_panel_of(cx, list, 3, 3, &p), WIJK_OK);
    assert_int_equal(p->n_period, 2);
    assert_true(p->value[0 * 2 + 1] == 233);
    assert_int_equal(wijk_panel_of(cx, list, 0, 3, &p), WIJK_OK);
    assert_int_equal(p->n_period, 0);
    assert_int_equal(wijk_panel_of(cx, list, 3, 2, &p), WIJK_ESHAPE);
    c.key.division_year = 2018;
    assert_int_equal(wijk_panel_of(cx, list, 3, 3, &p), WIJK_ESHAPE);
    wijk_cx_end(cx);
}

static void test_a_dated_release_is_newer_than_a_word(void **state)
{
    (void)state;
    assert_true(wijk_release_order("2018", "2016") > 0);
    assert_true(wijk_release_order("2016", "demo") > 0);
    assert_true(wijk_release_order("", "2016") < 0);
    assert_true(wijk_release_order("december-2024", "demo") < 0);
    assert_int_equal(wijk_release_order("2018-05", "2018-05"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_take_their_one_form),
        cmocka_unit_test(test_a_code_tells_its_level_and_parents),
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_a_dated_release_is_newer_than_a_word),
        cmocka_unit_test(test_lists_know_their_words),
        cmocka_unit_test(test_areas_are_found_and_suggested),
        cmocka_unit_test(test_a_panel_lays_series_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
