/* SPDX-License-Identifier: EUPL-1.2 */
/* Series: one row per indicator, period, level, division and release, its vectors as blobs in area order. */
#include "store/store_int.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- saving ---- */

enum wijk_err wijk__series_check(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_series *s)
{
    struct wijk__q q =
        wijk__q(cx, store,
                wijk_sprintf(cx, "SELECT coalesce(max(pos) + 1, 0) FROM \"%s\" WHERE division_year = ?",
                             wijk__layer((int)s->key.level)));
    wijk__q_int(&q, s->key.division_year);
    size_t n_area = wijk__q_row(&q) ? (size_t)wijk__q_get_int(&q, 0) : 0;
    WIJK_TRY(wijk__q_end(&q));
    if (s->n > n_area)
        return wijk_fail(cx, WIJK_ESHAPE, "%s: %zu waarden voor %zu gebieden", s->key.indicator, s->n,
                         n_area);
    for (size_t k = 0; k < s->n; k++) {
        bool valued = wijk_status_valued((enum wijk_status)s->status[k]);
        if (s->status[k] >= WIJK_STATUS_COUNT || (valued ? !isfinite(s->value[k]) : !isnan(s->value[k])))
            return wijk_fail(cx, WIJK_EDATA, "%s: waarde %zu en haar status spreken elkaar tegen",
                             s->key.indicator, k + 1);
    }
    return WIJK_OK;
}

static bool all_same(const uint32_t *v, size_t n)
{
    for (size_t k = 1; k < n; k++)
        if (v[k] != v[0]) return false;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum wijk_err save_load_list(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                    const uint32_t *load, size_t n)
{
    if (n && all_same(load, n)) n = 1; /* the usual case: one file filled the vector */
    uint32_t *sorted = WIJK_NEW(cx, uint32_t, n);
    memcpy(sorted, load, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_number);
    struct wijk__q q = wijk__q(cx, store, "INSERT INTO series_load VALUES (?, ?)");
    for (size_t k = 0; k < n && !q.err; k++) {
        if (!sorted[k] || (k && sorted[k] == sorted[k - 1])) continue;
        wijk__q_again(&q);
        wijk__q_int(&q, id);
        wijk__q_int(&q, sorted[k]);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

void wijk__series_bind(struct wijk__q *q, const struct wijk_series_key *key)
{
    wijk__q_text(q, key->indicator);
    wijk__q_text(q, wijk_level_id(key->level));
    wijk__q_int(q, key->division_year);
    wijk__q_int(q, wijk_period_key(key->period));
    wijk__q_text(q, key->release);
}

static void note_series(struct wijk_store *store, const struct wijk_series *s, const void *value,
                        size_t n_value)
{
    int32_t period = wijk_period_key(s->key.period);
    wijk__store_note(store, s->key.indicator, strlen(s->key.indicator));
    wijk__store_note(store, s->key.release, strlen(s->key.release));
    wijk__store_note(store, wijk_level_id(s->key.level), strlen(wijk_level_id(s->key.level)));
    wijk__store_note(store, &s->key.division_year, sizeof s->key.division_year);
    wijk__store_note(store, &period, sizeof period);
    wijk__store_note(store, value, n_value);
    wijk__store_note(store, s->status, s->n);
}

static enum wijk_err save_series(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_series *s = arg;
    static const uint32_t none = 0;
    const uint32_t *load = s->load && s->n ? s->load : &none, *row = s->row && s->n ? s->row : &none;
    size_t n_load = load == &none ? 1 : s->n, n_row = row == &none ? 1 : s->n;
    WIJK_TRY(wijk__series_check(cx, store, s));

    struct wijk__q q = wijk__q(cx, store, "DELETE FROM series" WIJK__OF_SERIES);
    wijk__series_bind(&q, &s->key);
    WIJK_TRY(wijk__q_done(&q));

    bool one_load = all_same(load, n_load), no_row = row[0] == 0 && all_same(row, n_row);
    const void *value, *status, *rows, *loads;
    const size_t n_value = wijk__packed_from_f64(cx, s->value, s->n, &value);
    const size_t n_status = wijk__packed_from_u8(cx, s->status, s->n, &status);
    const size_t n_rows = wijk__packed_from_u32(cx, row, n_row, &rows);
    const size_t n_loads = wijk__packed_from_u32(cx, load, n_load, &loads);
    note_series(store, s, value, n_value);
    q = wijk__q(
        cx, store,
        "INSERT INTO series (indicator, level, division_year, period, release, n, load_id, value, status,"
        " source_row, cell_load) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?)");
    wijk__series_bind(&q, &s->key);
    wijk__q_int(&q, (int64_t)s->n);
    wijk__q_int(&q, one_load ? load[0] : 0);
    wijk__q_blob(&q, value, n_value);
    wijk__q_blob(&q, status, n_status);
    if (no_row)
        wijk__q_null(&q);
    else
        wijk__q_blob(&q, rows, n_rows);
    if (one_load)
        wijk__q_null(&q);
    else
        wijk__q_blob(&q, loads, n_loads);
    WIJK_TRY(wijk__q_done(&q));
    return save_load_list(cx, store, sqlite3_last_insert_rowid(store->db), load, n_load);
}

static enum wijk_err save_series_lean(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    enum wijk_err err = save_series(cx, store, arg);
    wijk_cx_rewind(cx, mark);
    return err;
}

enum wijk_err wijk_store_save_series(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_series *s)
{
    return wijk__store_write(cx, store, save_series_lean, (void *)(uintptr_t)s);
}

/* ---- reading ---- */

#define KEY_COLUMNS "indicator, level, division_year, period, release"
#define ALL_COLUMNS WIJK__SERIES_COLUMNS "load_id"

static enum wijk_err damaged(struct wijk__q *q, const char *indicator)
{
    return wijk_fail(q->cx, WIJK_ESTORE, "%s: de reeks %s is beschadigd; zet een back-up terug",
                     q->store->label, indicator ? indicator : "?");
}

static enum wijk_err read_key(struct wijk__q *q, struct wijk_series_key *key)
{
    const char *level = wijk__q_get_text(q, 1);
    *key = (struct wijk_series_key){.indicator = wijk__q_get_text(q, 0),
                                    .division_year = (int)wijk__q_get_int(q, 2),
                                    .period = wijk_period_of_key((int32_t)wijk__q_get_int(q, 3)),
                                    .release = wijk__q_get_text(q, 4)};
    if (!key->indicator || !key->release || !wijk_level_parse(wijk_str(level), &key->level))
        return damaged(q, key->indicator);
    return WIJK_OK;
}

/* The vectors of rows and loads read last. All series of one file have the same two, and they follow each
 * other in the table: one copy serves them, which halves a national snapshot. */
struct shared {
    const uint32_t *row, *load;
    size_t n_row, n_load;
};

static const uint32_t *numbers(struct wijk__q *q, struct wijk_str blob, size_t n, uint32_t otherwise,
                               const uint32_t **last, size_t *n_last)
{
    uint32_t *v = NULL;
    const struct wijk_mark mark = wijk_cx_mark(q->cx);
    if (blob.p) {
        v = wijk__packed_to_u32(q->cx, blob, n);
        if (!v) return NULL;
    } else {
        v = WIJK_NEW(q->cx, uint32_t, n);
        for (size_t k = 0; otherwise && k < n; k++) v[k] = otherwise;
    }
    if (*last && *n_last == n && memcmp(*last, v, n * sizeof *v) == 0) {
        wijk_cx_rewind(q->cx, mark);
        return *last;
    }
    *last = v;
    *n_last = n;
    return v;
}

static bool cells_agree(const struct wijk_series *s)
{
    for (size_t k = 0; k < s->n; k++) {
        bool valued = wijk_status_valued((enum wijk_status)s->status[k]);
        if (s->status[k] >= WIJK_STATUS_COUNT || valued == !isfinite(s->value[k])) return false;
    }
    return true;
}

static enum wijk_err read_one(struct wijk__q *q, struct wijk_series *s, struct shared *last)
{
    WIJK_TRY(read_key(q, &s->key));
    int64_t n = wijk__q_get_int(q, 5), load = wijk__q_get_int(q, 10);
    struct wijk_str value = wijk__q_get_blob(q, 6), status = wijk__q_get_blob(q, 7);
    struct wijk_str row = wijk__q_get_blob(q, 8), cell_load = wijk__q_get_blob(q, 9);
    if (n < 0 || n > WIJK_LIMIT_ROWS) return damaged(q, s->key.indicator);
    s->n = (size_t)n;
    if (load < 0 || load > UINT32_MAX) return damaged(q, s->key.indicator);
    s->value = wijk__packed_to_f64(q->cx, value, s->n);
    s->status = s->value ? wijk__packed_to_u8(q->cx, status, s->n) : NULL;
    if (!s->status) return damaged(q, s->key.indicator);
    s->row = numbers(q, row, s->n, 0, &last->row, &last->n_row);
    s->load = numbers(q, cell_load, s->n, (uint32_t)load, &last->load, &last->n_load);
    if (!s->row || !s->load) return damaged(q, s->key.indicator);
    return cells_agree(s) ? WIJK_OK : damaged(q, s->key.indicator);
}

enum wijk_err wijk__series_read(struct wijk__q *q, struct wijk_series *s)
{
    return read_one(q, s, &(struct shared){0});
}

enum wijk_err wijk_store_read_series(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_series_key *key, const struct wijk_series **out)
{
    *out = NULL;
    struct wijk__q q = wijk__q(cx, store, "SELECT " ALL_COLUMNS " FROM series" WIJK__OF_SERIES);
    wijk__series_bind(&q, key);
    if (wijk__q_row(&q)) {
        struct wijk_series *s = WIJK_NEW(cx, struct wijk_series, 1);
        q.err = wijk__series_read(&q, s);
        if (!q.err) *out = s;
    }
    return wijk__q_end(&q);
}

/* Levels in the order of WIJK_LEVELS. */
int wijk__series_order(const struct wijk_series_key *a, const struct wijk_series_key *b)
{
    int d = strcmp(a->indicator, b->indicator);
    if (!d) d = (int)a->level - (int)b->level;
    if (!d) d = (a->division_year > b->division_year) - (a->division_year < b->division_year);
    if (!d) d = wijk_period_key(a->period) - wijk_period_key(b->period);
    return d ? d : wijk_release_order(a->release, b->release);
}
static int keys_in_order(const void *a, const void *b)
{
    return wijk__series_order(a, b);
}
static int series_in_order(const void *a, const void *b)
{
    return wijk__series_order(&((const struct wijk_series *)a)->key, &((const struct wijk_series *)b)->key);
}

enum wijk_err wijk_store_list_series(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_series_key **out, size_t *n)
{
    int64_t count;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT count(*) FROM series", &count));
    struct wijk_series_key *v = WIJK_NEW(cx, struct wijk_series_key, count);
    struct wijk__q q = wijk__q(cx, store, "SELECT " KEY_COLUMNS " FROM series");
    for (*n = 0; *n < (size_t)count && wijk__q_row(&q); ++*n) q.err = read_key(&q, &v[*n]);
    qsort(v, *n, sizeof *v, keys_in_order);
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_read_all_series(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_series **out, size_t *n)
{
    int64_t count;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT count(*) FROM series", &count));
    struct wijk_series *v = WIJK_NEW(cx, struct wijk_series, count);
    struct wijk__q q = wijk__q(cx, store, "SELECT " ALL_COLUMNS " FROM series");
    struct shared last = {0};
    for (*n = 0; *n < (size_t)count && wijk__q_row(&q); ++*n) q.err = read_one(&q, &v[*n], &last);
    enum wijk_err err = wijk__q_end(&q);
    if (!err) qsort(v, *n, sizeof *v, series_in_order);
    *out = v;
    return err;
}
