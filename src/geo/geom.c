/* SPDX-License-Identifier: EUPL-1.2 */
/* Multipolygons: building, measuring, asking. */
#include "geo/geo.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct wijk_geom_builder {
    struct wijk_cx *cx;
    bool too_many, not_finite;
    size_t n_poly, n_ring, n_point, cap_poly, cap_ring, cap_point;
    size_t *poly_end, *ring_end; /* ends of what was closed; the last is still open */
    struct wijk_xy *xy;
};

struct wijk_geom_builder *wijk_geom_build(struct wijk_cx *cx) {
    struct wijk_geom_builder *b = WIJK_NEW(cx, struct wijk_geom_builder, 1);
    b->cx = cx;
    return b;
}

/* Room for one more element. */
static void *grown(struct wijk_cx *cx, void *old, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return old;
    *cap = *cap ? *cap * 2 : 16;
    void *more = wijk_alloc_n(cx, *cap, size);
    if (n) memcpy(more, old, n * size);
    return more;
}

static bool same(struct wijk_xy a, struct wijk_xy b) {
    return a.x == b.x && a.y == b.y;
}

/* Closes the open ring; one of fewer than three different points is taken back. */
static void close_ring(struct wijk_geom_builder *b) {
    size_t ring_before = b->n_poly > 1 ? b->poly_end[b->n_poly - 2] : 0;
    if (b->n_poly == 0 || b->n_ring == ring_before) return;
    size_t start = b->n_ring > 1 ? b->ring_end[b->n_ring - 2] : 0, n = b->n_point - start;
    if (n == b->ring_end[b->n_ring - 1] - start && n > 0) return; /* closed already */
    if (n > 1 && same(b->xy[start], b->xy[b->n_point - 1])) n--;
    size_t different = n ? 1 : 0;
    for (size_t i = 1; i < n && different < 3; i++)
        different += !same(b->xy[start + i], b->xy[start + i - 1]);
    if (different < 3) {
        b->n_point = start;
        b->n_ring--;
        return;
    }
    b->n_point = start + n;
    b->xy = grown(b->cx, b->xy, b->n_point, &b->cap_point, sizeof *b->xy);
    b->xy[b->n_point++] = b->xy[start];
    b->ring_end[b->n_ring - 1] = b->n_point;
}

static void close_polygon(struct wijk_geom_builder *b) {
    if (b->n_poly == 0) return;
    close_ring(b);
    size_t before = b->n_poly > 1 ? b->poly_end[b->n_poly - 2] : 0;
    if (b->n_ring == before)
        b->n_poly--;
    else
        b->poly_end[b->n_poly - 1] = b->n_ring;
}

void wijk_geom_add_polygon(struct wijk_geom_builder *b) {
    close_polygon(b);
    b->poly_end = grown(b->cx, b->poly_end, b->n_poly, &b->cap_poly, sizeof *b->poly_end);
    b->poly_end[b->n_poly++] = b->n_ring;
}

void wijk_geom_add_ring(struct wijk_geom_builder *b) {
    assert(b->n_poly > 0);
    close_ring(b);
    b->ring_end = grown(b->cx, b->ring_end, b->n_ring, &b->cap_ring, sizeof *b->ring_end);
    b->ring_end[b->n_ring++] = b->n_point;
}

void wijk_geom_add_point(struct wijk_geom_builder *b, struct wijk_xy p) {
    assert(b->n_ring > 0);
    if (!isfinite(p.x) || !isfinite(p.y)) b->not_finite = true;
    if (b->n_point >= WIJK_LIMIT_POINTS) b->too_many = true;
    if (b->too_many || b->not_finite) return;
    b->xy = grown(b->cx, b->xy, b->n_point, &b->cap_point, sizeof *b->xy);
    b->xy[b->n_point++] = p;
}

enum wijk_err wijk_geom_done(struct wijk_geom_builder *b, const struct wijk_geom **out) {
    if (b->too_many) return wijk_fail(b->cx, WIJK_ELIMIT, "Een vorm heeft meer dan 4 miljoen punten.");
    if (b->not_finite) return wijk_fail(b->cx, WIJK_EDATA, "Een coördinaat is geen gewoon getal.");
    close_polygon(b);
    struct wijk_geom *g = WIJK_NEW(b->cx, struct wijk_geom, 1);
    *g = (struct wijk_geom){b->n_poly, b->n_ring, b->n_point, b->poly_end, b->ring_end, b->xy};
    *out = g;
    return WIJK_OK;
}

struct wijk_box wijk_geom_box(const struct wijk_geom *g) {
    struct wijk_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; g && i < g->n_point; i++) {
        box.min_x = fmin(box.min_x, g->xy[i].x);
        box.min_y = fmin(box.min_y, g->xy[i].y);
        box.max_x = fmax(box.max_x, g->xy[i].x);
        box.max_y = fmax(box.max_y, g->xy[i].y);
    }
    return box;
}

/* Shoelace, around the first point so that large coordinates do not cancel. */
static double ring_area(const struct wijk_xy *p, size_t n) {
    double twice = 0;
    for (size_t i = 1; i + 1 < n; i++)
        twice += (p[i].x - p[0].x) * (p[i + 1].y - p[0].y) - (p[i + 1].x - p[0].x) * (p[i].y - p[0].y);
    return fabs(twice) / 2;
}

double wijk_geom_area_m2(const struct wijk_geom *g) {
    double area = 0;
    for (size_t p = 0, r = 0, at = 0; p < g->n_poly; p++) {
        for (bool shell = true; r < g->poly_end[p]; at = g->ring_end[r++], shell = false) {
            double a = ring_area(g->xy + at, g->ring_end[r] - at);
            area += shell ? a : -a;
        }
    }
    return area;
}

/* Crossings of a ray to the east, over all rings: holes take themselves out. */
bool wijk_geom_contains(const struct wijk_geom *g, struct wijk_xy q) {
    bool inside = false;
    for (size_t r = 0, at = 0; r < g->n_ring; at = g->ring_end[r++]) {
        for (size_t i = at; i + 1 < g->ring_end[r]; i++) {
            struct wijk_xy a = g->xy[i], b = g->xy[i + 1];
            if ((a.y > q.y) != (b.y > q.y) && q.x < a.x + (q.y - a.y) * (b.x - a.x) / (b.y - a.y))
                inside = !inside;
        }
    }
    return inside;
}

static double millimetre(double v) {
    return round(v * 1000) / 1000;
}

enum wijk_err wijk_geom_to_rd(struct wijk_cx *cx, const struct wijk_geom *g, enum wijk_crs from,
                              const struct wijk_geom **out) {
    struct wijk_geom *copy = WIJK_NEW(cx, struct wijk_geom, 1);
    struct wijk_xy *xy = WIJK_NEW(cx, struct wijk_xy, g->n_point);
    for (size_t i = 0; i < g->n_point; i++) {
        struct wijk_xy p = g->xy[i];
        bool here = from == WIJK_CRS_RD ? wijk_rd_plausible(p) : wijk_wgs84_plausible(p);
        if (!here) return wijk_fail(cx, WIJK_EDATA, "Het punt (%g, %g) ligt buiten Nederland.", p.x, p.y);
        if (from == WIJK_CRS_WGS84) p = wijk_rd_from_wgs84(p);
        xy[i] = (struct wijk_xy){millimetre(p.x), millimetre(p.y)};
    }
    *copy = *g;
    copy->xy = xy;
    *out = copy;
    return WIJK_OK;
}
