/* SPDX-License-Identifier: EUPL-1.2 */
/* Vector tiles (Mapbox Vector Tile 2.1, docs/methods/tegels.md): geometry only.
 *
 * All points stand on one grid over the world of 2^32 steps. A zoom takes a coarser grid out of it by
 * shifting, so where a point lands depends on the point alone: neighbours put their common border on the same
 * steps, at every zoom and in every tile, and no sliver opens between them. Below the last zoom a point that
 * lies less than half a pixel beside its border is left out, on both sides alike (arcs.c). */
#include "geo/geo_int.h"

#include <math.h>
#include <string.h>

enum { EXTENT = 4096, BUFFER = 64, ZOOM_MIN = 5, ZOOM_MAX = 14, ZOOM_MOST = 20 };
enum { MOVE_TO = 1, LINE_TO = 2, CLOSE = 7 };
/* Below the last zoom points stand on every second unit, at most an eighth of a pixel aside; on the map of
 * the whole country on every fourth. */
enum { COARSE = 1, COARSE_COUNTRY = 2, ZOOM_COUNTRY = 7 };

struct span {
    struct spot min, max; /* empty: min > max */
};
struct ring {
    struct span span;
    size_t first, end; /* points, without the closing one */
    bool shell;        /* the outer ring of its polygon */
    bool main;         /* the widest shell of its shape: drawn however small it is */
};
struct shape {
    struct span span;
    size_t first, end; /* rings */
};
struct wijk_tiles {
    const char *layer;
    int min_zoom, max_zoom;
    size_t n;
    struct shape *shape;
    struct ring *ring;
    struct spot *spot;
    unsigned char *rank; /* per spot: the zoom from which it is drawn; at the last zoom all are */
};

/* ---- building ------------------------------------------------------------------------------------ */

static const struct span NOWHERE = {{UINT32_MAX, UINT32_MAX}, {0, 0}};

static void stretch(struct span *s, struct spot p)
{
    if (p.x < s->min.x) s->min.x = p.x;
    if (p.y < s->min.y) s->min.y = p.y;
    if (p.x > s->max.x) s->max.x = p.x;
    if (p.y > s->max.y) s->max.y = p.y;
}

static uint32_t step_of(double unit)
{
    return (uint32_t)fmin(fmax(unit * 0x1p32, 0), UINT32_MAX); /* fmax() takes NAN for 0 */
}

static struct spot spot_of(struct wijk_xy rd)
{
    const struct wijk_xy m = wijk_mercator_from_rd(rd);
    return (struct spot){step_of(m.x), step_of(m.y)};
}

static void lay_out(struct wijk_tiles *t, const struct wijk_geom *g, struct shape *s, size_t *n_ring,
                    size_t *n_spot)
{
    *s = (struct shape){.span = NOWHERE, .first = *n_ring};
    for (size_t p = 0, r = 0, at = 0; g && p < g->n_poly; p++) {
        for (bool shell = true; r < g->poly_end[p]; at = g->ring_end[r++], shell = false) {
            struct ring *ring = &t->ring[(*n_ring)++];
            *ring = (struct ring){.span = NOWHERE, .first = *n_spot, .shell = shell};
            for (size_t i = at; i + 1 < g->ring_end[r]; i++) {
                const struct spot q = t->spot[(*n_spot)++] = spot_of(g->xy[i]);
                stretch(&ring->span, q);
                stretch(&s->span, q);
            }
            ring->end = *n_spot;
        }
    }
    s->end = *n_ring;
}

static uint64_t width(struct span s)
{
    return s.min.x > s.max.x ? 0 : (uint64_t)(s.max.x - s.min.x) + (s.max.y - s.min.y);
}

static void mark_main(struct wijk_tiles *t, const struct shape *s)
{
    struct ring *main = NULL;
    for (size_t i = s->first; i < s->end; i++)
        if (t->ring[i].shell && (!main || width(t->ring[i].span) > width(main->span))) main = &t->ring[i];
    if (main) main->main = true;
}

static void rank_spots(struct wijk_cx *cx, struct wijk_tiles *t, size_t n_ring, size_t n_spot)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    struct net *net = wijk__net_new(cx, t->spot, n_spot);
    for (size_t i = 0; i < n_ring; i++) wijk__net_join(net, t->ring[i].first, t->ring[i].end);
    for (size_t i = 0; i < n_ring; i++)
        wijk__net_rank(net, t->ring[i].first, t->ring[i].end, t->max_zoom, t->rank + t->ring[i].first);
    wijk_cx_rewind(cx, mark);
}

enum wijk_err wijk_tiles_build(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                               struct wijk_tiles_opt opt, const struct wijk_tiles **out)
{
    struct wijk_tiles *t = WIJK_NEW(cx, struct wijk_tiles, 1);
    size_t rings = 0, points = 0, ring = 0, spot = 0;
    for (size_t i = 0; i < n; i++)
        if (geoms[i]) rings += geoms[i]->n_ring, points += geoms[i]->n_point;
    const int max_zoom = opt.max_zoom ? opt.max_zoom : ZOOM_MAX;
    *t = (struct wijk_tiles){.layer = opt.layer ? opt.layer : "gebieden",
                             .min_zoom = opt.max_zoom ? opt.min_zoom : ZOOM_MIN,
                             .max_zoom = max_zoom < ZOOM_MOST ? max_zoom : ZOOM_MOST,
                             .n = n,
                             .shape = WIJK_NEW(cx, struct shape, n),
                             .ring = WIJK_NEW(cx, struct ring, rings),
                             .spot = WIJK_NEW(cx, struct spot, points),
                             .rank = WIJK_NEW(cx, unsigned char, points)};
    for (size_t i = 0; i < n; i++) {
        lay_out(t, geoms[i], &t->shape[i], &ring, &spot);
        mark_main(t, &t->shape[i]);
    }
    rank_spots(cx, t, ring, spot);
    *out = t;
    return WIJK_OK;
}

/* ---- protobuf ------------------------------------------------------------------------------------- */

static unsigned char *varint(unsigned char *p, uint64_t v)
{
    for (; v >= 0x80; v >>= 7) *p++ = (unsigned char)(v | 0x80);
    *p++ = (unsigned char)v;
    return p;
}

static void put_varint(struct wijk_buf *b, uint64_t v)
{
    unsigned char bytes[10];
    wijk_buf_put(b, bytes, (size_t)(varint(bytes, v) - bytes));
}

static void put_field(struct wijk_buf *b, unsigned field, unsigned wire)
{
    put_varint(b, field << 3 | wire);
}

static void put_block(struct wijk_buf *b, unsigned field, const void *bytes, size_t n)
{
    put_field(b, field, 2);
    put_varint(b, n);
    wijk_buf_put(b, bytes, n);
}

static uint32_t zigzag(int32_t v)
{
    return (uint32_t)v << 1 ^ (uint32_t)(v >> 31);
}

/* ---- one tile -------------------------------------------------------------------------------------- */

struct unit { /* tile units from the tile's own north-west corner */
    int32_t x, y;
};
struct cutting {
    struct wijk_cx *cx;
    int shift, coarse; /* world steps to tile units; and to every 2^coarse-th of them */
    int rank;          /* points of a higher rank are left out */
    uint32_t speck;    /* a part that is smaller both ways is left out; 0 none */
    int64_t x0, y0;    /* the tile's corner in tile units of the world */
    struct span reach; /* the tile with its buffer */
    struct unit *a, *b;
    unsigned char *wire;
    size_t cap;
    struct wijk_buf geometry;
    struct unit pen;
};

static bool meets(struct span a, struct span b)
{
    return a.min.x <= b.max.x && a.max.x >= b.min.x && a.min.y <= b.max.y && a.max.y >= b.min.y;
}

static bool within(struct span in, struct span out)
{
    return in.min.x >= out.min.x && in.max.x <= out.max.x && in.min.y >= out.min.y && in.max.y <= out.max.y;
}

static void make_room(struct cutting *c, size_t n)
{
    if (n <= c->cap) return;
    c->cap = n * 2;
    c->a = WIJK_NEW(c->cx, struct unit, c->cap);
    c->b = WIJK_NEW(c->cx, struct unit, c->cap);
    c->wire = WIJK_NEW(c->cx, unsigned char, c->cap * 10 + 32); /* two varints of 32 bits a point */
}

static bool same(struct unit a, struct unit b)
{
    return a.x == b.x && a.y == b.y;
}

static int32_t unit_of(const struct cutting *c, uint32_t step, int64_t origin)
{
    const int down = c->shift + c->coarse;
    const int64_t half = down ? (int64_t)1 << (down - 1) : 0;
    return (int32_t)(((((int64_t)step + half) >> down) << c->coarse) - origin);
}

/* Adds a point to the n there are; one that falls on the last is left out, and so is a way there and back. */
static size_t append(struct unit *to, size_t n, struct unit p)
{
    if (n && same(to[n - 1], p)) return n;
    if (n > 1 && same(to[n - 2], p)) return n - 1;
    to[n] = p;
    return n + 1;
}

static size_t close(struct unit *p, size_t n)
{
    while (n > 1 && (same(p[0], p[n - 1]) || (n > 2 && same(p[0], p[n - 2])))) n--;
    return n;
}

static size_t snap(struct cutting *c, const struct spot *spot, const unsigned char *rank, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (rank[i] > c->rank) continue;
        const struct unit p = {unit_of(c, spot[i].x, c->x0), unit_of(c, spot[i].y, c->y0)};
        m = append(c->a, m, p);
    }
    return close(c->a, m);
}

/* Where a border meets a line. The two ends are taken in one order, so that neighbours, who walk the border
 * in opposite directions, get the same point. */
static struct unit crossing(struct unit p, struct unit q, bool vertical, int32_t limit)
{
    if (p.x > q.x || (p.x == q.x && p.y > q.y)) {
        const struct unit swap = p;
        p = q;
        q = swap;
    }
    const double dx = (double)q.x - p.x, dy = (double)q.y - p.y;
    if (vertical) return (struct unit){limit, p.y + (int32_t)lround((limit - (double)p.x) / dx * dy)};
    return (struct unit){p.x + (int32_t)lround((limit - (double)p.y) / dy * dx), limit};
}

/* Keeps the part of a ring on one side of a line (Sutherland and Hodgman 1974). */
static size_t clip_side(const struct unit *in, size_t n, struct unit *out, bool vertical, int32_t limit,
                        bool keep_less)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        const struct unit p = in[i], q = in[i + 1 < n ? i + 1 : 0];
        const int32_t vp = vertical ? p.x : p.y, vq = vertical ? q.x : q.y;
        const bool p_in = keep_less ? vp <= limit : vp >= limit, q_in = keep_less ? vq <= limit : vq >= limit;
        if (p_in) m = append(out, m, p);
        if (p_in != q_in) m = append(out, m, crossing(p, q, vertical, limit));
    }
    return close(out, m);
}

static size_t clip(struct cutting *c, size_t n)
{
    const int32_t low = -BUFFER, high = EXTENT + BUFFER;
    n = clip_side(c->a, n, c->b, true, low, false);
    n = clip_side(c->b, n, c->a, true, high, true);
    n = clip_side(c->a, n, c->b, false, low, false);
    return clip_side(c->b, n, c->a, false, high, true);
}

static int64_t twice_area(const struct unit *g, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        const struct unit p = g[i], q = g[i + 1 < n ? i + 1 : 0];
        sum += (int64_t)p.x * q.y - (int64_t)q.x * p.y;
    }
    return sum;
}

static unsigned char *put_point(struct cutting *c, unsigned char *w, struct unit p)
{
    w = varint(w, zigzag(p.x - c->pen.x));
    w = varint(w, zigzag(p.y - c->pen.y));
    c->pen = p;
    return w;
}

/* Shells run clockwise on the screen (positive area with y down), holes the other way. */
static void put_ring(struct cutting *c, size_t n, bool reverse)
{
    unsigned char *w = varint(c->wire, 1 << 3 | MOVE_TO);
    w = put_point(c, w, c->a[reverse ? n - 1 : 0]);
    w = varint(w, (uint64_t)(n - 1) << 3 | LINE_TO);
    for (size_t i = 1; i < n; i++) w = put_point(c, w, c->a[reverse ? n - 1 - i : i]);
    w = varint(w, 1 << 3 | CLOSE);
    wijk_buf_put(&c->geometry, c->wire, (size_t)(w - c->wire));
}

/* false: nothing of the ring shows. */
static bool cut_ring(struct cutting *c, const struct wijk_tiles *t, const struct ring *r)
{
    size_t n = r->end - r->first;
    if (!meets(r->span, c->reach)) return false;
    if (!r->main && r->span.max.x - r->span.min.x < c->speck && r->span.max.y - r->span.min.y < c->speck)
        return false;
    make_room(c, 6 * n + 64); /* each of the four cuts adds at most half as many points */
    n = snap(c, t->spot + r->first, t->rank + r->first, n);
    if (n > 2 && !within(r->span, c->reach)) n = clip(c, n);
    const int64_t area = n < 3 ? 0 : twice_area(c->a, n);
    if (area == 0) return false;
    put_ring(c, n, (area > 0) != r->shell);
    return true;
}

static void cut_shape(struct cutting *c, const struct wijk_tiles *t, const struct shape *s)
{
    bool shown = false; /* the shell: holes of one that does not show are left out with it */
    for (size_t i = s->first; i < s->end; i++) {
        const struct ring *r = &t->ring[i];
        if (!r->shell && !shown) continue;
        const bool drawn = cut_ring(c, t, r);
        if (r->shell) shown = drawn;
    }
}

static uint32_t clamp_step(int64_t step)
{
    return step < 0 ? 0 : step > UINT32_MAX ? UINT32_MAX : (uint32_t)step;
}

static struct cutting cutting_of(struct wijk_cx *cx, const struct wijk_tiles *t, int z, uint32_t x,
                                 uint32_t y)
{
    struct cutting c = {.cx = cx, .shift = 20 - z, .x0 = (int64_t)x * EXTENT, .y0 = (int64_t)y * EXTENT};
    const bool last = z >= t->max_zoom;
    c.coarse = last ? 0 : z <= ZOOM_COUNTRY ? COARSE_COUNTRY : COARSE;
    c.rank = last ? WIJK__NEVER : z;
    c.speck = last ? 0 : (uint32_t)1 << (23 - z); /* a pixel, of 8 units */
    /* Half a coarse unit inside the buffer, so that what lies within it does so after rounding too. */
    const int64_t side = (int64_t)EXTENT << c.shift, pad = (int64_t)(BUFFER - 4) << c.shift;
    c.reach.min = (struct spot){clamp_step(x * side - pad), clamp_step(y * side - pad)};
    c.reach.max = (struct spot){clamp_step((x + 1) * side + pad), clamp_step((y + 1) * side + pad)};
    c.geometry = wijk_buf(cx, 0);
    return c;
}

enum wijk_err wijk_tiles_encode(struct wijk_cx *cx, const struct wijk_tiles *t, int z, uint32_t x, uint32_t y,
                                struct wijk_str *out)
{
    *out = (struct wijk_str){"", 0};
    if (z < 0 || z < t->min_zoom || z > t->max_zoom || x >> z || y >> z) return WIJK_OK;
    struct cutting c = cutting_of(cx, t, z, x, y);
    struct wijk_buf layer = wijk_buf(cx, 0), feature = wijk_buf(cx, 0);
    for (size_t i = 0; i < t->n; i++) {
        if (!meets(t->shape[i].span, c.reach)) continue;
        c.geometry.n = feature.n = 0;
        c.pen = (struct unit){0, 0};
        cut_shape(&c, t, &t->shape[i]);
        if (!c.geometry.n) continue;
        put_field(&feature, 1, 0), put_varint(&feature, i + 1);
        put_field(&feature, 3, 0), put_varint(&feature, 3); /* polygon */
        put_block(&feature, 4, c.geometry.p, c.geometry.n);
        put_block(&layer, 2, feature.p, feature.n);
    }
    if (!layer.n) return WIJK_OK;
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
