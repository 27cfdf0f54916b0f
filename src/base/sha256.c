/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 (FIPS 180-4) by libsodium; on x86 processors with instructions for it, the blocks go through those:
 * five times as fast, which is felt because every imported file is hashed whole. */
#include "base/base_int.h"

#include <sodium.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <pthread.h>

struct fast {
    uint32_t h[8];
    uint64_t n; /* bytes so far */
    unsigned char rest[64];
};
_Static_assert(sizeof(struct fast) <= sizeof(struct wijk_sha256), "room for our state");

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool has_sha;
static void look(void)
{
    unsigned a, b, c, d;
    bool simd = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3) && (c & bit_SSE4_1);
    has_sha = simd && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}

/* Four rounds: the words of `w` with their constants. */
#define ROUNDS(w, k)                                                                                         \
    do {                                                                                                     \
        __m128i t_ = _mm_add_epi32(w, _mm_loadu_si128((const __m128i *)(K + (k))));                          \
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, t_);                                                        \
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(t_, 0x0e));                               \
    } while (0)

/* The processor keeps the eight words as ABEF and CDGH. */
__attribute__((target("sha,sse4.1,ssse3"))) static void blocks(uint32_t h[8], const unsigned char *p,
                                                               size_t n)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i t = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)h), 0xb1);
    __m128i cdgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(h + 4)), 0x1b);
    __m128i abef = _mm_alignr_epi8(t, cdgh, 8);
    cdgh = _mm_blend_epi16(cdgh, t, 0xf0);
    for (; n; n--, p += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
        for (int i = 0; i < 4; i++) {
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
            ROUNDS(w[i], 4 * i);
        }
        for (int i = 4; i < 16; i++) {
            __m128i *now = &w[i & 3], last = w[(i + 3) & 3];
            *now = _mm_add_epi32(_mm_sha256msg1_epu32(*now, w[(i + 1) & 3]),
                                 _mm_alignr_epi8(last, w[(i + 2) & 3], 4));
            *now = _mm_sha256msg2_epu32(*now, last);
            ROUNDS(*now, 4 * i);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    t = _mm_shuffle_epi32(abef, 0x1b);
    cdgh = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)h, _mm_blend_epi16(t, cdgh, 0xf0));
    _mm_storeu_si128((__m128i *)(h + 4), _mm_alignr_epi8(cdgh, t, 8));
}

static bool fast(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, look);
    return has_sha;
}

static void fast_begin(struct wijk_sha256 *h)
{
    struct fast f = {.h = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
                           0x5be0cd19}};
    memcpy(h->state, &f, sizeof f);
}

static void fast_add(struct wijk_sha256 *h, const unsigned char *p, size_t n)
{
    struct fast f;
    memcpy(&f, h->state, sizeof f);
    size_t have = f.n % 64, take = n < 64 - have ? n : 64 - have;
    f.n += n;
    if (have) {
        memcpy(f.rest + have, p, take);
        p += take, n -= take;
        if (have + take == 64) blocks(f.h, f.rest, 1);
    }
    if (n >= 64) blocks(f.h, p, n / 64);
    if (n % 64) memcpy(f.rest, p + n / 64 * 64, n % 64);
    memcpy(h->state, &f, sizeof f);
}

static void fast_end(struct wijk_sha256 *h, unsigned char digest[32])
{
    struct fast f;
    memcpy(&f, h->state, sizeof f);
    unsigned char pad[72] = {0x80};
    const uint64_t bits = f.n * 8;
    const size_t zeros = (size_t)((119 - f.n % 64) % 64);
    for (size_t i = 0; i < 8; i++) pad[1 + zeros + i] = (unsigned char)(bits >> (56 - 8 * i));
    fast_add(h, pad, 1 + zeros + 8);
    memcpy(&f, h->state, sizeof f);
    for (size_t i = 0; i < 32; i++) digest[i] = (unsigned char)(f.h[i / 4] >> (24 - 8 * (i % 4)));
}

#else
static bool fast(void)
{
    return false;
}
static void fast_begin(struct wijk_sha256 *h)
{
    (void)h;
}
static void fast_add(struct wijk_sha256 *h, const unsigned char *p, size_t n)
{
    (void)h, (void)p, (void)n;
}
static void fast_end(struct wijk_sha256 *h, unsigned char digest[32])
{
    (void)h, (void)digest;
}
#endif

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct wijk_sha256),
               "room for the library's state");

void wijk_sha256_begin(struct wijk_sha256 *h)
{
    crypto_hash_sha256_state s;
    if (fast()) {
        fast_begin(h);
        return;
    }
    crypto_hash_sha256_init(&s);
    memcpy(h->state, &s, sizeof s);
}

void wijk_sha256_add(struct wijk_sha256 *h, const void *bytes, size_t n)
{
    crypto_hash_sha256_state s;
    if (fast()) {
        fast_add(h, bytes, n);
        return;
    }
    memcpy(&s, h->state, sizeof s);
    crypto_hash_sha256_update(&s, bytes, n);
    memcpy(h->state, &s, sizeof s);
}

void wijk_sha256_end(struct wijk_sha256 *h, char hex[65])
{
    crypto_hash_sha256_state s;
    unsigned char digest[crypto_hash_sha256_BYTES];
    if (fast()) {
        fast_end(h, digest);
    } else {
        memcpy(&s, h->state, sizeof s);
        crypto_hash_sha256_final(&s, digest);
    }
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}
