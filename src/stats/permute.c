/* SPDX-License-Identifier: EUPL-1.2 */
/* Conditional permutation by ranks.
 *
 * For element i with k neighbours chance places any k of the other n - 1 values around it. The sum over those
 * depends on i only by its k and by its own absence. So draws are made once, from all n:
 *
 *   row r    a b c d e        sums over the first k places, for each k that occurs: sorted once,
 *            |...k..| ^       so that how many are >= what was seen is one binary search
 *                     `-- place k stands in when i itself is among the first k: those few rows
 *                         are found through a list of where each element was drawn
 *
 * A row without i among its first k places is a draw of k from the others; a row with i becomes one when the
 * next place takes over. The counts are those of visiting every element and every row.
 * docs/methods/clusters.md */
#include "stats/stats_int.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct hit { /* where an element was drawn */
    uint32_t draw, place;
};
struct wijk_draws {
    size_t n, most, n_draw;
    uint32_t *at;      /* place t of draw r: at[t * n_draw + r] */
    size_t *hit_first; /* n + 1 */
    struct hit *hit;   /* of each element, by place: those below k come first */
    uint64_t seed;
};

enum { DRAWS_CHUNK = 4096 };

/* 0..n-1 without bias, by a product instead of a division (Lemire 2019). */
static uint32_t below(struct wijk_rng *r, uint32_t n)
{
    for (;;) {
        const uint64_t m = (wijk_rng_next(r) >> 32) * n;
        if (__builtin_expect((uint32_t)m >= n, 1)) return (uint32_t)(m >> 32);
        if ((uint32_t)m >= -n % n) return (uint32_t)(m >> 32);
    }
}

/* The front of a shuffle, begun anew in each chunk so that a chunk knows nothing of another. What one draw
 * leaves behind is a shuffled list all the same. */
static enum wijk_err draw_some(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    struct wijk_draws *d = arg;
    struct wijk_rng rng = wijk_rng(wijk_hash64(&from, sizeof from, d->seed));
    uint32_t *pack = WIJK_NEW(scratch, uint32_t, d->n);
    for (size_t i = 0; i < d->n; i++) pack[i] = (uint32_t)i;
    for (size_t r = from; r < to; r++)
        for (size_t t = 0; t <= d->most; t++) {
            const size_t k = t + below(&rng, (uint32_t)(d->n - t));
            const uint32_t drawn = pack[k];
            pack[k] = pack[t];
            pack[t] = drawn;
            d->at[t * d->n_draw + r] = drawn;
        }
    return WIJK_OK;
}

static void list_hits(struct wijk_cx *cx, struct wijk_draws *d)
{
    const size_t n_hit = d->most * d->n_draw; /* the last place only stands in */
    size_t *next = WIJK_NEW(cx, size_t, d->n + 2);
    for (size_t i = 0; i < n_hit; i++) next[d->at[i] + 2]++;
    for (size_t i = 2; i < d->n + 2; i++) next[i] += next[i - 1];
    d->hit = WIJK_NEW(cx, struct hit, n_hit);
    for (size_t t = 0; t < d->most; t++)
        for (size_t r = 0; r < d->n_draw; r++)
            d->hit[next[d->at[t * d->n_draw + r] + 1]++] = (struct hit){(uint32_t)r, (uint32_t)t};
    d->hit_first = next;
}

enum wijk_err wijk_draws_new(struct wijk_cx *cx, size_t n, size_t most, size_t n_draw, uint64_t seed,
                             const struct wijk_draws **out)
{
    if (!n_draw || most >= n) return wijk_fail(cx, WIJK_EDATA, "Voor deze toets zijn er te weinig gebieden.");
    if (n >= UINT32_MAX || most + 1 > WIJK_DRAWS_ROOM / n_draw)
        return wijk_fail(cx, WIJK_ELIMIT, "Te veel trekkingen: %zu van %zu gebieden.", n_draw, most + 1);
    struct wijk_draws *d = WIJK_NEW(cx, struct wijk_draws, 1);
    *d = (struct wijk_draws){.n = n, .most = most, .n_draw = n_draw, .seed = seed};
    d->at = WIJK_NEW(cx, uint32_t, (most + 1) * n_draw);
    const struct wijk_parallel work = {n_draw, DRAWS_CHUNK, draw_some, d, NULL, NULL};
    WIJK_TRY(wijk_parallel(cx, &work));
    list_hits(cx, d);
    *out = d;
    return WIJK_OK;
}

uint32_t wijk_draws_at(const struct wijk_draws *d, size_t r, size_t t)
{
    assert(r < d->n_draw && t <= d->most);
    return d->at[t * d->n_draw + r];
}

/* ---- values as whole numbers: their sums are exact, in any order ------------------------------------- */

enum { GRID_BITS = 40 };

static void to_grid(const double *value, size_t n, int64_t *q)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double v = value[i] / 4; /* so that the range cannot overflow */
        assert(isfinite(v));
        if (v < low) low = v;
        if (v > high) high = v;
    }
    const double range = high - low;
    const int lift = range > 0 ? GRID_BITS - ilogb(range) : 0;
    for (size_t i = 0; i < n; i++) q[i] = (int64_t)rint(ldexp(value[i] / 4 - low, lift));
}

/* Two equal sums of k decimals may come to differ by this much on the grid: half a step for each value. */
static int64_t slack(size_t k)
{
    return (int64_t)k + 1;
}

/* ---- all elements with k neighbours -------------------------------------------------------------------- */

struct ranks {
    const struct wijk_draws *d;
    const struct wijk_graph *g;
    const int64_t *q;
    const size_t *class_first; /* elements with k neighbours: member[class_first[k]] .. */
    const uint32_t *member;
    uint32_t *ge, *le;
};

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, DIGITS_MOST = (63 + DIGIT_BITS - 1) / DIGIT_BITS };
enum { RANKS_CHUNKS = 4 }; /* each adds up its first places anew, so they are few */

/* Sums are never negative: values stand on the grid from 0 up. By digits, the lowest first, all counted
 * beforehand. Returns which of the two holds the result. */
static const int64_t *sort_sums(int64_t *v, int64_t *other, size_t n)
{
    uint32_t place[DIGITS_MOST][DIGITS];
    int64_t most = 0;
    size_t digits = 0;
    for (size_t i = 0; i < n; i++) most |= v[i];
    while (digits < DIGITS_MOST && most >> (digits * DIGIT_BITS)) digits++;
    memset(place, 0, digits * sizeof *place);
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < digits; d++) place[d][v[i] >> (d * DIGIT_BITS) & (DIGITS - 1)]++;
    for (size_t d = 0; d < digits; d++) {
        uint32_t before = 0;
        for (size_t k = 0; k < DIGITS; k++) {
            const uint32_t some = place[d][k];
            place[d][k] = before;
            before += some;
        }
        for (size_t i = 0; i < n; i++) other[place[d][v[i] >> (d * DIGIT_BITS) & (DIGITS - 1)]++] = v[i];
        int64_t *swap = v;
        v = other;
        other = swap;
    }
    return v;
}

/* How many of the sorted sums are below x. Halved by a mask: compilers make a branch of a choice, and that is
 * guessed wrong half the time. */
static size_t count_below(const int64_t *v, size_t n, int64_t x)
{
    const int64_t *low = v;
    for (; n > 1; n -= n / 2) low += n / 2 & ((size_t)0 - (low[n / 2 - 1] < x));
    return (size_t)(low - v) + (n && *low < x);
}

static void rank_one(const struct ranks *job, const int64_t *sum, const int64_t *sorted, size_t k, uint32_t i)
{
    const struct wijk_draws *d = job->d;
    int64_t seen = 0;
    for (size_t j = job->g->first[i]; j < job->g->first[i + 1]; j++) seen += job->q[job->g->to[j]];
    const int64_t least = seen - slack(k), most = seen + slack(k);
    size_t ge = d->n_draw - count_below(sorted, d->n_draw, least);
    size_t le = count_below(sorted, d->n_draw, most + 1);
    for (size_t h = d->hit_first[i]; h < d->hit_first[i + 1] && d->hit[h].place < k; h++) {
        const uint32_t r = d->hit[h].draw;
        const int64_t with = sum[r], without = with - job->q[i] + job->q[d->at[k * d->n_draw + r]];
        ge = ge - (with >= least) + (without >= least);
        le = le - (with <= most) + (without <= most);
    }
    job->ge[i] = (uint32_t)ge;
    job->le[i] = (uint32_t)le;
}

/* Sums over one place more than before: k places after the call for k. */
static void add_place(const struct ranks *job, size_t t, int64_t *sum)
{
    const size_t n = job->d->n_draw;
    const uint32_t *at = job->d->at + t * n;
    for (size_t r = 0; r < n; r++) sum[r] += job->q[at[r]];
}

static enum wijk_err rank_classes(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    const struct ranks *job = arg;
    const size_t n = job->d->n_draw;
    int64_t *sum = WIJK_NEW(scratch, int64_t, n), *copy = WIJK_NEW(scratch, int64_t, n),
            *room = WIJK_NEW(scratch, int64_t, n);
    for (size_t t = 0; t < from; t++) add_place(job, t, sum);
    for (size_t k = from + 1; k <= to; k++) {
        const size_t first = job->class_first[k], end = job->class_first[k + 1];
        add_place(job, k - 1, sum);
        if (first == end) continue;
        memcpy(copy, sum, n * sizeof *sum);
        const int64_t *sorted = sort_sums(copy, room, n);
        for (size_t m = first; m < end; m++) rank_one(job, sum, sorted, k, job->member[m]);
    }
    return WIJK_OK;
}

enum wijk_err wijk_ranks(struct wijk_cx *cx, const struct wijk_draws *d, const struct wijk_graph *g,
                         const double *value, uint32_t *ge, uint32_t *le)
{
    const size_t n = g->n;
    if (n != d->n)
        return wijk_fail(cx, WIJK_ESHAPE, "De trekkingen zijn voor %zu gebieden, niet voor %zu.", d->n, n);
    size_t *first = WIJK_NEW(cx, size_t, d->most + 3);
    for (size_t i = 0; i < n; i++) {
        const size_t k = wijk_graph_degree(g, i);
        ge[i] = le[i] = 0;
        if (k > d->most)
            return wijk_fail(cx, WIJK_ESHAPE, "Een gebied heeft meer buren dan er trekkingen zijn.");
        first[k + 2]++;
    }
    for (size_t k = 2; k < d->most + 3; k++) first[k] += first[k - 1];
    uint32_t *member = WIJK_NEW(cx, uint32_t, n);
    for (size_t i = 0; i < n; i++) member[first[wijk_graph_degree(g, i) + 1]++] = (uint32_t)i;
    int64_t *q = WIJK_NEW(cx, int64_t, n);
    to_grid(value, n, q);
    struct ranks job = {d, g, q, first, member, ge, le};
    const struct wijk_parallel work = {d->most, d->most / RANKS_CHUNKS + 1, rank_classes, &job, NULL, NULL};
    return wijk_parallel(cx, &work);
}

double wijk_rank_p(uint32_t ge, uint32_t le, size_t n_draw)
{
    const double tail = (double)(ge < le ? ge : le) + 1;
    return fmin(1, 2 * tail / ((double)n_draw + 1));
}

/* ---- many tests at once ----------------------------------------------------------------------------------
 */

void wijk_false_discovery(struct wijk_cx *cx, const double *p, size_t n, double *q)
{
    struct wijk_mark mark = wijk_cx_mark(cx);
    struct wijk__keyed *t = WIJK_NEW(cx, struct wijk__keyed, n), *room = WIJK_NEW(cx, struct wijk__keyed, n);
    double least = 1;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i])) t[m++] = (struct wijk__keyed){wijk__key_of(p[i]), i};
        q[i] = NAN; /* p may be q: from here on it is in its key */
    }
    wijk__keyed_sort(t, room, m);
    for (size_t k = m; k-- > 0;) {
        least = fmin(least, wijk__of_key(t[k].key) * (double)m / (double)(k + 1));
        q[t[k].at] = least;
    }
    wijk_cx_rewind(cx, mark);
}
