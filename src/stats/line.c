/* SPDX-License-Identifier: EUPL-1.2 */
/* A straight line through points, with what chance leaves open: least squares with Student's t. Few points
 * give wide bands or none, never sharp ones. */
#include "stats/stats.h"

#include <assert.h>
#include <math.h>

/* ---- Student's t for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4) ---- */

double wijk_t_tail(double t, size_t df)
{
    if (isnan(t) || !df) return NAN;
    double n = (double)df, theta = atan(fabs(t) / sqrt(n)), c = cos(theta), s = sin(theta);
    double term = df % 2 ? c : 1, sum = df == 1 ? 0 : term;
    for (size_t k = df % 2 ? 3 : 2; k + 2 <= df; k += 2) {
        term *= c * c * (double)(k - 1) / (double)k;
        sum += term;
    }
    double inside = df % 2 ? (theta + s * sum) * M_2_PI : s * sum;
    return inside < 1 ? 1 - inside : 0;
}

double wijk_t_quantile(double coverage, size_t df)
{
    assert(coverage > 0 && coverage < 1);
    if (!df) return INFINITY;
    double low = 0, high = 1;
    while (wijk_t_tail(high, df) > 1 - coverage && high < 1e12) high *= 2;
    for (int i = 0; i < 100; i++) {
        double mid = 0.5 * (low + high);
        if (wijk_t_tail(mid, df) > 1 - coverage)
            low = mid;
        else
            high = mid;
    }
    return 0.5 * (low + high);
}

/* ---- least squares ---- */

bool wijk_line_fit(const double *x, const double *y, size_t n, struct wijk_line *out)
{
    double sxy = 0, ssr = 0;
    *out = (struct wijk_line){.slope = NAN, .x_mean = NAN, .y_mean = NAN, .sd = NAN, .slope_se = NAN};
    double x0 = 0, y0 = 0, x_sum = 0,
           y_sum = 0; /* from the first point on: equal values give a slope of exactly 0 */
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        if (!out->n++) x0 = x[i], y0 = y[i];
        x_sum += x[i] - x0, y_sum += y[i] - y0;
    }
    if (out->n < 2) return false;
    out->x_mean = x0 + x_sum / (double)out->n;
    out->y_mean = y0 + y_sum / (double)out->n;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        out->sxx += (x[i] - out->x_mean) * (x[i] - out->x_mean);
        sxy += (x[i] - out->x_mean) * (y[i] - out->y_mean);
    }
    if (!(out->sxx > 0)) return false;
    out->slope = sxy / out->sxx;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        double r = y[i] - wijk_line_at(out, x[i]);
        ssr += r * r;
    }
    if (out->n < 3) return true;
    out->sd = sqrt(ssr / (double)(out->n - 2));
    out->slope_se = out->sd / sqrt(out->sxx);
    return true;
}

double wijk_line_at(const struct wijk_line *l, double x)
{
    return l->y_mean + l->slope * (x - l->x_mean);
}

double wijk_line_se(const struct wijk_line *l, double x)
{
    return l->sd * sqrt(1 / (double)l->n + (x - l->x_mean) * (x - l->x_mean) / l->sxx);
}
