/* SPDX-License-Identifier: EUPL-1.2 */
/* How often one address may ask, over a clock of our own. */
#include "http/asker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const uint64_t HERE[2] = {2, 0x0100007f}, THERE[2] = {10, 0x20010db800000007};

static enum http_asking once(struct http_askers *a, const uint64_t who[2], int64_t now_ms, bool fresh_one,
                             unsigned *wait_s, bool *fresh)
{
    enum http_asking say = wijk__askers_begin(a, who, now_ms, wait_s, fresh);
    if (say == HTTP_MAY_ASK) wijk__askers_end(a, who, now_ms, fresh_one);
    return say;
}

static void test_bucket(void **state)
{
    (void)state;
    struct http_askers *a =
        wijk__askers_new((struct http_asker_limits){.burst = 3, .every_s = 7, .fresh = 99});
    unsigned wait_s;
    bool fresh;
    for (int k = 0; k < 3; k++) assert_int_equal(once(a, HERE, 500, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_int_equal(once(a, HERE, 500, false, &wait_s, &fresh), HTTP_ASKS_OFTEN);
    assert_int_equal(wait_s, 7);
    assert_int_equal(once(a, HERE, 500 + 6100, false, &wait_s, &fresh), HTTP_ASKS_OFTEN);
    assert_int_equal(wait_s, 1);
    assert_int_equal(once(a, THERE, 500, false, &wait_s, &fresh), HTTP_MAY_ASK); /* another address */
    assert_int_equal(once(a, HERE, 500 + 7000, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_int_equal(once(a, HERE, 500 + 7000, false, &wait_s, &fresh), HTTP_ASKS_OFTEN);
    for (int k = 0; k < 3; k++) /* full again, and no fuller than full */
        assert_int_equal(once(a, HERE, 900000, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_int_equal(once(a, HERE, 900000, false, &wait_s, &fresh), HTTP_ASKS_OFTEN);
    wijk__askers_free(a);
}

static void test_one_at_a_time(void **state)
{
    (void)state;
    struct http_askers *a =
        wijk__askers_new((struct http_asker_limits){.burst = 3, .every_s = 7, .fresh = 99});
    unsigned wait_s;
    bool fresh;
    assert_int_equal(wijk__askers_begin(a, HERE, 0, &wait_s, &fresh), HTTP_MAY_ASK);
    for (int k = 0; k < 9; k++) /* waiting costs no question */
        assert_int_equal(wijk__askers_begin(a, THERE, 1, &wait_s, &fresh), HTTP_OTHER_ASKS);
    assert_true(wait_s > 0);
    wijk__askers_end(a, HERE, 2, false);
    for (int k = 0; k < 3; k++) assert_int_equal(once(a, THERE, 3, false, &wait_s, &fresh), HTTP_MAY_ASK);
    wijk__askers_free(a);
}

static void test_new_areas(void **state)
{
    (void)state;
    struct http_askers *a =
        wijk__askers_new((struct http_asker_limits){.burst = 90, .every_s = 1, .fresh = 2});
    unsigned wait_s;
    bool fresh;
    int64_t day = 86400000;
    for (int k = 0; k < 2; k++) {
        assert_int_equal(once(a, HERE, 1000 + k, true, &wait_s, &fresh), HTTP_MAY_ASK);
        assert_true(fresh);
    }
    assert_int_equal(once(a, HERE, 2000, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_false(fresh);
    assert_int_equal(once(a, THERE, 2000, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_true(fresh);
    assert_int_equal(once(a, HERE, 999 + day, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_false(fresh);
    assert_int_equal(once(a, HERE, 1000 + day, false, &wait_s, &fresh), HTTP_MAY_ASK);
    assert_true(fresh);
    wijk__askers_free(a);
}

/* More addresses than there are places: each still gets its questions, and the table does not grow. */
static void test_crowd(void **state)
{
    (void)state;
    struct http_askers *a =
        wijk__askers_new((struct http_asker_limits){.burst = 2, .every_s = 60, .fresh = 9});
    unsigned wait_s;
    bool fresh;
    for (uint64_t k = 0; k < 20000; k++) {
        const uint64_t who[2] = {2, k * 2654435761u};
        assert_int_equal(once(a, who, (int64_t)k, true, &wait_s, &fresh), HTTP_MAY_ASK);
    }
    wijk__askers_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bucket), cmocka_unit_test(test_one_at_a_time),
                                       cmocka_unit_test(test_new_areas), cmocka_unit_test(test_crowd)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
