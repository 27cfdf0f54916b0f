/* SPDX-License-Identifier: EUPL-1.2 */
/* Published livability values as scores: total, dimensions and class, each checked against the others.
 *
 *   deviation = score - M           M: one national reference per release
 *   deviation = sum of dimensions   within the tolerance of the method, or the area is flagged
 *
 * docs/methods/leefbaarometer.md */
#include "measure/measure.h"
#include "measure/measure_int.h"

#include <math.h>
#include <string.h>

struct wijk_scores *wijk__scores_new(struct wijk_cx *cx, const struct wijk_method *method, size_t n)
{
    struct wijk_scores *s = WIJK_NEW(cx, struct wijk_scores, 1);
    double **array[] = {&s->total, &s->score, &s->covered};
    s->method = method;
    s->n = n;
    for (size_t k = 0; k < sizeof array / sizeof *array; k++) *array[k] = WIJK_NEW(cx, double, n);
    for (size_t k = 0; k < method->n_dimension; k++) s->dimension[k] = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) {
        s->total[i] = s->score[i] = s->covered[i] = NAN;
        for (size_t k = 0; k < method->n_dimension; k++) s->dimension[k][i] = NAN;
    }
    s->class_ = WIJK_NEW(cx, uint8_t, n);
    s->class_origin = WIJK_NEW(cx, uint8_t, n);
    s->flag = WIJK_NEW(cx, uint8_t, n);
    return s;
}

static bool all_dimensions(const struct wijk_method *method, const struct wijk_score_in *in)
{
    for (size_t k = 0; k < method->n_dimension; k++)
        if (!in->dimension[k]) return false;
    return method->n_dimension > 0;
}

/* NAN when one of them is missing. */
static double dimension_sum(const struct wijk_scores *s, size_t i)
{
    double sum = s->method->n_dimension ? 0 : (double)NAN;
    for (size_t k = 0; k < s->method->n_dimension; k++) sum += s->dimension[k][i];
    return sum;
}

static void set_class(struct wijk_scores *s, size_t i, double delivered,
                      const struct wijk_class_limits *limits)
{
    if (delivered >= 1 && delivered <= WIJK_CLASSES && delivered == floor(delivered)) {
        s->class_[i] = (uint8_t)delivered;
        s->class_origin[i] = WIJK_CLASS_DELIVERED;
    } else if (limits && !isnan(s->total[i])) {
        s->class_[i] = (uint8_t)wijk_class_of(limits, s->total[i]);
        s->class_origin[i] = WIJK_CLASS_DERIVED;
    }
}

static double value_at(const double *vector, size_t i)
{
    return vector ? vector[i] : (double)NAN;
}

enum wijk_err wijk_scores_of(struct wijk_cx *cx, const struct wijk_method *method, const char *release,
                             enum wijk_level level, int division_year, struct wijk_period period, size_t n,
                             struct wijk_score_in in, const struct wijk_scores **out)
{
    if (!in.total && !all_dimensions(method, &in) && !in.delivered_class)
        return wijk_fail(cx, WIJK_EDATA, "Van %s zijn er geen waarden om een score van te maken.",
                         method->label_nl);
    const struct wijk_class_limits *limits = wijk_class_limits_of(method, release);
    struct wijk_scores *s = wijk__scores_new(cx, method, n);
    s->release = release;
    s->level = level;
    s->division_year = division_year;
    s->period = period;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < method->n_dimension; k++) s->dimension[k][i] = value_at(in.dimension[k], i);
        double sum = dimension_sum(s, i);
        s->total[i] = in.total ? in.total[i] : sum;
        s->score[i] = value_at(in.score, i);
        s->flag[i] = fabs(s->total[i] - sum) > method->sum_tolerance; /* false when either is NAN */
        set_class(s, i, value_at(in.delivered_class, i), limits);
        if (!isnan(s->total[i]) || s->class_[i]) s->covered[i] = 1;
    }
    *out = s;
    return WIJK_OK;
}

const double *wijk_scores_part(const struct wijk_scores *s, const char *indicator)
{
    const struct wijk_method *m = s->method;
    if (strcmp(m->total, indicator) == 0) return s->total;
    if (strcmp(m->score, indicator) == 0) return s->score;
    for (size_t d = 0; d < m->n_dimension; d++)
        if (strcmp(m->dimension[d].indicator, indicator) == 0) return s->dimension[d];
    return NULL;
}

void wijk_score_reference(struct wijk_cx *cx, const double *score, const double *deviation, size_t n,
                          double *reference, double *spread)
{
    double *difference = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) difference[i] = score[i] - deviation[i];
    *reference = wijk_quantile(difference, n, 0.5); /* passes over NAN, may reorder */
    *spread = NAN;
    for (size_t i = 0; i < n; i++) *spread = fmax(*spread, fabs(difference[i] - *reference));
}
