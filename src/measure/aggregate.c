/* SPDX-License-Identifier: EUPL-1.2 */
/* Scores of a wijk or gemeente as means of its parts, weighted by residents:
 *
 *   mean = sum of residents x value / sum of residents, over the parts that have both
 *
 * Every figure of one area is over the same parts, those with a total, so that the dimensions still add up.
 * Where one of those parts lacks a dimension, that mean is not known. docs/methods/optellen.md */
#include "measure/measure.h"
#include "measure/measure_int.h"

#include <math.h>

/* One value of the parts to one value of the whole, over the parts that count. `used` adds the same weights
 * in the same order as weigh(), so that equal sums mean that no part lacked the value. */
static void mean_of(const double *value, const double *weight, const size_t *parent, size_t n_low,
                    size_t n_high, const double *weight_high, double *used, double *mean)
{
    for (size_t j = 0; j < n_high; j++) mean[j] = used[j] = 0;
    for (size_t i = 0; i < n_low; i++) {
        size_t j = parent[i];
        if (j == SIZE_MAX || !(weight[i] > 0) || isnan(value[i])) continue;
        used[j] += weight[i];
        mean[j] += (value[i] - mean[j]) * (weight[i] / used[j]); /* keeps a constant exactly */
    }
    for (size_t j = 0; j < n_high; j++)
        if (!(used[j] > 0) || used[j] != weight_high[j]) mean[j] = NAN;
}

/* Residents of the parts with a total, and of all parts with known residents. */
static void weigh(const struct wijk_scores *low, const double *residents, const size_t *parent, size_t n_high,
                  double *weight, double *counted, double *known)
{
    for (size_t j = 0; j < n_high; j++) counted[j] = known[j] = 0;
    for (size_t i = 0; i < low->n; i++) {
        bool lives = residents[i] > 0 && !isinf(residents[i]);
        weight[i] = lives && !isnan(low->total[i]) ? residents[i] : 0;
        if (parent[i] == SIZE_MAX) continue;
        if (lives) known[parent[i]] += residents[i];
        counted[parent[i]] += weight[i];
    }
}

enum wijk_err wijk_scores_aggregate(struct wijk_cx *cx, const struct wijk_scores *low,
                                    const double *residents, const size_t *parent, size_t n_high,
                                    enum wijk_level high_level, const struct wijk_scores **out)
{
    for (size_t i = 0; i < low->n; i++)
        if (parent[i] != SIZE_MAX && parent[i] >= n_high)
            return wijk_fail(cx, WIJK_ESHAPE, "Een gebied hoort bij een hoger gebied dat er niet is.");
    const struct wijk_class_limits *limits = wijk_class_limits_of(low->method, low->release);
    struct wijk_scores *s = wijk__scores_new(cx, low->method, n_high);
    double *weight = WIJK_NEW(cx, double, low->n), *used = WIJK_NEW(cx, double, n_high);
    double *counted = WIJK_NEW(cx, double, n_high), *known = WIJK_NEW(cx, double, n_high);
    s->release = low->release;
    s->level = high_level;
    s->division_year = low->division_year;
    s->period = low->period;
    s->aggregated = true;
    weigh(low, residents, parent, n_high, weight, counted, known);
    mean_of(low->total, weight, parent, low->n, n_high, counted, used, s->total);
    mean_of(low->score, weight, parent, low->n, n_high, counted, used, s->score);
    for (size_t k = 0; k < low->method->n_dimension; k++)
        mean_of(low->dimension[k], weight, parent, low->n, n_high, counted, used, s->dimension[k]);
    for (size_t i = 0; i < low->n; i++)
        if (parent[i] != SIZE_MAX && weight[i] > 0 && low->flag[i]) s->flag[parent[i]] = 1;
    for (size_t j = 0; j < n_high; j++) {
        if (isnan(s->total[j])) continue;
        s->covered[j] = counted[j] / known[j];
        if (!limits) continue;
        s->class_[j] = (uint8_t)wijk_class_of(limits, s->total[j]);
        s->class_origin[j] = WIJK_CLASS_DERIVED;
    }
    *out = s;
    return WIJK_OK;
}
