/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables of an export as sheets. What is hidden says so in the cell itself: a sheet is read by people. */
#include "flow/flow_int.h"

struct sink {
    struct wijk_xlsx_out *x;
    const char *hidden;
};

static void put_text(void *self, const char *s)
{
    wijk_xlsx_text(((struct sink *)self)->x, s);
}
static void put_num(void *self, double v)
{
    wijk_xlsx_num(((struct sink *)self)->x, v);
}
static void put_whole(void *self, int64_t v)
{
    wijk_xlsx_num(((struct sink *)self)->x, (double)v);
}
static void put_period(void *self, struct wijk_period p)
{
    wijk_xlsx_period(((struct sink *)self)->x, p);
}
static void end(void *self)
{
    wijk_xlsx_end_row(((struct sink *)self)->x);
}

static void put_figure(void *self, double v, enum wijk_status status)
{
    const struct sink *s = self;
    if (status == WIJK_STATUS_SUPPRESSED)
        wijk_xlsx_text(s->x, s->hidden);
    else
        wijk_xlsx_num(s->x, v);
}

/* More figures than all sheets hold are refused before minutes of work. The other tables need three sheets.
 */
static enum wijk_err fits(const struct wijk__export *e, const struct wijk_file_to *to)
{
    size_t sheet = e->in->sheet_rows ? e->in->sheet_rows : WIJK_XLSX_ROWS_MAX, rows = 0;
    for (size_t i = 0; i < e->s->n_series; i++) {
        const struct wijk_series *v = &e->s->series[i];
        const struct wijk_snapshot_division *d =
            wijk_snapshot_division(e->s, v->key.level, v->key.division_year);
        for (size_t a = 0; d && v->load && a < v->n && a < d->areas.n; a++)
            rows += v->load[a] && wijk__export_has(e, d, a);
    }
    if (rows <= (WIJK_XLSX_SHEETS_MAX - 3) * (sheet - 1)) return WIJK_OK;
    return wijk_fail(e->cx, WIJK_ELIMIT,
                     "%zu regels zijn te veel voor een rekenblad (%s); kies een niveau of een gebied, of CSV "
                     "of GeoPackage",
                     rows, to->fd ? "xlsx" : to->path);
}

enum wijk_err wijk__export_xlsx(const struct wijk__export *e, const struct wijk_file_to *to)
{
    struct wijk_xlsx_out *x;
    WIJK_TRY(fits(e, to));
    WIJK_TRY(wijk_xlsx_open(e->cx, to, e->in->sheet_rows, wijk__export_changed(e->s), &x));
    struct sink sink = {x, wijk_tr(e->cx, wijk_status_text(WIJK_STATUS_SUPPRESSED))};
    struct wijk__rows rows = {&sink, put_text, put_num, put_whole, put_period, put_figure, end};
    for (size_t k = 0; k < WIJK__TABLES; k++) {
        const struct wijk__export_table *t = &wijk__export_tables[k];
        struct wijk_xlsx_column *column = WIJK_NEW(e->cx, struct wijk_xlsx_column, t->n_column);
        for (size_t c = 0; c < t->n_column; c++)
            column[c] = (struct wijk_xlsx_column){wijk_tr(e->cx, t->column[c].title), t->column[c].width};
        wijk_xlsx_begin(x, wijk_tr(e->cx, t->title), column, t->n_column);
        t->write(e, &rows);
    }
    return wijk_xlsx_done(x);
}
