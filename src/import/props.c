/* SPDX-License-Identifier: EUPL-1.2 */
/* The columns of a JSON table: a growing list with a hash index, and one row of fields. */
#include "import/props.h"

#include <string.h>

void wijk__props_open(struct wijk_cx *cx, struct wijk__props *p, struct wijk__rows *rows)
{
    enum { SLOTS = 2 * WIJK_LIMIT_COLUMNS };
    *p = (struct wijk__props){.cx = cx, .rows = rows, .cap = 64, .n_slot = SLOTS};
    p->slot = WIJK_NEW(cx, size_t, SLOTS);
    p->column = WIJK_NEW(cx, struct wijk_str, p->cap);
    p->field = WIJK_NEW(cx, struct wijk__field, p->cap);
}

static void grow(struct wijk__props *p)
{
    size_t cap = p->cap * 2;
    struct wijk_str *column = WIJK_NEW(p->cx, struct wijk_str, cap);
    struct wijk__field *field = WIJK_NEW(p->cx, struct wijk__field, cap);
    memcpy(column, p->column, p->cap * sizeof *column);
    memcpy(field, p->field, p->cap * sizeof *field);
    p->column = column;
    p->field = field;
    p->cap = cap;
}

enum wijk_err wijk__props_column(struct wijk__props *p, const char *label, struct wijk_str name, size_t *out)
{
    size_t at = (size_t)wijk_hash64(name.p, name.n, 0) & (p->n_slot - 1);
    for (; p->slot[at]; at = (at + 1) & (p->n_slot - 1)) {
        *out = p->slot[at] - 1;
        if (wijk_str_eq(p->column[*out], name)) return WIJK_OK;
    }
    if (p->rows->n_column == WIJK_LIMIT_COLUMNS)
        return wijk_fail(p->cx, WIJK_ELIMIT, "%s: meer dan %d kolommen.", label, WIJK_LIMIT_COLUMNS);
    if (p->rows->n_column == p->cap) grow(p);
    *out = p->rows->n_column++;
    p->slot[at] = *out + 1;
    p->column[*out] = (struct wijk_str){wijk_str_dup(p->cx, name), name.n};
    p->rows->column = p->column;
    return WIJK_OK;
}

void wijk__props_clear(struct wijk__props *p)
{
    memset(p->field, 0, p->rows->n_column * sizeof *p->field);
}

enum wijk_err wijk__props_value(struct wijk_cx *keep, struct wijk_json *json, struct wijk_json_token token,
                                struct wijk__field *out)
{
    *out = (struct wijk__field){.kind = WIJK__FIELD_NULL};
    switch (token.kind) {
    case WIJK_JSON_STRING:
        out->kind = WIJK__FIELD_TEXT;
        out->text = (struct wijk_str){wijk_str_dup(keep, token.text), token.text.n};
        out->text = wijk_str_trim(out->text);
        return WIJK_OK;
    case WIJK_JSON_NUMBER:
        out->kind = WIJK__FIELD_NUMBER;
        out->number = token.number;
        return WIJK_OK;
    case WIJK_JSON_TRUE:
    case WIJK_JSON_FALSE:
        out->kind = WIJK__FIELD_TEXT;
        out->text = token.kind == WIJK_JSON_TRUE ? WIJK_STR("true") : WIJK_STR("false");
        return WIJK_OK;
    default: return wijk_json_skip(json, token);
    }
}

enum wijk_err wijk__props_object(struct wijk__props *p, struct wijk_cx *keep, struct wijk_json *json,
                                 const char *label)
{
    struct wijk_json_token token;
    for (;;) {
        size_t at;
        struct wijk__field field;
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind != WIJK_JSON_KEY) return WIJK_OK;
        WIJK_TRY(wijk__props_column(p, label, token.text, &at));
        WIJK_TRY(wijk_json_next(json, &token));
        WIJK_TRY(wijk__props_value(keep, json, token, &field));
        p->field[at] = field;
    }
}
