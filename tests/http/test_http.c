/* SPDX-License-Identifier: EUPL-1.2 */
/* The router without a socket: cases as text, and ETags. */
#include "world.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

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
    assert_non_null(path);
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
            struct wijk_http_request q = {
                .method = method, .path = target, .query = mark ? mark + 1 : "", .accept_language = lang};
            wijk_http_answer(cx, W.snapshot, &q, &a);
            if (a.file >= 0) close(a.file);
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
    struct wijk_http_request q = {.method = "GET", .path = "/api/v1/gebieden/BU99020101", .query = ""};
    struct wijk_http_answer a, b;
    wijk_http_answer(W.cx, W.snapshot, &q, &a);
    assert_int_equal(a.status, 200);
    q.if_none_match = a.etag;
    wijk_http_answer(W.cx, W.snapshot, &q, &b);
    assert_int_equal(b.status, 304);
    assert_int_equal(b.body.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_etag),
    };
    return cmocka_run_group_tests(tests, world_up, world_down);
}
