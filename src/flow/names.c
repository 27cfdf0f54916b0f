/* SPDX-License-Identifier: EUPL-1.2 */
/* Files that name their areas: the list of proposals goes out, and comes back confirmed by a person. */
#include "flow/flow_int.h"

#include <string.h>

enum { LINE, NAME, CODE, AREA, SCORE, CONFIRMED, COLUMNS };
static const char *const COLUMN[COLUMNS] = {"regel", "naam", "code", "gebied", "gelijkenis", "bevestigd"};

/* ---- out ---- */

size_t wijk_flow_proposals_write(const struct wijk_import_joins *joins, struct wijk_out out)
{
    struct wijk_csv_out w = {.out = out, .separator = ';'};
    size_t n = 0;
    for (size_t i = 0; i < COLUMNS; i++) wijk_csv_put(&w, wijk_str(COLUMN[i]));
    wijk_csv_end_row(&w);
    for (size_t i = 0; i < joins->n; i++) {
        const struct wijk_import_join *j = &joins->v[i];
        if (j->way != WIJK_NAME_NONE && j->way != WIJK_NAME_RESEMBLES) continue;
        wijk_csv_put_num(&w, (double)j->line);
        wijk_csv_put(&w, wijk_str(j->name));
        wijk_csv_put(&w, wijk_str(j->code));
        wijk_csv_put(&w, wijk_str(j->area));
        wijk_csv_put_num(&w, (double)(int)(j->score * 100 + 0.5) / 100);
        wijk_csv_put(&w, WIJK_STR(""));
        wijk_csv_end_row(&w);
        n++;
    }
    return n;
}

/* ---- in ---- */

struct list {
    size_t n, cap;
    struct wijk_import_match *v;
};

static bool is_yes(struct wijk_cx *cx, struct wijk_str text)
{
    struct wijk_str s = wijk_str_fold(cx, text);
    return wijk_str_eq(s, WIJK_STR("ja")) || wijk_str_eq(s, WIJK_STR("yes"));
}

static enum wijk_err find_columns(struct wijk_cx *cx, const char *label, const struct wijk_str *field,
                                  size_t n, size_t at[COLUMNS])
{
    for (size_t c = 0; c < COLUMNS; c++) {
        at[c] = 0;
        while (at[c] < n && !wijk_str_eq(wijk_str_trim(field[at[c]]), wijk_str(COLUMN[c]))) at[c]++;
        if (at[c] == n && (c == NAME || c == CODE || c == CONFIRMED))
            return wijk_fail(cx, WIJK_EDATA, "%s: de kolom %s ontbreekt.", label, COLUMN[c]);
    }
    return WIJK_OK;
}

static enum wijk_err take_line(struct wijk_cx *cx, const char *label, size_t line,
                               const struct wijk_str *field, size_t n, const size_t at[COLUMNS],
                               struct list *list)
{
    struct wijk_str text[COLUMNS];
    enum wijk_level level;
    int64_t row = 0;
    for (size_t c = 0; c < COLUMNS; c++) text[c] = at[c] < n ? wijk_str_trim(field[at[c]]) : WIJK_STR("");
    if (!is_yes(cx, text[CONFIRMED])) return WIJK_OK;
    char code[WIJK_CODE_MAX];
    bool good =
        text[NAME].n && wijk_code_level(text[CODE], &level) && wijk_code_normalise(text[CODE], level, code);
    if (text[LINE].n) good = good && wijk_int_parse(text[LINE], 0, INT64_MAX, &row);
    if (!good)
        return wijk_fail(cx, WIJK_EDATA,
                         "%s regel %zu: hier hoort een naam met een code, en een regelnummer of niets.",
                         label, line);
    list->v = wijk_grow(cx, list->v, list->n, &list->cap, sizeof *list->v);
    list->v[list->n++] = (struct wijk_import_match){wijk_str_dup(cx, text[NAME]),
                                                    wijk_str_dup(cx, wijk_str(code)), (uint64_t)row};
    return WIJK_OK;
}

static enum wijk_err read_lines(struct wijk_cx *cx, struct wijk_csv *csv, const char *label,
                                struct list *list)
{
    const struct wijk_str *field;
    size_t n, at[COLUMNS];
    WIJK_TRY(wijk_csv_next(csv, &field, &n));
    WIJK_TRY(find_columns(cx, label, field, n, at));
    for (;;) {
        WIJK_TRY(wijk_csv_next(csv, &field, &n));
        if (n == 0) return WIJK_OK;
        if (list->n == WIJK_FINDINGS_KEPT)
            return wijk_fail(cx, WIJK_ELIMIT, "%s: meer dan %d regels.", label, WIJK_FINDINGS_KEPT);
        WIJK_TRY(take_line(cx, label, wijk_csv_line(csv), field, n, at, list));
    }
}

enum wijk_err wijk_flow_match_read(struct wijk_cx *cx, const char *path, const struct wijk_import_match **out,
                                   size_t *n)
{
    struct wijk_file *file;
    struct wijk_csv *csv;
    struct list list = {0};
    WIJK_TRY(wijk_file_open(cx, path, &file));
    enum wijk_err err = wijk_csv_open(cx, wijk_file_in(file), (struct wijk_csv_opt){0}, &csv);
    if (err == WIJK_OK) err = read_lines(cx, csv, wijk_file_label(file), &list);
    wijk_file_close(file);
    *out = list.v;
    *n = list.n;
    return err;
}

enum wijk_err wijk__flow_known_areas(void *store, struct wijk_cx *cx, enum wijk_level level,
                                     int division_year, const struct wijk_areas **out)
{
    return wijk_store_read_areas(cx, store, level, division_year, false, out);
}

void wijk__flow_keep_joins(struct wijk_cx *cx, struct wijk_import_joins *joins)
{
    struct wijk_import_join *v = WIJK_NEW(cx, struct wijk_import_join, joins->n);
    for (size_t i = 0; i < joins->n; i++) {
        v[i] = joins->v[i];
        v[i].name = wijk_str_dup(cx, wijk_str(v[i].name));
        v[i].code = wijk_str_dup(cx, wijk_str(v[i].code));
        v[i].area = wijk_str_dup(cx, wijk_str(v[i].area));
    }
    joins->v = v;
    joins->cap = joins->n;
}
