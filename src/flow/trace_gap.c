/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a figure of the gap, or a count of residents in insufficient areas, comes from: the areas with their
 * people, or of a trend the figures of its periods. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

/* What is asked: the analysis an id speaks of. */
struct asked {
    struct wijk_flow_lived_in in;
    const char *measure;
    size_t n_setting;
    struct wijk_trace_setting setting[4];
};

static bool whole(struct wijk_cx *cx, const char *param, const char *name, int64_t *out)
{
    const char *text = wijk_trace_param_of(cx, param, name, NULL);
    *out = 0;
    return !text || wijk_int_parse(wijk_str(text), 1, INT64_MAX, out);
}

static void set(struct asked *a, const char *name, const char *value)
{
    a->setting[a->n_setting++] = (struct wijk_trace_setting){name, value};
}

static bool ask(struct wijk_cx *cx, const struct wijk_trace_key *key, const char *usual, struct asked *a)
{
    const char *level = wijk_trace_param_of(cx, key->param, "niveau", NULL);
    int64_t seed, draws;
    *a = (struct asked){.in = {.level = WIJK_LEVEL_COUNT,
                               .division_year = key->division_year,
                               .method = key->name,
                               .release = key->release,
                               .within = key->code},
                        .measure = wijk_trace_param_of(cx, key->param, "maat", usual)};
    if (level && !wijk_level_parse(wijk_str(level), &a->in.level)) return false;
    if (!whole(cx, key->param, "zaad", &seed) || !whole(cx, key->param, "trekkingen", &draws)) return false;
    a->in.opt.seed = (uint64_t)seed;
    a->in.opt.n_boot = (size_t)draws;
    set(a, "maat", a->measure);
    if (level) set(a, "niveau", level);
    return true;
}

/* An id that says of which division, release and level the areas are. */
static struct wijk_trace *begin(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                size_t area, const struct wijk_trace_key *key,
                                const struct wijk_flow_lived_head *h, const char *param)
{
    struct wijk_trace_key whole_key = *key;
    whole_key.release = h->release;
    whole_key.param = param;
    struct wijk_trace *t = wijk__trace_begin(r, d, area, whole_key);
    t->method = h->method;
    t->key.division_year = t->division_year = h->division->areas.division_year;
    t->id = wijk_trace_id(r->cx, &t->key);
    return t;
}

static void put_settings(struct wijk_cx *cx, struct wijk_trace *t, const struct asked *a)
{
    struct wijk_trace_setting *v = WIJK_NEW(cx, struct wijk_trace_setting, a->n_setting);
    memcpy(v, a->setting, a->n_setting * sizeof *v);
    t->setting = v;
    t->n_setting = a->n_setting;
}

/* How averages and borrowed people are to be read. */
static const char *caution(struct wijk_cx *cx, const struct wijk_flow_lived_head *h, const char *text,
                           bool classes)
{
    if (h->from == WIJK_PEOPLE_FROM_POSTCODE)
        text = wijk_sprintf(cx, wijk_tr(cx, "%s Inwoners: %s."), text,
                            wijk_tr(cx, wijk_people_from_text(h->from)));
    if (classes && !h->cells)
        text = wijk_sprintf(cx, wijk_tr(cx, "%s Gemiddelde van een heel gebied: telt te laag."), text);
    return text;
}

/* The series that tells the people of an area in a year; the last that knows it counts. */
static const struct wijk_series *people_series(const struct wijk_snapshot *s,
                                               const struct wijk_snapshot_division *d, size_t area, int year)
{
    const struct wijk_series *found = NULL;
    for (size_t i = wijk__series_first(s->series, s->n_series, "residents");
         i < s->n_series && strcmp(s->series[i].key.indicator, "residents") == 0; i++) {
        const struct wijk_series *v = &s->series[i];
        if (wijk__tells_residents(v, d->areas.level, d->areas.division_year, year) && area < v->n &&
            !isnan(v->value[area]))
            found = v;
    }
    return found;
}

/* Areas with a class (classes) or value, and their people. most: the highest class that is wanted. */
static void put_areas(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk__lived *l,
                      size_t p, bool classes, unsigned most)
{
    const struct wijk_snapshot_division *d = l->division;
    for (size_t i = 0; i < l->n_area; i++) {
        size_t at = i * l->n_period + p, area = l->area[i];
        bool known = classes ? l->class_[at] > 0 : !isnan(l->value[at]);
        if (!known || !(l->people[at] > 0)) {
            t->n_blank++;
            continue;
        }
        t->n_part++;
        if (classes && l->class_[at] > most) continue;
        const struct wijk_series *v = people_series(r->s, d, area, l->period[p].year);
        struct wijk_trace_key key = {.part = classes ? WIJK_TRACE_CLASS : WIJK_TRACE_VALUE,
                                     .name = classes ? l->method->id : l->indicator->id,
                                     .period = l->period[p],
                                     .release = l->release};
        struct wijk_trace_key people = {.name = "residents"};
        if (v) people.period = v->key.period, people.release = v->key.release;
        (void)wijk__trace_input(r, t, d, area, &key, l->people[at], v ? &people : NULL);
    }
}

static const char *counted(struct wijk_cx *cx, const struct wijk_trace *t, const char *text)
{
    return wijk_sprintf(cx, wijk_tr(cx, "%s Gebieden die meetellen: %zu; zonder cijfer of inwoners: %zu."),
                        text, t->n_part, t->n_blank);
}

/* ---- the gap ---- */

static const char *gap_words(struct wijk_cx *cx, enum wijk_gap_measure m)
{
    switch (m) {
    case WIJK_GAP_RANGE:
        return wijk_tr(cx, "De grens van de hoogste tien procent van de inwoners, min die van de laagste.");
    case WIJK_GAP_P10:
        return wijk_tr(cx, "Tien procent van de inwoners woont in een gebied met dit cijfer of lager.");
    case WIJK_GAP_P90:
        return wijk_tr(cx, "Negentig procent van de inwoners woont in een gebied met dit cijfer of lager.");
    case WIJK_GAP_BELOW:
        return wijk_tr(cx,
                       "De inwoners van gebieden in klasse 1 tot en met 3, gedeeld door de inwoners van alle "
                       "gebieden met een klasse.");
    case WIJK_GAP_DIFFERENCE:
        return wijk_tr(cx, "Het verschil tussen de cijfers van de gebieden van twee inwoners, gemiddeld over "
                           "alle paren.");
    case WIJK_GAP_GINI:
        return wijk_tr(cx,
                       "Het gemiddelde verschil tussen twee inwoners, gedeeld door twee keer de gemiddelde "
                       "score.");
    case WIJK_GAP_THEIL: return wijk_tr(cx, "De maat van Theil over de scores, gewogen met inwoners.");
    default:
        return wijk_tr(cx,
                       "Welk deel van de spreiding tussen wijken ligt, en niet erbinnen: 0 geen, 1 alles.");
    }
}

static const char *gap_symbols(struct wijk_cx *cx, enum wijk_gap_measure m, double reference)
{
    char number[32] = "";
    number[wijk_num_write(reference, number)] = '\0';
    switch (m) {
    case WIJK_GAP_RANGE: return "x = x₁ − x₂";
    case WIJK_GAP_P10: return "x = min { xᵢ : Σ wⱼ (waar xⱼ ≤ xᵢ) ≥ 0.1 × Σ wⱼ }";
    case WIJK_GAP_P90: return "x = min { xᵢ : Σ wⱼ (waar xⱼ ≤ xᵢ) ≥ 0.9 × Σ wⱼ }";
    case WIJK_GAP_BELOW: return "x = Σ wᵢ (waar kᵢ ≤ 3) ÷ Σ wᵢ";
    case WIJK_GAP_DIFFERENCE: return "x = Σᵢ Σⱼ wᵢ wⱼ |xᵢ − xⱼ| ÷ (Σ w)²";
    case WIJK_GAP_GINI:
        return wijk_sprintf(cx, "s = x + %s; x = Σᵢ Σⱼ wᵢ wⱼ |sᵢ − sⱼ| ÷ (2 × s̄ × (Σ w)²)", number);
    case WIJK_GAP_THEIL: return wijk_sprintf(cx, "s = x + %s; x = Σ wᵢ (sᵢ ÷ s̄) ln(sᵢ ÷ s̄) ÷ Σ wᵢ", number);
    default: return "x = √( Σ w_g (x̄_g − x̄)² ÷ Σ wᵢ (xᵢ − x̄)² )";
    }
}

/* The analysis, kept while one number is traced: its inputs are figures of the same. */
static const struct wijk_flow_gap *gap_asked(const struct wijk__tracer *r, const struct asked *a)
{
    struct wijk__trace_memo *memo = r->memo;
    const struct wijk_flow_lived_in *x = &a->in, *y = &memo->in;
    bool same = memo->gap && x->level == y->level && x->division_year == y->division_year &&
                x->opt.seed == y->opt.seed && x->opt.n_boot == y->opt.n_boot &&
                strcmp(x->method, y->method) == 0 && strcmp(x->within, y->within) == 0 &&
                (x->release && y->release ? strcmp(x->release, y->release) == 0 : x->release == y->release);
    if (same) return memo->gap;
    if (wijk_flow_gap(r->cx, r->s, &a->in, &memo->gap) != WIJK_OK) {
        wijk_fault_clear(r->cx);
        memo->gap = NULL;
    }
    memo->in = a->in;
    return memo->gap;
}

static void put_trend(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_flow_gap *f,
                      const struct wijk_gap *g, enum wijk_gap_measure m)
{
    const struct wijk_gap_trend *trend = &g->trend[m];
    t->unit = wijk_tr(r->cx, "punten per jaar");
    t->symbols = "x = Σ (tᵢ − t̄)(xᵢ − x̄) ÷ Σ (tᵢ − t̄)²";
    if (trend->lack != WIJK_LACK_NONE) {
        t->words = wijk_tr(r->cx, wijk_lack_text(trend->lack));
        return;
    }
    t->value = trend->per_year;
    t->low = trend->low;
    t->high = trend->high;
    t->words = wijk_sprintf(
        r->cx,
        wijk_tr(r->cx,
                "De lijn van de kleinste kwadraten door de jaren, over de %zu gebieden die in alle jaren "
                "een cijfer hebben. Oordeel: %s."),
        trend->n_common, wijk_tr(r->cx, wijk_gap_verdict_text(trend->verdict)));
    for (size_t p = trend->first; p <= trend->last; p++) {
        struct wijk_trace_key key = t->key;
        if (g->figure[m][p].lack != WIJK_LACK_NONE) continue;
        key.from = (struct wijk_period){0};
        key.period = f->head.period[p];
        (void)wijk__trace_input(r, t, r->memo->d, r->memo->area, &key, NAN, NULL);
    }
}

static void put_figure(const struct wijk__tracer *r, struct wijk_trace *t, const struct asked *a,
                       const struct wijk_flow_gap *f, const struct wijk_gap *g, enum wijk_gap_measure m,
                       size_t p)
{
    const struct wijk_gap_figure *figure = &g->figure[m][p];
    const struct wijk__lived *l;
    t->unit = m == WIJK_GAP_BELOW                         ? wijk_tr(r->cx, "deel van 1")
              : m == WIJK_GAP_GINI || m >= WIJK_GAP_THEIL ? wijk_tr(r->cx, "van 0 tot 1")
                                                          : wijk_tr(r->cx, "punten");
    t->words = gap_words(r->cx, m);
    t->symbols = gap_symbols(r->cx, m, f->reference);
    if (figure->lack != WIJK_LACK_NONE) {
        t->words = wijk_tr(r->cx, wijk_lack_text(figure->lack));
        return;
    }
    t->value = figure->value;
    t->low = figure->low;
    t->high = figure->high;
    if (m == WIJK_GAP_RANGE) {
        for (int k = 0; k < 2; k++) {
            struct wijk_trace_key key = t->key;
            key.param = wijk__gap_param(r->cx, f, k ? WIJK_GAP_P10 : WIJK_GAP_P90);
            (void)wijk__trace_input(r, t, r->memo->d, r->memo->area, &key, NAN, NULL);
        }
    } else if (wijk__lived_read(r->cx, r->s, &a->in, &l) == WIJK_OK) {
        put_areas(r, t, l, p, m == WIJK_GAP_BELOW, WIJK_CLASSES);
        t->words = counted(r->cx, t, t->words);
    }
    t->words = caution(r->cx, &f->head, t->words, m == WIJK_GAP_BELOW);
}

const struct wijk_trace *wijk__trace_gap(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                         size_t area, const struct wijk_trace_key *key)
{
    struct asked a;
    enum wijk_gap_measure m;
    if (!ask(r->cx, key, "kloof", &a) || !wijk_gap_measure_parse(wijk_str(a.measure), &m)) return NULL;
    const struct wijk_flow_gap *f = gap_asked(r, &a);
    if (!f || f->n_unit != 1) return NULL;
    size_t p = wijk_period_find(f->head.period, f->head.n_period, key->period);
    const struct wijk_gap *g = f->unit[0].gap;
    bool trend = key->from.year != 0;
    if (p == f->head.n_period ||
        (trend && g->trend[m].lack == WIJK_LACK_NONE &&
         (p != g->trend[m].last ||
          wijk_period_find(f->head.period, f->head.n_period, key->from) != g->trend[m].first)))
        return NULL;
    struct wijk_trace *t = begin(r, d, area, key, &f->head, wijk__gap_param(r->cx, f, m));
    r->memo->d = d;
    r->memo->area = area;
    t->label = wijk_tr(r->cx, wijk_gap_measure_text(m));
    if (trend) t->label = wijk_sprintf(r->cx, wijk_tr(r->cx, "%s: verandering per jaar"), t->label);
    t->definition =
        wijk_tr(r->cx, "Hoe ver de gebieden van een gemeente uit elkaar liggen, gewogen met inwoners.");
    set(&a, "zaad", wijk_sprintf(r->cx, "%llu", (unsigned long long)f->opt.seed));
    set(&a, "trekkingen", wijk_sprintf(r->cx, "%zu", f->opt.n_boot));
    put_settings(r->cx, t, &a);
    if (trend)
        put_trend(r, t, f, g, m);
    else
        put_figure(r, t, &a, f, g, m, p);
    if (isnan(t->value)) return t;
    t->way = WIJK_WAY_ANALYSIS;
    t->status = WIJK_STATUS_OK;
    return t;
}

/* ---- residents in insufficient areas ---- */

static void put_count(const struct wijk__tracer *r, struct wijk_trace *t, const struct asked *a,
                      const struct wijk_flow_insufficient *f, size_t p)
{
    const struct wijk_flow_insufficient_unit *u = &f->unit[0];
    const struct wijk__lived *l;
    bool share = strcmp(a->measure, "aandeel") == 0, buurten = strcmp(a->measure, "buurten") == 0;
    struct wijk_flow_lived_in in = a->in;
    in.level = f->head.division->areas.level;
    t->value = share ? u->share[p] : buurten ? (double)u->buurten[p] : u->people[p];
    if (!share && !buurten) t->low = u->low[p], t->high = u->high[p];
    t->words = share ? gap_words(r->cx, WIJK_GAP_BELOW)
               : buurten
                   ? wijk_tr(r->cx, "Hoeveel buurten in vakken van klasse 1 tot en met 3 samen ten minste "
                                    "honderd inwoners hebben.")
                   : wijk_tr(r->cx, "De inwoners van gebieden in klasse 1 tot en met 3, opgeteld.");
    t->symbols = share     ? "x = Σ wᵢ (waar kᵢ ≤ 3) ÷ Σ wᵢ"
                 : buurten ? "x = |{ b : Σ wᵢ (waar i in b en kᵢ ≤ 3) ≥ 100 }|"
                           : "x = Σ wᵢ (waar kᵢ ≤ 3)";
    if (wijk__lived_read(r->cx, r->s, &in, &l) == WIJK_OK) {
        put_areas(r, t, l, p, true, share ? WIJK_CLASSES : WIJK_INSUFFICIENT_CLASS);
        t->words = counted(r->cx, t, t->words);
    }
    t->words = caution(r->cx, &f->head, t->words, true);
    t->way = WIJK_WAY_ANALYSIS;
    t->status = WIJK_STATUS_OK;
}

const struct wijk_trace *wijk__trace_insufficient(const struct wijk__tracer *r,
                                                  const struct wijk_snapshot_division *d, size_t area,
                                                  const struct wijk_trace_key *key)
{
    struct asked a;
    const struct wijk_flow_insufficient *f;
    if (!ask(r->cx, key, "inwoners", &a)) return NULL;
    bool share = strcmp(a.measure, "aandeel") == 0, buurten = strcmp(a.measure, "buurten") == 0;
    if (!share && !buurten && strcmp(a.measure, "inwoners") != 0) return NULL;
    if (wijk_flow_insufficient(r->cx, r->s, &a.in, &f) != WIJK_OK) return wijk_fault_clear(r->cx), NULL;
    size_t p = wijk_period_find(f->head.period, f->head.n_period, key->period);
    if (f->n_unit != 1 || p == f->head.n_period || (buurten && !f->unit[0].buurten)) return NULL;
    struct wijk_trace *t = begin(r, d, area, key, &f->head,
                                 wijk__insufficient_param(r->cx, f, share || buurten ? a.measure : NULL));
    t->label = share     ? wijk_tr(r->cx, "deel van de inwoners in klasse 1 tot en met 3")
               : buurten ? wijk_tr(r->cx, "buurten met ten minste 100 inwoners in klasse 1 tot en met 3")
                         : wijk_tr(r->cx, "inwoners in klasse 1 tot en met 3");
    t->unit = share     ? wijk_tr(r->cx, "deel van 1")
              : buurten ? wijk_tr(r->cx, "buurten")
                        : wijk_tr(r->cx, "inwoners");
    t->definition =
        wijk_tr(r->cx, "Hoeveel mensen wonen waar de leefbaarheid volgens de methode onvoldoende is.");
    put_settings(r->cx, t, &a);
    if (f->unit[0].lack[p] != WIJK_LACK_NONE)
        t->words = wijk_tr(r->cx, wijk_lack_text((enum wijk_lack)f->unit[0].lack[p]));
    else
        put_count(r, t, &a, f, p);
    return t;
}
