/* SPDX-License-Identifier: EUPL-1.2 */
/* How what people made is looked up: every statement of its reading functions goes by an index. None reads a
 * table that grows from one end to the other, none sorts a whole one. */
#include "store/partner_store.h"
#include "store/signal_store.h"
#include "store/store_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-plans-XXXXXX";
enum { MANY = 400, TEXT = 4000 };
static char seen[MANY][TEXT];
static int n_seen;

static int note(unsigned kind, void *self, void *stmt, void *text)
{
    const char *sql = sqlite3_sql(stmt);
    (void)kind;
    (void)self;
    (void)text;
    for (int k = 0; k < n_seen; k++)
        if (strcmp(seen[k], sql) == 0) return 0;
    assert_true(n_seen < MANY && strlen(sql) < TEXT);
    (void)snprintf(seen[n_seen++], TEXT, "%s", sql);
    return 0;
}

/* What goes through all of a table on purpose: asked by who has the machine, or the whole list is the answer.
 */
static bool is_meant(const char *sql, const char *plan)
{
    static const char *const SQL[] = {"?2 IS NULL AND ?3 IS NULL", "WHERE ?1 IS NULL",
                                      "WHERE (?3 IS NULL OR kind = ?3) AND nr", "LIMIT 1"};
    if (strncmp(plan, "SCAN (subquery", 14) == 0 || strcmp(plan, "SCAN e") == 0) return true; /* one row */
    for (size_t k = 0; k < sizeof SQL / sizeof *SQL; k++)
        if (strstr(sql, SQL[k])) return true;
    return false;
}

static int check_plan(sqlite3 *db, const char *sql)
{
    char text[TEXT + 32];
    sqlite3_stmt *s;
    int bad = 0;
    (void)snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &s, NULL), SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *plan = (const char *)sqlite3_column_text(s, 3);
        const bool scans = strncmp(plan, "SCAN", 4) == 0,
                   sorts = strncmp(plan, "USE TEMP B-TREE FOR ORDER", 25) == 0;
        if ((!scans && !sorts) || is_meant(sql, plan)) continue;
        print_error("%s\n    %s\n", plan, sql);
        bad++;
    }
    sqlite3_finalize(s);
    return bad;
}

static void must(enum wijk_err err)
{
    assert_int_equal(err, WIJK_OK);
}

/* ---- every way of asking ---- */

static void ask_log(struct wijk_cx *cx, struct wijk_store *store)
{
    const struct wijk_audit *v;
    size_t n;
    for (int k = 0; k < 16; k++) {
        const struct wijk_audit_ask ask = {.gemeente = k & 1 ? "GM9901" : NULL,
                                           .kind = k & 2 ? "sessie" : NULL,
                                           .object = k & 4 && k & 2 ? "7" : NULL,
                                           .account = k & 8 ? 3 : 0,
                                           .n_max = 9};
        must(wijk_store_read_audit(cx, store, &ask, &v, &n));
    }
}

static void ask_people(struct wijk_cx *cx, struct wijk_store *store)
{
    static const uint8_t HASH[WIJK_HASH] = {7};
    const struct wijk_account *a;
    const struct wijk_session *s;
    const struct wijk_token *t;
    const struct wijk_ticket *ticket;
    const struct wijk_proposal *p;
    const struct wijk_once *o;
    size_t n;
    bool any;
    must(wijk_store_list_accounts(cx, store, NULL, NULL, 3, 9, &a, &n));
    must(wijk_store_list_accounts(cx, store, "GM9901", NULL, 3, 9, &a, &n));
    must(wijk_store_list_accounts(cx, store, "GM9901", "corp", 3, 9, &a, &n));
    must(wijk_store_read_account(cx, store, 3, &a));
    must(wijk_store_find_account(cx, store, "noor", &a));
    must(wijk_store_find_subject(cx, store, "https://a.example", "x", &a));
    must(wijk_store_has_accounts(cx, store, &any));
    must(wijk_store_count_role(cx, store, "GM9901", WIJK_ROLE_ADMIN, &n));
    must(wijk_store_find_session(cx, store, HASH, &s));
    must(wijk_store_list_sessions(cx, store, 3, &s, &n));
    must(wijk_store_find_token(cx, store, HASH, &t));
    must(wijk_store_list_tokens(cx, store, 3, &t, &n));
    must(wijk_store_find_ticket(cx, store, HASH, "uitnodiging", 9, &ticket));
    must(wijk_store_find_once(cx, store, HASH, &o));
    for (int k = 0; k < 4; k++)
        must(wijk_store_list_proposals(cx, store, k & 1 ? "GM9901" : NULL, NULL, k & 2, 9, &p, &n));
    must(wijk_store_sweep(cx, store, 9));
}

static void ask_signals(struct wijk_cx *cx, struct wijk_store *store)
{
    const struct wijk_signal *v;
    const struct wijk_signal_count *count;
    size_t n;
    for (int k = 0; k < 8; k++) {
        const struct wijk_signal_ask ask = {.gemeente = "GM9901",
                                            .buurt = k & 1 ? "BU99010101" : NULL,
                                            .theme = k & 2 ? "jeugd" : NULL,
                                            .made_by = k & 4 ? 3 : 0,
                                            .shared = true,
                                            .before = 99,
                                            .n_max = 9};
        must(wijk_store_list_signals(cx, store, &ask, &v, &n));
    }
    must(wijk_store_find_signal(cx, store, "aaaaaaaaaaaaaaaaaaaaaa", &v));
    must(wijk_store_count_signals(cx, store, "GM9901", 20261, 20264, &count, &n));
    const struct wijk_signal one = {.gemeente = "GM9901", .buurt = "BU99010101", .theme = "jeugd"};
    must(wijk_store_count_others(cx, store, &one, &n));
    const struct wijk_signal_reply *reply;
    const struct wijk_signal answered = {.id = 3, .state = WIJK_SIGNAL_ANSWERED};
    must(wijk_store_list_signal_replies(cx, store, &answered, 1, &reply, &n));
}

static void ask_partners(struct wijk_cx *cx, struct wijk_store *store)
{
    const struct wijk_partner *p;
    const struct wijk_offer *o;
    size_t n;
    for (enum wijk_edition which = WIJK_EDITION_WORK; which <= WIJK_EDITION_PUBLIC; which++) {
        must(wijk_store_list_partners(cx, store, "GM9901", which, &p, &n));
        must(wijk_store_read_partner(cx, store, "GM9901", "corp", which, &p));
        must(wijk_store_list_offers(cx, store, "GM9901", NULL, which, &o, &n));
        must(wijk_store_list_offers(cx, store, "GM9901", "corp", which, &o, &n));
        must(wijk_store_read_offer(cx, store, NULL, 3, which, &o));
    }
}

static void test_plans(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    int bad = 0;
    must(wijk_store_create(cx, wijk_sprintf(cx, "%s/p.gpkg", folder), &store));
    sqlite3_trace_v2(store->db, SQLITE_TRACE_STMT, note, NULL);
    ask_log(cx, store);
    ask_people(cx, store);
    ask_signals(cx, store);
    ask_partners(cx, store);
    sqlite3_trace_v2(store->db, 0, NULL, NULL);
    assert_in_range(n_seen, 30, MANY);
    for (int k = 0; k < n_seen; k++)
        if (strncmp(seen[k], "SELECT", 6) == 0 || strncmp(seen[k], "DELETE", 6) == 0)
            bad += check_plan(store->db, seen[k]);
    assert_int_equal(bad, 0);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plans)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char path[64];
    (void)snprintf(path, sizeof path, "%s/p.gpkg", folder);
    unlink(path);
    rmdir(folder);
    return failed;
}
