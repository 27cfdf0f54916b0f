/* SPDX-License-Identifier: EUPL-1.2 */
/* A GeoPackage for others: feature layers with names for their columns, tables, and styles for QGIS. It is
 * written beside its place and gets its name when it is whole. */
#include "store/store_int.h"

#include "base/embedded.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

extern const struct wijk_embedded wijk_export_files[];

struct wijk_gpkg_out {
    struct wijk_cx *cx;
    struct wijk_store store; /* of the new file: the statements of sqlite_sql.c work on it */
    struct wijk_file_to to;
    int fd;
    const char *temp, *changed;
    const struct wijk_gpkg_table *table;
    struct wijk__q insert, index;
    int64_t fid;
    struct wijk_box box, all; /* of this row; of this layer */
    struct wijk_mark row;
    enum wijk_err err;
};

static const char *sql_file(const char *name)
{
    const struct wijk_embedded *f = wijk_export_files;
    while (strcmp(f->name, name) != 0) f++;
    return (const char *)f->bytes;
}

/* ---- open ---- */

static enum wijk_err open_db(struct wijk_gpkg_out *g)
{
    int rc = sqlite3_open_v2(
        wijk__store_uri(g->cx, g->temp, "?mode=rw"), &g->store.db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, wijk__disk());
    if (rc != SQLITE_OK) return wijk__store_fault(g->cx, &g->store, rc);
    /* The R-tree is filled by us; its triggers are there for who edits the file later. */
    sqlite3_db_config(g->store.db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    wijk__gpkg_register(g->store.db);
    /* Nobody knows the file yet, and a failure throws it away: it needs no journal and is synced once. */
    WIJK_TRY(wijk__store_exec(
        g->cx, &g->store, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000"));
    WIJK_TRY(wijk__store_exec(g->cx, &g->store, "BEGIN"));
    return wijk__store_exec(g->cx, &g->store, sql_file("core.sql"));
}

enum wijk_err wijk_gpkg_open(struct wijk_cx *cx, const struct wijk_file_to *to, const char *changed,
                             struct wijk_gpkg_out **out)
{
    WIJK_TRY(wijk__file_free(cx, to));
    struct wijk_gpkg_out *g = WIJK_NEW(cx, struct wijk_gpkg_out, 1);
    size_t n = strlen(changed);
    g->cx = cx;
    g->to = *to;
    g->to.path = wijk_str_dup(cx, wijk_str(to->path));
    /* GeoPackage wants thousandths of seconds. */
    g->changed = n == 20 ? wijk_sprintf(cx, "%.19s.000Z", changed)
                         : wijk_str_dup(cx, WIJK_STR("1970-01-01T00:00:00.000Z"));
    WIJK_TRY(wijk__file_temp(cx, to->path, &g->temp, &g->fd));
    g->store.cx = cx;
    g->store.path = g->temp;
    g->store.label = wijk__file_label(cx, to->path);
    g->store.mode = WIJK_STORE_WRITE;
    g->store.fate = &g->store.own_fate;
    enum wijk_err err = open_db(g);
    if (err == WIJK_OK)
        *out = g;
    else
        wijk_gpkg_drop(g);
    return err;
}

/* ---- tables ---- */

static void keep(struct wijk_gpkg_out *g, enum wijk_err err)
{
    if (g->err == WIJK_OK) g->err = err;
}

static void put_name(struct wijk_buf *b, const char *name)
{
    wijk_buf_char(b, '"');
    for (; *name; name++) {
        if (*name == '"') wijk_buf_char(b, '"');
        wijk_buf_char(b, *name);
    }
    wijk_buf_char(b, '"');
}

static const char *create_text(struct wijk_cx *cx, const struct wijk_gpkg_table *t)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "CREATE TABLE ");
    put_name(&b, t->name);
    wijk_buf_str(&b, " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL");
    if (t->features) wijk_buf_str(&b, ", geom MULTIPOLYGON");
    for (size_t k = 0; k < t->n_column; k++) {
        wijk_buf_str(&b, ", ");
        put_name(&b, t->column[k].name);
        wijk_buf_printf(&b, " %s", t->column[k].type);
    }
    wijk_buf_str(&b, ")");
    return wijk_buf_cstr(&b);
}

static const char *insert_text(struct wijk_cx *cx, const struct wijk_gpkg_table *t)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "INSERT INTO ");
    put_name(&b, t->name);
    wijk_buf_str(&b, t->features ? " VALUES (?, ?" : " VALUES (?");
    for (size_t k = 0; k < t->n_column; k++) wijk_buf_str(&b, ", ?");
    wijk_buf_str(&b, ")");
    return wijk_buf_cstr(&b);
}

static enum wijk_err describe(struct wijk_gpkg_out *g, const struct wijk_gpkg_table *t)
{
    struct wijk__q q = wijk__q(g->cx, &g->store,
                               "INSERT INTO gpkg_contents (table_name, data_type, identifier, description,"
                               " last_change, srs_id) VALUES (?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, t->name);
    wijk__q_text(&q, t->features ? "features" : "attributes");
    wijk__q_text(&q, t->title);
    wijk__q_text(&q, t->description);
    wijk__q_text(&q, g->changed);
    if (t->features)
        wijk__q_int(&q, WIJK_CRS_RD);
    else
        wijk__q_null(&q);
    WIJK_TRY(wijk__q_done(&q));
    q = wijk__q(g->cx, &g->store,
                "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description)"
                " VALUES (?, ?, ?, ?, ?)");
    for (size_t k = 0; k < t->n_column; k++) {
        wijk__q_again(&q);
        wijk__q_text(&q, t->name);
        wijk__q_text(&q, t->column[k].name);
        wijk__q_text(&q, t->column[k].name);
        wijk__q_text(&q, t->column[k].title);
        wijk__q_text(&q, t->column[k].description);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err style(struct wijk_gpkg_out *g, const struct wijk_gpkg_table *t)
{
    struct wijk__q q = wijk__q(g->cx, &g->store,
                               "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                               " f_geometry_column, styleName, styleQML, useAsDefault, description, owner,"
                               " update_time) VALUES ('', '', ?, 'geom', ?, ?, 1, ?, '', ?)");
    wijk__q_text(&q, t->name);
    wijk__q_text(&q, t->style_name);
    wijk__q_text(&q, t->style_qml);
    wijk__q_text(&q, t->title);
    wijk__q_text(&q, g->changed);
    return wijk__q_done(&q);
}

static enum wijk_err begin(struct wijk_gpkg_out *g, const struct wijk_gpkg_table *t)
{
    struct wijk_cx *cx = g->cx;
    if (t->n_column > WIJK_GPKG_COLUMNS_MAX)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: de laag %s krijgt te veel kolommen (%zu)", g->store.label,
                         t->name, t->n_column);
    WIJK_TRY(wijk__store_exec(cx, &g->store, create_text(cx, t)));
    WIJK_TRY(describe(g, t));
    if (t->features)
        WIJK_TRY(wijk__store_exec(cx, &g->store,
                                  wijk__schema_filled(cx, sql_file("layer.sql"), "{layer}", t->name)));
    if (t->style_qml) WIJK_TRY(style(g, t));
    g->insert = wijk__q(cx, &g->store, insert_text(cx, t));
    if (t->features)
        g->index = wijk__q(cx, &g->store,
                           wijk_sprintf(cx, "INSERT INTO \"rtree_%s_geom\" VALUES (?, ?, ?, ?, ?)", t->name));
    return g->insert.err ? g->insert.err : g->index.err;
}

static void next_row(struct wijk_gpkg_out *g)
{
    g->row = wijk_cx_mark(g->cx);
    g->box = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    wijk__q_again(&g->insert);
    wijk__q_int(&g->insert, ++g->fid);
}

void wijk_gpkg_begin(struct wijk_gpkg_out *g, const struct wijk_gpkg_table *t)
{
    g->table = t;
    g->insert = g->index = (struct wijk__q){.cx = g->cx, .store = &g->store};
    g->fid = 0;
    g->all = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    if (!g->err) keep(g, begin(g, t));
    g->insert.err = g->err;
    if (!g->err) next_row(g);
}

void wijk_gpkg_geom(struct wijk_gpkg_out *g, const struct wijk_geom *geom)
{
    if (g->err) return;
    if (!geom || !geom->n_poly) {
        wijk__q_null(&g->insert);
        return;
    }
    struct wijk_str blob = wijk_gpkg_blob_write(g->cx, geom, WIJK_CRS_RD);
    g->box = wijk_geom_box(geom);
    wijk__q_blob(&g->insert, blob.p, blob.n);
}

void wijk_gpkg_text(struct wijk_gpkg_out *g, const char *s)
{
    if (!g->err) wijk__q_text(&g->insert, s);
}
void wijk_gpkg_num(struct wijk_gpkg_out *g, double v)
{
    if (!g->err) wijk__q_real(&g->insert, v);
}
void wijk_gpkg_int(struct wijk_gpkg_out *g, int64_t v)
{
    if (!g->err) wijk__q_int(&g->insert, v);
}
void wijk_gpkg_empty(struct wijk_gpkg_out *g)
{
    if (!g->err) wijk__q_null(&g->insert);
}

void wijk_gpkg_end_row(struct wijk_gpkg_out *g)
{
    if (g->err) return;
    wijk__q_row(&g->insert);
    keep(g, g->insert.err);
    if (!g->err && g->box.min_x <= g->box.max_x) {
        struct wijk_box b = g->box;
        wijk__q_again(&g->index);
        wijk__q_int(&g->index, g->fid);
        wijk__q_real(&g->index, b.min_x), wijk__q_real(&g->index, b.max_x);
        wijk__q_real(&g->index, b.min_y), wijk__q_real(&g->index, b.max_y);
        wijk__q_row(&g->index);
        keep(g, g->index.err);
        g->all = (struct wijk_box){fmin(g->all.min_x, b.min_x), fmin(g->all.min_y, b.min_y),
                                   fmax(g->all.max_x, b.max_x), fmax(g->all.max_y, b.max_y)};
    }
    wijk_cx_rewind(g->cx, g->row);
    next_row(g);
}

void wijk_gpkg_end(struct wijk_gpkg_out *g)
{
    keep(g, wijk__q_end(&g->insert));
    if (g->index.stmt) keep(g, wijk__q_end(&g->index));
    if (g->err || !(g->all.min_x <= g->all.max_x)) return;
    struct wijk__q q =
        wijk__q(g->cx, &g->store,
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?");
    wijk__q_real(&q, g->all.min_x), wijk__q_real(&q, g->all.min_y);
    wijk__q_real(&q, g->all.max_x), wijk__q_real(&q, g->all.max_y);
    wijk__q_text(&q, g->table->name);
    keep(g, wijk__q_done(&q));
}

/* ---- close ---- */

static enum wijk_err finish(struct wijk_gpkg_out *g)
{
    if (g->err) return g->err;
    /* The styles are a table too, for who opens the file. */
    WIJK_TRY(wijk__store_exec(g->cx, &g->store,
                              "INSERT INTO gpkg_contents (table_name, data_type, identifier, description,"
                              " last_change) SELECT 'layer_styles', 'attributes', 'layer_styles',"
                              " 'Opmaak van de kaartlagen', max(last_change) FROM gpkg_contents"));
    WIJK_TRY(wijk__store_exec(g->cx, &g->store, "COMMIT"));
    int rc = sqlite3_close(g->store.db);
    if (rc != SQLITE_OK) return wijk__store_fault(g->cx, &g->store, rc);
    g->store.db = NULL;
    return !g->to.fd && fsync(g->fd) ? wijk__file_fault(g->cx, g->to.path, errno) : WIJK_OK;
}

void wijk_gpkg_drop(struct wijk_gpkg_out *g)
{
    if (!g || g->fd < 0) return;
    if (g->insert.stmt) wijk__q_end(&g->insert);
    if (g->index.stmt) wijk__q_end(&g->index);
    sqlite3_close_v2(g->store.db);
    g->store.db = NULL;
    wijk__file_drop(g->temp);
    close(g->fd);
    g->fd = -1;
}

enum wijk_err wijk_gpkg_done(struct wijk_gpkg_out *g)
{
    enum wijk_err err = finish(g);
    if (err == WIJK_OK) err = wijk__file_keep(g->cx, g->temp, &g->to);
    if (err == WIJK_OK) {
        close(g->fd);
        g->fd = -1;
    }
    wijk_gpkg_drop(g);
    return err;
}
