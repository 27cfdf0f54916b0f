/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats that only GDAL reads: rows come from wijk-read, a child process that cannot harm wijk. */
#ifndef WIJK_IMPORT_READER_CHILD_H
#define WIJK_IMPORT_READER_CHILD_H

#include "import/import_int.h"

struct wijk__reader_limit {
    unsigned seconds;   /* from start to end; 0 = 120   */
    uint64_t max_bytes; /* that may come; 0 = 4 GiB      */
};

/* As wijk__reader_open(), with other limits.
 * Fails  WIJK_ECHILD the program is absent, crashed, was too slow or sent too much; else what wijk-read
 * itself says */
enum wijk_err wijk__reader_open_limit(struct wijk_cx *cx, const struct wijk__open *how,
                                      struct wijk__reader_limit limit, struct wijk__rows *out);

#endif
