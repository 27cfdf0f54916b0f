/* SPDX-License-Identifier: EUPL-1.2 */
/* Neighbours by shared border, without geometry: a shared border is drawn once, so both sides have its very
 * corners. Each corner is looked up in one table of whole millimetres; who finds it taken has met a
 * neighbour.
 *
 *     +----b----+        corner b: areas 1 and 2                 one = 1, two = 2
 *     |  1 | 2  |        corner a: areas 1, 2, 3 and perhaps 4   the third and later stand in a list */
#include "geo/geo.h"

#include <math.h>
#include <stdlib.h>

struct corner { /* one, two: area + 1; 0 none yet */
    uint64_t mm;
    uint32_t one, two;
};
struct crowd { /* a third or later area at a corner */
    size_t corner;
    uint32_t area;
};
struct meetings {
    struct wijk_cx *cx;
    struct corner *table;
    size_t mask;
    double min_x, min_y;
    uint32_t (*pair)[2];
    size_t n_pair, cap_pair;
    uint32_t last[2]; /* the last pair: a border is met corner after corner */
    struct crowd *crowd;
    size_t n_crowd, cap_crowd;
};

enum { AHEAD = 16 }; /* corners asked for from memory before the first of them is looked at */
static const double MM_MAX = 4e9;

static void meet(struct meetings *m, uint32_t a, uint32_t b)
{
    if (a == m->last[0] && b == m->last[1]) return;
    m->last[0] = a;
    m->last[1] = b;
    m->pair = wijk_grow(m->cx, m->pair, m->n_pair, &m->cap_pair, sizeof *m->pair);
    m->pair[m->n_pair][0] = a;
    m->pair[m->n_pair++][1] = b;
}

static uint64_t millimetres(const struct meetings *m, struct wijk_xy p)
{
    return (uint64_t)((p.x - m->min_x) * 1000 + 0.5) << 32 | (uint64_t)((p.y - m->min_y) * 1000 + 0.5);
}

static size_t first_place(const struct meetings *m, uint64_t mm)
{
    const uint64_t h = mm * 0x9e3779b97f4a7c15u;
    return (h ^ h >> 29) * 0xbf58476d1ce4e5b9u >> 20 & m->mask;
}

/* Area number + 1 comes to a corner. */
static void arrive(struct meetings *m, uint64_t mm, size_t place, uint32_t area)
{
    struct corner *c = &m->table[place];
    while (c->one && c->mm != mm) c = &m->table[place = (place + 1) & m->mask];
    if (!c->one) {
        *c = (struct corner){mm, area, 0};
        return;
    }
    if (c->one == area || c->two == area) return;
    meet(m, c->one - 1, area - 1);
    if (!c->two) {
        c->two = area;
        return;
    }
    meet(m, c->two - 1, area - 1);
    m->crowd = wijk_grow(m->cx, m->crowd, m->n_crowd, &m->cap_crowd, sizeof *m->crowd);
    m->crowd[m->n_crowd++] = (struct crowd){place, area};
}

static void walk(struct meetings *m, const struct wijk_xy *p, size_t n, uint32_t area)
{
    uint64_t mm[AHEAD];
    size_t place[AHEAD];
    for (size_t at = 0; at < n; at += AHEAD) {
        const size_t some = n - at < AHEAD ? n - at : AHEAD;
        for (size_t i = 0; i < some; i++) {
            mm[i] = millimetres(m, p[at + i]);
            place[i] = first_place(m, mm[i]);
            __builtin_prefetch(&m->table[place[i]], 1);
        }
        for (size_t i = 0; i < some; i++) arrive(m, mm[i], place[i], area);
    }
}

static int by_corner(const void *a, const void *b)
{
    const struct crowd *x = a, *y = b;
    if (x->corner != y->corner) return x->corner < y->corner ? -1 : 1;
    return (x->area > y->area) - (x->area < y->area);
}

/* The third and later areas at one corner have met the first two, not yet one another. */
static void meet_crowds(struct meetings *m)
{
    if (m->n_crowd) qsort(m->crowd, m->n_crowd, sizeof *m->crowd, by_corner);
    for (size_t i = 0; i < m->n_crowd; i++)
        for (size_t k = i + 1; k < m->n_crowd && m->crowd[k].corner == m->crowd[i].corner; k++)
            meet(m, m->crowd[i].area - 1, m->crowd[k].area - 1);
}

enum wijk_err wijk_geom_contiguity(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                                   const struct wijk_graph **out)
{
    struct meetings m = {.cx = cx, .min_x = INFINITY, .min_y = INFINITY, .last = {UINT32_MAX, UINT32_MAX}};
    double max_x = -INFINITY, max_y = -INFINITY;
    size_t n_point = 0, places = 16;
    for (size_t i = 0; i < n; i++) {
        if (!geoms[i] || !geoms[i]->n_point) continue;
        const struct wijk_box box = wijk_geom_box(geoms[i]);
        m.min_x = fmin(m.min_x, box.min_x), m.min_y = fmin(m.min_y, box.min_y);
        max_x = fmax(max_x, box.max_x), max_y = fmax(max_y, box.max_y);
        n_point += geoms[i]->n_point;
    }
    if (n >= UINT32_MAX ||
        (n_point && ((max_x - m.min_x) * 1000 > MM_MAX || (max_y - m.min_y) * 1000 > MM_MAX)))
        return wijk_fail(cx, WIJK_ELIMIT, "De gebieden liggen te ver uit elkaar om buren te zoeken.");
    while (places < n_point + n_point / 4) places *= 2;
    m.table = WIJK_NEW(cx, struct corner, places);
    m.mask = places - 1;
    for (size_t i = 0; i < n; i++) {
        const struct wijk_geom *g = geoms[i];
        for (size_t r = 0, from = 0; g && r < g->n_ring; from = g->ring_end[r++])
            if (g->ring_end[r] > from + 1) /* the last point is the first again */
                walk(&m, g->xy + from, g->ring_end[r] - from - 1, (uint32_t)i + 1);
    }
    meet_crowds(&m);
    return wijk_graph_of(cx, n, (const uint32_t(*)[2])m.pair, m.n_pair, out);
}
