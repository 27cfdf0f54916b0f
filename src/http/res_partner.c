/* SPDX-License-Identifier: EUPL-1.2 */
/* /partners: organisations, their contact functions and, for who may, their hours and budgets. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <math.h>
#include <string.h>

/* ---- writing one ---- */

static void write_means(struct http_call *c, const struct wijk_flow_partner *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_partner *p = f->p;
    wijk_json_kv_str(w, "middelenDelen", wijk_sharing_id(p->means));
    wijk_json_kv_str(w, "middelenDelenNaam", wijk_tr(c->cx, wijk_sharing_words(p->means)));
    if (!f->means) {
        wijk__res_null(w, "middelen");
        return;
    }
    wijk__res_list(w, "middelen");
    for (size_t k = 0; k < p->n_year; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_int(w, "jaar", p->year[k].year);
        wijk_json_kv_num(w, "uren", p->year[k].hours < 0 ? (double)NAN : (double)p->year[k].hours);
        wijk_json_kv_num(w, "budget",
                         p->year[k].budget_euro < 0 ? (double)NAN : (double)p->year[k].budget_euro);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* Without its end, so that what it offers can follow. */
static void open_partner(struct http_call *c, const struct wijk_flow_partner *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_partner *p = f->p;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", p->gemeente);
    wijk_json_kv_str(w, "id", p->id);
    wijk_json_kv_str(w, "naam", p->name);
    wijk_json_kv_str(w, "soort", wijk_partner_kind_id(p->kind));
    wijk_json_kv_str(w, "soortNaam", wijk_tr(c->cx, wijk_partner_kind_words(p->kind)));
    wijk_json_kv_str(w, "over", p->about);
    wijk_json_kv_str(w, "website", p->site);
    wijk__json_edited(c, &p->edited, f->work, f->may_change);
    wijk__json_areas(c, p->area, p->n_area);
    wijk__res_list(w, "functies");
    for (size_t k = 0; k < p->n_contact; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "functie", p->contact[k].function);
        wijk__res_text(w, "telefoon", p->contact[k].phone);
        wijk__res_text(w, "mail", p->contact[k].mail);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    write_means(c, f);
    wijk__json_taken(c, "weggehaald", f->taken);
    wijk__json_taken(c, "functiesWeggehaald", f->contacts_taken);
    wijk_json_kv_bool(w, "magWeghalen", f->may_moderate);
}

static void write_partner(struct http_call *c, const void *of)
{
    open_partner(c, of);
    wijk_json_end_object(&c->json);
}

/* ---- the list ---- */

enum { Q_GEMEENTE, Q_AREA, Q_WITH, Q_THEME, Q_AGE, Q_AFTER, Q_MOST };

static void choice(struct http_call *c, const char *id, const char *words)
{
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "id", id);
    wijk_json_kv_str(&c->json, "naam", wijk_tr(c->cx, words));
    wijk_json_end_object(&c->json);
}

static void write_choices(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "soorten");
    for (int k = 0; k < WIJK_PARTNER_KIND_COUNT; k++)
        choice(c, wijk_partner_kind_id((enum wijk_partner_kind)k),
               wijk_partner_kind_words((enum wijk_partner_kind)k));
    wijk_json_end_array(w);
    wijk__res_list(w, "themas");
    for (int k = 0; k < WIJK_OFFER_THEME_COUNT; k++)
        choice(c, wijk_offer_theme_id((enum wijk_offer_theme)k),
               wijk_offer_theme_words((enum wijk_offer_theme)k));
    wijk_json_end_array(w);
    wijk__res_list(w, "leeftijden");
    for (int k = 0; k < WIJK_AGE_GROUP_COUNT; k++)
        wijk_json_cstr(w, wijk_age_group_id((enum wijk_age_group)k));
    wijk_json_end_array(w);
    wijk__res_list(w, "delen");
    for (int k = 0; k < WIJK_SHARING_COUNT; k++)
        choice(c, wijk_sharing_id((enum wijk_sharing)k), wijk_sharing_words((enum wijk_sharing)k));
    wijk_json_end_array(w);
}

struct listing {
    struct wijk_flow_partner_ask ask;
    struct wijk_flow_offer_ask offers;
    size_t n_max; /* of the page; one more is asked, to know whether more follow */
};

static void write_listed(struct http_call *c, const struct wijk_flow_partner *f, bool with)
{
    open_partner(c, f);
    if (with) {
        wijk__res_list(&c->json, "aanbod");
        for (size_t k = 0; k < f->n_offer; k++) wijk__json_offer(c, &f->offer[k]);
        wijk_json_end_array(&c->json);
    }
    wijk_json_end_object(&c->json);
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct listing *l = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    /* of all of them nobody keeps the list */
    const struct wijk_object o = {.gemeente = l->ask.gemeente ? l->ask.gemeente : "-"};
    const struct wijk_flow_partner *v;
    struct wijk_json_out *w = &c->json;
    size_t n;
    WIJK_TRY(wijk_flow_partner_page(c->cx, store, &d, &l->ask, &v, &n));
    const bool more = n > l->n_max;
    if (more) n = l->n_max;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", l->ask.gemeente);
    wijk_json_kv_bool(w, "magToevoegen", wijk_may(d.actor, WIJK_RIGHT_PARTNER_ADD, &o) == WIJK_MAY_YES);
    wijk_json_kv_bool(w, "magBesluiten", wijk_may(d.actor, WIJK_RIGHT_PUBLISH_DECIDE, &o) == WIJK_MAY_YES);
    write_choices(c);
    wijk__json_next(c, more ? v[n - 1].p->gemeente : NULL, more ? v[n - 1].p->id : NULL, 0);
    wijk__res_list(w, "partners");
    for (size_t k = 0; k < n; k++) write_listed(c, &v[k], l->ask.offers != NULL);
    wijk__res_list_end(w);
    return WIJK_OK;
}

void wijk__res_partners(struct http_call *c)
{
    struct listing l = {.n_max = wijk__query_page(c, Q_MOST)};
    const struct http_after after = wijk__query_after(c, Q_AFTER);
    const char *with = c->text[Q_WITH];
    wijk__query_offers(c, Q_THEME, Q_AGE, &l.offers);
    if (with && strcmp(with, "aanbod") != 0)
        wijk__http_fault(c, "met", wijk_tr(c->cx, "Kies aanbod, of laat het weg."));
    if (!with && (l.offers.by_theme || l.offers.by_age))
        wijk__http_fault(c, "met", wijk_tr(c->cx, "Thema en leeftijd kiest u samen met met=aanbod."));
    l.ask = (struct wijk_flow_partner_ask){
        .after_gemeente = after.gemeente, .after = after.partner, .n_max = l.n_max + 1};
    if (with)
        l.ask.offers = &l.offers, l.offers.area = c->text[Q_AREA];
    else
        l.ask.area = c->text[Q_AREA];
    if (wijk__call_any_gemeente(c, c->text[Q_GEMEENTE], &l.ask.gemeente)) wijk__desk_read(c, list_body, &l);
}

static enum wijk_err one_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_flow_partner f;
    WIJK_TRY(wijk_flow_partner(c->cx, store, &d, arg, c->arg[0], &f));
    write_partner(c, &f);
    return WIJK_OK;
}

void wijk__res_partner(struct http_call *c)
{
    const char *gemeente = wijk__call_gemeente(c, c->text[Q_GEMEENTE]);
    if (!wijk__call_faulty(c)) wijk__desk_read(c, one_body, (void *)(uintptr_t)gemeente);
}

/* ---- adding and changing ---- */

struct change {
    struct wijk_partner p;
    bool withdraw;
    const struct wijk_partner *now;
};

static int64_t told(struct http_call *c, size_t at, const char *member)
{
    int64_t v = -1;
    const char *text = wijk__body_item(c, "middelen", at, member);
    if (*text && !wijk_int_parse(wijk_str(text), 0, INT64_MAX, &v))
        wijk__http_fault(c, member, wijk_tr(c->cx, "Geef een heel getal vanaf 0."));
    return v;
}

static void read_parts(struct http_call *c, struct wijk_partner *p)
{
    p->n_contact = wijk__body_count(c, "functies");
    p->n_year = wijk__body_count(c, "middelen");
    struct wijk_partner_contact *contact = WIJK_NEW(c->cx, struct wijk_partner_contact, p->n_contact);
    struct wijk_partner_year *year = WIJK_NEW(c->cx, struct wijk_partner_year, p->n_year);
    for (size_t k = 0; k < p->n_contact; k++)
        contact[k] = (struct wijk_partner_contact){wijk__body_item(c, "functies", k, "functie"),
                                                   wijk__body_item(c, "functies", k, "telefoon"),
                                                   wijk__body_item(c, "functies", k, "mail")};
    for (size_t k = 0; k < p->n_year; k++) {
        int64_t of = told(c, k, "jaar");
        year[k] = (struct wijk_partner_year){of > 0 && of < 10000 ? (int)of : 0, told(c, k, "uren"),
                                             told(c, k, "budget")};
    }
    p->contact = contact;
    p->year = year;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static bool read_change(struct http_call *c, struct change *v)
{
    struct wijk_partner *p = &v->p;
    *v = (struct change){.p = {.gemeente = wijk__call_gemeente(c, wijk__body_text(c, "gemeente")),
                               .id = c->n_arg ? c->arg[0] : or_empty(wijk__body_text(c, "id")),
                               .name = wijk__body_need(c, "naam", WIJK_TEXT_SHORT),
                               .about = or_empty(wijk__body_text(c, "over")),
                               .site = or_empty(wijk__body_text(c, "website")),
                               .means = WIJK_SHARING_ORGANISATION},
                         .withdraw = wijk__body_flag(c, "intrekken")};
    WIJK_BODY_WORD(c, "soort", wijk_partner_kind_parse, &p->kind);
    if (wijk__body_text(c, "middelenDelen"))
        WIJK_BODY_WORD(c, "middelenDelen", wijk_sharing_parse, &p->means);
    p->area = wijk__body_areas(c, &p->n_area);
    read_parts(c, p);
    wijk__body_edited(c, &p->edited);
    if (!c->n_arg) p->edited.version = 0;
    return !wijk__call_faulty(c);
}

static enum wijk_err save_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct change *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_flow_partner f;
    WIJK_TRY(wijk_flow_partner_save(c->cx, store, &d, &v->p, v->withdraw, &v->now));
    WIJK_TRY(wijk_flow_partner(c->cx, store, &d, v->now->gemeente, v->now->id, &f));
    c->about = wijk_sprintf(c->cx, "partner:%s/%s", f.p->gemeente, f.p->id);
    write_partner(c, &f);
    if (!c->n_arg) wijk__http_header(c->out, "Location", wijk_sprintf(c->cx, "/api/v1/partners/%s", f.p->id));
    return WIJK_OK;
}

static void save(struct http_call *c)
{
    struct change v;
    if (!read_change(c, &v)) return;
    wijk__desk_write_once(c, save_body, &v);
    if (c->out->status != 409 || !v.now) return;
    struct wijk_object means = {v.now->gemeente, v.now->id, 0, v.now->means};
    const struct wijk_flow_partner theirs = {
        .p = v.now, .means = wijk_may_see(&c->who.actor, &means), .may_change = true, .work = true};
    wijk__call_conflict(c, write_partner, &theirs);
}

void wijk__res_partner_new(struct http_call *c)
{
    save(c);
}

void wijk__res_partner_change(struct http_call *c)
{
    save(c);
}

struct removal {
    const char *gemeente;
    int64_t version;
};

static enum wijk_err remove_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct removal *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_partner_remove(c->cx, store, &d, v->gemeente, c->arg[0], v->version);
}

void wijk__res_partner_remove(struct http_call *c)
{
    enum { OF_GEMEENTE, VERSION };
    struct removal v = {wijk__call_gemeente(c, c->text[OF_GEMEENTE]),
                        wijk__query_number(c, VERSION, "versie")};
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_once(c, remove_body, &v);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}
