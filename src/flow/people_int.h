/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared among the recipes about people. */
#ifndef WIJK_FLOW_PEOPLE_INT_H
#define WIJK_FLOW_PEOPLE_INT_H

#include "flow/people_flow.h"

/* deed.c: the fault and the sentence of a verdict that is not YES. */
enum wijk_err wijk__refuse(struct wijk_cx *cx, enum wijk_verdict v);

/* secret.c */
enum wijk_err wijk__random(struct wijk_cx *cx, void *out, size_t n);
enum wijk_err wijk__password_hash(struct wijk_cx *cx, struct wijk_str password, const char **out);
bool wijk__password_fits(const char *kept, struct wijk_str password); /* kept NULL: no, after as long */

/* The account, or WIJK_ENOTFOUND when it is not there or removed. */
enum wijk_err wijk__account(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                            const struct wijk_account **out);
/* May the actor do this with that account: in every gemeente and organisation it has a role in (who has its
 * password has all of them); without a role, in the gemeente where it was made. */
enum wijk_err wijk__account_may(struct wijk_cx *cx, const struct wijk_deed *d, enum wijk_right right,
                                const struct wijk_account *a);
/* Would this leave some gemeente of the account without an active beheerder? */
enum wijk_err wijk__last_admin(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_account *a);
const char *wijk__nr(struct wijk_cx *cx, int64_t nr); /* as text */
/* A grant that can be: a known gemeente code, a partner where the role asks for one, none with a beheerder.
 */
enum wijk_err wijk__grant_check(struct wijk_cx *cx, const struct wijk_grant *g);
const char *wijk__grant_json(struct wijk_cx *cx, const struct wijk_grant *g);
#define WIJK__ROLE_KIND "rol" /* of proposals about roles, and in the log */
/* roles.c: is that role one of the n; and a row of the log that it was given or taken. */
bool wijk__grant_among(const struct wijk_grant *list, size_t n, const struct wijk_grant *g);
enum wijk_err wijk__grant_log(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              int64_t account, const struct wijk_grant *g, bool take);
/* proposal.c: keeps what was decided on it by whom, with its row of the log. */
enum wijk_err wijk__proposal_close(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                   const struct wijk_proposal *p, enum wijk_proposal_verdict verdict,
                                   int64_t by, const char *answer);
/* apart.c: who made the link with which somebody got in could have used it himself: for a week after it was
 * used the two are no two pairs of eyes. What is kept with the link when it is made: in whose hands it is,
 * for who made it can be in other hands too. The machine itself is nobody's hand. */
enum wijk_err wijk__apart_made(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               const char **body);
/* It was used: from now on the account is in those hands, and in none it was in before. */
enum wijk_err wijk__apart_used(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                               const char *body, int64_t now);
/* wijk_may_decide(), and whether the actor and the proposer are two. */
struct wijk__decision {
    enum wijk_right right;
    struct wijk_object object;
    int64_t proposer, subject;
    bool takes_away;
    int64_t proposed_at; /* who had the proposer's account in hands then */
};
enum wijk_err wijk__apart_verdict(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const struct wijk__decision *v, enum wijk_verdict *out);
/* browser.c: none of its browsers is known any more. */
enum wijk_err wijk__browsers_forget(struct wijk_cx *cx, struct wijk_store *store, int64_t account);
enum { WIJK__CLOCK_SLACK_S = 86400 };
/* A moment more than a day from now was noted by a clock that was wrong: nobody waits for it, and nothing
 * lasts until it. */
static inline bool wijk__clock_was_ahead(int64_t at, int64_t now)
{
    return at > now + WIJK__CLOCK_SLACK_S;
}
/* The code, unless it was used; the step that was used last counts when it can be. 0: it does not fit. */
int64_t wijk__totp_step(const struct wijk_account *a, struct wijk_str code, int64_t now);
/* claimed.c: the roles of an account follow those its provider gives. */
struct wijk__claims {
    const struct wijk_grant *grant;
    size_t n;
    bool at_once; /* else a second person is asked for what is new */
};
enum wijk_err wijk__claims_follow(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const struct wijk_account *a, const struct wijk__claims *in);
/* roles.c: a proposal put down for that account, without asking whether it may; d->why is its reason. */
enum wijk_err wijk__role_propose(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const struct wijk_flow_role *in, int64_t made_by, int64_t *proposal);
/* What a proposal of the kind "rol" asks. */
enum wijk_err wijk__role_of(struct wijk_cx *cx, const char *json, struct wijk_flow_role *out);

#endif
