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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
