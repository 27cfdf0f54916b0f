/* SPDX-License-Identifier: EUPL-1.2 */
/* Names without codes: the normal form, the likeness, and what joins by itself. The names are of Lindewaard,
 * or spellings met in published files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/domain.h"

#include <math.h>
#include <string.h>

static void test_normal_form(void **state)
{
    (void)state;
    static const struct {
        const char *name, *normal;
    } CASES[] = {
        {"Aa-landen-Zuid", "aalandenzuid"},
        {"Aalanden zuid", "aalandenzuid"},
        {"Linde e.o.", "linde"},
        {"Linde en omgeving", "linde"},
        {"De Grienden", "grienden"},
        {"'t Zand", "zand"},
        {"De", "de"}, /* never the last word */
        {"e.o.", "eo"},
        {"Wijk 03 Markt", "markt"},
        {"Wijk 03", "wijk3"},
        {"Holtenbroek IV", "holtenbroek4"},
        {"Holtenbroek 04", "holtenbroek4"},
        {"Vijf XXXIX", "vijf39"},
        {"Beek (L.)", "beek"},
        {"Groningen (gemeente)", "groningen"},
        {"(alles)", "alles"},
        {"Súdwest-Fryslân", "sudwestfryslan"},
        {"  ", ""},
    };
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct wijk_str got = wijk_name_normalise(cx, wijk_str(CASES[i].name));
        if (!wijk_str_eq(got, wijk_str(CASES[i].normal)))
            fail_msg("%s gives %.*s", CASES[i].name, WIJK_STR_ARG(got));
    }
    wijk_cx_end(cx);
}

static void test_likeness(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        double score;
    } CASES[] = {
        {"Markt", "markt", 1},
        {"Vechtpolder", "Vuchtpolder", 10.0 / 11}, /* one letter of eleven                            */
        {"Linde Noord", "Noord Linde", 1},         /* the same words                                  */
        {"De Tippe", "Tippe bij de IJssel", 0.7},  /* all of the one in the other: tippe              */
        {"Markt", "Kade", 1 - 4.0 / 5},            /* m>k, r>d, k>e, t off: four of five              */
        {"", "Kade", 0},
        {"Krabdn", "Krabnd", 1 - 1.0 / 6}, /* neighbours swapped */
    };
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double ab = wijk_name_score(cx, wijk_str(CASES[i].a), wijk_str(CASES[i].b));
        double ba = wijk_name_score(cx, wijk_str(CASES[i].b), wijk_str(CASES[i].a));
        if (fabs(ab - CASES[i].score) > 1e-12 || ab != ba)
            fail_msg("%s, %s: %g and %g, not %g", CASES[i].a, CASES[i].b, ab, ba, CASES[i].score);
    }
    wijk_cx_end(cx);
}

static const struct wijk_area BUURTEN[] = {
    {.code = "BU99010101", .name = "Markt", .residents = NAN},
    {.code = "BU99010102", .name = "Kadewijk I", .residents = NAN},
    {.code = "BU99010103", .name = "Kadewijk II", .residents = NAN},
    {.code = "BU99010201", .name = "De Grienden", .residents = NAN},
    {.code = "BU99010202", .name = "Grienden", .residents = NAN},
    {.code = "BU99020101", .name = "Markt", .residents = NAN},
    {.code = "BU99010301", .name = "Bavel", .residents = NAN},
    {.code = "BU99010401", .name = "", .residents = NAN},
};
static const struct wijk_area WIJKEN[] = {{.code = "WK990103", .name = "Bavel", .residents = NAN}};

static void want(struct wijk_cx *cx, const struct wijk_names *names, const char *name, enum wijk_name_way way,
                 size_t n, const char *code)
{
    struct wijk_name_hit hit[WIJK_NAME_HITS];
    size_t got;
    enum wijk_name_way is = wijk_names_find(cx, names, wijk_str(name), hit, &got);
    if (is != way || got != n || (n && strcmp(hit[0].area->code, code) != 0))
        fail_msg("%s: %s, %zu hits, first %s", name, wijk_name_way_id(is), got,
                 got ? hit[0].area->code : "-");
}

static void test_what_joins(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_areas buurten = {WIJK_LEVEL_BUURT, 2024, sizeof BUURTEN / sizeof *BUURTEN, BUURTEN};
    struct wijk_areas wijken = {WIJK_LEVEL_WIJK, 2024, 1, WIJKEN};
    const struct wijk_areas *both[] = {&wijken, &buurten};
    struct wijk_names *here = wijk_names_build(cx, both, 2, "GM9901");
    assert_int_equal(wijk_names_count(here), 7); /* not the other gemeente's, nor one without a name */
    want(cx, here, "Markt", WIJK_NAME_EXACT, 1, "BU99010101");
    want(cx, here, "kadewijk 2", WIJK_NAME_NORMALISED, 1, "BU99010103");
    want(cx, here, "De Grienden", WIJK_NAME_EXACT, 1, "BU99010201");
    want(cx, here, "grienden", WIJK_NAME_RESEMBLES, 2, "BU99010201"); /* two by the normal form */
    want(cx, here, "Bavel", WIJK_NAME_RESEMBLES, 2, "WK990103");      /* a wijk and a buurt */
    want(cx, here, "Kadewjik I", WIJK_NAME_RESEMBLES, 2, "BU99010102");
    want(cx, here, "Blue Boulder", WIJK_NAME_NONE, 0, NULL);
    want(cx, here, "", WIJK_NAME_NONE, 0, NULL);
    struct wijk_names *all = wijk_names_build(cx, both, 2, NULL);
    want(cx, all, "Markt", WIJK_NAME_RESEMBLES, 2, "BU99010101"); /* one name in two gemeenten */
    wijk_cx_end(cx);
}

static void test_long_names(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    char *name = wijk_alloc(cx, 100001);
    for (size_t i = 0; i < 100000; i++) name[i] = i % 5 == 4 ? ' ' : (char)('a' + i % 26);
    assert_true(wijk_name_score(cx, wijk_str(name), wijk_str(name)) == 1);
    assert_true(wijk_name_score(cx, wijk_str(name), wijk_str("Markt")) < 0.6);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_form),
        cmocka_unit_test(test_likeness),
        cmocka_unit_test(test_what_joins),
        cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
