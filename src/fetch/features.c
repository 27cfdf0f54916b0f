/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of a service that gives GeoJSON, put together as one FeatureCollection. */
#include "fetch/fetch_int.h"

enum wijk_err wijk__features_open(struct wijk_cx *cx, const char *path, const char *crs,
                                  struct wijk__joined *out)
{
    WIJK_TRY(wijk__joined_open(cx, path, out));
    wijk_json_begin_object(&out->w);
    wijk_json_kv_str(&out->w, "type", "FeatureCollection");
    if (crs) {
        wijk_json_key(&out->w, "crs");
        wijk_json_begin_object(&out->w);
        wijk_json_kv_str(&out->w, "type", "name");
        wijk_json_key(&out->w, "properties");
        wijk_json_begin_object(&out->w);
        wijk_json_kv_str(&out->w, "name", crs);
        wijk_json_end_object(&out->w);
        wijk_json_end_object(&out->w);
    }
    wijk_json_key(&out->w, "features");
    wijk_json_begin_array(&out->w);
    return WIJK_OK;
}

enum wijk_err wijk__features_copy(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    struct wijk__joined *j = self;
    j->rows++;
    return wijk__joined_copy(j, json, token);
}

enum wijk_err wijk__features_close(struct wijk_cx *cx, struct wijk__joined *joined, enum wijk_err err,
                                   const char *url, const char *gemeente)
{
    if (err == WIJK_OK && !joined->rows)
        err = wijk_fail(cx, WIJK_ENOTFOUND, "%s heeft hierover niets van %s.", wijk__url_host(cx, url),
                        gemeente);
    if (err != WIJK_OK) return wijk__joined_drop(joined), err;
    wijk_json_end_array(&joined->w);
    wijk_json_end_object(&joined->w);
    return wijk__joined_close(joined);
}
