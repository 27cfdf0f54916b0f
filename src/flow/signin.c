/* SPDX-License-Identifier: EUPL-1.2 */
/* Signing in, with a password and a code; sessions and tokens, and who has one. */
#include "flow/people_int.h"

#include <string.h>

enum {
    SEEN_EVERY_S = 60,
    SECOND_S = 900,
    DEVICE_MAX = 160, /* the browser stands last in what it calls itself */
    TOKENS_MAX = 50,
    NAME_MAX_BYTES = 80,
    DAY = 86400
};
static const char SECOND[] = "tweede-factor-nieuw";

/* ---- sessions ---- */

/* What a browser calls itself, made short and harmless. */
static const char *device_of(struct wijk_cx *cx, const char *given)
{
    struct wijk_str s = wijk_str(given);
    size_t bad;
    if (s.n > DEVICE_MAX) s.n = DEVICE_MAX;
    if (!wijk_utf8_valid(s, &bad)) s.n = bad;
    return wijk_str_dup(cx, wijk_str_plain(cx, s));
}

struct open {
    const struct wijk_deed *d;
    int64_t account;
    int64_t step; /* of the code that was used; 0 none */
    bool second;
    const char *device;
    struct wijk_flow_signin *out;
};

static bool is_new_step(const struct wijk_account *a, int64_t step, int64_t now)
{
    return step > a->totp_step || wijk__clock_was_ahead(a->totp_step * WIJK_TOTP_STEP_S, now);
}

int64_t wijk__totp_step(const struct wijk_account *a, struct wijk_str code, int64_t now)
{
    bool ahead = wijk__clock_was_ahead(a->totp_step * WIJK_TOTP_STEP_S, now);
    return wijk_totp_accept(a->totp, code, now, ahead ? 0 : a->totp_step);
}

static enum wijk_err open_session(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct open *v = arg;
    const struct wijk_account *a;
    uint8_t hash[WIJK_HASH];
    WIJK_TRY(wijk__account(cx, store, v->account, &a)); /* as it is now */
    if (a->state != WIJK_ACCOUNT_ACTIVE || (v->step && !is_new_step(a, v->step, v->d->now)))
        return wijk_fail(cx, WIJK_ELOGIN, "De naam, het wachtwoord of de code klopt niet.");
    WIJK_TRY(wijk_secret_new(cx, v->out->token));
    WIJK_TRY(wijk_secret_new(cx, v->out->guard));
    wijk_secret_hash(v->out->token, hash);
    struct wijk_session s = {.account = a->id,
                             .second = v->second,
                             .guard = v->out->guard,
                             .device = device_of(cx, v->device),
                             .made_at = v->d->now,
                             .seen_at = v->d->now,
                             .ends_at = v->d->now + WIJK_SESSION_S};
    WIJK_TRY(wijk_store_add_session(cx, store, hash, &s));
    WIJK_TRY(wijk_store_account_seen(cx, store, a->id, v->d->now, v->step));
    WIJK_TRY(wijk_store_sweep(cx, store, v->d->now));
    v->out->account = a->id;
    v->out->ends_at = s.ends_at;
    v->out->second = v->second;
    struct wijk_actor self = {.account = a->id};
    struct wijk_deed d = *v->d;
    d.actor = &self;
    return wijk_deed_log(cx, store, &d, WIJK_DONE_SIGN_IN, a->gemeente, "sessie", wijk__nr(cx, s.nr), NULL,
                         v->second ? "{\"tweedeFactor\":true}" : "{\"tweedeFactor\":false}");
}

enum wijk_err wijk_flow_session_open(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     int64_t account, bool second, const char *device,
                                     struct wijk_flow_signin *out)
{
    return wijk_store_joined(cx, store, open_session, &(struct open){d, account, 0, second, device, out});
}

/* ---- by name and password ---- */

enum wijk_err wijk_flow_look(struct wijk_cx *cx, struct wijk_store *store,
                             const struct wijk_flow_signin_in *in, int64_t now, struct wijk_flow_look *out)
{
    const struct wijk_account *a = NULL;
    const char *name = wijk_signin_name(cx, wijk_str(in->name));
    *out = (struct wijk_flow_look){0};
    if (name) WIJK_TRY(wijk_store_find_account(cx, store, name, &a));
    bool fits = wijk__password_fits(a ? a->password : NULL, in->password);
    if (!a) return WIJK_OK;
    out->account = a->id;
    out->fits = fits && a->state == WIJK_ACCOUNT_ACTIVE;
    if (!out->fits || !a->totp) return WIJK_OK;
    out->asks_code = !in->code.n;
    out->step = wijk__totp_step(a, in->code, now);
    out->fits = out->asks_code || out->step;
    return WIJK_OK;
}

struct failed {
    const struct wijk_deed *d;
    int64_t account; /* 0: no such name */
    uint32_t times;
};

static enum wijk_err log_failed(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct failed *v = arg;
    const struct wijk_account *a = NULL;
    if (v->times > 5 && v->times & (v->times - 1)) return WIJK_OK; /* who guesses does not fill the log */
    if (v->account) WIJK_TRY(wijk_store_read_account(cx, store, v->account, &a));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_SIGN_IN_FAILED, a ? a->gemeente : "", "account",
                         a ? wijk__nr(cx, a->id) : "", NULL,
                         v->times > 1 ? wijk_sprintf(cx, "{\"keer\":%u}", v->times) : NULL);
}

enum wijk_err wijk_flow_sign_in(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                const struct wijk_flow_look *look, const char *device,
                                struct wijk_flow_signin *out)
{
    *out = (struct wijk_flow_signin){0};
    if (!look->fits || look->asks_code)
        return wijk_store_joined(cx, store, log_failed, &(struct failed){d, look->account, look->times});
    return wijk_store_joined(cx, store, open_session,
                             &(struct open){d, look->account, look->step, look->step != 0, device, out});
}

/* ---- who has this token ---- */

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, int64_t account, bool second,
                          uint32_t scopes, struct wijk_flow_who *out)
{
    const struct wijk_account *a;
    WIJK_TRY(wijk_store_read_account(cx, store, account, &a));
    if (!a || a->state != WIJK_ACCOUNT_ACTIVE) return WIJK_OK;
    out->account = a;
    out->actor = (struct wijk_actor){a->id, a->grant, a->n_grant, second, scopes};
    return WIJK_OK;
}

enum wijk_err wijk_flow_session(struct wijk_cx *cx, struct wijk_store *store, const char *token, int64_t now,
                                struct wijk_flow_who *out)
{
    uint8_t hash[WIJK_HASH];
    const struct wijk_session *s;
    *out = (struct wijk_flow_who){0};
    wijk_secret_hash(token, hash);
    WIJK_TRY(wijk_store_find_session(cx, store, hash, &s));
    /* A clock that jumped back does not make a session younger than it is. */
    if (!s || now >= s->ends_at || now - s->seen_at >= WIJK_SESSION_IDLE_S ||
        wijk__clock_was_ahead(s->made_at, now))
        return WIJK_OK;
    out->session = s->nr;
    out->guard = s->guard;
    out->ends_at = s->ends_at;
    return fill(cx, store, s->account, s->second, WIJK_SCOPES_ALL, out);
}

enum wijk_err wijk_flow_session_seen(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                     int64_t now)
{
    uint8_t hash[WIJK_HASH];
    const struct wijk_session *s;
    wijk_secret_hash(token, hash);
    WIJK_TRY(wijk_store_find_session(cx, store, hash, &s));
    return !s || now - s->seen_at < SEEN_EVERY_S ? WIJK_OK : wijk_store_session_seen(cx, store, hash, now);
}

enum wijk_err wijk_flow_bearer(struct wijk_cx *cx, struct wijk_store *store, const char *token, int64_t now,
                               struct wijk_flow_who *out)
{
    uint8_t hash[WIJK_HASH];
    const struct wijk_token *t;
    *out = (struct wijk_flow_who){0};
    wijk_secret_hash(token, hash);
    WIJK_TRY(wijk_store_find_token(cx, store, hash, &t));
    if (!t || now >= t->ends_at || wijk__clock_was_ahead(t->made_at, now)) return WIJK_OK;
    out->ends_at = t->ends_at;
    return fill(cx, store, t->account, t->second, t->scopes, out);
}

/* ---- signing out ---- */

struct out_in {
    const struct wijk_deed *d;
    int64_t session;
    bool elsewhere;
};

static enum wijk_err sign_out(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct out_in *v = arg;
    size_t n;
    WIJK_TRY(wijk_store_end_sessions(cx, store, v->d->actor->account, v->session, &n));
    if (!n && v->session) return wijk_fail(cx, WIJK_ENOTFOUND, "Deze sessie is er niet meer.");
    if (v->elsewhere) WIJK_TRY(wijk__browsers_forget(cx, store, v->d->actor->account));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_SIGN_OUT,
                         v->d->actor->n_grant ? v->d->actor->grant[0].gemeente : "", "sessie",
                         v->session ? wijk__nr(cx, v->session) : "alle", NULL, NULL);
}

enum wijk_err wijk_flow_sign_out(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 int64_t session, bool elsewhere)
{
    return wijk_store_joined(cx, store, sign_out, &(struct out_in){d, session, elsewhere});
}

/* ---- second factor ---- */

enum wijk_err wijk_flow_second_begin(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     char ticket[WIJK_SECRET_TEXT], uint8_t secret[WIJK_TOTP_SECRET])
{
    const struct wijk_account *a;
    uint8_t hash[WIJK_HASH];
    WIJK_TRY(wijk__account(cx, store, d->actor->account, &a));
    if (a->totp && !d->actor->second)
        return wijk_fail(cx, WIJK_EDENIED,
                         "Meld u eerst aan met uw tweede stap, of vraag uw beheerder die weg te halen.");
    WIJK_TRY(wijk__random(cx, secret, WIJK_TOTP_SECRET));
    WIJK_TRY(wijk_secret_new(cx, ticket));
    wijk_secret_hash(ticket, hash);
    struct wijk_ticket t = {SECOND, a->id, wijk_totp_text(cx, secret), d->now + SECOND_S};
    WIJK_TRY(wijk_store_drop_tickets(cx, store, a->id, SECOND));
    return wijk_store_add_ticket(cx, store, hash, &t);
}

static bool from_base32(const char *text, uint8_t secret[WIJK_TOTP_SECRET])
{
    uint64_t bits = 0;
    if (strlen(text) != WIJK_TOTP_SECRET / 5 * 8) return false;
    for (size_t k = 0; text[k]; k++) {
        char c = text[k];
        bits = bits << 5 | (uint64_t)(c >= 'A' && c <= 'Z' ? c - 'A' : c - '2' + 26);
        if (k % 8 != 7) continue;
        for (size_t byte = 0; byte < 5; byte++) secret[k / 8 * 5 + byte] = (uint8_t)(bits >> (32 - 8 * byte));
    }
    return true;
}

struct second {
    const struct wijk_deed *d;
    const char *ticket;
    struct wijk_str code;
    int64_t session;
};

/* The session goes on as a new one would: with the second factor. */
static enum wijk_err raise_session(struct wijk_cx *cx, struct wijk_store *store, const struct second *v)
{
    return v->session ? wijk_store_session_second(cx, store, v->d->actor->account, v->session) : WIJK_OK;
}

static enum wijk_err set_second(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct second *v = arg;
    const struct wijk_ticket *t;
    const struct wijk_account *a;
    uint8_t hash[WIJK_HASH], secret[WIJK_TOTP_SECRET];
    wijk_secret_hash(v->ticket, hash);
    WIJK_TRY(wijk_store_find_ticket(cx, store, hash, SECOND, v->d->now, &t));
    if (!t || t->account != v->d->actor->account || !from_base32(t->body, secret))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Dit is te oud. Begin opnieuw met de tweede stap.");
    int64_t step = wijk_totp_accept(secret, v->code, v->d->now, 0);
    if (!step)
        return wijk_fail(cx, WIJK_EDATA, "Deze code klopt niet. Kijk of de klok van uw telefoon goed staat.");
    WIJK_TRY(wijk_store_take_ticket(cx, store, hash, SECOND, v->d->now, &t));
    WIJK_TRY(wijk__account(cx, store, v->d->actor->account, &a));
    struct wijk_account next = *a;
    next.totp = secret;
    next.totp_step = step;
    WIJK_TRY(wijk_store_save_account(cx, store, &next));
    WIJK_TRY(raise_session(cx, store, v));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_CHANGE, a->gemeente, "account", wijk__nr(cx, a->id), NULL,
                         "{\"tweedeFactor\":true}");
}

enum wijk_err wijk_flow_second_set(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                   const char *ticket, struct wijk_str code, int64_t session)
{
    return wijk_store_joined(cx, store, set_second, &(struct second){d, ticket, code, session});
}

/* ---- tokens ---- */

struct token {
    const struct wijk_deed *d;
    const struct wijk_flow_token_in *in;
    struct wijk_token *out;
    char *text;
    int64_t nr;
};

static const char *own_gemeente(const struct wijk_deed *d)
{
    return d->actor->n_grant ? d->actor->grant[0].gemeente : "";
}

static enum wijk_err add_token(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct token *v = arg;
    const struct wijk_token *list;
    uint8_t hash[WIJK_HASH];
    size_t n;
    WIJK_TRY(wijk_store_list_tokens(cx, store, v->d->actor->account, &list, &n));
    if (n >= TOKENS_MAX)
        return wijk_fail(cx, WIJK_EDATA, "U hebt al %d sleutels. Trek er eerst een in.", TOKENS_MAX);
    WIJK_TRY(wijk_secret_new(cx, v->text));
    wijk_secret_hash(v->text, hash);
    *v->out = (struct wijk_token){.account = v->d->actor->account,
                                  .name = v->in->name,
                                  .scopes = v->in->scopes,
                                  .second = v->d->actor->second,
                                  .made_at = v->d->now,
                                  .ends_at = v->d->now + (int64_t)v->in->days * DAY};
    WIJK_TRY(wijk_store_add_token(cx, store, hash, v->out));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_ADD, own_gemeente(v->d), "sleutel",
                         wijk__nr(cx, v->out->nr), NULL,
                         wijk_sprintf(cx, "{\"doelen\":%u,\"dagen\":%d}", v->in->scopes, v->in->days));
}

enum wijk_err wijk_flow_token_add(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const struct wijk_flow_token_in *in, struct wijk_token *out,
                                  char text[WIJK_SECRET_TEXT])
{
    size_t bad;
    struct wijk_str name = wijk_str_trim(wijk_str(in->name));
    if (!d->actor->second) return wijk__refuse(cx, WIJK_MAY_SECOND);
    if (strcmp(d->via, "api") == 0) /* a stolen one would outlive its withdrawal in those it made */
        return wijk_fail(cx, WIJK_EDENIED, "Een sleutel maakt u zelf, aangemeld in de browser.");
    if (!name.n || name.n > NAME_MAX_BYTES || !wijk_utf8_valid(name, &bad))
        return wijk_fail(cx, WIJK_EDATA, "Geef de sleutel een korte naam, zodat u hem later herkent.");
    if (!in->scopes || in->scopes & ~(uint32_t)WIJK_SCOPES_ALL || in->scopes & ~d->actor->scopes)
        return wijk_fail(cx, WIJK_EDATA, "Kies waarvoor de sleutel is.");
    if (in->days < 1 || in->days > 366)
        return wijk_fail(cx, WIJK_EDATA, "Een sleutel geldt 1 tot 366 dagen.");
    return wijk_store_joined(cx, store, add_token, &(struct token){d, in, out, text, 0});
}

static enum wijk_err end_token(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct token *v = arg;
    size_t n;
    WIJK_TRY(wijk_store_end_tokens(cx, store, v->d->actor->account, v->nr, &n));
    if (!n) return wijk_fail(cx, WIJK_ENOTFOUND, "Deze sleutel is er niet meer.");
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_REMOVE, own_gemeente(v->d), "sleutel",
                         wijk__nr(cx, v->nr), NULL, NULL);
}

enum wijk_err wijk_flow_token_end(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  int64_t nr)
{
    if (nr <= 0) return wijk_fail(cx, WIJK_ENOTFOUND, "Deze sleutel is er niet meer.");
    return wijk_store_joined(cx, store, end_token, &(struct token){d, NULL, NULL, NULL, nr});
}
