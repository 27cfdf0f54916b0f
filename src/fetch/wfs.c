/* SPDX-License-Identifier: EUPL-1.2 */
/* WFS 2.0 (PDOK, Leefbaarometer): GetFeature as GeoJSON, filtered by an XML FILTER, in pages by startIndex.
 * A fault comes with status 200 and XML; cql_filter is passed over in silence, so it is not used. */
#include "fetch/fetch_int.h"

#include <math.h>
#include <string.h>

static void put_xml(struct wijk_buf *b, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '<': wijk_buf_str(b, "&lt;"); break;
        case '>': wijk_buf_str(b, "&gt;"); break;
        case '&': wijk_buf_str(b, "&amp;"); break;
        default: wijk_buf_char(b, *text);
        }
    }
}

/* OGC Filter Encoding 2.0: a property that is the gemeente, or codes that begin as hers do. `open` is the
 * start tag's inside, `end` what stands behind the value. */
static const char *filter(struct wijk_cx *cx, const char *open, const char *property, const char *prefix,
                          const char *value, const char *end)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "<fes:Filter xmlns:fes=\"http://www.opengis.net/fes/2.0\"><fes:");
    wijk_buf_str(&b, open);
    wijk_buf_str(&b, "><fes:ValueReference>");
    put_xml(&b, property);
    wijk_buf_str(&b, "</fes:ValueReference><fes:Literal>");
    put_xml(&b, prefix);
    put_xml(&b, value);
    wijk_buf_str(&b, end);
    wijk_buf_str(&b, "</fes:Filter>");
    return wijk_buf_cstr(&b);
}

static const char *like_of(struct wijk_cx *cx, const char *property, const char *prefix, const char *digits)
{
    return filter(cx, "PropertyIsLike wildCard=\"*\" singleChar=\"#\" escapeChar=\"!\"", property, prefix,
                  digits, "*</fes:Literal></fes:PropertyIsLike>");
}

static const char *filter_of(struct wijk_cx *cx, const char *property, const char *value)
{
    return filter(cx, "PropertyIsEqualTo", property, "", value, "</fes:Literal></fes:PropertyIsEqualTo>");
}

static const char *question(struct wijk_cx *cx, const struct wijk__way *way, const char *base, int year,
                            const char *gemeente)
{
    struct wijk__way layer = *way;
    layer.url = way->layer; /* the layer may hold the year as well */
    const char *url = wijk__url_with(cx, base, "service", "WFS");
    url = wijk__url_with(cx, url, "version", "2.0.0");
    url = wijk__url_with(cx, url, "request", "GetFeature");
    url = wijk__url_with(cx, url, "typeNames", wijk__way_url(cx, &layer, year));
    url = wijk__url_with(cx, url, "outputFormat", "application/json");
    url = wijk__url_with(cx, url, "srsName", "urn:ogc:def:crs:EPSG::28992");
    if (way->gemeente) url = wijk__url_with(cx, url, "FILTER", filter_of(cx, way->gemeente, gemeente));
    if (way->prefix)
        url = wijk__url_with(cx, url, "FILTER", like_of(cx, way->region, way->prefix, gemeente + 2));
    return wijk__url_with(cx, url, "count", wijk_sprintf(cx, "%d", way->page ? way->page : 1000));
}

/* Page after page, until the service has told all it matched, or a page is not full, or empty. */
static enum wijk_err ask_all(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                             const char *url, struct wijk__joined *joined, struct wijk__got *first)
{
    size_t full = (size_t)(way->page ? way->page : 1000);
    for (size_t n = 0; n < WIJK_FETCH_PAGES; n++) {
        struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(cx));
        const char *start = wijk_sprintf(own, "%llu", (unsigned long long)joined->rows);
        struct wijk__page page = {.rows = "features",
                                  .url = wijk__url_with(own, url, "startIndex", start),
                                  .row = wijk__features_copy,
                                  .self = joined};
        struct wijk__got got;
        enum wijk_err err = wijk__page_read(own, f, &page, &got);
        if (err != WIJK_OK) wijk_fail(cx, err, "%s", wijk_fault(own));
        if (err == WIJK_OK && n == 0)
            *first = (struct wijk__got){NULL, wijk_str_dup(cx, wijk_str(got.retrieved)), got.unchanged};
        wijk_cx_end(own);
        WIJK_TRY(err);
        bool told = !isnan(page.matched);
        if (!page.n_row || (told && (double)joined->rows >= page.matched) || (!told && page.n_row < full))
            return WIJK_OK;
    }
    return wijk_fail(cx, WIJK_ELIMIT, "%s blijft pagina's geven; na %zu is gestopt.", wijk__url_host(cx, url),
                     (size_t)WIJK_FETCH_PAGES);
}

enum wijk_err wijk__wfs_run(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                            const struct wijk_fetch_in *in, struct wijk_fetch_out *out)
{
    struct wijk__joined joined;
    struct wijk__got first = {0};
    char gemeente[WIJK_CODE_MAX];
    const char *path;
    WIJK_TRY(wijk__way_gemeente(cx, in, gemeente));
    const char *url = question(cx, way, wijk__way_url(cx, way, out->year), out->year, gemeente);
    WIJK_TRY(wijk__joined_path(cx, f, way, in, out->year, ".geojson", &path));
    /* What was asked for in srsName. */
    WIJK_TRY(wijk__features_open(cx, path, "urn:ogc:def:crs:EPSG::28992", &joined));
    enum wijk_err err = ask_all(cx, f, way, url, &joined, &first);
    WIJK_TRY(wijk__features_close(cx, &joined, err, url, gemeente));
    wijk__one_file(cx, out, out->year, path, url, first.retrieved);
    return WIJK_OK;
}
