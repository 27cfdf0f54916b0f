/* SPDX-License-Identifier: EUPL-1.2 */
/* The roles that a provider of sign-ins gives. What it no longer gives goes at once. What it gives for the
 * first time waits for a second person here, as every role does, unless the municipality laid the four eyes
 * at the provider; a role without any right waits for nobody. */
#include "flow/people_int.h"

struct claimed {
    const struct wijk_deed *d;
    const struct wijk_account *a;
    const struct wijk__claims *in;
    const struct wijk_proposal *own; /* asked for at an earlier sign-in: open, or turned down */
    struct wijk_flow_role *asked;    /* what those ask */
    size_t n_own;
};

/* It decides, also about the last beheerder. */
static enum wijk_err take_away(struct wijk_cx *cx, struct wijk_store *store, const struct claimed *v)
{
    bool was;
    for (size_t k = 0; k < v->a->n_grant; k++) {
        if (wijk__grant_among(v->in->grant, v->in->n, &v->a->grant[k])) continue;
        WIJK_TRY(wijk_store_drop_grant(cx, store, v->a->id, &v->a->grant[k], &was));
        WIJK_TRY(wijk__grant_log(cx, store, v->d, v->a->id, &v->a->grant[k], true));
    }
    return WIJK_OK;
}

/* What was asked for and is no longer given, or is had by now, nobody has to decide on. */
static enum wijk_err withdraw(struct wijk_cx *cx, struct wijk_store *store, const struct claimed *v)
{
    for (size_t k = 0; k < v->n_own; k++) {
        const struct wijk_grant *g = &v->asked[k].grant;
        const bool waits = !v->asked[k].take && !v->in->at_once &&
                           wijk__grant_among(v->in->grant, v->in->n, g) &&
                           !wijk__grant_among(v->a->grant, v->a->n_grant, g);
        if (v->own[k].verdict != WIJK_PROPOSAL_OPEN || waits) continue;
        WIJK_TRY(wijk__proposal_close(cx, store, v->d, &v->own[k], WIJK_PROPOSAL_WITHDRAWN, v->a->id,
                                      v->own[k].answer));
    }
    return WIJK_OK;
}

/* Once: who said no is not asked again at every sign-in. A beheerder can still propose it. */
static enum wijk_err ask_for(struct wijk_cx *cx, struct wijk_store *store, const struct claimed *v,
                             const struct wijk_grant *g)
{
    const struct wijk_flow_role role = {v->a->id, *g, false};
    int64_t proposal;
    for (size_t k = 0; k < v->n_own; k++)
        if (!v->asked[k].take && wijk__grant_among(&v->asked[k].grant, 1, g)) return WIJK_OK;
    struct wijk_deed asks = *v->d;
    asks.why = wijk_tr(cx, "De aanmelddienst van de organisatie geeft deze rol.");
    return wijk__role_propose(cx, store, &asks, &role, v->a->id, &proposal);
}

static enum wijk_err give(struct wijk_cx *cx, struct wijk_store *store, const struct claimed *v)
{
    for (size_t k = 0; k < v->in->n; k++) {
        const struct wijk_grant *g = &v->in->grant[k];
        if (wijk__grant_among(v->a->grant, v->a->n_grant, g)) continue;
        WIJK_TRY(wijk__grant_check(cx, g));
        if (!v->in->at_once && wijk_role_has_rights(g->role)) {
            WIJK_TRY(ask_for(cx, store, v, g));
            continue;
        }
        WIJK_TRY(wijk_store_add_grant(cx, store, v->a->id, g, v->d->now));
        WIJK_TRY(wijk__grant_log(cx, store, v->d, v->a->id, g, false));
    }
    return WIJK_OK;
}

enum wijk_err wijk__claims_follow(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const struct wijk_account *a, const struct wijk__claims *in)
{
    struct claimed v = {.d = d, .a = a, .in = in};
    WIJK_TRY(
        wijk_store_own_proposals(cx, store, a->id, WIJK__ROLE_KIND, wijk__nr(cx, a->id), &v.own, &v.n_own));
    v.asked = WIJK_NEW(cx, struct wijk_flow_role, v.n_own + 1);
    for (size_t k = 0; k < v.n_own; k++) WIJK_TRY(wijk__role_of(cx, v.own[k].body, &v.asked[k]));
    WIJK_TRY(take_away(cx, store, &v));
    WIJK_TRY(withdraw(cx, store, &v));
    return give(cx, store, &v);
}
