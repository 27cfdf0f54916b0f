/* SPDX-License-Identifier: EUPL-1.2 */
/* store: where everything is kept. The only SQL, and the only place that touches files of ours.
 *
 * One store is one GeoPackage file (sqlite_*.c). The functions below are all that a second form (postgres.c)
 * has to give. A write is durable when its transaction ends. One process writes at a time; readers go on
 * beside it.
 */
#ifndef WIJK_STORE_H
#define WIJK_STORE_H

#include "report/report.h"

#include <stdatomic.h>

struct wijk_store;
enum wijk_store_mode { WIJK_STORE_READ, WIJK_STORE_WRITE };

/* url: a path, or postgresql://... (refused with a clear sentence until that form is built in). */
/* Fails WIJK_EEXISTS, WIJK_EIO. Makes the file whole or not at all, and clears away what a
 * killed process of ours left half made in that folder. */
WIJK_API enum wijk_err wijk_store_create(struct wijk_cx *cx, const char *url, struct wijk_store **out);
/* Upgrades an older schema when opened for writing; otherwise writes nothing before the first transaction.
 * An older schema is read through a copy brought to the newest, the file stays as it is; reading works on a
 * disk or in a folder where nothing can be written.
 * The store keeps cx for its faults: same lifetime.
 * Fails WIJK_ENOTFOUND, WIJK_ESTORE (not ours, newer than we are, damaged), WIJK_EIO. */
WIJK_API enum wijk_err wijk_store_open(struct wijk_cx *cx, const char *url, enum wijk_store_mode mode,
                                       struct wijk_store **out);
/* Folds the log into the file as far as nobody reads it now, so that what was just erased stands nowhere any
 * more. Where that cannot be, the next one or the close of the last writer does it. */
WIJK_API void wijk_store_empty_log(struct wijk_store *store);
WIJK_API void wijk_store_close(struct wijk_store *store); /* NULL allowed; an open transaction is undone */

/* One user action is one transaction. Nested calls are a caller's mistake. A save outside a transaction is
 * one by itself. On a store opened for reading: one consistent picture over several reads. */
WIJK_API enum wijk_err wijk_store_begin(struct wijk_cx *cx, struct wijk_store *store);
WIJK_API enum wijk_err wijk_store_commit(struct wijk_cx *cx, struct wijk_store *store);
WIJK_API void wijk_store_rollback(struct wijk_store *store);
/* The form for callers: begin; body; commit, or rollback when body fails. */
WIJK_API enum wijk_err wijk_store_in_transaction(struct wijk_cx *cx, struct wijk_store *store,
                                                 enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *,
                                                                       void *),
                                                 void *arg);

/* Runs body in a transaction that is always undone, and leaves every byte of the file as it was. What the
 * trial writes is held in memory until then. Gives what body gives. */
WIJK_API enum wijk_err wijk_store_trial(struct wijk_cx *cx, struct wijk_store *store,
                                        enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                        void *arg);

/* Long statements ask now and then whether to go on (done and total 0); one that may not ends with
 * WIJK_ECANCEL, its transaction is to be undone. NULL: nobody asks any more. */
WIJK_API void wijk_store_watch(struct wijk_store *store, const struct wijk_progress *progress);

/* ---- facts about the store ---- */

/* Broken: a read, write or sync of the disk failed; every write is refused until the store is opened anew,
 * reading goes on. Full: the last write found no room; the next one tries again. May be asked by any thread
 * while another writes. */
enum wijk_store_health { WIJK_STORE_SOUND, WIJK_STORE_READ_ONLY, WIJK_STORE_BROKEN, WIJK_STORE_FULL };
WIJK_API enum wijk_store_health wijk_store_health(const struct wijk_store *store);
/* What failed for one connection failed for the disk of all: those that share a fate stop writing together.
 * It outlives them. */
struct wijk_store_fate {
    atomic_bool broken, full;
};
WIJK_API void wijk_store_share(struct wijk_store *store, struct wijk_store_fate *fate);

struct wijk_store_info {
    const char *title;        /* "Lindewaard"                                      */
    bool fictional;           /* the demo: screens show «fictieve gemeente»         */
    const char *data_version; /* changes with every committed write; 12 hex digits  */
    int schema;
    const char *created_at;
};
WIJK_API enum wijk_err wijk_store_info(struct wijk_cx *cx, struct wijk_store *store,
                                       struct wijk_store_info *out);
WIJK_API enum wijk_err wijk_store_set_title(struct wijk_cx *cx, struct wijk_store *store, const char *title,
                                            bool fictional);

/* ---- areas ---- */

struct wijk_division {
    enum wijk_level level;
    int division_year;
    size_t n;          /* areas            */
    size_t n_geometry; /* with a geometry  */
};
/* By level, then newest division first. */
WIJK_API enum wijk_err wijk_store_divisions(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_division **out, size_t *n);
/* In area order. n = 0 when the division is not there. An area without a name is named by its code. */
WIJK_API enum wijk_err wijk_store_read_areas(struct wijk_cx *cx, struct wijk_store *store,
                                             enum wijk_level level, int division_year, bool with_geometry,
                                             const struct wijk_areas **out);
/* Adds new areas at the end of the area order; of known codes, members that are given (name, parent,
 * residents, geometry: not NULL, not NAN) replace what was. Keeps the R-tree and gpkg_contents true. */
WIJK_API enum wijk_err wijk_store_save_areas(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_areas *areas);
/* Drawn under the map, no figures: rivers and lakes, as features in the table `water`. Replaces what was
 * there. */
WIJK_API enum wijk_err wijk_store_save_water(struct wijk_cx *cx, struct wijk_store *store,
                                             const char *const *name, const struct wijk_geom *const *geom,
                                             size_t n);
WIJK_API enum wijk_err wijk_store_read_water(struct wijk_cx *cx, struct wijk_store *store,
                                             const char *const **name, const struct wijk_geom *const **geom,
                                             size_t *n);

/* ---- loads and series ---- */

/* Gives load->id. Copies indicator and source definitions in use, so that the file explains itself. */
WIJK_API enum wijk_err wijk_store_save_load(struct wijk_cx *cx, struct wijk_store *store,
                                            struct wijk_load *load);
/* NULL when that file was not loaded for that source. */
WIJK_API enum wijk_err wijk_store_find_load(struct wijk_cx *cx, struct wijk_store *store, const char *source,
                                            const char *sha256, const struct wijk_load **out);
/* In order of id, without findings. */
WIJK_API enum wijk_err wijk_store_read_loads(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_load **out, size_t *n);
WIJK_API enum wijk_err wijk_store_read_findings(struct wijk_cx *cx, struct wijk_store *store,
                                                uint32_t load_id, const struct wijk_finding **out, size_t *n);
/* The columns of one load; v[k].load is not looked at. */
WIJK_API enum wijk_err wijk_store_save_columns(struct wijk_cx *cx, struct wijk_store *store, uint32_t load_id,
                                               const struct wijk_load_column *v, size_t n);
/* Of all loads, by load, indicator, period. None from a store of before they were kept. */
WIJK_API enum wijk_err wijk_store_read_columns(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_load_column **out, size_t *n);
WIJK_API enum wijk_err wijk_store_save_defs(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_defs *defs);

/* Findings that came up while a saved load was laid over what was there: of no row. */
WIJK_API enum wijk_err wijk_store_add_findings(struct wijk_cx *cx, struct wijk_store *store, uint32_t load_id,
                                               const struct wijk_finding *v, size_t n);

/* Whole vector at once: one row. A series of the same key is replaced. row and load may be NULL: none.
 * Fails WIJK_ESHAPE more cells than the division has areas; WIJK_EDATA a status that contradicts its value,
 * or a load that is not there. */
WIJK_API enum wijk_err wijk_store_save_series(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_series *s);
/* NULL when absent. */
WIJK_API enum wijk_err wijk_store_read_series(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_series_key *key,
                                              const struct wijk_series **out);
/* All keys, by indicator, level, division, period, release. */
WIJK_API enum wijk_err wijk_store_list_series(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_series_key **out, size_t *n);
/* All series with their vectors, same order: for the snapshot. One pass over the table. */
WIJK_API enum wijk_err wijk_store_read_all_series(struct wijk_cx *cx, struct wijk_store *store,
                                                  const struct wijk_series **out, size_t *n);

/* ---- others: what a source delivered where another source of the same figure is shown ---- */

struct wijk_other {
    const char *source;
    struct wijk_series s; /* MISSING where nothing stands aside; its key is that of the shown series */
};
/* Takes the place of what that source had aside for that series; nothing is kept when no cell has a load.
 * Fails as wijk_store_save_series(). */
WIJK_API enum wijk_err wijk_store_save_other(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_other *o);
/* Of one series (key NULL: of all, in the order of wijk_store_read_all_series()), by source. */
WIJK_API enum wijk_err wijk_store_read_others(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_series_key *key,
                                              const struct wijk_other **out, size_t *n);

/* ---- scores ---- */

/* Replaces the scores of that method, level, division and period, also those of another release, and brings
 * the feature table's columns (newest period) up to date, so that QGIS shows them. Keeps the method's
 * definition beside them. */
WIJK_API enum wijk_err wijk_store_save_scores(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_scores *s);

/* The methods of the stored scores as they were when those were computed, by id: with these and the series
 * every score can be computed again without other definitions. */
WIJK_API enum wijk_err wijk_store_read_methods(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_method **out, size_t *n);
/* Were all stored scores of this method computed by this very definition? */
WIJK_API enum wijk_err wijk_store_method_holds(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_method *m, bool *holds);

/* ---- own sources: definitions that were made here; the text is checked by who reads it ---- */

struct wijk_own_source {
    const char *id, *title;
    const char *yaml;    /* as a file of defs/sources */
    const char *made_at; /* yyyy-mm-ddThh:mm:ssZ */
};
/* By id. None in a store of before there were any. */
WIJK_API enum wijk_err wijk_store_read_own_sources(struct wijk_cx *cx, struct wijk_store *store,
                                                   const struct wijk_own_source **out, size_t *n);
/* One of the same id is replaced. Fails WIJK_ELIMIT. */
WIJK_API enum wijk_err wijk_store_save_own_source(struct wijk_cx *cx, struct wijk_store *store,
                                                  const struct wijk_own_source *s);

/* ---- crosswalks: figures of one division brought to a later one ---- */

struct wijk_crosswalk_pair {
    const char *from, *to; /* codes; an area need not be in the store yet */
    double share_area, share_residents;
    enum wijk_cross_kind kind;
};
struct wijk_crosswalk_cover {
    bool of_to;
    const char *code;
    double covered; /* below 1 */
};
/* As it is kept: by code. */
struct wijk_crosswalk_kept {
    enum wijk_level level;
    int from_year, to_year;
    const char *gemeente; /* "" : of all areas */
    enum wijk_cross_method method;
    const char *made_at;            /* yyyy-mm-ddThh:mm:ssZ */
    const char *file_name, *sha256; /* "" when derived from borders */
    struct wijk_overlay_opt opt;    /* when derived; zeros when not */
    size_t n_link, n_cover;
    const struct wijk_crosswalk_pair *link;
    const struct wijk_crosswalk_cover *cover; /* what is not here is covered whole */
};
/* Replaces the one of that level, years and gemeente. */
WIJK_API enum wijk_err wijk_store_save_crosswalk(struct wijk_cx *cx, struct wijk_store *store,
                                                 const struct wijk_crosswalk_kept *k);
/* All, by level, newest first. */
WIJK_API enum wijk_err wijk_store_read_crosswalks(struct wijk_cx *cx, struct wijk_store *store,
                                                  const struct wijk_crosswalk_kept **out, size_t *n);

/* ---- answers about drawn areas: added, never changed; a new one leaves data_version as it is ---- */

struct wijk_drawn_figure {
    const char *indicator;
    struct wijk_period period;
    double value; /* NAN unless wijk_status_valued(status) */
    enum wijk_status status;
    uint32_t known; /* members with a figure */
    double covered; /* share of the residents those hold */
};
struct wijk_drawn_answer {
    const char *key; /* 64 hex digits: of members, division and data version */
    enum wijk_level level;
    int division_year;
    size_t n_member;
    const char *const *member; /* codes, sorted */
    double persons;
    const char *data_version, *asked_at;
    size_t n_figure;
    const struct wijk_drawn_figure *figure;
};
/* NULL when this area had no answer with these data. */
WIJK_API enum wijk_err wijk_store_find_drawn(struct wijk_cx *cx, struct wijk_store *store, const char *key,
                                             const struct wijk_drawn_answer **out);
/* Every area of that division that was ever answered, once: members and persons only. */
WIJK_API enum wijk_err wijk_store_read_drawn(struct wijk_cx *cx, struct wijk_store *store,
                                             enum wijk_level level, int division_year,
                                             const struct wijk_drawn_answer **out, size_t *n);
/* How many were given at or after that moment ("" all). */
WIJK_API enum wijk_err wijk_store_count_drawn(struct wijk_cx *cx, struct wijk_store *store, const char *since,
                                              size_t *n);
/* Fails WIJK_EDATA when there is an answer of that key. */
WIJK_API enum wijk_err wijk_store_save_drawn(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_drawn_answer *a);

/* ---- care ---- */

/* Integrity of file, references, vectors' lengths, hashes and GeoPackage rules; sentences in Dutch. n = 0:
 * sound. */
WIJK_API enum wijk_err wijk_store_check(struct wijk_cx *cx, struct wijk_store *store,
                                        const char *const **problem, size_t *n);
/* A whole copy while others go on working; WAL folded in, so it is one file. Fails WIJK_EEXISTS. */
WIJK_API enum wijk_err wijk_store_backup(struct wijk_cx *cx, struct wijk_store *store, const char *path);

/* ---- files (file.c) ---- */

/* A file as a byte source; hash and count run along as it is read. Fails WIJK_ENOTFOUND, WIJK_EIO (a folder,
 * no right). */
struct wijk_file;
WIJK_API enum wijk_err wijk_file_open(struct wijk_cx *cx, const char *path, struct wijk_file **out);
WIJK_API struct wijk_in wijk_file_in(struct wijk_file *f);
WIJK_API void wijk_file_close(struct wijk_file *f);
WIJK_API const char *wijk_file_label(
    const struct wijk_file *f); /* name without folders, control characters out */
WIJK_API uint64_t wijk_file_bytes(const struct wijk_file *f); /* its size when it was opened */
/* SHA-256 and size of the whole file, read from start to end; the file is left at its start. */
WIJK_API enum wijk_err wijk_file_hash(struct wijk_cx *cx, struct wijk_file *f, char hex[65], uint64_t *bytes);
WIJK_API enum wijk_err wijk_file_rewind(struct wijk_cx *cx, struct wijk_file *f);
/* The whole file, at most max bytes. Fails WIJK_ELIMIT. */
WIJK_API enum wijk_err wijk_file_read(struct wijk_cx *cx, const char *path, size_t max, struct wijk_str *out);
/* Where a written file goes: to `path`; or, when fd is not NULL, into a file without a name in the folder of
 * path: *fd is open for reading at its start, and the file is gone once that is closed. */
struct wijk_file_to {
    const char *path;
    bool replace;
    int *fd;
};
/* Temporary file beside it, write, fsync, rename, fsync of the folder: whole or not at all. */
struct wijk_file_out;
WIJK_API enum wijk_err wijk_file_out_open(struct wijk_cx *cx, const char *path, bool replace,
                                          struct wijk_file_out **out);
WIJK_API enum wijk_err wijk_file_out_to(struct wijk_cx *cx, const struct wijk_file_to *to,
                                        struct wijk_file_out **out);
WIJK_API struct wijk_out wijk_file_out(struct wijk_file_out *f);
WIJK_API enum wijk_err wijk_file_out_done(
    struct wijk_file_out *f); /* keeps it; without this call nothing is left */
WIJK_API void wijk_file_out_drop(struct wijk_file_out *f);

/* ---- a GeoPackage for others (sqlite_export.c) ---- */

/* Tables one after another, each filled row by row in the order of its columns; memory stays constant. The
 * first fault sticks: later calls do nothing and wijk_gpkg_done() reports it. Texts are borrowed until the
 * end of their row. */
struct wijk_gpkg_column {
    const char *name, *type;         /* "TEXT", "INTEGER", "REAL" */
    const char *title, *description; /* for people; into gpkg_data_columns */
};
struct wijk_gpkg_table {
    const char *name, *title, *description;
    bool features; /* multipolygons in RD New with an R-tree; each row begins with wijk_gpkg_geom() */
    const struct wijk_gpkg_column *column;
    size_t n_column;
    const char *style_name, *style_qml; /* for QGIS; NULL none */
};
enum { WIJK_GPKG_COLUMNS_MAX = 1900 }; /* SQLite takes 2000 */
struct wijk_gpkg_out;
/* changed: moment of the last change of its contents, yyyy-mm-ddThh:mm:ssZ; "" not known */
WIJK_API enum wijk_err wijk_gpkg_open(struct wijk_cx *cx, const struct wijk_file_to *to, const char *changed,
                                      struct wijk_gpkg_out **out);
WIJK_API void wijk_gpkg_begin(struct wijk_gpkg_out *g, const struct wijk_gpkg_table *t);
WIJK_API void wijk_gpkg_geom(struct wijk_gpkg_out *g, const struct wijk_geom *geom); /* NULL: none */
WIJK_API void wijk_gpkg_text(struct wijk_gpkg_out *g, const char *s);                /* NULL: NULL */
WIJK_API void wijk_gpkg_num(struct wijk_gpkg_out *g, double v);                      /* NAN: NULL  */
WIJK_API void wijk_gpkg_int(struct wijk_gpkg_out *g, int64_t v);
WIJK_API void wijk_gpkg_empty(struct wijk_gpkg_out *g);
WIJK_API void wijk_gpkg_end_row(struct wijk_gpkg_out *g);
WIJK_API void wijk_gpkg_end(struct wijk_gpkg_out *g);           /* of the table */
WIJK_API enum wijk_err wijk_gpkg_done(struct wijk_gpkg_out *g); /* keeps the file, or nothing is left */
WIJK_API void wijk_gpkg_drop(struct wijk_gpkg_out *g);

/* ---- a workbook (xlsx.c) ---- */

/* Sheets one after another, row by row, in constant memory. Rows over rows_max go on in a next sheet of the
 * same heading. Text is text: nothing in it is ever run. The first fault sticks, as above. */
struct wijk_xlsx_column {
    const char *title;
    double width; /* in signs; 0: 12 */
};
enum { WIJK_XLSX_ROWS_MAX = 1048576, WIJK_XLSX_SHEETS_MAX = 12 };
struct wijk_xlsx_out;
/* rows_max: of a sheet, heading included; 0: what a spreadsheet takes. changed: as above */
WIJK_API enum wijk_err wijk_xlsx_open(struct wijk_cx *cx, const struct wijk_file_to *to, size_t rows_max,
                                      const char *changed, struct wijk_xlsx_out **out);
WIJK_API void wijk_xlsx_begin(struct wijk_xlsx_out *x, const char *name,
                              const struct wijk_xlsx_column *columns, size_t n);
WIJK_API void wijk_xlsx_text(struct wijk_xlsx_out *x, const char *s); /* NULL: empty */
WIJK_API void wijk_xlsx_num(struct wijk_xlsx_out *x, double v);       /* NAN: empty  */
WIJK_API void wijk_xlsx_period(struct wijk_xlsx_out *x, struct wijk_period p);
WIJK_API void wijk_xlsx_end_row(struct wijk_xlsx_out *x);
WIJK_API enum wijk_err wijk_xlsx_done(struct wijk_xlsx_out *x); /* Fails WIJK_ELIMIT too many rows */
WIJK_API void wijk_xlsx_drop(struct wijk_xlsx_out *x);

/* ---- room.c: long vectors of one piece of work, partly on disk ---- */

struct wijk_room; /* given back with its cx */
WIJK_API struct wijk_room *wijk_room_new(struct wijk_cx *cx);
/* Zeroed, for n elements; never fails, but where there is no disk for it memory has to do. */
WIJK_API void *wijk_room_take(struct wijk_room *r, size_t n, size_t size);
/* Lets go of what lies on disk: nothing is lost, and it comes back where it is asked for. NULL is allowed. */
WIJK_API void wijk_room_rest(struct wijk_room *r);

#endif
