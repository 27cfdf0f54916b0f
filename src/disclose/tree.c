/* SPDX-License-Identifier: EUPL-1.2 */
/* Hiding along in one kind and period: areas within areas.
 *
 * An area whose parts are partly hidden gives away what the hidden ones are together: its own figure minus
 * the shown parts. So that remainder is treated as a figure of its own: it must be of at least two hidden
 * parts and must be worth as much as a figure that may be shown. Where the parts cannot give that, the area
 * itself is hidden and the question moves one level up; a hidden area at the top leaves nothing to subtract
 * from. From the bottom up each question is asked once, and hiding more never breaks an answer below. */
#include "disclose/disclose_int.h"

#include <math.h>

void wijk__forest_grow(const struct wijk__work *w, struct wijk__forest *f)
{
    for (size_t a = 0; a < f->n; a++) f->first[a] = f->next[a] = SIZE_MAX;
    for (size_t i = f->n; i-- > 0;) { /* highest first */
        size_t a = f->order[i], p = w->in->parent[a];
        f->up[a] = p == SIZE_MAX ? SIZE_MAX : f->there[p] ? p : f->up[p];
    }
    for (size_t a = f->n; a-- > 0;) {
        if (!f->there[a] || f->up[a] == SIZE_MAX) continue;
        f->next[a] = f->first[f->up[a]];
        f->first[f->up[a]] = a;
    }
}

/* The hidden parts of an area: how many. */
static size_t hidden_parts(const struct wijk__work *w, size_t slice, size_t area)
{
    size_t n = 0;
    for (size_t c = w->forest.first[area]; c != SIZE_MAX; c = w->forest.next[c])
        n += wijk__is_hidden(w, slice + c);
    return n;
}

/* What can be worked out of the hidden parts below: a hidden area whose parts are hidden too counts for
 * those. */
static double hidden_worth(const struct wijk__work *w, size_t slice, size_t area)
{
    double sum = 0;
    for (size_t c = w->forest.first[area]; c != SIZE_MAX; c = w->forest.next[c]) {
        if (!wijk__is_hidden(w, slice + c)) continue;
        sum += hidden_parts(w, slice, c) ? hidden_worth(w, slice, c) : w->weight[slice + c];
    }
    return sum;
}

/* The shown part that is smallest over all periods, so that every period hides the same one where it can. */
static size_t least_shown(const struct wijk__work *w, size_t kind, size_t slice, size_t area)
{
    const double *size = w->size + kind * w->in->n_area;
    size_t best = SIZE_MAX;
    for (size_t c = w->forest.first[area]; c != SIZE_MAX; c = w->forest.next[c]) {
        if (w->hidden[slice + c] != WIJK_SHOWN || !(w->weight[slice + c] > 0)) continue;
        if (best == SIZE_MAX || size[c] < size[best]) best = c;
    }
    return best;
}

/* A hidden area with all its parts shown is no secret: one part goes along, down to the bottom. */
static void hide_down(struct wijk__work *w, size_t kind, size_t slice, size_t area)
{
    for (size_t a = area; a != SIZE_MAX; a = least_shown(w, kind, slice, a)) {
        wijk__hide(w, slice + a, WIJK_HIDDEN_SECONDARY);
        if (hidden_parts(w, slice, a)) return;
    }
}

void wijk__tree_protect(struct wijk__work *w, size_t kind, size_t period)
{
    size_t slice = wijk__slice(w, kind, period);
    const struct wijk__forest *f = &w->forest;
    for (size_t i = 0; i < f->n; i++) {
        size_t a = f->order[i];
        if (!f->there[a] || f->first[a] == SIZE_MAX) continue;
        if (wijk__is_hidden(w, slice + a)) {
            hide_down(w, kind, slice, a);
            continue;
        }
        size_t n = hidden_parts(w, slice, a);
        while (n && (n < 2 || hidden_worth(w, slice, a) < w->need)) {
            size_t c = least_shown(w, kind, slice, a);
            if (c == SIZE_MAX) {
                wijk__hide(w, slice + a, WIJK_HIDDEN_SECONDARY);
                break;
            }
            hide_down(w, kind, slice, c);
            n++;
        }
    }
}
