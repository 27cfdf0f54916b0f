/* SPDX-License-Identifier: EUPL-1.2 */
/* One figure by itself: the limits of docs/methods/onthulling.md, and rounding, once, from the true value. */
#include "disclose/disclose.h"

#include <math.h>
#include <string.h>

enum { LEAST_COUNT = 5, LEAST_BASE = 10, LEAST_MONEY_BASE = 100 };
static const double MOST_OF_ONE = 0.30;

struct wijk_disclosure_rule wijk_disclosure_rule(const char *word, double min_base)
{
    if (strcmp(word, "open") == 0) return (struct wijk_disclosure_rule){.kind = WIJK_DISCLOSE_OPEN};
    if (strcmp(word, "count") == 0)
        return (struct wijk_disclosure_rule){WIJK_DISCLOSE_COUNT, LEAST_COUNT, LEAST_COUNT, fmax(0, min_base),
                                             MOST_OF_ONE};
    if (strcmp(word, "share") == 0)
        return (struct wijk_disclosure_rule){WIJK_DISCLOSE_SHARE, LEAST_COUNT, 1, fmax(LEAST_BASE, min_base),
                                             MOST_OF_ONE};
    return (struct wijk_disclosure_rule){WIJK_DISCLOSE_MONEY, LEAST_COUNT, 0,
                                         fmax(LEAST_MONEY_BASE, min_base), MOST_OF_ONE};
}

struct wijk_disclosure_rule wijk_disclosure_both(struct wijk_disclosure_rule a, struct wijk_disclosure_rule b)
{
    if (a.kind == WIJK_DISCLOSE_OPEN) return b;
    if (b.kind == WIJK_DISCLOSE_OPEN) return a;
    return (struct wijk_disclosure_rule){a.kind, fmax(a.hide_below, b.hide_below),
                                         fmax(a.round_to, a.kind == b.kind ? b.round_to : 0),
                                         fmax(a.min_base, b.min_base), fmin(a.max_share, b.max_share)};
}

const char *wijk_hidden_text(enum wijk_hidden reason)
{
    switch (reason) {
    case WIJK_SHOWN: return "";
    case WIJK_HIDDEN_ABSENT: return wijk_status_text(WIJK_STATUS_MISSING);
    default: return wijk_status_text(WIJK_STATUS_SUPPRESSED);
    }
}

static struct wijk_disclosed hidden(enum wijk_hidden reason)
{
    return (struct wijk_disclosed){NAN, WIJK_STATUS_SUPPRESSED, reason, 0};
}

static double to_multiple(double v, double of)
{
    return of > 0 ? of * floor(v / of + 0.5) : v;
}

/* A share of a known base stands for a count; when that count, or the rest of the base, is small, so is the
 * share. */
static bool stands_for_few(const struct wijk_disclosure_rule *rule, struct wijk_true_figure f)
{
    double part = f.value / 100 * f.base, rest = f.base - part;
    return (part > 0.5 && part < rule->hide_below - 0.5) || (rest > 0.5 && rest < rule->hide_below - 0.5);
}

static enum wijk_hidden verdict(const struct wijk_disclosure_rule *rule, struct wijk_true_figure f)
{
    if (rule->kind == WIJK_DISCLOSE_OPEN) return WIJK_SHOWN;
    if (rule->kind == WIJK_DISCLOSE_COUNT) {
        bool few = f.value != 0 && fabs(f.value) < rule->hide_below;
        return few ? WIJK_HIDDEN_TOO_SMALL : WIJK_SHOWN;
    }
    if (!(f.base >= rule->min_base)) return WIJK_HIDDEN_BASE; /* an unknown base as well */
    if (rule->kind == WIJK_DISCLOSE_SHARE)
        return stands_for_few(rule, f) ? WIJK_HIDDEN_TOO_SMALL : WIJK_SHOWN;
    if (isnan(f.largest_share)) return f.base >= 10 * rule->min_base ? WIJK_SHOWN : WIJK_HIDDEN_DOMINANT;
    return f.largest_share > rule->max_share ? WIJK_HIDDEN_DOMINANT : WIJK_SHOWN;
}

struct wijk_disclosed wijk_disclose_one(const struct wijk_disclosure_rule *rule, struct wijk_true_figure f)
{
    if (f.status == WIJK_STATUS_SUPPRESSED) return hidden(WIJK_HIDDEN_SUPPLIER);
    if (!wijk_status_valued(f.status) || !isfinite(f.value)) {
        bool known = f.status == WIJK_STATUS_NOT_APPLICABLE;
        return (struct wijk_disclosed){NAN, known ? f.status : WIJK_STATUS_MISSING, WIJK_HIDDEN_ABSENT, 0};
    }
    enum wijk_hidden why = verdict(rule, f);
    if (why != WIJK_SHOWN) return hidden(why);
    double step = rule->kind == WIJK_DISCLOSE_OPEN ? 0 : rule->round_to;
    return (struct wijk_disclosed){to_multiple(f.value, step), f.status, WIJK_SHOWN, step};
}
