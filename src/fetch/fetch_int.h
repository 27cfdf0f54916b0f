/* SPDX-License-Identifier: EUPL-1.2 */
/* fetch, inside: one address to one file (get.c), addresses and who may be asked (url.c), the answers of
 * services in pages (pages.c), and what a definition says (way.c). protocols.h lists the protocols. */
#ifndef WIJK_FETCH_INT_H
#define WIJK_FETCH_INT_H

#include "fetch/fetch.h"

#include <curl/curl.h>
#include <sys/socket.h>

struct wijk_fetch {
    struct wijk_cx *cx;
    struct wijk_fetch_opt opt;
    CURL *curl;
    int lock; /* of the cache folder */
    uint64_t random;
    size_t requests, unchanged;
    uint64_t bytes;
    char curl_error[CURL_ERROR_SIZE];
};

/* ---- url.c ---- */

/* Is `url` one we may ask? *loopback: its origin was allowed by name and is a loopback address.
 * Fails WIJK_EIO with the host in the sentence. */
enum wijk_err wijk__url_check(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                              bool *loopback);
/* An origin for `allow`. Fails WIJK_EUSAGE. */
enum wijk_err wijk__origin_check(struct wijk_cx *cx, const char *origin);
/* The address of a proxy. Fails WIJK_EUSAGE. */
enum wijk_err wijk__proxy_check(struct wijk_cx *cx, const char *proxy);
/* A link in an answer, taken from the address it came from. Fails WIJK_EPARSE. */
enum wijk_err wijk__url_follow(struct wijk_cx *cx, const char *base, const char *link, const char **out);
const char *wijk__url_host(struct wijk_cx *cx, const char *url);
/* `url` with ?name=value or &name=value behind it; the value escaped, the name as it is. */
const char *wijk__url_with(struct wijk_cx *cx, const char *url, const char *name, const char *value);
/* An absolute https address without a name and password in it; or an http one of a loopback address. */
bool wijk__url_guarded(struct wijk_cx *cx, const char *url, bool *loopback);
/* Is this an address that organisations give out in their own network? Loopback and link-local: no. */
bool wijk__address_own(const struct sockaddr *address);
/* Can anyone on the internet be at this address? Private, loopback, link-local and reserved ones: no. */
bool wijk__address_public(const struct sockaddr *address);

/* ---- get.c ---- */

/* What every request keeps to: https (http too at a loopback address), nothing followed, no proxy and no
 * password from the surroundings, TLS 1.2 or newer, an end in time. Clears what was set before. */
struct wijk__line {
    const char *url, *proxy, *ca, *agent; /* proxy, ca: NULL none */
    char *error;                          /* CURL_ERROR_SIZE      */
    int connect_s, total_s;
    bool loopback;
};
void wijk__curl_set(CURL *c, struct wijk__line line);

struct wijk__get {
    const char *url;
    const char *accept; /* media types */
    uint64_t max_bytes;
    bool whole;        /* a file of its own: sent as it is and taken up again where it broke off */
    const char *label; /* for the progress bar */
};
struct wijk__got {
    const char *path;      /* in the cache */
    const char *retrieved; /* yyyy-mm-dd */
    bool unchanged;
};
enum wijk_err wijk__get(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk__get get,
                        struct wijk__got *out);

/* ---- kept.c ---- */

/* What is known of a file in the cache; empty texts when not. */
struct wijk__kept {
    const char *etag, *modified, *sha256, *retrieved;
    uint64_t bytes;
};
const char *wijk__kept_path(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                            const char *ending);
/* False when there is none, or the file is not what was kept. */
bool wijk__kept_find(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url, struct wijk__kept *out);
enum wijk_err wijk__kept_save(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                              struct wijk__kept about);
/* The same for a file that is only partly here: etag and modified of the whole. */
bool wijk__kept_find_part(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                          struct wijk__kept *out);
enum wijk_err wijk__kept_save_part(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                                   struct wijk__kept about);
void wijk__kept_drop_part(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url);
enum wijk_err wijk__kept_folder(struct wijk_cx *cx, const char *path);

/* ---- fault.c ---- */

/* The text by which a service says what is wrong: of an XML ExceptionReport, of JSON, of a page. "" none. */
const char *wijk__fault_text(struct wijk_cx *cx, struct wijk_str body);
/* JSON was asked for: refuses an answer that is XML or a page, naming the service's own text. */
enum wijk_err wijk__fault_if_xml(struct wijk_cx *cx, const char *url, const char *path);

/* ---- way.c ---- */

enum { WIJK__WAY_YEARS = 60, WIJK__WAY_LIST = 40 };
struct wijk__way;
/* Asks all of a way; the result in out->file. */
typedef enum wijk_err wijk__protocol_fn(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                                        const struct wijk_fetch_in *in, struct wijk_fetch_out *out);
struct wijk__list {
    size_t n;
    const char *v[WIJK__WAY_LIST];
};
struct wijk__way {
    const char *name, *protocol, *url;
    wijk__protocol_fn *run;
    const char *prefix;      /* WFS: before the digits of the gemeente in the codes that `region` holds */
    const char *region;      /* OData: column with the code of the area                                   */
    const char *gemeente;    /* OGC API, WFS: property with the code of the gemeente                      */
    const char *layer;       /* WFS                                                                        */
    const char *period;      /* OData: column of the period; then only periods that are there are asked for */
    struct wijk__list kinds; /* of periods: "JJ" years, "MM" months                                     */
    int skip_newest;         /* so many of the newest months are not complete yet                       */
    int take_years;          /* without --year: so many of the newest                                   */
    const char *dimension;   /* OData: column of which only `values` are asked for                      */
    struct wijk__list values;  /* without the blanks behind them                                          */
    const char *titles;        /* OData: column whose codes get their title beside them                    */
    struct wijk__list members; /* zip: names of files, or parts of names                                 */
    int page;                  /* rows asked for at a time                                                */
    size_t n_year;
    int year[WIJK__WAY_YEARS]; /* newest first */
    const char *table[WIJK__WAY_YEARS];
};
enum wijk_err wijk__ways_read(struct wijk_cx *cx, const struct wijk_source *source,
                              const struct wijk__way **out, size_t *n);
/* The address of a way for a year: {year}, {yy} and {table} filled in. */
const char *wijk__way_url(struct wijk_cx *cx, const struct wijk__way *way, int year);
/* "GM9901" as it was given, checked. Fails WIJK_EUSAGE. */
enum wijk_err wijk__way_gemeente(struct wijk_cx *cx, const struct wijk_fetch_in *in,
                                 char code[WIJK_CODE_MAX]);

/* ---- pages.c ---- */

/* One page of an answer, walked through. */
struct wijk__page {
    const char *rows; /* "value" or "features"                                              */
    const char *url;  /* for sentences and links                                            */
    const char *next; /* out: address of the next page; NULL none                           */
    size_t n_row;     /* out                                                                */
    double matched;   /* out: rows in all, as the service tells; NAN unknown                */
    /* Reads a row whose first token was just read. */
    enum wijk_err (*row)(void *self, struct wijk_json *json, struct wijk_json_token token);
    void *self;
};
/* Hands over the rows of a page and finds the next one. cx: of this page only. */
enum wijk_err wijk__page_walk(struct wijk_cx *cx, struct wijk_in in, struct wijk__page *page);
/* Gets one page and hands over its rows. cx: of this page only. */
enum wijk_err wijk__page_read(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk__page *page,
                              struct wijk__got *got);
/* All pages from page->url on, following links that stay at listed origins. first: what the first one gave.
 */
enum wijk_err wijk__pages_read(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk__page page,
                               struct wijk__got *first);

/* A file that pages are put together in. */
struct wijk__joined {
    struct wijk_cx *cx, *row_cx;
    const char *path;
    struct wijk_file_out *file;
    struct wijk_json_out w;
    uint64_t rows;
};
enum wijk_err wijk__joined_open(struct wijk_cx *cx, const char *path, struct wijk__joined *out);
/* Writes on what was read: the value whose first token this is. */
enum wijk_err wijk__joined_copy(struct wijk__joined *j, struct wijk_json *json, struct wijk_json_token token);
void wijk__joined_key(struct wijk__joined *j, struct wijk_str key);
enum wijk_err wijk__joined_close(struct wijk__joined *j);
void wijk__joined_drop(struct wijk__joined *j);
/* features.c: such a file as one FeatureCollection. crs: what `crs` says in the words of GeoJSON of before
 * 2016, which import knows; NULL leaves it out. */
enum wijk_err wijk__features_open(struct wijk_cx *cx, const char *path, const char *crs,
                                  struct wijk__joined *out);
enum wijk_err wijk__features_copy(void *self, struct wijk_json *json, struct wijk_json_token token);
/* Ends it, or drops it where the pages failed with `err` or held nothing of the gemeente. */
enum wijk_err wijk__features_close(struct wijk_cx *cx, struct wijk__joined *joined, enum wijk_err err,
                                   const char *url, const char *gemeente);
/* Where the joined file of a way belongs: a folder of its own per source, way and year. */
enum wijk_err wijk__joined_path(struct wijk_cx *cx, const struct wijk_fetch *f, const struct wijk__way *way,
                                const struct wijk_fetch_in *in, int year, const char *ending,
                                const char **out);
/* The result of a way that made one file. */
void wijk__one_file(struct wijk_cx *cx, struct wijk_fetch_out *out, int year, const char *path,
                    const char *url, const char *retrieved);

#define X(id, run) wijk__protocol_fn run;
#include "fetch/protocols.h"
#undef X

#endif
