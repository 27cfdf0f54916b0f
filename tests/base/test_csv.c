/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV: what RFC 4180 allows is read, the rest is refused with line and column. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

/* Reads all records of a text into "a|b#c|d#" and gives the error. */
static enum wijk_err read_all(struct wijk_cx *cx, struct wijk_str text, struct wijk_csv_opt opt,
                              const char **joined)
{
    struct wijk_in_mem mem;
    struct wijk_csv *csv;
    struct wijk_buf b = wijk_buf(cx, 0);
    WIJK_TRY(wijk_csv_open(cx, wijk_in_mem(&mem, text, "proef.csv"), opt, &csv));
    for (;;) {
        const struct wijk_str *f;
        size_t n;
        enum wijk_err err = wijk_csv_next(csv, &f, &n);
        if (err != WIJK_OK || n == 0) {
            *joined = wijk_buf_cstr(&b);
            return err;
        }
        for (size_t i = 0; i < n; i++) {
            if (i) wijk_buf_char(&b, '|');
            wijk_buf_put(&b, f[i].p, f[i].n);
        }
        wijk_buf_char(&b, '#');
    }
}

static void gives(const char *text, const char *want)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got;
    assert_int_equal(read_all(cx, wijk_str(text), (struct wijk_csv_opt){0}, &got), WIJK_OK);
    assert_string_equal(got, want);
    wijk_cx_end(cx);
}

static void well_formed(void **state)
{
    (void)state;
    gives("", "");
    gives("a,b\n1,2\n", "a|b#1|2#");
    gives("a,b\r\n1,2", "a|b#1|2#");
    gives("\xef\xbb\xbf\"a\";\"b\"\n\"  20.8\";\"\"\n", "a|b#  20.8|#");
    gives("a,b\n\n\n\"x \"\"y\"\"\",\"1,5\n2\"\n", "a|b#x \"y\"|1,5\n2#");
    gives("code,KL02,KL08\n1011,7\n1012\n", "code|KL02|KL08#1011|7#1012#"); /* ragged */
    gives("a\tb,c\td\n", "a|b,c|d#");
}

/* A quote inside a bare field is a sign like any other and opens nothing, so the line still ends where it
 * ends. */
static void bare_quotes(void **state)
{
    (void)state;
    gives("naam,maat\nbuis,5\" dik\nplaat,7\n", "naam|maat#buis|5\" dik#plaat|7#");
    gives("naam;maat\ncaf\xc3\xa9 \"De Zon\";3\n", "naam|maat#caf\xc3\xa9 \"De Zon\"|3#");
    gives("a,b\n\"x \"\"y\"\"\nz\",2\n", "a|b#x \"y\"\nz|2#");
}

static void fails(const char *text, size_t n, enum wijk_err want, const char *part)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got;
    assert_int_equal(read_all(cx, (struct wijk_str){text, n}, (struct wijk_csv_opt){0}, &got), want);
    assert_non_null(strstr(wijk_fault(cx), part));
    wijk_cx_end(cx);
}

static void ill_formed(void **state)
{
    (void)state;
    static const char OPEN[] = "a,b\n1,\"open", BEHIND[] = "a,b\n\"x\"y,2\n", LATIN1[] = "naam\nCaf\xe9\n",
                      NUL[] = "a\nx\0y\n";
    fails(OPEN, sizeof OPEN - 1, WIJK_EPARSE,
          "proef.csv regel 2, kolom 2: een aanhalingsteken wordt niet gesloten");
    fails(BEHIND, sizeof BEHIND - 1, WIJK_EPARSE, "regel 2, kolom 1: er staat tekst achter");
    fails(LATIN1, sizeof LATIN1 - 1, WIJK_EPARSE, "regel 2, kolom 1: de tekst is geen UTF-8");
    fails(NUL, sizeof NUL - 1, WIJK_EPARSE, "regel 2, kolom 1");
}

static void windows_text(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got;
    assert_int_equal(
        read_all(cx, WIJK_STR("naam,bedrag\nCaf\xe9,\x80 5\n"), (struct wijk_csv_opt){.cp1252 = true}, &got),
        WIJK_OK);
    assert_string_equal(got, "naam|bedrag#Café|€ 5#");
    wijk_cx_end(cx);
}

/* One line without end, as long as the reader likes to ask for. */
static ptrdiff_t endless(void *self, void *into, size_t n)
{
    *(uint64_t *)self += n;
    memset(into, 'x', n);
    return (ptrdiff_t)n;
}

static void endless_line(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    uint64_t asked = 0;
    struct wijk_csv *csv;
    const struct wijk_str *f;
    size_t n;
    assert_int_equal(
        wijk_csv_open(cx, (struct wijk_in){endless, &asked, "groot.csv"}, (struct wijk_csv_opt){0}, &csv),
        WIJK_OK);
    assert_int_equal(wijk_csv_next(csv, &f, &n), WIJK_ELIMIT);
    assert_true(asked < 3 * (uint64_t)WIJK_LIMIT_LINE);
    wijk_cx_end(cx);
}

static void too_many_columns(void **state)
{
    (void)state;
    static char text[WIJK_LIMIT_COLUMNS + 1];
    memset(text, ',', sizeof text);
    fails(text, sizeof text, WIJK_ELIMIT, "te veel kolommen");
}

/* Line numbers stay true over quoted line feeds, and blocks that end in the middle of a record do not show.
 */
static void many_records(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_buf b = wijk_buf(cx, 0);
    enum { RECORDS = 40000 };
    for (int i = 0; i < RECORDS; i++)
        wijk_buf_printf(&b, "%d,\"regel\nvan %d, met komma\",%d\n", i, i, i * 7);
    struct wijk_in_mem mem;
    struct wijk_csv *csv;
    assert_int_equal(wijk_csv_open(cx, wijk_in_mem(&mem, (struct wijk_str){b.p, b.n}, "veel.csv"),
                                   (struct wijk_csv_opt){0}, &csv),
                     WIJK_OK);
    for (int64_t i = 0; i < RECORDS; i++) {
        const struct wijk_str *f;
        size_t n;
        int64_t first, last;
        assert_int_equal(wijk_csv_next(csv, &f, &n), WIJK_OK);
        assert_int_equal(n, 3);
        assert_int_equal(wijk_csv_line(csv), 2 * i + 1);
        assert_true(wijk_int_parse(f[0], 0, RECORDS, &first));
        assert_true(wijk_int_parse(f[2], 0, 7 * RECORDS, &last));
        assert_int_equal(first, i);
        assert_int_equal(last, 7 * i);
    }
    wijk_cx_end(cx);
}

static ptrdiff_t one_byte(void *self, void *into, size_t n)
{
    struct wijk_in_mem *m = self;
    if (n == 0 || m->at == m->bytes.n) return 0;
    *(char *)into = m->bytes.p[m->at++];
    return 1;
}

/* Records by chance give the same whether the reader has much of the file before it or no more than it must,
 * so whether it takes a record in one sweep or sign by sign; complaints too. */
static void in_pieces(void **state)
{
    (void)state;
    static const char SIGNS[] = "aaaabbb  1122334455566.,;;;;;;;\n\n\r\"\xc3\xa9";
    uint64_t x = 88172645463325252u;
    for (int round = 0; round < 800; round++) {
        char text[600] = "a;b;c\n";
        size_t n = 6, most = 40 + (size_t)round % 500;
        const size_t kinds = sizeof SIGNS - 1 - (round % 4 ? (round % 4 == 1 ? 3 : 2) : 0);
        while (n < most) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            const char c = SIGNS[x % kinds];
            if ((unsigned char)c >= 0x80 && round % 8) { /* mostly a whole letter */
                text[n++] = '\xc3';
                text[n++] = '\xa9';
            } else {
                text[n++] = c;
            }
        }
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL), *slow = wijk_cx_new(WIJK_NL);
        struct wijk_in_mem m = {{text, n}, 0};
        struct wijk_csv *csv;
        struct wijk_buf b = wijk_buf(slow, 0);
        const char *whole;
        const enum wijk_err err = read_all(cx, (struct wijk_str){text, n}, (struct wijk_csv_opt){0}, &whole);
        struct wijk_in in = {one_byte, &m, "proef.csv"};
        assert_int_equal(wijk_csv_open(slow, in, (struct wijk_csv_opt){0}, &csv), WIJK_OK);
        enum wijk_err slow_err;
        const struct wijk_str *f;
        size_t fields;
        while ((slow_err = wijk_csv_next(csv, &f, &fields)) == WIJK_OK && fields)
            for (size_t i = 0; i <= fields; i++) {
                if (i && i < fields) wijk_buf_char(&b, '|');
                if (i < fields)
                    wijk_buf_put(&b, f[i].p, f[i].n);
                else
                    wijk_buf_char(&b, '#');
            }
        assert_int_equal(err, slow_err);
        assert_string_equal(wijk_fault(cx), wijk_fault(slow));
        assert_string_equal(whole, wijk_buf_cstr(&b));
        wijk_cx_end(cx);
        wijk_cx_end(slow);
    }
}

static void writing(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_csv_out w = {.out = wijk_out_buf(&b)};
    wijk_csv_put(&w, WIJK_STR("Oude Kerk e.o."));
    wijk_csv_put(&w, WIJK_STR("a,\"b\""));
    wijk_csv_put_num(&w, -0.278);
    wijk_csv_put_num(&w, NAN);
    wijk_csv_end_row(&w);
    wijk_csv_put(&w, WIJK_STR("=SOM(A1)"));
    wijk_csv_put(&w, WIJK_STR("-5"));
    wijk_csv_put(&w, WIJK_STR("@x"));
    wijk_csv_end_row(&w);
    assert_string_equal(wijk_buf_cstr(&b), "Oude Kerk e.o.,\"a,\"\"b\"\"\",-0.278,\n'=SOM(A1),-5,'@x\n");
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed),  cmocka_unit_test(bare_quotes),  cmocka_unit_test(ill_formed),
        cmocka_unit_test(windows_text), cmocka_unit_test(endless_line), cmocka_unit_test(too_many_columns),
        cmocka_unit_test(many_records), cmocka_unit_test(in_pieces),    cmocka_unit_test(writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
