/* SPDX-License-Identifier: EUPL-1.2 */
/* Looks for leaks the way a reader would: every sum narrows what its cells can be, over and over, until
 * nothing narrows any more. Shown cells count as exactly known, hidden ones as 0 or more. What link.c hid is
 * proven already; this finds what figures that do not fit its picture (parts that are delivered for some
 * areas only) could still give away, and hides all of the sums around it. That ends: with nothing shown in a
 * sum, nothing can be subtracted. */
#include "disclose/disclose_int.h"

#include <math.h>

enum { ROUNDS = 64 };
static const double CLOSE = 1e-6;

/* One sum: a total and its parts, as cells. */
struct sum {
    size_t total, n;
    const size_t *part;
};
struct sums {
    struct sum *v;
    size_t n, cap;
    size_t *room; /* parts of the sum that is being made */
};

static void keep_sum(struct wijk__work *w, struct sums *s, size_t total, size_t n)
{
    double known = w->weight[total];
    bool whole = !wijk__is_hidden(w, total) && !w->absent[total];
    for (size_t i = 0; i < n; i++) {
        known -= w->weight[s->room[i]];
        whole = whole && !wijk__is_hidden(w, s->room[i]);
    }
    if (!n || (whole && fabs(known) > CLOSE)) return; /* figures that do not add up tell nothing */
    size_t *part = WIJK_NEW(w->cx, size_t, n);
    for (size_t i = 0; i < n; i++) part[i] = s->room[i];
    s->v = wijk_grow(w->cx, s->v, s->n, &s->cap, sizeof *s->v);
    s->v[s->n++] = (struct sum){total, n, part};
}

static void area_sums(struct wijk__work *w, struct sums *s, size_t slice)
{
    const struct wijk__forest *f = &w->forest;
    for (size_t a = 0; a < f->n; a++) {
        size_t n = 0;
        for (size_t c = f->there[a] ? f->first[a] : SIZE_MAX; c != SIZE_MAX; c = f->next[c])
            s->room[n++] = slice + c;
        keep_sum(w, s, slice + a, n);
    }
}

/* Sums over the kinds of one period, or over the periods of one kind: cells base + i x step. */
static void link_sums(struct wijk__work *w, struct sums *s, const size_t *total, size_t n_part, size_t at,
                      size_t step, size_t base)
{
    for (size_t a = 0; total && a < w->in->n_area; a++) {
        size_t n = 0;
        for (size_t i = 0; i < n_part; i++)
            if (total[i] == at && !w->absent[base + i * step + a]) s->room[n++] = base + i * step + a;
        if (!w->absent[base + at * step + a]) keep_sum(w, s, base + at * step + a, n);
    }
}

static struct sums sums_of(struct wijk__work *w, const size_t *period, size_t n)
{
    const struct wijk_disclose_table *in = w->in;
    struct sums s = {0};
    s.room = WIJK_NEW(w->cx, size_t, in->n_area + in->n_kind + in->n_period);
    for (size_t k = 0; k < in->n_kind; k++) {
        for (size_t i = 0; i < n; i++) {
            area_sums(w, &s, wijk__slice(w, k, period[i]));
            link_sums(w, &s, in->kind_total, in->n_kind, k, in->n_period * in->n_area,
                      period[i] * in->n_area);
            link_sums(w, &s, in->period_total, in->n_period, period[i], in->n_area, wijk__slice(w, k, 0));
        }
    }
    return s;
}

/* ---- narrowing ---- */

struct bounds {
    double *low, *high;
};

static bool narrow(struct bounds *b, size_t cell, double low, double high)
{
    bool changed = false;
    if (low > b->low[cell] + CLOSE && low <= b->high[cell] + CLOSE) b->low[cell] = low, changed = true;
    if (high < b->high[cell] - CLOSE && high >= b->low[cell] - CLOSE) b->high[cell] = high, changed = true;
    return changed;
}

static bool narrow_by(struct bounds *b, const struct sum *s)
{
    double low = 0, high = 0;
    size_t open = 0; /* parts without an upper bound */
    for (size_t i = 0; i < s->n; i++) {
        low += b->low[s->part[i]];
        if (isinf(b->high[s->part[i]]))
            open++;
        else
            high += b->high[s->part[i]];
    }
    bool changed = narrow(b, s->total, low, open ? (double)INFINITY : high);
    for (size_t i = 0; i < s->n; i++) {
        size_t c = s->part[i];
        bool others_open = open > (isinf(b->high[c]) ? 1U : 0U);
        double others = isinf(b->high[c]) ? high : high - b->high[c];
        changed |=
            narrow(b, c, others_open ? 0 : b->low[s->total] - others, b->high[s->total] - (low - b->low[c]));
    }
    return changed;
}

/* A reader may not come closer than this to a hidden cell. */
static bool too_close(const struct wijk__work *w, const struct bounds *b, size_t cell)
{
    if (!wijk__is_hidden(w, cell) || w->absent[cell]) return false;
    double room = w->need - 1;
    if (w->hidden[cell] == WIJK_HIDDEN_TOO_SMALL) return b->low[cell] > CLOSE || b->high[cell] < room - CLOSE;
    return b->high[cell] - b->low[cell] < room - CLOSE;
}

static bool hide_around(struct wijk__work *w, const struct bounds *b, const struct sum *s)
{
    bool leaks = too_close(w, b, s->total), changed = false;
    for (size_t i = 0; i < s->n; i++) leaks = leaks || too_close(w, b, s->part[i]);
    for (size_t i = 0; leaks && i <= s->n; i++) {
        size_t cell = i < s->n ? s->part[i] : s->total;
        if (w->hidden[cell] != WIJK_SHOWN || !(w->weight[cell] > 0)) continue;
        wijk__hide(w, cell, WIJK_HIDDEN_LINKED);
        changed = true;
    }
    return changed;
}

void wijk__verify(struct wijk__work *w, const size_t *period, size_t n)
{
    if (w->rule->kind != WIJK_DISCLOSE_COUNT) return;
    struct wijk_mark here = wijk_cx_mark(w->cx);
    size_t cells = w->in->n_kind * w->in->n_period * w->in->n_area;
    struct sums sums = sums_of(w, period, n);
    struct bounds b = {WIJK_NEW(w->cx, double, cells), WIJK_NEW(w->cx, double, cells)};
    for (bool again = true; again;) {
        for (size_t i = 0; i < cells; i++) {
            bool free = w->hidden[i] != WIJK_SHOWN || w->absent[i];
            b.low[i] = free ? 0 : w->weight[i];
            b.high[i] = free ? (double)INFINITY : w->weight[i];
        }
        bool changed = true;
        for (int round = 0; changed && round < ROUNDS; round++) {
            changed = false;
            for (size_t i = 0; i < sums.n; i++) changed |= narrow_by(&b, &sums.v[i]);
        }
        again = false;
        for (size_t i = 0; i < sums.n; i++) again |= hide_around(w, &b, &sums.v[i]);
    }
    wijk_cx_rewind(w->cx, here);
}
