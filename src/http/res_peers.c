/* SPDX-License-Identifier: EUPL-1.2 */
/* Of one area: who is alike and in what, what was to be expected, and what people say beside facts. Of a
 * level: a score before it is published. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

/* ---- what the answers share ---- */

static void put_head(struct http_call *c, const struct wijk_profile *p)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", p->self->code);
    wijk_json_kv_str(w, "naam", p->self->name);
    wijk__res_level(w, p->division->areas.level, p->division->areas.division_year);
}

static void put_lack(struct http_call *c, enum wijk_lack lack)
{
    wijk__res_text(&c->json, "reden", wijk_lack_id(lack));
    wijk__res_text(&c->json, "redenTekst", wijk_tr(c->cx, wijk_lack_text(lack)));
}

static void put_period(struct http_call *c, const char *key, struct wijk_period p)
{
    wijk_json_key(&c->json, key);
    wijk__res_period(&c->json, p);
}

static const char *id_of(struct http_call *c, const struct wijk_area *a, enum wijk_trace_part part,
                         const char *name, const struct wijk_series_key *k)
{
    return wijk_trace_id(c->cx, &(struct wijk_trace_key){.code = a->code,
                                                         .part = part,
                                                         .name = name,
                                                         .period = k->period,
                                                         .division_year = k->division_year,
                                                         .release = k->release});
}

/* Of what is seen of an area; NULL when nothing is. */
static const char *seen_id(struct http_call *c, const struct wijk_compare *v, const struct wijk_area *a)
{
    return v->method ? id_of(c, a, WIJK_TRACE_VALUE, v->figure->id, &v->key) : NULL;
}

/* The number of peers asked for; 0 after a fault. */
static size_t how_many(struct http_call *c, const char *text)
{
    int64_t n;
    if (!text) return WIJK_PEERS_USUAL;
    if (wijk_int_parse(wijk_str(text), 1, WIJK_PEERS_MAX, &n)) return (size_t)n;
    wijk__http_fault(c, "hoeveel", wijk_tr(c->cx, "Geef een getal van 1 tot en met 50."));
    return 0;
}

/* false after an answer. */
static bool ask(struct http_call *c, struct wijk_flow_compare_in *in, const struct wijk_profile **p,
                const struct wijk_compare **out)
{
    if (in->method && !wijk_defs_method(c->s->defs, in->method))
        wijk__http_fault(c, "methode", wijk_tr(c->cx, "Deze methode bestaat niet."));
    if (in->recipe && !wijk_defs_peers(c->s->defs, in->recipe))
        wijk__http_fault(c, "recept", wijk_tr(c->cx, "Dit recept bestaat niet."));
    if (c->n_fault) {
        wijk__http_bad(c);
        return false;
    }
    if (wijk_flow_profile(c->cx, c->s, c->arg[0], c->year, p) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return false;
    }
    in->division = (*p)->division;
    *out = NULL;
    if (wijk_flow_compare(c->cx, c->s, in, out) != WIJK_OK) *out = NULL; /* too little here: told in words */
    return true;
}

/* ---- /gebieden/{code}/vergelijkbaar ---- */

static const char *apart_word(double apart)
{
    return fabs(apart) <= WIJK_COMPARE_ALIKE    ? "lijkt"
           : fabs(apart) >= WIJK_COMPARE_DIFFER ? "verschilt"
                                                : "";
}

static void put_inputs(struct http_call *c, const struct wijk_compare *v, size_t area,
                       const struct wijk_peer *peer, size_t n)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "kenmerken");
    for (size_t i = 0; i < v->n_input; i++) {
        const struct wijk_compare_input *k = &v->input[i];
        const double apart = wijk_compare_apart(v, area, i, peer, n);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", k->indicator->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(k->indicator, wijk_cx_lang(c->cx)));
        wijk_json_kv_str(w, "eenheid", wijk_indicator_unit(k->indicator, wijk_cx_lang(c->cx)));
        wijk_json_kv_int(w, "decimalen", k->indicator->decimals);
        put_period(c, "periode", k->series->key.period);
        wijk_json_kv_bool(w, "doetMee", k->used != SIZE_MAX);
        wijk_json_kv_num(w, "waarde", area < k->series->n ? k->series->value[area] : NAN);
        wijk__res_text(w, "woord", isnan(apart) ? NULL : apart_word(apart));
        wijk__res_text(w, "kant", isnan(apart) || apart == 0 ? NULL : apart > 0 ? "hoger" : "lager");
        wijk_json_kv_str(w, "spoor", wijk__res_id(c, WIJK_TRACE_VALUE, k->indicator->id, &k->series->key));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void put_alike(struct http_call *c, const struct wijk_compare *v, size_t area,
                      const struct wijk_peer *peer, const char *key, const char *word)
{
    wijk__res_list(&c->json, key);
    for (size_t i = 0; i < v->n_input; i++) {
        const double apart = wijk_compare_apart(v, area, i, peer, 1);
        if (!isnan(apart) && strcmp(apart_word(apart), word) == 0)
            wijk_json_cstr(&c->json, v->input[i].indicator->id);
    }
    wijk_json_end_array(&c->json);
}

/* Totals i of the division when they belong beside the newest: one method, one release. NULL: not these. */
static const struct wijk_scores *beside_newest(const struct wijk_compare *v, size_t i)
{
    const struct wijk_scores *s = v->division->scores[i];
    const bool totals = v->method && strcmp(v->figure->id, v->method->total) == 0;
    return totals && s->method == v->method && strcmp(s->release, v->key.release) == 0 ? s : NULL;
}

/* The score of one peer over the years, beside the mean of all (put_course): a thin line in a chart. */
static void put_peer_course(struct http_call *c, const struct wijk_compare *v, size_t area)
{
    struct wijk_json_out *w = &c->json;
    for (int part = 0; part < 2; part++) {
        wijk__res_list(w, part ? "sporen" : "verloop");
        for (size_t i = 0; i < v->division->n_scores; i++) {
            const struct wijk_scores *s = beside_newest(v, i);
            if (!s) continue;
            const double total = area < s->n ? s->total[area] : NAN;
            struct wijk_series_key key = v->key;
            key.period = s->period;
            if (!part)
                wijk_json_num(w, total);
            else if (isnan(total))
                wijk_json_null(w);
            else
                wijk_json_cstr(w,
                               id_of(c, &v->division->areas.v[area], WIJK_TRACE_VALUE, v->figure->id, &key));
        }
        wijk_json_end_array(w);
    }
}

static void put_peers(struct http_call *c, const struct wijk_compare *v, size_t area,
                      const struct wijk_peer *peer, size_t n)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "gebieden");
    for (size_t k = 0; k < n; k++) {
        const struct wijk_area *a = &v->division->areas.v[peer[k].area];
        char gemeente[WIJK_CODE_MAX];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "code", a->code);
        wijk_json_kv_str(w, "naam", a->name);
        wijk_json_kv_str(w, "gemeente", wijk_code_gemeente(a->code, gemeente) ? gemeente : NULL);
        wijk_json_kv_num(w, "verschil", round(1000 * peer[k].distance) / 1000);
        wijk_json_kv_int(w, "kenmerken", (int64_t)peer[k].shared);
        put_alike(c, v, area, &peer[k], "lijktOp", "lijkt");
        put_alike(c, v, area, &peer[k], "verschiltIn", "verschilt");
        wijk_json_kv_num(w, "totaal", v->seen ? v->seen[peer[k].area] : NAN);
        wijk_json_kv_str(w, "spoor", seen_id(c, v, a));
        put_peer_course(c, v, peer[k].area);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* Of the mean of its peers in one year; NULL when others were asked for than a trace would take. */
static const char *peers_id(struct http_call *c, const struct wijk_compare *v, const struct wijk_area *a,
                            struct wijk_period when)
{
    struct wijk_series_key key = v->key;
    if (!v->expected || v->k != WIJK_PEERS_USUAL || v->recipe != &c->s->defs->peers[0]) return NULL;
    key.period = when;
    return id_of(c, a, WIJK_TRACE_ALIKE, v->method->id, &key);
}

/* The mean score of the peers over the years of one method and release. */
static void put_course(struct http_call *c, const struct wijk_compare *v, const struct wijk_area *a,
                       const struct wijk_peer *peer, size_t n)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_snapshot_division *d = v->division;
    if (!v->method || !n || strcmp(v->figure->id, v->method->total) != 0) {
        wijk__res_null(w, "verloop");
        return;
    }
    wijk_json_key(w, "verloop");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "methode", v->method->id);
    static const char *const KEY[] = {"perioden", "totaal", "aantal", "sporen"};
    for (size_t part = 0; part < sizeof KEY / sizeof *KEY; part++) {
        wijk__res_list(w, KEY[part]);
        for (size_t i = 0; i < d->n_scores; i++) {
            const struct wijk_scores *s = beside_newest(v, i);
            double sum = 0;
            size_t m = 0;
            if (!s) continue;
            for (size_t k = 0; k < n; k++)
                if (peer[k].area < s->n && !isnan(s->total[peer[k].area])) sum += s->total[peer[k].area], m++;
            if (part == 0)
                wijk__res_period(w, s->period);
            else if (part == 1)
                wijk_json_num(w, 2 * m >= n ? sum / (double)m : NAN);
            else if (part == 2)
                wijk_json_int(w, (int64_t)m);
            else
                wijk_json_cstr(w, peers_id(c, v, a, s->period));
        }
        wijk_json_end_array(w);
    }
    wijk_json_end_object(w);
}

static void put_recipe(struct http_call *c, const struct wijk_peer_recipe *r)
{
    struct wijk_json_out *w = &c->json;
    const bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_kv_str(w, "recept", r ? r->id : NULL);
    wijk_json_kv_str(w, "receptNaam", r ? (en ? r->label_en : r->label_nl) : NULL);
}

void wijk__res_alike(struct http_call *c)
{
    struct wijk_flow_compare_in in = {
        .recipe = c->text[1], .method = c->text[2], .k = how_many(c, c->text[3])};
    const struct wijk_profile *p;
    const struct wijk_compare *v;
    struct wijk_peer peer[WIJK_PEERS_MAX];
    if (!ask(c, &in, &p, &v)) return;
    const size_t n = v ? wijk_compare_peers(c->cx, v, p->area, peer) : 0;
    const enum wijk_lack lack = n    ? WIJK_LACK_NONE
                                : !v ? WIJK_LACK_FEW_INPUTS
                                     : (enum wijk_lack)v->alike->lack[p->area];
    put_head(c, p);
    put_recipe(c, v ? v->recipe : NULL);
    put_lack(c, n || lack != WIJK_LACK_NONE ? lack : WIJK_LACK_FEW_INPUTS);
    if (v) {
        put_inputs(c, v, p->area, peer, n);
    } else {
        wijk__res_list(&c->json, "kenmerken");
        wijk_json_end_array(&c->json);
    }
    if (v && v->method)
        put_period(c, "periode", v->key.period);
    else
        wijk__res_null(&c->json, "periode");
    if (v) {
        put_peers(c, v, p->area, peer, n);
        put_course(c, v, p->self, peer, n);
    } else {
        wijk__res_list(&c->json, "gebieden");
        wijk_json_end_array(&c->json);
        wijk__res_null(&c->json, "verloop");
    }
    wijk_json_end_object(&c->json);
}

/* ---- /gebieden/{code}/verwacht ---- */

static void put_band(struct http_call *c, const char *key, double value, double half, const char *id)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, key);
    wijk_json_begin_object(w);
    wijk_json_kv_num(w, "waarde", value);
    wijk_json_kv_num(w, "laag", value - half);
    wijk_json_kv_num(w, "hoog", value + half);
    wijk_json_kv_str(w, "spoor", id);
    wijk_json_end_object(w);
}

static void put_expected(struct http_call *c, const struct wijk_compare *v, size_t area)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_expected *e = v->expected;
    const struct wijk_area *a = &v->division->areas.v[area];
    const char *method = v->method->id;
    const enum wijk_expected_word word = (enum wijk_expected_word)e->word[area];
    const bool told = e->lack[area] == WIJK_LACK_NONE;
    put_lack(c, (enum wijk_lack)e->lack[area]);
    wijk__res_text(w, "woord", wijk_expected_id(word));
    wijk__res_text(w, "woordTekst", wijk_tr(c->cx, wijk_expected_text(word)));
    wijk_json_kv_str(w, "methode", method);
    put_period(c, "periode", v->key.period);
    wijk_json_kv_str(w, "cijfer", v->figure->id);
    wijk_json_kv_num(w, "gezien", v->seen[area]);
    wijk_json_kv_str(w, "spoorGezien", seen_id(c, v, a));
    put_band(c, "uitKenmerken", told ? e->by_inputs[area] : NAN, e->half_inputs,
             id_of(c, a, WIJK_TRACE_EXPECTED, method, &v->key));
    put_band(c, "bijVergelijkbare", told ? e->by_peers[area] : NAN, e->half_peers,
             id_of(c, a, WIJK_TRACE_ALIKE, method, &v->key));
    wijk_json_kv_num(w, "r2", round(1000 * e->r2) / 1000);
    wijk_json_kv_num(w, "fout", round(10000 * e->rmse) / 10000);
    wijk_json_kv_int(w, "geleerdVan", (int64_t)e->ridge->used);
    wijk_json_kv_num(w, "binnenMarge", round(1000 * e->inside) / 1000);
}

void wijk__res_expected(struct http_call *c)
{
    struct wijk_flow_compare_in in = {.method = c->text[1]};
    const struct wijk_profile *p;
    const struct wijk_compare *v;
    if (!ask(c, &in, &p, &v)) return;
    put_head(c, p);
    wijk_json_kv_bool(&c->json, "bekend", v && v->expected);
    wijk__res_text(&c->json, "waarom", v ? v->why : wijk_fault(c->cx));
    put_recipe(c, v ? v->recipe : NULL);
    if (v && v->expected) put_expected(c, v, p->area);
    wijk_json_end_object(&c->json);
}

/* ---- /gebieden/{code}/beleving ---- */

static void put_side(struct http_call *c, const char *key, const struct wijk_area *a,
                     const struct wijk_indicator *i, const struct wijk_series *s, size_t area)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, key);
    if (!s) {
        wijk_json_null(w);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "indicator", i->id);
    wijk_json_kv_str(w, "naam", wijk_indicator_label(i, wijk_cx_lang(c->cx)));
    wijk_json_kv_str(w, "eenheid", wijk_indicator_unit(i, wijk_cx_lang(c->cx)));
    wijk_json_kv_int(w, "decimalen", i->decimals);
    put_period(c, "periode", s->key.period);
    wijk_json_kv_num(w, "waarde", area < s->n ? s->value[area] : NAN);
    wijk_json_kv_str(w, "spoor", id_of(c, a, WIJK_TRACE_VALUE, i->id, &s->key));
    wijk_json_end_object(w);
}

static void put_feeling(struct http_call *c, const struct wijk_profile *p, const struct wijk_feeling *f)
{
    struct wijk_json_out *w = &c->json;
    const bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    const struct wijk_perception *v = f->perception;
    const enum wijk_lack lack = v ? (enum wijk_lack)v->lack[p->area] : WIJK_LACK_NONE;
    const enum wijk_expected_word word =
        v ? (enum wijk_expected_word)v->word[p->area] : WIJK_EXPECTED_UNKNOWN;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", f->pair->id);
    wijk_json_kv_str(w, "naam", en ? f->pair->label_en : f->pair->label_nl);
    wijk_json_kv_str(w, "waarvan", en ? f->pair->trouble_en : f->pair->trouble_nl);
    put_lack(c, lack);
    wijk__res_text(w, "waarom", f->why);
    wijk__res_text(w, "woord", wijk_expected_id(word));
    put_side(c, "gezegd", p->self, f->said, f->said_series, p->area);
    put_side(c, "feit", p->self, f->fact, f->fact_series, p->area);
    put_band(c, "gebruikelijk", v && lack == WIJK_LACK_NONE ? v->expected[p->area] : NAN, v ? v->half : NAN,
             id_of(c, p->self, WIJK_TRACE_FELT, f->said->id, &f->said_series->key));
    wijk_json_kv_num(w, "r2", v ? round(1000 * v->r2) / 1000 : NAN);
    wijk_json_end_object(w);
}

void wijk__res_perception(struct http_call *c)
{
    const struct wijk_profile *p;
    const struct wijk_feeling *f;
    if (wijk_flow_profile(c->cx, c->s, c->arg[0], c->year, &p) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    const size_t n = wijk_flow_perception(c->cx, c->s, p->division, &f);
    put_head(c, p);
    wijk__res_list(&c->json, "onderwerpen");
    for (size_t i = 0; i < n; i++) put_feeling(c, p, &f[i]);
    wijk__res_list_end(&c->json);
}

/* ---- /tussenschattingen ---- */

/* A year that is known already is no estimate: the API never tells the rehearsal. */
void wijk__res_nowcasts(struct http_call *c)
{
    const struct wijk_flow_nowcast *o = NULL;
    struct wijk_flow_nowcast_in in = {.division = wijk_snapshot_division(c->s, c->level, c->year),
                                      .method = c->text[1]};
    if (in.method && !wijk_defs_method(c->s->defs, in.method)) {
        wijk__http_fault(c, "methode", wijk_tr(c->cx, "Deze methode bestaat niet."));
        wijk__http_bad(c);
        return;
    }
    if (!in.division || wijk_flow_nowcast(c->cx, c->s, &in, &o) != WIJK_OK) {
        wijk__http_not_found(
            c, in.division ? wijk_fault(c->cx)
                           : wijk_tr(c->cx, "Deze scores zijn er niet voor dit niveau en deze periode."));
        return;
    }
    const char *code = c->text[3];
    size_t first = 0, count = o->nowcast->n;
    if (code) {
        first = wijk_area_find(in.division->index, code);
        count = 1;
    }
    if (first == SIZE_MAX) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Dit gebied is er niet voor dit niveau."));
        return;
    }
    struct wijk_json_out *w = &c->json;
    const struct wijk_nowcast *n = o->nowcast;
    const bool shown = !o->known && n->verdict == WIJK_NOWCAST_USED;
    struct wijk_series_key key = {
        "", {(int16_t)n->year, 0}, c->level, in.division->areas.division_year, o->release};
    wijk_json_begin_object(w);
    wijk__res_level(w, c->level, in.division->areas.division_year);
    wijk_json_kv_str(w, "methode", o->method->id);
    put_recipe(c, o->recipe);
    wijk_json_kv_int(w, "jaar", n->year);
    wijk_json_kv_int(w, "laatsteJaar", n->last_year);
    wijk_json_kv_bool(w, "alBekend", o->known != NULL);
    wijk_json_kv_bool(w, "geschat", shown);
    wijk_json_kv_str(w, "oordeel", wijk_nowcast_verdict_id(n->verdict));
    wijk_json_kv_str(w, "oordeelTekst", wijk_tr(c->cx, wijk_nowcast_verdict_text(n->verdict)));
    wijk_json_kv_num(w, "fout", n->rmse);
    wijk_json_kv_num(w, "foutStilstaan", n->rmse_last);
    wijk_json_kv_num(w, "r2", n->r2);
    wijk_json_kv_num(w, "binnenMarge", n->inside);
    wijk_json_kv_str(w, "spoor", shown ? wijk__res_id(c, WIJK_TRACE_NOWCAST, o->method->id, &key) : NULL);
    wijk__res_numbers(w, "waarde", n->value + first, shown ? count : 0);
    wijk__res_numbers(w, "laag", n->low + first, shown ? count : 0);
    wijk__res_numbers(w, "hoog", n->high + first, shown ? count : 0);
    wijk__res_list(w, "redenen");
    for (size_t i = first; shown && i < first + count; i++)
        wijk_json_cstr(w, wijk_lack_id((enum wijk_lack)n->lack[i]));
    wijk_json_end_array(w);
    wijk_json_end_object(w);
}
