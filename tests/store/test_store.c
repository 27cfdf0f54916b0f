/* SPDX-License-Identifier: EUPL-1.2 */
/* The store on a real file: what goes in comes out, nothing is ever half there, and damage is told.
 * `test_store make FILE` only leaves an example file, for test_gpkg.sh. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

static char folder[64];

static const char *in_folder(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", folder, name);
}

#define must(cx, call)                                                                                       \
    do {                                                                                                     \
        enum wijk_err must_ = (call);                                                                        \
        if (must_) fail_msg("%s: %s", wijk_err_name(must_), wijk_fault(cx));                                 \
    } while (0)

static const struct wijk_geom *square(struct wijk_cx *cx, double x, double y, double side)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g;
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    const struct wijk_xy at[] = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
    for (size_t k = 0; k < 5; k++) wijk_geom_add_point(b, at[k]);
    must(cx, wijk_geom_done(b, &g));
    return g;
}

static struct wijk_areas three(struct wijk_cx *cx)
{
    struct wijk_area *v = WIJK_NEW(cx, struct wijk_area, 3);
    v[0] = (struct wijk_area){"BU99010101", "Markt", "WK990101", 1234, square(cx, 155000.5, 463000.25, 731)};
    v[1] = (struct wijk_area){"BU99010102", "Spoelhof", "WK990101", 0, square(cx, 155731.5, 463000.25, 731)};
    v[2] = (struct wijk_area){"BU99010203", "Weversveen", NULL, NAN, square(cx, 150000, 460000, 17.125)};
    return (struct wijk_areas){WIJK_LEVEL_BUURT, 2025, 3, v};
}

static struct wijk_load a_load(void)
{
    static const struct wijk_finding finding[] = {
        {WIJK_FINDING_REFUSED, 17, "inwoners", "«12x» is geen getal", "vul een getal in"},
        {WIJK_FINDING_FLAGGED, 0, "", "drie gebieden ontbreken", ""}};
    return (struct wijk_load){.source = "kwb",
                              .release = "2025",
                              .method_version = "1",
                              .publisher = "CBS",
                              .licence = "CC BY 4.0",
                              .table = "85984NED",
                              .file_name = "kwb.csv",
                              .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                              .bytes = 98765,
                              .retrieved = "2025-10-03",
                              .loaded_at = "2025-11-25T06:41:07Z",
                              .rows = 4,
                              .taken = 3,
                              .refused = 1,
                              .flagged = 1,
                              .n_finding = 2,
                              .finding = finding};
}

static struct wijk_series a_series(int year, const double *value)
{
    static const uint8_t status[] = {WIJK_STATUS_OK, WIJK_STATUS_SUPPRESSED, WIJK_STATUS_PROVISIONAL};
    static const uint32_t row[] = {2, 3, 5}, load[] = {1, 0, 1};
    return (struct wijk_series){
        {"residents", {(int16_t)year, 0}, WIJK_LEVEL_BUURT, 2025, "2025"}, 3, value, status, row, load};
}
static const double VALUE[] = {1234.5, NAN, -0.125};

static struct wijk_scores some_scores(struct wijk_cx *cx, int year)
{
    static struct wijk_method m = {.id = "lbm3", .version = "3.0", .n_dimension = 1};
    m.dimension[0] = (struct wijk_method_dimension){
        .id = "housing", .label_nl = "Woningvoorraad", .label_en = "Housing", .indicator = "lbm3.housing"};
    m.class_nl[6] = "goed";
    static const struct wijk_class_limits limits[] = {{"2025", {-4, -3, -2, -1, 0, 1, 3000, 4000}}};
    m.limits = limits, m.n_limits = 1;
    struct wijk_scores s = {.method = &m,
                            .release = "2025",
                            .level = WIJK_LEVEL_BUURT,
                            .division_year = 2025,
                            .period = {(int16_t)year, 0},
                            .n = 3};
    double **vector[] = {&s.total, &s.score, &s.dimension[0], &s.covered};
    for (size_t v = 0; v < 4; v++) {
        *vector[v] = WIJK_NEW(cx, double, 3);
        for (size_t k = 0; k < 3; k++) (*vector[v])[k] = k == 1 ? NAN : 0.1 * (double)(v + k) + year;
    }
    s.class_ = WIJK_NEW(cx, uint8_t, 3);
    s.class_origin = WIJK_NEW(cx, uint8_t, 3);
    s.flag = WIJK_NEW(cx, uint8_t, 3);
    s.class_[0] = 7;
    s.class_origin[0] = WIJK_CLASS_DERIVED;
    return s;
}

static const struct wijk_indicator INDICATOR[] = {{.id = "residents",
                                                   .label_nl = "Inwoners",
                                                   .aggregation = WIJK_AGGREGATE_SUM,
                                                   .min = -3.5,
                                                   .max = NAN,
                                                   .min_base = 17,
                                                   .composition = true,
                                                   .disclosure = "count"}};

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const struct wijk_defs defs = {.n_indicator = 1, .indicator = INDICATOR};
    (void)arg;
    WIJK_TRY(wijk_store_save_defs(cx, store, &defs));
    struct wijk_areas areas = three(cx);
    const char *name[] = {"Linde"};
    const struct wijk_geom *water[] = {square(cx, 155100, 463100, 55)};
    struct wijk_load load = a_load();
    struct wijk_series series = a_series(2025, VALUE);
    struct wijk_scores scores = some_scores(cx, 2025);
    WIJK_TRY(wijk_store_set_title(cx, store, "Lindewaard", true));
    WIJK_TRY(wijk_store_save_areas(cx, store, &areas));
    WIJK_TRY(wijk_store_save_water(cx, store, name, water, 1));
    WIJK_TRY(wijk_store_save_load(cx, store, &load));
    WIJK_TRY(wijk_store_save_series(cx, store, &series));
    return wijk_store_save_scores(cx, store, &scores);
}

static struct wijk_store *filled(struct wijk_cx *cx, const char *name)
{
    struct wijk_store *store;
    must(cx, wijk_store_create(cx, in_folder(cx, name), &store));
    must(cx, wijk_store_in_transaction(cx, store, fill, NULL));
    return store;
}

/* Damage by another hand: plain SQL on the closed file. */
static void damage(struct wijk_cx *cx, const char *name, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(in_folder(cx, name), &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s", why);
    sqlite3_close(db);
}

static void expect_problem(struct wijk_cx *cx, const char *name, const char *part)
{
    struct wijk_store *store;
    const char *const *problem;
    size_t n;
    must(cx, wijk_store_open(cx, in_folder(cx, name), WIJK_STORE_READ, &store));
    must(cx, wijk_store_check(cx, store, &problem, &n));
    wijk_store_close(store);
    bool told = false;
    for (size_t k = 0; k < n; k++) told |= strstr(problem[k], part) != NULL;
    if (!told) fail_msg("%zu problems, none says «%s»; the first: %s", n, part, n ? problem[0] : "-");
}

/* ---- round trips ---- */

static void test_areas(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store = filled(cx, "areas.gpkg");
    struct wijk_area more[] = {{"BU99010203", "Weversveen-Oost", NULL, 77, NULL},
                               {"BU99010900", NULL, NULL, NAN, NULL}};
    must(cx, wijk_store_save_areas(cx, store, &(struct wijk_areas){WIJK_LEVEL_BUURT, 2025, 2, more}));
    const struct wijk_areas *a;
    must(cx, wijk_store_read_areas(cx, store, WIJK_LEVEL_BUURT, 2025, true, &a));
    assert_int_equal(a->n, 4);
    assert_string_equal(a->v[0].code, "BU99010101");
    assert_string_equal(a->v[0].parent, "WK990101");
    assert_true(a->v[0].residents == 1234 && a->v[1].residents == 0);
    assert_true(wijk_geom_area_m2(a->v[0].geom) == 731.0 * 731.0);
    assert_string_equal(a->v[2].name, "Weversveen-Oost"); /* replaced */
    assert_true(a->v[2].residents == 77 && a->v[2].geom); /* geometry kept */
    assert_null(a->v[2].parent);
    assert_true(isnan(a->v[3].residents) && !a->v[3].geom);

    const struct wijk_division *d;
    size_t n;
    must(cx, wijk_store_divisions(cx, store, &d, &n));
    assert_int_equal(n, 1);
    assert_true(d[0].level == WIJK_LEVEL_BUURT && d[0].division_year == 2025 && d[0].n == 4 &&
                d[0].n_geometry == 3);
    must(cx, wijk_store_read_areas(cx, store, WIJK_LEVEL_WIJK, 2025, true, &a));
    assert_int_equal(a->n, 0);

    const char *const *name;
    const struct wijk_geom *const *geom;
    must(cx, wijk_store_read_water(cx, store, &name, &geom, &n));
    assert_int_equal(n, 1);
    assert_string_equal(name[0], "Linde");
    assert_true(wijk_geom_area_m2(geom[0]) == 55.0 * 55.0);
    wijk_store_close(store);
}

static void test_series(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store = filled(cx, "series.gpkg");
    const double later[] = {3, NAN, 4};
    struct wijk_series second = a_series(2012, later);
    must(cx, wijk_store_save_series(cx, store, &second));
    const struct wijk_series *s;
    struct wijk_series_key key = a_series(2025, VALUE).key;
    must(cx, wijk_store_read_series(cx, store, &key, &s));
    assert_int_equal(s->n, 3);
    assert_true(s->value[0] == 1234.5 && isnan(s->value[1]) && s->value[2] == -0.125);
    assert_int_equal(s->status[1], WIJK_STATUS_SUPPRESSED);
    assert_true(s->row[2] == 5 && s->load[0] == 1 && s->load[1] == 0);
    key.period.month = 3;
    must(cx, wijk_store_read_series(cx, store, &key, &s));
    assert_null(s);

    size_t n;
    const struct wijk_series_key *keys;
    must(cx, wijk_store_list_series(cx, store, &keys, &n));
    assert_true(n == 2 && keys[0].period.year == 2012 && keys[1].period.year == 2025);
    must(cx, wijk_store_read_all_series(cx, store, &s, &n));
    assert_true(n == 2 && s[0].value[2] == 4 && s[1].value[2] == -0.125);

    uint8_t contradicts[] = {WIJK_STATUS_OK, WIJK_STATUS_OK, WIJK_STATUS_OK};
    second.status = contradicts;
    assert_int_equal(wijk_store_save_series(cx, store, &second), WIJK_EDATA);
    second = a_series(2012, later);
    second.key.division_year = 2024;
    assert_int_equal(wijk_store_save_series(cx, store, &second), WIJK_ESHAPE);
    static const uint32_t unknown_load[] = {9, 9, 9};
    second = a_series(2012, later);
    second.load = unknown_load;
    assert_int_equal(wijk_store_save_series(cx, store, &second), WIJK_EDATA);
    wijk_store_close(store);
}

static void test_loads(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store = filled(cx, "loads.gpkg");
    struct wijk_load load = a_load();
    const struct wijk_load *found;
    must(cx, wijk_store_find_load(cx, store, "kwb", load.sha256, &found));
    assert_non_null(found);
    assert_true(found->id == 1 && found->bytes == 98765 && found->refused == 1);
    assert_string_equal(found->loaded_at, "2025-11-25T06:41:07Z");
    must(cx, wijk_store_find_load(cx, store, "lbm3", load.sha256, &found));
    assert_null(found);
    size_t n;
    must(cx, wijk_store_save_load(cx, store, &load));
    assert_int_equal(load.id, 2);
    must(cx, wijk_store_read_loads(cx, store, &found, &n));
    assert_true(n == 2 && found[1].id == 2);
    const struct wijk_finding *f;
    must(cx, wijk_store_read_findings(cx, store, 1, &f, &n));
    assert_int_equal(n, 2);
    assert_true(f[0].kind == WIJK_FINDING_REFUSED && f[0].line == 17 && f[1].kind == WIJK_FINDING_FLAGGED);
    assert_string_equal(f[0].reason, "«12x» is geen getal");

    static const struct wijk_load_column COLUMN[] = {
        {0, "residents", {2017, 0}, "AANT_INW17", "", 1, "", 0, ""},
        {0, "gas_m3", {0, 0}, "Gas, mln m³", "soort = totaal", 1e6, "", 0, ""},
        {0, "residents", {2016, 0}, "AANT_INW16", "", 1, "wijk", 4, "gebruik = U"}};
    const struct wijk_load_column *where;
    must(cx, wijk_store_save_columns(cx, store, 2, COLUMN, 3));
    must(cx, wijk_store_read_columns(cx, store, &where, &n));
    assert_true(n == 3 && where[0].load == 2 && where[0].scale == 1e6 && where[1].period.year == 2016);
    assert_string_equal(where[0].column, "Gas, mln m³");
    assert_string_equal(where[0].rows, "soort = totaal");
    assert_string_equal(where[2].column, "AANT_INW17");
    assert_int_equal(where[1].area_first, 4);
    assert_string_equal(where[1].area_column, "wijk");
    assert_string_equal(where[1].left_out, "gebruik = U");
    assert_int_equal(wijk_store_save_columns(cx, store, 99, COLUMN, 3), WIJK_EDATA);

    struct wijk_store_info info;
    must(cx, wijk_store_info(cx, store, &info));
    assert_string_equal(info.title, "Lindewaard");
    assert_true(info.fictional);
    assert_string_equal(info.created_at, "2025-11-25T06:41:07Z");
    wijk_store_close(store);
}

static double column(struct wijk_cx *cx, const char *name, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open_v2(in_folder(cx, name), &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    double v = sqlite3_column_double(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return v;
}

static void test_scores(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store = filled(cx, "scores.gpkg");
    struct wijk_scores older = some_scores(cx, 2012);
    must(cx, wijk_store_save_scores(cx, store, &older));
    wijk_store_close(store);
    /* the newest stays in the columns */
    assert_true(column(cx, "scores.gpkg", "SELECT deviation FROM buurt WHERE pos = 0") == 2025);
    assert_true(column(cx, "scores.gpkg", "SELECT class FROM buurt WHERE class_name = 'goed'") == 7);
    assert_true(column(cx, "scores.gpkg", "SELECT count(*) FROM buurt WHERE class IS NULL") == 2);
    assert_true(column(cx, "scores.gpkg", "SELECT count(*) FROM score") == 2);
}

/* The definitions come back as they went in, and one form is kept once. */
static void test_definitions(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store = filled(cx, "defs.gpkg");
    struct wijk_scores s = some_scores(cx, 2017);
    const struct wijk_method *m;
    size_t n;
    bool holds;
    must(cx, wijk_store_save_scores(cx, store, &s));
    must(cx, wijk_store_read_methods(cx, store, &m, &n));
    assert_int_equal(n, 1);
    assert_string_equal(m->id, "lbm3");
    assert_string_equal(m->version, "3.0");
    assert_true(m->n_dimension == 1 && m->n_limits == 1);
    assert_string_equal(m->dimension[0].indicator, "lbm3.housing");
    assert_string_equal(m->class_nl[6], "goed");
    assert_string_equal(m->limits[0].release, "2025");
    assert_memory_equal(m->limits[0].limit, s.method->limits[0].limit, sizeof m->limits[0].limit);
    must(cx, wijk_store_method_holds(cx, store, s.method, &holds));
    assert_true(holds);

    struct wijk_method other = *s.method;
    other.sum_tolerance = 0.00137;
    must(cx, wijk_store_method_holds(cx, store, &other, &holds));
    assert_false(holds);
    s.method = &other;
    s.release = "2026"; /* of one period the other release goes */
    s.class_origin[0] = WIJK_CLASS_DELIVERED;
    must(cx, wijk_store_save_scores(cx, store, &s));
    must(cx, wijk_store_read_methods(cx, store, &m, &n));
    assert_true(n == 2 && m[1].sum_tolerance == 0.00137);
    wijk_store_close(store);
    assert_true(column(cx, "defs.gpkg", "SELECT count(*) FROM score") == 2);
    assert_true(column(cx, "defs.gpkg", "SELECT min FROM indicator WHERE max IS NULL AND min_base = 17") ==
                -3.5);
    assert_true(
        column(cx, "defs.gpkg",
               "SELECT aggregation = 'sum' AND composition = 1 AND disclosure = 'count' FROM indicator"));
}

/* ---- transactions ---- */

static enum wijk_err fill_then_fail(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    WIJK_TRY(fill(cx, store, arg));
    return wijk_fail(cx, WIJK_EDATA, "toch niet");
}

static void test_rollback(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store;
    struct wijk_store_info before, after;
    must(cx, wijk_store_create(cx, in_folder(cx, "undo.gpkg"), &store));
    must(cx, wijk_store_info(cx, store, &before));
    assert_int_equal(wijk_store_in_transaction(cx, store, fill_then_fail, NULL), WIJK_EDATA);
    assert_string_equal(wijk_fault(cx), "toch niet");
    must(cx, wijk_store_info(cx, store, &after));
    assert_string_equal(before.data_version, after.data_version);
    const struct wijk_load *load;
    size_t n;
    must(cx, wijk_store_read_loads(cx, store, &load, &n));
    assert_int_equal(n, 0);
    must(cx, wijk_store_in_transaction(cx, store, fill, NULL));
    must(cx, wijk_store_info(cx, store, &after));
    assert_string_not_equal(before.data_version, after.data_version);
    assert_int_equal(strlen(after.data_version), 12);
    wijk_store_close(store);
    assert_int_not_equal(access(in_folder(cx, "undo.gpkg-wal"), F_OK), 0);
    assert_int_not_equal(access(in_folder(cx, "undo.gpkg-shm"), F_OK), 0);
}

static void test_same_bytes(void **state)
{
    struct wijk_cx *cx = *state;
    wijk_store_close(filled(cx, "one.gpkg"));
    wijk_store_close(filled(cx, "two.gpkg"));
    struct wijk_str one, two;
    must(cx, wijk_file_read(cx, in_folder(cx, "one.gpkg"), 1 << 24, &one));
    must(cx, wijk_file_read(cx, in_folder(cx, "two.gpkg"), 1 << 24, &two));
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.p, two.p, one.n);
}

/* A child writes without end and is killed somewhere; every load must have its series, or neither be there.
 */
static enum wijk_err load_and_series(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_load load = a_load();
    WIJK_TRY(wijk_store_save_load(cx, store, &load));
    struct wijk_series series = a_series(1900 + (int)load.id % 200, VALUE);
    series.key.release = wijk_sprintf(cx, "%u", load.id);
    (void)arg;
    return wijk_store_save_series(cx, store, &series);
}

static void write_until_killed(const char *path)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    if (wijk_store_open(cx, path, WIJK_STORE_WRITE, &store)) _exit(1);
    for (;;)
        if (wijk_store_in_transaction(cx, store, load_and_series, NULL)) _exit(2);
}

static void test_killed(void **state)
{
    struct wijk_cx *cx = *state;
    wijk_store_close(filled(cx, "killed.gpkg"));
    const char *path = in_folder(cx, "killed.gpkg");
    size_t before = 1;
    for (int round = 0; round < 8; round++) {
        pid_t child = fork();
        if (child == 0) write_until_killed(path);
        nanosleep(&(struct timespec){0, 20000000 + round * 7000000}, NULL);
        kill(child, SIGKILL);
        int how;
        waitpid(child, &how, 0);
        assert_true(WIFSIGNALED(how));
        struct wijk_store *store;
        const struct wijk_load *load;
        const struct wijk_series *series;
        size_t n, n_series;
        must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
        must(cx, wijk_store_read_loads(cx, store, &load, &n));
        must(cx, wijk_store_read_all_series(cx, store, &series, &n_series));
        assert_int_equal(n, n_series);
        assert_true(n >= before);
        before = n;
        wijk_store_close(store);
    }
    struct wijk_store *store;
    const char *const *problem;
    size_t n;
    must(cx, wijk_store_open(cx, path, WIJK_STORE_WRITE, &store));
    must(cx, wijk_store_check(cx, store, &problem, &n));
    assert_int_equal(n, 0);
    wijk_store_close(store);
}

/* No room: the process may not make files larger than this one is. */
static void write_without_room(const char *path)
{
    signal(SIGXFSZ, SIG_IGN);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    if (wijk_store_open(cx, path, WIJK_STORE_WRITE, &store)) _exit(1);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){40960, RLIM_INFINITY});
    if (wijk_store_in_transaction(cx, store, fill, NULL) != WIJK_EIO) _exit(2);
    if (!*wijk_fault(cx)) _exit(3);
    const struct wijk_load *load;
    size_t n;
    if (wijk_store_read_loads(cx, store, &load, &n) || n != 0) _exit(4); /* reads go on, nothing half */
    if (wijk_store_health(store) != WIJK_STORE_FULL) _exit(5);
    struct wijk_file_out *f;
    if (wijk_file_out_open(cx, wijk_sprintf(cx, "%s.out", path), false, &f)) _exit(6);
    struct wijk_out out = wijk_file_out(f);
    char piece[50000] = {0};
    if (out.write(out.self, piece, sizeof piece) || wijk_file_out_done(f) != WIJK_EIO) _exit(7);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    if (wijk_store_set_title(cx, store, "x", false)) _exit(8); /* with room, over the same connection */
    _exit(wijk_store_health(store) == WIJK_STORE_SOUND ? 0 : 9);
}

static void test_no_room(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store;
    const char *path = in_folder(cx, "full.gpkg");
    must(cx, wijk_store_create(cx, path, &store));
    wijk_store_close(store);
    pid_t child = fork();
    if (child == 0) write_without_room(path);
    int how;
    waitpid(child, &how, 0);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
    assert_int_not_equal(access(wijk_sprintf(cx, "%s.out", path), F_OK), 0);
    must(cx, wijk_store_open(cx, path, WIJK_STORE_WRITE, &store));
    must(cx, wijk_store_in_transaction(cx, store, fill, NULL)); /* there is room again */
    wijk_store_close(store);
}

/* ---- files that are not ours, or hurt ---- */

static void put_file(struct wijk_cx *cx, const char *name, const void *bytes, size_t n)
{
    struct wijk_file_out *f;
    must(cx, wijk_file_out_open(cx, in_folder(cx, name), true, &f));
    struct wijk_out out = wijk_file_out(f);
    assert_true(out.write(out.self, bytes, n));
    must(cx, wijk_file_out_done(f));
}

static void refused(struct wijk_cx *cx, const char *name, enum wijk_err err, const char *part)
{
    struct wijk_store *store;
    for (int mode = WIJK_STORE_READ; mode <= WIJK_STORE_WRITE; mode++) {
        assert_int_equal(wijk_store_open(cx, in_folder(cx, name), (enum wijk_store_mode)mode, &store), err);
        if (!strstr(wijk_fault(cx), part)) fail_msg("«%s» does not say «%s»", wijk_fault(cx), part);
    }
}

static void test_not_ours(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store;
    refused(cx, "none.gpkg", WIJK_ENOTFOUND, "is er niet");
    refused(cx, ".", WIJK_EIO, "map");
    put_file(cx, "text.gpkg", "code;naam\n", 10);
    refused(cx, "text.gpkg", WIJK_ESTORE, "geen Wijkregie-bestand");
    damage(cx, "plain.gpkg", "CREATE TABLE t (a)");
    refused(cx, "plain.gpkg", WIJK_ESTORE, "SQLite-bestand");
    damage(cx, "other.gpkg", "PRAGMA application_id = 0x47504B47; CREATE TABLE gpkg_contents (a)");
    refused(cx, "other.gpkg", WIJK_ESTORE, "GeoPackage, maar geen");
    wijk_store_close(filled(cx, "newer.gpkg"));
    damage(cx, "newer.gpkg", "UPDATE wijk_store SET schema = 999");
    refused(cx, "newer.gpkg", WIJK_ESTORE, "nieuwere Wijkregie");
    assert_int_equal(wijk_store_create(cx, in_folder(cx, "newer.gpkg"), &store), WIJK_EEXISTS);
    assert_int_equal(wijk_store_open(cx, "postgresql://x/y", WIJK_STORE_READ, &store), WIJK_EUSAGE);

    struct wijk_str whole;
    wijk_store_close(filled(cx, "whole.gpkg"));
    must(cx, wijk_file_read(cx, in_folder(cx, "whole.gpkg"), 1 << 24, &whole));
    for (size_t n = 0; n + 8192 < whole.n;
         n += whole.n / 7) { /* cut off anywhere: a fault or a finding, never a crash */
        put_file(cx, "cut.gpkg", whole.p, n);
        const char *const *problem;
        size_t found = 0;
        if (wijk_store_open(cx, in_folder(cx, "cut.gpkg"), WIJK_STORE_READ, &store)) continue;
        must(cx, wijk_store_check(cx, store, &problem, &found));
        if (!found) fail_msg("cut at %zu of %zu: nothing found", n, whole.n);
        wijk_store_close(store);
    }
}

static void test_read_only(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store;
    wijk_store_close(filled(cx, "read.gpkg"));
    struct stat before, after;
    stat(in_folder(cx, "read.gpkg"), &before);
    must(cx, wijk_store_open(cx, in_folder(cx, "read.gpkg"), WIJK_STORE_READ, &store));
    assert_int_equal(wijk_store_set_title(cx, store, "x", false), WIJK_EIO);
    const struct wijk_areas *areas;
    must(cx, wijk_store_read_areas(cx, store, WIJK_LEVEL_BUURT, 2025, true, &areas));
    assert_int_not_equal(access(in_folder(cx, "read.gpkg-wal"), F_OK), 0);
    wijk_store_close(store);
    stat(in_folder(cx, "read.gpkg"), &after);
    assert_true(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec && before.st_size == after.st_size);
}

static void test_damage_told(void **state)
{
    struct wijk_cx *cx = *state;
    static const struct {
        const char *sql, *part;
    } DAMAGE[] = {
        {"UPDATE series SET value = x'00'", "reeks residents is beschadigd"},
        {"UPDATE series SET status = x'010101'", "reeks residents is beschadigd"},
        {"UPDATE buurt SET pos = 9 WHERE pos = 1", "gaten"},
        {"DELETE FROM load", "verwijst"},
        {"DELETE FROM rtree_buurt_geom WHERE id = 1", "ruimtelijke index"},
        {"UPDATE gpkg_contents SET min_x = 3 WHERE table_name = 'buurt'", "omvang"},
        {"UPDATE score SET total = x''", "score lbm3"},
        {"DELETE FROM indicator", "residents heeft cijfers, maar geen omschrijving"},
        {"UPDATE method_limit SET upper = 2 WHERE class = 7", "volgt niet uit de methode"},
        {"UPDATE method_limit SET upper = 0 WHERE class = 7", "klassengrenzen van de methode lbm3"},
        {"DELETE FROM method_limit WHERE class = 3", "klassengrenzen van de methode lbm3"},
        {"UPDATE method_dimension SET dimension = 'wonen'", "volgt niet uit de methode"},
        {"DELETE FROM method", "verwijst"},
        {"INSERT INTO wijk (code, division_year, pos) VALUES ('WK990107', 2025, 0)", "hoort bij WK990101"},
        {"DELETE FROM buurt WHERE pos = 2", "meer dan"},
    };
    for (size_t k = 0; k < sizeof DAMAGE / sizeof *DAMAGE; k++) {
        const char *name = wijk_sprintf(cx, "hurt%zu.gpkg", k);
        struct wijk_store *store = filled(cx, name);
        const char *const *problem;
        size_t n;
        must(cx, wijk_store_check(cx, store, &problem, &n));
        if (n) fail_msg("%s", problem[0]);
        wijk_store_close(store);
        damage(cx, name,
               strstr(DAMAGE[k].sql, "INSERT") || strstr(DAMAGE[k].sql, "UPDATE buurt")
                   ? wijk_sprintf(cx, "DROP TRIGGER rtree_wijk_geom_insert; %s", DAMAGE[k].sql)
                   : DAMAGE[k].sql);
        expect_problem(cx, name, DAMAGE[k].part);
    }
}

static void test_backup(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_store *store = filled(cx, "live.gpkg"), *copy;
    must(cx, wijk_store_backup(cx, store, in_folder(cx, "copy.gpkg")));
    assert_int_equal(wijk_store_backup(cx, store, in_folder(cx, "copy.gpkg")), WIJK_EEXISTS);
    struct wijk_store_info a, b;
    must(cx, wijk_store_info(cx, store, &a));
    wijk_store_close(store);
    must(cx, wijk_store_open(cx, in_folder(cx, "copy.gpkg"), WIJK_STORE_WRITE, &copy));
    must(cx, wijk_store_info(cx, copy, &b));
    assert_string_equal(a.data_version, b.data_version);
    const char *const *problem;
    size_t n;
    must(cx, wijk_store_check(cx, copy, &problem, &n));
    if (n) fail_msg("%s", problem[0]);
    wijk_store_close(copy);
}

/* ---- files ---- */

static void test_files(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_file *f;
    struct wijk_file_out *out;
    put_file(cx, "a.txt", "abc", 3);
    must(cx, wijk_file_open(cx, in_folder(cx, "a.txt"), &f));
    char hex[65];
    uint64_t bytes;
    must(cx, wijk_file_hash(cx, f, hex, &bytes));
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(bytes, 3);
    assert_string_equal(wijk_file_label(f), "a.txt");
    struct wijk_in in = wijk_file_in(f);
    char three_bytes[4] = {0};
    assert_int_equal(in.read(in.self, three_bytes, 4), 3);
    assert_string_equal(three_bytes, "abc");
    wijk_file_close(f);
    struct wijk_str all;
    must(cx, wijk_file_read(cx, in_folder(cx, "a.txt"), 3, &all));
    assert_int_equal(all.n, 3);
    assert_int_equal(wijk_file_read(cx, in_folder(cx, "a.txt"), 2, &all), WIJK_ELIMIT);
    assert_int_equal(wijk_file_open(cx, folder, &f), WIJK_EIO);
    assert_int_equal(wijk_file_open(cx, in_folder(cx, "b.txt"), &f), WIJK_ENOTFOUND);
    assert_int_equal(wijk_file_out_open(cx, in_folder(cx, "a.txt"), false, &out), WIJK_EEXISTS);
    assert_int_equal(wijk_file_out_open(cx, in_folder(cx, "no/b.txt"), false, &out), WIJK_ENOTFOUND);
    must(cx, wijk_file_out_open(cx, in_folder(cx, "b.txt"), false, &out));
    wijk_file_out_drop(out);
    assert_int_equal(wijk_file_open(cx, in_folder(cx, "b.txt"), &f), WIJK_ENOTFOUND);
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

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "make") == 0) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct wijk_store *store;
        enum wijk_err err = wijk_store_create(cx, argv[2], &store);
        if (!err) err = wijk_store_in_transaction(cx, store, fill, NULL);
        if (err)
            fprintf(stderr, "%s\n", wijk_fault(cx));
        else
            wijk_store_close(store);
        wijk_cx_end(cx);
        return err != WIJK_OK;
    }
    snprintf(folder, sizeof folder, "/tmp/wijk-store-XXXXXX");
    if (!mkdtemp(folder)) return 1;
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_areas),     T(test_series),      T(test_loads),  T(test_scores),  T(test_definitions),
        T(test_rollback),  T(test_same_bytes),  T(test_killed), T(test_no_room), T(test_not_ours),
        T(test_read_only), T(test_damage_told), T(test_backup), T(test_files),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *const rm[] = {"rm", "-r", folder, NULL};
    pid_t child = fork();
    if (child == 0) execvp("rm", rm);
    waitpid(child, NULL, 0);
    return failed;
}
