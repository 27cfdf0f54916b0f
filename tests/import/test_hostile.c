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
    static const char *const source[] = {"pdok-buurten", "cbs-gebieden-topojson", "cbs-kwb-odata",
                                         "gemeente-json"};
    static const char *const head[] = {
        "{\"features\":[{\"geometry\":{\"coordinates\":", "{\"objects\":{\"layer\":{\"arcs\":",
        "{\"value\":[{\"a\":", "{\"buurten\":[{\"a\":"};
    for (int i = 0; i < 4; i++) {
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
    static const char *const source[] = {"pdok-buurten", "cbs-gebieden-topojson", "cbs-kwb-odata",
                                         "gemeente-json"};
    for (int i = 0; i < 4; i++) refused(source[i], "zip.json", zip, sizeof zip, 0, WIJK_EPARSE);
    refused("leefbaarometer-3", "zip.csv", zip, sizeof zip, 0, WIJK_EPARSE);
}

/* Nested JSON: more columns than there may be, a name without end, no rows, and objects in objects to the
 * limit. */
static void test_json_places(void **state)
{
    (void)state;
    enum { ROOM = 1 << 18 };
    char *text = malloc(ROOM);
    size_t n = (size_t)snprintf(text, ROOM, "{\"buurten\":[{");
    for (int i = 0; i < WIJK_LIMIT_COLUMNS + 1; i++)
        n += (size_t)snprintf(text + n, ROOM - n, "\"c%d\":{\"d\":%d},", i, i);
    n += (size_t)snprintf(text + n, ROOM - n, "\"e\":1}]}");
    refused("gemeente-json", "wide.json", text, n, 0, WIJK_ELIMIT);

    n = (size_t)snprintf(text, ROOM, "{\"buurten\":[{\"");
    memset(text + n, 'x', 5000);
    n += 5000;
    n += (size_t)snprintf(text + n, ROOM - n, "\":1}]}");
    refused("gemeente-json", "name.json", text, n, 0, WIJK_EPARSE);

    n = 0;
    for (int i = 0; i < WIJK_LIMIT_DEPTH - 2; i++) n += (size_t)snprintf(text + n, ROOM - n, "{\"a\":");
    n += (size_t)snprintf(text + n, ROOM - n, "1");
    for (int i = 0; i < WIJK_LIMIT_DEPTH - 2; i++) text[n++] = '}';
    refused("gemeente-json", "nested.json", text, n, 0, WIJK_EDATA); /* read to its end; no code in it */

    static const char cut[] =
        "{\"buurten\":[{\"code\":\"BU99010101\",\"name\":\"a\",\"demografie\":{\"inwoners\":5}},{\"code\":";
    refused("gemeente-json", "cut.json", cut, sizeof cut - 1, 0, WIJK_EPARSE);
    static const char scalar[] = "17";
    refused("gemeente-json", "scalar.json", scalar, sizeof scalar - 1, 0, WIJK_EPARSE);
    static const char none[] = "{\"gemeenten\":[[],1,\"a\"]}";
    refused("gemeentenlijst-json", "none.json", none, sizeof none - 1, 0, WIJK_EDATA);
    free(text);
}

/* A table that never comes to its header, and one whose title row is all there is. */
static void test_table_without_header(void **state)
{
    (void)state;
    enum { LINES = 500 };
    char text[LINES * 6];
    size_t n = 0;
    for (int i = 0; i < LINES; i++) n += (size_t)snprintf(text + n, sizeof text - n, "titel\n");
    refused("zwolle-cijfers", "buurt-2015.csv", text, n - 1, 0, WIJK_EDATA);
    refused("zwolle-cijfers", "buurt-2015.csv", text, 6, 0, WIJK_EDATA);
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
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_sparse_file),
        cmocka_unit_test(test_deep_json),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_huge_arc_numbers),
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_stopped_on_request),
        cmocka_unit_test(test_json_places),
        cmocka_unit_test(test_table_without_header),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(dir);
    return failed;
}
