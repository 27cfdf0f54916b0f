/* SPDX-License-Identifier: EUPL-1.2 */
/* Long tables: a row per area and kind of figure. Every cell knows its own row, a figure that stands twice is
 * refused, and rows that nobody asks for are passed over. */
#include "harness.h"

#include <math.h>
#include <unistd.h>

static const char *root;

static const char SOURCE[] =
    "id: extra\ntitle: {nl: \"Lang\", en: \"Long\"}\npublisher: \"Wij\"\nlicence: \"CC0\"\n"
    "attribution: \"Bron: wij\"\nformat: csv\nseparator: \";\"\nnumber: comma\nfooter: [Einde]\n"
    "files:\n  - name: lang\n    level: buurt\n    key: buurt\n    period: {option: year, otherwise: 2030}\n"
    "    division_year: 2024\n    fields:\n"
    "      - {column: Waarde, indicator: dwellings, where: {column: Code_Indicator, starts: I09}}\n"
    "      - {column: Waarde, indicator: residents, where: {column: Code_Indicator, values: [I01, I02]}}\n"
    "      - {column: \"Jaar_{yyyy}\", indicator: cars, where: {column: Code_Indicator, values: [I03]}}\n";

static const char FILE_TEXT[] = "buurt;Code_Indicator;Waarde;Jaar_2020;Jaar_2021\n"
                                "BU99010101;I09_aantal_woningen [woning];1.204,5;;\n"
                                "BU99010101;I01;2785;;\n"
                                "BU99010101;I03;;17;19\n"
                                "BU99010101;I77;5;;\n"
                                "BU99010102;I01;940;;\n"
                                "BU99010102;I02;941;;\n"
                                "BU99010102;I09;x;;\n"
                                ";;;;\n"
                                "Einde;Bron: wij;;;\n"
                                "BU99010103;I01;3;;\n";

static const struct wijk_import_batch *read_long(struct wijk_cx *cx)
{
    char path[] = "/tmp/wijk-long-XXXXXX";
    const struct wijk_defs *defs = read_defs(cx, root, SOURCE);
    const struct wijk_import_batch *b;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, FILE_TEXT, sizeof FILE_TEXT - 1), (ssize_t)sizeof FILE_TEXT - 1);
    close(fd);
    struct wijk_import_in in = {.defs = defs, .source = wijk_defs_source(defs, "extra"), .path = path};
    enum wijk_err err = wijk_import_read(cx, in, &b);
    unlink(path);
    if (err != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return b;
}

static void cell(const struct wijk_import_batch *b, const char *indicator, const char *period,
                 const char *code, double value, uint32_t row)
{
    const struct wijk_series *s = series_of(b, indicator, period, WIJK_LEVEL_BUURT);
    const struct wijk_areas *a = areas_of(b, WIJK_LEVEL_BUURT, NULL);
    assert_non_null(s);
    size_t at = area_at(a, code);
    if (s->status[at] != WIJK_STATUS_OK || s->value[at] != value || s->row[at] != row)
        fail_msg("%s %s %s: %g of row %u", indicator, period, code, s->value[at], s->row[at]);
}

static void test_cells_and_rows(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_import_batch *b = read_long(cx);
    cell(b, "dwellings", "2030", "BU99010101", 1204.5, 2);
    cell(b, "residents", "2030", "BU99010101", 2785, 3);
    cell(b, "cars", "2020", "BU99010101", 17, 4);
    cell(b, "cars", "2021", "BU99010101", 19, 4);
    cell(b, "residents", "2030", "BU99010102", 940, 6);
    assert_int_equal(area_at(areas_of(b, WIJK_LEVEL_BUURT, NULL), "BU99010103"),
                     SIZE_MAX);        /* below the end */
    assert_int_equal(b->load.rows, 6); /* I77 is nobody's, and the table ends at Einde */
    assert_int_equal(b->load.taken, 4);
    assert_int_equal(b->load.refused, 2);
    assert_string_equal(b->load.finding[0].reason,
                        "BU99010102 staat er dubbel in, met andere gegevens dan regel 6.");
    assert_int_equal(b->load.finding[1].line, 8);
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    root = argv[1];
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cells_and_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
