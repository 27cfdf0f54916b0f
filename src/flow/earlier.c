/* SPDX-License-Identifier: EUPL-1.2 */
/* Was this very file loaded before? A file of the whole country may be loaded for one gemeente after another:
 * then it counts only when figures of this gemeente came out of it. */
#include "flow/flow_int.h"

#include <string.h>

/* The loads of this file for this source. */
struct same {
    size_t n;
    uint32_t *id;
};

static bool is_of(const struct same *same, uint32_t load)
{
    for (size_t i = 0; i < same->n; i++)
        if (same->id[i] == load) return true;
    return false;
}

/* Does a cell of this series belong to the gemeente and come from one of these loads? */
static bool holds(const struct wijk_series *s, const struct wijk_areas *areas, const char *gemeente,
                  const struct same *same)
{
    char code[WIJK_CODE_MAX];
    for (size_t i = 0; s->load && i < s->n && i < areas->n; i++)
        if (is_of(same, s->load[i]) && wijk_code_gemeente(areas->v[i].code, code) &&
            strcmp(code, gemeente) == 0)
            return true;
    return false;
}

static enum wijk_err any_figure(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                const struct same *same, bool *found)
{
    const struct wijk_series_key *key;
    size_t n;
    *found = false;
    WIJK_TRY(wijk_store_list_series(cx, store, &key, &n));
    for (size_t i = 0; i < n && !*found; i++) {
        const struct wijk_series *s;
        const struct wijk_areas *areas;
        struct wijk_mark mark = wijk_cx_mark(cx);
        WIJK_TRY(wijk_store_read_series(cx, store, &key[i], &s));
        WIJK_TRY(wijk_store_read_areas(cx, store, key[i].level, key[i].division_year, false, &areas));
        *found = s && holds(s, areas, gemeente, same);
        wijk_cx_rewind(cx, mark);
    }
    return WIJK_OK;
}

enum wijk_err wijk__flow_earlier(struct wijk_cx *cx, struct wijk_store *store, const char *source,
                                 const char *sha256, const char *gemeente, const struct wijk_load **out)
{
    const struct wijk_load *all;
    size_t n;
    struct same same = {0};
    bool found;
    WIJK_TRY(wijk_store_find_load(cx, store, source, sha256, out));
    if (!*out || !gemeente) return WIJK_OK;
    WIJK_TRY(wijk_store_read_loads(cx, store, &all, &n));
    same.id = WIJK_NEW(cx, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].source, source) == 0 && strcmp(all[i].sha256, sha256) == 0)
            same.id[same.n++] = all[i].id;
    WIJK_TRY(any_figure(cx, store, gemeente, &same, &found));
    if (!found) *out = NULL;
    return WIJK_OK;
}
