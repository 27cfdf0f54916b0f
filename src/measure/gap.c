/* SPDX-License-Identifier: EUPL-1.2 */
/* How far areas lie apart, over time, and whether that grows (docs/methods/kloof.md). Measures of the spread
 * of residents over deviations; bands from a bootstrap of areas (Efron and Tibshirani 1993, percentiles); the
 * verdict is an equivalence test and a test of direction on the slope, from the same draws. */
#include "measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 999, DRAWS_MOST = 10000, CHUNK = 40, MIN_AREA = 10, MIN_PERIOD = 3 };
static const double LEVEL = 0.95, MIN_WEIGHT = 1000, MIN_COMMON = 0.8, STABLE = 0.1;

/* ---- names ---- */

static const char *const MEASURE_ID[] = {
#define X(name, id, text) id,
    WIJK_GAP_MEASURES(X)
#undef X
};
static const char *const MEASURE_TEXT[] = {
#define X(name, id, text) text,
    WIJK_GAP_MEASURES(X)
#undef X
};
static const char *const VERDICT_ID[] = {
#define X(name, id, text) id,
    WIJK_GAP_VERDICTS(X)
#undef X
};
static const char *const VERDICT_TEXT[] = {
#define X(name, id, text) text,
    WIJK_GAP_VERDICTS(X)
#undef X
};

const char *wijk_gap_measure_id(enum wijk_gap_measure m)
{
    return MEASURE_ID[m];
}

const char *wijk_gap_measure_text(enum wijk_gap_measure m)
{
    return MEASURE_TEXT[m];
}

bool wijk_gap_measure_parse(struct wijk_str id, enum wijk_gap_measure *out)
{
    for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++)
        if (wijk_str_eq(id, wijk_str(MEASURE_ID[m]))) return *out = (enum wijk_gap_measure)m, true;
    return false;
}

const char *wijk_gap_verdict_id(enum wijk_gap_verdict v)
{
    return VERDICT_ID[v];
}

const char *wijk_gap_verdict_text(enum wijk_gap_verdict v)
{
    return VERDICT_TEXT[v];
}

/* ---- what counts ---- */

/* Two sets of figures: deviations, and classes, which may be known in other years. */
enum { VALUES, CLASSES, SETS };

struct set {
    size_t n_common, first, last, n_use;
    bool *use;      /* n_period: enough areas and people for a figure */
    size_t *n_area; /* n_period */
    double *people; /* n_period */
    double *common; /* n_area: 1 known in all periods in use, else 0 */
    double covered; /* by common, of the people of the last period */
};
/* The areas of one period in order of value. */
struct row {
    size_t n;
    double *value, *weight, *score;
    size_t *area, *group;
};
struct work {
    const struct wijk_gap_in *in;
    struct wijk_gap_opt opt;
    struct set set[SETS];
    struct row *row; /* n_period */
    bool whole;      /* all areas that count are common: one sum does for figure and trend */
    double *draw;    /* n_boot x (n_period + 1) x measures: figures, then the slope */
};

static enum wijk_gap_measure measure_at(int m)
{
    return (enum wijk_gap_measure)m;
}

static int set_of(enum wijk_gap_measure m)
{
    return m == WIJK_GAP_BELOW ? CLASSES : VALUES;
}

static bool has_figure(const struct wijk_gap_in *in, int set, size_t at)
{
    return set == VALUES ? !isnan(in->value[at]) && !isinf(in->value[at]) : in->below && in->below[at] < 2;
}

static bool has(const struct wijk_gap_in *in, int set, size_t a, size_t p)
{
    size_t at = a * in->n_period + p;
    return in->weight[at] > 0 && !isinf(in->weight[at]) && has_figure(in, set, at);
}

/* Not one area takes part: is that for lack of figures, or of people? */
static enum wijk_lack why_none(const struct wijk_gap_in *in, int set, size_t p)
{
    for (size_t a = 0; a < in->n_area; a++)
        if (has_figure(in, set, a * in->n_period + p)) return WIJK_LACK_NO_RESIDENTS;
    return WIJK_LACK_NO_VALUE;
}

static void find_common(struct work *w, struct set *s, int which)
{
    const struct wijk_gap_in *in = w->in;
    double known = 0;
    for (size_t a = 0; a < in->n_area; a++) {
        bool all = s->n_use > 0;
        for (size_t p = 0; p < in->n_period && all; p++) all = !s->use[p] || has(in, which, a, p);
        s->common[a] = all;
        if (!all) continue;
        s->n_common++;
        known += in->weight[a * in->n_period + s->last];
    }
    s->covered = s->n_use ? known / s->people[s->last] : 0;
}

static void find_set(struct wijk_cx *cx, struct work *w, int which)
{
    const struct wijk_gap_in *in = w->in;
    struct set *s = &w->set[which];
    s->use = WIJK_NEW(cx, bool, in->n_period);
    s->n_area = WIJK_NEW(cx, size_t, in->n_period);
    s->people = WIJK_NEW(cx, double, in->n_period);
    s->common = WIJK_NEW(cx, double, in->n_area);
    for (size_t p = 0; p < in->n_period; p++) {
        for (size_t a = 0; a < in->n_area; a++) {
            if (!has(in, which, a, p)) continue;
            s->n_area[p]++;
            s->people[p] += in->weight[a * in->n_period + p];
        }
        s->use[p] = s->n_area[p] >= w->opt.min_area && s->people[p] >= w->opt.min_weight;
        if (!s->use[p]) continue;
        if (!s->n_use++) s->first = p;
        s->last = p;
    }
    find_common(w, s, which);
}

struct pair {
    double value;
    size_t area;
};

static int by_value(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return (x->area > y->area) - (x->area < y->area);
}

static void sort_row(struct wijk_cx *cx, struct work *w, size_t p)
{
    const struct wijk_gap_in *in = w->in;
    struct row *r = &w->row[p];
    struct pair *v = WIJK_NEW(cx, struct pair, in->n_area);
    for (size_t a = 0; a < in->n_area; a++)
        if (has(in, VALUES, a, p)) v[r->n++] = (struct pair){in->value[a * in->n_period + p], a};
    if (r->n) qsort(v, r->n, sizeof *v, by_value);
    r->value = WIJK_NEW(cx, double, r->n);
    r->weight = WIJK_NEW(cx, double, r->n);
    r->score = WIJK_NEW(cx, double, r->n);
    r->area = WIJK_NEW(cx, size_t, r->n);
    r->group = WIJK_NEW(cx, size_t, r->n);
    for (size_t i = 0; i < r->n; i++) {
        r->area[i] = v[i].area;
        r->value[i] = v[i].value;
        r->score[i] = v[i].value + in->reference;
        r->weight[i] = in->weight[v[i].area * in->n_period + p];
        r->group[i] = in->group ? in->group[v[i].area] : SIZE_MAX;
    }
}

/* ---- the measures of one period ---- */

/* times: how often each area counts; NULL: once. room: row and 2 x groups. */
static void measure_values(const struct work *w, size_t p, const double *times, double *room, double *out)
{
    const struct row *r = &w->row[p];
    double *weight = room, *sums = room + r->n;
    for (size_t i = 0; i < r->n; i++) weight[i] = times ? r->weight[i] * times[r->area[i]] : r->weight[i];
    out[WIJK_GAP_P10] = wijk_quantile_weighted(r->value, weight, r->n, 0.1);
    out[WIJK_GAP_P90] = wijk_quantile_weighted(r->value, weight, r->n, 0.9);
    out[WIJK_GAP_RANGE] = out[WIJK_GAP_P90] - out[WIJK_GAP_P10];
    out[WIJK_GAP_DIFFERENCE] = wijk_mean_difference(r->value, weight, r->n);
    out[WIJK_GAP_GINI] = out[WIJK_GAP_THEIL] = out[WIJK_GAP_SORTING] = NAN;
    if (!isnan(w->in->reference)) {
        out[WIJK_GAP_GINI] = wijk_gini(r->score, weight, r->n);
        out[WIJK_GAP_THEIL] = wijk_theil(r->score, weight, r->n);
    }
    if (w->in->group && w->in->n_group > 1)
        out[WIJK_GAP_SORTING] = wijk_sorting(r->value, weight, r->group, r->n, w->in->n_group, sums);
}

static double measure_below(const struct wijk_gap_in *in, size_t p, const double *times)
{
    double below = 0, all = 0;
    for (size_t a = 0; a < in->n_area; a++) {
        if (!has(in, CLASSES, a, p)) continue;
        double weight = in->weight[a * in->n_period + p] * (times ? times[a] : 1);
        all += weight;
        if (in->below[a * in->n_period + p]) below += weight;
    }
    return all > 0 ? below / all : NAN;
}

static double slope(const struct work *w, const struct set *s, enum wijk_gap_measure m, const double *figure)
{
    const double *year = w->in->year;
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (size_t p = 0; p < w->in->n_period; p++) {
        if (!s->use[p]) continue;
        double at = year[p] - year[s->first];
        n++;
        x += at;
        y += figure[p * WIJK_GAP_MEASURE_COUNT + m];
    }
    for (size_t p = 0; p < w->in->n_period; p++) {
        if (!s->use[p]) continue;
        double at = year[p] - year[s->first] - x / n;
        xx += at * at;
        xy += at * (figure[p * WIJK_GAP_MEASURE_COUNT + m] - y / n);
    }
    return xx > 0 ? xy / xx : NAN;
}

/* Figures of all periods, and behind them the slopes over the common areas. */
static void measure_all(const struct work *w, const double *times, struct wijk_cx *cx, double *out)
{
    const struct wijk_gap_in *in = w->in;
    size_t n = in->n_period * WIJK_GAP_MEASURE_COUNT;
    double *room = WIJK_NEW(cx, double, in->n_area + 2 * in->n_group), *part = out;
    double *both = w->whole ? NULL : WIJK_NEW(cx, double, in->n_area);
    for (int round = 0; round < 2; round++) {
        for (size_t p = 0; p < in->n_period; p++) {
            double *at = part + p * WIJK_GAP_MEASURE_COUNT;
            for (int set = 0; set < SETS; set++) {
                const double *t = times;
                if (round) {
                    for (size_t a = 0; a < in->n_area; a++)
                        both[a] = w->set[set].common[a] * (times ? times[a] : 1);
                    t = both;
                }
                if (!w->set[set].use[p]) continue;
                if (set == VALUES)
                    measure_values(w, p, t, room, at);
                else
                    at[WIJK_GAP_BELOW] = measure_below(in, p, t);
            }
        }
        if (w->whole || round) break;
        part = WIJK_NEW(cx, double, n);
    }
    for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++) {
        const struct set *s = &w->set[set_of(measure_at(m))];
        out[n + (size_t)m] = s->n_use >= w->opt.min_period ? slope(w, s, measure_at(m), part) : NAN;
    }
}

/* ---- the draws ---- */

static enum wijk_err draw(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    struct work *w = arg;
    size_t n = w->in->n_area, wide = (w->in->n_period + 1) * WIJK_GAP_MEASURE_COUNT;
    double *times = WIJK_NEW(scratch, double, n);
    for (size_t b = from; b < to; b++) {
        struct wijk_mark mark = wijk_cx_mark(scratch);
        uint64_t own[] = {w->opt.seed, b};
        struct wijk_rng rng = wijk_rng(wijk_hash64(own, sizeof own, 0));
        memset(times, 0, n * sizeof *times);
        for (size_t i = 0; i < n; i++) times[wijk_rng_below(&rng, n)]++;
        measure_all(w, times, scratch, w->draw + b * wide);
        wijk_cx_rewind(scratch, mark);
    }
    return WIJK_OK;
}

/* The middle `level` of the draws of one figure. */
static void band(const struct work *w, size_t place, double *room, double *low, double *high)
{
    size_t wide = (w->in->n_period + 1) * WIJK_GAP_MEASURE_COUNT;
    double tail = (1 - w->opt.level) / 2;
    for (size_t b = 0; b < w->opt.n_boot; b++) room[b] = w->draw[b * wide + place];
    *low = wijk_quantile(room, w->opt.n_boot, tail);
    *high = wijk_quantile(room, w->opt.n_boot, 1 - tail);
}

/* ---- what comes of it ---- */

static enum wijk_lack lack_of(const struct work *w, enum wijk_gap_measure m, size_t p, double value)
{
    const struct set *s = &w->set[set_of(m)];
    if (!s->n_area[p]) return why_none(w->in, set_of(m), p);
    if (s->n_area[p] < w->opt.min_area) return WIJK_LACK_FEW_AREAS;
    if (!s->use[p]) return WIJK_LACK_FEW_RESIDENTS;
    if (!isnan(value)) return WIJK_LACK_NONE;
    if (m == WIJK_GAP_SORTING)
        return w->in->group && w->in->n_group > 1 ? WIJK_LACK_NO_VARIATION : WIJK_LACK_NO_GROUPS;
    return WIJK_LACK_NO_REFERENCE;
}

static void put_figures(struct wijk_cx *cx, const struct work *w, const double *seen, struct wijk_gap *g)
{
    double *room = WIJK_NEW(cx, double, w->opt.n_boot);
    for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++) {
        struct wijk_gap_figure *f = WIJK_NEW(cx, struct wijk_gap_figure, w->in->n_period);
        const struct set *s = &w->set[set_of(measure_at(m))];
        g->figure[m] = f;
        for (size_t p = 0; p < w->in->n_period; p++) {
            size_t place = p * WIJK_GAP_MEASURE_COUNT + (size_t)m;
            double v = s->use[p] ? seen[place] : (double)NAN;
            f[p] = (struct wijk_gap_figure){
                v, NAN, NAN, s->people[p], s->n_area[p], lack_of(w, measure_at(m), p, v)};
            if (f[p].lack == WIJK_LACK_NONE) band(w, place, room, &f[p].low, &f[p].high);
        }
    }
}

/* Mean size of a measure; limits of the lowest and highest tenth are measured against the gap between them.
 */
static double scale_of(const struct work *w, const struct wijk_gap *g, enum wijk_gap_measure m)
{
    if (m == WIJK_GAP_P10 || m == WIJK_GAP_P90) m = WIJK_GAP_RANGE;
    const struct set *s = &w->set[set_of(m)];
    double sum = 0;
    for (size_t p = 0; p < w->in->n_period; p++)
        if (s->use[p]) sum += fabs(g->figure[m][p].value);
    return sum / (double)s->n_use;
}

static enum wijk_gap_verdict verdict_of(const struct wijk_gap_trend *t, double span, double margin)
{
    double most = fmax(fabs(t->low), fabs(t->high)) * span;
    if (most <= margin) return WIJK_GAP_STABLE;
    if (t->low > 0) return WIJK_GAP_GROWS;
    return t->high < 0 ? WIJK_GAP_SHRINKS : WIJK_GAP_UNSURE;
}

static void put_trend(struct wijk_cx *cx, const struct work *w, const double *seen, enum wijk_gap_measure m,
                      struct wijk_gap *g)
{
    const struct set *s = &w->set[set_of(m)];
    size_t place = w->in->n_period * WIJK_GAP_MEASURE_COUNT + m;
    struct wijk_gap_trend *t = &g->trend[m];
    *t = (struct wijk_gap_trend){.per_year = NAN,
                                 .low = NAN,
                                 .high = NAN,
                                 .change = NAN,
                                 .first = s->first,
                                 .last = s->last,
                                 .n_common = s->n_common,
                                 .common = s->covered};
    for (size_t p = 0; p < w->in->n_period && !t->lack; p++)
        if (s->use[p]) t->lack = g->figure[m][p].lack;
    if (t->lack != WIJK_LACK_NONE) return;
    size_t n = w->in->n_period;
    if (!s->n_use)
        t->lack = n ? g->figure[m][n - 1].lack : WIJK_LACK_NO_VALUE;
    else if (s->n_use < w->opt.min_period)
        t->lack = WIJK_LACK_FEW_POINTS;
    else if (s->n_common < w->opt.min_area || s->covered < w->opt.min_common)
        t->lack = WIJK_LACK_BROKEN;
    else if (isnan(seen[place]))
        t->lack = WIJK_LACK_NO_VARIATION;
    if (t->lack != WIJK_LACK_NONE) return;
    double span = w->in->year[s->last] - w->in->year[s->first];
    t->per_year = seen[place];
    t->change = seen[place] * span;
    band(w, place, WIJK_NEW(cx, double, w->opt.n_boot), &t->low, &t->high);
    t->verdict = verdict_of(t, span, w->opt.stable * scale_of(w, g, m));
}

static struct wijk_gap_opt defaults(struct wijk_gap_opt o)
{
    if (!o.seed) o.seed = 1;
    if (!o.n_boot) o.n_boot = DRAWS;
    if (!(o.level > 0)) o.level = LEVEL;
    if (!o.min_area) o.min_area = MIN_AREA;
    if (!(o.min_weight > 0)) o.min_weight = MIN_WEIGHT;
    if (!o.min_period) o.min_period = MIN_PERIOD;
    if (!(o.min_common > 0)) o.min_common = MIN_COMMON;
    if (!(o.stable > 0)) o.stable = STABLE;
    return o;
}

static enum wijk_err check(struct wijk_cx *cx, const struct work *w)
{
    const struct wijk_gap_in *in = w->in;
    for (size_t p = 1; p < in->n_period; p++)
        if (!(in->year[p] > in->year[p - 1]))
            return wijk_fail(cx, WIJK_ESHAPE, "De perioden van een kloof moeten oplopen.");
    for (size_t i = 0; i < in->n_area * in->n_period; i++)
        if (in->weight[i] < 0)
            return wijk_fail(cx, WIJK_EDATA, "Een aantal inwoners kan niet onder nul zijn.");
    if (w->opt.n_boot > DRAWS_MOST)
        return wijk_fail(cx, WIJK_ELIMIT, "Hoogstens %d trekkingen voor een onzekerheidsband.", DRAWS_MOST);
    if (w->opt.level >= 1)
        return wijk_fail(cx, WIJK_EDATA, "Een band van %s%% bestaat niet.",
                         wijk_num_people(cx, 100 * w->opt.level, 0));
    return WIJK_OK;
}

enum wijk_err wijk_gap_of(struct wijk_cx *cx, const struct wijk_gap_in *in, const struct wijk_gap **out)
{
    struct work w = {.in = in, .opt = defaults(in->opt)};
    size_t wide = (in->n_period + 1) * WIJK_GAP_MEASURE_COUNT;
    struct wijk_gap *g = WIJK_NEW(cx, struct wijk_gap, 1);
    WIJK_TRY(check(cx, &w));
    for (int set = 0; set < SETS; set++) find_set(cx, &w, set);
    w.row = WIJK_NEW(cx, struct row, in->n_period);
    for (size_t p = 0; p < in->n_period; p++) sort_row(cx, &w, p);
    w.whole = true;
    for (int set = 0; set < SETS; set++)
        for (size_t p = 0; p < in->n_period; p++)
            if (w.set[set].use[p] && w.set[set].n_area[p] != w.set[set].n_common) w.whole = false;
    double *seen = WIJK_NEW(cx, double, wide);
    measure_all(&w, NULL, cx, seen);
    w.draw = WIJK_NEW(cx, double, w.opt.n_boot *wide);
    if (w.set[VALUES].n_use || w.set[CLASSES].n_use)
        WIJK_TRY(wijk_parallel(
            cx, &(struct wijk_parallel){.n = w.opt.n_boot, .chunk = CHUNK, .body = draw, .arg = &w}));
    g->n_period = in->n_period;
    put_figures(cx, &w, seen, g);
    for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++) put_trend(cx, &w, seen, measure_at(m), g);
    *out = g;
    return WIJK_OK;
}
