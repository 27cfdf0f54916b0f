/* SPDX-License-Identifier: EUPL-1.2 */
/* Which elements are next to which: lists of neighbours, made of pairs, and cut down to some of them. */
#include "stats/stats.h"

#include <stdlib.h>
#include <string.h>

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Short lists mostly: neighbours come in nearly the right order. */
static void sort_short(uint32_t *v, size_t n)
{
    if (n > 32) {
        qsort(v, n, sizeof *v, by_number);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const uint32_t x = v[i];
        size_t k = i;
        for (; k && v[k - 1] > x; k--) v[k] = v[k - 1];
        v[k] = x;
    }
}

enum wijk_err wijk_graph_of(struct wijk_cx *cx, size_t n, const uint32_t (*pair)[2], size_t n_pair,
                            const struct wijk_graph **out)
{
    if (n >= UINT32_MAX) return wijk_fail(cx, WIJK_ELIMIT, "Te veel gebieden: %zu.", n);
    struct wijk_graph *g = WIJK_NEW(cx, struct wijk_graph, 1);
    size_t *first = WIJK_NEW(cx, size_t, n + 2);
    /* first[i + 2] counts, then first[i + 1] is where the next of i goes: no second list of places. */
    for (size_t k = 0; k < n_pair; k++)
        if (pair[k][0] != pair[k][1]) first[pair[k][0] + 2]++, first[pair[k][1] + 2]++;
    for (size_t i = 2; i < n + 2; i++) first[i] += first[i - 1];
    uint32_t *to = WIJK_NEW(cx, uint32_t, first[n + 1]);
    for (size_t k = 0; k < n_pair; k++) {
        if (pair[k][0] == pair[k][1]) continue;
        to[first[pair[k][0] + 1]++] = pair[k][1];
        to[first[pair[k][1] + 1]++] = pair[k][0];
    }
    size_t kept = 0;
    for (size_t i = 0, from = 0; i < n; i++) {
        const size_t end = first[i + 1];
        sort_short(to + from, end - from);
        first[i] = kept;
        for (size_t k = from; k < end; k++)
            if (k == from || to[k] != to[k - 1]) to[kept++] = to[k];
        from = end;
    }
    first[n] = kept;
    *g = (struct wijk_graph){n, first, to};
    *out = g;
    return WIJK_OK;
}

const struct wijk_graph *wijk_graph_among(struct wijk_cx *cx, const struct wijk_graph *g, const bool *keep)
{
    struct wijk_graph *among = WIJK_NEW(cx, struct wijk_graph, 1);
    uint32_t *place = WIJK_NEW(cx, uint32_t, g->n), *to = WIJK_NEW(cx, uint32_t, g->first[g->n]);
    uint32_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        if (keep[i]) place[i] = n++;
    size_t *first = WIJK_NEW(cx, size_t, n + 1), kept = 0;
    for (size_t i = 0; i < g->n; i++) {
        if (!keep[i]) continue;
        first[place[i]] = kept;
        for (size_t k = g->first[i]; k < g->first[i + 1]; k++)
            if (keep[g->to[k]]) to[kept++] = place[g->to[k]];
    }
    first[n] = kept;
    *among = (struct wijk_graph){n, first, to};
    return among;
}
