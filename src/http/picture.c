/* SPDX-License-Identifier: EUPL-1.2 */
/* Counted pictures: one lock, held for a count and never for work. */
#include "http/picture.h"

#include <pthread.h>
#include <stdlib.h>

struct http_pictures {
    pthread_mutex_t lock;
    struct http_picture *now;
    unsigned alive;
};

static struct http_picture *picture_new(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                                        uint64_t number)
{
    struct http_picture *p = calloc(1, sizeof *p);
    if (!p) abort();
    *p = (struct http_picture){.snapshot = snapshot, .number = number, .cx = cx, .users = 1};
    return p;
}

struct http_pictures *wijk__pictures_new(struct wijk_cx *cx, const struct wijk_snapshot *snapshot)
{
    struct http_pictures *all = calloc(1, sizeof *all);
    if (!all) abort();
    pthread_mutex_init(&all->lock, NULL);
    all->now = picture_new(cx, snapshot, 1);
    all->alive = 1;
    return all;
}

static void end_picture(struct http_picture *p)
{
    if (!p) return;
    wijk_cx_end(p->cx);
    free(p);
}

void wijk__pictures_free(struct http_pictures *all)
{
    if (!all) return;
    end_picture(all->now);
    pthread_mutex_destroy(&all->lock);
    free(all);
}

struct http_picture *wijk__picture_take(struct http_pictures *all)
{
    pthread_mutex_lock(&all->lock);
    struct http_picture *p = all->now;
    p->users++;
    pthread_mutex_unlock(&all->lock);
    return p;
}

/* Freeing is done outside the lock: a national picture takes a while to let go. */
void wijk__picture_give(struct http_pictures *all, struct http_picture *p)
{
    if (!p) return;
    pthread_mutex_lock(&all->lock);
    bool last = --p->users == 0;
    all->alive -= last;
    pthread_mutex_unlock(&all->lock);
    if (last) end_picture(p);
}

void wijk__picture_swap(struct http_pictures *all, struct wijk_cx *cx, const struct wijk_snapshot *snapshot)
{
    pthread_mutex_lock(&all->lock);
    struct http_picture *old = all->now;
    all->now = picture_new(cx, snapshot, old->number + 1);
    all->alive++;
    pthread_mutex_unlock(&all->lock);
    wijk__picture_give(all, old);
}

unsigned wijk__pictures_alive(struct http_pictures *all)
{
    pthread_mutex_lock(&all->lock);
    unsigned n = all->alive;
    pthread_mutex_unlock(&all->lock);
    return n;
}
