/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoPackage geometry blobs (OGC 12-128r18, 2.1.3): a header with an envelope, then well-known binary.
 * Foreign blobs are hostile: every length is checked before it is believed. */
#include "geo/geo.h"

#include <math.h>
#include <string.h>

enum { HEADER = 8, ENVELOPE = 32, WKB_POLYGON = 3, WKB_MULTIPOLYGON = 6 };

/* ---- writing ---- */

static void put_u32(struct wijk_buf *b, uint32_t v)
{
    const unsigned char p[4] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16),
                                (unsigned char)(v >> 24)};
    wijk_buf_put(b, p, 4);
}

static void put_f64(struct wijk_buf *b, double v)
{
    uint64_t u;
    memcpy(&u, &v, 8);
    put_u32(b, (uint32_t)u);
    put_u32(b, (uint32_t)(u >> 32));
}

static void put_kind(struct wijk_buf *b, uint32_t kind)
{
    wijk_buf_char(b, 1); /* little endian */
    put_u32(b, kind);
}

struct wijk_str wijk_gpkg_blob_write(struct wijk_cx *cx, const struct wijk_geom *g, int srs_id)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    bool empty = !g || g->n_poly == 0;
    const unsigned char head[4] = {
        'G', 'P', 0, (unsigned char)(empty ? 0x11 : 0x03)}; /* version 1, XY envelope, little endian */
    wijk_buf_put(&b, head, 4);
    put_u32(&b, (uint32_t)srs_id);
    if (!empty) {
        struct wijk_box box = wijk_geom_box(g);
        put_f64(&b, box.min_x), put_f64(&b, box.max_x), put_f64(&b, box.min_y), put_f64(&b, box.max_y);
    }
    put_kind(&b, WKB_MULTIPOLYGON);
    put_u32(&b, empty ? 0 : (uint32_t)g->n_poly);
    for (size_t p = 0, r = 0, at = 0; !empty && p < g->n_poly; p++) {
        put_kind(&b, WKB_POLYGON);
        put_u32(&b, (uint32_t)(g->poly_end[p] - r));
        for (; r < g->poly_end[p]; at = g->ring_end[r++]) {
            put_u32(&b, (uint32_t)(g->ring_end[r] - at));
            for (size_t i = at; i < g->ring_end[r]; i++) put_f64(&b, g->xy[i].x), put_f64(&b, g->xy[i].y);
        }
    }
    return (struct wijk_str){b.p, b.n};
}

/* ---- reading ---- */

struct cursor {
    const unsigned char *p;
    size_t n;
    bool big;
};

static bool take_u8(struct cursor *c, unsigned *out)
{
    if (c->n < 1) return false;
    *out = *c->p++;
    c->n--;
    return true;
}

static bool take_u32(struct cursor *c, uint32_t *out)
{
    if (c->n < 4) return false;
    const unsigned char *p = c->p;
    *out = c->big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
                  : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
    c->p += 4;
    c->n -= 4;
    return true;
}

static bool take_f64(struct cursor *c, double *out)
{
    uint32_t a = 0, b = 0;
    if (!take_u32(c, &a) || !take_u32(c, &b)) return false;
    uint64_t u = c->big ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    memcpy(out, &u, 8);
    return true;
}

/* Header up to the geometry. envelope: the kind 0..4 found. */
static bool take_header(struct cursor *c, int *srs_id, bool *empty, unsigned *envelope, struct wijk_box *box)
{
    static const size_t SIZE[] = {0, 32, 48, 48, 64};
    if (c->n < HEADER || c->p[0] != 'G' || c->p[1] != 'P' || c->p[2] != 0 || (c->p[3] & 0x20)) return false;
    unsigned flags = c->p[3];
    uint32_t srs;
    c->big = !(flags & 1);
    *envelope = flags >> 1 & 7;
    *empty = flags >> 4 & 1;
    if (*envelope > 4) return false;
    c->p += 4;
    c->n -= 4;
    if (!take_u32(c, &srs) || c->n < SIZE[*envelope]) return false;
    *srs_id = (int)srs;
    struct cursor inner = *c;
    if (*envelope) {
        if (!take_f64(&inner, &box->min_x) || !take_f64(&inner, &box->max_x) ||
            !take_f64(&inner, &box->min_y) || !take_f64(&inner, &box->max_y))
            return false;
    }
    c->p += SIZE[*envelope];
    c->n -= SIZE[*envelope];
    return true;
}

/* Byte order and kind; extra ordinates (Z, M; ISO thousands or EWKB bits) are counted to be passed over. */
static bool take_kind(struct cursor *c, uint32_t *kind, unsigned *extra)
{
    unsigned order = 0;
    uint32_t raw = 0;
    if (!take_u8(c, &order) || order > 1) return false;
    c->big = order == 0;
    if (!take_u32(c, &raw)) return false;
    *extra = (raw >> 31 & 1) + (raw >> 30 & 1);
    if (raw & 0x20000000u) return false; /* an EWKB srid has no place here */
    raw &= 0x0fffffffu;
    uint32_t thousand = raw / 1000;
    if (thousand > 3) return false;
    *extra += thousand == 3 ? 2 : thousand ? 1 : 0;
    *kind = raw % 1000;
    return *extra <= 2;
}

static bool take_polygon(struct cursor *c, unsigned extra, struct wijk_geom_builder *b)
{
    uint32_t rings = 0;
    if (!take_u32(c, &rings) || rings > c->n / 4) return false;
    if (rings) wijk_geom_add_polygon(b);
    for (uint32_t r = 0; r < rings; r++) {
        uint32_t points = 0;
        if (!take_u32(c, &points) || points > c->n / (16 + 8 * (size_t)extra)) return false;
        wijk_geom_add_ring(b);
        for (uint32_t i = 0; i < points; i++) {
            struct wijk_xy p;
            double passed;
            if (!take_f64(c, &p.x) || !take_f64(c, &p.y)) return false;
            for (unsigned k = 0; k < extra; k++)
                if (!take_f64(c, &passed)) return false;
            wijk_geom_add_point(b, p);
        }
    }
    return true;
}

static bool take_geometry(struct cursor *c, struct wijk_geom_builder *b)
{
    uint32_t kind = 0, n = 0;
    unsigned extra = 0;
    if (!take_kind(c, &kind, &extra)) return false;
    if (kind == WKB_POLYGON) return take_polygon(c, extra, b);
    if (kind != WKB_MULTIPOLYGON || !take_u32(c, &n) || n > c->n / 9) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!take_kind(c, &kind, &extra) || kind != WKB_POLYGON || !take_polygon(c, extra, b)) return false;
    return true;
}

enum wijk_err wijk_gpkg_blob_read(struct wijk_cx *cx, struct wijk_str blob, const struct wijk_geom **out,
                                  int *srs_id)
{
    struct cursor c = {(const unsigned char *)blob.p, blob.n, false};
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    struct wijk_box box;
    unsigned envelope;
    bool empty;
    if (!take_header(&c, srs_id, &empty, &envelope, &box) || !take_geometry(&c, b) || c.n != 0)
        return wijk_fail(cx, WIJK_EPARSE, "Een vorm in het bestand is beschadigd.");
    return wijk_geom_done(b, out);
}

/* Envelope of the points when the header has none. */
static bool box_of_points(struct cursor c, struct wijk_box *box)
{
    uint32_t kind, n = 1, rings, points;
    unsigned extra;
    *box = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    if (!take_kind(&c, &kind, &extra)) return false;
    bool multi = kind == WKB_MULTIPOLYGON;
    if ((!multi && kind != WKB_POLYGON) || (multi && !take_u32(&c, &n))) return false;
    for (uint32_t i = 0; i < n; i++) {
        if ((multi && !take_kind(&c, &kind, &extra)) || !take_u32(&c, &rings)) return false;
        for (uint32_t r = 0; r < rings; r++) {
            if (!take_u32(&c, &points) || points > c.n / (16 + 8 * (size_t)extra)) return false;
            for (uint32_t k = 0; k < points; k++) {
                double x = 0, y = 0;
                take_f64(&c, &x), take_f64(&c, &y);
                c.p += 8 * (size_t)extra;
                c.n -= 8 * (size_t)extra;
                box->min_x = fmin(box->min_x, x), box->max_x = fmax(box->max_x, x);
                box->min_y = fmin(box->min_y, y), box->max_y = fmax(box->max_y, y);
            }
        }
    }
    return true;
}

bool wijk_gpkg_blob_box(struct wijk_str blob, struct wijk_box *box, bool *empty)
{
    struct cursor c = {(const unsigned char *)blob.p, blob.n, false};
    unsigned envelope;
    int srs;
    if (!take_header(&c, &srs, empty, &envelope, box)) return false;
    if (!envelope && !*empty && !box_of_points(c, box)) return false;
    if (!*empty && !(box->min_x <= box->max_x)) *empty = true;
    return true;
}
