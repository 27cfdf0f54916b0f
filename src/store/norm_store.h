/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of local norms: every version that was decided, for ever. Writes leave data_version as
 * it is. Moments are seconds since 1970 (UTC). */
#ifndef WIJK_STORE_NORM_STORE_H
#define WIJK_STORE_NORM_STORE_H

#include "people/norm.h"
#include "store/people_store.h"

enum { WIJK_NORM_AREAS = 3 }; /* a buurt, its wijk, its gemeente */

struct wijk_norm {
    const char *gemeente, *area, *indicator; /* with the version the key */
    int64_t version;                         /* from 1, without gaps */
    struct wijk_norm_terms terms;            /* from: never "" */
    const char *why;
    const char *area_name, *label, *unit; /* as they were called then */
    int64_t proposal, made_by, made_at, decided_by, decided_at;
};
/* Fails WIJK_ECONFLICT when its version is not the next one. */
WIJK_API enum wijk_err wijk_store_add_norm(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_norm *v);
struct wijk_norm_ask {
    const char *gemeente, *indicator; /* NULL all */
    size_t n_area;                    /* 0 all; at most WIJK_NORM_AREAS */
    const char *area[WIJK_NORM_AREAS];
    const struct wijk_norm *after; /* norms behind this one only (its key); NULL: from the first */
    size_t n_max;                  /* norms, each with all its versions */
};
/* By gemeente, area, indicator, version. */
WIJK_API enum wijk_err wijk_store_list_norms(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_norm_ask *ask, const struct wijk_norm **out,
                                             size_t *n);

#endif
