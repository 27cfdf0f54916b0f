/* SPDX-License-Identifier: EUPL-1.2 */
/* The export recipe: everything of a store in long form, or one level as GeoJSON with its latest scores. */
#include "flow/flow.h"

#include <math.h>

static const struct wijk_column COLUMNS[] = {
    {"code", WIJK_T("Code"), -1},           {"name", WIJK_T("Naam"), -1},
    {"level", WIJK_T("Niveau"), -1},        {"division_year", WIJK_T("Indeling"), -1},
    {"indicator", WIJK_T("Indicator"), -1}, {"period", WIJK_T("Periode"), -1},
    {"release", WIJK_T("Uitgave"), -1},     {"value", WIJK_T("Waarde"), -1},
    {"status", WIJK_T("Status"), -1},       {"source", WIJK_T("Bron"), -1},
    {"file", WIJK_T("Bestand"), -1},        {"row", WIJK_T("Regel"), -1},
};

static void put_series(struct wijk_table_out *t, const struct wijk_snapshot *s,
                       const struct wijk_series *series)
{
    const struct wijk_snapshot_division *d =
        wijk_snapshot_division(s, series->key.level, series->key.division_year);
    char period[16];
    wijk_period_write(series->key.period, period);
    for (size_t a = 0; d && a < series->n && a < d->areas.n; a++) {
        uint32_t load = series->load ? series->load[a] : 0;
        if (!load || load > s->n_load) continue; /* the file said nothing of this area */
        wijk_table_text(t, d->areas.v[a].code);
        wijk_table_text(t, d->areas.v[a].name);
        wijk_table_text(t, wijk_level_id(series->key.level));
        wijk_table_int(t, series->key.division_year);
        wijk_table_text(t, series->key.indicator);
        wijk_table_text(t, period);
        wijk_table_text(t, series->key.release);
        wijk_table_num(t, series->value[a]);
        wijk_table_text(t, wijk_status_id((enum wijk_status)series->status[a]));
        wijk_table_text(t, s->load[load - 1].source);
        wijk_table_text(t, s->load[load - 1].file_name);
        if (series->row && series->row[a])
            wijk_table_int(t, series->row[a]);
        else
            wijk_table_empty(t); /* computed, or hidden: then its row is nobody's business */
        wijk_table_end_row(t);
    }
}

/* The newest scores of that division, or NULL. */
static const struct wijk_scores *latest(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d)
{
    const struct wijk_scores *best = NULL;
    for (size_t i = 0; i < s->n_scores; i++) {
        const struct wijk_scores *c = s->scores[i];
        if (c->level != d->areas.level || c->division_year != d->areas.division_year) continue;
        if (!best || wijk_period_key(c->period) >= wijk_period_key(best->period)) best = c;
    }
    return best;
}

static void put_properties(struct wijk_json_out *j, const struct wijk_area *area, int division_year,
                           const struct wijk_scores *sc, size_t a)
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
}

static enum wijk_err export_geojson(struct wijk_cx *cx, const struct wijk_snapshot *s, enum wijk_level level,
                                    struct wijk_out out)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, level, 0);
    if (!d)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Er zijn geen %s in dit bestand.",
                         wijk_tr(cx, wijk_level_label(level, true)));
    const struct wijk_scores *sc = latest(s, d);
    struct wijk_geojson_out *w = WIJK_NEW(cx, struct wijk_geojson_out, 1);
    wijk_geojson_begin(w, out);
    for (size_t a = 0; a < d->areas.n; a++) {
        wijk_geojson_begin_feature(w, d->areas.v[a].code, d->areas.v[a].geom);
        put_properties(&w->json, &d->areas.v[a], d->areas.division_year, sc, a);
        wijk_geojson_end_feature(w);
    }
    return wijk_geojson_end(w) ? WIJK_OK : wijk_fail(cx, WIJK_EIO, "Schrijven lukt niet.");
}

enum wijk_err wijk_flow_export(struct wijk_cx *cx, const struct wijk_snapshot *s, enum wijk_export_kind kind,
                               enum wijk_level level, struct wijk_out out)
{
    if (kind == WIJK_EXPORT_GEOJSON) return export_geojson(cx, s, level, out);
    enum wijk_format format = kind == WIJK_EXPORT_JSON ? WIJK_FORMAT_JSON : WIJK_FORMAT_CSV;
    struct wijk_table_out *t = wijk_table_open(cx, format, out, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < s->n_series; i++) put_series(t, s, &s->series[i]);
    return wijk_table_close(t) ? WIJK_OK : wijk_fail(cx, WIJK_EIO, "Schrijven lukt niet.");
}
