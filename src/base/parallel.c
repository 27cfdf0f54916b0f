/* SPDX-License-Identifier: EUPL-1.2 */
/* Work in chunks over several threads. The chunks do not depend on how many threads there are, so neither
 * does any result. Threads are made for one call and are gone after it: nothing is left running between two.
 */
#include "base/base_int.h"

#include <pthread.h>
#include <stdatomic.h>

static atomic_uint threads_most = 1;

void wijk_threads_set(unsigned n)
{
    atomic_store(&threads_most, n < 1 ? 1 : n > WIJK_THREADS_MAX ? WIJK_THREADS_MAX : n);
}

unsigned wijk_threads(void)
{
    return atomic_load(&threads_most);
}

/* Chunks are handed out from the first to the last. So when one fails, all before it have begun and will end:
 * the first failing chunk is the same one whatever the threads do. */
struct crew {
    const struct wijk_parallel *work;
    size_t n_chunk;
    atomic_size_t next, done;
    atomic_bool stop;
    pthread_mutex_t lock; /* around what follows */
    size_t failed_at;     /* SIZE_MAX: none */
    enum wijk_err err;
    char fault[sizeof((struct wijk_cx *)0)->fault];
};

static void failed(struct crew *c, size_t chunk, enum wijk_err err, const char *fault)
{
    pthread_mutex_lock(&c->lock);
    if (chunk < c->failed_at) {
        c->failed_at = chunk;
        c->err = err;
        size_t n = 0;
        for (; fault[n] && n + 1 < sizeof c->fault; n++) c->fault[n] = fault[n];
        c->fault[n] = '\0';
    }
    pthread_mutex_unlock(&c->lock);
    atomic_store(&c->stop, true);
}

/* Tells how far the work is. Who then asks to stop is heard, after any fault of the work itself. */
static void tell(struct crew *c, const struct wijk_progress *teller, size_t done)
{
    if (!wijk_progress_step(teller, c->work->what, done, c->n_chunk)) failed(c, c->n_chunk, WIJK_ECANCEL, "");
}

/* Takes chunks until there are no more. `teller` NULL: this thread does not tell how far the work is. Returns
 * how many chunks were done when it last told. */
static size_t toil(struct crew *c, struct wijk_cx *scratch, const struct wijk_progress *teller)
{
    const struct wijk_parallel *w = c->work;
    size_t told = 0;
    while (!atomic_load(&c->stop)) {
        size_t k = atomic_fetch_add(&c->next, 1);
        if (k >= c->n_chunk) break;
        size_t from = k * w->chunk, to = w->n - from > w->chunk ? from + w->chunk : w->n;
        struct wijk_mark mark = wijk_cx_mark(scratch);
        enum wijk_err err = w->body(scratch, w->arg, from, to);
        if (err != WIJK_OK) failed(c, k, err, wijk_fault(scratch));
        wijk_cx_rewind(scratch, mark);
        size_t done = atomic_fetch_add(&c->done, 1) + 1;
        if (teller) tell(c, teller, told = done);
    }
    return told;
}

struct hand {
    struct crew *crew;
    struct wijk_cx *scratch;
    pthread_t thread;
};

static void *lend(void *arg)
{
    struct hand *h = arg;
    toil(h->crew, h->scratch, NULL);
    return NULL;
}

static struct wijk_cx *scratch_of(const struct wijk_cx *cx)
{
    struct wijk_cx *scratch = wijk_cx_new(cx->lang);
    scratch->in_parallel = true;
    return scratch;
}

enum wijk_err wijk_parallel(struct wijk_cx *cx, const struct wijk_parallel *work)
{
    if (!work->n) return WIJK_OK;
    if (!work->chunk) return wijk_fail(cx, WIJK_EUSAGE, "Een stuk werk heeft geen omvang.");
    struct crew c = {.work = work, .n_chunk = (work->n - 1) / work->chunk + 1, .failed_at = SIZE_MAX};
    struct hand hand[WIJK_THREADS_MAX];
    size_t wanted = cx->in_parallel ? 1 : wijk_threads(), n = 0;
    if (wanted > c.n_chunk) wanted = c.n_chunk;
    pthread_mutex_init(&c.lock, NULL);
    /* One hand is the caller's own. A thread that cannot be made only makes the work take longer. */
    for (; n + 1 < wanted; n++) {
        hand[n] = (struct hand){.crew = &c, .scratch = scratch_of(cx)};
        if (pthread_create(&hand[n].thread, NULL, lend, &hand[n]) == 0) continue;
        wijk_cx_end(hand[n].scratch);
        break;
    }
    struct wijk_cx *own = scratch_of(cx);
    size_t told = toil(&c, own, work->progress);
    wijk_cx_end(own);
    for (size_t i = 0; i < n; i++) {
        pthread_join(hand[i].thread, NULL);
        wijk_cx_end(hand[i].scratch);
    }
    /* The other hands may have done the last of it, or all: who waits hears the end, and may still refuse it.
     */
    if (work->progress && c.failed_at == SIZE_MAX && told < c.n_chunk) tell(&c, work->progress, c.n_chunk);
    pthread_mutex_destroy(&c.lock);
    if (c.failed_at == SIZE_MAX) return WIJK_OK;
    return wijk_fail(cx, c.err, "%s", *c.fault ? c.fault : wijk_tr(cx, wijk_err_text(c.err)));
}
