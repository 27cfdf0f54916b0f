/* SPDX-License-Identifier: EUPL-1.2 */
/* What the recipes of flow share: areas with their parents, and the one rule by which series become scores.
 */
#ifndef WIJK_FLOW_INT_H
#define WIJK_FLOW_INT_H

#include "flow/flow.h"

/* One division with each area's place in the level above it. */
struct wijk__layer {
    struct wijk_areas areas;
    const struct wijk_area_index *index;
    const size_t *parent; /* areas.n; index into the level above in the same division year; SIZE_MAX none */
};

/* What a load touched, as far as scores go. Buurt, wijk and gemeente of one division hang together, because
 * the higher are made of the lower; every other level stands by itself. */
struct wijk__touch {
    enum wijk_level level; /* BUURT stands for the three */
    int division_year;
    int year; /* 0: every year, because areas or residents changed */
};
struct wijk__touched {
    size_t n, cap;
    struct wijk__touch *v; /* no two alike */
};
void wijk__touch(struct wijk_cx *cx, struct wijk__touched *t, enum wijk_level level, int division_year,
                 int year);
/* year 0: any year of it. only NULL: everything is. */
bool wijk__is_touched(const struct wijk__touched *only, enum wijk_level level, int division_year, int year);
/* Does a method, or the weighing of its means, read this indicator? */
bool wijk__makes_scores(const struct wijk_defs *defs, const char *indicator);
/* As wijk_flow_measure, for what was touched; for everything when a definition is not the one the stored
 * scores were computed with. The store ends up as after computing everything. */
enum wijk_err wijk__flow_measure_touched(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_defs *defs, const struct wijk__touched *touched);

/* ---- lay.c: the cells of a file over what is there ---- */

struct wijk__lay;
struct wijk__lay_in {
    const struct wijk_series *s;    /* of the file, in the order of areas */
    const struct wijk_areas *areas; /* of the file */
    const size_t *place; /* by area of the file: its place in the store; from n_store on: nowhere */
    size_t n_store;
    uint32_t load; /* id of this load */
    bool dry_run;  /* only look */
};
/* For one load of a source, before that load is saved. */
enum wijk_err wijk__lay_open(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                             const char *source, struct wijk__lay **out);
enum wijk_err wijk__lay_series(struct wijk_cx *cx, struct wijk_store *store, struct wijk__lay *lay,
                               const struct wijk__lay_in *in);
/* What a person has to know of it. */
const struct wijk_finding *wijk__lay_findings(struct wijk_cx *cx, const struct wijk__lay *lay, size_t *n);

/* earlier.c: the load of this file for this source, and (gemeente not NULL) for this gemeente; NULL none. */
enum wijk_err wijk__flow_earlier(struct wijk_cx *cx, struct wijk_store *store, const char *source,
                                 const char *sha256, const char *gemeente, const struct wijk_load **out);

/* ahead.c: the files of one import, hashed and read before it is their turn. `in` outlives it. *out NULL:
 * nothing to gain; the calls below allow that. */
struct wijk__ahead;
struct wijk__early {                       /* zero: not looked at, or something was wrong with it */
    const char *sha256;                    /* NULL: not known */
    uint64_t bytes;                        /* goes with it */
    const struct wijk_import_batch *batch; /* NULL: not read */
};
enum wijk_err wijk__ahead_open(struct wijk_cx *cx, struct wijk_store *store,
                               const struct wijk_flow_import_in *in, const struct wijk_source *source,
                               struct wijk__ahead **out);
/* Of file i, once it is there; files are asked for in their order. It lives until wijk__ahead_done(i). */
struct wijk__early wijk__ahead_take(struct wijk__ahead *a, size_t i);
void wijk__ahead_done(struct wijk__ahead *a, size_t i);
void wijk__ahead_close(struct wijk__ahead *a);
/* import.c: how a file is read, but for what only the recipe has: its progress, joins and known areas. */
struct wijk_import_in wijk__import_in(const struct wijk_flow_import_in *in, const struct wijk_source *source,
                                      const char *path);

/* Fails WIJK_ENOTFOUND with the id that looks alike. */
enum wijk_err wijk__flow_source(struct wijk_cx *cx, const struct wijk_defs *defs, const char *id,
                                const struct wijk_source **out);

/* All divisions of the store, by level, newest first; only NULL, or those touched. */
enum wijk_err wijk__layers_read(struct wijk_cx *cx, struct wijk_store *store, bool with_geometry,
                                const struct wijk__touched *only, const struct wijk__layer **out, size_t *n);

/* Every score the series allow: published figures first, then wijk and gemeente from their buurten where
 * nothing is published for that method and period. What is stored and what is shown both come from here, so
 * they cannot differ.
 *
 * method  NULL: all of defs
 * series  sorted by indicator, level, division, period, release; of two releases of one period the newest
 * counts out     by method, layer, period */
enum wijk_err wijk__flow_scores(struct wijk_cx *cx, const struct wijk_defs *defs, const char *method,
                                const struct wijk__layer *layer, size_t n_layer,
                                const struct wijk_series *series, size_t n_series,
                                const struct wijk_scores *const **out, size_t *n);

/* Does this series tell how many residents the areas of a division had in that year? */
bool wijk__tells_residents(const struct wijk_series *s, enum wijk_level level, int division_year, int year);

/* gate.c: the one way from a store's series to what may leave. out: as many, in the same order; vectors of
 * open indicators are the same ones, others are rounded or hidden, and a hidden cell has no row.
 * round_to: by indicator, 0 = as delivered. */
struct wijk__gate_in {
    const struct wijk_defs *defs;
    const struct wijk__layer *layer;
    size_t n_layer;
    const struct wijk_series *series; /* as the store sorts them */
    size_t n_series;
    const struct wijk_load *load;
    size_t n_load;
};
enum wijk_err wijk__gate_series(struct wijk_cx *cx, const struct wijk__gate_in *in,
                                const struct wijk_series **out, const double **round_to);
/* What stands aside, in the same order: without figures and rows where the indicator or the source is not
 * open. */
void wijk__gate_others(struct wijk_cx *cx, const struct wijk__gate_in *in, const struct wijk_other *other,
                       size_t n, const struct wijk_other **out);
/* Where the count of residents is not open, areas tell the gated one. */
void wijk__gate_residents(struct wijk_cx *cx, const struct wijk_series *before,
                          const struct wijk_series *after, size_t n_series, struct wijk_areas *areas);

/* ---- published.c: what the register of algorithms lets out ---- */

/* Decides it for this snapshot, of which defs, info, now and unpublished are filled. */
void wijk__publish(struct wijk_cx *cx, struct wijk_snapshot *s);
/* Takes the figures of scores that are shut out of it. */
void wijk__publish_series(struct wijk_cx *cx, struct wijk_snapshot *s);
/* The same of an answer that was kept. */
void wijk__publish_drawn(struct wijk_cx *cx, const struct wijk_snapshot *s,
                         const struct wijk_drawn_answer **answer);
/* Fails WIJK_ENOTFOUND with the reason when it is shut. */
enum wijk_err wijk__published(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *id);
/* Before saying that there are no scores: fails with the reason when they are there, but shut. */
enum wijk_err wijk__published_scores(struct wijk_cx *cx, const struct wijk_snapshot *s);
enum wijk_err wijk__published_analysis(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       enum wijk_analysis a);
enum wijk_err wijk__published_indicator(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                        const struct wijk_indicator *i);

/* ---- compare.c ---- */

/* The newest yearly figures of an indicator in a division, or (year not 0) those of a year; NULL none. */
const struct wijk_series *wijk__newest_of(const struct wijk_snapshot_division *d, const char *indicator,
                                          int year);
/* n values; NAN where there is none. */
const double *wijk__values_of(struct wijk_cx *cx, const struct wijk_series *v, size_t n);
/* Areas that lie together, 0..n_group-1: by gemeente; with fewer than three of those by wijk. */
const size_t *wijk__groups_of(struct wijk_cx *cx, const struct wijk_areas *areas, size_t *n_group);

/* ---- exports: the same tables in every form (export_tables.c) ---- */

struct wijk__export {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_flow_export_in *in;
    const bool *const *inside; /* by division, then area; NULL: everything */
};
/* Where the rows of a table go. Texts last until the end of their row. */
struct wijk__rows {
    void *self;
    void (*text)(void *self, const char *s); /* NULL: empty */
    void (*num)(void *self, double v);       /* NAN: empty  */
    void (*whole)(void *self, int64_t v);
    void (*period)(void *self, struct wijk_period p);
    void (*figure)(void *self, double v, enum wijk_status status);
    void (*end)(void *self);
};
struct wijk__export_column {
    const char *key, *title, *type; /* type: as in a GeoPackage */
    double width;                   /* in a sheet */
};
struct wijk__export_table {
    const char *name, *title, *about;
    const struct wijk__export_column *column;
    size_t n_column;
    void (*write)(const struct wijk__export *e, const struct wijk__rows *to);
};
enum { WIJK__TABLE_FIGURES, WIJK__TABLE_AREAS, WIJK__TABLE_WORDS, WIJK__TABLE_SOURCES, WIJK__TABLES };
extern const struct wijk__export_table wijk__export_tables[WIJK__TABLES];
/* Does this area go out? */
bool wijk__export_has(const struct wijk__export *e, const struct wijk_snapshot_division *d, size_t area);
/* The newest scores of that division, or NULL. */
const struct wijk_scores *wijk__export_latest(const struct wijk_snapshot_division *d);
/* Newest moment at which something was loaded; "" none. */
const char *wijk__export_changed(const struct wijk_snapshot *s);
enum wijk_err wijk__export_xlsx(const struct wijk__export *e, const struct wijk_file_to *to);
enum wijk_err wijk__export_gpkg(const struct wijk__export *e, const struct wijk_file_to *to);

/* Place of the first series of an indicator, or where it would stand; the list is sorted by indicator. */
size_t wijk__series_first(const struct wijk_series *series, size_t n, const char *indicator);

/* The division and place of a code; division_year 0: the newest. Fails WIJK_ENOTFOUND with the code that
 * looks alike. */
enum wijk_err wijk__area_find(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                              int division_year, const struct wijk_snapshot_division **division,
                              size_t *area);

/* ---- cluster.c ---- */

/* Is the area that one, or of that wijk or gemeente? NULL or "": every area is. */
bool wijk__lies_within(const struct wijk_area *a, const char *within);
bool wijk__column_of(const struct wijk_history *h, struct wijk_period period, size_t *column);

/* ---- crosswalk.c ---- */

/* The kept crosswalk between these areas; codes that are not among them are passed over. NULL when it cannot
 * be right (a damaged or foreign file). */
const struct wijk_crosswalk *wijk__cross_of(struct wijk_cx *cx, const struct wijk_crosswalk_kept *k,
                                            const struct wijk_areas *from,
                                            const struct wijk_area_index *from_index,
                                            const struct wijk_areas *to,
                                            const struct wijk_area_index *to_index);

/* From pairs that were read already; save false: only look. As wijk_flow_cross_import(). */
enum wijk_err wijk__flow_cross_pairs(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_flow_cross *which,
                                     const struct wijk_import_pairs *pairs, bool save,
                                     const struct wijk_flow_crossed **out);
/* import_pairs.c: a file of a source of codes; as one file of wijk_flow_import(). */
enum wijk_err wijk__flow_import_pairs(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_flow_import_in *in, const struct wijk_import_in *read,
                                      struct wijk_flow_import_out *out);

/* ---- joined.c ---- */

/* The ways between the divisions of a snapshot that is being made. */
enum wijk_err wijk__joined_read(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                                struct wijk_snapshot_division *division);
/* A cell of an earlier division's series for an area of d; false when the area was not there. */
bool wijk__join(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                const struct wijk_snapshot_division *from, const struct wijk_series *v,
                const struct wijk_indicator *indicator, struct wijk_joined *out);
/* The same for a period that d itself has no series of; the newest division that has it. */
bool wijk__join_find(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                     const char *indicator, struct wijk_period period, struct wijk_joined *out);

/* ---- trajectories.c ---- */

/* Is the area that code, or does it lie in it? */
bool wijk__lies_in(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                   const char *code);

/* ---- lived.c: how many people live at which livability ---- */

/* The figures of one method in the areas of one division, with the people in them, for methods over people.
 * n_area x n_period, area-major. */
struct wijk__lived {
    const struct wijk_snapshot_division *division;
    const struct wijk_method *method;
    const char *release;
    const struct wijk_indicator *indicator; /* of value; NULL: only classes are known */
    size_t n_area, n_period;
    const size_t *area;               /* places in the division */
    const struct wijk_period *period; /* increasing */
    const double *value;              /* NAN: none, or not to be compared */
    const uint8_t *class_;            /* 0 none */
    const double *people;             /* NAN not known */
    double reference;                 /* score = value + reference; NAN not known */
    double limit;                     /* value up to which a class is insufficient; NAN not known */
    enum wijk_people_from from;
    bool cells;    /* 100 m cells: nothing is averaged away */
    size_t n_unit; /* gemeenten that have areas here, by code */
    const char *const *unit_code, *const *unit_name;
    const size_t *unit; /* n_area; n_unit: of no gemeente that is known */
    size_t n_part;      /* parts of a gemeente: wijken of buurten, buurten of cells, regions of postcodes */
    const char *const *part_code;
    const size_t *part; /* n_area; n_part: of none */
    size_t n_other;     /* periods that only another release has */
};
/* in->within: of one gemeente, or NULL or WIJK_TRACE_ALL: of all areas.
 * Fails WIJK_ENOTFOUND no such method, level or gemeente, or no figures */
enum wijk_err wijk__lived_read(struct wijk_cx *cx, const struct wijk_snapshot *s,
                               const struct wijk_flow_lived_in *in, const struct wijk__lived **out);
/* insufficient.c: the same for who asked. */
struct wijk_flow_lived_head wijk__lived_head(const struct wijk__lived *l);
/* The parameters in the ids of their figures: always in one order, so that a figure has one id. */
const char *wijk__insufficient_param(struct wijk_cx *cx, const struct wijk_flow_insufficient *f,
                                     const char *measure);
const char *wijk__gap_param(struct wijk_cx *cx, const struct wijk_flow_gap *f, enum wijk_gap_measure m);

/* ---- names.c ---- */

/* For wijk_import_known: self is the store. */
enum wijk_err wijk__flow_known_areas(void *store, struct wijk_cx *cx, enum wijk_level level,
                                     int division_year, const struct wijk_areas **out);
/* Copies what lives in another context. */
void wijk__flow_keep_joins(struct wijk_cx *cx, struct wijk_import_joins *joins);

#endif
