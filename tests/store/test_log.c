/* SPDX-License-Identifier: EUPL-1.2 */
/* The log with many rows: each way of asking gives what looking at every row gives, and one thing that was
 * done to one row of twenty thousand is found, and which. */
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

enum { ROWS = 20000 };
static char folder[] = "/tmp/wijk-log-XXXXXX";
static const int64_t NOW = 1790000000;
static const char *const GEMEENTE[] = {"GM9901", "GM9902", ""}, *const KIND[] = {"sessie", "signaal",
                                                                                 "partner"};

/* Crooked shares: an account of its own in the busiest gemeente, a kind that is rare. */
static struct wijk_audit row_of(int k)
{
    const bool rare = k % 997 == 5;
    return (struct wijk_audit){.account = k % 7 == 0 ? 3 : 10 + k % 613,
                               .gemeente = GEMEENTE[k % 11 == 1 ? 2 : k % 5 == 2],
                               .via = "web",
                               .kind = KIND[rare ? 2 : k % 3 == 0],
                               .object = rare ? "linde-wonen" : "7",
                               .done = WIJK_DONE_CHANGE,
                               .after = "{\"a\":1}"};
}

static enum wijk_err fill(struct wijk_cx *all, struct wijk_store *store, void *arg)
{
    (void)all;
    (void)arg;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (int k = 1; k <= ROWS; k++) {
        struct wijk_audit r = row_of(k);
        assert_int_equal(wijk_store_add_audit(cx, store, &r, NULL, NOW + k), WIJK_OK);
        assert_int_equal(r.nr, k);
    }
    wijk_cx_end(cx);
    return WIJK_OK;
}

static const char *path_of(struct wijk_cx *cx)
{
    return wijk_sprintf(cx, "%s/l.gpkg", folder);
}

static int make(void **state)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    (void)state;
    assert_int_equal(wijk_store_create(cx, path_of(cx), &store), WIJK_OK);
    assert_int_equal(wijk_store_in_transaction(cx, store, fill, NULL), WIJK_OK);
    wijk_store_close(store);
    wijk_cx_end(cx);
    return 0;
}

static bool is(const char *asked, const char *has)
{
    return !asked || strcmp(asked, has) == 0;
}

static void test_every_way(void **state)
{
    static const char *const OBJECT[] = {NULL, "linde-wonen"};
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    (void)state;
    assert_int_equal(wijk_store_open(cx, path_of(cx), WIJK_STORE_READ, &store), WIJK_OK);
    for (int way = 0; way < 4 * 4 * 2 * 3; way++) {
        const struct wijk_audit_ask ask = {.gemeente = way % 4 ? GEMEENTE[way % 4 - 1] : NULL,
                                           .kind = way / 4 % 4 ? KIND[way / 4 % 4 - 1] : NULL,
                                           .object = OBJECT[way / 16 % 2],
                                           .account = way / 32 == 0   ? 0
                                                      : way / 32 == 1 ? 3
                                                                      : 11,
                                           .before = way % 3 ? 15001 : 0,
                                           .n_max = 40};
        const struct wijk_audit *v;
        size_t n, at = 0;
        assert_int_equal(wijk_store_read_audit(cx, store, &ask, &v, &n), WIJK_OK);
        for (int k = ask.before ? 15000 : ROWS; k > 0 && at < 40; k--) {
            const struct wijk_audit r = row_of(k);
            if (!is(ask.gemeente, r.gemeente) || !is(ask.kind, r.kind) || !is(ask.object, r.object) ||
                (ask.account && ask.account != r.account))
                continue;
            if (at >= n || v[at].nr != k) fail_msg("way %d: row %zu is not %d", way, at, k);
            at++;
        }
        assert_int_equal(at, n);
    }
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", sql, why);
}

/* One thing, done by who has the file and takes the guards off; then put back, as the same bytes. */
static void test_one_of_many(void **state)
{
    static const struct {
        const char *sql, *word;
    } CASE[] = {
        {"UPDATE audit SET after = '{\"a\":2}' WHERE nr = 1", "rij 1 "},
        {"UPDATE audit SET after = '{\"a\":2}' WHERE nr = 10007", "rij 10007 "},
        {"UPDATE audit SET after = '{\"a\":2}' WHERE nr = 20000", "rij 20000 "},
        {"UPDATE audit SET at = '2026-09-21T17:00:00Z' WHERE nr = 10007", "rij 10007 "},
        {"UPDATE audit SET after = NULL, before = after WHERE nr = 555", "rij 555 "},
        {"UPDATE audit SET hash = zeroblob(32) WHERE nr = 10007", "rij 10007 "},
        {"DELETE FROM audit WHERE nr = 10007", "rij 10007 "},
        {"DELETE FROM audit WHERE nr = 1", "rij 1 "},
        {"DELETE FROM audit WHERE nr = 20000", "afgebroken na rij 19999"},
        {"DELETE FROM audit WHERE nr > 123", "afgebroken na rij 123"},
        /* one more between: all after it move up */
        {"UPDATE audit SET nr = -nr WHERE nr > 10007; UPDATE audit SET nr = 1 - nr WHERE nr < 0; INSERT INTO"
         " audit SELECT 10008, at, gemeente, account, via, done, kind, object, why, before, after, prev, hash"
         " FROM audit WHERE nr = 10007; UPDATE audit_end SET nr = 20001",
         "rij 10008 "},
        {"UPDATE audit SET nr = -1 WHERE nr = 10007; UPDATE audit SET nr = 10007 WHERE nr = 10008;"
         " UPDATE audit SET nr = 10008 WHERE nr = -1",
         "rij 10007 "},
        {"INSERT INTO audit SELECT 20001, at, gemeente, account, via, done, kind, object, why, before, after,"
         " prev, hash FROM audit WHERE nr = 20000",
         "rij 20001 "},
        {"SELECT 1", NULL}};
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    sqlite3 *db;
    (void)state;
    assert_int_equal(sqlite3_open(path_of(cx), &db), SQLITE_OK);
    run(db, "DROP TRIGGER audit_stays; DROP TRIGGER audit_kept; CREATE TABLE kept AS SELECT * FROM audit;"
            " CREATE TABLE kept_end AS SELECT * FROM audit_end");
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        struct wijk_cx *own = wijk_cx_new(WIJK_NL);
        struct wijk_store *store;
        const char *problem;
        uint8_t end[WIJK_HASH];
        int64_t rows;
        run(db, "BEGIN");
        run(db, CASE[k].sql);
        run(db, "COMMIT");
        assert_int_equal(wijk_store_open(own, path_of(own), WIJK_STORE_READ, &store), WIJK_OK);
        assert_int_equal(wijk_store_check_audit(own, store, &problem, &rows, end), WIJK_OK);
        wijk_store_close(store);
        if (!CASE[k].word) assert_int_equal(rows, ROWS);
        if (!CASE[k].word != !problem || (problem && !strstr(problem, CASE[k].word)))
            fail_msg("%s: %s", CASE[k].sql, problem ? problem : "not found");
        run(db, "BEGIN; DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DELETE FROM audit_end;"
                " INSERT INTO audit_end SELECT * FROM kept_end; COMMIT");
        wijk_cx_end(own);
    }
    sqlite3_close(db);
    wijk_cx_end(cx);
}

static int clean(void **state)
{
    static const char *const END[] = {"", "-wal", "-shm"};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        char path[80];
        (void)snprintf(path, sizeof path, "%s/l.gpkg%s", folder, END[k]);
        unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_way), cmocka_unit_test(test_one_of_many)};
    return cmocka_run_group_tests_name("store log", tests, make, clean);
}
