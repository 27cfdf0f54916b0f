/* SPDX-License-Identifier: EUPL-1.2 */
/* Sessions, tokens and tickets: each known by the hash of a secret that is not kept, each with an end. */
#include "store/people_store.h"
#include "store/store_int.h"

enum { LIST_MAX = 200 };

/* ---- sessions ---- */

static struct wijk_session session_at(struct wijk__q *q)
{
    return (struct wijk_session){.nr = wijk__q_get_int(q, 0),
                                 .account = wijk__q_get_int(q, 1),
                                 .second = wijk__q_get_int(q, 2) != 0,
                                 .guard = wijk__q_get_text(q, 3),
                                 .device = wijk__q_get_text(q, 4),
                                 .made_at = wijk__q_get_int(q, 5),
                                 .seen_at = wijk__q_get_int(q, 6),
                                 .ends_at = wijk__q_get_int(q, 7)};
}

static enum wijk_err next_nr(struct wijk_cx *cx, struct wijk_store *store, const char *sql, int64_t *nr)
{
    WIJK_TRY(wijk__store_number(cx, store, sql, nr));
    ++*nr;
    return WIJK_OK;
}

struct session_in {
    const uint8_t *hash;
    struct wijk_session *s;
};

static enum wijk_err add_session(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct session_in *in = arg;
    struct wijk_session *s = in->s;
    WIJK_TRY(next_nr(cx, store, "SELECT coalesce(max(nr), 0) FROM session", &s->nr));
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO session (hash, nr, account, second, guard, device, made_at, seen_at,"
                " ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_blob(&q, in->hash, WIJK_HASH);
    wijk__q_int(&q, s->nr);
    wijk__q_int(&q, s->account);
    wijk__q_int(&q, s->second);
    wijk__q_text(&q, s->guard);
    wijk__q_text(&q, s->device);
    wijk__q_int(&q, s->made_at);
    wijk__q_int(&q, s->seen_at);
    wijk__q_int(&q, s->ends_at);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_add_session(struct wijk_cx *cx, struct wijk_store *store,
                                     const uint8_t hash[WIJK_HASH], struct wijk_session *s)
{
    return wijk__store_quietly(cx, store, add_session, &(struct session_in){hash, s});
}

#define SESSION_COLUMNS "nr, account, second, guard, device, made_at, seen_at, ends_at"

enum wijk_err wijk_store_find_session(struct wijk_cx *cx, struct wijk_store *store,
                                      const uint8_t hash[WIJK_HASH], const struct wijk_session **out)
{
    *out = NULL;
    struct wijk__q q = wijk__q(cx, store, "SELECT " SESSION_COLUMNS " FROM session WHERE hash = ?");
    wijk__q_blob(&q, hash, WIJK_HASH);
    if (wijk__q_row(&q)) {
        struct wijk_session *s = WIJK_NEW(cx, struct wijk_session, 1);
        *s = session_at(&q);
        *out = s;
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_session_seen(struct wijk_cx *cx, struct wijk_store *store,
                                      const uint8_t hash[WIJK_HASH], int64_t now)
{
    struct wijk__q q = wijk__q(cx, store, "UPDATE session SET seen_at = max(seen_at, ?) WHERE hash = ?");
    wijk__q_int(&q, now);
    wijk__q_blob(&q, hash, WIJK_HASH);
    return wijk__q_quietly(&q);
}

enum wijk_err wijk_store_session_second(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                        int64_t nr)
{
    struct wijk__q q = wijk__q(cx, store, "UPDATE session SET second = 1 WHERE account = ? AND nr = ?");
    wijk__q_int(&q, account);
    wijk__q_int(&q, nr);
    return wijk__q_quietly(&q);
}

enum wijk_err wijk_store_list_sessions(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                       const struct wijk_session **out, size_t *n)
{
    struct wijk_session *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q = wijk__q(
        cx, store, "SELECT " SESSION_COLUMNS " FROM session WHERE account = ? ORDER BY nr DESC LIMIT ?");
    wijk__q_int(&q, account);
    wijk__q_int(&q, LIST_MAX);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = session_at(&q);
    }
    *out = v;
    return wijk__q_end(&q);
}

/* Of one account, or one of them by its number. */
static enum wijk_err end_some(struct wijk_cx *cx, struct wijk_store *store, const char *sql, int64_t account,
                              int64_t nr, size_t *n)
{
    struct wijk__q q = wijk__q(cx, store, sql);
    wijk__q_int(&q, account);
    wijk__q_int(&q, nr);
    enum wijk_err err = wijk__q_quietly(&q);
    *n = err ? 0 : (size_t)sqlite3_changes(store->db);
    return err;
}

enum wijk_err wijk_store_end_sessions(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                      int64_t nr, size_t *n)
{
    return end_some(cx, store, "DELETE FROM session WHERE account = ?1 AND (?2 = 0 OR nr = ?2)", account, nr,
                    n);
}

/* ---- tokens ---- */

static struct wijk_token token_at(struct wijk__q *q)
{
    return (struct wijk_token){.nr = wijk__q_get_int(q, 0),
                               .account = wijk__q_get_int(q, 1),
                               .name = wijk__q_get_text(q, 2),
                               .scopes = (uint32_t)wijk__q_get_int(q, 3) & WIJK_SCOPES_ALL,
                               .second = wijk__q_get_int(q, 4) != 0,
                               .made_at = wijk__q_get_int(q, 5),
                               .seen_at = wijk__q_get_int(q, 6),
                               .ends_at = wijk__q_get_int(q, 7)};
}

struct token_in {
    const uint8_t *hash;
    struct wijk_token *t;
};

static enum wijk_err add_token(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct token_in *in = arg;
    struct wijk_token *t = in->t;
    WIJK_TRY(next_nr(cx, store, "SELECT coalesce(max(nr), 0) FROM token", &t->nr));
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO token (hash, nr, account, name, scopes, second, made_at, ends_at)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_blob(&q, in->hash, WIJK_HASH);
    wijk__q_int(&q, t->nr);
    wijk__q_int(&q, t->account);
    wijk__q_text(&q, t->name);
    wijk__q_int(&q, t->scopes);
    wijk__q_int(&q, t->second);
    wijk__q_int(&q, t->made_at);
    wijk__q_int(&q, t->ends_at);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_add_token(struct wijk_cx *cx, struct wijk_store *store,
                                   const uint8_t hash[WIJK_HASH], struct wijk_token *t)
{
    return wijk__store_quietly(cx, store, add_token, &(struct token_in){hash, t});
}

#define TOKEN_COLUMNS "nr, account, name, scopes, second, made_at, seen_at, ends_at"

enum wijk_err wijk_store_find_token(struct wijk_cx *cx, struct wijk_store *store,
                                    const uint8_t hash[WIJK_HASH], const struct wijk_token **out)
{
    *out = NULL;
    struct wijk__q q = wijk__q(cx, store, "SELECT " TOKEN_COLUMNS " FROM token WHERE hash = ?");
    wijk__q_blob(&q, hash, WIJK_HASH);
    if (wijk__q_row(&q)) {
        struct wijk_token *t = WIJK_NEW(cx, struct wijk_token, 1);
        *t = token_at(&q);
        *out = t;
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_list_tokens(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                     const struct wijk_token **out, size_t *n)
{
    struct wijk_token *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q =
        wijk__q(cx, store, "SELECT " TOKEN_COLUMNS " FROM token WHERE account = ? ORDER BY nr DESC LIMIT ?");
    wijk__q_int(&q, account);
    wijk__q_int(&q, LIST_MAX);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = token_at(&q);
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_end_tokens(struct wijk_cx *cx, struct wijk_store *store, int64_t account, int64_t nr,
                                    size_t *n)
{
    return end_some(cx, store, "DELETE FROM token WHERE account = ?1 AND (?2 = 0 OR nr = ?2)", account, nr,
                    n);
}

/* ---- tickets ---- */

enum wijk_err wijk_store_add_ticket(struct wijk_cx *cx, struct wijk_store *store,
                                    const uint8_t hash[WIJK_HASH], const struct wijk_ticket *t)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO ticket (hash, kind, account, body, ends_at) VALUES (?, ?, nullif(?, 0), ?, ?)");
    wijk__q_blob(&q, hash, WIJK_HASH);
    wijk__q_text(&q, t->kind);
    wijk__q_int(&q, t->account);
    wijk__q_text(&q, t->body);
    wijk__q_int(&q, t->ends_at);
    return wijk__q_quietly(&q);
}

static struct wijk_ticket ticket_at(struct wijk__q *q)
{
    return (struct wijk_ticket){wijk__q_get_text(q, 0), wijk__q_get_int(q, 1), wijk__q_get_text(q, 2),
                                wijk__q_get_int(q, 3)};
}

enum wijk_err wijk_store_find_ticket(struct wijk_cx *cx, struct wijk_store *store,
                                     const uint8_t hash[WIJK_HASH], const char *kind, int64_t now,
                                     const struct wijk_ticket **out)
{
    *out = NULL;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT kind, account, body, ends_at FROM ticket WHERE hash = ? AND kind = ?"
                               " AND ends_at > ?");
    wijk__q_blob(&q, hash, WIJK_HASH);
    wijk__q_text(&q, kind);
    wijk__q_int(&q, now);
    if (wijk__q_row(&q)) {
        struct wijk_ticket *t = WIJK_NEW(cx, struct wijk_ticket, 1);
        *t = ticket_at(&q);
        *out = t;
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_list_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                      const char *kind, int64_t now, const struct wijk_ticket **out,
                                      size_t *n)
{
    struct wijk_ticket *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT kind, account, body, ends_at FROM ticket WHERE account = ? AND kind = ?"
                " AND ends_at > ? ORDER BY ends_at DESC, hash LIMIT ?");
    wijk__q_int(&q, account);
    wijk__q_text(&q, kind);
    wijk__q_int(&q, now);
    wijk__q_int(&q, LIST_MAX);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = ticket_at(&q);
    }
    *out = v;
    return wijk__q_end(&q);
}

struct take_in {
    const uint8_t *hash;
    const char *kind;
    int64_t now;
    const struct wijk_ticket **out;
};

static enum wijk_err take(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct take_in *in = arg;
    WIJK_TRY(wijk_store_find_ticket(cx, store, in->hash, in->kind, in->now, in->out));
    if (!*in->out) return WIJK_OK;
    struct wijk__q q = wijk__q(cx, store, "DELETE FROM ticket WHERE hash = ?");
    wijk__q_blob(&q, in->hash, WIJK_HASH);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_take_ticket(struct wijk_cx *cx, struct wijk_store *store,
                                     const uint8_t hash[WIJK_HASH], const char *kind, int64_t now,
                                     const struct wijk_ticket **out)
{
    return wijk__store_quietly(cx, store, take, &(struct take_in){hash, kind, now, out});
}

enum wijk_err wijk_store_drop_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                      const char *kind)
{
    struct wijk__q q = wijk__q(cx, store, "DELETE FROM ticket WHERE account = ? AND kind = ?");
    wijk__q_int(&q, account);
    wijk__q_text(&q, kind);
    return wijk__q_quietly(&q);
}

enum wijk_err wijk_store_trim_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                      const char *kind, size_t n_max)
{
    struct wijk__q q = wijk__q(cx, store,
                               "DELETE FROM ticket WHERE hash IN (SELECT hash FROM ticket WHERE account = ?1"
                               " AND kind = ?2 ORDER BY ends_at DESC, hash LIMIT -1 OFFSET ?3)");
    wijk__q_int(&q, account);
    wijk__q_text(&q, kind);
    wijk__q_int(&q, (int64_t)n_max);
    return wijk__q_quietly(&q);
}

enum wijk_err wijk_store_count_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                       const char *kind, int64_t now, size_t *n)
{
    *n = 0;
    struct wijk__q q =
        wijk__q(cx, store, "SELECT count(*) FROM ticket WHERE account = ? AND kind = ? AND ends_at > ?");
    wijk__q_int(&q, account);
    wijk__q_text(&q, kind);
    wijk__q_int(&q, now);
    if (wijk__q_row(&q)) *n = (size_t)wijk__q_get_int(&q, 0);
    return wijk__q_end(&q);
}

/* ---- what ended ---- */

static enum wijk_err sweep(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
#define ENDED(table, at)                                                                                     \
    "DELETE FROM " table " WHERE hash IN (SELECT hash FROM " table " WHERE " at " <= ?"                      \
    " ORDER BY " at " LIMIT ?)"
    static const char *const SQL[] = {ENDED("session", "ends_at"), ENDED("token", "ends_at"),
                                      ENDED("ticket", "ends_at"), ENDED("once", "made_at"),
                                      "DELETE FROM moderation_kept WHERE moderation IN"
                                      " (SELECT k.moderation FROM moderation m JOIN moderation_kept k"
                                      " ON k.moderation = m.id WHERE m.state = 'weg' AND m.ends_at <= ?"
                                      " LIMIT ?)"};
    int64_t now = *(const int64_t *)arg;
    for (size_t k = 0; k < sizeof SQL / sizeof *SQL; k++) {
        struct wijk__q q = wijk__q(cx, store, SQL[k]);
        wijk__q_int(&q, k == 3 ? now - WIJK_ONCE_KEEP_S : now);
        wijk__q_int(&q, WIJK_SWEEP_MAX);
        WIJK_TRY(wijk__q_done(&q));
    }
    return WIJK_OK;
}

enum wijk_err wijk_store_sweep(struct wijk_cx *cx, struct wijk_store *store, int64_t now)
{
    return wijk__store_quietly(cx, store, sweep, &now);
}
