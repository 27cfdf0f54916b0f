/* SPDX-License-Identifier: EUPL-1.2 */
/* How far weighted values lie apart. Sources: quantile as the inverse of the distribution function (Hyndman
 * and Fan 1996, type 1); mean difference and Gini (Gini 1912); Theil's T (Theil 1967); sorting: the share of
 * the standard deviation that lies between groups (Jargowsky 1996, Neighborhood Sorting Index). */
#include "stats/stats.h"

#include <math.h>

static bool counts(double v, double w)
{
    return !isnan(v) && w > 0 && !isinf(w);
}

double wijk_quantile_weighted(const double *v, const double *w, size_t n, double p)
{
    double all = 0, sum = 0, last = NAN;
    for (size_t i = 0; i < n; i++)
        if (counts(v[i], w[i])) all += w[i];
    for (size_t i = 0; i < n; i++) {
        if (!counts(v[i], w[i])) continue;
        sum += w[i];
        last = v[i];
        if (sum >= (p - 1e-12) * all) break; /* what rounding takes off a sum must not skip an area */
    }
    return last;
}

double wijk_mean_difference(const double *v, const double *w, size_t n)
{
    /* Behind each value all that lie below it: sum over pairs of w w |x - y| in one walk. */
    double below = 0, moment = 0, pairs = 0, first = NAN;
    for (size_t i = 0; i < n; i++) {
        if (!counts(v[i], w[i])) continue;
        if (isnan(first)) first = v[i]; /* differences do not mind where zero is, rounding does */
        double x = v[i] - first;
        pairs += w[i] * (x * below - moment);
        below += w[i];
        moment += w[i] * x;
    }
    return below > 0 ? fmax(0, 2 * pairs / (below * below)) : NAN;
}

double wijk_gini(const double *v, const double *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (counts(v[i], w[i]) && v[i] <= 0) return NAN;
    return wijk_mean_difference(v, w, n) / (2 * wijk_mean_weighted(v, w, n, NULL));
}

double wijk_theil(const double *v, const double *w, size_t n)
{
    double mean = wijk_mean_weighted(v, w, n, NULL), sum = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        if (!counts(v[i], w[i])) continue;
        if (v[i] <= 0) return NAN;
        double r = v[i] / mean;
        sum += w[i] * r * log(r);
        all += w[i];
    }
    return all > 0 ? fmax(0, sum / all) : NAN;
}

double wijk_sorting(const double *v, const double *w, const size_t *group, size_t n, size_t n_group,
                    double *room)
{
    double mean = 0, all = 0, total = 0, between = 0;
    double *sum = room, *weight = room + n_group;
    for (size_t g = 0; g < 2 * n_group; g++) room[g] = 0;
    for (size_t i = 0; i < n; i++) {
        if (!counts(v[i], w[i]) || group[i] >= n_group) continue;
        sum[group[i]] += w[i] * v[i];
        weight[group[i]] += w[i];
        mean += w[i] * v[i];
        all += w[i];
    }
    if (!(all > 0)) return NAN;
    mean /= all;
    for (size_t i = 0; i < n; i++)
        if (counts(v[i], w[i]) && group[i] < n_group) total += w[i] * (v[i] - mean) * (v[i] - mean);
    for (size_t g = 0; g < n_group; g++) {
        if (!(weight[g] > 0)) continue;
        double d = sum[g] / weight[g] - mean;
        between += weight[g] * d * d;
    }
    return total > 1e-24 * all ? sqrt(fmin(1, between / total)) : NAN;
}
