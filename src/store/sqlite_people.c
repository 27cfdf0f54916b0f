/* SPDX-License-Identifier: EUPL-1.2 */
/* Accounts and their roles. */
#include "store/people_store.h"
#include "store/store_int.h"

#include <string.h>

enum { LIST_MAX = 1000, DAY_S = 86400 };

#define X(name, id) id,
static const char *const STATE[] = {WIJK_ACCOUNT_STATES(X)};
#undef X

const char *wijk_account_state_id(enum wijk_account_state s)
{
    return STATE[s];
}

/* ---- writes that leave data_version as it is ---- */

struct quiet {
    enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *);
    void *arg;
};

/* What is erased of what people wrote leaves no bytes behind in the free room of the file. Figures may: they
 * are no secret, and wiping a national vector takes as long as writing one. */
static enum wijk_err run_quiet(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct quiet *q = arg;
    int64_t before = sqlite3_total_changes64(store->db);
    WIJK_TRY(wijk__store_exec(cx, store, "PRAGMA secure_delete = ON"));
    enum wijk_err err = q->body(cx, store, q->arg);
    store->changes_at_begin += sqlite3_total_changes64(store->db) - before;
    return err;
}

enum wijk_err wijk__store_quietly(struct wijk_cx *cx, struct wijk_store *store,
                                  enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                  void *arg)
{
    return wijk__store_write(cx, store, run_quiet, &(struct quiet){body, arg});
}

enum wijk_err wijk_store_joined(struct wijk_cx *cx, struct wijk_store *store,
                                enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                void *arg)
{
    return wijk__store_write(cx, store, body, arg);
}

static enum wijk_err change(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk__q *q = arg;
    (void)cx;
    (void)store;
    return wijk__q_done(q);
}

enum wijk_err wijk__q_quietly(struct wijk__q *q)
{
    if (q->err) return wijk__q_end(q);
    enum wijk_err err = wijk__store_quietly(q->cx, q->store, change, q);
    if (q->stmt) wijk__q_end(q); /* nothing may be written here: it never ran */
    return err;
}

/* ---- reading ---- */

#define ACCOUNT_COLUMNS                                                                                      \
    "a.id, a.name, a.shown, a.password, a.totp, a.totp_step, a.issuer, a.subject, a.state, a.version,"       \
    " a.made_at, a.seen_at, a.gemeente"

static enum wijk_account_state state_of(const char *id)
{
    for (int k = 0; k < WIJK_ACCOUNT_STATE_COUNT; k++)
        if (id && strcmp(STATE[k], id) == 0) return (enum wijk_account_state)k;
    return WIJK_ACCOUNT_STOPPED;
}

static struct wijk_account account_at(struct wijk__q *q)
{
    struct wijk_str totp = wijk__q_get_blob(q, 4);
    struct wijk_account a = {.id = wijk__q_get_int(q, 0),
                             .name = wijk__q_get_text(q, 1),
                             .shown = wijk__q_get_text(q, 2),
                             .password = wijk__q_get_text(q, 3),
                             .totp_step = wijk__q_get_int(q, 5),
                             .issuer = wijk__q_get_text(q, 6),
                             .subject = wijk__q_get_text(q, 7),
                             .state = state_of(wijk__q_get_text(q, 8)),
                             .version = wijk__q_get_int(q, 9),
                             .made_at = wijk__q_get_int(q, 10),
                             .seen_at = wijk__q_get_int(q, 11),
                             .gemeente = wijk__q_get_text(q, 12)};
    if (totp.p && totp.n == WIJK_TOTP_SECRET) {
        uint8_t *secret = WIJK_NEW(q->cx, uint8_t, WIJK_TOTP_SECRET);
        memcpy(secret, totp.p, WIJK_TOTP_SECRET);
        a.totp = secret;
    }
    return a;
}

static enum wijk_err read_grants(struct wijk_cx *cx, struct wijk_store *store, struct wijk_account *a)
{
    struct wijk_grant *v = NULL;
    size_t n = 0, cap = 0;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT gemeente, role, partner FROM account_grant WHERE account = ?"
                               " ORDER BY gemeente, role, partner");
    wijk__q_int(&q, a->id);
    while (wijk__q_row(&q)) {
        enum wijk_role role;
        if (!wijk_role_parse(wijk_str(wijk__q_get_text(&q, 1)), &role)) continue; /* of a newer program */
        v = wijk_grow(cx, v, n, &cap, sizeof *v);
        v[n++] = (struct wijk_grant){wijk__q_get_text(&q, 0), wijk__q_get_text(&q, 2), role};
    }
    a->grant = v;
    a->n_grant = n;
    return wijk__q_end(&q);
}

static enum wijk_err read_one(struct wijk__q *q, const struct wijk_account **out)
{
    struct wijk_account *a = NULL;
    *out = NULL;
    if (wijk__q_row(q)) {
        a = WIJK_NEW(q->cx, struct wijk_account, 1);
        *a = account_at(q);
    }
    WIJK_TRY(wijk__q_end(q));
    if (a) WIJK_TRY(read_grants(q->cx, q->store, a));
    *out = a;
    return WIJK_OK;
}

enum wijk_err wijk_store_read_account(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                      const struct wijk_account **out)
{
    struct wijk__q q = wijk__q(cx, store, "SELECT " ACCOUNT_COLUMNS " FROM account a WHERE id = ?");
    wijk__q_int(&q, id);
    return read_one(&q, out);
}

enum wijk_err wijk_store_find_account(struct wijk_cx *cx, struct wijk_store *store, const char *name,
                                      const struct wijk_account **out)
{
    struct wijk__q q = wijk__q(cx, store, "SELECT " ACCOUNT_COLUMNS " FROM account a WHERE name = ?");
    wijk__q_text(&q, name);
    return read_one(&q, out);
}

enum wijk_err wijk_store_find_subject(struct wijk_cx *cx, struct wijk_store *store, const char *issuer,
                                      const char *subject, const struct wijk_account **out)
{
    struct wijk__q q =
        wijk__q(cx, store, "SELECT " ACCOUNT_COLUMNS " FROM account a WHERE issuer = ? AND subject = ?");
    wijk__q_text(&q, issuer);
    wijk__q_text(&q, subject);
    return read_one(&q, out);
}

/* Of all; of a gemeente: made there or with a role there; of a partner there. Each by an index that gives the
 * accounts in order. ?1 after, ?2 gemeente, ?3 partner, ?4 how many. */
#define LIST_OF(which)                                                                                       \
    "SELECT " ACCOUNT_COLUMNS " FROM account a WHERE a.id > ?1 AND " which " ORDER BY a.id LIMIT ?4"
static const char *const LIST[] = {
    LIST_OF("?2 IS NULL AND ?3 IS NULL"),
    LIST_OF("?3 IS NULL AND a.id IN (SELECT * FROM (SELECT id FROM account INDEXED BY account_home WHERE"
            " gemeente = ?2 AND id > ?1 UNION SELECT account FROM account_grant INDEXED BY account_grant_here"
            " WHERE gemeente = ?2 AND account > ?1 ORDER BY 1 LIMIT ?4))"),
    LIST_OF("a.id IN (SELECT DISTINCT account FROM account_grant INDEXED BY account_grant_partner WHERE"
            " gemeente = ?2 AND partner = ?3 AND account > ?1 ORDER BY account LIMIT ?4)")};

enum wijk_err wijk_store_list_accounts(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                       const char *partner, int64_t after, size_t n_max,
                                       const struct wijk_account **out, size_t *n)
{
    struct wijk_account *v = NULL;
    size_t cap = 0;
    *n = 0;
    *out = NULL;
    struct wijk__q q = wijk__q(cx, store, LIST[gemeente && partner ? 2 : gemeente != NULL]);
    wijk__q_int(&q, after);
    wijk__q_text(&q, gemeente);
    wijk__q_text(&q, partner);
    wijk__q_int(&q, (int64_t)(n_max < LIST_MAX ? n_max : LIST_MAX));
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = account_at(&q);
    }
    WIJK_TRY(wijk__q_end(&q));
    for (size_t k = 0; k < *n; k++) WIJK_TRY(read_grants(cx, store, &v[k]));
    *out = v;
    return WIJK_OK;
}

enum wijk_err wijk_store_has_accounts(struct wijk_cx *cx, struct wijk_store *store, bool *any)
{
    int64_t one = 0;
    WIJK_TRY(
        wijk__store_number(cx, store, "SELECT 1 FROM account WHERE state <> 'verwijderd' LIMIT 1", &one));
    *any = one != 0;
    return WIJK_OK;
}

enum wijk_err wijk_store_count_role(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                    enum wijk_role role, size_t *n)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT count(DISTINCT a.id) FROM account_grant g JOIN account a ON a.id = g.account"
                " WHERE g.gemeente = ? AND g.role = ? AND a.state = 'actief'");
    wijk__q_text(&q, gemeente);
    wijk__q_text(&q, wijk_role_id(role));
    *n = wijk__q_row(&q) ? (size_t)wijk__q_get_int(&q, 0) : 0;
    return wijk__q_end(&q);
}

/* ---- writing ---- */

static void bind(struct wijk__q *q, const struct wijk_account *a)
{
    wijk__q_text(q, a->name);
    wijk__q_text(q, a->shown);
    wijk__q_text(q, a->password);
    if (a->totp)
        wijk__q_blob(q, a->totp, WIJK_TOTP_SECRET);
    else
        wijk__q_null(q);
    wijk__q_text(q, a->issuer);
    wijk__q_text(q, a->subject);
    wijk__q_text(q, STATE[a->state]);
}

/* Another account of the same name or subject. */
static enum wijk_err refuse_taken(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_account *a)
{
    const struct wijk_account *other = NULL;
    if (a->name) WIJK_TRY(wijk_store_find_account(cx, store, a->name, &other));
    if (other && other->id != a->id)
        return wijk_fail(cx, WIJK_EEXISTS, "De naam %s is al in gebruik.", a->name);
    if (a->subject) WIJK_TRY(wijk_store_find_subject(cx, store, a->issuer, a->subject, &other));
    if (a->subject && other && other->id != a->id)
        return wijk_fail(cx, WIJK_EEXISTS, "Deze aanmelding hoort al bij een ander account.");
    return WIJK_OK;
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_account *a = arg;
    a->id = 0;
    WIJK_TRY(refuse_taken(cx, store, a));
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO account (name, shown, password, totp, issuer, subject, state, made_at,"
                " gemeente)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind(&q, a);
    wijk__q_int(&q, a->made_at);
    wijk__q_text(&q, a->gemeente);
    WIJK_TRY(wijk__q_done(&q));
    a->id = sqlite3_last_insert_rowid(store->db);
    a->version = 1;
    return WIJK_OK;
}

enum wijk_err wijk_store_add_account(struct wijk_cx *cx, struct wijk_store *store, struct wijk_account *a)
{
    return wijk__store_quietly(cx, store, add, a);
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_account *a = arg;
    WIJK_TRY(refuse_taken(cx, store, a));
    struct wijk__q q = wijk__q(cx, store,
                               "UPDATE account SET name = ?, shown = ?, password = ?, totp = ?, issuer = ?,"
                               " subject = ?, state = ?, totp_step = ?, version = version + 1"
                               " WHERE id = ? AND version = ?");
    bind(&q, a);
    wijk__q_int(&q, a->totp_step);
    wijk__q_int(&q, a->id);
    wijk__q_int(&q, a->version);
    WIJK_TRY(wijk__q_done(&q));
    if (sqlite3_changes(store->db) == 1) return WIJK_OK;
    return wijk_fail(cx, WIJK_ECONFLICT, "Iemand anders heeft dit account intussen gewijzigd.");
}

enum wijk_err wijk_store_save_account(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_account *a)
{
    struct wijk_account copy = *a;
    return wijk__store_quietly(cx, store, save, &copy);
}

/* A step of more than a day ahead was used when the clock was wrong, and gives way. */
enum wijk_err wijk_store_account_seen(struct wijk_cx *cx, struct wijk_store *store, int64_t id, int64_t now,
                                      int64_t totp_step)
{
    struct wijk__q q = wijk__q(cx, store,
                               "UPDATE account SET seen_at = max(seen_at, ?1), totp_step ="
                               " CASE WHEN ?2 > 0 AND totp_step > ?2 + ?4 THEN ?2 ELSE max(totp_step, ?2) END"
                               " WHERE id = ?3");
    wijk__q_int(&q, now);
    wijk__q_int(&q, totp_step);
    wijk__q_int(&q, id);
    wijk__q_int(&q, DAY_S / WIJK_TOTP_STEP_S);
    return wijk__q_quietly(&q);
}

static void bind_grant(struct wijk__q *q, int64_t account, const struct wijk_grant *g)
{
    wijk__q_int(q, account);
    wijk__q_text(q, g->gemeente);
    wijk__q_text(q, wijk_role_id(g->role));
    wijk__q_text(q, g->partner ? g->partner : "");
}

enum wijk_err wijk_store_add_grant(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                   const struct wijk_grant *g, int64_t now)
{
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO account_grant (account, gemeente, role, partner, since)"
                               " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    bind_grant(&q, account, g);
    wijk__q_int(&q, now);
    return wijk__q_quietly(&q);
}

enum wijk_err wijk_store_drop_grant(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                    const struct wijk_grant *g, bool *was)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "DELETE FROM account_grant WHERE account = ? AND gemeente = ? AND role = ? AND partner = ?");
    bind_grant(&q, account, g);
    enum wijk_err err = wijk__q_quietly(&q);
    *was = !err && sqlite3_changes(store->db) > 0;
    return err;
}
