/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables as text for a terminal, as CSV and as JSON. Rows stream: only the first ones of a terminal table are
 * kept, to see how wide the columns are. */
#include "report/report.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { ROWS_MEASURED = 200, TEXT_KEPT = 1 << 20 };

/* One cell of a terminal table: a piece of `text`. */
struct piece {
    size_t from, n;
    bool right;
};

struct wijk_table_out {
    struct wijk_cx *cx;
    enum wijk_format format;
    struct wijk_out out;
    const struct wijk_column *columns;
    size_t n, at; /* columns; the one that comes next */
    bool failed;
    struct wijk_csv_out csv;
    struct wijk_json_out json;
    struct wijk_buf text; /* of the rows that are kept */
    struct piece *piece;  /* ROWS_MEASURED x n */
    size_t rows;
    size_t *width; /* n, in signs */
    bool streaming;
};

bool wijk_format_parse(struct wijk_str s, enum wijk_format *out)
{
    static const char *const NAMES[] = {"table", "json", "csv"};
    for (int i = 0; i < 3; i++) {
        if (!wijk_str_eq(s, wijk_str(NAMES[i]))) continue;
        *out = (enum wijk_format)i;
        return true;
    }
    return false;
}

static void put(struct wijk_table_out *t, const char *p, size_t n)
{
    if (n && !t->failed && !t->out.write(t->out.self, p, n)) t->failed = true;
}

/* ---- terminal ---- */

/* Signs, not bytes: a byte that continues a UTF-8 sequence takes no room. */
static size_t signs(const char *p, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += ((unsigned char)p[i] & 0xc0) != 0x80;
    return count;
}

static void blanks(struct wijk_table_out *t, size_t n)
{
    static const char ROOM[] = "                                ";
    for (; n; n -= n < 32 ? n : 32) put(t, ROOM, n < 32 ? n : 32);
}

static void put_padded(struct wijk_table_out *t, size_t column, const char *p, size_t n, bool right)
{
    size_t used = signs(p, n), pad = used < t->width[column] ? t->width[column] - used : 0;
    if (column) put(t, "  ", 2);
    if (right) blanks(t, pad);
    put(t, p, n);
    if (!right && column + 1 < t->n) blanks(t, pad);
}

static void put_head(struct wijk_table_out *t)
{
    for (size_t c = 0; c < t->n; c++) {
        const char *title = wijk_tr(t->cx, t->columns[c].title);
        bool right = false; /* a column with a number in it stands to the right, title too */
        for (size_t r = 0; r < t->rows; r++) right |= t->piece[r * t->n + c].right;
        put_padded(t, c, title, strlen(title), right);
    }
    put(t, "\n", 1);
    for (size_t c = 0; c < t->n; c++) {
        if (c) put(t, "  ", 2);
        for (size_t k = 0; k < t->width[c]; k++) put(t, "-", 1);
    }
    put(t, "\n", 1);
}

static void measure(struct wijk_table_out *t)
{
    for (size_t c = 0; c < t->n; c++) {
        const char *title = wijk_tr(t->cx, t->columns[c].title);
        t->width[c] = signs(title, strlen(title));
    }
    for (size_t i = 0; i < t->rows * t->n; i++) {
        size_t w = signs(t->text.p + t->piece[i].from, t->piece[i].n);
        if (w > t->width[i % t->n]) t->width[i % t->n] = w;
    }
}

static void flush_rows(struct wijk_table_out *t)
{
    if (!t->streaming) {
        measure(t);
        put_head(t);
        t->streaming = true;
    }
    const char *text = wijk_buf_cstr(&t->text);
    for (size_t i = 0; i < t->rows * t->n; i++) {
        put_padded(t, i % t->n, text + t->piece[i].from, t->piece[i].n, t->piece[i].right);
        if (i % t->n + 1 == t->n) put(t, "\n", 1);
    }
    t->rows = 0;
    t->text.n = 0;
}

/* Text of others goes to a terminal here, so what steers a terminal is shown as a question mark: C0, DEL and
 * the C1 signs (U+0080..U+009F). */
static void keep(struct wijk_table_out *t, const char *p, size_t n, bool right)
{
    struct piece *piece = &t->piece[t->rows * t->n + t->at];
    piece->from = t->text.n;
    piece->right = right;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)p[i + 1] < 0xa0;
        bool steers = c < 0x20 || c == 0x7f || c1;
        wijk_buf_char(&t->text, steers ? '?' : (char)c);
        i += c1;
    }
    piece->n = t->text.n - piece->from;
}

static void keep_number(struct wijk_table_out *t, double v)
{
    char text[512];
    int decimals = t->columns[t->at].decimals;
    size_t n;
    if (decimals < 0) {
        n = wijk_num_write(v, text);
        char *point = wijk_cx_lang(t->cx) == WIJK_NL ? memchr(text, '.', n) : NULL;
        if (point) *point = ',';
    } else {
        struct wijk_mark mark = wijk_cx_mark(t->cx); /* the text is copied, so a long table stays small */
        const char *people = wijk_num_people(t->cx, v, decimals < 9 ? decimals : 9);
        n = strlen(people) < sizeof text ? strlen(people) : sizeof text;
        memcpy(text, people, n);
        wijk_cx_rewind(t->cx, mark);
    }
    keep(t, text, n, true);
}

/* ---- every form ---- */

struct wijk_table_out *wijk_table_open(struct wijk_cx *cx, enum wijk_format format, struct wijk_out out,
                                       const struct wijk_column *columns, size_t n)
{
    assert(n > 0);
    struct wijk_table_out *t = WIJK_NEW(cx, struct wijk_table_out, 1);
    t->cx = cx;
    t->format = format;
    t->out = out;
    t->columns = columns;
    t->n = n;
    if (format == WIJK_FORMAT_TABLE) {
        t->text = wijk_buf(cx, 0);
        t->piece = WIJK_NEW(cx, struct piece, ROWS_MEASURED * n);
        t->width = WIJK_NEW(cx, size_t, n);
    } else if (format == WIJK_FORMAT_CSV) {
        t->csv.out = out;
        for (size_t c = 0; c < n; c++) wijk_csv_put(&t->csv, wijk_str(columns[c].key));
        wijk_csv_end_row(&t->csv);
    } else {
        wijk_json_out_open(&t->json, out);
        wijk_json_begin_array(&t->json);
    }
    return t;
}

static void next_cell(struct wijk_table_out *t)
{
    assert(t->at < t->n);
    if (t->format != WIJK_FORMAT_JSON) return;
    if (t->at == 0) wijk_json_begin_object(&t->json);
    wijk_json_key(&t->json, t->columns[t->at].key);
}

void wijk_table_text(struct wijk_table_out *t, const char *s)
{
    next_cell(t);
    const struct wijk_str plain = wijk_str_plain(t->cx, wijk_str(s));
    if (t->format == WIJK_FORMAT_TABLE)
        keep(t, plain.p, plain.n, false);
    else if (t->format == WIJK_FORMAT_CSV)
        wijk_csv_put(&t->csv, wijk_str(s));
    else
        wijk_json_cstr(&t->json, s);
    t->at++;
}

void wijk_table_num(struct wijk_table_out *t, double v)
{
    next_cell(t);
    if (t->format == WIJK_FORMAT_TABLE)
        keep_number(t, v);
    else if (t->format == WIJK_FORMAT_CSV)
        wijk_csv_put_num(&t->csv, v);
    else
        wijk_json_num(&t->json, v);
    t->at++;
}

/* Whole numbers are codes and years as often as counts, so thousands are not parted; a count for people goes
 * by wijk_table_num() with 0 decimals. */
void wijk_table_int(struct wijk_table_out *t, int64_t v)
{
    char text[32], *p = text + sizeof text;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    next_cell(t);
    do *--p = (char)('0' + u % 10), u /= 10;
    while (u);
    if (v < 0) *--p = '-';
    struct wijk_str s = {p, (size_t)(text + sizeof text - p)};
    if (t->format == WIJK_FORMAT_TABLE)
        keep(t, s.p, s.n, true);
    else if (t->format == WIJK_FORMAT_CSV)
        wijk_csv_put(&t->csv, s);
    else
        wijk_json_int(&t->json, v);
    t->at++;
}

void wijk_table_bool(struct wijk_table_out *t, bool v)
{
    next_cell(t);
    if (t->format == WIJK_FORMAT_TABLE) {
        const char *word = v ? wijk_tr(t->cx, "ja") : wijk_tr(t->cx, "nee");
        keep(t, word, strlen(word), false);
    } else if (t->format == WIJK_FORMAT_CSV)
        wijk_csv_put(&t->csv, v ? WIJK_STR("true") : WIJK_STR("false"));
    else
        wijk_json_bool(&t->json, v);
    t->at++;
}

void wijk_table_empty(struct wijk_table_out *t)
{
    next_cell(t);
    if (t->format == WIJK_FORMAT_TABLE)
        keep(t, "", 0, false);
    else if (t->format == WIJK_FORMAT_CSV)
        wijk_csv_put(&t->csv, WIJK_STR(""));
    else
        wijk_json_null(&t->json);
    t->at++;
}

void wijk_table_end_row(struct wijk_table_out *t)
{
    assert(t->at == t->n);
    t->at = 0;
    if (t->format == WIJK_FORMAT_CSV)
        wijk_csv_end_row(&t->csv);
    else if (t->format == WIJK_FORMAT_JSON)
        wijk_json_end_object(&t->json);
    else {
        t->rows++;
        if (t->streaming || t->rows == ROWS_MEASURED || t->text.n > TEXT_KEPT) flush_rows(t);
    }
}

bool wijk_table_close(struct wijk_table_out *t)
{
    assert(t->at == 0);
    if (t->format == WIJK_FORMAT_CSV) return !t->csv.failed;
    if (t->format == WIJK_FORMAT_JSON) {
        wijk_json_end_array(&t->json);
        t->failed = !wijk_json_out_close(&t->json);
        put(t, "\n", 1);
        return !t->failed;
    }
    if (!t->streaming || t->rows) flush_rows(t);
    return !t->failed;
}
