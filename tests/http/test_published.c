/* SPDX-License-Identifier: EUPL-1.2 */
/* A server that runs while a date of review passes: from midnight in the Netherlands the score is gone from
 * every answer, with the reason, and a date before it brings the score back. Nothing is started anew. */
#include "world.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { ANSWER = 1 << 20 };
static const char *PATH;
static atomic_llong clock_s;

static int64_t pretend(void)
{
    return (int64_t)atomic_load(&clock_s);
}

static void set_clock(const char *date, int64_t second)
{
    int64_t t;
    assert_true(wijk_date_parse(wijk_str(date), &t));
    atomic_store(&clock_s, t + second);
}

/* The demo, with figures of the national score; its record is due on 1 December 2027. */
static int up(void **state)
{
    struct wijk_store *store;
    const struct wijk_defs *defs;
    (void)state;
    W.cx = wijk_cx_new(WIJK_NL);
    snprintf(W.dir, sizeof W.dir, "%s/wijk-published-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(W.dir)) return -1;
    PATH = wijk_sprintf(W.cx, "%s/s.gpkg", W.dir);
    set_clock("2027-12-01", 22 * 3600 + 3599);
    if (wijk_flow_defs(W.cx, NULL, &defs) != WIJK_OK || wijk_store_create(W.cx, PATH, &store) != WIJK_OK ||
        wijk_flow_demo(W.cx, store, defs, NULL) != WIJK_OK ||
        wijk_flow_snapshot(W.cx, store, defs, (struct wijk_snapshot_opt){.geometry = true, .now = pretend()},
                           &W.snapshot) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(W.cx));
        return -1;
    }
    wijk_store_close(store);
    return server_with((struct wijk_http_opt){.store = PATH,
                                              .poll_ms = 20,
                                              .no_drawn = true,
                                              .now = pretend,
                                              .contact = "lek@lindewaard.example",
                                              .url = "https://wijken.lindewaard.example"});
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

static const char *get(const char *path, char *out)
{
    char ask[300];
    snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path);
    talk(ask, strlen(ask), out, ANSWER);
    return out;
}

/* The slowest machine needs a while to read the store anew. */
static void wait_until(const char *path, const char *want, char *out)
{
    const struct timespec moment = {0, 20000000};
    for (int64_t start = now_ms(); now_ms() - start < 100000; nanosleep(&moment, NULL))
        if (strstr(get(path, out), want)) return;
    fail_msg("%s has no %s: %.600s", path, want, out);
}

#define SCORES "/api/v1/scores?methode=lbm3&niveau=buurt&periode=2025"
static const char *const TOLD[] = {
    SCORES,
    "/api/v1/indicatoren/lbm3.safety/waarden?niveau=buurt&periode=2025",
    "/api/v1/herkomst/BU99010101/lbm3.deviation/2025",
    "/api/v1/herkomst/BU99010101~lbm3~2025~2025~demo~klasse",
    "/api/v1/trends?niveau=buurt&indicator=lbm3.deviation",
    "/api/v1/verlopen?niveau=buurt",
    "/api/v1/kloof",
    "/api/v1/onvoldoende",
    "/api/v1/clusters?indicator=lbm3.deviation&niveau=buurt&periode=2025",
};

static void test_midnight(void **state)
{
    (void)state;
    char *out = malloc(ANSWER), version[60];
    assert_non_null(out);
    for (size_t k = 0; k < sizeof TOLD / sizeof *TOLD; k++)
        if (!strstr(get(TOLD[k], out), "HTTP/1.1 200")) fail_msg("%s: %.300s", TOLD[k], out);
    assert_non_null(strstr(get("/api/v1/gebieden/BU99010101", out), "\"lbm3.deviation"));
    assert_non_null(strstr(get("/api/v1", out), "\"nietGetoond\":[]"));
    assert_int_equal(sscanf(strstr(out, "\"gegevensversie\":\"") + 18, "%59[^\"]", version), 1);

    set_clock("2027-12-01", 23 * 3600); /* midnight there */
    wait_until(SCORES, "HTTP/1.1 404", out);
    for (size_t k = 0; k < sizeof TOLD / sizeof *TOLD; k++) {
        get(TOLD[k], out);
        if (!strstr(out, "HTTP/1.1 404") || !strstr(out, "herziening had uiterlijk op 1 december 2027"))
            fail_msg("%s: %.400s", TOLD[k], out);
    }
    /* No figure of it in what is left, and the reason beside it. */
    get("/api/v1/gebieden/BU99010101", out);
    assert_null(strstr(out, "lbm3."));
    assert_non_null(strstr(out, "\"scores\":[]"));
    assert_non_null(strstr(out, "\"nietGetoond\":[{\"id\":\"lbm3\""));
    get("/api/v1/uitvoer/csv", out);
    assert_null(strstr(out, "lbm3."));
    get("/ogc/collections/buurt-2025/items/BU99010101", out);
    assert_null(strstr(out, "lbm3"));
    get("/api/v1", out); /* what was kept under the old version stays there */
    assert_null(strstr(out, wijk_sprintf(W.cx, "\"gegevensversie\":\"%s\"", version)));
    assert_non_null(strstr(get("/api/v1/algoritmen/lbm3", out), "\"openbaar\":false"));

    set_clock("2027-11-30", 0);
    wait_until(SCORES, "HTTP/1.1 200", out);
    get("/api/v1", out);
    assert_non_null(strstr(out, wijk_sprintf(W.cx, "\"gegevensversie\":\"%s\"", version)));
    free(out);
}

static void test_security_txt(void **state)
{
    (void)state;
    char *out = malloc(ANSWER);
    assert_non_null(out);
    set_clock("2027-11-30", 1234);
    get("/.well-known/security.txt", out);
    assert_non_null(strstr(out, "HTTP/1.1 200"));
    assert_non_null(strstr(out, "Content-Type: text/plain; charset=utf-8"));
    assert_non_null(strstr(out, "\r\n\r\nContact: mailto:lek@lindewaard.example\n"
                                "Expires: 2028-05-30T00:00:00Z\nPreferred-Languages: nl, en\n"
                                "Canonical: https://wijken.lindewaard.example/.well-known/security.txt\n"));
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_midnight), cmocka_unit_test(test_security_txt)};
    return cmocka_run_group_tests(tests, up, down);
}
