/* SPDX-License-Identifier: EUPL-1.2 */
/* CBS OData v3 (opendata.cbs.nl, and dataderden.cbs.nl for the police) by its bulk form, ODataFeed:
 * TypedDataSet in pages by odata.nextLink, DataProperties beside it for the names. Codes carry blanks behind
 * them; a range of months also catches the rows of whole years, so periods are asked for one by one, out of
 * those that the table has. */
#include "fetch/fetch_int.h"

#include <stdlib.h>
#include <string.h>

enum { CODE_MAX = 32, CODES_MAX = 5000, TITLE_MAX = 200 };

/* A row of a list of codes: {"Key": "0.0.0 ", "Title": "Totaal misdrijven"}. */
struct code {
    char key[CODE_MAX], title[TITLE_MAX];
};
struct codes {
    struct wijk_cx *cx;
    size_t n, cap;
    struct code *v;
};

static void keep_text(char *into, size_t room, struct wijk_str text)
{
    size_t n = text.n < room - 1 ? text.n : room - 1;
    while (n < text.n && n && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
    memcpy(into, text.p, n);
    into[n] = 0;
}

static enum wijk_err read_code(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct codes *c = self;
    struct code code = {"", ""};
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        bool key = wijk_str_eq(token.text, WIJK_STR("Key")),
             title = wijk_str_eq(token.text, WIJK_STR("Title"));
        WIJK_TRY(wijk_json_next(json, &token));
        if (key && token.kind == WIJK_JSON_STRING && token.text.n < CODE_MAX)
            keep_text(code.key, CODE_MAX, token.text);
        if (title && token.kind == WIJK_JSON_STRING)
            keep_text(code.title, TITLE_MAX, wijk_str_trim(token.text));
        WIJK_TRY(wijk_json_skip(json, token));
    }
    if (!code.key[0] || c->n == CODES_MAX) return WIJK_OK;
    c->v = wijk_grow(c->cx, c->v, c->n, &c->cap, sizeof *c->v);
    c->v[c->n++] = code;
    return WIJK_OK;
}

static enum wijk_err read_codes(struct wijk_cx *cx, struct wijk_fetch *f, const char *base, const char *list,
                                struct codes *out)
{
    struct wijk__got got;
    const char *url = wijk__url_with(cx, wijk_sprintf(cx, "%s/%s", base, list), "$format", "json");
    *out = (struct codes){.cx = cx};
    struct wijk__page page = {.rows = "value", .url = url, .row = read_code, .self = out};
    return wijk__pages_read(cx, f, page, &got);
}

/* ---- filters ---- */

/* What stands between quotes in OData: a quote is doubled. */
static void put_quoted(struct wijk_buf *b, const char *text)
{
    wijk_buf_char(b, '\'');
    for (; *text; text++) {
        if (*text == '\'') wijk_buf_char(b, '\'');
        wijk_buf_char(b, *text);
    }
    wijk_buf_char(b, '\'');
}

static void put_one_of(struct wijk_buf *b, const char *column, const char *const *value, size_t n)
{
    if (!n) return;
    wijk_buf_str(b, " and (");
    for (size_t i = 0; i < n; i++) {
        wijk_buf_printf(b, "%s%s eq ", i ? " or " : "", column);
        put_quoted(b, value[i]);
    }
    wijk_buf_char(b, ')');
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct code *)a)->key, ((const struct code *)b)->key);
}

static int year_of(const char *period)
{
    int64_t year;
    return wijk_int_parse((struct wijk_str){period, 4}, 1900, 2200, &year) ? (int)year : 0;
}

/* "2025MM04" is of kind MM. */
static bool of_kind(const char *period, const char *kind)
{
    return strlen(period) == 8 && strncmp(period + 4, kind, 2) == 0 && year_of(period);
}

/* Keeps the periods of the kinds asked for, without the newest ones that are not complete. */
static void choose_periods(const struct wijk__way *way, struct codes *c)
{
    size_t kept = 0;
    if (c->n) qsort(c->v, c->n, sizeof *c->v, by_key);
    for (size_t k = 0; k < way->kinds.n; k++) {
        const char *kind = way->kinds.v[k];
        size_t n = 0, drop = strcmp(kind, "MM") == 0 ? (size_t)way->skip_newest : 0;
        for (size_t i = 0; i < c->n; i++) n += of_kind(c->v[i].key, kind);
        for (size_t i = 0; i < c->n && n > drop; i++)
            if (of_kind(c->v[i].key, kind)) c->v[i].title[0] = '+', n--;
    }
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].title[0] == '+') c->v[kept++] = c->v[i];
    c->n = kept;
}

/* ---- rows ---- */

struct rows {
    const struct wijk__way *way;
    const struct codes *titles; /* NULL none */
    struct wijk__joined joined;
};

/* Copies the row; behind it the title of its code, when asked for. */
static enum wijk_err copy_row(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct rows *r = self;
    struct wijk_json_out *w = &r->joined.w;
    const char *title = "";
    wijk_json_begin_object(w);
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        bool coded = r->titles && wijk_str_eq(token.text, wijk_str(r->way->titles));
        wijk__joined_key(&r->joined, token.text);
        WIJK_TRY(wijk_json_next(json, &token));
        for (size_t i = 0; coded && token.kind == WIJK_JSON_STRING && i < r->titles->n; i++)
            if (wijk_str_eq(wijk_str_trim(token.text), wijk_str_trim(wijk_str(r->titles->v[i].key))))
                title = r->titles->v[i].title;
        WIJK_TRY(wijk__joined_copy(&r->joined, json, token));
    }
    if (r->titles) {
        wijk__joined_key(&r->joined, wijk_str(wijk_sprintf(r->joined.row_cx, "%sTitel", r->way->titles)));
        wijk_json_cstr(w, title);
    }
    wijk_json_end_object(w);
    r->joined.rows++;
    return WIJK_OK;
}

/* One question per year, so that each stays small; without periods one for the whole table. */
static enum wijk_err ask_years(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                               const struct wijk_fetch_in *in, const char *base, const char *gemeente,
                               const struct codes *periods, const struct codes *values, struct rows *rows,
                               const char **url, struct wijk__got *first)
{
    size_t at = periods ? periods->n : 1;
    int years = 0;
    while (at) {
        struct wijk_buf b = wijk_buf(cx, 0);
        const char *value[CODES_MAX], *period[CODES_MAX];
        size_t n_value = 0, n_period = 0;
        int year = periods ? year_of(periods->v[at - 1].key) : 0;
        if (!periods) at = 0;
        for (; periods && at && year_of(periods->v[at - 1].key) == year; at--)
            period[n_period++] = periods->v[at - 1].key;
        if (periods && in->year && year != in->year) continue;
        if (periods && !in->year && way->take_years && years++ == way->take_years) break;
        for (size_t i = 0; values && i < values->n; i++) value[n_value++] = values->v[i].key;
        wijk_buf_printf(&b, "substring(%s,2,4) eq ", way->region);
        put_quoted(&b, gemeente + 2);
        put_one_of(&b, way->dimension, value, n_value);
        put_one_of(&b, way->period, period, n_period);
        const char *one =
            wijk__url_with(cx, wijk_sprintf(cx, "%s/TypedDataSet", base), "$filter", wijk_buf_cstr(&b));
        one = wijk__url_with(cx, one, "$format", "json");
        struct wijk__page page = {.rows = "value", .url = one, .row = copy_row, .self = rows};
        struct wijk__got got;
        WIJK_TRY(wijk__pages_read(cx, f, page, &got));
        if (!*url) *url = one, *first = got;
    }
    return WIJK_OK;
}

/* The codes of the dimension that are asked for, with the blanks the table has behind them. */
static enum wijk_err choose_values(struct wijk_cx *cx, const struct wijk__way *way, const char *base,
                                   struct codes *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < way->values.n; k++)
            if (wijk_str_eq(wijk_str_trim(wijk_str(c->v[i].key)),
                            wijk_str_trim(wijk_str(way->values.v[k])))) {
                c->v[kept++] = c->v[i];
                break;
            }
    c->n = kept;
    if (kept) return WIJK_OK;
    return wijk_fail(cx, WIJK_ENOTFOUND, "%s kent in %s geen van de soorten waar de definitie om vraagt.",
                     wijk__url_host(cx, base), way->dimension);
}

/* The list of names beside the rows, for import; a table without one is read without. */
static enum wijk_err get_properties(struct wijk_cx *cx, struct wijk_fetch *f, const char *base,
                                    const char *beside)
{
    struct rows rows = {0};
    struct wijk__got got;
    const char *url = wijk__url_with(cx, wijk_sprintf(cx, "%s/DataProperties", base), "$format", "json");
    const char *slash = strrchr(beside, '/');
    const char *path = wijk_sprintf(cx, "%.*s/DataProperties.json", (int)(slash - beside), beside);
    WIJK_TRY(wijk__joined_open(cx, path, &rows.joined));
    wijk_json_begin_array(&rows.joined.w);
    struct wijk__page page = {.rows = "value", .url = url, .row = copy_row, .self = &rows};
    enum wijk_err err = wijk__pages_read(cx, f, page, &got);
    if (err != WIJK_OK) return wijk__joined_drop(&rows.joined), err;
    wijk_json_end_array(&rows.joined.w);
    return wijk__joined_close(&rows.joined);
}

enum wijk_err wijk__odata3_run(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                               const struct wijk_fetch_in *in, struct wijk_fetch_out *out)
{
    struct codes periods, values, titles;
    struct rows rows = {.way = way};
    char gemeente[WIJK_CODE_MAX];
    const char *path, *url = NULL;
    struct wijk__got first = {0};
    int year = way->period ? in->year : out->year;
    WIJK_TRY(wijk__way_gemeente(cx, in, gemeente));
    const char *base = wijk__way_url(cx, way, out->year);
    WIJK_TRY(wijk__joined_path(cx, f, way, in, year, ".json", &path));
    WIJK_TRY(get_properties(cx, f, base, path));
    if (way->period) WIJK_TRY(read_codes(cx, f, base, way->period, &periods));
    if (way->period) choose_periods(way, &periods);
    if (way->dimension) WIJK_TRY(read_codes(cx, f, base, way->dimension, &values));
    if (way->dimension) WIJK_TRY(choose_values(cx, way, base, &values));
    if (way->titles) WIJK_TRY(read_codes(cx, f, base, way->titles, &titles));
    if (way->titles) rows.titles = &titles;
    WIJK_TRY(wijk__joined_open(cx, path, &rows.joined));
    wijk_json_begin_object(&rows.joined.w);
    wijk_json_key(&rows.joined.w, "value");
    wijk_json_begin_array(&rows.joined.w);
    enum wijk_err err = ask_years(cx, f, way, in, base, gemeente, way->period ? &periods : NULL,
                                  way->dimension ? &values : NULL, &rows, &url, &first);
    if (err == WIJK_OK && !rows.joined.rows)
        err = wijk_fail(cx, WIJK_ENOTFOUND, "%s heeft hierover niets van %s.", wijk__url_host(cx, base),
                        gemeente);
    if (err != WIJK_OK) return wijk__joined_drop(&rows.joined), err;
    wijk_json_end_array(&rows.joined.w);
    wijk_json_end_object(&rows.joined.w);
    WIJK_TRY(wijk__joined_close(&rows.joined));
    wijk__one_file(cx, out, year, path, url, first.retrieved);
    return WIJK_OK;
}
