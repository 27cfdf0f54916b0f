/* SPDX-License-Identifier: EUPL-1.2 */
/* Likeness of neighbours beside R 4.2.2 with spdep 1.2-7, beside visiting every draw, and by its laws. The
 * case is made up: twelve places, the last without neighbours. In R:
 *
 *   nb <- list(c(2,3,4), c(1,3), c(1,2,5,6), c(1,6,7), c(3,8), c(3,4,7,8,9), c(4,6,10), c(5,6,9,11),
 *              c(6,8,10), c(7,9,11), c(8,10), 0L); class(nb) <- "nb"; attr(nb, "sym") <- TRUE
 *   lw <- nb2listw(nb, style = "W", zero.policy = TRUE)
 */
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { N = 12 };
static const uint32_t PAIRS[][2] = {{0, 1}, {0, 2}, {3, 0}, {1, 2}, {2, 4}, {2, 5},  {3, 5}, {6, 3},  {4, 7},
                                    {5, 6}, {5, 7}, {8, 5}, {6, 9}, {7, 8}, {7, 10}, {8, 9}, {9, 10}, {1, 0}};
static const double X[N] = {17.3, 15.1, 19.6, 12.4, 22.9, 18.2, 9.7, 25.3, 14.8, 8.9, 21.4, 13.3};
static const double Y[N] = {41, 38.5, 52.2, 30.1, 61.7, 44.9, 27.3, 58.8, 47.6, 33.4, 55.5, 36.2};

static int start(void **state)
{
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}

static int stop(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

static const struct wijk_graph *twelve(struct wijk_cx *cx)
{
    const struct wijk_graph *g;
    assert_int_equal(wijk_graph_of(cx, N, PAIRS, sizeof PAIRS / sizeof *PAIRS, &g), WIJK_OK);
    return g;
}

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want)))) fail_msg("%.17g instead of %.17g", got, want);
}

static void makes_lists_of_neighbours(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_graph *g = twelve(cx);
    assert_int_equal(g->first[N], 34); /* 17 pairs: the eighteenth was there already */
    const uint32_t sixth[] = {2, 3, 6, 7, 8};
    assert_int_equal(wijk_graph_degree(g, 5), 5);
    assert_memory_equal(g->to + g->first[5], sixth, sizeof sixth);
    assert_int_equal(wijk_graph_degree(g, 11), 0);
    const bool keep[N] = {true, true, false, true, true, true, true, true, true, true, true, false};
    const struct wijk_graph *among = wijk_graph_among(cx, g, keep);
    const uint32_t of_fourth[] = {0, 4, 5}; /* 0, 5 and 6 of before */
    assert_int_equal(among->n, 10);
    assert_int_equal(wijk_graph_degree(among, 2), 3);
    assert_memory_equal(among->to + among->first[2], of_fourth, sizeof of_fourth);
    const uint32_t self[][2] = {{1, 1}, {1, 0}, {0, 1}};
    assert_int_equal(wijk_graph_of(cx, 2, self, 3, &g), WIJK_OK);
    assert_int_equal(g->first[2], 2);
    assert_int_equal(wijk_graph_of(cx, 0, NULL, 0, &g), WIJK_OK);
    assert_int_equal(wijk_graph_of(cx, UINT32_MAX, NULL, 0, &g), WIJK_ELIMIT);
}

static void many_neighbours_stay_in_order(void **state)
{
    uint32_t pair[99][2];
    const struct wijk_graph *g;
    for (uint32_t i = 0; i < 99; i++) pair[i][0] = 0, pair[i][1] = 1 + (i * 37) % 99;
    assert_int_equal(wijk_graph_of(*state, 100, (const uint32_t(*)[2])pair, 99, &g), WIJK_OK);
    assert_int_equal(wijk_graph_degree(g, 0), 99);
    for (uint32_t i = 0; i < 99; i++) assert_int_equal(g->to[i], i + 1);
}

/* moran.test(x, lw, zero.policy = TRUE) */
static void whole_as_spdep(void **state)
{
    struct wijk_moran m;
    const struct wijk_moran_in in = {twelve(*state), X, NULL, 999, 7};
    assert_int_equal(wijk_moran_global(*state, &in, &m), WIJK_OK);
    near(m.i, 0.35456616303312660);
    near(m.expected, -0.1);
    near(m.sd * m.sd, 0.04484923844187535);
    near(m.z, 2.14644402850183891);
    assert_int_equal(m.n_linked, 11);
    assert_true(m.p > 0.01 && m.p < 0.1); /* 0.032 by that z */
}

/* localmoran(x, lw, zero.policy = TRUE)[, 1]; localmoran_bv(x, y, lw, nsim) of the first eleven, whose sd
 * divides by n - 1. */
static void each_as_spdep(void **state)
{
    static const double LOCAL[11] = {-0.02612545365627656, -0.11389668219608255, 0.22424133226943985,
                                     0.25934124389762581,  1.53033383954081015,  -0.01438830403335815,
                                     0.96501162561238207,  0.98813415356104106,  -0.06518064743078257,
                                     0.40300120975007070,  0.10432163908264933};
    static const double BOTH[11] = {-0.03021917733801660, -0.05634159483624619, 0.08336870603440283,
                                    0.49973335940320340,  1.05979583249846576,  -0.03085678797916744,
                                    0.98715236168241638,  1.06236712002633804,  -0.03568301006295577,
                                    0.15094071990468344,  0.10724967689412486};
    struct wijk_cx *cx = *state;
    const struct wijk_graph *g = twelve(cx);
    double i[N];
    wijk_moran_local(g, X, NULL, i);
    for (size_t k = 0; k < 11; k++) near(i[k], LOCAL[k]);
    assert_true(isnan(i[11]));
    const bool keep[N] = {true, true, true, true, true, true, true, true, true, true, true, false};
    g = wijk_graph_among(cx, g, keep);
    wijk_moran_local(g, X, Y, i);
    for (size_t k = 0; k < 11; k++) near(i[k] * 10 / 11, BOTH[k]);
    struct wijk_moran m;
    const struct wijk_moran_in in = {g, X, Y, 499, 7};
    assert_int_equal(wijk_moran_global(cx, &in, &m), WIJK_OK);
    near(m.i, 0.3797507206227249); /* moran_bv(x, y, lw, nsim)$t0 */
    assert_true(isnan(m.expected) && isnan(m.sd) && isnan(m.z) && m.p < 0.2);
}

/* localG(x, nb2listw(include.self(nb), style = "B")) */
static void getis_ord_as_spdep(void **state)
{
    static const double Z[11] = {-0.22606526856151471, 0.29468277570308321, 1.16328071277567413,
                                 -1.03514096657114951, 2.34127084432229315, 0.06169737292269123,
                                 -2.03458741705364154, 2.24407941902201902, 0.10708354826598181,
                                 -1.36828978339864782, 0.76099398121125794};
    double z[N];
    wijk_getis_ord(twelve(*state), X, z);
    for (size_t k = 0; k < 11; k++) near(z[k], Z[k]);
    assert_true(isnan(z[11])); /* R gives its own value there; one place alone says nothing of a cluster */
}

/* localmoran(x, lw, zero.policy = TRUE, conditional = TRUE)[, 2:3]: of I, so times z_i / m2. */
static void chance_as_spdep(void **state)
{
    static const double E[11] = {-0.001967891314368890, -0.008145338484325894, -0.034259092430053331,
                                 -0.065258645501110282, -0.149777354508249444, -0.009886255414041057,
                                 -0.176958122056060346, -0.285007288919672253, -0.011795648175664116,
                                 -0.220537203909575236, -0.087160503649139701};
    static const double V[11] = {0.00628485989805991, 0.04362655650462892, 0.06947935473343703,
                                 0.19519985500310622, 0.68765813235770179, 0.01409546500981835,
                                 0.46606062430224887, 0.42793408178289444, 0.03730083475129622,
                                 0.55008174592422920, 0.42964317136494712};
    double mean[N], sd[N], m2 = 0;
    const double all = wijk_sum(X, N) / N;
    wijk_moran_chance(twelve(*state), X, mean, sd);
    for (size_t i = 0; i < N; i++) m2 += (X[i] - all) * (X[i] - all) / N;
    for (size_t i = 0; i < 11; i++) {
        const double scale = (X[i] - all) / m2;
        near(scale * (mean[i] - all), E[i]);
        near(scale * scale * sd[i] * sd[i], V[i]);
    }
    assert_true(isnan(mean[11]) && isnan(sd[11]));
}

/* ---- ranks -----------------------------------------------------------------------------------------------
 */

/* A net of n places in a ring, each with its neighbours up to 1 + i % reach further on. */
static const struct wijk_graph *ring(struct wijk_cx *cx, size_t n, size_t reach)
{
    uint32_t(*pair)[2] = wijk_alloc_n(cx, n * reach, sizeof *pair);
    size_t n_pair = 0;
    const struct wijk_graph *g;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 1; k <= 1 + i % reach; k++, n_pair++)
            pair[n_pair][0] = (uint32_t)i, pair[n_pair][1] = (uint32_t)((i + k) % n);
    assert_int_equal(wijk_graph_of(cx, n, (const uint32_t(*)[2])pair, n_pair, &g), WIJK_OK);
    return g;
}

static size_t most_of(const struct wijk_graph *g)
{
    size_t most = 0;
    for (size_t i = 0; i < g->n; i++)
        if (wijk_graph_degree(g, i) > most) most = wijk_graph_degree(g, i);
    return most;
}

/* The k others of draw r: the first k places, the next one for i itself. */
static size_t others(const struct wijk_draws *d, size_t r, size_t i, size_t k, uint32_t *other)
{
    size_t n = 0;
    for (size_t t = 0; t < k; t++)
        if (wijk_draws_at(d, r, t) != i) other[n++] = wijk_draws_at(d, r, t);
    if (n < k) other[n++] = wijk_draws_at(d, r, k);
    return n;
}

enum { PLACES = 61, DRAWS = 1999, REACH = 4 };

/* Values are whole tenths here, so that sums can be told equal in whole numbers. */
static void counts_are_those_of_visiting_every_draw(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_graph *g = ring(cx, PLACES, REACH);
    const struct wijk_draws *d;
    struct wijk_rng rng = wijk_rng(31);
    double v[PLACES];
    int tenth[PLACES];
    uint32_t ge[PLACES], le[PLACES], other[PLACES];
    size_t ties = 0, stood_in = 0;
    for (size_t i = 0; i < PLACES; i++) tenth[i] = (int)wijk_rng_below(&rng, 40) - 7, v[i] = tenth[i] / 10.0;
    assert_int_equal(wijk_draws_new(cx, PLACES, most_of(g), DRAWS, 77, &d), WIJK_OK);
    assert_int_equal(wijk_ranks(cx, d, g, v, ge, le), WIJK_OK);
    for (size_t i = 0; i < PLACES; i++) {
        const size_t k = wijk_graph_degree(g, i);
        uint32_t want_ge = 0, want_le = 0;
        int seen = 0;
        for (size_t j = g->first[i]; j < g->first[i + 1]; j++) seen += tenth[g->to[j]];
        for (size_t r = 0; r < DRAWS; r++) {
            int sum = 0;
            assert_int_equal(others(d, r, i, k, other), k);
            for (size_t t = 0; t < k; t++) sum += tenth[other[t]];
            stood_in += other[k - 1] == wijk_draws_at(d, r, k);
            want_ge += sum >= seen;
            want_le += sum <= seen;
        }
        assert_int_equal(ge[i], want_ge);
        assert_int_equal(le[i], want_le);
        ties += want_ge + want_le - DRAWS;
    }
    assert_true(ties > 1000 && stood_in > 1000); /* what it is about did happen */
}

/* Each draw is one without replacement: its mean and spread are those of Sokal, Oden and Thomson. */
static void draws_have_the_moments(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_graph *g = ring(cx, PLACES, REACH);
    const struct wijk_draws *d;
    struct wijk_rng rng = wijk_rng(32);
    double v[PLACES], mean[PLACES], sd[PLACES];
    uint32_t other[PLACES];
    for (size_t i = 0; i < PLACES; i++) v[i] = 3 + wijk_rng_normal(&rng);
    assert_int_equal(wijk_draws_new(cx, PLACES, most_of(g), 19999, 78, &d), WIJK_OK);
    wijk_moran_chance(g, v, mean, sd);
    for (size_t i = 0; i < PLACES; i += 7) {
        const size_t k = wijk_graph_degree(g, i);
        double sum = 0, squares = 0;
        for (size_t r = 0; r < 19999; r++) {
            double lag = 0;
            others(d, r, i, k, other);
            for (size_t t = 0; t < k; t++) {
                assert_true(other[t] != i);
                for (size_t u = 0; u < t; u++) assert_true(other[u] != other[t]);
                lag += v[other[t]] / (double)k;
            }
            sum += lag - mean[i];
            squares += (lag - mean[i]) * (lag - mean[i]);
        }
        assert_true(fabs(sum / 19999) < 4 * sd[i] / sqrt(19999));
        assert_true(fabs(sqrt(squares / 19999) / sd[i] - 1) < 0.03);
    }
}

static void threads_change_nothing(void **state)
{
    struct wijk_cx *cx = *state;
    enum { WIDE = 700 };
    const struct wijk_graph *g = ring(cx, WIDE, 6);
    struct wijk_rng rng = wijk_rng(33);
    double v[WIDE];
    uint32_t ge[2][WIDE], le[2][WIDE];
    struct wijk_moran m[2];
    for (size_t i = 0; i < WIDE; i++) v[i] = wijk_rng_normal(&rng);
    for (unsigned k = 0; k < 2; k++) {
        const struct wijk_draws *d;
        const struct wijk_moran_in in = {g, v, NULL, 99, 5};
        wijk_threads_set(1 + 2 * k);
        assert_int_equal(wijk_draws_new(cx, WIDE, most_of(g), 9999, 79, &d), WIJK_OK);
        assert_int_equal(wijk_ranks(cx, d, g, v, ge[k], le[k]), WIJK_OK);
        assert_int_equal(wijk_moran_global(cx, &in, &m[k]), WIJK_OK);
    }
    wijk_threads_set(1);
    assert_memory_equal(ge[0], ge[1], sizeof ge[0]);
    assert_memory_equal(le[0], le[1], sizeof le[0]);
    assert_memory_equal(&m[0], &m[1], sizeof m[0]);
}

/* Chance alone gives a small p as often as it says. */
static void p_holds_its_promise(void **state)
{
    struct wijk_cx *cx = *state;
    enum { MANY = 4000 };
    const struct wijk_graph *g = ring(cx, MANY, 5);
    const struct wijk_draws *d;
    struct wijk_rng rng = wijk_rng(34);
    double *v = WIJK_NEW(cx, double, MANY), *p = WIJK_NEW(cx, double, MANY);
    uint32_t *ge = WIJK_NEW(cx, uint32_t, MANY), *le = WIJK_NEW(cx, uint32_t, MANY);
    size_t small = 0, sure = 0;
    for (size_t i = 0; i < MANY; i++) v[i] = wijk_rng_normal(&rng);
    assert_int_equal(wijk_draws_new(cx, MANY, most_of(g), 4999, 80, &d), WIJK_OK);
    assert_int_equal(wijk_ranks(cx, d, g, v, ge, le), WIJK_OK);
    for (size_t i = 0; i < MANY; i++) p[i] = wijk_rank_p(ge[i], le[i], 4999), small += p[i] <= 0.05;
    wijk_false_discovery(cx, p, MANY, p);
    for (size_t i = 0; i < MANY; i++) sure += p[i] <= 0.05;
    assert_true(small > 130 && small < 270); /* 200 expected; neighbours go together */
    assert_true(sure <= 4);
}

static void all_equal_and_no_room(void **state)
{
    struct wijk_cx *cx = *state;
    const struct wijk_graph *g = twelve(cx);
    const struct wijk_draws *d;
    double v[N], z[N];
    uint32_t ge[N], le[N];
    for (size_t i = 0; i < N; i++) v[i] = 0.1;
    assert_int_equal(wijk_draws_new(cx, N, 5, 499, 1, &d), WIJK_OK);
    assert_int_equal(wijk_ranks(cx, d, g, v, ge, le), WIJK_OK);
    assert_true(ge[0] == 499 && le[0] == 499 && wijk_rank_p(ge[0], le[0], 499) == 1);
    assert_true(ge[11] == 0 && le[11] == 0);
    wijk_moran_local(g, v, NULL, z);
    assert_true(isnan(z[0]));
    wijk_getis_ord(g, v, z);
    assert_true(isnan(z[0]));
    struct wijk_moran m;
    const struct wijk_moran_in in = {g, v, NULL, 99, 5};
    assert_int_equal(wijk_moran_global(cx, &in, &m), WIJK_OK);
    assert_true(isnan(m.i) && isnan(m.p) && isnan(m.sd));
    const struct wijk_moran_in alone = {g, X, v, 99, 5};
    assert_int_equal(wijk_moran_global(cx, &alone, &m), WIJK_OK);
    assert_true(isnan(m.i));
    /* Values at the ends of what a double holds, and next to nothing apart. */
    const double wild[N] = {1.7e308, -1.7e308, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    assert_int_equal(wijk_ranks(cx, d, g, wild, ge, le), WIJK_OK);
    const double tiny[N] = {5e-324, 0, 5e-324, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assert_int_equal(wijk_ranks(cx, d, g, tiny, ge, le), WIJK_OK);
    assert_int_equal(wijk_draws_new(cx, N, N, 499, 1, &d), WIJK_EDATA);
    assert_int_equal(wijk_draws_new(cx, N, 5, 0, 1, &d), WIJK_EDATA);
    assert_int_equal(wijk_draws_new(cx, N, 5, (size_t)1 << 30, 1, &d), WIJK_ELIMIT);
    assert_int_equal(wijk_draws_new(cx, N, 4, 499, 1, &d), WIJK_OK);
    assert_int_equal(wijk_ranks(cx, d, g, X, ge, le), WIJK_ESHAPE); /* one has five neighbours */
    assert_int_equal(wijk_draws_new(cx, N + 1, 5, 499, 1, &d), WIJK_OK);
    assert_int_equal(wijk_ranks(cx, d, g, X, ge, le), WIJK_ESHAPE);
}

/* R: p.adjust(c(0.013, 0.2, NA, 0.049, 0.0007, 0.031, 0.2, 0.88), "BH") */
static void false_discovery_as_r(void **state)
{
    const double want[] = {
        0.0455, 0.23333333333333336, NAN, 0.08575, 0.0049, 0.07233333333333333, 0.23333333333333336, 0.88};
    double p[] = {0.013, 0.2, NAN, 0.049, 0.0007, 0.031, 0.2, 0.88};
    wijk_false_discovery(*state, p, 8, p);
    for (size_t i = 0; i < 8; i++) {
        if (i == 2)
            assert_true(isnan(p[i]));
        else
            near(p[i], want[i]);
    }
}

/* q of each is the least of p_j m / (how many are at most p_j) over all p_j from its own up. */
static void false_discovery_as_defined(void **state)
{
    enum { TESTS = 311 };
    double p[TESTS], q[TESTS], m = 0;
    struct wijk_rng rng = wijk_rng(77);
    for (size_t i = 0; i < TESTS; i++) {
        p[i] = pow(10, -6 * wijk_rng_uniform(&rng));
        if (i % 3 == 0) p[i] = (double)(1 + wijk_rng_below(&rng, 9)) / 1000; /* many alike */
        if (i % 17 == 5) p[i] = NAN;
        m += isnan(p[i]) ? 0 : 1;
    }
    p[4] = 0, p[6] = -0.0, p[7] = 1;
    wijk_false_discovery(*state, p, TESTS, q);
    for (size_t i = 0; i < TESTS; i++) {
        double least = 1;
        for (size_t j = 0; j < TESTS; j++) {
            double upto = 0;
            for (size_t k = 0; k < TESTS; k++) upto += p[k] <= p[j] ? 1 : 0;
            if (p[j] >= p[i]) least = fmin(least, p[j] * m / upto);
        }
        assert_true(isnan(p[i]) ? isnan(q[i]) : q[i] == least);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(makes_lists_of_neighbours, start, stop),
        cmocka_unit_test_setup_teardown(many_neighbours_stay_in_order, start, stop),
        cmocka_unit_test_setup_teardown(whole_as_spdep, start, stop),
        cmocka_unit_test_setup_teardown(each_as_spdep, start, stop),
        cmocka_unit_test_setup_teardown(getis_ord_as_spdep, start, stop),
        cmocka_unit_test_setup_teardown(chance_as_spdep, start, stop),
        cmocka_unit_test_setup_teardown(counts_are_those_of_visiting_every_draw, start, stop),
        cmocka_unit_test_setup_teardown(draws_have_the_moments, start, stop),
        cmocka_unit_test_setup_teardown(threads_change_nothing, start, stop),
        cmocka_unit_test_setup_teardown(p_holds_its_promise, start, stop),
        cmocka_unit_test_setup_teardown(all_equal_and_no_room, start, stop),
        cmocka_unit_test_setup_teardown(false_discovery_as_r, start, stop),
        cmocka_unit_test_setup_teardown(false_discovery_as_defined, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
