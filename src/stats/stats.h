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

/* ---- columns.c: long columns, eight numbers at a time; any processor gives the same bits ---- */

struct wijk_moments {
    size_t n;        /* measured */
    double mean, sd; /* sd with n - 1; NAN of fewer than two; exactly 0 when all are equal */
};
/* In one pass, about the first measured value (Chan, Golub and LeVeque 1983). */
WIJK_API struct wijk_moments wijk_moments(const double *v, size_t n);

/* (v - centre) x per, and the weight that counts where v is measured. */
struct wijk_weighed {
    const double *v; /* finite, or NAN not measured */
    double centre, per, weight;
};
/* Adds the columns to num, and their weights to den, where they are measured; in the order given. */
WIJK_API void wijk_columns_add(const struct wijk_weighed *column, size_t n_column, double *num, double *den,
                               size_t n);

enum { WIJK_BLEND_PARTS = 8, WIJK_BLEND_LIMITS = 8 };
/* The weighted mean of num/den over the parts whose den is above their floor, on a scale, with its class. */
struct wijk_blend {
    size_t n_part, n_limit;
    const double *num[WIJK_BLEND_PARTS], *den[WIJK_BLEND_PARTS];
    double weight[WIJK_BLEND_PARTS]; /* of each part                                        */
    double floor[WIJK_BLEND_PARTS];  /* 0, or what sums that went up and down may leave behind */
    double share[WIJK_BLEND_PARTS];  /* known = sum of den x share                          */
    double min_known;                /* below it the total is NAN and the class 0           */
    double middle, step;             /* total = middle + step x mean                        */
    double limit[WIJK_BLEND_LIMITS]; /* increasing; class 1 + how many lie below the total  */
    double *total, *known;           /* n; NULL: not asked */
    uint8_t *class_;
};
WIJK_API void wijk_blend(const struct wijk_blend *b, size_t n);

/* ---- spread.c: how far values lie apart within groups ---- */

struct wijk_groups { /* members of group g: member[first[g]] .. member[first[g + 1] - 1], increasing */
    size_t n;
    const size_t *first, *member;
};
/* group: n, 0..n_group-1, or anything above for "in no group" */
WIJK_API void wijk_groups(struct wijk_cx *cx, const size_t *group, size_t n, size_t n_group,
                          struct wijk_groups *out);
struct wijk_spread {
    size_t n;                /* members that count: a value, and a weight above 0 */
    double weight, mean, sd; /* sd with the whole weight beneath it; NAN when n is 0 */
    double low, high;        /* smallest values that p_low and p_high of the weight do not exceed */
};
WIJK_API void wijk_spread_by_group(struct wijk_cx *cx, const struct wijk_groups *g, const double *v,
                                   const double *w, double p_low, double p_high, struct wijk_spread *out);

#endif
