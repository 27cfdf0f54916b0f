/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations: what is worked on, and every version that was made public. */
#include "store/partner_store.h"
#include "store/store_int.h"

#include <string.h>

/* ---- reading ---- */

#define COLUMNS                                                                                              \
    "p.gemeente, p.id, p.name, p.kind, p.about, p.site, p.sharing, p.means, p.version, p.public_version,"    \
    " p.removed, p.made_by, p.made_at, p.changed_at, p.edition"
/* ?1 gemeente, ?2 id, ?3 public: the edition that everybody sees is named by the one that is worked on; ?4
 * how many. One text for each way of asking, so that each goes by the key. */
#define CHOSEN(which)                                                                                        \
    "SELECT " COLUMNS " FROM partner w CROSS JOIN partner p ON p.gemeente = w.gemeente AND p.id = w.id AND"  \
    " p.edition = CASE ?3 WHEN 0 THEN 0 ELSE w.public_version END WHERE " which                              \
    " AND w.edition = 0 AND w.removed = 0 AND (?3 = 0 OR w.public_version > 0)"                              \
    " ORDER BY w.gemeente, w.id LIMIT ?4"
static const char ONE[] = CHOSEN("w.gemeente = ?1 AND w.id = ?2"),
                  HERE[] = CHOSEN("w.gemeente = ?1 AND w.id > ?2"),
                  ALL[] = CHOSEN("(w.gemeente, w.id) > (?1, ?2)");

void wijk__edited_read(struct wijk__q *q, int sharing, int version, struct wijk_edited *out)
{
    *out = (struct wijk_edited){.version = wijk__q_get_int(q, version),
                                .public_version = wijk__q_get_int(q, version + 1),
                                .removed = wijk__q_get_int(q, version + 2) != 0,
                                .made_by = wijk__q_get_int(q, version + 3),
                                .made_at = wijk__q_get_int(q, version + 4),
                                .changed_at = wijk__q_get_int(q, version + 5),
                                .edition = wijk__q_get_int(q, version + 6)};
    if (!wijk_sharing_parse(wijk_str(wijk__q_get_text(q, sharing)), &out->sharing))
        out->sharing = WIJK_SHARING_DRAFT; /* of a newer program: seen by its maker only */
}

static struct wijk_partner partner_at(struct wijk__q *q)
{
    struct wijk_partner p = {.gemeente = wijk__q_get_text(q, 0),
                             .id = wijk__q_get_text(q, 1),
                             .name = wijk__q_get_text(q, 2),
                             .about = wijk__q_get_text(q, 4),
                             .site = wijk__q_get_text(q, 5)};
    wijk__edited_read(q, 6, 8, &p.edited);
    if (!wijk_partner_kind_parse(wijk_str(wijk__q_get_text(q, 3)), &p.kind)) p.kind = WIJK_PARTNER_OTHER;
    if (!wijk_sharing_parse(wijk_str(wijk__q_get_text(q, 7)), &p.means)) p.means = WIJK_SHARING_ORGANISATION;
    return p;
}

/* The statements that read the parts of one, kept open over a whole list. */
struct parts {
    struct wijk__q area, contact, year;
};
#define OF_ONE " WHERE gemeente = ? AND partner = ? AND edition = ? ORDER BY "

static struct parts parts_open(struct wijk_cx *cx, struct wijk_store *store)
{
    return (struct parts){
        wijk__q(cx, store, "SELECT code FROM partner_area" OF_ONE "nr"),
        wijk__q(cx, store,
                "SELECT function, phone, mail FROM partner_contact WHERE gemeente = ? AND partner = ? AND"
                " edition = ? AND function <> '' ORDER BY nr"), /* '' it was taken away */
        wijk__q(cx, store,
                "SELECT year, coalesce(hours, -1), coalesce(budget_euro, -1) FROM partner_year" OF_ONE
                "year")};
}

static enum wijk_err parts_end(struct parts *s)
{
    enum wijk_err a = wijk__q_end(&s->area), b = wijk__q_end(&s->contact), c = wijk__q_end(&s->year);
    return a ? a : b ? b : c;
}

static void bind_one(struct wijk__q *q, const struct wijk_partner *p, int64_t edition)
{
    wijk__q_again(q);
    wijk__q_text(q, p->gemeente);
    wijk__q_text(q, p->id);
    wijk__q_int(q, edition);
}

static void read_parts(struct wijk_cx *cx, struct parts *s, struct wijk_partner *p)
{
    const int64_t edition = p->edited.edition;
    size_t cap = 0;
    const char **area = NULL;
    bind_one(&s->area, p, edition);
    while (wijk__q_row(&s->area)) {
        area = wijk_grow(cx, area, p->n_area, &cap, sizeof *area);
        area[p->n_area++] = wijk__q_get_text(&s->area, 0);
    }
    p->area = area;
    struct wijk_partner_contact *contact = NULL;
    cap = 0;
    bind_one(&s->contact, p, edition);
    while (wijk__q_row(&s->contact)) {
        contact = wijk_grow(cx, contact, p->n_contact, &cap, sizeof *contact);
        contact[p->n_contact++] =
            (struct wijk_partner_contact){wijk__q_get_text(&s->contact, 0), wijk__q_get_text(&s->contact, 1),
                                          wijk__q_get_text(&s->contact, 2)};
    }
    p->contact = contact;
    struct wijk_partner_year *year = NULL;
    cap = 0;
    bind_one(&s->year, p, edition);
    while (wijk__q_row(&s->year)) {
        year = wijk_grow(cx, year, p->n_year, &cap, sizeof *year);
        year[p->n_year++] = (struct wijk_partner_year){
            (int)wijk__q_get_int(&s->year, 0), wijk__q_get_int(&s->year, 1), wijk__q_get_int(&s->year, 2)};
    }
    p->year = year;
}

static enum wijk_err list(struct wijk_cx *cx, struct wijk_store *store, const char *sql,
                          const struct wijk_partner_ask *ask, const struct wijk_partner **out, size_t *n)
{
    struct wijk_partner *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q = wijk__q(cx, store, sql);
    wijk__q_text(&q, ask->gemeente ? ask->gemeente : ask->after_gemeente ? ask->after_gemeente : "");
    wijk__q_text(&q, ask->after ? ask->after : "");
    wijk__q_int(&q, ask->which == WIJK_EDITION_PUBLIC);
    wijk__q_int(&q, ask->n_max ? (int64_t)ask->n_max : -1);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = partner_at(&q);
    }
    WIJK_TRY(wijk__q_end(&q));
    *out = v;
    if (ask->bare || !*n) return WIJK_OK;
    struct parts s = parts_open(cx, store);
    for (size_t k = 0; k < *n; k++) read_parts(cx, &s, &v[k]);
    return parts_end(&s);
}

enum wijk_err wijk_store_page_partners(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_partner_ask *ask, const struct wijk_partner **out,
                                       size_t *n)
{
    return list(cx, store, ask->gemeente ? HERE : ALL, ask, out, n);
}

enum wijk_err wijk_store_list_partners(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                       enum wijk_edition which, const struct wijk_partner **out, size_t *n)
{
    return wijk_store_page_partners(cx, store,
                                    &(struct wijk_partner_ask){.gemeente = gemeente, .which = which}, out, n);
}

enum wijk_err wijk_store_read_partner(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                      const char *id, enum wijk_edition which,
                                      const struct wijk_partner **out)
{
    size_t n;
    WIJK_TRY(list(cx, store, ONE,
                  &(struct wijk_partner_ask){.gemeente = gemeente, .after = id, .which = which}, out, &n));
    if (n == 0) *out = NULL;
    return WIJK_OK;
}

/* ---- writing ---- */

static enum wijk_err write_areas(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p)
{
    struct wijk__q q = wijk__q(
        cx, store, "INSERT INTO partner_area (gemeente, partner, edition, nr, code) VALUES (?, ?, ?, ?, ?)");
    for (size_t k = 0; k < p->n_area; k++) {
        bind_one(&q, p, 0);
        wijk__q_int(&q, (int64_t)k);
        wijk__q_text(&q, p->area[k]);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err write_contacts(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_partner *p)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO partner_contact (gemeente, partner, edition, nr, function, phone, mail)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t k = 0; k < p->n_contact; k++) {
        bind_one(&q, p, 0);
        wijk__q_int(&q, (int64_t)k);
        wijk__q_text(&q, p->contact[k].function);
        wijk__q_text(&q, p->contact[k].phone);
        wijk__q_text(&q, p->contact[k].mail);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static void told(struct wijk__q *q, int64_t v)
{
    if (v < 0)
        wijk__q_null(q);
    else
        wijk__q_int(q, v);
}

static enum wijk_err write_years(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO partner_year (gemeente, partner, edition, year, hours, budget_euro)"
                " VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t k = 0; k < p->n_year; k++) {
        bind_one(&q, p, 0);
        wijk__q_int(&q, p->year[k].year);
        told(&q, p->year[k].hours);
        told(&q, p->year[k].budget_euro);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err drop_parts(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p)
{
    static const char *const DROP[] = {
        "DELETE FROM partner_area WHERE gemeente = ? AND partner = ? AND edition = ?",
        "DELETE FROM partner_contact WHERE gemeente = ? AND partner = ? AND edition = ?",
        "DELETE FROM partner_year WHERE gemeente = ? AND partner = ? AND edition = ?"};
    for (size_t k = 0; k < sizeof DROP / sizeof *DROP; k++) {
        struct wijk__q q = wijk__q(cx, store, DROP[k]);
        bind_one(&q, p, 0);
        WIJK_TRY(wijk__q_done(&q));
    }
    return WIJK_OK;
}

void wijk__edited_bind(struct wijk__q *q, const struct wijk_edited *e)
{
    wijk__q_text(q, wijk_sharing_id(e->sharing));
    wijk__q_int(q, e->version + 1);
    wijk__q_int(q, e->public_version);
    wijk__q_int(q, e->removed);
    wijk__q_int(q, e->changed_at);
}

static void bind_words(struct wijk__q *q, const struct wijk_partner *p)
{
    wijk__q_text(q, p->name);
    wijk__q_text(q, wijk_partner_kind_id(p->kind));
    wijk__q_text(q, p->about);
    wijk__q_text(q, p->site);
    wijk__q_text(q, wijk_sharing_id(p->means));
    wijk__edited_bind(q, &p->edited);
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p)
{
    struct wijk__q q =
        wijk__q(cx, store, "SELECT 1 FROM partner WHERE gemeente = ? AND id = ? AND edition = 0");
    wijk__q_text(&q, p->gemeente);
    wijk__q_text(&q, p->id);
    bool taken = wijk__q_row(&q);
    WIJK_TRY(wijk__q_end(&q));
    if (taken) return wijk_fail(cx, WIJK_EEXISTS, "Er is al een organisatie %s.", p->id);
    q = wijk__q(
        cx, store,
        "INSERT INTO partner (name, kind, about, site, means, sharing, version, public_version, removed,"
        " changed_at, made_by, made_at, gemeente, id, edition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, 0)");
    bind_words(&q, p);
    wijk__q_int(&q, p->edited.made_by);
    wijk__q_int(&q, p->edited.made_at);
    wijk__q_text(&q, p->gemeente);
    wijk__q_text(&q, p->id);
    return wijk__q_done(&q);
}

static enum wijk_err change(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "UPDATE partner SET name = ?, kind = ?, about = ?, site = ?, means = ?, sharing = ?,"
                " version = ?, public_version = ?, removed = ?, changed_at = ?"
                " WHERE gemeente = ? AND id = ? AND edition = 0 AND version = ? AND removed = 0");
    bind_words(&q, p);
    wijk__q_text(&q, p->gemeente);
    wijk__q_text(&q, p->id);
    wijk__q_int(&q, p->edited.version);
    WIJK_TRY(wijk__q_done(&q));
    if (sqlite3_changes(store->db) == 1) return drop_parts(cx, store, p);
    return wijk_fail(cx, WIJK_ECONFLICT, "Iemand anders heeft deze organisatie intussen gewijzigd.");
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_partner *p = arg;
    WIJK_TRY(p->edited.version ? change(cx, store, p) : add(cx, store, p));
    WIJK_TRY(write_areas(cx, store, p));
    WIJK_TRY(write_contacts(cx, store, p));
    WIJK_TRY(write_years(cx, store, p));
    p->edited.version++;
    return WIJK_OK;
}

enum wijk_err wijk_store_save_partner(struct wijk_cx *cx, struct wijk_store *store, struct wijk_partner *p)
{
    return wijk__store_quietly(cx, store, save, p);
}

/* ---- making public ---- */

struct publish {
    const char *gemeente, *id;
    int64_t version, now;
};

/* A copy of what is worked on, under the number of its version. ?1 gemeente, ?2 id, ?3 version, ?4 now. */
static enum wijk_err publish(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const char *const STEP[] = {
        "UPDATE partner SET public_version = ?3, sharing = 'openbaar', changed_at = ?4 WHERE gemeente = ?1 "
        "AND id = ?2"
        " AND edition = 0 AND version = ?3 AND removed = 0 AND public_version <> ?3",
        "INSERT INTO partner (gemeente, id, edition, name, kind, about, site, sharing, means, version, "
        "public_version,"
        " made_by, made_at, changed_at) SELECT gemeente, id, ?3, name, kind, about, site, sharing, means, "
        "version,"
        " public_version, made_by, made_at, ?4 FROM partner WHERE gemeente = ?1 AND id = ?2 AND edition = 0",
        "INSERT INTO partner_area SELECT gemeente, partner, ?3, nr, code FROM partner_area"
        " WHERE gemeente = ?1 AND partner = ?2 AND edition = 0 AND ?4 > 0",
        "INSERT INTO partner_contact SELECT gemeente, partner, ?3, nr, function, phone, mail FROM "
        "partner_contact"
        " WHERE gemeente = ?1 AND partner = ?2 AND edition = 0 AND ?4 > 0",
        "INSERT INTO partner_year SELECT gemeente, partner, ?3, year, hours, budget_euro FROM partner_year"
        " WHERE gemeente = ?1 AND partner = ?2 AND edition = 0 AND ?4 > 0"};
    const struct publish *in = arg;
    for (size_t k = 0; k < sizeof STEP / sizeof *STEP; k++) {
        struct wijk__q q = wijk__q(cx, store, STEP[k]);
        wijk__q_text(&q, in->gemeente);
        wijk__q_text(&q, in->id);
        wijk__q_int(&q, in->version);
        wijk__q_int(&q, in->now);
        WIJK_TRY(wijk__q_done(&q));
        if (k == 0 && sqlite3_changes(store->db) != 1)
            return wijk_fail(cx, WIJK_ECONFLICT,
                             "Deze organisatie is intussen gewijzigd, of deze versie is al openbaar.");
    }
    return WIJK_OK;
}

enum wijk_err wijk_store_publish_partner(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                         const char *id, int64_t version, int64_t now)
{
    return wijk__store_quietly(cx, store, publish, &(struct publish){gemeente, id, version, now});
}
