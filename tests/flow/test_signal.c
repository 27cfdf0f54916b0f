/* SPDX-License-Identifier: EUPL-1.2 */
/* Signals from placing to answering: who may do and see what, that no text about a person comes in, that
 * every write has its row without the text, and that nobody is told a count below five, not even by
 * subtracting. */
#include "flow/signal_flow.h"

#include "people.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUURTEN = 6, OTHER = 5 };
static char folder[] = "/tmp/wijk-signal-XXXXXX";
static const int64_t NOW = 1790000000; /* 2026-09-21 */
static const struct wijk_xy CORNER = {131000, 456000};
static const char *const BUURT[BUURTEN] = {"BU99010101", "BU99010102", "BU99010103",
                                           "BU99010201", "BU99010202", "BU99020101"};
static const char *const NAME[BUURTEN] = {"Dorp", "Johanna Oord", "Hof", "Werf", "Kade", "Elders"};
static const struct wijk_theme THEME[] = {{.id = "afval", .label_nl = "Afval", .label_en = "Waste"},
                                          {.id = "jeugd", .label_nl = "Jeugd", .label_en = "Youth"}};
static const struct wijk_defs DEFS = {.n_theme = 2, .theme = THEME};

static struct wijk_cx *cx;
static struct wijk_store *store;
static const struct wijk_snapshot *s;
static int64_t accounts;

/* Six buurten in a row, 500 m wide, in three wijken and two gemeenten. */
static enum wijk_err town(struct wijk_cx *c, struct wijk_store *st, void *arg)
{
    struct wijk_area b[BUURTEN] = {0}, w[3] = {0}, g[2] = {0};
    static const char *const W[] = {"WK990101", "WK990102", "WK990201"}, *const G[] = {"GM9901", "GM9902"};
    (void)arg;
    for (size_t k = 0; k < BUURTEN; k++) {
        size_t in = k < 3 ? 0 : k < 5 ? 1 : 2;
        b[k] = (struct wijk_area){BUURT[k], NAME[k], W[in], 700,
                                  box_at(c, CORNER, 500.0 * (double)k, 500.0 * (double)(k + 1))};
    }
    for (size_t k = 0; k < 3; k++) w[k] = (struct wijk_area){W[k], W[k], G[k / 2], 2100, NULL};
    for (size_t k = 0; k < 2; k++) g[k] = (struct wijk_area){G[k], G[k], NULL, 4000, NULL};
    const struct wijk_areas all[] = {{WIJK_LEVEL_GEMEENTE, 2025, 2, g},
                                     {WIJK_LEVEL_WIJK, 2025, 3, w},
                                     {WIJK_LEVEL_BUURT, 2025, BUURTEN, b}};
    for (size_t k = 0; k < 3; k++) WIJK_TRY(wijk_store_save_areas(c, st, &all[k]));
    return WIJK_OK;
}

static int begin(void **state)
{
    (void)state;
    cx = wijk_cx_new(WIJK_NL);
    accounts = 0;
    must(cx, wijk_store_create(cx, wijk_sprintf(cx, "%s/%d.gpkg", folder, rand()), &store));
    must(cx, wijk_store_in_transaction(cx, store, town, NULL));
    must(cx, wijk_flow_snapshot(cx, store, &DEFS, (struct wijk_snapshot_opt){.geometry = true}, &s));
    return 0;
}

static int end(void **state)
{
    (void)state;
    log_holds(cx, store);
    wijk_store_close(store);
    wijk_cx_end(cx);
    return 0;
}

/* A new account with one role, signed in with a second step. */
static struct wijk_actor member(enum wijk_role role, const char *gemeente, const char *partner)
{
    struct wijk_account a = {.name = wijk_sprintf(cx, "n%lld", (long long)++accounts),
                             .shown = "Noor",
                             .state = WIJK_ACCOUNT_ACTIVE,
                             .gemeente = "GM9901",
                             .made_at = NOW};
    struct wijk_grant *g = WIJK_NEW(cx, struct wijk_grant, 1);
    *g = (struct wijk_grant){gemeente, partner, role};
    must(cx, wijk_store_add_account(cx, store, &a));
    return (struct wijk_actor){a.id, g, 1, true, WIJK_SCOPES_ALL};
}

static struct wijk_deed by(const struct wijk_actor *a)
{
    return (struct wijk_deed){a, "web", NOW, NULL};
}

static enum wijk_err try_place(const struct wijk_actor *a, size_t buurt, const char *theme,
                               const char *sentence, struct wijk_signal_view *v)
{
    struct wijk_deed d = by(a);
    const struct wijk_flow_signal_in in = {.buurt = BUURT[buurt],
                                           .theme = theme,
                                           .sentence = sentence,
                                           .sure = WIJK_SURE_SEEN,
                                           .sharing = WIJK_SHARING_PARTNERS};
    return wijk_flow_signal_place(cx, store, s, &d, &in, v);
}

static struct wijk_signal_view placed(const struct wijk_actor *a, size_t buurt, const char *theme)
{
    struct wijk_signal_view v;
    must(cx, try_place(a, buurt, theme, "Veel afval naast de containers.", &v));
    return v;
}

static enum wijk_err see(const struct wijk_actor *a, const char *name)
{
    struct wijk_deed d = by(a);
    struct wijk_signal_view v;
    return wijk_flow_signal(cx, store, s, &d, name, &v);
}

static size_t listed(const struct wijk_actor *a, bool mine)
{
    struct wijk_deed d = by(a);
    const struct wijk_signal_view *v;
    size_t n;
    must(cx, wijk_flow_signals(cx, store, s, &d, &(struct wijk_flow_signals_in){.mine = mine}, &v, &n));
    return n;
}

static void test_placing(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"), nobody = {0},
                      council = member(WIJK_ROLE_COUNCIL, "GM9901", ""), alone = prof;
    struct wijk_signal_view v = placed(&prof, 0, "afval");
    assert_string_equal(v.buurt_name, "Dorp");
    assert_string_equal(v.signal.partner, "wmd");
    assert_string_equal(v.partner_name, "wmd"); /* nobody told its name */
    assert_int_equal(v.signal.quarter, 20263);
    assert_int_equal(strlen(v.signal.name), WIJK_SIGNAL_NAME);
    assert_true(v.mine && v.may_change && !v.may_answer);
    assert_int_equal(try_place(&nobody, 0, "afval", "Veel afval op straat.", &v), WIJK_ELOGIN);
    assert_int_equal(try_place(&council, 0, "afval", "Veel afval op straat.", &v), WIJK_EDENIED);
    assert_int_equal(try_place(&prof, OTHER, "afval", "Veel afval op straat.", &v), WIJK_ENOTFOUND);
    alone.second = false;
    assert_int_equal(try_place(&alone, 0, "afval", "Veel afval op straat.", &v), WIJK_EDENIED);
    assert_int_equal(try_place(&prof, 0, "vuil", "Veel afval op straat.", &v), WIJK_EDATA);
    assert_int_equal(try_place(&prof, 0, "afval", "Kort.", &v), WIJK_EDATA);
    char *longer = WIJK_NEW(cx, char, WIJK_SIGNAL_WORDS_MAX + 2);
    memset(longer, 'a', WIJK_SIGNAL_WORDS_MAX + 1);
    assert_int_equal(try_place(&prof, 0, "afval", longer, &v), WIJK_EDATA);
    assert_int_equal(try_place(&prof, 0, "afval", "Mevrouw Jansen klaagt over stank.", &v), WIJK_EPERSONAL);
    assert_int_equal(try_place(&prof, 0, "afval", "Stank op Dorpsstraat 12a.", &v), WIJK_EPERSONAL);
    assert_int_equal(try_place(&prof, 0, "afval", "Stank bij Johanna Oord.", &v), WIJK_OK); /* a buurt */
    assert_int_equal(listed(&prof, true), 2);
}

static void test_circle(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd");
    struct wijk_deed d = by(&prof);
    struct wijk_signal_view v;
    struct wijk_flow_signal_in in = {.centre = {131743.7, 456261.3},
                                     .radius = 150,
                                     .theme = "jeugd",
                                     .sentence = "Jongeren vervelen zich hier.",
                                     .sharing = WIJK_SHARING_PARTNERS};
    must(cx, wijk_flow_signal_place(cx, store, s, &d, &in, &v));
    assert_int_equal(v.signal.x, 131700);
    assert_int_equal(v.signal.y, 456300);
    assert_string_equal(v.signal.buurt, BUURT[1]);
    in.radius = 99;
    assert_int_equal(wijk_flow_signal_place(cx, store, s, &d, &in, &v), WIJK_EDATA);
    in.radius = WIJK_SIGNAL_RADIUS_MAX + 1;
    assert_int_equal(wijk_flow_signal_place(cx, store, s, &d, &in, &v), WIJK_EDATA);
    in.radius = 100, in.centre = (struct wijk_xy){120000, 456300};
    assert_int_equal(wijk_flow_signal_place(cx, store, s, &d, &in, &v), WIJK_EDATA);
    in.centre = (struct wijk_xy){NAN, 456300};
    assert_int_equal(wijk_flow_signal_place(cx, store, s, &d, &in, &v), WIJK_EDATA);
    in.radius = 0, in.buurt = BUURT[0], in.sharing = WIJK_SHARING_PUBLIC;
    assert_int_equal(wijk_flow_signal_place(cx, store, s, &d, &in, &v), WIJK_EDATA);
}

static void test_who_sees_it(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"),
                      mate = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"),
                      corp = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "corp"),
                      director = member(WIJK_ROLE_DIRECTOR, "GM9901", ""),
                      council = member(WIJK_ROLE_COUNCIL, "GM9901", ""),
                      auditor = member(WIJK_ROLE_AUDITOR, "GM9901", ""),
                      foreign = member(WIJK_ROLE_DIRECTOR, "GM9902", ""), nobody = {0};
    struct wijk_signal_view v = placed(&prof, 0, "afval");
    struct wijk_deed d = by(&prof);
    const char *name = v.signal.name;
    const struct wijk_actor *yes[] = {&prof, &mate, &corp, &director, &auditor}, *no[] = {&council, &foreign};
    for (size_t k = 0; k < 5; k++) assert_int_equal(see(yes[k], name), WIJK_OK);
    for (size_t k = 0; k < 2; k++) assert_int_equal(see(no[k], name), WIJK_ENOTFOUND);
    assert_int_equal(see(&nobody, name), WIJK_ELOGIN);
    assert_int_equal(listed(&corp, false), 1);
    assert_int_equal(listed(&foreign, false), 0);
    struct wijk_flow_signal_change in = {
        .version = 1, .sure = WIJK_SURE_COUNT, .sharing = WIJK_SHARING_ORGANISATION};
    must(cx, wijk_flow_signal_change(cx, store, s, &d, name, &in, &v));
    assert_int_equal(v.signal.version, 2);
    assert_int_equal(see(&mate, name), WIJK_OK);
    assert_int_equal(see(&corp, name), WIJK_ENOTFOUND);
    assert_int_equal(listed(&corp, false), 0);
    assert_int_equal(listed(&mate, false), 1);
    assert_int_equal(listed(&auditor, false), 1);
    in = (struct wijk_flow_signal_change){
        .version = 2, .sure = WIJK_SURE_COUNT, .sharing = WIJK_SHARING_DRAFT};
    must(cx, wijk_flow_signal_change(cx, store, s, &d, name, &in, &v));
    assert_int_equal(see(&mate, name), WIJK_ENOTFOUND);
    assert_int_equal(listed(&mate, false), 0);
    assert_int_equal(listed(&prof, true), 1);
}

static void test_changing(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"),
                      mate = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd");
    struct wijk_signal_view v = placed(&prof, 0, "afval");
    const char *name = v.signal.name;
    struct wijk_deed mine = by(&prof), other = by(&mate);
    struct wijk_flow_signal_change in = {.version = 1,
                                         .sentence = "Nu ligt er ook glas.",
                                         .theme = "jeugd",
                                         .sure = WIJK_SURE_OFTEN,
                                         .sharing = WIJK_SHARING_COUNT};
    assert_int_equal(wijk_flow_signal_change(cx, store, s, &other, name, &in, &v), WIJK_EDENIED);
    must(cx, wijk_flow_signal_change(cx, store, s, &mine, name, &in, &v));
    assert_string_equal(v.signal.sentence, "Nu ligt er ook glas.");
    assert_int_equal(v.signal.sharing, WIJK_SHARING_PARTNERS);
    assert_int_equal(wijk_flow_signal_change(cx, store, s, &mine, name, &in, &v), WIJK_ECONFLICT);
    in.version = 2, in.sentence = "Het is van Kevin Bakker.";
    assert_int_equal(wijk_flow_signal_change(cx, store, s, &mine, name, &in, &v), WIJK_EPERSONAL);
    in.withdraw = true;
    must(cx, wijk_flow_signal_change(cx, store, s, &mine, name, &in, &v));
    assert_string_equal(v.signal.sentence, "");
    assert_int_equal(see(&mate, name), WIJK_ENOTFOUND);
    assert_int_equal(see(&prof, name), WIJK_OK);
    in.version = 3;
    assert_int_equal(wijk_flow_signal_change(cx, store, s, &mine, name, &in, &v), WIJK_EDATA);
}

static void test_answering(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"),
                      director = member(WIJK_ROLE_DIRECTOR, "GM9901", ""),
                      foreign = member(WIJK_ROLE_DIRECTOR, "GM9902", "");
    struct wijk_signal_view v = placed(&prof, 0, "afval");
    const char *name = v.signal.name;
    struct wijk_deed mine = by(&prof), d = by(&director), f = by(&foreign);
    static const char WORDS[] = "Er komt een container bij.";
    assert_int_equal(wijk_flow_signal_answer(cx, store, s, &mine, name, WIJK_SIGNAL_END_LED, WORDS, &v),
                     WIJK_EDENIED);
    assert_int_equal(wijk_flow_signal_answer(cx, store, s, &f, name, WIJK_SIGNAL_END_LED, WORDS, &v),
                     WIJK_ENOTFOUND);
    assert_int_equal(
        wijk_flow_signal_answer(cx, store, s, &d, name, WIJK_SIGNAL_END_LED, "Vraag dhr. de Wit.", &v),
        WIJK_EPERSONAL);
    must(cx, wijk_flow_signal_answer(cx, store, s, &d, name, WIJK_SIGNAL_END_LED, WORDS, &v));
    must(cx, wijk_flow_signal_answer(cx, store, s, &d, name, WIJK_SIGNAL_END_USED, "het wijkplan", &v));
    must(cx, wijk_flow_signal(cx, store, s, &mine, name, &v));
    assert_int_equal(v.signal.state, WIJK_SIGNAL_ANSWERED);
    assert_int_equal(v.n_reply, 2);
    assert_string_equal(v.reply[0].words, WORDS);
    struct wijk_flow_signal_change in = {.version = v.signal.version,
                                         .sentence = "Iets heel anders nu.",
                                         .sure = WIJK_SURE_COUNT,
                                         .sharing = WIJK_SHARING_COUNT};
    assert_int_equal(wijk_flow_signal_change(cx, store, s, &mine, name, &in, &v), WIJK_EDATA);
    const struct wijk_signal_view *list;
    size_t n;
    placed(&prof, 1, "jeugd");
    must(cx, wijk_flow_signals(cx, store, s, &d, &(struct wijk_flow_signals_in){.gemeente = "GM9901"}, &list,
                               &n));
    assert_int_equal(n, 2);
    assert_int_equal(list[0].n_reply, 0);
    assert_int_equal(list[1].n_reply, 2);
    must(cx,
         wijk_flow_signals(
             cx, store, s, &d,
             &(struct wijk_flow_signals_in){.gemeente = "GM9901", .before = list[0].signal.name}, &list, &n));
    assert_int_equal(n, 1);
    must(cx, wijk_flow_signals(
                 cx, store, s, &d,
                 &(struct wijk_flow_signals_in){.gemeente = "GM9901", .buurt = BUURT[1], .theme = "jeugd"},
                 &list, &n));
    assert_int_equal(n, 1);
}

/* Each write has one row, and no row holds a word of what was written. */
static void test_log(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"),
                      director = member(WIJK_ROLE_DIRECTOR, "GM9901", "");
    struct wijk_signal_view v = placed(&prof, 0, "afval");
    struct wijk_deed mine = by(&prof), d = by(&director);
    must(cx, wijk_flow_signal_answer(cx, store, s, &d, v.signal.name, WIJK_SIGNAL_END_LED, "Er komt een bak.",
                                     &v));
    struct wijk_flow_signal_change in = {
        .version = 2, .withdraw = true, .sure = WIJK_SURE_COUNT, .sharing = WIJK_SHARING_COUNT};
    must(cx, wijk_flow_signal_change(cx, store, s, &mine, v.signal.name, &in, &v));
    in.version = 7; /* refused: no row */
    assert_int_equal(wijk_flow_signal_change(cx, store, s, &mine, v.signal.name, &in, &v), WIJK_ECONFLICT);
    const struct wijk_audit *row;
    size_t n;
    must(cx, wijk_store_read_audit(cx, store, &(struct wijk_audit_ask){.n_max = 10}, &row, &n));
    assert_int_equal(n, 3);
    for (size_t k = 0; k < n; k++) {
        assert_string_equal(row[k].object, v.signal.name);
        assert_string_equal(row[k].gemeente, "GM9901");
        assert_null(strstr(row[k].after, "containers"));
        assert_null(strstr(row[k].after, "een bak"));
    }
    assert_int_equal(row[0].done, WIJK_DONE_REMOVE);
    assert_non_null(strstr(row[2].after, "\"tekens\":31"));
}

static struct wijk_signal_counts counted(const char *code)
{
    struct wijk_signal_counts c;
    must(cx, wijk_flow_signal_counts(cx, store, s, code, NOW, &c));
    return c;
}

static bool shown(const struct wijk_signal_counts *c, size_t theme)
{
    return wijk_status_valued(c->count[theme * WIJK_SIGNAL_QUARTERS + WIJK_SIGNAL_QUARTERS - 1].status);
}

static void test_counts(void **state)
{
    (void)state;
    struct wijk_actor prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd"),
                      mate = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "corp");
    struct wijk_signal_counts c = counted("GM9901");
    assert_int_equal(c.quarter[3], 20263);
    assert_int_equal(c.quarter[0], 20254);
    for (int k = 0; k < 11; k++) placed(k % 2 ? &prof : &mate, 0, "afval");
    for (int k = 0; k < 3; k++) placed(&prof, 1, "afval");
    c = counted(BUURT[0]);
    double told = c.count[3].value;
    c = counted(BUURT[1]);
    assert_false(shown(&c, 0));
    assert_false(shown(&c, 2));
    /* The wijk has 14 and one buurt of it 11: were both told, the other would be known. */
    struct wijk_signal_counts whole = counted("WK990101"), all = counted("GM9901"), first = counted(BUURT[0]);
    assert_true(!shown(&whole, 0) || !shown(&first, 0) || fabs(whole.count[3].value - told) >= 5 ||
                whole.count[3].rounded_to >= 5);
    if (shown(&all, 2)) assert_int_equal((int)all.count[2 * WIJK_SIGNAL_QUARTERS + 3].value % 5, 0);
    struct wijk_disclosed others;
    struct wijk_signal_view v = placed(&prof, 1, "jeugd");
    must(cx, wijk_flow_signal_others(cx, store, &v.signal, &others));
    assert_false(wijk_status_valued(others.status) && others.value > 0);
    for (int k = 0; k < 6; k++) {
        struct wijk_actor more = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd");
        placed(&more, 1, "jeugd");
    }
    must(cx, wijk_flow_signal_others(cx, store, &v.signal, &others));
    assert_true(others.value == 5); /* six, rounded */
    assert_int_equal(wijk_flow_signal_counts(cx, store, s, "BU99010999", NOW, &c), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_signal_counts(cx, store, s, "1234", NOW, &c), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_signal_counts(cx, store, s, "x", NOW, &c), WIJK_ENOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_placing, begin, end),
        cmocka_unit_test_setup_teardown(test_circle, begin, end),
        cmocka_unit_test_setup_teardown(test_who_sees_it, begin, end),
        cmocka_unit_test_setup_teardown(test_changing, begin, end),
        cmocka_unit_test_setup_teardown(test_answering, begin, end),
        cmocka_unit_test_setup_teardown(test_log, begin, end),
        cmocka_unit_test_setup_teardown(test_counts, begin, end),
    };
    if (!mkdtemp(folder)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
