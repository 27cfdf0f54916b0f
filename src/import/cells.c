/* SPDX-License-Identifier: EUPL-1.2 */
/* The figures of a row all at once. Nearly every row of a table is plain: its figures are short numbers
 * within their range. Those take a few instructions each; any other cell goes through row.c by itself. */
#include "import/mapper_int.h"

#include <math.h>
#include <string.h>

static void make_room(struct wijk__mapper *p)
{
    struct wijk__cells *c = &p->cell;
    size_t cap = c->cap ? c->cap : 16;
    if (!c->other) c->other = WIJK_NEW(p->cx, uint16_t, WIJK_LIMIT_COLUMNS);
    if (c->cap && p->n_plan <= c->cap) return;
    while (cap < p->n_plan) cap *= 2;
    c->cap = cap;
    c->value = c->value_room = WIJK_NEW(p->cx, double, WIJK__ROWS_WAIT *cap);
    c->status = c->status_room = WIJK_NEW(p->cx, uint8_t, WIJK__ROWS_WAIT * cap);
    c->scale = WIJK_NEW(p->cx, double, cap);
    c->min = WIJK_NEW(p->cx, double, cap);
    c->max = WIJK_NEW(p->cx, double, cap);
    c->odd = WIJK_NEW(p->cx, uint16_t, cap);
    c->column = WIJK_NEW(p->cx, uint16_t, cap);
    c->indicator = WIJK_NEW(p->cx, const struct wijk_indicator *, cap);
}

void wijk__cells_plan(struct wijk__mapper *p)
{
    struct wijk__cells *c = &p->cell;
    bool figure[WIJK_LIMIT_COLUMNS] = {0};
    wijk__cells_settle(p);
    make_room(p);
    c->n_plan = p->n_plan;
    c->n_other = c->widest = 0;
    c->all_asked = !p->f->long_form;
    c->one_period = true;
    c->quick = p->n_row == 0; /* where columns still come, rows are no text either */
    c->mark_low = INFINITY;
    c->mark_high = -INFINITY;
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct wijk__plan *plan = &p->plan[i];
        c->column[i] = (uint16_t)plan->column;
        c->indicator[i] = plan->field->indicator;
        c->scale[i] = plan->field->scale;
        c->min[i] = plan->field->indicator->min;
        c->max[i] = plan->field->indicator->max;
        c->quick = c->quick && !figure[plan->column] &&
                   wijk_personal_column(p->rows->column[plan->column]).said == WIJK_PERSONAL_NONE;
        if (plan->column > c->widest) c->widest = plan->column;
        figure[plan->column] = true;
        c->all_asked = c->all_asked && !plan->field->where.column.n;
        c->one_period = c->one_period && !plan->period.year;
    }
    c->quick = c->quick && c->all_asked;
    for (size_t i = 0; i < p->rows->n_column; i++)
        if (!figure[i]) c->other[c->n_other++] = (uint16_t)i;
    for (size_t i = 0; i < p->m->n_marker; i++) {
        const struct wijk__marker *mark = &p->m->marker[i];
        double number;
        c->quick =
            c->quick && (mark->is_number || !wijk_num_parse(wijk_str(mark->text), p->m->number, &number));
        if (!mark->is_number) continue;
        c->mark_low = fmin(c->mark_low, mark->number);
        c->mark_high = fmax(c->mark_high, mark->number);
    }
}

/* Short figures give nothing away about persons: in a plain row only the other cells are looked at. */
void wijk__cells_look(struct wijk__mapper *p, const struct wijk__row *row)
{
    struct wijk__cells *c = &p->cell;
    if (c->n_wait == WIJK__ROWS_WAIT) wijk__cells_settle(p);
    c->value = c->value_room + c->n_wait * c->cap;
    c->status = c->status_room + c->n_wait * c->cap;
    c->plain = c->quick && row->text && row->n > c->widest;
    if (!c->plain) {
        wijk__guard_row(p->cx, p->guard, p->rows, row);
        return;
    }
    c->n_odd = wijk_num_parse_row(row->text, c->column, p->n_plan, p->m->number, c->value, c->odd);
    wijk__guard_plain_row(p->cx, p->guard, p->rows);
    for (size_t k = 0; k < c->n_odd; k++) wijk__guard_cell(p->guard, row, c->column[c->odd[k]]);
    for (size_t k = 0; k < c->n_other; k++) wijk__guard_cell(p->guard, row, c->other[k]);
}

void wijk__cells_settle(struct wijk__mapper *p)
{
    struct wijk__cells *c = &p->cell;
    if (!c->n_wait) return;
    struct wijk__slot *s = wijk__table_slot(&p->collect, c->wait_table, c->wait_period, c->wait_at[0]);
    wijk__slot_put_rows(&p->collect, s, c->n_plan, c->indicator, c->n_wait, c->wait_at, c->value_room,
                        c->status_room, c->cap);
    c->n_wait = 0;
}

void wijk__cells_keep(struct wijk__mapper *p, struct wijk__table *t, struct wijk_period period, size_t at)
{
    struct wijk__cells *c = &p->cell;
    if (c->n_wait && (c->wait_table != t || wijk_period_key(c->wait_period) != wijk_period_key(period))) {
        wijk__cells_settle(p);
        struct wijk__slot *s = wijk__table_slot(&p->collect, t, period, at);
        wijk__slot_put_rows(&p->collect, s, p->n_plan, c->indicator, 1, &at, c->value, c->status, c->cap);
        return;
    }
    c->wait_table = t;
    c->wait_period = period;
    c->wait_at[c->n_wait++] = at;
}

/* The numbers of a plain row are all within their range, and none lies where markers do. NAN, of the odd
 * cells, is outside nothing. */
bool wijk__cells_good(const struct wijk__cells *c, size_t n)
{
    double *restrict value = c->value;
    const double *restrict scale = c->scale, *restrict min = c->min, *restrict max = c->max;
    const double low = c->mark_low, high = c->mark_high;
    uint64_t bad = 0;
    for (size_t i = 0; i < n; i++) {
        const double v = value[i], scaled = v * scale[i];
        bad |= ((v >= low) & (v <= high)) | (scaled < min[i]) | (scaled > max[i]);
        value[i] = scaled;
    }
    memset(c->status, WIJK_STATUS_OK, n);
    return !bad;
}
