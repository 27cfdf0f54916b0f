/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers about drawn areas: they are added, never changed. They are no data, so a new one leaves
 * data_version as it is. */
#include "store/store_int.h"

#include <string.h>

/* A store of an older schema, opened for reading, has no such table. */
static enum wijk_err has_table(struct wijk_cx *cx, struct wijk_store *store, bool *has)
{
    int64_t n = 0;
    WIJK_TRY(wijk__store_number(
        cx, store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'drawn_answer'", &n));
    *has = n > 0;
    return WIJK_OK;
}

/* Codes, one a line. */
static void take_members(struct wijk_cx *cx, const char *text, struct wijk_drawn_answer *a)
{
    size_t most = 1;
    for (const char *p = text; *p; p++) most += *p == '\n';
    const char **code = WIJK_NEW(cx, const char *, most);
    for (size_t n; *text; text += n + (text[n] == '\n')) {
        n = strcspn(text, "\n");
        code[a->n_member++] = wijk_str_dup(cx, (struct wijk_str){text, n});
    }
    a->member = code;
}

static enum wijk_err read_figures(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                  struct wijk_drawn_answer *a)
{
    struct wijk_drawn_figure *v = NULL;
    size_t cap = 0;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT indicator, period, value, status, known, covered FROM drawn_figure"
                               " WHERE answer_id = ? ORDER BY nr");
    wijk__q_int(&q, id);
    while (wijk__q_row(&q)) {
        int64_t status = wijk__q_get_int(&q, 3);
        v = wijk_grow(cx, v, a->n_figure, &cap, sizeof *v);
        v[a->n_figure++] = (struct wijk_drawn_figure){
            .indicator = wijk__q_get_text(&q, 0),
            .period = wijk_period_of_key((int32_t)wijk__q_get_int(&q, 1)),
            .value = wijk__q_get_real(&q, 2),
            .status =
                status >= 0 && status < WIJK_STATUS_COUNT ? (enum wijk_status)status : WIJK_STATUS_MISSING,
            .known = (uint32_t)wijk__q_get_int(&q, 4),
            .covered = wijk__q_get_real(&q, 5)};
    }
    a->figure = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_find_drawn(struct wijk_cx *cx, struct wijk_store *store, const char *key,
                                    const struct wijk_drawn_answer **out)
{
    bool has;
    *out = NULL;
    WIJK_TRY(has_table(cx, store, &has));
    if (!has) return WIJK_OK;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT id, key, level, division_year, members, persons, data_version,"
                               " asked_at FROM drawn_answer WHERE key = ?");
    wijk__q_text(&q, key);
    int64_t id = 0;
    struct wijk_drawn_answer *a = NULL;
    if (wijk__q_row(&q)) {
        a = WIJK_NEW(cx, struct wijk_drawn_answer, 1);
        id = wijk__q_get_int(&q, 0);
        a->key = wijk__q_get_text(&q, 1);
        if (!wijk_level_parse(wijk_str(wijk__q_get_text(&q, 2)), &a->level)) a->level = WIJK_LEVEL_COUNT;
        a->division_year = (int)wijk__q_get_int(&q, 3);
        take_members(cx, wijk__q_get_text(&q, 4), a);
        a->persons = wijk__q_get_real(&q, 5);
        a->data_version = wijk__q_get_text(&q, 6);
        a->asked_at = wijk__q_get_text(&q, 7);
    }
    WIJK_TRY(wijk__q_end(&q));
    if (a) WIJK_TRY(read_figures(cx, store, id, a));
    *out = a;
    return WIJK_OK;
}

enum wijk_err wijk_store_read_drawn(struct wijk_cx *cx, struct wijk_store *store, enum wijk_level level,
                                    int division_year, const struct wijk_drawn_answer **out, size_t *n)
{
    bool has;
    struct wijk_drawn_answer *v = NULL;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    WIJK_TRY(has_table(cx, store, &has));
    if (!has) return WIJK_OK;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT members, max(persons) FROM drawn_answer WHERE level = ? AND"
                               " division_year = ? GROUP BY members ORDER BY members");
    wijk__q_text(&q, wijk_level_id(level));
    wijk__q_int(&q, division_year);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[*n] = (struct wijk_drawn_answer){
            .level = level, .division_year = division_year, .persons = wijk__q_get_real(&q, 1)};
        take_members(cx, wijk__q_get_text(&q, 0), &v[(*n)++]);
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_count_drawn(struct wijk_cx *cx, struct wijk_store *store, const char *since,
                                     size_t *n)
{
    bool has;
    *n = 0;
    WIJK_TRY(has_table(cx, store, &has));
    if (!has) return WIJK_OK;
    struct wijk__q q = wijk__q(cx, store, "SELECT count(*) FROM drawn_answer WHERE asked_at >= ?");
    wijk__q_text(&q, since);
    if (wijk__q_row(&q)) *n = (size_t)wijk__q_get_int(&q, 0);
    return wijk__q_end(&q);
}

/* ---- saving ---- */

static enum wijk_err save_figures(struct wijk_cx *cx, struct wijk_store *store,
                                  const struct wijk_drawn_answer *a)
{
    int64_t id = sqlite3_last_insert_rowid(store->db);
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO drawn_figure (answer_id, nr, indicator, period, value, status,"
                               " known, covered) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < a->n_figure && !q.err; i++) {
        const struct wijk_drawn_figure *f = &a->figure[i];
        wijk__q_again(&q);
        wijk__q_int(&q, id);
        wijk__q_int(&q, (int64_t)i + 1);
        wijk__q_text(&q, f->indicator);
        wijk__q_int(&q, wijk_period_key(f->period));
        wijk__q_real(&q, f->value);
        wijk__q_int(&q, f->status);
        wijk__q_int(&q, f->known);
        wijk__q_real(&q, f->covered);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_drawn_answer *a = arg;
    struct wijk_buf members = wijk_buf(cx, 0);
    int64_t before = sqlite3_total_changes64(store->db);
    for (size_t i = 0; i < a->n_member; i++) {
        if (i) wijk_buf_char(&members, '\n');
        wijk_buf_str(&members, a->member[i]);
    }
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO drawn_answer (key, level, division_year, n, members, persons,"
                               " data_version, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, a->key);
    wijk__q_text(&q, wijk_level_id(a->level));
    wijk__q_int(&q, a->division_year);
    wijk__q_int(&q, (int64_t)a->n_member);
    wijk__q_text(&q, wijk_buf_cstr(&members));
    wijk__q_real(&q, a->persons);
    wijk__q_text(&q, a->data_version);
    wijk__q_text(&q, a->asked_at);
    WIJK_TRY(wijk__q_done(&q));
    WIJK_TRY(save_figures(cx, store, a));
    store->changes_at_begin += sqlite3_total_changes64(store->db) - before;
    return WIJK_OK;
}

enum wijk_err wijk_store_save_drawn(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_drawn_answer *a)
{
    struct wijk_drawn_answer copy = *a;
    return wijk__store_write(cx, store, save, &copy);
}
