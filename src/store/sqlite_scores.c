/* SPDX-License-Identifier: EUPL-1.2 */
/* Scores: kept as vectors, and the newest of them as columns in the feature tables, so that QGIS shows them.
 */
#include "store/store_int.h"

#include <math.h>
#include <string.h>

/* Dimension id -> column of the feature tables, in the order of the columns bound below. */
static const struct {
    const char *dimension, *column;
} COLUMNS[] = {{"housing", "housing"},   {"physical", "physical"}, {"amenities", "amenities"},
               {"cohesion", "cohesion"}, {"safety", "safety"},     {"residents", "residents_dim"}};
enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

static const char *dimension_ids(struct wijk_cx *cx, const struct wijk_method *m)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    for (size_t d = 0; d < m->n_dimension; d++) wijk_buf_printf(&b, "%s%s", d ? " " : "", m->dimension[d].id);
    return wijk_buf_cstr(&b);
}

/* One period of a method has one set of scores: those of another release go. */
static enum wijk_err drop_others(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_scores *s)
{
    struct wijk__q q = wijk__q(cx, store,
                               "DELETE FROM score WHERE method = ? AND level = ? AND division_year = ?"
                               " AND period = ? AND release <> ?");
    wijk__q_text(&q, s->method->id);
    wijk__q_text(&q, wijk_level_id(s->level));
    wijk__q_int(&q, s->division_year);
    wijk__q_int(&q, wijk_period_key(s->period));
    wijk__q_text(&q, s->release);
    return wijk__q_done(&q);
}

static enum wijk_err save_vectors(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_scores *s)
{
    size_t n_dim = s->method->n_dimension;
    double *dims = WIJK_NEW(cx, double, n_dim * s->n);
    for (size_t d = 0; d < n_dim; d++) memcpy(dims + d * s->n, s->dimension[d], s->n * sizeof(double));
    const void *total = wijk__vector_from_f64(cx, s->total, s->n);
    wijk__store_note(store, s->method->id, strlen(s->method->id));
    wijk__store_note(store, total, s->n * sizeof(double));
    int64_t method_id;
    WIJK_TRY(wijk__method_save(cx, store, s->method, &method_id));
    WIJK_TRY(drop_others(cx, store, s));
    struct wijk__q q = wijk__q(
        cx, store,
        "INSERT OR REPLACE INTO score (method_id, method, method_version, release, level, dimension_ids,"
        " division_year, period, n, n_dimension, aggregated, total, score, dimension, covered,"
        " class, class_origin, flag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_int(&q, method_id);
    wijk__q_text(&q, s->method->id);
    wijk__q_text(&q, s->method->version);
    wijk__q_text(&q, s->release);
    wijk__q_text(&q, wijk_level_id(s->level));
    wijk__q_text(&q, dimension_ids(cx, s->method));
    wijk__q_int(&q, s->division_year);
    wijk__q_int(&q, wijk_period_key(s->period));
    wijk__q_int(&q, (int64_t)s->n);
    wijk__q_int(&q, (int64_t)n_dim);
    wijk__q_int(&q, s->aggregated);
    wijk__q_blob(&q, total, s->n * sizeof(double));
    wijk__q_blob(&q, wijk__vector_from_f64(cx, s->score, s->n), s->n * sizeof(double));
    wijk__q_blob(&q, wijk__vector_from_f64(cx, dims, n_dim * s->n), n_dim * s->n * sizeof(double));
    wijk__q_blob(&q, wijk__vector_from_f64(cx, s->covered, s->n), s->n * sizeof(double));
    wijk__q_blob(&q, s->class_, s->n);
    wijk__q_blob(&q, s->class_origin, s->n);
    wijk__q_blob(&q, s->flag, s->n);
    return wijk__q_done(&q);
}

/* The columns show one method, period and release per division: the newest, and of equals the last by name.
 */
static enum wijk_err is_shown(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_scores *s,
                              bool *shown)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT method = ?3 AND period = ?4 AND release = ?5 FROM score"
                               " WHERE level = ?1 AND division_year = ?2"
                               " ORDER BY period DESC, method DESC, release DESC LIMIT 1");
    wijk__q_text(&q, wijk_level_id(s->level));
    wijk__q_int(&q, s->division_year);
    wijk__q_text(&q, s->method->id);
    wijk__q_int(&q, wijk_period_key(s->period));
    wijk__q_text(&q, s->release);
    *shown = wijk__q_row(&q) && wijk__q_get_int(&q, 0);
    return wijk__q_end(&q);
}

static const double *column_vector(const struct wijk_scores *s, int column)
{
    for (size_t d = 0; d < s->method->n_dimension; d++)
        if (strcmp(s->method->dimension[d].id, COLUMNS[column].dimension) == 0) return s->dimension[d];
    return NULL;
}

static enum wijk_err save_columns(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_scores *s)
{
    char period[16];
    wijk_period_write(s->period, period);
    const double *vector[N_COLUMNS];
    for (int c = 0; c < N_COLUMNS; c++) vector[c] = column_vector(s, c);
    struct wijk__q q = wijk__q(
        cx, store,
        wijk_sprintf(
            cx,
            "UPDATE \"%s\" SET score_method = ?, score_period = ?, score_release = ?, livability = ?,"
            " deviation = ?, class = nullif(?, 0), class_name = ?, housing = ?, physical = ?, amenities = ?,"
            " cohesion = ?, safety = ?, residents_dim = ? WHERE division_year = ? AND pos = ?",
            wijk__layer((int)s->level)));
    for (size_t k = 0; k < s->n && !q.err; k++) {
        int class_ = s->class_[k] <= WIJK_CLASSES ? s->class_[k] : 0;
        wijk__q_again(&q);
        wijk__q_text(&q, s->method->id);
        wijk__q_text(&q, period);
        wijk__q_text(&q, s->release);
        wijk__q_real(&q, s->score[k]);
        wijk__q_real(&q, s->total[k]);
        wijk__q_int(&q, class_);
        wijk__q_text(&q, class_ ? s->method->class_nl[class_ - 1] : NULL);
        for (int c = 0; c < N_COLUMNS; c++) wijk__q_real(&q, vector[c] ? vector[c][k] : NAN);
        wijk__q_int(&q, s->division_year);
        wijk__q_int(&q, (int64_t)k);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_scores(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_scores *s = arg;
    struct wijk_mark mark = wijk_cx_mark(cx);
    bool shown = false;
    enum wijk_err err = save_vectors(cx, store, s);
    if (!err) err = is_shown(cx, store, s, &shown);
    if (!err && shown) err = save_columns(cx, store, s);
    wijk_cx_rewind(cx, mark);
    return err;
}

enum wijk_err wijk_store_save_scores(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_scores *s)
{
    return wijk__store_write(cx, store, save_scores, (void *)(uintptr_t)s);
}
