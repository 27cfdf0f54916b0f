/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON: strict in, correct out. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

/* Copies a document token by token; what comes out is its normal form. */
static enum wijk_err copy(struct wijk_cx *cx, struct wijk_str text, const char **out)
{
    struct wijk_in_mem mem;
    struct wijk_json *in;
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_json_out *w = WIJK_NEW(cx, struct wijk_json_out, 1);
    wijk_json_out_open(w, wijk_out_buf(&b));
    WIJK_TRY(wijk_json_open(cx, wijk_in_mem(&mem, text, "proef.json"), &in));
    for (;;) {
        struct wijk_json_token t;
        WIJK_TRY(wijk_json_next(in, &t));
        switch (t.kind) {
        case WIJK_JSON_END:
            assert_true(wijk_json_out_close(w));
            *out = wijk_buf_cstr(&b);
            return WIJK_OK;
        case WIJK_JSON_OBJECT: wijk_json_begin_object(w); break;
        case WIJK_JSON_OBJECT_END: wijk_json_end_object(w); break;
        case WIJK_JSON_ARRAY: wijk_json_begin_array(w); break;
        case WIJK_JSON_ARRAY_END: wijk_json_end_array(w); break;
        case WIJK_JSON_KEY: wijk_json_key(w, wijk_str_dup(cx, t.text)); break;
        case WIJK_JSON_STRING: wijk_json_str(w, t.text); break;
        case WIJK_JSON_NUMBER: wijk_json_num(w, t.number); break;
        case WIJK_JSON_TRUE: wijk_json_bool(w, true); break;
        case WIJK_JSON_FALSE: wijk_json_bool(w, false); break;
        case WIJK_JSON_NULL: wijk_json_null(w); break;
        }
    }
}

static void gives(const char *text, const char *want)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got = NULL;
    assert_int_equal(copy(cx, wijk_str(text), &got), WIJK_OK);
    assert_string_equal(got, want);
    wijk_cx_end(cx);
}

static void well_formed(void **state)
{
    (void)state;
    gives(" [ ] ", "[]");
    gives("{\"a\": [1, -2.5, 0.1, 1e3, true, false, null], \"b\": {}}",
          "{\"a\":[1,-2.5,0.1,1000,true,false,null],\"b\":{}}");
    gives("\"caf\\u00e9 \\ud83d\\ude00 \\\"\\n\"", "\"café 😀 \\\"\\n\"");
    gives("\xef\xbb\xbf[-99995.0, 4.102264851, 1.7976931348623157e308]",
          "[-99995,4.102264851,1.7976931348623157e+308]");
    gives("[[[[]]],[{\"x\":[{}]}]]", "[[[[]]],[{\"x\":[{}]}]]");
}

static void fails(const char *text, enum wijk_err want)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got = NULL;
    assert_int_equal(copy(cx, wijk_str(text), &got), want);
    assert_non_null(strstr(wijk_fault(cx), "proef.json regel "));
    wijk_cx_end(cx);
}

static void ill_formed(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "",          "[",    "{\"a\"}", "[1,]",  "{\"a\":1,}",  "[1 2]",    "01",          "1.",
        "-",         ".5",   "+1",      "[nul]", "tru",         "\"open",   "\"\\x\"",     "\"\\ud800\"",
        "\"\\u12\"", "[1]]", "{} {}",   "{1:2}", "\"\t\"",      "\"\xff\"", "\"\\u0000\"", "1e999",
        "{\"a\" 1}", "]",    "[}",      "{]",    "\"\\udc00\"", "[1e]",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) fails(BAD[i], WIJK_EPARSE);
}

static void place_of_fault(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got;
    assert_int_equal(copy(cx, WIJK_STR("{\n  \"a\": 1,\n  \"b\": x\n}"), &got), WIJK_EPARSE);
    assert_non_null(strstr(wijk_fault(cx), "regel 3, kolom 8"));
    wijk_cx_end(cx);
}

static void limits(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *got;
    char *deep = WIJK_NEW(cx, char, 10001);
    memset(deep, '[', 10000);
    assert_int_equal(copy(cx, wijk_str(deep), &got), WIJK_ELIMIT);
    char *wide = WIJK_NEW(cx, char, WIJK_LIMIT_TOKEN + 64);
    memset(wide, 'x', WIJK_LIMIT_TOKEN + 63);
    wide[0] = '"';
    assert_int_equal(copy(cx, wijk_str(wide), &got), WIJK_ELIMIT);
    wijk_cx_end(cx);
}

static void skipping(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_in_mem mem;
    struct wijk_json *in;
    struct wijk_json_token t;
    assert_int_equal(
        wijk_json_open(cx, wijk_in_mem(&mem, WIJK_STR("{\"a\":[1,{\"b\":[]}],\"c\":7}"), "x"), &in), WIJK_OK);
    for (int i = 0; i < 3; i++) assert_int_equal(wijk_json_next(in, &t), WIJK_OK); /* { "a" [ */
    assert_int_equal(wijk_json_skip(in, t), WIJK_OK);
    assert_int_equal(wijk_json_next(in, &t), WIJK_OK);
    assert_int_equal(t.kind, WIJK_JSON_KEY);
    assert_true(wijk_str_eq(t.text, WIJK_STR("c")));
    wijk_cx_end(cx);
}

static void numbers_out(void **state)
{
    (void)state;
    uint64_t x = 362436069u;
    for (int i = 0; i < 20000; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct wijk_buf b = wijk_buf(cx, 0);
        struct wijk_json_out *w = WIJK_NEW(cx, struct wijk_json_out, 1);
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        double v = (double)(int64_t)x / (i % 2 ? 1e15 : 7.3e9), back;
        if (i % 3 == 0) v = nearbyint(v * 1000) / 1000;
        wijk_json_out_open(w, wijk_out_buf(&b));
        wijk_json_num(w, v);
        assert_true(wijk_json_out_close(w));
        assert_true(wijk_num_parse((struct wijk_str){b.p, b.n}, WIJK_NUM_POINT, &back));
        assert_true(back == v);
        wijk_cx_end(cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed), cmocka_unit_test(ill_formed), cmocka_unit_test(place_of_fault),
        cmocka_unit_test(limits),      cmocka_unit_test(skipping),   cmocka_unit_test(numbers_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
