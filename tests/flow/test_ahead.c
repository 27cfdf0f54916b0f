/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading ahead changes nothing but the time it takes: with one thread and with many the same files give the
 * same store, the same counts and the same complaint. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { FILES = 9, BUURTEN = 300 };
static char folder[64];

static const char SOURCE[] =
    "id: proef\ntitle: {nl: Proef, en: Trial}\npublisher: Proef\nlicence: CC0\nattribution: Proef\n"
    "format: csv\nseparator: auto\nnumber: point\nmissing:\n  missing: [\"\"]\nfiles:\n"
    "  - name: alles\n    level: by_code\n    key: code\n    residents: inwoners\n    period: {column: "
    "jaar}\n"
    "    division_year: {option: year, otherwise: latest}\n    defines_areas: true\n    optional_fields: "
    "true\n"
    "    fields:\n      - {column: inwoners, indicator: residents}\n      - {column: mannen, indicator: "
    "men}\n";

static const char *in_folder(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", folder, name);
}

/* File nr of a year of its own; every seventh row cannot be right. `blank` bytes of empty lines behind it. */
static const char *a_file(struct wijk_cx *cx, const char *name, int nr, const char *header, size_t blank)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_printf(&b, "%s\n", header);
    for (int k = 0; k < BUURTEN; k++)
        wijk_buf_printf(&b, "BU9901%02d%02d,%d,%d,%s%d\n", 1 + k / 30, k % 30, 2012 + nr, 713 + 7 * k + nr,
                        k % 7 == 3 ? "x" : "", 311 + 3 * k);
    char *blanks = WIJK_NEW(cx, char, blank);
    memset(blanks, '\n', blank);
    wijk_buf_put(&b, blanks, blank);
    const char *path = in_folder(cx, name);
    put_file(cx, path, (struct wijk_str){b.p, b.n});
    return path;
}

struct result {
    enum wijk_err err;
    const char *fault, *version;
    struct wijk_flow_import_out out[FILES];
};

static struct result import(struct wijk_cx *cx, unsigned threads, const char *const *path, size_t n,
                            const struct wijk_progress *progress)
{
    struct result r = {0};
    struct wijk_store *store;
    const struct wijk_defs *defs;
    struct wijk_store_info facts;
    const char *file = in_folder(cx, "s.gpkg");
    wijk_threads_set(threads);
    unlink(file);
    must(cx, wijk_flow_defs(cx, folder, &defs));
    must(cx, wijk_store_create(cx, file, &store));
    struct wijk_flow_import_in in = {.defs = defs,
                                     .source = "proef",
                                     .paths = path,
                                     .n_paths = n,
                                     .year = 2025,
                                     .now = 1780000000,
                                     .progress = progress};
    r.err = wijk_flow_import(cx, store, in, r.out);
    r.fault = wijk_str_dup(cx, wijk_str(r.err ? wijk_fault(cx) : ""));
    must(cx, wijk_store_info(cx, store, &facts));
    r.version = wijk_str_dup(cx, wijk_str(facts.data_version));
    wijk_store_close(store);
    wijk_threads_set(1);
    return r;
}

static void same(const struct result *a, const struct result *b)
{
    assert_int_equal(a->err, b->err);
    assert_string_equal(a->fault, b->fault);
    assert_string_equal(a->version, b->version);
    for (size_t i = 0; i < FILES; i++) {
        const struct wijk_flow_import_out *x = &a->out[i], *y = &b->out[i];
        assert_int_equal(x->already, y->already);
        assert_int_equal(x->areas_new, y->areas_new);
        assert_int_equal(x->series_saved, y->series_saved);
        assert_int_equal(x->load.taken, y->load.taken);
        assert_int_equal(x->load.refused, y->load.refused);
        assert_int_equal(x->load.n_finding, y->load.n_finding);
        for (size_t k = 0; k < x->load.n_finding; k++) {
            assert_int_equal(x->load.finding[k].line, y->load.finding[k].line);
            assert_string_equal(x->load.finding[k].reason, y->load.finding[k].reason);
        }
    }
}

static const char GOOD[] = "code,jaar,inwoners,mannen";

/* Among them one twice, and one too large to be read ahead. */
static void test_same_store(void **state)
{
    struct wijk_cx *cx = *state;
    const char *path[FILES];
    for (int i = 0; i < FILES; i++)
        path[i] = a_file(cx, wijk_sprintf(cx, "%d.csv", i), i, GOOD, i == 4 ? 17 << 20 : 0);
    path[6] = path[2];
    struct result one = import(cx, 1, path, FILES, NULL), more = import(cx, 3, path, FILES, NULL);
    assert_int_equal(one.err, WIJK_OK);
    assert_int_equal(one.out[5].load.refused, 43);
    assert_true(one.out[6].already && !one.out[7].already);
    same(&one, &more);
}

/* What stands before the file that cannot be read is kept; the complaint names it. */
static void test_same_complaint(void **state)
{
    struct wijk_cx *cx = *state;
    const char *path[FILES];
    for (int i = 0; i < FILES; i++)
        path[i] = a_file(cx, wijk_sprintf(cx, "%d.csv", i), i, i == 5 ? "code,jaar\"" : GOOD, 0);
    struct result one = import(cx, 1, path, FILES, NULL), more = import(cx, 4, path, FILES, NULL);
    assert_true(one.err != WIJK_OK && strstr(one.fault, "5.csv"));
    assert_int_equal(one.out[4].load.taken, 257);
    same(&one, &more);
    path[3] = in_folder(cx, "niet-daar.csv");
    one = import(cx, 1, path, FILES, NULL), more = import(cx, 4, path, FILES, NULL);
    assert_int_equal(one.err, WIJK_ENOTFOUND);
    same(&one, &more);
}

static bool stop_later(void *self, const char *what, uint64_t done, uint64_t total)
{
    int *left = self;
    (void)what, (void)done, (void)total;
    return --*left > 0;
}

/* Stopped at any moment: it says so, and the store is whole. */
static void test_stop(void **state)
{
    struct wijk_cx *cx = *state;
    const char *path[FILES];
    for (int i = 0; i < FILES; i++) path[i] = a_file(cx, wijk_sprintf(cx, "%d.csv", i), i, GOOD, 0);
    for (int moment = 1; moment < 20; moment += 3) {
        int left = moment;
        const struct wijk_progress progress = {stop_later, &left};
        assert_int_equal(import(cx, 4, path, FILES, &progress).err, WIJK_ECANCEL);
    }
}

static int setup(void **state)
{
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}
static int teardown(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

int main(void)
{
    snprintf(folder, sizeof folder, "%s/wijk-ahead-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    if (!mkdtemp(folder)) return 1;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    if (mkdir(in_folder(cx, "sources"), 0700)) return 1;
    put_file(cx, in_folder(cx, "sources/proef.yaml"), WIJK_STR(SOURCE));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_same_store, setup, teardown),
        cmocka_unit_test_setup_teardown(test_same_complaint, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stop, setup, teardown),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *const rm[] = {"rm", "-r", folder, NULL};
    pid_t child = fork();
    if (child == 0) execvp("rm", rm);
    waitpid(child, NULL, 0);
    wijk_cx_end(cx);
    return failed;
}
