/* SPDX-License-Identifier: EUPL-1.2 */
/* Who guesses passwords waits longer and longer: an address up to a quarter of an hour, a name for thirty
 * seconds at most, so that nobody is shut out for ever by others. An address behind which many people sit (a
 * town hall) is forgiven its mistakes as time goes by. A browser in which the owner of the name signed in
 * before has a count of its own, so that he does not wait for strangers; once that is used up it is a
 * stranger too, so that it is no way around the rest. A table of fixed size, in memory only. */
#include "http/desk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES = 8192,
    WAYS = 8, /* places a key may have */
    FREE_ADDRESS = 20,
    FREE_NAME = 5,
    FREE_BROWSER = 5,
    MOST_BROWSER_S = 900,
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

/* Whose place is taken over first: that of who need not wait, of those who erred least, then the oldest. So a
 * flood of names or addresses frees nobody who guesses. */
static bool goes_before(const struct place *a, const struct place *b, int64_t now_ms)
{
    bool a_waits = a->until_ms > now_ms, b_waits = b->until_ms > now_ms;
    uint32_t a_failed = now_ms - a->last_ms < FORGET_MS ? a->failed : 0,
             b_failed = now_ms - b->last_ms < FORGET_MS ? b->failed : 0;
    if (a_waits != b_waits) return b_waits;
    return a_failed != b_failed ? a_failed < b_failed : a->last_ms < b->last_ms;
}

/* Where all places of a key are of others who wait, it shares theirs: with some to choose from that is rare.
 * take: it gets a place when it has none; who only looks leaves all as it is (NULL: none). */
static struct place *of_key(struct http_throttle *t, uint64_t key, int64_t now_ms, bool take)
{
    struct place *first = &t->place[key % (PLACES / WAYS) * WAYS], *least = first;
    for (struct place *p = first; p < first + WAYS; p++) {
        if (p->key == key && now_ms - p->last_ms < FORGET_MS) return p;
        if (goes_before(p, least, now_ms)) least = p;
    }
    if (least->until_ms > now_ms) return least;
    if (!take) return NULL;
    *least = (struct place){.key = key, .last_ms = now_ms};
    return least;
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

static uint64_t browser_key(const struct http_throttle *t, const char *token)
{
    return wijk_hash64(token, strlen(token), t->seed + 3);
}

static int64_t until(struct http_throttle *t, uint64_t key, int64_t now_ms)
{
    const struct place *p = of_key(t, key, now_ms, false);
    return p ? p->until_ms : 0;
}

static unsigned seconds_to(int64_t until_ms, int64_t now_ms)
{
    return until_ms > now_ms ? (unsigned)((until_ms - now_ms + 999) / 1000) : 0;
}

unsigned wijk__throttle_wait(struct http_throttle *t, const uint64_t address[2], const char *name,
                             int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    int64_t a = until(t, address_key(t, address), now_ms), b = until(t, name_key(t, name, 1), now_ms);
    pthread_mutex_unlock(&t->lock);
    return seconds_to(a > b ? a : b, now_ms);
}

unsigned wijk__throttle_browser_wait(struct http_throttle *t, const char *token, int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    int64_t b = until(t, browser_key(t, token), now_ms);
    pthread_mutex_unlock(&t->lock);
    return seconds_to(b, now_ms);
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
    struct place *a = of_key(t, address_key(t, address), now_ms, true),
                 *n = of_key(t, name_key(t, name, 1), now_ms, true);
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

void wijk__throttle_browser_failed(struct http_throttle *t, const char *token, int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    failed(of_key(t, browser_key(t, token), now_ms, true), FREE_BROWSER, MOST_BROWSER_S, now_ms);
    pthread_mutex_unlock(&t->lock);
}

uint32_t wijk__throttle_times(struct http_throttle *t, const char *name, int64_t now_ms)
{
    pthread_mutex_lock(&t->lock);
    struct place *p = of_key(t, name_key(t, name, 2), now_ms, true);
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
