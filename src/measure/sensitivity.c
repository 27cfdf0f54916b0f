/* SPDX-License-Identifier: EUPL-1.2 */
/* How firm a weighing is: how many areas get another class when a weight is a fifth more, a fifth less or not
 * there, and what becomes of each area when all weights move at once. */
#include "measure/measure_int.h"

#include <math.h>
#include <string.h>

enum { DRAWS = 1000, BLOCK = 256 };

/* ---- one weight at a time ---- */

struct trial {
    const struct wijk_index *ix;
    double *num, *den; /* of one dimension */
    uint8_t *class_;
    bool *any;
};

static size_t changed(const struct trial *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->ix->n; i++) {
        bool other = t->ix->class_[i] && t->class_[i] != t->ix->class_[i];
        n += other;
        t->any[i] = t->any[i] || other;
    }
    return n;
}

static size_t with_input(const struct trial *t, size_t input, double weight)
{
    const struct wijk_index *ix = t->ix;
    const struct wijk_index_scaling *s = &ix->scaling[input];
    size_t d = ix->recipe->input[input].dimension;
    double before = ix->weight[input];
    if (before == 0 || !wijk__index_has(ix, input) || s->lack) return 0;
    struct wijk_index other = *ix;
    double weights[WIJK_RECIPE_INPUTS_MAX], sum = 0;
    memcpy(weights, ix->weight, ix->recipe->n_input * sizeof *weights);
    weights[input] = weight;
    for (size_t k = 0; k < ix->recipe->n_input; k++) sum += weights[k];
    if (!(sum > 0)) return 0;
    memcpy(t->num, ix->num[d], ix->n * sizeof *t->num);
    memcpy(t->den, ix->den[d], ix->n * sizeof *t->den);
    struct wijk_weighed c = wijk__index_weighed(ix, input, 0, weight - before);
    wijk_columns_add(&c, 1, t->num, t->den, ix->n);
    other.weight = weights;
    other.num[d] = t->num;
    other.den[d] = t->den;
    struct wijk_blend b = wijk__index_blend(&other);
    b.total = b.known = NULL;
    b.class_ = t->class_;
    wijk_blend(&b, ix->n);
    return changed(t);
}

/* A dimension that weighs otherwise: shares of what is known are those of the new weights. */
static void move_dimension(struct wijk_blend *b, size_t d, double factor)
{
    double before = 0, after = 0;
    if (b->share[d] == 0) return; /* none of its inputs weighs */
    for (size_t k = 0; k < b->n_part; k++) {
        if (b->share[k] == 0) continue;
        before += b->weight[k];
        after += k == d ? b->weight[k] * factor : b->weight[k];
    }
    for (size_t k = 0; k < b->n_part && after > 0; k++) b->share[k] *= before / after * (k == d ? factor : 1);
    b->weight[d] *= factor;
}

static size_t with_dimension(const struct trial *t, size_t d, double factor)
{
    struct wijk_blend b = wijk__index_blend(t->ix);
    if (b.weight[d] == 0) return 0;
    if (factor == 0) {
        double rest = 0;
        for (size_t k = 0; k < b.n_part; k++) rest += k == d ? 0 : b.share[k];
        if (!(rest > 0)) return 0; /* the only one */
    }
    move_dimension(&b, d, factor);
    b.total = b.known = NULL;
    b.class_ = t->class_;
    wijk_blend(&b, t->ix->n);
    return changed(t);
}

static void one_at_a_time(struct wijk_cx *cx, const struct wijk_index *ix, struct wijk_sensitivity *s)
{
    const struct wijk_recipe *r = ix->recipe;
    struct wijk_sensitivity_part *input = WIJK_NEW(cx, struct wijk_sensitivity_part, r->n_input),
                                 *dimension = WIJK_NEW(cx, struct wijk_sensitivity_part, r->n_dimension);
    struct trial t = {ix, WIJK_NEW(cx, double, ix->n), WIJK_NEW(cx, double, ix->n),
                      WIJK_NEW(cx, uint8_t, ix->n), WIJK_NEW(cx, bool, ix->n)};
    s->input = input;
    s->dimension = dimension;
    for (size_t k = 0; k < r->n_input; k++)
        input[k] = (struct wijk_sensitivity_part){with_input(&t, k, ix->weight[k] * (1 + s->change)),
                                                  with_input(&t, k, ix->weight[k] * (1 - s->change)),
                                                  with_input(&t, k, 0)};
    for (size_t d = 0; d < r->n_dimension; d++)
        dimension[d] =
            (struct wijk_sensitivity_part){with_dimension(&t, d, 1 + s->change),
                                           with_dimension(&t, d, 1 - s->change), with_dimension(&t, d, 0)};
    for (size_t i = 0; i < ix->n; i++) s->n_any += t.any[i];
}

/* ---- all weights at once ---- */

struct draws {
    const struct wijk_index *ix;
    size_t n;
    const double *input, *dimension; /* n x n_input, n x n_dimension: the weights of each draw */
    double *kept, *low, *high;
};

/* The classes and totals of a block of areas in one draw. */
static void draw(const struct draws *w, size_t k, size_t from, size_t n, double *const *num,
                 double *const *den, double *total, uint8_t *class_)
{
    const struct wijk_recipe *r = w->ix->recipe;
    struct wijk_index ix = *w->ix;
    double weights[WIJK_RECIPE_INPUTS_MAX];
    for (size_t d = 0; d < r->n_dimension; d++) {
        memset(num[d], 0, n * sizeof *num[d]);
        memset(den[d], 0, n * sizeof *den[d]);
        ix.num[d] = num[d];
        ix.den[d] = den[d];
    }
    memcpy(weights, w->input + k * r->n_input, r->n_input * sizeof *weights);
    for (size_t j = 0; j < r->n_input; j++) {
        const struct wijk_index_scaling *s = &ix.scaling[j];
        size_t d = r->input[j].dimension;
        if (!wijk__index_has(&ix, j) || s->lack || !(weights[j] > 0)) continue;
        struct wijk_weighed c = wijk__index_weighed(&ix, j, from, weights[j]);
        wijk_columns_add(&c, 1, num[d], den[d], n);
    }
    ix.weight = weights;
    struct wijk_blend b = wijk__index_blend(&ix);
    for (size_t d = 0; d < r->n_dimension; d++)
        if (r->dimension[d].weight > 0)
            move_dimension(&b, d, w->dimension[k * r->n_dimension + d] / r->dimension[d].weight);
    b.total = total;
    b.known = NULL;
    b.class_ = class_;
    wijk_blend(&b, n);
}

static enum wijk_err areas(struct wijk_cx *cx, void *arg, size_t from, size_t to)
{
    const struct draws *w = arg;
    size_t n = to - from, n_dimension = w->ix->recipe->n_dimension;
    double *num[WIJK_DIMENSIONS_MAX], *den[WIJK_DIMENSIONS_MAX];
    for (size_t d = 0; d < n_dimension; d++) {
        num[d] = WIJK_NEW(cx, double, n);
        den[d] = WIJK_NEW(cx, double, n);
    }
    double *total = WIJK_NEW(cx, double, n), *all = WIJK_NEW(cx, double, n * w->n);
    uint8_t *class_ = WIJK_NEW(cx, uint8_t, n);
    size_t *same = WIJK_NEW(cx, size_t, n);
    for (size_t k = 0; k < w->n; k++) {
        draw(w, k, from, n, num, den, total, class_);
        for (size_t i = 0; i < n; i++) {
            same[i] += class_[i] == w->ix->class_[from + i];
            all[i * w->n + k] = total[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        bool scored = w->ix->class_[from + i] != 0;
        w->kept[from + i] = scored ? (double)same[i] / (double)w->n : NAN;
        w->low[from + i] = scored ? wijk_quantile(all + i * w->n, w->n, 0.05) : NAN;
        w->high[from + i] = scored ? wijk_quantile(all + i * w->n, w->n, 0.95) : NAN;
    }
    return WIJK_OK;
}

static enum wijk_err all_at_once(struct wijk_cx *cx, const struct wijk_index *ix, uint64_t seed,
                                 struct wijk_sensitivity *s)
{
    const struct wijk_recipe *r = ix->recipe;
    struct wijk_rng rng = wijk_rng(seed);
    double *input = WIJK_NEW(cx, double, s->draws * r->n_input),
           *dimension = WIJK_NEW(cx, double, s->draws * r->n_dimension);
    for (size_t k = 0; k < s->draws; k++) {
        for (size_t j = 0; j < r->n_input; j++)
            input[k * r->n_input + j] = ix->weight[j] * (1 + s->change * (2 * wijk_rng_uniform(&rng) - 1));
        for (size_t d = 0; d < r->n_dimension; d++)
            dimension[k * r->n_dimension + d] =
                r->dimension[d].weight * (1 + s->change * (2 * wijk_rng_uniform(&rng) - 1));
    }
    struct draws w = {ix,
                      s->draws,
                      input,
                      dimension,
                      WIJK_NEW(cx, double, ix->n),
                      WIJK_NEW(cx, double, ix->n),
                      WIJK_NEW(cx, double, ix->n)};
    s->kept = w.kept;
    s->low = w.low;
    s->high = w.high;
    WIJK_TRY(wijk_parallel(cx, &(struct wijk_parallel){ix->n, BLOCK, areas, &w, NULL, "gevoeligheid"}));
    for (size_t i = 0; i < ix->n; i++) s->n_firm += w.kept[i] >= 0.95;
    return WIJK_OK;
}

enum wijk_err wijk_sensitivity_of(struct wijk_cx *cx, const struct wijk_index *ix,
                                  struct wijk_sensitivity_opt opt, const struct wijk_sensitivity **out)
{
    struct wijk_sensitivity *s = WIJK_NEW(cx, struct wijk_sensitivity, 1);
    s->change = opt.change > 0 ? opt.change : 0.2;
    s->draws = opt.draws ? opt.draws : DRAWS;
    s->n_scored = ix->n_scored;
    if (s->change >= 1) return wijk_fail(cx, WIJK_EUSAGE, "Een gewicht verschuift met minder dan zichzelf.");
    one_at_a_time(cx, ix, s);
    WIJK_TRY(all_at_once(cx, ix, opt.seed ? opt.seed : 1, s));
    *out = s;
    return WIJK_OK;
}
