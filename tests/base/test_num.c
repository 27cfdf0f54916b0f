/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers: the whole field or nothing, rounded as the standard library rounds. */
#include "base/base_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reads(const char *text, enum wijk_num_style style, double want)
{
    double got = -1;
    assert_true(wijk_num_parse(wijk_str(text), style, &got));
    assert_true(got == want);
}

static void refuses(const char *text, enum wijk_num_style style)
{
    double got = -12.5;
    assert_false(wijk_num_parse(wijk_str(text), style, &got));
    assert_true(got == -12.5); /* untouched */
}

static void point_numbers(void **state)
{
    (void)state;
    reads("0.1", WIJK_NUM_POINT, 0.1);
    reads("  -0.278 ", WIJK_NUM_POINT, -0.278);
    reads("4.102264851", WIJK_NUM_POINT, 4.102264851);
    reads("+17", WIJK_NUM_POINT, 17);
    reads(".5", WIJK_NUM_POINT, 0.5);
    reads("1e-7", WIJK_NUM_POINT, 1e-7);
    reads("-99999999", WIJK_NUM_POINT, -99999999);
    /* Halfway cases and long digits, where adding up digit by digit goes wrong. */
    reads("9007199254740993", WIJK_NUM_POINT, 9007199254740992.0);
    reads("9007199254740993.0000000000000000000001", WIJK_NUM_POINT, 9007199254740994.0);
    reads("2.2250738585072011e-308", WIJK_NUM_POINT, 2.2250738585072011e-308);
    reads("123456789012345678901234567890", WIJK_NUM_POINT, 1.2345678901234568e29);
}

static void comma_numbers(void **state)
{
    (void)state;
    reads("0,1", WIJK_NUM_COMMA, 0.1);
    reads("1.204,5", WIJK_NUM_COMMA, 1204.5);
    reads("12.345.678", WIJK_NUM_COMMA, 12345678);
    reads("1,5", WIJK_NUM_EITHER, 1.5);
    reads("1.5", WIJK_NUM_EITHER, 1.5);
    refuses("1.5", WIJK_NUM_COMMA); /* a point parts thousands, in threes */
    refuses("1234.567", WIJK_NUM_COMMA);
    refuses("1.204,5", WIJK_NUM_EITHER);
}

static void refused_numbers(void **state)
{
    (void)state;
    static const char *const BAD[] = {"",    " ",        ".",     "-",     "12a",  "1 2",      "0x10",  "nan",
                                      "NaN", "inf",      "1e999", "1e",    "1e+",  "--1",      "1.2.3", "1,2",
                                      "?",   "1e123456", "٣",     "1_000", "1e5.", "infinity", "-1e400"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) refuses(BAD[i], WIJK_NUM_POINT);
    char *digits = malloc(1001);
    assert_non_null(digits);
    memset(digits, '7', 1000);
    digits[1000] = 0;
    refuses(digits, WIJK_NUM_POINT);
    free(digits);
}

static void whole_numbers(void **state)
{
    (void)state;
    int64_t v = 3;
    assert_true(wijk_int_parse(WIJK_STR(" 2017 "), 1990, 2100, &v));
    assert_int_equal(v, 2017);
    assert_true(wijk_int_parse(WIJK_STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &v));
    assert_true(v == INT64_MIN);
    assert_false(wijk_int_parse(WIJK_STR("9223372036854775808"), INT64_MIN, INT64_MAX, &v));
    assert_false(wijk_int_parse(WIJK_STR("1989"), 1990, 2100, &v));
    assert_false(wijk_int_parse(WIJK_STR("2017.0"), 1990, 2100, &v));
    assert_false(wijk_int_parse(WIJK_STR(""), 0, 9, &v));
}

/* Any double that is written reads back to the same double, and as the standard library reads it. */
static void round_trip(void **state)
{
    (void)state;
    uint64_t x = 88172645463325252u; /* xorshift64 */
    for (int i = 0; i < 100000; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        double v, back;
        char text[32];
        memcpy(&v, &x, sizeof v);
        if (!isfinite(v)) continue;
        size_t n = wijk_num_write(v, text);
        assert_true(n < sizeof text);
        assert_true(wijk_num_parse((struct wijk_str){text, n}, WIJK_NUM_POINT, &back));
        assert_true(back == v);
        assert_true(strtod(text, NULL) == v);
    }
}

/* Random decimal texts of 1 to 25 digits give what the C library gives; most of them leave the exact road. */
static void correctly_rounded(void **state)
{
    (void)state;
    uint64_t x = 88172645463325252u;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        size_t n = 0;
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        uint64_t bits = x;
        size_t digits = 1 + bits % 25, point = bits / 32 % 26;
        int exponent = (int)(bits / 1024 % 80) - 40;
        for (size_t k = 0; k < digits; k++) {
            if (k && k == point) text[n++] = '.';
            bits = bits * 6364136223846793005u + 1442695040888963407u;
            text[n++] = (char)('0' + bits / 1099511627776u % 10);
        }
        if (x % 3 == 0) n += (size_t)snprintf(text + n, sizeof text - n, "e%d", exponent);
        text[n] = 0;
        reads(text, WIJK_NUM_POINT, strtod(text, NULL));
    }
    reads("9007199254740993", WIJK_NUM_POINT, 9007199254740992.0); /* 2^53 + 1: a tie, to even */
    reads("9007199254740993.0000000000000000001", WIJK_NUM_POINT, 9007199254740994.0);
    reads("2.2250738585072011e-308", WIJK_NUM_POINT, 2.2250738585072011e-308);
}

/* Numbers of few decimals are written without the library; it would have written the same. */
static void written_short(void **state)
{
    (void)state;
    uint64_t x = 88172645463325252u;
    for (int i = 0; i < 200000; i++) {
        static const double TENS[] = {1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e9};
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        double v = (double)(int64_t)(x >> (20 + i % 40)) / TENS[i % 9] * (i % 2 ? -1 : 1), back;
        char is[32], want[32];
        for (int digits = 15; digits <= 17; digits++) {
            snprintf(want, sizeof want, "%.*g", digits, v);
            if (strtod(want, NULL) == v) break;
        }
        if (v == 0 || (fabs(v) < 1e15 && v == trunc(v)))
            snprintf(want, sizeof want, "%.0f", fabs(v) * (v < 0 ? -1 : 1));
        const size_t n = wijk_num_write(v, is);
        assert_int_equal(n, strlen(is));
        if (v == 0) continue;
        assert_string_equal(is, want);
        assert_true(wijk_num_parse(wijk_str(is), WIJK_NUM_POINT, &back) && back == v);
    }
}

/* Eight signs in one word: what it takes for a number is the number that one by one gives, to the bit, and
 * what it leaves is never an ordinary number. Signs by chance, all three ways of writing, rows of any length;
 * and what a processor does with four words at once is what every processor does with one. */
static void a_row_of_numbers(void **state)
{
    (void)state;
    static const char SIGNS[] = "0123456789012345678901234567890123456789.,-+ e%";
    enum { FIELDS = 40, ROOM = 12 };
    uint64_t x = 88172645463325252u;
    size_t taken = 0;
    for (int row = 0; row < 20000; row++) {
        char room[FIELDS * ROOM + WIJK_CSV_BEYOND];
        struct wijk_str text[FIELDS];
        uint16_t column[FIELDS];
        double value[FIELDS];
        uint16_t odd[FIELDS];
        const enum wijk_num_style style = (enum wijk_num_style)(row % 3);
        memset(room, row % 2 ? '7' : '\xff', sizeof room); /* what stands behind a field does not count */
        for (uint16_t i = 0; i < FIELDS; i++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            text[i] = (struct wijk_str){room + i * ROOM, x % (ROOM - 1)};
            column[i] = (uint16_t)(FIELDS - 1 - i);
            for (size_t k = 0; k < text[i].n; k++)
                room[i * ROOM + k] = SIGNS[(x >> (k + 8)) * 0x9e3779b97f4a7c15u % (sizeof SIGNS - 1)];
        }
        const size_t n = FIELDS - x % 9;
        const size_t n_odd = wijk_num_parse_row(text, column, n, style, value, odd);
        double narrow[FIELDS];
        uint16_t odd_narrow[FIELDS];
        assert_int_equal(wijk__num_parse_row_narrow(text, column, 0, n, style, narrow, odd_narrow), n_odd);
        assert_memory_equal(narrow, value, n * sizeof *value);
        assert_memory_equal(odd_narrow, odd, n_odd * sizeof *odd);
        size_t next = 0;
        for (size_t i = 0; i < n; i++) {
            const struct wijk_str t = text[column[i]];
            double want;
            const bool number = wijk_num_parse(t, style, &want);
            const bool is = next == n_odd || odd[next] != i;
            next += !is;
            size_t digits = 0;
            for (size_t k = 0; k < t.n; k++) digits += t.p[k] >= '0' && t.p[k] <= '9';
            const bool slow = digits > 7 || t.n > 8 || memchr(t.p, '+', t.n) || memchr(t.p, ' ', t.n) ||
                              memchr(t.p, 'e', t.n) || (style == WIJK_NUM_COMMA && memchr(t.p, '.', t.n));
            if (!slow) assert_int_equal(is, number);
            assert_true(is ? number && memcmp(&value[i], &want, sizeof want) == 0 : isnan(value[i]));
            taken += is;
        }
    }
    assert_true(taken > 100000);
}

static void for_people(void **state)
{
    (void)state;
    struct wijk_cx *nl = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
    assert_string_equal(wijk_num_people(nl, 1204.46, 1), "1.204,5");
    assert_string_equal(wijk_num_people(en, 1234567, 0), "1,234,567");
    assert_string_equal(wijk_num_people(nl, -0.25, 2), "\u22120,25");
    assert_string_equal(wijk_num_people(nl, -0.001, 1), "0,0"); /* no minus before a nought */
    assert_string_equal(wijk_num_people(nl, NAN, 1), "");
    wijk_cx_end(nl);
    wijk_cx_end(en);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(point_numbers),   cmocka_unit_test(comma_numbers),
        cmocka_unit_test(refused_numbers), cmocka_unit_test(whole_numbers),
        cmocka_unit_test(round_trip),      cmocka_unit_test(correctly_rounded),
        cmocka_unit_test(written_short),   cmocka_unit_test(a_row_of_numbers),
        cmocka_unit_test(for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
