/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas and water: the feature tables. */
#include "store/store_int.h"

#include <math.h>
#include <string.h>

/* ---- reading ---- */

enum wijk_err wijk_store_divisions(struct wijk_cx *cx, struct wijk_store *store,
                                   const struct wijk_division **out, size_t *n)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    *n = 0;
    for (int level = 0; level < WIJK_LEVEL_COUNT; level++) {
        struct wijk__q q = wijk__q(cx, store,
                                   wijk_sprintf(cx,
                                                "SELECT division_year, count(*), count(geom) FROM \"%s\""
                                                " GROUP BY division_year ORDER BY division_year DESC",
                                                wijk__layer(level)));
        while (wijk__q_row(&q)) {
            struct wijk_division d = {(enum wijk_level)level, (int)wijk__q_get_int(&q, 0),
                                      (size_t)wijk__q_get_int(&q, 1), (size_t)wijk__q_get_int(&q, 2)};
            wijk_buf_put(&b, &d, sizeof d);
            ++*n;
        }
        WIJK_TRY(wijk__q_end(&q));
    }
    *out = b.n ? (const void *)b.p : WIJK_NEW(cx, struct wijk_division, 0);
    return WIJK_OK;
}

static enum wijk_err division_count(struct wijk_cx *cx, struct wijk_store *store, enum wijk_level level,
                                    int year, size_t *n)
{
    struct wijk__q q = wijk__q(
        cx, store,
        wijk_sprintf(cx, "SELECT count(*) FROM \"%s\" WHERE division_year = ?", wijk__layer((int)level)));
    wijk__q_int(&q, year);
    *n = wijk__q_row(&q) ? (size_t)wijk__q_get_int(&q, 0) : 0;
    return wijk__q_end(&q);
}

static enum wijk_err read_geom(struct wijk__q *q, int column, const char *whose, const struct wijk_geom **out)
{
    struct wijk_str blob = wijk__q_get_blob(q, column);
    *out = NULL;
    if (!blob.p) return WIJK_OK;
    int srs;
    if (wijk_gpkg_blob_read(q->cx, blob, out, &srs) == WIJK_OK && srs == WIJK_CRS_RD) return WIJK_OK;
    return wijk_fail(q->cx, WIJK_ESTORE, "%s: de geometrie van %s is beschadigd; zet een back-up terug",
                     q->store->label, whose);
}

enum wijk_err wijk_store_read_areas(struct wijk_cx *cx, struct wijk_store *store, enum wijk_level level,
                                    int division_year, bool with_geometry, const struct wijk_areas **out)
{
    size_t n, k = 0;
    WIJK_TRY(division_count(cx, store, level, division_year, &n));
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, n);
    struct wijk__q q = wijk__q(cx, store,
                               wijk_sprintf(cx,
                                            "SELECT pos, code, name, parent, residents%s FROM \"%s\""
                                            " WHERE division_year = ? ORDER BY pos",
                                            with_geometry ? ", geom" : "", wijk__layer((int)level)));
    wijk__q_int(&q, division_year);
    for (; k < n && wijk__q_row(&q); k++) {
        if (wijk__q_get_int(&q, 0) != (int64_t)k) break;
        v[k].code = wijk__q_get_text(&q, 1);
        v[k].name = wijk__q_get_text(&q, 2);
        v[k].parent = wijk__q_get_text(&q, 3);
        v[k].residents = wijk__q_get_real(&q, 4);
        if (!v[k].code) break;
        if (!v[k].name) v[k].name = v[k].code;
        if (with_geometry) q.err = read_geom(&q, 5, v[k].code, &v[k].geom);
        if (q.err) break;
    }
    WIJK_TRY(wijk__q_end(&q));
    if (k < n)
        return wijk_fail(cx, WIJK_ESTORE,
                         "%s: de volgorde van de %s van %d klopt niet; zet een back-up terug", store->label,
                         wijk_tr(cx, wijk_level_label(level, true)), division_year);
    struct wijk_areas *areas = WIJK_NEW(cx, struct wijk_areas, 1);
    *areas = (struct wijk_areas){level, division_year, n, v};
    *out = areas;
    return WIJK_OK;
}

/* ---- saving ---- */

struct saver {
    const char *layer;
    int year;
    int64_t next; /* place of the next new area */
    struct wijk__q find, insert, update, no_geom,
        index;     /* no_geom: leaves the geometry, and so the R-tree, alone */
    bool geometry; /* one was written */
};

/* The entry in the R-tree; an empty geometry has none. */
static enum wijk_err put_index(struct wijk__q *q, int64_t fid, const struct wijk_geom *geom)
{
    struct wijk_box box = wijk_geom_box(geom);
    wijk__q_again(q);
    wijk__q_int(q, fid);
    wijk__q_real(q, box.min_x);
    wijk__q_real(q, box.max_x);
    wijk__q_real(q, box.min_y);
    wijk__q_real(q, box.max_y);
    if (box.min_x <= box.max_x) wijk__q_row(q);
    return q->err;
}

static struct wijk__q index_of(struct wijk_cx *cx, struct wijk_store *store, const char *layer)
{
    return wijk__q(
        cx, store,
        wijk_sprintf(cx, "INSERT OR REPLACE INTO \"rtree_%s_geom\" VALUES (?, ?, ?, ?, ?)", layer));
}

static void bind_area(struct wijk__q *q, const struct wijk_area *a)
{
    wijk__q_text(q, a->name);
    wijk__q_text(q, a->parent);
    wijk__q_real(q, a->residents);
}

static enum wijk_err save_area(struct wijk_store *store, struct saver *s, const struct wijk_area *a)
{
    struct wijk_cx *cx = s->find.cx;
    struct wijk_str blob = {0};
    if (a->geom) blob = wijk_gpkg_blob_write(cx, a->geom, WIJK_CRS_RD);
    if (a->geom) s->geometry = true;
    wijk__store_note(store, a->code, strlen(a->code));
    if (a->name) wijk__store_note(store, a->name, strlen(a->name));
    if (a->parent) wijk__store_note(store, a->parent, strlen(a->parent));
    if (!isnan(a->residents)) wijk__store_note(store, &a->residents, sizeof a->residents);
    if (blob.p) wijk__store_note(store, blob.p, blob.n);

    wijk__q_again(&s->find);
    wijk__q_text(&s->find, a->code);
    wijk__q_int(&s->find, s->year);
    bool known = wijk__q_row(&s->find);
    int64_t fid = known ? wijk__q_get_int(&s->find, 0) : 0;
    if (s->find.err) return s->find.err;

    struct wijk__q *q = !known ? &s->insert : a->geom ? &s->update : &s->no_geom;
    wijk__q_again(q);
    bind_area(q, a);
    if (blob.p)
        wijk__q_blob(q, blob.p, blob.n);
    else if (!known)
        wijk__q_null(q);
    if (known)
        wijk__q_int(q, fid);
    else {
        wijk__q_text(q, a->code);
        wijk__q_int(q, s->year);
        wijk__q_int(q, s->next++);
    }
    wijk__q_row(q);
    if (q->err || !a->geom) return q->err;
    return put_index(&s->index, known ? fid : sqlite3_last_insert_rowid(store->db), a->geom);
}

static enum wijk_err save_areas(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_areas *areas = arg;
    struct saver s = {.layer = wijk__layer((int)areas->level), .year = areas->division_year};
    size_t n;
    WIJK_TRY(division_count(cx, store, areas->level, areas->division_year, &n));
    s.next = (int64_t)n;
    wijk__store_note(store, s.layer, strlen(s.layer));
    wijk__store_note(store, &areas->division_year, sizeof areas->division_year);
    s.find = wijk__q(
        cx, store, wijk_sprintf(cx, "SELECT fid FROM \"%s\" WHERE code = ? AND division_year = ?", s.layer));
    s.index = index_of(cx, store, s.layer);
    s.insert =
        wijk__q(cx, store,
                wijk_sprintf(cx,
                             "INSERT INTO \"%s\" (name, parent, residents, geom, code, division_year, pos)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?)",
                             s.layer));
    s.update =
        wijk__q(cx, store,
                wijk_sprintf(cx,
                             "UPDATE \"%s\" SET name = coalesce(?, name), parent = coalesce(?, parent),"
                             " residents = coalesce(?, residents), geom = coalesce(?, geom) WHERE fid = ?",
                             s.layer));
    s.no_geom =
        wijk__q(cx, store,
                wijk_sprintf(cx,
                             "UPDATE \"%s\" SET name = coalesce(?, name), parent = coalesce(?, parent),"
                             " residents = coalesce(?, residents) WHERE fid = ?",
                             s.layer));
    enum wijk_err err = s.find.err      ? s.find.err
                        : s.insert.err  ? s.insert.err
                        : s.index.err   ? s.index.err
                        : s.no_geom.err ? s.no_geom.err
                                        : s.update.err;
    for (size_t k = 0; k < areas->n && !err; k++) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        err = save_area(store, &s, &areas->v[k]);
        wijk_cx_rewind(cx, mark);
    }
    wijk__q_end(&s.find);
    wijk__q_end(&s.insert);
    wijk__q_end(&s.update);
    wijk__q_end(&s.no_geom);
    wijk__q_end(&s.index);
    if (!err && s.geometry) err = wijk__layer_touch(cx, store, s.layer);
    return err;
}

enum wijk_err wijk_store_save_areas(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_areas *areas)
{
    return wijk__store_write(cx, store, save_areas, (void *)(uintptr_t)areas);
}

/* ---- water ---- */

struct water_in {
    const char *const *name;
    const struct wijk_geom *const *geom;
    size_t n;
};

static enum wijk_err save_water(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct water_in *in = arg;
    WIJK_TRY(wijk__store_exec(cx, store, "DELETE FROM water; DELETE FROM rtree_water_geom"));
    struct wijk__q q = wijk__q(cx, store, "INSERT INTO water (name, geom) VALUES (?, ?)");
    struct wijk__q index = index_of(cx, store, "water");
    for (size_t k = 0; k < in->n && !q.err; k++) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        struct wijk_str blob = wijk_gpkg_blob_write(cx, in->geom[k], WIJK_CRS_RD);
        wijk__store_note(store, blob.p, blob.n);
        if (in->name[k]) wijk__store_note(store, in->name[k], strlen(in->name[k]));
        wijk__q_again(&q);
        wijk__q_text(&q, in->name[k]);
        wijk__q_blob(&q, blob.p, blob.n);
        wijk__q_row(&q);
        if (!q.err && in->geom[k])
            q.err = put_index(&index, sqlite3_last_insert_rowid(store->db), in->geom[k]);
        wijk_cx_rewind(cx, mark);
    }
    wijk__q_end(&index);
    WIJK_TRY(wijk__q_end(&q));
    return wijk__layer_touch(cx, store, "water");
}

enum wijk_err wijk_store_save_water(struct wijk_cx *cx, struct wijk_store *store, const char *const *name,
                                    const struct wijk_geom *const *geom, size_t n)
{
    return wijk__store_write(cx, store, save_water, &(struct water_in){name, geom, n});
}

enum wijk_err wijk_store_read_water(struct wijk_cx *cx, struct wijk_store *store, const char *const **name,
                                    const struct wijk_geom *const **geom, size_t *n)
{
    int64_t count;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT count(*) FROM water", &count));
    const char **names = WIJK_NEW(cx, const char *, count);
    const struct wijk_geom **geoms = WIJK_NEW(cx, const struct wijk_geom *, count);
    struct wijk__q q = wijk__q(cx, store, "SELECT name, geom FROM water ORDER BY fid");
    for (*n = 0; *n < (size_t)count && wijk__q_row(&q); ++*n) {
        const char *text = wijk__q_get_text(&q, 0);
        names[*n] = text ? text : "";
        q.err = read_geom(&q, 1, names[*n], &geoms[*n]);
    }
    *name = names;
    *geom = geoms;
    return wijk__q_end(&q);
}
