/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas that are alike, what is expected of them, what people say beside facts, and estimates between two
 * releases: by hand where it can be, else by what was put into made-up areas. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

/* ---- alike: six areas, by hand ---- */

static void alike_by_hand(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    /* Medians 40 and 205; median distances 10 and 20, so spreads 14.826 and 29.652. */
    const double rent[] = {40, 30, 50, 44, 20, NAN}, worth[] = {205, 225, 185, 201, 240, 205};
    const double flat[] = {3, 3, 3, 3, 3, 3}, rare[] = {1, NAN, NAN, 4, NAN, NAN};
    const double *const value[] = {rent, flat, worth, rare};
    const struct wijk_alike *a;
    struct wijk_peer peer[WIJK_PEERS_MAX];
    assert_int_equal(wijk_alike_of(cx, value, 4, 6, 0, &a), WIJK_OK);
    assert_true(a->n_used == 2 && a->used[0] == 0 && a->used[1] == 2 && a->min_shared == 2);
    assert_true(a->middle[0] == 40 && fabs(a->spread[0] - 14.826) < 1e-12);
    assert_true(a->middle[2] == 205 && fabs(a->spread[2] - 1.4826 * 12) < 1e-12);
    assert_int_equal(a->lack[5], WIJK_LACK_FEW_INPUTS);
    assert_int_equal(wijk_alike_peers(cx, a, 5, 3, NULL, peer), 0);
    assert_int_equal(wijk_alike_peers(cx, a, 0, 3, NULL, peer), 3);
    /* 0 and 3: 4/14.826 and 4/17.7912 apart; 1: 10/14.826 and 20/17.7912; 2 is as far as 1: the lower first.
     */
    assert_true(peer[0].area == 3 && peer[1].area == 1 && peer[2].area == 2 && peer[0].shared == 2);
    const double u = 4 / 14.826, v = 4 / 17.7912;
    assert_true(fabs(peer[0].distance - sqrt((u * u + v * v) / 2)) < 1e-12);
    assert_true(fabs(wijk_alike_apart(a, 0, 3, 1) - v) < 1e-12);
    /* Only among areas with a score: 3 has none. */
    const double seen[] = {1, 2, 3, NAN, 5, 6};
    assert_int_equal(wijk_alike_peers(cx, a, 0, 99, seen, peer), 3);
    assert_true(peer[0].area == 1 && peer[2].area == 4);
    const double *const one[] = {rent, flat};
    assert_int_equal(wijk_alike_of(cx, one, 2, 6, 0, &a), WIJK_EDATA);
    wijk_cx_end(cx);
}

/* ---- made-up areas ---- */

enum { N = 200, WIJKEN = 20, INPUTS = 4 };
struct world {
    double input[INPUTS][N], score[N];
    const double *value[INPUTS];
    size_t group[N];
};

static void make(struct world *w, uint64_t seed)
{
    struct wijk_rng r = wijk_rng(seed);
    for (size_t i = 0; i < N; i++) {
        w->group[i] = i / (N / WIJKEN);
        for (size_t j = 0; j < INPUTS; j++) w->input[j][i] = 30 + 9 * wijk_rng_normal(&r);
        w->score[i] =
            0.011 * (w->input[0][i] - 30) - 0.007 * (w->input[1][i] - 30) + 0.02 * wijk_rng_normal(&r);
    }
    for (size_t j = 0; j < INPUTS; j++) w->value[j] = w->input[j];
}

static void expected_finds_what_is_put_in(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world *w = WIJK_NEW(cx, struct world, 1);
    const struct wijk_alike *a;
    const struct wijk_expected *e;
    make(w, 11);
    w->score[17] -= 0.4;
    w->score[140] += 0.35;
    w->score[60] = NAN;
    w->input[2][61] = NAN;
    assert_int_equal(wijk_alike_of(cx, w->value, INPUTS, N, 0, &a), WIJK_OK);
    const struct wijk_expected_in in = {.alike = a, .seen = w->score, .group = w->group, .n_group = WIJKEN};
    assert_int_equal(wijk_expected_of(cx, &in, &e), WIJK_OK);
    assert_true(e->r2 > 0.8 && e->r2 < 1 && e->inside > 0.96 && e->inside < 1);
    assert_true(e->half_inputs > 0.04 && e->half_inputs < 0.08);
    for (size_t i = 0; i < N; i++) {
        const enum wijk_expected_word want = i == 17              ? WIJK_EXPECTED_LOWER
                                             : i == 140           ? WIJK_EXPECTED_HIGHER
                                             : i == 60 || i == 61 ? WIJK_EXPECTED_UNKNOWN
                                                                  : WIJK_EXPECTED_AS;
        assert_int_equal(e->word[i], want);
    }
    assert_true(e->lack[60] == WIJK_LACK_NO_VALUE && e->lack[61] == WIJK_LACK_FEW_INPUTS);
    assert_string_equal(wijk_expected_id(WIJK_EXPECTED_LOWER), "lower");
    assert_string_equal(wijk_expected_text(WIJK_EXPECTED_AS), "zoals verwacht");
    wijk_cx_end(cx);
}

static void expected_refuses_what_says_nothing(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct world *w = WIJK_NEW(cx, struct world, 1);
    const struct wijk_alike *a;
    const struct wijk_expected *e;
    struct wijk_rng r = wijk_rng(5);
    make(w, 12);
    for (size_t i = 0; i < N; i++) w->score[i] = wijk_rng_normal(&r);
    w->score[3] = 40;
    assert_int_equal(wijk_alike_of(cx, w->value, INPUTS, N, 0, &a), WIJK_OK);
    struct wijk_expected_in in = {.alike = a, .seen = w->score, .group = w->group, .n_group = WIJKEN};
    assert_int_equal(wijk_expected_of(cx, &in, &e), WIJK_OK);
    for (size_t i = 0; i < N; i++)
        assert_true(e->lack[i] == WIJK_LACK_NOT_PREDICTABLE && e->word[i] == WIJK_EXPECTED_UNKNOWN);
    for (size_t i = 0; i < N; i++) w->score[i] = 0.3;
    assert_int_equal(wijk_expected_of(cx, &in, &e), WIJK_EDATA);
    for (size_t i = 0; i < N; i++) w->group[i] = 0, w->score[i] = (double)i;
    in.n_group = 1;
    assert_int_equal(wijk_expected_of(cx, &in, &e), WIJK_EDATA);
    wijk_cx_end(cx);
}

/* ---- perception ---- */

static void perception_finds_what_is_put_in(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_rng r = wijk_rng(8);
    double fact[N], said[N];
    size_t group[N];
    const struct wijk_perception *p;
    for (size_t i = 0; i < N; i++) {
        group[i] = i % WIJKEN;
        fact[i] = 45 + 11 * wijk_rng_normal(&r);
        said[i] = 14 + 0.31 * (fact[i] - 45) + 1.1 * wijk_rng_normal(&r);
    }
    said[31] += 9;
    said[77] -= 8;
    said[5] = NAN;
    struct wijk_perception_in in = {.n = N,
                                    .said = said,
                                    .fact = fact,
                                    .said_sign = 1,
                                    .fact_sign = 1,
                                    .group = group,
                                    .n_group = WIJKEN};
    assert_int_equal(wijk_perception_of(cx, &in, &p), WIJK_OK);
    assert_true(fabs(p->slope - 0.31) < 0.03 && p->r2 > 0.7);
    for (size_t i = 0; i < N; i++) {
        if (i == 31) assert_int_equal(p->word[i], WIJK_EXPECTED_HIGHER);
        if (i == 77) assert_int_equal(p->word[i], WIJK_EXPECTED_LOWER);
        if (i == 5) assert_int_equal(p->lack[i], WIJK_LACK_NO_VALUE);
    }
    size_t told = 0;
    for (size_t i = 0; i < N; i++) told += p->word[i] > WIJK_EXPECTED_AS;
    assert_true(told <= 2 + 3); /* chance: 1 in 100 of 197 */
    /* Said as a mark: high is less of the trouble, so the words turn round. */
    for (size_t i = 0; i < N; i++) said[i] = 10 - said[i] / 5;
    in.said_sign = -1;
    assert_int_equal(wijk_perception_of(cx, &in, &p), WIJK_OK);
    assert_true(p->word[31] == WIJK_EXPECTED_HIGHER && p->word[77] == WIJK_EXPECTED_LOWER);
    /* Against the signs nothing is told. */
    in.said_sign = 1;
    assert_int_equal(wijk_perception_of(cx, &in, &p), WIJK_OK);
    assert_true(p->lack[31] == WIJK_LACK_NOT_PREDICTABLE && p->word[31] == WIJK_EXPECTED_UNKNOWN);
    wijk_cx_end(cx);
}

/* ---- nowcast ---- */

enum { YEARS = 7 };
struct course {
    double score[YEARS + 1][N], input[YEARS + 1][INPUTS][N];
    const double *of_score[YEARS], *of_input[(YEARS + 1) * INPUTS];
    int year[YEARS + 1];
    size_t group[N];
};

/* Scores that follow a change of the first input by `pull`, with noise that stays. */
static void make_course(struct course *c, uint64_t seed, double pull)
{
    struct wijk_rng r = wijk_rng(seed);
    for (size_t t = 0; t <= YEARS; t++) {
        c->year[t] = 2010 + 2 * (int)t;
        for (size_t i = 0; i < N; i++) {
            c->group[i] = i / (N / WIJKEN);
            for (size_t j = 0; j < INPUTS; j++)
                c->input[t][j][i] = (t ? c->input[t - 1][j][i] : 30) + 3 * wijk_rng_normal(&r);
            const double moved = t ? c->input[t][0][i] - c->input[t - 1][0][i] : 0;
            c->score[t][i] = (t ? c->score[t - 1][i] : 0) + pull * moved + 0.02 * wijk_rng_normal(&r);
        }
        if (t < YEARS) c->of_score[t] = c->score[t];
        for (size_t j = 0; j < INPUTS; j++) c->of_input[t * INPUTS + j] = c->input[t][j];
    }
}

static struct wijk_nowcast_in course_in(const struct course *c)
{
    return (struct wijk_nowcast_in){.n = N,
                                    .n_period = YEARS,
                                    .year = c->year,
                                    .score = c->of_score,
                                    .n_input = INPUTS,
                                    .input = c->of_input,
                                    .group = c->group,
                                    .n_group = WIJKEN};
}

static void nowcast_beats_standing_still(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct course *c = WIJK_NEW(cx, struct course, 1);
    const struct wijk_nowcast *o;
    make_course(c, 21,
                0.015); /* moves 0.045 by the input, 0.02 by chance: at best 1 - 0.02^2 / 0.0492^2 = 0.83 */
    c->score[YEARS - 1][9] = NAN;
    c->input[YEARS][2][10] = NAN;
    struct wijk_nowcast_in in = course_in(c);
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_OK);
    assert_int_equal(o->verdict, WIJK_NOWCAST_USED);
    assert_true(o->gain > 0.78 && o->gain < 0.86 && o->inside > 0.87 && o->inside < 0.93);
    assert_true(o->n_pair == 4 && o->n_used == INPUTS && o->last_year == 2022 && o->year == 2024);
    double sse = 0, still = 0, inside = 0, n = 0;
    for (size_t i = 0; i < N; i++) {
        if (isnan(o->value[i])) continue;
        sse += pow(c->score[YEARS][i] - o->value[i], 2);
        still += pow(c->score[YEARS][i] - c->score[YEARS - 1][i], 2);
        inside += c->score[YEARS][i] >= o->low[i] && c->score[YEARS][i] <= o->high[i];
        n++;
    }
    assert_true(n == N - 2 && 1 - sse / still > 0.7 && inside / n > 0.83);
    assert_true(o->lack[9] == WIJK_LACK_NO_VALUE && o->lack[10] == WIJK_LACK_FEW_INPUTS);
    wijk_cx_end(cx);
}

static void nowcast_keeps_quiet(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct course *c = WIJK_NEW(cx, struct course, 1);
    const struct wijk_nowcast *o;
    make_course(c, 22, 0);
    struct wijk_nowcast_in in = course_in(c);
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_OK);
    assert_int_equal(o->verdict, WIJK_NOWCAST_LAST_BETTER);
    assert_true(o->gain < 0.05);
    for (size_t i = 0; i < N; i++) assert_true(isnan(o->value[i]) && o->lack[i] == WIJK_LACK_NOT_PREDICTABLE);
    /* Two moments are no test; one tells only how well the inputs tell the score. */
    in.n_period = 2;
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_OK);
    assert_int_equal(o->verdict, WIJK_NOWCAST_UNTESTED);
    in.n_period = 1;
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_OK);
    assert_true(o->verdict == WIJK_NOWCAST_UNTESTED && !isnan(o->r2) && isnan(o->gain));
    in.n_period = 0;
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_OK);
    assert_true(o->verdict == WIJK_NOWCAST_UNTESTED && o->ridge == NULL);
    /* Too few areas is an answer, years that go back a fault. */
    in.n_period = YEARS;
    in.n = 1;
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_OK);
    assert_true(o->verdict == WIJK_NOWCAST_UNTESTED && o->ridge == NULL);
    c->year[3] = c->year[2];
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_ESHAPE);
    in.n_input = WIJK_NOWCAST_INPUTS + 1;
    assert_int_equal(wijk_nowcast_of(cx, &in, &o), WIJK_ELIMIT);
    assert_string_equal(wijk_nowcast_verdict_id(WIJK_NOWCAST_USED), "used");
    assert_true(strstr(wijk_nowcast_verdict_text(WIJK_NOWCAST_UNTESTED), "niet geschat") != NULL);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(alike_by_hand),
                                       cmocka_unit_test(expected_finds_what_is_put_in),
                                       cmocka_unit_test(expected_refuses_what_says_nothing),
                                       cmocka_unit_test(perception_finds_what_is_put_in),
                                       cmocka_unit_test(nowcast_beats_standing_still),
                                       cmocka_unit_test(nowcast_keeps_quiet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
