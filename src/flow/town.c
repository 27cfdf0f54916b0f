/* SPDX-License-Identifier: EUPL-1.2 */
/* Draws the town. Seeds on two banks of a river are relaxed towards the weighted middle of their own cell
 * (Lloyd 1982), the Voronoi cells of the nearest become buurten, and each shared edge is made rough once and
 * used by both sides, so that no sliver opens. The edges between the banks follow a smooth line: that chain
 * is the river. Drawing units are 10 m.
 */
#include "flow/town.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GHOSTS = 70, /* seeds that only shape the outline */
    SEEDS = TOWN_BUURTEN + GHOSTS,
    CORNERS = 24, /* most corners of one cell */
    NODES = SEEDS * CORNERS,
    EDGES = TOWN_BUURTEN * CORNERS,
    ARC_POINTS = 160,
    RELAX_ROUNDS = 14,
    RELAX_STEP = 11,
    NAMES_MOST = 12 /* a wijk and its buurten, NULL behind the last */
};
static const double WIDTH = 1000.0, HEIGHT = 720.0, METRES = 10.0;
static const struct wijk_xy CENTRE = {470.0, 350.0};
static const struct wijk_xy ORIGIN = {141000.0,
                                      515000.0}; /* north-west corner in RD: open water of the Markermeer */

/* One line per wijk, in the order in which the wijken are seeded; buurten from west to east. */
static const char *const PLACES[TOWN_WIJKEN][NAMES_MOST] = {
    {"Binnenstad", "Kaardebol", "Raamveld", "Gasthuishof", "Wolstraat", "Markt", "Korenbrug", "Nieuwpoort",
     "Vismarkt", "Kloostertuin", "Waaghuis"},
    {"Buitenlinde", "Buitenhof", "Landweer", "Hoeve", "Polderzicht", "Wilgenweg", "Knotpad", "Ganzenveld"},
    {"Steenoven", "Ringoven", "Tichelwerk", "Pannenhof", "Kleiput", "Leemkuil", "Vormerij", "Rode Dak"},
    {"Zandhoek", "Zandpad", "Duinhof", "Heideroos", "Stuifzand", "Bremveld", "Esweg", "Berkenzoom", "Brink"},
    {"Akkerzoom", "Schaapsdrift", "Weidemolen", "Korenveld", "Boekweit", "Haverkamp"},
    {"De Gaarden", "Appelgaard", "Perengaard", "Pruimengaard", "Kersengaard", "Bessengaard", "Notengaard",
     "Moerbeigaard", "Kweekgaard"},
    {"Havenkwartier", "Kade-West", "Scheepswerf", "Touwbaan", "Loodsen", "Kade-Oost", "Kraanplein",
     "Zeilmakerij", "Sluishoek"},
    {"Molenbroek", "Broekzijde", "Molenwiek", "Korenmolen", "Wiekslag", "Maalderij", "Waterkant",
     "Meelstraat", "Zakkendrager"},
    {"Vogelhof", "Reigerplas", "Merelhof", "Lijsterhof", "Zwaluwnest", "Kievitweide", "Karekiet", "IJsvogel",
     "Wielewaal"},
    {"Weversveen", "Haspel", "Spinnewiel", "Bleekveld", "Spoelhof", "Weefgetouw", "Spoelerij", "Raampad",
     "Vlasakker", "Garenhof"},
    {"Oosterweide", "Klaverveld", "Hooiland", "Rietweide", "Grasdijk", "Dotterbloem", "Boterbloem", "Zuring",
     "Slootkant"},
    {"Overwaard", "Veerhuis", "Uiterdijk", "Dijkgraaf", "Pontstraat", "Waardhof", "Zomerkade", "Baken",
     "Griend"},
    {"Lindenpark", "Eikenrode", "Bladhof", "Parkrand", "Vijverhof", "Beukenhorst", "Lindelaan", "Prieel",
     "Laantje"},
    {"Stationsveld", "Perron", "Goederenhof", "Seinhuis", "Spoordijk", "Kerkpad", "Pastorie", "Wissel",
     "Remise", "Kolenpark"},
};

struct cell {
    size_t n;
    struct wijk_xy p[CORNERS * 2];
    size_t node[CORNERS]; /* the corners once neighbours share them */
};
struct edge {
    size_t a, b; /* nodes, a < b */
    size_t n_owner, owner[2];
    bool wet; /* between the banks */
    size_t n;
    struct wijk_xy line[ARC_POINTS]; /* from a to b */
};
struct draft {
    uint64_t seed;
    struct wijk_rng rng;
    struct wijk_xy at[SEEDS];
    struct cell cell[SEEDS];
    size_t n_node;
    struct wijk_xy node[NODES];
    size_t n_edge;
    struct edge edge[EDGES];
    int bank[TOWN_BUURTEN];
    size_t wijk[TOWN_BUURTEN];
    bool near[TOWN_BUURTEN][TOWN_BUURTEN];
    size_t n_chain, chain[EDGES]; /* nodes along the river */
};

static double apart(struct wijk_xy a, struct wijk_xy b)
{
    double dx = a.x - b.x, dy = a.y - b.y;
    return sqrt(dx * dx + dy * dy);
}

/* The middle of the river as height over the map's width. */
static double river_y(double x)
{
    return 395 + 62 * sin(x / 150.0 + 0.4) + 22 * sin(x / 61.0) - 0.05 * x;
}

static int bank_of(struct wijk_xy p)
{
    return p.y < river_y(p.x) ? 0 : 1;
}

static double density(struct wijk_xy p)
{
    double dx = (p.x - CENTRE.x) / 1.25, dy = p.y - CENTRE.y;
    return 0.10 + exp(-(dx * dx + dy * dy) / (175.0 * 175.0));
}

/* ---- seeds ---- */

static void scatter(struct draft *d)
{
    size_t n = 0;
    while (n < SEEDS) {
        struct wijk_xy p = {-60 + (WIDTH + 120) * wijk_rng_uniform(&d->rng),
                            -60 + (HEIGHT + 120) * wijk_rng_uniform(&d->rng)};
        bool free_place = wijk_rng_uniform(&d->rng) < density(p);
        for (size_t i = 0; free_place && i < n; i++) free_place = apart(p, d->at[i]) > 22;
        if (free_place) d->at[n++] = p;
    }
}

static void relax(struct draft *d)
{
    for (int round = 0; round < RELAX_ROUNDS; round++) {
        double x[SEEDS] = {0}, y[SEEDS] = {0}, w[SEEDS] = {0};
        int bank[SEEDS];
        for (size_t i = 0; i < SEEDS; i++) bank[i] = bank_of(d->at[i]);
        for (int gx = -60; gx < (int)WIDTH + 60; gx += RELAX_STEP) {
            for (int gy = -60; gy < (int)HEIGHT + 60; gy += RELAX_STEP) {
                struct wijk_xy p = {gx, gy};
                int side = bank_of(p);
                size_t best = SIZE_MAX;
                for (size_t i = 0; i < SEEDS; i++)
                    if (bank[i] == side && (best == SIZE_MAX || apart(p, d->at[i]) < apart(p, d->at[best])))
                        best = i;
                double weight = density(p);
                x[best] += weight * p.x;
                y[best] += weight * p.y;
                w[best] += weight;
            }
        }
        for (size_t i = 0; i < SEEDS; i++)
            if (w[i] > 0) d->at[i] = (struct wijk_xy){x[i] / w[i], y[i] / w[i]};
    }
}

/* A lopsided distance from the centre: lobes make a believable outline. */
static double outward(struct wijk_xy p)
{
    double a = atan2(p.y - CENTRE.y, p.x - CENTRE.x);
    double dx = (p.x - CENTRE.x) / 1.35, dy = p.y - CENTRE.y;
    return sqrt(dx * dx + dy * dy) / (1 + 0.12 * sin(3 * a + 1) + 0.07 * sin(5 * a));
}

static int by_outward(const void *a, const void *b)
{
    double da = outward(*(const struct wijk_xy *)a), db = outward(*(const struct wijk_xy *)b);
    return (da > db) - (da < db);
}

/* ---- cells ---- */

static void cut(struct cell *c, struct wijk_xy s, struct wijk_xy t)
{
    struct wijk_xy mid = {(s.x + t.x) / 2, (s.y + t.y) / 2}, normal = {t.x - s.x, t.y - s.y},
                   out[CORNERS * 2];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        struct wijk_xy a = c->p[i], b = c->p[(i + 1) % c->n];
        double da = (a.x - mid.x) * normal.x + (a.y - mid.y) * normal.y;
        double db = (b.x - mid.x) * normal.x + (b.y - mid.y) * normal.y;
        if (da <= 0) out[n++] = a;
        if ((da < 0 && db > 0) || (db < 0 && da > 0)) {
            double k = da / (da - db);
            out[n++] = (struct wijk_xy){a.x + k * (b.x - a.x), a.y + k * (b.y - a.y)};
        }
        assert(n <= CORNERS);
    }
    memcpy(c->p, out, n * sizeof *out);
    c->n = n;
}

/* The Voronoi cell of a seed: a box cut by one half plane per other seed. */
static void make_cell(struct draft *d, size_t i)
{
    struct cell *c = &d->cell[i];
    c->n = 4;
    c->p[0] = (struct wijk_xy){-400, -400};
    c->p[1] = (struct wijk_xy){WIDTH + 400, -400};
    c->p[2] = (struct wijk_xy){WIDTH + 400, HEIGHT + 400};
    c->p[3] = (struct wijk_xy){-400, HEIGHT + 400};
    for (size_t j = 0; j < SEEDS; j++)
        if (j != i) cut(c, d->at[i], d->at[j]);
}

/* Corners closer than 7 units become one node, so that cells share nodes and short edges vanish. */
static void merge_corners(struct draft *d)
{
    for (size_t i = 0; i < SEEDS; i++) {
        struct cell *c = &d->cell[i];
        size_t n = 0;
        for (size_t k = 0; k < c->n; k++) {
            size_t node = 0;
            while (node < d->n_node && apart(d->node[node], c->p[k]) >= 7.0) node++;
            if (node == d->n_node) {
                assert(d->n_node < NODES);
                d->node[d->n_node++] = c->p[k];
            }
            bool seen = false;
            for (size_t m = 0; m < n; m++) seen = seen || c->node[m] == node;
            if (!seen) c->node[n++] = node;
        }
        c->n = n;
    }
}

/* ---- edges ---- */

static struct edge *edge_between(struct draft *d, size_t a, size_t b)
{
    size_t low = a < b ? a : b, high = a < b ? b : a;
    for (size_t k = 0; k < d->n_edge; k++)
        if (d->edge[k].a == low && d->edge[k].b == high) return &d->edge[k];
    assert(d->n_edge < EDGES);
    d->edge[d->n_edge] = (struct edge){.a = low, .b = high};
    return &d->edge[d->n_edge++];
}

static void collect_edges(struct draft *d)
{
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        const struct cell *c = &d->cell[i];
        for (size_t k = 0; k < c->n; k++) {
            struct edge *e = edge_between(d, c->node[k], c->node[(k + 1) % c->n]);
            if (e->n_owner < 2) e->owner[e->n_owner++] = i;
        }
    }
    for (size_t k = 0; k < d->n_edge; k++) {
        struct edge *e = &d->edge[k];
        if (e->n_owner < 2) continue;
        d->near[e->owner[0]][e->owner[1]] = d->near[e->owner[1]][e->owner[0]] = true;
        e->wet = d->bank[e->owner[0]] != d->bank[e->owner[1]];
    }
}

/* The longest chain of nodes that the wet edges make. */
static void follow_river(struct draft *d)
{
    size_t path[EDGES];
    for (size_t start = 0; start < d->n_node; start++) {
        size_t n = 0, here = start;
        for (;;) {
            path[n++] = here;
            size_t next = SIZE_MAX;
            for (size_t k = 0; k < d->n_edge && n < EDGES; k++) {
                const struct edge *e = &d->edge[k];
                if (!e->wet || (e->a != here && e->b != here)) continue;
                size_t other = e->a == here ? e->b : e->a;
                bool visited = false;
                for (size_t m = 0; m < n; m++) visited = visited || path[m] == other;
                if (!visited && next == SIZE_MAX) next = other;
            }
            if (next == SIZE_MAX) break;
            here = next;
        }
        if (n > d->n_chain) {
            d->n_chain = n;
            memcpy(d->chain, path, n * sizeof *path);
        }
    }
    if (d->node[d->chain[0]].x > d->node[d->chain[d->n_chain - 1]].x)
        for (size_t k = 0; k < d->n_chain / 2; k++) {
            size_t swap = d->chain[k];
            d->chain[k] = d->chain[d->n_chain - 1 - k];
            d->chain[d->n_chain - 1 - k] = swap;
        }
}

/* Where two corners of the cells lie close together the river would make a jerk: each node moves towards the
 * middle of its neighbours along the chain. Cells share their nodes, so the town stays whole. */
static void straighten_river(struct draft *d)
{
    enum { ROUNDS = 3 };
    for (int round = 0; round < ROUNDS; round++) {
        struct wijk_xy before = d->node[d->chain[0]];
        for (size_t k = 1; k + 1 < d->n_chain; k++) {
            struct wijk_xy *p = &d->node[d->chain[k]], after = d->node[d->chain[k + 1]], was = *p;
            p->x += 0.5 * ((before.x + after.x) / 2 - p->x);
            p->y += 0.5 * ((before.y + after.y) / 2 - p->y);
            before = was;
        }
    }
}

/* Midpoint displacement between the ends of an edge, with a chance of its own, so both owners get the same
 * line. */
static void roughen(struct draft *d, struct edge *e)
{
    struct wijk_rng rng = wijk_rng(d->seed * 7919 + e->a * 1009 + e->b);
    double amount = e->n_owner == 1 ? 0.17 : 0.11;
    e->n = 2;
    e->line[0] = d->node[e->a];
    e->line[1] = d->node[e->b];
    while (apart(e->line[0], e->line[1]) > 9 && e->n * 2 <= ARC_POINTS) {
        for (size_t k = e->n; k-- > 1;) e->line[2 * k] = e->line[k];
        for (size_t k = 0; k + 1 < e->n; k++) {
            struct wijk_xy p = e->line[2 * k], q = e->line[2 * k + 2];
            double off = -amount + 2 * amount * wijk_rng_uniform(&rng);
            e->line[2 * k + 1] =
                (struct wijk_xy){(p.x + q.x) / 2 - off * (q.y - p.y), (p.y + q.y) / 2 + off * (q.x - p.x)};
        }
        e->n = 2 * e->n - 1;
    }
}

static double catmull_rom(double a, double b, double c, double e, double t)
{
    return 0.5 *
           (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - e) * t * t + (3 * b - a - 3 * c + e) * t * t * t);
}

static void smooth_river(struct draft *d)
{
    enum { PIECES = 9 };
    for (size_t k = 0; k + 1 < d->n_chain; k++) {
        struct wijk_xy p[4];
        for (size_t m = 0; m < 4; m++) {
            size_t at = k + m == 0 ? 0 : k + m - 1;
            p[m] = d->node[d->chain[at < d->n_chain ? at : d->n_chain - 1]];
        }
        struct edge *e = edge_between(d, d->chain[k], d->chain[k + 1]);
        e->n = PIECES + 1;
        for (size_t m = 0; m <= PIECES; m++) {
            double t = (double)m / PIECES;
            size_t to = e->a == d->chain[k] ? m : PIECES - m;
            e->line[to] = (struct wijk_xy){catmull_rom(p[0].x, p[1].x, p[2].x, p[3].x, t),
                                           catmull_rom(p[0].y, p[1].y, p[2].y, p[3].y, t)};
        }
    }
}

/* ---- wijken ---- */

/* How far seed i lies from the heads so far: the other bank counts as farther, the centre is preferred. */
static double head_gap(const struct draft *d, const size_t *head, size_t n, size_t i)
{
    double gap = INFINITY;
    for (size_t k = 0; k < n; k++) {
        double far = apart(d->at[i], d->at[head[k]]) * (d->bank[i] == d->bank[head[k]] ? 1 : 1.6);
        if (far < gap) gap = far;
    }
    return gap * (1.15 - 0.0006 * apart(d->at[i], CENTRE));
}

static void choose_heads(const struct draft *d, size_t head[TOWN_WIJKEN])
{
    head[0] = 0;
    for (size_t i = 1; i < TOWN_BUURTEN; i++)
        if (apart(d->at[i], CENTRE) < apart(d->at[head[0]], CENTRE)) head[0] = i;
    for (size_t k = 1; k < TOWN_WIJKEN; k++) {
        size_t best = 0;
        for (size_t i = 1; i < TOWN_BUURTEN; i++)
            if (head_gap(d, head, k, i) > head_gap(d, head, k, best)) best = i;
        head[k] = best;
    }
}

/* How many buurten the name list gives a wijk. */
static size_t places_in(size_t wijk)
{
    size_t n = 0;
    while (n + 1 < NAMES_MOST && PLACES[wijk][n + 1]) n++;
    return n;
}

/* Connected groups of buurten, none across the river, the smallest wijk growing first. */
static void grow_wijken(struct draft *d)
{
    size_t head[TOWN_WIJKEN], size[TOWN_WIJKEN], placed = TOWN_WIJKEN;
    choose_heads(d, head);
    for (size_t i = 0; i < TOWN_BUURTEN; i++) d->wijk[i] = SIZE_MAX;
    for (size_t k = 0; k < TOWN_WIJKEN; k++) {
        d->wijk[head[k]] = k;
        size[k] = 1;
    }
    for (; placed < TOWN_BUURTEN; placed++) {
        double least = INFINITY;
        size_t take = SIZE_MAX, to = 0;
        for (size_t i = 0; i < TOWN_BUURTEN; i++) {
            if (d->wijk[i] == SIZE_MAX) continue;
            size_t k = d->wijk[i];
            for (size_t j = 0; j < TOWN_BUURTEN; j++) {
                if (!d->near[i][j] || d->wijk[j] != SIZE_MAX || d->bank[i] != d->bank[j]) continue;
                double cost = (double)size[k] + apart(d->at[j], d->at[head[k]]) / 45.0;
                if (cost < least) least = cost, take = j, to = k;
            }
        }
        assert(take != SIZE_MAX);
        d->wijk[take] = to;
        size[to]++;
    }
}

/* ---- the finished town ---- */

static struct wijk_xy to_rd(struct wijk_xy p)
{
    return (struct wijk_xy){round((ORIGIN.x + p.x * METRES) * 10) / 10,
                            round((ORIGIN.y - p.y * METRES) * 10) / 10};
}

static enum wijk_err buurt_geom(struct wijk_cx *cx, struct draft *d, size_t i, const struct wijk_geom **out)
{
    const struct cell *c = &d->cell[i];
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (size_t k = 0; k < c->n; k++) {
        size_t from = c->node[k];
        const struct edge *e = edge_between(d, from, c->node[(k + 1) % c->n]);
        for (size_t m = 0; m + 1 < e->n; m++)
            wijk_geom_add_point(b, to_rd(e->line[e->a == from ? m : e->n - 1 - m]));
    }
    const struct wijk_geom *raw;
    WIJK_TRY(wijk_geom_done(b, &raw));
    return wijk_geom_make_valid(cx, raw, out, NULL);
}

/* The river outside the town: from where it leaves, back to its own course in 200 units. */
static struct wijk_xy beyond(struct wijk_xy leaves, double x)
{
    const double far = fabs(x - leaves.x) / 200, off = leaves.y - river_y(leaves.x);
    return (struct wijk_xy){x, river_y(x) + (far < 1 ? off * (1 - far) * (1 - far) * (1 + 2 * far) : 0)};
}

/* The river's middle line beyond the town on both sides, 110 m wide. */
static enum wijk_err river_geom(struct wijk_cx *cx, struct draft *d, const struct wijk_geom **out)
{
    enum { MOST = EDGES };
    struct wijk_xy *line = WIJK_NEW(cx, struct wijk_xy, MOST);
    size_t n = 0;
    struct wijk_xy west = d->node[d->chain[0]], east = d->node[d->chain[d->n_chain - 1]];
    for (double x = -300; x < west.x - 10; x += 20) line[n++] = beyond(west, x);
    for (size_t k = 0; k + 1 < d->n_chain; k++) {
        const struct edge *e = edge_between(d, d->chain[k], d->chain[k + 1]);
        for (size_t m = 0; m + 1 < e->n && n < MOST; m++)
            line[n++] = e->line[e->a == d->chain[k] ? m : e->n - 1 - m];
    }
    line[n++] = east;
    for (double x = east.x + 20; x < WIDTH + 300 && n < MOST; x += 20) line[n++] = beyond(east, x);

    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (size_t k = 0; k < 2 * n; k++) { /* down one bank, back along the other */
        size_t i = k < n ? k : 2 * n - 1 - k;
        struct wijk_xy before = line[i ? i - 1 : 0], after = line[i + 1 < n ? i + 1 : n - 1];
        double length = apart(before, after), side = (k < n ? 5.5 : -5.5) / (length > 0 ? length : 1);
        wijk_geom_add_point(b, to_rd((struct wijk_xy){line[i].x - side * (after.y - before.y),
                                                      line[i].y + side * (after.x - before.x)}));
    }
    const struct wijk_geom *raw;
    WIJK_TRY(wijk_geom_done(b, &raw));
    return wijk_geom_make_valid(cx, raw, out, NULL);
}

/* Buurten by wijk and from west to east: the order in which they are named and numbered. */
static void order_buurten(const struct draft *d, size_t order[TOWN_BUURTEN])
{
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        size_t rank = 0;
        for (size_t j = 0; j < TOWN_BUURTEN; j++)
            rank += d->wijk[j] < d->wijk[i] || (d->wijk[j] == d->wijk[i] && d->at[j].x < d->at[i].x);
        order[rank] = i;
    }
}

static const char *place_name(struct wijk_cx *cx, size_t wijk, size_t k)
{
    size_t n = places_in(wijk);
    return k < n ? PLACES[wijk][k + 1] : wijk_sprintf(cx, "%s %zu", PLACES[wijk][0], k + 1);
}

static enum wijk_err finish(struct wijk_cx *cx, struct draft *d, struct town *t)
{
    size_t order[TOWN_BUURTEN], place[TOWN_BUURTEN], in_wijk = 0;
    order_buurten(d, order);
    for (size_t r = 0; r < TOWN_BUURTEN; r++) place[order[r]] = r;
    for (size_t k = 0; k < TOWN_WIJKEN; k++) {
        t->wijk_name[k] = PLACES[k][0];
        snprintf(t->wijk_code[k], sizeof t->wijk_code[k], "WK9901%02zu", k + 1);
    }
    for (size_t r = 0; r < TOWN_BUURTEN; r++) {
        struct town_buurt *b = &t->buurt[r];
        size_t i = order[r];
        in_wijk = r && t->buurt[r - 1].wijk == d->wijk[i] ? in_wijk + 1 : 0;
        b->wijk = d->wijk[i];
        b->bank = d->bank[i];
        b->centre = to_rd(d->at[i]);
        b->name = place_name(cx, b->wijk, in_wijk);
        snprintf(b->code, sizeof b->code, "BU9901%02u%02u", (unsigned)(b->wijk + 1) % 100,
                 (unsigned)(in_wijk + 1) % 100);
        bool near[TOWN_BUURTEN] = {false};
        for (size_t j = 0; j < TOWN_BUURTEN; j++) near[place[j]] = d->near[i][j];
        for (size_t j = 0; j < TOWN_BUURTEN && b->n_near < TOWN_NEAR_MAX; j++)
            if (near[j]) b->near[b->n_near++] = j;
        WIJK_TRY(buurt_geom(cx, d, i, &b->geom));
    }
    return river_geom(cx, d, &t->river);
}

enum wijk_err wijk__town_build(struct wijk_cx *cx, uint64_t seed, const struct town **out)
{
    struct draft *d = WIJK_NEW(cx, struct draft, 1);
    d->seed = seed;
    d->rng = wijk_rng(seed);
    scatter(d);
    relax(d);
    qsort(d->at, SEEDS, sizeof *d->at, by_outward);
    for (size_t i = 0; i < TOWN_BUURTEN; i++) d->bank[i] = bank_of(d->at[i]);
    for (size_t i = 0; i < SEEDS; i++) make_cell(d, i);
    merge_corners(d);
    collect_edges(d);
    follow_river(d);
    straighten_river(d);
    for (size_t k = 0; k < d->n_edge; k++) roughen(d, &d->edge[k]);
    smooth_river(d);
    grow_wijken(d);

    struct town *t = WIJK_NEW(cx, struct town, 1);
    WIJK_TRY(finish(cx, d, t));
    *out = t;
    return WIJK_OK;
}
