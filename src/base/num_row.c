/* SPDX-License-Identifier: EUPL-1.2 */
/* The short numbers of one CSV record: eight signs in one word, and where the processor can, four such words
 * at once. Both ways give the same bits. */
#include "base/base_int.h"

#include <endian.h>
#include <math.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { DIGITS_MOST = 7 };

/* All exact in single precision too. */
static const float POWER[DIGITS_MOST + 1] = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F};

static const uint64_t ONES = 0x0101010101010101u, HIGHS = 0x8080808080808080u;

static const uint64_t NOT_A_NUMBER = 0x7ff8000000000000u;

/* How the decimal sign looks in a word of signs less '0': `alike` are the bits in which two signs may differ.
 */
struct point {
    uint64_t alike, sign;
};
static struct point point_of(enum wijk_num_style style)
{
    if (style == WIJK_NUM_COMMA) return (struct point){0, (uint64_t)(',' ^ '0') * ONES};
    return (struct point){style == WIJK_NUM_EITHER ? (uint64_t)('.' ^ ',') * ONES : 0,
                          (uint64_t)('.' ^ '0') * ONES};
}
_Static_assert((('.' ^ '0') | ('.' ^ ',')) == ('.' ^ '0'), "a point and a comma are alike in all other bits");

/* Eight digits, the most significant in the lowest byte, to their number: pairs, then fours, then all. */
static inline uint64_t eight_digits(uint64_t x)
{
    x = x * 10 + (x >> 8);
    return (((x & 0x000000ff000000ffu) * 0x000f424000000064u) +
            ((x >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u)) >>
           32;
}

/* A number of at most eight signs, among them at most seven digits, perhaps a minus and a decimal sign, and
 * without a branch that depends on them: the text is shifted to the end of a word, with zeros before it and
 * in place of the minus, and the decimal sign is closed up. NAN: not such a number. */
static inline double parse_eight(struct wijk_str t, struct point point)
{
    uint64_t x, bits;
    memcpy(&x, t.p, sizeof x);
    x = le64toh(x);
    const bool minus = (x & 0xff) == '-';
    x = ((x ^ (uint64_t)'0' * ONES) & ~(minus ? UINT64_C(0xff) : 0)) << ((64 - 8 * t.n) & 63);
    const uint64_t other = (x | point.alike) ^ point.sign; /* a byte 0 where the sign stands */
    const uint64_t signs = (other - ONES) & ~other & HIGHS, first = signs & (~signs + 1);
    const uint64_t before = (first >> 7) - 1; /* the bytes before it; all when there is none */
    const bool found = first != 0;
    const unsigned decimals = found ? (unsigned)__builtin_clzll(first | 1) / 8 : 0;
    x = (x & ~before & ~((first >> 7) * 0xff)) | (x & before) << (found ? 8 : 0);
    const bool good =
        (t.n <= 8) & (t.n - minus - found - 1 < DIGITS_MOST) & !(((x + 0x76 * ONES) | x) & HIGHS);
    const double v = (double)(int64_t)eight_digits(x) / (double)POWER[decimals];
    memcpy(&bits, &v, sizeof bits);
    bits = good ? bits | (uint64_t)minus << 63 : NOT_A_NUMBER;
    double out;
    memcpy(&out, &bits, sizeof out);
    return out;
}

size_t wijk__num_parse_row_narrow(const struct wijk_str *text, const uint16_t *column, size_t from, size_t n,
                                  enum wijk_num_style style, double *value, uint16_t *odd)
{
    const struct point point = point_of(style);
    size_t n_odd = 0;
    for (size_t i = from; i < n; i++) {
        value[i] = parse_eight(text[column[i]], point);
        odd[n_odd] = (uint16_t)i;
        n_odd += isnan(value[i]) != 0;
    }
    return n_odd;
}

/* ---- four words at once ---- */

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2")))

/* Four words, from four places. */
WIDE static inline __m256i words_at(const void *a, const void *b, const void *c, const void *d)
{
    const __m128i low = _mm_loadl_epi64(a), high = _mm_loadl_epi64(c);
    const __m128d both_low = _mm_loadh_pd(_mm_castsi128_pd(low), b);
    const __m128d both_high = _mm_loadh_pd(_mm_castsi128_pd(high), d);
    return _mm256_castpd_si256(_mm256_insertf128_pd(_mm256_castpd128_pd256(both_low), both_high, 1));
}

/* Eight digits in each lane, the most significant in the lowest byte, to their number: pairs, then fours,
 * then all; less than 2^52, so it stands in the fraction of a double. */
WIDE static inline __m256d eight_digits_wide(__m256i x)
{
    const __m256i pairs = _mm256_maddubs_epi16(x, _mm256_set1_epi16(0x010a));
    const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
    const __m256i all =
        _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)), _mm256_srli_epi64(fours, 32));
    const __m256d two_52 = _mm256_set1_pd(0x1p52);
    return _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(all, _mm256_castpd_si256(two_52))), two_52);
}

WIDE static inline __m256d power_wide(__m256i decimals)
{
    const __m256i low = _mm256_permutevar8x32_epi32(decimals, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
    return _mm256_cvtps_pd(_mm256_castps256_ps128(_mm256_permutevar8x32_ps(_mm256_loadu_ps(POWER), low)));
}

/* parse_eight(), four times: the first eight signs of each text and its length. */
WIDE static inline __m256d parse_wide(__m256i x, __m256i n, struct point point)
{
    const __m256i zero = _mm256_setzero_si256(), ones = _mm256_set1_epi64x(-1);
    const __m256i low = _mm256_set1_epi64x(0xff);
    const __m256i minus = _mm256_cmpeq_epi64(_mm256_and_si256(x, low), _mm256_set1_epi64x('-'));
    x = _mm256_andnot_si256(_mm256_and_si256(minus, low), _mm256_xor_si256(x, _mm256_set1_epi8('0')));
    x = _mm256_sllv_epi64(x, _mm256_sub_epi64(_mm256_set1_epi64x(64), _mm256_slli_epi64(n, 3)));
    const __m256i sign = _mm256_cmpeq_epi8(_mm256_or_si256(x, _mm256_set1_epi64x((int64_t)point.alike)),
                                           _mm256_set1_epi64x((int64_t)point.sign));
    const __m256i none = _mm256_cmpeq_epi64(sign, zero);
    /* The bytes before the first sign, and those behind it. */
    const __m256i before = _mm256_andnot_si256(sign, _mm256_add_epi64(sign, ones));
    const __m256i behind = _mm256_andnot_si256(_mm256_or_si256(_mm256_slli_epi64(before, 8), low),
                                               _mm256_andnot_si256(none, ones));
    const __m256i closed =
        _mm256_or_si256(_mm256_and_si256(x, behind), _mm256_slli_epi64(_mm256_and_si256(x, before), 8));
    x = _mm256_blendv_epi8(closed, x, none);
    const __m256i decimals = _mm256_sad_epu8(_mm256_sub_epi8(zero, behind), zero);

    const __m256i nine = _mm256_set1_epi8(9);
    const __m256i digits = _mm256_add_epi64(_mm256_add_epi64(n, minus), _mm256_sub_epi64(ones, none));
    __m256i good = _mm256_cmpeq_epi64(_mm256_cmpeq_epi8(_mm256_max_epu8(x, nine), nine), ones);
    good = _mm256_and_si256(good, _mm256_cmpgt_epi64(digits, zero));
    good = _mm256_and_si256(good, _mm256_cmpgt_epi64(_mm256_set1_epi64x(DIGITS_MOST + 1), digits));
    good = _mm256_and_si256(good, _mm256_cmpgt_epi64(_mm256_set1_epi64x(9), n));
    const __m256d v = _mm256_or_pd(_mm256_div_pd(eight_digits_wide(x), power_wide(decimals)),
                                   _mm256_castsi256_pd(_mm256_slli_epi64(minus, 63)));
    return _mm256_blendv_pd(_mm256_castsi256_pd(_mm256_set1_epi64x((int64_t)NOT_A_NUMBER)), v,
                            _mm256_castsi256_pd(good));
}

WIDE static size_t parse_row_wide(const struct wijk_str *text, const uint16_t *column, size_t n,
                                  enum wijk_num_style style, double *value, uint16_t *odd)
{
    const struct point point = point_of(style);
    size_t n_odd = 0, i = 0;
    for (; i + 4 <= n; i += 4) {
        const struct wijk_str *a = text + column[i], *b = text + column[i + 1], *c = text + column[i + 2],
                              *d = text + column[i + 3];
        const __m256d v =
            parse_wide(words_at(a->p, b->p, c->p, d->p), words_at(&a->n, &b->n, &c->n, &d->n), point);
        _mm256_storeu_pd(value + i, v);
        unsigned nan = (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(v, v, _CMP_UNORD_Q));
        for (; nan; nan &= nan - 1) odd[n_odd++] = (uint16_t)(i + (unsigned)__builtin_ctz(nan));
    }
    return n_odd + wijk__num_parse_row_narrow(text, column, i, n, style, value, odd + n_odd);
}
#endif

size_t wijk_num_parse_row(const struct wijk_str *text, const uint16_t *column, size_t n,
                          enum wijk_num_style style, double *value, uint16_t *odd)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return parse_row_wide(text, column, n, style, value, odd);
#endif
    return wijk__num_parse_row_narrow(text, column, 0, n, style, value, odd);
}
