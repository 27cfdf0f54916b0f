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
    if (!v)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen gegevens over %s voor %s.", indicator, when,
                         d->areas.v[area].code);
    bool known = area < v->n;
    struct wijk_trace *t = WIJK_NEW(cx, struct wijk_trace, 1);
    *t = (struct wijk_trace){
        .area = &d->areas.v[area],
        .level = d->areas.level,
        .division_year = d->areas.division_year,
        .indicator = def,
        .period = v->key.period,
        .value = known ? v->value[area] : NAN,
        .status = known ? (enum wijk_status)v->status[area] : WIJK_STATUS_MISSING,
        .load = load_by_id(s, known && v->load ? v->load[area] : 0),
        .row = known && v->row ? v->row[area] : 0,
    };
    if (t->load) t->source = wijk_defs_source(s->defs, t->load->source);
    *out = t;
    return WIJK_OK;
}
