/* SPDX-License-Identifier: EUPL-1.2 */
/* One indicator over the years for the areas of one division: its own figures, else those of earlier
 * divisions as joined.c brings them over. The one place from which methods over time take their series. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NO_COLUMN = UINT16_MAX, COLUMNS_MOST = UINT16_MAX - 1 };

/* The series that may take part: real ones, and parts of scores that were computed. */
struct columns {
    const struct wijk_snapshot_division **division; /* by column */
    const struct wijk_series **v;
    size_t n, cap, cap_division;
};
struct work {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_flow_history_in *in;
    const struct wijk_indicator *indicator;
    const struct wijk_method *method;
    const char *release; /* NULL: any */
    struct columns c;
};

/* ---- which series ---- */

static void add(struct work *w, const struct wijk_snapshot_division *d, const struct wijk_series *v)
{
    if (w->c.n >= COLUMNS_MOST) return;
    w->c.v = wijk_grow(w->cx, w->c.v, w->c.n, &w->c.cap, sizeof *w->c.v);
    w->c.division = wijk_grow(w->cx, w->c.division, w->c.n, &w->c.cap_division, sizeof(*w->c.division));
    w->c.v[w->c.n] = v;
    w->c.division[w->c.n++] = d;
}

static bool of_kind(const struct work *w, struct wijk_period p)
{
    return w->in->months == (p.month != 0);
}

static bool known_period(const struct work *w, const struct wijk_snapshot_division *d, struct wijk_period p)
{
    for (size_t i = w->c.n; i-- > 0 && w->c.division[i] == d;)
        if (wijk_period_key(w->c.v[i]->key.period) == wijk_period_key(p)) return true;
    return false;
}

/* A part of a computed score as a series. A figure that is not there is only missing: why is told with the
 * smaller areas it would be made of. */
static const struct wijk_series *made(struct wijk_cx *cx, const char *indicator, const struct wijk_scores *s,
                                      const double *value)
{
    struct wijk_series *v = WIJK_NEW(cx, struct wijk_series, 1);
    uint8_t *status = WIJK_NEW(cx, uint8_t, s->n);
    for (size_t i = 0; i < s->n; i++)
        status[i] = (uint8_t)(isnan(value[i]) ? WIJK_STATUS_MISSING : WIJK_STATUS_OK);
    *v = (struct wijk_series){
        {indicator, s->period, s->level, s->division_year, s->release}, s->n, value, status, NULL, NULL};
    return v;
}

static void columns_of(struct work *w, const struct wijk_snapshot_division *d)
{
    const struct wijk_snapshot *s = w->s;
    for (size_t i = wijk__series_first(s->series, s->n_series, w->indicator->id);
         i < s->n_series && strcmp(s->series[i].key.indicator, w->indicator->id) == 0; i++) {
        const struct wijk_series_key *k = &s->series[i].key;
        if (k->level == d->areas.level && k->division_year == d->areas.division_year &&
            of_kind(w, k->period) && (!w->release || strcmp(k->release, w->release) == 0))
            add(w, d, &s->series[i]);
    }
    for (size_t i = 0; w->method && i < d->n_scores; i++) {
        const struct wijk_scores *one = d->scores[i];
        const double *value = one->method == w->method ? wijk_scores_part(one, w->indicator->id) : NULL;
        if (value && of_kind(w, one->period) && (!w->release || strcmp(one->release, w->release) == 0) &&
            !known_period(w, d, one->period))
            add(w, d, made(w->cx, w->indicator->id, one, value));
    }
}

static void all_columns(struct work *w)
{
    const struct wijk_snapshot_division *end = w->s->division + w->s->n_division;
    w->c.n = 0;
    for (const struct wijk_snapshot_division *d = w->in->division; d < end; d++) {
        if (d->areas.level != w->in->division->areas.level) break;
        columns_of(w, d);
    }
}

/* ---- periods and releases ---- */

static int by_key(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static size_t periods(const struct work *w, int32_t **out)
{
    size_t n = 0;
    int32_t *key = WIJK_NEW(w->cx, int32_t, w->c.n);
    for (size_t i = 0; i < w->c.n; i++) key[i] = wijk_period_key(w->c.v[i]->key.period);
    if (w->c.n) qsort(key, w->c.n, sizeof *key, by_key);
    for (size_t i = 0; i < w->c.n; i++)
        if (!n || key[n - 1] != key[i]) key[n++] = key[i];
    *out = key;
    return n;
}

/* Of the newest period in the newest division that has figures; of two releases of it the later. */
static const char *newest_release(const struct work *w)
{
    const struct wijk_series *best = NULL;
    for (size_t i = 0; i < w->c.n && w->c.division[i] == w->c.division[0]; i++)
        if (!best || wijk_period_key(w->c.v[i]->key.period) >= wijk_period_key(best->key.period))
            best = w->c.v[i];
    return best ? best->key.release : "";
}

static enum wijk_err choose(struct work *w, size_t *n_other)
{
    int32_t *key;
    w->release = w->method ? w->in->release : NULL;
    all_columns(w);
    if (w->method && !w->release) {
        size_t every = periods(w, &key);
        w->release = newest_release(w);
        all_columns(w);
        *n_other = every - periods(w, &key);
    }
    if (!w->c.n)
        return wijk_fail(w->cx, WIJK_ENOTFOUND, "Van %s zijn er geen cijfers per %s.",
                         wijk_indicator_label(w->indicator, wijk_cx_lang(w->cx)),
                         wijk_tr(w->cx, wijk_level_label(w->in->division->areas.level, false)));
    return WIJK_OK;
}

/* ---- cells ---- */

struct cells {
    double *value, *moved, *same;
    uint8_t *status, *join, *lack;
    uint16_t *from;
};

static bool joined(const struct work *w, size_t area, size_t column, struct wijk_joined *j)
{
    const struct wijk_series *v = w->c.v[column];
    const struct wijk_snapshot_division *d = w->in->division;
    if (w->c.division[column] != d)
        return wijk__join(w->s, d, area, w->c.division[column], v, w->indicator, j);
    *j =
        (struct wijk_joined){.join = WIJK_JOIN_OWN,
                             .value = area < v->n ? v->value[area] : NAN,
                             .status = area < v->n ? (enum wijk_status)v->status[area] : WIJK_STATUS_MISSING};
    return true;
}

/* One cell from the first of `column` that tells of the area; the newest release of a division goes first. */
static void fill(const struct work *w, const struct cells *c, size_t at, size_t area, const uint16_t *column,
                 size_t n)
{
    struct wijk_joined j = {.value = NAN};
    size_t k = 0;
    while (k < n && !joined(w, area, column[k], &j)) k++;
    c->from[at] = k < n ? column[k] : NO_COLUMN;
    c->value[at] = wijk_status_valued(j.status) ? j.value : NAN;
    c->status[at] = (uint8_t)j.status;
    c->join[at] = (uint8_t)j.join;
    c->moved[at] = j.join == WIJK_JOIN_CROSSED ? j.moved : 0;
    enum wijk_lack lack = wijk_lack_of(j.status);
    c->lack[at] = (uint8_t)(lack == WIJK_LACK_NONE && j.join == WIJK_JOIN_BROKEN ? WIJK_LACK_BROKEN : lack);
    c->same[at] = c->lack[at] == WIJK_LACK_NONE ? c->value[at] : NAN;
}

/* The columns of one period: newest division first, of one division the newest release first. */
static size_t of_period(const struct work *w, int32_t key, uint16_t *column)
{
    size_t n = 0;
    for (size_t i = 0; i < w->c.n; i++) {
        if (wijk_period_key(w->c.v[i]->key.period) != key) continue;
        size_t at = n++;
        while (at > 0 && w->c.division[column[at - 1]] == w->c.division[i]) {
            column[at] = column[at - 1];
            at--;
        }
        column[at] = (uint16_t)i;
    }
    return n;
}

static const size_t *places(const struct work *w, size_t *n)
{
    *n = w->in->area ? w->in->n_area : w->in->division->areas.n;
    size_t *v = WIJK_NEW(w->cx, size_t, *n);
    for (size_t i = 0; i < *n; i++) v[i] = w->in->area ? w->in->area[i] : i;
    return v;
}

static void lay(struct work *w, struct wijk_history *h)
{
    int32_t *key;
    h->n_period = periods(w, &key);
    size_t n = h->n_area * h->n_period;
    struct wijk_period *period = WIJK_NEW(w->cx, struct wijk_period, h->n_period);
    uint16_t *column = WIJK_NEW(w->cx, uint16_t, w->c.n);
    struct cells c = {WIJK_NEW(w->cx, double, n),  WIJK_NEW(w->cx, double, n),  WIJK_NEW(w->cx, double, n),
                      WIJK_NEW(w->cx, uint8_t, n), WIJK_NEW(w->cx, uint8_t, n), WIJK_NEW(w->cx, uint8_t, n),
                      WIJK_NEW(w->cx, uint16_t, n)};
    for (size_t p = 0; p < h->n_period; p++) {
        size_t n_column = of_period(w, key[p], column);
        period[p] = wijk_period_of_key(key[p]);
        for (size_t a = 0; a < h->n_area; a++) fill(w, &c, a * h->n_period + p, h->area[a], column, n_column);
    }
    h->period = period;
    h->value = c.value, h->moved = c.moved, h->same = c.same;
    h->status = c.status, h->join = c.join, h->lack = c.lack;
    h->from = c.from;
    h->column = w->c.v;
}

enum wijk_err wijk_flow_history(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                const struct wijk_flow_history_in *in, const struct wijk_history **out)
{
    struct work w = {.cx = cx, .s = s, .in = in, .indicator = wijk_defs_indicator(s->defs, in->indicator)};
    struct wijk_history *h = WIJK_NEW(cx, struct wijk_history, 1);
    if (!w.indicator) return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.", in->indicator);
    WIJK_TRY(wijk__published_indicator(cx, s, w.indicator));
    w.method = wijk_defs_method(s->defs, w.indicator->method);
    WIJK_TRY(choose(&w, &h->n_other));
    h->division = in->division;
    h->indicator = w.indicator;
    h->method = w.method;
    h->release = w.release ? w.release : "";
    h->area = places(&w, &h->n_area);
    lay(&w, h);
    *out = h;
    return WIJK_OK;
}

const char *wijk_history_id(struct wijk_cx *cx, const struct wijk_history *h, size_t a, size_t p)
{
    size_t at = a * h->n_period + p;
    if (h->from[at] == NO_COLUMN) return NULL;
    const struct wijk_series_key *k = &h->column[h->from[at]]->key;
    /* What came over from an earlier division is a number of today's area; else it is that division's own. */
    bool crossed = h->join[at] == WIJK_JOIN_CROSSED;
    return wijk_trace_id(cx,
                         &(struct wijk_trace_key){.code = h->division->areas.v[h->area[a]].code,
                                                  .name = h->indicator->id,
                                                  .period = h->period[p],
                                                  .division_year = crossed ? h->division->areas.division_year
                                                                           : k->division_year,
                                                  .release = k->release});
}
