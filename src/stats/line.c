/* SPDX-License-Identifier: EUPL-1.2 */
/* A straight line through points, with what chance leaves open: least squares with Student's t, and the
 * median of all slopes (Theil 1950, Sen 1968) with an interval from the exact law of Kendall's S. Few points
 * give wide intervals or none, never sharp ones. */
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

/* ---- the median of all slopes ---- */

/* How many of the lowest and highest slopes stay outside the interval: the largest k for which the chance
 * that fewer than k of all pairs fall is at most half of what may stay outside. The law of the number of
 * falling pairs of n points in chance order comes by adding one point after another. SIZE_MAX: none, not even
 * all slopes are wide enough. */
static size_t outside(double *law, size_t n, double coverage)
{
    size_t pairs = n * (n - 1) / 2;
    for (size_t i = 0; i <= pairs; i++) law[i] = i == 0;
    for (size_t m = 2, most = 0; m <= n; m++) {
        double window = 0;
        double *next = law + pairs + 1;
        most += m - 1;
        for (size_t i = 0; i <= most; i++) {
            window += i <= most - (m - 1) ? law[i] : 0;
            if (i >= m) window -= law[i - m];
            next[i] = window / (double)m;
        }
        for (size_t i = 0; i <= most; i++) law[i] = next[i];
    }
    double tail = 0;
    size_t k = SIZE_MAX;
    for (size_t i = 0; i <= pairs; i++) {
        tail += law[i];
        if (tail > 0.5 * (1 - coverage)) break;
        k = i;
    }
    return k;
}

/* The same by the normal law with Kendall's variance, for many points. */
static size_t outside_many(size_t n, double coverage)
{
    double m = (double)n, pairs = m * (m - 1) / 2, sd = sqrt(m * (m - 1) * (2 * m + 5) / 18);
    double k = floor((pairs - wijk_t_quantile(coverage, 100000) * sd) / 2) - 1;
    return k < 0 ? SIZE_MAX : (size_t)k;
}

size_t wijk_sen_outside(struct wijk_cx *cx, size_t n, double coverage)
{
    enum { EXACT_MOST = 60 };
    struct wijk_mark mark = wijk_cx_mark(cx);
    const size_t k = n < 2            ? SIZE_MAX
                     : n > EXACT_MOST ? outside_many(n, coverage)
                                      : outside(WIJK_NEW(cx, double, n *(n - 1) + 2), n, coverage);
    wijk_cx_rewind(cx, mark);
    return k;
}

/* The value that would stand at `at` if v were sorted; smaller ones come before it, larger behind. */
static double put_in_place(double *v, size_t n, size_t at)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        const double middle = v[low + (high - low) / 2];
        size_t i = low, j = high;
        for (;;) {
            while (v[i] < middle) i++;
            while (v[j] > middle) j--;
            if (i >= j) break;
            const double t = v[i];
            v[i++] = v[j];
            v[j--] = t;
        }
        if (at <= j)
            high = j;
        else
            low = j + 1;
    }
    return v[at];
}

bool wijk_sen_fit_among(struct wijk_cx *cx, const double *x, const double *y, size_t n, size_t outside_each,
                        struct wijk_sen *out)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    double *slope = WIJK_NEW(cx, double, n *n / 2 + 1);
    size_t m = 0, known = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        known++;
        for (size_t k = 0; k < i; k++) {
            const double s = (y[i] - y[k]) / (x[i] - x[k]);
            if (x[k] != x[i] && !isnan(s)) slope[m++] = s;
        }
    }
    *out = (struct wijk_sen){NAN, -INFINITY, INFINITY};
    if (m) {
        const size_t pairs = known * (known - 1) / 2, half = (m - 1) / 2, k = outside_each;
        const double middle = put_in_place(slope, m, half);
        double next = INFINITY; /* of an even number: the mean with the one behind */
        for (size_t i = half + 1; i < m; i++) next = slope[i] < next ? slope[i] : next;
        out->slope = m % 2 ? middle : middle + 0.5 * (next - middle);
        if (k != SIZE_MAX && m == pairs && 2 * k < pairs) { /* k lies in the lower half, its mirror above */
            out->low = put_in_place(slope, half + 1, k);
            out->high = put_in_place(slope + half, m - half, pairs - 1 - k - half);
        }
    }
    wijk_cx_rewind(cx, mark);
    return m > 0;
}

bool wijk_sen_fit(struct wijk_cx *cx, const double *x, const double *y, size_t n, double coverage,
                  struct wijk_sen *out)
{
    size_t known = 0;
    for (size_t i = 0; i < n; i++) known += !isnan(x[i]) && !isnan(y[i]);
    return wijk_sen_fit_among(cx, x, y, n, wijk_sen_outside(cx, known, coverage), out);
}
