/* SPDX-License-Identifier: EUPL-1.2 */
/* A gemeente from its first beheerder on: invited, signed in with a second step, given and taken roles by
 * two, stopped and removed; what is stolen, late, foreign or alone is refused, and every deed has its row. */
#include "flow/people_flow.h"

#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-people-XXXXXX";
static const char PHRASE[] = "vier paarden eten soms regen";
static const int64_t NOW = 1790000000;
static struct wijk_cx *cx;
static struct wijk_store *store;
static const struct wijk_deed MACHINE = {NULL, "opdrachtregel", 1790000000, NULL};

static int begin(void **state)
{
    (void)state;
    cx = wijk_cx_new(WIJK_NL);
    must(cx, wijk_store_create(cx, wijk_sprintf(cx, "%s/%d.gpkg", folder, rand()), &store));
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

static struct wijk_flow_invite invited(const struct wijk_deed *d, const char *name, enum wijk_role role,
                                       const char *gemeente, const char *partner)
{
    struct wijk_flow_invite out;
    must(cx, wijk_flow_invite(cx, store, d,
                              &(struct wijk_flow_invite_in){name, NULL, {gemeente, partner, role}}, &out));
    return out;
}

static void choose(const char *ticket)
{
    const char *kept;
    must(cx, wijk_flow_password(cx, store, ticket, WIJK_STR(PHRASE), NOW, &kept));
    must(cx, wijk_flow_ticket_use(cx, store, &MACHINE, ticket, kept));
}

/* An active account with a role, and its actor with a second step. */
static struct wijk_actor member(const char *name, enum wijk_role role, const char *gemeente,
                                const char *partner)
{
    struct wijk_flow_invite in = invited(&MACHINE, name, role, gemeente, partner);
    const struct wijk_account *a;
    choose(in.ticket);
    must(cx, wijk_store_read_account(cx, store, in.account, &a));
    return (struct wijk_actor){a->id, a->grant, a->n_grant, true, WIJK_SCOPES_ALL};
}

static struct wijk_deed by(const struct wijk_actor *a, const char *why)
{
    return (struct wijk_deed){a, "web", NOW, why};
}

static struct wijk_flow_signin sign_in(const char *name, const char *password, const char *code, int64_t now,
                                       struct wijk_flow_look *look)
{
    struct wijk_flow_signin out;
    struct wijk_actor nobody = {0};
    struct wijk_deed d = {&nobody, "web", now, NULL};
    must(cx,
         wijk_flow_look(cx, store, &(struct wijk_flow_signin_in){name, wijk_str(password), wijk_str(code)},
                        now, look));
    must(cx, wijk_flow_sign_in(cx, store, &d, look, "Firefox\x1b[2J", &out));
    return out;
}

static size_t rows_of(enum wijk_done done)
{
    const struct wijk_audit *v;
    size_t n, count = 0;
    must(cx, wijk_flow_audit(cx, store, &MACHINE, &(struct wijk_audit_ask){.n_max = 1000}, &v, &n));
    for (size_t k = 0; k < n; k++) count += v[k].done == done;
    return count;
}

static void test_sign_in(void **state)
{
    struct wijk_flow_look look;
    struct wijk_flow_who who;
    const struct wijk_account *owner;
    (void)state;
    struct wijk_flow_invite in = invited(&MACHINE, "Noor", WIJK_ROLE_ADMIN, "GM9901", "");
    assert_int_equal(sign_in("noor", PHRASE, "", NOW, &look).account, 0); /* no password yet */
    must(cx, wijk_flow_ticket_owner(cx, store, in.ticket, NOW, &owner));
    assert_string_equal(owner->name, "noor");
    assert_int_equal(wijk_flow_ticket_owner(cx, store, in.ticket, NOW + WIJK_INVITE_S, &owner),
                     WIJK_ENOTFOUND);
    const char *kept;
    assert_int_equal(wijk_flow_password(cx, store, in.ticket, WIJK_STR("wachtwoord2026"), NOW, &kept),
                     WIJK_EDATA);
    choose(in.ticket);
    assert_int_equal(wijk_flow_ticket_owner(cx, store, in.ticket, NOW, &owner), WIJK_ENOTFOUND); /* used */
    assert_int_equal(sign_in("noor", "iets anders dan dat", "", NOW, &look).account, 0);
    assert_int_equal(sign_in("piet", PHRASE, "", NOW, &look).account, 0);
    assert_int_equal(rows_of(WIJK_DONE_SIGN_IN_FAILED), 3);
    struct wijk_flow_signin s = sign_in("NOOR ", PHRASE, "", NOW, &look);
    assert_int_equal(s.account, in.account);
    assert_false(s.second);
    must(cx, wijk_flow_session(cx, store, s.token, NOW + 5, &who));
    assert_int_equal(who.account->id, in.account);
    assert_string_equal(who.guard, s.guard);
    must(cx, wijk_flow_session(cx, store, s.guard, NOW + 5, &who)); /* another text */
    assert_null(who.account);
    must(cx, wijk_flow_session(cx, store, s.token, NOW + WIJK_SESSION_IDLE_S, &who));
    assert_null(who.account);
    for (int64_t at = NOW; at < NOW + WIJK_SESSION_S; at += WIJK_SESSION_IDLE_S / 2)
        must(cx, wijk_flow_session_seen(cx, store, s.token, at));
    must(cx, wijk_flow_session(cx, store, s.token, NOW + WIJK_SESSION_S - 1, &who));
    assert_non_null(who.account);
    must(cx, wijk_flow_session(cx, store, s.token, NOW + WIJK_SESSION_S, &who));
    assert_null(who.account);
    const struct wijk_session *list;
    size_t n;
    must(cx, wijk_store_list_sessions(cx, store, in.account, &list, &n));
    assert_string_equal(list[0].device, "Firefox?[2J");
}

static void test_second(void **state)
{
    struct wijk_flow_look look;
    uint8_t secret[WIJK_TOTP_SECRET];
    char ticket[WIJK_SECRET_TEXT];
    struct wijk_flow_who who;
    (void)state;
    choose(invited(&MACHINE, "noor", WIJK_ROLE_ADMIN, "GM9901", "").ticket);
    struct wijk_flow_signin s = sign_in("noor", PHRASE, "", NOW, &look);
    must(cx, wijk_flow_session(cx, store, s.token, NOW, &who));
    struct wijk_deed d = by(&who.actor, NULL);
    const struct wijk_account *list;
    size_t n;
    assert_int_equal(wijk_flow_accounts(cx, store, &d, "GM9901", 0, 10, &list, &n),
                     WIJK_EDENIED); /* first the second step */
    must(cx, wijk_flow_second_begin(cx, store, &d, ticket, secret));
    const char *wrong = wijk_sprintf(cx, "%06u", (wijk_totp_code(secret, NOW / 30) + 1) % 1000000),
               *right = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, NOW / 30)),
               *next = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, NOW / 30 + 1));
    assert_int_equal(wijk_flow_second_set(cx, store, &d, ticket, wijk_str(wrong), who.session), WIJK_EDATA);
    must(cx, wijk_flow_second_set(cx, store, &d, ticket, wijk_str(right), who.session));
    must(cx, wijk_flow_session(cx, store, s.token, NOW, &who));
    assert_true(who.actor.second);
    must(cx, wijk_flow_accounts(cx, store, &d, "GM9901", 0, 10, &list, &n));
    assert_int_equal(n, 1);
    must(cx, wijk_flow_look(cx, store, &(struct wijk_flow_signin_in){"noor", WIJK_STR(PHRASE), WIJK_STR("")},
                            NOW, &look));
    assert_true(look.asks_code);
    assert_int_equal(sign_in("noor", PHRASE, right, NOW, &look).account, 0); /* a code works once */
    assert_true(sign_in("noor", PHRASE, next, NOW + 30, &look).second);
    assert_int_equal(sign_in("noor", PHRASE, next, NOW + 30, &look).account, 0);
    /* The phone is lost: a link takes the second step away as well. */
    struct wijk_flow_invite reset;
    must(cx, wijk_flow_reset(cx, store, &MACHINE, who.account->id, true, &reset));
    choose(reset.ticket);
    must(cx, wijk_flow_session(cx, store, s.token, NOW, &who)); /* every session ended */
    assert_null(who.account);
    assert_false(sign_in("noor", PHRASE, "", NOW, &look).second);
}

static void test_four_eyes(void **state)
{
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", "");
    struct wijk_deed d = by(&noor, "tweede beheerder");
    struct wijk_flow_invite second = invited(&d, "piet", WIJK_ROLE_ADMIN, "GM9901", "");
    assert_int_equal(second.proposal, 0); /* the only beheerder makes a second one */
    choose(second.ticket);
    const struct wijk_account *a;
    must(cx, wijk_store_read_account(cx, store, second.account, &a));
    struct wijk_actor piet = {a->id, a->grant, a->n_grant, true, WIJK_SCOPES_ALL};
    struct wijk_flow_invite third = invited(&d, "gijs", WIJK_ROLE_DIRECTOR, "GM9901", "");
    assert_true(third.proposal > 0);
    must(cx, wijk_store_read_account(cx, store, third.account, &a));
    assert_int_equal(a->n_grant, 0);
    struct wijk_deed decides = by(&piet, NULL);
    assert_int_equal(wijk_flow_role_decide(cx, store, &d, third.proposal, true, NULL),
                     WIJK_EDENIED); /* own proposal */
    assert_int_equal(wijk_flow_role_decide(cx, store, &decides, third.proposal, true, NULL),
                     WIJK_EDENIED); /* in the week after he was invited by who proposed it */
    decides.now = NOW + 7 * 86400;
    must(cx, wijk_flow_role_decide(cx, store, &decides, third.proposal, true, NULL));
    assert_int_equal(wijk_flow_role_decide(cx, store, &decides, third.proposal, true, NULL), WIJK_ECONFLICT);
    must(cx, wijk_store_read_account(cx, store, third.account, &a));
    assert_int_equal(a->grant[0].role, WIJK_ROLE_DIRECTOR);
    const struct wijk_flow_role nothing = {third.account, {"GM9901", "", WIJK_ROLE_DIRECTOR}, false};
    int64_t id;
    assert_int_equal(wijk_flow_role_ask(cx, store, &d, &nothing, &id), WIJK_EDATA); /* has it already */
    const struct wijk_flow_role odd = {third.account, {"GM9901", "", WIJK_ROLE_PROFESSIONAL}, false};
    assert_int_equal(wijk_flow_role_ask(cx, store, &d, &odd, &id), WIJK_EDATA); /* of no organisation */
    struct wijk_deed silent = by(&noor, NULL);
    const struct wijk_flow_role raad = {third.account, {"GM9901", "", WIJK_ROLE_COUNCIL}, false};
    assert_int_equal(wijk_flow_role_ask(cx, store, &silent, &raad, &id), WIJK_EDATA); /* without a reason */
}

/* Two administrators who remove each other: one is left. */
static void test_each_other(void **state)
{
    int64_t away_piet, away_noor;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      piet = member("piet", WIJK_ROLE_ADMIN, "GM9901", "");
    struct wijk_deed n = by(&noor, "weg"), p = by(&piet, "weg");
    const struct wijk_flow_role take_piet = {piet.account, {"GM9901", "", WIJK_ROLE_ADMIN}, true},
                                take_noor = {noor.account, {"GM9901", "", WIJK_ROLE_ADMIN}, true};
    must(cx, wijk_flow_role_ask(cx, store, &n, &take_piet, &away_piet));
    must(cx, wijk_flow_role_ask(cx, store, &p, &take_noor, &away_noor));
    must(cx, wijk_flow_role_decide(cx, store, &p, away_piet, true, NULL)); /* gives its own role away */
    assert_int_equal(wijk_flow_role_decide(cx, store, &n, away_noor, true, NULL), WIJK_EDATA);
    assert_int_equal(wijk_flow_account_stop(cx, store, &MACHINE, noor.account, true),
                     WIJK_EDATA); /* the last one */
    assert_int_equal(wijk_flow_account_remove(cx, store, &n, noor.account), WIJK_EDATA);
    const struct wijk_flow_role none = take_noor;
    assert_int_equal(wijk_flow_role_set(cx, store, &MACHINE, &none), WIJK_EDATA);
}

static void test_tenants(void **state)
{
    struct wijk_flow_invite out;
    const struct wijk_account *list;
    size_t count;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      away = member("anna", WIJK_ROLE_ADMIN, "GM9902", ""),
                      corp = member("kees", WIJK_ROLE_PARTNER, "GM9901", "corp");
    struct wijk_deed d = by(&away, "proef"), k = by(&corp, "collega");
    assert_int_equal(wijk_flow_account_stop(cx, store, &d, noor.account, true), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_reset(cx, store, &d, noor.account, false, &out), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_accounts(cx, store, &d, "GM9901", 0, 10, &list, &count), WIJK_ENOTFOUND);
    const struct wijk_flow_invite_in here = {"jan", NULL, {"GM9901", "", WIJK_ROLE_DIRECTOR}},
                                     other = {"jan", NULL, {"GM9901", "school", WIJK_ROLE_PROFESSIONAL}},
                                     own = {"jan", NULL, {"GM9901", "corp", WIJK_ROLE_PROFESSIONAL}};
    assert_int_equal(wijk_flow_invite(cx, store, &d, &here, &out), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_invite(cx, store, &k, &other, &out), WIJK_EDENIED);
    must(cx, wijk_flow_invite(cx, store, &k, &own, &out));
    assert_true(out.proposal > 0); /* a beheerder still decides */
    must(cx, wijk_flow_accounts(cx, store, &k, "GM9901", 0, 10, &list, &count));
    assert_int_equal(count, 1); /* of its own organisation: itself */
    assert_int_equal(wijk_flow_reset(cx, store, &d, out.account, false, &out),
                     WIJK_ENOTFOUND); /* invited, without a role yet */
    const struct wijk_audit *rows;
    struct wijk_actor auditor = member("rik", WIJK_ROLE_AUDITOR, "GM9901", "");
    struct wijk_deed r = by(&auditor, NULL);
    const struct wijk_audit_ask mine = {.gemeente = "GM9901", .n_max = 5},
                                theirs = {.gemeente = "GM9902", .n_max = 5}, all = {.n_max = 5};
    must(cx, wijk_flow_audit(cx, store, &r, &mine, &rows, &count));
    assert_int_equal(count, 5);
    assert_int_equal(wijk_flow_audit(cx, store, &r, &theirs, &rows, &count), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_audit(cx, store, &r, &all, &rows, &count), WIJK_EDATA);
    struct wijk_deed n = by(&noor, NULL);
    assert_int_equal(wijk_flow_audit(cx, store, &n, &mine, &rows, &count),
                     WIJK_EDENIED); /* reading it is a role of its own */
}

static void test_stop(void **state)
{
    struct wijk_flow_look look;
    struct wijk_flow_who who;
    struct wijk_token token;
    char text[WIJK_SECRET_TEXT];
    (void)state;
    member("noor", WIJK_ROLE_ADMIN, "GM9901", "");
    struct wijk_actor gijs = member("gijs", WIJK_ROLE_DIRECTOR, "GM9901", "");
    struct wijk_deed d = by(&gijs, NULL);
    struct wijk_flow_signin s = sign_in("gijs", PHRASE, "", NOW, &look);
    const struct wijk_flow_token_in in = {"script", 1u << WIJK_SCOPE_READ, 30}, none = {"script", 0, 30},
                                    late = {"script", 1, 400};
    assert_int_equal(wijk_flow_token_add(cx, store, &d, &none, &token, text), WIJK_EDATA);
    assert_int_equal(wijk_flow_token_add(cx, store, &d, &late, &token, text), WIJK_EDATA);
    must(cx, wijk_flow_token_add(cx, store, &d, &in, &token, text));
    must(cx, wijk_flow_bearer(cx, store, text, NOW, &who));
    assert_int_equal(who.actor.scopes, 1u << WIJK_SCOPE_READ);
    struct wijk_object o = {.gemeente = "GM9901"};
    assert_int_equal(wijk_may(&who.actor, WIJK_RIGHT_SIGNAL_ANSWER, &o), WIJK_MAY_SCOPE);
    must(cx, wijk_flow_bearer(cx, store, text, NOW + 31 * 86400, &who));
    assert_null(who.account);
    assert_int_equal(wijk_flow_token_end(cx, store, &d, token.nr + 1), WIJK_ENOTFOUND);
    must(cx, wijk_flow_account_stop(cx, store, &MACHINE, gijs.account, true));
    must(cx, wijk_flow_bearer(cx, store, text, NOW, &who));
    assert_null(who.account);
    must(cx, wijk_flow_session(cx, store, s.token, NOW, &who));
    assert_null(who.account);
    assert_int_equal(sign_in("gijs", PHRASE, "", NOW, &look).account, 0);
    must(cx, wijk_flow_account_stop(cx, store, &MACHINE, gijs.account, false));
    s = sign_in("gijs", PHRASE, "", NOW, &look);
    assert_int_equal(s.account, gijs.account);
    must(cx, wijk_flow_session(cx, store, s.token, NOW, &who));
    struct wijk_deed self = by(&who.actor, NULL);
    must(cx, wijk_flow_sign_out(cx, store, &self, who.session, false));
    assert_int_equal(wijk_flow_sign_out(cx, store, &self, who.session, false), WIJK_ENOTFOUND);
    must(cx, wijk_flow_account_remove(cx, store, &self, gijs.account)); /* anyone may go */
    const struct wijk_account *a;
    must(cx, wijk_store_read_account(cx, store, gijs.account, &a));
    assert_null(a->name);
    assert_null(a->password);
    assert_int_equal(a->n_grant, 0);
    assert_int_equal(sign_in("gijs", PHRASE, "", NOW, &look).account, 0);
}

/* The clock is set wrong for a while, years or a day, and right again: nobody stays shut out, nothing lasts.
 */
static void test_clock(void **state)
{
    enum { DAY = 86400, YEAR = 365 * DAY };
    struct wijk_flow_look look;
    struct wijk_flow_who who;
    struct wijk_token token;
    const struct wijk_account *owner;
    char text[WIJK_SECRET_TEXT], ticket[WIJK_SECRET_TEXT];
    uint8_t secret[WIJK_TOTP_SECRET];
    (void)state;
    member("noor", WIJK_ROLE_ADMIN, "GM9901", "");
    struct wijk_flow_signin s = sign_in("noor", PHRASE, "", NOW, &look);
    must(cx, wijk_flow_session(cx, store, s.token, NOW, &who));
    struct wijk_actor noor = who.actor;
    struct wijk_deed d = by(&noor, NULL);
    must(cx, wijk_flow_second_begin(cx, store, &d, ticket, secret));
    const char *code = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, NOW / 30));
    must(cx, wijk_flow_second_set(cx, store, &d, ticket, wijk_str(code), who.session));
    noor.second = true;
    /* A session is there by its own clock, less than a day back, never after its end, and again when it is
     * right. */
    static const struct {
        int64_t at;
        bool in;
    } LOOKS[] = {
        {NOW, true},         {NOW - DAY, true},  {NOW - DAY - 1, false},        {NOW - 30 * YEAR, false},
        {NOW + YEAR, false}, {NOW + DAY, false}, {NOW + WIJK_SESSION_S, false}, {NOW + 1, true}};
    for (size_t k = 0; k < sizeof LOOKS / sizeof *LOOKS; k++) {
        must(cx, wijk_flow_session(cx, store, s.token, LOOKS[k].at, &who));
        assert_int_equal(who.account != NULL, LOOKS[k].in);
    }
    /* Seen when the clock was ahead: it still ends at its end. */
    must(cx, wijk_flow_session_seen(cx, store, s.token, NOW + WIJK_SESSION_S - 1));
    must(cx, wijk_flow_session(cx, store, s.token, NOW + WIJK_SESSION_S, &who));
    assert_null(who.account);
    /* A year ahead: signed in with the code of then, a key and an invitation made. */
    const int64_t ahead = NOW + YEAR;
    struct wijk_deed then = {&noor, "web", ahead, NULL}, machine = MACHINE;
    machine.now = ahead;
    code = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, ahead / 30));
    struct wijk_flow_signin late = sign_in("noor", PHRASE, code, ahead, &look);
    assert_true(late.second);
    must(cx,
         wijk_flow_token_add(cx, store, &then, &(struct wijk_flow_token_in){"script", 1, 30}, &token, text));
    struct wijk_flow_invite gijs = invited(&machine, "gijs", WIJK_ROLE_ANALYST, "GM9901", "");
    must(cx, wijk_flow_session(cx, store, late.token, ahead + 1, &who));
    assert_non_null(who.account);
    must(cx, wijk_flow_bearer(cx, store, text, ahead + 1, &who));
    assert_non_null(who.account);
    /* Right again: of those none lasts a year longer, the owner is let in by the code of now, once. */
    must(cx, wijk_flow_session(cx, store, late.token, NOW, &who));
    assert_null(who.account);
    must(cx, wijk_flow_bearer(cx, store, text, NOW, &who));
    assert_null(who.account);
    assert_int_equal(wijk_flow_ticket_owner(cx, store, gijs.ticket, NOW, &owner), WIJK_ENOTFOUND);
    const int64_t now = NOW + 90;
    code = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, now / 30));
    assert_true(sign_in("noor", PHRASE, code, now, &look).second);
    assert_int_equal(sign_in("noor", PHRASE, code, now, &look).account, 0);
    assert_int_equal(sign_in("noor", PHRASE, code, now - 20, &look).account, 0);
    code = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, now / 30 + 1));
    assert_true(sign_in("noor", PHRASE, code, now + 30, &look).second);
    /* An hour back a code that was used stays used. */
    code = wijk_sprintf(cx, "%06u", wijk_totp_code(secret, now / 30));
    assert_int_equal(sign_in("noor", PHRASE, code, now, &look).account, 0);
    struct wijk_flow_invite again;
    must(cx, wijk_flow_reset(cx, store, &MACHINE, gijs.account, false, &again));
    choose(again.ticket);
    assert_int_equal(sign_in("gijs", PHRASE, "", NOW, &look).account, gijs.account);
    /* The log never goes back, and holds (looked at when the test ends). */
    const struct wijk_audit *v;
    size_t n;
    must(cx, wijk_flow_audit(cx, store, &MACHINE, &(struct wijk_audit_ask){.n_max = 1000}, &v, &n));
    for (size_t k = 1; k < n; k++) assert_true(strcmp(v[k - 1].at, v[k].at) >= 0);
}

int main(void)
{
    assert_non_null(mkdtemp(folder));
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_sign_in, begin, end),
                                       cmocka_unit_test_setup_teardown(test_second, begin, end),
                                       cmocka_unit_test_setup_teardown(test_four_eyes, begin, end),
                                       cmocka_unit_test_setup_teardown(test_each_other, begin, end),
                                       cmocka_unit_test_setup_teardown(test_tenants, begin, end),
                                       cmocka_unit_test_setup_teardown(test_clock, begin, end),
                                       cmocka_unit_test_setup_teardown(test_stop, begin, end)};
    return cmocka_run_group_tests_name("flow people", tests, NULL, NULL);
}
