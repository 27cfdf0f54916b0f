/* SPDX-License-Identifier: EUPL-1.2 */
/* The register of algorithms: the real records are whole, each fault in one is told, and a record that is
 * missing, not whole or overdue shuts what it is of. Arguments: the folder of the repository. */
#include "domain/domain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const char *repository;

static struct wijk_str read_file(struct wijk_cx *cx, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) fail_msg("%s", path);
    char *p = wijk_alloc(cx, 1 << 20);
    size_t n = fread(p, 1, 1 << 20, f);
    fclose(f);
    return (struct wijk_str){p, n};
}

/* `from` in that file becomes `to`; to NULL: the file is not there. */
struct change {
    const char *file, *from, *to;
};

static struct wijk_str changed(struct wijk_cx *cx, struct wijk_str text, const struct change *c)
{
    const char *at = strstr(wijk_str_dup(cx, text), c->from), *whole = wijk_str_dup(cx, text);
    if (!at) fail_msg("%s is not in %s", c->from, c->file);
    size_t before = (size_t)(strstr(whole, c->from) - whole);
    return wijk_str(
        wijk_sprintf(cx, "%.*s%s%s", (int)before, whole, c->to, whole + before + strlen(c->from)));
}

static enum wijk_err read_defs(struct wijk_cx *cx, const struct change *c, size_t n_change,
                               const struct wijk_defs **out)
{
    static const char *const FOLDER[] = {"indicators", "methods", "sources", "recipes", "algorithms"};
    enum { MOST = 500 };
    struct wijk_def_file *files = WIJK_NEW(cx, struct wijk_def_file, MOST);
    size_t n = 0;
    for (size_t k = 0; k < sizeof FOLDER / sizeof *FOLDER; k++) {
        const char *path = wijk_sprintf(cx, "%s/defs/%s", repository, FOLDER[k]);
        DIR *dir = opendir(path);
        for (const struct dirent *e; dir && (e = readdir(dir));) {
            if (e->d_name[0] == '.') continue;
            assert_true(n < MOST);
            struct wijk_def_file f = {wijk_sprintf(cx, "%s/%s", FOLDER[k], e->d_name),
                                      read_file(cx, wijk_sprintf(cx, "%s/%s", path, e->d_name))};
            bool out_of_it = false;
            for (size_t i = 0; i < n_change; i++) {
                if (strcmp(c[i].file, f.name) != 0) continue;
                if (c[i].to)
                    f.bytes = changed(cx, f.bytes, &c[i]);
                else
                    out_of_it = true;
            }
            if (!out_of_it) files[n++] = f;
        }
        if (dir) closedir(dir);
    }
    return wijk_defs_read(cx, files, n, out);
}

static int64_t at(const char *date, int64_t second)
{
    int64_t t;
    assert_true(wijk_date_parse(wijk_str(date), &t));
    return t + second;
}

static const struct wijk_defs *real(struct wijk_cx *cx, const struct change *c, size_t n)
{
    const struct wijk_defs *d = NULL;
    if (read_defs(cx, c, n, &d) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return d;
}

/* Everything the program computes has its record, in both languages, and nothing disappears today. */
static void test_the_shipped_records_are_whole(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *d = real(cx, NULL, 0);
    assert_int_equal(d->n_algorithm, d->n_method + WIJK_ANALYSIS_COUNT + d->n_recipe);
    for (size_t i = 0; i < d->n_algorithm; i++) {
        const struct wijk_algorithm *a = &d->algorithm[i];
        assert_true(a->described);
        assert_int_equal(wijk_algorithm_shut(d, a->id, at("2026-11-25", 0), NULL), WIJK_SHUT_OPEN);
        assert_null(wijk_algorithm_shut_words(cx, d, a->id, at("2026-11-25", 0)));
#define X(name, key) assert_true(*a->name##_nl && * a->name##_en && strcmp(a->name##_nl, a->name##_en) != 0);
        WIJK_ALGORITHM_TEXTS(X)
#undef X
        assert_true(*a->record.why_en && a->n_law > 0 && a->n_theme > 0);
        const char *path = wijk_sprintf(cx, "%s/docs/methods/%s.md", repository, a->page);
        assert_true(read_file(cx, path).n > 0);
    }
    assert_string_equal(wijk_defs_algorithm(d, "lbm3")->method->id, "lbm3");
    assert_ptr_equal(wijk_defs_algorithm(d, "lindewaard")->recipe, wijk_defs_recipe(d, "lindewaard"));
    /* what the council decided stands in the recipe alone */
    assert_string_equal(wijk_defs_algorithm(d, "lindewaard")->record.decided_by,
                        wijk_defs_recipe(d, "lindewaard")->record.decided_by);
    wijk_cx_end(cx);
}

#define KLOOF  "algorithms/kloof.yaml"
#define COMMON "algorithms/common.yaml"

static void test_each_fault_is_told(void **state)
{
    (void)state;
    static const struct {
        struct change change;
        const char *told;
    } CASE[] = {
        {{KLOOF, "of: analysis", "of: analyse"}, "regel 4: deze waarde bij of bestaat niet."},
        {{KLOOF, "of: analysis", "of: recipe"},
         "regel 3: er is geen methode of berekening kloof om te beschrijven."},
        {{KLOOF, "id: kloof", "id: kloven"},
         "regel 3: er is geen methode of berekening kloven om te beschrijven."},
        {{KLOOF, "id: kloof", "id: trend"}, "regel 3: het algoritme trend staat er twee keer."},
        {{KLOOF, "page: kloof", "blad: kloof"}, "regel 7: de sleutel blad is onbekend."},
        {{KLOOF, "page: kloof", ""}, "regel 3: de sleutel page ontbreekt."},
        {{KLOOF, "page: kloof", "page: kloof\nstatus: nieuw"},
         "regel 8: deze waarde bij status bestaat niet."},
        {{KLOOF, "page: kloof", "page: kloof\ncategory: erg"},
         "regel 8: deze waarde bij category bestaat niet."},
        {{KLOOF, "page: kloof", "page: kloof\nsince: 2026-1"},
         "regel 3: bij since hoort een maand te staan (jjjj-mm)."},
        {{KLOOF, "page: kloof", "page: kloof\nuntil: \"2026-13\""},
         "regel 3: bij until hoort een maand te staan (jjjj-mm)."},
        {{KLOOF, "page: kloof", "page: kloof\nthemes: [Wijken]"},
         "regel 8: deze waarde bij themes bestaat niet."},
        {{KLOOF, "page: kloof", "page: kloof\nthemes: [Wonen, Werk, Recht, Verkeer]"},
         "regel 8: de lijst bij themes is te lang."},
        {{KLOOF, "page: kloof", "page: kloof\nlaws: [{title: Wet, link: \"http://a.nl\"}]"},
         "regel 8: http://a.nl begint niet met https://."},
        {{KLOOF, "page: kloof", "page: kloof\ncode: \"ftp://a.nl\""},
         "regel 3: ftp://a.nl begint niet met https://."},
        {{KLOOF, "page: kloof", "page: kloof\nsources: [verzonnen]"},
         "regel 8: de bron verzonnen bestaat niet."},
        {{KLOOF, "page: kloof", "page: kloof\nterms: \"een\\ntwee\""},
         "regel 3: de tekst bij terms is te lang voor het algoritmeregister of heeft een regeleinde."},
        {{KLOOF, "{nl: \"Verschil tussen gebieden meten",
          "{nl: \"Een naam van meer dan negenennegentig tekens past niet in het veld "
          "naam van het landelijke algoritmeregister, hoe goed hij ook is"},
         "regel 3: de tekst bij label is te lang voor het algoritmeregister of heeft een regeleinde."},
        {{KLOOF, "record:\n", "record:\n  review_on: \"2027-02-30\"\n"},
         "2027-02-30 is geen datum (jjjj-mm-dd)."},
        {{KLOOF, "record:\n", "record:\n  herzien: nooit\n"}, "de sleutel herzien is onbekend."},
        {{COMMON, "", NULL}, "de sleutel "},
        {{"recipes/lindewaard.yaml", "id: lindewaard", "id: kloof"},
         "recipes/lindewaard.yaml regel 3: de naam kloof is al van een andere weging of methode."},
    };
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        const struct wijk_defs *d;
        if (read_defs(cx, &CASE[k].change, 1, &d) != WIJK_EDEF || !strstr(wijk_fault(cx), CASE[k].told))
            fail_msg("case %zu: %s\n  not %s", k, wijk_fault(cx), CASE[k].told);
        wijk_cx_end(cx);
    }
}

/* Yesterday, today and tomorrow, on the clock of the Netherlands. */
static void test_a_review_that_is_due(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
    const struct change early = {KLOOF, "record:\n", "record:\n  review_on: \"2026-06-01\"\n"};
    const struct wijk_defs *d = real(cx, &early, 1);
    const struct {
        const char *date;
        int64_t second;
        enum wijk_shut shut;
    } CASE[] = {{"2026-05-31", 43200, WIJK_SHUT_OPEN},
                {"2026-06-01", 0, WIJK_SHUT_OPEN},
                {"2026-06-01", 22 * 3600 - 1, WIJK_SHUT_OPEN}, /* 23:59:59 there */
                {"2026-06-01", 22 * 3600, WIJK_SHUT_OVERDUE},  /* midnight there, still the first in UTC */
                {"2026-06-02", 43200, WIJK_SHUT_OVERDUE}};
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++)
        assert_int_equal(wijk_algorithm_shut(d, "kloof", at(CASE[k].date, CASE[k].second), NULL),
                         CASE[k].shut);
    const int64_t late = at("2026-06-02", 43200);
    assert_string_equal(
        wijk_algorithm_shut_words(cx, d, "kloof", late),
        "Deze score wordt niet getoond: de herziening had uiterlijk op 1 juni 2026 moeten gebeuren.");
    assert_string_equal(wijk_algorithm_shut_words(en, d, "kloof", late),
                        "This score is not shown: its review was due by 1 June 2026.");
    assert_int_equal(wijk_algorithm_shut(d, "trend", late, NULL), WIJK_SHUT_OPEN); /* only that one */
    wijk_cx_end(cx);
    wijk_cx_end(en);
}

static void test_what_else_shuts(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const int64_t now = at("2026-11-25", 43200);
    const char *what;
    const struct change gone = {KLOOF, "", NULL};
    const struct wijk_defs *d = real(cx, &gone, 1);
    assert_int_equal(wijk_algorithm_shut(d, "kloof", now, NULL), WIJK_SHUT_NO_RECORD);
    assert_string_equal(wijk_algorithm_shut_words(cx, d, "kloof", now),
                        "Deze score wordt niet getoond: hij staat niet in het algoritmeregister.");
    assert_int_equal(wijk_algorithm_shut(d, "verzonnen", now, NULL), WIJK_SHUT_NO_RECORD);
    const struct change part = {COMMON, "  equity:", "  contact: "};
    d = real(cx, &part, 1);
    assert_int_equal(wijk_algorithm_shut(d, "kloof", now, &what), WIJK_SHUT_LACKS);
    assert_string_equal(what, "de toets op gelijke behandeling");
    const struct change young = {KLOOF, "page: kloof", "page: kloof\nstatus: in_development"},
                        old = {KLOOF, "page: kloof", "page: kloof\nstatus: retired"};
    assert_int_equal(wijk_algorithm_shut(real(cx, &young, 1), "kloof", now, NULL), WIJK_SHUT_NOT_YET);
    assert_int_equal(wijk_algorithm_shut(real(cx, &old, 1), "kloof", now, NULL), WIJK_SHUT_ENDED);
    wijk_cx_end(cx);
}

/* A weighing stands on three records: its own, how weighings are computed, and the scores it weighs. */
static void test_a_weighing_leans_on_others(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const int64_t now = at("2026-11-25", 43200);
    static const struct change CASE[] = {
        {"recipes/lindewaard.yaml", "review_on: \"2027-06-12\"", "review_on: \"2026-11-24\""},
        {"algorithms/lokale-weging.yaml", "record:\n", "record:\n  review_on: \"2026-11-24\"\n"},
        {"algorithms/lbm3.yaml", "record:\n", "record:\n  review_on: \"2026-11-24\"\n"}};
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        const struct wijk_defs *d = real(cx, &CASE[k], 1);
        assert_int_equal(wijk_algorithm_shut(d, "lindewaard", now, NULL), WIJK_SHUT_OVERDUE);
        assert_non_null(strstr(wijk_algorithm_shut_words(cx, d, "lindewaard", now), "24 november 2026"));
        assert_int_equal(wijk_algorithm_shut(d, "lbm2", now, NULL), WIJK_SHUT_OPEN);
    }
    const struct change none = {"algorithms/lokale-weging.yaml", "", NULL};
    assert_int_equal(wijk_algorithm_shut(real(cx, &none, 1), "lindewaard", now, NULL), WIJK_SHUT_NO_RECORD);
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_shipped_records_are_whole), cmocka_unit_test(test_each_fault_is_told),
        cmocka_unit_test(test_a_review_that_is_due),          cmocka_unit_test(test_what_else_shuts),
        cmocka_unit_test(test_a_weighing_leans_on_others),
    };
    if (argc != 2) return 2;
    repository = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
