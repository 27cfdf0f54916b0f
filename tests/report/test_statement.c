/* SPDX-License-Identifier: EUPL-1.2 */
/* Statements hold what the installation knows and mark what it does not; and every table of the store says
 * how long it is kept. Arguments: the folder of the repository. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *repository;

static const char *text_of(struct wijk_cx *cx, enum wijk_statement which,
                           const struct wijk_statement_facts *f, size_t *n_open)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    const struct wijk_statement_doc *doc = wijk_statement_write(cx, which, f);
    wijk_statement_markdown(doc, &b);
    *n_open = doc->n_open;
    return wijk_buf_cstr(&b);
}

static size_t times(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, what)); p++) n++;
    return n;
}

static void test_known_and_open(void **state)
{
    (void)state;
    static const struct wijk_statement_source SOURCE = {"Kerncijfers 2025", "CBS", "CC BY 4.0", 3};
    struct wijk_statement_facts none = {.organisation = "",
                                        .contact = "",
                                        .url = "",
                                        .version = "7.1",
                                        .today = 1795564800},
                                all = none;
    all.organisation = "Gemeente Lindewaard", all.contact = "data@lindewaard.example";
    all.url = "https://wijken.lindewaard.example", all.source = &SOURCE, all.n_source = 1, all.n_area = 4711;
    for (int k = 0; k < WIJK_STATEMENT_COUNT; k++) {
        struct wijk_cx *cx = wijk_cx_new(k % 2 ? WIJK_EN : WIJK_NL);
        size_t open_none, open_all;
        const char *bare = text_of(cx, (enum wijk_statement)k, &none, &open_none),
                   *full = text_of(cx, (enum wijk_statement)k, &all, &open_all);
        assert_int_equal(times(bare, k % 2 ? "**[Fill in: " : "**[Vul in: "), open_none);
        assert_int_equal(open_none, open_all + 3); /* who, where and whom to write to */
        assert_true(open_all > 0);                 /* what only people know stays open */
        assert_non_null(strstr(full, "https://wijken.lindewaard.example"));
        assert_non_null(strstr(full, "data@lindewaard.example"));
        assert_null(strstr(bare, "@"));
        assert_non_null(strstr(bare, k % 2 ? "25 November 2026" : "25 november 2026"));
        assert_non_null(strstr(bare, "Wijkregie 7.1"));
        if (k != WIJK_STATEMENT_ACCESSIBILITY) {
            assert_non_null(strstr(full, k % 2 ? "Kerncijfers 2025 (CBS; CC BY 4.0): 3 files loaded."
                                               : "Kerncijfers 2025 (CBS; CC BY 4.0): 3 bestanden geladen."));
            assert_non_null(strstr(bare, k % 2 ? "No sources were loaded yet" : "nog geen bronnen geladen"));
        }
        wijk_cx_end(cx);
    }
}

/* The Dutch document and the English one: as many lines, of the same kinds in the same order, none of them
 * left in Dutch but what the installation told. */
static void test_two_languages(void **state)
{
    (void)state;
    static const struct wijk_statement_source SOURCE = {"KCBS 7", "C.B.S.", "CC-BY-4.0", 2};
    const struct wijk_statement_facts f = {.organisation = "Lindewaard",
                                           .contact = "data@lindewaard.example",
                                           .url = "https://lindewaard.example",
                                           .version = "7.1",
                                           .today = 1795564800,
                                           .n_source = 1,
                                           .source = &SOURCE};
    struct wijk_cx *nl = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
    for (int k = 0; k < WIJK_STATEMENT_COUNT; k++) {
        const struct wijk_statement_doc *a = wijk_statement_write(nl, (enum wijk_statement)k, &f),
                                        *b = wijk_statement_write(en, (enum wijk_statement)k, &f);
        assert_int_equal(a->n, b->n);
        assert_int_equal(a->n_open, b->n_open);
        assert_string_not_equal(a->title, b->title);
        for (size_t i = 0; i < a->n; i++) {
            assert_int_equal(a->line[i].kind, b->line[i].kind);
            assert_string_not_equal(a->line[i].text, b->line[i].text);
            if (a->line[i].text[0] >= '0' && a->line[i].text[0] <= '9') /* points keep their numbers */
                assert_memory_equal(a->line[i].text, b->line[i].text, strspn(a->line[i].text, "0123456789."));
        }
    }
    wijk_cx_end(nl);
    wijk_cx_end(en);
}

/* The outline of the Model DPIA Rijksdienst: seventeen points in four parts, in order. */
static void test_the_outline_of_a_dpia(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_statement_facts f = {.organisation = "", .contact = "", .url = "", .version = "1"};
    size_t open;
    const char *at = text_of(cx, WIJK_STATEMENT_DPIA, &f, &open);
    for (int k = 1; k <= 17; k++) {
        at = strstr(at, wijk_sprintf(cx, "\n## %d. ", k));
        assert_non_null(at);
    }
    wijk_cx_end(cx);
}

static void test_ids(void **state)
{
    (void)state;
    enum wijk_statement s;
    for (int k = 0; k < WIJK_STATEMENT_COUNT; k++) {
        assert_true(wijk_statement_parse(wijk_str(wijk_statement_id((enum wijk_statement)k)), &s));
        assert_int_equal((int)s, k);
    }
    assert_false(wijk_statement_parse(WIJK_STR("dpi"), &s));
    assert_null(wijk_retention_of("verzonnen"));
    assert_null(wijk_retention_of("serie"));
    assert_false(wijk_retention_of("series")->personal);
}

/* A table nobody thought about may not be kept for ever. */
static void test_every_table_says_how_long(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *folder = wijk_sprintf(cx, "%s/src/store/schema", repository);
    DIR *dir = opendir(folder);
    size_t n = 0;
    assert_non_null(dir);
    for (const struct dirent *e; (e = readdir(dir));) {
        char line[4096], name[64];
        FILE *f = strstr(e->d_name, ".sql") ? fopen(wijk_sprintf(cx, "%s/%s", folder, e->d_name), "r") : NULL;
        while (f && fgets(line, sizeof line, f)) {
            if (sscanf(line, "CREATE TABLE %63[a-z_{}]", name) != 1) continue;
            const char *table = strcmp(name, "{level}") == 0 ? "area" : name;
            if (!wijk_retention_of(table)) fail_msg("WIJK_RETENTIONS in report.h has no line for %s", name);
            n++;
        }
        if (f) fclose(f);
    }
    closedir(dir);
    assert_true(n > 20);
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_and_open),
        cmocka_unit_test(test_two_languages),
        cmocka_unit_test(test_the_outline_of_a_dpia),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_every_table_says_how_long),
    };
    if (argc != 2) return 2;
    repository = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
