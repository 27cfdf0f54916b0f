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

/* ---- the attacker who solves everything ---- */

enum { SMALL = 11, QUESTIONS = 60 };

/* Rank of rows over the columns in `keep`, by elimination in whole numbers modulo a large prime. */
static int rank_of(int rows, int64_t v[][SMALL], unsigned keep)
{
    static const int64_t P = 1000003;
    int64_t m[QUESTIONS + 8][SMALL];
    int rank = 0;
    memcpy(m, v, (size_t)rows * sizeof *m);
    for (unsigned c = 0; c < SMALL; c++) {
        int at = rank;
        if (!(keep >> c & 1)) continue;
        while (at < rows && m[at][c] % P == 0) at++;
        if (at == rows) continue;
        for (unsigned k = 0; k < SMALL; k++) {
            int64_t swap = m[at][k];
            m[at][k] = m[rank][k];
            m[rank][k] = swap;
        }
        for (int r = rank + 1; r < rows; r++) {
            int64_t a = m[rank][c], b = m[r][c];
            for (unsigned k = 0; b && k < SMALL; k++) m[r][k] = ((m[r][k] * a - m[rank][k] * b) % P + P) % P;
        }
        rank++;
    }
    return rank;
}

/* How many independent facts about only the cells of `group` follow from the rows. */
static int facts(int rows, int64_t v[][SMALL], unsigned group)
{
    unsigned all = (1U << SMALL) - 1;
    return rank_of(rows, v, all) - rank_of(rows, v, all & ~group);
}

static void put_row(int64_t *row, const struct wijk_drawn_set *s)
{
    memset(row, 0, SMALL * sizeof *row);
    for (size_t i = 0; i < s->n; i++) row[s->cell[i]] = 1;
}

/* Question after question, of every kind: chance, a neighbour of an earlier answer, a union, what two have in
 * common. At the end every group of fewer than 10 persons is tried: no sum or difference of all that is out
 * may speak of it alone, unless the official areas did already. */
static void test_every_small_group(void **state)
{
    (void)state;
    struct wijk_rng rng = wijk_rng(20261125);
    size_t allowed = 0, refused = 0;
    for (int round = 0; round < 150; round++) {
        double persons[SMALL];
        static uint32_t cell[QUESTIONS + 8][SMALL];
        struct wijk_drawn_set known[QUESTIONS + 8];
        int64_t v[QUESTIONS + 8][SMALL];
        int n = 0, n_official = 0, official = 1 + (int)wijk_rng_below(&rng, 3);
        unsigned mask[QUESTIONS + 8];
        for (unsigned c = 0; c < SMALL; c++) /* mostly small: that is where sums cancel */
            persons[c] = (double)wijk_rng_below(&rng, wijk_rng_below(&rng, 4) ? 9 : 40);
        for (int q = 0; q < QUESTIONS; q++) {
            unsigned m = (unsigned)wijk_rng_below(&rng, 1U << SMALL);
            if (q < official && round % 2) /* small official areas: what they tell stays, and no more */
                m &= (unsigned)wijk_rng_below(&rng, 1U << SMALL);
            if (n > 1 && q >= official) {
                unsigned a = mask[wijk_rng_below(&rng, (uint64_t)n)],
                         b = mask[wijk_rng_below(&rng, (uint64_t)n)];
                switch (wijk_rng_below(&rng, 5)) {
                case 0: m = a ^ 1U << wijk_rng_below(&rng, SMALL); break;
                case 1: m = a | b; break;
                case 2: m = a & b; break;
                case 3: m = a & ~b; break;
                default: break;
                }
            }
            size_t k = 0;
            for (uint32_t c = 0; c < SMALL; c++)
                if (m >> c & 1) cell[n][k++] = c;
            struct wijk_drawn_set asked = {k, cell[n], WHOLE};
            struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
            bool out = k && (q < official || wijk_drawn_ask(cx, persons, SMALL, known, (size_t)n, &asked) ==
                                                 WIJK_DRAWN_ALLOWED);
            wijk_cx_end(cx);
            if (q >= official) *(out ? &allowed : &refused) += 1;
            if (!out) continue;
            mask[n] = m;
            put_row(v[n], &asked);
            known[n++] = asked;
            if (q < official) n_official = n;
        }
        for (unsigned group = 1; group < 1U << SMALL; group++) {
            double people = 0;
            for (unsigned c = 0; c < SMALL; c++) people += group >> c & 1 ? persons[c] : 0;
            if (people < WIJK_DRAWN_LEAST && facts(n, v, group) > facts(n_official, v, group))
                fail_msg("round %d: a group of %g persons (cells %x) can be worked out", round, people,
                         group);
        }
    }
    assert_true(allowed > 500 && refused > 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_name), cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_chain),     cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_attacked),  cmocka_unit_test(test_every_small_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
