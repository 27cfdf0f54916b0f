/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of signals: lists by who may see what, versions, counts, replies; data_version stays;
 * and with a hundred thousand of them a page still reads only what it shows. */
#include "store/signal_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-signals-XXXXXX";
static const int64_t NOW = 1790000000;

static struct wijk_store *fresh(struct wijk_cx *cx, const char *name)
{
    struct wijk_store *store;
    const char *path = wijk_sprintf(cx, "%s/%s", folder, name);
    unlink(path);
    assert_int_equal(wijk_store_create(cx, path, &store), WIJK_OK);
    return store;
}

static int64_t account(struct wijk_cx *cx, struct wijk_store *store, const char *name)
{
    struct wijk_account a = {
        .name = name, .shown = "Noor", .state = WIJK_ACCOUNT_ACTIVE, .gemeente = "GM9901", .made_at = NOW};
    assert_int_equal(wijk_store_add_account(cx, store, &a), WIJK_OK);
    return a.id;
}

static struct wijk_signal signal_of(struct wijk_cx *cx, int nr, int64_t maker, enum wijk_sharing sharing)
{
    return (struct wijk_signal){.name = wijk_sprintf(cx, "naam-%017d", nr),
                                .gemeente = nr % 7 == 6 ? "GM9902" : "GM9901",
                                .buurt = nr % 2 ? "BU99010102" : "BU99010101",
                                .theme = nr % 3 ? "afval" : "jeugd",
                                .sentence = "Veel afval naast de containers.",
                                .partner = "wmd",
                                .sure = WIJK_SURE_OFTEN,
                                .made_by = maker,
                                .made_at = NOW,
                                .sharing = sharing};
}

static size_t listed(struct wijk_cx *cx, struct wijk_store *store, struct wijk_signal_ask ask)
{
    const struct wijk_signal *v;
    size_t n;
    if (!ask.n_max) ask.n_max = 100;
    assert_int_equal(wijk_store_list_signals(cx, store, &ask, &v, &n), WIJK_OK);
    for (size_t k = 1; k < n; k++) assert_true(v[k].id < v[k - 1].id);
    return n;
}

/* Another program changes a count. */
static void tamper(const char *path)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE signal_count SET n = n + 1 WHERE theme = 'jeugd' AND gemeente = 'GM9901'",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

static void test_signals(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "a.gpkg");
    struct wijk_store_info before, after;
    assert_int_equal(wijk_store_info(cx, store, &before), WIJK_OK);
    int64_t noor = account(cx, store, "noor"), piet = account(cx, store, "piet");
    for (int k = 0; k < 14; k++) {
        struct wijk_signal s = signal_of(cx, k, k % 5 ? noor : piet,
                                         k == 3   ? WIJK_SHARING_DRAFT
                                         : k == 4 ? WIJK_SHARING_ORGANISATION
                                                  : WIJK_SHARING_PARTNERS);
        if (k == 5) s.x = 131700, s.y = 456300, s.radius = 150;
        assert_int_equal(wijk_store_add_signal(cx, store, &s), WIJK_OK);
        assert_int_equal(s.quarter, 20263);
    }
    struct wijk_signal twice = signal_of(cx, 3, noor, WIJK_SHARING_PARTNERS),
                       odd = signal_of(cx, 99, noor, WIJK_SHARING_PARTNERS);
    assert_int_equal(wijk_store_add_signal(cx, store, &twice), WIJK_EDATA);
    odd.x = 131750, odd.y = 456300, odd.radius = 150; /* off the grid */
    assert_int_equal(wijk_store_add_signal(cx, store, &odd), WIJK_EDATA);
    odd = signal_of(cx, 99, 4711, WIJK_SHARING_PARTNERS); /* nobody's */
    assert_int_equal(wijk_store_add_signal(cx, store, &odd), WIJK_EDATA);

    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .shared = true}), 10);
    assert_int_equal(
        listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .shared = true, .partner = "wmd"}),
        11);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .partner = "corp"}), 0);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .all = true}), 12);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9902", .all = true}), 2);
    assert_int_equal(
        listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .buurt = "BU99010102", .all = true}),
        6);
    assert_int_equal(
        listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .theme = "jeugd", .all = true}), 4);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.made_by = piet}), 3);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.made_by = piet, .n_max = 2}), 2);

    const struct wijk_signal *s;
    assert_int_equal(wijk_store_find_signal(cx, store, "naam-00000000000000005", &s), WIJK_OK);
    assert_int_equal(s->radius, 150);
    assert_int_equal(s->sure, WIJK_SURE_OFTEN);
    assert_int_equal(
        listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .all = true, .before = s->id}), 5);
    struct wijk_signal now = *s;
    now.state = WIJK_SIGNAL_ANSWERED, now.sentence = "Anders.";
    assert_int_equal(wijk_store_save_signal(cx, store, &now), WIJK_OK);
    assert_int_equal(wijk_store_save_signal(cx, store, &now), WIJK_ECONFLICT);
    for (int k = 0; k < 2; k++) {
        struct wijk_signal_reply r = {.signal = s->id,
                                      .made_by = piet,
                                      .made_at = NOW,
                                      .end = WIJK_SIGNAL_END_LEFT,
                                      .words = "geen geld"};
        assert_int_equal(wijk_store_add_signal_reply(cx, store, &r), WIJK_OK);
    }
    const struct wijk_signal_reply *r;
    size_t n;
    assert_int_equal(wijk_store_list_signal_replies(cx, store, &now, 1, &r, &n), WIJK_OK);
    assert_int_equal(n, 2);
    assert_int_equal(r[1].end, WIJK_SIGNAL_END_LEFT);
    now.version = 2, now.state = WIJK_SIGNAL_WITHDRAWN;
    assert_int_equal(wijk_store_save_signal(cx, store, &now), WIJK_OK);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .all = true}), 11);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.made_by = piet}), 3);
    assert_int_equal(wijk_store_find_signal(cx, store, "geen", &s), WIJK_OK);
    assert_null(s);

    const struct wijk_signal_count *c;
    size_t sum = 0;
    assert_int_equal(wijk_store_count_signals(cx, store, "GM9901", 20261, 20264, &c, &n), WIJK_OK);
    for (size_t k = 0; k < n; k++) sum += c[k].n;
    assert_int_equal(sum, 9); /* not the draft, not what stays inside, not the one withdrawn */
    assert_int_equal(wijk_store_count_signals(cx, store, "GM9901", 20264, 20264, &c, &n), WIJK_OK);
    assert_int_equal(n, 0);
    assert_int_equal(wijk_store_find_signal(cx, store, "naam-00000000000000001", &s), WIJK_OK);
    struct wijk_signal moved = *s;
    const enum wijk_sharing course[] = {WIJK_SHARING_DRAFT, WIJK_SHARING_PARTNERS, WIJK_SHARING_PARTNERS};
    const size_t want[] = {8, 9, 9}, youth[] = {3, 3, 4};
    for (size_t k = 0; k < 3; k++) {
        size_t of_youth = 0;
        moved.sharing = course[k], moved.theme = k == 2 ? "jeugd" : "afval";
        assert_int_equal(wijk_store_save_signal(cx, store, &moved), WIJK_OK);
        moved.version++;
        assert_int_equal(wijk_store_count_signals(cx, store, "GM9901", 20263, 20263, &c, &n), WIJK_OK);
        sum = 0;
        for (size_t i = 0; i < n; i++) sum += c[i].n, of_youth += strcmp(c[i].theme, "jeugd") ? 0 : c[i].n;
        assert_int_equal(sum, want[k]);
        assert_int_equal(of_youth, youth[k]);
    }
    assert_int_equal(wijk_store_find_signal(cx, store, "naam-00000000000000001", &s), WIJK_OK);
    assert_int_equal(wijk_store_count_others(cx, store, s, &n), WIJK_OK);
    assert_int_equal(n, 0);
    assert_int_equal(wijk_store_info(cx, store, &after), WIJK_OK);
    assert_string_equal(before.data_version, after.data_version);
    const char *const *problem;
    assert_int_equal(wijk_store_check(cx, store, &problem, &n), WIJK_OK);
    assert_int_equal(n, 0);
    tamper(wijk_sprintf(cx, "%s/a.gpkg", folder));
    assert_int_equal(wijk_store_check(cx, store, &problem, &n), WIJK_OK);
    assert_int_equal(n, 1);
    assert_non_null(strstr(problem[0], "De aantallen signalen van GM9901"));
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_quarters(void **state)
{
    (void)state;
    assert_int_equal(wijk_signal_quarter(1767225599), 20254); /* 2025-12-31 23:59:59 */
    assert_int_equal(wijk_signal_quarter(1767225600), 20261);
    assert_int_equal(wijk_signal_quarter(1774915199), 20261); /* 2026-03-30 .. 31 */
    assert_int_equal(wijk_signal_quarter(1775001600), 20262); /* 2026-04-01 */
}

enum { MANY = 100000 };

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const int64_t *maker = arg;
    for (int k = 0; k < MANY; k++) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        struct wijk_signal s =
            signal_of(cx, k, maker[k % 97 == 0], k % 11 ? WIJK_SHARING_PARTNERS : WIJK_SHARING_DRAFT);
        WIJK_TRY(wijk_store_add_signal(cx, store, &s));
        wijk_cx_rewind(cx, mark);
    }
    return WIJK_OK;
}

static void test_many(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = fresh(cx, "many.gpkg");
    int64_t maker[2] = {account(cx, store, "noor"), account(cx, store, "piet")};
    assert_int_equal(wijk_store_in_transaction(cx, store, fill, maker), WIJK_OK);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(
        listed(cx, store, (struct wijk_signal_ask){.gemeente = "GM9901", .shared = true, .n_max = 50}), 50);
    assert_int_equal(listed(cx, store,
                            (struct wijk_signal_ask){
                                .gemeente = "GM9901", .buurt = "BU99010101", .shared = true, .n_max = 50}),
                     50);
    assert_int_equal(listed(cx, store, (struct wijk_signal_ask){.made_by = maker[1], .n_max = 50}), 50);
    clock_gettime(CLOCK_MONOTONIC, &to);
    double ms = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    print_message("three pages of fifty of %d signals: %.2f ms\n", MANY, ms);
    assert_true(ms < 500);
    const struct wijk_signal_count *c;
    size_t n;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(wijk_store_count_signals(cx, store, "GM9901", 20254, 20263, &c, &n), WIJK_OK);
    clock_gettime(CLOCK_MONOTONIC, &to);
    ms = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    print_message("counts of %d signals: %.2f ms\n", MANY, ms);
    assert_int_equal(n, 4);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_signals), cmocka_unit_test(test_quarters),
                                       cmocka_unit_test(test_many)};
    if (!mkdtemp(folder)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
