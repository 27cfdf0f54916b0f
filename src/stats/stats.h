/* SPDX-License-Identifier: EUPL-1.2 */
/* stats: arrays in, numbers out; no word of the field. NAN is "not measured" everywhere. */
#ifndef WIJK_STATS_H
#define WIJK_STATS_H

#include "base/base.h"

/* Sum of the measured values, with compensation (Neumaier 1974), so that the order does not show. 0 for none.
 */
WIJK_API double wijk_sum(const double *v, size_t n);

/* Mean weighted by w. Elements where v or w is NAN, or w <= 0, do not count. NAN when nothing counts.
 * used  sum of the weights that counted; may be NULL */
WIJK_API double wijk_mean_weighted(const double *v, const double *w, size_t n, double *used);

/* Quantile p (0..1) of the measured values, linear between order statistics (Hyndman and Fan 1996, type 7).
 * v is reordered. NAN when nothing is measured. */
WIJK_API double wijk_quantile(double *v, size_t n, double p);

/* Groups: weighted means of members by group number.
 *
 * group   n, 0..n_group-1, or SIZE_MAX for "in no group"
 * mean    n_group, NAN where nothing counts
 * share   n_group, weight that counted / weight of all members with a known weight; NAN where that is 0; may
 * be NULL n_used  n_group, members that counted; may be NULL */
WIJK_API void wijk_mean_by_group(const double *v, const double *w, const size_t *group, size_t n,
                                 size_t n_group, double *mean, double *share, size_t *n_used);

/* A small repeatable source of chance (splitmix64 seeding xoshiro256**): one seed, one sequence, on every
 * machine. */
struct wijk_rng {
    uint64_t s[4];
};
WIJK_API struct wijk_rng wijk_rng(uint64_t seed);
WIJK_API uint64_t wijk_rng_next(struct wijk_rng *r);
WIJK_API double wijk_rng_uniform(struct wijk_rng *r);         /* [0, 1) with 53 bits           */
WIJK_API double wijk_rng_normal(struct wijk_rng *r);          /* mean 0, sd 1 (polar method)   */
WIJK_API size_t wijk_rng_below(struct wijk_rng *r, size_t n); /* 0..n-1 without bias; n > 0    */

#endif
