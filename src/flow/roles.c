/* SPDX-License-Identifier: EUPL-1.2 */
/* Roles: one asks, another gives. Who has the machine may at once, so that an installation can begin. */
#include "flow/people_int.h"

#include <string.h>

enum { WHY_MAX = 500 };

/* ---- a proposal's body ---- */

static const char *role_json(struct wijk_cx *cx, const struct wijk_flow_role *r)
{
    return wijk_sprintf(
        cx, "{\"account\":%lld,\"weg\":%s,\"rol\":\"%s\",\"gemeente\":\"%s\",\"organisatie\":\"%s\"}",
        (long long)r->account, r->take ? "true" : "false", wijk_role_id(r->grant.role), r->grant.gemeente,
        r->grant.partner);
}

/* Of our own making: every member is there and checked. */
enum wijk_err wijk__role_of(struct wijk_cx *cx, const char *json, struct wijk_flow_role *out)
{
    struct wijk_in_mem mem;
    struct wijk_json *in;
    struct wijk_json_token t;
    char key[16] = "";
    *out = (struct wijk_flow_role){.grant = {"", "", WIJK_ROLE_PROFESSIONAL}};
    WIJK_TRY(wijk_json_open(cx, wijk_in_mem(&mem, wijk_str(json), "proposal"), &in));
    for (;;) {
        WIJK_TRY(wijk_json_next(in, &t));
        if (t.kind == WIJK_JSON_END) return WIJK_OK;
        if (t.kind == WIJK_JSON_KEY && t.text.n < sizeof key) {
            memcpy(key, t.text.p, t.text.n);
            key[t.text.n] = 0;
        } else if (t.kind == WIJK_JSON_NUMBER) {
            out->account = (int64_t)t.number;
        } else if (t.kind == WIJK_JSON_TRUE) {
            out->take = true;
        } else if (t.kind == WIJK_JSON_STRING) {
            const char *text = wijk_str_dup(cx, t.text);
            if (strcmp(key, "rol") == 0 && !wijk_role_parse(t.text, &out->grant.role))
                return wijk_fail(cx, WIJK_EDATA, "Deze rol is er niet meer.");
            if (strcmp(key, "gemeente") == 0) out->grant.gemeente = text;
            if (strcmp(key, "organisatie") == 0) out->grant.partner = text;
        }
    }
}

/* ---- giving and taking ---- */

bool wijk__grant_among(const struct wijk_grant *list, size_t n, const struct wijk_grant *g)
{
    for (size_t k = 0; k < n; k++)
        if (list[k].role == g->role && strcmp(list[k].gemeente, g->gemeente) == 0 &&
            strcmp(list[k].partner, g->partner) == 0)
            return true;
    return false;
}

enum wijk_err wijk__grant_log(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              int64_t account, const struct wijk_grant *g, bool take)
{
    const char *json = wijk__grant_json(cx, g);
    return wijk_deed_log(cx, store, d, take ? WIJK_DONE_REMOVE : WIJK_DONE_ADD, g->gemeente, WIJK__ROLE_KIND,
                         wijk__nr(cx, account), take ? json : NULL, take ? NULL : json);
}

static enum wijk_err keep_an_admin(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_account *a,
                                   const struct wijk_flow_role *r)
{
    struct wijk_account only = *a;
    only.grant = &r->grant;
    only.n_grant = 1;
    return r->take ? wijk__last_admin(cx, store, &only) : WIJK_OK;
}

static enum wijk_err check(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_flow_role *r,
                           const struct wijk_account **a)
{
    WIJK_TRY(wijk__grant_check(cx, &r->grant));
    WIJK_TRY(wijk__account(cx, store, r->account, a));
    if (wijk__grant_among((*a)->grant, (*a)->n_grant, &r->grant) == r->take)
        return keep_an_admin(cx, store, *a, r);
    return wijk_fail(cx, WIJK_EDATA,
                     r->take ? WIJK_T("Dit account heeft die rol niet.")
                             : WIJK_T("Dit account heeft die rol al."));
}

static enum wijk_err apply(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                           const struct wijk_flow_role *r)
{
    size_t n;
    bool was;
    if (r->take) {
        WIJK_TRY(wijk_store_drop_grant(cx, store, r->account, &r->grant, &was));
        WIJK_TRY(wijk_store_end_sessions(cx, store, r->account, 0, &n));
    } else {
        WIJK_TRY(wijk_store_add_grant(cx, store, r->account, &r->grant, d->now));
    }
    return wijk__grant_log(cx, store, d, r->account, &r->grant, r->take);
}

/* ---- recipes ---- */

enum wijk_err wijk__role_propose(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const struct wijk_flow_role *in, int64_t made_by, int64_t *proposal)
{
    struct wijk_proposal p = {.gemeente = in->grant.gemeente,
                              .kind = WIJK__ROLE_KIND,
                              .object = wijk__nr(cx, in->account),
                              .body = role_json(cx, in),
                              .why = d->why,
                              .made_by = made_by,
                              .made_at = d->now};
    WIJK_TRY(wijk_store_add_proposal(cx, store, &p));
    *proposal = p.id;
    return wijk_deed_log(cx, store, d, WIJK_DONE_PROPOSE, p.gemeente, WIJK__ROLE_KIND, p.object, NULL,
                         p.body);
}

struct ask {
    const struct wijk_deed *d;
    const struct wijk_flow_role *in;
    int64_t *proposal;
};

static enum wijk_err ask(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct ask *v = arg;
    const struct wijk_account *a;
    struct wijk_object o = {.gemeente = v->in->grant.gemeente, .partner = v->in->grant.partner};
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_ROLE_ASK, &o));
    WIJK_TRY(check(cx, store, v->in, &a));
    return wijk__role_propose(cx, store, v->d, v->in, v->d->actor->account, v->proposal);
}

enum wijk_err wijk_flow_role_ask(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const struct wijk_flow_role *in, int64_t *proposal)
{
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een voorstel komt van iemand.");
    if (!d->why || !*d->why || strlen(d->why) > WHY_MAX)
        return wijk_fail(cx, WIJK_EDATA, "Zeg in een zin waarom.");
    return wijk_store_joined(cx, store, ask, &(struct ask){d, in, proposal});
}

struct decide {
    const struct wijk_deed *d;
    int64_t proposal;
    bool agree;
    const char *answer;
};

static enum wijk_err decide(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct decide *v = arg;
    const struct wijk_proposal *p;
    const struct wijk_account *a;
    struct wijk_flow_role r;
    WIJK_TRY(wijk_store_read_proposal(cx, store, v->proposal, &p));
    if (!p || strcmp(p->kind, WIJK__ROLE_KIND) != 0)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Dit voorstel is er niet.");
    WIJK_TRY(wijk__role_of(cx, p->body, &r));
    struct wijk_object o = {.gemeente = r.grant.gemeente, .partner = r.grant.partner};
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_ROLE_DECIDE, &o));
    const struct wijk__decision what = {WIJK_RIGHT_ROLE_DECIDE, o, p->made_by, r.account, r.take, p->made_at};
    enum wijk_verdict verdict;
    WIJK_TRY(wijk__apart_verdict(cx, store, v->d, &what, &verdict));
    if (verdict != WIJK_MAY_YES) return wijk__refuse(cx, verdict);
    WIJK_TRY(wijk__proposal_close(cx, store, v->d, p,
                                  v->agree ? WIJK_PROPOSAL_AGREED : WIJK_PROPOSAL_REJECTED,
                                  v->d->actor->account, v->answer));
    if (!v->agree) return WIJK_OK;
    WIJK_TRY(check(cx, store, &r, &a)); /* as things stand now */
    return apply(cx, store, v->d, &r);
}

enum wijk_err wijk_flow_role_decide(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                    int64_t proposal, bool agree, const char *answer)
{
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een besluit komt van iemand.");
    if (answer && strlen(answer) > WHY_MAX) return wijk_fail(cx, WIJK_EDATA, "Dit antwoord is te lang.");
    return wijk_store_joined(cx, store, decide, &(struct decide){d, proposal, agree, answer});
}

static enum wijk_err set(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct ask *v = arg;
    const struct wijk_account *a;
    WIJK_TRY(check(cx, store, v->in, &a));
    return apply(cx, store, v->d, v->in);
}

enum wijk_err wijk_flow_role_set(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const struct wijk_flow_role *in)
{
    if (d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een rol wordt voorgesteld en door een ander gegeven.");
    return wijk_store_joined(cx, store, set, &(struct ask){d, in, NULL});
}
