/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a figure about neighbours comes from: the area's own figure, those of its neighbours, and what chance
 * was asked. The whole is computed anew, so a trace cannot say something else than the map. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

/* ---- for handlers of analyses
 * ---------------------------------------------------------------------------------- */

void wijk__trace_input_id(const struct wijk__tracer *r, struct wijk_trace *t, const char *id, double weight)
{
    struct wijk_trace_key key;
    const struct wijk_snapshot_division *d;
    size_t area;
    if (id && wijk_trace_key_parse(r->cx, id, &key) &&
        wijk__area_find(r->cx, r->s, key.code, key.division_year, &d, &area) == WIJK_OK)
        wijk__trace_input(r, t, d, area, &key, weight, NULL);
}

void wijk__trace_set(const struct wijk__tracer *r, struct wijk_trace *t, const char *name, const char *value)
{
    struct wijk_trace_setting *v = WIJK_NEW(r->cx, struct wijk_trace_setting, t->n_setting + 1);
    if (t->n_setting) memcpy(v, t->setting, t->n_setting * sizeof *v);
    v[t->n_setting++] = (struct wijk_trace_setting){name, value};
    t->setting = v;
}

const char *wijk__trace_number(struct wijk_cx *cx, double v)
{
    char text[32];
    return wijk_str_dup(cx, (struct wijk_str){text, wijk_num_write(v, text)});
}

/* ---- what is asked
 * --------------------------------------------------------------------------------------------- */

static const char *const TOLD[] = {
#define X(name, id) id,
    WIJK_CLUSTER_TOLD(X)
#undef X
};
static const char *const LABEL[WIJK_CLUSTER_TOLDS] = {
    [WIJK_CLUSTER_TOLD_Q] = WIJK_T("kans op toeval, voor het aantal gebieden omgerekend"),
    [WIJK_CLUSTER_TOLD_P] = WIJK_T("kans op toeval bij deze buren"),
    [WIJK_CLUSTER_TOLD_LAG] = WIJK_T("gemiddelde van de buren"),
    [WIJK_CLUSTER_TOLD_LOCAL] = WIJK_T("lokale Moran"),
    [WIJK_CLUSTER_TOLD_STAR] = WIJK_T("Gi* van het gebied en zijn buren"),
    [WIJK_CLUSTER_TOLD_NEAR] = WIJK_T("buren met een cijfer"),
    [WIJK_CLUSTER_TOLD_KIND] = WIJK_T("patroon met de buren"),
    [WIJK_CLUSTER_TOLD_ALL] = WIJK_T("Morans I van alle gebieden"),
    [WIJK_CLUSTER_TOLD_ALL_P] = WIJK_T("kans op toeval van Morans I"),
};
static const char *const SYMBOLS[WIJK_CLUSTER_TOLDS] = {
    [WIJK_CLUSTER_TOLD_Q] = "q = min p₍ⱼ₎ × m ÷ j, j ≥ rang",
    [WIJK_CLUSTER_TOLD_P] = "p = 2 × (1 + min(≥, ≤)) ÷ (1 + M)",
    [WIJK_CLUSTER_TOLD_LAG] = "x = Σ xⱼ ÷ k",
    [WIJK_CLUSTER_TOLD_LOCAL] = "I = d × lag(d) ÷ m₂",
    [WIJK_CLUSTER_TOLD_STAR] = "z = Σ d ÷ (s × √(((k+1)n − (k+1)²) ÷ (n−1)))",
    [WIJK_CLUSTER_TOLD_NEAR] = "k",
    [WIJK_CLUSTER_TOLD_KIND] = "0 … 4",
    [WIJK_CLUSTER_TOLD_ALL] = "I = Σ d × lag(d) ÷ Σ d²",
    [WIJK_CLUSTER_TOLD_ALL_P] = "p = 2 × (1 + min(≥, ≤)) ÷ (1 + M)",
};

static bool told_of(const char *id, bool all, enum wijk_cluster_told *out)
{
    for (unsigned k = 0; k < WIJK_CLUSTER_TOLDS; k++)
        if (strcmp(id, TOLD[k]) == 0 && all == (k >= WIJK_CLUSTER_TOLD_ALL)) {
            *out = (enum wijk_cluster_told)k;
            return true;
        }
    return false;
}

static double value_of(const struct wijk_clusters *c, size_t i, enum wijk_cluster_told what)
{
    switch (what) {
    case WIJK_CLUSTER_TOLD_Q: return c->q[i];
    case WIJK_CLUSTER_TOLD_P: return c->p[i];
    case WIJK_CLUSTER_TOLD_LAG: return c->lag[i];
    case WIJK_CLUSTER_TOLD_LOCAL: return c->local[i];
    case WIJK_CLUSTER_TOLD_STAR: return c->star[i];
    case WIJK_CLUSTER_TOLD_NEAR: return c->lack[i] ? (double)NAN : (double)c->n_near[i];
    case WIJK_CLUSTER_TOLD_KIND: return c->lack[i] ? (double)NAN : (double)c->kind[i];
    case WIJK_CLUSTER_TOLD_ALL: return c->all.i;
    default: return c->all.p;
    }
}

/* The question an id stands for. false: not one that we ask. */
static bool question(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                     const struct wijk_trace_key *key, struct wijk_flow_cluster_in *in,
                     enum wijk_cluster_told *what)
{
    struct wijk_cx *cx = r->cx;
    double reach = NAN;
    const char *told = wijk_trace_param_of(cx, key->param, "maat", d ? "q" : "moran");
    const char *level = wijk_trace_param_of(cx, key->param, "niveau", "buurt");
    const char *how = wijk_trace_param_of(cx, key->param, "buren", "border");
    const char *far = wijk_trace_param_of(cx, key->param, "reikt", "");
    *in = (struct wijk_flow_cluster_in){.indicator = key->name,
                                        .by = wijk_trace_param_of(cx, key->param, "naast", NULL),
                                        .period = key->period,
                                        .division_year = key->division_year,
                                        .within = wijk_trace_param_of(cx, key->param, "binnen", NULL)};
    if (!told_of(told, !d, what) || !wijk_near_parse(wijk_str(how), &in->near.how)) return false;
    if (d)
        in->level = d->areas.level, in->division_year = d->areas.division_year;
    else if (!wijk_level_parse(wijk_str(level), &in->level))
        return false;
    if (*far && (!wijk_num_parse(wijk_str(far), WIJK_NUM_POINT, &reach) || !(reach > 0 && reach < 1e6)))
        return false;
    if (in->near.how == WIJK_NEAR_NEAREST && *far) in->near.k = (size_t)reach;
    if (in->near.how == WIJK_NEAR_WITHIN && *far) in->near.radius_m = reach;
    return true;
}

/* ---- the trace
 * --------------------------------------------------------------------------------------------------- */

/* Mean square of the distances to the mean, over the areas with a figure. */
static double spread_of(const struct wijk_flow_cluster *f)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (isnan(f->value[i])) continue;
        sum += (f->value[i] - f->found->mean) * (f->value[i] - f->found->mean);
        n++;
    }
    return sum / (double)n;
}

static void put_settings(const struct wijk__tracer *r, struct wijk_trace *t,
                         const struct wijk_flow_cluster *f)
{
    struct wijk_cx *cx = r->cx;
    wijk__trace_set(r, t, wijk_tr(cx, "buren zijn"), wijk_tr(cx, wijk_near_text(f->how)));
    if (!isnan(f->reach))
        wijk__trace_set(r, t, wijk_tr(cx, "aantal of meter"), wijk__trace_number(cx, f->reach));
    wijk__trace_set(r, t, wijk_tr(cx, "gebieden met een cijfer"),
                    wijk__trace_number(cx, (double)f->found->n_used));
    wijk__trace_set(r, t, wijk_tr(cx, "gemiddelde van die gebieden"), wijk__trace_number(cx, f->found->mean));
    if (!f->by)
        wijk__trace_set(r, t, wijk_tr(cx, "m₂ van die gebieden"), wijk__trace_number(cx, spread_of(f)));
    if (f->by)
        wijk__trace_set(r, t, wijk_tr(cx, "cijfer van de buren"),
                        wijk_indicator_label(f->by, wijk_cx_lang(cx)));
    wijk__trace_set(r, t, wijk_tr(cx, "trekkingen"), wijk__trace_number(cx, (double)f->found->n_draw));
}

static void put_inputs(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_flow_cluster *f,
                       size_t i)
{
    const char *const *around = f->by ? f->by_id : f->value_id;
    const double *figure = f->by ? f->by_value : f->value;
    wijk__trace_input_id(r, t, f->value_id[i], NAN);
    for (size_t k = f->near->first[i]; k < f->near->first[i + 1]; k++)
        if (!isnan(figure[f->near->to[k]])) wijk__trace_input_id(r, t, around[f->near->to[k]], NAN);
}

static size_t place_of(const struct wijk_flow_cluster *f, size_t area)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->area[i] == area) return i;
    return SIZE_MAX;
}

static struct wijk_trace *begin(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                size_t area, const struct wijk_trace_key *key, enum wijk_cluster_told what)
{
    struct wijk_trace *t = wijk__trace_begin(r, d, area, *key);
    t->indicator = wijk_defs_indicator(r->s->defs, key->name);
    t->label = wijk_sprintf(r->cx, "%s: %s", wijk_indicator_label(t->indicator, wijk_cx_lang(r->cx)),
                            wijk_tr(r->cx, LABEL[what]));
    t->unit = what == WIJK_CLUSTER_TOLD_LAG ? wijk_indicator_unit(t->indicator, wijk_cx_lang(r->cx))
              : what == WIJK_CLUSTER_TOLD_Q || what == WIJK_CLUSTER_TOLD_P || what == WIJK_CLUSTER_TOLD_ALL_P
                  ? wijk_tr(r->cx, "kans, 0 tot 1")
              : what == WIJK_CLUSTER_TOLD_NEAR ? wijk_tr(r->cx, "buren")
                                               : wijk_tr(r->cx, "zonder eenheid");
    t->definition = wijk_tr(r->cx, "Een gebied naast zijn buren, vergeleken met wat toeval zou doen.");
    t->symbols = SYMBOLS[what];
    t->words = wijk_tr(r->cx, "Er is geen uitkomst.");
    return t;
}

const struct wijk_trace *wijk__trace_cluster(const struct wijk__tracer *r,
                                             const struct wijk_snapshot_division *d, size_t area,
                                             const struct wijk_trace_key *key)
{
    struct wijk_flow_cluster_in in;
    struct wijk_flow_cluster f;
    enum wijk_cluster_told what;
    if (!question(r, d, key, &in, &what) || wijk_flow_cluster(r->cx, r->s, &in, &f) != WIJK_OK) return NULL;
    const size_t i = d ? place_of(&f, area) : 0;
    if (i == SIZE_MAX || (key->release && strcmp(key->release, f.release) != 0)) return NULL;
    struct wijk_trace_key whole = *key;
    whole.release = f.release;
    if (!d) whole.division_year = f.division->areas.division_year;
    struct wijk_trace *t = begin(r, d, area, &whole, what);
    put_settings(r, t, &f);
    const enum wijk_lack lack = d ? f.found->lack[i] : WIJK_LACK_NONE;
    t->value = value_of(f.found, i, what);
    if (d) put_inputs(r, t, &f, i);
    for (size_t k = 0; !d && k < f.n; k++)
        if (!isnan(f.value[k])) wijk__trace_input_id(r, t, f.value_id[k], NAN);
    if (lack || isnan(t->value)) {
        t->status = lack == WIJK_LACK_HIDDEN ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_MISSING;
        if (lack) t->words = wijk_tr(r->cx, wijk_lack_text(lack));
        return t;
    }
    t->status = WIJK_STATUS_OK;
    t->way = WIJK_WAY_ANALYSIS;
    t->words =
        d ? wijk_sprintf(r->cx,
                         wijk_tr(r->cx, "Het cijfer van dit gebied en van %u buren, naast %zu keer de andere "
                                        "gebieden willekeurig eromheen. Uitkomst: %s."),
                         f.found->n_near[i], f.found->n_draw,
                         wijk_tr(r->cx, wijk_cluster_text(f.found->kind[i])))
          : wijk_flow_cluster_words(r->cx, &f);
    return t;
}
