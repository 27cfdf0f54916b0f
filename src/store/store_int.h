/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared inside store: the handle, statements that keep their first fault, and the steps of atomic files. */
#ifndef WIJK_STORE_INT_H
#define WIJK_STORE_INT_H

#include "store/store.h"

#include <sqlite3.h>

struct wijk_store {
    struct wijk_cx *cx;
    sqlite3 *db;
    const char *path, *label;
    enum wijk_store_mode mode;
    bool in_transaction;
    struct wijk_store_fate own_fate, *fate; /* fate: own_fate, or one shared with other connections */
    bool ready;                             /* in WAL, by us; from here on the file's bytes may move */
    bool loaded;              /* this transaction took in a load: refresh the planner's figures */
    int64_t changes_at_begin; /* moved on by what leaves data_version as it is */
    int64_t rows_at_begin;
    const struct wijk_progress *watch; /* whoever may stop long statements; NULL nobody */
    uint64_t content; /* hash of all that this transaction wrote: the stuff data_version is made of */
};

/* ---- the way to the disk (sqlite_disk.c) ---- */

#define WIJK__NO_FILES (SQLITE_CANTOPEN | 201 << 8) /* a code of ours: no more files may be open */
const char *wijk__disk(void);                       /* the name by which a connection asks for it */

/* ---- statements (sqlite_sql.c) ----
 * The first fault sticks: later calls do nothing, wijk__q_end() reports it. Bound bytes are borrowed until
 * then. */
struct wijk__q {
    struct wijk_cx *cx;
    struct wijk_store *store;
    sqlite3_stmt *stmt;
    int at; /* parameters bound so far */
    enum wijk_err err;
};
struct wijk__q wijk__q(struct wijk_cx *cx, struct wijk_store *store, const char *sql);
void wijk__q_text(struct wijk__q *q, const char *s); /* NULL: NULL */
void wijk__q_int(struct wijk__q *q, int64_t v);
void wijk__q_real(struct wijk__q *q, double v); /* NAN: NULL */
void wijk__q_blob(struct wijk__q *q, const void *p, size_t n);
void wijk__q_null(struct wijk__q *q);
bool wijk__q_row(struct wijk__q *q);   /* the next row; false at the end or at a fault */
void wijk__q_again(struct wijk__q *q); /* ready for new parameters                     */
enum wijk_err wijk__q_end(struct wijk__q *q);
enum wijk_err wijk__q_done(struct wijk__q *q); /* runs to the end, then ends */
int64_t wijk__q_get_int(struct wijk__q *q, int column);
double wijk__q_get_real(struct wijk__q *q, int column);          /* NULL: NAN */
const char *wijk__q_get_text(struct wijk__q *q, int column);     /* a copy in cx; NULL: NULL */
struct wijk_str wijk__q_get_blob(struct wijk__q *q, int column); /* valid until the next row; NULL: p NULL */

enum wijk_err wijk__store_fault(struct wijk_cx *cx, struct wijk_store *store, int rc);
/* Notes what such a failure means for later writes, when there is nobody to tell. */
void wijk__store_felt(struct wijk_store *store, int rc);
enum wijk_err wijk__store_exec(struct wijk_cx *cx, struct wijk_store *store, const char *sql);
enum wijk_err wijk__store_number(struct wijk_cx *cx, struct wijk_store *store, const char *sql, int64_t *out);
/* Runs body in the open transaction, or in one of its own when none is open. */
enum wijk_err wijk__store_write(struct wijk_cx *cx, struct wijk_store *store,
                                enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                void *arg);
/* Adds what was written to the hash behind data_version. */
void wijk__store_note(struct wijk_store *store, const void *bytes, size_t n);

/* ---- writes of people (sqlite_people.c): data_version stays as it is ---- */
enum wijk_err wijk__store_quietly(struct wijk_cx *cx, struct wijk_store *store,
                                  enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                  void *arg);
/* Runs the statement so, to its end. */
enum wijk_err wijk__q_quietly(struct wijk__q *q);

/* ---- what is worked on and made public (sqlite_partner.c) ---- */
struct wijk_edited;
/* Columns from there on: sharing, .., version, public_version, removed, made_by, made_at, changed_at. */
void wijk__edited_read(struct wijk__q *q, int sharing, int version, struct wijk_edited *out);
/* sharing, the next version, public_version, removed, changed_at */
void wijk__edited_bind(struct wijk__q *q, const struct wijk_edited *e);

/* ---- schema (sqlite_schema.c) ---- */
enum { WIJK__LAYERS = WIJK_LEVEL_COUNT + 1 };
const char *wijk__layer(int k); /* the levels, then water */
int wijk__schema_newest(void);
enum wijk_err wijk__schema_upgrade(struct wijk_cx *cx, struct wijk_store *store, int from);
void wijk__gpkg_register(sqlite3 *db);
/* The text with every mark replaced by a name of our own list. */
const char *wijk__schema_filled(struct wijk_cx *cx, const char *sql, const char *mark, const char *name);
/* A path as a file: URI, so that no sign in it means anything to SQLite. */
const char *wijk__store_uri(struct wijk_cx *cx, const char *path, const char *query);
/* gpkg_contents of that layer true again. */
enum wijk_err wijk__layer_extent(struct wijk_cx *cx, struct wijk_store *store, const char *layer,
                                 struct wijk_box *box);
enum wijk_err wijk__layer_touch(struct wijk_cx *cx, struct wijk_store *store, const char *layer);

/* ---- methods (sqlite_methods.c) ---- */
/* The row of this form of the method; kept when it is new. */
enum wijk_err wijk__method_save(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_method *m,
                                int64_t *id);
/* The forms that scores use, in the order of wijk_store_read_methods(). */
enum wijk_err wijk__method_ids(struct wijk_cx *cx, struct wijk_store *store, const int64_t **out, size_t *n);

/* ---- series (sqlite_series.c) ---- */
enum wijk_err wijk__series_check(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_series *s);
void wijk__series_bind(struct wijk__q *q, const struct wijk_series_key *key);
#define WIJK__OF_SERIES                                                                                      \
    " WHERE indicator = ? AND level = ? AND division_year = ? AND period = ? AND release = ?"
#define WIJK__SERIES_COLUMNS                                                                                 \
    "indicator, level, division_year, period, release, n, value, status, source_row, cell_load, "
/* A row of WIJK__SERIES_COLUMNS and, as the column after them, the load of all cells. */
enum wijk_err wijk__series_read(struct wijk__q *q, struct wijk_series *s);
/* By indicator, level, division, period, release. */
int wijk__series_order(const struct wijk_series_key *a, const struct wijk_series_key *b);

/* ---- vectors (sqlite_vector.c): little endian, NAN in one form ---- */
const void *wijk__vector_from_f64(struct wijk_cx *cx, const double *v, size_t n);
const void *wijk__vector_from_u32(struct wijk_cx *cx, const uint32_t *v, size_t n);
double *wijk__vector_to_f64(struct wijk_cx *cx, struct wijk_str blob);
uint32_t *wijk__vector_to_u32(struct wijk_cx *cx, struct wijk_str blob);

/* ---- sqlite_packed.c: the same, in less room where that can be ---- */

/* *out and its length. Minus nought becomes nought. */
size_t wijk__packed_from_f64(struct wijk_cx *cx, const double *v, size_t n, const void **out);
size_t wijk__packed_from_u8(struct wijk_cx *cx, const uint8_t *v, size_t n, const void **out);
size_t wijk__packed_from_u32(struct wijk_cx *cx, const uint32_t *v, size_t n, const void **out);
/* n elements; NULL: the blob is no such vector. */
double *wijk__packed_to_f64(struct wijk_cx *cx, struct wijk_str blob, size_t n);
const uint8_t *wijk__packed_to_u8(struct wijk_cx *cx, struct wijk_str blob, size_t n);
uint32_t *wijk__packed_to_u32(struct wijk_cx *cx, struct wijk_str blob, size_t n);

/* ---- files (file.c) ---- */
const char *wijk__file_label(struct wijk_cx *cx, const char *path);
char *wijk__file_folder(struct wijk_cx *cx, const char *path);
enum wijk_err wijk__file_fault(struct wijk_cx *cx, const char *path, int why);
/* An empty file of a new name beside path; fd holds it against sweeping: close it after publishing. */
enum wijk_err wijk__file_temp(struct wijk_cx *cx, const char *path, const char **temp, int *fd);
/* Removes it, and what SQLite put beside it. */
void wijk__file_drop(const char *temp);
/* temp gets the name path; on failure temp is gone. */
enum wijk_err wijk__file_publish(struct wijk_cx *cx, const char *temp, const char *path, bool replace);
/* What was written gets its name, or becomes a file without one (to->fd). On failure temp is gone. */
enum wijk_err wijk__file_keep(struct wijk_cx *cx, const char *temp, const struct wijk_file_to *to);
/* Refuses a path that is taken or a folder, before any work is done. */
enum wijk_err wijk__file_free(struct wijk_cx *cx, const struct wijk_file_to *to);
enum wijk_err wijk__file_sync_folder(struct wijk_cx *cx, const char *path);

#endif
