/* SPDX-License-Identifier: EUPL-1.2 */
/* The export recipe: what a snapshot holds, in the form that is asked, whole or not at all. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *id, *media;
} KINDS[] = {
#define X(name, id, media) {id, media},
    WIJK_EXPORTS(X)
#undef X
};

const char *wijk_export_id(enum wijk_export_kind kind)
{
    return KINDS[kind].id;
}

const char *wijk_export_media(enum wijk_export_kind kind)
{
    return KINDS[kind].media;
}

bool wijk_export_parse(struct wijk_str id, enum wijk_export_kind *out)
{
    for (int k = 0; k < WIJK_EXPORT_COUNT; k++) {
        if (!wijk_str_eq(id, wijk_str(KINDS[k].id))) continue;
        *out = (enum wijk_export_kind)k;
        return true;
    }
    return false;
}

/* ---- which areas ---- */

/* By division and area: is it `within`, or does it lie in it? */
static enum wijk_err inside_of(struct wijk__export *e)
{
    const struct wijk_snapshot *s = e->s;
    const struct wijk_snapshot_division *found;
    size_t at;
    if (!e->in->within) return WIJK_OK;
    WIJK_TRY(wijk__area_find(e->cx, s, e->in->within, 0, &found, &at));
    const char *code = found->areas.v[at].code;
    bool **inside = WIJK_NEW(e->cx, bool *, s->n_division);
    for (size_t k = 0; k < s->n_division; k++) {
        const struct wijk_snapshot_division *d = &s->division[k];
        inside[k] = WIJK_NEW(e->cx, bool, d->areas.n);
        for (size_t a = 0; a < d->areas.n; a++) {
            const struct wijk_snapshot_division *up = d;
            for (size_t i = a; up && i != SIZE_MAX && !inside[k][a];) {
                inside[k][a] = strcmp(up->areas.v[i].code, code) == 0;
                i = up->parent[i];
                up = up->areas.level < WIJK_LEVEL_GEMEENTE
                         ? wijk_snapshot_division(s, up->areas.level + 1, up->areas.division_year)
                         : NULL;
            }
        }
    }
    e->inside = (const bool *const *)inside;
    return WIJK_OK;
}

/* ---- CSV and JSON ---- */

static void put_text(void *self, const char *s)
{
    if (s)
        wijk_table_text(self, s);
    else
        wijk_table_empty(self);
}
static void put_num(void *self, double v)
{
    wijk_table_num(self, v);
}
static void put_whole(void *self, int64_t v)
{
    wijk_table_int(self, v);
}
static void put_period(void *self, struct wijk_period p)
{
    char text[16];
    wijk_period_write(p, text);
    wijk_table_text(self, text);
}
static void put_figure(void *self, double v, enum wijk_status status)
{
    (void)status; /* it has its own columns, so that a program can read this one as numbers */
    wijk_table_num(self, v);
}
static void end(void *self)
{
    wijk_table_end_row(self);
}

static bool write_table(const struct wijk__export *e, struct wijk_out out)
{
    const struct wijk__export_table *t = &wijk__export_tables[WIJK__TABLE_FIGURES];
    enum wijk_format format = e->in->kind == WIJK_EXPORT_JSON ? WIJK_FORMAT_JSON : WIJK_FORMAT_CSV;
    struct wijk_column *column = WIJK_NEW(e->cx, struct wijk_column, t->n_column);
    for (size_t c = 0; c < t->n_column; c++)
        column[c] = (struct wijk_column){t->column[c].key, t->column[c].title, -1};
    struct wijk_table_out *table = wijk_table_open(e->cx, format, out, column, t->n_column);
    struct wijk__rows rows = {table, put_text, put_num, put_whole, put_period, put_figure, end};
    t->write(e, &rows);
    return wijk_table_close(table);
}

/* ---- GeoJSON ---- */

static void put_properties(struct wijk_cx *cx, struct wijk_json_out *j, const struct wijk_area *area,
                           int division_year, const struct wijk_scores *sc, size_t a)
{
    wijk_json_kv_str(j, "code", area->code);
    wijk_json_kv_str(j, "name", area->name);
    wijk_json_kv_str(j, "parent", area->parent);
    wijk_json_kv_int(j, "division_year", division_year);
    wijk_json_kv_num(j, "residents", area->residents);
    if (!sc || a >= sc->n) return;
    char period[16];
    wijk_period_write(sc->period, period);
    wijk_json_kv_str(j, "method", sc->method->id);
    wijk_json_kv_str(j, "period", period);
    wijk_json_kv_num(j, "deviation", sc->total[a]);
    wijk_json_key(j, "class");
    if (sc->class_[a])
        wijk_json_int(j, sc->class_[a]);
    else
        wijk_json_null(j);
    for (size_t k = 0; k < sc->method->n_dimension; k++)
        wijk_json_kv_num(j, sc->method->dimension[k].id, sc->dimension[k][a]);
    wijk_json_kv_str(j, "trace", wijk_scores_id(cx, sc, area->code)); /* of the deviation */
}

static const struct wijk_snapshot_division *map_division(const struct wijk__export *e)
{
    if (e->in->level != WIJK_LEVEL_COUNT) return wijk_snapshot_division(e->s, e->in->level, 0);
    return e->s->n_division ? &e->s->division[0] : NULL; /* by level: buurten first */
}

static bool write_geojson(const struct wijk__export *e, const struct wijk_snapshot_division *d,
                          struct wijk_out out)
{
    const struct wijk_scores *sc = wijk__export_latest(d);
    struct wijk_geojson_out *w = WIJK_NEW(e->cx, struct wijk_geojson_out, 1);
    wijk_geojson_begin(w, out);
    for (size_t a = 0; a < d->areas.n; a++) {
        if (!wijk__export_has(e, d, a)) continue;
        wijk_geojson_begin_feature(w, d->areas.v[a].code, d->areas.v[a].geom);
        put_properties(e->cx, &w->json, &d->areas.v[a], d->areas.division_year, sc, a);
        wijk_geojson_end_feature(w);
    }
    return wijk_geojson_end(w);
}

/* ---- the recipe ---- */

/* Small writes of a row become large ones of the file. */
struct gather {
    struct wijk_out out;
    size_t n;
    char room[1 << 16];
};

static bool flush(struct gather *g)
{
    bool good = g->out.write(g->out.self, g->room, g->n);
    g->n = 0;
    return good;
}

static bool gather(void *self, const void *bytes, size_t n)
{
    struct gather *g = self;
    if (n > sizeof g->room - g->n && !flush(g)) return false;
    if (n > sizeof g->room) return g->out.write(g->out.self, bytes, n);
    memcpy(g->room + g->n, bytes, n);
    g->n += n;
    return true;
}

static enum wijk_err export_text(const struct wijk__export *e, const struct wijk_file_to *to)
{
    const struct wijk_snapshot_division *d = e->in->kind == WIJK_EXPORT_GEOJSON ? map_division(e) : NULL;
    struct wijk_file_out *file;
    WIJK_TRY(wijk_file_out_to(e->cx, to, &file));
    struct gather *g = WIJK_NEW(e->cx, struct gather, 1);
    g->out = wijk_file_out(file);
    struct wijk_out out = {gather, g};
    bool good = (d ? write_geojson(e, d, out) : write_table(e, out)) && flush(g);
    (void)good; /* the file keeps why a write failed and says it */
    return wijk_file_out_done(file);
}

enum wijk_err wijk_flow_export(struct wijk_cx *cx, const struct wijk_snapshot *s,
                               const struct wijk_flow_export_in *in, const struct wijk_file_to *to)
{
    struct wijk__export e = {.cx = cx, .s = s, .in = in};
    bool empty = in->level != WIJK_LEVEL_COUNT && !wijk_snapshot_division(s, in->level, 0);
    if (empty)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Er zijn geen %s in dit bestand.",
                         wijk_tr(cx, wijk_level_label(in->level, true)));
    if (in->source && !wijk_defs_source(s->defs, in->source))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De bron %s bestaat niet.", in->source);
    if (in->kind == WIJK_EXPORT_GEOJSON && !map_division(&e))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Er zijn geen gebieden in dit bestand.");
    WIJK_TRY(inside_of(&e));
    if (in->kind == WIJK_EXPORT_XLSX) return wijk__export_xlsx(&e, to);
    if (in->kind == WIJK_EXPORT_GPKG) return wijk__export_gpkg(&e, to);
    return export_text(&e, to);
}
