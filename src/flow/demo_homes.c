/* SPDX-License-Identifier: EUPL-1.2 */
/* Homes of Lindewaard by year: low energy labels, of which truth.yaml plants more in buurten that lie
 * together, and solar panels, which lie without any pattern. Buurten differ by chance alone, and stay as they
 * are but for a little chance of the year. */
#include "flow/demo.h"

#include <math.h>

enum { LOW_LABEL, SOLAR, COLUMNS, FIRST = 2019, YEARS = DEMO_LAST_YEAR - FIRST + 1 };

static double planted(const struct demo_truth *truth, size_t buurt)
{
    for (size_t k = 0; k < truth->n_home; k++)
        if (truth->home[k].buurt == buurt) return truth->home[k].more;
    return 0;
}

static double tenth_pct(double v)
{
    return round(10 * fmin(95, fmax(1, v))) / 10;
}

/* All years of one buurt, from a stream of its own, so that no other figure moves with it. */
static void fill(const struct demo_truth *truth, size_t buurt, struct demo_table *t)
{
    struct wijk_rng rng = wijk_rng(truth->seed + 2400 + buurt);
    const double low = 24 + 4 * wijk_rng_normal(&rng) + planted(truth, buurt),
                 solar = 21 + 4 * wijk_rng_normal(&rng);
    const bool small = buurt == truth->hidden;
    for (size_t p = 0; p < YEARS; p++) {
        const double v[COLUMNS] = {tenth_pct(low - 0.8 * (double)p + 0.6 * wijk_rng_normal(&rng)),
                                   tenth_pct(solar + 2.6 * (double)p + 0.6 * wijk_rng_normal(&rng))};
        for (size_t c = 0; c < COLUMNS; c++) {
            const size_t at = wijk__demo_at(t, c, p, buurt);
            t->value[at] = small ? NAN : v[c];
            t->status[at] = (uint8_t)(small ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_OK);
        }
    }
}

const struct demo_table *wijk__demo_homes(struct wijk_cx *cx, const struct town *town,
                                          const struct demo_truth *truth)
{
    const char **indicator = WIJK_NEW(cx, const char *, COLUMNS);
    struct demo_table *t = wijk__demo_buurten(cx, "lindewaard-woningen.csv", town, FIRST, 1, YEARS, COLUMNS);
    indicator[LOW_LABEL] = truth->homes;
    indicator[SOLAR] = truth->patternless;
    t->indicator = indicator;
    for (size_t i = 0; i < TOWN_BUURTEN; i++) fill(truth, i, t);
    return t;
}
