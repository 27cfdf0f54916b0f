/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a message, where libmicrohttpd is lenient. It takes a bare LF for the end of a line, drops what
 * follows a NUL, joins a folded line to the *name* of its header and lets blanks stand before the colon; each
 * lets two servers read two messages out of the same bytes. The pieces it gives still lie in the buffer they
 * were received in, one NUL where a blank or colon was and two where CR LF was, so walking them end to end
 * shows every byte it passed over:
 *
 *   GET0/api/v1?q=a0HTTP/1.100Host0 a00Accept0 b0000
 *
 * When they do not lie like that the message is refused. */
#include "http/server_int.h"

#include <string.h>
#include <strings.h>

enum { HEADER_BYTES = 16 << 10, HEADERS_MAX = 100 };

struct walk {
    const char *at; /* where the next line begins when all is well */
    bool broken;
    size_t n, host, length, coding;
    const char *length_text;
};

/* RFC 9110 5.6.2 */
static bool is_token(const char *text, size_t n)
{
    static const char SIGNS[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < n; i++) {
        char c = text[i], low = (char)(c | 32);
        if (!((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (c && strchr(SIGNS, c)))) return false;
    }
    return n > 0;
}

static bool has_control(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)text[i] < 32 && text[i] != '\t') || text[i] == 127) return true;
    return false;
}

static enum MHD_Result header(void *self, enum MHD_ValueKind kind, const char *name, size_t n,
                              const char *value, size_t value_n)
{
    struct walk *w = self;
    (void)kind;
    w->n++;
    w->host += strcasecmp(name, "Host") == 0;
    w->coding += strcasecmp(name, "Transfer-Encoding") == 0;
    if (strcasecmp(name, "Content-Length") == 0) w->length++, w->length_text = value;
    if (w->broken) return MHD_YES;
    const char *text = name == w->at && is_token(name, n) ? name + n + 1 : NULL;
    while (text && text < value && (*text == ' ' || *text == '\t')) text++;
    w->broken = !value || text != value || has_control(value, value_n);
    w->at = value + value_n + 2;
    return MHD_YES;
}

bool wijk__framing_target(const char *target)
{
    return *target && !strchr(target, ' ') && !has_control(target, strlen(target));
}

unsigned wijk__framing_check(const struct http_message *m, bool *has_length, uint64_t *length)
{
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(m->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct walk w = {.at = m->version + strlen(m->version) + 2};
    w.broken = !is_token(m->method, strlen(m->method)) || m->method + strlen(m->method) + 1 != m->target ||
               m->target + m->target_n + 1 != m->version;
    MHD_get_connection_values_n(m->connection, MHD_HEADER_KIND, header, &w);
    if (w.n > HEADERS_MAX || !size || size->header_size > HEADER_BYTES) return 431;
    if (w.broken || w.at + 2 != m->method + size->header_size) return 400;
    if (w.coding || w.length > 1 || w.host > 1) return 400;
    if (!w.host && strcmp(m->version, "HTTP/1.0") != 0) return 400;
    *has_length = w.length > 0;
    *length = 0;
    if (!w.length || strcmp(w.length_text, "0") == 0) return 0;
    if (!m->may_bring) return 413;
    int64_t n;
    size_t digits = strspn(w.length_text, "0123456789");
    if (w.length_text[digits] || digits == 0) return 400;
    if (digits > 15 || !wijk_int_parse(wijk_str(w.length_text), 0, INT64_MAX, &n)) return 413;
    *length = (uint64_t)n;
    return 0;
}
