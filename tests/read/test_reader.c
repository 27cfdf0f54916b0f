/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows through the real wijk-read, from the files of make_files.py: argv[1] is wijk-read, argv[2] their
 * folder. */
#include "import/reader_child.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *program, *folder;

static enum wijk_err open_with(struct wijk_cx *cx, const char *name, const char *format, const char *reader,
                               struct wijk__rows *rows)
{
    struct wijk__open how = {
        .path = wijk_sprintf(cx, "%s/%s", folder, name), .label = name, .format = format, .reader = reader};
    return wijk__reader_open_limit(cx, &how,
                                   (struct wijk__reader_limit){.seconds = reader == program ? 60 : 2}, rows);
}

/* Reads to the end; the number of rows in *n. */
static enum wijk_err read_whole(struct wijk_cx *cx, const char *name, const char *format, const char *reader,
                                size_t *n)
{
    struct wijk__rows rows;
    struct wijk__row row;
    bool got = true;
    enum wijk_err err = open_with(cx, name, format, reader, &rows);
    *n = 0;
    if (err != WIJK_OK) return err;
    while ((err = rows.next(&rows, &row, &got)) == WIJK_OK && got) (*n)++;
    rows.close(&rows);
    return err;
}

/* GML has a column with the name of each object in front. */
static void check_good(const char *name, const char *format, bool geometry)
{
    size_t first = strcmp(format, "gml") == 0;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk__rows rows;
    struct wijk__row row;
    bool got;
    if (open_with(cx, name, format, program, &rows) != WIJK_OK) fail_msg("%s: %s", name, wijk_fault(cx));
    assert_int_equal(rows.n_column, first + 4);
    assert_true(wijk_str_eq(rows.column[first + 1], WIJK_STR("naam")));
    assert_int_equal(rows.next(&rows, &row, &got), WIJK_OK);
    assert_true(got);
    assert_true(wijk_str_eq(row.field[first].text, WIJK_STR("BU99990107")));
    assert_true(wijk_str_eq(row.field[first + 1].text, WIJK_STR("Één-Noord")));
    assert_int_equal(row.field[first + 2].kind, WIJK__FIELD_NUMBER);
    assert_true(row.field[first + 2].number == 1207);
    assert_true(row.field[first + 3].number > 17.2999 && row.field[first + 3].number < 17.3001);
    assert_int_equal(row.geom != NULL, geometry);
    if (geometry) {
        assert_int_equal(row.crs, WIJK_CRS_RD);
        assert_true(wijk_geom_area_m2(row.geom) > 376627 && wijk_geom_area_m2(row.geom) < 376628);
    }
    assert_int_equal(rows.next(&rows, &row, &got), WIJK_OK);
    assert_true(wijk_str_eq(row.field[first + 1].text, WIJK_STR("'t Lög")));
    assert_true(row.field[first + 2].kind == WIJK__FIELD_NULL ||
                row.field[first + 2].kind == WIJK__FIELD_ABSENT);
    assert_int_equal(rows.next(&rows, &row, &got), WIJK_OK);
    assert_true(row.field[first + 3].number == -99997);
    assert_int_equal(rows.next(&rows, &row, &got), WIJK_OK);
    assert_false(got);
    rows.close(&rows);
    wijk_cx_end(cx);
}

static void reads_a_zipped_shapefile_by_its_code_page(void **state)
{
    (void)state;
    check_good("goed.zip", "shapefile", true);
}

static void reads_a_geopackage(void **state)
{
    (void)state;
    check_good("goed.gpkg", "gpkg", true);
}

/* A file left in write-ahead mode asks for a journal that is not there. */
static void reads_a_geopackage_with_its_journal_merged(void **state)
{
    (void)state;
    check_good("wal.gpkg", "gpkg", true);
}

/* Triggers stand in every GeoPackage; none runs when it is read. */
static void reads_a_geopackage_with_a_trigger(void **state)
{
    (void)state;
    check_good("trigger.gpkg", "gpkg", true);
}

static void reads_a_zipped_geopackage(void **state)
{
    (void)state;
    check_good("gpkg.zip", "gpkg", true);
}

static void reads_a_workbook(void **state)
{
    (void)state;
    check_good("goed.xlsx", "xlsx", false);
}

static void reads_an_open_document(void **state)
{
    (void)state;
    check_good("goed.ods", "ods", false);
}

static void reads_gml(void **state)
{
    (void)state;
    check_good("goed.gml", "gml", true);
}

static void refuses_evil_files(void **state)
{
    static const struct {
        const char *name, *format;
        enum wijk_err err;
        const char *says;
    } CASES[] = {
        {"half.zip", "shapefile", WIJK_EPARSE, "afgebroken"},
        {"tekst.zip", "shapefile", WIJK_EPARSE, "geen zipbestand"},
        {"pad.zip", "shapefile", WIJK_EPARSE, "pad"},
        {"absoluut.zip", "shapefile", WIJK_EPARSE, "pad"},
        {"nest.zip", "shapefile", WIJK_EPARSE, "archief"},
        {"leeg.zip", "shapefile", WIJK_EPARSE, ".shp"},
        {"niets.zip", "shapefile", WIJK_EPARSE, "leeg"},
        {"bom.zip", "shapefile", WIJK_ELIMIT, "MB"},
        {"klein.zip", "shapefile", WIJK_EPARSE, "nul.bin in het zipbestand is beschadigd"},
        {"som.zip", "shapefile", WIJK_EPARSE, "buurten.dbf in het zipbestand is beschadigd"},
        {"plaats.zip", "shapefile", WIJK_EPARSE, "buurten.dbf in het zipbestand is beschadigd"},
        {"slot.zip", "shapefile", WIJK_EPARSE, "wachtwoord"},
        {"methode.zip", "shapefile", WIJK_EPARSE, "niet kent (14)"},
        {"link.zip", "shapefile", WIJK_EPARSE, "link"},
        {"pijp.zip", "shapefile", WIJK_EPARSE, "link"},
        {"naam.zip", "shapefile", WIJK_EPARSE, "zegt iets anders dan het bestand"},
        {"dubbel.zip", "shapefile", WIJK_EPARSE, "twee keer KAART/buurten.dbf"},
        {"rug.zip", "shapefile", WIJK_EPARSE, "pad"},
        {"schijf.zip", "shapefile", WIJK_EPARSE, "pad"},
        {"veel.zip", "shapefile", WIJK_ELIMIT, "meer dan 2000 bestanden"},
        {"spons.xlsx", "xlsx", WIJK_ELIMIT, "uitgepakt meer dan 32 MB"},
        {"weergave.gpkg", "gpkg", WIJK_EPARSE, "de laag buurten is een weergave (view)"},
        {"nummer.gpkg", "gpkg", WIJK_EPARSE, "application_id 1"},
        {"inhoud.gpkg", "gpkg", WIJK_EPARSE, "ontbreekt de tabel gpkg_contents"},
        {"weg.gpkg", "gpkg", WIJK_EPARSE, "de tabel is er niet"},
        {"stelsel.gpkg", "gpkg", WIJK_EPARSE, "noemt een coördinatenstelsel dat er niet in staat (28992)"},
        {"vorm.gpkg", "gpkg", WIJK_EPARSE, "laag buurten rij 2, geom"},
        {"kop.gpkg", "gpkg", WIJK_EPARSE, "laag buurten rij 3, geom"},
        {"tekst.gpkg", "gpkg", WIJK_EPARSE, "laag buurten rij 1, geom"},
        {"half.gpkg", "gpkg", WIJK_EPARSE, "beschadigd"},
        {"tekst.zip", "gpkg", WIJK_EPARSE, "GPKG"},
        {"tekst.zip", "xlsx", WIJK_EPARSE, "zipbestand"},
        {"goed.zip", "exe", WIJK_EUSAGE, "formaat"},
        {"absent.zip", "shapefile", WIJK_EIO, "openen"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        size_t n;
        enum wijk_err err = read_whole(cx, CASES[i].name, CASES[i].format, program, &n);
        if (err != CASES[i].err || !strstr(wijk_fault(cx), CASES[i].says))
            fail_msg("%s as %s: %s, %s", CASES[i].name, CASES[i].format, wijk_err_name(err), wijk_fault(cx));
        wijk_cx_end(cx);
    }
}

/* What comes out is a refusal or fewer rows; never a crash of this program. */
static void survives_broken_files(void **state)
{
    static const char *const CASES[][2] = {
        {"kapot.zip", "shapefile"}, {"kapot.gpkg", "gpkg"}, {"goed.gpkg", "gml"}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        size_t n;
        enum wijk_err err = read_whole(cx, CASES[i][0], CASES[i][1], program, &n);
        assert_true(n <= 3);
        assert_true(err == WIJK_OK || wijk_fault(cx)[0] != 0);
        wijk_cx_end(cx);
    }
}

static void a_bad_child_is_a_fault(void **state)
{
    static const char *const CASES[][2] = {{"hangt", "seconden"},
                                           {"sterft", "vastgelopen"},
                                           {"kletst", "niet klopt"},
                                           {"zwijgt", "te vroeg"},
                                           {"bestaatniet", "wijk-read nodig"}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        size_t n;
        const char *reader = wijk_sprintf(cx, "%s/%s", folder, CASES[i][0]);
        enum wijk_err err = read_whole(cx, "goed.zip", "shapefile", reader, &n);
        if (err != WIJK_ECHILD || !strstr(wijk_fault(cx), CASES[i][1]))
            fail_msg("%s: %s, %s", CASES[i][0], wijk_err_name(err), wijk_fault(cx));
        wijk_cx_end(cx);
    }
}

static void too_much_is_a_fault(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk__rows rows;
    struct wijk__open how = {.path = wijk_sprintf(cx, "%s/goed.zip", folder),
                             .label = "goed.zip",
                             .format = "shapefile",
                             .reader = program};
    struct wijk__reader_limit limit = {.max_bytes = 13};
    assert_int_equal(wijk__reader_open_limit(cx, &how, limit, &rows), WIJK_ECHILD);
    wijk_cx_end(cx);
}

static void reads_the_map_of_groningen(void **state)
{
    static const struct {
        const char *name;
        size_t n;
    } CASES[] = {{"buurt2017.zip", 108}, {"wijk2017.zip", 15}};
    const char *data = getenv("WIJK_REAL_DATA");
    (void)state;
    if (!data) skip();
    for (size_t i = 0; i < 2; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        size_t n;
        folder = wijk_sprintf(cx, "%s/cbs-wijkbuurtkaart-2017-groningen", data);
        if (read_whole(cx, CASES[i].name, "shapefile", program, &n) != WIJK_OK)
            fail_msg("%s", wijk_fault(cx));
        assert_int_equal(n, CASES[i].n);
        wijk_cx_end(cx);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_zipped_shapefile_by_its_code_page),
        cmocka_unit_test(reads_a_geopackage),
        cmocka_unit_test(reads_a_geopackage_with_its_journal_merged),
        cmocka_unit_test(reads_a_geopackage_with_a_trigger),
        cmocka_unit_test(reads_a_zipped_geopackage),
        cmocka_unit_test(reads_a_workbook),
        cmocka_unit_test(reads_an_open_document),
        cmocka_unit_test(reads_gml),
        cmocka_unit_test(refuses_evil_files),
        cmocka_unit_test(survives_broken_files),
        cmocka_unit_test(a_bad_child_is_a_fault),
        cmocka_unit_test(too_much_is_a_fault),
        cmocka_unit_test(reads_the_map_of_groningen),
    };
    if (argc != 3) return 2;
    program = argv[1];
    folder = argv[2];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
