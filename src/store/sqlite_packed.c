/* SPDX-License-Identifier: EUPL-1.2 */
/* The vectors of a series in less room, without losing a bit. Figures are whole numbers of tenths, hundredths
 * or thousandths in a small range; nearly all cells are there; rows follow one another as in their file. A
 * packed vector is always shorter than the plain one, so its length tells which it is, and plain vectors of
 * before are read as they are.
 *
 *   value   'P' w d 0, base i64, n unsigned numbers u of w bytes: 0 = NAN, else (base + u - 1) / 10^d
 *   status  'P' s, then for each cell that is not s: how many cells to pass over (varint), its status
 *   row     'P', then runs: cells (varint), and the step to the first row of the run from where the last run
 * left off (varint, zigzag); rows rise by one inside a run
 *
 * A varint has seven bits in each byte, low ones first, and the high bit where more follows. Little endian.
 */
#include "store/store_int.h"

#include <endian.h>
#include <math.h>
#include <string.h>

enum { MARK = 'P', HEAD = 12, DECIMALS_MOST = 6, BLOCK = 64, VARINT_MOST = 10 };
static const double POWER[DECIMALS_MOST + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
static const double BASE_MOST =
    2251799813685248.0; /* 2^51: whole numbers below it are exact, and so is their sum */

/* ---- values ---- */

/* The nearest whole number, for less than 2^51 either way: adding this leaves no room for a fraction. */
static inline double nearest(double v)
{
    const double magic = 6755399441055744.0; /* 1.5 x 2^52 */
    return (v + magic) - magic;
}

/* Every value as a whole number of 1/10^decimals into out, NAN as it is; *low and *high of them. false: some
 * value is no such number. */
static bool whole(const double *v, size_t n, int decimals, double *out, double *low, double *high)
{
    const double power = POWER[decimals];
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t from = 0; from < n; from += BLOCK) {
        const size_t to = n - from < BLOCK ? n : from + BLOCK;
        int bad = 0;
        for (size_t k = from; k < to; k++) {
            const double m = nearest(v[k] * power);
            bad |= (m / power != v[k]) & (v[k] == v[k]);
            *low = m < *low ? m : *low;
            *high = m > *high ? m : *high;
            out[k] = m;
        }
        if (bad) return false;
    }
    return *low > *high || (*low > -BASE_MOST && *high < BASE_MOST);
}

static void put_numbers(unsigned char *to, const double *m, size_t n, size_t width, double low)
{
    for (size_t k = 0; k < n; k++) {
        const double above = m[k] == m[k] ? m[k] - low + 1 : 0;
        const uint32_t u = htole32((uint32_t)(int64_t)above);
        memcpy(to + k * width, &u, sizeof u); /* what is too much is written over by the next */
    }
}

size_t wijk__packed_from_f64(struct wijk_cx *cx, const double *v, size_t n, const void **out)
{
    double *m = WIJK_NEW(cx, double, n), low = 0, high = 0;
    int decimals = 0;
    while (decimals <= DECIMALS_MOST && !whole(v, n, decimals, m, &low, &high)) decimals++;
    const bool none = low > high;
    const double range = none ? 0 : high - low + 1;
    const size_t width = range < 256 ? 1 : range < 65536 ? 2 : range < 16777216 ? 3 : 4;
    if (decimals <= DECIMALS_MOST && range < UINT32_MAX && HEAD + n * width < n * sizeof *v) {
        unsigned char *packed = WIJK_NEW(cx, unsigned char, HEAD + n * width + sizeof(uint32_t));
        const int64_t base = none ? 0 : (int64_t)low;
        const uint64_t bits = htole64((uint64_t)base);
        packed[0] = MARK;
        packed[1] = (unsigned char)width;
        packed[2] = (unsigned char)decimals;
        memcpy(packed + 4, &bits, sizeof bits);
        put_numbers(packed + HEAD, m, n, width, none ? 0 : low);
        *out = packed;
        return HEAD + n * width;
    }
    *out = wijk__vector_from_f64(cx, v, n);
    return n * sizeof *v;
}

double *wijk__packed_to_f64(struct wijk_cx *cx, struct wijk_str blob, size_t n)
{
    if (blob.n == n * sizeof(double)) return wijk__vector_to_f64(cx, blob);
    if (blob.n < HEAD || blob.n >= n * sizeof(double)) return NULL;
    const unsigned char *p = (const unsigned char *)blob.p;
    const size_t width = p[1], decimals = p[2];
    uint64_t bits;
    memcpy(&bits, p + 4, sizeof bits);
    const int64_t base = (int64_t)le64toh(bits);
    if (p[0] != MARK || width < 1 || width > 4 || decimals > DECIMALS_MOST || p[3] ||
        blob.n != HEAD + n * width || base <= -(int64_t)BASE_MOST || base >= (int64_t)BASE_MOST)
        return NULL;
    double *v = WIJK_NEW(cx, double, n);
    const double power = POWER[decimals];
    const uint32_t mask = width == 4 ? UINT32_MAX : (1u << 8 * width) - 1;
    p += HEAD;
    for (size_t k = 0; k < n; k++) {
        uint32_t u = 0;
        /* Four bytes at once, but not past the end of the blob. */
        if (k + 4 < n)
            memcpy(&u, p + k * width, sizeof u);
        else
            memcpy(&u, p + k * width, width);
        u = le32toh(u) & mask;
        v[k] = u ? (double)(base + (int64_t)u - 1) / power : NAN;
    }
    return v;
}

/* ---- small whole numbers ---- */

static unsigned char *put_varint(unsigned char *to, uint64_t v)
{
    for (; v >= 0x80; v >>= 7) *to++ = (unsigned char)(v | 0x80);
    *to++ = (unsigned char)v;
    return to;
}

/* NULL: there is none that fits 63 bits before `end`. */
static const unsigned char *get_varint(const unsigned char *p, const unsigned char *end, uint64_t *v)
{
    *v = 0;
    for (int shift = 0; p < end && shift < 63; shift += 7) {
        *v |= (uint64_t)(*p & 0x7f) << shift;
        if (!(*p++ & 0x80)) return p;
    }
    return NULL;
}

/* ---- statuses ---- */

/* How many cells from `at` on are `usual`. */
static size_t run_of(const uint8_t *v, size_t at, size_t n, uint8_t usual)
{
    const uint64_t eight = usual * UINT64_C(0x0101010101010101);
    size_t k = at;
    for (uint64_t word; k + 8 <= n; k += 8) {
        memcpy(&word, v + k, sizeof word);
        if (word != eight) break;
    }
    while (k < n && v[k] == usual) k++;
    return k - at;
}

size_t wijk__packed_from_u8(struct wijk_cx *cx, const uint8_t *v, size_t n, const void **out)
{
    *out = n ? (const void *)v : "";
    if (n <= 2 + VARINT_MOST) return n;
    const uint8_t usual = run_of(v, 0, n, v[0]) == n ? v[0] : WIJK_STATUS_OK;
    unsigned char *packed = WIJK_NEW(cx, unsigned char, n + 1 + VARINT_MOST), *to = packed,
                  *most = packed + n - 1;
    *to++ = MARK;
    *to++ = usual;
    for (size_t k = 0; k < n; k++) {
        const size_t pass = run_of(v, k, n, usual);
        k += pass;
        if (k == n) break;
        to = put_varint(to, pass);
        *to++ = v[k];
        if (to >= most) return n; /* no gain */
    }
    *out = packed;
    return (size_t)(to - packed);
}

const uint8_t *wijk__packed_to_u8(struct wijk_cx *cx, struct wijk_str blob, size_t n)
{
    uint8_t *v = WIJK_NEW(cx, uint8_t, n);
    if (blob.n == n) {
        memcpy(v, blob.p, n);
        return v;
    }
    const unsigned char *p = (const unsigned char *)blob.p, *end = p + blob.n;
    if (blob.n < 2 || blob.n > n || p[0] != MARK) return NULL;
    memset(v, p[1], n);
    p += 2;
    for (size_t k = 0; p < end; k++) {
        uint64_t pass;
        p = get_varint(p, end, &pass);
        if (!p || p == end || pass >= n - k) return NULL;
        k += (size_t)pass;
        v[k] = *p++;
        if (k + 1 == n && p < end) return NULL;
    }
    return v;
}

/* ---- rows ---- */

/* How many of v follow one another; at least one. */
static size_t rising(const uint32_t *v, size_t n)
{
    size_t k = 1;
    for (uint32_t bad = 0; k + BLOCK <= n; k += BLOCK) {
        for (uint32_t i = 0; i < BLOCK; i++) bad |= v[k + i] - v[k - 1] - 1 - i;
        if (bad) break;
    }
    while (k < n && v[k] == v[k - 1] + 1 && v[k]) k++;
    return k;
}

size_t wijk__packed_from_u32(struct wijk_cx *cx, const uint32_t *v, size_t n, const void **out)
{
    const size_t plain = n * sizeof *v;
    unsigned char *packed = WIJK_NEW(cx, unsigned char, plain + 1 + 2 * VARINT_MOST), *to = packed;
    int64_t expected = 0;
    *to++ = MARK;
    for (size_t k = 0; k < n && (size_t)(to - packed) < plain;) {
        const size_t run = rising(v + k, n - k);
        const int64_t step = (int64_t)v[k] - expected;
        to = put_varint(to, run);
        to = put_varint(to, (uint64_t)step << 1 ^ (uint64_t)(step >> 63));
        expected = (int64_t)v[k] + (int64_t)run;
        k += run;
    }
    const size_t length = (size_t)(to - packed);
    *out = length < plain ? packed : wijk__vector_from_u32(cx, v, n);
    return length < plain ? length : plain;
}

uint32_t *wijk__packed_to_u32(struct wijk_cx *cx, struct wijk_str blob, size_t n)
{
    if (blob.n == n * sizeof(uint32_t)) return wijk__vector_to_u32(cx, blob);
    const unsigned char *p = (const unsigned char *)blob.p, *end = p + blob.n;
    if (blob.n < 1 || blob.n > n * sizeof(uint32_t) || p[0] != MARK) return NULL;
    uint32_t *v = WIJK_NEW(cx, uint32_t, n);
    int64_t expected = 0;
    size_t k = 0;
    for (p++; k < n;) {
        uint64_t run, zigzag;
        p = get_varint(p, end, &run);
        p = p ? get_varint(p, end, &zigzag) : NULL;
        if (!p || run < 1 || run > n - k || zigzag > (uint64_t)UINT32_MAX << 2) return NULL;
        const int64_t first = expected + ((int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1));
        if (first < 0 || first + (int64_t)run - 1 > UINT32_MAX) return NULL;
        for (uint64_t i = 0; i < run; i++) v[k++] = (uint32_t)(first + (int64_t)i);
        expected = first + (int64_t)run;
    }
    return p == end ? v : NULL;
}
