/* SPDX-License-Identifier: EUPL-1.2 */
/* flow: recipes, each a sentence: load, compute, save. The CLI and the server are tables over these, so a
 * number on a page, in the API, in the CLI and in a report cannot differ. */
#ifndef WIJK_FLOW_H
#define WIJK_FLOW_H

#include "fetch/fetch.h"
#include "import/import.h"

/* ---- definitions ---- */

/* The built-in defs/, or the folder `dir` when not NULL (a file there replaces the built-in one of the same
 * name). */
WIJK_API enum wijk_err wijk_flow_defs(struct wijk_cx *cx, const char *dir, const struct wijk_defs **out);
/* The same with the sources that were made in a store, and with one more (NULL none). What is built in or in
 * the folder goes before a source of the store of the same id, and a source of the store that does not hold
 * is left out: a file from elsewhere must open. Fails WIJK_EDEF when `more` does not hold, WIJK_EEXISTS when
 * its id is taken by one that is not of the store. */
WIJK_API enum wijk_err wijk_flow_defs_of(struct wijk_cx *cx, const char *dir, struct wijk_store *store,
                                         const struct wijk_own_source *more, const struct wijk_defs **out);

/* ---- import.c ---- */

struct wijk_flow_import_in {
    const struct wijk_defs *defs;
    const char *source;
    const char *const *paths;
    size_t n_paths;
    int year;
    const char *gemeente;
    const char *release; /* of the source, when the file and the definition do not tell; NULL */
    const char *reader;
    const char *retrieved; /* yyyy-mm-dd, when the files came from a service; NULL not known */
    const char *url;       /* and from where; NULL not known */
    const char *match;     /* file with names and codes that a person confirmed; NULL none */
    size_t n_confirmed;
    const struct wijk_import_match *confirmed; /* the same without a file */
    const struct wijk_own_source *own; /* the definition of `source`, kept with the first load; NULL */
    const char *sha256; /* of the only path, when the caller has it already; NULL = find it out */
    uint64_t bytes;     /* its size */
    size_t n_sample;    /* cells to show; at most WIJK_FLOW_SAMPLES */
    bool dry_run;
    bool on_page; /* as wijk_import_in */
    int64_t now;  /* seconds since 1970, the caller's clock */
    const struct wijk_progress *progress;
};
enum { WIJK_FLOW_SAMPLES = 20 };
struct wijk_flow_sample { /* a cell as it was read */
    const char *code, *name;
    const struct wijk_indicator *indicator;
    struct wijk_period period;
    double value; /* NAN unless ok or provisional */
    enum wijk_status status;
};
struct wijk_flow_import_out { /* one per file, in order */
    struct wijk_load load;
    bool already; /* the same file was loaded before: nothing done */
    size_t n_unknown;
    const char *const *unknown_column;
    size_t areas_new, series_saved;
    struct wijk_import_joins joins; /* of a file without codes; also when it was refused */
    size_t n_crosswalk;             /* made of a table of codes; 0 with figures */
    size_t n_area, n_indicator;     /* met in the file */
    const struct wijk_indicator *const *indicator;
    size_t n_sample;
    const struct wijk_flow_sample *sample;
};
/* All files in one transaction each; scores are computed anew in the same transaction. */
WIJK_API enum wijk_err wijk_flow_import(struct wijk_cx *cx, struct wijk_store *store,
                                        struct wijk_flow_import_in in, struct wijk_flow_import_out *out);

/* ---- fetch.c ---- */

struct wijk_flow_fetch_in {
    const struct wijk_defs *defs;
    const char *source;
    const char *way, *gemeente; /* NULL: the first way; no gemeente */
    int year;                   /* 0: the newest */
    const char *release, *reader;
    bool dry_run;
    struct wijk_fetch_opt opt;
};
struct wijk_flow_fetch_out {
    struct wijk_fetch_out got;
    size_t n; /* files imported; fewer than got.n after a fault */
    struct wijk_flow_import_out *file;
};
/* Fetches a source and imports what came, each file in one transaction, with its date of retrieval. */
WIJK_API enum wijk_err wijk_flow_fetch(struct wijk_cx *cx, struct wijk_store *store,
                                       struct wijk_flow_fetch_in in, struct wijk_flow_fetch_out *out);

/* ---- names.c: files without codes ---- */

/* A list of names with the areas they may mean, for a person to confirm: columns regel, naam, code, gebied,
 * gelijkenis, bevestigd. What was joined already is left out. Returns how many lines. */
WIJK_API size_t wijk_flow_proposals_write(const struct wijk_import_joins *joins, struct wijk_out out);
/* The lines of such a list that have «ja» (or yes) behind them.
 * Fails WIJK_EDATA columns missing, or a line without name or code; as wijk_csv_next() else. */
WIJK_API enum wijk_err wijk_flow_match_read(struct wijk_cx *cx, const char *path,
                                            const struct wijk_import_match **out, size_t *n);

/* ---- intake.c: a file of which a person told what its columns are ---- */

struct wijk_intake_field {
    const char *column, *indicator;
};
struct wijk_intake {
    const char *format, *encoding; /* as wijk_import_look() found them */
    enum wijk_level level;
    const char *key; /* the column that tells the area */
    bool key_is_name;
    const char *period_column; /* NULL: period_year */
    int period_year;           /* 0: the year is given with each load */
    int division_year;         /* 0: that of the period */
    const char *separator;     /* of a CSV: a sign or "tab"; NULL: from its first line */
    enum wijk_num_style number;
    size_t n_missing, n_secret, n_field;
    const char *const *missing, *const *secret; /* texts for: not known, known but not told */
    const struct wijk_intake_field *field;
};
/* What goes on top. Members may be NULL: an id out of what is in it, and words that say nothing is known. */
struct wijk_intake_head {
    const char *id, *title, *publisher, *licence;
};
/* The same as a source definition: text as a file of defs/sources. Counts in it are not taken for open: they
 * leave by the rules for figures that nobody rounded before. id: as in the text.
 * Fails WIJK_EUSAGE something is missing or named twice, or is too much. */
WIJK_API enum wijk_err wijk_flow_intake_define(struct wijk_cx *cx, const struct wijk_defs *defs,
                                               const struct wijk_intake *map,
                                               const struct wijk_intake_head *head, const char **id,
                                               const char **yaml);

/* ---- snapshot.c: an immutable picture of a store in memory, shared by threads ---- */

/* A way from an earlier division of the same level to this one. */
struct wijk_earlier {
    const struct wijk_snapshot_division *division;
    const struct wijk_crosswalk *crosswalk;
    const char *gemeente;            /* of which areas; "" all */
    const char *made_at, *file_name; /* of its last step; file_name "" when derived from borders */
    size_t steps;                    /* crosswalks one after another */
    const double *residents;         /* of the earlier areas, as known for the division */
};
struct wijk_snapshot_division {
    struct wijk_areas areas; /* geometry only when asked for                                     */
    const struct wijk_area_index *index;
    const size_t *parent;           /* n, index into the parent level of the same division; SIZE_MAX    */
    const struct wijk_tiles *tiles; /* NULL without geometry                                            */
    struct wijk_box box;            /* WGS84 degrees; of all geometry                                   */
    const struct wijk_box *area_rd, *area_wgs84; /* n, empty where an area has none; NULL without geometry */
    const struct wijk_xy *label; /* n, WGS84; NAN without geometry                                   */
    size_t
        n_series; /* of this division, in the order of defs, then period; newest release: as they may leave */
    const struct wijk_series *const *series;
    const struct wijk_indicator *const *indicator; /* n_series */
    size_t n_scores; /* of this division, by method, then period                         */
    const struct wijk_scores *const *scores;
    size_t n_earlier; /* newest first; of one division those of a gemeente first */
    const struct wijk_earlier *earlier;
};
/* A name or code as search compares it: folded. */
struct wijk_snapshot_name {
    const char *folded, *code; /* code in lower case */
    uint32_t division, area;
};
struct wijk_snapshot {
    struct wijk_store_info info;
    const struct wijk_defs *defs;
    size_t n_division;
    const struct wijk_snapshot_division *division; /* by level, newest division first */
    size_t n_series;
    const struct wijk_series *series; /* by indicator, level, division, period, release. They came through
                                       * the disclosure gate (gate.c): rounded, or hidden; there is no way
                                       * from here to the true figures */
    const double *round_to; /* by indicator of defs: the gate rounds to multiples of this; 0 = as it is */
    size_t n_other;         /* what sources said of figures that another source is shown for; gated too */
    const struct wijk_other *other; /* in the order of series, then by source */
    size_t n_load;
    const struct wijk_load *load; /* load[k].id == k + 1                                     */
    size_t n_column;
    const struct wijk_load_column *column; /* by load, indicator, period                              */
    size_t n_scores;
    const struct wijk_scores *const *scores; /* by method, level, division, period                      */
    size_t n_water;
    const struct wijk_geom *const *water;
    const char *const *water_name;
    const struct wijk_tiles *water_tiles; /* NULL without water                                      */
    size_t n_name;
    const struct wijk_snapshot_name *name; /* each code once, in its newest division; no grid cells    */
    size_t n_finding_list;                 /* n_load when read with geometry, else 0                   */
    int64_t now;      /* the moment for which the register of algorithms was asked what may be shown */
    bool unpublished; /* nothing was shut: for an analyst */
    const bool *shut; /* by algorithm of defs */
    const bool *held; /* the same: figures of it are in the store and were left out */
    const char
        *version; /* info.data_version, and another one while something is shut: for people and caches */
    const struct wijk_load *finding_list; /* by load: only n_finding and finding are filled           */
};
struct wijk_snapshot_opt {
    bool geometry;    /* also geometries, tiles, label points and findings (the server); else figures only */
    bool unpublished; /* also scores that the register of algorithms keeps back: for an analyst alone */
    int64_t now;      /* seconds since 1970, the caller's clock: what is overdue then is left out */
};
/* The snapshot lives in cx and needs the store no more. A score of which the record is missing or overdue is
 * not in it: neither its figures nor what is computed of them. */
WIJK_API enum wijk_err wijk_flow_snapshot(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_defs *defs, struct wijk_snapshot_opt opt,
                                          const struct wijk_snapshot **out);
/* published.c. Would a snapshot made now let out something else? */
WIJK_API bool wijk_snapshot_stale(const struct wijk_snapshot *s, int64_t now);
/* Why the algorithm of that id is kept back, in the language of cx; NULL when it is not. */
WIJK_API const char *wijk_snapshot_shut(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *id);
/* division_year 0: the newest of that level. NULL when absent. */
WIJK_API const struct wijk_snapshot_division *wijk_snapshot_division(const struct wijk_snapshot *s,
                                                                     enum wijk_level level,
                                                                     int division_year);
/* The series of an indicator for a level and period; the newest division and release win. period.year 0: the
 * newest. NULL when absent. */
WIJK_API const struct wijk_series *wijk_snapshot_series(const struct wijk_snapshot *s, const char *indicator,
                                                        enum wijk_level level, int division_year,
                                                        struct wijk_period period);

/* ---- recipes over a snapshot ---- */

/* How a figure came to stand with an area of today's division. */
enum wijk_join {
    WIJK_JOIN_OWN,     /* it is of this division                                                       */
    WIJK_JOIN_SAME,    /* of an earlier one, and the publisher says that the border is the same         */
    WIJK_JOIN_CROSSED, /* of an earlier one, through a crosswalk: estimated, unless the area is unchanged */
    WIJK_JOIN_BROKEN   /* of the area of that code in an earlier one: not to be compared with what follows */
};
/* A figure of an earlier division. The inputs of a CROSSED one are the links of by->crosswalk to the area,
 * each with its share, its place in `division` and its cell in `series`. */
struct wijk_joined {
    enum wijk_join join;
    const struct wijk_snapshot_division *division;
    const struct wijk_series *series;
    const struct wijk_earlier *by; /* CROSSED */
    const double *residents;       /* CROSSED: what means were weighted by, in area order of `division` */
    size_t area;                   /* SAME, BROKEN: its place in `division` */
    double value;
    enum wijk_status status;
    double moved;     /* CROSSED: how far the old area and the new one differ, 0..1 */
    int border_year;  /* BROKEN: since when the border is, or may be, another one */
    bool border_said; /* by the publisher */
};
/* «Grens gewijzigd in 2020»; "" unless BROKEN. */
WIJK_API const char *wijk_border_words(struct wijk_cx *cx, const struct wijk_joined *j);

/* profile.c: all that is known of one area. */
struct wijk_flow_value {
    const struct wijk_indicator *indicator;
    const struct wijk_series *series;
    struct wijk_period period;
    double value; /* NAN unless the status says there is one */
    enum wijk_status status;
    struct wijk_joined joined; /* of an earlier division; only its join is filled for an OWN one */
};
struct wijk_profile {
    const struct wijk_snapshot_division *division;
    size_t area;                                    /* index in the division */
    const struct wijk_area *self, *wijk, *gemeente; /* parents NULL when not in the store */
    size_t n_value;
    const struct wijk_flow_value *value; /* by indicator in the order of defs, then period; of a period that
                                          * several divisions have, the newest one's */
    size_t n_scores;
    const struct wijk_scores *const
        *scores; /* of this level and division, one method after another, oldest first */
};
/* Fails WIJK_ENOTFOUND, with «bedoelt u …?» when a code looks alike. division_year 0: the newest in which the
 * code occurs. */
WIJK_API enum wijk_err wijk_flow_profile(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                                         int division_year, const struct wijk_profile **out);

/* cells.c: the 100 m cells inside a buurt or wijk, with the newest score of a method. What a cell may not
 * tell was hidden by the gate when the snapshot was made. */
struct wijk_cells {
    const struct wijk_snapshot_division *division; /* of the cells; NULL: no cells with such scores here */
    size_t n;                                      /* 0: none lies in it */
    const size_t *cell;                            /* n: places in the division, in its order */
    const struct wijk_scores *scores;              /* of those n: totals, classes and their origin only */
    const uint8_t *status;                         /* n: enum wijk_status */
};
/* method NULL: the one of the newest scores. A cell is of the buurt its source names, in the same division,
 * else of where its middle lies. Fails WIJK_ENOTFOUND no such method; WIJK_EDATA another level of area. */
WIJK_API enum wijk_err wijk_flow_cells(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       const struct wijk_profile *p, const char *method,
                                       const struct wijk_cells **out);

/* wheel.c: what is measured beside each part of a score (`beside` of its method), set against the middle of
 * other areas of the level: those of the gemeente, or all where too few of it are known. */
enum { WIJK_WHEEL_LEAST = 8 };
struct wijk_wheel_figure {
    size_t dimension; /* of the method */
    const struct wijk_indicator *indicator;
    const struct wijk_series *series; /* its newest year */
    double value;                     /* NAN unless the status says there is one */
    enum wijk_status status;
    const char *id;
    double apart; /* from the middle, in ordinary spreads; NAN: unknown, or the areas do not differ */
    size_t n;     /* areas it is set against */
    bool all;     /* of all gemeenten */
};
struct wijk_wheel {
    const struct wijk_method *method;
    size_t n;
    const struct wijk_wheel_figure *figure; /* by dimension, as the method lists them; what no area has is
                                             * left out */
};
/* method NULL: the last that has scores here. Fails WIJK_ENOTFOUND no such method. */
WIJK_API enum wijk_err wijk_flow_wheel(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       const struct wijk_profile *p, const char *method,
                                       struct wijk_wheel *out);

/* happenings.c: what stands on the axis under the line of an area. */
#define WIJK_HAPPENING_KINDS(X)                                                                              \
    X(TOLD, "gebeurtenis", WIJK_T("gebeurtenis"))   /* a gemeente says so, in defs/events */                 \
    X(BORDER, "grens", WIJK_T("grens"))             /* the area was, or may have been, another one before */ \
    X(RELEASE, "uitgave", WIJK_T("nieuwe uitgave")) /* the score was published anew */                       \
    X(METHOD, "methode", WIJK_T("andere methode"))  /* the source changed how it makes its figures */        \
    X(SOURCE, "bron", WIJK_T("nieuwe bron"))        /* figures come from elsewhere */
enum wijk_happening_kind {
#define X(name, id, text) WIJK_HAPPENING_##name,
    WIJK_HAPPENING_KINDS(X)
#undef X
        WIJK_HAPPENING_KIND_COUNT
};
WIJK_API const char *wijk_happening_kind_id(enum wijk_happening_kind k);
WIJK_API const char *wijk_happening_kind_text(enum wijk_happening_kind k); /* Dutch */
struct wijk_happening {
    enum wijk_happening_kind kind;
    struct wijk_period from, until; /* until.year 0: a moment, or no end is known */
    const char *words;              /* in the language of the context */
    const struct wijk_area *area;   /* that it is told of: this one, its wijk or its gemeente */
    const struct wijk_event *event; /* TOLD */
    const struct wijk_load *load;   /* SOURCE, METHOD: the first file after it */
    size_t place;                   /* as found, so that the order is always the same */
};
/* In the order of time. method NULL: the last that has scores here. Fails WIJK_ENOTFOUND no such method. */
WIJK_API enum wijk_err wijk_flow_happenings(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                            const struct wijk_profile *p, const char *method,
                                            const struct wijk_happening **out, size_t *n);

/* trace_id.c: the name of one number, made of what it is, in signs that need no quoting in an address. */
/* Which number of an area: its word in an id, whether it is of an indicator, of a method or of anything with
 * a name, and whether it is of one period, of two, or of either. A new one: a line here, one in trace.c, and
 * its handler in a file trace_<name>.c. */
#define WIJK_TRACE_PART_LIST(X)                                                                              \
    X(VALUE, "", INDICATOR, ONE)      /* also of an indicator that is a part of a score */                   \
    X(CLASS, "klasse", METHOD, ONE)   /* 1..9 */                                                             \
    X(COVERED, "gedekt", METHOD, ONE) /* the share of residents its score speaks for */                      \
    X(CHANGE, "verandering", INDICATOR, TWO)                                                                 \
    X(REST, "rest", METHOD, TWO)    /* what the changes of its dimensions leave of a change */               \
    X(WEIGHING, "weging", ANY, ONE) /* of a recipe; deel: klasse or a dimension; g1, g2: other weights */    \
    X(SLOPE, "helling", INDICATOR, TWO)              /* per year, with its band */                           \
    X(COURSE, "verloop", METHOD, TWO)                /* the number of a type */                              \
    X(INSUFFICIENT, "onvoldoende", METHOD, ONE)      /* residents in class 1 to 3 */                         \
    X(GAP, "kloof", METHOD, EITHER)                  /* of two periods: the trend */                         \
    X(EXPECTED, "verwacht", METHOD, ONE)             /* of a score, by characteristics */                    \
    X(ALIKE, "vergelijkbaar", METHOD, ONE)           /* mean of a score in similar areas */                  \
    X(FELT, "beleving", INDICATOR, ONE)              /* what is usually said where facts are so */           \
    X(NOWCAST, "geschat", METHOD, ONE)               /* a score before it is published */                    \
    X(CLUSTER, "cluster", INDICATOR, ONE)            /* beside its neighbours: cluster.c */                  \
    X(CONCENTRATION, "concentratie", INDICATOR, ONE) /* of a group over areas: concentration.c */            \
    X(SMOOTHED, "gladgestreken", INDICATOR, TWO)     /* a slope, or (maat.stand) the last figure */          \
    X(TRANSITION, "overgang", METHOD, TWO)           /* from one class or type to another */                 \
    X(DRAWN, "opmaat", INDICATOR, ONE)               /* of an answer about an area of one's own */
enum wijk_trace_part {
#define X(name, word, of, periods) WIJK_TRACE_##name,
    WIJK_TRACE_PART_LIST(X)
#undef X
        WIJK_TRACE_PARTS
};
/* All areas of a store together, where a part allows it: the code of no area. */
#define WIJK_TRACE_ALL "NL"
struct wijk_trace_key {
    const char *code; /* "{code}" in a pattern for many areas */
    enum wijk_trace_part part;
    const char *name;                /* of an indicator, a method or a recipe */
    struct wijk_period from, period; /* from: year 0 when of one period; period year 0 writes "{periode}" */
    int division_year;               /* 0: the newest that has the code; not in an id */
    const char *release;             /* "" none; NULL: the newest, not in an id */
    const char *param; /* "naam.waarde~naam.waarde" by wijk_trace_param(); NULL or "": all as usual */
};
/* As an id has it; the parameters only of a part that takes them: not VALUE. */
WIJK_API const char *wijk_trace_id(struct wijk_cx *cx, const struct wijk_trace_key *key);
/* One parameter more behind those before it (NULL: none). name: letters and digits. */
WIJK_API const char *wijk_trace_param(struct wijk_cx *cx, const char *before, const char *name,
                                      const char *value);
/* The value of a parameter, or `otherwise`. */
WIJK_API const char *wijk_trace_param_of(struct wijk_cx *cx, const char *param, const char *name,
                                         const char *otherwise);
/* false: not written as wijk_trace_id() does. */
WIJK_API bool wijk_trace_key_parse(struct wijk_cx *cx, const char *id,
                                   struct wijk_trace_key *out) WIJK_MUST_USE;

/* Of one value of an area. */
WIJK_API const char *wijk_value_id(struct wijk_cx *cx, const struct wijk_profile *p,
                                   const struct wijk_flow_value *v);

/* Of the total of a score. */
WIJK_API const char *wijk_scores_id(struct wijk_cx *cx, const struct wijk_scores *s, const char *code);

/* trace.c: where one number comes from, down to the fields of the files. */
enum wijk_trace_way {
    WIJK_WAY_NONE,       /* no figure: nothing was delivered, or it is too small to show */
    WIJK_WAY_DELIVERED,  /* field x scale, rounded to a multiple where the gate does       */
    WIJK_WAY_COUNTED,    /* rows of the file of this area in which the column holds something */
    WIJK_WAY_SAME,       /* the one input                                                  */
    WIJK_WAY_SUM,        /* of the inputs                                                  */
    WIJK_WAY_MEAN,       /* of the inputs, by their weights                                */
    WIJK_WAY_CLASS,      /* 1 + how many limits lie below the one input                    */
    WIJK_WAY_DIFFERENCE, /* the first input less all others                                */
    WIJK_WAY_SHARE,      /* the weights of the inputs that have a figure, of all weights   */
    WIJK_WAY_SHARES,     /* of each input its weight, added up: a share of an earlier area */
    WIJK_WAY_ANALYSIS    /* by a method of its own: words, symbols and parameters say which */
};
struct wijk_trace;
struct wijk_trace_input {
    const struct wijk_trace *of;
    double weight;                      /* NAN: none */
    const struct wijk_trace *weight_of; /* NULL: of the area itself; no file is known */
};
struct wijk_trace_setting { /* a parameter of an analysis, also when it is as usual */
    const char *name, *value;
};
enum {
    WIJK_TRACE_INPUTS_MAX = 200
}; /* of an analysis; of more the first are there, and how many there are */
/* The same figure from a source that is not shown. */
struct wijk_trace_other {
    const struct wijk_load *load;
    const struct wijk_load_column *column; /* NULL: not kept, or hidden */
    uint32_t row;                          /* 0 also when it is hidden */
    double value;                          /* NAN: none, or hidden */
    enum wijk_status status;
};
struct wijk_trace {
    struct wijk_trace_key key; /* whole: with division and release */
    const char *id;
    const struct wijk_area *area;
    enum wijk_level level; /* WIJK_LEVEL_COUNT: all areas together */
    int division_year;
    const struct wijk_indicator *indicator; /* NULL: a part of a method that is no indicator */
    const struct wijk_method *method;       /* NULL: not of a score */
    const char *algorithm;                  /* id in the register; NULL: a figure as it was delivered */
    struct wijk_period period;
    double value; /* as it may leave; NAN unless status ok or provisional */
    enum wijk_status status;
    enum wijk_trace_way way;
    const struct wijk_load *load; /* NULL when nothing was delivered for this area */
    const struct wijk_source *source;
    uint32_t row;                           /* 0 also when the figure is hidden */
    const struct wijk_load_column *column;  /* NULL: not kept, or not one column */
    double round_to;                        /* DELIVERED: 0 = as it is */
    const struct wijk_class_limits *limits; /* CLASS */
    size_t n_input;
    const struct wijk_trace_input *input;
    size_t n_part;                 /* MEAN, SHARE: smaller areas it speaks for          */
    size_t n_hidden, n_blank;      /* smaller areas left out: too small to show; without a figure */
    const struct wijk_earlier *by; /* of an earlier division, through this crosswalk; NULL no */
    double moved;                  /* by: how far the old area and the new one differ, 0..1 */
    const char *newer;             /* id of the same figure in a newer release; NULL    */
    /* ANALYSIS, and NONE of an analysis (then `words` is the reason); in the language of the context */
    const char *label, *unit, *definition, *words, *symbols;
    size_t n_setting, n_input_all; /* n_input_all: 0 = n_input */
    const struct wijk_trace_setting *setting;
    double low, high;              /* of a band; NAN none */
    struct wijk_trace_input *room; /* of `input`, while it is being filled */
    size_t n_other;                /* delivered by other sources too, with another figure */
    const struct wijk_trace_other *other;
};
/* Inputs are traced too, down to delivered figures; all of them have passed the disclosure gate, so that no
 * trace tells what its number hides.
 * Fails WIJK_ENOTFOUND: no such area, indicator or figure; of a release that was replaced it names the newer
 * id. */
WIJK_API enum wijk_err wijk_flow_trace_key(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                           const struct wijk_trace_key *key, const struct wijk_trace **out);
/* The same by id. Also fails WIJK_EUSAGE: not an id. */
WIJK_API enum wijk_err wijk_flow_trace_id(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *id,
                                          const struct wijk_trace **out);
/* The same of a part DRAWN, whose code is the key of an answer that was kept: `answer` is that one. Its
 * inputs are there as long as the figures it was made of are. */
WIJK_API enum wijk_err wijk_flow_trace_drawn(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                             const struct wijk_drawn_answer *answer,
                                             const struct wijk_trace_key *key, const struct wijk_trace **out);
/* The id of one figure of an answer. */
WIJK_API const char *wijk_drawn_id(struct wijk_cx *cx, const struct wijk_drawn_answer *a,
                                   const struct wijk_drawn_figure *f);
/* The newest release of an indicator's figure. */
WIJK_API enum wijk_err wijk_flow_trace(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                                       const char *indicator, struct wijk_period period, int division_year,
                                       const struct wijk_trace **out);
/* The key of the count of residents shown for a whole division; false when no series tells it. */
WIJK_API bool wijk_trace_residents(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d,
                                   size_t area, struct wijk_trace_key *out);
/* trace_words.c: the formula for people, and in symbols, in the language of cx. */
WIJK_API const char *wijk_trace_words(struct wijk_cx *cx, const struct wijk_trace *t);
WIJK_API const char *wijk_trace_symbols(struct wijk_cx *cx, const struct wijk_trace *t);
/* What the number is called, and its unit and definition, also for parts that are no indicator. */
WIJK_API const char *wijk_trace_label(struct wijk_cx *cx, const struct wijk_trace *t);
WIJK_API const char *wijk_trace_unit(struct wijk_cx *cx, const struct wijk_trace *t);
WIJK_API const char *wijk_trace_definition(struct wijk_cx *cx, const struct wijk_trace *t);
/* The page of docs/methods that tells how such a number is made, without ".md". */
WIJK_API const char *wijk_trace_page(const struct wijk_trace *t);
/* Where in the file its rows are, when it has several places: "., wijken[], buurten[]"; NULL else. */
WIJK_API const char *wijk_trace_rows_in(struct wijk_cx *cx, const struct wijk_source *source);
/* «regel», «object» or «rij»: what the rows of a load's file are. */
WIJK_API const char *wijk_trace_row_word(struct wijk_cx *cx, const struct wijk_load *load);

/* history.c: one indicator over the years for the areas of one division. */

struct wijk_flow_history_in {
    const struct wijk_snapshot_division *division;
    const char *indicator; /* also the total, the score or a dimension of a method */
    const char *release;   /* of an indicator of a method; NULL: that of its newest period */
    bool months;           /* months instead of years */
    const size_t *area;    /* places in the division; NULL: all */
    size_t n_area;
};
/* n_area x n_period, area-major, as in a panel: cell[a * n_period + p]. An indicator of a method has one
 * release for all periods; method and release are never mixed. */
struct wijk_history {
    const struct wijk_snapshot_division *division;
    const struct wijk_indicator *indicator;
    const struct wijk_method *method; /* NULL: not of a method */
    const char *release;              /* "" when not of a method */
    size_t n_area, n_period;
    const size_t *area;               /* n_area, places in the division */
    const struct wijk_period *period; /* increasing */
    const double *value;              /* NAN unless the status says there is one */
    const uint8_t *status;            /* enum wijk_status */
    const uint8_t *join;              /* enum wijk_join; of a cell that nothing came to: OWN and missing */
    const double *moved;              /* 0 unless CROSSED */
    const uint8_t *lack;  /* enum wijk_lack: NONE where the value may stand beside today's; BROKEN behind a
                           * border that is, or may be, another one */
    const double *same;   /* the values with lack NONE, else NAN: what a method works with */
    const uint16_t *from; /* which series: for wijk_history_id() */
    size_t n_other;       /* periods left out because only another release has them */
    const struct wijk_series *const *column; /* private */
};
/* Fails WIJK_ENOTFOUND no such indicator, or no figures of it at this level. */
WIJK_API enum wijk_err wijk_flow_history(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                         const struct wijk_flow_history_in *in,
                                         const struct wijk_history **out);
/* The name of one cell's number; NULL where there is none. */
WIJK_API const char *wijk_history_id(struct wijk_cx *cx, const struct wijk_history *h, size_t a, size_t p);

/* crosswalk.c: figures of one division brought to a later one. */

/* Between which divisions, and of which gemeente; "" is all. */
struct wijk_flow_cross {
    enum wijk_level level;
    int from_year, to_year;
    const char *gemeente;
    int64_t now; /* seconds since 1970, the caller's clock */
};
struct wijk_flow_cross_table { /* a file with codes */
    const char *path;
    const char *from_column, *to_column, *share_column; /* NULL: from, to, share */
    bool rest; /* areas of one code in both divisions that the file does not name are the same area */
};
struct wijk_flow_crossed {
    const struct wijk_areas *from, *to;
    const struct wijk_crosswalk *crosswalk;
    const struct wijk_crosswalk_derived *derived; /* NULL when not derived */
    uint64_t rows, taken;                         /* of a file */
    size_t n_refused;
    const struct wijk_finding *refused;
};
/* From a table of codes. Rows that cannot be right are refused, with line and cure; an old code in several
 * rows needs a share in each. Fails WIJK_ENOTFOUND a division that is not there; WIJK_EDATA columns missing,
 * or no row taken. Saves nothing then. */
WIJK_API enum wijk_err wijk_flow_cross_import(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_flow_cross *which,
                                              const struct wijk_flow_cross_table *table,
                                              const struct wijk_flow_crossed **out);
/* From the borders, by residents where the store has grid cells (or smaller areas) with residents as they may
 * leave. Fails WIJK_EDATA without borders. */
WIJK_API enum wijk_err wijk_flow_cross_derive(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_defs *defs,
                                              const struct wijk_flow_cross *which,
                                              struct wijk_overlay_opt opt,
                                              const struct wijk_flow_crossed **out);
/* The one that is kept. Fails WIJK_ENOTFOUND. */
WIJK_API enum wijk_err wijk_flow_cross_find(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_flow_cross *which,
                                            const struct wijk_flow_crossed **out);

/* search.c: areas by name, code or postcode; exact first, then words that start so, then alike. At most max.
 */
struct wijk_hit {
    const struct wijk_snapshot_division *division;
    size_t area;
};
WIJK_API size_t wijk_flow_search(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *text,
                                 size_t max, struct wijk_hit *hits);

/* ---- drawn.c: an area that somebody drew ---- */

/* What a stranger's questions may cost a store that keeps every answer; zero: no limit. */
struct wijk_flow_drawn_limits {
    bool no_new;       /* only what was answered before                              */
    size_t member_max; /* cells or buurten in one area                               */
    size_t known_max;  /* answers and official areas around it, before it is refused */
    size_t day_max;    /* new answers in 24 hours, of all askers                     */
    size_t keep_max;   /* answers in the store                                       */
};
enum wijk_flow_drawn_spent {
    WIJK_DRAWN_ROOM,
    WIJK_DRAWN_NO_NEW, /* limits.no_new   */
    WIJK_DRAWN_DAY,    /* limits.day_max  */
    WIJK_DRAWN_STORE   /* limits.keep_max */
};
struct wijk_flow_drawn_in {
    const struct wijk_geom *shape; /* RD, as drawn: wijk_import_shape(); NULL: the areas named by `code` */
    size_t n_code;
    const char *const *code; /* of grid cells or buurten, in any order, twice is once */
    enum wijk_level level;   /* RASTER or BUURT; COUNT: grid cells where people live in it, else buurten */
    int64_t now;             /* seconds since 1970, the caller's clock */
    struct wijk_flow_drawn_limits limits;
};
struct wijk_flow_drawn {
    enum wijk_flow_drawn_spent spent; /* other than ROOM: a limit refused it, and nothing else is said */
    enum wijk_drawn_verdict verdict;
    bool before;                            /* this area had its answer already: it is given again */
    const struct wijk_drawn_answer *answer; /* without figures unless allowed */
    const struct wijk_geom *outline;        /* RD: of the areas the answer speaks of */
};
/* The answer speaks of whole grid cells or buurten, never of the shape: sums of counts and means weighted by
 * residents, made of figures as they may leave. A new answer is kept in the store with the question, in a
 * transaction of its own; in a store opened for reading only what was answered before is answered. A refusal
 * is a verdict, not a fault. s: with or without geometry, of this store as it is now. With codes and level
 * COUNT these are buurten.
 * Fails WIJK_ENOTFOUND nothing lies in it, or no area of that code; WIJK_ELIMIT more than limits.member_max;
 * WIJK_EIO no writing here, or the data changed since s was made */
WIJK_API enum wijk_err wijk_flow_drawn(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_snapshot *s, const struct wijk_flow_drawn_in *in,
                                       struct wijk_flow_drawn *out);
/* The answer that was given under this key, as it was then, also when the data are newer. outline NULL: its
 * areas are not in the store any more. Fails WIJK_ENOTFOUND never answered */
WIJK_API enum wijk_err wijk_flow_drawn_again(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_snapshot *s, const char *key,
                                             struct wijk_flow_drawn *out);

/* ---- measure.c ---- */

/* Computes every score the store's series allow, published levels first, then wijk and gemeente from buurten
 * where they are not published, and saves them. recipe NULL: all methods. Runs inside the caller's
 * transaction. */
WIJK_API enum wijk_err wijk_flow_measure(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_defs *defs, const char *recipe);

/* ---- demo.c ---- */

/* Fills an empty, open store with the fictional gemeente Lindewaard. Same bytes of data everywhere. */
WIJK_API enum wijk_err wijk_flow_demo(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_defs *defs, const struct wijk_progress *progress);

/* ---- weighing.c: a municipality's own weighing, beside the national score ---- */

struct wijk_flow_weighing_in {
    const struct wijk_recipe *recipe;
    int division_year;         /* 0: the newest of the recipe's level */
    struct wijk_period period; /* year 0: the newest with results */
    const double *weight;      /* n_input, instead of the recipe's; NULL */
    bool sensitivity;          /* of that period */
    const struct wijk_progress *progress;
};
struct wijk_weighing {
    const struct wijk_recipe *recipe;
    const struct wijk_snapshot_division *division;
    size_t n_area, n_period, at;      /* at: the period asked for */
    const size_t *area;               /* n_area, places in the division, increasing */
    const struct wijk_period *period; /* years in which some area has a result, increasing */
    struct wijk_index *index;         /* n_period, each over n_area rows */
    const struct wijk_history *const *input, *const *per; /* n_input; NULL: no figures here, or not divided */
    const struct wijk_sensitivity *sensitivity;           /* NULL when not asked */
};
/* Inputs come from wijk_flow_history(): only what may stand beside today's figures, as it may leave.
 * Fails WIJK_ENOTFOUND no such areas, or too little known; WIJK_EDATA as wijk_index_of(). */
WIJK_API enum wijk_err wijk_flow_weighing(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                          const struct wijk_flow_weighing_in *in,
                                          const struct wijk_weighing **out);
/* The row of a place in the division; SIZE_MAX none. */
WIJK_API size_t wijk_weighing_row(const struct wijk_weighing *w, size_t area);
/* Is this area one of those the recipe compares? */
WIJK_API bool wijk_recipe_is_of(const struct wijk_snapshot *s, const struct wijk_recipe *r,
                                const struct wijk_snapshot_division *d, size_t area);
/* "indicator:2,indicator:0.5" over the recipe's weights; NULL or "": those. Fails WIJK_EUSAGE. */
WIJK_API enum wijk_err wijk_flow_weights(struct wijk_cx *cx, const struct wijk_recipe *r, const char *text,
                                         const double **out);
/* The id of a number: part "" the result, "klasse", or a dimension. The parameters are the weights that are
 * not the recipe's. */
WIJK_API const char *wijk_weighing_param(struct wijk_cx *cx, const struct wijk_weighing *w);
WIJK_API const char *wijk_weighing_id(struct wijk_cx *cx, const struct wijk_weighing *w, const char *code,
                                      size_t p, const char *part);
/* How one row differs from the national score of that year, in a sentence; "" when one of them is not there.
 */
WIJK_API const char *wijk_weighing_words(struct wijk_cx *cx, const struct wijk_weighing *w, size_t p,
                                         size_t row);

/* ---- before.c: a score as it was told earlier ---- */

/* Of the newest year that both tell: by an earlier release of the same method, or by the method it comes
 * after, whose figures are of another measure and are never subtracted. */
struct wijk_score_before {
    const struct wijk_scores *now;
    const struct wijk_method *method; /* of the earlier telling */
    const char *release;
    double value;   /* NAN: only a class */
    int class_;     /* as published, else by the limits of its release; 0 none */
    const char *id; /* of the value or, without one, of the class */
};
enum { WIJK_SCORE_BEFORE_MAX = 2 }; /* a release and a method */
/* Gives how many there are, the earlier release first. */
WIJK_API size_t wijk_flow_score_before(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       const struct wijk_profile *p, const struct wijk_method *method,
                                       struct wijk_score_before out[WIJK_SCORE_BEFORE_MAX]);
/* What became different and what that is not, in a sentence or two. area: of the profile. */
WIJK_API const char *wijk_score_before_words(struct wijk_cx *cx, const struct wijk_score_before *b,
                                             size_t area);
/* ---- compare.c: areas side by side, what is expected of them, and what people say ---- */

struct wijk_flow_compare_in {
    const struct wijk_snapshot_division *division;
    const char *recipe; /* of defs/peers; NULL: the first */
    const char *const *indicator;
    size_t n_indicator; /* instead of the recipe's */
    const char *method; /* NULL: that of the newest score */
    const char *within; /* code of a gemeente: only its areas take part; NULL all */
    size_t k;           /* peers; 0 = WIJK_PEERS_USUAL */
};
struct wijk_compare_input {
    const struct wijk_indicator *indicator;
    const struct wijk_series *series; /* the newest of the division itself */
    size_t used;                      /* place among those of `alike`; SIZE_MAX: takes no part */
};
struct wijk_compare {
    const struct wijk_snapshot_division *division;
    const struct wijk_peer_recipe *recipe; /* NULL: inputs that were asked for */
    size_t k, n_input, n_absent;           /* absent: of the recipe, without figures here */
    struct wijk_compare_input input[WIJK_PEER_INPUTS];
    const struct wijk_alike *alike;
    const struct wijk_method *method;    /* of what is seen; NULL: nothing is */
    const struct wijk_indicator *figure; /* what is seen: the method's total or, without any, its score */
    struct wijk_series_key key;          /* of it: the newest period */
    const double *seen;                  /* n; NULL without method */
    const struct wijk_expected *expected;
    const char *why; /* there is no `expected`; "" */
};
/* Fails WIJK_ENOTFOUND no such recipe, indicator or method; WIJK_EUSAGE an indicator that areas are not
 * compared by; WIJK_EDATA fewer than two inputs take part. */
WIJK_API enum wijk_err wijk_flow_compare(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                         const struct wijk_flow_compare_in *in,
                                         const struct wijk_compare **out);
/* The peers of one area, only such as have a score when there are scores. Gives how many. */
WIJK_API size_t wijk_compare_peers(struct wijk_cx *cx, const struct wijk_compare *c, size_t area,
                                   struct wijk_peer peer[WIJK_PEERS_MAX]);
/* How far an area lies above (or below) the mean of its peers on an input, in usual spreads; NAN not known.
 */
WIJK_API double wijk_compare_apart(const struct wijk_compare *c, size_t area, size_t input,
                                   const struct wijk_peer *peer, size_t n_peer);
/* Up to here two areas are alike on an input, from there on they differ, in usual spreads. */
#define WIJK_COMPARE_ALIKE  0.5
#define WIJK_COMPARE_DIFFER 1.0

struct wijk_feeling {
    const struct wijk_perception_pair *pair;
    const struct wijk_indicator *said, *fact;
    const struct wijk_series *said_series, *fact_series; /* of one year; fact NULL: none of that year */
    const double *said_value, *fact_value;               /* n; NULL without fact_series */
    const struct wijk_perception *perception;
    const char *why; /* there is no `perception`; "" */
};
/* Every pair of defs/perceptions of which the division has what people say. Gives how many. */
WIJK_API size_t wijk_flow_perception(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                     const struct wijk_snapshot_division *d, const struct wijk_feeling **out);

/* ---- nowcast.c ---- */

struct wijk_flow_nowcast_in {
    const struct wijk_snapshot_division *division;
    const char *method, *recipe; /* NULL: the newest score's; the first */
    int year; /* to estimate; 0: the newest with inputs after the last score, else that of the last score */
};
struct wijk_flow_nowcast {
    const struct wijk_snapshot_division *division;
    const struct wijk_method *method;
    const struct wijk_indicator *figure; /* the method's total or, without any, its score */
    const struct wijk_peer_recipe *recipe;
    const char *release;
    const double *last;  /* n: last known score before the year; NULL none */
    const double *known; /* n: the score of that year, when it is a rehearsal; NULL: not published */
    const struct wijk_nowcast *nowcast;
};
/* Fails WIJK_ENOTFOUND no such method or recipe, or no scores; as wijk_nowcast_of() else. */
WIJK_API enum wijk_err wijk_flow_nowcast(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                         const struct wijk_flow_nowcast_in *in,
                                         const struct wijk_flow_nowcast **out);

/* ---- trends.c: where every area of a division goes, in one indicator ---- */

struct wijk_flow_trends_in {
    const struct wijk_snapshot_division *division;
    const char *indicator;
    const char *release; /* of an indicator of a method; NULL: the newest */
    int from_year;       /* 0: all years */
    struct wijk_trend_opt opt;
};
struct wijk_flow_trends {
    const struct wijk_history *history;
    const struct wijk_trend *trend;  /* by area of the division */
    const struct wijk_shrunk *slope; /* the slopes, drawn together as far as chance moves them */
    struct wijk_shrink_common common;
    const struct wijk_shrunk *level; /* the same for the newest figure of a share; NULL: no share, or its base
                                      * is not known */
    struct wijk_shrink_common level_common;
    const double *x; /* n_period, years */
    size_t first;    /* place of the first period that counts */
    double noise;    /* of one figure; wijk_trend_noise() */
    struct wijk_trend_opt
        opt; /* as used; of a score steady_per_year is 0.25 SD in ten years, break_least 0.5 SD */
};
/* All areas are computed, since breaks are found over all together: one area's answer is the same on its own
 * page and in a list. Fails as wijk_flow_history(); WIJK_EDATA no period left. */
WIJK_API enum wijk_err wijk_flow_trends(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                        const struct wijk_flow_trends_in *in,
                                        const struct wijk_flow_trends **out);
/* One area of them as a report tells it. */
WIJK_API struct wijk_trend_told wijk_trend_told(const struct wijk_flow_trends *t, size_t area);
/* The id of one area's slope. */
WIJK_API const char *wijk_trend_id(struct wijk_cx *cx, const struct wijk_flow_trends *t, size_t area);
/* Of its smoothed slope, or (level) of its smoothed last figure. */
WIJK_API const char *wijk_smoothed_id(struct wijk_cx *cx, const struct wijk_flow_trends *t, size_t area,
                                      bool level);

/* ---- trajectories.c: the course of every area in types ---- */

struct wijk_flow_trajectories_in {
    const struct wijk_snapshot_division *division;
    const char *recipe;  /* of defs/trajectories/; NULL: the first */
    const char *method;  /* NULL: the one with the newest score */
    const char *release; /* NULL: the newest */
    int base_year,
        recent_year; /* 0: of the recipe. A year that was not measured: the first measured after it */
    int year;        /* until when; 0: the newest measured */
};
struct wijk_flow_trajectories {
    const struct wijk_trajectory_rules *rules;
    const struct wijk_method *method;
    const struct wijk_snapshot_division *division;
    const struct wijk_history *total,
        *class_; /* NULL where the method has none; their periods may be fewer */
    size_t n_area, n_period, base, recent, now; /* places in period */
    const struct wijk_period *period;
    const double *value;  /* n_area x n_period: totals that may stand beside each other */
    const uint8_t *grade; /* the same: class as published, else by the limits of the release; 0 none */
    double sd, noise;
    const struct wijk_trajectory *area; /* n_area */
    size_t count[WIJK_TRAJECTORY_COUNT];
};
/* Fails WIJK_ENOTFOUND no such recipe, method or year, or no scores; WIJK_EDATA fewer than two measured
 * years, or the recipe has no scale for the method. */
WIJK_API enum wijk_err wijk_flow_trajectories(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                              const struct wijk_flow_trajectories_in *in,
                                              const struct wijk_flow_trajectories **out);
/* One area of them as a report tells it. */
WIJK_API struct wijk_trajectory_told wijk_trajectory_told(const struct wijk_flow_trajectories *t,
                                                          size_t area);
/* The id of one area's type. */
WIJK_API const char *wijk_trajectory_trace(struct wijk_cx *cx, const struct wijk_flow_trajectories *t,
                                           size_t area);
/* How many areas went from which class (or type) to which, from one year to another. */
struct wijk_flow_transition_in {
    struct wijk_flow_trajectories_in what; /* its `year` is the later one; base and recent count for types */
    int from_year;                         /* 0: the first measured */
    bool types;                            /* types instead of classes */
    const char *within;                    /* code of a gemeente or wijk; NULL: the whole division */
};
struct wijk_flow_transition {
    const struct wijk_flow_trajectories *from, *to; /* from: NULL for classes */
    struct wijk_period begin, end;
    const struct wijk_transition *areas; /* weight: residents, as known for the division */
    size_t n_kind;                       /* classes 1..9, or types SUCCESS.. */
    const uint8_t *was, *is; /* by area: its kind then and at the end; 0 not known, or not within */
    const char *within;      /* WIJK_TRACE_ALL: the whole division */
};
WIJK_API enum wijk_err wijk_flow_transition(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                            const struct wijk_flow_transition_in *in,
                                            const struct wijk_flow_transition **out);

/* Of the areas, or (residents) the people, that went from place `from` to place `to` of the kinds. */
WIJK_API const char *wijk_transition_id(struct wijk_cx *cx, const struct wijk_flow_transition *t, size_t from,
                                        size_t to, bool residents);

/* ---- insufficient.c and gap.c: how people live, per gemeente and over all ---- */

/* Where the people of an area are known from. */
#define WIJK_PEOPLE_FROM(X)                                                                                  \
    X(AREA, "gebied", WIJK_T("inwoners van het gebied zelf"))                                                \
    X(POSTCODE, "buurten", WIJK_T("inwoners van de buurten waarvan dit de meest voorkomende postcode is"))
enum wijk_people_from {
#define X(name, id, text) WIJK_PEOPLE_FROM_##name,
    WIJK_PEOPLE_FROM(X)
#undef X
        WIJK_PEOPLE_FROM_COUNT
};
WIJK_API const char *wijk_people_from_id(enum wijk_people_from f);
WIJK_API const char *wijk_people_from_text(enum wijk_people_from f); /* Dutch */

struct wijk_flow_lived_in {
    enum wijk_level level; /* of the areas; WIJK_LEVEL_COUNT: see the recipe */
    int division_year;     /* 0: the newest with figures */
    const char *method;    /* NULL: that of the newest figures */
    const char *release;   /* NULL: the newest */
    const char *within;    /* code of a gemeente; WIJK_TRACE_ALL: all areas together only; NULL: everything */
    struct wijk_gap_opt opt; /* of gap.c */
};
struct wijk_flow_lived_head {                      /* what the figures of a recipe are of */
    const struct wijk_snapshot_division *division; /* of the areas */
    const struct wijk_method *method;
    const char *release;
    const struct wijk_indicator *indicator; /* of the deviations or scores; NULL: only classes are known */
    enum wijk_people_from from;
    bool cells; /* counted by 100 m cells; else by averages of areas, which counts too few */
    size_t n_period;
    const struct wijk_period *period; /* increasing */
    size_t n_other;                   /* periods left out because only another release has them */
    size_t n_area;
};

struct wijk_flow_insufficient_unit {
    const char *code, *name; /* WIJK_TRACE_ALL: all areas together */
    size_t n_area;
    /* n_period each */
    const double *people, *share, *low, *high, *known, *residents; /* as in wijk_insufficient */
    const size_t *buurten; /* with at least WIJK_INSUFFICIENT_RESIDENTS such people; NULL unless all are cells
                              of a known buurt */
    const uint8_t *lack;
};
struct wijk_flow_insufficient {
    struct wijk_flow_lived_head head;
    size_t n_unit;
    const struct wijk_flow_insufficient_unit *unit; /* all areas first, then by code */
};
/* By 100 m cells when the store has them with classes, else by buurt, postcode or wijk. A value of another
 * method or release is never counted along, nor one from behind a border that moved.
 * Fails WIJK_ENOTFOUND no such method, level or gemeente, or no classes and no limits to make them */
WIJK_API enum wijk_err wijk_flow_insufficient(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                              const struct wijk_flow_lived_in *in,
                                              const struct wijk_flow_insufficient **out);
/* The trace of one of its figures: `measure` people (NULL), "aandeel" or "buurten". */
WIJK_API const char *wijk_insufficient_id(struct wijk_cx *cx, const struct wijk_flow_insufficient *f,
                                          const char *code, struct wijk_period period, const char *measure);

struct wijk_flow_gap_unit {
    const char *code, *name;
    size_t n_area;
    const struct wijk_gap *gap;
};
struct wijk_flow_gap {
    struct wijk_flow_lived_head head;
    struct wijk_gap_opt opt; /* as used: seed and draws */
    double reference;
    size_t n_unit;
    const struct wijk_flow_gap_unit *unit; /* all areas first, then by code */
};
/* Between buurten, else postcodes, cells or wijken. Fails as wijk_flow_insufficient, and as wijk_gap_of. */
WIJK_API enum wijk_err wijk_flow_gap(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                     const struct wijk_flow_lived_in *in, const struct wijk_flow_gap **out);
/* The trace of one of its figures; from.year 0: of one period, else of the trend. */
WIJK_API const char *wijk_gap_id(struct wijk_cx *cx, const struct wijk_flow_gap *f, const char *code,
                                 struct wijk_period from, struct wijk_period period, enum wijk_gap_measure m);

/* ---- cluster.c: where alike figures of one period lie together ---- */

struct wijk_flow_cluster_in {
    const char *indicator; /* also the total, the score or a dimension of a method */
    const char *by;        /* the figure of the neighbours that is looked at; NULL: the same one */
    struct wijk_period period;
    enum wijk_level level; /* WIJK_LEVEL_COUNT: the lowest that has these figures and borders */
    int division_year;     /* 0: the newest that has both */
    const char *within;    /* only areas of this wijk or gemeente (code); NULL or "": all */
    struct wijk_near_opt near;
    size_t n_draw; /* 0: WIJK_DRAWS_DEFAULT */
};
struct wijk_flow_cluster {
    const struct wijk_snapshot_division *division;
    const struct wijk_indicator *indicator, *by; /* by NULL: the same */
    struct wijk_period period;
    const char *release;
    enum wijk_near how;
    double reach;                               /* neighbours or metres; NAN by border */
    size_t n;                                   /* areas that were looked at */
    const size_t *area;                         /* n, places in the division */
    const double *value, *by_value;             /* n, NAN where lack says why; by_value NULL */
    const char *const *value_id, *const *by_id; /* n, names of those figures; NULL where there is none */
    const struct wijk_graph *near;              /* n */
    const struct wijk_clusters *found;          /* n */
    const char *param;                          /* of the trace */
};
/* What is told of an area, as the parameter `maat` of its trace; and of all together. */
#define WIJK_CLUSTER_TOLD(X)                                                                                 \
    X(Q, "q") /* adjusted p, as usual */                                                                     \
    X(P, "p")                                                                                                \
    X(LAG, "buren")    /* mean of the neighbours */                                                          \
    X(LOCAL, "lokaal") /* local Moran's I */                                                                 \
    X(STAR, "ster")    /* Gi* */                                                                             \
    X(NEAR, "aantal")  /* neighbours with a figure */                                                        \
    X(KIND, "soort")   /* enum wijk_cluster */                                                               \
    X(ALL, "moran")    /* I of all, of WIJK_TRACE_ALL only; and its p: */                                    \
    X(ALL_P, "moranp")
enum wijk_cluster_told {
#define X(name, id) WIJK_CLUSTER_TOLD_##name,
    WIJK_CLUSTER_TOLD(X)
#undef X
        WIJK_CLUSTER_TOLDS
};
/* The snapshot has geometry. Fails WIJK_ENOTFOUND no such indicator or figures; no such area; WIJK_EDATA no
 * borders, so no neighbours; as wijk_clusters_of() and wijk_neighbours_of(). */
WIJK_API enum wijk_err wijk_flow_cluster(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                         const struct wijk_flow_cluster_in *in,
                                         struct wijk_flow_cluster *out);
/* The name of a number; code "{code}" for a pattern, WIJK_TRACE_ALL for all together. */
WIJK_API const char *wijk_flow_cluster_id(struct wijk_cx *cx, const struct wijk_flow_cluster *f,
                                          const char *code, enum wijk_cluster_told what);
/* One sentence on all of it, in the language of cx. */
WIJK_API const char *wijk_flow_cluster_words(struct wijk_cx *cx, const struct wijk_flow_cluster *f);

/* ---- concentration.c: who lives in which housing ---- */

struct wijk_flow_concentration_in {
    const char *indicator;     /* share of the group, in %; NULL: low_income_households_pct */
    const char *base;          /* what it is a share of; NULL: households, or residents */
    const char *housing;       /* NULL: corporation_rent_pct */
    struct wijk_period period; /* year 0: the newest with the share */
    enum wijk_level level;     /* WIJK_LEVEL_COUNT: buurt; not gemeente or above */
    int division_year;         /* 0: the newest that has the share */
    const char *within;        /* code of one gemeente; NULL or "": all */
};
struct wijk_flow_concentration {
    const struct wijk_snapshot_division *division;
    const struct wijk_indicator *indicator, *base, *housing;
    struct wijk_period period, base_period,
        housing_period; /* the same one, else the last before it, else the
                         * first after it; housing: year 0 when not there */
    size_t n, n_whole;
    const size_t *area;                                /* n, places in the division */
    const size_t *whole;                               /* n, place in the next three */
    const char *const *whole_code, *const *whole_name; /* n_whole */
    const struct wijk_concentration *of;               /* n_whole */
    const double *share, *housing_pct, *quotient;      /* n, NAN not known */
    const uint8_t *cell;                               /* n, of wijk_bivariate_of(): x housing, y share */
    const uint8_t *lack;                               /* n, of the share */
    const char *const *share_id, *const *housing_id, *const *base_id; /* n, NULL where there is none */
    struct wijk_bivariate map;
    const char *param;
};
/* As the parameter `maat` of a trace: of a gemeente, but for the quotient, which is of an area. */
#define WIJK_CONCENTRATION_TOLD(X)                                                                           \
    X(DISSIMILARITY, "ongelijk")                                                                             \
    X(CHANCE, "toeval")                                                                                      \
    X(ISOLATION, "nabijheid")                                                                                \
    X(SHARE, "aandeel")                                                                                      \
    X(IN_CORPORATIE, "corporatie")                                                                           \
    X(BASE_IN_CORPORATIE, "corporatieallen")                                                                 \
    X(CORPORATIES, "buurten")                                                                                \
    X(QUOTIENT, "verhouding")
enum wijk_concentration_told {
#define X(name, id) WIJK_CONCENTRATION_TOLD_##name,
    WIJK_CONCENTRATION_TOLD(X)
#undef X
        WIJK_CONCENTRATION_TOLDS
};
/* Fails WIJK_ENOTFOUND no such indicator, figures or gemeente; WIJK_EDATA the indicator is no share. */
WIJK_API enum wijk_err wijk_flow_concentration(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                               const struct wijk_flow_concentration_in *in,
                                               struct wijk_flow_concentration *out);
WIJK_API const char *wijk_flow_concentration_id(struct wijk_cx *cx, const struct wijk_flow_concentration *f,
                                                const char *code, enum wijk_concentration_told what);
/* One sentence on one gemeente. */
WIJK_API const char *wijk_flow_concentration_words(struct wijk_cx *cx,
                                                   const struct wijk_flow_concentration *f, size_t whole);

/* ---- parts.c: of what a figure consists, and its change ---- */

enum { WIJK_PARTS_MAX = 32 };
struct wijk_flow_parts_in {
    const struct wijk_snapshot_division *division;
    size_t area;
    const char *indicator; /* the total of a method, or an indicator that others are parts of */
    const char *release;   /* NULL: the newest */
    int from_year, year;   /* the first period from then on; 0: the first, the newest */
};
struct wijk_flow_part {
    const struct wijk_indicator *indicator;
    double level, change;                 /* change NAN: not known then */
    const char *id, *id_then, *id_change; /* of the two figures and of their difference; NULL none */
};
/* level = sum of the parts' levels + level_rest, and so for the change: exactly, by how the rest is made. */
struct wijk_flow_parts {
    const struct wijk_history *whole; /* of this area alone */
    struct wijk_period from, period;  /* from.year 0: no earlier figure */
    double level, level_rest, change, change_rest;
    const char *id, *id_change; /* of the whole; NULL none */
    size_t n;
    struct wijk_flow_part part[WIJK_PARTS_MAX];
};
/* Fails as wijk_flow_history(); WIJK_EDATA no figure of this area. */
WIJK_API enum wijk_err wijk_flow_parts(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       const struct wijk_flow_parts_in *in,
                                       const struct wijk_flow_parts **out);
/* The level or the change as one sentence; "" when it is not known. */
WIJK_API const char *wijk_flow_parts_words(struct wijk_cx *cx, const struct wijk_flow_parts *t, bool change);

/* ---- register.c: the register of algorithms, as the publication standard of the Algoritmeregister has it
 * ---- */

/* The 32 fields in its order: name in CSV, key in the JSON that the register itself takes ("": in a list of
 * {title, link} there). */
#define WIJK_REGISTER_FIELDS(X)                                                                              \
    X(NAME, "naam", "name")                                                                                  \
    X(SUMMARY, "korte_omschrijving", "description_short")                                                    \
    X(ORGANISATION, "organisatie", "organization")                                                           \
    X(THEME, "thema", "category")                                                                            \
    X(STATUS, "status", "status")                                                                            \
    X(BEGIN, "begindatum", "begin_date")                                                                     \
    X(END, "einddatum", "end_date")                                                                          \
    X(CONTACT, "contactgegevens", "contact_email")                                                           \
    X(PAGE, "link_publiekspagina", "website")                                                                \
    X(CATEGORY, "publicatiecategorie", "publication_category")                                               \
    X(SOURCE_RECORD, "link_bronregistratie", "url")                                                          \
    X(GOAL, "doel_en_impact", "goal")                                                                        \
    X(WEIGHED, "afwegingen", "proportionality")                                                              \
    X(HUMAN, "menselijke_tussenkomst", "human_intervention")                                                 \
    X(RISKS, "risicobeheer", "risks")                                                                        \
    X(LEGAL, "wettelijke_basis", "lawful_basis")                                                             \
    X(LEGAL_LINK, "link_wettelijke_basis", "")                                                               \
    X(LEGAL_TITLE, "titel_wettelijke_basis", "")                                                             \
    X(PROCESSING, "verwerkingsregister", "process_index_url")                                                \
    X(TESTS, "impacttoetsen", "")                                                                            \
    X(TEST_LINK, "link_impacttoets", "")                                                                     \
    X(TEST_WORDS, "toelichting_impacttoetsen", "impacttoetsen")                                              \
    X(DATA, "gegevens", "source_data")                                                                       \
    X(DATA_LINK, "link_gegevensbron", "")                                                                    \
    X(DATA_TITLE, "titel_gegevensbron", "")                                                                  \
    X(WORKING, "technische_werking", "methods_and_models")                                                   \
    X(SUPPLIER, "leverancier", "provider")                                                                   \
    X(CODE, "link_broncode", "publiccode")                                                                   \
    X(LANGUAGE, "taal", "lang")                                                                              \
    X(STANDARD, "schema", "standard_version")                                                                \
    X(ID, "bron_id", "source_id")                                                                            \
    X(TERMS, "zoektermen", "tags")
enum wijk_register_field {
#define X(name, id, key) WIJK_REGISTER_##name,
    WIJK_REGISTER_FIELDS(X)
#undef X
        WIJK_REGISTER_FIELD_COUNT
};
WIJK_API const char *wijk_register_field(enum wijk_register_field f);
/* What only the installation knows; NULL not known: an empty field. */
struct wijk_register_in {
    const char *organisation; /* NULL: the one gemeente of the store */
    const char *contact;      /* e-mail address, of records that name none themselves */
    const char *url;          /* how the outside names the server, without a slash at its end */
};
/* «Gemeente Lindewaard» when the store has one gemeente; else "". */
WIJK_API const char *wijk_flow_organisation(struct wijk_cx *cx, const struct wijk_snapshot *s);
/* Always Dutch; lists parted by «; ». */
WIJK_API void wijk_register_fill(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_register_in *in, const struct wijk_algorithm *a,
                                 const char *field[WIJK_REGISTER_FIELD_COUNT]);
/* All that are described, or (id not NULL) one: a list, or a table with a row each. */
WIJK_API void wijk_register_json(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_register_in *in, const char *id, struct wijk_json_out *w);
WIJK_API bool wijk_register_csv(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                const struct wijk_register_in *in, const char *id, struct wijk_out out);
/* What the installation knows of itself, for wijk_statement_write(). */
WIJK_API void wijk_flow_statement_facts(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                        const struct wijk_register_in *in, struct wijk_statement_facts *out);
/* What a score is made of, by its own definition. */
struct wijk_algorithm_input {
    const struct wijk_indicator *indicator;
    const char *part; /* dimension of a weighing, in the language of cx; "" none */
    double share;     /* of the whole weight; NAN: not weighed here */
};
struct wijk_algorithm_inputs {
    size_t n;
    const struct wijk_algorithm_input *v;
};
/* n 0: of any figure. */
WIJK_API struct wijk_algorithm_inputs wijk_algorithm_inputs(struct wijk_cx *cx, const struct wijk_defs *d,
                                                            const struct wijk_algorithm *a);

/* ---- export.c: what a snapshot holds, in the forms people use ---- */

/* id as in URLs and the CLI and behind the point of a file name; media type. */
#define WIJK_EXPORTS(X)                                                                                      \
    X(CSV, "csv", "text/csv; charset=utf-8")                                                                 \
    X(JSON, "json", "application/json")                                                                      \
    X(GEOJSON, "geojson", "application/geo+json")                                                            \
    X(XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")                     \
    X(GPKG, "gpkg", "application/geopackage+sqlite3")
enum wijk_export_kind {
#define X(name, id, media) WIJK_EXPORT_##name,
    WIJK_EXPORTS(X)
#undef X
        WIJK_EXPORT_COUNT
};
WIJK_API const char *wijk_export_id(enum wijk_export_kind kind);
WIJK_API const char *wijk_export_media(enum wijk_export_kind kind);
WIJK_API bool wijk_export_parse(struct wijk_str id, enum wijk_export_kind *out) WIJK_MUST_USE;

struct wijk_flow_export_in {
    enum wijk_export_kind kind;
    enum wijk_level level; /* WIJK_LEVEL_COUNT: all; GeoJSON then has buurten, or the lowest level there is */
    const char *within;    /* code of an area: only that one and what lies in it; NULL: everything */
    const char *source;    /* id of a source: only its figures; NULL: of all */
    size_t sheet_rows;     /* XLSX: rows of one sheet; 0: what a spreadsheet takes */
};
/* CSV, JSON: one row per area, indicator and period with status and source. GeoJSON: areas of one level
 * (newest division) with their latest scores. XLSX, GPKG: areas, figures, definitions and sources. All are
 * figures as they may leave; the form is written beside its place and is there whole or not at all. Memory
 * does not grow with the number of figures. GeoJSON and GPKG want a snapshot with geometry.
 * Fails WIJK_ENOTFOUND no such level or area; WIJK_ELIMIT too much for a workbook; WIJK_EIO, WIJK_EEXISTS */
WIJK_API enum wijk_err wijk_flow_export(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                        const struct wijk_flow_export_in *in, const struct wijk_file_to *to);

#endif
