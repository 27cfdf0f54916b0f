/* SPDX-License-Identifier: EUPL-1.2 */
/* A store of an invented gemeente's own registers, through the gate: areas within areas, kinds within a
 * total, months within a year, shares beside their counts, and what came twice. The attacker of
 * tests/disclose reads the snapshot. */
#include "flow/flow.h"

#include "../disclose/attacker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUURTEN = 9, WIJKEN = 3, AREAS = BUURTEN + WIJKEN + 1, KINDS = 3, MONTHS = 4, PERIODS = MONTHS + 1 };

#define IND(name, ...)                                                                                       \
    {                                                                                                        \
        .id = name, .label_nl = name, .label_en = name, .definition_nl = name, .definition_en = name,        \
        .unit_nl = "", .unit_en = "", .theme = "veiligheid", .method = "", .dimension = "", .min = NAN,      \
        .max = NAN, __VA_ARGS__                                                                              \
    }
static const struct wijk_indicator INDICATORS[] = {
    IND("crimes", .disclosure = "count"),
    IND("crimes_home", .disclosure = "count", .part_of = "crimes"),
    IND("crimes_other", .disclosure = "open", .part_of = "crimes"), /* the family's rule holds */
    IND("homes", .disclosure = "open"),
    IND("homes_hit_pct", .disclosure = "share", .base = "homes", .count_of = "crimes_home"),
    IND("open_figure", .disclosure = "open"),
    IND("residents", .disclosure = "open"),
    IND("visits", .disclosure = "open"), /* but the source asks for count */
};
static struct wijk_source SOURCES[] = {{.id = "proef",
                                        .title_nl = "Proef",
                                        .title_en = "Trial",
                                        .publisher = "Gemeente",
                                        .licence = "CC0",
                                        .homepage = "",
                                        .table = "",
                                        .format = "csv",
                                        .release = "",
                                        .method_version = "",
                                        .attribution = "Bron: proef"}};
static const struct wijk_defs DEFS = {.n_indicator = sizeof INDICATORS / sizeof *INDICATORS,
                                      .n_source = 1,
                                      .indicator = INDICATORS,
                                      .source = SOURCES};
static const char *const KIND[KINDS] = {"crimes", "crimes_home", "crimes_other"};
static const enum wijk_level LEVEL[] = {WIJK_LEVEL_BUURT, WIJK_LEVEL_WIJK, WIJK_LEVEL_GEMEENTE};
static const size_t FIRST[] = {0, BUURTEN, BUURTEN + WIJKEN, AREAS};

static double TRUE[KINDS][PERIODS][AREAS]; /* the last period is the year */
static size_t PARENT[AREAS];
static struct wijk_area AREA[AREAS];
static char CODE[AREAS][16];

static void invent(uint64_t seed, double scale)
{
    struct wijk_rng rng = wijk_rng(seed);
    memset(TRUE, 0, sizeof TRUE);
    for (size_t a = 0; a < AREAS; a++) {
        size_t w = a < BUURTEN ? a % WIJKEN : a - BUURTEN;
        PARENT[a] = a < BUURTEN ? BUURTEN + w : a + 1 < AREAS ? AREAS - 1 : SIZE_MAX;
        if (a < BUURTEN)
            snprintf(CODE[a], sizeof CODE[a], "BU9903%02zu%02zu", w + 1, a + 1);
        else if (a + 1 < AREAS)
            snprintf(CODE[a], sizeof CODE[a], "WK9903%02zu", w + 1);
        else
            snprintf(CODE[a], sizeof CODE[a], "GM9903");
        AREA[a] = (struct wijk_area){.code = CODE[a], .name = CODE[a], .residents = 1000};
    }
    for (size_t a = 0; a < AREAS; a++) AREA[a].parent = PARENT[a] == SIZE_MAX ? NULL : CODE[PARENT[a]];
    for (size_t k = 1; k < KINDS; k++)
        for (size_t t = 0; t < MONTHS; t++)
            for (size_t a = 0; a < BUURTEN; a++) {
                double u = wijk_rng_uniform(&rng), v = u < 0.2 ? 0 : floor(scale * (double)k * u * u);
                size_t period[] = {t, MONTHS}, kind[] = {k, 0}, area[] = {a, PARENT[a], AREAS - 1};
                for (size_t i = 0; i < 12; i++) TRUE[kind[i % 2]][period[i / 2 % 2]][area[i / 4]] += v;
            }
}

static void save(struct wijk_cx *cx, struct wijk_store *store, const char *id, struct wijk_period p, size_t l,
                 const char *release, int year, const double *v, uint32_t load)
{
    size_t n = FIRST[l + 1] - FIRST[l];
    uint8_t status[AREAS];
    uint32_t row[AREAS], from[AREAS];
    for (size_t a = 0; a < n; a++) status[a] = isnan(v[a]) ? 2 : 1, row[a] = (uint32_t)a + 2, from[a] = load;
    struct wijk_series s = {{id, p, LEVEL[l], year, release}, n, v, status, row, from};
    if (wijk_store_save_series(cx, store, &s) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
}

static struct wijk_period period_of(size_t t)
{
    return (struct wijk_period){2024, (int8_t)(t == MONTHS ? 0 : t + 1)};
}

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    (void)arg;
    struct wijk_load load = {.source = "proef",
                             .release = "",
                             .method_version = "",
                             .publisher = "Gemeente",
                             .licence = "CC0",
                             .table = "",
                             .file_name = "proef.csv",
                             .bytes = 311,
                             .retrieved = "2025-03-04",
                             .loaded_at = "2025-03-05T10:11:12Z",
                             .rows = 3,
                             .taken = 3,
                             .sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"};
    for (int year = 2023; year <= 2024; year++)
        for (size_t l = 3; l-- > 0;) {
            const struct wijk_areas areas = {LEVEL[l], year, FIRST[l + 1] - FIRST[l], AREA + FIRST[l]};
            WIJK_TRY(wijk_store_save_areas(cx, store, &areas));
        }
    WIJK_TRY(wijk_store_save_defs(cx, store, &DEFS));
    WIJK_TRY(wijk_store_save_load(cx, store, &load));
    double pct[AREAS], homes[AREAS], open[AREAS];
    for (size_t l = 0; l < 3; l++) {
        for (size_t k = 0; k < KINDS; k++)
            for (size_t t = 0; t < PERIODS; t++) {
                save(cx, store, KIND[k], period_of(t), l, "", 2024, TRUE[k][t] + FIRST[l], load.id);
                if (k == 1)
                    save(cx, store, "visits", period_of(t), l, "", 2024, TRUE[k][t] + FIRST[l], load.id);
            }
        for (size_t a = FIRST[l]; a < FIRST[l + 1]; a++) {
            homes[a] = 40 + 60 * TRUE[2][MONTHS][a];
            pct[a] = 100 * TRUE[1][MONTHS][a] / homes[a];
            open[a] = a % 4 == 1 ? NAN : (double)(a % 7); /* the supplier hides some, and shows small ones */
        }
        save(cx, store, "homes", period_of(MONTHS), l, "", 2024, homes + FIRST[l], load.id);
        save(cx, store, "homes_hit_pct", period_of(MONTHS), l, "", 2024, pct + FIRST[l], load.id);
        save(cx, store, "open_figure", period_of(MONTHS), l, "", 2024, open + FIRST[l], load.id);
        /* The same count in an older division of areas, and an older release. */
        save(cx, store, "crimes", period_of(0), l, "", 2023, TRUE[0][0] + FIRST[l], load.id);
        save(cx, store, "crimes_home", period_of(1), l, "0", 2024, TRUE[1][1] + FIRST[l], load.id);
        save(cx, store, "crimes_home", period_of(1), l, "1", 2024, TRUE[1][1] + FIRST[l], load.id);
    }
    return WIJK_OK;
}

static const struct wijk_snapshot *snapshot(struct wijk_cx *cx)
{
    char dir[64], path[96];
    struct wijk_store *store;
    const struct wijk_snapshot *s = NULL;
    const struct wijk_yaml *yaml;
    assert_int_equal(wijk_yaml_read(cx, WIJK_STR("disclosure: {visits: count}\n"), "s.yaml", &yaml), WIJK_OK);
    SOURCES[0].yaml = yaml;
    snprintf(dir, sizeof dir, "%s/wijk-gate-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/s.gpkg", dir);
    if (wijk_store_create(cx, path, &store) != WIJK_OK ||
        wijk_store_in_transaction(cx, store, fill, NULL) != WIJK_OK ||
        wijk_flow_snapshot(cx, store, &DEFS, (struct wijk_snapshot_opt){.unpublished = true}, &s) != WIJK_OK)
        fail_msg("%s", wijk_fault(cx));
    wijk_store_close(store);
    remove(path);
    assert_int_equal(rmdir(dir), 0);
    return s;
}

/* What the snapshot shows of a cell, as the attacker reads it. */
static struct wijk_disclosed shown(const struct wijk_snapshot *s, const char *id, size_t t, size_t a)
{
    size_t l = a < BUURTEN ? 0 : a + 1 < AREAS ? 1 : 2;
    const struct wijk_series *v = wijk_snapshot_series(s, id, LEVEL[l], 2024, period_of(t));
    assert_non_null(v);
    size_t i = a - FIRST[l];
    bool hidden = v->status[i] == WIJK_STATUS_SUPPRESSED;
    assert_true(hidden == isnan(v->value[i]));
    assert_true(hidden == (v->row[i] == 0) || strcmp(id, "open_figure") == 0);
    return (struct wijk_disclosed){v->value[i], v->status[i], hidden ? WIJK_HIDDEN_TOO_SMALL : WIJK_SHOWN, 5};
}

static void attack_kinds(const struct wijk_snapshot *s, const char *const *kind, size_t n_kind,
                         const double *value)
{
    static const size_t KIND_TOTAL[] = {SIZE_MAX, 0, 0};
    static const size_t PERIOD_TOTAL[] = {MONTHS, MONTHS, MONTHS, MONTHS, SIZE_MAX};
    static struct wijk_disclosed out[KINDS * PERIODS * AREAS];
    static uint8_t status[KINDS * PERIODS * AREAS];
    struct wijk_disclosure_rule rule = wijk_disclosure_rule("count", 0);
    memset(status, WIJK_STATUS_OK, sizeof status);
    for (size_t k = 0; k < n_kind; k++)
        for (size_t t = 0; t < PERIODS; t++)
            for (size_t a = 0; a < AREAS; a++) {
                size_t i = (k * PERIODS + t) * AREAS + a;
                out[i] = shown(s, kind[k], t, a);
                if (value[i] > 0 && value[i] < 5) assert_int_equal(out[i].reason, WIJK_HIDDEN_TOO_SMALL);
                if (value[i] == 0) assert_true(out[i].value == 0);
            }
    struct wijk_disclose_table in = {.n_area = AREAS,
                                     .n_kind = n_kind,
                                     .n_period = PERIODS,
                                     .parent = PARENT,
                                     .kind_total = n_kind > 1 ? KIND_TOTAL : NULL,
                                     .period_total = PERIOD_TOTAL,
                                     .value = value,
                                     .status = status};
    assert_int_equal(leaks(&in, out, &rule, ATTACKER_SEES_ROUNDED, true), 0);
    assert_int_equal(leaks(&in, out, &rule, ATTACKER_KNOWS_EXACT, true), 0);
}

static void test_nothing_leaks(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        invent(seed, seed % 3 ? 9 : 60);
        const struct wijk_snapshot *s = snapshot(cx);
        attack_kinds(s, KIND, KINDS, TRUE[0][0]);
        attack_kinds(s, (const char *const[]){"visits"}, 1, TRUE[1][0]);
        for (size_t a = 0; a < AREAS; a++) { /* no share where its count is hidden */
            if (shown(s, "crimes_home", MONTHS, a).reason == WIJK_SHOWN) continue;
            assert_int_equal(shown(s, "homes_hit_pct", MONTHS, a).status, WIJK_STATUS_SUPPRESSED);
        }
        wijk_cx_end(cx);
    }
}

static void test_open_passes(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    invent(5, 30);
    const struct wijk_snapshot *s = snapshot(cx);
    for (size_t a = 0; a < AREAS; a++) {
        struct wijk_disclosed v = shown(s, "open_figure", MONTHS, a);
        if (a % 4 == 1)
            assert_int_equal(v.status, WIJK_STATUS_SUPPRESSED);
        else
            assert_true(v.value == (double)(a % 7));
    }
    wijk_cx_end(cx);
}

/* Of one count that came twice only the newest goes out. */
static void test_only_the_newest(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    invent(5, 30);
    const struct wijk_snapshot *s = snapshot(cx);
    size_t old = 0;
    for (size_t i = 0; i < s->n_series; i++) {
        const struct wijk_series *v = &s->series[i];
        bool older = v->key.division_year == 2023 || strcmp(v->key.release, "0") == 0 ||
                     (strcmp(v->key.indicator, "crimes_home") == 0 && *v->key.release == '\0' &&
                      wijk_period_key(v->key.period) == 202402);
        old += older;
        for (size_t a = 0; older && a < v->n; a++) assert_int_equal(v->status[a], WIJK_STATUS_SUPPRESSED);
    }
    assert_int_equal(old, 9);
    wijk_cx_end(cx);
}

static void test_trace_of_a_hidden_figure(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    invent(5, 9);
    const struct wijk_snapshot *s = snapshot(cx);
    for (size_t a = 0; a < BUURTEN; a++) {
        const struct wijk_trace *t;
        assert_int_equal(wijk_flow_trace(cx, s, CODE[a], "crimes_home", period_of(0), 2024, &t), WIJK_OK);
        bool small = TRUE[1][0][a] > 0 && TRUE[1][0][a] < 5;
        if (small) assert_int_equal(t->status, WIJK_STATUS_SUPPRESSED);
        assert_true(isnan(t->value) == (t->status == WIJK_STATUS_SUPPRESSED));
        assert_true((t->row == 0) == (t->status == WIJK_STATUS_SUPPRESSED));
        assert_non_null(t->load);
    }
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_leaks),
        cmocka_unit_test(test_open_passes),
        cmocka_unit_test(test_only_the_newest),
        cmocka_unit_test(test_trace_of_a_hidden_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
