/* SPDX-License-Identifier: EUPL-1.2 */
/* Neighbours by shared border, without geometry: a shared border is drawn once, so both sides have its very
 * corners. All corners stand in one row of whole millimetres, area after area; the first area that comes to a
 * corner lays it down in a table, who finds it there has met a neighbour.
 *
 *     +----b----+        corner b: laid down by 1, second 2
 *     |  1 | 2  |        corner a: laid down by 1, second 2, areas 3 and 4 stand in a list
 *     +----a----+
 *     |  4 | 3  |        from b, area 2 goes on along the row of area 1, corner after corner: most corners
 *     +----+----+        are met without a look in the table
 *
 * The table has a piece for every block of the map, as long as the block has corners: what lies together on
 * the map lies together in memory. */
#include "geo/geo.h"

#include <math.h>
#include <stdlib.h>

enum { NOT_FIRST = UINT32_MAX, PER_BLOCK = 64 };
static const double MM_MAX = 4e9;

struct crowd { /* a third or later area at a corner */
    uint32_t corner, area;
};
struct meetings {
    struct wijk_cx *cx;
    const struct wijk_geom *const *geoms;
    size_t n;         /* areas */
    uint32_t *first;  /* n + 1: the corners of an area are first[i] up to first[i + 1] */
    uint64_t *mm;     /* corners: x and y in one */
    uint32_t *second; /* corners: area + 1 that came second, 0 none yet; NOT_FIRST: laid down by another */
    uint32_t *table;  /* corner + 1, 0 free; more places than corners */
    size_t places;
    uint32_t *piece;                     /* blocks + 1: where in the table their pieces begin */
    uint32_t west, south, width, height; /* of all, in millimetres */
    int shift;                           /* the side of a block is this power of two */
    size_t wide;                         /* blocks in a row */
    uint32_t (*pair)[2];
    size_t n_pair, cap_pair;
    uint32_t last[2]; /* the last pair: a border is met corner after corner */
    struct crowd *crowd;
    size_t n_crowd, cap_crowd;
};

/* ---- corners and blocks ---- */

static size_t corners_of(const struct wijk_geom *g)
{
    size_t n = 0;
    for (size_t r = 0, from = 0; g && r < g->n_ring; from = g->ring_end[r++])
        if (g->ring_end[r] > from + 1) n += g->ring_end[r] - from - 1; /* the last is the first again */
    return n;
}

/* From the origin, modulo 2^32: nothing lies that far apart. Never below 0, so that cutting off is rounding
 * everywhere; signed on the way, which is one instruction where unsigned takes several. */
static uint32_t millimetres(double metres)
{
    return (uint32_t)(int64_t)(metres * 1000 + (MM_MAX + 0.5));
}

static void lay_out(uint64_t *to, const struct wijk_geom *g, struct wijk_xy origin)
{
    for (size_t r = 0, from = 0; r < g->n_ring; from = g->ring_end[r++])
        for (size_t k = from; k + 1 < g->ring_end[r]; k++)
            *to++ = (uint64_t)millimetres(g->xy[k].x - origin.x) << 32 | millimetres(g->xy[k].y - origin.y);
}

/* The row of corners, and the south-west of all. Each shape is read for its box and laid out while it is
 * near: memory is read once. */
static enum wijk_err lay_out_all(struct meetings *m)
{
    struct wijk_box all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    struct wijk_xy origin = {0, 0};
    for (size_t i = 0; i < m->n; i++) {
        if (m->first[i] == m->first[i + 1]) continue;
        const struct wijk_box box = wijk_geom_box(m->geoms[i]);
        if (all.min_x > all.max_x) origin = (struct wijk_xy){box.min_x, box.min_y};
        all.min_x = fmin(all.min_x, box.min_x), all.min_y = fmin(all.min_y, box.min_y);
        all.max_x = fmax(all.max_x, box.max_x), all.max_y = fmax(all.max_y, box.max_y);
        if ((all.max_x - all.min_x) * 1000 > MM_MAX || (all.max_y - all.min_y) * 1000 > MM_MAX)
            return wijk_fail(m->cx, WIJK_ELIMIT, "De gebieden liggen te ver uit elkaar om buren te zoeken.");
        lay_out(m->mm + m->first[i], m->geoms[i], origin);
    }
    m->west = millimetres(all.min_x - origin.x), m->south = millimetres(all.min_y - origin.y);
    m->width = millimetres(all.max_x - origin.x) - m->west;
    m->height = millimetres(all.max_y - origin.y) - m->south;
    return WIJK_OK;
}

static size_t block_of(const struct meetings *m, uint64_t mm)
{
    return (size_t)(((uint32_t)mm - m->south) >> m->shift) * m->wide +
           (((uint32_t)(mm >> 32) - m->west) >> m->shift);
}

/* Blocks of some PER_BLOCK corners, if these lay evenly, and for each its piece of the table. */
static void part_table(struct meetings *m)
{
    const size_t n_corner = m->first[m->n];
    while ((((size_t)m->width >> m->shift) + 1) * (((size_t)m->height >> m->shift) + 1) >
           n_corner / PER_BLOCK + 1)
        m->shift++;
    m->wide = ((size_t)m->width >> m->shift) + 1;
    const size_t n_block = m->wide * (((size_t)m->height >> m->shift) + 1);
    m->piece = WIJK_NEW(m->cx, uint32_t, n_block + 1);
    for (size_t i = 0, run; i < n_corner; i += run) { /* corner after corner in one block: counted together */
        const size_t block = block_of(m, m->mm[i]);
        for (run = 1; i + run < n_corner && block_of(m, m->mm[i + run]) == block;) run++;
        m->piece[block + 1] += (uint32_t)run;
    }
    for (size_t b = 0; b < n_block; b++) m->piece[b + 1] += m->piece[b];
    m->places = n_corner + 1; /* about half stays free: a corner is laid down once, for two areas or more */
    m->table = WIJK_NEW(m->cx, uint32_t, m->places);
}

/* Where a corner stands, or the free place for it. A full piece runs on into the next. */
static uint32_t *place_of(const struct meetings *m, uint64_t mm)
{
    const uint32_t *piece = m->piece + block_of(m, mm);
    uint64_t h = mm * 0x9e3779b97f4a7c15u;
    h = (h ^ h >> 29) * 0xbf58476d1ce4e5b9u;
    size_t at = piece[0] + (size_t)((h >> 32) * (piece[1] - piece[0]) >> 32);
    while (m->table[at] && m->mm[m->table[at] - 1] != mm) at = at + 1 == m->places ? 0 : at + 1;
    return &m->table[at];
}

static size_t area_of(const struct meetings *m, uint32_t corner)
{
    size_t low = 0, high = m->n; /* first[low] <= corner < first[high] */
    while (high - low > 1) {
        const size_t mid = low + (high - low) / 2;
        if (m->first[mid] <= corner)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* ---- meeting ---- */

static void meet(struct meetings *m, uint32_t a, uint32_t b)
{
    if (a == m->last[0] && b == m->last[1]) return;
    m->last[0] = a;
    m->last[1] = b;
    m->pair = wijk_grow(m->cx, m->pair, m->n_pair, &m->cap_pair, sizeof *m->pair);
    m->pair[m->n_pair][0] = a;
    m->pair[m->n_pair++][1] = b;
}

/* An area comes to a corner that `one` laid down. */
static void arrive(struct meetings *m, uint32_t corner, uint32_t one, uint32_t area)
{
    const uint32_t two = m->second[corner];
    meet(m, one, area);
    if (two == area + 1) return;
    if (!two) {
        m->second[corner] = area + 1;
        return;
    }
    meet(m, two - 1, area);
    m->crowd = wijk_grow(m->cx, m->crowd, m->n_crowd, &m->cap_crowd, sizeof *m->crowd);
    m->crowd[m->n_crowd++] = (struct crowd){corner, area};
}

/* Neighbours mostly run around the same way, so along a border they go against one another: the next
 * corner is looked for one back in the other's row, and one on when that turned out to be the way. */
static void walk(struct meetings *m, uint32_t area)
{
    uint32_t one = area, next = 0, step = UINT32_MAX; /* one == area: along nobody's row */
    for (uint32_t i = m->first[area]; i < m->first[area + 1]; i++) {
        if (one != area && next >= m->first[one] && next < m->first[one + 1] && m->mm[next] == m->mm[i] &&
            m->second[next] != NOT_FIRST) {
            m->second[i] = NOT_FIRST;
            arrive(m, next, one, area);
            next += step;
            continue;
        }
        uint32_t *place = place_of(m, m->mm[i]);
        if (!*place) {
            *place = i + 1;
            one = area;
            continue;
        }
        const uint32_t corner = *place - 1, before = next - step;
        const bool along = one != area && corner >= m->first[one] && corner < m->first[one + 1];
        m->second[i] = NOT_FIRST;
        if (!along) one = (uint32_t)area_of(m, corner);
        if (one == area) continue;
        arrive(m, corner, one, area);
        step = along && corner == before + 1 ? 1 : UINT32_MAX;
        next = corner + step;
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
            meet(m, m->crowd[i].area, m->crowd[k].area);
}

enum wijk_err wijk_geom_contiguity(struct wijk_cx *cx, const struct wijk_geom *const *geoms, size_t n,
                                   const struct wijk_graph **out)
{
    struct meetings m = {.cx = cx, .geoms = geoms, .n = n, .last = {UINT32_MAX, UINT32_MAX}};
    size_t n_corner = 0;
    if (n >= UINT32_MAX) return wijk_fail(cx, WIJK_ELIMIT, "Te veel gebieden: %zu.", n);
    m.first = WIJK_NEW(cx, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        n_corner += corners_of(geoms[i]);
        if (n_corner >= UINT32_MAX) return wijk_fail(cx, WIJK_ELIMIT, "Te veel gebieden: %zu.", n);
        m.first[i + 1] = (uint32_t)n_corner;
    }
    m.mm = WIJK_NEW(cx, uint64_t, n_corner);
    m.second = WIJK_NEW(cx, uint32_t, n_corner);
    WIJK_TRY(lay_out_all(&m));
    if (n_corner) part_table(&m);
    for (size_t i = 0; i < n; i++) walk(&m, (uint32_t)i);
    meet_crowds(&m);
    return wijk_graph_of(cx, n, (const uint32_t(*)[2])m.pair, m.n_pair, out);
}
