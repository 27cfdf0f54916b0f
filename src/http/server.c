/* SPDX-License-Identifier: EUPL-1.2 */
/* The socket side: event threads of libmicrohttpd, and workers of our own. A connection whose answer takes
 * work is suspended, its exchange queued, and resumed when a worker has made the answer: no event thread
 * waits. */
#include "http/asker.h"
#include "http/server_int.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum {
    CACHE_BYTES = 64 << 20,
    /* What libmicrohttpd may use for one connection: 16 KiB of headers, their table, and the headers of ours.
     */
    CONNECTION_BYTES = 28 << 10,
    /* The kernel holds no more than this for a client that does not take its answer. */
    SEND_BUFFER_BYTES = 256 << 10,
    SPARE_CONNECTIONS = 256, /* above the limit, to say 503 on */
    ZIP_FROM = 1024,
    WORKERS_MAX = 64
};

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
    char *host, *origin, *site, *authorization, *type, *again;
    uint64_t address[2];
    bool seen, export, zip, made, odd, early;
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
    struct http_keeper *keeper; /* NULL without a store */
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
    unsigned waiting, n_worker, making; /* making: workers busy with an export */
    _Atomic unsigned exports;           /* from the queue to the last byte */
    _Atomic unsigned under_way;         /* requests seen and not yet complete */
    bool stopping;
    pthread_t worker[WORKERS_MAX];
};

/* ---- answers ---- */

/* gzip of a body; NULL when it does not get smaller. Freed by the caller. */
static void *zipped(struct wijk_str body, int level, size_t *n)
{
    z_stream z = {0};
    if (body.n > (256u << 20) || deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
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
    void *fit = end == Z_STREAM_END && *n < body.n ? realloc(out, *n) : NULL; /* it may be kept for long */
    if (!fit) free(out);
    return fit;
}

static bool zips(const char *type)
{
    return strstr(type, "json") || strncmp(type, "text/", 5) == 0 || strstr(type, "svg") ||
           strstr(type, "vector-tile");
}

static struct MHD_Response *response_of(const struct wijk_http_answer *a, void *zip, size_t n)
{
    struct MHD_Response *r =
        a->file >= 0 ? MHD_create_response_from_fd64(a->file_bytes, a->file)
        : zip        ? MHD_create_response_from_buffer(n, zip, MHD_RESPMEM_MUST_FREE)
              : MHD_create_response_from_buffer(n, (void *)(uintptr_t)a->body.p, MHD_RESPMEM_MUST_COPY);
    if (!r) abort();
    for (size_t i = 0; i < a->n_header; i++)
        MHD_add_response_header(r, a->header[i].name, a->header[i].value);
    if (zip) MHD_add_response_header(r, "Content-Encoding", "gzip");
    return r;
}

static struct wijk_http_request request_of(const struct exchange *x)
{
    return (struct wijk_http_request){.method = x->method,
                                      .path = x->path,
                                      .query = x->query,
                                      .accept_language = x->language,
                                      .accept = x->accept,
                                      .if_none_match = x->export ? x->match : NULL,
                                      .base = x->base,
                                      .host = x->host,
                                      .origin = x->origin,
                                      .fetch_site = x->site,
                                      .authorization = x->authorization,
                                      .content_type = x->type,
                                      .idempotency_key = x->again,
                                      .has_length = x->has_length,
                                      .length = x->length,
                                      .file_max = x->server->opt.file_max,
                                      .body = {x->body ? x->body : "", x->body ? (size_t)x->got : 0},
                                      .address = {x->address[0], x->address[1]},
                                      .upload = x->upload};
}

/* The whole answer, also for who may have it already: so it can be kept, and the next one like it costs
 * nothing. */
static void make(struct exchange *x)
{
    struct wijk_http *h = x->server;
    struct wijk_cx *cx = wijk_cx_new(wijk__http_lang(x->language));
    struct wijk_http_request request = request_of(x);
    struct wijk_http_answer a;
    if (!x->picture) x->picture = wijk__picture_take(h->pictures);
    wijk__http_answer(cx, x->picture->snapshot, &h->world, &request, &a, &x->route);
    wijk__picture_give(h->pictures, x->picture);
    x->picture = NULL;
    wijk__upload_free(x->upload); /* what was not taken is gone before the answer is there */
    x->upload = NULL;
    size_t n = a.body.n;
    /* Figures are zipped while someone waits, and change; the files of the web app once. */
    const int level = x->route == wijk__n_routes ? 9 : 1;
    void *zip = x->zip && a.body.n >= ZIP_FROM && zips(a.content_type) ? zipped(a.body, level, &n) : NULL;
    if (!zip) n = a.body.n;
    if (a.file >= 0) n = a.file_bytes < SIZE_MAX ? (size_t)a.file_bytes : SIZE_MAX;
    if (x->early) wijk__http_header(&a, "Connection", "close"); /* its body is not read any more */
    x->ready = (struct http_ready){
        .response = response_of(&a, zip, n), .status = (unsigned)a.status, .route = x->route, .bytes = n};
    if (a.etag && !x->export && strlen(a.etag) < sizeof x->ready.etag) {
        memcpy(x->ready.etag, a.etag, strlen(a.etag) + 1);
        a.body = WIJK_STR("");
        x->ready.same = response_of(&a, NULL, 0);
    }
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
    wijk__client_phase(x->client, HTTP_SEND, 0);
    return result;
}

static enum MHD_Result send_made(struct exchange *x)
{
    struct MHD_Response *r = wijk__ready_choose(&x->ready, x->match, &x->status);
    enum MHD_Result result = MHD_queue_response(x->connection, x->status, r);
    /* A download holds one of few places, so it must go twenty times as fast as other answers. */
    wijk__client_phase(x->client, HTTP_SEND, x->ready.bytes / (x->export ? 20 : 1));
    if (x->key && !x->export && x->ready.status == 200 && *x->ready.etag)
        wijk__cache_keep(x->server->cache, x->key, x->ready);
    else
        wijk__ready_free(&x->ready);
    x->made = false;
    return result;
}

/* ---- workers ---- */

static void write_piece(struct exchange *x)
{
    wijk__upload_take(x->upload, x->piece, x->piece_n);
    x->piece = NULL;
    x->piece_done = true;
}

/* The next exchange a worker may take: an export only while another worker is left for the rest. */
static struct exchange *take(struct wijk_http *h)
{
    bool export = h->making + 1 < h->opt.workers || (h->opt.workers < 2 && !h->making);
    struct exchange **at = &h->first, *before = NULL;
    while (*at && (*at)->export && !export) before = *at, at = &before->next;
    struct exchange *x = *at;
    if (!x) return NULL;
    *at = x->next;
    if (h->last == x) h->last = before;
    h->making += x->export;
    h->waiting--;
    atomic_store(&h->metrics.queue, h->waiting);
    return x;
}

/* One that waited for this export may go; or all may end. */
static void export_made(struct wijk_http *h)
{
    pthread_mutex_lock(&h->lock);
    h->making--;
    pthread_cond_broadcast(&h->work);
    pthread_mutex_unlock(&h->lock);
}

static void *work(void *arg)
{
    struct wijk_http *h = arg;
    for (;;) {
        struct exchange *x;
        pthread_mutex_lock(&h->lock);
        while (!(x = take(h)) && !(h->stopping && !h->first)) pthread_cond_wait(&h->work, &h->lock);
        pthread_mutex_unlock(&h->lock);
        if (!x) return NULL;
        if (x->piece)
            write_piece(x);
        else
            make(x);
        if (x->export) export_made(h);
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

static struct http_client *client_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* The address as sent, before anything is decoded. */
static void *uri_seen(void *self, const char *uri, struct MHD_Connection *connection)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x) abort();
    x->server = self;
    x->connection = connection;
    x->client = client_of(connection);
    x->target = uri;
    x->target_n = strlen(uri);
    x->odd = !wijk__framing_target(uri);
    x->path = copy(uri);
    if (strncmp(uri, "http://", 7) == 0 ||
        strncmp(uri, "https://", 8) == 0) { /* absolute form, RFC 9112 3.2.2 */
        const char *path = strchr(strchr(uri, ':') + 3, '/');
        memmove(x->path, path ? path : "/", path ? strlen(path) + 1 : 2);
    }
    char *mark = strchr(x->path, '?');
    x->query = mark ? mark + 1 : x->path + strlen(x->path);
    if (mark) *mark = '\0';
    clock_gettime(CLOCK_MONOTONIC, &x->start);
    atomic_fetch_add(&x->server->under_way, 1);
    return x;
}

#define HOST_SIGNS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]"

/* "http://host:port" as the client called us. What is no plain host name or address is left out: it would
 * come back in links. */
static char *base_of(const struct exchange *x)
{
    const char *host = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Host");
    if (x->server->opt.url) return copy(x->server->opt.url);
    size_t n = host ? strlen(host) : 0;
    if (!n || n > 255 || strspn(host, HOST_SIGNS) != n) return NULL;
    char *base = malloc(n + 8);
    if (!base) abort();
    memcpy(base, "http://", 7);
    memcpy(base + 7, host, n + 1);
    return base;
}

/* Only there do answers hold links with the host in them. */
static bool links(const char *path)
{
    return strncmp(path, "/ogc", 4) == 0 || strcmp(path, "/api/v1/catalogus") == 0;
}

/* Language, encoding and picture, then the address: what makes one kept answer another. */
static char *key_of(const struct exchange *x)
{
    size_t path = strlen(x->path), query = strlen(x->query);
    size_t room = path + query + (x->base ? strlen(x->base) : 0) + 32;
    char *key = malloc(room);
    if (!key) abort();
    snprintf(key, room, "%c%c%llx %s?%s %s", wijk__http_lang(x->language) == WIJK_EN ? 'e' : 'n',
             x->zip ? 'z' : 'p', (unsigned long long)x->picture->number, x->path, x->query,
             x->base ? x->base : "");
    return key;
}

/* What is only looked at where something is brought in. */
static void take_headers(struct exchange *x)
{
    const struct {
        const char *name;
        char **to;
    } WANTED[] = {{"Host", &x->host},           {"Origin", &x->origin},
                  {"Sec-Fetch-Site", &x->site}, {"Authorization", &x->authorization},
                  {"Content-Type", &x->type},   {"Idempotency-Key", &x->again}};
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++)
        *WANTED[i].to = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, WANTED[i].name));
    wijk__client_address(x->client, x->address);
    if (!x->server->opt.proxy) return;
    const char *via = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "X-Forwarded-For");
    wijk__address_forwarded(via, x->address);
}

/* Reads what the router needs; says why a message is refused before anything is made of it, or 0. */
static unsigned inspect(struct exchange *x, const char *method, const char *version)
{
    size_t route = wijk__http_route_of(method, x->path);
    x->brings = route != SIZE_MAX && wijk__routes[route].body && *wijk__routes[route].body;
    struct http_message m = {.method = method,
                             .target = x->target,
                             .version = version,
                             .may_bring = x->brings,
                             .target_n = x->target_n,
                             .connection = x->connection};
    unsigned wrong = wijk__framing_check(&m, &x->has_length, &x->length);
    const char *zip = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Accept-Encoding");
    x->method = copy(method);
    x->language = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Accept-Language"));
    x->accept = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Accept"));
    x->match = copy(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "If-None-Match"));
    x->zip = zip && strstr(zip, "gzip") && !strstr(zip, "gzip;q=0");
    if (wrong || x->odd) return wrong ? wrong : 400;
    if (links(x->path)) x->base = base_of(x);
    /* Who asks for Turtle gets another form of one address: that one is not kept. */
    if (x->accept && strstr(x->accept, "text/turtle")) return 0;
    bool cached = !x->accept || strstr(x->accept, "*/*") || strstr(x->accept, "application/json");
    bool reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (route != SIZE_MAX && wijk__routes[route].who != HTTP_READS) {
        take_headers(x);
    } else if (cached && reads) {
        x->picture = wijk__picture_take(x->server->pictures);
        x->key = key_of(x);
    }
    return 0;
}

static const char *wrong_text(unsigned status)
{
    if (status == 413) return WIJK_T("Hier hoort geen inhoud bij.");
    if (status == 431) return WIJK_T("De kop van dit verzoek is te groot.");
    if (status == 507) return WIJK_T("Op de schijf van de server is te weinig ruimte voor dit bestand.");
    return WIJK_T("Dit verzoek is niet goed opgebouwd.");
}

static bool send_kept(struct exchange *x, enum MHD_Result *result)
{
    struct http_sent sent;
    if (!x->key || !wijk__cache_send(x->server->cache, x->key, x->match, x->connection, &sent)) return false;
    x->status = sent.status;
    x->route = sent.route;
    *result = sent.result;
    wijk__client_phase(x->client, HTTP_SEND, sent.bytes);
    return true;
}

static const char TOO_BUSY[] = WIJK_T("Het is nu te druk. Probeer het zo weer.");

/* ---- what a request brings ---- */

static int64_t mono_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Who may not is told before a byte is read; for the others there is a place for what comes. */
static enum MHD_Result begin_body(struct exchange *x)
{
    struct wijk_http *h = x->server;
    const struct http_route *r = &wijk__routes[wijk__http_route_of(x->method, x->path)];
    struct wijk_http_request q = request_of(x);
    const char *why;
    if (wijk__http_refuses(h->keeper, r, &q, &why)) {
        x->early = true;
        make(x);
        return send_made(x);
    }
    if (wijk__body_is_file(r)) {
        x->upload = wijk__upload_begin(wijk__keeper_spool(h->keeper), x->length);
        if (!x->upload) return refuse(x, 507, wrong_text(507));
    } else if (!(x->body = malloc((size_t)x->length + 1))) {
        abort();
    }
    x->since_ms = mono_ms();
    if (x->length) wijk__client_body(x->client, x->since_ms, 0);
    return MHD_YES;
}

/* Called anew with what is not taken yet. */
static enum MHD_Result take_body(struct exchange *x, const char *bytes, size_t *n)
{
    if (!x->upload && !x->body) return MHD_NO;
    if (*n > x->length - x->got && !x->piece_done) return MHD_NO;
    if (x->upload && !x->piece_done) {
        x->piece = bytes;
        x->piece_n = *n;
        if (enqueue(x->server, x)) return MHD_YES;
        write_piece(x); /* too many wait: then here */
    }
    size_t took = x->upload ? x->piece_n : *n;
    if (x->body) memcpy(x->body + x->got, bytes, took);
    x->piece_done = false;
    x->got += took;
    *n -= took;
    wijk__client_taken(x->client, took);
    if (x->got < x->length)
        wijk__client_body(x->client, x->since_ms, x->got);
    else
        wijk__client_phase(x->client, HTTP_WORK, 0);
    return MHD_YES;
}

/* A download holds a place until its last byte is sent. */
static bool take_place(struct wijk_http *h, struct exchange *x)
{
    if (atomic_fetch_add(&h->exports, 1) < h->opt.exports) return x->export = true;
    atomic_fetch_sub(&h->exports, 1);
    atomic_fetch_add(&h->metrics.refused, 1);
    return false;
}

static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload, size_t *upload_n,
                              void **con)
{
    struct wijk_http *h = self;
    struct exchange *x = *con;
    enum MHD_Result result;
    (void)url, (void)connection;
    if (!x) return MHD_NO;
    if (!x->seen) {
        x->seen = true;
        wijk__client_phase(x->client, HTTP_WORK, 0);
        wijk__client_taken(
            x->client,
            MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size);
        unsigned wrong = inspect(x, method, version);
        if (wrong) return refuse(x, wrong, wrong_text(wrong));
        if (wijk__client_excess(x->client)) return refuse(x, 503, TOO_BUSY);
        return x->brings ? begin_body(x) : MHD_YES;
    }
    if (*upload_n) return take_body(x, upload, upload_n);
    if (x->made) return send_made(x);
    if (send_kept(x, &result)) return result;
    size_t route = wijk__http_route_of(x->method, x->path);
    enum http_cost cost = route == SIZE_MAX ? CHEAP : wijk__routes[route].cost;
    if (cost == EXPORT && !take_place(h, x)) return refuse(x, 503, TOO_BUSY);
    if (cost != CHEAP) return enqueue(h, x) ? MHD_YES : refuse(x, 503, TOO_BUSY);
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
        wijk__metrics_add(&h->metrics, x->route, x->status, (uint64_t)us);
        wijk_log(h->opt.log, WIJK_LOG_INFO, "%s %s %u %.1f ms",
                 x->method && strlen(x->method) < 12 ? x->method : "?", wijk__metrics_route(x->route),
                 x->status, (double)us / 1000);
    }
    wijk__client_phase(x->client, HTTP_WAIT, 0);
    if (x->made) wijk__ready_free(&x->ready);
    wijk__picture_give(h->pictures, x->picture);
    wijk__upload_free(x->upload);
    free(x->host), free(x->origin), free(x->site), free(x->authorization), free(x->type), free(x->again);
    if (x->export) atomic_fetch_sub(&h->exports, 1);
    free(x->base), free(x->body);
    free(x->path), free(x->key), free(x->method), free(x->language), free(x->accept), free(x->match);
    free(x);
    *con = NULL;
    atomic_fetch_sub(&h->under_way, 1);
}

static void connected(void *self, struct MHD_Connection *connection, void **client,
                      enum MHD_ConnectionNotificationCode what)
{
    struct wijk_http *h = self;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        wijk__client_close(*client);
        *client = NULL;
        return;
    }
    *client = wijk__client_open(
        h->clients, MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
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
    int fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), buffer = SEND_BUFFER_BYTES;
    if (fd < 0) return wijk_fail(cx, WIJK_EIO, "Het luisteren op %s lukt niet.", host);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer,
               sizeof buffer); /* every accepted connection gets it from here */
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
    wijk__keeper_stop(h->keeper);
    wijk__clients_free(h->clients);
    wijk__askers_free(h->askers);
    wijk__cache_free(h->cache);
    wijk__pictures_free(h->pictures);
    pthread_cond_destroy(&h->work);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

static void fill_in(struct wijk_http_opt *opt)
{
    static const struct {
        size_t at;
        unsigned otherwise;
    } DEFAULT[] = {
#define D(member, otherwise) {offsetof(struct wijk_http_opt, member), otherwise}
        D(pool, 2),           D(workers, 2),       D(queue, 512),       D(connections, 4096),
        D(per_address, 1024), D(header_ms, 20000), D(idle_ms, 60000),   D(send_ms, 40000),
        D(send_bytes_s, 500), D(stop_ms, 5000),    D(body_ms, 20000),   D(body_bytes_s, 500),
        D(poll_ms, 3000),     D(exports, 4),       D(drawn_burst, 20),  D(drawn_every_s, 20),
        D(drawn_fresh, 50),   D(drawn_day, 500),   D(drawn_keep, 5000), D(drawn_members, 2000),
        D(drawn_known, 1536),
#undef D
    };
    for (size_t i = 0; i < sizeof DEFAULT / sizeof *DEFAULT; i++) {
        unsigned *member = (unsigned *)(void *)((char *)opt + DEFAULT[i].at);
        if (!*member) *member = DEFAULT[i].otherwise;
    }
    if (!opt->file_max) opt->file_max = UINT64_C(2) << 30;
    if (opt->workers > WORKERS_MAX) opt->workers = WORKERS_MAX;
}

/* Each connection is an open file; systems commonly allow 1024. Asks for enough, and makes do with what there
 * is. */
static void fit_files(struct wijk_http_opt *opt)
{
    enum { OTHER_FILES = 64, LEAST = 16 };
    struct rlimit files;
    rlim_t more = SPARE_CONNECTIONS + OTHER_FILES, want = opt->connections + more;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= want) return;
    files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0 && getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    if (files.rlim_cur < want) {
        opt->connections = files.rlim_cur > more + LEAST ? (unsigned)(files.rlim_cur - more) : LEAST;
        wijk_log(opt->log, WIJK_LOG_WARN, "open files: %llu, so no more than %u connections",
                 (unsigned long long)files.rlim_cur, opt->connections);
    }
}

static struct MHD_Daemon *daemon_start(struct wijk_http *h, int fd)
{
    const struct wijk_http_opt *opt = &h->opt;
    unsigned room = opt->connections + SPARE_CONNECTIONS;
    /* libmicrohttpd parts its limit over its threads, and nothing says that clients part alike: room for all
     * in each. Its time limit is a second net below the one of clients.c. */
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle,
        h, MHD_OPTION_EXTERNAL_LOGGER, daemon_says, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_THREAD_POOL_SIZE, opt->pool, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, room * opt->pool, MHD_OPTION_CONNECTION_TIMEOUT, opt->idle_ms / 1000 + 2,
        MHD_OPTION_URI_LOG_CALLBACK, uri_seen, h, MHD_OPTION_NOTIFY_COMPLETED, completed, h,
        MHD_OPTION_NOTIFY_CONNECTION, connected, h, MHD_OPTION_END);
}

static void swapped(void *self)
{
    struct wijk_http *h = self;
    wijk__cache_clear(h->cache); /* what is still made of the old picture goes under the old number */
}

/* File sizes past a limit of the system are a fault to tell of, not a reason to die. */
static enum wijk_err keeper_start(struct wijk_cx *cx, struct wijk_http *h)
{
    if (!h->opt.store) return WIJK_OK;
    signal(SIGXFSZ, SIG_IGN);
    struct http_keeper_in in = {.store = h->opt.store,
                                .defs = h->opt.defs,
                                .spool = h->opt.spool,
                                .import = h->opt.import,
                                .drawn = !h->opt.no_drawn,
                                .poll_ms = h->opt.poll_ms,
                                .pictures = h->pictures,
                                .swapped = swapped,
                                .self = h,
                                .log = h->opt.log};
    return wijk__keeper_start(cx, in, &h->keeper);
}

enum wijk_err wijk_http_start(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                              struct wijk_http_opt opt, struct wijk_http **out)
{
    int fd = -1;
    unsigned port = 0;
    WIJK_TRY(listen_on(cx, opt.host ? opt.host : "127.0.0.1", opt.port, &fd, &port));
    struct wijk_http *h = calloc(1, sizeof *h);
    if (!h) abort();
    fill_in(&opt);
    fit_files(&opt);
    h->opt = opt, h->port = port;
    h->pictures = wijk__pictures_new(NULL, snapshot);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    h->metrics.started_s = now.tv_sec;
    h->cache = wijk__cache_new(CACHE_BYTES, &h->metrics.cache_bytes);
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->work, NULL);
    enum wijk_err err = keeper_start(cx, h);
    h->askers = wijk__askers_new(
        (struct http_asker_limits){h->opt.drawn_burst, h->opt.drawn_every_s, h->opt.drawn_fresh});
    h->world = (struct http_world){&h->metrics, h->keeper, h->pictures, h->askers, &h->opt};
    if (err != WIJK_OK) {
        close(fd);
        server_free(h);
        return err;
    }
    h->clients = wijk__clients_new(&h->opt, &h->metrics);
    while (h->n_worker < opt.workers && pthread_create(&h->worker[h->n_worker], NULL, work, h) == 0)
        h->n_worker++;
    h->daemon = h->n_worker && h->clients ? daemon_start(h, fd) : NULL;
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

const char *wijk_http_key(const struct wijk_http *h)
{
    return wijk__keeper_key(h->keeper);
}

void wijk_http_stop(struct wijk_http *h)
{
    if (!h) return;
    MHD_socket fd = MHD_quiesce_daemon(h->daemon);
    end_workers(h); /* what is queued is still answered: a worker ends only at an empty queue */
    const struct timespec moment = {0, 5000000};
    for (unsigned ms = 0; ms < h->opt.stop_ms && atomic_load(&h->under_way); ms += 5)
        nanosleep(&moment, NULL);
    MHD_stop_daemon(h->daemon);
    if (fd != MHD_INVALID_SOCKET) close(fd);
    server_free(h);
}
