/* SPDX-License-Identifier: EUPL-1.2 */
/* Long columns eight numbers at a time: moments, weighted sums over columns, and the mean of means with its
 * class. */
#include "stats/stats_int.h"

/* ---- moments ---- */

/* About a value of the column itself: then (mean - shift)^2 is at most n times the variance, and little is
 * lost in the difference. A column of equal values has exactly 0. */
struct sums {
    double n, sum, squares;
};

struct running {
    lanes sum, squares;
    bits count;
};

BODY void sum_some(const double *v, size_t n, double shift, struct running *r)
{
    lanes x;
    LOAD(x, v, n);
    bits known = x == x;
    lanes d = WHERE(known, x - shift);
    r->sum += d;
    r->squares += d * d;
    r->count -= known;
}

/* Asked for so many numbers before they are read: columns come from afar, and the processor itself does not
 * look beyond the page. Asking for what lies behind the end does nothing. */
enum { AHEAD = 1024 };

BODY void sums_body(const double *v, size_t n, double shift, struct sums *out)
{
    struct running a = {{0}, {0}, {0}}, b = a; /* two, so that one addition need not wait for the last */
    size_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        __builtin_prefetch(v + i + AHEAD);
        __builtin_prefetch(v + i + AHEAD + LANES);
        sum_some(v + i, LANES, shift, &a);
        sum_some(v + i + LANES, LANES, shift, &b);
    }
    for (; i < n; i += LANES) sum_some(v + i, n - i, shift, &a);
    *out = (struct sums){0, 0, 0};
    for (size_t k = 0; k < LANES; k++) {
        out->n += (double)(a.count[k] + b.count[k]);
        out->sum += a.sum[k] + b.sum[k];
        out->squares += a.squares[k] + b.squares[k];
    }
}
WIDTHS(sums, (const double *v, size_t n, double shift, struct sums *out), (v, n, shift, out))

struct wijk_moments wijk_moments(const double *v, size_t n)
{
    struct sums s;
    size_t first = 0;
    while (first < n && isnan(v[first])) first++;
    if (first == n) return (struct wijk_moments){0, NAN, NAN};
    sums(v, n, v[first], &s);
    double spread = s.squares - s.sum * (s.sum / s.n);
    return (struct wijk_moments){(size_t)s.n, v[first] + s.sum / s.n,
                                 s.n > 1 ? sqrt((spread > 0 ? spread : 0) / (s.n - 1)) : NAN};
}

/* ---- weighted sums over columns ---- */

/* One step of eight areas; n_column is a constant wherever this is called from. */
BODY void add_some(const struct wijk_weighed *c, size_t n_column, double *num, double *den, size_t i,
                   size_t n)
{
    lanes a, b, x;
    LOAD(a, num + i, n);
    LOAD(b, den + i, n);
    for (size_t k = 0; k < n_column; k++) {
        LOAD(x, c[k].v + i, n);
        bits known = x == x;
        a += WHERE(known, (x - c[k].centre) * c[k].per);
        b += WHERE(known, c[k].weight - (lanes){0});
    }
    STORE(num + i, a, n);
    STORE(den + i, b, n);
}

BODY void add_body(const struct wijk_weighed *column, size_t n_column, double *num, double *den, size_t n)
{
    enum { SOME = 4 };
    for (; n_column >= SOME; n_column -= SOME, column += SOME) {
        const struct wijk_weighed c[SOME] = {column[0], column[1], column[2], column[3]};
        size_t i = 0;
        for (; i + LANES <= n; i += LANES) add_some(c, SOME, num, den, i, LANES);
        if (i < n) add_some(c, SOME, num, den, i, n - i);
    }
    for (; n_column; n_column--, column++) {
        const struct wijk_weighed c = *column;
        size_t i = 0;
        for (; i + LANES <= n; i += LANES) add_some(&c, 1, num, den, i, LANES);
        if (i < n) add_some(&c, 1, num, den, i, n - i);
    }
}
WIDTHS(add, (const struct wijk_weighed *c, size_t n_column, double *num, double *den, size_t n),
       (c, n_column, num, den, n))

void wijk_columns_add(const struct wijk_weighed *column, size_t n_column, double *num, double *den, size_t n)
{
    add(column, n_column, num, den, n);
}

/* ---- the mean of means, and its class ---- */

BODY void blend_body(const struct wijk_blend *b, size_t n)
{
    for (size_t i = 0; i < n; i += LANES) {
        lanes sum = {0}, weight = {0}, known = {0}, num, den;
        for (size_t d = 0; d < b->n_part; d++) {
            LOAD(num, b->num[d] + i, n - i);
            LOAD(den, b->den[d] + i, n - i);
            bits some = den > b->floor[d];
            lanes mean = num / den;
            sum += WHERE(some, mean * b->weight[d]);
            weight += WHERE(some, b->weight[d] - (lanes){0});
            known += WHERE(some, den * b->share[d]);
        }
        lanes total = (lanes){0} + b->middle + sum / weight * b->step; /* NAN where no part counts */
        total = EITHER(known >= b->min_known, total, NAN);
        bits class_ = (bits)WHERE(total == total, (lanes)((bits){0} + 1));
        for (size_t k = 0; k < b->n_limit; k++) class_ -= total > b->limit[k];
        bytes small = __builtin_convertvector(class_, bytes);
        size_t left = n - i < LANES ? n - i : LANES;
        if (b->total) STORE(b->total + i, total, n - i);
        if (b->known) STORE(b->known + i, known, n - i);
        if (b->class_) memcpy(b->class_ + i, &small, left);
    }
}
WIDTHS(blend, (const struct wijk_blend *b, size_t n), (b, n))

void wijk_blend(const struct wijk_blend *b, size_t n)
{
    blend(b, n);
}
