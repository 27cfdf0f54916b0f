/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of one import are hashed and read before it is their turn, on threads of their own, while those
 * before them are stored. It is help and no more: what does not go well here is left out, and the recipe then
 * does it itself, so that every complaint is made in one place. */
#include "flow/flow_int.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* Beyond the file at hand so many are read, each of at most so many bytes: memory stays bounded. While the
 * file at hand is waited for, both readers are busy. */
enum { FILES_AHEAD = 1, READERS = 2, BYTES_MOST = 16 << 20, WAIT_MS = 100 };

struct early {
    struct wijk_cx *cx; /* NULL: not begun, or done with */
    bool ready;
    struct wijk__early got;
};
struct wijk__ahead {
    const struct wijk_flow_import_in *in;
    const struct wijk_source *source;
    enum wijk_lang lang;
    size_t n_load; /* of this store: a file among them is not read again */
    const struct wijk_load *load;
    pthread_mutex_t lock;
    pthread_cond_t news;
    size_t next, turn; /* the first that nobody has begun; the one whose turn it is */
    atomic_bool stop;
    size_t n_thread;
    pthread_t thread[READERS];
    struct early *file; /* in->n_paths */
};

static bool is_loaded(const struct wijk__ahead *a, const char *sha256)
{
    for (size_t i = 0; i < a->n_load; i++)
        if (strcmp(a->load[i].source, a->source->id) == 0 && strcmp(a->load[i].sha256, sha256) == 0)
            return true;
    return false;
}

static bool step(void *self, const char *what, uint64_t done, uint64_t total)
{
    struct wijk__ahead *a = self;
    (void)what, (void)done, (void)total;
    return !atomic_load(&a->stop);
}

/* Hashes one file and, when the store does not have it, reads it. Names instead of codes need the store,
 * which belongs to another thread: such a file is refused here, and so left to the recipe. */
static void read_early(struct wijk__ahead *a, const char *path, struct wijk_cx *cx, struct wijk__early *got)
{
    const struct wijk_progress progress = {step, a};
    struct wijk_import_in in = wijk__import_in(a->in, a->source, path);
    struct wijk_file *file;
    uint64_t bytes;
    char *hex = WIJK_NEW(cx, char, 65);
    if (wijk_file_open(cx, path, &file) != WIJK_OK) return;
    const bool small = wijk_file_bytes(file) <= BYTES_MOST;
    const enum wijk_err err = small ? wijk_file_hash(cx, file, hex, &bytes) : WIJK_ELIMIT;
    wijk_file_close(file);
    if (err != WIJK_OK) return;
    got->sha256 = hex;
    got->bytes = bytes;
    if (is_loaded(a, hex)) return;
    in.sha256 = hex;
    in.bytes = bytes;
    in.progress = &progress;
    if (wijk_import_read(cx, in, &got->batch) != WIJK_OK) got->batch = NULL;
}

static void *read_all(void *arg)
{
    struct wijk__ahead *a = arg;
    pthread_mutex_lock(&a->lock);
    while (a->next < a->in->n_paths && !atomic_load(&a->stop)) {
        if (a->next > a->turn + FILES_AHEAD) {
            pthread_cond_wait(&a->news, &a->lock);
            continue;
        }
        struct early *f = &a->file[a->next];
        const char *path = a->in->paths[a->next++];
        f->cx = wijk_cx_new(a->lang);
        pthread_mutex_unlock(&a->lock);
        struct wijk__early got = {0};
        read_early(a, path, f->cx, &got);
        pthread_mutex_lock(&a->lock);
        f->got = got;
        f->ready = true;
        pthread_cond_broadcast(&a->news);
    }
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

enum wijk_err wijk__ahead_open(struct wijk_cx *cx, struct wijk_store *store,
                               const struct wijk_flow_import_in *in, const struct wijk_source *source,
                               struct wijk__ahead **out)
{
    const size_t threads = wijk_threads() < READERS ? wijk_threads() : READERS;
    *out = NULL;
    if (in->n_paths < 2 || threads < 2 || in->match || in->n_confirmed) return WIJK_OK;
    struct wijk__ahead *a = WIJK_NEW(cx, struct wijk__ahead, 1);
    WIJK_TRY(wijk_store_read_loads(cx, store, &a->load, &a->n_load));
    a->in = in;
    a->source = source;
    a->lang = wijk_cx_lang(cx);
    a->file = WIJK_NEW(cx, struct early, in->n_paths);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->news, NULL);
    while (a->n_thread < threads && pthread_create(&a->thread[a->n_thread], NULL, read_all, a) == 0)
        a->n_thread++;
    *out = a;
    return WIJK_OK;
}

/* Waits for news; now and then the caller is asked whether to go on. */
static void wait_for_news(struct wijk__ahead *a)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += WAIT_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    if (pthread_cond_timedwait(&a->news, &a->lock, &until) == 0) return;
    if (!wijk_progress_step(a->in->progress, "", 0, 0)) atomic_store(&a->stop, true);
}

struct wijk__early wijk__ahead_take(struct wijk__ahead *a, size_t i)
{
    struct wijk__early got = {0};
    if (!a || !a->n_thread) return got;
    struct early *f = &a->file[i];
    pthread_mutex_lock(&a->lock);
    a->turn = i;
    pthread_cond_broadcast(&a->news);
    while (!f->ready && !(atomic_load(&a->stop) && !f->cx)) wait_for_news(a);
    got = f->got;
    pthread_mutex_unlock(&a->lock);
    return got;
}

void wijk__ahead_done(struct wijk__ahead *a, size_t i)
{
    if (!a) return;
    wijk_cx_end(a->file[i].cx);
    a->file[i].cx = NULL;
}

void wijk__ahead_close(struct wijk__ahead *a)
{
    if (!a) return;
    pthread_mutex_lock(&a->lock);
    atomic_store(&a->stop, true);
    pthread_cond_broadcast(&a->news);
    pthread_mutex_unlock(&a->lock);
    for (size_t i = 0; i < a->n_thread; i++) pthread_join(a->thread[i], NULL);
    for (size_t i = 0; i < a->in->n_paths; i++) wijk_cx_end(a->file[i].cx);
    pthread_cond_destroy(&a->news);
    pthread_mutex_destroy(&a->lock);
}
