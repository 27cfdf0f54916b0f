/* SPDX-License-Identifier: EUPL-1.2 */
/* Figures of small areas, drawn to what all areas have in common as far as chance moves them (empirical
 * Bayes):
 *
 *   own share  b = between / (between + se^2)         smoothed = b x own + (1 - b) x centre
 *
 * `between`, the variance among areas that chance does not explain, by Paule and Mandel (1982); the chance in
 * a share by Marshall (1991). docs/methods/trend.md */
#include "measure/measure.h"

#include <math.h>

enum { LEAST_AREAS = 3 };

static bool usable(double v, double se)
{
    return isfinite(v) && isfinite(se) && se >= 0;
}

/* Weighted mean and the weighted sum of squares around it, when `between` is added to every variance. */
static double spread(const double *v, const double *se, size_t n, double between, double *centre)
{
    double top = 0, weight = 0, q = 0;
    for (size_t i = 0; i < n; i++) {
        if (!usable(v[i], se[i])) continue;
        double w = 1 / (se[i] * se[i] + between);
        top += w * v[i];
        weight += w;
    }
    *centre = top / weight;
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i]) && !isnan(se[i]))
            q += (v[i] - *centre) * (v[i] - *centre) / (se[i] * se[i] + between);
    return q;
}

/* The variance at which the weighted squares are what n - 1 free areas give; 0 when chance explains it all.
 */
static double between_of(const double *v, const double *se, size_t n, size_t known, double least)
{
    double centre, low = least, high = least > 0 ? least : 1e-12, want = (double)(known - 1);
    if (spread(v, se, n, least, &centre) <= want) return least;
    while (spread(v, se, n, high, &centre) > want && high < 1e300) high *= 4;
    for (int i = 0; i < 200; i++) {
        double mid = 0.5 * (low + high);
        if (spread(v, se, n, mid, &centre) > want)
            low = mid;
        else
            high = mid;
    }
    return 0.5 * (low + high);
}

void wijk_shrink_of(const double *v, const double *se, size_t n, struct wijk_shrink_common *common,
                    struct wijk_shrunk *out)
{
    size_t known = 0, exact = 0;
    double size = 0;
    for (size_t i = 0; i < n; i++) {
        bool use = usable(v[i], se[i]);
        out[i] = (struct wijk_shrunk){isnan(v[i]) ? WIJK_LACK_NO_VALUE : WIJK_LACK_FEW_POINTS, NAN, NAN, NAN};
        known += use;
        exact += use && se[i] == 0;
        if (use) size = fmax(size, v[i] * v[i]);
    }
    *common = (struct wijk_shrink_common){known, NAN, NAN};
    if (known < LEAST_AREAS) return;
    /* A figure without any chance needs a variance above 0 to weigh against. */
    double between = between_of(v, se, n, known, exact ? 1e-24 * fmax(size, 1e-12) : 0);
    spread(v, se, n, between, &common->centre);
    common->between_sd = sqrt(between);
    for (size_t i = 0; i < n; i++) {
        if (!usable(v[i], se[i])) continue;
        double own = se[i] == 0 ? 1 : between / (between + se[i] * se[i]);
        out[i] = (struct wijk_shrunk){WIJK_LACK_NONE, common->centre + own * (v[i] - common->centre), own,
                                      sqrt(own) * se[i]};
    }
}

void wijk_shrink_chance(const double *share, const double *base, size_t n, double whole, double *se)
{
    double top = 0, bottom = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(share[i]) || !(base[i] > 0)) continue;
        top += share[i] / whole * base[i];
        bottom += base[i];
    }
    double mean = bottom > 0 ? fmin(fmax(top / bottom, 0), 1) : NAN;
    for (size_t i = 0; i < n; i++)
        se[i] = isnan(share[i]) || !(base[i] > 0) ? (double)NAN : whole * sqrt(mean * (1 - mean) / base[i]);
}
