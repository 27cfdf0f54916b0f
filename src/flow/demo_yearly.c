/* SPDX-License-Identifier: EUPL-1.2 */
/* Yearly figures of Lindewaard from latent fields: a level per wijk, smoothed over neighbours, a slow walk
 * through the years, five dimensions that add up exactly, and what truth.yaml plants on top. */
#include "flow/demo.h"

#include <math.h>
#include <string.h>

enum field { HOUSING, PHYSICAL, AMENITIES, COHESION, SAFETY }; /* the order of the lbm3 dimensions */
static const double DIMENSION_WEIGHT[DEMO_DIMENSIONS] = {0.18, 0.16, 0.20, 0.20, 0.26};
static const double REFERENCE = 4.100; /* the score of the national mean, fixed for all years */
static const double RESIDENTS = 110000;

enum column {
    RESIDENTS_COUNT,
    HOUSEHOLDS,
    SINGLE_PCT,
    AGE_0_14_PCT,
    AGE_65_PCT,
    CORPORATION_PCT,
    OWNER_PCT,
    WOZ,
    LOW_INCOME_PCT,
    GAS,
    ELECTRICITY,
    SCORE,
    DEVIATION,
    FIRST_DIMENSION,
    COLUMNS = FIRST_DIMENSION + DEMO_DIMENSIONS
};
static const char *const INDICATOR[COLUMNS] = {
    "residents",
    "households",
    "single_person_households_pct",
    "age_0_14_pct",
    "age_65_plus_pct",
    "corporation_rent_pct",
    "owner_occupied_pct",
    "woz_value_keur",
    "low_income_households_pct",
    "gas_m3",
    "electricity_kwh",
    "lbm3.score",
    "lbm3.deviation",
    "lbm3.housing",
    "lbm3.physical",
    "lbm3.amenities",
    "lbm3.cohesion",
    "lbm3.safety",
};

/* A field over the buurten: a level per wijk and one of its own, smoothed twice over neighbours, mean 0 and
 * sd 1. */
static void make_field(struct wijk_rng *rng, const struct town *town, double out[TOWN_BUURTEN])
{
    double level[TOWN_WIJKEN], next[TOWN_BUURTEN], mean = 0, var = 0;
    for (size_t k = 0; k < TOWN_WIJKEN; k++) level[k] = wijk_rng_normal(rng);
    for (size_t i = 0; i < TOWN_BUURTEN; i++)
        out[i] = 0.75 * level[town->buurt[i].wijk] + 0.5 * wijk_rng_normal(rng);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < TOWN_BUURTEN; i++) {
            const struct town_buurt *b = &town->buurt[i];
            double sum = 0;
            for (size_t j = 0; j < b->n_near; j++) sum += out[b->near[j]];
            next[i] = b->n_near ? 0.6 * out[i] + 0.4 * sum / (double)b->n_near : out[i];
        }
        memcpy(out, next, sizeof next);
    }
    for (size_t i = 0; i < TOWN_BUURTEN; i++) mean += out[i] / TOWN_BUURTEN;
    for (size_t i = 0; i < TOWN_BUURTEN; i++) var += (out[i] - mean) * (out[i] - mean) / TOWN_BUURTEN;
    for (size_t i = 0; i < TOWN_BUURTEN; i++) out[i] = (out[i] - mean) / sqrt(var);
}

static double thousandth(double v)
{
    return round(v * 1000) / 1000;
}
static double to_five(double v)
{
    return 5 * round(v / 5);
}
static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

/* What truth.yaml adds to one dimension of one buurt in a year. */
static double planted(const struct demo_truth *truth, size_t buurt, size_t dimension, int year)
{
    double sum = 0;
    for (size_t k = 0; k < truth->n_course; k++) {
        const struct demo_course *c = &truth->course[k];
        if (c->buurt == buurt && year > c->from_year)
            sum += c->per_year * (year - c->from_year) * c->share[dimension];
    }
    return sum;
}

static void make_livability(struct wijk_rng *rng, const struct town *town, const struct demo_truth *truth,
                            struct demo_latent *l)
{
    double drift[TOWN_BUURTEN], own[DEMO_DIMENSIONS][TOWN_BUURTEN],
        walk[DEMO_DIMENSIONS][TOWN_BUURTEN] = {{0}};
    make_field(rng, town, l->level);
    make_field(rng, town, drift);
    for (size_t k = 0; k < DEMO_DIMENSIONS; k++) make_field(rng, town, own[k]);
    for (int t = 0; t < DEMO_YEARS; t++) {
        for (size_t i = 0; i < TOWN_BUURTEN; i++) {
            double mean = 0;
            l->deviation[t][i] = 0;
            for (size_t k = 0; k < DEMO_DIMENSIONS; k++) mean += own[k][i] / DEMO_DIMENSIONS;
            for (size_t k = 0; k < DEMO_DIMENSIONS; k++) {
                walk[k][i] = 0.7 * walk[k][i] + 0.0035 * wijk_rng_normal(rng);
                double v = DIMENSION_WEIGHT[k] * (0.02 + 0.135 * l->level[i] + 0.004 * drift[i] * (t - 5)) +
                           0.035 * (own[k][i] - mean) + walk[k][i] +
                           planted(truth, i, k, DEMO_FIRST_YEAR + t);
                l->dimension[t][k][i] = thousandth(v);
                l->deviation[t][i] += l->dimension[t][k][i];
            }
            l->deviation[t][i] = thousandth(l->deviation[t][i]);
        }
    }
}

static void make_residents(struct wijk_rng *rng, const struct demo_truth *truth, struct demo_latent *l)
{
    double size[TOWN_BUURTEN], growth[TOWN_BUURTEN], sum = 0;
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        size[i] = exp(0.45 * wijk_rng_normal(rng));
        if (i == truth->hidden) size[i] = 0.03;
        growth[i] = 0.004 + 0.006 * wijk_rng_normal(rng);
        sum += size[i];
    }
    for (int t = 0; t < DEMO_YEARS; t++)
        for (size_t i = 0; i < TOWN_BUURTEN; i++)
            l->residents[t][i] = to_five(RESIDENTS * size[i] / sum * (1 + growth[i] * (t - DEMO_YEARS + 1)));
}

static void fill_context(struct wijk_rng *rng, const struct town *town, const struct demo_latent *l,
                         struct demo_table *t)
{
    double young[TOWN_BUURTEN], old[TOWN_BUURTEN], rent[TOWN_BUURTEN], build[TOWN_BUURTEN];
    make_field(rng, town, young);
    make_field(rng, town, old);
    make_field(rng, town, rent);
    make_field(rng, town, build);
    for (size_t p = 0; p < DEMO_YEARS; p++) {
        for (size_t i = 0; i < TOWN_BUURTEN; i++) {
            double level = l->level[i], year = (double)p, e = wijk_rng_normal(rng);
            double corporation = round(clamp(34 - 15 * level + 9 * rent[i] - 0.3 * year, 2, 82));
            double single = round(clamp(38 - 7 * level - 5 * young[i] + 0.25 * year, 12, 72));
            double per_home = clamp(3.1 - 0.027 * single, 1.2, 3.0), residents = l->residents[p][i];
            const double v[] = {residents,
                                to_five(residents / per_home),
                                single,
                                round(clamp(16 + 3 * young[i] - 0.1 * year, 5, 32)),
                                round(clamp(17 + 5 * old[i] + 0.3 * year, 4, 48)),
                                corporation,
                                round(clamp(100 - corporation - 9 - 3 * rent[i], 8, 95)),
                                round((215 + 48 * level + 12 * build[i]) * pow(1.048, year)),
                                round(clamp(9.5 - 4.2 * level + 0.6 * e, 1, 34)),
                                10 * round((150 + 14 * build[i] + 8 * level - 5.2 * year + e) * 1),
                                10 * round((286 + 16 * level - 4.1 * year + 2 * e) * 1)};
            for (size_t c = 0; c < sizeof v / sizeof *v; c++) t->value[wijk__demo_at(t, c, p, i)] = v[c];
        }
    }
}

static void fill_livability(const struct demo_truth *truth, const struct demo_latent *l, struct demo_table *t)
{
    for (size_t p = 0; p < DEMO_YEARS; p++) {
        for (size_t i = 0; i < TOWN_BUURTEN; i++) {
            enum wijk_status s = i == truth->hidden    ? WIJK_STATUS_SUPPRESSED
                                 : i == truth->no_data ? WIJK_STATUS_MISSING
                                                       : WIJK_STATUS_OK;
            for (size_t c = SCORE; c < COLUMNS; c++) {
                size_t at = wijk__demo_at(t, c, p, i);
                double v = c == SCORE       ? thousandth(REFERENCE + l->deviation[p][i])
                           : c == DEVIATION ? l->deviation[p][i]
                                            : l->dimension[p][c - FIRST_DIMENSION][i];
                t->status[at] = (uint8_t)s;
                t->value[at] = s == WIJK_STATUS_OK ? v : NAN;
            }
            /* Below 100 people a supplier hides shares of income and tenure. */
            if (i != truth->hidden) continue;
            for (size_t c = SINGLE_PCT; c < SCORE; c++) {
                t->status[wijk__demo_at(t, c, p, i)] = WIJK_STATUS_SUPPRESSED;
                t->value[wijk__demo_at(t, c, p, i)] = NAN;
            }
        }
    }
}

/* Wijken and the gemeente: counts add up, shares and means are weighted by residents. */
static const struct demo_table *sum_up(struct wijk_cx *cx, const struct town *town,
                                       const struct demo_table *low)
{
    size_t n = TOWN_WIJKEN + 1;
    struct demo_table *t =
        wijk__demo_table(cx, "lindewaard-wijken.csv", WIJK_LEVEL_WIJK, n, low->n_period, SCORE);
    const char **code = WIJK_NEW(cx, const char *, n), **name = WIJK_NEW(cx, const char *, n);
    for (size_t k = 0; k < TOWN_WIJKEN; k++) code[k] = town->wijk_code[k], name[k] = town->wijk_name[k];
    code[TOWN_WIJKEN] = "GM9901";
    name[TOWN_WIJKEN] = "Lindewaard";
    t->code = code;
    t->name = name;
    t->period = low->period;
    t->indicator = INDICATOR;
    for (size_t c = 0; c < SCORE; c++) {
        for (size_t p = 0; p < low->n_period; p++) {
            for (size_t k = 0; k < n; k++) {
                double sum = 0, weight = 0;
                for (size_t i = 0; i < TOWN_BUURTEN; i++) {
                    double v = low->value[wijk__demo_at(low, c, p, i)],
                           w = low->value[wijk__demo_at(low, RESIDENTS_COUNT, p, i)];
                    if ((k < TOWN_WIJKEN && town->buurt[i].wijk != k) || isnan(v)) continue;
                    sum += c <= HOUSEHOLDS ? v : v * w;
                    weight += w;
                }
                t->value[wijk__demo_at(t, c, p, k)] = c <= HOUSEHOLDS ? sum : round(sum / weight);
                t->status[wijk__demo_at(t, c, p, k)] = WIJK_STATUS_OK;
            }
        }
    }
    return t;
}

enum wijk_err wijk__demo_yearly(struct wijk_cx *cx, const struct town *town, const struct demo_truth *truth,
                                struct demo_latent *latent, const struct demo_table **buurten,
                                const struct demo_table **above)
{
    struct wijk_rng rng = wijk_rng(truth->seed + 1);
    struct demo_table *t =
        wijk__demo_buurten(cx, "lindewaard-buurten.csv", town, DEMO_FIRST_YEAR, 1, DEMO_YEARS, COLUMNS);
    t->indicator = INDICATOR;
    memset(t->status, WIJK_STATUS_OK, t->n_area * t->n_period * t->n_indicator);

    make_livability(&rng, town, truth, latent);
    make_residents(&rng, truth, latent);
    fill_context(&rng, town, latent, t);
    fill_livability(truth, latent, t);
    *buurten = t;
    *above = sum_up(cx, town, t);
    return WIJK_OK;
}
