/* SPDX-License-Identifier: EUPL-1.2 */
/* One indicator over the years for one division: own figures, figures over a border, one release, and why a
 * figure is not there. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char DIR_[64], PATH_[96];
static const struct wijk_defs *DEFS;

struct world {
    struct wijk_cx *cx;
    struct wijk_store *store;
};

static const struct wijk_geom *box(struct wijk_cx *cx, double x0, double x1)
{
    return box_at(cx, (struct wijk_xy){145000, 465000}, x0, x1);
}

/* 2018: three buurten. 2022: the first as it was, the second and third are one, a new one beside them. */
static int start(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->cx = wijk_cx_new(WIJK_NL);
    assert_int_equal(wijk_flow_defs(w->cx, NULL, &DEFS), WIJK_OK);
    snprintf(DIR_, sizeof DIR_, "%s/wijk-history-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(DIR_));
    snprintf(PATH_, sizeof PATH_, "%s/s.gpkg", DIR_);
    assert_int_equal(wijk_store_create(w->cx, PATH_, &w->store), WIJK_OK);
    struct wijk_area old[] = {{"BU99060001", "Eik", NULL, 813, box(w->cx, 0, 500)},
                              {"BU99060002", "Fuut", NULL, 1170, box(w->cx, 500, 900)},
                              {"BU99060003", "Gans", NULL, 390, box(w->cx, 900, 1300)}};
    struct wijk_area now[] = {{"BU99060001", "Eik", NULL, 820, box(w->cx, 0, 500)},
                              {"BU99060002", "Fuut en Gans", NULL, 1610, box(w->cx, 500, 1300)},
                              {"BU99060004", "Haas", NULL, 77, box(w->cx, 1300, 1500)}};
    assert_int_equal(
        wijk_store_save_areas(w->cx, w->store, &(struct wijk_areas){WIJK_LEVEL_BUURT, 2018, 3, old}),
        WIJK_OK);
    assert_int_equal(
        wijk_store_save_areas(w->cx, w->store, &(struct wijk_areas){WIJK_LEVEL_BUURT, 2022, 3, now}),
        WIJK_OK);
    assert_int_equal(wijk_store_save_defs(w->cx, w->store, DEFS), WIJK_OK);
    *state = w;
    return 0;
}

static int stop(void **state)
{
    struct world *w = *state;
    wijk_store_close(w->store);
    wijk_cx_end(w->cx);
    remove(PATH_);
    rmdir(DIR_);
    free(w);
    return 0;
}

static void save(struct world *w, const char *id, int division, int year, const char *release, double a,
                 double b, double c)
{
    const double v[] = {a, b, c};
    uint8_t status[3];
    for (size_t i = 0; i < 3; i++)
        status[i] = (uint8_t)(isnan(v[i]) ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_OK);
    struct wijk_series s = {
        {id, {(int16_t)year, 0}, WIJK_LEVEL_BUURT, division, release}, 3, v, status, NULL, NULL};
    if (wijk_store_save_series(w->cx, w->store, &s) != WIJK_OK) fail_msg("%s", wijk_fault(w->cx));
}

static const struct wijk_history *history(struct world *w, const char *id, const char *release)
{
    const struct wijk_snapshot *s;
    const struct wijk_history *h = NULL;
    if (wijk_flow_snapshot(w->cx, w->store, DEFS, (struct wijk_snapshot_opt){.unpublished = true}, &s) !=
        WIJK_OK)
        fail_msg("%s", wijk_fault(w->cx));
    struct wijk_flow_history_in in = {
        .division = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 2022), .indicator = id, .release = release};
    return wijk_flow_history(w->cx, s, &in, &h) == WIJK_OK ? h : NULL;
}

static void test_own_figures_and_a_break(void **state)
{
    struct world *w = *state;
    save(w, "residents", 2018, 2018, "", 815, 1170, 390);
    save(w, "residents", 2018, 2019, "", 825, 1180, 395);
    save(w, "residents", 2022, 2022, "", 820, 1610, NAN);
    const struct wijk_history *h = history(w, "residents", NULL);
    assert_non_null(h);
    assert_int_equal(h->n_area, 3);
    assert_int_equal(h->n_period, 3);
    assert_int_equal(h->period[1].year, 2019);
    assert_true(h->value[0] == 815 && h->value[1] == 825 && h->value[2] == 820);
    assert_int_equal(h->join[0],
                     WIJK_JOIN_BROKEN); /* no crosswalk: nobody says that the border is the same */
    assert_int_equal(h->lack[0], WIJK_LACK_BROKEN);
    assert_true(isnan(h->same[0]) && h->same[2] == 820);
    assert_int_equal(h->join[8], WIJK_JOIN_OWN);
    assert_int_equal(h->lack[8], WIJK_LACK_HIDDEN);
    assert_int_equal(h->lack[6], WIJK_LACK_NO_VALUE); /* Haas was not there */
    assert_null(wijk_history_id(w->cx, h, 2, 0));
    assert_string_equal(wijk_history_id(w->cx, h, 1, 2), "BU99060002~residents~2022~2022");
    assert_string_equal(wijk_history_id(w->cx, h, 0, 1), "BU99060001~residents~2019~2018");
    assert_string_equal(wijk_lack_id(h->lack[0]), "broken");
    assert_string_equal(wijk_lack_text(h->lack[8]), "te klein om te tonen");
}

static void test_over_a_border(void **state)
{
    struct world *w = *state;
    const struct wijk_flow_crossed *c;
    save(w, "residents", 2018, 2018, "", 815, 1170, 390);
    save(w, "age_65_plus_pct", 2018, 2018, "", 14, 21, 35);
    save(w, "age_65_plus_pct", 2022, 2022, "", 15, 27, 9);
    struct wijk_flow_cross which = {WIJK_LEVEL_BUURT, 2018, 2022, "", 1790000000};
    assert_int_equal(wijk_flow_cross_derive(w->cx, w->store, DEFS, &which, (struct wijk_overlay_opt){0}, &c),
                     WIJK_OK);
    const struct wijk_history *h = history(w, "age_65_plus_pct", NULL);
    assert_int_equal(h->n_period, 2);
    assert_true(h->same[0] == 14 && h->status[0] == WIJK_STATUS_OK && h->moved[0] == 0);
    assert_true(fabs(h->same[2] - (21 * 1170 + 35 * 390) / 1560.0) < 1e-12);
    assert_int_equal(h->status[2], WIJK_STATUS_ESTIMATED);
    assert_int_equal(h->join[2], WIJK_JOIN_CROSSED);
    assert_true(h->moved[2] > 0.2 && h->moved[2] < 0.5);
    assert_string_equal(wijk_history_id(w->cx, h, 1, 0), "BU99060002~age_65_plus_pct~2018~2022");
    assert_true(isnan(h->same[4]) && h->same[5] == 9);
}

static void test_one_release_of_a_method(void **state)
{
    struct world *w = *state;
    save(w, "lbm3.deviation", 2022, 2016, "2022", -0.071, 0.052, 0.113);
    save(w, "lbm3.deviation", 2022, 2018, "2022", -0.082, 0.049, 0.117);
    save(w, "lbm3.deviation", 2022, 2018, "2024", -0.012, 0.099, 0.147);
    save(w, "lbm3.deviation", 2022, 2020, "2024", -0.015, 0.094, 0.151);
    const struct wijk_history *h = history(w, "lbm3.deviation", NULL);
    assert_string_equal(h->release, "2024");
    assert_string_equal(h->method->id, "lbm3");
    assert_int_equal(h->n_period, 2); /* 2016 of another release does not stand beside it */
    assert_int_equal(h->n_other, 1);
    assert_true(h->same[0] == -0.012 && h->same[1] == -0.015);
    h = history(w, "lbm3.deviation", "2022");
    assert_int_equal(h->n_period, 2);
    assert_true(h->same[0] == -0.071 && h->same[1] == -0.082);
    assert_null(history(w, "lbm3.deviation", "2020"));
    assert_non_null(strstr(wijk_fault(w->cx), "zijn er geen cijfers per buurt"));
}

/* Parts and rest are the whole, for its level and its change; a part that was not known then leaves the rest
 * of the change unknown. */
static void test_parts(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    const struct wijk_flow_parts *t;
    save(w, "lbm3.deviation", 2022, 2018, "2024", -0.071, 0.052, NAN);
    save(w, "lbm3.deviation", 2022, 2020, "2024", -0.093, 0.071, 0.1);
    save(w, "lbm3.safety", 2022, 2018, "2024", -0.041, 0.02, 0.3);
    save(w, "lbm3.safety", 2022, 2020, "2024", -0.057, 0.03, 0.3);
    save(w, "lbm3.housing", 2022, 2018, "2024", -0.0301, NAN, 0.3);
    save(w, "lbm3.housing", 2022, 2020, "2024", -0.0352, 0.04, 0.3);
    assert_int_equal(
        wijk_flow_snapshot(w->cx, w->store, DEFS, (struct wijk_snapshot_opt){.unpublished = true}, &s),
        WIJK_OK);
    struct wijk_flow_parts_in in = {.division = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 2022),
                                    .indicator = "lbm3.deviation"};
    assert_int_equal(wijk_flow_parts(w->cx, s, &in, &t), WIJK_OK);
    assert_int_equal(t->n, 2);
    assert_true(t->level == -0.093 && fabs(t->change + 0.022) < 1e-15);
    assert_true(fabs(t->part[0].level + t->part[1].level + t->level_rest - t->level) < 1e-16);
    assert_true(fabs(t->part[0].change + t->part[1].change + t->change_rest - t->change) < 1e-16);
    assert_true(fabs(t->change_rest - (-0.022 + 0.0211)) < 1e-15);
    assert_non_null(
        strstr(wijk_flow_parts_words(w->cx, t, true), "Van 2018 tot 2020 veranderde het met −0,022"));
    in.area = 1;
    assert_int_equal(wijk_flow_parts(w->cx, s, &in, &t), WIJK_OK);
    assert_true(isnan(t->part[0].change) && isnan(t->change_rest) && fabs(t->level_rest - 0.001) < 1e-15);
    in.area = 2; /* no figure of 2018: a level, and no change */
    assert_int_equal(wijk_flow_parts(w->cx, s, &in, &t), WIJK_OK);
    assert_true(t->from.year == 0 && isnan(t->change) && t->level == 0.1);
    assert_string_equal(wijk_flow_parts_words(w->cx, t, true), "");
    in.year = 2018;
    assert_int_equal(wijk_flow_parts(w->cx, s, &in, &t), WIJK_EDATA);
}

/* Definitions of a gemeente of its own in which some indicators are parts of another. */
static const struct wijk_defs *own_defs(struct wijk_cx *cx)
{
    static const char TEXT[] = "theme: veiligheid\n"
                               "indicators:\n"
                               "  - id: lantern_faults\n"
                               "    label: {nl: Storingen, en: Faults}\n"
                               "    definition: {nl: Kapotte lantaarns., en: Broken lanterns.}\n"
                               "    unit: {nl: lantaarns, en: lanterns}\n"
                               "    aggregation: sum\n"
                               "  - id: lantern_faults_storm\n"
                               "    label: {nl: Door storm, en: By storm}\n"
                               "    definition: {nl: Kapot door storm., en: Broken by a storm.}\n"
                               "    unit: {nl: lantaarns, en: lanterns}\n"
                               "    aggregation: sum\n"
                               "    part_of: lantern_faults\n"
                               "  - id: lantern_faults_age\n"
                               "    label: {nl: Door ouderdom, en: By age}\n"
                               "    definition: {nl: Versleten., en: Worn out.}\n"
                               "    unit: {nl: lantaarns, en: lanterns}\n"
                               "    aggregation: sum\n"
                               "    part_of: lantern_faults\n";
    const char *path[3];
    const struct wijk_defs *defs;
    path[0] = wijk_sprintf(cx, "%s/defs", DIR_);
    path[1] = wijk_sprintf(cx, "%s/indicators", path[0]);
    path[2] = wijk_sprintf(cx, "%s/lantaarns.yaml", path[1]);
    assert_true(mkdir(path[0], 0700) == 0 && mkdir(path[1], 0700) == 0);
    put_file(cx, path[2], wijk_str(TEXT));
    must(cx, wijk_flow_defs(cx, path[0], &defs));
    assert_true(remove(path[2]) == 0 && rmdir(path[1]) == 0 && rmdir(path[0]) == 0);
    return defs;
}

/* The parts of an indicator that is no score: 61 = 38 + 17 + 6 that are neither, and 44 before. */
static void test_parts_of_an_indicator(void **state)
{
    struct world *w = *state;
    const struct wijk_defs *defs = own_defs(w->cx);
    const struct wijk_snapshot *s;
    const struct wijk_flow_parts *t;
    assert_int_equal(wijk_store_save_defs(w->cx, w->store, defs), WIJK_OK);
    save(w, "lantern_faults", 2022, 2019, "", 44, 23, 9);
    save(w, "lantern_faults", 2022, 2021, "", 61, 29, 12);
    save(w, "lantern_faults_storm", 2022, 2019, "", 13, 7, NAN);
    save(w, "lantern_faults_storm", 2022, 2021, "", 38, 11, 5);
    save(w, "lantern_faults_age", 2022, 2019, "", 26, 16, 4);
    save(w, "lantern_faults_age", 2022, 2021, "", 17, 18, 7);
    must(w->cx,
         wijk_flow_snapshot(w->cx, w->store, defs, (struct wijk_snapshot_opt){.unpublished = true}, &s));
    struct wijk_flow_parts_in in = {.division = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 2022),
                                    .indicator = "lantern_faults"};
    must(w->cx, wijk_flow_parts(w->cx, s, &in, &t));
    assert_int_equal(t->n, 2);
    assert_string_equal(t->part[0].indicator->id, "lantern_faults_storm");
    assert_true(t->level == 61 && t->part[0].level == 38 && t->part[1].level == 17 && t->level_rest == 6);
    assert_true(t->change == 17 && t->part[0].change == 25 && t->part[1].change == -9 && t->change_rest == 1);
    assert_string_equal(t->part[0].id, "BU99060001~lantern_faults_storm~2021~2022");
    assert_string_equal(t->part[1].id_change, "BU99060001~lantern_faults_age~2019..2021~2022~~verandering");
    assert_non_null(strstr(wijk_flow_parts_words(w->cx, t, true), "Van 2019 tot 2021"));
    in.area = 2; /* one part was hidden in 2019: its change and the rest of the change are not known */
    must(w->cx, wijk_flow_parts(w->cx, s, &in, &t));
    assert_true(t->level_rest == 0 && isnan(t->part[0].change) && t->part[1].change == 3 &&
                isnan(t->change_rest));
    in.indicator = "lantern_faults_age"; /* of which nothing is a part */
    must(w->cx, wijk_flow_parts(w->cx, s, &in, &t));
    assert_true(t->n == 0 && t->level == 7 && t->level_rest == 7);
}

static void test_what_is_not_there(void **state)
{
    struct world *w = *state;
    assert_null(history(w, "bestaat_niet", NULL));
    assert_string_equal(wijk_fault(w->cx), "De indicator bestaat_niet bestaat niet.");
    assert_null(history(w, "residents", NULL));
}

static void test_some_areas(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    const struct wijk_history *h;
    const size_t place[] = {2, 0};
    save(w, "residents", 2022, 2021, "", 805, 1570, 66);
    save(w, "residents", 2022, 2022, "", 820, 1610, 77);
    assert_int_equal(
        wijk_flow_snapshot(w->cx, w->store, DEFS, (struct wijk_snapshot_opt){.unpublished = true}, &s),
        WIJK_OK);
    struct wijk_flow_history_in in = {.division = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 2022),
                                      .indicator = "residents",
                                      .area = place,
                                      .n_area = 2};
    assert_int_equal(wijk_flow_history(w->cx, s, &in, &h), WIJK_OK);
    assert_int_equal(h->n_area, 2);
    assert_true(h->value[0] == 66 && h->value[1] == 77 && h->value[2] == 805);
    in.months = true;
    assert_int_equal(wijk_flow_history(w->cx, s, &in, &h), WIJK_ENOTFOUND);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        T(test_own_figures_and_a_break),
        T(test_over_a_border),
        T(test_one_release_of_a_method),
        T(test_what_is_not_there),
        T(test_parts),
        T(test_parts_of_an_indicator),
        T(test_some_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
