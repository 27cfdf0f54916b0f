/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses: which ones may be asked, and how one is put together so that nothing in it can mean more than it
 * says. libcurl takes every address apart, here as in the transfer itself, so that both see the same host. */
#include "fetch/fetch_int.h"

#include <netinet/in.h>
#include <string.h>
#include <strings.h>

enum { URL_MAX = 8000 };

static const char *const HOSTS[] = {
#define X(origin) origin,
#include "fetch/hosts.h"
#undef X
};

struct parts {
    const char *scheme, *host, *port;
};

static const char *part(struct wijk_cx *cx, CURLU *u, CURLUPart what, unsigned flags)
{
    char *text = NULL;
    const char *kept = NULL;
    if (curl_url_get(u, what, &text, flags) == CURLUE_OK) kept = wijk_str_dup(cx, wijk_str(text));
    curl_free(text);
    return kept;
}

/* false: no absolute http(s) address, or one with a name and password in it. */
static bool take_apart(struct wijk_cx *cx, const char *url, struct parts *out)
{
    CURLU *u = curl_url();
    bool good = u && strlen(url) < URL_MAX && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK;
    *out = (struct parts){NULL, NULL, NULL};
    if (good) {
        out->scheme = part(cx, u, CURLUPART_SCHEME, 0);
        out->host = part(cx, u, CURLUPART_HOST, 0);
        out->port = part(cx, u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
        good = !part(cx, u, CURLUPART_USER, 0) && !part(cx, u, CURLUPART_PASSWORD, 0);
    }
    curl_url_cleanup(u);
    return good && out->scheme && out->host && out->port;
}

static bool same_origin(const struct parts *a, const struct parts *b)
{
    return strcmp(a->scheme, b->scheme) == 0 && strcasecmp(a->host, b->host) == 0 &&
           strcmp(a->port, b->port) == 0;
}

static bool is_loopback(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0;
}

static bool is_https(const struct parts *p)
{
    return strcmp(p->scheme, "https") == 0;
}

enum wijk_err wijk__origin_check(struct wijk_cx *cx, const char *origin)
{
    struct parts p;
    const char *slash = strstr(origin, "://");
    if (take_apart(cx, origin, &p) && slash && !strpbrk(slash + 3, "/?#") &&
        (is_https(&p) || (strcmp(p.scheme, "http") == 0 && is_loopback(p.host))))
        return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE,
                     "«%s» kan niet worden toegestaan: schrijf https:// met alleen een naam erachter.",
                     origin);
}

enum wijk_err wijk__proxy_check(struct wijk_cx *cx, const char *proxy)
{
    struct parts p;
    const char *slash = strstr(proxy, "://");
    if (take_apart(cx, proxy, &p) && slash && !strpbrk(slash + 3, "/?#") &&
        (is_https(&p) || strcmp(p.scheme, "http") == 0))
        return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE,
                     "«%s» is geen adres van een proxy; schrijf http:// met een naam en een poort.", proxy);
}

const char *wijk__url_host(struct wijk_cx *cx, const char *url)
{
    struct parts p;
    return take_apart(cx, url, &p) ? p.host : "?";
}

enum wijk_err wijk__url_check(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url, bool *loopback)
{
    struct parts p, known;
    *loopback = false;
    if (!take_apart(cx, url, &p))
        return wijk_fail(cx, WIJK_EIO, "«%.200s» is geen adres dat opgehaald kan worden.", url);
    for (size_t i = 0; i < f->opt.n_allow; i++) {
        if (!take_apart(cx, f->opt.allow[i], &known) || !same_origin(&p, &known)) continue;
        *loopback = is_loopback(p.host);
        return WIJK_OK;
    }
    if (!is_https(&p))
        return wijk_fail(cx, WIJK_EIO, "%s: er wordt alleen over https opgehaald, niet over %s.", p.host,
                         p.scheme);
    for (size_t i = 0; i < sizeof HOSTS / sizeof *HOSTS; i++)
        if (take_apart(cx, HOSTS[i], &known) && same_origin(&p, &known)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO,
                     "%s staat niet op de lijst van diensten waar iets wordt opgehaald. Met --allow kunt u "
                     "een dienst toevoegen.",
                     p.host);
}

enum wijk_err wijk__url_follow(struct wijk_cx *cx, const char *base, const char *link, const char **out)
{
    CURLU *u = curl_url();
    *out = NULL;
    if (u && strlen(link) < URL_MAX && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
        curl_url_set(u, CURLUPART_URL, link, CURLU_URLENCODE) == CURLUE_OK)
        *out = part(cx, u, CURLUPART_URL, 0);
    curl_url_cleanup(u);
    if (*out) return WIJK_OK;
    return wijk_fail(cx, WIJK_EPARSE, "%s verwijst door naar iets dat geen adres is.",
                     wijk__url_host(cx, base));
}

void wijk_url_put(struct wijk_buf *b, const char *value)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (const char *p = value; *p; p++) {
        unsigned char c = (unsigned char)*p;
        bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-._~", c);
        if (plain) {
            wijk_buf_char(b, *p);
        } else {
            wijk_buf_char(b, '%');
            wijk_buf_char(b, HEX[c >> 4]);
            wijk_buf_char(b, HEX[c & 15]);
        }
    }
}

const char *wijk__url_with(struct wijk_cx *cx, const char *url, const char *name, const char *value)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_printf(&b, "%s%c%s=", url, strchr(url, '?') ? '&' : '?', name);
    wijk_url_put(&b, value);
    return wijk_buf_cstr(&b);
}

bool wijk__url_guarded(struct wijk_cx *cx, const char *url, bool *loopback)
{
    struct parts p;
    if (!take_apart(cx, url, &p)) return false;
    *loopback = is_loopback(p.host);
    return is_https(&p) || (*loopback && strcmp(p.scheme, "http") == 0);
}

bool wijk_url_guarded(struct wijk_cx *cx, const char *url)
{
    bool loopback;
    return wijk__url_guarded(cx, url, &loopback);
}

bool wijk_url_same_origin(struct wijk_cx *cx, const char *url, const char *other)
{
    struct parts a, b;
    return take_apart(cx, url, &a) && take_apart(cx, other, &b) && same_origin(&a, &b);
}

/* ---- who is at the other end ---- */

/* IANA special-purpose registry for IPv4 (RFC 6890): what is not one host on the internet. */
static bool public_v4(uint32_t a)
{
    static const struct {
        uint32_t net;
        int bits;
    } NOT[] = {{0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
               {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16},
               {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 3}};
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        if ((a ^ NOT[i].net) >> (32 - NOT[i].bits) == 0) return false;
    return true;
}

static uint32_t v4_in(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Only 2000::/3 is given out; in it, addresses that carry an IPv4 one are as public as that. */
static bool public_v6(const unsigned char *p)
{
    static const unsigned char MAPPED[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const unsigned char NAT64[12] = {0, 0x64, 0xff, 0x9b};
    if (memcmp(p, MAPPED, 12) == 0 || memcmp(p, NAT64, 12) == 0) return public_v4(v4_in(p + 12));
    if ((p[0] & 0xe0) != 0x20) return false;
    if (p[0] == 0x20 && p[1] == 0x02) return public_v4(v4_in(p + 2));       /* 6to4          */
    if (p[0] == 0x20 && p[1] == 0x01 && p[2] < 2) return false;             /* Teredo, ORCHID */
    return !(p[0] == 0x20 && p[1] == 0x01 && p[2] == 0x0d && p[3] == 0xb8); /* documentation */
}

bool wijk__address_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return public_v4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return public_v6(in.sin6_addr.s6_addr);
    }
    return false;
}

/* RFC 1918, RFC 6598 and RFC 4193. */
static bool own_v4(uint32_t a)
{
    return a >> 24 == 10 || a >> 20 == 0xAC1 || a >> 16 == 0xC0A8 || a >> 22 == 0x64400000 >> 22;
}

bool wijk__address_own(const struct sockaddr *address)
{
    static const unsigned char MAPPED[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return own_v4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        const unsigned char *p = in.sin6_addr.s6_addr;
        return memcmp(p, MAPPED, 12) == 0 ? own_v4(v4_in(p + 12)) : (p[0] & 0xfe) == 0xfc;
    }
    return false;
}
