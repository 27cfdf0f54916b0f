/* SPDX-License-Identifier: EUPL-1.2 */
/* A zip: its table of contents, and every file in it. */
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST = 1 << 20 };
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str zip = {(const char *)data, size}, bytes;
    const char *const *name;
    size_t n;
    if (wijk_archive_list(cx, zip, "a.zip", MOST, &name, &n) == WIJK_OK)
        for (size_t i = 0; i < n && i < 20; i++) {
            char piece[777];
            uint64_t size_told, size_read = 0;
            ptrdiff_t got;
            struct wijk_in in;
            if (wijk_archive_unpack(cx, zip, "a.zip", MOST, name[i], &bytes) != WIJK_OK) __builtin_trap();
            if (wijk_archive_open(cx, zip, "a.zip", MOST, name[i], &in, &size_told) != WIJK_OK)
                __builtin_trap();
            while ((got = in.read(in.self, piece, sizeof piece)) > 0) size_read += (uint64_t)got;
            if (got < 0 || size_read != size_told || size_read != bytes.n) __builtin_trap();
        }
    wijk_cx_end(cx);
    return 0;
}
