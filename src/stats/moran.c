/* SPDX-License-Identifier: EUPL-1.2 */
/* Likeness of neighbours. With d = v - mean, w_ij = 1/k_i for the k_i neighbours of i, m2 = sum d^2 / n:
 *
 *   I     = sum over i of d_i lag(d)_i / sum d^2               Moran 1950
 *   I_i   = d_i lag(d)_i / m2                                  Anselin 1995
 *   Gi*   = (sum over i and its neighbours of v - (k+1) mean) / (s sqrt(((k+1) n - (k+1)^2) / (n-1)))
 *                                                              Getis and Ord 1992, Ord and Getis 1995
 * docs/methods/clusters.md */
#include "stats/stats.h"

#include <math.h>
#include <string.h>

void wijk_graph_lag(const struct wijk_graph *g, const double *v, double *lag)
{
    for (size_t i = 0; i < g->n; i++) {
        double sum = 0;
        for (size_t k = g->first[i]; k < g->first[i + 1]; k++) sum += v[g->to[k]];
        lag[i] = wijk_graph_degree(g, i) ? sum / (double)wijk_graph_degree(g, i) : (double)NAN;
    }
}

/* v less its mean; gives the sum of squares, 0 when all are equal (also when the mean is not quite that one
 * value). */
static double centre(const double *v, size_t n, double *d)
{
    const double mean = wijk_sum(v, n) / (double)n;
    double squares = 0;
    bool equal = true;
    for (size_t i = 0; i < n; i++) {
        d[i] = v[i] - mean;
        squares += d[i] * d[i];
        equal = equal && v[i] == v[0];
    }
    if (equal) memset(d, 0, n * sizeof *d);
    return equal ? 0 : squares;
}

/* ---- the whole ------------------------------------------------------------------------------------------
 */

static double crossed(const struct wijk_graph *g, const double *dv, const double *db)
{
    double sum = 0;
    for (size_t i = 0; i < g->n; i++) {
        if (!wijk_graph_degree(g, i)) continue;
        double around = 0;
        for (size_t k = g->first[i]; k < g->first[i + 1]; k++) around += db[g->to[k]];
        sum += dv[i] * around / (double)wijk_graph_degree(g, i);
    }
    return sum;
}

static bool is_next_to(const struct wijk_graph *g, size_t i, uint32_t j)
{
    size_t low = g->first[i], high = g->first[i + 1];
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (g->to[mid] < j)
            low = mid + 1;
        else
            high = mid;
    }
    return low < g->first[i + 1] && g->to[low] == j;
}

/* The sums over weights of Cliff and Ord: S1 = sum (w_ij + w_ji)^2 / 2, S2 = sum (w_i. + w_.i)^2. */
static void weigh(struct wijk_cx *cx, const struct wijk_graph *g, double *s1, double *s2)
{
    double *in = WIJK_NEW(cx, double, g->n);
    *s1 = *s2 = 0;
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = g->first[i]; k < g->first[i + 1]; k++) {
            const uint32_t j = g->to[k];
            const double w = 1 / (double)wijk_graph_degree(g, i);
            in[j] += w;
            if (is_next_to(g, j, (uint32_t)i)) {
                const double both = w + 1 / (double)wijk_graph_degree(g, j);
                *s1 += both * both / 2;
            } else {
                *s1 += w * w;
            }
        }
    for (size_t i = 0; i < g->n; i++) {
        const double both = in[i] + (wijk_graph_degree(g, i) ? 1 : 0);
        *s2 += both * both;
    }
}

/* Mean and sd of I when the values are shuffled over the places (Cliff and Ord 1981, 2.3). */
static void randomise(struct wijk_cx *cx, const struct wijk_graph *g, const double *d, double squares,
                      struct wijk_moran *m)
{
    const double n = (double)m->n_linked, s0 = n;
    double s1, s2, fourth = 0;
    if (m->n_linked < 4) return;
    weigh(cx, g, &s1, &s2);
    for (size_t i = 0; i < g->n; i++) fourth += d[i] * d[i] * d[i] * d[i];
    const double b2 = (double)g->n * fourth / (squares * squares);
    m->expected = -1 / (n - 1);
    const double normal = n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0),
                 peaked = b2 * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0),
                 variance =
                     (normal - peaked) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - m->expected * m->expected;
    if (!(variance > 0)) return;
    m->sd = sqrt(variance);
    m->z = (m->i - m->expected) / m->sd;
}

struct shuffles {
    const struct wijk_graph *g;
    const double *dv, *db;
    double seen, slack;
    uint64_t seed;
    uint8_t *verdict; /* a shuffle: bit 0 at least what was seen, bit 1 at most */
};

enum { SHUFFLES_CHUNK = 32 };

static enum wijk_err shuffle_some(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    struct shuffles *job = arg;
    const size_t n = job->g->n;
    struct wijk_rng rng = wijk_rng(wijk_hash64(&from, sizeof from, job->seed));
    double *v = WIJK_NEW(scratch, double, n);
    memcpy(v, job->db, n * sizeof *v);
    for (size_t r = from; r < to; r++) {
        for (size_t i = n; i-- > 1;) {
            const size_t k = wijk_rng_below(&rng, i + 1);
            const double swap = v[i];
            v[i] = v[k];
            v[k] = swap;
        }
        const double got = crossed(job->g, job->db == job->dv ? v : job->dv, v);
        job->verdict[r] = (uint8_t)((got >= job->seen - job->slack) | (got <= job->seen + job->slack) << 1);
    }
    return WIJK_OK;
}

enum wijk_err wijk_moran_global(struct wijk_cx *cx, const struct wijk_moran_in *in, struct wijk_moran *out)
{
    const struct wijk_graph *g = in->graph;
    double *dv = WIJK_NEW(cx, double, g->n), *db = in->by ? WIJK_NEW(cx, double, g->n) : dv;
    *out = (struct wijk_moran){NAN, NAN, NAN, NAN, NAN, 0};
    for (size_t i = 0; i < g->n; i++) out->n_linked += wijk_graph_degree(g, i) > 0;
    const double sv = g->n ? centre(in->v, g->n, dv) : 0, sb = in->by && g->n ? centre(in->by, g->n, db) : sv;
    if (!(sv > 0) || !(sb > 0) || !out->n_linked) return WIJK_OK;
    const double scale = in->by ? sqrt(sv) * sqrt(sb) : sv, seen = crossed(g, dv, db);
    out->i = seen / scale;
    if (!in->by) randomise(cx, g, dv, sv, out);
    if (!in->n_draw) return WIJK_OK;
    struct shuffles job = {g, dv, db, seen, scale * 1e-12, in->seed, WIJK_NEW(cx, uint8_t, in->n_draw)};
    const struct wijk_parallel work = {in->n_draw, SHUFFLES_CHUNK, shuffle_some, &job, NULL, NULL};
    WIJK_TRY(wijk_parallel(cx, &work));
    uint32_t ge = 0, le = 0;
    for (size_t r = 0; r < in->n_draw; r++) ge += job.verdict[r] & 1, le += job.verdict[r] >> 1;
    out->p = wijk_rank_p(ge, le, in->n_draw);
    return WIJK_OK;
}

/* ---- each element -----------------------------------------------------------------------------------------
 */

/* Mean and mean square about it; all equal gives exactly 0. */
static void spread_of(const double *v, size_t n, double *mean, double *m2)
{
    bool equal = true;
    double squares = 0;
    *mean = n ? wijk_sum(v, n) / (double)n : 0;
    for (size_t i = 0; i < n; i++) {
        equal = equal && v[i] == v[0];
        squares += (v[i] - *mean) * (v[i] - *mean);
    }
    *m2 = equal ? 0 : squares / (double)n;
}

void wijk_moran_local(const struct wijk_graph *g, const double *v, const double *by, double *out)
{
    double mean_v, mean_b, m2_v, m2_b;
    const double *b = by ? by : v;
    spread_of(v, g->n, &mean_v, &m2_v);
    spread_of(b, g->n, &mean_b, &m2_b);
    const double scale = by ? sqrt(m2_v) * sqrt(m2_b) : m2_v;
    for (size_t i = 0; i < g->n; i++) {
        const size_t degree = wijk_graph_degree(g, i);
        double around = 0;
        for (size_t k = g->first[i]; k < g->first[i + 1]; k++) around += b[g->to[k]] - mean_b;
        out[i] = degree && scale > 0 ? (v[i] - mean_v) / scale * (around / (double)degree) : (double)NAN;
    }
}

void wijk_moran_chance(const struct wijk_graph *g, const double *v, double *mean, double *sd)
{
    double all, m2;
    spread_of(v, g->n, &all, &m2);
    const double n = (double)g->n, others = n - 1;
    for (size_t i = 0; i < g->n; i++) {
        const double k = (double)wijk_graph_degree(g, i), d = v[i] - all;
        mean[i] = sd[i] = NAN;
        if (!(k > 0)) continue;
        /* Of the others: mean -d/(n-1) about `all`, mean square what i leaves of n m2. */
        const double shift = -d / others, variance = (n * m2 - d * d) / others - shift * shift;
        mean[i] = all + shift;
        sd[i] = others > 1 ? sqrt(fmax(0, variance) / k * (others - k) / (others - 1)) : 0;
    }
}

void wijk_getis_ord(const struct wijk_graph *g, const double *v, double *z)
{
    double mean, m2;
    spread_of(v, g->n, &mean, &m2);
    const double n = (double)g->n;
    for (size_t i = 0; i < g->n; i++) {
        const double k = (double)wijk_graph_degree(g, i) + 1;
        double sum = v[i] - mean;
        for (size_t j = g->first[i]; j < g->first[i + 1]; j++) sum += v[g->to[j]] - mean;
        const double scale = sqrt(m2) * sqrt((k * n - k * k) / (n - 1));
        z[i] = k > 1 && scale > 0 ? sum / scale : (double)NAN;
    }
}
