/* SPDX-License-Identifier: EUPL-1.2 */
/* What people say beside what is counted. docs/methods/beleving.md
 *
 *   expected(said) = a + b fact, by ridge regression that has not seen the area's group
 *   gap = said - expected(said)
 *
 * A line and not a difference of places in a row: where facts are far out, what is said is usually less far
 * out, and that alone is no gap. */
#include "measure/measure_int.h"

#include <math.h>

static void judge(const struct wijk_perception_in *in, struct wijk_perception *p, bool related, size_t area)
{
    const double said = in->said[area], expected = p->expected[area];
    p->lack[area] = (uint8_t)(isnan(said) || isnan(in->fact[area]) ? WIJK_LACK_NO_VALUE
                              : !related || isnan(expected)        ? WIJK_LACK_NOT_PREDICTABLE
                                                                   : WIJK_LACK_NONE);
    if (p->lack[area] != WIJK_LACK_NONE) return;
    const double gap = (said - expected) * in->said_sign;
    p->word[area] = gap > p->half    ? WIJK_EXPECTED_HIGHER
                    : gap < -p->half ? WIJK_EXPECTED_LOWER
                                     : WIJK_EXPECTED_AS;
}

enum wijk_err wijk_perception_of(struct wijk_cx *cx, const struct wijk_perception_in *in,
                                 const struct wijk_perception **out)
{
    struct wijk_perception *p = WIJK_NEW(cx, struct wijk_perception, 1);
    const struct wijk_ridge *line;
    const struct wijk_ridge_in rows = {
        .n = in->n, .p = 1, .x = in->fact, .y = in->said, .group = in->group, .n_group = in->n_group};
    WIJK_TRY(wijk_ridge_fit(cx, &rows, &line));
    p->n = in->n;
    p->expected = line->left_out;
    p->r2 = line->r2;
    p->slope = line->coefficient[0];
    p->half = wijk__band_half(cx, in->said, p->expected, in->n, in->width, NULL);
    p->word = WIJK_NEW(cx, uint8_t, in->n);
    p->lack = WIJK_NEW(cx, uint8_t, in->n);
    const bool related = wijk__explains(p->r2) && p->slope * in->said_sign * in->fact_sign > 0;
    for (size_t i = 0; i < in->n; i++) judge(in, p, related, i);
    *out = p;
    return WIJK_OK;
}
