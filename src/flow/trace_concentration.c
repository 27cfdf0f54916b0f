/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a figure about the spread of a group comes from: the shares of the areas of a gemeente, each with
 * what it is a share of. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *id, *label, *symbols;
} TOLD[WIJK_CONCENTRATION_TOLDS] = {
    [WIJK_CONCENTRATION_TOLD_DISSIMILARITY] = {"ongelijk", WIJK_T("ongelijke verdeling"),
                                               "D = Σ t|p − P| ÷ (2TP(1 − P))"},
    [WIJK_CONCENTRATION_TOLD_CHANCE] = {"toeval", WIJK_T("ongelijke verdeling bij toeval"),
                                        "E = Σ t√(2/π)s ÷ (2TP(1 − P)), s² = P(1 − P)/t × (1 − t/T)"},
    [WIJK_CONCENTRATION_TOLD_ISOLATION] = {"nabijheid", WIJK_T("onderlinge nabijheid"), "Σ (tp ÷ TP) × p"},
    [WIJK_CONCENTRATION_TOLD_SHARE] = {"aandeel", WIJK_T("aandeel in de gemeente"), "P = Σ tp ÷ Σ t"},
    [WIJK_CONCENTRATION_TOLD_IN_CORPORATIE] = {"corporatie", WIJK_T("deel dat in een corporatiebuurt woont"),
                                               "Σ tp (w > 66⅔) ÷ Σ tp"},
    [WIJK_CONCENTRATION_TOLD_BASE_IN_CORPORATIE] = {"corporatieallen",
                                                    WIJK_T("deel van allen dat in een corporatiebuurt woont"),
                                                    "Σ t (w > 66⅔) ÷ Σ t"},
    [WIJK_CONCENTRATION_TOLD_CORPORATIES] = {"buurten", WIJK_T("corporatiebuurten"), "|{ w > 66⅔ }|"},
    [WIJK_CONCENTRATION_TOLD_QUOTIENT] = {"verhouding", WIJK_T("verhouding tot de gemeente"), "p ÷ P"},
};

static double value_of(const struct wijk_concentration *c, enum wijk_concentration_told what)
{
    switch (what) {
    case WIJK_CONCENTRATION_TOLD_DISSIMILARITY: return c->dissimilarity;
    case WIJK_CONCENTRATION_TOLD_CHANCE: return c->chance;
    case WIJK_CONCENTRATION_TOLD_ISOLATION: return c->isolation;
    case WIJK_CONCENTRATION_TOLD_SHARE: return c->share_pct;
    case WIJK_CONCENTRATION_TOLD_IN_CORPORATIE: return c->in_corporatie_pct;
    case WIJK_CONCENTRATION_TOLD_BASE_IN_CORPORATIE: return c->base_in_corporatie_pct;
    default: return c->n_corporatie;
    }
}

static bool told_of(const char *id, enum wijk_concentration_told *out)
{
    for (unsigned k = 0; k < WIJK_CONCENTRATION_TOLDS; k++)
        if (strcmp(id, TOLD[k].id) == 0) {
            *out = (enum wijk_concentration_told)k;
            return true;
        }
    return false;
}

static size_t find(const struct wijk_flow_concentration *f, const char *code, bool area)
{
    const size_t n = area ? f->n : f->n_whole;
    for (size_t i = 0; i < n; i++)
        if (strcmp(area ? f->division->areas.v[f->area[i]].code : f->whole_code[i], code) == 0) return i;
    return SIZE_MAX;
}

/* Shares and what they are shares of, of every area of the gemeente; homes where they matter. */
static void put_inputs(const struct wijk__tracer *r, struct wijk_trace *t,
                       const struct wijk_flow_concentration *f, size_t whole,
                       enum wijk_concentration_told what)
{
    const bool housing = what == WIJK_CONCENTRATION_TOLD_IN_CORPORATIE ||
                         what == WIJK_CONCENTRATION_TOLD_BASE_IN_CORPORATIE ||
                         what == WIJK_CONCENTRATION_TOLD_CORPORATIES;
    for (size_t i = 0; i < f->n; i++) {
        if (f->whole[i] != whole || isnan(f->share[i])) continue;
        wijk__trace_input_id(r, t, f->share_id[i], NAN);
        wijk__trace_input_id(r, t, f->base_id[i], NAN);
        if (housing) wijk__trace_input_id(r, t, f->housing_id[i], NAN);
    }
}

static void put_settings(const struct wijk__tracer *r, struct wijk_trace *t,
                         const struct wijk_flow_concentration *f, size_t whole)
{
    struct wijk_cx *cx = r->cx;
    char period[16], left[32];
    wijk__trace_set(r, t, wijk_tr(cx, "aandeel van"), wijk_indicator_label(f->base, wijk_cx_lang(cx)));
    wijk_period_write(f->base_period, period);
    wijk__trace_set(r, t, wijk_tr(cx, "geteld in"), wijk_str_dup(cx, wijk_str(period)));
    if (f->housing_period.year) {
        wijk_period_write(f->housing_period, period);
        wijk__trace_set(r, t, wijk_tr(cx, "woningen van"), wijk_str_dup(cx, wijk_str(period)));
    }
    left[wijk_num_write((double)f->of[whole].n_left, left)] = '\0';
    wijk__trace_set(r, t, wijk_tr(cx, "gebieden zonder cijfer"), wijk_str_dup(cx, wijk_str(left)));
}

const struct wijk_trace *wijk__trace_concentration(const struct wijk__tracer *r,
                                                   const struct wijk_snapshot_division *d, size_t area,
                                                   const struct wijk_trace_key *key)
{
    struct wijk_cx *cx = r->cx;
    enum wijk_concentration_told what;
    struct wijk_flow_concentration f;
    char gemeente[WIJK_CODE_MAX];
    const char *code = d ? d->areas.v[area].code : key->code;
    struct wijk_flow_concentration_in in = {.indicator = key->name,
                                            .base = wijk_trace_param_of(cx, key->param, "basis", NULL),
                                            .housing = wijk_trace_param_of(cx, key->param, "woningen", NULL),
                                            .period = key->period,
                                            .division_year = key->division_year};
    if (!told_of(wijk_trace_param_of(cx, key->param, "maat", "ongelijk"), &what) ||
        !wijk_code_gemeente(code, gemeente))
        return NULL;
    const bool of_area = what == WIJK_CONCENTRATION_TOLD_QUOTIENT;
    if (of_area == (strcmp(code, gemeente) == 0)) return NULL;
    if (of_area && wijk__area_find(cx, r->s, code, key->division_year, &d, &area) != WIJK_OK)
        return wijk_fault_clear(cx), NULL;
    if (of_area)
        in.level = d->areas.level;
    else if (!wijk_level_parse(wijk_str(wijk_trace_param_of(cx, key->param, "niveau", "buurt")), &in.level))
        return NULL;
    in.within = gemeente;
    if (wijk_flow_concentration(cx, r->s, &in, &f) != WIJK_OK) return wijk_fault_clear(cx), NULL;
    const size_t whole = find(&f, gemeente, false), at = of_area ? find(&f, code, true) : 0;
    if (whole == SIZE_MAX || at == SIZE_MAX) return NULL;
    struct wijk_trace_key own = *key;
    own.release = "";
    struct wijk_trace *t = wijk__trace_begin(r, d, area, own);
    /* A gemeente need not be in the division whose areas are counted, nor in the store. */
    t->key.division_year = t->division_year = f.division->areas.division_year;
    t->id = wijk_trace_id(cx, &t->key);
    t->indicator = f.indicator;
    t->label = wijk_sprintf(cx, "%s: %s", wijk_indicator_label(f.indicator, wijk_cx_lang(cx)),
                            wijk_tr(cx, TOLD[what].label));
    t->unit = what <= WIJK_CONCENTRATION_TOLD_ISOLATION            ? wijk_tr(cx, "deel van 1")
              : what <= WIJK_CONCENTRATION_TOLD_BASE_IN_CORPORATIE ? "%"
              : of_area                                            ? wijk_tr(cx, "keer")
                                                                   : wijk_tr(cx, "buurten");
    t->definition = wijk_tr(cx, "Hoe een groep over de gebieden van een gemeente verdeeld is.");
    t->symbols = TOLD[what].symbols;
    put_settings(r, t, &f, whole);
    t->value = of_area ? f.quotient[at] : value_of(&f.of[whole], what);
    if (of_area) wijk__trace_input_id(r, t, f.share_id[at], NAN);
    put_inputs(r, t, &f, whole, what);
    if (isnan(t->value)) {
        const enum wijk_lack lack = of_area ? (enum wijk_lack)f.lack[at] : f.of[whole].lack;
        t->status = lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_MISSING;
        t->words = wijk_tr(cx, wijk_lack_text(lack ? lack : WIJK_LACK_NO_VALUE));
        return t;
    }
    t->status = WIJK_STATUS_OK;
    t->way = WIJK_WAY_ANALYSIS;
    if (what == WIJK_CONCENTRATION_TOLD_DISSIMILARITY) t->low = f.of[whole].low, t->high = f.of[whole].high;
    t->words = wijk_flow_concentration_words(cx, &f, whole);
    return t;
}
