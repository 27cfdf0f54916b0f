/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables made for people: title rows above the names of the columns, and rows below the figures that say
 * where they came from. The definition's `header_row` and `footer` tell; what is left is a plain table. */
#include "import/mapper.h"

#include <string.h>

enum { HEADER_ROWS_MAX = 50 };

struct table {
    struct wijk__rows inner;
    const struct wijk_yaml *footer; /* NULL: none */
    uint64_t before;                /* rows above the first one that `inner` counts */
    bool ended;
};

static struct wijk_str text_of(const struct wijk__row *row, size_t i)
{
    const struct wijk__field f = wijk__row_field(row, i);
    return f.kind == WIJK__FIELD_TEXT ? wijk_str_trim(f.text) : WIJK_STR("");
}

static bool is_filled(const struct wijk__row *row, size_t i)
{
    return wijk__row_field(row, i).kind == WIJK__FIELD_NUMBER || text_of(row, i).n > 0;
}

static size_t filled(const struct wijk__row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n; i++) n += is_filled(row, i);
    return n;
}

/* Is the first text of the row one with which the part below the figures begins? */
static bool is_footer(const struct table *t, const struct wijk__row *row)
{
    size_t i = 0;
    while (i < row->n && !is_filled(row, i)) i++;
    for (size_t k = 0; t->footer && i < row->n && k < t->footer->n; k++)
        if (wijk_str_eq(text_of(row, i), wijk_str(t->footer->child[k]->text))) return true;
    return false;
}

static enum wijk_err next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct table *t = rows->self;
    for (;;) {
        WIJK_TRY(t->inner.next(&t->inner, row, got));
        if (!*got) return WIJK_OK;
        row->number += t->before;
        t->ended = t->ended || is_footer(t, row);
        if (t->ended || filled(row) == 0) continue;
        while (row->n > rows->n_column && !is_filled(row, row->n - 1)) row->n--;
        return WIJK_OK;
    }
}

static void close_rows(struct wijk__rows *rows)
{
    struct table *t = rows->self;
    if (t->inner.close) t->inner.close(&t->inner);
}

/* A spreadsheet whose first row does not look like names gets these from GDAL; then that row is among the
 * data. */
static bool has_own_names(const struct wijk__rows *rows)
{
    return rows->n_column == 0 || !wijk_str_eq(rows->column[0], WIJK_STR("Field1"));
}

static size_t named(const struct wijk__rows *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n_column; i++) n += rows->column[i].n > 0;
    return n;
}

/* A column without a name goes by its place: @1. */
static struct wijk_str name_at(struct wijk_cx *cx, size_t i, struct wijk_str given)
{
    if (given.n) return (struct wijk_str){wijk_str_dup(cx, given), given.n};
    return wijk_str(wijk_sprintf(cx, "@%zu", i + 1));
}

static void name_columns(struct wijk_cx *cx, struct wijk__rows *out, const struct wijk__row *row)
{
    size_t n = row ? row->n : out->n_column;
    while (row && n && !is_filled(row, n - 1)) n--;
    struct wijk_str *column = WIJK_NEW(cx, struct wijk_str, n);
    for (size_t i = 0; i < n; i++) column[i] = name_at(cx, i, row ? text_of(row, i) : out->column[i]);
    out->column = column;
    out->n_column = n;
}

/* Reads down to the row that names the columns: row `wanted`, or (0) the first with two texts or more. */
static enum wijk_err find_header(struct wijk_cx *cx, struct table *t, const char *label, int64_t wanted,
                                 struct wijk__rows *out)
{
    struct wijk__row row;
    bool own = has_own_names(&t->inner);
    t->before = own && !t->inner.lines ? 1 : 0; /* a reader of lines counts the first one too */
    if (own && (wanted == 1 || (wanted == 0 && named(&t->inner) > 1))) {
        name_columns(cx, out, NULL);
        return WIJK_OK;
    }
    for (int64_t at = own ? 2 : 1; at <= HEADER_ROWS_MAX; at++) {
        bool got;
        WIJK_TRY(t->inner.next(&t->inner, &row, &got));
        if (!got) break;
        if (wanted ? at < wanted : filled(&row) < 2) continue;
        name_columns(cx, out, &row);
        return WIJK_OK;
    }
    return wijk_fail(cx, WIJK_EDATA, "%s: er is geen regel met kolomnamen gevonden.", label);
}

enum wijk_err wijk__table_open(struct wijk_cx *cx, const struct wijk_yaml *source, const char *label,
                               struct wijk__rows *rows)
{
    const char *wanted = wijk_yaml_text(source, "header_row", "1");
    const struct wijk_yaml *footer = wijk_yaml_get(source, "footer");
    int64_t row = 0;
    if (!wijk_yaml_get(source, "header_row") && !footer) return WIJK_OK;
    if (strcmp(wanted, "auto") != 0 && !wijk_int_parse(wijk_str(wanted), 1, HEADER_ROWS_MAX, &row))
        return wijk_fail(cx, WIJK_EDEF, "%s: header_row in de brondefinitie hoort auto of 1 tot %d te zijn.",
                         label, HEADER_ROWS_MAX);
    struct table *t = WIJK_NEW(cx, struct table, 1);
    *t = (struct table){.inner = *rows, .footer = footer};
    rows->next = next;
    rows->close = close_rows;
    rows->self = t;
    rows->unit = t->inner.lines ? t->inner.unit : WIJK_T("rij");
    return find_header(cx, t, label, row, rows);
}
