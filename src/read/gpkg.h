/* SPDX-License-Identifier: EUPL-1.2 */
/* A foreign GeoPackage, looked through before GDAL opens it. */
#ifndef WIJK_READ_GPKG_H
#define WIJK_READ_GPKG_H

#include "base/base.h"

/* From here on every new SQLite connection of this process, GDAL's own included, is defensive: no trusted
 * schema, no views, no triggers, no extensions, lowered limits, reading only, and no later than `seconds`
 * from now. Fails WIJK_ECHILD SQLite does not take that */
enum wijk_err wijk__gpkg_harden(struct wijk_cx *cx, unsigned seconds);

/* Looks through the file, read-only: whole by quick_check, a GeoPackage by its number and its tables, the
 * layer a table and no view, and the head of every geometry. layer: NULL or "" is the only one there is. The
 * two bytes that say "with a journal beside it" are set back, for there is no journal in memory. Fails
 * WIJK_EPARSE in words; WIJK_ELIMIT it takes too long or too much memory */
enum wijk_err wijk__gpkg_check(struct wijk_cx *cx, struct wijk_str bytes, const char *label,
                               const char *layer);

#endif
