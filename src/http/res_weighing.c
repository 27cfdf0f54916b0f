/* SPDX-License-Identifier: EUPL-1.2 */
/* /wegingen: a municipality's own weighings, who set them, how firm they are, and their results. One that
 * lacks something of its record is named with what it lacks; its results are not told. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

static const char *in_lang(const struct http_call *c, const char *nl, const char *en)
{
    return wijk_cx_lang(c->cx) == WIJK_EN ? en : nl;
}

/* Writes `openbaar` and `ontbreekt`; gives whether it may be told. */
static bool publishable(struct http_call *c, const struct wijk_recipe *r)
{
    const char *misses[WIJK_RECORD_MISSES_MAX], *shut = wijk_snapshot_shut(c->cx, c->s, r->id);
    size_t n = shut ? wijk_record_misses(&r->record, c->s->now, misses) : 0;
    wijk_json_kv_bool(&c->json, "openbaar", !shut);
    wijk__res_list(&c->json, "ontbreekt");
    for (size_t i = 0; i < n; i++) wijk_json_cstr(&c->json, wijk_tr(c->cx, misses[i]));
    if (shut && n == 0) wijk_json_cstr(&c->json, shut); /* not this record, but that of how it is computed */
    wijk_json_end_array(&c->json);
    return !shut;
}

static void head(struct http_call *c, const struct wijk_recipe *r)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "id", r->id);
    wijk_json_kv_str(w, "naam", in_lang(c, r->label_nl, r->label_en));
    wijk_json_kv_str(w, "over", in_lang(c, r->about_nl, r->about_en));
    wijk_json_kv_str(w, "versie", r->version);
    wijk_json_kv_str(w, "niveau", wijk_level_id(r->level));
    wijk__res_text(w, "gemeente", r->gemeente);
}

/* Does the store have areas that this weighing is of? */
static bool is_here(const struct http_call *c, const struct wijk_recipe *r)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(c->s, r->level, 0);
    for (size_t i = 0; d && i < d->areas.n; i++)
        if (wijk_recipe_is_of(c->s, r, d, i)) return true;
    return false;
}

static void periods(struct wijk_json_out *w, const struct wijk_weighing *g)
{
    wijk__res_list(w, "perioden");
    for (size_t p = 0; g && p < g->n_period; p++) wijk__res_period(w, g->period[p]);
    wijk_json_end_array(w);
}

/* NULL, and no fault, when there is no result. */
static const struct wijk_weighing *try_weighing(struct http_call *c, const struct wijk_flow_weighing_in *in)
{
    const struct wijk_weighing *g = NULL;
    if (wijk_flow_weighing(c->cx, c->s, in, &g) == WIJK_OK) return g;
    wijk_fault_clear(c->cx);
    return NULL;
}

void wijk__res_weighings(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_list(w, "wegingen");
    for (size_t k = 0; k < c->s->defs->n_recipe; k++) {
        const struct wijk_recipe *r = &c->s->defs->recipe[k];
        if (!is_here(c, r)) continue;
        wijk_json_begin_object(w);
        head(c, r);
        const struct wijk_weighing *g = NULL;
        if (publishable(c, r)) g = try_weighing(c, &(struct wijk_flow_weighing_in){.recipe = r});
        if (g)
            wijk_json_kv_int(w, "indelingsjaar", g->division->areas.division_year);
        else
            wijk__res_null(w, "indelingsjaar");
        periods(w, g);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- /wegingen/{weging} ---- */

static void record(struct http_call *c, const struct wijk_recipe *r)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "besluit");
    wijk_json_begin_object(w);
    wijk__res_text(w, "door", r->record.decided_by);
    wijk__res_text(w, "op", r->record.decided_on);
    wijk__res_text(w, "waarom", in_lang(c, r->record.why_nl, r->record.why_en));
    wijk__res_text(w, "register", r->record.register_);
    wijk__res_text(w, "privacy", r->record.privacy);
    wijk__res_text(w, "gelijkheid", r->record.equity);
    wijk__res_text(w, "stop", r->record.stop);
    wijk__res_text(w, "herziening", r->record.review_on);
    wijk_json_end_object(w);
}

static void classes(struct http_call *c, const struct wijk_recipe *r)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "klassen");
    for (size_t k = 0; k < r->n_class; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "naam", in_lang(c, r->class_nl[k], r->class_en[k]));
        wijk_json_kv_num(w, "tot", k + 1 < r->n_class ? r->limit[k] : (double)NAN);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* How many areas change class by this one; null without results. */
static void moves(struct wijk_json_out *w, const struct wijk_sensitivity_part *p)
{
    wijk_json_kv_num(w, "meer", p ? (double)p->more : (double)NAN);
    wijk_json_kv_num(w, "minder", p ? (double)p->less : (double)NAN);
    wijk_json_kv_num(w, "zonder", p ? (double)p->without : (double)NAN);
}

static void dimensions(struct http_call *c, const struct wijk_recipe *r, const struct wijk_sensitivity *s)
{
    struct wijk_json_out *w = &c->json;
    double all = 0;
    for (size_t d = 0; d < r->n_dimension; d++) all += r->dimension[d].weight;
    wijk__res_list(w, "onderdelen");
    for (size_t d = 0; d < r->n_dimension; d++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", r->dimension[d].id);
        wijk_json_kv_str(w, "naam", in_lang(c, r->dimension[d].label_nl, r->dimension[d].label_en));
        wijk_json_kv_num(w, "gewicht", r->dimension[d].weight);
        wijk_json_kv_num(w, "deel", r->dimension[d].weight / all);
        moves(w, s ? &s->dimension[d] : NULL);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* Its share of the whole weight. */
static double share_of(const struct wijk_recipe *r, const double *weight, size_t input)
{
    double all = 0, within = 0;
    size_t d = r->input[input].dimension;
    for (size_t k = 0; k < r->n_dimension; k++) all += r->dimension[k].weight;
    for (size_t k = 0; k < r->n_input; k++) within += r->input[k].dimension == d ? weight[k] : 0;
    return within > 0 ? r->dimension[d].weight / all * weight[input] / within : 0;
}

static void inputs(struct http_call *c, const struct wijk_recipe *r, const struct wijk_weighing *g)
{
    struct wijk_json_out *w = &c->json;
    double weight[WIJK_RECIPE_INPUTS_MAX];
    for (size_t k = 0; k < r->n_input; k++) weight[k] = r->input[k].weight;
    wijk__res_list(w, "cijfers");
    for (size_t k = 0; k < r->n_input; k++) {
        const struct wijk_recipe_input *in = &r->input[k];
        const struct wijk_indicator *i = wijk_defs_indicator(c->s->defs, in->indicator);
        const struct wijk_index_scaling *s = g ? &g->index[g->at].scaling[k] : NULL;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", in->indicator);
        wijk_json_kv_str(w, "naam", i ? wijk_indicator_label(i, wijk_cx_lang(c->cx)) : in->indicator);
        wijk_json_kv_str(w, "onderdeel", r->dimension[in->dimension].id);
        wijk_json_kv_num(w, "gewicht", in->weight);
        wijk_json_kv_num(w, "deel", share_of(r, weight, k));
        wijk_json_kv_str(w, "richting", in->sign > 0 ? "hoger is beter" : "lager is beter");
        wijk__res_text(w, "per", in->per);
        wijk_json_kv_num(w, "fout", in->error > 0 ? in->error : (double)NAN);
        wijk_json_kv_num(w, "midden", s && !s->lack ? s->centre : (double)NAN);
        wijk_json_kv_num(w, "maat", s && !s->lack ? s->per : (double)NAN);
        wijk__res_text(w, "reden", s ? wijk_tr(c->cx, wijk_lack_text(s->lack)) : NULL);
        moves(w, g && g->sensitivity ? &g->sensitivity->input[k] : NULL);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void firmness(struct http_call *c, const struct wijk_sensitivity *s)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "gevoeligheid");
    if (!s) {
        wijk_json_null(w);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_num(w, "verschuiving", s->change);
    wijk_json_kv_int(w, "trekkingen", (int64_t)s->draws);
    wijk_json_kv_int(w, "gebieden", (int64_t)s->n_scored);
    wijk_json_kv_int(w, "vast", (int64_t)s->n_firm);
    wijk_json_kv_int(w, "anders", (int64_t)s->n_any);
    wijk_json_end_object(w);
}

static const struct wijk_recipe *find(struct http_call *c)
{
    const struct wijk_recipe *r = wijk_defs_recipe(c->s->defs, c->arg[0]);
    if (!r || !is_here(c, r)) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze weging bestaat niet."));
        return NULL;
    }
    return r;
}

void wijk__res_weighing(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_recipe *r = find(c);
    const struct wijk_weighing *g = NULL;
    if (!r) return;
    struct wijk_flow_weighing_in in = {
        .recipe = r, .division_year = c->year, .period = c->period, .sensitivity = true};
    if (!wijk_snapshot_shut(c->cx, c->s, r->id)) {
        if (wijk_flow_weighing(c->cx, c->s, &in, &g) != WIJK_OK) {
            wijk__http_not_found(c, wijk_fault(c->cx));
            return;
        }
    }
    wijk_json_begin_object(w);
    head(c, r);
    publishable(c, r);
    wijk_json_kv_str(w, "niveauNaam", wijk_tr(c->cx, wijk_level_label(r->level, true)));
    record(c, r);
    wijk_json_kv_str(w, "normaliseren", wijk_normalisation_id(r->how));
    wijk_json_kv_str(w, "normaliserenWoorden", wijk_tr(c->cx, wijk_normalisation_text(r->how)));
    wijk_json_kv_num(w, "ijkjaar", r->reference_year ? r->reference_year : (double)NAN);
    wijk_json_kv_num(w, "minstensBekend", r->min_known);
    wijk_json_kv_num(w, "midden", r->middle);
    wijk_json_kv_num(w, "stap", r->step);
    classes(c, r);
    dimensions(c, r, g ? g->sensitivity : NULL);
    inputs(c, r, g);
    periods(w, g);
    wijk_json_key(w, "periode");
    if (g)
        wijk__res_period(w, g->period[g->at]);
    else
        wijk_json_null(w);
    firmness(c, g ? g->sensitivity : NULL);
    wijk_json_end_object(w);
}

/* ---- /wegingen/{weging}/scores ---- */

/* One number for each area of the division; null outside the weighing. */
static void vector(struct wijk_json_out *w, const char *key, const struct wijk_weighing *g, const double *v)
{
    wijk__res_list(w, key);
    for (size_t a = 0, row = 0; a < g->division->areas.n; a++) {
        bool in = row < g->n_area && g->area[row] == a;
        wijk_json_num(w, in && v ? v[row] : (double)NAN);
        row += in;
    }
    wijk_json_end_array(w);
}

/* One digit an area, in the order of enum wijk_status. */
static const char *digits(struct wijk_cx *cx, const struct wijk_weighing *g)
{
    char *text = WIJK_NEW(cx, char, g->division->areas.n + 1);
    for (size_t a = 0, row = 0; a < g->division->areas.n; a++) {
        bool in = row < g->n_area && g->area[row] == a;
        enum wijk_lack lack = in ? (enum wijk_lack)g->index[g->at].lack[row] : WIJK_LACK_NO_VALUE;
        text[a] = (char)('0' + (lack == WIJK_LACK_NONE     ? WIJK_STATUS_OK
                                : lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED
                                                           : WIJK_STATUS_MISSING));
        row += in;
    }
    return text;
}

static void parts(struct http_call *c, const struct wijk_weighing *g)
{
    struct wijk_json_out *w = &c->json;
    double *v = WIJK_NEW(c->cx, double, g->n_area);
    wijk_json_key(w, "onderdelen");
    wijk_json_begin_object(w);
    for (size_t d = 0; d < g->recipe->n_dimension; d++) {
        for (size_t i = 0; i < g->n_area; i++) v[i] = wijk_index_part(&g->index[g->at], d, i);
        vector(w, g->recipe->dimension[d].id, g, v);
    }
    wijk_json_end_object(w);
}

static void ids(struct http_call *c, const struct wijk_weighing *g)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "spoor", wijk_weighing_id(c->cx, g, "{code}", g->at, ""));
    wijk_json_kv_str(w, "spoorKlasse", wijk_weighing_id(c->cx, g, "{code}", g->at, "klasse"));
    wijk__res_list(w, "sporenOnderdelen");
    for (size_t d = 0; d < g->recipe->n_dimension; d++)
        wijk_json_cstr(w, wijk_weighing_id(c->cx, g, "{code}", g->at, g->recipe->dimension[d].id));
    wijk_json_end_array(w);
}

/* How many areas have another class than with the weights of the recipe. */
static size_t other_class(const struct wijk_weighing *g, const struct wijk_weighing *usual)
{
    size_t n = 0;
    for (size_t i = 0; usual && i < g->n_area; i++)
        n += usual->index[usual->at].class_[i] &&
             usual->index[usual->at].class_[i] != g->index[g->at].class_[i];
    return n;
}

static void results(struct http_call *c, const struct wijk_weighing *g, size_t others)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_index *ix = &g->index[g->at];
    double *v = WIJK_NEW(c->cx, double, g->n_area);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "weging", g->recipe->id);
    wijk__res_level(w, g->recipe->level, g->division->areas.division_year);
    wijk_json_key(w, "periode");
    wijk__res_period(w, g->period[g->at]);
    wijk__res_list(w, "gewichten");
    for (size_t k = 0; k < g->recipe->n_input; k++) wijk_json_num(w, ix->weight[k]);
    wijk_json_end_array(w);
    wijk_json_kv_int(w, "anders", (int64_t)others);
    ids(c, g);
    vector(w, "waarden", g, ix->total);
    wijk_json_kv_str(w, "status", digits(c->cx, g));
    for (size_t i = 0; i < g->n_area; i++) v[i] = ix->class_[i] ? ix->class_[i] : (double)NAN;
    vector(w, "klasse", g, v);
    parts(c, g);
    vector(w, "bekend", g, ix->known);
    vector(w, "vast", g, g->sensitivity ? g->sensitivity->kept : NULL); /* not of weights that are tried */
    wijk__res_list(w, "reden");
    for (size_t a = 0; a < g->division->areas.n; a++) {
        size_t row = wijk_weighing_row(g, a);
        const char *why = row == SIZE_MAX ? "" : wijk_lack_text((enum wijk_lack)ix->lack[row]);
        wijk_json_cstr(w, *why ? wijk_tr(c->cx, why) : NULL);
    }
    wijk__res_list_end(w);
}

void wijk__res_weighing_scores(struct http_call *c)
{
    const struct wijk_recipe *r = find(c);
    const char *text = c->text[2];
    const struct wijk_weighing *g, *usual = NULL;
    if (!r) return;
    struct wijk_flow_weighing_in in = {
        .recipe = r, .division_year = c->year, .period = c->period, .sensitivity = !text};
    if (text && wijk_flow_weights(c->cx, r, text, &in.weight) != WIJK_OK) {
        wijk__http_fault(c, "gewichten", wijk_fault(c->cx));
        wijk__http_bad(c);
        return;
    }
    enum wijk_err err = wijk_flow_weighing(c->cx, c->s, &in, &g);
    if (err == WIJK_EDATA) {
        wijk__http_fault(c, "gewichten", wijk_fault(c->cx));
        wijk__http_bad(c);
        return;
    }
    if (err != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    if (text) {
        in.weight = NULL;
        usual = try_weighing(c, &in);
    }
    results(c, g, other_class(g, usual));
}

/* ---- /gebieden/{code}/wegingen: beside the national score of one area ---- */

static const char *class_name(const struct http_call *c, const struct wijk_method *m, int k)
{
    return k ? in_lang(c, m->class_nl[k - 1], m->class_en[k - 1]) : NULL;
}

/* By an earlier release, and by the method that came before; a difference only within one method. */
static void before(struct http_call *c, const struct wijk_profile *p, const struct wijk_method *m)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_score_before list[WIJK_SCORE_BEFORE_MAX];
    size_t n = wijk_flow_score_before(c->cx, c->s, p, m, list);
    wijk__res_list(w, "vorige");
    for (size_t i = 0; i < n; i++) {
        const struct wijk_score_before *b = &list[i];
        const struct wijk_scores *now = b->now;
        bool one = b->method == now->method, valued = !isnan(now->total[p->area]);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "methode", b->method->id);
        wijk_json_kv_str(w, "naam", wijk__res_method_name(c, b->method));
        wijk__res_text(w, "uitgave", b->release);
        wijk_json_key(w, "periode");
        wijk__res_period(w, now->period);
        wijk_json_kv_num(w, "totaal", b->value);
        wijk_json_kv_str(w, "klasseNaam", class_name(c, b->method, b->class_));
        wijk_json_kv_str(w, "spoor", b->id);
        wijk__res_text(w, "uitgaveNu", now->release);
        wijk_json_kv_num(w, "totaalNu", now->total[p->area]);
        wijk_json_kv_str(w, "klasseNaamNu", class_name(c, now->method, now->class_[p->area]));
        wijk_json_kv_str(w, "spoorNu", valued ? wijk_scores_id(c->cx, now, p->self->code) : NULL);
        wijk_json_kv_num(w, "verschil", one && valued ? now->total[p->area] - b->value : (double)NAN);
        wijk_json_kv_str(w, "woorden", wijk_score_before_words(c->cx, b, p->area));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* The newest of a method that knows the area. */
static const struct wijk_scores *newest(const struct wijk_profile *p)
{
    const struct wijk_scores *best = NULL;
    for (size_t i = 0; i < p->n_scores; i++) {
        const struct wijk_scores *s = p->scores[i];
        if (p->area >= s->n || isnan(s->total[p->area])) continue;
        if (!best || wijk_period_key(s->period) >= wijk_period_key(best->period)) best = s;
    }
    return best;
}

static void national(struct http_call *c, const struct wijk_profile *p)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_scores *s = newest(p);
    wijk_json_key(w, "landelijk");
    if (!s) {
        wijk_json_null(w);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "methode", s->method->id);
    wijk_json_kv_str(w, "naam", wijk__res_method_name(c, s->method));
    wijk_json_key(w, "periode");
    wijk__res_period(w, s->period);
    wijk__res_text(w, "uitgave", s->release);
    wijk_json_kv_num(w, "totaal", s->total[p->area]);
    wijk_json_kv_str(w, "klasseNaam", class_name(c, s->method, s->class_[p->area]));
    wijk_json_kv_str(w, "spoor", wijk_scores_id(c->cx, s, p->self->code));
    before(c, p, s->method);
    wijk_json_end_object(w);
}

static void course_part(struct http_call *c, const struct wijk_weighing *g, size_t row, size_t d,
                        const char *code)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_recipe_dimension *part = &g->recipe->dimension[d];
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", part->id);
    wijk_json_kv_str(w, "naam", in_lang(c, part->label_nl, part->label_en));
    wijk_json_kv_str(w, "spoor", wijk_weighing_id(c->cx, g, code, g->at, part->id));
    wijk_json_kv_num(w, "waarde", wijk_index_part(&g->index[g->at], d, row));
    wijk_json_end_object(w);
}

static void course(struct http_call *c, const struct wijk_weighing *g, size_t row, const char *code)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_index *last = &g->index[g->at];
    int k = last->class_[row];
    wijk__res_list(w, "uitkomst");
    for (size_t p = 0; p < g->n_period; p++) wijk_json_num(w, g->index[p].total[row]);
    wijk_json_end_array(w);
    wijk__res_list(w, "sporen");
    for (size_t p = 0; p < g->n_period; p++) wijk_json_cstr(w, wijk_weighing_id(c->cx, g, code, p, ""));
    wijk_json_end_array(w);
    wijk_json_kv_str(w, "klasseNaam",
                     k ? in_lang(c, g->recipe->class_nl[k - 1], g->recipe->class_en[k - 1]) : NULL);
    wijk_json_kv_str(w, "spoorKlasse", wijk_weighing_id(c->cx, g, code, g->at, "klasse"));
    wijk_json_kv_num(w, "laag", last->error ? last->total[row] - 1.96 * last->error[row] : (double)NAN);
    wijk_json_kv_num(w, "hoog", last->error ? last->total[row] + 1.96 * last->error[row] : (double)NAN);
    wijk__res_list(w, "onderdelen");
    for (size_t d = 0; d < g->recipe->n_dimension; d++) course_part(c, g, row, d, code);
    wijk_json_end_array(w);
    wijk_json_kv_num(w, "vast", g->sensitivity->kept[row]);
    wijk_json_kv_str(w, "woorden", wijk_weighing_words(c->cx, g, g->at, row));
    wijk__res_text(w, "reden", wijk_tr(c->cx, wijk_lack_text((enum wijk_lack)last->lack[row])));
}

void wijk__res_area_weighing(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_profile *p;
    if (wijk_flow_profile(c->cx, c->s, c->arg[0], c->year, &p) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", p->self->code);
    wijk_json_kv_str(w, "naam", p->self->name);
    national(c, p);
    wijk__res_list(w, "wegingen");
    for (size_t k = 0; k < c->s->defs->n_recipe; k++) {
        const struct wijk_recipe *r = &c->s->defs->recipe[k];
        const struct wijk_weighing *g = NULL;
        if (!wijk_recipe_is_of(c->s, r, p->division, p->area)) continue;
        wijk_json_begin_object(w);
        head(c, r);
        struct wijk_flow_weighing_in in = {
            .recipe = r, .division_year = p->division->areas.division_year, .sensitivity = true};
        if (publishable(c, r)) g = try_weighing(c, &in);
        wijk_json_kv_num(w, "midden", r->middle);
        periods(w, g);
        if (g) course(c, g, wijk_weighing_row(g, p->area), p->self->code);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}
