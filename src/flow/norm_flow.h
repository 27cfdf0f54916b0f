/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipes about local norms: one proposes, another decides (wijk_flow_proposal_decide()), everybody reads.
 * Faults as in people_flow.h. docs/methods/normen.md */
#ifndef WIJK_FLOW_NORM_FLOW_H
#define WIJK_FLOW_NORM_FLOW_H

#include "flow/partner_flow.h"
#include "store/norm_store.h"

/* ---- proposing (norm.c) ---- */

struct wijk_flow_norm_in {
    const char *area, *indicator;
    const char *unit; /* as it was meant, in Dutch or English; NULL: that of the indicator */
    struct wijk_norm_terms terms;
    int64_t version; /* of what it is to replace; 0: there is none yet */
};
/* What stands in the way of a proposal: a later version, or a proposal that is open. NULL none. */
struct wijk_flow_norm_clash {
    const struct wijk_norm *norm;
    const struct wijk_proposal *open;
    const char *open_words; /* what it asks, in a sentence */
};
/* d->why: the reason in a sentence, seen by everybody once it is decided. Fails WIJK_ECONFLICT another
 * version by now; WIJK_EEXISTS it was proposed already: *clash tells which; WIJK_EDATA it cannot be a norm;
 * WIJK_EPERSONAL somebody is named. */
WIJK_API enum wijk_err wijk_flow_norm_ask(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_defs *defs, const struct wijk_deed *d,
                                          const struct wijk_flow_norm_in *in, int64_t *proposal,
                                          struct wijk_flow_norm_clash *clash);

/* ---- reading (norm_here.c) ---- */

/* One norm with all its versions, oldest first. */
struct wijk_flow_norm {
    const struct wijk_indicator *indicator; /* NULL: no definition has it any more */
    size_t n;
    const struct wijk_norm *version;
    size_t holds;                               /* the version of that day; SIZE_MAX none */
    const struct wijk_moderation *const *taken; /* n: the reason of it was taken away; NULL not */
};
struct wijk_flow_norms_in {
    const char *gemeente, *area, *indicator; /* NULL all */
    const char *after;                       /* "area:indicator" of the last one of the page before; NULL */
    bool all;                                /* also those that are withdrawn by now */
    size_t n_max;
};
/* By gemeente, area and indicator; *more: what `after` has to be for the next page, NULL at the end. */
WIJK_API enum wijk_err wijk_flow_norms(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_defs *defs, const struct wijk_flow_norms_in *in,
                                       int64_t now, const struct wijk_flow_norm **out, size_t *n,
                                       const char **more);
/* Fails WIJK_ENOTFOUND there never was one. */
WIJK_API enum wijk_err wijk_flow_norm(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_defs *defs, const char *area, const char *indicator,
                                      int64_t now, struct wijk_flow_norm *out);
/* The proposal about it that waits, for who may propose there; NULL none, or not for this actor. */
WIJK_API enum wijk_err wijk_flow_norm_open(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_deed *d, const char *area, const char *indicator,
                                           const struct wijk_proposal **out);

/* What holds in one area: its own norm, else that of its wijk, else of its gemeente; beside the figure. */
struct wijk_flow_norm_here {
    const struct wijk_norm *norm;
    const struct wijk_moderation *taken; /* its reason was taken away; NULL not */
    const struct wijk_indicator *indicator;
    enum wijk_level level; /* of the area that the norm is of */
    double now;            /* the newest figure, as the gate let it out; NAN unless the status says so */
    enum wijk_status status;
    struct wijk_period period; /* year 0: no figure at all */
    const char *trace;         /* NULL: no figure at all */
    enum wijk_norm_state state;
    double apart;               /* now - norm; NAN unknown */
    const char *words;          /* «Nog 3 procentpunt omhoog tot de norm.» */
    double national;            /* NAN not known here */
    const char *national_words; /* where it comes from, or why it is not known */
};
struct wijk_flow_norms_here {
    const struct wijk_profile *profile;
    size_t n;
    const struct wijk_flow_norm_here *norm; /* in the order of defs */
};
/* Fails WIJK_ENOTFOUND no buurt, wijk or gemeente of that code. */
WIJK_API enum wijk_err wijk_flow_norms_here(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_snapshot *s, const char *code, int64_t now,
                                            struct wijk_flow_norms_here *out);

#endif
