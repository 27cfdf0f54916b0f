/* SPDX-License-Identifier: EUPL-1.2 */
/* Hashes: SHA-256 for trust (libsodium), a fast one for tables. Also progress and log, which are as small. */
#include "base/base_int.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct wijk_sha256),
               "room for the library's state");

void wijk_sha256_begin(struct wijk_sha256 *h)
{
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    memcpy(h->state, &s, sizeof s);
}

void wijk_sha256_add(struct wijk_sha256 *h, const void *bytes, size_t n)
{
    crypto_hash_sha256_state s;
    memcpy(&s, h->state, sizeof s);
    crypto_hash_sha256_update(&s, bytes, n);
    memcpy(h->state, &s, sizeof s);
}

void wijk_sha256_end(struct wijk_sha256 *h, char hex[65])
{
    crypto_hash_sha256_state s;
    unsigned char digest[crypto_hash_sha256_BYTES];
    memcpy(&s, h->state, sizeof s);
    crypto_hash_sha256_final(&s, digest);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}

/* wyhash-like: multiply and fold (Wang Yi 2019), eight bytes at a time. */
static uint64_t fold(uint64_t a, uint64_t b)
{
    unsigned __int128 m = (unsigned __int128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t wijk_hash64(const void *bytes, size_t n, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t h = seed ^ 0xa0761d6478bd642fu, word;
    size_t left = n;
    for (; left >= 8; p += 8, left -= 8) {
        memcpy(&word, p, 8);
        h = fold(h ^ word, 0xe7037ed1a0b428dbu);
    }
    word = 0;
    if (left) memcpy(&word, p, left);
    return fold(h ^ word, 0x8ebc6af09c88c6e3u ^ n);
}

/* ---- progress and log ---- */

bool wijk_progress_step(const struct wijk_progress *p, const char *what, uint64_t done, uint64_t total)
{
    return !p || !p->step || p->step(p->self, what, done, total);
}

void wijk_log(const struct wijk_log *log, enum wijk_log_level level, const char *fmt, ...)
{
    char raw[1024], line[4 * sizeof raw];
    if (!log || !log->line || level > log->max) return;
    va_list args;
    va_start(args, fmt);
    vsnprintf(raw, sizeof raw, fmt, args);
    va_end(args);
    size_t n = 0;
    for (const char *p = raw; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x20 || c == 0x7f)
            n += (size_t)snprintf(line + n, sizeof line - n, "\\x%02x", c);
        else
            line[n++] = *p;
    }
    line[n] = 0;
    log->line(log->self, level, line);
}
