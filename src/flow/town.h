/* SPDX-License-Identifier: EUPL-1.2 */
/* The shape of the fictional gemeente Lindewaard: 72 buurten in 14 wijken on two banks of a river.
 * One seed gives one town. Private to flow; demo.c fills it with people and figures. */
#ifndef WIJK_FLOW_TOWN_H
#define WIJK_FLOW_TOWN_H

#include "geo/geo.h"

enum { TOWN_BUURTEN = 72, TOWN_WIJKEN = 14, TOWN_NEAR_MAX = 16 };

struct town_buurt {
    const char *name;
    char code[16];         /* BU9901ww bb */
    size_t wijk;           /* 0..13 */
    int bank;              /* 0 north, 1 south of the river */
    struct wijk_xy centre; /* RD metres */
    const struct wijk_geom *geom;
    size_t n_near, near[TOWN_NEAR_MAX]; /* buurten with which a border is shared, ascending */
};
struct town {
    const char *wijk_name[TOWN_WIJKEN];
    char wijk_code[TOWN_WIJKEN][16];
    struct town_buurt buurt[TOWN_BUURTEN]; /* by wijk, then from west to east */
    const struct wijk_geom *river;         /* as a polygon */
};

enum wijk_err wijk__town_build(struct wijk_cx *cx, uint64_t seed, const struct town **out);

#endif
