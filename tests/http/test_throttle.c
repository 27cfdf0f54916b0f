/* SPDX-License-Identifier: EUPL-1.2 */
/* Who guesses waits longer and longer; who does not, does not, whatever others do. */
#include "http/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static const uint64_t HERE[2] = {2, 0x0100007f}, THERE[2] = {2, 0x0200007f};
static struct http_throttle *t;

static int begin(void **state)
{
    (void)state;
    t = wijk__throttle_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    wijk__throttle_free(t);
    return 0;
}

static void wrong(const uint64_t address[2], const char *name, int times, int64_t now)
{
    for (int k = 0; k < times; k++) wijk__throttle_tell(t, address, name, false, now);
}

static void test_name(void **state)
{
    (void)state;
    wrong(HERE, "noor", 4, 1000);
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 1000), 0);
    wrong(HERE, "noor", 1, 1000);
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 1000), 1);
    static const char *const SAME[] = {"Noor", "NOOR", " noor", "noor ", "nOOr"};
    for (size_t k = 0; k < sizeof SAME / sizeof *SAME; k++)
        assert_int_equal(wijk__throttle_wait(t, THERE, SAME[k], 1000), 1);
    assert_int_equal(wijk__throttle_wait(t, THERE,
                                         "n\xd0\xbe\xd0\xbe"
                                         "r",
                                         1000),
                     0); /* Cyrillic: nobody's */
    wrong(HERE, "nOOr", 13, 1000);
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 1000), 30); /* never more */
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 31000), 0);
    assert_int_equal(wijk__throttle_wait(t, THERE, "gijs", 1000), 0);
    wijk__throttle_tell(t, THERE, "Noor", true, 40000);
    wrong(THERE, "noor", 4, 40000);
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 40000), 0); /* from the start */
}

static void test_address(void **state)
{
    char name[16];
    (void)state;
    for (int k = 0; k < 40; k++) {
        (void)snprintf(name, sizeof name, "naam%d", k);
        wrong(HERE, name, 1, 1000);
        if (k == 18) assert_int_equal(wijk__throttle_wait(t, HERE, "ander", 1000), 0);
    }
    assert_int_equal(wijk__throttle_wait(t, HERE, "ander", 1000), 900);
    assert_int_equal(wijk__throttle_wait(t, THERE, "ander", 1000), 0);
    assert_int_equal(wijk__throttle_wait(t, HERE, "ander", 901001), 0); /* nobody is shut out for ever */
    wrong(HERE, "ander", 1, 901001); /* and what was long ago is forgiven */
    assert_int_equal(wijk__throttle_wait(t, HERE, "nog-een", 901001), 0);
}

/* A town hall behind one address: four hundred people, one in four mistypes in half an hour. */
static void test_many_behind_one(void **state)
{
    char name[16];
    int waited = 0;
    (void)state;
    for (int k = 0; k < 400; k++) {
        int64_t now = 1000 + k * (int64_t)4500;
        (void)snprintf(name, sizeof name, "naam%d", k);
        waited += wijk__throttle_wait(t, HERE, name, now) != 0;
        if (k % 5 == 0) wrong(HERE, name, 1, now);
        wijk__throttle_tell(t, HERE, name, true, now);
    }
    assert_int_equal(waited, 0);
}

/* Ten thousand addresses guess on; hardly anybody else waits, and who guesses does. */
static void test_flood(void **state)
{
    char name[16];
    int innocent = 0, guilty = 0;
    (void)state;
    for (uint64_t k = 0; k < 400; k++) wrong((const uint64_t[]){2, 77 + k * 7919}, "noor", 31, 1000);
    for (uint64_t k = 0; k < 400; k++)
        guilty += wijk__throttle_wait(t, (const uint64_t[]){2, 77 + k * 7919}, "x", 2000) != 0;
    for (int k = 0; k < 10000; k++) {
        (void)snprintf(name, sizeof name, "naam%d", k);
        innocent += wijk__throttle_wait(t, (const uint64_t[]){2, 500000000u + (unsigned)k}, name, 2000) != 0;
    }
    assert_int_equal(guilty, 400);
    assert_true(innocent < 10);
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 2000), 29);
}

static void test_times(void **state)
{
    (void)state;
    for (uint32_t k = 1; k < 9; k++) assert_int_equal(wijk__throttle_times(t, "Noor", 1000), k);
    assert_int_equal(wijk__throttle_times(t, "noor", 1000), 9);
    assert_int_equal(wijk__throttle_times(t, "", 1000), 1);
    assert_int_equal(wijk__throttle_wait(t, THERE, "noor", 1000), 0); /* counting is for the log only */
}

/* The owner's own browser: apart from strangers, and once its tries are gone a while to wait too. */
static void test_browser(void **state)
{
    (void)state;
    wrong(HERE, "noor", 31, 1000);
    assert_int_equal(wijk__throttle_browser_wait(t, "browser-een", 1000), 0);
    for (int k = 0; k < 4; k++) wijk__throttle_browser_failed(t, "browser-een", 1000);
    assert_int_equal(wijk__throttle_browser_wait(t, "browser-een", 1000), 0);
    wijk__throttle_browser_failed(t, "browser-een", 1000);
    assert_int_equal(wijk__throttle_browser_wait(t, "browser-een", 1000), 1);
    assert_int_equal(wijk__throttle_browser_wait(t, "browser-twee", 1000), 0);
    for (int k = 0; k < 40; k++) wijk__throttle_browser_failed(t, "browser-een", 1000);
    assert_int_equal(wijk__throttle_browser_wait(t, "browser-een", 1000), 900);
    assert_int_equal(wijk__throttle_browser_wait(t, "browser-een", 901001), 0);
    assert_int_equal(wijk__throttle_wait(t, THERE, "gijs", 1000), 0); /* nobody else waits for it */
}

/* A guesser asks from ever other addresses and by ever other names, so that what is known of his own goes. */
static void test_eviction(void **state)
{
    char name[16];
    (void)state;
    wrong(HERE, "noor", 4, 1000); /* one more, and it waits */
    for (int k = 0; k < 60000; k++) {
        const uint64_t from[2] = {2, 0x10000000u + (unsigned)k};
        (void)snprintf(name, sizeof name, "naam%d", k);
        wijk__throttle_wait(t, from, name, 1500); /* asking is free, and leaves nothing */
        if (k % 6 == 0) wrong(from, name, 1, 1500);
    }
    wrong(THERE, "noor", 1, 2000);
    assert_int_equal(wijk__throttle_wait(t, (const uint64_t[]){2, 3}, "noor", 2000), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_browser, begin, end),
        cmocka_unit_test_setup_teardown(test_eviction, begin, end),
        cmocka_unit_test_setup_teardown(test_name, begin, end),
        cmocka_unit_test_setup_teardown(test_address, begin, end),
        cmocka_unit_test_setup_teardown(test_many_behind_one, begin, end),
        cmocka_unit_test_setup_teardown(test_flood, begin, end),
        cmocka_unit_test_setup_teardown(test_times, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
