/* SPDX-License-Identifier: EUPL-1.2 */
/* Our own look at a foreign GeoPackage (OGC 12-128r18) before GDAL sees it. SQLite runs what stands in a
 * schema, so every connection made in this process is tied down as it opens (sqlite3_auto_extension calls our
 * own function; nothing is loaded). Names of tables and columns come from the file here and are quoted by
 * SQLite. */
#include "read/gpkg.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>

enum { HEAP_MAX = 160 << 20, VALUE_MAX = 80 << 20, STEPS = 20000, LAYERS_MAX = 1000 };

static int64_t deadline_ms;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- every connection -------------------------------------------------------------------------- */

static int too_late(void *self)
{
    (void)self;
    return now_ms() > deadline_ms;
}

/* Reading, and nothing that makes, changes or attaches. */
static int allow(void *self, int action, const char *a, const char *b, const char *database,
                 const char *trigger)
{
    (void)self, (void)a, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_PRAGMA: return SQLITE_OK;
    case SQLITE_FUNCTION: return b && sqlite3_stricmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default: return SQLITE_DENY;
    }
}

static int tie_down(sqlite3 *db, char **why, const struct sqlite3_api_routines *api)
{
    static const int SWITCH[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 0},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    };
    static const int LIMIT[][2] = {
        {SQLITE_LIMIT_LENGTH, VALUE_MAX},
        {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
        {SQLITE_LIMIT_COLUMN, 2000},
        {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_COMPOUND_SELECT, 10},
        {SQLITE_LIMIT_VDBE_OP, 100000},
        {SQLITE_LIMIT_FUNCTION_ARG, 16},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    (void)why, (void)api;
    for (size_t i = 0; i < sizeof SWITCH / sizeof *SWITCH; i++)
        if (sqlite3_db_config(db, SWITCH[i][0], SWITCH[i][1], NULL) != SQLITE_OK) return SQLITE_ERROR;
    for (size_t i = 0; i < sizeof LIMIT / sizeof *LIMIT; i++) sqlite3_limit(db, LIMIT[i][0], LIMIT[i][1]);
    sqlite3_progress_handler(db, STEPS, too_late, NULL);
    if (sqlite3_exec(db, "PRAGMA mmap_size=0", NULL, NULL, NULL) != SQLITE_OK) return SQLITE_ERROR;
    return sqlite3_set_authorizer(db, allow, NULL);
}

enum wijk_err wijk__gpkg_harden(struct wijk_cx *cx, unsigned seconds)
{
    deadline_ms = now_ms() + (int64_t)seconds * 1000;
    bool good = sqlite3_initialize() == SQLITE_OK && sqlite3_hard_heap_limit64(HEAP_MAX) >= 0 &&
                sqlite3_auto_extension((void (*)(void))tie_down) == SQLITE_OK;
    return good ? WIJK_OK : wijk_fail(cx, WIJK_ECHILD, "wijk-read: SQLite is niet af te schermen");
}

/* ---- one look ---------------------------------------------------------------------------------- */

struct look {
    struct wijk_cx *cx;
    sqlite3 *db;
    const char *label;
};

/* What SQLite says, in our words; the technical reason stands behind it. */
static enum wijk_err fail_sqlite(struct look *l, int code)
{
    if (code == SQLITE_INTERRUPT)
        return wijk_fail(l->cx, WIJK_ELIMIT, "%s: het nakijken van de GeoPackage duurt te lang", l->label);
    if (code == SQLITE_NOMEM || code == SQLITE_TOOBIG)
        return wijk_fail(l->cx, WIJK_ELIMIT, "%s: de GeoPackage vraagt te veel geheugen", l->label);
    return wijk_fail(l->cx, WIJK_EPARSE, "%s: de GeoPackage is beschadigd (%s)", l->label,
                     sqlite3_errmsg(l->db));
}

static enum wijk_err prepare(struct look *l, const char *sql, const char *bound, sqlite3_stmt **out)
{
    int code = sqlite3_prepare_v2(l->db, sql, -1, out, NULL);
    if (code != SQLITE_OK) return fail_sqlite(l, code);
    if (bound) sqlite3_bind_text(*out, 1, bound, -1, SQLITE_TRANSIENT);
    return WIJK_OK;
}

/* The first column of the only row, "" without a row. */
static enum wijk_err ask(struct look *l, const char *sql, const char *bound, const char **answer)
{
    sqlite3_stmt *stmt;
    *answer = "";
    WIJK_TRY(prepare(l, sql, bound, &stmt));
    int code = sqlite3_step(stmt);
    enum wijk_err err = WIJK_OK;
    if (code == SQLITE_ROW)
        *answer = wijk_str_dup(l->cx, wijk_str((const char *)sqlite3_column_text(stmt, 0)));
    else if (code != SQLITE_DONE)
        err = fail_sqlite(l, code);
    sqlite3_finalize(stmt);
    return err;
}

/* In memory there is no journal beside the file, and a file that expects one does not open. */
static void forget_journal(struct wijk_str bytes)
{
    char *p = (char *)(uintptr_t)bytes.p;
    if (bytes.n > 20 && p[18] == 2 && p[19] == 2) p[18] = p[19] = 1;
}

static enum wijk_err open_bytes(struct look *l, struct wijk_str bytes)
{
    static const char MAGIC[16] = "SQLite format 3";
    enum { FLAGS = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY };
    if (bytes.n < 100 || memcmp(bytes.p, MAGIC, sizeof MAGIC) != 0)
        return wijk_fail(l->cx, WIJK_EPARSE, "%s: dit is geen leesbaar GPKG-bestand, of het is beschadigd",
                         l->label);
    forget_journal(bytes);
    int code = sqlite3_open_v2(":memory:", &l->db, FLAGS, NULL);
    if (code != SQLITE_OK) return fail_sqlite(l, code);
    sqlite3_set_authorizer(l->db, NULL, NULL); /* this call attaches the bytes, by a statement of its own */
    code = sqlite3_deserialize(l->db, "main", (unsigned char *)(uintptr_t)bytes.p, (sqlite3_int64)bytes.n,
                               (sqlite3_int64)bytes.n, SQLITE_DESERIALIZE_READONLY);
    sqlite3_set_authorizer(l->db, allow, NULL);
    return code == SQLITE_OK ? WIJK_OK : fail_sqlite(l, code);
}

static enum wijk_err check_file(struct look *l)
{
    static const char *const IDS[] = {"1196444487", "1196437808", "1196437809"}; /* GPKG, GP10, GP11 */
    const char *answer;
    WIJK_TRY(ask(l, "PRAGMA cell_size_check=ON", NULL, &answer));
    WIJK_TRY(ask(l, "PRAGMA quick_check(1)", NULL, &answer));
    if (strcmp(answer, "ok") != 0)
        return wijk_fail(l->cx, WIJK_EPARSE, "%s: de GeoPackage is beschadigd (%s)", l->label, answer);
    WIJK_TRY(ask(l, "PRAGMA application_id", NULL, &answer));
    for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++)
        if (strcmp(answer, IDS[i]) == 0) return WIJK_OK;
    return wijk_fail(l->cx, WIJK_EPARSE,
                     "%s: dit is een SQLite-bestand, maar het noemt zich geen GeoPackage (application_id %s)",
                     l->label, answer);
}

/* "table", "virtual", "view", or "" where there is none. */
static enum wijk_err kind_of(struct look *l, const char *name, const char **kind)
{
    return ask(l,
               "SELECT CASE WHEN type='table' AND sql LIKE 'create virtual %' THEN 'virtual' ELSE type END"
               " FROM sqlite_schema WHERE name=?1 COLLATE NOCASE AND type IN ('table','view')",
               name, kind);
}

static enum wijk_err check_tables(struct look *l)
{
    static const char *const NEEDED[] = {"gpkg_contents", "gpkg_spatial_ref_sys"};
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
        const char *kind;
        WIJK_TRY(kind_of(l, NEEDED[i], &kind));
        if (strcmp(kind, "table") != 0)
            return wijk_fail(l->cx, WIJK_EPARSE, "%s: in de GeoPackage ontbreekt de tabel %s", l->label,
                             NEEDED[i]);
    }
    return WIJK_OK;
}

/* ---- geometries -------------------------------------------------------------------------------- */

static double f64(const unsigned char *p, bool little)
{
    uint64_t bits = 0;
    double v;
    for (int i = 0; i < 8; i++) bits |= (uint64_t)p[little ? i : 7 - i] << (8 * i);
    memcpy(&v, &bits, sizeof v);
    return v;
}

static int64_t i32(const unsigned char *p, bool little)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) v |= (uint32_t)p[little ? i : 3 - i] << (8 * i);
    return (int32_t)v;
}

/* The head of a geometry blob (2.1.3): its marks, its length, the system the table names and an envelope that
 * is one. The shape behind it is checked where it is read. */
static bool head_holds(const unsigned char *p, size_t n, int64_t srs)
{
    static const size_t SIZE[] = {0, 32, 48, 48, 64};
    if (n < 8 || p[0] != 'G' || p[1] != 'P' || p[2] != 0) return false;
    bool little = p[3] & 1, empty = p[3] >> 4 & 1;
    size_t envelope = p[3] >> 1 & 7;
    if (envelope > 4 || n < 8 + SIZE[envelope] + 5 || i32(p + 4, little) != srs) return false;
    for (size_t at = 0; at < SIZE[envelope] && !empty; at += 16) {
        double least = f64(p + 8 + at, little), most = f64(p + 16 + at, little);
        if (!(isfinite(least) && isfinite(most) && least <= most)) return false;
    }
    return true;
}

static enum wijk_err check_geometries(struct look *l, const char *table, const char *column, int64_t srs)
{
    sqlite3_stmt *stmt;
    char *sql = sqlite3_mprintf("SELECT \"%w\" FROM \"%w\"", column, table);
    if (!sql) return fail_sqlite(l, SQLITE_NOMEM);
    enum wijk_err err = prepare(l, sql, NULL, &stmt);
    sqlite3_free(sql);
    WIJK_TRY(err);
    int code;
    for (unsigned long long row = 1; (code = sqlite3_step(stmt)) == SQLITE_ROW && err == WIJK_OK; row++) {
        if (sqlite3_column_type(stmt, 0) == SQLITE_NULL) continue;
        const void *p = sqlite3_column_blob(stmt, 0);
        size_t n = (size_t)sqlite3_column_bytes(stmt, 0);
        if (sqlite3_column_type(stmt, 0) != SQLITE_BLOB || !head_holds(p, n, srs))
            err = wijk_fail(l->cx, WIJK_EPARSE, "%s laag %s rij %llu, %s: de vorm is beschadigd", l->label,
                            table, row, column);
    }
    if (err == WIJK_OK && code != SQLITE_DONE) err = fail_sqlite(l, code);
    sqlite3_finalize(stmt);
    return err;
}

/* ---- the layer --------------------------------------------------------------------------------- */

struct layer {
    const char *table, *column; /* column "": no shapes */
    int64_t srs;
};

static enum wijk_err check_layer(struct look *l, const struct layer *layer)
{
    const char *kind, *known;
    WIJK_TRY(kind_of(l, layer->table, &kind));
    if (strcmp(kind, "view") == 0)
        return wijk_fail(
            l->cx, WIJK_EPARSE,
            "%s: de laag %s is een weergave (view). Wijkregie leest alleen tabellen; bewaar de laag "
            "als tabel",
            l->label, layer->table);
    if (strcmp(kind, "table") != 0)
        return wijk_fail(l->cx, WIJK_EPARSE,
                         "%s: de laag %s staat in de inhoudsopgave, maar de tabel is er niet", l->label,
                         layer->table);
    if (!layer->column[0]) return WIJK_OK;
    WIJK_TRY(ask(l, "SELECT 1 FROM gpkg_spatial_ref_sys WHERE srs_id=CAST(?1 AS INTEGER)",
                 wijk_sprintf(l->cx, "%lld", (long long)layer->srs), &known));
    if (!known[0])
        return wijk_fail(l->cx, WIJK_EPARSE,
                         "%s: de laag %s noemt een coördinatenstelsel dat er niet in staat (%lld)", l->label,
                         layer->table, (long long)layer->srs);
    return check_geometries(l, layer->table, layer->column, layer->srs);
}

/* The layers GDAL will offer: features with their column of shapes, and attributes without one. */
static enum wijk_err list_layers(struct look *l, struct layer **out, size_t *n)
{
    static const char SQL[] = "SELECT c.table_name, coalesce(g.column_name,''), coalesce(g.srs_id,0)"
                              " FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g"
                              " ON g.table_name=c.table_name COLLATE NOCASE"
                              " WHERE c.data_type IN ('features','attributes') LIMIT 1001";
    static const char BARE[] =
        "SELECT table_name, '', 0 FROM gpkg_contents WHERE data_type='attributes' LIMIT 1001";
    sqlite3_stmt *stmt;
    const char *kind;
    int code;
    WIJK_TRY(kind_of(l, "gpkg_geometry_columns", &kind));
    WIJK_TRY(prepare(l, strcmp(kind, "table") == 0 ? SQL : BARE, NULL, &stmt));
    struct layer *list = WIJK_NEW(l->cx, struct layer, LAYERS_MAX);
    *n = 0;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW && *n < LAYERS_MAX)
        list[(*n)++] = (struct layer){
            wijk_str_dup(l->cx, wijk_str((const char *)sqlite3_column_text(stmt, 0))),
            wijk_str_dup(l->cx, wijk_str((const char *)sqlite3_column_text(stmt, 1))),
            sqlite3_column_int64(stmt, 2),
        };
    sqlite3_finalize(stmt);
    *out = list;
    if (code == SQLITE_ROW)
        return wijk_fail(l->cx, WIJK_ELIMIT, "%s: meer dan %d lagen in de GeoPackage", l->label, LAYERS_MAX);
    return code == SQLITE_DONE ? WIJK_OK : fail_sqlite(l, code);
}

static enum wijk_err check_whole(struct look *l, const char *name)
{
    struct layer *list;
    size_t n;
    WIJK_TRY(check_file(l));
    WIJK_TRY(check_tables(l));
    WIJK_TRY(list_layers(l, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (n == 1 || (name && sqlite3_stricmp(list[i].table, name) == 0)) return check_layer(l, &list[i]);
    return WIJK_OK; /* which layers there are is said where one is chosen */
}

enum wijk_err wijk__gpkg_check(struct wijk_cx *cx, struct wijk_str bytes, const char *label,
                               const char *layer)
{
    struct look l = {cx, NULL, label};
    enum wijk_err err = open_bytes(&l, bytes);
    if (err == WIJK_OK) err = check_whole(&l, layer);
    sqlite3_close(l.db);
    return err;
}
