/* SPDX-License-Identifier: EUPL-1.2 */
/* Turns rows into areas, series and findings by the file shape that fits. */
#ifndef WIJK_IMPORT_MAPPER_H
#define WIJK_IMPORT_MAPPER_H

#include "import/mapping.h"

struct wijk__mapper_in {
    const struct wijk_import_in *in;
    const struct wijk__mapping *mapping;
    const struct wijk__map_file *file;
    struct wijk__rows *rows;
    const char *label;
    const uint64_t *bytes_read; /* for the progress bar where rows do not say how far they are */
    uint64_t n_bytes;
};
/* Reads all rows. Fills areas, series, counts, findings and unknown columns of *out.
 * Fails as wijk_import_read(). */
enum wijk_err wijk__mapper_run(struct wijk_cx *cx, const struct wijk__mapper_in *how,
                               struct wijk_import_batch *out);

/* ---- guard.c: no persons, no houses ---- */

struct wijk__guard;
struct wijk__guard *wijk__guard_new(struct wijk_cx *cx);
/* Looks at every cell of the row; columns may have come since the last one. */
void wijk__guard_row(struct wijk_cx *cx, struct wijk__guard *g, const struct wijk__rows *rows,
                     const struct wijk__row *row);
/* A row of which only some cells are looked at, each by wijk__guard_cell(): the others hold a figure of at
 * most seven digits each, in a column whose name says nothing. */
void wijk__guard_plain_row(struct wijk_cx *cx, struct wijk__guard *g, const struct wijk__rows *rows);
void wijk__guard_cell(struct wijk__guard *g, const struct wijk__row *row, size_t column);
/* For a file that fits no definition: `otherwise`, or the fault that its names are those of a table of
 * persons. */
enum wijk_err wijk__guard_names(struct wijk_cx *cx, const struct wijk__rows *rows, const char *label,
                                enum wijk_err otherwise);
enum wijk__guard_rows {
    WIJK__GUARD_ANYTHING,
    WIJK__GUARD_AREAS,  /* each row an area of its own: a place in a row is the middle of one */
    WIJK__GUARD_COUNTED /* addresses that are open by law, counted while reading: nothing of a row is kept */
};
/* Fails WIJK_EPERSONAL, naming the column. */
enum wijk_err wijk__guard_verdict(struct wijk_cx *cx, const struct wijk__guard *g,
                                  const struct wijk__rows *rows, const char *label,
                                  enum wijk__guard_rows kind);

/* ---- findings.c ---- */

/* At most WIJK_FINDINGS_KEPT; texts are copied. */
struct wijk__findings {
    struct wijk_cx *cx;
    size_t n, cap;
    struct wijk_finding *v;
};
void wijk__finding_add(struct wijk__findings *f, enum wijk_finding_kind kind, uint64_t line,
                       struct wijk_str column, const char *reason, const char *cure);

/* ---- byname.c ---- */

struct wijk__by_name;
/* Looks up the areas that names can be joined with.
 * Fails WIJK_EUSAGE no gemeente given, WIJK_EDATA none of these areas is known. */
enum wijk_err wijk__by_name_open(struct wijk_cx *cx, const struct wijk__mapper_in *how, int division_year,
                                 struct wijk__by_name **out);
struct wijk__by_name_hit {
    size_t n;
    struct wijk_name_hit hit[WIJK_NAME_HITS];
    bool again; /* the name stood in an earlier row too */
};
/* As wijk_names_find(), after what a person confirmed; kept in the caller's list of joins. */
enum wijk_name_way wijk__by_name_find(struct wijk__by_name *by, struct wijk_cx *row_cx, struct wijk_str name,
                                      uint64_t line, struct wijk__by_name_hit *out);
/* A row that was kept. residents: as the file says, NAN when it does not. */
void wijk__by_name_joined(struct wijk__by_name *by, const struct wijk_area *area, uint64_t line,
                          double residents);
/* Findings about joined areas whose residents differ much, and about how much of the whole was joined.
 * Returns how many rows were flagged. */
uint64_t wijk__by_name_check(struct wijk__by_name *by, struct wijk__findings *found);

/* ---- table.c ---- */

/* Puts `rows` behind the definition's header_row and footer, when it has them: the columns are then those of
 * the header row. The caller closes `rows` in either case.
 * Fails WIJK_EDATA no such row, WIJK_EDEF a wrong header_row. */
enum wijk_err wijk__table_open(struct wijk_cx *cx, const struct wijk_yaml *source, const char *label,
                               struct wijk__rows *rows);

/* ---- wkt.c ---- */

/* POLYGON or MULTIPOLYGON in well-known text, with SRID=28992; or SRID=4326; in front or without (then *crs
 * stays). false: *why says what is wrong, Dutch, not translated yet. */
bool wijk__wkt_read(struct wijk_cx *cx, struct wijk_str text, const struct wijk_geom **out,
                    enum wijk_crs *crs, const char **why);

/* ---- collect.c: where kept values gather ----------------------------------------------------------------
 */

/* One indicator in one period of one table, growing with its areas. */
struct wijk__column {
    const struct wijk_indicator *indicator;
    size_t cap;
    double *value;
    uint8_t *status;
    uint32_t *row; /* of a long table: where each cell came from; NULL = the slot's row */
};
/* One period of one table: which row each area's cells came from. */
struct wijk__slot {
    struct wijk_period period; /* year 0: rows that carry several periods */
    size_t cap;
    uint32_t *row;                            /* 0 = no row yet */
    uint64_t *hash;                           /* of what else stood in that row besides its figures */
    size_t n_column, cap_column, last_column; /* last: rows put their values in the same order */
    struct wijk__column *column;
};
/* The areas of one level in one division. */
struct wijk__table {
    enum wijk_level level;
    int division_year; /* 0 until the newest period is known */
    size_t n, cap, n_hash;
    struct wijk_area *area;
    uint32_t *area_row;
    size_t *hash; /* open addressing on the code: index + 1 */
    size_t n_slot, cap_slot, last_slot;
    struct wijk__slot *slot;
};
struct wijk__collect {
    struct wijk_cx *cx;
    struct wijk_room *room; /* for all that is as long as a table */
    size_t n_table, cap_table;
    struct wijk__table **table;
};
struct wijk__table *wijk__collect_table(struct wijk__collect *c, enum wijk_level level, int division_year);
size_t wijk__table_find(const struct wijk__table *t, const char *code); /* SIZE_MAX when absent */
size_t wijk__table_add(struct wijk__collect *c, struct wijk__table *t, const char *code, uint32_t row);
/* The slot, made when new, with room for area `at`. Valid until the next call. */
struct wijk__slot *wijk__table_slot(struct wijk__collect *c, struct wijk__table *t, struct wijk_period period,
                                    size_t at);
/* row: where the cell came from when that differs by indicator, 0 = the slot's row. */
void wijk__slot_put(struct wijk__collect *c, struct wijk__slot *s, const struct wijk_indicator *indicator,
                    size_t at, double value, enum wijk_status status, uint32_t row);
/* Whole rows: row j is of area at[j], its cell k is of indicator[k] and stands at value[j * stride + k]. As
 * wijk__slot_put() one by one, row 0. */
void wijk__slot_put_rows(struct wijk__collect *c, struct wijk__slot *s, size_t n,
                         const struct wijk_indicator *const *indicator, size_t n_row, const size_t *at,
                         const double *value, const uint8_t *status, size_t stride);
/* Is this what the cell holds already? */
bool wijk__slot_same(const struct wijk__slot *s, const struct wijk_indicator *indicator, size_t at,
                     double value, enum wijk_status status);
/* Adds 0 or more to a count that begins at 0. */
void wijk__slot_count(struct wijk__collect *c, struct wijk__slot *s, const struct wijk_indicator *indicator,
                      size_t at, unsigned more);
/* The row of a cell of a long table; 0 = none yet. */
uint32_t wijk__slot_row(const struct wijk__slot *s, const struct wijk_indicator *indicator, size_t at);
/* The newest year with figures; 0 none. */
int wijk__table_latest_year(const struct wijk__table *t);
/* Everything as the batch's areas and series; `release` goes into every key. */
void wijk__collect_done(struct wijk__collect *c, const char *release, bool defines,
                        struct wijk_import_batch *out);

/* ---- share.c ---- */

/* Takes the parts' figures out where they do not belong to their gemeente, with a finding for each gemeente
 * and period. Returns how many gemeenten were flagged. */
uint64_t wijk__share_check(struct wijk__collect *c, const struct wijk__map_share *share,
                           struct wijk__findings *found);

#endif
