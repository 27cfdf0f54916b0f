/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the socket side: who is connected and how long each may take, the form of a message, and the cache
 * of finished answers. */
#ifndef WIJK_HTTP_SERVER_INT_H
#define WIJK_HTTP_SERVER_INT_H

#include "http/http_int.h"

#include <microhttpd.h>

/* ---- connections (clients.c) ---- */

/* What a connection is doing. Each but WORK has a deadline; a thread of its own ends who is past it. */
enum http_phase {
    HTTP_WAIT,   /* no request under way; the first one, or a later one's first byte, starts HTTP_HEADER */
    HTTP_HEADER, /* a request has begun and its headers are not complete */
    HTTP_WORK,   /* ours to answer */
    HTTP_SEND,   /* the client must take its answer */
    HTTP_EXCESS, /* over a limit: told 503 as soon as it has asked something */
    HTTP_BODY    /* the client must send what it announced */
};
struct http_clients;
struct http_client;
/* opt: limits filled in. The thread runs until wijk__clients_free(). NULL: it did not start. */
struct http_clients *wijk__clients_new(const struct wijk_http_opt *opt, struct http_metrics *metrics);
void wijk__clients_free(struct http_clients *all);
struct http_client *wijk__client_open(struct http_clients *all, MHD_socket fd, const struct sockaddr *from);
void wijk__client_close(struct http_client *client);
/* bytes: length of the answer, for HTTP_SEND only. HTTP_EXCESS stays what it is. */
void wijk__client_phase(struct http_client *client, enum http_phase phase, size_t bytes);
/* Of a body that began then (monotonic), so many bytes are in. */
void wijk__client_body(struct http_client *client, int64_t since_ms, uint64_t bytes);
/* A request of so many bytes was read. */
void wijk__client_taken(struct http_client *client, size_t bytes);
/* Who it is: an IPv4 address or the first 64 bits of one of IPv6. */
void wijk__client_address(const struct http_client *client, uint64_t address[2]);
/* The last address of X-Forwarded-For, which the server before this one added; what is none leaves *address
 * as it is. */
void wijk__address_forwarded(const char *text, uint64_t address[2]);
bool wijk__client_excess(const struct http_client *client);

/* ---- messages (framing.c) ---- */

/* A request as libmicrohttpd has cut it up: pieces of one buffer, still where they were received. */
struct http_message {
    const char *method, *target, *version;
    bool may_bring;  /* a body belongs to it */
    size_t target_n; /* with its query, as sent: libmicrohttpd decodes it in place later */
    struct MHD_Connection *connection;
};
/* Of the target as sent: not empty, no blanks, no control characters. */
bool wijk__framing_target(const char *target);
/* 0, or the status with which the message is refused before anything is made of it: 400, 413 or 431. *length:
 * of its body; *has_length: whether that was told. */
unsigned wijk__framing_check(const struct http_message *m, bool *has_length, uint64_t *length);

/* ---- finished answers (cache.c) ---- */

/* The response counts its own users, so it may be sent while the cache drops it. */
struct http_ready {
    struct MHD_Response *response, *same; /* same: 304, or NULL where an answer has no ETag */
    unsigned status;
    size_t route, bytes;
    char etag[64]; /* "" none */
};
void wijk__ready_free(struct http_ready *ready);
/* The response for who has `match` (If-None-Match, or NULL): the whole answer, or 304. *status: which. */
struct MHD_Response *wijk__ready_choose(const struct http_ready *ready, const char *match, unsigned *status);

struct http_cache;
struct http_cache *wijk__cache_new(size_t max_bytes, _Atomic uint64_t *bytes);
void wijk__cache_free(struct http_cache *cache);
void wijk__cache_clear(struct http_cache *cache);
struct http_sent {
    unsigned status;
    size_t route, bytes;
    enum MHD_Result result;
};
/* Sends the kept answer, or 304 when `match` names it; false when there is none. */
bool wijk__cache_send(struct http_cache *cache, const char *key, const char *match, struct MHD_Connection *to,
                      struct http_sent *sent);
/* Keeps the answer (and its responses) under key; it replaces the oldest where room is short. */
void wijk__cache_keep(struct http_cache *cache, const char *key, struct http_ready ready);

#endif
