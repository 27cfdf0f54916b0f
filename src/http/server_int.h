/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the server: the cache of finished answers, shared by its threads. */
#ifndef WIJK_HTTP_SERVER_INT_H
#define WIJK_HTTP_SERVER_INT_H

#include "http/http_int.h"

#include <microhttpd.h>

/* A finished answer. The response counts its own users, so it may be sent while the cache drops it. */
struct http_ready {
    struct MHD_Response *response;
    unsigned status;
    size_t route;
};
struct http_cache;
struct http_cache *wijk__cache_new(size_t max_bytes, _Atomic uint64_t *bytes);
void wijk__cache_free(struct http_cache *cache);
/* Sends the kept answer; false when there is none. */
bool wijk__cache_send(struct http_cache *cache, const char *key, struct MHD_Connection *to, size_t *route,
                      enum MHD_Result *result);
/* Keeps the response (and one use of it) under key; it replaces the oldest where room is short. */
void wijk__cache_keep(struct http_cache *cache, const char *key, size_t bytes, struct http_ready ready);

#endif
