/* SPDX-License-Identifier: EUPL-1.2 */
/* Looks at a file without a definition: which sources fit it, and what its columns may be. Only its first
 * rows are read, so the size of the file does not matter. */
#include "import/mapper.h"

#include <string.h>

enum { LOOK_ROWS = 200, NEAR_SHOWN = 3, EXAMPLE_BYTES = 60, SAMPLE_BYTES = 1 << 20 };

/* What the cells of one column showed. */
struct seen {
    uint64_t filled, number, year, code[WIJK_LEVEL_COUNT];
};
struct look {
    struct wijk_cx *cx;
    const struct wijk_look_in *in;
    const char *label, *encoding, *separator;
    struct wijk__zipped zipped;    /* of a zip with one table of text */
    bool shapes;                   /* a zip without one */
    const struct wijk_yaml *plain; /* a definition that says nothing of the columns */
    struct wijk_look *out;
    struct wijk_look_column *column;
    struct seen *seen;
    enum wijk_err personal; /* of the rows that were looked at; the fault stands in cx */
};

/* ---- opening ---- */

typedef enum wijk_err use_fn(struct wijk_cx *cx, struct look *l, struct wijk__rows *rows, void *arg);

/* Opens the file by a definition and lets `use` see its rows. cx: of the rows alone. */
static enum wijk_err with_rows(struct wijk_cx *cx, struct look *l, const char *format,
                               const struct wijk_yaml *source, use_fn *use, void *arg)
{
    struct wijk_file *file;
    struct wijk__rows rows = {0};
    wijk__open_fn *open = wijk__format_open(format);
    if (!open) return wijk_fail(cx, WIJK_EDEF, "De bestandsvorm %s bestaat niet.", format);
    WIJK_TRY(wijk_file_open(cx, l->in->path, &file));
    struct wijk__open how = {.bytes = wijk_file_in(file),
                             .path = l->in->path,
                             .label = l->label,
                             .reader = l->in->reader,
                             .format = format,
                             .source = source};
    how.bytes.name = l->label;
    enum wijk_err err = WIJK_OK;
    if (strcmp(format, "csv") == 0) err = wijk__zipped_use(cx, &l->zipped, &how);
    if (err == WIJK_OK) err = open(cx, &how, &rows);
    if (err == WIJK_OK) {
        err = wijk__table_open(cx, source, l->label, &rows);
        if (err == WIJK_OK) err = use(cx, l, &rows, arg);
        if (rows.close) rows.close(&rows);
    }
    wijk_file_close(file);
    return err;
}

/* A title above the names of the columns has no separator in it: then the one that most of the first lines
 * have. "" when the first line tells itself. */
static const char *find_separator(struct wijk_str sample)
{
    static const char SIGN[] = ";,\t|";
    static const char *const NAME[] = {";", ",", "tab", "|"};
    size_t lines[4] = {0}, best = 0;
    const char *p = sample.p, *end = sample.p + sample.n;
    for (size_t line = 0; line < 30 && p < end; line++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((stop ? stop : end) - p);
        for (size_t k = 0; k < 4; k++) lines[k] += memchr(p, SIGN[k], n) != NULL;
        if (line == 0 && (lines[0] || lines[1] || lines[2] || lines[3])) return "";
        p += n + 1;
    }
    for (size_t k = 1; k < 4; k++)
        if (lines[k] > lines[best]) best = k;
    return lines[best] > 1 ? NAME[best] : "";
}

/* A zip without a table of text may hold shapes, which have limits of their own. */
static enum wijk_err find_zipped(struct look *l)
{
    const enum wijk_err err = wijk__zipped_find(l->cx, l->in->path, &l->zipped);
    if (err != WIJK_ENOTFOUND && err != WIJK_ELIMIT) return err; /* OK: a table, or no zip */
    wijk_fault_clear(l->cx);
    l->shapes = true;
    return WIJK_OK;
}

/* A zip is read for its table or for its shapes. */
static bool sensible(const struct look *l, const char *format)
{
    const bool csv = strcmp(format, "csv") == 0;
    return l->zipped.table ? csv : !(l->shapes && csv);
}

/* UTF-8, unless the first megabyte is not. */
static enum wijk_err find_encoding(struct look *l)
{
    struct wijk_file *file;
    struct wijk_mark mark = wijk_cx_mark(l->cx);
    size_t n = 0, bad;
    ptrdiff_t got;
    WIJK_TRY(wijk_file_open(l->cx, l->in->path, &file));
    l->label = wijk_file_label(file);
    struct wijk__open how = {.bytes = wijk_file_in(file)};
    if (wijk__zipped_use(l->cx, &l->zipped, &how) != WIJK_OK) wijk_fault_clear(l->cx);
    struct wijk_in in = how.bytes;
    char *bytes = wijk_alloc(l->cx, SAMPLE_BYTES);
    while (n < SAMPLE_BYTES && (got = in.read(in.self, bytes + n, SAMPLE_BYTES - n)) > 0) n += (size_t)got;
    while (n == SAMPLE_BYTES && n && bytes[n - 1] != '\n') n--; /* no letter cut in two */
    l->encoding = wijk_utf8_valid((struct wijk_str){bytes, n}, &bad) ? "utf-8" : "cp1252";
    l->separator = find_separator((struct wijk_str){bytes, n});
    wijk_file_close(file);
    wijk_cx_rewind(l->cx, mark);
    const char *slash = strrchr(l->in->path, '/');
    l->label = wijk_str_dup(l->cx, wijk_str_plain(l->cx, wijk_str(slash ? slash + 1 : l->in->path)));
    return WIJK_OK;
}

/* ---- cells ---- */

static bool is_marker(struct wijk_str text)
{
    static const char *const MARKER[] = {".",    "-",    "?",  "x",    "X",     "..",
                                         "null", "NULL", "nb", "n.b.", "geheim"};
    for (size_t i = 0; i < sizeof MARKER / sizeof *MARKER; i++)
        if (wijk_str_eq(text, wijk_str(MARKER[i]))) return true;
    return text.n == 0;
}

static void add_example(struct look *l, struct wijk_look_column *c, struct wijk_str text)
{
    size_t n = text.n < EXAMPLE_BYTES ? text.n : EXAMPLE_BYTES;
    while (n && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
    for (size_t i = 0; i < c->n_example; i++)
        if (wijk_str_eq(wijk_str(c->example[i]), (struct wijk_str){text.p, n})) return;
    if (c->n_example < WIJK_LOOK_EXAMPLES)
        c->example[c->n_example++] = wijk_str_dup(l->cx, (struct wijk_str){text.p, n});
}

static void see_cell(struct look *l, size_t i, struct wijk__field f)
{
    char room[32];
    double number;
    int64_t year;
    enum wijk_level level;
    struct seen *s = &l->seen[i];
    struct wijk_str text = wijk_str_trim(f.text);
    if (f.kind == WIJK__FIELD_NUMBER && !text.n)
        text = (struct wijk_str){room, wijk_num_write(f.number, room)};
    else if (f.kind != WIJK__FIELD_TEXT && f.kind != WIJK__FIELD_NUMBER)
        return;
    if (is_marker(text)) return;
    add_example(l, &l->column[i], text);
    s->filled++;
    s->number +=
        wijk_num_parse(text, WIJK_NUM_EITHER, &number) || wijk_num_parse(text, WIJK_NUM_COMMA, &number);
    s->year += wijk_int_parse(text, WIJK__YEAR_MIN, WIJK__YEAR_MAX, &year);
    if (wijk_code_level(text, &level)) s->code[level]++;
}

static enum wijk_err see_rows(struct wijk_cx *cx, struct look *l, struct wijk__rows *rows, void *arg)
{
    struct wijk__row row;
    bool got = true;
    (void)cx, (void)arg;
    l->column = WIJK_NEW(l->cx, struct wijk_look_column, WIJK_LIMIT_COLUMNS);
    l->seen = WIJK_NEW(l->cx, struct seen, WIJK_LIMIT_COLUMNS);
    struct wijk__guard *guard = wijk__guard_new(cx);
    for (size_t k = 0; k < LOOK_ROWS; k++) {
        WIJK_TRY(rows->next(rows, &row, &got));
        if (!got) break;
        wijk__guard_row(cx, guard, rows, &row);
        for (size_t i = 0; i < row.n && i < WIJK_LIMIT_COLUMNS; i++) see_cell(l, i, wijk__row_field(&row, i));
        if (!wijk_progress_step(l->in->progress, l->label, k, LOOK_ROWS))
            return wijk_fail(cx, WIJK_ECANCEL, "%s: gestopt op verzoek; er is niets geladen.", l->label);
    }
    l->out->n_column = rows->n_column < WIJK_LIMIT_COLUMNS ? rows->n_column : WIJK_LIMIT_COLUMNS;
    for (size_t i = 0; i < l->out->n_column; i++) {
        struct wijk_str name = rows->column[i];
        l->column[i].name = name.n ? wijk_str_dup(l->cx, name) : wijk_sprintf(l->cx, "@%zu", i + 1);
        l->column[i].indicator = "";
        l->column[i].level = WIJK_LEVEL_COUNT;
    }
    l->personal = wijk__guard_verdict(cx, guard, rows, l->label, true);
    if (l->personal != WIJK_OK) wijk_fail(l->cx, l->personal, "%s", wijk_fault(cx));
    if (l->out->n_column == 0) return wijk_fail(cx, WIJK_EDATA, "%s heeft geen kolommen.", l->label);
    return WIJK_OK;
}

/* ---- sources ---- */

struct fitting {
    const struct wijk__mapping *mapping;
    struct wijk_look_fit *fit;
};
struct pairing {
    struct wijk__map_pairs pairs;
    struct wijk_look_fit *fit;
};

/* How many columns of the file this shape speaks of; 0 when the key is not there. */
static size_t known_columns(const struct wijk__map_file *f, const struct wijk__rows *rows)
{
    size_t n = 0;
    bool key = false;
    for (size_t i = 0; i < rows->n_column; i++) {
        struct wijk_str column = rows->column[i];
        const struct wijk__spell *const head[] = {&f->key,       &f->name_column,   &f->parent,
                                                  &f->residents, &f->period.column, &f->division.column};
        bool known = false;
        key = key || wijk__spell_names(&f->key, column);
        for (size_t k = 0; k < sizeof head / sizeof *head && !known; k++)
            known = wijk__spell_names(head[k], column);
        for (size_t k = 0; k < f->n_field && !known; k++)
            known = wijk__spell_names(&f->field[k].column, column);
        n += known;
    }
    return key ? n : 0;
}

static enum wijk_err see_fit(struct wijk_cx *cx, struct look *l, struct wijk__rows *rows, void *arg)
{
    const struct wijk__map_file *file;
    struct fitting *f = arg;
    f->fit->n_all = rows->n_column;
    f->fit->fits = wijk__mapping_choose(cx, f->mapping, rows, l->label, &file) == WIJK_OK;
    for (size_t i = 0; i < f->mapping->n_file; i++) {
        size_t n = known_columns(&f->mapping->file[i], rows);
        if (f->fit->fits ? file == &f->mapping->file[i] : n > f->fit->n_column) f->fit->n_column = n;
    }
    return WIJK_OK;
}

static bool may_have(const struct wijk_source *s, const char *format)
{
    const struct wijk_yaml *also = wijk_yaml_get(s->yaml, "also_format");
    for (size_t k = 0; also && k < also->n; k++)
        if (strcmp(also->child[k]->text, format) == 0) return true;
    return strcmp(s->format, format) == 0;
}

static bool before(const struct wijk_look_fit *a, const struct wijk_look_fit *b)
{
    return a->fits != b->fits ? a->fits : a->n_column > b->n_column;
}

static void put_fit(struct wijk_look_fit *v, size_t n, struct wijk_look_fit fit)
{
    while (n && before(&fit, &v[n - 1])) v[n] = v[n - 1], n--;
    v[n] = fit;
}

/* A table of codes: both sides have to be there. */
static enum wijk_err see_pairs(struct wijk_cx *cx, struct look *l, struct wijk__rows *rows, void *arg)
{
    struct pairing *p = arg;
    const struct wijk__spell *const side[] = {&p->pairs.from, &p->pairs.to, &p->pairs.share};
    size_t found = 0, wanted = p->pairs.share.n ? 3 : 2;
    for (size_t k = 0; k < wanted; k++) {
        bool there = false;
        for (size_t i = 0; i < rows->n_column && !there; i++)
            there = wijk__spell_names(side[k], rows->column[i]);
        if (there)
            found++;
        else
            wijk_fail(cx, WIJK_EDATA, "%s: de kolom %s ontbreekt.", l->label, side[k]->v[0]);
    }
    p->fit->n_all = rows->n_column;
    p->fit->n_column = found;
    p->fit->fits = found == wanted;
    return WIJK_OK;
}

static enum wijk_err try_one(struct wijk_cx *own, struct look *l, const struct wijk_source *s,
                             const char *format, struct wijk_look_fit *fit)
{
    if (wijk_source_pairs(s)) {
        struct pairing p = {.fit = fit};
        WIJK_TRY(wijk__mapping_pairs(own, s, &p.pairs));
        return with_rows(own, l, format, s->yaml, see_pairs, &p);
    }
    struct fitting f = {.fit = fit};
    WIJK_TRY(wijk__mapping_read(own, l->in->defs, s, format, &f.mapping));
    return with_rows(own, l, format, s->yaml, see_fit, &f);
}

static void try_source(struct look *l, const struct wijk_source *s, const char *format,
                       struct wijk_look_fit *v, size_t *n)
{
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(l->cx));
    struct wijk_look_fit fit = {.source = s, .format = format, .lack = ""};
    if (try_one(own, l, s, format, &fit) == WIJK_OK && (fit.fits || fit.n_column >= 2)) {
        if (!fit.fits) fit.lack = wijk_str_dup(l->cx, wijk_str(wijk_fault(own)));
        put_fit(v, (*n)++, fit);
    }
    wijk_cx_end(own);
}

static void find_fits(struct look *l)
{
    const char *guess[WIJK__GUESSES_MAX];
    size_t n_guess = wijk__format_guess(l->in->path, guess), n = 0, fits = 0;
    struct wijk_look_fit *v =
        WIJK_NEW(l->cx, struct wijk_look_fit, l->in->defs->n_source * WIJK__GUESSES_MAX);
    for (size_t i = 0; i < l->in->defs->n_source; i++)
        for (size_t k = 0; k < n_guess; k++)
            if (sensible(l, guess[k]) && may_have(&l->in->defs->source[i], guess[k]))
                try_source(l, &l->in->defs->source[i], guess[k], v, &n);
    while (fits < n && v[fits].fits) fits++;
    l->out->fit = v;
    l->out->n_fit = fits + (n - fits < NEAR_SHOWN ? n - fits : NEAR_SHOWN);
}

/* By one definition; `plain` when no source is to be followed. */
static enum wijk_err see_by(struct look *l, const char *format, const struct wijk_yaml *source)
{
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(l->cx));
    enum wijk_err err = with_rows(own, l, format, source, see_rows, NULL);
    if (err != WIJK_OK) wijk_fail(l->cx, err, "%s", wijk_fault(own));
    wijk_cx_end(own);
    l->out->format = format;
    return err;
}

/* By each format the ending allows, until one has columns; JSON with its table somewhere inside only by the
 * source that knows where. The last fault is told. */
static enum wijk_err see(struct look *l)
{
    const char *guess[WIJK__GUESSES_MAX];
    size_t n = wijk__format_guess(l->in->path, guess);
    const struct wijk_look_fit *best = l->out->n_fit && l->out->fit[0].fits ? &l->out->fit[0] : NULL;
    enum wijk_err err = WIJK_OK;
    if (n == 0)
        return wijk_fail(l->cx, WIJK_EDATA,
                         "%s: deze soort bestand kent Wijkregie niet. Geef een CSV-, Excel-, ODS-, JSON-, "
                         "GeoJSON-, GeoPackage-, GML- of zip-bestand.",
                         l->label);
    for (size_t i = 0; i < n; i++) {
        if (!sensible(l, guess[i])) continue;
        if (strcmp(guess[i], "json") == 0 && n > 1) break;
        err = see_by(l, guess[i], l->plain);
        if (err == WIJK_OK || err == WIJK_ECANCEL) return err;
    }
    if (best) return see_by(l, best->format, best->source->yaml);
    if (n == 1) return err;
    return wijk_fail(l->cx, WIJK_EDATA,
                     "%s: in dit JSON-bestand staat geen tabel die Wijkregie kent. Maak er een CSV- of "
                     "GeoJSON-bestand van.",
                     l->label);
}

/* ---- what a column may be ---- */

/* As some source calls it: its indicator, or the role it has there. */
static void ask_mapping(struct look *l, const struct wijk__mapping *m)
{
    for (size_t k = 0; k < m->n_file; k++) {
        const struct wijk__map_file *f = &m->file[k];
        for (size_t i = 0; i < l->out->n_column; i++) {
            struct wijk_look_column *c = &l->column[i];
            struct wijk_str name = wijk_str(c->name);
            for (size_t j = 0; j < f->n_field && !*c->indicator; j++)
                if (!f->field[j].where.column.n && !f->field[j].dated && f->field[j].scale == 1 &&
                    wijk__spell_names(&f->field[j].column, name))
                    c->indicator = f->field[j].indicator->id;
            if (c->role == WIJK_LOOK_SKIP && wijk__spell_names(&f->key, name) && !f->by_name)
                c->role = WIJK_LOOK_AREA;
            if (c->role == WIJK_LOOK_SKIP && wijk__spell_names(&f->name_column, name))
                c->role = WIJK_LOOK_NAME;
            if (c->role == WIJK_LOOK_SKIP && wijk__spell_names(&f->period.column, name))
                c->role = WIJK_LOOK_PERIOD;
        }
    }
}

static void ask_sources(struct look *l)
{
    for (size_t i = 0; i < l->in->defs->n_source; i++) {
        const struct wijk_source *s = &l->in->defs->source[i];
        const struct wijk__mapping *m;
        struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(l->cx));
        if (wijk__mapping_read(own, l->in->defs, s, s->format, &m) == WIJK_OK) ask_mapping(l, m);
        wijk_cx_end(own);
    }
}

static const char *indicator_called(struct look *l, const char *name)
{
    struct wijk_str folded = wijk_str_fold(l->cx, wijk_str(name));
    for (size_t i = 0; folded.n && i < l->in->defs->n_indicator; i++) {
        const struct wijk_indicator *d = &l->in->defs->indicator[i];
        const char *const called[] = {d->id, d->label_nl, d->label_en};
        for (size_t k = 0; k < sizeof called / sizeof *called; k++)
            if (wijk_str_eq(wijk_str_fold(l->cx, wijk_str(called[k])), folded)) return d->id;
    }
    return "";
}

static bool has_word(struct look *l, const char *name, const char *const *word)
{
    const char *folded = wijk_str_dup(l->cx, wijk_str_fold(l->cx, wijk_str(name)));
    for (; *word; word++)
        if (strstr(folded, *word)) return true;
    return false;
}

/* The cells have the last word: what a name promises and the cells deny is let go. */
static void decide(struct look *l, size_t i)
{
    static const char *const CODE[] = {"code", NULL}, *const NAME[] = {"naam", "name", NULL},
                             *const PLACE[] = {"buurt", "wijk",     "gemeente", "gebied",
                                               "regio", "postcode", "pc4",      NULL},
                             *const TIME[] = {"jaar", "periode", "year", NULL},
                             *const POSTCODE[] = {"postcode", "pc4", NULL};
    struct wijk_look_column *c = &l->column[i];
    const struct seen *s = &l->seen[i];
    enum wijk_level level = WIJK_LEVEL_COUNT;
    enum wijk_look_role told = c->role;
    for (enum wijk_level k = WIJK_LEVEL_BUURT; k <= WIJK_LEVEL_PC4; k++)
        if (s->code[k] * 10 >= s->filled * 7 && s->filled) level = k;
    if (level == WIJK_LEVEL_PC4 && !has_word(l, c->name, POSTCODE)) level = WIJK_LEVEL_COUNT;
    bool place = has_word(l, c->name, PLACE);
    bool codes = level != WIJK_LEVEL_COUNT ||
                 (s->filled && (told == WIJK_LOOK_AREA || place) && has_word(l, c->name, CODE));
    bool years = s->filled && s->year == s->filled;
    /* A slip here and there leaves a column of figures what it is. */
    c->kind = !s->filled                        ? WIJK_LOOK_EMPTY
              : s->number * 10 >= s->filled * 8 ? WIJK_LOOK_NUMBER
                                                : WIJK_LOOK_TEXT;
    c->role = WIJK_LOOK_SKIP;
    if (codes) {
        c->role = WIJK_LOOK_AREA;
        c->level = level;
    } else if (years && (told == WIJK_LOOK_PERIOD || has_word(l, c->name, TIME))) {
        c->role = WIJK_LOOK_PERIOD;
    } else if (c->kind == WIJK_LOOK_TEXT && (told == WIJK_LOOK_NAME || place || has_word(l, c->name, NAME))) {
        c->role = WIJK_LOOK_NAME;
    } else if (c->kind == WIJK_LOOK_NUMBER) {
        if (!*c->indicator) c->indicator = indicator_called(l, c->name);
        if (*c->indicator) c->role = WIJK_LOOK_INDICATOR;
    }
    if (c->role != WIJK_LOOK_INDICATOR) c->indicator = "";
}

/* One column tells the area: the one of the smallest areas. The others are left to the person. */
static void one_of_each(struct look *l)
{
    size_t area = SIZE_MAX, name = SIZE_MAX, period = SIZE_MAX;
    for (size_t i = 0; i < l->out->n_column; i++) {
        struct wijk_look_column *c = &l->column[i];
        size_t *first = c->role == WIJK_LOOK_AREA     ? &area
                        : c->role == WIJK_LOOK_NAME   ? &name
                        : c->role == WIJK_LOOK_PERIOD ? &period
                                                      : NULL;
        if (!first) continue;
        if (*first != SIZE_MAX && first == &area && c->level < l->column[area].level) {
            l->column[area].role = WIJK_LOOK_SKIP;
            *first = i;
        } else if (*first != SIZE_MAX) {
            c->role = WIJK_LOOK_SKIP;
        } else {
            *first = i;
        }
    }
}

enum wijk_err wijk_import_look(struct wijk_cx *cx, struct wijk_look_in in, const struct wijk_look **out)
{
    struct look l = {.cx = cx, .in = &in, .out = WIJK_NEW(cx, struct wijk_look, 1)};
    WIJK_TRY(find_zipped(&l));
    WIJK_TRY(find_encoding(&l));
    const char *head = wijk_sprintf(cx, "encoding: %s\nheader_row: auto\nseparator: \"%s\"\n", l.encoding,
                                    *l.separator ? l.separator : "auto");
    WIJK_TRY(wijk_yaml_read(cx, wijk_str(head), l.label, &l.plain));
    find_fits(&l);
    WIJK_TRY(see(&l));
    /* A source that is known says itself what is read of such a file. */
    if (!l.out->n_fit || !l.out->fit[0].fits) WIJK_TRY(l.personal);
    ask_sources(&l);
    for (size_t i = 0; i < l.out->n_column; i++) decide(&l, i);
    one_of_each(&l);
    l.out->encoding = l.encoding;
    l.out->separator = l.separator;
    l.out->column = l.column;
    wijk_fault_clear(cx);
    *out = l.out;
    return WIJK_OK;
}
