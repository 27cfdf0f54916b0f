/* SPDX-License-Identifier: EUPL-1.2 */
/* How the columns of a source become values: the `files:` part of a source definition, read and checked.
 * docs/sources.md explains every key. */
#ifndef WIJK_IMPORT_MAPPING_H
#define WIJK_IMPORT_MAPPING_H

#include "import/import_int.h"

/* The spellings one column may have in the editions of a source; the first that is there counts. */
struct wijk__spell {
    size_t n; /* 0 = no column asked for */
    const char **v;
};

/* Where a year comes from. */
enum wijk__when_kind {
    WIJK__WHEN_FIXED,     /* period: 2017                                            */
    WIJK__WHEN_OPTION,    /* period: {option: year}: what the user gave with --year   */
    WIJK__WHEN_COLUMN,    /* period: {column: jaar}                                  */
    WIJK__WHEN_FILE_NAME, /* period: {file_name: "buurt-{yyyy}"}                     */
    WIJK__WHEN_PATTERN,   /* period: pattern: the {yy} in a field's column name       */
    WIJK__WHEN_PERIOD,    /* division_year: period: the same as the row's period     */
    WIJK__WHEN_LATEST     /* division_year: latest: the newest period in the file    */
};
struct wijk__when {
    enum wijk__when_kind kind;
    int year;                  /* FIXED                                                    */
    struct wijk__spell column; /* COLUMN                                                   */
    struct wijk__spell like;   /* COLUMN, FILE_NAME: text around the year; COLUMN: may be none */
    int otherwise;             /* OPTION: year when the user gave none; 0 = must be given  */
    bool or_latest;            /* OPTION: `otherwise: latest`                              */
};

/* A text or number that stands for "no value", and which of the three kinds of nothing it is. */
struct wijk__marker {
    const char *text;
    bool is_number;
    double number;
    enum wijk_status status;
};

/* Only rows in which `column` holds one of the values, or starts with one. */
struct wijk__map_where {
    struct wijk__spell column; /* n 0 = all rows */
    struct wijk__spell value, starts;
};
struct wijk__map_field {
    struct wijk__spell column; /* names, or patterns with {yy} or {yyyy} */
    const struct wijk_indicator *indicator;
    struct wijk__map_where where;
    bool dated;       /* the column name holds the year */
    double scale;     /* value x scale = the indicator's unit */
    bool optional;    /* an edition of the file may lack it */
    const char *cure; /* said with a refused value; NULL */
};
struct wijk__map_skip { /* rows that are not meant: water, totals */
    struct wijk__map_where where;
};
struct wijk__map_check { /* parts add up to the total, else the row is flagged */
    const struct wijk_indicator *total;
    size_t n;
    const struct wijk_indicator **part;
    double tolerance;
};
/* The areas of `parts` inside one gemeente hold at least this share of its own figure. When they do not, the
 * file's codes are of another division: the parts' figures get `otherwise` and not the value that stands
 * there. */
struct wijk__map_share {
    const struct wijk_indicator *indicator;
    enum wijk_level parts;
    double least;
    enum wijk_status otherwise;
    const char *reason; /* for people, in the language of the cx */
};

/* One shape a file of this source may have. */
struct wijk__map_file {
    const char *name; /* for people: "dimensies" */
    bool level_by_code;
    enum wijk_level level;
    struct wijk__spell key, name_column, parent, residents;
    size_t key_first; /* so many signs of the column are the code; 0 = all of it */
    bool counts; /* a row is one address: fields count the rows of their kind, of the row nothing is kept */
    bool key_joined;      /* the columns of `key` follow one another in the code, and all must be there */
    bool by_name;         /* `key` holds names */
    const char *gemeente; /* by_name: where the names belong, when the user does not say; NULL */
    bool long_form;       /* some field asks for rows of a kind: an area may have many rows in one period */
    struct wijk__when period, division;
    bool geometry, defines_areas;
    struct wijk__spell geometry_column; /* well-known text; n 0 = the format's own shapes */
    size_t n_field, n_skip, n_check, n_share;
    struct wijk__map_field *field;
    struct wijk__map_skip *skip;
    struct wijk__map_check *check;
    struct wijk__map_share *share;
};
struct wijk__mapping {
    const struct wijk_source *source;
    enum wijk_num_style number;
    bool ragged;            /* rows may stop early: the rest is "no value" and not worth a remark */
    enum wijk_status empty; /* of a field that is there and holds nothing */
    size_t n_marker, n_file;
    struct wijk__marker *marker;
    struct wijk__map_file *file;
};

/* format: of the file at hand, for what the definition says per format.
 * Fails WIJK_EDEF with the line in the definition. */
enum wijk_err wijk__mapping_read(struct wijk_cx *cx, const struct wijk_defs *defs,
                                 const struct wijk_source *source, const char *format,
                                 const struct wijk__mapping **out);
/* A table of which code became which, and in which years the two codes hold. */
struct wijk__map_pairs {
    enum wijk_level level;
    struct wijk__spell from, to, share; /* share n 0: an old area goes whole */
    int from_first, from_last, to_first, to_last;
    const char *gemeente; /* of which areas it speaks; "" all */
    bool rest;            /* codes it does not name stayed what they were */
};
/* The `crosswalk:` part of a definition that has one in place of `files:`. Fails WIJK_EDEF with the line. */
enum wijk_err wijk__mapping_pairs(struct wijk_cx *cx, const struct wijk_source *source,
                                  struct wijk__map_pairs *out);
/* The first file shape whose columns are all there.
 * Fails WIJK_EDATA naming what the nearest shape misses, with «bedoelt u …?». */
enum wijk_err wijk__mapping_choose(struct wijk_cx *cx, const struct wijk__mapping *m,
                                   const struct wijk__rows *rows, const char *label,
                                   const struct wijk__map_file **out);

/* ---- spelling.c ---- */

/* Does the column go by one of these names, to the letter or nearly? */
bool wijk__spell_names(const struct wijk__spell *spell, struct wijk_str column);

/* Does a column name fit `pattern`? Letter case is let go; *year is the {yy}, 0 where the pattern has none.
 * Of several {yy} the last counts. */
bool wijk__pattern_fits(const char *pattern, struct wijk_str column, int *year);
/* The same, and letting go what editions of one table differ in: signs and blanks between words
 * (AantalInwoners, aantal_inwoners, "Aantal inwoners") and a running number behind it (AantalInwoners_5). */
bool wijk__pattern_resembles(const char *pattern, struct wijk_str column, int *year);
/* Where in `text` the pattern stands, with its {yyyy}: "buurt-{yyyy}" in "demographics-buurt-2015.csv".
 * 0: nowhere. */
int wijk__pattern_year_in(const char *pattern, struct wijk_str text);

enum { WIJK__YEAR_MIN = 1990, WIJK__YEAR_MAX = 2100 };

#endif
