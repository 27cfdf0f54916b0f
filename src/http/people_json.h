/* SPDX-License-Identifier: EUPL-1.2 */
/* What the answers about accounts, keys and the log have alike. */
#ifndef WIJK_HTTP_PEOPLE_JSON_H
#define WIJK_HTTP_PEOPLE_JSON_H

#include "http/desk.h"

/* Who is signed in; guard: the word a change has to bring, which only our own page can read (res_session.c).
 */
void wijk__json_signed_in(struct http_call *c, const struct wijk_account *a, bool second, const char *guard,
                          int64_t ends_at);
/* The list `rollen` of an account (res_session.c). */
void wijk__json_roles(struct http_call *c, const struct wijk_account *a);
/* {nr, deze, apparaat ...} (res_session.c). */
void wijk__json_session(struct http_call *c, const struct wijk_session *s);
/* {nr, naam, doelen ...}; text NULL, or the key itself, this once (res_tokens.c). */
void wijk__json_token(struct http_call *c, const struct wijk_token *t, const char *text);
/* {id, naam, tonen, stand ...} (res_accounts.c). */
void wijk__json_account(struct http_call *c, const struct wijk_account *a);
/* One row of the log (res_log.c). */
void wijk__json_audit(struct http_call *c, const struct wijk_audit *a);
/* The number in the path; 0, which nothing has, when it is none. */
int64_t wijk__path_number(const struct http_call *c);

/* {reden, redenNaam, op, rolNaam} of a text that was taken away, or null (res_moderation.c). */
void wijk__json_taken(struct http_call *c, const char *key, const struct wijk_moderation *m);

/* "signalen": the signals who asks gave, withdrawn ones too (res_signal.c). */
enum wijk_err wijk__json_own_signals(struct http_call *c, struct wijk_store *store);
/* "moderaties": what was taken away of who asks (res_moderation.c). */
enum wijk_err wijk__json_own_moderations(struct http_call *c, struct wijk_store *store);

#endif
