/* SPDX-License-Identifier: EUPL-1.2 */
/* What one row holds: its code or name, its years, its values and its shape, each looked at before anything
 * is kept. What does not fit becomes a finding: line, column, reason and cure. */
#include "import/mapper_int.h"

#include <math.h>
#include <string.h>

/* ---- findings ---- */

bool wijk__row_refuse(struct wijk__mapper *p, const struct wijk__row *row, int column, const char *reason,
                      const char *cure)
{
    struct wijk_str name = column >= 0 ? p->rows->column[column] : WIJK_STR("");
    wijk__finding_add(&p->found, WIJK_FINDING_REFUSED, row->number, name, reason, cure);
    p->refused++;
    return false;
}
void wijk__row_flag(struct wijk__mapper *p, const struct wijk__row *row, struct wijk_str column,
                    const char *reason, const char *cure)
{
    wijk__finding_add(&p->found, WIJK_FINDING_FLAGGED, row->number, column, reason, cure);
    p->row_flagged = true;
}

/* Someone else's text in a sentence of ours: short, so that a megabyte in a field does not end up on a
 * screen; never cut inside a letter. */
struct wijk_str wijk__text_shorten(struct wijk_str text)
{
    size_t n = text.n < 60 ? text.n : 60;
    while (n < text.n && n && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
    return (struct wijk_str){text.p, n};
}

static const char *quoted(struct wijk__mapper *p, struct wijk_str text)
{
    struct wijk_str s = wijk__text_shorten(text);
    return wijk_sprintf(p->row_cx, "«%.*s%s»", WIJK_STR_ARG(s), s.n < text.n ? "…" : "");
}

/* ---- fields ---- */

struct wijk_str wijk__field_text(struct wijk__mapper *p, struct wijk__field field)
{
    if (field.kind == WIJK__FIELD_TEXT || field.text.n) return wijk_str_trim(field.text);
    if (field.kind != WIJK__FIELD_NUMBER) return WIJK_STR("");
    char *room = wijk_alloc(p->row_cx, 32);
    return (struct wijk_str){room, wijk_num_write(field.number, room)};
}

/* A spreadsheet that was saved as text leaves the percent sign behind its shares; behind anything else the
 * sign is a mistake. */
static bool number_of(const struct wijk__mapper *p, struct wijk_str text, bool share, double *value)
{
    if (wijk_num_parse(text, p->m->number, value)) return true;
    if (!share || text.n < 2 || text.p[text.n - 1] != '%') return false;
    return wijk_num_parse((struct wijk_str){text.p, text.n - 1}, p->m->number, value);
}

/* A marker that is no number, such as a point. */
static bool is_mark(const struct wijk__mapper *p, struct wijk_str text, enum wijk_status *status)
{
    for (size_t i = 0; i < p->m->n_marker; i++) {
        const struct wijk__marker *mark = &p->m->marker[i];
        if (mark->is_number || text.p[0] != mark->text[0] || !wijk_str_eq(text, wijk_str(mark->text)))
            continue;
        *status = mark->status;
        return true;
    }
    return false;
}

/* false: neither a number nor a known sign for "no value". */
bool wijk__field_value(const struct wijk__mapper *p, struct wijk__field field, bool share, double *value,
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
    if (text.n == 1 && p->cell.quick && is_mark(p, text, status)) return true;
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
static bool is_kind(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__map_where *where,
                    int column)
{
    struct wijk_str text = wijk__field_text(p, wijk__field_at(row, column));
    for (size_t k = 0; k < where->value.n; k++)
        if (wijk_str_eq(text, wijk_str_trim(wijk_str(where->value.v[k])))) return true;
    for (size_t k = 0; k < where->starts.n; k++)
        if (wijk_str_starts(text, where->starts.v[k])) return true;
    return false;
}

/* A row that is not meant: by `skip`, or because no field asks for rows of its kind. */
bool wijk__row_skipped(struct wijk__mapper *p, const struct wijk__row *row)
{
    bool asked = !p->f->long_form;
    for (size_t i = 0; i < p->f->n_skip; i++)
        if (is_kind(p, row, &p->f->skip[i].where, p->skip[i])) return true;
    for (size_t i = 0; i < p->n_plan && !p->cell.all_asked; i++) {
        struct wijk__plan *plan = &p->plan[i];
        const struct wijk__map_where *where = &plan->field->where;
        plan->asked = !where->column.n || is_kind(p, row, where, p->where[plan->field - p->f->field]);
        asked |= plan->asked;
    }
    return !asked;
}

/* The code as the row has it: in the first of the columns that holds something, or all behind one another. */
static struct wijk_str raw_code(struct wijk__mapper *p, const struct wijk__row *row)
{
    struct wijk_str text = WIJK_STR("");
    p->key_used = p->key[0];
    if (p->f->key_joined) {
        struct wijk_buf b = wijk_buf(p->row_cx, 64);
        for (size_t i = 0; i < p->f->key.n; i++) {
            text = wijk__field_text(p, wijk__field_at(row, p->key[i]));
            if (text.n == 0) return text;
            wijk_buf_put(&b, text.p, text.n);
        }
        return (struct wijk_str){b.p, b.n};
    }
    for (size_t i = 0; i < p->f->key.n && text.n == 0; i++) {
        text = wijk__field_text(p, wijk__field_at(row, p->key[i]));
        if (text.n) p->key_used = p->key[i];
    }
    if (p->f->key_first && text.n > p->f->key_first) text.n = p->f->key_first;
    return text;
}

/* For people: the areas a name may mean. */
static const char *proposals(struct wijk__mapper *p, const struct wijk_name_hit *hit, size_t n)
{
    struct wijk_buf b = wijk_buf(p->row_cx, 0);
    for (size_t i = 0; i < n; i++)
        wijk_buf_printf(&b, "%s%s (%s)", i ? ", " : "", hit[i].area->name, hit[i].area->code);
    const bool page = p->how->in->on_page;
    if (n == 0)
        return page ? wijk_tr(p->cx, "Zoek de code op en zet die in het bestand; of haal de regel weg.")
                    : wijk_tr(p->cx, "Zoek de code op en geef die met --match; of haal de regel weg.");
    return page ? wijk_sprintf(p->row_cx, wijk_tr(p->cx, "Bedoelt u %s? Bevestig dat bij de namen."),
                               wijk_buf_cstr(&b))
                : wijk_sprintf(p->row_cx, wijk_tr(p->cx, "Bedoelt u %s? Bevestig dat met --match."),
                               wijk_buf_cstr(&b));
}

static bool read_name(struct wijk__mapper *p, const struct wijk__row *row, struct wijk_str raw,
                      struct wijk__facts *fact)
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
        return wijk__row_refuse(p, row, p->key_used, reason, proposals(p, hit, found.n));
    }
    if (way == WIJK_NAME_NORMALISED && !found.again)
        wijk__row_flag(
            p, row, p->rows->column[p->key_used],
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is gekoppeld aan %s (%s), dat anders geschreven is."),
                         quoted(p, raw), hit[0].area->name, hit[0].area->code),
            p->how->in->on_page ? wijk_tr(p->cx, "Klopt dat niet, zet dan de goede code in het bestand.")
                                : wijk_tr(p->cx, "Klopt dat niet, geef dan de goede code met --match."));
    memcpy(fact->code, hit[0].area->code, strlen(hit[0].area->code) + 1);
    fact->level = hit[0].level;
    fact->known = hit[0].area;
    return true;
}

bool wijk__row_code(struct wijk__mapper *p, const struct wijk__row *row, struct wijk__facts *fact)
{
    struct wijk_str raw = raw_code(p, row);
    const char *level = wijk_tr(p->cx, wijk_level_label(p->f->level, false));
    if (raw.n == 0)
        return wijk__row_refuse(p, row, p->key_used, wijk_tr(p->cx, "De code van het gebied ontbreekt."),
                                wijk_tr(p->cx, "Vul de code in of haal de regel weg."));
    if (p->by_name) return read_name(p, row, raw, fact);
    fact->level = p->f->level;
    if (p->f->level_by_code && !wijk_code_level(raw, &fact->level))
        return wijk__row_refuse(
            p, row, p->key_used,
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen code van een gebied."), quoted(p, raw)),
            wijk_tr(
                p->cx,
                "Een buurtcode is BU en acht tekens, een wijkcode WK en zes, een gemeentecode GM en vier."));
    if (!wijk_code_normalise(raw, fact->level, fact->code))
        return wijk__row_refuse(
            p, row, p->key_used,
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen code van een %s."), quoted(p, raw), level),
            wijk_tr(p->cx, "Controleer de code bij de bron."));
    return true;
}

/* A code of a level that has gemeenten is of the gemeente asked for. */
bool wijk__row_wanted(const struct wijk__mapper *p, const struct wijk__facts *fact)
{
    char gemeente[WIJK_CODE_MAX];
    if (!p->how->in->gemeente) return true;
    return wijk_code_gemeente(fact->code, gemeente) && strcmp(gemeente, p->how->in->gemeente) == 0;
}

static bool read_year_column(struct wijk__mapper *p, const struct wijk__row *row,
                             const struct wijk__when *when, int column, struct wijk_period *out)
{
    struct wijk_str text = wijk__field_text(p, wijk__field_at(row, column));
    *out = (struct wijk_period){0};
    for (size_t i = 0; i < when->like.n && !out->year; i++)
        out->year = (int16_t)wijk__pattern_year_in(when->like.v[i], text);
    bool good = when->like.n ? out->year != 0 : wijk_period_parse(text, out);
    if (good && out->year >= WIJK__YEAR_MIN && out->year <= WIJK__YEAR_MAX) return true;
    return wijk__row_refuse(p, row, column,
                            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen jaar van %d tot en met %d."),
                                         quoted(p, text), WIJK__YEAR_MIN, WIJK__YEAR_MAX),
                            wijk_tr(p->cx, "Schrijf een jaar met vier cijfers."));
}

int wijk__mapper_year(const struct wijk__mapper *p, const struct wijk__when *when)
{
    if (when->kind == WIJK__WHEN_FIXED) return when->year;
    if (when->kind == WIJK__WHEN_FILE_NAME) return p->file_year;
    return p->how->in->year ? p->how->in->year : when->otherwise;
}

bool wijk__row_years(struct wijk__mapper *p, const struct wijk__row *row, struct wijk__facts *fact)
{
    const struct wijk__map_file *f = p->f;
    struct wijk_period division;
    if (f->period.kind == WIJK__WHEN_COLUMN) {
        if (!read_year_column(p, row, &f->period, p->period, &fact->period)) return false;
    } else if (f->period.kind != WIJK__WHEN_PATTERN) {
        fact->period.year = (int16_t)wijk__mapper_year(p, &f->period);
    }
    switch (f->division.kind) {
    case WIJK__WHEN_COLUMN:
        if (!read_year_column(p, row, &f->division, p->division, &division)) return false;
        fact->division_year = division.year;
        return true;
    case WIJK__WHEN_PERIOD: fact->division_year = fact->period.year; return true;
    case WIJK__WHEN_LATEST: fact->division_year = 0; return true;
    default: fact->division_year = wijk__mapper_year(p, &f->division); return true;
    }
}

static bool refuse_range(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__plan *plan)
{
    const struct wijk_indicator *i = plan->field->indicator;
    struct wijk_str text = wijk__field_text(p, wijk__field_at(row, (int)plan->column));
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
    return wijk__row_refuse(p, row, (int)plan->column, reason, cure);
}

static bool refuse_value(struct wijk__mapper *p, const struct wijk__row *row, const struct wijk__plan *plan)
{
    struct wijk__field field = wijk__field_at(row, (int)plan->column);
    return wijk__row_refuse(
        p, row, (int)plan->column,
        wijk_sprintf(p->row_cx, wijk_tr(p->cx, "%s is geen getal."), quoted(p, wijk__field_text(p, field))),
        plan->field->cure ? plan->field->cure
                          : wijk_tr(p->cx, "Haal letters en tekens weg, of laat het veld leeg als het "
                                           "getal niet bekend is."));
}

static bool read_value(struct wijk__mapper *p, const struct wijk__row *row, size_t i)
{
    const struct wijk__cells *c = &p->cell;
    const struct wijk__plan *plan = &p->plan[i];
    enum wijk_status status;
    if (!wijk__field_value(p, wijk__field_at(row, (int)plan->column), plan->share, &c->value[i], &status))
        return refuse_value(p, row, plan);
    c->status[i] = (uint8_t)status;
    if (!wijk_status_valued(status)) return true;
    c->value[i] *= c->scale[i];
    return c->value[i] < c->min[i] || c->value[i] > c->max[i] ? refuse_range(p, row, plan) : true;
}

bool wijk__row_values(struct wijk__mapper *p, const struct wijk__row *row)
{
    const struct wijk__cells *c = &p->cell;
    if (c->plain && wijk__cells_good(c, p->n_plan)) {
        for (size_t k = 0; k < c->n_odd; k++)
            if (!read_value(p, row, c->odd[k])) return false;
        return true;
    }
    for (size_t i = 0; i < p->n_plan; i++)
        if (p->plan[i].asked && !read_value(p, row, i)) return false;
    return true;
}

/* Which of the planned columns; n_plan when none. */
static size_t plan_of(const struct wijk__mapper *p, const struct wijk_indicator *i, int year)
{
    size_t k = 0;
    while (k < p->n_plan &&
           (p->plan[k].field->indicator != i || p->plan[k].period.year != year || !p->plan[k].asked))
        k++;
    return k;
}

static void check_sum(struct wijk__mapper *p, const struct wijk__row *row,
                      const struct wijk__map_check *check, size_t total)
{
    const struct wijk__cells *c = &p->cell;
    double sum = 0;
    char a[32], b[32];
    if (!wijk_status_valued(c->status[total])) return;
    for (size_t i = 0; i < check->n; i++) {
        size_t part = plan_of(p, check->part[i], p->plan[total].period.year);
        if (part == p->n_plan || !wijk_status_valued(c->status[part])) return;
        sum += c->value[part];
    }
    /* The last bits of a decimal fraction are not a difference. */
    if (fabs(c->value[total] - sum) <= check->tolerance + 1e-9) return;
    a[wijk_num_write(c->value[total], a)] = '\0';
    b[wijk_num_write(round(sum * 1e6) / 1e6, b)] = '\0';
    wijk__row_flag(
        p, row, p->rows->column[p->plan[total].column],
        wijk_sprintf(p->row_cx, wijk_tr(p->cx, "Het totaal %s is niet de som van de delen (%s)."), a, b),
        wijk_tr(p->cx, "Vraag de bron welk getal goed is; de regel is wel geladen."));
}

void wijk__row_check(struct wijk__mapper *p, const struct wijk__row *row)
{
    for (size_t c = 0; c < p->f->n_check; c++)
        for (size_t k = 0; k < p->n_plan; k++)
            if (p->plan[k].field->indicator == p->f->check[c].total && p->plan[k].asked)
                check_sum(p, row, &p->f->check[c], k);
}

struct shape {
    const struct wijk_geom *geom; /* NULL: none */
    enum wijk_crs crs;
    const char *fault; /* why it cannot be read, or NULL */
};

/* Without SRID and without `crs` in the definition the size of the first number tells: RD coordinates of the
 * Netherlands are thousands of metres. */
static struct shape shape_in_text(struct wijk__mapper *p, struct wijk_str text)
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

bool wijk__row_shape(struct wijk__mapper *p, const struct wijk__row *row, struct wijk__facts *fact)
{
    const struct wijk_geom *rd, *valid;
    const char *why = NULL, *cure = wijk_tr(p->cx, "Herstel de vorm in een GIS-programma.");
    if (!p->f->geometry) return true;
    struct shape shape = {row->geom, row->crs, row->geom_fault};
    if (p->geometry != WIJK__NO_COLUMN)
        shape = shape_in_text(p, wijk__field_text(p, wijk__field_at(row, p->geometry)));
    if (shape.fault)
        return wijk__row_refuse(
            p, row, p->geometry,
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "De vorm is niet te lezen: %s."), shape.fault), cure);
    if (!shape.geom) {
        wijk__row_flag(p, row, WIJK_STR(""), wijk_tr(p->cx, "Dit gebied heeft geen vorm."),
                       wijk_tr(p->cx, "Het staat niet op de kaart; de getallen zijn wel geladen."));
        return true;
    }
    if (wijk_geom_to_rd(p->row_cx, shape.geom, shape.crs, &rd) != WIJK_OK)
        return wijk__row_refuse(
            p, row, WIJK__NO_COLUMN, wijk_tr(p->cx, "De vorm ligt niet in Nederland."),
            wijk_tr(p->cx, "Controleer het coördinatenstelsel: EPSG:28992 (RD) of EPSG:4326 (graden)."));
    if (wijk_geom_make_valid(p->row_cx, rd, &valid, &why) != WIJK_OK) {
        /* Simplified maps let small areas shrink to a line. The area exists all the same, and so do its
         * figures. */
        wijk__row_flag(p, row, WIJK_STR(""), wijk_tr(p->cx, "De vorm van dit gebied heeft geen oppervlakte."),
                       wijk_tr(p->cx, "Het staat niet op de kaart; een kaart met meer detail lost dat op."));
        return true;
    }
    if (why)
        wijk__row_flag(
            p, row, WIJK_STR(""),
            wijk_sprintf(p->row_cx, wijk_tr(p->cx, "De vorm was niet geldig en is hersteld: %s."), why),
            wijk_tr(p->cx, "Bekijk het gebied op de kaart."));
    fact->geom = valid;
    return true;
}

uint64_t wijk__row_hash(const struct wijk__mapper *p, const struct wijk__row *row)
{
    uint64_t h = 0;
    for (size_t k = 0; k < p->cell.n_other; k++) {
        const size_t i = p->cell.other[k];
        const struct wijk__field f = wijk__field_at(row, (int)i);
        if (f.kind == WIJK__FIELD_NUMBER)
            h = wijk_hash64(&f.number, sizeof f.number, h + i);
        else if (f.kind == WIJK__FIELD_TEXT)
            h = wijk_hash64(f.text.p, f.text.n, h + i);
    }
    return h;
}
