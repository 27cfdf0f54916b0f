/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared inside base only. */
#ifndef WIJK_BASE_INT_H
#define WIJK_BASE_INT_H

#include "base/base.h"

#include <stdalign.h>

struct wijk__chunk {
    struct wijk__chunk *before;
    size_t used, size;
    alignas(max_align_t) unsigned char room[];
};
struct wijk__deferred {
    struct wijk__deferred *before;
    void (*end)(void *arg);
    void *arg;
};
struct wijk_cx {
    struct wijk__chunk *chunk;
    struct wijk__deferred *deferred;
    enum wijk_lang lang;
    bool in_parallel; /* of a thread of wijk_parallel() */
    char fault[4096];
};

/* Room without zeroing: for buffers that are written before they are read. */
void *wijk__alloc_raw(struct wijk_cx *cx, size_t size);

/* Reads a wijk_in in blocks; both readers stand on it. */
struct wijk__block_in {
    struct wijk_in in;
    unsigned char *room;
    size_t size, at, n;
    bool ended, failed;
};
void wijk__block_open(struct wijk_cx *cx, struct wijk__block_in *b, struct wijk_in in, size_t size);
/* Moves what is left to the front and reads more behind it. false: nothing more, or reading failed. */
bool wijk__block_more(struct wijk__block_in *b);

/* wijk_num_parse_row() from a place on, in the way that every processor knows. */
size_t wijk__num_parse_row_narrow(const struct wijk_str *text, const uint16_t *column, size_t from, size_t n,
                                  enum wijk_num_style style, double *value, uint16_t *odd);
/* A whole number with a NUL behind it; 32 bytes. */
size_t wijk__whole_write(int64_t v, char *out);

#endif
