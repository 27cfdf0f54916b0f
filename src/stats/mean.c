/* SPDX-License-Identifier: EUPL-1.2 */
/* Sums, weighted means and quantiles over values of which some are not measured. */
#include "stats/stats.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A running sum with what fell off it (Neumaier 1974). */
struct sum {
    double s, c;
};

static void add(struct sum *a, double v)
{
    double t = a->s + v;
    a->c += fabs(a->s) >= fabs(v) ? a->s - t + v : v - t + a->s;
    a->s = t;
}

static double total(struct sum a)
{
    return a.s + a.c;
}

double wijk_sum(const double *v, size_t n)
{
    struct sum a = {0, 0};
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i])) add(&a, v[i]);
    return total(a);
}

double wijk_mean_weighted(const double *v, const double *w, size_t n, double *used)
{
    struct sum top = {0, 0}, bottom = {0, 0};
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]) || !(w[i] > 0)) continue;
        add(&top, v[i] * w[i]);
        add(&bottom, w[i]);
    }
    double weight = total(bottom);
    if (used) *used = weight;
    return weight > 0 ? total(top) / weight : NAN;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double wijk_quantile(double *v, size_t n, double p)
{
    assert(p >= 0 && p <= 1);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        double x = v[i];
        if (isnan(x)) continue;
        v[i] = v[m];
        v[m++] = x;
    }
    if (!m) return NAN;
    qsort(v, m, sizeof *v, by_value);
    double at = p * (double)(m - 1);
    size_t low = (size_t)at;
    return low + 1 < m ? v[low] + (at - (double)low) * (v[low + 1] - v[low]) : v[m - 1];
}

/* What one group gathers. */
struct gather {
    struct sum top, used, known;
    size_t n;
};

enum { BLOCK = 256 }; /* groups handled in one pass over the members, so that the work room fits the stack */

static void mean_of_block(const double *v, const double *w, const size_t *group, size_t n, size_t first,
                          size_t n_block, struct gather *gather)
{
    memset(gather, 0, n_block * sizeof *gather);
    for (size_t i = 0; i < n; i++) {
        if (group[i] < first || group[i] - first >= n_block) continue;
        struct gather *g = &gather[group[i] - first];
        if (w[i] > 0) add(&g->known, w[i]);
        if (isnan(v[i]) || !(w[i] > 0)) continue;
        add(&g->top, v[i] * w[i]);
        add(&g->used, w[i]);
        g->n++;
    }
}

void wijk_mean_by_group(const double *v, const double *w, const size_t *group, size_t n, size_t n_group,
                        double *mean, double *share, size_t *n_used)
{
    struct gather gather[BLOCK];
    for (size_t first = 0; first < n_group; first += BLOCK) {
        const size_t n_block = n_group - first < BLOCK ? n_group - first : BLOCK;
        mean_of_block(v, w, group, n, first, n_block, gather);
        for (size_t b = 0; b < n_block; b++) {
            const double used = total(gather[b].used), known = total(gather[b].known);
            mean[first + b] = used > 0 ? total(gather[b].top) / used : (double)NAN;
            if (share) share[first + b] = known > 0 ? used / known : (double)NAN;
            if (n_used) n_used[first + b] = gather[b].n;
        }
    }
}
