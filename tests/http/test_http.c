/* SPDX-License-Identifier: EUPL-1.2 */
/* The server over a small invented gemeente in a real store: cases as text, then a real socket. */
#include "wijk.h"

#include <arpa/inet.h>
#include <math.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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
static const struct wijk_defs DEFS = {2, 1, 1, INDICATORS, METHODS, SOURCES};

struct world {
    struct wijk_cx *cx;
    char dir[64];
    const struct wijk_snapshot *snapshot;
};
static struct world W;

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

static int set_up(void **state)
{
    (void)state;
    struct wijk_store *store;
    W.cx = wijk_cx_new(WIJK_NL);
    snprintf(W.dir, sizeof W.dir, "%s/wijk-http-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(W.dir)) return -1;
    const char *path = wijk_sprintf(W.cx, "%s/proef.gpkg", W.dir);
    if (wijk_store_create(W.cx, path, &store) != WIJK_OK ||
        wijk_store_in_transaction(W.cx, store, fill, NULL) != WIJK_OK ||
        wijk_flow_snapshot(W.cx, store, &DEFS, true, &W.snapshot) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(W.cx));
        return -1;
    }
    wijk_store_close(store);
    remove(path);
    return rmdir(W.dir);
}

static int tear_down(void **state)
{
    (void)state;
    wijk_cx_end(W.cx);
    return 0;
}

/* ---- case files: request -> what must be in the answer ---- */

static const char *header_of(const struct wijk_http_answer *a, const char *name)
{
    for (size_t i = 0; i < a->n_header; i++)
        if (strcmp(a->header[i].name, name) == 0) return a->header[i].value;
    return "";
}

static bool holds(const struct wijk_http_answer *a, const char *text)
{
    return a->body.n && memmem(a->body.p, a->body.n, text, strlen(text)) != NULL;
}

/* Lines: `GET /path [lang]`, `status N`, `has TEXT`, `lacks TEXT`, `header Name: VALUE-PART`, # comment. */
static void run_cases(const char *path)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    char line[1024], target[800] = "", method[16], lang[8];
    struct wijk_http_answer a = {0};
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    size_t n = 0;
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        bool good = true;
        char *value = strchr(line, ' ');
        if (!*line || *line == '#') continue;
        assert_non_null(value);
        value++;
        if (strncmp(line, "status ", 7) == 0)
            good = atol(value) == a.status;
        else if (strncmp(line, "has ", 4) == 0)
            good = holds(&a, value);
        else if (strncmp(line, "lacks ", 6) == 0)
            good = !holds(&a, value);
        else if (strncmp(line, "header ", 7) == 0) {
            char *part = strstr(value, ": ");
            *part = '\0';
            good = strstr(header_of(&a, value), part + 2) != NULL;
        } else {
            *lang = '\0';
            assert_true(sscanf(line, "%15s %799s %7s", method, target, lang) >= 2);
            wijk_cx_end(cx);
            cx = wijk_cx_new(strcmp(lang, "en") == 0 ? WIJK_EN : WIJK_NL);
            char *mark = strchr(target, '?');
            if (mark) *mark = '\0';
            struct wijk_http_request q = {method, target, mark ? mark + 1 : "", lang, NULL, NULL};
            wijk_http_answer(cx, W.snapshot, &q, &a);
            n++;
        }
        if (!good) fail_msg("%s %s: %s\n%d %.*s", method, target, line, a.status, (int)a.body.n, a.body.p);
    }
    assert_true(n > 10);
    wijk_cx_end(cx);
    fclose(f);
}

static void test_cases(void **state)
{
    (void)state;
    run_cases(getenv("WIJK_HTTP_CASES"));
}

static void test_etag(void **state)
{
    (void)state;
    struct wijk_http_request q = {"GET", "/api/v1/gebieden/BU99020101", "", NULL, NULL, NULL};
    struct wijk_http_answer a, b;
    wijk_http_answer(W.cx, W.snapshot, &q, &a);
    assert_int_equal(a.status, 200);
    q.if_none_match = a.etag;
    wijk_http_answer(W.cx, W.snapshot, &q, &b);
    assert_int_equal(b.status, 304);
    assert_int_equal(b.body.n, 0);
}

/* ---- a real socket ---- */

static struct wijk_http *SERVER;

static size_t talk(const char *bytes, size_t n, char *out, size_t room)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)wijk_http_port(SERVER))};
    struct timeval wait = {5, 0};
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    send(fd, bytes, n, MSG_NOSIGNAL);
    size_t got = 0;
    for (ssize_t k; got < room - 1 && (k = recv(fd, out + got, room - 1 - got, 0)) > 0;) got += (size_t)k;
    out[got] = '\0';
    close(fd);
    return got;
}

static void test_malformed(void **state)
{
    (void)state;
    char *out = malloc(1 << 16), *big = malloc(40000);
    static const struct {
        const char *bytes;
        size_t n;
        const char *expect;
    } CASES[] = {
#define C(text, expect) {text, sizeof(text) - 1, expect}
        C("POST /api/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
          " 400 "),
        C("POST /api/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", " 413 "),
        C("DELETE /api/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", " 405 "),
        C("GET /api/v1\0x HTTP/1.1\r\nHost: a\r\n\r\n", NULL),
        C("GET /api/v1 HTTP/1.1\rHost: a\r\r", NULL),
        C("GET /gezond HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "\"goed\""),
        C("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", " HTTP"),
#undef C
    };
    for (size_t i = 0; i + 1 < sizeof CASES / sizeof *CASES; i++) {
        if (CASES[i].expect == NULL) { /* only: the server lives on */
            shutdown(-1, 0);
            struct sockaddr_in at = {.sin_family = AF_INET,
                                     .sin_port = htons((uint16_t)wijk_http_port(SERVER))};
            inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
            int fd = socket(AF_INET, SOCK_STREAM, 0);
            assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
            send(fd, CASES[i].bytes, CASES[i].n, MSG_NOSIGNAL);
            close(fd);
            continue;
        }
        talk(CASES[i].bytes, CASES[i].n, out, 1 << 16);
        if (!strstr(out, CASES[i].expect)) fail_msg("case %zu: %s", i, out);
    }
    memset(big, 'a', 40000);
    memcpy(big, "GET / HTTP/1.1\r\nHost: ", 22);
    talk(big, 40000, out, 1 << 16);
    assert_null(strstr(out, " 200 "));
    free(out);
    free(big);
}

static void *hammer(void *arg)
{
    static const char *const PATHS[] = {"/api/v1",
                                        "/api/v1/gebieden?niveau=buurt",
                                        "/api/v1/gebieden/BU99020101",
                                        "/api/v1/zoek?q=spoel",
                                        "/kaart",
                                        "/metrics",
                                        "/api/v1/nergens"};
    char *out = malloc(1 << 16), ask[256];
    for (size_t i = 0; i < 40; i++) {
        int n = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n",
                         PATHS[(i + (size_t)(uintptr_t)arg) % 7], i % 2 ? "Accept-Encoding: gzip\r\n" : "");
        size_t got = talk(ask, (size_t)n, out, 1 << 16);
        if (got < 20 || strncmp(out, "HTTP/1.1 ", 9) != 0) break;
        if (i == 39) arg = (void *)(uintptr_t)99;
    }
    free(out);
    return arg;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t t[8];
    void *end;
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&t[i], NULL, hammer, (void *)(uintptr_t)i), 0);
    for (size_t i = 0; i < 8; i++) {
        pthread_join(t[i], &end);
        assert_true((uintptr_t)end == 99);
    }
}

static void test_port_taken(void **state)
{
    (void)state;
    struct wijk_http *other;
    struct wijk_http_opt opt = {.host = "127.0.0.1", .port = wijk_http_port(SERVER)};
    assert_int_equal(wijk_http_start(W.cx, W.snapshot, opt, &other), WIJK_EIO);
    assert_non_null(strstr(wijk_fault(W.cx), "al in gebruik"));
    opt.host = "hier";
    assert_int_equal(wijk_http_start(W.cx, W.snapshot, opt, &other), WIJK_EUSAGE);
}

static int server_up(void **state)
{
    (void)state;
    return wijk_http_start(W.cx, W.snapshot, (struct wijk_http_opt){.host = "127.0.0.1"}, &SERVER) == WIJK_OK
               ? 0
               : -1;
}

static int server_down(void **state)
{
    (void)state;
    wijk_http_stop(SERVER);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_etag),
        cmocka_unit_test_setup_teardown(test_malformed, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_threads, server_up, server_down),
        cmocka_unit_test_setup_teardown(test_port_taken, server_up, server_down),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
