/* SPDX-License-Identifier: EUPL-1.2 */
/* How often one address may ask about drawn areas without a key. An answer costs work and stays in the store
 * for ever, so both are bounded: a bucket of questions, and a number of new areas a day. Addresses stand in
 * memory only, in a table of fixed size, and are never written or logged. */
#ifndef WIJK_HTTP_ASKER_H
#define WIJK_HTTP_ASKER_H

#include <stdbool.h>
#include <stdint.h>

struct http_asker_limits {
    unsigned burst;   /* questions at once ...                        */
    unsigned every_s; /* ... and then one each so many seconds        */
    unsigned fresh;   /* of them in 24 hours about an area that is new */
};
enum http_asking {
    HTTP_MAY_ASK,
    HTTP_ASKS_OFTEN, /* this address must wait                        */
    HTTP_OTHER_ASKS  /* one question is worked out at a time          */
};
struct http_askers;
struct http_askers *wijk__askers_new(struct http_asker_limits limits);
void wijk__askers_free(struct http_askers *a); /* NULL allowed */
/* now_ms: any clock that only goes forward. *wait_s: when to try again. *fresh: it may also ask about a new
 * area. Only after HTTP_MAY_ASK wijk__askers_end() follows. */
enum http_asking wijk__askers_begin(struct http_askers *a, const uint64_t address[2], int64_t now_ms,
                                    unsigned *wait_s, bool *fresh);
void wijk__askers_end(struct http_askers *a, const uint64_t address[2], int64_t now_ms, bool was_fresh);

#endif
