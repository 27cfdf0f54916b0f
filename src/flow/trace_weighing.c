/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a figure of a municipality's own weighing comes from: its inputs with the weight each had there, and
 * the middle and the measure by which they were brought to one scale. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const char *number(struct wijk_cx *cx, double v)
{
    char text[32];
    return wijk_str_dup(cx, (struct wijk_str){text, wijk_num_write(v, text)});
}

/* The weights of the key: those of the recipe but for g1, g2 ... false: a weight that cannot be. */
static bool weights_of(const struct wijk__tracer *r, const struct wijk_recipe *recipe, const char *param,
                       const double **out)
{
    double *v = WIJK_NEW(r->cx, double, recipe->n_input);
    *out = v;
    for (size_t k = 0; k < recipe->n_input; k++) {
        const char *text = wijk_trace_param_of(r->cx, param, wijk_sprintf(r->cx, "g%zu", k + 1), NULL);
        v[k] = recipe->input[k].weight;
        if (text && (!wijk_num_parse(wijk_str(text), WIJK_NUM_POINT, &v[k]) ||
                     !(v[k] >= 0 && v[k] <= WIJK_WEIGHT_MAX)))
            return false;
    }
    return true;
}

static const char *words_of(struct wijk_cx *cx, const struct wijk_recipe *r)
{
    const char *how = wijk_tr(cx, wijk_normalisation_text(r->how));
    if (r->reference_year)
        return wijk_sprintf(
            cx,
            wijk_tr(cx, "Elk cijfer op één maat: %s, met het midden en de maat van %d. Dan per onderdeel "
                        "en over de onderdelen het gewogen gemiddelde."),
            how, r->reference_year);
    return wijk_sprintf(
        cx,
        wijk_tr(cx, "Elk cijfer op één maat: %s. Dan per onderdeel en over de onderdelen het gewogen "
                    "gemiddelde."),
        how);
}

/* The scale, then of each input its weight, middle and measure: with these and the inputs it can be done
 * again. */
static void settings(struct wijk_cx *cx, struct wijk_trace *t, const struct wijk_index *ix)
{
    const struct wijk_recipe *r = ix->recipe;
    struct wijk_trace_setting *v = WIJK_NEW(cx, struct wijk_trace_setting, 3 + r->n_dimension + r->n_input);
    size_t n = 0;
    v[n++] = (struct wijk_trace_setting){wijk_tr(cx, "versie van de weging"), r->version};
    v[n++] = (struct wijk_trace_setting){
        wijk_tr(cx, "schaal"), wijk_sprintf(cx, "%s + %s × S", number(cx, r->middle), number(cx, r->step))};
    v[n++] = (struct wijk_trace_setting){wijk_tr(cx, "minstens bekend"), number(cx, r->min_known)};
    for (size_t d = 0; d < r->n_dimension; d++)
        v[n++] = (struct wijk_trace_setting){
            wijk_sprintf(cx, wijk_tr(cx, "onderdeel %s"), r->dimension[d].id),
            wijk_sprintf(cx, wijk_tr(cx, "gewicht %s"), number(cx, r->dimension[d].weight))};
    for (size_t k = 0; k < r->n_input; k++)
        v[n++] = (struct wijk_trace_setting){
            r->input[k].indicator,
            ix->scaling[k].lack
                ? wijk_tr(cx, wijk_lack_text(ix->scaling[k].lack))
                : wijk_sprintf(cx, wijk_tr(cx, "onderdeel %s, gewicht %s, z = (x − %s) × %s"),
                               r->dimension[r->input[k].dimension].id, number(cx, ix->weight[k]),
                               number(cx, ix->scaling[k].centre), number(cx, ix->scaling[k].per))};
    t->setting = v;
    t->n_setting = n;
}

/* Inputs that counted there, of all dimensions or of one. */
static void inputs(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_weighing *w,
                   size_t row, size_t dimension)
{
    const struct wijk_index *ix = &w->index[w->at];
    for (size_t k = 0; k < w->recipe->n_input; k++) {
        const struct wijk_recipe_input *in = &w->recipe->input[k];
        if (dimension != SIZE_MAX && in->dimension != dimension) continue;
        if (!ix->column[k] || ix->scaling[k].lack || isnan(ix->column[k][row])) {
            t->n_blank++;
            continue;
        }
        const struct wijk_history *h = w->input[k];
        struct wijk_trace_key key = {.name = in->indicator, .period = w->period[w->at]},
                              per = {.name = in->per, .period = w->period[w->at]};
        key.release = h->method ? h->release : NULL;
        wijk__trace_input(r, t, w->division, w->area[row], &key, ix->weight[k], NULL);
        if (*in->per) wijk__trace_input(r, t, w->division, w->area[row], &per, NAN, NULL);
    }
}

static void total(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_weighing *w,
                  size_t row)
{
    const struct wijk_index *ix = &w->index[w->at];
    t->value = ix->total[row];
    t->words = words_of(r->cx, w->recipe);
    t->symbols = "S = m + s × Σ W_d (Σ w z ÷ Σ w) ÷ Σ W_d";
    t->unit = wijk_tr(r->cx, "punten van de weging");
    if (ix->error && ix->error[row] > 0) {
        t->low = t->value - 1.96 * ix->error[row];
        t->high = t->value + 1.96 * ix->error[row];
    }
    inputs(r, t, w, row, SIZE_MAX);
}

static void part(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_weighing *w,
                 size_t row, size_t d)
{
    t->value = wijk_index_part(&w->index[w->at], d, row);
    t->words = wijk_tr(
        r->cx, "Wat dit onderdeel bij de uitkomst optelt: zijn gewogen gemiddelde, maal zijn deel van het "
               "gewicht en de stap van de schaal.");
    t->symbols = "P_d = s × W_d ÷ Σ W_d × (Σ w z ÷ Σ w)";
    t->unit = wijk_tr(r->cx, "punten van de weging");
    inputs(r, t, w, row, d);
}

static void class_(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_weighing *w,
                   size_t row)
{
    const struct wijk_recipe *recipe = w->recipe;
    struct wijk_trace_key whole = t->key;
    struct wijk_buf limits = wijk_buf(r->cx, 0);
    whole.param = wijk_weighing_param(r->cx, w);
    t->value = w->index[w->at].class_[row] ? w->index[w->at].class_[row] : NAN;
    for (size_t k = 0; k + 1 < recipe->n_class; k++)
        wijk_buf_printf(&limits, "%s%s", k ? "; " : "", number(r->cx, recipe->limit[k]));
    t->words =
        wijk_tr(r->cx, "Eén meer dan het aantal grenzen van de weging dat kleiner is dan de uitkomst.");
    t->symbols = wijk_sprintf(r->cx, "k = 1 + |{ i : gᵢ < S }|, g = (%s)", wijk_buf_cstr(&limits));
    t->unit = wijk_sprintf(r->cx, wijk_tr(r->cx, "klasse 1 tot en met %zu"), recipe->n_class);
    wijk__trace_input(r, t, w->division, w->area[row], &whole, NAN, NULL);
}

const struct wijk_trace *wijk__trace_weighing(const struct wijk__tracer *r,
                                              const struct wijk_snapshot_division *d, size_t area,
                                              const struct wijk_trace_key *key)
{
    const struct wijk_recipe *recipe = wijk_defs_recipe(r->s->defs, key->name);
    const struct wijk_weighing *w;
    const char *what = wijk_trace_param_of(r->cx, key->param, "deel", "");
    struct wijk_flow_weighing_in in = {
        .recipe = recipe, .division_year = d->areas.division_year, .period = key->period};
    size_t dimension = 0;
    if (!recipe || recipe->level != d->areas.level || !weights_of(r, recipe, key->param, &in.weight))
        return NULL;
    while (dimension < recipe->n_dimension && strcmp(recipe->dimension[dimension].id, what) != 0) dimension++;
    bool of_class = strcmp(what, "klasse") == 0;
    if (*what && !of_class && dimension == recipe->n_dimension) return NULL;
    if (wijk_flow_weighing(r->cx, r->s, &in, &w) != WIJK_OK) {
        wijk_fault_clear(r->cx);
        return NULL;
    }
    size_t row = wijk_weighing_row(w, area);
    if (row == SIZE_MAX) return NULL;
    const struct wijk_index *ix = &w->index[w->at];
    bool en = wijk_cx_lang(r->cx) == WIJK_EN;
    const char *label = en ? recipe->label_en : recipe->label_nl;
    struct wijk_trace_key own = *key;
    own.release = "";
    struct wijk_trace *t = wijk__trace_begin(r, d, area, own);
    t->definition = en ? recipe->about_en : recipe->about_nl;
    if (!*what)
        total(r, t, w, row);
    else if (of_class)
        class_(r, t, w, row);
    else
        part(r, t, w, row, dimension);
    t->label = !*what     ? label
               : of_class ? wijk_sprintf(r->cx, wijk_tr(r->cx, "%s: klasse"), label)
                          : wijk_sprintf(r->cx, "%s: %s", label,
                                         en ? recipe->dimension[dimension].label_en
                                            : recipe->dimension[dimension].label_nl);
    settings(r->cx, t, ix);
    enum wijk_lack lack = (enum wijk_lack)ix->lack[row];
    t->status = !isnan(t->value)           ? WIJK_STATUS_OK
                : lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED
                                           : WIJK_STATUS_MISSING;
    t->way = isnan(t->value) ? WIJK_WAY_NONE : WIJK_WAY_ANALYSIS;
    if (isnan(t->value) && lack) t->words = wijk_tr(r->cx, wijk_lack_text(lack));
    return t;
}
