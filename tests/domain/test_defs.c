/* SPDX-License-Identifier: EUPL-1.2 */
/* Definitions: defs.cases says what is refused and how; the real definitions are read whole.
 * Arguments: the folder of the repository. */
#include "domain/domain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <math.h>
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

/* ---- the case file ---- */

enum { FILES_MAX = 8 };
struct def_case {
    const char *name;
    size_t n;
    struct wijk_def_file file[FILES_MAX];
    struct wijk_buf text[FILES_MAX];
};

static void run(struct wijk_cx *cx, struct def_case *c, const char *refused, const char *taken)
{
    const struct wijk_defs *defs;
    for (size_t i = 0; i < c->n; i++) c->file[i].bytes = wijk_str(wijk_buf_cstr(&c->text[i]));
    enum wijk_err err = wijk_defs_read(cx, c->file, c->n, &defs);
    if (err != (refused ? WIJK_EDEF : WIJK_OK)) fail_msg("%s: %s", c->name, wijk_fault(cx));
    if (refused) {
        if (strcmp(wijk_fault(cx), refused) != 0)
            fail_msg("%s:\n  got  %s\n  want %s", c->name, wijk_fault(cx), refused);
    } else {
        assert_string_equal(
            wijk_sprintf(cx, "%zu %zu %zu", defs->n_indicator, defs->n_method, defs->n_source), taken);
    }
}

/* One line of a case: a word at the margin with what follows it, or a line of the open file. */
static void take_line(struct wijk_cx *cx, struct def_case *c, struct wijk_str line, size_t *cases)
{
    if (wijk_str_starts(line, "    ") && c->n) {
        wijk_buf_put(&c->text[c->n - 1], line.p + 4, line.n - 4);
        wijk_buf_char(&c->text[c->n - 1], '\n');
        return;
    }
    const char *rest = line.n > 8 ? wijk_str_dup(cx, (struct wijk_str){line.p + 8, line.n - 8}) : "";
    if (wijk_str_starts(line, "case")) *c = (struct def_case){.name = rest};
    if (wijk_str_starts(line, "file")) {
        assert_true(c->n < FILES_MAX);
        c->file[c->n].name = rest;
        c->text[c->n++] = wijk_buf(cx, 0);
    }
    bool refused = wijk_str_starts(line, "refused"), taken = wijk_str_starts(line, "taken");
    if (refused || taken) run(cx, c, refused ? rest : NULL, taken ? rest : NULL);
    *cases += refused || taken;
}

static void test_cases(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str text = read_file(cx, wijk_sprintf(cx, "%s/tests/domain/defs.cases", repository));
    struct def_case c = {0};
    size_t cases = 0;
    for (size_t at = 0; at < text.n;) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        size_t n = end ? (size_t)(end - text.p) - at : text.n - at;
        take_line(cx, &c, (struct wijk_str){text.p + at, n}, &cases);
        at += n + 1;
    }
    assert_true(cases >= 20);
    wijk_cx_end(cx);
}

/* ---- the real definitions ---- */

static const struct wijk_defs *read_real(struct wijk_cx *cx)
{
    static const char *const FOLDER[] = {"indicators", "methods", "sources", "recipes", "themes"};
    struct wijk_def_file *files = WIJK_NEW(cx, struct wijk_def_file, 500);
    size_t n = 0;
    for (size_t k = 0; k < sizeof FOLDER / sizeof *FOLDER; k++) {
        const char *path = wijk_sprintf(cx, "%s/defs/%s", repository, FOLDER[k]);
        DIR *dir = opendir(path);
        for (const struct dirent *e; dir && (e = readdir(dir));) {
            if (e->d_name[0] == '.') continue;
            assert_true(n < 500);
            files[n].name = wijk_sprintf(cx, "%s/%s", FOLDER[k], e->d_name);
            files[n++].bytes = read_file(cx, wijk_sprintf(cx, "%s/%s", path, e->d_name));
        }
        if (dir) closedir(dir);
    }
    const struct wijk_defs *defs = NULL;
    if (wijk_defs_read(cx, files, n, &defs) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return defs;
}

static void test_the_real_definitions_hold(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs = read_real(cx);
    const struct wijk_method *m = wijk_defs_method(defs, "lbm3");
    assert_non_null(m);
    assert_int_equal(m->n_dimension, 5);
    assert_string_equal(m->dimension[4].label_nl, "Overlast en onveiligheid");
    assert_string_equal(m->class_nl[3], "net onder voldoende");
    assert_int_equal(m->n_limits, 3);
    assert_true(m->limits[0].limit[3] == -0.1640);
    assert_true(defs->n_theme >= 8);
    assert_ptr_equal(wijk_defs_theme(defs, "afval"), &defs->theme[6]);
    const struct wijk_indicator *i = wijk_defs_indicator(defs, "age_65_plus_pct");
    assert_non_null(i);
    assert_true(i->composition);
    assert_string_equal(i->disclosure, "open");
    assert_string_equal(wijk_indicator_unit(i, WIJK_EN), "%");
    assert_string_equal(wijk_indicator_label(i, WIJK_NL), "Deel inwoners van 65 jaar of ouder");
    assert_true(isnan(wijk_defs_indicator(defs, "ses_woa")->min));
    assert_null(wijk_defs_indicator(defs, "nothing"));
    assert_null(wijk_defs_source(defs, "nothing"));
    wijk_cx_end(cx);
}

static void test_a_recipe_says_what_it_lacks(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs = read_real(cx);
    const struct wijk_recipe *r = wijk_defs_recipe(defs, "lindewaard"), *own;
    const char *misses[WIJK_RECORD_MISSES_MAX];
    int64_t review, day = 24 * 3600;
    assert_non_null(r);
    assert_int_equal(r->n_dimension, 4);
    assert_int_equal(r->n_class, 5);
    assert_string_equal(wijk_normalisation_id(r->how), "z");
    assert_string_equal(wijk_normalisation_text(WIJK_NORMALISE_MINMAX),
                        "van het laagste (0) tot het hoogste (1)");
    assert_string_equal(r->input[1].indicator, "gas_m3");
    assert_int_equal(r->input[1].sign, -1); /* said by the recipe */
    assert_int_equal(r->input[0].sign, 1);  /* by the indicator */
    assert_true(wijk_date_parse(wijk_str(r->record.review_on), &review));
    assert_int_equal(wijk_record_misses(&r->record, review, misses), 0); /* the day itself is in time */
    assert_int_equal(wijk_record_misses(&r->record, review + day, misses), 1);
    assert_string_equal(misses[0], "de herziening: de datum ervan is voorbij");
    static const char TEXT[] =
        "id: eigen\nversion: \"1\"\nlabel: {nl: a, en: a}\nabout: {nl: a, en: a}\nlevel: gemeente\n"
        "normalisation: percentile\ndimensions: [{id: d, label: {nl: a, en: a}, weight: 2}]\n"
        "inputs: [{indicator: registered_crimes, dimension: d, weight: 2, per: residents}]\n"
        "classes: [{nl: a, en: a, to: 0.5}, {nl: b, en: b}]\n";
    if (wijk_recipe_read(cx, defs, WIJK_STR(TEXT), "eigen.yaml", &own) != WIJK_OK)
        fail_msg("%s", wijk_fault(cx));
    assert_int_equal(own->input[0].sign, -1);
    assert_int_equal(wijk_record_misses(&own->record, 0, misses), 8);
    assert_int_equal(wijk_recipe_read(cx, defs, WIJK_STR("id: lindewaard\n"), "eigen.yaml", &own), WIJK_EDEF);
    assert_string_equal(wijk_fault(cx), "eigen.yaml regel 1: de sleutel version ontbreekt.");
    wijk_cx_end(cx);
}

/* Words that screens and exports may not use for a place. */
static void test_no_word_that_brands_a_place(void **state)
{
    (void)state;
    static const char *const WORD[] = {"probleemwijk", "achterstandswijk", "slecht", "zwak",
                                       "getto",        "verward"};
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs = read_real(cx);
    for (size_t w = 0; w < sizeof WORD / sizeof *WORD; w++) {
        for (size_t i = 0; i < defs->n_indicator; i++) {
            assert_null(strstr(defs->indicator[i].label_nl, WORD[w]));
            assert_null(strstr(defs->indicator[i].definition_nl, WORD[w]));
        }
        for (size_t r = 0; r < defs->n_recipe; r++)
            for (size_t k = 0; k < defs->recipe[r].n_class; k++)
                assert_null(strstr(defs->recipe[r].class_nl[k], WORD[w]));
        for (size_t m = 0; m < defs->n_method; m++)
            for (size_t k = 0; k < WIJK_CLASSES; k++)
                assert_null(strstr(defs->method[m].class_nl[k], WORD[w]));
    }
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_the_real_definitions_hold),
        cmocka_unit_test(test_a_recipe_says_what_it_lacks),
        cmocka_unit_test(test_no_word_that_brands_a_place),
    };
    if (argc != 2) return 2;
    repository = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
