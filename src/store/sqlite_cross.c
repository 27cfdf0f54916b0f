/* SPDX-License-Identifier: EUPL-1.2 */
/* Crosswalks: which share of each area of one division went to which area of a later one. */
#include "store/store_int.h"

#include <math.h>
#include <string.h>

/* ---- saving ---- */

static enum wijk_err save_links(struct wijk_cx *cx, struct wijk_store *store,
                                const struct wijk_crosswalk_kept *k, int64_t id)
{
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO crosswalk_link (crosswalk_id, from_code, to_code, share_area,"
                               " share_residents, kind) VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < k->n_link && !q.err; i++) {
        const struct wijk_crosswalk_pair *p = &k->link[i];
        wijk__q_again(&q);
        wijk__q_int(&q, id);
        wijk__q_text(&q, p->from);
        wijk__q_text(&q, p->to);
        wijk__q_real(&q, p->share_area);
        wijk__q_real(&q, p->share_residents);
        wijk__q_text(&q, wijk_cross_kind_id(p->kind));
        wijk__q_row(&q);
        const double share[] = {p->share_area, p->share_residents};
        wijk__store_note(store, p->from, strlen(p->from));
        wijk__store_note(store, p->to, strlen(p->to));
        wijk__store_note(store, share, sizeof share);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_cover(struct wijk_cx *cx, struct wijk_store *store,
                                const struct wijk_crosswalk_kept *k, int64_t id)
{
    struct wijk__q q = wijk__q(
        cx, store, "INSERT INTO crosswalk_cover (crosswalk_id, side, code, covered) VALUES (?, ?, ?, ?)");
    for (size_t i = 0; i < k->n_cover && !q.err; i++) {
        wijk__q_again(&q);
        wijk__q_int(&q, id);
        wijk__q_text(&q, k->cover[i].of_to ? "to" : "from");
        wijk__q_text(&q, k->cover[i].code);
        wijk__q_real(&q, k->cover[i].covered);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_body(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_crosswalk_kept *k = arg;
    struct wijk__q q =
        wijk__q(cx, store,
                "DELETE FROM crosswalk WHERE level = ? AND from_year = ? AND to_year = ? AND gemeente = ?");
    wijk__q_text(&q, wijk_level_id(k->level));
    wijk__q_int(&q, k->from_year);
    wijk__q_int(&q, k->to_year);
    wijk__q_text(&q, k->gemeente);
    WIJK_TRY(wijk__q_done(&q));
    q = wijk__q(
        cx, store,
        "INSERT INTO crosswalk (level, from_year, to_year, gemeente, method, made_at, file_name, sha256,"
        " sliver_share, sliver_m2, same) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, wijk_level_id(k->level));
    wijk__q_int(&q, k->from_year);
    wijk__q_int(&q, k->to_year);
    wijk__q_text(&q, k->gemeente);
    wijk__q_text(&q, wijk_cross_method_id(k->method));
    wijk__q_text(&q, k->made_at);
    wijk__q_text(&q, k->file_name);
    wijk__q_text(&q, k->sha256);
    wijk__q_real(&q, k->opt.sliver_share > 0 ? k->opt.sliver_share : NAN);
    wijk__q_real(&q, k->opt.sliver_m2 > 0 ? k->opt.sliver_m2 : NAN);
    wijk__q_real(&q, k->opt.same > 0 ? k->opt.same : NAN);
    WIJK_TRY(wijk__q_done(&q));
    int64_t id = sqlite3_last_insert_rowid(store->db);
    const int32_t key[] = {(int32_t)k->level, k->from_year, k->to_year, (int32_t)k->method};
    wijk__store_note(store, key, sizeof key);
    WIJK_TRY(save_links(cx, store, k, id));
    return save_cover(cx, store, k, id);
}

enum wijk_err wijk_store_save_crosswalk(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_crosswalk_kept *k)
{
    struct wijk_crosswalk_kept copy = *k;
    return wijk__store_write(cx, store, save_body, &copy);
}

/* ---- reading ---- */

/* A file of someone else may hold NULL where ours never does. */
static const char *text_of(struct wijk__q *q, int column)
{
    const char *s = wijk__q_get_text(q, column);
    return s ? s : "";
}

static double none_as_zero(double v)
{
    return isnan(v) ? 0 : v;
}

static enum wijk_err read_heads(struct wijk_cx *cx, struct wijk_store *store,
                                struct wijk_crosswalk_kept **out, int64_t **id, size_t *n)
{
    struct wijk_crosswalk_kept *list = NULL;
    int64_t *ids = NULL;
    size_t cap = 0, cap_id = 0;
    bool sound = true;
    *n = 0;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT id, level, from_year, to_year, gemeente, method, made_at, file_name,"
                               " sha256, sliver_share, sliver_m2, same FROM crosswalk"
                               " ORDER BY level, to_year DESC, from_year DESC, gemeente");
    while (sound && wijk__q_row(&q)) {
        list = wijk_grow(cx, list, *n, &cap, sizeof *list);
        ids = wijk_grow(cx, ids, *n, &cap_id, sizeof *ids);
        struct wijk_crosswalk_kept *k = &list[*n];
        *k = (struct wijk_crosswalk_kept){.from_year = (int)wijk__q_get_int(&q, 2),
                                          .to_year = (int)wijk__q_get_int(&q, 3),
                                          .gemeente = text_of(&q, 4),
                                          .made_at = text_of(&q, 6),
                                          .file_name = text_of(&q, 7),
                                          .sha256 = text_of(&q, 8),
                                          .opt = {none_as_zero(wijk__q_get_real(&q, 9)),
                                                  none_as_zero(wijk__q_get_real(&q, 10)),
                                                  none_as_zero(wijk__q_get_real(&q, 11))}};
        sound = wijk_level_parse(wijk_str(text_of(&q, 1)), &k->level) &&
                wijk_cross_method_parse(wijk_str(text_of(&q, 5)), &k->method);
        ids[(*n)++] = wijk__q_get_int(&q, 0);
    }
    WIJK_TRY(wijk__q_end(&q));
    if (!sound) return wijk_fail(cx, WIJK_ESTORE, "%s: een omrekening is beschadigd", store->label);
    *out = list;
    *id = ids;
    return WIJK_OK;
}

static enum wijk_err read_links(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                struct wijk_crosswalk_kept *k)
{
    struct wijk_crosswalk_pair *list = NULL;
    size_t cap = 0;
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT from_code, to_code, share_area, share_residents, kind FROM crosswalk_link"
                " WHERE crosswalk_id = ? ORDER BY id");
    wijk__q_int(&q, id);
    while (wijk__q_row(&q)) {
        list = wijk_grow(cx, list, k->n_link, &cap, sizeof *list);
        struct wijk_crosswalk_pair *p = &list[k->n_link++];
        *p = (struct wijk_crosswalk_pair){text_of(&q, 0), text_of(&q, 1), wijk__q_get_real(&q, 2),
                                          wijk__q_get_real(&q, 3), WIJK_CROSS_OVERLAY};
        const char *kind = text_of(&q, 4);
        for (unsigned i = 0; i < WIJK_CROSS_KIND_COUNT; i++)
            if (strcmp(kind, wijk_cross_kind_id((enum wijk_cross_kind)i)) == 0)
                p->kind = (enum wijk_cross_kind)i;
    }
    k->link = list;
    return wijk__q_end(&q);
}

static enum wijk_err read_cover(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                struct wijk_crosswalk_kept *k)
{
    struct wijk_crosswalk_cover *list = NULL;
    size_t cap = 0;
    struct wijk__q q = wijk__q(
        cx, store, "SELECT side, code, covered FROM crosswalk_cover WHERE crosswalk_id = ? ORDER BY id");
    wijk__q_int(&q, id);
    while (wijk__q_row(&q)) {
        list = wijk_grow(cx, list, k->n_cover, &cap, sizeof *list);
        const char *side = text_of(&q, 0);
        list[k->n_cover++] =
            (struct wijk_crosswalk_cover){strcmp(side, "to") == 0, text_of(&q, 1), wijk__q_get_real(&q, 2)};
    }
    k->cover = list;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_read_crosswalks(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_crosswalk_kept **out, size_t *n)
{
    struct wijk_crosswalk_kept *list = NULL;
    int64_t *id = NULL, there = 0;
    *n = 0;
    *out = NULL;
    WIJK_TRY(wijk__store_number(
        cx, store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'crosswalk'", &there));
    if (!there) return WIJK_OK; /* an older schema, opened for reading */
    WIJK_TRY(read_heads(cx, store, &list, &id, n));
    for (size_t i = 0; i < *n; i++) {
        WIJK_TRY(read_links(cx, store, id[i], &list[i]));
        WIJK_TRY(read_cover(cx, store, id[i], &list[i]));
    }
    *out = list;
    return WIJK_OK;
}
