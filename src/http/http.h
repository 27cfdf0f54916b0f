/* SPDX-License-Identifier: EUPL-1.2 */
/* http: the server. routes.h is its table: one line a route, with its handler, its page in openapi.json and
 * the role it needs. A handler parses, calls one recipe and writes. */
#ifndef WIJK_HTTP_H
#define WIJK_HTTP_H

#include "flow/flow.h"

/* Zero means the default. */
struct wijk_http_opt {
    const char *host;      /* "127.0.0.1"                                                         */
    unsigned port;         /* 0: the system picks one; wijk_http_port() tells                     */
    unsigned pool;         /* event threads; 2                                                    */
    unsigned workers;      /* worker threads; 2                                                   */
    unsigned queue;        /* requests waiting for a worker, before 503; 512                      */
    unsigned connections;  /* at once, before 503; 4096                                           */
    unsigned per_address;  /* of those from one IPv4 address or IPv6 /64; 1024                    */
    unsigned header_ms;    /* for all headers of a request to arrive; 20,000                      */
    unsigned idle_ms;      /* between two requests; 60,000                                        */
    unsigned send_ms;      /* for taking an answer, and its length at send_bytes_s on top; 40,000 */
    unsigned send_bytes_s; /* 500 */
    unsigned exports;      /* downloads at once, made or sent, before 503; 4                      */
    const char *url;       /* how the outside names us: "https://wijken.example"; NULL: as it was asked */
    const char *contact;   /* e-mail address in the catalogue of open tables; NULL: none there */
    unsigned stop_ms;      /* wijk_http_stop() waits this long for answers under way; 5,000       */
    unsigned body_ms;      /* a body that stays behind body_bytes_s by this much is ended; 20,000  */
    unsigned body_bytes_s; /* 500 */
    /* With a store the server looks every poll_ms (3,000) whether it changed, and serves the new figures. */
    const char *store, *defs; /* path; folder with definitions or NULL */
    unsigned poll_ms;
    bool import;       /* takes files into that store, from who has wijk_http_key() */
    const char *spool; /* folder for files on their way in; NULL: STORE.invoer */
    uint64_t file_max; /* bytes in one of them; 2 GiB */
    /* Anyone may ask about an area of his own, within these limits (docs/methods/getekend-gebied.md). */
    bool no_drawn;          /* nobody without wijk_http_key() may                                  */
    unsigned drawn_burst;   /* questions at once from one IPv4 address or IPv6 /64; 20             */
    unsigned drawn_every_s; /* and then one each so many seconds; 20                               */
    unsigned drawn_fresh;   /* new areas in 24 hours from one of those; 50                         */
    unsigned drawn_day;     /* new areas in 24 hours, of all; 500                                  */
    unsigned drawn_keep;    /* answers the store may come to hold; 5,000                           */
    unsigned drawn_members; /* grid cells or buurten in one area; 2,000                            */
    unsigned drawn_known;   /* answers around an area; the rest to 2,048 is for who has the key; 1,536 */
    bool proxy; /* a server before this one names the asker: the last address in X-Forwarded-For */
    const struct wijk_log *log;
    int64_t (*now)(
        void);       /* seconds since 1970, by which the register of algorithms is asked; NULL: the clock */
    const char *sso; /* file with a provider of sign-ins (docs/inloggen.md); NULL: none */
};
struct wijk_http;
/* snapshot must stay until wijk_http_stop(). Fails WIJK_EIO when the port is in use; with a store also as
 * wijk_store_open(), and WIJK_EEXISTS when another server takes files into it. */
WIJK_API enum wijk_err wijk_http_start(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                                       struct wijk_http_opt opt, struct wijk_http **out);
WIJK_API unsigned wijk_http_port(const struct wijk_http *h);
/* 32 hex digits; NULL without `import`. */
WIJK_API const char *wijk_http_key(const struct wijk_http *h);
/* Takes no more connections, answers what is under way, then ends. */
WIJK_API void wijk_http_stop(struct wijk_http *h);

/* The router without a socket: tests and the fuzzer use it. Bodies live in cx. */
struct http_upload;
struct wijk_http_request {
    const char *method, *path, *query;                    /* query without '?', may be "" */
    const char *accept_language, *if_none_match, *accept; /* NULL absent */
    const char *base; /* "http://127.0.0.1:8080": for links; NULL: links without it */
    /* of requests that bring something; NULL absent */
    const char *host, *origin, *fetch_site, *authorization, *content_type, *idempotency_key;
    const char *cookie, *guard, *agent; /* Cookie, X-Wijk-Guard, User-Agent */
    bool door;                          /* by /sessie: a browser with its cookie */
    bool has_length;
    uint64_t length, file_max;
    struct wijk_str body;
    uint64_t address[2];        /* whoever asks: an IPv4 address or the first half of one of IPv6 */
    struct http_upload *upload; /* instead of body: already in a file */
};
struct wijk_http_header {
    const char *name, *value;
};
enum { WIJK_HTTP_HEADERS_MAX = 20 };
struct wijk_http_answer {
    int status;
    const char *content_type, *etag, *cache_control; /* also among the headers; etag NULL: none */
    size_t n_header;                                 /* all that is sent, but for length, date and encoding */
    struct wijk_http_header header[WIJK_HTTP_HEADERS_MAX];
    struct wijk_str body; /* also for HEAD: the socket side leaves it out */
    int file;             /* instead of a body: a file without a name, for the caller to close; -1: none */
    uint64_t file_bytes;
};
WIJK_API void wijk_http_answer(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                               const struct wijk_http_request *request, struct wijk_http_answer *out);

#endif
