/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipe: what stands on the axis under the line of an area: what a gemeente says happened (defs/events), and
 * what the store knows of its own figures: another border, another release, another source. */
#include "flow/flow_int.h"

#include <stdlib.h>
#include <string.h>

static const char *const KIND_ID[] = {
#define X(name, id, text) id,
    WIJK_HAPPENING_KINDS(X)
#undef X
};
static const char *const KIND_TEXT[] = {
#define X(name, id, text) text,
    WIJK_HAPPENING_KINDS(X)
#undef X
};

const char *wijk_happening_kind_id(enum wijk_happening_kind k)
{
    return KIND_ID[k];
}

const char *wijk_happening_kind_text(enum wijk_happening_kind k)
{
    return KIND_TEXT[k];
}

struct list {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_profile *p;
    const struct wijk_method *method;
    struct wijk_happening *v;
    size_t n, cap;
};

static struct wijk_happening *add(struct list *l, enum wijk_happening_kind kind, struct wijk_period from)
{
    l->v = wijk_grow(l->cx, l->v, l->n, &l->cap, sizeof *l->v);
    l->v[l->n] = (struct wijk_happening){.kind = kind, .from = from, .area = l->p->self, .place = l->n};
    return &l->v[l->n++];
}

/* ---- what a gemeente says ---- */

/* The area the event is told of: this one, or one it lies in whole. NULL neither. */
static const struct wijk_area *told_of(const struct wijk_profile *p, const struct wijk_event *e)
{
    const struct wijk_area *const mine[] = {p->self, p->wijk, p->gemeente};
    for (size_t k = 0; k < sizeof mine / sizeof *mine; k++)
        for (size_t i = 0; mine[k] && i < e->n_area; i++)
            if (strcmp(mine[k]->code, e->area[i]) == 0) return mine[k];
    return NULL;
}

static void told(struct list *l)
{
    const bool en = wijk_cx_lang(l->cx) == WIJK_EN;
    for (size_t i = 0; i < l->s->defs->n_event; i++) {
        const struct wijk_event *e = &l->s->defs->event[i];
        const struct wijk_area *of = told_of(l->p, e);
        if (!of) continue;
        struct wijk_happening *h = add(l, WIJK_HAPPENING_TOLD, e->from);
        h->until = e->until;
        h->event = e;
        h->area = of;
        h->words = en ? e->label_en : e->label_nl;
    }
}

/* ---- what the store knows ---- */

static void borders(struct list *l)
{
    const struct wijk_profile *p = l->p;
    for (size_t i = 0; i + 1 < p->n_value; i++) {
        const struct wijk_flow_value *v = &p->value[i];
        bool breaks = v->joined.join == WIJK_JOIN_BROKEN && v[1].indicator == v->indicator &&
                      v[1].joined.division != v->joined.division;
        bool known = false;
        for (size_t k = 0; breaks && k < l->n; k++)
            known |= l->v[k].kind == WIJK_HAPPENING_BORDER && l->v[k].from.year == v->joined.border_year;
        if (!breaks || known) continue;
        struct wijk_period at = {(int16_t)v->joined.border_year, 0};
        add(l, WIJK_HAPPENING_BORDER, at)->words = wijk_border_words(l->cx, &v->joined);
    }
}

static void releases(struct list *l)
{
    const struct wijk_scores *before = NULL;
    for (size_t i = 0; i < l->p->n_scores; i++) {
        const struct wijk_scores *s = l->p->scores[i];
        if (s->method != l->method) continue;
        if (before && strcmp(before->release, s->release) != 0)
            add(l, WIJK_HAPPENING_RELEASE, s->period)->words =
                *s->release
                    ? wijk_sprintf(l->cx, wijk_tr(l->cx, "Nieuwe uitgave van de score: %s"), s->release)
                    : wijk_tr(l->cx, "Nieuwe uitgave van de score");
        before = s;
    }
}

static const struct wijk_load *load_of(const struct list *l, const struct wijk_flow_value *v)
{
    const size_t area = v->joined.join == WIJK_JOIN_OWN ? l->p->area : v->joined.area;
    if (v->joined.join == WIJK_JOIN_CROSSED || !v->series->load || area >= v->series->n) return NULL;
    const uint32_t id = v->series->load[area];
    return id && id <= l->s->n_load ? &l->s->load[id - 1] : NULL;
}

/* The figures of the line came from another source, or were made by another version of its method. */
static void sources(struct list *l)
{
    const struct wijk_load *before = NULL;
    for (size_t i = 0; i < l->p->n_value; i++) {
        const struct wijk_flow_value *v = &l->p->value[i];
        if (strcmp(v->indicator->id, l->method->total) != 0) continue;
        const struct wijk_load *load = load_of(l, v);
        if (!load) continue;
        if (before && strcmp(before->source, load->source) != 0) {
            const struct wijk_source *from = wijk_defs_source(l->s->defs, load->source);
            const char *title = !from                            ? load->source
                                : wijk_cx_lang(l->cx) == WIJK_EN ? from->title_en
                                                                 : from->title_nl;
            struct wijk_happening *h = add(l, WIJK_HAPPENING_SOURCE, v->period);
            h->words = wijk_sprintf(l->cx, wijk_tr(l->cx, "Nieuwe bron: %s"), title);
            h->load = load;
        } else if (before && strcmp(before->method_version, load->method_version) != 0) {
            struct wijk_happening *h = add(l, WIJK_HAPPENING_METHOD, v->period);
            h->words = wijk_sprintf(l->cx, wijk_tr(l->cx, "Andere versie van de methode: %s"),
                                    *load->method_version ? load->method_version
                                                          : wijk_tr(l->cx, "niet bekend welke"));
            h->load = load;
        }
        before = load;
    }
}

static int by_time(const void *a, const void *b)
{
    const struct wijk_happening *x = a, *y = b;
    const int32_t p = wijk_period_key(x->from), q = wijk_period_key(y->from);
    if (p != q) return p < q ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

enum wijk_err wijk_flow_happenings(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                   const struct wijk_profile *p, const char *method,
                                   const struct wijk_happening **out, size_t *n)
{
    struct list l = {.cx = cx, .s = s, .p = p};
    if (method && !(l.method = wijk_defs_method(s->defs, method)))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", method);
    if (!method && p->n_scores) l.method = p->scores[p->n_scores - 1]->method;
    told(&l);
    borders(&l);
    if (l.method) {
        releases(&l);
        sources(&l);
    }
    if (l.n) qsort(l.v, l.n, sizeof *l.v, by_time);
    *out = l.v;
    *n = l.n;
    return WIJK_OK;
}
