/* SPDX-License-Identifier: EUPL-1.2 */
/* Where alike figures lie together: neighbours, local Moran and Gi*, and whether chance would do the same.
 * docs/methods/clusters.md */
#include "measure/measure.h"

#include <math.h>
#include <string.h>

enum { NEAREST_K = 6, SHUFFLES = 999, DRAWS_LEAST = 999 };
static const double RADIUS_M = 1000, DISCOVERY = 0.05;

/* ---- words ------------------------------------------------------------------------------------------------
 */

static const char *const NEAR_ID[] = {
#define X(name, id, text) id,
    WIJK_NEARS(X)
#undef X
};
static const char *const NEAR_TEXT[] = {
#define X(name, id, text) text,
    WIJK_NEARS(X)
#undef X
};
static const char *const CLUSTER_ID[] = {
#define X(name, id, text) id,
    WIJK_CLUSTERS(X)
#undef X
};
static const char *const CLUSTER_TEXT[] = {
#define X(name, id, text) text,
    WIJK_CLUSTERS(X)
#undef X
};

const char *wijk_near_id(enum wijk_near near)
{
    return NEAR_ID[near];
}

const char *wijk_near_text(enum wijk_near near)
{
    return NEAR_TEXT[near];
}

bool wijk_near_parse(struct wijk_str id, enum wijk_near *out)
{
    for (unsigned k = 0; k < WIJK_NEAR_COUNT; k++)
        if (wijk_str_eq(id, wijk_str(NEAR_ID[k]))) {
            *out = (enum wijk_near)k;
            return true;
        }
    return false;
}

const char *wijk_cluster_id(enum wijk_cluster c)
{
    return CLUSTER_ID[c];
}

const char *wijk_cluster_text(enum wijk_cluster c)
{
    return CLUSTER_TEXT[c];
}

/* ---- neighbours -------------------------------------------------------------------------------------------
 */

enum wijk_err wijk_neighbours_of(struct wijk_cx *cx, const struct wijk_areas *areas, struct wijk_near_opt opt,
                                 const struct wijk_graph **out)
{
    if (opt.how == WIJK_NEAR_BORDER) {
        const struct wijk_geom **geoms = WIJK_NEW(cx, const struct wijk_geom *, areas->n);
        for (size_t i = 0; i < areas->n; i++) geoms[i] = areas->v[i].geom;
        return wijk_geom_contiguity(cx, geoms, areas->n, out);
    }
    struct wijk_xy *at = WIJK_NEW(cx, struct wijk_xy, areas->n);
    for (size_t i = 0; i < areas->n; i++) {
        const struct wijk_geom *g = areas->v[i].geom;
        at[i] = (struct wijk_xy){NAN, NAN};
        if (g && g->n_point) WIJK_TRY(wijk_geom_label_point(cx, g, &at[i]));
    }
    if (opt.how == WIJK_NEAR_NEAREST)
        return wijk_points_nearest(cx, at, areas->n, opt.k ? opt.k : NEAREST_K, out);
    return wijk_points_within(cx, at, areas->n, opt.radius_m != 0 ? opt.radius_m : RADIUS_M, out);
}

/* ---- clusters ---------------------------------------------------------------------------------------------
 */

/* The areas with a figure, in their order. */
struct used {
    size_t n, *at;
    double *v, *by;
    const struct wijk_graph *near;
};

static enum wijk_lack lack_of(const struct wijk_cluster_in *in, size_t i)
{
    if (in->lack && in->lack[i]) return in->lack[i];
    if (in->by && in->by_lack && in->by_lack[i]) return in->by_lack[i];
    return isfinite(in->value[i]) && (!in->by || isfinite(in->by[i])) ? WIJK_LACK_NONE : WIJK_LACK_NO_VALUE;
}

static struct wijk_clusters *empty(struct wijk_cx *cx, const struct wijk_cluster_in *in)
{
    struct wijk_clusters *c = WIJK_NEW(cx, struct wijk_clusters, 1);
    *c = (struct wijk_clusters){.n = in->n,
                                .discovery = in->discovery > 0 ? in->discovery : DISCOVERY,
                                .mean = NAN,
                                .mean_by = NAN,
                                .lack = WIJK_NEW(cx, uint8_t, in->n),
                                .kind = WIJK_NEW(cx, uint8_t, in->n),
                                .n_near = WIJK_NEW(cx, uint32_t, in->n),
                                .all = {NAN, NAN, NAN, NAN, NAN, 0}};
    double **const column[] = {&c->lag, &c->local, &c->star, &c->p, &c->q};
    for (size_t k = 0; k < sizeof column / sizeof *column; k++) {
        *column[k] = WIJK_NEW(cx, double, in->n);
        for (size_t i = 0; i < in->n; i++) (*column[k])[i] = NAN;
    }
    for (size_t i = 0; i < in->n; i++) {
        c->lack[i] = (uint8_t)lack_of(in, i);
        c->n_used += !c->lack[i];
    }
    return c;
}

static struct used gather(struct wijk_cx *cx, const struct wijk_cluster_in *in, const struct wijk_clusters *c)
{
    struct used u = {.at = WIJK_NEW(cx, size_t, c->n_used), .v = WIJK_NEW(cx, double, c->n_used)};
    bool *keep = WIJK_NEW(cx, bool, in->n);
    u.by = in->by ? WIJK_NEW(cx, double, c->n_used) : NULL;
    for (size_t i = 0; i < in->n; i++) {
        if (c->lack[i]) continue;
        keep[i] = true;
        u.at[u.n] = i;
        if (in->by) u.by[u.n] = in->by[i];
        u.v[u.n++] = in->value[i];
    }
    u.near = wijk_graph_among(cx, in->near, keep);
    return u;
}

static bool varies(const double *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (v[i] != v[0]) return true;
    return false;
}

static void all_lack(struct wijk_clusters *c, enum wijk_lack lack)
{
    for (size_t i = 0; i < c->n; i++)
        if (!c->lack[i]) c->lack[i] = (uint8_t)lack;
    c->n_kind[WIJK_CLUSTER_NONE] = c->n;
}

/* How many draws there is room for. */
static size_t draws_for(const struct used *u, size_t asked, size_t *most)
{
    *most = 1;
    for (size_t i = 0; i < u->n; i++)
        if (wijk_graph_degree(u->near, i) > *most) *most = wijk_graph_degree(u->near, i);
    const size_t room = WIJK_DRAWS_ROOM / (*most + 1);
    if (!asked) asked = WIJK_DRAWS_DEFAULT;
    return asked < room ? asked : room > DRAWS_LEAST ? room : DRAWS_LEAST;
}

/* v less the mean, 0 where that is only rounding. */
static double above(double v, double mean)
{
    return fabs(v - mean) <= 1e-12 * fmax(fabs(v), fabs(mean)) ? 0 : v - mean;
}

static void tell(struct wijk_clusters *c, const struct used *u, size_t k)
{
    const size_t i = u->at[k];
    const double own = above(u->v[k], c->mean), around = above(c->lag[i], c->mean_by);
    if (c->q[i] <= c->discovery && own != 0 && around != 0)
        c->kind[i] = (uint8_t)(own > 0 ? (around > 0 ? WIJK_CLUSTER_HIGH_HIGH : WIJK_CLUSTER_HIGH_LOW)
                                       : (around > 0 ? WIJK_CLUSTER_LOW_HIGH : WIJK_CLUSTER_LOW_LOW));
}

static enum wijk_err test_each(struct wijk_cx *cx, const struct wijk_cluster_in *in, struct wijk_clusters *c,
                               const struct used *u)
{
    const size_t n = u->n;
    const double *around = u->by ? u->by : u->v;
    double *lag = WIJK_NEW(cx, double, n), *local = WIJK_NEW(cx, double, n), *star = WIJK_NEW(cx, double, n);
    uint32_t *ge = WIJK_NEW(cx, uint32_t, n), *le = WIJK_NEW(cx, uint32_t, n);
    const struct wijk_draws *draws;
    size_t most;
    c->n_draw = draws_for(u, in->n_draw, &most);
    WIJK_TRY(wijk_draws_new(cx, n, most, c->n_draw, in->seed, &draws));
    WIJK_TRY(wijk_ranks(cx, draws, u->near, around, ge, le));
    wijk_graph_lag(u->near, around, lag);
    wijk_moran_local(u->near, u->v, u->by, local);
    if (!u->by) wijk_getis_ord(u->near, u->v, star);
    for (size_t k = 0; k < n; k++) {
        const size_t i = u->at[k];
        c->n_near[i] = (uint32_t)wijk_graph_degree(u->near, k);
        c->lag[i] = lag[k];
        c->local[i] = local[k];
        if (!u->by) c->star[i] = star[k];
        if (!c->n_near[i])
            c->lack[i] = WIJK_LACK_NO_NEIGHBOURS;
        else
            c->p[i] = above(u->v[k], c->mean) == 0 ? 1 : wijk_rank_p(ge[k], le[k], c->n_draw);
    }
    wijk_false_discovery(cx, c->p, c->n, c->q);
    for (size_t k = 0; k < n; k++) tell(c, u, k);
    return WIJK_OK;
}

enum wijk_err wijk_clusters_of(struct wijk_cx *cx, const struct wijk_cluster_in *in,
                               const struct wijk_clusters **out)
{
    if (in->near->n != in->n)
        return wijk_fail(cx, WIJK_ESHAPE, "De buren zijn van %zu gebieden, de cijfers van %zu.", in->near->n,
                         in->n);
    struct wijk_clusters *c = empty(cx, in);
    *out = c;
    const struct used u = gather(cx, in, c);
    if (u.n < WIJK_CLUSTER_AREAS_MIN) {
        all_lack(c, WIJK_LACK_FEW_AREAS);
        return WIJK_OK;
    }
    c->mean = wijk_sum(u.v, u.n) / (double)u.n;
    c->mean_by = u.by ? wijk_sum(u.by, u.n) / (double)u.n : c->mean;
    if (!varies(u.v, u.n) || (u.by && !varies(u.by, u.n))) {
        all_lack(c, WIJK_LACK_NO_VARIATION);
        return WIJK_OK;
    }
    const struct wijk_moran_in whole = {u.near, u.v, u.by, in->n_shuffle ? in->n_shuffle : SHUFFLES,
                                        in->seed};
    WIJK_TRY(wijk_moran_global(cx, &whole, &c->all));
    WIJK_TRY(test_each(cx, in, c, &u));
    for (size_t i = 0; i < c->n; i++) c->n_kind[c->kind[i]]++;
    return WIJK_OK;
}
