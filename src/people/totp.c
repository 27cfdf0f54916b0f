/* SPDX-License-Identifier: EUPL-1.2 */
/* Codes of a second factor: RFC 6238 (time) over RFC 4226 (count), SHA-1, six digits, thirty seconds; the
 * secret in base32 of RFC 4648. */
#include "people/people.h"

#include <nettle/hmac.h>

enum { DIGITS = 6, MODULO = 1000000 };

unsigned wijk_totp_code(const uint8_t secret[WIJK_TOTP_SECRET], int64_t step)
{
    struct hmac_sha1_ctx h;
    uint8_t count[8], sum[SHA1_DIGEST_SIZE];
    for (int k = 0; k < 8; k++) count[k] = (uint8_t)((uint64_t)step >> (56 - 8 * k));
    hmac_sha1_set_key(&h, WIJK_TOTP_SECRET, secret);
    hmac_sha1_update(&h, sizeof count, count);
    hmac_sha1_digest(&h, sizeof sum, sum);
    unsigned at = sum[SHA1_DIGEST_SIZE - 1] & 15u;
    uint32_t v = (uint32_t)(sum[at] & 127u) << 24 | (uint32_t)sum[at + 1] << 16 | (uint32_t)sum[at + 2] << 8 |
                 sum[at + 3];
    return v % MODULO;
}

int64_t wijk_totp_accept(const uint8_t secret[WIJK_TOTP_SECRET], struct wijk_str code, int64_t now_s,
                         int64_t last)
{
    int64_t given, now = now_s / WIJK_TOTP_STEP_S, found = 0;
    if (code.n != DIGITS || !wijk_int_parse(code, 0, MODULO - 1, &given)) return 0;
    for (int64_t step = now - 1; step <= now + 1; step++) /* all three, however soon one fits */
        if (step > last && wijk_totp_code(secret, step) == (unsigned)given) found = step;
    return found;
}

const char *wijk_totp_text(struct wijk_cx *cx, const uint8_t secret[WIJK_TOTP_SECRET])
{
    static const char SIGN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = WIJK_NEW(cx, char, WIJK_TOTP_SECRET / 5 * 8 + 1);
    for (int five = 0; five < WIJK_TOTP_SECRET / 5; five++) {
        uint64_t bits = 0;
        for (int k = 0; k < 5; k++) bits = bits << 8 | secret[5 * five + k];
        for (int k = 0; k < 8; k++) text[8 * five + k] = SIGN[bits >> (35 - 5 * k) & 31];
    }
    return text;
}

static void escape(struct wijk_buf *b, const char *text)
{
    for (const char *c = text; *c; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))
            wijk_buf_char(b, *c);
        else
            wijk_buf_printf(b, "%%%02X", (unsigned char)*c);
}

const char *wijk_totp_address(struct wijk_cx *cx, const uint8_t secret[WIJK_TOTP_SECRET], const char *issuer,
                              const char *name)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "otpauth://totp/");
    escape(&b, issuer);
    wijk_buf_char(&b, ':');
    escape(&b, name);
    wijk_buf_printf(&b, "?secret=%s&issuer=", wijk_totp_text(cx, secret));
    escape(&b, issuer);
    return wijk_buf_cstr(&b);
}
