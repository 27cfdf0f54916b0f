/* SPDX-License-Identifier: EUPL-1.2 */
/* All that is known of one area. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
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

/* In the order of defs, then period; of one period the newest division first. */
static int by_period(const void *a, const void *b)
{
    const struct wijk_flow_value *p = a, *q = b;
    if (p->indicator != q->indicator) return p->indicator < q->indicator ? -1 : 1;
    int32_t x = wijk_period_key(p->period), y = wijk_period_key(q->period);
    if (x != y) return x < y ? -1 : 1;
    int u = p->series->key.division_year, v = q->series->key.division_year;
    return (u < v) - (u > v);
}

static struct wijk_flow_value own(const struct wijk_snapshot_division *d, size_t i, size_t area)
{
    const struct wijk_series *v = d->series[i];
    bool known = area < v->n;
    return (struct wijk_flow_value){d->indicator[i],
                                    v,
                                    v->key.period,
                                    known ? v->value[area] : NAN,
                                    known ? (enum wijk_status)v->status[area] : WIJK_STATUS_MISSING,
                                    {.join = WIJK_JOIN_OWN, .division = d, .series = v, .area = area}};
}

static void values(struct wijk_cx *cx, const struct wijk_snapshot *s, struct wijk_profile *p)
{
    const struct wijk_snapshot_division *d = p->division, *end = s->division + s->n_division;
    size_t most = d->n_series, n = 0;
    for (const struct wijk_snapshot_division *e = d + 1; e < end && e->areas.level == d->areas.level; e++)
        most += e->n_series;
    struct wijk_flow_value *v = WIJK_NEW(cx, struct wijk_flow_value, most);
    for (size_t i = 0; i < d->n_series; i++) v[n++] = own(d, i, p->area);
    for (const struct wijk_snapshot_division *e = d + 1; e < end && e->areas.level == d->areas.level; e++)
        for (size_t i = 0; i < e->n_series; i++) {
            struct wijk_joined j;
            if (!wijk__join(s, d, p->area, e, e->series[i], e->indicator[i], &j)) continue;
            v[n++] = (struct wijk_flow_value){e->indicator[i], e->series[i], e->series[i]->key.period,
                                              j.value,         j.status,     j};
        }
    if (n) qsort(v, n, sizeof *v, by_period);
    for (size_t i = 0; i < n; i++) {
        const struct wijk_flow_value *last = p->n_value ? &v[p->n_value - 1] : NULL;
        if (last && last->indicator == v[i].indicator &&
            wijk_period_key(last->period) == wijk_period_key(v[i].period))
            continue;
        v[p->n_value++] = v[i];
    }
    p->value = v;
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
    values(cx, s, p);
    p->scores = d->scores;
    p->n_scores = d->n_scores;
    *out = p;
    return WIJK_OK;
}
