/* SPDX-License-Identifier: EUPL-1.2 */
/* Codes of a second factor: the values of RFC 6238 appendix B (its last six digits), once only, a little
 * early or late. */
#include "people/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const uint8_t SECRET[WIJK_TOTP_SECRET] = "12345678901234567890";

static void test_rfc(void **state)
{
    static const struct {
        int64_t at;
        unsigned code;
    } CASE[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
    (void)state;
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++)
        assert_int_equal(wijk_totp_code(SECRET, CASE[k].at / WIJK_TOTP_STEP_S), CASE[k].code);
}

static void test_accept(void **state)
{
    const int64_t at = 1111111109, step = at / WIJK_TOTP_STEP_S;
    (void)state;
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081804"), at, 0), step);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081804"), at + 30, 0), step);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081804"), at - 30, 0), step);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081804"), at + 60, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081804"), at - 60, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081804"), at, step), 0); /* used */
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("081805"), at, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("81804"), at, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("0818040"), at, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("08180a"), at, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR("-81804"), at, 0), 0);
    assert_int_equal(wijk_totp_accept(SECRET, WIJK_STR(""), at, 0), 0);
}

static void test_text(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    assert_string_equal(wijk_totp_text(cx, SECRET),
                        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"); /* RFC 4648 by hand */
    assert_string_equal(wijk_totp_address(cx, SECRET, "Wijkregie Lindewaard", "noor@wijk"),
                        "otpauth://totp/Wijkregie%20Lindewaard:noor%40wijk?secret="
                        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Wijkregie%20Lindewaard");
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rfc), cmocka_unit_test(test_accept),
                                       cmocka_unit_test(test_text)};
    return cmocka_run_group_tests_name("people totp", tests, NULL, NULL);
}
