/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/asker.h"

#include "wijk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* An address has one of PLACES places; who comes when all are taken gets that of the one who was silent
 * longest. With thousands of addresses at once the limits of the store remain. */
enum { ASKERS = 4096, PLACES = 16, NOW_WAIT_S = 2, DAY_MS = 86400000 };

struct asker {
    uint64_t address[2];
    bool used;
    int64_t paid_ms; /* until when the questions of this address are paid for: the bucket is full before it */
    int64_t seen_ms, day_ms; /* day_ms: its day began */
    unsigned fresh;          /* new areas in this day */
};
struct http_askers {
    struct http_asker_limits limits;
    pthread_mutex_t lock;
    bool busy;
    struct asker v[ASKERS];
};

struct http_askers *wijk__askers_new(struct http_asker_limits limits)
{
    struct http_askers *a = calloc(1, sizeof *a);
    if (!a) abort();
    a->limits = limits;
    pthread_mutex_init(&a->lock, NULL);
    return a;
}

void wijk__askers_free(struct http_askers *a)
{
    if (!a) return;
    pthread_mutex_destroy(&a->lock);
    free(a);
}

static struct asker *place_of(struct http_askers *a, const uint64_t address[2], int64_t now_ms)
{
    size_t from = (size_t)(wijk_hash64(address, 2 * sizeof *address, 11) % ASKERS);
    struct asker *best = &a->v[from];
    for (size_t k = 0; k < PLACES; k++) {
        struct asker *at = &a->v[(from + k) % ASKERS];
        if (at->used && memcmp(at->address, address, sizeof at->address) == 0) return at;
        if (best->used && (!at->used || at->seen_ms < best->seen_ms)) best = at;
    }
    *best = (struct asker){.address = {address[0], address[1]},
                           .used = true,
                           .paid_ms = now_ms,
                           .seen_ms = now_ms,
                           .day_ms = now_ms};
    return best;
}

enum http_asking wijk__askers_begin(struct http_askers *a, const uint64_t address[2], int64_t now_ms,
                                    unsigned *wait_s, bool *fresh)
{
    int64_t every = (int64_t)a->limits.every_s * 1000, room = ((int64_t)a->limits.burst - 1) * every;
    enum http_asking say = HTTP_MAY_ASK;
    pthread_mutex_lock(&a->lock);
    struct asker *at = place_of(a, address, now_ms);
    at->seen_ms = now_ms;
    if (at->paid_ms < now_ms) at->paid_ms = now_ms;
    if (now_ms - at->day_ms >= DAY_MS) at->day_ms = now_ms, at->fresh = 0;
    *fresh = at->fresh < a->limits.fresh;
    *wait_s = NOW_WAIT_S;
    if (at->paid_ms - now_ms > room) {
        say = HTTP_ASKS_OFTEN;
        *wait_s = (unsigned)((at->paid_ms - now_ms - room + 999) / 1000);
    } else if (a->busy) {
        say = HTTP_OTHER_ASKS;
    } else {
        a->busy = true;
        at->paid_ms += every;
    }
    pthread_mutex_unlock(&a->lock);
    return say;
}

void wijk__askers_end(struct http_askers *a, const uint64_t address[2], int64_t now_ms, bool was_fresh)
{
    pthread_mutex_lock(&a->lock);
    a->busy = false;
    if (was_fresh) place_of(a, address, now_ms)->fresh++;
    pthread_mutex_unlock(&a->lock);
}
