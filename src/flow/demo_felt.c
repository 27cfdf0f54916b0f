/* SPDX-License-Identifier: EUPL-1.2 */
/* What residents of Lindewaard say of safety, every other year, beside the crimes that were registered: said
 * follows counted along one line, with chance, and with what is planted on top. */
#include "flow/demo.h"

#include <math.h>
#include <string.h>

enum { CRIMES, UNSAFE, COLUMNS, FIRST_SURVEY = 2021, EVERY = 2, SURVEYS = 3 };
static const char *const INDICATOR[COLUMNS] = {"registered_crimes_per_1000", "feels_unsafe_pct"};

static double planted(const struct demo_truth *truth, size_t buurt)
{
    for (size_t k = 0; k < truth->n_felt; k++)
        if (truth->felt[k].buurt == buurt) return truth->felt[k].more;
    return 0;
}

static void fill(const struct demo_truth *truth, const struct demo_latent *l, size_t buurt, size_t survey,
                 struct demo_table *t)
{
    /* A stream of its own for every cell, so that no other figure moves with it. */
    struct wijk_rng rng = wijk_rng(truth->seed + 1000 + 100 * survey + buurt);
    const double crimes = 46 * exp(-0.34 * l->level[buurt] + 0.10 * wijk_rng_normal(&rng)),
                 unsafe = 17 + 0.30 * (crimes - 46) + 1.5 * wijk_rng_normal(&rng) + planted(truth, buurt);
    const bool small = buurt == truth->hidden;
    const double v[COLUMNS] = {round(10 * crimes) / 10, round(fmin(95, fmax(1, unsafe)))};
    for (size_t c = 0; c < COLUMNS; c++) {
        const size_t at = wijk__demo_at(t, c, survey, buurt);
        t->value[at] = small ? NAN : v[c];
        t->status[at] = (uint8_t)(small ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_OK);
    }
}

const struct demo_table *wijk__demo_felt(struct wijk_cx *cx, const struct town *town,
                                         const struct demo_truth *truth, const struct demo_latent *latent)
{
    struct demo_table *t =
        wijk__demo_buurten(cx, "lindewaard-beleving.csv", town, FIRST_SURVEY, EVERY, SURVEYS, COLUMNS);
    t->indicator = INDICATOR;
    for (size_t k = 0; k < SURVEYS; k++)
        for (size_t i = 0; i < TOWN_BUURTEN; i++) fill(truth, latent, i, k, t);
    return t;
}
