/* SPDX-License-Identifier: EUPL-1.2 */
/* This year's score before it is published. docs/methods/tussenschatting.md
 *
 *   score(t) - score(s) = a + b.z(t) + c.(z(t) - z(s)) + d score(s) + e course(s)
 *
 * s: the last known moment; z: inputs in usual spreads; course: slope of the scores up to s. Learnt from
 * pairs (s, t) of earlier moments that lie as far apart as the gap to bridge; every test leaves out the
 * area's group and the moment t. */
#include "measure/measure_int.h"

#include <math.h>
#include <string.h>

static const double FARTHEST = 4, LEAST_GAIN = 0.05, USUAL_WIDTH = 1.6449, LEAST_KNOWN = 0.75;
enum { LEAST_PAIRS = 3, COURSE_POINTS = 3 };

static const char *const ID[] = {
#define X(name, id, text) id,
    WIJK_NOWCAST_VERDICTS(X)
#undef X
};
static const char *const TEXT[] = {
#define X(name, id, text) text,
    WIJK_NOWCAST_VERDICTS(X)
#undef X
};

const char *wijk_nowcast_verdict_id(enum wijk_nowcast_verdict v)
{
    return ID[v];
}

const char *wijk_nowcast_verdict_text(enum wijk_nowcast_verdict v)
{
    return TEXT[v];
}

/* ---- inputs on one scale, the same for all moments ---- */

struct work {
    struct wijk_cx *cx;
    const struct wijk_nowcast_in *in;
    struct wijk_nowcast *out;
    double *middle, *spread; /* by input */
    size_t n_pair, from[WIJK_NOWCAST_PERIODS], to[WIJK_NOWCAST_PERIODS];
    bool course; /* scores go back far enough for a course in every pair */
};

static const double *input_at(const struct work *w, size_t period, size_t j)
{
    return w->in->input[period * w->in->n_input + j];
}

/* Takes part: an input that is known in three quarters of the areas with a score, at every moment from first
 * to last, and that varies. */
static bool usable(const struct work *w, size_t j, size_t first, size_t last)
{
    const struct wijk_nowcast_in *in = w->in;
    for (size_t p = first; p <= last; p++) {
        const double *score = in->score[p < in->n_period ? p : in->n_period - 1];
        size_t has = 0, all = 0;
        for (size_t i = 0; i < in->n; i++) {
            if (isnan(score[i])) continue;
            all++;
            if (!isnan(input_at(w, p, j)[i])) has++;
        }
        if ((double)has < LEAST_KNOWN * (double)all || !has) return false;
    }
    return w->spread[j] > 0;
}

static void choose_inputs(struct work *w, size_t first, size_t last)
{
    double *work = WIJK_NEW(w->cx, double, w->in->n);
    w->middle = WIJK_NEW(w->cx, double, w->in->n_input);
    w->spread = WIJK_NEW(w->cx, double, w->in->n_input);
    w->out->used = WIJK_NEW(w->cx, size_t, w->in->n_input);
    w->out->n_used = 0;
    for (size_t j = 0; j < w->in->n_input; j++) {
        w->middle[j] = wijk_robust(input_at(w, w->in->n_period - 1, j), w->in->n, work, &w->spread[j]);
        if (usable(w, j, first, last)) w->out->used[w->out->n_used++] = j;
    }
}

static double z_at(const struct work *w, size_t period, size_t j, size_t area)
{
    const double z = (input_at(w, period, j)[area] - w->middle[j]) / w->spread[j];
    return z > FARTHEST ? FARTHEST : z < -FARTHEST ? -FARTHEST : z;
}

/* ---- pairs of moments ---- */

/* Pairs as far apart in years as the gap to bridge; when there are too few, those one moment apart. */
static void choose_pairs(struct work *w)
{
    const struct wijk_nowcast_in *in = w->in;
    const int gap = in->year[in->n_period] - in->year[in->n_period - 1];
    for (size_t s = 0; s < in->n_period; s++)
        for (size_t t = s + 1; t < in->n_period; t++)
            if (in->year[t] - in->year[s] == gap) w->from[w->n_pair] = s, w->to[w->n_pair++] = t;
    if (w->n_pair >= LEAST_PAIRS) return;
    w->n_pair = 0;
    for (size_t t = 1; t < in->n_period; t++) w->from[w->n_pair] = t - 1, w->to[w->n_pair++] = t;
}

/* With a course only pairs count that have three scores up to s; without enough of those, no course. */
static void choose_course(struct work *w)
{
    size_t n = 0;
    for (size_t k = 0; k < w->n_pair; k++) n += w->from[k] + 1 >= COURSE_POINTS;
    w->course = n >= LEAST_PAIRS;
    if (!w->course) return;
    n = 0;
    for (size_t k = 0; k < w->n_pair; k++) {
        if (w->from[k] + 1 < COURSE_POINTS) continue;
        w->from[n] = w->from[k];
        w->to[n++] = w->to[k];
    }
    w->n_pair = n;
}

/* Slope of the scores up to s, a year; NAN below three. */
static double course(const struct work *w, size_t s, size_t area)
{
    double year[WIJK_NOWCAST_PERIODS], score[WIJK_NOWCAST_PERIODS];
    struct wijk_line l;
    for (size_t p = 0; p <= s; p++) {
        year[p] = w->in->year[p];
        score[p] = w->in->score[p][area];
    }
    return wijk_line_fit(year, score, s + 1, &l) && l.n >= COURSE_POINTS ? l.slope : (double)NAN;
}

static size_t columns(const struct work *w)
{
    return 2 * w->out->n_used + 1 + w->course;
}

static void fill_row(const struct work *w, size_t s, size_t t, size_t area, double *x)
{
    const size_t m = w->out->n_used;
    for (size_t u = 0; u < m; u++) {
        const size_t j = w->out->used[u];
        x[u] = z_at(w, t, j, area);
        x[m + u] = x[u] - z_at(w, s, j, area);
    }
    x[2 * m] = w->in->score[s][area];
    if (w->course) x[2 * m + 1] = course(w, s, area);
}

/* ---- learning and testing ---- */

struct rows {
    double *x, *y, *last;
    size_t *group, *epoch, n;
};

static struct rows pair_rows(const struct work *w)
{
    const struct wijk_nowcast_in *in = w->in;
    const size_t p = columns(w), most = w->n_pair * in->n;
    struct rows r = {WIJK_NEW(w->cx, double, most *p), WIJK_NEW(w->cx, double, most),
                     WIJK_NEW(w->cx, double, most),    WIJK_NEW(w->cx, size_t, most),
                     WIJK_NEW(w->cx, size_t, most),    0};
    for (size_t k = 0; k < w->n_pair; k++) {
        for (size_t i = 0; i < in->n; i++) {
            const double last = in->score[w->from[k]][i], next = in->score[w->to[k]][i];
            if (isnan(last) || isnan(next)) continue;
            fill_row(w, w->from[k], w->to[k], i, r.x + r.n * p);
            r.y[r.n] = next - last;
            r.last[r.n] = next;
            r.group[r.n] = in->group[i];
            r.epoch[r.n++] = k;
        }
    }
    return r;
}

/* How well it went on what was left out, beside standing still. */
static void test(struct work *w, const struct rows *r)
{
    struct wijk_nowcast *o = w->out;
    double sse = 0, still = 0, sst = 0, mean = 0, n = 0, inside = 0;
    for (size_t i = 0; i < r->n; i++)
        if (!isnan(o->ridge->left_out[i])) mean += r->last[i], n++;
    for (size_t i = 0; i < r->n; i++) {
        if (isnan(o->ridge->left_out[i])) continue;
        const double error = r->y[i] - o->ridge->left_out[i];
        sse += error * error;
        still += r->y[i] * r->y[i];
        sst += (r->last[i] - mean / n) * (r->last[i] - mean / n);
    }
    o->rmse = sqrt(sse / n);
    o->rmse_last = sqrt(still / n);
    o->gain = 1 - sse / still;
    o->r2 = 1 - sse / sst;
    const double half = (w->in->width > 0 ? w->in->width : USUAL_WIDTH) * o->rmse;
    for (size_t i = 0; i < r->n; i++) inside += fabs(r->y[i] - o->ridge->left_out[i]) <= half;
    o->inside = inside / n;
    o->rows = o->ridge->used;
    o->folds = o->ridge->folds;
}

static void estimate(struct work *w)
{
    const struct wijk_nowcast_in *in = w->in;
    struct wijk_nowcast *o = w->out;
    const size_t p = columns(w), s = in->n_period - 1;
    double *x = WIJK_NEW(w->cx, double, p);
    const double half = (in->width > 0 ? in->width : USUAL_WIDTH) * o->rmse;
    for (size_t i = 0; i < in->n; i++) {
        if (isnan(in->score[s][i])) {
            o->lack[i] = WIJK_LACK_NO_VALUE;
            continue;
        }
        fill_row(w, s, in->n_period, i, x);
        double v = in->score[s][i] + o->ridge->intercept;
        for (size_t j = 0; j < p; j++) v += o->ridge->coefficient[j] * x[j];
        o->lack[i] = (uint8_t)(isnan(v) ? WIJK_LACK_FEW_INPUTS : WIJK_LACK_NONE);
        o->value[i] = v;
        o->low[i] = v - half;
        o->high[i] = v + half;
    }
}

/* With one moment only: how well the inputs tell the score of areas left out. It proves nothing of change. */
static enum wijk_err one_moment(struct work *w)
{
    const struct wijk_nowcast_in *in = w->in;
    struct wijk_nowcast *o = w->out;
    const size_t m = o->n_used, s = in->n_period - 1;
    double *x = WIJK_NEW(w->cx, double, in->n *m);
    for (size_t i = 0; i < in->n; i++)
        for (size_t u = 0; u < m; u++) x[i * m + u] = z_at(w, s, o->used[u], i);
    const struct wijk_ridge_in rows = {
        .n = in->n, .p = m, .x = x, .y = in->score[s], .group = in->group, .n_group = in->n_group};
    WIJK_TRY(wijk_ridge_fit(w->cx, &rows, &o->ridge));
    o->r2 = o->ridge->r2;
    o->rmse = o->ridge->rmse;
    o->rows = o->ridge->used;
    o->folds = o->ridge->folds;
    return WIJK_OK;
}

static enum wijk_err several_moments(struct work *w)
{
    struct wijk_nowcast *o = w->out;
    const struct rows r = pair_rows(w);
    const struct wijk_ridge_in rows = {.n = r.n,
                                       .p = columns(w),
                                       .x = r.x,
                                       .y = r.y,
                                       .group = r.group,
                                       .n_group = w->in->n_group,
                                       .epoch = r.epoch,
                                       .n_epoch = w->n_pair};
    WIJK_TRY(wijk_ridge_fit(w->cx, &rows, &o->ridge));
    test(w, &r);
    o->verdict = o->gain >= LEAST_GAIN ? WIJK_NOWCAST_USED : WIJK_NOWCAST_LAST_BETTER;
    if (o->verdict == WIJK_NOWCAST_USED) {
        estimate(w);
        return WIJK_OK;
    }
    for (size_t i = 0; i < o->n; i++) o->lack[i] = WIJK_LACK_NOT_PREDICTABLE;
    return WIJK_OK;
}

static enum wijk_err check(struct wijk_cx *cx, const struct wijk_nowcast_in *in)
{
    if (in->n_period > WIJK_NOWCAST_PERIODS || in->n_input > WIJK_NOWCAST_INPUTS)
        return wijk_fail(cx, WIJK_ELIMIT, "Hoogstens %d kenmerken en %d momenten.", WIJK_NOWCAST_INPUTS,
                         WIJK_NOWCAST_PERIODS);
    for (size_t p = 1; p <= in->n_period; p++)
        if (in->year[p] <= in->year[p - 1])
            return wijk_fail(cx, WIJK_ESHAPE, "De jaren van een reeks lopen niet op.");
    return WIJK_OK;
}

enum wijk_err wijk_nowcast_of(struct wijk_cx *cx, const struct wijk_nowcast_in *in,
                              const struct wijk_nowcast **out)
{
    struct wijk_nowcast *o = WIJK_NEW(cx, struct wijk_nowcast, 1);
    struct work w = {.cx = cx, .in = in, .out = o};
    enum wijk_err err = WIJK_EDATA;
    WIJK_TRY(check(cx, in));
    *o = (struct wijk_nowcast){.verdict = WIJK_NOWCAST_UNTESTED, .n = in->n, .year = in->year[in->n_period]};
    o->value = WIJK_NEW(cx, double, in->n);
    o->low = WIJK_NEW(cx, double, in->n);
    o->high = WIJK_NEW(cx, double, in->n);
    o->lack = WIJK_NEW(cx, uint8_t, in->n);
    for (size_t i = 0; i < in->n; i++) {
        o->value[i] = o->low[i] = o->high[i] = NAN;
        o->lack[i] = WIJK_LACK_FEW_POINTS;
    }
    o->rmse = o->rmse_last = o->r2 = o->gain = o->inside = NAN;
    *out = o;
    if (!in->n_period) return WIJK_OK;
    o->last_year = in->year[in->n_period - 1];
    choose_pairs(&w);
    choose_course(&w);
    o->n_pair = w.n_pair;
    if (w.n_pair >= LEAST_PAIRS)
        choose_inputs(&w, w.from[0], in->n_period);
    else /* only how the inputs tell the last score can be tested */
        choose_inputs(&w, in->n_period - 1, in->n_period - 1);
    if (w.n_pair >= LEAST_PAIRS && o->n_used)
        err = several_moments(&w);
    else if (o->n_used >= 2)
        err = one_moment(&w);
    if (err != WIJK_OK) o->ridge = NULL; /* too few areas: that is an answer */
    wijk_fault_clear(cx);
    return WIJK_OK;
}
