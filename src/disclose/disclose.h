/* SPDX-License-Identifier: EUPL-1.2 */
/* disclose: the one way out for figures. What comes in is true; what goes out is rounded or hidden so that,
 * with everything else that is shown, nobody can work out a figure about a handful of people.
 *
 * rule.c    one figure: small counts, bases, one contributor that dominates, rounding
 * table.c   many figures that add up: areas within areas, kinds within a total, months within a year
 * drawn.c   areas that a user draws
 * derived.c what is computed from figures that went out: differences, ranks, indexes, legends
 *
 * docs/methods/onthulling.md says it for people, with what is not covered. */
#ifndef WIJK_DISCLOSE_H
#define WIJK_DISCLOSE_H

#include "measure/measure.h"

/* ---- rule.c ---- */

enum wijk_disclosure {
    WIJK_DISCLOSE_OPEN,  /* the supplier's own rounding and hiding hold                              */
    WIJK_DISCLOSE_COUNT, /* persons, homes, reports: small ones hidden, the rest rounded             */
    WIJK_DISCLOSE_SHARE, /* percents of a base; a rate is made of counts: wijk_disclosed_ratio()      */
    WIJK_DISCLOSE_MONEY  /* means and sums of money over a base                                      */
};
struct wijk_disclosure_rule {
    enum wijk_disclosure kind;
    double hide_below; /* COUNT: 0 < value < hide_below is hidden; never under 5                      */
    double round_to;   /* multiple to round to; 0 = as it is (MONEY)                                  */
    double min_base;   /* SHARE, MONEY: fewest persons or homes; never under 10 and 100               */
    double max_share;  /* MONEY: largest part one contributor may be of the sum; never over 0.30      */
};
/* The rule of a kind by its word: "open", "count", "share", "money"; anything else: the kind with the least
 * room, money. min_base raises the base, 0 leaves it. */
WIJK_API struct wijk_disclosure_rule wijk_disclosure_rule(const char *word, double min_base);
/* Both at once: settings can only become stricter. An open rule gives way to any other; of two different
 * kinds the first stays, with every limit of both. */
WIJK_API struct wijk_disclosure_rule wijk_disclosure_both(struct wijk_disclosure_rule a,
                                                          struct wijk_disclosure_rule b);

/* Why a figure is not there. People see one sentence for all of TOO_SMALL .. LINKED, so that the reason
 * itself says nothing: which of two hidden figures is the small one is part of what is hidden. */
enum wijk_hidden {
    WIJK_SHOWN,
    WIJK_HIDDEN_TOO_SMALL, /* a small count, or a share that stands for a small count */
    WIJK_HIDDEN_BASE,      /* too few persons or homes beneath it, or nobody knows how many */
    WIJK_HIDDEN_DOMINANT,  /* one contributor would be seen                                 */
    WIJK_HIDDEN_SECONDARY, /* else another figure could be worked out, in the same period   */
    WIJK_HIDDEN_LINKED,    /* the same, over kinds or months                                 */
    WIJK_HIDDEN_SUPPLIER,  /* the source hides it                                            */
    WIJK_HIDDEN_ABSENT     /* nothing was delivered, or it does not apply                    */
};
/* A figure that may leave. Everything that is written for people or programs is made of these. */
struct wijk_disclosed {
    double value; /* NAN unless shown                                                */
    enum wijk_status status;
    enum wijk_hidden reason;
    double rounded_to; /* the true figure lies within half of this; 0 = as delivered       */
};
/* «te klein om te tonen», «geen gegevens» ...: Dutch, for wijk_tr(); "" when shown. */
WIJK_API const char *wijk_hidden_text(enum wijk_hidden reason);

/* A true figure. base: persons or homes beneath a share or a mean; largest_share: part of the largest
 * contributor, 0..1. NAN where not known: then SHARE and MONEY are hidden for the base; an unknown largest
 * share is taken as fine only when base >= 10 x the least base. */
struct wijk_true_figure {
    double value;
    enum wijk_status status;
    double base, largest_share;
};
/* The verdict on one figure by itself. Rounds once, from the true value. */
WIJK_API struct wijk_disclosed wijk_disclose_one(const struct wijk_disclosure_rule *rule,
                                                 struct wijk_true_figure figure);

/* ---- table.c ---- */

/* Figures that add up in up to three directions: areas (a forest), kinds (parts of a total) and periods
 * (months of a year). Cells lie by kind, then period, then area: at(k, t, a) = (k * n_period + t) * n_area +
 * a.
 *
 * parent        n_area; index, or SIZE_MAX
 * kind_total    n_kind; the kind this one is a part of, or SIZE_MAX; NULL: kinds do not add up
 * period_total  n_period; the period this one is a part of, or SIZE_MAX; NULL: periods do not add up
 * value, status cells; base, largest_share cells or NULL (not known)
 * hide          cells or NULL; not 0: hidden whatever its value (a share whose count is hidden) */
struct wijk_disclose_table {
    size_t n_area, n_kind, n_period;
    const size_t *parent, *kind_total, *period_total;
    const double *value, *base, *largest_share;
    const uint8_t *status, *hide;
};
/* All cells at once: each by the rule, then as many more as it takes that no hidden cell can be worked out.
 *
 * What it promises, for COUNT: somebody who knows every shown figure exactly (so all the more one who sees
 * them rounded), all sums and all that is zero, and that no count is below 0, still holds every value from 0
 * to hide_below - 1 for possible in each small cell, and a stretch at least as wide in every other hidden
 * cell. For SHARE and MONEY: the hidden figures that a sum leaves over are at least two, with together a base
 * of at least min_base. Never fewer hidden than by the rule alone. The same table gives the same answer;
 * which neighbour is hidden along is settled by its size over all periods, so that years hide alike.
 *
 * out    cells
 * Fails  WIJK_ESHAPE a parent or total that is out of range or runs in a circle
 * Source docs/methods/onthulling.md */
WIJK_API enum wijk_err wijk_disclose_table(struct wijk_cx *cx, const struct wijk_disclosure_rule *rule,
                                           const struct wijk_disclose_table *in, struct wijk_disclosed *out);

/* ---- drawn.c ---- */

enum { WIJK_DRAWN_CELLS_MAX = 4096, WIJK_DRAWN_SETS_MAX = 2048, WIJK_DRAWN_LEAST = 10 };
/* What is inside a drawn area: base cells (buurten or grid cells) and the part of each, 0 < part <= 1. */
struct wijk_drawn_set {
    size_t n;
    const uint32_t *cell;
    const double *part;
};
/* The area's name for ever: the same cells and parts, in any order, give the same 64 hex digits. */
WIJK_API void wijk_drawn_key(struct wijk_cx *cx, const struct wijk_drawn_set *set, char key[65]);

enum wijk_drawn_verdict {
    WIJK_DRAWN_ALLOWED,
    WIJK_DRAWN_TOO_SMALL,  /* fewer than 10 persons in it                                              */
    WIJK_DRAWN_DIFFERENCE, /* with what was answered before, a group of fewer than 10 could be worked out */
    WIJK_DRAWN_TOO_MANY    /* more earlier answers, or groups of cells they tell apart, than can be weighed */
};
/* Why there is no answer: Dutch, for wijk_tr(); "" when allowed. */
WIJK_API const char *wijk_drawn_text(enum wijk_drawn_verdict v);
/* May this area be answered? persons: by base cell. known: every set whose figures are out already: official
 * areas and earlier answers, in any order (the order does not change the verdict). A set equal to a known one
 * is allowed. Any sum and difference of known answers and this one is weighed (Gaussian elimination), so that
 * chains over several answers are seen as well. */
WIJK_API enum wijk_drawn_verdict wijk_drawn_ask(struct wijk_cx *cx, const double *persons, size_t n_cell,
                                                const struct wijk_drawn_set *known, size_t n_known,
                                                const struct wijk_drawn_set *asked);

/* ---- derived.c: from figures that went out, never from true ones ---- */

WIJK_API struct wijk_disclosed wijk_disclosed_difference(struct wijk_disclosed to,
                                                         struct wijk_disclosed from);
/* times * part / whole; hidden when either is, or when whole is 0. */
WIJK_API struct wijk_disclosed wijk_disclosed_ratio(struct wijk_disclosed part, struct wijk_disclosed whole,
                                                    double times);
/* Sum of all; hidden as soon as one is, else absent as soon as one is. */
WIJK_API struct wijk_disclosed wijk_disclosed_sum(const struct wijk_disclosed *part, size_t n);
/* Mean weighted by w over what is there; a part without a weight (NAN, 0) does not count. Hidden as soon as
 * one part with a weight is; absent when less than 0.95 of the weight has a figure. *covered: that share. */
WIJK_API struct wijk_disclosed wijk_disclosed_mean(const struct wijk_disclosed *part, const double *w,
                                                   size_t n, double *covered);
/* Mean weighted by w; hidden as soon as one part with a weight is hidden. */
WIJK_API struct wijk_disclosed wijk_disclosed_index(const struct wijk_disclosed *part, const double *w,
                                                    size_t n);
/* Place from 1, highest first; equal shown figures share the best place; a hidden figure has no place and
 * does not push others down. */
WIJK_API struct wijk_disclosed wijk_disclosed_rank(const struct wijk_disclosed *v, size_t n, size_t which);
/* Share of the shown figures below it plus half of the equal ones, 0..100. */
WIJK_API struct wijk_disclosed wijk_disclosed_percentile(const struct wijk_disclosed *v, size_t n,
                                                         size_t which);
/* 0..n_limit by limits that increase (value > limit k: class k + 1 or higher); SIZE_MAX when hidden. */
WIJK_API size_t wijk_disclosed_class(struct wijk_disclosed v, const double *limit, size_t n_limit);
/* How many areas stand in each class: count n_limit + 3: the classes, then hidden, then absent. */
WIJK_API void wijk_disclosed_legend(const struct wijk_disclosed *v, size_t n, const double *limit,
                                    size_t n_limit, size_t *count);
/* An order for lists: `order` becomes 0..n-1 by shown figure, lowest first, what is not shown last, ties by
 * place; so it says nothing of what is hidden. */
WIJK_API void wijk_disclosed_order(struct wijk_cx *cx, const struct wijk_disclosed *v, size_t n,
                                   size_t *order);

#endif
