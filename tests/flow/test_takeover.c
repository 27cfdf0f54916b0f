/* SPDX-License-Identifier: EUPL-1.2 */
/* Ways to get at more than was given: a role through an invitation, an account of another gemeente through a
 * role given to it, a key that makes keys; and a log that who guesses cannot fill. */
#include "flow/partner_flow.h"

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-takeover-XXXXXX";
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
    wijk_store_close(store);
    wijk_cx_end(cx);
    return 0;
}

/* An active account with that role. No password is needed: nobody signs in by one here. */
static struct wijk_actor member(const char *name, enum wijk_role role, const char *gemeente,
                                const char *partner)
{
    struct wijk_flow_invite in;
    const struct wijk_account *a;
    must(cx, wijk_flow_invite(cx, store, &MACHINE,
                              &(struct wijk_flow_invite_in){name, NULL, {gemeente, partner, role}}, &in));
    must(cx, wijk_store_read_account(cx, store, in.account, &a));
    struct wijk_account active = *a;
    active.state = WIJK_ACCOUNT_ACTIVE;
    active.password = "$argon2id$";
    must(cx, wijk_store_save_account(cx, store, &active));
    return (struct wijk_actor){a->id, a->grant, a->n_grant, true, WIJK_SCOPES_ALL};
}

static struct wijk_deed by(const struct wijk_actor *a)
{
    return (struct wijk_deed){a, "web", NOW, "proef"};
}

/* A partnerbeheerder invites a beheerder «of its organisation» while there is one beheerder. */
static void test_invited_admin(void **state)
{
    struct wijk_flow_invite out;
    size_t n;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      kees = member("kees", WIJK_ROLE_PARTNER, "GM9901", "corp");
    struct wijk_deed k = by(&kees), d = by(&noor);
    const struct wijk_flow_invite_in own = {"mol", NULL, {"GM9901", "corp", WIJK_ROLE_ADMIN}},
                                     all = {"mol", NULL, {"GM9901", "", WIJK_ROLE_ADMIN}},
                                     norms = {"mol", NULL, {"GM9901", "corp", WIJK_ROLE_NORMS}};
    assert_int_equal(wijk_flow_invite(cx, store, &k, &own, &out), WIJK_EDATA);
    assert_int_equal(wijk_flow_invite(cx, store, &k, &all, &out), WIJK_EDENIED);
    must(cx, wijk_flow_invite(cx, store, &k, &norms, &out));
    assert_true(out.proposal > 0); /* never without a beheerder */
    must(cx, wijk_store_count_role(cx, store, "GM9901", WIJK_ROLE_ADMIN, &n));
    assert_int_equal(n, 1);
    const struct wijk_flow_invite_in second = {"bas", NULL, {"GM9901", "", WIJK_ROLE_ADMIN}};
    must(cx, wijk_flow_invite(cx, store, &d, &second, &out));
    assert_int_equal(out.proposal, 0); /* the only beheerder gets a second one */
}

/* Two beheerders of one gemeente give a role to an account of another, to take it over. */
static void test_borrowed_account(void **state)
{
    struct wijk_flow_invite out;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      anna = member("anna", WIJK_ROLE_ADMIN, "GM9902", ""),
                      aart = member("aart", WIJK_ROLE_ADMIN, "GM9902", "");
    struct wijk_deed d = by(&anna), second = by(&aart), own = by(&noor);
    int64_t proposal;
    const struct wijk_flow_role lure = {noor.account, {"GM9902", "", WIJK_ROLE_COUNCIL}, false};
    must(cx, wijk_flow_role_ask(cx, store, &d, &lure, &proposal));
    must(cx, wijk_flow_role_decide(cx, store, &second, proposal, true, NULL));
    assert_int_equal(wijk_flow_reset(cx, store, &d, noor.account, true, &out), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_account_stop(cx, store, &d, noor.account, true), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_account_remove(cx, store, &d, noor.account), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_reset(cx, store, &own, noor.account, true, &out), WIJK_ENOTFOUND);
    must(cx, wijk_flow_reset(cx, store, &MACHINE, noor.account, true, &out)); /* who has the machine may */
}

/* Somebody, whoever it is, opens that link and chooses a password. */
static void use(const struct wijk_flow_invite *link, int64_t now)
{
    const struct wijk_deed nobody = {&(struct wijk_actor){0}, "web", now, NULL};
    must(cx, wijk_flow_ticket_use(cx, store, &nobody, link->ticket, "$argon2id$"));
}

/* A beheerder makes a colleague a new link, uses it, and has two accounts for the four eyes. */
static void test_one_pair_of_hands(void **state)
{
    struct wijk_flow_invite out;
    const struct wijk_flow_proposal *told;
    int64_t proposal;
    size_t n;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      bas = member("bas", WIJK_ROLE_ADMIN, "GM9901", ""),
                      cis = member("cis", WIJK_ROLE_ADMIN, "GM9901", ""),
                      dirk = member("dirk", WIJK_ROLE_ADMIN, "GM9901", ""),
                      mol = member("mol", WIJK_ROLE_PROFESSIONAL, "GM9901", "corp");
    const struct wijk_flow_role more = {mol.account, {"GM9901", "", WIJK_ROLE_ADMIN}, false};
    struct wijk_deed n_ = by(&noor), b = by(&bas), c = by(&cis), d = by(&dirk);
    must(cx, wijk_flow_reset(cx, store, &n_, bas.account, false, &out));
    use(&out, NOW);
    must(cx, wijk_flow_reset(cx, store, &n_, bas.account, true, &out)); /* once more changes nothing */
    use(&out, NOW);
    must(cx, wijk_flow_role_ask(cx, store, &n_, &more, &proposal));
    assert_int_equal(wijk_flow_role_decide(cx, store, &b, proposal, true, NULL), WIJK_EDENIED);
    assert_string_equal(wijk_fault(cx), wijk_verdict_words(WIJK_MAY_LINKED));
    must(cx, wijk_flow_role_decide(cx, store, &c, proposal, false, NULL)); /* a third may */
    must(cx, wijk_flow_role_ask(cx, store, &b, &more, &proposal));
    assert_int_equal(wijk_flow_role_decide(cx, store, &n_, proposal, true, NULL), WIJK_EDENIED);
    must(cx, wijk_flow_reset(cx, store, &n_, cis.account, false, &out));
    use(&out, NOW);
    assert_int_equal(wijk_flow_role_decide(cx, store, &c, proposal, true, NULL), WIJK_EDENIED); /* her too */
    must(cx, wijk_flow_proposals(cx, store, &c, "GM9901", true, &told, &n));
    assert_true(n == 1 && !told->may_decide && told->why_not == WIJK_MAY_LINKED);
    must(cx, wijk_flow_reset(cx, store, &MACHINE, dirk.account, false, &out)); /* leaves no note */
    use(&out, NOW);
    n_.now = c.now = b.now =
        NOW + 7 * 86400; /* a week later they are two, but what was proposed is of then */
    assert_int_equal(wijk_flow_role_decide(cx, store, &n_, proposal, false, NULL), WIJK_EDENIED);
    must(cx, wijk_flow_role_decide(cx, store, &d, proposal, false, NULL));
    must(cx, wijk_flow_role_ask(cx, store, &b, &more, &proposal));
    must(cx, wijk_flow_role_decide(cx, store, &c, proposal, false, NULL));
    must(cx, wijk_flow_role_ask(cx, store, &n_, &more, &proposal));
    must(cx, wijk_flow_role_decide(cx, store, &d, proposal, true, NULL));
}

static struct wijk_actor actor_of(int64_t account)
{
    const struct wijk_account *a;
    must(cx, wijk_store_read_account(cx, store, account, &a));
    return (struct wijk_actor){a->id, a->grant, a->n_grant, true, WIJK_SCOPES_ALL};
}

/* The only beheerder invites a second one and opens the invitation himself. */
static void test_invited_by_oneself(void **state)
{
    struct wijk_flow_invite second, third, again;
    int64_t proposal;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      mol = member("mol", WIJK_ROLE_PROFESSIONAL, "GM9901", "corp");
    const struct wijk_flow_role more = {mol.account, {"GM9901", "", WIJK_ROLE_NORMS}, false};
    struct wijk_deed n = by(&noor);
    const struct wijk_flow_invite_in bas_in = {"bas", NULL, {"GM9901", "", WIJK_ROLE_ADMIN}},
                                     cis_in = {"cis", NULL, {"GM9901", "", WIJK_ROLE_ADMIN}};
    must(cx, wijk_flow_invite(cx, store, &n, &bas_in, &second));
    must(cx, wijk_flow_invite(cx, store, &n, &cis_in, &third));
    use(&second, NOW + 100);
    use(&third, NOW + 100);
    struct wijk_actor bas = actor_of(second.account), cis = actor_of(third.account);
    struct wijk_deed b = by(&bas), c = by(&cis);
    b.now = c.now = NOW + 200;
    must(cx, wijk_flow_role_ask(cx, store, &n, &more, &proposal));
    assert_int_equal(wijk_flow_role_decide(cx, store, &b, proposal, true, NULL), WIJK_EDENIED);
    assert_string_equal(wijk_fault(cx), wijk_verdict_words(WIJK_MAY_LINKED));
    b.now = NOW + 100 + 7 * 86400; /* the week goes by when the link was used */
    must(cx, wijk_flow_role_decide(cx, store, &b, proposal, false, NULL));
    must(cx, wijk_flow_role_ask(cx, store, &c, &more, &proposal)); /* a second of the same hands */
    b.now = NOW + 200;
    assert_int_equal(wijk_flow_role_decide(cx, store, &b, proposal, true, NULL), WIJK_EDENIED);

    /* in hands that are not his own he makes a link: for himself, and for a colleague */
    must(cx, wijk_flow_reset(cx, store, &b, bas.account, false, &again));
    use(&again, NOW + 300);
    must(cx, wijk_flow_role_ask(cx, store, &n, &more, &proposal));
    b.now = NOW + 400;
    assert_int_equal(wijk_flow_role_decide(cx, store, &b, proposal, true, NULL), WIJK_EDENIED);
    struct wijk_actor dirk = member("dirk", WIJK_ROLE_ADMIN, "GM9901", "");
    struct wijk_deed d = by(&dirk);
    must(cx, wijk_flow_reset(cx, store, &b, dirk.account, true, &again));
    use(&again, NOW + 500);
    d.now = NOW + 600;
    assert_int_equal(wijk_flow_role_decide(cx, store, &d, proposal, true, NULL), WIJK_EDENIED);

    /* who has the machine gives it to its owner: at once two people, and nobody else has a key left */
    struct wijk_token token;
    char text[WIJK_SECRET_TEXT];
    struct wijk_flow_who who;
    const struct wijk_flow_token_in key = {"script", WIJK_SCOPES_ALL, 30};
    must(cx, wijk_flow_token_add(cx, store, &b, &key, &token, text));
    must(cx, wijk_flow_reset(cx, store, &MACHINE, bas.account, false, &again));
    must(cx, wijk_flow_bearer(cx, store, text, NOW + 600, &who));
    assert_int_equal(who.actor.account, bas.account);
    use(&again, NOW + 700);
    must(cx, wijk_flow_bearer(cx, store, text, NOW + 700, &who));
    assert_null(who.account);
    b.now = NOW + 800;
    must(cx, wijk_flow_role_decide(cx, store, &b, proposal, false, NULL));
}

static void test_key_makes_no_key(void **state)
{
    struct wijk_token token;
    char text[WIJK_SECRET_TEXT];
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      bas = member("bas", WIJK_ROLE_ADMIN, "GM9901", "");
    const struct wijk_flow_token_in in = {"script", 1u << WIJK_SCOPE_READ, 30};
    struct wijk_deed web = by(&bas), api = web;
    api.via = "api";
    assert_int_equal(wijk_flow_token_add(cx, store, &api, &in, &token, text), WIJK_EDENIED);
    must(cx, wijk_flow_token_add(cx, store, &web, &in, &token, text));
    bas.scopes = 1u << WIJK_SCOPE_READ; /* with that key */
    assert_int_equal(wijk_flow_account_remove(cx, store, &api, bas.account), WIJK_EDENIED);
    bas.scopes = WIJK_SCOPES_ALL;
    must(cx, wijk_flow_account_remove(cx, store, &web, bas.account));
    assert_true(noor.account > 0);
}

/* Two beheerders take each other's role away: one of the two goes. */
static void test_each_other(void **state)
{
    int64_t first, other;
    size_t n;
    (void)state;
    struct wijk_actor a = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""),
                      b = member("bas", WIJK_ROLE_ADMIN, "GM9901", "");
    const struct wijk_flow_role take_a = {a.account, {"GM9901", "", WIJK_ROLE_ADMIN}, true},
                                take_b = {b.account, {"GM9901", "", WIJK_ROLE_ADMIN}, true};
    struct wijk_deed da = by(&a), db = by(&b);
    must(cx, wijk_flow_role_ask(cx, store, &da, &take_b, &first));
    must(cx, wijk_flow_role_ask(cx, store, &db, &take_a, &other));
    assert_int_equal(wijk_flow_role_decide(cx, store, &da, first, true, NULL), WIJK_EDENIED);
    must(cx, wijk_flow_role_decide(cx, store, &db, first, true, NULL)); /* gives its own away */
    assert_int_equal(wijk_flow_role_decide(cx, store, &da, other, true, NULL), WIJK_EDATA);
    assert_int_equal(wijk_flow_account_stop(cx, store, &da, a.account, true), WIJK_EDATA);
    must(cx, wijk_store_count_role(cx, store, "GM9901", WIJK_ROLE_ADMIN, &n));
    assert_int_equal(n, 1);
}

static void test_log_is_not_filled(void **state)
{
    const struct wijk_audit *rows;
    struct wijk_flow_signin out;
    size_t n;
    (void)state;
    struct wijk_actor noor = member("noor", WIJK_ROLE_ADMIN, "GM9901", ""), nobody = {0};
    struct wijk_deed d = by(&nobody);
    for (uint32_t k = 1; k <= 10000; k++) {
        struct wijk_flow_look look = {.account = noor.account, .times = k};
        must(cx, wijk_flow_sign_in(cx, store, &d, &look, "", &out));
        assert_int_equal(out.account, 0);
    }
    const struct wijk_audit_ask ask = {.kind = "account", .object = "1", .n_max = 100};
    must(cx, wijk_store_read_audit(cx, store, &ask, &rows, &n));
    assert_int_equal(n, 1 + 5 + 11); /* made; 1 to 5; 8 to 8192 */
    assert_string_equal(rows[0].after, "{\"keer\":8192}");
    assert_int_equal(rows[0].done, WIJK_DONE_SIGN_IN_FAILED);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_invited_admin, begin, end),
        cmocka_unit_test_setup_teardown(test_borrowed_account, begin, end),
        cmocka_unit_test_setup_teardown(test_one_pair_of_hands, begin, end),
        cmocka_unit_test_setup_teardown(test_invited_by_oneself, begin, end),
        cmocka_unit_test_setup_teardown(test_key_makes_no_key, begin, end),
        cmocka_unit_test_setup_teardown(test_each_other, begin, end),
        cmocka_unit_test_setup_teardown(test_log_is_not_filled, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
