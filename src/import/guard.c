/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands at the door while a table is read: every cell is looked at, also of columns that nobody asked for,
 * and a table of persons or houses is refused whole, naming the column. */
#include "import/mapper.h"

struct watched {
    struct wijk_personal_column seen;
    uint64_t looked; /* in how many of the plain rows its cell was looked at */
};
struct wijk__guard {
    size_t n, cap;
    struct watched *column;
    uint64_t plain; /* rows */
};

struct wijk__guard *wijk__guard_new(struct wijk_cx *cx)
{
    return WIJK_NEW(cx, struct wijk__guard, 1);
}

/* JSON figures come without their text: only those that could be a number of a person or a place in degrees
 * are written out. */
static struct wijk_str cell_of(const struct wijk__field *f, char room[32])
{
    if (f->kind == WIJK__FIELD_TEXT || f->text.n) return f->text;
    if (f->kind != WIJK__FIELD_NUMBER) return WIJK_STR("");
    bool large = f->number >= 1e7 && f->number<1e10, degrees = f->number> 3 && f->number < 54;
    bool metres = f->number >= 1e4 && f->number < 1e6;
    if (!large && !degrees && !metres) return WIJK_STR("");
    return (struct wijk_str){room, wijk_num_write(f->number, room)};
}

static void add_columns(struct wijk_cx *cx, struct wijk__guard *g, const struct wijk__rows *rows)
{
    while (g->n < rows->n_column) {
        g->column = wijk_grow(cx, g->column, g->n, &g->cap, sizeof *g->column);
        g->column[g->n] =
            (struct watched){.seen = wijk_personal_column(rows->column[g->n]), .looked = g->plain};
        g->n++;
    }
}

void wijk__guard_row(struct wijk_cx *cx, struct wijk__guard *g, const struct wijk__rows *rows,
                     const struct wijk__row *row)
{
    char room[32];
    add_columns(cx, g, rows);
    for (size_t i = 0; i < row->n && i < g->n; i++) {
        const struct wijk__field f = wijk__row_field(row, i);
        wijk_personal_see(&g->column[i].seen, cell_of(&f, room));
    }
}

void wijk__guard_plain_row(struct wijk_cx *cx, struct wijk__guard *g, const struct wijk__rows *rows)
{
    add_columns(cx, g, rows);
    g->plain++;
}

void wijk__guard_cell(struct wijk__guard *g, const struct wijk__row *row, size_t column)
{
    struct watched *w = &g->column[column];
    w->looked++;
    if (column < row->n) wijk_personal_see(&w->seen, row->text[column]);
}

static enum wijk_err refuse(struct wijk_cx *cx, const char *label, struct wijk_str column,
                            enum wijk_personal found)
{
    return wijk_fail(
        cx, WIJK_EPERSONAL,
        "%s: in kolom %.*s staan %s. Wijkregie neemt geen gegevens over personen of adressen aan; "
        "tel ze eerst op per buurt.",
        label, WIJK_STR_ARG(column), wijk_tr(cx, wijk_personal_words(found)));
}

enum wijk_err wijk__guard_names(struct wijk_cx *cx, const struct wijk__rows *rows, const char *label,
                                enum wijk_err otherwise)
{
    for (size_t i = 0; i < rows->n_column; i++) {
        enum wijk_personal said = wijk_personal_column(rows->column[i]).said;
        if (said == WIJK_PERSONAL_BSN || said == WIJK_PERSONAL_BIRTH || said == WIJK_PERSONAL_NAME)
            return refuse(cx, label, rows->column[i], said);
    }
    return otherwise;
}

enum wijk_err wijk__guard_verdict(struct wijk_cx *cx, const struct wijk__guard *g,
                                  const struct wijk__rows *rows, const char *label,
                                  enum wijk__guard_rows kind)
{
    for (size_t i = 0; i < g->n; i++) {
        struct wijk_personal_column seen = g->column[i].seen;
        seen.cells += g->plain - g->column[i].looked;
        enum wijk_personal found = wijk_personal_verdict(&seen);
        bool place = found == WIJK_PERSONAL_POINT && kind != WIJK__GUARD_ANYTHING;
        bool address = found == WIJK_PERSONAL_ADDRESS && kind == WIJK__GUARD_COUNTED;
        if (found == WIJK_PERSONAL_NONE || place || address) continue;
        return refuse(cx, label, rows->column[i], found);
    }
    return WIJK_OK;
}
