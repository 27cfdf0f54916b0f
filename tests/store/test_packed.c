/* SPDX-License-Identifier: EUPL-1.2 */
/* Packed vectors: what is put in comes out to the bit, ordinary figures take little room, and bytes that are
 * no such vector are seen. */
#include "store/store_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { N = 1237 };

static uint64_t chance(uint64_t *x)
{
    *x ^= *x << 13, *x ^= *x >> 7, *x ^= *x << 17;
    return *x;
}

/* Packs and unpacks; gives the bytes it took. */
static size_t values_back(struct wijk_cx *cx, const double *v, size_t n)
{
    const void *packed;
    const size_t length = wijk__packed_from_f64(cx, v, n, &packed);
    char *exact = WIJK_NEW(cx, char, length); /* so that a byte read behind it is seen */
    memcpy(exact, packed, length);
    const double *back = wijk__packed_to_f64(cx, (struct wijk_str){exact, length}, n);
    assert_non_null(back);
    assert_true(length <= n * sizeof *v);
    for (size_t k = 0; k < n; k++)
        assert_true(isnan(v[k]) ? isnan(back[k]) : back[k] == v[k] && !signbit(back[k]) == !(v[k] < 0));
    return length;
}

static void figures(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    uint64_t x = 88172645463325252u;
    double v[N];
    for (int decimals = 0; decimals <= 8; decimals++) {
        for (uint64_t range = 7; range < 1ull << 40; range = range * 19 + 3) {
            for (size_t k = 0; k < N; k++) {
                v[k] = (double)((int64_t)(chance(&x) % range) - (int64_t)range / 3) / pow(10, decimals);
                if (chance(&x) % 31 == 0) v[k] = NAN;
            }
            const size_t length = values_back(cx, v, N);
            if (decimals <= 6 && range < 1u << 15) assert_true(length == 12 + 2 * N || length == 12 + N);
            if (decimals > 6 && range > 20000) assert_int_equal(length, sizeof v);
        }
    }
    for (size_t k = 0; k < N; k++) v[k] = NAN;
    assert_int_equal(values_back(cx, v, N), 12 + N);
    for (size_t n = 0; n < 6; n++) values_back(cx, v, n);
    v[3] = -0.0;
    v[7] = 0.1 + 0.2; /* one figure that is no short decimal keeps the vector plain */
    assert_int_equal(values_back(cx, v, N), sizeof v);
    v[7] = 5e15 + 1;
    values_back(cx, v, N);
    v[7] = -1.7976931348623157e308;
    values_back(cx, v, N);
    wijk_cx_end(cx);
}

static void statuses_and_rows(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    uint64_t x = 88172645463325252u;
    for (unsigned odd = 0; odd <= 64; odd += 4)
        for (size_t n = 0; n < N; n = n * 3 + 1) {
            uint8_t status[N];
            uint32_t row[N], at = 2;
            for (size_t k = 0; k < n; k++) {
                status[k] = chance(&x) % 64 < odd ? (uint8_t)(x >> 20) % WIJK_STATUS_COUNT : WIJK_STATUS_OK;
                at = chance(&x) % 64 < odd ? (uint32_t)(x >> 17) : at + 1;
                row[k] = chance(&x) % 128 < odd ? 0 : at;
            }
            const void *packed;
            size_t length = wijk__packed_from_u8(cx, status, n, &packed);
            char *exact = WIJK_NEW(cx, char, length);
            memcpy(exact, packed, length);
            const uint8_t *back = wijk__packed_to_u8(cx, (struct wijk_str){exact, length}, n);
            assert_true(back && length <= n);
            if (n) assert_memory_equal(back, status, n);
            length = wijk__packed_from_u32(cx, row, n, &packed);
            exact = WIJK_NEW(cx, char, length);
            memcpy(exact, packed, length);
            const uint32_t *rows = wijk__packed_to_u32(cx, (struct wijk_str){exact, length}, n);
            assert_true(rows && length <= n * sizeof *row);
            if (n) assert_memory_equal(rows, row, n * sizeof *row);
            if (!odd && n > 20) assert_true(length < 8);
        }
    wijk_cx_end(cx);
}

/* Any one byte changed or the end cut off: another vector or none, and nothing outside it is touched. */
static void damaged(void **state)
{
    (void)state;
    uint64_t x = 88172645463325252u;
    for (int round = 0; round < 3000; round++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        double v[40];
        uint8_t status[40];
        uint32_t row[40];
        for (size_t k = 0; k < 40; k++) {
            v[k] = (double)(chance(&x) % 999) / 10;
            status[k] = x % 9 ? WIJK_STATUS_OK : WIJK_STATUS_MISSING;
            row[k] = (uint32_t)(k + (k > 20 ? 7 : 2));
        }
        const void *packed[3];
        const size_t length[3] = {wijk__packed_from_f64(cx, v, 40, &packed[0]),
                                  wijk__packed_from_u8(cx, status, 40, &packed[1]),
                                  wijk__packed_from_u32(cx, row, 40, &packed[2])};
        for (int i = 0; i < 3; i++) {
            const size_t n = chance(&x) % 3 ? length[i] : x % (length[i] + 1);
            char *hurt = WIJK_NEW(cx, char, n);
            memcpy(hurt, packed[i], n);
            for (int k = 0; n && k < 2; k++) hurt[chance(&x) % (x % 2 && n > 12 ? 12 : n)] = (char)(x >> 40);
            const struct wijk_str blob = {hurt, n};
            if (i == 0) (void)wijk__packed_to_f64(cx, blob, 40);
            if (i == 1) (void)wijk__packed_to_u8(cx, blob, 40);
            if (i == 2) (void)wijk__packed_to_u32(cx, blob, 40);
        }
        wijk_cx_end(cx);
    }
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_null(wijk__packed_to_f64(cx, WIJK_STR("P\x02\x01"), 9));
    assert_null(wijk__packed_to_f64(cx, WIJK_STR("P\x01\x09\0\0\0\0\0\0\0\0\0123"), 3));
    assert_null(wijk__packed_to_u8(cx, WIJK_STR("P\x01\x09\x00"), 9));
    assert_null(wijk__packed_to_u8(cx, WIJK_STR("Q\x01"), 9));
    assert_null(wijk__packed_to_u32(cx, WIJK_STR("P\x03\x01"), 9)); /* rows before the first */
    assert_null(wijk__packed_to_u32(cx, WIJK_STR("P\x0a\x02"), 9)); /* more cells than there are */
    assert_null(wijk__packed_to_u32(cx, WIJK_STR("P\x09\x02\x00"), 9));
    assert_non_null(wijk__packed_to_u32(cx, WIJK_STR("P\x09\x02"), 9));
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(figures), cmocka_unit_test(statuses_and_rows),
                                       cmocka_unit_test(damaged)};
    return cmocka_run_group_tests_name("packed", tests, NULL, NULL);
}
