/* SPDX-License-Identifier: EUPL-1.2 */
/* How evenly a group is spread over the areas of a gemeente, and in which housing it lives. With t_i the base
 * of an area, p_i its share, T and P those of the whole:
 *
 *   dissimilarity  D = sum of t_i |p_i - P| / (2 T P (1 - P))          Duncan and Duncan 1955
 *   by chance      E = sum of t_i sqrt(2/pi) sd_i / (2 T P (1 - P)),   sd_i^2 = P (1 - P) / t_i (1 - t_i / T)
 *   isolation      sum of (t_i p_i / T P) p_i                          Bell 1954
 *   quotient       p_i / P
 *
 * docs/methods/concentratie.md */
#include "measure/measure.h"

#include <math.h>
#include <string.h>

enum { REDRAWS = 999 };

bool wijk_corporatiebuurt(double corporation_pct)
{
    return corporation_pct > WIJK_CORPORATIE_PCT;
}

/* One area that counts. */
struct share {
    double t, p;
};

static double total(const struct share *v, size_t n, double *members)
{
    double t = 0;
    *members = 0;
    for (size_t i = 0; i < n; i++) {
        t += v[i].t;
        *members += v[i].t * v[i].p;
    }
    return t;
}

static double dissimilarity(const struct share *v, size_t n)
{
    double members, apart = 0;
    const double t = total(v, n, &members), p = members / t;
    if (!(p > 0 && p < 1)) return NAN;
    for (size_t i = 0; i < n; i++) apart += v[i].t * fabs(v[i].p - p);
    return apart / (2 * t * p * (1 - p));
}

static double by_chance(const struct share *v, size_t n)
{
    double members, apart = 0;
    const double t = total(v, n, &members), p = members / t;
    for (size_t i = 0; i < n; i++)
        apart += v[i].t * sqrt(2 / 3.14159265358979323846 * p * (1 - p) / v[i].t * (1 - v[i].t / t));
    return apart / (2 * t * p * (1 - p));
}

/* Areas drawn anew, with replacement: how much hangs on which areas there happen to be. */
static void redraw(struct wijk_cx *cx, const struct share *v, size_t n, size_t n_boot, uint64_t seed,
                   struct wijk_concentration *out)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    struct share *other = WIJK_NEW(cx, struct share, n);
    double *d = WIJK_NEW(cx, double, n_boot);
    struct wijk_rng rng = wijk_rng(seed);
    for (size_t r = 0; r < n_boot; r++) {
        for (size_t i = 0; i < n; i++) other[i] = v[wijk_rng_below(&rng, n)];
        d[r] = dissimilarity(other, n);
    }
    out->low = wijk_quantile(d, n_boot, 0.05);
    out->high = wijk_quantile(d, n_boot, 0.95);
    wijk_cx_rewind(cx, mark);
}

static bool known(const struct wijk_concentration_in *in, size_t i)
{
    return in->share_pct[i] >= 0 && in->share_pct[i] <= 100 && in->base[i] > 0 && isfinite(in->base[i]);
}

/* The areas of one whole, and what can be said without them being many. */
static struct share *gather(struct wijk_cx *cx, const struct wijk_concentration_in *in, const size_t *member,
                            size_t n, struct wijk_concentration *out)
{
    struct share *v = WIJK_NEW(cx, struct share, n);
    double housed = 0, housed_members = 0, in_base = 0, in_members = 0;
    for (size_t k = 0; k < n; k++) {
        const size_t i = member[k];
        const double p = in->share_pct[i] / 100;
        if (!known(in, i)) {
            out->n_left++;
            continue;
        }
        v[out->n_area++] = (struct share){in->base[i], p};
        if (!in->housing_pct || isnan(in->housing_pct[i])) continue;
        if (isnan(out->n_corporatie)) out->n_corporatie = 0;
        housed += in->base[i];
        housed_members += in->base[i] * p;
        if (!wijk_corporatiebuurt(in->housing_pct[i])) continue;
        out->n_corporatie++;
        in_base += in->base[i];
        in_members += in->base[i] * p;
    }
    out->base = total(v, out->n_area, &out->members);
    out->share_pct = out->base > 0 ? 100 * out->members / out->base : (double)NAN;
    if (housed > 0) out->base_in_corporatie_pct = 100 * in_base / housed;
    if (housed_members > 0) out->in_corporatie_pct = 100 * in_members / housed_members;
    return v;
}

static void one(struct wijk_cx *cx, const struct wijk_concentration_in *in, const size_t *member, size_t n,
                size_t whole, struct wijk_concentration *out)
{
    *out = (struct wijk_concentration){.dissimilarity = NAN,
                                       .chance = NAN,
                                       .low = NAN,
                                       .high = NAN,
                                       .isolation = NAN,
                                       .n_corporatie = NAN,
                                       .in_corporatie_pct = NAN,
                                       .base_in_corporatie_pct = NAN};
    const struct wijk_mark mark = wijk_cx_mark(cx);
    const struct share *v = gather(cx, in, member, n, out);
    const double p = out->share_pct / 100;
    out->lack = !out->n_area                                 ? WIJK_LACK_NO_VALUE
                : out->n_area < WIJK_CONCENTRATION_AREAS_MIN ? WIJK_LACK_FEW_AREAS
                : !(p > 0 && p < 1)                          ? WIJK_LACK_NO_VARIATION
                                                             : WIJK_LACK_NONE;
    if (!out->lack) {
        double met = 0;
        for (size_t i = 0; i < out->n_area; i++) met += v[i].t * v[i].p * v[i].p;
        out->isolation = met / out->members;
        out->dissimilarity = dissimilarity(v, out->n_area);
        out->chance = by_chance(v, out->n_area);
        redraw(cx, v, out->n_area, in->n_boot ? in->n_boot : REDRAWS,
               wijk_hash64(&whole, sizeof whole, in->seed), out);
    }
    wijk_cx_rewind(cx, mark);
}

enum wijk_err wijk_concentration_of(struct wijk_cx *cx, const struct wijk_concentration_in *in,
                                    struct wijk_concentration *out, double *quotient)
{
    size_t *next = WIJK_NEW(cx, size_t, in->n_whole + 2), *member = WIJK_NEW(cx, size_t, in->n);
    for (size_t i = 0; i < in->n; i++) {
        if (in->whole[i] == SIZE_MAX) continue;
        if (in->whole[i] >= in->n_whole)
            return wijk_fail(cx, WIJK_ESHAPE, "Gebied %zu hoort bij gemeente %zu, maar er zijn er %zu.", i,
                             in->whole[i], in->n_whole);
        next[in->whole[i] + 2]++;
    }
    for (size_t w = 2; w < in->n_whole + 2; w++) next[w] += next[w - 1];
    for (size_t i = 0; i < in->n; i++)
        if (in->whole[i] != SIZE_MAX) member[next[in->whole[i] + 1]++] = i;
    for (size_t w = 0; w < in->n_whole; w++) one(cx, in, member + next[w], next[w + 1] - next[w], w, &out[w]);
    for (size_t i = 0; i < in->n; i++) {
        const double whole = in->whole[i] == SIZE_MAX ? (double)NAN : out[in->whole[i]].share_pct;
        quotient[i] = known(in, i) && whole > 0 ? in->share_pct[i] / whole : (double)NAN;
    }
    return WIJK_OK;
}

/* ---- two figures in one map -------------------------------------------------------------------------------
 */

static void limits_of(double *sorted, size_t n, double limit[2])
{
    limit[0] = wijk_quantile(sorted, n, 1.0 / 3);
    limit[1] = wijk_quantile(sorted, n, 2.0 / 3);
}

static unsigned third(double v, const double limit[2])
{
    return v > limit[1] ? 2 : v > limit[0];
}

void wijk_bivariate_of(struct wijk_cx *cx, const double *x, const double *y, size_t n, uint8_t *cell,
                       struct wijk_bivariate *out)
{
    double *of_x = WIJK_NEW(cx, double, n), *of_y = WIJK_NEW(cx, double, n);
    *out = (struct wijk_bivariate){0};
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i])) continue;
        of_x[out->n_used] = x[i];
        of_y[out->n_used++] = y[i];
    }
    limits_of(of_x, out->n_used, out->limit_x);
    limits_of(of_y, out->n_used, out->limit_y);
    for (size_t i = 0; i < n; i++) {
        cell[i] = WIJK_BIVARIATE_NONE;
        if (!isfinite(x[i]) || !isfinite(y[i])) continue;
        cell[i] = (uint8_t)(3 * third(y[i], out->limit_y) + third(x[i], out->limit_x));
        out->count[cell[i]]++;
    }
}
