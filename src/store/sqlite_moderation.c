/* SPDX-License-Identifier: EUPL-1.2 */
/* What was taken away, why, and what became of it. */
#include "store/moderation_store.h"
#include "store/signal_store.h"
#include "store/store_int.h"

enum { LIST_MAX = 10000 };

#define COLUMNS                                                                                              \
    "id, name, gemeente, kind, object, reason, words, role, made_by, made_at, quarter, maker, partner,"      \
    " state, ends_at, proposal, seen_at"

static struct wijk_moderation moderation_at(struct wijk__q *q)
{
    struct wijk_moderation m = {.id = wijk__q_get_int(q, 0),
                                .name = wijk__q_get_text(q, 1),
                                .of = {.gemeente = wijk__q_get_text(q, 2), .object = wijk__q_get_text(q, 4)},
                                .words = wijk__q_get_text(q, 6),
                                .role = wijk__q_get_text(q, 7),
                                .made_by = wijk__q_get_int(q, 8),
                                .made_at = wijk__q_get_int(q, 9),
                                .quarter = (int)wijk__q_get_int(q, 10),
                                .maker = wijk__q_get_int(q, 11),
                                .partner = wijk__q_get_text(q, 12),
                                .ends_at = wijk__q_get_int(q, 14),
                                .proposal = wijk__q_get_int(q, 15),
                                .seen_at = wijk__q_get_int(q, 16)};
    if (!wijk_said_kind_parse(wijk_str(wijk__q_get_text(q, 3)), &m.of.kind))
        m.of.kind = WIJK_SAID_KIND_COUNT; /* of a newer program: left out of lists */
    if (!wijk_mod_reason_parse(wijk_str(wijk__q_get_text(q, 5)), &m.reason)) m.reason = WIJK_MOD_OTHER;
    if (!wijk_mod_state_parse(wijk_str(wijk__q_get_text(q, 13)), &m.state)) m.state = WIJK_MOD_STATE_GONE;
    return m;
}

/* ---- writing ---- */

struct adding {
    struct wijk_moderation *m;
    const struct wijk_said_text *text;
    size_t n;
};

static enum wijk_err keep(struct wijk_cx *cx, struct wijk_store *store, const struct adding *v)
{
    for (size_t k = 0; k < v->n; k++) {
        struct wijk__q q =
            wijk__q(cx, store, "INSERT INTO moderation_kept (moderation, place, text) VALUES (?, ?, ?)");
        wijk__q_int(&q, v->m->id);
        wijk__q_text(&q, v->text[k].place);
        wijk__q_text(&q, v->text[k].text);
        WIJK_TRY(wijk__q_done(&q));
    }
    return WIJK_OK;
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct adding *v = arg;
    struct wijk_moderation *m = v->m;
    struct wijk__q q = wijk__q(
        cx, store,
        "INSERT INTO moderation (name, gemeente, kind, object, reason, words, role, made_by, made_at,"
        " quarter, maker, partner, state, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, m->name);
    wijk__q_text(&q, m->of.gemeente);
    wijk__q_text(&q, wijk_said_kind_id(m->of.kind));
    wijk__q_text(&q, m->of.object);
    wijk__q_text(&q, wijk_mod_reason_id(m->reason));
    wijk__q_text(&q, m->words);
    wijk__q_text(&q, m->role);
    wijk__q_int(&q, m->made_by);
    wijk__q_int(&q, m->made_at);
    wijk__q_int(&q, m->quarter);
    wijk__q_int(&q, m->maker);
    wijk__q_text(&q, m->partner);
    wijk__q_text(&q, wijk_mod_state_id(m->state));
    wijk__q_int(&q, m->ends_at);
    WIJK_TRY(wijk__q_done(&q));
    m->id = sqlite3_last_insert_rowid(store->db);
    return keep(cx, store, v);
}

enum wijk_err wijk_store_add_moderation(struct wijk_cx *cx, struct wijk_store *store,
                                        struct wijk_moderation *m, const struct wijk_said_text *text,
                                        size_t n)
{
    m->quarter = wijk_signal_quarter(m->made_at);
    return wijk__store_quietly(cx, store, add, &(struct adding){m, text, n});
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_moderation *m = arg;
    struct wijk__q q =
        wijk__q(cx, store, "UPDATE moderation SET state = ?, proposal = ?, seen_at = ? WHERE id = ?");
    wijk__q_text(&q, wijk_mod_state_id(m->state));
    wijk__q_int(&q, m->proposal);
    wijk__q_int(&q, m->seen_at);
    wijk__q_int(&q, m->id);
    WIJK_TRY(wijk__q_done(&q));
    if (m->state == WIJK_MOD_STATE_GONE || m->state == WIJK_MOD_STATE_OBJECTED) return WIJK_OK;
    q = wijk__q(cx, store, "DELETE FROM moderation_kept WHERE moderation = ?");
    wijk__q_int(&q, m->id);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_save_moderation(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_moderation *m)
{
    struct wijk_moderation copy = *m;
    return wijk__store_quietly(cx, store, save, &copy);
}

enum wijk_err wijk_store_forget_kept(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_said *of)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "DELETE FROM moderation_kept WHERE moderation IN (SELECT id FROM moderation"
                " INDEXED BY moderation_object WHERE gemeente = ? AND kind = ? AND object = ?)");
    wijk__q_text(&q, of->gemeente);
    wijk__q_text(&q, wijk_said_kind_id(of->kind));
    wijk__q_text(&q, of->object);
    return wijk__q_quietly(&q);
}

/* ---- reading ---- */

static enum wijk_err one(struct wijk_cx *cx, struct wijk__q *q, const struct wijk_moderation **out)
{
    *out = NULL;
    if (wijk__q_row(q)) {
        struct wijk_moderation *m = WIJK_NEW(cx, struct wijk_moderation, 1);
        *m = moderation_at(q);
        if (m->of.kind < WIJK_SAID_KIND_COUNT) *out = m;
    }
    return wijk__q_end(q);
}

enum wijk_err wijk_store_find_moderation(struct wijk_cx *cx, struct wijk_store *store, const char *name,
                                         const struct wijk_moderation **out)
{
    struct wijk__q q = wijk__q(cx, store, "SELECT " COLUMNS " FROM moderation WHERE name = ?");
    wijk__q_text(&q, name);
    return one(cx, &q, out);
}

enum wijk_err wijk_store_moderation_of(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_said *of, const struct wijk_moderation **out)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT " COLUMNS " FROM moderation INDEXED BY moderation_object"
                               " WHERE gemeente = ? AND kind = ? AND object = ? AND state <> 'terug'"
                               " ORDER BY id DESC LIMIT 1");
    wijk__q_text(&q, of->gemeente);
    wijk__q_text(&q, wijk_said_kind_id(of->kind));
    wijk__q_text(&q, of->object);
    return one(cx, &q, out);
}

enum wijk_err wijk_store_moderation_kept(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                         const struct wijk_said_text **out, size_t *n)
{
    struct wijk_said_text *v = NULL;
    size_t cap = 0;
    struct wijk__q q =
        wijk__q(cx, store, "SELECT place, text FROM moderation_kept WHERE moderation = ? ORDER BY place");
    wijk__q_int(&q, id);
    *n = 0;
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = (struct wijk_said_text){wijk__q_get_text(&q, 0), wijk__q_get_text(&q, 1)};
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_list_moderations(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_moderation_ask *ask,
                                          const struct wijk_moderation **out, size_t *n)
{
    struct wijk_moderation *v = NULL;
    size_t cap = 0;
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT " COLUMNS " FROM moderation WHERE"
                " (?1 = 0 AND gemeente = ?2 OR ?1 <> 0 AND (maker = ?1 OR (partner <> '' AND partner = ?3 AND"
                " gemeente = ?2))) AND (?4 IS NULL OR id < (SELECT id FROM moderation WHERE name = ?4))"
                " ORDER BY id DESC LIMIT ?5");
    wijk__q_int(&q, ask->maker);
    wijk__q_text(&q, ask->gemeente);
    wijk__q_text(&q, ask->partner);
    wijk__q_text(&q, ask->before);
    wijk__q_int(&q, (int64_t)(ask->n_max && ask->n_max < LIST_MAX ? ask->n_max : LIST_MAX));
    *n = 0;
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[*n] = moderation_at(&q);
        if (v[*n].of.kind < WIJK_SAID_KIND_COUNT) ++*n;
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_count_moderations(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                           int from_quarter, int to_quarter,
                                           const struct wijk_moderation_count **out, size_t *n)
{
    struct wijk_moderation_count *v = NULL;
    size_t cap = 0;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT quarter, kind, reason, count(*), sum(state = 'terug') FROM moderation"
                               " INDEXED BY moderation_quarter WHERE gemeente = ? AND quarter BETWEEN ? AND ?"
                               " GROUP BY quarter, kind, reason ORDER BY quarter, kind, reason");
    wijk__q_text(&q, gemeente);
    wijk__q_int(&q, from_quarter);
    wijk__q_int(&q, to_quarter);
    *n = 0;
    while (wijk__q_row(&q)) {
        struct wijk_moderation_count c = {.quarter = (int)wijk__q_get_int(&q, 0),
                                          .n = (size_t)wijk__q_get_int(&q, 3),
                                          .n_back = (size_t)wijk__q_get_int(&q, 4)};
        if (!wijk_said_kind_parse(wijk_str(wijk__q_get_text(&q, 1)), &c.kind) ||
            !wijk_mod_reason_parse(wijk_str(wijk__q_get_text(&q, 2)), &c.reason))
            continue;
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = c;
    }
    *out = v;
    return wijk__q_end(&q);
}
