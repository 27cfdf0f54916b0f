/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a change came from. The total is the sum of the dimensions, so its change is the sum of their
 * changes:
 *
 *   total(t1) - total(t0) = sum over k of (dimension k(t1) - dimension k(t0)) + rest
 *
 * The rest is what the publisher's rounding leaves. docs/methods/ontleding.md */
#include "measure/measure.h"

#include <string.h>

/* Periods of one method, one release and one division, or the difference means nothing. */
static bool comparable(const struct wijk_scores *a, const struct wijk_scores *b)
{
    return strcmp(a->method->id, b->method->id) == 0 && strcmp(a->method->version, b->method->version) == 0 &&
           a->method->n_dimension == b->method->n_dimension && strcmp(a->release, b->release) == 0 &&
           a->level == b->level && a->division_year == b->division_year && a->n == b->n;
}

enum wijk_err wijk_change_of(struct wijk_cx *cx, const struct wijk_scores *from, const struct wijk_scores *to,
                             const struct wijk_change **out)
{
    if (!comparable(from, to))
        return wijk_fail(
            cx, WIJK_ESHAPE,
            "Deze twee metingen zijn niet te vergelijken: methode, uitgave of indeling verschilt.");
    struct wijk_change *c = WIJK_NEW(cx, struct wijk_change, 1);
    size_t n_dimension = from->method->n_dimension;
    c->n = from->n;
    c->total = WIJK_NEW(cx, double, c->n);
    c->rest = WIJK_NEW(cx, double, c->n);
    for (size_t k = 0; k < n_dimension; k++) c->part[k] = WIJK_NEW(cx, double, c->n);
    for (size_t i = 0; i < c->n; i++) {
        double explained = 0;
        c->total[i] = to->total[i] - from->total[i];
        for (size_t k = 0; k < n_dimension; k++) {
            c->part[k][i] = to->dimension[k][i] - from->dimension[k][i];
            explained += c->part[k][i];
        }
        c->rest[i] = c->total[i] - explained;
    }
    *out = c;
    return WIJK_OK;
}
