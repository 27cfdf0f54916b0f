/* SPDX-License-Identifier: EUPL-1.2 */
/* The fictional gemeente's parts, private to flow: what is planted (demo_truth.c), the figures
 * (demo_yearly.c, demo_monthly.c, demo_raster.c, demo_felt.c, demo_homes.c, demo_revised.c) and how they
 * are kept (demo.c). */
#ifndef WIJK_FLOW_DEMO_H
#define WIJK_FLOW_DEMO_H

#include "flow/flow.h"
#include "flow/town.h"
#include "people/partner.h"

enum {
    DEMO_FIRST_YEAR = 2012,
    DEMO_LAST_YEAR = 2025,
    DEMO_YEARS = DEMO_LAST_YEAR - DEMO_FIRST_YEAR + 1,
    DEMO_DIMENSIONS = 5
};

/* ---- defs/demo/truth.yaml: everything that is planted, by buurt number ---- */

enum { DEMO_PLANTED_MAX = 16 };
struct demo_course { /* a slide or a recovery of livability */
    size_t buurt;
    int from_year;
    double per_year;               /* change of the deviation each year after from_year */
    double share[DEMO_DIMENSIONS]; /* adds up to 1 */
};
struct demo_shift { /* a change in a monthly stream */
    size_t buurt;
    struct wijk_period since;
    double factor;   /* of the expected count */
    size_t moves_to; /* buurt that receives what is taken away here; SIZE_MAX none */
};
struct demo_felt { /* more or less lack of safety is felt than registered crimes go with */
    size_t buurt;
    double more; /* percent-points */
};
struct demo_revision { /* the release before told one dimension otherwise */
    size_t buurt, dimension;
    double more;
};
struct demo_home { /* more homes with a low energy label */
    size_t buurt;
    double more; /* percent-points */
};
struct demo_offer_gap { /* what no organisation offers */
    size_t buurt;
    enum wijk_offer_theme theme;
    enum wijk_age_group age;
};
struct demo_truth {
    uint64_t seed;
    size_t n_course, n_shift, n_felt, n_home, n_revision, n_offer_gap;
    struct demo_course course[DEMO_PLANTED_MAX];
    struct demo_shift shift[DEMO_PLANTED_MAX];
    struct demo_felt felt[DEMO_PLANTED_MAX];
    struct demo_home home[DEMO_PLANTED_MAX];
    struct demo_revision revision[DEMO_PLANTED_MAX];
    struct demo_offer_gap offer_gap[DEMO_PLANTED_MAX];
    int revised_until; /* last year of the release before */
    double revision_noise;
    const char *homes, *patternless; /* indicators: of `home`; and the one that lies without a pattern */
    size_t hidden, no_data;          /* buurten without a score: too few residents; not measured */
};
/* Fails WIJK_EDEF with file and line. */
enum wijk_err wijk__demo_truth_read(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *yaml,
                                    struct demo_truth *out);
uint64_t wijk__demo_truth_seed(const struct wijk_yaml *yaml);

/* ---- a table of figures: one file of the demo ---- */

struct demo_table {
    const char *file_name, *release;
    enum wijk_level level;
    size_t n_area, n_period, n_indicator;
    const char *const *code, *const *name;
    const struct wijk_period *period;
    const char *const *indicator;
    double *value;   /* [(indicator * n_period + period) * n_area + area] */
    uint8_t *status; /* the same */
};
struct demo_table *wijk__demo_table(struct wijk_cx *cx, const char *file_name, enum wijk_level level,
                                    size_t n_area, size_t n_period, size_t n_indicator);
/* Of all buurten, every so many years from a first one. */
struct demo_table *wijk__demo_buurten(struct wijk_cx *cx, const char *file_name, const struct town *town,
                                      int first_year, int every, size_t n_year, size_t n_indicator);
size_t wijk__demo_at(const struct demo_table *t, size_t indicator, size_t period, size_t area);

/* Yearly figures of the buurten; residents of the last year and the latent level come out for the other
 * makers. */
struct demo_latent {
    double level[TOWN_BUURTEN]; /* standardised, high = good                        */
    double residents[DEMO_YEARS][TOWN_BUURTEN];
    double deviation[DEMO_YEARS][TOWN_BUURTEN];
    double dimension[DEMO_YEARS][DEMO_DIMENSIONS][TOWN_BUURTEN];
};
enum wijk_err wijk__demo_yearly(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                struct demo_latent *latent, const struct demo_table **buurten,
                                const struct demo_table **above);
enum wijk_err wijk__demo_monthly(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                 const struct demo_latent *latent, const struct demo_table **out);
const struct demo_table *wijk__demo_felt(struct wijk_cx *cx, const struct town *town,
                                         const struct demo_truth *truth, const struct demo_latent *latent);
const struct demo_table *wijk__demo_homes(struct wijk_cx *cx, const struct town *town,
                                          const struct demo_truth *truth);
/* Livability as the release before told it. */
const struct demo_table *wijk__demo_revised(struct wijk_cx *cx, const struct town *town,
                                            const struct demo_truth *truth, const struct demo_latent *latent);
/* Organisations and what they offer; once the areas are there. */
enum wijk_err wijk__demo_partners(struct wijk_cx *cx, struct wijk_store *store, const struct town *town,
                                  const struct demo_truth *truth, const struct wijk_yaml *yaml,
                                  int64_t made_at);
/* Local norms, decided before anything else that people did. */
enum wijk_err wijk__demo_norms(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                               const struct wijk_yaml *yaml);
/* Also the cells themselves. */
enum wijk_err wijk__demo_raster(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                const struct demo_latent *latent, const struct demo_table **out,
                                const struct wijk_areas **areas);

#endif
