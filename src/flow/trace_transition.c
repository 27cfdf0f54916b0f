/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a count in the table of transitions comes from: the areas that went from that class (or type) to that
 * one, each with what it was and what it became. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const char TYPES[] = "typen", PEOPLE[] = "inwoners";

const char *wijk_transition_id(struct wijk_cx *cx, const struct wijk_flow_transition *t, size_t from,
                               size_t to, bool residents)
{
    const struct wijk_flow_trajectories *f = t->to;
    const char *param = wijk_trace_param(cx, NULL, "van", wijk_sprintf(cx, "%zu", from + 1));
    param = wijk_trace_param(cx, param, "naar", wijk_sprintf(cx, "%zu", to + 1));
    if (residents) param = wijk_trace_param(cx, param, "maat", PEOPLE);
    if (f->division->areas.level != WIJK_LEVEL_BUURT)
        param = wijk_trace_param(cx, param, "niveau", wijk_level_id(f->division->areas.level));
    if (t->from) {
        param = wijk_trace_param(cx, param, "soort", TYPES);
        param = wijk_trace_param(cx, param, "basis", wijk_sprintf(cx, "%d", f->period[f->base].year));
        param = wijk_trace_param(cx, param, "sinds", wijk_sprintf(cx, "%d", f->period[f->recent].year));
        param = wijk_trace_param(cx, param, "recept", f->rules->id);
    }
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = t->within,
                                                      .part = WIJK_TRACE_TRANSITION,
                                                      .name = f->method->id,
                                                      .from = t->begin,
                                                      .period = t->end,
                                                      .division_year = f->division->areas.division_year,
                                                      .release = (f->total ? f->total : f->class_)->release,
                                                      .param = param});
}

/* ---- what is asked ---- */

struct asked {
    const struct wijk_flow_transition *t;
    size_t from, to; /* places of the kinds */
    bool people;
};

static bool number_of(struct wijk_cx *cx, const char *param, const char *name, int64_t low, int64_t high,
                      int64_t *out)
{
    const char *text = wijk_trace_param_of(cx, param, name, "");
    *out = 0;
    return !*text || wijk_int_parse(wijk_str(text), low, high, out);
}

static bool question(const struct wijk__tracer *r, const struct wijk_trace_key *key, const char *code,
                     struct asked *out)
{
    struct wijk_cx *cx = r->cx;
    enum wijk_level level;
    int64_t from, to, base, recent;
    const char *what = wijk_trace_param_of(cx, key->param, "maat", "");
    const char *kind = wijk_trace_param_of(cx, key->param, "soort", "");
    if (!wijk_level_parse(wijk_str(wijk_trace_param_of(cx, key->param, "niveau", "buurt")), &level) ||
        !number_of(cx, key->param, "van", 1, WIJK_CLASSES, &from) || !from ||
        !number_of(cx, key->param, "naar", 1, WIJK_CLASSES, &to) || !to ||
        !number_of(cx, key->param, "basis", 1900, 2200, &base) ||
        !number_of(cx, key->param, "sinds", 1900, 2200, &recent) || (*what && strcmp(what, PEOPLE) != 0) ||
        (*kind && strcmp(kind, TYPES) != 0))
        return false;
    const struct wijk_flow_transition_in in = {
        .what = {.division = wijk_snapshot_division(r->s, level, key->division_year),
                 .recipe = wijk_trace_param_of(cx, key->param, "recept", NULL),
                 .method = key->name,
                 .release = key->release && *key->release ? key->release : NULL,
                 .base_year = (int)base,
                 .recent_year = (int)recent,
                 .year = key->period.year},
        .from_year = key->from.year,
        .types = *kind,
        .within = strcmp(code, WIJK_TRACE_ALL) == 0 ? NULL : code};
    if (!in.what.division || wijk_flow_transition(cx, r->s, &in, &out->t) != WIJK_OK)
        return wijk_fault_clear(cx), false;
    out->from = (size_t)from - 1;
    out->to = (size_t)to - 1;
    out->people = *what;
    return wijk_period_key(out->t->begin) == wijk_period_key(key->from) &&
           wijk_period_key(out->t->end) == wijk_period_key(key->period) && out->from < out->t->n_kind &&
           out->to < out->t->n_kind;
}

/* ---- the trace ---- */

static const char *kind_name(struct wijk_cx *cx, const struct wijk_flow_transition *t, size_t i)
{
    const struct wijk_method *m = t->to->method;
    return t->from ? wijk_tr(cx, wijk_trajectory_label((enum wijk_trajectory_type)(i + 1)))
           : wijk_cx_lang(cx) == WIJK_EN ? m->class_en[i]
                                         : m->class_nl[i];
}

/* The class of an area in a period, as published, else the figure of which the limits make it. */
static const char *class_id(struct wijk_cx *cx, const struct wijk_flow_trajectories *f, size_t area,
                            struct wijk_period period)
{
    const struct wijk_history *both[] = {f->class_, f->total};
    for (size_t k = 0; k < 2; k++) {
        const struct wijk_history *h = both[k];
        const size_t p = h ? wijk_period_find(h->period, h->n_period, period) : 0;
        if (h && p < h->n_period && h->lack[area * h->n_period + p] == WIJK_LACK_NONE)
            return wijk_history_id(cx, h, area, p);
    }
    return NULL;
}

static void put_area(const struct wijk__tracer *r, struct wijk_trace *t, const struct asked *a, size_t area)
{
    const struct wijk_flow_trajectories *f = a->t->to;
    const struct wijk_snapshot_division *d = f->division;
    struct wijk_trace_key key, people;
    const char *was = a->t->from ? wijk_trajectory_trace(r->cx, a->t->from, area)
                                 : class_id(r->cx, f, area, a->t->begin),
               *is = a->t->from ? wijk_trajectory_trace(r->cx, f, area) : class_id(r->cx, f, area, a->t->end);
    wijk__trace_input_id(r, t, was, NAN);
    if (!a->people)
        wijk__trace_input_id(r, t, is, NAN);
    else if (is && wijk_trace_key_parse(r->cx, is, &key))
        wijk__trace_input(r, t, d, area, &key, d->areas.v[area].residents,
                          wijk_trace_residents(r->s, d, area, &people) ? &people : NULL);
}

static void put(const struct wijk__tracer *r, struct wijk_trace *t, const struct asked *a)
{
    struct wijk_cx *cx = r->cx;
    const struct wijk_flow_transition *f = a->t;
    const size_t cell = a->from * f->n_kind + a->to;
    t->method = f->to->method;
    t->label = wijk_sprintf(cx,
                            a->people ? wijk_tr(cx, "Inwoners van «%s» naar «%s»")
                                      : wijk_tr(cx, "Gebieden van «%s» naar «%s»"),
                            kind_name(cx, f, a->from), kind_name(cx, f, a->to));
    t->unit = a->people ? wijk_tr(cx, "inwoners") : wijk_tr(cx, "gebieden");
    t->definition = wijk_tr(cx, "Hoeveel gebieden van de ene klasse (of het ene type) naar de andere gingen, "
                                "of hoeveel mensen er nu wonen.");
    t->way = WIJK_WAY_ANALYSIS;
    t->status = WIJK_STATUS_OK;
    t->value = a->people ? f->areas->weight[cell] : (double)f->areas->count[cell];
    t->symbols = a->people ? "Σ tᵢ, kᵢ(s) = a, kᵢ(t) = b" : "|{ i : kᵢ(s) = a, kᵢ(t) = b }|";
    t->words = wijk_sprintf(cx,
                            wijk_tr(cx, "Van elk gebied dat meetelt staan hieronder wat het was en wat het "
                                        "werd. Gebieden met beide: %zu; zonder: %zu."),
                            f->areas->n, f->areas->n_left_out);
    wijk__trace_set(r, t, wijk_tr(cx, "van"), kind_name(cx, f, a->from));
    wijk__trace_set(r, t, wijk_tr(cx, "naar"), kind_name(cx, f, a->to));
    for (size_t i = 0; i < f->to->n_area; i++)
        if (f->was[i] == a->from + 1 && f->is[i] == a->to + 1) put_area(r, t, a, i);
}

const struct wijk_trace *wijk__trace_transition(const struct wijk__tracer *r,
                                                const struct wijk_snapshot_division *d, size_t area,
                                                const struct wijk_trace_key *key)
{
    struct asked a;
    const char *code = d ? d->areas.v[area].code : key->code;
    if (!question(r, key, code, &a)) return NULL;
    struct wijk_trace_key own;
    const char *id = wijk_transition_id(r->cx, a.t, a.from, a.to, a.people);
    if (!wijk_trace_key_parse(r->cx, id, &own)) return NULL;
    /* The division is that of the areas which are counted, not that of the gemeente or wijk around them. */
    struct wijk_trace *t = wijk__trace_begin(r, d, area, own);
    t->key = own;
    t->id = id;
    t->division_year = own.division_year;
    put(r, t, &a);
    return t;
}
