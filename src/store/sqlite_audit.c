/* SPDX-License-Identifier: EUPL-1.2 */
/* The audit log: rows are added at its end and never changed. Each holds the hash of the one before it, and a
 * row of its own the hash of the last, so that a row that was changed, put in, taken out or cut off is found.
 */
#include "store/people_store.h"
#include "store/store_int.h"

#include <string.h>

enum { READ_MAX = 10000 };

static void take_hash(uint8_t out[WIJK_HASH], struct wijk_str blob)
{
    memset(out, 0, WIJK_HASH);
    if (blob.n == WIJK_HASH) memcpy(out, blob.p, WIJK_HASH);
}

/* ---- adding ---- */

static enum wijk_err read_end(struct wijk_cx *cx, struct wijk_store *store, int64_t *nr,
                              uint8_t hash[WIJK_HASH], const char **at)
{
    struct wijk__q q = wijk__q(
        cx, store, "SELECT e.nr, e.hash, (SELECT at FROM audit a WHERE a.nr = e.nr) FROM audit_end e");
    *nr = 0;
    *at = NULL;
    memset(hash, 0, WIJK_HASH);
    if (wijk__q_row(&q)) {
        *nr = wijk__q_get_int(&q, 0);
        take_hash(hash, wijk__q_get_blob(&q, 1));
        *at = wijk__q_get_text(&q, 2);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_row(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_audit *r)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO audit (nr, at, gemeente, account, via, done, kind, object, why, before,"
                " after, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_int(&q, r->nr);
    wijk__q_text(&q, r->at);
    wijk__q_text(&q, r->gemeente);
    wijk__q_int(&q, r->account);
    wijk__q_text(&q, r->via);
    wijk__q_text(&q, wijk_done_id(r->done));
    wijk__q_text(&q, r->kind);
    wijk__q_text(&q, r->object);
    wijk__q_text(&q, r->why);
    wijk__q_text(&q, r->before);
    wijk__q_text(&q, r->after);
    wijk__q_blob(&q, r->prev, WIJK_HASH);
    wijk__q_blob(&q, r->hash, WIJK_HASH);
    return wijk__q_done(&q);
}

struct audit_in {
    struct wijk_audit *row;
    const uint8_t *salt;
    int64_t now;
};

/* What was sealed stands beside the row. */
static enum wijk_err save_words(struct wijk_cx *cx, struct wijk_store *store, const struct audit_in *in)
{
    struct wijk__q q = wijk__q(cx, store, "INSERT INTO audit_why (nr, salt, words) VALUES (?, ?, ?)");
    wijk__q_int(&q, in->row->nr);
    wijk__q_blob(&q, in->salt, WIJK_SALT);
    wijk__q_text(&q, in->row->words);
    return wijk__q_done(&q);
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct audit_in *in = arg;
    struct wijk_audit *r = in->row;
    const char *last;
    char now[24];
    WIJK_TRY(read_end(cx, store, &r->nr, r->prev, &last));
    wijk_time_write(in->now, now);
    r->nr++;
    r->words = in->salt && r->why && *r->why ? r->why : NULL;
    if (r->words) r->why = wijk_audit_seal(cx, in->salt, r->words);
    r->at = last && strcmp(last, now) > 0 ? last : wijk_str_dup(cx, wijk_str(now));
    wijk_audit_hash(r, r->hash);
    WIJK_TRY(save_row(cx, store, r));
    if (r->words) WIJK_TRY(save_words(cx, store, in));
    struct wijk__q q = wijk__q(cx, store, "UPDATE audit_end SET nr = ?, hash = ?");
    wijk__q_int(&q, r->nr);
    wijk__q_blob(&q, r->hash, WIJK_HASH);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_add_audit(struct wijk_cx *cx, struct wijk_store *store, struct wijk_audit *row,
                                   const uint8_t *salt, int64_t now)
{
    return wijk__store_quietly(cx, store, add, &(struct audit_in){row, salt, now});
}

enum wijk_err wijk_store_forget_why(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                    const char *words)
{
    struct wijk__q q = wijk__q(cx, store,
                               "DELETE FROM audit_why WHERE words = ? AND nr IN"
                               " (SELECT a.nr FROM audit a WHERE a.nr = audit_why.nr AND a.gemeente = ?)");
    wijk__q_text(&q, words);
    wijk__q_text(&q, gemeente);
    return wijk__q_quietly(&q);
}

/* ---- reading ---- */

#define COLUMNS "nr, at, gemeente, account, via, done, kind, object, why, before, after, prev, hash"
#define WORDS   ", (SELECT words FROM audit_why w WHERE w.nr = audit.nr)"

static struct wijk_audit row_at(struct wijk__q *q)
{
    struct wijk_audit r = {.nr = wijk__q_get_int(q, 0),
                           .at = wijk__q_get_text(q, 1),
                           .gemeente = wijk__q_get_text(q, 2),
                           .account = wijk__q_get_int(q, 3),
                           .via = wijk__q_get_text(q, 4),
                           .kind = wijk__q_get_text(q, 6),
                           .object = wijk__q_get_text(q, 7),
                           .why = wijk__q_get_text(q, 8),
                           .before = wijk__q_get_text(q, 9),
                           .after = wijk__q_get_text(q, 10)};
    if (!wijk_done_parse(wijk_str(wijk__q_get_text(q, 5)), &r.done)) r.done = WIJK_DONE_COUNT;
    take_hash(r.prev, wijk__q_get_blob(q, 11));
    take_hash(r.hash, wijk__q_get_blob(q, 12));
    return r;
}

/* Each form by the index that gives its rows in order, so that a page far back costs as much as the first and
 * what is rare is not looked for among all. ?1 before, ?2 gemeente, ?3 kind, ?4 object, ?5 account, ?6 how
 * many. */
#define PAGE_BY(source, which)                                                                               \
    "SELECT " COLUMNS WORDS " FROM audit " source " WHERE " which " AND nr < ?1 ORDER BY nr DESC LIMIT ?6"
#define GEMEENTE "(?2 IS NULL OR gemeente = ?2)"
#define KIND     "(?3 IS NULL OR kind = ?3)"
#define OBJECT   "(?4 IS NULL OR object = ?4)"
#define ACCOUNT  "(?5 = 0 OR account = ?5)"

static const char *page_of(const struct wijk_audit_ask *ask)
{
    const bool here = ask->gemeente != NULL;
    if (ask->object)
        return ask->kind ? PAGE_BY("INDEXED BY audit_object",
                                   "kind = ?3 AND object = ?4 AND " GEMEENTE " AND " ACCOUNT)
               : here    ? PAGE_BY("INDEXED BY audit_of", "gemeente = ?2 AND " OBJECT " AND " ACCOUNT)
                         : PAGE_BY("", OBJECT " AND " ACCOUNT);
    if (ask->account)
        return here && ask->kind
                   ? PAGE_BY("INDEXED BY audit_account_kind", "account = ?5 AND gemeente = ?2 AND kind = ?3")
                   : PAGE_BY("INDEXED BY audit_account", "account = ?5 AND " GEMEENTE " AND " KIND);
    if (here)
        return ask->kind ? PAGE_BY("INDEXED BY audit_kind", "gemeente = ?2 AND kind = ?3")
                         : PAGE_BY("INDEXED BY audit_of", "gemeente = ?2");
    return PAGE_BY("", KIND); /* for who has the machine */
}

enum wijk_err wijk_store_read_audit(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_audit_ask *ask, const struct wijk_audit **out,
                                    size_t *n)
{
    struct wijk_audit *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q = wijk__q(cx, store, page_of(ask));
    wijk__q_int(&q, ask->before ? ask->before : INT64_MAX);
    wijk__q_text(&q, ask->gemeente);
    wijk__q_text(&q, ask->kind);
    wijk__q_text(&q, ask->object);
    wijk__q_int(&q, ask->account);
    wijk__q_int(&q, (int64_t)(ask->n_max < READ_MAX ? ask->n_max : READ_MAX));
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[*n] = row_at(&q);
        v[*n].words = wijk__q_get_text(&q, 13);
        if (v[*n].done < WIJK_DONE_COUNT) ++*n;
    }
    *out = v;
    return wijk__q_end(&q);
}

/* ---- checking ---- */

static const char *odd_row(struct wijk_cx *cx, const struct wijk_audit *r, int64_t nr,
                           const uint8_t prev[WIJK_HASH])
{
    uint8_t hash[WIJK_HASH];
    bool known = r->done < WIJK_DONE_COUNT;
    if (known) wijk_audit_hash(r, hash);
    if (r->nr == nr && known && memcmp(r->prev, prev, WIJK_HASH) == 0 &&
        memcmp(r->hash, hash, WIJK_HASH) == 0)
        return NULL;
    return wijk_sprintf(cx, wijk_tr(cx, "Het logboek is veranderd: rij %lld klopt niet met wat ervoor staat"),
                        (long long)nr);
}

/* Words beside the log are those that were sealed. */
static enum wijk_err odd_words(struct wijk_cx *cx, struct wijk_store *store, const char **odd)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT w.nr, w.salt, w.words, a.why FROM audit_why w LEFT JOIN audit a ON "
                               "a.nr = w.nr ORDER BY w.nr");
    while (!*odd && wijk__q_row(&q)) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        const int64_t nr = wijk__q_get_int(&q, 0);
        const struct wijk_str salt = wijk__q_get_blob(&q, 1);
        const char *words = wijk__q_get_text(&q, 2), *why = wijk__q_get_text(&q, 3);
        const bool good = salt.n == WIJK_SALT && words && why &&
                          strcmp(why, wijk_audit_seal(cx, (const uint8_t *)salt.p, words)) == 0;
        wijk_cx_rewind(cx, mark);
        if (!good)
            *odd = wijk_sprintf(
                cx, wijk_tr(cx, "Het logboek is veranderd: de reden bij rij %lld is niet die van toen"),
                (long long)nr);
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_check_audit(struct wijk_cx *cx, struct wijk_store *store, const char **problem,
                                     int64_t *rows, uint8_t end[WIJK_HASH])
{
    uint8_t last[WIJK_HASH], kept[WIJK_HASH] = {0};
    const char *odd = NULL, *at;
    int64_t nr = 0, said;
    WIJK_TRY(read_end(cx, store, &said, last, &at));
    struct wijk__q q = wijk__q(cx, store, "SELECT " COLUMNS " FROM audit ORDER BY nr");
    while (!odd && wijk__q_row(&q)) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        struct wijk_audit r = row_at(&q);
        odd = odd_row(cx, &r, nr + 1, kept);
        if (odd) break;
        nr++;
        memcpy(kept, r.hash, WIJK_HASH);
        wijk_cx_rewind(cx, mark);
    }
    WIJK_TRY(wijk__q_end(&q));
    if (!odd && (nr != said || memcmp(kept, last, WIJK_HASH) != 0))
        odd = wijk_sprintf(cx, wijk_tr(cx, "Het logboek is afgebroken na rij %lld: er waren er %lld"),
                           (long long)nr, (long long)said);
    if (!odd) WIJK_TRY(odd_words(cx, store, &odd));
    *problem = odd;
    *rows = nr;
    memcpy(end, kept, WIJK_HASH);
    return WIJK_OK;
}
