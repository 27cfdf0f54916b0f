/* SPDX-License-Identifier: EUPL-1.2 */
/* A municipality's own weighing of indicators.
 *
 *   z   = sign x (x - centre) / spread          by the recipe's normalisation, over the areas of one year
 *   D_d = sum of w z / sum of w                 over the inputs of dimension d that are known
 *   S   = middle + step x (sum of W_d D_d / sum of W_d)
 *
 * OECD and JRC, Handbook on Constructing Composite Indicators (2008), steps 5 and 6. */
#include "measure/measure_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns that are read twice while they are near: few short ones, or more when not even four would stay in
 * the nearest cache and all that counts is how often the sums pass by. */
enum { AT_ONCE = 4, AT_ONCE_LONG = 20, LONG_BYTES = 1 << 20 };

/* ---- normalising ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many of the sorted values lie below v, or (upto) do not lie above it. */
static size_t rank(const double *sorted, size_t n, double v, bool upto)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (sorted[mid] < v || (upto && sorted[mid] == v))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Share of the measured values that lie below, equal ones for half. */
static void percentiles(struct wijk_cx *cx, const double *v, size_t n, double *out)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    double *sorted = WIJK_NEW(cx, double, n);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i])) sorted[m++] = v[i];
    if (m) qsort(sorted, m, sizeof *sorted, by_value);
    for (size_t i = 0; i < n; i++)
        out[i] = isnan(v[i])
                     ? NAN
                     : (double)(rank(sorted, m, v[i], false) + rank(sorted, m, v[i], true)) / (2 * (double)m);
    wijk_cx_rewind(cx, mark);
}

static const double *widened(struct wijk_cx *cx, const float *v, size_t n)
{
    double *wide = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) wide[i] = (double)v[i];
    return wide;
}

/* Median, and the median distance from it in the measure of a standard deviation. */
static void robust(struct wijk_cx *cx, const double *v, size_t n, double *centre, double *spread)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    double *copy = WIJK_NEW(cx, double, n);
    memcpy(copy, v, n * sizeof *copy);
    *centre = wijk_quantile(copy, n, 0.5);
    for (size_t i = 0; i < n; i++) copy[i] = fabs(v[i] - *centre);
    *spread = 1.4826 * wijk_quantile(copy, n, 0.5);
    wijk_cx_rewind(cx, mark);
}

static void extent(const double *v, size_t n, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (v[i] < *low) *low = v[i];
        if (v[i] > *high) *high = v[i];
    }
}

static struct wijk_index_scaling per_spread(struct wijk_index_scaling s, int sign, double spread)
{
    if (!(spread > 0) || isinf(spread) || isinf(1 / spread)) return s;
    s.per = sign / spread;
    s.lack = WIJK_LACK_NONE;
    return s;
}

static struct wijk_index_scaling scaled(struct wijk_moments m, int sign)
{
    if (!m.n) return (struct wijk_index_scaling){.lack = WIJK_LACK_NO_VALUE};
    return per_spread((struct wijk_index_scaling){.centre = m.mean, .lack = WIJK_LACK_NO_VARIATION}, sign,
                      m.sd);
}

static struct wijk_index_scaling scaling_of(struct wijk_cx *cx, enum wijk_normalisation how, int sign,
                                            const double *v, size_t n)
{
    struct wijk_index_scaling s = {.lack = WIJK_LACK_NO_VALUE};
    struct wijk_moments m = {0};
    double low, high, spread = NAN;
    if (v) m = wijk_moments(v, n);
    if (!m.n) return s;
    s = (struct wijk_index_scaling){.centre = m.mean, .lack = WIJK_LACK_NO_VARIATION};
    switch (how) {
    case WIJK_NORMALISE_Z: spread = m.sd; break;
    case WIJK_NORMALISE_ROBUST: robust(cx, v, n, &s.centre, &spread); break;
    case WIJK_NORMALISE_MINMAX:
        extent(v, n, &low, &high);
        s.centre = sign > 0 ? low : high; /* less is better: from the highest down */
        spread = high - low;
        break;
    default: /* PERCENTILE: of shares */
        s.centre = sign > 0 ? 0 : 1;
        spread = m.sd > 0 ? 1 : 0;
        break;
    }
    return per_spread(s, sign, spread);
}

/* Of an input that may be in single precision. */
static struct wijk_index_scaling scaling_at(struct wijk_cx *cx, const struct wijk_index *ix, size_t k)
{
    const enum wijk_normalisation how = ix->recipe->how;
    const int sign = ix->recipe->input[k].sign;
    if (ix->column[k] || !wijk__index_has(ix, k)) return scaling_of(cx, how, sign, ix->column[k], ix->n);
    struct wijk_mark mark = wijk_cx_mark(cx);
    struct wijk_index_scaling s;
    if (how == WIJK_NORMALISE_Z) {
        s = scaled(wijk_moments_single(ix->single[k], ix->n), sign);
    } else {
        s = scaling_of(cx, how, sign, widened(cx, ix->single[k], ix->n), ix->n);
    }
    wijk_cx_rewind(cx, mark);
    return s;
}

/* ---- one year ---- */

bool wijk__index_has(const struct wijk_index *ix, size_t k)
{
    return ix->column[k] || (ix->single && ix->single[k]);
}

struct wijk_weighed wijk__index_weighed(const struct wijk_index *ix, size_t k, size_t from, double weight)
{
    const struct wijk_index_scaling *s = &ix->scaling[k];
    struct wijk_weighed c = {NULL, s->centre, weight * s->per, weight, NULL};
    if (ix->column[k])
        c.v = ix->column[k] + from;
    else
        c.single = ix->single[k] + from;
    return c;
}

static double value_of(const struct wijk_index *ix, size_t k, size_t area)
{
    return ix->column[k] ? ix->column[k][area] : (double)ix->single[k][area];
}

/* begun: of each dimension whether there is something in its sums, n_dimension. */
static void add_some(const struct wijk_index *ix, const size_t *input, size_t n_input, bool *begun)
{
    struct wijk_weighed column[AT_ONCE_LONG];
    size_t dim = ix->recipe->input[input[0]].dimension;
    for (size_t k = 0; k < n_input; k++)
        column[k] = wijk__index_weighed(ix, input[k], 0, ix->weight[input[k]]);
    if (begun[dim])
        wijk_columns_add(column, n_input, ix->num[dim], ix->den[dim], ix->n);
    else
        wijk_columns_set(column, n_input, ix->num[dim], ix->den[dim], ix->n);
    begun[dim] = true;
}

static void sum_year(struct wijk_cx *cx, struct wijk_index *ix)
{
    const struct wijk_recipe *r = ix->recipe;
    const size_t at_once =
        ix->n * AT_ONCE * (ix->single ? sizeof(float) : sizeof(double)) > LONG_BYTES ? AT_ONCE_LONG : AT_ONCE;
    size_t some[AT_ONCE_LONG], n_some = 0;
    bool begun[WIJK_DIMENSIONS_MAX] = {false};
    for (size_t k = 0; k < r->n_input; k++) {
        if (n_some && (n_some == at_once || r->input[some[0]].dimension != r->input[k].dimension)) {
            add_some(ix, some, n_some, begun);
            n_some = 0;
        }
        ix->scaling[k] = ix->fixed ? ix->fixed[k] : scaling_at(cx, ix, k);
        if (wijk__index_has(ix, k) && !ix->scaling[k].lack && ix->weight[k] > 0) some[n_some++] = k;
    }
    if (n_some) add_some(ix, some, n_some, begun);
    for (size_t d = 0; d < r->n_dimension; d++)
        if (!begun[d]) wijk_columns_set(NULL, 0, ix->num[d], ix->den[d], ix->n);
}

double wijk__index_floor(const struct wijk_index *ix, size_t dimension)
{
    double sum = 0;
    for (size_t k = 0; k < ix->recipe->n_input; k++)
        if (ix->recipe->input[k].dimension == dimension) sum += ix->weight[k];
    return 1e-12 * sum;
}

struct wijk_blend wijk__index_blend(const struct wijk_index *ix)
{
    const struct wijk_recipe *r = ix->recipe;
    struct wijk_blend b = {.n_part = r->n_dimension,
                           .n_limit = r->n_class - 1,
                           .min_known = r->min_known - 1e-9,
                           .middle = r->middle,
                           .step = r->step,
                           .total = ix->total,
                           .known = ix->known,
                           .class_ = ix->class_};
    double all = 0, within[WIJK_DIMENSIONS_MAX] = {0};
    for (size_t k = 0; k < r->n_input; k++) within[r->input[k].dimension] += ix->weight[k];
    for (size_t d = 0; d < r->n_dimension; d++)
        if (within[d] > 0) all += r->dimension[d].weight;
    for (size_t d = 0; d < r->n_dimension; d++) {
        b.floor[d] = wijk__index_floor(ix, d);
        b.num[d] = ix->num[d];
        b.den[d] = ix->den[d];
        b.weight[d] = r->dimension[d].weight;
        b.share[d] = within[d] > 0 && all > 0 ? r->dimension[d].weight / all / within[d] : 0;
    }
    memcpy(b.limit, r->limit, sizeof b.limit);
    return b;
}

/* Why an area has no result: an input is hidden, or there is too little; an input that is the same everywhere
 * tells nothing of anyone. */
static enum wijk_lack lack_of(const struct wijk_index *ix, size_t i)
{
    size_t hidden = 0, flat = 0;
    for (size_t k = 0; k < ix->recipe->n_input; k++) {
        if (ix->status && ix->status[k] && ix->status[k][i] == WIJK_STATUS_SUPPRESSED) hidden++;
        if (ix->scaling[k].lack == WIJK_LACK_NO_VARIATION) flat++;
    }
    return hidden ? WIJK_LACK_HIDDEN : flat ? WIJK_LACK_NO_VARIATION : WIJK_LACK_NO_VALUE;
}

/* Of independent errors: each input's, through its part in the result. */
static void errors(struct wijk_index *ix)
{
    const struct wijk_recipe *r = ix->recipe;
    double floor[WIJK_DIMENSIONS_MAX];
    for (size_t d = 0; d < r->n_dimension; d++) floor[d] = wijk__index_floor(ix, d);
    for (size_t i = 0; i < ix->n; i++) {
        double sum = 0, all = 0;
        for (size_t d = 0; d < r->n_dimension; d++)
            if (ix->den[d][i] > floor[d]) all += r->dimension[d].weight;
        for (size_t k = 0; k < r->n_input && all > 0; k++) {
            size_t d = r->input[k].dimension;
            if (!(r->input[k].error > 0) || !wijk__index_has(ix, k) || ix->scaling[k].lack ||
                isnan(value_of(ix, k, i)) || !(ix->den[d][i] > floor[d]))
                continue;
            double part = r->dimension[d].weight / all * ix->weight[k] / ix->den[d][i] * ix->scaling[k].per;
            sum += part * r->input[k].error * (part * r->input[k].error);
        }
        ix->error[i] = isnan(ix->total[i]) ? NAN : r->step * sqrt(sum);
    }
}

/* From the sums to results. */
static void finish(struct wijk_index *ix)
{
    struct wijk_blend b = wijk__index_blend(ix);
    wijk_blend(&b, ix->n);
    ix->n_scored = ix->n;
    for (size_t i = 0; i < ix->n; i++) {
        ix->lack[i] = WIJK_LACK_NONE;
        if (ix->class_[i]) continue;
        ix->lack[i] = (uint8_t)lack_of(ix, i);
        ix->n_scored--;
    }
    if (ix->error) errors(ix);
}

/* ---- all years ---- */

static enum wijk_err check(struct wijk_cx *cx, const struct wijk_index_in *in)
{
    const struct wijk_recipe *r = in->recipe;
    double sum[WIJK_DIMENSIONS_MAX] = {0}, all = 0;
    if (in->reference != SIZE_MAX && in->reference >= in->n_year)
        return wijk_fail(cx, WIJK_ESHAPE, "Het ijkjaar van deze weging is er niet.");
    if (in->reference != SIZE_MAX && r->how == WIJK_NORMALISE_PERCENTILE)
        return wijk_fail(cx, WIJK_EDATA, "Een weging met percentielen heeft geen ijkjaar.");
    for (size_t k = 0; k < r->n_input; k++) {
        double w = in->weight ? in->weight[k] : r->input[k].weight;
        if (!(w >= 0 && w <= WIJK_WEIGHT_MAX))
            return wijk_fail(cx, WIJK_EDATA, "Het gewicht van %s ligt niet tussen 0 en 1.000.000.",
                             r->input[k].indicator);
        sum[r->input[k].dimension] += w;
    }
    for (size_t d = 0; d < r->n_dimension; d++) all += sum[d] > 0 ? r->dimension[d].weight : 0;
    return all > 0 ? WIJK_OK : wijk_fail(cx, WIJK_EDATA, "De gewichten van %s zijn samen 0.", r->id);
}

static bool has_errors(const struct wijk_recipe *r)
{
    for (size_t k = 0; k < r->n_input; k++)
        if (r->input[k].error > 0) return true;
    return false;
}

/* Percentiles are no line through the figures: their shares are made beforehand. */
static void take_columns(struct wijk_cx *cx, const struct wijk_index_in *in, size_t year,
                         struct wijk_index *ix)
{
    const size_t n_input = ix->recipe->n_input, first = year * n_input;
    for (size_t k = 0; k < n_input; k++) {
        ix->column[k] = in->single ? NULL : in->value[first + k];
        if (in->single) ix->single[k] = in->single[first + k];
        if (!ix->shares || !wijk__index_has(ix, k)) continue;
        struct wijk_mark mark = wijk_cx_mark(cx);
        percentiles(cx, ix->column[k] ? ix->column[k] : widened(cx, ix->single[k], ix->n), ix->n,
                    ix->shares[k]);
        wijk_cx_rewind(cx, mark);
        ix->column[k] = ix->shares[k];
    }
    ix->status = in->status ? in->status + first : NULL;
}

static struct wijk_index room_for(struct wijk_cx *cx, const struct wijk_index_in *in, double *weight)
{
    const struct wijk_recipe *r = in->recipe;
    struct wijk_index ix = {.recipe = r, .n = in->n, .weight = weight};
    ix.column = WIJK_NEW(cx, const double *, r->n_input);
    if (in->single) ix.single = WIJK_NEW(cx, const float *, r->n_input);
    if (r->how == WIJK_NORMALISE_PERCENTILE) {
        ix.shares = WIJK_NEW(cx, double *, r->n_input);
        for (size_t k = 0; k < r->n_input; k++) ix.shares[k] = WIJK_NEW(cx, double, in->n);
    }
    ix.scaling = WIJK_NEW(cx, struct wijk_index_scaling, r->n_input);
    for (size_t d = 0; d < r->n_dimension; d++) {
        ix.num[d] = WIJK_BARE(cx, double, in->n);
        ix.den[d] = WIJK_BARE(cx, double, in->n);
    }
    ix.total = WIJK_BARE(cx, double, in->n);
    ix.known = WIJK_BARE(cx, double, in->n);
    ix.error = has_errors(r) ? WIJK_BARE(cx, double, in->n) : NULL;
    ix.class_ = WIJK_BARE(cx, uint8_t, in->n);
    ix.lack = WIJK_BARE(cx, uint8_t, in->n);
    return ix;
}

static double *weights(struct wijk_cx *cx, const struct wijk_index_in *in)
{
    double *w = WIJK_NEW(cx, double, in->recipe->n_input);
    for (size_t k = 0; k < in->recipe->n_input; k++)
        w[k] = in->weight ? in->weight[k] : in->recipe->input[k].weight;
    return w;
}

/* Middle and spread of the reference year, for all; NULL: each year its own. room: of any year. */
static const struct wijk_index_scaling *fixed_of(struct wijk_cx *cx, const struct wijk_index_in *in,
                                                 struct wijk_index *room)
{
    if (in->reference == SIZE_MAX) return NULL;
    struct wijk_index_scaling *fixed = WIJK_NEW(cx, struct wijk_index_scaling, in->recipe->n_input);
    take_columns(cx, in, in->reference, room);
    for (size_t k = 0; k < in->recipe->n_input; k++) fixed[k] = scaling_at(cx, room, k);
    return fixed;
}

enum wijk_err wijk_index_room(struct wijk_cx *cx, const struct wijk_index_in *in, struct wijk_index **out)
{
    WIJK_TRY(check(cx, in));
    *out = WIJK_NEW(cx, struct wijk_index, 1);
    **out = room_for(cx, in, weights(cx, in));
    (*out)->fixed = fixed_of(cx, in, *out);
    return WIJK_OK;
}

void wijk_index_year(struct wijk_cx *cx, const struct wijk_index_in *in, size_t year, struct wijk_index *ix)
{
    take_columns(cx, in, year, ix);
    sum_year(cx, ix);
    finish(ix);
}

struct work {
    const struct wijk_index_in *in;
    struct wijk_index *out; /* n_year, arrays in place */
};

static enum wijk_err years(struct wijk_cx *cx, void *arg, size_t from, size_t to)
{
    const struct work *w = arg;
    for (size_t y = from; y < to; y++) wijk_index_year(cx, w->in, y, &w->out[y]);
    return WIJK_OK;
}

enum wijk_err wijk_index_of(struct wijk_cx *cx, const struct wijk_index_in *in, struct wijk_index **out)
{
    WIJK_TRY(check(cx, in));
    double *weight = weights(cx, in);
    struct wijk_index *ix = WIJK_NEW(cx, struct wijk_index, in->n_year);
    for (size_t y = 0; y < in->n_year; y++) ix[y] = room_for(cx, in, weight);
    const struct wijk_index_scaling *fixed = in->n_year ? fixed_of(cx, in, &ix[0]) : NULL;
    for (size_t y = 0; y < in->n_year; y++) ix[y].fixed = fixed;
    struct work w = {in, ix};
    WIJK_TRY(wijk_parallel(cx, &(struct wijk_parallel){in->n_year, 1, years, &w, in->progress, "weging"}));
    *out = ix;
    return WIJK_OK;
}

double wijk_index_mean(const struct wijk_index *ix, size_t dimension, size_t area)
{
    double den = ix->den[dimension][area];
    return den > wijk__index_floor(ix, dimension) ? ix->num[dimension][area] / den : NAN;
}

double wijk_index_part(const struct wijk_index *ix, size_t dimension, size_t area)
{
    const struct wijk_recipe *r = ix->recipe;
    double all = 0;
    if (isnan(ix->total[area])) return NAN;
    for (size_t d = 0; d < r->n_dimension; d++)
        if (!isnan(wijk_index_mean(ix, d, area))) all += r->dimension[d].weight;
    return r->step * r->dimension[dimension].weight / all * wijk_index_mean(ix, dimension, area);
}

/* ---- what if one weight were another ---- */

enum wijk_err wijk_index_reweigh(struct wijk_cx *cx, struct wijk_index *ix, size_t n_year, size_t input,
                                 double weight)
{
    const struct wijk_recipe_input *in = &ix[0].recipe->input[input];
    double before = ix[0].weight[input], others = 0;
    if (!(weight >= 0 && weight <= WIJK_WEIGHT_MAX))
        return wijk_fail(cx, WIJK_EDATA, "Het gewicht van %s ligt niet tussen 0 en 1.000.000.",
                         in->indicator);
    for (size_t k = 0; k < ix[0].recipe->n_input; k++) others += k == input ? weight : ix[0].weight[k];
    if (!(others > 0))
        return wijk_fail(cx, WIJK_EDATA, "De gewichten van %s zijn samen 0.", ix[0].recipe->id);
    ix[0].weight[input] = weight; /* one list for all years */
    for (size_t y = 0; y < n_year; y++) {
        if (wijk__index_has(&ix[y], input) && !ix[y].scaling[input].lack) {
            const struct wijk_weighed c = wijk__index_weighed(&ix[y], input, 0, weight - before);
            wijk_columns_add(&c, 1, ix[y].num[in->dimension], ix[y].den[in->dimension], ix[y].n);
        }
        finish(&ix[y]);
    }
    return WIJK_OK;
}
