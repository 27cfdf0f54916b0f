/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoJSON by RFC 7946: WGS84, seven decimals (about a centimetre), shells counterclockwise and holes
 * clockwise. */
#include "report/report.h"

#include <math.h>

/* Twice the signed area by the shoelace formula, from the first point so that large coordinates do not
 * cancel. Positive: counterclockwise. RD and WGS84 turn the same way. */
static double turn(const struct wijk_xy *p, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < n; i++)
        sum += (p[i].x - p[0].x) * (p[i + 1].y - p[0].y) - (p[i + 1].x - p[0].x) * (p[i].y - p[0].y);
    return sum;
}

static void write_ring(struct wijk_json_out *json, const struct wijk_xy *p, size_t n, bool counterclockwise,
                       enum wijk_crs crs)
{
    const double scale = crs == WIJK_CRS_RD ? 1e3 : 1e7;
    bool backwards = (turn(p, n) > 0) != counterclockwise;
    wijk_json_begin_array(json);
    for (size_t i = 0; i < n; i++) {
        struct wijk_xy at = p[backwards ? n - 1 - i : i];
        if (crs != WIJK_CRS_RD) at = wijk_wgs84_from_rd(at);
        wijk_json_begin_array(json);
        wijk_json_num(json, round(at.x * scale) / scale);
        wijk_json_num(json, round(at.y * scale) / scale);
        wijk_json_end_array(json);
    }
    wijk_json_end_array(json);
}

void wijk_geojson_geometry(struct wijk_json_out *json, const struct wijk_geom *g, enum wijk_crs crs)
{
    if (!g || !g->n_poly) {
        wijk_json_null(json);
        return;
    }
    wijk_json_begin_object(json);
    wijk_json_kv_str(json, "type", g->n_poly == 1 ? "Polygon" : "MultiPolygon");
    wijk_json_key(json, "coordinates");
    if (g->n_poly > 1) wijk_json_begin_array(json);
    size_t ring = 0, point = 0;
    for (size_t k = 0; k < g->n_poly; k++) {
        wijk_json_begin_array(json);
        for (size_t first = ring; ring < g->poly_end[k]; ring++) {
            write_ring(json, g->xy + point, g->ring_end[ring] - point, ring == first, crs);
            point = g->ring_end[ring];
        }
        wijk_json_end_array(json);
    }
    if (g->n_poly > 1) wijk_json_end_array(json);
    wijk_json_end_object(json);
}

void wijk_geojson_begin(struct wijk_geojson_out *w, struct wijk_out out)
{
    wijk_json_out_open(&w->json, out);
    wijk_json_begin_object(&w->json);
    wijk_json_kv_str(&w->json, "type", "FeatureCollection");
    wijk_json_key(&w->json, "features");
    wijk_json_begin_array(&w->json);
    w->begun = true;
}

void wijk_geojson_begin_feature(struct wijk_geojson_out *w, const char *id, const struct wijk_geom *geom_rd)
{
    wijk_json_begin_object(&w->json);
    wijk_json_kv_str(&w->json, "type", "Feature");
    if (id) wijk_json_kv_str(&w->json, "id", id);
    wijk_json_key(&w->json, "geometry");
    wijk_geojson_geometry(&w->json, geom_rd, WIJK_CRS_WGS84);
    wijk_json_key(&w->json, "properties");
    wijk_json_begin_object(&w->json);
}

void wijk_geojson_end_feature(struct wijk_geojson_out *w)
{
    wijk_json_end_object(&w->json);
    wijk_json_end_object(&w->json);
}

bool wijk_geojson_end(struct wijk_geojson_out *w)
{
    wijk_json_end_array(&w->json);
    wijk_json_end_object(&w->json);
    w->begun = false;
    return wijk_json_out_close(&w->json);
}
