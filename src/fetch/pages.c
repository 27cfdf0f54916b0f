/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers that come in pages: each page is a file of its own in the cache, so that a run that broke off asks
 * only for what is missing. Their rows go on into one file, in the form that import reads. */
#include "fetch/fetch_int.h"

#include <math.h>
#include <string.h>

/* ---- one page ---- */

/* {"rel": "next", "href": "..."} among the links of OGC API Features. */
static enum wijk_err read_link(struct wijk_cx *cx, struct wijk_json *json, const char **next)
{
    struct wijk_json_token token;
    const char *rel = "", *href = NULL;
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        bool is_rel = wijk_str_eq(token.text, WIJK_STR("rel"));
        bool is_href = wijk_str_eq(token.text, WIJK_STR("href"));
        WIJK_TRY(wijk_json_next(json, &token));
        if (is_rel && token.kind == WIJK_JSON_STRING) rel = wijk_str_dup(cx, token.text);
        if (is_href && token.kind == WIJK_JSON_STRING) href = wijk_str_dup(cx, token.text);
        WIJK_TRY(wijk_json_skip(json, token));
    }
    if (href && strcmp(rel, "next") == 0) *next = href;
    return WIJK_OK;
}

static enum wijk_err read_array(struct wijk_cx *cx, struct wijk_json *json, struct wijk__page *page,
                                bool rows, const char **next)
{
    struct wijk_json_token token;
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind == WIJK_JSON_ARRAY_END) return WIJK_OK;
        if (token.kind != WIJK_JSON_OBJECT) {
            WIJK_TRY(wijk_json_skip(json, token));
        } else if (rows) {
            page->n_row++;
            WIJK_TRY(page->row(page->self, json, token));
        } else {
            WIJK_TRY(read_link(cx, json, next));
        }
    }
}

static bool is_one_of(struct wijk_str key, const char *a, const char *b)
{
    return wijk_str_eq(key, wijk_str(a)) || wijk_str_eq(key, wijk_str(b));
}

static enum wijk_err fail_shape(struct wijk_cx *cx, const struct wijk__page *page)
{
    return wijk_fail(cx, WIJK_EPARSE, "%s geeft iets anders dan was gevraagd: %s ontbreekt.",
                     wijk__url_host(cx, page->url), page->rows);
}

enum wijk_err wijk__page_walk(struct wijk_cx *cx, struct wijk_in in, struct wijk__page *page)
{
    struct wijk_json *json;
    struct wijk_json_token token;
    bool has_rows = false;
    const char *next = NULL;
    page->next = NULL;
    page->n_row = 0;
    page->matched = NAN;
    WIJK_TRY(wijk_json_open(cx, in, &json));
    WIJK_TRY(wijk_json_next(json, &token));
    if (token.kind != WIJK_JSON_OBJECT) return fail_shape(cx, page);
    for (;;) {
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind != WIJK_JSON_KEY) break;
        bool rows = wijk_str_eq(token.text, wijk_str(page->rows));
        bool links = wijk_str_eq(token.text, WIJK_STR("links"));
        bool link = is_one_of(token.text, "odata.nextLink", "@odata.nextLink");
        bool matched = is_one_of(token.text, "numberMatched", "totalFeatures");
        WIJK_TRY(wijk_json_next(json, &token));
        if (token.kind == WIJK_JSON_ARRAY && (rows || links)) {
            has_rows |= rows;
            WIJK_TRY(read_array(cx, json, page, rows, &next));
            continue;
        }
        if (link && token.kind == WIJK_JSON_STRING) next = wijk_str_dup(cx, token.text);
        if (matched && token.kind == WIJK_JSON_NUMBER) page->matched = token.number;
        WIJK_TRY(wijk_json_skip(json, token));
    }
    while (token.kind != WIJK_JSON_END) WIJK_TRY(wijk_json_next(json, &token));
    if (!has_rows) return fail_shape(cx, page);
    return next ? wijk__url_follow(cx, page->url, next, &page->next) : WIJK_OK;
}

enum wijk_err wijk__page_read(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk__page *page,
                              struct wijk__got *got)
{
    const char *host = wijk__url_host(cx, page->url);
    struct wijk__get get = {.url = page->url,
                            .accept = "application/geo+json, application/json",
                            .max_bytes = WIJK_FETCH_PAGE_MAX,
                            .label = host};
    struct wijk_file *file;
    WIJK_TRY(wijk__get(cx, f, get, got));
    WIJK_TRY(wijk__fault_if_xml(cx, page->url, got->path));
    WIJK_TRY(wijk_file_open(cx, got->path, &file));
    struct wijk_in in = wijk_file_in(file);
    in.name = host;
    enum wijk_err err = wijk__page_walk(cx, in, page);
    wijk_file_close(file);
    return err;
}

enum wijk_err wijk__pages_read(struct wijk_cx *cx, struct wijk_fetch *f, struct wijk__page page,
                               struct wijk__got *first)
{
    for (size_t n = 0;; n++) {
        struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(cx));
        struct wijk__got got;
        enum wijk_err err = wijk__page_read(own, f, &page, &got);
        if (err != WIJK_OK) wijk_fail(cx, err, "%s", wijk_fault(own));
        if (err == WIJK_OK && n == 0)
            *first = (struct wijk__got){wijk_str_dup(cx, wijk_str(got.path)),
                                        wijk_str_dup(cx, wijk_str(got.retrieved)), got.unchanged};
        const char *next = err == WIJK_OK && page.next ? wijk_str_dup(cx, wijk_str(page.next)) : NULL;
        wijk_cx_end(own);
        WIJK_TRY(err);
        if (!next) return WIJK_OK;
        if (n + 1 >= WIJK_FETCH_PAGES || f->bytes > WIJK_FETCH_FILE_MAX || strcmp(next, page.url) == 0)
            return wijk_fail(cx, WIJK_ELIMIT, "%s blijft pagina's geven; na %zu is gestopt.",
                             wijk__url_host(cx, page.url), n + 1);
        page.url = next;
    }
}

/* ---- what they are put together in ---- */

enum wijk_err wijk__joined_open(struct wijk_cx *cx, const char *path, struct wijk__joined *out)
{
    *out = (struct wijk__joined){.cx = cx, .path = path};
    WIJK_TRY(wijk_file_out_open(cx, path, true, &out->file));
    wijk_json_out_open(&out->w, wijk_file_out(out->file));
    out->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    wijk_alloc(out->row_cx, 1); /* a first chunk that rewinding leaves in place */
    return WIJK_OK;
}

void wijk__joined_key(struct wijk__joined *j, struct wijk_str key)
{
    struct wijk_mark mark = wijk_cx_mark(j->row_cx);
    wijk_json_key(&j->w, wijk_str_dup(j->row_cx, key));
    wijk_cx_rewind(j->row_cx, mark);
}

static void copy_token(struct wijk__joined *j, struct wijk_json_token token)
{
    switch (token.kind) {
    case WIJK_JSON_OBJECT: wijk_json_begin_object(&j->w); return;
    case WIJK_JSON_OBJECT_END: wijk_json_end_object(&j->w); return;
    case WIJK_JSON_ARRAY: wijk_json_begin_array(&j->w); return;
    case WIJK_JSON_ARRAY_END: wijk_json_end_array(&j->w); return;
    case WIJK_JSON_KEY: wijk__joined_key(j, token.text); return;
    case WIJK_JSON_STRING: wijk_json_str(&j->w, token.text); return;
    case WIJK_JSON_NUMBER: wijk_json_num(&j->w, token.number); return;
    case WIJK_JSON_TRUE: wijk_json_bool(&j->w, true); return;
    case WIJK_JSON_FALSE: wijk_json_bool(&j->w, false); return;
    default: wijk_json_null(&j->w); return;
    }
}

enum wijk_err wijk__joined_copy(struct wijk__joined *j, struct wijk_json *json, struct wijk_json_token token)
{
    int open = 0;
    for (;;) {
        open += token.kind == WIJK_JSON_OBJECT || token.kind == WIJK_JSON_ARRAY;
        open -= token.kind == WIJK_JSON_OBJECT_END || token.kind == WIJK_JSON_ARRAY_END;
        copy_token(j, token);
        if (open == 0) return WIJK_OK;
        WIJK_TRY(wijk_json_next(json, &token));
    }
}

enum wijk_err wijk__joined_close(struct wijk__joined *j)
{
    wijk_cx_end(j->row_cx);
    wijk_json_out_close(&j->w); /* a write that failed is told by the file */
    return wijk_file_out_done(j->file);
}

void wijk__joined_drop(struct wijk__joined *j)
{
    wijk_cx_end(j->row_cx);
    wijk_file_out_drop(j->file);
}

enum wijk_err wijk__joined_path(struct wijk_cx *cx, const struct wijk_fetch *f, const struct wijk__way *way,
                                const struct wijk_fetch_in *in, int year, const char *ending,
                                const char **out)
{
    const char *folder = wijk_sprintf(cx, "%s/%s-%s-%d", f->opt.cache, in->source->id, way->name, year);
    WIJK_TRY(wijk__kept_folder(cx, folder));
    const char *name = year ? wijk_sprintf(cx, "%s-%d", in->source->id, year) : in->source->id;
    *out = wijk_sprintf(cx, "%s/%s%s%s%s", folder, name, in->gemeente ? "-" : "",
                        in->gemeente ? in->gemeente : "", ending);
    return WIJK_OK;
}

void wijk__one_file(struct wijk_cx *cx, struct wijk_fetch_out *out, int year, const char *path,
                    const char *url, const char *retrieved)
{
    struct wijk_fetch_file *file = WIJK_NEW(cx, struct wijk_fetch_file, 1);
    *file = (struct wijk_fetch_file){path, url, retrieved};
    out->year = year;
    out->file = file;
    out->n = 1;
}
