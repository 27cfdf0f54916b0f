/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts of a score that are no indicator: its class, the residents it speaks for, a change and its rest. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const struct wijk_trace *total_of(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                         size_t area, const struct wijk_scores *s)
{
    struct wijk__place p;
    return wijk__place_find(r, d, s->method->total, s->period, s->release, &p)
               ? wijk__trace_value(r, &p, area)
               : NULL;
}

/* A part of a score that stands for itself: found by its method. */
static struct wijk_trace *of_scores(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                    size_t area, const struct wijk_trace_key *key,
                                    const struct wijk_scores **s)
{
    *s = wijk__trace_scores(d, key->name, key->period, key->release);
    if (!*s) return NULL;
    struct wijk_trace *t = wijk__trace_begin(
        r, d, area,
        (struct wijk_trace_key){
            .part = key->part, .name = (*s)->method->id, .period = (*s)->period, .release = (*s)->release});
    t->method = (*s)->method;
    return t;
}

static void put_class(const struct wijk__tracer *r, struct wijk_trace *t,
                      const struct wijk_snapshot_division *d, size_t area, const struct wijk_scores *s)
{
    struct wijk__place p;
    const struct wijk_trace *total = total_of(r, d, area, s);
    t->status = total ? total->status : WIJK_STATUS_MISSING;
    if (area >= s->n || !s->class_[area]) return;
    t->value = s->class_[area];
    if (s->class_origin[area] == WIJK_CLASS_DELIVERED) {
        t->status = WIJK_STATUS_OK;
        t->way = WIJK_WAY_SAME;
        if (wijk__place_find(r, d, s->method->delivered_class, s->period, s->release, &p))
            wijk__trace_add(t, wijk__trace_room(r, t, 1), wijk__trace_value(r, &p, area));
        return;
    }
    t->way = WIJK_WAY_CLASS;
    t->limits = wijk_class_limits_of(s->method, s->release);
    wijk__trace_add(t, wijk__trace_room(r, t, 1), total);
}

const struct wijk_trace *wijk__trace_class(const struct wijk__tracer *r,
                                           const struct wijk_snapshot_division *d, size_t area,
                                           const struct wijk_trace_key *key)
{
    const struct wijk_scores *s;
    struct wijk_trace *t = of_scores(r, d, area, key, &s);
    if (t) put_class(r, t, d, area, s);
    return t;
}

static void put_covered(const struct wijk__tracer *r, struct wijk_trace *t,
                        const struct wijk_snapshot_division *d, size_t area, const struct wijk_scores *s)
{
    if (area >= s->n || isnan(s->covered[area])) return;
    t->value = s->covered[area];
    t->status = WIJK_STATUS_OK;
    t->way = WIJK_WAY_SHARE;
    if (s->aggregated) {
        wijk__trace_put_parts(r, t, s, s->method->total, area, true);
        return;
    }
    struct wijk_trace_input *room = wijk__trace_room(r, t, 1);
    const struct wijk_trace *own = total_of(r, d, area, s);
    struct wijk__place p;
    if (own && isnan(own->value) &&
        wijk__place_find(r, d, s->method->delivered_class, s->period, s->release, &p))
        own = wijk__trace_value(r, &p, area);
    wijk__trace_add(t, room, own);
    room[0].weight = 1;
    t->n_part = t->n_input;
}

const struct wijk_trace *wijk__trace_covered(const struct wijk__tracer *r,
                                             const struct wijk_snapshot_division *d, size_t area,
                                             const struct wijk_trace_key *key)
{
    const struct wijk_scores *s;
    struct wijk_trace *t = of_scores(r, d, area, key, &s);
    if (t) put_covered(r, t, d, area, s);
    return t;
}

/* The first input less the others, or the first that has no figure. */
static void subtract(struct wijk_trace *t)
{
    t->value = t->input[0].of->value;
    t->status = t->input[0].of->status;
    for (size_t i = 1; i < t->n_input; i++) {
        if (!isnan(t->value)) t->status = t->input[i].of->status;
        t->value -= t->input[i].of->value;
    }
    if (!isnan(t->value)) t->way = WIJK_WAY_DIFFERENCE;
}

static const struct wijk_trace *change(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                       size_t area, const char *indicator, const struct wijk_trace_key *key)
{
    struct wijk__place from, to;
    if (!wijk__place_find(r, d, indicator, key->period, key->release, &to)) return NULL;
    const char *release = to.series ? to.series->key.release : to.scores->release;
    if (!wijk__place_find(r, d, indicator, key->from, release, &from)) return NULL;
    struct wijk_trace *t = wijk__trace_begin(r, d, area,
                                             (struct wijk_trace_key){.part = WIJK_TRACE_CHANGE,
                                                                     .name = to.indicator->id,
                                                                     .from = key->from,
                                                                     .period = key->period,
                                                                     .release = release});
    struct wijk_trace_input *room = wijk__trace_room(r, t, 2);
    t->indicator = to.indicator;
    wijk__trace_add(t, room, wijk__trace_value(r, &to, area));
    t->method = room[0].of->method;
    wijk__trace_add(t, room, wijk__trace_value(r, &from, area));
    subtract(t);
    return t;
}

const struct wijk_trace *wijk__trace_change(const struct wijk__tracer *r,
                                            const struct wijk_snapshot_division *d, size_t area,
                                            const struct wijk_trace_key *key)
{
    return change(r, d, area, key->name, key);
}

const struct wijk_trace *wijk__trace_rest(const struct wijk__tracer *r,
                                          const struct wijk_snapshot_division *d, size_t area,
                                          const struct wijk_trace_key *key)
{
    const struct wijk_method *m = wijk_defs_method(r->s->defs, key->name);
    if (!m) return NULL;
    const struct wijk_trace *total = change(r, d, area, m->total, key);
    if (!total) return NULL;
    struct wijk_trace *t = wijk__trace_begin(r, d, area,
                                             (struct wijk_trace_key){.part = WIJK_TRACE_REST,
                                                                     .name = m->id,
                                                                     .from = key->from,
                                                                     .period = key->period,
                                                                     .release = total->key.release});
    t->method = m;
    wijk__trace_input(r, t, d, area, &total->key, NAN, NULL);
    for (size_t k = 0; k < m->n_dimension; k++) {
        struct wijk_trace_key part = total->key;
        part.name = m->dimension[k].indicator;
        if (!wijk__trace_input(r, t, d, area, &part, NAN, NULL)) return NULL;
    }
    subtract(t);
    return t;
}
