/* SPDX-License-Identifier: EUPL-1.2 */
/* Nobody works out a hidden cell: shaped cases, and thousands of random tables against an attacker of its
 * own. */
#include "attacker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 4000, AREAS = 64, KINDS = 8, PERIODS = 16 };
static struct table {
    struct wijk_disclose_table in;
    size_t parent[AREAS], kind_total[KINDS], period_total[PERIODS];
    double value[CELLS];
    uint8_t status[CELLS];
    struct wijk_disclosed out[CELLS];
} T;
static struct wijk_disclosure_rule COUNT_RULE;

static size_t at(size_t k, size_t t, size_t a)
{
    return (k * T.in.n_period + t) * T.in.n_area + a;
}

static void gate(void)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_int_equal(wijk_disclose_table(cx, &COUNT_RULE, &T.in, T.out), WIJK_OK);
    wijk_cx_end(cx);
}

/* Each cell by the rule alone: what a gate without hiding along would publish. */
static void gate_without_hiding_along(void)
{
    for (size_t i = 0; i < T.in.n_kind * T.in.n_period * T.in.n_area; i++)
        T.out[i] =
            wijk_disclose_one(&COUNT_RULE, (struct wijk_true_figure){T.value[i], T.status[i], NAN, NAN});
}

static void assert_safe(const char *what)
{
    for (size_t i = 0; i < T.in.n_kind * T.in.n_period * T.in.n_area; i++) {
        struct wijk_disclosed one =
            wijk_disclose_one(&COUNT_RULE, (struct wijk_true_figure){T.value[i], T.status[i], NAN, NAN});
        if (one.reason != WIJK_SHOWN) assert_int_equal(T.out[i].reason, one.reason); /* never fewer */
        if (T.out[i].reason == WIJK_SHOWN) assert_true(T.out[i].value == one.value);
        if (T.out[i].reason != WIJK_SHOWN) assert_true(isnan(T.out[i].value));
        if (T.value[i] == 0 && T.status[i] == WIJK_STATUS_OK) assert_int_equal(T.out[i].reason, WIJK_SHOWN);
    }
    if (leaks(&T.in, T.out, &COUNT_RULE, ATTACKER_SEES_ROUNDED, true)) fail_msg("%s: rounded", what);
    if (leaks(&T.in, T.out, &COUNT_RULE, ATTACKER_KNOWS_EXACT, true)) fail_msg("%s: exact", what);
}

static void start(size_t n_kind, size_t n_period, size_t n_area)
{
    memset(&T, 0, sizeof T);
    T.in = (struct wijk_disclose_table){n_area,  n_kind, n_period, T.parent, NULL, NULL,
                                        T.value, NULL,   NULL,     T.status, NULL};
    assert_true(n_kind * n_period * n_area <= CELLS && n_area <= AREAS);
    memset(T.status, WIJK_STATUS_OK, sizeof T.status);
}

/* Areas as a forest in one line, "3(1,2)" as parent and value by place: parents stand behind their parts. */
static void line(const double *value, const size_t *parent, size_t n)
{
    start(1, 1, n);
    memcpy(T.value, value, n * sizeof *value);
    memcpy(T.parent, parent, n * sizeof *parent);
}
#define TOP SIZE_MAX
#define LINE(values, parents)                                                                                \
    line((const double[])values, (const size_t[])parents, sizeof((const double[])values) / sizeof(double))
#define V(...)                                                                                               \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }

static size_t n_hidden(void)
{
    size_t n = 0;
    for (size_t i = 0; i < T.in.n_kind * T.in.n_period * T.in.n_area; i++) n += T.out[i].reason != WIJK_SHOWN;
    return n;
}

static void test_shaped(void **state)
{
    (void)state;
    LINE(V(3, 41, 97, 141), V(3, 3, 3, TOP)); /* one small: the smallest other goes along */
    gate();
    assert_safe("one small");
    assert_int_equal(n_hidden(), 2);
    assert_int_equal(T.out[1].reason, WIJK_HIDDEN_SECONDARY);
    LINE(V(3, 3), V(1, TOP)); /* a single part equal to its total */
    gate();
    assert_safe("single part");
    LINE(V(7, 7, 4, 11), V(1, 3, 3, TOP)); /* a chain: the part's part */
    gate();
    assert_safe("chain");
    LINE(V(0, 0, 0), V(2, 2, TOP)); /* all zero: nothing to hide */
    gate();
    assert_safe("zero total");
    assert_int_equal(n_hidden(), 0);
    LINE(V(2, 0, 0, 2), V(3, 3, 3, TOP)); /* the total is as small as its one part */
    gate();
    assert_safe("part is the total");
    LINE(V(1, 1, 12, 14), V(3, 3, 3, TOP)); /* two small ones, together 2: known, so a third goes along */
    gate();
    assert_safe("two small");
    assert_int_equal(n_hidden(), 3);
    LINE(V(2, 3, 12, 17), V(3, 3, 3, TOP)); /* together 5: enough */
    gate();
    assert_safe("two make five");
    assert_int_equal(n_hidden(), 2);
    LINE(V(3, 0, 9, 12), V(3, 3, 3, TOP)); /* a zero neighbour hides nobody */
    gate();
    assert_safe("zero neighbour");
    assert_int_equal(T.out[1].reason, WIJK_SHOWN);
    LINE(V(3, 5, 0, 0, 8, 0, 8), V(4, 4, 5, 5, 6, 6, TOP));
    gate();
    assert_safe("only one wijk with people");
    LINE(V(3, 55, 33, 44, 58, 77, 135), V(4, 4, 5, 5, 6, 6, TOP)); /* stays inside its wijk */
    gate();
    assert_safe("inside");
    assert_int_equal(n_hidden(), 2);
    LINE(V(4, 17, 33, 44, 4, 94, 98),
         V(4, 5, 5, 5, 6, 6, TOP)); /* a small wijk of one buurt: a buurt elsewhere too */
    gate();
    assert_safe("small wijk");
    assert_int_equal(n_hidden(), 4);
}

static void test_can_fail(void **state)
{
    (void)state;
    LINE(V(3, 41, 97, 141), V(3, 3, 3, TOP));
    gate_without_hiding_along();
    assert_true(leaks(&T.in, T.out, &COUNT_RULE, ATTACKER_KNOWS_EXACT, false) > 0);
    LINE(V(3, 7, 0, 10), V(3, 3, 3, TOP)); /* and even with rounding only: 10 holds 8..12, 5 holds 5..7 */
    T.value[1] = 0, T.value[3] = 3;
    gate_without_hiding_along();
    LINE(V(1, 5, 6), V(2, 2, TOP));
    gate_without_hiding_along();
    assert_true(leaks(&T.in, T.out, &COUNT_RULE, ATTACKER_SEES_ROUNDED, false) > 0);
}

/* ---- random tables ---- */

static double draw(struct wijk_rng *rng, double scale)
{
    double u = wijk_rng_uniform(rng);
    return u < 0.25 ? 0 : floor(scale * u * u * wijk_rng_uniform(rng) * 4);
}

static void sum_up(void)
{
    for (size_t k = 0; k < T.in.n_kind; k++)
        for (size_t t = 0; t < T.in.n_period; t++)
            for (size_t a = 0; a < T.in.n_area; a++)
                if (T.parent[a] != SIZE_MAX) T.value[at(k, t, T.parent[a])] += T.value[at(k, t, a)];
}

/* Buurten first, then wijken, then gemeenten: parts before totals, as sum_up() needs. */
static size_t forest(struct wijk_rng *rng)
{
    size_t n_gemeente = 1 + wijk_rng_below(rng, 2), n_wijk = n_gemeente + wijk_rng_below(rng, 6),
           n_buurt = n_wijk + wijk_rng_below(rng, 20);
    for (size_t i = 0; i < n_buurt; i++)
        T.parent[i] = n_buurt + (i < n_wijk ? i : wijk_rng_below(rng, n_wijk));
    for (size_t i = 0; i < n_wijk; i++)
        T.parent[n_buurt + i] = n_buurt + n_wijk + (i < n_gemeente ? i : wijk_rng_below(rng, n_gemeente));
    for (size_t i = 0; i < n_gemeente; i++) T.parent[n_buurt + n_wijk + i] = SIZE_MAX;
    T.in.n_area = n_buurt + n_wijk + n_gemeente;
    return n_buurt;
}

static void test_random_hierarchies(void **state)
{
    (void)state;
    struct wijk_rng rng = wijk_rng(51);
    size_t open_leaks = 0;
    for (int round = 0; round < 3000; round++) {
        start(1, 3, AREAS);
        size_t n_buurt = forest(&rng);
        double scale = (double[]){3, 9, 30, 400}[wijk_rng_below(&rng, 4)];
        for (size_t t = 0; t < 3; t++)
            for (size_t a = 0; a < n_buurt; a++) T.value[at(0, t, a)] = draw(&rng, scale);
        sum_up();
        if (round % 3 == 0) /* a level that is not there for one wijk, or a buurt without a figure */
            for (size_t t = 0; t < 3; t++) {
                size_t a = wijk_rng_below(&rng, T.in.n_area);
                T.status[at(0, t, a)] = WIJK_STATUS_MISSING;
                if (a < n_buurt) T.value[at(0, t, a)] = NAN;
            }
        gate_without_hiding_along();
        if (round % 3) open_leaks += leaks(&T.in, T.out, &COUNT_RULE, ATTACKER_KNOWS_EXACT, false) > 0;
        gate();
        char what[64];
        snprintf(what, sizeof what, "random %d", round);
        assert_safe(what);
    }
    assert_true(open_leaks > 1000); /* the attacker is no paper tiger */
}

/* Kinds that add up to a total, months that add up to a year, or both. */
static void random_linked(struct wijk_rng *rng, bool kinds, bool months)
{
    size_t n_kind = kinds ? 3 + wijk_rng_below(rng, 3) : 1,
           n_period = months ? 4 + wijk_rng_below(rng, 3) : 1;
    start(n_kind, n_period, AREAS);
    T.in.n_area = 0;
    size_t n_buurt;
    do n_buurt = forest(rng);
    while (n_buurt > 9 || T.in.n_area > 16);
    bool alone = wijk_rng_below(rng, 4) == 0; /* no figures above the buurt, as in a register of reports */
    if (alone) {
        T.in.n_area = n_buurt;
        for (size_t a = 0; a < n_buurt; a++) T.parent[a] = SIZE_MAX;
    }
    for (size_t k = 0; k < n_kind; k++) T.kind_total[k] = k + 1 < n_kind ? n_kind - 1 : SIZE_MAX;
    for (size_t t = 0; t < n_period; t++) T.period_total[t] = t + 1 < n_period ? n_period - 1 : SIZE_MAX;
    T.in.kind_total = kinds ? T.kind_total : NULL;
    T.in.period_total = months ? T.period_total : NULL;
    double scale = (double[]){4, 12, 40, 300}[wijk_rng_below(rng, 4)];
    for (size_t k = 0; k + (kinds ? 1 : 0) < n_kind; k++)
        for (size_t t = 0; t + (months ? 1 : 0) < n_period; t++)
            for (size_t a = 0; a < n_buurt; a++) T.value[at(k, t, a)] = draw(rng, scale);
    for (size_t k = 0; months && k < n_kind; k++)
        for (size_t t = 0; t + 1 < n_period; t++)
            for (size_t a = 0; a < n_buurt; a++) T.value[at(k, n_period - 1, a)] += T.value[at(k, t, a)];
    for (size_t k = 0; kinds && k + 1 < n_kind; k++)
        for (size_t t = 0; t < n_period; t++)
            for (size_t a = 0; a < n_buurt; a++) T.value[at(n_kind - 1, t, a)] += T.value[at(k, t, a)];
    sum_up();
}

static void linked(bool kinds, bool months, int rounds)
{
    struct wijk_rng rng = wijk_rng(kinds ? months ? 7919 : 104729 : 1299709);
    size_t cells = 0, hidden = 0, small = 0;
    for (int round = 0; round < rounds; round++) {
        random_linked(&rng, kinds, months);
        gate();
        char what[64];
        snprintf(what, sizeof what, "linked %d%d %d", kinds, months, round);
        assert_safe(what);
        for (size_t i = 0; i < T.in.n_kind * T.in.n_period * T.in.n_area; i++) {
            cells++;
            hidden += T.out[i].reason != WIJK_SHOWN;
            small += T.out[i].reason == WIJK_HIDDEN_TOO_SMALL;
        }
    }
    printf("kinds %d months %d: %zu cells, %zu small, %zu hidden in all\n", kinds, months, cells, small,
           hidden);
}

static void test_kinds(void **state)
{
    (void)state;
    linked(true, false, 400);
}
static void test_months(void **state)
{
    (void)state;
    linked(false, true, 400);
}
static void test_kinds_and_months(void **state)
{
    (void)state;
    linked(true, true, 200);
}

static void test_same_every_time(void **state)
{
    (void)state;
    static struct wijk_disclosed first[CELLS];
    LINE(V(3, 41, 97, 141), V(3, 3, 3, TOP));
    gate();
    memcpy(first, T.out, sizeof first);
    gate();
    assert_memory_equal(first, T.out, sizeof first);
    /* Years hide the same neighbour, though in the second year another one is smaller. */
    start(1, 2, 4);
    memcpy(T.parent, (size_t[]){3, 3, 3, SIZE_MAX}, 4 * sizeof(size_t));
    memcpy(T.value, (double[]){3, 41, 97, 141, 2, 61, 57, 120}, 8 * sizeof(double));
    gate();
    assert_safe("two years");
    for (size_t t = 0; t < 2; t++) assert_int_equal(T.out[at(0, t, 1)].reason, WIJK_HIDDEN_SECONDARY);
}

static void test_refuses_circles(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    start(1, 1, 2);
    T.parent[0] = 1, T.parent[1] = 0;
    assert_int_equal(wijk_disclose_table(cx, &COUNT_RULE, &T.in, T.out), WIJK_ESHAPE);
    T.parent[0] = 7, T.parent[1] = SIZE_MAX;
    assert_int_equal(wijk_disclose_table(cx, &COUNT_RULE, &T.in, T.out), WIJK_ESHAPE);
    wijk_cx_end(cx);
}

int main(void)
{
    COUNT_RULE = wijk_disclosure_rule("count", 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shaped),
        cmocka_unit_test(test_can_fail),
        cmocka_unit_test(test_random_hierarchies),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_kinds_and_months),
        cmocka_unit_test(test_same_every_time),
        cmocka_unit_test(test_refuses_circles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
