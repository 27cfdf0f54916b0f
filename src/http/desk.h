/* SPDX-License-Identifier: EUPL-1.2 */
/* Where people's own things are read and written: one connection that writes, some that read, and who asks.
 */
#ifndef WIJK_HTTP_DESK_H
#define WIJK_HTTP_DESK_H

#include "http/http_int.h"

struct http_desk;
/* A store that cannot be written is read: then nobody can sign in, until it can. fate: of all connections of
 * this server. */
struct http_desk *wijk__desk_open(const char *store, struct wijk_store_fate *fate,
                                  const struct wijk_log *log);
void wijk__desk_close(struct http_desk *d); /* NULL allowed */
/* Is there a connection that writes? Tries to make one when there was none. NULL: no. */
bool wijk__desk_writes(struct http_desk *d);
bool wijk__desk_is_full(const struct http_desk *d); /* the last write found no room */
/* Answers 503 and says true when nothing can be written. */
bool wijk__desk_refuses(struct http_call *c);

typedef enum wijk_err http_desk_body(struct http_call *c, struct wijk_store *store, void *arg);
/* The body over a reading connection. What it fails with becomes the problem that fits. */
void wijk__desk_read(struct http_call *c, http_desk_body *body, void *arg);
/* The body in one transaction of the writing connection. With an Idempotency-Key its answer is kept in that
 * transaction, and given again to who asks the same under the same key. An answer that is not durable is not
 * given. */
void wijk__desk_write(struct http_call *c, http_desk_body *body, void *arg);
/* As wijk__desk_write(), and without a key it is refused: for what must not be done twice. */
void wijk__desk_write_once(struct http_call *c, http_desk_body *body, void *arg);
/* As wijk__desk_write(), but no answer is kept, whatever the key: for what shows a secret once. */
void wijk__desk_write_secret(struct http_call *c, http_desk_body *body, void *arg);
/* As wijk__desk_write_secret(), for what must not be made twice: the same key again is refused with 409. */
void wijk__desk_write_secret_once(struct http_call *c, http_desk_body *body, void *arg);
/* What was just erased leaves the log of the file too, as far as nobody reads it now. */
void wijk__desk_empty_log(struct http_call *c);
/* For bookkeeping: no key, and its failure is nobody's. */
void wijk__desk_write_quietly(struct http_call *c, http_desk_body *body, void *arg);
/* A reading connection by itself, at one consistent picture; NULL: none. To be given back. */
struct wijk_store *wijk__desk_take(struct http_desk *d);
void wijk__desk_give(struct http_desk *d, struct wijk_store *store);
void wijk__desk_problem(struct http_call *c, enum wijk_err err);

/* ---- who asks (door.c) ---- */

#define HTTP_COOKIE "__Host-wijk"
/* Finds out who it is; answers itself and says false when that is refused. Sets c->who. */
bool wijk__door_enter(struct http_call *c);
/* May who asks load files: looked up by itself, where no call is there yet. */
bool wijk__door_loads(struct http_desk *d, const struct wijk_http_request *q);
/* The deed of this call; why NULL: not asked. */
struct wijk_deed wijk__door_deed(const struct http_call *c, const char *why);
/* Takes as long whatever the difference, so that a secret cannot be guessed sign by sign; how long one is, is
 * none. */
bool wijk__door_same(const char *a, const char *b);
bool wijk__door_foreign(const struct wijk_http_request *q); /* a page of another site asks */
void wijk__door_set_cookie(struct http_call *c, const char *token,
                           int64_t seconds); /* token "": none any more */
/* Of a sign-in that is under way elsewhere: sent along too when the browser comes back from there. */
#define HTTP_COOKIE_AWAY "__Host-wijk-sso"
void wijk__door_set_away(struct http_call *c, const char *token, int64_t seconds);
/* Of a browser in which somebody signed in before; it opens nothing (throttle.c). */
#define HTTP_COOKIE_KNOWN "__Host-wijk-bekend"
void wijk__door_set_known(struct http_call *c, const char *token, int64_t seconds);
/* The value of a cookie of ours in this call; NULL none, twice, or no secret. */
const char *wijk__door_cookie(const struct http_call *c, const char *name);

/* ---- bodies (body.c) ---- */

/* One member of the JSON object that came along: its text, or NULL when it is not there. Numbers and yes or
 * no as they were written. The whole body was read once by wijk__body_read(). */
bool wijk__body_read(struct http_call *c); /* false: answered with 400 */
const char *wijk__body_text(const struct http_call *c, const char *name);
/* Notes a fault when it is not there or longer than max bytes. */
const char *wijk__body_need(struct http_call *c, const char *name, size_t max);
bool wijk__body_number(struct http_call *c, const char *name, int64_t min, int64_t max,
                       int64_t *out);                              /* notes a fault */
bool wijk__body_flag(const struct http_call *c, const char *name); /* true where it says so */
/* Items of a list; then item `at`, or a member of it when it is an object; "" when it is not there. */
size_t wijk__body_count(const struct http_call *c, const char *name);
const char *wijk__body_item(const struct http_call *c, const char *name, size_t at, const char *member);

/* ---- slowing down who guesses (throttle.c) ---- */

struct http_throttle;
struct http_throttle *wijk__throttle_new(void);
void wijk__throttle_free(struct http_throttle *t); /* NULL allowed */
/* Seconds to wait before this address may try this name; 0 now. */
unsigned wijk__throttle_wait(struct http_throttle *t, const uint64_t address[2], const char *name,
                             int64_t now_ms);
/* The same for a browser that is known by its token: apart from all others. */
unsigned wijk__throttle_browser_wait(struct http_throttle *t, const char *token, int64_t now_ms);
void wijk__throttle_browser_failed(struct http_throttle *t, const char *token, int64_t now_ms);
/* Answers 429 with how long to wait, and says true, when it may not be tried now. */
bool wijk__throttle_refuses(struct http_call *c, const char *name);
void wijk__throttle_tell(struct http_throttle *t, const uint64_t address[2], const char *name, bool good,
                         int64_t now_ms);
/* How often it went wrong for this name by now ("" for all names that are not there), this time included. */
uint32_t wijk__throttle_times(struct http_throttle *t, const char *name, int64_t now_ms);

#endif
