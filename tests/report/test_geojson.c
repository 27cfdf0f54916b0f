/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoJSON: WGS84 with seven decimals, rings turned by the right-hand rule, null where there is no geometry.
 */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

/* A square shell given clockwise, with a hole given counterclockwise: both against RFC 7946. */
static const struct wijk_xy XY[] = {{155000, 463000}, {155000, 464000}, {156000, 464000}, {156000, 463000},
                                    {155000, 463000}, {155300, 463300}, {155700, 463300}, {155700, 463700},
                                    {155300, 463700}, {155300, 463300}, {233000, 582000}, {233700, 582000},
                                    {233300, 582900}, {233000, 582000}};

static const char *written(struct wijk_cx *cx, const struct wijk_geom *g)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_geojson_out w;
    wijk_geojson_begin(&w, wijk_out_buf(&b));
    wijk_geojson_begin_feature(&w, "BU99010307", g);
    wijk_json_kv_str(&w.json, "naam", "Spoelhof");
    wijk_geojson_end_feature(&w);
    assert_true(wijk_geojson_end(&w));
    return wijk_buf_cstr(&b);
}

/* The rings of a written document: signed area of each in degrees, and the first point of the first. */
static size_t read_rings(struct wijk_cx *cx, const char *text, double area[8], struct wijk_xy *first)
{
    struct wijk_in_mem mem;
    struct wijk_json *json;
    struct wijk_json_token t;
    struct wijk_xy p[64];
    size_t rings = 0, n = 0, k = 0;
    double number[2];
    assert_int_equal(wijk_json_open(cx, wijk_in_mem(&mem, wijk_str(text), "proef"), &json), WIJK_OK);
    do {
        assert_int_equal(wijk_json_next(json, &t), WIJK_OK);
        if (t.kind == WIJK_JSON_NUMBER) {
            assert_true(fabs(t.number * 1e7 - round(t.number * 1e7)) < 1e-4);
            number[k++] = t.number;
        }
        if (t.kind != WIJK_JSON_ARRAY_END) continue;
        if (k == 2) {
            p[n++] = (struct wijk_xy){number[0], number[1]};
            k = 0;
        } else if (n) {
            if (rings == 0) *first = p[0];
            area[rings] = 0;
            for (size_t i = 0; i + 1 < n; i++) area[rings] += p[i].x * p[i + 1].y - p[i + 1].x * p[i].y;
            assert_true(p[0].x == p[n - 1].x && p[0].y == p[n - 1].y);
            rings++;
            n = 0;
        }
    } while (t.kind != WIJK_JSON_END);
    return rings;
}

static void right_hand_rule(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const size_t poly_end[] = {2, 3}, ring_end[] = {5, 10, 14};
    struct wijk_geom g = {
        .n_poly = 2, .n_ring = 3, .n_point = 14, .poly_end = poly_end, .ring_end = ring_end, .xy = XY};
    double area[8];
    struct wijk_xy first;
    const char *text = written(cx, &g);
    assert_non_null(strstr(text, "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[["));
    assert_int_equal(read_rings(cx, text, area, &first), 3);
    assert_true(area[0] > 0 && area[1] < 0 && area[2] > 0);
    /* RD 155000, 463000 is the tower of Amersfoort, by definition near 5.3872 E 52.1552 N. */
    assert_true(fabs(first.x - 5.3872) < 1e-4 && fabs(first.y - 52.1552) < 1e-4);
    g.n_poly = 1;
    assert_non_null(strstr(written(cx, &g), "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[["));
    wijk_cx_end(cx);
}

static void no_geometry(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    static const char WANT[] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":"
                               "\"BU99010307\",\"geometry\":null,"
                               "\"properties\":{\"naam\":\"Spoelhof\"}}]}";
    const struct wijk_geom empty = {0};
    assert_string_equal(written(cx, NULL), WANT);
    assert_string_equal(written(cx, &empty), WANT);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(right_hand_rule), cmocka_unit_test(no_geometry)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
