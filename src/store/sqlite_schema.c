/* SPDX-License-Identifier: EUPL-1.2 */
/* The schema: numbered SQL files run in order, and the functions the GeoPackage triggers ask for. */
#include "store/store_int.h"

#include "base/embedded.h"

#include <math.h>
#include <string.h>

extern const struct wijk_embedded wijk_schema_files[];

const char *wijk__layer(int k)
{
    return k < WIJK_LEVEL_COUNT ? wijk_level_id((enum wijk_level)k) : "water";
}

static int file_number(const struct wijk_embedded *f)
{
    return (f->name[0] - '0') * 100 + (f->name[1] - '0') * 10 + (f->name[2] - '0');
}

int wijk__schema_newest(void)
{
    int newest = 0;
    for (const struct wijk_embedded *f = wijk_schema_files; f->name; f++) newest = file_number(f);
    return newest;
}

/* The text with every `mark` replaced by a name of our own list. */
const char *wijk__schema_filled(struct wijk_cx *cx, const char *sql, const char *mark, const char *name)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    for (const char *at; (at = strstr(sql, mark)); sql = at + strlen(mark)) {
        wijk_buf_put(&b, sql, (size_t)(at - sql));
        wijk_buf_str(&b, name);
    }
    wijk_buf_str(&b, sql);
    return wijk_buf_cstr(&b);
}

/* A file that speaks of {level} is run for every level, one that speaks of {layer} for every level and water.
 */
static enum wijk_err run_file(struct wijk_cx *cx, struct wijk_store *store, const char *sql)
{
    const char *mark = strstr(sql, "{level}") ? "{level}" : strstr(sql, "{layer}") ? "{layer}" : NULL;
    if (!mark) return wijk__store_exec(cx, store, sql);
    int n = strcmp(mark, "{level}") == 0 ? (int)WIJK_LEVEL_COUNT : (int)WIJK__LAYERS;
    for (int k = 0; k < n; k++)
        WIJK_TRY(wijk__store_exec(cx, store, wijk__schema_filled(cx, sql, mark, wijk__layer(k))));
    return WIJK_OK;
}

enum wijk_err wijk__schema_upgrade(struct wijk_cx *cx, struct wijk_store *store, int from)
{
    for (const struct wijk_embedded *f = wijk_schema_files; f->name; f++)
        if (file_number(f) > from) WIJK_TRY(run_file(cx, store, (const char *)f->bytes));
    struct wijk__q q = wijk__q(cx, store, "UPDATE wijk_store SET schema = ?");
    wijk__q_int(&q, wijk__schema_newest());
    return wijk__q_done(&q);
}

/* ---- ST_ functions ---- */

enum { MIN_X, MAX_X, MIN_Y, MAX_Y, IS_EMPTY };
static const struct {
    const char *name;
    int what;
} FUNCTIONS[] = {
    {"ST_MinX", MIN_X}, {"ST_MaxX", MAX_X}, {"ST_MinY", MIN_Y}, {"ST_MaxY", MAX_Y}, {"ST_IsEmpty", IS_EMPTY}};

static void st_function(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    (void)argc;
    const void *p = sqlite3_value_blob(argv[0]);
    struct wijk_str blob = {p ? p : "", p ? (size_t)sqlite3_value_bytes(argv[0]) : 0};
    struct wijk_box box;
    bool empty;
    if (!wijk_gpkg_blob_box(blob, &box, &empty)) return sqlite3_result_null(ctx);
    int what = *(const int *)sqlite3_user_data(ctx);
    if (what == IS_EMPTY) return sqlite3_result_int(ctx, empty);
    if (empty) return sqlite3_result_null(ctx);
    const double side[] = {box.min_x, box.max_x, box.min_y, box.max_y};
    sqlite3_result_double(ctx, side[what]);
}

void wijk__gpkg_register(sqlite3 *db)
{
    for (size_t k = 0; k < sizeof FUNCTIONS / sizeof *FUNCTIONS; k++)
        sqlite3_create_function_v2(db, FUNCTIONS[k].name, 1,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                   (void *)(uintptr_t)&FUNCTIONS[k].what, st_function, NULL, NULL, NULL);
}

/* ---- layers ---- */

enum wijk_err wijk__layer_extent(struct wijk_cx *cx, struct wijk_store *store, const char *layer,
                                 struct wijk_box *box)
{
    *box = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    struct wijk__q q =
        wijk__q(cx, store, wijk_sprintf(cx, "SELECT geom FROM \"%s\" WHERE geom IS NOT NULL", layer));
    while (wijk__q_row(&q)) {
        struct wijk_box b;
        bool empty;
        if (!wijk_gpkg_blob_box(wijk__q_get_blob(&q, 0), &b, &empty) || empty) continue;
        box->min_x = fmin(box->min_x, b.min_x);
        box->min_y = fmin(box->min_y, b.min_y);
        box->max_x = fmax(box->max_x, b.max_x);
        box->max_y = fmax(box->max_y, b.max_y);
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk__layer_touch(struct wijk_cx *cx, struct wijk_store *store, const char *layer)
{
    struct wijk_box box;
    WIJK_TRY(wijk__layer_extent(cx, store, layer, &box));
    bool none = box.min_x > box.max_x;
    struct wijk__q q =
        wijk__q(cx, store,
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?");
    wijk__q_real(&q, none ? NAN : box.min_x);
    wijk__q_real(&q, none ? NAN : box.min_y);
    wijk__q_real(&q, none ? NAN : box.max_x);
    wijk__q_real(&q, none ? NAN : box.max_y);
    wijk__q_text(&q, layer);
    return wijk__q_done(&q);
}
