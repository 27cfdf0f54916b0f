/* SPDX-License-Identifier: EUPL-1.2 */
/* What GEOS does for us: validity, a point inside, union. A handle per call: no state is shared between
 * threads. */
#include "geo/geos_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct work {
    struct wijk_cx *cx;
    GEOSContextHandle_t h;
    char message[256];
};

static void keep_message(const char *message, void *self)
{
    struct work *w = self;
    snprintf(w->message, sizeof w->message, "%s", message);
}

static void open_work(struct work *w, struct wijk_cx *cx)
{
    *w = (struct work){.cx = cx, .h = GEOS_init_r()};
    GEOSContext_setErrorMessageHandler_r(w->h, keep_message, w);
}

static GEOSGeometry *make_ring(struct work *w, const struct wijk_xy *p, size_t n)
{
    GEOSCoordSequence *s = GEOSCoordSeq_copyFromBuffer_r(w->h, &p->x, (unsigned)n, 0, 0);
    return s ? GEOSGeom_createLinearRing_r(w->h, s) : NULL;
}

static void drop_all(struct work *w, GEOSGeometry **v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i]) GEOSGeom_destroy_r(w->h, v[i]);
}

/* One polygon: rings first..end-1. */
static GEOSGeometry *make_polygon(struct work *w, const struct wijk_geom *g, size_t first, size_t end)
{
    GEOSGeometry **ring = WIJK_NEW(w->cx, GEOSGeometry *, end - first);
    for (size_t r = first; r < end; r++) {
        size_t at = r ? g->ring_end[r - 1] : 0;
        ring[r - first] = make_ring(w, g->xy + at, g->ring_end[r] - at);
        if (!ring[r - first]) {
            drop_all(w, ring, end - first);
            return NULL;
        }
    }
    return GEOSGeom_createPolygon_r(w->h, ring[0], ring + 1, (unsigned)(end - first - 1));
}

static GEOSGeometry *to_geos(struct work *w, const struct wijk_geom *g)
{
    GEOSGeometry **poly = WIJK_NEW(w->cx, GEOSGeometry *, g->n_poly);
    for (size_t p = 0; p < g->n_poly; p++) {
        poly[p] = make_polygon(w, g, p ? g->poly_end[p - 1] : 0, g->poly_end[p]);
        if (!poly[p]) {
            drop_all(w, poly, g->n_poly);
            return NULL;
        }
    }
    return GEOSGeom_createCollection_r(w->h, GEOS_MULTIPOLYGON, poly, (unsigned)g->n_poly);
}

static bool add_ring(struct work *w, const GEOSGeometry *ring, struct wijk_geom_builder *b)
{
    const GEOSCoordSequence *s = GEOSGeom_getCoordSeq_r(w->h, ring);
    unsigned n = 0;
    if (!s || !GEOSCoordSeq_getSize_r(w->h, s, &n)) return false;
    wijk_geom_add_ring(b);
    for (unsigned i = 0; i < n; i++) {
        struct wijk_xy p;
        if (!GEOSCoordSeq_getXY_r(w->h, s, i, &p.x, &p.y)) return false;
        wijk_geom_add_point(b, p);
    }
    return true;
}

/* The polygons in a geometry of any kind; lines and points that a repair leaves are dropped. */
static bool add_polygons(struct work *w, const GEOSGeometry *g, struct wijk_geom_builder *b)
{
    int type = GEOSGeomTypeId_r(w->h, g);
    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(w->h, g)) return true;
        wijk_geom_add_polygon(b);
        bool good = add_ring(w, GEOSGetExteriorRing_r(w->h, g), b);
        for (int i = 0, n = GEOSGetNumInteriorRings_r(w->h, g); good && i < n; i++)
            good = add_ring(w, GEOSGetInteriorRingN_r(w->h, g, i), b);
        return good;
    }
    if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) return true;
    bool good = true;
    for (int i = 0, n = GEOSGetNumGeometries_r(w->h, g); good && i < n; i++)
        good = add_polygons(w, GEOSGetGeometryN_r(w->h, g, i), b);
    return good;
}

static enum wijk_err from_geos(struct work *w, const GEOSGeometry *g, const struct wijk_geom **out)
{
    struct wijk_geom_builder *b = wijk_geom_build(w->cx);
    if (!g || !add_polygons(w, g, b))
        return wijk_fail(w->cx, WIJK_EDATA, "Een vorm is niet te herstellen: %s", w->message);
    WIJK_TRY(wijk_geom_done(b, out));
    if ((*out)->n_poly == 0 || !(wijk_geom_area_m2(*out) > 0))
        return wijk_fail(w->cx, WIJK_EDATA, "Van de vorm blijft geen oppervlak over.");
    return WIJK_OK;
}

/* GEOS's sentences, "Self-intersection[135000.5 456000.1]", in plain words with the place. */
static const char *in_words(struct wijk_cx *cx, const char *geos)
{
    static const struct {
        const char *geos, *dutch;
    } words[] = {
        {"Self-intersection", WIJK_T("de grens kruist zichzelf")},
        {"Ring Self-intersection", WIJK_T("de grens raakt zichzelf")},
        {"Hole lies outside shell", WIJK_T("een gat ligt buiten het gebied")},
        {"Holes are nested", WIJK_T("een gat ligt in een ander gat")},
        {"Nested shells", WIJK_T("een deel ligt in een ander deel")},
        {"Interior is disconnected", WIJK_T("een gat deelt het gebied in tweeën")},
        {"Duplicate Rings", WIJK_T("een grens staat er dubbel in")},
    };
    const char *text = WIJK_T("de grens is niet geldig"), *place = strchr(geos, '[');
    const size_t n = place ? (size_t)(place - geos) : strlen(geos);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].geos) == n && memcmp(words[i].geos, geos, n) == 0) text = words[i].dutch;
    if (!place) return wijk_sprintf(cx, "%s", wijk_tr(cx, text));
    const size_t m = strcspn(place + 1, "]");
    return wijk_sprintf(cx, "%s (%.*s)", wijk_tr(cx, text), (int)m, place + 1);
}

/* By structure: parts that overlap become one. GEOS's other way takes the overlap out. */
static GEOSGeometry *mend(struct work *w, const GEOSGeometry *g)
{
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(w->h);
    if (!how) return NULL;
    GEOSMakeValidParams_setMethod_r(w->h, how, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(w->h, how, 0);
    GEOSGeometry *r = GEOSMakeValidWithParams_r(w->h, g, how);
    GEOSMakeValidParams_destroy_r(w->h, how);
    return r;
}

/* ---- what is too tangled to mend ---- */

/* Mending costs as much time and memory as a shape has crossings, and a ring made for it crosses itself
 * everywhere: four thousand points can ask for gigabytes. A border drawn by people has few. */
struct edge {
    double x0, x1, y0, y1; /* its box */
    size_t at;
};

static int by_x0(const void *a, const void *b)
{
    const struct edge *p = a, *q = b;
    return (p->x0 > q->x0) - (p->x0 < q->x0);
}

static size_t list_edges(const struct wijk_geom *g, struct edge *edge)
{
    size_t n = 0;
    for (size_t r = 0, at = 0; r < g->n_ring; at = g->ring_end[r++]) {
        for (size_t i = at; i + 1 < g->ring_end[r]; i++) {
            struct wijk_xy p = g->xy[i], q = g->xy[i + 1];
            edge[n++] = (struct edge){p.x < q.x ? p.x : q.x, p.x < q.x ? q.x : p.x, p.y < q.y ? p.y : q.y,
                                      p.y < q.y ? q.y : p.y, i};
        }
    }
    return n;
}

/* Counts the pairs of edges, neighbours left out, whose boxes meet: never fewer than the crossings. */
static bool too_tangled(struct wijk_cx *cx, const struct wijk_geom *g)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    struct edge *edge = WIJK_NEW(cx, struct edge, g->n_point);
    size_t n = list_edges(g, edge), meet = 0, looks = 0;
    size_t max_meet = 2 * n + 20000, max_looks = 200 * n + 50000000;
    qsort(edge, n, sizeof *edge, by_x0);
    for (size_t i = 0; i < n && meet <= max_meet && looks <= max_looks; i++) {
        for (size_t j = i + 1; j < n && edge[j].x0 <= edge[i].x1; j++, looks++) {
            bool neighbours = edge[i].at + 1 == edge[j].at || edge[j].at + 1 == edge[i].at;
            meet += !neighbours && edge[j].y0 <= edge[i].y1 && edge[i].y0 <= edge[j].y1;
        }
    }
    wijk_cx_rewind(cx, mark);
    return meet > max_meet || looks > max_looks;
}

GEOSGeometry *wijk__geos_of(struct wijk_cx *cx, GEOSContextHandle_t h, const struct wijk_geom *g)
{
    struct work w = {.cx = cx, .h = h};
    return to_geos(&w, g);
}

enum wijk_err wijk_geom_make_valid(struct wijk_cx *cx, const struct wijk_geom *g,
                                   const struct wijk_geom **out, const char **why)
{
    struct work w;
    open_work(&w, cx);
    if (why) *why = NULL;
    GEOSGeometry *in = g->n_poly ? to_geos(&w, g) : NULL, *mended = NULL;
    enum wijk_err err = WIJK_OK;
    if (in && GEOSisValid_r(w.h, in) == 1 && wijk_geom_area_m2(g) > 0) {
        *out = g;
    } else {
        char *reason = in ? GEOSisValidReason_r(w.h, in) : NULL;
        if (why) *why = in_words(cx, reason ? reason : "");
        if (reason) GEOSFree_r(w.h, reason);
        if (in && too_tangled(cx, g)) {
            err = wijk_fail(cx, WIJK_EDATA, "De grens van een vorm kruist zichzelf te vaak.");
        } else {
            mended = in ? mend(&w, in) : NULL;
            err = from_geos(&w, mended, out);
        }
    }
    if (in) GEOSGeom_destroy_r(w.h, in);
    if (mended) GEOSGeom_destroy_r(w.h, mended);
    GEOS_finish_r(w.h);
    return err;
}

enum wijk_err wijk_geom_label_point(struct wijk_cx *cx, const struct wijk_geom *g, struct wijk_xy *out)
{
    if (!g || g->n_poly == 0) return wijk_fail(cx, WIJK_EDATA, "Een lege vorm heeft geen punt.");
    struct work w;
    open_work(&w, cx);
    GEOSGeometry *in = to_geos(&w, g), *point = in ? GEOSPointOnSurface_r(w.h, in) : NULL;
    bool good = point && GEOSGeomGetX_r(w.h, point, &out->x) == 1 && GEOSGeomGetY_r(w.h, point, &out->y) == 1;
    if (in) GEOSGeom_destroy_r(w.h, in);
    if (point) GEOSGeom_destroy_r(w.h, point);
    GEOS_finish_r(w.h);
    return good ? WIJK_OK : wijk_fail(cx, WIJK_EDATA, "In de vorm is geen punt te vinden.");
}

enum wijk_err wijk_geom_union(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                              const struct wijk_geom **out)
{
    struct work w;
    open_work(&w, cx);
    GEOSGeometry **part = WIJK_NEW(cx, GEOSGeometry *, n), *all = NULL, *merged = NULL;
    bool good = true;
    for (size_t i = 0; i < n && good; i++) good = (part[i] = to_geos(&w, geoms[i])) != NULL;
    if (good)
        all = GEOSGeom_createCollection_r(w.h, GEOS_GEOMETRYCOLLECTION, part, (unsigned)n);
    else
        drop_all(&w, part, n);
    if (all) merged = GEOSUnaryUnion_r(w.h, all);
    enum wijk_err err = from_geos(&w, merged, out);
    if (all) GEOSGeom_destroy_r(w.h, all);
    if (merged) GEOSGeom_destroy_r(w.h, merged);
    GEOS_finish_r(w.h);
    return err;
}
