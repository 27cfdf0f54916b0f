/* SPDX-License-Identifier: EUPL-1.2 */
/* Where every area goes: a line with its band, and whether two lines that meet are a better picture.
 *
 *   one line    y = m + s (x - x')                      band s +- t(n-2) sd / sqrt(sxx)
 *   two lines   y = m + s (x - x') + d z(x)             z: max(0, x - k) less its own line through the points
 *               slope behind k = s + d (1 - b)          b: slope of max(0, x - k)
 *   break       largest d^2 zz / ssr over all k that leave two points on either side; how often chance
 * (normal noise around one line, the same periods) gives as much is p
 *
 * docs/methods/trend.md */
#include "measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const COURSE_ID[] = {
#define X(name, id, text) id,
    WIJK_COURSES(X)
#undef X
};
static const char *const COURSE_TEXT[] = {
#define X(name, id, text) text,
    WIJK_COURSES(X)
#undef X
};

const char *wijk_course_id(enum wijk_course c)
{
    return COURSE_ID[c];
}

const char *wijk_course_text(enum wijk_course c)
{
    return COURSE_TEXT[c];
}

enum { BREAK_POINTS = 6, SIDE = 2, SORTED_FROM = 32 };

/* ---- bends: for one set of measured periods ---- */

/* z of every k over the measured points, scaled to length 1, and what chance makes of the largest part. */
struct bends {
    size_t n, n_bend;    /* points; bends that leave SIDE points on either side */
    const double *z;     /* n_bend x n */
    const double *root;  /* n_bend: length of z before scaling */
    const double *a, *b; /* n_bend: mean and slope of max(0, x - k) over the points */
    double x_mean;
    double *chance; /* opt.break_draws shares */
    size_t asked;   /* how often: from SORTED_FROM on they are increasing */
};

/* z of bend k times what one line leaves of y. */
static double along(const struct bends *g, size_t k, const double *residual)
{
    const double *z = g->z + k * g->n;
    double dot = 0;
    for (size_t i = 0; i < g->n; i++) dot += z[i] * residual[i];
    return dot;
}

/* The largest share of what one line leaves of y that one bend explains. residual: n, of one line. By sums
 * that grow from one bend to the one before it, which are right but for rounding; those that come near the
 * largest are done in full. room: n */
static double best_bend(const struct bends *g, const double *x, const double *residual, double *room,
                        size_t *which)
{
    static const double ROUNDING = 1e-7;
    double ssr = 0, sum = 0, moment = 0, behind = 0, dot = 0, high = 0, most = 0;
    for (size_t i = 0; i < g->n; i++) {
        ssr += residual[i] * residual[i];
        sum += residual[i];
        moment += (x[i] - g->x_mean) * residual[i];
    }
    for (size_t k = g->n - 1; k-- > SIDE;) {
        behind += residual[k + 1];
        dot += (x[k + 1] - x[k]) * behind;
        if (k >= g->n - SIDE) continue;
        room[k] = fabs(dot - g->a[k - SIDE] * sum - g->b[k - SIDE] * moment) / g->root[k - SIDE];
        if (room[k] > high) high = room[k];
    }
    *which = 0;
    for (size_t k = 0; k < g->n_bend; k++) {
        if (room[k + SIDE] < high - ROUNDING * sqrt(ssr)) continue;
        const double part = along(g, k, residual);
        if (part * part > most) most = part * part, *which = k;
    }
    return ssr > 0 ? fmin(most / ssr, 1) : 0;
}

/* How many of the draws give that share or more. Sets that a few areas have are counted, those of many
 * sorted once. */
static size_t as_much(struct wijk_cx *cx, struct bends *g, size_t draws, double share)
{
    size_t above = 0, low = 0, high = draws;
    if (++g->asked < SORTED_FROM) {
        for (size_t i = 0; i < draws; i++) above += g->chance[i] >= share;
        return above;
    }
    if (g->asked == SORTED_FROM) wijk_sort(cx, g->chance, draws);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (g->chance[middle] >= share)
            high = middle;
        else
            low = middle + 1;
    }
    return draws - low;
}

static struct bends *bends_of(struct wijk_cx *cx, const double *x, size_t n, const double *noise,
                              size_t draws)
{
    struct bends *g = WIJK_NEW(cx, struct bends, 1);
    *g = (struct bends){.n = n, .n_bend = n - 2 * SIDE};
    double *z = WIJK_NEW(cx, double, g->n_bend *n), *root = WIJK_NEW(cx, double, g->n_bend);
    double *a = WIJK_NEW(cx, double, g->n_bend), *b = WIJK_NEW(cx, double, g->n_bend);
    for (size_t k = 0; k < g->n_bend; k++) {
        struct wijk_line l;
        double *v = z + k * n, length = 0;
        for (size_t i = 0; i < n; i++) v[i] = fmax(0, x[i] - x[k + SIDE]);
        wijk_line_fit(x, v, n, &l);
        a[k] = l.y_mean, b[k] = l.slope, g->x_mean = l.x_mean;
        for (size_t i = 0; i < n; i++) v[i] -= wijk_line_at(&l, x[i]);
        for (size_t i = 0; i < n; i++) length += v[i] * v[i];
        root[k] = sqrt(length);
        for (size_t i = 0; i < n; i++) v[i] /= root[k];
    }
    g->z = z, g->root = root, g->a = a, g->b = b;
    double *per = WIJK_NEW(cx, double, n);
    for (size_t k = 0; k < g->n_bend; k++) per[k + SIDE] = 1 / (root[k] * root[k]);
    g->chance = WIJK_NEW(cx, double, draws);
    wijk_bends_chance(cx, &(struct wijk_bends){n, x, per}, noise, draws, g->chance);
    return g;
}

/* Sets of measured periods that were met, each with its bends. */
struct met {
    const uint8_t *mask; /* n_period */
    struct bends *bends;
};
struct work {
    struct wijk_cx *cx;
    const struct wijk_trend_in *in;
    struct wijk_trend_opt opt;
    struct met *met; /* open hash table of `room` places */
    size_t n_met, room;
    double *x, *y, *r, *near; /* n_period: the measured points of one area; near: of its bends */
    uint8_t *mask;
    double *noise;   /* break_draws x n_period, once somebody asks for it */
    double *t;       /* n_period + 1: quantiles by degrees of freedom, 0 not known yet */
    size_t *outside; /* n_period + 1: slopes outside the interval by points, + 1; 0 not known yet */
};

static double t_of(struct work *w, size_t df)
{
    if (w->t[df] == 0) w->t[df] = wijk_t_quantile(w->opt.coverage, df);
    return w->t[df];
}

static size_t outside_of(struct work *w, size_t n)
{
    if (!w->outside[n]) w->outside[n] = wijk_sen_outside(w->cx, n, w->opt.coverage) + 1;
    return w->outside[n] - 1;
}

static const double *noise_of(struct work *w)
{
    if (w->noise) return w->noise;
    const size_t n = w->opt.break_draws * w->in->n_period;
    struct wijk_rng rng = wijk_rng(w->opt.seed);
    w->noise = WIJK_NEW(w->cx, double, n);
    for (size_t i = 0; i < n; i++) w->noise[i] = wijk_rng_normal(&rng);
    return w->noise;
}

static struct met *place(const struct work *w, struct met *table, size_t room, const uint8_t *mask)
{
    size_t at = (size_t)wijk_hash64(mask, w->in->n_period, 0) & (room - 1);
    while (table[at].mask && memcmp(table[at].mask, mask, w->in->n_period) != 0) at = (at + 1) & (room - 1);
    return &table[at];
}

static struct bends *bends_for(struct work *w, size_t n)
{
    if (2 * (w->n_met + 1) > w->room) {
        size_t room = w->room ? 2 * w->room : 16;
        struct met *table = WIJK_NEW(w->cx, struct met, room);
        for (size_t i = 0; i < w->room; i++)
            if (w->met[i].mask) *place(w, table, room, w->met[i].mask) = w->met[i];
        w->met = table, w->room = room;
    }
    struct met *m = place(w, w->met, w->room, w->mask);
    if (m->mask) return m->bends;
    uint8_t *copy = WIJK_NEW(w->cx, uint8_t, w->in->n_period);
    memcpy(copy, w->mask, w->in->n_period);
    *m = (struct met){copy, bends_of(w->cx, w->x, n, noise_of(w), w->opt.break_draws)};
    w->n_met++;
    return m->bends;
}

/* ---- one area ---- */

static struct wijk_trend nothing(enum wijk_lack lack, size_t n)
{
    return (struct wijk_trend){.lack = lack,
                               .n = n,
                               .first = NAN,
                               .last = NAN,
                               .line = {n, NAN, NAN, NAN, NAN, NAN, NAN},
                               .low = NAN,
                               .high = NAN,
                               .sen = {NAN, NAN, NAN},
                               .break_at = NAN,
                               .break_p = NAN,
                               .break_q = NAN,
                               .before = NAN,
                               .after = NAN,
                               .after_low = NAN,
                               .after_high = NAN};
}

/* Why n measured periods are too few: the border or a hidden figure when that is what keeps it under the
 * least number. */
static enum wijk_lack why_few(const struct wijk_trend_in *in, size_t area, size_t n, size_t least)
{
    size_t count[WIJK_LACK_COUNT] = {0};
    for (size_t p = 0; in->lack && p < in->n_period; p++) count[in->lack[area * in->n_period + p]]++;
    if (count[WIJK_LACK_BROKEN] && n + count[WIJK_LACK_BROKEN] >= least) return WIJK_LACK_BROKEN;
    if (count[WIJK_LACK_HIDDEN] && n + count[WIJK_LACK_HIDDEN] >= least) return WIJK_LACK_HIDDEN;
    return n ? WIJK_LACK_FEW_POINTS : WIJK_LACK_NO_VALUE;
}

static enum wijk_course course_of(double low, double high, double steady)
{
    if (isnan(low) || isnan(high)) return WIJK_COURSE_UNKNOWN;
    if (low >= -steady && high <= steady) return WIJK_COURSE_STEADY;
    if (low > 0) return WIJK_COURSE_UP;
    return high < 0 ? WIJK_COURSE_DOWN : WIJK_COURSE_UNSURE;
}

/* Is what the line leaves more than the last digits of the computer? */
static bool leaves(const struct wijk_trend *t, const double *r, size_t n)
{
    static const double DIGITS = 1e-10;
    double most = 0, size = fabs(t->line.y_mean) + fabs(t->line.slope) * (t->last - t->first);
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(r[i]));
    return most > DIGITS * size;
}

/* The bend that explains most, its chance, and where it was. */
static void look_for_break(struct work *w, struct wijk_trend *t, size_t n)
{
    if (n < BREAK_POINTS) return;
    struct bends *g = bends_for(w, n);
    size_t which;
    for (size_t i = 0; i < n; i++) w->r[i] = w->y[i] - wijk_line_at(&t->line, w->x[i]);
    if (!leaves(t, w->r, n)) return;
    double share = best_bend(g, w->x, w->r, w->near, &which), ssr = 0;
    t->break_p =
        (double)(as_much(w->cx, g, w->opt.break_draws, share) + 1) / (double)(w->opt.break_draws + 1);
    const double *z = g->z + which * n;
    const double dot = along(g, which, w->r);
    for (size_t i = 0; i < n; i++) ssr += (w->r[i] - dot * z[i]) * (w->r[i] - dot * z[i]);
    double d = dot / g->root[which], b = g->b[which];
    t->break_at = w->x[which + SIDE];
    t->a = g->a[which], t->b = b, t->zz = g->root[which] * g->root[which];
    t->sd = sqrt(ssr / (double)(n - 3));
    t->before = t->line.slope - d * b;
    t->after = t->line.slope + d * (1 - b);
    double half = t_of(w, n - 3) * t->sd * sqrt(1 / t->line.sxx + (1 - b) * (1 - b) / t->zz);
    t->after_low = t->after - half;
    t->after_high = t->after + half;
}

static struct wijk_trend fit(struct work *w, size_t area)
{
    const struct wijk_trend_in *in = w->in;
    size_t n = 0;
    for (size_t p = 0; p < in->n_period; p++) {
        double v = in->value[area * in->n_period + p];
        w->mask[p] = isfinite(v) ? 1 : 0;
        if (isfinite(v)) w->x[n] = in->x[p], w->y[n++] = v;
    }
    if (n < w->opt.min_points) return nothing(why_few(in, area, n, w->opt.min_points), n);
    struct wijk_trend t = nothing(WIJK_LACK_NONE, n);
    t.first = w->x[0];
    t.last = w->x[n - 1];
    wijk_line_fit(w->x, w->y, n, &t.line);
    wijk_sen_fit_among(w->cx, w->x, w->y, n, outside_of(w, n), &t.sen);
    if (n > 2) {
        double half = t_of(w, n - 2) * t.line.slope_se;
        t.low = t.line.slope - half;
        t.high = t.line.slope + half;
    }
    look_for_break(w, &t, n);
    return t;
}

static void drop_break(struct wijk_trend *t)
{
    t->break_at = t->before = t->after = t->after_low = t->after_high = NAN;
}

static void decide(struct wijk_cx *cx, const struct wijk_trend_opt *opt, struct wijk_trend *trend, size_t n)
{
    double *p = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) p[i] = trend[i].break_p;
    wijk_false_discovery(cx, p, n, p);
    for (size_t i = 0; i < n; i++) {
        struct wijk_trend *t = &trend[i];
        t->break_q = p[i];
        double made = fabs(t->after - t->before) * (t->last - t->break_at);
        if (!(t->break_q <= opt->break_false && made >= opt->break_least)) drop_break(t);
        bool bent = !isnan(t->break_at);
        if (t->lack == WIJK_LACK_NONE)
            t->course =
                course_of(bent ? t->after_low : t->low, bent ? t->after_high : t->high, opt->steady_per_year);
    }
}

enum wijk_err wijk_trend_fit(struct wijk_cx *cx, const struct wijk_trend_in *in, struct wijk_trend_opt opt,
                             struct wijk_trend *trend)
{
    for (size_t p = 1; p < in->n_period; p++)
        if (!(in->x[p] > in->x[p - 1]))
            return wijk_fail(cx, WIJK_ESHAPE, "De perioden van een reeks moeten oplopen.");
    if (opt.min_points < 2) opt.min_points = 3;
    if (!(opt.coverage > 0 && opt.coverage < 1)) opt.coverage = 0.95;
    if (!(opt.break_false > 0)) opt.break_false = 0.05;
    if (!opt.break_draws) opt.break_draws = 1999;
    if (!opt.seed) opt.seed = 1;
    struct wijk_mark mark = wijk_cx_mark(cx);
    struct work w = {.cx = cx,
                     .in = in,
                     .opt = opt,
                     .x = WIJK_NEW(cx, double, in->n_period),
                     .y = WIJK_NEW(cx, double, in->n_period),
                     .r = WIJK_NEW(cx, double, in->n_period),
                     .near = WIJK_NEW(cx, double, in->n_period),
                     .mask = WIJK_NEW(cx, uint8_t, in->n_period),
                     .t = WIJK_NEW(cx, double, in->n_period + 1),
                     .outside = WIJK_NEW(cx, size_t, in->n_period + 1)};
    for (size_t i = 0; i < in->n_area; i++) trend[i] = fit(&w, i);
    decide(cx, &opt, trend, in->n_area);
    wijk_cx_rewind(cx, mark);
    return WIJK_OK;
}

void wijk_trend_at(const struct wijk_trend *t, double coverage, double x, double *at, double *low,
                   double *high)
{
    *at = *low = *high = NAN;
    if (t->lack != WIJK_LACK_NONE) return;
    double d = x - t->line.x_mean, half = NAN;
    *at = wijk_line_at(&t->line, x);
    if (!isnan(t->break_at)) {
        double z = fmax(0, x - t->break_at) - t->a - t->b * d;
        *at += (t->after - t->before) * z;
        half = wijk_t_quantile(coverage, t->n - 3) * t->sd *
               sqrt(1 / (double)t->n + d * d / t->line.sxx + z * z / t->zz);
    } else if (t->n > 2) {
        half = wijk_t_quantile(coverage, t->n - 2) * wijk_line_se(&t->line, x);
    }
    *low = *at - half;
    *high = *at + half;
}

double wijk_trend_noise(struct wijk_cx *cx, const struct wijk_trend_in *in)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    double *distance = WIJK_NEW(cx, double, in->n_area * in->n_period);
    size_t n = 0;
    for (size_t a = 0; a < in->n_area; a++)
        for (size_t p = 1; p + 1 < in->n_period; p++) {
            const double *v = in->value + a * in->n_period + p, *x = in->x + p;
            double w = (x[0] - x[-1]) / (x[1] - x[-1]);
            double d = v[0] - (1 - w) * v[-1] - w * v[1];
            if (!isnan(d)) distance[n++] = fabs(d) / sqrt(1 + w * w + (1 - w) * (1 - w));
        }
    double median = wijk_quantile(distance, n, 0.5);
    wijk_cx_rewind(cx, mark);
    return median / 0.6744897501960817; /* the quartile of a normal law */
}
