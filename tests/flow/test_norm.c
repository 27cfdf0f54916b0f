/* SPDX-License-Identifier: EUPL-1.2 */
/* Local norms: who proposes and who decides, what cannot be one, versions that crossed, what holds in an
 * area, and that nothing which was decided disappears. */
#include "flow/norm_flow.h"
#include "people.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-flow-norm-XXXXXX";
static const int64_t NOW = 1790000000; /* 21 September 2026 */
static const char WHY[] = "Afgesproken met de partners.";

enum { ADMIN = 1, DIRECTOR, NORMS, NORMS_2, HOUSE, COUNCIL, AUDITOR, FOREIGN, N_ACTOR };
static const struct wijk_grant GRANT[N_ACTOR] = {[ADMIN] = {"GM9901", "", WIJK_ROLE_ADMIN},
                                                 [DIRECTOR] = {"GM9901", "", WIJK_ROLE_DIRECTOR},
                                                 [NORMS] = {"GM9901", "", WIJK_ROLE_NORMS},
                                                 [NORMS_2] = {"GM9901", "", WIJK_ROLE_NORMS},
                                                 [HOUSE] = {"GM9901", "linde-wonen", WIJK_ROLE_PARTNER},
                                                 [COUNCIL] = {"GM9901", "", WIJK_ROLE_COUNCIL},
                                                 [AUDITOR] = {"GM9901", "", WIJK_ROLE_AUDITOR},
                                                 [FOREIGN] = {"GM9902", "", WIJK_ROLE_NORMS}};
static struct wijk_actor actor[N_ACTOR]; /* 0: a resident */
static const struct wijk_defs *defs;

static void add_areas(struct wijk_cx *cx, struct wijk_store *store)
{
    const struct wijk_xy at = {190000, 470000};
    const struct wijk_area buurt[] = {{"BU99010101", "Lindehof", "WK990101", 120, box_at(cx, at, 0, 300)},
                                      {"BU99010102", "Molenzicht", "WK990101", 310, box_at(cx, at, 300, 700)},
                                      {"BU99010201", "Achterveld", "WK990102", 310,
                                       box_at(cx, at, 700, 800)}},
                           wijk[] = {{"WK990101", "Linde", "GM9901", 430, box_at(cx, at, 0, 700)},
                                     {"WK990102", "Veld", "GM9901", 310, box_at(cx, at, 700, 800)}},
                           gemeente[] = {{"GM9901", "Lindewaard", NULL, 740, box_at(cx, at, 0, 800)}};
    const struct wijk_areas v[] = {{WIJK_LEVEL_GEMEENTE, 2025, 1, gemeente},
                                   {WIJK_LEVEL_WIJK, 2025, 2, wijk},
                                   {WIJK_LEVEL_BUURT, 2025, 3, buurt}};
    for (size_t k = 0; k < 3; k++) must(cx, wijk_store_save_areas(cx, store, &v[k]));
}

static struct wijk_store *world(struct wijk_cx *cx)
{
    struct wijk_store *store;
    const char *path = wijk_sprintf(cx, "%s/w.gpkg", folder);
    unlink(path);
    must(cx, wijk_flow_defs(cx, NULL, &defs));
    must(cx, wijk_store_create(cx, path, &store));
    add_areas(cx, store);
    add_actors(cx, store, GRANT, N_ACTOR, NOW, actor);
    return store;
}

static struct wijk_flow_norm_in in_of(const char *area, const char *indicator, double value, int64_t version)
{
    return (struct wijk_flow_norm_in){
        area, indicator, NULL, {WIJK_NORM_LEAST, value, 2030, "", false}, version};
}

static enum wijk_err ask(struct wijk_cx *cx, struct wijk_store *store, int who,
                         const struct wijk_flow_norm_in *in, int64_t *id)
{
    struct wijk_flow_norm_clash clash;
    const struct wijk_deed d = {&actor[who], "api", NOW, WHY};
    return wijk_flow_norm_ask(cx, store, defs, &d, in, id, &clash);
}

static enum wijk_err decide(struct wijk_cx *cx, struct wijk_store *store, int who, int64_t now, int64_t id,
                            enum wijk_proposal_verdict v)
{
    const struct wijk_deed d = {&actor[who], "api", now, NULL};
    return wijk_flow_proposal_decide(cx, store, &d, id, v, v == WIJK_PROPOSAL_REJECTED ? "Te hoog." : NULL);
}

/* Proposed by one and agreed to by another, then. */
static void settle(struct wijk_cx *cx, struct wijk_store *store, struct wijk_flow_norm_in in, int64_t now)
{
    int64_t id;
    struct wijk_flow_norm_clash clash;
    const struct wijk_deed d = {&actor[DIRECTOR], "api", now, WHY};
    must(cx, wijk_flow_norm_ask(cx, store, defs, &d, &in, &id, &clash));
    must(cx, decide(cx, store, NORMS, now, id, WIJK_PROPOSAL_AGREED));
}

static const char SOLAR[] = "dwellings_with_solar_pct", HOMES[] = "dwellings";

/* ---- four eyes ---- */

static void test_four_eyes(void **state)
{
    static const enum wijk_err ASKS[N_ACTOR] = {WIJK_ELOGIN,  WIJK_EDENIED, WIJK_OK,
                                                WIJK_OK,      WIJK_OK,      WIJK_EDENIED,
                                                WIJK_EDENIED, WIJK_EDENIED, WIJK_ENOTFOUND};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    const struct wijk_flow_norm_in in = in_of("WK990101", SOLAR, 41.5, 0);
    const struct wijk_flow_proposal *list;
    struct wijk_flow_norm norm;
    int64_t id;
    size_t n;
    for (int who = 0; who < N_ACTOR; who++) {
        enum wijk_err err = ask(cx, store, who, &in, &id);
        if (err != ASKS[who]) fail_msg("actor %d: %s %s", who, wijk_err_name(err), wijk_fault(cx));
        if (!err) must(cx, decide(cx, store, who, NOW, id, WIJK_PROPOSAL_WITHDRAWN));
    }
    must(cx, ask(cx, store, NORMS, &in, &id));
    assert_int_equal(decide(cx, store, NORMS, NOW, id, WIJK_PROPOSAL_AGREED), WIJK_EDENIED); /* himself */
    assert_int_equal(decide(cx, store, DIRECTOR, NOW, id, WIJK_PROPOSAL_AGREED), WIJK_EDENIED);
    assert_int_equal(decide(cx, store, ADMIN, NOW, id, WIJK_PROPOSAL_AGREED), WIJK_EDENIED);
    assert_int_equal(decide(cx, store, FOREIGN, NOW, id, WIJK_PROPOSAL_AGREED), WIJK_ENOTFOUND);
    assert_int_equal(decide(cx, store, 0, NOW, id, WIJK_PROPOSAL_AGREED), WIJK_ELOGIN);
    actor[NORMS_2].second = false; /* signed in without a second step */
    assert_int_equal(decide(cx, store, NORMS_2, NOW, id, WIJK_PROPOSAL_AGREED), WIJK_EDENIED);
    actor[NORMS_2].second = true;
    const struct wijk_deed other = {&actor[NORMS_2], "api", NOW, NULL},
                           own = {&actor[NORMS], "api", NOW, NULL};
    must(cx, wijk_flow_proposals(cx, store, &other, "GM9901", true, &list, &n));
    assert_true(n == 1 && list[0].may_decide && !list[0].mine);
    assert_string_equal(list[0].what,
                        "Lokale norm voor Linde: Woningen met zonnepanelen, ten minste 41,5% in 2030");
    assert_string_equal(list[0].path, "/normen/WK990101/dwellings_with_solar_pct");
    must(cx, wijk_flow_proposals(cx, store, &own, "GM9901", true, &list, &n));
    assert_true(n == 1 && list[0].mine && !list[0].may_decide && list[0].why_not == WIJK_MAY_SELF);
    assert_int_equal(wijk_flow_norm(cx, store, defs, "WK990101", SOLAR, NOW, &norm), WIJK_ENOTFOUND);
    must(cx, decide(cx, store, NORMS_2, NOW + 86400, id, WIJK_PROPOSAL_AGREED));
    must(cx, wijk_flow_norm(cx, store, defs, "WK990101", SOLAR, NOW + 86400, &norm));
    assert_int_equal(norm.n, 1);
    assert_int_equal(norm.holds, 0);
    assert_string_equal(norm.version[0].terms.from, "2026-09-22"); /* the day of the decision */
    assert_true(norm.version[0].made_by == NORMS && norm.version[0].decided_by == NORMS_2);
    must(cx, wijk_flow_norm(cx, store, defs, "WK990101", SOLAR, NOW, &norm));
    assert_true(norm.holds == SIZE_MAX); /* the day before it held not yet */
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- refused ---- */

static void refused(struct wijk_cx *cx, struct wijk_store *store, struct wijk_flow_norm_in in,
                    const char *why, enum wijk_err expect, const char *word)
{
    int64_t id;
    struct wijk_flow_norm_clash clash;
    const struct wijk_deed d = {&actor[NORMS], "api", NOW, why};
    enum wijk_err err = wijk_flow_norm_ask(cx, store, defs, &d, &in, &id, &clash);
    if (err != expect || !strstr(wijk_fault(cx), word))
        fail_msg("%s: %s", wijk_err_name(err), wijk_fault(cx));
}

static void test_refused(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    const struct wijk_flow_norm_in good = in_of("BU99010101", SOLAR, 40, 0);
    struct wijk_flow_norm_in in = good;
    const struct wijk_audit *row;
    size_t n;
    refused(cx, store, good, NULL, WIJK_EDATA, "reden");
    refused(cx, store, good, "Gevraagd door mevrouw Jansen, Lindelaan 12.", WIJK_EPERSONAL, "reden");
    in.area = "BU99010199";
    refused(cx, store, in, WHY, WIJK_EDATA, "BU99010199");
    in.area = "BU99029999"; /* of another gemeente: it is not there for this actor */
    refused(cx, store, in, WHY, WIJK_ENOTFOUND, "gemeente");
    in.area = "1234";
    refused(cx, store, in, WHY, WIJK_EDATA, "1234");
    in = in_of("BU99010101", "geluk", 1, 0);
    refused(cx, store, in, WHY, WIJK_EDATA, "geluk");
    in = in_of("BU99010101", "background_morocco_pct", 1, 0);
    refused(cx, store, in, WHY, WIJK_EDATA, "wie er wonen");
    in = in_of("BU99010101", SOLAR, 100.5, 0);
    refused(cx, store, in, WHY, WIJK_EDATA, "100");
    in.terms.value = (double)NAN;
    refused(cx, store, in, WHY, WIJK_EDATA, "geen getal");
    in = good;
    in.unit = "woningen";
    refused(cx, store, in, WHY, WIJK_EDATA, "eenheid");
    in = good;
    in.terms.target_year = 2025;
    refused(cx, store, in, WHY, WIJK_EDATA, "doeljaar");
    in = good;
    in.terms.from = "2026-09-20";
    refused(cx, store, in, WHY, WIJK_EDATA, "voorbij");
    in = good;
    in.version = 3;
    refused(cx, store, in, WHY, WIJK_ECONFLICT, "intussen");
    in = good;
    in.terms.withdrawn = true;
    refused(cx, store, in, WHY, WIJK_EDATA, "in te trekken");
    const struct wijk_deed machine = {NULL, "opdrachtregel", NOW, WHY};
    struct wijk_flow_norm_clash clash;
    int64_t id;
    assert_int_equal(wijk_flow_norm_ask(cx, store, defs, &machine, &good, &id, &clash), WIJK_EUSAGE);
    must(cx, wijk_store_read_audit(cx, store, &(struct wijk_audit_ask){.n_max = 9}, &row, &n));
    assert_int_equal(n, 0); /* what was refused left nothing */
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- versions that crossed, and what stays ---- */

static void test_conflict(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_flow_norm_in in = in_of("GM9901", SOLAR, 40, 0);
    struct wijk_flow_norm_clash clash;
    struct wijk_flow_norm norm;
    const struct wijk_deed d = {&actor[NORMS_2], "api", NOW, WHY};
    int64_t id, other;
    must(cx, ask(cx, store, DIRECTOR, &in, &id));
    in.terms.value = 55;
    assert_int_equal(wijk_flow_norm_ask(cx, store, defs, &d, &in, &other, &clash), WIJK_EEXISTS);
    assert_true(!clash.norm && clash.open->id == id);
    assert_non_null(strstr(clash.open_words, "40"));
    must(cx, decide(cx, store, NORMS, NOW, id, WIJK_PROPOSAL_AGREED));
    assert_int_equal(wijk_flow_norm_ask(cx, store, defs, &d, &in, &other, &clash), WIJK_ECONFLICT);
    assert_true(clash.norm->version == 1 && clash.norm->terms.value == 40); /* so that both can be shown */
    in.version = 1;
    must(cx, ask(cx, store, NORMS_2, &in, &other));
    must(cx, decide(cx, store, NORMS, NOW, other, WIJK_PROPOSAL_REJECTED));
    settle(cx, store, in, NOW);
    in.version = 2;
    in.terms.withdrawn = true;
    settle(cx, store, in, NOW);
    must(cx, wijk_flow_norm(cx, store, defs, "GM9901", SOLAR, NOW, &norm));
    assert_int_equal(norm.n, 3); /* every one of them is still there */
    assert_true(norm.holds == SIZE_MAX);
    assert_true(norm.version[0].terms.value == 40 && norm.version[1].terms.value == 55);
    refused(cx, store, in, WHY, WIJK_ECONFLICT, "intussen");
    const struct wijk_norm again = norm.version[1];
    assert_int_equal(wijk_store_add_norm(cx, store, &again), WIJK_ECONFLICT);
    struct wijk_norm alone = norm.version[2];
    alone.version = 4;
    alone.proposal = id;
    assert_int_not_equal(wijk_store_add_norm(cx, store, &alone), WIJK_OK); /* a proposal makes one version */
    const char *const *problem;
    size_t n;
    must(cx, wijk_store_check(cx, store, &problem, &n));
    if (n) fail_msg("%s", problem[0]);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- what holds where ---- */

static void test_here(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    const struct wijk_snapshot *s;
    struct wijk_flow_norms_here here;
    settle(cx, store, in_of("GM9901", SOLAR, 30, 0), NOW);
    settle(cx, store, in_of("WK990101", SOLAR, 40, 0), NOW);
    settle(cx, store, in_of("BU99010101", SOLAR, 50, 0), NOW);
    settle(cx, store, in_of("GM9901", HOMES, 9000, 0), NOW); /* adds up: of the gemeente alone */
    must(cx, wijk_flow_snapshot(cx, store, defs, (struct wijk_snapshot_opt){.now = NOW}, &s));
    static const struct {
        const char *code, *of;
        size_t n;
    } CASE[] = {{"BU99010101", "BU99010101", 1},
                {"BU99010102", "WK990101", 1},
                {"WK990101", "WK990101", 1},
                {"BU99010201", "GM9901", 1},
                {"GM9901", "GM9901", 2}};
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        must(cx, wijk_flow_norms_here(cx, store, s, CASE[k].code, NOW, &here));
        assert_int_equal(here.n, CASE[k].n);
        const struct wijk_flow_norm_here *h = &here.norm[here.n - 1];
        assert_string_equal(h->norm->area, CASE[k].of);
        assert_true(h->state == WIJK_NORM_UNKNOWN && !h->trace && isnan(h->national));
    }
    struct wijk_flow_norm_in gone = in_of("BU99010101", SOLAR, 0, 1);
    gone.terms.withdrawn = true;
    settle(cx, store, gone, NOW); /* then that of the wijk */
    must(cx, wijk_flow_norms_here(cx, store, s, "BU99010101", NOW, &here));
    assert_string_equal(here.norm[0].norm->area, "WK990101");
    assert_int_equal(wijk_flow_norms_here(cx, store, s, "BU99019999", NOW, &here), WIJK_ENOTFOUND);

    const struct wijk_flow_norm *v;
    const char *more;
    size_t n, seen = 0;
    struct wijk_flow_norms_in page = {.gemeente = "GM9901", .all = true, .n_max = 3};
    do {
        must(cx, wijk_flow_norms(cx, store, defs, &page, NOW, &v, &n, &more));
        seen += n;
        page.after = more;
    } while (more);
    assert_int_equal(seen, 4);
    page = (struct wijk_flow_norms_in){.n_max = 9};
    must(cx, wijk_flow_norms(cx, store, defs, &page, NOW, &v, &n, &more));
    assert_int_equal(n, 3); /* without what was withdrawn */
    page.after = "onzin";
    assert_int_equal(wijk_flow_norms(cx, store, defs, &page, NOW, &v, &n, &more), WIJK_EDATA);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_four_eyes), cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_conflict), cmocka_unit_test(test_here)};
    if (!mkdtemp(folder)) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    unlink(wijk_sprintf(cx, "%s/w.gpkg", folder));
    wijk_cx_end(cx);
    rmdir(folder);
    return failed;
}
