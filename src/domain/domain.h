/* SPDX-License-Identifier: EUPL-1.2 */
/* domain: the words of the field as types. Areas with their division year, periods, indicators, sources and
 * loads, series and panels. Nothing here reads a file; definitions come in as text (defs/ is embedded in the
 * program). */
#ifndef WIJK_DOMAIN_H
#define WIJK_DOMAIN_H

#include "geo/geo.h"

/* ---- levels, codes, periods --------------------------------------------------------------------- */

/* id as in URLs, the CLI and the store; Dutch singular and plural. */
#define WIJK_LEVELS(X)                                                                                       \
    X(BUURT, "buurt", "buurt", "buurten")                                                                    \
    X(WIJK, "wijk", "wijk", "wijken")                                                                        \
    X(GEMEENTE, "gemeente", "gemeente", "gemeenten")                                                         \
    X(PC4, "pc4", "postcodegebied", "postcodegebieden")                                                      \
    X(RASTER, "raster", "rastervak", "rastervakken")                                                         \
    X(PROJECT, "project", "projectgebied", "projectgebieden")                                                \
    X(FOCUS, "focus", "focusgebied", "focusgebieden")

enum wijk_level {
#define X(name, id, one, many) WIJK_LEVEL_##name,
    WIJK_LEVELS(X)
#undef X
        WIJK_LEVEL_COUNT
};
WIJK_API const char *wijk_level_id(enum wijk_level level);
WIJK_API const char *wijk_level_label(enum wijk_level level, bool plural); /* Dutch; wijk_tr() for English */
WIJK_API bool wijk_level_parse(struct wijk_str id, enum wijk_level *out) WIJK_MUST_USE;

enum { WIJK_CODE_MAX = 16 };
/* An official code in its one form: blanks off, upper case, "BU" "WK" "GM" in front when `level` says so and
 * only digits (or letters after the gemeente) were given. false: not a code of that level. PC4: four digits
 * 1000..9999. Buurt BUggggwwbb, wijk WKggggww, gemeente GMgggg; letters allowed in ww and bb. */
WIJK_API bool wijk_code_normalise(struct wijk_str raw, enum wijk_level level,
                                  char out[WIJK_CODE_MAX]) WIJK_MUST_USE;
/* The level a code shows by its form; false when none. */
WIJK_API bool wijk_code_level(struct wijk_str code, enum wijk_level *out) WIJK_MUST_USE;
/* Parent by form: BU00140105 -> WK001401 -> GM0014; false when the level has none. */
WIJK_API bool wijk_code_parent(const char *code, char out[WIJK_CODE_MAX]) WIJK_MUST_USE;
/* GM0014 of a buurt, wijk or gemeente code. */
WIJK_API bool wijk_code_gemeente(const char *code, char out[WIJK_CODE_MAX]) WIJK_MUST_USE;

/* A year (month 0) or a month. Written "2017" and "2024-05"; ordered by wijk_period_key(). */
struct wijk_period {
    int16_t year;
    int8_t month;
};
WIJK_API int32_t wijk_period_key(struct wijk_period p); /* year x 100 + month */
WIJK_API struct wijk_period wijk_period_of_key(int32_t key);
WIJK_API bool wijk_period_parse(struct wijk_str s,
                                struct wijk_period *out) WIJK_MUST_USE; /* also 2024JJ00, 2025MM04 */
WIJK_API void wijk_period_write(struct wijk_period p, char out[16]);
/* The place of a period in a list; n when it is not there. */
WIJK_API size_t wijk_period_find(const struct wijk_period *v, size_t n, struct wijk_period p);

/* ---- areas --------------------------------------------------------------------------------------- */

struct wijk_area {
    const char *code; /* normalised                                                        */
    const char *name;
    const char *parent;           /* code one level up in the same division; NULL none                 */
    double residents;             /* people; NAN not known                                             */
    const struct wijk_geom *geom; /* RD New; NULL: none known, or not asked for                        */
};
/* The areas of one level in one division, in area order: the order of every vector in the store. New areas
 * are added at the end, none is ever moved. */
struct wijk_areas {
    enum wijk_level level;
    int division_year;
    size_t n;
    const struct wijk_area *v;
};
/* An index on code; SIZE_MAX when absent. */
struct wijk_area_index;
WIJK_API const struct wijk_area_index *wijk_area_index(struct wijk_cx *cx, const struct wijk_areas *areas);
WIJK_API size_t wijk_area_find(const struct wijk_area_index *ix, const char *code);
/* The code in `areas` that looks most like a wrong one (same level, few edits), for «bedoelt u …?»; NULL
 * none. */
WIJK_API const char *wijk_area_suggest(const struct wijk_areas *areas, const char *code);

/* ---- names: for files without codes (docs/methods/naammatching.md) --------------------------------- */

/* How a name found its area. Only EXACT, NORMALISED and CONFIRMED join; a resemblance is a proposal. */
#define WIJK_NAME_WAYS(X)                                                                                    \
    X(NONE, "none", WIJK_T("geen gebied gevonden"))                                                          \
    X(RESEMBLES, "resembles", WIJK_T("lijkt erop"))                                                          \
    X(NORMALISED, "normalised", WIJK_T("zelfde naam, anders geschreven"))                                    \
    X(EXACT, "exact", WIJK_T("zelfde naam"))                                                                 \
    X(CONFIRMED, "confirmed", WIJK_T("door een mens bevestigd"))

enum wijk_name_way {
#define X(name, id, text) WIJK_NAME_##name,
    WIJK_NAME_WAYS(X)
#undef X
        WIJK_NAME_WAY_COUNT
};
WIJK_API const char *wijk_name_way_id(enum wijk_name_way way);
WIJK_API const char *wijk_name_way_text(enum wijk_name_way way); /* Dutch */

/* A name without what writers differ in: case, diacritics, signs, blanks, «e.o.», an article in front, what
 * stands in brackets behind, «Wijk 03» in front; Roman numbers and leading zeros become plain numbers. */
WIJK_API struct wijk_str wijk_name_normalise(struct wijk_cx *cx, struct wijk_str name);
/* 0..1: the largest of one minus edits per sign of the normal forms, the share of words in common, and 0.7
 * when the words of one are all in the other. */
WIJK_API double wijk_name_score(struct wijk_cx *cx, struct wijk_str a, struct wijk_str b);

/* The names of areas of one or more levels, ready to be searched. */
struct wijk_names;
struct wijk_name_hit {
    const struct wijk_area *area;
    enum wijk_level level;
    double score; /* 1 for EXACT and NORMALISED */
};
enum { WIJK_NAME_HITS = 3 };
/* Areas of `gemeente` only (NULL: all). `areas` is borrowed. */
WIJK_API struct wijk_names *wijk_names_build(struct wijk_cx *cx, const struct wijk_areas *const *areas,
                                             size_t n, const char *gemeente);
WIJK_API size_t wijk_names_count(const struct wijk_names *names);
/* EXACT or NORMALISED with one hit when that name is unique; else RESEMBLES with up to WIJK_NAME_HITS, the
 * most alike first (equals are all given with score 1), or NONE. */
WIJK_API enum wijk_name_way wijk_names_find(struct wijk_cx *cx, const struct wijk_names *names,
                                            struct wijk_str name, struct wijk_name_hit hit[WIJK_NAME_HITS],
                                            size_t *n);

/* ---- values --------------------------------------------------------------------------------------- */

/* Missing, hidden and zero are three things. Zeroed memory is "missing". */
#define WIJK_STATUSES(X)                                                                                     \
    X(MISSING, "missing", "geen gegevens")                                                                   \
    X(OK, "ok", "bekend")                                                                                    \
    X(SUPPRESSED, "suppressed", "te klein om te tonen")                                                      \
    X(NOT_APPLICABLE, "not_applicable", "niet van toepassing")                                               \
    X(PROVISIONAL, "provisional", "voorlopig")                                                               \
    X(ESTIMATED, "estimated", "geschat")

enum wijk_status {
#define X(name, id, text) WIJK_STATUS_##name,
    WIJK_STATUSES(X)
#undef X
        WIJK_STATUS_COUNT
};
WIJK_API const char *wijk_status_id(enum wijk_status s);
WIJK_API const char *wijk_status_text(enum wijk_status s); /* Dutch */
/* Does a cell of this status hold a value? ok, provisional and estimated do. */
WIJK_API bool wijk_status_valued(enum wijk_status s);
WIJK_API bool wijk_status_parse(struct wijk_str id, enum wijk_status *out) WIJK_MUST_USE;

/* What a series is of. Text members are never NULL. */
struct wijk_series_key {
    const char *indicator;
    struct wijk_period period;
    enum wijk_level level;
    int division_year;
    const char *release; /* of the source, "2017"; "" when the source has none */
};
/* Which of two releases is newer, as strcmp(): one that begins with a year comes after one that is a word or
 * nothing, as the demo's. */
WIJK_API int wijk_release_order(const char *a, const char *b);
/* One indicator in one period for all areas of one division: vectors of length n in area order. A vector
 * shorter than the division (areas were added since) means "missing" for the rest. */
struct wijk_series {
    struct wijk_series_key key;
    size_t n;
    const double *value;   /* NAN unless wijk_status_valued(status)        */
    const uint8_t *status; /* enum wijk_status                           */
    const uint32_t *row;   /* source line or row, from 1; 0 = none       */
    const uint32_t *load;  /* id of the load the cell came from; 0 = none */
};

/* n_area x n_period, area-major: value[a * n_period + p]. */
struct wijk_panel {
    const char *indicator;
    size_t n_area, n_period;
    const struct wijk_period *period; /* increasing */
    const double *value;
    const uint8_t *status;
};
/* Lays series of one indicator, level and division side by side. Of two series of one period the later in the
 * list wins. Fails WIJK_ESHAPE when indicator, level or division differ. */
WIJK_API enum wijk_err wijk_panel_of(struct wijk_cx *cx, const struct wijk_series *const *series, size_t n,
                                     size_t n_area, const struct wijk_panel **out);

/* ---- definitions (defs/) ---------------------------------------------------------------------------- */

enum wijk_value_kind { WIJK_KIND_MEASURED, WIJK_KIND_ESTIMATED, WIJK_KIND_SAID };
enum wijk_direction { WIJK_DIRECTION_NONE, WIJK_DIRECTION_UP, WIJK_DIRECTION_DOWN }; /* up: more is better */
enum wijk_aggregation {
    WIJK_AGGREGATE_NONE,
    WIJK_AGGREGATE_SUM,
    WIJK_AGGREGATE_RESIDENTS
}; /* to a higher level */

struct wijk_indicator {
    const char *id; /* "residents", "lbm3.deviation"                                */
    const char *label_nl, *label_en;
    const char *definition_nl, *definition_en;
    const char *unit_nl, *unit_en; /* "inwoners", "%"                                              */
    const char *theme;             /* "bevolking", "wonen", "leefbaarheid" ...; also the map's groups */
    const char *method;            /* "lbm3" for parts of a score, else ""                          */
    const char *dimension;         /* id in the method, or ""                                       */
    enum wijk_value_kind kind;
    enum wijk_direction direction;
    enum wijk_aggregation aggregation;
    int decimals;           /* shown to people                                               */
    double min, max;        /* plausible range, inclusive; NAN = open                        */
    double min_base;        /* 0 = none                                                      */
    bool composition;       /* who lives there: context in blue, never judged                */
    const char *disclosure; /* "open": the supplier's own rounding holds; "count", "share", "money"  */
    const char *part_of;    /* indicator of which this one is a part, so that parts add up; "" none   */
    const char *base;       /* indicator that counts the persons or homes beneath this one; "" none   */
    const char *count_of;   /* indicator that counts what this share is the share of; "" none         */
};

enum { WIJK_CLASSES = 9, WIJK_DIMENSIONS_MAX = 8 };

/* A livability method: which indicators are its parts, and its class limits by release. */
enum { WIJK_BESIDE_MAX = 8 };
struct wijk_method_dimension {
    const char *id, *label_nl, *label_en, *indicator;
    size_t n_beside; /* indicators that stand beside it in the wheel; they are no part of the score */
    const char *beside[WIJK_BESIDE_MAX];
};
struct wijk_class_limits {
    const char *release;
    double limit[WIJK_CLASSES - 1]; /* increasing; class k lies in (limit[k-2], limit[k-1]]             */
};
struct wijk_method {
    const char *id, *version, *label_nl, *label_en;
    const char *total;           /* indicator: deviation from the national reference                 */
    const char *score;           /* indicator: the score itself, or ""                               */
    const char *delivered_class; /* indicator: class as published, or ""                             */
    const char *earlier;         /* method that told the same before this one, measured otherwise; "" none */
    double sum_tolerance;        /* |total - sum of dimensions|                                      */
    size_t n_dimension, n_limits;
    struct wijk_method_dimension dimension[WIJK_DIMENSIONS_MAX];
    const struct wijk_class_limits *limits; /* absolute class, on the deviation                 */
    const char *class_nl[WIJK_CLASSES], *class_en[WIJK_CLASSES]; /* [0] is class 1                     */
};

/* Who decided on a score, and what it needs before it is published; "" missing. */
struct wijk_record {
    const char *decided_by, *decided_on, *review_on, *why_nl, *why_en, *register_, *privacy, *equity, *stop;
    const char *contact; /* who answers questions; "" the installation's; never missing */
};
enum { WIJK_RECORD_MISSES_MAX = 10 };
/* What it lacks to be published at `now` (seconds since 1970): Dutch, translate with wijk_tr(). 0: nothing.
 * The day of review itself is in time, until midnight in the Netherlands. */
WIJK_API size_t wijk_record_misses(const struct wijk_record *r, int64_t now,
                                   const char *misses[WIJK_RECORD_MISSES_MAX]);

/* A municipality's own weighing of indicators (defs/recipes/, docs/methods/lokale-weging.md). */
#define WIJK_NORMALISATIONS(X)                                                                               \
    X(Z, "z", WIJK_T("afstand tot het gemiddelde, in standaardafwijkingen"))                                 \
    X(MINMAX, "minmax", WIJK_T("van het laagste (0) tot het hoogste (1)"))                                   \
    X(PERCENTILE, "percentile", WIJK_T("welk deel van de gebieden eronder ligt"))                            \
    X(ROBUST, "robust", WIJK_T("afstand tot het middelste cijfer, in gewone afwijkingen"))

enum wijk_normalisation {
#define X(name, id, text) WIJK_NORMALISE_##name,
    WIJK_NORMALISATIONS(X)
#undef X
        WIJK_NORMALISATION_COUNT
};
WIJK_API const char *wijk_normalisation_id(enum wijk_normalisation how);
WIJK_API const char *wijk_normalisation_text(enum wijk_normalisation how); /* Dutch */

enum { WIJK_RECIPE_INPUTS_MAX = 200, WIJK_WEIGHT_MAX = 1000000 };
struct wijk_recipe_dimension {
    const char *id, *label_nl, *label_en;
    double weight; /* 0..WIJK_WEIGHT_MAX */
};
struct wijk_recipe_input {
    const char *indicator;
    const char *per; /* indicator it is divided by; "" none */
    size_t dimension;
    int sign;      /* 1 more is better, -1 less is better */
    double weight; /* within its dimension, 0..WIJK_WEIGHT_MAX */
    double error;  /* standard error of a figure, in its own unit; 0 not stated */
    size_t line;   /* in its file */
};
struct wijk_recipe {
    const char *id, *version, *label_nl, *label_en, *about_nl, *about_en;
    const char *gemeente; /* whose areas are compared; "" all in the store */
    enum wijk_level level;
    enum wijk_normalisation how;
    int reference_year;  /* of which the middle and the spread count for all years; 0 each its own */
    double min_known;    /* share of the weight that must be known for an area to have a result */
    double middle, step; /* the result is middle + step x the weighted mean; 0 and 1 when not given */
    size_t n_dimension, n_input, n_class;
    struct wijk_recipe_dimension dimension[WIJK_DIMENSIONS_MAX];
    const struct wijk_recipe_input *input; /* by dimension */
    double limit[WIJK_CLASSES - 1]; /* n_class - 1, increasing; a limit belongs to the class below it */
    const char *class_nl[WIJK_CLASSES], *class_en[WIJK_CLASSES];
    struct wijk_record record;
};
/* The head of a source definition; its mapping is read by import. */
struct wijk_source {
    const char *id, *title_nl, *title_en, *publisher, *licence, *homepage, *table, *format, *release,
        *method_version;
    const char *attribution; /* "Bron: CBS" */
    int precedence;          /* 0..99: of two sources that tell one figure the higher is shown */
    const struct wijk_yaml *yaml;
};
enum { WIJK_PRECEDENCE = 50 }; /* of a source that does not say */

/* How the course of an area is told in types (defs/trajectories/): years, and limits in national standard
 * deviations of the score. */
enum { WIJK_TRAJECTORY_SCALES = 8 };
struct wijk_trajectory_scale {
    const char *method;
    double sd; /* of the country, in units of the method's total */
};
struct wijk_trajectory_rules {
    const char *id, *label_nl, *label_en;
    const char *source;         /* of the types */
    int base_year, recent_year; /* recovered since, relapsed since */
    int good_from_class, start_to_class, class_steps;
    double improved_sd, worse_sd, flat_sd;
    double development_sd[WIJK_CLASSES - 1]; /* increasing; a limit belongs to the class below it */
    size_t n_scale;
    struct wijk_trajectory_scale scale[WIJK_TRAJECTORY_SCALES];
};

enum { WIJK_PEER_INPUTS = 28 };
/* By what areas are alike: never by who lives there, by parts of a score or by what people say. */
struct wijk_peer_recipe {
    const char *id, *label_nl, *label_en;
    size_t n_input;
    const char *input[WIJK_PEER_INPUTS]; /* indicators, in the order in which they are told */
};
/* What people say beside what is counted; both with a direction. */
struct wijk_perception_pair {
    const char *id, *label_nl, *label_en, *said, *fact;
    const char *trouble_nl, *trouble_en; /* what both tell of: "onveiligheid" */
};

enum { WIJK_EVENT_AREAS = 40 };
/* What happened somewhere (defs/events/): shown beside the figures, and never in them. */
struct wijk_event {
    const char *id, *label_nl, *label_en, *source; /* source: who says so */
    const char *url;                               /* where one reads it; "" none */
    struct wijk_period from, until;                /* until.year 0: a moment, or no end is known */
    const char *gemeente;                          /* whose it is */
    size_t n_area;
    const char *area[WIJK_EVENT_AREAS]; /* buurten, wijken, or the gemeente */
    const char *file;                   /* as under defs/ */
    size_t line;
};

/* ---- the register of algorithms (defs/algorithms/, docs/methods/algoritmeregister.md) ---- */

/* What is computed beside the methods of defs/methods and the weighings of defs/recipes: id, name. */
#define WIJK_ANALYSES(X)                                                                                     \
    X(WEIGHING, "lokale-weging")                                                                             \
    X(TREND, "trend")                                                                                        \
    X(COURSE, "verlopen")                                                                                    \
    X(GAP, "kloof")                                                                                          \
    X(INSUFFICIENT, "onvoldoende")                                                                           \
    X(ALIKE, "vergelijkbaar")                                                                                \
    X(EXPECTED, "verwacht")                                                                                  \
    X(FELT, "beleving")                                                                                      \
    X(NOWCAST, "tussenschatting")                                                                            \
    X(CLUSTER, "clusters")                                                                                   \
    X(CONCENTRATION, "concentratie")                                                                         \
    X(CROSSWALK, "omrekenen")
enum wijk_analysis {
#define X(name, id) WIJK_ANALYSIS_##name,
    WIJK_ANALYSES(X)
#undef X
        WIJK_ANALYSIS_COUNT
};
WIJK_API const char *wijk_analysis_id(enum wijk_analysis a);

/* What a record is of: id as in files and the API, Dutch. */
#define WIJK_ALGORITHM_OF(X)                                                                                 \
    X(METHOD, "method", "score", WIJK_T("landelijke score"))                                                 \
    X(ANALYSIS, "analysis", "berekening", WIJK_T("berekening"))                                              \
    X(RECIPE, "recipe", "weging", WIJK_T("lokale weging"))
enum wijk_algorithm_of {
#define X(name, word, id, text) WIJK_OF_##name,
    WIJK_ALGORITHM_OF(X)
#undef X
        WIJK_OF_COUNT
};
WIJK_API const char *wijk_algorithm_of_id(enum wijk_algorithm_of of);
WIJK_API const char *wijk_algorithm_of_text(enum wijk_algorithm_of of); /* Dutch */

/* Words of the publication standard of the Algoritmeregister, 1.0. */
#define WIJK_ALGORITHM_STATUSES(X)                                                                           \
    X(IN_USE, "in_use", WIJK_T("In gebruik"))                                                                \
    X(IN_DEVELOPMENT, "in_development", WIJK_T("In ontwikkeling"))                                           \
    X(RETIRED, "retired", WIJK_T("Buiten gebruik"))
#define WIJK_ALGORITHM_CATEGORIES(X)                                                                         \
    X(OTHER, "other", WIJK_T("Overige algoritmes"))                                                          \
    X(IMPACT, "impact", WIJK_T("Impactvolle algoritmes"))                                                    \
    X(HIGH_RISK, "high_risk", WIJK_T("Hoog-risico AI-systeem"))
enum wijk_algorithm_status {
#define X(name, id, text) WIJK_STATUS_OF_##name,
    WIJK_ALGORITHM_STATUSES(X)
#undef X
        WIJK_STATUS_OF_COUNT
};
enum wijk_algorithm_category {
#define X(name, id, text) WIJK_CATEGORY_##name,
    WIJK_ALGORITHM_CATEGORIES(X)
#undef X
        WIJK_CATEGORY_COUNT
};
WIJK_API const char *wijk_algorithm_status_text(enum wijk_algorithm_status s); /* as the standard writes it */
WIJK_API const char *wijk_algorithm_category_text(enum wijk_algorithm_category c); /* the same */

enum { WIJK_ALGORITHM_THEMES = 3, WIJK_ALGORITHM_LINKS = 8 };
struct wijk_algorithm_link {
    const char *title, *link; /* link "" not public */
};
/* Texts in two languages, in the order in which people read them: member, key in files, key in the API. */
#define WIJK_ALGORITHM_TEXTS(X)                                                                              \
    X(summary, "korteOmschrijving")                                                                          \
    X(purpose, "doel")                                                                                       \
    X(formula, "formule")                                                                                    \
    X(data, "gegevens")                                                                                      \
    X(limits, "grenzen")                                                                                     \
    X(human, "menselijkeTussenkomst")                                                                        \
    X(weighed, "afwegingen")                                                                                 \
    X(risks, "risicobeheer")                                                                                 \
    X(legal, "wettelijkeBasis")                                                                              \
    X(untested, "toelichtingImpacttoetsen")
struct wijk_algorithm {
    const char *id; /* of the method, the analysis or the recipe */
    enum wijk_algorithm_of of;
    bool described; /* false: there is no record; only id, of and label are filled, the rest is "" */
    const char *version, *label_nl, *label_en;
#define X(name, key) const char *name##_nl, *name##_en;
    WIJK_ALGORITHM_TEXTS(X)
#undef X
    const char *supplier, *code, *terms;
    const char *page;          /* of docs/methods */
    const char *since, *until; /* yyyy-mm; "" not */
    enum wijk_algorithm_status status;
    enum wijk_algorithm_category category;
    size_t n_theme, n_law, n_test, n_source;
    const char *theme[WIJK_ALGORITHM_THEMES];
    struct wijk_algorithm_link law[WIJK_ALGORITHM_LINKS], test[WIJK_ALGORITHM_LINKS];
    const char *source[WIJK_ALGORITHM_LINKS]; /* ids of sources it is made of */
    const struct wijk_method *method;         /* METHOD */
    const struct wijk_recipe *recipe;         /* RECIPE */
    struct wijk_record record;
};
/* Why it is not published. */
enum wijk_shut {
    WIJK_SHUT_OPEN, /* it is */
    WIJK_SHUT_NO_RECORD,
    WIJK_SHUT_LACKS, /* the record is not whole */
    WIJK_SHUT_OVERDUE,
    WIJK_SHUT_NOT_YET, /* in development */
    WIJK_SHUT_ENDED    /* out of use */
};
/* What a signal is about (defs/themes/), in the order of the tiles. */
enum { WIJK_THEMES_MAX = 40, WIJK_THEME_FIGURES = 4 };
struct wijk_theme {
    const char *id, *label_nl, *label_en, *about_nl, *about_en, *icon;
    size_t n_figure;
    const char *figure[WIJK_THEME_FIGURES]; /* indicators */
};

struct wijk_defs {
    size_t n_indicator, n_method, n_source, n_recipe, n_trajectory, n_peers, n_perception, n_event,
        n_algorithm, n_theme;
    const struct wijk_indicator *indicator;
    const struct wijk_method *method;
    const struct wijk_source *source;
    const struct wijk_recipe *recipe;
    const struct wijk_trajectory_rules *trajectory;
    const struct wijk_peer_recipe *peers;
    const struct wijk_perception_pair *perception;
    const struct wijk_event *event;
    const struct wijk_algorithm *algorithm; /* every method, analysis and recipe, in that order */
    const struct wijk_theme *theme;
};
/* A definition file: name as under defs/ ("sources/x.yaml") and its bytes. */
struct wijk_def_file {
    const char *name;
    struct wijk_str bytes;
};
/* Reads indicators/, methods/, sources/, recipes/, trajectories/, peers/, perceptions/, events/,
 * algorithms/ and themes/; checks every field, id and reference. Fails WIJK_EDEF with file and line. */
WIJK_API enum wijk_err wijk_defs_read(struct wijk_cx *cx, const struct wijk_def_file *files, size_t n,
                                      const struct wijk_defs **out);
WIJK_API const struct wijk_indicator *wijk_defs_indicator(const struct wijk_defs *d,
                                                          const char *id); /* NULL none */
WIJK_API const struct wijk_method *wijk_defs_method(const struct wijk_defs *d, const char *id);
WIJK_API const struct wijk_source *wijk_defs_source(const struct wijk_defs *d, const char *id);
WIJK_API const struct wijk_peer_recipe *wijk_defs_peers(const struct wijk_defs *d, const char *id);
WIJK_API const struct wijk_theme *wijk_defs_theme(const struct wijk_defs *d, const char *id); /* NULL none */
/* Why areas may not be compared by an indicator: Dutch with one %s for its id; NULL when they may. */
WIJK_API const char *wijk_peer_input_fault(const struct wijk_indicator *i);
WIJK_API const struct wijk_trajectory_rules *wijk_defs_trajectory(const struct wijk_defs *d, const char *id);
WIJK_API const struct wijk_recipe *wijk_defs_recipe(const struct wijk_defs *d, const char *id);
WIJK_API const struct wijk_algorithm *wijk_defs_algorithm(const struct wijk_defs *d, const char *id);
/* May it be published at `now`? A weighing also needs the record of how weighings are computed, and those of
 * the scores it weighs. what: what its record lacks first (Dutch), or NULL. Of an id without any entry:
 * NO_RECORD. */
WIJK_API enum wijk_shut wijk_algorithm_shut(const struct wijk_defs *d, const char *id, int64_t now,
                                            const char **what);
/* «Deze score wordt niet getoond: de herziening had uiterlijk op 1 juni 2026 moeten gebeuren.» In the
 * language of cx; NULL when it may be. */
WIJK_API const char *wijk_algorithm_shut_words(struct wijk_cx *cx, const struct wijk_defs *d, const char *id,
                                               int64_t now);
/* One recipe of a file of its own, checked against the definitions. Fails WIJK_EDEF with name and line. */
WIJK_API enum wijk_err wijk_recipe_read(struct wijk_cx *cx, const struct wijk_defs *defs,
                                        struct wijk_str bytes, const char *name,
                                        const struct wijk_recipe **out);
/* The kind of disclosure a source asks for its own figures of an indicator (key `disclosure`); "open" when it
 * asks for none. It comes on top of the indicator's: see wijk_disclosure_both(). */
WIJK_API const char *wijk_source_disclosure(const struct wijk_source *s, const char *indicator);
WIJK_API const char *wijk_indicator_label(const struct wijk_indicator *i, enum wijk_lang lang);
WIJK_API const char *wijk_indicator_unit(const struct wijk_indicator *i, enum wijk_lang lang);

/* ---- loads: what came in ------------------------------------------------------------------------------ */

enum wijk_finding_kind {
    WIJK_FINDING_REFUSED,
    WIJK_FINDING_FLAGGED
}; /* row left out | row kept, worth a look */
struct wijk_finding {
    enum wijk_finding_kind kind;
    uint64_t line;      /* or row or feature number, from 1; 0 = the whole file */
    const char *column; /* "" = the row */
    const char *reason; /* in the language of the cx it was made in */
    const char *cure;   /* "" none */
};
struct wijk_load {
    uint32_t id;        /* from 1; 0 = not stored yet */
    const char *source; /* id */
    const char *release, *method_version, *publisher, *licence, *table;
    const char *file_name; /* label, not a path */
    const char *sha256;    /* 64 hex digits */
    uint64_t bytes;
    const char *retrieved; /* yyyy-mm-dd, of the file; "" not known */
    const char *url;       /* it was fetched from; "" given by hand */
    const char *loaded_at; /* yyyy-mm-ddThh:mm:ssZ */
    uint64_t rows, taken, refused, flagged;
    size_t n_finding;
    const struct wijk_finding *finding; /* at most WIJK_FINDINGS_KEPT */
};
enum { WIJK_FINDINGS_KEPT = 10000 };
/* The column of its file that a load read an indicator from: field x scale is the figure. */
struct wijk_load_column {
    uint32_t load;
    const char *indicator;
    struct wijk_period period; /* year 0: in every period of the load */
    const char *column;        /* as written in the file */
    const char *rows; /* of a long table, the rows asked for: "SoortMisdrijf = Misdrijven, totaal"; "" all */
    double scale;
    const char
        *area_column; /* of a table whose rows were counted: what told the area; "" figures as they stand */
    int area_first;   /* so many signs of it are the area's code; 0 = all */
    const char *left_out; /* counted: rows that did not take part: "Pand_gebouwklasse = U"; "" none */
};

/* ---- personal data: kept out --------------------------------------------------------------------------- */

/* What a text or a column of a table gives away about a person. id, Dutch words for complaints. */
#define WIJK_PERSONALS(X)                                                                                    \
    X(BSN, "bsn", WIJK_T("burgerservicenummers"))                                                            \
    X(EMAIL, "email", WIJK_T("e-mailadressen"))                                                              \
    X(PHONE, "phone", WIJK_T("telefoonnummers"))                                                             \
    X(BIRTH, "birth", WIJK_T("geboortedatums"))                                                              \
    X(NAME, "name", WIJK_T("namen van personen"))                                                            \
    X(ADDRESS, "address", WIJK_T("adressen met huisnummer"))                                                 \
    X(POINT, "point", WIJK_T("de plek van losse huizen"))

enum wijk_personal {
    WIJK_PERSONAL_NONE,
#define X(name, id, words) WIJK_PERSONAL_##name,
    WIJK_PERSONALS(X)
#undef X
        WIJK_PERSONAL_COUNT
};
WIJK_API const char *wijk_personal_id(enum wijk_personal p);    /* "" for NONE */
WIJK_API const char *wijk_personal_words(enum wijk_personal p); /* Dutch; "" for NONE */

/* What was found in free text: bytes from up to `to`. */
struct wijk_personal_place {
    enum wijk_personal kind;
    size_t from, to;
};
/* Is this run of words, as it was written, the name of a place or an organisation? */
struct wijk_personal_known {
    bool (*is_known)(void *self, struct wijk_str words);
    void *self;
};
enum { WIJK_PERSONAL_PLACES = 8 };
/* What points at a person, in the order of the text, at most WIJK_PERSONAL_PLACES: a number that passes the
 * test of eleven, an e-mail address, a phone number as people write it, a postcode, street or «nummer» with a
 * house number, a date of birth, and the name of a person: behind a title, a first name that many have, or
 * initials before a surname. Streets, schools and the like that are named after a person are let through, and
 * so is what `known` knows (NULL: nothing). The text is UTF-8. Source: docs/methods/persoonsgegevens.md */
WIJK_API size_t wijk_personal_find(struct wijk_str text, const struct wijk_personal_known *known,
                                   struct wijk_personal_place out[WIJK_PERSONAL_PLACES]);
/* The kind of the first of them, names apart: for what may be called after a person, such as an
 * organisation. */
WIJK_API enum wijk_personal wijk_personal_in_text(struct wijk_str text);
/* What to tell who typed it: Dutch, friendly, two short sentences; "" for NONE. */
WIJK_API const char *wijk_personal_advice(enum wijk_personal p);

/* What a column's name says and its cells showed. */
struct wijk_personal_column {
    enum wijk_personal said; /* by the name alone */
    uint64_t cells;          /* not empty */
    uint64_t bsn, email, phone, phone_plain, address, date;
    uint64_t lettered, numbered, precise; /* counted only where the name asks for it */
    int16_t year_from, year_to;           /* of the dates; 0 = none */
};
WIJK_API struct wijk_personal_column wijk_personal_column(struct wijk_str header);
WIJK_API void wijk_personal_see(struct wijk_personal_column *c, struct wijk_str cell);
/* The verdict on a column by its name and its cells. POINT is only told of columns that hold coordinates
 * finer than 100 m: whether rows are single houses or whole areas is for the caller to say. Source:
 * docs/methods/persoonsgegevens.md */
WIJK_API enum wijk_personal wijk_personal_verdict(const struct wijk_personal_column *c);

#endif
