/* SPDX-License-Identifier: EUPL-1.2 */
/* Where one number comes from: its series, the load, the source and the row in the file. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

static const struct wijk_load *load_by_id(const struct wijk_snapshot *s, uint32_t id)
{
    for (size_t i = 0; id && i < s->n_load; i++)
        if (s->load[i].id == id) return &s->load[i];
    return NULL;
}

/* The values of an indicator that is the total, the score or a dimension of a method; NULL otherwise. */
static const double *values_of(const struct wijk_scores *s, const char *indicator)
{
    if (strcmp(s->method->total, indicator) == 0) return s->total;
    if (strcmp(s->method->score, indicator) == 0) return s->score;
    for (size_t d = 0; d < s->method->n_dimension; d++)
        if (strcmp(s->method->dimension[d].indicator, indicator) == 0) return s->dimension[d];
    return NULL;
}

static const struct wijk_scores *scores_with(const struct wijk_snapshot_division *d, const char *indicator,
                                             struct wijk_period period)
{
    for (size_t i = 0; d && i < d->n_scores; i++)
        if (wijk_period_key(d->scores[i]->period) == wijk_period_key(period) &&
            values_of(d->scores[i], indicator))
            return d->scores[i];
    return NULL;
}

/* How many buurten with a figure lie in the area. */
static size_t parts_of(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                       const char *indicator, struct wijk_period period)
{
    const struct wijk_snapshot_division *low = wijk_snapshot_division(s, WIJK_LEVEL_BUURT,
                                                                      d->areas.division_year),
                                        *mid = wijk_snapshot_division(s, WIJK_LEVEL_WIJK,
                                                                      d->areas.division_year);
    const struct wijk_scores *of = scores_with(low, indicator, period);
    const double *v = of ? values_of(of, indicator) : NULL;
    size_t n = 0;
    for (size_t i = 0; v && i < of->n; i++) {
        size_t up = low->parent[i];
        if (up != SIZE_MAX && d->areas.level == WIJK_LEVEL_GEMEENTE) up = mid ? mid->parent[up] : SIZE_MAX;
        n += up == area && !isnan(v[i]);
    }
    return n;
}

/* A score nobody delivered for this area but that was made of its buurten; false when there is none. */
static bool made_here(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d,
                      struct wijk_trace *t, size_t area)
{
    const struct wijk_scores *of = scores_with(d, t->indicator->id, t->period);
    if (!of || !of->aggregated || area >= of->n) return false;
    t->value = values_of(of, t->indicator->id)[area];
    t->status = isnan(t->value) ? WIJK_STATUS_MISSING : WIJK_STATUS_OK;
    t->n_part = parts_of(s, d, area, t->indicator->id, t->period);
    return true;
}

enum wijk_err wijk_flow_trace(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                              const char *indicator, struct wijk_period period, int division_year,
                              const struct wijk_trace **out)
{
    const struct wijk_snapshot_division *d;
    size_t area;
    WIJK_TRY(wijk__area_find(cx, s, code, division_year, &d, &area));
    const struct wijk_indicator *def = wijk_defs_indicator(s->defs, indicator);
    if (!def) return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.", indicator);
    const struct wijk_series *v =
        wijk_snapshot_series(s, indicator, d->areas.level, d->areas.division_year, period);
    char when[16];
    wijk_period_write(period, when);
    struct wijk_trace *t = WIJK_NEW(cx, struct wijk_trace, 1);
    *t = (struct wijk_trace){
        .area = &d->areas.v[area],
        .level = d->areas.level,
        .division_year = d->areas.division_year,
        .indicator = def,
        .period = period,
    };
    *out = t;
    if (!v && made_here(s, d, t, area)) return WIJK_OK;
    if (!v)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen gegevens over %s voor %s.", indicator, when,
                         d->areas.v[area].code);
    bool known = area < v->n;
    t->period = v->key.period;
    t->value = known ? v->value[area] : NAN;
    t->status = known ? (enum wijk_status)v->status[area] : WIJK_STATUS_MISSING;
    t->load = load_by_id(s, known && v->load ? v->load[area] : 0);
    t->row = known && v->row ? v->row[area] : 0;
    if (t->load) t->source = wijk_defs_source(s->defs, t->load->source);
    return WIJK_OK;
}
