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

/* In increasing order; nothing is NAN. -0 comes out as 0. Costs n. */
WIJK_API void wijk_sort(struct wijk_cx *cx, double *v, size_t n);

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

/* ---- graph.c: which elements are next to which ---------------------------------------------------- */

/* The neighbours of element i: to[first[i]] .. to[first[i + 1] - 1], increasing, never i itself, none twice.
 * A neighbour need not have i as its own: of the nearest few, one may be nearest one way only. */
struct wijk_graph {
    size_t n;
    const size_t *first; /* n + 1 */
    const uint32_t *to;
};
/* Of pairs, in both directions; a pair may come several times, one of an element with itself does not count.
 * pair: n_pair, each of two elements below n. Fails WIJK_ELIMIT n over 2^32 - 2. */
WIJK_API enum wijk_err wijk_graph_of(struct wijk_cx *cx, size_t n, const uint32_t (*pair)[2], size_t n_pair,
                                     const struct wijk_graph **out);
/* The same among the elements kept, renumbered in their order. keep: n. */
WIJK_API const struct wijk_graph *wijk_graph_among(struct wijk_cx *cx, const struct wijk_graph *g,
                                                   const bool *keep);
static inline size_t wijk_graph_degree(const struct wijk_graph *g, size_t i)
{
    return g->first[i + 1] - g->first[i];
}

/* ---- permute.c: what chance would make of the neighbours ------------------------------------------- */

enum { WIJK_DRAWS_DEFAULT = 99999, WIJK_DRAWS_ROOM = 8 << 20 /* places in all draws together */ };
/* n_draw rows of most + 1 different elements out of n, each row a draw without replacement. One table serves
 * every variable over the same n elements: it does not know their values. */
struct wijk_draws;
/* The same table for any number of threads. Fails WIJK_ELIMIT over WIJK_DRAWS_ROOM places; WIJK_EDATA most +
 * 1 over n (an element cannot have all others and one more as neighbours), or no draw. */
WIJK_API enum wijk_err wijk_draws_new(struct wijk_cx *cx, size_t n, size_t most, size_t n_draw, uint64_t seed,
                                      const struct wijk_draws **out);
/* Element at place t (0..most) of draw r. */
WIJK_API uint32_t wijk_draws_at(const struct wijk_draws *d, size_t r, size_t t);

/* For each element: in how many draws the sum over k others is at least, and at most, the sum over its own k
 * neighbours. The k of a draw are its first k places; where the element itself is one of those, place k takes
 * its place: so it is a draw without replacement from the others, as conditional permutation asks (Anselin
 * 1995). Values are compared on a grid of 2^-40 of their range, on which sums are exact: equal sums are equal
 * whatever their order, and count for both.
 *
 * value  n, finite
 * ge le  n; 0 0 for an element without neighbours
 * Cost   n_draw x most, a sort of n_draw for each different number of neighbours, and a search for each
 *        element: not elements x draws.
 * Fails  WIJK_ESHAPE an element has more neighbours than the draws have places, or other n */
WIJK_API enum wijk_err wijk_ranks(struct wijk_cx *cx, const struct wijk_draws *d, const struct wijk_graph *g,
                                  const double *value, uint32_t *ge, uint32_t *le);
/* Two-sided p: twice the smaller tail, the seen value itself counted as one draw, at most 1. */
WIJK_API double wijk_rank_p(uint32_t ge, uint32_t le, size_t n_draw);

/* Adjusted p of Benjamini and Hochberg (1995): with everything up to q called a find, no more than q of the
 * finds are expected to be chance. p: n, NAN is no test and stays NAN; q: n, may be p. */
WIJK_API void wijk_false_discovery(struct wijk_cx *cx, const double *p, size_t n, double *q);

/* ---- moran.c: do neighbours look alike? ------------------------------------------------------------ */

/* The mean over the neighbours; NAN without any. v: n, finite; lag: n. */
WIJK_API void wijk_graph_lag(const struct wijk_graph *g, const double *v, double *lag);

/* Moran's I with each element's neighbours weighing 1 together, and what it is when values stand anywhere
 * (randomisation: Cliff and Ord 1981). Elements without neighbours have a part in the mean and the spread
 * only. */
struct wijk_moran {
    double i, expected, sd; /* NAN: all values equal, or fewer than 4 elements with neighbours */
    double z;
    double p;        /* two-sided, of whole permutations; NAN when none were asked for */
    size_t n_linked; /* elements with neighbours */
};
struct wijk_moran_in {
    const struct wijk_graph *graph;
    const double *v;  /* n, finite */
    const double *by; /* n: whose neighbours are looked at (bivariate: v beside the neighbours' `by`);
                       * NULL: v itself. With `by` expected and sd are NAN: only p tells */
    size_t n_draw;    /* whole permutations for p; 0 none */
    uint64_t seed;
};
WIJK_API enum wijk_err wijk_moran_global(struct wijk_cx *cx, const struct wijk_moran_in *in,
                                         struct wijk_moran *out);
/* I of each element: z x lag of z over the mean square (divisor n), so that their mean over linked elements
 * is about the global I. NAN without neighbours, or when all values are equal. by as above; i: n. */
WIJK_API void wijk_moran_local(const struct wijk_graph *g, const double *v, const double *by, double *i);
/* Mean and sd of the lag of each element over all ways to place the other values (Sokal, Oden and Thomson
 * 1998): k of the n - 1 others without replacement. mean, sd: n; NAN without neighbours. */
WIJK_API void wijk_moran_chance(const struct wijk_graph *g, const double *v, double *mean, double *sd);
/* Gi* of Getis and Ord (1995) with weight 1 for the neighbours and the element itself: a z-score. NAN without
 * neighbours, or when all values are equal. */
WIJK_API void wijk_getis_ord(const struct wijk_graph *g, const double *v, double *z);

/* ---- line.c: a straight line through points, and what chance leaves open ---- */

/* Chance that Student's t with df degrees of freedom lies further from 0 than t, on either side. NAN: df 0.
 */
WIJK_API double wijk_t_tail(double t, size_t df);
/* The t within which that share (0..1) of chance lies: 12.71 for 0.95 and df 1. Infinite for df 0. */
WIJK_API double wijk_t_quantile(double coverage, size_t df);

/* Least squares. Points where x or y is NAN do not count. */
struct wijk_line {
    size_t n;
    double slope, x_mean, y_mean, sxx;
    double sd, slope_se; /* of what is left over (n - 2 degrees of freedom), of the slope; NAN for 2 points */
};
/* false: fewer than two points, or all at one x. */
WIJK_API bool wijk_line_fit(const double *x, const double *y, size_t n, struct wijk_line *out);
WIJK_API double wijk_line_at(const struct wijk_line *l, double x);
WIJK_API double wijk_line_se(const struct wijk_line *l, double x); /* standard error of the line at x */

/* ---- sen.c: the median of all slopes ---- */

/* The median of the slopes between all points, which one odd year does not move, with an interval of at least
 * `coverage`: exact for 60 points or fewer, by Kendall's law (Sen 1968). Infinite bounds: so few points that
 * no interval can be that sure. false: no two points with another x. Costs n x n for fewer than 256 points
 * and from there on n log n, the same to the last bit; n x n again for points in another order than of x, and
 * where a large part of all slopes is equal. */
struct wijk_sen {
    double slope, low, high;
};
WIJK_API bool wijk_sen_fit(struct wijk_cx *cx, const double *x, const double *y, size_t n, double coverage,
                           struct wijk_sen *out);
/* The same in two steps, for many rows: how many slopes stay outside on each side hangs on the number of
 * measured points and the coverage alone; SIZE_MAX: no interval is that sure. */
WIJK_API size_t wijk_sen_outside(struct wijk_cx *cx, size_t n_known, double coverage);
WIJK_API bool wijk_sen_fit_among(struct wijk_cx *cx, const double *x, const double *y, size_t n,
                                 size_t outside, struct wijk_sen *out);

/* ---- bend.c: two lines that meet, in noise ---- */

struct wijk_bends {
    size_t n;
    const double *x; /* n, increasing */
    const double
        *per; /* n: 1 over the square of the length of max(0, x - x_k) less its own line; 0: no bend */
};
/* Of each row of noise the largest share of what its line leaves that one bend explains; 0 where it leaves
 * nothing. noise: draws x n; share: draws. Costs draws x n. */
WIJK_API void wijk_bends_chance(struct wijk_cx *cx, const struct wijk_bends *g, const double *noise,
                                size_t draws, double *share);

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
/* ---- columns.c: long columns, eight numbers at a time; any processor gives the same bits ---- */

struct wijk_moments {
    size_t n;        /* measured */
    double mean, sd; /* sd with n - 1; NAN of fewer than two; exactly 0 when all are equal */
};
/* In one pass, about the first measured value (Chan, Golub and LeVeque 1983). */
WIJK_API struct wijk_moments wijk_moments(const double *v, size_t n);
/* Of figures in single precision, reckoned in double. */
WIJK_API struct wijk_moments wijk_moments_single(const float *v, size_t n);

/* (v - centre) x per, and the weight that counts where v is measured. */
struct wijk_weighed {
    const double *v; /* finite, or NAN not measured */
    double centre, per, weight;
    const float *single; /* instead of v, which is NULL then */
};
/* Adds the columns to num, and their weights to den, where they are measured; in the order given. Columns of
 * one kind together go fastest. */
WIJK_API void wijk_columns_add(const struct wijk_weighed *column, size_t n_column, double *num, double *den,
                               size_t n);

/* The same from 0 on: num and den are written, not read. No column: all 0. */
WIJK_API void wijk_columns_set(const struct wijk_weighed *column, size_t n_column, double *num, double *den,
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

/* ---- inequality.c: how far weighted values lie apart ----
 * Elements where v or w is NAN, or w <= 0, do not count; NAN when nothing counts. */

/* The smallest value with at least share p of the weight at or below it (Hyndman and Fan 1996, type 1): one
 * of the values, never something between. v increasing. */
WIJK_API double wijk_quantile_weighted(const double *v, const double *w, size_t n, double p);
/* Gini's mean difference: the mean of |x - y| over all pairs, a value with itself included. v increasing. */
WIJK_API double wijk_mean_difference(const double *v, const double *w, size_t n);
/* Mean difference / (2 x mean). v increasing. NAN when a value is not above 0: there is no zero then. */
WIJK_API double wijk_gini(const double *v, const double *w, size_t n);
/* Theil's T. NAN when a value is not above 0. */
WIJK_API double wijk_theil(const double *v, const double *w, size_t n);
/* sqrt(variance between the means of groups / variance), 0..1: 1 when groups differ and are alike inside
 * (Jargowsky 1996). NAN when all values are equal. A group number of n_group or more: not counted.
 * room  2 x n_group */
WIJK_API double wijk_sorting(const double *v, const double *w, const size_t *group, size_t n, size_t n_group,
                             double *room);

#endif
