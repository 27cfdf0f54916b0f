/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the `files:` part of a source definition, every key checked. */
#include "import/mapping.h"

#include <math.h>
#include <string.h>

/* ---- reading ---- */

struct reader {
    struct wijk_cx *cx;
    const struct wijk_defs *defs;
    const struct wijk_source *source;
    const char *format;
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

/* A name, or a list of the names it goes by. */
static enum wijk_err get_spell(struct reader *r, const struct wijk_yaml *map, const char *key,
                               struct wijk__spell *out)
{
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    *out = (struct wijk__spell){0};
    if (!v) return WIJK_OK;
    bool list = v->kind == WIJK_YAML_LIST;
    size_t n = list ? v->n : 1;
    if (v->kind == WIJK_YAML_MAP || !n) return bad(r, v, WIJK_T("hier hoort een tekst of een lijst"), key);
    out->v = WIJK_NEW(r->cx, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const struct wijk_yaml *one = list ? v->child[i] : v;
        if (one->kind != WIJK_YAML_SCALAR || !*one->text)
            return bad(r, one, WIJK_T("hier hoort een tekst"), key);
        out->v[out->n++] = one->text;
    }
    return WIJK_OK;
}

static bool is_year(const char *text, int *out)
{
    int64_t v;
    if (!wijk_int_parse(wijk_str(text), WIJK__YEAR_MIN, WIJK__YEAR_MAX, &v)) return false;
    *out = (int)v;
    return true;
}

static enum wijk_err read_when_option(struct reader *r, const struct wijk_yaml *v, const char *option,
                                      struct wijk__when *out)
{
    const char *otherwise;
    WIJK_TRY(get_text(r, v, "otherwise", &otherwise));
    out->kind = WIJK__WHEN_OPTION;
    if (out->column.n || out->like.n || !option || strcmp(option, "year") != 0)
        return bad(r, v, WIJK_T("hier hoort column, file_name of option: year"), option ? option : "");
    if (otherwise && strcmp(otherwise, "latest") == 0)
        out->or_latest = true;
    else if (otherwise && !is_year(otherwise, &out->otherwise))
        return bad(r, v, WIJK_T("dit is geen jaar"), otherwise);
    return WIJK_OK;
}

static enum wijk_err read_when_map(struct reader *r, const struct wijk_yaml *v, struct wijk__when *out)
{
    static const char *const KEYS[] = {"option", "otherwise", "column", "like", "file_name", NULL};
    const char *option;
    struct wijk__spell file_name;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "option", &option));
    WIJK_TRY(get_spell(r, v, "column", &out->column));
    WIJK_TRY(get_spell(r, v, "like", &out->like));
    WIJK_TRY(get_spell(r, v, "file_name", &file_name));
    bool column = out->column.n && !option && !file_name.n && !wijk_yaml_get(v, "otherwise");
    bool file = file_name.n && !option && !out->column.n && !out->like.n && !wijk_yaml_get(v, "otherwise");
    if (!column && !file) return read_when_option(r, v, option, out);
    out->kind = column ? WIJK__WHEN_COLUMN : WIJK__WHEN_FILE_NAME;
    if (file) out->like = file_name;
    for (size_t i = 0; i < out->like.n; i++)
        if (!strstr(out->like.v[i], "{yyyy}"))
            return bad(r, v, WIJK_T("hier hoort {yyyy} in te staan"), out->like.v[i]);
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

/* {column: soort, value: x} or {column: soort, starts: x}; x may be a list. */
static enum wijk_err read_where(struct reader *r, const struct wijk_yaml *v, struct wijk__map_where *out)
{
    static const char *const KEYS[] = {"column", "values", "starts", NULL};
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_spell(r, v, "column", &out->column));
    WIJK_TRY(get_spell(r, v, "values", &out->value));
    WIJK_TRY(get_spell(r, v, "starts", &out->starts));
    if (out->column.n && (out->value.n || out->starts.n)) return WIJK_OK;
    return bad(r, v, WIJK_T("deze sleutel ontbreekt"), out->column.n ? "values" : "column");
}

/* `scale: 100`, or `scale: {xlsx: 100}`: a share that a spreadsheet shows as 12% is 0.12 in its file. */
static enum wijk_err read_scale(struct reader *r, const struct wijk_yaml *field, double *out)
{
    const struct wijk_yaml *v = wijk_yaml_get(field, "scale");
    *out = 1;
    if (!v || v->kind != WIJK_YAML_MAP) return get_number(r, field, "scale", out);
    for (size_t i = 0; i < v->n; i++) {
        double one = 1;
        WIJK_TRY(get_number(r, v, v->key[i], &one));
        if (one == 0) *out = 0;
        if (strcmp(v->key[i], r->format) == 0) *out = one;
    }
    return WIJK_OK;
}

static enum wijk_err read_field(struct reader *r, const struct wijk_yaml *v, struct wijk__map_field *out)
{
    static const char *const KEYS[] = {"column", "indicator", "scale", "optional", "cure", "where", NULL};
    const struct wijk_yaml *where = wijk_yaml_get(v, "where");
    const char *id;
    size_t dated = 0;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_spell(r, v, "column", &out->column));
    WIJK_TRY(get_text(r, v, "indicator", &id));
    WIJK_TRY(get_text(r, v, "cure", &out->cure));
    WIJK_TRY(get_bool(r, v, "optional", &out->optional));
    WIJK_TRY(read_scale(r, v, &out->scale));
    if (!out->column.n) return bad(r, v, WIJK_T("deze sleutel ontbreekt"), "column");
    if (out->scale == 0) return bad(r, v, WIJK_T("scale mag niet 0 zijn"), out->column.v[0]);
    for (size_t i = 0; i < out->column.n; i++) dated += strstr(out->column.v[i], "{yy") != NULL;
    if (dated && dated < out->column.n)
        return bad(r, v, WIJK_T("{yy} hoort in elke schrijfwijze of in geen"), out->column.v[0]);
    out->dated = dated > 0;
    if (where) WIJK_TRY(read_where(r, where, &out->where));
    return read_indicator(r, v, id, &out->indicator);
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

/* A text for people: {nl: ..., en: ...}, or one text for both. */
static enum wijk_err get_sentence(struct reader *r, const struct wijk_yaml *map, const char *key,
                                  const char **out)
{
    static const char *const KEYS[] = {"nl", "en", NULL};
    const struct wijk_yaml *v = wijk_yaml_get(map, key);
    if (!v || v->kind != WIJK_YAML_MAP) return get_text(r, map, key, out);
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, wijk_cx_lang(r->cx) == WIJK_EN ? "en" : "nl", out));
    return *out ? WIJK_OK : bad(r, v, WIJK_T("hier horen nl en en"), key);
}

static enum wijk_err read_share(struct reader *r, const struct wijk_yaml *v, struct wijk__map_share *out)
{
    static const char *const KEYS[] = {"indicator", "parts", "least", "otherwise", "reason", NULL};
    const char *indicator, *parts, *otherwise;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "indicator", &indicator));
    WIJK_TRY(read_indicator(r, v, indicator, &out->indicator));
    WIJK_TRY(get_text(r, v, "parts", &parts));
    WIJK_TRY(get_text(r, v, "otherwise", &otherwise));
    WIJK_TRY(get_sentence(r, v, "reason", &out->reason));
    WIJK_TRY(get_number(r, v, "least", &out->least));
    if (!parts || !wijk_level_parse(wijk_str(parts), &out->parts) ||
        (out->parts != WIJK_LEVEL_BUURT && out->parts != WIJK_LEVEL_WIJK))
        return bad(r, v, WIJK_T("hier hoort buurt of wijk"), "parts");
    if (!(out->least > 0 && out->least <= 1))
        return bad(r, v, WIJK_T("hier hoort een deel van 0 tot 1"), "least");
    bool known = otherwise && wijk_status_parse(wijk_str(otherwise), &out->otherwise);
    if (!known || wijk_status_valued(out->otherwise))
        return bad(r, v, WIJK_T("hier hoort missing, suppressed of not_applicable"), "otherwise");
    return out->reason ? WIJK_OK : bad(r, v, WIJK_T("deze sleutel ontbreekt"), "reason");
}

static enum wijk_err read_fields(struct reader *r, const struct wijk_yaml *field, bool optional,
                                 struct wijk__map_file *out)
{
    out->field = WIJK_NEW(r->cx, struct wijk__map_field, out->n_field);
    for (size_t i = 0; i < out->n_field; i++) {
        struct wijk__map_field *one = &out->field[i];
        one->optional = optional;
        WIJK_TRY(read_field(r, field->child[i], one));
        out->long_form |= one->where.column.n > 0;
        if (!one->dated && out->period.kind == WIJK__WHEN_PATTERN)
            return bad(r, field->child[i], WIJK_T("bij period: pattern hoort {yy} in de kolomnaam"),
                       one->column.v[0]);
    }
    return WIJK_OK;
}

static enum wijk_err read_lists(struct reader *r, const struct wijk_yaml *v, bool optional,
                                struct wijk__map_file *out)
{
    const struct wijk_yaml *field, *skip, *check, *share;
    WIJK_TRY(get_list(r, v, "fields", &field, &out->n_field));
    WIJK_TRY(get_list(r, v, "skip", &skip, &out->n_skip));
    WIJK_TRY(get_list(r, v, "checks", &check, &out->n_check));
    WIJK_TRY(get_list(r, v, "adds_up", &share, &out->n_share));
    out->skip = WIJK_NEW(r->cx, struct wijk__map_skip, out->n_skip);
    out->check = WIJK_NEW(r->cx, struct wijk__map_check, out->n_check);
    out->share = WIJK_NEW(r->cx, struct wijk__map_share, out->n_share);
    WIJK_TRY(read_fields(r, field, optional, out));
    for (size_t i = 0; i < out->n_skip; i++) WIJK_TRY(read_where(r, skip->child[i], &out->skip[i].where));
    for (size_t i = 0; i < out->n_check; i++) WIJK_TRY(read_check(r, check->child[i], &out->check[i]));
    for (size_t i = 0; i < out->n_share; i++) WIJK_TRY(read_share(r, share->child[i], &out->share[i]));
    return WIJK_OK;
}

/* `key: code`, `key: [code, "@key"]` for spellings, `key: {join: [gemeente, buurt]}` for parts that make the
 * code together, or `key: {column: postcode, first: 4}` for the beginning of a longer one. */
static enum wijk_err read_key(struct reader *r, const struct wijk_yaml *file, struct wijk__map_file *out)
{
    static const char *const KEYS[] = {"join", "column", "first", NULL};
    const struct wijk_yaml *v = wijk_yaml_get(file, "key");
    double first = 0;
    if (!v || v->kind != WIJK_YAML_MAP) return get_spell(r, file, "key", &out->key);
    WIJK_TRY(only_keys(r, v, KEYS));
    out->key_joined = wijk_yaml_get(v, "join") != NULL;
    if (out->key_joined) return get_spell(r, v, "join", &out->key);
    WIJK_TRY(get_number(r, v, "first", &first));
    if (!(first >= 1 && first < WIJK_CODE_MAX) || first != (double)(size_t)first)
        return bad(r, v, WIJK_T("hier hoort een aantal tekens"), "first");
    out->key_first = (size_t)first;
    return get_spell(r, v, "column", &out->key);
}

/* `geometry: true`, or `geometry: {column: wkt}`. */
static enum wijk_err read_geometry(struct reader *r, const struct wijk_yaml *file, struct wijk__map_file *out)
{
    static const char *const KEYS[] = {"column", NULL};
    const struct wijk_yaml *v = wijk_yaml_get(file, "geometry");
    if (!v || v->kind != WIJK_YAML_MAP) return get_bool(r, file, "geometry", &out->geometry);
    out->geometry = true;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_spell(r, v, "column", &out->geometry_column));
    return out->geometry_column.n ? WIJK_OK : bad(r, v, WIJK_T("deze sleutel ontbreekt"), "column");
}

/* `key_is: name`: the division has to be known before the first row is read. */
static enum wijk_err read_by_name(struct reader *r, const struct wijk_yaml *file, struct wijk__map_file *out)
{
    const char *kind;
    char code[WIJK_CODE_MAX];
    WIJK_TRY(get_text(r, file, "key_is", &kind));
    WIJK_TRY(get_text(r, file, "gemeente", &out->gemeente));
    if (kind && strcmp(kind, "name") != 0 && strcmp(kind, "code") != 0)
        return bad(r, wijk_yaml_get(file, "key_is"), WIJK_T("hier hoort name of code"), kind);
    out->by_name = kind && kind[0] == 'n';
    if (out->gemeente && !wijk_code_normalise(wijk_str(out->gemeente), WIJK_LEVEL_GEMEENTE, code))
        return bad(r, wijk_yaml_get(file, "gemeente"), WIJK_T("dit is geen code van een gemeente"),
                   out->gemeente);
    if (!out->by_name) return WIJK_OK;
    const struct wijk__when *when = out->division.kind == WIJK__WHEN_PERIOD ? &out->period : &out->division;
    bool before = when->kind == WIJK__WHEN_FIXED || when->kind == WIJK__WHEN_FILE_NAME ||
                  (when->kind == WIJK__WHEN_OPTION && !when->or_latest);
    if (!before)
        return bad(r, file,
                   WIJK_T("bij key_is: name hoort division_year een jaar, option of file_name te zijn"),
                   "division_year");
    if (!out->level_by_code && out->level > WIJK_LEVEL_GEMEENTE)
        return bad(r, file, WIJK_T("key_is: name kan alleen bij buurt, wijk, gemeente en by_code"), "level");
    return WIJK_OK;
}

static enum wijk_err read_file(struct reader *r, const struct wijk_yaml *v, struct wijk__map_file *out)
{
    static const char *const KEYS[] = {
        "name",          "level",    "key",           "name_column",     "parent", "residents", "period",
        "division_year", "geometry", "defines_areas", "optional_fields", "fields", "skip",      "checks",
        "adds_up",       "key_is",   "gemeente",      "counts",          NULL};
    const char *level;
    bool optional = false;
    WIJK_TRY(only_keys(r, v, KEYS));
    WIJK_TRY(get_text(r, v, "name", &out->name));
    WIJK_TRY(get_text(r, v, "level", &level));
    WIJK_TRY(read_key(r, v, out));
    WIJK_TRY(get_spell(r, v, "name_column", &out->name_column));
    WIJK_TRY(get_spell(r, v, "parent", &out->parent));
    WIJK_TRY(get_spell(r, v, "residents", &out->residents));
    WIJK_TRY(read_geometry(r, v, out));
    WIJK_TRY(get_bool(r, v, "defines_areas", &out->defines_areas));
    WIJK_TRY(get_bool(r, v, "optional_fields", &optional));
    WIJK_TRY(get_bool(r, v, "counts", &out->counts));
    if (!out->name || !out->key.n || !level)
        return bad(r, v, WIJK_T("deze sleutel ontbreekt"),
                   !out->name    ? "name"
                   : !out->key.n ? "key"
                                 : "level");
    out->level_by_code = strcmp(level, "by_code") == 0;
    if (!out->level_by_code && !wijk_level_parse(wijk_str(level), &out->level))
        return bad(r, v, WIJK_T("dit niveau bestaat niet"), level);
    WIJK_TRY(read_when(r, v, "period", false, &out->period));
    WIJK_TRY(read_when(r, v, "division_year", true, &out->division));
    WIJK_TRY(read_by_name(r, v, out));
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
        if (!wijk_status_parse(wijk_str(all->key[i]), &status) || status == WIJK_STATUS_OK ||
            status == WIJK_STATUS_ESTIMATED)
            return bad(r, list, WIJK_T("deze soort bestaat niet"), all->key[i]);
        if (list->kind != WIJK_YAML_LIST) return bad(r, list, WIJK_T("hier hoort een lijst"), all->key[i]);
        for (size_t k = 0; k < list->n; k++) {
            if (list->child[k]->kind != WIJK_YAML_SCALAR)
                return bad(r, list->child[k], WIJK_T("hier hoort een tekst"), all->key[i]);
            if (!*list->child[k]->text) {
                m->empty = status;
                continue;
            }
            struct wijk__marker *one = &m->marker[m->n_marker++];
            *one = (struct wijk__marker){.text = list->child[k]->text, .status = status};
            one->is_number = wijk_num_parse(wijk_str(one->text), WIJK_NUM_POINT, &one->number);
        }
    }
    return WIJK_OK;
}

/* Keys that a format or table.c reads itself; only their form is looked at here. */
static enum wijk_err read_head_lists(struct reader *r, const struct wijk_yaml *y)
{
    static const char *const LISTS[] = {"rows", "footer", "also_format", NULL};
    for (size_t i = 0; LISTS[i]; i++) {
        const struct wijk_yaml *v = wijk_yaml_get(y, LISTS[i]);
        if (v && (v->kind != WIJK_YAML_LIST || !v->n))
            return bad(r, v, WIJK_T("hier hoort een lijst"), LISTS[i]);
        for (size_t k = 0; v && k < v->n; k++)
            if (v->child[k]->kind != WIJK_YAML_SCALAR || !*v->child[k]->text)
                return bad(r, v->child[k], WIJK_T("hier hoort een tekst"), LISTS[i]);
    }
    return WIJK_OK;
}

/* A key that nobody reads is a slip of the pen. The first eleven are the head that domain reads. */
static enum wijk_err only_head_keys(struct reader *r, const struct wijk_yaml *y)
{
    static const char *const KEYS[] = {
        "id",        "title",          "publisher",   "licence",    "homepage",     "table",      "format",
        "release",   "method_version", "attribution", "disclosure", "release_from", "precedence", "separator",
        "encoding",  "number",         "ragged",      "crs",        "layer",        "missing",    "files",
        "crosswalk", "rows",           "footer",      "header_row", "also_format",  "fetch",      NULL};
    return only_keys(r, y, KEYS);
}

static enum wijk_err read_head(struct reader *r, struct wijk__mapping *m)
{
    const struct wijk_yaml *y = r->source->yaml;
    const char *style, *encoding;
    WIJK_TRY(only_head_keys(r, y));
    WIJK_TRY(read_head_lists(r, y));
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
                                 const struct wijk_source *source, const char *format,
                                 const struct wijk__mapping **out)
{
    struct reader r = {cx, defs, source, format};
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

/* ---- tables of codes ---- */

/* A year, or a list of the first and the last one. */
static enum wijk_err read_years(struct reader *r, const struct wijk_yaml *side, int *first, int *last)
{
    const struct wijk_yaml *v = wijk_yaml_get(side, "years");
    if (!v) return bad(r, side, WIJK_T("deze sleutel ontbreekt"), "years");
    bool list = v->kind == WIJK_YAML_LIST && v->n == 2;
    const struct wijk_yaml *from = list ? v->child[0] : v, *to = list ? v->child[1] : v;
    if (from->kind != WIJK_YAML_SCALAR || to->kind != WIJK_YAML_SCALAR || !is_year(from->text, first) ||
        !is_year(to->text, last) || *first > *last)
        return bad(r, v, WIJK_T("hier hoort een jaar, of het eerste en het laatste"), "years");
    return WIJK_OK;
}

static enum wijk_err read_side(struct reader *r, const struct wijk_yaml *map, const char *key,
                               struct wijk__spell *column, int *first, int *last)
{
    static const char *const KEYS[] = {"column", "years", NULL};
    const struct wijk_yaml *side = wijk_yaml_get(map, key);
    if (!side) return bad(r, map, WIJK_T("deze sleutel ontbreekt"), key);
    WIJK_TRY(only_keys(r, side, KEYS));
    WIJK_TRY(get_spell(r, side, "column", column));
    if (!column->n) return bad(r, side, WIJK_T("deze sleutel ontbreekt"), "column");
    return read_years(r, side, first, last);
}

enum wijk_err wijk__mapping_pairs(struct wijk_cx *cx, const struct wijk_source *source,
                                  struct wijk__map_pairs *out)
{
    static const char *const KEYS[] = {"level", "from", "to", "share", "gemeente", "rest", NULL};
    struct reader r = {cx, NULL, source, source->format};
    struct wijk__mapping head = {0};
    const struct wijk_yaml *map = wijk_yaml_get(source->yaml, "crosswalk");
    const char *level, *gemeente;
    *out = (struct wijk__map_pairs){.gemeente = ""};
    WIJK_TRY(read_head(&r, &head));
    if (!map || wijk_yaml_get(source->yaml, "files"))
        return bad(&r, source->yaml, WIJK_T("hier hoort files of crosswalk, en niet allebei"), source->id);
    WIJK_TRY(only_keys(&r, map, KEYS));
    WIJK_TRY(get_text(&r, map, "level", &level));
    if (!level || !wijk_level_parse(wijk_str(level), &out->level) || out->level > WIJK_LEVEL_GEMEENTE)
        return bad(&r, map, WIJK_T("hier hoort buurt, wijk of gemeente"), "level");
    WIJK_TRY(read_side(&r, map, "from", &out->from, &out->from_first, &out->from_last));
    WIJK_TRY(read_side(&r, map, "to", &out->to, &out->to_first, &out->to_last));
    if (out->from_first >= out->to_last)
        return bad(&r, map, WIJK_T("omrekenen gaat van een oudere indeling naar een nieuwere"), "years");
    WIJK_TRY(get_spell(&r, map, "share", &out->share));
    WIJK_TRY(get_bool(&r, map, "rest", &out->rest));
    WIJK_TRY(get_text(&r, map, "gemeente", &gemeente));
    char *code = WIJK_NEW(cx, char, WIJK_CODE_MAX);
    if (gemeente && !wijk_code_normalise(wijk_str(gemeente), WIJK_LEVEL_GEMEENTE, code))
        return bad(&r, map, WIJK_T("dit is geen gemeentecode"), gemeente);
    if (gemeente) out->gemeente = code;
    return WIJK_OK;
}
