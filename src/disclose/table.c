/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole table of figures through the gate: each by the rule, then along areas (tree.c), then along kinds
 * and months (link.c), then a look for leaks (verify.c). */
#include "disclose/disclose_int.h"

#include <math.h>
#include <string.h>

/* ---- shape ---- */

/* Depth under the top, or SIZE_MAX when it runs in a circle or out of range. */
static size_t depth_of(const size_t *up, size_t n, size_t at)
{
    size_t depth = 0;
    while (up && up[at] != SIZE_MAX) {
        at = up[at];
        if (at >= n || ++depth > WIJK__DISCLOSE_DEPTH) return SIZE_MAX;
    }
    return depth;
}

/* 0..n-1, deepest first, in increasing order within a depth. NULL: not a forest. */
static const size_t *deepest_first(struct wijk_cx *cx, const size_t *up, size_t n)
{
    size_t *order = WIJK_NEW(cx, size_t, n), *depth = WIJK_NEW(cx, size_t, n);
    size_t count[WIJK__DISCLOSE_DEPTH + 2] = {0};
    for (size_t i = 0; i < n; i++) {
        depth[i] = depth_of(up, n, i);
        if (depth[i] == SIZE_MAX) return NULL;
        count[WIJK__DISCLOSE_DEPTH - depth[i] + 1]++;
    }
    for (size_t d = 1; d <= WIJK__DISCLOSE_DEPTH + 1; d++) count[d] += count[d - 1];
    for (size_t i = 0; i < n; i++) order[count[WIJK__DISCLOSE_DEPTH - depth[i]]++] = i;
    return order;
}

static size_t top_of(const size_t *up, size_t at)
{
    while (up && up[at] != SIZE_MAX) at = up[at];
    return at;
}

/* ---- each cell by itself ---- */

static struct wijk_true_figure figure_at(const struct wijk_disclose_table *in, size_t cell)
{
    return (struct wijk_true_figure){in->value[cell], (enum wijk_status)in->status[cell],
                                     in->base ? in->base[cell] : NAN,
                                     in->largest_share ? in->largest_share[cell] : NAN};
}

/* The rule's verdict and what the cell weighs. Returns how many are hidden. */
static size_t mark(struct wijk__work *w, struct wijk_disclosed *out)
{
    const struct wijk_disclose_table *in = w->in;
    size_t n = in->n_kind * in->n_period * in->n_area, n_hidden = 0;
    bool by_base = w->rule->kind != WIJK_DISCLOSE_COUNT;
    for (size_t i = 0; i < n; i++) {
        out[i] = wijk_disclose_one(w->rule, figure_at(in, i));
        if (in->hide && in->hide[i] && out[i].reason == WIJK_SHOWN)
            out[i] = (struct wijk_disclosed){NAN, WIJK_STATUS_SUPPRESSED, WIJK_HIDDEN_LINKED, 0};
        w->absent[i] = out[i].reason == WIJK_HIDDEN_ABSENT;
        w->hidden[i] = w->absent[i] ? WIJK_SHOWN : (uint8_t)out[i].reason;
        double weight = by_base ? (in->base ? in->base[i] : NAN) : fabs(in->value[i]);
        bool known = !w->absent[i] && out[i].reason != WIJK_HIDDEN_SUPPLIER && isfinite(weight);
        w->weight[i] = known ? weight : 0;
        n_hidden += w->hidden[i] != WIJK_SHOWN;
    }
    for (size_t k = 0; k < in->n_kind; k++)
        for (size_t t = 0; t < in->n_period; t++)
            for (size_t a = 0; a < in->n_area; a++)
                w->size[k * in->n_area + a] += w->weight[wijk__slice(w, k, t) + a];
    return n_hidden;
}

/* ---- groups: slices that are linked, so that they share one forest ---- */

/* Marks the areas that have a figure in any of these slices, and lets one that has none in a slice weigh what
 * its parts weigh there: it is not shown, but its sum runs on. */
static void forest_of(struct wijk__work *w, const size_t *kind, size_t n_kind, const size_t *period,
                      size_t n_period)
{
    struct wijk__forest *f = &w->forest;
    memset(f->there, 0, f->n);
    for (size_t k = 0; k < n_kind; k++)
        for (size_t t = 0; t < n_period; t++)
            for (size_t a = 0; a < f->n; a++)
                f->there[a] = f->there[a] || !w->absent[wijk__slice(w, kind[k], period[t]) + a];
    wijk__forest_grow(w, f);
    for (size_t k = 0; k < n_kind; k++)
        for (size_t t = 0; t < n_period; t++) {
            size_t slice = wijk__slice(w, kind[k], period[t]);
            for (size_t i = 0; i < f->n; i++) {
                size_t a = f->order[i];
                if (!f->there[a] || !w->absent[slice + a]) continue;
                for (size_t c = f->first[a]; c != SIZE_MAX; c = f->next[c])
                    w->weight[slice + a] += w->weight[slice + c];
            }
        }
}

static bool any_hidden(const struct wijk__work *w, const size_t *kind, size_t n_kind, const size_t *period,
                       size_t n_period)
{
    for (size_t k = 0; k < n_kind; k++)
        for (size_t t = 0; t < n_period; t++) {
            const uint8_t *h = w->hidden + wijk__slice(w, kind[k], period[t]);
            for (size_t a = 0; a < w->in->n_area; a++)
                if (h[a] != WIJK_SHOWN) return true;
        }
    return false;
}

/* kind, period: deepest first, so that parts come before their totals. */
static void protect_group(struct wijk__work *w, const size_t *kind, size_t n_kind, const size_t *period,
                          size_t n_period)
{
    if (!any_hidden(w, kind, n_kind, period, n_period)) return;
    forest_of(w, kind, n_kind, period, n_period);
    for (size_t t = 0; t < n_period; t++)
        for (size_t k = 0; k < n_kind; k++) {
            wijk__tree_protect(w, kind[k], period[t]);
            wijk__link_protect(w, kind[k], period[t]);
        }
    if (w->in->kind_total || n_period > 1) wijk__verify(w, period, n_period);
}

static void protect(struct wijk__work *w, const size_t *kind_order, const size_t *period_order)
{
    const struct wijk_disclose_table *in = w->in;
    size_t *group = WIJK_NEW(w->cx, size_t, in->n_period);
    for (size_t top = 0; top < in->n_period; top++) {
        size_t n = 0;
        for (size_t i = 0; i < in->n_period; i++)
            if (top_of(in->period_total, period_order[i]) == top) group[n++] = period_order[i];
        if (!n) continue;
        if (in->kind_total)
            protect_group(w, kind_order, in->n_kind, group, n);
        else
            for (size_t k = 0; k < in->n_kind; k++) protect_group(w, &kind_order[k], 1, group, n);
    }
}

static void write_out(const struct wijk__work *w, struct wijk_disclosed *out)
{
    size_t n = w->in->n_kind * w->in->n_period * w->in->n_area;
    for (size_t i = 0; i < n; i++)
        if (out[i].reason == WIJK_SHOWN && w->hidden[i] != WIJK_SHOWN)
            out[i] = (struct wijk_disclosed){NAN, WIJK_STATUS_SUPPRESSED, (enum wijk_hidden)w->hidden[i], 0};
}

enum wijk_err wijk_disclose_table(struct wijk_cx *cx, const struct wijk_disclosure_rule *rule,
                                  const struct wijk_disclose_table *in, struct wijk_disclosed *out)
{
    size_t n_slice = in->n_kind * in->n_period, n = n_slice * in->n_area;
    struct wijk__work w = {.cx = cx, .rule = rule, .in = in};
    const size_t *areas = deepest_first(cx, in->parent, in->n_area);
    const size_t *kinds = deepest_first(cx, in->kind_total, in->n_kind);
    const size_t *periods = deepest_first(cx, in->period_total, in->n_period);
    if (!areas || !kinds || !periods)
        return wijk_fail(cx, WIJK_ESHAPE,
                         "De onderdelen van een tabel verwijzen in een kring of buiten de tabel.");
    w.need = rule->kind == WIJK_DISCLOSE_COUNT ? rule->hide_below : rule->min_base;
    w.weight = WIJK_NEW(cx, double, n);
    w.hidden = WIJK_NEW(cx, uint8_t, n);
    w.covered = WIJK_NEW(cx, uint8_t, n);
    w.absent = WIJK_NEW(cx, uint8_t, n);
    w.size = WIJK_NEW(cx, double, in->n_kind * in->n_area);
    w.forest = (struct wijk__forest){in->n_area,
                                     areas,
                                     WIJK_NEW(cx, size_t, in->n_area),
                                     WIJK_NEW(cx, size_t, in->n_area),
                                     WIJK_NEW(cx, size_t, in->n_area),
                                     WIJK_NEW(cx, bool, in->n_area)};
    if (!mark(&w, out) || rule->kind == WIJK_DISCLOSE_OPEN) return WIJK_OK;
    protect(&w, kinds, periods);
    write_out(&w, out);
    return WIJK_OK;
}
