/* SPDX-License-Identifier: EUPL-1.2 */
/* import: foreign files become areas and series. A source definition (defs/sources/) says how; a format
 * reader (formats.h) turns bytes into rows; the mapper turns rows into values and findings. Nothing is saved
 * here. */
#ifndef WIJK_IMPORT_H
#define WIJK_IMPORT_H

#include "store/store.h"

/* Where names find their areas, for files without codes: the areas that are known already. */
struct wijk_import_known {
    enum wijk_err (*areas)(void *self, struct wijk_cx *cx, enum wijk_level level, int division_year,
                           const struct wijk_areas **out);
    void *self;
};
/* A name and the area it belongs to, as a person confirmed it. */
struct wijk_import_match {
    const char *name, *code;
    uint64_t line; /* this row only; 0 = wherever the name stands */
};
/* What a name of the file came to: joined, or a proposal for a person (one line per proposal). */
struct wijk_import_join {
    uint64_t line;
    const char *name;
    enum wijk_name_way way;
    const char *code, *area; /* "" with NONE */
    double score;
};
struct wijk_import_joins {
    size_t n, cap;
    struct wijk_import_join *v;
};

struct wijk_import_in {
    const struct wijk_defs *defs;
    const struct wijk_source *source;
    const char *path;     /* one file                                                                */
    int year;             /* --year: division year and period for files that do not say; 0 = not given */
    const char *gemeente; /* --gemeente: only areas of this GM code; NULL = all                       */
    const char *reader;   /* path of wijk-read; NULL = beside the running program                     */
    const struct wijk_progress *progress;
    const char *sha256;  /* of the file, when the caller has it already; NULL = find it out               */
    uint64_t bytes;      /* the size that goes with it                                                    */
    const char *release; /* --release: of the source; NULL = as the definition says, see docs/sources.md    */
    const struct wijk_import_known *known; /* NULL: files without codes are refused */
    size_t n_match;
    const struct wijk_import_match *match;
    bool on_page; /* asked in a browser: sentences name what stands on the page, not options of a command */
    struct wijk_import_joins *joins; /* the caller's, filled also when the file is refused; NULL allowed */
};

/* What one file gave. Vectors of a series are in the order of the batch's own areas of that level and
 * division. */
struct wijk_import_batch {
    struct wijk_load load; /* file name, hash, counts and findings filled; id 0                        */
    size_t n_areas;
    const struct wijk_areas *areas; /* one per level and division year met                                  */
    const uint32_t *const *area_row; /* per entry of areas: the source row of each area */
    const bool *defines; /* per entry of areas: this file tells which areas exist (else codes must be known
                            where the store has that division for their gemeente)                     */
    size_t n_series;
    const struct wijk_series *series;
    struct wijk_room
        *room;       /* where the vectors of series lie: let it rest now and then while going through them */
    size_t n_column; /* where each indicator stood in the file */
    const struct wijk_load_column *column;
    size_t n_unknown; /* columns the definition does not speak of: listed, not lost                */
    const char *const *unknown_column;
};
/* Fails  WIJK_ENOTFOUND the file; WIJK_EPARSE, WIJK_ELIMIT it cannot be read at all; WIJK_EDATA columns
 * missing, or no row is good; WIJK_EPERSONAL persons or houses in it; WIJK_ECHILD wijk-read failed or is
 * absent for a format that needs it; WIJK_ECANCEL. */
WIJK_API enum wijk_err wijk_import_read(struct wijk_cx *cx, struct wijk_import_in in,
                                        const struct wijk_import_batch **out);

/* ---- pairs.c: a table of which code became which ---- */

enum { WIJK_PAIRS_MAX = 200000 };
struct wijk_import_pair {
    uint64_t line;
    struct wijk_str from, to, share; /* as written, blanks off; share empty: none */
};
struct wijk_import_pairs {
    struct wijk_load load; /* file name, hash and rows filled; id 0 */
    enum wijk_level level;
    int from_first, from_last, to_first, to_last; /* years of the divisions in which the codes hold */
    const char *gemeente;                         /* of which areas it speaks; "" all */
    bool rest;                                    /* codes it does not name stayed what they were */
    size_t n;
    const struct wijk_import_pair *pair; /* rows with both sides */
};
/* Is this a source of codes (key `crosswalk`) and not of figures? */
WIJK_API bool wijk_source_pairs(const struct wijk_source *s);
/* Fails as wijk_import_read(). */
WIJK_API enum wijk_err wijk_import_pairs(struct wijk_cx *cx, struct wijk_import_in in,
                                         const struct wijk_import_pairs **out);

/* ---- look.c: a file nobody has described yet ---- */

enum { WIJK_LOOK_EXAMPLES = 5 };
enum wijk_look_kind { WIJK_LOOK_EMPTY, WIJK_LOOK_NUMBER, WIJK_LOOK_TEXT };
enum wijk_look_role { WIJK_LOOK_SKIP, WIJK_LOOK_AREA, WIJK_LOOK_NAME, WIJK_LOOK_PERIOD, WIJK_LOOK_INDICATOR };
/* A column as its first rows show it, and what it may be: by its cells, by what a known source calls so, and
 * by its own name. A proposal for a person, never followed by itself. */
struct wijk_look_column {
    const char *name; /* as in the file; "@3" for the third one without a name */
    size_t n_example;
    const char *example[WIJK_LOOK_EXAMPLES]; /* no two alike, at most 60 bytes */
    enum wijk_look_kind kind;
    enum wijk_look_role role;
    enum wijk_level level; /* AREA with codes: the level most of them have; else WIJK_LEVEL_COUNT */
    const char *indicator; /* INDICATOR: its id; else "" */
};
struct wijk_look_fit {
    const struct wijk_source *source;
    const char *format; /* in which it fits */
    bool fits;          /* it has every column the definition asks for */
    size_t n_column;    /* of the file, that the definition names */
    size_t n_all;       /* of the file, read by that definition */
    const char *lack;   /* what it misses, with «bedoelt u …?»; "" when it fits */
};
struct wijk_look {
    const char *format, *encoding; /* as in a source definition */
    const char *separator;         /* the same; "" when the first line tells it */
    size_t n_column;
    const struct wijk_look_column *column;
    size_t n_fit; /* that fit, best first, then those that nearly do */
    const struct wijk_look_fit *fit;
};
struct wijk_look_in {
    const struct wijk_defs *defs;
    const char *path, *reader; /* as wijk_import_in */
    const struct wijk_progress *progress;
};
/* Fails WIJK_EDATA the ending of the name tells no format, no columns; WIJK_EPERSONAL a column with
 * personal data (named); as wijk_import_read() else. */
WIJK_API enum wijk_err wijk_import_look(struct wijk_cx *cx, struct wijk_look_in in,
                                        const struct wijk_look **out);

enum { WIJK_SHAPE_BYTES = 1 << 20, WIJK_SHAPE_POINTS = 10000 };
/* A shape that somebody drew: GeoJSON with one Polygon or MultiPolygon, bare, in a feature or in a list of
 * one; in degrees, or in RD metres when it says so or all of its points can only be that. out: in RD, not
 * made valid. Fails WIJK_EPARSE, WIJK_ELIMIT over the limits above, WIJK_EDATA no shape, or a point outside
 * the Netherlands. */
WIJK_API enum wijk_err wijk_import_shape(struct wijk_cx *cx, struct wijk_str bytes, const char *label,
                                         const struct wijk_geom **out);
/* ---- question.c ---- */

/* What somebody asks about: a shape, or areas by their codes. */
struct wijk_import_question {
    const struct wijk_geom *shape; /* RD; NULL: the codes */
    size_t n_code;
    const char *const *code;
};
/* {"leden": ["BU99010101", ...]}, at most WIJK_QUESTION_CODES; else GeoJSON, as wijk_import_shape().
 * Fails WIJK_EUSAGE no list of texts; WIJK_ELIMIT more codes; as wijk_import_shape() else */
enum { WIJK_QUESTION_CODES = 20000 };
WIJK_API enum wijk_err wijk_import_question(struct wijk_cx *cx, struct wijk_str bytes, const char *label,
                                            struct wijk_import_question *out);

#endif
