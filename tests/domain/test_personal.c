/* SPDX-License-Identifier: EUPL-1.2 */
/* What points at a person is found; what merely looks a little like it is let through. */
#include "domain/domain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const char *cases_path;

static void in_text(const char *text, enum wijk_personal want)
{
    enum wijk_personal found = wijk_personal_in_text(wijk_str(text));
    if (found != want) print_error("«%s»\n", text);
    assert_int_equal(found, want);
}

static void test_free_text(void **state)
{
    (void)state;
    in_text("Bewoner met bsn 111222333 belde.", WIJK_PERSONAL_BSN);
    in_text("nummer 123.456.782, zie dossier", WIJK_PERSONAL_BSN);
    in_text("nummer 123456789", WIJK_PERSONAL_NONE);
    in_text("jan.jansen@voorbeeld.nl", WIJK_PERSONAL_EMAIL);
    in_text("vraag het a@b", WIJK_PERSONAL_NONE);
    in_text("prijs @ 12 euro", WIJK_PERSONAL_NONE);
    in_text("bel 06-12345678 na vijven", WIJK_PERSONAL_PHONE);
    in_text("bel +31 50 123 45 67", WIJK_PERSONAL_PHONE);
    in_text("bel 0031501234567", WIJK_PERSONAL_PHONE);
    in_text("(zie 050-1234567)", WIJK_PERSONAL_PHONE);
    in_text("in 2012-2025 daalde het van 0,5 naar 0,25", WIJK_PERSONAL_NONE);
    in_text("overlast bij 9712 AB 14", WIJK_PERSONAL_ADDRESS);
    in_text("overlast bij 9712AB, 14-2", WIJK_PERSONAL_ADDRESS);
    in_text("in postcode 9712 AB", WIJK_PERSONAL_NONE);
    in_text("Dorpsstraat 12 geeft overlast", WIJK_PERSONAL_ADDRESS);
    in_text("de weg 12 jaar later", WIJK_PERSONAL_NONE);
    in_text("Dorpsstraat 1960-1975 gebouwd", WIJK_PERSONAL_NONE);
    in_text("Rond het Marktplein is het 's avonds onrustig.", WIJK_PERSONAL_NONE);
    in_text("Stichting Johanna de Vries", WIJK_PERSONAL_NONE); /* names are for wijk_personal_find() */
    in_text("", WIJK_PERSONAL_NONE);
}

/* personal.cases: a kind (or -), blanks, a sentence. */
static void test_sentences_of_the_case_file(void **state)
{
    (void)state;
    FILE *f = fopen(cases_path, "r");
    assert_non_null(f);
    char line[512];
    size_t stopped = 0, through = 0, wrong = 0;
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !line[0]) continue;
        size_t n = strcspn(line, " ");
        const char *text = line + n + strspn(line + n, " ");
        line[n] = '\0';
        struct wijk_personal_place place[WIJK_PERSONAL_PLACES];
        size_t any = wijk_personal_find(wijk_str(text), NULL, place);
        const char *found = any ? wijk_personal_id(place[0].kind) : "-";
        *(strcmp(line, "-") == 0 ? &through : &stopped) += 1;
        if (strcmp(found, line) == 0) continue;
        print_error("%s, not %s: «%s»\n", found, line, text);
        wrong++;
    }
    (void)fclose(f);
    assert_int_equal(wrong, 0);
    assert_true(stopped >= 50 && through >= 40);
}

static bool is_selwerd(void *self, struct wijk_str words)
{
    ++*(int *)self;
    return wijk_str_eq(words, WIJK_STR("Johanna Oord"));
}

static void place_is(struct wijk_str text, const struct wijk_personal_place *p, const char *want)
{
    char got[64];
    assert_true(p->to > p->from && p->to <= text.n && p->to - p->from < sizeof got);
    memcpy(got, text.p + p->from, p->to - p->from);
    got[p->to - p->from] = '\0';
    assert_string_equal(got, want);
}

static void test_it_says_where(void **state)
{
    (void)state;
    struct wijk_personal_place p[WIJK_PERSONAL_PLACES];
    struct wijk_str text =
        WIJK_STR("Één keer: mevrouw De Wit, Dorpsstraat 12a, jan@voorbeeld.nl of 06-12345678.");
    assert_int_equal(wijk_personal_find(text, NULL, p), 4);
    place_is(text, &p[0], "mevrouw De Wit");
    place_is(text, &p[1], "Dorpsstraat 12a");
    place_is(text, &p[2], "jan@voorbeeld.nl");
    place_is(text, &p[3], "06-12345678");
    int asked = 0;
    struct wijk_personal_known known = {is_selwerd, &asked};
    assert_int_equal(wijk_personal_find(WIJK_STR("Onrust bij Johanna Oord."), &known, p), 0);
    assert_int_equal(wijk_personal_find(WIJK_STR("Onrust bij Johanna Dijk."), &known, p), 1);
    assert_int_equal(asked, 2);
    text = WIJK_STR(
        "Jan Pot, Piet Pot, Kees Pot, Klaas Pot, Fatima Pot, Anna Pot, Truus Pot, Hans Pot, Rob Pot");
    assert_int_equal(wijk_personal_find(text, NULL, p), WIJK_PERSONAL_PLACES);
    place_is(text, &p[7], "Hans Pot");
}

static enum wijk_personal column(const char *header, const char *const *cell)
{
    struct wijk_personal_column c = wijk_personal_column(wijk_str(header));
    for (; *cell; cell++) wijk_personal_see(&c, wijk_str(*cell));
    return wijk_personal_verdict(&c);
}
#define COLUMN(header, ...) column(header, (const char *const[]){__VA_ARGS__, NULL})

static void test_columns_by_name_and_cells(void **state)
{
    (void)state;
    assert_int_equal(COLUMN("BSN", "", "111222333"), WIJK_PERSONAL_BSN);
    assert_int_equal(COLUMN("bsn", "ja", "nee"), WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("klant", "111222333", "123456782", "111222333", "123456782", "111222333"),
                     WIJK_PERSONAL_BSN);
    assert_int_equal(COLUMN("omzet", "111222333", "123456789", "200000001", "300000007", "111111111"),
                     WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("contact", "balie", "info@voorbeeld.nl", "balie"), WIJK_PERSONAL_EMAIL);
    assert_int_equal(COLUMN("contact", "050-1234567", "", "06 12345678"), WIJK_PERSONAL_PHONE);
    assert_int_equal(COLUMN("Telefoon", "0501234567"), WIJK_PERSONAL_PHONE);
    assert_int_equal(COLUMN("sleutel", "0501234567", "geen", "geen"), WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("Geboortedatum", "30-05-1961"), WIJK_PERSONAL_BIRTH);
    assert_int_equal(COLUMN("geboorte_totaal", "30", "15"), WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("Voornaam", "Sanne", "Mo"), WIJK_PERSONAL_NAME);
    assert_int_equal(COLUMN("buurtnaam", "Centrum", "Oost"), WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("Huisnummer", "12", "14"), WIJK_PERSONAL_ADDRESS);
    assert_int_equal(COLUMN("plek", "Kerkstraat 12", "Laan van Oost 3"), WIJK_PERSONAL_ADDRESS);
    assert_int_equal(COLUMN("wijk", "Wijk 01 Centrum", "Wijk 02 Noord"), WIJK_PERSONAL_NONE);
}

static void test_dates_of_a_lifetime_are_birth_dates(void **state)
{
    (void)state;
    struct wijk_personal_column births = wijk_personal_column(WIJK_STR("datum")), permits = births;
    char cell[16];
    for (int i = 0; i < 12; i++) {
        (void)snprintf(cell, sizeof cell, "%02d-%02d-%d", 1 + i, 1 + i, 1932 + 6 * i);
        wijk_personal_see(&births, wijk_str(cell));
        (void)snprintf(cell, sizeof cell, "%d-%02d-11", 2012 + i, 1 + i);
        wijk_personal_see(&permits, wijk_str(cell));
    }
    assert_int_equal(wijk_personal_verdict(&births), WIJK_PERSONAL_BIRTH);
    assert_int_equal(wijk_personal_verdict(&permits), WIJK_PERSONAL_NONE);
}

static void test_points_finer_than_a_square(void **state)
{
    (void)state;
    assert_int_equal(COLUMN("lat", "53.21934", "53.20177"), WIJK_PERSONAL_POINT);
    assert_int_equal(COLUMN("x_coord", "233717", "234119"), WIJK_PERSONAL_POINT);
    assert_int_equal(COLUMN("x_coord", "233700", "234100"), WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("x", "12", "14"), WIJK_PERSONAL_NONE);
    assert_int_equal(COLUMN("inwoners", "233717", "234119"), WIJK_PERSONAL_NONE);
}

static void test_every_kind_has_words(void **state)
{
    (void)state;
    for (int p = WIJK_PERSONAL_NONE + 1; p < WIJK_PERSONAL_COUNT; p++) {
        assert_true(wijk_personal_id((enum wijk_personal)p)[0] != '\0');
        assert_true(wijk_personal_words((enum wijk_personal)p)[0] != '\0');
        assert_true(wijk_personal_advice((enum wijk_personal)p)[0] != '\0');
    }
}

int main(int argc, char **argv)
{
    cases_path = argc > 1 ? argv[1] : "personal.cases";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_free_text),
        cmocka_unit_test(test_sentences_of_the_case_file),
        cmocka_unit_test(test_it_says_where),
        cmocka_unit_test(test_columns_by_name_and_cells),
        cmocka_unit_test(test_dates_of_a_lifetime_are_birth_dates),
        cmocka_unit_test(test_points_finer_than_a_square),
        cmocka_unit_test(test_every_kind_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
