/* SPDX-License-Identifier: EUPL-1.2 */
/* import, inside: the one form in which every format hands over its rows. formats.h lists the formats;
 * mapping.c reads how a source's columns become values; mapper.c turns rows into areas, series and findings.
 */
#ifndef WIJK_IMPORT_INT_H
#define WIJK_IMPORT_INT_H

#include "import/import.h"

/* ---- rows: what a format reader gives ---------------------------------------------------------------- */

enum wijk__field_kind {
    WIJK__FIELD_ABSENT, /* the row is too short, or the feature lacks this property  */
    WIJK__FIELD_NULL,   /* there, and said to be nothing: JSON null, a DBF blank      */
    WIJK__FIELD_TEXT,   /* text: also every field of a CSV                            */
    WIJK__FIELD_NUMBER  /* a number in the format itself: JSON, DBF, GeoPackage, XLSX */
};
struct wijk__field {
    enum wijk__field_kind kind;
    struct wijk_str text; /* TEXT; of a NUMBER as written, may be empty */
    double number;        /* NUMBER: finite */
};

/* Valid until the next call of next(). */
struct wijk__row {
    size_t n;                        /* fields; may differ from n_column where a file is ragged          */
    const struct wijk__field *field; /* in column order; NULL: all are TEXT, in `text`                   */
    const struct wijk_str *text;     /* blanks not trimmed; WIJK_CSV_BEYOND readable bytes behind each   */
    const struct wijk_geom *geom;    /* NULL: none, or nothing left of it                                */
    enum wijk_crs crs;               /* of geom                                                          */
    const char *geom_fault;          /* why the geometry of this row could not be read (in words), or NULL */
    uint64_t number;                 /* line, row or feature, from 1                                     */
    uint64_t done;                   /* work done so far in the reader's own measure, for the progress bar */
};

/* Field i of a row that has more than i; its text without blanks around it. */
static inline struct wijk__field wijk__row_field(const struct wijk__row *row, size_t i)
{
    if (row->field) return row->field[i];
    return (struct wijk__field){.kind = WIJK__FIELD_TEXT, .text = wijk_str_trim(row->text[i])};
}

/* An open table. The reader fills it in open() and may add columns at the end while rows come (GeoJSON:
 * properties that only later features have); a known column never moves. */
struct wijk__rows {
    /* *got false at the end; then nothing more is asked but close(). The fault stands in the cx given to
     * open(). */
    enum wijk_err (*next)(struct wijk__rows *rows, struct wijk__row *row, bool *got);
    void (*close)(struct wijk__rows *rows); /* NULL allowed: nothing to close */
    void *self;
    size_t n_column;
    const struct wijk_str *column; /* names as in the file, valid UTF-8, blanks trimmed */
    const struct wijk_str
        *written;      /* the same, to the letter, where the reader gives them other names; NULL */
    const char *unit;  /* what `number` counts, Dutch: WIJK_T("regel"), WIJK_T("object"), WIJK_T("rij") */
    bool lines;        /* rows are lines of text: one with fewer fields may have been cut off */
    uint64_t total;    /* where `done` ends; 0 = not known */
    const char *table; /* table id the file itself tells, or NULL */
};

/* What a reader gets to open a file. */
struct wijk__open {
    struct wijk_in bytes; /* the file from its start; valid until the file is closed after close() */
    uint64_t n_bytes;   /* its size                                                                        */
    const char *path;   /* for readers that hand the file to wijk-read                                     */
    const char *label;  /* its name for people                                                             */
    const char *reader; /* path of wijk-read; NULL = beside the running program                            */
    const char *format; /* as in the source definition: one reader may serve several                       */
    const struct wijk_yaml
        *source; /* the whole definition: `encoding`, `separator`, `layer`, `crs` are at the top */
};

typedef enum wijk_err wijk__open_fn(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out);

#define X(id, open, title) wijk__open_fn open;
#include "import/formats.h"
#undef X

/* An open table as it is handed to who uses its rows. */
struct wijk__opened {
    struct wijk__rows *rows;
    const char *label;
    const uint64_t *bytes_read; /* for the progress bar where rows do not say how far they are */
    uint64_t n_bytes;
};
typedef enum wijk_err wijk__use_rows(struct wijk_cx *cx, const struct wijk_import_in *in,
                                     const struct wijk__opened *table, void *arg);
/* Hashes a file, opens it in the format of its source, fills what a load says of it, and lets `use` have its
 * rows. */
enum wijk_err wijk__import_file(struct wijk_cx *cx, struct wijk_import_in in, struct wijk_load *load,
                                wijk__use_rows *use, void *arg);
/* A source may come in several formats: the ending of the file's name tells which. */
const char *wijk__format_of_file(const struct wijk_source *source, const char *path);

/* A table of text in a zip (zipped.c). */
struct wijk__zipped {
    struct wijk_str zip;
    const char *table; /* NULL: the file is no zip */
    const char *label; /* names both */
};
/* The one table of text in a zip, which is looked through whole. Fails as wijk_archive_list(); WIJK_ENOTFOUND
 * no table in it, WIJK_EDATA several, WIJK_ELIMIT a zip over 128 MB. */
enum wijk_err wijk__zipped_find(struct wijk_cx *cx, const char *path, struct wijk__zipped *out);
/* Lets `how` read that table; leaves it as it is when the file is no zip. */
enum wijk_err wijk__zipped_use(struct wijk_cx *cx, const struct wijk__zipped *z, struct wijk__open *how);

/* The reader of a format; NULL when there is none of that name. */
wijk__open_fn *wijk__format_open(const char *id);
enum { WIJK__GUESSES_MAX = 4 };
/* The formats that files with that ending may have. */
size_t wijk__format_guess(const char *path, const char *out[WIJK__GUESSES_MAX]);

#endif
