/* SPDX-License-Identifier: EUPL-1.2 */
/* CBS OData as saved JSON, in the two forms met: {"value": [{...}, ...]} as the service answers, and one
 * object keyed by area code. Field names lose their running number, which changes within one table
 * (GemiddeldInkomenPerInwoner_83 was _78 before). Where DataProperties.json lies beside the file it settles
 * which names stay apart only by that number. */
#include "import/props.h"

#include <math.h>
#include <string.h>

enum { PROPERTIES_MAX = 16 << 20, NAMES_MAX = 4096, GROUPS_MAX = 16 };

/* A topic of the table, or a group of topics. */
struct topic {
    double id, parent; /* NAN: none */
    struct wijk_str key, bare, title;
    bool twice; /* another topic has the same name once the number is off */
};
struct odata {
    struct wijk_cx *cx, *row_cx;
    struct wijk_mark empty;
    struct wijk_json *json;
    const char *label;
    struct wijk__rows *rows;
    struct wijk__props props; /* columns under their own names; names_out has them without number */
    size_t n_named, cap_named;
    struct wijk_str *named;
    size_t n_topic, cap_topic;
    struct topic *topic; /* of DataProperties.json; n 0 = none there */
    size_t key_column;
    bool keyed, held, ended;
    uint64_t n;
    struct wijk__row row;
};

static enum wijk_err wrong(struct odata *o, const char *what)
{
    return wijk_fail(o->cx, WIJK_EPARSE, "%s regel %zu: geen OData zoals het CBS die geeft: %s.", o->label,
                     wijk_json_line(o->json), wijk_tr(o->cx, what));
}

/* ---- names ---- */

static struct wijk_str without_number(struct wijk_str name)
{
    size_t n = name.n;
    while (n && name.p[n - 1] >= '0' && name.p[n - 1] <= '9') n--;
    return n > 1 && n < name.n && name.p[n - 1] == '_' ? (struct wijk_str){name.p, n - 1} : name;
}

/* The groups a topic stands in, then its own name: "Energie/Gemiddeld aardgasverbruik/Naar woningtype/
 * Appartement". */
static struct wijk_str full_name(struct odata *o, const struct topic *t)
{
    struct wijk_str name = t->bare;
    double parent = t->parent;
    for (int depth = 0; depth < GROUPS_MAX && !isnan(parent); depth++) {
        const struct topic *group = NULL;
        for (size_t i = 0; i < o->n_topic && !group; i++)
            if (o->topic[i].id == parent) group = &o->topic[i];
        if (!group) break;
        name = wijk_str(wijk_sprintf(o->cx, "%.*s/%.*s", WIJK_STR_ARG(group->title), WIJK_STR_ARG(name)));
        parent = group->parent;
    }
    return name;
}

static struct wijk_str outward_name(struct odata *o, struct wijk_str raw)
{
    struct wijk_str bare = without_number(raw);
    for (size_t i = 0; i < o->n_topic; i++)
        if (wijk_str_eq(o->topic[i].key, raw)) return o->topic[i].twice ? full_name(o, &o->topic[i]) : bare;
    for (size_t i = 0; i < o->n_topic; i++)
        if (o->topic[i].twice && wijk_str_eq(o->topic[i].bare, bare)) return raw;
    return bare;
}

/* Gives the columns met so far their outward names. */
static void name_columns(struct odata *o)
{
    while (o->n_named < o->rows->n_column) {
        o->named = wijk_grow(o->cx, o->named, o->n_named, &o->cap_named, sizeof *o->named);
        struct wijk_str raw = o->props.column[o->n_named], name = outward_name(o, raw);
        bool taken = false;
        for (size_t i = 0; i < o->n_named && !taken; i++) taken = wijk_str_eq(o->named[i], name);
        o->named[o->n_named++] = taken ? raw : name;
    }
    o->rows->column = o->named;
    o->rows->written = o->props.column;
}

static void add_topic(struct odata *o, struct topic t)
{
    if (o->n_topic == NAMES_MAX) return;
    for (size_t i = 0; t.bare.n && i < o->n_topic; i++)
        if (wijk_str_eq(o->topic[i].bare, t.bare)) t.twice = o->topic[i].twice = true;
    o->topic = wijk_grow(o->cx, o->topic, o->n_topic, &o->cap_topic, sizeof *o->topic);
    o->topic[o->n_topic++] = t;
}

/* The topics and groups of a DataProperties.json: every object that has an ID and a Key. */
static enum wijk_err read_properties(struct odata *o, struct wijk_str bytes, const char *name)
{
    struct wijk_in_mem mem;
    struct wijk_json *json;
    struct wijk_json_token token;
    struct topic t = {.id = NAN, .parent = NAN};
    enum { OTHER, ID, PARENT, KEY, TITLE } member = OTHER;
    WIJK_TRY(wijk_json_open(o->cx, wijk_in_mem(&mem, bytes, name), &json));
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind == WIJK_JSON_END) return WIJK_OK;
        if (token.kind == WIJK_JSON_OBJECT) t = (struct topic){.id = NAN, .parent = NAN};
        if (token.kind == WIJK_JSON_OBJECT_END && !isnan(t.id)) add_topic(o, t);
        if (token.kind == WIJK_JSON_NUMBER && member == ID) t.id = token.number;
        if (token.kind == WIJK_JSON_NUMBER && member == PARENT) t.parent = token.number;
        if (token.kind == WIJK_JSON_STRING && (member == KEY || member == TITLE)) {
            struct wijk_str text = wijk_str_trim(token.text);
            struct wijk_str kept = {wijk_str_dup(o->cx, text), text.n};
            if (member == TITLE) t.title = kept;
            if (member == KEY) t.key = kept, t.bare = without_number(kept);
        }
        member = OTHER;
        if (token.kind != WIJK_JSON_KEY) continue;
        member = wijk_str_eq(token.text, WIJK_STR("ID"))         ? ID
                 : wijk_str_eq(token.text, WIJK_STR("ParentID")) ? PARENT
                 : wijk_str_eq(token.text, WIJK_STR("Key"))      ? KEY
                 : wijk_str_eq(token.text, WIJK_STR("Title"))    ? TITLE
                                                                 : OTHER;
    }
}

/* Beside the file, or nowhere: then the numbers are taken off as well as can be without it. */
static enum wijk_err find_properties(struct odata *o, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    int n = slash ? (int)(slash - path + 1) : 0;
    if (!path) return WIJK_OK;
    const char *beside = wijk_sprintf(o->cx, "%.*sDataProperties.json", n, path);
    struct wijk_str bytes;
    enum wijk_err err = wijk_file_read(o->cx, beside, PROPERTIES_MAX, &bytes);
    wijk_fault_clear(o->cx);
    return err == WIJK_OK ? read_properties(o, bytes, "DataProperties.json") : WIJK_OK;
}

/* ---- rows ---- */

static enum wijk_err read_row(struct odata *o, struct wijk_str code)
{
    if (o->keyed)
        o->props.field[o->key_column] =
            (struct wijk__field){.kind = WIJK__FIELD_TEXT, .text = wijk_str_trim(code)};
    WIJK_TRY(wijk__props_object(&o->props, o->row_cx, o->json, o->label));
    name_columns(o);
    o->row = (struct wijk__row){.n = o->rows->n_column, .field = o->props.field, .number = ++o->n};
    return WIJK_OK;
}

static void clear_row(struct odata *o)
{
    wijk_cx_rewind(o->row_cx, o->empty);
    wijk__props_clear(&o->props);
}

static enum wijk_err to_end(struct odata *o)
{
    struct wijk_json_token token;
    o->ended = true;
    do WIJK_TRY(wijk_json_next(o->json, &token));
    while (token.kind != WIJK_JSON_END);
    return WIJK_OK;
}

static enum wijk_err advance(struct odata *o, bool *got)
{
    struct wijk_json_token token;
    struct wijk_str code = {NULL, 0};
    *got = false;
    if (o->ended) return WIJK_OK;
    clear_row(o);
    WIJK_TRY(wijk_json_next(o->json, &token));
    if (token.kind == WIJK_JSON_ARRAY_END || token.kind == WIJK_JSON_OBJECT_END) return to_end(o);
    if (o->keyed && token.kind == WIJK_JSON_KEY) {
        code = (struct wijk_str){wijk_str_dup(o->row_cx, token.text), token.text.n};
        WIJK_TRY(wijk_json_next(o->json, &token));
    }
    if (token.kind != WIJK_JSON_OBJECT) return wrong(o, WIJK_T("hier hoort een object met velden"));
    *got = true;
    return read_row(o, code);
}

static enum wijk_err next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct odata *o = rows->self;
    *got = o->held;
    if (!o->held) WIJK_TRY(advance(o, got));
    o->held = false;
    *row = o->row;
    return WIJK_OK;
}

static void close_rows(struct wijk__rows *rows)
{
    struct odata *o = rows->self;
    wijk_cx_end(o->row_cx);
}

/* Up to and with the first row: only its first value tells which of the two forms this is. */
static enum wijk_err read_head(struct odata *o)
{
    struct wijk_json_token token;
    WIJK_TRY(wijk_json_next(o->json, &token));
    if (token.kind == WIJK_JSON_ARRAY) return advance(o, &o->held);
    if (token.kind != WIJK_JSON_OBJECT) return wrong(o, WIJK_T("het bestand begint niet met een object"));
    for (;;) {
        WIJK_TRY(wijk_json_next(o->json, &token));
        if (token.kind != WIJK_JSON_KEY) return to_end(o);
        bool value = wijk_str_eq(token.text, WIJK_STR("value"));
        struct wijk_str key = {wijk_str_dup(o->row_cx, token.text), token.text.n};
        WIJK_TRY(wijk_json_next(o->json, &token));
        if (value && token.kind == WIJK_JSON_ARRAY) return advance(o, &o->held);
        if (token.kind == WIJK_JSON_OBJECT) {
            o->keyed = true;
            WIJK_TRY(wijk__props_column(&o->props, o->label, WIJK_STR("WijkenEnBuurten"), &o->key_column));
            o->held = true;
            return read_row(o, key);
        }
        WIJK_TRY(wijk_json_skip(o->json, token));
    }
}

enum wijk_err wijk__odata_open(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out)
{
    struct odata *o = WIJK_NEW(cx, struct odata, 1);
    *out = (struct wijk__rows){.next = next, .close = close_rows, .self = o, .unit = WIJK_T("object")};
    o->cx = cx;
    o->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    wijk_alloc(o->row_cx, 1); /* a first chunk that rewinding leaves in place */
    o->empty = wijk_cx_mark(o->row_cx);
    o->label = how->label;
    o->rows = out;
    wijk__props_open(cx, &o->props, out);
    enum wijk_err err = find_properties(o, how->path);
    if (err == WIJK_OK) err = wijk_json_open(cx, how->bytes, &o->json);
    if (err == WIJK_OK) err = read_head(o);
    if (err == WIJK_OK && !o->held)
        err = wijk_fail(cx, WIJK_EDATA, "%s heeft geen enkel object.", how->label);
    if (err != WIJK_OK) wijk_cx_end(o->row_cx);
    return err;
}
