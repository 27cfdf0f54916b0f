/* SPDX-License-Identifier: EUPL-1.2 */
/* What two sets of shapes have in common: a search tree over one set, and for each shape of the other the
 * area of what it shares with those near it. Most borders of a year are those of the year before, to the
 * last digit; such pairs are found by their points and cost no geometry. */
#include "geo/geos_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct side { /* one set of shapes */
    const struct wijk_geom *const *geom;
    size_t n;
    struct wijk_box *box;
    double *m2;
    size_t *twin; /* the shape of the other set with the very same points; SIZE_MAX none */
};
struct lay {
    struct wijk_cx *cx;
    GEOSContextHandle_t h;
    struct side a, b;
    GEOSGeometry **gb; /* b.n, made when first met */
    GEOSSTRtree *tree;
    size_t *number; /* b.n: what the tree holds */
    double min_m2;
    size_t *near, n_near, cap_near;
    struct wijk_overlap *found;
    size_t n_found, cap_found;
};

static bool is_shape(const struct wijk_geom *g)
{
    return g && g->n_poly && g->n_point;
}

static struct side open_side(struct wijk_cx *cx, const struct wijk_geom *const *geom, size_t n)
{
    struct side s = {geom, n, WIJK_NEW(cx, struct wijk_box, n), WIJK_NEW(cx, double, n),
                     WIJK_NEW(cx, size_t, n)};
    for (size_t i = 0; i < n; i++) {
        s.twin[i] = SIZE_MAX;
        s.box[i] = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
        if (!is_shape(geom[i])) continue;
        s.box[i] = wijk_geom_box(geom[i]);
        s.m2[i] = wijk_geom_area_m2(geom[i]);
    }
    return s;
}

/* ---- the same points ---- */

struct print {
    uint64_t hash;
    size_t at;
};

static int by_hash(const void *a, const void *b)
{
    const struct print *p = a, *q = b;
    if (p->hash != q->hash) return p->hash < q->hash ? -1 : 1;
    return (p->at > q->at) - (p->at < q->at);
}

static bool same_points(const struct wijk_geom *a, const struct wijk_geom *b)
{
    return a->n_point == b->n_point && a->n_ring == b->n_ring && a->n_poly == b->n_poly &&
           memcmp(a->xy, b->xy, a->n_point * sizeof *a->xy) == 0 &&
           memcmp(a->ring_end, b->ring_end, a->n_ring * sizeof *a->ring_end) == 0 &&
           memcmp(a->poly_end, b->poly_end, a->n_poly * sizeof *a->poly_end) == 0;
}

static uint64_t hash_of(const struct wijk_geom *g)
{
    return is_shape(g) ? wijk_hash64(g->xy, g->n_point * sizeof *g->xy, 0) : 0;
}

static void find_twins(struct wijk_cx *cx, struct side *a, struct side *b)
{
    struct print *p = WIJK_NEW(cx, struct print, b->n);
    for (size_t k = 0; k < b->n; k++) p[k] = (struct print){hash_of(b->geom[k]), k};
    if (b->n) qsort(p, b->n, sizeof *p, by_hash);
    for (size_t i = 0; i < a->n; i++) {
        if (!is_shape(a->geom[i])) continue;
        uint64_t hash = hash_of(a->geom[i]);
        size_t low = 0, high = b->n;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (p[mid].hash < hash)
                low = mid + 1;
            else
                high = mid;
        }
        for (; low < b->n && p[low].hash == hash; low++) {
            size_t k = p[low].at;
            if (b->twin[k] != SIZE_MAX || !is_shape(b->geom[k]) || !same_points(a->geom[i], b->geom[k]))
                continue;
            a->twin[i] = k;
            b->twin[k] = i;
            break;
        }
    }
}

/* ---- near each other ---- */

static void note_near(void *item, void *self)
{
    struct lay *l = self;
    l->near = wijk_grow(l->cx, l->near, l->n_near, &l->cap_near, sizeof *l->near);
    l->near[l->n_near++] = *(size_t *)item;
}

static int by_number(const void *a, const void *b)
{
    const size_t *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* A box as GEOS wants it for its tree: a rectangle, or a line or point for a flat one. */
static GEOSGeometry *rectangle(GEOSContextHandle_t h, struct wijk_box b)
{
    return GEOSGeom_createRectangle_r(h, b.min_x, b.min_y, b.max_x, b.max_y);
}

static bool plant(struct lay *l)
{
    l->tree = GEOSSTRtree_create_r(l->h, 10);
    l->number = WIJK_NEW(l->cx, size_t, l->b.n);
    l->gb = WIJK_NEW(l->cx, GEOSGeometry *, l->b.n);
    for (size_t k = 0; l->tree && k < l->b.n; k++) {
        if (!is_shape(l->b.geom[k])) continue;
        l->number[k] = k;
        GEOSGeometry *box = rectangle(l->h, l->b.box[k]);
        if (!box) return false;
        GEOSSTRtree_insert_r(l->h, l->tree, box, &l->number[k]); /* it keeps the box's numbers only */
        GEOSGeom_destroy_r(l->h, box);
    }
    return l->tree;
}

static bool look_near(struct lay *l, struct wijk_box box)
{
    GEOSGeometry *here = rectangle(l->h, box);
    l->n_near = 0;
    if (!here) return false;
    GEOSSTRtree_query_r(l->h, l->tree, here, note_near, l);
    GEOSGeom_destroy_r(l->h, here);
    if (l->n_near) qsort(l->near, l->n_near, sizeof *l->near, by_number);
    return true;
}

/* ---- the areas ---- */

/* Whole numbers of a tenth of a millimetre when the exact way gets lost in its rounding. */
static GEOSGeometry *common(GEOSContextHandle_t h, const GEOSGeometry *a, const GEOSGeometry *b)
{
    GEOSGeometry *g = GEOSIntersection_r(h, a, b);
    return g ? g : GEOSIntersectionPrec_r(h, a, b, 1e-4);
}

static double common_box_m2(struct wijk_box a, struct wijk_box b)
{
    double w = fmin(a.max_x, b.max_x) - fmax(a.min_x, b.min_x),
           h = fmin(a.max_y, b.max_y) - fmax(a.min_y, b.min_y);
    return w > 0 && h > 0 ? w * h : 0;
}

static void keep(struct lay *l, size_t i, size_t k, double m2)
{
    if (!(m2 > l->min_m2)) return;
    l->found = wijk_grow(l->cx, l->found, l->n_found, &l->cap_found, sizeof *l->found);
    l->found[l->n_found++] = (struct wijk_overlap){(uint32_t)i, (uint32_t)k, m2};
}

/* Two shapes that both have a twin: what they share is what two shapes of one set share. Nothing. */
static bool settled(const struct lay *l, size_t i, size_t k)
{
    return l->a.twin[i] != SIZE_MAX && l->b.twin[k] != SIZE_MAX;
}

static bool one_pair(struct lay *l, const GEOSPreparedGeometry *ready, const GEOSGeometry *ga, size_t i,
                     size_t k)
{
    if (!l->gb[k]) l->gb[k] = wijk__geos_of(l->cx, l->h, l->b.geom[k]);
    if (!l->gb[k]) return false;
    if (GEOSPreparedIntersects_r(l->h, ready, l->gb[k]) == 0) return true;
    if (GEOSPreparedContainsProperly_r(l->h, ready, l->gb[k]) == 1) {
        keep(l, i, k, l->b.m2[k]);
        return true;
    }
    GEOSGeometry *g = common(l->h, ga, l->gb[k]);
    double m2 = 0;
    bool good = g && GEOSArea_r(l->h, g, &m2) == 1;
    if (g) GEOSGeom_destroy_r(l->h, g);
    if (good) keep(l, i, k, fmin(m2, fmin(l->a.m2[i], l->b.m2[k])));
    return good;
}

static bool one_shape(struct lay *l, size_t i)
{
    GEOSGeometry *ga = NULL;
    const GEOSPreparedGeometry *ready = NULL;
    bool good = look_near(l, l->a.box[i]);
    for (size_t c = 0; good && c < l->n_near; c++) {
        size_t k = l->near[c];
        if (l->a.twin[i] == k) {
            keep(l, i, k, l->a.m2[i]);
            continue;
        }
        if (settled(l, i, k) || !(common_box_m2(l->a.box[i], l->b.box[k]) > l->min_m2)) continue;
        if (!ga) ga = wijk__geos_of(l->cx, l->h, l->a.geom[i]);
        if (ga && !ready) ready = GEOSPrepare_r(l->h, ga);
        good = ready && one_pair(l, ready, ga, i, k);
    }
    if (ready) GEOSPreparedGeom_destroy_r(l->h, ready);
    if (ga) GEOSGeom_destroy_r(l->h, ga);
    return good;
}

enum wijk_err wijk_geom_overlay(struct wijk_cx *cx, const struct wijk_geom *const *a, size_t n_a,
                                const struct wijk_geom *const *b, size_t n_b, double min_m2,
                                const struct wijk_overlay **out)
{
    if (n_a > UINT32_MAX || n_b > UINT32_MAX) return wijk_fail(cx, WIJK_ELIMIT, "Er zijn te veel vormen.");
    struct lay l = {.cx = cx,
                    .h = GEOS_init_r(),
                    .a = open_side(cx, a, n_a),
                    .b = open_side(cx, b, n_b),
                    .min_m2 = min_m2 > 0 ? min_m2 : 0};
    find_twins(cx, &l.a, &l.b);
    bool good = plant(&l);
    for (size_t i = 0; good && i < n_a; i++)
        if (is_shape(a[i])) good = one_shape(&l, i);
    for (size_t k = 0; l.gb && k < n_b; k++)
        if (l.gb[k]) GEOSGeom_destroy_r(l.h, l.gb[k]);
    if (l.tree) GEOSSTRtree_destroy_r(l.h, l.tree);
    GEOS_finish_r(l.h);
    if (!good) return wijk_fail(cx, WIJK_EDATA, "Twee vormen zijn niet over elkaar te leggen.");
    struct wijk_overlay *o = WIJK_NEW(cx, struct wijk_overlay, 1);
    *o = (struct wijk_overlay){l.n_found, l.found, l.a.m2, l.b.m2};
    *out = o;
    return WIJK_OK;
}

/* ---- points ---- */

enum wijk_err wijk_geom_locate(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                               const struct wijk_xy *point, size_t n_point, size_t *at)
{
    struct lay l = {.cx = cx, .h = GEOS_init_r(), .b = open_side(cx, geoms, n)};
    bool good = plant(&l);
    for (size_t i = 0; good && i < n_point; i++) {
        at[i] = SIZE_MAX;
        if (!isfinite(point[i].x) || !isfinite(point[i].y)) continue;
        /* a millimetre wide: GEOS's tree is asked with a rectangle, and border points belong to someone */
        good = look_near(&l, (struct wijk_box){point[i].x - 5e-4, point[i].y - 5e-4, point[i].x + 5e-4,
                                               point[i].y + 5e-4});
        for (size_t c = 0; good && c < l.n_near && at[i] == SIZE_MAX; c++)
            if (wijk_geom_contains(geoms[l.near[c]], point[i])) at[i] = l.near[c];
    }
    if (l.tree) GEOSSTRtree_destroy_r(l.h, l.tree);
    GEOS_finish_r(l.h);
    return good ? WIJK_OK : wijk_fail(cx, WIJK_EDATA, "In de vormen is niet te zoeken.");
}
