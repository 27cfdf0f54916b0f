/* SPDX-License-Identifier: EUPL-1.2 */
/* The connections over which people's own things are read and written, and answers that are given once. */
#include "http/desk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { READERS = 8, KEY_MIN = 8, KEY_MAX = 200 };
struct reader {
    struct wijk_cx *cx;
    struct wijk_store *store;
    bool busy;
};
struct http_desk {
    char *path;
    const struct wijk_log *log;
    struct wijk_store_fate *fate;
    pthread_mutex_t lock, writing;
    pthread_cond_t freed;
    struct wijk_cx *cx; /* of the writer */
    struct wijk_store *writer;
    atomic_bool writes; /* is there a writer? */
    bool told;          /* that there is none */
    struct reader reader[READERS];
};

/* ---- connections ---- */

/* Under `writing`. Each try has a context of its own. */
static bool open_writer(struct http_desk *d)
{
    if (d->writer) return true;
    d->cx = wijk_cx_new(WIJK_NL);
    if (wijk_store_open(d->cx, d->path, WIJK_STORE_WRITE, &d->writer) != WIJK_OK) {
        d->writer = NULL;
        if (!d->told) wijk_log(d->log, WIJK_LOG_INFO, "nobody can sign in: %s", wijk_fault(d->cx));
        d->told = true;
        wijk_cx_end(d->cx);
        d->cx = NULL;
        return false;
    }
    wijk_store_share(d->writer, d->fate);
    atomic_store(&d->writes, true);
    return true;
}

struct http_desk *wijk__desk_open(const char *store, struct wijk_store_fate *fate, const struct wijk_log *log)
{
    struct http_desk *d = calloc(1, sizeof *d);
    if (!d || !(d->path = strdup(store))) abort();
    d->fate = fate;
    d->log = log;
    pthread_mutex_init(&d->lock, NULL);
    pthread_mutex_init(&d->writing, NULL);
    pthread_cond_init(&d->freed, NULL);
    open_writer(d);
    return d;
}

bool wijk__desk_writes(struct http_desk *d)
{
    if (!d || atomic_load(&d->writes)) return d != NULL;
    if (pthread_mutex_trylock(&d->writing) != 0) return false;
    bool writes = open_writer(d);
    pthread_mutex_unlock(&d->writing);
    return writes;
}

bool wijk__desk_is_full(const struct http_desk *d)
{
    return atomic_load(&d->fate->full);
}

static void drop_reader(struct reader *r)
{
    wijk_store_close(r->store);
    wijk_cx_end(r->cx);
    r->store = NULL;
    r->cx = NULL;
}

void wijk__desk_close(struct http_desk *d)
{
    if (!d) return;
    for (size_t k = 0; k < READERS; k++) drop_reader(&d->reader[k]);
    wijk_store_close(d->writer);
    wijk_cx_end(d->cx);
    pthread_cond_destroy(&d->freed);
    pthread_mutex_destroy(&d->lock);
    pthread_mutex_destroy(&d->writing);
    free(d->path);
    free(d);
}

static struct reader *take_reader(struct http_desk *d)
{
    struct reader *r = NULL;
    pthread_mutex_lock(&d->lock);
    while (!r) {
        for (size_t k = 0; k < READERS && !r; k++)
            if (!d->reader[k].busy) r = &d->reader[k];
        if (!r) pthread_cond_wait(&d->freed, &d->lock);
    }
    r->busy = true;
    pthread_mutex_unlock(&d->lock);
    if (r->store) return r;
    r->cx = wijk_cx_new(WIJK_NL);
    if (wijk_store_open(r->cx, d->path, WIJK_STORE_READ, &r->store) == WIJK_OK)
        wijk_store_share(r->store, d->fate);
    else
        r->store = NULL, drop_reader(r);
    return r;
}

/* What cannot be written here may be read as a file that never changes (store), which another may do all the
 * same: there each reading opens it anew. So does the one after a fault. */
static void give_reader(struct http_desk *d, struct reader *r, bool fault)
{
    if (fault || !atomic_load(&d->writes)) drop_reader(r);
    pthread_mutex_lock(&d->lock);
    r->busy = false;
    pthread_cond_signal(&d->freed);
    pthread_mutex_unlock(&d->lock);
}

/* ---- problems ---- */

void wijk__desk_problem(struct http_call *c, enum wijk_err err)
{
    static const struct {
        enum wijk_err err;
        int status;
        const char *title;
    } KNOWN[] = {{WIJK_ELOGIN, 401, WIJK_T("Aanmelden is nodig")},
                 {WIJK_EDENIED, 403, WIJK_T("Dit mag niet")},
                 {WIJK_ENOTFOUND, 404, WIJK_T("Niet gevonden")},
                 {WIJK_ECONFLICT, 409, WIJK_T("Iemand was eerder")},
                 {WIJK_EEXISTS, 409, WIJK_T("Dit is er al")},
                 {WIJK_EDATA, 400, WIJK_T("De vraag klopt niet")},
                 {WIJK_EPERSONAL, 400, WIJK_T("De vraag klopt niet")},
                 {WIJK_EPARSE, 400, WIJK_T("De vraag klopt niet")},
                 {WIJK_ELIMIT, 400, WIJK_T("De vraag klopt niet")},
                 {WIJK_EIO, 503, WIJK_T("Dit kan nu niet")}};
    int status = 500;
    const char *title = WIJK_T("Dit ging mis");
    for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++)
        if (KNOWN[k].err == err) status = KNOWN[k].status, title = KNOWN[k].title;
    if (status == 401) wijk__http_header(c->out, "WWW-Authenticate", "Bearer");
    if (status == 503) wijk__http_header(c->out, "Retry-After", "3");
    wijk__http_problem(c, status, wijk_tr(c->cx, title), wijk_fault(c->cx));
}

static const char NO_SIGNIN[] =
    WIJK_T("Op deze server kan niemand zich aanmelden: er kan niets bewaard worden.");

static bool has_desk(struct http_call *c)
{
    if (!c->world->desk)
        wijk__http_problem(c, 503, wijk_tr(c->cx, "Dit kan nu niet"), wijk_tr(c->cx, NO_SIGNIN));
    return c->world->desk != NULL;
}

static void refuse_writing(struct http_call *c)
{
    const char *why = c->route->who == HTTP_ENTERS
                          ? wijk_tr(c->cx, NO_SIGNIN)
                          : wijk_tr(c->cx, "Op deze server kan nu niets bewaard worden. Lezen kan wel.");
    wijk__http_header(c->out, "Retry-After", "60");
    wijk__http_problem(c, 503, wijk_tr(c->cx, "Dit kan nu niet"), why);
}

bool wijk__desk_refuses(struct http_call *c)
{
    if (!has_desk(c)) return true;
    if (wijk__desk_writes(c->world->desk)) return false;
    refuse_writing(c);
    return true;
}

/* ---- reading ---- */

struct wijk_store *wijk__desk_take(struct http_desk *d)
{
    struct reader *r = take_reader(d);
    if (r->store && wijk_store_begin(r->cx, r->store) == WIJK_OK) return r->store;
    give_reader(d, r, true);
    return NULL;
}

static void give_back(struct http_desk *d, struct wijk_store *store, bool fault)
{
    if (!store) return;
    wijk_store_rollback(store);
    for (size_t k = 0; k < READERS; k++)
        if (d->reader[k].store == store) {
            give_reader(d, &d->reader[k], fault);
            return;
        }
}

void wijk__desk_give(struct http_desk *d, struct wijk_store *store)
{
    give_back(d, store, false);
}

void wijk__desk_read(struct http_call *c, http_desk_body *body, void *arg)
{
    c->live = true;
    if (!has_desk(c)) return;
    struct wijk_store *store = wijk__desk_take(c->world->desk);
    enum wijk_err err =
        store ? body(c, store, arg) : wijk_fail(c->cx, WIJK_EIO, "De gegevens zijn nu niet te lezen.");
    give_back(c->world->desk, store, err == WIJK_EIO || err == WIJK_ESTORE);
    if (err) wijk__desk_problem(c, err);
}

/* ---- writing ---- */

struct writing {
    struct http_call *c;
    http_desk_body *body;
    void *arg;
    bool again;
    uint8_t key[WIJK_HASH], asked[WIJK_HASH];
    bool keyed, secret;
};

/* Of who asks, what for, and the key; and of all that was asked. */
static void hash_question(struct writing *w)
{
    const struct http_call *c = w->c;
    const char *question = wijk_sprintf(c->cx, "%lld %s %s %s", (long long)c->who.actor.account,
                                        c->route->method, c->path, c->request->idempotency_key);
    wijk_secret_hash(question, w->key);
    wijk_secret_hash(wijk_sprintf(c->cx, "%s?%s\n%.*s", question, c->request->query ? c->request->query : "",
                                  WIJK_STR_ARG(c->request->body)),
                     w->asked);
}

static enum wijk_err answer_again(struct writing *w, const struct wijk_once *o)
{
    struct http_call *c = w->c;
    if (memcmp(o->asked, w->asked, WIJK_HASH) != 0)
        return wijk_fail(c->cx, WIJK_ECONFLICT, "Deze Idempotency-Key is al voor een andere vraag gebruikt.");
    if (!o->status) /* it held a secret, which is not kept */
        return wijk_fail(
            c->cx, WIJK_EEXISTS,
            "Dit is al gemaakt, en het wordt maar één keer getoond. Trek het in en maak een nieuwe.");
    w->again = true;
    if (o->status == WIJK_ONCE_GONE) { /* what it told was taken back or away since */
        wijk__http_problem(c, WIJK_ONCE_GONE, wijk_tr(c->cx, "Dit is er niet meer"),
                           wijk_tr(c->cx, "Dit is gemaakt en later gewijzigd, ingetrokken of weggehaald."));
        return WIJK_OK;
    }
    c->out->status = o->status;
    if (*o->location) wijk__http_header(c->out, "Location", o->location);
    c->out->body = wijk_str(o->body);
    return WIJK_OK;
}

static enum wijk_err keep_answer(struct writing *w, struct wijk_store *store)
{
    struct http_call *c = w->c;
    struct wijk_once o = {
        .status = c->out->status, .location = "", .about = c->about, .made_at = wijk__clock_s()};
    for (size_t i = 0; i < c->out->n_header; i++)
        if (strcmp(c->out->header[i].name, "Location") == 0) o.location = c->out->header[i].value;
    wijk__http_close_body(c);
    o.body = w->secret ? "" : wijk_str_dup(c->cx, c->out->body);
    if (w->secret) o.status = 0, o.location = "";
    memcpy(o.asked, w->asked, WIJK_HASH);
    return wijk_store_add_once(c->cx, store, w->key, &o);
}

static enum wijk_err write_body(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct writing *w = arg;
    const struct wijk_once *o = NULL;
    (void)cx;
    if (w->keyed) WIJK_TRY(wijk_store_find_once(w->c->cx, store, w->key, &o));
    if (o) return answer_again(w, o);
    WIJK_TRY(w->body(w->c, store, w->arg));
    return w->keyed && w->c->out->status < 300 ? keep_answer(w, store) : WIJK_OK;
}

enum keeping { IF_KEYED, MUST_BE_KEYED, WITHOUT_ANSWER, NEVER };

static void write_call(struct http_call *c, http_desk_body *body, void *arg, enum keeping keeping)
{
    struct writing w = {.c = c, .body = body, .arg = arg, .secret = keeping == WITHOUT_ANSWER};
    const char *key = keeping == NEVER ? NULL : c->request->idempotency_key;
    c->live = true;
    if (!has_desk(c)) return;
    if ((keeping == MUST_BE_KEYED && !key) || (key && (strlen(key) < KEY_MIN || strlen(key) > KEY_MAX))) {
        wijk__http_fault(
            c, "Idempotency-Key",
            wijk_tr(c->cx,
                    "Geef in de kop Idempotency-Key een eigen, nieuwe tekst van 8 tot 200 tekens mee."));
        wijk__http_bad(c);
        return;
    }
    w.keyed = key != NULL;
    if (w.keyed) hash_question(&w);
    struct http_desk *d = c->world->desk;
    enum wijk_err err = WIJK_OK;
    pthread_mutex_lock(&d->writing);
    bool writes = open_writer(d);
    if (writes) err = wijk_store_in_transaction(c->cx, d->writer, write_body, &w);
    pthread_mutex_unlock(&d->writing);
    if (!writes) refuse_writing(c);
    if (!err) return;
    c->out->body = (struct wijk_str){0};
    c->out->n_header = c->n_header_before;
    wijk__desk_problem(c, err);
}

void wijk__desk_empty_log(struct http_call *c)
{
    struct http_desk *d = c->world->desk;
    pthread_mutex_lock(&d->writing);
    if (d->writer) wijk_store_empty_log(d->writer);
    pthread_mutex_unlock(&d->writing);
}

struct quiet {
    struct http_call *c;
    http_desk_body *body;
    void *arg;
};

static enum wijk_err quiet_body(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct quiet *q = arg;
    (void)cx;
    return q->body(q->c, store, q->arg);
}

void wijk__desk_write_quietly(struct http_call *c, http_desk_body *body, void *arg)
{
    struct http_desk *d = c->world->desk;
    if (!d || !atomic_load(&d->writes) || pthread_mutex_trylock(&d->writing) != 0) return;
    wijk_store_in_transaction(c->cx, d->writer, quiet_body, &(struct quiet){c, body, arg});
    pthread_mutex_unlock(&d->writing);
}

void wijk__desk_write(struct http_call *c, http_desk_body *body, void *arg)
{
    write_call(c, body, arg, IF_KEYED);
}

void wijk__desk_write_once(struct http_call *c, http_desk_body *body, void *arg)
{
    write_call(c, body, arg, MUST_BE_KEYED);
}

void wijk__desk_write_secret(struct http_call *c, http_desk_body *body, void *arg)
{
    write_call(c, body, arg, NEVER);
}

void wijk__desk_write_secret_once(struct http_call *c, http_desk_body *body, void *arg)
{
    write_call(c, body, arg, WITHOUT_ANSWER);
}
