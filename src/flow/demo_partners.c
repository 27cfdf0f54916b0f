/* SPDX-License-Identifier: EUPL-1.2 */
/* The organisations of the demo and what they offer, from defs/demo/partners.yaml; what is planted as lacking
 * is taken out of the areas of every offer that would meet it. */
#include "flow/demo.h"
#include "flow/partner_flow.h"

#include <string.h>

static const char FILE_NAME[] = "demo/partners.yaml", GEMEENTE[] = "GM9901";
enum { OFFER_AREAS_MAX = TOWN_WIJKEN + TOWN_BUURTEN };

static enum wijk_err bad(struct wijk_cx *cx, const struct wijk_yaml *at, const char *what)
{
    return wijk_fail(cx, WIJK_EDEF, "%s regel %zu: %s klopt niet.", FILE_NAME, at ? at->line : (size_t)0,
                     what);
}

/* ---- reading ---- */

static const char *const *codes(struct wijk_cx *cx, const struct wijk_yaml *map, size_t *n)
{
    const struct wijk_yaml *list = wijk_yaml_get(map, "areas");
    const char **v = WIJK_NEW(cx, const char *, list ? list->n + 1 : 1);
    *n = list ? list->n : 0;
    for (size_t k = 0; k < *n; k++) v[k] = list->child[k]->text;
    return v;
}

static bool number(const struct wijk_yaml *map, const char *key, int64_t otherwise, int64_t *out)
{
    const char *text = wijk_yaml_text(map, key, NULL);
    *out = otherwise;
    return !text || wijk_int_parse(wijk_str(text), 0, INT64_C(10000000000), out);
}

static bool sharing(const struct wijk_yaml *map, const char *key, enum wijk_sharing *out)
{
    return wijk_sharing_parse(wijk_str(wijk_yaml_text(map, key, "")), out);
}

static bool read_parts(struct wijk_cx *cx, const struct wijk_yaml *y, struct wijk_partner *p)
{
    const struct wijk_yaml *contact = wijk_yaml_get(y, "contacts"), *year = wijk_yaml_get(y, "years");
    bool good = true;
    p->n_contact = contact ? contact->n : 0;
    p->n_year = year ? year->n : 0;
    struct wijk_partner_contact *c = WIJK_NEW(cx, struct wijk_partner_contact, p->n_contact);
    struct wijk_partner_year *v = WIJK_NEW(cx, struct wijk_partner_year, p->n_year);
    for (size_t k = 0; k < p->n_contact; k++)
        c[k] = (struct wijk_partner_contact){wijk_yaml_text(contact->child[k], "function", ""),
                                             wijk_yaml_text(contact->child[k], "phone", ""),
                                             wijk_yaml_text(contact->child[k], "mail", "")};
    for (size_t k = 0; k < p->n_year; k++) {
        int64_t of;
        good = good && number(year->child[k], "year", 0, &of) &&
               number(year->child[k], "hours", -1, &v[k].hours) &&
               number(year->child[k], "budget", -1, &v[k].budget_euro);
        v[k].year = good ? (int)of : 0;
    }
    p->contact = c;
    p->year = v;
    return good;
}

static enum wijk_err read_partner(struct wijk_cx *cx, const struct wijk_yaml *y, struct wijk_partner *p)
{
    *p = (struct wijk_partner){.gemeente = GEMEENTE,
                               .id = wijk_yaml_text(y, "id", ""),
                               .name = wijk_yaml_text(y, "name", ""),
                               .about = wijk_yaml_text(y, "about", ""),
                               .site = wijk_yaml_text(y, "site", "")};
    p->area = codes(cx, y, &p->n_area);
    if (!wijk_partner_kind_parse(wijk_str(wijk_yaml_text(y, "kind", "")), &p->kind))
        return bad(cx, y, "kind");
    if (!sharing(y, "sharing", &p->edited.sharing)) return bad(cx, y, "sharing");
    if (!sharing(y, "means", &p->means)) return bad(cx, y, "means");
    return read_parts(cx, y, p) ? WIJK_OK : bad(cx, y, "contacts, years");
}

/* ---- what is planted as lacking ---- */

/* In place of its areas: the same without one buurt. */
static void leave_out(struct wijk_cx *cx, const struct town *town, size_t buurt, struct wijk_offer_reach *r)
{
    const char **v = WIJK_NEW(cx, const char *, OFFER_AREAS_MAX);
    const size_t wijk = town->buurt[buurt].wijk;
    size_t n = 0;
    for (size_t k = 0; k < TOWN_WIJKEN; k++)
        if (k != wijk && wijk_offer_reaches(r, town->wijk_code[k])) v[n++] = town->wijk_code[k];
    for (size_t k = 0; k < TOWN_BUURTEN; k++)
        if (k != buurt && town->buurt[k].wijk == wijk && wijk_offer_reaches(r, town->buurt[k].code))
            v[n++] = town->buurt[k].code;
    r->area = v;
    r->n_area = n;
}

static enum wijk_err read_offer(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                const struct wijk_yaml *y, struct wijk_offer *o)
{
    int64_t from, to;
    *o = (struct wijk_offer){
        .gemeente = GEMEENTE, .title = wijk_yaml_text(y, "title", ""), .what = wijk_yaml_text(y, "what", "")};
    o->reach.area = codes(cx, y, &o->reach.n_area);
    if (!wijk_offer_theme_parse(wijk_str(wijk_yaml_text(y, "theme", "")), &o->reach.theme))
        return bad(cx, y, "theme");
    if (!sharing(y, "sharing", &o->edited.sharing)) return bad(cx, y, "sharing");
    if (!number(y, "from", 0, &from) || !number(y, "to", 0, &to) || to > WIJK_AGE_MAX)
        return bad(cx, y, "from, to");
    o->reach.age_from = (int)from;
    o->reach.age_to = (int)to;
    for (size_t k = 0; k < truth->n_offer_gap; k++) {
        const struct demo_offer_gap *g = &truth->offer_gap[k];
        if (g->theme == o->reach.theme && wijk_age_group_meets(g->age, o->reach.age_from, o->reach.age_to) &&
            wijk_offer_reaches(&o->reach, town->buurt[g->buurt].code))
            leave_out(cx, town, g->buurt, &o->reach);
    }
    return WIJK_OK;
}

/* ---- keeping ---- */

/* By the same recipes as people use; what a second person would agree to is made public here at once. */
static enum wijk_err save_partner(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  struct wijk_partner *p)
{
    const struct wijk_partner *now;
    const bool public = p->edited.sharing == WIJK_SHARING_PUBLIC;
    if (public) p->edited.sharing = WIJK_SHARING_PARTNERS;
    WIJK_TRY(wijk_flow_partner_save(cx, store, d, p, false, &now));
    if (!public) return WIJK_OK;
    return wijk_store_publish_partner(cx, store, GEMEENTE, now->id, now->edited.version, d->now);
}

static enum wijk_err save_offer(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                struct wijk_offer *o)
{
    const struct wijk_offer *now;
    const bool public = o->edited.sharing == WIJK_SHARING_PUBLIC;
    if (public) o->edited.sharing = WIJK_SHARING_PARTNERS;
    WIJK_TRY(wijk_flow_offer_save(cx, store, d, o, false, &now));
    return public ? wijk_store_publish_offer(cx, store, now->id, now->edited.version, d->now) : WIJK_OK;
}

enum wijk_err wijk__demo_partners(struct wijk_cx *cx, struct wijk_store *store, const struct town *town,
                                  const struct demo_truth *truth, const struct wijk_yaml *yaml,
                                  int64_t made_at)
{
    const struct wijk_deed d = {.via = "voorbeeld", .now = made_at};
    const struct wijk_yaml *list = wijk_yaml_get(yaml, "partners");
    if (!list) return bad(cx, yaml, "partners");
    for (size_t k = 0; k < list->n; k++) {
        const struct wijk_yaml *offers = wijk_yaml_get(list->child[k], "offers");
        struct wijk_partner p;
        WIJK_TRY(read_partner(cx, list->child[k], &p));
        WIJK_TRY(save_partner(cx, store, &d, &p));
        for (size_t i = 0; offers && i < offers->n; i++) {
            struct wijk_offer o;
            WIJK_TRY(read_offer(cx, town, truth, offers->child[i], &o));
            o.partner = p.id;
            WIJK_TRY(save_offer(cx, store, &d, &o));
        }
    }
    return WIJK_OK;
}
