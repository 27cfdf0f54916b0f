/* SPDX-License-Identifier: EUPL-1.2 */
/* Projection, multipolygons and GeoPackage blobs. */
#include "geo/geo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

/* From PROJ 9.1.1: cs2cs +proj=sterea (the parameters of EPSG:28992 with its seven-parameter shift) to
 * longitude, latitude. */
static const struct {
    struct wijk_xy rd, lonlat;
} POINTS[] = {
    {{155000, 463000}, {5.387203508, 52.155172301}}, {{233883.131, 582065.167}, {6.568197740, 53.219381063}},
    {{121687, 487484}, {4.898009893, 52.374218164}}, {{10000, 370000}, {3.307874815, 51.300682998}},
    {{270000, 560000}, {7.100867467, 53.014641746}}, {{200000, 310000}, {6.025178265, 50.778160961}},
    {{70000, 380000}, {4.165633904, 51.402739813}},  {{250000, 480000}, {6.779973593, 52.299759554}},
};

static void projection(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof POINTS / sizeof *POINTS; i++) {
        struct wijk_xy w = wijk_wgs84_from_rd(POINTS[i].rd), back = wijk_rd_from_wgs84(w);
        assert_true(fabs(w.x - POINTS[i].lonlat.x) < 2e-9 && fabs(w.y - POINTS[i].lonlat.y) < 2e-9);
        assert_true(fabs(back.x - POINTS[i].rd.x) < 0.001 && fabs(back.y - POINTS[i].rd.y) < 0.001);
        struct wijk_xy m = wijk_mercator_from_rd(POINTS[i].rd), again = wijk_wgs84_from_mercator(m);
        assert_true(fabs(again.x - w.x) < 1e-12 && fabs(again.y - w.y) < 1e-12);
        assert_true(wijk_rd_plausible(POINTS[i].rd) && wijk_wgs84_plausible(w));
    }
    assert_false(wijk_rd_plausible((struct wijk_xy){5.4, 52.1}));
    assert_false(wijk_wgs84_plausible((struct wijk_xy){52.1, 5.4})); /* swapped */
}

static void ring(struct wijk_geom_builder *b, const double *xy, size_t n)
{
    wijk_geom_add_ring(b);
    for (size_t i = 0; i < n; i++) wijk_geom_add_point(b, (struct wijk_xy){xy[2 * i], xy[2 * i + 1]});
}

static const double SHELL[] = {150000, 460000, 150300, 460000, 150300, 460170, 150000, 460170};
static const double HOLE[] = {150100, 460050, 150110, 460050, 150110, 460063, 150100, 460063};

/* 300 x 170 with a hole of 10 x 13, and a triangle of 20 x 30 / 2 apart from it. */
static const struct wijk_geom *sample(struct wijk_cx *cx)
{
    static const double TRIANGLE[] = {151000, 461000, 151020, 461000, 151000, 461030};
    static const double LINE[] = {151000, 461000, 151020, 461000};
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g;
    wijk_geom_add_polygon(b);
    ring(b, SHELL, 4);
    ring(b, HOLE, 4);
    wijk_geom_add_polygon(b);
    ring(b, LINE, 2); /* no area: dropped, and its polygon too */
    wijk_geom_add_polygon(b);
    ring(b, TRIANGLE, 3);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static void measuring(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *g = sample(cx), *valid;
    const char *why;
    struct wijk_xy inside;
    assert_int_equal(g->n_poly, 2);
    assert_int_equal(g->n_ring, 3);
    assert_true(wijk_geom_area_m2(g) == 300 * 170 - 10 * 13 + 300);
    struct wijk_box box = wijk_geom_box(g);
    assert_true(box.min_x == 150000 && box.max_x == 151020 && box.min_y == 460000 && box.max_y == 461030);
    assert_true(wijk_geom_contains(g, (struct wijk_xy){150007, 460011}));
    assert_false(wijk_geom_contains(g, (struct wijk_xy){150105, 460055}));
    assert_true(wijk_geom_contains(g, (struct wijk_xy){151003, 461004}));
    assert_int_equal(wijk_geom_make_valid(cx, g, &valid, &why), WIJK_OK);
    assert_ptr_equal(valid, g);
    assert_null(why);
    assert_int_equal(wijk_geom_label_point(cx, g, &inside), WIJK_OK);
    assert_true(wijk_geom_contains(g, inside));
    wijk_cx_end(cx);
}

static void mending(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const double BOW[] = {150000, 460000, 150100, 460100, 150100, 460000, 150000, 460100};
    static const double FLAT[] = {150000, 460000, 150050, 460000, 150100, 460000};
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g, *valid;
    const char *why;
    wijk_geom_add_polygon(b);
    ring(b, BOW, 4);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &valid, &why), WIJK_OK);
    assert_non_null(why);
    assert_int_equal(valid->n_poly, 2);
    assert_true(fabs(wijk_geom_area_m2(valid) - 5000) < 1e-6);
    b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    ring(b, FLAT, 3);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &valid, &why), WIJK_EDATA);
    b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    wijk_geom_add_point(b, (struct wijk_xy){NAN, 1});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_EDATA);
    wijk_cx_end(cx);
}

static void to_rd(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const double DEGREES[] = {5.387203508, 52.155172301, 5.397, 52.1551, 5.39, 52.16},
                        SWAPPED[] = {52.15, 5.38, 52.16, 5.38, 52.16, 5.39};
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g, *rd;
    wijk_geom_add_polygon(b);
    ring(b, DEGREES, 3);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_to_rd(cx, g, WIJK_CRS_WGS84, &rd), WIJK_OK);
    assert_true(fabs(rd->xy[0].x - 155000) < 0.002 && fabs(rd->xy[0].y - 463000) < 0.002);
    b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    ring(b, SWAPPED, 3);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_to_rd(cx, g, WIJK_CRS_WGS84, &rd), WIJK_EDATA);
    assert_non_null(strstr(wijk_fault(cx), "buiten Nederland"));
    wijk_cx_end(cx);
}

static void joining(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const double LEFT[] = {0, 0, 7, 0, 7, 5, 0, 5}, RIGHT[] = {7, 0, 11, 0, 11, 5, 7, 5};
    const struct wijk_geom *part[2], *all;
    for (int i = 0; i < 2; i++) {
        struct wijk_geom_builder *b = wijk_geom_build(cx);
        wijk_geom_add_polygon(b);
        ring(b, i ? RIGHT : LEFT, 4);
        assert_int_equal(wijk_geom_done(b, &part[i]), WIJK_OK);
    }
    assert_int_equal(wijk_geom_union(cx, part, 2, &all), WIJK_OK);
    assert_int_equal(all->n_poly, 1);
    assert_true(fabs(wijk_geom_area_m2(all) - 55) < 1e-9);
    wijk_cx_end(cx);
}

static void blobs(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *g = sample(cx), *back;
    struct wijk_str blob = wijk_gpkg_blob_write(cx, g, 28992), none = wijk_gpkg_blob_write(cx, NULL, 28992);
    struct wijk_box box;
    bool empty;
    int srs = 0;
    assert_int_equal(wijk_gpkg_blob_read(cx, blob, &back, &srs), WIJK_OK);
    assert_int_equal(srs, 28992);
    assert_int_equal(back->n_point, g->n_point);
    assert_memory_equal(back->xy, g->xy, g->n_point * sizeof *g->xy);
    assert_true(wijk_gpkg_blob_box(blob, &box, &empty));
    assert_false(empty);
    assert_true(box.min_x == 150000 && box.max_y == 461030);
    assert_true(wijk_gpkg_blob_box(none, &box, &empty));
    assert_true(empty);
    assert_int_equal(wijk_gpkg_blob_read(cx, none, &back, &srs), WIJK_OK);
    assert_int_equal(back->n_poly, 0);
    /* Cut off anywhere, or with any byte changed: refused or read, never a crash. */
    char *copy = wijk_str_dup(cx, blob);
    for (size_t n = 0; n < blob.n; n++)
        assert_int_equal(wijk_gpkg_blob_read(cx, (struct wijk_str){copy, n}, &back, &srs), WIJK_EPARSE);
    for (size_t i = 0; i < blob.n; i++) {
        copy[i] ^= (char)0xff;
        (void)!wijk_gpkg_blob_read(cx, (struct wijk_str){copy, blob.n}, &back, &srs);
        (void)!wijk_gpkg_blob_box((struct wijk_str){copy, blob.n}, &box, &empty);
        copy[i] ^= (char)0xff;
    }
    wijk_cx_end(cx);
}

/* ---- tiles: read back what the encoder wrote ---- */

static uint64_t varint(const unsigned char **p)
{
    uint64_t v = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char c = *(*p)++;
        v |= (uint64_t)(c & 127) << shift;
        if (c < 128) return v;
    }
}

static int64_t unzigzag(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

/* Signed area of all rings of one feature, in tile units. */
static double geometry_area(const unsigned char *p, const unsigned char *end)
{
    int64_t x = 0, y = 0, x0 = 0, y0 = 0, twice = 0;
    while (p < end) {
        uint64_t command = varint(&p), count = command >> 3;
        if ((command & 7) == 7) {
            twice += x * y0 - x0 * y;
            continue;
        }
        for (uint64_t i = 0; i < count; i++) {
            int64_t nx = x + unzigzag(varint(&p)), ny = y + unzigzag(varint(&p));
            if ((command & 7) == 1)
                x0 = nx, y0 = ny;
            else
                twice += x * ny - nx * y;
            x = nx, y = ny;
        }
    }
    return (double)twice / 2;
}

/* Area per feature id (1..n) in one tile. */
static void tile_areas(struct wijk_str tile, double *area, size_t n)
{
    const unsigned char *p = (const unsigned char *)tile.p, *end = p + tile.n;
    for (size_t i = 0; i <= n; i++) area[i] = 0;
    if (!tile.n) return;
    assert_int_equal(varint(&p), 3 << 3 | 2);
    uint64_t body = varint(&p);
    assert_int_equal(body, end - p);
    while (p < end) {
        uint64_t key = varint(&p), size = varint(&p);
        if ((key & 7) == 0) continue;
        const unsigned char *stop = p + size;
        uint64_t id = 0;
        while (key >> 3 == 2 && p < stop) {
            uint64_t k = varint(&p), v = varint(&p);
            if (k >> 3 == 1) id = v;
            if (k >> 3 != 4) continue;
            assert_true(id >= 1 && id <= n);
            area[id] += geometry_area(p, p + v);
            p += v;
        }
        p = stop;
    }
}

/* Two neighbours, one notched and one with a hole: shells come back positive, holes are taken off, and what a
 * tile holds is what the areas measure (web mercator is stretched by 1/cos of the latitude). */
static void tiles(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const double A[] = {150000, 460000, 153000, 460000, 153000,
                               464100, 151500, 462000, 150000, 464100};
    static const double B[] = {153000, 460000, 158000, 460000, 158000, 464100, 153000, 464100};
    static const double B_HOLE[] = {155000, 461000, 156000, 461000, 156000, 462000, 155000, 462000};
    const struct wijk_geom *geom[3] = {NULL, NULL, NULL};
    for (int i = 0; i < 2; i++) {
        struct wijk_geom_builder *b = wijk_geom_build(cx);
        wijk_geom_add_polygon(b);
        ring(b, i ? B : A, i ? 4 : 5);
        if (i) ring(b, B_HOLE, 4);
        assert_int_equal(wijk_geom_done(b, &geom[i ? 2 : 0]), WIJK_OK);
    }
    const struct wijk_tiles *t;
    struct wijk_str tile;
    double area[4], sum[4] = {0};
    assert_int_equal(wijk_tiles_build(cx, geom, 3, (struct wijk_tiles_opt){0}, &t), WIJK_OK);

    /* Zoom 8: both lie whole in one tile. */
    struct wijk_xy at = wijk_mercator_from_rd((struct wijk_xy){154000, 462000});
    double metres = 40075016.685578488 * cos(52.146 * 3.14159265358979323846 / 180) / 256 / 4096;
    assert_int_equal(wijk_tiles_encode(cx, t, 8, (uint32_t)ldexp(at.x, 8), (uint32_t)ldexp(at.y, 8), &tile),
                     WIJK_OK);
    tile_areas(tile, area, 3);
    assert_true(fabs(area[1] * metres * metres / (3000 * 4100 - 3000 * 2100 / 2.0) - 1) < 0.03);
    assert_true(fabs(area[3] * metres * metres / (5000 * 4100 - 1e6) - 1) < 0.03);
    assert_true(area[2] == 0); /* 3 %: at zoom 8 a point stands up to 24 m aside */
    double a = area[1], b = area[3];

    /* Zoom 14: cut into tiles of 1.5 km; the buffers overlap, so the sum is a little more, and never
     * negative. */
    for (uint32_t x = (uint32_t)ldexp(at.x, 14) - 6; x < (uint32_t)ldexp(at.x, 14) + 6; x++) {
        for (uint32_t y = (uint32_t)ldexp(at.y, 14) - 6; y < (uint32_t)ldexp(at.y, 14) + 6; y++) {
            assert_int_equal(wijk_tiles_encode(cx, t, 14, x, y, &tile), WIJK_OK);
            tile_areas(tile, area, 3);
            assert_true(area[1] >= 0 && area[3] >= 0 && area[1] + area[3] <= 4224.0 * 4224.0);
            for (int k = 1; k <= 3; k++) sum[k] += area[k] / 4096; /* 64 x 64 finer than zoom 8 */
        }
    }
    assert_true(sum[1] > 0.98 * a && sum[1] < 1.1 * a && sum[3] > 0.98 * b && sum[3] < 1.1 * b);

    /* Outside the zooms, outside the tile matrix, or where nothing lies: empty. */
    static const uint32_t NOTHING[][3] = {{4, 8, 5}, {10, 5000, 5}, {10, 3, 5}, {15, 0, 0}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(wijk_tiles_encode(cx, t, (int)NOTHING[i][0], NOTHING[i][1], NOTHING[i][2], &tile),
                         WIJK_OK);
        assert_int_equal(tile.n, 0);
    }
    wijk_cx_end(cx);
}

/* Neighbours keep a common border in every tile: two halves of a wavy border fill their frame to the last
 * unit, at each zoom. */
static void tiles_without_slivers(void **state)
{
    (void)state;
    enum { WAVES = 301 };
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *geom[3];
    for (int half = 0; half < 3; half++) { /* 0 west, 1 east, 2 both as one */
        struct wijk_geom_builder *b = wijk_geom_build(cx);
        wijk_geom_add_polygon(b);
        wijk_geom_add_ring(b);
        for (int k = 0; k < WAVES && half < 2; k++) {
            const int i = half ? WAVES - 1 - k : k;
            const double wave = i == 0 || i == WAVES - 1 ? 0 : 83.7 * sin(i * 0.9) + 31.3 * cos(i * 2.3);
            wijk_geom_add_point(b, (struct wijk_xy){152000 + wave, 460000 + 13.37 * i});
        }
        const double low = 460000, high = 460000 + 13.37 * (WAVES - 1);
        const double west = half == 1 ? 152000 : 150000, east = half == 0 ? 152000 : 154000;
        if (half != 1) {
            wijk_geom_add_point(b, (struct wijk_xy){152000, high});
            wijk_geom_add_point(b, (struct wijk_xy){west, high});
            wijk_geom_add_point(b, (struct wijk_xy){west, low});
            wijk_geom_add_point(b, (struct wijk_xy){152000, low});
        }
        if (half != 0) {
            wijk_geom_add_point(b, (struct wijk_xy){152000, low});
            wijk_geom_add_point(b, (struct wijk_xy){east, low});
            wijk_geom_add_point(b, (struct wijk_xy){east, high});
            wijk_geom_add_point(b, (struct wijk_xy){152000, high});
        }
        assert_int_equal(wijk_geom_done(b, &geom[half]), WIJK_OK);
    }
    const struct wijk_tiles *t;
    assert_int_equal(wijk_tiles_build(cx, geom, 3, (struct wijk_tiles_opt){0}, &t), WIJK_OK);
    const struct wijk_xy at = wijk_mercator_from_rd((struct wijk_xy){152000, 462000});
    for (int z = 5; z <= 14; z++)
        for (uint32_t x = (uint32_t)ldexp(at.x, z) - 1; x <= (uint32_t)ldexp(at.x, z) + 1; x++)
            for (uint32_t y = (uint32_t)ldexp(at.y, z) - 1; y <= (uint32_t)ldexp(at.y, z) + 1; y++) {
                struct wijk_str tile;
                double area[4];
                assert_int_equal(wijk_tiles_encode(cx, t, z, x, y, &tile), WIJK_OK);
                tile_areas(tile, area, 3);
                assert_true(area[1] + area[2] == area[3]);
            }
    wijk_cx_end(cx);
}

/* ---- tiles of a country: thinned borders ---- */

enum { NET = 7, SIDE_POINTS = 61 };

/* Point k of the border from corner i, j, to the right or down: winding, the same from both sides. */
static struct wijk_xy border_point(size_t i, size_t j, bool down, int k)
{
    const double t = (double)k / SIDE_POINTS, bend = 910.7 * sin(3.14159265358979 * t);
    const double wind = 173.3 * sin(t * 41.3 + (double)(7 * i + j)) * sin(3.14159265358979 * t);
    const double x = 120000 + 7130.3 * (double)i, y = 430000 + 8311.9 * (double)j;
    return down ? (struct wijk_xy){x + bend + wind, y + 8311.9 * t}
                : (struct wijk_xy){x + 7130.3 * t, y - bend + wind};
}

static void add_border(struct wijk_geom_builder *b, size_t i, size_t j, bool down, bool back)
{
    for (int k = 0; k < SIDE_POINTS; k++)
        wijk_geom_add_point(b, border_point(i, j, down, back ? SIDE_POINTS - k : k));
}

/* Cells from_i..to_i - 1 by from_j..to_j - 1 as one shape. */
static const struct wijk_geom *cells(struct wijk_cx *cx, size_t from_i, size_t to_i, size_t from_j,
                                     size_t to_j)
{
    const struct wijk_geom *g;
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (size_t i = from_i; i < to_i; i++) add_border(b, i, from_j, false, false);
    for (size_t j = from_j; j < to_j; j++) add_border(b, to_i, j, true, false);
    for (size_t i = to_i; i-- > from_i;) add_border(b, i, to_j, false, true);
    for (size_t j = to_j; j-- > from_j;) add_border(b, from_i, j, true, true);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

/* Areas that meet three and four at a point, beside what they are together: at every zoom and in every tile
 * they fill it to the last unit, so neighbours kept the same points; and the low zooms became light. */
static void tiles_of_a_country(void **state)
{
    (void)state;
    enum { N = NET * NET };
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *geom[N], *rows[NET], *all[1] = {cells(cx, 0, NET, 0, NET)};
    for (size_t j = 0; j < NET; j++) {
        rows[j] = cells(cx, 0, NET, j, j + 1);
        for (size_t i = 0; i < NET; i++) geom[j * NET + i] = cells(cx, i, i + 1, j, j + 1);
    }
    /* One net of all three, so that a row and its cells, and the whole, know the same junctions. */
    const struct wijk_geom *together[N + NET + 1];
    memcpy(together, geom, sizeof geom);
    memcpy(together + N, rows, sizeof rows);
    together[N + NET] = all[0];
    const struct wijk_tiles *t, *own;
    assert_int_equal(wijk_tiles_build(cx, together, N + NET + 1, (struct wijk_tiles_opt){0}, &t), WIJK_OK);
    assert_int_equal(wijk_tiles_build(cx, geom, N, (struct wijk_tiles_opt){0}, &own), WIJK_OK);
    const struct wijk_xy nw = wijk_mercator_from_rd((struct wijk_xy){119000, 489500}),
                         se = wijk_mercator_from_rd((struct wijk_xy){171500, 428500});
    size_t bytes[12] = {0};
    for (int z = 5; z <= 11; z++)
        for (uint32_t x = (uint32_t)ldexp(nw.x, z); x <= (uint32_t)ldexp(se.x, z); x++)
            for (uint32_t y = (uint32_t)ldexp(nw.y, z); y <= (uint32_t)ldexp(se.y, z); y++) {
                const struct wijk_mark mark = wijk_cx_mark(cx);
                struct wijk_str tile;
                double area[N + NET + 2], cell = 0, row = 0, alone[N + 1], cell_alone = 0;
                assert_int_equal(wijk_tiles_encode(cx, t, z, x, y, &tile), WIJK_OK);
                tile_areas(tile, area, N + NET + 1);
                assert_int_equal(wijk_tiles_encode(cx, own, z, x, y, &tile), WIJK_OK);
                tile_areas(tile, alone, N);
                for (size_t k = 0; k < N; k++) cell += area[k + 1], cell_alone += alone[k + 1];
                for (size_t k = 0; k < NET; k++) row += area[N + k + 1];
                assert_true(cell == row && cell == area[N + NET + 1] && cell == cell_alone);
                bytes[z] += tile.n;
                wijk_cx_rewind(cx, mark);
            }
    assert_true(bytes[5] > 0 && bytes[5] < 1500 && bytes[7] < 4000 && bytes[11] > 4 * bytes[7]);
    wijk_cx_end(cx);
}

/* A lake's shore is the hole of one and the whole of another; it touches no other line, and both thin it
 * alike. */
static void tiles_of_an_island(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *geom[3];
    for (int which = 0; which < 3; which++) { /* 0 land with a hole, 1 what fills it, 2 land without */
        struct wijk_geom_builder *b = wijk_geom_build(cx);
        static const double LAND[] = {140000, 450000, 171000, 450000, 171000, 483000, 140000, 483000};
        wijk_geom_add_polygon(b);
        if (which != 1) ring(b, LAND, 4);
        if (which != 2) wijk_geom_add_ring(b);
        for (int k = 0; k < 400 && which != 2; k++) {
            const double at = (which ? k : 399 - k + 137) * 3.14159265358979 / 200,
                         r = 7000 + 431 * sin(at * 17);
            wijk_geom_add_point(b, (struct wijk_xy){155000 + r * cos(at), 466000 + r * sin(at)});
        }
        assert_int_equal(wijk_geom_done(b, &geom[which]), WIJK_OK);
    }
    const struct wijk_tiles *t;
    assert_int_equal(wijk_tiles_build(cx, geom, 3, (struct wijk_tiles_opt){0}, &t), WIJK_OK);
    const struct wijk_xy at = wijk_mercator_from_rd((struct wijk_xy){155000, 466000});
    for (int z = 5; z <= 10; z++) {
        struct wijk_str tile;
        double area[4];
        assert_int_equal(
            wijk_tiles_encode(cx, t, z, (uint32_t)ldexp(at.x, z), (uint32_t)ldexp(at.y, z), &tile), WIJK_OK);
        tile_areas(tile, area, 3);
        assert_true(area[2] > 0 && area[1] + area[2] == area[3]);
    }
    wijk_cx_end(cx);
}

/* A speck beside the main land is left out where it is under a pixel; nothing is left out at the last zoom,
 * and an area that is a speck as a whole is there too. */
static void tiles_leave_specks_out(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const double LAND[] = {150000, 460000, 156000, 460000, 156000, 466100, 150000, 466100};
    static const double ISLET[] = {157000, 461000, 157090, 461000, 157090, 461070, 157000, 461070};
    static const double TINY[] = {158000, 461000, 158013, 461000, 158013, 461011, 158000, 461011};
    const struct wijk_geom *geom[3];
    for (int which = 0; which < 3; which++) { /* 0 both, 1 the land, 2 a tiny area */
        struct wijk_geom_builder *b = wijk_geom_build(cx);
        wijk_geom_add_polygon(b);
        ring(b, which == 2 ? TINY : LAND, 4);
        if (which == 0) wijk_geom_add_polygon(b), ring(b, ISLET, 4);
        assert_int_equal(wijk_geom_done(b, &geom[which]), WIJK_OK);
    }
    const struct wijk_tiles *t;
    assert_int_equal(wijk_tiles_build(cx, geom, 3, (struct wijk_tiles_opt){0}, &t), WIJK_OK);
    double sum[4] = {0};
    for (int z = 7; z <= 14; z += 7) {
        const struct wijk_xy nw = wijk_mercator_from_rd((struct wijk_xy){156900, 461200}),
                             se = wijk_mercator_from_rd((struct wijk_xy){158100, 460900});
        for (uint32_t x = (uint32_t)ldexp(nw.x, z); x <= (uint32_t)ldexp(se.x, z); x++)
            for (uint32_t y = (uint32_t)ldexp(nw.y, z); y <= (uint32_t)ldexp(se.y, z); y++) {
                struct wijk_str tile;
                double area[4];
                assert_int_equal(wijk_tiles_encode(cx, t, z, x, y, &tile), WIJK_OK);
                tile_areas(tile, area, 3);
                if (z == 7) assert_true(area[1] == area[2]);
                for (int k = 1; k <= 3 && z == 14; k++) sum[k] += area[k];
            }
    }
    assert_true(sum[1] > sum[2] && sum[3] > 0);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(projection),
        cmocka_unit_test(measuring),
        cmocka_unit_test(mending),
        cmocka_unit_test(to_rd),
        cmocka_unit_test(joining),
        cmocka_unit_test(blobs),
        cmocka_unit_test(tiles),
        cmocka_unit_test(tiles_without_slivers),
        cmocka_unit_test(tiles_of_a_country),
        cmocka_unit_test(tiles_of_an_island),
        cmocka_unit_test(tiles_leave_specks_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
