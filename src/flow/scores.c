/* SPDX-License-Identifier: EUPL-1.2 */
/* Series become scores: published figures as they are, higher levels from buurten where nothing is published.
 */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The parts of a method, in one numbering: total, score, delivered class, then the dimensions. */
enum { PART_TOTAL, PART_SCORE, PART_CLASS, PART_DIMENSION, PARTS_MAX = PART_DIMENSION + WIJK_DIMENSIONS_MAX };

/* The series of one period and release that make up one set of scores. */
struct bundle {
    struct wijk_period period;
    const char *release;
    const struct wijk_series *part[PARTS_MAX];
};
struct work {
    const struct wijk__layer *layer;
    size_t n_layer;
    const struct wijk_series *series;
    size_t n_series;
    const struct wijk_scores **list;
    size_t n, cap;
};

static const char *part_indicator(const struct wijk_method *m, size_t part)
{
    if (part == PART_TOTAL) return m->total;
    if (part == PART_SCORE) return m->score;
    if (part == PART_CLASS) return m->delivered_class;
    return m->dimension[part - PART_DIMENSION].indicator;
}

static void keep(struct wijk_cx *cx, struct work *w, const struct wijk_scores *s)
{
    w->list = wijk_grow(cx, w->list, w->n, &w->cap, sizeof *w->list);
    w->list[w->n++] = s;
}

static bool of_layer(const struct wijk_series *s, const struct wijk__layer *l)
{
    return s->key.level == l->areas.level && s->key.division_year == l->areas.division_year;
}

size_t wijk__series_first(const struct wijk_series *series, size_t n, const char *indicator)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(series[mid].key.indicator, indicator) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* All bundles of a method in a layer, by period then release. */
static size_t bundles(struct wijk_cx *cx, const struct work *w, const struct wijk_method *m,
                      const struct wijk__layer *layer, struct bundle **out)
{
    size_t n = 0, cap = 0;
    struct bundle *v = NULL;
    for (size_t part = 0; part < PART_DIMENSION + m->n_dimension; part++) {
        const char *indicator = part_indicator(m, part);
        if (!indicator || !*indicator) continue;
        for (size_t i = wijk__series_first(w->series, w->n_series, indicator);
             i < w->n_series && strcmp(w->series[i].key.indicator, indicator) == 0; i++) {
            const struct wijk_series *s = &w->series[i];
            if (!of_layer(s, layer)) continue;
            size_t at = 0;
            int32_t key = wijk_period_key(s->key.period);
            while (at < n && (wijk_period_key(v[at].period) < key ||
                              (wijk_period_key(v[at].period) == key &&
                               wijk_release_order(v[at].release, s->key.release) < 0)))
                at++;
            bool have =
                at < n && wijk_period_key(v[at].period) == key && strcmp(v[at].release, s->key.release) == 0;
            if (!have) {
                v = wijk_grow(cx, v, n, &cap, sizeof *v);
                memmove(v + at + 1, v + at, (n - at) * sizeof *v);
                v[at] = (struct bundle){.period = s->key.period, .release = s->key.release};
                n++;
            }
            v[at].part[part] = s;
        }
    }
    *out = v;
    return n;
}

/* wijk_scores_of() needs a total, or all dimensions, or a class; less is no score. */
static bool bundle_enough(const struct wijk_method *m, const struct bundle *b)
{
    if (b->part[PART_TOTAL] || b->part[PART_CLASS]) return true;
    for (size_t d = 0; d < m->n_dimension; d++)
        if (!b->part[PART_DIMENSION + d]) return false;
    return m->n_dimension > 0;
}

/* A vector as long as the division; areas added after the series was kept have no value. */
static const double *whole(struct wijk_cx *cx, const struct wijk_series *s, size_t n)
{
    if (!s || s->n >= n) return s ? s->value : NULL;
    double *v = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) v[i] = i < s->n ? s->value[i] : NAN;
    return v;
}

static enum wijk_err published(struct wijk_cx *cx, struct work *w, const struct wijk_method *m,
                               const struct wijk__layer *layer)
{
    struct bundle *v;
    size_t n = bundles(cx, w, m, layer, &v);
    for (size_t i = 0; i < n; i++) {
        bool newer = false; /* a later release of the same period follows in the order */
        for (size_t k = i + 1; k < n && wijk_period_key(v[k].period) == wijk_period_key(v[i].period); k++)
            newer = newer || bundle_enough(m, &v[k]);
        if (newer || !bundle_enough(m, &v[i])) continue;
        size_t areas = layer->areas.n;
        struct wijk_score_in in = {whole(cx, v[i].part[PART_TOTAL], areas),
                                   whole(cx, v[i].part[PART_SCORE], areas),
                                   whole(cx, v[i].part[PART_CLASS], areas),
                                   {NULL}};
        for (size_t d = 0; d < m->n_dimension; d++)
            in.dimension[d] = whole(cx, v[i].part[PART_DIMENSION + d], areas);
        const struct wijk_scores *s;
        WIJK_TRY(wijk_scores_of(cx, m, v[i].release, layer->areas.level, layer->areas.division_year,
                                v[i].period, areas, in, &s));
        keep(cx, w, s);
    }
    return WIJK_OK;
}

static const struct wijk__layer *layer_of(const struct work *w, enum wijk_level level, int year)
{
    for (size_t i = 0; i < w->n_layer; i++)
        if (w->layer[i].areas.level == level && w->layer[i].areas.division_year == year) return &w->layer[i];
    return NULL;
}

bool wijk__tells_residents(const struct wijk_series *s, enum wijk_level level, int division_year, int year)
{
    return strcmp(s->key.indicator, "residents") == 0 && s->key.level == level &&
           s->key.division_year == division_year && s->key.period.year == year && !s->key.period.month;
}

/* Residents in that year where a series tells, else as known for the area. */
static const double *residents_of(struct wijk_cx *cx, const struct work *w, const struct wijk__layer *layer,
                                  struct wijk_period period)
{
    double *v = WIJK_NEW(cx, double, layer->areas.n);
    for (size_t i = 0; i < layer->areas.n; i++) v[i] = layer->areas.v[i].residents;
    for (size_t i = wijk__series_first(w->series, w->n_series, "residents");
         i < w->n_series && strcmp(w->series[i].key.indicator, "residents") == 0; i++) {
        const struct wijk_series *s = &w->series[i];
        if (!wijk__tells_residents(s, layer->areas.level, layer->areas.division_year, period.year)) continue;
        for (size_t k = 0; k < s->n && k < layer->areas.n; k++)
            if (!isnan(s->value[k])) v[k] = s->value[k];
    }
    return v;
}

static bool already(const struct work *w, const struct wijk_method *m, enum wijk_level level, int year,
                    struct wijk_period period)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct wijk_scores *s = w->list[i];
        if (s->method == m && s->level == level && s->division_year == year &&
            wijk_period_key(s->period) == wijk_period_key(period))
            return true;
    }
    return false;
}

/* Wijk and gemeente straight from buurten, so that no mean is taken of means. */
static enum wijk_err aggregate(struct wijk_cx *cx, struct work *w, const struct wijk_scores *low)
{
    const struct wijk__layer *buurt = layer_of(w, low->level, low->division_year);
    const struct wijk__layer *wijk = layer_of(w, WIJK_LEVEL_WIJK, low->division_year);
    const struct wijk__layer *gemeente = layer_of(w, WIJK_LEVEL_GEMEENTE, low->division_year);
    const double *residents = residents_of(cx, w, buurt, low->period);
    const struct wijk_scores *s;
    if (wijk && !already(w, low->method, WIJK_LEVEL_WIJK, low->division_year, low->period)) {
        WIJK_TRY(
            wijk_scores_aggregate(cx, low, residents, buurt->parent, wijk->areas.n, WIJK_LEVEL_WIJK, &s));
        keep(cx, w, s);
    }
    if (wijk && gemeente && !already(w, low->method, WIJK_LEVEL_GEMEENTE, low->division_year, low->period)) {
        size_t *up = WIJK_NEW(cx, size_t, low->n);
        for (size_t i = 0; i < low->n; i++)
            up[i] = buurt->parent[i] == SIZE_MAX ? SIZE_MAX : wijk->parent[buurt->parent[i]];
        WIJK_TRY(wijk_scores_aggregate(cx, low, residents, up, gemeente->areas.n, WIJK_LEVEL_GEMEENTE, &s));
        keep(cx, w, s);
    }
    return WIJK_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct wijk_scores *x = *(const struct wijk_scores *const *)a,
                             *y = *(const struct wijk_scores *const *)b;
    if (x->method != y->method) return x->method < y->method ? -1 : 1; /* one array: the order of defs */
    if (x->level != y->level) return x->level < y->level ? -1 : 1;
    if (x->division_year != y->division_year) return x->division_year > y->division_year ? -1 : 1;
    return (wijk_period_key(x->period) > wijk_period_key(y->period)) -
           (wijk_period_key(x->period) < wijk_period_key(y->period));
}

enum wijk_err wijk__flow_scores(struct wijk_cx *cx, const struct wijk_defs *defs, const char *method,
                                const struct wijk__layer *layer, size_t n_layer,
                                const struct wijk_series *series, size_t n_series,
                                const struct wijk_scores *const **out, size_t *n)
{
    struct work w = {layer, n_layer, series, n_series, NULL, 0, 0};
    for (size_t m = 0; m < defs->n_method; m++) {
        if (method && strcmp(method, defs->method[m].id) != 0) continue;
        for (size_t l = 0; l < n_layer; l++) WIJK_TRY(published(cx, &w, &defs->method[m], &layer[l]));
    }
    size_t n_published = w.n;
    for (size_t i = 0; i < n_published; i++)
        if (w.list[i]->level == WIJK_LEVEL_BUURT) WIJK_TRY(aggregate(cx, &w, w.list[i]));
    if (w.n) qsort(w.list, w.n, sizeof(*w.list), by_place);
    *out = w.list;
    *n = w.n;
    return WIJK_OK;
}
