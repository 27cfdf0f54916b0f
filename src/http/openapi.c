/* SPDX-License-Identifier: EUPL-1.2 */
/* openapi.json, written from the route table and the schemas beside it. */
#include "http/handlers.h"

#include <string.h>

#define API_BASE "/api/v1"

static const struct {
    const char *name, *members;
} SCHEMAS[] = {
#define X(name, members) {#name, members},
    HTTP_SCHEMAS(X)
#undef X
};

/* One type in the notation of routes.h. */
static void type(struct http_call *c, struct wijk_str t)
{
    struct wijk_json_out *w = &c->json;
    bool null = t.n && t.p[t.n - 1] == '?';
    if (null) t.n--;
    wijk_json_begin_object(w);
    if (t.p[0] == '[') {
        wijk_json_kv_str(w, "type", "array");
        wijk_json_key(w, "items");
        type(c, (struct wijk_str){t.p + 1, t.n - 2});
    } else if (t.p[0] == '{') {
        wijk_json_kv_str(w, "type", "object");
        wijk_json_key(w, "additionalProperties");
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "type", "array");
        wijk_json_key(w, "items");
        type(c, (struct wijk_str){t.p + 1, t.n - 2});
        wijk_json_end_object(w);
    } else if (t.n > 1) {
        wijk_json_key(w, "allOf");
        wijk_json_begin_array(w);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "$ref", wijk_sprintf(c->cx, "#/components/schemas/%.*s", WIJK_STR_ARG(t)));
        wijk_json_end_object(w);
        wijk_json_end_array(w);
    } else {
        char k = t.p[0];
        wijk_json_kv_str(w, "type",
                         k == 's'   ? "string"
                         : k == 'i' ? "integer"
                         : k == 'n' ? "number"
                                    : "boolean");
    }
    if (null) wijk_json_kv_bool(w, "nullable", true);
    wijk_json_end_object(w);
}

static void schema(struct http_call *c, const char *name, const char *members)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, name);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "object");
    wijk_json_key(w, "properties");
    wijk_json_begin_object(w);
    while (*members) {
        size_t n = strcspn(members, " "), colon = strcspn(members, ":");
        wijk_json_key(w, wijk_sprintf(c->cx, "%.*s", (int)colon, members));
        type(c, (struct wijk_str){members + colon + 1, n - colon - 1});
        members += n + (members[n] == ' ');
    }
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void parameter(struct http_call *c, const char *name, const char *in, bool required, const char *about)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "name", name);
    wijk_json_kv_str(w, "in", in);
    wijk_json_kv_bool(w, "required", required);
    wijk_json_kv_str(w, "description", about);
    wijk_json_key(w, "schema");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "string");
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void parameters(struct http_call *c, const struct http_route *r)
{
    wijk_json_key(&c->json, "parameters");
    wijk_json_begin_array(&c->json);
    for (const char *p = strchr(r->path, '{'); p; p = strchr(p + 1, '{')) {
        const char *name = wijk_sprintf(c->cx, "%.*s", (int)strcspn(p + 1, "}"), p + 1);
        parameter(c, name, "path", true,
                  wijk_sprintf(c->cx, wijk_tr(c->cx, "Onderdeel %s van het adres"), name));
    }
    for (size_t k = 0; k < HTTP_QUERY_MAX && r->query[k].name; k++)
        parameter(c, r->query[k].name, "query", r->query[k].required, wijk_tr(c->cx, r->query[k].about));
    parameter(c, "v", "query", false,
              wijk_tr(c->cx, "Gegevensversie; met de huidige versie mag het antwoord altijd bewaard worden"));
    wijk_json_end_array(&c->json);
}

static void version_header(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "headers");
    wijk_json_begin_object(w);
    wijk_json_key(w, "API-Version");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "description", "1.0.0");
    wijk_json_key(w, "schema");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "string");
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void response(struct http_call *c, const char *status, const char *about, const char *media,
                     const char *name)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, status);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "description", about);
    version_header(c);
    wijk_json_key(w, "content");
    wijk_json_begin_object(w);
    wijk_json_key(w, media);
    wijk_json_begin_object(w);
    wijk_json_key(w, "schema");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "$ref", wijk_sprintf(c->cx, "#/components/schemas/%s", name));
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void operation(struct http_call *c, const struct http_route *r)
{
    struct wijk_json_out *w = &c->json;
    const char *path = r->path + strlen(API_BASE);
    wijk_json_key(w, *path ? path : "/");
    wijk_json_begin_object(w);
    wijk_json_key(w, "get");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "operationId", r->id);
    wijk_json_kv_str(w, "summary", wijk_tr(c->cx, r->summary));
    wijk_json_kv_str(w, "description", wijk_sprintf(c->cx, wijk_tr(c->cx, "Voor de rol: %s."), r->role));
    wijk_json_key(w, "tags");
    wijk_json_begin_array(w);
    wijk_json_cstr(w, "lezen");
    wijk_json_end_array(w);
    parameters(c, r);
    wijk_json_key(w, "responses");
    wijk_json_begin_object(w);
    static const char PROBLEM[] = "application/problem+json";
    response(c, "200", wijk_tr(c->cx, "Het gevraagde"), "application/json", r->schema);
    response(c, "400", wijk_tr(c->cx, "De vraag klopt niet"), PROBLEM, "Probleem");
    response(c, "404", wijk_tr(c->cx, "Niet gevonden"), PROBLEM, "Probleem");
    response(c, "406", wijk_tr(c->cx, "Deze vorm is er niet"), PROBLEM, "Probleem");
    response(c, "503", wijk_tr(c->cx, "Te druk; probeer het zo weer"), PROBLEM, "Probleem");
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void about(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "openapi", "3.0.3");
    wijk_json_key(w, "info");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "title", "Wijkregie");
    wijk_json_kv_str(w, "version", "1.0.0");
    wijk_json_kv_str(w, "description",
                     wijk_tr(c->cx, "Gegevens over buurten, wijken en gemeenten; alleen lezen."));
    wijk_json_key(w, "contact");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "name", "Wijkregie");
    wijk_json_kv_str(w, "url", "https://wijkregie.example");
    wijk_json_kv_str(w, "email", "beheer@wijkregie.example");
    wijk_json_end_object(w);
    wijk_json_key(w, "license");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "name", "EUPL-1.2");
    wijk_json_kv_str(w, "url", "https://eupl.eu/1.2/nl/");
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_key(w, "servers");
    wijk_json_begin_array(w);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "url", "https://wijkregie.example" API_BASE);
    wijk_json_kv_str(w, "description", wijk_tr(c->cx, "Zet hier het adres van uw eigen server"));
    wijk_json_end_object(w);
    wijk_json_end_array(w);
    wijk_json_key(w, "tags");
    wijk_json_begin_array(w);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "name", "lezen");
    wijk_json_kv_str(w, "description", wijk_tr(c->cx, "Open gegevens"));
    wijk_json_end_object(w);
    wijk_json_end_array(w);
}

void wijk__res_openapi(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    about(c);
    wijk_json_key(w, "paths");
    wijk_json_begin_object(w);
    for (size_t i = 0; i < wijk__n_routes; i++)
        if (strncmp(wijk__routes[i].path, API_BASE, strlen(API_BASE)) == 0) operation(c, &wijk__routes[i]);
    wijk_json_end_object(w);
    wijk_json_key(w, "components");
    wijk_json_begin_object(w);
    wijk_json_key(w, "schemas");
    wijk_json_begin_object(w);
    for (size_t i = 0; i < sizeof SCHEMAS / sizeof *SCHEMAS; i++)
        schema(c, SCHEMAS[i].name, SCHEMAS[i].members);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}
