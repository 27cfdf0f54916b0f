/* SPDX-License-Identifier: EUPL-1.2 */
/* How far values lie apart within groups: mean, standard deviation and two quantiles, all by weight. */
#include "stats/stats_int.h"

/* Up to so many members their quantiles are counted out; above it parting them is less work. */
enum { COUNTED_MAX = 512 };

void wijk_groups(struct wijk_cx *cx, const size_t *group, size_t n, size_t n_group, struct wijk_groups *out)
{
    size_t *first = WIJK_NEW(cx, size_t, n_group + 2), *member = WIJK_NEW(cx, size_t, n);
    for (size_t i = 0; i < n; i++)
        if (group[i] < n_group) first[group[i] + 2]++;
    for (size_t g = 0; g < n_group; g++) first[g + 2] += first[g + 1];
    for (size_t i = 0; i < n; i++)
        if (group[i] < n_group) member[first[group[i] + 1]++] = i;
    *out = (struct wijk_groups){n_group, first, member};
}

/* Two quantiles by weight of a few members: of each its weight below or beside it, counted without sorting.
 */
struct ask {
    const double *v, *w; /* NAN and 0 behind them for 4 x LANES */
    size_t n;
    double low, high; /* weights to be reached */
};

/* `some` times eight members: of each the weight at or below it, then the smallest that reaches a target. */
BODY void quantiles_some(const struct ask *q, size_t at, size_t some, lanes *low, lanes *high)
{
    lanes v[4], below[4] = {{0}, {0}, {0}, {0}};
    for (size_t k = 0; k < some; k++) memcpy(&v[k], q->v + at + k * LANES, sizeof v[k]);
    for (size_t j = 0; j < q->n; j++)
        for (size_t k = 0; k < some; k++) below[k] += WHERE(q->v[j] <= v[k], q->w[j] - (lanes){0});
    for (size_t k = 0; k < some; k++) {
        const lanes v_low = EITHER(below[k] >= q->low, v[k], INFINITY),
                    v_high = EITHER(below[k] >= q->high, v[k], INFINITY);
        *low = EITHER(v_low < *low, v_low, *low);
        *high = EITHER(v_high < *high, v_high, *high);
    }
}

BODY void quantiles_body(const struct ask *q, double out[2])
{
    lanes low = (lanes){0} + (double)INFINITY, high = low;
    size_t at = 0;
    for (; at + 2 * LANES < q->n; at += 4 * LANES) quantiles_some(q, at, 4, &low, &high);
    if (at < q->n) quantiles_some(q, at, 2, &low, &high);
    out[0] = out[1] = INFINITY;
    for (size_t k = 0; k < LANES; k++) {
        out[0] = low[k] < out[0] ? low[k] : out[0];
        out[1] = high[k] < out[1] ? high[k] : out[1];
    }
}
WIDTHS(quantiles, (const struct ask *q, double out[2]), (q, out))

struct pair {
    double v, w;
};

/* The smallest value that `target` of the weight lies at or below. p: low up to high, `before` weighs what is
 * smaller; parted ever closer around that value (Hoare 1961). */
static double reach(struct pair *p, size_t low, size_t high, double before, double target)
{
    while (high - low > 1) {
        const double a = p[low].v, b = p[low + (high - low) / 2].v, c = p[high - 1].v;
        const double middle = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
        double less = 0, equal = 0;
        size_t end = low, same = low; /* low..end below middle, end..same equal to it */
        for (size_t i = low; i < high; i++) {
            const struct pair x = p[i];
            if (x.v > middle) continue;
            p[i] = p[same];
            p[same] = x;
            if (x.v < middle) {
                p[same] = p[end];
                p[end++] = x;
                less += x.w;
            } else {
                equal += x.w;
            }
            same++;
        }
        if (before + less >= target) {
            high = end;
        } else if (before + less + equal >= target || same == high) {
            return middle;
        } else {
            before += less + equal;
            low = same;
        }
    }
    return p[low].v;
}

/* The same for many members. Which of BUCKETS equal parts of their range each lies in is monotone, rounding
 * and all: so weights added up by part show in which one a target is reached, and only its members are
 * parted. */
enum { BUCKETS = 256 };
struct sharing {
    const double *v; /* NAN behind them for LANES */
    size_t n;
    double least, per;
    uint8_t *bucket; /* n + LANES */
};

BODY void extent_body(const double *v, size_t n, double out[2])
{
    lanes low = (lanes){0} + (double)INFINITY, high = -low, x;
    for (size_t i = 0; i < n; i += LANES) {
        LOAD(x, v + i, n - i);
        low = EITHER(x < low, x, low);
        high = EITHER(x > high, x, high);
    }
    out[0] = INFINITY, out[1] = -INFINITY;
    for (size_t k = 0; k < LANES; k++) {
        out[0] = low[k] < out[0] ? low[k] : out[0];
        out[1] = high[k] > out[1] ? high[k] : out[1];
    }
}
WIDTHS(extent, (const double *v, size_t n, double out[2]), (v, n, out))

/* The last bits of a sum with 2^52 are the whole number. */
BODY void share_out_body(const struct sharing *s)
{
    lanes x;
    for (size_t i = 0; i < s->n; i += LANES) {
        LOAD(x, s->v + i, s->n - i);
        const bytes part =
            __builtin_convertvector((bits)((x - s->least) * s->per + 0x1p52) & (BUCKETS - 1), bytes);
        memcpy(s->bucket + i, &part, sizeof part);
    }
}
WIDTHS(share_out, (const struct sharing *s), (s))

/* The value at which the target is reached. held: the weight in each part; p: room for all. */
static double reach_in(const struct ask *q, const struct sharing *s, const double *held, double target,
                       struct pair *p)
{
    double before = 0;
    size_t at = 0, n = 0;
    while (at + 1 < BUCKETS && before + held[at] < target) before += held[at++];
    while (at && !(held[at] > 0)) before -= held[--at]; /* the target was not reached but for rounding */
    const uint8_t *from = s->bucket, *end = from + q->n;
    for (const uint8_t *found; (found = memchr(from, (int)at, (size_t)(end - from))); from = found + 1) {
        const size_t i = (size_t)(found - s->bucket);
        p[n++] = (struct pair){q->v[i], q->w[i]};
    }
    return reach(p, 0, n, before, target);
}

static void quantiles_parted(struct wijk_cx *cx, const struct ask *q, double out[2])
{
    struct pair *p = WIJK_NEW(cx, struct pair, q->n);
    double ends[2], held[BUCKETS] = {0};
    extent(q->v, q->n, ends);
    struct sharing s = {q->v, q->n, ends[0], (BUCKETS - 1) / (ends[1] - ends[0]), NULL};
    if (!isfinite(s.per) || !(s.per > 0)) { /* all equal, or a range without measure */
        for (size_t i = 0; i < q->n; i++) p[i] = (struct pair){q->v[i], q->w[i]};
        out[0] = reach(p, 0, q->n, 0, q->low);
        out[1] = reach(p, 0, q->n, 0, q->high);
        return;
    }
    s.bucket = WIJK_NEW(cx, uint8_t, q->n + LANES);
    share_out(&s);
    for (size_t i = 0; i < q->n; i++) held[s.bucket[i]] += q->w[i];
    out[0] = reach_in(q, &s, held, q->low, p);
    out[1] = reach_in(q, &s, held, q->high, p);
}

/* ---- means ---- */

/* Weight and weighted sum, of the squares about `mean` when it is asked for. */
BODY void weigh_body(const double *v, const double *w, size_t n, double mean, double out[2])
{
    lanes weight = {0}, sum = {0}, x, y;
    for (size_t i = 0; i < n; i += LANES) {
        LOAD(x, v + i, n - i);
        LOAD(y, w + i, n - i);
        const lanes part = y * x, square = y * ((x - mean) * (x - mean));
        weight += WHERE(y > 0, y);
        sum += isnan(mean) ? WHERE(y > 0, part) : WHERE(y > 0, square);
    }
    out[0] = out[1] = 0;
    for (size_t k = 0; k < LANES; k++) out[0] += weight[k], out[1] += sum[k];
}
WIDTHS(weigh, (const double *v, const double *w, size_t n, double mean, double out[2]), (v, w, n, mean, out))

/* Members that count, side by side, with their means. */
static struct wijk_spread gather(const struct wijk_groups *g, size_t group, const double *v, const double *w,
                                 double *value, double *weight)
{
    struct wijk_spread s = {0, 0, NAN, NAN, NAN, NAN};
    double sums[2];
    for (size_t k = g->first[group]; k < g->first[group + 1]; k++) {
        const size_t i = g->member[k];
        value[s.n] = v[i]; /* stays only when it counts: nothing to guess */
        weight[s.n] = w[i];
        s.n += (size_t)(v[i] == v[i]) & (size_t)(w[i] > 0);
    }
    if (!s.n) return s;
    weigh(value, weight, s.n, NAN, sums);
    s.weight = sums[0];
    s.mean = sums[1] / s.weight;
    weigh(value, weight, s.n, s.mean, sums);
    s.sd = sqrt(sums[1] / s.weight);
    return s;
}

void wijk_spread_by_group(struct wijk_cx *cx, const struct wijk_groups *g, const double *v, const double *w,
                          double p_low, double p_high, struct wijk_spread *out)
{
    size_t most = 0;
    for (size_t k = 0; k < g->n; k++)
        if (g->first[k + 1] - g->first[k] > most) most = g->first[k + 1] - g->first[k];
    double *value = WIJK_NEW(cx, double, most + 4 * LANES), *weight = WIJK_NEW(cx, double, most + 4 * LANES);
    for (size_t k = 0; k < g->n; k++) {
        struct wijk_spread *s = &out[k];
        *s = gather(g, k, v, w, value, weight);
        if (!s->n) continue;
        for (size_t i = s->n; i < s->n + 4 * LANES; i++) {
            value[i] = NAN;
            weight[i] = 0;
        }
        const double rounding = 1 - 1e-12; /* weights that reach the share but for their last digit do */
        struct ask q = {value, weight, s->n, p_low * s->weight * rounding, p_high * s->weight * rounding};
        double found[2] = {NAN, NAN};
        struct wijk_mark mark = wijk_cx_mark(cx);
        if (s->n <= COUNTED_MAX)
            quantiles(&q, found);
        else
            quantiles_parted(cx, &q, found);
        wijk_cx_rewind(cx, mark);
        s->low = found[0];
        s->high = found[1];
    }
}
