/* SPDX-License-Identifier: EUPL-1.2 */
/* The course of every area in types, and how many areas went from which class or type to which. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- which method, which years ---- */

static enum wijk_err find_method(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_flow_trajectories_in *in, const struct wijk_method **out)
{
    const struct wijk_scores *best = NULL;
    *out = in->method ? wijk_defs_method(s->defs, in->method) : NULL;
    if (*out) return WIJK_OK;
    if (in->method) return wijk_fail(cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", in->method);
    for (size_t i = 0; i < in->division->n_scores; i++) {
        const struct wijk_scores *v = in->division->scores[i];
        if (!best || wijk_period_key(v->period) > wijk_period_key(best->period)) best = v;
    }
    if (!best) WIJK_TRY(wijk__published_scores(cx, s));
    if (!best)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Per %s is er geen score van de leefbaarheid.",
                         wijk_tr(cx, wijk_level_label(in->division->areas.level, false)));
    *out = best->method;
    return WIJK_OK;
}

static enum wijk_err find_rules(struct wijk_cx *cx, const struct wijk_defs *defs, const char *id,
                                const struct wijk_trajectory_rules **out)
{
    *out = id ? wijk_defs_trajectory(defs, id) : defs->n_trajectory ? &defs->trajectory[0] : NULL;
    if (*out) return WIJK_OK;
    return wijk_fail(cx, WIJK_ENOTFOUND, "Het recept %s bestaat niet.", id ? id : "");
}

/* The history of one part of the method; NULL when there are no figures of it. */
static const struct wijk_history *part(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                       const struct wijk_flow_trajectories_in *in, const char *indicator)
{
    const struct wijk_history *h = NULL;
    struct wijk_flow_history_in which = {
        .division = in->division, .indicator = indicator, .release = in->release};
    if (!*indicator) return NULL;
    if (wijk_flow_history(cx, s, &which, &h) != WIJK_OK) wijk_fault_clear(cx), h = NULL;
    return h;
}

static int by_key(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void periods(struct wijk_cx *cx, struct wijk_flow_trajectories *t)
{
    const struct wijk_history *both[] = {t->total, t->class_};
    size_t n = 0, most = (t->total ? t->total->n_period : 0) + (t->class_ ? t->class_->n_period : 0);
    int32_t *key = WIJK_NEW(cx, int32_t, most);
    struct wijk_period *period = WIJK_NEW(cx, struct wijk_period, most);
    for (size_t k = 0; k < 2; k++)
        for (size_t p = 0; both[k] && p < both[k]->n_period; p++)
            key[n++] = wijk_period_key(both[k]->period[p]);
    qsort(key, n, sizeof *key, by_key);
    for (size_t i = 0; i < n; i++)
        if (!i || key[i] != key[i - 1]) period[t->n_period++] = wijk_period_of_key(key[i]);
    t->period = period;
}

/* Of the years that were measured. */
static enum wijk_err places(struct wijk_cx *cx, const struct wijk_flow_trajectories_in *in,
                            struct wijk_flow_trajectories *t)
{
    int base = in->base_year ? in->base_year : t->rules->base_year;
    int recent = in->recent_year ? in->recent_year : t->rules->recent_year;
    t->now = t->n_period - 1;
    while (in->year && t->now > 0 && t->period[t->now].year > in->year) t->now--;
    if (in->year && t->period[t->now].year != in->year)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Van %d is er geen score.", in->year);
    while (t->base < t->now && t->period[t->base].year < base) t->base++;
    while (t->recent < t->now && t->period[t->recent].year < recent) t->recent++;
    if (t->base < t->now && t->recent < t->now) return WIJK_OK;
    return wijk_fail(cx, WIJK_EDATA, "Voor een verloop tot %d is er geen eerdere meting vanaf %d.",
                     t->period[t->now].year, t->base < t->now ? recent : base);
}

/* ---- figures ---- */

/* Totals, classes and what is lacking, on one axis of periods. */
static const uint8_t *lay(struct wijk_cx *cx, struct wijk_flow_trajectories *t)
{
    const struct wijk_class_limits *limits =
        t->total ? wijk_class_limits_of(t->method, t->total->release) : NULL;
    size_t n = t->n_area * t->n_period;
    double *value = WIJK_NEW(cx, double, n);
    uint8_t *grade = WIJK_NEW(cx, uint8_t, n), *lack = WIJK_NEW(cx, uint8_t, n);
    for (size_t p = 0; p < t->n_period; p++) {
        size_t at = t->total ? wijk_period_find(t->total->period, t->total->n_period, t->period[p]) : 0,
               class_at =
                   t->class_ ? wijk_period_find(t->class_->period, t->class_->n_period, t->period[p]) : 0;
        bool has = t->total && at < t->total->n_period,
             has_class = t->class_ && class_at < t->class_->n_period;
        for (size_t a = 0; a < t->n_area; a++) {
            size_t to = a * t->n_period + p;
            size_t from = has ? a * t->total->n_period + at : 0;
            size_t from_class = has_class ? a * t->class_->n_period + class_at : 0;
            value[to] = has ? t->total->same[from] : NAN;
            lack[to] = has         ? t->total->lack[from]
                       : has_class ? t->class_->lack[from_class]
                                   : (uint8_t)WIJK_LACK_NO_VALUE;
            double given = has_class ? t->class_->same[from_class] : NAN;
            if (given >= 1 && given <= WIJK_CLASSES && given == floor(given))
                grade[to] = (uint8_t)given;
            else if (limits && !isnan(value[to]))
                grade[to] = (uint8_t)wijk_class_of(limits, value[to]);
        }
    }
    t->value = value;
    t->grade = grade;
    return lack;
}

static enum wijk_err compute(struct wijk_cx *cx, struct wijk_flow_trajectories *t, const uint8_t *lack)
{
    double *x = WIJK_NEW(cx, double, t->n_period);
    struct wijk_trajectory *area = WIJK_NEW(cx, struct wijk_trajectory, t->n_area);
    for (size_t p = 0; p < t->n_period; p++) x[p] = t->period[p].year;
    t->sd = wijk_trajectory_sd(t->rules, t->method->id);
    t->noise = wijk_trend_noise(cx, &(struct wijk_trend_in){t->n_area, t->n_period, x, t->value, NULL});
    struct wijk_trajectory_in in = {
        t->n_area, t->n_period, t->value,
        t->grade,  lack,        t->base,
        t->recent, t->now,      t->rules,
        t->sd,     t->noise,    t->total ? wijk_class_limits_of(t->method, t->total->release) : NULL};
    WIJK_TRY(wijk_trajectory_of(cx, &in, area));
    for (size_t a = 0; a < t->n_area; a++) t->count[area[a].type]++;
    t->area = area;
    return WIJK_OK;
}

enum wijk_err wijk_flow_trajectories(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                     const struct wijk_flow_trajectories_in *in,
                                     const struct wijk_flow_trajectories **out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_COURSE));
    struct wijk_flow_trajectories *t = WIJK_NEW(cx, struct wijk_flow_trajectories, 1);
    WIJK_TRY(find_rules(cx, s->defs, in->recipe, &t->rules));
    WIJK_TRY(find_method(cx, s, in, &t->method));
    WIJK_TRY(wijk__published(cx, s, t->method->id));
    t->division = in->division;
    t->n_area = in->division->areas.n;
    t->total = part(cx, s, in, t->method->total);
    t->class_ = part(cx, s, in, t->method->delivered_class);
    if (!t->total && !t->class_)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Per %s is er geen score van %s.",
                         wijk_tr(cx, wijk_level_label(in->division->areas.level, false)),
                         t->method->label_nl);
    periods(cx, t);
    WIJK_TRY(places(cx, in, t));
    const uint8_t *lack = lay(cx, t);
    WIJK_TRY(compute(cx, t, lack));
    *out = t;
    return WIJK_OK;
}

struct wijk_trajectory_told wijk_trajectory_told(const struct wijk_flow_trajectories *t, size_t area)
{
    return (struct wijk_trajectory_told){&t->area[area], t->method, t->period[t->base].year,
                                         t->period[t->recent].year, t->period[t->now].year};
}

/* ---- who went where ---- */

bool wijk__lies_in(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d, size_t area,
                   const char *code)
{
    while (d && area != SIZE_MAX && area < d->areas.n) {
        if (strcmp(d->areas.v[area].code, code) == 0) return true;
        area = d->parent[area];
        d = d->areas.level < WIJK_LEVEL_GEMEENTE
                ? wijk_snapshot_division(s, d->areas.level + 1, d->areas.division_year)
                : NULL;
    }
    return false;
}

static enum wijk_err check_within(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                  const struct wijk_flow_transition_in *in)
{
    const struct wijk_snapshot_division *d;
    size_t area;
    return in->within ? wijk__area_find(cx, s, in->within, 0, &d, &area) : WIJK_OK;
}

/* Types of the course until the earlier year, under the same rules. */
static enum wijk_err earlier_types(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                   const struct wijk_flow_transition_in *in, int year,
                                   const struct wijk_flow_trajectories **out)
{
    struct wijk_flow_trajectories_in what = in->what;
    what.year = year;
    return wijk_flow_trajectories(cx, s, &what, out);
}

enum wijk_err wijk_flow_transition(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                   const struct wijk_flow_transition_in *in,
                                   const struct wijk_flow_transition **out)
{
    struct wijk_flow_transition *t = WIJK_NEW(cx, struct wijk_flow_transition, 1);
    WIJK_TRY(check_within(cx, s, in));
    WIJK_TRY(wijk_flow_trajectories(cx, s, &in->what, &t->to));
    size_t n = t->to->n_area, at = 0;
    int first = in->from_year ? in->from_year : t->to->period[in->types ? t->to->base + 1 : 0].year;
    while (at < t->to->now && t->to->period[at].year != first) at++;
    if (at == t->to->now)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Van %d is er geen score voor een vergelijking met %d.", first,
                         t->to->period[t->to->now].year);
    if (in->types) WIJK_TRY(earlier_types(cx, s, in, first, &t->from));
    uint8_t *from = WIJK_NEW(cx, uint8_t, n), *to = WIJK_NEW(cx, uint8_t, n);
    double *residents = WIJK_NEW(cx, double, n);
    for (size_t a = 0; a < n; a++) {
        residents[a] = t->to->division->areas.v[a].residents;
        if (in->within && !wijk__lies_in(s, t->to->division, a, in->within)) continue;
        from[a] = in->types ? (uint8_t)t->from->area[a].type : t->to->grade[a * t->to->n_period + at];
        to[a] = in->types ? (uint8_t)t->to->area[a].type : t->to->grade[a * t->to->n_period + t->to->now];
    }
    t->begin = t->to->period[at];
    t->end = t->to->period[t->to->now];
    t->n_kind = in->types ? WIJK_TRAJECTORY_COUNT - 1 : WIJK_CLASSES;
    t->was = from;
    t->is = to;
    t->within = in->within ? in->within : WIJK_TRACE_ALL;
    t->areas = wijk_transition_of(cx, from, to, residents, n, t->n_kind);
    *out = t;
    return WIJK_OK;
}
