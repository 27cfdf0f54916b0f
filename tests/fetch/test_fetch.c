/* SPDX-License-Identifier: EUPL-1.2 */
/* The parts of fetch that need no service: who may be asked, addresses put together, and the words of a
 * fault. */
#include "fetch/fetch_int.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static bool is_public(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) return wijk__address_public((struct sockaddr *)&v4);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return wijk__address_public((struct sockaddr *)&v6);
}

static void private_addresses(void **state)
{
    static const char *const PRIVATE[] = {"0.0.0.0",
                                          "10.1.2.3",
                                          "100.64.0.1",
                                          "100.127.9.9",
                                          "127.0.0.1",
                                          "127.8.8.8",
                                          "169.254.1.1",
                                          "172.16.0.1",
                                          "172.31.255.255",
                                          "192.0.0.8",
                                          "192.168.7.7",
                                          "198.18.3.1",
                                          "198.51.100.9",
                                          "203.0.113.5",
                                          "224.0.0.1",
                                          "240.1.1.1",
                                          "255.255.255.255",
                                          "::",
                                          "::1",
                                          "fe80::1",
                                          "fc00::1",
                                          "fd12:3456::7",
                                          "ff02::1",
                                          "2001:db8::7",
                                          "2001::1",
                                          "::ffff:10.0.0.1",
                                          "::ffff:127.0.0.1",
                                          "64:ff9b::7f00:1",
                                          "2002:0a00:1::",
                                          "::127.0.0.1"};
    static const char *const PUBLIC[] = {
        "1.1.1.1",        "9.255.255.255",    "11.0.0.1",          "100.63.9.9",     "100.128.0.1",
        "172.15.9.9",     "172.32.0.1",       "192.167.1.1",       "223.255.1.1",    "2a02:898::1",
        "2001:67c:13::7", "::ffff:145.0.2.3", "64:ff9b::9100:203", "2002:9100:203::"};
    (void)state;
    for (size_t i = 0; i < sizeof PRIVATE / sizeof *PRIVATE; i++)
        if (is_public(PRIVATE[i])) fail_msg("%s passes for public", PRIVATE[i]);
    for (size_t i = 0; i < sizeof PUBLIC / sizeof *PUBLIC; i++)
        if (!is_public(PUBLIC[i])) fail_msg("%s passes for private", PUBLIC[i]);
    struct sockaddr other = {.sa_family = AF_UNIX};
    assert_false(wijk__address_public(&other));
}

static void listed_origins(void **state)
{
    static const char *const ALLOW[] = {"https://data.lindewaard.nl", "http://127.0.0.1:8099"};
    static const char *const YES[] = {"https://opendata.cbs.nl/ODataFeed/odata/85984NED",
                                      "https://OPENDATA.cbs.nl:443/x", "https://data.lindewaard.nl/a?b=c",
                                      "http://127.0.0.1:8099/x"};
    static const char *const NO[] = {"http://opendata.cbs.nl/x",
                                     "https://opendata.cbs.nl:8443/x",
                                     "https://opendata.cbs.nl.example.org/",
                                     "https://opendata.cbs.nl@example.org/",
                                     "https://u:p@opendata.cbs.nl/",
                                     "https://cbs.nl/",
                                     "https://example.org/https://opendata.cbs.nl",
                                     "http://127.0.0.1:8098/",
                                     "http://127.1:8099/x.",
                                     "file:///etc/passwd",
                                     "ftp://opendata.cbs.nl/x",
                                     "opendata.cbs.nl",
                                     "https://opendata.cbs.nl\\@example.org/",
                                     ""};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_fetch f = {.cx = cx, .opt = {.n_allow = 2, .allow = ALLOW}};
    bool loopback;
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        if (wijk__url_check(cx, &f, YES[i], &loopback) != WIJK_OK) fail_msg("%s: %s", YES[i], wijk_fault(cx));
        assert_int_equal(loopback, strstr(YES[i], "127.0.0.1") != NULL);
    }
    for (size_t i = 0; i < sizeof NO / sizeof *NO; i++) {
        bool same = strcmp(NO[i], "http://127.1:8099/x.") == 0; /* libcurl writes it in full: the same host */
        enum wijk_err err = wijk__url_check(cx, &f, NO[i], &loopback);
        if (err == WIJK_OK && !same) fail_msg("%s is let through", NO[i]);
    }
    wijk_cx_end(cx);
}

static void put_together(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *url = wijk__url_with(cx, "https://a.nl/x", "$filter", "a eq 'é&b=1#?%' or 2");
    assert_string_equal(url, "https://a.nl/x?$filter=a%20eq%20%27%C3%A9%26b%3D1%23%3F%25%27%20or%202");
    assert_string_equal(wijk__url_with(cx, url, "n", "7"), wijk_sprintf(cx, "%s&n=7", url));
    assert_int_equal(wijk__url_follow(cx, "https://a.nl/x/y?z=1", "/w?q=2", &url), WIJK_OK);
    assert_string_equal(url, "https://a.nl/w?q=2");
    assert_int_equal(wijk__url_follow(cx, "https://a.nl/x/y", "//b.nl/w", &url), WIJK_OK);
    assert_string_equal(url, "https://b.nl/w"); /* which is then checked against the list */
    assert_string_equal(wijk__url_host(cx, "https://a.nl/x"), "a.nl");
    wijk_cx_end(cx);
}

static void words_of_a_fault(void **state)
{
    static const struct {
        const char *body, *text;
    } CASE[] = {{"<?xml version='1.0'?><a:ExceptionReport><a:ExceptionText>\n Laag weg </a:ExceptionText>",
                 "Laag weg"},
                {"<r><ServiceException code='x'>Te veel</ServiceException>", "Te veel"},
                {"<html><head><title>503 Onderhoud</title>", "503 Onderhoud"},
                {"{\"odata.error\":{\"code\":\"\",\"message\":{\"lang\":\"nl\",\"value\":\"Veld weg\"}}}",
                 "Veld weg"},
                {"{\"title\":\"x\",\"detail\":\"geen laag\"}", "geen laag"},
                {"<a:ExceptionText>\x1b[31mrood</a:ExceptionText>", "?[31mrood"},
                {"", ""},
                {"{\"value\"", ""},
                {"<ExceptionText>open", ""},
                {"<ExceptionText", ""}};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++)
        assert_string_equal(wijk__fault_text(cx, wijk_str(CASE[i].body)), CASE[i].text);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(private_addresses), cmocka_unit_test(listed_origins),
                                       cmocka_unit_test(put_together), cmocka_unit_test(words_of_a_fault)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
