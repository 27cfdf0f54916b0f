/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipe: how far areas lie apart, per gemeente and over all, and whether that grows (docs/methods/kloof.md).
 */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

enum { SEED = 1, DRAWS = 999 };

/* The rows of one gemeente (unit < n_unit), or of all areas, that have a figure at all, of people that are
 * known: a draw of the bootstrap is a draw of areas that count. */
static size_t rows_of(const struct wijk__lived *l, size_t unit, bool peopled, size_t *row)
{
    size_t n = 0;
    for (size_t a = 0; a < l->n_area; a++) {
        bool any = false;
        if (unit < l->n_unit && l->unit[a] != unit) continue;
        for (size_t p = 0; p < l->n_period && !any; p++) {
            size_t at = a * l->n_period + p;
            any = (!peopled || l->people[at] > 0) && (!isnan(l->value[at]) || l->class_[at]);
        }
        if (any) row[n++] = a;
    }
    return n;
}

/* Groups numbered anew for these rows: the parts of a gemeente, or for all areas the gemeenten. */
static size_t groups_of(struct wijk_cx *cx, const struct wijk__lived *l, bool all, const size_t *row,
                        size_t n, size_t *group)
{
    size_t most = all ? l->n_unit : l->n_part, n_group = 0;
    const size_t *of = all ? l->unit : l->part;
    size_t *number = WIJK_NEW(cx, size_t, most);
    for (size_t i = 0; i < most; i++) number[i] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        group[i] = SIZE_MAX;
        if (of[row[i]] >= most) continue;
        if (number[of[row[i]]] == SIZE_MAX) number[of[row[i]]] = n_group++;
        group[i] = number[of[row[i]]];
    }
    return n_group;
}

static enum wijk_err gap_of(struct wijk_cx *cx, const struct wijk__lived *l, size_t unit,
                            struct wijk_gap_opt opt, struct wijk_flow_gap_unit *out)
{
    size_t *row = WIJK_NEW(cx, size_t, l->n_area), np = l->n_period;
    size_t n_counts = rows_of(l, unit, true, row);
    size_t n = n_counts ? n_counts : rows_of(l, unit, false, row); /* so that it is told what lacks */
    size_t *group = WIJK_NEW(cx, size_t, n);
    double *year = WIJK_NEW(cx, double, np), *value = WIJK_NEW(cx, double, n *np),
           *people = WIJK_NEW(cx, double, n *np);
    uint8_t *below = WIJK_NEW(cx, uint8_t, n * np);
    for (size_t p = 0; p < np; p++) year[p] = l->period[p].year;
    for (size_t i = 0; i < n; i++) {
        for (size_t p = 0; p < np; p++) {
            size_t from = row[i] * np + p, to = i * np + p;
            value[to] = l->value[from];
            people[to] = l->people[from];
            below[to] = !l->class_[from] ? 2 : l->class_[from] <= WIJK_INSUFFICIENT_CLASS;
        }
    }
    struct wijk_gap_in in = {.n_area = n,
                             .n_period = np,
                             .year = year,
                             .value = value,
                             .weight = people,
                             .below = below,
                             .group = group,
                             .n_group = groups_of(cx, l, unit == l->n_unit, row, n, group),
                             .reference = l->reference,
                             .opt = opt};
    bool all = unit == l->n_unit;
    *out = (struct wijk_flow_gap_unit){.code = all ? WIJK_TRACE_ALL : l->unit_code[unit],
                                       .name = all ? wijk_tr(cx, "alle gebieden samen") : l->unit_name[unit],
                                       .n_area = n_counts};
    return wijk_gap_of(cx, &in, &out->gap);
}

enum wijk_err wijk_flow_gap(struct wijk_cx *cx, const struct wijk_snapshot *s,
                            const struct wijk_flow_lived_in *in, const struct wijk_flow_gap **out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_GAP));
    const struct wijk__lived *l;
    struct wijk_flow_gap *f = WIJK_NEW(cx, struct wijk_flow_gap, 1);
    WIJK_TRY(wijk__lived_read(cx, s, in, &l));
    bool all = !in->within || strcmp(in->within, WIJK_TRACE_ALL) == 0, each = !all || !in->within;
    struct wijk_flow_gap_unit *unit = WIJK_NEW(cx, struct wijk_flow_gap_unit, l->n_unit + 1);
    f->opt = in->opt;
    if (!f->opt.seed) f->opt.seed = SEED;
    if (!f->opt.n_boot) f->opt.n_boot = DRAWS;
    if (all) WIJK_TRY(gap_of(cx, l, l->n_unit, f->opt, &unit[f->n_unit++]));
    for (size_t u = 0; each && u < l->n_unit; u++) WIJK_TRY(gap_of(cx, l, u, f->opt, &unit[f->n_unit++]));
    f->head = wijk__lived_head(l);
    f->reference = l->reference;
    f->unit = unit;
    *out = f;
    return WIJK_OK;
}

const char *wijk__gap_param(struct wijk_cx *cx, const struct wijk_flow_gap *f, enum wijk_gap_measure m)
{
    const char *param = wijk_trace_param(cx, NULL, "niveau", wijk_level_id(f->head.division->areas.level));
    if (m != WIJK_GAP_RANGE) param = wijk_trace_param(cx, param, "maat", wijk_gap_measure_id(m));
    if (f->opt.seed != SEED)
        param =
            wijk_trace_param(cx, param, "zaad", wijk_sprintf(cx, "%llu", (unsigned long long)f->opt.seed));
    if (f->opt.n_boot != DRAWS)
        param = wijk_trace_param(cx, param, "trekkingen", wijk_sprintf(cx, "%zu", f->opt.n_boot));
    return param;
}

const char *wijk_gap_id(struct wijk_cx *cx, const struct wijk_flow_gap *f, const char *code,
                        struct wijk_period from, struct wijk_period period, enum wijk_gap_measure m)
{
    const struct wijk_flow_lived_head *h = &f->head;
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = code,
                                                      .part = WIJK_TRACE_GAP,
                                                      .name = h->method->id,
                                                      .from = from,
                                                      .period = period,
                                                      .division_year = h->division->areas.division_year,
                                                      .release = h->release,
                                                      .param = wijk__gap_param(cx, f, m)});
}
