/* SPDX-License-Identifier: EUPL-1.2 */
/* Row by row: the code, the period, the values and the shape are looked at before anything is kept, so a
 * refused row leaves nothing behind but its finding: line, column, reason and cure. */
#include "import/mapper.h"

#include <math.h>
#include <string.h>

enum { NO_COLUMN = -1, PROGRESS_ROWS = 4096, UNKNOWN_SHOWN = 300 };

/* A column of the file that is wanted, and the cell of the row at hand. */
struct plan {
    size_t column;
    const struct wijk__map_field *field;
    struct wijk_period period; /* of a dated column; year 0 = the row's */
    bool asked;                /* this row is of the kind the field asks for */
    double value;
    enum wijk_status status;
};
struct mapper {
    struct wijk_cx *cx, *row_cx;
    struct wijk_mark empty;
    const struct wijk__mapper_in *how;
    const struct wijk__mapping *m;
    const struct wijk__map_file *f;
    struct wijk__rows *rows;
    struct wijk__collect collect;
    size_t n_resolved; /* columns looked at so far */
    bool used[WIJK_LIMIT_COLUMNS];
    int *key;     /* one for each spelling or part of the code */
    int key_used; /* the one that the row at hand has its code in */
    int name, parent, residents, period, division, geometry;
    int *skip, *where; /* per skip, per field */
    size_t n_plan, cap_plan;
    struct plan *plan;
    struct wijk__findings found;
    struct wijk__guard *guard;
    struct wijk__by_name *by_name; /* NULL: the file has codes */
    int file_year;                 /* in the name of the file; 0 = none */
    uint64_t n_row, taken, refused, flagged, elsewhere;
    bool row_flagged;
};
/* What is known of the row at hand besides its values. */
struct facts {
    char code[WIJK_CODE_MAX];
    const struct wijk_area *known; /* of a file with names: the area that the name found */
    enum wijk_level level;
    struct wijk_period period;
    int division_year;
    uint32_t row;
    uint64_t hash;
    const struct wijk_geom *geom;
};

/* ---- findings ---- */

/* Both take texts in the language of the reader already. */
static bool refuse(struct mapper *p, const struct wijk__row *row, int column, const char *reason,
                   const char *cure)
{
    struct wijk_str name = column >= 0 ? p->rows->column[column] : WIJK_STR("");
    wijk__finding_add(&p->found, WIJK_FINDING_REFUSED, row->number, name, reason, cure);
    p->refused++;
    return false;
}
static void flag(struct mapper *p, const struct wijk__row *row, struct wijk_str column, const char *reason,
                 const char *cure)
{
    wijk__finding_add(&p->found, WIJK_FINDING_FLAGGED, row->number, column, reason, cure);
    p->row_flagged = true;
}

/* Someone else's text in a sentence of ours: short, so that a megabyte in a field does not end up on a
 * screen; never cut inside a letter. */
static struct wijk_str shortened(struct wijk_str text)
{
    size_t n = text.n < 60 ? text.n : 60;
    while (n < text.n && n && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
    return (struct wijk_str){text.p, n};
}

static const char *quoted(struct mapper *p, struct wijk_str text)
{
    struct wijk_str s = shortened(text);
    return wijk_sprintf(p->row_cx, "«%.*s%s»", WIJK_STR_ARG(s), s.n < text.n ? "…" : "");
}

/* ---- columns ---- */

typedef bool fits_fn(const char *pattern, struct wijk_str column, int *year);

static int find_one(struct mapper *p, const char *name, fits_fn *fits)
{
    int year;
    for (size_t i = 0; i < p->rows->n_column; i++) {
        if (!fits(name, p->rows->column[i], &year)) continue;
        p->used[i] = true;
        return (int)i;
    }
    return NO_COLUMN;
}

/* The first spelling that is there; to the letter goes before nearly. */
static int find_column(struct mapper *p, const struct wijk__spell *spell)
{
    int at = NO_COLUMN;
    for (size_t i = 0; i < spell->n && at == NO_COLUMN; i++)
        at = find_one(p, spell->v[i], wijk__pattern_fits);
    for (size_t i = 0; i < spell->n && at == NO_COLUMN; i++)
        at = find_one(p, spell->v[i], wijk__pattern_resembles);
    return at;
}

static bool planned(const struct mapper *p, const struct wijk__map_field *field, int year)
{
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct plan *plan = &p->plan[i];
        if (plan->field == field && plan->period.year == year) return true;
        bool same = plan->field->indicator == field->indicator && plan->period.year == year;
        if (same && !plan->field->where.column.n && !field->where.column.n) return true;
    }
    return false;
}

static void plan_column(struct mapper *p, size_t column, const struct wijk__map_field *field, int year)
{
    p->plan = wijk_grow(p->cx, p->plan, p->n_plan, &p->cap_plan, sizeof *p->plan);
    p->plan[p->n_plan++] = (struct plan){.column = column, .field = field, .period = {.year = (int16_t)year}};
}

/* Looks for one field among the columns from `from` on. */
static void plan_field(struct mapper *p, const struct wijk__map_field *field, size_t from)
{
    static fits_fn *const FITS[] = {wijk__pattern_fits, wijk__pattern_resembles};
    for (size_t way = 0; way < 2; way++)
        for (size_t i = 0; i < field->column.n; i++)
            for (size_t k = from; k < p->rows->n_column; k++) {
                int year;
                if (!FITS[way](field->column.v[i], p->rows->column[k], &year)) continue;
                if (field->dated && (year < WIJK__YEAR_MIN || year > WIJK__YEAR_MAX)) continue;
                if (planned(p, field, year)) continue;
                p->used[k] = true;
                plan_column(p, k, field, year);
            }
}

/* Looks at the columns that came since the last time. */
static void resolve_columns(struct mapper *p)
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
}

static void list_unknown(struct mapper *p, struct wijk_import_batch *out)
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
        struct wijk_str name = shortened(wijk_str(v[i]));
        wijk_buf_printf(&names, "%s%.*s", i ? ", " : "", WIJK_STR_ARG(name));
    }
    if (shown < out->n_unknown) wijk_buf_printf(&names, " (+%zu)", out->n_unknown - shown);
    wijk__finding_add(&p->found, WIJK_FINDING_FLAGGED, 0, WIJK_STR(""),
                      wijk_sprintf(p->cx,
                                   wijk_tr(p->cx, "Niet geladen, want de definitie noemt ze niet: %s."),
                                   wijk_buf_cstr(&names)),
                      "");
}

/* ---- fields ---- */

static struct wijk__field field_at(const struct wijk__row *row, int column)
{
    struct wijk__field none = {.kind = WIJK__FIELD_ABSENT};
    return column < 0 || (size_t)column >= row->n ? none : row->field[column];
}

static struct wijk_str text_of(struct mapper *p, struct wijk__field field)
{
    if (field.kind == WIJK__FIELD_TEXT || field.text.n) return wijk_str_trim(field.text);
    if (field.kind != WIJK__FIELD_NUMBER) return WIJK_STR("");
    char *room = wijk_alloc(p->row_cx, 32);
    return (struct wijk_str){room, wijk_num_write(field.number, room)};
}

/* A spreadsheet that was saved as text leaves the percent sign behind its shares; behind anything else the
 * sign is a mistake. */
static bool number_of(const struct mapper *p, struct wijk_str text, bool share, double *value)
{
    if (wijk_num_parse(text, p->m->number, value)) return true;
    if (!share || text.n < 2 || text.p[text.n - 1] != '%') return false;
    return wijk_num_parse((struct wijk_str){text.p, text.n - 1}, p->m->number, value);
}

/* false: neither a number nor a known sign for "no value". */
static bool value_of(const struct mapper *p, struct wijk__field field, bool share, double *value,
                     enum wijk_status *status)
{
    struct wijk_str text = field.kind == WIJK__FIELD_TEXT ? wijk_str_trim(field.text) : WIJK_STR("");
    *value = NAN;
    *status = WIJK_STATUS_MISSING;
    if (field.kind == WIJK__FIELD_ABSENT && p->rows->lines) return true; /* the line stopped early */
    *status = p->m->empty;
    if (field.kind == WIJK__FIELD_ABSENT || field.kind == WIJK__FIELD_NULL) return true;
    if (field.kind == WIJK__FIELD_TEXT && text.n == 0) return true;
    *status = WIJK_STATUS_MISSING;
    bool number = field.kind == WIJK__FIELD_NUMBER;
    if (number)
        *value = field.number;
    else
        number = number_of(p, text, share, value);
    for (size_t i = 0; i < p->m->n_marker; i++) {
        const struct wijk__marker *mark = &p->m->marker[i];
        bool same = number && mark->is_number
                        ? *value == mark->number
                        : text.n && text.p[0] == mark->text[0] && wijk_str_eq(text, wijk_str(mark->text));
        if (!same) continue;
        *status = mark->status;
        *value = NAN;
        return true;
    }
    if (number) *status = WIJK_STATUS_OK;
    return number;
}

/* ---- the parts of a row ---- */

/* Does the row hold what `where` asks for, in `column`? */
static bool is_kind(struct mapper *p, const struct wijk__row *row, const struct wijk__map_where *where,
                    int column)
{
    struct wijk_str text = text_of(p, field_at(row, column));
    for (size_t k = 0; k < where->value.n; k++)
        if (wijk_str_eq(text, wijk_str_trim(wijk_str(where->value.v[k])))) return true;
    for (size_t k = 0; k < where->starts.n; k++)
        if (wijk_str_starts(text, where->starts.v[k])) return true;
    return false;
}

/* A row that is not meant: by `skip`, or because no field asks for rows of its kind. */
static bool skipped(struct mapper *p, const struct wijk__row *row)
{
    bool asked = !p->f->long_form;
    for (size_t i = 0; i < p->f->n_skip; i++)
        if (is_kind(p, row, &p->f->skip[i].where, p->skip[i])) return true;
    for (size_t i = 0; i < p->n_plan; i++) {
        struct plan *plan = &p->plan[i];
        const struct wijk__map_where *where = &plan->field->where;
        plan->asked = !where->column.n || is_kind(p, row, where, p->where[plan->field - p->f->field]);
        asked |= plan->asked;
    }
    return !asked;
}

/* The code as the row has it: in the first of the columns that holds something, or all behind one another. */
static struct wijk_str raw_code(struct mapper *p, const struct wijk__row *row)
{
    struct wijk_str text = WIJK_STR("");
    p->key_used = p->key[0];
    if (p->f->key_joined) {
        struct wijk_buf b = wijk_buf(p->row_cx, 64);
        for (size_t i = 0; i < p->f->key.n; i++) {
            text = text_of(p, field_at(row, p->key[i]));
            if (text.n == 0) return text;
            wijk_buf_put(&b, text.p, text.n);
        }
        return (struct wijk_str){b.p, b.n};
    }
    for (size_t i = 0; i < p->f->key.n && text.n == 0; i++) {
        text = text_of(p, field_at(row, p->key[i]));
        if (text.n) p->key_used = p->key[i];
    }
    return text;
}

/* For people: the areas a name may mean. */
static const char *proposals(struct mapper *p, const struct wijk_name_hit *hit, size_t n)
{
    struct wijk_buf b = wijk_buf(p->row_cx, 0);
    for (size_t i = 0; i < n; i++)
        wijk_buf_printf(&b, "%s%s (%s)", i ? ", " : "", hit[i].area->name, hit[i].area->code);
    if (n == 0) return wijk_tr(p->cx, "Zoek de code op en geef die met --match; of haal de regel weg.");
    return wijk_sprintf(p->row_cx, wijk_tr(p->cx, "Bedoelt u %s? Bevestig dat met --match."),
                        wijk_buf_cstr(&b));
}

static bool read_name(struct mapper *p, const struct wijk__row *row, struct wijk_str raw, struct facts *fact)
{
    struct wijk__by_name_hit found;
    const struct wijk_name_hit *hit = found.hit;
    enum wijk_name_way way = wijk__by_name_find(p->by_name, p->row_cx, raw, row->number, &found);
    if (way == WIJK_NAME_NONE || way == WIJK_NAME_RESEMBLES) {
        bool many = found.n > 1 && hit[1].score >= 1;
        const char *reason =
            many ? wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is de naam van meer dan één gebied."),
                                quoted(p, raw))
                 : wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen bekende naam van een gebied."),
                                quoted(p, raw));
        return refuse(p, row, p->key_used, reason, proposals(p, hit, found.n));
    }
    if (way == WIJK_NAME_NORMALISED && !found.again)
        flag(p, row, p->rows->column[p->key_used],
             wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is gekoppeld aan %s (%s), dat anders geschreven is."),
                          quoted(p, raw), hit[0].area->name, hit[0].area->code),
             wijk_tr(p->cx, "Klopt dat niet, geef dan de goede code met --match."));
    memcpy(fact->code, hit[0].area->code, strlen(hit[0].area->code) + 1);
    fact->level = hit[0].level;
    fact->known = hit[0].area;
    return true;
}

static bool read_code(struct mapper *p, const struct wijk__row *row, struct facts *fact)
{
    struct wijk_str raw = raw_code(p, row);
    const char *level = wijk_tr(p->cx, wijk_level_label(p->f->level, false));
    if (raw.n == 0)
        return refuse(p, row, p->key_used, wijk_tr(p->cx, "De code van het gebied ontbreekt."),
                      wijk_tr(p->cx, "Vul de code in of haal de regel weg."));
    if (p->by_name) return read_name(p, row, raw, fact);
    fact->level = p->f->level;
    if (p->f->level_by_code && !wijk_code_level(raw, &fact->level))
        return refuse(
            p, row, p->key_used,
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen code van een gebied."), quoted(p, raw)),
            wijk_tr(
                p->cx,
                "Een buurtcode is BU en acht tekens, een wijkcode WK en zes, een gemeentecode GM en vier."));
    if (!wijk_code_normalise(raw, fact->level, fact->code))
        return refuse(
            p, row, p->key_used,
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen code van een %s."), quoted(p, raw), level),
            wijk_tr(p->cx, "Controleer de code bij de bron."));
    return true;
}

/* A code of a level that has gemeenten is of the gemeente asked for. */
static bool wanted_here(const struct mapper *p, const struct facts *fact)
{
    char gemeente[WIJK_CODE_MAX];
    if (!p->how->in->gemeente) return true;
    return wijk_code_gemeente(fact->code, gemeente) && strcmp(gemeente, p->how->in->gemeente) == 0;
}

static bool read_year_column(struct mapper *p, const struct wijk__row *row, const struct wijk__when *when,
                             int column, struct wijk_period *out)
{
    struct wijk_str text = text_of(p, field_at(row, column));
    *out = (struct wijk_period){0};
    for (size_t i = 0; i < when->like.n && !out->year; i++)
        out->year = (int16_t)wijk__pattern_year_in(when->like.v[i], text);
    bool good = when->like.n ? out->year != 0 : wijk_period_parse(text, out);
    if (good && out->year >= WIJK__YEAR_MIN && out->year <= WIJK__YEAR_MAX) return true;
    return refuse(p, row, column,
                  wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen jaar van %d tot en met %d."),
                               quoted(p, text), WIJK__YEAR_MIN, WIJK__YEAR_MAX),
                  wijk_tr(p->cx, "Schrijf een jaar met vier cijfers."));
}

static int given_year(const struct mapper *p, const struct wijk__when *when)
{
    if (when->kind == WIJK__WHEN_FIXED) return when->year;
    if (when->kind == WIJK__WHEN_FILE_NAME) return p->file_year;
    return p->how->in->year ? p->how->in->year : when->otherwise;
}

static bool read_years(struct mapper *p, const struct wijk__row *row, struct facts *fact)
{
    const struct wijk__map_file *f = p->f;
    struct wijk_period division;
    if (f->period.kind == WIJK__WHEN_COLUMN) {
        if (!read_year_column(p, row, &f->period, p->period, &fact->period)) return false;
    } else if (f->period.kind != WIJK__WHEN_PATTERN) {
        fact->period.year = (int16_t)given_year(p, &f->period);
    }
    switch (f->division.kind) {
    case WIJK__WHEN_COLUMN:
        if (!read_year_column(p, row, &f->division, p->division, &division)) return false;
        fact->division_year = division.year;
        return true;
    case WIJK__WHEN_PERIOD: fact->division_year = fact->period.year; return true;
    case WIJK__WHEN_LATEST: fact->division_year = 0; return true;
    default: fact->division_year = given_year(p, &f->division); return true;
    }
}

static bool refuse_range(struct mapper *p, const struct wijk__row *row, const struct plan *plan)
{
    const struct wijk_indicator *i = plan->field->indicator;
    struct wijk_str text = text_of(p, field_at(row, (int)plan->column));
    const char *cure = plan->field->cure
                           ? plan->field->cure
                           : wijk_tr(p->cx, "Controleer het getal bij de bron. Is het een teken voor "
                                            "«geen gegevens», zet het dan bij missing in de brondefinitie.");
    char min[32], max[32];
    min[wijk_num_write(i->min, min)] = '\0';
    max[wijk_num_write(i->max, max)] = '\0';
    const char *reason;
    if (isnan(i->max))
        reason = wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is kleiner dan %s."), quoted(p, text), min);
    else if (isnan(i->min))
        reason = wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is groter dan %s."), quoted(p, text), max);
    else
        reason = wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s ligt niet tussen %s en %s."), quoted(p, text),
                              min, max);
    return refuse(p, row, (int)plan->column, reason, cure);
}

static bool read_values(struct mapper *p, const struct wijk__row *row)
{
    for (size_t i = 0; i < p->n_plan; i++) {
        struct plan *plan = &p->plan[i];
        const struct wijk_indicator *ind = plan->field->indicator;
        if (!plan->asked) continue;
        struct wijk__field field = field_at(row, (int)plan->column);
        if (!value_of(p, field, strcmp(ind->unit_nl, "%") == 0, &plan->value, &plan->status))
            return refuse(
                p, row, (int)plan->column,
                wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen getal."), quoted(p, text_of(p, field))),
                plan->field->cure
                    ? plan->field->cure
                    : wijk_tr(p->cx, "Haal letters en tekens weg, of laat het veld leeg als het "
                                     "getal niet bekend is."));
        if (!wijk_status_valued(plan->status)) continue;
        plan->value *= plan->field->scale;
        if (plan->value < ind->min || plan->value > ind->max) return refuse_range(p, row, plan);
    }
    return true;
}

static const struct plan *plan_of(const struct mapper *p, const struct wijk_indicator *i, int year)
{
    for (size_t k = 0; k < p->n_plan; k++)
        if (p->plan[k].field->indicator == i && p->plan[k].period.year == year && p->plan[k].asked)
            return &p->plan[k];
    return NULL;
}

static void check_sum(struct mapper *p, const struct wijk__row *row, const struct wijk__map_check *check,
                      const struct plan *total)
{
    double sum = 0;
    char a[32], b[32];
    if (!wijk_status_valued(total->status)) return;
    for (size_t i = 0; i < check->n; i++) {
        const struct plan *part = plan_of(p, check->part[i], total->period.year);
        if (!part || !wijk_status_valued(part->status)) return;
        sum += part->value;
    }
    /* The last bits of a decimal fraction are not a difference. */
    if (fabs(total->value - sum) <= check->tolerance + 1e-9) return;
    a[wijk_num_write(total->value, a)] = '\0';
    b[wijk_num_write(round(sum * 1e6) / 1e6, b)] = '\0';
    flag(p, row, p->rows->column[total->column],
         wijk_sprintf(p->row_cx, wijk_tr(p->cx, "Het totaal %s is niet de som van de delen (%s)."), a, b),
         wijk_tr(p->cx, "Vraag de bron welk getal goed is; de regel is wel geladen."));
}

static void check_sums(struct mapper *p, const struct wijk__row *row)
{
    for (size_t c = 0; c < p->f->n_check; c++)
        for (size_t k = 0; k < p->n_plan; k++)
            if (p->plan[k].field->indicator == p->f->check[c].total && p->plan[k].asked)
                check_sum(p, row, &p->f->check[c], &p->plan[k]);
}

struct shape {
    const struct wijk_geom *geom; /* NULL: none */
    enum wijk_crs crs;
    const char *fault; /* why it cannot be read, or NULL */
};

/* Without SRID and without `crs` in the definition the size of the first number tells: RD coordinates of the
 * Netherlands are thousands of metres. */
static struct shape shape_in_text(struct mapper *p, struct wijk_str text)
{
    const char *said = wijk_yaml_text(p->m->source->yaml, "crs", "auto"), *why = NULL;
    struct shape s = {.crs = strcmp(said, "EPSG:4326") == 0 ? WIJK_CRS_WGS84 : WIJK_CRS_RD};
    enum wijk_crs none = 0, told = none;
    if (!text.n) return s;
    if (!wijk__wkt_read(p->row_cx, text, &s.geom, &told, &why)) {
        s.fault = wijk_tr(p->cx, why);
        return s;
    }
    if (told != none)
        s.crs = told;
    else if (s.geom && strcmp(said, "auto") == 0 && fabs(s.geom->xy[0].x) <= 180)
        s.crs = WIJK_CRS_WGS84;
    return s;
}

static bool read_shape(struct mapper *p, const struct wijk__row *row, struct facts *fact)
{
    const struct wijk_geom *rd, *valid;
    const char *why = NULL, *cure = wijk_tr(p->cx, "Herstel de vorm in een GIS-programma.");
    if (!p->f->geometry) return true;
    struct shape shape = {row->geom, row->crs, row->geom_fault};
    if (p->geometry != NO_COLUMN) shape = shape_in_text(p, text_of(p, field_at(row, p->geometry)));
    if (shape.fault)
        return refuse(p, row, p->geometry,
                      wijk_sprintf(p->row_cx, wijk_tr(p->cx, "De vorm is niet te lezen: %s."), shape.fault),
                      cure);
    if (!shape.geom) {
        flag(p, row, WIJK_STR(""), wijk_tr(p->cx, "Dit gebied heeft geen vorm."),
             wijk_tr(p->cx, "Het staat niet op de kaart; de getallen zijn wel geladen."));
        return true;
    }
    if (wijk_geom_to_rd(p->row_cx, shape.geom, shape.crs, &rd) != WIJK_OK)
        return refuse(
            p, row, NO_COLUMN, wijk_tr(p->cx, "De vorm ligt niet in Nederland."),
            wijk_tr(p->cx, "Controleer het coördinatenstelsel: EPSG:28992 (RD) of EPSG:4326 (graden)."));
    if (wijk_geom_make_valid(p->row_cx, rd, &valid, &why) != WIJK_OK) {
        /* Simplified maps let small areas shrink to a line. The area exists all the same, and so do its
         * figures. */
        flag(p, row, WIJK_STR(""), wijk_tr(p->cx, "De vorm van dit gebied heeft geen oppervlakte."),
             wijk_tr(p->cx, "Het staat niet op de kaart; een kaart met meer detail lost dat op."));
        return true;
    }
    if (why)
        flag(p, row, WIJK_STR(""),
             wijk_sprintf(p->row_cx, wijk_tr(p->cx, "De vorm was niet geldig en is hersteld: %s."), why),
             wijk_tr(p->cx, "Bekijk het gebied op de kaart."));
    fact->geom = valid;
    return true;
}

static uint64_t hash_row(const struct wijk__row *row)
{
    uint64_t h = 0;
    for (size_t i = 0; i < row->n; i++) {
        const struct wijk__field *f = &row->field[i];
        if (f->kind == WIJK__FIELD_NUMBER)
            h = wijk_hash64(&f->number, sizeof f->number, h + i);
        else if (f->kind == WIJK__FIELD_TEXT)
            h = wijk_hash64(f->text.p, f->text.n, h + i);
    }
    return h;
}

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

static void keep_area(struct mapper *p, const struct wijk__row *row, const struct facts *fact,
                      struct wijk_area *a)
{
    struct wijk_str name = text_of(p, field_at(row, p->name)), parent = text_of(p, field_at(row, p->parent));
    char code[WIJK_CODE_MAX];
    enum wijk_level above = fact->level == WIJK_LEVEL_BUURT ? WIJK_LEVEL_WIJK : WIJK_LEVEL_GEMEENTE;
    if (!*a->name && name.n && !p->by_name) a->name = wijk_str_dup(p->cx, name);
    bool given = parent.n && wijk_code_normalise(parent, above, code);
    if (!a->parent && (given || wijk_code_parent(fact->code, code)))
        a->parent = wijk_str_dup(p->cx, wijk_str(code));
    double residents;
    enum wijk_status status;
    bool told = value_of(p, field_at(row, p->residents), false, &residents, &status) &&
                wijk_status_valued(status) && residents >= 0;
    if (p->by_name) {
        /* The known area keeps what is known of it; the file's figure only shows whether the name fits. */
        a->name = fact->known->name;
        wijk__by_name_joined(p->by_name, fact->known, row->number, told ? residents : NAN);
    } else if (told)
        a->residents = residents;
    if (!a->geom && fact->geom) a->geom = keep_geom(p->cx, fact->geom);
}

static struct wijk_period period_of(const struct plan *plan, const struct facts *fact)
{
    return plan->period.year ? plan->period : fact->period;
}

static void keep_values(struct mapper *p, struct wijk__table *t, size_t at, const struct facts *fact)
{
    struct wijk__slot *s = NULL;
    for (size_t i = 0; i < p->n_plan; i++) {
        const struct plan *plan = &p->plan[i];
        if (!plan->asked) continue;
        struct wijk_period period = period_of(plan, fact);
        if (!s || wijk_period_key(s->period) != wijk_period_key(period))
            s = wijk__table_slot(&p->collect, t, period, at);
        s->row[at] = fact->row;
        wijk__slot_put(&p->collect, s, plan->field->indicator, at, plan->value, plan->status,
                       p->f->long_form ? fact->row : 0);
    }
}

static bool refuse_double(struct mapper *p, const struct wijk__row *row, const struct facts *fact,
                          uint32_t first, bool same)
{
    const char *unit = wijk_tr(p->cx, p->rows->unit);
    const char *text =
        same
            ? wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s staat er dubbel in, gelijk aan %s %u."), fact->code,
                           unit, first)
            : wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s staat er dubbel in, met andere gegevens dan %s %u."),
                           fact->code, unit, first);
    return refuse(p, row, p->key_used, text, wijk_tr(p->cx, "Laat één regel staan; de eerste is geladen."));
}

/* The row that already gave one of the figures of this one; 0 = none. In a long table an area has a row for
 * every kind of figure, so the figure is looked at and not the area. */
static uint32_t row_before(struct mapper *p, struct wijk__table *t, size_t at, const struct facts *fact)
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

static bool keep(struct mapper *p, const struct wijk__row *row, const struct facts *fact)
{
    struct wijk__table *t = wijk__collect_table(&p->collect, fact->level, fact->division_year);
    size_t at = wijk__table_find(t, fact->code);
    bool known = at != SIZE_MAX;
    if (!known) at = wijk__table_add(&p->collect, t, fact->code, fact->row);
    uint32_t first = known ? row_before(p, t, at, fact) : 0;
    struct wijk__slot *s = wijk__table_slot(&p->collect, t, fact->period, at);
    if (first) return refuse_double(p, row, fact, first, s->hash[at] == fact->hash);
    s->row[at] = fact->row;
    s->hash[at] = fact->hash;
    keep_area(p, row, fact, &t->area[at]);
    keep_values(p, t, at, fact);
    return true;
}

/* ---- the loop ---- */

static bool right_length(struct mapper *p, const struct wijk__row *row)
{
    if (row->n > p->rows->n_column)
        return refuse(p, row, NO_COLUMN,
                      wijk_sprintf(p->row_cx,
                                   wijk_tr(p->cx, "Deze regel heeft %zu velden; er zijn %zu kolommen."),
                                   row->n, p->rows->n_column),
                      wijk_tr(p->cx, "Zet een tekst met het scheidingsteken erin tussen aanhalingstekens."));
    if (p->rows->lines && row->n < p->rows->n_column && !p->m->ragged)
        flag(p, row, WIJK_STR(""),
             wijk_sprintf(
                 p->row_cx,
                 wijk_tr(p->cx,
                         "Deze regel stopt na %zu van de %zu velden; de rest telt als «geen gegevens»."),
                 row->n, p->rows->n_column),
             wijk_tr(p->cx, "Kijk of de regel is afgebroken."));
    return true;
}

static void map_row(struct mapper *p, const struct wijk__row *row)
{
    struct facts fact = {.row = row->number > UINT32_MAX ? 0 : (uint32_t)row->number};
    wijk_cx_rewind(p->row_cx, p->empty);
    p->row_flagged = false;
    if (skipped(p, row)) return;
    size_t findings = p->found.n;
    p->n_row++;
    bool good = right_length(p, row) && read_code(p, row, &fact);
    if (good && !wanted_here(p, &fact)) {
        p->found.n = findings; /* another gemeente's rows are not our business */
        p->n_row--;
        p->elsewhere++;
        return;
    }
    fact.hash = hash_row(row);
    good = good && read_years(p, row, &fact) && read_values(p, row) && read_shape(p, row, &fact) &&
           keep(p, row, &fact);
    if (!good) return;
    check_sums(p, row);
    p->taken++;
    p->flagged += p->row_flagged;
}

static enum wijk_err step(struct mapper *p, const struct wijk__row *row)
{
    const struct wijk__mapper_in *how = p->how;
    uint64_t done = p->rows->total ? row->done : *how->bytes_read,
             total = p->rows->total ? p->rows->total : how->n_bytes;
    if (wijk_progress_step(how->in->progress, how->label, done, total)) return WIJK_OK;
    return wijk_fail(p->cx, WIJK_ECANCEL, "%s: gestopt op verzoek; er is niets geladen.", how->label);
}

static enum wijk_err read_rows(struct mapper *p)
{
    struct wijk__row row;
    for (uint64_t n = 0;; n++) {
        bool got;
        WIJK_TRY(p->rows->next(p->rows, &row, &got));
        if (!got) return WIJK_OK;
        if (n == WIJK_LIMIT_ROWS)
            return wijk_fail(p->cx, WIJK_ELIMIT, "%s: meer dan %d rijen.", p->how->label, WIJK_LIMIT_ROWS);
        if (n % PROGRESS_ROWS == 0) WIJK_TRY(step(p, &row));
        if (p->rows->n_column > p->n_resolved) resolve_columns(p);
        wijk__guard_row(p->cx, p->guard, p->rows, &row);
        map_row(p, &row);
    }
}

/* The year stands in the file's name, unless the user says it. */
static enum wijk_err find_file_year(struct mapper *p, const struct wijk__when *when)
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
static enum wijk_err need_year(struct mapper *p)
{
    const struct wijk__when *when[2] = {&p->f->period, &p->f->division};
    for (int i = 0; i < 2; i++) {
        if (when[i]->kind == WIJK__WHEN_FILE_NAME) WIJK_TRY(find_file_year(p, when[i]));
        if (when[i]->kind != WIJK__WHEN_OPTION || when[i]->otherwise || when[i]->or_latest ||
            p->how->in->year)
            continue;
        return wijk_fail(p->cx, WIJK_EUSAGE,
                         "%s zegt niet van welk jaar het is. Geef het jaar mee, zoals --year 2024.",
                         p->how->label);
    }
    int year = p->how->in->year;
    if (year && (year < WIJK__YEAR_MIN || year > WIJK__YEAR_MAX))
        return wijk_fail(p->cx, WIJK_EUSAGE, "--year %d is geen jaar van %d tot en met %d.", year,
                         WIJK__YEAR_MIN, WIJK__YEAR_MAX);
    if (p->f->by_name) {
        when[0] = p->f->division.kind == WIJK__WHEN_PERIOD ? &p->f->period : &p->f->division;
        WIJK_TRY(wijk__by_name_open(p->cx, p->how, given_year(p, when[0]), &p->by_name));
    }
    if (p->how->in->gemeente && !p->f->level_by_code && p->f->level > WIJK_LEVEL_GEMEENTE)
        return wijk_fail(p->cx, WIJK_EUSAGE, "%s heeft geen gemeentecodes; laat --gemeente weg.",
                         p->how->label);
    return WIJK_OK;
}

static enum wijk_err none_good(struct mapper *p)
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
static const char *release_of(const struct mapper *p)
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
    struct mapper *p = WIJK_NEW(cx, struct mapper, 1);
    *p = (struct mapper){
        .cx = cx, .how = how, .m = how->mapping, .f = how->file, .rows = how->rows, .collect = {.cx = cx}};
    p->found.cx = cx;
    p->guard = wijk__guard_new(cx);
    p->key = WIJK_NEW(cx, int, how->file->key.n);
    p->skip = WIJK_NEW(cx, int, how->file->n_skip);
    p->where = WIJK_NEW(cx, int, how->file->n_field);
    WIJK_TRY(need_year(p));
    p->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    wijk_alloc(p->row_cx, 1); /* a first chunk that rewinding leaves in place */
    p->empty = wijk_cx_mark(p->row_cx);
    resolve_columns(p);
    enum wijk_err err = read_rows(p);
    if (err == WIJK_OK) err = wijk__guard_verdict(cx, p->guard, p->rows, how->label, p->refused <= p->taken);
    if (err == WIJK_OK && !p->taken) err = none_good(p);
    wijk_cx_end(p->row_cx);
    WIJK_TRY(err);
    if (p->by_name) p->flagged += wijk__by_name_check(p->by_name, &p->found);
    for (size_t i = 0; i < p->f->n_share; i++)
        p->flagged += wijk__share_check(&p->collect, &p->f->share[i], &p->found);
    out->load.release = release_of(p);
    wijk__collect_done(&p->collect, out->load.release, how->file->defines_areas, out);
    list_unknown(p, out);
    out->load.rows = p->n_row;
    out->load.taken = p->taken;
    out->load.refused = p->refused;
    out->load.flagged = p->flagged;
    out->load.finding = p->found.v;
    out->load.n_finding = p->found.n;
    return WIJK_OK;
}
