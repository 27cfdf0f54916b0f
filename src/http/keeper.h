/* SPDX-License-Identifier: EUPL-1.2 */
/* The one thread that writes, and the files that wait for it. It also looks now and then whether someone else
 * wrote the store, and gives the readers a new picture when the figures changed. */
#ifndef WIJK_HTTP_KEEPER_H
#define WIJK_HTTP_KEEPER_H

#include "http/picture.h"
#include "http/spool.h"

#include <stdatomic.h>

/* How far a file is: id, word in the API. */
#define HTTP_STANDS(X)                                                                                       \
    X(RECEIVED, "ontvangen")                                                                                 \
    X(READING, "lezen")                                                                                      \
    X(READ, "gelezen")                                                                                       \
    X(LOADING, "laden")                                                                                      \
    X(LOADED, "geladen")                                                                                     \
    X(STOPPED, "afgebroken")                                                                                 \
    X(FAILED, "mislukt")
enum http_stand {
#define X(id, word) HTTP_##id,
    HTTP_STANDS(X)
#undef X
        HTTP_STAND_COUNT
};
const char *wijk__stand_word(enum http_stand stand);

/* What the owner wants done with a file; in a context of its own. */
struct http_ask {
    struct wijk_cx *cx;
    const char *source, *gemeente; /* gemeente: NULL all */
    int year;                      /* 0 not given */
    size_t n_confirmed;
    const struct wijk_import_match *confirmed;
    const struct wijk_own_source *own; /* NULL: a source that is known already */
    struct wijk_intake map;            /* with own: what it was made of */
};
enum { HTTP_IMPORTS_MAX = 16, HTTP_WHAT_MAX = 96 };
/* A file and all that is known of it. Read and changed under the keeper's lock; while it waits or runs, its
 * ask is not replaced. */
struct http_import {
    struct http_import *next;
    char id[HTTP_ID + 1], sha256[65];
    char *name, *path; /* path NULL: the file is gone */
    uint64_t bytes;
    enum wijk_lang lang;
    enum http_stand stand;
    enum { HTTP_IDLE, HTTP_TRIAL, HTTP_LOAD } task;
    bool running, gone; /* gone: its owner let it go, whoever runs it clears it away */
    atomic_bool stop;
    struct wijk_cx *look_cx;
    const struct wijk_look *look;                   /* NULL: it could not be read */
    const char *const *look_id, *const *look_title; /* of its fits */
    struct http_ask *ask;                           /* of the last trial; NULL none yet */
    struct wijk_cx *result_cx;
    const struct wijk_flow_import_out *result; /* of the last trial or load; NULL none yet */
    char *fault;                               /* NULL none */
    char what[HTTP_WHAT_MAX];
    uint64_t done, total;
    uint32_t load;
    int64_t touched_s;
};

struct http_keeper_in {
    const char *store, *defs, *spool; /* defs: folder or NULL; spool NULL: beside the store */
    bool import;                      /* else it only looks whether others wrote ... */
    bool drawn;                       /* ... and answers about drawn areas           */
    unsigned poll_ms;
    int64_t (*now)(void); /* seconds since 1970; which day it is decides what may be shown */
    struct http_pictures *pictures;
    void (*swapped)(void *self);
    void *self;
    struct wijk_store_fate *fate; /* of all connections of this server */
    const struct wijk_log *log;
};
struct http_keeper;
enum wijk_err wijk__keeper_start(struct wijk_cx *cx, struct http_keeper_in in, struct http_keeper **out);
void wijk__keeper_stop(struct http_keeper *k);             /* what runs is stopped and undone; NULL allowed */
const char *wijk__keeper_key(const struct http_keeper *k); /* NULL: nothing may be brought in */
struct http_spool *wijk__keeper_spool(const struct http_keeper *k);
/* NULL: all is well; else a sentence, not translated yet. */
const char *wijk__keeper_trouble(const struct http_keeper *k);

void wijk__keeper_lock(struct http_keeper *k);
void wijk__keeper_unlock(struct http_keeper *k);
/* All under the lock. */
struct http_import *wijk__keeper_first(struct http_keeper *k);
struct http_import *wijk__keeper_find(struct http_keeper *k, const char *id);
bool wijk__keeper_has_room(const struct http_keeper *k);
void wijk__keeper_add(struct http_keeper *k, struct http_import *i); /* owned by the keeper from here */
void wijk__keeper_queue(struct http_keeper *k, struct http_import *i);
/* Stops what runs, waits a moment until it did, and clears all of it away. */
void wijk__keeper_drop(struct http_keeper *k, struct http_import *i);

void wijk__ask_free(struct http_ask *ask); /* NULL allowed */
/* What the last trial or load came to. */
void wijk__import_forget(struct http_import *i);
void wijk__import_free(struct http_import *i);

/* Keeps a definition in the store now, not behind a load that runs.
 * Fails WIJK_ELIMIT the store is busy, WIJK_EEXISTS the id is taken, WIJK_EDEF, WIJK_EIO. */
enum wijk_err wijk__keeper_define(struct http_keeper *k, struct wijk_cx *cx,
                                  const struct wijk_own_source *own);

bool wijk__keeper_answers(const struct http_keeper *k); /* about drawn areas, without the key */
/* Asks about a drawn area, between loads: waits for one no longer than wait_ms. Fails WIJK_EIO also when a
 * load runs; as wijk_flow_drawn() else. */
enum wijk_err wijk__keeper_drawn(struct http_keeper *k, struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_flow_drawn_in *in, int64_t wait_ms,
                                 struct wijk_flow_drawn *out);
/* As wijk_flow_drawn_again(), between loads as well. */
enum wijk_err wijk__keeper_drawn_again(struct http_keeper *k, struct wijk_cx *cx,
                                       const struct wijk_snapshot *s, const char *key,
                                       struct wijk_flow_drawn *out);

/* ---- answers to remember: the same key again gives the same answer ---- */

enum http_again { HTTP_NEW, HTTP_SAME, HTTP_UNDER_WAY };
struct http_kept {
    int status;
    const char *location; /* NULL none */
    struct wijk_str body;
};
/* Under no lock. SAME: *out in cx. NEW: the caller answers and then tells how it went. */
enum http_again wijk__keeper_again(struct http_keeper *k, struct wijk_cx *cx, const char *key,
                                   struct http_kept *out);
void wijk__keeper_answered(struct http_keeper *k, const char *key,
                           const struct http_kept *answer); /* NULL: forget */

#endif
