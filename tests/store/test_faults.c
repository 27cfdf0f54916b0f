/* SPDX-License-Identifier: EUPL-1.2 */
/* The disk, the memory or the process gives out at every single call, one run after another. Each run ends in
 * a sentence and the right fault, and leaves a sound store that equals what was before or what was asked for.
 */
#include "fault_shim.h"
#include "store/store.h"
#include "base/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

extern const struct wijk_embedded wijk_schema_files[];

static char folder[64];

#define must(cx, call)                                                                                       \
    do {                                                                                                     \
        enum wijk_err must_ = (call);                                                                        \
        if (must_) fail_msg("%s: %s", wijk_err_name(must_), wijk_fault(cx));                                 \
    } while (0)

static const char *in_folder(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", folder, name);
}

/* ---- what is written ---- */

static const struct wijk_geom *square(struct wijk_cx *cx, double x, double side)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g = NULL;
    const struct wijk_xy at[] = {{x, 463000}, {x + side, 463000}, {x + side, 463000 + side}, {x, 463000}};
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    for (size_t k = 0; k < 4; k++) wijk_geom_add_point(b, at[k]);
    must(cx, wijk_geom_done(b, &g));
    return g;
}

static const double VALUE[] = {17.25, NAN, -0.375};
static const uint8_t STATUS[] = {WIJK_STATUS_OK, WIJK_STATUS_SUPPRESSED, WIJK_STATUS_OK};

/* As an import does: areas, a load, its series. */
static enum wijk_err load_figures(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const uint32_t row[] = {2, 3, 4}, load_of_cell[] = {1, 1, 1};
    struct wijk_area v[] = {{"BU99010101", "Markt", NULL, 1234, square(cx, 155000.5, 731)},
                            {"BU99010102", "Spoelhof", NULL, 0, square(cx, 155731.5, 717)},
                            {"BU99010203", "Weversveen", NULL, NAN, square(cx, 150000, 17.125)}};
    struct wijk_areas areas = {WIJK_LEVEL_BUURT, 2025, 3, v};
    struct wijk_load load = {.source = "kwb",
                             .file_name = "kwb.csv",
                             .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                             .bytes = 98765,
                             .loaded_at = "2025-11-25T06:41:07Z",
                             .rows = 3,
                             .taken = 3};
    struct wijk_series s = {
        {"residents", {2025, 0}, WIJK_LEVEL_BUURT, 2025, "2025"}, 3, VALUE, STATUS, row, load_of_cell};
    static const struct wijk_indicator indicator[] = {
        {.id = "residents", .label_nl = "Inwoners", .max = 90000.5}};
    static const struct wijk_defs defs = {.n_indicator = 1, .indicator = indicator};
    (void)arg;
    WIJK_TRY(wijk_store_save_defs(cx, store, &defs));
    WIJK_TRY(wijk_store_save_areas(cx, store, &areas));
    WIJK_TRY(wijk_store_save_load(cx, store, &load));
    return wijk_store_save_series(cx, store, &s);
}

/* As measuring does: scores, and the columns of the layer. */
static enum wijk_err save_scores(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static struct wijk_method m = {.id = "lbm3", .version = "3.0", .label_nl = "L", .label_en = "L"};
    double total[] = {0.125, NAN, -0.0625}, none[] = {NAN, NAN, NAN}, whole[] = {1, 1, 1};
    uint8_t class_[] = {7, 0, 4}, origin[] = {1, 0, 1}, flag[] = {0, 0, 0};
    (void)arg;
    m.total = m.score = m.delivered_class = "";
    for (int k = 0; k < WIJK_CLASSES; k++) m.class_nl[k] = m.class_en[k] = "klasse";
    for (int year = 2019; year <= 2023; year += 2) {
        struct wijk_scores s = {&m,
                                "2024",
                                WIJK_LEVEL_BUURT,
                                2025,
                                {(int16_t)year, 0},
                                3,
                                total,
                                none,
                                {NULL},
                                class_,
                                origin,
                                flag,
                                whole,
                                false};
        WIJK_TRY(wijk_store_save_scores(cx, store, &s));
    }
    return WIJK_OK;
}

/* ---- the actions ---- */

static const char *target, *copy;

static enum wijk_err act_in(struct wijk_cx *cx,
                            enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                            enum wijk_store_health *health)
{
    struct wijk_store *store;
    WIJK_TRY(wijk_store_open(cx, target, WIJK_STORE_WRITE, &store));
    enum wijk_err err = wijk_store_in_transaction(cx, store, body, NULL);
    *health = wijk_store_health(store);
    if (*health == WIJK_STORE_BROKEN) { /* and from here on it takes nothing more */
        const char *told = wijk_str_dup(cx, wijk_str(wijk_fault(cx)));
        assert_int_equal(wijk_store_set_title(cx, store, "x", false), WIJK_EIO);
        assert_non_null(strstr(wijk_fault(cx), "er wordt niets meer geschreven"));
        if (err) wijk_fail(cx, err, "%s", told);
    }
    wijk_store_close(store);
    return err;
}

static enum wijk_err act_load(struct wijk_cx *cx, enum wijk_store_health *health)
{
    return act_in(cx, load_figures, health);
}
static enum wijk_err act_measure(struct wijk_cx *cx, enum wijk_store_health *health)
{
    return act_in(cx, save_scores, health);
}
static enum wijk_err act_new(struct wijk_cx *cx, enum wijk_store_health *health)
{
    struct wijk_store *store;
    (void)health;
    WIJK_TRY(wijk_store_create(cx, target, &store));
    wijk_store_close(store);
    return WIJK_OK;
}
static enum wijk_err act_backup(struct wijk_cx *cx, enum wijk_store_health *health)
{
    struct wijk_store *store;
    WIJK_TRY(wijk_store_open(cx, target, WIJK_STORE_READ, &store));
    enum wijk_err err = wijk_store_backup(cx, store, copy);
    *health = wijk_store_health(store);
    wijk_store_close(store);
    return err;
}
static enum wijk_err act_upgrade(struct wijk_cx *cx, enum wijk_store_health *health)
{
    struct wijk_store *store;
    (void)health;
    WIJK_TRY(wijk_store_open(cx, target, WIJK_STORE_WRITE, &store));
    wijk_store_close(store);
    return WIJK_OK;
}

/* ---- looking at what is left ---- */

static void put_file(struct wijk_cx *cx, const char *path, struct wijk_str bytes)
{
    struct wijk_file_out *f;
    must(cx, wijk_file_out_open(cx, path, true, &f));
    struct wijk_out out = wijk_file_out(f);
    assert_true(out.write(out.self, bytes.p, bytes.n));
    must(cx, wijk_file_out_done(f));
    unlink(wijk_sprintf(cx, "%s-wal", path));
    unlink(wijk_sprintf(cx, "%s-shm", path));
}

static struct wijk_str bytes_of(struct wijk_cx *cx, const char *path)
{
    struct wijk_str all;
    must(cx, wijk_file_read(cx, path, 1 << 24, &all));
    return all;
}

static void must_be_sound(struct wijk_cx *cx, const char *path)
{
    struct wijk_store *store;
    const char *const *problem;
    size_t n;
    must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
    must(cx, wijk_store_check(cx, store, &problem, &n));
    if (n) fail_msg("%s: %s", path, problem[0]);
    wijk_store_close(store);
}

/* All that a store holds, as the bytes of its compact copy. */
static struct wijk_str content(struct wijk_cx *cx, const char *path)
{
    const char *to = in_folder(cx, "content.gpkg");
    struct wijk_store *store;
    must(cx, wijk_store_open(cx, path, WIJK_STORE_READ, &store));
    must(cx, wijk_store_backup(cx, store, to));
    wijk_store_close(store);
    struct wijk_str all = bytes_of(cx, to);
    unlink(to);
    return all;
}

static int temps(void)
{
    DIR *d = opendir(folder);
    int n = 0;
    for (const struct dirent *e; (e = readdir(d));) n += strstr(e->d_name, ".wijk-") != NULL;
    closedir(d);
    return n;
}

/* ---- the walk ---- */

struct walk {
    const char *name;
    enum wijk_err (*act)(struct wijk_cx *, enum wijk_store_health *);
    struct wijk_str before; /* n 0: no file */
};

static void judge(struct wijk_cx *cx, const struct walk *w, enum shim_kind kind, long n, enum wijk_err err,
                  enum wijk_store_health health, bool struck)
{
    static const char *const WORDS[] = {"schijf", "geheugen", "niet te openen",
                                        "lezen of schrijven lukt niet"};
    bool told = !err;
    for (size_t k = 0; err && k < sizeof WORDS / sizeof *WORDS; k++)
        told |= strstr(wijk_fault(cx), WORDS[k]) != NULL;
    if (!told || (err && err != WIJK_EIO))
        fail_msg("%s, kind %d, call %ld: %s «%s»", w->name, kind, n, wijk_err_name(err), wijk_fault(cx));
    if (err && !struck) fail_msg("%s, call %ld: failed by itself: %s", w->name, n, wijk_fault(cx));
    if (kind != SHIM_IOERR && health == WIJK_STORE_BROKEN)
        fail_msg("%s, kind %d, call %ld: broken for good by what passes", w->name, kind, n);
    if (temps()) fail_msg("%s, kind %d, call %ld: a temporary file is left", w->name, kind, n);
}

static void compare(struct wijk_cx *cx, const struct walk *w, long n, enum wijk_err err,
                    struct wijk_str before, struct wijk_str after)
{
    const char *made = w->act == act_backup ? copy : target;
    if (access(made, F_OK) != 0) {
        if (!err || (w->act != act_new && w->act != act_backup))
            fail_msg("%s, call %ld: the file is gone", w->name, n);
        return;
    }
    must_be_sound(cx, made);
    struct wijk_str now = content(cx, made);
    bool is_before = now.n == before.n && memcmp(now.p, before.p, now.n) == 0;
    bool is_after = now.n == after.n && memcmp(now.p, after.p, now.n) == 0;
    if (!is_after && (!err || !is_before))
        fail_msg("%s, call %ld (%s): neither before nor after", w->name, n, wijk_err_name(err));
}

static void reset(struct wijk_cx *cx, const struct walk *w)
{
    unlink(copy);
    if (w->before.n) return put_file(cx, target, w->before);
    unlink(target);
}

/* Every call until none is left to fail; allocations are many, so the steps widen. */
static void walk(struct wijk_cx *cx, const struct walk *w, enum shim_kind kind)
{
    enum wijk_store_health health = WIJK_STORE_SOUND;
    reset(cx, w);
    struct wijk_str before = {0};
    if (w->before.n) before = content(cx, target);
    must(cx, w->act(cx, &health));
    struct wijk_str after = content(cx, w->act == act_backup ? copy : target);
    long runs = 0;
    for (long n = 1;; n += kind == SHIM_NO_MEMORY ? 1 + n / 24 : 1) {
        struct wijk_mark mark = wijk_cx_mark(cx);
        reset(cx, w);
        health = WIJK_STORE_SOUND;
        shim_arm(kind, n);
        enum wijk_err err = w->act(cx, &health);
        bool struck = shim_disarm();
        judge(cx, w, kind, n, err, health, struck);
        compare(cx, w, n, err, before, after);
        wijk_cx_rewind(cx, mark);
        runs++;
        if (!struck) break;
    }
    print_message("%s, kind %d: %ld runs\n", w->name, kind, runs);
    assert_true(runs > 3);
}

static void walk_all(struct wijk_cx *cx, const struct walk *w)
{
    for (int kind = SHIM_IOERR; kind <= SHIM_NO_MEMORY; kind++)
        if (kind != SHIM_KILL && kind != SHIM_SYNC) walk(cx, w, (enum shim_kind)kind);
}

/* The bytes of an empty store, or of one with figures. */
static struct wijk_str start(struct wijk_cx *cx, bool with_figures)
{
    enum wijk_store_health health;
    unlink(target);
    must(cx, act_new(cx, &health));
    if (with_figures) must(cx, act_load(cx, &health));
    return bytes_of(cx, target);
}

static void test_new(void **state)
{
    walk_all(*state, &(struct walk){"new", act_new, {0}});
}
static void test_load(void **state)
{
    walk_all(*state, &(struct walk){"load", act_load, start(*state, false)});
}
static void test_measure(void **state)
{
    walk_all(*state, &(struct walk){"measure", act_measure, start(*state, true)});
}
static void test_backup(void **state)
{
    walk_all(*state, &(struct walk){"backup", act_backup, start(*state, true)});
}

/* ---- older forms ---- */

/* A store as an earlier program made it: the numbered files up to `back` before the newest, and some figures.
 */
static struct wijk_str older(struct wijk_cx *cx, int back, int *newest)
{
    const char *path = in_folder(cx, "older.gpkg");
    sqlite3 *db;
    int last = 0;
    *newest = 0;
    unlink(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (const struct wijk_embedded *f = wijk_schema_files; f->name; f++) *newest = atoi(f->name);
    for (const struct wijk_embedded *f = wijk_schema_files; f->name; f++) {
        if (atoi(f->name) > *newest - back) continue;
        last = atoi(f->name);
        const char *sql = (const char *)f->bytes, *mark = strstr(sql, "{level}") ? "{level}" : "{layer}";
        int times = strstr(sql, mark) ? (int)WIJK_LEVEL_COUNT + (mark[2] == 'a') : 1;
        for (int k = 0; k < times; k++) {
            struct wijk_buf b = wijk_buf(cx, 0);
            for (const char *p = sql; *p;) {
                const char *hit = strstr(p, mark);
                wijk_buf_put(&b, p, hit ? (size_t)(hit - p) : strlen(p));
                if (hit)
                    wijk_buf_str(&b, k < (int)WIJK_LEVEL_COUNT ? wijk_level_id((enum wijk_level)k) : "water");
                p = hit ? hit + strlen(mark) : p + strlen(p);
            }
            char *why = NULL;
            if (sqlite3_exec(db, wijk_buf_cstr(&b), NULL, NULL, &why)) fail_msg("%s: %s", f->name, why);
        }
    }
    char *figures = sqlite3_mprintf(
        "UPDATE wijk_store SET schema = %d, title = 'Oud';"
        "INSERT INTO indicator (id, label_nl, label_en, definition_nl, definition_en, unit_nl, unit_en, "
        "theme, method,"
        " dimension, kind, direction, decimals, disclosure) VALUES ('residents', 'inwoners', 'residents', "
        "'', '', '', '',"
        " '', '', '', 'measured', 'none', 0, 'open');"
        "INSERT INTO series (indicator, level, division_year, period, release, n, value, status)"
        " VALUES ('residents', 'gemeente', 2017, 201700, '', 0, x'', x'');",
        last);
    char *why = NULL;
    if (sqlite3_exec(db, figures, NULL, NULL, &why)) fail_msg("%s", why);
    sqlite3_free(figures);
    sqlite3_close(db);
    return bytes_of(cx, path);
}

/* What stands in the file itself. */
static int schema_of(void)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open_v2(target, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT schema FROM wijk_store", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int schema = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return schema;
}

/* Everything that reading asks for is there, and nothing can be written. */
static void must_be_readable(struct wijk_cx *cx, int newest)
{
    struct wijk_store *store;
    struct wijk_store_info info;
    const struct wijk_load *load;
    const struct wijk_series *series;
    size_t n_load, n_series;
    must(cx, wijk_store_open(cx, target, WIJK_STORE_READ, &store));
    must(cx, wijk_store_info(cx, store, &info));
    must(cx, wijk_store_read_loads(cx, store, &load, &n_load));
    must(cx, wijk_store_read_all_series(cx, store, &series, &n_series));
    assert_string_equal(info.title, "Oud");
    assert_int_equal(info.schema, newest);
    assert_int_equal(n_load, 0);
    assert_int_equal(n_series, 1);
    assert_int_not_equal(wijk_store_set_title(cx, store, "Nieuw", false), WIJK_OK);
    wijk_store_close(store);
}

static void test_every_older_form_is_read(void **state)
{
    struct wijk_cx *cx = *state;
    int newest = 2;
    for (int back = 1; back < newest; back++) {
        struct walk w = {"read", act_upgrade, older(cx, back, &newest)};
        reset(cx, &w);
        must_be_readable(cx, newest);
        must_be_sound(cx, target);
        struct wijk_str same = bytes_of(cx, target);
        assert_true(same.n == w.before.n && memcmp(same.p, w.before.p, same.n) == 0);
        assert_int_equal(schema_of(), newest - back);
    }
}

static void test_older(void **state)
{
    struct wijk_cx *cx = *state;
    int newest;
    enum wijk_store_health health;
    struct walk w = {"upgrade", act_upgrade, older(cx, 1, &newest)};
    reset(cx, &w);
    must(cx, act_upgrade(cx, &health));
    assert_int_equal(schema_of(), newest);
    must_be_sound(cx, target);
    must(cx, act_load(cx, &health));
    must_be_sound(cx, target);
    walk_all(cx, &w);
}

/* ---- killed ---- */

/* SIGKILL at every call; afterwards nothing half is there and the next make clears away what was left. */
static void kill_walk(struct wijk_cx *cx, const struct walk *w)
{
    long left = 0;
    for (long n = 1;; n++) {
        reset(cx, w);
        pid_t child = fork();
        if (child == 0) {
            enum wijk_store_health health;
            shim_arm(SHIM_KILL, n);
            _exit(w->act(cx, &health) != WIJK_OK);
        }
        int how;
        waitpid(child, &how, 0);
        left += temps();
        struct wijk_mark mark = wijk_cx_mark(cx);
        if (access(target, F_OK) == 0) {
            enum wijk_store_health health;
            must_be_sound(cx, target);
            must(cx, act_upgrade(cx, &health)); /* opens for writing, and brings it to the newest form */
            must_be_sound(cx, target);
        } else if (w->act != act_new) {
            fail_msg("%s, killed at call %ld: the store is gone", w->name, n);
        }
        if (access(copy, F_OK) == 0) must_be_sound(cx, copy);
        struct wijk_file_out *f;
        must(cx, wijk_file_out_open(cx, in_folder(cx, "next.txt"), false, &f));
        wijk_file_out_drop(f);
        if (temps()) fail_msg("%s, killed at call %ld: a temporary file stays", w->name, n);
        wijk_cx_rewind(cx, mark);
        if (WIFSIGNALED(how)) continue;
        assert_int_equal(WEXITSTATUS(how), 0);
        print_message("%s: killed %ld times, %ld temporary files cleared away\n", w->name, n - 1, left);
        break;
    }
}

static void test_killed_new(void **state)
{
    kill_walk(*state, &(struct walk){"new", act_new, {0}});
}
static void test_killed_backup(void **state)
{
    kill_walk(*state, &(struct walk){"backup", act_backup, start(*state, true)});
}
static void test_killed_load(void **state)
{
    kill_walk(*state, &(struct walk){"load", act_load, start(*state, false)});
}
static void test_killed_upgrade(void **state)
{
    int newest;
    kill_walk(*state, &(struct walk){"upgrade", act_upgrade, older(*state, 1, &newest)});
    assert_int_equal(schema_of(), newest);
}

/* What another process is still making stays, and so does what only looks like ours. */
static void test_sweep_spares(void **state)
{
    struct wijk_cx *cx = *state;
    static const char *const STRANGE[] = {".notes.wijk-12-x.tmp", ".wijk-1-1.tmp", "a.wijk-1-1.tmp",
                                          ".a.wijk-1-1.tmp2"};
    for (size_t k = 0; k < sizeof STRANGE / sizeof *STRANGE; k++)
        put_file(cx, in_folder(cx, STRANGE[k]), WIJK_STR("x"));
    struct wijk_file_out *f;
    must(cx, wijk_file_out_open(cx, in_folder(cx, "mine.txt"), false, &f));
    fclose(fopen(in_folder(cx, ".dead.wijk-999999-0.tmp"), "w"));
    pid_t child = fork();
    if (child == 0) {
        struct wijk_store *store;
        _exit(wijk_store_create(cx, in_folder(cx, "theirs.gpkg"), &store) != WIJK_OK);
    }
    int how;
    waitpid(child, &how, 0);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    assert_int_not_equal(access(in_folder(cx, ".dead.wijk-999999-0.tmp"), F_OK), 0);
    for (size_t k = 0; k < sizeof STRANGE / sizeof *STRANGE; k++)
        assert_int_equal(unlink(in_folder(cx, STRANGE[k])), 0);
    struct wijk_out out = wijk_file_out(f);
    assert_true(out.write(out.self, "hier", 4));
    must(cx, wijk_file_out_done(f));
    assert_int_equal(bytes_of(cx, in_folder(cx, "mine.txt")).n, 4);
}

/* ---- refusals and trials leave the bytes ---- */

static enum wijk_err load_and_measure(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    WIJK_TRY(load_figures(cx, store, NULL));
    WIJK_TRY(save_scores(cx, store, NULL));
    *(bool *)arg = true;
    return WIJK_OK;
}

static void test_same_bytes(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_str before = start(cx, true);
    enum wijk_store_health health;
    struct wijk_store *store;
    bool ran = false;
    must(cx, act_upgrade(cx, &health)); /* opened for writing, nothing written */
    must(cx, wijk_store_open(cx, target, WIJK_STORE_WRITE, &store));
    assert_int_equal(wijk_store_health(store), WIJK_STORE_SOUND);
    must(cx, wijk_store_trial(cx, store, load_and_measure, &ran));
    assert_true(ran);
    struct wijk_str now = bytes_of(cx, target);
    assert_true(now.n == before.n && memcmp(now.p, before.p, now.n) == 0);
    assert_int_not_equal(access(wijk_sprintf(cx, "%s-wal", target), F_OK), 0);
    wijk_store_close(store);
    now = bytes_of(cx, target);
    assert_true(now.n == before.n && memcmp(now.p, before.p, now.n) == 0);
    must(cx, wijk_store_open(cx, target, WIJK_STORE_WRITE, &store)); /* a trial first, then for real */
    must(cx, wijk_store_trial(cx, store, load_and_measure, &ran));
    must(cx, wijk_store_in_transaction(cx, store, save_scores, NULL));
    must(cx, wijk_store_trial(cx, store, save_scores, NULL));
    wijk_store_close(store);
    must_be_sound(cx, target);
    must(cx, wijk_store_open(cx, target, WIJK_STORE_READ, &store));
    assert_int_equal(wijk_store_health(store), WIJK_STORE_READ_ONLY);
    wijk_store_close(store);
}

static int setup(void **state)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    target = in_folder(cx, "target.gpkg"), copy = in_folder(cx, "copy.gpkg");
    unlink(target), unlink(copy);
    *state = cx;
    return 0;
}
static int teardown(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

int main(void)
{
    shim_install();
    /* Thousands of real fsyncs would take minutes; where there is a folder in memory they cost nothing. */
    snprintf(folder, sizeof folder, "%s/wijk-faults-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    if (!mkdtemp(folder)) return 1;
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_same_bytes),  T(test_sweep_spares),
        T(test_killed_new),  T(test_killed_backup),
        T(test_new),         T(test_load),
        T(test_measure),     T(test_backup),
        T(test_older),       T(test_every_older_form_is_read),
        T(test_killed_load), T(test_killed_upgrade),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *const rm[] = {"rm", "-r", folder, NULL};
    pid_t child = fork();
    if (child == 0) execvp("rm", rm);
    waitpid(child, NULL, 0);
    return failed;
}
