/* SPDX-License-Identifier: EUPL-1.2 */
/* The addresses of who follows an area, in a file of their own. */
#include "store/address_store.h"
#include "store/store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct wijk_addresses {
    sqlite3 *db;
};

static const char SCHEMA[] = "CREATE TABLE IF NOT EXISTS follower (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                             "mail TEXT NOT NULL, code TEXT NOT NULL,"
                             " lang TEXT NOT NULL, secret TEXT NOT NULL UNIQUE, confirmed INTEGER NOT NULL "
                             "DEFAULT 0, asked_at INTEGER NOT NULL,"
                             " told_at INTEGER NOT NULL DEFAULT 0, UNIQUE (mail, code)) STRICT";

static enum wijk_err fault(struct wijk_cx *cx, struct wijk_addresses *a)
{
    const int rc = sqlite3_errcode(a->db) & 0xff;
    if (rc == SQLITE_NOTADB || rc == SQLITE_CORRUPT)
        return wijk_fail(cx, WIJK_ESTORE, "Het bestand met adressen is beschadigd.");
    if (rc == SQLITE_FULL)
        return wijk_fail(cx, WIJK_EIO,
                         "De schijf is vol; er is niets veranderd. Maak ruimte en probeer het opnieuw.");
    return wijk_fail(cx, WIJK_EIO, "Het bestand met adressen is nu niet te lezen of te schrijven.");
}

/* ---- statements ---- */

static sqlite3_stmt *prepare(struct wijk_addresses *a, const char *sql)
{
    sqlite3_stmt *s = NULL;
    sqlite3_prepare_v2(a->db, sql, -1, &s, NULL);
    return s;
}

static void text(sqlite3_stmt *s, int at, const char *v)
{
    sqlite3_bind_text(s, at, v, -1, SQLITE_TRANSIENT);
}

/* Runs it to its end; *changed may be NULL. */
static enum wijk_err run(struct wijk_cx *cx, struct wijk_addresses *a, sqlite3_stmt *s, int *changed)
{
    const int rc = s ? sqlite3_step(s) : SQLITE_ERROR;
    if (changed) *changed = rc == SQLITE_DONE ? sqlite3_changes(a->db) : 0;
    enum wijk_err err = rc == SQLITE_DONE || rc == SQLITE_ROW ? WIJK_OK : fault(cx, a);
    sqlite3_finalize(s);
    return err;
}

/* ---- the file ---- */

enum wijk_err wijk_addresses_open(struct wijk_cx *cx, const char *store_path, struct wijk_addresses **out)
{
    enum { OWNER_ONLY = 0600, BUSY_MS = 5000 };
    const char *path = wijk_sprintf(cx, "%s.adressen", store_path);
    struct wijk_addresses *a = WIJK_NEW(cx, struct wijk_addresses, 1);
    struct stat st;
    *out = NULL;
    /* made by us with these rights before anything is in it; never through a link, and never a wider one. One
     * that is there is not opened: closing it would take the locks of who is at work in it away. */
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, OWNER_ONLY);
    if (fd >= 0) close(fd);
    const bool good = lstat(path, &st) == 0 && S_ISREG(st.st_mode) && chmod(path, OWNER_ONLY) == 0;
    if (!good)
        return wijk_fail(cx, WIJK_EIO, "Het bestand met adressen is nu niet te lezen of te schrijven.");
    if (sqlite3_open_v2(path, &a->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, wijk__disk()) !=
            SQLITE_OK ||
        sqlite3_busy_timeout(a->db, BUSY_MS) != SQLITE_OK ||
        sqlite3_exec(a->db,
                     "PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(a->db, SCHEMA, NULL, NULL, NULL) != SQLITE_OK) {
        enum wijk_err err = fault(cx, a);
        sqlite3_close(a->db);
        return err;
    }
    *out = a;
    return WIJK_OK;
}

void wijk_addresses_close(struct wijk_addresses *a)
{
    if (a) sqlite3_close(a->db);
}

/* ---- asking, confirming, leaving ---- */

static enum wijk_err forget(struct wijk_cx *cx, struct wijk_addresses *a, int64_t now)
{
    sqlite3_stmt *s = prepare(a, "DELETE FROM follower WHERE confirmed = 0 AND asked_at < ?");
    sqlite3_bind_int64(s, 1, now - WIJK_ADDRESS_WAIT_S);
    return run(cx, a, s, NULL);
}

enum wijk_err wijk_addresses_ask(struct wijk_cx *cx, struct wijk_addresses *a, const struct wijk_follower *f,
                                 int64_t now)
{
    WIJK_TRY(forget(cx, a, now));
    sqlite3_stmt *s =
        prepare(a, "INSERT INTO follower (mail, code, lang, secret, asked_at) SELECT ?1, ?2, ?3, ?4, ?5"
                   " WHERE (SELECT count(*) FROM follower WHERE mail = ?1 AND confirmed = 0) < ?6"
                   " AND (SELECT count(*) FROM follower WHERE mail = ?1) < ?7"
                   " ON CONFLICT DO NOTHING");
    text(s, 1, f->mail);
    text(s, 2, f->code);
    text(s, 3, f->lang == WIJK_EN ? "en" : "nl");
    text(s, 4, f->secret);
    sqlite3_bind_int64(s, 5, now);
    sqlite3_bind_int(s, 6, WIJK_ADDRESS_OPEN_MAX);
    sqlite3_bind_int(s, 7, WIJK_ADDRESS_AREAS_MAX);
    return run(cx, a, s, NULL);
}

static enum wijk_err by_secret(struct wijk_cx *cx, struct wijk_addresses *a, const char *sql,
                               const char *secret, int64_t now, bool *known)
{
    int changed;
    sqlite3_stmt *s = prepare(a, sql);
    text(s, 1, secret);
    sqlite3_bind_int64(s, 2, now);
    enum wijk_err err = run(cx, a, s, &changed);
    *known = changed > 0;
    return err;
}

enum wijk_err wijk_addresses_confirm(struct wijk_cx *cx, struct wijk_addresses *a, const char *secret,
                                     int64_t now, bool *known)
{
    WIJK_TRY(forget(cx, a, now));
    return by_secret(
        cx, a, "UPDATE follower SET told_at = iif(confirmed, told_at, ?2), confirmed = 1 WHERE secret = ?1",
        secret, now, known);
}

enum wijk_err wijk_addresses_drop(struct wijk_cx *cx, struct wijk_addresses *a, const char *secret,
                                  bool *known)
{
    return by_secret(cx, a, "DELETE FROM follower WHERE secret = ?1 AND ?2 = 0", secret, 0, known);
}

/* ---- for the digest ---- */

static const char *copy(struct wijk_cx *cx, sqlite3_stmt *s, int column)
{
    const char *v = (const char *)sqlite3_column_text(s, column);
    return wijk_str_dup(cx, wijk_str(v));
}

enum wijk_err wijk_addresses_list(struct wijk_cx *cx, struct wijk_addresses *a,
                                  const struct wijk_follower **out, size_t *n)
{
    struct wijk_follower *v = NULL;
    size_t cap = 0;
    int rc = SQLITE_ERROR;
    *n = 0;
    sqlite3_stmt *s =
        prepare(a, "SELECT id, mail, code, lang, secret, confirmed, asked_at, told_at FROM follower"
                   " ORDER BY id");
    while (s && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = (struct wijk_follower){.id = sqlite3_column_int64(s, 0),
                                           .mail = copy(cx, s, 1),
                                           .code = copy(cx, s, 2),
                                           .lang = wijk_lang_from(copy(cx, s, 3)),
                                           .secret = copy(cx, s, 4),
                                           .confirmed = sqlite3_column_int(s, 5) != 0,
                                           .asked_at = sqlite3_column_int64(s, 6),
                                           .told_at = sqlite3_column_int64(s, 7)};
    }
    enum wijk_err err = rc == SQLITE_DONE ? WIJK_OK : fault(cx, a);
    sqlite3_finalize(s);
    *out = v;
    return err;
}

enum wijk_err wijk_addresses_told(struct wijk_cx *cx, struct wijk_addresses *a, int64_t id, int64_t now)
{
    sqlite3_stmt *s = prepare(a, "UPDATE follower SET told_at = ?2 WHERE id = ?1");
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_int64(s, 2, now);
    return run(cx, a, s, NULL);
}

/* ---- an address ---- */

const char *wijk_mail_address(struct wijk_cx *cx, struct wijk_str given)
{
    enum { MOST = 254, LOCAL_MOST = 64 };
    struct wijk_str s = wijk_str_trim(given);
    const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
    const size_t local = at ? (size_t)(at - s.p) : 0;
    if (!local || local > LOCAL_MOST || s.n > MOST) return NULL;
    char *out = wijk_str_dup(cx, s);
    size_t dot = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char c = out[i];
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool may = i < local ? word || strchr(".!#$%&'*+/=?^_`{|}~-", c) : word || c == '.' || c == '-';
        if (i != local && !may) return NULL;
        if (i > local && c >= 'A' && c <= 'Z') out[i] = (char)(c + 32);
        if (i > local && c == '.') {
            if (out[i - 1] == '.' || out[i - 1] == '@') return NULL;
            dot = i;
        }
    }
    return dot > local + 1 && s.n - dot > 2 ? out : NULL;
}
