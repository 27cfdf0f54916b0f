/* SPDX-License-Identifier: EUPL-1.2 */
/* The router: a request becomes a call of one handler, or a problem. No socket here. */
#include "http/desk.h"
#include "http/handlers.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define R(id, path, cost, role, summary, schema, ...)                                                        \
    {#id,  "GET", path, wijk__res_##id, cost,         role, summary, schema,                                 \
     NULL, NULL,  200,  HTTP_WHO(role), {__VA_ARGS__}},
#define W(id, method, path, role, summary, schema, body, status, ...)                                        \
    {#id,    method, path, wijk__res_##id, HEAVY,          role,         summary,                            \
     schema, NULL,   body, status,         HTTP_WHO(role), {__VA_ARGS__}},
#define P(id, method, path, cost, who, right, summary, schema, body, status, ...)                            \
    {#id,    method, path, wijk__res_##id, cost, HTTP_ROLE_OF(who), summary,                                 \
     schema, right,  body, status,         who,  {__VA_ARGS__}},
#define HTTP_ROLE_OF(who)                                                                                    \
    ((who) == HTTP_SEES     ? HTTP_READER                                                                    \
     : (who) == HTTP_ENTERS ? HTTP_STRANGER                                                                  \
     : (who) == HTTP_SITS   ? HTTP_SITTER                                                                    \
                            : HTTP_MEMBER)
#define HTTP_WHO(role)                                                                                       \
    (sizeof(role) == sizeof(HTTP_ANALYST) ? HTTP_KEY                                                         \
     : sizeof(role) == sizeof(HTTP_ASKER) ? HTTP_ASKS                                                        \
                                          : HTTP_READS)
const struct http_route wijk__routes[] = {HTTP_ROUTES(R) HTTP_WRITES(W) HTTP_PEOPLE(P)};
#undef R
#undef W
#undef P
_Static_assert(sizeof(HTTP_ANALYST) != sizeof(HTTP_READER) && sizeof(HTTP_ASKER) != sizeof(HTTP_READER) &&
                   sizeof(HTTP_ASKER) != sizeof(HTTP_ANALYST),
               "roles are told apart by their length");
_Static_assert(sizeof wijk__routes / sizeof *wijk__routes + 2 <= HTTP_ROUTES_MAX,
               "every route has its counters");
const size_t wijk__n_routes = sizeof wijk__routes / sizeof *wijk__routes;

/* ---- headers ---- */

void wijk__http_header(struct wijk_http_answer *out, const char *name, const char *value)
{
    assert(out->n_header < WIJK_HTTP_HEADERS_MAX);
    out->header[out->n_header++] = (struct wijk_http_header){name, value};
}

static void common_headers(struct wijk_http_answer *out, bool api, bool open_cors)
{
    static const struct wijk_http_header SAFE[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src "
         "'self'; "
         "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors 'none'"},
        {"Strict-Transport-Security", "max-age=31536000"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"}};
    for (size_t i = 0; i < sizeof SAFE / sizeof *SAFE; i++)
        wijk__http_header(out, SAFE[i].name, SAFE[i].value);
    if (api) {
        wijk__http_header(out, "API-Version", "1.0.0");
        wijk__http_header(out, "Vary", "Accept, Accept-Language, Accept-Encoding");
    } else {
        wijk__http_header(out, "Vary", "Accept-Encoding");
    }
    if (open_cors) wijk__http_header(out, "Access-Control-Allow-Origin", "*");
}

enum wijk_lang wijk__http_lang(const char *accept_language)
{
    return accept_language ? wijk_lang_from(accept_language) : WIJK_NL;
}

/* ---- problems ---- */

void wijk__http_problem(struct http_call *c, int status, const char *title, const char *detail)
{
    c->out->status = status;
    c->out->content_type = "application/problem+json";
    c->live = true;
    c->buf = wijk_buf(c->cx, 1 << 20);
    wijk_json_out_open(&c->json, wijk_out_buf(&c->buf));
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "about:blank");
    wijk_json_kv_str(w, "title", title);
    wijk_json_kv_int(w, "status", status);
    wijk_json_kv_str(w, "detail", detail);
    wijk_json_kv_str(w, "instance", c->path);
    if (c->n_fault) {
        wijk_json_key(w, "fouten");
        wijk_json_begin_array(w);
        for (size_t i = 0; i < c->n_fault; i++) {
            wijk_json_begin_object(w);
            wijk_json_kv_str(w, "naam", c->fault_name[i]);
            wijk_json_kv_str(w, "reden", c->fault_reason[i]);
            wijk_json_end_object(w);
        }
        wijk_json_end_array(w);
    }
    wijk_json_end_object(w);
}

void wijk__http_not_found(struct http_call *c, const char *detail)
{
    wijk__http_problem(c, 404, wijk_tr(c->cx, "Niet gevonden"), detail);
}

void wijk__http_fault(struct http_call *c, const char *name, const char *reason)
{
    if (c->n_fault == HTTP_FAULTS_MAX) return;
    c->fault_name[c->n_fault] = name;
    c->fault_reason[c->n_fault++] = reason;
}

void wijk__http_bad(struct http_call *c)
{
    wijk__http_problem(c, 400, wijk_tr(c->cx, "De vraag klopt niet"),
                       wijk_tr(c->cx, "Een of meer onderdelen van de vraag kloppen niet."));
}

/* ---- paths ---- */

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %41 and, in queries, plus signs. NULL: broken escape, control character or bad UTF-8. */
static const char *decode(struct wijk_cx *cx, struct wijk_str raw, bool plus)
{
    char *out = WIJK_NEW(cx, char, raw.n + 1);
    size_t n = 0, bad;
    for (size_t i = 0; i < raw.n; i++) {
        int byte = (unsigned char)raw.p[i];
        if (byte == '%') {
            if (i + 2 >= raw.n || hex(raw.p[i + 1]) < 0 || hex(raw.p[i + 2]) < 0) return NULL;
            byte = hex(raw.p[i + 1]) * 16 + hex(raw.p[i + 2]);
            i += 2;
        } else if (byte == '+' && plus) {
            byte = ' ';
        }
        if (byte < 32 || byte == 127) return NULL;
        out[n++] = (char)byte;
    }
    return wijk_utf8_valid((struct wijk_str){out, n}, &bad) ? out : NULL;
}

/* Does `path` have the form of `pattern`? Pieces between {} go to arg, still encoded. */
static bool path_fits(const char *pattern, const char *path, struct wijk_str *arg, size_t *n_arg)
{
    *n_arg = 0;
    while (*pattern) {
        if (*pattern != '{') {
            if (*pattern++ != *path++) return false;
            continue;
        }
        pattern = strchr(pattern, '}') + 1;
        const char *from = path;
        while (*path && *path != '/' && strcmp(path, pattern) != 0) path++;
        if (path == from || *n_arg == HTTP_ARGS_MAX) return false;
        arg[(*n_arg)++] = (struct wijk_str){from, (size_t)(path - from)};
    }
    return !*path;
}

/* The route, or SIZE_MAX; then *near_ is one of that path and another method, if there is any. */
static size_t route_find(const char *method, const char *path, struct wijk_str *arg, size_t *n_arg,
                         size_t *near_)
{
    if (strcmp(method, "HEAD") == 0) method = "GET";
    *near_ = SIZE_MAX;
    for (size_t i = 0; i < wijk__n_routes; i++) {
        if (!path_fits(wijk__routes[i].path, path, arg, n_arg)) continue;
        if (strcmp(wijk__routes[i].method, method) == 0) return i;
        if (*near_ == SIZE_MAX) *near_ = i;
    }
    *n_arg = 0;
    return SIZE_MAX;
}

size_t wijk__http_route_of(const char *method, const char *path)
{
    struct wijk_str arg[HTTP_ARGS_MAX];
    size_t n, near_;
    return route_find(method, path, arg, &n, &near_);
}

/* ---- query ---- */

static void query_value(struct http_call *c, size_t k, const char *value)
{
    const struct http_query *q = &c->route->query[k];
    int64_t year;
    if (c->text[k]) {
        wijk__http_fault(c, q->name, wijk_tr(c->cx, "Deze sleutel staat er twee keer."));
        return;
    }
    c->text[k] = value;
    switch (q->type) {
    case HTTP_LEVEL:
        if (!wijk_level_parse(wijk_str(value), &c->level))
            wijk__http_fault(c, q->name,
                             wijk_tr(c->cx, "Dit niveau bestaat niet. Kies buurt, wijk, gemeente of pc4."));
        break;
    case HTTP_YEAR:
        if (wijk_int_parse(wijk_str(value), 1900, 2200, &year))
            c->year = (int)year;
        else
            wijk__http_fault(c, q->name, wijk_tr(c->cx, "Geef een jaar van vier cijfers."));
        break;
    case HTTP_PERIOD:
        if (!wijk_period_parse(wijk_str(value), &c->period))
            wijk__http_fault(c, q->name, wijk_tr(c->cx, "Geef een jaar (2025) of een maand (2025-04)."));
        break;
    case HTTP_TEXT:
        if (strlen(value) > HTTP_TEXT_MAX)
            wijk__http_fault(c, q->name, wijk_tr(c->cx, "Deze tekst is te lang."));
        break;
    }
}

static void query_pair(struct http_call *c, struct wijk_str pair)
{
    const char *eq = memchr(pair.p, '=', pair.n);
    struct wijk_str name = {pair.p, eq ? (size_t)(eq - pair.p) : pair.n};
    struct wijk_str value = eq ? (struct wijk_str){eq + 1, pair.n - name.n - 1} : (struct wijk_str){"", 0};
    const char *key = decode(c->cx, name, true), *text = decode(c->cx, value, true);
    if (!key || !text) {
        wijk__http_fault(c, key ? key : "?", wijk_tr(c->cx, "Deze tekens zijn niet te lezen."));
        return;
    }
    if (strcmp(key, "v") == 0 && strncmp(c->path, "/ogc", 4) != 0) {
        c->fixed = strcmp(text, c->s->version) == 0;
        return;
    }
    for (size_t k = 0; c->route && k < HTTP_QUERY_MAX && c->route->query[k].name; k++) {
        if (*c->route->query[k].name == '*') return; /* the handler reads it by itself */
        if (strcmp(c->route->query[k].name, key) != 0) continue;
        query_value(c, k, text);
        return;
    }
    wijk__http_fault(c, key, wijk_tr(c->cx, "Deze sleutel is hier niet bekend."));
}

static void query_read(struct http_call *c, const char *query)
{
    while (*query) {
        size_t n = strcspn(query, "&");
        if (n) query_pair(c, (struct wijk_str){query, n});
        query += n + (query[n] == '&');
    }
    for (size_t k = 0; k < HTTP_QUERY_MAX && c->route->query[k].name; k++)
        if (c->route->query[k].required && (!c->text[k] || !*c->text[k]))
            wijk__http_fault(c, c->route->query[k].name, wijk_tr(c->cx, "Deze sleutel is nodig."));
}

/* ---- the answer ---- */

static bool accepts(const struct http_route *r, const char *accept)
{
    if (!accept || r->cost == EXPORT) return true; /* of a download the address names the form */
    if (strstr(r->schema, "text/turtle") && strstr(accept, "text/turtle")) return true;
    return strstr(accept, "*/*") || strstr(accept, "application/*") || strstr(accept, "json");
}

void wijk__http_close_body(struct http_call *c)
{
    if (c->out->body.p) return;
    wijk_json_out_close(&c->json);
    c->out->body = (struct wijk_str){c->buf.n ? c->buf.p : "", c->buf.n};
}

/* Under a key that was used before, what was answered then; nothing is done twice. */
static void once(struct http_call *c, const char *given)
{
    struct http_kept kept = {0};
    const char *key = wijk_sprintf(c->cx, "%s %s %s", c->route->method, c->path, given);
    enum http_again again = wijk__keeper_again(c->world->keeper, c->cx, key, &kept);
    if (again == HTTP_UNDER_WAY) {
        wijk__http_problem(c, 409, wijk_tr(c->cx, "Dit kan nu niet"),
                           wijk_tr(c->cx, "Dit verzoek loopt al."));
        return;
    }
    c->live = true;
    if (again == HTTP_SAME) {
        c->out->status = kept.status;
        if (kept.location) wijk__http_header(c->out, "Location", kept.location);
        c->out->body = kept.body.n ? kept.body : WIJK_STR("");
        return;
    }
    c->route->handle(c);
    wijk__http_close_body(c);
    kept = (struct http_kept){.status = c->out->status, .body = c->out->body};
    for (size_t i = 0; i < c->out->n_header; i++)
        if (strcmp(c->out->header[i].name, "Location") == 0) kept.location = c->out->header[i].value;
    wijk__keeper_answered(c->world->keeper, key, kept.status < 300 ? &kept : NULL);
}

static void run_route(struct http_call *c, const struct wijk_http_request *request,
                      const struct wijk_str *arg)
{
    bool api = strncmp(c->path, "/api", 4) == 0;
    if (api && !accepts(c->route, request->accept)) {
        wijk__http_problem(c, 406, wijk_tr(c->cx, "Deze vorm is er niet"),
                           wijk_tr(c->cx, "Deze server antwoordt met application/json."));
        return;
    }
    for (size_t i = 0; i < c->n_arg; i++) {
        c->arg[i] = decode(c->cx, arg[i], false);
        if (!c->arg[i] || arg[i].n > HTTP_TEXT_MAX)
            wijk__http_fault(c, "pad", wijk_tr(c->cx, "Deze tekens zijn niet te lezen."));
    }
    const char *refused;
    int status = wijk__http_refuses(c->world, c->route, request, &refused);
    if (status) {
        if (status == 401) wijk__http_header(c->out, "WWW-Authenticate", "Bearer");
        wijk__http_problem(c, status, wijk_tr(c->cx, "Dit mag niet"), wijk_tr(c->cx, refused));
        return;
    }
    query_read(c, request->query ? request->query : "");
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    c->n_header_before = c->out->n_header;
    if (c->route->who >= HTTP_ENTERS) {
        if (!wijk__door_enter(c) ||
            (c->route->body && *c->route->body && !wijk__body_is_other(c->route) && !wijk__body_read(c)))
            return;
        c->out->status = c->route->status;
        c->route->handle(c);
    } else if (c->route->who == HTTP_KEY && request->idempotency_key &&
               strcmp(c->route->method, "GET") != 0) {
        once(c, request->idempotency_key);
    } else {
        c->route->handle(c);
    }
}

bool wijk__http_etag_matches(const char *if_none_match, const char *etag)
{
    return strcmp(if_none_match, "*") == 0 || strstr(if_none_match, etag) != NULL; /* quotes are part of it */
}

bool wijk__http_same(struct http_call *c)
{
    const struct wijk_http_request *r = c->request;
    struct wijk_str q = wijk_str(r->query ? r->query : "");
    uint64_t h = wijk_hash64(c->path, strlen(c->path), (uint64_t)wijk_cx_lang(c->cx) + 1);
    h = wijk_hash64(q.p, q.n, h);
    if (!c->out->etag)
        c->out->etag = wijk_sprintf(c->cx, "\"%s-%016llx\"", c->s->version, (unsigned long long)h);
    return r->if_none_match && wijk__http_etag_matches(r->if_none_match, c->out->etag);
}

static void finish(struct http_call *c)
{
    struct wijk_http_answer *out = c->out;
    wijk__http_close_body(c);
    if (out->status == 200 && !c->live && wijk__http_same(c)) {
        out->status = 304;
        out->body = WIJK_STR("");
    }
    out->cache_control = c->live ? "no-store" : c->fixed ? "public, max-age=31536000, immutable" : "no-cache";
    wijk__http_header(out, "Content-Type", out->content_type);
    wijk__http_header(out, "Cache-Control", out->cache_control);
    if (out->etag) wijk__http_header(out, "ETag", out->etag);
}

/* The methods of a path; the web app's pages are read only. */
static const char *allowed(struct http_call *c)
{
    static const char *const ALL[] = {"GET", "POST", "PATCH", "PUT", "DELETE"};
    struct wijk_buf b = wijk_buf(c->cx, 0);
    for (size_t k = 0; k < sizeof ALL / sizeof *ALL; k++) {
        size_t at = wijk__http_route_of(ALL[k], c->path);
        bool page = k == 0 && strncmp(c->path, "/api", 4) != 0;
        if (at != SIZE_MAX || page) wijk_buf_printf(&b, "%s, ", k == 0 ? "GET, HEAD" : ALL[k]);
    }
    wijk_buf_str(&b, "OPTIONS");
    return wijk_buf_cstr(&b);
}

static void answer_options(struct http_call *c)
{
    wijk__http_header(c->out, "Allow", allowed(c));
    wijk__http_header(c->out, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    wijk__http_header(c->out, "Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match");
    c->out->status = 204;
    c->out->body = WIJK_STR("");
    c->live = true;
}

static void answer_other_method(struct http_call *c)
{
    const char *can = allowed(c);
    wijk__http_header(c->out, "Allow", can);
    wijk__http_problem(c, 405, wijk_tr(c->cx, "Dit kan hier niet"),
                       wijk_sprintf(c->cx, wijk_tr(c->cx, "Hier kan alleen dit: %s."), can));
}

/* What other sites and tools read as it is: descriptions and the geographic interface. */
static bool open_to_all(const char *path)
{
    return strcmp(path, "/api/v1/openapi.json") == 0 || strcmp(path, "/api/v1/catalogus") == 0 ||
           strncmp(path, "/ogc", 4) == 0;
}

static bool reads(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

void wijk__http_answer(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct http_world *world,
                       const struct wijk_http_request *request, struct wijk_http_answer *out, size_t *route)
{
    struct wijk_str arg[HTTP_ARGS_MAX];
    struct http_call *c = WIJK_NEW(cx, struct http_call, 1);
    size_t near_;
    *out = (struct wijk_http_answer){.status = 200, .content_type = "application/json", .file = -1};
    c->cx = cx, c->s = s, c->path = request->path, c->out = out, c->world = world, c->request = request;
    c->buf = wijk_buf(cx, 256 << 20);
    wijk_json_out_open(&c->json, wijk_out_buf(&c->buf));
    size_t at = route_find(request->method, request->path, arg, &c->n_arg, &near_);
    *route = at != SIZE_MAX ? at : near_ != SIZE_MAX ? near_ : wijk__n_routes + 1;
    c->route = at == SIZE_MAX ? NULL : &wijk__routes[at];
    c->open_cors = open_to_all(request->path);
    common_headers(out, *route < wijk__n_routes || strncmp(request->path, "/api", 4) == 0, c->open_cors);
    if (strcmp(request->method, "OPTIONS") == 0)
        answer_options(c);
    else if (c->route)
        run_route(c, request, arg);
    else if (near_ != SIZE_MAX || !reads(request->method))
        answer_other_method(c);
    else if (wijk__http_static(c))
        *route = wijk__n_routes;
    else
        wijk__http_not_found(c, wijk_tr(cx, "Dit adres bestaat niet."));
    finish(c);
}

void wijk_http_answer(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                      const struct wijk_http_request *request, struct wijk_http_answer *out)
{
    static const struct http_world ALONE = {0};
    size_t route;
    wijk__http_answer(cx, snapshot, &ALONE, request, out, &route);
}
