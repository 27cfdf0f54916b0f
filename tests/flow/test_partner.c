/* SPDX-License-Identifier: EUPL-1.2 */
/* Who sees and changes which organisation and offer, what a second person has to agree to, versions that
 * crossed, and what is lacking. */
#include "flow/partner_flow.h"
#include "people.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-flow-partner-XXXXXX";
static const int64_t NOW = 1790000000;

/* ---- who there are ---- */

enum { ADMIN = 1, HOUSE, HOUSE_2, SCHOOL, DIRECTOR, DIRECTOR_2, COUNCIL, AUDITOR, FOREIGN, N_ACTOR };
static const struct wijk_grant GRANT[N_ACTOR] = {
    [ADMIN] = {"GM9901", "", WIJK_ROLE_ADMIN},
    [HOUSE] = {"GM9901", "linde-wonen", WIJK_ROLE_PARTNER},
    [HOUSE_2] = {"GM9901", "linde-wonen", WIJK_ROLE_PROFESSIONAL},
    [SCHOOL] = {"GM9901", "de-school", WIJK_ROLE_PARTNER},
    [DIRECTOR] = {"GM9901", "", WIJK_ROLE_DIRECTOR},
    [DIRECTOR_2] = {"GM9901", "", WIJK_ROLE_DIRECTOR},
    [COUNCIL] = {"GM9901", "", WIJK_ROLE_COUNCIL},
    [AUDITOR] = {"GM9901", "", WIJK_ROLE_AUDITOR},
    [FOREIGN] = {"GM9902", "linde-wonen", WIJK_ROLE_PARTNER}};
static struct wijk_actor actor[N_ACTOR]; /* 0: a resident */

static struct wijk_deed by(int who, const char *why)
{
    return (struct wijk_deed){&actor[who], "api", NOW, why};
}

/* ---- the world: one wijk of two buurten, another gemeente beside it ---- */

static void add_areas(struct wijk_cx *cx, struct wijk_store *store)
{
    const struct wijk_xy at = {190000, 470000};
    const struct wijk_area buurt[] = {{"BU99010101", "Lindehof", "WK990101", 120, box_at(cx, at, 0, 300)},
                                      {"BU99010102", "Molenzicht", "WK990101", 310, box_at(cx, at, 300, 700)},
                                      {"BU99020101", "Overkant", "WK990201", 80, box_at(cx, at, 700, 900)}},
                           wijk[] = {{"WK990101", "Linde", "GM9901", 430, box_at(cx, at, 0, 700)},
                                     {"WK990201", "Overzijde", "GM9902", 80, box_at(cx, at, 700, 900)}},
                           gemeente[] = {{"GM9901", "Lindewaard", NULL, 430, box_at(cx, at, 0, 700)},
                                         {"GM9902", "Overwaard", NULL, 80, box_at(cx, at, 700, 900)}};
    const struct wijk_areas v[] = {{WIJK_LEVEL_GEMEENTE, 2025, 2, gemeente},
                                   {WIJK_LEVEL_WIJK, 2025, 2, wijk},
                                   {WIJK_LEVEL_BUURT, 2025, 3, buurt}};
    for (size_t k = 0; k < 3; k++) must(cx, wijk_store_save_areas(cx, store, &v[k]));
}

static struct wijk_store *world(struct wijk_cx *cx)
{
    struct wijk_store *store;
    const char *path = wijk_sprintf(cx, "%s/w.gpkg", folder);
    unlink(path);
    must(cx, wijk_store_create(cx, path, &store));
    add_areas(cx, store);
    add_actors(cx, store, GRANT, N_ACTOR, NOW, actor);
    return store;
}

static const char *const LINDE[] = {"WK990101"}, *const HOF[] = {"BU99010101"},
                         *const OVER[] = {"BU99020101"}, *const NOWHERE[] = {"BU99010199"};
static const struct wijk_partner_contact CONTACT[] = {{"Meldpunt", "(055) 580-1234", "Info@linde.example"}};
static const struct wijk_partner_year YEAR[] = {{2026, 1340, 90500}};

static struct wijk_partner linde(void)
{
    return (struct wijk_partner){.gemeente = "GM9901",
                                 .id = "",
                                 .name = "Linde Wonen",
                                 .about = "Verhuurt woningen.",
                                 .site = "https://linde.example",
                                 .kind = WIJK_PARTNER_HOUSING,
                                 .means = WIJK_SHARING_ORGANISATION,
                                 .edited = {.sharing = WIJK_SHARING_ORGANISATION},
                                 .n_area = 1,
                                 .area = LINDE,
                                 .n_contact = 1,
                                 .contact = CONTACT,
                                 .n_year = 1,
                                 .year = YEAR};
}

static const struct wijk_partner *add_linde(struct wijk_cx *cx, struct wijk_store *store)
{
    const struct wijk_partner *now;
    struct wijk_partner p = linde();
    struct wijk_deed d = by(ADMIN, NULL);
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
    return now;
}

static bool sees(struct wijk_cx *cx, struct wijk_store *store, int who, struct wijk_flow_partner *out)
{
    struct wijk_deed d = by(who, NULL);
    return wijk_flow_partner(cx, store, &d, "GM9901", "linde-wonen", out) == WIJK_OK;
}

/* ---- organisations ---- */

static void test_who_sees(void **state)
{
    static const struct {
        enum wijk_sharing sharing;
        bool sees[N_ACTOR]; /* in the order of the enum, residents first */
    } CASE[] = {{WIJK_SHARING_ORGANISATION, {0, 0, 1, 1, 0, 0, 0, 0, 1, 0}},
                {WIJK_SHARING_PARTNERS, {0, 0, 1, 1, 1, 1, 1, 0, 1, 0}}};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_partner p = *add_linde(cx, store);
    struct wijk_flow_partner seen;
    assert_string_equal(p.id, "linde-wonen");
    assert_string_equal(p.contact[0].phone, "055 5801234");
    assert_string_equal(p.contact[0].mail, "info@linde.example");
    for (size_t c = 0; c < sizeof CASE / sizeof *CASE; c++) {
        struct wijk_deed d = by(HOUSE, NULL);
        const struct wijk_partner *now;
        p.edited.sharing = CASE[c].sharing;
        must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
        p = *now;
        for (int who = 0; who < N_ACTOR; who++) {
            const bool maker = who == ADMIN; /* who made it sees it */
            if (sees(cx, store, who, &seen) != (CASE[c].sees[who] || maker))
                fail_msg("sharing %d, actor %d", (int)CASE[c].sharing, who);
        }
    }
    assert_true(sees(cx, store, SCHOOL, &seen));
    assert_false(seen.means); /* hours and budgets of another organisation */
    assert_false(seen.may_change);
    assert_true(sees(cx, store, HOUSE, &seen));
    assert_true(seen.means && seen.may_change);
    p.means = WIJK_SHARING_PARTNERS;
    const struct wijk_partner *now;
    struct wijk_deed d = by(HOUSE, NULL);
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
    assert_true(sees(cx, store, SCHOOL, &seen) && seen.means);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_who_changes(void **state)
{
    static const enum wijk_err EXPECT[N_ACTOR] = {WIJK_ELOGIN,  WIJK_OK,       WIJK_OK,      WIJK_EDENIED,
                                                  WIJK_EDENIED, WIJK_EDENIED,  WIJK_EDENIED, WIJK_EDENIED,
                                                  WIJK_EDENIED, WIJK_ENOTFOUND};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_partner p = *add_linde(cx, store);
    for (int who = 0; who < N_ACTOR; who++) {
        struct wijk_deed d = by(who, NULL);
        const struct wijk_partner *now;
        enum wijk_err err = wijk_flow_partner_save(cx, store, &d, &p, false, &now);
        if (err != EXPECT[who]) fail_msg("actor %d: %s %s", who, wijk_err_name(err), wijk_fault(cx));
        if (!err) p = *now;
        struct wijk_partner fresh = linde();
        fresh.id = wijk_sprintf(cx, "nieuw-%d", who);
        err = wijk_flow_partner_save(cx, store, &d, &fresh, false, &now);
        assert_int_equal(err == WIJK_OK, who == ADMIN);
    }
    const struct wijk_partner *there = NULL; /* added twice: who may is shown the one that is there */
    struct wijk_partner again = linde();
    struct wijk_deed admin = by(ADMIN, NULL);
    assert_int_equal(wijk_flow_partner_save(cx, store, &admin, &again, false, &there), WIJK_EEXISTS);
    assert_true(there && strcmp(there->id, p.id) == 0 && there->edited.version == p.edited.version);
    actor[HOUSE].scopes = 1u << WIJK_SCOPE_READ; /* a token that only reads */
    struct wijk_deed d = by(HOUSE, NULL);
    const struct wijk_partner *now;
    assert_int_equal(wijk_flow_partner_save(cx, store, &d, &p, false, &now), WIJK_EDENIED);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void refused(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_partner *p,
                    enum wijk_err expect, const char *word)
{
    const struct wijk_partner *now;
    struct wijk_deed d = by(ADMIN, NULL);
    enum wijk_err err = wijk_flow_partner_save(cx, store, &d, p, false, &now);
    if (err != expect || !strstr(wijk_fault(cx), word))
        fail_msg("%s: %s", wijk_err_name(err), wijk_fault(cx));
}

static void test_refused(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_partner p = linde();
    p.about = "Vraag naar Jan de Vries.";
    refused(cx, store, &p, WIJK_EPERSONAL, "beschrijving");
    p = linde();
    p.name = " ";
    refused(cx, store, &p, WIJK_EDATA, "naam");
    p = linde();
    p.site = "http://linde.example";
    refused(cx, store, &p, WIJK_EDATA, "https://");
    p = linde();
    p.area = OVER;
    refused(cx, store, &p, WIJK_EDATA, "BU99020101");
    p.area = NOWHERE;
    refused(cx, store, &p, WIJK_EDATA, "BU99010199");
    p.n_area = 0;
    refused(cx, store, &p, WIJK_EDATA, "gebied");
    p = linde();
    const struct wijk_partner_contact mobile[] = {{"Meldpunt", "06-12345678", ""}},
                                      person[] = {{"Verhuur", "", "j.jansen@linde.example"}},
                                      named[] = {{"mevrouw Jansen", "", ""}};
    p.contact = mobile;
    refused(cx, store, &p, WIJK_EPERSONAL, "mobiel");
    p.contact = person;
    refused(cx, store, &p, WIJK_EPERSONAL, "algemeen adres");
    p.contact = named;
    refused(cx, store, &p, WIJK_EPERSONAL, "functie");
    p = linde();
    p.edited.sharing = WIJK_SHARING_PUBLIC;
    refused(cx, store, &p, WIJK_EDATA, "voorstel");
    const struct wijk_partner_year twice[] = {{2026, 1, 1}, {2026, 1, 1}};
    p = linde();
    p.year = twice;
    p.n_year = 2;
    refused(cx, store, &p, WIJK_EDATA, "jaren");
    size_t n;
    const struct wijk_audit *row; /* what was refused left nothing */
    must(cx, wijk_store_read_audit(cx, store, &(struct wijk_audit_ask){.n_max = 9}, &row, &n));
    assert_int_equal(n, 0);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

static void test_conflict(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_partner mine = *add_linde(cx, store), theirs = mine;
    const struct wijk_partner *now;
    struct wijk_deed d = by(HOUSE, NULL), admin = by(ADMIN, NULL);
    theirs.about = "Verhuurt en bouwt woningen.";
    must(cx, wijk_flow_partner_save(cx, store, &admin, &theirs, false, &now));
    mine.about = "Verhuurt flats.";
    assert_int_equal(wijk_flow_partner_save(cx, store, &d, &mine, false, &now), WIJK_ECONFLICT);
    assert_string_equal(now->about, "Verhuurt en bouwt woningen."); /* so that both can be shown */
    assert_int_equal(now->edited.version, 2);
    mine.edited.version = now->edited.version;
    must(cx, wijk_flow_partner_save(cx, store, &d, &mine, false, &now));
    assert_int_equal(now->edited.version, 3);
    const struct wijk_audit *row;
    size_t n;
    must(cx,
         wijk_store_read_audit(cx, store, &(struct wijk_audit_ask){.kind = "partner", .n_max = 9}, &row, &n));
    assert_int_equal(n, 3);
    assert_int_equal(row[0].account, HOUSE);
    assert_null(strstr(row[0].after, "flats")); /* the log holds no text that anyone typed */
    assert_non_null(strstr(row[0].after, "\"versie\":3"));
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- four eyes ---- */

static enum wijk_err ask(struct wijk_cx *cx, struct wijk_store *store, int who, const char *kind,
                         const char *object, int64_t version, int64_t *id)
{
    struct wijk_deed d = by(who, "Bewoners vragen ernaar.");
    return wijk_flow_publish_ask(cx, store, &d, "GM9901", kind, object, version, id);
}

static enum wijk_err decide(struct wijk_cx *cx, struct wijk_store *store, int who, int64_t id,
                            enum wijk_proposal_verdict v, const char *answer)
{
    struct wijk_deed d = by(who, NULL);
    return wijk_flow_proposal_decide(cx, store, &d, id, v, answer);
}

static void test_four_eyes(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_partner p = *add_linde(cx, store);
    struct wijk_flow_partner seen;
    const struct wijk_partner *now;
    int64_t id, other;
    struct wijk_deed d = by(HOUSE, NULL), no_reason = by(HOUSE, NULL);
    assert_int_equal(ask(cx, store, HOUSE, "partner", "linde-wonen", 1, &id),
                     WIJK_EDATA); /* nobody else can see it */
    p.edited.sharing = WIJK_SHARING_PARTNERS;
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
    p = *now;
    assert_int_equal(wijk_flow_publish_ask(cx, store, &no_reason, "GM9901", "partner", "linde-wonen", 2, &id),
                     WIJK_EDATA);
    assert_int_equal(ask(cx, store, SCHOOL, "partner", "linde-wonen", 2, &id), WIJK_EDENIED);
    assert_int_equal(ask(cx, store, FOREIGN, "partner", "linde-wonen", 2, &id), WIJK_ENOTFOUND);
    assert_int_equal(ask(cx, store, HOUSE, "partner", "linde-wonen", 1, &id), WIJK_ECONFLICT);
    assert_int_equal(ask(cx, store, HOUSE, "norm", "linde-wonen", 2, &id), WIJK_EDATA);
    must(cx, ask(cx, store, HOUSE, "partner", "linde-wonen", 2, &id));
    assert_int_equal(ask(cx, store, DIRECTOR, "partner", "linde-wonen", 2, &other), WIJK_EEXISTS);

    const struct wijk_flow_proposal *list;
    size_t n;
    struct wijk_deed director = by(DIRECTOR, NULL), school = by(SCHOOL, NULL);
    must(cx, wijk_flow_proposals(cx, store, &director, "GM9901", true, &list, &n));
    assert_int_equal(n, 1);
    assert_true(list[0].may_decide && !list[0].mine);
    assert_string_equal(list[0].what, "Maak openbaar: Linde Wonen, versie 2");
    assert_string_equal(list[0].path, "/wie-doet-wat/linde-wonen");
    must(cx, wijk_flow_proposals(cx, store, &d, "GM9901", true, &list, &n));
    assert_true(n == 1 && list[0].mine && !list[0].may_decide);
    must(cx, wijk_flow_proposals(cx, store, &school, "GM9901", true, &list, &n));
    assert_int_equal(n, 0);

    assert_int_equal(decide(cx, store, 0, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_ELOGIN);
    assert_int_equal(decide(cx, store, HOUSE, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_EDENIED);
    assert_int_equal(decide(cx, store, FOREIGN, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_ENOTFOUND);
    assert_int_equal(decide(cx, store, DIRECTOR, id, WIJK_PROPOSAL_REJECTED, ""), WIJK_EDATA);
    assert_int_equal(decide(cx, store, DIRECTOR, id, WIJK_PROPOSAL_WITHDRAWN, ""), WIJK_EDENIED);
    assert_false(sees(cx, store, 0, &seen));
    must(cx, decide(cx, store, DIRECTOR, id, WIJK_PROPOSAL_AGREED, NULL));
    assert_int_equal(decide(cx, store, DIRECTOR_2, id, WIJK_PROPOSAL_REJECTED, "Toch niet."), WIJK_ECONFLICT);
    assert_true(sees(cx, store, 0, &seen) && !seen.means);
    assert_true(sees(cx, store, COUNCIL, &seen) && sees(cx, store, FOREIGN, &seen));

    /* a change waits: residents see what was agreed to */
    must(cx, wijk_store_read_partner(cx, store, "GM9901", "linde-wonen", WIJK_EDITION_WORK, &now));
    p = *now;
    p.name = "Linde Wonen Plus";
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
    assert_int_equal(now->edited.sharing, WIJK_SHARING_PARTNERS);
    assert_true(sees(cx, store, 0, &seen));
    assert_string_equal(seen.p->name, "Linde Wonen");
    assert_true(sees(cx, store, SCHOOL, &seen));
    assert_string_equal(seen.p->name, "Linde Wonen Plus");

    /* a director proposes and cannot agree to it itself; a new version ends the proposal */
    must(cx, ask(cx, store, DIRECTOR, "partner", "linde-wonen", 3, &id));
    assert_int_equal(decide(cx, store, DIRECTOR, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_EDENIED);
    p = *now;
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
    assert_int_equal(decide(cx, store, DIRECTOR_2, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_ECONFLICT);

    /* taking back needs nobody else */
    p = *now;
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, true, &now));
    assert_false(sees(cx, store, 0, &seen));
    const char *const *problem;
    must(cx, wijk_store_check(cx, store, &problem, &n));
    assert_int_equal(n, 0);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* Roles go through the same list and the same decision. */
static void test_role_proposal(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    struct wijk_account second = {
        .name = "tweede", .shown = "Tweede", .gemeente = "GM9901", .state = WIJK_ACCOUNT_ACTIVE};
    must(cx, wijk_store_add_account(cx, store, &second));
    const struct wijk_grant admin = {"GM9901", "", WIJK_ROLE_ADMIN};
    must(cx, wijk_store_add_grant(cx, store, ADMIN, &admin, NOW));
    must(cx, wijk_store_add_grant(cx, store, second.id, &admin, NOW));
    struct wijk_actor other = {second.id, &admin, 1, true, WIJK_SCOPES_ALL};
    struct wijk_deed d = by(ADMIN, "Nieuwe collega."), o = {&other, "api", NOW, NULL};
    int64_t id;
    const struct wijk_flow_role r = {SCHOOL, {"GM9901", "", WIJK_ROLE_COUNCIL}, false};
    must(cx, wijk_flow_role_ask(cx, store, &d, &r, &id));
    const struct wijk_flow_proposal *list;
    size_t n;
    must(cx, wijk_flow_proposals(cx, store, &o, "GM9901", true, &list, &n));
    assert_int_equal(n, 1);
    assert_string_equal(list[0].what, "Geef account 4 de rol raadslid");
    assert_int_equal(decide(cx, store, ADMIN, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_EDENIED);
    must(cx, wijk_flow_proposal_decide(cx, store, &o, id, WIJK_PROPOSAL_AGREED, NULL));
    const struct wijk_account *a;
    must(cx, wijk_store_read_account(cx, store, SCHOOL, &a));
    assert_int_equal(a->n_grant, 1);
    assert_int_equal(a->grant[0].role, WIJK_ROLE_COUNCIL);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

/* ---- offers and gaps ---- */

static struct wijk_offer offer(const char *title, enum wijk_offer_theme theme, int from, int to,
                               const char *const *area)
{
    return (struct wijk_offer){.gemeente = "GM9901",
                               .partner = "linde-wonen",
                               .title = title,
                               .what = "",
                               .reach = {theme, from, to, 1, area},
                               .edited = {.sharing = WIJK_SHARING_PARTNERS}};
}

static void test_gaps(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store = world(cx);
    const struct wijk_defs *defs;
    const struct wijk_snapshot *s;
    const struct wijk_partner *now;
    const struct wijk_offer *kept;
    const struct wijk_flow_offer_gaps *g;
    struct wijk_partner p = *add_linde(cx, store);
    struct wijk_deed d = by(HOUSE, NULL), school = by(SCHOOL, NULL), resident = by(0, NULL),
                     director = by(DIRECTOR, NULL);
    p.edited.sharing = WIJK_SHARING_PARTNERS;
    must(cx, wijk_flow_partner_save(cx, store, &d, &p, false, &now));
    struct wijk_offer hall = offer("Inloop", WIJK_OFFER_MEETING, 4, 66, LINDE),
                      club = offer("Jongerenclub", WIJK_OFFER_SAFETY, 12, 17, HOF),
                      late = offer("Laat", WIJK_OFFER_SAFETY, 30, 20, HOF);
    must(cx, wijk_flow_offer_save(cx, store, &d, &hall, false, &kept));
    const int64_t hall_id = kept->id;
    must(cx, wijk_flow_offer_save(cx, store, &director, &club, false, &kept));
    assert_int_equal(wijk_flow_offer_save(cx, store, &school, &club, false, &kept), WIJK_EDENIED);
    assert_int_equal(wijk_flow_offer_save(cx, store, &d, &late, false, &kept), WIJK_EDATA);
    must(cx, wijk_flow_defs(cx, NULL, &defs));
    must(cx, wijk_flow_snapshot(cx, store, defs, (struct wijk_snapshot_opt){.now = NOW}, &s));

    must(cx, wijk_flow_offer_gaps(cx, store, s, &school, "BU99010102", NULL, &g));
    size_t meeting = 0, safety = 0;
    for (size_t k = 0; k < g->n; k++) {
        meeting += g->cover[k].theme == WIJK_OFFER_MEETING && g->cover[k].sentence != NULL;
        safety += g->cover[k].theme == WIJK_OFFER_SAFETY && g->cover[k].sentence != NULL;
        if (g->cover[k].theme == WIJK_OFFER_SAFETY && g->cover[k].age == WIJK_AGE_12)
            assert_string_equal(g->cover[k].sentence,
                                "geen aanbod voor 12-18 in Molenzicht (veiligheid en overlast)");
    }
    assert_int_equal(meeting, 1); /* 67+ */
    assert_int_equal(safety, 4);
    must(cx, wijk_flow_offer_gaps(cx, store, s, &school, "WK990101", NULL, &g));
    for (size_t k = 0; k < g->n; k++)
        if (g->cover[k].theme == WIJK_OFFER_SAFETY && g->cover[k].age == WIJK_AGE_12) {
            assert_int_equal(g->cover[k].cover, WIJK_COVER_PART);
            assert_string_equal(g->cover[k].sentence,
                                "geen aanbod voor 12-18 in Molenzicht (veiligheid en overlast)");
        }
    must(cx, wijk_flow_offer_gaps(cx, store, s, &resident, "BU99010102", NULL, &g));
    assert_false(g->any); /* nothing is public: nothing can be said, and nothing is called lacking */
    assert_int_equal(g->n_lacking, 0);
    assert_int_equal(wijk_flow_offer_gaps(cx, store, s, &school, "BU99010777", NULL, &g), WIJK_ENOTFOUND);

    /* an offer becomes public only after its organisation */
    int64_t id;
    const struct wijk_flow_offer *list;
    size_t n;
    must(cx, ask(cx, store, HOUSE, "aanbod", wijk_sprintf(cx, "%d", (int)hall_id), 1, &id));
    assert_int_equal(decide(cx, store, DIRECTOR, id, WIJK_PROPOSAL_AGREED, NULL), WIJK_EDATA);
    int64_t own;
    must(cx, ask(cx, store, HOUSE, "partner", "linde-wonen", now->edited.version, &own));
    must(cx, decide(cx, store, DIRECTOR, own, WIJK_PROPOSAL_AGREED, NULL));
    must(cx, decide(cx, store, DIRECTOR, id, WIJK_PROPOSAL_AGREED, NULL));
    must(cx, wijk_flow_offers(cx, store, &resident, &(struct wijk_flow_offer_ask){0}, &list, &n));
    assert_int_equal(n, 1);
    assert_string_equal(list[0].partner_name, "Linde Wonen");
    must(cx, wijk_flow_offers(cx, store, &school,
                              &(struct wijk_flow_offer_ask){.by_age = true, .age = WIJK_AGE_12}, &list, &n));
    assert_int_equal(n, 2);
    must(cx, wijk_flow_offers(cx, store, &school,
                              &(struct wijk_flow_offer_ask){.by_theme = true, .theme = WIJK_OFFER_SAFETY},
                              &list, &n));
    assert_int_equal(n, 1);
    must(cx, wijk_flow_offers(cx, store, &school, &(struct wijk_flow_offer_ask){.area = "BU99010102"}, &list,
                              &n));
    assert_int_equal(n, 1);
    must(cx,
         wijk_flow_offers(cx, store, &school, &(struct wijk_flow_offer_ask){.area = "GM9901"}, &list, &n));
    assert_int_equal(n, 2);
    must(cx, wijk_flow_offer_remove(cx, store, &d, "GM9901", hall_id, 1));
    must(cx, wijk_flow_offers(cx, store, &resident, &(struct wijk_flow_offer_ask){0}, &list, &n));
    assert_int_equal(n, 0);
    wijk_store_close(store);
    wijk_cx_end(cx);
}

int main(void)
{
    assert_non_null(mkdtemp(folder));
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_who_sees),  cmocka_unit_test(test_who_changes),
                                       cmocka_unit_test(test_refused),   cmocka_unit_test(test_conflict),
                                       cmocka_unit_test(test_four_eyes), cmocka_unit_test(test_role_proposal),
                                       cmocka_unit_test(test_gaps)};
    return cmocka_run_group_tests_name("flow partner", tests, NULL, NULL);
}
