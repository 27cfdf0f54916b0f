/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of contents of a zip, read before anything in it is unpacked. */
#ifndef WIJK_READ_ARCHIVE_H
#define WIJK_READ_ARCHIVE_H

#include "base/base.h"

enum {
    WIJK__ARCHIVE_FILES = 2000,      /* files in one archive            */
    WIJK__ARCHIVE_UNPACKED = 1 << 30 /* bytes of all files, unpacked    */
};

/* Names of the files in the zip, in its own order; folders left out.
 * Fails  WIJK_EPARSE not a zip, cut off, encrypted, a path that is absolute or has `..`, an archive in the
 * archive; WIJK_ELIMIT more files or more bytes than the limits above */
enum wijk_err wijk__archive_list(struct wijk_cx *cx, struct wijk_str zip, const char *label,
                                 const char *const **names, size_t *n);

#endif
