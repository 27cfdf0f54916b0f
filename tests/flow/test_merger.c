/* SPDX-License-Identifier: EUPL-1.2 */
/* Two gemeenten become one, and their wijken and buurten get new codes: tables of codes as sources, and what
 * the page, the series and the trace of the new areas then say of earlier years. */
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

static char FOLDER[64];
static const char *const NAMES[] = {"sources/kerncijfers.yaml",
                                    "sources/gemeenten.yaml",
                                    "sources/wijken.yaml",
                                    "sources/buurten.yaml",
                                    "sources/wrong.yaml",
                                    "f.csv",
                                    "s.gpkg",
                                    "sources"};

struct world {
    struct wijk_cx *cx;
    const struct wijk_defs *defs;
    struct wijk_store *store;
};

static const char *in_folder(struct wijk_cx *cx, const char *name)
{
    return wijk_sprintf(cx, "%s/%s", FOLDER, name);
}

static void write_file(struct wijk_cx *cx, const char *name, const char *text)
{
    put_file(cx, in_folder(cx, name), wijk_str(text));
}

#define HEAD(id)                                                                                             \
    "id: " id "\ntitle: {nl: T, en: T}\npublisher: P\nlicence: CC0\nattribution: A\nformat: csv\n"

static void define_codes(struct wijk_cx *cx, const char *id, const char *level)
{
    write_file(cx, wijk_sprintf(cx, "sources/%s.yaml", id),
               wijk_sprintf(cx,
                            HEAD("%s") "crosswalk:\n  level: %s\n  from: {column: [oud, oude code], years: "
                                       "[2019, 2021]}\n  to: {column: nieuw, years: [2022, 2024]}\n"
                                       "  share: deel\n",
                            id, level));
}

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->cx = wijk_cx_new(WIJK_NL);
    snprintf(FOLDER, sizeof FOLDER, "%s/wijk-merger-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(FOLDER));
    assert_int_equal(mkdir(in_folder(w->cx, "sources"), 0700), 0);
    write_file(w->cx, "sources/kerncijfers.yaml",
               HEAD("kerncijfers") "missing:\n  suppressed: [x]\nfiles:\n  - name: f\n    level: by_code\n"
                                   "    key: code\n    name_column: naam\n    residents: inwoners\n"
                                   "    period: {column: jaar}\n    division_year: period\n"
                                   "    defines_areas: true\n    fields:\n"
                                   "      - {column: inwoners, indicator: residents}\n"
                                   "      - {column: ouderen, indicator: age_65_plus_pct}\n");
    define_codes(w->cx, "gemeenten", "gemeente");
    define_codes(w->cx, "wijken", "wijk");
    define_codes(w->cx, "buurten", "buurt");
    if (wijk_flow_defs(w->cx, FOLDER, &w->defs) != WIJK_OK) fail_msg("%s", wijk_fault(w->cx));
    assert_int_equal(wijk_store_create(w->cx, in_folder(w->cx, "s.gpkg"), &w->store), WIJK_OK);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    wijk_store_close(w->store);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) remove(in_folder(w->cx, NAMES[i]));
    rmdir(FOLDER);
    wijk_cx_end(w->cx);
    free(w);
    return 0;
}

static enum wijk_err try_import(struct world *w, const char *source, const char *text, bool dry_run,
                                struct wijk_flow_import_out *out)
{
    const char *path = in_folder(w->cx, "f.csv");
    struct wijk_flow_import_in in = {.defs = w->defs,
                                     .source = source,
                                     .paths = &path,
                                     .n_paths = 1,
                                     .dry_run = dry_run,
                                     .n_sample = 5,
                                     .now = 1790000000};
    write_file(w->cx, "f.csv", text);
    return wijk_flow_import(w->cx, w->store, in, out);
}

static struct wijk_flow_import_out import(struct world *w, const char *source, const char *text)
{
    struct wijk_flow_import_out out;
    if (try_import(w, source, text, false, &out) != WIJK_OK) fail_msg("%s", wijk_fault(w->cx));
    return out;
}

#define FIGURES                                                                                              \
    "code;naam;jaar;inwoners;ouderen\n"                                                                      \
    "GM9911;Aadorp;2020;4130;17.3\nWK991100;Aadorp;2020;4130;17.3\n"                                         \
    "BU99110000;Kern;2020;3170;19\nBU99110001;Buiten;2020;960;11.7\n"                                        \
    "GM9912;Beemte;2020;1870;23.1\nWK991200;Beemte;2020;1870;23.1\nBU99120000;Beemte;2020;1870;23.1\n"       \
    "GM9911;Aadorp;2021;4145;17.6\nWK991100;Aadorp;2021;4145;17.6\n"                                         \
    "BU99110000;Kern;2021;3180;19.2\nBU99110001;Buiten;2021;965;x\n"                                         \
    "GM9912;Beemte;2021;1865;23.4\nWK991200;Beemte;2021;1865;23.4\nBU99120000;Beemte;2021;1865;23.4\n"       \
    "GM9913;Aa en Beemte;2022;6035;19.6\nWK991300;Aadorp;2022;4160;17.9\nWK991301;Beemte;2022;1875;23.2\n"   \
    "BU99130000;Kern;2022;3190;19.1\nBU99130001;Buitengebied;2022;2845;\n"

static void load_all(struct world *w)
{
    import(w, "kerncijfers", FIGURES);
    struct wijk_flow_import_out g =
        import(w, "gemeenten", "oud;nieuw;deel\nGM9911;GM9913;\nGM9912;GM9913;\n");
    assert_int_equal(g.n_crosswalk, 2); /* from 2020 and from 2021 */
    assert_int_equal(g.load.taken, 2);
    assert_int_equal(g.load.refused, 0);
    import(w, "wijken", "oude code;nieuw;deel\nWK991100;WK991300;1\nWK991200;WK991301;1\n");
    import(w, "buurten",
           "oud;nieuw;deel\nBU99110000;BU99130000;1\nBU99110001;BU99130001;1\nBU99120000;BU99130001;1\n");
}

static const struct wijk_trace *trace(struct world *w, const char *code, const char *indicator, int16_t year)
{
    const struct wijk_snapshot *s;
    const struct wijk_trace *t = NULL;
    struct wijk_period p = {year, 0};
    if (wijk_flow_snapshot(w->cx, w->store, w->defs, (struct wijk_snapshot_opt){.unpublished = true}, &s) !=
            WIJK_OK ||
        wijk_flow_trace(w->cx, s, code, indicator, p, 2022, &t) != WIJK_OK)
        fail_msg("%s", wijk_fault(w->cx));
    return t;
}

static void test_the_new_gemeente_has_the_old_years(void **state)
{
    struct world *w = *state;
    load_all(w);
    const struct wijk_trace *t = trace(w, "GM9913", "residents", 2020);
    assert_true(t->value == 4130 + 1870 && t->status == WIJK_STATUS_ESTIMATED);
    assert_int_equal(t->way, WIJK_WAY_SHARES);
    assert_int_equal(t->n_input, 2);
    assert_string_equal(t->input[1].of->area->code, "GM9912");
    assert_int_equal(t->input[1].of->row, 6); /* the line of Beemte in 2020 */
    t = trace(w, "GM9913", "age_65_plus_pct", 2021);
    assert_true(fabs(t->value - (4145 * 17.6 + 1865 * 23.4) / 6010) < 1e-12);
    assert_true(t->input[0].weight == 4145);
    assert_true(trace(w, "GM9913", "residents", 2022)->value == 6035);
}

static void test_wijken_and_buurten_follow(void **state)
{
    struct world *w = *state;
    load_all(w);
    const struct wijk_trace *t = trace(w, "WK991301", "residents", 2020); /* only the code is another */
    assert_true(t->value == 1870 && t->status == WIJK_STATUS_OK);
    assert_int_equal(t->way, WIJK_WAY_SAME);
    t = trace(w, "BU99130001", "residents", 2021);
    assert_true(t->value == 965 + 1865 && t->status == WIJK_STATUS_ESTIMATED);
    assert_true(fabs(t->moved - (1 - 1865.0 / (965 + 1865))) < 1e-12);
    assert_true(fabs(trace(w, "BU99130001", "age_65_plus_pct", 2020)->value -
                     (960 * 11.7 + 1870 * 23.1) / 2830) < 1e-12);
    /* a part that is hidden hides the whole */
    assert_int_equal(trace(w, "BU99130001", "age_65_plus_pct", 2021)->status, WIJK_STATUS_SUPPRESSED);
}

static void test_one_line_through_the_merger(void **state)
{
    struct world *w = *state;
    const struct wijk_snapshot *s;
    const struct wijk_profile *p;
    load_all(w);
    assert_int_equal(
        wijk_flow_snapshot(w->cx, w->store, w->defs, (struct wijk_snapshot_opt){.unpublished = true}, &s),
        WIJK_OK);
    assert_int_equal(wijk_flow_profile(w->cx, s, "GM9913", 0, &p), WIJK_OK);
    const double want[] = {6000, 6010, 6035};
    size_t n = 0;
    for (size_t i = 0; i < p->n_value; i++) {
        if (strcmp(p->value[i].indicator->id, "residents") != 0) continue;
        assert_int_equal(p->value[i].period.year, 2020 + n);
        assert_true(p->value[i].value == want[n]);
        assert_int_equal(p->value[i].joined.join, n < 2 ? WIJK_JOIN_CROSSED : WIJK_JOIN_OWN);
        n++;
    }
    assert_int_equal(n, 3);
    const char *const *problem;
    assert_int_equal(wijk_store_check(w->cx, w->store, &problem, &n), WIJK_OK);
    assert_int_equal(n, 0);
}

static void test_trial_again_and_later_years(void **state)
{
    struct world *w = *state;
    struct wijk_flow_import_out out;
    const struct wijk_crosswalk_kept *k;
    size_t n;
    const char *text = "oud;nieuw;deel\nGM9911;GM9913;1\nGM9912;GM9913;\nGM9910;GM9914;\n";
    assert_int_equal(try_import(w, "gemeenten", text, false, &out), WIJK_EDATA);
    assert_non_null(strstr(wijk_fault(w->cx), "nog geen gemeenten in een indeling van 2019 tot en met 2021"));
    import(w, "kerncijfers", FIGURES);
    /* the definition asks for a share, and this table has none */
    assert_int_equal(try_import(w, "gemeenten", "oud;nieuw\nGM9911;GM9913\n", true, &out), WIJK_EDATA);
    assert_non_null(strstr(wijk_fault(w->cx), "de kolom deel ontbreekt"));
    assert_int_equal(try_import(w, "gemeenten", text, true, &out), WIJK_OK);
    assert_int_equal(wijk_store_read_crosswalks(w->cx, w->store, &k, &n), WIJK_OK);
    assert_int_equal(n, 0);
    assert_int_equal(out.load.refused, 1);
    assert_int_equal(out.load.finding[0].line, 4);
    assert_non_null(strstr(out.load.finding[0].cure, "Bedoelt u GM991"));
    out = import(w, "gemeenten", text);
    assert_int_equal(wijk_store_read_crosswalks(w->cx, w->store, &k, &n), WIJK_OK);
    assert_int_equal(n, 2);
    assert_true(import(w, "gemeenten", text).already);
    /* an older division comes later: the same table reaches it too */
    import(w, "kerncijfers", "code;naam;jaar;inwoners;ouderen\nGM9911;Aadorp;2019;4120;17\n");
    out = import(w, "gemeenten", text);
    assert_false(out.already);
    assert_int_equal(out.n_crosswalk, 3);
    /* half a merger is no figure: Beemte is not there in 2019 */
    assert_int_equal(trace(w, "GM9913", "residents", 2019)->status, WIJK_STATUS_MISSING);
    assert_true(trace(w, "GM9913", "residents", 2020)->value == 6000);
}

static void test_definitions_that_do_not_hold(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *part, *says;
    } WRONG[] = {
        {"crosswalk:\n  level: pc4\n", "hier hoort buurt, wijk of gemeente"},
        {"crosswalk:\n  level: buurt\n  from: {column: a, years: 2020}\n", "deze sleutel ontbreekt (to)"},
        {"crosswalk:\n  level: buurt\n  from: {years: 2020}\n  to: {column: b, years: 2022}\n",
         "deze sleutel ontbreekt (column)"},
        {"crosswalk:\n  level: buurt\n  from: {column: a, years: x}\n  to: {column: b, years: 2022}\n",
         "hier hoort een jaar, of het eerste en het laatste"},
        {"crosswalk:\n  level: buurt\n  from: {column: a, years: 2022}\n  to: {column: b, years: 2022}\n",
         "van een oudere indeling naar een nieuwere"},
        {"crosswalk:\n  level: buurt\n  gemeente: Aadorp\n  from: {column: a, years: 2020}\n  to: {column: "
         "b, "
         "years: 2022}\n",
         "dit is geen gemeentecode"},
        {"crosswalk:\n  level: buurt\n  van: a\n", "deze sleutel bestaat niet (van)"},
        {"files: []\ncrosswalk:\n  level: buurt\n", "hier hoort files of crosswalk"},
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        struct wijk_flow_import_out out;
        write_file(w->cx, "sources/wrong.yaml", wijk_sprintf(w->cx, HEAD("wrong") "%s", WRONG[i].part));
        assert_int_equal(wijk_flow_defs(w->cx, FOLDER, &w->defs), WIJK_OK);
        assert_int_equal(try_import(w, "wrong", "a;b\nBU99010101;BU99010102\n", false, &out), WIJK_EDEF);
        if (!strstr(wijk_fault(w->cx), WRONG[i].says)) fail_msg("%zu: %s", i, wijk_fault(w->cx));
    }
}

static void test_persons_stay_out(void **state)
{
    struct world *w = *state;
    struct wijk_flow_import_out out;
    import(w, "kerncijfers", FIGURES);
    assert_int_equal(try_import(w, "gemeenten",
                                "oud;nieuw;deel;bsn\nGM9911;GM9913;1;111222333\nGM9912;GM9913;1;123456782\n",
                                false, &out),
                     WIJK_EPERSONAL);
    assert_non_null(strstr(wijk_fault(w->cx), "burgerservicenummers"));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest cases[] = {
        CASE(test_the_new_gemeente_has_the_old_years), CASE(test_wijken_and_buurten_follow),
        CASE(test_one_line_through_the_merger),        CASE(test_trial_again_and_later_years),
        CASE(test_definitions_that_do_not_hold),       CASE(test_persons_stay_out)};
    return cmocka_run_group_tests(cases, NULL, NULL);
}
