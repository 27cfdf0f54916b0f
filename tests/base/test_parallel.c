/* SPDX-License-Identifier: EUPL-1.2 */
/* Work over several threads: the same result for any number of them, faults and stopping included. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

enum { N = 10007, CHUNK = 37 };

struct job {
    double value[N];
    double part[N / CHUNK + 1];
    atomic_size_t visits;
    size_t fails_from;
};

/* Sums of a chunk depend on its order: chunks that shifted with the threads would show. */
static enum wijk_err add(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    struct job *j = arg;
    double *copy = WIJK_NEW(scratch, double, to - from), sum = 0;
    for (size_t i = from; i < to; i++) copy[i - from] = 1.0 / (double)(i * i + 3);
    for (size_t i = from; i < to; i++) sum += j->value[i] = copy[i - from];
    j->part[from / CHUNK] = sum;
    atomic_fetch_add(&j->visits, to - from);
    if (from >= j->fails_from) return wijk_fail(scratch, WIJK_EDATA, "regel %zu", from);
    return WIJK_OK;
}

static enum wijk_err run(struct wijk_cx *cx, struct job *j, unsigned threads,
                         const struct wijk_progress *progress)
{
    memset(j->value, 0, sizeof j->value);
    memset(j->part, 0, sizeof j->part);
    atomic_store(&j->visits, 0);
    wijk_threads_set(threads);
    return wijk_parallel(cx, &(struct wijk_parallel){N, CHUNK, add, j, progress, "optellen"});
}

static struct job first, other;

static void same_for_any_number(void **state)
{
    struct wijk_cx *cx = *state;
    first.fails_from = other.fails_from = SIZE_MAX;
    assert_int_equal(run(cx, &first, 1, NULL), WIJK_OK);
    for (unsigned threads = 2; threads <= WIJK_THREADS_MAX; threads += 3) {
        assert_int_equal(run(cx, &other, threads, NULL), WIJK_OK);
        assert_memory_equal(first.value, other.value, sizeof first.value);
        assert_memory_equal(first.part, other.part, sizeof first.part);
        assert_int_equal(atomic_load(&other.visits), N);
    }
}

static void first_fault_counts(void **state)
{
    struct wijk_cx *cx = *state;
    other.fails_from = 20 * CHUNK;
    for (unsigned threads = 1; threads <= 4; threads++)
        for (int again = 0; again < 20; again++) {
            wijk_fault_clear(cx);
            assert_int_equal(run(cx, &other, threads, NULL), WIJK_EDATA);
            assert_string_equal(wijk_fault(cx), "regel 740");
            for (size_t i = 0; i <= 20; i++) assert_true(other.part[i] > 0); /* all before it were done */
        }
    other.fails_from = SIZE_MAX;
}

enum { N_CHUNK = (N - 1) / CHUNK + 1 };

/* Who follows the work, and asks to stop from `stop_at` chunks on. */
struct watch {
    uint64_t stop_at, last;
};

static bool follow(void *self, const char *what, uint64_t done, uint64_t total)
{
    struct watch *w = self;
    assert_string_equal(what, "optellen");
    assert_int_equal(total, N_CHUNK);
    assert_true(done > w->last && done <= total);
    w->last = done;
    return done < w->stop_at;
}

/* One thread stops after the chunk in which it was asked. Of more the others may have come far, even to the
 * end, before the one that tells has its turn: the question is heard all the same. */
static void stops_when_asked(void **state)
{
    struct wijk_cx *cx = *state;
    for (unsigned threads = 1; threads <= WIJK_THREADS_MAX; threads++)
        for (uint64_t stop_at = 1; stop_at < N_CHUNK; stop_at += 30) {
            struct watch w = {stop_at, 0};
            assert_int_equal(run(cx, &other, threads, &(struct wijk_progress){follow, &w}), WIJK_ECANCEL);
            assert_string_equal(wijk_fault(cx), wijk_err_text(WIJK_ECANCEL));
            assert_true(w.last >= stop_at);
            if (threads == 1) assert_int_equal(atomic_load(&other.visits), stop_at * CHUNK);
        }
}

/* Work in which the other hands hold their first chunk until the stop was asked for. */
struct held {
    pthread_t caller;
    atomic_bool asked;
    atomic_size_t begun;
};

static enum wijk_err hold(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    (void)scratch, (void)from, (void)to;
    struct held *h = arg;
    atomic_fetch_add(&h->begun, 1);
    while (!pthread_equal(pthread_self(), h->caller) && !atomic_load(&h->asked)) sched_yield();
    return WIJK_OK;
}

static bool ask(void *self, const char *what, uint64_t done, uint64_t total)
{
    struct held *h = self;
    (void)what, (void)done, (void)total;
    atomic_store(&h->asked, true);
    return false;
}

/* The others leave what is left of the work too. Between the question and its being heard the scheduler may
 * give them the time to do all of it: that is seen at times, but not always. */
static void others_stop_too(void **state)
{
    struct wijk_cx *cx = *state;
    wijk_threads_set(4);
    size_t left = 0;
    for (int tries = 0; !left && tries < 10000; tries++) {
        struct held h = {.caller = pthread_self()};
        const struct wijk_progress progress = {ask, &h};
        const struct wijk_parallel work = {N_CHUNK, 1, hold, &h, &progress, ""};
        assert_int_equal(wijk_parallel(cx, &work), WIJK_ECANCEL);
        left = N_CHUNK - atomic_load(&h.begun);
    }
    assert_true(left > 0);
}

static enum wijk_err nested(struct wijk_cx *scratch, void *arg, size_t from, size_t to)
{
    (void)from;
    (void)to;
    return wijk_parallel(scratch, &(struct wijk_parallel){N, CHUNK, add, arg, NULL, ""});
}

static void odd_requests(void **state)
{
    struct wijk_cx *cx = *state;
    wijk_threads_set(0);
    assert_int_equal(wijk_threads(), 1);
    wijk_threads_set(1000);
    assert_int_equal(wijk_threads(), WIJK_THREADS_MAX);
    assert_int_equal(wijk_parallel(cx, &(struct wijk_parallel){.n = 0, .chunk = 3}), WIJK_OK);
    assert_int_equal(wijk_parallel(cx, &(struct wijk_parallel){.n = 3, .body = add}), WIJK_EUSAGE);
    memset(other.part, 0, sizeof other.part);
    assert_int_equal(wijk_parallel(cx, &(struct wijk_parallel){1, 1, nested, &other, NULL, ""}), WIJK_OK);
    assert_memory_equal(first.part, other.part, sizeof first.part);
}

static int begin(void **state)
{
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}
static int end(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_for_any_number),
                                       cmocka_unit_test(first_fault_counts),
                                       cmocka_unit_test(stops_when_asked), cmocka_unit_test(others_stop_too),
                                       cmocka_unit_test(odd_requests)};
    return cmocka_run_group_tests(tests, begin, end);
}
