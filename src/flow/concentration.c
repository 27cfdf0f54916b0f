/* SPDX-License-Identifier: EUPL-1.2 */
/* Who lives in which housing, per gemeente: shares, what they are shares of, and homes of associations. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

static const uint64_t SEED = 9901;
static const char GROUP[] = "low_income_households_pct", HOUSING[] = "corporation_rent_pct";

static const char *const TOLD[] = {
#define X(name, id) id,
    WIJK_CONCENTRATION_TOLD(X)
#undef X
};

/* ---- figures of one period, or of the one nearest to it --------------------------------------------------
 */

struct column {
    const struct wijk_history *h;
    struct wijk_period period;
    double *value;
    uint8_t *lack;
    const char **id;
    size_t n_known;
};

static size_t known_in(const struct wijk_history *h, size_t p)
{
    size_t n = 0;
    for (size_t i = 0; i < h->n_area; i++) n += isnan(h->same[i * h->n_period + p]) ? 0 : 1;
    return n;
}

/* The column of a period; with `near` the last before it, else the first after it. year 0: the newest. */
static bool choose_column(const struct wijk_history *h, struct wijk_period period, bool near, size_t *out)
{
    size_t best = SIZE_MAX;
    for (size_t p = 0; p < h->n_period; p++) {
        if (!known_in(h, p)) continue;
        const int32_t key = wijk_period_key(h->period[p]), want = wijk_period_key(period);
        if (!period.year || key == want || (near && (key < want || best == SIZE_MAX))) best = p;
    }
    *out = best;
    return best != SIZE_MAX;
}

static bool read_column(struct wijk_cx *cx, const struct wijk_snapshot *s,
                        const struct wijk_flow_concentration *f, const char *indicator,
                        struct wijk_period period, bool near, struct column *out)
{
    const struct wijk_flow_history_in in = {
        .division = f->division, .indicator = indicator, .area = f->area, .n_area = f->n};
    size_t p;
    *out = (struct column){.value = WIJK_NEW(cx, double, f->n),
                           .lack = WIJK_NEW(cx, uint8_t, f->n),
                           .id = WIJK_NEW(cx, const char *, f->n)};
    for (size_t i = 0; i < f->n; i++) out->value[i] = NAN, out->lack[i] = WIJK_LACK_NO_VALUE;
    if (wijk_flow_history(cx, s, &in, &out->h) != WIJK_OK || !choose_column(out->h, period, near, &p))
        return false;
    out->period = out->h->period[p];
    for (size_t i = 0; i < f->n; i++) {
        out->value[i] = out->h->same[i * out->h->n_period + p];
        out->lack[i] = out->h->lack[i * out->h->n_period + p];
        out->n_known += isnan(out->value[i]) ? 0 : 1;
        out->id[i] = wijk_history_id(cx, out->h, i, p);
    }
    return out->n_known > 0;
}

/* ---- which areas, of which gemeente
 * ------------------------------------------------------------------------ */

static void name_wholes(struct wijk_cx *cx, const struct wijk_snapshot *s, struct wijk_flow_concentration *f)
{
    const struct wijk_snapshot_division *g =
        wijk_snapshot_division(s, WIJK_LEVEL_GEMEENTE, f->division->areas.division_year);
    const char **name = WIJK_NEW(cx, const char *, f->n_whole);
    for (size_t w = 0; w < f->n_whole; w++) {
        const size_t at = g ? wijk_area_find(g->index, f->whole_code[w]) : SIZE_MAX;
        name[w] = at != SIZE_MAX ? g->areas.v[at].name : f->whole_code[w];
    }
    f->whole_name = name;
}

/* Areas come sorted by code from official sources, so of one gemeente they follow each other; where they do
 * not, the list is searched. */
static void part(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *within,
                 struct wijk_flow_concentration *f)
{
    const struct wijk_areas *areas = &f->division->areas;
    size_t *area = WIJK_NEW(cx, size_t, areas->n), *whole = WIJK_NEW(cx, size_t, areas->n);
    const char **code = WIJK_NEW(cx, const char *, areas->n);
    f->n = f->n_whole = 0;
    for (size_t i = 0; i < areas->n; i++) {
        char of[WIJK_CODE_MAX];
        if (!wijk_code_gemeente(areas->v[i].code, of) || (within && *within && strcmp(of, within) != 0))
            continue;
        size_t w = f->n_whole;
        while (w > 0 && strcmp(code[w - 1], of) != 0) w--;
        if (!w) {
            code[f->n_whole++] = wijk_str_dup(cx, wijk_str(of));
            w = f->n_whole;
        }
        whole[f->n] = w - 1;
        area[f->n++] = i;
    }
    f->area = area;
    f->whole = whole;
    f->whole_code = code;
    name_wholes(cx, s, f);
}

static enum wijk_err choose(struct wijk_cx *cx, const struct wijk_snapshot *s,
                            const struct wijk_flow_concentration_in *in, struct wijk_flow_concentration *f,
                            struct column *share)
{
    const enum wijk_level level = in->level == WIJK_LEVEL_COUNT ? WIJK_LEVEL_BUURT : in->level;
    bool areas = false;
    for (size_t i = 0; i < s->n_division; i++) {
        f->division = &s->division[i];
        if (f->division->areas.level != level ||
            (in->division_year && in->division_year != f->division->areas.division_year))
            continue;
        part(cx, s, in->within, f);
        areas = areas || f->n;
        if (f->n && read_column(cx, s, f, f->indicator->id, in->period, false, share)) return WIJK_OK;
    }
    if (!areas && in->within && *in->within)
        return wijk_fail(cx, WIJK_ENOTFOUND, "In %s liggen geen gebieden met dit cijfer.", in->within);
    return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen cijfers per %s.",
                     wijk_indicator_label(f->indicator, wijk_cx_lang(cx)),
                     wijk_tr(cx, wijk_level_label(level, false)));
}

/* ---- the recipe
 * ----------------------------------------------------------------------------------------------- */

static const char *base_of(const struct wijk_flow_concentration_in *in, const struct wijk_indicator *i)
{
    if (in->base) return in->base;
    if (i->base && *i->base) return i->base;
    return strstr(i->id, "households") ? "households" : "residents";
}

static enum wijk_err name_indicators(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                     const struct wijk_flow_concentration_in *in,
                                     struct wijk_flow_concentration *f)
{
    const char *group = in->indicator ? in->indicator : GROUP, *housing = in->housing ? in->housing : HOUSING;
    f->indicator = wijk_defs_indicator(s->defs, group);
    f->housing = wijk_defs_indicator(s->defs, housing);
    f->base = f->indicator ? wijk_defs_indicator(s->defs, base_of(in, f->indicator)) : NULL;
    if (!f->indicator || !f->housing || !f->base)
        return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.",
                         !f->indicator ? group
                         : !f->housing ? housing
                                       : base_of(in, f->indicator));
    if (strcmp(f->indicator->unit_nl, "%") != 0 || strcmp(f->housing->unit_nl, "%") != 0)
        return wijk_fail(cx, WIJK_EDATA, "%s is geen aandeel in procenten.",
                         strcmp(f->indicator->unit_nl, "%") != 0 ? group : housing);
    return WIJK_OK;
}

enum wijk_err wijk_flow_concentration(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                      const struct wijk_flow_concentration_in *in,
                                      struct wijk_flow_concentration *out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_CONCENTRATION));
    struct column share, base, housing;
    *out = (struct wijk_flow_concentration){0};
    WIJK_TRY(name_indicators(cx, s, in, out));
    WIJK_TRY(choose(cx, s, in, out, &share));
    if (!read_column(cx, s, out, out->base->id, share.period, true, &base))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen cijfers per %s.",
                         wijk_indicator_label(out->base, wijk_cx_lang(cx)),
                         wijk_tr(cx, wijk_level_label(out->division->areas.level, false)));
    read_column(cx, s, out, out->housing->id, share.period, true, &housing);
    out->period = share.period;
    out->base_period = base.period;
    out->housing_period = housing.period;
    struct wijk_concentration *of = WIJK_NEW(cx, struct wijk_concentration, out->n_whole);
    double *quotient = WIJK_NEW(cx, double, out->n);
    uint8_t *cell = WIJK_NEW(cx, uint8_t, out->n);
    const struct wijk_concentration_in figures = {out->n,     share.value,  base.value, housing.value,
                                                  out->whole, out->n_whole, 0,          SEED};
    WIJK_TRY(wijk_concentration_of(cx, &figures, of, quotient));
    wijk_bivariate_of(cx, housing.value, share.value, out->n, cell, &out->map);
    out->of = of;
    out->quotient = quotient;
    out->cell = cell;
    out->share = share.value;
    out->housing_pct = housing.value;
    out->lack = share.lack;
    out->share_id = share.id;
    out->base_id = base.id;
    out->housing_id = housing.id;
    const char *param = NULL;
    if (in->base) param = wijk_trace_param(cx, param, "basis", in->base);
    if (in->housing) param = wijk_trace_param(cx, param, "woningen", in->housing);
    out->param = param;
    return WIJK_OK;
}

const char *wijk_flow_concentration_id(struct wijk_cx *cx, const struct wijk_flow_concentration *f,
                                       const char *code, enum wijk_concentration_told what)
{
    const char *param = f->param;
    if (what) param = wijk_trace_param(cx, param, "maat", TOLD[what]);
    if (what != WIJK_CONCENTRATION_TOLD_QUOTIENT && f->division->areas.level != WIJK_LEVEL_BUURT)
        param = wijk_trace_param(cx, param, "niveau", wijk_level_id(f->division->areas.level));
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = code,
                                                      .part = WIJK_TRACE_CONCENTRATION,
                                                      .name = f->indicator->id,
                                                      .period = f->period,
                                                      .division_year = f->division->areas.division_year,
                                                      .release = "",
                                                      .param = param});
}

const char *wijk_flow_concentration_words(struct wijk_cx *cx, const struct wijk_flow_concentration *f,
                                          size_t whole)
{
    const struct wijk_concentration *c = &f->of[whole];
    const char *name = f->whole_name[whole], *group = wijk_indicator_label(f->indicator, wijk_cx_lang(cx));
    const char *lives =
        isnan(c->in_corporatie_pct)
            ? ""
            : wijk_sprintf(
                  cx, wijk_tr(cx, " In een corporatiebuurt woont %s%% van deze groep en %s%% van allen."),
                  wijk_num_people(cx, c->in_corporatie_pct, 0),
                  wijk_num_people(cx, c->base_in_corporatie_pct, 0));
    if (c->lack)
        return wijk_sprintf(cx, wijk_tr(cx, "%s in %s: geen uitkomst over de verdeling, %s.%s"), group, name,
                            wijk_tr(cx, wijk_lack_text(c->lack)), lives);
    return wijk_sprintf(cx,
                        wijk_tr(cx, "%s in %s: %s%% zou moeten verhuizen voor een gelijke verdeling (%s tot "
                                    "%s; bij toeval ongeveer %s).%s"),
                        group, name, wijk_num_people(cx, 100 * c->dissimilarity, 0),
                        wijk_num_people(cx, 100 * c->low, 0), wijk_num_people(cx, 100 * c->high, 0),
                        wijk_num_people(cx, 100 * c->chance, 0), lives);
}
