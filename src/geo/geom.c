/* SPDX-License-Identifier: EUPL-1.2 */
/* Multipolygons: built point by point, their box and area, what lies inside, and the change to RD. */
#include "geo/geo.h"

#include <math.h>
#include <string.h>

struct wijk_geom_builder {
    struct wijk_cx *cx;
    struct wijk_xy *xy;
    size_t *ring_end, *poly_end;
    size_t n_point, cap_point, n_ring, cap_ring, n_poly, cap_poly;
    size_t ring_at, poly_at; /* first point of the open ring, first ring of the open polygon */
    bool ring_open, poly_open, shell_lost, too_many, not_finite;
};

struct wijk_geom_builder *wijk_geom_build(struct wijk_cx *cx)
{
    struct wijk_geom_builder *b = WIJK_NEW(cx, struct wijk_geom_builder, 1);
    b->cx = cx;
    return b;
}

static bool same(struct wijk_xy a, struct wijk_xy b)
{
    return a.x == b.x && a.y == b.y;
}

/* At least three different points, which is all a ring needs to be kept here. */
static bool has_three(const struct wijk_xy *p, size_t n)
{
    size_t second = 1;
    while (second < n && same(p[second], p[0])) second++;
    for (size_t i = second + 1; i < n; i++)
        if (!same(p[i], p[0]) && !same(p[i], p[second])) return true;
    return false;
}

static void add(struct wijk_geom_builder *b, struct wijk_xy p)
{
    if (b->n_point >= WIJK_LIMIT_POINTS) {
        b->too_many = true;
        return;
    }
    b->xy = wijk_grow(b->cx, b->xy, b->n_point, &b->cap_point, sizeof *b->xy);
    b->xy[b->n_point++] = p;
}

/* A polygon whose shell is dropped loses its holes too: else the first hole would become its shell. */
static void close_ring(struct wijk_geom_builder *b)
{
    if (!b->ring_open) return;
    b->ring_open = false;
    const bool shell = b->n_ring == b->poly_at;
    const size_t n = b->n_point - b->ring_at;
    if (b->shell_lost || n < 3 || !has_three(b->xy + b->ring_at, n)) {
        b->n_point = b->ring_at;
        if (shell) b->shell_lost = true;
        return;
    }
    if (!same(b->xy[b->ring_at], b->xy[b->n_point - 1])) add(b, b->xy[b->ring_at]);
    b->ring_end = wijk_grow(b->cx, b->ring_end, b->n_ring, &b->cap_ring, sizeof *b->ring_end);
    b->ring_end[b->n_ring++] = b->n_point;
}

static void close_polygon(struct wijk_geom_builder *b)
{
    close_ring(b);
    if (!b->poly_open) return;
    b->poly_open = false;
    if (b->n_ring == b->poly_at) return;
    b->poly_end = wijk_grow(b->cx, b->poly_end, b->n_poly, &b->cap_poly, sizeof *b->poly_end);
    b->poly_end[b->n_poly++] = b->n_ring;
}

void wijk_geom_add_polygon(struct wijk_geom_builder *b)
{
    close_polygon(b);
    b->poly_open = true;
    b->shell_lost = false;
    b->poly_at = b->n_ring;
}

void wijk_geom_add_ring(struct wijk_geom_builder *b)
{
    if (!b->poly_open) wijk_geom_add_polygon(b);
    close_ring(b);
    b->ring_open = true;
    b->ring_at = b->n_point;
}

void wijk_geom_add_point(struct wijk_geom_builder *b, struct wijk_xy p)
{
    if (!b->ring_open) wijk_geom_add_ring(b);
    if (!isfinite(p.x) || !isfinite(p.y)) b->not_finite = true;
    add(b, p);
}

enum wijk_err wijk_geom_done(struct wijk_geom_builder *b, const struct wijk_geom **out)
{
    close_polygon(b);
    if (b->too_many) return wijk_fail(b->cx, WIJK_ELIMIT, "Een vorm heeft meer dan 4 miljoen punten.");
    if (b->not_finite) return wijk_fail(b->cx, WIJK_EDATA, "Een coördinaat is geen gewoon getal.");
    struct wijk_geom *g = WIJK_NEW(b->cx, struct wijk_geom, 1);
    *g = (struct wijk_geom){.n_poly = b->n_poly,
                            .n_ring = b->n_ring,
                            .n_point = b->n_point,
                            .poly_end = b->poly_end,
                            .ring_end = b->ring_end,
                            .xy = b->xy};
    *out = g;
    return WIJK_OK;
}

/* ---- measures -------------------------------------------------------------------------------- */

struct wijk_box wijk_geom_box(const struct wijk_geom *g)
{
    struct wijk_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; g && i < g->n_point; i++) {
        const struct wijk_xy p = g->xy[i]; /* fmin() would be a call for each of millions of points */
        if (p.x < box.min_x) box.min_x = p.x;
        if (p.y < box.min_y) box.min_y = p.y;
        if (p.x > box.max_x) box.max_x = p.x;
        if (p.y > box.max_y) box.max_y = p.y;
    }
    return box;
}

/* Relative to the first point, so that the large RD coordinates cost no digits. Either direction. */
static double ring_area(const struct wijk_xy *p, size_t n)
{
    double twice = 0;
    for (size_t i = 1; i + 1 < n; i++)
        twice += (p[i].x - p[0].x) * (p[i + 1].y - p[0].y) - (p[i + 1].x - p[0].x) * (p[i].y - p[0].y);
    return fabs(twice) / 2;
}

double wijk_geom_area_m2(const struct wijk_geom *g)
{
    double area = 0;
    for (size_t poly = 0, ring = 0, at = 0; g && poly < g->n_poly; poly++) {
        for (const size_t shell = ring; ring < g->poly_end[poly]; at = g->ring_end[ring++]) {
            const double a = ring_area(g->xy + at, g->ring_end[ring] - at);
            area += ring == shell ? a : -a;
        }
    }
    return area;
}

/* Counts the borders that a ray to the east crosses: odd is inside. Half-open in y, so a corner counts once.
 */
bool wijk_geom_contains(const struct wijk_geom *g, struct wijk_xy p)
{
    bool inside = false;
    for (size_t ring = 0, at = 0; g && ring < g->n_ring; at = g->ring_end[ring++]) {
        for (size_t i = at; i + 1 < g->ring_end[ring]; i++) {
            const struct wijk_xy a = g->xy[i], b = g->xy[i + 1];
            if ((a.y > p.y) == (b.y > p.y)) continue;
            if (p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
        }
    }
    return inside;
}

static double round_mm(double metres)
{
    return nearbyint(metres * 1000) / 1000;
}

enum wijk_err wijk_geom_to_rd(struct wijk_cx *cx, const struct wijk_geom *g, enum wijk_crs from,
                              const struct wijk_geom **out)
{
    struct wijk_xy *xy = WIJK_NEW(cx, struct wijk_xy, g->n_point);
    for (size_t i = 0; i < g->n_point; i++) {
        const struct wijk_xy p = g->xy[i];
        const bool known = from == WIJK_CRS_RD || wijk_wgs84_plausible(p);
        const struct wijk_xy rd = from == WIJK_CRS_RD || !known ? p : wijk_rd_from_wgs84(p);
        if (!known || !wijk_rd_plausible(rd))
            return wijk_fail(cx, WIJK_EDATA, "Het punt (%g, %g) ligt buiten Nederland.", p.x, p.y);
        xy[i] = (struct wijk_xy){round_mm(rd.x), round_mm(rd.y)};
    }
    struct wijk_geom *r = WIJK_NEW(cx, struct wijk_geom, 1);
    *r = *g;
    r->xy = xy;
    *out = r;
    return WIJK_OK;
}

/* ---- boxes ---- */

/* The edges bend, so points along them are taken as well. Over 2 km they bend by a decimetre: there the
 * corners do, with 2e-6 degrees of room. */
struct wijk_box wijk_box_to_wgs84(struct wijk_box rd)
{
    bool small = rd.max_x - rd.min_x < 2000 && rd.max_y - rd.min_y < 2000;
    const int steps = small ? 1 : 8;
    const double room = small ? 2e-6 : 0;
    struct wijk_box out = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i <= steps; i++) {
        double x = rd.min_x + (rd.max_x - rd.min_x) * i / steps,
               y = rd.min_y + (rd.max_y - rd.min_y) * i / steps;
        struct wijk_xy edge[] = {{x, rd.min_y}, {x, rd.max_y}, {rd.min_x, y}, {rd.max_x, y}};
        for (size_t k = 0; k < 4; k++) {
            struct wijk_xy p = wijk_wgs84_from_rd(edge[k]);
            out.min_x = fmin(out.min_x, p.x), out.max_x = fmax(out.max_x, p.x);
            out.min_y = fmin(out.min_y, p.y), out.max_y = fmax(out.max_y, p.y);
        }
    }
    return (struct wijk_box){out.min_x - room, out.min_y - room, out.max_x + room, out.max_y + room};
}

const struct wijk_geom *wijk_geom_to_wgs84(struct wijk_cx *cx, const struct wijk_geom *rd)
{
    struct wijk_geom *g = WIJK_NEW(cx, struct wijk_geom, 1);
    struct wijk_xy *xy = WIJK_NEW(cx, struct wijk_xy, rd->n_point);
    for (size_t i = 0; i < rd->n_point; i++) xy[i] = wijk_wgs84_from_rd(rd->xy[i]);
    *g = *rd;
    g->xy = xy;
    return g;
}

/* One side of the box cuts the piece of the line that may still be inside (Liang and Barsky). */
static bool clip(double step, double room, double *from, double *to)
{
    if (step == 0) return room >= 0;
    double at = room / step;
    if (step < 0 && at > *from) *from = at;
    if (step > 0 && at < *to) *to = at;
    return *from <= *to;
}

static bool line_meets(struct wijk_xy a, struct wijk_xy b, struct wijk_box box)
{
    double from = 0, to = 1, dx = b.x - a.x, dy = b.y - a.y;
    return clip(-dx, a.x - box.min_x, &from, &to) && clip(dx, box.max_x - a.x, &from, &to) &&
           clip(-dy, a.y - box.min_y, &from, &to) && clip(dy, box.max_y - a.y, &from, &to);
}

/* A border runs through the box, or the box lies wholly inside or outside. */
bool wijk_geom_meets(const struct wijk_geom *g, struct wijk_box box)
{
    for (size_t ring = 0, i = 0; ring < g->n_ring; i = g->ring_end[ring++])
        for (size_t k = i; k + 1 < g->ring_end[ring]; k++)
            if (line_meets(g->xy[k], g->xy[k + 1], box)) return true;
    return wijk_geom_contains(g, (struct wijk_xy){box.min_x, box.min_y});
}
