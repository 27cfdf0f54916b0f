/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a slope and a type of course come from: the figures of that area by year, and the method's settings.
 */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

/* ---- ids ---- */

const char *wijk_trend_id(struct wijk_cx *cx, const struct wijk_flow_trends *t, size_t area)
{
    const struct wijk_history *h = t->history;
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = h->division->areas.v[area].code,
                                                      .part = WIJK_TRACE_SLOPE,
                                                      .name = h->indicator->id,
                                                      .from = h->period[t->first],
                                                      .period = h->period[h->n_period - 1],
                                                      .division_year = h->division->areas.division_year,
                                                      .release = h->release});
}

const char *wijk_trajectory_trace(struct wijk_cx *cx, const struct wijk_flow_trajectories *t, size_t area)
{
    const char *since = wijk_sprintf(cx, "%d", t->period[t->recent].year);
    const struct wijk_history *h = t->total ? t->total : t->class_;
    return wijk_trace_id(
        cx, &(struct wijk_trace_key){.code = t->division->areas.v[area].code,
                                     .part = WIJK_TRACE_COURSE,
                                     .name = t->method->id,
                                     .from = t->period[t->base],
                                     .period = t->period[t->now],
                                     .division_year = t->division->areas.division_year,
                                     .release = h->release,
                                     .param = wijk_trace_param(cx, wijk_trace_param(cx, NULL, "sinds", since),
                                                               "recept", t->rules->id)});
}

/* ---- inputs ---- */

static bool same_period(struct wijk_period a, struct wijk_period b)
{
    return wijk_period_key(a) == wijk_period_key(b);
}

/* One cell of a history as an input; a cell that came to nothing is none. */
static void add_cell(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_history *h,
                     size_t area, size_t p)
{
    struct wijk_trace_key key;
    const char *id =
        h->lack[area * h->n_period + p] == WIJK_LACK_NONE ? wijk_history_id(r->cx, h, area, p) : NULL;
    if (!id || !wijk_trace_key_parse(r->cx, id, &key)) return;
    const struct wijk_snapshot_division *d =
        wijk_snapshot_division(r->s, h->division->areas.level, key.division_year);
    size_t at = d ? wijk_area_find(d->index, key.code) : SIZE_MAX;
    if (at != SIZE_MAX) wijk__trace_input(r, t, d, at, &key, NAN, NULL);
}

static void set(struct wijk_trace *t, struct wijk_trace_setting *room, const char *name, const char *value)
{
    room[t->n_setting++] = (struct wijk_trace_setting){name, value};
    t->setting = room;
}

static const char *number(struct wijk_cx *cx, double v)
{
    char text[32];
    size_t n = wijk_num_write(v, text);
    return wijk_str_dup(cx, (struct wijk_str){text, n});
}

/* ---- slope ---- */

static void put_slope(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_flow_trends *f,
                      size_t area)
{
    const struct wijk_trend *v = &f->trend[area];
    const struct wijk_trend_told told = wijk_trend_told(f, area);
    struct wijk_cx *cx = r->cx;
    bool bent = !isnan(v->break_at);
    t->label = wijk_sprintf(cx, wijk_tr(cx, "Trend van %s"),
                            wijk_indicator_label(f->history->indicator, wijk_cx_lang(cx)));
    t->unit = wijk_sprintf(cx, wijk_tr(cx, "%s per jaar"),
                           wijk_indicator_unit(f->history->indicator, wijk_cx_lang(cx)));
    t->definition = wijk_tr(
        cx, "Hoeveel het cijfer gemiddeld per jaar verandert, met de band waarbinnen toeval het houdt.");
    t->words = wijk_sentence_trend(cx, &told);
    t->status = v->lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_MISSING;
    if (v->lack != WIJK_LACK_NONE) return;
    t->way = WIJK_WAY_ANALYSIS;
    t->status = WIJK_STATUS_ESTIMATED;
    t->value = bent ? v->after : v->line.slope;
    t->low = bent ? v->after_low : v->low;
    t->high = bent ? v->after_high : v->high;
    t->symbols = bent ? "y = a + b x + c max(0, x - k); b + c" : "y = a + b x; b";
    struct wijk_trace_setting *room = WIJK_NEW(cx, struct wijk_trace_setting, 4);
    set(t, room, "dekking", number(cx, f->opt.coverage));
    if (bent) set(t, room, "knik", number(cx, v->break_at));
    for (size_t p = f->first; p < f->history->n_period; p++) add_cell(r, t, f->history, area, p);
}

const struct wijk_flow_trends *wijk__trace_trends(const struct wijk__tracer *r,
                                                  const struct wijk_snapshot_division *d,
                                                  const struct wijk_trace_key *key)
{
    const struct wijk_flow_trends *f;
    struct wijk_flow_trends_in in = {.division = d,
                                     .indicator = key->name,
                                     .release = key->release && *key->release ? key->release : NULL,
                                     .from_year = key->from.year};
    if (wijk_flow_trends(r->cx, r->s, &in, &f) != WIJK_OK) return wijk_fault_clear(r->cx), NULL;
    const struct wijk_history *h = f->history;
    return same_period(h->period[f->first], key->from) && same_period(h->period[h->n_period - 1], key->period)
               ? f
               : NULL;
}

const struct wijk_trace *wijk__trace_slope(const struct wijk__tracer *r,
                                           const struct wijk_snapshot_division *d, size_t area,
                                           const struct wijk_trace_key *key)
{
    const struct wijk_flow_trends *f = wijk__trace_trends(r, d, key);
    if (!f) return NULL;
    const struct wijk_history *h = f->history;
    struct wijk_trace *t = wijk__trace_begin(r, d, area,
                                             (struct wijk_trace_key){.part = WIJK_TRACE_SLOPE,
                                                                     .name = h->indicator->id,
                                                                     .from = key->from,
                                                                     .period = key->period,
                                                                     .release = h->release});
    t->indicator = h->indicator;
    t->method = h->method;
    put_slope(r, t, f, area);
    return t;
}

/* ---- type of course ---- */

static void add_place(const struct wijk__tracer *r, struct wijk_trace *t,
                      const struct wijk_flow_trajectories *f, size_t area, size_t place)
{
    const struct wijk_history *both[] = {f->total, f->class_};
    for (size_t k = 0; k < 2; k++)
        for (size_t p = 0; both[k] && p < both[k]->n_period; p++)
            if (same_period(both[k]->period[p], f->period[place])) add_cell(r, t, both[k], area, p);
}

static void put_course(const struct wijk__tracer *r, struct wijk_trace *t,
                       const struct wijk_flow_trajectories *f, size_t area)
{
    const struct wijk_trajectory *v = &f->area[area];
    const struct wijk_trajectory_told told = wijk_trajectory_told(f, area);
    struct wijk_cx *cx = r->cx;
    t->label = wijk_tr(cx, "Type van het verloop");
    t->unit = wijk_tr(cx, "1 succes, 2 gestaag herstel, 3 terugval, 4 vroegsignalering, 5 overig");
    t->definition = wijk_cx_lang(cx) == WIJK_EN ? f->rules->label_en : f->rules->label_nl;
    t->words = wijk_sentence_trajectory(cx, &told);
    t->status = v->lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_MISSING;
    if (v->type == WIJK_TRAJECTORY_NONE) return;
    t->way = WIJK_WAY_ANALYSIS;
    t->status = WIJK_STATUS_ESTIMATED;
    t->value = v->type;
    t->symbols = "";
    struct wijk_trace_setting *room = WIJK_NEW(cx, struct wijk_trace_setting, 10);
    set(t, room, "recept", f->rules->id);
    set(t, room, "sinds", number(cx, told.recent_year));
    set(t, room, "sd", number(cx, f->sd));
    set(t, room, "verbeterd", number(cx, f->rules->improved_sd));
    set(t, room, "slechter", number(cx, f->rules->worse_sd));
    set(t, room, "gelijk", number(cx, f->rules->flat_sd));
    set(t, room, "goedVanaf", number(cx, f->rules->good_from_class));
    set(t, room, "herstelTot", number(cx, f->rules->start_to_class));
    set(t, room, "klassen", number(cx, f->rules->class_steps));
    if (f->total) t->limits = wijk_class_limits_of(f->method, f->total->release);
    add_place(r, t, f, area, f->now);
    if (f->recent != f->base) add_place(r, t, f, area, f->recent);
    add_place(r, t, f, area, f->base);
}

const struct wijk_trace *wijk__trace_course(const struct wijk__tracer *r,
                                            const struct wijk_snapshot_division *d, size_t area,
                                            const struct wijk_trace_key *key)
{
    const struct wijk_flow_trajectories *f;
    int64_t since = 0;
    const char *given = wijk_trace_param_of(r->cx, key->param, "sinds", "");
    const char *recipe = wijk_trace_param_of(r->cx, key->param, "recept", "");
    if (*given && !wijk_int_parse(wijk_str(given), 1900, 2200, &since)) return NULL;
    struct wijk_flow_trajectories_in in = {.division = d,
                                           .method = key->name,
                                           .recipe = *recipe ? recipe : NULL,
                                           .release = key->release && *key->release ? key->release : NULL,
                                           .base_year = key->from.year,
                                           .recent_year = (int)since,
                                           .year = key->period.year};
    if (wijk_flow_trajectories(r->cx, r->s, &in, &f) != WIJK_OK) return wijk_fault_clear(r->cx), NULL;
    if (!same_period(f->period[f->base], key->from) || !same_period(f->period[f->now], key->period))
        return NULL;
    struct wijk_trace *t =
        wijk__trace_begin(r, d, area,
                          (struct wijk_trace_key){.part = WIJK_TRACE_COURSE,
                                                  .name = f->method->id,
                                                  .from = key->from,
                                                  .period = key->period,
                                                  .release = (f->total ? f->total : f->class_)->release,
                                                  .param = key->param});
    t->method = f->method;
    put_course(r, t, f, area);
    return t;
}
