/* SPDX-License-Identifier: EUPL-1.2 */
/* What people write meets a disk without room, a broken one, or no memory, at every single call, over a
 * connection that stays open as a server's does. Acknowledged is there afterwards, refused is not there in
 * part; with room it goes on over the same connection, and after a failed sync it does not. */
#include "fault_shim.h"
#include "store/partner_store.h"
#include "store/signal_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define must(cx, call)                                                                                       \
    do {                                                                                                     \
        enum wijk_err must_ = (call);                                                                        \
        if (must_) fail_msg("%s: %s", wijk_err_name(must_), wijk_fault(cx));                                 \
    } while (0)

static char folder[64], path[96];
static const int64_t NOW = 1790000000;
static const char TOLD[] = "er wordt niets meer geschreven";

/* ---- what is written: a thing, its row in the log, and the answer under its key, in one transaction ---- */

#define THINGS(X) X(ACCOUNT) X(SESSION) X(TOKEN) X(SIGNAL) X(PARTNER) X(PROPOSAL)
enum thing {
#define X(id) id,
    THINGS(X)
#undef X
        N_THING
};
static const char *const THING[] = {
#define X(id) #id,
    THINGS(X)
#undef X
};
struct write {
    enum thing thing;
    int nr; /* every one has its own */
    int64_t maker;
};

static const char *name_of(struct wijk_cx *cx, const struct write *w)
{
    return wijk_sprintf(cx, "naam-%017d", w->nr);
}

static void hash_of(const struct write *w, uint8_t hash[WIJK_HASH])
{
    memset(hash, 7, WIJK_HASH);
    memcpy(hash, &w->nr, sizeof w->nr);
}

static enum wijk_err add_account(struct wijk_cx *cx, struct wijk_store *store, const struct write *w)
{
    const struct wijk_grant grant = {"GM9901", "", WIJK_ROLE_ANALYST};
    struct wijk_account a = {.name = name_of(cx, w),
                             .shown = "Noor",
                             .gemeente = "GM9901",
                             .state = WIJK_ACCOUNT_ACTIVE,
                             .made_at = NOW};
    WIJK_TRY(wijk_store_add_account(cx, store, &a));
    return wijk_store_add_grant(cx, store, a.id, &grant, NOW);
}

static enum wijk_err add_partner(struct wijk_cx *cx, struct wijk_store *store, const struct write *w)
{
    static const char *const AREA[] = {"WK990101", "WK990102"};
    struct wijk_partner p = {.gemeente = "GM9901",
                             .id = name_of(cx, w),
                             .name = "Bakkerij De Korrel",
                             .about = "",
                             .site = "",
                             .means = WIJK_SHARING_ORGANISATION,
                             .edited = {.sharing = WIJK_SHARING_PARTNERS, .made_by = w->maker},
                             .n_area = 2,
                             .area = AREA};
    return wijk_store_save_partner(cx, store, &p);
}

static enum wijk_err add_signal(struct wijk_cx *cx, struct wijk_store *store, const struct write *w)
{
    struct wijk_signal s = {.name = name_of(cx, w),
                            .gemeente = "GM9901",
                            .buurt = "BU99010101",
                            .theme = "afval",
                            .sentence = "Veel afval naast de containers.",
                            .partner = "wmd",
                            .sure = WIJK_SURE_SEEN,
                            .made_by = w->maker,
                            .made_at = NOW,
                            .sharing = WIJK_SHARING_PARTNERS};
    return wijk_store_add_signal(cx, store, &s);
}

static enum wijk_err add_thing(struct wijk_cx *cx, struct wijk_store *store, const struct write *w)
{
    uint8_t hash[WIJK_HASH];
    hash_of(w, hash);
    struct wijk_session session = {.account = w->maker,
                                   .guard = "g",
                                   .device = "proef",
                                   .made_at = NOW,
                                   .seen_at = NOW,
                                   .ends_at = NOW + 9};
    struct wijk_token token = {
        .account = w->maker, .name = "proef", .scopes = 1, .made_at = NOW, .ends_at = NOW + 9};
    struct wijk_proposal proposal = {.gemeente = "GM9901",
                                     .kind = "rol",
                                     .object = name_of(cx, w),
                                     .body = "{}",
                                     .why = "proef",
                                     .made_by = w->maker,
                                     .made_at = NOW};
    switch (w->thing) {
    case ACCOUNT: return add_account(cx, store, w);
    case SESSION: return wijk_store_add_session(cx, store, hash, &session);
    case TOKEN: return wijk_store_add_token(cx, store, hash, &token);
    case SIGNAL: return add_signal(cx, store, w);
    case PARTNER: return add_partner(cx, store, w);
    default: return wijk_store_add_proposal(cx, store, &proposal);
    }
}

static enum wijk_err body(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct write *w = arg;
    uint8_t hash[WIJK_HASH], salt[WIJK_SALT] = {7};
    struct wijk_once once = {.status = 201, .location = "", .body = "{}", .about = "", .made_at = NOW};
    struct wijk_audit row = {.account = w->maker,
                             .gemeente = "GM9901",
                             .via = "web",
                             .kind = "proef",
                             .object = name_of(cx, w),
                             .why = "omdat het kan",
                             .before = "",
                             .after = ""};
    hash_of(w, hash);
    WIJK_TRY(add_thing(cx, store, w));
    WIJK_TRY(wijk_store_add_audit(cx, store, &row, salt, NOW));
    return wijk_store_add_once(cx, store, hash, &once);
}

/* ---- is it there? ---- */

static bool thing_is_there(struct wijk_cx *cx, struct wijk_store *store, const struct write *w)
{
    uint8_t hash[WIJK_HASH];
    const struct wijk_account *account = NULL;
    const struct wijk_session *session = NULL;
    const struct wijk_token *token = NULL;
    const struct wijk_signal *signal_ = NULL;
    const struct wijk_partner *partner = NULL;
    const struct wijk_proposal *open;
    size_t n = 0;
    const char *name = name_of(cx, w);
    hash_of(w, hash);
    switch (w->thing) {
    case ACCOUNT:
        must(cx, wijk_store_find_account(cx, store, name, &account));
        if (account) assert_int_equal(account->n_grant, 1);
        return account;
    case SESSION: must(cx, wijk_store_find_session(cx, store, hash, &session)); return session;
    case TOKEN: must(cx, wijk_store_find_token(cx, store, hash, &token)); return token;
    case SIGNAL: must(cx, wijk_store_find_signal(cx, store, name, &signal_)); return signal_;
    case PARTNER:
        must(cx, wijk_store_read_partner(cx, store, "GM9901", name, WIJK_EDITION_WORK, &partner));
        if (partner) assert_int_equal(partner->n_area, 2);
        return partner;
    default:
        must(cx, wijk_store_list_proposals(cx, store, "GM9901", "rol", true, 1, &open, &n));
        return n && strcmp(open[0].object, name) == 0;
    }
}

/* All of it or nothing: the thing, its row of the log, its answer. */
static bool is_there(struct wijk_cx *cx, struct wijk_store *store, const struct write *w)
{
    uint8_t hash[WIJK_HASH];
    const struct wijk_once *once;
    const struct wijk_audit *row;
    size_t n;
    hash_of(w, hash);
    bool thing = thing_is_there(cx, store, w);
    must(cx, wijk_store_find_once(cx, store, hash, &once));
    must(cx, wijk_store_read_audit(
                 cx, store, &(struct wijk_audit_ask){.object = name_of(cx, w), .kind = "proef", .n_max = 9},
                 &row, &n));
    if (n > 1 || thing != (n == 1) || thing != (once != NULL))
        fail_msg("%s %d: half there (%d %zu %d)", THING[w->thing], w->nr, thing, n, once != NULL);
    return thing;
}

static void clear(void)
{
    static const char *const BESIDE[] = {"", "-wal", "-shm", "-journal"};
    char name[128];
    for (size_t k = 0; k < 4; k++) {
        snprintf(name, sizeof name, "%s%s", path, BESIDE[k]);
        unlink(name);
    }
}

/* ---- one round ---- */

struct round {
    struct wijk_cx *cx;
    struct wijk_store *store, *reader;
    struct write w;
    enum shim_kind kind;
    long n;
};

static void wrong(const struct round *r, const char *what)
{
    fail_msg("%s, kind %d, call %ld: %s «%s»", THING[r->w.thing], (int)r->kind, r->n, what,
             wijk_fault(r->cx));
}

static bool sees(struct round *r, struct wijk_store *store)
{
    must(r->cx, wijk_store_begin(r->cx, store));
    bool there = is_there(r->cx, store, &r->w);
    wijk_store_rollback(store);
    return there;
}

static void open_both(struct round *r)
{
    must(r->cx, wijk_store_open(r->cx, path, WIJK_STORE_WRITE, &r->store));
    must(r->cx, wijk_store_open(r->cx, path, WIJK_STORE_READ, &r->reader));
}

static void close_both(struct round *r)
{
    wijk_store_close(r->reader);
    wijk_store_close(r->store);
}

/* What a killed or stopped change of the journal left behind is undone by who opens the store anew. */
static void again(struct round *r)
{
    wijk_store_close(r->reader);
    must(r->cx, wijk_store_open(r->cx, path, WIJK_STORE_READ, &r->reader));
}

/* Nothing more is taken, reading goes on, and after a restart it is there or not, and can be written. */
static void after_the_end(struct round *r)
{
    if (wijk_store_in_transaction(r->cx, r->store, body, &r->w) != WIJK_EIO ||
        !strstr(wijk_fault(r->cx), TOLD))
        wrong(r, "written after the disk broke");
    again(r);
    sees(r, r->reader);
    close_both(r);
    open_both(r);
    if (wijk_store_health(r->store) != WIJK_STORE_SOUND) wrong(r, "not sound after a restart");
    if (!sees(r, r->store)) must(r->cx, wijk_store_in_transaction(r->cx, r->store, body, &r->w));
}

static void judge(struct round *r, enum wijk_err err, bool room)
{
    const char *said = wijk_fault(r->cx);
    bool broken = wijk_store_health(r->store) == WIJK_STORE_BROKEN;
    if (err != WIJK_EIO) wrong(r, wijk_err_name(err));
    if (broken != (strstr(said, TOLD) != NULL)) wrong(r, "says something else than it does");
    if (room && broken) wrong(r, "broken for good by what passes");
    if (room && wijk_store_health(r->store) != WIJK_STORE_FULL && !strstr(said, "niet te openen"))
        wrong(r, "does not know that there is no room");
    if (r->kind == SHIM_SYNC && !broken) wrong(r, "goes on after a failed sync");
    if (r->kind == SHIM_IOERR && !broken && !strstr(said, "niet te openen"))
        wrong(r, "goes on after a failed write");
}

/* false: the fault was not met any more. */
static bool one(struct round *r, bool warm)
{
    bool room = r->kind == SHIM_FULL || r->kind == SHIM_FULL_ON || r->kind == SHIM_QUOTA_ON;
    open_both(r);
    if (warm) { /* a connection that wrote before, else its first write, which also makes the log */
        r->w.nr++;
        must(r->cx, wijk_store_in_transaction(r->cx, r->store, body, &r->w));
    }
    r->w.nr++;
    if (sees(r, r->reader)) wrong(r, "there before it was written");
    shim_arm(r->kind, r->n);
    enum wijk_err err = wijk_store_in_transaction(r->cx, r->store, body, &r->w);
    if (err) judge(r, err, room);
    if (warm && room && sees(r, r->reader) != !err) wrong(r, "read otherwise than acknowledged");
    bool struck = shim_disarm();
    if (err && !struck) wrong(r, "failed by itself");
    if (err && wijk_store_health(r->store) == WIJK_STORE_BROKEN) {
        after_the_end(r);
    } else if (err) {
        if (!warm) again(r);
        if (sees(r, r->reader) || sees(r, r->store)) wrong(r, "refused, and there");
        must(r->cx, wijk_store_in_transaction(r->cx, r->store, body, &r->w));
    }
    if (wijk_store_health(r->store) != WIJK_STORE_SOUND) wrong(r, "not well again");
    if (!sees(r, r->reader) || !sees(r, r->store)) wrong(r, "acknowledged, and not there");
    close_both(r);
    return struck;
}

/* ---- the walk ---- */

static void must_be_sound(struct wijk_cx *cx, size_t rows)
{
    struct wijk_store *store;
    const char *const *problem, *odd;
    uint8_t end[WIJK_HASH];
    int64_t n_row;
    size_t n;
    must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
    must(cx, wijk_store_check(cx, store, &problem, &n));
    if (n) fail_msg("%s", problem[0]);
    must(cx, wijk_store_check_audit(cx, store, &odd, &n_row, end));
    assert_null(odd);
    assert_int_equal(n_row, rows);
    wijk_store_close(store);
}

static void walk(enum thing thing, enum shim_kind kind, bool warm)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct round r = {.cx = cx, .w = {.thing = ACCOUNT}, .kind = kind};
    clear();
    must(cx, wijk_store_create(cx, path, &r.store));
    must(cx, wijk_store_in_transaction(cx, r.store, body, &r.w));
    const struct wijk_account *maker;
    must(cx, wijk_store_find_account(cx, r.store, name_of(cx, &r.w), &maker));
    r.w = (struct write){thing, 0, maker->id};
    wijk_store_close(r.store);
    struct wijk_mark mark = wijk_cx_mark(cx);
    for (r.n = 1; one(&r, warm); r.n += kind == SHIM_NO_MEMORY ? 1 + r.n / 12 : 1) wijk_cx_rewind(cx, mark);
    must_be_sound(cx, (size_t)r.w.nr + 1);
    assert_true(r.n > (kind == SHIM_SYNC ? 1 : 3));
    wijk_cx_end(cx);
}

static void walk_all(enum shim_kind kind)
{
    for (int thing = 0; thing < N_THING; thing++)
        for (int warm = 0; warm < 2; warm++) walk((enum thing)thing, kind, warm);
}

static void test_full_once(void **state)
{
    (void)state;
    walk_all(SHIM_FULL);
}
static void test_full(void **state)
{
    (void)state;
    walk_all(SHIM_FULL_ON);
}
static void test_quota(void **state)
{
    (void)state;
    walk_all(SHIM_QUOTA_ON);
}
static void test_sync(void **state)
{
    (void)state;
    walk_all(SHIM_SYNC);
}
static void test_broken(void **state)
{
    (void)state;
    walk_all(SHIM_IOERR);
}
static void test_no_memory(void **state)
{
    (void)state;
    walk_all(SHIM_NO_MEMORY);
}

/* ---- the disk breaks where the long log goes into the file, after an acknowledged write ---- */

/* More than a thousand pages. */
static enum wijk_err much(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    enum { SOURCES = 48, LONG = 200 << 10 };
    static char text[LONG];
    (void)arg;
    memset(text, 'x', sizeof text - 1);
    WIJK_TRY(wijk_store_set_title(cx, store, "Lang", false));
    for (int k = 0; k < SOURCES; k++) {
        const struct wijk_own_source s = {wijk_sprintf(cx, "bron-%d", k), "Lang", text,
                                          "2026-09-21T08:14:00Z"};
        WIJK_TRY(wijk_store_save_own_source(cx, store, &s));
    }
    return WIJK_OK;
}

static void test_checkpoint(void **state)
{
    (void)state;
    bool met = false;
    for (long n = 1; n < 20; n++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct round r = {.cx = cx, .kind = SHIM_SYNC, .n = n, .w = {.thing = ACCOUNT, .nr = 3}};
        clear();
        must(cx, wijk_store_create(cx, path, &r.store));
        wijk_store_close(r.store);
        open_both(&r);
        shim_arm(SHIM_SYNC, n);
        enum wijk_err err = wijk_store_in_transaction(cx, r.store, much, NULL);
        bool struck = shim_disarm();
        if (struck) assert_int_equal(wijk_store_health(r.store), WIJK_STORE_BROKEN);
        met |= struck && !err;
        if (struck) after_the_end(&r);
        if (!err) {
            struct wijk_store_info info;
            must(cx, wijk_store_info(cx, r.store, &info));
            assert_string_equal(info.title, "Lang");
        }
        close_both(&r);
        wijk_cx_end(cx);
        if (!struck) break;
    }
    assert_true(met);
}

/* ---- connections of one process share what happened to the disk ---- */

static void test_shared(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store_fate fate = {0};
    struct wijk_store *other;
    struct round r = {.cx = cx, .kind = SHIM_SYNC, .n = 1, .w = {.thing = ACCOUNT, .nr = 3}};
    clear();
    must(cx, wijk_store_create(cx, path, &r.store));
    wijk_store_close(r.store);
    open_both(&r);
    must(cx, wijk_store_open(cx, path, WIJK_STORE_WRITE, &other));
    wijk_store_share(r.store, &fate), wijk_store_share(other, &fate), wijk_store_share(r.reader, &fate);
    shim_arm(SHIM_FULL, 1);
    assert_int_equal(wijk_store_in_transaction(cx, r.store, body, &r.w), WIJK_EIO);
    shim_disarm();
    shim_arm(SHIM_QUOTA_ON, 3);
    assert_int_equal(wijk_store_in_transaction(cx, r.store, body, &r.w), WIJK_EIO);
    shim_disarm();
    assert_int_equal(wijk_store_health(other), WIJK_STORE_FULL);
    r.w.nr++;
    must(cx, wijk_store_in_transaction(cx, other, body, &r.w));
    assert_int_equal(wijk_store_health(r.store), WIJK_STORE_SOUND);
    r.w.nr++;
    shim_arm(SHIM_SYNC, 1);
    assert_int_equal(wijk_store_in_transaction(cx, r.store, body, &r.w), WIJK_EIO);
    shim_disarm();
    assert_int_equal(wijk_store_in_transaction(cx, other, body, &r.w), WIJK_EIO);
    assert_non_null(strstr(wijk_fault(cx), TOLD));
    assert_int_equal(wijk_store_health(r.reader), WIJK_STORE_BROKEN);
    sees(&r, r.reader);
    wijk_store_close(other);
    close_both(&r);
    wijk_cx_end(cx);
}

int main(void)
{
    shim_install();
    snprintf(folder, sizeof folder, "%s/wijk-full-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    if (!mkdtemp(folder)) return 1;
    snprintf(path, sizeof path, "%s/d.gpkg", folder);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_once),  cmocka_unit_test(test_full),   cmocka_unit_test(test_quota),
        cmocka_unit_test(test_sync),       cmocka_unit_test(test_broken), cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_checkpoint), cmocka_unit_test(test_shared),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *const rm[] = {"rm", "-r", folder, NULL};
    pid_t child = fork();
    if (child == 0) execvp("rm", rm);
    waitpid(child, NULL, 0);
    return failed;
}
