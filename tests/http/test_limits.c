/* SPDX-License-Identifier: EUPL-1.2 */
/* Clients that take their time, too many of them, and a stop in the middle: each limit provoked with a small
 * value. */
#include "world.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char HEALTH[] = "GET /gezond HTTP/1.1\r\nHost: a\r\n\r\n";
enum { ROOM = 1 << 20 };
static char *OUT;

static void sleep_ms(long ms)
{
    const struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static bool answers(int fd)
{
    return say(fd, HEALTH, sizeof HEALTH - 1) && hear_one(fd, OUT, ROOM) > 0 && strstr(OUT, " 200 ");
}

static int ask_many(int fd, const char *more, unsigned n)
{
    char ask[200];
    int k = snprintf(ask, sizeof ask, "GET /api/v1/gebieden?niveau=pc4&v=%u HTTP/1.1\r\nHost: a\r\n%s\r\n", n,
                     more);
    return say(fd, ask, (size_t)k) ? k : -1;
}

static unsigned threads(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    unsigned n = 0;
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "Threads:", 8) == 0) n = (unsigned)strtoul(line + 8, NULL, 10);
    if (f) fclose(f);
    return n;
}

/* ---- slow clients ---- */

/* Each sends a byte now and then for as long as it is let: idle it is never, and never done either. */
static void drip(const int *slow, size_t n, size_t at)
{
    static const char BEGIN[] = "GET /gezond HTTP/1.1\r\nHost: a\r\nX: ";
    for (size_t i = 0; i < n; i++) say(slow[i], at < sizeof BEGIN - 1 ? BEGIN + at : "a", 1);
}

static void test_slow_header(void **state)
{
    (void)state;
    enum { SLOW = 60 };
    int slow[SLOW];
    assert_int_equal(server_with((struct wijk_http_opt){.header_ms = 3000}), 0);
    unsigned before = threads();
    for (size_t i = 0; i < SLOW; i++) slow[i] = dial();
    int quick = dial();
    for (size_t at = 0; metric("wijk_timeouts_total{step=\"header\"}") < SLOW; at++) {
        assert_in_range(at, 0, 10000); /* bytes win nobody time */
        drip(slow, SLOW, at);
        assert_true(answers(quick));
        assert_int_equal(threads(), before);
        sleep_ms(20);
    }
    for (size_t i = 0; i < SLOW; i++) {
        assert_int_not_equal(hear(slow[i], OUT, ROOM, NULL), STILL_OPEN);
        if (!strstr(OUT, " 408 ") || !strstr(OUT, "application/problem+json")) fail_msg("%zu: %s", i, OUT);
        close(slow[i]);
    }
    assert_true(answers(quick));
    close(quick);
}

/* Which of the two limits ended whom is told by the counters, on a slow machine too. */
static void test_idle(void **state)
{
    (void)state;
    assert_int_equal(server_with((struct wijk_http_opt){.header_ms = 2000, .idle_ms = 6000}), 0);
    int half = dial();
    assert_true(answers(half));
    assert_true(say(half, HEALTH, 20)); /* past the request line or not: the whole header has header_ms */
    assert_int_not_equal(hear(half, OUT, ROOM, NULL), STILL_OPEN);
    assert_non_null(strstr(OUT, " 408 "));
    assert_true(metric("wijk_timeouts_total{step=\"header\"}") >= 1);
    int idle = dial();
    assert_true(answers(idle));
    assert_int_not_equal(hear(idle, OUT, ROOM, NULL), STILL_OPEN);
    assert_string_equal(OUT, ""); /* nothing was asked, nothing is said */
    assert_true(metric("wijk_timeouts_total{step=\"idle\"}") >= 1);
    close(idle);
    close(half);
}

static void test_slow_reader(void **state)
{
    (void)state;
    assert_int_equal(server_with((struct wijk_http_opt){.send_ms = 2000, .send_bytes_s = 10000000}), 0);
    int fd = dial(), quick = dial();
    for (unsigned i = 0; i < 40 && ask_many(fd, "", 7000) > 0; i++) continue; /* 40 answers, and reads none */
    while (metric("wijk_timeouts_total{step=\"send\"}") < 1) {
        assert_true(answers(quick));
        sleep_ms(20);
    }
    assert_true(connections_become(2)); /* `quick` and the asking one */
    close(fd);
    close(quick);
}

/* ---- too many ---- */

static void busy(int fd)
{
    assert_non_null(strstr(OUT, " 503 "));
    assert_non_null(strstr(OUT, "Retry-After: "));
    assert_non_null(strstr(OUT, "application/problem+json"));
    assert_non_null(strstr(OUT, "\"status\":503"));
    close(fd);
}

static void too_many(struct wijk_http_opt opt, unsigned most, const char *counter)
{
    enum { OVER = 5 };
    int fd[8];
    assert_int_equal(server_with(opt), 0);
    for (unsigned i = 0; i < most; i++) {
        fd[i] = dial();
        assert_true(answers(fd[i]));
    }
    for (unsigned i = 0; i < OVER; i++) {
        int over = dial();
        assert_true(say(over, HEALTH, sizeof HEALTH - 1));
        assert_int_equal(hear(over, OUT, ROOM, NULL), CLOSED);
        busy(over);
    }
    int silent = dial(); /* asks nothing and is told all the same */
    assert_int_not_equal(hear(silent, OUT, ROOM, NULL), STILL_OPEN);
    busy(silent);
    for (unsigned i = 0; i < most; i++) assert_true(answers(fd[i])); /* who was there is served on */
    for (unsigned i = 0; i < most; i++) close(fd[i]);
    assert_true(connections_become(1));
    assert_true(metric(counter) >= OVER + 1);
    /* Who asks is told at once; only silence is waited out. */
    assert_in_range((unsigned)metric("wijk_timeouts_total{step=\"excess\"}"), 1, OVER);
}

static void test_per_address(void **state)
{
    (void)state;
    too_many((struct wijk_http_opt){.per_address = 3}, 3,
             "wijk_connections_refused_total{limit=\"address\"}");
}

static void test_total(void **state)
{
    (void)state;
    too_many((struct wijk_http_opt){.connections = 5}, 5, "wijk_connections_refused_total{limit=\"total\"}");
}

/* The soft limit of open files is raised as far as the hard one lets it. */
static void test_many_files(void **state)
{
    (void)state;
    enum { MANY = 400 };
    static int fd[MANY];
    struct rlimit before, low;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    if (before.rlim_max < 4 * MANY) skip();
    low = (struct rlimit){200, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
    assert_int_equal(
        server_with((struct wijk_http_opt){.connections = 2 * MANY, .header_ms = 300000, .idle_ms = 300000}),
        0);
    for (unsigned i = 0; i < MANY; i++) fd[i] = dial();
    for (unsigned i = 0; i < MANY; i++) assert_true(answers(fd[i]));
    for (unsigned i = 0; i < MANY; i++) close(fd[i]);
    assert_true(connections_become(1));
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* One worker and one place in its queue: whether 24 requests at once are too many is a matter of luck, so the
 * luck is tried until it runs out. */
static void test_queue_full(void **state)
{
    (void)state;
    enum { MANY = 24, ROUNDS = 4000 };
    int fd[MANY];
    unsigned good = 0, refused = 0, round = 0;
    assert_int_equal(server_with((struct wijk_http_opt){.workers = 1, .queue = 1}), 0);
    for (; round < ROUNDS && (!refused || !good); round++) {
        for (unsigned i = 0; i < MANY; i++) fd[i] = dial();
        for (unsigned i = 0; i < MANY; i++)
            assert_true(ask_many(fd[i], "Accept-Encoding: gzip\r\n", round * MANY + i) > 0);
        for (unsigned i = 0; i < MANY; i++) {
            hear_one(fd[i], OUT, ROOM);
            if (strstr(OUT, " 200 ")) {
                good++;
                close(fd[i]);
            } else {
                refused++;
                busy(fd[i]);
            }
        }
    }
    assert_int_equal(good + refused, round * MANY);
    assert_true(good >= 1 && refused >= 1);
    assert_true((unsigned)metric("wijk_queue_refused_total") == refused);
}

/* ---- the end ---- */

/* The first answer is on its way when the server is told to stop; of the others each is whole, or not begun.
 */
static void test_stop_in_flight(void **state)
{
    (void)state;
    enum { MANY = 12 };
    int fd[MANY];
    unsigned whole = 0;
    char byte;
    assert_int_equal(server_with((struct wijk_http_opt){.workers = 1, .stop_ms = 60000}), 0);
    for (unsigned i = 0; i < MANY; i++) {
        fd[i] = dial();
        assert_true(answers(fd[i]));
    }
    for (unsigned i = 0; i < MANY; i++) assert_true(ask_many(fd[i], "Accept-Encoding: gzip\r\n", i) > 0);
    assert_int_equal(recv(fd[0], &byte, 1, MSG_PEEK), 1);
    wijk_http_stop(SERVER);
    SERVER = NULL;
    for (unsigned i = 0; i < MANY; i++) {
        size_t got;
        hear(fd[i], OUT, ROOM, &got);
        const char *length = strcasestr(OUT, "\r\nContent-Length: "), *body = strstr(OUT, "\r\n\r\n");
        if (got) { /* never half an answer */
            assert_true(length && body);
            assert_int_equal(got - (size_t)(body + 4 - OUT), strtoul(length + 18, NULL, 10));
            whole += strstr(OUT, " 200 ") != NULL;
        }
        close(fd[i]);
    }
    assert_true(whole >= 1);
}

struct keen {
    pthread_t thread;
    int fd;
    atomic_bool *heard;
};

/* Asks the same on one connection until it is let go. */
static void *keep_asking(void *arg)
{
    struct keen *k = arg;
    static const char ASK[] = "GET /gezond HTTP/1.1\r\nHost: a\r\n\r\n";
    char some[4096];
    while (send(k->fd, ASK, sizeof ASK - 1, MSG_NOSIGNAL) > 0 && recv(k->fd, some, sizeof some, 0) > 0)
        atomic_store(k->heard, true);
    return NULL;
}

/* Told to stop while it is asked all the time: it ends in peace, again and again, and nobody is kept. */
static void test_stop_busy(void **state)
{
    (void)state;
    enum { ROUNDS = 60, KEEN = 4 };
    for (int round = 0; round < ROUNDS; round++) {
        struct keen keen[KEEN];
        atomic_bool heard = false;
        assert_int_equal(server_with((struct wijk_http_opt){0}), 0);
        for (int k = 0; k < KEEN; k++) {
            keen[k] = (struct keen){.fd = dial(), .heard = &heard};
            assert_int_equal(pthread_create(&keen[k].thread, NULL, keep_asking, &keen[k]), 0);
        }
        while (!atomic_load(&heard)) sleep_ms(1);
        wijk_http_stop(SERVER);
        SERVER = NULL;
        for (int k = 0; k < KEEN; k++) {
            pthread_join(keen[k].thread, NULL);
            close(keen[k].fd);
        }
    }
}

/* Who does not take its answer holds nobody up for longer than stop_ms. */
static void test_stop_stuck(void **state)
{
    (void)state;
    assert_int_equal(server_with((struct wijk_http_opt){.stop_ms = 300, .send_ms = 600000}), 0);
    int fd = dial();
    for (unsigned i = 0; i < 40 && ask_many(fd, "", 7000) > 0; i++) continue;
    sleep_ms(200);
    int64_t start = now_ms();
    wijk_http_stop(SERVER);
    SERVER = NULL;
    assert_in_range(now_ms() - start, 0, 120000); /* and not send_ms */
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_slow_header, server_down),
        cmocka_unit_test_teardown(test_idle, server_down),
        cmocka_unit_test_teardown(test_slow_reader, server_down),
        cmocka_unit_test_teardown(test_per_address, server_down),
        cmocka_unit_test_teardown(test_total, server_down),
        cmocka_unit_test_teardown(test_many_files, server_down),
        cmocka_unit_test_teardown(test_queue_full, server_down),
        cmocka_unit_test(test_stop_in_flight),
        cmocka_unit_test(test_stop_busy),
        cmocka_unit_test(test_stop_stuck),
    };
    OUT = malloc(ROOM);
    int failed = OUT ? cmocka_run_group_tests(tests, world_up, world_down) : 1;
    free(OUT);
    return failed;
}
