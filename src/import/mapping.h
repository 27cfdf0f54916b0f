/* SPDX-License-Identifier: EUPL-1.2 */
/* How the columns of a source become values: the `files:` part of a source definition, read and checked.
 * docs/sources.md explains every key. */
#ifndef WIJK_IMPORT_MAPPING_H
#define WIJK_IMPORT_MAPPING_H

#include "import/import_int.h"

/* Where a year comes from. */
enum wijk__when_kind {
    WIJK__WHEN_FIXED,   /* period: 2017                                            */
    WIJK__WHEN_OPTION,  /* period: {option: year}: what the user gave with --year   */
    WIJK__WHEN_COLUMN,  /* period: {column: jaar}                                  */
    WIJK__WHEN_PATTERN, /* period: pattern: the {yy} in a field's column name       */
    WIJK__WHEN_PERIOD,  /* division_year: period: the same as the row's period     */
    WIJK__WHEN_LATEST   /* division_year: latest: the newest period in the file    */
};
struct wijk__when {
    enum wijk__when_kind kind;
    int year;           /* FIXED                                                    */
    const char *column; /* COLUMN                                                   */
    int otherwise;      /* OPTION: year when the user gave none; 0 = must be given  */
    bool or_latest;     /* OPTION: `otherwise: latest`                              */
};

/* A text or number that stands for "no value", and which of the three kinds of nothing it is. */
struct wijk__marker {
    const char *text;
    bool is_number;
    double number;
    enum wijk_status status;
};

struct wijk__map_field {
    const char *column; /* name, or a pattern with {yy} or {yyyy} */
    const struct wijk_indicator *indicator;
    double scale;     /* value x scale = the indicator's unit */
    bool optional;    /* an edition of the file may lack it */
    const char *cure; /* said with a refused value; NULL */
};
struct wijk__map_skip { /* rows that are not meant: water, totals */
    const char *column;
    size_t n;
    const char **value;
};
struct wijk__map_check { /* parts add up to the total, else the row is flagged */
    const struct wijk_indicator *total;
    size_t n;
    const struct wijk_indicator **part;
    double tolerance;
};

/* One shape a file of this source may have. */
struct wijk__map_file {
    const char *name; /* for people: "dimensies" */
    bool level_by_code;
    enum wijk_level level;
    const char *key, *name_column, *parent, *residents; /* columns; NULL = none */
    struct wijk__when period, division;
    bool geometry, defines_areas;
    size_t n_field, n_skip, n_check;
    struct wijk__map_field *field;
    struct wijk__map_skip *skip;
    struct wijk__map_check *check;
};
struct wijk__mapping {
    const struct wijk_source *source;
    enum wijk_num_style number;
    bool ragged; /* rows may stop early: the rest is "no value" and not worth a remark */
    size_t n_marker, n_file;
    struct wijk__marker *marker;
    struct wijk__map_file *file;
};

/* Fails WIJK_EDEF with the line in the definition. */
enum wijk_err wijk__mapping_read(struct wijk_cx *cx, const struct wijk_defs *defs,
                                 const struct wijk_source *source, const struct wijk__mapping **out);
/* The first file shape whose columns are all there.
 * Fails WIJK_EDATA naming what the nearest shape misses, with «bedoelt u …?». */
enum wijk_err wijk__mapping_choose(struct wijk_cx *cx, const struct wijk__mapping *m,
                                   const struct wijk__rows *rows, const char *label,
                                   const struct wijk__map_file **out);
/* Does a column name fit `pattern`? Letter case is let go; *year is the {yy}, 0 where the pattern has none.
 * Of several {yy} the last counts. */
bool wijk__pattern_fits(const char *pattern, struct wijk_str column, int *year);

enum { WIJK__YEAR_MIN = 1990, WIJK__YEAR_MAX = 2100 };

#endif
