/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of organisations and their offers. Each has one edition that is worked on, and an
 * edition for every version that was made public. Writes leave data_version as it is. Moments are seconds
 * since 1970 (UTC). */
#ifndef WIJK_STORE_PARTNER_STORE_H
#define WIJK_STORE_PARTNER_STORE_H

#include "people/partner.h"
#include "store/store.h"

/* What both have. */
struct wijk_edited {
    enum wijk_sharing sharing; /* of what is worked on; PUBLIC: it is what everybody sees */
    int64_t version;           /* 0: not stored yet */
    int64_t public_version;    /* the edition that everybody sees; 0 none */
    bool removed;
    int64_t made_by, made_at, changed_at;
    int64_t edition; /* that was read: 0 what is worked on */
};
enum wijk_edition {
    WIJK_EDITION_WORK,  /* what is worked on; not what was removed */
    WIJK_EDITION_PUBLIC /* what everybody sees                      */
};

/* ---- organisations ---- */

struct wijk_partner_contact {
    const char *function, *phone, *mail; /* "" none; never NULL */
};
struct wijk_partner_year {
    int year;
    int64_t hours, budget_euro; /* -1: not told */
};
struct wijk_partner {
    const char *gemeente, *id; /* together the key */
    const char *name, *about, *site;
    enum wijk_partner_kind kind;
    enum wijk_sharing means; /* how far hours and budgets are shared */
    struct wijk_edited edited;
    size_t n_area, n_contact, n_year;
    const char *const *area;
    const struct wijk_partner_contact *contact;
    const struct wijk_partner_year *year; /* increasing */
};
/* Version 0: a new one. Else in place of what is worked on, with the next version. Gives p->edited.version.
 * Fails WIJK_EEXISTS the id is taken; WIJK_ECONFLICT it has another version by now. */
WIJK_API enum wijk_err wijk_store_save_partner(struct wijk_cx *cx, struct wijk_store *store,
                                               struct wijk_partner *p);
/* What is worked on becomes what everybody sees. Fails WIJK_ECONFLICT it has another version by now. */
WIJK_API enum wijk_err wijk_store_publish_partner(struct wijk_cx *cx, struct wijk_store *store,
                                                  const char *gemeente, const char *id, int64_t version,
                                                  int64_t now);
/* NULL when there is none. */
WIJK_API enum wijk_err wijk_store_read_partner(struct wijk_cx *cx, struct wijk_store *store,
                                               const char *gemeente, const char *id, enum wijk_edition which,
                                               const struct wijk_partner **out);
struct wijk_partner_ask {
    const char *gemeente; /* NULL: all */
    enum wijk_edition which;
    const char *after_gemeente, *after; /* those that come after this one; NULL: from the start */
    size_t n_max;                       /* 0: all */
    bool bare;                          /* without areas, functions and years */
};
/* By gemeente and id. */
WIJK_API enum wijk_err wijk_store_page_partners(struct wijk_cx *cx, struct wijk_store *store,
                                                const struct wijk_partner_ask *ask,
                                                const struct wijk_partner **out, size_t *n);
/* By id. gemeente NULL: all. */
WIJK_API enum wijk_err wijk_store_list_partners(struct wijk_cx *cx, struct wijk_store *store,
                                                const char *gemeente, enum wijk_edition which,
                                                const struct wijk_partner **out, size_t *n);

/* ---- offers ---- */

struct wijk_offer {
    int64_t id; /* 0: not stored yet */
    const char *gemeente, *partner, *title, *what;
    struct wijk_offer_reach reach;
    struct wijk_edited edited;
};
/* id 0: a new one, and it is given. Fails as wijk_store_save_partner(). */
WIJK_API enum wijk_err wijk_store_save_offer(struct wijk_cx *cx, struct wijk_store *store,
                                             struct wijk_offer *o);
WIJK_API enum wijk_err wijk_store_publish_offer(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                                int64_t version, int64_t now);
WIJK_API enum wijk_err wijk_store_read_offer(struct wijk_cx *cx, struct wijk_store *store,
                                             const char *gemeente, int64_t id, enum wijk_edition which,
                                             const struct wijk_offer **out);
struct wijk_offer_ask {
    const char *gemeente, *partner; /* NULL: all; a partner is of a gemeente */
    enum wijk_edition which;
    const char *after_gemeente, *after_partner; /* those that come after this one; NULL: from the start */
    int64_t after;
    size_t n_max; /* 0: all */
    bool bare;    /* without areas */
};
/* By gemeente, partner and id. */
WIJK_API enum wijk_err wijk_store_page_offers(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_offer_ask *ask, const struct wijk_offer **out,
                                              size_t *n);
/* The areas of n that were read without them. */
WIJK_API enum wijk_err wijk_store_read_offer_areas(struct wijk_cx *cx, struct wijk_store *store,
                                                   struct wijk_offer *o, size_t n);
/* By partner and id. gemeente, partner NULL: all. */
WIJK_API enum wijk_err wijk_store_list_offers(struct wijk_cx *cx, struct wijk_store *store,
                                              const char *gemeente, const char *partner,
                                              enum wijk_edition which, const struct wijk_offer **out,
                                              size_t *n);

#endif
