/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers of an exchange: made, zipped, kept for the next who asks the same, or refused on the spot. */
#include "http/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { ZIP_FROM = 1024 };

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

struct wijk_http_request wijk__exchange_request(const struct exchange *x)
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
                                      .cookie = x->cookie,
                                      .guard = x->guard,
                                      .agent = x->agent,
                                      .door = x->door,
                                      .has_length = x->has_length,
                                      .length = x->length,
                                      .file_max = x->server->opt.file_max,
                                      .body = {x->body ? x->body : "", x->body ? (size_t)x->got : 0},
                                      .address = {x->address[0], x->address[1]},
                                      .upload = x->upload};
}

void wijk__exchange_make(struct exchange *x)
{
    struct wijk_http *h = x->server;
    struct wijk_cx *cx = wijk_cx_new(wijk__http_lang(x->language));
    struct wijk_http_request request = wijk__exchange_request(x);
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

enum MHD_Result wijk__exchange_refuse(struct exchange *x, unsigned status, const char *title)
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
    if (status == 503) MHD_add_response_header(r, "Retry-After", "2");
    /* Who goes on asking would keep a server that stops. */
    if (status != 503 || atomic_load(&x->server->stopping)) MHD_add_response_header(r, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(x->connection, status, r);
    MHD_destroy_response(r);
    wijk_cx_end(cx);
    x->status = status;
    x->route = wijk__n_routes + 1;
    wijk__client_phase(x->client, HTTP_SEND, 0);
    return result;
}

enum MHD_Result wijk__exchange_send(struct exchange *x)
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
