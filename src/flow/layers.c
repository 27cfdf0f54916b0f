/* SPDX-License-Identifier: EUPL-1.2 */
/* The divisions of a store with every area's place in the level above. */
#include "flow/flow_int.h"

#include <string.h>

static bool level_above(enum wijk_level level, enum wijk_level *out)
{
    if (level != WIJK_LEVEL_BUURT && level != WIJK_LEVEL_WIJK) return false;
    *out = level == WIJK_LEVEL_BUURT ? WIJK_LEVEL_WIJK : WIJK_LEVEL_GEMEENTE;
    return true;
}

static const struct wijk__layer *layer_find(const struct wijk__layer *layer, size_t n, enum wijk_level level,
                                            int year)
{
    for (size_t i = 0; i < n; i++)
        if (layer[i].areas.level == level && layer[i].areas.division_year == year) return &layer[i];
    return NULL;
}

/* The parent as the source gave it, else as the code's form tells. */
static size_t parent_of(const struct wijk_area *area, const struct wijk__layer *above)
{
    char code[WIJK_CODE_MAX];
    size_t at = area->parent ? wijk_area_find(above->index, area->parent) : SIZE_MAX;
    if (at == SIZE_MAX && wijk_code_parent(area->code, code)) at = wijk_area_find(above->index, code);
    return at;
}

enum wijk_err wijk__layers_read(struct wijk_cx *cx, struct wijk_store *store, bool with_geometry,
                                const struct wijk__touched *only, const struct wijk__layer **out, size_t *n)
{
    const struct wijk_division *division;
    size_t n_division;
    WIJK_TRY(wijk_store_divisions(cx, store, &division, &n_division));
    struct wijk__layer *layer = WIJK_NEW(cx, struct wijk__layer, n_division);
    *n = 0;
    for (size_t i = 0; i < n_division; i++) {
        const struct wijk_areas *areas;
        if (!wijk__is_touched(only, division[i].level, division[i].division_year, 0)) continue;
        WIJK_TRY(wijk_store_read_areas(cx, store, division[i].level, division[i].division_year, with_geometry,
                                       &areas));
        layer[*n].areas = *areas;
        layer[*n].index = wijk_area_index(cx, &layer[*n].areas);
        ++*n;
    }
    for (size_t i = 0; i < *n; i++) {
        const struct wijk_areas *a = &layer[i].areas;
        enum wijk_level up;
        const struct wijk__layer *above =
            level_above(a->level, &up) ? layer_find(layer, *n, up, a->division_year) : NULL;
        size_t *parent = WIJK_NEW(cx, size_t, a->n);
        for (size_t k = 0; k < a->n; k++) parent[k] = above ? parent_of(&a->v[k], above) : SIZE_MAX;
        layer[i].parent = parent;
    }
    *out = layer;
    return WIJK_OK;
}
