/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 (FIPS 180-4) by nettle, which takes the processor's own instructions for it where it has them:
 * every imported file is hashed whole, so its speed is felt. */
#include "base/base.h"

#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct wijk_sha256), "room for the library's state");

static struct sha256_ctx *inner(struct wijk_sha256 *h)
{
    return (struct sha256_ctx *)(void *)h->state;
}

void wijk_sha256_begin(struct wijk_sha256 *h)
{
    sha256_init(inner(h));
}

void wijk_sha256_add(struct wijk_sha256 *h, const void *bytes, size_t n)
{
    sha256_update(inner(h), n, bytes);
}

void wijk_sha256_bytes(struct wijk_sha256 *h, uint8_t out[SHA256_DIGEST_SIZE])
{
    sha256_digest(inner(h), SHA256_DIGEST_SIZE, out);
}

void wijk_sha256_end(struct wijk_sha256 *h, char hex[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    wijk_sha256_bytes(h, digest);
    wijk_hex(digest, sizeof digest, hex);
}

void wijk_hex(const void *bytes, size_t n, char *out)
{
    const uint8_t *b = bytes;
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = "0123456789abcdef"[b[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[b[i] & 15];
    }
    out[2 * n] = '\0';
}
