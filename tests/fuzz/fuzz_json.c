/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON: whatever comes in, tokens nest, texts are valid UTF-8, a fault has a sentence and a place, and a
 * document that is read can be written and read again as the same tokens. */
#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond)                                                                                           \
    do {                                                                                                     \
        if (!(cond)) abort();                                                                                \
    } while (0)

static struct wijk_json *open_text(struct wijk_cx *cx, struct wijk_in_mem *mem, struct wijk_str text)
{
    struct wijk_json *json;
    MUST(wijk_json_open(cx, wijk_in_mem(mem, text, "fuzz"), &json) == WIJK_OK);
    return json;
}

static void copy_key(struct wijk_cx *cx, struct wijk_json_out *w, struct wijk_str key)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    wijk_json_key(w, wijk_str_dup(cx, key));
    wijk_cx_rewind(cx, mark);
}

static void copy(struct wijk_cx *cx, struct wijk_json_out *w, const struct wijk_json_token *t)
{
    switch (t->kind) {
    case WIJK_JSON_OBJECT: wijk_json_begin_object(w); break;
    case WIJK_JSON_OBJECT_END: wijk_json_end_object(w); break;
    case WIJK_JSON_ARRAY: wijk_json_begin_array(w); break;
    case WIJK_JSON_ARRAY_END: wijk_json_end_array(w); break;
    case WIJK_JSON_KEY: copy_key(cx, w, t->text); break;
    case WIJK_JSON_STRING: wijk_json_str(w, t->text); break;
    case WIJK_JSON_NUMBER: wijk_json_num(w, t->number); break;
    case WIJK_JSON_TRUE: wijk_json_bool(w, true); break;
    case WIJK_JSON_FALSE: wijk_json_bool(w, false); break;
    case WIJK_JSON_NULL: wijk_json_null(w); break;
    case WIJK_JSON_END: break;
    }
}

static bool same(const struct wijk_json_token *a, const struct wijk_json_token *b)
{
    if (a->kind != b->kind || a->depth != b->depth) return false;
    if (a->kind == WIJK_JSON_NUMBER) return a->number == b->number;
    bool text = a->kind == WIJK_JSON_KEY || a->kind == WIJK_JSON_STRING;
    return !text || wijk_str_eq(a->text, b->text);
}

/* Reads the document whole and writes it to `b`. false: it is not JSON. `most` is the deepest nesting seen.
 */
static bool rewrite(struct wijk_cx *cx, struct wijk_str text, struct wijk_json_out *w, int *most)
{
    struct wijk_in_mem mem;
    struct wijk_json *json = open_text(cx, &mem, text);
    struct wijk_json_token t;
    int depth = 0;
    do {
        if (wijk_json_next(json, &t) != WIJK_OK) {
            MUST(wijk_fault(cx)[0] && wijk_json_line(json) >= 1 && wijk_json_column(json) >= 1);
            return false;
        }
        depth -= t.kind == WIJK_JSON_OBJECT_END || t.kind == WIJK_JSON_ARRAY_END;
        MUST(t.depth == depth && depth <= WIJK_LIMIT_DEPTH);
        depth += t.kind == WIJK_JSON_OBJECT || t.kind == WIJK_JSON_ARRAY;
        if (depth > *most) *most = depth;
        if (t.kind == WIJK_JSON_STRING || t.kind == WIJK_JSON_KEY) MUST(wijk_utf8_valid(t.text, NULL));
        if (*most < WIJK_LIMIT_DEPTH - 1) copy(cx, w, &t);
    } while (t.kind != WIJK_JSON_END);
    return *most < WIJK_LIMIT_DEPTH - 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str text = {(const char *)data, size};
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_json_out w;
    int most = 0;
    wijk_json_out_open(&w, wijk_out_buf(&b));
    if (rewrite(cx, text, &w, &most)) {
        MUST(wijk_json_out_close(&w));
        struct wijk_in_mem mem_a, mem_b;
        struct wijk_json *a = open_text(cx, &mem_a, text),
                         *c = open_text(cx, &mem_b, (struct wijk_str){b.p, b.n});
        struct wijk_json_token ta, tb;
        do {
            MUST(wijk_json_next(a, &ta) == WIJK_OK && wijk_json_next(c, &tb) == WIJK_OK);
            MUST(same(&ta, &tb));
        } while (ta.kind != WIJK_JSON_END);
    }
    wijk_cx_end(cx);
    return 0;
}
