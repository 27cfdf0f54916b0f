/* SPDX-License-Identifier: EUPL-1.2 */
/* A fast hash for tables. Also progress and log, which are as small. SHA-256, for trust, is in sha256.c. */
#include "base/base_int.h"

#include <stdio.h>
#include <string.h>

/* wyhash-like: multiply and fold (Wang Yi 2019), eight bytes at a time. */
static uint64_t fold(uint64_t a, uint64_t b)
{
    unsigned __int128 m = (unsigned __int128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* 0 to 7 bytes as one little-endian word, without a loop: most names and numbers are this short. */
static uint64_t tail(const unsigned char *p, size_t n)
{
    if (n >= 4) {
        uint32_t low, high;
        memcpy(&low, p, 4);
        memcpy(&high, p + n - 4, 4);
        return low | (uint64_t)high << 8 * (n - 4);
    }
    return n ? p[0] | (uint64_t)p[n / 2] << 8 * (n / 2) | (uint64_t)p[n - 1] << 8 * (n - 1) : 0;
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
    return fold(h ^ tail(p, left), 0x8ebc6af09c88c6e3u ^ n);
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
