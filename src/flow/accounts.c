/* SPDX-License-Identifier: EUPL-1.2 */
/* Accounts: inviting, choosing a password by a link that works once, stopping, removing. */
#include "flow/people_int.h"

#include <string.h>

static const char INVITE[] = "uitnodiging", PASSWORD[] = "wachtwoord", SECOND[] = "tweede-factor-weg";

/* ---- helpers ---- */

const char *wijk__nr(struct wijk_cx *cx, int64_t nr)
{
    return wijk_sprintf(cx, "%lld", (long long)nr);
}

enum wijk_err wijk__account(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                            const struct wijk_account **out)
{
    WIJK_TRY(wijk_store_read_account(cx, store, id, out));
    if (*out && (*out)->state != WIJK_ACCOUNT_REMOVED) return WIJK_OK;
    return wijk_fail(cx, WIJK_ENOTFOUND, "Dit account is er niet.");
}

enum wijk_err wijk__account_may(struct wijk_cx *cx, const struct wijk_deed *d, enum wijk_right right,
                                const struct wijk_account *a)
{
    if (!d->actor) return WIJK_OK;
    /* In each gemeente where it has a role: who has its password has all of its roles. */
    for (size_t k = 0; k < a->n_grant; k++) {
        struct wijk_object o = {.gemeente = a->grant[k].gemeente, .partner = a->grant[k].partner};
        WIJK_TRY(wijk_deed_may(cx, d, right, &o));
    }
    if (a->n_grant) return WIJK_OK;
    struct wijk_object o = {.gemeente = a->gemeente};
    return wijk_deed_may(cx, d, right, &o);
}

enum wijk_err wijk__last_admin(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_account *a)
{
    for (size_t k = 0; a->state == WIJK_ACCOUNT_ACTIVE && k < a->n_grant; k++) {
        size_t n;
        if (a->grant[k].role != WIJK_ROLE_ADMIN) continue;
        WIJK_TRY(wijk_store_count_role(cx, store, a->grant[k].gemeente, WIJK_ROLE_ADMIN, &n));
        if (n <= 1)
            return wijk_fail(cx, WIJK_EDATA,
                             "Dit is de laatste beheerder van %s. Maak eerst iemand anders beheerder.",
                             a->grant[k].gemeente);
    }
    return WIJK_OK;
}

enum wijk_err wijk__grant_check(struct wijk_cx *cx, const struct wijk_grant *g)
{
    enum wijk_level level;
    bool known =
        g->gemeente && wijk_code_level(wijk_str(g->gemeente), &level) && level == WIJK_LEVEL_GEMEENTE;
    if (!known)
        return wijk_fail(cx, WIJK_EDATA, "«%s» is geen code van een gemeente, zoals GM9901.",
                         g->gemeente ? g->gemeente : "");
    if (wijk_role_of_partner(g->role) && !*g->partner)
        return wijk_fail(cx, WIJK_EDATA, "Bij de rol %s hoort een organisatie.",
                         wijk_tr(cx, wijk_role_words(g->role)));
    if (g->role == WIJK_ROLE_ADMIN && *g->partner)
        return wijk_fail(cx, WIJK_EDATA, "De beheerder is van de gemeente zelf, niet van een organisatie.");
    for (const char *c = g->partner; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-') || c - g->partner > 63)
            return wijk_fail(cx, WIJK_EDATA,
                             "De organisatie is een korte naam van kleine letters, cijfers en streepjes.");
    return WIJK_OK;
}

const char *wijk__grant_json(struct wijk_cx *cx, const struct wijk_grant *g)
{
    /* all three were checked: nothing in them needs an escape */
    return wijk_sprintf(cx, "{\"rol\":\"%s\",\"gemeente\":\"%s\",\"organisatie\":\"%s\"}",
                        wijk_role_id(g->role), g->gemeente, g->partner);
}

static enum wijk_err give_ticket(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const char *kind, int64_t account, struct wijk_flow_invite *out)
{
    uint8_t hash[WIJK_HASH];
    const int64_t ends_at = d->now + (strcmp(kind, INVITE) == 0 ? WIJK_INVITE_S : WIJK_RESET_S);
    struct wijk_ticket t = {kind, account, "", ends_at};
    WIJK_TRY(wijk__apart_made(cx, store, d, &t.body));
    WIJK_TRY(wijk_secret_new(cx, out->ticket));
    wijk_secret_hash(out->ticket, hash);
    WIJK_TRY(wijk_store_drop_tickets(cx, store, account, kind)); /* the one before works no more */
    out->account = account;
    out->ends_at = ends_at;
    return wijk_store_add_ticket(cx, store, hash, &t);
}

/* ---- inviting ---- */

struct invite {
    const struct wijk_deed *d;
    const struct wijk_flow_invite_in *in;
    struct wijk_flow_invite *out;
    struct wijk_account account;
};

/* The machine gives a role at once, and so does the only beheerder who asks for a second one. */
static enum wijk_err gives_at_once(struct wijk_cx *cx, struct wijk_store *store, const struct invite *v,
                                   bool *at_once)
{
    size_t n = 0;
    *at_once = !v->d->actor;
    if (*at_once || v->in->grant.role != WIJK_ROLE_ADMIN) return WIJK_OK;
    struct wijk_object o = {.gemeente = v->in->grant.gemeente};
    if (wijk_may(v->d->actor, WIJK_RIGHT_ROLE_DECIDE, &o) != WIJK_MAY_YES) return WIJK_OK;
    WIJK_TRY(wijk_store_count_role(cx, store, v->in->grant.gemeente, WIJK_ROLE_ADMIN, &n));
    *at_once = n == 1;
    return WIJK_OK;
}

static enum wijk_err invite(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct invite *v = arg;
    const struct wijk_grant *g = &v->in->grant;
    struct wijk_object o = {.gemeente = g->gemeente, .partner = g->partner};
    bool at_once;
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_ACCOUNT_INVITE, &o));
    WIJK_TRY(gives_at_once(cx, store, v, &at_once));
    WIJK_TRY(wijk_store_add_account(cx, store, &v->account));
    WIJK_TRY(give_ticket(cx, store, v->d, INVITE, v->account.id, v->out));
    WIJK_TRY(wijk_deed_log(cx, store, v->d, WIJK_DONE_ADD, g->gemeente, "account",
                           wijk__nr(cx, v->account.id), NULL, NULL));
    struct wijk_flow_role role = {v->account.id, *g, false};
    v->out->proposal = 0;
    if (!at_once) {
        struct wijk_deed asks = *v->d;
        if (!asks.why) asks.why = wijk_tr(cx, "bij de uitnodiging");
        return wijk_flow_role_ask(cx, store, &asks, &role, &v->out->proposal);
    }
    WIJK_TRY(wijk_store_add_grant(cx, store, v->account.id, g, v->d->now));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_ADD, g->gemeente, "rol", wijk__nr(cx, v->account.id),
                         NULL, wijk__grant_json(cx, g));
}

enum wijk_err wijk_flow_invite(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               const struct wijk_flow_invite_in *in, struct wijk_flow_invite *out)
{
    struct invite v = {
        d, in, out, {.state = WIJK_ACCOUNT_INVITED, .made_at = d->now, .gemeente = in->grant.gemeente}};
    v.account.name = wijk_signin_name(cx, wijk_str(in->name));
    if (!v.account.name)
        return wijk_fail(
            cx, WIJK_EDATA,
            "Een naam om mee aan te melden heeft kleine letters, cijfers, punt, streepje of @, begint "
            "met een letter en is hoogstens %d tekens lang.",
            WIJK_NAME_MAX);
    v.account.shown = in->shown ? wijk_shown_name(cx, wijk_str(in->shown)) : v.account.name;
    if (!v.account.shown)
        return wijk_fail(cx, WIJK_EDATA, "De naam om te tonen heeft letters die niet kunnen.");
    WIJK_TRY(wijk__grant_check(cx, &in->grant));
    return wijk_store_joined(cx, store, invite, &v);
}

struct reset {
    const struct wijk_deed *d;
    int64_t account;
    bool second;
    struct wijk_flow_invite *out;
};

static enum wijk_err reset(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct reset *v = arg;
    const struct wijk_account *a;
    WIJK_TRY(wijk__account(cx, store, v->account, &a));
    WIJK_TRY(wijk__account_may(cx, v->d, WIJK_RIGHT_ACCOUNT_BLOCK, a));
    bool invited = a->state == WIJK_ACCOUNT_INVITED;
    const char *kind = invited ? INVITE : v->second ? SECOND : PASSWORD;
    WIJK_TRY(give_ticket(cx, store, v->d, kind, a->id, v->out));
    v->out->proposal = 0;
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_CHANGE, a->gemeente, "account", wijk__nr(cx, a->id), NULL,
                         wijk_sprintf(cx, "{\"koppeling\":\"%s\"}", kind));
}

enum wijk_err wijk_flow_reset(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              int64_t account, bool second, struct wijk_flow_invite *out)
{
    return wijk_store_joined(cx, store, reset, &(struct reset){d, account, second, out});
}

/* ---- the link ---- */

static const char *const KINDS[] = {INVITE, PASSWORD, SECOND};

static enum wijk_err find_ticket(struct wijk_cx *cx, struct wijk_store *store, const char *text, int64_t now,
                                 const struct wijk_ticket **out)
{
    uint8_t hash[WIJK_HASH];
    wijk_secret_hash(text, hash);
    *out = NULL;
    for (size_t k = 0; !*out && k < sizeof KINDS / sizeof *KINDS; k++)
        WIJK_TRY(wijk_store_find_ticket(cx, store, hash, KINDS[k], now, out));
    if (*out && !wijk__clock_was_ahead((*out)->ends_at - WIJK_INVITE_S, now)) return WIJK_OK;
    *out = NULL;
    return wijk_fail(cx, WIJK_ENOTFOUND,
                     "Deze koppeling is al gebruikt of te oud. Vraag een nieuwe aan uw beheerder.");
}

enum wijk_err wijk_flow_ticket_owner(struct wijk_cx *cx, struct wijk_store *store, const char *ticket,
                                     int64_t now, const struct wijk_account **out)
{
    const struct wijk_ticket *t;
    WIJK_TRY(find_ticket(cx, store, ticket, now, &t));
    return wijk__account(cx, store, t->account, out);
}

struct use {
    const struct wijk_deed *d;
    const char *ticket, *kept;
};

static enum wijk_err use_ticket(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct use *v = arg;
    const struct wijk_ticket *t;
    const struct wijk_account *a;
    uint8_t hash[WIJK_HASH];
    size_t n;
    WIJK_TRY(
        find_ticket(cx, store, v->ticket, v->d->now, &t)); /* again: another may have used it meanwhile */
    WIJK_TRY(wijk__account(cx, store, t->account, &a));
    if (a->state == WIJK_ACCOUNT_STOPPED) return wijk_fail(cx, WIJK_EDENIED, "Dit account is gestopt.");
    wijk_secret_hash(v->ticket, hash);
    WIJK_TRY(wijk_store_take_ticket(cx, store, hash, t->kind, v->d->now, &t));
    struct wijk_account next = *a;
    next.password = v->kept;
    next.state = WIJK_ACCOUNT_ACTIVE;
    if (strcmp(t->kind, SECOND) == 0) next.totp = NULL;
    WIJK_TRY(wijk_store_save_account(cx, store, &next));
    /* Whoever had it until now has nothing left of it. */
    WIJK_TRY(wijk_store_end_sessions(cx, store, a->id, 0, &n));
    WIJK_TRY(wijk_store_end_tokens(cx, store, a->id, 0, &n));
    WIJK_TRY(wijk__browsers_forget(cx, store, a->id));
    WIJK_TRY(wijk__apart_used(cx, store, a->id, t->body, v->d->now));
    struct wijk_actor self = {.account = a->id};
    struct wijk_deed d = *v->d;
    d.actor = &self;
    return wijk_deed_log(cx, store, &d, WIJK_DONE_CHANGE, a->gemeente, "account", wijk__nr(cx, a->id), NULL,
                         "{\"wachtwoord\":\"nieuw\"}");
}

enum wijk_err wijk_flow_password(struct wijk_cx *cx, struct wijk_store *store, const char *ticket,
                                 struct wijk_str password, int64_t now, const char **kept)
{
    const struct wijk_account *a;
    struct wijk_store_info info;
    WIJK_TRY(wijk_flow_ticket_owner(cx, store, ticket, now, &a));
    WIJK_TRY(wijk_store_info(cx, store, &info));
    const char *why = wijk_password_refused(cx, password, a->name, info.title);
    if (why) return wijk_fail(cx, WIJK_EDATA, "%s", wijk_tr(cx, why));
    return wijk__password_hash(cx, password, kept);
}

enum wijk_err wijk_flow_ticket_use(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                   const char *ticket, const char *kept)
{
    return wijk_store_joined(cx, store, use_ticket, &(struct use){d, ticket, kept});
}

/* ---- stopping and removing ---- */

struct end {
    const struct wijk_deed *d;
    int64_t account;
    enum wijk_account_state state;
};

static enum wijk_err end_account(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct end *v = arg;
    const struct wijk_account *a;
    size_t n;
    bool was, own = v->d->actor && v->d->actor->account == v->account;
    WIJK_TRY(wijk__account(cx, store, v->account, &a));
    if (own && v->state == WIJK_ACCOUNT_REMOVED && !(v->d->actor->scopes & 1u << WIJK_SCOPE_MANAGE))
        return wijk__refuse(cx, WIJK_MAY_SCOPE);
    if (!own || v->state != WIJK_ACCOUNT_REMOVED)
        WIJK_TRY(wijk__account_may(cx, v->d, WIJK_RIGHT_ACCOUNT_BLOCK, a));
    if (v->state != WIJK_ACCOUNT_ACTIVE) WIJK_TRY(wijk__last_admin(cx, store, a));
    struct wijk_account next = *a;
    next.state = v->state;
    if (v->state == WIJK_ACCOUNT_REMOVED) {
        next.name = next.password = next.issuer = next.subject = NULL;
        next.totp = NULL;
        next.shown = wijk_sprintf(cx, wijk_tr(cx, "account %lld"), (long long)a->id);
        for (size_t k = 0; k < a->n_grant; k++)
            WIJK_TRY(wijk_store_drop_grant(cx, store, a->id, &a->grant[k], &was));
    } else if (v->state == WIJK_ACCOUNT_ACTIVE && !a->password && !a->subject) {
        next.state = WIJK_ACCOUNT_INVITED;
    }
    WIJK_TRY(wijk_store_save_account(cx, store, &next));
    if (v->state != WIJK_ACCOUNT_ACTIVE) {
        WIJK_TRY(wijk_store_end_sessions(cx, store, a->id, 0, &n));
        WIJK_TRY(wijk_store_end_tokens(cx, store, a->id, 0, &n));
        WIJK_TRY(wijk__browsers_forget(cx, store, a->id));
        for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++)
            WIJK_TRY(wijk_store_drop_tickets(cx, store, a->id, KINDS[k]));
    }
    return wijk_deed_log(cx, store, v->d,
                         v->state == WIJK_ACCOUNT_REMOVED ? WIJK_DONE_REMOVE : WIJK_DONE_CHANGE, a->gemeente,
                         "account", wijk__nr(cx, a->id),
                         wijk_sprintf(cx, "{\"stand\":\"%s\"}", wijk_account_state_id(a->state)),
                         wijk_sprintf(cx, "{\"stand\":\"%s\"}", wijk_account_state_id(next.state)));
}

enum wijk_err wijk_flow_account_stop(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     int64_t account, bool stop)
{
    return wijk_store_joined(cx, store, end_account,
                             &(struct end){d, account, stop ? WIJK_ACCOUNT_STOPPED : WIJK_ACCOUNT_ACTIVE});
}

enum wijk_err wijk_flow_account_remove(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_deed *d, int64_t account)
{
    return wijk_store_joined(cx, store, end_account, &(struct end){d, account, WIJK_ACCOUNT_REMOVED});
}

/* ---- reading ---- */

enum wijk_err wijk_flow_accounts(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const char *gemeente, int64_t after, size_t n_max,
                                 const struct wijk_account **out, size_t *n)
{
    struct wijk_object all = {.gemeente = gemeente};
    if (wijk_deed_may(cx, d, WIJK_RIGHT_ACCOUNT_READ, &all) == WIJK_OK)
        return wijk_store_list_accounts(cx, store, gemeente, NULL, after, n_max, out, n);
    for (size_t k = 0; d->actor && k < d->actor->n_grant; k++) { /* of its own organisation */
        const struct wijk_grant *g = &d->actor->grant[k];
        struct wijk_object own = {.gemeente = gemeente, .partner = g->partner};
        if (wijk_deed_may(cx, d, WIJK_RIGHT_ACCOUNT_READ, &own) == WIJK_OK)
            return wijk_store_list_accounts(cx, store, gemeente, g->partner, after, n_max, out, n);
    }
    return wijk_deed_may(cx, d, WIJK_RIGHT_ACCOUNT_READ, &all);
}
