/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the socket side: one request with its answer, and the server that its threads share. */
#ifndef WIJK_HTTP_EXCHANGE_H
#define WIJK_HTTP_EXCHANGE_H

#include "http/asker.h"
#include "http/server_int.h"

#include <pthread.h>
#include <time.h>

enum { HTTP_WORKERS_MAX = 64 };

/* One request from its first line to its last byte; freed when libmicrohttpd says it is complete. */
struct exchange {
    struct exchange *next;
    struct wijk_http *server;
    struct MHD_Connection *connection;
    struct http_client *client;
    const char *target; /* in libmicrohttpd's buffer */
    size_t target_n;
    char *base, *path, *query, *key;
    char *method, *language, *accept, *match;
    char *host, *origin, *site, *authorization, *type, *again, *cookie, *guard, *agent;
    uint64_t address[2];
    bool seen, door, slow, export, zip, made, odd, early;
    struct http_picture *picture; /* of the answer being made */
    /* What it brings: into a file, into memory, or (neither) let go. A worker writes the file, piece by
     * piece; the piece stays in libmicrohttpd's buffer until then. */
    bool has_length, brings, piece_done;
    uint64_t length, got;
    int64_t since_ms;
    struct http_upload *upload;
    char *body;
    const char *piece;
    size_t piece_n;
    struct http_ready ready;
    struct timespec start;
    unsigned status;
    size_t route;
};
struct wijk_http {
    struct wijk_http_opt opt;
    struct http_pictures *pictures;
    struct http_keeper *keeper;  /* NULL without a store */
    struct http_desk *desk;      /* NULL: there is no store */
    struct wijk_store_fate fate; /* of all its connections that write */
    struct http_throttle *throttle;
    struct wijk_sso *sso; /* NULL none */
    struct http_world world;
    struct MHD_Daemon *daemon;
    unsigned port;
    struct http_metrics metrics;
    struct http_cache *cache;
    struct http_clients *clients;
    struct http_askers *askers;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct exchange *first, *last;
    unsigned waiting, n_worker, making; /* making: workers busy with an export or a password */
    _Atomic unsigned exports;           /* from the queue to the last byte */
    _Atomic unsigned under_way;         /* requests seen and not yet complete */
    _Atomic bool stopping;              /* who connects now is let go, what is queued is answered */
    pthread_t worker[HTTP_WORKERS_MAX];
};

/* ---- exchange.c: what libmicrohttpd calls, on its event threads ---- */

void *wijk__exchange_begin(void *self, const char *uri, struct MHD_Connection *connection);
enum MHD_Result wijk__exchange_handle(void *self, struct MHD_Connection *connection, const char *url,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_n, void **con);
void wijk__exchange_end(void *self, struct MHD_Connection *connection, void **con,
                        enum MHD_RequestTerminationCode why);
void wijk__exchange_connected(void *self, struct MHD_Connection *connection, void **client,
                              enum MHD_ConnectionNotificationCode what);

/* ---- respond.c ---- */

struct wijk_http_request wijk__exchange_request(const struct exchange *x);
/* The whole answer, also for who may have it already: so it can be kept, and the next one like it costs
 * nothing. */
void wijk__exchange_make(struct exchange *x);
enum MHD_Result wijk__exchange_send(struct exchange *x); /* what was made */
/* A short answer made on the spot, for what never reaches the router. */
enum MHD_Result wijk__exchange_refuse(struct exchange *x, unsigned status, const char *title);

/* ---- workers.c ---- */

/* Into the queue; the connection is suspended before a worker can see it. false: the queue is full. */
bool wijk__workers_take(struct wijk_http *h, struct exchange *x);
void wijk__workers_write(struct exchange *x); /* the piece of its body that came */
bool wijk__workers_start(struct wijk_http *h);
/* What is queued is still answered: a worker ends only at an empty queue. */
void wijk__workers_end(struct wijk_http *h);

#endif
