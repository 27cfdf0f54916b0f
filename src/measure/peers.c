/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas that are alike, and what is to be expected of an area. docs/methods/vergelijkbaar.md, verwacht.md
 *
 *   z = (value - median) / robust spread, within -4..4
 *   distance(a, b) = sqrt(mean over the inputs both have of (z_a - z_b)^2)
 *
 * What is expected comes twice, of a ridge regression that has not seen the area's group and of the mean of
 * its peers; only what lies outside the bands of both is told apart. */
#include "measure/measure_int.h"

#include <math.h>

static const double FARTHEST = 4, USUAL_SHARE = 0.75, LEAST_KNOWN = 0.75;
static const double USUAL_WIDTH = 2.5758, LEAST_R2 = 0.1;

static const char *const ID[] = {
#define X(name, id, text) id,
    WIJK_EXPECTED_WORDS(X)
#undef X
};
static const char *const TEXT[] = {
#define X(name, id, text) text,
    WIJK_EXPECTED_WORDS(X)
#undef X
};

const char *wijk_expected_id(enum wijk_expected_word w)
{
    return ID[w];
}

const char *wijk_expected_text(enum wijk_expected_word w)
{
    return TEXT[w];
}

/* ---- side by side ---- */

/* Areas that have input j; j SIZE_MAX: any input. */
static size_t known(const double *const *value, size_t n_input, size_t n, size_t j)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool has = j != SIZE_MAX && !isnan(value[j][i]);
        for (size_t q = 0; j == SIZE_MAX && q < n_input; q++) has = has || !isnan(value[q][i]);
        count += has;
    }
    return count;
}

static void scale(struct wijk_alike *a, const double *const *value)
{
    for (size_t i = 0; i < a->n; i++) {
        size_t has = 0;
        for (size_t u = 0; u < a->n_used; u++) {
            const size_t j = a->used[u];
            const double z = (value[j][i] - a->middle[j]) / a->spread[j];
            a->z[i * a->n_used + u] = z > FARTHEST ? FARTHEST : z < -FARTHEST ? -FARTHEST : z;
            has += isnan(z) ? 0 : 1;
        }
        a->lack[i] = (uint8_t)(has < a->min_shared ? WIJK_LACK_FEW_INPUTS : WIJK_LACK_NONE);
    }
}

enum wijk_err wijk_alike_of(struct wijk_cx *cx, const double *const *value, size_t n_input, size_t n,
                            double min_share, const struct wijk_alike **out)
{
    if (n < 2)
        return wijk_fail(cx, WIJK_EDATA,
                         "Er is hier maar één gebied van dit soort geladen, dus niets om het mee "
                         "te vergelijken.");
    struct wijk_alike *a = WIJK_NEW(cx, struct wijk_alike, 1);
    double *work = WIJK_NEW(cx, double, n);
    a->n = n;
    a->n_input = n_input;
    a->used = WIJK_NEW(cx, size_t, n_input);
    a->middle = WIJK_NEW(cx, double, n_input);
    a->spread = WIJK_NEW(cx, double, n_input);
    const size_t any = known(value, n_input, n, SIZE_MAX);
    for (size_t j = 0; j < n_input; j++) {
        a->middle[j] = wijk_robust(value[j], n, work, &a->spread[j]);
        const bool enough = (double)known(value, n_input, n, j) >= LEAST_KNOWN * (double)any;
        if (enough && a->spread[j] > 0 && a->n_used < WIJK_RIDGE_INPUTS) a->used[a->n_used++] = j;
    }
    if (a->n_used < 2)
        return wijk_fail(cx, WIJK_EDATA,
                         "Er zijn te weinig kenmerken om gebieden mee te vergelijken: %zu van de 2.",
                         a->n_used);
    a->min_shared = (size_t)ceil((min_share > 0 ? min_share : USUAL_SHARE) * (double)a->n_used - 1e-9);
    a->z = WIJK_NEW(cx, double, n * a->n_used);
    a->lack = WIJK_NEW(cx, uint8_t, n);
    scale(a, value);
    *out = a;
    return WIJK_OK;
}

double wijk_alike_apart(const struct wijk_alike *a, size_t one, size_t other, size_t used)
{
    return fabs(a->z[one * a->n_used + used] - a->z[other * a->n_used + used]);
}

/* ---- peers ---- */

static size_t shared(const struct wijk_alike *a, size_t one, size_t other)
{
    size_t both = 0;
    for (size_t u = 0; u < a->n_used; u++) both += isnan(wijk_alike_apart(a, one, other, u)) ? 0 : 1;
    return both;
}

/* The rows that may be peers; `at` says which area each is. The area itself is the first. */
static size_t pool(const struct wijk_alike *a, size_t area, const double *seen, double *x, size_t *at)
{
    size_t n = 0;
    for (size_t i = 0; i <= a->n; i++) {
        const size_t from = i ? i - 1 : area;
        if (i && (from == area || a->lack[from] != WIJK_LACK_NONE || (seen && isnan(seen[from])))) continue;
        for (size_t u = 0; u < a->n_used; u++) x[n * a->n_used + u] = a->z[from * a->n_used + u];
        at[n++] = from;
    }
    return n;
}

size_t wijk_alike_peers(struct wijk_cx *cx, const struct wijk_alike *a, size_t area, size_t k,
                        const double *seen, struct wijk_peer peer[WIJK_PEERS_MAX])
{
    uint32_t near[WIJK_PEERS_MAX];
    double distance[WIJK_PEERS_MAX];
    if (k > WIJK_PEERS_MAX) k = WIJK_PEERS_MAX;
    if (!k || a->lack[area] != WIJK_LACK_NONE) return 0;
    double *x = WIJK_NEW(cx, double, (a->n + 1) * a->n_used);
    size_t *at = WIJK_NEW(cx, size_t, a->n + 1), n = 0;
    const struct wijk_near_in in = {pool(a, area, seen, x, at), a->n_used, x, k, a->min_shared};
    wijk_near_one(&in, 0, near, distance);
    while (n < k && near[n] != UINT32_MAX) {
        const size_t other = at[near[n]];
        peer[n] = (struct wijk_peer){other, distance[n] / sqrt((double)a->n_used), shared(a, area, other)};
        n++;
    }
    return n;
}

/* Of every area with a figure the mean figure of its peers; NAN with fewer than half of k. */
static void by_peers(struct wijk_cx *cx, const struct wijk_expected_in *in, size_t k, double *out)
{
    const struct wijk_alike *a = in->alike;
    double *x = WIJK_NEW(cx, double, a->n * a->n_used);
    size_t *at = WIJK_NEW(cx, size_t, a->n), n = 0;
    for (size_t i = 0; i < a->n; i++) {
        out[i] = NAN;
        if (a->lack[i] != WIJK_LACK_NONE || isnan(in->seen[i])) continue;
        for (size_t u = 0; u < a->n_used; u++) x[n * a->n_used + u] = a->z[i * a->n_used + u];
        at[n++] = i;
    }
    uint32_t *near = WIJK_NEW(cx, uint32_t, n * k);
    double *distance = WIJK_NEW(cx, double, n *k), value[WIJK_PEERS_MAX];
    const struct wijk_near_in rows = {n, a->n_used, x, k, a->min_shared};
    wijk_near_all(cx, &rows, near, distance);
    for (size_t i = 0; i < n; i++) {
        size_t m = 0;
        while (m < k && near[i * k + m] != UINT32_MAX) {
            value[m] = in->seen[at[near[i * k + m]]];
            m++;
        }
        if (2 * m >= k) out[at[i]] = wijk_sum(value, m) / (double)m;
    }
}

/* ---- expected ---- */

double wijk__band_half(struct wijk_cx *cx, const double *seen, const double *expected, size_t n, double width,
                       double *inside)
{
    double *error = WIJK_NEW(cx, double, n), *work = WIJK_NEW(cx, double, n), spread;
    size_t in = 0, all = 0;
    for (size_t i = 0; i < n; i++) error[i] = seen[i] - expected[i];
    wijk_robust(error, n, work, &spread);
    const double half = (width > 0 ? width : USUAL_WIDTH) * spread;
    for (size_t i = 0; i < n; i++) {
        all += isnan(error[i]) ? 0 : 1;
        in += fabs(error[i]) <= half;
    }
    if (inside) *inside = all ? (double)in / (double)all : NAN;
    return half;
}

bool wijk__explains(double r2)
{
    return r2 >= LEAST_R2;
}

static void judge(const struct wijk_expected_in *in, struct wijk_expected *e, size_t area)
{
    const double s = in->seen[area], i = e->by_inputs[area], p = e->by_peers[area];
    e->lack[area] = (uint8_t)(isnan(s)                 ? WIJK_LACK_NO_VALUE
                              : isnan(i) || isnan(p)   ? WIJK_LACK_FEW_INPUTS
                              : !wijk__explains(e->r2) ? WIJK_LACK_NOT_PREDICTABLE
                                                       : WIJK_LACK_NONE);
    if (e->lack[area] != WIJK_LACK_NONE) return;
    e->word[area] = s > i + e->half_inputs && s > p + e->half_peers   ? WIJK_EXPECTED_HIGHER
                    : s < i - e->half_inputs && s < p - e->half_peers ? WIJK_EXPECTED_LOWER
                                                                      : WIJK_EXPECTED_AS;
}

enum wijk_err wijk_expected_of(struct wijk_cx *cx, const struct wijk_expected_in *in,
                               const struct wijk_expected **out)
{
    const struct wijk_alike *a = in->alike;
    struct wijk_expected *e = WIJK_NEW(cx, struct wijk_expected, 1);
    const size_t k = !in->k ? WIJK_PEERS_USUAL : in->k > WIJK_PEERS_MAX ? WIJK_PEERS_MAX : in->k;
    const struct wijk_ridge_in rows = {
        .n = a->n, .p = a->n_used, .x = a->z, .y = in->seen, .group = in->group, .n_group = in->n_group};
    WIJK_TRY(wijk_ridge_fit(cx, &rows, &e->ridge));
    e->n = a->n;
    e->by_inputs = e->ridge->left_out;
    e->by_peers = WIJK_NEW(cx, double, a->n);
    e->word = WIJK_NEW(cx, uint8_t, a->n);
    e->lack = WIJK_NEW(cx, uint8_t, a->n);
    e->r2 = e->ridge->r2;
    e->rmse = e->ridge->rmse;
    by_peers(cx, in, k, e->by_peers);
    e->half_inputs = wijk__band_half(cx, in->seen, e->by_inputs, a->n, in->width, &e->inside);
    e->half_peers = wijk__band_half(cx, in->seen, e->by_peers, a->n, in->width, NULL);
    for (size_t i = 0; i < a->n; i++) judge(in, e, i);
    *out = e;
    return WIJK_OK;
}
