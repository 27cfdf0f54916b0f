/* SPDX-License-Identifier: EUPL-1.2 */
/* Who guesses passwords waits longer and longer: an address up to a quarter of an hour, a name for thirty
 * seconds at most, so that nobody is shut out for ever by others. A table of fixed size, in memory only. */
#include "http/desk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES = 8192,
    FREE_ADDRESS = 10,
    FREE_NAME = 5,
    MOST_ADDRESS_S = 900,
    MOST_NAME_S = 30,
    FORGET_S = 3600
};
struct place {
    uint64_t key;
    uint32_t failed;
    int64_t until_ms, last_ms;
};
struct http_throttle {
    pthread_mutex_t lock;
    uint64_t seed;
    struct place place[PLACES];
};

struct http_throttle *wijk__throttle_new(void)
{
    struct http_throttle *t = calloc(1, sizeof *t);
    if (!t) abort();
    pthread_mutex_init(&t->lock, NULL);
    t->seed = (uint64_t)(uintptr_t)t ^ (uint64_t)wijk__now_ms();
    return t;
}

void wijk__throttle_free(struct http_throttle *t)
{
    if (!t) return;
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static struct place *of_key(struct http_throttle *t, uint64_t key, int64_t now_ms)
{
    struct place *p = &t->place[key % PLACES];
    if (p->key == key && now_ms - p->last_ms < FORGET_S * 1000) return p;
    /* Another's place is taken over only when that one has no wait left: a flood of names frees nobody. */
    if (p->key != key && p->until_ms > now_ms) return p;
    *p = (struct place){.key = key, .last_ms = now_ms};
    return p;
}

static uint64_t address_key(const struct http_throttle *t, const uint64_t address[2])
{
    return wijk_hash64(address, 2 * sizeof *address, t->seed) | 1;
}

static uint64_t name_key(const struct http_throttle *t, const char *name)
{
    return wijk_hash64(name, strlen(name), t->seed + 1) & ~UINT64_C(1);
}

unsigned wijk__throttle_wait(struct http_throttle *t, const uint64_t address[2], const char *name,
                             int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    int64_t a = of_key(t, address_key(t, address), now_ms)->until_ms,
            b = of_key(t, name_key(t, name), now_ms)->until_ms, until = a > b ? a : b;
    pthread_mutex_unlock(&t->lock);
    return until > now_ms ? (unsigned)((until - now_ms + 999) / 1000) : 0;
}

static void failed(struct place *p, uint32_t free_of, unsigned most_s, int64_t now_ms)
{
    if (p->failed < UINT32_MAX) p->failed++;
    p->last_ms = now_ms;
    if (p->failed < free_of) return;
    uint32_t over = p->failed - free_of;
    unsigned wait = over > 10 ? most_s : 1u << over;
    p->until_ms = now_ms + (int64_t)(wait > most_s ? most_s : wait) * 1000;
}

void wijk__throttle_tell(struct http_throttle *t, const uint64_t address[2], const char *name, bool good,
                         int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    struct place *a = of_key(t, address_key(t, address), now_ms), *n = of_key(t, name_key(t, name), now_ms);
    if (good) {
        n->failed = 0; /* of the address the count stays: it may have one account of its own */
        n->until_ms = 0;
    } else {
        failed(a, FREE_ADDRESS, MOST_ADDRESS_S, now_ms);
        failed(n, FREE_NAME, MOST_NAME_S, now_ms);
    }
    pthread_mutex_unlock(&t->lock);
}
