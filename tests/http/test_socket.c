/* SPDX-License-Identifier: EUPL-1.2 */
/* A real socket: messages of the wrong form, kept answers, many clients at once. */
#include "world.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- framing: 4xx and the connection ends, or one answer and it stays ---- */

#define GET  "GET /gezond HTTP/1.1\r\n"
#define HOST "Host: a\r\n"
static const struct {
    const char *bytes;
    size_t n;
    const char *expect;
} WRONG[] = {
#define C(text, expect)                                                                                      \
    {                                                                                                        \
        text, sizeof(text) - 1, expect                                                                       \
    }
    C("POST /gezond HTTP/1.1\r\n" HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", " 400 "),
    C(GET HOST "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", " 400 "),
    C(GET HOST "Content-Length: 0\r\nContent-Length: 5\r\n\r\nabcde", " 400 "),
    C(GET HOST "Content-Length: 0, 0\r\n\r\n", " 400 "),
    C(GET HOST "Content-Length: +0\r\n\r\n", " 400 "),
    C(GET HOST "Content-Length: \r\n\r\n", " 400 "),
    C(GET HOST "Content-Length: 00\r\n\r\n", " 413 "),
    C(GET HOST "Content-Length: 99999999999999999999\r\n\r\n", " 413 "),
    C("POST /gezond HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", " 413 "),
    C(GET HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", " 400 "),
    C(GET HOST "Transfer-Encoding: xchunked\r\n\r\n", " 400 "),
    C(GET HOST "X-Y : b\r\n\r\n", " 400 "),
    C(GET HOST "Content-Length : 5\r\n\r\nabcde", " 400 "),
    C(GET HOST "X\t: b\r\n\r\n", " 400 "),
    C(GET HOST "X Y: b\r\n\r\n", " 400 "),
    C(GET HOST ": b\r\n\r\n", " 400 "),
    C(GET HOST "abc\r\n\r\n", " 400 "),
    C(GET " " HOST HOST "\r\n", " 400 "),
    C(GET HOST "X: b\r\n c\r\n\r\n", " 400 "),
    C(GET HOST "Content-Lengt: 5\r\n h\r\n\r\nabcde", " 400 "), /* folded into the name by the library */
    C(GET HOST "X: b\0c\r\n\r\n", " 400 "),
    C(GET HOST "X\0: b\r\n\r\n", " 400 "),
    C("GET /gez\0ond HTTP/1.1\r\n" HOST "\r\n", " 400 "),
    C("G\0ET /gezond HTTP/1.1\r\n" HOST "\r\n", " 400 "),
    C(GET HOST "X: b\rY: c\r\n\r\n", " 400 "),
    C("GET /gezond HTTP/1.1\r" HOST "\r\n", " 400 "),
    C("GET /gezond HTTP/1.1\n" HOST "\r\n", " 400 "),
    C(GET "Host: a\n\r\n", " 400 "),
    C(GET HOST "\n", " 400 "),
    C(GET HOST "X: \x01\r\n\r\n", " 400 "),
    C(GET "\r\n", " 400 "),
    C(GET HOST "Host: b\r\n\r\n", " 400 "),
    C("GET  /gezond  HTTP/1.1\r\n" HOST "\r\n", " 400 "),
    C("GET /gez ond HTTP/1.1\r\n" HOST "\r\n", " 400 "),
    C("GET /gezond http/1.1\r\n" HOST "\r\n", " 400 "),
    C("GET /gezond HTTP/1.1x\r\n" HOST "\r\n", " 400 "),
    C("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", " 505 "),
#undef C
};

static void test_malformed(void **state)
{
    (void)state;
    char *out = malloc(1 << 16);
    size_t n;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        int fd = dial();
        assert_true(say(fd, WRONG[i].bytes, WRONG[i].n));
        enum ending end = hear(fd, out, 1 << 16, &n);
        close(fd);
        if (end == STILL_OPEN || strncmp(out, "HTTP/1.1 ", 9) != 0 || !strstr(out, WRONG[i].expect) ||
            strstr(out, "\"goed\""))
            fail_msg("case %zu ended %d: %s\n-> %s", i, (int)end, WRONG[i].bytes, out);
    }
    free(out);
}

static void test_well_formed(void **state)
{
    (void)state;
    static const char *const RIGHT[] = {
        GET HOST "\r\n", GET "HOST:a\r\nX:\r\nY: \t b\t \r\nContent-Length: 0\r\n\r\n",
        "\r\n" GET HOST "\r\n", "GET http://a.example/gezond HTTP/1.1\r\n" HOST "\r\n",
        GET HOST "Cookie: a=b; c=d\r\n\r\n"};
    char *out = malloc(1 << 16);
    int fd = dial();
    for (size_t i = 0; i < sizeof RIGHT / sizeof *RIGHT; i++) { /* all on one connection */
        assert_true(say(fd, RIGHT[i], strlen(RIGHT[i])));
        hear_one(fd, out, 1 << 16);
        if (!strstr(out, " 200 ") || !strstr(out, "\"goed\"")) fail_msg("%s\n-> %s", RIGHT[i], out);
    }
    close(fd);
    free(out);
}

/* n bytes of headers in `lines` lines beside the first two. */
static size_t headers(char *ask, size_t lines, size_t bytes)
{
    size_t n = sizeof(GET HOST) - 1;
    memcpy(ask, GET HOST, n);
    size_t each = (bytes - n - 2) / lines;
    for (size_t i = 0; i < lines; i++) {
        size_t k = i + 1 < lines ? each : bytes - 2 - n;
        memset(ask + n, 'a', k);
        memcpy(ask + n, "X: ", 3);
        memcpy(ask + n + k - 2, "\r\n", 2);
        n += k;
    }
    memcpy(ask + n, "\r\n", 3);
    return n + 2;
}

static void test_header_limits(void **state)
{
    (void)state;
    static const struct {
        size_t lines, bytes;
        const char *expect;
    } CASES[] = {{99, 3000, " 200 "}, {100, 3000, " 431 "}, {1, 16384, " 200 "}, {99, 16384, " 200 "},
                 {1, 16385, " 431 "}, {1, 60000, " 431 "},  {3, 24001, " 431 "}};
    char *ask = malloc(1 << 16), *out = malloc(1 << 16);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t n = headers(ask, CASES[i].lines, CASES[i].bytes);
        int fd = dial();
        say(fd, ask, n);
        hear_one(fd, out, 1 << 16);
        close(fd);
        if (!strstr(out, CASES[i].expect))
            fail_msg("%zu lines, %zu bytes: %s", CASES[i].lines, CASES[i].bytes, out);
    }
    free(ask);
    free(out);
}

/* ---- kept answers ---- */

static double answered(const char *route, unsigned status)
{
    char line[100];
    snprintf(line, sizeof line, "wijk_requests_total{route=\"%s\",status=\"%u\"}", route, status);
    return metric(line);
}

static void test_conditional(void **state)
{
    (void)state;
    char *out = malloc(1 << 20), ask[300], etag[80];
    static const char PATH[] = "/api/v1/gebieden?niveau=buurt";
    int fd = dial();
    /* First of all a HEAD: the answer is made and kept whole, and only its headers go out. */
    int n = snprintf(ask, sizeof ask, "HEAD %s HTTP/1.1\r\nHost: a\r\n\r\n", PATH);
    assert_true(say(fd, ask, (size_t)n));
    n = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", PATH);
    size_t got = 0;
    while (got < 4 || strcmp(out + got - 4, "\r\n\r\n") != 0) {
        assert_int_equal(read(fd, out + got, 1), 1);
        out[++got] = '\0';
    }
    assert_non_null(strstr(out, " 200 "));
    assert_true(say(fd, ask, (size_t)n));
    hear_one(fd, out, 1 << 20);
    assert_non_null(strstr(out, "Spoelhof"));
    const char *at = strcasestr(out, "ETag: ");
    assert_non_null(at);
    assert_int_equal(sscanf(at + 6, "%79s", etag), 1);
    for (size_t i = 0; i < 3; i++) {
        char match[200];
        snprintf(match, sizeof match, "%s%s", i == 1 ? "\"x\", W/" : "", i == 2 ? "*" : etag);
        n = snprintf(ask, sizeof ask, "%s %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\n\r\n",
                     i == 1 ? "HEAD" : "GET", PATH, match);
        assert_true(say(fd, ask, (size_t)n));
        hear_one(fd, out, 1 << 20);
        if (!strstr(out, " 304 ") || !strstr(out, etag) || !strcasestr(out, "API-Version: 1.0.0") ||
            strstr(out, "Spoelhof"))
            fail_msg("If-None-Match: %s: %s", match, out);
    }
    n = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"other\"\r\n\r\n", PATH);
    assert_true(say(fd, ask, (size_t)n));
    hear_one(fd, out, 1 << 20);
    assert_non_null(strstr(out, " 200 "));
    assert_non_null(strstr(out, "Spoelhof"));
    close(fd);
    free(out);
    assert_true(answered("areas", 304) == 3 && answered("areas", 200) == 3);
}

/* The counts of a histogram rise, and its last bucket is its count. */
static void test_metrics(void **state)
{
    (void)state;
    static const char ASK[] = "GET /gezond HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    static const char *const LE[] = {"0.0001", "0.001", "0.01", "0.1", "1", "5", "+Inf"};
    char out[4096], line[120];
    for (size_t i = 0; i < 7; i++) talk(ASK, sizeof ASK - 1, out, sizeof out);
    double before = 0;
    for (size_t i = 0; i < sizeof LE / sizeof *LE; i++) {
        snprintf(line, sizeof line, "wijk_request_duration_seconds_bucket{route=\"health\",le=\"%s\"}",
                 LE[i]);
        double n = metric(line);
        assert_true(n >= before);
        before = n;
    }
    assert_true(before == 7 && metric("wijk_request_duration_seconds_count{route=\"health\"}") == 7);
    assert_true(metric("wijk_request_duration_seconds_sum{route=\"health\"}") > 0);
    assert_true(answered("health", 200) == 7);
    assert_true(connections_become(1));
}

/* ---- many at once ---- */

static void *hammer(void *arg)
{
    static const char *const PATHS[] = {"/api/v1",
                                        "/api/v1/gebieden?niveau=buurt",
                                        "/api/v1/gebieden/BU99020101",
                                        "/api/v1/zoek?q=spoel",
                                        "/kaart",
                                        "/metrics",
                                        "/api/v1/nergens"};
    char *out = malloc(1 << 16), ask[256];
    for (size_t i = 0; i < 40; i++) {
        int n = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n",
                         PATHS[(i + (size_t)(uintptr_t)arg) % 7], i % 2 ? "Accept-Encoding: gzip\r\n" : "");
        size_t got = talk(ask, (size_t)n, out, 1 << 16);
        if (got < 20 || strncmp(out, "HTTP/1.1 ", 9) != 0) break;
        if (i == 39) arg = (void *)(uintptr_t)99;
    }
    free(out);
    return arg;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t t[8];
    void *end;
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&t[i], NULL, hammer, (void *)(uintptr_t)i), 0);
    for (size_t i = 0; i < 8; i++) {
        pthread_join(t[i], &end);
        assert_true((uintptr_t)end == 99);
    }
}

static void test_port_taken(void **state)
{
    (void)state;
    struct wijk_http *other;
    struct wijk_http_opt opt = {.host = "127.0.0.1", .port = wijk_http_port(SERVER)};
    assert_int_equal(wijk_http_start(W.cx, W.snapshot, opt, &other), WIJK_EIO);
    assert_non_null(strstr(wijk_fault(W.cx), "al in gebruik"));
    opt.host = "hier";
    assert_int_equal(wijk_http_start(W.cx, W.snapshot, opt, &other), WIJK_EUSAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_malformed, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_well_formed, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_header_limits, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_conditional, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_metrics, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_threads, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_port_taken, server_up, server_down),
    };
    return cmocka_run_group_tests(tests, world_up, world_down);
}
