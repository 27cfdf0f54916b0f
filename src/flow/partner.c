/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations and their offers: who sees what of them, and how they are changed. */
#include "flow/moderation_flow.h"
#include "flow/partner_int.h"

#include <string.h>

static const char PARTNER[] = "partner", OFFER[] = "aanbod";

/* ---- who sees what ---- */

struct wijk_object wijk__partner_object(const struct wijk_partner *p)
{
    return (struct wijk_object){p->gemeente, p->id, p->edited.made_by, p->edited.sharing};
}

struct wijk_object wijk__offer_object(const struct wijk_offer *o)
{
    return (struct wijk_object){o->gemeente, o->partner, o->edited.made_by, o->edited.sharing};
}

bool wijk__deed_sees(const struct wijk_deed *d, const struct wijk_object *o)
{
    return !d->actor || wijk_may_see(d->actor, o);
}

bool wijk__deed_could(const struct wijk_deed *d, enum wijk_right right, const struct wijk_object *o)
{
    return !d->actor || wijk_may(d->actor, right, o) == WIJK_MAY_YES;
}

/* Who keeps the list of organisations sees what it keeps; but not what someone is still drafting. */
static bool sees_partner(const struct wijk_deed *d, const struct wijk_partner *p)
{
    struct wijk_object o = wijk__partner_object(p);
    return wijk__deed_sees(d, &o) ||
           (o.sharing != WIJK_SHARING_DRAFT && wijk__deed_could(d, WIJK_RIGHT_PARTNER_CHANGE, &o));
}

static bool sees_means(const struct wijk_deed *d, const struct wijk_partner *p)
{
    struct wijk_object means = {p->gemeente, p->id, 0, p->means};
    return wijk__deed_sees(d, &means);
}

static struct wijk_flow_partner seen_partner(const struct wijk_deed *d, const struct wijk_partner *p,
                                             bool work)
{
    struct wijk_object o = wijk__partner_object(p);
    return (struct wijk_flow_partner){.p = p,
                                      .means = sees_means(d, p),
                                      .may_change = wijk__deed_could(d, WIJK_RIGHT_PARTNER_CHANGE, &o),
                                      .work = work};
}

/* Why texts of it are empty. */
static enum wijk_err tell_partner(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  struct wijk_flow_partner *f)
{
    const struct wijk_partner *p = f->p;
    const char *contacts = p->n_contact ? p->contact[0].function : "";
    f->may_moderate = wijk_flow_may_moderate(d, p->gemeente);
    WIJK_TRY(wijk_flow_taken_away(cx, store, WIJK_SAID_PARTNER, p->gemeente, p->id, p->about, &f->taken));
    return wijk_flow_taken_away(cx, store, WIJK_SAID_CONTACTS, p->gemeente, p->id, contacts,
                                &f->contacts_taken);
}

static int by_key(const struct wijk_partner *a, const char *gemeente, const char *id)
{
    int c = strcmp(a->gemeente, gemeente);
    return c ? c : strcmp(a->id, id);
}

/* All; bare: to know who is seen and how it is called. */
static enum wijk_err all_partners(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const char *gemeente, bool bare, const struct wijk_flow_partner **out,
                                  size_t *n)
{
    const struct wijk_partner *work, *public;
    size_t n_work, n_public, at = 0;
    struct wijk_partner_ask ask = {.gemeente = gemeente, .which = WIJK_EDITION_WORK, .bare = bare};
    WIJK_TRY(wijk_store_page_partners(cx, store, &ask, &work, &n_work));
    ask.which = WIJK_EDITION_PUBLIC;
    WIJK_TRY(wijk_store_page_partners(cx, store, &ask, &public, &n_public));
    struct wijk_flow_partner *v = WIJK_NEW(cx, struct wijk_flow_partner, n_work);
    *n = 0;
    for (size_t k = 0; k < n_work; k++) {
        while (at < n_public && by_key(&public[at], work[k].gemeente, work[k].id) < 0) at++;
        if (sees_partner(d, &work[k]))
            v[(*n)++] = seen_partner(d, &work[k], true);
        else if (at < n_public && by_key(&public[at], work[k].gemeente, work[k].id) == 0)
            v[(*n)++] = seen_partner(d, &public[at], false);
    }
    for (size_t k = 0; k < *n && !bare; k++) WIJK_TRY(tell_partner(cx, store, d, &v[k]));
    *out = v;
    return WIJK_OK;
}

enum wijk_err wijk_flow_partners(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const char *gemeente, const struct wijk_flow_partner **out, size_t *n)
{
    return all_partners(cx, store, d, gemeente, false, out, n);
}

enum wijk_err wijk_flow_partner(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                const char *gemeente, const char *id, struct wijk_flow_partner *out)
{
    const struct wijk_partner *p;
    for (int work = 1; work >= 0; work--) {
        WIJK_TRY(wijk_store_read_partner(cx, store, gemeente, id,
                                         work ? WIJK_EDITION_WORK : WIJK_EDITION_PUBLIC, &p));
        if (!p || !sees_partner(d, p)) continue;
        *out = seen_partner(d, p, work);
        return tell_partner(cx, store, d, out);
    }
    return wijk_fail(cx, WIJK_ENOTFOUND, "Er is hier geen organisatie «%s».", id);
}

/* ---- offers ---- */

static struct wijk_flow_offer seen_offer(const struct wijk_deed *d, const struct wijk_offer *v,
                                         const char *partner, bool work)
{
    struct wijk_object o = wijk__offer_object(v);
    return (struct wijk_flow_offer){.o = v,
                                    .partner_name = partner,
                                    .may_change = wijk__deed_could(d, WIJK_RIGHT_OFFER_CHANGE, &o),
                                    .work = work};
}

/* Why texts of it are empty; a title that was taken away has words in its place. */
static enum wijk_err tell_offer(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                struct wijk_flow_offer *f)
{
    const char *text = *f->o->title ? f->o->what : "";
    f->may_moderate = wijk_flow_may_moderate(d, f->o->gemeente);
    WIJK_TRY(wijk_flow_taken_away(cx, store, WIJK_SAID_OFFER, f->o->gemeente, wijk__nr(cx, f->o->id), text,
                                  &f->taken));
    if (*f->o->title) return WIJK_OK;
    struct wijk_offer *named = WIJK_NEW(cx, struct wijk_offer, 1);
    *named = *f->o;
    named->title = wijk_tr(cx, "(titel weggehaald)");
    f->o = named;
    return WIJK_OK;
}

static const struct wijk_partner *partner_in(const struct wijk_flow_partner *v, size_t n,
                                             const char *gemeente, const char *id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = by_key(v[mid].p, gemeente, id);
        if (c == 0) return v[mid].p;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* Does it reach the area, or a part of it? */
static bool touches(const struct wijk_offer *o, const char *area)
{
    const struct wijk_offer_reach whole = {.n_area = 1, .area = &area};
    bool touched = wijk_offer_reaches(&o->reach, area);
    for (size_t k = 0; k < o->reach.n_area && !touched; k++)
        touched = wijk_offer_reaches(&whole, o->reach.area[k]);
    return touched;
}

/* But for the area, which is looked at once its areas are read. */
static bool is_asked(const struct wijk_offer *o, const struct wijk_flow_offer_ask *ask)
{
    return (!ask->partner || strcmp(o->partner, ask->partner) == 0) &&
           (!ask->by_theme || o->reach.theme == ask->theme) &&
           (!ask->by_age || wijk_age_group_meets(ask->age, o->reach.age_from, o->reach.age_to));
}

struct taking {
    struct wijk_cx *cx;
    struct wijk_store *store;
    const struct wijk_deed *d;
    const struct wijk_flow_offer_ask *ask;
    const struct wijk_flow_partner *partner; /* those that are seen */
    size_t n_partner;
    struct wijk_flow_offer *v;
    size_t n, cap;
};

/* Both editions without areas, in one order; areas are read of what is shown only. */
static enum wijk_err take(struct taking *t, const struct wijk_offer *work, size_t n_work,
                          const struct wijk_offer *public, size_t n_public)
{
    struct wijk_offer *shown = WIJK_NEW(t->cx, struct wijk_offer, n_work);
    struct wijk_flow_offer *of = WIJK_NEW(t->cx, struct wijk_flow_offer, n_work);
    size_t n = 0, at = 0;
    for (size_t k = 0; k < n_work; k++) {
        struct wijk_object o = wijk__offer_object(&work[k]);
        const bool sees = wijk__deed_sees(t->d, &o);
        const bool is_public = at < n_public && public[at].id == work[k].id;
        const struct wijk_offer *one = sees ? &work[k] : is_public ? &public[at] : NULL;
        at += is_public;
        /* what an organisation offers that is not shown itself is not shown either */
        const struct wijk_partner *p =
            one ? partner_in(t->partner, t->n_partner, one->gemeente, one->partner) : NULL;
        if (!p || !is_asked(one, t->ask)) continue;
        shown[n] = *one;
        of[n] = seen_offer(t->d, &shown[n], p->name, sees);
        n++;
    }
    WIJK_TRY(wijk_store_read_offer_areas(t->cx, t->store, shown, n));
    for (size_t k = 0; k < n; k++) {
        if (t->ask->area && !touches(&shown[k], t->ask->area)) continue;
        WIJK_TRY(tell_offer(t->cx, t->store, t->d, &of[k]));
        t->v = wijk_grow(t->cx, t->v, t->n, &t->cap, sizeof *t->v);
        t->v[t->n++] = of[k];
    }
    return WIJK_OK;
}

/* In pieces as long as a page, until there are as many as were asked for. */
static enum wijk_err take_all(struct taking *t)
{
    struct wijk_offer_ask page = {.gemeente = t->ask->gemeente,
                                  .partner = t->ask->partner,
                                  .after_gemeente = t->ask->after_gemeente,
                                  .after_partner = t->ask->after_partner,
                                  .after = t->ask->after,
                                  .n_max = t->ask->n_max,
                                  .bare = true};
    for (;;) {
        const struct wijk_offer *work, *public;
        size_t n_work, n_public;
        page.which = WIJK_EDITION_WORK;
        WIJK_TRY(wijk_store_page_offers(t->cx, t->store, &page, &work, &n_work));
        page.which = WIJK_EDITION_PUBLIC;
        WIJK_TRY(wijk_store_page_offers(t->cx, t->store, &page, &public, &n_public));
        WIJK_TRY(take(t, work, n_work, public, n_public));
        if (!page.n_max || n_work < page.n_max || t->n >= page.n_max) break;
        page.after_gemeente = work[n_work - 1].gemeente;
        page.after_partner = work[n_work - 1].partner;
        page.after = work[n_work - 1].id;
    }
    if (page.n_max && t->n > page.n_max) t->n = page.n_max;
    return WIJK_OK;
}

enum wijk_err wijk_flow_offers(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               const struct wijk_flow_offer_ask *ask, const struct wijk_flow_offer **out,
                               size_t *n)
{
    struct taking t = {.cx = cx, .store = store, .d = d, .ask = ask};
    struct wijk_flow_partner one;
    if (ask->gemeente && ask->partner) {
        const enum wijk_err err = wijk_flow_partner(cx, store, d, ask->gemeente, ask->partner, &one);
        if (err && err != WIJK_ENOTFOUND) return err;
        t.n_partner = !err;
        t.partner = &one;
    } else {
        WIJK_TRY(all_partners(cx, store, d, ask->gemeente, true, &t.partner, &t.n_partner));
    }
    WIJK_TRY(take_all(&t));
    *out = t.v;
    *n = t.n;
    return WIJK_OK;
}

/* ---- organisations, page by page, with what they offer ---- */

static bool works_there(const struct wijk_partner *p, const char *area)
{
    const struct wijk_offer_reach r = {.n_area = p->n_area, .area = p->area};
    return !area || wijk_offer_reaches(&r, area);
}

/* What is seen of it, if it is to be shown. */
static enum wijk_err look_at(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                             const struct wijk_flow_partner_ask *ask, const struct wijk_partner *work,
                             struct wijk_flow_partner *out, bool *shown)
{
    const struct wijk_partner *p = work;
    const bool sees = sees_partner(d, work);
    *shown = false;
    if (!sees && !work->edited.public_version) return WIJK_OK;
    if (!sees)
        WIJK_TRY(wijk_store_read_partner(cx, store, work->gemeente, work->id, WIJK_EDITION_PUBLIC, &p));
    if (!p || !works_there(p, ask->area)) return WIJK_OK;
    *out = seen_partner(d, p, sees);
    WIJK_TRY(tell_partner(cx, store, d, out));
    *shown = true;
    if (!ask->offers) return WIJK_OK;
    struct wijk_flow_offer_ask of = *ask->offers;
    of.gemeente = p->gemeente, of.partner = p->id, of.n_max = 0;
    struct taking t = {.cx = cx, .store = store, .d = d, .ask = &of, .partner = out, .n_partner = 1};
    WIJK_TRY(take_all(&t));
    out->offer = t.v;
    out->n_offer = t.n;
    *shown = t.n || (!of.area && !of.by_theme && !of.by_age);
    return WIJK_OK;
}

enum wijk_err wijk_flow_partner_page(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     const struct wijk_flow_partner_ask *ask,
                                     const struct wijk_flow_partner **out, size_t *n)
{
    struct wijk_partner_ask page = {.gemeente = ask->gemeente,
                                    .which = WIJK_EDITION_WORK,
                                    .after_gemeente = ask->after_gemeente,
                                    .after = ask->after,
                                    .n_max = ask->n_max};
    struct wijk_flow_partner *v = WIJK_NEW(cx, struct wijk_flow_partner, ask->n_max);
    *n = 0;
    *out = v;
    for (;;) {
        const struct wijk_partner *work;
        size_t n_work;
        WIJK_TRY(wijk_store_page_partners(cx, store, &page, &work, &n_work));
        for (size_t k = 0; k < n_work && *n < ask->n_max; k++) {
            bool shown;
            WIJK_TRY(look_at(cx, store, d, ask, &work[k], &v[*n], &shown));
            *n += shown;
        }
        if (n_work < page.n_max || *n == ask->n_max) return WIJK_OK;
        page.after_gemeente = work[n_work - 1].gemeente;
        page.after = work[n_work - 1].id;
    }
}

enum wijk_err wijk_flow_offer(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              const char *gemeente, int64_t id, struct wijk_flow_offer *out)
{
    const struct wijk_offer *v;
    for (int work = 1; work >= 0; work--) {
        WIJK_TRY(wijk_store_read_offer(cx, store, gemeente, id,
                                       work ? WIJK_EDITION_WORK : WIJK_EDITION_PUBLIC, &v));
        struct wijk_object o = v ? wijk__offer_object(v) : (struct wijk_object){0};
        struct wijk_flow_partner p;
        if (!v || !wijk__deed_sees(d, &o)) continue;
        if (wijk_flow_partner(cx, store, d, v->gemeente, v->partner, &p) != WIJK_OK) break;
        *out = seen_offer(d, v, p.p->name, work);
        return tell_offer(cx, store, d, out);
    }
    return wijk_fail(cx, WIJK_ENOTFOUND, "Dit aanbod is er niet.");
}

/* ---- changing an organisation ---- */

struct change {
    const struct wijk_deed *d;
    const struct wijk_partner *p;
    bool withdraw;
    const struct wijk_partner **now;
};

static enum wijk_err check_contacts(struct wijk_cx *cx, const struct wijk_partner *p,
                                    struct wijk_partner *out)
{
    struct wijk_partner_contact *v = WIJK_NEW(cx, struct wijk_partner_contact, p->n_contact);
    if (p->n_contact > WIJK_PARTNER_CONTACTS)
        return wijk_fail(cx, WIJK_EDATA, "Noem hoogstens %d functies.", WIJK_PARTNER_CONTACTS);
    for (size_t k = 0; k < p->n_contact; k++) {
        const struct wijk_partner_contact *c = &p->contact[k];
        const char *words = wijk_sprintf(cx, "%s %s", c->function, p->name);
        WIJK_TRY(wijk__text_check(cx, c->function, WIJK_T("de functie"), WIJK_TEXT_SHORT, true, p->name));
        v[k] = (struct wijk_partner_contact){c->function, "", ""};
        if (*c->phone && !(v[k].phone = wijk_contact_phone(cx, wijk_str(c->phone))))
            return wijk_fail(cx, WIJK_EPERSONAL,
                             "Geef bij «%s» het algemene nummer van de organisatie, geen mobiel nummer.",
                             c->function);
        if (*c->mail && !(v[k].mail = wijk_contact_mail(cx, wijk_str(c->mail), words)))
            return wijk_fail(
                cx, WIJK_EPERSONAL,
                "Geef bij «%s» een algemeen adres, zoals info@ of wijkteam@, niet dat van een persoon.",
                c->function);
    }
    out->contact = v;
    return WIJK_OK;
}

static enum wijk_err check_years(struct wijk_cx *cx, const struct wijk_partner *p)
{
    static const int64_t HOURS_MAX = 10000000, EURO_MAX = 10000000000;
    if (p->n_year > WIJK_PARTNER_YEARS)
        return wijk_fail(cx, WIJK_EDATA, "Geef hoogstens %d jaren.", WIJK_PARTNER_YEARS);
    for (size_t k = 0; k < p->n_year; k++) {
        const struct wijk_partner_year *y = &p->year[k];
        if (y->year < 2000 || y->year > 2100 || (k && y->year <= p->year[k - 1].year))
            return wijk_fail(cx, WIJK_EDATA, "De jaren lopen op en liggen tussen 2000 en 2100.");
        if (y->hours < -1 || y->hours > HOURS_MAX || y->budget_euro < -1 || y->budget_euro > EURO_MAX)
            return wijk_fail(cx, WIJK_EDATA, "De uren of het budget van %d kunnen niet kloppen.", y->year);
    }
    return WIJK_OK;
}

static bool site_good(const char *site)
{
    if (strlen(site) > WIJK_TEXT_SHORT || strncmp(site, "https://", 8) != 0 || !strchr(site + 8, '.'))
        return false;
    for (const char *c = site; *c; c++)
        if (*c <= ' ' || *c == '"' || *c == '<' || *c == '>' || *c == '\\') return false;
    return true;
}

/* The same, with its contacts in one form. */
static enum wijk_err check(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p,
                           struct wijk_partner *out)
{
    *out = *p;
    WIJK_TRY(wijk__text_check(cx, p->name, WIJK_T("de naam"), WIJK_TEXT_SHORT, true, NULL));
    WIJK_TRY(wijk__text_check(cx, p->about, WIJK_T("de beschrijving"), WIJK_TEXT_LONG, false, p->name));
    if (*p->site && !site_good(p->site))
        return wijk_fail(cx, WIJK_EDATA, "Het adres van de website begint met https://.");
    if (!*p->id) out->id = wijk_partner_id(cx, wijk_str(p->name));
    if (!wijk_partner_id_good(wijk_str(out->id)))
        return wijk_fail(
            cx, WIJK_EDATA,
            "De korte naam bestaat uit kleine letters, cijfers en streepjes, hoogstens %d tekens.",
            WIJK_PARTNER_ID_MAX);
    WIJK_TRY(check_contacts(cx, p, out));
    WIJK_TRY(check_years(cx, p));
    return wijk__areas_check(cx, store, p->gemeente, p->area, p->n_area);
}

static const char *partner_json(struct wijk_cx *cx, const struct wijk_partner *p)
{
    return wijk__edited_json(
        cx, &p->edited, p->area, p->n_area,
        wijk_sprintf(cx, "\"soort\":\"%s\",\"middelen\":\"%s\",\"functies\":%zu,\"jaren\":%zu",
                     wijk_partner_kind_id(p->kind), wijk_sharing_id(p->means), p->n_contact, p->n_year));
}

/* What is there now; ENOTFOUND also when the actor does not see it. */
static enum wijk_err find(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                          const char *gemeente, const char *id, const struct wijk_partner **out)
{
    WIJK_TRY(wijk_store_read_partner(cx, store, gemeente, id, WIJK_EDITION_WORK, out));
    if (*out && sees_partner(d, *out)) return WIJK_OK;
    *out = NULL;
    return wijk_fail(cx, WIJK_ENOTFOUND, "Er is hier geen organisatie «%s».", id);
}

/* Who adds one that is there already is shown it, when it may be seen. */
static enum wijk_err not_there(struct wijk_cx *cx, struct wijk_store *store, const struct change *v,
                               const struct wijk_partner *next)
{
    const struct wijk_partner *other;
    WIJK_TRY(wijk_store_read_partner(cx, store, next->gemeente, next->id, WIJK_EDITION_WORK, &other));
    if (!other) return WIJK_OK;
    if (sees_partner(v->d, other)) *v->now = other;
    return wijk_fail(cx, WIJK_EEXISTS, "Er is al een organisatie %s.", next->id);
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct change *v = arg;
    const struct wijk_partner *before = NULL;
    struct wijk_partner next;
    struct wijk_object o = {.gemeente = v->p->gemeente, .partner = v->p->id};
    const bool added = v->p->edited.version == 0;
    WIJK_TRY(wijk_deed_may(cx, v->d, added ? WIJK_RIGHT_PARTNER_ADD : WIJK_RIGHT_PARTNER_CHANGE, &o));
    if (!added) WIJK_TRY(find(cx, store, v->d, v->p->gemeente, v->p->id, &before));
    if (before && before->edited.version != v->p->edited.version) {
        *v->now = before;
        return wijk_fail(cx, WIJK_ECONFLICT, "Iemand anders heeft deze organisatie intussen gewijzigd.");
    }
    WIJK_TRY(check(cx, store, v->p, &next));
    if (added) WIJK_TRY(not_there(cx, store, v, &next));
    if (before && !sees_means(v->d, before)) { /* what it was not shown, it does not change */
        next.means = before->means;
        next.year = before->year;
        next.n_year = before->n_year;
    }
    WIJK_TRY(wijk__edited_next(cx, v->d, &v->p->edited, before ? &before->edited : NULL, v->withdraw,
                               &next.edited));
    WIJK_TRY(wijk_store_save_partner(cx, store, &next));
    if (before) WIJK_TRY(wijk__proposals_lapse(cx, store, v->d, next.gemeente, PARTNER, next.id));
    WIJK_TRY(wijk_store_read_partner(cx, store, next.gemeente, next.id, WIJK_EDITION_WORK, v->now));
    return wijk_deed_log(cx, store, v->d, added ? WIJK_DONE_ADD : WIJK_DONE_CHANGE, next.gemeente, PARTNER,
                         next.id, before ? partner_json(cx, before) : NULL, partner_json(cx, *v->now));
}

enum wijk_err wijk_flow_partner_save(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     const struct wijk_partner *p, bool withdraw,
                                     const struct wijk_partner **now)
{
    *now = NULL;
    return wijk_store_joined(cx, store, save, &(struct change){d, p, withdraw, now});
}

struct removal {
    const struct wijk_deed *d;
    const char *gemeente, *id;
    int64_t offer, version;
};

static enum wijk_err remove_partner(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct removal *v = arg;
    const struct wijk_partner *before;
    struct wijk_object o = {.gemeente = v->gemeente}; /* only who may add one may take it away */
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_PARTNER_ADD, &o));
    WIJK_TRY(find(cx, store, v->d, v->gemeente, v->id, &before));
    struct wijk_partner next = *before;
    next.edited.version = v->version;
    next.edited.removed = true;
    next.edited.public_version = 0;
    next.edited.changed_at = v->d->now;
    WIJK_TRY(wijk_store_save_partner(cx, store, &next));
    WIJK_TRY(wijk__proposals_lapse(cx, store, v->d, v->gemeente, PARTNER, v->id));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_REMOVE, v->gemeente, PARTNER, v->id,
                         partner_json(cx, before), NULL);
}

enum wijk_err wijk_flow_partner_remove(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_deed *d, const char *gemeente, const char *id,
                                       int64_t version)
{
    return wijk_store_joined(cx, store, remove_partner,
                             &(struct removal){.d = d, .gemeente = gemeente, .id = id, .version = version});
}

static enum wijk_err look_partner(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                  const char *object, struct wijk_object *o, int64_t *version,
                                  const char **name)
{
    const struct wijk_partner *p;
    WIJK_TRY(wijk_store_read_partner(cx, store, gemeente, object, WIJK_EDITION_WORK, &p));
    if (!p) return wijk_fail(cx, WIJK_ENOTFOUND, "Er is hier geen organisatie «%s».", object);
    *o = wijk__partner_object(p);
    *version = p->edited.version;
    *name = p->name;
    return WIJK_OK;
}

const struct wijk__public_kind wijk__public_partner = {PARTNER, look_partner, wijk_store_publish_partner};

/* ---- changing an offer ---- */

struct offer_change {
    const struct wijk_deed *d;
    const struct wijk_offer *o;
    bool withdraw;
    const struct wijk_offer **now;
};

static const char *offer_json(struct wijk_cx *cx, const struct wijk_offer *o)
{
    return wijk__edited_json(cx, &o->edited, o->reach.area, o->reach.n_area,
                             wijk_sprintf(cx,
                                          "\"organisatie\":\"%s\",\"thema\":\"%s\",\"leeftijdVan\":%d,"
                                          "\"leeftijdTot\":%d",
                                          o->partner, wijk_offer_theme_id(o->reach.theme), o->reach.age_from,
                                          o->reach.age_to));
}

static enum wijk_err find_offer(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                const char *gemeente, int64_t id, const struct wijk_offer **out)
{
    WIJK_TRY(wijk_store_read_offer(cx, store, gemeente, id, WIJK_EDITION_WORK, out));
    struct wijk_object o = *out ? wijk__offer_object(*out) : (struct wijk_object){0};
    if (*out && wijk__deed_sees(d, &o)) return WIJK_OK;
    *out = NULL;
    return wijk_fail(cx, WIJK_ENOTFOUND, "Dit aanbod is er niet.");
}

static enum wijk_err check_offer(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_offer *o)
{
    const struct wijk_partner *p;
    WIJK_TRY(wijk_store_read_partner(cx, store, o->gemeente, o->partner, WIJK_EDITION_WORK, &p));
    if (!p) return wijk_fail(cx, WIJK_ENOTFOUND, "Er is hier geen organisatie «%s».", o->partner);
    WIJK_TRY(wijk__text_check(cx, o->title, WIJK_T("de titel"), WIJK_TEXT_SHORT, true, p->name));
    WIJK_TRY(wijk__text_check(cx, o->what, WIJK_T("de beschrijving"), WIJK_TEXT_LONG, false, p->name));
    if (o->reach.age_from < 0 || o->reach.age_from > o->reach.age_to || o->reach.age_to > WIJK_AGE_MAX)
        return wijk_fail(cx, WIJK_EDATA, "De leeftijden lopen van 0 tot en met %d, de laagste eerst.",
                         WIJK_AGE_MAX);
    return wijk__areas_check(cx, store, o->gemeente, o->reach.area, o->reach.n_area);
}

static enum wijk_err save_offer(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct offer_change *v = arg;
    const struct wijk_offer *before = NULL;
    struct wijk_offer next = *v->o;
    if (next.id) WIJK_TRY(find_offer(cx, store, v->d, next.gemeente, next.id, &before));
    if (before) next.partner = before->partner; /* an offer stays with who made it */
    struct wijk_object o = {.gemeente = next.gemeente, .partner = next.partner};
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_OFFER_CHANGE, &o));
    if (before && before->edited.version != v->o->edited.version) {
        *v->now = before;
        return wijk_fail(cx, WIJK_ECONFLICT, "Iemand anders heeft dit aanbod intussen gewijzigd.");
    }
    WIJK_TRY(check_offer(cx, store, &next));
    WIJK_TRY(wijk__edited_next(cx, v->d, &v->o->edited, before ? &before->edited : NULL, v->withdraw,
                               &next.edited));
    WIJK_TRY(wijk_store_save_offer(cx, store, &next));
    const char *nr = wijk__nr(cx, next.id);
    if (before) WIJK_TRY(wijk__proposals_lapse(cx, store, v->d, next.gemeente, OFFER, nr));
    WIJK_TRY(wijk_store_read_offer(cx, store, next.gemeente, next.id, WIJK_EDITION_WORK, v->now));
    return wijk_deed_log(cx, store, v->d, before ? WIJK_DONE_CHANGE : WIJK_DONE_ADD, next.gemeente, OFFER, nr,
                         before ? offer_json(cx, before) : NULL, offer_json(cx, *v->now));
}

enum wijk_err wijk_flow_offer_save(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                   const struct wijk_offer *o, bool withdraw, const struct wijk_offer **now)
{
    *now = NULL;
    return wijk_store_joined(cx, store, save_offer, &(struct offer_change){d, o, withdraw, now});
}

static enum wijk_err remove_offer(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct removal *v = arg;
    const struct wijk_offer *before;
    WIJK_TRY(find_offer(cx, store, v->d, v->gemeente, v->offer, &before));
    struct wijk_object o = wijk__offer_object(before);
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_OFFER_CHANGE, &o));
    struct wijk_offer next = *before;
    next.edited.version = v->version;
    next.edited.removed = true;
    next.edited.public_version = 0;
    next.edited.changed_at = v->d->now;
    WIJK_TRY(wijk_store_save_offer(cx, store, &next));
    const char *nr = wijk__nr(cx, next.id);
    WIJK_TRY(wijk__proposals_lapse(cx, store, v->d, v->gemeente, OFFER, nr));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_REMOVE, v->gemeente, OFFER, nr, offer_json(cx, before),
                         NULL);
}

enum wijk_err wijk_flow_offer_remove(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     const char *gemeente, int64_t id, int64_t version)
{
    return wijk_store_joined(
        cx, store, remove_offer,
        &(struct removal){.d = d, .gemeente = gemeente, .offer = id, .version = version});
}

static enum wijk_err look_offer(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                const char *object, struct wijk_object *o, int64_t *version,
                                const char **name)
{
    const struct wijk_offer *v = NULL;
    const struct wijk_partner *p = NULL;
    int64_t id;
    if (wijk_int_parse(wijk_str(object), 1, INT64_MAX, &id))
        WIJK_TRY(wijk_store_read_offer(cx, store, gemeente, id, WIJK_EDITION_WORK, &v));
    if (v) WIJK_TRY(wijk_store_read_partner(cx, store, v->gemeente, v->partner, WIJK_EDITION_WORK, &p));
    if (!p) return wijk_fail(cx, WIJK_ENOTFOUND, "Dit aanbod is er niet.");
    *o = wijk__offer_object(v);
    *version = v->edited.version;
    const char *title = *v->title ? v->title : wijk_tr(cx, "(titel weggehaald)");
    *name = wijk_sprintf(cx, "%s (%s)", title, p->name);
    return WIJK_OK;
}

static enum wijk_err publish_offer(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                   const char *object, int64_t version, int64_t now)
{
    const struct wijk_offer *v = NULL;
    const struct wijk_partner *p = NULL;
    int64_t id = 0;
    if (wijk_int_parse(wijk_str(object), 1, INT64_MAX, &id))
        WIJK_TRY(wijk_store_read_offer(cx, store, gemeente, id, WIJK_EDITION_WORK, &v));
    if (!v) return wijk_fail(cx, WIJK_ENOTFOUND, "Dit aanbod is er niet.");
    WIJK_TRY(wijk_store_read_partner(cx, store, v->gemeente, v->partner, WIJK_EDITION_PUBLIC, &p));
    if (!p) return wijk_fail(cx, WIJK_EDATA, "Maak eerst de organisatie zelf openbaar.");
    return wijk_store_publish_offer(cx, store, id, version, now);
}

const struct wijk__public_kind wijk__public_offer = {OFFER, look_offer, publish_offer};
