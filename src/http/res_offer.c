/* SPDX-License-Identifier: EUPL-1.2 */
/* /aanbod and /gebieden/{code}/aanbod: who does what where, and for whom nothing is offered. */
#include "http/handlers.h"
#include "http/partner_json.h"

/* ---- lists ---- */

static void write_offers(struct http_call *c, const struct wijk_flow_offer *v, size_t n)
{
    wijk__res_list(&c->json, "aanbod");
    for (size_t k = 0; k < n; k++) wijk__json_offer(c, &v[k]);
    wijk_json_end_array(&c->json);
}

/* One more was asked than the page shows. */
static size_t write_page(struct http_call *c, const struct wijk_flow_offer *v, size_t n, size_t n_max)
{
    const bool more = n > n_max;
    const struct wijk_offer *last = more ? v[n_max - 1].o : NULL;
    wijk__json_next(c, more ? last->gemeente : NULL, more ? last->partner : NULL, more ? last->id : 0);
    return more ? n_max : n;
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_flow_offer_ask *ask = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_flow_offer *v;
    size_t n;
    WIJK_TRY(wijk_flow_offers(c->cx, store, &d, ask, &v, &n));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "gemeente", ask->gemeente);
    n = write_page(c, v, n, ask->n_max - 1);
    write_offers(c, v, n);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_offers(struct http_call *c)
{
    enum { GEMEENTE, PARTNER, AREA, THEME, AGE, AFTER, MOST };
    const struct http_after after = wijk__query_after(c, AFTER);
    struct wijk_flow_offer_ask ask = {.partner = c->text[PARTNER],
                                      .area = c->text[AREA],
                                      .after_gemeente = after.gemeente,
                                      .after_partner = after.partner,
                                      .after = after.id,
                                      .n_max = wijk__query_page(c, MOST) + 1};
    wijk__query_offers(c, THEME, AGE, &ask);
    if (wijk__call_any_gemeente(c, c->text[GEMEENTE], &ask.gemeente)) wijk__desk_read(c, list_body, &ask);
}

static int64_t number_of(struct http_call *c)
{
    int64_t id;
    return wijk_int_parse(wijk_str(c->arg[0]), 1, INT64_MAX, &id) ? id : 0;
}

static enum wijk_err one_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_flow_offer f;
    WIJK_TRY(wijk_flow_offer(c->cx, store, &d, NULL, *(const int64_t *)arg, &f));
    wijk__json_offer(c, &f);
    return WIJK_OK;
}

void wijk__res_offer(struct http_call *c)
{
    int64_t id = number_of(c);
    wijk__desk_read(c, one_body, &id);
}

/* ---- of an area, with what is lacking ---- */

static void write_gaps(struct http_call *c, const struct wijk_flow_offer_gaps *g)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(
        w, "zin",
        !g->any             ? wijk_tr(c->cx, "Er is nog geen aanbod bekend.")
        : g->n_lacking == 0 ? wijk_tr(c->cx, "Voor elk thema en elke leeftijd is er aanbod.")
        : g->n_lacking == 1
            ? wijk_tr(c->cx, "Voor 1 thema en leeftijd is er geen aanbod.")
            : wijk_sprintf(c->cx, wijk_tr(c->cx, "Voor %zu keer een thema en leeftijd is er geen aanbod."),
                           g->n_lacking));
    wijk__res_list(w, "leemten");
    for (size_t k = 0; k < g->n; k++) {
        const struct wijk_flow_cover *v = &g->cover[k];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "thema", wijk_offer_theme_id(v->theme));
        wijk_json_kv_str(w, "themaNaam", wijk_tr(c->cx, wijk_offer_theme_words(v->theme)));
        wijk_json_kv_str(w, "leeftijd", wijk_age_group_id(v->age));
        wijk_json_kv_str(w, "oordeel", wijk_cover_id(v->cover));
        wijk_json_kv_int(w, "zonder", (int64_t)v->n_none);
        wijk_json_kv_int(w, "buurten", (int64_t)v->n_buurt);
        wijk__res_text(w, "zin", v->sentence);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void write_counts(struct http_call *c, const struct wijk_flow_offer_gaps *g)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_int(w, "organisaties", (int64_t)g->n_partner);
    wijk_json_kv_int(w, "totaal", (int64_t)g->n_offer);
    wijk__res_list(w, "perBuurt");
    for (size_t k = 0; k < g->n_buurt; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "code", g->buurt[k].code);
        wijk_json_kv_int(w, "aanbod", (int64_t)g->buurt[k].n);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

enum { AREA_OFFERS = 100 };

static enum wijk_err area_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_flow_offer_gaps *g;
    const struct wijk_flow_offer *v;
    char gemeente[WIJK_CODE_MAX];
    struct wijk_flow_offer_ask *ask = arg;
    size_t n;
    WIJK_TRY(wijk_flow_offer_gaps(c->cx, store, c->s, &d, c->arg[0], ask, &g));
    if (!wijk_code_gemeente(g->code, gemeente)) gemeente[0] = '\0';
    ask->gemeente = gemeente;
    ask->area = g->code;
    ask->n_max = AREA_OFFERS + 1;
    WIJK_TRY(wijk_flow_offers(c->cx, store, &d, ask, &v, &n));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "code", g->code);
    wijk_json_kv_str(&c->json, "naam", g->name);
    wijk_json_kv_str(&c->json, "niveau", wijk_level_id(g->level));
    wijk_json_kv_bool(&c->json, "bekend", g->any);
    write_gaps(c, g);
    write_counts(c, g);
    n = write_page(c, v, n, AREA_OFFERS);
    write_offers(c, v, n);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_area_offers(struct http_call *c)
{
    enum { THEME, AGE };
    struct wijk_flow_offer_ask ask = {0};
    wijk__query_offers(c, THEME, AGE, &ask);
    if (!wijk__call_faulty(c)) wijk__desk_read(c, area_body, &ask);
}

/* ---- adding and changing ---- */

struct change {
    struct wijk_offer o;
    bool withdraw;
    const struct wijk_offer *now;
};

static bool read_change(struct http_call *c, struct change *v)
{
    int64_t from = 0, to = 0;
    const char *what = wijk__body_text(c, "wat"), *partner = wijk__body_text(c, "partner");
    *v = (struct change){.o = {.id = c->n_arg ? number_of(c) : 0,
                               .gemeente = wijk__call_gemeente(c, wijk__body_text(c, "gemeente")),
                               .partner = partner ? partner : "",
                               .title = wijk__body_need(c, "titel", WIJK_TEXT_SHORT),
                               .what = what ? what : ""},
                         .withdraw = wijk__body_flag(c, "intrekken")};
    if (!c->n_arg) wijk__body_need(c, "partner", WIJK_PARTNER_ID_MAX);
    WIJK_BODY_WORD(c, "thema", wijk_offer_theme_parse, &v->o.reach.theme);
    wijk__body_number(c, "leeftijdVan", 0, WIJK_AGE_MAX, &from);
    wijk__body_number(c, "leeftijdTot", 0, WIJK_AGE_MAX, &to);
    v->o.reach.age_from = (int)from;
    v->o.reach.age_to = (int)to;
    v->o.reach.area = wijk__body_areas(c, &v->o.reach.n_area);
    wijk__body_edited(c, &v->o.edited);
    if (!c->n_arg) v->o.edited.version = 0;
    return !wijk__call_faulty(c);
}

static enum wijk_err save_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct change *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_flow_offer f;
    if (c->n_arg && !v->o.id) return wijk_fail(c->cx, WIJK_ENOTFOUND, "Dit aanbod is er niet.");
    WIJK_TRY(wijk_flow_offer_save(c->cx, store, &d, &v->o, v->withdraw, &v->now));
    WIJK_TRY(wijk_flow_offer(c->cx, store, &d, v->now->gemeente, v->now->id, &f));
    c->about = wijk_sprintf(c->cx, "aanbod:%lld", (long long)f.o->id);
    wijk__json_offer(c, &f);
    if (!c->n_arg)
        wijk__http_header(c->out, "Location", wijk_sprintf(c->cx, "/api/v1/aanbod/%lld", (long long)f.o->id));
    return WIJK_OK;
}

static void write_theirs(struct http_call *c, const void *now)
{
    wijk__json_offer(c, now);
}

static void save(struct http_call *c)
{
    struct change v;
    if (!read_change(c, &v)) return;
    wijk__desk_write_once(c, save_body, &v);
    if (c->out->status != 409 || !v.now) return;
    const struct wijk_flow_offer theirs = {
        .o = v.now, .partner_name = v.now->partner, .may_change = true, .work = true};
    wijk__call_conflict(c, write_theirs, &theirs);
}

void wijk__res_offer_new(struct http_call *c)
{
    save(c);
}

void wijk__res_offer_change(struct http_call *c)
{
    save(c);
}

struct removal {
    const char *gemeente;
    int64_t id, version;
};

static enum wijk_err remove_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct removal *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_offer_remove(c->cx, store, &d, v->gemeente, v->id, v->version);
}

void wijk__res_offer_remove(struct http_call *c)
{
    enum { OF_GEMEENTE, VERSION };
    struct removal v = {wijk__call_gemeente(c, c->text[OF_GEMEENTE]), number_of(c),
                        wijk__query_number(c, VERSION, "versie")};
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_once(c, remove_body, &v);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}
