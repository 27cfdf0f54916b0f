/* SPDX-License-Identifier: EUPL-1.2 */
/* How many people live at which livability: the figures of one method and release over the years, beside the
 * people of each area, and which gemeente each area lies in. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const FROM_ID[] = {
#define X(name, id, text) id,
    WIJK_PEOPLE_FROM(X)
#undef X
};
static const char *const FROM_TEXT[] = {
#define X(name, id, text) text,
    WIJK_PEOPLE_FROM(X)
#undef X
};

const char *wijk_people_from_id(enum wijk_people_from f)
{
    return FROM_ID[f];
}

const char *wijk_people_from_text(enum wijk_people_from f)
{
    return FROM_TEXT[f];
}

struct work {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_flow_lived_in *in;
    const struct wijk_snapshot_division *d;
    const struct wijk_method *m;
    struct wijk__lived *out;
    const char **place; /* by area of the division: code of its gemeente; NULL not known */
    const char **part;  /* and of its part of a gemeente */
};

/* ---- which method, which areas ---- */

/* The newest period in which a division has a figure of its own of an indicator; 0 none. */
static int32_t newest(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d,
                      const char *indicator)
{
    const struct wijk_series *v = *indicator
                                      ? wijk_snapshot_series(s, indicator, d->areas.level,
                                                             d->areas.division_year, (struct wijk_period){0})
                                      : NULL;
    return v && !v->key.period.month ? wijk_period_key(v->key.period) : 0;
}

static int32_t newest_of_method(const struct wijk_snapshot *s, const struct wijk_snapshot_division *d,
                                const struct wijk_method *m)
{
    int32_t best = 0;
    const char *const of[] = {m->total, m->score, m->delivered_class};
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        int32_t one = newest(s, d, of[k]);
        if (one > best) best = one;
    }
    for (size_t i = 0; i < d->n_scores; i++) /* made of smaller areas */
        if (d->scores[i]->method == m && wijk_period_key(d->scores[i]->period) > best)
            best = wijk_period_key(d->scores[i]->period);
    return best;
}

/* The method of the newest figures in this division; of two the later of defs. NULL none. */
static const struct wijk_method *method_in(const struct work *w, const struct wijk_snapshot_division *d)
{
    const struct wijk_method *best = NULL;
    int32_t when = 0;
    for (size_t i = 0; i < w->s->defs->n_method; i++) {
        const struct wijk_method *m = &w->s->defs->method[i];
        if (w->in->method && strcmp(w->in->method, m->id) != 0) continue;
        int32_t one = newest_of_method(w->s, d, m);
        if (one && one >= when) best = m, when = one;
    }
    return best;
}

static bool choose_at(struct work *w, enum wijk_level level)
{
    for (size_t i = 0; i < w->s->n_division; i++) {
        const struct wijk_snapshot_division *d = &w->s->division[i];
        if (d->areas.level != level ||
            (w->in->division_year && d->areas.division_year != w->in->division_year))
            continue;
        w->m = method_in(w, d);
        if (w->m) return w->d = d, true;
    }
    return false;
}

static enum wijk_err choose(struct work *w)
{
    static const enum wijk_level ORDER[] = {WIJK_LEVEL_BUURT, WIJK_LEVEL_PC4, WIJK_LEVEL_RASTER,
                                            WIJK_LEVEL_WIJK};
    if (w->in->method && !wijk_defs_method(w->s->defs, w->in->method))
        return wijk_fail(w->cx, WIJK_ENOTFOUND, "De methode %s bestaat niet.", w->in->method);
    if (w->in->level != WIJK_LEVEL_COUNT) {
        if (choose_at(w, w->in->level)) return WIJK_OK;
        WIJK_TRY(wijk__published_scores(w->cx, w->s));
        return wijk_fail(w->cx, WIJK_ENOTFOUND, "Er zijn geen cijfers over leefbaarheid per %s.",
                         wijk_tr(w->cx, wijk_level_label(w->in->level, false)));
    }
    for (size_t k = 0; k < sizeof ORDER / sizeof *ORDER; k++)
        if (choose_at(w, ORDER[k])) return WIJK_OK;
    WIJK_TRY(wijk__published_scores(w->cx, w->s));
    return wijk_fail(w->cx, WIJK_ENOTFOUND, "Er zijn geen cijfers over leefbaarheid.");
}

/* ---- where an area lies ---- */

static const char *code_of(struct work *w, bool found, const char *code)
{
    return found ? wijk_str_dup(w->cx, wijk_str(code)) : NULL;
}

static void places_by_code(struct work *w)
{
    for (size_t a = 0; a < w->d->areas.n; a++) {
        const struct wijk_area *area = &w->d->areas.v[a];
        bool cell = w->d->areas.level == WIJK_LEVEL_RASTER;
        const char *own = cell ? area->parent : area->code;
        char code[WIJK_CODE_MAX];
        if (!own) continue;
        w->place[a] = code_of(w, wijk_code_gemeente(own, code), code);
        w->part[a] = cell ? own : code_of(w, wijk_code_parent(own, code), code);
    }
}

struct home {
    int postcode;
    const char *gemeente;
    double people;
};

static int by_postcode(const void *a, const void *b)
{
    const struct home *x = a, *y = b;
    if (x->postcode != y->postcode) return x->postcode < y->postcode ? -1 : 1;
    return strcmp(x->gemeente, y->gemeente);
}

/* Buurten with the postcode most of their addresses have, sorted by it. */
static size_t homes(struct work *w, struct home **out)
{
    const struct wijk_series *v =
        wijk_snapshot_series(w->s, "main_postcode", WIJK_LEVEL_BUURT, 0, (struct wijk_period){0});
    const struct wijk_snapshot_division *d =
        v ? wijk_snapshot_division(w->s, WIJK_LEVEL_BUURT, v->key.division_year) : NULL;
    size_t n = 0;
    char code[WIJK_CODE_MAX];
    struct home *home = WIJK_NEW(w->cx, struct home, v ? v->n : 1);
    for (size_t i = 0; d && i < v->n && i < d->areas.n; i++) {
        const struct wijk_area *a = &d->areas.v[i];
        if (isnan(v->value[i]) || !(a->residents > 0) || !wijk_code_gemeente(a->code, code)) continue;
        home[n++] = (struct home){(int)v->value[i], wijk_str_dup(w->cx, wijk_str(code)), a->residents};
    }
    if (n) qsort(home, n, sizeof *home, by_postcode);
    *out = home;
    return n;
}

/* A postcode lies in the gemeente where most of its people live, and its people are those of its buurten. */
static void places_by_postcode(struct work *w, double *people)
{
    struct home *home;
    size_t n = homes(w, &home);
    for (size_t a = 0; a < w->d->areas.n; a++) {
        int64_t postcode;
        double here = 0, most = 0;
        people[a] = NAN;
        if (!wijk_int_parse(wijk_str(w->d->areas.v[a].code), 1000, 9999, &postcode)) continue;
        w->part[a] = wijk_sprintf(w->cx, "%d", (int)postcode / 10);
        size_t lo = 0, hi = n;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (home[mid].postcode < postcode)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (size_t i = lo; i < n && home[i].postcode == postcode; i++) {
            if (i == lo || strcmp(home[i].gemeente, home[i - 1].gemeente) != 0) here = 0;
            here += home[i].people;
            people[a] = (isnan(people[a]) ? 0 : people[a]) + home[i].people;
            if (here > most) most = here, w->place[a] = home[i].gemeente;
        }
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The different texts of the chosen areas in order, and the place of each area's own; none: the count. */
static size_t number(struct work *w, const char *const *text, const char *const **out, const size_t **at)
{
    const struct wijk__lived *l = w->out;
    const char **list = WIJK_NEW(w->cx, const char *, l->n_area);
    size_t n = 0, kept = 0, *place = WIJK_NEW(w->cx, size_t, l->n_area);
    for (size_t i = 0; i < l->n_area; i++)
        if (text[l->area[i]]) list[n++] = text[l->area[i]];
    if (n) qsort(list, n, sizeof *list, by_text);
    for (size_t i = 0; i < n; i++)
        if (!kept || strcmp(list[kept - 1], list[i]) != 0) list[kept++] = list[i];
    for (size_t i = 0; i < l->n_area; i++) {
        const char *const *found =
            text[l->area[i]] && kept ? bsearch(&text[l->area[i]], list, kept, sizeof *list, by_text) : NULL;
        place[i] = found ? (size_t)(found - (const char *const *)list) : kept;
    }
    *out = list;
    *at = place;
    return kept;
}

static const char *name_of(const struct wijk_snapshot *s, const char *code)
{
    for (size_t i = 0; i < s->n_division; i++) {
        if (s->division[i].areas.level != WIJK_LEVEL_GEMEENTE) continue;
        size_t a = wijk_area_find(s->division[i].index, code);
        if (a != SIZE_MAX) return s->division[i].areas.v[a].name;
    }
    return code;
}

static enum wijk_err units(struct work *w)
{
    struct wijk__lived *l = w->out;
    size_t *area = WIJK_NEW(w->cx, size_t, w->d->areas.n);
    const char *within = w->in->within;
    if (within && strcmp(within, WIJK_TRACE_ALL) == 0) within = NULL;
    for (size_t a = 0; a < w->d->areas.n; a++)
        if (!within || (w->place[a] && strcmp(w->place[a], within) == 0)) area[l->n_area++] = a;
    if (!l->n_area)
        return wijk_fail(w->cx, WIJK_ENOTFOUND, "Van %s zijn er geen %s met cijfers over leefbaarheid.",
                         within ? within : WIJK_TRACE_ALL,
                         wijk_tr(w->cx, wijk_level_label(w->d->areas.level, true)));
    l->area = area;
    l->n_unit = number(w, w->place, &l->unit_code, &l->unit);
    l->n_part = number(w, w->part, &l->part_code, &l->part);
    const char **name = WIJK_NEW(w->cx, const char *, l->n_unit);
    for (size_t u = 0; u < l->n_unit; u++) name[u] = name_of(w->s, l->unit_code[u]);
    l->unit_name = name;
    return WIJK_OK;
}

/* ---- figures ---- */

static const struct wijk_history *history(struct work *w, const char *indicator, const char *release)
{
    const struct wijk_history *h = NULL;
    struct wijk_flow_history_in in = {.division = w->d,
                                      .indicator = indicator,
                                      .release = release,
                                      .area = w->out->area,
                                      .n_area = w->out->n_area};
    if (!indicator || !*indicator || !wijk_defs_indicator(w->s->defs, indicator)) return NULL;
    if (wijk_flow_history(w->cx, w->s, &in, &h) != WIJK_OK) wijk_fault_clear(w->cx);
    return h;
}

static int by_key(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void join_periods(struct work *w, const struct wijk_history *a, const struct wijk_history *b)
{
    struct wijk__lived *l = w->out;
    size_t n = 0, most = (a ? a->n_period : 0) + (b ? b->n_period : 0);
    int32_t *key = WIJK_NEW(w->cx, int32_t, most);
    for (size_t i = 0; a && i < a->n_period; i++) key[n++] = wijk_period_key(a->period[i]);
    for (size_t i = 0; b && i < b->n_period; i++) key[n++] = wijk_period_key(b->period[i]);
    if (n) qsort(key, n, sizeof *key, by_key);
    struct wijk_period *period = WIJK_NEW(w->cx, struct wijk_period, n);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || key[i] != key[i - 1]) period[l->n_period++] = wijk_period_of_key(key[i]);
    l->period = period;
}

/* The place of a period in a history; SIZE_MAX when it is not there. */
static size_t period_in(const struct wijk_history *h, struct wijk_period p)
{
    for (size_t i = 0; h && i < h->n_period; i++)
        if (wijk_period_key(h->period[i]) == wijk_period_key(p)) return i;
    return SIZE_MAX;
}

static void put_figures(struct work *w, const struct wijk_history *value, const struct wijk_history *class_,
                        bool deviation)
{
    struct wijk__lived *l = w->out;
    double *v = WIJK_NEW(w->cx, double, l->n_area * l->n_period);
    uint8_t *k = WIJK_NEW(w->cx, uint8_t, l->n_area * l->n_period);
    const struct wijk_class_limits *limits = deviation ? wijk_class_limits_of(w->m, l->release) : NULL;
    l->limit = limits ? limits->limit[WIJK_INSUFFICIENT_CLASS - 1] : (double)NAN;
    for (size_t p = 0; p < l->n_period; p++) {
        size_t from = period_in(value, l->period[p]), told = period_in(class_, l->period[p]);
        for (size_t a = 0; a < l->n_area; a++) {
            size_t at = a * l->n_period + p;
            double given = told == SIZE_MAX ? (double)NAN : class_->same[a * class_->n_period + told];
            v[at] = from == SIZE_MAX ? (double)NAN : value->same[a * value->n_period + from];
            if (given >= 1 && given <= WIJK_CLASSES && given == floor(given))
                k[at] = (uint8_t)given;
            else if (limits)
                k[at] = (uint8_t)wijk_class_of(limits, v[at]);
        }
    }
    l->value = v;
    l->class_ = k;
}

/* What a score is a deviation from: the newest figures of this method and release that have both. */
static double reference_of(const struct work *w)
{
    double found = NAN, spread;
    for (size_t i = 0; i < w->d->n_scores; i++) {
        const struct wijk_scores *s = w->d->scores[i];
        if (s->method != w->m || strcmp(s->release, w->out->release) != 0) continue;
        double one;
        wijk_score_reference(w->cx, s->score, s->total, s->n, &one, &spread);
        if (!isnan(one)) found = one;
    }
    return found;
}

static enum wijk_err figures(struct work *w)
{
    struct wijk__lived *l = w->out;
    const struct wijk_history *value = history(w, w->m->total, w->in->release);
    bool deviation = value != NULL;
    if (!value) value = history(w, w->m->score, w->in->release);
    const struct wijk_history *class_ =
        history(w, w->m->delivered_class, value ? value->release : w->in->release);
    if (!value && !class_)
        return wijk_fail(w->cx, WIJK_ENOTFOUND, "Van %s zijn er geen cijfers per %s.", w->m->label_nl,
                         wijk_tr(w->cx, wijk_level_label(w->d->areas.level, false)));
    l->release = value ? value->release : class_->release;
    l->indicator = value ? value->indicator : NULL;
    l->n_other = value ? value->n_other : class_->n_other;
    join_periods(w, value, class_);
    put_figures(w, value, class_, deviation);
    l->reference = deviation ? reference_of(w) : value ? 0 : (double)NAN;
    return WIJK_OK;
}

/* ---- people ---- */

/* Of the year where a series tells, else as known for the area. */
static void put_people(struct work *w, const double *by_postcode_)
{
    struct wijk__lived *l = w->out;
    const struct wijk_snapshot *s = w->s;
    double *v = WIJK_NEW(w->cx, double, l->n_area * l->n_period);
    bool known = false;
    for (size_t p = 0; p < l->n_period; p++) {
        for (size_t a = 0; a < l->n_area; a++) v[a * l->n_period + p] = w->d->areas.v[l->area[a]].residents;
        for (size_t i = wijk__series_first(s->series, s->n_series, "residents");
             i < s->n_series && strcmp(s->series[i].key.indicator, "residents") == 0; i++) {
            const struct wijk_series *r = &s->series[i];
            if (!wijk__tells_residents(r, w->d->areas.level, w->d->areas.division_year, l->period[p].year))
                continue;
            for (size_t a = 0; a < l->n_area; a++)
                if (l->area[a] < r->n && !isnan(r->value[l->area[a]]))
                    v[a * l->n_period + p] = r->value[l->area[a]];
        }
    }
    for (size_t i = 0; i < l->n_area * l->n_period && !known; i++) known = v[i] > 0;
    l->from = WIJK_PEOPLE_FROM_AREA;
    l->people = v;
    if (known || w->d->areas.level != WIJK_LEVEL_PC4) return;
    l->from = WIJK_PEOPLE_FROM_POSTCODE;
    for (size_t a = 0; a < l->n_area; a++)
        for (size_t p = 0; p < l->n_period; p++) v[a * l->n_period + p] = by_postcode_[l->area[a]];
}

enum wijk_err wijk__lived_read(struct wijk_cx *cx, const struct wijk_snapshot *s,
                               const struct wijk_flow_lived_in *in, const struct wijk__lived **out)
{
    struct work w = {.cx = cx, .s = s, .in = in, .out = WIJK_NEW(cx, struct wijk__lived, 1)};
    WIJK_TRY(choose(&w));
    size_t n = w.d->areas.n;
    double *people = WIJK_NEW(cx, double, n);
    w.place = WIJK_NEW(cx, const char *, n);
    w.part = WIJK_NEW(cx, const char *, n);
    if (w.d->areas.level == WIJK_LEVEL_PC4)
        places_by_postcode(&w, people);
    else
        places_by_code(&w);
    WIJK_TRY(units(&w));
    WIJK_TRY(figures(&w));
    put_people(&w, people);
    w.out->division = w.d;
    w.out->method = w.m;
    w.out->cells = w.d->areas.level == WIJK_LEVEL_RASTER;
    *out = w.out;
    return WIJK_OK;
}
