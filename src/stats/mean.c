/* SPDX-License-Identifier: EUPL-1.2 */
/* Sums, weighted means and quantiles over values of which some are not measured. */
#include "stats/stats.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A running sum with what fell off it (Neumaier 1974). */
struct sum {
    double s, c;
};

static void add(struct sum *a, double v) {
    double t = a->s + v;
    a->c += fabs(a->s) >= fabs(v) ? a->s - t + v : v - t + a->s;
    a->s = t;
}

static double total(struct sum a) {
    return a.s + a.c;
}

double wijk_sum(const double *v, size_t n) {
    struct sum a = {0, 0};
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i])) add(&a, v[i]);
    return total(a);
}

double wijk_mean_weighted(const double *v, const double *w, size_t n, double *used) {
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

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double wijk_quantile(double *v, size_t n, double p) {
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

void wijk_mean_by_group(const double *v, const double *w, const size_t *group, size_t n, size_t n_group,
                        double *mean, double *share, size_t *n_used) {
    for (size_t g = 0; g < n_group; g++) {
        struct sum top = {0, 0}, bottom = {0, 0}, all = {0, 0};
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            if (group[i] != g || !(w[i] > 0)) continue;
            add(&all, w[i]);
            if (isnan(v[i])) continue;
            add(&top, v[i] * w[i]);
            add(&bottom, w[i]);
            count++;
        }
        mean[g] = total(bottom) > 0 ? total(top) / total(bottom) : NAN;
        if (share) share[g] = total(all) > 0 ? total(bottom) / total(all) : NAN;
        if (n_used) n_used[g] = count;
    }
}
