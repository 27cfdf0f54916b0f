/* SPDX-License-Identifier: EUPL-1.2 */
/* After a load only the scores it touched are computed anew. Here many loads in a chance order, of all
 * levels, divisions, years and releases: after each the store equals one in which every score was computed
 * from nothing; and the scores follow from the store alone, without the definitions they were made with. */
#include "harness.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

enum { LOADS = 60, BUURTEN = 17 };
static char folder[64];
static uint32_t seed = 20261125;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static const char *in_folder(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", folder, name);
}

/* A source that can say anything of any level; the one without residents leaves those lines out. */
static const char *source_text(struct wijk_cx *cx, bool residents)
{
    return wijk_sprintf(
        cx,
        "id: %s\ntitle: {nl: Proef, en: Trial}\npublisher: Proef\nlicence: CC0\nattribution: Proef\n"
        "format: csv\nseparator: auto\nnumber: point\nmissing:\n  missing: [\"\"]\nfiles:\n"
        "  - name: alles\n    level: by_code\n    key: code\n%s    period: {column: jaar}\n"
        "    division_year: {option: year, otherwise: latest}\n    defines_areas: true\n"
        "    optional_fields: true\n    fields:\n%s"
        "      - {column: mannen, indicator: men}\n"
        "      - {column: lbm, indicator: lbm3.score}\n"
        "      - {column: afw, indicator: lbm3.deviation}\n"
        "      - {column: won, indicator: lbm3.housing}\n"
        "      - {column: fys, indicator: lbm3.physical}\n"
        "      - {column: vrz, indicator: lbm3.amenities}\n"
        "      - {column: soc, indicator: lbm3.cohesion}\n"
        "      - {column: onv, indicator: lbm3.safety}\n"
        "      - {column: oud, indicator: lbm2.deviation}\n",
        residents ? "geteld" : "kaal", residents ? "    residents: inwoners\n" : "",
        residents ? "      - {column: inwoners, indicator: residents}\n" : "");
}

static const char *a_code(struct wijk_cx *cx, uint32_t level, uint32_t k)
{
    if (level == 0) return wijk_sprintf(cx, "BU9901%02u%02u", 1 + k % 3, 1 + k / 3);
    if (level == 1) return wijk_sprintf(cx, "WK9901%02u", 1 + k % 3);
    return "GM9901";
}

/* Some columns, some areas of some levels, one to three years. */
static const char *a_file(struct wijk_cx *cx, int nr, const char **source)
{
    static const char *const SETS[] = {"inwoners", "mannen",       "lbm,afw,won,fys,vrz,soc,onv", "afw",
                                       "won,fys",  "oud,inwoners", "afw,won,fys,vrz,soc,onv"};
    const char *columns = SETS[chance(7)];
    *source = strstr(columns, "inwoners") ? "geteld" : "kaal";
    uint32_t n_column = 1, level = chance(4), years = 1 + chance(3), first = 2014 + chance(9);
    for (const char *p = columns; *p; p++) n_column += *p == ',';
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_printf(&b, "code,jaar,%s\n", columns);
    for (uint32_t y = 0; y < years; y++)
        for (uint32_t l = 0; l < 3; l++)
            for (uint32_t k = 0; (level == 3 || level == l) && k < (l == 0 ? BUURTEN : l == 1 ? 3 : 1); k++) {
                if (chance(5) == 0 && k) continue;
                wijk_buf_printf(&b, "%s,%u", a_code(cx, l, k), first + 2 * y);
                bool people = strstr(columns, "inwoners") || strstr(columns, "mannen");
                for (uint32_t c = 0; c < n_column; c++)
                    wijk_buf_printf(&b, people ? ",%u" : ",0.0%03u", 7 + chance(913));
                wijk_buf_char(&b, '\n');
            }
    const char *path = in_folder(cx, wijk_sprintf(cx, "%d.csv", nr));
    put_file(cx, path, (struct wijk_str){b.p, b.n});
    return path;
}

/* The same definitions, with the source in the release asked for. */
static const struct wijk_defs *released(struct wijk_cx *cx, const struct wijk_defs *defs, const char *release)
{
    struct wijk_defs *d = WIJK_NEW(cx, struct wijk_defs, 1);
    struct wijk_source *s = WIJK_NEW(cx, struct wijk_source, defs->n_source);
    *d = *defs;
    memcpy(s, defs->source, defs->n_source * sizeof *s);
    for (size_t k = 0; k < d->n_source; k++)
        if (strcmp(s[k].id, "geteld") == 0 || strcmp(s[k].id, "kaal") == 0) s[k].release = release;
    d->source = s;
    return d;
}

/* ---- the store as text ---- */

static void sql(struct wijk_cx *cx, const char *path, const char *text, struct wijk_buf *out)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    for (const char *rest = text; *rest;) {
        if (sqlite3_prepare_v2(db, rest, -1, &stmt, &rest)) fail_msg("%s", sqlite3_errmsg(db));
        while (sqlite3_step(stmt) == SQLITE_ROW && out) {
            wijk_buf_str(out, (const char *)sqlite3_column_text(stmt, 0));
            wijk_buf_char(out, '\n');
        }
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
    (void)cx;
}

static const char *dump(struct wijk_cx *cx, const char *path)
{
    static const char *const LAYERS[] = {"buurt", "wijk", "gemeente"};
    struct wijk_buf b = wijk_buf(cx, 0);
    sql(cx, path,
        "SELECT quote(s.method) || quote(release) || quote(level) || division_year || ' ' || period || ' ' "
        "|| n || aggregated"
        " || quote(dimension_ids) || quote(s.total) || quote(s.score) || quote(dimension) || quote(covered) "
        "|| quote(class)"
        " || quote(class_origin) || quote(flag) || m.hash FROM score s JOIN method m ON m.id = s.method_id"
        " ORDER BY s.method, level, division_year, period, release;",
        &b);
    for (size_t k = 0; k < sizeof LAYERS / sizeof *LAYERS; k++)
        sql(cx, path,
            wijk_sprintf(cx,
                         "SELECT code || division_year || quote(score_method) || quote(score_period) ||"
                         " quote(score_release) || quote(livability) || quote(deviation) || quote(class) || "
                         "quote(housing) ||"
                         " quote(safety) || quote(residents_dim) FROM %s ORDER BY division_year, pos;",
                         LAYERS[k]),
            &b);
    return wijk_buf_cstr(&b);
}

/* A copy in which every score is made anew from the series. */
static const char *from_nothing(struct wijk_cx *cx, const char *path, const struct wijk_defs *defs)
{
    const char *copy = in_folder(cx, "nothing.gpkg");
    struct wijk_store *store;
    unlink(copy);
    must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
    must(cx, wijk_store_backup(cx, store, copy));
    wijk_store_close(store);
    sql(cx, copy, "DELETE FROM score;", NULL);
    static const char *const LAYERS[] = {"buurt", "wijk", "gemeente"};
    for (size_t k = 0; k < sizeof LAYERS / sizeof *LAYERS; k++)
        sql(cx, copy,
            wijk_sprintf(
                cx,
                "UPDATE %s SET score_method = NULL, score_period = NULL, score_release = NULL, livability = "
                "NULL,"
                " deviation = NULL, class = NULL, housing = NULL, safety = NULL, residents_dim = NULL;",
                LAYERS[k]),
            NULL);
    must(cx, wijk_store_open(cx, copy, WIJK_STORE_WRITE, &store));
    must(cx, wijk_flow_measure(cx, store, defs, NULL));
    wijk_store_close(store);
    return copy;
}

static void same(struct wijk_cx *cx, const char *a, const char *b, int nr)
{
    const char *x = dump(cx, a), *y = dump(cx, b);
    if (strcmp(x, y) == 0) return;
    size_t at = 0, line = 1;
    while (x[at] == y[at]) line += x[at++] == '\n';
    fail_msg("load %d: line %zu differs: %.60s | %.60s", nr, line, x + at, y + at);
}

/* The definitions as the store tells them, and nothing else. */
static const struct wijk_defs *from_store(struct wijk_cx *cx, const char *path)
{
    struct wijk_defs *d = WIJK_NEW(cx, struct wijk_defs, 1);
    struct wijk_store *store;
    must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
    must(cx, wijk_store_read_methods(cx, store, &d->method, &d->n_method));
    wijk_store_close(store);
    return d;
}

static size_t count_of(struct wijk_cx *cx, const char *path, const char *query)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    sql(cx, path, query, &b);
    return (size_t)strtoul(wijk_buf_cstr(&b), NULL, 10);
}

static void test_touched(void **state)
{
    struct wijk_cx *cx = *state;
    static const char *const RELEASES[] = {"2022", "2024"};
    const struct wijk_defs *defs;
    struct wijk_store *store;
    const char *path = in_folder(cx, "touched.gpkg");
    must(cx, wijk_flow_defs(cx, folder, &defs));
    must(cx, wijk_store_create(cx, path, &store));
    wijk_store_close(store);
    for (int nr = 0; nr < LOADS; nr++) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        const char *source, *file = a_file(cx, nr, &source);
        struct wijk_flow_import_in in = {.defs = released(cx, defs, RELEASES[chance(2)]),
                                         .source = source,
                                         .paths = &file,
                                         .n_paths = 1,
                                         .year = 2024 + (int)chance(2),
                                         .now = 1780000000 + nr};
        struct wijk_flow_import_out out;
        must(cx, wijk_store_open(cx, path, WIJK_STORE_WRITE, &store));
        must(cx, wijk_flow_import(cx, store, in, &out));
        wijk_store_close(store);
        same(cx, path, from_nothing(cx, path, defs), nr);
        wijk_cx_rewind(cx, mark);
    }
    size_t scores = count_of(cx, path, "SELECT count(*) FROM score;");
    print_message("%d loads, %zu scores, %zu of them aggregated\n", LOADS, scores,
                  count_of(cx, path, "SELECT count(*) FROM score WHERE aggregated;"));
    assert_true(scores > 20);
    same(cx, path, from_nothing(cx, path, from_store(cx, path)), LOADS); /* the store alone is enough */

    const char *const *problem;
    size_t n;
    must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
    must(cx, wijk_store_check(cx, store, &problem, &n));
    if (n) fail_msg("%s", problem[0]);
    wijk_store_close(store);
}

/* Other limits in the definitions: a load that touches no score still brings all of them to the new limits.
 */
static void test_other_definition(void **state)
{
    struct wijk_cx *cx = *state;
    const char *path = in_folder(cx, "other.gpkg");
    const struct wijk_defs *defs;
    struct wijk_store *store;
    must(cx, wijk_flow_defs(cx, folder, &defs));
    struct wijk_defs other = *defs;
    struct wijk_method *m = WIJK_NEW(cx, struct wijk_method, defs->n_method);
    struct wijk_class_limits limits = {"2024", {-4, -3, -2, -1, 0, 1, 2, 3}};
    memcpy(m, defs->method, defs->n_method * sizeof *m);
    for (size_t k = 0; k < defs->n_method; k++) m[k].limits = &limits, m[k].n_limits = 1;
    other.method = m;
    const struct wijk_defs *used[] = {released(cx, defs, "2024"), released(cx, &other, "2024")};
    const char *file[] = {in_folder(cx, "a.csv"), in_folder(cx, "b.csv")};
    put_file(cx, file[0], WIJK_STR("code,jaar,afw\nBU99010101,2020,0.0371\nBU99010102,2020,-0.2219\n"));
    put_file(cx, file[1], WIJK_STR("code,jaar,mannen\nBU99010101,2020,371\n"));
    must(cx, wijk_store_create(cx, path, &store));
    for (int k = 0; k < 2; k++) {
        struct wijk_flow_import_in in = {.defs = used[k],
                                         .source = "kaal",
                                         .paths = &file[k],
                                         .n_paths = 1,
                                         .year = 2025,
                                         .now = 1780000000};
        struct wijk_flow_import_out out;
        must(cx, wijk_flow_import(cx, store, in, &out));
    }
    wijk_store_close(store);
    assert_int_equal(count_of(cx, path, "SELECT count(*) FROM score WHERE class = x'0605';"), 1);
    same(cx, path, from_nothing(cx, path, used[1]), 2);
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
    snprintf(folder, sizeof folder, "%s/wijk-touched-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    if (!mkdtemp(folder)) return 1;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    if (mkdir(in_folder(cx, "sources"), 0700)) return 1;
    put_file(cx, in_folder(cx, "sources/geteld.yaml"), wijk_str(source_text(cx, true)));
    put_file(cx, in_folder(cx, "sources/kaal.yaml"), wijk_str(source_text(cx, false)));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_touched, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_definition, setup, teardown)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *const rm[] = {"rm", "-r", folder, NULL};
    pid_t child = fork();
    if (child == 0) execvp("rm", rm);
    waitpid(child, NULL, 0);
    wijk_cx_end(cx);
    return failed;
}
