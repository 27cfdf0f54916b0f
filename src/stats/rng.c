/* SPDX-License-Identifier: EUPL-1.2 */
/* A repeatable source of chance: xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64. */
#include "stats/stats.h"

#include <assert.h>
#include <math.h>

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = *x += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

struct wijk_rng wijk_rng(uint64_t seed)
{
    struct wijk_rng r;
    for (int i = 0; i < 4; i++) r.s[i] = splitmix(&seed);
    return r;
}

static uint64_t turn(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

uint64_t wijk_rng_next(struct wijk_rng *r)
{
    uint64_t out = turn(r->s[1] * 5, 7) * 9, t = r->s[1] << 17;
    r->s[2] ^= r->s[0];
    r->s[3] ^= r->s[1];
    r->s[1] ^= r->s[2];
    r->s[0] ^= r->s[3];
    r->s[2] ^= t;
    r->s[3] = turn(r->s[3], 45);
    return out;
}

double wijk_rng_uniform(struct wijk_rng *r)
{
    return (double)(wijk_rng_next(r) >> 11) * 0x1p-53;
}

/* Marsaglia and Bray 1964; the second of each pair is left, so that one call has no memory of another. */
double wijk_rng_normal(struct wijk_rng *r)
{
    for (;;) {
        double u = 2 * wijk_rng_uniform(r) - 1, v = 2 * wijk_rng_uniform(r) - 1, q = u * u + v * v;
        if (q > 0 && q < 1) return u * sqrt(-2 * log(q) / q);
    }
}

size_t wijk_rng_below(struct wijk_rng *r, size_t n)
{
    assert(n > 0);
    uint64_t cut = UINT64_MAX - UINT64_MAX % n;
    for (;;) {
        uint64_t x = wijk_rng_next(r);
        if (x < cut) return (size_t)(x % n);
    }
}
