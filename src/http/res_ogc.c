/* SPDX-License-Identifier: EUPL-1.2 */
/* OGC API Features (17-069r4 part 1, 18-058r1 part 2): the landing page, conformance and collections. A
 * collection is one level in one division, "buurt-2025". */
#include "http/handlers.h"

#include <string.h>

#define JSON    "application/json"
#define GEOJSON "application/geo+json"
#define OPENAPI "application/vnd.oai.openapi+json;version=3.0"

const char *wijk__ogc_crs_name(enum wijk_crs crs)
{
    return crs == WIJK_CRS_RD ? "http://www.opengis.net/def/crs/EPSG/0/28992"
                              : "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
}

void wijk__ogc_link(struct http_call *c, const char *path, const char *rel, const char *type,
                    const char *title)
{
    struct wijk_json_out *w = &c->json;
    const char *base = c->request->base ? c->request->base : "";
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "href", wijk_sprintf(c->cx, "%s%s", base, path));
    wijk_json_kv_str(w, "rel", rel);
    wijk_json_kv_str(w, "type", type);
    wijk_json_kv_str(w, "title", title);
    wijk_json_end_object(w);
}

const char *wijk__ogc_id(struct http_call *c, const struct wijk_snapshot_division *d)
{
    return wijk_sprintf(c->cx, "%s-%d", wijk_level_id(d->areas.level), d->areas.division_year);
}

const struct wijk_snapshot_division *wijk__ogc_find(struct http_call *c, const char *id)
{
    for (size_t k = 0; k < c->s->n_division; k++)
        if (strcmp(wijk__ogc_id(c, &c->s->division[k]), id) == 0) return &c->s->division[k];
    wijk__http_not_found(c, wijk_tr(c->cx, "Deze collectie is er niet; /ogc/collections noemt ze alle."));
    return NULL;
}

/* ---- /ogc ---- */

void wijk__res_ogc(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_cx *cx = c->cx;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "title", *c->s->info.title ? c->s->info.title : "Wijkregie");
    wijk_json_kv_str(w, "description",
                     wijk_tr(cx, "Buurten, wijken en gemeenten met hun scores en cijfers; alleen lezen."));
    wijk__res_list(w, "links");
    wijk__ogc_link(c, "/ogc", "self", JSON, wijk_tr(cx, "Deze bladzijde"));
    wijk__ogc_link(c, "/ogc/api", "service-desc", OPENAPI, wijk_tr(cx, "Beschrijving voor programma's"));
    wijk__ogc_link(c, "/ogc/conformance", "conformance", JSON,
                   wijk_tr(cx, "Welke delen van de standaard er zijn"));
    wijk__ogc_link(c, "/ogc/collections", "data", JSON, wijk_tr(cx, "De collecties"));
    wijk__ogc_link(c, "/api/v1", "related", JSON, wijk_tr(cx, "De gewone API"));
    wijk__res_list_end(w);
}

void wijk__res_ogc_conformance(struct http_call *c)
{
    static const char *const CLASSES[] = {"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                                          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
                                          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
                                          "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs"};
    wijk_json_begin_object(&c->json);
    wijk__res_list(&c->json, "conformsTo");
    for (size_t k = 0; k < sizeof CLASSES / sizeof *CLASSES; k++) wijk_json_cstr(&c->json, CLASSES[k]);
    wijk__res_list_end(&c->json);
}

void wijk__res_ogc_api(struct http_call *c)
{
    c->out->content_type = OPENAPI;
    wijk__openapi_write(c, "/ogc");
}

/* ---- collections ---- */

static void spatial(struct http_call *c, const struct wijk_snapshot_division *d)
{
    /* Without borders: the European Netherlands, in which every area lies. */
    const struct wijk_box whole = {3.2, 50.7, 7.3, 53.7};
    struct wijk_box b = d->box.min_x <= d->box.max_x ? d->box : whole;
    const double side[] = {b.min_x, b.min_y, b.max_x, b.max_y};
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "spatial");
    wijk_json_begin_object(w);
    wijk__res_list(w, "bbox");
    wijk_json_begin_array(w);
    for (size_t k = 0; k < 4; k++) wijk_json_num(w, side[k]);
    wijk_json_end_array(w);
    wijk_json_end_array(w);
    wijk_json_kv_str(w, "crs", wijk__ogc_crs_name(WIJK_CRS_WGS84));
    wijk_json_end_object(w);
}

static void temporal(struct http_call *c, const struct wijk_snapshot_division *d)
{
    struct wijk_json_out *w = &c->json;
    int first = 0, last = 0;
    for (size_t i = 0; i < d->n_series; i++) {
        int year = d->series[i]->key.period.year;
        if (!first || year < first) first = year;
        if (year > last) last = year;
    }
    if (!first) return;
    wijk_json_key(w, "temporal");
    wijk_json_begin_object(w);
    wijk__res_list(w, "interval");
    wijk_json_begin_array(w);
    wijk_json_cstr(w, wijk_sprintf(c->cx, "%04d-01-01T00:00:00Z", first));
    wijk_json_cstr(w, wijk_sprintf(c->cx, "%04d-12-31T23:59:59Z", last));
    wijk_json_end_array(w);
    wijk_json_end_array(w);
    wijk_json_end_object(w);
}

static void collection(struct http_call *c, const struct wijk_snapshot_division *d)
{
    struct wijk_json_out *w = &c->json;
    const char *id = wijk__ogc_id(c, d), *many = wijk_tr(c->cx, wijk_level_label(d->areas.level, true));
    const char *path = wijk_sprintf(c->cx, "/ogc/collections/%s", id);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", id);
    wijk_json_kv_str(w, "title", wijk_sprintf(c->cx, "%s %d", many, d->areas.division_year));
    wijk_json_kv_str(w, "description",
                     wijk_sprintf(c->cx,
                                  wijk_tr(c->cx, "Alle %s in de indeling van %d, met scores en cijfers."),
                                  many, d->areas.division_year));
    wijk_json_key(w, "extent");
    wijk_json_begin_object(w);
    spatial(c, d);
    temporal(c, d);
    wijk_json_end_object(w);
    wijk_json_kv_str(w, "itemType", "feature");
    wijk__res_list(w, "crs");
    wijk_json_cstr(w, wijk__ogc_crs_name(WIJK_CRS_WGS84));
    wijk_json_cstr(w, wijk__ogc_crs_name(WIJK_CRS_RD));
    wijk_json_end_array(w);
    wijk_json_kv_str(w, "storageCrs", wijk__ogc_crs_name(WIJK_CRS_RD));
    wijk__res_list(w, "links");
    wijk__ogc_link(c, path, "self", JSON, wijk_tr(c->cx, "Deze collectie"));
    wijk__ogc_link(c, wijk_sprintf(c->cx, "%s/items", path), "items", GEOJSON, wijk_tr(c->cx, "De gebieden"));
    wijk__res_list_end(w);
}

void wijk__res_ogc_collections(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_list(w, "links");
    wijk__ogc_link(c, "/ogc/collections", "self", JSON, wijk_tr(c->cx, "De collecties"));
    wijk_json_end_array(w);
    wijk__res_list(w, "collections");
    for (size_t k = 0; k < c->s->n_division; k++) collection(c, &c->s->division[k]);
    wijk__res_list_end(w);
}

void wijk__res_ogc_collection(struct http_call *c)
{
    const struct wijk_snapshot_division *d = wijk__ogc_find(c, c->arg[0]);
    if (d) collection(c, d);
}
