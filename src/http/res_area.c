/* SPDX-License-Identifier: EUPL-1.2 */
/* /gebieden: lists of areas, and all about one. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

static const struct wijk_snapshot_division *above(const struct http_call *c,
                                                  const struct wijk_snapshot_division *d)
{
    if (d->areas.level >= WIJK_LEVEL_GEMEENTE) return NULL;
    return wijk_snapshot_division(c->s, d->areas.level + 1, d->areas.division_year);
}

/* ---- /gebieden ---- */

static bool lies_in(const struct http_call *c, const struct wijk_snapshot_division *d, size_t i,
                    const char *code)
{
    for (const struct wijk_snapshot_division *up = d; up && i != SIZE_MAX;) {
        if (strcmp(up->areas.v[i].code, code) == 0) return true;
        i = up->parent[i];
        up = above(c, up);
    }
    return false;
}

/* The trace id of the newest count of residents in every area; an area that it does not know shows an older
 * one, whose id is on its own page. */
static const char *residents_id(struct http_call *c, const struct wijk_snapshot_division *d)
{
    const struct wijk_series *s = wijk_snapshot_series(c->s, "residents", d->areas.level,
                                                       d->areas.division_year, (struct wijk_period){0});
    return s ? wijk__res_id(c, WIJK_TRACE_VALUE, "residents", &s->key) : NULL;
}

void wijk__res_areas(struct http_call *c)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(c->s, c->level, c->year);
    if (!d) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze gebiedsindeling is er niet."));
        return;
    }
    const char *within = c->text[2] && *c->text[2] ? c->text[2] : NULL;
    bool *in = WIJK_NEW(c->cx, bool, d->areas.n);
    int64_t n = 0;
    for (size_t i = 0; i < d->areas.n; i++) {
        in[i] = !within || lies_in(c, d, i, within);
        n += in[i];
    }
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_level(w, d->areas.level, d->areas.division_year);
    wijk_json_kv_int(w, "aantal", n);
    wijk_json_kv_str(w, "spoorInwoners", residents_id(c, d));
    wijk__res_list(w, "gebieden");
    const struct wijk_snapshot_division *up = above(c, d);
    for (size_t i = 0; i < d->areas.n; i++) {
        const struct wijk_area *a = &d->areas.v[i];
        if (!in[i]) continue;
        wijk_json_begin_object(w);
        wijk_json_kv_int(w, "nr", (int64_t)i);
        wijk_json_kv_str(w, "code", a->code);
        wijk_json_kv_str(w, "naam", a->name);
        wijk_json_kv_str(w, "ouder",
                         up && d->parent[i] != SIZE_MAX ? up->areas.v[d->parent[i]].code : a->parent);
        wijk_json_kv_num(w, "inwoners", a->residents);
        wijk__res_point(w, "punt", d, i);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- /gebieden/{code} ---- */

static void numbers(struct wijk_json_out *w, const char *key, const struct wijk_scores *const *s, size_t n,
                    size_t a, const double *(*get)(const struct wijk_scores *, size_t), size_t part)
{
    wijk__res_list(w, key);
    for (size_t i = 0; i < n; i++) {
        const double *v = get(s[i], part);
        wijk_json_num(w, v && a < s[i]->n ? v[a] : NAN);
    }
    wijk_json_end_array(w);
}

static const double *get_total(const struct wijk_scores *s, size_t part)
{
    return (void)part, s->total;
}
static const double *get_score(const struct wijk_scores *s, size_t part)
{
    return (void)part, s->score;
}
static const double *get_covered(const struct wijk_scores *s, size_t part)
{
    return (void)part, s->covered;
}
static const double *get_dimension(const struct wijk_scores *s, size_t part)
{
    return s->dimension[part];
}

static void periods(struct wijk_json_out *w, const struct wijk_scores *const *s, size_t n)
{
    wijk__res_list(w, "perioden");
    for (size_t i = 0; i < n; i++) wijk__res_period(w, s[i]->period);
    wijk_json_end_array(w);
}

/* The release each year is of: a line may not run on from one release into another. */
static void releases(struct wijk_json_out *w, const struct wijk_scores *const *s, size_t n)
{
    wijk_json_key(w, "uitgaven");
    wijk_json_begin_array(w);
    for (size_t i = 0; i < n; i++) wijk_json_cstr(w, s[i]->release);
    wijk_json_end_array(w);
}

static void classes(struct http_call *c, const struct wijk_scores *const *s, size_t n, size_t a)
{
    struct wijk_json_out *w = &c->json;
    static const char *const KEY[] = {"klasse", "klasseNaam", "klasseBron"};
    for (size_t k = 0; k < 3; k++) {
        wijk_json_key(w, KEY[k]);
        wijk_json_begin_array(w);
        for (size_t i = 0; i < n; i++) {
            size_t class_ = a < s[i]->n ? s[i]->class_[a] : 0;
            const struct wijk_method *m = s[i]->method;
            if (class_ < 1 || class_ > WIJK_CLASSES)
                wijk_json_null(w);
            else if (k == 0)
                wijk_json_int(w, (int64_t)class_);
            else if (k == 1)
                wijk_json_cstr(w, wijk_cx_lang(c->cx) == WIJK_EN ? m->class_en[class_ - 1]
                                                                 : m->class_nl[class_ - 1]);
            else
                wijk_json_cstr(w, s[i]->class_origin[a] == WIJK_CLASS_DELIVERED ? "geleverd" : "afgeleid");
        }
        wijk_json_end_array(w);
    }
    wijk__res_list(w, "gemarkeerd");
    for (size_t i = 0; i < n; i++) wijk_json_bool(w, a < s[i]->n && s[i]->flag[a]);
    wijk_json_end_array(w);
}

/* The scores of one area as if it were alone, so that a change costs one area's work. */
static struct wijk_scores alone(const struct wijk_scores *s, size_t a)
{
    struct wijk_scores one = *s;
    one.n = 1;
    one.total += a, one.score += a, one.class_ += a, one.class_origin += a, one.flag += a, one.covered += a;
    for (size_t d = 0; d < s->method->n_dimension; d++)
        if (one.dimension[d]) one.dimension[d] += a;
    return one;
}

/* The trace id of a number of this score; from.year 0: of no change. */
static const char *score_id(struct http_call *c, const char *code, const struct wijk_scores *s,
                            enum wijk_trace_part part, const char *name, struct wijk_period from)
{
    return wijk_trace_id(c->cx, &(struct wijk_trace_key){.code = code,
                                                         .part = part,
                                                         .name = name,
                                                         .from = from,
                                                         .period = s->period,
                                                         .division_year = s->division_year,
                                                         .release = s->release});
}

static void score_ids(struct http_call *c, const char *code, const struct wijk_scores *const *s, size_t n)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_period none = {0};
    wijk__res_list(w, "sporen");
    for (size_t i = 0; i < n; i++) {
        const struct wijk_method *m = s[i]->method;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "totaal", score_id(c, code, s[i], WIJK_TRACE_VALUE, m->total, none));
        wijk_json_kv_str(w, "score",
                         *m->score ? score_id(c, code, s[i], WIJK_TRACE_VALUE, m->score, none) : NULL);
        wijk_json_kv_str(w, "klasse", score_id(c, code, s[i], WIJK_TRACE_CLASS, m->id, none));
        wijk_json_kv_str(w, "gedekt", score_id(c, code, s[i], WIJK_TRACE_COVERED, m->id, none));
        wijk__res_list(w, "dimensies");
        for (size_t d = 0; d < m->n_dimension; d++)
            wijk_json_cstr(w, score_id(c, code, s[i], WIJK_TRACE_VALUE, m->dimension[d].indicator, none));
        wijk__res_list_end(w);
    }
    wijk_json_end_array(w);
}

static void change(struct http_call *c, const char *code, const struct wijk_scores *const *s, size_t n,
                   size_t a)
{
    struct wijk_json_out *w = &c->json;
    size_t from = 0, to = n;
    wijk_json_key(w, "verandering");
    while (from < n && (a >= s[from]->n || isnan(s[from]->total[a]))) from++;
    while (to > from && (a >= s[to - 1]->n || isnan(s[to - 1]->total[a]))) to--;
    const struct wijk_change *ch = NULL;
    if (to > from + 1) {
        struct wijk_scores x = alone(s[from], a), y = alone(s[to - 1], a);
        if (wijk_change_of(c->cx, &x, &y, &ch) != WIJK_OK) ch = NULL;
    }
    if (!ch) {
        wijk_json_null(w);
        return;
    }
    const struct wijk_method *m = s[from]->method;
    wijk_json_begin_object(w);
    wijk_json_key(w, "van");
    wijk__res_period(w, s[from]->period);
    wijk_json_key(w, "tot");
    wijk__res_period(w, s[to - 1]->period);
    wijk_json_kv_num(w, "totaal", ch->total[0]);
    const struct wijk_scores *last = s[to - 1];
    const struct wijk_period since = s[from]->period;
    wijk_json_kv_str(w, "spoor", score_id(c, code, last, WIJK_TRACE_CHANGE, m->total, since));
    wijk__res_list(w, "delen");
    for (size_t d = 0; d < m->n_dimension; d++) {
        wijk__res_dimension(c, m, d);
        wijk_json_kv_num(w, "waarde", ch->part[d] ? ch->part[d][0] : NAN);
        wijk_json_kv_str(w, "spoor",
                         score_id(c, code, last, WIJK_TRACE_CHANGE, m->dimension[d].indicator, since));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    wijk_json_kv_num(w, "rest", ch->rest[0]);
    wijk_json_kv_str(w, "restSpoor", score_id(c, code, last, WIJK_TRACE_REST, m->id, since));
    wijk_json_kv_str(w, "woord", wijk_word_change(c->cx, ch->total[0]));
    wijk_json_end_object(w);
}

static void method_course(struct http_call *c, const char *code, const struct wijk_scores *const *s, size_t n,
                          size_t a)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_method *m = s[0]->method;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "methode", m->id);
    wijk_json_kv_str(w, "methodeNaam", wijk__res_method_name(c, m));
    periods(w, s, n);
    releases(w, s, n);
    score_ids(c, code, s, n);
    numbers(w, "totaal", s, n, a, get_total, 0);
    numbers(w, "score", s, n, a, get_score, 0);
    classes(c, s, n, a);
    wijk__res_list(w, "dimensies");
    for (size_t d = 0; d < m->n_dimension; d++) {
        wijk__res_dimension(c, m, d);
        numbers(w, "waarden", s, n, a, get_dimension, d);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    numbers(w, "gedekt", s, n, a, get_covered, 0);
    wijk_json_kv_bool(w, "samengesteld", s[n - 1]->aggregated);
    change(c, code, s, n, a);
    wijk_json_end_object(w);
}

/* How many of the list, from the first, are of one method. */
static size_t same_method(const struct wijk_scores *const *s, size_t n)
{
    size_t k = 1;
    while (k < n && s[k]->method == s[0]->method) k++;
    return k;
}

/* Where the method begins that knows this area up to the newest year: what its page opens with. */
static size_t newest_method(const struct wijk_scores *const *s, size_t n, size_t a)
{
    size_t best = 0;
    int64_t newest = INT64_MIN;
    for (size_t i = 0, k; i < n; i += k) {
        k = same_method(s + i, n - i);
        for (size_t y = i; y < i + k; y++) {
            bool known = a < s[y]->n && (!isnan(s[y]->total[a]) || s[y]->class_[a]);
            if (!known || wijk_period_key(s[y]->period) <= newest) continue;
            newest = wijk_period_key(s[y]->period);
            best = i;
        }
    }
    return best;
}

static void gemeente_line(struct http_call *c, const struct wijk_profile *p)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "gemeente");
    const struct wijk_snapshot_division *g =
        p->gemeente ? wijk_snapshot_division(c->s, WIJK_LEVEL_GEMEENTE, p->division->areas.division_year)
                    : NULL;
    if (!g) {
        wijk_json_null(w);
        return;
    }
    size_t a = (size_t)(p->gemeente - g->areas.v);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", p->gemeente->code);
    wijk_json_kv_str(w, "naam", p->gemeente->name);
    wijk__res_list(w, "scores");
    for (size_t i = 0, k; i < g->n_scores; i += k) {
        k = same_method(g->scores + i, g->n_scores - i);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "methode", g->scores[i]->method->id);
        periods(w, g->scores + i, k);
        releases(w, g->scores + i, k);
        wijk__res_list(w, "sporen");
        for (size_t y = i; y < i + k; y++)
            wijk_json_cstr(w, score_id(c, p->gemeente->code, g->scores[y], WIJK_TRACE_VALUE,
                                       g->scores[y]->method->total, (struct wijk_period){0}));
        wijk_json_end_array(w);
        numbers(w, "totaal", g->scores + i, k, a, get_total, 0);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* What division the figure is of, how far its area differs, and the words for a break after it. */
static void border(struct http_call *c, const struct wijk_profile *p, size_t i)
{
    const struct wijk_flow_value *v = &p->value[i], *next = i + 1 < p->n_value ? v + 1 : NULL;
    bool breaks = v->joined.join == WIJK_JOIN_BROKEN && next && next->indicator == v->indicator &&
                  next->joined.division != v->joined.division;
    wijk_json_kv_int(&c->json, "indelingsjaar", v->series->key.division_year);
    wijk_json_kv_num(&c->json, "verschoven", v->joined.join == WIJK_JOIN_CROSSED ? v->joined.moved : NAN);
    wijk_json_kv_str(&c->json, "grens", breaks ? wijk_border_words(c->cx, &v->joined) : NULL);
}

/* Of the division and release that the newest figure of value i's indicator has. */
static const struct wijk_series_key *usual_of(const struct wijk_profile *p, size_t i)
{
    while (i + 1 < p->n_value && p->value[i + 1].indicator == p->value[i].indicator) i++;
    return &p->value[i].series->key;
}

static bool is_usual(const struct wijk_flow_value *v, const struct wijk_series_key *usual)
{
    const struct wijk_series_key *k = &v->series->key;
    return v->joined.join != WIJK_JOIN_CROSSED && k->division_year == usual->division_year &&
           strcmp(k->release, usual->release) == 0;
}

static void values(struct http_call *c, const struct wijk_profile *p)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "waarden");
    for (size_t i = 0; i < p->n_value;) {
        const struct wijk_indicator *ind = p->value[i].indicator;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", ind->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(ind, wijk_cx_lang(c->cx)));
        wijk_json_kv_str(w, "eenheid", wijk_indicator_unit(ind, wijk_cx_lang(c->cx)));
        wijk_json_kv_str(w, "thema", ind->theme);
        wijk_json_kv_str(w, "soort", wijk__res_kind(ind));
        wijk_json_kv_int(w, "decimalen", ind->decimals);
        wijk_json_kv_bool(w, "samenstelling", ind->composition);
        const struct wijk_series_key *usual = usual_of(p, i); /* one pattern, so that a page stays small */
        wijk_json_kv_str(w, "spoor",
                         wijk_trace_id(c->cx, &(struct wijk_trace_key){.code = p->self->code,
                                                                       .name = ind->id,
                                                                       .division_year = usual->division_year,
                                                                       .release = usual->release}));
        wijk__res_list(w, "reeks");
        for (; i < p->n_value && p->value[i].indicator == ind; i++) {
            wijk_json_begin_object(w);
            wijk_json_key(w, "periode");
            wijk__res_period(w, p->value[i].period);
            wijk_json_kv_num(w, "waarde", p->value[i].value);
            wijk_json_kv_str(w, "status", wijk_status_id(p->value[i].status));
            wijk_json_kv_str(w, "statusTekst", wijk_tr(c->cx, wijk_status_text(p->value[i].status)));
            if (!is_usual(&p->value[i], usual))
                wijk_json_kv_str(w, "spoor", wijk_value_id(c->cx, p, &p->value[i]));
            if (p->value[i].joined.join != WIJK_JOIN_OWN) border(c, p, i);
            wijk_json_end_object(w);
        }
        wijk__res_list_end(w);
    }
    wijk_json_end_array(w);
}

static void family(struct http_call *c, const struct wijk_profile *p)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_snapshot_division *d = p->division;
    wijk__res_list(w, "pad");
    if (p->gemeente) wijk__res_area_name(c, p->gemeente->code, p->gemeente->name, WIJK_LEVEL_GEMEENTE);
    if (p->wijk) wijk__res_area_name(c, p->wijk->code, p->wijk->name, WIJK_LEVEL_WIJK);
    wijk_json_end_array(w);
    wijk__res_list(w, "onder");
    const struct wijk_snapshot_division *low = NULL;
    if (d->areas.level == WIJK_LEVEL_WIJK || d->areas.level == WIJK_LEVEL_GEMEENTE)
        low = wijk_snapshot_division(c->s, d->areas.level - 1, d->areas.division_year);
    for (size_t i = 0; low && i < low->areas.n; i++)
        if (low->parent[i] == p->area)
            wijk__res_area_name(c, low->areas.v[i].code, low->areas.v[i].name, low->areas.level);
    wijk_json_end_array(w);
}

void wijk__res_area(struct http_call *c)
{
    const struct wijk_profile *p;
    if (wijk_flow_profile(c->cx, c->s, c->arg[0], c->year, &p) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    struct wijk_json_out *w = &c->json;
    const struct wijk_snapshot_division *d = p->division;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", p->self->code);
    wijk_json_kv_str(w, "naam", p->self->name);
    wijk_json_kv_str(w, "niveau", wijk_level_id(d->areas.level));
    wijk_json_kv_str(w, "niveauNaam", wijk_tr(c->cx, wijk_level_label(d->areas.level, false)));
    wijk_json_kv_int(w, "indelingsjaar", d->areas.division_year);
    wijk_json_kv_int(w, "nr", (int64_t)p->area);
    wijk_json_kv_num(w, "inwoners", p->self->residents);
    struct wijk_trace_key counted;
    bool told = wijk_trace_residents(c->s, d, p->area, &counted);
    wijk_json_kv_str(w, "inwonersSpoor", told ? wijk_trace_id(c->cx, &counted) : NULL);
    wijk__res_point(w, "punt", d, p->area);
    struct wijk_box box = {1, 1, 0, 0};
    if (p->self->geom && p->self->geom->n_point) {
        struct wijk_box rd = wijk_geom_box(p->self->geom);
        struct wijk_xy low = wijk_wgs84_from_rd((struct wijk_xy){rd.min_x, rd.min_y});
        struct wijk_xy high = wijk_wgs84_from_rd((struct wijk_xy){rd.max_x, rd.max_y});
        box = (struct wijk_box){low.x, low.y, high.x, high.y};
    }
    wijk__res_box(w, "omvang", box);
    family(c, p);
    size_t first = newest_method(p->scores, p->n_scores, p->area);
    const struct wijk_scores *const *newest = p->n_scores ? p->scores + first : NULL;
    size_t years = p->n_scores ? same_method(newest, p->n_scores - first) : 0;
    wijk_json_kv_str(w, "zin", years ? wijk_sentence_area(c->cx, p->self->name, newest, years, p->area) : "");
    wijk__res_held(c);
    wijk__res_list(w, "scores");
    if (years) method_course(c, p->self->code, newest, years, p->area);
    for (size_t i = 0, k; i < p->n_scores; i += k) {
        k = same_method(p->scores + i, p->n_scores - i);
        if (i != first) method_course(c, p->self->code, p->scores + i, k, p->area);
    }
    wijk_json_end_array(w);
    gemeente_line(c, p);
    values(c, p);
    wijk_json_end_object(w);
}
