/* SPDX-License-Identifier: EUPL-1.2 */
/* Kinds of proposal: what each is about, and what happens when a second person agrees. */
#ifndef WIJK_FLOW_PROPOSAL_INT_H
#define WIJK_FLOW_PROPOSAL_INT_H

#include "flow/partner_int.h"

enum { WIJK_WHY_MAX = 500 };

struct wijk__proposal_about {
    struct wijk_object object;
    int64_t subject; /* account; 0 none */
    bool takes_away;
    const char *what; /* a sentence */
    const char *path; /* of the page where it can be seen; NULL none */
};
struct wijk__proposal_kind {
    const char *kind;
    enum wijk_right decide; /* who may decide on it */
    enum wijk_err (*tell)(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_proposal *p,
                          struct wijk__proposal_about *out);
    /* It was agreed to, and that is kept: now do it. */
    enum wijk_err (*agreed)(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                            const struct wijk_proposal *p);
    /* It was rejected or withdrawn, and that is kept. NULL: nothing follows. */
    enum wijk_err (*declined)(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              const struct wijk_proposal *p);
    /* Not NULL: it keeps the decision and does what follows itself. */
    enum wijk_err (*decide_all)(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                int64_t proposal, bool agree, const char *answer);
};
extern const struct wijk__proposal_kind wijk__proposal_publish, wijk__proposal_norm, wijk__proposal_objection;

#endif
