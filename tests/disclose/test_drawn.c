/* SPDX-License-Identifier: EUPL-1.2 */
/* Drawn areas: the same answer for the same area, and no small group by adding and subtracting answers. */
#include "disclose/disclose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 12 };
static const double PERSONS[CELLS] = {41, 7, 33, 4, 3, 58, 12, 0, 9, 26, 17, 5};
static const double WHOLE[CELLS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

static struct wijk_drawn_set set(const uint32_t *cell, size_t n)
{
    return (struct wijk_drawn_set){n, cell, WHOLE};
}
#define SET(...)                                                                                             \
    set((const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static enum wijk_drawn_verdict ask(const struct wijk_drawn_set *known, size_t n, struct wijk_drawn_set asked)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    enum wijk_drawn_verdict v = wijk_drawn_ask(cx, PERSONS, CELLS, known, n, &asked);
    wijk_cx_end(cx);
    return v;
}

static void test_same_name(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    char a[65], b[65], c[65];
    struct wijk_drawn_set x = SET(3, 0, 9), y = SET(9, 3, 0),
                          z = {3, (const uint32_t[]){0, 3, 9}, (const double[]){1, 1, 0.5}};
    wijk_drawn_key(cx, &x, a);
    wijk_drawn_key(cx, &y, b);
    wijk_drawn_key(cx, &z, c);
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    wijk_cx_end(cx);
}

static void test_verdicts(void **state)
{
    (void)state;
    assert_int_equal(ask(NULL, 0, SET(3, 4)), WIJK_DRAWN_TOO_SMALL);
    assert_int_equal(ask(NULL, 0, SET(0, 2)), WIJK_DRAWN_ALLOWED);
    struct wijk_drawn_set known[] = {SET(0, 1, 2), SET(5, 6)};
    assert_int_equal(ask(known, 2, SET(2, 1, 0)), WIJK_DRAWN_ALLOWED);             /* the same for ever */
    assert_int_equal(ask(known, 2, SET(0, 2)), WIJK_DRAWN_DIFFERENCE);             /* 7 persons less */
    assert_int_equal(ask(known, 2, SET(0, 1, 2, 4)), WIJK_DRAWN_DIFFERENCE);       /* 3 persons more */
    assert_int_equal(ask(known, 2, SET(0, 1, 2, 7)), WIJK_DRAWN_DIFFERENCE);       /* an empty cell more */
    assert_int_equal(ask(known, 2, SET(0, 1, 2, 5, 6, 8)), WIJK_DRAWN_DIFFERENCE); /* against both together */
    assert_int_equal(ask(known, 2, SET(0, 1, 2, 5, 6)), WIJK_DRAWN_ALLOWED); /* their sum tells nothing new */
    assert_int_equal(ask(known, 2, SET(0, 1, 2, 9)), WIJK_DRAWN_ALLOWED);
    struct wijk_drawn_set half = {2, (const uint32_t[]){0, 1}, (const double[]){1, 0.5}};
    struct wijk_drawn_set first = SET(0, 1);
    assert_int_equal(ask(&first, 1, half), WIJK_DRAWN_DIFFERENCE); /* 3.5 persons apart */
    assert_int_equal(ask(known, WIJK_DRAWN_SETS_MAX + 1, half), WIJK_DRAWN_TOO_MANY);
}

/* Chains: every pair differs by enough; what counts is what all of them leave. */
static void test_chain(void **state)
{
    (void)state;
    struct wijk_drawn_set known[] = {SET(0, 1, 2), SET(0, 5)};
    assert_int_equal(ask(known, 2, SET(2, 5)), WIJK_DRAWN_ALLOWED); /* nothing stands alone */
    struct wijk_drawn_set sum[] = {SET(0, 5), SET(2, 9), SET(0, 1, 2)};
    assert_int_equal(ask(sum, 3, SET(0, 1, 2, 5, 9)),
                     WIJK_DRAWN_DIFFERENCE); /* minus the first two: cell 1 */
    struct wijk_drawn_set parts[] = {SET(0, 5), SET(2, 9)};
    assert_int_equal(ask(parts, 2, SET(0, 5, 2, 9, 1)), WIJK_DRAWN_DIFFERENCE); /* 7 persons beyond both */
}

static void test_order_does_not_matter(void **state)
{
    (void)state;
    struct wijk_rng rng = wijk_rng(4711);
    static uint32_t cell[8][CELLS];
    for (int round = 0; round < 500; round++) {
        struct wijk_drawn_set known[7], turned[7], asked = {0};
        for (size_t s = 0; s < 8; s++) {
            size_t n = 0;
            for (uint32_t c = 0; c < CELLS; c++)
                if (wijk_rng_below(&rng, 2)) cell[s][n++] = c;
            if (s < 7)
                known[s] = set(cell[s], n), turned[6 - s] = known[s];
            else
                asked = set(cell[s], n);
        }
        assert_int_equal(ask(known, 7, asked), ask(turned, 7, asked));
    }
}

/* The attacker: after a run of questions, no small group that was not known at the start stands alone. Tries
 * every sum and difference of up to three allowed answers. */
static void test_attacked(void **state)
{
    (void)state;
    struct wijk_rng rng = wijk_rng(99);
    static uint32_t cell[64][CELLS];
    size_t allowed = 0, refused = 0;
    for (int round = 0; round < 60; round++) {
        struct wijk_drawn_set known[64];
        int row[64][CELLS] = {{0}};
        size_t n_known = 0;
        for (int q = 0; q < 40; q++) {
            size_t n = 0;
            for (uint32_t c = 0; c < CELLS; c++)
                if (wijk_rng_below(&rng, 3)) cell[n_known][n++] = c;
            struct wijk_drawn_set asked = set(cell[n_known], n);
            if (ask(known, n_known, asked) != WIJK_DRAWN_ALLOWED) {
                refused++;
                continue;
            }
            for (size_t i = 0; i < n; i++) row[n_known][cell[n_known][i]] = 1;
            known[n_known++] = asked;
            allowed++;
        }
        for (size_t i = 0; i < n_known; i++)
            for (size_t j = 0; j < n_known; j++)
                for (size_t k = 0; k < n_known; k++)
                    for (int sign = -1; sign <= 1; sign++) {
                        double persons = 0;
                        bool any = false, plain = true;
                        for (size_t c = 0; c < CELLS; c++) {
                            int v = row[i][c] - row[j][c] + sign * row[k][c];
                            any = any || v != 0;
                            plain = plain && (v == 0 || v == 1);
                            persons += v != 0 ? PERSONS[c] : 0;
                        }
                        if (any && plain) assert_true(persons >= WIJK_DRAWN_LEAST);
                    }
    }
    assert_true(allowed > 100 && refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_name), cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_chain),     cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_attacked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
