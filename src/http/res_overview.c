/* SPDX-License-Identifier: EUPL-1.2 */
/* The overview of the API, search, sources, tiles and health. */
#include "http/desk.h"
#include "http/handlers.h"

#include <string.h>

/* ---- /api/v1 ---- */

static void level_name(struct http_call *c, const struct wijk_snapshot_division *d)
{
    struct wijk_json_out *w = &c->json;
    const char *level = wijk_level_id(d->areas.level);
    int64_t with = 0;
    for (size_t i = 0; i < d->areas.n; i++) with += d->areas.v[i].geom != NULL;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "niveau", level);
    wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_level_label(d->areas.level, true)));
    wijk_json_kv_int(w, "indelingsjaar", d->areas.division_year);
    wijk_json_kv_int(w, "aantal", (int64_t)d->areas.n);
    wijk_json_kv_int(w, "metGrenzen", with);
    wijk__res_box(w, "omvang", d->box);
    wijk_json_kv_str(w, "tegels",
                     d->tiles ? wijk_sprintf(c->cx, "/tegels/%s/%s-%d/{z}/{x}/{y}.mvt", c->s->version, level,
                                             d->areas.division_year)
                              : NULL);
    wijk_json_end_object(w);
}

static void method_available(struct http_call *c, const struct wijk_method *m)
{
    struct http_available a = {c, NULL};
    wijk__res_list(&c->json, "beschikbaar");
    for (size_t k = 0; k < c->s->n_division; k++) {
        const struct wijk_snapshot_division *d = &c->s->division[k];
        for (size_t i = 0; i < d->n_scores; i++)
            if (d->scores[i]->method == m) wijk__res_available(&a, d, d->scores[i]->period);
    }
    wijk__res_available_end(&a);
}

static void method(struct http_call *c, const struct wijk_method *m)
{
    struct wijk_json_out *w = &c->json;
    bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", m->id);
    wijk_json_kv_str(w, "naam", wijk__res_method_name(c, m));
    wijk_json_kv_str(w, "totaal", m->total);
    wijk__res_list(w, "klassen");
    for (size_t i = 0; i < WIJK_CLASSES; i++) wijk_json_cstr(w, en ? m->class_en[i] : m->class_nl[i]);
    wijk_json_end_array(w);
    wijk__res_list(w, "dimensies");
    for (size_t i = 0; i < m->n_dimension; i++) {
        wijk__res_dimension(c, m, i);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    method_available(c, m);
    wijk_json_end_object(w);
}

/* Waters that have a name; nr is the place of the shape in the water tiles. */
static void water_names(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "waterNamen");
    for (size_t i = 0; i < c->s->n_water; i++) {
        const char *name = c->s->water_name[i];
        if (!name || !*name) continue;
        wijk_json_begin_object(w);
        wijk_json_kv_int(w, "nr", (int64_t)i);
        wijk_json_kv_str(w, "naam", name);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

void wijk__res_overview(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_period last = {0, 0};
    for (size_t i = 0; i < c->s->n_series; i++)
        if (wijk_period_key(c->s->series[i].key.period) > wijk_period_key(last))
            last = c->s->series[i].key.period;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "naam", "Wijkregie");
    wijk_json_kv_str(w, "versie", WIJK_VERSION);
    wijk_json_kv_str(w, "titel", c->s->info.title);
    wijk_json_kv_bool(w, "fictief", c->s->info.fictional);
    wijk_json_kv_str(w, "gegevensversie", c->s->version);
    wijk_json_key(w, "gegevensTot");
    if (last.year)
        wijk__res_period(w, last);
    else
        wijk_json_null(w);
    wijk_json_kv_bool(w, "opMaat", wijk__keeper_answers(c->world->keeper));
    wijk__res_list(w, "indelingen");
    for (size_t i = 0; i < c->s->n_division; i++) level_name(c, &c->s->division[i]);
    wijk_json_end_array(w);
    wijk_json_kv_str(
        w, "water",
        c->s->water_tiles ? wijk_sprintf(c->cx, "/tegels/%s/water/{z}/{x}/{y}.mvt", c->s->version) : NULL);
    water_names(c);
    wijk__res_list(w, "methoden");
    for (size_t i = 0; i < c->s->defs->n_method; i++) method(c, &c->s->defs->method[i]);
    wijk_json_end_array(w);
    wijk__res_held(c);
    wijk_json_end_object(w);
}

/* ---- /zoek ---- */

void wijk__res_search(struct http_call *c)
{
    enum { HITS = 20 };
    struct wijk_hit hit[HITS];
    struct wijk_json_out *w = &c->json;
    size_t n = wijk_flow_search(c->cx, c->s, c->text[0], HITS, hit);
    wijk_json_begin_object(w);
    wijk__res_list(w, "gebieden");
    for (size_t i = 0; i < n; i++) {
        const struct wijk_snapshot_division *d = hit[i].division, *up = NULL;
        if (d->areas.level < WIJK_LEVEL_GEMEENTE)
            up = wijk_snapshot_division(c->s, d->areas.level + 1, d->areas.division_year);
        size_t parent = d->parent[hit[i].area];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "code", d->areas.v[hit[i].area].code);
        wijk_json_kv_str(w, "naam", d->areas.v[hit[i].area].name);
        wijk_json_kv_str(w, "niveau", wijk_level_id(d->areas.level));
        wijk_json_kv_str(w, "niveauNaam", wijk_tr(c->cx, wijk_level_label(d->areas.level, false)));
        wijk_json_kv_int(w, "indelingsjaar", d->areas.division_year);
        wijk_json_kv_str(w, "inNaam", up && parent != SIZE_MAX ? up->areas.v[parent].name : NULL);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- /bronnen ---- */

static void load_lines(struct http_call *c, const char *source)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "ladingen");
    for (size_t i = 0; i < c->s->n_load; i++) {
        const struct wijk_load *l = &c->s->load[i];
        if (strcmp(l->source, source) != 0) continue;
        wijk_json_begin_object(w);
        wijk_json_kv_int(w, "id", l->id);
        wijk_json_kv_str(w, "bestand", l->file_name);
        wijk_json_kv_str(w, "sha256", l->sha256);
        wijk_json_kv_int(w, "bytes", (int64_t)l->bytes);
        wijk__res_text(w, "release", l->release);
        wijk_json_kv_str(w, "geladenOp", l->loaded_at);
        wijk_json_kv_int(w, "rijen", (int64_t)l->rows);
        wijk_json_kv_int(w, "geladen", (int64_t)l->taken);
        wijk_json_kv_int(w, "geweigerd", (int64_t)l->refused);
        wijk_json_kv_int(w, "gemarkeerd", (int64_t)l->flagged);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

void wijk__res_sources(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_begin_object(w);
    wijk__res_list(w, "bronnen");
    for (size_t k = 0; k < c->s->defs->n_source; k++) {
        const struct wijk_source *s = &c->s->defs->source[k];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", s->id);
        wijk_json_kv_str(w, "titel", en && s->title_en ? s->title_en : s->title_nl);
        wijk__res_text(w, "uitgever", s->publisher);
        wijk__res_text(w, "licentie", s->licence);
        wijk__res_text(w, "homepage", s->homepage);
        wijk__res_text(w, "bronvermelding", s->attribution);
        load_lines(c, s->id);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

void wijk__res_findings(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    int64_t id = 0;
    size_t k = c->s->n_load;
    if (wijk_int_parse(wijk_str(c->arg[1]), 1, UINT32_MAX, &id))
        for (k = 0; k < c->s->n_load && c->s->load[k].id != id; k++) continue;
    if (k >= c->s->n_finding_list || strcmp(c->s->load[k].source, c->arg[0]) != 0) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze lading bestaat niet."));
        return;
    }
    const struct wijk_load *l = &c->s->finding_list[k];
    wijk_json_begin_object(w);
    wijk__res_list(w, "bevindingen");
    for (size_t i = 0; i < l->n_finding; i++) wijk__res_finding(w, &l->finding[i]);
    wijk__res_list_end(w);
}

/* ---- /tegels ---- */

static const struct wijk_tiles *tiles_of(const struct http_call *c, const char *layer)
{
    if (strcmp(layer, "water") == 0) return c->s->water_tiles;
    const char *dash = strchr(layer, '-');
    enum wijk_level level;
    int64_t year = 0;
    if (dash && !wijk_int_parse(wijk_str(dash + 1), 1900, 2200, &year)) return NULL;
    if (!wijk_level_parse((struct wijk_str){layer, dash ? (size_t)(dash - layer) : strlen(layer)}, &level))
        return NULL;
    const struct wijk_snapshot_division *d = wijk_snapshot_division(c->s, level, (int)year);
    return d ? d->tiles : NULL;
}

void wijk__res_tile(struct http_call *c)
{
    const struct wijk_tiles *tiles = tiles_of(c, c->arg[1]);
    int64_t z = 0, x = 0, y = 0;
    bool good = wijk_int_parse(wijk_str(c->arg[2]), 0, 22, &z) &&
                wijk_int_parse(wijk_str(c->arg[3]), 0, ((int64_t)1 << z) - 1, &x) &&
                wijk_int_parse(wijk_str(c->arg[4]), 0, ((int64_t)1 << z) - 1, &y);
    if (!tiles || !good || strcmp(c->arg[0], c->s->version) != 0) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze tegel bestaat niet."));
        return;
    }
    struct wijk_str bytes;
    if (wijk_tiles_encode(c->cx, tiles, (int)z, (uint32_t)x, (uint32_t)y, &bytes) != WIJK_OK) {
        wijk__http_problem(c, 500, wijk_tr(c->cx, "Er ging iets mis"), wijk_fault(c->cx));
        return;
    }
    c->fixed = true;
    c->out->content_type = "application/vnd.mapbox-vector-tile";
    c->out->body = bytes.n ? bytes : WIJK_STR("");
}

/* ---- /gezond ---- */

/* Whether what people write is kept. A server over no file of its own writes nothing either. */
static const char *keeps(const struct http_call *c)
{
    if (!wijk__desk_writes(c->world->desk)) return "alleen-lezen";
    return wijk__desk_is_full(c->world->desk) ? "vol" : "goed";
}

void wijk__res_health(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    const char *trouble = c->world->keeper ? wijk__keeper_trouble(c->world->keeper) : NULL;
    c->live = true;
    if (trouble) {
        wijk__http_problem(c, 503, wijk_tr(c->cx, "Het bestand heeft hulp nodig"), wijk_tr(c->cx, trouble));
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "status", "goed");
    wijk_json_kv_str(w, "titel", c->s->info.title);
    wijk_json_kv_str(w, "gegevensversie", c->s->version);
    wijk_json_kv_str(w, "bewaren", keeps(c));
    wijk_json_end_object(w);
}
