/* SPDX-License-Identifier: EUPL-1.2 */
/* The measure recipe: every score the series allow, computed by the one rule of scores.c, and saved. */
#include "flow/flow_int.h"

#include <string.h>

/* Does a method, or the weighing of its means, read this indicator? */
static bool is_used(const struct wijk_defs *defs, const char *indicator)
{
    if (strcmp(indicator, "residents") == 0) return true;
    for (size_t k = 0; k < defs->n_method; k++) {
        const struct wijk_method *m = &defs->method[k];
        const char *const part[] = {m->total, m->score, m->delivered_class};
        for (size_t i = 0; i < sizeof part / sizeof *part; i++)
            if (part[i] && strcmp(part[i], indicator) == 0) return true;
        for (size_t d = 0; d < m->n_dimension; d++)
            if (strcmp(m->dimension[d].indicator, indicator) == 0) return true;
    }
    return false;
}

/* Only what scores are made of: a store may hold a thousand vectors more. */
static enum wijk_err read_used(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                               const struct wijk_series **out, size_t *n)
{
    const struct wijk_series_key *key;
    size_t n_key;
    WIJK_TRY(wijk_store_list_series(cx, store, &key, &n_key));
    struct wijk_series *v = WIJK_NEW(cx, struct wijk_series, n_key);
    *n = 0;
    for (size_t i = 0; i < n_key; i++) {
        const struct wijk_series *s;
        if (!is_used(defs, key[i].indicator)) continue;
        WIJK_TRY(wijk_store_read_series(cx, store, &key[i], &s));
        if (s) v[(*n)++] = *s;
    }
    *out = v;
    return WIJK_OK;
}

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
    WIJK_TRY(read_used(cx, store, defs, &series, &n_series));
    WIJK_TRY(wijk__flow_scores(cx, defs, recipe, layer, n_layer, series, n_series, &scores, &n_scores));
    for (size_t i = 0; i < n_scores; i++) WIJK_TRY(wijk_store_save_scores(cx, store, scores[i]));
    return WIJK_OK;
}
