/* SPDX-License-Identifier: EUPL-1.2 */
/* Room for long vectors: what was put in is there after a rest, whether it lies in memory or on disk, and
 * what is given out is zero. */
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void kept_over_rests(void **state)
{
    (void)state;
    enum { VECTORS = 97, N = 200003 }; /* 155 MB: a third of it in memory */
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_room *room = wijk_room_new(cx);
    double *v[VECTORS];
    for (size_t i = 0; i < VECTORS; i++) {
        v[i] = wijk_room_take(room, N - i, sizeof **v);
        for (size_t k = 0; k < N - i; k += 511) {
            assert_true(v[i][k] == 0);
            v[i][k] = (double)(i * N + k) / 7;
        }
        if (i % 13 == 5) wijk_room_rest(room);
    }
    wijk_room_rest(room);
    for (size_t i = 0; i < VECTORS; i++)
        for (size_t k = 0; k < N - i; k += 511) assert_true(v[i][k] == (double)(i * N + k) / 7);
    assert_non_null(wijk_room_take(room, 3000000, 8)); /* larger than a piece */
    assert_non_null(wijk_room_take(room, 0, 8));
    wijk_room_rest(NULL);
    wijk_cx_end(cx);
}

static void count(void *arg)
{
    int *n = arg;
    *n = *n * 10 + 3;
}
static void count_more(void *arg)
{
    int *n = arg;
    *n = *n * 10 + 7;
}

static void last_first(void **state)
{
    (void)state;
    int n = 1;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_mark mark = wijk_cx_mark(cx);
    wijk_cx_defer(cx, count, &n);
    wijk_cx_defer(cx, count_more, &n);
    wijk_cx_rewind(cx, mark);
    assert_int_equal(n, 1);
    wijk_cx_end(cx);
    assert_int_equal(n, 173);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kept_over_rests), cmocka_unit_test(last_first)};
    return cmocka_run_group_tests_name("room", tests, NULL, NULL);
}
