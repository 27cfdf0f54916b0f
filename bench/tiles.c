/* SPDX-License-Identifier: EUPL-1.2 */
/* How long tiles take: a made-up country of 14,042 areas that share winding borders of 24 points a side
 * (1.35 million points), over 200 x 270 km. Prints a line per zoom: tiles, mean and worst time, largest size.
 */
#include "geo/geo.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

enum { ACROSS = 118, DOWN = 119, SIDE = 24 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Corner i, j of the net, moved by chance that depends on the place alone. */
static struct wijk_xy corner(size_t i, size_t j)
{
    struct wijk_rng r = wijk_rng(i * 1000 + j);
    const double dx = wijk_rng_uniform(&r) - 0.5, dy = wijk_rng_uniform(&r) - 0.5;
    return (struct wijk_xy){40000 + 1700 * ((double)i + 0.5 * dx), 330000 + 2270 * ((double)j + 0.5 * dy)};
}

/* Point k of the border between two corners; the wind is the same from both sides. */
static struct wijk_xy between(struct wijk_xy a, struct wijk_xy b, uint64_t seed, int k)
{
    struct wijk_rng r = wijk_rng(seed * 64 + (uint64_t)k);
    const double t = (double)k / SIDE, wind = k ? 0.03 * (wijk_rng_uniform(&r) - 0.5) : 0;
    return (struct wijk_xy){round((a.x + t * (b.x - a.x) - wind * (b.y - a.y)) * 1000) / 1000,
                            round((a.y + t * (b.y - a.y) + wind * (b.x - a.x)) * 1000) / 1000};
}

static void add_side(struct wijk_geom_builder *b, size_t i, size_t j, bool down, bool back)
{
    const struct wijk_xy from = corner(i, j), to = down ? corner(i, j + 1) : corner(i + 1, j);
    for (int k = 0; k < SIDE; k++)
        wijk_geom_add_point(b, between(from, to, (i * 1000 + j) * 2 + down, back ? SIDE - k : k));
}

static const struct wijk_geom *area(struct wijk_cx *cx, size_t i, size_t j)
{
    const struct wijk_geom *g = NULL;
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    add_side(b, i, j, false, false);
    add_side(b, i + 1, j, true, false);
    add_side(b, i, j + 1, false, true);
    add_side(b, i, j, true, true);
    return wijk_geom_done(b, &g) == WIJK_OK ? g : NULL;
}

static void zoom(const struct wijk_tiles *t, int z)
{
    const struct wijk_xy nw = wijk_mercator_from_rd((struct wijk_xy){40000, 600000}),
                         se = wijk_mercator_from_rd((struct wijk_xy){240000, 330000});
    const uint32_t step = z > 11 ? 7 : 1; /* a sample of the many small tiles */
    size_t n = 0, bytes = 0;
    double all = 0, worst = 0;
    for (uint32_t x = (uint32_t)ldexp(nw.x, z); x <= (uint32_t)ldexp(se.x, z); x += step)
        for (uint32_t y = (uint32_t)ldexp(nw.y, z); y <= (uint32_t)ldexp(se.y, z); y += step) {
            struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
            struct wijk_str tile = {0};
            const double start = now_ms();
            if (wijk_tiles_encode(cx, t, z, x, y, &tile) == WIJK_OK && tile.n) {
                const double took = now_ms() - start;
                n++, all += took, worst = fmax(worst, took);
                if (tile.n > bytes) bytes = tile.n;
            }
            wijk_cx_end(cx);
        }
    printf("z%d: %zu tiles, mean %.3f ms, worst %.3f ms, largest %zu bytes\n", z, n, all / (double)n, worst,
           bytes);
}

int main(void)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom **geom = WIJK_NEW(cx, const struct wijk_geom *, ACROSS *DOWN);
    for (size_t i = 0; i < ACROSS; i++)
        for (size_t j = 0; j < DOWN; j++) geom[i * DOWN + j] = area(cx, i, j);
    const double start = now_ms();
    const struct wijk_tiles *t;
    if (wijk_tiles_build(cx, geom, ACROSS * DOWN, (struct wijk_tiles_opt){0}, &t) != WIJK_OK) return 1;
    printf("build: %.0f ms\n", now_ms() - start);
    for (int z = 5; z <= 14; z++) zoom(t, z);
    wijk_cx_end(cx);
    return 0;
}
