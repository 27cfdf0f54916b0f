/* SPDX-License-Identifier: EUPL-1.2 */
/* Secrets: random texts of which only the hash is kept, and passwords by Argon2id (libsodium, with the costs
 * that OWASP asks or more: two passes over 64 MiB). */
#include "flow/people_int.h"

#include <sodium.h>
#include <string.h>
#include <sys/random.h>

enum { BYTES = 32 };
static const unsigned long long PASSES = 2;
static const size_t MEMORY = (size_t)64 << 20;

enum wijk_err wijk__random(struct wijk_cx *cx, void *out, size_t n)
{
    if (getrandom(out, n, 0) == (ssize_t)n) return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO, "Het systeem geeft geen toevalsgetallen.");
}

enum wijk_err wijk_secret_new(struct wijk_cx *cx, char text[WIJK_SECRET_TEXT])
{
    uint8_t bytes[BYTES];
    WIJK_TRY(wijk__random(cx, bytes, sizeof bytes));
    sodium_bin2base64(text, WIJK_SECRET_TEXT, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return WIJK_OK;
}

void wijk_secret_hash(const char *text, uint8_t hash[WIJK_HASH])
{
    struct wijk_sha256 h;
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, text, strlen(text));
    wijk_sha256_bytes(&h, hash);
}

enum wijk_err wijk__password_hash(struct wijk_cx *cx, struct wijk_str password, const char **out)
{
    char *text = WIJK_NEW(cx, char, crypto_pwhash_STRBYTES);
    if (sodium_init() < 0 ||
        crypto_pwhash_str_alg(text, password.p, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13))
        return wijk_fail(cx, WIJK_EIO, "Er is te weinig geheugen om het wachtwoord te bewaren.");
    *out = text;
    return WIJK_OK;
}

/* Of no password: takes as long as a real one. */
static const char NONE[] = "$argon2id$v=19$m=65536,t=2,p=1$bm9ib2R5cy1zYWx0LTE2$"
                           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool wijk__password_fits(const char *kept, struct wijk_str password)
{
    if (sodium_init() < 0 || password.n > WIJK_PASSWORD_MAX) return false;
    return crypto_pwhash_str_verify(kept ? kept : NONE, password.p, password.n) == 0 && kept;
}
