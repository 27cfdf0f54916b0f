/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoJSON (RFC 7946) feature by feature in constant memory. Properties may stand before or after the
 * geometry. The `crs` member of the 2008 form is understood when it comes before the features; without it
 * coordinates are WGS84. */
#include "import/props.h"

#include <string.h>

struct geojson {
    struct wijk_cx *cx;
    struct wijk_cx *row_cx; /* what belongs to the feature at hand */
    struct wijk_mark empty;
    struct wijk_json *json;
    const char *label;
    struct wijk__props props;
    enum wijk_crs crs;
    bool crs_fixed; /* by the source definition */
    bool held;      /* the first feature was read by open() and waits */
    bool ended;
    struct wijk__row row;
    uint64_t n;
};

static enum wijk_err wrong(struct geojson *g, const char *what)
{
    return wijk_fail(g->cx, WIJK_EPARSE, "%s regel %zu: geen geldige GeoJSON: %s.", g->label,
                     wijk_json_line(g->json), wijk_tr(g->cx, what));
}

/* ---- coordinates ---- */

static enum wijk_err read_position(struct geojson *g, struct wijk_json_token token, struct wijk_xy *out)
{
    double v[2] = {0, 0};
    size_t n = 0;
    if (token.kind != WIJK_JSON_ARRAY) return wrong(g, WIJK_T("hier hoort een punt"));
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) break;
        if (token.kind != WIJK_JSON_NUMBER) return wrong(g, WIJK_T("hier hoort een coördinaat"));
        if (n < 2) v[n] = token.number;
        n++;
    }
    if (n < 2 || n > 4) return wrong(g, WIJK_T("een punt heeft twee coördinaten"));
    *out = (struct wijk_xy){v[0], v[1]};
    return WIJK_OK;
}

static enum wijk_err read_ring(struct geojson *g, struct wijk_geom_builder *b)
{
    struct wijk_json_token token;
    size_t n = 0;
    wijk_geom_add_ring(b);
    for (;;) {
        struct wijk_xy p;
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) return WIJK_OK;
        WIJK_TRY(read_position(g, token, &p));
        /* The builder refuses too many points only at the end; an endless ring has to stop here. */
        if (++n > WIJK_LIMIT_POINTS)
            return wijk_fail(g->cx, WIJK_ELIMIT, "%s: een vlak heeft meer dan %d punten.", g->label,
                             WIJK_LIMIT_POINTS);
        wijk_geom_add_point(b, p);
    }
}

/* After the ARRAY token of a polygon. */
static enum wijk_err read_polygon(struct geojson *g, struct wijk_geom_builder *b)
{
    struct wijk_json_token token;
    wijk_geom_add_polygon(b);
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) return WIJK_OK;
        if (token.kind != WIJK_JSON_ARRAY) return wrong(g, WIJK_T("hier hoort een ring"));
        WIJK_TRY(read_ring(g, b));
    }
}

/* The coordinates may come before the type, so the nesting tells what they are: three deep is a polygon, four
 * a multipolygon. That takes looking at the first tokens before the first number. */
static enum wijk_err read_coordinates(struct geojson *g, struct wijk_geom_builder *b, int *nesting)
{
    struct wijk_json_token token;
    int open = 0;
    *nesting = 0;
    do {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY) open++;
    } while (token.kind == WIJK_JSON_ARRAY && open < 5);
    if (token.kind == WIJK_JSON_ARRAY_END && open <= 4) { /* [] or [[]]: an empty shape */
        for (open--; open > 0; open--) {
            WIJK_TRY(wijk_json_next(g->json, &token));
            if (token.kind != WIJK_JSON_ARRAY_END) return wrong(g, WIJK_T("hier hoort een ring"));
        }
        return WIJK_OK;
    }
    if (token.kind != WIJK_JSON_NUMBER || (open != 3 && open != 4)) {
        for (; open > 0;) { /* a point or line: read past it, the type will tell */
            WIJK_TRY(wijk_json_next(g->json, &token));
            if (token.kind == WIJK_JSON_ARRAY) open++;
            if (token.kind == WIJK_JSON_ARRAY_END) open--;
        }
        *nesting = -1;
        return WIJK_OK;
    }
    *nesting = open;
    /* Inside the first point of the first ring. */
    double x = token.number;
    WIJK_TRY(wijk_json_next(g->json, &token));
    if (token.kind != WIJK_JSON_NUMBER) return wrong(g, WIJK_T("een punt heeft twee coördinaten"));
    struct wijk_xy first = {x, token.number};
    do {
        WIJK_TRY(wijk_json_next(g->json, &token));
    } while (token.kind == WIJK_JSON_NUMBER);
    if (token.kind != WIJK_JSON_ARRAY_END) return wrong(g, WIJK_T("hier hoort een coördinaat"));
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    wijk_geom_add_point(b, first);
    size_t n = 1;
    for (;;) { /* the rest of the first ring */
        struct wijk_xy p;
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) break;
        WIJK_TRY(read_position(g, token, &p));
        if (++n > WIJK_LIMIT_POINTS)
            return wijk_fail(g->cx, WIJK_ELIMIT, "%s: een vlak heeft meer dan %d punten.", g->label,
                             WIJK_LIMIT_POINTS);
        wijk_geom_add_point(b, p);
    }
    for (;;) { /* the rest of the first polygon */
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) break;
        if (token.kind != WIJK_JSON_ARRAY) return wrong(g, WIJK_T("hier hoort een ring"));
        WIJK_TRY(read_ring(g, b));
    }
    while (open == 4) { /* the other polygons */
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) break;
        if (token.kind != WIJK_JSON_ARRAY) return wrong(g, WIJK_T("hier hoort een vlak"));
        WIJK_TRY(read_polygon(g, b));
    }
    return WIJK_OK;
}

/* ---- features ---- */

static enum wijk_err finish_geometry(struct geojson *g, struct wijk_geom_builder *b, const char *type,
                                     int nesting)
{
    const struct wijk_geom *geom;
    bool polygon = strcmp(type, "Polygon") == 0, multi = strcmp(type, "MultiPolygon") == 0;
    if ((!polygon && !multi) || (nesting != 0 && nesting != (polygon ? 3 : 4))) {
        g->row.geom_fault = wijk_sprintf(g->row_cx, wijk_tr(g->cx, "de vorm %s is geen vlak"), type);
        return WIJK_OK;
    }
    enum wijk_err err = wijk_geom_done(b, &geom);
    if (err == WIJK_OK && geom->n_poly)
        g->row.geom = geom;
    else if (err != WIJK_OK)
        g->row.geom_fault = wijk_str_dup(g->row_cx, wijk_str(wijk_fault(g->row_cx)));
    return WIJK_OK;
}

static enum wijk_err read_geometry(struct geojson *g, struct wijk_json_token token)
{
    struct wijk_geom_builder *b = wijk_geom_build(g->row_cx);
    const char *type = "";
    int nesting = 0;
    if (token.kind == WIJK_JSON_NULL) return WIJK_OK;
    if (token.kind != WIJK_JSON_OBJECT) return wrong(g, WIJK_T("geometry is geen object"));
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        if (wijk_str_eq(token.text, WIJK_STR("coordinates"))) {
            WIJK_TRY(read_coordinates(g, b, &nesting));
            continue;
        }
        bool is_type = wijk_str_eq(token.text, WIJK_STR("type"));
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (is_type && token.kind == WIJK_JSON_STRING && token.text.n < 64)
            type = wijk_str_dup(g->row_cx, token.text);
        WIJK_TRY(wijk_json_skip(g->json, token));
    }
    return finish_geometry(g, b, type, nesting);
}

static enum wijk_err read_feature(struct geojson *g)
{
    struct wijk_json_token token;
    wijk_cx_rewind(g->row_cx, g->empty);
    wijk__props_clear(&g->props);
    g->row = (struct wijk__row){.crs = g->crs, .number = ++g->n};
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        bool properties = wijk_str_eq(token.text, WIJK_STR("properties"));
        bool geometry = wijk_str_eq(token.text, WIJK_STR("geometry"));
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (properties && token.kind == WIJK_JSON_OBJECT)
            WIJK_TRY(wijk__props_object(&g->props, g->row_cx, g->json, g->label));
        else if (geometry)
            WIJK_TRY(read_geometry(g, token));
        else
            WIJK_TRY(wijk_json_skip(g->json, token));
    }
    g->row.n = g->props.rows->n_column;
    g->row.field = g->props.field;
    return WIJK_OK;
}

/* The next feature of the list; at its end the rest of the document is read, so that a cut-off file is
 * noticed. */
static enum wijk_err advance(struct geojson *g, bool *got)
{
    struct wijk_json_token token;
    *got = false;
    if (g->ended) return WIJK_OK;
    WIJK_TRY(wijk_json_next(g->json, &token));
    if (token.kind == WIJK_JSON_OBJECT) {
        *got = true;
        return read_feature(g);
    }
    if (token.kind != WIJK_JSON_ARRAY_END)
        return wrong(g, WIJK_T("features hoort een lijst van objecten te zijn"));
    g->ended = true;
    while (token.kind != WIJK_JSON_END) WIJK_TRY(wijk_json_next(g->json, &token));
    return WIJK_OK;
}

static enum wijk_err next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct geojson *g = rows->self;
    *got = g->held;
    if (!g->held) WIJK_TRY(advance(g, got));
    g->held = false;
    *row = g->row;
    return WIJK_OK;
}

static void close_rows(struct wijk__rows *rows)
{
    struct geojson *g = rows->self;
    wijk_cx_end(g->row_cx);
}

/* ---- the head of the document ---- */

static bool contains(struct wijk_str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.p + i, part, n) == 0) return true;
    return false;
}

static enum wijk_err read_crs(struct geojson *g)
{
    struct wijk_json_token token;
    WIJK_TRY(wijk_json_next(g->json, &token));
    if (token.kind != WIJK_JSON_OBJECT) return wijk_json_skip(g->json, token);
    for (int depth = token.depth;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_OBJECT_END && token.depth <= depth) return WIJK_OK;
        if (token.kind == WIJK_JSON_END) return WIJK_OK;
        if (token.kind != WIJK_JSON_STRING || g->crs_fixed) continue;
        if (contains(token.text, "28992"))
            g->crs = WIJK_CRS_RD;
        else if (contains(token.text, "EPSG") && !contains(token.text, "4326"))
            return wijk_fail(
                g->cx, WIJK_EDATA,
                "%s gebruikt het stelsel %.*s; alleen EPSG:28992 (RD) en EPSG:4326 (graden) zijn bekend.",
                g->label, WIJK_STR_ARG(token.text));
    }
}

/* Reads up to the first feature. */
static enum wijk_err read_head(struct geojson *g)
{
    struct wijk_json_token token;
    WIJK_TRY(wijk_json_next(g->json, &token));
    if (token.kind != WIJK_JSON_OBJECT) return wrong(g, WIJK_T("het bestand begint niet met een object"));
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind != WIJK_JSON_KEY) return wrong(g, WIJK_T("features ontbreekt"));
        if (wijk_str_eq(token.text, WIJK_STR("crs"))) {
            WIJK_TRY(read_crs(g));
            continue;
        }
        bool features = wijk_str_eq(token.text, WIJK_STR("features"));
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (features && token.kind == WIJK_JSON_ARRAY) return WIJK_OK;
        WIJK_TRY(wijk_json_skip(g->json, token));
    }
}

enum wijk_err wijk__geojson_open(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out)
{
    struct geojson *g = WIJK_NEW(cx, struct geojson, 1);
    const char *crs = wijk_yaml_text(how->source, "crs", "auto");
    *out = (struct wijk__rows){.next = next, .close = close_rows, .self = g, .unit = WIJK_T("object")};
    g->cx = cx;
    g->label = how->label;
    g->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    wijk_alloc(g->row_cx, 1); /* a first chunk that rewinding leaves in place */
    g->empty = wijk_cx_mark(g->row_cx);
    g->crs_fixed = strcmp(crs, "auto") != 0;
    g->crs = strcmp(crs, "EPSG:28992") == 0 ? WIJK_CRS_RD : WIJK_CRS_WGS84;
    wijk__props_open(cx, &g->props, out);
    enum wijk_err err = wijk_json_open(cx, how->bytes, &g->json);
    if (err == WIJK_OK) err = read_head(g);
    if (err == WIJK_OK) err = advance(g, &g->held);
    if (err == WIJK_OK && !g->held)
        err = wijk_fail(cx, WIJK_EDATA, "%s heeft geen enkel object.", how->label);
    if (err != WIJK_OK) wijk_cx_end(g->row_cx);
    return err;
}

/* ---- one drawn shape ---- */

/* A feature's geometry; the rest of it is not looked at. */
static enum wijk_err read_shape_feature(struct geojson *g)
{
    struct wijk_json_token token;
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind != WIJK_JSON_KEY) return WIJK_OK;
        bool geometry = wijk_str_eq(token.text, WIJK_STR("geometry"));
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (geometry)
            WIJK_TRY(read_geometry(g, token));
        else
            WIJK_TRY(wijk_json_skip(g->json, token));
    }
}

static enum wijk_err read_shape_list(struct geojson *g)
{
    struct wijk_json_token token;
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) return WIJK_OK;
        if (token.kind != WIJK_JSON_OBJECT)
            return wrong(g, WIJK_T("features hoort een lijst van objecten te zijn"));
        if (g->n++)
            return wijk_fail(g->cx, WIJK_EDATA, "%s: teken één gebied; hier staan er meer.", g->label);
        WIJK_TRY(read_shape_feature(g));
    }
}

/* A geometry, a feature or a list of one feature. */
static enum wijk_err read_shape(struct geojson *g)
{
    struct wijk_geom_builder *b = wijk_geom_build(g->cx);
    struct wijk_json_token token;
    const char *type = "";
    int nesting = 0;
    bool bare = false;
    WIJK_TRY(wijk_json_next(g->json, &token));
    if (token.kind != WIJK_JSON_OBJECT) return wrong(g, WIJK_T("het bestand begint niet met een object"));
    for (;;) {
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        bool coordinates = wijk_str_eq(token.text, WIJK_STR("coordinates")),
             features = wijk_str_eq(token.text, WIJK_STR("features")),
             geometry = wijk_str_eq(token.text, WIJK_STR("geometry")),
             is_type = wijk_str_eq(token.text, WIJK_STR("type"));
        if (wijk_str_eq(token.text, WIJK_STR("crs"))) {
            WIJK_TRY(read_crs(g));
            continue;
        }
        if (coordinates) {
            if (bare || g->n) return wrong(g, WIJK_T("hier hoort één vlak"));
            bare = true;
            WIJK_TRY(read_coordinates(g, b, &nesting));
            continue;
        }
        WIJK_TRY(wijk_json_next(g->json, &token));
        if (is_type && token.kind == WIJK_JSON_STRING && token.text.n < 64)
            type = wijk_str_dup(g->cx, token.text);
        if ((geometry || features) && (bare || g->n)) return wrong(g, WIJK_T("hier hoort één vlak"));
        if (features && token.kind == WIJK_JSON_ARRAY) {
            WIJK_TRY(read_shape_list(g));
        } else if (geometry) {
            g->n++;
            WIJK_TRY(read_geometry(g, token));
        } else {
            WIJK_TRY(wijk_json_skip(g->json, token));
        }
    }
    WIJK_TRY(wijk_json_next(g->json, &token)); /* nothing may follow */
    return bare ? finish_geometry(g, b, type, nesting) : WIJK_OK;
}

/* RFC 7946 wants degrees; a program that writes metres and does not say so gives itself away. */
static bool looks_rd(const struct wijk_geom *g)
{
    for (size_t i = 0; i < g->n_point; i++)
        if (!wijk_rd_plausible(g->xy[i])) return false;
    return true;
}

enum wijk_err wijk_import_shape(struct wijk_cx *cx, struct wijk_str bytes, const char *label,
                                const struct wijk_geom **out)
{
    struct geojson g = {.cx = cx, .row_cx = cx, .label = label, .crs = WIJK_CRS_WGS84};
    struct wijk_in_mem mem;
    if (bytes.n > WIJK_SHAPE_BYTES)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: een getekend gebied is hoogstens %d kB.", label,
                         WIJK_SHAPE_BYTES / 1024);
    WIJK_TRY(wijk_json_open(cx, wijk_in_mem(&mem, bytes, label), &g.json));
    WIJK_TRY(read_shape(&g));
    if (g.row.geom_fault) return wijk_fail(cx, WIJK_EDATA, "%s: %s.", label, g.row.geom_fault);
    if (!g.row.geom) return wijk_fail(cx, WIJK_EDATA, "%s: er staat geen vlak in.", label);
    if (g.row.geom->n_point > WIJK_SHAPE_POINTS)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: een getekend gebied heeft hoogstens %d punten.", label,
                         WIJK_SHAPE_POINTS);
    return wijk_geom_to_rd(cx, g.row.geom, looks_rd(g.row.geom) ? WIJK_CRS_RD : g.crs, out);
}
