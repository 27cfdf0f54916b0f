/* SPDX-License-Identifier: EUPL-1.2 */
/* Files made to hurt: a line of 2 GB, nesting without end, nonsense bytes. Each is refused with a sentence,
 * in little memory and time. Big files are sparse: they cost no disk. */
#include "harness.h"

#include <fcntl.h>
#include <unistd.h>

static const char *root;
static char dir[] = "/tmp/wijk-import-XXXXXX";

static enum wijk_err import(struct wijk_cx *cx, const char *source, const char *path)
{
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    const struct wijk_import_batch *batch;
    struct wijk_import_in in = {
        .defs = defs, .source = wijk_defs_source(defs, source), .path = path, .year = 2014};
    assert_non_null(in.source);
    return wijk_import_read(cx, in, &batch);
}

static const char *path_of(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", dir, name);
}

static void write_file(const char *path, const char *head, size_t n, off_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, head, n), (ssize_t)n);
    if (size) assert_int_equal(ftruncate(fd, size), 0);
    close(fd);
}

static void refused(const char *source, const char *name, const char *head, size_t n, off_t size,
                    enum wijk_err want)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *path = path_of(cx, name);
    write_file(path, head, n, size);
    enum wijk_err err = import(cx, source, path);
    if (err != want)
        fail_msg("%s: %s instead of %s: %s", name, wijk_err_name(err), wijk_err_name(want), wijk_fault(cx));
    assert_true(wijk_fault(cx)[0] != '\0');
    unlink(path);
    wijk_cx_end(cx);
}

/* One line past the ceiling; a line of 2 GB stops at the same byte. */
static void test_long_line(void **state)
{
    (void)state;
    size_t n = (size_t)WIJK_LIMIT_LINE * 2;
    char *text = malloc(n);
    memset(text, 'a', n);
    refused("leefbaarometer-3", "long.csv", text, n, 0, WIJK_ELIMIT);
    free(text);
}

/* A quarter of a gigabyte of NUL bytes behind a good header. */
static void test_sparse_file(void **state)
{
    (void)state;
    static const char head[] = "bu_code,bu_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n";
    refused("leefbaarometer-3", "sparse.csv", head, sizeof head - 1, (off_t)256 << 20, WIJK_ELIMIT);
}

static void test_deep_json(void **state)
{
    (void)state;
    enum { DEEP = 10000 };
    char *text = malloc(DEEP + 64);
    static const char *const source[] = {"pdok-buurten", "cbs-gebieden-topojson", "cbs-kwb-odata"};
    static const char *const head[] = {"{\"features\":[{\"geometry\":{\"coordinates\":",
                                       "{\"objects\":{\"layer\":{\"arcs\":", "{\"value\":[{\"a\":"};
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(head[i]);
        memcpy(text, head[i], n);
        memset(text + n, '[', DEEP);
        refused(source[i], "deep.json", text, n + DEEP, 0, WIJK_ELIMIT);
    }
    free(text);
}

static void test_nonsense(void **state)
{
    (void)state;
    static const char zip[] = "PK\3\4 this is no table";
    static const char *const source[] = {"pdok-buurten", "cbs-gebieden-topojson", "cbs-kwb-odata"};
    for (int i = 0; i < 3; i++) refused(source[i], "zip.json", zip, sizeof zip, 0, WIJK_EPARSE);
    refused("leefbaarometer-3", "zip.csv", zip, sizeof zip, 0, WIJK_EPARSE);
}

static void test_huge_arc_numbers(void **state)
{
    (void)state;
    static const char head[] =
        "{\"arcs\":[],\"objects\":{\"layer\":{\"type\":\"Polygon\",\"arcs\":[[1e300]]}}}";
    refused("cbs-gebieden-topojson", "arcs.json", head, sizeof head - 1, 0, WIJK_EPARSE);
}

static void test_folder(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_EN);
    assert_int_equal(import(cx, "leefbaarometer-3", dir), WIJK_EIO);
    wijk_cx_end(cx);
}

static bool stop(void *self, const char *what, uint64_t done, uint64_t total)
{
    (void)what, (void)done, (void)total;
    return ++*(int *)self < 0;
}

static void test_stopped_on_request(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    const struct wijk_import_batch *batch;
    int asked = 0;
    struct wijk_progress progress = {stop, &asked};
    struct wijk_import_in in = {.defs = defs,
                                .source = wijk_defs_source(defs, "leefbaarometer-3"),
                                .progress = &progress,
                                .path = wijk_sprintf(cx, "%s/tests/import/leefbaarometer-3/buurt.csv", root)};
    assert_int_equal(wijk_import_read(cx, in, &batch), WIJK_ECANCEL);
    assert_int_equal(asked, 1);
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    if (argc < 2 || !mkdtemp(dir)) return 2;
    root = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_line),          cmocka_unit_test(test_sparse_file),
        cmocka_unit_test(test_deep_json),          cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_huge_arc_numbers),   cmocka_unit_test(test_folder),
        cmocka_unit_test(test_stopped_on_request),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(dir);
    return failed;
}
