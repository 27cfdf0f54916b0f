/* SPDX-License-Identifier: EUPL-1.2 */
/* geo: planar geometry in RD metres (EPSG:28992), its GeoPackage form and vector tiles.
 *
 * All geometry here is a multipolygon. Validity, area of overlap and the like are GEOS's work; the
 * projection, the topology of shared borders and the tile encoder are ours. Everything is pure and may run on
 * any thread.
 */
#ifndef WIJK_GEO_H
#define WIJK_GEO_H

#include "stats/stats.h"

/* ---- projection ------------------------------------------------------------------------------ */

enum wijk_crs { WIJK_CRS_RD = 28992, WIJK_CRS_WGS84 = 4326 };

struct wijk_xy {
    double x,
        y; /* RD: metres east, north. WGS84: degrees longitude, latitude. Mercator: 0..1 east, 0..1 south */
};

/* Closed forms: double stereographic projection on Bessel 1841 and a seven-parameter shift. Within 0.3 m of
 * the official RDNAPTRANS in the Netherlands. Source docs/methods/rd.md; checked against PROJ in the tests.
 */
WIJK_API struct wijk_xy wijk_rd_from_wgs84(struct wijk_xy lonlat);
WIJK_API struct wijk_xy wijk_wgs84_from_rd(struct wijk_xy rd);
WIJK_API struct wijk_xy wijk_mercator_from_wgs84(
    struct wijk_xy lonlat); /* web mercator, world = unit square */
WIJK_API struct wijk_xy wijk_wgs84_from_mercator(struct wijk_xy m);
WIJK_API struct wijk_xy wijk_mercator_from_rd(struct wijk_xy rd);
WIJK_API bool wijk_rd_plausible(struct wijk_xy rd);        /* in and around the European Netherlands */
WIJK_API bool wijk_wgs84_plausible(struct wijk_xy lonlat); /* the same box in degrees                */

/* ---- multipolygons --------------------------------------------------------------------------- */

/* Rings are closed (first point repeated at the end). In each polygon the first ring is the shell, the rest
 * are holes.
 *
 *   polygon 0        polygon 1
 *   ring 0 | ring 1  ring 2        poly_end = {2, 3}
 *   points ........................ ring_end = {end of ring 0, of ring 1, of ring 2} as indices into xy */
struct wijk_geom {
    size_t n_poly, n_ring, n_point;
    const size_t *poly_end;
    const size_t *ring_end;
    const struct wijk_xy *xy;
};

struct wijk_box {
    double min_x, min_y, max_x, max_y; /* empty: min > max */
};

/* Builds a multipolygon point by point (readers use it). */
struct wijk_geom_builder;
WIJK_API struct wijk_geom_builder *wijk_geom_build(struct wijk_cx *cx);
WIJK_API void wijk_geom_add_polygon(struct wijk_geom_builder *b); /* opens a polygon                 */
WIJK_API void wijk_geom_add_ring(struct wijk_geom_builder *b);    /* opens a ring in it              */
WIJK_API void wijk_geom_add_point(struct wijk_geom_builder *b, struct wijk_xy p);
/* Closes open rings, drops rings of fewer than 3 different points. Empty gives n_poly 0.
 * Fails WIJK_ELIMIT over WIJK_LIMIT_POINTS; WIJK_EDATA a coordinate that is not finite. */
WIJK_API enum wijk_err wijk_geom_done(struct wijk_geom_builder *b, const struct wijk_geom **out);

WIJK_API struct wijk_box wijk_geom_box(const struct wijk_geom *g);
WIJK_API double wijk_geom_area_m2(const struct wijk_geom *g); /* shells minus holes */
WIJK_API bool wijk_geom_contains(const struct wijk_geom *g, struct wijk_xy p);
/* Do the geometry and the box share a point? */
WIJK_API bool wijk_geom_meets(const struct wijk_geom *g, struct wijk_box box);
/* The same shape with every point in degrees. */
WIJK_API const struct wijk_geom *wijk_geom_to_wgs84(struct wijk_cx *cx, const struct wijk_geom *rd);
/* The box in degrees of a box in metres: its edges bend, so it is a little wider. */
WIJK_API struct wijk_box wijk_box_to_wgs84(struct wijk_box rd);
/* A point well inside, for a label. Fails WIJK_EDATA on an empty geometry. */
WIJK_API enum wijk_err wijk_geom_label_point(struct wijk_cx *cx, const struct wijk_geom *g,
                                             struct wijk_xy *out);
/* The same geometry in RD, coordinates rounded to 1 mm. Fails WIJK_EDATA when a point lies outside the
 * Netherlands. */
WIJK_API enum wijk_err wijk_geom_to_rd(struct wijk_cx *cx, const struct wijk_geom *g, enum wijk_crs from,
                                       const struct wijk_geom **out);
/* Valid by the OGC rules: as given when it is, else repaired by GEOS; *why then says what was wrong (else
 * NULL). Fails WIJK_EDATA when nothing with an area is left. */
WIJK_API enum wijk_err wijk_geom_make_valid(struct wijk_cx *cx, const struct wijk_geom *g,
                                            const struct wijk_geom **out, const char **why);

/* Everything that lies in one of them, as one. geoms: n, not NULL. Fails WIJK_EDATA when no area is left. */
WIJK_API enum wijk_err wijk_geom_union(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                                       const struct wijk_geom **out);

/* ---- overlay: what two sets of shapes have in common -------------------------------------------- */

struct wijk_overlap {
    uint32_t a, b; /* places in the two sets */
    double area_m2;
};
struct wijk_overlay {
    size_t n;
    const struct wijk_overlap *v; /* by a, then b */
    const double *a_m2, *b_m2;    /* n_a, n_b: whole area; 0 without a shape */
};
/* Every pair with more than min_m2 in common. Shapes must be valid and in RD; NULL or empty ones meet
 * nothing. Shapes of one set are taken not to overlap each other. Memory beside the result: one GEOS copy of
 * b. Fails WIJK_EDATA when two shapes cannot be laid over each other; WIJK_ELIMIT over 2^32 shapes. */
WIJK_API enum wijk_err wijk_geom_overlay(struct wijk_cx *cx, const struct wijk_geom *const *a, size_t n_a,
                                         const struct wijk_geom *const *b, size_t n_b, double min_m2,
                                         const struct wijk_overlay **out);
/* For each point the first shape that contains it, SIZE_MAX for none. at: n_point. */
WIJK_API enum wijk_err wijk_geom_locate(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                                        const struct wijk_xy *point, size_t n_point, size_t *at);

/* ---- neighbours ---------------------------------------------------------------------------------- */

/* contiguity.c: shapes that have a corner in common, to the millimetre, so that touching in one point is
 * enough («queen»). Borders must have been drawn once for both sides, as in official divisions: a corner that
 * lies on a line without a corner is not seen. NULL, an empty shape, or one on its own: no neighbours.
 * Fails WIJK_ELIMIT shapes further apart than 4,000 km, over 2^32 - 2 of them, or that many corners */
WIJK_API enum wijk_err wijk_geom_contiguity(struct wijk_cx *cx, const struct wijk_geom *const *geoms,
                                            size_t n, const struct wijk_graph **out);
/* nearby.c: of each point all others within radius_m, that distance included. NAN points have no neighbours
 * and are none. Fails WIJK_EUSAGE a radius that is not above 0; WIJK_ELIMIT over WIJK_NEARBY_MAX neighbours
 * in all. */
enum { WIJK_NEARBY_MAX = 32 << 20 };
WIJK_API enum wijk_err wijk_points_within(struct wijk_cx *cx, const struct wijk_xy *at, size_t n,
                                          double radius_m, const struct wijk_graph **out);
/* nearby.c: of each point the k nearest others, of equally far ones the first; fewer when there are not that
 * many. Fails as above; WIJK_EUSAGE k 0. */
WIJK_API enum wijk_err wijk_points_nearest(struct wijk_cx *cx, const struct wijk_xy *at, size_t n, size_t k,
                                           const struct wijk_graph **out);

/* ---- GeoPackage geometry blobs (OGC 12-128r18, 2.1.3) ------------------------------------------ */

/* Standard header, little endian, XY envelope, WKB MultiPolygon. NULL or empty: an empty geometry. */
WIJK_API struct wijk_str wijk_gpkg_blob_write(struct wijk_cx *cx, const struct wijk_geom *g, int srs_id);
/* Takes Polygon and MultiPolygon, either byte order, Z and M dropped. Every length is checked.
 * Fails WIJK_EPARSE */
WIJK_API enum wijk_err wijk_gpkg_blob_read(struct wijk_cx *cx, struct wijk_str blob,
                                           const struct wijk_geom **out, int *srs_id);
/* For the R-tree functions: the envelope from the header or, without one, from the points. false: no valid
 * blob. */
WIJK_API bool wijk_gpkg_blob_box(struct wijk_str blob, struct wijk_box *box, bool *empty);

/* ---- vector tiles (Mapbox Vector Tile 2.1) ------------------------------------------------------- */

/* One layer of areas ready to be cut into tiles at any zoom: geometry only, feature id = index in the area
 * order + 1, no attributes; figures are sent apart as a vector. Immutable after building: threads may share
 * it. */
struct wijk_tiles;
struct wijk_tiles_opt {
    const char *layer;      /* name of the layer in the tile; NULL "gebieden"                        */
    int min_zoom, max_zoom; /* 0 0 = 5..14; outside: an empty tile                                    */
};
WIJK_API enum wijk_err wijk_tiles_build(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                                        struct wijk_tiles_opt opt, const struct wijk_tiles **out);
/* The bytes of one tile, extent 4096 with a buffer of 64; n = 0 where nothing lies. Not compressed. */
WIJK_API enum wijk_err wijk_tiles_encode(struct wijk_cx *cx, const struct wijk_tiles *t, int z, uint32_t x,
                                         uint32_t y, struct wijk_str *out);

#endif
