/* SPDX-License-Identifier: EUPL-1.2 */
/* /accounts: who may sign in, inviting, stopping and removing; asking for a role; and what is kept of
 * oneself. A link to choose a password is shown once, to who asked for it. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <string.h>

enum { NAME_MAX = 200, WHY_MAX = 500, PAGE = 200, OWN_ROWS = 10000 };

/* ---- what an account is, in JSON ---- */

void wijk__json_account(struct http_call *c, const struct wijk_account *a)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "id", a->id);
    wijk__res_text(w, "naam", a->name);
    wijk_json_kv_str(w, "tonen", a->shown);
    wijk_json_kv_str(w, "stand", wijk_account_state_id(a->state));
    wijk_json_kv_bool(w, "elders", a->subject != NULL);
    wijk_json_kv_bool(w, "heeftTweedeFactor", a->totp != NULL);
    wijk_json_kv_str(w, "gemeente", a->gemeente);
    wijk__res_moment(w, "gemaaktOp", a->made_at);
    wijk__res_moment(w, "gezienOp", a->seen_at);
    wijk__json_roles(c, a);
    wijk_json_end_object(w);
}

int64_t wijk__path_number(const struct http_call *c)
{
    int64_t nr;
    return wijk_int_parse(wijk_str(c->arg[0]), 1, INT64_MAX, &nr) ? nr : 0;
}

/* ---- the list ---- */

struct list {
    const char *gemeente;
    int64_t after;
};

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct list *l = arg;
    struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_account *v;
    size_t n;
    WIJK_TRY(wijk_flow_accounts(c->cx, store, &d, l->gemeente, l->after, PAGE, &v, &n));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "gemeente", l->gemeente);
    wijk__res_list(&c->json, "accounts");
    for (size_t k = 0; k < n; k++) wijk__json_account(c, &v[k]);
    wijk_json_end_array(&c->json);
    if (n == PAGE)
        wijk_json_kv_int(&c->json, "volgende", v[n - 1].id);
    else
        wijk__res_null(&c->json, "volgende");
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_accounts(struct http_call *c)
{
    struct list l = {.gemeente = wijk__call_gemeente(c, c->text[0])};
    if (c->text[1]) l.after = wijk__query_number(c, 1, "na");
    if (!wijk__call_faulty(c)) wijk__desk_read(c, list_body, &l);
}

/* ---- inviting, and a new link ---- */

static void write_invite(struct http_call *c, const struct wijk_flow_invite *i)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "account", i->account);
    wijk_json_kv_str(w, "koppeling", wijk_sprintf(c->cx, "/aanmelden#koppeling=%s", i->ticket));
    wijk__res_moment(w, "eindigtOp", i->ends_at);
    if (i->proposal)
        wijk_json_kv_int(w, "voorstel", i->proposal);
    else
        wijk__res_null(w, "voorstel");
    wijk_json_end_object(w);
}

struct invite {
    struct wijk_flow_invite_in in;
    const char *why;
};

static enum wijk_err invite_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct invite *v = arg;
    struct wijk_deed d = wijk__door_deed(c, v->why);
    struct wijk_flow_invite out;
    WIJK_TRY(wijk_flow_invite(c->cx, store, &d, &v->in, &out));
    write_invite(c, &out);
    return WIJK_OK;
}

/* rol, gemeente and organisatie of the body; notes faults. */
static struct wijk_grant grant_of(struct http_call *c)
{
    const char *partner = wijk__body_text(c, "organisatie");
    struct wijk_grant g = {wijk__call_gemeente(c, wijk__body_text(c, "gemeente")), partner ? partner : "",
                           WIJK_ROLE_PROFESSIONAL};
    WIJK_BODY_WORD(c, "rol", wijk_role_parse, &g.role);
    return g;
}

/* A reason; NULL when none was given. */
static const char *why_of(struct http_call *c, bool needed)
{
    const char *why = needed || wijk__body_text(c, "waarom") ? wijk__body_need(c, "waarom", WHY_MAX) : NULL;
    enum wijk_personal p = why ? wijk_personal_in_text(wijk_str(why)) : WIJK_PERSONAL_NONE;
    if (p != WIJK_PERSONAL_NONE) wijk__http_fault(c, "waarom", wijk_tr(c->cx, wijk_personal_words(p)));
    return why;
}

void wijk__res_account_new(struct http_call *c)
{
    struct invite v = {.in = {.name = wijk__body_need(c, "naam", NAME_MAX),
                              .shown = wijk__body_text(c, "tonen"),
                              .grant = grant_of(c)},
                       .why = why_of(c, false)};
    if (!wijk__call_faulty(c)) wijk__desk_write_secret(c, invite_body, &v);
}

struct reset {
    int64_t account;
    bool second;
};

static enum wijk_err reset_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct reset *v = arg;
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_flow_invite out;
    WIJK_TRY(wijk_flow_reset(c->cx, store, &d, v->account, v->second, &out));
    write_invite(c, &out);
    return WIJK_OK;
}

void wijk__res_account_link(struct http_call *c)
{
    const char *second = wijk__body_text(c, "tweedeStap");
    struct reset v = {wijk__path_number(c), second && strcmp(second, "true") == 0};
    wijk__desk_write_secret(c, reset_body, &v);
}

/* ---- stopping, going on, removing ---- */

struct stop {
    int64_t account;
    bool stop;
    const char *why;
};

static enum wijk_err stop_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct stop *v = arg;
    struct wijk_deed d = wijk__door_deed(c, v->why);
    return wijk_flow_account_stop(c->cx, store, &d, v->account, v->stop);
}

static void stop_or_not(struct http_call *c, bool stop)
{
    struct stop v = {wijk__path_number(c), stop, why_of(c, true)};
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_once(c, stop_body, &v);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}

void wijk__res_account_stop(struct http_call *c)
{
    stop_or_not(c, true);
}

void wijk__res_account_restore(struct http_call *c)
{
    stop_or_not(c, false);
}

static enum wijk_err remove_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_account_remove(c->cx, store, &d, *(const int64_t *)arg);
}

void wijk__res_account_remove(struct http_call *c)
{
    int64_t account = wijk__path_number(c);
    wijk__desk_write_once(c, remove_body, &account);
    if (c->out->status != 204) return;
    c->out->body = WIJK_STR("");
    if (c->who.session && account == c->who.actor.account) wijk__door_set_cookie(c, "", 0);
}

/* ---- asking for a role; deciding is done in res_proposals.c ---- */

struct role {
    struct wijk_flow_role in;
    const char *why;
};

static enum wijk_err role_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct role *v = arg;
    struct wijk_deed d = wijk__door_deed(c, v->why);
    int64_t nr;
    WIJK_TRY(wijk_flow_role_ask(c->cx, store, &d, &v->in, &nr));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_int(&c->json, "nr", nr);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_role_ask(struct http_call *c)
{
    const char *take = wijk__body_text(c, "weg");
    struct role v = {.in = {.grant = grant_of(c), .take = take && strcmp(take, "true") == 0},
                     .why = why_of(c, true)};
    wijk__body_number(c, "account", 1, INT64_MAX, &v.in.account);
    if (!wijk__call_faulty(c)) wijk__desk_write_once(c, role_body, &v);
}

/* ---- what is kept of oneself ---- */

static enum wijk_err took_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_audit_take(c->cx, store, &d, arg);
}

static enum wijk_err own_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const int64_t id = c->who.account->id;
    struct wijk_json_out *w = &c->json;
    const struct wijk_session *session;
    const struct wijk_token *token;
    const struct wijk_audit *row;
    size_t n_session, n_token, n_row, n_browser;
    WIJK_TRY(wijk_flow_browser_count(c->cx, store, id, wijk__clock_s(), &n_browser));
    WIJK_TRY(wijk_store_list_sessions(c->cx, store, id, &session, &n_session));
    WIJK_TRY(wijk_store_list_tokens(c->cx, store, id, &token, &n_token));
    WIJK_TRY(wijk_store_read_audit(c->cx, store, arg, &row, &n_row));
    wijk_json_begin_object(w);
    wijk_json_key(w, "account");
    wijk__json_account(c, c->who.account);
    wijk__res_list(w, "aanmeldingen");
    for (size_t k = 0; k < n_session; k++) wijk__json_session(c, &session[k]);
    wijk_json_end_array(w);
    wijk_json_kv_int(w, "bekendeBrowsers", (int64_t)n_browser);
    wijk__res_list(w, "sleutels");
    for (size_t k = 0; k < n_token; k++) wijk__json_token(c, &token[k], NULL);
    wijk_json_end_array(w);
    WIJK_TRY(wijk__json_own_signals(c, store));
    WIJK_TRY(wijk__json_own_moderations(c, store));
    wijk__res_list(w, "logboek");
    for (size_t k = 0; k < n_row; k++) wijk__json_audit(c, &row[k]);
    wijk_json_end_array(w);
    wijk_json_end_object(w);
    return WIJK_OK;
}

void wijk__res_own(struct http_call *c)
{
    struct wijk_audit_ask ask = {.account = c->who.account->id, .n_max = OWN_ROWS};
    wijk__desk_write_secret(c, took_body, &ask);
    if (c->out->status != 200) return;
    wijk__http_header(c->out, "Content-Disposition", "attachment; filename=\"mijn-gegevens.json\"");
    wijk__desk_read(c, own_body, &ask);
}
