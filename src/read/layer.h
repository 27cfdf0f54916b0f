/* SPDX-License-Identifier: EUPL-1.2 */
/* One layer of a foreign file, sent row by row as frames. */
#ifndef WIJK_READ_LAYER_H
#define WIJK_READ_LAYER_H

#include "import/wire.h"

struct wijk__layer_in {
    struct wijk_str bytes; /* the whole file, in writable private memory */
    const char *label;     /* its name for people                        */
    const char *format;    /* shapefile, gpkg, xlsx, ods or gml          */
    const char *layer;     /* NULL or "": the only one there is          */
    struct wijk_out out;   /* takes the frames                           */
};

/* Switches off what GDAL could do beside reading, registers its drivers and ties down SQLite (`seconds` is
 * its time limit). Before the sandbox. Fails WIJK_EUSAGE an unknown format; WIJK_ECHILD as
 * wijk__gpkg_harden() */
enum wijk_err wijk__layer_prepare(struct wijk_cx *cx, const char *format, unsigned seconds);
/* Fails WIJK_EPARSE, WIJK_ELIMIT, WIJK_ENOTFOUND (no such layer); WIJK_EIO the other end of the pipe is gone
 */
enum wijk_err wijk__layer_send(struct wijk_cx *cx, const struct wijk__layer_in *in);

#endif
