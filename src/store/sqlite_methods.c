/* SPDX-License-Identifier: EUPL-1.2 */
/* The methods as they were when scores were computed: kept once for each form, found again by their hash. */
#include "store/store_int.h"

#include <string.h>

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

/* ---- one form, one hash ---- */

static void add_text(struct wijk_buf *b, const char *s)
{
    wijk_buf_printf(b, "%zu:%s", strlen(or_empty(s)), or_empty(s));
}

/* 16 hex digits of all that is in the definition. */
static const char *hash_of(struct wijk_cx *cx, const struct wijk_method *m)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    const char *const text[] = {m->id,    m->version, m->label_nl,       m->label_en,
                                m->total, m->score,   m->delivered_class};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) add_text(&b, text[k]);
    wijk_buf_printf(&b, "%.17g", m->sum_tolerance);
    for (size_t d = 0; d < m->n_dimension; d++) {
        add_text(&b, m->dimension[d].id);
        add_text(&b, m->dimension[d].label_nl);
        add_text(&b, m->dimension[d].label_en);
        add_text(&b, m->dimension[d].indicator);
    }
    for (size_t k = 0; k < WIJK_CLASSES; k++) {
        add_text(&b, m->class_nl[k]);
        add_text(&b, m->class_en[k]);
    }
    for (size_t l = 0; l < m->n_limits; l++) {
        add_text(&b, m->limits[l].release);
        for (size_t k = 0; k < WIJK_CLASSES - 1; k++) wijk_buf_printf(&b, " %.17g", m->limits[l].limit[k]);
    }
    return wijk_sprintf(cx, "%016llx", (unsigned long long)wijk_hash64(b.p, b.n, 0));
}

static enum wijk_err find(struct wijk_cx *cx, struct wijk_store *store, const char *method, const char *hash,
                          int64_t *id)
{
    struct wijk__q q = wijk__q(cx, store, "SELECT id FROM method WHERE method = ? AND hash = ?");
    wijk__q_text(&q, method);
    wijk__q_text(&q, hash);
    *id = wijk__q_row(&q) ? wijk__q_get_int(&q, 0) : 0;
    return wijk__q_end(&q);
}

/* ---- saving ---- */

static enum wijk_err save_dimensions(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_method *m, int64_t id)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO method_dimension (method_id, nr, dimension, label_nl, label_en, indicator)"
                " VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t d = 0; d < m->n_dimension && !q.err; d++) {
        wijk__q_again(&q);
        wijk__q_int(&q, id);
        wijk__q_int(&q, (int64_t)d + 1);
        wijk__q_text(&q, or_empty(m->dimension[d].id));
        wijk__q_text(&q, or_empty(m->dimension[d].label_nl));
        wijk__q_text(&q, or_empty(m->dimension[d].label_en));
        wijk__q_text(&q, or_empty(m->dimension[d].indicator));
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_classes(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_method *m,
                                  int64_t id)
{
    struct wijk__q q = wijk__q(
        cx, store, "INSERT INTO method_class (method_id, class, label_nl, label_en) VALUES (?, ?, ?, ?)");
    for (size_t k = 0; k < WIJK_CLASSES && !q.err; k++) {
        wijk__q_again(&q);
        wijk__q_int(&q, id);
        wijk__q_int(&q, (int64_t)k + 1);
        wijk__q_text(&q, or_empty(m->class_nl[k]));
        wijk__q_text(&q, or_empty(m->class_en[k]));
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_limits(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_method *m,
                                 int64_t id)
{
    struct wijk__q q =
        wijk__q(cx, store, "INSERT INTO method_limit (method_id, release, class, upper) VALUES (?, ?, ?, ?)");
    for (size_t l = 0; l < m->n_limits; l++)
        for (size_t k = 0; k < WIJK_CLASSES - 1 && !q.err; k++) {
            wijk__q_again(&q);
            wijk__q_int(&q, id);
            wijk__q_text(&q, m->limits[l].release);
            wijk__q_int(&q, (int64_t)k + 1);
            wijk__q_real(&q, m->limits[l].limit[k]);
            wijk__q_row(&q);
        }
    return wijk__q_end(&q);
}

enum wijk_err wijk__method_save(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_method *m,
                                int64_t *id)
{
    const char *hash = hash_of(cx, m);
    WIJK_TRY(find(cx, store, m->id, hash, id));
    if (*id) return WIJK_OK;
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO method (method, version, hash, label_nl, label_en, total, score,"
                               " delivered_class, sum_tolerance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const char *const text[] = {m->id,       m->version, hash,     m->label_nl,
                                m->label_en, m->total,   m->score, m->delivered_class};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) wijk__q_text(&q, or_empty(text[k]));
    wijk__q_real(&q, m->sum_tolerance);
    WIJK_TRY(wijk__q_done(&q));
    *id = sqlite3_last_insert_rowid(store->db);
    wijk__store_note(store, hash, strlen(hash));
    WIJK_TRY(save_dimensions(cx, store, m, *id));
    WIJK_TRY(save_classes(cx, store, m, *id));
    return save_limits(cx, store, m, *id);
}

/* ---- reading ---- */

static enum wijk_err read_dimensions(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                     struct wijk_method *m)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT dimension, label_nl, label_en, indicator FROM method_dimension"
                               " WHERE method_id = ? ORDER BY nr");
    wijk__q_int(&q, id);
    while (m->n_dimension < WIJK_DIMENSIONS_MAX && wijk__q_row(&q))
        m->dimension[m->n_dimension++] = (struct wijk_method_dimension){.id = wijk__q_get_text(&q, 0),
                                                                        .label_nl = wijk__q_get_text(&q, 1),
                                                                        .label_en = wijk__q_get_text(&q, 2),
                                                                        .indicator = wijk__q_get_text(&q, 3)};
    return wijk__q_end(&q);
}

static enum wijk_err read_classes(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                  struct wijk_method *m)
{
    struct wijk__q q =
        wijk__q(cx, store, "SELECT class, label_nl, label_en FROM method_class WHERE method_id = ?");
    for (size_t k = 0; k < WIJK_CLASSES; k++) m->class_nl[k] = m->class_en[k] = "";
    wijk__q_int(&q, id);
    while (wijk__q_row(&q)) {
        int64_t k = wijk__q_get_int(&q, 0) - 1;
        if (k < 0 || k >= WIJK_CLASSES) continue;
        m->class_nl[k] = wijk__q_get_text(&q, 1);
        m->class_en[k] = wijk__q_get_text(&q, 2);
    }
    return wijk__q_end(&q);
}

/* Releases in the order they were kept; a release without eight rising limits is damage. */
static enum wijk_err read_limits(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                 struct wijk_method *m)
{
    struct wijk_class_limits *list = NULL;
    size_t n = 0, cap = 0, k = 0;
    bool sound = true;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT release, class, upper, min(id) OVER (PARTITION BY release) AS first"
                               " FROM method_limit WHERE method_id = ? ORDER BY first, class");
    wijk__q_int(&q, id);
    while (sound && wijk__q_row(&q)) {
        const char *release = wijk__q_get_text(&q, 0);
        if (k == 0) {
            list = wijk_grow(cx, list, n, &cap, sizeof *list);
            list[n++] = (struct wijk_class_limits){.release = release};
        }
        double upper = wijk__q_get_real(&q, 2);
        sound = strcmp(list[n - 1].release, release) == 0 && wijk__q_get_int(&q, 1) == (int64_t)k + 1 &&
                (k == 0 || upper > list[n - 1].limit[k - 1]);
        list[n - 1].limit[k] = upper;
        k = (k + 1) % (WIJK_CLASSES - 1);
    }
    WIJK_TRY(wijk__q_end(&q));
    if (!sound || k)
        return wijk_fail(cx, WIJK_ESTORE, "%s: de klassengrenzen van de methode %s zijn beschadigd",
                         store->label, m->id);
    m->limits = list;
    m->n_limits = n;
    return WIJK_OK;
}

static enum wijk_err read_one(struct wijk_cx *cx, struct wijk_store *store, int64_t id, struct wijk_method *m)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT method, version, label_nl, label_en, total, score, delivered_class,"
                               " sum_tolerance FROM method WHERE id = ?");
    wijk__q_int(&q, id);
    if (wijk__q_row(&q))
        *m = (struct wijk_method){.id = wijk__q_get_text(&q, 0),
                                  .version = wijk__q_get_text(&q, 1),
                                  .label_nl = wijk__q_get_text(&q, 2),
                                  .label_en = wijk__q_get_text(&q, 3),
                                  .total = wijk__q_get_text(&q, 4),
                                  .score = wijk__q_get_text(&q, 5),
                                  .delivered_class = wijk__q_get_text(&q, 6),
                                  .sum_tolerance = wijk__q_get_real(&q, 7)};
    WIJK_TRY(wijk__q_end(&q));
    WIJK_TRY(read_dimensions(cx, store, id, m));
    WIJK_TRY(read_classes(cx, store, id, m));
    return read_limits(cx, store, id, m);
}

enum wijk_err wijk__method_ids(struct wijk_cx *cx, struct wijk_store *store, const int64_t **out, size_t *n)
{
    int64_t *id = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q = wijk__q(
        cx, store, "SELECT id FROM method WHERE id IN (SELECT method_id FROM score) ORDER BY method, id");
    while (wijk__q_row(&q)) {
        id = wijk_grow(cx, id, *n, &cap, sizeof *id);
        id[(*n)++] = wijk__q_get_int(&q, 0);
    }
    *out = id;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_read_methods(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_method **out, size_t *n)
{
    int64_t here;
    const int64_t *id;
    *out = NULL, *n = 0;
    WIJK_TRY(wijk__store_number(
        cx, store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'method'", &here));
    if (!here) return WIJK_OK; /* an older form, which kept none */
    WIJK_TRY(wijk__method_ids(cx, store, &id, n));
    struct wijk_method *m = WIJK_NEW(cx, struct wijk_method, *n);
    for (size_t k = 0; k < *n; k++) WIJK_TRY(read_one(cx, store, id[k], &m[k]));
    *out = m;
    return WIJK_OK;
}

enum wijk_err wijk_store_method_holds(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_method *m, bool *holds)
{
    int64_t id;
    WIJK_TRY(find(cx, store, m->id, hash_of(cx, m), &id));
    struct wijk__q q =
        wijk__q(cx, store, "SELECT NOT EXISTS (SELECT 1 FROM score WHERE method = ? AND method_id IS NOT ?)");
    wijk__q_text(&q, m->id);
    wijk__q_int(&q, id);
    *holds = wijk__q_row(&q) && wijk__q_get_int(&q, 0);
    return wijk__q_end(&q);
}
