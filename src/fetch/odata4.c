/* SPDX-License-Identifier: EUPL-1.2 */
/* CBS OData v4 (datasets.cbs.nl): a row per area and measure. They are laid side by side again, one object
 * per area under the names that v3 has (from the titles of MeasureCodes), with a DataProperties.json of the
 * same measures and groups beside them, so that import reads one form. */
#include "fetch/fetch_int.h"

#include <math.h>
#include <string.h>

enum { MEASURES_MAX = 2000, AREAS_MAX = 20000, CELLS_MAX = 4 << 20, ID_MAX = 32 };

struct group {
    char id[ID_MAX], parent[ID_MAX];
    const char *title;
};
struct measure {
    char id[ID_MAX], group[ID_MAX];
    const char *title, *key; /* key: "AantalInwoners_5" */
};
/* What stands in one cell: a number, a text, or a word for "no value". */
struct cell {
    double number; /* NAN: see text */
    const char *text;
};
struct table {
    struct wijk_cx *cx;
    const char *region;
    size_t n_group, cap_group, n_measure, cap_measure, n_area, cap_area, last;
    struct group *group;
    struct measure *measure;
    const char **area;
    struct cell **row; /* per area n_measure cells */
};

/* ---- reading an object with texts and one number ---- */

struct field {
    const char *name;
    struct wijk_str text;
    double number;
    bool is_text;
};

/* Fills the fields an object has. Texts live in cx. */
static enum wijk_err read_fields(struct wijk_cx *cx, struct wijk_json *json, struct field *field, size_t n)
{
    struct wijk_json_token token;
    for (;;) {
        struct field *f = NULL;
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind != WIJK_JSON_KEY) return WIJK_OK;
        for (size_t i = 0; i < n && !f; i++)
            if (wijk_str_eq(token.text, wijk_str(field[i].name))) f = &field[i];
        WIJK_TRY(wijk_json_next(json, &token));
        if (f && token.kind == WIJK_JSON_STRING)
            f->text = (struct wijk_str){wijk_str_dup(cx, token.text), token.text.n}, f->is_text = true;
        if (f && token.kind == WIJK_JSON_NUMBER) f->number = token.number;
        WIJK_TRY(wijk_json_skip(json, token));
    }
}

static void keep_id(char into[ID_MAX], const struct field *f)
{
    if (f->is_text && f->text.n < ID_MAX)
        memcpy(into, f->text.p, f->text.n);
    else if (!f->is_text && !isnan(f->number))
        wijk_num_write(f->number, into);
}

static enum wijk_err read_group(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct table *t = self;
    struct field f[] = {
        {.name = "Id", .number = NAN}, {.name = "ParentId", .number = NAN}, {.name = "Title"}};
    (void)token;
    WIJK_TRY(read_fields(t->cx, json, f, 3));
    if (t->n_group == MEASURES_MAX) return WIJK_OK;
    t->group = wijk_grow(t->cx, t->group, t->n_group, &t->cap_group, sizeof *t->group);
    struct group *g = &t->group[t->n_group++];
    *g = (struct group){.title = f[2].is_text ? f[2].text.p : ""};
    keep_id(g->id, &f[0]);
    keep_id(g->parent, &f[1]);
    return WIJK_OK;
}

/* "0 tot 15 jaar" -> "k_0Tot15Jaar", as v3 makes its names. */
static const char *key_of(struct wijk_cx *cx, struct wijk_str title, size_t number)
{
    struct wijk_str words = wijk_str_fold(cx, title);
    struct wijk_buf b = wijk_buf(cx, 0);
    bool first = true;
    if (words.n && words.p[0] >= '0' && words.p[0] <= '9') wijk_buf_str(&b, "k_");
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];
        if (c == ' ') {
            first = true;
            continue;
        }
        wijk_buf_char(&b, first && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        first = false;
    }
    wijk_buf_printf(&b, "_%zu", number);
    return wijk_buf_cstr(&b);
}

static enum wijk_err read_measure(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct table *t = self;
    struct field f[] = {
        {.name = "Identifier", .number = NAN}, {.name = "MeasureGroupId", .number = NAN}, {.name = "Title"}};
    (void)token;
    WIJK_TRY(read_fields(t->cx, json, f, 3));
    if (t->n_measure == MEASURES_MAX) return WIJK_OK;
    t->measure = wijk_grow(t->cx, t->measure, t->n_measure, &t->cap_measure, sizeof *t->measure);
    struct measure *m = &t->measure[t->n_measure++];
    *m = (struct measure){.title = f[2].is_text ? f[2].text.p : ""};
    m->key = key_of(t->cx, wijk_str(m->title), t->n_measure);
    keep_id(m->id, &f[0]);
    keep_id(m->group, &f[1]);
    return WIJK_OK;
}

/* ---- observations ---- */

/* Rows of one area come together, mostly: looks at the last one first. */
static enum wijk_err area_of(struct table *t, struct wijk_str code, size_t *out)
{
    if (t->last < t->n_area && wijk_str_eq(code, wijk_str(t->area[t->last]))) return *out = t->last, WIJK_OK;
    for (size_t i = 0; i < t->n_area; i++)
        if (wijk_str_eq(code, wijk_str(t->area[i]))) return *out = t->last = i, WIJK_OK;
    if (t->n_area == AREAS_MAX || t->n_area * t->n_measure > CELLS_MAX)
        return wijk_fail(t->cx, WIJK_ELIMIT, "De tabel is te groot: meer dan %d gebieden.", AREAS_MAX);
    size_t cap = t->cap_area;
    t->area = wijk_grow(t->cx, t->area, t->n_area, &cap, sizeof *t->area);
    t->row = wijk_grow(t->cx, t->row, t->n_area, &t->cap_area, sizeof *t->row);
    t->area[t->n_area] = wijk_str_dup(t->cx, code);
    t->row[t->n_area] = WIJK_NEW(t->cx, struct cell, t->n_measure);
    for (size_t i = 0; i < t->n_measure; i++) t->row[t->n_area][i].number = NAN;
    *out = t->last = t->n_area++;
    return WIJK_OK;
}

/* The words for "no value" that a definition can tell apart; any other is a plain nothing. */
static const char *known_word(struct wijk_str word)
{
    static const char *const WORD[] = {"Impossible", "Confidential", "Unreliable", "Missing"};
    for (size_t i = 0; i < sizeof WORD / sizeof *WORD; i++)
        if (wijk_str_eq(word, wijk_str(WORD[i]))) return WORD[i];
    return NULL;
}

static enum wijk_err read_observation(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct table *t = self;
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(t->cx));
    struct field f[] = {{.name = "Measure"},
                        {.name = "Value", .number = NAN},
                        {.name = "StringValue"},
                        {.name = "ValueAttribute"},
                        {.name = t->region}};
    (void)token;
    enum wijk_err err = read_fields(own, json, f, 5);
    size_t area = 0, m = 0;
    while (m < t->n_measure && !wijk_str_eq(f[0].text, wijk_str(t->measure[m].id))) m++;
    struct wijk_str code = wijk_str_trim(f[4].text);
    bool useful = err == WIJK_OK && m < t->n_measure && code.n;
    if (useful) err = area_of(t, code, &area);
    if (useful && err == WIJK_OK) {
        struct cell *c = &t->row[area][m];
        c->number = f[1].number;
        if (isnan(c->number) && f[2].is_text) c->text = wijk_str_dup(t->cx, f[2].text);
        if (isnan(c->number) && !f[2].is_text) c->text = known_word(f[3].text);
    }
    wijk_cx_end(own);
    return err;
}

/* ---- writing ---- */

static enum wijk_err write_rows(struct wijk_cx *cx, const struct table *t, const char *path)
{
    struct wijk__joined j;
    WIJK_TRY(wijk__joined_open(cx, path, &j));
    wijk_json_begin_object(&j.w);
    wijk_json_key(&j.w, "value");
    wijk_json_begin_array(&j.w);
    for (size_t a = 0; a < t->n_area; a++) {
        wijk_json_begin_object(&j.w);
        wijk_json_kv_str(&j.w, t->region, t->area[a]);
        for (size_t m = 0; m < t->n_measure; m++) {
            const struct cell *c = &t->row[a][m];
            wijk_json_key(&j.w, t->measure[m].key);
            if (c->text)
                wijk_json_cstr(&j.w, c->text);
            else
                wijk_json_num(&j.w, c->number);
        }
        wijk_json_end_object(&j.w);
    }
    wijk_json_end_array(&j.w);
    wijk_json_end_object(&j.w);
    return wijk__joined_close(&j);
}

/* Groups are numbered from 1, measures behind them. */
static void put_property(struct wijk_json_out *w, const struct table *t, size_t id, const char *group,
                         const char *key, const char *title)
{
    size_t parent = 0;
    for (size_t i = 0; i < t->n_group && !parent; i++)
        if (*group && strcmp(t->group[i].id, group) == 0) parent = i + 1;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "ID", (int64_t)id);
    wijk_json_key(w, "ParentID");
    if (parent)
        wijk_json_int(w, (int64_t)parent);
    else
        wijk_json_null(w);
    wijk_json_kv_str(w, "Key", key);
    wijk_json_kv_str(w, "Title", title);
    wijk_json_end_object(w);
}

static enum wijk_err write_properties(struct wijk_cx *cx, const struct table *t, const char *beside)
{
    struct wijk__joined j;
    const char *slash = strrchr(beside, '/');
    const char *path = wijk_sprintf(cx, "%.*s/DataProperties.json", (int)(slash - beside), beside);
    WIJK_TRY(wijk__joined_open(cx, path, &j));
    wijk_json_begin_array(&j.w);
    for (size_t i = 0; i < t->n_group; i++)
        put_property(&j.w, t, i + 1, t->group[i].parent, "", t->group[i].title);
    for (size_t i = 0; i < t->n_measure; i++)
        put_property(&j.w, t, t->n_group + i + 1, t->measure[i].group, t->measure[i].key,
                     t->measure[i].title);
    wijk_json_end_array(&j.w);
    return wijk__joined_close(&j);
}

static enum wijk_err read_list(struct wijk_cx *cx, struct wijk_fetch *f, struct table *t, const char *base,
                               const char *list,
                               enum wijk_err (*row)(void *, struct wijk_json *, struct wijk_json_token))
{
    struct wijk__got got;
    struct wijk__page page = {
        .rows = "value", .url = wijk_sprintf(cx, "%s/%s", base, list), .row = row, .self = t};
    return wijk__pages_read(cx, f, page, &got);
}

enum wijk_err wijk__odata4_run(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                               const struct wijk_fetch_in *in, struct wijk_fetch_out *out)
{
    struct table t = {.cx = cx, .region = way->region};
    char gemeente[WIJK_CODE_MAX];
    struct wijk__got first;
    const char *path, *base = wijk__way_url(cx, way, out->year);
    WIJK_TRY(wijk__way_gemeente(cx, in, gemeente));
    WIJK_TRY(read_list(cx, f, &t, base, "MeasureGroups", read_group));
    WIJK_TRY(read_list(cx, f, &t, base, "MeasureCodes", read_measure));
    /* gemeente holds a letter pair and four digits: nothing in it ends a text. */
    const char *filter =
        wijk_sprintf(cx, "startswith(%s,'GM%s') or startswith(%s,'WK%s') or startswith(%s,'BU%s')",
                     way->region, gemeente + 2, way->region, gemeente + 2, way->region, gemeente + 2);
    const char *url = wijk__url_with(cx, wijk_sprintf(cx, "%s/Observations", base), "$filter", filter);
    struct wijk__page page = {.rows = "value", .url = url, .row = read_observation, .self = &t};
    WIJK_TRY(wijk__pages_read(cx, f, page, &first));
    if (!t.n_area)
        return wijk_fail(cx, WIJK_ENOTFOUND, "%s heeft hierover niets van %s.", wijk__url_host(cx, url),
                         gemeente);
    WIJK_TRY(wijk__joined_path(cx, f, way, in, out->year, ".json", &path));
    WIJK_TRY(write_properties(cx, &t, path));
    WIJK_TRY(write_rows(cx, &t, path));
    wijk__one_file(cx, out, out->year, path, url, first.retrieved);
    return WIJK_OK;
}
