/* SPDX-License-Identifier: EUPL-1.2 */
/* The published files themselves, when $WIJK_REAL_DATA has them: counts and sums as their publishers state.
 */
#include "harness.h"

#include <math.h>

static const char *root, *build, *data;

/* A context, or the test is skipped: before anything is allocated. */
static struct wijk_cx *begin(void)
{
    if (!data) skip();
    return wijk_cx_new(WIJK_NL);
}

static const struct wijk_import_batch *load(struct wijk_cx *cx, const char *source, const char *file,
                                            int year)
{
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    const struct wijk_import_batch *batch;
    struct wijk_import_in in = {.defs = defs,
                                .source = wijk_defs_source(defs, source),
                                .year = year,
                                .path = wijk_sprintf(cx, "%s/%s", data, file),
                                .reader = wijk_sprintf(cx, "%s/wijk-read", build)};
    if (wijk_import_read(cx, in, &batch) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return batch;
}

static size_t count(const struct wijk_import_batch *b, enum wijk_level level, size_t *with_geometry,
                    double *residents)
{
    const struct wijk_areas *a = areas_of(b, level, NULL);
    *with_geometry = 0;
    *residents = 0;
    for (size_t i = 0; a && i < a->n; i++) {
        *with_geometry += a->v[i].geom != NULL;
        if (!isnan(a->v[i].residents)) *residents += a->v[i].residents;
    }
    return a ? a->n : 0;
}

static size_t with_status(const struct wijk_series *s, enum wijk_status status)
{
    size_t n = 0;
    assert_non_null(s);
    for (size_t i = 0; i < s->n; i++) n += s->status[i] == status;
    return n;
}

static void test_wijkbuurtkaart(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    size_t g;
    double r;
    const struct wijk_import_batch *b =
        load(cx, "cbs-wijkbuurtkaart", "cbs-wijkbuurtkaart-2017-groningen/buurt2017.zip", 2017);
    assert_int_equal(count(b, WIJK_LEVEL_BUURT, &g, &r), 108);
    assert_int_equal(g, 108);
    assert_true(r == 202515);
    assert_int_equal(
        with_status(series_of(b, "age_0_14_pct", "2017", WIJK_LEVEL_BUURT), WIJK_STATUS_SUPPRESSED), 24);
    assert_int_equal(
        with_status(series_of(b, "household_size", "2017", WIJK_LEVEL_BUURT), WIJK_STATUS_SUPPRESSED), 3);
    b = load(cx, "cbs-wijkbuurtkaart", "cbs-wijkbuurtkaart-2017-groningen/wijk2017.zip", 2017);
    assert_int_equal(count(b, WIJK_LEVEL_WIJK, &g, &r), 15);
    assert_true(r == 202620);
    wijk_cx_end(cx);
}

static void test_leefbaarometer_2(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    const struct wijk_import_batch *b =
        load(cx, "leefbaarometer-2-pc4", "leefbaarometer-2.0-pc4/PC4DIMENSIE.csv", 0);
    assert_int_equal(b->load.taken, 4068);
    assert_int_equal(b->load.flagged, 0);
    assert_true(b->n_series >= 18);
    b = load(cx, "leefbaarometer-2-pc4", "leefbaarometer-2.0-pc4/PC4LBR.csv", 0);
    assert_int_equal(b->load.taken, 4068);
    assert_int_equal(with_status(series_of(b, "lbm2.class", "2002", WIJK_LEVEL_PC4), WIJK_STATUS_OK), 3703);
    wijk_cx_end(cx);
}

static void test_kwb_odata(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    size_t g;
    double r;
    const struct wijk_import_batch *b =
        load(cx, "cbs-kwb-odata", "cbs-kwb-2024-odata/stripped_filtered_data_2024.json", 0);
    assert_int_equal(b->load.taken, 3735);
    assert_int_equal(count(b, WIJK_LEVEL_GEMEENTE, &g, &r), 342);
    assert_true(r == 17942942);
    assert_int_equal(count(b, WIJK_LEVEL_WIJK, &g, &r), 3393);
    assert_true(r == 17942715);
    wijk_cx_end(cx);
}

static void test_pdok(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    size_t g;
    double r;
    const struct wijk_import_batch *b =
        load(cx, "pdok-buurten", "pdok-wijkenbuurten-2024-baarn/baarn_buurten.geojson", 0);
    assert_int_equal(count(b, WIJK_LEVEL_BUURT, &g, &r), 21);
    assert_int_equal(g, 21);
    assert_true(r == 25065);
    assert_int_equal(with_status(series_of(b, "dwellings", "2024", WIJK_LEVEL_BUURT), WIJK_STATUS_MISSING),
                     21);
    assert_int_equal(with_status(series_of(b, "single_person_households_pct", "2024", WIJK_LEVEL_BUURT),
                                 WIJK_STATUS_SUPPRESSED),
                     1);
    wijk_cx_end(cx);
}

static void test_topojson(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    static const struct {
        const char *file;
        int year;
        enum wijk_level level;
        size_t n;
    } FILES[] = {{"Buurt_2014", 2014, WIJK_LEVEL_BUURT, 11691},
                 {"Wijk_2014", 2014, WIJK_LEVEL_WIJK, 2738},
                 {"Gemeente_2015", 2015, WIJK_LEVEL_GEMEENTE, 393},
                 {"GemeenteDetail_2015", 2015, WIJK_LEVEL_GEMEENTE, 393}};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        size_t g;
        double r;
        const char *file =
            wijk_sprintf(cx, "cbs-gebiedsindelingen-2014-2015-topojson/%s_layer_q1e3.json", FILES[i].file);
        const struct wijk_import_batch *b = load(cx, "cbs-gebieden-topojson", file, FILES[i].year);
        assert_int_equal(count(b, FILES[i].level, &g, &r), FILES[i].n);
        assert_int_equal(b->load.refused, 0);
        assert_true(g > FILES[i].n * 9 / 10); /* the smallest shrank to a line in this simplified edition */
        if (i == 3) assert_true(r == 16900726);
    }
    wijk_cx_end(cx);
}

static void test_statline(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    const struct wijk_import_batch *b =
        load(cx, "statline-csv",
             "cbs-ses-woa-2019-amsterdam/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv", 0);
    assert_int_equal(b->load.taken, 579);
    assert_int_equal(with_status(series_of(b, "ses_woa", "2019", WIJK_LEVEL_BUURT), WIJK_STATUS_SUPPRESSED),
                     89);
    wijk_cx_end(cx);
}

/* ---- every file of the folder: rows, taken, refused, flagged, as docs/sources.md lists them ---- */

struct whole {
    const char *source, *file;
    int year;
    const char *gemeente, *known; /* known: a file of gemeente-json in which names are looked up */
    uint64_t rows, taken, refused, flagged;
};
#define TOPO   "cbs-gebiedsindelingen-2014-2015-topojson/"
#define KAART  "cbs-wijkbuurtkaart-2017-groningen/"
#define G2024  "kwb2024-politie-rivm-per-gemeente/"
#define BREDA  G2024 "gemeente/GM0758.json"
#define ZWOLLE G2024 "gemeente/GM0193.json"
static const struct whole WHOLE[] = {
    {"cbs-gebieden-topojson", TOPO "Buurt_2014_layer_q1e3.json", 2014, NULL, NULL, 11691, 11691, 0, 1625},
    {"cbs-gebieden-topojson", TOPO "Wijk_2014_layer_q1e3.json", 2014, NULL, NULL, 2738, 2738, 0, 116},
    {"cbs-gebieden-topojson", TOPO "Gemeente_2015_layer_q1e3.json", 2015, NULL, NULL, 393, 393, 0, 10},
    {"cbs-gebieden-topojson", TOPO "GemeenteDetail_2015_layer_q1e3.json", 2015, NULL, NULL, 393, 393, 0, 11},
    {"pdok-gebieden", "cbs-wijken-2016/wijk_2016_6.geojson", 0, NULL, NULL, 2982, 2981, 1, 14},
    {"pdok-gebieden", "cbs-gemeenten-2022-pdok/gemeenten.geojson", 0, NULL, NULL, 345, 345, 0, 0},
    {"cbs-wijkbuurtkaart", KAART "buurt2017.csv", 2017, NULL, NULL, 108, 108, 0, 0},
    {"cbs-wijkbuurtkaart", KAART "wijk2017.csv", 2017, NULL, NULL, 15, 15, 0, 0},
    {"cbs-wijkbuurtkaart", KAART "buurt2017.zip", 2017, NULL, NULL, 108, 108, 0, 0},
    {"cbs-wijkbuurtkaart", KAART "wijk2017.zip", 2017, NULL, NULL, 15, 15, 0, 0},
    {"cbs-kwb-odata", "cbs-kwb-2024-odata/stripped_filtered_data_2024.json", 0, NULL, NULL, 3735, 3735, 0, 0},
    {"gemeentenlijst-json", G2024 "gemeenten.json", 0, NULL, NULL, 342, 342, 0, 0},
    {"kwb-selectie-csv", "cbs-kwb-amsterdam/Kerncijfers_wijken_en_buurten_2020.csv", 0, NULL, NULL, 579, 579,
     0, 0},
    {"kwb-selectie-csv", "cbs-kwb-amsterdam/Kerncijfers_wijken_en_buurten_2024.csv", 0, NULL, NULL, 628, 628,
     0, 0},
    {"kwb-gemeenten-json", "cbs-kwb-2021-gemeenten/nl_data.json", 0, NULL, NULL, 352, 352, 0, 0},
    {"kwb-reeks-json", "cbs-kwb-reeks-2016-2025-baarn/baarn_social_data.json", 0, NULL, NULL, 22, 22, 0, 0},
    {"pdok-buurten", "pdok-wijkenbuurten-2024-baarn/baarn_buurten.geojson", 0, NULL, NULL, 21, 21, 0, 0},
    {"cbs-codelijst-csv", "pdok-wijkenbuurten-2024-baarn/cbs_baarn_buurten.csv", 2024, NULL, NULL, 21, 21, 0,
     0},
    {"leefbaarometer-2-pc4", "leefbaarometer-2.0-pc4/PC4DIMENSIE.csv", 0, NULL, NULL, 4068, 4068, 0, 0},
    {"leefbaarometer-2-pc4", "leefbaarometer-2.0-pc4/PC4LBR.csv", 0, NULL, NULL, 4068, 4068, 0, 0},
    {"leefbaarometer-3-buurten-csv", "leefbaarometer-3.0-buurten-provincie-utrecht/buurten.csv", 0, NULL,
     NULL, 969, 969, 0, 0},
    {"gemeentekaart-geojson", "politie-overlast-2022-breda/Buurten.geojson", 2022, NULL, NULL, 56, 56, 0, 0},
    {"politie-overlast-csv", "politie-overlast-2022-breda/nuisance.csv", 2024, "GM0758", BREDA, 68, 30, 38,
     2},
    {"zwolle-cijfers", "zwolle-buurten-2015-2021/demografie/demographics-buurt-2015.csv", 0, NULL, ZWOLLE, 78,
     77, 1, 3},
    {"zwolle-cijfers", "zwolle-buurten-2015-2021/demografie/Thema's - 2021 - Buurten.xlsx", 0, NULL, ZWOLLE,
     78, 77, 1, 2},
    {"klimaatmonitor-zwolle", "zwolle-buurten-2015-2021/energie/energyconsumption-buurt-2021.csv", 0, NULL,
     ZWOLLE, 78, 77, 1, 2},
    {"klimaatmonitor-zwolle",
     "zwolle-buurten-2015-2021/energie/Thema's - 2021 - Buurten (2023) van Gemeente Zwolle.xlsx", 0, NULL,
     ZWOLLE, 78, 77, 1, 2},
    {"zwolle-buurten-geojson", "zwolle-buurten-2015-2021/grenzen/demographics_buurt_2019_mapped.geojson", 0,
     NULL, ZWOLLE, 78, 76, 2, 23},
    {"amsterdam-codewijziging-csv", "codewijzigingen-amsterdam/buurten_2015_2022.csv", 0, NULL, NULL, 439,
     439, 0, 0},
    {"pbl-startanalyse-json", "pbl-startanalyse-2025-borsele/pbl_startanalyse_2025_borsele.json", 0, NULL,
     NULL, 12, 12, 0, 0},
};

static enum wijk_err known_areas(void *self, struct wijk_cx *cx, enum wijk_level level, int division_year,
                                 const struct wijk_areas **out)
{
    const struct wijk_import_batch *b = self;
    static const struct wijk_areas NONE;
    (void)cx;
    *out = &NONE;
    for (size_t i = 0; i < b->n_areas; i++)
        if (b->areas[i].level == level && b->areas[i].division_year == division_year) *out = &b->areas[i];
    return WIJK_OK;
}

static const struct wijk_import_batch *load_named(struct wijk_cx *cx, const struct wijk_defs *defs,
                                                  const struct whole *w,
                                                  const struct wijk_import_batch *known)
{
    union {
        const struct wijk_import_batch *in;
        void *out;
    } self = {known};
    struct wijk_import_known look = {known_areas, self.out};
    struct wijk_import_in in = {.defs = defs,
                                .source = wijk_defs_source(defs, w->source),
                                .year = w->year,
                                .gemeente = w->gemeente,
                                .path = wijk_sprintf(cx, "%s/%s", data, w->file),
                                .reader = wijk_sprintf(cx, "%s/wijk-read", build),
                                .known = known ? &look : NULL};
    const struct wijk_import_batch *batch;
    if (!in.source) fail_msg("no source %s", w->source);
    if (wijk_import_read(cx, in, &batch) != WIJK_OK) fail_msg("%s: %s", w->file, wijk_fault(cx));
    return batch;
}

static void test_every_file(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++) {
        const struct whole *w = &WHOLE[i];
        struct wijk_cx *own = wijk_cx_new(WIJK_NL);
        const struct wijk_defs *defs = read_defs(own, root, NULL);
        const struct wijk_import_batch *known = NULL;
        struct whole areas = {.source = "gemeente-json", .file = w->known};
        if (w->known) known = load_named(own, defs, &areas, NULL);
        const struct wijk_load *l = &load_named(own, defs, w, known)->load;
        if (l->rows != w->rows || l->taken != w->taken || l->refused != w->refused ||
            l->flagged != w->flagged)
            fail_msg("%s: %d rows, %d taken, %d refused, %d flagged", w->file, (int)l->rows, (int)l->taken,
                     (int)l->refused, (int)l->flagged);
        wijk_cx_end(own);
    }
    wijk_cx_end(cx);
}

/* 321 files, one per gemeente. The police knew the buurten of Heeze-Leende by codes of another year. */
static void test_per_gemeente(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    DIR *d = opendir(wijk_sprintf(cx, "%s/" G2024 "gemeente", data));
    assert_non_null(d);
    size_t files = 0;
    uint64_t rows = 0, taken = 0, flagged = 0;
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    for (const struct dirent *e; (e = readdir(d));) {
        if (strncmp(e->d_name, "GM", 2) != 0) continue;
        struct wijk_cx *own = wijk_cx_new(WIJK_NL);
        struct whole w = {.source = "gemeente-json",
                          .file = wijk_sprintf(own, G2024 "gemeente/%s", e->d_name)};
        const struct wijk_import_batch *b = load_named(own, defs, &w, NULL);
        files++;
        rows += b->load.rows;
        taken += b->load.taken;
        flagged += b->load.flagged;
        bool other_codes = strcmp(e->d_name, "GM1658.json") == 0;
        const struct wijk_series *s = series_of(b, "registered_crimes", "2024", WIJK_LEVEL_BUURT);
        assert_int_equal(with_status(s, WIJK_STATUS_NOT_APPLICABLE), other_codes ? s->n : 0);
        assert_int_equal(b->load.flagged, other_codes);
        wijk_cx_end(own);
    }
    closedir(d);
    assert_int_equal(files, 321);
    assert_int_equal(rows, 321 + 3102 + 13097);
    assert_int_equal(taken, rows);
    assert_int_equal(flagged, 1);
    wijk_cx_end(cx);
}

/* Names of gemeenten that merged away are refused; a year in which one did not exist is no 0. */
static void test_crimes_by_name(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    struct whole g = {
        .source = "cbs-gebieden-topojson", .file = TOPO "GemeenteDetail_2015_layer_q1e3.json", .year = 2015};
    struct whole w = {.source = "criminaliteit-gemeenten-csv",
                      .file = "cbs-criminaliteit-gemeenten-2010-2020/voorspelmodel.csv"};
    const struct wijk_import_batch *b = load_named(cx, defs, &w, load_named(cx, defs, &g, NULL));
    assert_int_equal(b->load.rows, 4312);
    assert_int_equal(b->load.taken, 3696);
    assert_int_equal(b->load.refused, 616);
    const struct wijk_series *s = series_of(b, "registered_crimes", "2018", WIJK_LEVEL_GEMEENTE);
    const struct wijk_areas *a = areas_of(b, WIJK_LEVEL_GEMEENTE, NULL);
    assert_true(s->value[area_at(a, "GM0014")] == 12975);
    assert_int_equal(s->status[area_at(a, "GM0007")], WIJK_STATUS_NOT_APPLICABLE); /* merged in 2018 */
    wijk_cx_end(cx);
}

/* Every year of the two Zwolle tables loads, in both forms; CSV and XLSX of a year say the same. */
static void test_zwolle_forms_agree(void **state)
{
    (void)state;
    struct wijk_cx *cx = begin();
    const struct wijk_defs *defs = read_defs(cx, root, NULL);
    struct whole g = {.source = "gemeente-json", .file = ZWOLLE};
    const struct wijk_import_batch *known = load_named(cx, defs, &g, NULL);
    for (int year = 2015; year <= 2021; year++) {
        struct whole csv = {.source = "klimaatmonitor-zwolle"}, xlsx = csv;
        csv.file = wijk_sprintf(cx, "zwolle-buurten-2015-2021/energie/energyconsumption-buurt-%d.csv", year);
        xlsx.file = wijk_sprintf(
            cx, "zwolle-buurten-2015-2021/energie/Thema's - %d - Buurten (2023) van Gemeente Zwolle.xlsx",
            year);
        const struct wijk_import_batch *a = load_named(cx, defs, &csv, known);
        const struct wijk_import_batch *b = load_named(cx, defs, &xlsx, known);
        assert_int_equal(a->n_series, b->n_series);
        for (size_t i = 0; i < a->n_series; i++) {
            const struct wijk_series *s = &a->series[i];
            const struct wijk_series *o =
                series_of(b, s->key.indicator, wijk_sprintf(cx, "%d", year), WIJK_LEVEL_BUURT);
            for (size_t k = 0; k < s->n; k++)
                if (s->status[k] != o->status[k] ||
                    (s->status[k] == WIJK_STATUS_OK &&
                     fabs(s->value[k] - o->value[k]) > 1e-6 * fabs(s->value[k])))
                    fail_msg("%d %s %s: %g and %g", year, s->key.indicator, a->areas[0].v[k].code,
                             s->value[k], o->value[k]);
        }
    }
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    root = argv[1];
    build = argv[2];
    data = getenv("WIJK_REAL_DATA");
    if (data && !*data) data = NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wijkbuurtkaart), cmocka_unit_test(test_leefbaarometer_2),
        cmocka_unit_test(test_kwb_odata),      cmocka_unit_test(test_pdok),
        cmocka_unit_test(test_topojson),       cmocka_unit_test(test_statline),
        cmocka_unit_test(test_every_file),     cmocka_unit_test(test_per_gemeente),
        cmocka_unit_test(test_crimes_by_name), cmocka_unit_test(test_zwolle_forms_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
