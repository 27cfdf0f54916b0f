/* SPDX-License-Identifier: EUPL-1.2 */
/* The counters, and /metrics: Prometheus text format 0.0.4. */
#include "http/handlers.h"

#include <stdio.h>
#include <time.h>

static const unsigned STATUS[] = {
#define X(status) status,
    HTTP_STATUSES(X)
#undef X
};
#define STATUSES (sizeof STATUS / sizeof *STATUS)
_Static_assert(STATUSES < HTTP_STATUSES_MAX, "the last place counts every other status");

/* Upper limits of the buckets; the last one of HTTP_BUCKETS has none. */
static const struct {
    uint64_t micros;
    const char *seconds;
} BUCKET[HTTP_BUCKETS - 1] = {{100, "0.0001"},  {250, "0.00025"}, {500, "0.0005"}, {1000, "0.001"},
                              {2500, "0.0025"}, {5000, "0.005"},  {10000, "0.01"}, {25000, "0.025"},
                              {100000, "0.1"},  {250000, "0.25"}, {1000000, "1"},  {5000000, "5"}};

int64_t wijk__now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct timespec wijk__after_ms(int64_t ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += ms % 1000 * 1000000;
    t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

int64_t wijk__clock_s(void)
{
    return (int64_t)time(NULL);
}

void wijk__metrics_add(struct http_metrics *m, size_t route, unsigned status, uint64_t micros)
{
    size_t s = 0, b = 0;
    while (s < STATUSES && STATUS[s] != status) s++;
    while (b < HTTP_BUCKETS - 1 && micros > BUCKET[b].micros) b++;
    atomic_fetch_add_explicit(&m->count[route][s], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->within[route][b], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->micros[route], micros, memory_order_relaxed);
}

const char *wijk__metrics_route(size_t route)
{
    return route < wijk__n_routes ? wijk__routes[route].id : route == wijk__n_routes ? "web" : "none";
}

static unsigned long long value(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static void family(struct wijk_buf *b, const char *name, const char *type, const char *help)
{
    wijk_buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct wijk_buf *b, const char *name, const char *type, const char *help,
                unsigned long long number)
{
    family(b, name, type, help);
    wijk_buf_printf(b, "%s %llu\n", name, number);
}

static void requests(struct wijk_buf *b, const struct http_metrics *m)
{
    family(b, "wijk_requests_total", "counter", "Answered requests by route and status.");
    for (size_t r = 0; r < wijk__n_routes + 2; r++) {
        for (size_t s = 0; s <= STATUSES; s++) {
            unsigned long long n = value(&m->count[r][s]);
            char status[8] = "other";
            if (s < STATUSES) snprintf(status, sizeof status, "%u", STATUS[s]);
            if (n)
                wijk_buf_printf(b, "wijk_requests_total{route=\"%s\",status=\"%s\"} %llu\n",
                                wijk__metrics_route(r), status, n);
        }
    }
}

/* A histogram counts cumulatively; a scrape between two additions still has rising buckets and count = +Inf.
 */
static void durations(struct wijk_buf *b, const struct http_metrics *m)
{
    static const char NAME[] = "wijk_request_duration_seconds";
    family(b, NAME, "histogram",
           "Time from the request line to the last byte handed to the system, by route.");
    for (size_t r = 0; r < wijk__n_routes + 2; r++) {
        const char *route = wijk__metrics_route(r);
        unsigned long long n[HTTP_BUCKETS], sum = 0;
        for (size_t k = 0; k < HTTP_BUCKETS; k++) n[k] = sum += value(&m->within[r][k]);
        if (!sum) continue;
        for (size_t k = 0; k < HTTP_BUCKETS - 1; k++)
            wijk_buf_printf(b, "%s_bucket{route=\"%s\",le=\"%s\"} %llu\n", NAME, route, BUCKET[k].seconds,
                            n[k]);
        wijk_buf_printf(b, "%s_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", NAME, route, sum);
        unsigned long long us = value(&m->micros[r]);
        wijk_buf_printf(b, "%s_sum{route=\"%s\"} %llu.%06llu\n", NAME, route, us / 1000000, us % 1000000);
        wijk_buf_printf(b, "%s_count{route=\"%s\"} %llu\n", NAME, route, sum);
    }
}

static void connections(struct wijk_buf *b, const struct http_metrics *m)
{
    static const char *const PHASE[HTTP_PHASES] = {"idle", "header", "work", "send", "excess", "body"};
    one(b, "wijk_connections", "gauge", "Open connections.", value(&m->connections));
    family(b, "wijk_connections_refused_total", "counter", "Connections over a limit, answered with 503.");
    wijk_buf_printf(b, "wijk_connections_refused_total{limit=\"address\"} %llu\n", value(&m->excess_address));
    wijk_buf_printf(b, "wijk_connections_refused_total{limit=\"total\"} %llu\n", value(&m->excess_total));
    family(b, "wijk_timeouts_total", "counter", "Connections ended because a step took too long, by step.");
    for (size_t k = 0; k < HTTP_PHASES; k++) /* work has no time limit */
        if (k != 2)
            wijk_buf_printf(b, "wijk_timeouts_total{step=\"%s\"} %llu\n", PHASE[k], value(&m->late[k]));
}

void wijk__res_metrics(struct http_call *c)
{
    struct wijk_buf *b = &c->buf;
    const struct http_metrics *m = c->world->metrics;
    c->live = true;
    c->out->content_type = "text/plain; version=0.0.4; charset=utf-8";
    if (m) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        requests(b, m);
        durations(b, m);
        connections(b, m);
        one(b, "wijk_queue_length", "gauge", "Requests waiting for a worker.", value(&m->queue));
        one(b, "wijk_queue_refused_total", "counter",
            "Requests answered with 503 because the queue was full.", value(&m->refused));
        one(b, "wijk_snapshots", "gauge",
            "Pictures of the store in memory: the one served, and older ones still read.",
            wijk__pictures_alive(c->world->pictures));
        one(b, "wijk_cache_bytes", "gauge", "Bytes of kept answers.", value(&m->cache_bytes));
        one(b, "wijk_uptime_seconds", "gauge", "Time since the server started.",
            (unsigned long long)(now.tv_sec - m->started_s));
    }
    c->out->body = (struct wijk_str){b->n ? b->p : "", b->n};
}
