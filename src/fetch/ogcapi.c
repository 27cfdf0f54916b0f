/* SPDX-License-Identifier: EUPL-1.2 */
/* OGC API Features (PDOK): the items of a collection, filtered on a property, in pages by the link "next". */
#include "fetch/fetch_int.h"

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
    WIJK_TRY(wijk__features_open(cx, path, NULL, &joined));
    struct wijk__page page = {.rows = "features", .url = url, .row = wijk__features_copy, .self = &joined};
    enum wijk_err err = wijk__pages_read(cx, f, page, &first);
    WIJK_TRY(wijk__features_close(cx, &joined, err, url, gemeente));
    wijk__one_file(cx, out, out->year, path, url, first.retrieved);
    return WIJK_OK;
}
