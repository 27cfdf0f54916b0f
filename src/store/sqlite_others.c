/* SPDX-License-Identifier: EUPL-1.2 */
/* What a source delivered of a figure that another source tells otherwise: kept beside the series, by source.
 */
#include "store/store_int.h"

#include <stdlib.h>
#include <string.h>

static enum wijk_err insert(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_other *o)
{
    const struct wijk_series *s = &o->s;
    const void *value, *status, *row, *load;
    const size_t n_value = wijk__packed_from_f64(cx, s->value, s->n, &value);
    const size_t n_status = wijk__packed_from_u8(cx, s->status, s->n, &status);
    const size_t n_row = wijk__packed_from_u32(cx, s->row, s->n, &row);
    const size_t n_load = wijk__packed_from_u32(cx, s->load, s->n, &load);
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO other_figure (indicator, level, division_year, period, release,"
                               " source, n, value, status, source_row, cell_load)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__series_bind(&q, &s->key);
    wijk__q_text(&q, o->source);
    wijk__q_int(&q, (int64_t)s->n);
    wijk__q_blob(&q, value, n_value);
    wijk__q_blob(&q, status, n_status);
    wijk__q_blob(&q, row, n_row);
    wijk__q_blob(&q, load, n_load);
    wijk__store_note(store, o->source, strlen(o->source));
    wijk__store_note(store, s->key.indicator, strlen(s->key.indicator));
    wijk__store_note(store, value, n_value);
    wijk__store_note(store, load, n_load);
    return wijk__q_done(&q);
}

static enum wijk_err save_other(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_other *o = arg;
    bool any = false;
    WIJK_TRY(wijk__series_check(cx, store, &o->s));
    struct wijk__q q = wijk__q(cx, store, "DELETE FROM other_figure" WIJK__OF_SERIES " AND source = ?");
    wijk__series_bind(&q, &o->s.key);
    wijk__q_text(&q, o->source);
    WIJK_TRY(wijk__q_done(&q));
    for (size_t i = 0; i < o->s.n && !any; i++) any = o->s.load[i] != 0;
    if (!any) return WIJK_OK;
    struct wijk_mark mark = wijk_cx_mark(cx);
    enum wijk_err err = insert(cx, store, o);
    wijk_cx_rewind(cx, mark);
    return err;
}

enum wijk_err wijk_store_save_other(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_other *o)
{
    return wijk__store_write(cx, store, save_other, (void *)(uintptr_t)o);
}

static int in_order(const void *a, const void *b)
{
    const struct wijk_other *x = a, *y = b;
    int d = wijk__series_order(&x->s.key, &y->s.key);
    return d ? d : strcmp(x->source, y->source);
}

enum wijk_err wijk_store_read_others(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_series_key *key, const struct wijk_other **out,
                                     size_t *n)
{
    int64_t there;
    struct wijk_other *v = NULL;
    size_t cap = 0;
    *out = NULL, *n = 0;
    WIJK_TRY(wijk__store_number(
        cx, store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'other_figure'",
        &there));
    if (!there) return WIJK_OK; /* an older schema, opened for reading */
    struct wijk__q q =
        wijk__q(cx, store,
                key ? "SELECT " WIJK__SERIES_COLUMNS "0, source FROM other_figure" WIJK__OF_SERIES
                    : "SELECT " WIJK__SERIES_COLUMNS "0, source FROM other_figure");
    if (key) wijk__series_bind(&q, key);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        const char *source = wijk__q_get_text(&q, 11); /* NULL in a file of someone else */
        v[*n].source = source ? source : "";
        q.err = wijk__series_read(&q, &v[*n].s);
        if (!q.err) ++*n;
    }
    if (*n) qsort(v, *n, sizeof *v, in_order);
    *out = v;
    return wijk__q_end(&q);
}
