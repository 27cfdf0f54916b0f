/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the `files:` part of a source definition, every key checked, and picks the shape that fits a file. */
#include "import/mapping.h"

#include <math.h>
#include <string.h>

/* ---- reading ---- */

struct reader {
    struct wijk_cx *cx;
    const struct wijk_defs *defs;
    const struct wijk_source *source;
};

static enum wijk_err bad(struct reader *r, const struct wijk_yaml *at, const char *what, const char *text)
{
    return wijk_fail(r->cx, WIJK_EDEF, "Bron %s, regel %zu: %s (%s).", r->source->id, at->line,
                     wijk_tr(r->cx, what), text);
}

static bool in_list(const char *const *list, const char *key)
{
    for (; *list; list++)
        if (strcmp(*list, key) == 0) return true;
    return false;
}

static enum wijk_err only_keys(struct reader *r, const struct wijk_yaml *map, const char *const *allowed)
{
    if (map->kind != WIJK_YAML_MAP)
        return bad(r, map, WIJK_T("hier hoort een lijst van sleutels met waarden"), "");
    for (size_t i = 0; i < map->n; i++)
        if (!in_list(allowed, map->key[i]))
            return bad(r, map->child[i], WIJK_T("deze sleutel bestaat niet"), map->key[i]);
    return WIJK_OK;
}

static enum wijk_err get_text(struct reader *r, const struct wijk_yaml *map, const char *key,
                              const char **out)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    *out = NULL;
    if (!v) return WIJK_OK;
    if (v->kind != WIJK_YAML_SCALAR || !*v->text) return bad(r, v, WIJK_T("hier hoort een tekst"), key);
    *out = v->text;
    return WIJK_OK;
}

static enum wijk_err get_bool(struct reader *r, const struct wijk_yaml *map, const char *key, bool *out)
{
    const char *text;
    WIJK_TRY(get_text(r, map, key, &text));
    if (!text) return WIJK_OK;
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
        return bad(r, wijk_yaml_get(map, key), WIJK_T("hier hoort true of false"), key);
    *out = text[0] == 't';
    return WIJK_OK;
}

static enum wijk_err get_number(struct reader *r, const struct wijk_yaml *map, const char *key, double *out)
{
    const char *text;
    WIJK_TRY(get_text(r, map, key, &text));
    if (text && !wijk_num_parse(wijk_str(text), WIJK_NUM_POINT, out))
        return bad(r, wijk_yaml_get(map, key), WIJK_T("hier hoort een getal"), text);
    return WIJK_OK;
}

static enum wijk_err get_list(struct reader *r, const struct wijk_yaml *map, const char *key,
                              const struct wijk_yaml **out, size_t *n)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    *out = v;
    *n = v ? v->n : 0;
    if (v && v->kind != WIJK_YAML_LIST) return bad(r, v, WIJK_T("hier hoort een lijst"), key);
    return WIJK_OK;
}

static bool is_year(const char *text, int *out)
{
    int64_t v;
    if (!wijk_int_parse(wijk_str(text), WIJK__YEAR_MIN, WIJK__YEAR_MAX, &v)) return false;
    *out = (int)v;
    return true;
}

static enum wijk_err read_when_map(struct reader *r, const struct wijk_yaml *v, struct wijk__when *out)
{
    static const char *const KEYS[] = {"option", "otherwise", "column", NULL};
    const char *option, *otherwise;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "option", &option));
    WIJK_TRY(get_text(r, v, "otherwise", &otherwise));
    WIJK_TRY(get_text(r, v, "column", &out->column));
    if (out->column && !option && !otherwise) {
        out->kind = WIJK__WHEN_COLUMN;
        return WIJK_OK;
    }
    out->kind = WIJK__WHEN_OPTION;
    if (out->column || !option || strcmp(option, "year") != 0)
        return bad(r, v, WIJK_T("hier hoort column of option: year"), option ? option : "");
    if (otherwise && strcmp(otherwise, "latest") == 0)
        out->or_latest = true;
    else if (otherwise && !is_year(otherwise, &out->otherwise))
        return bad(r, v, WIJK_T("dit is geen jaar"), otherwise);
    return WIJK_OK;
}

static enum wijk_err read_when(struct reader *r, const struct wijk_yaml *file, const char *key, bool division,
                               struct wijk__when *out)
{
    const struct wijk_yaml *v = wijk_yaml_get(file, key);
    *out = (struct wijk__when){.kind = division ? WIJK__WHEN_PERIOD : WIJK__WHEN_OPTION};
    if (!v) return bad(r, file, WIJK_T("deze sleutel ontbreekt"), key);
    if (v->kind == WIJK_YAML_MAP) {
        WIJK_TRY(read_when_map(r, v, out));
        if (out->or_latest && !division)
            return bad(r, v, WIJK_T("latest geldt alleen voor division_year"), key);
        return WIJK_OK;
    }
    if (v->kind != WIJK_YAML_SCALAR) return bad(r, v, WIJK_T("hier hoort een jaar"), key);
    if (is_year(v->text, &out->year))
        out->kind = WIJK__WHEN_FIXED;
    else if (division && strcmp(v->text, "period") == 0)
        out->kind = WIJK__WHEN_PERIOD;
    else if (division && strcmp(v->text, "latest") == 0)
        out->kind = WIJK__WHEN_LATEST;
    else if (!division && strcmp(v->text, "pattern") == 0)
        out->kind = WIJK__WHEN_PATTERN;
    else
        return bad(r, v, WIJK_T("dit is geen jaar"), v->text);
    return WIJK_OK;
}

static enum wijk_err read_indicator(struct reader *r, const struct wijk_yaml *at, const char *id,
                                    const struct wijk_indicator **out)
{
    if (!id) return bad(r, at, WIJK_T("deze sleutel ontbreekt"), "indicator");
    *out = wijk_defs_indicator(r->defs, id);
    return *out ? WIJK_OK : bad(r, at, WIJK_T("deze indicator bestaat niet"), id);
}

static enum wijk_err read_field(struct reader *r, const struct wijk_yaml *v, struct wijk__map_field *out)
{
    static const char *const KEYS[] = {"column", "indicator", "scale", "optional", "cure", NULL};
    const char *id;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "column", &out->column));
    WIJK_TRY(get_text(r, v, "indicator", &id));
    WIJK_TRY(get_text(r, v, "cure", &out->cure));
    WIJK_TRY(get_bool(r, v, "optional", &out->optional));
    out->scale = 1;
    WIJK_TRY(get_number(r, v, "scale", &out->scale));
    if (!out->column) return bad(r, v, WIJK_T("deze sleutel ontbreekt"), "column");
    if (out->scale == 0) return bad(r, v, WIJK_T("scale mag niet 0 zijn"), out->column);
    return read_indicator(r, v, id, &out->indicator);
}

static enum wijk_err read_skip(struct reader *r, const struct wijk_yaml *v, struct wijk__map_skip *out)
{
    static const char *const KEYS[] = {"column", "values", NULL};
    const struct wijk_yaml *values;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "column", &out->column));
    WIJK_TRY(get_list(r, v, "values", &values, &out->n));
    if (!out->column || !out->n)
        return bad(r, v, WIJK_T("deze sleutel ontbreekt"), out->column ? "values" : "column");
    out->value = WIJK_NEW(r->cx, const char *, out->n);
    for (size_t i = 0; i < out->n; i++) {
        if (values->child[i]->kind != WIJK_YAML_SCALAR)
            return bad(r, values->child[i], WIJK_T("hier hoort een tekst"), "values");
        out->value[i] = values->child[i]->text;
    }
    return WIJK_OK;
}

static enum wijk_err read_check(struct reader *r, const struct wijk_yaml *v, struct wijk__map_check *out)
{
    static const char *const KEYS[] = {"total", "parts", "tolerance", NULL};
    const struct wijk_yaml *parts;
    const char *total;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "total", &total));
    WIJK_TRY(read_indicator(r, v, total, &out->total));
    WIJK_TRY(get_number(r, v, "tolerance", &out->tolerance));
    if (!(out->tolerance > 0)) return bad(r, v, WIJK_T("hier hoort een getal boven 0"), "tolerance");
    WIJK_TRY(get_list(r, v, "parts", &parts, &out->n));
    if (!out->n) return bad(r, v, WIJK_T("deze sleutel ontbreekt"), "parts");
    out->part = WIJK_NEW(r->cx, const struct wijk_indicator *, out->n);
    for (size_t i = 0; i < out->n; i++) {
        const struct wijk_yaml *p = parts->child[i];
        WIJK_TRY(read_indicator(r, p, p->kind == WIJK_YAML_SCALAR ? p->text : NULL, &out->part[i]));
    }
    return WIJK_OK;
}

static enum wijk_err read_lists(struct reader *r, const struct wijk_yaml *v, bool optional,
                                struct wijk__map_file *out)
{
    const struct wijk_yaml *field, *skip, *check;
    WIJK_TRY(get_list(r, v, "fields", &field, &out->n_field));
    WIJK_TRY(get_list(r, v, "skip", &skip, &out->n_skip));
    WIJK_TRY(get_list(r, v, "checks", &check, &out->n_check));
    out->field = WIJK_NEW(r->cx, struct wijk__map_field, out->n_field);
    out->skip = WIJK_NEW(r->cx, struct wijk__map_skip, out->n_skip);
    out->check = WIJK_NEW(r->cx, struct wijk__map_check, out->n_check);
    for (size_t i = 0; i < out->n_field; i++) {
        out->field[i].optional = optional;
        WIJK_TRY(read_field(r, field->child[i], &out->field[i]));
        bool dated = strstr(out->field[i].column, "{yy") != NULL;
        if (dated != (out->period.kind == WIJK__WHEN_PATTERN))
            return bad(r, field->child[i], WIJK_T("period: pattern en {yy} in de kolomnaam horen bij elkaar"),
                       out->field[i].column);
    }
    for (size_t i = 0; i < out->n_skip; i++) WIJK_TRY(read_skip(r, skip->child[i], &out->skip[i]));
    for (size_t i = 0; i < out->n_check; i++) WIJK_TRY(read_check(r, check->child[i], &out->check[i]));
    return WIJK_OK;
}

static enum wijk_err read_file(struct reader *r, const struct wijk_yaml *v, struct wijk__map_file *out)
{
    static const char *const KEYS[] = {
        "name",   "level",         "key",      "name_column",   "parent",          "residents",
        "period", "division_year", "geometry", "defines_areas", "optional_fields", "fields",
        "skip",   "checks",        NULL};
    const char *level;
    bool optional = false;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "name", &out->name));
    WIJK_TRY(get_text(r, v, "level", &level));
    WIJK_TRY(get_text(r, v, "key", &out->key));
    WIJK_TRY(get_text(r, v, "name_column", &out->name_column));
    WIJK_TRY(get_text(r, v, "parent", &out->parent));
    WIJK_TRY(get_text(r, v, "residents", &out->residents));
    WIJK_TRY(get_bool(r, v, "geometry", &out->geometry));
    WIJK_TRY(get_bool(r, v, "defines_areas", &out->defines_areas));
    WIJK_TRY(get_bool(r, v, "optional_fields", &optional));
    if (!out->name || !out->key || !level)
        return bad(r, v, WIJK_T("deze sleutel ontbreekt"), !out->name ? "name" : !out->key ? "key" : "level");
    out->level_by_code = strcmp(level, "by_code") == 0;
    if (!out->level_by_code && !wijk_level_parse(wijk_str(level), &out->level))
        return bad(r, v, WIJK_T("dit niveau bestaat niet"), level);
    WIJK_TRY(read_when(r, v, "period", false, &out->period));
    WIJK_TRY(read_when(r, v, "division_year", true, &out->division));
    return read_lists(r, v, optional, out);
}

static enum wijk_err read_markers(struct reader *r, struct wijk__mapping *m)
{
    const struct wijk_yaml *all = wijk_yaml_get(r->source->yaml, "missing");
    if (!all) return WIJK_OK;
    if (all->kind != WIJK_YAML_MAP) return bad(r, all, WIJK_T("hier hoort per soort een lijst"), "missing");
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) n += all->child[i]->n;
    m->marker = WIJK_NEW(r->cx, struct wijk__marker, n);
    for (size_t i = 0; i < all->n; i++) {
        enum wijk_status status;
        const struct wijk_yaml *list = all->child[i];
        if (!wijk_status_parse(wijk_str(all->key[i]), &status) || status == WIJK_STATUS_OK)
            return bad(r, list, WIJK_T("deze soort bestaat niet"), all->key[i]);
        if (list->kind != WIJK_YAML_LIST) return bad(r, list, WIJK_T("hier hoort een lijst"), all->key[i]);
        for (size_t k = 0; k < list->n; k++) {
            struct wijk__marker *one = &m->marker[m->n_marker++];
            if (list->child[k]->kind != WIJK_YAML_SCALAR)
                return bad(r, list->child[k], WIJK_T("hier hoort een tekst"), all->key[i]);
            *one = (struct wijk__marker){.text = list->child[k]->text, .status = status};
            one->is_number = wijk_num_parse(wijk_str(one->text), WIJK_NUM_POINT, &one->number);
        }
    }
    return WIJK_OK;
}

static enum wijk_err read_head(struct reader *r, struct wijk__mapping *m)
{
    const struct wijk_yaml *y = r->source->yaml;
    const char *style, *encoding;
    WIJK_TRY(get_text(r, y, "number", &style));
    WIJK_TRY(get_text(r, y, "encoding", &encoding));
    WIJK_TRY(get_bool(r, y, "ragged", &m->ragged));
    m->number = WIJK_NUM_POINT;
    if (style && strcmp(style, "comma") == 0)
        m->number = WIJK_NUM_COMMA;
    else if (style && strcmp(style, "either") == 0)
        m->number = WIJK_NUM_EITHER;
    else if (style && strcmp(style, "point") != 0)
        return bad(r, wijk_yaml_get(y, "number"), WIJK_T("hier hoort point, comma of either"), style);
    if (encoding && strcmp(encoding, "utf-8") != 0 && strcmp(encoding, "cp1252") != 0)
        return bad(r, wijk_yaml_get(y, "encoding"), WIJK_T("hier hoort utf-8 of cp1252"), encoding);
    return read_markers(r, m);
}

enum wijk_err wijk__mapping_read(struct wijk_cx *cx, const struct wijk_defs *defs,
                                 const struct wijk_source *source, const struct wijk__mapping **out)
{
    struct reader r = {cx, defs, source};
    struct wijk__mapping *m = WIJK_NEW(cx, struct wijk__mapping, 1);
    const struct wijk_yaml *files;
    m->source = source;
    WIJK_TRY(read_head(&r, m));
    WIJK_TRY(get_list(&r, source->yaml, "files", &files, &m->n_file));
    if (!m->n_file) return bad(&r, source->yaml, WIJK_T("deze sleutel ontbreekt"), "files");
    m->file = WIJK_NEW(cx, struct wijk__map_file, m->n_file);
    for (size_t i = 0; i < m->n_file; i++) WIJK_TRY(read_file(&r, files->child[i], &m->file[i]));
    *out = m;
    return WIJK_OK;
}

/* ---- choosing ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int digits(const char *p, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

bool wijk__pattern_fits(const char *pattern, struct wijk_str column, int *year)
{
    size_t at = 0;
    *year = 0;
    for (const char *p = pattern; *p;) {
        size_t n = strncmp(p, "{yyyy}", 6) == 0 ? 4 : strncmp(p, "{yy}", 4) == 0 ? 2 : 0;
        if (n) {
            int v = column.n - at < n ? -1 : digits(column.p + at, n);
            if (v < 0) return false;
            *year = n == 4 ? v : v >= 90 ? 1900 + v : 2000 + v;
            at += n;
            p += n + 2;
        } else {
            if (at == column.n || lower(column.p[at]) != lower(*p)) return false;
            at++;
            p++;
        }
    }
    return at == column.n;
}

static bool has(const struct wijk__rows *rows, const char *pattern)
{
    int year;
    for (size_t i = 0; i < rows->n_column; i++)
        if (wijk__pattern_fits(pattern, rows->column[i], &year)) return true;
    return false;
}

struct lack {
    size_t need, n;
    const char *first;
    struct wijk_buf names;
};

static void want(const struct wijk__rows *rows, const char *column, struct lack *l)
{
    if (!column) return;
    l->need++;
    if (has(rows, column)) return;
    if (l->n == 0) l->first = column;
    if (l->n < 8) {
        if (l->n) wijk_buf_str(&l->names, ", ");
        wijk_buf_str(&l->names, column);
    } else if (l->n == 8) {
        wijk_buf_str(&l->names, ", …");
    }
    l->n++;
}

static struct lack lacks(struct wijk_cx *cx, const struct wijk__map_file *f, const struct wijk__rows *rows)
{
    struct lack l = {.names = wijk_buf(cx, 0)};
    want(rows, f->key, &l);
    want(rows, f->name_column, &l);
    want(rows, f->parent, &l);
    want(rows, f->residents, &l);
    want(rows, f->period.column, &l);
    want(rows, f->division.column, &l);
    for (size_t i = 0; i < f->n_field; i++)
        if (!f->field[i].optional) want(rows, f->field[i].column, &l);
    return l;
}

static const char *nearest_column(struct wijk_cx *cx, const struct wijk__rows *rows, const char *wanted)
{
    size_t least = strlen(wanted) / 2 + 1;
    struct wijk_str folded = wijk_str_fold(cx, wijk_str(wanted));
    const char *best = NULL;
    for (size_t i = 0; i < rows->n_column; i++) {
        struct wijk_str name = wijk_str_fold(cx, rows->column[i]);
        size_t d = wijk_str_distance(folded, name);
        bool longer = name.n > folded.n && folded.n > 2 && memcmp(name.p, folded.p, folded.n) == 0;
        if (longer && d > 1) d = 1; /* «afwijking» for «afw» */
        if (d < least) {
            least = d;
            best = wijk_str_dup(cx, rows->column[i]);
        }
    }
    return best;
}

enum wijk_err wijk__mapping_choose(struct wijk_cx *cx, const struct wijk__mapping *m,
                                   const struct wijk__rows *rows, const char *label,
                                   const struct wijk__map_file **out)
{
    struct lack least = {0};
    const struct wijk__map_file *near = NULL;
    for (size_t i = 0; i < m->n_file; i++) {
        struct lack l = lacks(cx, &m->file[i], rows);
        if (l.n == 0) {
            *out = &m->file[i];
            return WIJK_OK;
        }
        /* Nearest is the shape of which the smallest share is missing: a long list may miss more and still be
         * meant. */
        if (!near || l.n * least.need < least.n * l.need) {
            least = l;
            near = &m->file[i];
        }
    }
    const char *names = wijk_buf_cstr(&least.names), *like = nearest_column(cx, rows, least.first);
    if (least.n > 1 && !like)
        return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolommen %s ontbreken.", label,
                         m->source->id, names);
    if (least.n > 1)
        return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolommen %s ontbreken. Bedoelt u %s?",
                         label, m->source->id, names, like);
    if (!like)
        return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolom %s ontbreekt.", label,
                         m->source->id, names);
    return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolom %s ontbreekt. Bedoelt u %s?", label,
                     m->source->id, names, like);
}
