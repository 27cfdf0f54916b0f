/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared inside measure only. */
#ifndef WIJK_MEASURE_INT_H
#define WIJK_MEASURE_INT_H

#include "measure/measure.h"

/* Scores of n areas with every array in place and nothing known yet. */
struct wijk_scores *wijk__scores_new(struct wijk_cx *cx, const struct wijk_method *method, size_t n);

/* peers.c: width (0 = 2.5758) x the robust spread of seen - expected; inside: share of them within it. */
double wijk__band_half(struct wijk_cx *cx, const double *seen, const double *expected, size_t n, double width,
                       double *inside);
/* Is it enough to speak of what is expected? */
bool wijk__explains(double r2);

/* The sum of known weights a dimension must exceed to count, and the way from sums to results. */
/* Input k was there that year; as a column from that area on, with that weight. */
bool wijk__index_has(const struct wijk_index *ix, size_t k);
struct wijk_weighed wijk__index_weighed(const struct wijk_index *ix, size_t k, size_t from, double weight);
double wijk__index_floor(const struct wijk_index *ix, size_t dimension);
struct wijk_blend wijk__index_blend(const struct wijk_index *ix);

#endif
