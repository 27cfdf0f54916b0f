/* SPDX-License-Identifier: EUPL-1.2 */
/* GeoPackage blobs: whatever comes in is refused with a sentence, or read, written and read again as the
 * same, with the box of its points. */
#include "geo/geo.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond)                                                                                           \
    do {                                                                                                     \
        if (!(cond)) abort();                                                                                \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_str blob = {(const char *)data, size};
    const struct wijk_geom *g, *again;
    struct wijk_box box;
    bool empty;
    int srs, srs_again;
    if (wijk_gpkg_blob_read(cx, blob, &g, &srs) != WIJK_OK) {
        MUST(wijk_fault(cx)[0]);
    } else {
        const struct wijk_str out = wijk_gpkg_blob_write(cx, g, srs);
        MUST(wijk_gpkg_blob_read(cx, out, &again, &srs_again) == WIJK_OK && srs_again == srs);
        MUST(again->n_poly == g->n_poly && again->n_ring == g->n_ring && again->n_point == g->n_point);
        MUST(g->n_point == 0 || memcmp(again->xy, g->xy, g->n_point * sizeof *g->xy) == 0);
        MUST(wijk_gpkg_blob_box(out, &box, &empty) && empty == (g->n_poly == 0));
    }
    (void)wijk_gpkg_blob_box(blob, &box, &empty);
    wijk_cx_end(cx);
    return 0;
}
