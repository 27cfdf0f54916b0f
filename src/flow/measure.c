/* SPDX-License-Identifier: EUPL-1.2 */
/* The measure recipe: every score the series allow, computed by the one rule of scores.c, and saved. */
#include "flow/flow_int.h"

enum wijk_err wijk_flow_measure(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                                const char *recipe)
{
    const struct wijk__layer *layer;
    const struct wijk_series *series;
    const struct wijk_scores *const *scores;
    size_t n_layer, n_series, n_scores;
    if (recipe && !wijk_defs_method(defs, recipe))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", recipe);
    WIJK_TRY(wijk__layers_read(cx, store, false, &layer, &n_layer));
    WIJK_TRY(wijk_store_read_all_series(cx, store, &series, &n_series));
    WIJK_TRY(wijk__flow_scores(cx, defs, recipe, layer, n_layer, series, n_series, &scores, &n_scores));
    for (size_t i = 0; i < n_scores; i++) WIJK_TRY(wijk_store_save_scores(cx, store, scores[i]));
    return WIJK_OK;
}
