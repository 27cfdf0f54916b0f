/* SPDX-License-Identifier: EUPL-1.2 */
/* Two sources that tell one figure: which is shown, what is kept beside it, what is told, whatever the order.
 */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char FOLDER[64];

static const char *in_folder(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", FOLDER, name);
}

static void write_file(struct wijk_cx *cx, const char *name, const char *text)
{
    put_file(cx, in_folder(cx, name), wijk_str(text));
}

static void define(struct wijk_cx *cx, const char *id, const char *more)
{
    write_file(cx, wijk_sprintf(cx, "sources/%s.yaml", id),
               wijk_sprintf(cx,
                            "id: %s\ntitle: {nl: \"%s\", en: \"%s\"}\npublisher: P\nlicence: CC0\n"
                            "attribution: A\nformat: csv\nmissing:\n  missing: [\"-\"]\n  suppressed: "
                            "[x]\n%sfiles:\n  - name: f\n    level: buurt\n    key: code\n    period: 2024\n"
                            "    division_year: 2024\n    defines_areas: true\n    fields:\n"
                            "      - {column: a, indicator: residents}\n"
                            "      - {column: b, indicator: nuisance_reports, optional: true}\n",
                            id, id, id, more));
}

struct world {
    struct wijk_cx *cx;
    const struct wijk_defs *defs;
    struct wijk_store *store;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->cx = wijk_cx_new(WIJK_NL);
    snprintf(FOLDER, sizeof FOLDER, "%s/wijk-lay-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(FOLDER));
    char sources[80];
    snprintf(sources, sizeof sources, "%s/sources", FOLDER);
    assert_int_equal(mkdir(sources, 0700), 0);
    define(w->cx, "high", "precedence: 70\n");
    define(w->cx, "low", "precedence: 30\n");
    define(w->cx, "one", "");
    define(w->cx, "two", "");
    define(w->cx, "own", "disclosure: {nuisance_reports: count}\n");
    if (wijk_flow_defs(w->cx, FOLDER, &w->defs) != WIJK_OK) fail_msg("%s", wijk_fault(w->cx));
    assert_int_equal(wijk_store_create(w->cx, in_folder(w->cx, "s.gpkg"), &w->store), WIJK_OK);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    wijk_store_close(w->store);
    static const char *const FILES[] = {"sources/high.yaml",
                                        "sources/low.yaml",
                                        "sources/one.yaml",
                                        "sources/two.yaml",
                                        "sources/own.yaml",
                                        "f.csv",
                                        "s.gpkg",
                                        "sources"};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) remove(in_folder(w->cx, FILES[i]));
    rmdir(FOLDER);
    wijk_cx_end(w->cx);
    free(w);
    return 0;
}

static struct wijk_load import(struct world *w, const char *source, const char *text, bool dry_run)
{
    const char *path = in_folder(w->cx, "f.csv");
    struct wijk_flow_import_in in = {.defs = w->defs,
                                     .source = source,
                                     .paths = &path,
                                     .n_paths = 1,
                                     .dry_run = dry_run,
                                     .now = 1790000000};
    struct wijk_flow_import_out out;
    write_file(w->cx, "f.csv", text);
    if (wijk_flow_import(w->cx, w->store, in, &out) != WIJK_OK) fail_msg("%s", wijk_fault(w->cx));
    return out.load;
}

static const struct wijk_trace *trace(struct world *w, const char *code, const char *indicator)
{
    const struct wijk_snapshot *s;
    const struct wijk_trace *t = NULL;
    struct wijk_period p = {2024, 0};
    if (wijk_flow_snapshot(w->cx, w->store, w->defs, (struct wijk_snapshot_opt){.unpublished = true}, &s) !=
            WIJK_OK ||
        wijk_flow_trace(w->cx, s, code, indicator, p, 0, &t) != WIJK_OK)
        fail_msg("%s", wijk_fault(w->cx));
    return t;
}

static void check(struct world *w, const char *code, double value, const char *source, double other,
                  const char *other_source)
{
    const struct wijk_trace *t = trace(w, code, "residents");
    assert_true(t->value == value);
    assert_string_equal(t->load->source, source);
    assert_int_equal(t->n_other, other_source ? 1 : 0);
    if (!other_source) return;
    assert_true(t->other[0].value == other);
    assert_string_equal(t->other[0].load->source, other_source);
    assert_true(t->other[0].row >= 2);
    assert_string_equal(t->other[0].column->column, "a");
}

static bool says(const struct wijk_load *l, const char *what)
{
    for (size_t i = 0; i < l->n_finding; i++)
        if (strstr(l->finding[i].reason, what)) return true;
    return false;
}

#define HIGH "code;a\nBU99010101;1825\nBU99010102;940\nBU99010103;-\n"
#define LOW  "code;a\nBU99010101;1820\nBU99010102;940\nBU99010103;333\nBU99010104;-\n"

static void check_both(struct world *w)
{
    check(w, "BU99010101", 1825, "high", 1820, "low");
    check(w, "BU99010102", 940, "high", 0, NULL);
    check(w, "BU99010103", 333, "low", 0, NULL); /* nothing delivered takes no place */
    const char *const *problem;
    size_t n;
    assert_int_equal(wijk_store_check(w->cx, w->store, &problem, &n), WIJK_OK);
    assert_int_equal(n, 0);
}

static void test_the_one_that_goes_before_is_shown(void **state)
{
    struct world *w = *state;
    struct wijk_load first = import(w, "low", LOW, false), l = import(w, "high", HIGH, true);
    assert_int_equal(first.n_finding, 0);
    assert_true(says(&l, "1 keer een ander cijfer dan bron low al leverde (bijvoorbeeld BU99010101, 2024). "
                         "Deze bron gaat voor."));
    check(w, "BU99010101", 1820, "low", 0, NULL); /* that was a trial */
    l = import(w, "high", HIGH, false);
    assert_int_equal(l.n_finding, 1);
    const struct wijk_finding *kept;
    size_t n;
    assert_int_equal(wijk_store_read_findings(w->cx, w->store, l.id, &kept, &n), WIJK_OK);
    assert_int_equal(n, 1);
    check_both(w);
}

static void test_the_order_of_loading_does_not_matter(void **state)
{
    struct world *w = *state;
    import(w, "high", HIGH, false);
    struct wijk_load l = import(w, "low", LOW, false);
    assert_true(says(&l, "Die bron gaat voor"));
    check_both(w);
}

static void test_of_equals_the_last(void **state)
{
    struct world *w = *state;
    import(w, "one", "code;a\nBU99010101;17\n", false);
    struct wijk_load l = import(w, "two", "code;a\nBU99010101;19\n", false);
    assert_true(says(&l, "Wat het laatst geladen is"));
    check(w, "BU99010101", 19, "two", 17, "one");
    import(w, "one", "code;a\nBU99010101;23\n", false); /* and back again */
    check(w, "BU99010101", 23, "one", 19, "two");
    import(w, "two", "code;a\nBU99010101;23\n", false); /* they agree: nothing stands aside */
    check(w, "BU99010101", 23, "two", 0, NULL);
}

static void test_a_correction_and_a_withdrawal(void **state)
{
    struct world *w = *state;
    import(w, "high", HIGH, false);
    import(w, "low", LOW, false);
    struct wijk_load l = import(w, "low", "code;a\nBU99010101;1815\n", false);
    check(w, "BU99010101", 1825, "high", 1815, "low");
    l = import(w, "high", "code;a\nBU99010101;1826\n", false);
    assert_true(says(&l, "in de plaats van dat van een eerdere lading"));
    check(w, "BU99010101", 1826, "high", 1815, "low");
    import(w, "high", "code;a\nBU99010101;-\n", false);
    check(w, "BU99010101", 1815, "low", 0, NULL);
}

static void test_hidden_by_the_source_is_a_difference(void **state)
{
    struct world *w = *state;
    import(w, "low", "code;a\nBU99010101;17\n", false);
    import(w, "high", "code;a\nBU99010101;x\n", false);
    const struct wijk_trace *t = trace(w, "BU99010101", "residents");
    assert_int_equal(t->status, WIJK_STATUS_SUPPRESSED);
    assert_int_equal(t->n_other, 1);
}

/* An own count that stands aside tells nothing of itself: neither figure nor row. */
static void test_what_is_not_open_stays_inside(void **state)
{
    struct world *w = *state;
    import(w, "own", "code;a;b\nBU99010101;500;3\nBU99010102;600;47\n", false);
    import(w, "two", "code;a;b\nBU99010101;500;8\nBU99010102;600;51\n", false);
    const struct wijk_trace *t = trace(w, "BU99010101", "nuisance_reports");
    assert_string_equal(t->load->source, "two");
    assert_int_equal(t->n_other, 1);
    assert_string_equal(t->other[0].load->source, "own");
    assert_true(isnan(t->other[0].value));
    assert_int_equal(t->other[0].row, 0);
    assert_int_equal(t->other[0].status, WIJK_STATUS_SUPPRESSED);
    const struct wijk_snapshot *s;
    assert_int_equal(
        wijk_flow_snapshot(w->cx, w->store, w->defs, (struct wijk_snapshot_opt){.unpublished = true}, &s),
        WIJK_OK);
    for (size_t k = 0; k < s->n_other; k++)
        for (size_t a = 0; a < s->other[k].s.n; a++) assert_true(isnan(s->other[k].s.value[a]));
}

static void test_a_precedence_that_cannot_be(void **state)
{
    struct world *w = *state;
    const struct wijk_defs *defs;
    define(w->cx, "two", "precedence: 100\n");
    assert_int_equal(wijk_flow_defs(w->cx, FOLDER, &defs), WIJK_EDEF);
    assert_non_null(strstr(wijk_fault(w->cx), "precedence"));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest cases[] = {CASE(test_the_one_that_goes_before_is_shown),
                                       CASE(test_the_order_of_loading_does_not_matter),
                                       CASE(test_of_equals_the_last),
                                       CASE(test_a_correction_and_a_withdrawal),
                                       CASE(test_hidden_by_the_source_is_a_difference),
                                       CASE(test_what_is_not_open_stays_inside),
                                       CASE(test_a_precedence_that_cannot_be)};
    return cmocka_run_group_tests(cases, NULL, NULL);
}
