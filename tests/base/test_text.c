/* SPDX-License-Identifier: EUPL-1.2 */
/* The context, text, dates, hashes and YAML. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static void arena(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    char *first = wijk_alloc(cx, 3);
    struct wijk_mark mark = wijk_cx_mark(cx);
    for (int i = 0; i < 1000; i++) {
        unsigned char *p = wijk_alloc(cx, 977);
        for (int k = 0; k < 977; k++) assert_int_equal(p[k], 0);
        memset(p, 0xa5, 977);
        if (i % 100 == 99) wijk_cx_rewind(cx, mark);
    }
    memcpy(first, "ok", 3);
    assert_non_null(wijk_alloc(cx, 0));
    assert_int_equal((uintptr_t)wijk_alloc(cx, 1) % 16, 0);
    assert_string_equal(first, "ok");
    assert_int_equal(wijk_fail(cx, WIJK_EDATA, "%s regel %d", "x.csv", 7), WIJK_EDATA);
    assert_string_equal(wijk_fault(cx), "x.csv regel 7");
    assert_string_equal(wijk_err_name(WIJK_EDATA), "EDATA");
    wijk_cx_end(cx);
}

static void utf8(void **state)
{
    (void)state;
    size_t at = 99;
    assert_true(wijk_utf8_valid(WIJK_STR("Fryslân, 's-Gravenhage, 😀"), &at));
    assert_true(wijk_utf8_valid(WIJK_STR(""), &at));
    static const struct {
        struct wijk_str s;
        size_t at;
    } BAD[] = {
        {WIJK_STR("a\xff"), 1},
        {WIJK_STR("ab\xc0\x80"), 2},
        {WIJK_STR("\xed\xa0\x80"), 0},
        {WIJK_STR("\xf4\x90\x80\x80"), 0},
        {WIJK_STR("abcdefgh\xe2\x82"), 8},
        {WIJK_STR("1234567\0"), 7},
        {WIJK_STR("\xe0\x80\x80"), 0},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_false(wijk_utf8_valid(BAD[i].s, &at));
        assert_int_equal(at, BAD[i].at);
    }
}

static void folding(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const char *const CASES[][2] = {{"Oude Kerk e.o.", "oude kerk e o"},
                                           {" 's-Gravenzande ", "s gravenzande"},
                                           {"Súdwest-Fryslân", "sudwest fryslan"},
                                           {"Çelik  Żółw", "celik zolw"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct wijk_str got = wijk_str_fold(cx, wijk_str(CASES[i][0]));
        assert_true(wijk_str_eq(got, wijk_str(CASES[i][1])));
    }
    assert_int_equal(wijk_str_distance(WIJK_STR("BU00140105"), WIJK_STR("BU00141005")), 1); /* swapped */
    assert_int_equal(wijk_str_distance(WIJK_STR("kitten"), WIJK_STR("sitting")), 3);
    assert_int_equal(wijk_str_distance(WIJK_STR(""), WIJK_STR("abc")), 3);
    wijk_cx_end(cx);
}

/* The sentence that stands may be part of the next one. */
static void plain_for_a_terminal(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str s = WIJK_STR("'t Lög, 5\" — 🏡");
    assert_ptr_equal(wijk_str_plain(cx, s).p, s.p);
    assert_int_equal(wijk_str_plain(cx, (struct wijk_str){NULL, 0}).n, 0);
    s = wijk_str_plain(cx, WIJK_STR("a\x1b[2Jb\x7f\n\xc2\x9b"
                                    "1m\xc2\xa0"
                                    "\xe2\x80\xae"
                                    "c\xe2\x81\xa9\xe2\x80"));
    assert_string_equal(s.p, "a?[2Jb???1m\xc2\xa0"
                             "?c?\xe2\x80");
    assert_int_equal(s.n, strlen(s.p));
    wijk_cx_end(cx);
}

static void fault_in_fault(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_int_equal(wijk_fail(cx, WIJK_EDATA, "regel %d", 37), WIJK_EDATA);
    assert_int_equal(wijk_fail(cx, WIJK_EDEF, "proef.yaml: %s", wijk_fault(cx)), WIJK_EDEF);
    assert_string_equal(wijk_fault(cx), "proef.yaml: regel 37");
    wijk_fault_clear(cx);
    assert_string_equal(wijk_fault(cx), "");
    wijk_cx_end(cx);
}

static void folding_dutch(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str ligature = wijk_str_fold(cx, wijk_str("\u0132sselmonde"));
    struct wijk_str loose = wijk_str_fold(cx, wijk_str("Cafe\u0301straat"));
    assert_true(wijk_str_eq(ligature, WIJK_STR("ijsselmonde")));
    assert_true(wijk_str_eq(loose, WIJK_STR("cafestraat")));
    wijk_cx_end(cx);
}

static void dates(void **state)
{
    (void)state;
    char text[24];
    int64_t t;
    wijk_time_write(1795588860, text);
    assert_string_equal(text, "2026-11-25T06:41:00Z"); /* date -u -d @1795588860 */
    wijk_date_write(-1, text);
    assert_string_equal(text, "1969-12-31");
    assert_true(wijk_date_parse(WIJK_STR("2024-02-29"), &t));
    assert_int_equal(t, 1709164800);
    assert_false(wijk_date_parse(WIJK_STR("2023-02-29"), &t));
    assert_false(wijk_date_parse(WIJK_STR("2023-2-28x"), &t));
    assert_false(wijk_date_parse(WIJK_STR("2023-04-31"), &t));
}

/* The day in the Netherlands: from 23:00 UTC in winter, from 22:00 in summer. By `TZ=Europe/Amsterdam date`.
 */
static void dutch_days(void **state)
{
    (void)state;
    static const struct {
        const char *utc_date;
        int64_t second; /* of that day in UTC */
        const char *day;
    } CASE[] = {
        {"2027-12-01", 22 * 3600 + 3599, "2027-12-01"}, {"2027-12-01", 23 * 3600, "2027-12-02"},
        {"2026-06-01", 21 * 3600 + 3599, "2026-06-01"}, {"2026-06-01", 22 * 3600, "2026-06-02"},
        {"2026-03-28", 22 * 3600 + 1800, "2026-03-28"}, {"2026-03-29", 22 * 3600 + 1800, "2026-03-30"},
        {"2026-10-24", 22 * 3600 + 1800, "2026-10-25"}, {"2026-10-25", 22 * 3600 + 1800, "2026-10-25"},
        {"2026-12-31", 23 * 3600, "2027-01-01"},        {"1969-12-31", 82801, "1970-01-01"}};
    struct wijk_cx *nl = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
    int64_t at;
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        char day[24];
        assert_true(wijk_date_parse(wijk_str(CASE[k].utc_date), &at));
        wijk_date_write(wijk_day_nl(at + CASE[k].second), day);
        assert_string_equal(day, CASE[k].day);
    }
    assert_true(wijk_date_parse(WIJK_STR("2026-06-01"), &at));
    assert_string_equal(wijk_date_people(nl, at), "1 juni 2026");
    assert_string_equal(wijk_date_people(en, at), "1 June 2026");
    wijk_cx_end(nl);
    wijk_cx_end(en);
}

static void hashes(void **state)
{
    (void)state;
    struct wijk_sha256 h;
    char hex[65];
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, "a", 1);
    wijk_sha256_add(&h, "bc", 2);
    wijk_sha256_end(&h, hex);
    assert_string_equal(
        hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* FIPS 180-4, "abc" */
    assert_true(wijk_hash64("abc", 3, 1) != wijk_hash64("abc", 3, 2));
    assert_true(wijk_hash64("abcdefgh", 8, 1) != wijk_hash64("abcdefgh\0", 9, 1));
}

/* Every length around the blocks of 64 bytes, each in two pieces. The expected value is Python's hashlib over
 * the 300 digests written one behind another. */
static void hash_lengths(void **state)
{
    (void)state;
    unsigned char bytes[300];
    struct wijk_sha256 all, one;
    char hex[65];
    for (unsigned i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i * 7 + 3);
    wijk_sha256_begin(&all);
    for (size_t n = 0; n < sizeof bytes; n++) {
        wijk_sha256_begin(&one);
        wijk_sha256_add(&one, bytes, n / 3);
        wijk_sha256_add(&one, bytes + n / 3, n - n / 3);
        wijk_sha256_end(&one, hex);
        wijk_sha256_add(&all, hex, 64);
    }
    wijk_sha256_end(&all, hex);
    assert_string_equal(hex, "e58750e2a145fc5559c66f9b6cfb156f52894470a74c4daec866d7b6ceea29ea");
}

static enum wijk_err yaml(struct wijk_cx *cx, const char *text, const struct wijk_yaml **out)
{
    return wijk_yaml_read(cx, wijk_str(text), "proef.yaml", out);
}

static void yaml_tree(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_yaml *y;
    assert_int_equal(
        yaml(cx, "id: lbm3\nlabel: {nl: Leefbaarometer, en: \"Leef: b\"}\nlimits:\n  - -0.43\n  - -0.35\n",
             &y),
        WIJK_OK);
    assert_string_equal(wijk_yaml_text(y, "id", ""), "lbm3");
    assert_string_equal(wijk_yaml_text(wijk_yaml_get(y, "label"), "en", ""), "Leef: b");
    const struct wijk_yaml *limits = wijk_yaml_get(y, "limits");
    assert_int_equal(limits->kind, WIJK_YAML_LIST);
    assert_int_equal(limits->n, 2);
    assert_int_equal(limits->child[1]->line, 5);
    assert_null(wijk_yaml_get(y, "none"));
    assert_string_equal(wijk_yaml_text(y, "limits", "otherwise"), "otherwise");
    static const char *const BAD[] = {"",           "a: 1\na: 2\n",   "a: &x 1\nb: *x\n", "a: !!int 3\n",
                                      "a: [1, 2\n", "--- 1\n--- 2\n", "a: \"\x01\"\n",    "? [a]\n: 1\n"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_int_equal(yaml(cx, BAD[i], &y), WIJK_EDEF);
        assert_non_null(strstr(wijk_fault(cx), "proef.yaml"));
    }
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena),          cmocka_unit_test(plain_for_a_terminal),
        cmocka_unit_test(utf8),           cmocka_unit_test(folding),
        cmocka_unit_test(fault_in_fault), cmocka_unit_test(folding_dutch),
        cmocka_unit_test(dates),          cmocka_unit_test(dutch_days),
        cmocka_unit_test(hashes),         cmocka_unit_test(hash_lengths),
        cmocka_unit_test(yaml_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
