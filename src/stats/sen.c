/* SPDX-License-Identifier: EUPL-1.2 */
/* The median of all slopes between points (Theil 1950, Sen 1968), with an interval from the exact law of
 * Kendall's S. Few points give wide intervals or none, never sharp ones.
 *
 * Few points: all slopes, and the one wanted put in its place. Many: slope selection by narrowing (Matousek,
 * Randomized optimal algorithm for slope selection, IPL 39, 1991; Dillencourt, Mount and Netanyahu, IJCGA 2,
 * 1992), here with an even choice of pairs instead of one by chance:
 *
 *   a pair k < i has a slope below t exactly when y - t x of i is below that of k. So the points put in order
 *   of y - t x tell, by the turns it takes, how many slopes lie below t; and of two such orders the turns
 * from one to the other are the slopes between. Every so many of those are looked at, the next bounds are
 * laid closely around the rank that is wanted, until so few are between that all of them can be.
 *
 * The slopes themselves are those of the short way, to the last bit: orders only say which pairs need not be
 * looked at, with room for their rounding. docs/methods/trend.md */
#include "stats/stats_int.h"

#include <float.h>

/* ---- the interval ---- */

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

/* How far from 0 that share of the normal law stays within. */
static double normal_quantile(double coverage)
{
    double low = 0, high = 40;
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        if (erfc(middle * M_SQRT1_2) > 1 - coverage)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The same by the normal law with Kendall's variance, for many points. */
static size_t outside_many(size_t n, double coverage)
{
    double m = (double)n, pairs = m * (m - 1) / 2, sd = sqrt(m * (m - 1) * (2 * m + 5) / 18);
    double k = floor((pairs - normal_quantile(coverage) * sd) / 2) - 1;
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

/* ---- an order of slopes ---- */

/* Those of n that lie below the pivot (or, upto, not above it) to the front; how many. Each is moved whatever
 * it is: which way a branch would go cannot be guessed. */
static size_t part(double *v, size_t n, double pivot, bool upto)
{
    size_t front = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = v[i];
        v[i] = v[front];
        v[front] = x;
        front += upto ? x <= pivot : x < pivot;
    }
    return front;
}

/* The value that would stand at `at` if v were sorted; smaller ones come before it, larger behind (Hoare
 * 1961). */
static double put_in_place(double *v, size_t n, size_t at)
{
    size_t low = 0, high = n;
    while (high - low > 1) {
        const double a = v[low], b = v[low + (high - low) / 2], c = v[high - 1];
        const double middle = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
        size_t some = part(v + low, high - low, middle, false);
        if (at < low + some) {
            high = low + some;
            continue;
        }
        low += some;
        if (some) continue;
        some = part(v + low, high - low, middle, true); /* the pivot is the least */
        if (at < low + some) return middle;
        low += some;
    }
    return v[at];
}

/* From this many points on the long way is the shorter. */
enum { SELECT_FROM = 256 };
/* Slopes looked at of those between two bounds, for each point; so few are all looked at. */
enum { PROBES = 4, ALL_OF = 12 };

struct at {
    double u;   /* y - t x of a point */
    uint32_t i; /* which one */
};
struct bound {
    double t;     /* infinite: below or above all slopes */
    size_t below; /* slopes below t */
};
struct select {
    const double *x, *y; /* x increasing, all finite */
    size_t n;
    double x_most, y_most, step; /* largest |x| and |y|, least distance between two x */
    struct at *v, *room;         /* n */
    double *slope;               /* ALL_OF x n + 1: those that were told */
};

/* How far the slope of a pair may lie on the other side of t than its order says: the rounding of two
 * y - t x over the distance of their x, and that of the slope. */
static double blur(const struct select *s, double t)
{
    return 16 * DBL_EPSILON * (s->y_most + fabs(t) * s->x_most) / s->step;
}

static double slope_of(const struct select *s, uint32_t i, uint32_t k)
{
    const bool first = k < i;
    const uint32_t a = first ? k : i, b = first ? i : k;
    return (s->y[b] - s->y[a]) / (s->x[b] - s->x[a]);
}

/* Puts v in order of u, equal ones as they stand. Returns how many pairs turn; the slope of every stride-th
 * of those is told, which asks no work of the others: a point that goes before the rest of a run turns with
 * each of that rest. stride 0: none. */
static size_t turns(const struct select *s, struct at *v, size_t stride)
{
    struct at *from = v, *to = s->room;
    size_t turned = 0, next = 0, told = 0;
    for (size_t width = 1; width < s->n; width *= 2) {
        for (size_t low = 0; low < s->n; low += 2 * width) {
            const size_t middle = low + width < s->n ? low + width : s->n,
                         end = middle + width < s->n ? middle + width : s->n;
            size_t a = low, b = middle;
            for (size_t out = low; out < end; out++) {
                if (a < middle && (b == end || from[a].u <= from[b].u)) {
                    to[out] = from[a++];
                    continue;
                }
                to[out] = from[b++];
                for (; stride && next < turned + (middle - a); next += stride)
                    s->slope[told++] = slope_of(s, to[out].i, from[a + (next - turned)].i);
                turned += middle - a;
            }
        }
        struct at *swap = from;
        from = to;
        to = swap;
    }
    if (from != v) memcpy(v, from, s->n * sizeof *v);
    return turned;
}

/* y - t x; beyond all slopes only the order of x counts. */
static double key(const struct select *s, double t, size_t i)
{
    if (isinf(t)) return t < 0 ? (double)i : -(double)i;
    return s->y[i] - t * s->x[i];
}

/* Puts the points in order at t. */
static struct bound bound_at(const struct select *s, double t)
{
    for (size_t i = 0; i < s->n; i++) s->v[i] = (struct at){key(s, t, i), (uint32_t)i};
    return (struct bound){t, turns(s, s->v, 0)};
}

/* Every stride-th of the slopes between two bounds. false: rounding made other turns of it. */
static bool slopes_between(const struct select *s, const struct bound *low, const struct bound *high,
                           size_t stride)
{
    bound_at(s, low->t);
    for (size_t j = 0; j < s->n; j++) s->v[j].u = key(s, high->t, s->v[j].i);
    return turns(s, s->v, stride) == high->below - low->below;
}

/* Draws the bounds closer around the slopes `want` up to `upto` of all, by those told. */
static void draw_closer(const struct select *s, size_t told, size_t want, size_t upto, struct bound *low,
                        struct bound *high)
{
    const double per = (double)told / (double)(high->below - low->below), wide = 1.5 * sqrt((double)told) + 2,
                 from = (double)(want - low->below) * per - wide,
                 to = (double)(upto - low->below) * per + wide;
    const double left = from > 0 ? put_in_place(s->slope, told, (size_t)from) : -INFINITY,
                 right = to < (double)told ? put_in_place(s->slope, told, (size_t)to) : INFINITY;
    if (from > 0) {
        const struct bound b = bound_at(s, left - 2 * blur(s, left));
        if (b.below <= want)
            *low = b;
        else
            *high = b; /* it was not so even: what is wanted lies on the other side */
    }
    if (to < (double)told && high->t > right) {
        const struct bound b = bound_at(s, right + 2 * blur(s, right));
        if (b.below >= upto)
            *high = b;
        else if (b.below <= want)
            *low = b;
    }
}

/* Slopes number `want` up to but not including `upto` of all, to out. false: orders do not tell them apart,
 * as when a large part of the slopes is equal. */
static bool select_slopes(const struct select *s, size_t want, size_t upto, double *out)
{
    struct bound low = {-INFINITY, 0}, high = {INFINITY, s->n * (s->n - 1) / 2};
    for (size_t between = high.below, before = SIZE_MAX; between < before;
         before = between, between = high.below - low.below) {
        const size_t stride = between <= ALL_OF * s->n ? 1 : between / (PROBES * s->n) + 1,
                     told = (between + stride - 1) / stride;
        if (!slopes_between(s, &low, &high, stride)) return false;
        if (stride > 1) {
            draw_closer(s, told, want, upto, &low, &high);
            continue;
        }
        for (size_t k = want; k < upto; k++) {
            const double found = out[k - want] = put_in_place(s->slope, told, k - low.below);
            if (!(found > low.t + blur(s, low.t) && found < high.t - blur(s, high.t))) return false;
        }
        return true;
    }
    return false;
}

/* ---- the median, the short way or the long ---- */

/* Between the two in the middle of an even number, from the lower one on. */
static double middle_of(size_t m, double low, double high)
{
    return m % 2 ? low : low + 0.5 * (high - low);
}

/* Of points whose x increase; false where the short way has to be gone. */
static bool fit_selected(struct wijk_cx *cx, const double *x, const double *y, size_t n, size_t outside_each,
                         struct wijk_sen *out)
{
    struct select s = {.x = x, .y = y, .n = n, .step = INFINITY};
    if (n < SELECT_FROM || n > UINT32_MAX) return false;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]) || (i && !(x[i] > x[i - 1]))) return false;
        s.x_most = fmax(s.x_most, fabs(x[i])), s.y_most = fmax(s.y_most, fabs(y[i]));
        if (i) s.step = fmin(s.step, x[i] - x[i - 1]);
    }
    s.v = WIJK_NEW(cx, struct at, n), s.room = WIJK_NEW(cx, struct at, n);
    s.slope = WIJK_NEW(cx, double, ALL_OF *n + 1);
    const size_t m = n * (n - 1) / 2, half = (m - 1) / 2, k = outside_each;
    double middle[2];
    struct wijk_sen found = {NAN, -INFINITY, INFINITY};
    if (!select_slopes(&s, half, half + 2, middle)) return false;
    found.slope = middle_of(m, middle[0], middle[1]);
    if (k != SIZE_MAX && 2 * k < m &&
        (!select_slopes(&s, k, k + 1, &found.low) || !select_slopes(&s, m - 1 - k, m - k, &found.high)))
        return false;
    *out = found;
    return true;
}

static bool fit_all(struct wijk_cx *cx, const double *x, const double *y, size_t n, size_t outside_each,
                    struct wijk_sen *out)
{
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
    if (!m) return false;
    const size_t pairs = known * (known - 1) / 2, half = (m - 1) / 2, k = outside_each;
    const double middle = put_in_place(slope, m, half);
    double next = INFINITY;
    for (size_t i = half + 1; i < m; i++) next = slope[i] < next ? slope[i] : next;
    out->slope = middle_of(m, middle, next);
    if (k != SIZE_MAX && m == pairs && 2 * k < pairs) { /* k lies in the lower half, its mirror above */
        out->low = put_in_place(slope, half + 1, k);
        out->high = put_in_place(slope + half, m - half, pairs - 1 - k - half);
    }
    return true;
}

bool wijk_sen_fit_among(struct wijk_cx *cx, const double *x, const double *y, size_t n, size_t outside_each,
                        struct wijk_sen *out)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    const bool known =
        fit_selected(cx, x, y, n, outside_each, out) || fit_all(cx, x, y, n, outside_each, out);
    wijk_cx_rewind(cx, mark);
    return known;
}

bool wijk_sen_fit(struct wijk_cx *cx, const double *x, const double *y, size_t n, double coverage,
                  struct wijk_sen *out)
{
    size_t known = 0;
    for (size_t i = 0; i < n; i++) known += !isnan(x[i]) && !isnan(y[i]);
    return wijk_sen_fit_among(cx, x, y, n, wijk_sen_outside(cx, known, coverage), out);
}
