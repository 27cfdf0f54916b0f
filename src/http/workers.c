/* SPDX-License-Identifier: EUPL-1.2 */
/* The workers and their queue. A connection whose answer takes work is suspended, its exchange queued, and
 * resumed when a worker has made the answer: no event thread waits. */
#include "http/exchange.h"

enum { SLOW_MAX = 4 };

void wijk__workers_write(struct exchange *x)
{
    wijk__upload_take(x->upload, x->piece, x->piece_n);
    x->piece = NULL;
    x->piece_done = true;
}

/* The next exchange a worker may take: a slow one (an export, a password) only while another worker is left
 * for the rest, and few of them at once, for a password takes 64 MiB. */
static struct exchange *take(struct wijk_http *h)
{
    bool slow =
        (h->making + 1 < h->opt.workers && h->making < SLOW_MAX) || (h->opt.workers < 2 && !h->making);
    struct exchange **at = &h->first, *before = NULL;
    while (*at && (*at)->slow && !slow) before = *at, at = &before->next;
    struct exchange *x = *at;
    if (!x) return NULL;
    *at = x->next;
    if (h->last == x) h->last = before;
    h->making += x->slow;
    h->waiting--;
    atomic_store(&h->metrics.queue, h->waiting);
    return x;
}

/* One that waited for this one may go; or all may end. */
static void slow_made(struct wijk_http *h)
{
    pthread_mutex_lock(&h->lock);
    h->making--;
    pthread_cond_broadcast(&h->work);
    pthread_mutex_unlock(&h->lock);
}

static void *work(void *arg)
{
    struct wijk_http *h = arg;
    for (;;) {
        struct exchange *x;
        pthread_mutex_lock(&h->lock);
        while (!(x = take(h)) && !(atomic_load(&h->stopping) && !h->first))
            pthread_cond_wait(&h->work, &h->lock);
        pthread_mutex_unlock(&h->lock);
        if (!x) return NULL;
        bool slow = x->slow; /* a piece of a body is never slow, and x may go once it is resumed */
        if (x->piece)
            wijk__workers_write(x);
        else
            wijk__exchange_make(x);
        if (slow) slow_made(h);
        MHD_resume_connection(x->connection);
    }
}

bool wijk__workers_take(struct wijk_http *h, struct exchange *x)
{
    pthread_mutex_lock(&h->lock);
    bool room = h->waiting < h->opt.queue && !atomic_load(&h->stopping);
    if (room) {
        MHD_suspend_connection(x->connection);
        x->next = NULL;
        *(h->last ? &h->last->next : &h->first) = x;
        h->last = x;
        h->waiting++;
        atomic_store(&h->metrics.queue, h->waiting);
        pthread_cond_signal(&h->work);
    }
    pthread_mutex_unlock(&h->lock);
    if (!room) atomic_fetch_add(&h->metrics.refused, 1);
    return room;
}

bool wijk__workers_start(struct wijk_http *h)
{
    while (h->n_worker < h->opt.workers && pthread_create(&h->worker[h->n_worker], NULL, work, h) == 0)
        h->n_worker++;
    return h->n_worker > 0;
}

void wijk__workers_end(struct wijk_http *h)
{
    pthread_mutex_lock(&h->lock);
    atomic_store(&h->stopping, true);
    pthread_cond_broadcast(&h->work);
    pthread_mutex_unlock(&h->lock);
    for (unsigned i = 0; i < h->n_worker; i++) pthread_join(h->worker[i], NULL);
}
