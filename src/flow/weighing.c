/* SPDX-License-Identifier: EUPL-1.2 */
/* A municipality's own weighing over a store: its inputs laid beside one another by year, the index, how firm
 * it is, and how it differs from the national score for one area. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

struct work {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_flow_weighing_in *in;
    struct wijk_weighing *w;
};

/* ---- which areas ---- */

static bool lies_in(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t i,
                    const char *gemeente)
{
    while (d && i != SIZE_MAX && d->areas.level < WIJK_LEVEL_GEMEENTE) {
        i = d->parent[i];
        d = wijk_snapshot_division(s, d->areas.level + 1, d->areas.division_year);
    }
    return d && i != SIZE_MAX && strcmp(d->areas.v[i].code, gemeente) == 0;
}

static enum wijk_err take_areas(struct work *k)
{
    const struct wijk_recipe *r = k->in->recipe;
    const struct wijk_snapshot_division *d = wijk_snapshot_division(k->s, r->level, k->in->division_year);
    const char *level = wijk_tr(k->cx, wijk_level_label(r->level, true));
    if (!d) return wijk_fail(k->cx, WIJK_ENOTFOUND, "Voor de weging %s zijn er geen %s.", r->id, level);
    size_t *area = WIJK_NEW(k->cx, size_t, d->areas.n), n = 0;
    for (size_t i = 0; i < d->areas.n; i++)
        if (!*r->gemeente || lies_in(k->s, d, i, r->gemeente)) area[n++] = i;
    if (!n)
        return wijk_fail(k->cx, WIJK_ENOTFOUND, "De weging %s is van %s, en daarvan zijn hier geen %s.",
                         r->id, r->gemeente, level);
    k->w->division = d;
    k->w->area = area;
    k->w->n_area = n;
    return WIJK_OK;
}

/* ---- the inputs ---- */

/* An indicator without figures here is no fault: it counts as not known. */
static const struct wijk_history *history_of(struct work *k, const char *indicator)
{
    const struct wijk_history *h = NULL;
    if (!*indicator) return NULL;
    struct wijk_flow_history_in in = {
        .division = k->w->division, .indicator = indicator, .area = k->w->area, .n_area = k->w->n_area};
    if (wijk_flow_history(k->cx, k->s, &in, &h) == WIJK_OK) return h;
    wijk_fault_clear(k->cx);
    return NULL;
}

static size_t place_of(const struct wijk_history *h, struct wijk_period period)
{
    for (size_t p = 0; h && p < h->n_period; p++)
        if (wijk_period_key(h->period[p]) == wijk_period_key(period)) return p;
    return SIZE_MAX;
}

/* Every year in which an input has a figure, increasing. */
static void take_periods(struct work *k)
{
    size_t most = 0, n = 0;
    for (size_t i = 0; i < k->in->recipe->n_input; i++)
        if (k->w->input[i]) most += k->w->input[i]->n_period;
    struct wijk_period *v = WIJK_NEW(k->cx, struct wijk_period, most);
    for (size_t i = 0; i < k->in->recipe->n_input; i++)
        for (size_t p = 0; k->w->input[i] && p < k->w->input[i]->n_period; p++) {
            struct wijk_period one = k->w->input[i]->period[p];
            size_t at = n;
            while (at > 0 && wijk_period_key(v[at - 1]) > wijk_period_key(one)) at--;
            if (at > 0 && wijk_period_key(v[at - 1]) == wijk_period_key(one)) continue;
            memmove(v + at + 1, v + at, (n - at) * sizeof *v);
            v[at] = one;
            n++;
        }
    k->w->period = v;
    k->w->n_period = n;
}

/* One input in one year as a column: what may stand beside today's, divided by what it is of. */
static const double *column(struct work *k, size_t input, struct wijk_period period, const uint8_t **status)
{
    const struct wijk_history *h = k->w->input[input], *per = k->w->per[input];
    size_t p = place_of(h, period), q = place_of(per, period), n = k->w->n_area;
    bool divided = *k->in->recipe->input[input].per != '\0';
    *status = NULL;
    if (p == SIZE_MAX || (divided && q == SIZE_MAX)) return NULL;
    double *v = WIJK_NEW(k->cx, double, n);
    uint8_t *told = WIJK_NEW(k->cx, uint8_t, n);
    for (size_t i = 0; i < n; i++) {
        v[i] = h->same[i * h->n_period + p];
        told[i] = h->status[i * h->n_period + p];
        if (!divided) continue;
        double base = per->same[i * per->n_period + q];
        if (per->status[i * per->n_period + q] == WIJK_STATUS_SUPPRESSED) told[i] = WIJK_STATUS_SUPPRESSED;
        v[i] = base > 0 ? v[i] / base : NAN;
    }
    *status = told;
    return v;
}

/* ---- the index ---- */

static enum wijk_err compute(struct work *k)
{
    const struct wijk_recipe *r = k->in->recipe;
    struct wijk_weighing *w = k->w;
    const double **value = WIJK_NEW(k->cx, const double *, w->n_period * r->n_input);
    const uint8_t **status = WIJK_NEW(k->cx, const uint8_t *, w->n_period * r->n_input);
    struct wijk_index_in in = {.recipe = r,
                               .n = w->n_area,
                               .n_year = w->n_period,
                               .value = value,
                               .status = status,
                               .reference = SIZE_MAX,
                               .weight = k->in->weight,
                               .progress = k->in->progress};
    for (size_t p = 0; p < w->n_period; p++) {
        for (size_t i = 0; i < r->n_input; i++)
            value[p * r->n_input + i] = column(k, i, w->period[p], &status[p * r->n_input + i]);
        if (r->reference_year && w->period[p].year == r->reference_year) in.reference = p;
    }
    if (r->reference_year && in.reference == SIZE_MAX)
        return wijk_fail(k->cx, WIJK_EDATA, "Van het ijkjaar %d van de weging %s zijn er geen cijfers.",
                         r->reference_year, r->id);
    return wijk_index_of(k->cx, &in, &w->index);
}

/* Only years in which some area has a result are told. */
static void keep_scored(struct wijk_weighing *w, struct wijk_period *period)
{
    size_t n = 0;
    for (size_t p = 0; p < w->n_period; p++) {
        if (!w->index[p].n_scored) continue;
        w->index[n] = w->index[p];
        period[n++] = w->period[p];
    }
    w->n_period = n;
    w->period = period;
}

enum wijk_err wijk_flow_weighing(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_flow_weighing_in *in, const struct wijk_weighing **out)
{
    const struct wijk_recipe *r = in->recipe;
    struct wijk_weighing *w = WIJK_NEW(cx, struct wijk_weighing, 1);
    struct work k = {cx, s, in, w};
    w->recipe = r;
    if (wijk_defs_recipe(s->defs, r->id) == r)
        WIJK_TRY(wijk__published(cx, s, r->id)); /* else one's own file */
    WIJK_TRY(take_areas(&k));
    const struct wijk_history **input = WIJK_NEW(cx, const struct wijk_history *, r->n_input),
                              **per = WIJK_NEW(cx, const struct wijk_history *, r->n_input);
    w->input = input;
    w->per = per;
    for (size_t i = 0; i < r->n_input; i++) {
        input[i] = history_of(&k, r->input[i].indicator);
        per[i] = history_of(&k, r->input[i].per);
    }
    take_periods(&k);
    WIJK_TRY(compute(&k));
    keep_scored(w, WIJK_NEW(cx, struct wijk_period, w->n_period));
    if (!w->n_period)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Voor de weging %s is van geen enkel jaar genoeg bekend.",
                         r->id);
    w->at = w->n_period - 1;
    for (size_t p = 0; in->period.year && p < w->n_period; p++)
        if (wijk_period_key(w->period[p]) == wijk_period_key(in->period)) w->at = p;
    if (in->period.year && wijk_period_key(w->period[w->at]) != wijk_period_key(in->period))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Voor de weging %s is over dat jaar te weinig bekend.", r->id);
    if (in->sensitivity)
        WIJK_TRY(wijk_sensitivity_of(cx, &w->index[w->at], (struct wijk_sensitivity_opt){.seed = 1},
                                     &w->sensitivity));
    *out = w;
    return WIJK_OK;
}

size_t wijk_weighing_row(const struct wijk_weighing *w, size_t area)
{
    size_t lo = 0, hi = w->n_area;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (w->area[mid] < area)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < w->n_area && w->area[lo] == area ? lo : SIZE_MAX;
}

bool wijk_recipe_is_of(const struct wijk_snapshot *s, const struct wijk_recipe *r,
                       const struct wijk_snapshot_division *d, size_t area)
{
    return r->level == d->areas.level && (!*r->gemeente || lies_in(s, d, area, r->gemeente));
}

/* ---- other weights, written as "indicator:2,indicator:0.5" ---- */

static enum wijk_err one_weight(struct wijk_cx *cx, const struct wijk_recipe *r, struct wijk_str pair,
                                double *weight)
{
    const char *colon = pair.n ? memchr(pair.p, ':', pair.n) : NULL;
    struct wijk_str name = {pair.p, colon ? (size_t)(colon - pair.p) : pair.n};
    size_t k = 0;
    double v;
    while (k < r->n_input && !wijk_str_eq(name, wijk_str(r->input[k].indicator))) k++;
    if (k == r->n_input)
        return wijk_fail(cx, WIJK_EUSAGE, "%.*s telt niet mee in deze weging.", WIJK_STR_ARG(name));
    if (!colon || !wijk_num_parse((struct wijk_str){colon + 1, pair.n - name.n - 1}, WIJK_NUM_POINT, &v) ||
        !(v >= 0 && v <= WIJK_WEIGHT_MAX))
        return wijk_fail(cx, WIJK_EUSAGE, "Het gewicht van %.*s ligt niet tussen 0 en 1.000.000.",
                         WIJK_STR_ARG(name));
    weight[k] = v;
    return WIJK_OK;
}

enum wijk_err wijk_flow_weights(struct wijk_cx *cx, const struct wijk_recipe *r, const char *text,
                                const double **out)
{
    double *weight = WIJK_NEW(cx, double, r->n_input);
    for (size_t k = 0; k < r->n_input; k++) weight[k] = r->input[k].weight;
    *out = weight;
    for (const char *p = text; p && *p;) {
        size_t n = strcspn(p, ",");
        WIJK_TRY(one_weight(cx, r, (struct wijk_str){p, n}, weight));
        p += n + (p[n] == ',');
    }
    return WIJK_OK;
}

/* ---- names of its numbers ---- */

const char *wijk_weighing_param(struct wijk_cx *cx, const struct wijk_weighing *w)
{
    const char *param = NULL;
    for (size_t k = 0; k < w->recipe->n_input; k++) {
        char number[32];
        if (w->index[0].weight[k] == w->recipe->input[k].weight) continue;
        number[wijk_num_write(w->index[0].weight[k], number)] = '\0';
        param = wijk_trace_param(cx, param, wijk_sprintf(cx, "g%zu", k + 1), number);
    }
    return param;
}

const char *wijk_weighing_id(struct wijk_cx *cx, const struct wijk_weighing *w, const char *code, size_t p,
                             const char *part)
{
    const char *param = wijk_weighing_param(cx, w);
    if (part && *part) param = wijk_trace_param(cx, param, "deel", part);
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = code,
                                                      .part = WIJK_TRACE_WEIGHING,
                                                      .name = w->recipe->id,
                                                      .period = w->period[p],
                                                      .division_year = w->division->areas.division_year,
                                                      .release = "",
                                                      .param = param});
}

/* ---- beside the national score ---- */

/* Which share of the areas of the weighing lies below this one, equal ones for half; NAN not known. */
static double below(const double *v, const size_t *place, size_t n, size_t row)
{
    double less = 0, all = 0, own = v[place ? place[row] : row];
    if (isnan(own)) return NAN;
    for (size_t i = 0; i < n; i++) {
        double x = v[place ? place[i] : i];
        if (isnan(x)) continue;
        less += x < own ? 1 : x == own ? 0.5 : 0;
        all++;
    }
    return less / all;
}

static const struct wijk_scores *national(const struct wijk_weighing *w, size_t p)
{
    const struct wijk_scores *best = NULL;
    for (size_t i = 0; i < w->division->n_scores; i++)
        if (wijk_period_key(w->division->scores[i]->period) == wijk_period_key(w->period[p]))
            best = w->division->scores[i]; /* of several methods the newest stands last */
    return best;
}

static const char *strongest(struct wijk_cx *cx, const struct wijk_weighing *w, size_t p, size_t row,
                             double sign)
{
    double most = 0;
    const char *label = NULL;
    for (size_t d = 0; d < w->recipe->n_dimension; d++) {
        double part = sign * wijk_index_part(&w->index[p], d, row);
        if (!(part > most)) continue;
        most = part;
        label =
            wijk_cx_lang(cx) == WIJK_EN ? w->recipe->dimension[d].label_en : w->recipe->dimension[d].label_nl;
    }
    return label;
}

const char *wijk_weighing_words(struct wijk_cx *cx, const struct wijk_weighing *w, size_t p, size_t row)
{
    enum { ALIKE = 10 }; /* a tenth of the areas */
    const struct wijk_scores *n = national(w, p);
    double here = below(w->index[p].total, NULL, w->n_area, row),
           there = n ? below(n->total, w->area, w->n_area, row) : NAN;
    if (isnan(here) || isnan(there)) return "";
    if (fabs(here - there) * 100 <= ALIKE)
        return wijk_tr(cx,
                       "Met deze gewichten staat dit gebied er ongeveer hetzelfde voor als in de landelijke "
                       "score.");
    const char *why = strongest(cx, w, p, row, here > there ? 1 : -1);
    const char *text = here > there
                           ? wijk_tr(cx, "Met deze gewichten staat dit gebied er gunstiger voor dan in de "
                                         "landelijke score")
                           : wijk_tr(cx, "Met deze gewichten staat dit gebied er minder gunstig voor dan in "
                                         "de landelijke score");
    if (!why) return wijk_sprintf(cx, "%s.", text);
    return wijk_sprintf(cx, wijk_tr(cx, "%s. Het onderdeel dat daarin het meest telt: %s."), text, why);
}
