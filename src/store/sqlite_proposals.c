/* SPDX-License-Identifier: EUPL-1.2 */
/* Proposals that wait for a second person, and answers that were given once. */
#include "store/people_store.h"
#include "store/store_int.h"

#include <string.h>

enum { LIST_MAX = 500, ONCE_GO = 4 };

#define X(name, id) id,
static const char *const VERDICT[] = {WIJK_PROPOSAL_VERDICTS(X)};
#undef X

const char *wijk_proposal_verdict_id(enum wijk_proposal_verdict v)
{
    return VERDICT[v];
}

/* ---- proposals ---- */

#define COLUMNS                                                                                              \
    "id, gemeente, kind, object, body, why, made_by, made_at, verdict, coalesce(decided_by, 0),"             \
    " coalesce(decided_at, 0), answer"

static struct wijk_proposal proposal_at(struct wijk__q *q)
{
    struct wijk_proposal p = {.id = wijk__q_get_int(q, 0),
                              .gemeente = wijk__q_get_text(q, 1),
                              .kind = wijk__q_get_text(q, 2),
                              .object = wijk__q_get_text(q, 3),
                              .body = wijk__q_get_text(q, 4),
                              .why = wijk__q_get_text(q, 5),
                              .made_by = wijk__q_get_int(q, 6),
                              .made_at = wijk__q_get_int(q, 7),
                              .decided_by = wijk__q_get_int(q, 9),
                              .decided_at = wijk__q_get_int(q, 10),
                              .answer = wijk__q_get_text(q, 11)};
    const char *verdict = wijk__q_get_text(q, 8);
    for (int k = 0; k < WIJK_PROPOSAL_VERDICT_COUNT; k++)
        if (verdict && strcmp(verdict, VERDICT[k]) == 0) p.verdict = (enum wijk_proposal_verdict)k;
    return p;
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_proposal *p = arg;
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO proposal (gemeente, kind, object, body, why, made_by, made_at)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, p->gemeente);
    wijk__q_text(&q, p->kind);
    wijk__q_text(&q, p->object);
    wijk__q_text(&q, p->body);
    wijk__q_text(&q, p->why);
    wijk__q_int(&q, p->made_by);
    wijk__q_int(&q, p->made_at);
    WIJK_TRY(wijk__q_done(&q));
    p->id = sqlite3_last_insert_rowid(store->db);
    return WIJK_OK;
}

enum wijk_err wijk_store_add_proposal(struct wijk_cx *cx, struct wijk_store *store, struct wijk_proposal *p)
{
    return wijk__store_quietly(cx, store, add, p);
}

enum wijk_err wijk_store_read_proposal(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                       const struct wijk_proposal **out)
{
    *out = NULL;
    struct wijk__q q = wijk__q(cx, store, "SELECT " COLUMNS " FROM proposal WHERE id = ?");
    wijk__q_int(&q, id);
    if (wijk__q_row(&q)) {
        struct wijk_proposal *p = WIJK_NEW(cx, struct wijk_proposal, 1);
        *p = proposal_at(&q);
        *out = p;
    }
    return wijk__q_end(&q);
}

static enum wijk_err gather(struct wijk_cx *cx, struct wijk__q *q, const struct wijk_proposal **out,
                            size_t *n)
{
    struct wijk_proposal *v = NULL;
    size_t cap = 0;
    *n = 0;
    while (wijk__q_row(q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = proposal_at(q);
    }
    *out = v;
    return wijk__q_end(q);
}

/* By gemeente or of all; all or open ones. ?1 gemeente, ?2 kind, ?3 how many. */
#define LIST_OF(which)                                                                                       \
    "SELECT " COLUMNS " FROM proposal " which " AND (?2 IS NULL OR kind = ?2) ORDER BY id DESC LIMIT ?3"
static const char *const LIST[2][2] = {
    {LIST_OF("WHERE ?1 IS NULL"), LIST_OF("WHERE ?1 IS NULL AND verdict = 'open'")},
    {LIST_OF("INDEXED BY proposal_here WHERE gemeente = ?1"),
     LIST_OF("INDEXED BY proposal_open WHERE gemeente = ?1 AND verdict = 'open'")}};

enum wijk_err wijk_store_list_proposals(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                        const char *kind, bool open_only, size_t n_max,
                                        const struct wijk_proposal **out, size_t *n)
{
    struct wijk__q q = wijk__q(cx, store, LIST[gemeente != NULL][open_only]);
    wijk__q_text(&q, gemeente);
    wijk__q_text(&q, kind);
    wijk__q_int(&q, (int64_t)(n_max < LIST_MAX ? n_max : LIST_MAX));
    return gather(cx, &q, out, n);
}

enum wijk_err wijk_store_own_proposals(struct wijk_cx *cx, struct wijk_store *store, int64_t made_by,
                                       const char *kind, const char *object, const struct wijk_proposal **out,
                                       size_t *n)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT " COLUMNS " FROM proposal INDEXED BY proposal_by WHERE made_by = ?"
                               " AND kind = ? AND object = ? AND verdict IN ('open', 'afgewezen')"
                               " ORDER BY id DESC LIMIT ?");
    wijk__q_int(&q, made_by);
    wijk__q_text(&q, kind);
    wijk__q_text(&q, object);
    wijk__q_int(&q, LIST_MAX);
    return gather(cx, &q, out, n);
}

static enum wijk_err decide(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_proposal *p = arg;
    struct wijk__q q = wijk__q(cx, store,
                               "UPDATE proposal SET verdict = ?, decided_by = ?, decided_at = ?, answer = ?"
                               " WHERE id = ? AND verdict = 'open'");
    wijk__q_text(&q, VERDICT[p->verdict]);
    wijk__q_int(&q, p->decided_by);
    wijk__q_int(&q, p->decided_at);
    wijk__q_text(&q, p->answer);
    wijk__q_int(&q, p->id);
    WIJK_TRY(wijk__q_done(&q));
    if (sqlite3_changes(store->db) == 1) return WIJK_OK;
    return wijk_fail(cx, WIJK_ECONFLICT, "Over dit voorstel is al besloten.");
}

enum wijk_err wijk_store_decide_proposal(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_proposal *p)
{
    struct wijk_proposal copy = *p;
    return wijk__store_quietly(cx, store, decide, &copy);
}

/* ---- once ---- */

enum wijk_err wijk_store_find_once(struct wijk_cx *cx, struct wijk_store *store,
                                   const uint8_t hash[WIJK_HASH], const struct wijk_once **out)
{
    *out = NULL;
    struct wijk__q q =
        wijk__q(cx, store, "SELECT asked, status, location, body, made_at, about FROM once WHERE hash = ?");
    wijk__q_blob(&q, hash, WIJK_HASH);
    if (wijk__q_row(&q)) {
        struct wijk_once *o = WIJK_NEW(cx, struct wijk_once, 1);
        struct wijk_str asked = wijk__q_get_blob(&q, 0);
        if (asked.n == WIJK_HASH) memcpy(o->asked, asked.p, WIJK_HASH);
        o->status = (int)wijk__q_get_int(&q, 1);
        o->location = wijk__q_get_text(&q, 2);
        o->body = wijk__q_get_text(&q, 3);
        o->made_at = wijk__q_get_int(&q, 4);
        o->about = wijk__q_get_text(&q, 5);
        *out = o;
    }
    return wijk__q_end(&q);
}

struct once_in {
    const uint8_t *hash;
    const struct wijk_once *o;
};

static enum wijk_err add_once(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct once_in *in = arg;
    const struct wijk_once *o = in->o;
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO once (hash, asked, status, location, body, made_at, about)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?)");
    wijk__q_blob(&q, in->hash, WIJK_HASH);
    wijk__q_blob(&q, o->asked, WIJK_HASH);
    wijk__q_int(&q, o->status);
    wijk__q_text(&q, o->location);
    wijk__q_text(&q, o->body);
    wijk__q_int(&q, o->made_at);
    wijk__q_text(&q, o->about ? o->about : "");
    WIJK_TRY(wijk__q_done(&q));
    /* for each that comes more may go, also where nobody signs in */
    q = wijk__q(cx, store,
                "DELETE FROM once WHERE hash IN (SELECT hash FROM once WHERE made_at <= ? ORDER BY made_at"
                " LIMIT ?)");
    wijk__q_int(&q, o->made_at - WIJK_ONCE_KEEP_S);
    wijk__q_int(&q, ONCE_GO);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_add_once(struct wijk_cx *cx, struct wijk_store *store, const uint8_t hash[WIJK_HASH],
                                  const struct wijk_once *o)
{
    return wijk__store_quietly(cx, store, add_once, &(struct once_in){hash, o});
}

enum wijk_err wijk_store_forget_once(struct wijk_cx *cx, struct wijk_store *store, const char *about)
{
    struct wijk__q q = wijk__q(
        cx, store,
        "UPDATE once INDEXED BY once_about SET status = ?, body = '' WHERE about = ? AND about <> ''");
    wijk__q_int(&q, WIJK_ONCE_GONE);
    wijk__q_text(&q, about);
    return wijk__q_quietly(&q);
}
