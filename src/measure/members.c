/* SPDX-License-Identifier: EUPL-1.2 */
/* The whole areas that a drawn shape stands for. Answers speak of these, never of the shape itself.
 * docs/methods/getekend-gebied.md */
#include "measure/measure.h"

#include <math.h>

static const double GRID_M = 10, HALF = 0.5;

enum wijk_err wijk_members_shape(struct wijk_cx *cx, const struct wijk_geom *drawn,
                                 const struct wijk_geom **out)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *coarse;
    const char *why;
    size_t ring = 0, point = 0;
    for (size_t p = 0; p < drawn->n_poly; p++) {
        wijk_geom_add_polygon(b);
        for (; ring < drawn->poly_end[p]; ring++) {
            wijk_geom_add_ring(b);
            for (struct wijk_xy last = {NAN, NAN}; point < drawn->ring_end[ring]; point++) {
                struct wijk_xy at = {GRID_M * round(drawn->xy[point].x / GRID_M),
                                     GRID_M * round(drawn->xy[point].y / GRID_M)};
                if (at.x != last.x || at.y != last.y) wijk_geom_add_point(b, at);
                last = at;
            }
        }
    }
    WIJK_TRY(wijk_geom_done(b, &coarse));
    if (!coarse->n_poly) return wijk_fail(cx, WIJK_EDATA, "Het getekende gebied heeft geen oppervlak.");
    return wijk_geom_make_valid(cx, coarse, out, &why);
}

static bool meets(struct wijk_box a, struct wijk_box b)
{
    return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

static enum wijk_err keep(struct wijk_cx *cx, size_t *member, size_t *n, size_t area)
{
    if (*n == WIJK_MEMBERS_MAX)
        return wijk_fail(cx, WIJK_ELIMIT, "Het getekende gebied is te groot: er liggen meer dan %d delen in.",
                         WIJK_MEMBERS_MAX);
    member[(*n)++] = area;
    return WIJK_OK;
}

/* Cells where people live, by their middle. */
static enum wijk_err cells(struct wijk_cx *cx, const struct wijk_areas *areas, const struct wijk_geom *shape,
                           const size_t *near, size_t n_near, size_t *member, size_t *n)
{
    struct wijk_xy *middle = WIJK_NEW(cx, struct wijk_xy, n_near);
    size_t *at = WIJK_NEW(cx, size_t, n_near);
    for (size_t i = 0; i < n_near; i++) {
        struct wijk_box b = wijk_geom_box(areas->v[near[i]].geom);
        middle[i] = (struct wijk_xy){(b.min_x + b.max_x) / 2, (b.min_y + b.max_y) / 2};
    }
    WIJK_TRY(wijk_geom_locate(cx, &shape, 1, middle, n_near, at));
    for (size_t i = 0; i < n_near; i++)
        if (at[i] == 0 && areas->v[near[i]].residents > 0) WIJK_TRY(keep(cx, member, n, near[i]));
    return WIJK_OK;
}

/* Areas with borders, by the part of them that is taken in. */
static enum wijk_err halves(struct wijk_cx *cx, const struct wijk_areas *areas, const struct wijk_geom *shape,
                            const size_t *near, size_t n_near, size_t *member, size_t *n)
{
    const struct wijk_geom **geom = WIJK_NEW(cx, const struct wijk_geom *, n_near);
    const struct wijk_overlay *o;
    for (size_t i = 0; i < n_near; i++) geom[i] = areas->v[near[i]].geom;
    WIJK_TRY(wijk_geom_overlay(cx, &shape, 1, geom, n_near, 0, &o));
    for (size_t i = 0; i < o->n; i++)
        if (o->v[i].area_m2 >= HALF * o->b_m2[o->v[i].b]) WIJK_TRY(keep(cx, member, n, near[o->v[i].b]));
    return WIJK_OK;
}

enum wijk_err wijk_members_of(struct wijk_cx *cx, const struct wijk_areas *areas,
                              const struct wijk_geom *shape, const size_t **member, size_t *n)
{
    struct wijk_box box = wijk_geom_box(shape);
    size_t *near = WIJK_NEW(cx, size_t, areas->n), n_near = 0;
    size_t *list = WIJK_NEW(cx, size_t, WIJK_MEMBERS_MAX);
    for (size_t i = 0; i < areas->n; i++) {
        const struct wijk_geom *g = areas->v[i].geom;
        if (g && g->n_point && meets(box, wijk_geom_box(g))) near[n_near++] = i;
    }
    *n = 0;
    *member = list;
    if (areas->level == WIJK_LEVEL_RASTER) return cells(cx, areas, shape, near, n_near, list, n);
    return halves(cx, areas, shape, near, n_near, list, n);
}
