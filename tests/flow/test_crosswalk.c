/* SPDX-License-Identifier: EUPL-1.2 */
/* A gemeente whose buurten were renumbered, merged, split and moved: from a table of codes and from borders,
 * kept in a store, and what the page of an area then tells of earlier years. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const enum wijk_status OK = WIJK_STATUS_OK, HIDDEN = WIJK_STATUS_SUPPRESSED;

static const struct wijk_defs *DEFS;
static char DIR_[64], PATH_[96], CSV[96];

struct world {
    struct wijk_cx *cx;
    struct wijk_store *store;
};

static const struct wijk_geom *box(struct wijk_cx *cx, double x0, double x1)
{
    return box_at(cx, (struct wijk_xy){135000, 455000}, x0, x1);
}

/* 2017: four buurten beside each other. 2022: the first has another code; the second and third are one; the
 * fourth was cut in two. 2024: as 2022. */
static void save_areas(struct world *w)
{
    struct wijk_area old[] = {{"BU99040001", "Aak", NULL, 1270, box(w->cx, 0, 500)},
                              {"BU99040002", "Bles", NULL, 455, box(w->cx, 500, 800)},
                              {"BU99040003", "Cel", NULL, 3170, box(w->cx, 800, 1700)},
                              {"BU99040004", "Dreef", NULL, 900, box(w->cx, 1700, 2700)}};
    struct wijk_area new_[] = {{"BU9904AA01", "Aak", NULL, 1300, box(w->cx, 0, 500)},
                               {"BU99040003", "Cel en Bles", NULL, 3700, box(w->cx, 500, 1700)},
                               {"BU99040004", "Dreef west", NULL, 300, box(w->cx, 1700, 2000)},
                               {"BU99040005", "Dreef oost", NULL, 640, box(w->cx, 2000, 2700)}};
    assert_int_equal(
        wijk_store_save_areas(w->cx, w->store, &(struct wijk_areas){WIJK_LEVEL_BUURT, 2017, 4, old}),
        WIJK_OK);
    for (int year = 2022; year <= 2024; year += 2)
        assert_int_equal(
            wijk_store_save_areas(w->cx, w->store, &(struct wijk_areas){WIJK_LEVEL_BUURT, year, 4, new_}),
            WIJK_OK);
}

static void save(struct world *w, const char *id, int division, int year, const double v[4])
{
    uint8_t status[4];
    for (size_t i = 0; i < 4; i++) status[i] = (uint8_t)(isnan(v[i]) ? HIDDEN : OK);
    struct wijk_series s = {
        {id, {(int16_t)year, 0}, WIJK_LEVEL_BUURT, division, ""}, 4, v, status, NULL, NULL};
    if (wijk_store_save_series(w->cx, w->store, &s) != WIJK_OK) fail_msg("%s", wijk_fault(w->cx));
}

static int start(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->cx = wijk_cx_new(WIJK_NL);
    assert_int_equal(wijk_flow_defs(w->cx, NULL, &DEFS), WIJK_OK);
    snprintf(DIR_, sizeof DIR_, "%s/wijk-cross-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(DIR_));
    snprintf(PATH_, sizeof PATH_, "%s/s.gpkg", DIR_);
    snprintf(CSV, sizeof CSV, "%s/codes.csv", DIR_);
    assert_int_equal(wijk_store_create(w->cx, PATH_, &w->store), WIJK_OK);
    save_areas(w);
    assert_int_equal(wijk_store_save_defs(w->cx, w->store, DEFS), WIJK_OK);
    save(w, "residents", 2017, 2017, (double[]){1270, 455, 3170, 900});
    save(w, "age_65_plus_pct", 2017, 2017, (double[]){12, 31, 17, NAN});
    save(w, "urbanity", 2017, 2017, (double[]){1, 2, 3, 4});
    save(w, "residents", 2022, 2022, (double[]){1300, 3700, 300, 640});
    save(w, "residents", 2024, 2024, (double[]){1305, 3710, 310, 645});
    *state = w;
    return 0;
}

static int stop(void **state)
{
    struct world *w = *state;
    wijk_store_close(w->store);
    wijk_cx_end(w->cx);
    remove(PATH_);
    remove(CSV);
    rmdir(DIR_);
    free(w);
    return 0;
}

static const struct wijk_flow_value *value_of(const struct wijk_profile *p, const char *id, int year)
{
    for (size_t i = 0; i < p->n_value; i++)
        if (strcmp(p->value[i].indicator->id, id) == 0 && p->value[i].period.year == year)
            return &p->value[i];
    return NULL;
}

static const struct wijk_profile *page(struct world *w, const struct wijk_snapshot **s, const char *code)
{
    const struct wijk_profile *p = NULL;
    if (wijk_flow_snapshot(w->cx, w->store, DEFS, (struct wijk_snapshot_opt){.unpublished = true}, s) !=
            WIJK_OK ||
        wijk_flow_profile(w->cx, *s, code, 0, &p) != WIJK_OK)
        fail_msg("%s", wijk_fault(w->cx));
    return p;
}

static const struct wijk_flow_cross WHICH = {WIJK_LEVEL_BUURT, 2017, 2022, "", 1790000000};

static enum wijk_err import(struct world *w, const char *text, bool rest,
                            const struct wijk_flow_crossed **out)
{
    FILE *f = fopen(CSV, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    struct wijk_flow_cross_table t = {.path = CSV, .rest = rest};
    return wijk_flow_cross_import(w->cx, w->store, &WHICH, &t, out);
}

static void import_good(struct world *w)
{
    const struct wijk_flow_crossed *c;
    if (import(w,
               "from,to,share\n99040001,BU9904AA01,\nBU99040002,BU99040003,1\nBU99040003,BU99040003,1\n"
               "BU99040004,BU99040004,0.3\nBU99040004,BU99040005,0.7\n",
               false, &c) != WIJK_OK)
        fail_msg("%s", wijk_fault(w->cx));
    assert_int_equal(c->taken, 5);
    assert_int_equal(c->n_refused, 0);
}

static void derive(struct world *w, int from, int to)
{
    const struct wijk_flow_crossed *c;
    struct wijk_flow_cross which = WHICH;
    which.from_year = from, which.to_year = to;
    if (wijk_flow_cross_derive(w->cx, w->store, DEFS, &which, (struct wijk_overlay_opt){0}, &c) != WIJK_OK)
        fail_msg("%s", wijk_fault(w->cx));
}

static void test_without_a_crosswalk_the_line_breaks(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    const struct wijk_profile *p = page(w, &s, "BU99040003");
    const struct wijk_flow_value *v = value_of(p, "residents", 2017);
    assert_non_null(v);
    assert_int_equal(v->joined.join, WIJK_JOIN_BROKEN);
    assert_true(v->value == 3170 && v->status == OK);
    assert_string_equal(wijk_border_words(w->cx, &v->joined),
                        "Andere indeling vanaf 2024: de grens kan gewijzigd zijn");
    assert_null(value_of(page(w, &s, "BU9904AA01"), "residents", 2017)); /* that code was not there */
    struct wijk_joined own = {.join = WIJK_JOIN_OWN};
    assert_string_equal(wijk_border_words(w->cx, &own), "");
}

static void test_the_publisher_tells_of_a_border(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    save(w, "border_change", 2024, 2024, (double[]){1, 1, 3, 1});
    const struct wijk_flow_value *v = value_of(page(w, &s, "BU99040004"), "residents", 2022);
    assert_int_equal(v->joined.join, WIJK_JOIN_BROKEN);
    assert_string_equal(wijk_border_words(w->cx, &v->joined), "Grens gewijzigd in 2024");
    v = value_of(page(w, &s, "BU99040003"), "residents", 2022); /* nobody speaks of 2023 */
    assert_int_equal(v->joined.join, WIJK_JOIN_BROKEN);
    assert_false(v->joined.border_said);
}

static void test_all_years_said_to_be_the_same_are_one_line(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    struct wijk_area same[] = {{"BU99040003", "Cel en Bles", NULL, 3705, NULL}};
    assert_int_equal(
        wijk_store_save_areas(w->cx, w->store, &(struct wijk_areas){WIJK_LEVEL_BUURT, 2023, 1, same}),
        WIJK_OK);
    save(w, "border_change", 2024, 2024, (double[]){1, 1, 3, 1});
    const double one[] = {1};
    const uint8_t ok[] = {WIJK_STATUS_OK};
    struct wijk_series r = {{"border_change", {2023, 0}, WIJK_LEVEL_BUURT, 2023, ""}, 1, one, ok, NULL, NULL};
    assert_int_equal(wijk_store_save_series(w->cx, w->store, &r), WIJK_OK);
    const struct wijk_flow_value *v = value_of(page(w, &s, "BU99040003"), "residents", 2022);
    assert_int_equal(v->joined.join, WIJK_JOIN_SAME);
    assert_true(v->value == 3700 && v->status == OK);
}

static void check_crossed(struct world *w)
{
    const struct wijk_snapshot *s;
    const struct wijk_flow_value *v = value_of(page(w, &s, "BU9904AA01"), "residents", 2017);
    assert_true(v->value == 1270 && v->status == OK && v->joined.moved == 0);
    const struct wijk_profile *p = page(w, &s, "BU99040003");
    v = value_of(p, "residents", 2017);
    assert_int_equal(v->joined.join, WIJK_JOIN_CROSSED);
    assert_true(v->value == 3625 && v->status == WIJK_STATUS_ESTIMATED);
    assert_true(fabs(v->joined.moved - 455.0 / 3625) < 1e-12);
    v = value_of(p, "age_65_plus_pct", 2017);
    assert_true(fabs(v->value - (31 * 455 + 17 * 3170) / 3625.0) < 1e-12);
    assert_int_equal(v->status, WIJK_STATUS_ESTIMATED);
    assert_int_equal(value_of(p, "urbanity", 2017)->status, WIJK_STATUS_MISSING); /* a class */
    v = value_of(page(w, &s, "BU99040005"), "residents", 2017);
    assert_true(fabs(v->value - 630) < 1e-9 && v->status == WIJK_STATUS_ESTIMATED);
    assert_int_equal(value_of(page(w, &s, "BU99040005"), "age_65_plus_pct", 2017)->status, HIDDEN);
}

static void test_a_table_of_codes(void **state)
{
    struct world *w = *state;
    import_good(w);
    derive(w, 2022, 2024); /* the second step; nothing moved */
    check_crossed(w);
    const char *const *problem;
    size_t n;
    assert_int_equal(wijk_store_check(w->cx, w->store, &problem, &n), WIJK_OK);
    assert_int_equal(n, 0);
}

static void test_borders_alone(void **state)
{
    struct world *w = *state;
    derive(w, 2017, 2022);
    derive(w, 2022, 2024);
    check_crossed(w);
    derive(w, 2017, 2024); /* a direct one goes before two steps */
    check_crossed(w);
    const struct wijk_flow_crossed *c;
    assert_int_equal(wijk_flow_cross_find(w->cx, w->store, &WHICH, &c), WIJK_OK);
    assert_int_equal(c->crosswalk->n, 5);
    assert_int_equal(c->crosswalk->method, WIJK_CROSS_BY_AREA);
}

static void test_a_trace_names_inputs_and_shares(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    const struct wijk_trace *t;
    import_good(w);
    derive(w, 2022, 2024);
    page(w, &s, "BU99040003");
    assert_int_equal(
        wijk_flow_trace(w->cx, s, "BU99040003", "residents", (struct wijk_period){2017, 0}, 0, &t), WIJK_OK);
    assert_int_equal(t->way, WIJK_WAY_SHARES);
    assert_int_equal(t->n_input, 2);
    double sum = 0;
    for (size_t i = 0; i < t->n_input; i++) sum += t->input[i].weight * t->input[i].of->value;
    assert_true(sum == t->value && t->status == WIJK_STATUS_ESTIMATED);
    assert_int_equal(t->input[0].of->division_year, 2017);
    assert_non_null(strstr(wijk_trace_words(w->cx, t), "Omgerekend van de indeling van 2017"));
    assert_int_equal(
        wijk_flow_trace(w->cx, s, "BU99040003", "age_65_plus_pct", (struct wijk_period){2017, 0}, 0, &t),
        WIJK_OK);
    assert_int_equal(t->way, WIJK_WAY_MEAN);
    assert_true(t->input[0].weight == 455 && t->input[1].weight == 3170);
    assert_int_equal(
        wijk_flow_trace(w->cx, s, "BU99040005", "age_65_plus_pct", (struct wijk_period){2017, 0}, 0, &t),
        WIJK_OK);
    assert_true(isnan(t->value) && t->status == HIDDEN && isnan(t->input[0].of->value));
    assert_int_equal(
        wijk_flow_trace(w->cx, s, "BU9904AA01", "residents", (struct wijk_period){2017, 0}, 0, &t), WIJK_OK);
    assert_int_equal(t->way, WIJK_WAY_SAME);
}

static void test_rows_that_cannot_be_right(void **state)
{
    struct world *w = *state;
    const struct wijk_flow_crossed *c;
    assert_int_equal(
        import(w,
               "to;from\nBU9904AA01;BU99040001\nBU99040003;BU99040002\nBU99040003;BU99040002\n"
               "BU99040009;BU99040003\nBU99040004;BU99040004\nBU99040005;BU99040004\nBU99040004;\n"
               "X;BU99040001\n",
               false, &c),
        WIJK_OK);
    assert_int_equal(c->rows, 7);
    assert_int_equal(c->taken, 2); /* a pair given twice is one pair */
    assert_int_equal(c->n_refused, 4);
    assert_string_equal(c->refused[0].reason, "De code BU99040009 is er niet in de indeling van 2022.");
    assert_true(*c->refused[0].cure);
    assert_string_equal(c->refused[2].reason,
                        "BU99040004 ging naar meer dan één gebied en het deel ontbreekt.");
    assert_int_equal(
        import(w, "from,to,share\nBU99040004,BU99040004,0.6\nBU99040004,BU99040005,0.7\n", false, &c),
        WIJK_EDATA);
    assert_int_equal(import(w, "van,naar\nBU99040004,BU99040004\n", false, &c), WIJK_EDATA);
    assert_non_null(strstr(wijk_fault(w->cx), "de kolom from ontbreekt"));
    assert_int_equal(import(w, "from,to,share\nBU99040004,BU99040004,zes\n", false, &c), WIJK_EDATA);
    assert_int_equal(import(w, "from,to\nBU99040002,BU99040003\n", true, &c), WIJK_OK);
    assert_int_equal(c->crosswalk->n, 2); /* Dreef has one code in both; Cel was named */
    struct wijk_flow_cross which = WHICH;
    which.to_year = 2016;
    assert_int_equal(wijk_flow_cross_find(w->cx, w->store, &which, &c), WIJK_EUSAGE);
    which.to_year = 2023;
    assert_int_equal(wijk_flow_cross_find(w->cx, w->store, &which, &c), WIJK_ENOTFOUND);
    which.to_year = 2024;
    assert_int_equal(wijk_flow_cross_find(w->cx, w->store, &which, &c), WIJK_ENOTFOUND);
}

static void test_a_table_of_one_gemeente(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    const struct wijk_flow_crossed *c;
    import_good(w);
    FILE *f = fopen(CSV, "w");
    fputs("oud,nieuw\nBU99040001,BU99040003\nBU99040002,BU99040003\nBU99040003,BU99040003\n", f);
    fclose(f);
    struct wijk_flow_cross which = WHICH;
    struct wijk_flow_cross_table t = {.path = CSV, .from_column = "oud", .to_column = "nieuw"};
    which.gemeente = "GM9904";
    assert_int_equal(wijk_flow_cross_import(w->cx, w->store, &which, &t, &c), WIJK_OK);
    which.from_year = 2022, which.to_year = 2024;
    assert_int_equal(wijk_flow_cross_derive(w->cx, w->store, DEFS, &which, (struct wijk_overlay_opt){0}, &c),
                     WIJK_OK);
    const struct wijk_flow_value *v = value_of(page(w, &s, "BU99040003"), "residents", 2017);
    assert_true(v->value == 1270 + 455 + 3170); /* its own table goes before that of all */
    which.gemeente = "GM9905", which.from_year = 2017, which.to_year = 2022;
    assert_int_equal(wijk_flow_cross_import(w->cx, w->store, &which, &t, &c), WIJK_EDATA);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        T(test_without_a_crosswalk_the_line_breaks),
        T(test_the_publisher_tells_of_a_border),
        T(test_all_years_said_to_be_the_same_are_one_line),
        T(test_a_table_of_codes),
        T(test_borders_alone),
        T(test_a_trace_names_inputs_and_shares),
        T(test_rows_that_cannot_be_right),
        T(test_a_table_of_one_gemeente),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
