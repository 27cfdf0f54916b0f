/* SPDX-License-Identifier: EUPL-1.2 */
/* Who was signed in elsewhere: its account is made or found by issuer and subject, its roles follow those the
 * provider gives (claimed.c), and it gets a session. */
#include "flow/people_int.h"

#include <string.h>

static const char LEAVES[] = "sso-bewijs", OWES[] = "sso-code";

struct arrive {
    const struct wijk_deed *d;
    const struct wijk_flow_arrive_in *in;
    struct wijk_flow_signin *out;
};

static enum wijk_err account_of(struct wijk_cx *cx, struct wijk_store *store, const struct arrive *v,
                                const struct wijk_account **out)
{
    const struct wijk_flow_arrive_in *in = v->in;
    WIJK_TRY(wijk_store_find_subject(cx, store, in->issuer, in->subject, out));
    if (*out) return WIJK_OK;
    const char *shown = wijk_shown_name(cx, wijk_str(in->name));
    struct wijk_account a = {.shown = shown ? shown : wijk_tr(cx, "collega"),
                             .gemeente = in->n_grant ? in->grant[0].gemeente : "",
                             .issuer = in->issuer,
                             .subject = in->subject,
                             .state = WIJK_ACCOUNT_ACTIVE,
                             .made_at = v->d->now};
    WIJK_TRY(wijk_store_add_account(cx, store, &a));
    WIJK_TRY(wijk_deed_log(cx, store, v->d, WIJK_DONE_ADD, a.gemeente, "account", wijk__nr(cx, a.id), NULL,
                           "{\"elders\":true}"));
    return wijk_store_read_account(cx, store, a.id, out);
}

static enum wijk_err keep_proof(struct wijk_cx *cx, struct wijk_store *store,
                                const struct wijk_flow_signin *out, const char *proof)
{
    uint8_t hash[WIJK_HASH];
    struct wijk_ticket t = {LEAVES, out->account, proof, out->ends_at};
    if (!proof) return WIJK_OK;
    wijk_secret_hash(wijk_sprintf(cx, "%s %s", LEAVES, out->token), hash);
    return wijk_store_add_ticket(cx, store, hash, &t);
}

/* What waits for a code: how many tries are left, and the proof. */
static enum wijk_err keep_owing(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                const struct wijk_ticket *t)
{
    uint8_t hash[WIJK_HASH];
    wijk_secret_hash(token, hash);
    return wijk_store_add_ticket(cx, store, hash, t);
}

static enum wijk_err ask_code(struct wijk_cx *cx, struct wijk_store *store, const struct arrive *v,
                              const struct wijk_account *a)
{
    const char *proof = v->in->proof ? v->in->proof : "";
    const struct wijk_ticket t = {OWES, a->id, wijk_sprintf(cx, "%d %s", WIJK_ARRIVE_TRIES, proof),
                                  v->d->now + WIJK_ARRIVE_S};
    WIJK_TRY(wijk_secret_new(cx, v->out->token));
    v->out->account = a->id;
    v->out->ends_at = t.ends_at;
    v->out->asks_code = true;
    return keep_owing(cx, store, v->out->token, &t);
}

static enum wijk_err arrive(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct arrive *v = arg;
    const struct wijk_account *a;
    WIJK_TRY(account_of(cx, store, v, &a));
    if (a->state != WIJK_ACCOUNT_ACTIVE) return wijk_fail(cx, WIJK_EDENIED, "Dit account is gestopt.");
    const struct wijk__claims claims = {v->in->grant, v->in->n_grant, v->in->roles_at_once};
    WIJK_TRY(wijk__claims_follow(cx, store, v->d, a, &claims));
    if (a->totp && !v->in->second) return ask_code(cx, store, v, a);
    WIJK_TRY(wijk_flow_session_open(cx, store, v->d, a->id, v->in->second, v->in->device, v->out));
    return keep_proof(cx, store, v->out, v->in->proof);
}

enum wijk_err wijk_flow_arrive(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               const struct wijk_flow_arrive_in *in, struct wijk_flow_signin *out)
{
    return wijk_store_joined(cx, store, arrive, &(struct arrive){d, in, out});
}

/* ---- the code that is still to come ---- */

static enum wijk_err too_late(struct wijk_cx *cx)
{
    return wijk_fail(cx, WIJK_ENOTFOUND, "Dit is te oud. Begin opnieuw met aanmelden.");
}

enum wijk_err wijk_flow_arrived_look(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                     struct wijk_str code, int64_t now, struct wijk_flow_look *out)
{
    const struct wijk_ticket *t;
    const struct wijk_account *a;
    uint8_t hash[WIJK_HASH];
    *out = (struct wijk_flow_look){0};
    wijk_secret_hash(token, hash);
    WIJK_TRY(wijk_store_find_ticket(cx, store, hash, OWES, now, &t));
    if (!t) return too_late(cx);
    WIJK_TRY(wijk__account(cx, store, t->account, &a));
    out->account = a->id;
    if (a->state != WIJK_ACCOUNT_ACTIVE || !a->totp) return too_late(cx); /* changed meanwhile */
    out->step = wijk__totp_step(a, code, now);
    out->fits = out->step != 0;
    return WIJK_OK;
}

struct owed {
    const struct wijk_deed *d;
    const char *token;
    const struct wijk_flow_look *look;
    const char *device;
    struct wijk_flow_signin *out;
};

static enum wijk_err bring_code(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct owed *v = arg;
    const struct wijk_ticket *t;
    uint8_t hash[WIJK_HASH];
    wijk_secret_hash(v->token, hash);
    WIJK_TRY(wijk_store_take_ticket(cx, store, hash, OWES, v->d->now, &t));
    if (!t || t->account != v->look->account) return too_late(cx);
    const char *proof = strchr(t->body, ' ') + 1;
    int64_t left = t->body[0] - '0' - 1;
    WIJK_TRY(wijk_flow_sign_in(cx, store, v->d, v->look, v->device, v->out));
    if (v->look->fits) return keep_proof(cx, store, v->out, *proof ? proof : NULL);
    if (left <= 0) return WIJK_OK;
    struct wijk_ticket again = *t;
    again.body = wijk_sprintf(cx, "%lld %s", (long long)left, proof);
    return keep_owing(cx, store, v->token, &again);
}

enum wijk_err wijk_flow_arrived_code(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     const char *token, const struct wijk_flow_look *look, const char *device,
                                     struct wijk_flow_signin *out)
{
    *out = (struct wijk_flow_signin){0};
    return wijk_store_joined(cx, store, bring_code, &(struct owed){d, token, look, device, out});
}

enum wijk_err wijk_flow_arrived_proof(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                      int64_t now, const char **proof)
{
    const struct wijk_ticket *t;
    uint8_t hash[WIJK_HASH];
    wijk_secret_hash(wijk_sprintf(cx, "%s %s", LEAVES, token), hash);
    WIJK_TRY(wijk_store_take_ticket(cx, store, hash, LEAVES, now, &t));
    *proof = t ? t->body : NULL;
    return WIJK_OK;
}
