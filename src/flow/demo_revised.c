/* SPDX-License-Identifier: EUPL-1.2 */
/* Livability of Lindewaard as the release before told it: the same buurten and years, a little otherwise
 * everywhere, and much otherwise where truth.yaml says so. Its chance is its own, so no other figure moves.
 */
#include "flow/demo.h"

#include <math.h>

enum { SCORE, DEVIATION, FIRST_DIMENSION, COLUMNS = FIRST_DIMENSION + DEMO_DIMENSIONS };
static const char *const INDICATOR[COLUMNS] = {
    "lbm3.score",     "lbm3.deviation", "lbm3.housing", "lbm3.physical",
    "lbm3.amenities", "lbm3.cohesion",  "lbm3.safety",
};
static const double REFERENCE = 4.100;

static double thousandth(double v)
{
    return round(v * 1000) / 1000;
}

static double planted(const struct demo_truth *truth, size_t buurt, size_t dimension)
{
    for (size_t k = 0; k < truth->n_revision; k++)
        if (truth->revision[k].buurt == buurt && truth->revision[k].dimension == dimension)
            return truth->revision[k].more;
    return 0;
}

static void fill(const struct demo_truth *truth, const struct demo_latent *l, struct wijk_rng *rng,
                 size_t period, size_t buurt, struct demo_table *t)
{
    double v[COLUMNS] = {0};
    for (size_t k = 0; k < DEMO_DIMENSIONS; k++) {
        v[FIRST_DIMENSION + k] =
            thousandth(l->dimension[period][k][buurt] + truth->revision_noise * wijk_rng_normal(rng) +
                       planted(truth, buurt, k));
        v[DEVIATION] += v[FIRST_DIMENSION + k];
    }
    v[DEVIATION] = thousandth(v[DEVIATION]);
    v[SCORE] = thousandth(REFERENCE + v[DEVIATION]);
    const enum wijk_status status = buurt == truth->hidden    ? WIJK_STATUS_SUPPRESSED
                                    : buurt == truth->no_data ? WIJK_STATUS_MISSING
                                                              : WIJK_STATUS_OK;
    for (size_t c = 0; c < COLUMNS; c++) {
        const size_t at = wijk__demo_at(t, c, period, buurt);
        t->value[at] = status == WIJK_STATUS_OK ? v[c] : (double)NAN;
        t->status[at] = (uint8_t)status;
    }
}

const struct demo_table *wijk__demo_revised(struct wijk_cx *cx, const struct town *town,
                                            const struct demo_truth *truth, const struct demo_latent *latent)
{
    const size_t years = (size_t)(truth->revised_until - DEMO_FIRST_YEAR + 1);
    struct wijk_rng rng = wijk_rng(truth->seed + 4);
    struct demo_table *t = wijk__demo_buurten(cx, "lindewaard-buurten-december-2024.csv", town,
                                              DEMO_FIRST_YEAR, 1, years, COLUMNS);
    t->release = "december-2024"; /* comes before "demo" in the order of releases: it was replaced */
    t->indicator = INDICATOR;
    for (size_t p = 0; p < years; p++)
        for (size_t i = 0; i < TOWN_BUURTEN; i++) fill(truth, latent, &rng, p, i, t);
    return t;
}
