/* SPDX-License-Identifier: EUPL-1.2 */
/* A table that says which code became which: its rows as pairs of texts. What the codes are worth is for who
 * knows the areas. */
#include "import/mapper.h"

#include <string.h>

enum { FROM, TO, SHARE, SIDES, TEXT_MAX = 64, PROGRESS_ROWS = 1024 };

struct reading {
    struct wijk__map_pairs map;
    int at[SIDES];
    struct wijk_import_pairs *out;
    struct wijk_import_pair *pair;
    size_t cap;
};

bool wijk_source_pairs(const struct wijk_source *s)
{
    return s->yaml && wijk_yaml_get(s->yaml, "crosswalk");
}

static enum wijk_err find_columns(struct wijk_cx *cx, struct reading *r, const struct wijk__opened *table)
{
    const struct wijk__spell *const side[SIDES] = {&r->map.from, &r->map.to, &r->map.share};
    for (size_t k = 0; k < SIDES; k++) {
        r->at[k] = -1;
        for (size_t i = 0; i < table->rows->n_column && r->at[k] < 0; i++)
            if (wijk__spell_names(side[k], table->rows->column[i])) r->at[k] = (int)i;
        if (r->at[k] < 0 && side[k]->n)
            return wijk__guard_names(
                cx, table->rows, table->label,
                wijk_fail(cx, WIJK_EDATA, "%s: de kolom %s ontbreekt.", table->label, side[k]->v[0]));
    }
    return WIJK_OK;
}

static struct wijk_str text_at(struct wijk_cx *cx, const struct wijk__row *row, int at)
{
    char number[32];
    if (at < 0 || (size_t)at >= row->n) return WIJK_STR("");
    struct wijk__field f = wijk__row_field(row, (size_t)at);
    struct wijk_str text = f.text;
    if (f.kind == WIJK__FIELD_NUMBER && !text.n)
        text = (struct wijk_str){number, wijk_num_write(f.number, number)};
    if (f.kind != WIJK__FIELD_TEXT && f.kind != WIJK__FIELD_NUMBER) return WIJK_STR("");
    text = wijk_str_trim(text);
    if (text.n > TEXT_MAX) text.n = TEXT_MAX; /* no code is so long: it will be refused as it stands */
    return wijk_str(wijk_str_dup(cx, text));
}

static enum wijk_err take(struct wijk_cx *cx, struct reading *r, const struct wijk__opened *table,
                          const struct wijk__row *row)
{
    struct wijk_import_pairs *out = r->out;
    struct wijk_mark mark = wijk_cx_mark(cx);
    struct wijk_import_pair p = {row->number, text_at(cx, row, r->at[FROM]), text_at(cx, row, r->at[TO]),
                                 text_at(cx, row, r->at[SHARE])};
    if (!p.from.n || !p.to.n) { /* a new or a vanished area has no other side */
        wijk_cx_rewind(cx, mark);
        return WIJK_OK;
    }
    if (out->n == WIJK_PAIRS_MAX)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: meer dan %d regels.", table->label, WIJK_PAIRS_MAX);
    r->pair = wijk_grow(cx, r->pair, out->n, &r->cap, sizeof *r->pair);
    r->pair[out->n++] = p;
    return WIJK_OK;
}

static enum wijk_err read_pairs(struct wijk_cx *cx, const struct wijk_import_in *in,
                                const struct wijk__opened *table, void *arg)
{
    struct reading *r = arg;
    struct wijk__rows *rows = table->rows;
    struct wijk__row row;
    bool got;
    struct wijk__guard *guard = wijk__guard_new(cx);
    WIJK_TRY(find_columns(cx, r, table));
    for (uint64_t n = 0;; n++) {
        WIJK_TRY(rows->next(rows, &row, &got));
        if (!got) break;
        if (n == WIJK_LIMIT_ROWS)
            return wijk_fail(cx, WIJK_ELIMIT, "%s: meer dan %d rijen.", table->label, WIJK_LIMIT_ROWS);
        if (n % PROGRESS_ROWS == 0 &&
            !wijk_progress_step(in->progress, table->label, rows->total ? row.done : *table->bytes_read,
                                rows->total ? rows->total : table->n_bytes))
            return wijk_fail(cx, WIJK_ECANCEL, "%s: gestopt op verzoek; er is niets geladen.", table->label);
        wijk__guard_row(cx, guard, rows, &row);
        WIJK_TRY(take(cx, r, table, &row));
    }
    r->out->load.rows = r->out->n;
    return wijk__guard_verdict(cx, guard, rows, table->label, WIJK__GUARD_AREAS);
}

enum wijk_err wijk_import_pairs(struct wijk_cx *cx, struct wijk_import_in in,
                                const struct wijk_import_pairs **out)
{
    struct reading r = {.out = WIJK_NEW(cx, struct wijk_import_pairs, 1)};
    WIJK_TRY(wijk__mapping_pairs(cx, in.source, &r.map));
    WIJK_TRY(wijk__import_file(cx, in, &r.out->load, read_pairs, &r));
    r.out->level = r.map.level;
    r.out->from_first = r.map.from_first;
    r.out->from_last = r.map.from_last;
    r.out->to_first = r.map.to_first;
    r.out->to_last = r.map.to_last;
    r.out->gemeente = r.map.gemeente;
    r.out->rest = r.map.rest;
    r.out->pair = r.pair;
    *out = r.out;
    return WIJK_OK;
}
