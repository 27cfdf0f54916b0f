/* SPDX-License-Identifier: EUPL-1.2 */
/* Where every area of a division goes in one indicator: its history, a line through what may stand together,
 * and what of it may be chance. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

static double years_of(struct wijk_period p)
{
    return p.year + (p.month ? (p.month - 1) / 12.0 : 0);
}

/* A slope of a score that makes less than flat_sd of an SD in ten years is not worth naming; a bend must have
 * moved the last figure twice that. */
enum { YEARS = 10 };

static double steady_of(const struct wijk_snapshot *s, const struct wijk_history *h)
{
    const struct wijk_trajectory_rules *r = s->defs->n_trajectory ? &s->defs->trajectory[0] : NULL;
    if (!h->method || !r) return 0;
    double sd = wijk_trajectory_sd(r, h->method->id);
    return isnan(sd) ? 0 : r->flat_sd * sd / YEARS;
}

/* A share is of people or homes that another indicator counts; those counts by area, in the newest period. */
static const double *base_of(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_history *h)
{
    const struct wijk_history *base;
    if (!h->indicator->base || !*h->indicator->base || strcmp(h->indicator->unit_nl, "%") != 0) return NULL;
    struct wijk_flow_history_in in = {.division = h->division, .indicator = h->indicator->base};
    if (wijk_flow_history(cx, s, &in, &base) != WIJK_OK) {
        wijk_fault_clear(cx);
        return NULL;
    }
    double *v = WIJK_NEW(cx, double, h->n_area);
    const struct wijk_period last = h->period[h->n_period - 1];
    const size_t p = wijk_period_find(base->period, base->n_period, last);
    for (size_t a = 0; a < h->n_area && p < base->n_period; a++) v[a] = base->same[a * base->n_period + p];
    return p < base->n_period ? v : NULL;
}

static const struct wijk_shrunk *levels(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                        const struct wijk_history *h, struct wijk_shrink_common *common)
{
    const double *base = base_of(cx, s, h);
    if (!base) return NULL;
    struct wijk_shrunk *out = WIJK_NEW(cx, struct wijk_shrunk, h->n_area);
    double *share = WIJK_NEW(cx, double, h->n_area), *se = WIJK_NEW(cx, double, h->n_area);
    for (size_t a = 0; a < h->n_area; a++) share[a] = h->same[a * h->n_period + h->n_period - 1];
    wijk_shrink_chance(share, base, h->n_area, 100, se);
    wijk_shrink_of(share, se, h->n_area, common, out);
    return out;
}

static const struct wijk_shrunk *slopes(struct wijk_cx *cx, const struct wijk_trend *t, size_t n,
                                        struct wijk_shrink_common *common)
{
    struct wijk_shrunk *out = WIJK_NEW(cx, struct wijk_shrunk, n);
    double *v = WIJK_NEW(cx, double, n), *se = WIJK_NEW(cx, double, n);
    for (size_t a = 0; a < n; a++) v[a] = t[a].line.slope, se[a] = t[a].line.slope_se;
    wijk_shrink_of(v, se, n, common, out);
    for (size_t a = 0; a < n; a++)
        if (t[a].lack != WIJK_LACK_NONE) out[a].lack = t[a].lack;
    return out;
}

enum wijk_err wijk_flow_trends(struct wijk_cx *cx, const struct wijk_snapshot *s,
                               const struct wijk_flow_trends_in *in, const struct wijk_flow_trends **out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_TREND));
    struct wijk_flow_trends *t = WIJK_NEW(cx, struct wijk_flow_trends, 1);
    struct wijk_flow_history_in which = {
        .division = in->division, .indicator = in->indicator, .release = in->release};
    WIJK_TRY(wijk_flow_history(cx, s, &which, &t->history));
    const struct wijk_history *h = t->history;
    while (t->first < h->n_period && h->period[t->first].year < in->from_year) t->first++;
    if (t->first == h->n_period)
        return wijk_fail(cx, WIJK_EDATA, "Vanaf %d zijn er geen cijfers van %s.", in->from_year,
                         wijk_indicator_label(h->indicator, wijk_cx_lang(cx)));
    size_t n = h->n_period - t->first;
    double *x = WIJK_NEW(cx, double, h->n_period), *value = WIJK_NEW(cx, double, h->n_area *n);
    uint8_t *lack = WIJK_NEW(cx, uint8_t, h->n_area * n);
    for (size_t p = 0; p < h->n_period; p++) x[p] = years_of(h->period[p]);
    for (size_t a = 0; a < h->n_area; a++) {
        memcpy(value + a * n, h->same + a * h->n_period + t->first, n * sizeof *value);
        memcpy(lack + a * n, h->lack + a * h->n_period + t->first, n * sizeof *lack);
    }
    struct wijk_trend *trend = WIJK_NEW(cx, struct wijk_trend, h->n_area);
    struct wijk_trend_in fit = {h->n_area, n, x + t->first, value, lack};
    t->opt = in->opt;
    if (!(t->opt.coverage > 0)) t->opt.coverage = 0.95;
    if (!(t->opt.steady_per_year > 0)) t->opt.steady_per_year = steady_of(s, h);
    if (!(t->opt.break_least > 0)) t->opt.break_least = 2 * YEARS * steady_of(s, h);
    WIJK_TRY(wijk_trend_fit(cx, &fit, t->opt, trend));
    t->x = x;
    t->trend = trend;
    t->noise = wijk_trend_noise(cx, &fit);
    t->slope = slopes(cx, trend, h->n_area, &t->common);
    t->level = levels(cx, s, h, &t->level_common);
    *out = t;
    return WIJK_OK;
}

struct wijk_trend_told wijk_trend_told(const struct wijk_flow_trends *t, size_t area)
{
    return (struct wijk_trend_told){&t->trend[area], t->history->indicator->decimals};
}
