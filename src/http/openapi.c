/* SPDX-License-Identifier: EUPL-1.2 */
/* openapi.json, written from the route table and the schemas beside it. */
#include "http/desk.h"
#include "http/handlers.h"

#include <string.h>

#define API_BASE "/api/v1"
#define OGC_BASE "/ogc"

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
        wijk__res_list(w, null ? "anyOf" : "allOf");
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "$ref", wijk_sprintf(c->cx, "#/components/schemas/%.*s", WIJK_STR_ARG(t)));
        wijk_json_end_object(w);
        if (null) { /* OpenAPI 3.0 knows no type null: an object without members, or null */
            wijk_json_begin_object(w);
            wijk_json_kv_str(w, "type", "object");
            wijk_json_kv_int(w, "maxProperties", 0);
            wijk_json_kv_bool(w, "nullable", true);
            wijk_json_end_object(w);
        }
        wijk_json_end_array(w);
        null = false;
    } else {
        char k = t.p[0];
        wijk_json_kv_str(w, "type",
                         k == 's'   ? "string"
                         : k == 'o' ? "object"
                         : k == 'i' ? "integer"
                         : k == 'n' ? "number"
                         : k == 'b' ? "boolean"
                                    : "string");
        if (k == 't') wijk_json_kv_str(w, "format", "date-time");
    }
    if (null) wijk_json_kv_bool(w, "nullable", true);
    wijk_json_end_object(w);
}

/* Calls `each` for every "name:type" of a schema; optional ones have a ~ behind their name. */
static void members_of(struct http_call *c, const char *members,
                       void (*each)(struct http_call *c, const char *name, bool optional,
                                    struct wijk_str type))
{
    while (*members) {
        size_t n = strcspn(members, " "), colon = strcspn(members, ":");
        bool optional = members[colon - 1] == '~';
        const char *name = wijk_sprintf(c->cx, "%.*s", (int)(colon - optional), members);
        each(c, name, optional, (struct wijk_str){members + colon + 1, n - colon - 1});
        members += n + (members[n] == ' ');
    }
}

static void property(struct http_call *c, const char *name, bool optional, struct wijk_str t)
{
    (void)optional;
    wijk_json_key(&c->json, name);
    type(c, t);
}

static void required(struct http_call *c, const char *name, bool optional, struct wijk_str t)
{
    (void)t;
    if (!optional) wijk_json_cstr(&c->json, name);
}

static void schema(struct http_call *c, const char *name, const char *members)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, name);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "object");
    size_t n = 0, optional = 0; /* a list of nothing is not allowed */
    for (const char *p = members; (p = strchr(p, ':')); p++) n++, optional += p[-1] == '~';
    if (n > optional) {
        wijk__res_list(w, "required");
        members_of(c, members, required);
        wijk_json_end_array(w);
    }
    wijk_json_key(w, "properties");
    wijk_json_begin_object(w);
    members_of(c, members, property);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

/* ---- parameters ---- */

/* What stands in {..}. In a tile's address the last piece carries .mvt: a parameter is a whole piece here,
 * since the API Design Rules know no address that is half a parameter. */
static const struct {
    const char *name, *about, *pattern;
} PIECES[] = {
    {"code", "Code van een gebied, zoals BU99010101, WK990101, GM9901 of 1234", NULL},
    {"soort", "csv, json, geojson, xlsx of gpkg", "^(csv|json|geojson|xlsx|gpkg)$"},
    {"collectionId", "Naam van de collectie: niveau en indelingsjaar, zoals buurt-2025", NULL},
    {"featureId", "Code van het gebied", NULL},
    {"id", "Naam van de indicator, of nummer van de lading", NULL},
    {"indicator", "Naam van de indicator", NULL},
    {"periode", "Jaar (2025) of maand (2025-04)", "^[0-9]{4}(-[0-9]{2})?$"},
    {"spoor", "Spoor van een getal, zoals BU99010101~residents~2025~2025~demo", NULL},
    {"bron", "Naam van de bron", NULL},
    {"versie", "Gegevensversie, uit het overzicht", "^[0-9a-f]{12}(-[0-9a-f]{8})?$"},
    {"laag", "Niveau en indelingsjaar (buurt-2025), alleen het niveau (de nieuwste indeling) of water", NULL},
    {"z", "Zoomniveau, 0 tot en met 22", "^[0-9]{1,2}$"},
    {"signaal", "Naam van het signaal", "^[A-Za-z0-9_-]{22}$"},
    {"sleutel", "Sleutel van een antwoord over een getekend gebied", "^[0-9a-f]{64}$"},
    {"x", "Kolom van de tegel", "^[0-9]+$"},
    {"weging", "Naam van de lokale weging", NULL},
    {"algoritme", "Naam van een score of berekening uit het register", NULL},
    {"vorm", "json of csv", "^(json|csv)$"},
    {"normgebied", "Code van een buurt, wijk of gemeente met een norm", NULL},
    {"normcijfer", "Naam van de indicator van die norm", NULL},
    {"feed", "Code van het gebied met .json of .atom erachter", "^[A-Z0-9]+\\.(json|atom)$"},
    {"afmeldsleutel", "Uit de koppeling in een bericht", NULL},
    {"partner", "Korte naam van de organisatie", "^[a-z0-9-]{1,40}$"},
    {"aanbod", "Nummer van het aanbod", "^[0-9]+$"},
    {"nr", "Nummer in de lijst", "^[0-9]+$"},
    {"voorstel", "Nummer van het voorstel", "^[0-9]+$"},
    {"verklaring", "toegankelijkheid of privacy", "^(toegankelijkheid|privacy)$"},
    {"account", "Nummer van het account", "^[0-9]+$"},
    {"import", "Kenmerk van het bestand dat klaarstaat", "^[0-9a-f]{32}$"},
    {"y", "Rij van de tegel, met .mvt erachter", "^[0-9]+\\.mvt$"}};

/* As OGC API Features writes them down (17-069r4, 7.15). */
static void shape_of_box(struct wijk_json_out *w)
{
    wijk_json_kv_str(w, "type", "array");
    wijk_json_kv_int(w, "minItems", 4);
    wijk_json_kv_int(w, "maxItems", 6);
    wijk_json_key(w, "items");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "number");
    wijk_json_end_object(w);
}

static void shape_of_count(struct wijk_json_out *w, bool limit)
{
    wijk_json_kv_str(w, "type", "integer");
    wijk_json_kv_int(w, "minimum", limit ? 1 : 0);
    if (limit) wijk_json_kv_int(w, "maximum", 1000);
    wijk_json_kv_int(w, "default", limit ? 100 : 0);
}

static bool under(const struct http_route *r, const char *base)
{
    return strncmp(r->path, base, strlen(base)) == 0;
}

static void parameter(struct http_call *c, const char *name, const char *in, bool required_,
                      const char *about, const char *pattern, const char *example)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "name", name);
    wijk_json_kv_str(w, "in", in);
    wijk_json_kv_bool(w, "required", required_);
    wijk_json_kv_str(w, "description", about);
    bool box = strcmp(name, "bbox") == 0;
    if (strcmp(in, "query") == 0) {
        wijk_json_kv_str(w, "style", "form");
        wijk_json_kv_bool(w, "explode", !box);
    }
    wijk_json_key(w, "schema");
    wijk_json_begin_object(w);
    if (box)
        shape_of_box(w);
    else if (strcmp(name, "limit") == 0 || strcmp(name, "offset") == 0)
        shape_of_count(w, *name == 'l');
    else
        wijk_json_kv_str(w, "type", "string");
    if (pattern) wijk_json_kv_str(w, "pattern", pattern);
    wijk_json_end_object(w);
    if (example) wijk_json_kv_str(w, "example", example);
    wijk_json_end_object(w);
}

static void parameters(struct http_call *c, const struct http_example *e, const struct http_route *r)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "parameters");
    for (const char *p = strchr(r->path, '{'); p; p = strchr(p + 1, '{')) {
        const char *name = wijk_sprintf(c->cx, "%.*s", (int)strcspn(p + 1, "}"), p + 1);
        size_t k = 0;
        while (k + 1 < sizeof PIECES / sizeof *PIECES && strcmp(PIECES[k].name, name) != 0) k++;
        const char *example =
            wijk__example_of(e, strcmp(r->id, "findings") == 0 && *name == 'i' ? "lading" : name);
        if (example && *name == 'y') example = wijk_sprintf(c->cx, "%s.mvt", example);
        parameter(c, name, "path", true, PIECES[k].about, PIECES[k].pattern, example);
    }
    for (size_t k = 0; k < HTTP_QUERY_MAX && r->query[k].name && *r->query[k].name != '*'; k++)
        parameter(c, r->query[k].name, "query", r->query[k].required, r->query[k].about, NULL,
                  wijk__example_of(e, r->query[k].name));
    if (r->body && strcmp(r->method, "POST") == 0 && r->who == HTTP_KEY)
        parameter(c, "Idempotency-Key", "header", false,
                  "Zelf gekozen; met dezelfde sleutel wordt niets twee keer gedaan", NULL, "import-1");
    if (r->body && r->who == HTTP_KNOWN)
        parameter(c, "Idempotency-Key", "header", true,
                  "Zelf gekozen, 8 tot 200 tekens; met dezelfde sleutel wordt niets twee keer gedaan", NULL,
                  "wijziging-1");
    if (r->who == HTTP_READS && under(r, API_BASE))
        parameter(c, "v", "query", false,
                  "Gegevensversie; met de huidige versie mag het antwoord altijd bewaard worden", NULL,
                  c->s->version);
    wijk_json_end_array(w);
}

/* ---- answers ---- */

static void open_response(struct http_call *c, const char *status, const char *about)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, status);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "description", about);
    wijk_json_key(w, "headers");
    wijk_json_begin_object(w);
    wijk_json_key(w, "API-Version");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "description", "Versie van de API");
    wijk_json_key(w, "schema");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "string");
    wijk_json_end_object(w);
    wijk_json_kv_str(w, "example", "1.0.0");
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void open_media(struct http_call *c, const char *media)
{
    wijk_json_key(&c->json, media);
    wijk_json_begin_object(&c->json);
    wijk_json_key(&c->json, "schema");
    wijk_json_begin_object(&c->json);
}

static void open_content(struct http_call *c, const char *media)
{
    wijk_json_key(&c->json, "content");
    wijk_json_begin_object(&c->json);
    open_media(c, media);
}

static void close_content(struct http_call *c)
{
    wijk_json_end_object(&c->json);
    wijk_json_end_object(&c->json);
}

static void problem(struct http_call *c, const char *status, const char *about)
{
    open_response(c, status, about);
    open_content(c, "application/problem+json");
    wijk_json_kv_str(&c->json, "$ref", "#/components/schemas/Probleem");
    wijk_json_end_object(&c->json);
    close_content(c);
    wijk_json_end_object(&c->json);
}

/* "one|other": no schema but these media types. */
static void media_only(struct http_call *c, const char *at)
{
    struct wijk_json_out *w = &c->json;
    while (*at) {
        size_t n = strcspn(at, "|");
        open_media(c, wijk_sprintf(c->cx, "%.*s", (int)n, at));
        wijk_json_kv_str(w, "type", "string");
        if (strncmp(at, "text", 4) != 0) wijk_json_kv_str(w, "format", "binary");
        wijk_json_end_object(w);
        if (strcmp(at, "text/plain") == 0)
            wijk_json_kv_str(w, "example", "# TYPE wijk_connections gauge\nwijk_connections 1\n");
        wijk_json_end_object(w);
        at += n + (at[n] == '|');
    }
}

/* "Name", or "Name@media|other media of the same". */
static void media_of_schema(struct http_call *c, const struct http_example *e, const struct http_route *r)
{
    struct wijk_json_out *w = &c->json;
    size_t name = strcspn(r->schema, "@");
    const char *media = r->schema[name] ? r->schema + name + 1 : "application/json",
               *other = strchr(media, '|');
    open_media(c, wijk_sprintf(c->cx, "%.*s", (int)strcspn(media, "|"), media));
    wijk_json_kv_str(w, "$ref", wijk_sprintf(c->cx, "#/components/schemas/%.*s", (int)name, r->schema));
    wijk_json_end_object(w);
    if (r->who == HTTP_READS) wijk__example_write(c, e, r);
    wijk_json_end_object(w);
    if (other) media_only(c, other + 1);
}

static void found(struct http_call *c, const struct http_example *e, const struct http_route *r)
{
    struct wijk_json_out *w = &c->json;
    open_response(c, wijk_sprintf(c->cx, "%d", r->status),
                  r->status == 200   ? "Het gevraagde"
                  : r->status == 201 ? "Gemaakt"
                  : r->status == 202 ? "Aangenomen; vraag later hoe het ging"
                                     : "Opgeruimd");
    if (!*r->schema) {
        wijk_json_end_object(w);
        return;
    }
    wijk_json_key(w, "content");
    wijk_json_begin_object(w);
    if (*r->schema == '@')
        media_only(c, r->schema + 1);
    else
        media_of_schema(c, e, r);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

static void responses(struct http_call *c, const struct http_example *e, const struct http_route *r)
{
    struct wijk_json_out *w = &c->json;
    bool api = under(r, API_BASE);
    wijk_json_key(w, "responses");
    wijk_json_begin_object(w);
    found(c, e, r);
    if (r->who == HTTP_ASKS) {
        problem(c, "403", "Deze server beantwoordt geen vragen, of het verzoek komt van een andere website");
        problem(c, "409", "Over dit gebied komt geen antwoord; detail zegt waarom");
        problem(c, "429", "Te veel vragen van dit adres, of te veel nieuwe gebieden");
    }
    if (r->who >= HTTP_SITS) {
        problem(c, "401", "Meld u eerst aan, of geef een sleutel mee");
        problem(c, "403", "Uw rol mag dit niet");
    }
    if (r->who >= HTTP_SITS && r->body)
        problem(c, "409", "Iemand was eerder; nu is wat die ervan maakte, als het om een wijziging gaat");
    if (r->who == HTTP_KEY) {
        problem(c, "401", "De sleutel ontbreekt of klopt niet");
        problem(c, "403", "Deze server laadt niets, of het verzoek komt van een andere website");
    }
    if (r->body) {
        if (r->who == HTTP_KEY)
            problem(c, "409", "Dit kan nu niet: er loopt iets, of er zijn regels geweigerd");
        if (*r->body) problem(c, "413", "De inhoud is te groot");
        if (*r->body) problem(c, "415", "De inhoud heeft een andere vorm");
    }
    if (wijk__body_is_file(r)) problem(c, "507", "Er is te weinig ruimte op de schijf");
    if (r->who == HTTP_READS && (api || strchr(r->path, '{'))) {
        open_response(c, "304", "Niet veranderd sinds de ETag van If-None-Match");
        wijk_json_end_object(w);
    }
    problem(c, "400", "De vraag klopt niet; fouten noemt alles wat er niet klopt");
    if (r->query[0].required || strchr(r->path, '{')) problem(c, "404", "Niet gevonden");
    if (api && r->cost != EXPORT) problem(c, "406", "Deze vorm is er niet");
    if (r->cost == EXPORT) problem(c, "500", "Het bestand kon niet geschreven worden");
    problem(c, "503", "Te druk; probeer het na Retry-After seconden weer");
    wijk_json_end_object(w);
}

static void brings(struct http_call *c, const struct http_route *r)
{
    struct wijk_json_out *w = &c->json;
    if (!r->body || !*r->body) return;
    wijk_json_key(w, "requestBody");
    wijk_json_begin_object(w);
    wijk_json_kv_bool(w, "required", true);
    const bool other = wijk__body_is_file(r) || wijk__body_is_other(r);
    open_content(c, other ? r->body + 1 : "application/json");
    if (wijk__body_is_other(r)) {
        wijk_json_kv_str(w, "type", "object");
    } else if (wijk__body_is_file(r)) {
        wijk_json_kv_str(w, "type", "string");
        wijk_json_kv_str(w, "format", "binary");
    } else {
        wijk_json_kv_str(w, "$ref", wijk_sprintf(c->cx, "#/components/schemas/%s", r->body));
    }
    wijk_json_end_object(w);
    close_content(c);
    wijk_json_end_object(w);
}

static void operation(struct http_call *c, const struct http_example *e, const struct http_route *r,
                      const char *base)
{
    struct wijk_json_out *w = &c->json;
    bool api = under(r, base);
    char *method = wijk_str_dup(c->cx, wijk_str(r->method));
    for (char *m = method; *m; m++) *m = (char)(*m | 32);
    wijk_json_key(w, method);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "operationId", r->id);
    wijk_json_kv_str(w, "summary", r->summary);
    wijk_json_kv_str(w, "description", wijk_sprintf(c->cx, "Voor de rol: %s.", r->role));
    wijk__res_list(w, "tags");
    wijk_json_cstr(w, r->who == HTTP_KEY     ? "importeren"
                      : r->who == HTTP_KNOWN ? "aangemeld"
                      : api                  ? "lezen"
                                             : "server");
    wijk_json_end_array(w);
    if (r->who == HTTP_KEY || r->who >= HTTP_SITS) {
        wijk__res_list(w, "security");
        wijk_json_begin_object(w);
        wijk__res_list(w, r->who == HTTP_SITS ? "sessie" : "sleutel");
        wijk_json_end_array(w);
        wijk_json_end_object(w);
        wijk_json_end_array(w);
    }
    parameters(c, e, r);
    brings(c, r);
    responses(c, e, r);
    wijk_json_end_object(w);
}

/* All that can be done at one address, once: at the first route that has it. */
static void address(struct http_call *c, const struct http_example *e, size_t at, const char *base)
{
    struct wijk_json_out *w = &c->json;
    const struct http_route *r = &wijk__routes[at];
    for (size_t i = 0; i < at; i++)
        if (strcmp(wijk__routes[i].path, r->path) == 0) return;
    bool api = under(r, base);
    const char *path = api ? r->path + strlen(base) : r->path, *dot = strstr(path, "}.");
    if (dot) path = wijk_sprintf(c->cx, "%.*s", (int)(dot + 1 - path), path);
    wijk_json_key(w, *path ? path : "/");
    wijk_json_begin_object(w);
    if (!api) {
        wijk__res_list(w, "servers");
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "url", "/");
        wijk_json_kv_str(w, "description", "Deze server, buiten de API");
        wijk_json_end_object(w);
        wijk_json_end_array(w);
    }
    for (size_t i = at; i < wijk__n_routes; i++)
        if (strcmp(wijk__routes[i].path, r->path) == 0) operation(c, e, &wijk__routes[i], base);
    wijk_json_end_object(w);
}

/* ---- the document, in Dutch whatever the caller prefers ---- */

static void about(struct http_call *c, const char *base)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "openapi", "3.0.3");
    wijk_json_key(w, "info");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "title", "Wijkregie");
    wijk_json_kv_str(w, "version", "1.0.0");
    wijk_json_kv_str(
        w, "description",
        "Gegevens over buurten, wijken en gemeenten: lezen, en met een sleutel bestanden laden.");
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
    wijk__res_list(w, "servers");
    wijk_json_begin_object(w);
    const char *site = strcmp(base, OGC_BASE) == 0 && c->request->base ? c->request->base : "";
    wijk_json_kv_str(w, "url", wijk_sprintf(c->cx, "%s%s", site, base));
    wijk_json_kv_str(w, "description", "Deze server");
    wijk_json_end_object(w);
    wijk_json_end_array(w);
    static const char *const TAGS[][2] = {{"lezen", "Open gegevens"},
                                          {"importeren", "Bestanden laden"},
                                          {"server", "Tegels, en hoe het de server gaat"}};
    wijk__res_list(w, "tags");
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "name", TAGS[i][0]);
        wijk_json_kv_str(w, "description", TAGS[i][1]);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* The geographic interface has its own description: it follows another standard, on its own base address. */
static bool belongs(const struct http_route *r, const char *base)
{
    if (under(r, "/.well-known")) return false; /* no API: a place others agreed on (RFC 8615) */
    return strcmp(base, OGC_BASE) == 0 ? under(r, OGC_BASE) : !under(r, OGC_BASE);
}

static bool schema_belongs(const char *name, const char *base)
{
    static const char *const SHARED[] = {"Probleem", "Fout", "Beschrijving"};
    for (size_t k = 0; k < sizeof SHARED / sizeof *SHARED; k++)
        if (strcmp(name, SHARED[k]) == 0) return true;
    return (strncmp(name, "Ogc", 3) == 0) == (strcmp(base, OGC_BASE) == 0);
}

void wijk__openapi_write(struct http_call *c, const char *base)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    about(c, base);
    wijk_json_key(w, "paths");
    wijk_json_begin_object(w);
    const struct http_example *e = wijk__example_new(c->cx, c->s);
    for (size_t i = 0; i < wijk__n_routes; i++)
        if (belongs(&wijk__routes[i], base)) address(c, e, i, base);
    wijk_json_end_object(w);
    wijk_json_key(w, "components");
    wijk_json_begin_object(w);
    wijk_json_key(w, "securitySchemes");
    wijk_json_begin_object(w);
    wijk_json_key(w, "sleutel");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "http");
    wijk_json_kv_str(w, "scheme", "bearer");
    wijk_json_kv_str(w, "description",
                     "Een eigen sleutel (/sleutels), of bij laden de sleutel die `wijk serve --import` bij "
                     "het starten toont");
    wijk_json_end_object(w);
    wijk_json_key(w, "sessie");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "type", "apiKey");
    wijk_json_kv_str(w, "in", "cookie");
    wijk_json_kv_str(w, "name", HTTP_COOKIE);
    wijk_json_kv_str(w, "description", "Het koekje van /sessie/aanmelden");
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_key(w, "schemas");
    wijk_json_begin_object(w);
    for (size_t i = 0; i < sizeof SCHEMAS / sizeof *SCHEMAS; i++)
        if (schema_belongs(SCHEMAS[i].name, base)) schema(c, SCHEMAS[i].name, SCHEMAS[i].members);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}

void wijk__res_openapi(struct http_call *c)
{
    wijk__openapi_write(c, API_BASE);
}
