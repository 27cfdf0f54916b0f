/* SPDX-License-Identifier: EUPL-1.2 */
/* Small texts of the protocol: random ones, base64url, JSON, queries. */
#include "sso/sso_int.h"

#include <string.h>
#include <sys/random.h>

static const char SIGN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void wijk__sso_b64(const unsigned char *bytes, size_t n, char *out)
{
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < n; i++) {
        held = held << 8 | bytes[i];
        for (bits += 8; bits >= 6; bits -= 6) *out++ = SIGN[held >> (bits - 6) & 63];
    }
    if (bits) *out++ = SIGN[held << (6 - bits) & 63];
    *out = 0;
}

bool wijk__sso_unb64(struct wijk_cx *cx, struct wijk_str text, struct wijk_str *out)
{
    char *into = WIJK_NEW(cx, char, text.n / 4 * 3 + 4);
    uint32_t held = 0;
    int bits = 0;
    size_t n = 0;
    if (text.n % 4 == 1) return false;
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.p[i] ? memchr(SIGN, text.p[i], 64) : NULL;
        if (!at) return false;
        held = held << 6 | (uint32_t)(at - SIGN);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            into[n++] = (char)(held >> bits & 255);
        }
    }
    *out = (struct wijk_str){into, n};
    return (held & ((1u << bits) - 1)) == 0; /* one way to write it: what is left over is zero */
}

enum wijk_err wijk__sso_random(struct wijk_cx *cx, char out[WIJK__SSO_TOKEN_B64 + 1])
{
    unsigned char bytes[32];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return wijk_fail(cx, WIJK_EIO, "Het systeem geeft geen toevalsgetallen.");
    wijk__sso_b64(bytes, sizeof bytes, out);
    return WIJK_OK;
}

bool wijk__sso_same(struct wijk_str a, struct wijk_str b)
{
    volatile unsigned char differ = 0;
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) differ = differ | (unsigned char)(a.p[i] ^ b.p[i]);
    return differ == 0;
}

static void free_json(void *json)
{
    json_decref(json);
}

json_t *wijk__sso_json(struct wijk_cx *cx, struct wijk_str bytes)
{
    json_error_t error;
    json_t *json = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &error);
    if (!json) return NULL;
    wijk_cx_defer(cx, free_json, json);
    return json_is_object(json) ? json : NULL;
}

const char *wijk__sso_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

void wijk__sso_put(struct wijk_buf *b, const char *name, const char *value)
{
    bool first = b->n == 0 || !memchr(b->p, '?', b->n);
    bool address = b->n && memmem(b->p, b->n, "://", 3);
    if (b->n) wijk_buf_char(b, address && first ? '?' : '&');
    wijk_buf_str(b, name);
    wijk_buf_char(b, '=');
    wijk_url_put(b, value);
}

static int hex_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL: not to be read. */
static const char *unescape(struct wijk_cx *cx, struct wijk_str s)
{
    char *into = WIJK_NEW(cx, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '+') c = ' ';
        if (c == '%') {
            int high = i + 2 < s.n ? hex_of(s.p[i + 1]) : -1, low = high < 0 ? -1 : hex_of(s.p[i + 2]);
            if (low < 0) return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        }
        into[n++] = c;
    }
    return wijk_utf8_valid((struct wijk_str){into, n}, NULL) ? into : NULL;
}

bool wijk__sso_query(struct wijk_cx *cx, struct wijk_str query, const char *name, const char **value,
                     size_t *n)
{
    *n = 0;
    *value = "";
    for (size_t at = 0; at < query.n;) {
        const char *and = memchr(query.p + at, '&', query.n - at);
        struct wijk_str pair = {query.p + at, and? (size_t)(and-query.p) - at : query.n - at};
        at += pair.n + 1;
        const char *is = pair.n ? memchr(pair.p, '=', pair.n) : NULL;
        if (!is) continue;
        const char *key = unescape(cx, (struct wijk_str){pair.p, (size_t)(is - pair.p)});
        if (!key) return false;
        if (strcmp(key, name) != 0) continue;
        const char *text = unescape(cx, (struct wijk_str){is + 1, (size_t)(pair.p + pair.n - is) - 1});
        if (!text) return false;
        if ((*n)++ == 0) *value = text;
    }
    return true;
}
