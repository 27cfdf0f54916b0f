/* SPDX-License-Identifier: EUPL-1.2 */
/* Clusters on a sheet of squares: what is planted is found, chance is not; what is missing says why. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { SIDE = 12, N = SIDE * SIDE };

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

static const struct wijk_geom *square(struct wijk_cx *cx, double x, double y)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g;
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    wijk_geom_add_point(b, (struct wijk_xy){x, y});
    wijk_geom_add_point(b, (struct wijk_xy){x + 313.7, y});
    wijk_geom_add_point(b, (struct wijk_xy){x + 313.7, y + 287.3});
    wijk_geom_add_point(b, (struct wijk_xy){x, y + 287.3});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

/* A sheet, the last square far away from the rest. */
static const struct wijk_areas *sheet(struct wijk_cx *cx)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, N);
    struct wijk_areas *a = WIJK_NEW(cx, struct wijk_areas, 1);
    for (size_t i = 0; i < N; i++) {
        const double x = i == N - 1 ? 180000 : 120000 + 313.7 * (double)(i % SIDE);
        v[i] = (struct wijk_area){.code = "BU99010101",
                                  .geom = square(cx, x, 440000 + 287.3 * (double)(i / SIDE))};
    }
    *a = (struct wijk_areas){WIJK_LEVEL_BUURT, 2024, N, v};
    return a;
}

static const struct wijk_graph *border(struct wijk_cx *cx)
{
    const struct wijk_graph *g;
    assert_int_equal(wijk_neighbours_of(cx, sheet(cx), (struct wijk_near_opt){0}, &g), WIJK_OK);
    return g;
}

/* Noise, a high block of 3 x 3 at (2, 2), a low one at (8, 7), and one high square amid the low ones. */
static void planted(double *v)
{
    struct wijk_rng rng = wijk_rng(41);
    for (size_t i = 0; i < N; i++) {
        const size_t x = i % SIDE, y = i / SIDE;
        v[i] = 50 + wijk_rng_normal(&rng);
        if (x >= 2 && x < 5 && y >= 2 && y < 5) v[i] += 7;
        if (x >= 8 && x < 11 && y >= 7 && y < 10) v[i] += x == 9 && y == 8 ? 6 : -7;
    }
}

static void finds_what_is_planted(void **state)
{
    struct wijk_cx *cx = *state;
    double v[N];
    const struct wijk_clusters *c;
    planted(v);
    const struct wijk_cluster_in in = {.n = N, .value = v, .near = border(cx), .seed = 9901};
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_true(c->n_used == N && c->n_draw == WIJK_DRAWS_DEFAULT && c->all.p <= 0.002);
    const size_t in_high = 3 * SIDE + 3, in_low = 8 * SIDE + 8, amid = 8 * SIDE + 9;
    assert_int_equal(c->kind[in_high], WIJK_CLUSTER_HIGH_HIGH);
    assert_int_equal(c->kind[in_low], WIJK_CLUSTER_LOW_LOW);
    assert_int_equal(c->kind[amid], WIJK_CLUSTER_HIGH_LOW);
    assert_true(c->star[in_high] > 3 && c->local[amid] < 0 && c->lag[amid] < 45);
    assert_int_equal(c->n_near[in_high], 8);
    size_t told = 0;
    for (size_t i = 0; i < N; i++) {
        const size_t x = i % SIDE, y = i / SIDE;
        const bool about = (x >= 1 && x < 6 && y >= 1 && y < 6) || (x >= 7 && y >= 6 && y < 11);
        if (!about) assert_int_equal(c->kind[i], WIJK_CLUSTER_NONE);
        told += c->kind[i] != WIJK_CLUSTER_NONE;
    }
    assert_int_equal(told + c->n_kind[WIJK_CLUSTER_NONE], N);
    assert_int_equal(c->lack[N - 1], WIJK_LACK_NO_NEIGHBOURS);
    assert_true(isnan(c->p[N - 1]) && isnan(c->lag[N - 1]) && c->kind[N - 1] == WIJK_CLUSTER_NONE);
}

static void chance_is_not_found(void **state)
{
    struct wijk_cx *cx = *state;
    size_t told = 0;
    const struct wijk_graph *g = border(cx);
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct wijk_rng rng = wijk_rng(500 + seed);
        double v[N];
        const struct wijk_clusters *c;
        for (size_t i = 0; i < N; i++) v[i] = 3 * wijk_rng_normal(&rng);
        const struct wijk_cluster_in in = {
            .n = N, .value = v, .near = g, .n_draw = 9999, .n_shuffle = 99, .seed = 1};
        assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
        told += c->n_kind[WIJK_CLUSTER_NONE] != N;
    }
    assert_true(told <= 3); /* one in twenty expected */
}

static void one_beside_another(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_rng rng = wijk_rng(43);
    double v[N], by[N];
    const struct wijk_clusters *c;
    planted(by);
    for (size_t i = 0; i < N; i++) v[i] = -2 * by[i] + wijk_rng_normal(&rng);
    const struct wijk_cluster_in in = {.n = N, .value = v, .by = by, .near = border(cx), .seed = 9901};
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_int_equal(c->kind[3 * SIDE + 3], WIJK_CLUSTER_LOW_HIGH);
    assert_int_equal(c->kind[8 * SIDE + 8], WIJK_CLUSTER_HIGH_LOW);
    assert_true(isnan(c->star[0]) && c->all.i < 0 && isnan(c->all.sd));
}

static void what_is_missing_says_why(void **state)
{
    struct wijk_cx *cx = *state;
    double v[N];
    uint8_t lack[N] = {0};
    const struct wijk_clusters *c, *without;
    planted(v);
    v[5] = NAN, v[17] = INFINITY;
    lack[6] = WIJK_LACK_HIDDEN;
    const struct wijk_cluster_in in = {
        .n = N, .value = v, .lack = lack, .near = border(cx), .n_draw = 999, .seed = 4};
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_true(c->lack[5] == WIJK_LACK_NO_VALUE && c->lack[17] == WIJK_LACK_NO_VALUE &&
                c->lack[6] == WIJK_LACK_HIDDEN);
    assert_true(c->n_used == N - 3 && c->n_draw == 999 && isnan(c->q[6]));
    assert_int_equal(c->n_near[4], 3); /* five, two of which have no figure */
    v[6] = 1e9;                        /* what is hidden does not show in any result */
    assert_int_equal(wijk_clusters_of(cx, &in, &without), WIJK_OK);
    assert_memory_equal(c->lag, without->lag, sizeof v);
    assert_memory_equal(c->q, without->q, sizeof v);
}

static void too_little_to_tell(void **state)
{
    struct wijk_cx *cx = *state;
    double v[N];
    const struct wijk_clusters *c;
    struct wijk_cluster_in in = {.n = N, .value = v, .near = border(cx), .seed = 4};
    for (size_t i = 0; i < N; i++) v[i] = i < 9 ? (double)i : (double)NAN;
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_true(c->lack[3] == WIJK_LACK_FEW_AREAS && c->lack[20] == WIJK_LACK_NO_VALUE && isnan(c->all.i));
    for (size_t i = 0; i < N; i++) v[i] = 0.7;
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_true(c->lack[3] == WIJK_LACK_NO_VARIATION && c->n_kind[WIJK_CLUSTER_NONE] == N);
    in.n = N - 1;
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_ESHAPE);
}

/* Where every neighbour's figure is the mean, and where an area's own is: neither high nor low. */
static void ties_are_no_cluster(void **state)
{
    struct wijk_cx *cx = *state;
    double v[N];
    const struct wijk_clusters *c;
    planted(v);
    v[3 * SIDE + 3] = 0;
    v[3 * SIDE + 3] = wijk_sum(v, N) / (N - 1); /* the mean of all with itself in it */
    const struct wijk_cluster_in in = {.n = N, .value = v, .near = border(cx), .seed = 9901};
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_true(c->p[3 * SIDE + 3] == 1 && c->kind[3 * SIDE + 3] == WIJK_CLUSTER_NONE);
    for (size_t i = 0; i < N; i++) v[i] = i == 40 ? 2.3 : 0.1; /* all but one alike */
    assert_int_equal(wijk_clusters_of(cx, &in, &c), WIJK_OK);
    assert_int_equal(c->n_kind[WIJK_CLUSTER_NONE], N);
}

static void other_neighbours(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_graph *g;
    enum wijk_near near;
    struct wijk_near_opt opt = {.how = WIJK_NEAR_NEAREST, .k = 4};
    assert_int_equal(wijk_neighbours_of(cx, sheet(cx), opt, &g), WIJK_OK);
    assert_true(wijk_graph_degree(g, 40) == 4 && wijk_graph_degree(g, N - 1) == 4);
    opt = (struct wijk_near_opt){.how = WIJK_NEAR_WITHIN, .radius_m = 314};
    assert_int_equal(wijk_neighbours_of(cx, sheet(cx), opt, &g), WIJK_OK);
    assert_true(wijk_graph_degree(g, 40) == 4 && wijk_graph_degree(g, N - 1) == 0);
    opt.radius_m = -3;
    assert_int_equal(wijk_neighbours_of(cx, sheet(cx), opt, &g), WIJK_EUSAGE);
    assert_true(wijk_near_parse(WIJK_STR("within"), &near) && near == WIJK_NEAR_WITHIN);
    assert_false(wijk_near_parse(WIJK_STR("nabij"), &near));
    assert_string_equal(wijk_near_id(WIJK_NEAR_BORDER), "border");
    assert_string_equal(wijk_cluster_id(WIJK_CLUSTER_LOW_HIGH), "low_high");
    assert_true(*wijk_near_text(WIJK_NEAR_BORDER) && *wijk_cluster_text(WIJK_CLUSTER_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_what_is_planted, start, stop),
        cmocka_unit_test_setup_teardown(chance_is_not_found, start, stop),
        cmocka_unit_test_setup_teardown(one_beside_another, start, stop),
        cmocka_unit_test_setup_teardown(what_is_missing_says_why, start, stop),
        cmocka_unit_test_setup_teardown(too_little_to_tell, start, stop),
        cmocka_unit_test_setup_teardown(ties_are_no_cluster, start, stop),
        cmocka_unit_test_setup_teardown(other_neighbours, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
