/* SPDX-License-Identifier: EUPL-1.2 */
/* Who guesses passwords waits longer and longer: an address up to a quarter of an hour, a name for thirty
 * seconds at most, so that nobody is shut out for ever by others. An address behind which many people sit (a
 * town hall) is forgiven its mistakes as time goes by. A table of fixed size, in memory only. */
#include "http/desk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES = 8192,
    WAYS = 8, /* places a key may have */
    FREE_ADDRESS = 20,
    FREE_NAME = 5,
    MOST_ADDRESS_S = 900,
    MOST_NAME_S = 30,
    FORGIVE_MS = 20 * 1000, /* one mistake of an address is forgotten in this time */
    FORGET_MS = 3600 * 1000
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

/* Another's place is taken over only when that one has no wait left: a flood of names frees nobody, and with
 * some places to choose from it hardly makes others wait. */
static struct place *of_key(struct http_throttle *t, uint64_t key, int64_t now_ms)
{
    struct place *at = &t->place[key % (PLACES / WAYS) * WAYS], *oldest = at;
    for (struct place *p = at; p < at + WAYS; p++) {
        if (p->key == key && now_ms - p->last_ms < FORGET_MS) return p;
        bool waits = p->until_ms > now_ms, waits_too = oldest->until_ms > now_ms;
        if (p->key == key || (waits_too && !waits) || (waits == waits_too && p->last_ms < oldest->last_ms))
            oldest = p;
    }
    if (oldest->key != key && oldest->until_ms > now_ms) return oldest;
    *oldest = (struct place){.key = key, .last_ms = now_ms};
    return oldest;
}

static uint64_t address_key(const struct http_throttle *t, const uint64_t address[2])
{
    return wijk_hash64(address, 2 * sizeof *address, t->seed) | 1;
}

/* As it is looked up: "Noor" and "noor " are one account. use: 1 to wait, 2 to count. */
static uint64_t name_key(const struct http_throttle *t, const char *name, uint64_t use)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *known = wijk_signin_name(cx, wijk_str(name));
    if (!known) known = name;
    uint64_t key = wijk_hash64(known, strlen(known), t->seed + use) & ~UINT64_C(1);
    wijk_cx_end(cx);
    return key;
}

unsigned wijk__throttle_wait(struct http_throttle *t, const uint64_t address[2], const char *name,
                             int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    int64_t a = of_key(t, address_key(t, address), now_ms)->until_ms,
            b = of_key(t, name_key(t, name, 1), now_ms)->until_ms, until = a > b ? a : b;
    pthread_mutex_unlock(&t->lock);
    return until > now_ms ? (unsigned)((until - now_ms + 999) / 1000) : 0;
}

static void forgive(struct place *p, int64_t now_ms)
{
    int64_t times = (now_ms - p->last_ms) / FORGIVE_MS;
    p->failed -= times < p->failed ? (uint32_t)times : p->failed;
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
    struct place *a = of_key(t, address_key(t, address), now_ms),
                 *n = of_key(t, name_key(t, name, 1), now_ms);
    if (good) {
        n->failed = 0; /* of the address the count stays: it may have one account of its own */
        n->until_ms = 0;
    } else {
        forgive(a, now_ms);
        failed(a, FREE_ADDRESS, MOST_ADDRESS_S, now_ms);
        failed(n, FREE_NAME, MOST_NAME_S, now_ms);
    }
    pthread_mutex_unlock(&t->lock);
}

uint32_t wijk__throttle_times(struct http_throttle *t, const char *name, int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    struct place *p = of_key(t, name_key(t, name, 2), now_ms);
    uint32_t times = p->failed < UINT32_MAX ? ++p->failed : p->failed;
    p->last_ms = now_ms;
    pthread_mutex_unlock(&t->lock);
    return times;
}

bool wijk__throttle_refuses(struct http_call *c, const char *name)
{
    const unsigned wait = wijk__throttle_wait(c->world->throttle, c->request->address, name, wijk__now_ms());
    if (!wait) return false;
    wijk__http_header(c->out, "Retry-After", wijk_sprintf(c->cx, "%u", wait));
    wijk__http_problem(
        c, 429, wijk_tr(c->cx, "Te vaak geprobeerd"),
        wijk_sprintf(c->cx, wijk_tr(c->cx, "Wacht %u seconden en probeer het opnieuw."), wait));
    return true;
}
