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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_own, up, down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
