/* SPDX-License-Identifier: EUPL-1.2 */
/* measure: how every area fares. First slice: Leefbaarometer values, their classes, where a change came from,
 * and the residents-weighted way up to wijk and gemeente. One method is never set beside another.
 * docs/methods/ has a page for each file. */
#ifndef WIJK_MEASURE_H
#define WIJK_MEASURE_H

#include "domain/domain.h"

/* ---- class.c ---- */

/* 1..9 by the limits of the release, NAN gives 0. Limits belong to the lower class: limit[k-2] < deviation <=
 * limit[k-1]. */
WIJK_API int wijk_class_of(const struct wijk_class_limits *limits, double deviation);
/* The limits of that release; NULL when the method has none for it (then no class is derived). */
WIJK_API const struct wijk_class_limits *wijk_class_limits_of(const struct wijk_method *m,
                                                              const char *release);
/* Re-derives limits from areas with a delivered class (n): the gap in which each limit must lie.
 * below[k], above[k]: largest deviation of class k+1, smallest of class k+2; NAN when a class is empty. */
WIJK_API void wijk_class_limits_seen(const double *deviation, const uint8_t *class_, size_t n,
                                     double below[WIJK_CLASSES - 1], double above[WIJK_CLASSES - 1]);

/* ---- score.c ---- */

enum wijk_class_origin { WIJK_CLASS_NONE, WIJK_CLASS_DELIVERED, WIJK_CLASS_DERIVED };

/* A score per area, one method, one period. All arrays n_area, NAN where not scored. */
struct wijk_scores {
    const struct wijk_method *method;
    const char *release;
    enum wijk_level level;
    int division_year;
    struct wijk_period period;
    size_t n;
    double *total;                          /* deviation from the national reference                     */
    double *score;                          /* the published score; NAN without one                      */
    double *dimension[WIJK_DIMENSIONS_MAX]; /* method->n_dimension arrays                                */
    uint8_t *class_;                        /* 1..9, 0 none                                              */
    uint8_t *class_origin;                  /* enum wijk_class_origin                                    */
    uint8_t *flag;                          /* 1: dimensions do not add up to the total within tolerance */
    double *covered; /* share of residents the figure speaks for; 1 when published for the
                        area itself, less when made of smaller areas              */
    bool aggregated; /* made of smaller areas: «buurtgemiddelde: telt te laag»    */
};
struct wijk_score_in { /* vectors n_area long or NULL, NAN where missing, from series of one release and
                          period */
    const double *total, *score, *delivered_class;
    const double *dimension[WIJK_DIMENSIONS_MAX];
};
/* Fails WIJK_EDATA when neither total nor all dimensions nor a delivered class are there. Without a vector of
 * totals the total is the sum of the dimensions; a total that is missing in one area (it may be hidden) is
 * not made up. A delivered class that is no whole number of 1 to 9 counts as none. */
WIJK_API enum wijk_err wijk_scores_of(struct wijk_cx *cx, const struct wijk_method *method,
                                      const char *release, enum wijk_level level, int division_year,
                                      struct wijk_period period, size_t n, struct wijk_score_in in,
                                      const struct wijk_scores **out);

/* The national reference M = score - deviation: its median over the areas, and the largest distance from it.
 * NAN NAN when no area has both. */
WIJK_API void wijk_score_reference(struct wijk_cx *cx, const double *score, const double *deviation, size_t n,
                                   double *reference, double *spread);

/* ---- change.c ---- */

/* Where a change between two periods of one method came from: change = sum of dimension changes + rest.
 *
 * total, rest  n_area;  part  n_dimension arrays of n_area;  NAN where either period lacks a value
 * Fails  WIJK_ESHAPE other method, release rules, level or division, or another number of areas */
struct wijk_change {
    size_t n;
    double *total, *rest;
    double *part[WIJK_DIMENSIONS_MAX];
};
WIJK_API enum wijk_err wijk_change_of(struct wijk_cx *cx, const struct wijk_scores *from,
                                      const struct wijk_scores *to, const struct wijk_change **out);

/* ---- aggregate.c ---- */

/* Scores of a higher level as residents-weighted means of the lower. An area without residents or without a
 * score does not count; `covered` says for which share of the known residents the figure speaks.
 *
 * low        scores of the lower level
 * residents  n_low, people; NAN not known
 * parent     n_low, index into the higher level, or SIZE_MAX
 * All figures of one area are over the same parts, those with a total, so that dimensions still add up; a
 * dimension or score that one of those lacks is NAN. A part that is flagged flags the whole. Fails
 * WIJK_ESHAPE when a parent is outside n_high. Class is derived by the method's limits for the release
 * (origin derived), or none. */
WIJK_API enum wijk_err wijk_scores_aggregate(struct wijk_cx *cx, const struct wijk_scores *low,
                                             const double *residents, const size_t *parent, size_t n_high,
                                             enum wijk_level high_level, const struct wijk_scores **out);

#endif
