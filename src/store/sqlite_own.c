/* SPDX-License-Identifier: EUPL-1.2 */
/* Definitions of sources that were made with this store open, as text. What they mean is read elsewhere. */
#include "store/store_int.h"

#include <string.h>

enum { OWN_MAX = 1000 };

/* A store of an older schema, opened for reading, has no such table. */
static enum wijk_err has_table(struct wijk_cx *cx, struct wijk_store *store, bool *has)
{
    int64_t n = 0;
    WIJK_TRY(wijk__store_number(
        cx, store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'own_source'", &n));
    *has = n > 0;
    return WIJK_OK;
}

enum wijk_err wijk_store_read_own_sources(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_own_source **out, size_t *n)
{
    bool has;
    size_t cap = 0;
    struct wijk_own_source *v = NULL;
    *n = 0;
    *out = NULL;
    WIJK_TRY(has_table(cx, store, &has));
    if (!has) return WIJK_OK;
    struct wijk__q q =
        wijk__q(cx, store, "SELECT source, title, yaml, made_at FROM own_source ORDER BY source LIMIT ?");
    wijk__q_int(&q, OWN_MAX);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[*n] = (struct wijk_own_source){wijk__q_get_text(&q, 0), wijk__q_get_text(&q, 1),
                                         wijk__q_get_text(&q, 2), wijk__q_get_text(&q, 3)};
        ++*n;
    }
    *out = v;
    return wijk__q_end(&q);
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_own_source *s = arg;
    int64_t n = 0;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT count(*) FROM own_source", &n));
    if (n >= OWN_MAX)
        return wijk_fail(cx, WIJK_ELIMIT, "Er zijn al %d eigen bronnen; meer passen er niet.", OWN_MAX);
    wijk__store_note(store, s->id, strlen(s->id));
    wijk__store_note(store, s->yaml, strlen(s->yaml));
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO own_source (source, title, yaml, made_at) VALUES (?, ?, ?, ?)"
                               " ON CONFLICT (source) DO UPDATE SET title = excluded.title,"
                               " yaml = excluded.yaml, made_at = excluded.made_at");
    wijk__q_text(&q, s->id);
    wijk__q_text(&q, s->title);
    wijk__q_text(&q, s->yaml);
    wijk__q_text(&q, s->made_at);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_save_own_source(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_own_source *s)
{
    struct wijk_own_source copy = *s;
    if (strlen(s->yaml) > WIJK_LIMIT_YAML)
        return wijk_fail(cx, WIJK_ELIMIT, "De beschrijving van bron %s is te groot.", s->id);
    return wijk__store_write(cx, store, save, &copy);
}
