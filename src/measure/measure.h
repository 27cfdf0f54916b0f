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
    X(NO_NEIGHBOURS, "no_neighbours", WIJK_T("geen buren met een cijfer"))                                   \
    X(FEW_AREAS, "few_areas", WIJK_T("te weinig gebieden met een cijfer"))                                   \
    X(FEW_INPUTS, "few_inputs", WIJK_T("te weinig kenmerken bekend"))                                        \
    X(NOT_PREDICTABLE, "not_predictable", WIJK_T("niet af te leiden uit deze kenmerken"))                    \
    X(NO_REFERENCE, "no_reference", WIJK_T("het nulpunt van de score is niet bekend"))                       \
    X(NO_GROUPS, "no_groups", WIJK_T("te weinig wijken"))                                                    \
    X(NO_RESIDENTS, "no_residents", WIJK_T("het aantal inwoners is niet bekend"))

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

/* The vector of an indicator that is the total, the score or a dimension of the method; NULL: none of them.
 */
WIJK_API const double *wijk_scores_part(const struct wijk_scores *s, const char *indicator);

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
    const float *const *single;   /* instead of value, where that takes too much room; NULL */
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
    const double **column;                                       /* n_input: what was weighed */
    const float **single;                                        /* n_input: the same, if so given; or NULL */
    const struct wijk_index_scaling *fixed;                      /* n_input: of the reference year; NULL */
    double **shares;                                             /* n_input: of percentiles; NULL */
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
/* The same year by year, for those who cannot hold all years: room for one year, used again for each. in: may
 * hold one year at a time; the reference year must be among those of wijk_index_room(). What a year gave is
 * gone when the next is weighed. Room: n x (16 x dimensions + 18) bytes, with percentiles n x 8 more for
 * each input. Fails as wijk_index_of() */
WIJK_API enum wijk_err wijk_index_room(struct wijk_cx *cx, const struct wijk_index_in *in,
                                       struct wijk_index **out);
WIJK_API void wijk_index_year(struct wijk_cx *cx, const struct wijk_index_in *in, size_t year,
                              struct wijk_index *ix);
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

/* ---- trend.c: where every area goes ---- */

/* Of a slope and its band. STEADY: the whole band is flatter than what is worth naming. */
#define WIJK_COURSES(X)                                                                                      \
    X(UNKNOWN, "unknown", WIJK_T("niet te zeggen"))                                                          \
    X(UP, "up", WIJK_T("gaat omhoog"))                                                                       \
    X(DOWN, "down", WIJK_T("gaat omlaag"))                                                                   \
    X(STEADY, "steady", WIJK_T("ongeveer gelijk"))                                                           \
    X(UNSURE, "unsure", WIJK_T("onzeker"))

enum wijk_course {
#define X(name, id, text) WIJK_COURSE_##name,
    WIJK_COURSES(X)
#undef X
        WIJK_COURSE_COUNT
};
WIJK_API const char *wijk_course_id(enum wijk_course c);
WIJK_API const char *wijk_course_text(enum wijk_course c); /* Dutch */

struct wijk_trend_opt {     /* zero fields mean the default */
    size_t min_points;      /* 3: fewer measured periods give no line */
    double coverage;        /* 0.95, of every band */
    double steady_per_year; /* a slope up to this is not worth naming; 0: none is */
    double break_false;     /* 0.05: the share of found breaks that may be chance */
    double break_least;     /* what a bend must have moved the last figure to be worth naming; 0: anything */
    size_t break_draws;     /* 1999 lines drawn by chance, on which the break test stands */
    uint64_t seed;          /* of those; 0 = 1 */
};
/* One area. x is in years: a month is a twelfth. All NAN (and the break 0) unless `lack` is NONE. */
struct wijk_trend {
    enum wijk_lack lack;     /* NONE, or why there is no line */
    enum wijk_course course; /* of what goes on now: behind the break when there is one */
    size_t n;                /* measured periods */
    double first, last;      /* the first and last of them */
    struct wijk_line line;   /* least squares through all */
    double low, high;        /* band of its slope */
    struct wijk_sen sen;     /* median of all slopes; infinite bounds: too few points to be that sure */
    /* Two lines that meet are a better picture than one: at which x, how sure, and the slopes. p NAN: too few
     * points to ask (6). break_at NAN: none found. */
    double break_at, break_p, break_q;
    double before, after, after_low, after_high; /* slopes; NAN without a break */
    double a, b, zz, sd;                         /* private: wijk_trend_at() */
};
/* Each area by itself, but for break_q: the breaks of all areas together are found so that at most
 * break_false of them are expected to be chance.
 *
 * x      n_period, years, increasing
 * value  n_area x n_period, area-major; NAN does not count: give wijk_history.same, so that no line runs
 *        through a changed border
 * lack   n_area x n_period, enum wijk_lack of each cell; NULL: NO_VALUE where NAN
 * trend  n_area
 *
 * Cost    n_area x n_period, but for the median of slopes: wijk_sen_fit(); and (break_draws + n_period) x
 *         n_period for each different set of measured periods
 * Fails   WIJK_ESHAPE periods that do not increase
 * Source  docs/methods/trend.md */
struct wijk_trend_in {
    size_t n_area, n_period;
    const double *x, *value;
    const uint8_t *lack;
};
WIJK_API enum wijk_err wijk_trend_fit(struct wijk_cx *cx, const struct wijk_trend_in *in,
                                      struct wijk_trend_opt opt, struct wijk_trend *trend);
/* The line at x (with its bend) and its band; NAN without a line, the band NAN for two points. */
WIJK_API void wijk_trend_at(const struct wijk_trend *t, double coverage, double x, double *at, double *low,
                            double *high);
/* Standard deviation of what moves a figure from one period to the next and back, over all areas: the median
 * distance of a point from the line between its neighbours, scaled to a normal law. A bend does not touch it.
 * NAN when no area has three measured periods in a row. */
WIJK_API double wijk_trend_noise(struct wijk_cx *cx, const struct wijk_trend_in *in);

/* ---- shrink.c: figures of small areas ---- */

struct wijk_shrink_common {
    size_t n;          /* areas that took part */
    double centre;     /* what they have in common; NAN for fewer than 3 */
    double between_sd; /* how much areas differ beyond chance; 0: all they show may be chance */
};
struct wijk_shrunk {
    enum wijk_lack lack;
    double value;
    double own; /* 0..1: how much of it is the area's own figure; the rest is what all have in common */
    double se;  /* what chance still leaves */
};
/* Empirical Bayes: each figure is drawn to the common one as far as its own chance is large beside how areas
 * differ. v, se: n; se: standard error of each figure, 0 for one without chance, NAN not known (then no
 * result). Fewer than 3 areas: FEW_POINTS. Nothing is drawn by a hidden or missing figure. */
WIJK_API void wijk_shrink_of(const double *v, const double *se, size_t n, struct wijk_shrink_common *common,
                             struct wijk_shrunk *out);
/* Standard errors of shares of `whole` (100 for percents) among `base` people or homes, by the share all have
 * together, so that an area of ten with nobody is not sure of it. base: NAN or 0 gives NAN. */
WIJK_API void wijk_shrink_chance(const double *share, const double *base, size_t n, double whole, double *se);

/* ---- trajectory.c: the types of RIGO ---- */

#define WIJK_TRAJECTORIES(X)                                                                                 \
    X(NONE, "", "", "")                                                                                      \
    X(SUCCESS, "success", WIJK_T("Succes"), WIJK_T("verbeterd, en nu goed"))                                 \
    X(STEADY_RECOVERY, "steady_recovery", WIJK_T("Gestaag herstel"),                                         \
      WIJK_T("verbeterd, maar nog niet voldoende"))                                                          \
    X(RELAPSE, "relapse", WIJK_T("Terugval"), WIJK_T("duidelijk achteruitgegaan"))                           \
    X(EARLY_SIGNAL, "early_signal", WIJK_T("Vroegsignalering"),                                              \
      WIJK_T("voldoende, maar onder het gemiddelde en niet vooruit"))                                        \
    X(OTHER, "other", WIJK_T("Overig"), WIJK_T("geen van de vier typen"))

enum wijk_trajectory_type {
#define X(name, id, label, why) WIJK_TRAJECTORY_##name,
    WIJK_TRAJECTORIES(X)
#undef X
        WIJK_TRAJECTORY_COUNT
};
WIJK_API const char *wijk_trajectory_id(enum wijk_trajectory_type t);
WIJK_API const char *wijk_trajectory_label(enum wijk_trajectory_type t); /* Dutch; "" for NONE */
WIJK_API const char *wijk_trajectory_why(enum wijk_trajectory_type t);   /* Dutch: what makes it that type */

/* One area. Changes are in units of the score; NAN where only classes are known. */
struct wijk_trajectory {
    enum wijk_trajectory_type type; /* NONE: `lack` says why */
    enum wijk_lack lack;
    double change, recent;          /* since the base period, since the recent one */
    int steps, recent_steps;        /* the same in classes; 0 when not known */
    int class_from, class_now;      /* 1..9; 0 not known */
    bool by_class, recent_by_class; /* the classes decided, because the score is not known in both periods */
    int development;                /* class 1..9 of `change`; 0 not known */
    bool sure; /* the type stays the same when the last figure is off by what one figure usually is */
};
struct wijk_trajectory_in {
    size_t n_area, n_period;
    const double *total;      /* n_area x n_period, NAN where not comparable: wijk_history.same */
    const uint8_t *class_;    /* the same, 1..9, 0 not known; NULL: derived from the total by `limits` */
    const uint8_t *lack;      /* the same, of `total`; NULL: NO_VALUE where NAN */
    size_t base, recent, now; /* places of the periods; base < now, recent < now */
    const struct wijk_trajectory_rules *rules;
    double sd;                              /* of the method: wijk_trajectory_sd() */
    double noise;                           /* wijk_trend_noise(); NAN not known: then `sure` is false */
    const struct wijk_class_limits *limits; /* NULL: none */
};
/* The scale of a method in the rules; NAN when they have none. */
WIJK_API double wijk_trajectory_sd(const struct wijk_trajectory_rules *r, const char *method);
/* In this order, the first that holds:
 *   relapse          change since `recent` of worse_sd or more down
 *   success          change since `base` of improved_sd or more up, class now good_from_class or higher
 *   steady_recovery  the same, class now lower
 *   early_signal     class now good_from_class or higher, total below 0, change since `recent` at most
 *                    flat_sd up
 *   other
 * Success and recovery only of areas whose class in `base` was at most start_to_class. Where the total is not
 * known in both periods, class_steps classes take the place of a step in SD, and class 6 or lower that of a
 * total below 0.
 *
 * out    n_area
 * Fails  WIJK_ESHAPE periods in another order; WIJK_EDATA no sd
 * Source docs/methods/verlopen.md */
WIJK_API enum wijk_err wijk_trajectory_of(struct wijk_cx *cx, const struct wijk_trajectory_in *in,
                                          struct wijk_trajectory *out);

/* How many areas (and how much weight) went from class or type i to j: cell[i * n_kind + j]. Areas that lack
 * one of the two are not counted. weight: n, NAN does not count; NULL: 1 each. */
struct wijk_transition {
    size_t n_kind, n, n_left_out;
    const uint32_t *count; /* n_kind x n_kind */
    const double *weight;
};
/* from, to: n_area, 1..n_kind, 0 not known. */
WIJK_API const struct wijk_transition *wijk_transition_of(struct wijk_cx *cx, const uint8_t *from,
                                                          const uint8_t *to, const double *weight, size_t n,
                                                          size_t n_kind);

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

/* ---- insufficient.c: residents where livability is insufficient ---- */

enum { WIJK_INSUFFICIENT_CLASS = 3, WIJK_INSUFFICIENT_RESIDENTS = 100 };
/* What residents are counted by: 100 m cells, or an average over a whole area, which counts too few. */
struct wijk_insufficient_in {
    size_t n;
    const uint8_t *class_;   /* n: 1..9, 0 none */
    const double *deviation; /* n, NAN unknown; NULL none: then no margin */
    const double *residents; /* n, people; NAN not known */
    const size_t *group;     /* n, what is counted together; n_group or more: in none */
    size_t n_group;
    double limit;  /* deviation at and below which a class is insufficient; NAN not known */
    double margin; /* how far the deviation may be off; 0 = 0.02 */
};
struct wijk_insufficient { /* all n_group */
    size_t n;
    double *residents;  /* of all parts that tell how many */
    double *known;      /* of those, with a class */
    double *people;     /* of those, in class 1 to 3; NAN when there is a lack */
    double *share;      /* people / known */
    double *low, *high; /* of people: low, only who stay below when the limit moves down by the margin; high,
                         * who lie below a limit moved up, and everybody of whom no class is known. Bounds, no
                         * chances */
    uint8_t *lack;      /* NONE; FEW_RESIDENTS none known; NO_VALUE nobody with a class */
};
/* Source docs/methods/onvoldoende.md */
WIJK_API enum wijk_err wijk_insufficient_of(struct wijk_cx *cx, const struct wijk_insufficient_in *in,
                                            const struct wijk_insufficient **out);
/* How many groups have at least WIJK_INSUFFICIENT_RESIDENTS people in insufficient parts, counted in `whole`
 * by the place of each group's own whole (n_whole or more: in none). count: n_whole. */
WIJK_API void wijk_insufficient_count(const struct wijk_insufficient *s, const size_t *whole, size_t n_whole,
                                      size_t *count);

/* ---- gap.c: how far areas lie apart, over time ---- */

/* id as in the API, the CLI and a trace; Dutch. */
#define WIJK_GAP_MEASURES(X)                                                                                 \
    X(RANGE, "kloof", WIJK_T("kloof: verschil tussen de hoogste en de laagste tien procent"))                \
    X(P10, "p10", WIJK_T("grens van de laagste tien procent"))                                               \
    X(P90, "p90", WIJK_T("grens van de hoogste tien procent"))                                               \
    X(BELOW, "aandeel", WIJK_T("deel van de inwoners in klasse 1 tot en met 3"))                             \
    X(DIFFERENCE, "verschil", WIJK_T("gemiddeld verschil tussen twee inwoners"))                             \
    X(GINI, "gini", WIJK_T("gini van de score"))                                                             \
    X(THEIL, "theil", WIJK_T("theil van de score"))                                                          \
    X(SORTING, "scheiding", WIJK_T("scheiding: deel van de spreiding tussen wijken"))
enum wijk_gap_measure {
#define X(name, id, text) WIJK_GAP_##name,
    WIJK_GAP_MEASURES(X)
#undef X
        WIJK_GAP_MEASURE_COUNT
};
WIJK_API const char *wijk_gap_measure_id(enum wijk_gap_measure m);
WIJK_API const char *wijk_gap_measure_text(enum wijk_gap_measure m); /* Dutch */
WIJK_API bool wijk_gap_measure_parse(struct wijk_str id, enum wijk_gap_measure *out) WIJK_MUST_USE;

#define WIJK_GAP_VERDICTS(X)                                                                                 \
    X(UNSURE, "onzeker", WIJK_T("onzeker"))                                                                  \
    X(GROWS, "groeit", WIJK_T("groeit"))                                                                     \
    X(STABLE, "stabiel", WIJK_T("stabiel"))                                                                  \
    X(SHRINKS, "krimpt", WIJK_T("krimpt"))
enum wijk_gap_verdict {
#define X(name, id, text) WIJK_GAP_##name,
    WIJK_GAP_VERDICTS(X)
#undef X
        WIJK_GAP_VERDICT_COUNT
};
WIJK_API const char *wijk_gap_verdict_id(enum wijk_gap_verdict v);
WIJK_API const char *wijk_gap_verdict_text(enum wijk_gap_verdict v); /* Dutch */

struct wijk_gap_opt {  /* zero fields mean the default */
    uint64_t seed;     /* of the bootstrap; 0 = 1 */
    size_t n_boot;     /* 999 draws */
    double level;      /* 0.95: share of the draws within a band */
    size_t min_area;   /* 10 areas with a value, for a figure */
    double min_weight; /* 1000 people in them */
    size_t min_period; /* 3 periods, for a verdict */
    double
        min_common; /* 0.8 of the people of the last period, in areas known in all periods, for a verdict */
    double stable;  /* 0.1: a change whose whole band is smaller than this share of the mean level is none */
};
struct wijk_gap_in { /* of one method and release; n_area x n_period, area-major */
    size_t n_area, n_period;
    const double *year;   /* n_period, increasing */
    const double *value;  /* deviation; NAN not known */
    const double *weight; /* people; NAN or not above 0: does not count */
    const uint8_t *below; /* 1 in class 1 to 3, 0 not, 2 not known; NULL: no share */
    const size_t *group;  /* n_area: wijk or other whole that areas are sorted over; NULL: no sorting */
    size_t n_group;
    double reference; /* score = deviation + reference; NAN: no Gini and Theil */
    struct wijk_gap_opt opt;
};
struct wijk_gap_figure {
    double value, low, high; /* NAN NAN NAN with a lack */
    double people;           /* in the areas that count */
    size_t n_area;
    enum wijk_lack lack;
};
struct wijk_gap_trend {         /* over the areas known in all periods that have a figure */
    double per_year, low, high; /* least squares slope and its band */
    double change;              /* slope x the years between first and last */
    enum wijk_gap_verdict verdict;
    enum wijk_lack lack; /* NONE, or why there is no more to say than UNSURE */
    size_t first, last;  /* periods it goes from and to, when lack is NONE */
    size_t n_common;     /* areas known in all of them */
    double common;       /* their share of the people of the last */
};
struct wijk_gap {
    size_t n_period;
    const struct wijk_gap_figure *figure[WIJK_GAP_MEASURE_COUNT]; /* n_period */
    struct wijk_gap_trend trend[WIJK_GAP_MEASURE_COUNT];
};
/* The draws take areas with all their years, so that a trend is a trend of areas; the same seed gives the
 * same answer, bit for bit, on any number of threads. Fails WIJK_ESHAPE years that do not increase;
 * WIJK_EDATA a negative weight; WIJK_ELIMIT over 10000 draws Source docs/methods/kloof.md */
WIJK_API enum wijk_err wijk_gap_of(struct wijk_cx *cx, const struct wijk_gap_in *in,
                                   const struct wijk_gap **out);

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

/* ---- space.c: where alike figures lie together ---- */

/* Who is next to whom. */
#define WIJK_NEARS(X)                                                                                        \
    X(BORDER, "border", WIJK_T("gebieden die aan elkaar grenzen"))                                           \
    X(NEAREST, "nearest", WIJK_T("de dichtstbijzijnde gebieden"))                                            \
    X(WITHIN, "within", WIJK_T("gebieden binnen een afstand"))

enum wijk_near {
#define X(name, id, text) WIJK_NEAR_##name,
    WIJK_NEARS(X)
#undef X
        WIJK_NEAR_COUNT
};
WIJK_API const char *wijk_near_id(enum wijk_near near);
WIJK_API const char *wijk_near_text(enum wijk_near near); /* Dutch */
WIJK_API bool wijk_near_parse(struct wijk_str id, enum wijk_near *out) WIJK_MUST_USE;
struct wijk_near_opt { /* zero fields mean the default */
    enum wijk_near how;
    size_t k;        /* NEAREST: 6 */
    double radius_m; /* WITHIN: 1000 */
};
/* areas: with geometry; distance is between label points. An area without geometry, or alone, has none.
 * Fails as wijk_geom_contiguity(), wijk_points_nearest() and wijk_points_within() */
WIJK_API enum wijk_err wijk_neighbours_of(struct wijk_cx *cx, const struct wijk_areas *areas,
                                          struct wijk_near_opt opt, const struct wijk_graph **out);

/* What an area and its neighbours are, beside the mean of all. The words tell no good or bad. */
#define WIJK_CLUSTERS(X)                                                                                     \
    X(NONE, "none", WIJK_T("geen patroon"))                                                                  \
    X(HIGH_HIGH, "high_high", WIJK_T("hoog, tussen hoge cijfers"))                                           \
    X(LOW_LOW, "low_low", WIJK_T("laag, tussen lage cijfers"))                                               \
    X(HIGH_LOW, "high_low", WIJK_T("hoog, tussen lage cijfers"))                                             \
    X(LOW_HIGH, "low_high", WIJK_T("laag, tussen hoge cijfers"))

enum wijk_cluster {
#define X(name, id, text) WIJK_CLUSTER_##name,
    WIJK_CLUSTERS(X)
#undef X
        WIJK_CLUSTER_COUNT
};
WIJK_API const char *wijk_cluster_id(enum wijk_cluster c);
WIJK_API const char *wijk_cluster_text(enum wijk_cluster c); /* Dutch */

enum { WIJK_CLUSTER_AREAS_MIN = 10 };
struct wijk_cluster_in {
    size_t n;
    const double *value; /* NAN: none */
    const uint8_t *lack; /* enum wijk_lack of each; NULL: NO_VALUE where NAN */
    const double *by;    /* the neighbours' figure that is looked at (bivariate); NULL: value itself */
    const uint8_t *by_lack;
    const struct wijk_graph *near; /* n */
    size_t n_draw;                 /* 0: WIJK_DRAWS_DEFAULT; fewer when areas have very many neighbours */
    size_t n_shuffle;              /* for p of the whole; 0: 999 */
    double discovery;              /* 0: 0.05, the share of finds that may be chance */
    uint64_t seed;
};
/* All arrays n; NAN and kind NONE where lack says why there is nothing. */
struct wijk_clusters {
    size_t n, n_used, n_draw; /* areas with a figure; draws made */
    double discovery, mean, mean_by;
    uint8_t *lack, *kind; /* enum wijk_lack, enum wijk_cluster */
    uint32_t *n_near;     /* neighbours with a figure */
    double *lag;          /* their mean */
    double *local;        /* local Moran's I; bivariate with `by` */
    double *star;         /* Gi*, a z-score; NAN with `by` */
    double *p, *q;        /* two-sided, by conditional permutation; adjusted for the number of areas */
    struct wijk_moran all;
    size_t n_kind[WIJK_CLUSTER_COUNT];
};
/* Areas without a figure take no part: they are nobody's neighbour. An area whose figure is the mean is
 * neither high nor low: its p is 1. A kind is told where q <= discovery. Same in, same out, for any number of
 * threads. Too few areas, or all equal: every area has that as its lack.
 * Source docs/methods/clusters.md; checked beside R spdep and beside visiting every draw */
WIJK_API enum wijk_err wijk_clusters_of(struct wijk_cx *cx, const struct wijk_cluster_in *in,
                                        const struct wijk_clusters **out);

/* ---- concentration.c: who lives in which housing ---- */

/* A corporatiebuurt: more than two thirds of the homes belong to housing associations. */
#define WIJK_CORPORATIE_PCT (200.0 / 3)
/* NAN: false. */
WIJK_API bool wijk_corporatiebuurt(double corporation_pct);

struct wijk_concentration_in {
    size_t n;
    const double *share_pct; /* n: of the group, 0..100; NAN not known */
    const double *base; /* n: people, households or homes of which it is a share; NAN, or not above 0: none */
    const double *housing_pct; /* n: homes of housing associations; NULL, NAN not known */
    const size_t *whole;       /* n: the gemeente an area is of, below n_whole; SIZE_MAX none */
    size_t n_whole;
    size_t n_boot; /* 0: 999 */
    uint64_t seed;
};
struct wijk_concentration { /* of one gemeente; NAN where lack says why */
    enum wijk_lack lack;    /* FEW_AREAS, NO_VALUE, NO_VARIATION: nobody, or everybody, is of the group */
    size_t n_area, n_left;  /* areas that count; areas left out for want of a figure */
    double base, members, share_pct;
    double dissimilarity; /* 0..1: share of the group that would have to move for an even spread */
    double chance;        /* what it would be about if chance placed everybody */
    double low, high;     /* of dissimilarity: 90 in 100 of the redraws of areas */
    double isolation;     /* 0..1: share of the group in the area of a member, on average */
    double n_corporatie;  /* corporatiebuurten among the areas whose housing is known; NAN when of none is */
    double in_corporatie_pct, base_in_corporatie_pct; /* of the group, of all: who lives in one */
};
enum { WIJK_CONCENTRATION_AREAS_MIN = 5 };
/* For each whole; quotient: n, location quotient: the share in the area over the share in its whole, NAN not
 * known. Shares are as delivered, often whole percents: `chance` and the band do not know of that rounding.
 * Source docs/methods/concentratie.md */
WIJK_API enum wijk_err wijk_concentration_of(struct wijk_cx *cx, const struct wijk_concentration_in *in,
                                             struct wijk_concentration *out, double *quotient);

/* Two figures in one map: each in three groups with as many areas, 0 low, 1 middle, 2 high; equal figures in
 * one group. cell: n, 3 x the group of y + the group of x, or WIJK_BIVARIATE_NONE. limit: the upper bounds of
 * low and middle. */
enum { WIJK_BIVARIATE_NONE = 9 };
struct wijk_bivariate {
    size_t n_used, count[9];
    double limit_x[2], limit_y[2]; /* NAN: no area has both */
};
WIJK_API void wijk_bivariate_of(struct wijk_cx *cx, const double *x, const double *y, size_t n, uint8_t *cell,
                                struct wijk_bivariate *out);

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

/* ---- peers.c: areas that are alike, and what is to be expected of an area ---- */

enum { WIJK_PEERS_MAX = 50, WIJK_PEERS_USUAL = 10 };
/* Areas side by side, each input on a scale on which 1 is its usual spread. An input that does not vary, or
 * that fewer than three quarters of the areas with any input have, takes no part. */
struct wijk_alike {
    size_t n, n_input;       /* areas, inputs given */
    size_t n_used, *used;    /* inputs that take part, by their places */
    size_t min_shared;       /* used inputs that two areas must both have */
    double *middle, *spread; /* n_input; of one that takes no part: as found, maybe NAN or 0 */
    double *z;               /* n x n_used by row: (value - middle) / spread, within -4..4; NAN not known */
    uint8_t *lack;           /* n, enum wijk_lack: FEW_INPUTS where fewer than min_shared are known */
};
/* value: n_input vectors of n, NAN not known. min_share: of the used inputs that two areas must both have;
 * 0 = 0.75. Fails WIJK_EDATA when fewer than two inputs take part. */
WIJK_API enum wijk_err wijk_alike_of(struct wijk_cx *cx, const double *const *value, size_t n_input, size_t n,
                                     double min_share, const struct wijk_alike **out);

struct wijk_peer {
    size_t area;
    double distance; /* typical difference of an input: root mean square, in usual spreads */
    size_t shared;   /* inputs that both have */
};
/* The k areas most like one, nearest first; k at most WIJK_PEERS_MAX. `seen` (n, or NULL): only areas where
 * it is known. Gives how many there are. Source docs/methods/vergelijkbaar.md */
WIJK_API size_t wijk_alike_peers(struct wijk_cx *cx, const struct wijk_alike *a, size_t area, size_t k,
                                 const double *seen, struct wijk_peer peer[WIJK_PEERS_MAX]);
/* How far two areas are apart on one used input, in usual spreads; NAN when one of them lacks it. */
WIJK_API double wijk_alike_apart(const struct wijk_alike *a, size_t one, size_t other, size_t used);

/* Beside what is expected: within the band, or clearly outside both bands. */
#define WIJK_EXPECTED_WORDS(X)                                                                               \
    X(UNKNOWN, "", "")                                                                                       \
    X(AS, "as", WIJK_T("zoals verwacht"))                                                                    \
    X(HIGHER, "higher", WIJK_T("hoger dan verwacht")) X(LOWER, "lower", WIJK_T("lager dan verwacht"))

enum wijk_expected_word {
#define X(name, id, text) WIJK_EXPECTED_##name,
    WIJK_EXPECTED_WORDS(X)
#undef X
};
WIJK_API const char *wijk_expected_id(enum wijk_expected_word w);
WIJK_API const char *wijk_expected_text(enum wijk_expected_word w); /* Dutch */

struct wijk_expected_in {
    const struct wijk_alike *alike;
    const double *seen;  /* n; NAN not known */
    const size_t *group; /* n, 0..n_group-1: areas that are left out together */
    size_t n_group;
    size_t k;     /* peers; 0 = WIJK_PEERS_USUAL */
    double width; /* half a band in usual errors; 0 = 2.5758: 99 of 100 areas when errors are normal */
};
struct wijk_expected {
    size_t n;
    double *by_inputs, *by_peers; /* n: ridge regression that has not seen the area's group; mean of peers */
    double half_inputs, half_peers; /* half of each band: width x robust spread of the errors */
    double inside;                  /* share of the areas that lie inside the band of the inputs */
    double r2, rmse;                /* of by_inputs, over areas left out */
    const struct wijk_ridge *ridge; /* on z */
    uint8_t *word, *lack;           /* n: enum wijk_expected_word, enum wijk_lack */
};
/* What the inputs, and the areas that are alike, lead one to expect beside what is seen. HIGHER and LOWER
 * only outside both bands. Where the inputs explain less than a tenth (r2 < 0.1) every area has lack
 * NOT_PREDICTABLE. An area that lacks a used input has no by_inputs: FEW_INPUTS.
 * Fails as wijk_ridge_fit(). Source docs/methods/verwacht.md */
WIJK_API enum wijk_err wijk_expected_of(struct wijk_cx *cx, const struct wijk_expected_in *in,
                                        const struct wijk_expected **out);

/* ---- perception.c: what people say beside what is counted ---- */

struct wijk_perception_in {
    size_t n;
    const double *said, *fact; /* n; NAN not known */
    int said_sign, fact_sign;  /* 1: more is more of the trouble; -1: more is less of it */
    const size_t *group;       /* n, 0..n_group-1, as in wijk_expected_in */
    size_t n_group;
    double width; /* as in wijk_expected_in */
};
struct wijk_perception {
    size_t n;
    double *expected; /* n: what is said where the facts are so, by a line that has not seen the group */
    double half;      /* half of the band */
    double r2;        /* of the line, over areas left out */
    double slope;     /* said per unit of fact */
    uint8_t *word;    /* n, enum wijk_expected_word: HIGHER: more of the trouble is felt than facts like
                       * these go with elsewhere */
    uint8_t *lack;    /* n */
};
/* Fails WIJK_EDATA as wijk_ridge_fit(). When facts do not go with what is said (r2 < 0.1, or a slope against
 * the signs) every area has lack NOT_PREDICTABLE. Source docs/methods/beleving.md */
WIJK_API enum wijk_err wijk_perception_of(struct wijk_cx *cx, const struct wijk_perception_in *in,
                                          const struct wijk_perception **out);

/* ---- nowcast.c: this year's score, before it is published ---- */

/* May the estimate be shown? */
#define WIJK_NOWCAST_VERDICTS(X)                                                                             \
    X(USED, "used", WIJK_T("de schatting is beter dan de laatst bekende score"))                             \
    X(LAST_BETTER, "last_better",                                                                            \
      WIJK_T("niet geschat: de laatst bekende score voorspelt minstens zo goed"))                            \
    X(UNTESTED, "untested", WIJK_T("niet geschat: er zijn te weinig metingen om aan te toetsen"))

enum wijk_nowcast_verdict {
#define X(name, id, text) WIJK_NOWCAST_##name,
    WIJK_NOWCAST_VERDICTS(X)
#undef X
};
WIJK_API const char *wijk_nowcast_verdict_id(enum wijk_nowcast_verdict v);
WIJK_API const char *wijk_nowcast_verdict_text(enum wijk_nowcast_verdict v); /* Dutch */

enum { WIJK_NOWCAST_PERIODS = 30, WIJK_NOWCAST_INPUTS = 28 };
struct wijk_nowcast_in {
    size_t n;                   /* areas */
    size_t n_period;            /* moments with a score, at most WIJK_NOWCAST_PERIODS */
    const int *year;            /* n_period + 1, increasing: the last is the one to estimate */
    const double *const *score; /* n_period vectors of n, one method and release; NAN not known */
    size_t n_input;             /* at most WIJK_NOWCAST_INPUTS */
    const double *const *input; /* [p * n_input + j], p to n_period: vectors of n; NAN not known */
    const size_t *group;        /* n, 0..n_group-1: areas that are left out together */
    size_t n_group;
    double width; /* half a band in root mean square errors; 0 = 1.6449: 90 of 100 when errors are normal */
};
struct wijk_nowcast {
    enum wijk_nowcast_verdict verdict;
    size_t n;
    int last_year, year;
    double *value, *low, *high;         /* n: NAN unless USED */
    uint8_t *lack;                      /* n; NONE everywhere the estimate stands */
    size_t n_pair, rows, folds, n_used; /* pairs of moments, rows and parts it was tested on; inputs used */
    size_t *used;                       /* n_used, places of inputs */
    double rmse, rmse_last; /* of estimates and of the last known score, over areas and moments left out */
    double r2;     /* of the score itself, over areas left out; with one moment: by the inputs alone */
    double gain;   /* 1 - (rmse / rmse_last)^2: what it takes off the error of standing still */
    double inside; /* share of what was left out that fell in its band */
    const struct wijk_ridge *ridge; /* NULL when there is too little */
};
/* The change since the last known score by ridge regression on the inputs, their change, the last score and
 * its course until then; learnt from earlier pairs of moments as far apart as can be had. Each test leaves
 * out both the area's group and the moment. USED only when gain is 0.05 or more; with fewer than three pairs,
 * or without an input that is known at every moment, UNTESTED. Fails WIJK_ESHAPE years that do not increase;
 * WIJK_ELIMIT too many. Too few areas is UNTESTED. Source docs/methods/tussenschatting.md */
WIJK_API enum wijk_err wijk_nowcast_of(struct wijk_cx *cx, const struct wijk_nowcast_in *in,
                                       const struct wijk_nowcast **out);

#endif
