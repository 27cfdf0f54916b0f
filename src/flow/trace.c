/* SPDX-License-Identifier: EUPL-1.2 */
/* Where one number comes from. A delivered figure leads to a field of a file; a computed one to its inputs,
 * which are traced in the same way. Everything here is read from the snapshot, which holds only what may
 * leave. */
#include "flow/trace_int.h"

#include <string.h>

/* ---- which handler makes which part ---- */

static const struct wijk_trace *value(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                      size_t area, const struct wijk_trace_key *key)
{
    struct wijk__place p;
    if (wijk__place_find(r, d, key->name, key->period, key->release, &p))
        return wijk__trace_value(r, &p, area);
    return wijk__trace_earlier(r, d, area, key);
}

static const struct handler {
    const struct wijk_trace *(*of)(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                   size_t area, const struct wijk_trace_key *key);
    bool all; /* also of all areas together, and of a gemeente that is not in the division of the id or not in
               * the store: then d NULL, area SIZE_MAX, and the code is the handler's */
} HANDLER[WIJK_TRACE_PARTS] = {
    [WIJK_TRACE_VALUE] = {value, false},
    [WIJK_TRACE_CLASS] = {wijk__trace_class, false},
    [WIJK_TRACE_COVERED] = {wijk__trace_covered, false},
    [WIJK_TRACE_CHANGE] = {wijk__trace_change, false},
    [WIJK_TRACE_REST] = {wijk__trace_rest, false},
    [WIJK_TRACE_EXPECTED] = {wijk__trace_expected, false},
    [WIJK_TRACE_ALIKE] = {wijk__trace_alike, false},
    [WIJK_TRACE_FELT] = {wijk__trace_felt, false},
    [WIJK_TRACE_NOWCAST] = {wijk__trace_nowcast, false},
    [WIJK_TRACE_WEIGHING] = {wijk__trace_weighing, false},
    [WIJK_TRACE_SLOPE] = {wijk__trace_slope, false},
    [WIJK_TRACE_COURSE] = {wijk__trace_course, false},
    [WIJK_TRACE_INSUFFICIENT] = {wijk__trace_insufficient, true},
    [WIJK_TRACE_GAP] = {wijk__trace_gap, true},
    [WIJK_TRACE_CLUSTER] = {wijk__trace_cluster, true},
    [WIJK_TRACE_CONCENTRATION] = {wijk__trace_concentration, true},
    [WIJK_TRACE_SMOOTHED] = {wijk__trace_smoothed, false},
    [WIJK_TRACE_TRANSITION] = {wijk__trace_transition, true},
    [WIJK_TRACE_DRAWN] = {wijk__trace_drawn, true},
};

static const struct wijk_trace *by_key(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                       size_t area, const struct wijk_trace_key *key)
{
    return HANDLER[key->part].of(r, d, area, key);
}

/* ---- inputs of an analysis ---- */

bool wijk__trace_input(const struct wijk__tracer *r, struct wijk_trace *t,
                       const struct wijk_snapshot_division *d, size_t area, const struct wijk_trace_key *key,
                       double weight, const struct wijk_trace_key *weight_key)
{
    t->n_input_all++;
    if (t->n_input == WIJK_TRACE_INPUTS_MAX) return true;
    const struct wijk_trace *of = by_key(r, d, area, key);
    if (!of) return false;
    if (!t->room) t->input = t->room = WIJK_NEW(r->cx, struct wijk_trace_input, WIJK_TRACE_INPUTS_MAX);
    t->room[t->n_input++] = (struct wijk_trace_input){
        .of = of, .weight = weight, .weight_of = weight_key ? by_key(r, d, area, weight_key) : NULL};
    return true;
}

/* ---- asked by key ---- */

static enum wijk_err no_figure(struct wijk_cx *cx, const struct wijk__tracer *r,
                               const struct wijk_snapshot_division *d, size_t area,
                               const struct wijk_trace_key *key)
{
    struct wijk_trace_key newest = *key;
    const struct wijk_trace *now = NULL;
    char when[16];
    newest.release = NULL;
    if (key->release) now = by_key(r, d, area, &newest);
    if (now)
        return wijk_fail(cx, WIJK_ENOTFOUND,
                         "Dit cijfer is vervangen: de uitgave %s is er niet meer. Het nieuwe cijfer is %s.",
                         *key->release ? key->release : "-", now->id);
    wijk_period_write(key->period, when);
    return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen gegevens over %s voor %s.", key->name, when,
                     d ? d->areas.v[area].code : key->code);
}

/* Is the release asked for the one that is shown? Most are, and then nothing has to be traced twice. */
static bool is_newest(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                      const struct wijk_trace_key *key)
{
    struct wijk__place p;
    if (wijk__trace_of(key->part) == WIJK__TRACE_OF_METHOD) {
        const struct wijk_scores *s = wijk__trace_scores(d, key->name, key->period, NULL);
        return s && strcmp(s->release, key->release) == 0;
    }
    if (key->part != WIJK_TRACE_VALUE || !wijk__place_find(r, d, key->name, key->period, NULL, &p))
        return false;
    return strcmp(p.series ? p.series->key.release : p.scores->release, key->release) == 0;
}

/* The entries of the register a number hangs on: how it is computed, and the score it is of; NULL none. */
static const char *analysis_of(const struct wijk_trace_key *key)
{
    switch (key->part) {
    case WIJK_TRACE_WEIGHING: return key->name;
    case WIJK_TRACE_SMOOTHED:
    case WIJK_TRACE_SLOPE: return wijk_analysis_id(WIJK_ANALYSIS_TREND);
    case WIJK_TRACE_TRANSITION:
    case WIJK_TRACE_COURSE: return wijk_analysis_id(WIJK_ANALYSIS_COURSE);
    case WIJK_TRACE_INSUFFICIENT: return wijk_analysis_id(WIJK_ANALYSIS_INSUFFICIENT);
    case WIJK_TRACE_GAP: return wijk_analysis_id(WIJK_ANALYSIS_GAP);
    case WIJK_TRACE_EXPECTED: return wijk_analysis_id(WIJK_ANALYSIS_EXPECTED);
    case WIJK_TRACE_ALIKE: return wijk_analysis_id(WIJK_ANALYSIS_ALIKE);
    case WIJK_TRACE_FELT: return wijk_analysis_id(WIJK_ANALYSIS_FELT);
    case WIJK_TRACE_NOWCAST: return wijk_analysis_id(WIJK_ANALYSIS_NOWCAST);
    case WIJK_TRACE_CLUSTER: return wijk_analysis_id(WIJK_ANALYSIS_CLUSTER);
    case WIJK_TRACE_CONCENTRATION: return wijk_analysis_id(WIJK_ANALYSIS_CONCENTRATION);
    case WIJK_TRACE_VALUE:
    case WIJK_TRACE_CLASS:
    case WIJK_TRACE_COVERED:
    case WIJK_TRACE_CHANGE:
    case WIJK_TRACE_REST:
    case WIJK_TRACE_DRAWN:
    case WIJK_TRACE_PARTS: break;
    }
    return NULL;
}

static const char *score_of(const struct wijk_defs *defs, const struct wijk_trace_key *key)
{
    enum wijk__trace_of of = wijk__trace_of(key->part);
    const struct wijk_indicator *i =
        of == WIJK__TRACE_OF_INDICATOR ? wijk_defs_indicator(defs, key->name) : NULL;
    if (i && *i->method) return i->method;
    return of == WIJK__TRACE_OF_METHOD ? key->name : NULL;
}

static const struct wijk_trace *with_algorithm(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                               const struct wijk_trace *t)
{
    const char *id = analysis_of(&t->key);
    if (!id) id = score_of(s->defs, &t->key);
    if (!id && t->by) id = wijk_analysis_id(WIJK_ANALYSIS_CROSSWALK);
    if (!id || !wijk_defs_algorithm(s->defs, id)) return t;
    struct wijk_trace *out = WIJK_NEW(cx, struct wijk_trace, 1);
    *out = *t;
    out->algorithm = id;
    return out;
}

static enum wijk_err trace_key(struct wijk_cx *cx, const struct wijk_snapshot *s,
                               const struct wijk_drawn_answer *answer, const struct wijk_trace_key *key,
                               const struct wijk_trace **out)
{
    const struct wijk_snapshot_division *d = NULL;
    struct wijk__trace_memo memo = {.answer = answer};
    struct wijk__tracer r = {cx, s, &memo};
    size_t area = SIZE_MAX;
    enum wijk_err err =
        wijk__area_find(cx, s, key->code, HANDLER[key->part].all ? 0 : key->division_year, &d, &area);
    if (err != WIJK_OK && !HANDLER[key->part].all) return err;
    if (err != WIJK_OK) d = NULL, area = SIZE_MAX, wijk_fault_clear(cx);
    enum wijk__trace_of of = wijk__trace_of(key->part);
    if (of == WIJK__TRACE_OF_INDICATOR && !wijk_defs_indicator(s->defs, key->name))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.", key->name);
    if (of == WIJK__TRACE_OF_METHOD && !wijk_defs_method(s->defs, key->name))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", key->name);
    const char *by[] = {analysis_of(key), score_of(s->defs, key)};
    for (size_t k = 0; k < sizeof by / sizeof *by; k++)
        if (by[k] && wijk_defs_algorithm(s->defs, by[k])) WIJK_TRY(wijk__published(cx, s, by[k]));
    *out = by_key(&r, d, area, key);
    if (!*out) return no_figure(cx, &r, d, area, key);
    struct wijk_trace_key newest = *key;
    newest.release = NULL;
    const bool replaced = key->release && !is_newest(&r, d, key);
    const struct wijk_trace *now = replaced ? by_key(&r, d, area, &newest) : NULL;
    if (now && strcmp(now->id, (*out)->id) != 0) {
        struct wijk_trace *t = WIJK_NEW(cx, struct wijk_trace, 1);
        *t = **out;
        t->newer = now->id;
        *out = t;
    }
    *out = with_algorithm(cx, s, *out);
    return WIJK_OK;
}

enum wijk_err wijk_flow_trace_key(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                  const struct wijk_trace_key *key, const struct wijk_trace **out)
{
    return trace_key(cx, s, NULL, key, out);
}

enum wijk_err wijk_flow_trace_drawn(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                    const struct wijk_drawn_answer *answer, const struct wijk_trace_key *key,
                                    const struct wijk_trace **out)
{
    return trace_key(cx, s, answer, key, out);
}

enum wijk_err wijk_flow_trace_id(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *id,
                                 const struct wijk_trace **out)
{
    struct wijk_trace_key key;
    if (!wijk_trace_key_parse(cx, id, &key))
        return wijk_fail(cx, WIJK_EUSAGE, "Dit is geen spoor van een getal.");
    return wijk_flow_trace_key(cx, s, &key, out);
}

enum wijk_err wijk_flow_trace(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *code,
                              const char *indicator, struct wijk_period period, int division_year,
                              const struct wijk_trace **out)
{
    struct wijk_trace_key key = {
        .code = code, .name = indicator, .period = period, .division_year = division_year};
    return wijk_flow_trace_key(cx, s, &key, out);
}

bool wijk_trace_residents(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                          struct wijk_trace_key *out)
{
    const struct wijk_series *found = NULL;
    double shown = d->areas.v[area].residents;
    for (size_t i = wijk__series_first(s->series, s->n_series, "residents");
         i < s->n_series && strcmp(s->series[i].key.indicator, "residents") == 0; i++) {
        const struct wijk_series *v = &s->series[i];
        if (v->key.level != d->areas.level || v->key.division_year != d->areas.division_year) continue;
        if (area < v->n && v->value[area] == shown) found = v; /* sorted by period: the newest that says so */
    }
    if (!found) return false;
    *out = (struct wijk_trace_key){.code = d->areas.v[area].code,
                                   .name = "residents",
                                   .period = found->key.period,
                                   .division_year = d->areas.division_year,
                                   .release = found->key.release};
    return true;
}
