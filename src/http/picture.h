/* SPDX-License-Identifier: EUPL-1.2 */
/* The snapshot that is served now, and older ones that someone is still reading. */
#ifndef WIJK_HTTP_PICTURE_H
#define WIJK_HTTP_PICTURE_H

#include "wijk.h"

struct http_picture {
    const struct wijk_snapshot *snapshot;
    uint64_t number; /* rises with every swap */
    /* private: under the lock of its list */
    struct wijk_cx *cx; /* NULL: the snapshot is the caller's */
    unsigned users;
};
struct http_pictures;
/* Readers take and give; a picture goes when it is no longer served and nobody has it. */
struct http_pictures *wijk__pictures_new(struct wijk_cx *cx, const struct wijk_snapshot *snapshot);
void wijk__pictures_free(struct http_pictures *all); /* nobody reads any more; NULL allowed */
struct http_picture *wijk__picture_take(struct http_pictures *all);
void wijk__picture_give(struct http_pictures *all, struct http_picture *picture); /* NULL allowed */
/* From now on this one is served. It owns cx. */
void wijk__picture_swap(struct http_pictures *all, struct wijk_cx *cx, const struct wijk_snapshot *snapshot);
unsigned wijk__pictures_alive(struct http_pictures *all);

#endif
