/* SPDX-License-Identifier: EUPL-1.2 */
/* base: what every other module stands on.
 *
 * A context (memory and the last fault), text, numbers, dates, the readers of CSV, JSON and YAML
 * and the writers of CSV and JSON, hashing, progress and logging. Everything here is pure: bytes come in
 * through `struct wijk_in`, go out through `struct wijk_out`, and the clock is an argument.
 *
 * Memory: a function that takes `struct wijk_cx *` may allocate; what it returns lives until
 * wijk_cx_end(). A function without one allocates nothing. Running out of memory ends the process
 * in one place, so everything that grows with outside input states its ceiling in WIJK_LIMIT_*.
 */
#ifndef WIJK_BASE_H
#define WIJK_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define WIJK_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define WIJK_FORMAT_ARG(n)     __attribute__((format_arg(n)))
#define WIJK_MUST_USE          __attribute__((warn_unused_result))
#define WIJK_API               __attribute__((visibility("default")))
#else
#define WIJK_PRINTF(fmt, args)
#define WIJK_FORMAT_ARG(n)
#define WIJK_MUST_USE
#define WIJK_API
#endif

/* ---- faults -------------------------------------------------------------------------------- */

/* Code and plain sentence. The sentence is Dutch, like all text for people; wijk_tr() has English. */
#define WIJK_ERRORS(X)                                                                                       \
    X(OK, "goed")                                                                                            \
    X(EUSAGE, "verkeerd gebruik")                                                                            \
    X(ESHAPE, "de vormen van twee invoeren verschillen")                                                     \
    X(EDATA, "de gegevens laten deze berekening niet toe")                                                   \
    X(EPARSE, "de invoer is niet te lezen")                                                                  \
    X(ELIMIT, "een grens is overschreden")                                                                   \
    X(ENOTFOUND, "niet gevonden")                                                                            \
    X(EEXISTS, "bestaat al")                                                                                 \
    X(EIO, "lezen of schrijven lukt niet")                                                                   \
    X(ESTORE, "het bestand is geen Wijkregie-bestand of is beschadigd")                                      \
    X(EDEF, "een definitie klopt niet")                                                                      \
    X(ECHILD, "een hulpprogramma is gestopt")                                                                \
    X(ECANCEL, "gestopt op verzoek")                                                                         \
    X(EPERSONAL, "er staan gegevens over personen of adressen in")                                           \
    X(ELOGIN, "aanmelden is nodig")                                                                          \
    X(EDENIED, "dat mag niet")                                                                               \
    X(ECONFLICT, "iemand anders was eerder")

enum wijk_err {
#define X(name, text) WIJK_##name,
    WIJK_ERRORS(X)
#undef X
        WIJK_ERR_COUNT
};

#define WIJK_TRY(call)                                                                                       \
    do {                                                                                                     \
        enum wijk_err wijk_try_err_ = (call);                                                                \
        if (wijk_try_err_ != WIJK_OK) return wijk_try_err_;                                                  \
    } while (0)

/* Marks a branch that cannot be reached by any input, so that coverage stays honest. */
#define WIJK_NEVER(cond) (__builtin_expect(!!(cond), 0))

#define WIJK_VERSION "0.1.0" /* as in publiccode.yml */

/* ---- limits: one place ---------------------------------------------------------------------- */

enum {
    WIJK_LIMIT_DEPTH = 64,               /* nesting of JSON and YAML                               */
    WIJK_LIMIT_LINE = 1 << 20,           /* bytes in one CSV record                                */
    WIJK_LIMIT_COLUMNS = 4096,           /* columns in a table                                     */
    WIJK_LIMIT_TOKEN = 1 << 20,          /* bytes in one JSON string or number                     */
    WIJK_LIMIT_ROWS = 20 * 1000 * 1000,  /* rows in one imported table                             */
    WIJK_LIMIT_POINTS = 4 * 1000 * 1000, /* points in one geometry                                 */
    WIJK_LIMIT_YAML = 4 << 20            /* bytes in one definition file                           */
};

/* ---- context -------------------------------------------------------------------------------- */

enum wijk_lang { WIJK_NL, WIJK_EN };

struct wijk_cx; /* an arena and the last fault; not thread-safe: one per command or web request    */

WIJK_API struct wijk_cx *wijk_cx_new(enum wijk_lang lang);
WIJK_API void wijk_cx_end(struct wijk_cx *cx); /* NULL is allowed */
WIJK_API enum wijk_lang wijk_cx_lang(const struct wijk_cx *cx);

/* A point to come back to: wijk_cx_rewind() frees all that was allocated after wijk_cx_mark().
 * For loops over rows, so that memory stays constant. Faults stay. */
struct wijk_mark {
    void *chunk;
    size_t used;
};
WIJK_API struct wijk_mark wijk_cx_mark(const struct wijk_cx *cx);
WIJK_API void wijk_cx_rewind(struct wijk_cx *cx, struct wijk_mark mark);

/* Calls end(arg) at wijk_cx_end(), the last one first: for what memory alone does not give back. */
WIJK_API void wijk_cx_defer(struct wijk_cx *cx, void (*end)(void *arg), void *arg);

/* Zeroed memory, aligned for any type. size 0 gives a valid pointer. Ends the process when there is none. */
WIJK_API void *wijk_alloc(struct wijk_cx *cx, size_t size);
WIJK_API void *wijk_alloc_n(struct wijk_cx *cx, size_t n, size_t size); /* checks n x size */
#define WIJK_NEW(cx, type, n) ((type *)wijk_alloc_n((cx), (size_t)(n), sizeof(type)))
/* The same, but what stands in it is anything: for large arrays that are written whole before they are read.
 */
WIJK_API void *wijk_alloc_bare(struct wijk_cx *cx, size_t n, size_t size);
#define WIJK_BARE(cx, type, n) ((type *)wijk_alloc_bare((cx), (size_t)(n), sizeof(type)))
/* Room for one more behind n elements of a list: `list` itself, or a larger copy with *cap doubled. */
WIJK_API void *wijk_grow(struct wijk_cx *cx, void *list, size_t n, size_t *cap, size_t size);

/* Raises a fault: keeps the translated sentence in cx and returns `err`. The only place where faults start.
 * fmt is Dutch, complete, without full stop rules of its own: "%s regel %d: ...". */
WIJK_API enum wijk_err wijk_fail(struct wijk_cx *cx, enum wijk_err err, const char *fmt, ...)
    WIJK_PRINTF(3, 4);
WIJK_API const char *wijk_fault(const struct wijk_cx *cx); /* last sentence; "" when none          */
WIJK_API void wijk_fault_clear(struct wijk_cx *cx);
WIJK_API const char *wijk_err_name(enum wijk_err err); /* "EDATA"                              */
/* Marks a Dutch text that is translated later: for tables of constants. */
#define WIJK_T(text) text
WIJK_API const char *wijk_err_text(enum wijk_err err); /* the list's sentence, Dutch           */

/* ---- text ----------------------------------------------------------------------------------- */

/* A view on UTF-8 bytes, not ended by NUL. */
struct wijk_str {
    const char *p;
    size_t n;
};
#define WIJK_STR(literal) ((struct wijk_str){(literal), sizeof(literal) - 1})
#define WIJK_STR_ARG(s)   (int)(s).n, (s).p /* for "%.*s" */

WIJK_API struct wijk_str wijk_str(const char *cstr); /* NULL gives the empty view */
WIJK_API bool wijk_str_eq(struct wijk_str a, struct wijk_str b);
WIJK_API bool wijk_str_starts(struct wijk_str s, const char *prefix);
WIJK_API struct wijk_str wijk_str_trim(struct wijk_str s);          /* blanks, tabs, CR, LF at both ends    */
WIJK_API char *wijk_str_dup(struct wijk_cx *cx, struct wijk_str s); /* NUL-ended copy               */
WIJK_API char *wijk_sprintf(struct wijk_cx *cx, const char *fmt, ...) WIJK_PRINTF(2, 3);
WIJK_API bool wijk_utf8_valid(struct wijk_str s, size_t *bad_at); /* no NUL, no overlong, no surrogates */
/* Windows-1252 or Latin-1 bytes to UTF-8. */
WIJK_API struct wijk_str wijk_utf8_from_cp1252(struct wijk_cx *cx, struct wijk_str s);
/* Lower case, diacritics off, runs of other signs to one blank: the form in which names are compared. */
WIJK_API struct wijk_str wijk_str_fold(struct wijk_cx *cx, struct wijk_str s);
/* For a terminal: signs that steer one (control signs, marks that turn the direction of writing) become a
 * question mark. s itself when there are none. */
WIJK_API struct wijk_str wijk_str_plain(struct wijk_cx *cx, struct wijk_str s);
/* Edits (insert, delete, replace, swap of neighbours) between two short texts; at most 255 bytes each, else
 * SIZE_MAX. */
WIJK_API size_t wijk_str_distance(struct wijk_str a, struct wijk_str b);

/* A growing text in cx. `max` 0 means 1 GiB; past it the buffer stops growing and `full` is set. */
struct wijk_buf {
    struct wijk_cx *cx;
    char *p;
    size_t n, cap, max;
    bool full;
};
WIJK_API struct wijk_buf wijk_buf(struct wijk_cx *cx, size_t max);
WIJK_API void wijk_buf_put(struct wijk_buf *b, const void *bytes, size_t n);
WIJK_API void wijk_buf_str(struct wijk_buf *b, const char *cstr);
WIJK_API void wijk_buf_char(struct wijk_buf *b, char c);
WIJK_API void wijk_buf_printf(struct wijk_buf *b, const char *fmt, ...) WIJK_PRINTF(2, 3);
WIJK_API char *wijk_buf_cstr(struct wijk_buf *b); /* NUL-ended; still owned by the buffer's cx */

/* Translation of a Dutch source text to the language of cx; the text itself when there is none.
 * `tools/` fills the catalogue from po/en.po. Use it on every text for people that is not a fault
 * (wijk_fail translates its own format). */
WIJK_API const char *wijk_tr(const struct wijk_cx *cx, const char *dutch) WIJK_FORMAT_ARG(2);
WIJK_API const char *wijk_tr_lang(enum wijk_lang lang, const char *dutch) WIJK_FORMAT_ARG(2);
/* nl for everything but a value that starts with "en". Reads no environment: the caller passes LANG. */
WIJK_API enum wijk_lang wijk_lang_from(const char *locale);

/* ---- numbers -------------------------------------------------------------------------------- */

/* How numbers are written in a source. WIJK_NUM_EITHER takes a point or a comma as decimal sign
 * (never both in one number, never a thousands sign). */
enum wijk_num_style { WIJK_NUM_POINT, WIJK_NUM_COMMA, WIJK_NUM_EITHER };

/* The whole text, blanks around it allowed, or nothing: NaN, infinity, overflow, hex and left-over
 * letters are refused. With WIJK_NUM_COMMA a point parts thousands (groups of three only). Correctly rounded.
 */
WIJK_API bool wijk_num_parse(struct wijk_str s, enum wijk_num_style style, double *out) WIJK_MUST_USE;
/* The short numbers of one CSV record at once: value[i] of text[column[i]], as wijk_num_parse() gives it.
 * What is no number of at most eight signs, at most seven of them digits, without blanks around it is odd:
 * value[i] is NAN and i stands in odd[], in order; look at that one by itself. Gives how many are odd. Every
 * text has WIJK_CSV_BEYOND readable bytes behind it, and there is room for n in odd. */
WIJK_API size_t wijk_num_parse_row(const struct wijk_str *text, const uint16_t *column, size_t n,
                                   enum wijk_num_style style, double *value, uint16_t *odd);
WIJK_API bool wijk_int_parse(struct wijk_str s, int64_t min, int64_t max, int64_t *out) WIJK_MUST_USE;
/* Shortest text that reads back to the same double ("0.1", "12", "1e+300"); at least 32 bytes. NAN: "". */
WIJK_API size_t wijk_num_write(double v, char *out);
/* For people: decimals fixed, thousands parted; nl "1.204,5" and real minus sign U+2212; en "1,204.5". */
WIJK_API const char *wijk_num_people(struct wijk_cx *cx, double v, int decimals);

/* ---- dates ---------------------------------------------------------------------------------- */

/* Seconds since 1970 UTC <-> "2026-11-25T06:41:00Z" and "2026-11-25". Output buffers of 24 bytes. */
WIJK_API void wijk_time_write(int64_t unix_s, char out[24]);
WIJK_API void wijk_date_write(int64_t unix_s, char out[24]);
WIJK_API bool wijk_date_parse(struct wijk_str s, int64_t *unix_s) WIJK_MUST_USE; /* yyyy-mm-dd */
/* The day it then is in the Netherlands, as wijk_date_parse() gives it; by the rule for summer time of 1996.
 */
WIJK_API int64_t wijk_day_nl(int64_t unix_s);
/* «1 juni 2026», in the language of cx. */
WIJK_API const char *wijk_date_people(struct wijk_cx *cx, int64_t unix_s);

/* ---- bytes in and out ------------------------------------------------------------------------ */

/* Where bytes come from. read() fills at most n bytes and returns how many, 0 at the end, -1 when
 * reading failed (the reader then reports WIJK_EIO with `name`). */
struct wijk_in {
    ptrdiff_t (*read)(void *self, void *into, size_t n);
    void *self;
    const char *name; /* shown in complaints: the label of the file, not its path */
};
struct wijk_in_mem {
    struct wijk_str bytes;
    size_t at;
};
WIJK_API struct wijk_in wijk_in_mem(struct wijk_in_mem *self, struct wijk_str bytes, const char *name);

/* Where bytes go. write() takes all n bytes or returns false (the writer remembers and stops). */
struct wijk_out {
    bool (*write)(void *self, const void *bytes, size_t n);
    void *self;
};
WIJK_API struct wijk_out wijk_out_buf(struct wijk_buf *b);

/* ---- CSV ------------------------------------------------------------------------------------- */

struct wijk_csv_opt {
    char separator; /* 0 = found from the header line among , ; tab |                              */
    bool cp1252;    /* bytes are Windows-1252 instead of UTF-8                                     */
};
struct wijk_csv; /* reads record by record in constant memory; RFC 4180 quoting, BOM, CR LF or LF */

WIJK_API enum wijk_err wijk_csv_open(struct wijk_cx *cx, struct wijk_in in, struct wijk_csv_opt opt,
                                     struct wijk_csv **out);
/* Bytes behind the end of a field that may be read (not trusted): for code that takes eight at a time. */
enum { WIJK_CSV_BEYOND = 16 };
/* The next record: n fields, valid until the next call; n = 0 at the end. Blank lines are passed over.
 * Fails  WIJK_EPARSE bad UTF-8, NUL, a quote that is not closed, text after a closing quote: with line and
 * column WIJK_ELIMIT a record longer than WIJK_LIMIT_LINE, more than WIJK_LIMIT_COLUMNS fields WIJK_EIO
 * reading failed */
WIJK_API enum wijk_err wijk_csv_next(struct wijk_csv *csv, const struct wijk_str **fields, size_t *n);
WIJK_API size_t wijk_csv_line(const struct wijk_csv *csv); /* line on which that record starts, from 1 */

/* Writes one field with separator handling by the caller's column count; quotes where needed. Cells that
 * a spreadsheet would run (= + - @ tab CR in front, and not a number) get a leading apostrophe. */
struct wijk_csv_out {
    struct wijk_out out;
    char separator; /* 0 = comma */
    bool failed, row_open;
};
WIJK_API void wijk_csv_put(struct wijk_csv_out *w, struct wijk_str field);
WIJK_API void wijk_csv_put_num(struct wijk_csv_out *w, double v); /* NAN: empty */
WIJK_API void wijk_csv_end_row(struct wijk_csv_out *w);

/* ---- JSON ------------------------------------------------------------------------------------ */

enum wijk_json_kind {
    WIJK_JSON_END, /* of the whole document */
    WIJK_JSON_OBJECT,
    WIJK_JSON_OBJECT_END,
    WIJK_JSON_ARRAY,
    WIJK_JSON_ARRAY_END,
    WIJK_JSON_KEY,
    WIJK_JSON_STRING,
    WIJK_JSON_NUMBER,
    WIJK_JSON_TRUE,
    WIJK_JSON_FALSE,
    WIJK_JSON_NULL
};
struct wijk_json_token {
    enum wijk_json_kind kind;
    struct wijk_str text; /* KEY, STRING: unescaped UTF-8; NUMBER: as written; valid until the next call */
    double number;        /* NUMBER */
    int depth;            /* of the container this token stands in; 0 at the top */
};
struct wijk_json; /* a strict pull reader in constant memory (RFC 8259, UTF-8, BOM passed over) */

WIJK_API enum wijk_err wijk_json_open(struct wijk_cx *cx, struct wijk_in in, struct wijk_json **out);
/* Fails WIJK_EPARSE with line and column; WIJK_ELIMIT deeper than WIJK_LIMIT_DEPTH or a token over
 * WIJK_LIMIT_TOKEN */
WIJK_API enum wijk_err wijk_json_next(struct wijk_json *json, struct wijk_json_token *token);
/* Reads past the value whose first token was just read (a scalar: nothing to do). */
WIJK_API enum wijk_err wijk_json_skip(struct wijk_json *json, struct wijk_json_token token);
WIJK_API size_t wijk_json_line(const struct wijk_json *json);
WIJK_API size_t wijk_json_column(const struct wijk_json *json);

/* A streaming writer; commas and escapes are its own. Keys only inside objects. */
struct wijk_json_out {
    struct wijk_out out;
    bool failed;
    int depth;
    uint8_t state[WIJK_LIMIT_DEPTH + 1]; /* private */
    size_t used;
    char room[4096];
};
WIJK_API void wijk_json_out_open(struct wijk_json_out *w, struct wijk_out out);
WIJK_API bool wijk_json_out_close(struct wijk_json_out *w); /* flushes; false when a write failed  */
WIJK_API void wijk_json_begin_object(struct wijk_json_out *w);
WIJK_API void wijk_json_end_object(struct wijk_json_out *w);
WIJK_API void wijk_json_begin_array(struct wijk_json_out *w);
WIJK_API void wijk_json_end_array(struct wijk_json_out *w);
WIJK_API void wijk_json_key(struct wijk_json_out *w, const char *key);
WIJK_API void wijk_json_str(struct wijk_json_out *w, struct wijk_str s);
WIJK_API void wijk_json_cstr(struct wijk_json_out *w, const char *s); /* NULL: null */
WIJK_API void wijk_json_num(struct wijk_json_out *w, double v);       /* NAN, infinite: null */
WIJK_API void wijk_json_int(struct wijk_json_out *w, int64_t v);
WIJK_API void wijk_json_bool(struct wijk_json_out *w, bool v);
WIJK_API void wijk_json_null(struct wijk_json_out *w);
/* key + value in one call */
WIJK_API void wijk_json_kv_str(struct wijk_json_out *w, const char *key, const char *s);
WIJK_API void wijk_json_kv_num(struct wijk_json_out *w, const char *key, double v);
WIJK_API void wijk_json_kv_int(struct wijk_json_out *w, const char *key, int64_t v);
WIJK_API void wijk_json_kv_bool(struct wijk_json_out *w, const char *key, bool v);

/* ---- zip (archive.c) --------------------------------------------------------------------------- */

enum {
    WIJK_ARCHIVE_FILES = 2000,       /* files in one archive                                          */
    WIJK_ARCHIVE_UNPACKED = 1 << 30, /* bytes of all files, unpacked                                  */
    WIJK_ARCHIVE_SHEET = 32 << 20    /* the same for a workbook: its reader keeps all cells in memory */
};
/* Names of the files in the zip, in its own order; folders left out. Every file has been unpacked once and
 * its size and checksum found as the table of contents says. Fails  WIJK_EPARSE not a zip, cut off, damaged,
 * encrypted, packed by another method than deflate, a path that is absolute or has `..`, a link, an archive
 * in the archive, one name twice, a table that contradicts the files; WIJK_ELIMIT more than
 * WIJK_ARCHIVE_FILES files or more than max bytes */
WIJK_API enum wijk_err wijk_archive_list(struct wijk_cx *cx, struct wijk_str zip, const char *label,
                                         size_t max, const char *const **names, size_t *n);
/* The bytes of one file, in cx. Fails as above; WIJK_ENOTFOUND no such file */
WIJK_API enum wijk_err wijk_archive_unpack(struct wijk_cx *cx, struct wijk_str zip, const char *label,
                                           size_t max, const char *name, struct wijk_str *out);

/* The same bytes piece by piece, so that they need no room; the zip must stay. *bytes: how many. */
WIJK_API enum wijk_err wijk_archive_open(struct wijk_cx *cx, struct wijk_str zip, const char *label,
                                         size_t max, const char *name, struct wijk_in *out, uint64_t *bytes);

/* ---- YAML (definitions) ----------------------------------------------------------------------- */

enum wijk_yaml_kind { WIJK_YAML_SCALAR, WIJK_YAML_LIST, WIJK_YAML_MAP };
struct wijk_yaml { /* a tree in cx; small files only */
    enum wijk_yaml_kind kind;
    const char *text; /* SCALAR; never NULL */
    size_t n;         /* children: list items, or map entries */
    const char **key; /* MAP: n keys */
    struct wijk_yaml **child;
    size_t line; /* from 1 */
};
/* One document. Anchors, aliases, tags and doubled keys are refused. Fails WIJK_EDEF with name and line. */
WIJK_API enum wijk_err wijk_yaml_read(struct wijk_cx *cx, struct wijk_str bytes, const char *name,
                                      const struct wijk_yaml **out);
WIJK_API const struct wijk_yaml *wijk_yaml_get(const struct wijk_yaml *map,
                                               const char *key); /* NULL if absent or not a map */
WIJK_API const char *wijk_yaml_text(const struct wijk_yaml *map, const char *key, const char *otherwise);

/* ---- hash ------------------------------------------------------------------------------------- */

struct wijk_sha256 {
    uint64_t state[32]; /* private; large enough for the library's state, checked at compile time */
};
WIJK_API void wijk_sha256_begin(struct wijk_sha256 *h);
WIJK_API void wijk_sha256_add(struct wijk_sha256 *h, const void *bytes, size_t n);
WIJK_API void wijk_sha256_end(struct wijk_sha256 *h, char hex[65]);
WIJK_API void wijk_sha256_bytes(struct wijk_sha256 *h, uint8_t out[32]);
/* Two small letters or digits for each byte, and a 0 after them: out has room for 2 n + 1. */
WIJK_API void wijk_hex(const void *bytes, size_t n, char *out);
/* A fast hash for tables in memory; not for trust. */
WIJK_API uint64_t wijk_hash64(const void *bytes, size_t n, uint64_t seed);

/* ---- progress and log -------------------------------------------------------------------------- */

/* Called now and then by long work: done of total (0 = unknown) in `what`. Returning false asks to stop;
 * the work then returns WIJK_ECANCEL. A NULL function is allowed everywhere. */
struct wijk_progress {
    bool (*step)(void *self, const char *what, uint64_t done, uint64_t total);
    void *self;
};
WIJK_API bool wijk_progress_step(const struct wijk_progress *p, const char *what, uint64_t done,
                                 uint64_t total);

enum wijk_log_level { WIJK_LOG_ERROR, WIJK_LOG_WARN, WIJK_LOG_INFO, WIJK_LOG_DEBUG };
struct wijk_log { /* one line per call, control characters escaped; no secrets, no free text of users */
    void (*line)(void *self, enum wijk_log_level level, const char *text);
    void *self;
    enum wijk_log_level max;
};
WIJK_API void wijk_log(const struct wijk_log *log, enum wijk_log_level level, const char *fmt, ...)
    WIJK_PRINTF(3, 4);

/* ---- parallel (parallel.c) ----------------------------------------------------------------------- */

enum { WIJK_THREADS_MAX = 8 };
/* How many threads one piece of work may use, 1 to WIJK_THREADS_MAX; 1 until the program says otherwise. No
 * result depends on it. */
WIJK_API void wijk_threads_set(unsigned n);
WIJK_API unsigned wijk_threads(void);

/* n things, `chunk` at a time: body() does from..to-1 and writes only what belongs to those. It may run in
 * any thread and in any order, with a context of that thread that is emptied after each chunk. The chunks are
 * the same for any number of threads; who adds up over chunks keeps a result for each and adds those in
 * order. Work within work runs in its own thread. */
struct wijk_parallel {
    size_t n, chunk;
    enum wijk_err (*body)(struct wijk_cx *scratch, void *arg, size_t from, size_t to);
    void *arg;
    const struct wijk_progress *progress; /* in chunks; asked by the calling thread only; NULL nobody */
    const char *what;
};
/* All chunks, or the fault of the first that failed: always the same one; later chunks may then be undone.
 * WIJK_ECANCEL when progress asks to stop; it is asked at least once, and at the end. */
WIJK_API enum wijk_err wijk_parallel(struct wijk_cx *cx, const struct wijk_parallel *work);

#endif
