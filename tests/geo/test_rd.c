/* SPDX-License-Identifier: EUPL-1.2 */
/* RD against PROJ 9.1.1, which knows nothing of our code. */
#include "geo/geo.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* Made by `cs2cs -f %.10f EPSG:28992 EPSG:4326` of PROJ 9.1.1 without grids. */
static const struct {
    double x, y, lat, lon;
} proj[] = {
    {155000, 463000, 52.1551723012, 5.3872035084},         /* Amersfoort     */
    {84123.456, 446789.123, 52.0049426933, 4.3549625519},  /* Delft          */
    {233883.131, 582065.167, 53.2193810632, 6.5681977400}, /* Groningen      */
    {176331.5, 317654.25, 50.8483287798, 5.6900782143},    /* Maastricht     */
    {26543.21, 391234.56, 51.4954681296, 3.5372611999},    /* Walcheren      */
    {277123.4, 540987.6, 52.8422922032, 7.1998521802},     /* near Ter Apel  */
    {120700.723, 487525.501, 52.3745304254, 4.8835229153}, /* Amsterdam      */
    {112345.678, 601234.567, 53.3957282995, 4.7460110555}, /* sea off Texel  */
};

static void as_proj(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof proj / sizeof *proj; i++) {
        const struct wijk_xy w = wijk_wgs84_from_rd((struct wijk_xy){proj[i].x, proj[i].y});
        assert_true(fabs(w.x - proj[i].lon) < 1.5e-10 && fabs(w.y - proj[i].lat) < 1.5e-10);
        const struct wijk_xy rd = wijk_rd_from_wgs84((struct wijk_xy){proj[i].lon, proj[i].lat});
        assert_true(hypot(rd.x - proj[i].x, rd.y - proj[i].y) < 2e-5);
    }
}

/* The reference point of the official RDNAPTRANS: 0.3 m is what a closed form may differ from it. */
static void near_the_official(void **state)
{
    (void)state;
    const struct wijk_xy rd = wijk_rd_from_wgs84((struct wijk_xy){5.387203657, 52.155172897});
    assert_true(hypot(rd.x - 155000, rd.y - 463000) < 0.3);
}

static void there_and_back(void **state)
{
    (void)state;
    for (double x = 13000.17; x < 280000; x += 7919.3)
        for (double y = 306000.71; y < 620000; y += 8731.9) {
            const struct wijk_xy back = wijk_rd_from_wgs84(wijk_wgs84_from_rd((struct wijk_xy){x, y}));
            assert_true(hypot(back.x - x, back.y - y) < 1e-6);
        }
}

static void mercator(void **state)
{
    (void)state;
    const struct wijk_xy p = {5.387203657, 52.155172897}, m = wijk_mercator_from_wgs84(p);
    /* EPSG method 1024 in its textbook form, in metres */
    const double r = 6378137, pi = acos(-1), half = pi * r;
    assert_true(fabs((m.x - 0.5) * 2 * half - r * p.x * pi / 180) < 1e-6);
    assert_true(fabs((0.5 - m.y) * 2 * half - r * log(tan(pi / 4 + p.y * pi / 360))) < 1e-6);
    const struct wijk_xy back = wijk_wgs84_from_mercator(m);
    assert_true(fabs(back.x - p.x) < 1e-12 && fabs(back.y - p.y) < 1e-12);
    const struct wijk_xy rd = wijk_mercator_from_rd(wijk_rd_from_wgs84(p));
    assert_true(hypot(rd.x - m.x, rd.y - m.y) < 1e-13);
}

static void plausible(void **state)
{
    (void)state;
    assert_true(wijk_rd_plausible((struct wijk_xy){155000, 463000}));
    assert_true(wijk_rd_plausible((struct wijk_xy){13565.4, 306846.1}));
    assert_false(wijk_rd_plausible((struct wijk_xy){463000, 155000})); /* swapped */
    assert_false(wijk_rd_plausible((struct wijk_xy){5.38, 52.15}));    /* degrees */
    assert_false(wijk_rd_plausible((struct wijk_xy){NAN, 463000}));
    assert_true(wijk_wgs84_plausible((struct wijk_xy){5.38, 52.15}));
    assert_false(wijk_wgs84_plausible((struct wijk_xy){52.15, 5.38}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_proj),  cmocka_unit_test(near_the_official), cmocka_unit_test(there_and_back),
        cmocka_unit_test(mercator), cmocka_unit_test(plausible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
