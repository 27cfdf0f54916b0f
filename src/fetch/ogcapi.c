/* SPDX-License-Identifier: EUPL-1.2 */
/* OGC API Features (PDOK): the items of a collection, filtered on a property, in pages by the link "next". */
#include "fetch/fetch_int.h"

static enum wijk_err copy_feature(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct wijk__joined *j = self;
    j->rows++;
    return wijk__joined_copy(j, json, token);
}

enum wijk_err wijk__ogcapi_run(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                               const struct wijk_fetch_in *in, struct wijk_fetch_out *out)
{
    struct wijk__joined joined;
    struct wijk__got first;
    char gemeente[WIJK_CODE_MAX];
    const char *path, *url = wijk__way_url(cx, way, out->year);
    WIJK_TRY(wijk__way_gemeente(cx, in, gemeente));
    url = wijk__url_with(cx, url, "f", "json");
    url = wijk__url_with(cx, url, "limit", wijk_sprintf(cx, "%d", way->page ? way->page : 1000));
    if (way->gemeente) url = wijk__url_with(cx, url, way->gemeente, gemeente);
    WIJK_TRY(wijk__joined_path(cx, f, way, in, out->year, ".geojson", &path));
    WIJK_TRY(wijk__joined_open(cx, path, &joined));
    wijk_json_begin_object(&joined.w);
    wijk_json_kv_str(&joined.w, "type", "FeatureCollection");
    wijk_json_key(&joined.w, "features");
    wijk_json_begin_array(&joined.w);
    struct wijk__page page = {.rows = "features", .url = url, .row = copy_feature, .self = &joined};
    enum wijk_err err = wijk__pages_read(cx, f, page, &first);
    if (err == WIJK_OK && !joined.rows)
        err = wijk_fail(cx, WIJK_ENOTFOUND, "%s heeft hierover niets van %s.", wijk__url_host(cx, url),
                        gemeente);
    if (err != WIJK_OK) return wijk__joined_drop(&joined), err;
    wijk_json_end_array(&joined.w);
    wijk_json_end_object(&joined.w);
    WIJK_TRY(wijk__joined_close(&joined));
    wijk__one_file(cx, out, out->year, path, url, first.retrieved);
    return WIJK_OK;
}
