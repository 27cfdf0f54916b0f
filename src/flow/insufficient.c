/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipe: how many people live where livability is insufficient, per gemeente and over all, by year
 * (docs/methods/onvoldoende.md). */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

enum { ALL, GEMEENTE, PART, GROUPINGS };

struct wijk_flow_lived_head wijk__lived_head(const struct wijk__lived *l)
{
    return (struct wijk_flow_lived_head){.division = l->division,
                                         .method = l->method,
                                         .release = l->release,
                                         .indicator = l->indicator,
                                         .from = l->from,
                                         .cells = l->cells,
                                         .n_period = l->n_period,
                                         .period = l->period,
                                         .n_other = l->n_other,
                                         .n_area = l->n_area};
}

struct counts { /* of one period, by grouping */
    const struct wijk_insufficient *of[GROUPINGS];
    size_t *buurten[GROUPINGS]; /* NULL for PART */
};

/* The gemeente of each part: parts are not shared. */
static const size_t *whole_of_parts(struct wijk_cx *cx, const struct wijk__lived *l)
{
    size_t *whole = WIJK_NEW(cx, size_t, l->n_part);
    for (size_t i = 0; i < l->n_part; i++) whole[i] = l->n_unit;
    for (size_t a = 0; a < l->n_area; a++)
        if (l->part[a] < l->n_part) whole[l->part[a]] = l->unit[a];
    return whole;
}

static enum wijk_err count(struct wijk_cx *cx, const struct wijk__lived *l, size_t p, const size_t *zero,
                           const size_t *whole, struct counts *out)
{
    uint8_t *class_ = WIJK_NEW(cx, uint8_t, l->n_area);
    double *deviation = WIJK_NEW(cx, double, l->n_area), *people = WIJK_NEW(cx, double, l->n_area);
    const size_t *const group[] = {zero, l->unit, l->part};
    const size_t n_group[] = {1, l->n_unit, l->n_part};
    for (size_t a = 0; a < l->n_area; a++) {
        class_[a] = l->class_[a * l->n_period + p];
        deviation[a] = l->value[a * l->n_period + p];
        people[a] = l->people[a * l->n_period + p];
    }
    for (int g = 0; g < GROUPINGS; g++) {
        struct wijk_insufficient_in in = {.n = l->n_area,
                                          .class_ = class_,
                                          .deviation = deviation,
                                          .residents = people,
                                          .group = group[g],
                                          .n_group = n_group[g],
                                          .limit = l->limit};
        WIJK_TRY(wijk_insufficient_of(cx, &in, &out->of[g]));
        out->buurten[g] = g == PART ? NULL : WIJK_NEW(cx, size_t, n_group[g]);
    }
    wijk_insufficient_count(out->of[PART], zero, 1, out->buurten[ALL]);
    wijk_insufficient_count(out->of[PART], whole, l->n_unit, out->buurten[GEMEENTE]);
    return WIJK_OK;
}

/* Is every cell known to lie in some buurt? Else the count of buurten would be too low, and is not told. */
static bool buurten_known(const struct wijk__lived *l, int grouping, size_t at)
{
    bool any = false;
    for (size_t a = 0; l->cells && a < l->n_area; a++) {
        if (grouping != ALL && l->unit[a] != at) continue;
        if (l->part[a] >= l->n_part) return false;
        any = true;
    }
    return any;
}

static struct wijk_flow_insufficient_unit unit_of(struct wijk_cx *cx, const struct wijk__lived *l,
                                                  const struct counts *c, int grouping, size_t at)
{
    struct wijk_flow_insufficient_unit u = {.code = grouping == ALL ? WIJK_TRACE_ALL : l->unit_code[at],
                                            .name = grouping == ALL ? wijk_tr(cx, "alle gebieden samen")
                                                                    : l->unit_name[at],
                                            .n_area = grouping == ALL ? l->n_area : 0};
    double *figure[6];
    size_t *buurten = WIJK_NEW(cx, size_t, l->n_period);
    uint8_t *lack = WIJK_NEW(cx, uint8_t, l->n_period);
    for (int k = 0; k < 6; k++) figure[k] = WIJK_NEW(cx, double, l->n_period);
    for (size_t a = 0; a < l->n_area && grouping != ALL; a++) u.n_area += l->unit[a] == at;
    for (size_t p = 0; p < l->n_period; p++) {
        const struct wijk_insufficient *s = c[p].of[grouping];
        const double *const from[] = {s->people, s->share, s->low, s->high, s->known, s->residents};
        for (int k = 0; k < 6; k++) figure[k][p] = from[k][at];
        buurten[p] = c[p].buurten[grouping][at];
        lack[p] = s->lack[at];
    }
    u.people = figure[0], u.share = figure[1], u.low = figure[2];
    u.high = figure[3], u.known = figure[4], u.residents = figure[5];
    u.buurten = buurten_known(l, grouping, at) ? buurten : NULL;
    u.lack = lack;
    return u;
}

static bool any_class(const struct wijk__lived *l)
{
    for (size_t i = 0; i < l->n_area * l->n_period; i++)
        if (l->class_[i]) return true;
    return false;
}

/* Cells where they are known, else the finest that has classes. */
static enum wijk_err read(struct wijk_cx *cx, const struct wijk_snapshot *s,
                          const struct wijk_flow_lived_in *in, const struct wijk__lived **out)
{
    static const enum wijk_level ORDER[] = {WIJK_LEVEL_RASTER, WIJK_LEVEL_BUURT, WIJK_LEVEL_PC4,
                                            WIJK_LEVEL_WIJK};
    struct wijk_flow_lived_in one = *in;
    enum wijk_err err = WIJK_OK;
    for (size_t k = 0; k < sizeof ORDER / sizeof *ORDER; k++) {
        if (in->level != WIJK_LEVEL_COUNT && in->level != ORDER[k]) continue;
        one.level = ORDER[k];
        err = wijk__lived_read(cx, s, &one, out);
        if (err == WIJK_OK && any_class(*out)) return WIJK_OK;
        if (err == WIJK_OK)
            err = wijk_fail(cx, WIJK_ENOTFOUND,
                            "Van %s %s zijn er geen klassen per %s, en geen grenzen om ze af te leiden.",
                            (*out)->method->label_nl, (*out)->release,
                            wijk_tr(cx, wijk_level_label(one.level, false)));
    }
    if (err == WIJK_OK)
        err = wijk_fail(cx, WIJK_ENOTFOUND, "Er zijn geen cijfers over leefbaarheid per %s.",
                        wijk_tr(cx, wijk_level_label(in->level, false)));
    return err;
}

enum wijk_err wijk_flow_insufficient(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                     const struct wijk_flow_lived_in *in,
                                     const struct wijk_flow_insufficient **out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_INSUFFICIENT));
    const struct wijk__lived *l;
    struct wijk_flow_insufficient *f = WIJK_NEW(cx, struct wijk_flow_insufficient, 1);
    WIJK_TRY(read(cx, s, in, &l));
    const size_t *zero = WIJK_NEW(cx, size_t, l->n_area + l->n_part), *whole = whole_of_parts(cx, l);
    struct counts *c = WIJK_NEW(cx, struct counts, l->n_period);
    for (size_t p = 0; p < l->n_period; p++) WIJK_TRY(count(cx, l, p, zero, whole, &c[p]));
    bool all = !in->within || strcmp(in->within, WIJK_TRACE_ALL) == 0, each = !all || !in->within;
    struct wijk_flow_insufficient_unit *unit =
        WIJK_NEW(cx, struct wijk_flow_insufficient_unit, l->n_unit + 1);
    if (all) unit[f->n_unit++] = unit_of(cx, l, c, ALL, 0);
    for (size_t u = 0; each && u < l->n_unit; u++) unit[f->n_unit++] = unit_of(cx, l, c, GEMEENTE, u);
    f->head = wijk__lived_head(l);
    f->unit = unit;
    *out = f;
    return WIJK_OK;
}

const char *wijk__insufficient_param(struct wijk_cx *cx, const struct wijk_flow_insufficient *f,
                                     const char *measure)
{
    const char *param = wijk_trace_param(cx, NULL, "niveau", wijk_level_id(f->head.division->areas.level));
    return measure ? wijk_trace_param(cx, param, "maat", measure) : param;
}

const char *wijk_insufficient_id(struct wijk_cx *cx, const struct wijk_flow_insufficient *f, const char *code,
                                 struct wijk_period period, const char *measure)
{
    const struct wijk_flow_lived_head *h = &f->head;
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = code,
                                                      .part = WIJK_TRACE_INSUFFICIENT,
                                                      .name = h->method->id,
                                                      .period = period,
                                                      .division_year = h->division->areas.division_year,
                                                      .release = h->release,
                                                      .param = wijk__insufficient_param(cx, f, measure)});
}
