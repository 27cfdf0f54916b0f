/* SPDX-License-Identifier: EUPL-1.2 */
/* Proposals of every kind: who may decide on which, and deciding. A kind is a line in KIND. */
#include "flow/moderation_flow.h"
#include "flow/proposal_int.h"

#include <string.h>

static enum wijk_err tell_role(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_proposal *p,
                               struct wijk__proposal_about *out)
{
    struct wijk_flow_role r;
    (void)store;
    WIJK_TRY(wijk__role_of(cx, p->body, &r));
    out->object = (struct wijk_object){
        .gemeente = r.grant.gemeente, .partner = r.grant.partner, .sharing = WIJK_SHARING_ORGANISATION};
    out->subject = r.account;
    out->takes_away = r.take;
    const char *role = wijk_tr(cx, wijk_role_words(r.grant.role));
    out->what = wijk_sprintf(cx,
                             r.take ? wijk_tr(cx, "Neem account %lld de rol %s af")
                                    : wijk_tr(cx, "Geef account %lld de rol %s"),
                             (long long)r.account, role);
    return WIJK_OK;
}

static const struct wijk__proposal_kind ROLE = {"rol", WIJK_RIGHT_ROLE_DECIDE, tell_role, NULL,
                                                NULL,  wijk_flow_role_decide};
static const struct wijk__proposal_kind *const KIND[] = {&ROLE, &wijk__proposal_publish, &wijk__proposal_norm,
                                                         &wijk__proposal_objection};

static const struct wijk__proposal_kind *kind_of(const struct wijk_proposal *p)
{
    for (size_t k = 0; k < sizeof KIND / sizeof *KIND; k++)
        if (strcmp(KIND[k]->kind, p->kind) == 0) return KIND[k];
    return NULL;
}

/* ---- reading ---- */

static bool is_auditor(const struct wijk_deed *d, const struct wijk_object *o)
{
    return wijk__deed_could(d, WIJK_RIGHT_AUDIT_READ, o);
}

static enum wijk_err verdict_on(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                const struct wijk__proposal_kind *kind, const struct wijk_proposal *p,
                                const struct wijk__proposal_about *a, enum wijk_verdict *out)
{
    const struct wijk__decision what = {kind->decide, a->object,     p->made_by,
                                        a->subject,   a->takes_away, p->made_at};
    *out = WIJK_MAY_LOGIN; /* a decision is somebody's */
    return d->actor ? wijk__apart_verdict(cx, store, d, &what, out) : WIJK_OK;
}

/* Why reasons of it are empty. */
static enum wijk_err tell_taken(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                struct wijk_flow_proposal *f)
{
    const char *nr = wijk__nr(cx, f->p->id);
    f->may_moderate = wijk_flow_may_moderate(d, f->p->gemeente);
    WIJK_TRY(
        wijk_flow_taken_away(cx, store, WIJK_SAID_PROPOSAL, f->p->gemeente, nr, f->p->why, &f->why_taken));
    return wijk_flow_taken_away(cx, store, WIJK_SAID_DECISION, f->p->gemeente, nr, f->p->answer,
                                &f->answer_taken);
}

enum wijk_err wijk_flow_proposals(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const char *gemeente, bool open_only, const struct wijk_flow_proposal **out,
                                  size_t *n)
{
    enum { MANY = 500 };
    const struct wijk_proposal *v;
    size_t n_all;
    if (d->actor && !d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    WIJK_TRY(wijk_store_list_proposals(cx, store, gemeente, NULL, open_only, MANY, &v, &n_all));
    struct wijk_flow_proposal *list = WIJK_NEW(cx, struct wijk_flow_proposal, n_all);
    *n = 0;
    for (size_t k = 0; k < n_all; k++) {
        const struct wijk__proposal_kind *kind = kind_of(&v[k]);
        struct wijk__proposal_about a = {0};
        if (!kind) continue; /* of a newer program */
        WIJK_TRY(kind->tell(cx, store, &v[k], &a));
        enum wijk_verdict verdict;
        WIJK_TRY(verdict_on(cx, store, d, kind, &v[k], &a, &verdict));
        const bool mine = d->actor && d->actor->account == v[k].made_by;
        const bool near = verdict == WIJK_MAY_YES || verdict == WIJK_MAY_SELF || verdict == WIJK_MAY_LINKED;
        if (!near && !mine && !is_auditor(d, &a.object)) continue;
        list[*n] = (struct wijk_flow_proposal){.p = &v[k],
                                               .what = a.what,
                                               .path = a.path,
                                               .may_decide = verdict == WIJK_MAY_YES,
                                               .mine = mine,
                                               .why_not = verdict};
        WIJK_TRY(tell_taken(cx, store, d, &list[(*n)++]));
    }
    *out = list;
    return WIJK_OK;
}

/* ---- deciding ---- */

struct decide {
    const struct wijk_deed *d;
    int64_t proposal;
    enum wijk_proposal_verdict verdict;
    const char *answer;
};

static enum wijk_done done_of(enum wijk_proposal_verdict v)
{
    return v == WIJK_PROPOSAL_AGREED     ? WIJK_DONE_AGREE
           : v == WIJK_PROPOSAL_REJECTED ? WIJK_DONE_REJECT
                                         : WIJK_DONE_REMOVE;
}

enum wijk_err wijk__proposal_close(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                   const struct wijk_proposal *p, enum wijk_proposal_verdict verdict,
                                   int64_t by, const char *answer)
{
    struct wijk_proposal next = *p;
    next.verdict = verdict;
    next.decided_by = by;
    next.decided_at = d->now;
    next.answer = answer;
    WIJK_TRY(wijk_store_decide_proposal(cx, store, &next));
    return wijk_deed_log(cx, store, d, done_of(verdict), p->gemeente, "voorstel", wijk__nr(cx, p->id), NULL,
                         p->body);
}

static enum wijk_err may(struct wijk_cx *cx, struct wijk_store *store, const struct decide *v,
                         const struct wijk__proposal_kind *kind, const struct wijk_proposal *p,
                         const struct wijk__proposal_about *a)
{
    const int64_t account = v->d->actor->account;
    if (v->verdict == WIJK_PROPOSAL_WITHDRAWN && account == p->made_by) return WIJK_OK;
    if (v->verdict == WIJK_PROPOSAL_WITHDRAWN)
        return wijk_fail(cx, WIJK_EDENIED, "Alleen wie dit voorstelde kan het intrekken.");
    WIJK_TRY(wijk_deed_may(cx, v->d, kind->decide, &a->object));
    enum wijk_verdict verdict;
    WIJK_TRY(verdict_on(cx, store, v->d, kind, p, a, &verdict));
    return verdict == WIJK_MAY_YES ? WIJK_OK : wijk__refuse(cx, verdict);
}

static enum wijk_err decide(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct decide *v = arg;
    const struct wijk_proposal *p;
    struct wijk__proposal_about a = {0};
    WIJK_TRY(wijk_store_read_proposal(cx, store, v->proposal, &p));
    const struct wijk__proposal_kind *kind = p ? kind_of(p) : NULL;
    if (!kind || !wijk_actor_in(v->d->actor, p->gemeente))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Dit voorstel is er niet.");
    WIJK_TRY(kind->tell(cx, store, p, &a));
    WIJK_TRY(may(cx, store, v, kind, p, &a));
    const bool agree = v->verdict == WIJK_PROPOSAL_AGREED;
    if (kind->decide_all && v->verdict != WIJK_PROPOSAL_WITHDRAWN)
        return kind->decide_all(cx, store, v->d, p->id, agree, v->answer);
    WIJK_TRY(wijk__proposal_close(cx, store, v->d, p, v->verdict, v->d->actor->account, v->answer));
    if (agree) return kind->agreed(cx, store, v->d, p);
    return kind->declined ? kind->declined(cx, store, v->d, p) : WIJK_OK;
}

enum wijk_err wijk_flow_proposal_decide(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, int64_t proposal,
                                        enum wijk_proposal_verdict verdict, const char *answer)
{
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een besluit komt van iemand.");
    if (!d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    if (verdict == WIJK_PROPOSAL_OPEN)
        return wijk_fail(cx, WIJK_EDATA, "Kies akkoord, afgewezen of ingetrokken.");
    WIJK_TRY(wijk__text_check(cx, answer ? answer : "", WIJK_T("de reden"), WIJK_WHY_MAX,
                              verdict == WIJK_PROPOSAL_REJECTED, ""));
    return wijk_store_joined(cx, store, decide, &(struct decide){d, proposal, verdict, answer});
}
