/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is connected, from where, and until when each may do what it is doing. libmicrohttpd's own time limit
 * starts again at every byte, so a client that sends or takes one byte now and then would stay for ever; here
 * the whole step has a deadline. One thread looks at all connections a few times a second; no client costs a
 * thread. */
#include "http/server_int.h"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BUCKETS = 1024, EXCESS_MS = 2000, TICK_MIN_MS = 10, TICK_MAX_MS = 500 };
#define NEVER INT64_MAX

struct http_client {
    struct http_client *next, *before;  /* all */
    struct http_client *near_, *nearer; /* of the same bucket */
    struct http_clients *all;
    MHD_socket fd;
    uint64_t address[2]; /* IPv6: the first 64 bits, which one household or office has as a whole */
    _Atomic int phase;
    _Atomic int64_t deadline_ms; /* monotonic; taken by compare-and-exchange before a connection is ended */
    _Atomic uint64_t taken; /* bytes of the requests so far; what the kernel received beyond is a next one */
};
struct http_clients {
    struct wijk_http_opt opt;
    struct http_metrics *metrics;
    pthread_mutex_t lock; /* the lists; held while a socket is ended, so that its number is not another's */
    pthread_cond_t end;
    pthread_t thread;
    bool ending;
    unsigned n;
    struct http_client *first, *bucket[BUCKETS];
};

static uint64_t received(MHD_socket fd)
{
    struct tcp_info info = {0};
    socklen_t n = sizeof info;
    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 ? info.tcpi_bytes_received : 0;
}

/* ---- the thread ---- */

/* Sent past libmicrohttpd: only where no answer of its own is under way. */
static void tell(MHD_socket fd, const char *status, const char *title, const char *more)
{
    char body[200], text[500];
    int n = snprintf(body, sizeof body,
                     "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%.3s,\"detail\":\"%s\"}", title,
                     status, title);
    n = snprintf(text, sizeof text,
                 "HTTP/1.1 %s\r\nContent-Type: application/problem+json\r\nAPI-Version: 1.0.0\r\n%s"
                 "Cache-Control: no-store\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s",
                 status, more, n, body);
    (void)send(fd, text, (size_t)n, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void end_client(struct http_clients *all, struct http_client *c)
{
    static const struct linger DROP = {1, 0};
    enum http_phase phase = (enum http_phase)atomic_load(&c->phase);
    if (phase == HTTP_HEADER || phase == HTTP_BODY) {
        tell(c->fd, "408 Request Timeout",
             wijk_tr_lang(WIJK_NL, WIJK_T("Het verzoek kwam niet op tijd binnen.")), "");
    } else if (phase == HTTP_EXCESS) {
        tell(c->fd, "503 Service Unavailable",
             wijk_tr_lang(WIJK_NL, WIJK_T("Het is nu te druk. Probeer het zo weer.")), "Retry-After: 2\r\n");
    } else if (phase == HTTP_SEND) {
        /* What it did not take is not kept for it in the kernel either. */
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &DROP, sizeof DROP);
    }
    shutdown(c->fd, SHUT_RDWR);
    atomic_fetch_add(&all->metrics->late[phase], 1);
}

static void look_at(struct http_clients *all, struct http_client *c, int64_t now)
{
    int64_t deadline = atomic_load(&c->deadline_ms);
    if (now >= deadline) {
        if (atomic_compare_exchange_strong(&c->deadline_ms, &deadline, NEVER)) end_client(all, c);
    } else if (atomic_load(&c->phase) == HTTP_WAIT && received(c->fd) > atomic_load(&c->taken)) {
        /* The first bytes of a next request: from here its headers have their own time. */
        int64_t next = now + all->opt.header_ms;
        int wait = HTTP_WAIT;
        if (next < deadline && atomic_compare_exchange_strong(&c->deadline_ms, &deadline, next))
            atomic_compare_exchange_strong(&c->phase, &wait, HTTP_HEADER);
    }
}

static void *watch(void *arg)
{
    struct http_clients *all = arg;
    unsigned least = all->opt.header_ms < all->opt.idle_ms ? all->opt.header_ms : all->opt.idle_ms;
    if (all->opt.send_ms < least) least = all->opt.send_ms;
    if (all->opt.body_ms < least) least = all->opt.body_ms;
    int64_t tick = least / 8 < TICK_MIN_MS ? TICK_MIN_MS : least / 8 > TICK_MAX_MS ? TICK_MAX_MS : least / 8;
    pthread_mutex_lock(&all->lock);
    while (!all->ending) {
        const struct timespec until = wijk__after_ms(tick);
        pthread_cond_timedwait(&all->end, &all->lock, &until);
        int64_t now = wijk__now_ms();
        for (struct http_client *c = all->first; c && !all->ending; c = c->next) look_at(all, c, now);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

struct http_clients *wijk__clients_new(const struct wijk_http_opt *opt, struct http_metrics *metrics)
{
    struct http_clients *all = calloc(1, sizeof *all);
    pthread_condattr_t monotonic;
    if (!all) abort();
    all->opt = *opt;
    all->metrics = metrics;
    pthread_mutex_init(&all->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&all->end, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&all->thread, NULL, watch, all) == 0) return all;
    pthread_cond_destroy(&all->end);
    pthread_mutex_destroy(&all->lock);
    free(all);
    return NULL;
}

void wijk__clients_free(struct http_clients *all)
{
    if (!all) return;
    pthread_mutex_lock(&all->lock);
    all->ending = true;
    pthread_cond_signal(&all->end);
    pthread_mutex_unlock(&all->lock);
    pthread_join(all->thread, NULL);
    pthread_cond_destroy(&all->end);
    pthread_mutex_destroy(&all->lock);
    free(all);
}

/* ---- one connection ---- */

static void address_of(const struct sockaddr *from, uint64_t address[2])
{
    address[0] = from ? (uint64_t)from->sa_family : 0;
    address[1] = 0;
    if (from && from->sa_family == AF_INET)
        address[1] = ((const struct sockaddr_in *)(const void *)from)->sin_addr.s_addr;
    else if (from && from->sa_family == AF_INET6)
        memcpy(&address[1], &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, sizeof address[1]);
}

void wijk__address_forwarded(const char *text, uint64_t address[2])
{
    char name[INET6_ADDRSTRLEN];
    const char *comma = text ? strrchr(text, ',') : NULL;
    struct wijk_str last = wijk_str_trim(wijk_str(comma ? comma + 1 : text ? text : ""));
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } from = {.v6 = {.sin6_family = AF_INET6}};
    if (!last.n || last.n >= sizeof name) return;
    memcpy(name, last.p, last.n);
    name[last.n] = '\0';
    if (inet_pton(AF_INET6, name, &from.v6.sin6_addr) == 1) {
        address_of(&from.any, address);
    } else if (inet_pton(AF_INET, name, &from.v4.sin_addr) == 1) {
        from.v4.sin_family = AF_INET;
        address_of(&from.any, address);
    }
}

bool wijk__address_is_local(const uint64_t address[2])
{
    in_addr_t v4 = (in_addr_t)address[1];
    return address[0] == AF_INET && ((const uint8_t *)&v4)[0] == 127;
}

void wijk__client_address(const struct http_client *c, uint64_t address[2])
{
    memcpy(address, c->address, sizeof c->address);
}

static struct http_client **bucket_of(struct http_clients *all, const uint64_t address[2])
{
    return &all->bucket[wijk_hash64(address, 2 * sizeof *address, 5) % BUCKETS];
}

struct http_client *wijk__client_open(struct http_clients *all, MHD_socket fd, const struct sockaddr *from)
{
    struct http_client *c = calloc(1, sizeof *c);
    if (!c) abort();
    c->all = all;
    c->fd = fd;
    address_of(from, c->address);
    atomic_store(&c->phase, HTTP_HEADER);
    atomic_store(&c->deadline_ms, wijk__now_ms() + all->opt.header_ms);
    pthread_mutex_lock(&all->lock);
    struct http_client **bucket = bucket_of(all, c->address);
    unsigned same = 0;
    for (const struct http_client *o = *bucket; o; o = o->near_)
        same += o->address[0] == c->address[0] && o->address[1] == c->address[1];
    if (all->n >= all->opt.connections || same >= all->opt.per_address) {
        atomic_store(&c->phase, HTTP_EXCESS);
        if (all->opt.header_ms > EXCESS_MS) atomic_store(&c->deadline_ms, wijk__now_ms() + EXCESS_MS);
        atomic_fetch_add(
            same >= all->opt.per_address ? &all->metrics->excess_address : &all->metrics->excess_total, 1);
    }
    c->near_ = *bucket;
    if (c->near_) c->near_->nearer = c;
    *bucket = c;
    c->next = all->first;
    if (c->next) c->next->before = c;
    all->first = c;
    atomic_store(&all->metrics->connections, ++all->n);
    pthread_mutex_unlock(&all->lock);
    return c;
}

void wijk__client_close(struct http_client *c)
{
    struct http_clients *all = c->all;
    pthread_mutex_lock(&all->lock);
    if (c->near_) c->near_->nearer = c->nearer;
    *(c->nearer ? &c->nearer->near_ : bucket_of(all, c->address)) = c->near_;
    if (c->next) c->next->before = c->before;
    *(c->before ? &c->before->next : &all->first) = c->next;
    atomic_store(&all->metrics->connections, --all->n);
    pthread_mutex_unlock(&all->lock);
    free(c);
}

void wijk__client_taken(struct http_client *c, size_t bytes)
{
    atomic_fetch_add(&c->taken, bytes);
}

/* Slow, but not slower than the limit: what came earlier is credit for at most one such time. */
void wijk__client_body(struct http_client *c, int64_t since_ms, uint64_t bytes)
{
    const struct wijk_http_opt *opt = &c->all->opt;
    if (wijk__client_excess(c)) return;
    int64_t now = wijk__now_ms(), due = since_ms + opt->body_ms + (int64_t)(bytes * 1000 / opt->body_bytes_s);
    if (due > now + 2 * (int64_t)opt->body_ms) due = now + 2 * (int64_t)opt->body_ms;
    atomic_store(&c->deadline_ms, NEVER);
    atomic_store(&c->phase, HTTP_BODY);
    atomic_store(&c->deadline_ms, due);
}

bool wijk__client_excess(const struct http_client *c)
{
    return atomic_load(&c->phase) == HTTP_EXCESS;
}

void wijk__client_phase(struct http_client *c, enum http_phase phase, size_t bytes)
{
    const struct wijk_http_opt *opt = &c->all->opt;
    if (wijk__client_excess(c)) return;
    int64_t ms = phase == HTTP_WAIT     ? opt->idle_ms
                 : phase == HTTP_HEADER ? opt->header_ms
                                        : opt->send_ms + (int64_t)bytes * 1000 / opt->send_bytes_s;
    /* First no deadline, so that the old one is never held against the new phase. */
    atomic_store(&c->deadline_ms, NEVER);
    atomic_store(&c->phase, (int)phase);
    if (phase != HTTP_WORK) atomic_store(&c->deadline_ms, wijk__now_ms() + ms);
}
