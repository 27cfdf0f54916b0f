/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the mapper: what columns.c, row.c and mapper.c share while one file is read. */
#ifndef WIJK_IMPORT_MAPPER_INT_H
#define WIJK_IMPORT_MAPPER_INT_H

#include "import/mapper.h"

enum { WIJK__NO_COLUMN = -1, WIJK__ROWS_WAIT = 8 };

/* A column of the file that is wanted. */
struct wijk__plan {
    size_t column;
    const struct wijk__map_field *field;
    struct wijk_period period; /* of a dated column; year 0 = the row's */
    bool asked;                /* the row at hand is of the kind the field asks for */
    bool share;                /* in per cent */
};
/* What the row at hand says in each planned column, and what is known of these columns beforehand: so that
 * nearly every cell is read, judged and kept without a question that has the same answer in every row. */
struct wijk__cells {
    size_t cap, n_plan;
    double *value; /* of the row at hand; behind the rows that wait */
    uint8_t *status;
    double *scale, *min, *max; /* of the plans, close together */
    uint16_t *column, *other;  /* of the figures; the columns that are none */
    size_t n_other;
    const struct wijk_indicator **indicator;
    size_t widest;              /* the last column that is wanted */
    bool all_asked, one_period; /* no field asks for rows of a kind; no column is dated */
    double mark_low, mark_high; /* where the markers that are numbers lie */
    bool quick; /* rows may be plain: every row has all figures, and no text stands for something else */
    bool plain; /* the row at hand: value[] is there */
    size_t n_odd;
    uint16_t *odd; /* of a plain row: the plans whose cell is no short number */
    /* Rows of one table and period wait here until there are some, so that a column is gone to once for all.
     */
    double *value_room; /* WIJK__ROWS_WAIT x cap */
    uint8_t *status_room;
    size_t n_wait, wait_at[WIJK__ROWS_WAIT];
    struct wijk__table *wait_table;
    struct wijk_period wait_period;
};
struct wijk__mapper {
    struct wijk_cx *cx, *row_cx;
    struct wijk_mark empty;
    const struct wijk__mapper_in *how;
    const struct wijk__mapping *m;
    const struct wijk__map_file *f;
    struct wijk__rows *rows;
    struct wijk__collect collect;
    size_t n_resolved; /* columns looked at so far */
    bool used[WIJK_LIMIT_COLUMNS];
    int *key;     /* one for each spelling or part of the code */
    int key_used; /* the one that the row at hand has its code in */
    int name, parent, residents, period, division, geometry;
    int *skip, *where; /* per skip, per field */
    size_t n_plan, cap_plan;
    struct wijk__plan *plan;
    struct wijk__cells cell;
    struct wijk__findings found;
    struct wijk__guard *guard;
    struct wijk__by_name *by_name; /* NULL: the file has codes */
    int file_year;                 /* in the name of the file; 0 = none */
    uint64_t n_row, taken, refused, flagged, elsewhere;
    bool row_flagged;
};
/* What is known of the row at hand besides its values. */
struct wijk__facts {
    char code[WIJK_CODE_MAX];
    const struct wijk_area *known; /* of a file with names: the area that the name found */
    enum wijk_level level;
    struct wijk_period period;
    int division_year;
    uint32_t row;
    uint64_t hash;
    const struct wijk_geom *geom;
};

static inline struct wijk__field wijk__field_at(const struct wijk__row *row, int column)
{
    struct wijk__field none = {.kind = WIJK__FIELD_ABSENT};
    return column < 0 || (size_t)column >= row->n ? none : wijk__row_field(row, (size_t)column);
}

/* ---- columns.c ---- */

/* Looks at the columns that came since the last time. */
void wijk__columns_resolve(struct wijk__mapper *p);
/* Columns that nobody asked for: into *out, and as a finding about the whole file. */
void wijk__columns_unknown(struct wijk__mapper *p, struct wijk_import_batch *out);
/* Where each indicator stood, for whoever wants to look up a figure in the file. */
void wijk__columns_list(struct wijk__mapper *p, struct wijk_import_batch *out);

/* ---- cells.c ---- */

/* Once the plan is made, and whenever columns came. */
void wijk__cells_plan(struct wijk__mapper *p);
/* Reads the numbers of a plain row, and shows the guard what it has to see of any row. */
void wijk__cells_look(struct wijk__mapper *p, const struct wijk__row *row);
/* Keeps the figures of the row at hand, which all are of one period; perhaps not at once. */
void wijk__cells_keep(struct wijk__mapper *p, struct wijk__table *t, struct wijk_period period, size_t at);
/* Puts what waits where it belongs: before anyone looks into the columns. */
void wijk__cells_settle(struct wijk__mapper *p);
/* The numbers of a plain row, scaled; false: one is out of its range or may be a marker. */
bool wijk__cells_good(const struct wijk__cells *c, size_t n);

/* ---- row.c: the parts of a row; false = the row is refused, and the finding is made ---- */

/* Both take texts in the language of the reader already. */
bool wijk__row_refuse(struct wijk__mapper *p, const struct wijk__row *row, int column, const char *reason,
                      const char *cure);
void wijk__row_flag(struct wijk__mapper *p, const struct wijk__row *row, struct wijk_str column,
                    const char *reason, const char *cure);
/* The start of someone else's text; never cut inside a letter. */
struct wijk_str wijk__text_shorten(struct wijk_str text);
struct wijk_str wijk__field_text(struct wijk__mapper *p, struct wijk__field field);
/* share: a percent sign may stand behind it. false: neither a number nor a known sign for "no value". */
bool wijk__field_value(const struct wijk__mapper *p, struct wijk__field field, bool share, double *value,
                       enum wijk_status *status);
/* A row that is not meant: by `skip`, or because no field asks for rows of its kind. */
bool wijk__row_skipped(struct wijk__mapper *p, const struct wijk__row *row);
bool wijk__row_code(struct wijk__mapper *p, const struct wijk__row *row, struct wijk__facts *fact);
/* Of the gemeente that the user asked for, or none was asked for. */
bool wijk__row_wanted(const struct wijk__mapper *p, const struct wijk__facts *fact);
/* The year of the definition, the file's name or the user; for kinds that do not look at rows. */
int wijk__mapper_year(const struct wijk__mapper *p, const struct wijk__when *when);
bool wijk__row_years(struct wijk__mapper *p, const struct wijk__row *row, struct wijk__facts *fact);
bool wijk__row_values(struct wijk__mapper *p, const struct wijk__row *row);
bool wijk__row_shape(struct wijk__mapper *p, const struct wijk__row *row, struct wijk__facts *fact);
/* Flags totals that are not the sum of their parts. */
void wijk__row_check(struct wijk__mapper *p, const struct wijk__row *row);
/* Of all that is no figure. */
uint64_t wijk__row_hash(const struct wijk__mapper *p, const struct wijk__row *row);

#endif
