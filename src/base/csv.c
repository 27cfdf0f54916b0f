/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV by RFC 4180, read record by record in constant memory, and written with care for spreadsheets. */
#include "base/base_int.h"

#include <math.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BLOCK = WIJK_LIMIT_LINE + (64 << 10), STEP = 64 };

static const char CANDIDATES[] = ",;\t|";

struct wijk_csv {
    struct wijk_cx *cx;
    struct wijk__block_in in;
    char separator;
    bool started;
    size_t line, next_line; /* where this record starts; where the next one does */
    size_t n;
    struct wijk_str field[WIJK_LIMIT_COLUMNS];
    char *converted; /* cp1252: the record in UTF-8, at most three bytes a sign */
};

enum wijk_err wijk_csv_open(struct wijk_cx *cx, struct wijk_in in, struct wijk_csv_opt opt,
                            struct wijk_csv **out)
{
    struct wijk_csv *csv = WIJK_NEW(cx, struct wijk_csv, 1);
    csv->cx = cx;
    csv->separator = opt.separator;
    csv->next_line = 1;
    if (opt.cp1252) csv->converted = wijk_alloc(cx, 3 * (size_t)WIJK_LIMIT_LINE + WIJK_CSV_BEYOND);
    wijk__block_open(cx, &csv->in, in, BLOCK);
    *out = csv;
    return WIJK_OK;
}

size_t wijk_csv_line(const struct wijk_csv *csv)
{
    return csv->line;
}
/* Where a field may open with a quote: at the start of the record and behind a separator. Before the
 * separator is known (the header) any candidate counts. */
static bool field_starts(const struct wijk_csv *csv, size_t i)
{
    if (i == csv->in.at) return true;
    unsigned char before = csv->in.room[i - 1];
    return csv->separator ? before == (unsigned char)csv->separator : before && strchr(CANDIDATES, before);
}

/* The end of the record that starts at in.at: the line feed outside quotes, or the end of all. A quote in the
 * middle of a bare field is a sign like any other (5" pijp). SIZE_MAX: read more. */
static size_t record_end(const struct wijk_csv *csv)
{
    const struct wijk__block_in *in = &csv->in;
    bool quoted = false;
    for (size_t i = in->at; i < in->n; i++) {
        const unsigned char *p = in->room + i;
        const unsigned char *lf = quoted ? NULL : memchr(p, '\n', in->n - i);
        const unsigned char *q = memchr(p, '"', lf ? (size_t)(lf - p) : in->n - i);
        if (!q && lf) return (size_t)(lf - in->room);
        if (!q) break;
        i = (size_t)(q - in->room);
        if (!quoted)
            quoted = field_starts(csv, i);
        else if (i + 1 < in->n && in->room[i + 1] == '"')
            i++; /* a doubled quote */
        else if (i + 1 == in->n && !in->ended)
            break; /* the next byte decides */
        else
            quoted = false;
    }
    return in->ended ? in->n : SIZE_MAX;
}

/* The sign that parts the fields of the header: the commonest outside quotes. */
static char find_separator(const unsigned char *p, size_t n)
{
    size_t count[4] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        const char *c = p[i] ? strchr(CANDIDATES, p[i]) : NULL;
        if (p[i] == '"')
            quoted = !quoted;
        else if (c && !quoted)
            count[c - CANDIDATES]++;
    }
    for (size_t k = 1; k < 4; k++)
        if (count[k] > count[best]) best = k;
    return CANDIDATES[best];
}

static enum wijk_err complain(struct wijk_csv *csv, enum wijk_err err, size_t column, const char *what)
{
    return wijk_fail(csv->cx, err, "%s regel %zu, kolom %zu: %s", csv->in.in.name, csv->line, column,
                     wijk_tr(csv->cx, what));
}

/* A quoted field: doubled quotes become one, in place. Gives the position behind the closing quote, NULL when
 * bad. */
static char *unquote(char *p, char *end, struct wijk_str *out)
{
    char *to = p, *start = p;
    for (;;) {
        char *q = memchr(p, '"', (size_t)(end - p));
        if (!q) return NULL;
        memmove(to, p, (size_t)(q - p));
        to += q - p;
        if (q + 1 == end || q[1] != '"') {
            *out = (struct wijk_str){start, (size_t)(to - start)};
            return q + 1;
        }
        *to++ = '"';
        p = q + 2;
    }
}

static enum wijk_err split(struct wijk_csv *csv, char *p, char *end)
{
    csv->n = 0;
    for (;;) {
        if (csv->n == WIJK_LIMIT_COLUMNS)
            return complain(csv, WIJK_ELIMIT, csv->n, "er zijn te veel kolommen.");
        struct wijk_str *f = &csv->field[csv->n++];
        if (p < end && *p == '"') {
            p = unquote(p + 1, end, f);
            if (!p) return complain(csv, WIJK_EPARSE, csv->n, "een aanhalingsteken wordt niet gesloten.");
            if (p < end && *p != csv->separator)
                return complain(csv, WIJK_EPARSE, csv->n,
                                "er staat tekst achter een sluitend aanhalingsteken.");
        } else {
            char *next = memchr(p, csv->separator, (size_t)(end - p));
            *f = (struct wijk_str){p, (size_t)((next ? next : end) - p)};
            p += f->n;
        }
        if (p == end) return WIJK_OK;
        p++;
    }
}

/* Windows-1252 to UTF-8 in room of the reader's own: a caller may use the context between two records, so
 * nothing may be left in it. */
static void convert(struct wijk_csv *csv)
{
    char *to = csv->converted;
    for (size_t i = 0; i < csv->n; i++) {
        struct wijk_mark mark = wijk_cx_mark(csv->cx);
        struct wijk_str text = wijk_utf8_from_cp1252(csv->cx, csv->field[i]);
        memcpy(to, text.p, text.n);
        wijk_cx_rewind(csv->cx, mark);
        csv->field[i] = (struct wijk_str){to, text.n};
        to += text.n;
    }
}

/* sound: the record was seen to be UTF-8 as a whole. Only a bad one is searched for its column. */
static enum wijk_err check_text(struct wijk_csv *csv, bool sound)
{
    if (csv->converted) convert(csv);
    for (size_t i = 0; i < csv->n && !sound; i++)
        if (!wijk_utf8_valid(csv->field[i], NULL))
            return complain(csv, WIJK_EPARSE, i + 1, "de tekst is geen UTF-8. Bewaar het bestand als UTF-8.");
    return WIJK_OK;
}

/* Brings one whole record into the block: from in.at to *end. */
static enum wijk_err find_record(struct wijk_csv *csv, size_t *end)
{
    struct wijk__block_in *in = &csv->in;
    while ((*end = record_end(csv)) == SIZE_MAX) {
        if (in->n - in->at > WIJK_LIMIT_LINE) break;
        if (!wijk__block_more(in) && in->failed)
            return wijk_fail(csv->cx, WIJK_EIO, "%s: lezen lukt niet.", in->in.name);
    }
    if (*end == SIZE_MAX || *end - in->at > WIJK_LIMIT_LINE)
        return complain(csv, WIJK_ELIMIT, 1, "de regel is langer dan 1 MiB.");
    return WIJK_OK;
}

/* ---- plain records ----
 * Nearly every record has no quotes. Its fields are found with a few instructions for 64 bytes: each bit
 * below is one byte. Whatever is out of the ordinary is left to the functions above, which also know what to
 * say of it. */

struct signs {
    uint64_t separator, end, quote, odd; /* odd: NUL, or not ASCII */
};

#if defined(__SSE2__)
static inline struct signs signs_of(const unsigned char *p, char separator)
{
    const __m128i part = _mm_set1_epi8(separator), lf = _mm_set1_epi8('\n'), quote = _mm_set1_epi8('"');
    struct signs s = {0};
    for (int k = 0; k < STEP / 16; k++) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * k));
        s.separator |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, part)) << 16 * k;
        s.end |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, lf)) << 16 * k;
        s.quote |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, quote)) << 16 * k;
        s.odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8(1))) << 16 * k;
    }
    return s;
}
#else
static inline struct signs signs_of(const unsigned char *p, char separator)
{
    struct signs s = {0};
    for (int k = 0; k < STEP; k++) {
        s.separator |= (uint64_t)(p[k] == (unsigned char)separator) << k;
        s.end |= (uint64_t)(p[k] == '\n') << k;
        s.quote |= (uint64_t)(p[k] == '"') << k;
        s.odd |= (uint64_t)(p[k] == 0 || p[k] >= 0x80) << k;
    }
    return s;
}
#endif

/* The fields of the record at in.at, when it is a plain one that stands in the block as a whole; *end is then
 * its line feed. false: nothing happened. */
static bool take_plain(struct wijk_csv *csv, size_t *end)
{
    const struct wijk__block_in *in = &csv->in;
    size_t from = in->at, n = 0;
    uint64_t odd = 0;
    if (!csv->separator || csv->converted) return false;
    for (size_t at = in->at; at + STEP <= in->n && n + STEP < WIJK_LIMIT_COLUMNS; at += STEP) {
        const struct signs s = signs_of(in->room + at, csv->separator);
        const uint64_t here = s.end ^ (s.end - 1); /* up to the first line feed; without one, all */
        if (s.quote & here) return false;
        odd |= s.odd & here;
        for (uint64_t left = s.separator & here; left; left &= left - 1) {
            const size_t to = at + (size_t)__builtin_ctzll(left);
            csv->field[n++] = (struct wijk_str){(const char *)in->room + from, to - from};
            from = to + 1;
        }
        if (!s.end) continue;
        *end = at + (size_t)__builtin_ctzll(s.end);
        const size_t stop = *end - (*end > from && in->room[*end - 1] == '\r');
        csv->field[n++] = (struct wijk_str){(const char *)in->room + from, stop - from};
        csv->n = n;
        const struct wijk_str all = {(const char *)in->room + in->at, stop - in->at};
        return all.n && all.n < WIJK_LIMIT_LINE && (!odd || wijk_utf8_valid(all, NULL));
    }
    return false;
}

static void begin(struct wijk_csv *csv)
{
    struct wijk__block_in *in = &csv->in;
    while (in->n < 3 && wijk__block_more(in)) {
    }
    if (in->n >= 3 && memcmp(in->room, "\xef\xbb\xbf", 3) == 0) in->at = 3;
    csv->started = true;
}

enum wijk_err wijk_csv_next(struct wijk_csv *csv, const struct wijk_str **fields, size_t *n)
{
    struct wijk__block_in *in = &csv->in;
    *n = 0;
    *fields = csv->field;
    if (!csv->started) begin(csv);
    for (;;) {
        size_t end;
        csv->line = csv->next_line;
        if (take_plain(csv, &end)) {
            csv->next_line++;
            in->at = end + 1;
            *n = csv->n;
            return WIJK_OK;
        }
        WIJK_TRY(find_record(csv, &end));
        if (in->at == in->n && in->ended) return WIJK_OK;
        char *p = (char *)in->room + in->at, *stop = (char *)in->room + end;
        for (const char *q = p; (q = memchr(q, '\n', (size_t)(stop - q)));) csv->next_line++, q++;
        csv->next_line++;
        in->at = end < in->n ? end + 1 : end;
        if (stop > p && stop[-1] == '\r') stop--;
        if (stop == p) continue; /* a blank line */
        if (!csv->separator) csv->separator = find_separator((unsigned char *)p, (size_t)(stop - p));
        bool sound = !csv->converted && wijk_utf8_valid((struct wijk_str){p, (size_t)(stop - p)}, NULL);
        WIJK_TRY(split(csv, p, stop));
        WIJK_TRY(check_text(csv, sound));
        *n = csv->n;
        return WIJK_OK;
    }
}

/* ---- writing ---- */

static void put(struct wijk_csv_out *w, const char *p, size_t n)
{
    if (n && !w->failed && !w->out.write(w->out.self, p, n)) w->failed = true;
}

static void between(struct wijk_csv_out *w)
{
    char separator = w->separator ? w->separator : ',';
    if (w->row_open) put(w, &separator, 1);
    w->row_open = true;
}

/* A cell that a spreadsheet would take for a formula. */
static bool would_run(struct wijk_str f)
{
    double v;
    return f.n && strchr("=+-@\t\r", f.p[0]) && !wijk_num_parse(f, WIJK_NUM_POINT, &v);
}

void wijk_csv_put(struct wijk_csv_out *w, struct wijk_str f)
{
    between(w);
    char separator = w->separator ? w->separator : ',';
    bool guard = would_run(f), quote = false;
    for (size_t i = 0; i < f.n && !quote; i++)
        quote = f.p[i] == separator || f.p[i] == '"' || f.p[i] == '\n' || f.p[i] == '\r';
    if (quote) put(w, "\"", 1);
    if (guard) put(w, "'", 1);
    for (size_t i = 0; i < f.n;) {
        const char *q = memchr(f.p + i, '"', f.n - i);
        size_t k = q ? (size_t)(q - f.p) + 1 - i : f.n - i;
        put(w, f.p + i, k);
        if (q) put(w, "\"", 1);
        i += k;
    }
    if (quote) put(w, "\"", 1);
}

void wijk_csv_put_num(struct wijk_csv_out *w, double v)
{
    char text[32];
    between(w);
    put(w, text, wijk_num_write(v, text));
}

void wijk_csv_end_row(struct wijk_csv_out *w)
{
    put(w, "\n", 1);
    w->row_open = false;
}
