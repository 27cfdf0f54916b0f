/* SPDX-License-Identifier: EUPL-1.2 */
/* The one check: who may do what, with which thing. Every recipe that changes or shows what people made asks
 * here. */
#include "people/people.h"

#include <string.h>

#define N WIJK_REACH_N
#define O WIJK_REACH_O
#define P WIJK_REACH_P
#define G WIJK_REACH_G
static const struct {
    const char *id, *words;
    enum wijk_scope scope;
    enum wijk_reach reach[WIJK_ROLE_COUNT];
} RIGHT[] = {
#define X(name, id, words, scope, ...) {id, words, WIJK_SCOPE_##scope, {__VA_ARGS__}},
    WIJK_RIGHTS(X)
#undef X
};
#undef N
#undef O
#undef P
#undef G

const char *wijk_right_id(enum wijk_right r)
{
    return RIGHT[r].id;
}

const char *wijk_right_words(enum wijk_right r)
{
    return RIGHT[r].words;
}

enum wijk_scope wijk_right_scope(enum wijk_right r)
{
    return RIGHT[r].scope;
}

enum wijk_reach wijk_right_reach(enum wijk_right r, enum wijk_role role)
{
    return RIGHT[r].reach[role];
}

bool wijk_role_has_rights(enum wijk_role role)
{
    for (size_t k = 0; k < WIJK_RIGHT_COUNT; k++)
        if (RIGHT[k].reach[role] != WIJK_REACH_N) return true;
    return false;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_of(const struct wijk_grant *g, const struct wijk_object *o)
{
    return !o->gemeente || !*o->gemeente || strcmp(g->gemeente, o->gemeente) == 0;
}

bool wijk_actor_in(const struct wijk_actor *a, const char *gemeente)
{
    for (size_t k = 0; k < a->n_grant; k++)
        if (strcmp(a->grant[k].gemeente, gemeente) == 0) return true;
    return false;
}

/* What one grant says. */
static enum wijk_verdict by_grant(const struct wijk_actor *a, const struct wijk_grant *g,
                                  enum wijk_right right, const struct wijk_object *o)
{
    if (!is_of(g, o)) return WIJK_MAY_FOREIGN;
    switch (RIGHT[right].reach[g->role]) {
    case WIJK_REACH_G: return WIJK_MAY_YES;
    case WIJK_REACH_P: return same(g->partner, o->partner) ? WIJK_MAY_YES : WIJK_MAY_PARTNER;
    case WIJK_REACH_O: return o->maker && o->maker == a->account ? WIJK_MAY_YES : WIJK_MAY_MAKER;
    case WIJK_REACH_N: break;
    }
    return WIJK_MAY_ROLE;
}

/* The nearer a reason is to yes, the more it helps who reads it. */
static int nearness(enum wijk_verdict v)
{
    return v == WIJK_MAY_YES                              ? 4
           : v == WIJK_MAY_MAKER || v == WIJK_MAY_PARTNER ? 3
           : v == WIJK_MAY_ROLE                           ? 2
                                                          : 1;
}

enum wijk_verdict wijk_may(const struct wijk_actor *a, enum wijk_right right, const struct wijk_object *o)
{
    if (!a->account) return WIJK_MAY_LOGIN;
    enum wijk_verdict best = WIJK_MAY_FOREIGN;
    for (size_t k = 0; k < a->n_grant; k++) {
        enum wijk_verdict v = by_grant(a, &a->grant[k], right, o);
        if (nearness(v) > nearness(best)) best = v;
    }
    if (best != WIJK_MAY_YES) return best;
    if (!(a->scopes & 1u << RIGHT[right].scope)) return WIJK_MAY_SCOPE;
    return a->second ? WIJK_MAY_YES : WIJK_MAY_SECOND; /* every role stands above reading alone */
}

enum wijk_verdict wijk_may_decide(const struct wijk_actor *a, enum wijk_right right,
                                  const struct wijk_object *o, int64_t proposer, int64_t subject,
                                  bool takes_away)
{
    enum wijk_verdict v = wijk_may(a, right, o);
    if (v != WIJK_MAY_YES) return v;
    if (a->account == proposer || (subject == a->account && !takes_away)) return WIJK_MAY_SELF;
    return WIJK_MAY_YES;
}

bool wijk_may_see(const struct wijk_actor *a, const struct wijk_object *o)
{
    if (o->sharing == WIJK_SHARING_PUBLIC) return true;
    if (!a->account || !(a->scopes & 1u << WIJK_SCOPE_READ)) return false;
    for (size_t k = 0; k < a->n_grant; k++) {
        const struct wijk_grant *g = &a->grant[k];
        if (!is_of(g, o)) continue;
        if (g->role == WIJK_ROLE_AUDITOR || (o->maker && o->maker == a->account)) return true;
        if (o->sharing == WIJK_SHARING_PARTNERS &&
            RIGHT[WIJK_RIGHT_INSIDE_READ].reach[g->role] == WIJK_REACH_G)
            return true;
        if (o->sharing == WIJK_SHARING_ORGANISATION && same(g->partner, o->partner)) return true;
    }
    return false;
}
