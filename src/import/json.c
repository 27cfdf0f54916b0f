/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON that is no table: objects in lists in objects. The definition's `rows` names the places whose objects
 * are rows; what lies deeper in such an object becomes columns with a point between the names
 * (`demografie.inwoners`). Read in one pass; a row is given when its object closes, so an object inside
 * another comes before the outer one.
 *
 *   rows: [".", "wijken[]", "buurten[]"]     the whole document, and each object of two lists
 *   rows: ["Gemeente{}"]                     each member of an object; its name is the column @key */
#include "import/props.h"

#include <string.h>

enum { PLACES_MAX = 16, STEPS_MAX = 16, NAME_MAX_BYTES = 1024 };

/* One step down: into the member of that name, into any member, or into any element of a list. */
struct step {
    enum { MEMBER, ANY_MEMBER, ELEMENT } kind;
    const char *name; /* MEMBER */
};
struct place {
    size_t n_step;
    struct step step[STEPS_MAX];
    struct wijk_cx *cx; /* of the texts of the row at hand */
    struct wijk_mark empty;
    size_t cap;
    struct wijk__field *field;
};
struct frame {
    enum { OBJECT, LIST } kind;
    struct step step;    /* how this container was reached */
    struct place *place; /* whose row this object is, or NULL */
    size_t name_at;      /* length of the column name that holds here */
};
struct json_rows {
    struct wijk_cx *cx;
    struct wijk_json *json;
    const char *label;
    struct wijk__props props;
    struct wijk__rows *rows;
    size_t n_place, n_frame;
    struct place place[PLACES_MAX];
    struct frame frame[WIJK_LIMIT_DEPTH + 1];
    char name[NAME_MAX_BYTES]; /* of the column, from the row's object on */
    size_t n_name;
    char step_name[WIJK_LIMIT_DEPTH + 2][NAME_MAX_BYTES]; /* of the frame that is entered at that depth */
    struct place *given;                                  /* its row was handed out and may go */
    bool held, started;
    uint64_t n;
    struct wijk__row row;
};

/* ---- places ---- */

static enum wijk_err bad_place(struct json_rows *j, const struct wijk_yaml *at)
{
    return wijk_fail(j->cx, WIJK_EDEF, "%s: regel %zu van de brondefinitie: %s is geen plaats in JSON.",
                     j->label, at->line, at->text);
}

static enum wijk_err read_place(struct json_rows *j, const struct wijk_yaml *at)
{
    struct place *p = &j->place[j->n_place++];
    const char *s = at->kind == WIJK_YAML_SCALAR ? at->text : "";
    if (!*s) return bad_place(j, at);
    if (strcmp(s, ".") == 0) return WIJK_OK;
    while (*s) {
        size_t n = strcspn(s, ".[{");
        if (p->n_step + 2 >= STEPS_MAX) return bad_place(j, at);
        if (n) p->step[p->n_step++] = (struct step){MEMBER, wijk_str_dup(j->cx, (struct wijk_str){s, n})};
        s += n;
        if (strncmp(s, "[]", 2) == 0 || strncmp(s, "{}", 2) == 0) {
            p->step[p->n_step++] = (struct step){*s == '[' ? ELEMENT : ANY_MEMBER, NULL};
            s += 2;
        }
        if (*s == '.' && s[1])
            s++;
        else if (*s && strncmp(s, "[]", 2) != 0 && strncmp(s, "{}", 2) != 0)
            return bad_place(j, at);
    }
    return WIJK_OK;
}

static enum wijk_err read_places(struct json_rows *j, const struct wijk_yaml *source)
{
    const struct wijk_yaml *rows = wijk_yaml_get(source, "rows");
    if (!rows || rows->kind != WIJK_YAML_LIST || !rows->n || rows->n > PLACES_MAX)
        return wijk_fail(j->cx, WIJK_EDEF,
                         "%s: in de brondefinitie ontbreekt rows, de plaatsen van de rijen.", j->label);
    for (size_t i = 0; i < rows->n; i++) WIJK_TRY(read_place(j, rows->child[i]));
    for (size_t i = 0; i < j->n_place; i++) {
        struct place *p = &j->place[i];
        p->cx = wijk_cx_new(wijk_cx_lang(j->cx));
        wijk_alloc(p->cx, 1); /* a first chunk that rewinding leaves in place */
        p->empty = wijk_cx_mark(p->cx);
    }
    return WIJK_OK;
}

static bool same_step(const struct step *wanted, const struct step *is)
{
    if (wanted->kind == ANY_MEMBER) return is->kind == MEMBER;
    return wanted->kind == is->kind && (is->kind == ELEMENT || strcmp(wanted->name, is->name) == 0);
}

/* Do the place's first steps lead to where we are plus `next`? */
static bool on_the_way(const struct json_rows *j, const struct place *p, const struct step *next)
{
    if (p->n_step < j->n_frame) return false;
    for (size_t i = 1; i < j->n_frame; i++)
        if (!same_step(&p->step[i - 1], &j->frame[i].step)) return false;
    return !j->n_frame || same_step(&p->step[j->n_frame - 1], next);
}

static bool any_on_the_way(const struct json_rows *j, const struct step *next)
{
    for (size_t i = 0; i < j->n_place; i++)
        if (on_the_way(j, &j->place[i], next)) return true;
    return false;
}

static struct place *place_here(struct json_rows *j, const struct step *next)
{
    for (size_t i = 0; i < j->n_place; i++) {
        size_t steps = j->n_frame ? j->n_frame : 0;
        if (j->place[i].n_step == steps && on_the_way(j, &j->place[i], next)) return &j->place[i];
    }
    return NULL;
}

/* ---- fields ---- */

static struct place *row_here(const struct json_rows *j)
{
    for (size_t i = j->n_frame; i > 0; i--)
        if (j->frame[i - 1].place) return j->frame[i - 1].place;
    return NULL;
}

static enum wijk_err set_field(struct json_rows *j, struct place *p, struct wijk_str name,
                               struct wijk__field field)
{
    size_t at;
    WIJK_TRY(wijk__props_column(&j->props, j->label, name, &at));
    if (at >= p->cap) {
        size_t cap = p->cap ? p->cap : 64;
        while (cap <= at) cap *= 2;
        struct wijk__field *v = WIJK_NEW(j->cx, struct wijk__field, cap);
        if (p->cap) memcpy(v, p->field, p->cap * sizeof *v);
        p->field = v;
        p->cap = cap;
    }
    p->field[at] = field;
    return WIJK_OK;
}

/* The member's name behind that of its container; false when it grows too long. */
static bool name_member(struct json_rows *j, struct wijk_str member)
{
    size_t base = j->frame[j->n_frame - 1].name_at;
    if (base + member.n + 1 > NAME_MAX_BYTES) return false;
    j->n_name = base;
    if (base) j->name[j->n_name++] = '.';
    memcpy(j->name + j->n_name, member.p, member.n);
    j->n_name += member.n;
    return true;
}

static void forget_row(struct json_rows *j, struct place *p)
{
    wijk_cx_rewind(p->cx, p->empty);
    if (p->cap) memset(p->field, 0, p->cap * sizeof *p->field);
    if (j->given == p) j->given = NULL;
}

/* ---- the walk ---- */

static enum wijk_err wrong(struct json_rows *j, const char *what)
{
    return wijk_fail(j->cx, WIJK_EPARSE, "%s regel %zu: %s.", j->label, wijk_json_line(j->json),
                     wijk_tr(j->cx, what));
}

static enum wijk_err enter(struct json_rows *j, struct wijk_json_token token, struct step step)
{
    struct frame f = {.kind = token.kind == WIJK_JSON_OBJECT ? OBJECT : LIST, .step = step};
    struct place *row = row_here(j);
    if (f.kind == OBJECT) f.place = place_here(j, &step);
    /* Inside a row every object is gone into; lists, and what lies outside rows, only on the way to a row. */
    if (!f.place && !any_on_the_way(j, &step) && (f.kind == LIST || !row)) {
        struct wijk__field none = {.kind = WIJK__FIELD_NULL};
        if (row) WIJK_TRY(set_field(j, row, (struct wijk_str){j->name, j->n_name}, none));
        return wijk_json_skip(j->json, token);
    }
    if (j->n_frame > WIJK_LIMIT_DEPTH) return wrong(j, WIJK_T("te diep genest"));
    f.name_at = f.place || !row ? 0 : j->n_name;
    if (f.place) {
        forget_row(j, f.place);
        if (f.place->n_step && f.place->step[f.place->n_step - 1].kind == ANY_MEMBER) {
            struct wijk_str key = wijk_str(wijk_str_dup(f.place->cx, wijk_str(step.name)));
            struct wijk__field text = {.kind = WIJK__FIELD_TEXT, .text = wijk_str_trim(key)};
            WIJK_TRY(set_field(j, f.place, WIJK_STR("@key"), text));
        }
    }
    j->frame[j->n_frame++] = f;
    return WIJK_OK;
}

static enum wijk_err take_value(struct json_rows *j, struct wijk_json_token token, struct step step)
{
    if (token.kind == WIJK_JSON_OBJECT || token.kind == WIJK_JSON_ARRAY) return enter(j, token, step);
    struct place *row = row_here(j);
    struct wijk__field field;
    if (!row || step.kind == ELEMENT) return WIJK_OK;
    WIJK_TRY(wijk__props_value(row->cx, j->json, token, &field));
    return set_field(j, row, (struct wijk_str){j->name, j->n_name}, field);
}

static enum wijk_err take_member(struct json_rows *j, struct wijk_str key)
{
    struct wijk_json_token token;
    if (!name_member(j, key)) return wrong(j, WIJK_T("een naam is te lang"));
    char *name = j->step_name[j->n_frame];
    memcpy(name, key.p, key.n);
    name[key.n] = '\0';
    WIJK_TRY(wijk_json_next(j->json, &token));
    return take_value(j, token, (struct step){MEMBER, name});
}

/* Closes the container at hand. *got: it was a row. */
static void leave(struct json_rows *j, bool *got)
{
    struct place *p = j->frame[--j->n_frame].place;
    *got = p != NULL;
    if (!p) return;
    j->given = p;
    j->row = (struct wijk__row){
        .n = p->cap < j->rows->n_column ? p->cap : j->rows->n_column, .field = p->field, .number = ++j->n};
}

static enum wijk_err advance(struct json_rows *j, bool *got)
{
    struct wijk_json_token token;
    *got = false;
    if (j->given) forget_row(j, j->given);
    while (!*got) {
        WIJK_TRY(wijk_json_next(j->json, &token));
        if (token.kind == WIJK_JSON_END) return WIJK_OK;
        if (!j->n_frame) {
            if (j->started || (token.kind != WIJK_JSON_OBJECT && token.kind != WIJK_JSON_ARRAY))
                return wrong(j, WIJK_T("het bestand begint niet met een object of een lijst"));
            j->started = true;
            WIJK_TRY(enter(j, token, (struct step){MEMBER, ""}));
        } else if (token.kind == WIJK_JSON_KEY)
            WIJK_TRY(take_member(j, token.text));
        else if (token.kind == WIJK_JSON_OBJECT_END || token.kind == WIJK_JSON_ARRAY_END)
            leave(j, got);
        else
            WIJK_TRY(take_value(j, token, (struct step){ELEMENT, NULL}));
    }
    return WIJK_OK;
}

static enum wijk_err next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct json_rows *j = rows->self;
    *got = j->held;
    if (!j->held) WIJK_TRY(advance(j, got));
    j->held = false;
    *row = j->row;
    return WIJK_OK;
}

static void close_rows(struct wijk__rows *rows)
{
    struct json_rows *j = rows->self;
    for (size_t i = 0; i < j->n_place; i++)
        if (j->place[i].cx) wijk_cx_end(j->place[i].cx);
}

enum wijk_err wijk__json_open(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out)
{
    struct json_rows *j = WIJK_NEW(cx, struct json_rows, 1);
    *out = (struct wijk__rows){.next = next, .close = close_rows, .self = j, .unit = WIJK_T("object")};
    j->cx = cx;
    j->label = how->label;
    j->rows = out;
    wijk__props_open(cx, &j->props, out);
    enum wijk_err err = read_places(j, how->source);
    if (err == WIJK_OK) err = wijk_json_open(cx, how->bytes, &j->json);
    if (err == WIJK_OK) err = advance(j, &j->held);
    if (err == WIJK_OK && !j->held)
        err = wijk_fail(cx, WIJK_EDATA, "%s heeft geen enkel object.", how->label);
    if (err != WIJK_OK) close_rows(out);
    return err;
}
