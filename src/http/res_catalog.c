/* SPDX-License-Identifier: EUPL-1.2 */
/* /catalogus: the open tables by DCAT-AP-NL 3.0, as JSON-LD or as Turtle. One list of statements, two ways to
 * write it. Every thing has an address of its own under that of the catalogue, so nothing needs nesting. */
#include "http/handlers.h"

#include <string.h>

#define EU        "http://publications.europa.eu/resource/authority/"
#define MEDIA     "https://www.iana.org/assignments/media-types/"
#define IRI_SIGNS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%"

static const char *const PREFIX[][2] = {
    {"dcat", "http://www.w3.org/ns/dcat#"},           {"dct", "http://purl.org/dc/terms/"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},           {"vcard", "http://www.w3.org/2006/vcard/ns#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},     {"geo", "http://www.opengis.net/ont/geosparql#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"}};
enum { PREFIXES = sizeof PREFIX / sizeof *PREFIX };

/* ---- statements ---- */

struct graph {
    struct http_call *c;
    bool turtle, more; /* more: a value of this property was written */
    const char *root;  /* address of the catalogue */
    bool *used;        /* series x (loads + 1): did the series draw from that load? */
};

static void put_quoted(struct wijk_buf *b, const char *text)
{
    wijk_buf_char(b, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            wijk_buf_printf(b, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            wijk_buf_printf(b, "\\u%04X", (unsigned)(unsigned char)*text);
        else
            wijk_buf_char(b, *text);
    }
    wijk_buf_char(b, '"');
}

static void graph_open(struct graph *g)
{
    struct wijk_json_out *w = &g->c->json;
    if (g->turtle) {
        for (size_t k = 0; k < PREFIXES; k++)
            wijk_buf_printf(&g->c->buf, "@prefix %s: <%s> .\n", PREFIX[k][0], PREFIX[k][1]);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_key(w, "@context");
    wijk_json_begin_object(w);
    for (size_t k = 0; k < PREFIXES; k++) wijk_json_kv_str(w, PREFIX[k][0], PREFIX[k][1]);
    wijk_json_end_object(w);
    wijk__res_list(w, "@graph");
}

static void graph_close(struct graph *g)
{
    if (!g->turtle) wijk__res_list_end(&g->c->json);
}

static void node(struct graph *g, const char *iri, const char *type)
{
    if (g->turtle) {
        wijk_buf_printf(&g->c->buf, "\n<%s> a %s", iri, type);
        return;
    }
    wijk_json_begin_object(&g->c->json);
    wijk_json_kv_str(&g->c->json, "@id", iri);
    wijk_json_kv_str(&g->c->json, "@type", type);
}

static void node_end(struct graph *g)
{
    if (g->turtle)
        wijk_buf_str(&g->c->buf, " .\n");
    else
        wijk_json_end_object(&g->c->json);
}

static void property(struct graph *g, const char *name)
{
    g->more = false;
    if (g->turtle)
        wijk_buf_printf(&g->c->buf, " ;\n    %s ", name);
    else
        wijk__res_list(&g->c->json, name);
}

static void property_end(struct graph *g)
{
    if (!g->turtle) wijk_json_end_array(&g->c->json);
}

static void value_next(struct graph *g)
{
    if (g->turtle && g->more) wijk_buf_str(&g->c->buf, ", ");
    g->more = true;
}

static void value_iri(struct graph *g, const char *iri)
{
    value_next(g);
    if (g->turtle) {
        wijk_buf_printf(&g->c->buf, "<%s>", iri);
        return;
    }
    wijk_json_begin_object(&g->c->json);
    wijk_json_kv_str(&g->c->json, "@id", iri);
    wijk_json_end_object(&g->c->json);
}

/* language or type: one of them, or neither. */
static void value_text(struct graph *g, const char *text, const char *language, const char *type)
{
    value_next(g);
    if (g->turtle) {
        put_quoted(&g->c->buf, text);
        if (language) wijk_buf_printf(&g->c->buf, "@%s", language);
        if (type) wijk_buf_printf(&g->c->buf, "^^%s", type);
        return;
    }
    wijk_json_begin_object(&g->c->json);
    wijk_json_kv_str(&g->c->json, "@value", text);
    if (language) wijk_json_kv_str(&g->c->json, "@language", language);
    if (type) wijk_json_kv_str(&g->c->json, "@type", type);
    wijk_json_end_object(&g->c->json);
}

static void has_iri(struct graph *g, const char *name, const char *iri)
{
    property(g, name);
    value_iri(g, iri);
    property_end(g);
}

static void has_text(struct graph *g, const char *name, const char *text)
{
    property(g, name);
    value_text(g, text, NULL, NULL);
    property_end(g);
}

static void has_words(struct graph *g, const char *name, const char *text)
{
    property(g, name);
    value_text(g, text, "nl", NULL);
    property_end(g);
}

static void has_typed(struct graph *g, const char *name, const char *text, const char *type)
{
    property(g, name);
    value_text(g, text, NULL, type);
    property_end(g);
}

static const char *at(struct graph *g, const char *piece)
{
    return wijk_sprintf(g->c->cx, "%s#%s", g->root, piece);
}

static const char *address(struct graph *g, const char *path)
{
    const char *base = g->c->request->base;
    return wijk_sprintf(g->c->cx, "%s%s", base ? base : "", path);
}

static bool is_iri(const char *text)
{
    return text && (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0) &&
           text[strspn(text, IRI_SIGNS)] == '\0';
}

static const char *who(const struct graph *g)
{
    return *g->c->s->info.title ? g->c->s->info.title : "Wijkregie";
}

/* ---- words of others ---- */

/* Our themes in the list of the EU. */
static const struct {
    const char *ours, *theirs;
} THEMES[] = {{"bevolking", "SOCI"},
              {"bedrijven", "ECON"},
              {"energie", "ENER"},
              {"gezondheid", "HEAL"},
              {"huishoudens", "SOCI"},
              {"inkomen", "ECON"},
              {"leefbaarheid", "REGI"},
              {"onderwijs", "EDUC"},
              {"ruimte", "ENVI"},
              {"sociaal-economisch", "SOCI"},
              {"sociale-zekerheid", "SOCI"},
              {"veiligheid", "JUST"},
              {"vervoer", "TRAN"},
              {"voorzieningen", "REGI"},
              {"werk", "ECON"},
              {"wonen", "REGI"},
              {"zorg", "HEAL"}};

static const char *theme_of(const char *ours)
{
    for (size_t k = 0; k < sizeof THEMES / sizeof *THEMES; k++)
        if (strcmp(THEMES[k].ours, ours) == 0) return THEMES[k].theirs;
    return "REGI";
}

/* By the names sources use for them; what is not in the list gets an address of ours with the words of the
 * source. */
static const struct {
    const char *name, *iri;
} LICENCES[] = {{"CC0", EU "licence/CC0"},
                {"CC0-1.0", EU "licence/CC0"},
                {"CC BY 4.0", EU "licence/CC_BY_4_0"},
                {"CC-BY-4.0", EU "licence/CC_BY_4_0"},
                {"CC BY-SA 4.0", EU "licence/CC_BYSA_4_0"},
                {"CC-BY-SA-4.0", EU "licence/CC_BYSA_4_0"},
                {"onbekend", "http://standaarden.overheid.nl/owms/terms/licentieonbekend"}};

static const char *licence_iri(struct graph *g, const char *licence, const char *source)
{
    for (size_t k = 0; k < sizeof LICENCES / sizeof *LICENCES; k++)
        if (strcmp(LICENCES[k].name, licence) == 0) return LICENCES[k].iri;
    return at(g, wijk_sprintf(g->c->cx, "licentie-%s", source));
}

static void licence_node(struct graph *g, const char *licence, const char *source)
{
    const char *iri = licence_iri(g, licence, source);
    if (strncmp(iri, g->root, strlen(g->root)) != 0) return;
    node(g, iri, "dct:LicenseDocument");
    has_words(g, "rdfs:label", *licence ? licence : "zie de bron");
    node_end(g);
}

/* ---- parts of a description ---- */

static void agents(struct graph *g)
{
    node(g, at(g, "uitgever"), "foaf:Agent");
    has_words(g, "foaf:name", who(g));
    node_end(g);
    node(g, at(g, "contact"), "vcard:Organization");
    has_words(g, "vcard:fn", who(g));
    has_iri(g, "vcard:hasURL", address(g, "/"));
    const struct wijk_http_opt *opt = g->c->world ? g->c->world->opt : NULL;
    if (opt && opt->contact) has_iri(g, "vcard:hasEmail", wijk_sprintf(g->c->cx, "mailto:%s", opt->contact));
    node_end(g);
}

static void place(struct graph *g)
{
    struct wijk_box b = {3.2, 50.7, 7.3, 53.7};
    bool any = false;
    for (size_t k = 0; k < g->c->s->n_division; k++) {
        struct wijk_box d = g->c->s->division[k].box;
        if (d.min_x > d.max_x) continue;
        if (!any) b = d;
        any = true;
        b.min_x = d.min_x < b.min_x ? d.min_x : b.min_x, b.max_x = d.max_x > b.max_x ? d.max_x : b.max_x;
        b.min_y = d.min_y < b.min_y ? d.min_y : b.min_y, b.max_y = d.max_y > b.max_y ? d.max_y : b.max_y;
    }
    const char *wkt =
        wijk_sprintf(g->c->cx, "POLYGON((%.6f %.6f, %.6f %.6f, %.6f %.6f, %.6f %.6f, %.6f %.6f))", b.min_x,
                     b.min_y, b.max_x, b.min_y, b.max_x, b.max_y, b.min_x, b.max_y, b.min_x, b.min_y);
    node(g, at(g, "gebied"), "dct:Location");
    has_typed(g, "dcat:bbox", wkt, "geo:wktLiteral");
    node_end(g);
}

/* Which indicators a source (NULL: any) gave: themes once each, and the years. */
struct extent {
    size_t n_theme, n_indicator;
    const char *theme[32];
    int first, last;
};

static void find_used(struct graph *g)
{
    const struct wijk_snapshot *s = g->c->s;
    g->used = WIJK_NEW(g->c->cx, bool, s->n_series *(s->n_load + 1));
    for (size_t i = 0; i < s->n_series; i++)
        for (size_t a = 0; s->series[i].load && a < s->series[i].n; a++)
            if (s->series[i].load[a] <= s->n_load) g->used[i * (s->n_load + 1) + s->series[i].load[a]] = true;
}

static bool gave(const struct graph *g, size_t series, const char *source)
{
    const struct wijk_snapshot *s = g->c->s;
    for (size_t l = 1; l <= s->n_load; l++)
        if (g->used[series * (s->n_load + 1) + l] && (!source || strcmp(s->load[l - 1].source, source) == 0))
            return true;
    return false;
}

static struct extent extent_of(struct graph *g, const char *source)
{
    const struct wijk_snapshot *s = g->c->s;
    struct extent e = {0};
    const char *before = "";
    for (size_t i = 0; i < s->n_series; i++) {
        const struct wijk_indicator *ind = wijk_defs_indicator(s->defs, s->series[i].key.indicator);
        int year = s->series[i].key.period.year;
        if (!ind || !gave(g, i, source)) continue;
        if (!e.first || year < e.first) e.first = year;
        if (year > e.last) e.last = year;
        e.n_indicator += strcmp(before, ind->id) != 0;
        before = ind->id;
        size_t k = 0;
        while (k < e.n_theme && strcmp(e.theme[k], ind->theme) != 0) k++;
        if (k == e.n_theme && k < sizeof e.theme / sizeof *e.theme) e.theme[e.n_theme++] = ind->theme;
    }
    return e;
}

static void themes(struct graph *g, const struct extent *e)
{
    property(g, "dcat:theme");
    for (size_t k = 0; k < e->n_theme; k++) {
        bool before = false;
        for (size_t i = 0; i < k; i++) before |= strcmp(theme_of(e->theme[i]), theme_of(e->theme[k])) == 0;
        if (!before) value_iri(g, wijk_sprintf(g->c->cx, EU "data-theme/%s", theme_of(e->theme[k])));
    }
    if (!e->n_theme) value_iri(g, EU "data-theme/REGI");
    property_end(g);
}

/* What a dataset, a service and the catalogue must all say. */
static void common(struct graph *g, const char *iri, const char *title, const char *about)
{
    has_words(g, "dct:title", title);
    has_words(g, "dct:description", about);
    has_text(g, "dct:identifier", iri);
    has_iri(g, "dct:publisher", at(g, "uitgever"));
    has_iri(g, "dcat:contactPoint", at(g, "contact"));
    has_iri(g, "dct:accessRights", EU "access-right/PUBLIC");
    has_iri(g, "dct:language", EU "language/NLD");
}

static void period(struct graph *g, const char *iri, const struct extent *e)
{
    if (!e->first) return;
    node(g, iri, "dct:PeriodOfTime");
    has_typed(g, "dcat:startDate", wijk_sprintf(g->c->cx, "%04d-01-01", e->first), "xsd:date");
    has_typed(g, "dcat:endDate", wijk_sprintf(g->c->cx, "%04d-12-31", e->last), "xsd:date");
    node_end(g);
}

static void keywords(struct graph *g, const struct extent *e)
{
    property(g, "dcat:keyword");
    for (size_t k = 0; k < e->n_theme; k++) value_text(g, e->theme[k], "nl", NULL);
    value_text(g, "buurten", "nl", NULL);
    if (g->c->s->info.fictional) value_text(g, "fictief", "nl", NULL);
    property_end(g);
}

static void about_set(struct graph *g, const char *piece, const struct extent *e, const char *modified)
{
    themes(g, e);
    keywords(g, e);
    has_iri(g, "dct:spatial", at(g, "gebied"));
    if (e->first) has_iri(g, "dct:temporal", at(g, wijk_sprintf(g->c->cx, "%s-periode", piece)));
    if (*modified) has_typed(g, "dct:modified", modified, "xsd:dateTime");
}

/* ---- distributions ---- */

static const struct form {
    const char *id, *title, *file_type, *media;
} FORMS[] = {{"csv", "CSV", "CSV", "text/csv"},
             {"json", "JSON", "JSON", "application/json"},
             {"geojson", "GeoJSON", "GEOJSON", "application/geo+json"},
             {"xlsx", "Excel", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
             {"gpkg", "GeoPackage", "GPKG", "application/geopackage+sqlite3"}};
enum { FORMS_OF_SOURCE = 2, FORMS_N = sizeof FORMS / sizeof *FORMS };

static const char *form_iri(struct graph *g, const char *piece, const struct form *f)
{
    return at(g, wijk_sprintf(g->c->cx, "%s-%s", piece, f->id));
}

static void form_node(struct graph *g, const char *piece, const struct form *f, const char *query,
                      const char *licence)
{
    const char *url = address(g, wijk_sprintf(g->c->cx, "/api/v1/uitvoer/%s%s", f->id, query));
    node(g, form_iri(g, piece, f), "dcat:Distribution");
    has_words(g, "dct:title", f->title);
    has_iri(g, "dcat:accessURL", url);
    has_iri(g, "dcat:downloadURL", url);
    has_iri(g, "dct:format", wijk_sprintf(g->c->cx, EU "file-type/%s", f->file_type));
    has_iri(g, "dcat:mediaType", wijk_sprintf(g->c->cx, MEDIA "%s", f->media));
    has_iri(g, "dct:license", licence);
    node_end(g);
}

/* ---- one set a source ---- */

struct source_load {
    const char *licence, *publisher, *modified;
};

/* The newest load of a source; false when nothing was loaded. */
static bool load_of(const struct wijk_snapshot *s, const char *source, struct source_load *out)
{
    bool any = false;
    for (size_t l = 0; l < s->n_load; l++) {
        const struct wijk_load *v = &s->load[l];
        if (strcmp(v->source, source) != 0) continue;
        *out = (struct source_load){v->licence ? v->licence : "", v->publisher ? v->publisher : "",
                                    v->loaded_at ? v->loaded_at : ""};
        any = true;
    }
    return any;
}

static void source_set(struct graph *g, const struct wijk_source *d, const struct source_load *l)
{
    struct wijk_cx *cx = g->c->cx;
    const char *piece = wijk_sprintf(cx, "bron-%s", d->id), *iri = at(g, piece);
    struct extent e = extent_of(g, d->id);
    const char *licence = licence_iri(g, l->licence, d->id),
               *maker = at(g, wijk_sprintf(cx, "maker-%s", d->id));
    node(g, iri, "dcat:Dataset");
    common(g, iri, d->title_nl,
           wijk_sprintf(cx, "%zu indicatoren van %s over buurten, wijken of gemeenten. %s", e.n_indicator,
                        l->publisher, d->attribution));
    has_iri(g, "dct:creator", maker);
    has_iri(g, "dct:license", licence);
    about_set(g, piece, &e, l->modified);
    if (is_iri(d->homepage)) has_iri(g, "dcat:landingPage", d->homepage);
    if (*d->release) has_text(g, "dcat:version", d->release);
    property(g, "dcat:distribution");
    for (size_t k = 0; k < FORMS_OF_SOURCE; k++) value_iri(g, form_iri(g, piece, &FORMS[k]));
    property_end(g);
    node_end(g);
    node(g, maker, "foaf:Agent");
    has_words(g, "foaf:name", *l->publisher ? l->publisher : d->title_nl);
    node_end(g);
    licence_node(g, l->licence, d->id);
    period(g, at(g, wijk_sprintf(cx, "%s-periode", piece)), &e);
    for (size_t k = 0; k < FORMS_OF_SOURCE; k++)
        form_node(g, piece, &FORMS[k], wijk_sprintf(cx, "?bron=%s", d->id), licence);
}

/* ---- everything together ---- */

/* The licence of all, when it is one; else each source has its own. */
static const char *shared_licence(struct graph *g)
{
    const struct wijk_snapshot *s = g->c->s;
    for (size_t l = 1; l < s->n_load; l++)
        if (strcmp(s->load[l].licence, s->load[0].licence) != 0) return at(g, "licentie-per-bron");
    return s->n_load ? licence_iri(g, s->load[0].licence, s->load[0].source) : at(g, "licentie-per-bron");
}

static const char *changed(const struct wijk_snapshot *s)
{
    const char *newest = "";
    for (size_t l = 0; l < s->n_load; l++)
        if (s->load[l].loaded_at && strcmp(s->load[l].loaded_at, newest) > 0) newest = s->load[l].loaded_at;
    return newest;
}

static void whole_set(struct graph *g, const struct extent *e, const char *licence)
{
    const char *iri = at(g, "alles");
    node(g, iri, "dcat:Dataset");
    common(g, iri, wijk_sprintf(g->c->cx, "Buurten, wijken en gemeenten van %s", who(g)),
           "Alle gebieden met hun grenzen, scores en cijfers. Kleine aantallen zijn verborgen.");
    has_iri(g, "dct:creator", at(g, "uitgever"));
    has_iri(g, "dct:license", licence);
    has_iri(g, "dct:conformsTo", wijk__ogc_crs_name(WIJK_CRS_RD));
    about_set(g, "alles", e, changed(g->c->s));
    property(g, "dcat:distribution");
    for (size_t k = 0; k < FORMS_N; k++) value_iri(g, form_iri(g, "alles", &FORMS[k]));
    value_iri(g, at(g, "alles-ogc"));
    property_end(g);
    node_end(g);
    period(g, at(g, "alles-periode"), e);
    for (size_t k = 0; k < FORMS_N; k++) form_node(g, "alles", &FORMS[k], "", licence);
    node(g, at(g, "alles-ogc"), "dcat:Distribution");
    has_words(g, "dct:title", "OGC API Features");
    has_iri(g, "dcat:accessURL", address(g, "/ogc"));
    has_iri(g, "dcat:accessService", at(g, "dienst-ogc"));
    has_iri(g, "dct:format", EU "file-type/GEOJSON");
    has_iri(g, "dct:license", licence);
    node_end(g);
}

static void service(struct graph *g, const char *piece, const char *title, const char *path,
                    const char *description, const char *standard, const struct extent *e,
                    const char *licence)
{
    const char *iri = at(g, piece);
    node(g, iri, "dcat:DataService");
    common(g, iri, title, "Alle gebieden, scores en cijfers; alleen lezen.");
    has_iri(g, "dct:creator", at(g, "uitgever"));
    themes(g, e);
    has_iri(g, "dcat:endpointURL", address(g, path));
    has_iri(g, "dcat:endpointDescription", address(g, description));
    has_iri(g, "dct:conformsTo", standard);
    has_iri(g, "dct:license", licence);
    has_iri(g, "dcat:servesDataset", at(g, "alles"));
    node_end(g);
}

static void catalog_node(struct graph *g, const char *licence)
{
    const struct wijk_snapshot *s = g->c->s;
    struct source_load l = {"", "", ""};
    node(g, g->root, "dcat:Catalog");
    common(g, g->root, wijk_sprintf(g->c->cx, "Open gegevens van %s", who(g)),
           "Open tabellen over buurten, wijken en gemeenten, met bron en licentie.");
    has_iri(g, "dct:creator", at(g, "uitgever"));
    has_iri(g, "dct:license", licence);
    has_iri(g, "dct:conformsTo", "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/");
    has_iri(g, "dcat:themeTaxonomy", EU "data-theme");
    has_iri(g, "foaf:homepage", address(g, "/"));
    has_iri(g, "dct:spatial", at(g, "gebied"));
    if (*changed(s)) has_typed(g, "dct:modified", changed(s), "xsd:dateTime");
    property(g, "dcat:dataset");
    value_iri(g, at(g, "alles"));
    for (size_t k = 0; k < s->defs->n_source; k++)
        if (load_of(s, s->defs->source[k].id, &l))
            value_iri(g, at(g, wijk_sprintf(g->c->cx, "bron-%s", s->defs->source[k].id)));
    property_end(g);
    property(g, "dcat:service");
    value_iri(g, at(g, "dienst-ogc"));
    value_iri(g, at(g, "dienst-api"));
    property_end(g);
    node_end(g);
}

void wijk__res_catalog(struct http_call *c)
{
    const char *accept = c->request->accept;
    const struct wijk_snapshot *s = c->s;
    struct graph g = {.c = c, .turtle = accept && strstr(accept, "text/turtle") && !strstr(accept, "json")};
    struct source_load l = {"", "", ""};
    g.root = address(&g, "/api/v1/catalogus");
    c->out->content_type = g.turtle ? "text/turtle; charset=utf-8" : "application/ld+json";
    find_used(&g);
    struct extent all = extent_of(&g, NULL);
    const char *licence = shared_licence(&g);
    graph_open(&g);
    catalog_node(&g, licence);
    agents(&g);
    place(&g);
    if (strcmp(licence, at(&g, "licentie-per-bron")) == 0) {
        node(&g, licence, "dct:LicenseDocument");
        has_words(&g, "rdfs:label", "Per bron een eigen licentie; zie de beschrijving van elke bron");
        node_end(&g);
    }
    whole_set(&g, &all, licence);
    service(&g, "dienst-ogc", "OGC API Features", "/ogc", "/ogc/api",
            "http://www.opengis.net/def/interface/ogcapi-features", &all, licence);
    service(&g, "dienst-api", "API van Wijkregie", "/api/v1", "/api/v1/openapi.json",
            "https://docs.geostandaarden.nl/api/API-Strategie/", &all, licence);
    for (size_t k = 0; k < s->defs->n_source; k++)
        if (load_of(s, s->defs->source[k].id, &l)) source_set(&g, &s->defs->source[k], &l);
    graph_close(&g);
}
