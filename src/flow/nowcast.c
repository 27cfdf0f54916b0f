/* SPDX-License-Identifier: EUPL-1.2 */
/* This year's score before it is published: takes the scores of one method and release, and the inputs of the
 * same years, to the method that tests itself. A year that is known already is done as a rehearsal: with
 * nothing of that year's score, to be laid beside it. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

struct gathered {
    const struct wijk_history *score;
    size_t n_year, column[WIJK_NOWCAST_PERIODS];
    int year[WIJK_NOWCAST_PERIODS + 1];
};

/* Does the division have at least one input of that year? */
static bool has_inputs(const struct wijk_snapshot_division *d, const struct wijk_peer_recipe *r, int year)
{
    size_t n = 0;
    for (size_t k = 0; k < r->n_input; k++) n += wijk__newest_of(d, r->input[k], year) != NULL;
    return n >= 2;
}

/* The year to estimate: the newest with inputs after the last score, else (a rehearsal) that of the last
 * score; with one score the year after it, of which only the test is told. */
static int choose_year(const struct wijk_snapshot_division *d, const struct wijk_peer_recipe *r, int last,
                       bool one_score)
{
    int newest = 0;
    for (size_t k = 0; k < r->n_input; k++) {
        const struct wijk_series *v = wijk__newest_of(d, r->input[k], 0);
        if (v && v->key.period.year > newest) newest = v->key.period.year;
    }
    while (newest > last && !has_inputs(d, r, newest)) newest--;
    if (newest > last) return newest;
    return one_score ? last + 1 : last;
}

/* Years with a score before the one to estimate, and with inputs; of many the newest. */
static void choose_years(const struct wijk_snapshot_division *d, const struct wijk_peer_recipe *r, int year,
                         struct gathered *g)
{
    g->n_year = 0;
    for (size_t p = 0; p < g->score->n_period; p++) {
        const int y = g->score->period[p].year;
        if (y >= year || !has_inputs(d, r, y)) continue;
        if (g->n_year == WIJK_NOWCAST_PERIODS) {
            memmove(g->column, g->column + 1, (g->n_year - 1) * sizeof *g->column);
            memmove(g->year, g->year + 1, (g->n_year - 1) * sizeof *g->year);
            g->n_year--;
        }
        g->column[g->n_year] = p;
        g->year[g->n_year++] = y;
    }
    g->year[g->n_year] = year;
}

static const double *score_at(struct wijk_cx *cx, const struct wijk_history *h, size_t p)
{
    double *v = WIJK_NEW(cx, double, h->n_area);
    for (size_t a = 0; a < h->n_area; a++) v[a] = h->same[a * h->n_period + p];
    return v;
}

static const double *known_at(struct wijk_cx *cx, const struct wijk_history *h, int year)
{
    for (size_t p = 0; p < h->n_period; p++)
        if (h->period[p].year == year && !h->period[p].month) return score_at(cx, h, p);
    return NULL;
}

static const struct wijk_method *method_of(const struct wijk_snapshot *s,
                                           const struct wijk_flow_nowcast_in *in)
{
    const struct wijk_snapshot_division *d = in->division;
    if (in->method) return wijk_defs_method(s->defs, in->method);
    if (d->n_scores) return d->scores[d->n_scores - 1]->method;
    for (size_t k = s->defs->n_method; k-- > 0;)
        if (*s->defs->method[k].score && wijk__newest_of(d, s->defs->method[k].score, 0))
            return &s->defs->method[k];
    return NULL;
}

enum wijk_err wijk_flow_nowcast(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                const struct wijk_flow_nowcast_in *in, const struct wijk_flow_nowcast **out)
{
    WIJK_TRY(wijk__published_analysis(cx, s, WIJK_ANALYSIS_NOWCAST));
    struct wijk_flow_nowcast *o = WIJK_NEW(cx, struct wijk_flow_nowcast, 1);
    struct gathered g = {0};
    const struct wijk_snapshot_division *d = in->division;
    o->method = method_of(s, in);
    if (!o->method) WIJK_TRY(wijk__published_scores(cx, s));
    if (!o->method) return wijk_fail(cx, WIJK_ENOTFOUND, "Er zijn geen scores om mee te vergelijken.");
    o->recipe = in->recipe ? wijk_defs_peers(s->defs, in->recipe) : s->defs->n_peers ? s->defs->peers : NULL;
    if (!o->recipe)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Het recept %s bestaat niet.", in->recipe ? in->recipe : "-");
    struct wijk_flow_history_in scores = {.division = d, .indicator = o->method->total};
    if (wijk_flow_history(cx, s, &scores, &g.score) != WIJK_OK) { /* without totals by the score itself */
        if (!*o->method->score) return WIJK_ENOTFOUND;
        scores.indicator = o->method->score;
        WIJK_TRY(wijk_flow_history(cx, s, &scores, &g.score));
    }
    o->figure = g.score->indicator;
    const int last = g.score->period[g.score->n_period - 1].year,
              year = in->year ? in->year : choose_year(d, o->recipe, last, g.score->n_period == 1);
    choose_years(d, o->recipe, year, &g);
    const double **score = WIJK_NEW(cx, const double *, g.n_year),
                 **input = WIJK_NEW(cx, const double *, (g.n_year + 1) * o->recipe->n_input);
    for (size_t p = 0; p < g.n_year; p++) score[p] = score_at(cx, g.score, g.column[p]);
    for (size_t p = 0; p <= g.n_year; p++)
        for (size_t j = 0; j < o->recipe->n_input; j++)
            input[p * o->recipe->n_input + j] =
                wijk__values_of(cx, wijk__newest_of(d, o->recipe->input[j], g.year[p]), d->areas.n);
    size_t n_group;
    const size_t *group = wijk__groups_of(cx, &d->areas, &n_group);
    o->division = d;
    o->release = g.score->release;
    o->known = known_at(cx, g.score, year);
    o->last = g.n_year ? score[g.n_year - 1] : NULL;
    const struct wijk_nowcast_in rows = {.n = d->areas.n,
                                         .n_period = g.n_year,
                                         .year = g.year,
                                         .score = score,
                                         .n_input = o->recipe->n_input,
                                         .input = input,
                                         .group = group,
                                         .n_group = n_group};
    WIJK_TRY(wijk_nowcast_of(cx, &rows, &o->nowcast));
    *out = o;
    return WIJK_OK;
}
