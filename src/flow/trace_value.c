/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the figures of an indicator come from: a delivered one leads to a field of a file, a score to its
 * dimensions or buurten, and one of an earlier division through its crosswalk. */
#include "flow/trace_int.h"

#include <math.h>
#include <string.h>

static const struct wijk_load *load_by_id(const struct wijk_snapshot *s, uint32_t id)
{
    return id && id <= s->n_load && s->load[id - 1].id == id ? &s->load[id - 1] : NULL;
}

/* The column a load read an indicator from in that period. NULL: not kept, or rows of several kinds had it.
 */
static const struct wijk_load_column *column_of(const struct wijk_snapshot *s, uint32_t load,
                                                const char *indicator, struct wijk_period period)
{
    size_t lo = 0, hi = s->n_column;
    const struct wijk_load_column *found = NULL;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct wijk_load_column *c = &s->column[mid];
        if (c->load < load || (c->load == load && strcmp(c->indicator, indicator) < 0))
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < s->n_column && s->column[lo].load == load && strcmp(s->column[lo].indicator, indicator) == 0;
         lo++) {
        const struct wijk_load_column *c = &s->column[lo];
        if (c->period.year && wijk_period_key(c->period) != wijk_period_key(period)) continue;
        if (found && strcmp(found->column, c->column) != 0) return NULL;
        found = c;
    }
    return found;
}

/* ---- finding ---- */

bool wijk__right_release(const char *wanted, const char *is)
{
    return !wanted || strcmp(wanted, is) == 0;
}

static const struct wijk_scores *scores_with(const struct wijk_snapshot_division *d, const char *indicator,
                                             struct wijk_period period, const char *release)
{
    for (size_t i = 0; d && i < d->n_scores; i++)
        if (wijk_period_key(d->scores[i]->period) == wijk_period_key(period) &&
            wijk__right_release(release, d->scores[i]->release) && wijk_scores_part(d->scores[i], indicator))
            return d->scores[i];
    return NULL;
}

const struct wijk_scores *wijk__trace_scores(const struct wijk_snapshot_division *d, const char *method,
                                             struct wijk_period period, const char *release)
{
    for (size_t i = 0; d && i < d->n_scores; i++)
        if (wijk_period_key(d->scores[i]->period) == wijk_period_key(period) &&
            wijk__right_release(release, d->scores[i]->release) &&
            strcmp(d->scores[i]->method->id, method) == 0)
            return d->scores[i];
    return NULL;
}

static const struct wijk_series *series_with(const struct wijk_snapshot *s,
                                             const struct wijk_snapshot_division *d, const char *indicator,
                                             struct wijk_period period, const char *release)
{
    if (!release) return wijk_snapshot_series(s, indicator, d->areas.level, d->areas.division_year, period);
    for (size_t i = wijk__series_first(s->series, s->n_series, indicator);
         i < s->n_series && strcmp(s->series[i].key.indicator, indicator) == 0; i++) {
        const struct wijk_series_key *k = &s->series[i].key;
        if (k->level == d->areas.level && k->division_year == d->areas.division_year &&
            wijk_period_key(k->period) == wijk_period_key(period) && strcmp(k->release, release) == 0)
            return &s->series[i];
    }
    return NULL;
}

/* release NULL: the newest. */
bool wijk__place_find(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                      const char *indicator, struct wijk_period period, const char *release,
                      struct wijk__place *out)
{
    *out = (struct wijk__place){
        .d = d, .indicator = wijk_defs_indicator(r->s->defs, indicator), .period = period};
    if (!d || !out->indicator) return false;
    out->series = series_with(r->s, d, indicator, period, release);
    if (out->series)
        out->period = out->series->key.period;
    else
        out->scores = scores_with(d, indicator, period, release);
    return out->series || out->scores;
}

/* ---- one number ---- */

struct wijk_trace *wijk__trace_begin(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                                     size_t area, struct wijk_trace_key key)
{
    struct wijk_trace *t = WIJK_NEW(r->cx, struct wijk_trace, 1);
    if (d) {
        key.code = d->areas.v[area].code;
        key.division_year = d->areas.division_year;
        t->area = &d->areas.v[area];
    } else {
        struct wijk_area *all = WIJK_NEW(r->cx, struct wijk_area, 1);
        bool every = strcmp(key.code, WIJK_TRACE_ALL) == 0;
        *all = (struct wijk_area){.code = wijk_str_dup(r->cx, wijk_str(key.code)),
                                  .name = every ? wijk_tr(r->cx, "alle gebieden samen") : key.code,
                                  .residents = NAN};
        key.code = all->code;
        t->area = all;
    }
    *t = (struct wijk_trace){.key = key,
                             .id = wijk_trace_id(r->cx, &key),
                             .area = t->area,
                             .level = d ? d->areas.level : WIJK_LEVEL_COUNT,
                             .division_year = key.division_year,
                             .period = key.period,
                             .value = NAN,
                             .low = NAN,
                             .high = NAN,
                             .status = WIJK_STATUS_MISSING};
    return t;
}

struct wijk_trace_input *wijk__trace_room(const struct wijk__tracer *r, struct wijk_trace *t, size_t most)
{
    struct wijk_trace_input *v = WIJK_NEW(r->cx, struct wijk_trace_input, most);
    t->input = v;
    return v;
}

void wijk__trace_add(struct wijk_trace *t, struct wijk_trace_input *room, const struct wijk_trace *of)
{
    if (of) room[t->n_input++] = (struct wijk_trace_input){.of = of, .weight = NAN};
}

static bool same_series(const struct wijk_series_key *a, const struct wijk_series_key *b)
{
    return a->level == b->level && a->division_year == b->division_year &&
           wijk_period_key(a->period) == wijk_period_key(b->period) && strcmp(a->release, b->release) == 0 &&
           strcmp(a->indicator, b->indicator) == 0;
}

/* What other sources delivered of this very figure. */
static void put_others(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_series *v,
                       size_t area)
{
    struct wijk_trace_other *room = NULL;
    size_t cap = 0;
    for (size_t k = 0; k < r->s->n_other; k++) {
        const struct wijk_series *o = &r->s->other[k].s;
        const struct wijk_load *load = area < o->n ? load_by_id(r->s, o->load[area]) : NULL;
        if (!load || !same_series(&o->key, &v->key)) continue;
        room = wijk_grow(r->cx, room, t->n_other, &cap, sizeof *room);
        room[t->n_other++] = (struct wijk_trace_other){
            .load = load,
            .column = o->row[area] ? column_of(r->s, load->id, v->key.indicator, v->key.period) : NULL,
            .row = o->row[area],
            .value = o->value[area],
            .status = (enum wijk_status)o->status[area]};
    }
    t->other = room;
}

static void deliver(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_series *v,
                    size_t area)
{
    if (area >= v->n) return;
    t->value = v->value[area];
    t->status = (enum wijk_status)v->status[area];
    t->load = load_by_id(r->s, v->load ? v->load[area] : 0);
    t->row = v->row ? v->row[area] : 0;
    if (!isnan(t->value)) t->way = WIJK_WAY_DELIVERED;
    t->round_to = r->s->round_to[t->indicator - r->s->defs->indicator];
    if (!t->load) return;
    t->source = wijk_defs_source(r->s->defs, t->load->source);
    put_others(r, t, v, area);
    /* Counted rows are of no one: such a figure has no row, also when it is not hidden. */
    const struct wijk_load_column *column = column_of(r->s, t->load->id, v->key.indicator, v->key.period);
    bool counted = column && *column->area_column;
    if (t->row || (counted && t->way == WIJK_WAY_DELIVERED)) t->column = column;
    if (counted && t->way == WIJK_WAY_DELIVERED) t->way = WIJK_WAY_COUNTED;
}

/* ---- made of smaller areas ---- */

/* Which buurten lie in an area, and their residents by the rule of scores.c: of that year where a series
 * tells, else as known for the area. */
struct below {
    const struct wijk_snapshot_division *low, *mid;
    const struct wijk_snapshot_division *d;
    size_t area, n_series;
    const struct wijk_series **series; /* of residents; the last that knows an area counts */
    const struct wijk_indicator *residents;
};

static struct below below_of(const struct wijk__tracer *r, const struct wijk_snapshot_division *d,
                             size_t area, int year)
{
    const struct wijk_snapshot *s = r->s;
    struct below b = {wijk_snapshot_division(s, WIJK_LEVEL_BUURT, d->areas.division_year),
                      wijk_snapshot_division(s, WIJK_LEVEL_WIJK, d->areas.division_year),
                      d,
                      area,
                      0,
                      WIJK_NEW(r->cx, const struct wijk_series *, s->n_series ? 64 : 1),
                      wijk_defs_indicator(s->defs, "residents")};
    for (size_t i = wijk__series_first(s->series, s->n_series, "residents");
         i < s->n_series && strcmp(s->series[i].key.indicator, "residents") == 0 && b.n_series < 64; i++)
        if (b.low && wijk__tells_residents(&s->series[i], WIJK_LEVEL_BUURT, d->areas.division_year, year))
            b.series[b.n_series++] = &s->series[i];
    return b;
}

static bool lies_in(const struct below *b, size_t i)
{
    size_t up = b->low->parent[i];
    if (up != SIZE_MAX && b->d->areas.level == WIJK_LEVEL_GEMEENTE)
        up = b->mid ? b->mid->parent[up] : SIZE_MAX;
    return up == b->area;
}

static void weigh(const struct wijk__tracer *r, const struct below *b, size_t i, struct wijk_trace_input *in)
{
    in->weight = b->low->areas.v[i].residents;
    in->weight_of = NULL;
    for (size_t k = b->n_series; k > 0; k--) {
        const struct wijk_series *v = b->series[k - 1];
        if (i >= v->n || isnan(v->value[i])) continue;
        struct wijk__place p = {.d = b->low, .indicator = b->residents, .period = v->key.period, .series = v};
        in->weight = v->value[i];
        if (p.indicator) in->weight_of = wijk__trace_value(r, &p, i);
        return;
    }
}

/* Fills the inputs of a mean, or (all) of the share of residents that it speaks for. */
void wijk__trace_put_parts(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_scores *high,
                           const char *indicator, size_t area, bool all)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(r->s, high->level, high->division_year);
    struct below b = below_of(r, d, area, high->period.year);
    const struct wijk_scores *low = wijk__trace_scores(b.low, high->method->id, high->period, high->release);
    struct wijk__place value, total;
    if (!low || !wijk__place_find(r, b.low, indicator, high->period, low->release, &value) ||
        !wijk__place_find(r, b.low, high->method->total, high->period, low->release, &total))
        return;
    struct wijk_trace_input *room = wijk__trace_room(r, t, low->n);
    for (size_t i = 0; i < low->n; i++) {
        if (!lies_in(&b, i)) continue;
        struct wijk_trace_input in;
        weigh(r, &b, i, &in);
        bool lives = in.weight > 0 && !isinf(in.weight), known = !isnan(low->total[i]);
        if (lives && known)
            t->n_part++;
        else if (wijk__trace_value(r, &total, i)->status == WIJK_STATUS_SUPPRESSED)
            t->n_hidden++;
        else
            t->n_blank++;
        if (!lives || !(known || all)) continue;
        in.of = wijk__trace_value(r, &value, i);
        room[t->n_input++] = in;
    }
}

/* A score nobody delivered for this area: the sum of its dimensions, or made of its buurten. */
static void score(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_scores *s,
                  size_t area)
{
    const char *indicator = t->indicator->id;
    if (area >= s->n) return;
    t->value = wijk_scores_part(s, indicator)[area];
    t->status = isnan(t->value) ? WIJK_STATUS_MISSING : WIJK_STATUS_OK;
    if (s->aggregated) {
        wijk__trace_put_parts(r, t, s, indicator, area, false);
        if (isnan(t->value) && !t->n_part && t->n_hidden) t->status = WIJK_STATUS_SUPPRESSED;
        if (!isnan(t->value)) t->way = WIJK_WAY_MEAN;
        return;
    }
    if (strcmp(s->method->total, indicator) != 0 || isnan(t->value)) return;
    struct wijk_trace_input *room = wijk__trace_room(r, t, s->method->n_dimension);
    for (size_t k = 0; k < s->method->n_dimension; k++) {
        struct wijk__place p;
        if (wijk__place_find(r, wijk_snapshot_division(r->s, s->level, s->division_year),
                             s->method->dimension[k].indicator, s->period, s->release, &p))
            wijk__trace_add(t, room, wijk__trace_value(r, &p, area));
    }
    t->way = WIJK_WAY_SUM;
}

struct wijk_trace *wijk__trace_value(const struct wijk__tracer *r, const struct wijk__place *p, size_t area)
{
    struct wijk_trace *t = wijk__trace_begin(
        r, p->d, area,
        (struct wijk_trace_key){.name = p->indicator->id,
                                .period = p->period,
                                .release = p->series ? p->series->key.release : p->scores->release});
    t->indicator = p->indicator;
    if (p->indicator->method && *p->indicator->method)
        t->method = wijk_defs_method(r->s->defs, p->indicator->method);
    if (p->series)
        deliver(r, t, p->series, area);
    else
        score(r, t, p->scores, area);
    return t;
}

/* ---- of an earlier division ---- */

/* What an old area gave: its share, and for a mean its people. */
static void put_links(const struct wijk__tracer *r, struct wijk_trace *t, const struct wijk_joined *j,
                      size_t area, const struct wijk__place *p)
{
    const struct wijk_crosswalk *x = j->by->crosswalk;
    bool mean = t->indicator->aggregation == WIJK_AGGREGATE_RESIDENTS;
    struct wijk_trace_input *room = wijk__trace_room(r, t, x->first[area + 1] - x->first[area]);
    for (size_t i = x->first[area]; i < x->first[area + 1]; i++) {
        size_t from = x->link[i].from;
        double share = wijk_cross_share(&x->link[i]);
        wijk__trace_add(t, room, wijk__trace_value(r, p, from));
        room[t->n_input - 1].weight = t->way == WIJK_WAY_SAME ? NAN
                                      : mean                  ? share * j->residents[from]
                                                              : share;
    }
}

const struct wijk_trace *wijk__trace_earlier(const struct wijk__tracer *r,
                                             const struct wijk_snapshot_division *d, size_t area,
                                             const struct wijk_trace_key *key)
{
    struct wijk_joined j;
    if (!wijk__join_find(r->s, d, area, key->name, key->period, &j) ||
        !wijk__right_release(key->release, j.series->key.release))
        return NULL;
    struct wijk__place p = {.d = j.division,
                            .indicator = wijk_defs_indicator(r->s->defs, key->name),
                            .period = j.series->key.period,
                            .series = j.series};
    if (j.join != WIJK_JOIN_CROSSED) return wijk__trace_value(r, &p, j.area);
    struct wijk_trace *t =
        wijk__trace_begin(r, d, area,
                          (struct wijk_trace_key){
                              .name = p.indicator->id, .period = p.period, .release = j.series->key.release});
    t->indicator = p.indicator;
    t->value = j.value;
    t->status = j.status;
    t->by = j.by;
    t->moved = j.moved;
    if (!isnan(j.value))
        t->way = j.moved == 0                                           ? WIJK_WAY_SAME
                 : p.indicator->aggregation == WIJK_AGGREGATE_RESIDENTS ? WIJK_WAY_MEAN
                                                                        : WIJK_WAY_SHARES;
    put_links(r, t, &j, area, &p);
    return t;
}
