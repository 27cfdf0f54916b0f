/* SPDX-License-Identifier: EUPL-1.2 */
/* The measure recipe: the scores the series allow, computed by the one rule of scores.c, and saved. After a
 * load only those it can have changed. */
#include "flow/flow_int.h"

#include <string.h>

/* ---- what was touched ---- */

static enum wijk_level family(enum wijk_level level)
{
    return level == WIJK_LEVEL_WIJK || level == WIJK_LEVEL_GEMEENTE ? WIJK_LEVEL_BUURT : level;
}

void wijk__touch(struct wijk_cx *cx, struct wijk__touched *t, enum wijk_level level, int division_year,
                 int year)
{
    struct wijk__touch one = {family(level), division_year, year};
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].level == one.level && t->v[i].division_year == division_year && t->v[i].year == year)
            return;
    t->v = wijk_grow(cx, t->v, t->n, &t->cap, sizeof *t->v);
    t->v[t->n++] = one;
}

bool wijk__is_touched(const struct wijk__touched *only, enum wijk_level level, int division_year, int year)
{
    bool found = !only;
    for (size_t i = 0; !found && i < only->n; i++) {
        const struct wijk__touch *t = &only->v[i];
        found = t->level == family(level) && t->division_year == division_year &&
                (!year || !t->year || t->year == year);
    }
    return found;
}

bool wijk__makes_scores(const struct wijk_defs *defs, const char *indicator)
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

/* ---- the recipe ---- */

/* Only what scores are made of: a store may hold a thousand vectors more. */
static enum wijk_err read_used(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                               const struct wijk__touched *only, const struct wijk_series **out, size_t *n)
{
    const struct wijk_series_key *key;
    size_t n_key;
    WIJK_TRY(wijk_store_list_series(cx, store, &key, &n_key));
    struct wijk_series *v = WIJK_NEW(cx, struct wijk_series, n_key);
    *n = 0;
    for (size_t i = 0; i < n_key; i++) {
        const struct wijk_series *s;
        if (!wijk__makes_scores(defs, key[i].indicator) ||
            !wijk__is_touched(only, key[i].level, key[i].division_year, key[i].period.year))
            continue;
        WIJK_TRY(wijk_store_read_series(cx, store, &key[i], &s));
        if (s) v[(*n)++] = *s;
    }
    *out = v;
    return WIJK_OK;
}

/* A score depends on series of its own division and year, and on the areas of that division: leaving the
 * others out changes nothing in it. */
static enum wijk_err measure(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                             const char *recipe, const struct wijk__touched *only)
{
    const struct wijk__layer *layer;
    const struct wijk_series *series;
    const struct wijk_scores *const *scores;
    size_t n_layer, n_series, n_scores;
    WIJK_TRY(read_used(cx, store, defs, only, &series, &n_series));
    if (!n_series) return WIJK_OK;
    WIJK_TRY(wijk__layers_read(cx, store, false, only, &layer, &n_layer));
    WIJK_TRY(wijk__flow_scores(cx, defs, recipe, layer, n_layer, series, n_series, &scores, &n_scores));
    for (size_t i = 0; i < n_scores; i++) WIJK_TRY(wijk_store_save_scores(cx, store, scores[i]));
    return WIJK_OK;
}

enum wijk_err wijk_flow_measure(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                                const char *recipe)
{
    if (recipe && !wijk_defs_method(defs, recipe))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", recipe);
    return measure(cx, store, defs, recipe, NULL);
}

enum wijk_err wijk__flow_measure_touched(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_defs *defs, const struct wijk__touched *touched)
{
    bool holds = true;
    for (size_t k = 0; k < defs->n_method && holds; k++)
        WIJK_TRY(wijk_store_method_holds(cx, store, &defs->method[k], &holds));
    if (!holds) return measure(cx, store, defs, NULL, NULL);
    return touched->n ? measure(cx, store, defs, NULL, touched) : WIJK_OK;
}
