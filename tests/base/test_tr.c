/* SPDX-License-Identifier: EUPL-1.2 */
/* Two languages side by side, the log, progress, and the ceilings of a definition file. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static void two_languages(void **state)
{
    (void)state;
    struct wijk_cx *nl = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
    assert_string_equal(wijk_tr(nl, "niet gevonden"), "niet gevonden");
    assert_string_equal(wijk_tr(en, "niet gevonden"), "not found");
    assert_string_equal(wijk_tr(en, "deze tekst staat nergens"), "deze tekst staat nergens");
    assert_string_equal(wijk_tr(en, ""), ""); /* not the head of the catalogue */
    wijk_fail(en, WIJK_EPARSE, "%s regel %zu, kolom %zu: %s", "proef.csv", (size_t)37, (size_t)4, "x");
    assert_string_equal(wijk_fault(en), "proef.csv line 37, column 4: x");
    for (int e = WIJK_OK; e < WIJK_ERR_COUNT; e++) {
        const char *text = wijk_err_text((enum wijk_err)e);
        assert_string_not_equal(wijk_tr_lang(WIJK_EN, text), text);
    }
    assert_string_equal(wijk_err_name(WIJK_EDATA), "EDATA");
    wijk_cx_end(nl);
    wijk_cx_end(en);
}

static void language_of_locale(void **state)
{
    (void)state;
    assert_int_equal(wijk_lang_from("en_GB.UTF-8"), WIJK_EN);
    assert_int_equal(wijk_lang_from("nl_NL.UTF-8"), WIJK_NL);
    assert_int_equal(wijk_lang_from("C"), WIJK_NL);
    assert_int_equal(wijk_lang_from(NULL), WIJK_NL);
}

static void keep_line(void *self, enum wijk_log_level level, const char *text)
{
    (void)level;
    struct wijk_buf *b = self;
    wijk_buf_str(b, text);
    wijk_buf_char(b, '|');
}

/* One call is one line: what would break or colour it is escaped, and what is too fine is left out. */
static void log_lines(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_log log = {keep_line, &b, WIJK_LOG_INFO};
    wijk_log(&log, WIJK_LOG_INFO, "pad %s", "a\nb\x1b[31m\x7f");
    wijk_log(&log, WIJK_LOG_DEBUG, "te fijn");
    wijk_log(NULL, WIJK_LOG_ERROR, "naar niemand");
    assert_string_equal(wijk_buf_cstr(&b), "pad a\\x0ab\\x1b[31m\\x7f|");
    wijk_cx_end(cx);
}

static bool stop_at_seven(void *self, const char *what, uint64_t done, uint64_t total)
{
    (void)what, (void)total;
    *(uint64_t *)self = done;
    return done < 7;
}

static void progress(void **state)
{
    (void)state;
    uint64_t seen = 0;
    struct wijk_progress p = {stop_at_seven, &seen};
    assert_true(wijk_progress_step(&p, "rijen", 3, 11));
    assert_false(wijk_progress_step(&p, "rijen", 7, 11));
    assert_int_equal(seen, 7);
    assert_true(wijk_progress_step(NULL, "rijen", 7, 11));
}

/* Fails as asked, with the part of the sentence. */
static void yaml_refused(struct wijk_cx *cx, struct wijk_buf *b, enum wijk_err want, const char *part)
{
    const struct wijk_yaml *tree;
    assert_int_equal(wijk_yaml_read(cx, (struct wijk_str){b->p, b->n}, "proef.yaml", &tree), want);
    assert_non_null(strstr(wijk_fault(cx), part));
}

static void yaml_ceilings(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_buf keys = wijk_buf(cx, 0), deep = wijk_buf(cx, 0), large = wijk_buf(cx, 0);
    for (int i = 0; i < 4097; i++) wijk_buf_printf(&keys, "k%d: 1\n", i);
    yaml_refused(cx, &keys, WIJK_EDEF, "proef.yaml regel 4097: de lijst heeft te veel sleutels");
    for (int i = 0; i < 100; i++) wijk_buf_char(&deep, '[');
    yaml_refused(cx, &deep, WIJK_EDEF, "te diep genest");
    while (large.n <= WIJK_LIMIT_YAML) wijk_buf_str(&large, "- regel\n");
    yaml_refused(cx, &large, WIJK_ELIMIT, "hoogstens 4 MiB");
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_languages), cmocka_unit_test(language_of_locale),
                                       cmocka_unit_test(log_lines), cmocka_unit_test(progress),
                                       cmocka_unit_test(yaml_ceilings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
