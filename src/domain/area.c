/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding an area by its code: a hash index, and the nearest code to one that is wrong. */
#include "domain/domain.h"

#include <string.h>

/* Open addressing with linear steps; at most half full. slot holds place + 1, 0 = empty. */
struct wijk_area_index {
    const struct wijk_areas *areas;
    size_t mask;
    size_t *slot;
};

static size_t slot_of(const struct wijk_area_index *ix, const char *code)
{
    size_t at = (size_t)wijk_hash64(code, strlen(code), 0) & ix->mask;
    while (ix->slot[at] && strcmp(ix->areas->v[ix->slot[at] - 1].code, code) != 0) at = (at + 1) & ix->mask;
    return at;
}

const struct wijk_area_index *wijk_area_index(struct wijk_cx *cx, const struct wijk_areas *areas)
{
    struct wijk_area_index *ix = WIJK_NEW(cx, struct wijk_area_index, 1);
    size_t size = 16;
    while (size < 2 * areas->n) size *= 2;
    ix->areas = areas;
    ix->mask = size - 1;
    ix->slot = WIJK_NEW(cx, size_t, size);
    for (size_t i = 0; i < areas->n; i++) {
        size_t at = slot_of(ix, areas->v[i].code);
        if (!ix->slot[at]) ix->slot[at] = i + 1; /* of a doubled code the first counts */
    }
    return ix;
}

size_t wijk_area_find(const struct wijk_area_index *ix, const char *code)
{
    size_t found = ix->slot[slot_of(ix, code)];
    return found ? found - 1 : SIZE_MAX;
}

enum { EDITS_MAX = 2 };

const char *wijk_area_suggest(const struct wijk_areas *areas, const char *code)
{
    char own[WIJK_CODE_MAX];
    struct wijk_str wrong = wijk_str_trim(wijk_str(code));
    if (wrong.n >= sizeof own) return NULL; /* too long to be two edits from any code */
    if (!wijk_code_normalise(wrong, areas->level, own)) {
        for (size_t i = 0; i < wrong.n; i++)
            own[i] = wrong.p[i] >= 'a' && wrong.p[i] <= 'z' ? (char)(wrong.p[i] - 32) : wrong.p[i];
        own[wrong.n] = '\0';
    }
    wrong = wijk_str(own);
    const char *best = NULL;
    size_t fewest = EDITS_MAX + 1;
    for (size_t i = 0; i < areas->n && fewest > 0; i++) {
        struct wijk_str right = wijk_str(areas->v[i].code);
        size_t apart = right.n > wrong.n ? right.n - wrong.n : wrong.n - right.n;
        if (apart >= fewest) continue;
        size_t edits = wijk_str_distance(wrong, right);
        if (edits >= fewest) continue;
        fewest = edits;
        best = areas->v[i].code;
    }
    return best;
}
