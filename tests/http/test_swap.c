/* SPDX-License-Identifier: EUPL-1.2 */
/* Readers at work while the figures change beneath them: every answer is of one picture, and none stays. */
#include "world.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { BUURTEN = 40, LOADS = 6, READERS = 3, ANSWER = 1 << 18 };
static const char *PATH;

static const struct wijk_geom *square(double x)
{
    const struct wijk_geom *g;
    struct wijk_geom_builder *b = wijk_geom_build(W.cx);
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    const double at[][2] = {{0, 0}, {830, 0}, {830, 710}, {0, 710}};
    for (size_t i = 0; i < 4; i++) wijk_geom_add_point(b, (struct wijk_xy){x + at[i][0], 480000 + at[i][1]});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_area v[BUURTEN];
    (void)arg;
    for (size_t i = 0; i < BUURTEN; i++)
        v[i] =
            (struct wijk_area){wijk_sprintf(cx, "BU990201%02zu", i + 1), wijk_sprintf(cx, "Hof %zu", i + 1),
                               NULL, 1000 + 7 * (double)i, square(120000 + 830 * (double)i)};
    const struct wijk_areas all = {WIJK_LEVEL_BUURT, 2025, BUURTEN, v};
    WIJK_TRY(wijk_store_save_areas(cx, store, &all));
    return wijk_store_set_title(cx, store, "Wisselstad", true);
}

static int up(void **state)
{
    struct wijk_store *store;
    const struct wijk_defs *defs;
    (void)state;
    W.cx = wijk_cx_new(WIJK_NL);
    snprintf(W.dir, sizeof W.dir, "%s/wijk-swap-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(W.dir)) return -1;
    PATH = wijk_sprintf(W.cx, "%s/s.gpkg", W.dir);
    if (wijk_flow_defs(W.cx, NULL, &defs) != WIJK_OK || wijk_store_create(W.cx, PATH, &store) != WIJK_OK ||
        wijk_store_in_transaction(W.cx, store, fill, NULL) != WIJK_OK ||
        wijk_flow_snapshot(W.cx, store, defs,
                           (struct wijk_snapshot_opt){.geometry = true, .unpublished = true},
                           &W.snapshot) != WIJK_OK)
        return -1;
    wijk_store_close(store);
    return server_with((struct wijk_http_opt){.store = PATH, .import = true, .poll_ms = 20, .workers = 3});
}

static int down(void **state)
{
    server_down(state);
    unlink(PATH);
    char dir[64];
    memcpy(dir, W.dir, sizeof dir);
    wijk_cx_end(W.cx);
    return rmdir(dir);
}

/* ---- the readers ---- */

static atomic_bool done;
static atomic_uint answers, wrong;

/* The version in the ETag is that of the body, and a buurt tile of it is there as long as it is served. */
static void *reader(void *arg)
{
    static const char *const ASK[] = {"/api/v1", "/api/v1/gebieden?niveau=buurt",
                                      "/api/v1/gebieden/BU99020117", "/api/v1/bronnen", "/gezond"};
    char *out = malloc(ANSWER), ask[300];
    (void)arg;
    for (size_t k = 0; !atomic_load(&done); k++) {
        snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", ASK[k % 5]);
        talk(ask, strlen(ask), out, ANSWER);
        const char *etag = strstr(out, "\r\nETag: \""), *version = strstr(out, "\"gegevensversie\":\"");
        bool good = strncmp(out, "HTTP/1.1 200", 12) == 0;
        if (k % 5 == 0) good = good && etag && version && memcmp(etag + 9, version + 18, 12) == 0;
        atomic_fetch_add(&wrong, !good);
        atomic_fetch_add(&answers, 1);
    }
    free(out);
    return NULL;
}

/* Until the readers had so many answers more. */
static void let_read(unsigned more)
{
    const struct timespec moment = {0, 1000000};
    for (unsigned from = atomic_load(&answers); atomic_load(&answers) - from < more;)
        nanosleep(&moment, NULL);
}

/* ---- the writer ---- */

static const char *send_to(const char *method, const char *path, const char *type, const char *body,
                           char *out)
{
    char *ask = malloc(ANSWER);
    int n = snprintf(ask, ANSWER,
                     "%s %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\n"
                     "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                     method, path, wijk_http_key(SERVER), type, strlen(body), body);
    talk(ask, (size_t)n, out, ANSWER);
    free(ask);
    return out;
}

static void wait_for(const char *address, const char *stand, char *out)
{
    const struct timespec moment = {0, 10000000};
    char want[40];
    snprintf(want, sizeof want, "\"stand\":\"%s\"", stand);
    for (int64_t start = now_ms(); now_ms() - start < 100000; nanosleep(&moment, NULL)) {
        char ask[300];
        snprintf(ask, sizeof ask,
                 "GET %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n",
                 address, wijk_http_key(SERVER));
        talk(ask, strlen(ask), out, ANSWER);
        if (strstr(out, want)) return;
        if (strstr(out, "\"stand\":\"mislukt\"")) break;
    }
    fail_msg("not %s: %s", stand, out);
}

static void load(int year, char *out)
{
    char body[4096] = "buurt;inwoners\n", address[80], path[100], ask[400];
    size_t n = strlen(body);
    for (int i = 0; i < BUURTEN; i++)
        n += (size_t)snprintf(body + n, sizeof body - n, "BU990201%02d;%d\n", i + 1, 100 + year % 97 + i);
    send_to("POST", "/api/v1/importen?naam=telling.csv", "application/octet-stream", body, out);
    assert_non_null(strstr(out, " 201 "));
    assert_int_equal(sscanf(strstr(out, "Location: ") + 10, "%79[^\r]", address), 1);
    snprintf(ask, sizeof ask,
             "{\"indeling\":{\"niveau\":\"buurt\",\"gebied\":{\"kolom\":\"buurt\",\"soort\":\"code\"},"
             "\"periode\":{\"jaar\":%d},\"velden\":[{\"kolom\":\"inwoners\",\"indicator\":\"residents\"}]},"
             "\"jaar\":2025}",
             year);
    snprintf(path, sizeof path, "%s/proef", address);
    send_to("POST", path, "application/json", ask, out);
    assert_non_null(strstr(out, " 202 "));
    wait_for(address, "gelezen", out);
    snprintf(path, sizeof path, "%s/laden", address);
    send_to("POST", path, "application/json", "{\"keuze\":\"alles\"}", out);
    assert_non_null(strstr(out, " 202 "));
    wait_for(address, "geladen", out);
}

static void test_swap(void **state)
{
    (void)state;
    pthread_t thread[READERS];
    char *out = malloc(ANSWER), ask[200];
    assert_non_null(out);
    for (size_t i = 0; i < READERS; i++) assert_int_equal(pthread_create(&thread[i], NULL, reader, NULL), 0);
    for (int i = 0; i < LOADS; i++) {
        let_read(READERS);
        load(2003 + i, out);
        /* Who saw «geladen» finds the figures. */
        snprintf(ask, sizeof ask,
                 "GET /api/v1/indicatoren/residents/waarden?niveau=buurt&periode=%d HTTP/1.1\r\nHost: a\r\n"
                 "Connection: close\r\n\r\n",
                 2003 + i);
        talk(ask, strlen(ask), out, ANSWER);
        if (!strstr(out, "HTTP/1.1 200")) fail_msg("%s", out);
    }
    let_read(2 * READERS); /* the last figures too */
    atomic_store(&done, true);
    for (size_t i = 0; i < READERS; i++) pthread_join(thread[i], NULL);
    assert_int_equal(atomic_load(&wrong), 0);
    /* A call lets go of its picture after its answer is out. */
    const struct timespec moment = {0, 10000000};
    for (int64_t start = now_ms(); (int)metric("wijk_snapshots") != 1; nanosleep(&moment, NULL))
        assert_in_range(now_ms() - start, 0, 60000);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_swap)};
    return cmocka_run_group_tests(tests, up, down);
}
