/* SPDX-License-Identifier: EUPL-1.2 */
/* What somebody asks about: areas he names by their codes, or a shape he drew. */
#include "import/import.h"

static enum wijk_err take_codes(struct wijk_cx *cx, struct wijk_json *json, struct wijk_import_question *out)
{
    const char **code = NULL;
    size_t cap = 0;
    struct wijk_json_token t;
    WIJK_TRY(wijk_json_next(json, &t));
    if (t.kind != WIJK_JSON_ARRAY) return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een lijst.", "leden");
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &t));
        if (t.kind == WIJK_JSON_ARRAY_END) break;
        if (t.kind != WIJK_JSON_STRING) return wijk_fail(cx, WIJK_EUSAGE, "Bij %s hoort een lijst.", "leden");
        if (out->n_code == WIJK_QUESTION_CODES)
            return wijk_fail(cx, WIJK_ELIMIT,
                             "Het getekende gebied is te groot: er liggen meer dan %d delen in.",
                             WIJK_QUESTION_CODES);
        code = wijk_grow(cx, code, out->n_code, &cap, sizeof *code);
        code[out->n_code++] = wijk_str_dup(cx, t.text);
    }
    out->code = code;
    return WIJK_OK;
}

/* The whole text is read before it is believed. */
enum wijk_err wijk_import_question(struct wijk_cx *cx, struct wijk_str bytes, const char *label,
                                   struct wijk_import_question *out)
{
    struct wijk_in_mem mem;
    struct wijk_json *json;
    struct wijk_json_token t;
    bool named = false;
    *out = (struct wijk_import_question){0};
    WIJK_TRY(wijk_json_open(cx, wijk_in_mem(&mem, bytes, label), &json));
    WIJK_TRY(wijk_json_next(json, &t));
    for (bool object = t.kind == WIJK_JSON_OBJECT; object;) {
        WIJK_TRY(wijk_json_next(json, &t));
        if (t.kind == WIJK_JSON_OBJECT_END) break;
        if (wijk_str_eq(t.text, wijk_str("leden")) && !named) {
            named = true;
            WIJK_TRY(take_codes(cx, json, out));
            continue;
        }
        WIJK_TRY(wijk_json_next(json, &t));
        WIJK_TRY(wijk_json_skip(json, t));
    }
    if (!named) return wijk_import_shape(cx, bytes, label, &out->shape);
    do WIJK_TRY(wijk_json_next(json, &t));
    while (t.kind != WIJK_JSON_END);
    return WIJK_OK;
}
