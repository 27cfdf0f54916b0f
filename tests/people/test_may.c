/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may what: every role, with its own and another organisation and gemeente, and what nobody may alone. */
#include "people/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { ME = 7, OTHER = 8 };

static struct wijk_grant grant;

static struct wijk_actor actor(enum wijk_role role)
{
    grant = (struct wijk_grant){"GM9901", wijk_role_of_partner(role) ? "corp" : "", role};
    return (struct wijk_actor){ME, &grant, 1, true, WIJK_SCOPES_ALL};
}

static struct wijk_object thing(const char *gemeente, const char *partner, int64_t maker,
                                enum wijk_sharing sharing)
{
    return (struct wijk_object){gemeente, partner, maker, sharing};
}

/* The reach of the table is what the check does, in all its directions. */
static void test_reach(void **state)
{
    (void)state;
    for (int right = 0; right < WIJK_RIGHT_COUNT; right++)
        for (int role = 0; role < WIJK_ROLE_COUNT; role++) {
            struct wijk_actor a = actor((enum wijk_role)role);
            enum wijk_reach reach = wijk_right_reach((enum wijk_right)right, (enum wijk_role)role);
            struct wijk_object mine = thing("GM9901", grant.partner, ME, WIJK_SHARING_DRAFT),
                               ours = thing("GM9901", grant.partner, OTHER, WIJK_SHARING_DRAFT),
                               theirs = thing("GM9901", "school", OTHER, WIJK_SHARING_DRAFT),
                               away = thing("GM9902", grant.partner, ME, WIJK_SHARING_DRAFT);
            assert_int_equal(wijk_may(&a, (enum wijk_right)right, &mine) == WIJK_MAY_YES,
                             reach != WIJK_REACH_N);
            assert_int_equal(wijk_may(&a, (enum wijk_right)right, &ours) == WIJK_MAY_YES,
                             reach >= WIJK_REACH_P);
            assert_int_equal(wijk_may(&a, (enum wijk_right)right, &theirs) == WIJK_MAY_YES,
                             reach == WIJK_REACH_G);
            assert_int_equal(wijk_may(&a, (enum wijk_right)right, &away), WIJK_MAY_FOREIGN);
        }
}

static void test_reasons(void **state)
{
    (void)state;
    struct wijk_actor a = actor(WIJK_ROLE_DIRECTOR), nobody = {0};
    struct wijk_object o = thing("GM9901", "", OTHER, WIJK_SHARING_PUBLIC);
    assert_int_equal(wijk_may(&nobody, WIJK_RIGHT_SIGNAL_ANSWER, &o), WIJK_MAY_LOGIN);
    assert_int_equal(wijk_may(&a, WIJK_RIGHT_AUDIT_READ, &o), WIJK_MAY_ROLE);
    assert_int_equal(wijk_may(&a, WIJK_RIGHT_SIGNAL_CHANGE, &o), WIJK_MAY_MAKER);
    a.second = false;
    assert_int_equal(wijk_may(&a, WIJK_RIGHT_SIGNAL_ANSWER, &o), WIJK_MAY_SECOND);
    a.second = true;
    a.scopes = 1u << WIJK_SCOPE_READ;
    assert_int_equal(wijk_may(&a, WIJK_RIGHT_SIGNAL_ANSWER, &o), WIJK_MAY_SCOPE);
    a.n_grant = 0;
    assert_int_equal(wijk_may(&a, WIJK_RIGHT_SIGNAL_ANSWER, &o), WIJK_MAY_FOREIGN);
    for (int v = 1; v < WIJK_VERDICT_COUNT; v++) assert_true(*wijk_verdict_words((enum wijk_verdict)v) != 0);
}

static void test_four_eyes(void **state)
{
    (void)state;
    struct wijk_actor a = actor(WIJK_ROLE_ADMIN);
    struct wijk_object o = thing("GM9901", "", 0, WIJK_SHARING_PUBLIC);
    assert_int_equal(wijk_may_decide(&a, WIJK_RIGHT_ROLE_DECIDE, &o, OTHER, 99, false), WIJK_MAY_YES);
    assert_int_equal(wijk_may_decide(&a, WIJK_RIGHT_ROLE_DECIDE, &o, ME, 99, false), WIJK_MAY_SELF);
    assert_int_equal(wijk_may_decide(&a, WIJK_RIGHT_ROLE_DECIDE, &o, OTHER, ME, false), WIJK_MAY_SELF);
    assert_int_equal(wijk_may_decide(&a, WIJK_RIGHT_ROLE_DECIDE, &o, OTHER, ME, true), WIJK_MAY_YES);
    a = actor(WIJK_ROLE_COUNCIL);
    assert_int_equal(wijk_may_decide(&a, WIJK_RIGHT_ROLE_DECIDE, &o, OTHER, 99, false), WIJK_MAY_ROLE);
}

static void test_see(void **state)
{
    static const struct {
        enum wijk_role role;
        const char *gemeente, *partner;
        int64_t maker;
        bool sees[WIJK_SHARING_COUNT];
    } CASE[] = {
        {WIJK_ROLE_PROFESSIONAL, "GM9901", "corp", ME, {true, true, true, true}},
        {WIJK_ROLE_PROFESSIONAL, "GM9901", "corp", OTHER, {false, true, true, true}},
        {WIJK_ROLE_PROFESSIONAL, "GM9901", "school", OTHER, {false, false, true, true}},
        {WIJK_ROLE_PROFESSIONAL, "GM9902", "corp", ME, {false, false, false, true}},
        {WIJK_ROLE_COUNCIL, "GM9901", "corp", OTHER, {false, false, false, true}},
        {WIJK_ROLE_ADMIN, "GM9901", "corp", OTHER, {false, false, false, true}},
        {WIJK_ROLE_DIRECTOR, "GM9901", "", OTHER, {false, true, true, true}},
        {WIJK_ROLE_AUDITOR, "GM9901", "corp", OTHER, {true, true, true, true}},
        {WIJK_ROLE_AUDITOR, "GM9902", "corp", OTHER, {false, false, false, true}},
    };
    (void)state;
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++)
        for (int s = 0; s < WIJK_SHARING_COUNT; s++) {
            struct wijk_actor a = actor(CASE[k].role), nobody = {0};
            struct wijk_object o =
                thing(CASE[k].gemeente, CASE[k].partner, CASE[k].maker, (enum wijk_sharing)s);
            assert_int_equal(wijk_may_see(&a, &o), CASE[k].sees[s]);
            assert_int_equal(wijk_may_see(&nobody, &o), s == WIJK_SHARING_PUBLIC);
        }
}

/* Two rows that differ in one member, or in where one text ends and the next begins, have other hashes. */
static void test_audit_hash(void **state)
{
    struct wijk_audit r = {.nr = 3,
                           .account = 7,
                           .at = "2026-11-25T16:00:00Z",
                           .gemeente = "GM9901",
                           .via = "web",
                           .kind = "partner",
                           .object = "corp",
                           .after = "{}",
                           .done = WIJK_DONE_ADD};
    uint8_t first[WIJK_HASH], next[WIJK_HASH];
    (void)state;
    wijk_audit_hash(&r, first);
    struct wijk_audit other[7];
    for (int k = 0; k < 7; k++) other[k] = r;
    other[0].nr = 4;
    other[1].account = 8;
    other[2].kind = "partnerc", other[2].object = "orp";
    other[3].before = "";
    other[4].done = WIJK_DONE_CHANGE;
    other[5].prev[31] = 1;
    other[6].at = "2026-11-25T16:00:01Z";
    for (int k = 0; k < 7; k++) {
        wijk_audit_hash(&other[k], next);
        assert_memory_not_equal(first, next, WIJK_HASH);
    }
}

/* Every id is read back as what it is of, and everything has words. */
static void test_words(void **state)
{
    (void)state;
    for (int k = 0; k < WIJK_SHARING_COUNT; k++) {
        enum wijk_sharing s;
        assert_true(wijk_sharing_parse(wijk_str(wijk_sharing_id((enum wijk_sharing)k)), &s) && (int)s == k);
        assert_true(*wijk_sharing_words(s));
    }
    for (int k = 0; k < WIJK_SCOPE_COUNT; k++) {
        enum wijk_scope s;
        assert_true(wijk_scope_parse(wijk_str(wijk_scope_id((enum wijk_scope)k)), &s) && (int)s == k);
        assert_true(*wijk_scope_words(s));
    }
    for (int k = 0; k < WIJK_DONE_COUNT; k++) {
        enum wijk_done d;
        assert_true(wijk_done_parse(wijk_str(wijk_done_id((enum wijk_done)k)), &d) && (int)d == k);
        assert_true(*wijk_done_words(d));
    }
    enum wijk_sharing s;
    assert_false(wijk_sharing_parse(WIJK_STR("geheim"), &s));
    assert_string_equal(wijk_verdict_id(WIJK_MAY_SELF), "vier-ogen");
    struct wijk_actor a = actor(WIJK_ROLE_ADMIN);
    assert_true(wijk_actor_in(&a, "GM9901"));
    assert_false(wijk_actor_in(&a, "GM9902"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reach),      cmocka_unit_test(test_reasons),
                                       cmocka_unit_test(test_four_eyes),  cmocka_unit_test(test_see),
                                       cmocka_unit_test(test_audit_hash), cmocka_unit_test(test_words)};
    return cmocka_run_group_tests_name("people may", tests, NULL, NULL);
}
