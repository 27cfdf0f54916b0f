/* SPDX-License-Identifier: EUPL-1.2 */
/* The nearest rows of every row, exact.
 *
 * All pairs are first looked at in single precision, blocked so that rows stay in the cache, each pair once
 * for both its rows. What is kept there is not a distance but a number that is certainly not above it (see
 * `shrink`), so a row whose number is too large cannot be a neighbour. The few that are left are measured
 * again in double precision, and that answer counts. Where the margin does not prove that nothing was missed,
 * the row is done over all others in double precision. So processor and compiler do not show in the answer.
 */
#include "stats/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* ---- one row, in double precision ---- */

/* Squared distance over the columns that both have, stretched to all columns. INFINITY below min_shared. */
static double square_shared(const double *a, const double *b, size_t d, size_t min_shared)
{
    double sum = 0;
    size_t both = 0;
    for (size_t j = 0; j < d; j++) {
        const double apart = a[j] - b[j];
        if (isnan(apart)) continue;
        sum += apart * apart;
        both++;
    }
    if (!both || both < min_shared) return INFINITY;
    return sum * (double)d / (double)both;
}

/* Of rows without gaps: four sums side by side. NAN when there is a gap. */
static double square_whole(const double *a, const double *b, size_t d)
{
    double sum[4] = {0, 0, 0, 0};
    size_t j = 0;
    for (; j + 4 <= d; j += 4)
        for (size_t k = 0; k < 4; k++) {
            const double apart = a[j + k] - b[j + k];
            sum[k] += apart * apart;
        }
    for (; j < d; j++) sum[0] += (a[j] - b[j]) * (a[j] - b[j]);
    return sum[0] + sum[1] + (sum[2] + sum[3]);
}

/* The k best so far, nearest first; of equals the lower row. */
struct best {
    size_t k, n;
    double *square;
    uint32_t *row;
};

static void take(struct best *b, double d2, uint32_t row)
{
    if (!(d2 < INFINITY)) return;
    if (b->n == b->k && !(d2 < b->square[b->k - 1] || (d2 == b->square[b->k - 1] && row < b->row[b->k - 1])))
        return;
    size_t at = b->n < b->k ? b->n++ : b->k - 1;
    while (at > 0 && (b->square[at - 1] > d2 || (b->square[at - 1] == d2 && b->row[at - 1] > row))) {
        b->square[at] = b->square[at - 1];
        b->row[at] = b->row[at - 1];
        at--;
    }
    b->square[at] = d2;
    b->row[at] = row;
}

static void close_row(struct best *b)
{
    for (size_t i = 0; i < b->n; i++) b->square[i] = sqrt(b->square[i]);
    for (size_t i = b->n; i < b->k; i++) b->square[i] = NAN, b->row[i] = UINT32_MAX;
}

static double between(const struct wijk_near_in *in, size_t a, size_t b)
{
    const double *x = in->x + a * in->d, *y = in->x + b * in->d, d2 = square_whole(x, y, in->d);
    return isnan(d2) ? square_shared(x, y, in->d, in->min_shared) : d2;
}

void wijk_near_one(const struct wijk_near_in *in, size_t row, uint32_t *near, double *distance)
{
    struct best b = {in->k, 0, distance, near};
    if (!in->k) return;
    for (size_t i = 0; i < in->n; i++)
        if (i != row) take(&b, between(in, row, i), (uint32_t)i);
    close_row(&b);
}

/* ---- all rows: what cannot be ruled out in single precision ---- */

enum {
    PANEL = 48, /* rows in one packed panel */
    TILE = PANEL * PANEL,
    STRIP = 4,  /* panels that stay in the cache while the others pass by */
    SPARE = 4,  /* candidates beyond k, so that the margin nearly always proves the answer */
    MORE = 40,  /* candidates that come in before the furthest are dropped again */
    LEEWAY = 4, /* so many more than asked may stay: a limit that is about right is found in a few steps */
};

/* Rows without gaps as panels: packed[panel][column][row of the panel], and per row what is kept: a bound,
 * as its bits (bounds are not negative, so they sort alike), and whose it is. */
struct sieve {
    size_t n, d, n_panel; /* rows that are padded up to whole panels are far from everything */
    float *packed, *norm; /* norm: squared length, shrunk */
    float *limit;         /* a bound from here on is no candidate any more */
    uint32_t *bits, *who; /* n x room */
    uint32_t *n_kept;
    size_t keep, room;
};

/* Rounding in single precision of inputs, products, sums and lengths moves a squared distance by at most
 * (d + 8) 2^-23 (|a|^2 + |b|^2): Higham 2002, 3.1, with 2|a||b| <= |a|^2 + |b|^2. */
static double shrink(size_t d)
{
    return 1 - (double)(d + 8) * 0x1p-23;
}

static size_t below(const uint32_t *v, size_t n, uint32_t limit)
{
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) count += v[i] < limit;
    return count;
}

/* Halves towards a limit that leaves `keep` candidates, or a few more, and drops what is not below it. Where
 * many are equally far fewer may be left; the row is then not proven and is done again in full. */
static void drop_far(struct sieve *s, size_t row)
{
    uint32_t *v = s->bits + row * s->room, *who = s->who + row * s->room;
    uint32_t low = v[0], high = v[0];
    for (size_t i = 1; i < s->room; i++) {
        low = v[i] < low ? v[i] : low;
        high = v[i] > high ? v[i] : high;
    }
    while (high - low > 1) { /* fewer than keep lie below low, keep or more below high or at it */
        const uint32_t middle = low + (high - low) / 2;
        const size_t n = below(v, s->room, middle);
        if (n < s->keep) {
            low = middle;
            continue;
        }
        high = middle;
        if (n <= s->keep + LEEWAY) break;
    }
    size_t n = 0;
    for (size_t i = 0; i < s->room; i++) {
        v[n] = v[i];
        who[n] = who[i];
        n += v[i] < high;
    }
    s->n_kept[row] = (uint32_t)n;
    memcpy(&s->limit[row], &high, sizeof high);
}

static void keep(struct sieve *s, size_t row, float bound, size_t other)
{
    const size_t at = row * s->room + s->n_kept[row]++;
    if (bound < 0) bound = 0;
    memcpy(&s->bits[at], &bound, sizeof bound);
    s->who[at] = (uint32_t)other;
    if (s->n_kept[row] == s->room) drop_far(s, row);
}

/* Two panels: their shrunk lengths and limits. */
struct tile {
    const float *norm_a, *norm_b, *limit_a, *limit_b;
    float bound[TILE];    /* row by row */
    uint64_t near[PANEL]; /* a bit for each column */
};

/* tile[r][c] = inner product of row r of panel a with row c of panel b. */
static void products(const float *a, const float *b, size_t d, float *tile)
{
    memset(tile, 0, TILE * sizeof *tile);
    for (size_t r = 0; r < PANEL; r += 4)
        for (size_t j = 0; j < d; j++)
            for (size_t q = 0; q < 4; q++) {
                const float x = a[j * PANEL + r + q];
                float *to = tile + (r + q) * PANEL;
                for (size_t c = 0; c < PANEL; c++) to[c] += x * b[j * PANEL + c];
            }
}

/* From products to bounds, |a|^2 + |b|^2 - 2ab, and of each row which columns may be near, to either. */
static void bounds(struct tile *t)
{
    for (size_t r = 0; r < PANEL; r++) {
        float *v = t->bound + r * PANEL;
        const float norm = t->norm_a[r], limit = t->limit_a[r];
        int any = 0;
        for (size_t c = 0; c < PANEL; c++) v[c] = norm + t->norm_b[c] - 2 * v[c];
        for (size_t c = 0; c < PANEL; c++) any |= (v[c] < limit) | (v[c] < t->limit_b[c]);
        t->near[r] = any ? ((uint64_t)1 << PANEL) - 1 : 0;
    }
}

#if defined(__x86_64__)
/* Four rows by 24 columns at a time: twelve sums that stay in registers. */
__attribute__((target("avx2,fma"))) static void products_avx2(const float *a, const float *b, size_t d,
                                                              float *tile)
{
    for (size_t r = 0; r < PANEL; r += 4) {
        for (size_t c = 0; c < PANEL; c += 24) {
            __m256 sum[4][3];
            for (size_t q = 0; q < 4; q++)
                for (size_t w = 0; w < 3; w++) sum[q][w] = _mm256_setzero_ps();
            for (size_t j = 0; j < d; j++) {
                const float *y = b + j * PANEL + c;
                const __m256 y0 = _mm256_loadu_ps(y), y1 = _mm256_loadu_ps(y + 8),
                             y2 = _mm256_loadu_ps(y + 16);
                for (size_t q = 0; q < 4; q++) {
                    const __m256 x = _mm256_broadcast_ss(a + j * PANEL + r + q);
                    sum[q][0] = _mm256_fmadd_ps(x, y0, sum[q][0]);
                    sum[q][1] = _mm256_fmadd_ps(x, y1, sum[q][1]);
                    sum[q][2] = _mm256_fmadd_ps(x, y2, sum[q][2]);
                }
            }
            for (size_t q = 0; q < 4; q++)
                for (size_t w = 0; w < 3; w++)
                    _mm256_storeu_ps(tile + (r + q) * PANEL + c + 8 * w, sum[q][w]);
        }
    }
}

__attribute__((target("avx2,fma"))) static void bounds_avx2(struct tile *t)
{
    const __m256 minus_two = _mm256_set1_ps(-2);
    for (size_t r = 0; r < PANEL; r++) {
        const __m256 norm = _mm256_broadcast_ss(t->norm_a + r), limit = _mm256_broadcast_ss(t->limit_a + r);
        uint64_t near = 0;
        for (size_t c = 0; c < PANEL; c += 8) {
            float *at = t->bound + r * PANEL + c;
            const __m256 most = _mm256_max_ps(limit, _mm256_loadu_ps(t->limit_b + c)),
                         both = _mm256_add_ps(norm, _mm256_loadu_ps(t->norm_b + c)),
                         v = _mm256_fmadd_ps(minus_two, _mm256_loadu_ps(at), both);
            _mm256_storeu_ps(at, v);
            near |= (uint64_t)(unsigned)_mm256_movemask_ps(_mm256_cmp_ps(v, most, _CMP_LT_OQ)) << c;
        }
        t->near[r] = near;
    }
}

/* Eight rows by 48 columns at a time: 24 sums. */
__attribute__((target("avx512f"))) static void products_avx512(const float *a, const float *b, size_t d,
                                                               float *tile)
{
    for (size_t r = 0; r < PANEL; r += 8) {
        __m512 sum[8][3];
        for (size_t q = 0; q < 8; q++)
            for (size_t w = 0; w < 3; w++) sum[q][w] = _mm512_setzero_ps();
        for (size_t j = 0; j < d; j++) {
            const float *y = b + j * PANEL;
            const __m512 y0 = _mm512_loadu_ps(y), y1 = _mm512_loadu_ps(y + 16), y2 = _mm512_loadu_ps(y + 32);
            for (size_t q = 0; q < 8; q++) {
                const __m512 x = _mm512_set1_ps(a[j * PANEL + r + q]);
                sum[q][0] = _mm512_fmadd_ps(x, y0, sum[q][0]);
                sum[q][1] = _mm512_fmadd_ps(x, y1, sum[q][1]);
                sum[q][2] = _mm512_fmadd_ps(x, y2, sum[q][2]);
            }
        }
        for (size_t q = 0; q < 8; q++)
            for (size_t w = 0; w < 3; w++) _mm512_storeu_ps(tile + (r + q) * PANEL + 16 * w, sum[q][w]);
    }
}

__attribute__((target("avx512f"))) static void bounds_avx512(struct tile *t)
{
    __m512 norm_b[3], limit_b[3];
    for (size_t w = 0; w < 3; w++) norm_b[w] = _mm512_loadu_ps(t->norm_b + 16 * w);
    for (size_t w = 0; w < 3; w++) limit_b[w] = _mm512_loadu_ps(t->limit_b + 16 * w);
    for (size_t r = 0; r < PANEL; r++) {
        const __m512 norm = _mm512_set1_ps(t->norm_a[r]), limit = _mm512_set1_ps(t->limit_a[r]);
        uint64_t near = 0;
        for (size_t w = 0; w < 3; w++) {
            float *at = t->bound + r * PANEL + 16 * w;
            const __m512 most = _mm512_max_ps(limit, limit_b[w]), both = _mm512_add_ps(norm, norm_b[w]),
                         v = _mm512_fnmadd_ps(_mm512_set1_ps(2), _mm512_loadu_ps(at), both);
            _mm512_storeu_ps(at, v);
            near |= (uint64_t)_mm512_cmp_ps_mask(v, most, _CMP_LT_OQ) << 16 * w;
        }
        t->near[r] = near;
    }
}
#endif

static const struct way {
    void (*products)(const float *a, const float *b, size_t d, float *tile);
    void (*bounds)(struct tile *t);
} PLAIN = {products, bounds};
#if defined(__x86_64__)
static const struct way AVX2 = {products_avx2, bounds_avx2}, AVX512 = {products_avx512, bounds_avx512};
#endif

static const struct way *fastest(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return &AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &AVX2;
#endif
    return &PLAIN;
}

/* Hands the pairs of one tile on to both their rows, when they may be near. */
static void sift(struct sieve *s, const struct tile *t, size_t first_a, size_t first_b)
{
    for (size_t r = 0; r < PANEL; r++) {
        const size_t a = first_a + r;
        uint64_t near = t->near[r];
        if (first_a == first_b) near &= ~(((uint64_t)2 << r) - 1); /* each pair once, and none with itself */
        for (; near; near &= near - 1) {
            const size_t c = (size_t)__builtin_ctzll(near), b = first_b + c;
            const float bound = t->bound[r * PANEL + c];
            if (bound < s->limit[a]) keep(s, a, bound, b);
            if (bound < s->limit[b]) keep(s, b, bound, a);
        }
    }
}

static void sift_all(struct sieve *s)
{
    const struct way *way = fastest();
    const size_t size = s->d * PANEL;
    struct tile t;
    for (size_t strip = 0; strip < s->n_panel; strip += STRIP) {
        const size_t end = strip + STRIP < s->n_panel ? strip + STRIP : s->n_panel;
        for (size_t b = strip; b < s->n_panel; b++) {
            for (size_t a = strip; a < end && a <= b; a++) {
                t.norm_a = s->norm + a * PANEL, t.limit_a = s->limit + a * PANEL;
                t.norm_b = s->norm + b * PANEL, t.limit_b = s->limit + b * PANEL;
                way->products(s->packed + a * size, s->packed + b * size, s->d, t.bound);
                way->bounds(&t);
                sift(s, &t, a * PANEL, b * PANEL);
            }
        }
    }
}

static struct sieve *pack(struct wijk_cx *cx, const struct wijk_near_in *in, const uint32_t *row, size_t n)
{
    struct sieve *s = WIJK_NEW(cx, struct sieve, 1);
    const size_t padded = (n + PANEL - 1) / PANEL * PANEL;
    *s = (struct sieve){.n = n, .d = in->d, .n_panel = padded / PANEL, .keep = in->k + SPARE};
    s->room = s->keep + MORE;
    s->packed = WIJK_NEW(cx, float, padded * in->d);
    s->norm = WIJK_NEW(cx, float, padded);
    s->limit = WIJK_NEW(cx, float, padded);
    s->bits = (uint32_t *)wijk_alloc_n(cx, padded * s->room, sizeof *s->bits);
    s->who = (uint32_t *)wijk_alloc_n(cx, padded * s->room, sizeof *s->who);
    s->n_kept = WIJK_NEW(cx, uint32_t, padded);
    for (size_t i = 0; i < padded; i++) {
        double length = 0;
        for (size_t j = 0; i < n && j < in->d; j++) {
            const double v = in->x[row[i] * in->d + j];
            s->packed[i / PANEL * PANEL * in->d + j * PANEL + i % PANEL] = (float)v;
            length += v * v;
        }
        /* Padding is infinitely far and wants nothing. */
        s->norm[i] = i < n ? (float)(length * shrink(in->d)) : INFINITY;
        s->limit[i] = i < n ? INFINITY : -INFINITY;
    }
    return s;
}

/* ---- all rows: the answer ---- */

/* false: what was kept does not prove that nothing nearer was dropped. */
static bool settle(const struct wijk_near_in *in, const struct sieve *s, const uint32_t *row, size_t i,
                   struct best *b)
{
    for (size_t q = 0; q < s->n_kept[i]; q++) {
        const uint32_t other = row[s->who[i * s->room + q]];
        take(b, between(in, row[i], other), other);
    }
    if (s->n_kept[i] + 1 == s->n) return true; /* nothing was dropped */
    return b->n == b->k && b->square[b->k - 1] < (double)s->limit[i];
}

/* No gaps, and no numbers so large that single precision would run over. */
static bool sifted(const double *row, size_t d)
{
    static const double SQUARE_MOST = 1e37;
    double length = 0;
    for (size_t j = 0; j < d; j++) length += row[j] * row[j];
    return length < SQUARE_MOST;
}

void wijk_near_all(struct wijk_cx *cx, const struct wijk_near_in *in, uint32_t *near, double *distance)
{
    if (!in->k) return;
    uint32_t *row = WIJK_NEW(cx, uint32_t, in->n), *gap = WIJK_NEW(cx, uint32_t, in->n);
    size_t n = 0, n_gap = 0;
    for (size_t i = 0; i < in->n; i++)
        if (sifted(in->x + i * in->d, in->d))
            row[n++] = (uint32_t)i;
        else
            gap[n_gap++] = (uint32_t)i;
    struct sieve *s = pack(cx, in, row, n);
    sift_all(s);
    for (size_t i = 0; i < n; i++) {
        const size_t at = row[i] * in->k;
        struct best b = {in->k, 0, distance + at, near + at};
        if (!settle(in, s, row, i, &b)) {
            b.n = 0;
            for (size_t q = 0; q < n; q++)
                if (q != i) take(&b, between(in, row[i], row[q]), row[q]);
        }
        for (size_t q = 0; q < n_gap; q++) take(&b, between(in, row[i], gap[q]), gap[q]);
        close_row(&b);
    }
    for (size_t q = 0; q < n_gap; q++)
        wijk_near_one(in, gap[q], near + gap[q] * in->k, distance + gap[q] * in->k);
}
