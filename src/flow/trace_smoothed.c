/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a smoothed slope, or a smoothed last figure, comes from: the area's own, what all areas have in
 * common, and how much of it is its own. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const char LEVEL[] = "stand";

const char *wijk_smoothed_id(struct wijk_cx *cx, const struct wijk_flow_trends *t, size_t area, bool level)
{
    const struct wijk_history *h = t->history;
    return wijk_trace_id(
        cx, &(struct wijk_trace_key){.code = h->division->areas.v[area].code,
                                     .part = WIJK_TRACE_SMOOTHED,
                                     .name = h->indicator->id,
                                     .from = h->period[t->first],
                                     .period = h->period[h->n_period - 1],
                                     .division_year = h->division->areas.division_year,
                                     .release = h->release,
                                     .param = level ? wijk_trace_param(cx, NULL, "maat", LEVEL) : NULL});
}

/* The measured figures that may stand together; of the last figure only that one. */
static void put_inputs(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_flow_trends *f,
                       size_t area, bool level)
{
    const struct wijk_history *h = f->history;
    for (size_t p = level ? h->n_period - 1 : f->first; p < h->n_period; p++)
        if (h->lack[area * h->n_period + p] == WIJK_LACK_NONE)
            wijk__trace_input_id(r, t, wijk_history_id(r->cx, h, area, p), NAN);
}

static void put_smoothed(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_flow_trends *f,
                         size_t area, bool level)
{
    struct wijk_cx *cx = r->cx;
    const struct wijk_history *h = f->history;
    const struct wijk_shrunk *v = level ? &f->level[area] : &f->slope[area];
    const struct wijk_shrink_common *all = level ? &f->level_common : &f->common;
    const char *unit = wijk_indicator_unit(h->indicator, wijk_cx_lang(cx));
    t->label = wijk_sprintf(
        cx, level ? wijk_tr(cx, "%s, gladgestreken") : wijk_tr(cx, "Trend van %s, gladgestreken"),
        wijk_indicator_label(h->indicator, wijk_cx_lang(cx)));
    t->unit = level ? unit : wijk_sprintf(cx, wijk_tr(cx, "%s per jaar"), unit);
    t->definition =
        wijk_tr(cx, "Het eigen cijfer, zo ver naar het gezamenlijke getrokken als toeval het beweegt.");
    t->symbols = "b x + (1 − b) m, b = s² ÷ (s² + se²)";
    if (v->lack != WIJK_LACK_NONE) {
        t->status = v->lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_MISSING;
        t->words = wijk_tr(cx, wijk_lack_text(v->lack));
        return;
    }
    t->way = WIJK_WAY_ANALYSIS;
    t->status = WIJK_STATUS_ESTIMATED;
    t->value = v->value;
    t->words =
        level ? wijk_tr(cx, "Het eigen aandeel maal het laatste cijfer, en de rest maal het midden van alle "
                            "gebieden.")
              : wijk_tr(cx, "Het eigen aandeel maal de eigen helling door de cijfers, en de rest maal het "
                            "midden van alle gebieden.");
    wijk__trace_set(r, t, wijk_tr(cx, "eigen aandeel"), wijk__trace_number(cx, v->own));
    wijk__trace_set(r, t, wijk_tr(cx, "midden van alle gebieden"), wijk__trace_number(cx, all->centre));
    wijk__trace_set(r, t, wijk_tr(cx, "spreiding tussen gebieden"), wijk__trace_number(cx, all->between_sd));
    if (!level)
        wijk__trace_set(r, t, wijk_tr(cx, "gewone fout van de eigen helling"),
                        wijk__trace_number(cx, f->trend[area].line.slope_se));
    put_inputs(r, t, f, area, level);
}

const struct wijk_trace *wijk__trace_smoothed(const struct wijk__tracer *r,
                                              const struct wijk_snapshot_division *d, size_t area,
                                              const struct wijk_trace_key *key)
{
    const struct wijk_flow_trends *f = wijk__trace_trends(r, d, key);
    const char *what = wijk_trace_param_of(r->cx, key->param, "maat", "");
    const bool level = strcmp(what, LEVEL) == 0;
    if (!f || (*what && !level) || (level && !f->level)) return NULL;
    struct wijk_trace *t = wijk__trace_begin(
        r, d, area,
        (struct wijk_trace_key){.part = WIJK_TRACE_SMOOTHED,
                                .name = f->history->indicator->id,
                                .from = key->from,
                                .period = key->period,
                                .release = f->history->release,
                                .param = level ? wijk_trace_param(r->cx, NULL, "maat", LEVEL) : NULL});
    t->indicator = f->history->indicator;
    t->method = f->history->method;
    put_smoothed(r, t, f, area, level);
    return t;
}
