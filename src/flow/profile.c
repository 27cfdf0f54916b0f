/* SPDX-License-Identifier: EUPL-1.2 */
/* All that is known of one area. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

enum wijk_err wijk__area_find(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                              int division_year, const struct wijk_snapshot_division **division, size_t *area)
{
    enum wijk_level level = WIJK_LEVEL_COUNT;
    char normal[WIJK_CODE_MAX];
    if (wijk_code_level(wijk_str(code), &level) && wijk_code_normalise(wijk_str(code), level, normal))
        code = normal;
    for (size_t i = 0; i < s->n_division; i++) {
        const struct wijk_snapshot_division *d = &s->division[i];
        if (division_year && d->areas.division_year != division_year) continue;
        *area = wijk_area_find(d->index, code);
        if (*area != SIZE_MAX) return *division = d, WIJK_OK;
    }
    for (size_t i = 0; i < s->n_division; i++) {
        const struct wijk_areas *a = &s->division[i].areas;
        if (division_year && a->division_year != division_year) continue;
        const char *like = level == WIJK_LEVEL_COUNT || a->level == level ? wijk_area_suggest(a, code) : NULL;
        if (like)
            return wijk_fail(cx, WIJK_ENOTFOUND, "Het gebied %s bestaat niet. Bedoelt u %s?", code, like);
    }
    return wijk_fail(cx, WIJK_ENOTFOUND, "Het gebied %s bestaat niet.", code);
}

static const struct wijk_area *at_level(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d,
                                        size_t area, enum wijk_level level)
{
    while (d && area != SIZE_MAX && d->areas.level < level && d->areas.level < WIJK_LEVEL_GEMEENTE) {
        area = d->parent[area];
        d = wijk_snapshot_division(s, d->areas.level + 1, d->areas.division_year);
    }
    return d && area != SIZE_MAX && d->areas.level == level ? &d->areas.v[area] : NULL;
}

enum wijk_err wijk_flow_profile(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                                int division_year, const struct wijk_profile **out)
{
    struct wijk_profile *p = WIJK_NEW(cx, struct wijk_profile, 1);
    WIJK_TRY(wijk__area_find(cx, s, code, division_year, &p->division, &p->area));
    const struct wijk_snapshot_division *d = p->division;
    p->self = &d->areas.v[p->area];
    p->wijk = d->areas.level == WIJK_LEVEL_BUURT ? at_level(s, d, p->area, WIJK_LEVEL_WIJK) : NULL;
    p->gemeente = d->areas.level < WIJK_LEVEL_GEMEENTE ? at_level(s, d, p->area, WIJK_LEVEL_GEMEENTE) : NULL;
    struct wijk_flow_value *value = WIJK_NEW(cx, struct wijk_flow_value, d->n_series);
    for (size_t i = 0; i < d->n_series; i++) {
        const struct wijk_series *v = d->series[i];
        bool known = p->area < v->n;
        value[i] =
            (struct wijk_flow_value){d->indicator[i], v, v->key.period, known ? v->value[p->area] : NAN,
                                     known ? (enum wijk_status)v->status[p->area] : WIJK_STATUS_MISSING};
    }
    p->value = value;
    p->n_value = d->n_series;
    p->scores = d->scores;
    p->n_scores = d->n_scores;
    *out = p;
    return WIJK_OK;
}
