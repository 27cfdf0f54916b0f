/* SPDX-License-Identifier: EUPL-1.2 */
/* Starts wijk-read without a shell, gives it the open file and a pipe and nothing else, and turns frames into
 * rows. All it may do wrong (crash, hang, talk nonsense) ends as a fault here, and the child is always reaped
 * by its own pid. */
#include "import/reader_child.h"

#include "import/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 120 };
static const uint64_t MAX_BYTES = (uint64_t)4 << 30;

struct child {
    struct wijk_cx *cx, *row_cx; /* row_cx: what lives until the next row */
    struct wijk_mark mark;
    struct wijk__reader_limit limit;
    const char *label;
    pid_t pid; /* 0: reaped */
    int fd;
    int64_t deadline_ms;
    uint64_t bytes, rows;
    enum wijk_crs crs;
    bool crs_known, ended;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Ends the child, whatever it is doing, and says how it ended. */
static int reap(struct child *c)
{
    int status = 0;
    if (c->fd >= 0) close(c->fd);
    c->fd = -1;
    if (c->pid > 0) {
        kill(c->pid, SIGKILL);
        while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR) continue;
        c->pid = 0;
    }
    return status;
}

/* The pipe ended before the last frame: the child had begun to die by itself, so its own reason is asked
 * first. */
static enum wijk_err fail_broken(struct child *c)
{
    int status = 0;
    pid_t got = 0;
    while (c->pid > 0 && now_ms() < c->deadline_ms && (got = waitpid(c->pid, &status, WNOHANG)) == 0)
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    if (got > 0)
        c->pid = 0;
    else
        status = reap(c);
    reap(c);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return wijk_fail(c->cx, WIJK_ECHILD, "%s: het programma wijk-read start niet", c->label);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return wijk_fail(c->cx, WIJK_ECHILD, "%s: wijk-read is gestopt: het lezen kost te veel rekentijd",
                         c->label);
    if (WIFSIGNALED(status))
        return wijk_fail(c->cx, WIJK_ECHILD,
                         "%s: wijk-read is vastgelopen op dit bestand (signaal %d). Er is niets ingelezen",
                         c->label, WTERMSIG(status));
    return wijk_fail(c->cx, WIJK_ECHILD, "%s: wijk-read is te vroeg gestopt. Er is niets ingelezen",
                     c->label);
}

static enum wijk_err fail_nonsense(struct child *c)
{
    reap(c);
    return wijk_fail(c->cx, WIJK_ECHILD,
                     "%s: wijk-read gaf een antwoord dat niet klopt. Er is niets ingelezen", c->label);
}

/* ---- reading frames -------------------------------------------------------------------------- */

static enum wijk_err read_all(struct child *c, void *into, size_t n)
{
    for (char *p = into; n > 0;) {
        int64_t left = c->deadline_ms - now_ms();
        struct pollfd wait = {.fd = c->fd, .events = POLLIN};
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            reap(c);
            return wijk_fail(c->cx, WIJK_ECHILD, "%s: het lezen duurt langer dan %u seconden en is gestopt",
                             c->label, c->limit.seconds);
        }
        ssize_t got = read(c->fd, p, n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return fail_broken(c);
        p += got;
        n -= (size_t)got;
        c->bytes += (uint64_t)got;
    }
    return WIJK_OK;
}

static enum wijk_err frame_read(struct child *c, enum wijk__wire_kind *kind, struct wijk_str *payload)
{
    unsigned char front[WIJK__WIRE_FRONT];
    size_t length;
    WIJK_TRY(read_all(c, front, sizeof front));
    if (!wijk__wire_front(front, kind, &length)) return fail_nonsense(c);
    if (c->bytes + length > c->limit.max_bytes) {
        reap(c);
        return wijk_fail(c->cx, WIJK_ECHILD, "%s: het bestand geeft meer dan %llu MB aan gegevens", c->label,
                         (unsigned long long)(c->limit.max_bytes >> 20));
    }
    char *room = WIJK_NEW(c->row_cx, char, length);
    WIJK_TRY(read_all(c, room, length));
    *payload = (struct wijk_str){room, length};
    return WIJK_OK;
}

static enum wijk_err fault_pass(struct child *c, struct wijk_str payload)
{
    enum wijk_err err;
    struct wijk_str sentence;
    if (!wijk__wire_get_fault(payload, &err, &sentence)) return fail_nonsense(c);
    reap(c);
    return wijk_fail(c->cx, err, "%.*s", WIJK_STR_ARG(sentence));
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* WKB gets the eight bytes of a GeoPackage blob in front, so that one reader checks every geometry. */
static void geometry_read(struct child *c, struct wijk_str wkb, struct wijk__row *row)
{
    const char front[8] = {'G', 'P', 0, 1, 0, 0, 0, 0};
    int srs;
    if (wkb.n == 0) return;
    if (!c->crs_known) {
        row->geom_fault = wijk_tr(c->cx, "het coördinatenstelsel staat niet in het bestand");
        return;
    }
    char *blob = WIJK_NEW(c->row_cx, char, sizeof front + wkb.n);
    memcpy(blob, front, sizeof front);
    memcpy(blob + sizeof front, wkb.p, wkb.n);
    struct wijk_str whole = {blob, sizeof front + wkb.n};
    if (wijk_gpkg_blob_read(c->row_cx, whole, &row->geom, &srs) != WIJK_OK) {
        row->geom = NULL;
        row->geom_fault = wijk_fault(c->row_cx);
    }
}

static void fields_read(struct child *c, const struct wijk__wire_row *wire, struct wijk__row *row)
{
    static const enum wijk__field_kind KIND[] = {WIJK__FIELD_ABSENT, WIJK__FIELD_NULL, WIJK__FIELD_TEXT,
                                                 WIJK__FIELD_NUMBER};
    struct wijk__field *field = WIJK_NEW(c->row_cx, struct wijk__field, wire->n);
    for (size_t i = 0; i < wire->n; i++)
        field[i] =
            (struct wijk__field){KIND[wire->value[i].kind], wire->value[i].text, wire->value[i].number};
    row->n = wire->n;
    row->field = field;
}

static enum wijk_err reader_next(struct wijk__rows *rows, struct wijk__row *row, bool *got)
{
    struct child *c = rows->self;
    enum wijk__wire_kind kind;
    struct wijk_str payload;
    struct wijk__wire_row wire;
    *got = false;
    if (c->ended) return WIJK_OK;
    wijk_cx_rewind(c->row_cx, c->mark);
    WIJK_TRY(frame_read(c, &kind, &payload));
    if (kind == WIJK__WIRE_FAULT) return fault_pass(c, payload);
    if (kind == WIJK__WIRE_END) {
        uint64_t count;
        if (!wijk__wire_get_end(payload, &count) || count != c->rows) return fail_nonsense(c);
        c->ended = true;
        reap(c);
        return WIJK_OK;
    }
    if (kind != WIJK__WIRE_ROW || !wijk__wire_get_row(c->row_cx, payload, &wire)) return fail_nonsense(c);
    if (c->rows >= WIJK_LIMIT_ROWS) return fail_nonsense(c);
    *row = (struct wijk__row){.crs = c->crs, .number = ++c->rows, .done = c->rows};
    fields_read(c, &wire, row);
    geometry_read(c, wire.wkb, row);
    *got = true;
    return WIJK_OK;
}

static void reader_close(struct wijk__rows *rows)
{
    struct child *c = rows->self;
    if (!c) return;
    reap(c);
    wijk_cx_end(c->row_cx);
    rows->self = NULL;
}

/* ---- starting -------------------------------------------------------------------------------- */

static const char *program_find(struct wijk_cx *cx, const struct wijk__open *how)
{
    const char *named = how->reader ? how->reader : getenv("WIJK_READ");
    if (named && named[0]) return named;
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) return "/usr/bin/wijk-read";
    path[n] = 0;
    char *slash = strrchr(path, '/');
    return wijk_sprintf(cx, "%.*s/wijk-read", slash ? (int)(slash - path) : 0, path);
}

static int spawn(const char *program, char *const argv[], int file, int pipe_in, pid_t *pid)
{
    char *const env[] = {"LC_ALL=C.UTF-8", NULL};
    posix_spawn_file_actions_t acts;
    if (posix_spawn_file_actions_init(&acts) != 0) return ENOMEM;
    int err = posix_spawn_file_actions_adddup2(&acts, pipe_in, 1);
    if (!err) err = posix_spawn_file_actions_adddup2(&acts, file, 3);
    if (!err) err = posix_spawn_file_actions_addopen(&acts, 0, "/dev/null", O_RDONLY, 0);
    if (!err) err = posix_spawn_file_actions_addopen(&acts, 2, "/dev/null", O_WRONLY, 0);
    if (!err) err = posix_spawn_file_actions_addclosefrom_np(&acts, 4);
    if (!err) err = posix_spawn(pid, program, &acts, NULL, argv, env);
    posix_spawn_file_actions_destroy(&acts);
    return err;
}

static enum wijk_err child_start(struct child *c, const struct wijk__open *how)
{
    const struct wijk_cx *cx = c->cx;
    char seconds[24];
    size_t n = wijk_num_write(c->limit.seconds, seconds);
    seconds[n] = 0;
    const char *program = program_find(c->cx, how);
    const char *layer = how->source ? wijk_yaml_text(how->source, "layer", "") : "";
    const char *const argv[] = {
        "wijk-read", wijk_cx_lang(cx) == WIJK_EN ? "en" : "nl", how->format, how->label, layer, seconds,
        NULL};
    if (access(program, X_OK) != 0)
        return wijk_fail(c->cx, WIJK_ECHILD,
                         "%s: voor dit formaat is het programma wijk-read nodig, en dat is er niet (%s)",
                         how->label, program);
    int file = open(how->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return wijk_fail(c->cx, WIJK_EIO, "%s: het bestand is niet te openen", how->label);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        close(file);
        return wijk_fail(c->cx, WIJK_EIO, "%s: er is geen verbinding met wijk-read te maken", how->label);
    }
    int err = spawn(program, (char *const *)(uintptr_t)argv, file, ends[1], &c->pid);
    close(file);
    close(ends[1]);
    c->fd = ends[0];
    if (err == 0) return WIJK_OK;
    c->pid = 0;
    reap(c);
    return wijk_fail(c->cx, WIJK_ECHILD, "%s: het programma wijk-read start niet", how->label);
}

static enum wijk_err head_read(struct child *c, const struct wijk__open *how, struct wijk__rows *out)
{
    enum wijk__wire_kind kind;
    struct wijk_str payload;
    struct wijk__wire_head head;
    WIJK_TRY(frame_read(c, &kind, &payload));
    if (kind == WIJK__WIRE_FAULT) return fault_pass(c, payload);
    if (kind != WIJK__WIRE_HEAD || !wijk__wire_get_head(c->row_cx, payload, &head)) return fail_nonsense(c);
    struct wijk_str *column = WIJK_NEW(c->cx, struct wijk_str, head.n_column);
    for (size_t i = 0; i < head.n_column; i++)
        column[i] = wijk_str_trim(wijk_str(wijk_str_dup(c->cx, head.column[i])));
    const char *said = how->source ? wijk_yaml_text(how->source, "crs", "") : "";
    int64_t epsg = head.crs;
    if (head.crs == 0 && wijk_str_starts(wijk_str(said), "EPSG:")) said += 5;
    if (head.crs == 0 && !wijk_int_parse(wijk_str(said), 1, 999999, &epsg)) epsg = 0;
    c->crs = epsg == WIJK_CRS_WGS84 ? WIJK_CRS_WGS84 : WIJK_CRS_RD;
    c->crs_known = epsg == WIJK_CRS_WGS84 || epsg == WIJK_CRS_RD;
    *out = (struct wijk__rows){.next = reader_next,
                               .close = reader_close,
                               .self = c,
                               .n_column = head.n_column,
                               .column = column,
                               .unit = WIJK_T("object"),
                               .total = head.total,
                               .table = wijk_str_dup(c->cx, head.layer)};
    return WIJK_OK;
}

enum wijk_err wijk__reader_open_limit(struct wijk_cx *cx, const struct wijk__open *how,
                                      struct wijk__reader_limit limit, struct wijk__rows *out)
{
    struct child *c = WIJK_NEW(cx, struct child, 1);
    *c = (struct child){.cx = cx, .label = how->label, .limit = limit, .fd = -1};
    if (c->limit.seconds == 0) c->limit.seconds = SECONDS;
    if (c->limit.max_bytes == 0) c->limit.max_bytes = MAX_BYTES;
    c->deadline_ms = now_ms() + (int64_t)c->limit.seconds * 1000;
    c->row_cx = wijk_cx_new(wijk_cx_lang(cx));
    c->mark = wijk_cx_mark(c->row_cx);
    enum wijk_err err = child_start(c, how);
    if (err == WIJK_OK) err = head_read(c, how, out);
    if (err != WIJK_OK) {
        reap(c);
        wijk_cx_end(c->row_cx);
    }
    return err;
}

enum wijk_err wijk__reader_open(struct wijk_cx *cx, const struct wijk__open *how, struct wijk__rows *out)
{
    return wijk__reader_open_limit(cx, how, (struct wijk__reader_limit){0}, out);
}
