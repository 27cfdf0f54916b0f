/* SPDX-License-Identifier: EUPL-1.2 */
/* Neighbours by distance: points in the cells of a grid of about two points each; a search looks at the cells
 * around, ring after ring, until no nearer point can lie further out. */
#include "geo/geo.h"

#include <math.h>
#include <string.h>

struct grid {
    const struct wijk_xy *at;
    double min_x, min_y, cell_m;
    size_t across, down;
    size_t *first;   /* across x down + 1 */
    uint32_t *point; /* by cell, then number */
};

enum { CELLS_MAX = 4 << 20 };

static size_t cell_of(const struct grid *g, struct wijk_xy p)
{
    const size_t x = (size_t)((p.x - g->min_x) / g->cell_m), y = (size_t)((p.y - g->min_y) / g->cell_m);
    return (y < g->down ? y : g->down - 1) * g->across + (x < g->across ? x : g->across - 1);
}

static bool known(struct wijk_xy p)
{
    return isfinite(p.x) && isfinite(p.y);
}

/* cell_m: at least this wide. */
static void lay(struct wijk_cx *cx, struct grid *g, const struct wijk_xy *at, size_t n, double cell_m)
{
    double max_x = -INFINITY, max_y = -INFINITY;
    size_t n_known = 0;
    *g = (struct grid){.at = at, .min_x = INFINITY, .min_y = INFINITY, .across = 1, .down = 1, .cell_m = 1};
    for (size_t i = 0; i < n; i++) {
        if (!known(at[i])) continue;
        n_known++;
        g->min_x = fmin(g->min_x, at[i].x), g->min_y = fmin(g->min_y, at[i].y);
        max_x = fmax(max_x, at[i].x), max_y = fmax(max_y, at[i].y);
    }
    if (n_known) {
        const double wide = fmax(max_x - g->min_x, 1), high = fmax(max_y - g->min_y, 1);
        g->cell_m =
            fmax(cell_m, fmax(sqrt(wide / (double)n_known * 2 * high), (wide + high) * 4 / CELLS_MAX));
        g->across = (size_t)(wide / g->cell_m) + 1;
        g->down = (size_t)(high / g->cell_m) + 1;
    }
    const size_t n_cell = g->across * g->down;
    size_t *next = WIJK_NEW(cx, size_t, n_cell + 2);
    for (size_t i = 0; i < n; i++)
        if (known(at[i])) next[cell_of(g, at[i]) + 2]++;
    for (size_t k = 2; k < n_cell + 2; k++) next[k] += next[k - 1];
    g->point = WIJK_NEW(cx, uint32_t, n_known);
    for (size_t i = 0; i < n; i++)
        if (known(at[i])) g->point[next[cell_of(g, at[i]) + 1]++] = (uint32_t)i;
    g->first = next;
}

/* ---- what is found, list after list -------------------------------------------------------------------- */

struct found {
    struct wijk_cx *cx;
    uint32_t *to;
    size_t n, cap, *first;
};

static void keep(struct found *f, uint32_t j)
{
    f->to = wijk_grow(f->cx, f->to, f->n, &f->cap, sizeof *f->to);
    f->to[f->n++] = j;
}

/* Neighbours of one point in increasing order: few, and nearly so. */
static void in_order(uint32_t *v, size_t n)
{
    for (size_t gap = n / 2 + 1; gap; gap = gap > 1 ? gap / 2 : 0)
        for (size_t i = gap; i < n; i++) {
            const uint32_t x = v[i];
            size_t k = i;
            for (; k >= gap && v[k - gap] > x; k -= gap) v[k] = v[k - gap];
            v[k] = x;
        }
}

static enum wijk_err too_many(struct wijk_cx *cx)
{
    return wijk_fail(cx, WIJK_ELIMIT, "Te veel buren: meer dan %d. Neem een kleinere afstand.",
                     WIJK_NEARBY_MAX);
}

static double distance2(struct wijk_xy a, struct wijk_xy b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

static struct found found_new(struct wijk_cx *cx, size_t n)
{
    return (struct found){.cx = cx, .first = WIJK_NEW(cx, size_t, n + 1)};
}

static enum wijk_err found_done(const struct found *f, size_t n, const struct wijk_graph **out)
{
    struct wijk_graph *g = WIJK_NEW(f->cx, struct wijk_graph, 1);
    *g = (struct wijk_graph){n, f->first, f->to};
    *out = g;
    return WIJK_OK;
}

static enum wijk_err too_large(struct wijk_cx *cx, size_t n)
{
    return wijk_fail(cx, WIJK_ELIMIT, "Te veel gebieden: %zu.", n);
}

/* ---- within a radius -------------------------------------------------------------------------------------
 */

enum wijk_err wijk_points_within(struct wijk_cx *cx, const struct wijk_xy *at, size_t n, double radius_m,
                                 const struct wijk_graph **out)
{
    struct grid g;
    struct found f = found_new(cx, n);
    if (!(radius_m > 0) || !isfinite(radius_m))
        return wijk_fail(cx, WIJK_EUSAGE, "De afstand tot buren moet groter zijn dan 0.");
    if (n >= UINT32_MAX) return too_large(cx, n);
    lay(cx, &g, at, n, radius_m);
    for (size_t i = 0; i < n; f.first[++i] = f.n) {
        if (!known(at[i])) continue;
        const size_t cell = cell_of(&g, at[i]), x = cell % g.across, y = cell / g.across;
        for (size_t v = y ? y - 1 : 0; v <= y + 1 && v < g.down; v++)
            for (size_t u = x ? x - 1 : 0; u <= x + 1 && u < g.across; u++)
                for (size_t k = g.first[v * g.across + u]; k < g.first[v * g.across + u + 1]; k++)
                    if (g.point[k] != i && distance2(at[g.point[k]], at[i]) <= radius_m * radius_m)
                        keep(&f, g.point[k]);
        if (f.n > WIJK_NEARBY_MAX) return too_many(cx);
        in_order(f.to + f.first[i], f.n - f.first[i]);
    }
    return found_done(&f, n, out);
}

/* ---- the nearest few
 * --------------------------------------------------------------------------------------- */

struct near {
    double d2;
    uint32_t at;
};
struct nearest { /* the best so far, nearest first */
    size_t k, n;
    struct near *v;
};

static bool nearer(struct near a, struct near b)
{
    return a.d2 < b.d2 || (a.d2 == b.d2 && a.at < b.at);
}

static void offer(struct nearest *best, struct near p)
{
    if (best->n == best->k && !nearer(p, best->v[best->n - 1])) return;
    size_t at = best->n < best->k ? best->n++ : best->n - 1;
    for (; at && nearer(p, best->v[at - 1]); at--) best->v[at] = best->v[at - 1];
    best->v[at] = p;
}

static void look_in(const struct grid *g, size_t x, size_t y, size_t i, struct nearest *best)
{
    for (size_t k = g->first[y * g->across + x]; k < g->first[y * g->across + x + 1]; k++)
        if (g->point[k] != i)
            offer(best, (struct near){distance2(g->at[g->point[k]], g->at[i]), g->point[k]});
}

/* The cells at distance r of cell (x, y), counted in cells. */
static void look_around(const struct grid *g, size_t x, size_t y, size_t r, size_t i, struct nearest *best)
{
    const size_t left = x < r ? 0 : x - r, right = x + r < g->across ? x + r : g->across - 1;
    for (size_t v = y < r ? 0 : y - r; v <= y + r && v < g->down; v++) {
        if (v + r == y || v == y + r) {
            for (size_t u = left; u <= right; u++) look_in(g, u, v, i, best);
            continue;
        }
        if (x >= r) look_in(g, x - r, v, i, best);
        if (x + r < g->across) look_in(g, x + r, v, i, best);
    }
}

enum wijk_err wijk_points_nearest(struct wijk_cx *cx, const struct wijk_xy *at, size_t n, size_t k,
                                  const struct wijk_graph **out)
{
    struct grid g;
    struct found f = found_new(cx, n);
    if (!k) return wijk_fail(cx, WIJK_EUSAGE, "Het aantal buren moet 1 of meer zijn.");
    if (n >= UINT32_MAX) return too_large(cx, n);
    if (k > n) k = n ? n : 1;
    if (n && k > WIJK_NEARBY_MAX / n) return too_many(cx);
    lay(cx, &g, at, n, 0);
    const size_t rings = g.across > g.down ? g.across : g.down;
    struct nearest best = {.k = k, .v = WIJK_NEW(cx, struct near, k)};
    for (size_t i = 0; i < n; f.first[++i] = f.n) {
        if (!known(at[i])) continue;
        const size_t cell = cell_of(&g, at[i]);
        best.n = 0;
        /* After ring r everything nearer than r cells has been seen. */
        for (size_t r = 0; r <= rings; r++) {
            const double seen_m = ((double)r - 1) * g.cell_m;
            if (best.n == k && r && best.v[k - 1].d2 < seen_m * seen_m) break;
            look_around(&g, cell % g.across, cell / g.across, r, i, &best);
        }
        for (size_t m = 0; m < best.n; m++) keep(&f, best.v[m].at);
        in_order(f.to + f.first[i], f.n - f.first[i]);
    }
    return found_done(&f, n, out);
}
