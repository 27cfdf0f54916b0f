/* SPDX-License-Identifier: EUPL-1.2 */
/* Multipolygons and their GeoPackage form. */
#include "geo/geo.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static int start(void **state)
{
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}

static int stop(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

static void ring(struct wijk_geom_builder *b, const double *v, size_t n)
{
    wijk_geom_add_ring(b);
    for (size_t i = 0; i < n; i++) wijk_geom_add_point(b, (struct wijk_xy){v[2 * i], v[2 * i + 1]});
}

static const double outer[] = {135000.5, 455000.25, 135410.5, 455000.25,
                               135410.5, 455300.75, 135000.5, 455300.75};
static const double hole[] = {135100, 455100, 135100, 455150, 135180, 455150, 135180, 455100};
static const double far_part[] = {136000, 455000, 136030, 455000, 136000, 455070};

/* 410 x 300.5 minus 80 x 50, and a triangle of 30 x 70 / 2. */
static const struct wijk_geom *example(struct wijk_cx *cx)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    ring(b, outer, 4);
    ring(b, hole, 4);
    wijk_geom_add_polygon(b);
    ring(b, far_part, 3);
    const struct wijk_geom *g;
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static void builds_and_measures(void **state)
{
    const struct wijk_geom *g = example(*state);
    assert_true(g->n_poly == 2 && g->n_ring == 3 && g->n_point == 14);
    assert_true(g->poly_end[0] == 2 && g->poly_end[1] == 3);
    assert_true(g->ring_end[0] == 5 && g->ring_end[1] == 10 && g->ring_end[2] == 14);
    assert_true(fabs(wijk_geom_area_m2(g) - (410 * 300.5 - 80 * 50 + 1050)) < 1e-6);
    const struct wijk_box box = wijk_geom_box(g);
    assert_true(box.min_x == 135000.5 && box.max_x == 136030 && box.min_y == 455000 &&
                box.max_y == 455300.75);
    assert_true(wijk_geom_contains(g, (struct wijk_xy){135050, 455125}));
    assert_false(wijk_geom_contains(g, (struct wijk_xy){135140, 455125})); /* in the hole */
    assert_true(wijk_geom_contains(g, (struct wijk_xy){136005, 455010}));
    assert_false(wijk_geom_contains(g, (struct wijk_xy){135700, 455010}));
    assert_true(wijk_geom_box(NULL).min_x > wijk_geom_box(NULL).max_x);
}

static void drops_what_has_no_area(void **state)
{
    struct wijk_geom_builder *b = wijk_geom_build(*state);
    const double line[] = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2};
    wijk_geom_add_polygon(b);
    ring(b, line, 5);
    ring(b, hole, 4); /* a hole without its shell goes too */
    wijk_geom_add_polygon(b);
    ring(b, outer, 4);
    ring(b, line, 2);
    const struct wijk_geom *g;
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_true(g->n_poly == 1 && g->n_ring == 1 && g->n_point == 5);

    b = wijk_geom_build(*state);
    wijk_geom_add_ring(b); /* a ring without points */
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(g->n_poly, 0);

    assert_int_equal(wijk_geom_done(wijk_geom_build(*state), &g), WIJK_OK);
    assert_int_equal(g->n_poly, 0);

    b = wijk_geom_build(*state);
    wijk_geom_add_point(b, (struct wijk_xy){1, NAN});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_EDATA);
}

static void too_many_points(void **state)
{
    struct wijk_geom_builder *b = wijk_geom_build(*state);
    for (int i = 0; i <= WIJK_LIMIT_POINTS; i++) wijk_geom_add_point(b, (struct wijk_xy){i, i % 7});
    const struct wijk_geom *g;
    assert_int_equal(wijk_geom_done(b, &g), WIJK_ELIMIT);
}

static void label_lies_inside(void **state)
{
    /* A horseshoe: its middle lies outside. */
    const double shoe[] = {0, 0, 100, 0, 100, 90, 80, 90, 80, 30, 20, 30, 20, 90, 0, 90};
    struct wijk_geom_builder *b = wijk_geom_build(*state);
    ring(b, shoe, 8);
    const struct wijk_geom *g;
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    struct wijk_xy p;
    assert_int_equal(wijk_geom_label_point(*state, g, &p), WIJK_OK);
    assert_true(wijk_geom_contains(g, p));
    assert_int_equal(wijk_geom_label_point(*state, example(*state), &p), WIJK_OK);
    assert_true(wijk_geom_contains(example(*state), p) && p.x < 135500); /* the larger part */
    assert_int_equal(wijk_geom_label_point(*state, NULL, &p), WIJK_EDATA);
}

static void to_rd(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const double lonlat[] = {5.3872035084,  52.1551723012, 4.3549625519,
                             52.0049426933, 5.6900782143,  50.8483287798};
    ring(b, lonlat, 3);
    const struct wijk_geom *g, *rd;
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_to_rd(cx, g, WIJK_CRS_WGS84, &rd), WIJK_OK);
    assert_true(rd->xy[0].x == 155000 && rd->xy[0].y == 463000); /* whole millimetres */
    assert_true(rd->xy[1].x == 84123.456 && rd->xy[1].y == 446789.123);
    assert_int_equal(wijk_geom_to_rd(cx, g, WIJK_CRS_RD, &rd), WIJK_EDATA);
    assert_int_equal(wijk_geom_to_rd(cx, example(cx), WIJK_CRS_WGS84, &rd), WIJK_EDATA);
    assert_int_equal(wijk_geom_to_rd(cx, example(cx), WIJK_CRS_RD, &rd), WIJK_OK);
}

static void repairs(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_geom *g = example(cx), *out;
    const char *why = "x";
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, &why), WIJK_OK);
    assert_true(out == g && why == NULL);

    const double bow[] = {135000, 455000, 135040, 455060, 135040, 455000, 135000, 455060};
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    ring(b, bow, 4);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, &why), WIJK_OK);
    assert_non_null(why);
    assert_string_equal(why, "de grens kruist zichzelf (135020 455030)");
    assert_int_equal(out->n_poly, 2);
    assert_true(fabs(wijk_geom_area_m2(out) - 1200) < 1e-6); /* two triangles of 60 x 20 / 2 */

    /* Two parts of 40 x 60 that overlap by 10 x 60 cover 70 x 60. */
    const double west[] = {135000, 455000, 135040, 455000, 135040, 455060, 135000, 455060};
    const double east[] = {135030, 455000, 135070, 455000, 135070, 455060, 135030, 455060};
    b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    ring(b, west, 4);
    wijk_geom_add_polygon(b);
    ring(b, east, 4);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, &why), WIJK_OK);
    assert_non_null(why);
    assert_true(fabs(wijk_geom_area_m2(out) - 4200) < 1e-6);

    const double flat[] = {135000, 455000, 135010, 455010, 135020, 455020};
    b = wijk_geom_build(cx);
    ring(b, flat, 3);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, &why), WIJK_EDATA);
}

/* ---- GeoPackage blobs ----------------------------------------------------------------------------- */

static void blob_there_and_back(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_geom *g = example(cx), *back;
    const struct wijk_str blob = wijk_gpkg_blob_write(cx, g, 28992);
    assert_memory_equal(blob.p, "GP\0\3\x40\x71\0\0", 8);
    int srs;
    assert_int_equal(wijk_gpkg_blob_read(cx, blob, &back, &srs), WIJK_OK);
    assert_int_equal(srs, 28992);
    assert_true(back->n_poly == g->n_poly && back->n_ring == g->n_ring && back->n_point == g->n_point);
    assert_memory_equal(back->xy, g->xy, g->n_point * sizeof *g->xy);
    struct wijk_box box;
    bool empty;
    assert_true(wijk_gpkg_blob_box(blob, &box, &empty));
    assert_true(!empty && box.min_x == 135000.5 && box.max_y == 455300.75);

    const struct wijk_str none = wijk_gpkg_blob_write(cx, NULL, -1);
    assert_int_equal(wijk_gpkg_blob_read(cx, none, &back, &srs), WIJK_OK);
    assert_true(back->n_poly == 0 && srs == -1);
    assert_true(wijk_gpkg_blob_box(none, &box, &empty) && empty);
}

static void blob_cut_short_is_refused(void **state)
{
    int srs;
    struct wijk_cx *cx = *state;
    const struct wijk_str blob = wijk_gpkg_blob_write(cx, example(cx), 28992);
    const struct wijk_geom *g;
    for (size_t n = 0; n < blob.n; n++) {
        const struct wijk_str part = {wijk_str_dup(cx, (struct wijk_str){blob.p, n}), n};
        assert_int_equal(wijk_gpkg_blob_read(cx, part, &g, &srs), WIJK_EPARSE);
    }
    char *longer = wijk_alloc(cx, blob.n + 1);
    memcpy(longer, blob.p, blob.n);
    assert_int_equal(wijk_gpkg_blob_read(cx, (struct wijk_str){longer, blob.n + 1}, &g, &srs), WIJK_EPARSE);
    longer[40 + 5] = longer[40 + 6] = longer[40 + 7] = '\x7f'; /* a count of millions of polygons */
    assert_int_equal(wijk_gpkg_blob_read(cx, (struct wijk_str){longer, blob.n}, &g, &srs), WIJK_EPARSE);
}

/* A triangle in any byte order, with any type code and any number of extra dimensions. */
static struct wijk_str triangle(struct wijk_cx *cx, bool little, uint32_t type, int dims, bool srid)
{
    static const double xy[] = {3.5, 4.25, 9.75, 4.25, 3.5, 8.5, 3.5, 4.25};
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_put(&b, little ? "GP\0\1" : "GP\0\0", 4);
    uint32_t words[] = {28992, type, 4326, 1, 4};
    for (int w = 0; w < 5; w++) {
        if (w == 1) wijk_buf_char(&b, little ? 1 : 0);
        if (w == 2 && !srid) continue;
        for (int i = 0; i < 4; i++) wijk_buf_char(&b, (char)(words[w] >> 8 * (little ? i : 3 - i)));
    }
    for (int p = 0; p < 4; p++)
        for (int d = 0; d < dims; d++) {
            const double v = d < 2 ? xy[2 * p + d] : 77.7;
            uint64_t bits;
            memcpy(&bits, &v, 8);
            for (int i = 0; i < 8; i++) wijk_buf_char(&b, (char)(bits >> 8 * (little ? i : 7 - i)));
        }
    return (struct wijk_str){b.p, b.n};
}

static void blob_of_every_kind(void **state)
{
    int srs;
    struct wijk_cx *cx = *state;
    static const struct {
        uint32_t type;
        int dims;
        bool srid;
    } kinds[] = {{3, 2, false},          {1003, 3, false},       {2003, 3, false},      {3003, 4, false},
                 {0x80000003, 3, false}, {0x40000003, 3, false}, {0xc0000003, 4, false}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int little = 0; little < 2; little++) {
            const struct wijk_str blob = triangle(cx, little, kinds[k].type, kinds[k].dims, kinds[k].srid);
            const struct wijk_geom *g;
            assert_int_equal(wijk_gpkg_blob_read(cx, blob, &g, &srs), WIJK_OK);
            assert_true(fabs(wijk_geom_area_m2(g) - 6.25 * 4.25 / 2) < 1e-12);
            struct wijk_box box;
            bool empty;
            assert_true(wijk_gpkg_blob_box(blob, &box, &empty)); /* no envelope: from the points */
            assert_true(!empty && box.max_x == 9.75 && box.max_y == 8.5);
        }
    const struct wijk_geom *g;
    assert_int_equal(wijk_gpkg_blob_read(cx, triangle(cx, true, 0x20000003, 2, true), &g, &srs), WIJK_EPARSE);
    assert_int_equal(wijk_gpkg_blob_read(cx, triangle(cx, true, 2, 2, false), &g, &srs), WIJK_EPARSE);
    assert_int_equal(wijk_gpkg_blob_read(cx, triangle(cx, true, 4003, 3, false), &g, &srs), WIJK_EPARSE);
}

/* A ring that goes around a thousand times, and one that crosses itself everywhere: mending either would cost
 * gigabytes, and is not tried. A ring with one crossing is mended as before. */
static void tangles_are_not_mended(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_geom *g, *out;
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (int i = 0; i < 4001; i++)
        wijk_geom_add_point(b, (struct wijk_xy){outer[2 * (i % 4)], outer[2 * (i % 4) + 1]});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, NULL), WIJK_EDATA);
    assert_non_null(strstr(wijk_fault(cx), "kruist zichzelf te vaak"));

    b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (int i = 0; i < 1501; i++) /* the lines of a star */
        wijk_geom_add_point(b, (struct wijk_xy){135000 + 997 * cos(i * 3.1), 455000 + 997 * sin(i * 3.1)});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, NULL), WIJK_EDATA);

    static const double bow[] = {135000, 455000, 135100, 455070, 135100, 455000, 135000, 455070};
    b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    ring(b, bow, 4);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    assert_int_equal(wijk_geom_make_valid(cx, g, &out, NULL), WIJK_OK);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
    const struct CMUnitTest tests[] = {
        T(builds_and_measures),
        T(drops_what_has_no_area),
        T(too_many_points),
        T(label_lies_inside),
        T(to_rd),
        T(repairs),
        T(tangles_are_not_mended),
        T(blob_there_and_back),
        T(blob_of_every_kind),
        T(blob_cut_short_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
