/* SPDX-License-Identifier: EUPL-1.2 */
/* Care: what is wrong with this file, in sentences, and a copy that is whole. */
#include "store/people_store.h"
#include "store/store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PROBLEMS_MOST = 200 };

struct findings {
    const char **v;
    size_t n;
};

static void tell(struct findings *f, const char *sentence)
{
    if (f->n < PROBLEMS_MOST) f->v[f->n++] = sentence;
}

/* ---- the file itself ---- */

static enum wijk_err check_file(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    struct wijk__q q = wijk__q(cx, store, "PRAGMA integrity_check(20)");
    while (wijk__q_row(&q)) {
        const char *text = wijk__q_get_text(&q, 0);
        if (text && strcmp(text, "ok") != 0)
            tell(f, wijk_sprintf(cx, wijk_tr(cx, "Het bestand zelf is beschadigd: %s"), text));
    }
    WIJK_TRY(wijk__q_end(&q));
    q = wijk__q(cx, store, "PRAGMA foreign_key_check");
    while (wijk__q_row(&q)) {
        const char *from = wijk__q_get_text(&q, 0), *to = wijk__q_get_text(&q, 2);
        tell(f, wijk_sprintf(cx, wijk_tr(cx, "Een rij van %s verwijst naar een rij van %s die er niet is"),
                             from, to));
    }
    return wijk__q_end(&q);
}

/* ---- layers ---- */

static enum wijk_err check_order(struct wijk_cx *cx, struct wijk_store *store, const char *layer,
                                 struct findings *f)
{
    struct wijk__q q = wijk__q(cx, store,
                               wijk_sprintf(cx,
                                            "SELECT division_year FROM \"%s\" GROUP BY division_year"
                                            " HAVING min(pos) <> 0 OR max(pos) <> count(*) - 1",
                                            layer));
    while (wijk__q_row(&q))
        tell(f, wijk_sprintf(cx, wijk_tr(cx, "Laag %s, indeling %d: de volgorde van de gebieden heeft gaten"),
                             layer, (int)wijk__q_get_int(&q, 0)));
    return wijk__q_end(&q);
}

/* A parent must be there when its level was loaded for that division and gemeente: figures may be there of
 * areas of a gemeente of which the store has no more. */
static enum wijk_err check_parents(struct wijk_cx *cx, struct wijk_store *store, const char *child,
                                   const char *parent, struct findings *f)
{
    struct wijk__q q = wijk__q(
        cx, store,
        wijk_sprintf(cx,
                     "SELECT c.code, c.parent, c.division_year FROM \"%s\" c WHERE c.parent IS NOT NULL"
                     " AND NOT EXISTS (SELECT 1 FROM \"%s\" p WHERE p.code = c.parent AND"
                     " p.division_year = c.division_year)"
                     " AND EXISTS (SELECT 1 FROM \"%s\" p WHERE p.division_year = c.division_year"
                     " AND substr(p.code, 3, 4) = substr(c.parent, 3, 4)) ORDER BY c.fid LIMIT 20",
                     child, parent, parent));
    while (wijk__q_row(&q)) {
        const char *code = wijk__q_get_text(&q, 0), *above = wijk__q_get_text(&q, 1);
        tell(f, wijk_sprintf(cx, wijk_tr(cx, "%s hoort bij %s, maar dat gebied is er niet in indeling %d"),
                             code, above, (int)wijk__q_get_int(&q, 2)));
    }
    return wijk__q_end(&q);
}

static enum wijk_err check_rtree(struct wijk_cx *cx, struct wijk_store *store, const char *layer,
                                 struct findings *f)
{
    int64_t drawn, indexed;
    WIJK_TRY(wijk__store_number(
        cx, store, wijk_sprintf(cx, "SELECT count(*) FROM \"%s\" WHERE NOT ST_IsEmpty(geom)", layer),
        &drawn));
    WIJK_TRY(wijk__store_number(cx, store, wijk_sprintf(cx, "SELECT count(*) FROM \"rtree_%s_geom\"", layer),
                                &indexed));
    if (drawn != indexed)
        tell(f, wijk_sprintf(
                    cx, wijk_tr(cx, "Laag %s: de ruimtelijke index telt %lld vlakken, de laag zelf %lld"),
                    layer, (long long)indexed, (long long)drawn));
    return WIJK_OK;
}

static bool same_or_none(double told, double seen)
{
    return isfinite(seen) ? told == seen : isnan(told);
}

static enum wijk_err check_extent(struct wijk_cx *cx, struct wijk_store *store, const char *layer,
                                  struct findings *f)
{
    struct wijk_box seen;
    WIJK_TRY(wijk__layer_extent(cx, store, layer, &seen));
    struct wijk__q q =
        wijk__q(cx, store, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?");
    wijk__q_text(&q, layer);
    bool is_true = wijk__q_row(&q) && same_or_none(wijk__q_get_real(&q, 0), seen.min_x) &&
                   same_or_none(wijk__q_get_real(&q, 1), seen.min_y) &&
                   same_or_none(wijk__q_get_real(&q, 2), seen.max_x) &&
                   same_or_none(wijk__q_get_real(&q, 3), seen.max_y);
    if (!q.err && !is_true)
        tell(f, wijk_sprintf(cx, wijk_tr(cx, "Laag %s: de omvang in gpkg_contents klopt niet"), layer));
    return wijk__q_end(&q);
}

static enum wijk_err check_geometry(struct wijk_cx *cx, struct wijk_store *store, const char *layer,
                                    struct findings *f)
{
    struct wijk__q q =
        wijk__q(cx, store, wijk_sprintf(cx, "SELECT fid, geom FROM \"%s\" WHERE geom IS NOT NULL", layer));
    while (wijk__q_row(&q)) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        const struct wijk_geom *geom;
        int srs;
        bool sound =
            wijk_gpkg_blob_read(cx, wijk__q_get_blob(&q, 1), &geom, &srs) == WIJK_OK && srs == WIJK_CRS_RD;
        wijk_cx_rewind(cx, mark);
        if (!sound)
            tell(f, wijk_sprintf(cx, wijk_tr(cx, "Laag %s, rij %lld: de geometrie is beschadigd"), layer,
                                 (long long)wijk__q_get_int(&q, 0)));
    }
    return wijk__q_end(&q);
}

/* ---- vectors ---- */

static enum wijk_err check_series(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    const struct wijk_series_key *key;
    size_t n;
    if (wijk_store_list_series(cx, store, &key, &n) != WIJK_OK) {
        tell(f, wijk_str_dup(cx, wijk_str(wijk_fault(cx))));
        return WIJK_OK;
    }
    for (size_t k = 0; k < n; k++) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        const struct wijk_series *s;
        enum wijk_err err = wijk_store_read_series(cx, store, &key[k], &s);
        wijk_cx_rewind(cx, mark);
        if (err) tell(f, wijk_str_dup(cx, wijk_str(wijk_fault(cx))));
    }
    const struct wijk_other *other;
    if (wijk_store_read_others(cx, store, NULL, &other, &n) != WIJK_OK)
        tell(f, wijk_str_dup(cx, wijk_str(wijk_fault(cx))));
    return WIJK_OK;
}

static enum wijk_err check_series_areas(struct wijk_cx *cx, struct wijk_store *store, const char *level,
                                        struct findings *f)
{
    struct wijk__q q =
        wijk__q(cx, store,
                wijk_sprintf(cx,
                             "SELECT s.indicator, s.period, s.n FROM series s WHERE s.level = '%s' AND s.n >"
                             " (SELECT count(*) FROM \"%s\" a WHERE a.division_year = s.division_year)",
                             level, level));
    while (wijk__q_row(&q)) {
        const char *indicator = wijk__q_get_text(&q, 0);
        char period[16];
        wijk_period_write(wijk_period_of_key((int32_t)wijk__q_get_int(&q, 1)), period);
        tell(f, wijk_sprintf(cx, wijk_tr(cx, "De reeks %s van %s telt %d waarden, meer dan er gebieden zijn"),
                             indicator, period, (int)wijk__q_get_int(&q, 2)));
    }
    return wijk__q_end(&q);
}

/* Lengths by SQL, so that no vector is brought in for it. */
static enum wijk_err check_scores(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT method, period, level FROM score WHERE length(total) <> 8 * n OR"
                               " length(score) <> 8 * n OR length(covered) <> 8 * n OR length(class) <> n OR"
                               " length(class_origin) <> n OR length(flag) <> n OR"
                               " length(dimension) <> 8 * n * n_dimension");
    while (wijk__q_row(&q)) {
        const char *method = wijk__q_get_text(&q, 0), *level = wijk__q_get_text(&q, 2);
        char period[16];
        wijk_period_write(wijk_period_of_key((int32_t)wijk__q_get_int(&q, 1)), period);
        tell(f,
             wijk_sprintf(cx, wijk_tr(cx, "De score %s van %s (%s) is beschadigd"), method, period, level));
    }
    return wijk__q_end(&q);
}

/* ---- definitions ---- */

/* Every series says what it is of. */
static enum wijk_err check_indicators(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    struct wijk__q q = wijk__q(
        cx, store, "SELECT indicator FROM series EXCEPT SELECT id FROM indicator ORDER BY 1 LIMIT 20");
    while (wijk__q_row(&q))
        tell(f, wijk_sprintf(cx, wijk_tr(cx, "De indicator %s heeft cijfers, maar geen omschrijving"),
                             wijk__q_get_text(&q, 0)));
    return wijk__q_end(&q);
}

/* Classes that were derived must follow from the limits that are kept with them. */
static bool classes_follow(struct wijk__q *q, const struct wijk_method *m)
{
    struct wijk_str total = wijk__q_get_blob(q, 3), class_ = wijk__q_get_blob(q, 4),
                    origin = wijk__q_get_blob(q, 5);
    const char *release = wijk__q_get_text(q, 2);
    const struct wijk_class_limits *limits = release ? wijk_class_limits_of(m, release) : NULL;
    if (total.n != class_.n * sizeof(double) || origin.n != class_.n) return true; /* told by check_scores */
    const double *deviation = wijk__vector_to_f64(q->cx, total);
    for (size_t k = 0; k < class_.n; k++) {
        if ((unsigned char)origin.p[k] != WIJK_CLASS_DERIVED) continue;
        if (!limits || wijk_class_of(limits, deviation[k]) != (unsigned char)class_.p[k]) return false;
    }
    return true;
}

static bool dimensions_follow(struct wijk__q *q, const struct wijk_method *m)
{
    struct wijk_buf b = wijk_buf(q->cx, 0);
    for (size_t d = 0; d < m->n_dimension; d++) wijk_buf_printf(&b, "%s%s", d ? " " : "", m->dimension[d].id);
    const char *told = wijk__q_get_text(q, 6);
    return told && strcmp(told, wijk_buf_cstr(&b)) == 0;
}

static enum wijk_err check_method(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                  const struct wijk_method *m, struct findings *f)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT level, period, release, total, class, class_origin, dimension_ids FROM score"
                " WHERE method_id = ? ORDER BY id");
    wijk__q_int(&q, id);
    while (wijk__q_row(&q)) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        bool follows = classes_follow(&q, m) && dimensions_follow(&q, m);
        wijk_cx_rewind(cx, mark);
        if (follows) continue;
        const char *level = wijk__q_get_text(&q, 0);
        char period[16];
        wijk_period_write(wijk_period_of_key((int32_t)wijk__q_get_int(&q, 1)), period);
        tell(f, wijk_sprintf(
                    cx, wijk_tr(cx, "De score %s van %s (%s) volgt niet uit de methode die erbij bewaard is"),
                    m->id, period, level));
    }
    return wijk__q_end(&q);
}

static enum wijk_err check_definitions(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    const struct wijk_method *m;
    const int64_t *id;
    size_t n, n_id = 0;
    WIJK_TRY(check_indicators(cx, store, f));
    WIJK_TRY(wijk_store_read_methods(cx, store, &m, &n));
    if (n) WIJK_TRY(wijk__method_ids(cx, store, &id, &n_id));
    for (size_t k = 0; k < n_id && k < n; k++) WIJK_TRY(check_method(cx, store, id[k], &m[k], f));
    return WIJK_OK;
}

static enum wijk_err check_log(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    const char *problem;
    uint8_t end[WIJK_HASH];
    int64_t rows;
    WIJK_TRY(wijk_store_check_audit(cx, store, &problem, &rows, end));
    if (problem) tell(f, problem);
    return WIJK_OK;
}

/* What is kept beside the signals is what they count to. */
static enum wijk_err check_signals(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "WITH kept AS (SELECT gemeente, quarter, buurt, theme, n FROM signal_count WHERE n <> 0),"
                " true AS (SELECT gemeente, quarter, buurt, theme, count(*) AS n FROM signal"
                " WHERE sharing = 'partners' AND state <> 'ingetrokken' GROUP BY 1, 2, 3, 4)"
                " SELECT DISTINCT gemeente FROM (SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM true)"
                " UNION SELECT * FROM (SELECT * FROM true EXCEPT SELECT * FROM kept))");
    while (wijk__q_row(&q))
        tell(f,
             wijk_sprintf(cx, wijk_tr(cx, "De aantallen signalen van %s kloppen niet met de signalen zelf"),
                          wijk__q_get_text(&q, 0)));
    return wijk__q_end(&q);
}

/* Every norm was agreed to by a second person, and its versions follow each other. */
static enum wijk_err check_norms(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT n.area, n.indicator, n.version FROM norm AS n LEFT JOIN proposal AS p ON"
                " p.id = n.proposal AND p.kind = 'norm' AND p.verdict = 'akkoord' AND p.gemeente = n.gemeente"
                " AND p.object = n.area || ':' || n.indicator AND p.made_by = n.made_by AND"
                " p.decided_by = n.decided_by"
                " WHERE p.id IS NULL OR n.made_by = n.decided_by OR (n.version > 1 AND NOT EXISTS"
                " (SELECT 1 FROM norm AS b WHERE b.gemeente = n.gemeente AND b.area = n.area AND"
                " b.indicator = n.indicator AND b.version = n.version - 1))");
    while (wijk__q_row(&q))
        tell(f, wijk_sprintf(
                    cx, wijk_tr(cx, "Versie %lld van de norm voor %s, %s, is niet door twee mensen besloten"),
                    (long long)wijk__q_get_int(&q, 2), wijk__q_get_text(&q, 0), wijk__q_get_text(&q, 1)));
    return wijk__q_end(&q);
}

static enum wijk_err check_all(struct wijk_cx *cx, struct wijk_store *store, struct findings *f)
{
    static const struct {
        enum wijk_level child, parent;
    } PARENTS[] = {{WIJK_LEVEL_BUURT, WIJK_LEVEL_WIJK}, {WIJK_LEVEL_WIJK, WIJK_LEVEL_GEMEENTE}};
    WIJK_TRY(check_file(cx, store, f));
    for (int k = 0; k < WIJK__LAYERS; k++) {
        const char *layer = wijk__layer(k);
        WIJK_TRY(check_rtree(cx, store, layer, f));
        WIJK_TRY(check_extent(cx, store, layer, f));
        WIJK_TRY(check_geometry(cx, store, layer, f));
        if (k == WIJK_LEVEL_COUNT) continue;
        WIJK_TRY(check_order(cx, store, layer, f));
        WIJK_TRY(check_series_areas(cx, store, layer, f));
    }
    for (size_t k = 0; k < sizeof PARENTS / sizeof *PARENTS; k++)
        WIJK_TRY(
            check_parents(cx, store, wijk_level_id(PARENTS[k].child), wijk_level_id(PARENTS[k].parent), f));
    WIJK_TRY(check_series(cx, store, f));
    WIJK_TRY(check_scores(cx, store, f));
    WIJK_TRY(check_definitions(cx, store, f));
    WIJK_TRY(check_signals(cx, store, f));
    WIJK_TRY(check_norms(cx, store, f));
    return check_log(cx, store, f);
}

enum wijk_err wijk_store_check(struct wijk_cx *cx, struct wijk_store *store, const char *const **problem,
                               size_t *n)
{
    struct findings f = {WIJK_NEW(cx, const char *, PROBLEMS_MOST), 0};
    enum wijk_err err = check_all(cx, store, &f);
    /* A file too damaged to be read through is a finding, not a failure to check. */
    if (err == WIJK_ESTORE) {
        tell(&f, wijk_str_dup(cx, wijk_str(wijk_fault(cx))));
        err = WIJK_OK;
    }
    *problem = f.v;
    *n = f.n;
    return err;
}

/* ---- backup ---- */

enum wijk_err wijk_store_backup(struct wijk_cx *cx, struct wijk_store *store, const char *path)
{
    if (access(path, F_OK) == 0) return wijk__file_fault(cx, path, EEXIST);
    const char *temp;
    int fd;
    WIJK_TRY(wijk__file_temp(cx, path, &temp, &fd));
    /* The copy through which an older form is read refuses writes, and VACUUM INTO counts as one. */
    enum wijk_err err = wijk__store_exec(cx, store, "PRAGMA query_only = OFF");
    struct wijk__q q = wijk__q(cx, store, "VACUUM INTO ?");
    wijk__q_text(&q, temp);
    enum wijk_err copied = wijk__q_done(&q);
    if (!err) err = copied;
    if (!err && fsync(fd)) err = wijk__file_fault(cx, path, errno);
    if (err)
        wijk__file_drop(temp);
    else
        err = wijk__file_publish(cx, temp, path, false);
    close(fd);
    return err;
}
