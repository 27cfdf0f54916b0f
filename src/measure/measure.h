/* SPDX-License-Identifier: EUPL-1.2 */
/* measure: how every area fares. First slice: Leefbaarometer values, their classes, where a change came from,
 * and the residents-weighted way up to wijk and gemeente. One method is never set beside another.
 * docs/methods/ has a page for each file. */
#ifndef WIJK_MEASURE_H
#define WIJK_MEASURE_H

#include "domain/domain.h"

/* ---- class.c ---- */

/* 1..9 by the limits of the release, NAN gives 0. Limits belong to the lower class: limit[k-2] < deviation <=
 * limit[k-1]. */
WIJK_API int wijk_class_of(const struct wijk_class_limits *limits, double deviation);
/* The limits of that release; NULL when the method has none for it (then no class is derived). */
WIJK_API const struct wijk_class_limits *wijk_class_limits_of(const struct wijk_method *m,
                                                              const char *release);
/* Re-derives limits from areas with a delivered class (n): the gap in which each limit must lie.
 * below[k], above[k]: largest deviation of class k+1, smallest of class k+2; NAN when a class is empty. */
WIJK_API void wijk_class_limits_seen(const double *deviation, const uint8_t *class_, size_t n,
                                     double below[WIJK_CLASSES - 1], double above[WIJK_CLASSES - 1]);

/* ---- lack.c: why there is no result ---- */

/* id as in the API and the CLI; Dutch. NONE: there is a result. */
#define WIJK_LACKS(X)                                                                                        \
    X(NONE, "", "")                                                                                          \
    X(NO_VALUE, "no_value", WIJK_T("geen cijfer"))                                                           \
    X(HIDDEN, "hidden", WIJK_T("te klein om te tonen"))                                                      \
    X(FEW_POINTS, "few_points", WIJK_T("te weinig metingen"))                                                \
    X(FEW_RESIDENTS, "few_residents", WIJK_T("te weinig inwoners"))                                          \
    X(BROKEN, "broken", WIJK_T("grens gewijzigd: niet te vergelijken"))                                      \
    X(NO_VARIATION, "no_variation", WIJK_T("alle cijfers zijn gelijk"))                                      \
    X(NO_NEIGHBOURS, "no_neighbours", WIJK_T("geen buren met een cijfer"))

enum wijk_lack {
#define X(name, id, text) WIJK_LACK_##name,
    WIJK_LACKS(X)
#undef X
        WIJK_LACK_COUNT
};
WIJK_API const char *wijk_lack_id(enum wijk_lack lack);
WIJK_API const char *wijk_lack_text(enum wijk_lack lack); /* Dutch; "" for NONE */
/* Of one cell: NONE, HIDDEN or NO_VALUE. */
WIJK_API enum wijk_lack wijk_lack_of(enum wijk_status status);

/* ---- score.c ---- */

enum wijk_class_origin { WIJK_CLASS_NONE, WIJK_CLASS_DELIVERED, WIJK_CLASS_DERIVED };

/* A score per area, one method, one period. All arrays n_area, NAN where not scored. */
struct wijk_scores {
    const struct wijk_method *method;
    const char *release;
    enum wijk_level level;
    int division_year;
    struct wijk_period period;
    size_t n;
    double *total;                          /* deviation from the national reference                     */
    double *score;                          /* the published score; NAN without one                      */
    double *dimension[WIJK_DIMENSIONS_MAX]; /* method->n_dimension arrays                                */
    uint8_t *class_;                        /* 1..9, 0 none                                              */
    uint8_t *class_origin;                  /* enum wijk_class_origin                                    */
    uint8_t *flag;                          /* 1: dimensions do not add up to the total within tolerance */
    double *covered; /* share of residents the figure speaks for; 1 when published for the
                        area itself, less when made of smaller areas              */
    bool aggregated; /* made of smaller areas: «buurtgemiddelde: telt te laag»    */
};
struct wijk_score_in { /* vectors n_area long or NULL, NAN where missing, from series of one release and
                          period */
    const double *total, *score, *delivered_class;
    const double *dimension[WIJK_DIMENSIONS_MAX];
};
/* Fails WIJK_EDATA when neither total nor all dimensions nor a delivered class are there. Without a vector of
 * totals the total is the sum of the dimensions; a total that is missing in one area (it may be hidden) is
 * not made up. A delivered class that is no whole number of 1 to 9 counts as none. */
WIJK_API enum wijk_err wijk_scores_of(struct wijk_cx *cx, const struct wijk_method *method,
                                      const char *release, enum wijk_level level, int division_year,
                                      struct wijk_period period, size_t n, struct wijk_score_in in,
                                      const struct wijk_scores **out);

/* The national reference M = score - deviation: its median over the areas, and the largest distance from it.
 * NAN NAN when no area has both. */
WIJK_API void wijk_score_reference(struct wijk_cx *cx, const double *score, const double *deviation, size_t n,
                                   double *reference, double *spread);

/* ---- index.c: a municipality's own weighing ---- */

struct wijk_index_in {
    const struct wijk_recipe *recipe;
    size_t n, n_year;
    const double *const *value;   /* n_year x n_input vectors of n, finite or NAN; NULL: not there that year.
                                   * Divided by `per` already. They are borrowed as long as the results */
    const uint8_t *const *status; /* the same, enum wijk_status; NULL: only known or not */
    size_t reference;             /* the year whose middle and spread count for all; SIZE_MAX each its own */
    const double *weight;         /* n_input, instead of the recipe's; NULL */
    const struct wijk_progress *progress;
};
struct wijk_index_scaling { /* z = (x - centre) x per; per has the sign */
    double centre, per;
    enum wijk_lack lack; /* NO_VALUE, NO_VARIATION: the input does not count that year */
};
/* Of one year. Arrays of n, NAN where there is no result. */
struct wijk_index {
    const struct wijk_recipe *recipe;
    size_t n, n_scored;
    struct wijk_index_scaling *scaling;                          /* n_input */
    double *weight;                                              /* n_input, shared by all years */
    const double *const *column;                                 /* n_input: what was weighed */
    const uint8_t *const *status;                                /* n_input, or NULL */
    double *num[WIJK_DIMENSIONS_MAX], *den[WIJK_DIMENSIONS_MAX]; /* sums of w z, and of w where known */
    double *total;                                               /* on the recipe's scale */
    double *known;                                               /* share of the weight that is known */
    double *error;   /* standard error, of inputs that state theirs; NULL when none does */
    uint8_t *class_; /* 1..n_class, 0 none */
    uint8_t *lack;   /* enum wijk_lack */
};
/* Years are done side by side; the result does not depend on the threads. Fails WIJK_EDATA a negative weight,
 * weights that are 0 together, percentiles with a reference year; WIJK_ESHAPE the reference year is not
 * there. Source docs/methods/lokale-weging.md */
WIJK_API enum wijk_err wijk_index_of(struct wijk_cx *cx, const struct wijk_index_in *in,
                                     struct wijk_index **out);
/* Mean of a dimension, in units of the normalisation; what it adds to the total: parts add up to total -
 * middle. NAN when it does not count there. */
WIJK_API double wijk_index_mean(const struct wijk_index *ix, size_t dimension, size_t area);
WIJK_API double wijk_index_part(const struct wijk_index *ix, size_t dimension, size_t area);
/* What if one weight were another: all years of one wijk_index_of(), in place, without a second look at the
 * other inputs. Fails WIJK_EDATA as above; then nothing is changed. */
WIJK_API enum wijk_err wijk_index_reweigh(struct wijk_cx *cx, struct wijk_index *ix, size_t n_year,
                                          size_t input, double weight);

/* ---- sensitivity.c: how firm that weighing is ---- */

struct wijk_sensitivity_opt { /* zero fields mean the default */
    double change;            /* 0.2: a weight is moved by a fifth */
    size_t draws;             /* 1000 */
    uint64_t seed;            /* 1 */
};
struct wijk_sensitivity_part { /* areas that get another class, or none */
    size_t more, less;         /* when this weight alone goes up or down */
    size_t without;            /* when it is left out; 0 for the only one that counts */
};
struct wijk_sensitivity {
    double change;
    size_t draws, n_scored;
    const struct wijk_sensitivity_part *input, *dimension;
    size_t n_any;       /* areas that change in any of those */
    const double *kept; /* n: share of draws, all weights moved at once, with the same class; NAN no result */
    const double *low, *high; /* n: between these lie 90% of the draws */
    size_t n_firm;            /* areas with kept of at least 0.95 */
};
/* Weights are moved by chance between 1 - change and 1 + change, all at once, by a seed that is given. Source
 * docs/methods/lokale-weging.md; Saisana, Saltelli and Tarantola (2005), JRSS A 168:307 */
WIJK_API enum wijk_err wijk_sensitivity_of(struct wijk_cx *cx, const struct wijk_index *ix,
                                           struct wijk_sensitivity_opt opt,
                                           const struct wijk_sensitivity **out);

/* ---- change.c ---- */

/* Where a change between two periods of one method came from: change = sum of dimension changes + rest.
 *
 * total, rest  n_area;  part  n_dimension arrays of n_area;  NAN where either period lacks a value
 * Fails  WIJK_ESHAPE other method, release rules, level or division, or another number of areas */
struct wijk_change {
    size_t n;
    double *total, *rest;
    double *part[WIJK_DIMENSIONS_MAX];
};
WIJK_API enum wijk_err wijk_change_of(struct wijk_cx *cx, const struct wijk_scores *from,
                                      const struct wijk_scores *to, const struct wijk_change **out);

/* ---- aggregate.c ---- */

/* Scores of a higher level as residents-weighted means of the lower. An area without residents or without a
 * score does not count; `covered` says for which share of the known residents the figure speaks.
 *
 * low        scores of the lower level
 * residents  n_low, people; NAN not known
 * parent     n_low, index into the higher level, or SIZE_MAX
 * All figures of one area are over the same parts, those with a total, so that dimensions still add up; a
 * dimension or score that one of those lacks is NAN. A part that is flagged flags the whole. Fails
 * WIJK_ESHAPE when a parent is outside n_high. Class is derived by the method's limits for the release
 * (origin derived), or none. */
WIJK_API enum wijk_err wijk_scores_aggregate(struct wijk_cx *cx, const struct wijk_scores *low,
                                             const double *residents, const size_t *parent, size_t n_high,
                                             enum wijk_level high_level, const struct wijk_scores **out);

/* ---- crosswalk.c: figures of one division brought to another ---- */

/* How an area of the new division came about, told of each of its links. */
#define WIJK_CROSS_KINDS(X)                                                                                  \
    X(EXACT, "exact", WIJK_T("zelfde gebied"))                                                               \
    X(RENAMED, "renamed", WIJK_T("andere code, zelfde grens"))                                               \
    X(MERGED, "merged", WIJK_T("samengevoegd"))                                                              \
    X(SPLIT, "split", WIJK_T("gesplitst"))                                                                   \
    X(OVERLAY, "overlay", WIJK_T("grens verlegd"))

enum wijk_cross_kind {
#define X(name, id, text) WIJK_CROSS_##name,
    WIJK_CROSS_KINDS(X)
#undef X
        WIJK_CROSS_KIND_COUNT
};
WIJK_API const char *wijk_cross_kind_id(enum wijk_cross_kind k);
WIJK_API const char *wijk_cross_kind_text(enum wijk_cross_kind k); /* Dutch */

/* Where the shares come from: a table of codes, area in common, or residents in the area in common. */
#define WIJK_CROSS_METHODS(X)                                                                                \
    X(CODES, "codes", WIJK_T("volgens een tabel van codes"))                                                 \
    X(AREA, "area", WIJK_T("naar oppervlak"))                                                                \
    X(RESIDENTS, "residents", WIJK_T("naar inwoners"))

enum wijk_cross_method {
#define X(name, id, text) WIJK_CROSS_BY_##name,
    WIJK_CROSS_METHODS(X)
#undef X
        WIJK_CROSS_METHOD_COUNT
};
WIJK_API const char *wijk_cross_method_id(enum wijk_cross_method m);
WIJK_API const char *wijk_cross_method_text(enum wijk_cross_method m); /* Dutch */
WIJK_API bool wijk_cross_method_parse(struct wijk_str id, enum wijk_cross_method *out) WIJK_MUST_USE;

/* What of one old area went to one new area: shares of the OLD area, 0 < share <= 1; NAN not known. */
struct wijk_cross_link {
    uint32_t from, to; /* places in the two divisions */
    double share_area, share_residents;
    enum wijk_cross_kind kind; /* set by wijk_crosswalk_of() */
};
/* The share that counts: of residents where known, else of area. */
WIJK_API double wijk_cross_share(const struct wijk_cross_link *l);

struct wijk_crosswalk {
    enum wijk_level level;
    int from_year, to_year;
    enum wijk_cross_method method;
    size_t n_from, n_to, n;
    const struct wijk_cross_link *link;      /* by to, then from                                         */
    const size_t *first;                     /* n_to + 1: links of area t are first[t]..first[t + 1] - 1 */
    const double *covered_from, *covered_to; /* n_from, n_to: share of the area (m2) that lies in the other
                                              * division; 1 by a table of codes */
    const double *size;  /* n_from: residents or m2, what `moved` is measured in; 1 when not known */
    const double *moved; /* n_to: of the new area and the old one it is most like, the share that lies in only
                          * one of the two. 0: the same area; NAN: it comes from nowhere */
};
struct wijk_crosswalk_in {
    enum wijk_level level;
    int from_year, to_year;
    enum wijk_cross_method method;
    size_t n_from, n_to, n;
    const struct wijk_cross_link *link;             /* in any order */
    const char *const *from_code, *const *to_code;  /* tell EXACT from RENAMED; NULL NULL: all EXACT */
    const double *covered_from, *covered_to, *size; /* NULL: 1 everywhere */
    double same; /* common area over joint area from which a border counts as unchanged; 0 = 0.995 */
};
/* Sorts the links and tells their kinds. Where one link of an old area lacks its share of residents, all of
 * that area go by their share of area. The shares of an old area may add up to less than 1: the rest went
 * nowhere. Fails WIJK_ESHAPE a place outside a division; WIJK_EDATA a share outside 0..1, a pair given
 * twice, or shares of one old area that add up to more than 1. */
WIJK_API enum wijk_err wijk_crosswalk_of(struct wijk_cx *cx, const struct wijk_crosswalk_in *in,
                                         const struct wijk_crosswalk **out);
/* a -> b, then b -> c, as one a -> c. Codes are not compared: what is whole and alone is EXACT. Fails
 * WIJK_ESHAPE when the middle differs. */
WIJK_API enum wijk_err wijk_crosswalk_compose(struct wijk_cx *cx, const struct wijk_crosswalk *a,
                                              const struct wijk_crosswalk *b,
                                              const struct wijk_crosswalk **out);

struct wijk_cross_figures { /* one series of the old division */
    const double *value;
    const uint8_t *status;   /* enum wijk_status */
    size_t n;                /* at most n_from; what is beyond is missing */
    const double *residents; /* n_from, people; NAN not known; NULL: none known */
    enum wijk_aggregation how;
    double min_known; /* share of the people a mean must speak for, and of an area that must be covered;
                       * 0 = 0.95 */
};
struct wijk_cross_value {
    double value; /* NAN unless the status says there is one */
    enum wijk_status status;
    double moved; /* of the crosswalk; 0 for an unchanged area */
    double known; /* share of the weight with a figure */
};
/* The figure of one new area, the same whatever the other areas are:
 *   one whole old area within an unchanged border   its value and status, byte for byte
 *   SUM        sum of share x value; all inputs must have a value
 *   RESIDENTS  mean of the values, weighted by share x residents, never outside the values it is made of
 *   NONE       missing (a class or a median cannot be put together)
 * A hidden input makes the figure hidden. Everything that was put together is `estimated`.
 * Source docs/methods/omrekenen.md */
WIJK_API struct wijk_cross_value wijk_crosswalk_value(const struct wijk_crosswalk *x,
                                                      const struct wijk_cross_figures *f, size_t to);
/* The same for all new areas. value, status: n_to. */
WIJK_API void wijk_crosswalk_convert(const struct wijk_crosswalk *x, const struct wijk_cross_figures *f,
                                     double *value, uint8_t *status);

/* ---- overlay.c: a crosswalk from the borders of two divisions ---- */

struct wijk_overlay_opt { /* zero fields mean the default */
    double sliver_share;  /* 0.005: an overlap below this share of both areas is drawing noise */
    double sliver_m2;     /* 1000: so is one this small, unless it is half of either area */
    double same;          /* 0.995: as in wijk_crosswalk_in */
};
/* Where people live: a point for each grid cell or smaller area. */
struct wijk_overlay_people {
    size_t n;
    const struct wijk_xy *point; /* RD */
    const double *residents;     /* NAN: not known, does not count */
};
struct wijk_crosswalk_derived {
    const struct wijk_crosswalk *crosswalk;
    size_t unchanged, slivers, no_shape; /* areas of `to`; overlaps dropped; areas of both without a shape */
    double sliver_m2;                    /* of the dropped ones together */
    size_t gone, new_; /* areas of `from` that went nowhere, of `to` that come from nowhere */
    size_t by_people;  /* areas of `from` whose shares are of residents */
};
/* Which old area lies where in the new division. Two areas with (nearly) one border are the same area,
 * whatever their codes; for the rest slivers are dropped and the shares that stay add up to 1. An old area
 * goes by its residents when the points within it hold at least half of its known residents, else by area.
 * Source docs/methods/omrekenen.md
 *
 * from, to  with geometry, one level
 * Fails WIJK_ESHAPE two levels; as wijk_geom_overlay() else */
WIJK_API enum wijk_err wijk_crosswalk_derive(struct wijk_cx *cx, const struct wijk_areas *from,
                                             const struct wijk_areas *to,
                                             const struct wijk_overlay_people *people,
                                             struct wijk_overlay_opt opt,
                                             const struct wijk_crosswalk_derived **out);

/* ---- members.c: the whole areas that a drawn shape stands for ---- */

enum { WIJK_MEMBERS_MAX = 20000 };
/* What was drawn (RD), its corners on a grid of 10 m and its crossings resolved, so that the same area drawn
 * by another hand is the same shape. Fails WIJK_EDATA when no area is left. */
WIJK_API enum wijk_err wijk_members_shape(struct wijk_cx *cx, const struct wijk_geom *drawn,
                                          const struct wijk_geom **out);
/* Grid cells: those with residents whose middle lies in the shape. Other areas: those of which half of the
 * surface or more does. areas: with geometry. member: in area order; *n 0 when there are none.
 * Fails WIJK_ELIMIT over WIJK_MEMBERS_MAX; as wijk_geom_overlay() else.
 * Source docs/methods/getekend-gebied.md */
WIJK_API enum wijk_err wijk_members_of(struct wijk_cx *cx, const struct wijk_areas *areas,
                                       const struct wijk_geom *shape, const size_t **member, size_t *n);

#endif
