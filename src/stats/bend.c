/* SPDX-License-Identifier: EUPL-1.2 */
/* How much a bend explains of what is noise around one line: eight rows of noise side by side. What a line
 * leaves has no part along 1 or x, so its product with a bend at k is the sum of (x - x_k) y behind k, which
 * grows from one k to the one before it: work in proportion to the points, whatever the number of bends.
 * docs/methods/trend.md */
#include "stats/stats_int.h"

/* y: n x LANES, overwritten by what its lines leave. */
BODY void shares_body(const struct wijk_bends *g, const struct wijk_line *line, lanes *y, lanes *share)
{
    lanes mean = {0}, slope = {0}, ssr = {0}, behind = {0}, dot = {0}, most = {0};
    for (size_t i = 0; i < g->n; i++) mean += y[i];
    mean /= (double)g->n;
    for (size_t i = 0; i < g->n; i++) slope += (g->x[i] - line->x_mean) * (y[i] - mean);
    slope /= line->sxx;
    for (size_t i = 0; i < g->n; i++) {
        y[i] -= mean + slope * (g->x[i] - line->x_mean);
        ssr += y[i] * y[i];
    }
    for (size_t k = g->n - 1; k-- > 0;) {
        behind += y[k + 1];
        dot += (g->x[k + 1] - g->x[k]) * behind;
        const lanes part = dot * dot * g->per[k];
        most = EITHER(part > most, part, most);
    }
    const lanes part = most / ssr, within = EITHER(part < 1, part, 1);
    *share = WHERE(ssr > 0, within);
}
WIDTHS(shares, (const struct wijk_bends *g, const struct wijk_line *line, lanes *y, lanes *share),
       (g, line, y, share))

void wijk_bends_chance(struct wijk_cx *cx, const struct wijk_bends *g, const double *noise, size_t draws,
                       double *share)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    char *room = wijk_alloc_n(cx, g->n + 1, sizeof(lanes));
    lanes *y = (lanes *)(void *)(room + (sizeof(lanes) - (uintptr_t)room % sizeof(lanes)) % sizeof(lanes)),
          some;
    struct wijk_line line;
    wijk_line_fit(g->x, g->x, g->n, &line); /* where x is */
    for (size_t at = 0; at < draws; at += LANES) {
        const size_t left = draws - at < LANES ? draws - at : LANES;
        for (size_t c = 0; c < left; c++)
            for (size_t i = 0; i < g->n; i++) y[i][c] = noise[(at + c) * g->n + i];
        for (size_t c = left; c < LANES; c++)
            for (size_t i = 0; i < g->n; i++) y[i][c] = 0;
        shares(g, &line, y, &some);
        memcpy(share + at, &some, left * sizeof *share);
    }
    wijk_cx_rewind(cx, mark);
}
