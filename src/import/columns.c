/* SPDX-License-Identifier: EUPL-1.2 */
/* Which columns of the file are wanted, and which are left: they are listed, not lost. */
#include "import/mapper_int.h"

#include <string.h>

enum { UNKNOWN_SHOWN = 300 };

typedef bool fits_fn(const char *pattern, struct wijk_str column, int *year);

static int find_one(struct wijk__mapper *p, const char *name, fits_fn *fits)
{
    int year;
    for (size_t i = 0; i < p->rows->n_column; i++) {
        if (!fits(name, p->rows->column[i], &year)) continue;
        p->used[i] = true;
        return (int)i;
    }
    return WIJK__NO_COLUMN;
}

/* The first spelling that is there; to the letter goes before nearly. */
static int find_column(struct wijk__mapper *p, const struct wijk__spell *spell)
{
    int at = WIJK__NO_COLUMN;
    for (size_t i = 0; i < spell->n && at == WIJK__NO_COLUMN; i++)
        at = find_one(p, spell->v[i], wijk__pattern_fits);
    for (size_t i = 0; i < spell->n && at == WIJK__NO_COLUMN; i++)
        at = find_one(p, spell->v[i], wijk__pattern_resembles);
    return at;
}

static bool planned(const struct wijk__mapper *p, const struct wijk__map_field *field, int year)
{
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct wijk__plan *plan = &p->plan[i];
        if (plan->field == field && plan->period.year == year) return true;
        bool same = plan->field->indicator == field->indicator && plan->period.year == year;
        if (same && !plan->field->where.column.n && !field->where.column.n) return true;
    }
    return false;
}

static void plan_column(struct wijk__mapper *p, size_t column, const struct wijk__map_field *field, int year)
{
    p->plan = wijk_grow(p->cx, p->plan, p->n_plan, &p->cap_plan, sizeof *p->plan);
    p->plan[p->n_plan++] = (struct wijk__plan){.column = column,
                                               .field = field,
                                               .period = {.year = (int16_t)year},
                                               .asked = true,
                                               .share = strcmp(field->indicator->unit_nl, "%") == 0};
}

/* Looks for one field among the columns from `from` on. */
static void plan_field(struct wijk__mapper *p, const struct wijk__map_field *field, size_t from)
{
    static fits_fn *const FITS[] = {wijk__pattern_fits, wijk__pattern_resembles};
    for (size_t way = 0; way < 2; way++)
        for (size_t i = 0; i < field->column.n; i++) {
            if (!field->dated && planned(p, field, 0)) return;
            for (size_t k = from; k < p->rows->n_column; k++) {
                int year;
                if (!FITS[way](field->column.v[i], p->rows->column[k], &year)) continue;
                if (field->dated && (year < WIJK__YEAR_MIN || year > WIJK__YEAR_MAX)) continue;
                if (planned(p, field, year)) continue;
                p->used[k] = true;
                plan_column(p, k, field, year);
                if (!field->dated) return;
            }
        }
}

/* Looks at the columns that came since the last time. */
void wijk__columns_resolve(struct wijk__mapper *p)
{
    const struct wijk__map_file *f = p->f;
    for (size_t i = 0; i < f->key.n; i++) p->key[i] = find_column(p, &(struct wijk__spell){1, &f->key.v[i]});
    p->name = find_column(p, &f->name_column);
    p->parent = find_column(p, &f->parent);
    p->residents = find_column(p, &f->residents);
    p->period = find_column(p, &f->period.column);
    p->division = find_column(p, &f->division.column);
    p->geometry = find_column(p, &f->geometry_column);
    for (size_t i = 0; i < f->n_skip; i++) p->skip[i] = find_column(p, &f->skip[i].where.column);
    for (size_t i = 0; i < f->n_field; i++) {
        p->where[i] = find_column(p, &f->field[i].where.column);
        plan_field(p, &f->field[i], p->n_resolved);
    }
    p->n_resolved = p->rows->n_column;
    wijk__cells_plan(p);
}

void wijk__columns_unknown(struct wijk__mapper *p, struct wijk_import_batch *out)
{
    const char **v = WIJK_NEW(p->cx, const char *, p->rows->n_column);
    for (size_t i = 0; i < p->rows->n_column; i++)
        if (!p->used[i] && p->rows->column[i].n)
            v[out->n_unknown++] = wijk_str_dup(p->cx, p->rows->column[i]);
    out->unknown_column = v;
    if (!out->n_unknown) return;
    /* Kept with the load, so that later nobody has to guess what a file held besides. */
    struct wijk_buf names = wijk_buf(p->cx, 0);
    size_t shown = out->n_unknown < UNKNOWN_SHOWN ? out->n_unknown : UNKNOWN_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        struct wijk_str name = wijk__text_shorten(wijk_str(v[i]));
        wijk_buf_printf(&names, "%s%.*s", i ? ", " : "", WIJK_STR_ARG(name));
    }
    if (shown < out->n_unknown) wijk_buf_printf(&names, " (+%zu)", out->n_unknown - shown);
    wijk__finding_add(&p->found, WIJK_FINDING_FLAGGED, 0, WIJK_STR(""),
                      wijk_sprintf(p->cx,
                                   wijk_tr(p->cx, "Niet geladen, want de definitie noemt ze niet: %s."),
                                   wijk_buf_cstr(&names)),
                      "");
}

/* "SoortMisdrijf = Misdrijven, totaal | Diefstal…": the values asked for, or how they begin. */
static void put_where(struct wijk_buf *b, struct wijk_str column, const struct wijk__map_where *where)
{
    if (b->n) wijk_buf_str(b, "; ");
    wijk_buf_put(b, column.p, column.n);
    for (size_t k = 0; k < where->value.n; k++)
        wijk_buf_printf(b, "%s%s", k ? " | " : " = ", where->value.v[k]);
    for (size_t k = 0; k < where->starts.n; k++)
        wijk_buf_printf(b, "%s%s…", k || where->value.n ? " | " : " = ", where->starts.v[k]);
}

static const char *rows_asked(struct wijk__mapper *p, const struct wijk_str *name,
                              const struct wijk__map_field *field)
{
    struct wijk_buf b = wijk_buf(p->cx, 0);
    int at = field->where.column.n ? p->where[field - p->f->field] : -1;
    if (at >= 0) put_where(&b, name[at], &field->where);
    return wijk_buf_cstr(&b);
}

static const char *rows_left_out(struct wijk__mapper *p, const struct wijk_str *name)
{
    struct wijk_buf b = wijk_buf(p->cx, 0);
    for (size_t i = 0; i < p->f->n_skip; i++)
        if (p->skip[i] >= 0) put_where(&b, name[p->skip[i]], &p->f->skip[i].where);
    return wijk_buf_cstr(&b);
}

void wijk__columns_list(struct wijk__mapper *p, struct wijk_import_batch *out)
{
    const struct wijk_str *name = p->rows->written ? p->rows->written : p->rows->column;
    struct wijk_load_column *v = WIJK_NEW(p->cx, struct wijk_load_column, p->n_plan);
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct wijk__plan *plan = &p->plan[i];
        v[i] = (struct wijk_load_column){.indicator = plan->field->indicator->id,
                                         .period = plan->period,
                                         .column = wijk_str_dup(p->cx, name[plan->column]),
                                         .rows = rows_asked(p, name, plan->field),
                                         .scale = plan->field->scale,
                                         .area_column = "",
                                         .left_out = ""};
        if (!p->f->counts || p->key[0] < 0) continue;
        v[i].area_column = wijk_str_dup(p->cx, name[p->key[0]]);
        v[i].area_first = (int)p->f->key_first;
        v[i].left_out = rows_left_out(p, name);
    }
    out->column = v;
    out->n_column = p->n_plan;
}
