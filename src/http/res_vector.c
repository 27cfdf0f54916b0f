/* SPDX-License-Identifier: EUPL-1.2 */
/* /indicatoren and /scores: what is measured, and whole vectors of it. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

static void available(struct http_call *c, const struct wijk_indicator *ind)
{
    struct http_available a = {c, NULL};
    wijk__res_list(&c->json, "beschikbaar");
    for (size_t k = 0; k < c->s->n_division; k++) {
        const struct wijk_snapshot_division *d = &c->s->division[k];
        for (size_t i = 0; i < d->n_series; i++)
            if (d->indicator[i] == ind) wijk__res_available(&a, d, d->series[i]->key.period);
    }
    wijk__res_available_end(&a);
}

void wijk__res_indicators(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_begin_object(w);
    wijk__res_list(w, "indicatoren");
    for (size_t k = 0; k < c->s->defs->n_indicator; k++) {
        const struct wijk_indicator *i = &c->s->defs->indicator[k];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", i->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(i, wijk_cx_lang(c->cx)));
        wijk_json_kv_str(w, "definitie", en && i->definition_en ? i->definition_en : i->definition_nl);
        wijk_json_kv_str(w, "eenheid", wijk_indicator_unit(i, wijk_cx_lang(c->cx)));
        wijk_json_kv_str(w, "thema", i->theme);
        wijk__res_text(w, "methode", i->method);
        wijk__res_text(w, "dimensie", i->dimension);
        wijk_json_kv_str(w, "soort", wijk__res_kind(i));
        wijk_json_kv_str(w, "richting", wijk__res_direction(i));
        wijk_json_kv_int(w, "decimalen", i->decimals);
        wijk_json_kv_bool(w, "samenstelling", i->composition);
        available(c, i);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

static void head(struct http_call *c, const char *key, const char *id, const struct wijk_series_key *k)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, key, id);
    wijk__res_level(w, k->level, k->division_year);
    wijk_json_key(w, "periode");
    wijk__res_period(w, k->period);
    wijk__res_text(w, "release", k->release);
}

/* A JSON list; what lies past the vector's end is null. */
static void vector(struct wijk_json_out *w, const char *key, const double *v, size_t have, size_t n)
{
    wijk__res_list(w, key);
    for (size_t i = 0; i < n; i++) wijk_json_num(w, v && i < have ? v[i] : NAN);
    wijk_json_end_array(w);
}

/* One digit an area, in the order of enum wijk_status. */
static const char *digits(struct wijk_cx *cx, const uint8_t *status, size_t have, size_t n)
{
    char *text = WIJK_NEW(cx, char, n + 1);
    for (size_t i = 0; i < n; i++) text[i] = (char)('0' + (status && i < have ? status[i] : 0));
    return text;
}

void wijk__res_vector(struct http_call *c)
{
    const struct wijk_indicator *ind = wijk_defs_indicator(c->s->defs, c->arg[0]);
    const struct wijk_snapshot_division *d = wijk_snapshot_division(c->s, c->level, c->year);
    const struct wijk_series *s =
        ind && d ? wijk_snapshot_series(c->s, ind->id, c->level, d->areas.division_year, c->period) : NULL;
    if (!s && ind && !c->year) s = wijk_snapshot_series(c->s, ind->id, c->level, 0, c->period);
    if (s) d = wijk_snapshot_division(c->s, c->level, s->key.division_year);
    const char *shut = !s && ind && *ind->method ? wijk_snapshot_shut(c->cx, c->s, ind->method) : NULL;
    if (shut) {
        wijk__http_not_found(c, shut);
        return;
    }
    if (!s || !d) {
        wijk__http_not_found(
            c, ind ? wijk_tr(c->cx, "Deze indicator is er niet voor dit niveau en deze periode.")
                   : wijk_tr(c->cx, "Deze indicator bestaat niet."));
        return;
    }
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    head(c, "indicator", ind->id, &s->key);
    wijk_json_kv_str(w, "spoor", wijk__res_id(c, WIJK_TRACE_VALUE, ind->id, &s->key));
    vector(w, "waarden", s->value, s->n, d->areas.n);
    wijk_json_kv_str(w, "status", digits(c->cx, s->status, s->n, d->areas.n));
    wijk_json_end_object(w);
}

/* ---- /scores ---- */

static const struct wijk_scores *scores_find(const struct http_call *c, const struct wijk_method *m)
{
    for (size_t i = 0; i < c->s->n_scores; i++) { /* newest division first */
        const struct wijk_scores *s = c->s->scores[i];
        if (s->method == m && s->level == c->level && (!c->year || s->division_year == c->year) &&
            wijk_period_key(s->period) == wijk_period_key(c->period))
            return s;
    }
    return NULL;
}

static const char *score_digits(struct http_call *c, const struct wijk_scores *s)
{
    const struct wijk_series *from =
        wijk_snapshot_series(c->s, s->method->total, s->level, s->division_year, s->period);
    uint8_t *status = WIJK_NEW(c->cx, uint8_t, s->n);
    for (size_t i = 0; i < s->n; i++) {
        bool known = !isnan(s->total[i]) || s->class_[i];
        status[i] = known ? WIJK_STATUS_OK : WIJK_STATUS_MISSING;
        if (from && i < from->n &&
            (!known || from->status[i] == WIJK_STATUS_PROVISIONAL ||
             from->status[i] == WIJK_STATUS_ESTIMATED))
            status[i] = from->status[i];
    }
    return digits(c->cx, status, s->n, s->n);
}

void wijk__res_scores(struct http_call *c)
{
    const struct wijk_method *m = wijk_defs_method(c->s->defs, c->text[0]);
    const struct wijk_scores *s = m ? scores_find(c, m) : NULL;
    const char *shut = m && !s ? wijk_snapshot_shut(c->cx, c->s, m->id) : NULL;
    if (shut) {
        wijk__http_not_found(c, shut);
        return;
    }
    if (!s) {
        wijk__http_not_found(c,
                             m ? wijk_tr(c->cx, "Deze scores zijn er niet voor dit niveau en deze periode.")
                               : wijk_tr(c->cx, "Deze methode bestaat niet."));
        return;
    }
    struct wijk_json_out *w = &c->json;
    struct wijk_series_key key = {"", s->period, s->level, s->division_year, s->release};
    wijk_json_begin_object(w);
    head(c, "methode", m->id, &key);
    wijk_json_kv_str(w, "spoorTotaal", wijk__res_id(c, WIJK_TRACE_VALUE, m->total, &key));
    wijk_json_kv_str(w, "spoorKlasse", wijk__res_id(c, WIJK_TRACE_CLASS, m->id, &key));
    wijk__res_list(w, "sporenDimensies");
    for (size_t d = 0; d < m->n_dimension; d++)
        wijk_json_cstr(w, wijk__res_id(c, WIJK_TRACE_VALUE, m->dimension[d].indicator, &key));
    wijk_json_end_array(w);
    wijk_json_kv_str(w, "zin", wijk_sentence_map(c->cx, s));
    wijk_json_kv_bool(w, "samengesteld", s->aggregated);
    vector(w, "totaal", s->total, s->n, s->n);
    wijk__res_list(w, "klasse");
    for (size_t i = 0; i < s->n; i++) {
        if (s->class_[i])
            wijk_json_int(w, s->class_[i]);
        else
            wijk_json_null(w);
    }
    wijk_json_end_array(w);
    wijk_json_key(w, "dimensies");
    wijk_json_begin_object(w);
    for (size_t d = 0; d < m->n_dimension; d++) vector(w, m->dimension[d].id, s->dimension[d], s->n, s->n);
    wijk_json_end_object(w);
    const struct wijk_class_limits *limits = wijk_class_limits_of(m, s->release);
    if (limits)
        vector(w, "grenzen", limits->limit, WIJK_CLASSES - 1, WIJK_CLASSES - 1);
    else
        wijk__res_null(w, "grenzen");
    wijk_json_kv_str(w, "status", score_digits(c, s));
    wijk_json_end_object(w);
}
