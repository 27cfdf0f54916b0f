/* SPDX-License-Identifier: EUPL-1.2 */
/* Another process looks into a store that this one writes to, after this one opened it a second time: the
 * log stays, and so does what is written afterwards. */
#include "store/people_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void add_row(struct wijk_cx *cx, struct wijk_store *store)
{
    struct wijk_audit row = {.gemeente = "GM9901", .via = "proef", .kind = "account", .object = "7"};
    row.done = WIJK_DONE_CHANGE;
    assert_int_equal(wijk_store_add_audit(cx, store, &row, NULL, 1790000000), WIJK_OK);
}

/* How many rows a program of its own sees, such as a backup or a viewer. */
static int look_at(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    int n = 99;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT count(*) FROM audit", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        n = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

/* This program anew: after a fork alone SQLite would still believe in the locks of its parent. */
static int rows_seen_outside(const char *path)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        execl("/proc/self/exe", "look", path, (char *)NULL);
        _exit(98);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

static void test_beside(void **state)
{
    (void)state;
    char folder[] = "/tmp/wijk-beside-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *path = wijk_sprintf(cx, "%s/a.gpkg", folder), *log = wijk_sprintf(cx, "%s-wal", path);
    struct wijk_store *store, *reader;
    struct stat before, after;
    assert_int_equal(wijk_store_create(cx, path, &store), WIJK_OK);
    add_row(cx, store);
    assert_int_equal(stat(log, &before), 0);
    for (int k = 2; k < 7; k++) {
        assert_int_equal(wijk_store_open(cx, path, WIJK_STORE_READ, &reader), WIJK_OK);
        assert_int_equal(rows_seen_outside(path), k - 1);
        assert_int_equal(stat(log, &after), 0); /* still the one this process writes to */
        assert_true(before.st_ino == after.st_ino);
        add_row(cx, store);
        assert_int_equal(rows_seen_outside(path), k);
        wijk_store_close(reader);
    }
    wijk_store_close(store);
    wijk_cx_end(cx);
    char name[64];
    (void)snprintf(name, sizeof name, "%s/a.gpkg", folder);
    unlink(name);
    rmdir(folder);
}

int main(int argc, char **argv)
{
    if (argc > 1) return look_at(argv[1]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_beside)};
    return cmocka_run_group_tests_name("store beside", tests, NULL, NULL);
}
