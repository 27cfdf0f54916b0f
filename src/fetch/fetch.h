/* SPDX-License-Identifier: EUPL-1.2 */
/* fetch: files of open data from the services of their publishers. What to ask is data (the `fetch:` part of
 * a source definition); a file per protocol knows how; get.c carries one address to one file.
 *
 * Only listed origins (hosts.h and `allow`), https only, no private addresses, within limits of size, time,
 * redirects and pages. What arrived is kept in a cache folder and asked for again only when it changed. What
 * comes out is a file in a form that import reads: import stays the only door into the store.
 *
 * wijk_ask() asks one small thing of a service that its caller names, for the sign-in by others (sso). */
#ifndef WIJK_FETCH_H
#define WIJK_FETCH_H

#include "store/store.h"

struct wijk_fetch_opt {
    const char *cache;        /* folder; made when it is not there                                        */
    size_t n_allow;           /* origins besides the list: "https://data.lindewaard.nl". "http://" only for */
    const char *const *allow; /* a loopback address; only an origin named here may be at one               */
    const char *ca;           /* file with certificates to trust instead of the system's; NULL none        */
    const char *proxy;        /* "http://proxy.lindewaard.nl:3128": everything goes through it; NULL none */
    int tries;                /* per address; 0: 5                                                         */
    int wait_ms;              /* before the second try, doubling after that; 0: 1000                       */
    int timeout_s;            /* without 100 bytes a second for so long a transfer is given up; 0: 30      */
    uint64_t seed;            /* spreads the waiting                                                       */
    int64_t now;              /* seconds since 1970, the caller's clock                                    */
    const struct wijk_progress *progress;
};
enum {
    WIJK_FETCH_PAGES = 2000,        /* pages in one answer                  */
    WIJK_FETCH_PAGE_MAX = 64 << 20, /* bytes of one page, unpacked          */
    WIJK_FETCH_FILE_MAX = 1 << 30,  /* bytes of one file, and of all pages  */
    WIJK_FETCH_REDIRECTS = 5        /* one after the other                  */
};

struct wijk_fetch;
/* One run at a time per cache folder. Lives in cx; close it. Fails  WIJK_EUSAGE an origin that cannot be
 * allowed; WIJK_EIO the folder; WIJK_EEXISTS another run uses it */
WIJK_API enum wijk_err wijk_fetch_open(struct wijk_cx *cx, struct wijk_fetch_opt opt,
                                       struct wijk_fetch **out);
WIJK_API void wijk_fetch_close(struct wijk_fetch *f);

struct wijk_fetch_in {
    const struct wijk_source *source;
    const char *way;      /* one of the source's ways; NULL: the first   */
    const char *gemeente; /* "GM9901"; NULL: all, where the way allows it */
    int year;             /* 0: the newest                                */
};
struct wijk_fetch_file {
    const char *path;
    const char *url;       /* where it, or its first page, came from */
    const char *retrieved; /* yyyy-mm-dd */
};
struct wijk_fetch_out {
    const char *way;
    const char *gemeente; /* in its one form; NULL when none was given */
    int year;             /* 0: the way has none */
    size_t n;
    const struct wijk_fetch_file *file;
    size_t requests, unchanged; /* answers in all, and those that said that nothing changed */
    uint64_t bytes;             /* received */
};
/* Fails  WIJK_EDEF with file and line; WIJK_ENOTFOUND no such way, no such year, or the service does not have
 * it; WIJK_EUSAGE a gemeente is needed or is none; WIJK_EIO the service cannot be reached, answers with a
 * fault (its own words are in the sentence) or keeps failing; WIJK_ELIMIT; WIJK_EPARSE an answer that is not
 * what it should be; WIJK_ECANCEL. What was received stays in the cache, so that the next run goes on there.
 */
WIJK_API enum wijk_err wijk_fetch_source(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk_fetch_in in,
                                         struct wijk_fetch_out *out);
/* "v4, v3": the ways of a source, all checked; "" when it has none. Fails WIJK_EDEF. */
WIJK_API enum wijk_err wijk_fetch_ways(struct wijk_cx *cx, const struct wijk_source *source,
                                       const char **out);

/* ---- one small answer (ask.c) ---- */

/* An answer in memory, from a service that the asker knows by name; nothing of it is kept. */
struct wijk_ask {
    const char *url;
    const char *origin; /* only this one is asked: an address at it. https, or http at a loopback one */
    const char *form;   /* sent by POST as a form; NULL: GET                                         */
    const char *authorization; /* value of that header; NULL none                                           */
    const char *ca, *proxy; /* as in wijk_fetch_opt                                                       */
    bool own_network;       /* the service may stand in the own network; else private addresses are refused */
    size_t max_bytes;       /* of the answer                                                             */
    int timeout_s;          /* for all of it                                                             */
};
/* The answer with whatever status from 200 to 299 or 400 up. Safe from any thread. Fails  WIJK_EIO no such
 * host, not reachable, not to be trusted, too slow, sends elsewhere; WIJK_ELIMIT */
WIJK_API enum wijk_err wijk_ask(struct wijk_cx *cx, const struct wijk_ask *ask, int *status,
                                struct wijk_str *body);
/* Is this an absolute https address (or an http one of a loopback address), without a name and password? */
WIJK_API bool wijk_url_guarded(struct wijk_cx *cx, const char *url);
WIJK_API bool wijk_url_same_origin(struct wijk_cx *cx, const char *url, const char *other);
/* Puts value as it stands in a query or form. */
WIJK_API void wijk_url_put(struct wijk_buf *b, const char *value);

#endif
