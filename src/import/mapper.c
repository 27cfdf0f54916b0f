/* SPDX-License-Identifier: EUPL-1.2 */
/* Row by row: all parts of a row are good before anything is kept, so a refused row leaves nothing behind but
 * its finding. */
#include "import/mapper_int.h"

#include <math.h>
#include <string.h>

enum { PROGRESS_ROWS = 4096 };

/* ---- keeping ---- */

static const struct wijk_geom *keep_geom(struct wijk_cx *cx, const struct wijk_geom *g)
{
    struct wijk_geom *k = WIJK_NEW(cx, struct wijk_geom, 1);
    size_t *poly = WIJK_NEW(cx, size_t, g->n_poly), *ring = WIJK_NEW(cx, size_t, g->n_ring);
    struct wijk_xy *xy = WIJK_NEW(cx, struct wijk_xy, g->n_point);
    memcpy(poly, g->poly_end, g->n_poly * sizeof *poly);
    memcpy(ring, g->ring_end, g->n_ring * sizeof *ring);
    memcpy(xy, g->xy, g->n_point * sizeof *xy);
    *k = (struct wijk_geom){g->n_poly, g->n_ring, g->n_point, poly, ring, xy};
    return k;
}

static void keep_area(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__facts *fact,
                      struct wijk_area *a)
{
    struct wijk_str name = wijk__field_text(p, wijk__field_at(row, p->name)),
                    parent = wijk__field_text(p, wijk__field_at(row, p->parent));
    char code[WIJK_CODE_MAX];
    enum wijk_level above = fact->level == WIJK_LEVEL_BUURT ? WIJK_LEVEL_WIJK : WIJK_LEVEL_GEMEENTE;
    if (!*a->name && name.n && !p->by_name) a->name = wijk_str_dup(p->cx, name);
    if (!a->parent &&
        ((parent.n && wijk_code_normalise(parent, above, code)) || wijk_code_parent(fact->code, code)))
        a->parent = wijk_str_dup(p->cx, wijk_str(code));
    double residents;
    enum wijk_status status;
    bool told = wijk__field_value(p, wijk__field_at(row, p->residents), false, &residents, &status) &&
                wijk_status_valued(status) && residents >= 0;
    if (p->by_name) {
        /* The known area keeps what is known of it; the file's figure only shows whether the name fits. */
        a->name = fact->known->name;
        wijk__by_name_joined(p->by_name, fact->known, row->number, told ? residents : NAN);
    } else if (told)
        a->residents = residents;
    if (!a->geom && fact->geom) a->geom = keep_geom(p->cx, fact->geom);
}

static struct wijk_period period_of(const struct wijk__plan *plan, const struct wijk__facts *fact)
{
    return plan->period.year ? plan->period : fact->period;
}

static void keep_values(struct wijk__mapper *p, struct wijk__table *t, size_t at,
                        const struct wijk__facts *fact)
{
    const struct wijk__cells *c = &p->cell;
    struct wijk__slot *s = NULL;
    if (c->all_asked && c->one_period) {
        wijk__cells_keep(p, t, fact->period, at);
        return;
    }
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct wijk__plan *plan = &p->plan[i];
        if (!plan->asked) continue;
        struct wijk_period period = period_of(plan, fact);
        if (!s || wijk_period_key(s->period) != wijk_period_key(period))
            s = wijk__table_slot(&p->collect, t, period, at);
        s->row[at] = fact->row;
        wijk__slot_put(&p->collect, s, plan->field->indicator, at, c->value[i],
                       (enum wijk_status)c->status[i], p->f->long_form ? fact->row : 0);
    }
}

static bool refuse_double(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__facts *fact,
                          uint32_t first, bool same)
{
    const char *unit = wijk_tr(p->cx, p->rows->unit);
    const char *text =
        same
            ? wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s staat er dubbel in, gelijk aan %s %u."), fact->code,
                           unit, first)
            : wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s staat er dubbel in, met andere gegevens dan %s %u."),
                           fact->code, unit, first);
    return wijk__row_refuse(p, row, p->key_used, text,
                            wijk_tr(p->cx, "Laat één regel staan; de eerste is geladen."));
}

/* The row that already gave one of the figures of this one; 0 = none. In a long table an area has a row for
 * every kind of figure, so the figure is looked at and not the area. */
static uint32_t row_before(struct wijk__mapper *p, struct wijk__table *t, size_t at,
                           const struct wijk__facts *fact)
{
    if (!p->f->long_form) return wijk__table_slot(&p->collect, t, fact->period, at)->row[at];
    for (size_t i = 0; i < p->n_plan; i++) {
        if (!p->plan[i].asked) continue;
        struct wijk__slot *s = wijk__table_slot(&p->collect, t, period_of(&p->plan[i], fact), at);
        uint32_t row = wijk__slot_row(s, p->plan[i].field->indicator, at);
        if (row) return row;
    }
    return 0;
}

/* To tell a double from a contradiction. */
static bool same_figures(struct wijk__mapper *p, struct wijk__table *t, size_t at,
                         const struct wijk__facts *fact)
{
    if (wijk__table_slot(&p->collect, t, fact->period, at)->hash[at] != fact->hash) return false;
    wijk__cells_settle(p);
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct wijk__plan *plan = &p->plan[i];
        if (!plan->asked) continue;
        const struct wijk__slot *s = wijk__table_slot(&p->collect, t, period_of(plan, fact), at);
        if (!wijk__slot_same(s, plan->field->indicator, at, p->cell.value[i],
                             (enum wijk_status)p->cell.status[i]))
            return false;
    }
    return true;
}

static bool keep(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__facts *fact)
{
    struct wijk__table *t = wijk__collect_table(&p->collect, fact->level, fact->division_year);
    size_t at = wijk__table_find(t, fact->code);
    bool known = at != SIZE_MAX;
    if (!known) at = wijk__table_add(&p->collect, t, fact->code, fact->row);
    uint32_t first = known ? row_before(p, t, at, fact) : 0;
    struct wijk__slot *s = wijk__table_slot(&p->collect, t, fact->period, at);
    if (first) return refuse_double(p, row, fact, first, same_figures(p, t, at, fact));
    s->row[at] = fact->row;
    s->hash[at] = fact->hash;
    keep_area(p, row, fact, &t->area[at]);
    keep_values(p, t, at, fact);
    return true;
}

/* One address more of every kind that the fields ask for. Its row is not kept: no number, no hash. */
static bool count(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__facts *fact)
{
    struct wijk__table *t = wijk__collect_table(&p->collect, fact->level, fact->division_year);
    size_t at = wijk__table_find(t, fact->code);
    if (at == SIZE_MAX) at = wijk__table_add(&p->collect, t, fact->code, 0);
    struct wijk__slot *s = wijk__table_slot(&p->collect, t, fact->period, at);
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct wijk__plan *plan = &p->plan[i];
        bool filled = wijk__field_text(p, wijk__field_at(row, (int)plan->column)).n > 0;
        wijk__slot_count(&p->collect, s, plan->field->indicator, at, plan->asked && filled);
    }
    return true;
}

/* ---- the loop ---- */

static bool right_length(struct wijk__mapper *p, const struct wijk__row *row)
{
    if (row->n > p->rows->n_column)
        return wijk__row_refuse(
            p, row, WIJK__NO_COLUMN,
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "Deze regel heeft %zu velden; er zijn %zu kolommen."),
                         row->n, p->rows->n_column),
            wijk_tr(p->cx, "Zet een tekst met het scheidingsteken erin tussen aanhalingstekens."));
    if (p->rows->lines && row->n < p->rows->n_column && !p->m->ragged)
        wijk__row_flag(
            p, row, WIJK_STR(""),
            wijk_sprintf(
                p->row_cx,
                wijk_tr(p->cx,
                        "Deze regel stopt na %zu van de %zu velden; de rest telt als «geen gegevens»."),
                row->n, p->rows->n_column),
            wijk_tr(p->cx, "Kijk of de regel is afgebroken."));
    return true;
}

static void map_row(struct wijk__mapper *p, const struct wijk__row *row)
{
    struct wijk__facts fact = {.row = row->number > UINT32_MAX ? 0 : (uint32_t)row->number};
    wijk_cx_rewind(p->row_cx, p->empty);
    p->row_flagged = false;
    if (wijk__row_skipped(p, row)) return;
    size_t findings = p->found.n;
    p->n_row++;
    bool good = right_length(p, row) && wijk__row_code(p, row, &fact);
    if (good && !wijk__row_wanted(p, &fact)) {
        p->found.n = findings; /* another gemeente's rows are not our business */
        p->n_row--;
        p->elsewhere++;
        return;
    }
    good = good && wijk__row_years(p, row, &fact);
    if (good && p->f->counts) {
        p->taken += count(p, row, &fact);
        return;
    }
    fact.hash = good ? wijk__row_hash(p, row) : 0;
    good = good && wijk__row_values(p, row) && wijk__row_shape(p, row, &fact) && keep(p, row, &fact);
    if (!good) return;
    wijk__row_check(p, row);
    p->taken++;
    p->flagged += p->row_flagged;
}

static enum wijk_err step(struct wijk__mapper *p, const struct wijk__row *row)
{
    const struct wijk__mapper_in *how = p->how;
    uint64_t done = p->rows->total ? row->done : *how->bytes_read,
             total = p->rows->total ? p->rows->total : how->n_bytes;
    if (wijk_progress_step(how->in->progress, how->label, done, total)) return WIJK_OK;
    return wijk_fail(p->cx, WIJK_ECANCEL, "%s: gestopt op verzoek; er is niets geladen.", how->label);
}

static enum wijk_err read_rows(struct wijk__mapper *p)
{
    struct wijk__row row;
    for (uint64_t n = 0;; n++) {
        bool got;
        WIJK_TRY(p->rows->next(p->rows, &row, &got));
        if (!got) break;
        if (n == WIJK_LIMIT_ROWS)
            return wijk_fail(p->cx, WIJK_ELIMIT, "%s: meer dan %d rijen.", p->how->label, WIJK_LIMIT_ROWS);
        if (n % PROGRESS_ROWS == 0) WIJK_TRY(step(p, &row));
        if (p->rows->n_column > p->n_resolved) wijk__columns_resolve(p);
        wijk__cells_look(p, &row);
        map_row(p, &row);
    }
    wijk__cells_settle(p);
    return WIJK_OK;
}

/* The year stands in the file's name, unless the user says it. */
static enum wijk_err find_file_year(struct wijk__mapper *p, const struct wijk__when *when)
{
    struct wijk_str label = wijk_str(p->how->label);
    p->file_year = 0;
    for (size_t i = 0; i < when->like.n && !p->file_year; i++)
        p->file_year = wijk__pattern_year_in(when->like.v[i], label);
    if (p->file_year) return WIJK_OK;
    return wijk_fail(p->cx, WIJK_EDATA,
                     "%s: het jaar staat niet in de bestandsnaam. De naam hoort %s te bevatten.",
                     p->how->label, when->like.v[0]);
}

/* Years that the file does not tell have to be given. */
static enum wijk_err need_year(struct wijk__mapper *p)
{
    const struct wijk__when *when[2] = {&p->f->period, &p->f->division};
    for (int i = 0; i < 2; i++) {
        if (when[i]->kind == WIJK__WHEN_FILE_NAME) WIJK_TRY(find_file_year(p, when[i]));
        if (when[i]->kind != WIJK__WHEN_OPTION || when[i]->otherwise || when[i]->or_latest ||
            p->how->in->year)
            continue;
        return p->how->in->on_page
                   ? wijk_fail(p->cx, WIJK_EUSAGE,
                               "%s zegt niet van welk jaar het is. Vul het jaar in, zoals 2024.",
                               p->how->label)
                   : wijk_fail(p->cx, WIJK_EUSAGE,
                               "%s zegt niet van welk jaar het is. Geef het jaar mee, zoals --year 2024.",
                               p->how->label);
    }
    int year = p->how->in->year;
    if (year && (year < WIJK__YEAR_MIN || year > WIJK__YEAR_MAX))
        return wijk_fail(p->cx, WIJK_EUSAGE, "Het jaar %d ligt niet tussen %d en %d.", year, WIJK__YEAR_MIN,
                         WIJK__YEAR_MAX);
    if (p->f->by_name) {
        when[0] = p->f->division.kind == WIJK__WHEN_PERIOD ? &p->f->period : &p->f->division;
        WIJK_TRY(wijk__by_name_open(p->cx, p->how, wijk__mapper_year(p, when[0]), &p->by_name));
    }
    if (p->how->in->gemeente && !p->f->level_by_code && p->f->level > WIJK_LEVEL_GEMEENTE)
        return wijk_fail(p->cx, WIJK_EUSAGE, "%s heeft geen gemeentecodes; kies er geen gemeente bij.",
                         p->how->label);
    return WIJK_OK;
}

static enum wijk_err none_good(struct wijk__mapper *p)
{
    const char *label = p->how->label;
    if (p->elsewhere && !p->refused)
        return wijk_fail(p->cx, WIJK_EDATA, "%s heeft geen gebieden van gemeente %s.", label,
                         p->how->in->gemeente);
    if (!p->found.n) return wijk_fail(p->cx, WIJK_EDATA, "%s heeft geen enkele rij met gegevens.", label);
    const struct wijk_finding *f = &p->found.v[0];
    for (size_t i = 0; i < p->found.n; i++) {
        if (p->found.v[i].kind != WIJK_FINDING_REFUSED) continue;
        f = &p->found.v[i];
        break;
    }
    return wijk_fail(p->cx, WIJK_EDATA, "%s: geen enkele rij is goed. Eerste reden, %s %llu, kolom %s: %s %s",
                     label, wijk_tr(p->cx, p->rows->unit), (unsigned long long)f->line,
                     *f->column ? f->column : "-", f->reason, f->cure);
}

/* Of which release of the source these figures are: as the user says, as the definition says, or for a source
 * that is calculated back every time (release_from) the year in the file's name, else the newest year in the
 * file. */
static const char *release_of(const struct wijk__mapper *p)
{
    const struct wijk_import_in *in = p->how->in;
    const struct wijk_yaml *from = wijk_yaml_get(in->source->yaml, "release_from");
    if (in->release) return in->release;
    if (!from) return in->source->release;
    const char *pattern = wijk_yaml_text(from, "file_name", NULL);
    int year = pattern ? wijk__pattern_year_in(pattern, wijk_str(p->how->label)) : 0, newest = 0;
    for (size_t k = 0; k < p->collect.n_table; k++) {
        int latest = wijk__table_latest_year(p->collect.table[k]);
        if (latest > newest) newest = latest;
    }
    if (!year) year = newest;
    return year ? wijk_sprintf(p->cx, "%d", year) : "";
}

enum wijk_err wijk__mapper_run(struct wijk_cx *cx, const struct wijk__mapper_in *how,
                               struct wijk_import_batch *out)
{
    struct wijk__mapper *p = WIJK_NEW(cx, struct wijk__mapper, 1);
    *p = (struct wijk__mapper){.cx = cx,
                               .how = how,
                               .m = how->mapping,
                               .f = how->file,
                               .rows = how->rows,
                               .collect = {.cx = cx, .room = wijk_room_new(cx)}};
    p->found.cx = cx;
    p->guard = wijk__guard_new(cx);
    p->key = WIJK_NEW(cx, int, how->file->key.n);
    p->skip = WIJK_NEW(cx, int, how->file->n_skip);
    p->where = WIJK_NEW(cx, int, how->file->n_field);
    WIJK_TRY(need_year(p));
    p->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    wijk_alloc(p->row_cx, 1); /* a first chunk that rewinding leaves in place */
    p->empty = wijk_cx_mark(p->row_cx);
    wijk__columns_resolve(p);
    enum wijk_err err = read_rows(p);
    enum wijk__guard_rows rows = p->f->counts             ? WIJK__GUARD_COUNTED
                                 : p->refused <= p->taken ? WIJK__GUARD_AREAS
                                                          : WIJK__GUARD_ANYTHING;
    if (err == WIJK_OK) err = wijk__guard_verdict(cx, p->guard, p->rows, how->label, rows);
    if (err == WIJK_OK && !p->taken) err = none_good(p);
    wijk_cx_end(p->row_cx);
    WIJK_TRY(err);
    if (p->by_name) p->flagged += wijk__by_name_check(p->by_name, &p->found);
    for (size_t i = 0; i < p->f->n_share; i++)
        p->flagged += wijk__share_check(&p->collect, &p->f->share[i], &p->found);
    out->load.release = release_of(p);
    wijk__collect_done(&p->collect, out->load.release, how->file->defines_areas, out);
    wijk__columns_list(p, out);
    wijk__columns_unknown(p, out);
    out->load.rows = p->n_row;
    out->load.taken = p->taken;
    out->load.refused = p->refused;
    out->load.flagged = p->flagged;
    out->load.finding = p->found.v;
    out->load.n_finding = p->found.n;
    return WIJK_OK;
}
