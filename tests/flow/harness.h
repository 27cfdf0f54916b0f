/* SPDX-License-Identifier: EUPL-1.2 */
/* What tests of flow make alike: files in a folder of their own, and areas that are boxes in a row. */
#ifndef TESTS_FLOW_HARNESS_H
#define TESTS_FLOW_HARNESS_H

#include "flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define must(cx, call)                                                                                       \
    do {                                                                                                     \
        enum wijk_err must_ = (call);                                                                        \
        if (must_) fail_msg("%s: %s", wijk_err_name(must_), wijk_fault(cx));                                 \
    } while (0)

static inline void put_file(struct wijk_cx *cx, const char *path, struct wijk_str text)
{
    struct wijk_file_out *f;
    must(cx, wijk_file_out_open(cx, path, true, &f));
    struct wijk_out out = wijk_file_out(f);
    assert_true(out.write(out.self, text.p, text.n));
    must(cx, wijk_file_out_done(f));
}

/* From x0 to x1 metres east of `corner`, 400 metres high. */
static inline const struct wijk_geom *box_at(struct wijk_cx *cx, struct wijk_xy corner, double x0, double x1)
{
    const struct wijk_geom *g;
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_xy p[] = {{x0, 0}, {x1, 0}, {x1, 400}, {x0, 400}};
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (size_t i = 0; i < 4; i++)
        wijk_geom_add_point(b, (struct wijk_xy){corner.x + p[i].x, corner.y + p[i].y});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

#endif
