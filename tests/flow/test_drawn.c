/* SPDX-License-Identifier: EUPL-1.2 */
/* Drawn areas through a real store: one area one answer, whoever draws it, whenever, in however many
 * programs; and an attacker who keeps asking and solves everything he got. */
#include "flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIDE = 12, CELLS = SIDE * SIDE, BLOCK = 4, BUURTEN = 9, WIJKEN = 3 };
static const double X0 = 131000, Y0 = 456000;

#define IND(name, ...)                                                                                       \
    {                                                                                                        \
        .id = name, .label_nl = name, .label_en = name, .definition_nl = name, .definition_en = name,        \
        .unit_nl = "", .unit_en = "", .theme = "bevolking", .method = "", .dimension = "", .min = NAN,       \
        .max = NAN, .part_of = "", .base = "", .count_of = "", __VA_ARGS__                                   \
    }
static const struct wijk_indicator INDICATORS[] = {
    IND("class", .disclosure = "open"),
    IND("crimes", .disclosure = "count", .aggregation = WIJK_AGGREGATE_SUM),
    IND("old_pct", .disclosure = "open", .aggregation = WIJK_AGGREGATE_RESIDENTS),
    IND("residents", .disclosure = "open", .aggregation = WIJK_AGGREGATE_SUM),
};
static const struct wijk_defs DEFS = {.n_indicator = 4, .indicator = INDICATORS};

static char FOLDER[64], PATH[128];
static double PERSONS[CELLS], CRIMES[BUURTEN];
static char CELL_CODE[CELLS][16], BUURT_CODE[BUURTEN][16], WIJK_CODE_[WIJKEN][16];

/* ---- the town ---- */

static const struct wijk_geom *box(struct wijk_cx *cx, double x, double y, double w, double h)
{
    struct wijk_geom_builder *b = wijk_geom_build(cx);
    const struct wijk_geom *g;
    wijk_geom_add_polygon(b);
    wijk_geom_add_ring(b);
    wijk_geom_add_point(b, (struct wijk_xy){X0 + x, Y0 + y});
    wijk_geom_add_point(b, (struct wijk_xy){X0 + x + w, Y0 + y});
    wijk_geom_add_point(b, (struct wijk_xy){X0 + x + w, Y0 + y + h});
    wijk_geom_add_point(b, (struct wijk_xy){X0 + x, Y0 + y + h});
    assert_int_equal(wijk_geom_done(b, &g), WIJK_OK);
    return g;
}

static size_t buurt_of(size_t cell)
{
    return cell / SIDE / BLOCK * 3 + cell % SIDE / BLOCK;
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, const char *id, enum wijk_level level,
                          const double *v, size_t n)
{
    uint8_t *status = WIJK_NEW(cx, uint8_t, n);
    for (size_t i = 0; i < n; i++) status[i] = (uint8_t)(isnan(v[i]) ? WIJK_STATUS_MISSING : WIJK_STATUS_OK);
    struct wijk_series s = {{id, {2024, 0}, level, 2024, ""}, n, v, status, NULL, NULL};
    return wijk_store_save_series(cx, store, &s);
}

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_area cell[CELLS] = {0}, buurt[BUURTEN] = {0}, wijk[WIJKEN] = {0};
    double pct[CELLS], class_[BUURTEN], lived[BUURTEN] = {0};
    (void)arg;
    for (size_t i = 0; i < CELLS; i++) {
        snprintf(CELL_CODE[i], sizeof CELL_CODE[i], "E%04zuN%04zu", 1310 + i % SIDE, 4560 + i / SIDE);
        cell[i] = (struct wijk_area){CELL_CODE[i], CELL_CODE[i], NULL, PERSONS[i],
                                     box(cx, (double)(i % SIDE) * 100, (double)(i / SIDE) * 100, 100, 100)};
        pct[i] = 7 + (double)(i % 31);
        lived[buurt_of(i)] += PERSONS[i];
    }
    for (size_t i = 0; i < BUURTEN; i++) {
        snprintf(BUURT_CODE[i], sizeof BUURT_CODE[i], "BU9907%02zu%02zu", i / 3 + 1, i % 3 + 1);
        snprintf(WIJK_CODE_[i / 3], sizeof *WIJK_CODE_, "WK9907%02zu", i / 3 + 1);
        buurt[i] = (struct wijk_area){BUURT_CODE[i], BUURT_CODE[i], WIJK_CODE_[i / 3], lived[i],
                                      box(cx, (double)(i % 3) * 400, (double)(i / 3) * 400, 400, 400)};
        class_[i] = (double)(i % 9 + 1);
    }
    for (size_t i = 0; i < WIJKEN; i++)
        wijk[i] = (struct wijk_area){WIJK_CODE_[i], WIJK_CODE_[i], NULL, 900, NULL};
    WIJK_TRY(wijk_store_save_defs(cx, store, &DEFS));
    WIJK_TRY(wijk_store_save_areas(cx, store, &(struct wijk_areas){WIJK_LEVEL_WIJK, 2024, WIJKEN, wijk}));
    WIJK_TRY(wijk_store_save_areas(cx, store, &(struct wijk_areas){WIJK_LEVEL_BUURT, 2024, BUURTEN, buurt}));
    WIJK_TRY(wijk_store_save_areas(cx, store, &(struct wijk_areas){WIJK_LEVEL_RASTER, 2024, CELLS, cell}));
    WIJK_TRY(save(cx, store, "residents", WIJK_LEVEL_RASTER, PERSONS, CELLS));
    WIJK_TRY(save(cx, store, "old_pct", WIJK_LEVEL_RASTER, pct, CELLS));
    WIJK_TRY(save(cx, store, "class", WIJK_LEVEL_BUURT, class_, BUURTEN));
    WIJK_TRY(save(cx, store, "residents", WIJK_LEVEL_BUURT, lived, BUURTEN));
    return save(cx, store, "crimes", WIJK_LEVEL_BUURT, CRIMES, BUURTEN);
}

/* A new store; residents by chance, mostly few. */
static int town(void **state)
{
    (void)state;
    struct wijk_rng rng = wijk_rng(77);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    snprintf(FOLDER, sizeof FOLDER, "/tmp/wijk-drawn-XXXXXX");
    assert_non_null(mkdtemp(FOLDER));
    snprintf(PATH, sizeof PATH, "%s/town.gpkg", FOLDER);
    for (size_t i = 0; i < CELLS; i++)
        PERSONS[i] = (double)wijk_rng_below(&rng, wijk_rng_below(&rng, 3) ? 9 : 70);
    PERSONS[13] = 3, PERSONS[14] = 31, PERSONS[25] = 23, PERSONS[26] = 17;
    for (size_t i = 0; i < BUURTEN; i++) CRIMES[i] = i == 4 ? 3 : 13 + 7 * (double)i;
    if (wijk_store_create(cx, PATH, &store) != WIJK_OK ||
        wijk_store_in_transaction(cx, store, fill, NULL) != WIJK_OK)
        fail_msg("%s", wijk_fault(cx));
    wijk_store_close(store);
    wijk_cx_end(cx);
    return 0;
}

static int town_gone(void **state)
{
    (void)state;
    static const char *const END[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 4; i++) {
        char name[160];
        snprintf(name, sizeof name, "%s%s", PATH, END[i]);
        unlink(name);
    }
    rmdir(FOLDER);
    return 0;
}

/* ---- asking ---- */

static struct wijk_flow_drawn_limits LIMITS; /* none, but where a test sets some */

struct said {
    enum wijk_err err;
    enum wijk_flow_drawn_spent spent;
    enum wijk_drawn_verdict verdict;
    bool before;
    char key[65], asked_at[24], version[24], fault[256];
    size_t n;
    uint32_t member[CELLS];
    size_t n_figure;
    struct wijk_drawn_figure figure[8];
    char indicator[8][16];
};

static void note(struct said *s, const struct wijk_snapshot *snap, const struct wijk_flow_drawn *d)
{
    const struct wijk_drawn_answer *a = d->answer;
    const struct wijk_snapshot_division *div = wijk_snapshot_division(snap, a->level, a->division_year);
    s->verdict = d->verdict;
    s->before = d->before;
    s->n = a->n_member;
    snprintf(s->key, sizeof s->key, "%s", a->key);
    snprintf(s->asked_at, sizeof s->asked_at, "%s", a->asked_at ? a->asked_at : "");
    for (size_t i = 0; i < s->n; i++) s->member[i] = (uint32_t)wijk_area_find(div->index, a->member[i]);
    for (s->n_figure = 0; s->n_figure < a->n_figure; s->n_figure++) {
        s->figure[s->n_figure] = a->figure[s->n_figure];
        snprintf(s->indicator[s->n_figure], sizeof *s->indicator, "%s", a->figure[s->n_figure].indicator);
    }
}

/* The store is opened and closed each time: nothing is remembered but what is in the file. */
static struct said ask_as(const struct wijk_geom *shape, enum wijk_level level, enum wijk_store_mode mode,
                          int64_t now)
{
    struct said s = {0};
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    const struct wijk_snapshot *snap;
    struct wijk_flow_drawn d = {0};
    s.err = wijk_store_open(cx, PATH, mode, &store);
    if (s.err == WIJK_OK) {
        s.err = wijk_flow_snapshot(cx, store, &DEFS, (struct wijk_snapshot_opt){.unpublished = true}, &snap);
        if (s.err == WIJK_OK)
            s.err = wijk_flow_drawn(
                cx, store, snap,
                &(struct wijk_flow_drawn_in){.shape = shape, .level = level, .now = now, .limits = LIMITS},
                &d);
        s.spent = d.spent;
        if (s.err == WIJK_OK && s.spent != WIJK_DRAWN_ROOM) assert_null(d.answer);
        if (s.err == WIJK_OK && s.spent == WIJK_DRAWN_ROOM) {
            assert_true(d.outline && d.outline->n_poly > 0);
            snprintf(s.version, sizeof s.version, "%s", snap->info.data_version);
            note(&s, snap, &d);
        }
        wijk_store_close(store);
    }
    snprintf(s.fault, sizeof s.fault, "%s", wijk_fault(cx));
    wijk_cx_end(cx);
    return s;
}

static struct said ask(double x, double y, double w, double h)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct said s = ask_as(box(cx, x, y, w, h), WIJK_LEVEL_COUNT, WIJK_STORE_WRITE, 1764000000);
    if (s.err != WIJK_OK && s.err != WIJK_ENOTFOUND) fail_msg("%s", s.fault);
    wijk_cx_end(cx);
    return s;
}

static struct said ask_text(const char *json, int64_t now)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *shape;
    struct said s = {0};
    s.err = wijk_import_shape(cx, wijk_str(json), "vorm.geojson", &shape);
    if (s.err == WIJK_OK)
        s = ask_as(shape, WIJK_LEVEL_COUNT, WIJK_STORE_WRITE, now);
    else
        snprintf(s.fault, sizeof s.fault, "%s", wijk_fault(cx));
    wijk_cx_end(cx);
    return s;
}

/* ---- one area, one answer ---- */

static void test_same_area(void **state)
{
    (void)state;
    struct said first = ask(200, 200, 300, 300);
    assert_int_equal(first.verdict, WIJK_DRAWN_ALLOWED);
    assert_int_equal(first.n, 9);
    assert_false(first.before);
    struct said moved = ask(204, 197, 299, 303); /* corners within 10 m */
    assert_true(moved.before);
    assert_string_equal(moved.key, first.key);
    struct said wide = ask(170, 180, 360, 350); /* another shape, the same cells */
    assert_string_equal(wide.key, first.key);
    /* Turned round, from another corner, a doubled point, in a feature, later. */
    struct said text =
        ask_text("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{"
                 "\"type\":\"Polygon\",\"coordinates\":[[[131500,456500],[131500,456200],[131500,"
                 "456200],[131200,456200],[131200,456500],[131500,456500]]]}}]}",
                 1800000000);
    assert_int_equal(text.err, WIJK_OK);
    assert_string_equal(text.key, first.key);
    assert_true(text.before);
    assert_string_equal(text.asked_at, first.asked_at);
    assert_int_equal(text.n_figure, first.n_figure);
    for (size_t i = 0; i < text.n_figure; i++) {
        assert_memory_equal(&text.figure[i].value, &first.figure[i].value, sizeof(double));
        assert_int_equal(text.figure[i].status, first.figure[i].status);
    }
    /* In degrees. */
    char json[512];
    int at = 0;
    static const double CORNER[5][2] = {{200, 200}, {500, 200}, {500, 500}, {200, 500}, {200, 200}};
    at += snprintf(json, sizeof json, "{\"type\":\"MultiPolygon\",\"coordinates\":[[[");
    for (size_t i = 0; i < 5; i++) {
        struct wijk_xy p = wijk_wgs84_from_rd((struct wijk_xy){X0 + CORNER[i][0], Y0 + CORNER[i][1]});
        at += snprintf(json + at, sizeof json - (size_t)at, "%s[%.8f,%.8f,17]", i ? "," : "", p.x, p.y);
    }
    snprintf(json + at, sizeof json - (size_t)at, "]]]}");
    assert_string_equal(ask_text(json, 1).key, first.key);
    assert_string_equal(ask(200, 200, 300, 300).version, first.version); /* an answer is no data */
}

static void test_figures(void **state)
{
    (void)state;
    struct said s = ask(100, 100, 200, 200); /* cells 13, 14, 25, 26: 3, 31, 23 and 17 persons */
    assert_int_equal(s.verdict, WIJK_DRAWN_ALLOWED);
    assert_int_equal(s.n_figure, 2);
    assert_string_equal(s.indicator[0], "old_pct"); /* 20, 21, 32 and 33 percent */
    assert_true(fabs(s.figure[0].value - (3 * 20 + 31 * 21 + 23 * 32 + 17 * 33) / 74.0) < 1e-12);
    assert_string_equal(s.indicator[1], "residents");
    assert_true(s.figure[1].value == 74);
    assert_int_equal(s.figure[1].known, 4);
}

static struct said buurten(double x, double y, double w, double h)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct said s = ask_as(box(cx, x, y, w, h), WIJK_LEVEL_BUURT, WIJK_STORE_WRITE, 1764000000);
    wijk_cx_end(cx);
    return s;
}

/* What the gate hides stays hidden, classes are not put together. */
static void test_buurten(void **state)
{
    (void)state;
    struct said two = buurten(0, 0, 800, 210); /* just over half of two buurten */
    assert_int_equal(two.err, WIJK_OK);
    assert_int_equal(two.n, 2);
    assert_int_equal(two.n_figure, 2);
    assert_string_equal(two.indicator[0], "crimes");
    assert_int_equal(two.figure[0].status, WIJK_STATUS_OK);
    assert_true(two.figure[0].value == 35); /* 13 and 20, each rounded before it went out */
    struct said with_small = buurten(0, 0, 1200, 800);
    assert_int_equal(with_small.n, 6);
    assert_int_equal(with_small.figure[0].status, WIJK_STATUS_SUPPRESSED); /* 3 crimes in the middle one */
    assert_true(isnan(with_small.figure[0].value));
    assert_int_equal(buurten(0, 0, 800, 190).err, WIJK_ENOTFOUND);
}

/* ---- differences ---- */

static void test_differences(void **state)
{
    (void)state;
    struct said a = ask(100, 100, 200, 200), b;
    assert_int_equal(a.verdict, WIJK_DRAWN_ALLOWED);
    b = ask(200, 100, 100, 200); /* without the column of 3 and 23: 26 persons fewer */
    assert_int_equal(b.verdict, WIJK_DRAWN_ALLOWED);
    b = ask_text(
        "{\"type\":\"Polygon\",\"coordinates\":[[[131200,456100],[131300,456100],[131300,456300],[131100,"
        "456300],[131100,456200],[131200,456200],[131200,456100]]]}",
        1); /* without the cell of 3 */
    assert_int_equal(b.err, WIJK_OK);
    assert_int_equal(b.verdict, WIJK_DRAWN_DIFFERENCE);
    assert_int_equal(b.n_figure, 0);
    assert_int_equal(ask(100, 100, 100, 100).verdict, WIJK_DRAWN_TOO_SMALL);
    /* The store was closed and opened between any two of these; and it is refused again. */
    assert_int_equal(ask(100, 100, 100, 100).verdict, WIJK_DRAWN_TOO_SMALL);
}

/* A buurt, and the buurt without one small cell. Nobody asked anything before. */
static void test_official(void **state)
{
    (void)state;
    size_t tried = 0;
    for (size_t b = 0; b < BUURTEN; b++) {
        double x = (double)(b % 3) * 400, y = (double)(b / 3) * 400;
        size_t corner = b / 3 * BLOCK * SIDE + b % 3 * BLOCK;
        if (!(PERSONS[corner] > 0 && PERSONS[corner] < WIJK_DRAWN_LEAST)) continue;
        char json[512];
        snprintf(json, sizeof json,
                 "{\"type\":\"Polygon\",\"coordinates\":[[[%.0f,%.0f],[%.0f,%.0f],[%.0f,%.0f],[%.0f,%.0f],[%."
                 "0f,%.0f],"
                 "[%.0f,%.0f],[%.0f,%.0f]]]}",
                 X0 + x + 100, Y0 + y, X0 + x + 400, Y0 + y, X0 + x + 400, Y0 + y + 400, X0 + x, Y0 + y + 400,
                 X0 + x, Y0 + y + 100, X0 + x + 100, Y0 + y + 100, X0 + x + 100, Y0 + y);
        struct said s = ask_text(json, 1);
        assert_int_equal(s.err, WIJK_OK);
        assert_int_equal(s.verdict, WIJK_DRAWN_DIFFERENCE);
        tried++;
    }
    assert_true(tried > 2);
    assert_int_equal(buurten(0, 0, 1200, 400).verdict,
                     WIJK_DRAWN_ALLOWED); /* a whole wijk tells nothing new */
}

/* ---- the attacker ---- */

enum { ROWS_MAX = 256 };
static double MATRIX[ROWS_MAX][CELLS];

static int rank_without(size_t rows, const double (*v)[CELLS], const bool *drop)
{
    int rank = 0;
    memcpy(MATRIX, v, rows * sizeof *v);
    for (size_t c = 0; c < CELLS && (size_t)rank < rows; c++) {
        size_t best = (size_t)rank;
        if (drop[c]) continue;
        for (size_t r = best; r < rows; r++)
            if (fabs(MATRIX[r][c]) > fabs(MATRIX[best][c])) best = r;
        if (fabs(MATRIX[best][c]) < 1e-9) continue;
        for (size_t k = 0; k < CELLS; k++) {
            double swap = MATRIX[best][k];
            MATRIX[best][k] = MATRIX[rank][k];
            MATRIX[rank][k] = swap;
        }
        for (size_t r = (size_t)rank + 1; r < rows; r++) {
            double times = MATRIX[r][c] / MATRIX[rank][c];
            for (size_t k = c; times != 0 && k < CELLS; k++) MATRIX[r][k] -= times * MATRIX[rank][k];
        }
        rank++;
    }
    return rank;
}

static int facts(size_t rows, const double (*v)[CELLS], const bool *group)
{
    static const bool NONE[CELLS];
    return rank_without(rows, v, NONE) - rank_without(rows, v, group);
}

static void find_nothing(size_t rows, size_t official, const double (*v)[CELLS], const size_t *cell, size_t n)
{
    bool group[CELLS] = {0};
    double people = 0;
    for (size_t i = 0; i < n; i++) group[cell[i]] = true, people += PERSONS[cell[i]];
    if (people >= WIJK_DRAWN_LEAST) return;
    if (facts(rows, v, group) > facts(official, v, group))
        fail_msg("%g persons in %zu cells from %s can be worked out", people, n, CELL_CODE[cell[0]]);
}

/* Asks rectangles, neighbours of earlier ones, unions and rings; then looks, in all sums and differences of
 * every answer and every buurt, for each single cell, each pair side by side and each block of four with
 * fewer than 10 persons. */
static void test_attacker(void **state)
{
    (void)state;
    static double v[ROWS_MAX][CELLS];
    struct wijk_rng rng = wijk_rng(4);
    double last[4] = {300, 300, 400, 400};
    size_t rows = BUURTEN, allowed = 0, refused = 0;
    memset(v, 0, sizeof v);
    for (size_t c = 0; c < CELLS; c++)
        if (PERSONS[c] > 0) v[buurt_of(c)][c] = 1;
    for (int q = 0; q < 140; q++) {
        double r[4];
        bool near = q % 4 != 0;
        for (size_t k = 0; k < 4; k++)
            r[k] = near ? last[k] : 100 * (double)(wijk_rng_below(&rng, k < 2 ? 8 : 5) + (k > 1));
        if (near) r[wijk_rng_below(&rng, 4)] += wijk_rng_below(&rng, 2) ? 100 : -100;
        if (r[2] < 100 || r[3] < 100) continue;
        struct said s = ask(r[0], r[1], r[2], r[3]);
        if (s.err != WIJK_OK) continue;
        if (s.verdict != WIJK_DRAWN_ALLOWED) {
            refused++;
            continue;
        }
        memcpy(last, r, sizeof last);
        allowed += !s.before;
        for (size_t i = 0; i < s.n && !s.before; i++) v[rows][s.member[i]] = 1;
        rows += !s.before;
    }
    assert_true(allowed > 20 && refused > 20);
    for (size_t c = 0; c < CELLS; c++) {
        if (PERSONS[c] == 0) continue;
        bool right = c % SIDE + 1 < SIDE, up = c + SIDE < CELLS;
        find_nothing(rows, BUURTEN, v, &c, 1);
        if (right) find_nothing(rows, BUURTEN, v, (const size_t[]){c, c + 1}, 2);
        if (up) find_nothing(rows, BUURTEN, v, (const size_t[]){c, c + SIDE}, 2);
        if (right && up)
            find_nothing(rows, BUURTEN, v, (const size_t[]){c, c + 1, c + SIDE, c + SIDE + 1}, 4);
    }
}

/* ---- two programs at once ---- */

static pid_t asker(double x, double y, double w, double h, int out)
{
    pid_t child = fork();
    if (child) return child;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct said s =
        ask_as(box(cx, x, y, w, h), WIJK_LEVEL_COUNT, WIJK_STORE_WRITE, 1764000000 + getpid() % 97);
    _exit(write(out, &s, sizeof s) == (ssize_t)sizeof s ? 0 : 1);
}

static void both(double wide_a, double wide_b, struct said said[2])
{
    int pipe_fd[2];
    assert_int_equal(pipe(pipe_fd), 0);
    pid_t child[] = {asker(100, 100, wide_a, 200, pipe_fd[1]), asker(100, 100, wide_b, 200, pipe_fd[1])};
    for (size_t i = 0; i < 2; i++) {
        int status;
        assert_int_equal(read(pipe_fd[0], &said[i], sizeof *said), (int)sizeof *said);
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
        if (said[i].err != WIJK_OK) fail_msg("%s", said[i].fault);
    }
    close(pipe_fd[0]), close(pipe_fd[1]);
}

/* The answers come in any order; the narrower area has fewer members. */
static bool narrow_won(const struct said said[2])
{
    return said[said[0].n < said[1].n ? 0 : 1].verdict == WIJK_DRAWN_ALLOWED;
}

static void test_two_programs(void **state)
{
    (void)state;
    struct said said[2];
    double extra = 0;
    size_t wide = 2;
    /* The first column to the right that holds fewer than 10 persons is the small difference. */
    for (; wide < SIDE - 1; wide++) {
        extra = PERSONS[SIDE + 1 + wide] + PERSONS[2 * SIDE + 1 + wide];
        if (extra > 0 && extra < WIJK_DRAWN_LEAST) break;
    }
    assert_true(extra > 0 && extra < WIJK_DRAWN_LEAST);
    for (int round = 0; round < 6; round++) {
        town_gone(NULL);
        town(NULL);
        both(100 * (double)wide, 100 * (double)(wide + 1), said);
        int answered = (said[0].verdict == WIJK_DRAWN_ALLOWED) + (said[1].verdict == WIJK_DRAWN_ALLOWED);
        assert_int_equal(answered, 1);
        double w = 100 * (double)(narrow_won(said) ? wide : wide + 1);
        both(w, w, said); /* the same one twice */
        assert_int_equal(said[0].verdict, WIJK_DRAWN_ALLOWED);
        assert_int_equal(said[1].verdict, WIJK_DRAWN_ALLOWED);
        assert_string_equal(said[0].key, said[1].key);
        assert_string_equal(said[0].asked_at, said[1].asked_at);
    }
}

/* ---- where nothing can be written; newer data ---- */

static void test_read_only(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct said first = ask(100, 100, 200, 200);
    struct said again = ask_as(box(cx, 100, 100, 200, 200), WIJK_LEVEL_COUNT, WIJK_STORE_READ, 1);
    assert_int_equal(again.err, WIJK_OK);
    assert_true(again.before);
    assert_string_equal(again.asked_at, first.asked_at);
    struct said other = ask_as(box(cx, 500, 500, 500, 500), WIJK_LEVEL_COUNT, WIJK_STORE_READ, 1);
    assert_int_equal(other.err, WIJK_EIO);
    assert_non_null(strstr(other.fault, "moet bewaard worden"));
    wijk_cx_end(cx);
}

static enum wijk_err touch(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    (void)arg;
    return save(cx, store, "crimes", WIJK_LEVEL_BUURT, CRIMES + 1, BUURTEN - 1);
}

static void test_newer_data(void **state)
{
    (void)state;
    struct said first = ask(100, 100, 200, 200), again;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    assert_int_equal(wijk_store_open(cx, PATH, WIJK_STORE_WRITE, &store), WIJK_OK);
    assert_int_equal(wijk_store_in_transaction(cx, store, touch, NULL), WIJK_OK);
    wijk_store_close(store);
    wijk_cx_end(cx);
    assert_int_equal(
        ask_text("{\"type\":\"Polygon\",\"coordinates\":[[[131200,456100],[131300,456100],[131300,"
                 "456300],[131100,456300],[131100,456200],[131200,456200],[131200,456100]]]}",
                 1)
            .verdict,
        WIJK_DRAWN_DIFFERENCE); /* what was told before the new data still counts */
    again = ask(100, 100, 200, 200);
    assert_int_equal(again.verdict, WIJK_DRAWN_ALLOWED);
    assert_false(again.before);
    assert_string_not_equal(again.key, first.key);
}

/* ---- strangers' limits ---- */

static void test_limits(void **state)
{
    (void)state;
    struct said first = ask(200, 200, 300, 300);
    LIMITS = (struct wijk_flow_drawn_limits){.no_new = true};
    assert_int_equal(ask(500, 500, 500, 500).spent, WIJK_DRAWN_NO_NEW);
    assert_string_equal(ask(200, 200, 300, 300).asked_at, first.asked_at); /* what is out costs nothing */
    LIMITS = (struct wijk_flow_drawn_limits){.keep_max = 1};
    assert_int_equal(ask(500, 500, 500, 500).spent, WIJK_DRAWN_STORE);
    LIMITS = (struct wijk_flow_drawn_limits){.day_max = 1, .keep_max = 2};
    assert_int_equal(ask(500, 500, 500, 500).spent, WIJK_DRAWN_DAY);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_geom *other = box(cx, 500, 500, 500, 500);
    assert_int_equal(
        ask_as(other, WIJK_LEVEL_COUNT, WIJK_STORE_WRITE, 1764000000 + 86401).verdict, /* a day later */
        WIJK_DRAWN_ALLOWED);
    LIMITS = (struct wijk_flow_drawn_limits){.member_max = 24};
    struct said large = ask_as(box(cx, 0, 700, 500, 500), WIJK_LEVEL_COUNT, WIJK_STORE_WRITE, 1764000000);
    LIMITS.member_max = 3;
    struct said over = ask_as(box(cx, 0, 700, 500, 500), WIJK_LEVEL_COUNT, WIJK_STORE_WRITE, 1764000000);
    assert_int_equal(large.err, WIJK_OK);
    assert_int_equal(over.err, WIJK_ELIMIT);
    assert_non_null(strstr(over.fault, "te groot"));
    LIMITS = (struct wijk_flow_drawn_limits){.known_max = 3};
    assert_int_equal(ask(300, 300, 600, 600).verdict, WIJK_DRAWN_TOO_MANY);
    LIMITS = (struct wijk_flow_drawn_limits){0};
    wijk_cx_end(cx);
}

/* ---- chosen one by one; asked for by key ---- */

static void test_named(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    const struct wijk_snapshot *snap;
    struct wijk_flow_drawn d, again;
    static const char *const CODE[] = {"BU99070102", "BU99070101", "BU99070102"}, *const ODD[] = {
                                                                                      "BU99079999"};
    struct said drawn = ask_as(box(cx, 0, 0, 800, 400), WIJK_LEVEL_BUURT, WIJK_STORE_WRITE, 1764000000);
    assert_int_equal(wijk_store_open(cx, PATH, WIJK_STORE_WRITE, &store), WIJK_OK);
    assert_int_equal(
        wijk_flow_snapshot(cx, store, &DEFS, (struct wijk_snapshot_opt){.unpublished = true}, &snap),
        WIJK_OK);
    struct wijk_flow_drawn_in in = {.n_code = 3, .code = CODE, .level = WIJK_LEVEL_COUNT, .now = 1764000009};
    assert_int_equal(wijk_flow_drawn(cx, store, snap, &in, &d), WIJK_OK);
    assert_true(d.before); /* the same two buurten as were drawn */
    assert_string_equal(d.answer->key, drawn.key);
    assert_int_equal(wijk_flow_drawn_again(cx, store, snap, drawn.key, &again), WIJK_OK);
    assert_true(again.outline && again.answer->n_figure == drawn.n_figure);
    assert_int_equal(wijk_flow_drawn_again(cx, store, snap, "0", &again), WIJK_ENOTFOUND);
    in.code = ODD, in.n_code = 1;
    assert_int_equal(wijk_flow_drawn(cx, store, snap, &in, &d), WIJK_ENOTFOUND);
    assert_non_null(strstr(wijk_fault(cx), "BU99079999"));
    in.n_code = 0;
    assert_int_equal(wijk_flow_drawn(cx, store, snap, &in, &d), WIJK_ENOTFOUND);
    /* One buurt is what is out already; that buurt without a small cell is a difference, however it is named.
     */
    in = (struct wijk_flow_drawn_in){.n_code = 1, .code = CODE, .level = WIJK_LEVEL_BUURT, .now = 1764000009};
    assert_int_equal(wijk_flow_drawn(cx, store, snap, &in, &d), WIJK_OK);
    assert_int_equal(d.verdict, WIJK_DRAWN_ALLOWED);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- shapes that are none ---- */

static void test_hostile(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        enum wijk_err err;
    } CASE[] = {
        {"", WIJK_EPARSE},
        {"[]", WIJK_EPARSE},
        {"{}", WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[]}", WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[[]]}", WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[5,52],[5,52],[5,52]]]}", WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[131000,456000],[131100,456100],[131200,456200]]]}",
         WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[NaN,52],[5.1,52],[5.1,52.1]]]}", WIJK_EPARSE},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[1e999,52],[5.1,52],[5.1,52.1]]]}", WIJK_EPARSE},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[179,52],[-179,52],[-179,53],[179,53]]]}", WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[5],[6]]]}", WIJK_EPARSE},
        {"{\"type\":\"Point\",\"coordinates\":[5,52]}", WIJK_EDATA},
        {"{\"type\":\"LineString\",\"coordinates\":[[5,52],[5.1,52.1]]}", WIJK_EDATA},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[]}", WIJK_EDATA},
        {"{\"type\":\"Feature\",\"geometry\":null}", WIJK_EDATA},
        {"{\"type\":\"FeatureCollection\",\"features\":[]}", WIJK_EDATA},
        {"{\"type\":\"FeatureCollection\",\"features\":[{},{}]}", WIJK_EDATA},
        {"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[131000,456000],[131900,"
         "456000],"
         "[131900,456900]]]},\"coordinates\":[[[5,52],[5.1,52],[5.1,52.1]]]}",
         WIJK_EPARSE},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[131000,456000],[131900,456000],[131900,456900]]]} {}",
         WIJK_EPARSE},
        {"{\"crs\":{\"properties\":{\"name\":\"EPSG:31370\"}},\"type\":\"Polygon\",\"coordinates\":[[[5,52],["
         "5.1,52],"
         "[5.1,52.1]]]}",
         WIJK_EDATA},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[200000,300000],[200500,300000],[200500,300500]]]}",
         WIJK_ENOTFOUND},
    };
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct said s = ask_text(CASE[i].json, 1);
        if (s.err != CASE[i].err || !*s.fault)
            fail_msg("%s: %s, «%s»", CASE[i].json, wijk_err_name(s.err), s.fault);
    }
    /* A bow is two triangles; a hole is a hole. */
    assert_int_equal(
        ask_text("{\"type\":\"Polygon\",\"coordinates\":[[[131000,456000],[131800,456800],[131800,456000],"
                 "[131000,456800],[131000,456000]]]}",
                 1)
            .err,
        WIJK_OK);
    struct said ring =
        ask_text("{\"type\":\"Polygon\",\"coordinates\":[[[131000,456000],[132200,456000],[132200,457200],"
                 "[131000,457200],[131000,456000]],[[131100,456100],[132100,456100],[132100,457100],"
                 "[131100,457100],[131100,456100]]]}",
                 1);
    assert_int_equal(ring.err, WIJK_OK);
    size_t lived = 0;
    for (size_t c = 0; c < CELLS; c++) lived += PERSONS[c] > 0 && (c % SIDE % 11 == 0 || c / SIDE % 11 == 0);
    assert_int_equal(ring.n, lived);
}

/* Too many points, too many bytes, and a comb that crosses itself in every tooth. */
static void test_large(void **state)
{
    (void)state;
    enum { POINTS = 60000, ROOM = 64 * POINTS };
    static const int COUNT[] = {POINTS, 12000, 9000};
    static const enum wijk_err ERR[] = {WIJK_ELIMIT, WIJK_ELIMIT, WIJK_OK};
    char *json = malloc(ROOM);
    for (size_t k = 0; k < 3; k++) {
        int at = snprintf(json, ROOM, "{\"type\":\"Polygon\",\"coordinates\":[[[131000,456000]");
        for (int i = 0; i < COUNT[k]; i++)
            at += snprintf(json + at, ROOM - (size_t)at, ",[%d,%d]", 131000 + i * 7 % 1200,
                           456000 + (i % 2 ? 1200 : i % 400));
        snprintf(json + at, ROOM - (size_t)at, "]]}");
        struct said s = ask_text(json, 1);
        bool good = s.err == ERR[k] || (ERR[k] == WIJK_OK && s.err == WIJK_EDATA && *s.fault);
        if (!good) fail_msg("%d points: %s", COUNT[k], s.fault);
    }
    free(json);
}

#define T(name) cmocka_unit_test_setup_teardown(name, town, town_gone)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_same_area), T(test_figures),      T(test_buurten),   T(test_differences), T(test_official),
        T(test_attacker),  T(test_two_programs), T(test_read_only), T(test_newer_data),  T(test_hostile),
        T(test_large),     T(test_limits),       T(test_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
