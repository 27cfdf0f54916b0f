/* SPDX-License-Identifier: EUPL-1.2 */
/* Monthly streams of registered nuisance and home burglaries: counts with a season, a level by buurt, and the
 * planted shifts (an effect, a null, a water bed). */
#include "flow/demo.h"

#include <math.h>
#include <string.h>

enum { FIRST_YEAR = 2015, MONTHS = 12 * (DEMO_LAST_YEAR - FIRST_YEAR + 1) };
static const char *const INDICATOR[] = {"nuisance_reports", "home_burglaries"};
static const double PER_1000_A_MONTH[] = {2.6, 0.42};
static const double SEASON_SIZE[] = {0.28, 0.35};
static const double SEASON_PEAK_MONTH[] = {7, 12}; /* nuisance in summer, burglary in the dark months */

/* A count with that mean: inversion for small means, a rounded normal above. */
static double draw_count(struct wijk_rng *rng, double mean)
{
    if (mean > 60) return fmax(0, round(mean + sqrt(mean) * wijk_rng_normal(rng)));
    double u = wijk_rng_uniform(rng), p = exp(-mean), sum = p;
    int k = 0;
    while (u > sum && k < 400) {
        k++;
        p *= mean / k;
        sum += p;
    }
    return k;
}

/* The mean without what is planted. */
static double plain_mean(const struct demo_latent *l, size_t stream, size_t month, size_t buurt)
{
    int year = FIRST_YEAR + (int)(month / 12);
    double wave =
        cos(2 * 3.14159265358979323846 * ((double)(month % 12) + 1 - SEASON_PEAK_MONTH[stream]) / 12);
    double residents = l->residents[year - DEMO_FIRST_YEAR][buurt];
    return residents / 1000 * PER_1000_A_MONTH[stream] *
           exp(-0.38 * l->level[buurt] + SEASON_SIZE[stream] * wave);
}

/* The mean with the planted shifts: what one buurt loses to a water bed, the other gets. */
static double mean_count(const struct demo_truth *truth, const struct demo_latent *l, size_t stream,
                         struct wijk_period when, size_t month, size_t buurt)
{
    double mean = plain_mean(l, stream, month, buurt), extra = 0;
    for (size_t k = 0; stream == 0 && k < truth->n_shift; k++) {
        const struct demo_shift *s = &truth->shift[k];
        if (wijk_period_key(when) < wijk_period_key(s->since)) continue;
        if (s->buurt == buurt) mean *= s->factor;
        if (s->moves_to == buurt) extra += (1 - s->factor) * plain_mean(l, stream, month, s->buurt);
    }
    return mean + extra;
}

enum wijk_err wijk__demo_monthly(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                 const struct demo_latent *latent, const struct demo_table **out)
{
    struct wijk_rng rng = wijk_rng(truth->seed + 2);
    struct demo_table *t =
        wijk__demo_table(cx, "lindewaard-meldingen.csv", WIJK_LEVEL_BUURT, TOWN_BUURTEN, MONTHS, 2);
    const char **code = WIJK_NEW(cx, const char *, TOWN_BUURTEN),
               **name = WIJK_NEW(cx, const char *, TOWN_BUURTEN);
    struct wijk_period *period = WIJK_NEW(cx, struct wijk_period, MONTHS);
    for (size_t i = 0; i < TOWN_BUURTEN; i++) code[i] = town->buurt[i].code, name[i] = town->buurt[i].name;
    for (size_t m = 0; m < MONTHS; m++)
        period[m] = (struct wijk_period){(int16_t)(FIRST_YEAR + (int)(m / 12)), (int8_t)(m % 12 + 1)};
    t->code = code;
    t->name = name;
    t->period = period;
    t->indicator = INDICATOR;
    memset(t->status, WIJK_STATUS_OK, 2 * (size_t)MONTHS * TOWN_BUURTEN);
    for (size_t stream = 0; stream < 2; stream++)
        for (size_t m = 0; m < MONTHS; m++)
            for (size_t i = 0; i < TOWN_BUURTEN; i++)
                t->value[wijk__demo_at(t, stream, m, i)] =
                    draw_count(&rng, mean_count(truth, latent, stream, period[m], m, i));
    *out = t;
    return WIJK_OK;
}
