/* SPDX-License-Identifier: EUPL-1.2 */
/* Ridge regression with honest errors. A fit needs no rows, only their sums of products, so these are made
 * once for each part (fold x epoch) and every fit of the nested cross-validation adds and takes away parts:
 *
 *   coefficients = (R + penalty I)^-1 r      R, r: correlations of the columns with each other and with y
 *
 * Hoerl and Kennard 1970; Varma and Simon 2006 for the nesting. */
#include "stats/stats.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 10, SIDE = WIJK_RIDGE_INPUTS + 2 };
static const double PENALTY[] = {1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10, 100};
enum { PENALTIES = sizeof PENALTY / sizeof *PENALTY };

/* Sums of products of (1, x - middle, y - middle), side x side, by part. */
struct parts {
    size_t p, side, n_fold, n_epoch;
    double *sum;    /* [(fold * n_epoch + epoch) * side * side] */
    double *middle; /* p + 1: taken off first, so that nothing cancels */
};
struct fit {
    double b[WIJK_RIDGE_INPUTS], intercept; /* for x and y less their middles */
};

static double *part(const struct parts *s, size_t fold, size_t epoch)
{
    return s->sum + (fold * s->n_epoch + epoch) * s->side * s->side;
}

/* ---- parts ---- */

struct group_size {
    size_t group, n;
};
static int larger_first(const void *a, const void *b)
{
    const struct group_size *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? 1 : -1;
    return (x->group > y->group) - (x->group < y->group);
}

static bool counts(const struct wijk_ridge_in *in, size_t row)
{
    if (isnan(in->y[row])) return false;
    for (size_t j = 0; j < in->p; j++)
        if (isnan(in->x[row * in->p + j])) return false;
    return true;
}

/* Groups with rows over the folds: the largest first, each to the fold with the fewest rows. Gives the number
 * of folds. */
static size_t deal(struct wijk_cx *cx, const struct wijk_ridge_in *in, const bool *counted, size_t *fold_of)
{
    struct group_size *size = WIJK_NEW(cx, struct group_size, in->n_group);
    size_t full = 0, held[FOLDS] = {0};
    for (size_t g = 0; g < in->n_group; g++) size[g].group = g;
    for (size_t i = 0; i < in->n; i++) size[in->group[i]].n += counted[i];
    qsort(size, in->n_group, sizeof *size, larger_first);
    while (full < in->n_group && size[full].n > 0) full++;
    size_t folds = in->folds && in->folds < FOLDS ? in->folds : FOLDS;
    if (folds > full) folds = full;
    for (size_t k = 0; k < full; k++) {
        size_t least = 0;
        for (size_t f = 1; f < folds; f++)
            if (held[f] < held[least]) least = f;
        held[least] += size[k].n;
        fold_of[size[k].group] = least;
    }
    return folds;
}

static void add_row(double *sum, size_t side, const double *z)
{
    for (size_t j = 0; j < side; j++)
        for (size_t k = j; k < side; k++) sum[j * side + k] += z[j] * z[k];
}

static void add_rows(const struct wijk_ridge_in *in, const bool *counted, const size_t *fold_of,
                     struct parts *s)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        if (!counted[i]) continue;
        n++;
        for (size_t j = 0; j < in->p; j++) s->middle[j] += in->x[i * in->p + j];
        s->middle[in->p] += in->y[i];
    }
    for (size_t j = 0; j <= in->p; j++) s->middle[j] /= (double)n;
    for (size_t i = 0; i < in->n; i++) {
        double z[SIDE];
        if (!counted[i]) continue;
        z[0] = 1;
        for (size_t j = 0; j < in->p; j++) z[1 + j] = in->x[i * in->p + j] - s->middle[j];
        z[1 + in->p] = in->y[i] - s->middle[in->p];
        add_row(part(s, fold_of[in->group[i]], in->epoch ? in->epoch[i] : 0), s->side, z);
    }
}

/* All parts but those of a fold, another fold and an epoch (SIZE_MAX: none is left out). */
static void gather(const struct parts *s, size_t not_fold, size_t nor_fold, size_t not_epoch, double *sum)
{
    memset(sum, 0, s->side * s->side * sizeof *sum);
    for (size_t f = 0; f < s->n_fold; f++) {
        if (f == not_fold || f == nor_fold) continue;
        for (size_t e = 0; e < s->n_epoch; e++) {
            if (e == not_epoch) continue;
            const double *from = part(s, f, e);
            for (size_t j = 0; j < s->side * s->side; j++) sum[j] += from[j];
        }
    }
}

/* ---- one fit ---- */

/* The correlations of a sum, made once for all penalties. */
struct moments {
    size_t p;
    double n, mean[SIDE], sd[SIDE]; /* of x..., y */
    double r[WIJK_RIDGE_INPUTS][WIJK_RIDGE_INPUTS], ry[WIJK_RIDGE_INPUTS];
};

static void moments_of(const double *sum, size_t p, struct moments *m)
{
    const size_t side = p + 2;
    static const double FLAT =
        1e-18; /* of the sum of squares: what rounding leaves of a column that stands still */
    m->p = p;
    m->n = sum[0];
    for (size_t j = 0; j <= p; j++) {
        const double at = sum[1 + j], squares = sum[(1 + j) * side + 1 + j];
        m->mean[j] = at / m->n;
        const double about = squares - at * m->mean[j];
        m->sd[j] = about > FLAT * squares && about > 0 ? sqrt(about / m->n) : 0;
    }
    for (size_t j = 0; j < p; j++)
        for (size_t k = j; k <= p; k++) {
            const double both = m->sd[j] * m->sd[k] * m->n;
            const double c = both > 0 ? (sum[(1 + j) * side + 1 + k] - sum[1 + j] * m->mean[k]) / both : 0;
            if (k == p)
                m->ry[j] = c;
            else
                m->r[j][k] = m->r[k][j] = c;
        }
}

/* Solves (R + penalty I) b = r by Cholesky; a column that does not vary stands alone with 0. */
static void solve(const struct moments *m, double penalty, struct fit *out)
{
    double l[WIJK_RIDGE_INPUTS][WIJK_RIDGE_INPUTS];
    double z[WIJK_RIDGE_INPUTS];
    const size_t p = m->p;
    for (size_t j = 0; j < p; j++) {
        for (size_t k = 0; k <= j; k++) {
            double v = j == k ? (m->sd[j] > 0 ? m->r[j][j] : 1) + penalty : m->r[j][k];
            for (size_t q = 0; q < k; q++) v -= l[j][q] * l[k][q];
            l[j][k] = j == k ? sqrt(v > 1e-12 ? v : 1e-12) : v / l[k][k];
        }
    }
    for (size_t j = 0; j < p; j++) {
        z[j] = m->ry[j];
        for (size_t q = 0; q < j; q++) z[j] -= l[j][q] * z[q];
        z[j] /= l[j][j];
    }
    for (size_t j = p; j-- > 0;) {
        for (size_t q = j + 1; q < p; q++) z[j] -= l[q][j] * z[q];
        z[j] /= l[j][j];
    }
    out->intercept = m->mean[p];
    for (size_t j = 0; j < p; j++) {
        out->b[j] = m->sd[j] > 0 ? z[j] * m->sd[p] / m->sd[j] : 0;
        out->intercept -= out->b[j] * m->mean[j];
    }
}

/* Sum of squared errors of a fit over a part: e'Se with e = (-intercept, -b, 1). */
static double errors_over(const double *sum, size_t p, const struct fit *f)
{
    const size_t side = p + 2;
    double e[SIDE], total = 0;
    e[0] = -f->intercept;
    for (size_t j = 0; j < p; j++) e[1 + j] = -f->b[j];
    e[1 + p] = 1;
    for (size_t j = 0; j < side; j++) {
        total += e[j] * e[j] * sum[j * side + j];
        for (size_t k = j + 1; k < side; k++) total += 2 * e[j] * e[k] * sum[j * side + k];
    }
    return total > 0 ? total : 0;
}

/* ---- cross-validation ---- */

/* The penalty that does best over the folds that are left, each left out in turn. */
static double choose(const struct parts *s, size_t not_fold, size_t not_epoch, double *work)
{
    struct moments m;
    double error[PENALTIES] = {0}, *sum = work, *test = work + s->side * s->side;
    struct fit fit;
    size_t best = 0;
    for (size_t f = 0; f < s->n_fold; f++) {
        if (f == not_fold) continue;
        gather(s, not_fold, f, not_epoch, sum);
        if (sum[0] < 2) continue;
        memset(test, 0, s->side * s->side * sizeof *test);
        for (size_t e = 0; e < s->n_epoch; e++)
            for (size_t j = 0; e != not_epoch && j < s->side * s->side; j++) test[j] += part(s, f, e)[j];
        moments_of(sum, s->p, &m);
        for (size_t q = 0; q < PENALTIES; q++) {
            solve(&m, PENALTY[q], &fit);
            error[q] += errors_over(test, s->p, &fit);
        }
    }
    for (size_t q = 1; q < PENALTIES; q++)
        if (error[q] < error[best]) best = q;
    return PENALTY[best];
}

static double fit_without(const struct parts *s, size_t not_fold, size_t not_epoch, double *work,
                          struct fit *out)
{
    struct moments m;
    const double penalty = choose(s, not_fold, not_epoch, work);
    gather(s, not_fold, SIZE_MAX, not_epoch, work);
    moments_of(work, s->p, &m);
    solve(&m, penalty, out);
    return penalty;
}

static double value_of(const struct wijk_ridge_in *in, const struct parts *s, const struct fit *f, size_t row)
{
    double v = s->middle[in->p] + f->intercept;
    for (size_t j = 0; j < in->p; j++) v += f->b[j] * (in->x[row * in->p + j] - s->middle[j]);
    return v;
}

static void leave_out(const struct wijk_ridge_in *in, const struct parts *s, const bool *counted,
                      const size_t *fold_of, double *work, struct wijk_ridge *r)
{
    for (size_t i = 0; i < in->n; i++) r->left_out[i] = NAN;
    for (size_t f = 0; f < s->n_fold; f++) {
        for (size_t e = 0; e < s->n_epoch; e++) {
            struct fit fit;
            if (part(s, f, e)[0] < 1) continue;
            fit_without(s, f, s->n_epoch > 1 ? e : SIZE_MAX, work, &fit);
            for (size_t i = 0; i < in->n; i++)
                if (counted[i] && fold_of[in->group[i]] == f && (!in->epoch || in->epoch[i] == e))
                    r->left_out[i] = value_of(in, s, &fit, i);
        }
    }
}

static void judge(const struct wijk_ridge_in *in, const struct parts *s, struct wijk_ridge *r)
{
    double sse = 0, sst = 0;
    for (size_t i = 0; i < in->n; i++) {
        if (isnan(r->left_out[i])) continue;
        const double e = in->y[i] - r->left_out[i], a = in->y[i] - s->middle[in->p];
        sse += e * e;
        sst += a * a;
    }
    r->rmse = sqrt(sse / (double)r->used);
    r->r2 = 1 - sse / sst;
}

static enum wijk_err check(struct wijk_cx *cx, const struct wijk_ridge_in *in, const bool *counted,
                           size_t used)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < in->n; i++) {
        if (!counted[i]) continue;
        low = fmin(low, in->y[i]);
        high = fmax(high, in->y[i]);
    }
    if (used < 3 * (in->p + 1))
        return wijk_fail(cx, WIJK_EDATA, "Er zijn te weinig gebieden met cijfers: %zu bij %zu kenmerken.",
                         used, in->p);
    if (!(high > low))
        return wijk_fail(cx, WIJK_EDATA, "Alle waarden zijn gelijk; er valt niets te schatten.");
    return WIJK_OK;
}

enum wijk_err wijk_ridge_fit(struct wijk_cx *cx, const struct wijk_ridge_in *in,
                             const struct wijk_ridge **out)
{
    if (in->p > WIJK_RIDGE_INPUTS || in->n_epoch > WIJK_RIDGE_EPOCHS)
        return wijk_fail(cx, WIJK_ELIMIT, "Hoogstens %d kenmerken en %d momenten.", WIJK_RIDGE_INPUTS,
                         WIJK_RIDGE_EPOCHS);
    bool *counted = WIJK_NEW(cx, bool, in->n);
    size_t *fold_of = WIJK_NEW(cx, size_t, in->n_group);
    struct wijk_ridge *r = WIJK_NEW(cx, struct wijk_ridge, 1);
    for (size_t i = 0; i < in->n; i++) r->used += counted[i] = counts(in, i);
    WIJK_TRY(check(cx, in, counted, r->used));
    struct parts s = {.p = in->p, .side = in->p + 2, .n_epoch = in->epoch && in->n_epoch ? in->n_epoch : 1};
    r->folds = s.n_fold = deal(cx, in, counted, fold_of);
    if (s.n_fold < 3)
        return wijk_fail(cx, WIJK_EDATA,
                         "Er zijn te weinig groepen gebieden om aan te toetsen: %zu van de 3.", s.n_fold);
    s.sum = WIJK_NEW(cx, double, s.n_fold *s.n_epoch *s.side *s.side);
    s.middle = WIJK_NEW(cx, double, in->p + 1);
    double *work = WIJK_NEW(cx, double, 2 * s.side * s.side);
    add_rows(in, counted, fold_of, &s);
    r->left_out = WIJK_NEW(cx, double, in->n);
    r->coefficient = WIJK_NEW(cx, double, in->p);
    leave_out(in, &s, counted, fold_of, work, r);
    judge(in, &s, r);
    struct fit all;
    r->penalty = fit_without(&s, SIZE_MAX, SIZE_MAX, work, &all);
    r->intercept = s.middle[in->p] + all.intercept;
    for (size_t j = 0; j < in->p; j++) {
        r->coefficient[j] = all.b[j];
        r->intercept -= all.b[j] * s.middle[j];
    }
    *out = r;
    return WIJK_OK;
}
