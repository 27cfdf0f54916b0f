/* SPDX-License-Identifier: EUPL-1.2 */
/* TopoJSON (specification 1.0.0): borders stand once, as arcs, and each area lists the arcs around it.
 *
 *   arcs      [[x,y],[dx,dy],...] in steps of `transform`, or plain coordinates without one
 *   objects   "layer": {"geometries": [{"type": "Polygon", "arcs": [[0, ~1]], "properties": {...}}, ...]}
 *
 * Either may come first, so both are kept until the document is read; areas are put together row by row after
 * that. Arc i reversed is written ~i, which is -i-1. */
#include "import/props.h"

#include <math.h>
#include <string.h>

enum {
    POINTS_RESOLVED_MAX = 64 * 1000 * 1000
}; /* over all areas: a few arcs used again and again cannot cost hours */

/* A list of one type that doubles in the reader's own context. */
#define LIST(type)                                                                                           \
    struct {                                                                                                 \
        type *v;                                                                                             \
        size_t n, cap;                                                                                       \
    }
#define PUSH(cx, list, value)                                                                                \
    do {                                                                                                     \
        if ((list)->n == (list)->cap) (list)->v = bigger((cx), (list)->v, &(list)->cap, sizeof *(list)->v);  \
        (list)->v[(list)->n++] = (value);                                                                    \
    } while (0)

struct shape {
    size_t ref, ref_end;   /* in refs                                   */
    size_t ring, ring_end; /* in rings                                  */
    size_t field;          /* first of n_field in fields                */
    size_t n_field;
    int nesting; /* of its arcs: 2 polygon, 3 multipolygon    */
    char type;   /* 'P', 'M', '0' no geometry, '?' other      */
};
struct ring {
    size_t ref_end;
    bool last_of_polygon;
};

struct topojson {
    struct wijk_cx *cx;  /* the caller's: faults, column names       */
    struct wijk_cx *own; /* all that is kept; ends with close()      */
    struct wijk_cx *row_cx;
    struct wijk_mark empty;
    struct wijk_json *json;
    const char *label, *layer, *found_layer;
    struct wijk__rows *rows;
    struct wijk__props props;
    enum wijk_crs crs;
    bool has_transform, has_arcs;
    double scale[2], translate[2];
    LIST(struct wijk_xy) xy;
    LIST(size_t) arc_end;
    LIST(int32_t) ref;
    LIST(struct ring) ring;
    LIST(struct shape) shape;
    LIST(struct wijk__field) field;
    size_t at, resolved;
};

static void *bigger(struct wijk_cx *cx, const void *old, size_t *cap, size_t size)
{
    size_t n = *cap ? *cap * 2 : 1024;
    void *v = wijk_alloc_n(cx, n, size);
    if (*cap) memcpy(v, old, *cap * size);
    *cap = n;
    return v;
}

static enum wijk_err wrong(struct topojson *t, const char *what)
{
    return wijk_fail(t->cx, WIJK_EPARSE, "%s regel %zu kolom %zu: geen geldige TopoJSON: %s.", t->label,
                     wijk_json_line(t->json), wijk_json_column(t->json), wijk_tr(t->cx, what));
}

static enum wijk_err expect(struct topojson *t, enum wijk_json_kind kind, const char *what)
{
    struct wijk_json_token token;
    WIJK_TRY(wijk_json_next(t->json, &token));
    return token.kind == kind ? WIJK_OK : wrong(t, what);
}

/* ---- transform and arcs ---- */

static enum wijk_err read_pair(struct topojson *t, double pair[2])
{
    struct wijk_json_token token;
    WIJK_TRY(expect(t, WIJK_JSON_ARRAY, WIJK_T("hier hoort een paar getallen")));
    for (int i = 0; i < 2; i++) {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind != WIJK_JSON_NUMBER) return wrong(t, WIJK_T("hier hoort een paar getallen"));
        pair[i] = token.number;
    }
    return expect(t, WIJK_JSON_ARRAY_END, WIJK_T("hier hoort een paar getallen"));
}

static enum wijk_err read_transform(struct topojson *t)
{
    struct wijk_json_token token;
    int seen = 0;
    WIJK_TRY(expect(t, WIJK_JSON_OBJECT, WIJK_T("transform is geen object")));
    for (;;) {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        if (wijk_str_eq(token.text, WIJK_STR("scale"))) {
            WIJK_TRY(read_pair(t, t->scale));
            seen |= 1;
        } else if (wijk_str_eq(token.text, WIJK_STR("translate"))) {
            WIJK_TRY(read_pair(t, t->translate));
            seen |= 2;
        } else {
            WIJK_TRY(wijk_json_next(t->json, &token));
            WIJK_TRY(wijk_json_skip(t->json, token));
        }
    }
    if (seen != 3) return wrong(t, WIJK_T("transform mist scale of translate"));
    t->has_transform = true;
    return WIJK_OK;
}

static enum wijk_err read_point(struct topojson *t, struct wijk_xy *p)
{
    struct wijk_json_token token;
    double v[2] = {0, 0};
    size_t n = 0;
    for (;;) {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) break;
        if (token.kind != WIJK_JSON_NUMBER) return wrong(t, WIJK_T("hier hoort een coördinaat"));
        if (n < 2) v[n] = token.number;
        n++;
    }
    if (n < 2) return wrong(t, WIJK_T("een punt heeft twee coördinaten"));
    *p = (struct wijk_xy){v[0], v[1]};
    return WIJK_OK;
}

static enum wijk_err read_arcs(struct topojson *t)
{
    struct wijk_json_token token;
    WIJK_TRY(expect(t, WIJK_JSON_ARRAY, WIJK_T("arcs is geen lijst")));
    t->has_arcs = true;
    for (;;) {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) return WIJK_OK;
        if (token.kind != WIJK_JSON_ARRAY) return wrong(t, WIJK_T("een boog is geen lijst van punten"));
        for (;;) {
            struct wijk_xy p;
            WIJK_TRY(wijk_json_next(t->json, &token));
            if (token.kind == WIJK_JSON_ARRAY_END) break;
            if (token.kind != WIJK_JSON_ARRAY) return wrong(t, WIJK_T("een boog is geen lijst van punten"));
            WIJK_TRY(read_point(t, &p));
            PUSH(t->own, &t->xy, p);
            if (t->xy.n > (size_t)WIJK_LIMIT_POINTS * 10)
                return wijk_fail(t->cx, WIJK_ELIMIT, "%s: meer dan %d miljoen punten.", t->label,
                                 WIJK_LIMIT_POINTS / 100000);
        }
        PUSH(t->own, &t->arc_end, t->xy.n);
    }
}

/* Steps become coordinates, once, in place. */
static void undo_steps(struct topojson *t)
{
    size_t i = 0;
    if (!t->has_transform) return;
    for (size_t a = 0; a < t->arc_end.n; a++) {
        double x = 0, y = 0;
        for (; i < t->arc_end.v[a]; i++) {
            x += t->xy.v[i].x;
            y += t->xy.v[i].y;
            t->xy.v[i] =
                (struct wijk_xy){x * t->scale[0] + t->translate[0], y * t->scale[1] + t->translate[1]};
        }
    }
}

/* ---- objects ---- */

/* Numbers at any depth; a list that held numbers is a ring, the list around it a polygon. */
static enum wijk_err read_refs(struct topojson *t, struct shape *s)
{
    struct wijk_json_token token;
    int depth = 0;
    s->ref = t->ref.n;
    s->ring = t->ring.n;
    do {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind == WIJK_JSON_ARRAY) {
            depth++;
        } else if (token.kind == WIJK_JSON_NUMBER && depth) {
            if (token.number != floor(token.number) || fabs(token.number) > INT32_MAX)
                return wrong(t, WIJK_T("een boognummer is geen geheel getal"));
            if (s->nesting && s->nesting != depth)
                return wrong(t, WIJK_T("boognummers staan op verschillende diepten"));
            s->nesting = depth;
            PUSH(t->own, &t->ref, (int32_t)token.number);
        } else if (token.kind == WIJK_JSON_ARRAY_END) {
            depth--;
            if (s->nesting && depth + 1 == s->nesting)
                PUSH(t->own, &t->ring, ((struct ring){.ref_end = t->ref.n}));
            if (s->nesting && depth + 2 == s->nesting && t->ring.n > s->ring)
                t->ring.v[t->ring.n - 1].last_of_polygon = true;
        } else {
            return wrong(t, WIJK_T("hier hoort een lijst van boognummers"));
        }
    } while (depth > 0);
    s->ref_end = t->ref.n;
    s->ring_end = t->ring.n;
    return WIJK_OK;
}

static char type_of(struct wijk_str s)
{
    if (wijk_str_eq(s, WIJK_STR("Polygon"))) return 'P';
    return wijk_str_eq(s, WIJK_STR("MultiPolygon")) ? 'M' : '?';
}

static void keep_fields(struct topojson *t, struct shape *s)
{
    s->field = t->field.n;
    s->n_field = t->rows->n_column;
    for (size_t i = 0; i < s->n_field; i++) PUSH(t->own, &t->field, t->props.field[i]);
}

/* One geometry object after its OBJECT token; `list`: a collection's geometries were met and read.
 * Collections in collections go no deeper than the JSON reader lets them. */
static enum wijk_err read_shapes(struct topojson *t);
static enum wijk_err read_shape(struct topojson *t, bool *list)
{
    struct wijk_json_token token;
    struct shape s = {.type = '0'};
    *list = false;
    wijk__props_clear(&t->props);
    for (;;) {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        if (wijk_str_eq(token.text, WIJK_STR("arcs"))) {
            WIJK_TRY(read_refs(t, &s));
            continue;
        }
        bool type = wijk_str_eq(token.text, WIJK_STR("type")),
             props = wijk_str_eq(token.text, WIJK_STR("properties"));
        bool geometries = wijk_str_eq(token.text, WIJK_STR("geometries"));
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (type && token.kind == WIJK_JSON_STRING) s.type = type_of(token.text);
        if (geometries && token.kind == WIJK_JSON_ARRAY) {
            *list = true;
            WIJK_TRY(read_shapes(t));
        } else if (props && token.kind == WIJK_JSON_OBJECT) {
            WIJK_TRY(wijk__props_object(&t->props, t->own, t->json, t->label));
        } else {
            WIJK_TRY(wijk_json_skip(t->json, token));
        }
    }
    if (*list) return WIJK_OK;
    keep_fields(t, &s);
    PUSH(t->own, &t->shape, s);
    if (t->shape.n > WIJK_LIMIT_ROWS)
        return wijk_fail(t->cx, WIJK_ELIMIT, "%s: meer dan %d rijen.", t->label, WIJK_LIMIT_ROWS);
    return WIJK_OK;
}

static enum wijk_err read_shapes(struct topojson *t)
{
    struct wijk_json_token token;
    for (;;) {
        bool list;
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) return WIJK_OK;
        if (token.kind != WIJK_JSON_OBJECT) return wrong(t, WIJK_T("geometries is geen lijst van objecten"));
        WIJK_TRY(read_shape(t, &list));
    }
}

static enum wijk_err read_objects(struct topojson *t)
{
    struct wijk_json_token token;
    WIJK_TRY(expect(t, WIJK_JSON_OBJECT, WIJK_T("objects is geen object")));
    for (;;) {
        bool list;
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind != WIJK_JSON_KEY) return WIJK_OK;
        bool wanted = !t->layer || wijk_str_eq(token.text, wijk_str(t->layer));
        if (wanted && t->found_layer)
            return wijk_fail(
                t->cx, WIJK_EDATA,
                "%s heeft meer dan één laag (%s en %.*s); de brondefinitie moet zeggen welke (layer).",
                t->label, t->found_layer, WIJK_STR_ARG(token.text));
        if (wanted) t->found_layer = wijk_str_dup(t->own, token.text);
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (!wanted) {
            WIJK_TRY(wijk_json_skip(t->json, token));
            continue;
        }
        if (token.kind != WIJK_JSON_OBJECT) return wrong(t, WIJK_T("een laag is geen object"));
        WIJK_TRY(read_shape(t, &list));
    }
}

static enum wijk_err read_document(struct topojson *t)
{
    struct wijk_json_token token;
    WIJK_TRY(expect(t, WIJK_JSON_OBJECT, WIJK_T("het bestand begint niet met een object")));
    for (;;) {
        WIJK_TRY(wijk_json_next(t->json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        if (wijk_str_eq(token.text, WIJK_STR("arcs"))) {
            WIJK_TRY(read_arcs(t));
        } else if (wijk_str_eq(token.text, WIJK_STR("objects"))) {
            WIJK_TRY(read_objects(t));
        } else if (wijk_str_eq(token.text, WIJK_STR("transform"))) {
            WIJK_TRY(read_transform(t));
        } else {
            WIJK_TRY(wijk_json_next(t->json, &token));
            WIJK_TRY(wijk_json_skip(t->json, token));
        }
    }
    WIJK_TRY(expect(t, WIJK_JSON_END, WIJK_T("na het einde staat nog iets")));
    if (!t->has_arcs) return wrong(t, WIJK_T("arcs ontbreekt"));
    if (!t->found_layer && t->layer)
        return wijk_fail(t->cx, WIJK_EDATA, "%s heeft geen laag %s.", t->label, t->layer);
    if (!t->shape.n) return wijk_fail(t->cx, WIJK_EDATA, "%s heeft geen enkel object.", t->label);
    undo_steps(t);
    return WIJK_OK;
}

/* ---- rows ---- */

/* Adds one arc to the ring; of every arc but the first the first point is the last one of the arc before. */
static bool add_arc(struct topojson *t, struct wijk_geom_builder *b, int32_t ref, bool first)
{
    size_t a = ref >= 0 ? (size_t)ref : (size_t)~ref;
    if (a >= t->arc_end.n) return false;
    size_t from = a ? t->arc_end.v[a - 1] : 0, n = t->arc_end.v[a] - from, skip = first ? 0 : 1;
    t->resolved += n;
    for (size_t i = skip; i < n; i++) wijk_geom_add_point(b, t->xy.v[ref >= 0 ? from + i : from + n - 1 - i]);
    return true;
}

static enum wijk_err resolve(struct topojson *t, const struct shape *s, struct wijk__row *row)
{
    struct wijk_geom_builder *b = wijk_geom_build(t->row_cx);
    size_t ref = s->ref, points = 0;
    bool open = false;
    for (size_t r = s->ring; r < s->ring_end; r++) {
        if (!open) wijk_geom_add_polygon(b);
        wijk_geom_add_ring(b);
        for (size_t first = ref; ref < t->ring.v[r].ref_end; ref++) {
            size_t before = t->resolved;
            if (!add_arc(t, b, t->ref.v[ref], ref == first)) {
                row->geom_fault =
                    wijk_sprintf(t->row_cx, wijk_tr(t->cx, "de vorm gebruikt boog %d, en die is er niet"),
                                 (int)t->ref.v[ref]);
                return WIJK_OK;
            }
            points += t->resolved - before;
            if (points > WIJK_LIMIT_POINTS || t->resolved > POINTS_RESOLVED_MAX)
                return wijk_fail(t->cx, WIJK_ELIMIT, "%s object %zu: te veel punten.", t->label, t->at);
        }
        open = !t->ring.v[r].last_of_polygon;
    }
    const struct wijk_geom *geom;
    if (wijk_geom_done(b, &geom) != WIJK_OK)
        row->geom_fault = wijk_fault(t->row_cx);
    else if (geom->n_poly) /* coarse steps let small areas shrink to a line: no shape, but still an area */
        row->geom = geom;
    return WIJK_OK;
}

static enum wijk_err next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct topojson *t = rows->self;
    *got = t->at < t->shape.n;
    if (!*got) return WIJK_OK;
    const struct shape *s = &t->shape.v[t->at++];
    wijk_cx_rewind(t->row_cx, t->empty);
    *row = (struct wijk__row){.n = s->n_field,
                              .field = t->field.v ? t->field.v + s->field : NULL,
                              .crs = t->crs,
                              .number = t->at,
                              .done = t->at};
    if (s->type == '0') return WIJK_OK;
    if (s->type == '?' || (s->nesting && s->nesting != (s->type == 'P' ? 2 : 3))) {
        row->geom_fault = wijk_tr(t->cx, "de vorm is geen vlak");
        return WIJK_OK;
    }
    return resolve(t, s, row);
}

static void close_rows(struct wijk__rows *rows)
{
    struct topojson *t = rows->self;
    wijk_cx_end(t->row_cx);
    wijk_cx_end(t->own);
}

enum wijk_err wijk__topojson_open(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out)
{
    struct topojson *t = WIJK_NEW(cx, struct topojson, 1);
    *out = (struct wijk__rows){.next = next, .close = close_rows, .self = t, .unit = WIJK_T("object")};
    t->cx = cx;
    t->own = wijk_cx_new(wijk_cx_lang(cx));
    t->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    wijk_alloc(t->row_cx, 1); /* a first chunk that rewinding leaves in place */
    t->empty = wijk_cx_mark(t->row_cx);
    t->label = how->label;
    t->rows = out;
    t->layer = wijk_yaml_text(how->source, "layer", NULL);
    t->crs =
        strcmp(wijk_yaml_text(how->source, "crs", "auto"), "EPSG:28992") == 0 ? WIJK_CRS_RD : WIJK_CRS_WGS84;
    wijk__props_open(cx, &t->props, out);
    enum wijk_err err = wijk_json_open(cx, how->bytes, &t->json);
    if (err == WIJK_OK) err = read_document(t);
    out->total = t->shape.n;
    if (err != WIJK_OK) close_rows(out);
    return err;
}
