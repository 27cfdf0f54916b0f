/* SPDX-License-Identifier: EUPL-1.2 */
/* A store as an immutable picture in memory: what the server's threads and the CLI read. Nothing in it
 * changes after wijk_flow_snapshot(), so it needs no lock. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* ---- geometry ---- */

static enum wijk_err division_geometry(struct wijk_cx *cx, struct wijk_snapshot_division *d)
{
    struct wijk_box all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    const struct wijk_geom **geom = WIJK_NEW(cx, const struct wijk_geom *, d->areas.n);
    struct wijk_xy *label = WIJK_NEW(cx, struct wijk_xy, d->areas.n), at;
    struct wijk_box *rd = WIJK_NEW(cx, struct wijk_box, d->areas.n),
                    *degrees = WIJK_NEW(cx, struct wijk_box, d->areas.n);
    bool any = false;
    d->area_rd = rd;
    d->area_wgs84 = degrees;
    for (size_t i = 0; i < d->areas.n; i++) {
        rd[i] = degrees[i] = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
        geom[i] = d->areas.v[i].geom;
        label[i] = (struct wijk_xy){NAN, NAN};
        if (!geom[i] || geom[i]->n_point == 0) continue;
        struct wijk_box b = rd[i] = wijk_geom_box(geom[i]);
        degrees[i] = wijk_box_to_wgs84(b);
        all = (struct wijk_box){fmin(all.min_x, b.min_x), fmin(all.min_y, b.min_y), fmax(all.max_x, b.max_x),
                                fmax(all.max_y, b.max_y)};
        any = true;
        if (wijk_geom_label_point(cx, geom[i], &at) == WIJK_OK)
            label[i] = wijk_wgs84_from_rd(at);
        else
            wijk_fault_clear(cx); /* an area without an inside has no label point; that is no fault */
    }
    d->label = label;
    if (!any) return WIJK_OK;
    d->box = wijk_box_to_wgs84(all);
    return wijk_tiles_build(cx, geom, d->areas.n, (struct wijk_tiles_opt){0}, &d->tiles);
}

static enum wijk_err water(struct wijk_cx *cx, struct wijk_store *store, struct wijk_snapshot *s)
{
    WIJK_TRY(wijk_store_read_water(cx, store, &s->water_name, &s->water, &s->n_water));
    if (!s->n_water) return WIJK_OK;
    return wijk_tiles_build(cx, s->water, s->n_water, (struct wijk_tiles_opt){.layer = "water"},
                            &s->water_tiles);
}

static enum wijk_err findings(struct wijk_cx *cx, struct wijk_store *store, struct wijk_snapshot *s)
{
    struct wijk_load *list = WIJK_NEW(cx, struct wijk_load, s->n_load);
    for (size_t i = 0; i < s->n_load; i++)
        WIJK_TRY(wijk_store_read_findings(cx, store, s->load[i].id, &list[i].finding, &list[i].n_finding));
    s->finding_list = list;
    s->n_finding_list = s->n_load;
    return WIJK_OK;
}

/* ---- what belongs to a division ---- */

/* An area its sources gave no name, as most postcodes, goes by its code. */
static void call_by_code(struct wijk_cx *cx, struct wijk_areas *areas)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, areas->n);
    for (size_t i = 0; i < areas->n; i++) {
        v[i] = areas->v[i];
        if (!v[i].name || !*v[i].name) v[i].name = v[i].code;
    }
    areas->v = v;
}

static bool same_but_release(const struct wijk_series *a, const struct wijk_series *b)
{
    return a->key.level == b->key.level && a->key.division_year == b->key.division_year &&
           wijk_period_key(a->key.period) == wijk_period_key(b->key.period) &&
           strcmp(a->key.indicator, b->key.indicator) == 0;
}

static void division_series(struct wijk_cx *cx, const struct wijk_snapshot *s,
                            struct wijk_snapshot_division *d)
{
    const struct wijk_series **list = WIJK_NEW(cx, const struct wijk_series *, s->n_series);
    const struct wijk_indicator **indicator = WIJK_NEW(cx, const struct wijk_indicator *, s->n_series);
    size_t n = 0;
    for (size_t k = 0; k < s->defs->n_indicator; k++) {
        const char *id = s->defs->indicator[k].id;
        for (size_t i = wijk__series_first(s->series, s->n_series, id);
             i < s->n_series && strcmp(s->series[i].key.indicator, id) == 0; i++) {
            const struct wijk_series *v = &s->series[i];
            if (v->key.level != d->areas.level || v->key.division_year != d->areas.division_year) continue;
            if (n && same_but_release(list[n - 1], v)) n--; /* the newer release comes later */
            list[n] = v;
            indicator[n++] = &s->defs->indicator[k];
        }
    }
    d->series = list;
    d->indicator = indicator;
    d->n_series = n;
}

static void division_scores(struct wijk_cx *cx, const struct wijk_snapshot *s,
                            struct wijk_snapshot_division *d)
{
    const struct wijk_scores **list = WIJK_NEW(cx, const struct wijk_scores *, s->n_scores);
    for (size_t i = 0; i < s->n_scores; i++)
        if (s->scores[i]->level == d->areas.level && s->scores[i]->division_year == d->areas.division_year)
            list[d->n_scores++] = s->scores[i];
    d->scores = list;
}

/* ---- names for search ---- */

static const char *folded(struct wijk_cx *cx, const char *text)
{
    return wijk_str_dup(cx, wijk_str_fold(cx, wijk_str(text)));
}

static void names(struct wijk_cx *cx, struct wijk_snapshot *s)
{
    size_t most = 0;
    for (size_t d = 0; d < s->n_division; d++) most += s->division[d].areas.n;
    struct wijk_snapshot_name *name = WIJK_NEW(cx, struct wijk_snapshot_name, most);
    for (size_t d = 0; d < s->n_division; d++) {
        const struct wijk_areas *a = &s->division[d].areas;
        if (a->level == WIJK_LEVEL_RASTER) continue;
        for (size_t i = 0; i < a->n; i++) {
            bool newer = false; /* divisions of a level stand newest first */
            for (size_t k = 0; k < d && !newer; k++)
                newer = s->division[k].areas.level == a->level &&
                        wijk_area_find(s->division[k].index, a->v[i].code) != SIZE_MAX;
            if (newer) continue;
            name[s->n_name++] =
                (struct wijk_snapshot_name){folded(cx, a->v[i].name ? a->v[i].name : ""),
                                            folded(cx, a->v[i].code), (uint32_t)d, (uint32_t)i};
        }
    }
    s->name = name;
}

/* The store's series as they may leave; the true ones are known here and nowhere after. */
static enum wijk_err disclosed_series(struct wijk_cx *cx, struct wijk_store *store, struct wijk_snapshot *s,
                                      struct wijk__layer *layer)
{
    struct wijk__gate_in in = {
        .defs = s->defs, .layer = layer, .n_layer = s->n_division, .load = s->load, .n_load = s->n_load};
    WIJK_TRY(wijk_store_read_all_series(cx, store, &in.series, &in.n_series));
    WIJK_TRY(wijk__gate_series(cx, &in, &s->series, &s->round_to));
    s->n_series = in.n_series;
    const struct wijk_other *other;
    WIJK_TRY(wijk_store_read_others(cx, store, NULL, &other, &s->n_other));
    wijk__gate_others(cx, &in, other, s->n_other, &s->other);
    for (size_t i = 0; i < s->n_division; i++)
        wijk__gate_residents(cx, in.series, s->series, s->n_series, &layer[i].areas);
    wijk__publish_series(cx, s);
    return WIJK_OK;
}

enum wijk_err wijk_flow_snapshot(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                                 struct wijk_snapshot_opt opt, const struct wijk_snapshot **out)
{
    struct wijk_snapshot *s = WIJK_NEW(cx, struct wijk_snapshot, 1);
    const struct wijk__layer *stored;
    s->defs = defs;
    s->now = opt.now;
    s->unpublished = opt.unpublished;
    WIJK_TRY(wijk_store_info(cx, store, &s->info));
    wijk__publish(cx, s);
    WIJK_TRY(wijk__layers_read(cx, store, opt.geometry, NULL, &stored, &s->n_division));
    WIJK_TRY(wijk_store_read_loads(cx, store, &s->load, &s->n_load));
    WIJK_TRY(wijk_store_read_columns(cx, store, &s->column, &s->n_column));
    struct wijk__layer *layer = WIJK_NEW(cx, struct wijk__layer, s->n_division);
    for (size_t i = 0; i < s->n_division; i++) layer[i] = stored[i];
    WIJK_TRY(disclosed_series(cx, store, s, layer));
    WIJK_TRY(wijk__flow_scores(cx, defs, NULL, layer, s->n_division, s->series, s->n_series, &s->scores,
                               &s->n_scores));
    struct wijk_snapshot_division *division = WIJK_NEW(cx, struct wijk_snapshot_division, s->n_division);
    s->division = division;
    for (size_t i = 0; i < s->n_division; i++) {
        struct wijk_snapshot_division *d = &division[i];
        d->areas = layer[i].areas;
        call_by_code(cx, &d->areas);
        d->index = layer[i].index;
        d->parent = layer[i].parent;
        d->box = (struct wijk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
        if (opt.geometry) WIJK_TRY(division_geometry(cx, d));
        division_series(cx, s, d);
        division_scores(cx, s, d);
    }
    if (!wijk_snapshot_shut(cx, s, wijk_analysis_id(WIJK_ANALYSIS_CROSSWALK)))
        WIJK_TRY(wijk__joined_read(cx, store, s, division));
    if (opt.geometry) WIJK_TRY(water(cx, store, s));
    if (opt.geometry) WIJK_TRY(findings(cx, store, s));
    names(cx, s);
    *out = s;
    return WIJK_OK;
}

const struct wijk_snapshot_division *wijk_snapshot_division(const struct wijk_snapshot *s,
                                                            enum wijk_level level, int division_year)
{
    for (size_t i = 0; i < s->n_division; i++) {
        const struct wijk_areas *a = &s->division[i].areas;
        if (a->level == level && (!division_year || a->division_year == division_year))
            return &s->division[i];
    }
    return NULL;
}

const struct wijk_series *wijk_snapshot_series(const struct wijk_snapshot *s, const char *indicator,
                                               enum wijk_level level, int division_year,
                                               struct wijk_period period)
{
    const struct wijk_series *best = NULL;
    for (size_t i = wijk__series_first(s->series, s->n_series, indicator);
         i < s->n_series && strcmp(s->series[i].key.indicator, indicator) == 0; i++) {
        const struct wijk_series *v = &s->series[i];
        if (v->key.level != level || (division_year && v->key.division_year != division_year)) continue;
        if (period.year && wijk_period_key(v->key.period) != wijk_period_key(period)) continue;
        if (best && v->key.division_year < best->key.division_year) continue;
        if (best && v->key.division_year == best->key.division_year &&
            wijk_period_key(v->key.period) < wijk_period_key(best->key.period))
            continue;
        best = v; /* of equal ones the later in the list has the newer release */
    }
    return best;
}
