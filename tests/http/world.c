/* SPDX-License-Identifier: EUPL-1.2 */
/* A small invented gemeente in a real store, a server over it, and a client that can misbehave. */
#include "world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const struct wijk_indicator INDICATORS[] = {{.id = "residents",
                                                    .label_nl = "Inwoners",
                                                    .label_en = "Residents",
                                                    .definition_nl = "Aantal inwoners",
                                                    .definition_en = "Number of residents",
                                                    .unit_nl = "inwoners",
                                                    .unit_en = "residents",
                                                    .theme = "bevolking",
                                                    .method = "",
                                                    .dimension = "",
                                                    .min = NAN,
                                                    .max = NAN,
                                                    .disclosure = "open"},
                                                   {.id = "lbm3.deviation",
                                                    .label_nl = "Leefbaarheid",
                                                    .label_en = "Livability",
                                                    .definition_nl = "Afwijking",
                                                    .definition_en = "Deviation",
                                                    .unit_nl = "",
                                                    .unit_en = "",
                                                    .theme = "leefbaarheid",
                                                    .method = "lbm3",
                                                    .dimension = "",
                                                    .kind = WIJK_KIND_ESTIMATED,
                                                    .direction = WIJK_DIRECTION_UP,
                                                    .decimals = 3,
                                                    .min = NAN,
                                                    .max = NAN,
                                                    .disclosure = "open"}};
static const struct wijk_method METHODS[] = {
    {.id = "lbm3",
     .version = "3.0",
     .label_nl = "Leefbaarometer 3.0",
     .label_en = "Leefbaarometer 3.0",
     .total = "lbm3.deviation",
     .score = "",
     .delivered_class = "",
     .sum_tolerance = 0.01,
     .class_nl = {"k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"},
     .class_en = {"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"}}};
static const struct wijk_source SOURCES[] = {{.id = "proef",
                                              .title_nl = "Proefbron",
                                              .title_en = "Trial source",
                                              .publisher = "Gemeente",
                                              .licence = "CC0",
                                              .homepage = "",
                                              .table = "",
                                              .format = "csv",
                                              .release = "",
                                              .method_version = "",
                                              .attribution = "Bron: proef"}};
static const struct wijk_defs DEFS = {.n_indicator = 2,
                                      .n_method = 1,
                                      .n_source = 1,
                                      .indicator = INDICATORS,
                                      .method = METHODS,
                                      .source = SOURCES};

struct world W;

static const struct wijk_geom *square(double x, double y)
{
    const struct wijk_geom *g;
    struct wijk_geom_builder *b = wijk_geom_build(W.cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    const double at[][2] = {{0, 0}, {830, 0}, {830, 710}, {0, 710}};
    for (size_t i = 0; i < 4; i++) wijk_geom_add_point(b, (struct wijk_xy){x + at[i][0], y + at[i][1]});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static void save_series(struct wijk_store *store, const char *id, int16_t year, const double *v,
                        uint32_t load)
{
    const uint8_t status[] = {WIJK_STATUS_OK, WIJK_STATUS_OK, WIJK_STATUS_SUPPRESSED};
    const uint32_t row[] = {2, 3, 4}, from[] = {load, load, load};
    struct wijk_series s = {{id, {year, 0}, WIJK_LEVEL_BUURT, 2025, ""}, 3, v, status, row, from};
    assert_int_equal(wijk_store_save_series(W.cx, store, &s), WIJK_OK);
}

/* Enough to make an answer that takes a while and does not fit in a socket. */
static enum wijk_err many_areas(struct wijk_cx *cx, struct wijk_store *store)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, WORLD_PC4);
    for (size_t i = 0; i < WORLD_PC4; i++)
        v[i] = (struct wijk_area){.code = wijk_sprintf(cx, "%zu", 1011 + i),
                                  .name = wijk_sprintf(cx, "Postcodegebied nummer %zu", 1011 + i),
                                  .residents = 137 + (double)i};
    const struct wijk_areas pc4 = {WIJK_LEVEL_PC4, 2025, WORLD_PC4, v};
    return wijk_store_save_areas(cx, store, &pc4);
}

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    (void)arg;
    const struct wijk_area g[] = {{"GM9902", "Proefstad", NULL, 5137, NULL}};
    const struct wijk_area w[] = {{"WK990201", "Kern", "GM9902", 5137, NULL}};
    const struct wijk_area b[] = {{"BU99020101", "Spoelhof", "WK990201", 3017, square(120000, 480000)},
                                  {"BU99020102", "Élan", "WK990201", 2113, square(120830, 480000)},
                                  {"BU99020103", "Leeg", "WK990201", 7, NULL}};
    const struct wijk_areas all[] = {
        {WIJK_LEVEL_GEMEENTE, 2025, 1, g}, {WIJK_LEVEL_WIJK, 2025, 1, w}, {WIJK_LEVEL_BUURT, 2025, 3, b}};
    for (size_t i = 0; i < 3; i++) WIJK_TRY(wijk_store_save_areas(cx, store, &all[i]));
    WIJK_TRY(many_areas(cx, store));
    const struct wijk_finding finding = {WIJK_FINDING_FLAGGED, 3, "inw", "wel erg veel", "kijk het na"};
    struct wijk_load load = {.source = "proef",
                             .release = "",
                             .method_version = "",
                             .publisher = "Gemeente",
                             .licence = "CC0",
                             .table = "",
                             .file_name = "proef.csv",
                             .bytes = 311,
                             .retrieved = "2025-03-04",
                             .sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                             .loaded_at = "2025-03-05T10:11:12Z",
                             .rows = 3,
                             .taken = 3,
                             .flagged = 1,
                             .n_finding = 1,
                             .finding = &finding};
    WIJK_TRY(wijk_store_save_defs(cx, store, &DEFS));
    WIJK_TRY(wijk_store_save_load(cx, store, &load));
    save_series(store, "residents", 2025, (const double[]){3017, 2113, NAN}, load.id);
    save_series(store, "lbm3.deviation", 2023, (const double[]){0.113, -0.071, NAN}, load.id);
    save_series(store, "lbm3.deviation", 2025, (const double[]){0.047, -0.058, NAN}, load.id);
    return wijk_store_set_title(cx, store, "Proefstad", true);
}

int world_up(void **state)
{
    (void)state;
    struct wijk_store *store;
    W.cx = wijk_cx_new(WIJK_NL);
    snprintf(W.dir, sizeof W.dir, "%s/wijk-http-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(W.dir)) return -1;
    const char *path = wijk_sprintf(W.cx, "%s/proef.gpkg", W.dir);
    if (wijk_store_create(W.cx, path, &store) != WIJK_OK ||
        wijk_store_in_transaction(W.cx, store, fill, NULL) != WIJK_OK ||
        wijk_flow_snapshot(W.cx, store, &DEFS,
                           (struct wijk_snapshot_opt){.geometry = true, .unpublished = true},
                           &W.snapshot) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(W.cx));
        return -1;
    }
    wijk_store_close(store);
    remove(path);
    return rmdir(W.dir);
}

int world_down(void **state)
{
    (void)state;
    wijk_cx_end(W.cx);
    return 0;
}

/* ---- the server ---- */

struct wijk_http *SERVER;

int server_with(struct wijk_http_opt opt)
{
    opt.host = "127.0.0.1";
    return wijk_http_start(W.cx, W.snapshot, opt, &SERVER) == WIJK_OK ? 0 : -1;
}

int server_up(void **state)
{
    (void)state;
    return server_with((struct wijk_http_opt){0});
}

int server_down(void **state)
{
    (void)state;
    wijk_http_stop(SERVER);
    SERVER = NULL;
    return 0;
}

/* ---- the client ---- */

int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int dial(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)wijk_http_port(SERVER))};
    struct timeval wait = {60, 0}; /* of a machine that is busy with other things */
    int small = 8192, fd = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

bool say(int fd, const char *bytes, size_t n)
{
    return send(fd, bytes, n, MSG_NOSIGNAL) == (ssize_t)n;
}

enum ending hear(int fd, char *out, size_t room, size_t *got)
{
    size_t n = 0;
    ssize_t k = 1;
    while (n < room - 1 && (k = recv(fd, out + n, room - 1 - n, 0)) > 0) n += (size_t)k;
    out[n] = '\0';
    if (got) *got = n;
    return k == 0 ? CLOSED : k < 0 && errno == ECONNRESET ? RESET : STILL_OPEN;
}

size_t hear_one(int fd, char *out, size_t room)
{
    size_t n = 0, whole = SIZE_MAX;
    while (n < whole && n < room - 1) {
        ssize_t k = recv(fd, out + n, whole == SIZE_MAX ? 1 : whole - n, 0);
        if (k <= 0) break;
        n += (size_t)k;
        out[n] = '\0';
        if (whole != SIZE_MAX || n < 4 || strcmp(out + n - 4, "\r\n\r\n") != 0) continue;
        const char *length = strcasestr(out, "\r\nContent-Length:");
        whole = n + (length ? (size_t)strtoul(length + 17, NULL, 10) : 0);
    }
    return n;
}

size_t talk(const char *bytes, size_t n, char *out, size_t room)
{
    size_t got;
    int fd = dial();
    say(fd, bytes, n);
    hear(fd, out, room, &got);
    close(fd);
    return got;
}

double metric(const char *line)
{
    static const char ASK[] = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    char *out = malloc(1 << 18), find[200];
    double value = 0;
    assert_non_null(out);
    talk(ASK, sizeof ASK - 1, out, 1 << 18);
    snprintf(find, sizeof find, "\n%s ", line);
    const char *at = strstr(out, find);
    if (at) value = strtod(at + strlen(find), NULL);
    free(out);
    return value;
}

bool connections_become(unsigned n)
{
    const struct timespec moment = {0, 20000000};
    for (int64_t start = now_ms(); now_ms() - start < 60000; nanosleep(&moment, NULL))
        if ((unsigned)metric("wijk_connections") == n) return true;
    return false;
}
