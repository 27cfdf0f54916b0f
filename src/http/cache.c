/* SPDX-License-Identifier: EUPL-1.2 */
/* Finished answers, least recently used out first. One lock: it is held for a look-up, not for work. */
#include "http/server_int.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096 };
struct entry {
    struct entry *next, *newer, *older;
    struct http_ready ready;
    size_t bytes;
    uint64_t hash;
    char key[];
};
struct http_cache {
    pthread_mutex_t lock;
    size_t max;
    _Atomic uint64_t *bytes;
    struct entry *bucket[BUCKETS], *newest, *oldest;
};

void wijk__ready_free(struct http_ready *ready)
{
    if (ready->response) MHD_destroy_response(ready->response);
    if (ready->same) MHD_destroy_response(ready->same);
    ready->response = ready->same = NULL;
}

struct MHD_Response *wijk__ready_choose(const struct http_ready *ready, const char *match, unsigned *status)
{
    bool same = match && ready->same && wijk__http_etag_matches(match, ready->etag);
    *status = same ? 304 : ready->status;
    return same ? ready->same : ready->response;
}

struct http_cache *wijk__cache_new(size_t max_bytes, _Atomic uint64_t *bytes)
{
    struct http_cache *c = calloc(1, sizeof *c);
    if (!c) abort();
    pthread_mutex_init(&c->lock, NULL);
    c->max = max_bytes;
    c->bytes = bytes;
    return c;
}

static void unlink_age(struct http_cache *c, struct entry *e)
{
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct http_cache *c, struct entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

static void drop(struct http_cache *c, struct entry *e)
{
    struct entry **at = &c->bucket[e->hash % BUCKETS];
    while (*at != e) at = &(*at)->next;
    *at = e->next;
    unlink_age(c, e);
    atomic_fetch_sub(c->bytes, e->bytes);
    wijk__ready_free(&e->ready);
    free(e);
}

void wijk__cache_clear(struct http_cache *c)
{
    pthread_mutex_lock(&c->lock);
    while (c->oldest) drop(c, c->oldest);
    pthread_mutex_unlock(&c->lock);
}

void wijk__cache_free(struct http_cache *c)
{
    wijk__cache_clear(c);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static struct entry *find(struct http_cache *c, const char *key, uint64_t hash)
{
    struct entry *e = c->bucket[hash % BUCKETS];
    while (e && (e->hash != hash || strcmp(e->key, key) != 0)) e = e->next;
    return e;
}

bool wijk__cache_send(struct http_cache *c, const char *key, const char *match, struct MHD_Connection *to,
                      struct http_sent *sent)
{
    uint64_t hash = wijk_hash64(key, strlen(key), 3);
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, key, hash);
    if (e) {
        unlink_age(c, e);
        link_newest(c, e);
        struct MHD_Response *r = wijk__ready_choose(&e->ready, match, &sent->status);
        sent->route = e->ready.route;
        sent->bytes = e->ready.bytes;
        sent->result = MHD_queue_response(to, sent->status, r);
    }
    pthread_mutex_unlock(&c->lock);
    return e != NULL;
}

void wijk__cache_keep(struct http_cache *c, const char *key, struct http_ready ready)
{
    size_t n = strlen(key) + 1;
    uint64_t hash = wijk_hash64(key, n - 1, 3);
    size_t bytes = ready.bytes + sizeof(struct entry) + n + 4096; /* headers of both responses */
    struct entry *e = bytes > c->max / 4 ? NULL : calloc(1, sizeof *e + n);
    pthread_mutex_lock(&c->lock);
    if (!e || find(c, key, hash)) {
        wijk__ready_free(&ready);
        free(e);
    } else {
        memcpy(e->key, key, n);
        e->ready = ready;
        e->bytes = bytes;
        e->hash = hash;
        e->next = c->bucket[hash % BUCKETS];
        c->bucket[hash % BUCKETS] = e;
        link_newest(c, e);
        atomic_fetch_add(c->bytes, bytes);
        while (atomic_load(c->bytes) > c->max) drop(c, c->oldest);
    }
    pthread_mutex_unlock(&c->lock);
}
