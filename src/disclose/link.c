/* SPDX-License-Identifier: EUPL-1.2 */
/* Hiding along over kinds and months.
 *
 * tree.c leaves in a slice (one kind, one period) sets of hidden areas in which people can be thought to move
 * from one area to another without any shown figure of that slice changing. The totals over kinds and months
 * must not notice either. Two ways keep them still:
 *
 *   up     the same areas are hidden in the total: it changes along;
 *   aside  the same areas are hidden in another part of that total, where as many people move back.
 *
 * With kinds and months at once the set is hidden in all four combinations. Whatever the sums, then, both
 * worlds look the same to the reader: that is the proof that a hidden cell stays hidden. The way that hides
 * the fewest cells is taken. Aside needs parts that are large enough to lend people; where the total itself
 * is a small count, only up will do. */
#include "disclose/disclose_int.h"

#include <math.h>

/* The slices of a way: kinds x periods, the slice itself first. */
struct way {
    size_t n_kind, n_period;
    size_t kind[WIJK__DISCLOSE_DEPTH + 2], period[WIJK__DISCLOSE_DEPTH + 2];
    bool kind_aside, period_aside;
};
struct set { /* hidden areas of one slice that hang together */
    size_t n;
    const size_t *area;
};

static bool has_figures(const struct wijk__work *w, size_t slice, const struct set *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!w->absent[slice + s->area[i]]) return true;
    return false;
}

static bool is_total(const size_t *total, size_t n, size_t at)
{
    for (size_t i = 0; i < n; i++)
        if (total[i] == at) return true;
    return false;
}

static bool small_itself(const struct wijk__work *w, size_t slice, const struct set *s)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t cell = slice + s->area[i];
        if (w->hidden[cell] == WIJK_HIDDEN_TOO_SMALL && w->weight[cell] > 0) return true;
    }
    return false;
}

/* How many cells a way hides anew; SIZE_MAX when a part that must lend people is too small. */
static size_t cost_of(const struct wijk__work *w, const struct way *way, const struct set *s)
{
    size_t cost = 0;
    for (size_t k = 0; k < way->n_kind; k++) {
        for (size_t t = 0; t < way->n_period; t++) {
            size_t slice = wijk__slice(w, way->kind[k], way->period[t]);
            bool lends = (k && way->kind_aside) || (t && way->period_aside);
            for (size_t i = 0; i < s->n; i++) {
                size_t cell = slice + s->area[i];
                if (lends && (w->absent[cell] || !(w->weight[cell] >= w->need))) return SIZE_MAX;
                cost += w->weight[cell] > 0 && w->hidden[cell] == WIJK_SHOWN;
            }
        }
    }
    return cost;
}

static void take(struct wijk__work *w, const struct way *way, const struct set *s)
{
    for (size_t k = 0; k < way->n_kind; k++)
        for (size_t t = 0; t < way->n_period; t++)
            for (size_t i = 0; i < s->n; i++) {
                size_t cell = wijk__slice(w, way->kind[k], way->period[t]) + s->area[i];
                if (w->weight[cell] > 0) wijk__hide(w, cell, WIJK_HIDDEN_LINKED);
                w->covered[cell] = 1;
            }
}

/* One side of a way, over kinds or over periods: list[0] is the slice's own; behind it all totals above (up),
 * or one other part of its total (aside). */
static size_t side_up(const size_t *total, size_t own, size_t *list)
{
    size_t n = 0;
    for (size_t at = own; at != SIZE_MAX && n <= WIJK__DISCLOSE_DEPTH; at = total ? total[at] : SIZE_MAX)
        list[n++] = at;
    return n;
}

/* Tries both sides of the period for one choice of kinds, and keeps the best. */
static void try_periods(const struct wijk__work *w, struct way *way, const struct set *s, bool up_only,
                        struct way *best, size_t *best_cost)
{
    const size_t *total = w->in->period_total;
    size_t own = way->period[0], cost;
    way->period_aside = false;
    way->n_period = side_up(total, own, way->period);
    cost = cost_of(w, way, s);
    if (cost < *best_cost) *best = *way, *best_cost = cost;
    if (up_only || way->n_period == 1) return;
    way->period_aside = true;
    way->n_period = 2;
    for (size_t t = 0; t < w->in->n_period; t++) {
        if (t == own || total[t] != total[own] || is_total(total, w->in->n_period, t)) continue;
        way->period[1] = t;
        cost = cost_of(w, way, s);
        if (cost < *best_cost) *best = *way, *best_cost = cost;
    }
}

static void protect_set(struct wijk__work *w, size_t kind, size_t period, const struct set *s)
{
    const struct wijk_disclose_table *in = w->in;
    const size_t *kt = in->kind_total, *pt = in->period_total;
    struct way way = {.kind = {kind}, .period = {period}}, best = {0};
    size_t best_cost = SIZE_MAX;
    bool in_kind = kt && kt[kind] != SIZE_MAX && has_figures(w, wijk__slice(w, kt[kind], period), s);
    bool in_period = pt && pt[period] != SIZE_MAX;
    bool up_kind =
        !in_kind || small_itself(w, wijk__slice(w, kt[kind], period), s) || is_total(kt, in->n_kind, kind);
    bool up_period = !in_period || small_itself(w, wijk__slice(w, kind, pt[period]), s) ||
                     is_total(pt, in->n_period, period);
    way.n_kind = side_up(kt, kind, way.kind);
    try_periods(w, &way, s, up_period, &best, &best_cost);
    way.n_kind = 2;
    way.kind_aside = true;
    for (size_t k = 0; !up_kind && k < in->n_kind; k++) {
        if (k == kind || kt[k] != kt[kind] || is_total(kt, in->n_kind, k)) continue;
        way.kind[1] = k;
        try_periods(w, &way, s, up_period, &best, &best_cost);
    }
    take(w, &best, s);
}

/* One area that no other sums over: its parts over one link protect each other, like the parts of an area. */
static void protect_alone(struct wijk__work *w, const size_t *total, size_t n_part, size_t own, size_t step,
                          size_t base)
{
    size_t at = total[own], total_cell = base + at * step;
    if (w->absent[total_cell]) return;
    for (;;) {
        size_t n = 0, least = SIZE_MAX;
        double worth = 0;
        for (size_t i = 0; i < n_part; i++) {
            size_t cell = base + i * step;
            if (total[i] != at || !(w->weight[cell] > 0)) continue;
            if (wijk__is_hidden(w, cell))
                n++, worth += w->weight[cell];
            else if (least == SIZE_MAX || w->weight[cell] < w->weight[base + least * step])
                least = i;
        }
        if (wijk__is_hidden(w, total_cell) || (n >= 2 && worth >= w->need)) return;
        wijk__hide(w, least == SIZE_MAX ? total_cell : base + least * step, WIJK_HIDDEN_LINKED);
    }
}

static bool stands_alone(const struct wijk__work *w, size_t area)
{
    return w->forest.up[area] == SIZE_MAX && w->forest.first[area] == SIZE_MAX;
}

/* The hidden areas that hang together, each set once: parts of one shown area with what is hidden below them,
 * or a hidden top with its own. mark: the number of the set by area, SIZE_MAX none. */
static size_t sets_of(const struct wijk__work *w, size_t slice, size_t *mark)
{
    const struct wijk__forest *f = &w->forest;
    size_t n = 0, *of_parent = WIJK_NEW(w->cx, size_t, f->n);
    for (size_t a = 0; a < f->n; a++) mark[a] = of_parent[a] = SIZE_MAX;
    for (size_t i = f->n; i-- > 0;) { /* highest first */
        size_t a = f->order[i], up = f->up[a];
        if (!f->there[a] || !wijk__is_hidden(w, slice + a)) continue;
        if (up == SIZE_MAX)
            mark[a] = n++;
        else if (mark[up] != SIZE_MAX)
            mark[a] = mark[up];
        else
            mark[a] = of_parent[up] != SIZE_MAX ? of_parent[up] : (of_parent[up] = n++);
    }
    return n;
}

void wijk__link_protect(struct wijk__work *w, size_t kind, size_t period)
{
    const struct wijk_disclose_table *in = w->in;
    size_t slice = wijk__slice(w, kind, period);
    bool in_kind = in->kind_total && in->kind_total[kind] != SIZE_MAX;
    bool in_period = in->period_total && in->period_total[period] != SIZE_MAX;
    if ((!in_kind && !in_period) || w->rule->kind != WIJK_DISCLOSE_COUNT) return;
    struct wijk_mark here = wijk_cx_mark(w->cx);
    size_t *mark = WIJK_NEW(w->cx, size_t, in->n_area), *area = WIJK_NEW(w->cx, size_t, in->n_area);
    size_t n = sets_of(w, slice, mark), *first = WIJK_NEW(w->cx, size_t, n + 1);
    bool *fresh = WIJK_NEW(w->cx, bool, n);
    for (size_t a = 0; a < in->n_area; a++)
        if (mark[a] != SIZE_MAX)
            first[mark[a] + 1]++, fresh[mark[a]] = fresh[mark[a]] || !w->covered[slice + a];
    for (size_t i = 0; i < n; i++) first[i + 1] += first[i];
    for (size_t a = in->n_area; a-- > 0;)
        if (mark[a] != SIZE_MAX) area[first[mark[a]]++] = a;
    for (size_t i = 0; i < n; i++) {
        size_t begin = i ? first[i - 1] : 0;
        struct set s = {first[i] - begin, area + begin};
        if (!fresh[i]) continue;
        if (s.n == 1 && in_kind != in_period && stands_alone(w, s.area[0]))
            protect_alone(w, in_kind ? in->kind_total : in->period_total, in_kind ? in->n_kind : in->n_period,
                          in_kind ? kind : period, in_kind ? in->n_period * in->n_area : in->n_area,
                          in_kind ? period * in->n_area + s.area[0] : wijk__slice(w, kind, 0) + s.area[0]);
        else
            protect_set(w, kind, period, &s);
    }
    wijk_cx_rewind(w->cx, here);
}
