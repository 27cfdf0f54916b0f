/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of people: accounts, sessions, tickets, proposals, answers given once, and a log that
 * shows what was done to it. None of it changes data_version. */
#include "store/people_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-people-XXXXXX";
static const int64_t NOW = 1790000000;

static struct wijk_store *fresh(struct wijk_cx *cx, const char *name)
{
    struct wijk_store *store;
    const char *path = wijk_sprintf(cx, "%s/%s", folder, name);
    unlink(path);
    assert_int_equal(wijk_store_create(cx, path, &store), WIJK_OK);
    return store;
}

static int64_t add(struct wijk_cx *cx, struct wijk_store *store, const char *name)
{
    struct wijk_account a = {
        .name = name, .shown = "Noor", .gemeente = "GM9901", .state = WIJK_ACCOUNT_ACTIVE, .made_at = NOW};
    assert_int_equal(wijk_store_add_account(cx, store, &a), WIJK_OK);
    return a.id;
}

static void hash_of(uint8_t hash[WIJK_HASH], int seed)
{
    memset(hash, seed, WIJK_HASH);
}

static void test_accounts(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "a.gpkg");
    struct wijk_store_info before, after;
    assert_int_equal(wijk_store_info(cx, store, &before), WIJK_OK);
    int64_t noor = add(cx, store, "noor"), piet = add(cx, store, "piet");
    struct wijk_account twice = {
        .name = "noor", .shown = "Noor", .gemeente = "GM9901", .state = WIJK_ACCOUNT_ACTIVE};
    assert_int_equal(wijk_store_add_account(cx, store, &twice), WIJK_EEXISTS);
    const struct wijk_grant admin = {"GM9901", "", WIJK_ROLE_ADMIN},
                            corp = {"GM9901", "corp", WIJK_ROLE_PROFESSIONAL};
    for (int k = 0; k < 2; k++) assert_int_equal(wijk_store_add_grant(cx, store, noor, &admin, NOW), WIJK_OK);
    assert_int_equal(wijk_store_add_grant(cx, store, piet, &corp, NOW), WIJK_OK);
    const struct wijk_account *a;
    assert_int_equal(wijk_store_find_account(cx, store, "noor", &a), WIJK_OK);
    assert_int_equal(a->n_grant, 1);
    assert_int_equal(a->grant[0].role, WIJK_ROLE_ADMIN);
    struct wijk_account changed = *a;
    static const uint8_t SECRET[WIJK_TOTP_SECRET] = "een geheim van twint";
    changed.totp = SECRET;
    assert_int_equal(wijk_store_save_account(cx, store, &changed), WIJK_OK);
    assert_int_equal(wijk_store_save_account(cx, store, &changed),
                     WIJK_ECONFLICT); /* of the version before */
    assert_int_equal(wijk_store_account_seen(cx, store, noor, NOW + 5, 77), WIJK_OK);
    assert_int_equal(wijk_store_account_seen(cx, store, noor, NOW + 4, 76),
                     WIJK_OK); /* the clock went back */
    assert_int_equal(wijk_store_read_account(cx, store, noor, &a), WIJK_OK);
    assert_memory_equal(a->totp, SECRET, WIJK_TOTP_SECRET);
    assert_int_equal(a->totp_step, 77);
    assert_int_equal(a->seen_at, NOW + 5);
    const struct wijk_account *list;
    size_t n;
    assert_int_equal(wijk_store_list_accounts(cx, store, "GM9901", "corp", 0, 10, &list, &n), WIJK_OK);
    assert_int_equal(n, 1);
    assert_int_equal(list[0].id, piet);
    assert_int_equal(wijk_store_list_accounts(cx, store, "GM9902", NULL, 0, 10, &list, &n), WIJK_OK);
    assert_int_equal(n, 0);
    assert_int_equal(wijk_store_count_role(cx, store, "GM9901", WIJK_ROLE_ADMIN, &n), WIJK_OK);
    assert_int_equal(n, 1);
    bool was;
    assert_int_equal(wijk_store_drop_grant(cx, store, noor, &admin, &was), WIJK_OK);
    assert_true(was);
    assert_int_equal(wijk_store_drop_grant(cx, store, noor, &admin, &was), WIJK_OK);
    assert_false(was);
    assert_int_equal(wijk_store_info(cx, store, &after), WIJK_OK);
    assert_string_equal(before.data_version, after.data_version);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_secrets(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "s.gpkg");
    int64_t noor = add(cx, store, "noor");
    uint8_t hash[WIJK_HASH], other[WIJK_HASH];
    hash_of(hash, 1);
    hash_of(other, 2);
    struct wijk_session s = {.account = noor,
                             .guard = "g",
                             .device = "Firefox",
                             .made_at = NOW,
                             .seen_at = NOW,
                             .ends_at = NOW + 60};
    assert_int_equal(wijk_store_add_session(cx, store, hash, &s), WIJK_OK);
    const struct wijk_session *found;
    assert_int_equal(wijk_store_find_session(cx, store, other, &found), WIJK_OK);
    assert_null(found);
    assert_int_equal(wijk_store_session_seen(cx, store, hash, NOW + 9), WIJK_OK);
    assert_int_equal(wijk_store_find_session(cx, store, hash, &found), WIJK_OK);
    assert_int_equal(found->seen_at, NOW + 9);
    const struct wijk_session *list;
    size_t n;
    assert_int_equal(wijk_store_list_sessions(cx, store, noor, &list, &n), WIJK_OK);
    assert_int_equal(n, 1);
    assert_int_equal(wijk_store_end_sessions(cx, store, noor + 1, s.nr, &n), WIJK_OK); /* not another's */
    assert_int_equal(n, 0);
    assert_int_equal(wijk_store_end_sessions(cx, store, noor, s.nr, &n), WIJK_OK);
    assert_int_equal(n, 1);

    struct wijk_ticket t = {"uitnodiging", noor, "", NOW + 60};
    const struct wijk_ticket *ticket;
    assert_int_equal(wijk_store_add_ticket(cx, store, hash, &t), WIJK_OK);
    assert_int_equal(wijk_store_take_ticket(cx, store, hash, "wachtwoord", NOW, &ticket), WIJK_OK);
    assert_null(ticket); /* another kind */
    assert_int_equal(wijk_store_take_ticket(cx, store, hash, "uitnodiging", NOW + 60, &ticket), WIJK_OK);
    assert_null(ticket); /* too late */
    assert_int_equal(wijk_store_take_ticket(cx, store, hash, "uitnodiging", NOW, &ticket), WIJK_OK);
    assert_int_equal(ticket->account, noor);
    assert_int_equal(wijk_store_take_ticket(cx, store, hash, "uitnodiging", NOW, &ticket), WIJK_OK);
    assert_null(ticket); /* once */

    struct wijk_token token = {
        .account = noor, .name = "script", .scopes = 1, .made_at = NOW, .ends_at = NOW + 60};
    assert_int_equal(wijk_store_add_token(cx, store, hash, &token), WIJK_OK);
    const struct wijk_token *known;
    assert_int_equal(wijk_store_find_token(cx, store, hash, &known), WIJK_OK);
    assert_int_equal(known->scopes, 1);
    struct wijk_once once = {.status = 201, .location = "/x", .body = "{}", .made_at = NOW};
    const struct wijk_once *again;
    assert_int_equal(wijk_store_add_once(cx, store, hash, &once), WIJK_OK);
    assert_int_equal(wijk_store_add_once(cx, store, hash, &once), WIJK_EDATA);
    assert_int_equal(wijk_store_find_once(cx, store, hash, &again), WIJK_OK);
    assert_string_equal(again->location, "/x");
    assert_int_equal(wijk_store_sweep(cx, store, NOW + 60), WIJK_OK);
    assert_int_equal(wijk_store_find_token(cx, store, hash, &known), WIJK_OK);
    assert_null(known);
    assert_int_equal(wijk_store_find_once(cx, store, hash, &again), WIJK_OK);
    assert_non_null(again);
    assert_int_equal(wijk_store_sweep(cx, store, NOW + 3 * 86400), WIJK_OK);
    assert_int_equal(wijk_store_find_once(cx, store, hash, &again), WIJK_OK);
    assert_null(again);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_proposals(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "p.gpkg");
    int64_t noor = add(cx, store, "noor"), piet = add(cx, store, "piet");
    struct wijk_proposal p = {.gemeente = "GM9901",
                              .kind = "rol",
                              .object = "7",
                              .body = "{}",
                              .why = "nieuw",
                              .made_by = noor,
                              .made_at = NOW};
    assert_int_equal(wijk_store_add_proposal(cx, store, &p), WIJK_OK);
    const struct wijk_proposal *list;
    size_t n;
    assert_int_equal(wijk_store_list_proposals(cx, store, "GM9901", "rol", true, 10, &list, &n), WIJK_OK);
    assert_int_equal(n, 1);
    p.verdict = WIJK_PROPOSAL_AGREED;
    p.decided_by = piet;
    p.decided_at = NOW + 1;
    assert_int_equal(wijk_store_decide_proposal(cx, store, &p), WIJK_OK);
    p.verdict = WIJK_PROPOSAL_REJECTED;
    assert_int_equal(wijk_store_decide_proposal(cx, store, &p), WIJK_ECONFLICT);
    const struct wijk_proposal *kept;
    assert_int_equal(wijk_store_read_proposal(cx, store, p.id, &kept), WIJK_OK);
    assert_int_equal(kept->verdict, WIJK_PROPOSAL_AGREED);
    assert_string_equal(wijk_proposal_verdict_id(kept->verdict), "akkoord");
    assert_int_equal(wijk_store_list_proposals(cx, store, NULL, NULL, true, 10, &list, &n), WIJK_OK);
    assert_int_equal(n, 0);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- the log ---- */

static struct wijk_store *with_log(struct wijk_cx *cx, const char *name, int rows)
{
    struct wijk_store *store = fresh(cx, name);
    assert_int_equal(wijk_store_begin(cx, store), WIJK_OK);
    for (int k = 0; k < rows; k++) {
        struct wijk_audit r = {.account = k % 5,
                               .gemeente = "GM9901",
                               .via = "web",
                               .kind = "partner",
                               .object = "corp",
                               .after = "{\"naam\":\"Corporatie\"}",
                               .done = WIJK_DONE_CHANGE};
        assert_int_equal(wijk_store_add_audit(cx, store, &r, NULL, NOW - k),
                         WIJK_OK); /* a clock that goes back */
    }
    assert_int_equal(wijk_store_commit(cx, store), WIJK_OK);
    return store;
}

static void damage(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DROP TRIGGER IF EXISTS audit_stays; DROP TRIGGER IF EXISTS audit_kept",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* Many that ended go in pieces, so that who signs in then does not wait for all of them. */
static void test_sweep_in_pieces(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "w.gpkg");
    const int64_t noor = add(cx, store, "noor");
    const struct wijk_session *list;
    uint8_t hash[WIJK_HASH] = {0};
    size_t n;
    assert_int_equal(wijk_store_begin(cx, store), WIJK_OK);
    for (int k = 0; k < WIJK_SWEEP_MAX + 13; k++) {
        struct wijk_session s = {
            .account = noor, .guard = "g", .device = "", .made_at = NOW, .seen_at = NOW, .ends_at = NOW + k};
        const struct wijk_once once = {.status = 201, .location = "", .body = "", .made_at = NOW + k};
        memcpy(hash, &k, sizeof k);
        assert_int_equal(wijk_store_add_session(cx, store, hash, &s), WIJK_OK);
        assert_int_equal(wijk_store_add_once(cx, store, hash, &once), WIJK_OK);
    }
    assert_int_equal(wijk_store_commit(cx, store), WIJK_OK);
    assert_int_equal(wijk_store_sweep(cx, store, NOW + 5 * WIJK_ONCE_KEEP_S), WIJK_OK);
    assert_int_equal(wijk_store_list_sessions(cx, store, noor, &list, &n), WIJK_OK);
    assert_int_equal(n, 13);
    assert_int_equal(list[n - 1].ends_at, NOW + WIJK_SWEEP_MAX); /* the oldest went first */
    assert_int_equal(wijk_store_sweep(cx, store, NOW + 5 * WIJK_ONCE_KEEP_S), WIJK_OK);
    assert_int_equal(wijk_store_list_sessions(cx, store, noor, &list, &n), WIJK_OK);
    assert_int_equal(n, 0);
    const struct wijk_once *kept,
        old = {.status = 201, .location = "", .body = "", .made_at = NOW},
        new = {.status = 201, .location = "", .body = "", .made_at = NOW + 2 * WIJK_ONCE_KEEP_S};
    hash_of(hash, 1);
    assert_int_equal(wijk_store_add_once(cx, store, hash, &old), WIJK_OK);
    hash_of(hash, 2);
    assert_int_equal(wijk_store_add_once(cx, store, hash, &new), WIJK_OK); /* also where nobody signs in */
    hash_of(hash, 1);
    assert_int_equal(wijk_store_find_once(cx, store, hash, &kept), WIJK_OK);
    assert_null(kept);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_log(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = with_log(cx, "l.gpkg", 30);
    const struct wijk_audit *v;
    size_t n;
    assert_int_equal(wijk_store_read_audit(
                         cx, store, &(struct wijk_audit_ask){.account = 3, .before = 25, .n_max = 3}, &v, &n),
                     WIJK_OK);
    assert_int_equal(n, 3);
    assert_int_equal(v[0].nr, 24);
    assert_int_equal(v[2].nr, 14);
    assert_string_equal(v[0].at, "2026-09-21T14:13:20Z");
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_log_damaged(void **state)
{
    static const struct {
        const char *sql, *word;
    } CASE[] = {{"SELECT 1", NULL},
                {"UPDATE audit SET after = '{}' WHERE nr = 17", "rij 17"},
                {"UPDATE audit SET why = '' WHERE nr = 30", "rij 30"},
                {"UPDATE audit SET done = 'iets' WHERE nr = 2", "rij 2"},
                {"DELETE FROM audit WHERE nr = 9", "rij 9"},
                {"DELETE FROM audit WHERE nr > 28", "afgebroken na rij 28"},
                {"DELETE FROM audit", "afgebroken na rij 0"},
                {"UPDATE audit_end SET nr = 29", "afgebroken na rij 30"},
                {"UPDATE audit SET account = 1 WHERE nr = 1", "rij 1"}};
    (void)state;
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct wijk_store *store = with_log(cx, "d.gpkg", 30);
        wijk_store_close(store);
        const char *path = wijk_sprintf(cx, "%s/d.gpkg", folder), *const * problem;
        damage(path, CASE[k].sql);
        assert_int_equal(wijk_store_open(cx, path, WIJK_STORE_READ, &store), WIJK_OK);
        size_t n;
        assert_int_equal(wijk_store_check(cx, store, &problem, &n), WIJK_OK);
        assert_int_equal(n, CASE[k].word ? 1 : 0);
        if (CASE[k].word && !strstr(problem[0], CASE[k].word)) fail_msg("%s: %s", CASE[k].sql, problem[0]);
        wijk_store_close(store);
        wijk_cx_end(cx);
    }
}

/* Other programs may not change a row either, as long as they leave the form of the file as it is. */
static void test_log_kept(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    wijk_store_close(with_log(cx, "k.gpkg", 3));
    sqlite3 *db;
    assert_int_equal(sqlite3_open(wijk_sprintf(cx, "%s/k.gpkg", folder), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE audit SET why = 'x'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(db);
    wijk_cx_end(cx);
}

int main(void)
{
    assert_non_null(mkdtemp(folder));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accounts),    cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_proposals),   cmocka_unit_test(test_log),
        cmocka_unit_test(test_log_damaged), cmocka_unit_test(test_sweep_in_pieces),
        cmocka_unit_test(test_log_kept)};
    return cmocka_run_group_tests_name("store people", tests, NULL, NULL);
}
