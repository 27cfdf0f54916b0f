/* SPDX-License-Identifier: EUPL-1.2 */
/* Source definitions: every built-in one reads, the example in docs/sources.md loads, and each fault names
 * its line. */
#include "harness.h"

static const char *root;

#define HEAD                                                                                                 \
    "id: extra\ntitle: {nl: \"Eigen\", en: \"Own\"}\npublisher: \"Wij\"\nlicence: \"CC0\"\nattribution: "    \
    "\"Bron: wij\"\n"                                                                                        \
    "format: csv\n"

static enum wijk_err import(struct wijk_cx *cx, const char *yaml, const char *id, const char *path)
{
    const struct wijk_defs *defs = read_defs(cx, root, yaml);
    const struct wijk_import_batch *batch;
    struct wijk_import_in in = {.defs = defs, .source = wijk_defs_source(defs, id), .path = path};
    return wijk_import_read(cx, in, &batch);
}

/* A definition that reads gets as far as the file, which is not there. */
static void test_built_in_sources_read(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    assert_true(defs->n_source >= 7);
    for (size_t i = 0; i < defs->n_source; i++) {
        const struct wijk_import_batch *batch;
        if (!wijk_yaml_get(defs->source[i].yaml, "files")) continue; /* the demo makes its own figures */
        struct wijk_import_in in = {
            .defs = defs, .source = &defs->source[i], .path = "/not/there", .year = 2020};
        enum wijk_err err = wijk_import_read(cx, in, &batch);
        if (err != WIJK_ENOTFOUND) fail_msg("%s: %s", defs->source[i].id, wijk_fault(cx));
    }
    wijk_cx_end(cx);
}

static void wrong(const char *body, const char *line, const char *part)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    enum wijk_err err = import(cx, wijk_sprintf(cx, HEAD "%s", body), "extra", "/not/there");
    if (err != WIJK_EDEF || !strstr(wijk_fault(cx), line) || !strstr(wijk_fault(cx), part))
        fail_msg("%s instead of line %s, %s: %s", wijk_err_name(err), line, part, wijk_fault(cx));
    wijk_cx_end(cx);
}

#define FILE_HEAD "files:\n  - name: een\n    level: buurt\n    key: code\n"
static void test_faults_name_their_line(void **state)
{
    (void)state;
    wrong("", "regel", "files");
    wrong("number: roman\n" FILE_HEAD, "regel 7", "roman");
    wrong("encoding: ebcdic\n" FILE_HEAD, "regel 7", "ebcdic");
    wrong("missing:\n  lost: [1]\n" FILE_HEAD, "regel 8", "lost");
    wrong("files:\n  - name: een\n    level: straat\n    key: code\n", "regel 8", "straat");
    wrong("files:\n  - name: een\n    level: buurt\n", "regel 8", "key");
    wrong(FILE_HEAD "    colour: red\n", "regel 11", "colour");
    wrong(FILE_HEAD "    division_year: period\n", "regel 8", "period");
    wrong(FILE_HEAD "    period: 1820\n    division_year: period\n", "regel 11", "1820");
    wrong(FILE_HEAD "    period: {option: month}\n    division_year: period\n", "regel 11", "month");
    wrong(FILE_HEAD
          "    period: 2020\n    division_year: period\n    fields:\n      - {column: a, indicator: nope}\n",
          "regel 14", "nope");
#define FIELDS FILE_HEAD "    period: 2020\n    division_year: period\n    fields:\n"
    wrong(FIELDS "      - {column: [a, \"a{yy}\"], indicator: residents}\n", "regel 14", "{yy}");
    wrong(FIELDS "      - {column: [], indicator: residents}\n", "regel 14", "column");
    wrong(FIELDS "      - {column: a, indicator: residents, where: {column: b}}\n", "regel 14", "values");
    wrong(FILE_HEAD "    period: pattern\n    division_year: 2020\n    fields:\n"
                    "      - {column: a, indicator: residents}\n",
          "regel 14", "{yy}");
    wrong(FILE_HEAD "    period: {file_name: jaar}\n    division_year: period\n", "regel 11", "{yyyy}");
    wrong(FILE_HEAD "    period: {column: jaar, otherwise: 2020}\n    division_year: period\n", "regel 11",
          "file_name");
#define SHARE                                                                                                \
    FILE_HEAD "    period: 2020\n    division_year: period\n    adds_up:\n      - {indicator: residents, "
    wrong(SHARE "parts: pc4, least: 0.8, otherwise: missing, reason: x}\n", "regel 14", "parts");
    wrong(SHARE "parts: buurt, least: 2, otherwise: missing, reason: x}\n", "regel 14", "least");
    wrong(SHARE "parts: buurt, least: 0.8, otherwise: ok, reason: x}\n", "regel 14", "otherwise");
    wrong(SHARE "parts: buurt, least: 0.8, otherwise: missing}\n", "regel 14", "reason");
    wrong("footer: Bron\n" FILE_HEAD, "regel 7", "footer");
    wrong("colour: red\n" FILE_HEAD, "regel 7", "colour");
    wrong("files:\n  - name: een\n    level: buurt\n    key: {join: []}\n", "regel 10", "join");
    wrong(FILE_HEAD "    period: 2020\n    division_year: period\n    checks:\n      - {total: residents, "
                    "parts: [men], tolerance: 0}\n",
          "regel 14", "tolerance");
}

/* The first ```yaml block of docs/sources.md with the first ```csv block as its file. */
static const char *block(struct wijk_cx *cx, const char *text, const char *fence)
{
    const char *from = strstr(text, fence);
    assert_non_null(from);
    from += strlen(fence);
    const char *to = strstr(from, "```");
    assert_non_null(to);
    return wijk_str_dup(cx, (struct wijk_str){from, (size_t)(to - from)});
}

static void test_example_in_the_docs(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str bytes;
    char path[] = "/tmp/wijk-docs-XXXXXX";
    if (wijk_file_read(cx, wijk_sprintf(cx, "%s/docs/sources.md", root), 1 << 20, &bytes) != WIJK_OK)
        fail_msg("%s", wijk_fault(cx));
    const char *text = wijk_str_dup(cx, bytes), *csv = block(cx, text, "```csv\n");
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    assert_non_null(f);
    fputs(csv, f);
    fclose(f);
    enum wijk_err err = import(cx, block(cx, text, "```yaml\n"), "eigen-telling", path);
    remove(path);
    if (err != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    for (size_t i = 0; i < defs->n_source; i++)
        if (wijk_yaml_get(defs->source[i].yaml, "files") &&
            !strstr(text, wijk_sprintf(cx, "`%s`", defs->source[i].id)))
            fail_msg("%s is not in docs/sources.md", defs->source[i].id);
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    root = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in_sources_read),
        cmocka_unit_test(test_faults_name_their_line),
        cmocka_unit_test(test_example_in_the_docs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
