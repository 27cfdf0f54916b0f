/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences about a trend, a type of course and the parts of a whole: every kind once, in full. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static const struct wijk_method METHOD = {
    .id = "lbm3",
    .class_nl = {"zeer onvoldoende", "ruim onvoldoende", "onvoldoende", "net onder voldoende", "voldoende",
                 "ruim voldoende", "goed", "zeer goed", "uitstekend"},
    .class_en = {"very insufficient", "clearly insufficient", "insufficient", "just below sufficient",
                 "sufficient", "clearly sufficient", "good", "very good", "excellent"}};

static void trend(const struct wijk_trend *t, const char *want)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(wijk_sentence_trend(cx, &(struct wijk_trend_told){t, 3}), want);
    wijk_cx_end(cx);
}

static void test_trend(void **state)
{
    (void)state;
    struct wijk_trend t = {.n = 9,
                           .first = 2012,
                           .last = 2024,
                           .course = WIJK_COURSE_UP,
                           .line = {.slope = 0.0123},
                           .low = 0.0041,
                           .high = 0.0205,
                           .break_at = NAN};
    trend(&t, "Sinds 2012 gemiddeld 0,0123 per jaar omhoog (tussen +0,0041 en +0,0205).");
    t.course = WIJK_COURSE_STEADY, t.low = t.high = 3.5e-17;
    trend(&t,
          "Sinds 2012 ongeveer gelijk (tussen 0,0000 en 0,0000 per jaar)."); /* what is nothing has no sign */
    t.course = WIJK_COURSE_UNSURE, t.low = -0.0034, t.high = 0.0205, t.n = 4;
    trend(
        &t,
        "Sinds 2012 is niet te zeggen of het omhoog of omlaag gaat (tussen −0,0034 en +0,0205 per jaar). Dat "
        "steunt op maar 4 metingen.");
    t.course = WIJK_COURSE_STEADY, t.n = 9;
    trend(&t, "Sinds 2012 ongeveer gelijk (tussen −0,0034 en +0,0205 per jaar).");
    t.course = WIJK_COURSE_DOWN, t.break_at = 2018, t.before = 0.0021, t.after = -0.0312,
    t.after_low = -0.0402, t.after_high = -0.0222;
    trend(&t,
          "Sinds 2018 gemiddeld 0,0312 per jaar omlaag (tussen −0,0402 en −0,0222). Daarvoor was het +0,0021 "
          "per jaar.");
    t.break_at = t.low = t.high = NAN, t.n = 2;
    trend(&t, "Twee metingen: +0,0123 per jaar, maar dat kan toeval zijn.");
    t.lack = WIJK_LACK_BROKEN;
    trend(&t, "Geen trend: grens gewijzigd: niet te vergelijken.");
}

static void course(const struct wijk_trajectory *t, enum wijk_lang lang, const char *want)
{
    struct wijk_cx *cx = wijk_cx_new(lang);
    struct wijk_trajectory_told told = {t, &METHOD, 2008, 2012, 2024};
    assert_string_equal(wijk_sentence_trajectory(cx, &told), want);
    wijk_cx_end(cx);
}

static void test_course(void **state)
{
    (void)state;
    struct wijk_trajectory t = {
        .type = WIJK_TRAJECTORY_SUCCESS, .change = 0.217, .recent = 0.06, .class_now = 7, .sure = true};
    course(&t, WIJK_NL, "Succes: van 2008 tot 2024 ging de score 0,217 omhoog. De klasse is nu goed.");
    t.type = WIJK_TRAJECTORY_RELAPSE, t.recent = -0.187, t.class_now = 4, t.sure = false;
    course(&t, WIJK_NL,
           "Terugval: van 2012 tot 2024 ging de score 0,187 omlaag. De klasse is nu net onder voldoende. Het "
           "type "
           "kan veranderen als het laatste cijfer iets anders is.");
    course(&t, WIJK_EN,
           "Relapse: from 2012 to 2024 the score went down 0.187. The class is now just below sufficient. "
           "The type "
           "may change if the last figure is slightly different.");
    t = (struct wijk_trajectory){.type = WIJK_TRAJECTORY_STEADY_RECOVERY,
                                 .change = NAN,
                                 .recent = NAN,
                                 .steps = 2,
                                 .class_now = 4,
                                 .by_class = true};
    course(&t, WIJK_NL,
           "Gestaag herstel: van 2008 tot 2024 ging de klasse 2 omhoog. De klasse is nu net onder voldoende. "
           "Dat is "
           "naar klassen, dus grof.");
    t = (struct wijk_trajectory){
        .type = WIJK_TRAJECTORY_EARLY_SIGNAL, .change = 0.01, .recent = NAN, .class_now = 5, .sure = true};
    course(&t, WIJK_NL,
           "Vroegsignalering: de klasse is voldoende, maar de score ligt onder het gemiddelde, en van 2012 "
           "tot 2024 "
           "bleef de klasse gelijk.");
    t = (struct wijk_trajectory){.lack = WIJK_LACK_HIDDEN};
    course(&t, WIJK_NL, "Geen type: te klein om te tonen.");
}

static void test_parts(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const char *const label[] = {"woningvoorraad", "sociale samenhang", "voorzieningen", "rest"};
    const double change[] = {-0.041, -0.102, 0.013, NAN}, level[] = {0.02, 0.0001, 0.05, 0.004};
    struct wijk_parts_told t = {-0.13, change, label, 4, 3, 2012, 2024};
    assert_string_equal(
        wijk_sentence_parts(cx, &t),
        "Van 2012 tot 2024 veranderde het met −0,130, vooral door sociale samenhang (−0,102) en "
        "woningvoorraad (−0,041); de andere kant op ging voorzieningen (+0,013).");
    t = (struct wijk_parts_told){0.0741, level, label, 3, 3, 0, 2024};
    assert_string_equal(
        wijk_sentence_parts(cx, &t),
        "In 2024 was het +0,074, vooral door voorzieningen (+0,050) en woningvoorraad (+0,020).");
    t.whole = NAN;
    assert_string_equal(wijk_sentence_parts(cx, &t), "");
    t.whole = 0.003, t.n = 0;
    assert_string_equal(wijk_sentence_parts(cx, &t), "In 2024 was het +0,003.");
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_trend), cmocka_unit_test(test_course),
                                       cmocka_unit_test(test_parts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
