/* SPDX-License-Identifier: EUPL-1.2 */
/* Of what a figure of one area consists, and of what its change: the dimensions of a score, or the indicators
 * that are parts of one. What the parts do not explain is a part too, so that they always add up. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* The indicators that make up this one; gives how many. */
static size_t parts_of(const struct wijk_defs *defs, const struct wijk_indicator *whole,
                       const struct wijk_indicator *part[WIJK_PARTS_MAX])
{
    const struct wijk_method *m = wijk_defs_method(defs, whole->method);
    size_t n = 0;
    if (m && strcmp(m->total, whole->id) == 0) {
        for (; n < m->n_dimension; n++) part[n] = wijk_defs_indicator(defs, m->dimension[n].indicator);
        return n;
    }
    for (size_t i = 0; i < defs->n_indicator && n < WIJK_PARTS_MAX; i++)
        if (strcmp(defs->indicator[i].part_of, whole->id) == 0) part[n++] = &defs->indicator[i];
    return n;
}

static double at(const struct wijk_history *h, struct wijk_period period)
{
    size_t p = h ? wijk_period_find(h->period, h->n_period, period) : 0;
    return h && p < h->n_period ? h->same[p] : (double)NAN;
}

static const char *id_of(struct wijk_cx *cx, const struct wijk_history *h, struct wijk_period period)
{
    size_t p = h ? wijk_period_find(h->period, h->n_period, period) : 0;
    return h && p < h->n_period ? wijk_history_id(cx, h, 0, p) : NULL;
}

/* Of a change between two figures of this division itself; those that came over a border have each their own.
 */
static const char *change_id(struct wijk_cx *cx, const struct wijk_history *h,
                             const struct wijk_flow_parts *t)
{
    size_t from = h && t->from.year ? wijk_period_find(h->period, h->n_period, t->from) : SIZE_MAX,
           to = h ? wijk_period_find(h->period, h->n_period, t->period) : 0;
    if (from == SIZE_MAX || from >= h->n_period || to >= h->n_period || h->join[from] != WIJK_JOIN_OWN ||
        h->join[to] != WIJK_JOIN_OWN || h->lack[from] || h->lack[to])
        return NULL;
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = h->division->areas.v[h->area[0]].code,
                                                      .part = WIJK_TRACE_CHANGE,
                                                      .name = h->indicator->id,
                                                      .from = t->from,
                                                      .period = t->period,
                                                      .division_year = h->division->areas.division_year,
                                                      .release = h->column[h->from[to]]->key.release});
}

/* The newest period with a figure; without years asked for the first one too. */
static enum wijk_err choose(struct wijk_cx *cx, const struct wijk_flow_parts_in *in,
                            struct wijk_flow_parts *t)
{
    const struct wijk_history *h = t->whole;
    size_t to = h->n_period, from = 0;
    while (to > 0 && (isnan(h->same[to - 1]) || (in->year && h->period[to - 1].year != in->year))) to--;
    while (from < to && (isnan(h->same[from]) || h->period[from].year < in->from_year)) from++;
    if (!to)
        return wijk_fail(cx, WIJK_EDATA, "Van %s is hier geen cijfer om te ontleden.",
                         wijk_indicator_label(h->indicator, wijk_cx_lang(cx)));
    t->period = h->period[to - 1];
    t->from = from < to - 1 ? h->period[from] : (struct wijk_period){0};
    return WIJK_OK;
}

enum wijk_err wijk_flow_parts(struct wijk_cx *cx, const struct wijk_snapshot *s,
                              const struct wijk_flow_parts_in *in, const struct wijk_flow_parts **out)
{
    const struct wijk_indicator *part[WIJK_PARTS_MAX];
    struct wijk_flow_parts *t = WIJK_NEW(cx, struct wijk_flow_parts, 1);
    struct wijk_flow_history_in which = {.division = in->division,
                                         .indicator = in->indicator,
                                         .release = in->release,
                                         .area = &in->area,
                                         .n_area = 1};
    WIJK_TRY(wijk_flow_history(cx, s, &which, &t->whole));
    WIJK_TRY(choose(cx, in, t));
    t->level = at(t->whole, t->period);
    t->change = t->from.year ? t->level - at(t->whole, t->from) : (double)NAN;
    t->level_rest = t->level, t->change_rest = t->change;
    which.release = *t->whole->release ? t->whole->release : NULL;
    t->id = id_of(cx, t->whole, t->period);
    t->id_change = change_id(cx, t->whole, t);
    size_t n = parts_of(s->defs, t->whole->indicator, part);
    for (size_t k = 0; k < n; k++) {
        const struct wijk_history *h = NULL;
        which.indicator = part[k]->id;
        if (wijk_flow_history(cx, s, &which, &h) != WIJK_OK) wijk_fault_clear(cx), h = NULL;
        double now = at(h, t->period), then = t->from.year ? at(h, t->from) : (double)NAN;
        if (isnan(now)) continue;
        t->part[t->n++] = (struct wijk_flow_part){
            part[k], now, now - then, id_of(cx, h, t->period), id_of(cx, h, t->from), change_id(cx, h, t)};
        t->level_rest -= now;
        t->change_rest -= now - then; /* a part that was not known then leaves the rest unknown */
    }
    *out = t;
    return WIJK_OK;
}

const char *wijk_flow_parts_words(struct wijk_cx *cx, const struct wijk_flow_parts *t, bool change)
{
    double value[WIJK_PARTS_MAX];
    const char *label[WIJK_PARTS_MAX];
    for (size_t k = 0; k < t->n; k++) {
        value[k] = change ? t->part[k].change : t->part[k].level;
        label[k] = wijk_indicator_label(t->part[k].indicator, wijk_cx_lang(cx));
    }
    return wijk_sentence_parts(cx, &(struct wijk_parts_told){change ? t->change : t->level, value, label,
                                                             t->n, t->whole->indicator->decimals,
                                                             change ? t->from.year : 0, t->period.year});
}
