/* SPDX-License-Identifier: EUPL-1.2 */
/* /sessie: signing in and out in a browser, choosing a password with a link, and the second step. */
#include "http/desk.h"
#include "http/handlers.h"
#include "http/people_json.h"

#include <string.h>

enum { NAME_MAX = 200, PASSWORD_MAX = WIJK_PASSWORD_MAX, LINK_MAX = 100, CODE_MAX = 20 };

/* ---- what a session is, in JSON ---- */

void wijk__json_roles(struct http_call *c, const struct wijk_account *a)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "rollen");
    for (size_t k = 0; k < a->n_grant; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "rol", wijk_role_id(a->grant[k].role));
        wijk_json_kv_str(w, "rolNaam", wijk_tr(c->cx, wijk_role_words(a->grant[k].role)));
        wijk_json_kv_str(w, "gemeente", a->grant[k].gemeente);
        wijk_json_kv_str(w, "organisatie", a->grant[k].partner);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

void wijk__json_signed_in(struct http_call *c, const struct wijk_account *a, bool second, const char *guard,
                          int64_t ends_at)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_bool(w, "aangemeld", true);
    wijk_json_kv_int(w, "account", a->id);
    wijk_json_kv_str(w, "naam", a->shown);
    wijk_json_kv_bool(w, "tweedeFactor", second);
    wijk_json_kv_bool(w, "heeftTweedeFactor", a->totp != NULL);
    wijk_json_kv_str(w, "controlewoord", guard);
    wijk_json_kv_str(w, "gemeente", a->gemeente);
    wijk__res_moment(w, "eindigtOp", ends_at);
    wijk__json_roles(c, a);
    wijk_json_end_object(w);
}

static void write_nobody(struct http_call *c, bool first, bool asks_code, const char *next)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_bool(w, "aangemeld", false);
    if (first) wijk_json_kv_bool(w, "eersteKeer", true);
    if (asks_code) wijk_json_kv_bool(w, "vraagtCode", true);
    if (c->world->sso) wijk_json_kv_str(w, "sso", wijk_sso_label(c->world->sso));
    if (next) wijk_json_kv_str(w, "verder", next);
    wijk_json_end_object(w);
}

static bool body_is_good(struct http_call *c)
{
    if (c->n_fault) wijk__http_bad(c);
    return !c->n_fault;
}

/* ---- the first time: nobody has an account yet ---- */

static bool is_local_host(const char *host)
{
    static const char *const NAMES[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t k = 0; host && k < sizeof NAMES / sizeof *NAMES; k++) {
        size_t n = strlen(NAMES[k]);
        if (strncmp(host, NAMES[k], n) == 0 && (!host[n] || host[n] == ':')) return true;
    }
    return false;
}

/* Only on the machine itself, asked by that name: not through a server before us, and no name that points
 * here. */
static bool first_is_here(const struct http_call *c)
{
    return c->world->opt && !c->world->opt->proxy && wijk__address_is_local(c->request->address) &&
           is_local_host(c->request->host);
}

static enum wijk_err none_yet(struct http_call *c, struct wijk_store *store, void *arg)
{
    bool any;
    WIJK_TRY(wijk_store_has_accounts(c->cx, store, &any));
    *(bool *)arg = !any;
    return WIJK_OK;
}

void wijk__res_session(struct http_call *c)
{
    bool first = false;
    if (c->who.account) {
        wijk__json_signed_in(c, c->who.account, c->who.actor.second, c->who.guard, c->who.ends_at);
        return;
    }
    if (c->world->desk) wijk__desk_read(c, none_yet, &first);
    if (c->out->status == 200)
        write_nobody(c, first && first_is_here(c) && wijk__desk_writes(c->world->desk), false, NULL);
}

struct first {
    const char *name, *shown, *gemeente, *kept;
    struct wijk_str password;
    struct wijk_flow_invite invited;
    struct wijk_flow_signin signin;
};

static enum wijk_err first_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct first *f = arg;
    struct wijk_deed machine = {NULL, "eerste-keer", wijk__clock_s(), NULL};
    bool none;
    WIJK_TRY(none_yet(c, store, &none));
    if (!none) return wijk_fail(c->cx, WIJK_EDENIED, "Er is al een beheerder. Vraag die om een uitnodiging.");
    const struct wijk_flow_invite_in in = {f->name, f->shown, {f->gemeente, "", WIJK_ROLE_ADMIN}};
    WIJK_TRY(wijk_flow_invite(c->cx, store, &machine, &in, &f->invited));
    WIJK_TRY(wijk_flow_password(c->cx, store, f->invited.ticket, f->password, machine.now, &f->kept));
    WIJK_TRY(wijk_flow_ticket_use(c->cx, store, &machine, f->invited.ticket, f->kept));
    WIJK_TRY(wijk_flow_session_open(c->cx, store, &machine, f->invited.account, false, c->request->agent,
                                    &f->signin));
    const struct wijk_account *a;
    WIJK_TRY(wijk_store_read_account(c->cx, store, f->invited.account, &a));
    wijk__json_signed_in(c, a, false, f->signin.guard, f->signin.ends_at);
    return WIJK_OK;
}

void wijk__res_session_first(struct http_call *c)
{
    struct first f = {.name = wijk__body_need(c, "naam", NAME_MAX),
                      .shown = wijk__body_text(c, "tonen"),
                      .gemeente = wijk__body_need(c, "gemeente", NAME_MAX),
                      .password = wijk_str(wijk__body_need(c, "wachtwoord", PASSWORD_MAX))};
    if (!body_is_good(c)) return;
    if (!first_is_here(c)) {
        wijk__http_problem(c, 403, wijk_tr(c->cx, "Dit mag niet"),
                           wijk_tr(c->cx, "De eerste beheerder wordt op de machine zelf gemaakt."));
        return;
    }
    wijk__desk_write_secret(c, first_body, &f);
    if (c->out->status == 200) wijk__door_set_cookie(c, f.signin.token, WIJK_SESSION_S);
}

/* ---- signing in and out ---- */

struct signing {
    struct wijk_flow_signin_in in;
    struct wijk_flow_look look;
    struct wijk_flow_signin out;
    const char *browser; /* its cookie, when the owner of the name signed in there before; else NULL */
    char known[WIJK_SECRET_TEXT];
};

static enum wijk_err known_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct signing *s = arg;
    bool known;
    WIJK_TRY(wijk_flow_browser_known(c->cx, store, s->browser, s->in.name, wijk__clock_s(), &known));
    if (!known) s->browser = NULL;
    return WIJK_OK;
}

/* false: it was answered. A browser that is known waits for nobody but itself, and a stranger for all. */
static bool may_try(struct http_call *c, struct signing *s)
{
    s->browser = wijk__door_cookie(c, HTTP_COOKIE_KNOWN);
    if (s->browser) wijk__desk_read(c, known_body, s);
    if (c->out->status != 200) return false;
    if (s->browser && wijk__throttle_browser_wait(c->world->throttle, s->browser, wijk__now_ms()))
        s->browser = NULL;
    return s->browser || !wijk__throttle_refuses(c, s->in.name);
}

static void told(struct http_call *c, const struct signing *s)
{
    struct http_throttle *t = c->world->throttle;
    if (!s->browser)
        wijk__throttle_tell(t, c->request->address, s->in.name, s->out.account != 0, wijk__now_ms());
    else if (!s->out.account)
        wijk__throttle_browser_failed(t, s->browser, wijk__now_ms());
}

static enum wijk_err look_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct signing *s = arg;
    return wijk_flow_look(c->cx, store, &s->in, wijk__clock_s(), &s->look);
}

static enum wijk_err sign_in_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct signing *s = arg;
    struct wijk_deed d = {&c->who.actor, "web", wijk__clock_s(), NULL};
    size_t n;
    if (c->who.account) /* a new sign-in takes the place of the one before */
        WIJK_TRY(wijk_store_end_sessions(c->cx, store, c->who.account->id, c->who.session, &n));
    WIJK_TRY(wijk_flow_sign_in(c->cx, store, &d, &s->look, c->request->agent, &s->out));
    if (!s->out.account) return WIJK_OK;
    const struct wijk_account *a;
    WIJK_TRY(wijk_flow_browser_keep(c->cx, store, s->out.account, wijk__door_cookie(c, HTTP_COOKIE_KNOWN),
                                    d.now, s->known));
    WIJK_TRY(wijk_store_read_account(c->cx, store, s->out.account, &a));
    if (a) wijk__json_signed_in(c, a, s->out.second, s->out.guard, s->out.ends_at);
    return WIJK_OK;
}

void wijk__res_session_in(struct http_call *c)
{
    struct signing s = {.in = {.name = wijk__body_need(c, "naam", NAME_MAX),
                               .password = wijk_str(wijk__body_need(c, "wachtwoord", PASSWORD_MAX)),
                               .code = wijk_str(wijk__body_text(c, "code"))}};
    if (!body_is_good(c)) return;
    if (wijk__desk_refuses(c) || !may_try(c, &s)) return;
    wijk__desk_read(c, look_body, &s);
    if (c->out->status != 200) return;
    if (s.look.fits && s.look.asks_code) {
        write_nobody(c, false, true, NULL);
        return;
    }
    if (!s.look.fits)
        s.look.times =
            wijk__throttle_times(c->world->throttle, s.look.account ? s.in.name : "", wijk__now_ms());
    wijk__desk_write_secret(c, sign_in_body, &s);
    if (c->out->status == 200 || !s.look.fits) told(c, &s); /* also when the log could not be written */
    if (c->out->status != 200) return;
    if (s.out.account) {
        wijk__door_set_cookie(c, s.out.token, WIJK_SESSION_S);
        wijk__door_set_known(c, s.known, WIJK_BROWSER_S);
        return;
    }
    wijk__http_problem(c, 401, wijk_tr(c->cx, "Aanmelden lukt niet"),
                       wijk_tr(c->cx, "De naam, het wachtwoord of de code klopt niet."));
}

static enum wijk_err sign_out_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    int64_t nr = *(const int64_t *)arg;
    return wijk_flow_sign_out(c->cx, store, &d, nr, nr != c->who.session);
}

static enum wijk_err proof_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const char *token = wijk__door_cookie(c, HTTP_COOKIE);
    *(const char **)arg = NULL;
    return token ? wijk_flow_arrived_proof(c->cx, store, token, wijk__clock_s(), arg) : WIJK_OK;
}

void wijk__res_session_out(struct http_call *c)
{
    int64_t nr = c->who.session;
    const char *proof = NULL, *next = NULL;
    if (c->world->sso) wijk__desk_write_quietly(c, proof_body, &proof);
    wijk__desk_write_secret(c, sign_out_body, &nr); /* the answer, with a way on, is for this time only */
    if (c->out->status != 200) return;
    /* The session here is over, whatever the provider says. */
    if (proof && wijk_sso_leave(c->cx, c->world->sso, proof, wijk__clock_s(), &next) != WIJK_OK) next = NULL;
    wijk__door_set_cookie(c, "", 0);
    write_nobody(c, false, false, next);
}

void wijk__json_session(struct http_call *c, const struct wijk_session *s)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "nr", s->nr);
    wijk_json_kv_bool(w, "deze", s->nr == c->who.session);
    wijk_json_kv_bool(w, "tweedeFactor", s->second);
    wijk_json_kv_str(w, "apparaat", s->device);
    wijk__res_moment(w, "sinds", s->made_at);
    wijk__res_moment(w, "gezienOp", s->seen_at);
    wijk__res_moment(w, "eindigtOp", s->ends_at);
    wijk_json_end_object(w);
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_session *v;
    struct wijk_json_out *w = &c->json;
    size_t n;
    (void)arg;
    WIJK_TRY(wijk_store_list_sessions(c->cx, store, c->who.account->id, &v, &n));
    wijk_json_begin_object(w);
    wijk__res_list(w, "aanmeldingen");
    for (size_t k = 0; k < n; k++) wijk__json_session(c, &v[k]);
    wijk_json_end_array(w);
    wijk_json_end_object(w);
    return WIJK_OK;
}

void wijk__res_sessions(struct http_call *c)
{
    wijk__desk_read(c, list_body, NULL);
}

void wijk__res_session_end(struct http_call *c)
{
    int64_t nr;
    if (!wijk_int_parse(wijk_str(c->arg[0]), 1, INT64_MAX, &nr)) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze sessie is er niet meer."));
        return;
    }
    wijk__desk_write(c, sign_out_body, &nr);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}

/* ---- a link ---- */

struct link {
    const char *ticket, *kept;
    struct wijk_str password;
};

static enum wijk_err write_owner(struct http_call *c, struct wijk_store *store, const char *ticket)
{
    const struct wijk_account *a;
    WIJK_TRY(wijk_flow_ticket_owner(c->cx, store, ticket, wijk__clock_s(), &a));
    wijk_json_begin_object(&c->json);
    wijk__res_text(&c->json, "naam", a->name);
    wijk_json_kv_str(&c->json, "tonen", a->shown);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

static enum wijk_err link_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    return write_owner(c, store, ((const struct link *)arg)->ticket);
}

void wijk__res_session_link(struct http_call *c)
{
    struct link l = {.ticket = wijk__body_need(c, "koppeling", LINK_MAX)};
    if (body_is_good(c)) wijk__desk_read(c, link_body, &l);
}

static enum wijk_err hash_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct link *l = arg;
    return wijk_flow_password(c->cx, store, l->ticket, l->password, wijk__clock_s(), &l->kept);
}

static enum wijk_err use_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct link *l = arg;
    struct wijk_deed d = {&c->who.actor, "web", wijk__clock_s(), NULL};
    WIJK_TRY(write_owner(c, store, l->ticket));
    return wijk_flow_ticket_use(c->cx, store, &d, l->ticket, l->kept);
}

void wijk__res_session_password(struct http_call *c)
{
    struct link l = {.ticket = wijk__body_need(c, "koppeling", LINK_MAX),
                     .password = wijk_str(wijk__body_need(c, "wachtwoord", PASSWORD_MAX))};
    if (!body_is_good(c) || wijk__desk_refuses(c)) return;
    wijk__desk_read(c, hash_body, &l);
    if (c->out->status == 200) wijk__desk_write_secret(c, use_body, &l);
}

/* ---- the second step ---- */

static enum wijk_err begin_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    char ticket[WIJK_SECRET_TEXT];
    uint8_t secret[WIJK_TOTP_SECRET];
    const struct wijk_account *a = c->who.account;
    (void)arg;
    WIJK_TRY(wijk_flow_second_begin(c->cx, store, &d, ticket, secret));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "koppeling", ticket);
    wijk_json_kv_str(&c->json, "geheim", wijk_totp_text(c->cx, secret));
    wijk_json_kv_str(&c->json, "adres",
                     wijk_totp_address(c->cx, secret, wijk_sprintf(c->cx, "Wijkregie %s", c->s->info.title),
                                       a->name ? a->name : a->shown));
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_second_begin(struct http_call *c)
{
    wijk__desk_write_secret(c, begin_body, NULL);
}

struct code {
    const char *ticket;
    struct wijk_str code;
};

static enum wijk_err set_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct code *v = arg;
    struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_account *a;
    WIJK_TRY(wijk_flow_second_set(c->cx, store, &d, v->ticket, v->code, c->who.session));
    WIJK_TRY(wijk_store_read_account(c->cx, store, c->who.account->id, &a));
    wijk__json_signed_in(c, a, true, c->who.guard, c->who.ends_at);
    return WIJK_OK;
}

void wijk__res_second_set(struct http_call *c)
{
    struct code v = {.ticket = wijk__body_need(c, "koppeling", LINK_MAX),
                     .code = wijk_str(wijk__body_need(c, "code", CODE_MAX))};
    if (!body_is_good(c)) return;
    if (wijk__throttle_refuses(c, v.ticket)) return;
    wijk__desk_write_secret(c, set_body, &v);
    wijk__throttle_tell(c->world->throttle, c->request->address, v.ticket, c->out->status == 200,
                        wijk__now_ms());
}
