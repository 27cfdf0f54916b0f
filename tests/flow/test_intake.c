/* SPDX-License-Identifier: EUPL-1.2 */
/* Files nobody has described yet, and the descriptions that are made of them. */
#include "wijk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static struct wijk_cx *cx;
static struct wijk_store *store;

static void must(enum wijk_err err)
{
    if (err != WIJK_OK) fail_msg("%s: %s", wijk_err_name(err), wijk_fault(cx));
}

static const char *at(const char *name)
{
    return wijk_sprintf(cx, "%s/%s", folder, name);
}

static int up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s/wijk-intake-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    cx = wijk_cx_new(WIJK_NL);
    if (!mkdtemp(folder)) return -1;
    return wijk_store_create(cx, at("s.gpkg"), &store) == WIJK_OK ? 0 : -1;
}

static int down(void **state)
{
    (void)state;
    wijk_store_close(store);
    wijk_cx_end(cx);
    char command[100];
    snprintf(command, sizeof command, "%s/s.gpkg", folder);
    unlink(command);
    return rmdir(folder);
}

/* ---- own sources ---- */

#define OWN_YAML                                                                                             \
    "id: %s\ntitle: {nl: \"Telling\", en: \"Count\"}\npublisher: \"Gemeente\"\nlicence: \"CC0\"\n"           \
    "attribution: \"Bron: gemeente\"\nformat: csv\nfiles:\n  - {name: telling, level: buurt, key: buurt, "   \
    "period: 2023, division_year: period, fields: [{column: mensen, indicator: residents}]}\n"

static void save_own(const char *id, const char *inner)
{
    struct wijk_own_source own = {id, "Telling", wijk_sprintf(cx, OWN_YAML, inner), "2025-03-05T10:11:12Z"};
    must(wijk_store_save_own_source(cx, store, &own));
}

static void test_own(void **state)
{
    (void)state;
    const struct wijk_defs *plain, *with, *again;
    const struct wijk_own_source *own;
    size_t n;
    must(wijk_flow_defs(cx, NULL, &plain));
    const char *taken = plain->source[3].id;
    save_own("telling", "telling");
    save_own("anders", "niet-anders");   /* says it is another */
    save_own("../../etc/passwd", "etc"); /* no name for a source */
    save_own(taken, taken);              /* the built-in one stays */
    struct wijk_own_source broken = {"stuk", "Stuk", "id: [", "2025-03-05T10:11:12Z"};
    must(wijk_store_save_own_source(cx, store, &broken));
    must(wijk_store_read_own_sources(cx, store, &own, &n));
    assert_int_equal(n, 5);
    must(wijk_flow_defs_of(cx, NULL, store, NULL, &with));
    assert_int_equal(with->n_source, plain->n_source + 1);
    assert_non_null(wijk_defs_source(with, "telling"));
    assert_string_not_equal(wijk_defs_source(with, taken)->title_nl, "Telling");

    broken.id = taken;
    assert_int_equal(wijk_flow_defs_of(cx, NULL, store, &broken, &again), WIJK_EEXISTS);
    broken.id = "stuk";
    assert_int_equal(wijk_flow_defs_of(cx, NULL, store, &broken, &again), WIJK_EDEF);
    struct wijk_own_source more = {"telling", "Nieuw", wijk_sprintf(cx, OWN_YAML, "telling"), ""};
    must(wijk_flow_defs_of(cx, NULL, store, &more, &again));
    assert_int_equal(again->n_source, plain->n_source + 1);
}

/* ---- a file nobody described ---- */

static const char *put(const char *name, const char *bytes)
{
    const char *path = at(name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(bytes, f);
    fclose(f);
    return path;
}

static const struct wijk_look *look(const char *path)
{
    const struct wijk_defs *defs;
    const struct wijk_look *out;
    must(wijk_flow_defs(cx, NULL, &defs));
    must(wijk_import_look(cx, (struct wijk_look_in){.defs = defs, .path = path}, &out));
    unlink(path);
    return out;
}

static void expect(const struct wijk_look *l, size_t i, const char *name, enum wijk_look_kind kind,
                   enum wijk_look_role role, const char *indicator)
{
    assert_true(i < l->n_column);
    assert_string_equal(l->column[i].name, name);
    assert_int_equal(l->column[i].kind, kind);
    assert_int_equal(l->column[i].role, role);
    assert_string_equal(l->column[i].indicator, indicator);
}

static void test_look(void **state)
{
    (void)state;
    const struct wijk_look *l =
        look(put("telling.csv", "Telling van de gemeente\n\n"
                                "wijkcode;buurtcode;Buurtnaam;jaar;Inwoners;leeg;opmerking;1e;\n"
                                "WK990101;BU99010101;Kaardebol;2024;1.234;;.;x;\n"
                                "WK990101;BU99010102;Raamveld;2024;?;;tekst;3,5;\n"
                                "WK990101;BU99010103;Markt;2024;777;;tekst;4,5;\n"));
    assert_string_equal(l->format, "csv");
    assert_string_equal(l->encoding, "utf-8");
    expect(l, 0, "wijkcode", WIJK_LOOK_TEXT, WIJK_LOOK_SKIP, "");
    expect(l, 1, "buurtcode", WIJK_LOOK_TEXT, WIJK_LOOK_AREA, "");
    assert_int_equal(l->column[1].level, WIJK_LEVEL_BUURT);
    expect(l, 2, "Buurtnaam", WIJK_LOOK_TEXT, WIJK_LOOK_NAME, "");
    expect(l, 3, "jaar", WIJK_LOOK_NUMBER, WIJK_LOOK_PERIOD, "");
    expect(l, 4, "Inwoners", WIJK_LOOK_NUMBER, WIJK_LOOK_INDICATOR, "residents");
    expect(l, 5, "leeg", WIJK_LOOK_EMPTY, WIJK_LOOK_SKIP, "");
    expect(l, 6, "opmerking", WIJK_LOOK_TEXT, WIJK_LOOK_SKIP, "");
    assert_int_equal(l->column[6].n_example, 1); /* the same text once, and a full stop is none */
    expect(l, 7, "1e", WIJK_LOOK_NUMBER, WIJK_LOOK_SKIP, "");

    l = look(put("oud.csv", "postcode;caf\xe9s\n1011;3\n1012;4\n"));
    assert_string_equal(l->encoding, "cp1252");
    expect(l, 0, "postcode", WIJK_LOOK_NUMBER, WIJK_LOOK_AREA, "");
    assert_int_equal(l->column[0].level, WIJK_LEVEL_PC4);
    assert_string_equal(l->column[1].name, "caf\xc3\xa9s");
}

static void refuse_look(const char *path, const char *part)
{
    const struct wijk_defs *defs;
    const struct wijk_look *out;
    must(wijk_flow_defs(cx, NULL, &defs));
    if (wijk_import_look(cx, (struct wijk_look_in){.defs = defs, .path = path}, &out) == WIJK_OK)
        fail_msg("%s is taken", path);
    if (!strstr(wijk_fault(cx), part)) fail_msg("«%s» does not say «%s»", wijk_fault(cx), part);
    unlink(path);
}

static void test_look_refused(void **state)
{
    (void)state;
    refuse_look(at("nergens.csv"), "nergens.csv");
    refuse_look(put("boek.docx", "PK"), "deze soort bestand");
    refuse_look(put("leeg.csv", ""), "leeg");
    refuse_look(put("dicht.json", "[1, 2]"), "geen tabel");
    refuse_look(put("mensen.csv", "buurt;bsn\nBU99010101;123456782\n"), "bsn");
}

/* ---- what a person said ---- */

static enum wijk_err define(const struct wijk_intake *map, const struct wijk_intake_head *head,
                            struct wijk_own_source *own)
{
    const struct wijk_defs *defs;
    must(wijk_flow_defs(cx, NULL, &defs));
    *own = (struct wijk_own_source){.title = "x", .made_at = ""};
    return wijk_flow_intake_define(cx, defs, map, head, &own->id, &own->yaml);
}

/* Names made to break out of the text they are written in come back as they went in. */
static void test_define(void **state)
{
    (void)state;
    static const char ODD[] = "a\"b\\c: {x}, [y] # z";
    static const char *const MISSING[] = {"", "n.b.\n- x", "\""};
    const struct wijk_intake_field field[] = {{ODD, "residents"}, {"woz", "woz_value_keur"}};
    struct wijk_intake map = {.format = "csv",
                              .encoding = "utf-8",
                              .level = WIJK_LEVEL_BUURT,
                              .key = "buurt\tcode",
                              .period_year = 2023,
                              .number = WIJK_NUM_COMMA,
                              .separator = ";",
                              .n_missing = 3,
                              .missing = MISSING,
                              .n_field = 2,
                              .field = field};
    struct wijk_own_source own, same;
    const struct wijk_defs *defs;
    must(define(&map, &(struct wijk_intake_head){.title = "T\"\n: x"}, &own));
    must(wijk_flow_defs_of(cx, NULL, NULL, &own, &defs));
    const struct wijk_source *s = wijk_defs_source(defs, own.id);
    assert_string_equal(s->title_nl, "T\"\n: x");
    const struct wijk_yaml *file = wijk_yaml_get(s->yaml, "files")->child[0];
    assert_string_equal(wijk_yaml_text(wijk_yaml_get(file, "fields")->child[0], "column", ""), ODD);
    assert_string_equal(wijk_yaml_text(file, "key", ""), "buurt\tcode");
    assert_string_equal(wijk_yaml_get(wijk_yaml_get(s->yaml, "missing"), "missing")->child[1]->text,
                        MISSING[1]);
    assert_string_equal(wijk_source_disclosure(s, "residents"), "count"); /* nobody said it is open */
    assert_string_equal(wijk_source_disclosure(s, "woz_value_keur"), "open");

    must(define(&map, &(struct wijk_intake_head){.title = "anders"}, &same));
    assert_string_equal(same.id, own.id); /* the mapping makes the name */
    map.period_year = 2022;
    must(define(&map, &(struct wijk_intake_head){0}, &same));
    assert_string_not_equal(same.id, own.id);

    const struct wijk_intake good = map;
    struct wijk_intake_field twice[] = {{"a", "residents"}, {"b", "residents"}},
                             none[] = {{"a", "bestaat_niet"}};
#define WRONG(change)                                                                                        \
    map = good;                                                                                              \
    change;                                                                                                  \
    assert_int_equal(define(&map, &(struct wijk_intake_head){0}, &own), WIJK_EUSAGE)
    WRONG(map.key = "");
    WRONG(map.key = "\xff");
    WRONG(map.field = twice);
    WRONG((map.field = none, map.n_field = 1));
    WRONG(map.n_field = 0);
    WRONG(map.separator = "::");
    WRONG(map.period_column = "");
    WRONG(map.n_missing = 51);
#undef WRONG
}

static void load(const struct wijk_own_source *own, const char *path, struct wijk_flow_import_in in,
                 enum wijk_err want, struct wijk_flow_import_out *out)
{
    const struct wijk_defs *defs;
    must(wijk_flow_defs_of(cx, NULL, store, own, &defs));
    in.defs = defs, in.source = own->id, in.paths = &path, in.n_paths = 1, in.own = own;
    in.now = 1700000000, in.n_sample = WIJK_FLOW_SAMPLES;
    enum wijk_err err = wijk_flow_import(cx, store, in, out);
    if (err != want) fail_msg("%s: %s", wijk_err_name(err), wijk_fault(cx));
}

static bool stop_at_once(void *self, const char *what, uint64_t done, uint64_t total)
{
    (void)self, (void)what, (void)done, (void)total;
    return false;
}

/* A trial keeps nothing, not even the definition; a load keeps both or neither. */
static void test_trial_and_load(void **state)
{
    (void)state;
    const char *path =
        put("t.csv", "buurt;jaar;mensen\nBU99010101;2023;1.234\nBU99010102;2023;<5\nBU99010103;2022;\n");
    static const char *const NONE[] = {""}, *const SECRET[] = {"<5"};
    const struct wijk_intake_field field[] = {{"mensen", "residents"}};
    const struct wijk_intake map = {.format = "csv",
                                    .encoding = "utf-8",
                                    .level = WIJK_LEVEL_BUURT,
                                    .key = "buurt",
                                    .period_column = "jaar",
                                    .division_year = 2024,
                                    .number = WIJK_NUM_COMMA,
                                    .n_missing = 1,
                                    .missing = NONE,
                                    .n_secret = 1,
                                    .secret = SECRET,
                                    .n_field = 1,
                                    .field = field};
    struct wijk_own_source own;
    struct wijk_flow_import_out out;
    const struct wijk_own_source *kept;
    const struct wijk_progress stop = {stop_at_once, NULL};
    size_t n;
    must(define(&map, &(struct wijk_intake_head){0}, &own));
    load(&own, path, (struct wijk_flow_import_in){.dry_run = true}, WIJK_OK, &out);
    assert_int_equal(out.load.taken, 3);
    assert_int_equal(out.n_area, 3);
    assert_int_equal(out.n_indicator, 1);
    assert_int_equal(out.n_sample, 3);
    assert_true(out.sample[0].value == 1234 && out.sample[0].period.year == 2023);
    assert_int_equal(out.sample[1].status, WIJK_STATUS_SUPPRESSED);
    assert_int_equal(out.sample[2].status, WIJK_STATUS_MISSING);
    load(&own, path, (struct wijk_flow_import_in){.progress = &stop}, WIJK_ECANCEL, &out);
    must(wijk_store_read_own_sources(cx, store, &kept, &n));
    assert_int_equal(n, 0);
    load(&own, path, (struct wijk_flow_import_in){0}, WIJK_OK, &out);
    must(wijk_store_read_own_sources(cx, store, &kept, &n));
    assert_int_equal(n, 1);
    assert_string_equal(kept[0].id, own.id);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_own, up, down),
        cmocka_unit_test_setup_teardown(test_look, up, down),
        cmocka_unit_test_setup_teardown(test_look_refused, up, down),
        cmocka_unit_test_setup_teardown(test_define, up, down),
        cmocka_unit_test_setup_teardown(test_trial_and_load, up, down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
