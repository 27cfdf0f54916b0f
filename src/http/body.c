/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON object a request brings: flat, small, each member once. */
#include "http/desk.h"

#include <string.h>

enum { MEMBERS_MAX = 64 };
struct http_body {
    size_t n;
    const char *key[MEMBERS_MAX], *value[MEMBERS_MAX];
};

static const char *wrong(struct http_call *c)
{
    return wijk_tr(c->cx, "De inhoud is geen plat JSON-object.");
}

static bool take(struct http_call *c, struct http_body *b)
{
    struct wijk_in_mem mem;
    struct wijk_json *in;
    struct wijk_json_token t;
    if (wijk_json_open(c->cx, wijk_in_mem(&mem, c->request->body, "body"), &in) || wijk_json_next(in, &t) ||
        t.kind != WIJK_JSON_OBJECT)
        return false;
    for (;;) {
        if (wijk_json_next(in, &t)) return false;
        if (t.kind == WIJK_JSON_OBJECT_END)
            return wijk_json_next(in, &t) == WIJK_OK && t.kind == WIJK_JSON_END;
        if (t.kind != WIJK_JSON_KEY || b->n == MEMBERS_MAX) return false;
        b->key[b->n] = wijk_str_dup(c->cx, t.text);
        for (size_t k = 0; k < b->n; k++)
            if (strcmp(b->key[k], b->key[b->n]) == 0) return false;
        if (wijk_json_next(in, &t)) return false;
        switch (t.kind) {
        case WIJK_JSON_STRING:
        case WIJK_JSON_NUMBER: b->value[b->n] = wijk_str_dup(c->cx, t.text); break;
        case WIJK_JSON_TRUE: b->value[b->n] = "true"; break;
        case WIJK_JSON_FALSE: b->value[b->n] = "false"; break;
        case WIJK_JSON_NULL: continue;
        default: return false;
        }
        b->n++;
    }
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
