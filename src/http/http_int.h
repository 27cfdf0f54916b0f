/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the server: the route table's type, one call under way, and the counters. */
#ifndef WIJK_HTTP_INT_H
#define WIJK_HTTP_INT_H

#include "http/keeper.h"
#include "wijk.h"

#include <stdatomic.h>
#include <time.h>

enum http_cost { CHEAP, HEAVY, EXPORT, HASH };
/* Who may: anyone who reads; anyone who asks, within limits; who has the key (allow.c); who signs in, in a
 * browser; anyone, but who is known sees more; who is signed in; who is known, there or by a token (door.c).
 */
enum http_who { HTTP_READS, HTTP_ASKS, HTTP_KEY, HTTP_ENTERS, HTTP_SEES, HTTP_SITS, HTTP_KNOWN };
enum http_type { HTTP_TEXT, HTTP_LEVEL, HTTP_YEAR, HTTP_PERIOD };
enum {
    HTTP_QUERY_MAX = 8,
    HTTP_BODY_MAX = 1 << 20,
    HTTP_ARGS_MAX = 5,
    HTTP_FAULTS_MAX = 16,
    HTTP_TEXT_MAX = 200
};

struct http_query {
    const char *name;
    enum http_type type;
    bool required;
    const char *about;
};
struct http_call;
struct http_desk;
struct http_throttle;
struct http_body;
struct http_route {
    const char *id, *method, *path;
    void (*handle)(struct http_call *c);
    enum http_cost cost;
    const char *role, *summary, *schema;
    const char *right; /* of who is known: id, or NULL */
    const char *body;  /* what is brought along, as schema; NULL nothing */
    int status;        /* of the answer when it went well */
    enum http_who who;
    struct http_query query[HTTP_QUERY_MAX];
};
extern const struct http_route wijk__routes[];
extern const size_t wijk__n_routes;

/* Counters shared by all threads (metrics.c); route n_routes is the web app, n_routes + 1 what no route
 * knows. */
#define HTTP_STATUSES(X)                                                                                     \
    X(200)                                                                                                   \
    X(201)                                                                                                   \
    X(202)                                                                                                   \
    X(204)                                                                                                   \
    X(304)                                                                                                   \
    X(400)                                                                                                   \
    X(401)                                                                                                   \
    X(403)                                                                                                   \
    X(404)                                                                                                   \
    X(303) X(405) X(406) X(408) X(409) X(411) X(413) X(415) X(422) X(429) X(431) X(500) X(503) X(507)
enum { HTTP_ROUTES_MAX = 192, HTTP_STATUSES_MAX = 24, HTTP_BUCKETS = 13, HTTP_PHASES = 6 };
struct http_metrics {
    _Atomic uint64_t count[HTTP_ROUTES_MAX][HTTP_STATUSES_MAX];
    _Atomic uint64_t
        within[HTTP_ROUTES_MAX][HTTP_BUCKETS]; /* durations, each in the first bucket that holds it */
    _Atomic uint64_t micros[HTTP_ROUTES_MAX];
    _Atomic uint64_t queue, cache_bytes, refused;
    _Atomic uint64_t connections, excess_address, excess_total, late[HTTP_PHASES];
    int64_t started_s; /* monotonic */
};
/* What an answer may look at besides the snapshot; members NULL: not there. */
struct http_world {
    const struct http_metrics *metrics;
    struct http_keeper *keeper;
    struct http_pictures *pictures;
    struct http_askers *askers;
    const struct wijk_http_opt *opt;
    struct http_desk *desk; /* people: NULL when there is no store */
    struct http_throttle *throttle;
    struct wijk_sso *sso; /* NULL: people sign in here only */
};
/* Is it this machine, by IPv4? (Half an IPv6 address cannot tell.) */
bool wijk__address_is_local(const uint64_t address[2]);
/* A clock that only goes forward; and the one of people, in seconds since 1970. */
int64_t wijk__now_ms(void);
/* That much later by the same clock, which nobody puts forward or back: for waits. */
struct timespec wijk__after_ms(int64_t ms);
int64_t wijk__clock_s(void);
void wijk__metrics_add(struct http_metrics *m, size_t route, unsigned status, uint64_t micros);
const char *wijk__metrics_route(size_t route); /* "areas", "web", "none" */

/* One request being answered. Query keys land in the members of their type. */
struct http_call {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct http_route *route;
    const char *path;
    const char *arg[HTTP_ARGS_MAX]; /* what stood in {..}, decoded */
    size_t n_arg;
    const char *text[HTTP_QUERY_MAX]; /* by place in route->query; NULL absent */
    enum wijk_level level;
    int year;
    struct wijk_period period;
    size_t n_fault;
    const char *fault_name[HTTP_FAULTS_MAX], *fault_reason[HTTP_FAULTS_MAX];
    struct wijk_buf buf;
    struct wijk_json_out json;
    bool open_cors, fixed, live; /* fixed: never changes under this URL; live: not to be kept */
    const struct http_world *world;
    const struct wijk_http_request *request;
    struct wijk_http_answer *out;
    struct wijk_flow_who who; /* account NULL: nobody */
    struct http_body *body;   /* what came along (body.c) */
    size_t n_header_before;   /* of the handler */
    const char *about;        /* what texts in a kept answer are of; NULL: none that is ever erased */
};

/* Instead of a result: problem+json. title and detail in the caller's language. */
void wijk__http_problem(struct http_call *c, int status, const char *title, const char *detail);
void wijk__http_not_found(struct http_call *c, const char *detail);
/* Notes what is wrong with a query key; wijk__http_bad() then answers 400 with all of them. */
void wijk__http_fault(struct http_call *c, const char *name, const char *reason);
void wijk__http_bad(struct http_call *c);
/* Ends the body as it stands now. */
void wijk__http_close_body(struct http_call *c);
/* Sets the ETag of this answer. true: the caller has it already, so no body is needed. */
bool wijk__http_same(struct http_call *c);
/* The router. *route: index for the counters. */
void wijk__http_answer(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct http_world *world,
                       const struct wijk_http_request *request, struct wijk_http_answer *out, size_t *route);
/* Only finds the route, for choosing a thread. SIZE_MAX: none of that path and method. */
size_t wijk__http_route_of(const char *method, const char *path);
/* 0, or the status with which who brings something is refused; *detail is not translated yet. */
int wijk__http_refuses(const struct http_world *world, const struct http_route *r,
                       const struct wijk_http_request *q, const char **detail);
bool wijk__http_has_key(const struct http_keeper *k, const struct wijk_http_request *q);
static inline bool wijk__body_is_file(const struct http_route *r)
{
    return r->body && *r->body == '@';
}
/* A body of another type than JSON that fits in memory: "=type". */
static inline bool wijk__body_is_other(const struct http_route *r)
{
    return r->body && *r->body == '=';
}
/* Does If-None-Match name this ETag, or everything? */
bool wijk__http_etag_matches(const char *if_none_match, const char *etag);
/* The web app's file or page. false: not one of its paths. */
bool wijk__http_static(struct http_call *c);
void wijk__http_header(struct wijk_http_answer *out, const char *name, const char *value);
/* Where a file without a name is made (res_export.c). */
const char *wijk__http_scratch(struct wijk_cx *cx);
enum wijk_lang wijk__http_lang(const char *accept_language);

/* The two systems of coordinates of OGC API Features, by their full names (res_ogc.c). */
const char *wijk__ogc_crs_name(enum wijk_crs crs);
/* One {href, rel, type, title}; path begins with a slash. */
void wijk__ogc_link(struct http_call *c, const char *path, const char *rel, const char *type,
                    const char *title);
/* The division that a collection is, "buurt-2025"; NULL after a 404. */
const struct wijk_snapshot_division *wijk__ogc_find(struct http_call *c, const char *id);
const char *wijk__ogc_id(struct http_call *c, const struct wijk_snapshot_division *d);
/* openapi.json of the routes under base. */
void wijk__openapi_write(struct http_call *c, const char *base);

/* A real request for openapi.json, out of what the store has. NULL: the store has nothing to ask it with. */
struct http_example;
const struct http_example *wijk__example_new(struct wijk_cx *cx, const struct wijk_snapshot *s);
const char *wijk__example_of(const struct http_example *e, const char *parameter); /* NULL none */
/* Writes the answer to that request, lists cut to two, or nothing (false). */
bool wijk__example_write(struct http_call *c, const struct http_example *e, const struct http_route *r);

/* What several answers write alike (res_common.c). A list or object is closed by its two ends. */
void wijk__res_list(struct wijk_json_out *w, const char *key);
void wijk__res_list_end(struct wijk_json_out *w);
/* n numbers; v NULL, or NAN: null. */
void wijk__res_numbers(struct wijk_json_out *w, const char *key, const double *v, size_t n);
void wijk__res_null(struct wijk_json_out *w, const char *key);
void wijk__res_text(struct wijk_json_out *w, const char *key, const char *text); /* NULL and "": null */
/* A moment, seconds since 1970; 0: null. */
void wijk__res_moment(struct wijk_json_out *w, const char *key, int64_t at);
void wijk__res_level(struct wijk_json_out *w, enum wijk_level level, int division_year);
/* Opens {id, naam, indicator of dimension k ...; the caller closes it. */
void wijk__res_dimension(struct http_call *c, const struct wijk_method *m, size_t k);
const char *wijk__res_method_name(const struct http_call *c, const struct wijk_method *m);
void wijk__res_area_name(struct http_call *c, const char *code, const char *name, enum wijk_level level);
/* A list of {niveau, indelingsjaar, perioden}: every division that has something, newest first. */
struct http_available {
    struct http_call *c;
    const struct wijk_snapshot_division *open;
};
void wijk__res_available(struct http_available *a, const struct wijk_snapshot_division *d,
                         struct wijk_period p);
void wijk__res_available_end(struct http_available *a);
void wijk__res_finding(struct wijk_json_out *w, const struct wijk_finding *f);
void wijk__res_point(struct wijk_json_out *w, const char *key, const struct wijk_snapshot_division *d,
                     size_t i);
void wijk__res_box(struct wijk_json_out *w, const char *key, struct wijk_box box);
void wijk__res_period(struct wijk_json_out *w, struct wijk_period p);
/* A list `nietGetoond`: scores that the register of algorithms keeps back, each with the reason. */
void wijk__res_held(struct http_call *c);
/* The trace id of one number in every area: "{code}~residents~2025~2025~demo". */
const char *wijk__res_id(struct http_call *c, enum wijk_trace_part part, const char *name,
                         const struct wijk_series_key *key);
const char *wijk__res_kind(const struct wijk_indicator *i);
const char *wijk__res_direction(const struct wijk_indicator *i); /* NULL: neither is better */

#endif
