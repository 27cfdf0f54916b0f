/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON object a request brings: small, each member once. What lies deeper is told by its path:
 * "functies.0.mail". */
#include "http/desk.h"

#include <string.h>

enum { MEMBERS_MAX = 1024 };
struct http_body {
    size_t n;
    const char *key[MEMBERS_MAX], *value[MEMBERS_MAX];
};

static const char *wrong(struct http_call *c)
{
    return wijk_tr(c->cx, "De inhoud is geen JSON-object van deze vorm.");
}

static bool value(struct http_call *c, struct http_body *b, struct wijk_json *in, struct wijk_json_token t,
                  const char *key, int depth);

/* The members of an object that was begun; prefix "" or "functies.0.". */
static bool object(struct http_call *c, struct http_body *b, struct wijk_json *in, const char *prefix,
                   int depth)
{
    const size_t first = b->n;
    struct wijk_json_token t;
    for (;;) {
        if (wijk_json_next(in, &t)) return false;
        if (t.kind == WIJK_JSON_OBJECT_END) return true;
        if (t.kind != WIJK_JSON_KEY || memchr(t.text.p, '.', t.text.n)) return false;
        const char *key = wijk_sprintf(c->cx, "%s%.*s", prefix, WIJK_STR_ARG(t.text));
        for (size_t k = first; k < b->n; k++)
            if (strcmp(b->key[k], key) == 0) return false;
        if (wijk_json_next(in, &t) || !value(c, b, in, t, key, depth)) return false;
    }
}

/* Items are told as members "gebieden.0", "gebieden.1" .. */
static bool list(struct http_call *c, struct http_body *b, struct wijk_json *in, const char *key, int depth)
{
    struct wijk_json_token t;
    for (size_t at = 0;; at++) {
        if (wijk_json_next(in, &t)) return false;
        if (t.kind == WIJK_JSON_ARRAY_END) return true;
        if (!value(c, b, in, t, wijk_sprintf(c->cx, "%s.%zu", key, at), depth)) return false;
    }
}

static bool value(struct http_call *c, struct http_body *b, struct wijk_json *in, struct wijk_json_token t,
                  const char *key, int depth)
{
    enum { DEEP = 3 };
    if (t.kind == WIJK_JSON_NULL) return true;
    if (t.kind == WIJK_JSON_OBJECT) {
        /* that it is there, even without members */
        if (depth == DEEP || b->n == MEMBERS_MAX) return false;
        b->key[b->n] = key;
        b->value[b->n++] = "";
        return object(c, b, in, wijk_sprintf(c->cx, "%s.", key), depth + 1);
    }
    if (t.kind == WIJK_JSON_ARRAY) return depth < DEEP && list(c, b, in, key, depth + 1);
    if (b->n == MEMBERS_MAX) return false;
    b->key[b->n] = key;
    switch (t.kind) {
    case WIJK_JSON_STRING:
    case WIJK_JSON_NUMBER: b->value[b->n] = wijk_str_dup(c->cx, t.text); break;
    case WIJK_JSON_TRUE: b->value[b->n] = "true"; break;
    case WIJK_JSON_FALSE: b->value[b->n] = "false"; break;
    default: return false;
    }
    b->n++;
    return true;
}

static bool take(struct http_call *c, struct http_body *b)
{
    struct wijk_in_mem mem;
    struct wijk_json *in;
    struct wijk_json_token t;
    return wijk_json_open(c->cx, wijk_in_mem(&mem, c->request->body, "body"), &in) == WIJK_OK &&
           wijk_json_next(in, &t) == WIJK_OK && t.kind == WIJK_JSON_OBJECT && object(c, b, in, "", 0) &&
           wijk_json_next(in, &t) == WIJK_OK && t.kind == WIJK_JSON_END;
}

bool wijk__body_read(struct http_call *c)
{
    struct http_body *b = WIJK_NEW(c->cx, struct http_body, 1);
    c->body = b;
    if (take(c, b)) return true;
    wijk__http_fault(c, "inhoud", wrong(c));
    wijk__http_bad(c);
    return false;
}

const char *wijk__body_text(const struct http_call *c, const char *name)
{
    for (size_t k = 0; k < c->body->n; k++)
        if (strcmp(c->body->key[k], name) == 0) return c->body->value[k];
    return NULL;
}

const char *wijk__body_need(struct http_call *c, const char *name, size_t max)
{
    const char *text = wijk__body_text(c, name);
    if (!text || !*text)
        wijk__http_fault(c, name, wijk_tr(c->cx, "Dit onderdeel is nodig."));
    else if (strlen(text) > max)
        wijk__http_fault(c, name, wijk_tr(c->cx, "Deze tekst is te lang."));
    return text ? text : "";
}

bool wijk__body_number(struct http_call *c, const char *name, int64_t min, int64_t max, int64_t *out)
{
    const char *text = wijk__body_text(c, name);
    if (text && wijk_int_parse(wijk_str(text), min, max, out)) return true;
    wijk__http_fault(c, name,
                     wijk_sprintf(c->cx, wijk_tr(c->cx, "Geef een heel getal van %lld tot en met %lld."),
                                  (long long)min, (long long)max));
    return false;
}

bool wijk__body_flag(const struct http_call *c, const char *name)
{
    const char *text = wijk__body_text(c, name);
    return text && strcmp(text, "true") == 0;
}

size_t wijk__body_count(const struct http_call *c, const char *name)
{
    size_t n = 0;
    while (n < MEMBERS_MAX && wijk__body_text(c, wijk_sprintf(c->cx, "%s.%zu", name, n))) n++;
    return n;
}

const char *wijk__body_item(const struct http_call *c, const char *name, size_t at, const char *member)
{
    const char *text = wijk__body_text(c, member ? wijk_sprintf(c->cx, "%s.%zu.%s", name, at, member)
                                                 : wijk_sprintf(c->cx, "%s.%zu", name, at));
    return text ? text : "";
}
