/* SPDX-License-Identifier: EUPL-1.2 */
/* /sessie/sso: to the provider of the organisation and back (docs/modules/sso.md). What must be remembered in
 * between is kept under the hash of a key that only this browser has. */
#include "http/desk.h"
#include "http/handlers.h"
#include "http/people_json.h"

#include <string.h>

static const char AWAY[] = "sso-onderweg";

struct away {
    char key[WIJK_SECRET_TEXT];
    const char *remembered;
};

static bool has_sso(struct http_call *c)
{
    c->live = true;
    if (!c->world->sso)
        wijk__http_not_found(c, wijk_tr(c->cx, "Op deze server meldt u zich aan met een eigen naam."));
    return c->world->sso != NULL;
}

static enum wijk_err keep_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct away *a = arg;
    uint8_t hash[WIJK_HASH];
    struct wijk_ticket t = {AWAY, 0, a->remembered, wijk__clock_s() + WIJK_SSO_WITHIN_S};
    wijk_secret_hash(a->key, hash);
    return wijk_store_add_ticket(c->cx, store, hash, &t);
}

void wijk__res_sso_begin(struct http_call *c)
{
    struct wijk_sso_begun begun;
    struct away a;
    if (!has_sso(c)) return;
    enum wijk_err err = wijk_sso_begin(c->cx, c->world->sso, wijk__clock_s(), &begun);
    if (!err) err = wijk_secret_new(c->cx, a.key);
    if (err) {
        wijk__desk_problem(c, WIJK_EIO);
        return;
    }
    a.remembered = begun.remembered;
    wijk__desk_write_secret(c, keep_body, &a);
    if (c->out->status != 200) return;
    wijk__door_set_away(c, a.key, WIJK_SSO_WITHIN_S);
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "adres", begun.url);
    wijk_json_end_object(&c->json);
}

/* ---- back ---- */

struct back {
    const char *key;
    const struct wijk_ticket *away;
    struct wijk_sso_person person;
    struct wijk_flow_signin signin;
};

static enum wijk_err take_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct back *b = arg;
    uint8_t hash[WIJK_HASH];
    wijk_secret_hash(b->key, hash);
    return wijk_store_take_ticket(c->cx, store, hash, AWAY, wijk__clock_s(), &b->away);
}

static enum wijk_err arrive_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct back *b = arg;
    const struct wijk_sso_person *p = &b->person;
    struct wijk_actor nobody = {0};
    struct wijk_deed d = {&nobody, "sso", wijk__clock_s(), NULL};
    const struct wijk_flow_arrive_in in = {.issuer = p->issuer,
                                           .subject = p->subject,
                                           .name = p->name,
                                           .grant = p->grant,
                                           .n_grant = p->n_grant,
                                           .second = p->second,
                                           .device = c->request->agent,
                                           .proof = p->id_token,
                                           .roles_at_once = wijk_sso_four_eyes_there(c->world->sso)};
    return wijk_flow_arrive(c->cx, store, &d, &in, &b->signin);
}

/* To a page of our own, so that no code stays in the address bar; what went wrong as a word of ours. */
static void go(struct http_call *c, const char *where)
{
    c->out->status = 303;
    c->out->n_header = c->n_header_before;
    c->out->body = WIJK_STR("");
    c->out->content_type = "text/plain";
    wijk__http_header(c->out, "Location", where);
}

/* There is no way back left. */
static void go_back(struct http_call *c, const char *where)
{
    go(c, where);
    wijk__door_set_away(c, "", 0);
}

void wijk__res_sso_back(struct http_call *c)
{
    struct back b = {.key = wijk__door_cookie(c, HTTP_COOKIE_AWAY)};
    if (!has_sso(c)) return;
    if (b.key) wijk__desk_write_secret(c, take_body, &b);
    if (!b.away) {
        go_back(c, "/aanmelden?sso=te-oud");
        return;
    }
    enum wijk_err err = wijk_sso_finish(
        c->cx, c->world->sso,
        (struct wijk_sso_in){b.away->body, wijk_str(c->request->query ? c->request->query : ""),
                             wijk__clock_s()},
        &b.person);
    c->out->status = 200;
    if (!err) wijk__desk_write_secret(c, arrive_body, &b);
    if (err || !b.signin.account) {
        wijk_log(c->world->opt->log, WIJK_LOG_WARN, "sign-in elsewhere: %s", wijk_fault(c->cx));
        go_back(c, err == WIJK_ECANCEL ? "/aanmelden?sso=geweigerd" : "/aanmelden?sso=mislukt");
        return;
    }
    if (b.signin.asks_code) { /* the way is not over: its cookie goes on with another key */
        go(c, "/aanmelden?sso=code");
        wijk__door_set_away(c, b.signin.token, WIJK_ARRIVE_S);
        return;
    }
    go_back(c, "/aanmelden?sso=gelukt");
    wijk__door_set_cookie(c, b.signin.token, WIJK_SESSION_S);
}

/* ---- the second step of the account itself, where the provider told of none ---- */

struct owed {
    const char *key;
    struct wijk_str code;
    struct wijk_flow_look look;
    struct wijk_flow_signin signin;
};

static enum wijk_err look_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct owed *o = arg;
    if (!o->key) return wijk_fail(c->cx, WIJK_ENOTFOUND, "Dit is te oud. Begin opnieuw met aanmelden.");
    return wijk_flow_arrived_look(c->cx, store, o->key, o->code, wijk__clock_s(), &o->look);
}

static enum wijk_err code_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct owed *o = arg;
    const struct wijk_deed d = {&c->who.actor, "sso", wijk__clock_s(), NULL};
    const struct wijk_account *a;
    WIJK_TRY(wijk_flow_arrived_code(c->cx, store, &d, o->key, &o->look, c->request->agent, &o->signin));
    if (!o->signin.account) return WIJK_OK;
    WIJK_TRY(wijk_store_read_account(c->cx, store, o->signin.account, &a));
    wijk__json_signed_in(c, a, o->signin.second, o->signin.guard, o->signin.ends_at);
    return WIJK_OK;
}

void wijk__res_sso_code(struct http_call *c)
{
    struct owed o = {.key = wijk__door_cookie(c, HTTP_COOKIE_AWAY),
                     .code = wijk_str(wijk__body_need(c, "code", 20))};
    if (!has_sso(c)) return;
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    wijk__desk_read(c, look_body, &o);
    if (c->out->status != 200) return;
    /* By account, not by key: who has the password there gets no fresh tries by going there again. No name to
     * sign in with looks like this one. */
    const char *count = wijk_sprintf(c->cx, "%lld/code", (long long)o.look.account);
    if (wijk__throttle_refuses(c, count)) return;
    if (!o.look.fits) o.look.times = wijk__throttle_times(c->world->throttle, count, wijk__now_ms());
    wijk__desk_write_secret(c, code_body, &o);
    if (c->out->status == 200 || !o.look.fits)
        wijk__throttle_tell(c->world->throttle, c->request->address, count, o.signin.account != 0,
                            wijk__now_ms());
    if (c->out->status != 200) return;
    if (o.signin.account) {
        wijk__door_set_cookie(c, o.signin.token, WIJK_SESSION_S);
        wijk__door_set_away(c, "", 0);
        return;
    }
    wijk__http_problem(c, 401, wijk_tr(c->cx, "Aanmelden lukt niet"), wijk_tr(c->cx, "De code klopt niet."));
}
