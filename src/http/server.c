/* SPDX-License-Identifier: EUPL-1.2 */
/* The socket side: event threads of libmicrohttpd, and workers of our own. A connection whose answer takes
 * work is suspended, its exchange queued, and resumed when a worker has made the answer: no event thread
 * waits. */
#include "http/server_int.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum {
    CACHE_BYTES = 64 << 20,
    CONNECTIONS_MAX = 4096,
    PER_ADDRESS_MAX = 1024,
    HEADERS_BYTES = 16 << 10,
    IDLE_S = 60,
    HEADERS_MAX = 100,
    ZIP_FROM = 1024
};

/* One request from first byte to last; freed when libmicrohttpd says it is complete. */
struct exchange {
    struct exchange *next;
    struct wijk_http *server;
    struct MHD_Connection *connection;
    char *path, *query, *key;
    char *method, *language, *accept, *match;
    bool seen, zip, made;
    struct http_ready ready;
    struct timespec start;
    unsigned status;
    size_t route, bytes;
};
struct wijk_http {
    struct wijk_http_opt opt;
    const struct wijk_snapshot *snapshot;
    struct MHD_Daemon *daemon;
    unsigned port;
    struct http_metrics metrics;
    struct http_cache *cache;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct exchange *first, *last;
    unsigned waiting, n_worker;
    bool stopping;
    pthread_t worker[64];
};

/* ---- answers ---- */

/* gzip of a body; NULL when it does not get smaller. Freed by the caller. */
static void *zipped(struct wijk_str body, size_t *n)
{
    z_stream z = {0};
    if (body.n > (256u << 20) || deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    uLong room = deflateBound(&z, (uLong)body.n);
    unsigned char *out = malloc(room), *in = malloc(body.n);
    if (!out || !in) abort();
    memcpy(in, body.p, body.n); /* zlib wants bytes it may call its own */
    z.next_in = in, z.avail_in = (uInt)body.n, z.next_out = out, z.avail_out = (uInt)room;
    int end = deflate(&z, Z_FINISH);
    *n = z.total_out;
    deflateEnd(&z);
    free(in);
    if (end == Z_STREAM_END && *n < body.n) return out;
    free(out);
    return NULL;
}

static bool zips(const char *type)
{
    return strstr(type, "json") || strncmp(type, "text/", 5) == 0 || strstr(type, "svg") ||
           strstr(type, "vector-tile");
}

static void make(struct exchange *x)
{
    struct wijk_http *h = x->server;
    struct wijk_cx *cx = wijk_cx_new(wijk__http_lang(x->language));
    struct wijk_http_request request = {x->method, x->path, x->query, x->language, x->match, x->accept};
    struct wijk_http_answer a;
    wijk__http_answer(cx, h->snapshot, &h->metrics, &request, &a, &x->route);
    size_t n = 0;
    void *zip = x->zip && a.body.n >= ZIP_FROM && zips(a.content_type) ? zipped(a.body, &n) : NULL;
    struct MHD_Response *r =
        zip ? MHD_create_response_from_buffer(n, zip, MHD_RESPMEM_MUST_FREE)
            : MHD_create_response_from_buffer(a.body.n, (void *)(uintptr_t)a.body.p, MHD_RESPMEM_MUST_COPY);
    if (!r) abort();
    for (size_t i = 0; i < a.n_header; i++) MHD_add_response_header(r, a.header[i].name, a.header[i].value);
    if (zip) MHD_add_response_header(r, "Content-Encoding", "gzip");
    x->ready = (struct http_ready){r, (unsigned)a.status, x->route};
    x->bytes = zip ? n : a.body.n;
    x->made = true;
    wijk_cx_end(cx);
}

/* A short answer made on the spot, for what never reaches the router. */
static enum MHD_Result refuse(struct exchange *x, unsigned status, const char *title)
{
    struct wijk_cx *cx = wijk_cx_new(wijk__http_lang(x->language));
    const char *body =
        wijk_sprintf(cx, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,\"detail\":\"%s\"}",
                     wijk_tr(cx, title), status, wijk_tr(cx, title));
    struct MHD_Response *r =
        MHD_create_response_from_buffer(strlen(body), (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);
    if (!r) abort();
    MHD_add_response_header(r, "Content-Type", "application/problem+json");
    MHD_add_response_header(r, "API-Version", "1.0.0");
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(r, "Strict-Transport-Security", "max-age=31536000");
    if (status == 503)
        MHD_add_response_header(r, "Retry-After", "2");
    else
        MHD_add_response_header(r, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(x->connection, status, r);
    MHD_destroy_response(r);
    wijk_cx_end(cx);
    x->status = status;
    x->route = wijk__n_routes + 1;
    return result;
}

static enum MHD_Result send_made(struct exchange *x)
{
    enum MHD_Result result = MHD_queue_response(x->connection, x->ready.status, x->ready.response);
    x->status = x->ready.status;
    bool lasting = x->route < wijk__n_routes && x->route != wijk__http_route_of("/gezond") &&
                   x->route != wijk__http_route_of("/metrics");
    if (x->key && x->status == 200 && (lasting || x->route == wijk__n_routes))
        wijk__cache_keep(x->server->cache, x->key, x->bytes, x->ready);
    else
        MHD_destroy_response(x->ready.response);
    x->made = false;
    return result;
}

/* ---- workers ---- */

static void *work(void *arg)
{
    struct wijk_http *h = arg;
    for (;;) {
        pthread_mutex_lock(&h->lock);
        while (!h->first && !h->stopping) pthread_cond_wait(&h->work, &h->lock);
        struct exchange *x = h->first;
        if (x) {
            h->first = x->next;
            if (!h->first) h->last = NULL;
            h->waiting--;
            atomic_store(&h->metrics.queue, h->waiting);
        }
        pthread_mutex_unlock(&h->lock);
        if (!x) return NULL;
        make(x);
        MHD_resume_connection(x->connection);
    }
}

/* false: the queue is full. The connection is suspended before a worker can see it. */
static bool enqueue(struct wijk_http *h, struct exchange *x)
{
    pthread_mutex_lock(&h->lock);
    bool room = h->waiting < h->opt.queue && !h->stopping;
    if (room) {
        MHD_suspend_connection(x->connection);
        x->next = NULL;
        *(h->last ? &h->last->next : &h->first) = x;
        h->last = x;
        h->waiting++;
        atomic_store(&h->metrics.queue, h->waiting);
        pthread_cond_signal(&h->work);
    }
    pthread_mutex_unlock(&h->lock);
    if (!room) atomic_fetch_add(&h->metrics.refused, 1);
    return room;
}

/* ---- requests ---- */

static char *copy(const char *s)
{
    char *out = s ? strdup(s) : NULL;
    if (s && !out) abort();
    return out;
}

/* The address as sent, before anything is decoded. */
static void *uri_seen(void *self, const char *uri, struct MHD_Connection *connection)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x) abort();
    x->server = self;
    x->connection = connection;
    x->path = copy(uri);
    char *mark = strchr(x->path, '?');
    x->query = mark ? mark + 1 : x->path + strlen(x->path);
    if (mark) *mark = '\0';
    clock_gettime(CLOCK_MONOTONIC, &x->start);
    return x;
}

struct header_count {
    size_t n, length, coding, host;
};
static enum MHD_Result count_header(void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct header_count *c = self;
    (void)kind, (void)value;
    c->n++;
    c->length += strcasecmp(name, "Content-Length") == 0;
    c->coding += strcasecmp(name, "Transfer-Encoding") == 0;
    c->host += strcasecmp(name, "Host") == 0;
    return MHD_YES;
}

/* Reads what the router needs; says why a message is refused before its body, or 0. */
static unsigned inspect(struct exchange *x, const char *method)
{
    struct header_count seen = {0};
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, count_header, &seen);
    const char *length = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Content-Length");
    const char *zip = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Accept-Encoding");
    x->method = copy(method);
    x->language = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Accept-Language"));
    x->accept = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Accept"));
    x->match = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "If-None-Match"));
    x->zip = zip && strstr(zip, "gzip") && !strstr(zip, "gzip;q=0");
    if (seen.n > HEADERS_MAX) return 431;
    if (seen.coding || seen.length > 1 || seen.host > 1) return 400;
    if (length && strcmp(length, "0") != 0) return 413;
    bool cached = !x->match && !x->accept;
    cached = cached || (!x->match && (strstr(x->accept, "*/*") || strstr(x->accept, "application/json")));
    if (cached && strcmp(method, "GET") == 0) {
        size_t n = strlen(x->path) + strlen(x->query) + 8;
        x->key = malloc(n);
        if (!x->key) abort();
        x->key[0] = wijk__http_lang(x->language) == WIJK_EN ? 'e' : 'n';
        x->key[1] = x->zip ? 'z' : 'p';
        size_t p = strlen(x->path);
        memcpy(x->key + 2, x->path, p);
        x->key[2 + p] = '?';
        memcpy(x->key + 3 + p, x->query, strlen(x->query) + 1);
    }
    return 0;
}

static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload, size_t *upload_n,
                              void **con)
{
    struct wijk_http *h = self;
    struct exchange *x = *con;
    (void)url, (void)version, (void)upload, (void)connection;
    if (!x) return MHD_NO;
    if (!x->seen) {
        x->seen = true;
        unsigned wrong = inspect(x, method);
        return wrong ? refuse(x, wrong,
                              wrong == 413 ? WIJK_T("Hier hoort geen inhoud bij.")
                                           : WIJK_T("Dit verzoek is niet goed opgebouwd."))
                     : MHD_YES;
    }
    if (*upload_n) return MHD_NO;
    if (x->made) return send_made(x);
    enum MHD_Result result;
    if (x->key && wijk__cache_send(h->cache, x->key, x->connection, &x->route, &result)) {
        x->status = 200;
        return result;
    }
    size_t route = wijk__http_route_of(x->path);
    if (route != SIZE_MAX && wijk__routes[route].cost == HEAVY)
        return enqueue(h, x) ? MHD_YES : refuse(x, 503, WIJK_T("Het is nu te druk. Probeer het zo weer."));
    make(x);
    return send_made(x);
}

static void completed(void *self, struct MHD_Connection *connection, void **con,
                      enum MHD_RequestTerminationCode why)
{
    struct wijk_http *h = self;
    struct exchange *x = *con;
    (void)connection, (void)why;
    if (!x) return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t us = (now.tv_sec - x->start.tv_sec) * 1000000 + (now.tv_nsec - x->start.tv_nsec) / 1000;
    if (x->status) {
        atomic_fetch_add(&h->metrics.count[x->route][x->status / 100], 1);
        atomic_fetch_add(&h->metrics.micros[x->route], (uint64_t)us);
        const char *name = x->route < wijk__n_routes    ? wijk__routes[x->route].id
                           : x->route == wijk__n_routes ? "web"
                                                        : "geen";
        wijk_log(h->opt.log, WIJK_LOG_INFO, "%s %s %u %.1f ms",
                 x->method && strlen(x->method) < 12 ? x->method : "?", name, x->status, (double)us / 1000);
    }
    if (x->made) MHD_destroy_response(x->ready.response);
    free(x->path), free(x->key), free(x->method), free(x->language), free(x->accept), free(x->match);
    free(x);
    *con = NULL;
}

/* ---- start and stop ---- */

/* IPv4 or IPv6 literal. */
static enum wijk_err listen_on(struct wijk_cx *cx, const char *host, unsigned port, int *out, unsigned *real)
{
    struct sockaddr_storage at = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
    socklen_t n = sizeof *v4;
    int one = 1;
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
    } else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)port);
        n = sizeof *v6;
    } else {
        return wijk_fail(cx, WIJK_EUSAGE, "Het adres %s is geen IP-adres, zoals 127.0.0.1 of ::1.", host);
    }
    int fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return wijk_fail(cx, WIJK_EIO, "Het luisteren op %s lukt niet.", host);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, 1024) != 0) {
        bool taken = errno == EADDRINUSE;
        close(fd);
        if (taken) return wijk_fail(cx, WIJK_EIO, "Poort %u is al in gebruik.", port);
        return wijk_fail(cx, WIJK_EIO, "Luisteren op %s, poort %u, lukt niet.", host, port);
    }
    n = sizeof at;
    getsockname(fd, (struct sockaddr *)&at, &n);
    *real = ntohs(at.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
    *out = fd;
    return WIJK_OK;
}

static void daemon_says(void *self, const char *fmt, va_list args)
{
    (void)self, (void)fmt, (void)args; /* what a client did wrong is counted, not printed */
}

static void end_workers(struct wijk_http *h)
{
    pthread_mutex_lock(&h->lock);
    h->stopping = true;
    pthread_cond_broadcast(&h->work);
    pthread_mutex_unlock(&h->lock);
    for (unsigned i = 0; i < h->n_worker; i++) pthread_join(h->worker[i], NULL);
}

static void server_free(struct wijk_http *h)
{
    wijk__cache_free(h->cache);
    pthread_cond_destroy(&h->work);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

enum wijk_err wijk_http_start(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                              struct wijk_http_opt opt, struct wijk_http **out)
{
    int fd = -1;
    unsigned port = 0;
    WIJK_TRY(listen_on(cx, opt.host ? opt.host : "127.0.0.1", opt.port, &fd, &port));
    struct wijk_http *h = calloc(1, sizeof *h);
    if (!h) abort();
    if (!opt.pool) opt.pool = 2;
    if (!opt.workers) opt.workers = 2;
    if (opt.workers > 64) opt.workers = 64;
    if (!opt.queue) opt.queue = 512;
    h->opt = opt, h->snapshot = snapshot, h->port = port;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    h->metrics.started_s = now.tv_sec;
    h->cache = wijk__cache_new(CACHE_BYTES, &h->metrics.cache_bytes);
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->work, NULL);
    while (h->n_worker < opt.workers && pthread_create(&h->worker[h->n_worker], NULL, work, h) == 0)
        h->n_worker++;
    h->daemon =
        h->n_worker
            ? MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
                               0, NULL, NULL, handle, h, MHD_OPTION_EXTERNAL_LOGGER, daemon_says, NULL,
                               MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, opt.pool,
                               MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_BYTES,
                               MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                               MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)PER_ADDRESS_MAX,
                               MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_STRICT_FOR_CLIENT,
                               1, MHD_OPTION_URI_LOG_CALLBACK, uri_seen, h, MHD_OPTION_NOTIFY_COMPLETED,
                               completed, h, MHD_OPTION_END)
            : NULL;
    if (!h->daemon) {
        close(fd);
        end_workers(h);
        server_free(h);
        return wijk_fail(cx, WIJK_EIO, "De server start niet op poort %u.", port);
    }
    *out = h;
    return WIJK_OK;
}

unsigned wijk_http_port(const struct wijk_http *h)
{
    return h->port;
}

void wijk_http_stop(struct wijk_http *h)
{
    if (!h) return;
    MHD_socket fd = MHD_quiesce_daemon(h->daemon);
    end_workers(h); /* what is queued is still answered: a worker ends only at an empty queue */
    MHD_stop_daemon(h->daemon);
    if (fd != MHD_INVALID_SOCKET) close(fd);
    server_free(h);
}
