/* SPDX-License-Identifier: EUPL-1.2 */
/* What the answers about organisations, offers and proposals have alike: the gemeente, areas, how a thing is
 * shared, and a conflict with both sides. */
#include "http/partner_json.h"

#include "http/handlers.h"
#include "http/people_json.h"

#include <string.h>

/* The gemeente of every buurt here when that is one; NULL. */
static const char *only_gemeente(struct http_call *c)
{
    const struct wijk_snapshot_division *g = wijk_snapshot_division(c->s, WIJK_LEVEL_GEMEENTE, 0),
                                        *b = wijk_snapshot_division(c->s, WIJK_LEVEL_BUURT, 0);
    char *first = WIJK_NEW(c->cx, char, WIJK_CODE_MAX), other[WIJK_CODE_MAX];
    if (g) return g->areas.n == 1 ? g->areas.v[0].code : NULL;
    if (!b || b->areas.n == 0 || !wijk_code_gemeente(b->areas.v[0].code, first)) return NULL;
    for (size_t k = 1; k < b->areas.n; k++)
        if (!wijk_code_gemeente(b->areas.v[k].code, other) || strcmp(first, other) != 0) return NULL;
    return first;
}

bool wijk__call_any_gemeente(struct http_call *c, const char *given, const char **out)
{
    const bool unsaid = (!given || !*given) && !(c->who.account && c->who.actor.n_grant);
    *out = unsaid && !only_gemeente(c) ? NULL : wijk__call_gemeente(c, given);
    return !wijk__call_faulty(c);
}

const char *wijk__call_gemeente(struct http_call *c, const char *given)
{
    enum wijk_level level;
    if (given && *given) {
        if (wijk_code_level(wijk_str(given), &level) && level == WIJK_LEVEL_GEMEENTE) return given;
        wijk__http_fault(c, "gemeente", wijk_tr(c->cx, "Dit is geen code van een gemeente, zoals GM9901."));
        return NULL;
    }
    if (c->who.account && c->who.actor.n_grant) return c->who.actor.grant[0].gemeente;
    const char *only = only_gemeente(c);
    if (!only) wijk__http_fault(c, "gemeente", wijk_tr(c->cx, "Noem de code van de gemeente."));
    return only;
}

static const char *name_of(const struct http_call *c, const char *code)
{
    enum wijk_level level;
    const struct wijk_snapshot_division *d =
        wijk_code_level(wijk_str(code), &level) ? wijk_snapshot_division(c->s, level, 0) : NULL;
    size_t at = d ? wijk_area_find(d->index, code) : SIZE_MAX;
    return at == SIZE_MAX ? code : d->areas.v[at].name;
}

void wijk__json_areas(struct http_call *c, const char *const *area, size_t n)
{
    wijk__res_list(&c->json, "gebieden");
    for (size_t k = 0; k < n; k++) {
        wijk_json_begin_object(&c->json);
        wijk_json_kv_str(&c->json, "code", area[k]);
        wijk_json_kv_str(&c->json, "naam", name_of(c, area[k]));
        wijk_json_end_object(&c->json);
    }
    wijk_json_end_array(&c->json);
}

void wijk__json_edited(struct http_call *c, const struct wijk_edited *e, bool work, bool may_change)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "delen", wijk_sharing_id(e->sharing));
    wijk_json_kv_str(w, "delenNaam", wijk_tr(c->cx, wijk_sharing_words(e->sharing)));
    wijk_json_kv_int(w, "versie", e->version);
    wijk_json_kv_int(w, "openbareVersie", e->public_version);
    wijk_json_kv_bool(w, "werkversie", work);
    wijk_json_kv_bool(w, "magWijzigen", may_change);
    wijk__res_moment(w, "gewijzigdOp", e->changed_at);
}

void wijk__json_offer(struct http_call *c, const struct wijk_flow_offer *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_offer *o = f->o;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "nr", o->id);
    wijk_json_kv_str(w, "gemeente", o->gemeente);
    wijk_json_kv_str(w, "partner", o->partner);
    wijk_json_kv_str(w, "partnerNaam", f->partner_name);
    wijk_json_kv_str(w, "titel", o->title);
    wijk_json_kv_str(w, "wat", o->what);
    wijk_json_kv_str(w, "thema", wijk_offer_theme_id(o->reach.theme));
    wijk_json_kv_str(w, "themaNaam", wijk_tr(c->cx, wijk_offer_theme_words(o->reach.theme)));
    wijk_json_kv_int(w, "leeftijdVan", o->reach.age_from);
    wijk_json_kv_int(w, "leeftijdTot", o->reach.age_to);
    wijk__json_edited(c, &o->edited, f->work, f->may_change);
    wijk__json_areas(c, o->reach.area, o->reach.n_area);
    wijk__json_taken(c, "weggehaald", f->taken);
    wijk_json_kv_bool(w, "magWeghalen", f->may_moderate);
    wijk_json_end_object(w);
}

void wijk__body_edited(struct http_call *c, struct wijk_edited *out)
{
    *out = (struct wijk_edited){0};
    WIJK_BODY_WORD(c, "delen", wijk_sharing_parse, &out->sharing);
    if (wijk__body_text(c, "versie") || strcmp(c->route->method, "PUT") == 0)
        wijk__body_number(c, "versie", 1, INT64_MAX, &out->version);
}

const char *const *wijk__body_areas(struct http_call *c, size_t *n)
{
    *n = wijk__body_count(c, "gebieden");
    const char **v = WIJK_NEW(c->cx, const char *, *n);
    for (size_t k = 0; k < *n; k++) v[k] = wijk__body_item(c, "gebieden", k, NULL);
    return v;
}

bool wijk__call_faulty(struct http_call *c)
{
    if (c->n_fault) wijk__http_bad(c);
    return c->n_fault > 0;
}

void wijk__call_conflict(struct http_call *c, void (*write)(struct http_call *c, const void *now),
                         const void *now)
{
    struct wijk_json_out *w = &c->json;
    c->buf = wijk_buf(c->cx, 1 << 20);
    wijk_json_out_open(w, wijk_out_buf(&c->buf));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "about:blank");
    wijk_json_kv_str(w, "title", wijk_tr(c->cx, "Iemand was eerder"));
    wijk_json_kv_int(w, "status", c->out->status);
    wijk_json_kv_str(w, "detail", wijk_fault(c->cx));
    wijk_json_kv_str(w, "instance", c->path);
    wijk_json_key(w, "nu");
    write(c, now);
    wijk_json_end_object(w);
}

int64_t wijk__query_number(struct http_call *c, size_t key, const char *name)
{
    int64_t v = 0;
    if (!c->text[key] || !wijk_int_parse(wijk_str(c->text[key]), 1, INT64_MAX, &v))
        wijk__http_fault(c, name, wijk_tr(c->cx, "Geef een heel getal vanaf 1."));
    return v;
}

/* ---- a list page by page ---- */

size_t wijk__query_page(struct http_call *c, size_t key)
{
    enum { PAGE = 100, PAGE_MAX = 1000 };
    int64_t most = PAGE;
    if (c->text[key] && !wijk_int_parse(wijk_str(c->text[key]), 1, PAGE_MAX, &most))
        wijk__http_fault(c, "aantal", wijk_tr(c->cx, "Geef een aantal van 1 tot en met 1000."));
    return (size_t)most;
}

/* "GM9901.linde-wonen" or "GM9901.linde-wonen.12" */
struct http_after wijk__query_after(struct http_call *c, size_t key)
{
    struct http_after a = {0};
    enum wijk_level level;
    const char *text = c->text[key], *dot = text ? strchr(text, '.') : NULL,
               *end = dot ? strchr(dot + 1, '.') : NULL;
    if (!text) return a;
    if (dot) {
        a.gemeente = wijk_str_dup(c->cx, (struct wijk_str){text, (size_t)(dot - text)});
        a.partner = wijk_str_dup(c->cx, end ? (struct wijk_str){dot + 1, (size_t)(end - dot - 1)}
                                            : wijk_str(dot + 1));
    }
    if (!dot || !wijk_code_level(wijk_str(a.gemeente), &level) ||
        !wijk_partner_id_good(wijk_str(a.partner)) ||
        (end && !wijk_int_parse(wijk_str(end + 1), 1, INT64_MAX, &a.id)))
        wijk__http_fault(c, "verder", wijk_tr(c->cx, "Geef volgende uit het vorige antwoord."));
    return a;
}

void wijk__query_offers(struct http_call *c, size_t theme, size_t age, struct wijk_flow_offer_ask *out)
{
    out->by_theme = c->text[theme] != NULL;
    out->by_age = c->text[age] != NULL;
    if (out->by_theme && !wijk_offer_theme_parse(wijk_str(c->text[theme]), &out->theme))
        wijk__http_fault(c, "thema", wijk_tr(c->cx, "Dit woord staat niet in de lijst."));
    if (out->by_age && !wijk_age_group_parse(wijk_str(c->text[age]), &out->age))
        wijk__http_fault(c, "leeftijd", wijk_tr(c->cx, "Dit woord staat niet in de lijst."));
}

void wijk__json_next(struct http_call *c, const char *gemeente, const char *partner, int64_t id)
{
    wijk__res_text(&c->json, "volgende",
                   !gemeente ? NULL
                   : id      ? wijk_sprintf(c->cx, "%s.%s.%lld", gemeente, partner, (long long)id)
                             : wijk_sprintf(c->cx, "%s.%s", gemeente, partner));
}
