/* SPDX-License-Identifier: EUPL-1.2 */
/* See attacker.h. Every sum is a row of numbers over all cells that equals 0; published cells are constants
 * with room for rounding, hidden ones unknowns. */
#include "attacker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct system {
    size_t n_cell, n_row, cap;
    double *v; /* n_row x n_cell */
};

static double *new_row(struct system *s)
{
    if (s->n_row == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->v = realloc(s->v, s->cap * s->n_cell * sizeof *s->v);
    }
    double *r = s->v + s->n_row++ * s->n_cell;
    memset(r, 0, s->n_cell * sizeof *r);
    return r;
}

static size_t cell(const struct wijk_disclose_table *in, size_t k, size_t t, size_t a)
{
    return (k * in->n_period + t) * in->n_area + a;
}

static bool there(const struct wijk_disclose_table *in, size_t c)
{
    return in->status[c] == WIJK_STATUS_OK;
}

/* One sum: `n` parts that step through the cells and belong to total number `at` by `up`. */
static void add_sum(struct system *s, const size_t *up, size_t n, size_t at, size_t base, size_t step)
{
    size_t parts = 0;
    double *r = new_row(s);
    for (size_t i = 0; i < n; i++)
        if (up[i] == at) r[base + i * step] = 1, parts++;
    r[base + at * step] = -1;
    if (!parts) s->n_row--;
}

/* Every sum there is; a figure that was never delivered is an unknown like a hidden one. */
static void add_sums(struct system *s, const struct wijk_disclose_table *in)
{
    for (size_t k = 0; k < in->n_kind; k++)
        for (size_t t = 0; t < in->n_period; t++)
            for (size_t a = 0; a < in->n_area; a++) {
                add_sum(s, in->parent, in->n_area, a, cell(in, k, t, 0), 1);
                if (in->kind_total)
                    add_sum(s, in->kind_total, in->n_kind, k, cell(in, 0, t, a), in->n_period * in->n_area);
                if (in->period_total)
                    add_sum(s, in->period_total, in->n_period, t, cell(in, k, 0, a), in->n_area);
            }
}

/* Reduced row echelon form over the unknown columns only; the known ones go along. */
static void eliminate(struct system *s, const bool *unknown)
{
    size_t done = 0;
    for (size_t c = 0; c < s->n_cell && done < s->n_row; c++) {
        if (!unknown[c]) continue;
        size_t best = done;
        for (size_t i = done; i < s->n_row; i++)
            if (fabs(s->v[i * s->n_cell + c]) > fabs(s->v[best * s->n_cell + c])) best = i;
        double by = s->v[best * s->n_cell + c];
        if (fabs(by) < 1e-9) continue;
        for (size_t j = 0; j < s->n_cell; j++) {
            double keep = s->v[best * s->n_cell + j];
            s->v[best * s->n_cell + j] = s->v[done * s->n_cell + j];
            s->v[done * s->n_cell + j] = keep / by;
        }
        for (size_t i = 0; i < s->n_row; i++) {
            double times = s->v[i * s->n_cell + c];
            if (i == done || times == 0) continue;
            for (size_t j = 0; j < s->n_cell; j++) {
                double *x = &s->v[i * s->n_cell + j];
                *x -= times * s->v[done * s->n_cell + j];
                if (fabs(*x) < 1e-9) *x = 0;
            }
        }
        done++;
    }
}

/* Each row: sum of coefficient x cell = 0, so each cell is bounded by the others. */
static bool narrow(const double *r, size_t n, double *low, double *high)
{
    double least = 0, most = 0;
    size_t least_open = 0, most_open = 0;
    bool changed = false;
    for (size_t i = 0; i < n; i++) {
        if (r[i] == 0) continue;
        double x = r[i] > 0 ? r[i] * low[i] : r[i] * high[i], y = r[i] > 0 ? r[i] * high[i] : r[i] * low[i];
        if (isinf(x))
            least_open++;
        else
            least += x;
        if (isinf(y))
            most_open++;
        else
            most += y;
    }
    for (size_t i = 0; i < n; i++) {
        if (r[i] == 0) continue;
        double x = r[i] > 0 ? r[i] * low[i] : r[i] * high[i], y = r[i] > 0 ? r[i] * high[i] : r[i] * low[i];
        double others_least =
            least_open > (isinf(x) ? 1U : 0U) ? -(double)INFINITY : least - (isinf(x) ? 0 : x);
        double others_most = most_open > (isinf(y) ? 1U : 0U) ? (double)INFINITY : most - (isinf(y) ? 0 : y);
        double a = -others_most / r[i], b = -others_least / r[i];
        double lo = r[i] > 0 ? a : b, hi = r[i] > 0 ? b : a;
        if (lo > low[i] + 1e-7) low[i] = lo, changed = true;
        if (hi < high[i] - 1e-7) high[i] = hi, changed = true;
    }
    return changed;
}

void attack(const struct wijk_disclose_table *in, const struct wijk_disclosed *out, double step,
            enum attacker_knows knows, double *low, double *high)
{
    size_t n = in->n_kind * in->n_period * in->n_area;
    struct system plain = {.n_cell = n}, reduced = {.n_cell = n};
    bool *unknown = calloc(n ? n : 1, sizeof *unknown);
    for (size_t i = 0; i < n; i++) {
        bool shown = out[i].reason == WIJK_SHOWN;
        unknown[i] = !shown;
        low[i] = 0, high[i] = INFINITY;
        if (!shown) continue;
        double v = out[i].value, half = v == 0 ? 0 : floor(step / 2);
        bool exact = knows == ATTACKER_KNOWS_EXACT;
        low[i] = exact ? in->value[i] : fmax(v - half, v == 0 ? 0 : step);
        high[i] = exact ? in->value[i] : v + half;
    }
    add_sums(&plain, in);
    add_sums(&reduced, in);
    eliminate(&reduced, unknown);
    bool changed = true;
    for (int round = 0; changed && round < 60; round++) {
        changed = false;
        for (size_t i = 0; i < plain.n_row; i++) changed |= narrow(plain.v + i * n, n, low, high);
        for (size_t i = 0; i < reduced.n_row; i++) changed |= narrow(reduced.v + i * n, n, low, high);
    }
    free(unknown);
    free(plain.v);
    free(reduced.v);
}

size_t leaks(const struct wijk_disclose_table *in, const struct wijk_disclosed *out,
             const struct wijk_disclosure_rule *rule, enum attacker_knows knows, bool tell)
{
    size_t n = in->n_kind * in->n_period * in->n_area, found = 0;
    double *low = calloc(n ? n : 1, sizeof *low), *high = calloc(n ? n : 1, sizeof *high);
    attack(in, out, rule->round_to, knows, low, high);
    for (size_t i = 0; i < n; i++) {
        if (!there(in, i) || out[i].reason == WIJK_SHOWN) continue;
        bool small = in->value[i] < rule->hide_below;
        double room = rule->hide_below - 1;
        bool bad = small ? low[i] > 1e-6 || high[i] < room - 1e-6 : high[i] - low[i] < room - 1e-6;
        if (bad && tell && !found)
            printf("cell %zu (kind %zu period %zu area %zu) true %g reason %d: %g..%g\n", i,
                   i / in->n_area / in->n_period, i / in->n_area % in->n_period, i % in->n_area, in->value[i],
                   (int)out[i].reason, low[i], high[i]);
        found += bad;
    }
    free(low);
    free(high);
    return found;
}
