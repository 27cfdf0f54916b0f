/* SPDX-License-Identifier: EUPL-1.2 */
/* What an offer reaches, what is lacking, and which contacts are of an organisation and not of a person. */
#include "people/partner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void test_reach(void **state)
{
    (void)state;
    static const char *const AREA[] = {"WK990103", "BU99010502"};
    const struct wijk_offer_reach o = {WIJK_OFFER_MEETING, 12, 17, 2, AREA};
    assert_true(wijk_offer_reaches(&o, "WK990103"));
    assert_true(wijk_offer_reaches(&o, "BU99010301"));
    assert_true(wijk_offer_reaches(&o, "BU99010502"));
    assert_false(wijk_offer_reaches(&o, "BU99010503"));
    assert_false(wijk_offer_reaches(&o, "WK990105"));
    assert_false(wijk_offer_reaches(&o, "GM9901"));
    assert_false(wijk_offer_reaches(&o, "geen code"));
    static const char *const ALL[] = {"GM9901"};
    const struct wijk_offer_reach all = {WIJK_OFFER_MEETING, 12, 17, 1, ALL};
    assert_true(wijk_offer_reaches(&all, "BU99010301"));
    assert_false(wijk_offer_reaches(&all, "BU99020301"));
}

static void test_cover(void **state)
{
    (void)state;
    static const char *const HERE[] = {"BU99010301"}, *const ELSEWHERE[] = {"BU99010302"};
    const struct wijk_offer_reach v[] = {{WIJK_OFFER_MEETING, 4, 8, 1, HERE},
                                         {WIJK_OFFER_MEETING, 9, 13, 1, HERE},
                                         {WIJK_OFFER_MEETING, 14, 17, 1, ELSEWHERE},
                                         {WIJK_OFFER_HEALTH, 67, WIJK_AGE_MAX, 1, HERE}};
    enum wijk_cover cell[WIJK_OFFER_THEME_COUNT][WIJK_AGE_GROUP_COUNT];
    wijk_offer_cover(v, 4, "BU99010301", cell);
    assert_int_equal(cell[WIJK_OFFER_MEETING][WIJK_AGE_0], WIJK_COVER_NOT_ASKED);
    assert_int_equal(cell[WIJK_OFFER_MEETING][WIJK_AGE_4], WIJK_COVER_ALL); /* by two together */
    assert_int_equal(cell[WIJK_OFFER_MEETING][WIJK_AGE_12], WIJK_COVER_PART);
    assert_int_equal(cell[WIJK_OFFER_MEETING][WIJK_AGE_18], WIJK_COVER_NONE);
    assert_int_equal(cell[WIJK_OFFER_HEALTH][WIJK_AGE_67], WIJK_COVER_ALL);
    assert_int_equal(cell[WIJK_OFFER_HEALTH][WIJK_AGE_23], WIJK_COVER_NONE);
    assert_true(wijk_age_group_meets(WIJK_AGE_12, 17, 30));
    assert_false(wijk_age_group_meets(WIJK_AGE_12, 18, 30));
}

static void test_names(void **state)
{
    static const char *const PERSON[] =
        {"Jan de Vries",    "mevrouw Jansen",         "wijkconsulent mw. El Idrissi",
         "J.P. Bakker",     "contact: Fatima Yilmaz", "dhr. Van den Berg",
         "bel 06-12345678", "noor@voorbeeld.nl",      "Dorpsstraat 12",
         "BSN 111222333"},
                             *const FUNCTION[] = {"wijkconsulent Noord",          "Meldpunt overlast",
                                                  "Jan van Galenstraat",          "balie Stadhuis",
                                                  "jongerenwerk Linde",           "Team Jeugd en Gezin",
                                                  "spreekuur schulden (dinsdag)", "Marktmeester",
                                                  "de heer en dame van de wijk"};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t k = 0; k < sizeof PERSON / sizeof *PERSON; k++)
        if (!wijk_contact_text_refused(cx, wijk_str(PERSON[k]), "Stichting Linde"))
            fail_msg("not refused: %s", PERSON[k]);
    for (size_t k = 0; k < sizeof FUNCTION / sizeof *FUNCTION; k++)
        if (wijk_contact_text_refused(cx, wijk_str(FUNCTION[k]), "Stichting Linde"))
            fail_msg("refused: %s", FUNCTION[k]);
    wijk_cx_end(cx);
}

static void test_contacts(void **state)
{
    static const struct {
        const char *given, *is;
    } PHONE[] = {{"14 055", "14 055"},
                 {"0900-1234", "0900 1234"},
                 {"+31 (0)55 580 1234", "055 5801234"},
                 {"0577-123456", "0577 123456"},
                 {"088 1234567", "088 1234567"},
                 {"06-12345678", NULL},
                 {"+31 6 12345678", NULL},
                 {"112", "112"},
                 {"telefoon", NULL},
                 {"055 580", NULL}},
      MAIL[] = {{"Info@Woonpunt.example", "info@woonpunt.example"},
                {"wijkteam-noord@gemeente.example", "wijkteam-noord@gemeente.example"},
                {"lindewonen@lindewonen.example", "lindewonen@lindewonen.example"},
                {"j.jansen@woonpunt.example", NULL},
                {"noor@woonpunt.example", NULL},
                {"info@localhost", NULL},
                {"info@@woonpunt.example", NULL},
                {"info woonpunt", NULL}};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t k = 0; k < sizeof PHONE / sizeof *PHONE; k++) {
        const char *is = wijk_contact_phone(cx, wijk_str(PHONE[k].given));
        if (!is != !PHONE[k].is || (is && strcmp(is, PHONE[k].is) != 0))
            fail_msg("%s: %s", PHONE[k].given, is ? is : "none");
    }
    for (size_t k = 0; k < sizeof MAIL / sizeof *MAIL; k++) {
        const char *is = wijk_contact_mail(cx, wijk_str(MAIL[k].given), "klantcontact LindeWonen");
        if (!is != !MAIL[k].is || (is && strcmp(is, MAIL[k].is) != 0))
            fail_msg("%s: %s", MAIL[k].given, is ? is : "none");
    }
    wijk_cx_end(cx);
}

static void test_ids(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(wijk_partner_id(cx, WIJK_STR("Stichting «De Línde» & Co.")), "stichting-de-linde-co");
    assert_string_equal(wijk_partner_id(cx, WIJK_STR("!?")), "");
    assert_true(wijk_partner_id_good(WIJK_STR("basisschool-3")));
    assert_false(wijk_partner_id_good(WIJK_STR("-x")));
    assert_false(wijk_partner_id_good(WIJK_STR("x--y")));
    assert_false(wijk_partner_id_good(WIJK_STR("Linde")));
    assert_false(wijk_partner_id_good(WIJK_STR("")));
    for (int k = 0; k < WIJK_PARTNER_KIND_COUNT; k++) {
        enum wijk_partner_kind kind;
        assert_true(
            wijk_partner_kind_parse(wijk_str(wijk_partner_kind_id((enum wijk_partner_kind)k)), &kind));
        assert_int_equal(kind, k);
    }
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reach), cmocka_unit_test(test_cover),
                                       cmocka_unit_test(test_names), cmocka_unit_test(test_contacts),
                                       cmocka_unit_test(test_ids)};
    return cmocka_run_group_tests_name("people partner", tests, NULL, NULL);
}
