/* SPDX-License-Identifier: EUPL-1.2 */
/* A request from its first line to its last byte, as libmicrohttpd tells of it: what it asks, what it brings,
 * and whether the answer is kept, made here or left to a worker. */
#include "http/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
void *wijk__exchange_begin(void *self, const char *uri, struct MHD_Connection *connection)
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
    /* The browser's door to the same routes (door.c). */
    if (strncmp(x->path, "/sessie/api/", 12) == 0) {
        memmove(x->path, x->path + 7, strlen(x->path + 7) + 1);
        x->door = true;
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
    return strncmp(path, "/ogc", 4) == 0 || strcmp(path, "/api/v1/catalogus") == 0 ||
           strncmp(path, "/volg/gebied/", 13) == 0;
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
                  {"Content-Type", &x->type},   {"Idempotency-Key", &x->again},
                  {"Cookie", &x->cookie},       {"X-Wijk-Guard", &x->guard},
                  {"User-Agent", &x->agent}};
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

/* Who may not is told before a byte is read; for the others there is a place for what comes. */
static enum MHD_Result begin_body(struct exchange *x)
{
    struct wijk_http *h = x->server;
    const struct http_route *r = &wijk__routes[wijk__http_route_of(x->method, x->path)];
    struct wijk_http_request q = wijk__exchange_request(x);
    const char *why;
    if (wijk__http_refuses(&h->world, r, &q, &why)) {
        x->early = true;
        wijk__exchange_make(x);
        return wijk__exchange_send(x);
    }
    if (wijk__body_is_file(r)) {
        x->upload = wijk__upload_begin(wijk__keeper_spool(h->keeper), x->length);
        if (!x->upload) return wijk__exchange_refuse(x, 507, wrong_text(507));
    } else if (!(x->body = malloc((size_t)x->length + 1))) {
        abort();
    }
    x->since_ms = wijk__now_ms();
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
        if (wijk__workers_take(x->server, x)) return MHD_YES;
        wijk__workers_write(x); /* too many wait: then here */
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

enum MHD_Result wijk__exchange_handle(void *self, struct MHD_Connection *connection, const char *url,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_n, void **con)
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
        if (wrong) return wijk__exchange_refuse(x, wrong, wrong_text(wrong));
        if (wijk__client_excess(x->client)) return wijk__exchange_refuse(x, 503, TOO_BUSY);
        return x->brings ? begin_body(x) : MHD_YES;
    }
    if (*upload_n) return take_body(x, upload, upload_n);
    if (x->made) return wijk__exchange_send(x);
    if (send_kept(x, &result)) return result;
    size_t route = wijk__http_route_of(x->method, x->path);
    enum http_cost cost = route == SIZE_MAX ? CHEAP : wijk__routes[route].cost;
    if (cost == EXPORT && !take_place(h, x)) return wijk__exchange_refuse(x, 503, TOO_BUSY);
    x->slow = cost == EXPORT || cost == HASH;
    if (cost != CHEAP) return wijk__workers_take(h, x) ? MHD_YES : wijk__exchange_refuse(x, 503, TOO_BUSY);
    wijk__exchange_make(x);
    return wijk__exchange_send(x);
}

void wijk__exchange_end(void *self, struct MHD_Connection *connection, void **con,
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
    free(x->cookie), free(x->guard), free(x->agent);
    if (x->export) atomic_fetch_sub(&h->exports, 1);
    free(x->base), free(x->body);
    free(x->path), free(x->key), free(x->method), free(x->language), free(x->accept), free(x->match);
    free(x);
    *con = NULL;
    atomic_fetch_sub(&h->under_way, 1);
}

void wijk__exchange_connected(void *self, struct MHD_Connection *connection, void **client,
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
