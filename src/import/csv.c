/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV files as rows: the first line names the columns. StatLine's "CSV met statistische symbolen" is one of
 * these. */
#include "import/import_int.h"

#include <string.h>

struct csv_rows {
    struct wijk_cx *cx;
    struct wijk_csv *csv;
};

static enum wijk_err next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct csv_rows *c = rows->self;
    const struct wijk_str *text;
    size_t n;
    WIJK_TRY(wijk_csv_next(c->csv, &text, &n));
    *got = n > 0;
    *row = (struct wijk__row){.n = n, .text = text, .number = wijk_csv_line(c->csv)};
    return WIJK_OK;
}

static char separator_of(const char *name)
{
    if (strcmp(name, "tab") == 0) return '\t';
    return strcmp(name, "auto") == 0 ? '\0' : name[0];
}

enum wijk_err wijk__csv_open(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out)
{
    struct wijk_csv_opt opt = {
        .separator = separator_of(wijk_yaml_text(how->source, "separator", "auto")),
        .cp1252 = strcmp(wijk_yaml_text(how->source, "encoding", "utf-8"), "cp1252") == 0,
    };
    struct csv_rows *c = WIJK_NEW(cx, struct csv_rows, 1);
    const struct wijk_str *text;
    size_t n;
    c->cx = cx;
    WIJK_TRY(wijk_csv_open(cx, how->bytes, opt, &c->csv));
    WIJK_TRY(wijk_csv_next(c->csv, &text, &n));
    if (n == 0) return wijk_fail(cx, WIJK_EDATA, "%s is leeg: er is geen regel met kolomnamen.", how->label);
    struct wijk_str *column = WIJK_NEW(cx, struct wijk_str, n);
    for (size_t i = 0; i < n; i++) {
        struct wijk_str name = wijk_str_trim(text[i]);
        column[i] = (struct wijk_str){wijk_str_dup(cx, name), name.n};
    }
    *out = (struct wijk__rows){
        .next = next, .self = c, .n_column = n, .column = column, .unit = WIJK_T("regel"), .lines = true};
    return WIJK_OK;
}
