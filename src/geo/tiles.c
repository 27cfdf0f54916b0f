/* SPDX-License-Identifier: EUPL-1.2 */
/* Vector tiles (Mapbox Vector Tile 2.1, docs/methods/tegels.md): geometry only.
 *
 * Every point is put on the tile's own grid of 4096 and points that fall together are dropped. Neighbours put
 * their common border on the same grid in the same way, so no sliver opens between them at any zoom. */
#include "geo/geo.h"

#include <math.h>
#include <string.h>

enum { EXTENT = 4096, BUFFER = 64, ZOOM_MIN = 5, ZOOM_MAX = 14 };
enum { MOVE_TO = 1, LINE_TO = 2, CLOSE = 7 };

struct shape {
    struct wijk_box box; /* mercator */
    size_t first_ring, end_ring;
};
struct wijk_tiles {
    const char *layer;
    int min_zoom, max_zoom;
    size_t n;
    struct shape *shape;
    size_t *ring_end; /* ends into xy */
    bool *shell;      /* per ring: the outer one of its polygon */
    struct wijk_xy *xy;
};

static void lay_out(struct wijk_tiles *t, const struct wijk_geom *g, struct shape *s, size_t *ring,
                    size_t *point) {
    s->box = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    s->first_ring = *ring;
    for (size_t p = 0, r = 0, at = 0; g && p < g->n_poly; p++) {
        for (bool shell = true; r < g->poly_end[p]; at = g->ring_end[r++], shell = false) {
            for (size_t i = at; i + 1 < g->ring_end[r]; i++) { /* the closing point is implied */
                struct wijk_xy m = wijk_mercator_from_rd(g->xy[i]);
                s->box.min_x = fmin(s->box.min_x, m.x), s->box.max_x = fmax(s->box.max_x, m.x);
                s->box.min_y = fmin(s->box.min_y, m.y), s->box.max_y = fmax(s->box.max_y, m.y);
                t->xy[(*point)++] = m;
            }
            t->shell[*ring] = shell;
            t->ring_end[(*ring)++] = *point;
        }
    }
    s->end_ring = *ring;
}

enum wijk_err wijk_tiles_build(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                               struct wijk_tiles_opt opt, const struct wijk_tiles **out) {
    struct wijk_tiles *t = WIJK_NEW(cx, struct wijk_tiles, 1);
    size_t rings = 0, points = 0, ring = 0, point = 0;
    for (size_t i = 0; i < n; i++)
        if (geoms[i]) rings += geoms[i]->n_ring, points += geoms[i]->n_point;
    *t = (struct wijk_tiles){.layer = opt.layer ? opt.layer : "gebieden",
                             .min_zoom = opt.max_zoom ? opt.min_zoom : ZOOM_MIN,
                             .max_zoom = opt.max_zoom ? opt.max_zoom : ZOOM_MAX,
                             .n = n,
                             .shape = WIJK_NEW(cx, struct shape, n),
                             .ring_end = WIJK_NEW(cx, size_t, rings),
                             .shell = WIJK_NEW(cx, bool, rings),
                             .xy = WIJK_NEW(cx, struct wijk_xy, points)};
    for (size_t i = 0; i < n; i++) lay_out(t, geoms[i], &t->shape[i], &ring, &point);
    *out = t;
    return WIJK_OK;
}

/* ---- protobuf ---- */

static void put_varint(struct wijk_buf *b, uint64_t v) {
    unsigned char bytes[10];
    size_t n = 0;
    for (; v >= 0x80; v >>= 7) bytes[n++] = (unsigned char)(v | 0x80);
    bytes[n++] = (unsigned char)v;
    wijk_buf_put(b, bytes, n);
}

static void put_field(struct wijk_buf *b, unsigned field, unsigned wire) {
    put_varint(b, field << 3 | wire);
}

static void put_block(struct wijk_buf *b, unsigned field, const void *bytes, size_t n) {
    put_field(b, field, 2);
    put_varint(b, n);
    wijk_buf_put(b, bytes, n);
}

static uint32_t zigzag(int32_t v) {
    return (uint32_t)v << 1 ^ (uint32_t)(v >> 31);
}

/* ---- one tile ---- */

struct grid {
    int32_t x, y;
};
struct cutting {
    struct wijk_cx *cx;
    double scale, x0, y0; /* mercator to tile units */
    struct wijk_xy *a, *b;
    struct grid *g;
    size_t cap;
    struct wijk_buf geometry;
    struct grid pen;
};

static void make_room(struct cutting *c, size_t n) {
    if (n <= c->cap) return;
    c->cap = n;
    c->a = WIJK_NEW(c->cx, struct wijk_xy, c->cap);
    c->b = WIJK_NEW(c->cx, struct wijk_xy, c->cap);
    c->g = WIJK_NEW(c->cx, struct grid, c->cap);
}

/* Keeps the part of a ring on one side of a line (Sutherland and Hodgman 1974). axis 0: x, 1: y. */
static size_t clip_side(const struct wijk_xy *in, size_t n, struct wijk_xy *out, int axis, double limit,
                        bool keep_less) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        struct wijk_xy p = in[i], q = in[i + 1 < n ? i + 1 : 0];
        double dp = (axis ? p.y : p.x) - limit, dq = (axis ? q.y : q.x) - limit;
        if (keep_less) dp = -dp, dq = -dq;
        if (dp >= 0) out[m++] = p;
        if ((dp < 0) == (dq < 0)) continue;
        double k = dp / (dp - dq);
        out[m] = (struct wijk_xy){p.x + k * (q.x - p.x), p.y + k * (q.y - p.y)};
        if (axis)
            out[m++].y = limit;
        else
            out[m++].x = limit;
    }
    return m;
}

static size_t clip(struct cutting *c, size_t n) {
    const double low = -BUFFER, high = EXTENT + BUFFER;
    n = clip_side(c->a, n, c->b, 0, low, false);
    n = clip_side(c->b, n, c->a, 0, high, true);
    n = clip_side(c->a, n, c->b, 1, low, false);
    return clip_side(c->b, n, c->a, 1, high, true);
}

static int64_t twice_area(const struct grid *g, size_t n) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        struct grid p = g[i], q = g[i + 1 < n ? i + 1 : 0];
        sum += (int64_t)p.x * q.y - (int64_t)q.x * p.y;
    }
    return sum;
}

/* Points on the grid, those that fall together once. */
static size_t snap(struct cutting *c, size_t n) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        struct grid p = {(int32_t)lround(c->a[i].x), (int32_t)lround(c->a[i].y)};
        if (m && c->g[m - 1].x == p.x && c->g[m - 1].y == p.y) continue;
        c->g[m++] = p;
    }
    while (m > 1 && c->g[0].x == c->g[m - 1].x && c->g[0].y == c->g[m - 1].y) m--;
    return m;
}

static void put_point(struct cutting *c, struct grid p) {
    put_varint(&c->geometry, zigzag(p.x - c->pen.x));
    put_varint(&c->geometry, zigzag(p.y - c->pen.y));
    c->pen = p;
}

/* Shells run clockwise on the screen (positive area with y down), holes the other way. */
static void put_ring(struct cutting *c, size_t n, bool reverse) {
    put_varint(&c->geometry, 1 << 3 | MOVE_TO);
    put_point(c, c->g[reverse ? n - 1 : 0]);
    put_varint(&c->geometry, (uint64_t)(n - 1) << 3 | LINE_TO);
    for (size_t i = 1; i < n; i++) put_point(c, c->g[reverse ? n - 1 - i : i]);
    put_varint(&c->geometry, 1 << 3 | CLOSE);
}

/* false: nothing of the ring shows. */
static bool cut_ring(struct cutting *c, const struct wijk_xy *xy, size_t n, bool shell) {
    make_room(c, 6 * n + 64); /* each of the four cuts adds at most half as many points */
    bool all_in = true;
    for (size_t i = 0; i < n; i++) {
        struct wijk_xy p = {xy[i].x * c->scale - c->x0, xy[i].y * c->scale - c->y0};
        all_in =
            all_in && p.x >= -BUFFER && p.x <= EXTENT + BUFFER && p.y >= -BUFFER && p.y <= EXTENT + BUFFER;
        c->a[i] = p;
    }
    if (!all_in) n = clip(c, n);
    n = snap(c, n);
    int64_t area = n < 3 ? 0 : twice_area(c->g, n);
    if (area == 0) return false;
    put_ring(c, n, (area > 0) != shell);
    return true;
}

static void cut_shape(struct cutting *c, const struct wijk_tiles *t, const struct shape *s) {
    bool shown = false; /* the shell: holes of one that does not show are left out with it */
    for (size_t r = s->first_ring; r < s->end_ring; r++) {
        size_t from = r ? t->ring_end[r - 1] : 0;
        if (!t->shell[r] && !shown) continue;
        bool drawn = cut_ring(c, t->xy + from, t->ring_end[r] - from, t->shell[r]);
        if (t->shell[r]) shown = drawn;
    }
}

enum wijk_err wijk_tiles_encode(struct wijk_cx *cx, const struct wijk_tiles *t, int z, uint32_t x, uint32_t y,
                                struct wijk_str *out) {
    *out = (struct wijk_str){"", 0};
    if (z < t->min_zoom || z > t->max_zoom || z > 30 || x >> z || y >> z) return WIJK_OK;
    double side = ldexp(1, -z), pad = side * BUFFER / EXTENT;
    struct wijk_box tile = {x * side - pad, y * side - pad, (x + 1) * side + pad, (y + 1) * side + pad};
    struct cutting c = {.cx = cx, .scale = EXTENT / side, .x0 = (double)x * EXTENT, .y0 = (double)y * EXTENT};
    struct wijk_buf layer = wijk_buf(cx, 0), feature = wijk_buf(cx, 0);
    c.geometry = wijk_buf(cx, 0);
    bool any = false;
    for (size_t i = 0; i < t->n; i++) {
        const struct shape *s = &t->shape[i];
        if (s->box.min_x > tile.max_x || s->box.max_x < tile.min_x || s->box.min_y > tile.max_y ||
            s->box.max_y < tile.min_y)
            continue;
        c.geometry.n = feature.n = 0;
        c.pen = (struct grid){0, 0};
        cut_shape(&c, t, s);
        if (!c.geometry.n) continue;
        put_field(&feature, 1, 0), put_varint(&feature, i + 1);
        put_field(&feature, 3, 0), put_varint(&feature, 3); /* polygon */
        put_block(&feature, 4, c.geometry.p, c.geometry.n);
        put_block(&layer, 2, feature.p, feature.n);
        any = true;
    }
    if (!any) return WIJK_OK;
    struct wijk_buf head = wijk_buf(cx, 0), all = wijk_buf(cx, 0);
    put_field(&head, 15, 0), put_varint(&head, 2);
    put_block(&head, 1, t->layer, strlen(t->layer));
    put_field(&layer, 5, 0), put_varint(&layer, EXTENT);
    put_field(&all, 3, 2), put_varint(&all, head.n + layer.n);
    wijk_buf_put(&all, head.p, head.n);
    wijk_buf_put(&all, layer.p, layer.n);
    *out = (struct wijk_str){all.p, all.n};
    return WIJK_OK;
}
