/* SPDX-License-Identifier: EUPL-1.2 */
/* Letters by SMTP. Text goes as base64, so that no line of it can be taken for anything else. */
#include "fetch/post.h"

#include "store/address_store.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum { TOTAL_S = 60, SETTINGS_MAX = 64 << 10 };

/* ---- settings ---- */

static enum wijk_err bad(struct wijk_cx *cx, const char *path, const char *what)
{
    return wijk_fail(cx, WIJK_EDEF, "%s: %s klopt niet.", path, what);
}

/* No sign that would end a line of a letter's head, or an address in it. */
static bool plain_line(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 32 || *s == '<' || *s == '>' || *s == '"' || *s == 127) return false;
    return true;
}

static bool server_good(const char *s)
{
    return (strncmp(s, "smtp://", 7) == 0 || strncmp(s, "smtps://", 8) == 0) && plain_line(s) &&
           !strchr(s, '@');
}

static bool at_loopback(const char *server)
{
    static const char *const HERE[] = {"://127.0.0.1", "://localhost", "://[::1]"};
    for (size_t k = 0; k < sizeof HERE / sizeof *HERE; k++) {
        const char *at = strstr(server, HERE[k]);
        const size_t n = strlen(HERE[k]);
        if (at && (!at[n] || at[n] == ':' || at[n] == '/')) return true;
    }
    return false;
}

enum wijk_err wijk_post_read(struct wijk_cx *cx, const char *path, const struct wijk_post **out)
{
    struct wijk_str bytes, secret;
    const struct wijk_yaml *y;
    struct wijk_post *p = WIJK_NEW(cx, struct wijk_post, 1);
    WIJK_TRY(wijk_file_read(cx, path, SETTINGS_MAX, &bytes));
    WIJK_TRY(wijk_yaml_read(cx, bytes, path, &y));
    *p = (struct wijk_post){.server = wijk_yaml_text(y, "server", ""),
                            .from = wijk_yaml_text(y, "from", ""),
                            .name = wijk_yaml_text(y, "name", "Wijkregie"),
                            .base = wijk_yaml_text(y, "base", ""),
                            .user = wijk_yaml_text(y, "user", NULL),
                            .ca = wijk_yaml_text(y, "ca", NULL)};
    if (!server_good(p->server)) return bad(cx, path, "server");
    if (!wijk_mail_address(cx, wijk_str(p->from))) return bad(cx, path, "from");
    if (!plain_line(p->name)) return bad(cx, path, "name");
    if (!wijk_url_guarded(cx, p->base)) return bad(cx, path, "base");
    const char *file = wijk_yaml_text(y, "password-file", NULL);
    if (file) {
        WIJK_TRY(wijk_file_read(cx, file, SETTINGS_MAX, &secret));
        p->password = wijk_str_dup(cx, wijk_str_trim(secret));
    }
    *out = p;
    return WIJK_OK;
}

/* ---- the letter ---- */

static void base64(struct wijk_buf *b, const char *text, size_t line)
{
    static const char SIGN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t n = strlen(text);
    for (size_t i = 0, in_line = 0; i < n; i += 3) {
        unsigned v = (unsigned)(unsigned char)text[i] << 16;
        if (i + 1 < n) v |= (unsigned)(unsigned char)text[i + 1] << 8;
        if (i + 2 < n) v |= (unsigned char)text[i + 2];
        wijk_buf_char(b, SIGN[v >> 18]);
        wijk_buf_char(b, SIGN[v >> 12 & 63]);
        wijk_buf_char(b, i + 1 < n ? SIGN[v >> 6 & 63] : '=');
        wijk_buf_char(b, i + 2 < n ? SIGN[v & 63] : '=');
        in_line += 4;
        if (line && in_line >= line) wijk_buf_str(b, "\r\n"), in_line = 0;
    }
}

/* A word of the head: as it is when that can be, else encoded (RFC 2047), in pieces that fit. */
static void head_text(struct wijk_buf *b, const char *text)
{
    enum { PIECE = 42 };
    bool ascii = true;
    for (const char *c = text; *c; c++) ascii = ascii && *c >= 32 && *c < 127 && *c != '=' && *c != '?';
    if (ascii) {
        wijk_buf_str(b, text);
        return;
    }
    for (const char *at = text; *at;) {
        size_t n = strlen(at);
        if (n > PIECE) n = PIECE;
        while (n > 1 && ((unsigned char)at[n] & 0xc0) == 0x80) n--; /* no sign in two */
        wijk_buf_str(b, at == text ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        base64(b, wijk_sprintf(b->cx, "%.*s", (int)n, at), 0);
        wijk_buf_str(b, "?=");
        at += n;
    }
}

const char *wijk_letter_text(struct wijk_cx *cx, const struct wijk_post *p, const struct wijk_letter *l)
{
    static const char *const DAY[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
                             *const MONTH[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct wijk_buf b = wijk_buf(cx, 1 << 20);
    struct tm t;
    const time_t now = l->now;
    gmtime_r(&now, &t);
    wijk_buf_str(&b, "From: ");
    head_text(&b, p->name);
    wijk_buf_printf(&b, " <%s>\r\nTo: <%s>\r\nSubject: ", p->from, l->to);
    head_text(&b, l->subject);
    wijk_buf_printf(&b, "\r\nDate: %s, %02d %s %d %02d:%02d:%02d +0000\r\n", DAY[t.tm_wday], t.tm_mday,
                    MONTH[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
    wijk_buf_printf(&b, "Message-ID: <%s@%s>\r\n", l->id, strchr(p->from, '@') + 1);
    if (l->leave)
        wijk_buf_printf(&b, "List-Unsubscribe: <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                        l->leave);
    wijk_buf_str(&b, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    base64(&b, l->text, 76);
    wijk_buf_str(&b, "\r\n");
    return wijk_buf_cstr(&b);
}

/* ---- sending ---- */

struct reading {
    const char *p;
    size_t left;
};

static size_t give(char *into, size_t size, size_t n, void *self)
{
    struct reading *r = self;
    size_t take = size * n < r->left ? size * n : r->left;
    memcpy(into, r->p, take);
    r->p += take;
    r->left -= take;
    return take;
}

static void begin(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static CURLcode perform(CURL *c, const struct wijk_post *p, struct curl_slist *to, const char *from,
                        struct reading *r)
{
    curl_easy_setopt(c, CURLOPT_URL, p->server);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_USE_SSL, (long)(at_loopback(p->server) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (p->ca) curl_easy_setopt(c, CURLOPT_CAINFO, p->ca);
    curl_easy_setopt(c, CURLOPT_PROXY, ""); /* never from the environment */
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    if (p->user) curl_easy_setopt(c, CURLOPT_USERNAME, p->user);
    if (p->password) curl_easy_setopt(c, CURLOPT_PASSWORD, p->password);
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(c, CURLOPT_READDATA, r);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)TOTAL_S);
    return curl_easy_perform(c);
}

enum wijk_err wijk_post_send(struct wijk_cx *cx, const struct wijk_post *p, const struct wijk_letter *l)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin);
    if (!wijk_mail_address(cx, wijk_str(l->to))) return wijk_fail(cx, WIJK_EIO, "Dit is geen e-mailadres.");
    const char *text = wijk_letter_text(cx, p, l);
    struct reading r = {text, strlen(text)};
    struct curl_slist *to = curl_slist_append(NULL, wijk_sprintf(cx, "<%s>", l->to));
    CURL *c = to ? curl_easy_init() : NULL;
    const CURLcode code = c ? perform(c, p, to, wijk_sprintf(cx, "<%s>", p->from), &r) : CURLE_FAILED_INIT;
    if (c) curl_easy_cleanup(c);
    curl_slist_free_all(to);
    if (code == CURLE_OK) return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO, "De mailserver nam een bericht niet aan (%s).", curl_easy_strerror(code));
}
