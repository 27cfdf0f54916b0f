/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a figure about an area of one's own comes from: the answer that was kept under its key, and the
 * figures of the members it was made of. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

const char *wijk_drawn_id(struct wijk_cx *cx, const struct wijk_drawn_answer *a,
                          const struct wijk_drawn_figure *f)
{
    return wijk_trace_id(cx, &(struct wijk_trace_key){.code = a->key,
                                                      .part = WIJK_TRACE_DRAWN,
                                                      .name = f->indicator,
                                                      .period = f->period,
                                                      .division_year = a->division_year,
                                                      .release = ""});
}

static const struct wijk_drawn_figure *find(const struct wijk_drawn_answer *a,
                                            const struct wijk_trace_key *key)
{
    for (size_t i = 0; a && i < a->n_figure; i++)
        if (strcmp(a->figure[i].indicator, key->name) == 0 &&
            wijk_period_key(a->figure[i].period) == wijk_period_key(key->period))
            return &a->figure[i];
    return NULL;
}

/* Members without a figure took no part; a mean is by residents. */
static void put_members(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_drawn_answer *a,
                        const struct wijk_series *v, bool mean)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(r->s, a->level, a->division_year);
    for (size_t i = 0; d && i < a->n_member; i++) {
        const size_t at = wijk_area_find(d->index, a->member[i]);
        struct wijk_trace_key people;
        const struct wijk_trace_key key = {
            .name = v->key.indicator, .period = v->key.period, .release = v->key.release};
        if (at == SIZE_MAX || at >= v->n || isnan(v->value[at])) {
            t->n_blank++;
            continue;
        }
        t->n_part++;
        const bool known = mean && wijk_trace_residents(r->s, d, at, &people);
        wijk__trace_input(r, t, d, at, &key, mean ? fmax(0, d->areas.v[at].residents) : (double)NAN,
                          known ? &people : NULL);
    }
}

static void put_figure(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_drawn_answer *a,
                       const struct wijk_drawn_figure *f)
{
    struct wijk_cx *cx = r->cx;
    const bool sum = t->indicator->aggregation == WIJK_AGGREGATE_SUM,
               now = strcmp(a->data_version, r->s->info.data_version) == 0;
    const struct wijk_series *v =
        now ? wijk_snapshot_series(r->s, f->indicator, a->level, a->division_year, f->period) : NULL;
    t->value = f->value;
    t->status = f->status;
    t->way = isnan(f->value) ? WIJK_WAY_NONE : WIJK_WAY_ANALYSIS;
    t->symbols = sum ? "Σ xᵢ" : "Σ tᵢ xᵢ ÷ Σ tᵢ";
    t->words =
        isnan(f->value) ? NULL
        : sum
            ? wijk_tr(cx, "De som van de cijfers van de delen waaruit het gebied bestaat.")
            : wijk_tr(cx, "Het gemiddelde van de delen waaruit het gebied bestaat, elk naar zijn inwoners.");
    wijk__trace_set(r, t, wijk_tr(cx, "sleutel"), a->key);
    wijk__trace_set(r, t, wijk_tr(cx, "gevraagd op"), a->asked_at);
    wijk__trace_set(r, t, wijk_tr(cx, "delen"), wijk_sprintf(cx, "%zu", a->n_member));
    wijk__trace_set(r, t, wijk_tr(cx, "delen met een cijfer"), wijk_sprintf(cx, "%d", (int)f->known));
    if (!now && t->words)
        t->words = wijk_sprintf(cx,
                                wijk_tr(cx, "%s De cijfers zijn daarna vernieuwd: het antwoord blijft, de "
                                            "invoer van toen is er niet meer."),
                                t->words);
    if (v && t->words) put_members(r, t, a, v, !sum);
}

const struct wijk_trace *wijk__trace_drawn(const struct wijk__tracer *r,
                                           const struct wijk_snapshot_division *d, size_t area,
                                           const struct wijk_trace_key *key)
{
    const struct wijk_drawn_answer *a = r->memo->answer;
    const struct wijk_drawn_figure *f = find(a, key);
    const struct wijk_indicator *indicator = wijk_defs_indicator(r->s->defs, key->name);
    (void)d, (void)area;
    if (!f || !indicator || strcmp(a->key, key->code) != 0 || a->division_year != key->division_year)
        return NULL;
    struct wijk_area *own = WIJK_NEW(r->cx, struct wijk_area, 1);
    struct wijk_trace *t = wijk__trace_begin(r, NULL, SIZE_MAX,
                                             (struct wijk_trace_key){.code = a->key,
                                                                     .part = WIJK_TRACE_DRAWN,
                                                                     .name = f->indicator,
                                                                     .period = f->period,
                                                                     .division_year = a->division_year,
                                                                     .release = ""});
    *own = *t->area;
    own->name = wijk_tr(r->cx, "een eigen gebied");
    own->residents = a->persons;
    t->area = own;
    t->level = a->level;
    t->indicator = indicator;
    put_figure(r, t, a, f);
    return t;
}
