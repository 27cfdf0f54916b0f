/* SPDX-License-Identifier: EUPL-1.2 */
/* Where one number comes from. A delivered figure leads to a field of a file; a computed one to its inputs,
 * which are traced in the same way. Everything here is read from the snapshot, which holds only what may
 * leave. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

struct tracer {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
};
/* Where an indicator of one division and period is kept: a delivered series, or a score; both NULL: nowhere.
 */
struct place {
    const struct wijk_snapshot_division *d;
    const struct wijk_indicator *indicator;
    struct wijk_period period;
    const struct wijk_series *series;
    const struct wijk_scores *scores;
};

static struct wijk_trace *value_at(const struct tracer *r, const struct place *p, size_t area);

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

/* The values of an indicator that is the total, the score or a dimension of a method; NULL otherwise. */
static const double *values_of(const struct wijk_scores *s, const char *indicator)
{
    if (strcmp(s->method->total, indicator) == 0) return s->total;
    if (strcmp(s->method->score, indicator) == 0) return s->score;
    for (size_t d = 0; d < s->method->n_dimension; d++)
        if (strcmp(s->method->dimension[d].indicator, indicator) == 0) return s->dimension[d];
    return NULL;
}

static bool right_release(const char *wanted, const char *is)
{
    return !wanted || strcmp(wanted, is) == 0;
}

static const struct wijk_scores *scores_with(const struct wijk_snapshot_division *d, const char *indicator,
                                             struct wijk_period period, const char *release)
{
    for (size_t i = 0; d && i < d->n_scores; i++)
        if (wijk_period_key(d->scores[i]->period) == wijk_period_key(period) &&
            right_release(release, d->scores[i]->release) && values_of(d->scores[i], indicator))
            return d->scores[i];
    return NULL;
}

static const struct wijk_scores *scores_of(const struct wijk_snapshot_division *d, const char *method,
                                           struct wijk_period period, const char *release)
{
    for (size_t i = 0; d && i < d->n_scores; i++)
        if (wijk_period_key(d->scores[i]->period) == wijk_period_key(period) &&
            right_release(release, d->scores[i]->release) && strcmp(d->scores[i]->method->id, method) == 0)
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
static bool find(const struct tracer *r, const struct wijk_snapshot_division *d, const char *indicator,
                 struct wijk_period period, const char *release, struct place *out)
{
    *out = (struct place){.d = d, .indicator = wijk_defs_indicator(r->s->defs, indicator), .period = period};
    if (!d || !out->indicator) return false;
    out->series = series_with(r->s, d, indicator, period, release);
    if (out->series)
        out->period = out->series->key.period;
    else
        out->scores = scores_with(d, indicator, period, release);
    return out->series || out->scores;
}

/* ---- one number ---- */

static struct wijk_trace *begin(const struct tracer *r, const struct wijk_snapshot_division *d, size_t area,
                                struct wijk_trace_key key)
{
    struct wijk_trace *t = WIJK_NEW(r->cx, struct wijk_trace, 1);
    key.code = d->areas.v[area].code;
    key.division_year = d->areas.division_year;
    *t = (struct wijk_trace){.key = key,
                             .id = wijk_trace_id(r->cx, &key),
                             .area = &d->areas.v[area],
                             .level = d->areas.level,
                             .division_year = d->areas.division_year,
                             .period = key.period,
                             .value = NAN,
                             .status = WIJK_STATUS_MISSING};
    return t;
}

static struct wijk_trace_input *inputs(const struct tracer *r, struct wijk_trace *t, size_t most)
{
    struct wijk_trace_input *v = WIJK_NEW(r->cx, struct wijk_trace_input, most);
    t->input = v;
    return v;
}

static void add_input(struct wijk_trace *t, struct wijk_trace_input *room, const struct wijk_trace *of)
{
    if (of) room[t->n_input++] = (struct wijk_trace_input){.of = of, .weight = NAN};
}

static void deliver(const struct tracer *r, struct wijk_trace *t, const struct wijk_series *v, size_t area)
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
};

static struct below below_of(const struct tracer *r, const struct wijk_snapshot_division *d, size_t area,
                             int year)
{
    const struct wijk_snapshot *s = r->s;
    struct below b = {wijk_snapshot_division(s, WIJK_LEVEL_BUURT, d->areas.division_year),
                      wijk_snapshot_division(s, WIJK_LEVEL_WIJK, d->areas.division_year),
                      d,
                      area,
                      0,
                      WIJK_NEW(r->cx, const struct wijk_series *, s->n_series ? 64 : 1)};
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

static void weigh(const struct tracer *r, const struct below *b, size_t i, struct wijk_trace_input *in)
{
    in->weight = b->low->areas.v[i].residents;
    in->weight_of = NULL;
    for (size_t k = b->n_series; k > 0; k--) {
        const struct wijk_series *v = b->series[k - 1];
        if (i >= v->n || isnan(v->value[i])) continue;
        struct place p = {.d = b->low,
                          .indicator = wijk_defs_indicator(r->s->defs, "residents"),
                          .period = v->key.period,
                          .series = v};
        in->weight = v->value[i];
        if (p.indicator) in->weight_of = value_at(r, &p, i);
        return;
    }
}

/* Fills the inputs of a mean, or (all) of the share of residents that it speaks for. */
static void put_parts(const struct tracer *r, struct wijk_trace *t, const struct wijk_scores *high,
                      const char *indicator, size_t area, bool all)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(r->s, high->level, high->division_year);
    struct below b = below_of(r, d, area, high->period.year);
    const struct wijk_scores *low = scores_of(b.low, high->method->id, high->period, high->release);
    struct place value, total;
    if (!low || !find(r, b.low, indicator, high->period, low->release, &value) ||
        !find(r, b.low, high->method->total, high->period, low->release, &total))
        return;
    struct wijk_trace_input *room = inputs(r, t, low->n);
    for (size_t i = 0; i < low->n; i++) {
        if (!lies_in(&b, i)) continue;
        struct wijk_trace_input in;
        weigh(r, &b, i, &in);
        bool lives = in.weight > 0 && !isinf(in.weight), known = !isnan(low->total[i]);
        if (lives && known)
            t->n_part++;
        else if (value_at(r, &total, i)->status == WIJK_STATUS_SUPPRESSED)
            t->n_hidden++;
        else
            t->n_blank++;
        if (!lives || !(known || all)) continue;
        in.of = value_at(r, &value, i);
        room[t->n_input++] = in;
    }
}

/* A score nobody delivered for this area: the sum of its dimensions, or made of its buurten. */
static void score(const struct tracer *r, struct wijk_trace *t, const struct wijk_scores *s, size_t area)
{
    const char *indicator = t->indicator->id;
    if (area >= s->n) return;
    t->value = values_of(s, indicator)[area];
    t->status = isnan(t->value) ? WIJK_STATUS_MISSING : WIJK_STATUS_OK;
    if (s->aggregated) {
        put_parts(r, t, s, indicator, area, false);
        if (isnan(t->value) && !t->n_part && t->n_hidden) t->status = WIJK_STATUS_SUPPRESSED;
        if (!isnan(t->value)) t->way = WIJK_WAY_MEAN;
        return;
    }
    if (strcmp(s->method->total, indicator) != 0 || isnan(t->value)) return;
    struct wijk_trace_input *room = inputs(r, t, s->method->n_dimension);
    for (size_t k = 0; k < s->method->n_dimension; k++) {
        struct place p;
        if (find(r, wijk_snapshot_division(r->s, s->level, s->division_year),
                 s->method->dimension[k].indicator, s->period, s->release, &p))
            add_input(t, room, value_at(r, &p, area));
    }
    t->way = WIJK_WAY_SUM;
}

static struct wijk_trace *value_at(const struct tracer *r, const struct place *p, size_t area)
{
    struct wijk_trace *t =
        begin(r, p->d, area,
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
static void put_links(const struct tracer *r, struct wijk_trace *t, const struct wijk_joined *j, size_t area,
                      const struct place *p)
{
    const struct wijk_crosswalk *x = j->by->crosswalk;
    bool mean = t->indicator->aggregation == WIJK_AGGREGATE_RESIDENTS;
    struct wijk_trace_input *room = inputs(r, t, x->first[area + 1] - x->first[area]);
    for (size_t i = x->first[area]; i < x->first[area + 1]; i++) {
        size_t from = x->link[i].from;
        double share = wijk_cross_share(&x->link[i]);
        add_input(t, room, value_at(r, p, from));
        room[t->n_input - 1].weight = t->way == WIJK_WAY_SAME ? NAN
                                      : mean                  ? share * j->residents[from]
                                                              : share;
    }
}

static const struct wijk_trace *earlier(const struct tracer *r, const struct wijk_snapshot_division *d,
                                        size_t area, const struct wijk_trace_key *key)
{
    struct wijk_joined j;
    if (!wijk__join_find(r->s, d, area, key->name, key->period, &j) ||
        !right_release(key->release, j.series->key.release))
        return NULL;
    struct place p = {.d = j.division,
                      .indicator = wijk_defs_indicator(r->s->defs, key->name),
                      .period = j.series->key.period,
                      .series = j.series};
    if (j.join != WIJK_JOIN_CROSSED) return value_at(r, &p, j.area);
    struct wijk_trace *t =
        begin(r, d, area,
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

/* ---- parts of a score, and changes ---- */

static const struct wijk_trace *total_of(const struct tracer *r, const struct wijk_snapshot_division *d,
                                         size_t area, const struct wijk_scores *s)
{
    struct place p;
    return find(r, d, s->method->total, s->period, s->release, &p) ? value_at(r, &p, area) : NULL;
}

static void trace_class(const struct tracer *r, struct wijk_trace *t, const struct wijk_snapshot_division *d,
                        size_t area, const struct wijk_scores *s)
{
    struct place p;
    const struct wijk_trace *total = total_of(r, d, area, s);
    t->status = total ? total->status : WIJK_STATUS_MISSING;
    if (area >= s->n || !s->class_[area]) return;
    t->value = s->class_[area];
    if (s->class_origin[area] == WIJK_CLASS_DELIVERED) {
        t->status = WIJK_STATUS_OK;
        t->way = WIJK_WAY_SAME;
        if (find(r, d, s->method->delivered_class, s->period, s->release, &p))
            add_input(t, inputs(r, t, 1), value_at(r, &p, area));
        return;
    }
    t->way = WIJK_WAY_CLASS;
    t->limits = wijk_class_limits_of(s->method, s->release);
    add_input(t, inputs(r, t, 1), total);
}

static void trace_covered(const struct tracer *r, struct wijk_trace *t,
                          const struct wijk_snapshot_division *d, size_t area, const struct wijk_scores *s)
{
    if (area >= s->n || isnan(s->covered[area])) return;
    t->value = s->covered[area];
    t->status = WIJK_STATUS_OK;
    t->way = WIJK_WAY_SHARE;
    if (s->aggregated) {
        put_parts(r, t, s, s->method->total, area, true);
        return;
    }
    struct wijk_trace_input *room = inputs(r, t, 1);
    const struct wijk_trace *own = total_of(r, d, area, s);
    struct place p;
    if (own && isnan(own->value) && find(r, d, s->method->delivered_class, s->period, s->release, &p))
        own = value_at(r, &p, area);
    add_input(t, room, own);
    room[0].weight = 1;
    t->n_part = t->n_input;
}

/* The first input less the others, or the first that has no figure. */
static void subtract(struct wijk_trace *t)
{
    t->value = t->input[0].of->value;
    t->status = t->input[0].of->status;
    for (size_t i = 1; i < t->n_input; i++) {
        if (!isnan(t->value)) t->status = t->input[i].of->status;
        t->value -= t->input[i].of->value;
    }
    if (!isnan(t->value)) t->way = WIJK_WAY_DIFFERENCE;
}

static const struct wijk_trace *change(const struct tracer *r, const struct wijk_snapshot_division *d,
                                       size_t area, const char *indicator, const struct wijk_trace_key *key)
{
    struct place from, to;
    if (!find(r, d, indicator, key->period, key->release, &to)) return NULL;
    const char *release = to.series ? to.series->key.release : to.scores->release;
    if (!find(r, d, indicator, key->from, release, &from)) return NULL;
    struct wijk_trace *t = begin(r, d, area,
                                 (struct wijk_trace_key){.part = WIJK_TRACE_CHANGE,
                                                         .name = to.indicator->id,
                                                         .from = key->from,
                                                         .period = key->period,
                                                         .release = release});
    struct wijk_trace_input *room = inputs(r, t, 2);
    t->indicator = to.indicator;
    add_input(t, room, value_at(r, &to, area));
    t->method = room[0].of->method;
    add_input(t, room, value_at(r, &from, area));
    subtract(t);
    return t;
}

static const struct wijk_trace *rest(const struct tracer *r, const struct wijk_snapshot_division *d,
                                     size_t area, const struct wijk_method *m,
                                     const struct wijk_trace_key *key)
{
    const struct wijk_trace *total = change(r, d, area, m->total, key);
    if (!total) return NULL;
    struct wijk_trace *t = begin(r, d, area,
                                 (struct wijk_trace_key){.part = WIJK_TRACE_REST,
                                                         .name = m->id,
                                                         .from = key->from,
                                                         .period = key->period,
                                                         .release = total->key.release});
    struct wijk_trace_input *room = inputs(r, t, m->n_dimension + 1);
    t->method = m;
    add_input(t, room, total);
    for (size_t k = 0; k < m->n_dimension; k++) {
        const struct wijk_trace *one = change(r, d, area, m->dimension[k].indicator, &total->key);
        if (!one) return NULL;
        add_input(t, room, one);
    }
    subtract(t);
    return t;
}

/* ---- asked by key ---- */

static const struct wijk_trace *by_key(const struct tracer *r, const struct wijk_snapshot_division *d,
                                       size_t area, const struct wijk_trace_key *key)
{
    struct place p;
    if (key->part == WIJK_TRACE_VALUE) {
        if (find(r, d, key->name, key->period, key->release, &p)) return value_at(r, &p, area);
        return earlier(r, d, area, key);
    }
    if (key->part == WIJK_TRACE_CHANGE) return change(r, d, area, key->name, key);
    const struct wijk_method *m = wijk_defs_method(r->s->defs, key->name);
    if (key->part == WIJK_TRACE_REST) return m ? rest(r, d, area, m, key) : NULL;
    const struct wijk_scores *s = scores_of(d, key->name, key->period, key->release);
    if (!s) return NULL;
    struct wijk_trace *t =
        begin(r, d, area,
              (struct wijk_trace_key){
                  .part = key->part, .name = m->id, .period = s->period, .release = s->release});
    t->method = m;
    if (key->part == WIJK_TRACE_CLASS)
        trace_class(r, t, d, area, s);
    else
        trace_covered(r, t, d, area, s);
    return t;
}

static enum wijk_err no_figure(struct wijk_cx *cx, const struct tracer *r,
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
                     d->areas.v[area].code);
}

enum wijk_err wijk_flow_trace_key(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                  const struct wijk_trace_key *key, const struct wijk_trace **out)
{
    const struct wijk_snapshot_division *d;
    struct tracer r = {cx, s};
    size_t area;
    WIJK_TRY(wijk__area_find(cx, s, key->code, key->division_year, &d, &area));
    bool indicator = key->part == WIJK_TRACE_VALUE || key->part == WIJK_TRACE_CHANGE;
    if (indicator && !wijk_defs_indicator(s->defs, key->name))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.", key->name);
    if (!indicator && !wijk_defs_method(s->defs, key->name))
        return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", key->name);
    *out = by_key(&r, d, area, key);
    if (!*out) return no_figure(cx, &r, d, area, key);
    struct wijk_trace_key newest = *key;
    newest.release = NULL;
    const struct wijk_trace *now = key->release ? by_key(&r, d, area, &newest) : NULL;
    if (now && strcmp(now->id, (*out)->id) != 0) {
        struct wijk_trace *t = WIJK_NEW(cx, struct wijk_trace, 1);
        *t = **out;
        t->newer = now->id;
        *out = t;
    }
    return WIJK_OK;
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
