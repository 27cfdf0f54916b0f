/* SPDX-License-Identifier: EUPL-1.2 */
/* Where alike figures of one period lie together: figures and borders in, clusters out. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* Fixed, so that the same figures always give the same answer. */
static const uint64_t SEED = 9901;

static const char *const TOLD[] = {
#define X(name, id) id,
    WIJK_CLUSTER_TOLD(X)
#undef X
};

bool wijk__lies_within(const struct wijk_area *a, const char *within)
{
    char code[WIJK_CODE_MAX];
    if (!within || !*within || strcmp(a->code, within) == 0) return true;
    if (a->parent && strcmp(a->parent, within) == 0) return true;
    if (wijk_code_parent(a->code, code) && strcmp(code, within) == 0) return true;
    return wijk_code_gemeente(a->code, code) && strcmp(code, within) == 0;
}

/* ---- figures of one period
 * ---------------------------------------------------------------------------------- */

bool wijk__column_of(const struct wijk_history *h, struct wijk_period period, size_t *column)
{
    for (size_t p = 0; p < h->n_period; p++)
        if (wijk_period_key(h->period[p]) == wijk_period_key(period)) {
            *column = p;
            return true;
        }
    return false;
}

/* The values of one column, and the names of the numbers. */
struct column {
    const struct wijk_history *h;
    double *value;
    uint8_t *lack;
    const char **id;
    size_t n_known;
};

static bool read_column(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_flow_cluster *f,
                        const char *indicator, struct column *out)
{
    const struct wijk_flow_history_in in = {.division = f->division,
                                            .indicator = indicator,
                                            .months = f->period.month != 0,
                                            .area = f->area,
                                            .n_area = f->n};
    size_t p;
    *out = (struct column){0};
    if (wijk_flow_history(cx, s, &in, &out->h) != WIJK_OK || !wijk__column_of(out->h, f->period, &p))
        return false;
    out->value = WIJK_NEW(cx, double, f->n);
    out->lack = WIJK_NEW(cx, uint8_t, f->n);
    out->id = WIJK_NEW(cx, const char *, f->n);
    for (size_t i = 0; i < f->n; i++) {
        const size_t at = i * out->h->n_period + p;
        out->value[i] = out->h->same[at];
        out->lack[i] = out->h->lack[at];
        out->n_known += isnan(out->value[i]) ? 0 : 1;
        out->id[i] = wijk_history_id(cx, out->h, i, p);
    }
    return out->n_known > 0;
}

static size_t places_within(struct wijk_cx *cx, const struct wijk_snapshot_division *d, const char *within,
                            const size_t **out)
{
    size_t *v = WIJK_NEW(cx, size_t, d->areas.n), n = 0;
    for (size_t i = 0; i < d->areas.n; i++)
        if (wijk__lies_within(&d->areas.v[i], within)) v[n++] = i;
    *out = v;
    return n;
}

static bool has_borders(const struct wijk_snapshot_division *d)
{
    for (size_t i = 0; i < d->areas.n; i++)
        if (d->areas.v[i].geom) return true;
    return false;
}

/* What was looked for and why it was not found; the nearest miss is told. */
enum miss { NO_FIGURES, NO_AREAS, NO_BORDERS };

static enum wijk_err missed(struct wijk_cx *cx, const struct wijk_flow_cluster_in *in, enum miss miss)
{
    char period[16];
    wijk_period_write(in->period, period);
    if (miss == NO_BORDERS)
        return wijk_fail(
            cx, WIJK_EDATA,
            "Van deze gebieden zijn er geen grenzen. Zonder grenzen is niet te zeggen wie buren zijn.");
    if (miss == NO_AREAS)
        return wijk_fail(cx, WIJK_ENOTFOUND, "In %s liggen geen gebieden met dit cijfer.", in->within);
    return wijk_fail(cx, WIJK_ENOTFOUND, "Van %s zijn er geen gegevens over %s voor dit niveau.",
                     in->indicator, period);
}

/* The lowest level and the newest division that have figures of that period, and borders. */
static enum wijk_err choose(struct wijk_cx *cx, const struct wijk_snapshot *s,
                            const struct wijk_flow_cluster_in *in, struct wijk_flow_cluster *f,
                            struct column *own)
{
    enum miss miss = NO_FIGURES;
    static const enum wijk_level ORDER[] = {WIJK_LEVEL_BUURT,    WIJK_LEVEL_PC4,     WIJK_LEVEL_WIJK,
                                            WIJK_LEVEL_GEMEENTE, WIJK_LEVEL_PROJECT, WIJK_LEVEL_FOCUS,
                                            WIJK_LEVEL_RASTER};
    for (size_t k = 0; k < sizeof ORDER / sizeof *ORDER; k++)
        for (size_t i = 0; i < s->n_division; i++) {
            const struct wijk_snapshot_division *d = &s->division[i];
            if (d->areas.level != ORDER[k] || (in->level != WIJK_LEVEL_COUNT && in->level != ORDER[k]) ||
                (in->division_year && in->division_year != d->areas.division_year))
                continue;
            f->division = d;
            f->n = places_within(cx, d, in->within, &f->area);
            if (!f->n) {
                if (miss == NO_FIGURES && in->within && *in->within) miss = NO_AREAS;
                continue;
            }
            if (!read_column(cx, s, f, in->indicator, own)) continue;
            if (has_borders(d)) return WIJK_OK;
            miss = NO_BORDERS;
        }
    return missed(cx, in, miss);
}

/* ---- neighbours
 * ------------------------------------------------------------------------------------------------ */

static enum wijk_err neighbours(struct wijk_cx *cx, struct wijk_flow_cluster *f, struct wijk_near_opt opt)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, f->n);
    for (size_t i = 0; i < f->n; i++) v[i] = f->division->areas.v[f->area[i]];
    const struct wijk_areas areas = {f->division->areas.level, f->division->areas.division_year, f->n, v};
    f->how = opt.how;
    f->reach = opt.how == WIJK_NEAR_NEAREST  ? (opt.k ? (double)opt.k : 6)
               : opt.how == WIJK_NEAR_WITHIN ? (opt.radius_m != 0 ? opt.radius_m : 1000)
                                             : (double)NAN;
    return wijk_neighbours_of(cx, &areas, opt, &f->near);
}

static const char *params(struct wijk_cx *cx, const struct wijk_flow_cluster_in *in,
                          const struct wijk_flow_cluster *f)
{
    char reach[32];
    const char *param = NULL;
    if (in->within && *in->within) param = wijk_trace_param(cx, param, "binnen", in->within);
    if (in->by) param = wijk_trace_param(cx, param, "naast", in->by);
    if (f->how == WIJK_NEAR_BORDER) return param;
    param = wijk_trace_param(cx, param, "buren", wijk_near_id(f->how));
    reach[wijk_num_write(f->reach, reach)] = '\0';
    return wijk_trace_param(cx, param, "reikt", reach);
}

enum wijk_err wijk_flow_cluster(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                const struct wijk_flow_cluster_in *in, struct wijk_flow_cluster *out)
{
    struct column own, other = {0};
    *out = (struct wijk_flow_cluster){.period = in->period, .reach = NAN};
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_CLUSTER));
    out->indicator = wijk_defs_indicator(s->defs, in->indicator);
    out->by = in->by ? wijk_defs_indicator(s->defs, in->by) : NULL;
    if (!out->indicator || (in->by && !out->by))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.",
                         out->indicator ? in->by : in->indicator);
    WIJK_TRY(wijk__published_indicator(cx, s, out->indicator));
    if (out->by) WIJK_TRY(wijk__published_indicator(cx, s, out->by));
    WIJK_TRY(choose(cx, s, in, out, &own));
    if (in->by && !read_column(cx, s, out, in->by, &other))
        return missed(cx, &(struct wijk_flow_cluster_in){.indicator = in->by, .period = in->period},
                      NO_FIGURES);
    out->release = own.h->release;
    out->value = own.value;
    out->value_id = own.id;
    out->by_value = other.value;
    out->by_id = other.id;
    WIJK_TRY(neighbours(cx, out, in->near));
    const struct wijk_cluster_in figures = {.n = out->n,
                                            .value = own.value,
                                            .lack = own.lack,
                                            .by = other.value,
                                            .by_lack = other.lack,
                                            .near = out->near,
                                            .n_draw = in->n_draw,
                                            .seed = SEED};
    WIJK_TRY(wijk_clusters_of(cx, &figures, &out->found));
    out->param = params(cx, in, out);
    return WIJK_OK;
}

const char *wijk_flow_cluster_id(struct wijk_cx *cx, const struct wijk_flow_cluster *f, const char *code,
                                 enum wijk_cluster_told what)
{
    const char *param = f->param;
    if (what != WIJK_CLUSTER_TOLD_Q) param = wijk_trace_param(cx, param, "maat", TOLD[what]);
    if (strcmp(code, WIJK_TRACE_ALL) == 0)
        param = wijk_trace_param(cx, param, "niveau", wijk_level_id(f->division->areas.level));
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = code,
                                                      .part = WIJK_TRACE_CLUSTER,
                                                      .name = f->indicator->id,
                                                      .period = f->period,
                                                      .division_year = f->division->areas.division_year,
                                                      .release = f->release,
                                                      .param = param});
}

const char *wijk_flow_cluster_words(struct wijk_cx *cx, const struct wijk_flow_cluster *f)
{
    const struct wijk_clusters *c = f->found;
    if (isnan(c->all.i))
        return wijk_sprintf(
            cx, wijk_tr(cx, "Er is geen patroon te geven: %s."),
            wijk_tr(cx, wijk_lack_text(c->n_used < WIJK_CLUSTER_AREAS_MIN ? WIJK_LACK_FEW_AREAS
                                                                          : WIJK_LACK_NO_VARIATION)));
    const size_t told = c->n - c->n_kind[WIJK_CLUSTER_NONE];
    const char *all = !(c->all.p <= 0.05) ? wijk_tr(cx, "Buren lijken niet meer op elkaar dan bij toeval")
                      : c->all.i > 0      ? wijk_tr(cx, "Buren lijken op elkaar, meer dan bij toeval")
                                          : wijk_tr(cx, "Buren verschillen van elkaar, meer dan bij toeval");
    if (!told)
        return wijk_sprintf(cx, wijk_tr(cx, "%s. Bij geen van de %zu gebieden valt dat apart aan te wijzen."),
                            all, c->n_used);
    return wijk_sprintf(cx, wijk_tr(cx, "%s. Bij %zu van de %zu gebieden is dat apart aan te wijzen."), all,
                        told, c->n_used);
}
