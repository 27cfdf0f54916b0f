/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences, as cases a reader of docs/methods/woorden.md can check. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { YEARS = 5, NONE = -99 };

static const struct wijk_method METHOD = {
    .id = "lbm3",
    .n_dimension = 2,
    .dimension = {{.id = "housing",
                   .label_nl = "Woningvoorraad",
                   .label_en = "Housing stock",
                   .indicator = "lbm3.housing"},
                  {.id = "nuisance",
                   .label_nl = "Overlast en onveiligheid",
                   .label_en = "Nuisance and insecurity",
                   .indicator = "lbm3.nuisance"}},
    .class_nl = {"zeer onvoldoende", "ruim onvoldoende", "onvoldoende", "zwak", "voldoende", "ruim voldoende",
                 "goed", "zeer goed", "uitstekend"},
    .class_en = {"very insufficient", "largely insufficient", "insufficient", "weak", "sufficient",
                 "more than sufficient", "good", "very good", "excellent"},
};

/* One area over 2012 2014 2016 2018 2020. The second dimension carries the whole movement unless `shared`.
 * NONE is not measured. */
struct life {
    double total[YEARS];
    int class_;
    const char *nl, *en;
};

static const struct life CASES[] = {
    {{0.11, 0.10, 0.11, 0.02, -0.05},
     4,
     "Spoelhof staat onder druk: sinds 2016 gaat de leefbaarheid achteruit, het sterkst bij overlast en "
     "onveiligheid. "
     "In 2020 is de leefbaarheid net onder voldoende.",
     "Spoelhof is under pressure: liveability has been declining since 2016, most of all in nuisance and "
     "insecurity. "
     "In 2020 liveability is just below sufficient."},
    {{-0.21, -0.21, -0.13, -0.07, 0.03},
     7,
     "In Spoelhof gaat de leefbaarheid sinds 2014 vooruit, het sterkst bij overlast en onveiligheid. In 2020 "
     "is de "
     "leefbaarheid goed.",
     "In Spoelhof liveability has been improving since 2014, most of all in nuisance and insecurity. In 2020 "
     "liveability is good."},
    {{0.031, 0.044, 0.037, 0.029, 0.041},
     6,
     "In Spoelhof is de leefbaarheid sinds 2012 ongeveer gelijk gebleven. In 2020 is de leefbaarheid ruim "
     "voldoende.",
     "In Spoelhof liveability has stayed about the same since 2012. In 2020 liveability is more than "
     "sufficient."},
    {{0.3, NONE, 0.1, NONE, 0.17}, /* down, then up again: the last movement counts */
     8,
     "In Spoelhof gaat de leefbaarheid sinds 2016 vooruit, het sterkst bij overlast en onveiligheid. In 2020 "
     "is de "
     "leefbaarheid zeer goed.",
     NULL},
    {{NONE, NONE, NONE, NONE, 0.07}, 5, "In Spoelhof is de leefbaarheid in 2020 voldoende.", NULL},
    {{NONE, NONE, NONE, NONE, -0.07},
     0,
     "In Spoelhof is de leefbaarheid in 2020 lager dan die van Nederland.",
     NULL},
    {{NONE, NONE, NONE, NONE, NONE}, 3, "In Spoelhof is de leefbaarheid in 2020 onvoldoende.", NULL},
    {{NONE, NONE, NONE, NONE, NONE},
     0,
     "Voor Spoelhof is geen score bekend.",
     "No score is known for Spoelhof."},
    {{NONE, 0.13, NONE, NONE, NONE},
     0,
     "In Spoelhof is de leefbaarheid in 2014 hoger dan die van Nederland.",
     NULL},
};

static const char *said(struct wijk_cx *cx, const struct life *life)
{
    struct wijk_scores *s = WIJK_NEW(cx, struct wijk_scores, YEARS);
    const struct wijk_scores **list = WIJK_NEW(cx, const struct wijk_scores *, YEARS);
    for (int y = 0; y < YEARS; y++) {
        double total = life->total[y] == NONE ? NAN : life->total[y]; /* area 1 of 2: a wrong index shows */
        s[y] = (struct wijk_scores){.method = &METHOD, .release = "2024", .n = 2, .division_year = 2025};
        s[y].period.year = (int16_t)(2012 + 2 * y);
        s[y].total = WIJK_NEW(cx, double, 2);
        s[y].class_ = WIJK_NEW(cx, uint8_t, 2);
        s[y].total[0] = 0.9;
        s[y].total[1] = total;
        s[y].class_[1] = y == YEARS - 1 ? (uint8_t)life->class_ : 0;
        for (int k = 0; k < 2; k++) s[y].dimension[k] = WIJK_NEW(cx, double, 2);
        s[y].dimension[0][1] = 0.01;
        s[y].dimension[1][1] = total - 0.01;
        list[y] = &s[y];
    }
    return wijk_sentence_area(cx, "Spoelhof", list, YEARS, 1);
}

static void sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct wijk_cx *nl = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
        assert_string_equal(said(nl, &CASES[i]), CASES[i].nl);
        if (CASES[i].en) assert_string_equal(said(en, &CASES[i]), CASES[i].en);
        wijk_cx_end(nl);
        wijk_cx_end(en);
    }
}

/* Whatever the class, the words that do harm are never said. */
static void no_harmful_word(void **state)
{
    (void)state;
    for (int k = 0; k <= WIJK_CLASSES; k++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct life life = {{0.2, 0.1, 0.0, -0.1, -0.4}, k, NULL, NULL};
        const char *text = said(cx, &life);
        static const char *const BANNED[] = {"zwak", "slecht", "probleem", "achterstand", "rood", "effect"};
        for (size_t i = 0; i < sizeof BANNED / sizeof *BANNED; i++) assert_null(strstr(text, BANNED[i]));
        wijk_cx_end(cx);
    }
}

/* Figures of another release are not set beside each other. */
static void other_release(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    double before = 0.31, after = -0.07;
    uint8_t class_ = 5;
    struct wijk_scores a = {
        .method = &METHOD, .release = "2022", .n = 1, .total = &before, .class_ = &class_};
    struct wijk_scores b = {.method = &METHOD, .release = "2024", .n = 1, .total = &after, .class_ = &class_};
    a.period.year = 2018;
    b.period.year = 2020;
    const struct wijk_scores *list[] = {&a, &b};
    assert_string_equal(wijk_sentence_area(cx, "Spoelhof", list, 2, 0),
                        "In Spoelhof is de leefbaarheid in 2020 voldoende.");
    assert_string_equal(wijk_sentence_area(cx, "Spoelhof", list, 0, 0),
                        "Voor Spoelhof is geen score bekend.");
    wijk_cx_end(cx);
}

/* A postcode has no name but its digits, and begins with a capital in front. */
static void postcode(void **state)
{
    (void)state;
    struct wijk_cx *nl = wijk_cx_new(WIJK_NL), *en = wijk_cx_new(WIJK_EN);
    double before = 0.31, after = 0.17;
    uint8_t class_ = 5;
    struct wijk_scores a = {.method = &METHOD,
                            .release = "2018",
                            .level = WIJK_LEVEL_PC4,
                            .n = 1,
                            .total = &before,
                            .class_ = &class_},
                       b = a;
    b.total = &after;
    a.period.year = 2014;
    b.period.year = 2016;
    const struct wijk_scores *fall[] = {&a, &b}, *one[] = {&b};
    assert_string_equal(wijk_sentence_area(nl, "1012", one, 1, 0),
                        "In postcode 1012 is de leefbaarheid in 2016 voldoende.");
    assert_string_equal(
        wijk_sentence_area(nl, "1012", fall, 2, 0),
        "Postcode 1012 staat onder druk: sinds 2014 gaat de leefbaarheid achteruit. In 2016 is "
        "de leefbaarheid voldoende.");
    assert_string_equal(wijk_sentence_area(en, "1012", one, 1, 0),
                        "In postcode 1012 liveability in 2016 is sufficient.");
    double nothing = NAN;
    uint8_t no_class = 0;
    b.total = &nothing;
    b.class_ = &no_class;
    assert_string_equal(wijk_sentence_area(nl, "1041", one, 1, 0),
                        "Voor postcode 1041 is geen score bekend.");
    wijk_cx_end(nl);
    wijk_cx_end(en);
}

static void words_of_change(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(wijk_word_change(cx, 0.019), "gelijk");
    assert_string_equal(wijk_word_change(cx, -0.02), "gelijk");
    assert_string_equal(wijk_word_change(cx, 0.021), "iets beter");
    assert_string_equal(wijk_word_change(cx, 0.061), "beter");
    assert_string_equal(wijk_word_change(cx, -0.021), "iets slechter");
    assert_string_equal(wijk_word_change(cx, -0.061), "slechter");
    assert_string_equal(wijk_word_change(cx, NAN), "onbekend");
    wijk_cx_end(cx);
}

static void map(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    uint8_t class_[] = {4, 6, 0, 9, 5, 7, 0};
    struct wijk_scores s = {
        .method = &METHOD, .release = "2024", .level = WIJK_LEVEL_BUURT, .n = 5, .class_ = class_};
    s.period.year = 2024;
    assert_string_equal(wijk_sentence_map(cx, &s),
                        "In 2 van de 4 buurten is de leefbaarheid in 2024 ruim voldoende of "
                        "beter. Voor 1 is geen klasse bekend.");
    s.class_ = class_ + 3;
    s.n = 3;
    assert_string_equal(wijk_sentence_map(cx, &s),
                        "In 2 van de 3 buurten is de leefbaarheid in 2024 ruim voldoende of beter.");
    s.class_ = class_ + 6;
    s.n = 1;
    assert_string_equal(wijk_sentence_map(cx, &s), "Voor deze kaart zijn geen klassen bekend.");
    wijk_cx_end(cx);
}

/* Counts above a thousand are parted, as people write them in either language. */
static void map_of_thousands(void **state)
{
    (void)state;
    enum { AREAS = 3820, WELL = 1832, UNKNOWN = 1009 };
    for (int en = 0; en < 2; en++) {
        struct wijk_cx *cx = wijk_cx_new(en ? WIJK_EN : WIJK_NL);
        uint8_t *class_ = WIJK_NEW(cx, uint8_t, AREAS + UNKNOWN);
        for (size_t i = 0; i < AREAS; i++) class_[i] = i < WELL ? 7 : 5;
        struct wijk_scores s = {.method = &METHOD,
                                .release = "2018",
                                .level = WIJK_LEVEL_PC4,
                                .n = AREAS + UNKNOWN,
                                .class_ = class_};
        s.period.year = 2016;
        assert_string_equal(wijk_sentence_map(cx, &s),
                            en ? "In 1,832 of the 3,820 postcode areas liveability in 2016 is clearly "
                                 "sufficient or better. For 1,009 no class is known."
                               : "In 1.832 van de 3.820 postcodegebieden is de leefbaarheid in 2016 ruim "
                                 "voldoende of beter. Voor 1.009 is geen klasse bekend.");
        wijk_cx_end(cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sentences),
                                       cmocka_unit_test(no_harmful_word),
                                       cmocka_unit_test(other_release),
                                       cmocka_unit_test(words_of_change),
                                       cmocka_unit_test(map),
                                       cmocka_unit_test(postcode),
                                       cmocka_unit_test(map_of_thousands)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
