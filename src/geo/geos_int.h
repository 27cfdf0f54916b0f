/* SPDX-License-Identifier: EUPL-1.2 */
/* geos_int: our shapes as GEOS's, for the files that ask GEOS. */
#ifndef WIJK_GEOS_INT_H
#define WIJK_GEOS_INT_H

#include "geo/geo.h"

#include <geos_c.h>

/* A multipolygon the caller destroys; NULL when GEOS refuses it. */
GEOSGeometry *wijk__geos_of(struct wijk_cx *cx, GEOSContextHandle_t h, const struct wijk_geom *g);

#endif
