/* SPDX-License-Identifier: EUPL-1.2 */
/* What a service says when it refuses. Map servers do that with status 200 and XML; OData in JSON or XML;
 * machines in between with a page. Only a sentence is looked for, by its tags: nothing is parsed. */
#include "fetch/fetch_int.h"

#include <string.h>

enum { LOOKED_AT = 4096, TEXT_MAX = 300 };

static const char *find(struct wijk_str in, const char *part)
{
    return in.n ? memmem(in.p, in.n, part, strlen(part)) : NULL;
}

static struct wijk_str from(struct wijk_str in, const char *at)
{
    return (struct wijk_str){at, (size_t)(in.p + in.n - at)};
}

/* The text between `open`, the end of that tag, and the next tag. */
static struct wijk_str between(struct wijk_str body, const char *open)
{
    const char *at = find(body, open);
    if (!at) return WIJK_STR("");
    struct wijk_str rest = from(body, at + strlen(open));
    const char *start = find(rest, ">");
    if (!start) return WIJK_STR("");
    rest = from(rest, start + 1);
    if (wijk_str_starts(rest, "<![CDATA[")) rest = from(rest, rest.p + 9);
    const char *end = memchr(rest.p, '<', rest.n);
    return end ? (struct wijk_str){rest.p, (size_t)(end - rest.p)} : WIJK_STR("");
}

/* The text behind `key` in JSON, as it stands there. */
static struct wijk_str after(struct wijk_str body, const char *key)
{
    const char *at = find(body, key);
    if (!at) return WIJK_STR("");
    struct wijk_str rest = from(body, at + strlen(key));
    const char *start = memchr(rest.p, ':', rest.n);
    if (start) start = memchr(start, '"', (size_t)(rest.p + rest.n - start));
    if (!start) return WIJK_STR("");
    rest = from(rest, start + 1);
    const char *end = memchr(rest.p, '"', rest.n);
    return end ? (struct wijk_str){rest.p, (size_t)(end - rest.p)} : WIJK_STR("");
}

const char *wijk__fault_text(struct wijk_cx *cx, struct wijk_str body)
{
    static const char *const TAG[] = {"ExceptionText", "ServiceException", "<m:message", "<message",
                                      "<title"};
    static const char *const KEY[] = {"\"value\"", "\"detail\"", "\"description\"", "\"message\""};
    struct wijk_str text = WIJK_STR("");
    if (body.n > LOOKED_AT) body.n = LOOKED_AT;
    struct wijk_str start = wijk_str_trim(body);
    if (start.n && start.p[0] == '{')
        for (size_t i = 0; i < sizeof KEY / sizeof *KEY && !text.n; i++) text = after(body, KEY[i]);
    else
        for (size_t i = 0; i < sizeof TAG / sizeof *TAG && !text.n; i++)
            text = wijk_str_trim(between(body, TAG[i]));
    if (text.n > TEXT_MAX) text.n = TEXT_MAX;
    while (text.n && !wijk_utf8_valid(text, NULL)) text.n--;
    return wijk_str_dup(cx, wijk_str_plain(cx, wijk_str_trim(text)));
}

enum wijk_err wijk__fault_if_xml(struct wijk_cx *cx, const char *url, const char *path)
{
    struct wijk_file *file;
    char *head = WIJK_NEW(cx, char, LOOKED_AT);
    WIJK_TRY(wijk_file_open(cx, path, &file));
    struct wijk_in in = wijk_file_in(file);
    ptrdiff_t got = in.read(in.self, head, LOOKED_AT);
    wijk_file_close(file);
    struct wijk_str body = {head, got > 0 ? (size_t)got : 0};
    if (wijk_str_starts(body, "\xef\xbb\xbf")) body = (struct wijk_str){body.p + 3, body.n - 3};
    struct wijk_str start = wijk_str_trim(body);
    if (!start.n || start.p[0] != '<') return WIJK_OK;
    const char *text = wijk__fault_text(cx, body);
    return wijk_fail(cx, WIJK_EIO, "%s geeft geen gegevens maar een foutmelding: «%s».",
                     wijk__url_host(cx, url), *text ? text : wijk_tr(cx, "zonder uitleg"));
}
