/* SPDX-License-Identifier: EUPL-1.2 */
/* One thread, one queue, one connection that writes. Work is done without the lock; what came of it is put
 * under the lock in one go, so who asks sees a file before or after, never between. */
#include "http/http_int.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { KEPT_MAX = 256, KEPT_BYTES_MAX = 1 << 20, FORGET_S = 7200, DROP_WAIT_S = 5, DEFINE_WAIT_S = 5 };

/* What the file system says of the store; another stamp asks for a look inside. */
struct stamp {
    ino_t inode[2];
    off_t size[2];
    struct timespec changed[2];
};
struct kept {
    char *key, *location, *body;
    size_t n;
    int status; /* 0: being answered */
};
struct http_keeper {
    struct http_keeper_in in;
    char key[HTTP_ID + 1];
    struct wijk_cx *cx; /* of the store */
    struct wijk_store *store;
    struct http_spool *spool;
    pthread_t thread;
    pthread_mutex_t lock;       /* the list, the kept answers, and every import in the list */
    pthread_mutex_t store_lock; /* the connection; taken before nothing else */
    pthread_cond_t work, rest;
    bool ending, look_now;
    _Atomic(const char *) trouble;
    struct http_import *first;
    unsigned n;
    struct stamp stamp;
    struct kept kept[KEPT_MAX];
    size_t kept_at;
};

static const char *const STAND[] = {
#define X(id, word) word,
    HTTP_STANDS(X)
#undef X
};

const char *wijk__stand_word(enum http_stand stand)
{
    return STAND[stand];
}

static int64_t now_s(void)
{
    return wijk__now_ms() / 1000;
}

/* false: somebody else had the store all that time. */
static bool store_had(struct http_keeper *k, int64_t wait_ms)
{
    const struct timespec until = wijk__after_ms(wait_ms);
    return pthread_mutex_clocklock(&k->store_lock, CLOCK_MONOTONIC, &until) == 0;
}

/* ---- a new picture ---- */

static struct stamp stamp_of(const char *path)
{
    static const char *const BESIDE[] = {"", "-wal"};
    struct stamp out;
    char name[4096];
    memset(&out, 0, sizeof out); /* compared as bytes */
    for (size_t k = 0; k < 2; k++) {
        struct stat st;
        snprintf(name, sizeof name, "%s%s", path, BESIDE[k]);
        if (stat(name, &st) != 0) continue;
        out.inode[k] = st.st_ino;
        out.size[k] = st.st_size;
        out.changed[k].tv_sec = st.st_mtim.tv_sec;
        out.changed[k].tv_nsec = st.st_mtim.tv_nsec;
    }
    return out;
}

/* The same figures, and the register of algorithms still lets the same out. */
static bool served_already(struct http_keeper *k, const char *version)
{
    struct http_picture *p = wijk__picture_take(k->in.pictures);
    bool same = p->snapshot && strcmp(p->snapshot->info.data_version, version) == 0 &&
                !wijk_snapshot_stale(p->snapshot, k->in.now());
    wijk__picture_give(k->in.pictures, p);
    return same;
}

/* Has a date of review passed since the picture was made? Asked at every look: midnight needs no restart. */
static bool overdue(struct http_keeper *k)
{
    struct http_picture *p = wijk__picture_take(k->in.pictures);
    bool stale = p->snapshot && wijk_snapshot_stale(p->snapshot, k->in.now());
    wijk__picture_give(k->in.pictures, p);
    return stale;
}

static enum wijk_err read_from(struct http_keeper *k, struct wijk_cx *cx, struct wijk_store *store,
                               const struct wijk_snapshot **out)
{
    struct wijk_store_info before, after;
    const struct wijk_defs *defs;
    WIJK_TRY(wijk_store_info(cx, store, &before));
    if (served_already(k, before.data_version)) return WIJK_OK;
    WIJK_TRY(wijk_flow_defs_of(cx, k->in.defs, store, NULL, &defs));
    WIJK_TRY(wijk_flow_snapshot(cx, store, defs,
                                (struct wijk_snapshot_opt){.geometry = true, .now = k->in.now()}, out));
    WIJK_TRY(wijk_store_info(cx, store, &after));
    if (strcmp(before.data_version, after.data_version) == 0) return WIJK_OK;
    *out = NULL;
    return wijk_fail(cx, WIJK_EIO, "Het bestand veranderde onder het lezen.");
}

/* The picture lives in a context of its own and is handed over with it. Where this process writes, it reads
 * by the same connection, or not while another is open: closing the file lets go all locks SQLite has on it
 * (POSIX locks belong to the process). */
static enum wijk_err read_picture(struct http_keeper *k, struct wijk_cx *cx, const struct wijk_snapshot **out)
{
    struct wijk_store *store = NULL;
    *out = NULL;
    pthread_mutex_lock(&k->store_lock);
    enum wijk_err err = WIJK_OK;
    if (!k->store) {
        err = wijk_store_open(cx, k->in.store, WIJK_STORE_READ, &store);
        if (err == WIJK_OK) wijk_store_share(store, k->in.fate);
        if (err == WIJK_OK) err = wijk_store_begin(cx, store);
    }
    if (err == WIJK_OK) err = read_from(k, cx, store ? store : k->store, out);
    wijk_store_close(store);
    pthread_mutex_unlock(&k->store_lock);
    return err;
}

static void refresh(struct http_keeper *k)
{
    struct stamp now = stamp_of(k->in.store);
    if (memcmp(&now, &k->stamp, sizeof now) == 0 && !overdue(k)) return;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_snapshot *s;
    enum wijk_err err = read_picture(k, cx, &s);
    if (err == WIJK_OK && s) {
        wijk__picture_swap(k->in.pictures, cx, s);
        k->in.swapped(k->in.self);
        cx = NULL;
    }
    /* A fault may pass: then the next look tries again. */
    if (err == WIJK_OK)
        k->stamp = now;
    else
        wijk_log(k->in.log, WIJK_LOG_WARN, "%s", wijk_fault(cx));
    atomic_store(&k->trouble,
                 err == WIJK_OK ? NULL : WIJK_T("Het bestand is veranderd en niet meer te lezen."));
    wijk_cx_end(cx);
}

const char *wijk__keeper_trouble(const struct http_keeper *k)
{
    if (k->in.fate->broken)
        return WIJK_T("Lezen of schrijven op de schijf mislukte; er wordt niets meer geschreven.");
    return atomic_load(&k->trouble);
}

/* ---- one file ---- */

void wijk__ask_free(struct http_ask *ask)
{
    if (ask) wijk_cx_end(ask->cx); /* it lives in there itself */
}

void wijk__import_forget(struct http_import *i)
{
    free(i->fault);
    i->fault = NULL;
    i->result = NULL;
    wijk_cx_end(i->result_cx);
    i->result_cx = NULL;
}

void wijk__import_free(struct http_import *i)
{
    wijk__import_forget(i);
    wijk_cx_end(i->look_cx);
    wijk__ask_free(i->ask);
    free(i->name), free(i->path);
    free(i);
}

static void unlink_import(struct http_keeper *k, struct http_import *i)
{
    struct http_import **at = &k->first;
    while (*at != i) at = &(*at)->next;
    *at = i->next;
    k->n--;
    wijk__spool_remove(k->spool, i->id);
    wijk__import_free(i);
}

struct run {
    struct http_keeper *k;
    struct http_import *i;
};

static bool step(void *self, const char *what, uint64_t done, uint64_t total)
{
    struct run *r = self;
    pthread_mutex_lock(&r->k->lock);
    if (total) { /* else it only asks whether to go on */
        snprintf(r->i->what, sizeof r->i->what, "%s", what ? what : "");
        r->i->done = done;
        r->i->total = total;
    }
    bool go = !r->k->ending && !atomic_load(&r->i->stop);
    pthread_mutex_unlock(&r->k->lock);
    return go;
}

/* The trial or the load itself; i is not changed by others while it runs, but for `stop` and `gone`. */
static enum wijk_err perform(struct http_keeper *k, struct http_import *i, struct wijk_cx *cx,
                             struct wijk_flow_import_out *out)
{
    struct run run = {k, i};
    const struct wijk_progress progress = {step, &run};
    const struct http_ask *ask = i->ask;
    const struct wijk_defs *defs;
    const char *path = i->path;
    const int64_t now = (int64_t)time(NULL);
    char made_at[24];
    struct wijk_own_source own = ask->own ? *ask->own : (struct wijk_own_source){0};
    wijk_time_write(now, made_at);
    own.made_at = made_at;
    WIJK_TRY(wijk_flow_defs_of(cx, k->in.defs, k->store, ask->own, &defs));
    struct wijk_flow_import_in in = {.defs = defs,
                                     .source = ask->source,
                                     .paths = &path,
                                     .n_paths = 1,
                                     .year = ask->year,
                                     .gemeente = ask->gemeente,
                                     .n_confirmed = ask->n_confirmed,
                                     .confirmed = ask->confirmed,
                                     .own = ask->own ? &own : NULL,
                                     .sha256 = i->sha256,
                                     .bytes = i->bytes,
                                     .n_sample = WIJK_FLOW_SAMPLES,
                                     .dry_run = i->task == HTTP_TRIAL,
                                     .on_page = true,
                                     .now = now,
                                     .progress = &progress};
    WIJK_TRY(wijk_flow_import(cx, k->store, in, out));
    if (!out->already) return WIJK_OK;
    return wijk_fail(cx, WIJK_EEXISTS, "%s was al geladen op %s; er is niets veranderd.", out->load.file_name,
                     out->load.loaded_at);
}

static char *text_of(const char *s)
{
    char *out = strdup(s);
    if (!out) abort();
    return out;
}

/* Under the lock. */
static void settle(struct http_keeper *k, struct http_import *i, enum wijk_err err, struct wijk_cx *cx,
                   const struct wijk_flow_import_out *out)
{
    bool load = i->task == HTTP_LOAD;
    wijk__import_forget(i);
    if (err ==
        WIJK_EPERSONAL) { /* nothing of it stays: no bytes, no examples, no refused rows with their cells */
        i->fault = text_of(wijk_fault(cx));
        wijk_cx_end(cx);
        wijk_cx_end(i->look_cx);
        i->look_cx = NULL;
        i->look = NULL;
        wijk__spool_remove(k->spool, i->id);
        free(i->path);
        i->path = NULL;
    } else {
        i->result_cx = cx;
        i->result = out;
    }
    i->task = HTTP_IDLE;
    i->running = false;
    i->touched_s = now_s();
    i->stand = err == WIJK_OK        ? (load ? HTTP_LOADED : HTTP_READ)
               : err == WIJK_ECANCEL ? HTTP_STOPPED
                                     : HTTP_FAILED;
    if (err != WIJK_OK && !i->fault)
        i->fault = text_of(*wijk_fault(cx) ? wijk_fault(cx) : wijk_err_text(err));
    if (err == WIJK_OK && load) i->load = out->load.id;
    if (i->stand == HTTP_LOADED) { /* it stays in the list to be read, the bytes need not */
        wijk__spool_remove(k->spool, i->id);
        free(i->path);
        i->path = NULL;
    }
    if (i->gone) unlink_import(k, i);
    pthread_cond_broadcast(&k->rest);
}

/* Called and left with the lock held. */
static void run_one(struct http_keeper *k, struct http_import *i)
{
    struct wijk_cx *cx = wijk_cx_new(i->lang);
    struct wijk_flow_import_out *out = WIJK_NEW(cx, struct wijk_flow_import_out, 1);
    i->running = true;
    i->stand = i->task == HTTP_TRIAL ? HTTP_READING : HTTP_LOADING;
    i->done = i->total = 0;
    pthread_mutex_unlock(&k->lock);
    pthread_mutex_lock(&k->store_lock);
    enum wijk_err err = perform(k, i, cx, out);
    pthread_mutex_unlock(&k->store_lock);
    if (err == WIJK_OK && i->task == HTTP_LOAD) refresh(k); /* who sees «geladen» sees the figures too */
    pthread_mutex_lock(&k->lock);
    settle(k, i, err, cx, out);
}

static struct http_import *next_task(struct http_keeper *k)
{
    struct http_import *i = k->first;
    while (i && i->task == HTTP_IDLE) i = i->next;
    return i;
}

static void forget_old(struct http_keeper *k)
{
    for (struct http_import *i = k->first, *next; i; i = next) {
        next = i->next;
        if (i->task == HTTP_IDLE && now_s() - i->touched_s > FORGET_S) unlink_import(k, i);
    }
}

static void *keep(void *arg)
{
    struct http_keeper *k = arg;
    pthread_mutex_lock(&k->lock);
    while (!k->ending) {
        struct http_import *i = next_task(k);
        if (i) {
            run_one(k, i);
            continue;
        }
        struct timespec until = wijk__after_ms(k->in.poll_ms);
        if (!k->look_now) pthread_cond_timedwait(&k->work, &k->lock, &until);
        if (k->ending || next_task(k)) continue;
        k->look_now = false;
        forget_old(k);
        pthread_mutex_unlock(&k->lock);
        refresh(k);
        pthread_mutex_lock(&k->lock);
    }
    pthread_mutex_unlock(&k->lock);
    return NULL;
}

/* ---- the list ---- */

void wijk__keeper_lock(struct http_keeper *k)
{
    pthread_mutex_lock(&k->lock);
}

void wijk__keeper_unlock(struct http_keeper *k)
{
    pthread_mutex_unlock(&k->lock);
}

struct http_import *wijk__keeper_first(struct http_keeper *k)
{
    return k->first;
}

struct http_import *wijk__keeper_find(struct http_keeper *k, const char *id)
{
    struct http_import *i = k->first;
    while (i && (i->gone || strcmp(i->id, id) != 0)) i = i->next;
    if (i) i->touched_s = now_s();
    return i;
}

bool wijk__keeper_has_room(const struct http_keeper *k)
{
    return k->n < HTTP_IMPORTS_MAX;
}

void wijk__keeper_add(struct http_keeper *k, struct http_import *i)
{
    struct http_import **at = &k->first;
    while (*at) at = &(*at)->next;
    *at = i;
    i->next = NULL;
    i->touched_s = now_s();
    k->n++;
}

void wijk__keeper_queue(struct http_keeper *k, struct http_import *i)
{
    atomic_store(&i->stop, false);
    i->stand = i->task == HTTP_TRIAL ? HTTP_READING : HTTP_LOADING;
    i->done = i->total = 0;
    i->what[0] = '\0';
    pthread_cond_signal(&k->work);
}

/* Is it still in the list? Whoever ran it may have cleared it away. */
static bool is_listed(const struct http_keeper *k, const struct http_import *i)
{
    const struct http_import *at = k->first;
    while (at && at != i) at = at->next;
    return at != NULL;
}

void wijk__keeper_drop(struct http_keeper *k, struct http_import *i)
{
    atomic_store(&i->stop, true);
    if (!i->running) {
        unlink_import(k, i);
        return;
    }
    i->gone = true;
    struct timespec until = wijk__after_ms(DROP_WAIT_S * 1000);
    while (is_listed(k, i) && pthread_cond_timedwait(&k->rest, &k->lock, &until) == 0) continue;
}

enum wijk_err wijk__keeper_define(struct http_keeper *k, struct wijk_cx *cx,
                                  const struct wijk_own_source *own)
{
    const struct wijk_defs *defs, *now;
    if (!store_had(k, DEFINE_WAIT_S * 1000))
        return wijk_fail(cx, WIJK_ELIMIT, "Er wordt nu een bestand gelezen of geladen. Probeer het zo weer.");
    enum wijk_err err = wijk_flow_defs_of(cx, k->in.defs, k->store, NULL, &now);
    if (err == WIJK_OK && wijk_defs_source(now, own->id))
        err = wijk_fail(cx, WIJK_EEXISTS, "De bron %s bestaat al. Kies een andere naam.", own->id);
    if (err == WIJK_OK) err = wijk_flow_defs_of(cx, k->in.defs, k->store, own, &defs);
    if (err == WIJK_OK) err = wijk_store_save_own_source(cx, k->store, own);
    pthread_mutex_unlock(&k->store_lock);
    pthread_mutex_lock(&k->lock);
    k->look_now = true;
    pthread_cond_signal(&k->work);
    pthread_mutex_unlock(&k->lock);
    return err;
}

/* ---- drawn areas ---- */

bool wijk__keeper_answers(const struct http_keeper *k)
{
    return k && k->in.drawn;
}

struct visit {
    const struct wijk_snapshot *s;
    const struct wijk_flow_drawn_in *in; /* NULL: what was answered under key */
    const char *key;
    struct wijk_flow_drawn *out;
};

static enum wijk_err ask_store(struct wijk_cx *cx, struct wijk_store *store, const struct visit *v)
{
    return v->in ? wijk_flow_drawn(cx, store, v->s, v->in, v->out)
                 : wijk_flow_drawn_again(cx, store, v->s, v->key, v->out);
}

/* A server that takes no files opens the store for this one question and leaves it one plain file, which
 * others may replace. Where it cannot be written, what was answered before is. */
static enum wijk_err visit(struct http_keeper *k, struct wijk_cx *cx, const struct visit *v, int64_t wait_ms)
{
    struct wijk_store *store = NULL;
    if (!store_had(k, wait_ms))
        return wijk_fail(cx, WIJK_EIO, "Er wordt nu een bestand gelezen of geladen. Probeer het zo weer.");
    enum wijk_err err = WIJK_OK;
    if (!k->store && v->in) err = wijk_store_open(cx, k->in.store, WIJK_STORE_WRITE, &store);
    if (!k->store && !store) err = wijk_store_open(cx, k->in.store, WIJK_STORE_READ, &store);
    if (store) wijk_store_share(store, k->in.fate);
    if (err == WIJK_OK) err = ask_store(cx, k->store ? k->store : store, v);
    wijk_store_close(store);
    pthread_mutex_unlock(&k->store_lock);
    return err;
}

enum wijk_err wijk__keeper_drawn(struct http_keeper *k, struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_flow_drawn_in *in, int64_t wait_ms,
                                 struct wijk_flow_drawn *out)
{
    return visit(k, cx, &(struct visit){.s = s, .in = in, .out = out}, wait_ms);
}

enum wijk_err wijk__keeper_drawn_again(struct http_keeper *k, struct wijk_cx *cx,
                                       const struct wijk_snapshot *s, const char *key,
                                       struct wijk_flow_drawn *out)
{
    return visit(k, cx, &(struct visit){.s = s, .key = key, .out = out}, 300);
}

/* ---- answers to remember ---- */

static struct kept *kept_find(struct http_keeper *k, const char *key)
{
    for (size_t n = 0; n < KEPT_MAX; n++)
        if (k->kept[n].key && strcmp(k->kept[n].key, key) == 0) return &k->kept[n];
    return NULL;
}

static void kept_free(struct kept *e)
{
    free(e->key), free(e->location), free(e->body);
    *e = (struct kept){0};
}

enum http_again wijk__keeper_again(struct http_keeper *k, struct wijk_cx *cx, const char *key,
                                   struct http_kept *out)
{
    pthread_mutex_lock(&k->lock);
    struct kept *e = kept_find(k, key);
    enum http_again again = !e ? HTTP_NEW : e->status ? HTTP_SAME : HTTP_UNDER_WAY;
    if (again == HTTP_SAME) {
        *out = (struct http_kept){.status = e->status};
        if (e->location) out->location = wijk_str_dup(cx, wijk_str(e->location));
        out->body = (struct wijk_str){wijk_str_dup(cx, (struct wijk_str){e->body, e->n}), e->n};
    } else if (again == HTTP_NEW) {
        e = &k->kept[k->kept_at++ % KEPT_MAX]; /* the oldest goes */
        kept_free(e);
        e->key = text_of(key);
    }
    pthread_mutex_unlock(&k->lock);
    return again;
}

void wijk__keeper_answered(struct http_keeper *k, const char *key, const struct http_kept *answer)
{
    pthread_mutex_lock(&k->lock);
    struct kept *e = kept_find(k, key);
    if (e && (!answer || answer->body.n > KEPT_BYTES_MAX)) {
        kept_free(e);
    } else if (e) {
        e->status = answer->status;
        e->location = answer->location ? text_of(answer->location) : NULL;
        e->n = answer->body.n;
        e->body = malloc(e->n + 1);
        if (!e->body) abort();
        memcpy(e->body, answer->body.p, e->n);
    }
    pthread_mutex_unlock(&k->lock);
}

/* ---- start and stop ---- */

const char *wijk__keeper_key(const struct http_keeper *k)
{
    return k && k->in.import ? k->key : NULL;
}

struct http_spool *wijk__keeper_spool(const struct http_keeper *k)
{
    return k->spool;
}

static void keeper_free(struct http_keeper *k)
{
    while (k->first) unlink_import(k, k->first);
    for (size_t n = 0; n < KEPT_MAX; n++) kept_free(&k->kept[n]);
    wijk_store_close(k->store);
    wijk__spool_close(k->spool);
    wijk_cx_end(k->cx);
    pthread_mutex_destroy(&k->lock);
    pthread_mutex_destroy(&k->store_lock);
    pthread_cond_destroy(&k->work);
    pthread_cond_destroy(&k->rest);
    free(k);
}

static enum wijk_err open_all(struct wijk_cx *cx, struct http_keeper *k)
{
    const char *dir = k->in.spool ? k->in.spool : wijk_sprintf(k->cx, "%s.invoer", k->in.store);
    if (!k->in.import) return WIJK_OK;
    if (!wijk__spool_random(k->key)) return wijk_fail(cx, WIJK_EIO, "Er is geen sleutel te maken.");
    enum wijk_err err = wijk_store_open(k->cx, k->in.store, WIJK_STORE_WRITE, &k->store);
    if (err == WIJK_OK) wijk_store_share(k->store, k->in.fate);
    if (err == WIJK_OK) err = wijk__spool_open(k->cx, dir, &k->spool);
    return err == WIJK_OK ? err : wijk_fail(cx, err, "%s", wijk_fault(k->cx));
}

enum wijk_err wijk__keeper_start(struct wijk_cx *cx, struct http_keeper_in in, struct http_keeper **out)
{
    pthread_condattr_t monotonic;
    struct http_keeper *k = calloc(1, sizeof *k);
    if (!k) abort();
    k->in = in;
    k->cx = wijk_cx_new(WIJK_NL);
    pthread_mutex_init(&k->lock, NULL);
    pthread_mutex_init(&k->store_lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&k->work, &monotonic);
    pthread_cond_init(&k->rest, &monotonic);
    pthread_condattr_destroy(&monotonic);
    k->in.store = wijk_str_dup(k->cx, wijk_str(in.store));
    if (in.defs) k->in.defs = wijk_str_dup(k->cx, wijk_str(in.defs));
    enum wijk_err err = open_all(cx, k);
    if (err == WIJK_OK && pthread_create(&k->thread, NULL, keep, k) != 0)
        err = wijk_fail(cx, WIJK_EIO, "De server kan geen draad voor het schrijven maken.");
    if (err == WIJK_OK)
        *out = k;
    else
        keeper_free(k);
    return err;
}

void wijk__keeper_stop(struct http_keeper *k)
{
    if (!k) return;
    pthread_mutex_lock(&k->lock);
    k->ending = true;
    pthread_cond_signal(&k->work);
    pthread_mutex_unlock(&k->lock);
    pthread_join(k->thread, NULL);
    keeper_free(k);
}
