/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipes about organisations: who they are, what they offer where, what is lacking, and how a thing becomes
 * public: one proposes, another agrees. A recipe shows what the actor may see: what is worked on where it is
 * shared with it, else what is public. Faults as in people_flow.h. */
#ifndef WIJK_FLOW_PARTNER_FLOW_H
#define WIJK_FLOW_PARTNER_FLOW_H

#include "flow/people_flow.h"
#include "store/moderation_store.h"
#include "store/partner_store.h"

enum {
    WIJK_TEXT_SHORT = 120,      /* bytes of a name or title                       */
    WIJK_TEXT_LONG = 2000,      /* bytes of what it does                          */
    WIJK_PARTNER_AREAS = 200,   /* of one organisation or offer                   */
    WIJK_PARTNER_CONTACTS = 12, /* functions                                      */
    WIJK_PARTNER_YEARS = 12
};

/* ---- reading ---- */

struct wijk_flow_partner {
    const struct wijk_partner *p;
    bool means;      /* hours and budgets may be seen */
    bool may_change; /* by this actor */
    bool work;       /* what is worked on; false: what is public */
    bool may_moderate;
    const struct wijk_moderation *taken, *contacts_taken; /* its texts were taken away; NULL not */
    size_t n_offer;                                       /* where they were asked for */
    const struct wijk_flow_offer *offer;
};
struct wijk_flow_offer {
    const struct wijk_offer *o;
    const char *partner_name;
    bool may_change, work, may_moderate;
    const struct wijk_moderation *taken;
};
struct wijk_flow_offer_ask {
    const char *gemeente; /* NULL: all */
    const char *partner;  /* NULL: all; id, with gemeente */
    const char *area;     /* NULL: all; what reaches it, or a part of it */
    bool by_theme, by_age;
    enum wijk_offer_theme theme;
    enum wijk_age_group age;
    const char *after_gemeente, *after_partner; /* those that come after this one; NULL: from the start */
    int64_t after;
    size_t n_max; /* 0: all */
};
struct wijk_flow_partner_ask {
    const char *gemeente;               /* NULL: all */
    const char *area;                   /* NULL: all; who works there */
    const char *after_gemeente, *after; /* those that come after this one; NULL: from the start */
    size_t n_max;
    /* NULL: without what they offer. Where it asks for an area, a theme or an age, who offers no such thing
     * is left out. */
    const struct wijk_flow_offer_ask *offers;
};
/* By gemeente and id, a page of them. */
WIJK_API enum wijk_err wijk_flow_partner_page(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d,
                                              const struct wijk_flow_partner_ask *ask,
                                              const struct wijk_flow_partner **out, size_t *n);
/* By gemeente and id. */
WIJK_API enum wijk_err wijk_flow_partners(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_deed *d, const char *gemeente,
                                          const struct wijk_flow_partner **out, size_t *n);
/* Fails WIJK_ENOTFOUND, also when the actor may not see it. */
WIJK_API enum wijk_err wijk_flow_partner(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_deed *d, const char *gemeente, const char *id,
                                         struct wijk_flow_partner *out);
/* By partner and id. */
WIJK_API enum wijk_err wijk_flow_offers(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const struct wijk_flow_offer_ask *ask,
                                        const struct wijk_flow_offer **out, size_t *n);
WIJK_API enum wijk_err wijk_flow_offer(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_deed *d, const char *gemeente, int64_t id,
                                       struct wijk_flow_offer *out);

/* ---- what is lacking (offer_gaps.c) ---- */

/* A theme and an age group in one area. Of a buurt: what is offered there. Of a wijk or gemeente: in how many
 * of its buurten nothing is. */
struct wijk_flow_cover {
    enum wijk_offer_theme theme;
    enum wijk_age_group age;
    enum wijk_cover cover;  /* of a wijk or gemeente: NONE nowhere, ALL everywhere, PART in some */
    size_t n_none, n_buurt; /* buurten with nothing, of so many */
    const char
        *sentence; /* «geen aanbod voor 12-18 in Voorbeeldbuurt (ontmoeten en meedoen)»; NULL: not lacking */
};
struct wijk_flow_offer_gaps {
    const char *code, *name;
    enum wijk_level level;
    size_t n; /* themes by age groups that are asked for, in that order */
    const struct wijk_flow_cover *cover;
    size_t n_lacking;          /* with a sentence */
    bool any;                  /* there is any offer at all that the actor may see, in this gemeente */
    size_t n_partner, n_offer; /* that reach the area or a part of it, of the chosen theme and age */
    size_t n_buurt;            /* of the area; how many of those offers reach each */
    const struct wijk_flow_reached {
        const char *code;
        size_t n;
    } * buurt;
};
/* For what the actor may see. chosen: theme and age of what is counted; NULL all. Fails WIJK_ENOTFOUND no
 * such buurt, wijk or gemeente; WIJK_EDATA another level.
 */
WIJK_API enum wijk_err wijk_flow_offer_gaps(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_snapshot *s, const struct wijk_deed *d,
                                            const char *code, const struct wijk_flow_offer_ask *chosen,
                                            const struct wijk_flow_offer_gaps **out);

/* ---- writing ---- */

/* As it was typed; edited: version (0 a new one) and sharing (PUBLIC: leave what is public as it is). id ""
 * of a new one: made from its name. Gives what is kept now. A change of what is public is seen by everybody
 * only after a second person agreed; withdraw takes what is public back at once. Fails WIJK_ECONFLICT with
 * *now what somebody else made of it; WIJK_EEXISTS a new one whose id is taken, with *now the one that is
 * there when the actor may see it; WIJK_EDATA a text that is too long or names a person, an area that is not
 * there. */
WIJK_API enum wijk_err wijk_flow_partner_save(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d, const struct wijk_partner *p,
                                              bool withdraw, const struct wijk_partner **now);
WIJK_API enum wijk_err wijk_flow_partner_remove(struct wijk_cx *cx, struct wijk_store *store,
                                                const struct wijk_deed *d, const char *gemeente,
                                                const char *id, int64_t version);
WIJK_API enum wijk_err wijk_flow_offer_save(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_deed *d, const struct wijk_offer *o,
                                            bool withdraw, const struct wijk_offer **now);
WIJK_API enum wijk_err wijk_flow_offer_remove(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d, const char *gemeente, int64_t id,
                                              int64_t version);

/* ---- making public: four eyes (publish.c) ---- */

/* What can be made public, by its kind; one line in publish.c for each: "partner", "aanbod". d->why: the
 * reason. Fails WIJK_EEXISTS when that was proposed already. */
WIJK_API enum wijk_err wijk_flow_publish_ask(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_deed *d, const char *gemeente,
                                             const char *kind, const char *object, int64_t version,
                                             int64_t *proposal);

struct wijk_flow_proposal {
    const struct wijk_proposal *p;
    const char *what;          /* a sentence: «Maak openbaar: Energiecoach (Linde Wonen), versie 3» */
    const char *path;          /* of the page where it can be seen; NULL none */
    bool may_decide, mine;     /* by this actor; it proposed it itself */
    enum wijk_verdict why_not; /* when it may not */
    bool may_moderate;
    const struct wijk_moderation *why_taken, *answer_taken; /* the reason, that of the decision; NULL not */
};
/* What the actor may decide on, or proposed itself; the auditor sees all. Newest first. */
WIJK_API enum wijk_err wijk_flow_proposals(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_deed *d, const char *gemeente, bool open_only,
                                           const struct wijk_flow_proposal **out, size_t *n);
/* AGREED or REJECTED (with a reason) by someone else than who proposed it, or WITHDRAWN by who did. Of any
 * kind. */
WIJK_API enum wijk_err wijk_flow_proposal_decide(struct wijk_cx *cx, struct wijk_store *store,
                                                 const struct wijk_deed *d, int64_t proposal,
                                                 enum wijk_proposal_verdict verdict, const char *answer);

#endif
