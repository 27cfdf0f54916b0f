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

/* ---- scale.c, near.c, ridge.c: rows that are alike, and what is to be expected of a row ---- */

/* The median of the measured values; spread: 1.4826 x the median distance from it or, where that is 0, the
 * width between the tenths over 2.5631: for normal values the standard deviation. 0: they do not vary; both
 * NAN when nothing is measured. work  n, overwritten. Source: Rousseeuw and Croux 1993 */
WIJK_API double wijk_robust(const double *v, size_t n, double *work, double *spread);

struct wijk_near_in {
    size_t n, d;
    const double *x;   /* n x d, by row; finite, or NAN not measured */
    size_t k;          /* neighbours wanted */
    size_t min_shared; /* columns that two rows must both have to be neighbours; 0 = 1 */
};
/* The k rows nearest to a row, itself left out, nearest first; of equals the lower row first. Euclidean
 * distance over the columns that both have, times sqrt(d / columns that both have). Where there are fewer
 * than k: UINT32_MAX and NAN.
 *
 * near, distance  k */
WIJK_API void wijk_near_one(const struct wijk_near_in *in, size_t row, uint32_t *near, double *distance);
/* The same for all rows, equal to the last bit. near, distance  n x k. Costs n^2 d; less than 4 G rows. */
WIJK_API void wijk_near_all(struct wijk_cx *cx, const struct wijk_near_in *in, uint32_t *near,
                            double *distance);

enum { WIJK_RIDGE_INPUTS = 64, WIJK_RIDGE_EPOCHS = 64 };
struct wijk_ridge_in {
    size_t n, p;         /* p at most WIJK_RIDGE_INPUTS */
    const double *x, *y; /* n x p by row, n; a row with a NAN does not count */
    const size_t *group; /* n, 0..n_group-1: rows of one group are always left out together */
    size_t n_group;
    const size_t *epoch; /* n, 0..n_epoch-1: the same for moments in time; NULL: one moment */
    size_t n_epoch;      /* at most WIJK_RIDGE_EPOCHS */
    size_t folds;        /* 0 = 10, or the number of groups when that is less */
};
struct wijk_ridge {
    size_t used, folds;  /* rows that counted; parts of the cross-validation */
    double *coefficient; /* p, per unit of x; 0 for a column that does not vary */
    double intercept;
    double penalty;   /* per row, on columns of variance 1 */
    double *left_out; /* n: of each row, the value by a fit that has seen neither its fold nor its epoch; NAN
                       * where the row does not count */
    double rmse, r2;  /* of those: root mean square error; 1 - SSE / SST about the mean */
};
/* Least squares with a penalty on the size of the coefficients (Hoerl and Kennard 1970). The penalty is
 * chosen by leaving out parts, and the errors told are of rows that took no part in that choice either
 * (nested cross-validation, Varma and Simon 2006): groups are spread over the folds, large ones first.
 *
 * Fails  WIJK_EDATA  fewer than three groups, fewer than three rows to a column, or y that does not vary
 *        WIJK_ELIMIT too many columns or epochs */
WIJK_API enum wijk_err wijk_ridge_fit(struct wijk_cx *cx, const struct wijk_ridge_in *in,
                                      const struct wijk_ridge **out);

#endif
