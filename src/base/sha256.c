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

void wijk_sha256_end(struct wijk_sha256 *h, char hex[65])
{
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_digest(inner(h), sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[64] = '\0';
}
