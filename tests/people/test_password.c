/* SPDX-License-Identifier: EUPL-1.2 */
/* What a guesser tries first is refused, what is long and one's own is taken; names that look alike cannot
 * be. */
#include "people/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static struct wijk_cx *cx;

static const char *refused(const char *password)
{
    return wijk_password_refused(cx, wijk_str(password), "noor.devries", "Lindewaard");
}

static void test_refused(void **state)
{
    static const struct {
        const char *password, *word;
    } CASE[] = {{"", "12 tekens"},
                {"kort", "12 tekens"},
                {"elf tekens!", "12 tekens"},
                {"éééééééééé1", "12 tekens"},
                {"aaaaaaaaaaaaaa", "herhaling"},
                {"abcabcabcabcabc", "herhaling"},
                {"123456789012", "rij"},
                {"987654321098", "rij"},
                {"qwertyuiop12", "rij"},
                {"Qwertyuiopasdfghjkl", "rij"},
                {"1qaz2wsx3edc", "rij"},
                {"abcdefghijkl!", "rij"},
                {"Wachtwoord2026!", "iedereen kiest"},
                {"W@chtw00rd!!!!", "iedereen kiest"},
                {"welkomwelkomgeheim", "iedereen kiest"},
                {"Lente2026!!!!!", "iedereen kiest"},
                {"AmsterdamAjax1", "iedereen kiest"},
                {"Wijkregie2026!", "iedereen kiest"},
                {"noordevries-1", "naam"},
                {"Lindewaard2026", "naam"},
                {"\xff\xfe-geen-utf8-tekst", "tekens die niet kunnen"}};
    (void)state;
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        const char *why = refused(CASE[k].password);
        if (!why || !strstr(why, CASE[k].word)) fail_msg("«%s»: %s", CASE[k].password, why ? why : "taken");
    }
    char *giant = wijk_alloc(cx, 5000);
    memset(giant, 'x', 4999);
    assert_non_null(strstr(refused(giant), "te lang"));
}

static void test_taken(void **state)
{
    static const char *const GOOD[] = {"vier paarden eten soms regen", "correct horse battery",
                                       "J4n-loopt-n4ar-zee",           "длинная фраза про дождь",
                                       "kKx82-pqLm-33zz-vO",           "noorderlicht boven zee"};
    (void)state;
    for (size_t k = 0; k < sizeof GOOD / sizeof *GOOD; k++) {
        const char *why = refused(GOOD[k]);
        if (why) fail_msg("«%s»: %s", GOOD[k], why);
    }
}

/* Only words of the list, over and over: found out in no time, however often a piece could start. */
static void test_long_words(void **state)
{
    char text[1001];
    (void)state;
    for (size_t k = 0; k < 1000; k++) text[k] = "wijkteamwijk"[k % 12];
    text[990] = 'q';
    text[1000] = 0;
    assert_null(refused(text) && strstr(refused(text), "niet kunnen") ? "odd" : NULL);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(wijk_signin_name(cx, WIJK_STR(" Noor.deVries@Wijk ")), "noor.devries@wijk");
    static const char *const BAD[] = {"",
                                      "1noor",
                                      ".noor",
                                      "no or",
                                      "n\xc3\xb6r",
                                      "n\xd0\xbeor",
                                      "noor/..",
                                      ("noor\n"
                                       "x")};
    for (size_t k = 0; k < sizeof BAD / sizeof *BAD; k++) assert_null(wijk_signin_name(cx, wijk_str(BAD[k])));
    assert_null(wijk_signin_name(cx, (struct wijk_str){"no\0or", 5}));
    assert_string_equal(wijk_shown_name(cx, WIJK_STR("Noor d'Angelo-Sørensen")), "Noor d'Angelo-Sørensen");
    assert_null(wijk_shown_name(cx, WIJK_STR("N\xd0\xbeor"))); /* a Cyrillic o */
    assert_null(wijk_shown_name(cx, WIJK_STR("Noor\xe2\x80\xaetxt")));
    assert_null(wijk_shown_name(cx, WIJK_STR("...")));
}

int main(void)
{
    cx = wijk_cx_new(WIJK_NL);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), cmocka_unit_test(test_taken),
                                       cmocka_unit_test(test_long_words), cmocka_unit_test(test_names)};
    int failed = cmocka_run_group_tests_name("people password", tests, NULL, NULL);
    wijk_cx_end(cx);
    return failed;
}
