/* SPDX-License-Identifier: EUPL-1.2 */
/* A crosswalk from borders: rectangles whose shares can be worked out by hand, and a plan with thousands of
 * areas in which no square metre and nobody may get lost. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static const struct wijk_geom *box(struct wijk_cx *cx, double x0, double y0, double x1, double y1)
{
    const struct wijk_geom *g;
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    const struct wijk_xy p[] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    for (size_t i = 0; i < 4; i++) wijk_geom_add_point(b, (struct wijk_xy){135000 + p[i].x, 455000 + p[i].y});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static struct wijk_area area(struct wijk_cx *cx, const char *code, double residents, double x0, double y0,
                             double x1, double y1)
{
    return (struct wijk_area){code, code, NULL, residents, box(cx, x0, y0, x1, y1)};
}

static const struct wijk_crosswalk_derived *derive(struct wijk_cx *cx, const struct wijk_area *from,
                                                   size_t n_from, const struct wijk_area *to, size_t n_to,
                                                   const struct wijk_overlay_people *people)
{
    struct wijk_areas a = {WIJK_LEVEL_BUURT, 2017, n_from, from}, b = {WIJK_LEVEL_BUURT, 2024, n_to, to};
    const struct wijk_crosswalk_derived *d;
    assert_int_equal(wijk_crosswalk_derive(cx, &a, &b, people, (struct wijk_overlay_opt){0}, &d), WIJK_OK);
    return d;
}

static const struct wijk_cross_link *link_of(const struct wijk_crosswalk *x, uint32_t from, uint32_t to)
{
    for (size_t i = x->first[to]; i < x->first[to + 1]; i++)
        if (x->link[i].from == from) return &x->link[i];
    return NULL;
}

/*  old           new            0 loses its eastern fifth to 1; 2 keeps its border but for 2 m;
 *  |  0  | 1 |   | 0 |  1  |    3 (new code) lies where old 3 lay; old 4 is gone, new 4 is new */
static void test_borders_by_hand(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_area from[] = {
        area(cx, "BU00000001", 1000, 0, 0, 500, 400), area(cx, "BU00000002", 200, 500, 0, 800, 400),
        area(cx, "BU00000003", 70, 0, 400, 800, 1000), area(cx, "BU00000004", 31, 0, 1000, 800, 1500),
        area(cx, "BU00000005", 12, 5000, 0, 5100, 100)};
    struct wijk_area to[] = {
        area(cx, "BU00000001", NAN, 0, 0, 400, 400), area(cx, "BU00000002", NAN, 400, 0, 800, 400),
        area(cx, "BU00000003", NAN, 0, 402, 800, 1000), area(cx, "BU00000009", NAN, 0, 1000, 800, 1500),
        area(cx, "BU00000006", NAN, 9000, 0, 9100, 100)};
    const struct wijk_crosswalk_derived *d = derive(cx, from, 5, to, 5, NULL);
    const struct wijk_crosswalk *x = d->crosswalk;
    assert_int_equal(x->method, WIJK_CROSS_BY_AREA);
    assert_true(fabs(link_of(x, 0, 0)->share_area - 0.8) < 1e-12);
    assert_true(fabs(link_of(x, 0, 1)->share_area - 0.2) < 1e-12);
    assert_true(link_of(x, 1, 1)->share_area == 1);
    assert_int_equal(link_of(x, 0, 0)->kind, WIJK_CROSS_SPLIT);
    assert_int_equal(link_of(x, 0, 1)->kind, WIJK_CROSS_OVERLAY);
    assert_int_equal(link_of(x, 2, 2)->kind, WIJK_CROSS_EXACT); /* 99.7% in common */
    assert_int_equal(link_of(x, 3, 3)->kind, WIJK_CROSS_RENAMED);
    assert_true(fabs(x->moved[0] - 0.2) < 1e-12); /* 800 of 1000 people in common */
    assert_true(fabs(x->moved[1] - 0.5) < 1e-12); /* 200 of 400: it is most like old 1 */
    assert_true(isnan(x->moved[4]));
    assert_int_equal(d->unchanged, 2);
    assert_int_equal(d->gone, 1);
    assert_int_equal(d->new_, 1);
    wijk_cx_end(cx);
}

static void test_people_go_before_square_metres(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_area from[] = {area(cx, "BU00000001", 1000, 0, 0, 500, 400),
                               area(cx, "BU00000002", 990, 500, 0, 800, 400)};
    struct wijk_area to[] = {area(cx, "BU00000001", NAN, 0, 0, 400, 400),
                             area(cx, "BU00000003", NAN, 400, 0, 650, 400),
                             area(cx, "BU00000004", NAN, 650, 0, 800, 400)};
    /* nine in ten of area 0 live in the part that goes; of area 1 the points know a tenth only */
    const struct wijk_xy point[] = {{135050, 455050}, {135450, 455050}, {135450, 455250},
                                    {135600, 455050}, {134000, 455000}, {135010, 455010}};
    const double lives[] = {97, 500, 373, 99, 4000, NAN};
    struct wijk_overlay_people people = {6, point, lives};
    const struct wijk_crosswalk_derived *d = derive(cx, from, 2, to, 3, &people);
    const struct wijk_crosswalk *x = d->crosswalk;
    assert_int_equal(x->method, WIJK_CROSS_BY_RESIDENTS);
    assert_int_equal(d->by_people, 1);
    assert_true(fabs(wijk_cross_share(link_of(x, 0, 0)) - 97.0 / 970) < 1e-15);
    assert_true(fabs(wijk_cross_share(link_of(x, 0, 1)) - 873.0 / 970) < 1e-15);
    assert_true(isnan(link_of(x, 1, 1)->share_residents));
    assert_true(fabs(wijk_cross_share(link_of(x, 1, 1)) - 0.5) < 1e-12);
    wijk_cx_end(cx);
}

enum { SIDE = 40, AREAS = SIDE * SIDE };

/* A plan of crooked blocks: corners moved by chance, each shared by four. */
static void plan(struct wijk_cx *cx, struct wijk_rng *rng, double jitter, struct wijk_area *v)
{
    static struct wijk_xy corner[SIDE + 1][SIDE + 1];
    for (size_t r = 0; r <= SIDE; r++)
        for (size_t c = 0; c <= SIDE; c++)
            corner[r][c] =
                (struct wijk_xy){135000 + 300 * (double)c + jitter * (wijk_rng_uniform(rng) - 0.5),
                                 455000 + 300 * (double)r + jitter * (wijk_rng_uniform(rng) - 0.5)};
    for (size_t r = 0; r < SIDE; r++)
        for (size_t c = 0; c < SIDE; c++) {
            struct wijk_geom_builder *b = wijk_geom_build(cx);
            wijk_geom_add_polygon(b);
            wijk_geom_add_ring(b);
            wijk_geom_add_point(b, corner[r][c]);
            wijk_geom_add_point(b, corner[r][c + 1]);
            wijk_geom_add_point(b, corner[r + 1][c + 1]);
            wijk_geom_add_point(b, corner[r + 1][c]);
            struct wijk_area *a = &v[r * SIDE + c];
            *a = (struct wijk_area){wijk_sprintf(cx, "BU%08zu", r * SIDE + c), "", NULL,
                                    17 + 900 * wijk_rng_uniform(rng), NULL};
            assert_int_equal(wijk_geom_done(b, &a->geom), WIJK_OK);
        }
}

static void test_nobody_gets_lost_in_a_town(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(20261125);
    struct wijk_area *from = WIJK_NEW(cx, struct wijk_area, AREAS),
                     *to = WIJK_NEW(cx, struct wijk_area, AREAS);
    plan(cx, &rng, 140, from);
    plan(cx, &rng, 140, to);
    const struct wijk_crosswalk_derived *d = derive(cx, from, AREAS, to, AREAS, NULL);
    const struct wijk_crosswalk *x = d->crosswalk;
    double *value = WIJK_NEW(cx, double, AREAS), *out = WIJK_NEW(cx, double, AREAS),
           *kept = WIJK_NEW(cx, double, AREAS);
    uint8_t *status = WIJK_NEW(cx, uint8_t, AREAS), *told = WIJK_NEW(cx, uint8_t, AREAS);
    for (size_t i = 0; i < AREAS; i++) value[i] = from[i].residents, status[i] = WIJK_STATUS_OK;
    for (size_t i = 0; i < x->n; i++) kept[x->link[i].from] += x->link[i].share_area;
    for (size_t i = 0; i < AREAS; i++) assert_true(fabs(kept[i] - 1) < 1e-9);
    wijk_crosswalk_convert(
        x, &(struct wijk_cross_figures){value, status, AREAS, NULL, WIJK_AGGREGATE_SUM, 0.5}, out, told);
    for (size_t k = 0; k < AREAS; k++) assert_int_equal(told[k], WIJK_STATUS_ESTIMATED);
    assert_true(fabs(wijk_sum(out, AREAS) / wijk_sum(value, AREAS) - 1) < 1e-12);
    const struct wijk_crosswalk_derived *same = derive(cx, from, AREAS, from, AREAS, NULL);
    assert_int_equal(same->unchanged, AREAS);
    assert_int_equal(same->crosswalk->n, AREAS);
    wijk_cx_end(cx);
}

/* What two plans have in common adds up to the plan, so no overlap is missed or counted twice. */
static void test_overlaps_add_up_to_the_whole(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng rng = wijk_rng(5);
    struct wijk_area *from = WIJK_NEW(cx, struct wijk_area, AREAS),
                     *to = WIJK_NEW(cx, struct wijk_area, AREAS);
    const struct wijk_geom *a[AREAS], *b[AREAS];
    plan(cx, &rng, 120, from);
    plan(cx, &rng, 120, to);
    for (size_t i = 0; i < AREAS; i++) a[i] = from[i].geom, b[i] = to[i].geom;
    const struct wijk_overlay *o;
    assert_int_equal(wijk_geom_overlay(cx, a, AREAS, b, AREAS, 0, &o), WIJK_OK);
    double *seen = WIJK_NEW(cx, double, AREAS);
    for (size_t i = 0; i < o->n; i++) {
        seen[o->v[i].a] += o->v[i].area_m2;
        if (i) assert_true(o->v[i - 1].a < o->v[i].a || o->v[i - 1].b < o->v[i].b);
    }
    for (size_t r = 1; r + 1 < SIDE; r++) /* inside the town every metre lies in the other plan */
        for (size_t c = 1; c + 1 < SIDE; c++) {
            size_t i = r * SIDE + c;
            assert_true(fabs(seen[i] - o->a_m2[i]) < 1e-3);
        }
    wijk_cx_end(cx);
}

static void test_odd_shapes(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_area from[] = {area(cx, "BU00000001", 10, 0, 0, 500, 400), {"BU00000002", "", NULL, 5, NULL}};
    struct wijk_area to[] = {area(cx, "BU00000001", NAN, 500, 0, 900, 400)}; /* they touch only */
    const struct wijk_crosswalk_derived *d = derive(cx, from, 2, to, 1, NULL);
    assert_int_equal(d->crosswalk->n, 0);
    assert_int_equal(d->no_shape, 1);
    assert_int_equal(d->gone, 1);
    struct wijk_areas a = {WIJK_LEVEL_BUURT, 2017, 2, from}, b = {WIJK_LEVEL_WIJK, 2024, 1, to};
    assert_int_equal(wijk_crosswalk_derive(cx, &a, &b, NULL, (struct wijk_overlay_opt){0}, &d), WIJK_ESHAPE);
    size_t at[2];
    const struct wijk_geom *shape[] = {NULL, from[0].geom};
    const struct wijk_xy p[] = {{135001, 455001}, {NAN, 455001}};
    assert_int_equal(wijk_geom_locate(cx, shape, 2, p, 2, at), WIJK_OK);
    assert_int_equal(at[0], 1);
    assert_true(at[1] == SIZE_MAX);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_borders_by_hand),
        cmocka_unit_test(test_people_go_before_square_metres),
        cmocka_unit_test(test_nobody_gets_lost_in_a_town),
        cmocka_unit_test(test_overlaps_add_up_to_the_whole),
        cmocka_unit_test(test_odd_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
