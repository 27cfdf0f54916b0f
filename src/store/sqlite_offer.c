/* SPDX-License-Identifier: EUPL-1.2 */
/* Offers: what is worked on, and every version that was made public. */
#include "store/partner_store.h"
#include "store/store_int.h"

/* ---- reading ---- */

/* ?1 gemeente, ?2 partner, ?3 id, ?4 public: the edition that everybody sees is named by the one that is
 * worked on; ?5 how many. Nothing is offered by an organisation that was removed. One text for each way of
 * asking, so that each goes by an index. */
#define CHOSEN(index, which)                                                                                 \
    "SELECT o.id, o.gemeente, o.partner, o.title, o.what, o.theme, o.age_from, o.age_to, o.sharing,"         \
    " o.version, o.public_version, o.removed, o.made_by, o.made_at, o.changed_at, o.edition"                 \
    " FROM offer w " index " CROSS JOIN partner p ON p.gemeente = w.gemeente AND p.id = w.partner AND"       \
    " p.edition = 0 AND p.removed = 0 CROSS JOIN offer o ON o.id = w.id AND"                                 \
    " o.edition = CASE ?4 WHEN 0 THEN 0 ELSE w.public_version END WHERE " which                              \
    " AND w.edition = 0 AND w.removed = 0 AND (?4 = 0 OR w.public_version > 0)"                              \
    " ORDER BY w.gemeente, w.partner, w.id LIMIT ?5"
static const char ONE[] = CHOSEN("", "w.id = ?3 AND (?1 = '' OR w.gemeente = ?1) AND ?2 = ''"),
                  OF_PARTNER[] = CHOSEN("INDEXED BY offer_of", "w.gemeente = ?1 AND w.partner = ?2"
                                                               " AND w.id > ?3"),
                  HERE[] = CHOSEN("INDEXED BY offer_of",
                                  "w.gemeente = ?1 AND w.partner >= ?2 AND (w.partner > ?2 OR w.id > ?3)"),
                  ALL[] = CHOSEN("INDEXED BY offer_of", "w.gemeente >= ?1 AND (w.gemeente, w.partner, w.id)"
                                                        " > (?1, ?2, ?3)");

static struct wijk_offer offer_at(struct wijk__q *q)
{
    struct wijk_offer o = {.id = wijk__q_get_int(q, 0),
                           .gemeente = wijk__q_get_text(q, 1),
                           .partner = wijk__q_get_text(q, 2),
                           .title = wijk__q_get_text(q, 3),
                           .what = wijk__q_get_text(q, 4),
                           .reach.age_from = (int)wijk__q_get_int(q, 6),
                           .reach.age_to = (int)wijk__q_get_int(q, 7)};
    if (!wijk_offer_theme_parse(wijk_str(wijk__q_get_text(q, 5)), &o.reach.theme))
        o.reach.theme = WIJK_OFFER_MEETING;
    wijk__edited_read(q, 8, 9, &o.edited);
    return o;
}

static void read_areas(struct wijk_cx *cx, struct wijk__q *q, struct wijk_offer *o)
{
    const char **area = NULL;
    size_t cap = 0;
    wijk__q_again(q);
    wijk__q_int(q, o->id);
    wijk__q_int(q, o->edited.edition);
    while (wijk__q_row(q)) {
        area = wijk_grow(cx, area, o->reach.n_area, &cap, sizeof *area);
        area[o->reach.n_area++] = wijk__q_get_text(q, 0);
    }
    o->reach.area = area;
}

enum wijk_err wijk_store_read_offer_areas(struct wijk_cx *cx, struct wijk_store *store, struct wijk_offer *o,
                                          size_t n)
{
    if (!n) return WIJK_OK;
    struct wijk__q q =
        wijk__q(cx, store, "SELECT code FROM offer_area WHERE offer = ? AND edition = ? ORDER BY nr");
    for (size_t k = 0; k < n; k++) read_areas(cx, &q, &o[k]);
    return wijk__q_end(&q);
}

static enum wijk_err list(struct wijk_cx *cx, struct wijk_store *store, const char *sql,
                          const struct wijk_offer_ask *ask, const struct wijk_offer **out, size_t *n)
{
    const char *gemeente = ask->gemeente ? ask->gemeente : ask->after_gemeente,
               *partner = ask->gemeente && ask->partner ? ask->partner : ask->after_partner;
    struct wijk_offer *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q = wijk__q(cx, store, sql);
    wijk__q_text(&q, gemeente ? gemeente : "");
    wijk__q_text(&q, partner ? partner : "");
    wijk__q_int(&q, ask->after);
    wijk__q_int(&q, ask->which == WIJK_EDITION_PUBLIC);
    wijk__q_int(&q, ask->n_max ? (int64_t)ask->n_max : -1);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = offer_at(&q);
    }
    WIJK_TRY(wijk__q_end(&q));
    *out = v;
    return ask->bare ? WIJK_OK : wijk_store_read_offer_areas(cx, store, v, *n);
}

enum wijk_err wijk_store_page_offers(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_offer_ask *ask, const struct wijk_offer **out,
                                     size_t *n)
{
    return list(cx, store, !ask->gemeente ? ALL : ask->partner ? OF_PARTNER : HERE, ask, out, n);
}

enum wijk_err wijk_store_list_offers(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                     const char *partner, enum wijk_edition which,
                                     const struct wijk_offer **out, size_t *n)
{
    return wijk_store_page_offers(
        cx, store, &(struct wijk_offer_ask){.gemeente = gemeente, .partner = partner, .which = which}, out,
        n);
}

enum wijk_err wijk_store_read_offer(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                    int64_t id, enum wijk_edition which, const struct wijk_offer **out)
{
    size_t n = 0;
    *out = NULL;
    if (id > 0)
        WIJK_TRY(list(cx, store, ONE,
                      &(struct wijk_offer_ask){.gemeente = gemeente, .after = id, .which = which}, out, &n));
    if (n == 0) *out = NULL;
    return WIJK_OK;
}

/* ---- writing ---- */

static void bind_words(struct wijk__q *q, const struct wijk_offer *o)
{
    wijk__q_text(q, o->title);
    wijk__q_text(q, o->what);
    wijk__q_text(q, wijk_offer_theme_id(o->reach.theme));
    wijk__q_int(q, o->reach.age_from);
    wijk__q_int(q, o->reach.age_to);
    wijk__edited_bind(q, &o->edited);
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, struct wijk_offer *o)
{
    WIJK_TRY(wijk__store_number(cx, store, "SELECT coalesce(max(id), 0) + 1 FROM offer", &o->id));
    struct wijk__q q = wijk__q(
        cx, store,
        "INSERT INTO offer (title, what, theme, age_from, age_to, sharing, version, public_version, removed,"
        " changed_at, made_by, made_at, id, gemeente, partner, edition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?, ?, ?, 0)");
    bind_words(&q, o);
    wijk__q_int(&q, o->edited.made_by);
    wijk__q_int(&q, o->edited.made_at);
    wijk__q_int(&q, o->id);
    wijk__q_text(&q, o->gemeente);
    wijk__q_text(&q, o->partner);
    return wijk__q_done(&q);
}

static enum wijk_err change(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_offer *o)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "UPDATE offer SET title = ?, what = ?, theme = ?, age_from = ?, age_to = ?, sharing = ?,"
                " version = ?, public_version = ?, removed = ?, changed_at = ?"
                " WHERE id = ? AND edition = 0 AND version = ? AND removed = 0");
    bind_words(&q, o);
    wijk__q_int(&q, o->id);
    wijk__q_int(&q, o->edited.version);
    WIJK_TRY(wijk__q_done(&q));
    if (sqlite3_changes(store->db) != 1)
        return wijk_fail(cx, WIJK_ECONFLICT, "Iemand anders heeft dit aanbod intussen gewijzigd.");
    q = wijk__q(cx, store, "DELETE FROM offer_area WHERE offer = ? AND edition = 0");
    wijk__q_int(&q, o->id);
    return wijk__q_done(&q);
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_offer *o = arg;
    WIJK_TRY(o->id ? change(cx, store, o) : add(cx, store, o));
    struct wijk__q q =
        wijk__q(cx, store, "INSERT INTO offer_area (offer, edition, nr, code) VALUES (?, 0, ?, ?)");
    for (size_t k = 0; k < o->reach.n_area; k++) {
        wijk__q_again(&q);
        wijk__q_int(&q, o->id);
        wijk__q_int(&q, (int64_t)k);
        wijk__q_text(&q, o->reach.area[k]);
        wijk__q_row(&q);
    }
    WIJK_TRY(wijk__q_end(&q));
    o->edited.version++;
    return WIJK_OK;
}

enum wijk_err wijk_store_save_offer(struct wijk_cx *cx, struct wijk_store *store, struct wijk_offer *o)
{
    return wijk__store_quietly(cx, store, save, o);
}

/* ---- making public ---- */

struct publish {
    int64_t id, version, now;
};

/* A copy of what is worked on, under the number of its version. ?1 id, ?2 version, ?3 now. */
static enum wijk_err publish(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const char *const STEP[] = {
        "UPDATE offer SET public_version = ?2, sharing = 'openbaar', changed_at = ?3"
        " WHERE id = ?1 AND edition = 0 AND version = ?2 AND removed = 0 AND public_version <> ?2",
        "INSERT INTO offer (id, edition, gemeente, partner, title, theme, age_from, age_to, what, sharing, "
        "version,"
        " public_version, made_by, made_at, changed_at) SELECT id, ?2, gemeente, partner, title, theme, "
        "age_from,"
        " age_to, what, sharing, version, public_version, made_by, made_at, ?3 FROM offer WHERE id = ?1 AND "
        "edition = 0",
        "INSERT INTO offer_area SELECT offer, ?2, nr, code FROM offer_area WHERE offer = ?1 AND edition = 0 "
        "AND ?3 > 0"};
    const struct publish *in = arg;
    for (size_t k = 0; k < sizeof STEP / sizeof *STEP; k++) {
        struct wijk__q q = wijk__q(cx, store, STEP[k]);
        wijk__q_int(&q, in->id);
        wijk__q_int(&q, in->version);
        wijk__q_int(&q, in->now);
        WIJK_TRY(wijk__q_done(&q));
        if (k == 0 && sqlite3_changes(store->db) != 1)
            return wijk_fail(cx, WIJK_ECONFLICT,
                             "Dit aanbod is intussen gewijzigd, of deze versie is al openbaar.");
    }
    return WIJK_OK;
}

enum wijk_err wijk_store_publish_offer(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                       int64_t version, int64_t now)
{
    return wijk__store_quietly(cx, store, publish, &(struct publish){id, version, now});
}
