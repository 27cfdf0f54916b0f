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

BODY void sum_some(const lanes *some, double shift, struct running *r)
{
    const lanes x = *some;
    bits known = x == x;
    lanes d = WHERE(known, x - shift);
    r->sum += d;
    r->squares += d * d;
    r->count -= known;
}

BODY struct sums gathered(const struct running *a, const struct running *b)
{
    struct sums s = {0, 0, 0};
    for (size_t k = 0; k < LANES; k++) {
        s.n += (double)(a->count[k] + b->count[k]);
        s.sum += a->sum[k] + b->sum[k];
        s.squares += a->squares[k] + b->squares[k];
    }
    return s;
}

/* Asked for so many bytes before they are read: columns come from afar, and the processor itself does not
 * look beyond the page. Asking for what lies behind the end does nothing. */
enum { AHEAD = 8192, LINE = 64 };

BODY void sums_body(const double *v, size_t n, double shift, struct sums *out)
{
    struct running a = {{0}, {0}, {0}}, b = a; /* two, so that one addition need not wait for the last */
    lanes x, y;
    size_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        __builtin_prefetch((const char *)(v + i) + AHEAD);
        __builtin_prefetch((const char *)(v + i) + AHEAD + LINE);
        LOAD(x, v + i, LANES);
        LOAD(y, v + i + LANES, LANES);
        sum_some(&x, shift, &a);
        sum_some(&y, shift, &b);
    }
    for (; i < n; i += LANES) {
        LOAD(x, v + i, n - i);
        sum_some(&x, shift, &a);
    }
    *out = gathered(&a, &b);
}
WIDTHS(sums, (const double *v, size_t n, double shift, struct sums *out), (v, n, shift, out))

BODY void sums_single_body(const float *v, size_t n, double shift, struct sums *out)
{
    struct running a = {{0}, {0}, {0}}, b = a;
    lanes x, y;
    size_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        __builtin_prefetch((const char *)(v + i) + AHEAD);
        LOAD_SINGLE(x, v + i, LANES);
        LOAD_SINGLE(y, v + i + LANES, LANES);
        sum_some(&x, shift, &a);
        sum_some(&y, shift, &b);
    }
    for (; i < n; i += LANES) {
        LOAD_SINGLE(x, v + i, n - i);
        sum_some(&x, shift, &a);
    }
    *out = gathered(&a, &b);
}
WIDTHS(sums_single, (const float *v, size_t n, double shift, struct sums *out), (v, n, shift, out))

static struct wijk_moments moments_of(const struct sums *s, double shift)
{
    double spread = s->squares - s->sum * (s->sum / s->n);
    return (struct wijk_moments){(size_t)s->n, shift + s->sum / s->n,
                                 s->n > 1 ? sqrt((spread > 0 ? spread : 0) / (s->n - 1)) : NAN};
}

struct wijk_moments wijk_moments(const double *v, size_t n)
{
    struct sums s;
    size_t first = 0;
    while (first < n && isnan(v[first])) first++;
    if (first == n) return (struct wijk_moments){0, NAN, NAN};
    sums(v, n, v[first], &s);
    return moments_of(&s, v[first]);
}

struct wijk_moments wijk_moments_single(const float *v, size_t n)
{
    struct sums s;
    size_t first = 0;
    while (first < n && isnan(v[first])) first++;
    if (first == n) return (struct wijk_moments){0, NAN, NAN};
    sums_single(v, n, (double)v[first], &s);
    return moments_of(&s, (double)v[first]);
}

/* ---- weighted sums over columns ---- */

/* Columns at once; areas of which num and den stay near while columns pass by; bytes of the next such block.
 */
enum { SOME = 4, BLOCK = 1024, NEXT = BLOCK * sizeof(float) };

/* One step of eight areas; n_column, single and fresh (from 0 on, not from what is there) are constants
 * wherever this is called from. */
BODY void add_some(const struct wijk_weighed *c, size_t n_column, bool single, bool fresh, double *num,
                   double *den, size_t i, size_t n)
{
    lanes a = {0}, b = {0}, x;
    if (!fresh) {
        LOAD(a, num + i, n);
        LOAD(b, den + i, n);
    }
    for (size_t k = 0; k < n_column; k++) {
        if (single) {
            __builtin_prefetch((const char *)(c[k].single + i) + NEXT);
            LOAD_SINGLE(x, c[k].single + i, n);
        } else
            LOAD(x, c[k].v + i, n);
        bits known = x == x;
        a += WHERE(known, (x - c[k].centre) * c[k].per);
        b += WHERE(known, c[k].weight - (lanes){0});
    }
    STORE(num + i, a, n);
    STORE(den + i, b, n);
}

BODY void add_block(const struct wijk_weighed *c, size_t n_column, bool single, bool fresh, double *num,
                    double *den, size_t from, size_t to)
{
    size_t i = from;
    for (; i + LANES <= to; i += LANES) add_some(c, n_column, single, fresh, num, den, i, LANES);
    if (i < to) add_some(c, n_column, single, fresh, num, den, i, to - i);
}

BODY void add_kind(const struct wijk_weighed *column, size_t n_column, bool single, bool fresh, double *num,
                   double *den, size_t n)
{
    const size_t block = n_column > SOME ? BLOCK : n; /* only those that come back have to stay near */
    for (size_t from = 0; from < n; from += block) {
        const size_t to = n - from < block ? n : from + block;
        size_t k = 0;
        for (; k + SOME <= n_column; k += SOME) {
            const struct wijk_weighed c[SOME] = {column[k], column[k + 1], column[k + 2], column[k + 3]};
            if (fresh && !k)
                add_block(c, SOME, single, true, num, den, from, to);
            else
                add_block(c, SOME, single, false, num, den, from, to);
        }
        if (fresh && !k) add_block(&column[k++], 1, single, true, num, den, from, to);
        for (; k < n_column; k++) add_block(&column[k], 1, single, false, num, den, from, to);
    }
}

BODY void add_body(const struct wijk_weighed *column, size_t n_column, bool fresh, double *num, double *den,
                   size_t n)
{
    for (size_t k = 0, end; k < n_column; k = end) {
        const bool single = !column[k].v;
        for (end = k + 1; end < n_column && !column[end].v == single;) end++;
        if (single)
            add_kind(column + k, end - k, true, fresh && !k, num, den, n);
        else
            add_kind(column + k, end - k, false, fresh && !k, num, den, n);
    }
}
WIDTHS(add, (const struct wijk_weighed *c, size_t n_column, bool fresh, double *num, double *den, size_t n),
       (c, n_column, fresh, num, den, n))

void wijk_columns_add(const struct wijk_weighed *column, size_t n_column, double *num, double *den, size_t n)
{
    add(column, n_column, false, num, den, n);
}

void wijk_columns_set(const struct wijk_weighed *column, size_t n_column, double *num, double *den, size_t n)
{
    if (!n_column) {
        memset(num, 0, n * sizeof *num);
        memset(den, 0, n * sizeof *den);
    }
    add(column, n_column, true, num, den, n);
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
