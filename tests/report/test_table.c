/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables: one content, three forms. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static const struct wijk_column COLUMNS[] = {{"code", "Code", -1},
                                             {"name", "Naam", -1},
                                             {"year", "Jaar", -1},
                                             {"residents", "Inwoners", 0},
                                             {"known", "Bekend", -1}};

/* Two crooked rows: one with everything, one with what is missing. */
static const char *written(struct wijk_cx *cx, enum wijk_format format)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_table_out *t = wijk_table_open(cx, format, wijk_out_buf(&b), COLUMNS, 5);
    wijk_table_text(t, "BU99010307");
    wijk_table_text(t, "Café, \"het\" Hoekje");
    wijk_table_int(t, 2017);
    wijk_table_num(t, 4437);
    wijk_table_bool(t, true);
    wijk_table_end_row(t);
    wijk_table_text(t, "BU99010311");
    wijk_table_text(t, NULL);
    wijk_table_int(t, -3);
    wijk_table_num(t, NAN);
    wijk_table_empty(t);
    wijk_table_end_row(t);
    assert_true(wijk_table_close(t));
    return wijk_buf_cstr(&b);
}

static void as_csv(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(written(cx, WIJK_FORMAT_CSV),
                        "code,name,year,residents,known\n"
                        "BU99010307,\"Café, \"\"het\"\" Hoekje\",2017,4437,true\n"
                        "BU99010311,,-3,,\n");
    wijk_cx_end(cx);
}

static void as_json(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(
        written(cx, WIJK_FORMAT_JSON),
        "[{\"code\":\"BU99010307\",\"name\":\"Café, \\\"het\\\" "
        "Hoekje\",\"year\":2017,\"residents\":4437,\"known\":true},"
        "{\"code\":\"BU99010311\",\"name\":null,\"year\":-3,\"residents\":null,\"known\":null}]\n");
    wijk_cx_end(cx);
}

static void as_table(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(written(cx, WIJK_FORMAT_TABLE),
                        "Code        Naam                Jaar  Inwoners  Bekend\n"
                        "----------  ------------------  ----  --------  ------\n"
                        "BU99010307  Café, \"het\" Hoekje  2017     4.437  ja\n"
                        "BU99010311                        -3            \n");
    wijk_cx_end(cx);
}

/* A name from outside cannot steer the terminal. */
static void nothing_steers_the_terminal(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_buf b = wijk_buf(cx, 0);
    const struct wijk_column column = {"name", "Naam", -1};
    struct wijk_table_out *t = wijk_table_open(cx, WIJK_FORMAT_TABLE, wijk_out_buf(&b), &column, 1);
    wijk_table_text(t, "a\x1b[31m\nb\xc2\x9bz\x7f");
    wijk_table_end_row(t);
    assert_true(wijk_table_close(t));
    assert_string_equal(wijk_buf_cstr(&b), "Naam\n-----------\na?[31m?b?z?\n");
    wijk_cx_end(cx);
}

/* More rows than are kept: the rest streams in the same columns, and memory stays where it was. */
static void long_table(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_EN);
    struct wijk_buf b = wijk_buf(cx, 0);
    const struct wijk_column columns[] = {{"nr", "Nr", 0}, {"value", "Waarde", 3}};
    struct wijk_table_out *t = wijk_table_open(cx, WIJK_FORMAT_TABLE, wijk_out_buf(&b), columns, 2);
    for (int i = 0; i < 1037; i++) {
        wijk_table_num(t, i);
        wijk_table_num(t, i * 0.37);
        wijk_table_end_row(t);
    }
    assert_true(wijk_table_close(t));
    const char *text = wijk_buf_cstr(&b), *last = strstr(text, "1,036  383.320\n");
    assert_non_null(last);
    size_t lines = 0;
    for (const char *p = text; *p; p++) lines += *p == '\n';
    assert_int_equal(lines, 1037 + 2);
    wijk_cx_end(cx);
}

static bool refuse(void *self, const void *bytes, size_t n)
{
    (void)self, (void)bytes, (void)n;
    return false;
}

static void failing_writer(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_column column = {"nr", "Nr", 0};
    for (int format = WIJK_FORMAT_TABLE; format <= WIJK_FORMAT_CSV; format++) {
        struct wijk_table_out *t =
            wijk_table_open(cx, (enum wijk_format)format, (struct wijk_out){refuse, NULL}, &column, 1);
        wijk_table_int(t, 37);
        wijk_table_end_row(t);
        assert_false(wijk_table_close(t));
    }
    wijk_cx_end(cx);
}

static void no_rows(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const char *const WANT[] = {"Nr\n--\n", "[]\n", "nr\n"};
    const struct wijk_column column = {"nr", "Nr", 0};
    for (int format = WIJK_FORMAT_TABLE; format <= WIJK_FORMAT_CSV; format++) {
        struct wijk_buf b = wijk_buf(cx, 0);
        struct wijk_table_out *t =
            wijk_table_open(cx, (enum wijk_format)format, wijk_out_buf(&b), &column, 1);
        assert_true(wijk_table_close(t));
        assert_string_equal(wijk_buf_cstr(&b), WANT[format]);
    }
    wijk_cx_end(cx);
}

static void names_of_forms(void **state)
{
    (void)state;
    enum wijk_format f;
    assert_true(wijk_format_parse(WIJK_STR("csv"), &f) && f == WIJK_FORMAT_CSV);
    assert_true(wijk_format_parse(WIJK_STR("json"), &f) && f == WIJK_FORMAT_JSON);
    assert_true(wijk_format_parse(WIJK_STR("table"), &f) && f == WIJK_FORMAT_TABLE);
    assert_false(wijk_format_parse(WIJK_STR("CSV "), &f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_csv),         cmocka_unit_test(as_json),
        cmocka_unit_test(as_table),       cmocka_unit_test(long_table),
        cmocka_unit_test(failing_writer), cmocka_unit_test(no_rows),
        cmocka_unit_test(names_of_forms), cmocka_unit_test(nothing_steers_the_terminal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
