/* SPDX-License-Identifier: EUPL-1.2 */
/* Thinning of borders for the lower zooms (docs/methods/tegels.md): which point is drawn from which zoom on.
 *
 * Rings are taken apart into arcs, the pieces between two junctions. A shared border is one arc, met once
 * from either side; it is thinned in a direction that follows from its own points, so both sides keep the
 * same points and no sliver opens. Within an arc: Douglas and Peucker (1973), nested, so that a point that is
 * drawn at one zoom is drawn at every higher one. */
#include "geo/geo_int.h"

#include <math.h>

/* An arc is thinned in pieces of at most this many points: the work for one point has a ceiling. */
enum { PIECE = 512, STACK = 32, MANY = -1 };

struct node { /* point at, as index + 1; 0: this place of the table is free */
    uint32_t at, one, two;
};
struct net {
    const struct spot *spot;
    struct node *table;
    size_t mask; /* places in the table - 1; 0: too many points, nothing is thinned */
};

static bool same(struct spot a, struct spot b)
{
    return a.x == b.x && a.y == b.y;
}

static bool before(struct spot a, struct spot b)
{
    return a.x < b.x || (a.x == b.x && a.y < b.y);
}

/* ---- the net --------------------------------------------------------------------------------------- */

struct net *wijk__net_new(struct wijk_cx *cx, const struct spot *spot, size_t n)
{
    struct net *net = WIJK_NEW(cx, struct net, 1);
    size_t places = 16;
    *net = (struct net){.spot = spot};
    if (n >= UINT32_MAX / 4) return net;
    while (places < n + n / 4) places *= 2;
    net->table = WIJK_NEW(cx, struct node, places);
    net->mask = places - 1;
    return net;
}

/* The node of a point; a free place when it has none yet. */
static struct node *node_of(const struct net *net, size_t at)
{
    const struct spot p = net->spot[at];
    uint64_t h = ((uint64_t)p.x << 32 | p.y) * 0x9e3779b97f4a7c15u;
    for (size_t k = (h ^ h >> 32) & net->mask;; k = (k + 1) & net->mask) {
        struct node *n = &net->table[k];
        if (!n->at || same(net->spot[n->at - 1], p)) return n;
    }
}

static void link_to(const struct net *net, size_t from, size_t to)
{
    struct node *n = node_of(net, from);
    const uint32_t other = (uint32_t)to + 1;
    if (!n->at) n->at = (uint32_t)from + 1;
    if (same(net->spot[from], net->spot[to]) || n->two == (uint32_t)MANY) return;
    if (!n->one) {
        n->one = other;
    } else if (same(net->spot[n->one - 1], net->spot[to])) {
        return;
    } else if (!n->two) {
        n->two = other;
    } else if (!same(net->spot[n->two - 1], net->spot[to])) {
        n->two = (uint32_t)MANY;
    }
}

void wijk__net_join(struct net *net, size_t first, size_t end)
{
    for (size_t i = first; net->mask && i < end; i++) {
        const size_t next = i + 1 < end ? i + 1 : first;
        link_to(net, i, next);
        link_to(net, next, i);
    }
}

static bool junction(const struct net *net, size_t at)
{
    const struct node *n = node_of(net, at);
    return !n->one || !n->two || n->two == (uint32_t)MANY;
}

/* ---- one arc ----------------------------------------------------------------------------------------- */

struct arc { /* points from, from + 1 .. from + len of a ring of n, going round; walked from either end */
    const struct spot *spot; /* the ring's first */
    size_t n, from, len;
    bool back;
};

static size_t place(const struct arc *a, size_t k)
{
    return (a->from + (a->back ? a->len - k : k)) % a->n;
}

static struct spot point(const struct arc *a, size_t k)
{
    return a->spot[place(a, k)];
}

static void set_out(struct arc *a)
{
    a->back = false;
    size_t i = 0, j = a->len;
    while (i < j && same(point(a, i), point(a, j))) i++, j--;
    a->back = before(point(a, j), point(a, i));
}

/* Square of the distance from p to the stretch a-b, in steps of the world grid. */
static double aside(struct spot p, struct spot a, struct spot b)
{
    const double bx = (double)b.x - a.x, by = (double)b.y - a.y, px = (double)p.x - a.x,
                 py = (double)p.y - a.y;
    const double size = bx * bx + by * by,
                 along = size > 0 ? fmin(fmax((px * bx + py * by) / size, 0), 1) : 0;
    const double dx = px - along * bx, dy = py - along * by;
    return dx * dx + dy * dy;
}

/* The lowest zoom at which a distance is half a pixel or more: half a pixel of zoom z is 2^(22-z) steps. */
static int zoom_of(double square, int max_zoom)
{
    if (!(square >= 1)) return WIJK__NEVER;
    const int e = ilogb(square), z = e >= 44 ? 0 : (44 - e + 1) / 2;
    return z < max_zoom ? z : WIJK__NEVER;
}

struct stretch {
    size_t low, high;
    int rank; /* of the point that made it: no point inside shows earlier */
};

/* Douglas and Peucker between two points that stay. The longer half waits, so few ever do. */
static void thin(const struct arc *a, size_t low, size_t high, int max_zoom, unsigned char *rank)
{
    struct stretch wait[STACK] = {{low, high, 0}};
    for (size_t n = 1; n;) {
        const struct stretch s = wait[--n];
        const struct spot p = point(a, s.low), q = point(a, s.high);
        double most = -1;
        size_t at = s.low;
        for (size_t k = s.low + 1; k < s.high; k++) {
            const double d = aside(point(a, k), p, q);
            if (d > most) most = d, at = k;
        }
        const int zoom = zoom_of(most, max_zoom), own = zoom > s.rank ? zoom : s.rank;
        if (most < 0 || zoom == WIJK__NEVER) continue;
        rank[place(a, at)] = (unsigned char)own;
        const struct stretch left = {s.low, at, own}, right = {at, s.high, own};
        const bool left_long = at - s.low > s.high - at;
        wait[n++] = left_long ? left : right;
        wait[n++] = left_long ? right : left;
    }
}

static void rank_arc(struct arc a, int max_zoom, unsigned char *rank)
{
    set_out(&a);
    rank[place(&a, 0)] = rank[place(&a, a.len)] = 0;
    for (size_t low = 0; low < a.len; low += PIECE) {
        const size_t high = low + PIECE < a.len ? low + PIECE : a.len;
        rank[place(&a, high)] = 0;
        thin(&a, low, high, max_zoom, rank);
    }
}

/* ---- one ring ---------------------------------------------------------------------------------------- */

/* A ring that meets no other line, or the hole it fills: parted at its first point from the west and at the
 * point farthest from there, which both know. */
static void rank_island(const struct spot *spot, size_t n, int max_zoom, unsigned char *rank)
{
    size_t west = 0, far = 0;
    double most = -1;
    for (size_t i = 1; i < n; i++)
        if (before(spot[i], spot[west])) west = i;
    for (size_t i = 0; i < n; i++) {
        const double d = aside(spot[i], spot[west], spot[west]);
        if (d > most || (d >= most && before(spot[i], spot[far]))) most = d, far = i;
    }
    if (most <= 0) return;
    const size_t there = (far + n - west) % n;
    rank_arc((struct arc){spot, n, west, there, false}, max_zoom, rank);
    rank_arc((struct arc){spot, n, far, n - there, false}, max_zoom, rank);
}

void wijk__net_rank(const struct net *net, size_t first, size_t end, int max_zoom, unsigned char *rank)
{
    const struct spot *spot = net->spot + first;
    const size_t n = end - first;
    size_t start = n;
    for (size_t i = 0; i < n; i++) rank[i] = net->mask ? WIJK__NEVER : 0;
    for (size_t i = 0; i < n && start == n && net->mask; i++)
        if (junction(net, first + i)) start = i;
    if (!n || !net->mask) return;
    if (start == n) {
        rank_island(spot, n, max_zoom, rank);
        return;
    }
    for (size_t i = 1, from = start; i <= n; i++) {
        const size_t at = (start + i) % n;
        if (i < n && !junction(net, first + at)) continue;
        rank_arc((struct arc){spot, n, from, (at + n - from - 1) % n + 1, false}, max_zoom, rank);
        from = at;
    }
}
