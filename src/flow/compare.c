/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas of one division side by side: by a recipe who are alike and what is to be expected, and what people
 * say beside what is counted. All figures come from the snapshot, so they have passed the gate. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- groups: areas that lie together are left out together ---- */

enum { LEAST_GROUPS = 3 };
struct named {
    char name[WIJK_CODE_MAX];
    size_t area;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    const int order = strcmp(x->name, y->name);
    return order ? order : (x->area > y->area) - (x->area < y->area);
}

/* The gemeente of an area, its wijk, or (a postcode) its first two digits; else the area by itself. */
static void name_group(const struct wijk_area *a, bool wijk, char out[WIJK_CODE_MAX])
{
    bool found = wijk ? wijk_code_parent(a->code, out) : wijk_code_gemeente(a->code, out);
    if (found && strcmp(out, a->code) != 0) return;
    size_t n = strlen(a->code), keep = n == 4 ? 2 : n;
    if (keep >= WIJK_CODE_MAX) keep = WIJK_CODE_MAX - 1;
    memcpy(out, a->code, keep);
    out[keep] = 0;
}

static size_t number_groups(struct wijk_cx *cx, const struct wijk_areas *areas, bool wijk, size_t *group)
{
    struct named *v = WIJK_NEW(cx, struct named, areas->n);
    size_t n = 0;
    for (size_t i = 0; i < areas->n; i++) {
        v[i].area = i;
        name_group(&areas->v[i], wijk, v[i].name);
    }
    if (areas->n) qsort(v, areas->n, sizeof *v, by_name);
    for (size_t i = 0; i < areas->n; i++) {
        if (i && strcmp(v[i].name, v[i - 1].name) != 0) n++;
        group[v[i].area] = n;
    }
    return areas->n ? n + 1 : 0;
}

const size_t *wijk__groups_of(struct wijk_cx *cx, const struct wijk_areas *areas, size_t *n_group)
{
    size_t *group = WIJK_NEW(cx, size_t, areas->n);
    *n_group = number_groups(cx, areas, false, group);
    if (*n_group < LEAST_GROUPS) *n_group = number_groups(cx, areas, true, group);
    return group;
}

/* ---- inputs ---- */

const struct wijk_series *wijk__newest_of(const struct wijk_snapshot_division *d, const char *indicator,
                                          int year)
{
    const struct wijk_series *best = NULL;
    for (size_t i = 0; i < d->n_series; i++) {
        const struct wijk_series *v = d->series[i];
        if (v->key.period.month || strcmp(v->key.indicator, indicator) != 0) continue;
        if (!year || v->key.period.year == year) best = v; /* by period: the newest comes last */
    }
    return best;
}

const double *wijk__values_of(struct wijk_cx *cx, const struct wijk_series *v, size_t n)
{
    double *out = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++)
        out[i] = v && i < v->n && wijk_status_valued((enum wijk_status)v->status[i]) ? v->value[i] : NAN;
    return out;
}

/* The areas outside a gemeente take no part. */
static const double *only_within(struct wijk_cx *cx, const struct wijk_areas *areas, const char *within,
                                 const double *value)
{
    if (!within) return value;
    double *out = WIJK_NEW(cx, double, areas->n);
    for (size_t i = 0; i < areas->n; i++) {
        char gemeente[WIJK_CODE_MAX];
        const bool in = wijk_code_gemeente(areas->v[i].code, gemeente) && strcmp(gemeente, within) == 0;
        out[i] = in ? value[i] : NAN;
    }
    return out;
}

/* The ids to compare by: those asked for, else those of the recipe. */
static enum wijk_err choose_inputs(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                   const struct wijk_flow_compare_in *in, struct wijk_compare *c,
                                   const char *const **id, size_t *n)
{
    *id = in->indicator;
    *n = in->n_indicator;
    if (!*n) {
        c->recipe = in->recipe         ? wijk_defs_peers(s->defs, in->recipe)
                    : s->defs->n_peers ? s->defs->peers
                                       : NULL;
        if (!c->recipe)
            return wijk_fail(cx, WIJK_ENOTFOUND, "Het recept %s bestaat niet.",
                             in->recipe ? in->recipe : "-");
        *id = c->recipe->input;
        *n = c->recipe->n_input;
    }
    if (*n > WIJK_PEER_INPUTS) return wijk_fail(cx, WIJK_ELIMIT, "Hoogstens %d kenmerken.", WIJK_PEER_INPUTS);
    for (size_t k = 0; k < *n; k++) {
        const struct wijk_indicator *i = wijk_defs_indicator(s->defs, (*id)[k]);
        if (!i) return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.", (*id)[k]);
        if (wijk_peer_input_fault(i))
            return wijk_fail(
                cx, WIJK_EUSAGE,
                "%s kan niet: wie er woont, een deel van een score en wat inwoners zeggen tellen "
                "niet mee als gebieden worden vergeleken.",
                i->id);
    }
    return WIJK_OK;
}

static enum wijk_err lay_side_by_side(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                      const struct wijk_flow_compare_in *in, struct wijk_compare *c)
{
    const char *const *id;
    const double *value[WIJK_PEER_INPUTS];
    const struct wijk_areas *areas = &c->division->areas;
    size_t n;
    WIJK_TRY(choose_inputs(cx, s, in, c, &id, &n));
    for (size_t k = 0; k < n; k++) {
        const struct wijk_series *v = wijk__newest_of(c->division, id[k], 0);
        if (!v) {
            c->n_absent++;
            continue;
        }
        value[c->n_input] = only_within(cx, areas, in->within, wijk__values_of(cx, v, areas->n));
        c->input[c->n_input++] =
            (struct wijk_compare_input){wijk_defs_indicator(s->defs, id[k]), v, SIZE_MAX};
    }
    WIJK_TRY(wijk_alike_of(cx, value, c->n_input, areas->n, 0, &c->alike));
    for (size_t u = 0; u < c->alike->n_used; u++) c->input[c->alike->used[u]].used = u;
    return WIJK_OK;
}

/* ---- what is expected ---- */

static bool any_known(const double *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i])) return true;
    return false;
}

static const double *totals_of(struct wijk_cx *cx, const struct wijk_scores *s, size_t n)
{
    double *out = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) out[i] = i < s->n ? s->total[i] : NAN;
    return out;
}

/* The newest totals of a method. */
static void see_totals(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *method,
                       struct wijk_compare *c)
{
    const struct wijk_snapshot_division *d = c->division;
    for (size_t i = 0; i < d->n_scores; i++) {
        const struct wijk_scores *one = d->scores[i];
        if (method && strcmp(one->method->id, method) != 0) continue;
        if (c->method && wijk_period_key(one->period) < wijk_period_key(c->key.period)) continue;
        const double *total = totals_of(cx, one, d->areas.n);
        if (!any_known(total, d->areas.n)) continue;
        c->method = one->method;
        c->figure = wijk_defs_indicator(s->defs, one->method->total);
        c->key = (struct wijk_series_key){one->method->total, one->period, one->level, one->division_year,
                                          one->release};
        c->seen = total;
    }
}

/* Some files have the score itself and not how far it is from the country's. */
static void see_scores(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *method,
                       struct wijk_compare *c)
{
    for (size_t k = 0; k < s->defs->n_method; k++) {
        const struct wijk_method *m = &s->defs->method[k];
        const struct wijk_series *v = *m->score ? wijk__newest_of(c->division, m->score, 0) : NULL;
        if (!v || (method && strcmp(m->id, method) != 0)) continue;
        if (c->method && wijk_period_key(v->key.period) < wijk_period_key(c->key.period)) continue;
        c->method = m;
        c->figure = wijk_defs_indicator(s->defs, m->score);
        c->key = v->key;
        c->seen = wijk__values_of(cx, v, c->division->areas.n);
    }
}

static void expect(struct wijk_cx *cx, struct wijk_compare *c)
{
    size_t n_group;
    const size_t *group = wijk__groups_of(cx, &c->division->areas, &n_group);
    if (!c->method) {
        c->why = wijk_tr(cx, "Er zijn geen scores om mee te vergelijken.");
        return;
    }
    const struct wijk_expected_in in = {
        .alike = c->alike, .seen = c->seen, .group = group, .n_group = n_group, .k = c->k};
    if (wijk_expected_of(cx, &in, &c->expected) == WIJK_OK) return;
    c->expected = NULL;
    c->why = wijk_str_dup(cx, wijk_str(wijk_fault(cx)));
    wijk_fault_clear(cx);
}

enum wijk_err wijk_flow_compare(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                const struct wijk_flow_compare_in *in, const struct wijk_compare **out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_ALIKE));
    struct wijk_compare *c = WIJK_NEW(cx, struct wijk_compare, 1);
    c->division = in->division;
    c->k = !in->k ? WIJK_PEERS_USUAL : in->k > WIJK_PEERS_MAX ? WIJK_PEERS_MAX : in->k;
    c->why = "";
    if (in->method && !wijk_defs_method(s->defs, in->method))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", in->method);
    WIJK_TRY(lay_side_by_side(cx, s, in, c));
    see_totals(cx, s, in->method, c);
    if (!c->method) see_scores(cx, s, in->method, c);
    const char *shut = wijk_snapshot_shut(cx, s, wijk_analysis_id(WIJK_ANALYSIS_EXPECTED));
    if (shut)
        c->why = shut;
    else
        expect(cx, c);
    *out = c;
    return WIJK_OK;
}

/* ---- what stands out between an area and its peers ---- */

size_t wijk_compare_peers(struct wijk_cx *cx, const struct wijk_compare *c, size_t area,
                          struct wijk_peer peer[WIJK_PEERS_MAX])
{
    return wijk_alike_peers(cx, c->alike, area, c->k, c->seen, peer);
}

double wijk_compare_apart(const struct wijk_compare *c, size_t area, size_t input,
                          const struct wijk_peer *peer, size_t n_peer)
{
    const size_t u = c->input[input].used, m = c->alike->n_used;
    double sum = 0, n = 0;
    if (u == SIZE_MAX) return NAN;
    for (size_t k = 0; k < n_peer; k++) {
        const double z = c->alike->z[peer[k].area * m + u];
        if (!isnan(z)) sum += z, n++;
    }
    return n > 0 ? c->alike->z[area * m + u] - sum / n : NAN;
}

/* ---- perception ---- */

static int sign_of(const struct wijk_indicator *i)
{
    return i->direction == WIJK_DIRECTION_DOWN ? 1 : -1; /* down: more is more of the trouble */
}

static bool feel_one(struct wijk_cx *cx, const struct wijk_snapshot *s,
                     const struct wijk_snapshot_division *d, const struct wijk_perception_pair *pair,
                     struct wijk_feeling *f)
{
    const struct wijk_series *said = wijk__newest_of(d, pair->said, 0);
    if (!said) return false;
    *f = (struct wijk_feeling){.pair = pair,
                               .said = wijk_defs_indicator(s->defs, pair->said),
                               .fact = wijk_defs_indicator(s->defs, pair->fact),
                               .said_series = said,
                               .why = ""};
    const char *shut = wijk_snapshot_shut(cx, s, wijk_analysis_id(WIJK_ANALYSIS_FELT));
    if (shut) {
        f->why = shut;
        return true;
    }
    f->fact_series = wijk__newest_of(d, pair->fact, said->key.period.year);
    if (!f->fact_series) { /* the year after or before is not the same year */
        f->why = wijk_tr(cx, "Van dat jaar zijn er geen feiten om naast te leggen.");
        return true;
    }
    size_t n_group;
    const size_t *group = wijk__groups_of(cx, &d->areas, &n_group);
    f->said_value = wijk__values_of(cx, said, d->areas.n);
    f->fact_value = wijk__values_of(cx, f->fact_series, d->areas.n);
    const struct wijk_perception_in in = {.n = d->areas.n,
                                          .said = f->said_value,
                                          .fact = f->fact_value,
                                          .said_sign = sign_of(f->said),
                                          .fact_sign = sign_of(f->fact),
                                          .group = group,
                                          .n_group = n_group};
    if (wijk_perception_of(cx, &in, &f->perception) == WIJK_OK) return true;
    f->perception = NULL;
    f->why = wijk_str_dup(cx, wijk_str(wijk_fault(cx)));
    wijk_fault_clear(cx);
    return true;
}

size_t wijk_flow_perception(struct wijk_cx *cx, const struct wijk_snapshot *s,
                            const struct wijk_snapshot_division *d, const struct wijk_feeling **out)
{
    struct wijk_feeling *v = WIJK_NEW(cx, struct wijk_feeling, s->defs->n_perception);
    size_t n = 0;
    for (size_t i = 0; i < s->defs->n_perception; i++)
        if (feel_one(cx, s, d, &s->defs->perception[i], &v[n])) n++;
    *out = v;
    return n;
}
