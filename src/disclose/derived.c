/* SPDX-License-Identifier: EUPL-1.2 */
/* What is computed from figures that went out. Nothing here takes a true figure, so nothing here can tell
 * one. */
#include "disclose/disclose.h"

#include <math.h>
#include <stdlib.h>

static bool shown(struct wijk_disclosed v)
{
    return v.reason == WIJK_SHOWN && !isnan(v.value);
}

/* The worst of two reasons: hidden weighs more than absent. */
static struct wijk_disclosed not_shown(struct wijk_disclosed a, struct wijk_disclosed b)
{
    bool take_b = shown(a) || (a.reason == WIJK_HIDDEN_ABSENT && !shown(b) && b.reason != WIJK_HIDDEN_ABSENT);
    struct wijk_disclosed v = take_b ? b : a;
    return (struct wijk_disclosed){NAN, v.status, v.reason, 0};
}

static enum wijk_status both(enum wijk_status a, enum wijk_status b)
{
    if (a == WIJK_STATUS_ESTIMATED || b == WIJK_STATUS_ESTIMATED) return WIJK_STATUS_ESTIMATED;
    return a == WIJK_STATUS_PROVISIONAL ? a : b;
}

struct wijk_disclosed wijk_disclosed_difference(struct wijk_disclosed to, struct wijk_disclosed from)
{
    if (!shown(to) || !shown(from)) return not_shown(to, from);
    return (struct wijk_disclosed){to.value - from.value, both(to.status, from.status), WIJK_SHOWN,
                                   to.rounded_to + from.rounded_to};
}

struct wijk_disclosed wijk_disclosed_ratio(struct wijk_disclosed part, struct wijk_disclosed whole,
                                           double times)
{
    if (!shown(part) || !shown(whole)) return not_shown(part, whole);
    if (whole.value == 0)
        return (struct wijk_disclosed){NAN, WIJK_STATUS_NOT_APPLICABLE, WIJK_HIDDEN_ABSENT, 0};
    double value = times * part.value / whole.value;
    double room = fabs(times / whole.value) * part.rounded_to + fabs(value / whole.value) * whole.rounded_to;
    return (struct wijk_disclosed){value, both(part.status, whole.status), WIJK_SHOWN, room};
}

struct wijk_disclosed wijk_disclosed_sum(const struct wijk_disclosed *part, size_t n)
{
    struct wijk_disclosed out = {0, WIJK_STATUS_OK, WIJK_SHOWN, 0};
    if (!n) return (struct wijk_disclosed){NAN, WIJK_STATUS_MISSING, WIJK_HIDDEN_ABSENT, 0};
    for (size_t i = 0; i < n; i++) {
        if (!shown(part[i]) || !shown(out)) {
            out = not_shown(out, part[i]);
            continue;
        }
        out.value += part[i].value;
        out.rounded_to += part[i].rounded_to;
        out.status = both(out.status, part[i].status);
    }
    return out;
}

struct wijk_disclosed wijk_disclosed_mean(const struct wijk_disclosed *part, const double *w, size_t n,
                                          double *covered)
{
    static const double ENOUGH = 0.95;
    struct wijk_disclosed out = {0, WIJK_STATUS_OK, WIJK_SHOWN, 0}, hidden = out;
    double weight = 0, known = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(w[i] > 0)) continue;
        weight += w[i];
        if (!shown(part[i])) {
            if (part[i].reason != WIJK_HIDDEN_ABSENT) hidden = part[i];
            continue;
        }
        known += w[i];
        out.value += w[i] * part[i].value;
        out.rounded_to += w[i] * part[i].rounded_to;
        out.status = both(out.status, part[i].status);
    }
    *covered = weight > 0 ? known / weight : 0;
    if (!shown(hidden)) return not_shown(hidden, hidden);
    if (!(*covered >= ENOUGH))
        return (struct wijk_disclosed){NAN, WIJK_STATUS_MISSING, WIJK_HIDDEN_ABSENT, 0};
    out.value /= known;
    out.rounded_to /= known;
    return out;
}

struct wijk_disclosed wijk_disclosed_index(const struct wijk_disclosed *part, const double *w, size_t n)
{
    struct wijk_disclosed out = {0, WIJK_STATUS_OK, WIJK_SHOWN, 0};
    double weight = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(w[i] > 0)) continue;
        if (!shown(part[i]) || !shown(out)) {
            out = not_shown(out, part[i]);
            continue;
        }
        out.value += w[i] * part[i].value;
        out.rounded_to += w[i] * part[i].rounded_to;
        out.status = both(out.status, part[i].status);
        weight += w[i];
    }
    if (!shown(out)) return out;
    if (!(weight > 0)) return (struct wijk_disclosed){NAN, WIJK_STATUS_MISSING, WIJK_HIDDEN_ABSENT, 0};
    out.value /= weight;
    out.rounded_to /= weight;
    return out;
}

struct wijk_disclosed wijk_disclosed_rank(const struct wijk_disclosed *v, size_t n, size_t which)
{
    if (!shown(v[which])) return not_shown(v[which], v[which]);
    double above = 0;
    for (size_t i = 0; i < n; i++) above += shown(v[i]) && v[i].value > v[which].value;
    return (struct wijk_disclosed){above + 1, v[which].status, WIJK_SHOWN, 0};
}

struct wijk_disclosed wijk_disclosed_percentile(const struct wijk_disclosed *v, size_t n, size_t which)
{
    if (!shown(v[which])) return not_shown(v[which], v[which]);
    double below = 0, equal = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        if (!shown(v[i])) continue;
        all++;
        below += v[i].value < v[which].value;
        equal += v[i].value == v[which].value;
    }
    return (struct wijk_disclosed){100 * (below + equal / 2) / all, v[which].status, WIJK_SHOWN, 0};
}

size_t wijk_disclosed_class(struct wijk_disclosed v, const double *limit, size_t n_limit)
{
    size_t k = 0;
    if (!shown(v)) return SIZE_MAX;
    while (k < n_limit && v.value > limit[k]) k++;
    return k;
}

void wijk_disclosed_legend(const struct wijk_disclosed *v, size_t n, const double *limit, size_t n_limit,
                           size_t *count)
{
    for (size_t k = 0; k < n_limit + 3; k++) count[k] = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = wijk_disclosed_class(v[i], limit, n_limit);
        if (k == SIZE_MAX) k = n_limit + (v[i].reason == WIJK_HIDDEN_ABSENT ? 2 : 1);
        count[k]++;
    }
}

struct place {
    double value;
    size_t at;
};

static int by_value(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    bool nx = isnan(x->value), ny = isnan(y->value);
    if (nx != ny) return nx ? 1 : -1;
    if (!nx && x->value != y->value) return x->value < y->value ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void wijk_disclosed_order(struct wijk_cx *cx, const struct wijk_disclosed *v, size_t n, size_t *order)
{
    struct place *p = WIJK_NEW(cx, struct place, n);
    for (size_t i = 0; i < n; i++) p[i] = (struct place){shown(v[i]) ? v[i].value : NAN, i};
    if (n) qsort(p, n, sizeof *p, by_value);
    for (size_t i = 0; i < n; i++) order[i] = p[i].at;
}
