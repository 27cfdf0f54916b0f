/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside disclose: the table under work, shared by what hides over areas (tree.c), over kinds and months
 * (link.c), and what looks for leaks afterwards (verify.c). */
#ifndef WIJK_DISCLOSE_INT_H
#define WIJK_DISCLOSE_INT_H

#include "disclose/disclose.h"

enum { WIJK__DISCLOSE_DEPTH = 64 };

/* Areas that have a figure in a group of slices (one kind and period, or all that are linked), as a forest: a
 * level that is absent is skipped, so that its children hang under the next one up. */
struct wijk__forest {
    size_t n;
    const size_t *order;  /* deepest first                              */
    size_t *up;           /* nearest ancestor that is there, SIZE_MAX   */
    size_t *first, *next; /* children, in increasing order              */
    bool *there;
};
struct wijk__work {
    struct wijk_cx *cx;
    const struct wijk_disclosure_rule *rule;
    const struct wijk_disclose_table *in;
    double need;      /* what hidden cells must be worth together          */
    double *weight;   /* cells: what a cell adds to its sum; 0 = nothing    */
    uint8_t *hidden;  /* cells: enum wijk_hidden; absent ones WIJK_SHOWN    */
    uint8_t *covered; /* cells: a way to change it is proven, over all links */
    uint8_t *absent;  /* cells without a figure                            */
    double *size;     /* n_kind x n_area: weight over all periods          */
    struct wijk__forest forest;
};

static inline size_t wijk__slice(const struct wijk__work *w, size_t kind, size_t period)
{
    return (kind * w->in->n_period + period) * w->in->n_area;
}
static inline bool wijk__is_hidden(const struct wijk__work *w, size_t cell)
{
    return w->hidden[cell] != WIJK_SHOWN && w->weight[cell] > 0;
}
static inline void wijk__hide(struct wijk__work *w, size_t cell, enum wijk_hidden why)
{
    if (w->hidden[cell] == WIJK_SHOWN) w->hidden[cell] = (uint8_t)why;
}

/* tree.c: the forest over the areas marked in `there`, and hiding within one slice. */
void wijk__forest_grow(const struct wijk__work *w, struct wijk__forest *f);
void wijk__tree_protect(struct wijk__work *w, size_t kind, size_t period);

/* link.c: hides over kinds and months what wijk__tree_protect() hid in this slice. */
void wijk__link_protect(struct wijk__work *w, size_t kind, size_t period);

/* verify.c: a cell in the group of kinds and periods that can be bounded too closely gets all cells of its
 * sums hidden, until none is left. periods: n of them. */
void wijk__verify(struct wijk__work *w, const size_t *period, size_t n);

#endif
