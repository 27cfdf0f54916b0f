/* SPDX-License-Identifier: EUPL-1.2 */
/* Well-known text: what is taken has rings of points and one of the two systems, what is not has a reason. */
#include "import/mapper.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond)                                                                                           \
    do {                                                                                                     \
        if (!(cond)) abort();                                                                                \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *geom;
    const char *why = NULL;
    enum wijk_crs crs = WIJK_CRS_RD;
    struct wijk_str text = {(const char *)data, size};
    if (wijk__wkt_read(cx, text, &geom, &crs, &why)) {
        MUST(!geom || (geom->n_poly && geom->n_ring && geom->n_point >= 4));
        MUST(crs == WIJK_CRS_RD || crs == WIJK_CRS_WGS84);
    } else {
        MUST(why && why[0]);
    }
    wijk_cx_end(cx);
    return 0;
}
