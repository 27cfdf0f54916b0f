/* SPDX-License-Identifier: EUPL-1.2 */
/* geo_int: what the tile encoder and the thinning of shared borders share. */
#ifndef WIJK_GEO_INT_H
#define WIJK_GEO_INT_H

#include "geo/geo.h"

struct spot { /* on the world grid: 0 in the north-west, 2^32 steps of 9 mm at the equator */
    uint32_t x, y;
};

/* The lines that rings run along, each point once, with the points it is joined to.
 *
 *     a --- b --- c          b joins a and c: it lies inside an arc and may be left out
 *           |                 .. unless another ring leaves there, as here to d: then b is a junction
 *           d */
struct net;

/* Memory is taken from cx. spot: n of them, not yet joined. */
struct net *wijk__net_new(struct wijk_cx *cx, const struct spot *spot, size_t n);
/* Joins the points of one ring, first..end without a closing one. All rings come before the first rank. */
void wijk__net_join(struct net *net, size_t first, size_t end);
/* For each point of the ring the lowest zoom at which it is drawn; WIJK__NEVER when it lies less than half a
 * pixel beside the line without it at every zoom asked for. Two rings that share a border get the same ranks
 * for it, whatever way they walk. */
enum { WIJK__NEVER = 255 };
void wijk__net_rank(const struct net *net, size_t first, size_t end, int max_zoom, unsigned char *rank);

#endif
