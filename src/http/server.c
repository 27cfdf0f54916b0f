/* SPDX-License-Identifier: EUPL-1.2 */
/* The server: starts and stops its socket, the event threads of libmicrohttpd, the workers and what they
 * share. */
#include "http/desk.h"
#include "http/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CACHE_BYTES = 64 << 20,
    /* What libmicrohttpd may use for one connection: 16 KiB of headers, their table, and the headers of ours.
     */
    CONNECTION_BYTES = 28 << 10,
    /* The kernel holds no more than this for a client that does not take its answer. */
    SEND_BUFFER_BYTES = 256 << 10,
    SPARE_CONNECTIONS = 256 /* above the limit, to say 503 on */
};

/* IPv4 or IPv6 literal. */
static enum wijk_err listen_on(struct wijk_cx *cx, const char *host, unsigned port, int *out, unsigned *real)
{
    struct sockaddr_storage at = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
    socklen_t n = sizeof *v4;
    int one = 1;
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
    } else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)port);
        n = sizeof *v6;
    } else {
        return wijk_fail(cx, WIJK_EUSAGE, "Het adres %s is geen IP-adres, zoals 127.0.0.1 of ::1.", host);
    }
    int fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), buffer = SEND_BUFFER_BYTES;
    if (fd < 0) return wijk_fail(cx, WIJK_EIO, "Het luisteren op %s lukt niet.", host);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer,
               sizeof buffer); /* every accepted connection gets it from here */
    if (bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, 1024) != 0) {
        bool taken = errno == EADDRINUSE;
        close(fd);
        if (taken) return wijk_fail(cx, WIJK_EIO, "Poort %u is al in gebruik.", port);
        return wijk_fail(cx, WIJK_EIO, "Luisteren op %s, poort %u, lukt niet.", host, port);
    }
    n = sizeof at;
    getsockname(fd, (struct sockaddr *)&at, &n);
    *real = ntohs(at.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
    *out = fd;
    return WIJK_OK;
}

static void daemon_says(void *self, const char *fmt, va_list args)
{
    (void)self, (void)fmt, (void)args; /* what a client did wrong is counted, not printed */
}

static void server_free(struct wijk_http *h)
{
    wijk__keeper_stop(h->keeper);
    wijk__desk_close(h->desk);
    wijk__throttle_free(h->throttle);
    wijk_sso_close(h->sso);
    wijk__clients_free(h->clients);
    wijk__askers_free(h->askers);
    wijk__cache_free(h->cache);
    wijk__pictures_free(h->pictures);
    pthread_cond_destroy(&h->work);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

static void fill_in(struct wijk_http_opt *opt)
{
    static const struct {
        size_t at;
        unsigned otherwise;
    } DEFAULT[] = {
#define D(member, otherwise) {offsetof(struct wijk_http_opt, member), otherwise}
        D(pool, 2),           D(workers, 2),       D(queue, 512),       D(connections, 4096),
        D(per_address, 1024), D(header_ms, 20000), D(idle_ms, 60000),   D(send_ms, 40000),
        D(send_bytes_s, 500), D(stop_ms, 5000),    D(body_ms, 20000),   D(body_bytes_s, 500),
        D(poll_ms, 3000),     D(exports, 4),       D(drawn_burst, 20),  D(drawn_every_s, 20),
        D(drawn_fresh, 50),   D(drawn_day, 500),   D(drawn_keep, 5000), D(drawn_members, 2000),
        D(drawn_known, 1536),
#undef D
    };
    for (size_t i = 0; i < sizeof DEFAULT / sizeof *DEFAULT; i++) {
        unsigned *member = (unsigned *)(void *)((char *)opt + DEFAULT[i].at);
        if (!*member) *member = DEFAULT[i].otherwise;
    }
    if (!opt->file_max) opt->file_max = UINT64_C(2) << 30;
    if (opt->workers > HTTP_WORKERS_MAX) opt->workers = HTTP_WORKERS_MAX;
}

/* Each connection is an open file; systems commonly allow 1024. Asks for enough, and makes do with what there
 * is. */
static void fit_files(struct wijk_http_opt *opt)
{
    enum { OTHER_FILES = 64, LEAST = 16 };
    struct rlimit files;
    rlim_t more = SPARE_CONNECTIONS + OTHER_FILES, want = opt->connections + more;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= want) return;
    files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0 && getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    if (files.rlim_cur < want) {
        opt->connections = files.rlim_cur > more + LEAST ? (unsigned)(files.rlim_cur - more) : LEAST;
        wijk_log(opt->log, WIJK_LOG_WARN, "open files: %llu, so no more than %u connections",
                 (unsigned long long)files.rlim_cur, opt->connections);
    }
}

/* Its way to stop listening, MHD_quiesce_daemon, ends the process when an event thread happens to wake
 * between two steps of it (0.9.75, once in some thousand stops of a busy server). So it listens to the end.
 */
static enum MHD_Result still_open(void *self, const struct sockaddr *from, socklen_t n)
{
    const struct wijk_http *h = self;
    (void)from, (void)n;
    return atomic_load(&h->stopping) ? MHD_NO : MHD_YES;
}

static struct MHD_Daemon *daemon_start(struct wijk_http *h, int fd)
{
    const struct wijk_http_opt *opt = &h->opt;
    unsigned room = opt->connections + SPARE_CONNECTIONS;
    /* libmicrohttpd parts its limit over its threads, and nothing says that clients part alike: room for all
     * in each. Its time limit is a second net below the one of clients.c. */
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, still_open, h,
        wijk__exchange_handle, h, MHD_OPTION_EXTERNAL_LOGGER, daemon_says, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_THREAD_POOL_SIZE, opt->pool, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, room * opt->pool, MHD_OPTION_CONNECTION_TIMEOUT, opt->idle_ms / 1000 + 2,
        MHD_OPTION_URI_LOG_CALLBACK, wijk__exchange_begin, h, MHD_OPTION_NOTIFY_COMPLETED, wijk__exchange_end,
        h, MHD_OPTION_NOTIFY_CONNECTION, wijk__exchange_connected, h, MHD_OPTION_END);
}

static void swapped(void *self)
{
    struct wijk_http *h = self;
    wijk__cache_clear(h->cache); /* what is still made of the old picture goes under the old number */
}

/* File sizes past a limit of the system are a fault to tell of, not a reason to die. */
static enum wijk_err keeper_start(struct wijk_cx *cx, struct wijk_http *h)
{
    if (!h->opt.store) return WIJK_OK;
    signal(SIGXFSZ, SIG_IGN);
    struct http_keeper_in in = {.store = h->opt.store,
                                .defs = h->opt.defs,
                                .spool = h->opt.spool,
                                .import = h->opt.import,
                                .drawn = !h->opt.no_drawn,
                                .poll_ms = h->opt.poll_ms,
                                .now = h->opt.now ? h->opt.now : wijk__clock_s,
                                .pictures = h->pictures,
                                .swapped = swapped,
                                .self = h,
                                .fate = &h->fate,
                                .log = h->opt.log};
    return wijk__keeper_start(cx, in, &h->keeper);
}

enum wijk_err wijk_http_start(struct wijk_cx *cx, const struct wijk_snapshot *snapshot,
                              struct wijk_http_opt opt, struct wijk_http **out)
{
    int fd = -1;
    unsigned port = 0;
    WIJK_TRY(listen_on(cx, opt.host ? opt.host : "127.0.0.1", opt.port, &fd, &port));
    struct wijk_http *h = calloc(1, sizeof *h);
    if (!h) abort();
    fill_in(&opt);
    fit_files(&opt);
    h->opt = opt, h->port = port;
    h->pictures = wijk__pictures_new(NULL, snapshot);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    h->metrics.started_s = now.tv_sec;
    h->cache = wijk__cache_new(CACHE_BYTES, &h->metrics.cache_bytes);
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->work, NULL);
    enum wijk_err err = keeper_start(cx, h);
    h->askers = wijk__askers_new(
        (struct http_asker_limits){h->opt.drawn_burst, h->opt.drawn_every_s, h->opt.drawn_fresh});
    if (!err && h->opt.store) h->desk = wijk__desk_open(h->opt.store, &h->fate, h->opt.log);
    if (!err && h->opt.sso) err = wijk_sso_open(cx, h->opt.sso, &h->sso);
    if (h->sso && wijk_sso_four_eyes_there(h->sso))
        wijk_log(h->opt.log, WIJK_LOG_WARN,
                 "roles of the sign-in elsewhere wait for nobody: four_eyes is provider");
    else if (h->sso)
        wijk_log(h->opt.log, WIJK_LOG_INFO,
                 "new roles of the sign-in elsewhere wait for a second person: four_eyes is here");
    h->throttle = wijk__throttle_new();
    h->world = (struct http_world){&h->metrics, h->keeper, h->pictures, h->askers,
                                   &h->opt,     h->desk,   h->throttle, h->sso};
    if (err != WIJK_OK) {
        close(fd);
        server_free(h);
        return err;
    }
    h->clients = wijk__clients_new(&h->opt, &h->metrics);
    h->daemon = wijk__workers_start(h) && h->clients ? daemon_start(h, fd) : NULL;
    if (!h->daemon) {
        close(fd);
        wijk__workers_end(h);
        server_free(h);
        return wijk_fail(cx, WIJK_EIO, "De server start niet op poort %u.", port);
    }
    *out = h;
    return WIJK_OK;
}

unsigned wijk_http_port(const struct wijk_http *h)
{
    return h->port;
}

const char *wijk_http_key(const struct wijk_http *h)
{
    return wijk__keeper_key(h->keeper);
}

void wijk_http_stop(struct wijk_http *h)
{
    if (!h) return;
    wijk__workers_end(h);
    const struct timespec moment = {0, 5000000};
    for (unsigned ms = 0; ms < h->opt.stop_ms && atomic_load(&h->under_way); ms += 5)
        nanosleep(&moment, NULL);
    MHD_stop_daemon(h->daemon);
    server_free(h);
}
