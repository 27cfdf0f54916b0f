/* SPDX-License-Identifier: EUPL-1.2 */
/* What is lacking in an area: each theme and age group for which nothing is offered, in words.
 * docs/methods/aanbod.md */
#include "flow/flow_int.h"
#include "flow/partner_int.h"

#include <string.h>

typedef enum wijk_cover cells[WIJK_OFFER_THEME_COUNT][WIJK_AGE_GROUP_COUNT];

enum { NAMED_MAX = 2 }; /* so few buurten are named, more are counted */

/* The buurten the area consists of: itself, or those of the newest division that lie in it. */
static size_t buurten_of(struct wijk_cx *cx, const struct wijk_snapshot *s, enum wijk_level level,
                         const struct wijk_area *self, const struct wijk_area *const **out)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 0);
    const struct wijk_offer_reach whole = {.n_area = 1, .area = &self->code};
    const struct wijk_area **v = WIJK_NEW(cx, const struct wijk_area *, d ? d->areas.n + 1 : 1);
    size_t n = 0;
    *out = v;
    if (level == WIJK_LEVEL_BUURT) v[n++] = self;
    for (size_t k = 0; d && level != WIJK_LEVEL_BUURT && k < d->areas.n; k++)
        if (wijk_offer_reaches(&whole, d->areas.v[k].code)) v[n++] = &d->areas.v[k];
    return n;
}

/* names: of the first buurten with nothing. */
static const char *sentence(struct wijk_cx *cx, const struct wijk_flow_cover *c,
                            const struct wijk_flow_offer_gaps *g, const char *const names[NAMED_MAX])
{
    const char *theme = wijk_tr(cx, wijk_offer_theme_words(c->theme)), *age = wijk_age_group_id(c->age);
    if (c->n_none == 0) return NULL;
    if (c->n_none == c->n_buurt)
        return wijk_sprintf(cx, wijk_tr(cx, "geen aanbod voor %s in %s (%s)"), age, g->name, theme);
    if (c->n_none == 1)
        return wijk_sprintf(cx, wijk_tr(cx, "geen aanbod voor %s in %s (%s)"), age, names[0], theme);
    if (c->n_none == NAMED_MAX)
        return wijk_sprintf(cx, wijk_tr(cx, "geen aanbod voor %s in %s en %s (%s)"), age, names[0], names[1],
                            theme);
    return wijk_sprintf(cx, wijk_tr(cx, "geen aanbod voor %s in %zu van de %zu buurten van %s (%s)"), age,
                        c->n_none, c->n_buurt, g->name, theme);
}

/* From the cells of each buurt to those of the whole. */
static void add_up(struct wijk_cx *cx, const cells *of, const struct wijk_area *const *buurt, size_t n,
                   struct wijk_flow_offer_gaps *g)
{
    struct wijk_flow_cover *v =
        WIJK_NEW(cx, struct wijk_flow_cover, WIJK_OFFER_THEME_COUNT * WIJK_AGE_GROUP_COUNT);
    for (int t = 0; t < WIJK_OFFER_THEME_COUNT; t++) {
        for (int a = 0; a < WIJK_AGE_GROUP_COUNT; a++) {
            struct wijk_flow_cover *c = &v[g->n];
            const char *names[NAMED_MAX] = {0};
            size_t n_all = 0;
            if (!wijk_age_group_asked((enum wijk_offer_theme)t, (enum wijk_age_group)a)) continue;
            *c = (struct wijk_flow_cover){
                .theme = (enum wijk_offer_theme)t, .age = (enum wijk_age_group)a, .n_buurt = n};
            for (size_t k = 0; k < n; k++) {
                if (of[k][t][a] == WIJK_COVER_NONE && c->n_none < NAMED_MAX)
                    names[c->n_none] = buurt[k]->name;
                c->n_none += of[k][t][a] == WIJK_COVER_NONE;
                n_all += of[k][t][a] == WIJK_COVER_ALL;
            }
            c->cover = n_all == n ? WIJK_COVER_ALL : c->n_none == n ? WIJK_COVER_NONE : WIJK_COVER_PART;
            if (g->any) c->sentence = sentence(cx, c, g, names);
            g->n_lacking += c->sentence != NULL;
            g->n++;
        }
    }
    g->cover = v;
}

/* How many of the offers that were chosen reach the area, and each of its buurten. They come by organisation.
 */
static void count(struct wijk_cx *cx, const struct wijk_flow_offer *offer, size_t n_offer,
                  const struct wijk_flow_offer_ask *chosen, const struct wijk_area *const *buurt, size_t n,
                  struct wijk_flow_offer_gaps *g)
{
    struct wijk_flow_reached *v = WIJK_NEW(cx, struct wijk_flow_reached, n);
    const char *last = "";
    for (size_t k = 0; k < n; k++) v[k].code = buurt[k]->code;
    for (size_t k = 0; k < n_offer; k++) {
        const struct wijk_offer *o = offer[k].o;
        bool reaches = false;
        if (chosen && chosen->by_theme && o->reach.theme != chosen->theme) continue;
        if (chosen && chosen->by_age &&
            !wijk_age_group_meets(chosen->age, o->reach.age_from, o->reach.age_to))
            continue;
        for (size_t i = 0; i < n; i++) {
            const bool here = wijk_offer_reaches(&o->reach, v[i].code);
            v[i].n += here;
            reaches = reaches || here;
        }
        if (!reaches) continue;
        g->n_offer++;
        g->n_partner += strcmp(last, o->partner) != 0;
        last = o->partner;
    }
    g->buurt = v;
    g->n_buurt = n;
}

enum wijk_err wijk_flow_offer_gaps(struct wijk_cx *cx, struct wijk_store *store,
                                   const struct wijk_snapshot *s, const struct wijk_deed *d, const char *code,
                                   const struct wijk_flow_offer_ask *chosen,
                                   const struct wijk_flow_offer_gaps **out)
{
    const struct wijk_snapshot_division *division;
    const struct wijk_flow_offer *offer;
    const struct wijk_area *const *buurt;
    char gemeente[WIJK_CODE_MAX];
    size_t area, n_offer;
    WIJK_TRY(wijk__area_find(cx, s, code, 0, &division, &area));
    const struct wijk_area *self = &division->areas.v[area];
    if (division->areas.level > WIJK_LEVEL_GEMEENTE || !wijk_code_gemeente(self->code, gemeente))
        return wijk_fail(cx, WIJK_EDATA, "Aanbod is er per buurt, wijk of gemeente.");
    WIJK_TRY(wijk_flow_offers(cx, store, d, &(struct wijk_flow_offer_ask){.gemeente = gemeente}, &offer,
                              &n_offer));
    struct wijk_offer_reach *reach = WIJK_NEW(cx, struct wijk_offer_reach, n_offer);
    for (size_t k = 0; k < n_offer; k++) reach[k] = offer[k].o->reach;
    struct wijk_flow_offer_gaps *g = WIJK_NEW(cx, struct wijk_flow_offer_gaps, 1);
    *g = (struct wijk_flow_offer_gaps){
        .code = self->code, .name = self->name, .level = division->areas.level, .any = n_offer > 0};
    size_t n = buurten_of(cx, s, g->level, self, &buurt);
    cells *of = WIJK_NEW(cx, cells, n);
    for (size_t k = 0; k < n; k++) wijk_offer_cover(reach, n_offer, buurt[k]->code, of[k]);
    add_up(cx, (const cells *)of, buurt, n, g);
    count(cx, offer, n_offer, chosen, buurt, n, g);
    *out = g;
    return WIJK_OK;
}
