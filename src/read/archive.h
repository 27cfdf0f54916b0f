/* SPDX-License-Identifier: EUPL-1.2 */
/* A zip, checked whole before anyone else unpacks it. */
#ifndef WIJK_READ_ARCHIVE_H
#define WIJK_READ_ARCHIVE_H

#include "base/base.h"

enum {
    WIJK__ARCHIVE_FILES = 2000,       /* files in one archive                                              */
    WIJK__ARCHIVE_UNPACKED = 1 << 30, /* bytes of all files, unpacked                                      */
    WIJK__ARCHIVE_SHEET = 32 << 20    /* the same for a workbook: its reader keeps all cells in memory     */
};

/* Names of the files in the zip, in its own order; folders left out. Every file has been unpacked once and
 * its size and checksum found as the table of contents says. Fails  WIJK_EPARSE not a zip, cut off, damaged,
 * encrypted, packed by another method than deflate, a path that is absolute or has `..`, a link, an archive
 * in the archive, one name twice, a table that contradicts the files; WIJK_ELIMIT more than
 * WIJK__ARCHIVE_FILES files or more than max bytes */
enum wijk_err wijk__archive_list(struct wijk_cx *cx, struct wijk_str zip, const char *label, size_t max,
                                 const char *const **names, size_t *n);
/* The bytes of one file, in cx. Fails as above; WIJK_ENOTFOUND no such file */
enum wijk_err wijk__archive_unpack(struct wijk_cx *cx, struct wijk_str zip, const char *label, size_t max,
                                   const char *name, struct wijk_str *out);

#endif
