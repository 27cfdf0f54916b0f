/* SPDX-License-Identifier: EUPL-1.2 */
/* A middle and a spread that a few odd values cannot move, so that one strange area does not change what
 * "far" means for all others. Rousseeuw and Croux 1993. */
#include "stats/stats.h"

#include <math.h>
#include <string.h>

double wijk_robust(const double *v, size_t n, double *work, double *spread)
{
    /* 1.4826 x the median distance, and the width between the tenths over 2.563, are the standard deviation
     * of normal values. */
    static const double FROM_MAD = 1.4826, FROM_TENTHS = 2.5631;
    memcpy(work, v, n * sizeof *v);
    const double middle = wijk_quantile(work, n, 0.5);
    for (size_t i = 0; i < n; i++) work[i] = fabs(v[i] - middle);
    *spread = FROM_MAD * wijk_quantile(work, n, 0.5);
    if (!(*spread > 0)) { /* half of the values or more are the same */
        memcpy(work, v, n * sizeof *v);
        const double high = wijk_quantile(work, n, 0.9);
        memcpy(work, v, n * sizeof *v);
        *spread = (high - wijk_quantile(work, n, 0.1)) / FROM_TENTHS;
    }
    if (isnan(middle)) *spread = NAN;
    return middle;
}
