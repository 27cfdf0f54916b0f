/* SPDX-License-Identifier: EUPL-1.2 */
/* Figures of earlier divisions beside those of today's: brought over by a crosswalk, as they are where the
 * border is known to be unchanged, or behind a break. They come from the snapshot, so from figures that may
 * leave. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* ---- crosswalks of a snapshot ---- */

struct works {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_crosswalk_kept *kept;
    size_t n;
};

/* From one division to another under one gemeente's tables (or those of all), directly or by the fewest
 * years between; NULL when there is no way. */
static const struct wijk_crosswalk *way(const struct works *w, const char *gemeente,
                                        const struct wijk_snapshot_division *from,
                                        const struct wijk_snapshot_division *to, size_t *steps,
                                        const struct wijk_crosswalk_kept **last)
{
    const struct wijk_crosswalk *best = NULL;
    for (size_t i = 0; i < w->n; i++) { /* newest end first: the longest step wins */
        const struct wijk_crosswalk_kept *k = &w->kept[i];
        if (k->level != from->areas.level || k->from_year != from->areas.division_year ||
            k->to_year > to->areas.division_year || strcmp(k->gemeente, gemeente) != 0)
            continue;
        const struct wijk_snapshot_division *mid = wijk_snapshot_division(w->s, k->level, k->to_year);
        if (!mid) continue;
        const struct wijk_crosswalk *first =
            wijk__cross_of(w->cx, k, &from->areas, from->index, &mid->areas, mid->index);
        if (!first) continue;
        *steps = 1;
        *last = k;
        if (mid == to) return first;
        const struct wijk_crosswalk *rest = way(w, gemeente, mid, to, steps, last);
        if (!rest) continue;
        if (wijk_crosswalk_compose(w->cx, first, rest, &best) == WIJK_OK) return ++*steps, best;
        wijk_fault_clear(w->cx);
    }
    return NULL;
}

static const double *residents_of(struct wijk_cx *cx, const struct wijk_areas *a)
{
    double *v = WIJK_NEW(cx, double, a->n);
    for (size_t i = 0; i < a->n; i++) v[i] = a->v[i].residents;
    return v;
}

static bool first_of_gemeente(const struct works *w, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(w->kept[k].gemeente, w->kept[i].gemeente) == 0) return false;
    return true;
}

/* Own tables of a gemeente go before those of all. */
static void add_ways(const struct works *w, const struct wijk_snapshot_division *from,
                     struct wijk_snapshot_division *to, struct wijk_earlier *list, size_t most)
{
    for (int general = 0; general < 2; general++)
        for (size_t i = 0; i < w->n && to->n_earlier < most; i++) {
            size_t steps;
            const struct wijk_crosswalk_kept *last;
            const char *gemeente = w->kept[i].gemeente;
            if ((*gemeente == '\0') != general || !first_of_gemeente(w, i)) continue;
            const struct wijk_crosswalk *x = way(w, gemeente, from, to, &steps, &last);
            if (!x) continue;
            list[to->n_earlier++] = (struct wijk_earlier){
                from, x, gemeente, last->made_at, last->file_name, steps, residents_of(w->cx, &from->areas)};
        }
}

enum wijk_err wijk__joined_read(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                                struct wijk_snapshot_division *division)
{
    enum { STEPS_MOST = 256 };
    struct works w = {.cx = cx, .s = s};
    WIJK_TRY(wijk_store_read_crosswalks(cx, store, &w.kept, &w.n));
    for (size_t i = 0; w.n && i < s->n_division; i++) {
        struct wijk_earlier *list = WIJK_NEW(cx, struct wijk_earlier, STEPS_MOST);
        for (size_t k = i + 1; k < s->n_division; k++) /* by level, newest first */
            if (division[k].areas.level == division[i].areas.level)
                add_ways(&w, &division[k], &division[i], list, STEPS_MOST);
        division[i].earlier = list;
    }
    return WIJK_OK;
}

/* ---- was the border the same? ---- */

/* What the publisher says of an area in one year: 1 as the year before, something else not; NAN says nothing.
 */
static double told(const struct wijk_snapshot *s, enum wijk_level level, int year, const char *code)
{
    double v = NAN;
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, level, year);
    size_t at = d ? wijk_area_find(d->index, code) : SIZE_MAX;
    for (size_t i = wijk__series_first(s->series, s->n_series, "border_change");
         at != SIZE_MAX && i < s->n_series && strcmp(s->series[i].key.indicator, "border_change") == 0; i++) {
        const struct wijk_series *r = &s->series[i];
        if (r->key.level == level && r->key.division_year == year && r->key.period.year == year &&
            at < r->n && !isnan(r->value[at]))
            v = r->value[at];
    }
    return v;
}

/* The newest year after `from` in which the border is said to have changed; the year of the division itself
 * when one of the years says nothing; 0 when all say it is the same. */
static int border_year(const struct wijk_snapshot *s, enum wijk_level level, int from, int to,
                       const char *code, bool *said)
{
    bool unknown = false;
    for (int y = to; y > from; y--) {
        double v = told(s, level, y, code);
        if (v != 1 && !isnan(v)) return *said = true, y;
        unknown = unknown || isnan(v);
    }
    *said = false;
    return unknown ? to : 0;
}

/* ---- one figure ---- */

/* The crosswalk that holds for this area; NULL none. *any: there is one between the divisions, so that an
 * area it does not name comes from nowhere. */
static const struct wijk_earlier *way_to(const struct wijk_snapshot_division *d, size_t area,
                                         const struct wijk_snapshot_division *from, bool *any)
{
    char of[WIJK_CODE_MAX] = "";
    *any = false;
    if (!wijk_code_gemeente(d->areas.v[area].code, of)) of[0] = '\0';
    for (size_t i = 0; i < d->n_earlier; i++) {
        const struct wijk_earlier *e = &d->earlier[i];
        if (e->division != from || (*e->gemeente && strcmp(e->gemeente, of) != 0)) continue;
        *any = true;
        if (e->crosswalk->first[area] < e->crosswalk->first[area + 1]) return e;
    }
    return NULL;
}

/* Residents of the old areas in that year, when a series tells them of all. */
static const double *lives(const struct wijk_snapshot *s, const struct wijk_earlier *e,
                           const struct wijk_series *v)
{
    const struct wijk_areas *a = &e->division->areas;
    for (size_t i = wijk__series_first(s->series, s->n_series, "residents"); i < s->n_series; i++) {
        const struct wijk_series *r = &s->series[i];
        if (strcmp(r->key.indicator, "residents") != 0) break;
        if (wijk__tells_residents(r, a->level, a->division_year, v->key.period.year) && r->n == a->n)
            return r->value;
    }
    return e->residents;
}

static struct wijk_joined crossed(const struct wijk_snapshot *s, const struct wijk_earlier *e, size_t area,
                                  const struct wijk_series *v, const struct wijk_indicator *indicator)
{
    const double *residents = lives(s, e, v);
    struct wijk_cross_figures f = {v->value,
                                   v->status,
                                   v->n < e->crosswalk->n_from ? v->n : e->crosswalk->n_from,
                                   residents,
                                   indicator->aggregation,
                                   0};
    struct wijk_cross_value one = wijk_crosswalk_value(e->crosswalk, &f, area);
    return (struct wijk_joined){.join = WIJK_JOIN_CROSSED,
                                .division = e->division,
                                .series = v,
                                .by = e,
                                .residents = residents,
                                .area = SIZE_MAX,
                                .value = one.value,
                                .status = one.status,
                                .moved = one.moved};
}

bool wijk__join(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                const struct wijk_snapshot_division *from, const struct wijk_series *v,
                const struct wijk_indicator *indicator, struct wijk_joined *out)
{
    bool any, said;
    const char *code = d->areas.v[area].code;
    const struct wijk_earlier *e = way_to(d, area, from, &any);
    if (e) return *out = crossed(s, e, area, v, indicator), true;
    size_t at = any ? SIZE_MAX : wijk_area_find(from->index, code);
    if (at == SIZE_MAX) return false;
    int year = border_year(s, d->areas.level, from->areas.division_year, d->areas.division_year, code, &said);
    *out = (struct wijk_joined){.join = year ? WIJK_JOIN_BROKEN : WIJK_JOIN_SAME,
                                .division = from,
                                .series = v,
                                .area = at,
                                .value = at < v->n ? v->value[at] : NAN,
                                .status = at < v->n ? (enum wijk_status)v->status[at] : WIJK_STATUS_MISSING,
                                .border_year = year,
                                .border_said = said};
    return true;
}

bool wijk__join_find(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                     const char *indicator, struct wijk_period period, struct wijk_joined *out)
{
    for (const struct wijk_snapshot_division *e = d + 1; e < s->division + s->n_division; e++) {
        if (e->areas.level != d->areas.level) break;
        for (size_t i = 0; i < e->n_series; i++)
            if (strcmp(e->series[i]->key.indicator, indicator) == 0 &&
                wijk_period_key(e->series[i]->key.period) == wijk_period_key(period) &&
                wijk__join(s, d, area, e, e->series[i], e->indicator[i], out))
                return true;
    }
    return false;
}

const char *wijk_border_words(struct wijk_cx *cx, const struct wijk_joined *j)
{
    if (j->join != WIJK_JOIN_BROKEN) return "";
    return wijk_sprintf(cx,
                        wijk_tr(cx, j->border_said
                                        ? WIJK_T("Grens gewijzigd in %d")
                                        : WIJK_T("Andere indeling vanaf %d: de grens kan gewijzigd zijn")),
                        j->border_year);
}
