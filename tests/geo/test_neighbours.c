/* SPDX-License-Identifier: EUPL-1.2 */
/* Neighbours by corners and by distance, beside looking at every pair. */
#include "geo/geo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int start(void **state)
{
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}

static int stop(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

static void shell(struct wijk_geom_builder *b, const double *xy, size_t n)
{
    wijk_geom_add_ring(b);
    for (size_t i = 0; i < n; i++) wijk_geom_add_point(b, (struct wijk_xy){xy[2 * i], xy[2 * i + 1]});
}

static const struct wijk_geom *shape(struct wijk_cx *cx, const double *xy, size_t n, const double *hole,
                                     size_t m)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g;
    wijk_geom_add_polygon(b);
    shell(b, xy, n);
    if (hole) shell(b, hole, m);
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static bool next_to(const struct wijk_graph *g, size_t i, size_t j)
{
    for (size_t k = g->first[i]; k < g->first[i + 1]; k++)
        if (g->to[k] == j) return true;
    return false;
}

/*  d | c     four around one corner, an island (e), one inside a (f), and one that touches a line (g) of b
 *  --+--     where b has no corner */
static void by_corners(void **state)
{
    struct wijk_cx *cx = *state;
    const double a[] = {135000.5, 455000, 135310.127, 455000, 135310.127, 455200.25, 135000.5, 455200.25},
                 in_a[] = {135100, 455050, 135150, 455050, 135120, 455110},
                 b[] = {135310.127, 455000, 135700, 455000, 135700, 455200.25, 135310.127, 455200.25},
                 c[] = {135310.127, 455200.25, 135700, 455200.25, 135650, 455500},
                 d[] = {135310.127, 455200.25, 135200, 455500, 135000.5, 455200.25},
                 e[] = {136000, 456000, 136050, 456000, 136000, 456033},
                 touches[] = {135700, 455100, 135900, 455050, 135900, 455150};
    const struct wijk_geom *geoms[] = {shape(cx, a, 4, in_a, 3),       shape(cx, b, 4, NULL, 0),
                                       shape(cx, c, 3, NULL, 0),       shape(cx, d, 3, NULL, 0),
                                       shape(cx, e, 3, NULL, 0),       shape(cx, in_a, 3, NULL, 0),
                                       shape(cx, touches, 3, NULL, 0), NULL};
    const struct wijk_graph *g;
    assert_int_equal(wijk_geom_contiguity(cx, geoms, 8, &g), WIJK_OK);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) assert_int_equal(next_to(g, i, j), i != j);
    assert_true(next_to(g, 0, 5) && next_to(g, 5, 0));
    for (size_t alone = 4; alone < 8; alone++)
        assert_int_equal(wijk_graph_degree(g, alone), alone == 5 ? 1 : 0);
    assert_int_equal(g->first[8], 14);
}

/* Corners that differ by less than a millimetre are one; by a few, two. Nothing at all is no fault. */
static void to_the_millimetre(void **state)
{
    struct wijk_cx *cx = *state;
    const double a[] = {1000, 2000, 1100.0001, 2000.0004, 1000, 2100},
                 b[] = {1100.0003, 2000.0002, 1200, 2000, 1200, 2100},
                 c[] = {1200.004, 2000.004, 1300, 2000, 1300, 2100}, far[] = {0, 0, 1, 0, 0, 4.1e6};
    const struct wijk_geom *geoms[] = {shape(cx, a, 3, NULL, 0), shape(cx, b, 3, NULL, 0),
                                       shape(cx, c, 3, NULL, 0), shape(cx, far, 3, NULL, 0)};
    const struct wijk_graph *g;
    assert_int_equal(wijk_geom_contiguity(cx, geoms, 3, &g), WIJK_OK);
    assert_true(next_to(g, 0, 1) && next_to(g, 1, 0) && g->first[3] == 2);
    assert_int_equal(wijk_geom_contiguity(cx, geoms, 4, &g), WIJK_ELIMIT);
    assert_int_equal(wijk_geom_contiguity(cx, geoms, 0, &g), WIJK_OK);
    assert_int_equal(g->first[0], 0);
    geoms[0] = NULL;
    assert_int_equal(wijk_geom_contiguity(cx, geoms, 1, &g), WIJK_OK);
    assert_int_equal(g->first[1], 0);
}

/* A sheet of squares, some corners with four and more: each has the eight around it. */
static void sheet_of_squares(void **state)
{
    enum { SIDE = 17 };
    struct wijk_cx *cx = *state;
    const struct wijk_geom *geoms[SIDE * SIDE];
    const struct wijk_graph *g;
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        const double x = 100000 + 103.7 * (double)(i % SIDE), y = 400000 + 97.3 * (double)(i / SIDE),
                     x2 = 100000 + 103.7 * (double)(i % SIDE + 1),
                     y2 = 400000 + 97.3 * (double)(i / SIDE + 1);
        const double xy[] = {x, y, x2, y, x2, y2, x, y2};
        geoms[i] = shape(cx, xy, 4, NULL, 0);
    }
    assert_int_equal(wijk_geom_contiguity(cx, geoms, SIDE * SIDE, &g), WIJK_OK);
    for (size_t i = 0; i < SIDE * SIDE; i++)
        for (size_t j = 0; j < SIDE * SIDE; j++) {
            const int dx = abs((int)(i % SIDE) - (int)(j % SIDE)),
                      dy = abs((int)(i / SIDE) - (int)(j / SIDE));
            assert_int_equal(next_to(g, i, j), i != j && dx <= 1 && dy <= 1);
        }
}

enum { SHAPES = 211, CORNERS = 40 };

/* Shapes of any corners of a coarse grid, some twice in one ring, walked either way, west and south of the
 * origin too: neighbours are those with a corner in common, as every pair of corners says. */
static void any_shapes(void **state)
{
    struct wijk_cx *cx = *state;
    static double xy[SHAPES][2 * CORNERS];
    size_t n[SHAPES];
    const struct wijk_geom *geoms[SHAPES];
    const struct wijk_graph *g;
    struct wijk_rng rng = wijk_rng(71);
    for (size_t i = 0; i < SHAPES; i++) {
        n[i] = 3 + wijk_rng_below(&rng, i % 10 ? 4 : CORNERS - 3);
        for (size_t k = 0; k < n[i]; k++) {
            xy[i][2 * k] = 317.123 * (double)wijk_rng_below(&rng, 60) - 9001.7;
            xy[i][2 * k + 1] = 411.877 * (double)wijk_rng_below(&rng, 60) - 3.25;
        }
        if (i % 3 &&
            n[i - 1] <= n[i]) /* a piece of the border of the one before, the same or the other way */
            for (size_t k = 0; k < n[i - 1]; k++)
                memcpy(xy[i] + 2 * k, xy[i - 1] + 2 * (i % 3 == 1 ? n[i - 1] - 1 - k : k), 2 * sizeof **xy);
        geoms[i] = i % 17 == 5 ? NULL : shape(cx, xy[i], n[i], NULL, 0);
    }
    assert_int_equal(wijk_geom_contiguity(cx, geoms, SHAPES, &g), WIJK_OK);
    for (size_t i = 0; i < SHAPES; i++)
        for (size_t j = 0; j < SHAPES; j++) {
            bool common = false;
            for (size_t a = 0; i != j && geoms[i] && geoms[j] && a < geoms[i]->n_point; a++)
                for (size_t b = 0; b < geoms[j]->n_point; b++)
                    common =
                        common || memcmp(&geoms[i]->xy[a], &geoms[j]->xy[b], sizeof(struct wijk_xy)) == 0;
            assert_int_equal(next_to(g, i, j), common);
        }
}

enum { POINTS = 233 };

/* Points in clumps, some on the very same place, some unknown. */
static void scatter(struct wijk_xy *at)
{
    struct wijk_rng rng = wijk_rng(5);
    for (size_t i = 0; i < POINTS; i++)
        at[i] = (struct wijk_xy){150000 + 900 * (double)(i % 3) + 200 * wijk_rng_normal(&rng),
                                 450000 + 3000 * wijk_rng_uniform(&rng)};
    at[40] = at[41] = at[42];
    at[7].x = NAN;
    at[8].y = INFINITY;
}

static double apart(struct wijk_xy a, struct wijk_xy b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

static void within_a_radius(void **state)
{
    struct wijk_xy at[POINTS];
    const double radius[] = {0.5, 173.25, 611, 90000};
    const struct wijk_graph *g;
    scatter(at);
    for (size_t r = 0; r < 4; r++) {
        assert_int_equal(wijk_points_within(*state, at, POINTS, radius[r], &g), WIJK_OK);
        for (size_t i = 0; i < POINTS; i++)
            for (size_t j = 0; j < POINTS; j++)
                assert_int_equal(next_to(g, i, j), i != j && apart(at[i], at[j]) <= radius[r] * radius[r]);
    }
    assert_int_equal(wijk_points_within(*state, at, POINTS, 0, &g), WIJK_EUSAGE);
    assert_int_equal(wijk_points_within(*state, at, POINTS, NAN, &g), WIJK_EUSAGE);
    const struct wijk_xy edge[] = {{0, 0}, {300, 400}, {300, 400.001}};
    assert_int_equal(wijk_points_within(*state, edge, 3, 500, &g), WIJK_OK);
    assert_true(next_to(g, 0, 1) && !next_to(g, 0, 2));
    assert_int_equal(wijk_points_within(*state, NULL, 0, 500, &g), WIJK_OK);
}

static void nearest_few(void **state)
{
    struct wijk_xy at[POINTS];
    const size_t few[] = {1, 6, 40, POINTS + 5};
    const struct wijk_graph *g;
    scatter(at);
    for (size_t f = 0; f < 4; f++) {
        assert_int_equal(wijk_points_nearest(*state, at, POINTS, few[f], &g), WIJK_OK);
        for (size_t i = 0; i < POINTS; i++)
            for (size_t j = 0; j < POINTS; j++) {
                size_t nearer = 0;
                const double far = apart(at[i], at[j]);
                for (size_t o = 0; o < POINTS; o++) {
                    const double d = apart(at[i], at[o]);
                    if (o != i && o != j && (d < far || (d == far && o < j))) nearer++;
                }
                assert_int_equal(next_to(g, i, j), i != j && isfinite(far) && nearer < few[f]);
            }
    }
    assert_int_equal(wijk_points_nearest(*state, at, POINTS, 0, &g), WIJK_EUSAGE);
    assert_int_equal(wijk_points_nearest(*state, NULL, 0, 3, &g), WIJK_OK);
    const struct wijk_xy none[] = {{NAN, 1}, {1, NAN}};
    assert_int_equal(wijk_points_nearest(*state, none, 2, 3, &g), WIJK_OK);
    assert_int_equal(g->first[2], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(by_corners, start, stop),
        cmocka_unit_test_setup_teardown(to_the_millimetre, start, stop),
        cmocka_unit_test_setup_teardown(sheet_of_squares, start, stop),
        cmocka_unit_test_setup_teardown(any_shapes, start, stop),
        cmocka_unit_test_setup_teardown(within_a_radius, start, stop),
        cmocka_unit_test_setup_teardown(nearest_few, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
