/* SPDX-License-Identifier: EUPL-1.2 */
/* Moderation from taking away to deciding on the objection: who may, that a text is really gone (tables,
 * kept answers, log, bytes of the file), what may come back and until when, that the chain of the log holds,
 * what is told to the public, and what waits for whom. */
#include "flow/moderation_flow.h"
#include "flow/signal_flow.h"

#include "people.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/wijk-moderation-XXXXXX";
static const int64_t NOW = 1790000000; /* 2026-09-21 */
static const char *const BUURT = "BU99010101", *const CANARY = "kanariepiet";
static const struct wijk_theme THEME[] = {{.id = "afval", .label_nl = "Afval", .label_en = "Waste"}};
static const struct wijk_defs DEFS = {.n_theme = 1, .theme = THEME};

static struct wijk_cx *cx;
static struct wijk_store *store;
static const struct wijk_snapshot *s;
static const char *path;
static int64_t accounts;
static struct wijk_actor prof, mate, director, second, foreign, owner, auditor;

static enum wijk_err town(struct wijk_cx *c, struct wijk_store *st, void *arg)
{
    struct wijk_area b = {BUURT, "Dorp", "WK990101", 700,
                          box_at(c, (struct wijk_xy){131000, 456000}, 0, 500)},
                     w = {"WK990101", "Kern", "GM9901", 700, NULL},
                     g = {"GM9901", "Proefstad", NULL, 700, NULL};
    (void)arg;
    const struct wijk_areas all[] = {
        {WIJK_LEVEL_GEMEENTE, 2025, 1, &g}, {WIJK_LEVEL_WIJK, 2025, 1, &w}, {WIJK_LEVEL_BUURT, 2025, 1, &b}};
    for (size_t k = 0; k < 3; k++) WIJK_TRY(wijk_store_save_areas(c, st, &all[k]));
    return WIJK_OK;
}

static struct wijk_actor member(enum wijk_role role, const char *gemeente, const char *partner)
{
    struct wijk_account a = {.name = wijk_sprintf(cx, "n%lld", (long long)++accounts),
                             .shown = "Noor",
                             .state = WIJK_ACCOUNT_ACTIVE,
                             .gemeente = "GM9901",
                             .made_at = NOW};
    struct wijk_grant *g = WIJK_NEW(cx, struct wijk_grant, 1);
    *g = (struct wijk_grant){gemeente, partner, role};
    must(cx, wijk_store_add_account(cx, store, &a));
    return (struct wijk_actor){a.id, g, 1, true, WIJK_SCOPES_ALL};
}

static int begin(void **state)
{
    (void)state;
    cx = wijk_cx_new(WIJK_NL);
    accounts = 0;
    path = wijk_sprintf(cx, "%s/%d.gpkg", folder, rand());
    must(cx, wijk_store_create(cx, path, &store));
    must(cx, wijk_store_in_transaction(cx, store, town, NULL));
    must(cx, wijk_flow_snapshot(cx, store, &DEFS, (struct wijk_snapshot_opt){.geometry = true}, &s));
    prof = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd");
    mate = member(WIJK_ROLE_PROFESSIONAL, "GM9901", "wmd");
    director = member(WIJK_ROLE_DIRECTOR, "GM9901", "");
    second = member(WIJK_ROLE_DIRECTOR, "GM9901", "");
    foreign = member(WIJK_ROLE_DIRECTOR, "GM9902", "");
    owner = member(WIJK_ROLE_PARTNER, "GM9901", "wmd");
    auditor = member(WIJK_ROLE_AUDITOR, "GM9901", "");
    return 0;
}

static int end(void **state)
{
    (void)state;
    log_holds(cx, store);
    wijk_store_close(store);
    wijk_cx_end(cx);
    return 0;
}

static struct wijk_deed by(const struct wijk_actor *a, int64_t later, const char *why)
{
    return (struct wijk_deed){a, "web", NOW + later, why};
}

static struct wijk_signal_view placed(const char *sentence)
{
    const struct wijk_deed d = by(&prof, 0, NULL);
    const struct wijk_flow_signal_in in = {.buurt = BUURT,
                                           .theme = "afval",
                                           .sentence = sentence,
                                           .sure = WIJK_SURE_SEEN,
                                           .sharing = WIJK_SHARING_PARTNERS};
    struct wijk_signal_view v;
    must(cx, wijk_flow_signal_place(cx, store, s, &d, &in, &v));
    return v;
}

static struct wijk_signal_view seen(const struct wijk_actor *a, const char *name)
{
    const struct wijk_deed d = by(a, 0, NULL);
    struct wijk_signal_view v;
    must(cx, wijk_flow_signal(cx, store, s, &d, name, &v));
    return v;
}

static enum wijk_err taken(const struct wijk_actor *a, enum wijk_said_kind kind, const char *object,
                           enum wijk_mod_reason reason, const char *words, struct wijk_moderation_view *out)
{
    const struct wijk_deed d = by(a, 0, NULL);
    const struct wijk_flow_moderate_in in = {{kind, "GM9901", object}, reason, words};
    return wijk_flow_moderate(cx, store, &d, &in, out);
}

static size_t rows_with(const char *table_and_columns)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    const char *sql = wijk_sprintf(cx, "SELECT count(*) FROM %s LIKE '%%%s%%'", table_and_columns, CANARY);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    const size_t n = (size_t)sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

/* In the bytes of the file and of what stands beside it. */
static bool in_bytes(const char *name)
{
    FILE *f = fopen(name, "rb");
    if (!f) return false;
    struct wijk_buf b = wijk_buf(cx, 64 << 20);
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) wijk_buf_put(&b, part, n);
    fclose(f);
    return b.n && memmem(b.p, b.n, CANARY, strlen(CANARY)) != NULL;
}

static bool in_file(void)
{
    return in_bytes(path) || in_bytes(wijk_sprintf(cx, "%s-wal", path));
}

static void keep_answer(int seed, const char *about, const char *body)
{
    uint8_t hash[WIJK_HASH];
    memset(hash, seed, sizeof hash);
    const struct wijk_once o = {.status = 201, .location = "", .body = body, .about = about, .made_at = NOW};
    must(cx, wijk_store_add_once(cx, store, hash, &o));
}

static const struct wijk_once *kept_answer(int seed)
{
    const struct wijk_once *o;
    uint8_t hash[WIJK_HASH];
    memset(hash, seed, sizeof hash);
    must(cx, wijk_store_find_once(cx, store, hash, &o));
    assert_non_null(o);
    return o;
}

static void test_personal_data_is_gone(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("De kanariepiet van de hoek zit op het dak."),
                            other = placed("Er ligt afval.");
    const char *name = v.signal.name;
    struct wijk_moderation_view m;
    keep_answer(1, wijk_sprintf(cx, "signaal:%s", name), "{\"zin\":\"kanariepiet\"}");
    keep_answer(2, wijk_sprintf(cx, "signaal:%s", other.signal.name), "{}");
    wijk_store_empty_log(store);
    assert_true(in_file());
    must(cx, taken(&director, WIJK_SAID_SIGNAL, name, WIJK_MOD_PERSONAL, NULL, &m));
    wijk_store_empty_log(store);
    assert_false(in_file());
    assert_int_equal(kept_answer(1)->status, WIJK_ONCE_GONE);
    assert_string_equal(kept_answer(1)->body, "");
    assert_int_equal(kept_answer(2)->status, 201);
    v = seen(&prof, name);
    assert_string_equal(v.signal.sentence, "");
    assert_int_equal(v.taken->reason, WIJK_MOD_PERSONAL);
    assert_string_equal(v.taken->role, "gebiedsregisseur");
    assert_null(seen(&prof, other.signal.name).taken);
    assert_false(m.may_back);
    const struct wijk_deed d = by(&director, 60, NULL);
    assert_int_equal(wijk_flow_moderation_back(cx, store, &d, m.m->name, &m), WIJK_EDATA);
    assert_int_equal(taken(&director, WIJK_SAID_SIGNAL, name, WIJK_MOD_PERSONAL, NULL, &m), WIJK_EDATA);
}

/* The row of the log tells what and why, never a word of the text; nor do earlier rows. */
static void test_the_log_has_no_text(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("Het is kanariepiet weer raak hier.");
    struct wijk_moderation_view m;
    const struct wijk_deed answer = by(&director, 5, NULL);
    struct wijk_signal_view after;
    must(cx, wijk_flow_signal_answer(cx, store, s, &answer, v.signal.name, WIJK_SIGNAL_END_USED,
                                     "Besproken met kanariepiet erbij.", &after));
    must(cx, taken(&second, WIJK_SAID_REPLY, wijk_sprintf(cx, "%s.1", v.signal.name), WIJK_MOD_HURTFUL, NULL,
                   &m));
    assert_int_equal(m.m->maker, director.account);
    assert_string_equal(seen(&prof, v.signal.name).reply[0].words, "");
    assert_non_null(seen(&prof, v.signal.name).reply_taken[0]);
    assert_int_equal(
        rows_with("audit WHERE coalesce(why, '') || coalesce(before, '') || coalesce(after, '')"), 0);
    const struct wijk_audit *row;
    size_t n;
    must(cx, wijk_store_read_audit(cx, store, &(struct wijk_audit_ask){.n_max = 1}, &row, &n));
    assert_int_equal(row->done, WIJK_DONE_TAKE_AWAY);
    assert_string_equal(row->kind, "terugkoppeling");
    assert_non_null(strstr(row->after, "\"reden\":\"kwetsend\""));
    assert_int_equal(
        taken(&second, WIJK_SAID_REPLY, wijk_sprintf(cx, "%s.2", v.signal.name), WIJK_MOD_HURTFUL, NULL, &m),
        WIJK_ENOTFOUND);
}

static void test_who_may(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("Er ligt afval op straat.");
    struct wijk_actor nobody = {0}, alone = director, reader = director;
    struct wijk_moderation_view m;
    const struct {
        const struct wijk_actor *who;
        enum wijk_err err;
    } CASE[] = {{&nobody, WIJK_ELOGIN},   {&prof, WIJK_EDENIED},  {&owner, WIJK_EDENIED},
                {&auditor, WIJK_EDENIED}, {&alone, WIJK_EDENIED}, {&foreign, WIJK_ENOTFOUND},
                {&reader, WIJK_EDENIED}};
    alone.second = false;
    reader.scopes = 1u << WIJK_SCOPE_READ;
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++)
        assert_int_equal(taken(CASE[k].who, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_DOUBLE, NULL, &m),
                         CASE[k].err);
    assert_int_equal(taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_OTHER, NULL, &m), WIJK_EDATA);
    assert_int_equal(taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_OTHER, "Bel 0612345678.", &m),
                     WIJK_EPERSONAL);
    assert_int_equal(taken(&director, WIJK_SAID_SIGNAL, "geen", WIJK_MOD_DOUBLE, NULL, &m), WIJK_ENOTFOUND);
    must(cx,
         taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_OTHER, "Dit gaat over een feest.", &m));
    assert_string_equal(m.m->words, "Dit gaat over een feest.");
    assert_true(m.may_back);
    assert_false(m.mine);
    struct wijk_signal_view own = placed("Nog een zin die alleen van mij is.");
    const struct wijk_deed d = by(&prof, 1, NULL);
    const struct wijk_flow_signal_change draft = {
        .version = 1, .sure = WIJK_SURE_COUNT, .sharing = WIJK_SHARING_DRAFT};
    must(cx, wijk_flow_signal_change(cx, store, s, &d, own.signal.name, &draft, &own));
    assert_int_equal(taken(&director, WIJK_SAID_SIGNAL, own.signal.name, WIJK_MOD_DOUBLE, NULL, &m),
                     WIJK_ENOTFOUND);
    must(cx,
         taken(NULL, WIJK_SAID_SIGNAL, own.signal.name, WIJK_MOD_ASKED, NULL, &m)); /* who has the machine */
    assert_string_equal(m.m->role, "");
}

static void test_back_and_the_term(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("De kanariepiet fluit de hele dag.");
    struct wijk_moderation_view m, back;
    struct wijk_deed d = by(&director, 60, NULL);
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_MISPLACED, NULL, &m));
    assert_int_equal(
        wijk_flow_moderation_back(cx, store, &(struct wijk_deed){&prof, "web", NOW, NULL}, m.m->name, &back),
        WIJK_EDENIED);
    must(cx, wijk_flow_moderation_back(cx, store, &d, m.m->name, &back));
    assert_int_equal(back.m->state, WIJK_MOD_STATE_BACK);
    assert_string_equal(seen(&mate, v.signal.name).signal.sentence, "De kanariepiet fluit de hele dag.");
    assert_null(seen(&mate, v.signal.name).taken);
    assert_int_equal(rows_with("moderation_kept WHERE text"), 0);
    /* what was written meanwhile stays */
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_MISPLACED, NULL, &m));
    struct wijk_signal_view now = seen(&prof, v.signal.name);
    d = by(&prof, 61, NULL);
    const struct wijk_flow_signal_change again = {.version = now.signal.version,
                                                  .sentence = "Er staan fietsen in de weg.",
                                                  .sure = WIJK_SURE_COUNT,
                                                  .sharing = WIJK_SHARING_COUNT};
    must(cx, wijk_flow_signal_change(cx, store, s, &d, v.signal.name, &again, &now));
    assert_null(now.taken);
    d = by(&director, 62, NULL);
    must(cx, wijk_flow_moderation_back(cx, store, &d, m.m->name, &back));
    assert_string_equal(seen(&prof, v.signal.name).signal.sentence, "Er staan fietsen in de weg.");
    /* after the term it is erased, and cannot come back even before it is */
    v = placed("Weer die kanariepiet op de hoek.");
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_HURTFUL, NULL, &m));
    d = by(&director, WIJK_MOD_TERM_S + 1, NULL);
    assert_int_equal(wijk_flow_moderation_back(cx, store, &d, m.m->name, &back), WIJK_EDATA);
    must(cx, wijk_store_sweep(cx, store, NOW + WIJK_MOD_TERM_S - 1));
    assert_int_equal(rows_with("moderation_kept WHERE text"), 1);
    must(cx, wijk_store_sweep(cx, store, NOW + WIJK_MOD_TERM_S));
    assert_int_equal(rows_with("moderation_kept WHERE text"), 0);
    wijk_store_empty_log(store);
    assert_false(in_file());
}

static size_t questions(const struct wijk_actor *a, enum wijk_question_kind kind)
{
    const struct wijk_deed d = by(a, 99, NULL);
    const struct wijk_question *v;
    size_t n, found = 0;
    must(cx, wijk_flow_questions(cx, store, s, &d, &v, &n));
    for (size_t k = 0; k < n; k++) found += v[k].kind == kind;
    return found;
}

static void test_objection(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("De kanariepiet zit in de boom.");
    struct wijk_moderation_view m;
    int64_t nr;
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_HURTFUL, NULL, &m));
    const char *name = m.m->name;
    assert_int_equal(questions(&prof, WIJK_QUESTION_TAKEN), 1);
    assert_int_equal(questions(&mate, WIJK_QUESTION_TAKEN), 0);
    struct wijk_deed d = by(&prof, 10, "Dit is een vogel, geen mens."), other = by(&mate, 10, "Ik ook."),
                     bare = by(&prof, 10, NULL), late = by(&prof, WIJK_MOD_TERM_S + 1, "Toch.");
    assert_int_equal(wijk_flow_object(cx, store, &other, name, &nr), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_object(cx, store, &bare, name, &nr), WIJK_EDATA);
    assert_int_equal(wijk_flow_object(cx, store, &late, name, &nr), WIJK_EDATA);
    must(cx, wijk_flow_object(cx, store, &d, name, &nr));
    assert_int_equal(wijk_flow_object(cx, store, &d, name, &nr), WIJK_EDATA); /* once */
    assert_int_equal(questions(&prof, WIJK_QUESTION_TAKEN), 0);
    assert_int_equal(questions(&director, WIJK_QUESTION_OBJECTION), 0); /* took it away himself */
    assert_int_equal(questions(&second, WIJK_QUESTION_OBJECTION), 1);
    must(cx, wijk_store_sweep(cx, store, NOW + 2 * WIJK_MOD_TERM_S)); /* kept while it is undecided */
    assert_int_equal(
        wijk_flow_moderation_back(cx, store, &(struct wijk_deed){&director, "web", NOW + 11, NULL}, name, &m),
        WIJK_EDATA);
    const struct wijk_deed own = by(&director, 20, NULL), judge = by(&second, 20, "Akkoord.");
    assert_int_equal(wijk_flow_proposal_decide(cx, store, &own, nr, WIJK_PROPOSAL_AGREED, NULL),
                     WIJK_EDENIED);
    const struct wijk_flow_proposal *p;
    size_t n;
    must(cx, wijk_flow_proposals(cx, store, &judge, "GM9901", true, &p, &n));
    assert_int_equal(n, 1);
    assert_non_null(strstr(p->what, "De kanariepiet zit in de boom."));
    must(cx, wijk_flow_proposal_decide(cx, store, &judge, nr, WIJK_PROPOSAL_AGREED, judge.why));
    assert_string_equal(seen(&mate, v.signal.name).signal.sentence, "De kanariepiet zit in de boom.");
    assert_int_equal(questions(&prof, WIJK_QUESTION_TAKEN), 1); /* told of the decision */
    must(cx, wijk_flow_question_seen(cx, store, &d, "moderatie", name));
    assert_int_equal(wijk_flow_question_seen(cx, store, &other, "moderatie", name), WIJK_ENOTFOUND);
    assert_int_equal(wijk_flow_question_seen(cx, store, &d, "voorstel", "1"), WIJK_EDATA);
    assert_int_equal(questions(&prof, WIJK_QUESTION_TAKEN), 0);
}

static void test_objection_rejected(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("De kanariepiet zit in de sloot.");
    struct wijk_moderation_view m;
    const struct wijk_moderation *now;
    int64_t nr;
    struct wijk_deed d = by(&prof, 10, "Niet eens."), judge = by(&second, 20, "Het kwetst wel.");
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_HURTFUL, NULL, &m));
    must(cx, wijk_flow_object(cx, store, &d, m.m->name, &nr));
    must(cx, wijk_flow_proposal_decide(cx, store, &judge, nr, WIJK_PROPOSAL_REJECTED, judge.why));
    must(cx, wijk_store_find_moderation(cx, store, m.m->name, &now));
    assert_int_equal(now->state, WIJK_MOD_STATE_UPHELD);
    assert_int_equal(rows_with("moderation_kept WHERE text"), 0);
    /* of personal data nothing can come back: then it is told that it was wrong */
    v = placed("De kanariepiet zit in het riet.");
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_PERSONAL, NULL, &m));
    must(cx, wijk_flow_object(cx, store, &d, m.m->name, &nr));
    must(cx, wijk_flow_proposal_decide(cx, store, &judge, nr, WIJK_PROPOSAL_AGREED, NULL));
    must(cx, wijk_store_find_moderation(cx, store, m.m->name, &now));
    assert_int_equal(now->state, WIJK_MOD_STATE_WRONGLY);
    assert_string_equal(seen(&prof, v.signal.name).signal.sentence, "");
    /* at the maker's own wish there is nothing to object to */
    v = placed("De kanariepiet zit op het hek.");
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_ASKED, NULL, &m));
    assert_int_equal(wijk_flow_object(cx, store, &d, m.m->name, &nr), WIJK_EDATA);
}

static void test_organisations_and_reasons(void **state)
{
    (void)state;
    static const char *const AREA[] = {"GM9901"};
    static const struct wijk_partner_contact CONTACT[] = {{"balie", "030-1234567", "info@wmd.example"}};
    const struct wijk_partner in = {.gemeente = "GM9901",
                                    .id = "wmd",
                                    .name = "Welzijn",
                                    .kind = WIJK_PARTNER_WELFARE,
                                    .about = "Wij helpen de kanariepiet.",
                                    .site = "",
                                    .means = WIJK_SHARING_ORGANISATION,
                                    .edited = {.sharing = WIJK_SHARING_PARTNERS},
                                    .n_area = 1,
                                    .area = AREA,
                                    .n_contact = 1,
                                    .contact = CONTACT};
    struct wijk_deed machine = {NULL, "opdrachtregel", NOW, NULL};
    struct wijk_deed ask = by(&owner, 5, "De kanariepiet is klaar."),
                     judge = by(&director, 6, "De kanariepiet mag."),
                     nobody = by(&(struct wijk_actor){0}, 7, NULL);
    const struct wijk_partner *now;
    struct wijk_flow_partner f;
    struct wijk_moderation_view m;
    int64_t nr;
    must(cx, wijk_flow_partner_save(cx, store, &machine, &in, false, &now));
    must(cx, wijk_flow_publish_ask(cx, store, &ask, "GM9901", "partner", "wmd", 1, &nr));
    must(cx, wijk_flow_proposal_decide(cx, store, &judge, nr, WIJK_PROPOSAL_AGREED, judge.why));
    must(cx, taken(&director, WIJK_SAID_PARTNER, "wmd", WIJK_MOD_PERSONAL, NULL, &m));
    must(cx, wijk_flow_partner(cx, store, &nobody, "GM9901", "wmd", &f)); /* what everybody sees */
    assert_string_equal(f.p->about, "");
    assert_int_equal(f.taken->reason, WIJK_MOD_PERSONAL);
    assert_int_equal(f.p->n_contact, 1);
    assert_int_equal(rows_with("partner WHERE about"), 0); /* in no edition */
    must(cx, taken(&director, WIJK_SAID_CONTACTS, "wmd", WIJK_MOD_HURTFUL, NULL, &m));
    must(cx, wijk_flow_partner(cx, store, &nobody, "GM9901", "wmd", &f));
    assert_int_equal(f.p->n_contact, 0);
    assert_non_null(f.contacts_taken);
    assert_int_equal(questions(&owner, WIJK_QUESTION_TAKEN), 2); /* the organisation is told */
    const struct wijk_deed later = by(&director, 9, NULL);
    must(cx, wijk_flow_moderation_back(cx, store, &later, m.m->name, &m));
    must(cx, wijk_flow_partner(cx, store, &nobody, "GM9901", "wmd", &f));
    assert_int_equal(f.p->n_contact, 1);
    assert_string_equal(f.p->contact[0].mail, "info@wmd.example");
    /* reasons, which also stand beside the log */
    assert_int_equal(rows_with("audit WHERE coalesce(why, '')"), 0);
    assert_true(rows_with("audit_why WHERE words") >= 2);
    const char *object = wijk_sprintf(cx, "%lld", (long long)nr);
    must(cx, taken(&second, WIJK_SAID_PROPOSAL, object, WIJK_MOD_PERSONAL, NULL, &m));
    must(cx, taken(&second, WIJK_SAID_DECISION, object, WIJK_MOD_PERSONAL, NULL, &m));
    assert_int_equal(m.m->maker, director.account);
    assert_int_equal(rows_with("audit_why WHERE words"), 0);
    const struct wijk_flow_proposal *p;
    size_t n;
    must(cx, wijk_flow_proposals(cx, store, &ask, "GM9901", false, &p, &n));
    assert_string_equal(p->p->why, "");
    assert_non_null(p->why_taken);
    assert_non_null(p->answer_taken);
    wijk_store_empty_log(store);
    assert_false(in_file());
}

static void test_offers(void **state)
{
    (void)state;
    static const char *const AREA[] = {"GM9901"};
    struct wijk_deed machine = {NULL, "opdrachtregel", NOW, NULL};
    const struct wijk_partner partner = {.gemeente = "GM9901",
                                         .id = "wmd",
                                         .name = "Welzijn",
                                         .about = "",
                                         .site = "",
                                         .edited = {.sharing = WIJK_SHARING_PARTNERS},
                                         .n_area = 1,
                                         .area = AREA};
    const struct wijk_offer offer = {.gemeente = "GM9901",
                                     .partner = "wmd",
                                     .title = "Uurtje kanariepiet",
                                     .what = "Zingen met de kanariepiet.",
                                     .reach = {.age_to = 99, .n_area = 1, .area = AREA},
                                     .edited = {.sharing = WIJK_SHARING_PARTNERS}};
    const struct wijk_partner *p;
    const struct wijk_offer *o;
    struct wijk_flow_offer f;
    struct wijk_moderation_view m;
    must(cx, wijk_flow_partner_save(cx, store, &machine, &partner, false, &p));
    must(cx, wijk_flow_offer_save(cx, store, &machine, &offer, false, &o));
    const char *object = wijk_sprintf(cx, "%lld", (long long)o->id);
    must(cx, taken(&director, WIJK_SAID_OFFER, object, WIJK_MOD_HURTFUL, NULL, &m));
    const struct wijk_deed d = by(&owner, 3, NULL), boss = by(&director, 4, NULL);
    must(cx, wijk_flow_offer(cx, store, &d, NULL, o->id, &f));
    assert_string_equal(f.o->title, "(titel weggehaald)");
    assert_string_equal(f.o->what, "");
    assert_non_null(f.taken);
    struct wijk_offer stale = *o; /* who was changing it is told */
    assert_int_equal(wijk_flow_offer_save(cx, store, &d, &stale, false, &o), WIJK_ECONFLICT);
    must(cx, wijk_flow_moderation_back(cx, store, &boss, m.m->name, &m));
    must(cx, wijk_flow_offer(cx, store, &d, NULL, stale.id, &f));
    assert_string_equal(f.o->title, "Uurtje kanariepiet");
    assert_null(f.taken);
}

static void test_withdrawn_leaves_nothing(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("De kanariepiet is weer weg.");
    struct wijk_moderation_view m;
    keep_answer(3, wijk_sprintf(cx, "signaal:%s", v.signal.name), "{\"zin\":\"kanariepiet\"}");
    must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_DOUBLE, NULL, &m));
    assert_int_equal(rows_with("moderation_kept WHERE text"), 1);
    v = seen(&prof, v.signal.name);
    const struct wijk_deed d = by(&prof, 2, NULL);
    const struct wijk_flow_signal_change away = {.version = v.signal.version, .withdraw = true};
    must(cx, wijk_flow_signal_change(cx, store, s, &d, v.signal.name, &away, &v));
    wijk_store_empty_log(store);
    assert_false(in_file());
    assert_int_equal(kept_answer(3)->status, WIJK_ONCE_GONE);
    assert_int_equal(taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_DOUBLE, NULL, &m),
                     WIJK_ENOTFOUND);
}

/* Fewer than five about signals are never told as a count, nor that there were none. */
static void test_counts(void **state)
{
    (void)state;
    struct wijk_moderation_counts n;
    struct wijk_moderation_view m;
    for (int k = 0; k < 7; k++) {
        struct wijk_signal_view v = placed(wijk_sprintf(cx, "Er ligt weer afval, keer %d.", k));
        must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, k < 4 ? WIJK_MOD_DOUBLE : WIJK_MOD_HURTFUL,
                       NULL, &m));
        must(cx, wijk_flow_moderation_counts(cx, store, "GM9901", NOW, &n));
        assert_false(wijk_status_valued(n.signals[WIJK_MOD_DOUBLE][3].status) &&
                     n.signals[WIJK_MOD_DOUBLE][3].value > 0);
    }
    for (int k = 0; k < 3; k++) {
        struct wijk_signal_view v = placed(wijk_sprintf(cx, "Nog meer afval, keer %d.", k));
        must(cx, taken(&director, WIJK_SAID_SIGNAL, v.signal.name, WIJK_MOD_DOUBLE, NULL, &m));
    }
    must(cx, wijk_flow_moderation_counts(cx, store, "GM9901", NOW, &n));
    assert_int_equal(n.quarter[3], 20263);
    assert_float_equal(n.signals[WIJK_MOD_DOUBLE][3].value, 5, 0); /* seven, rounded */
    assert_int_equal(n.others[WIJK_MOD_DOUBLE][3], 0);
    must(cx, wijk_flow_moderation_counts(cx, store, "GM9902", NOW, &n));
    assert_false(wijk_status_valued(n.signals[WIJK_MOD_DOUBLE][3].status) &&
                 n.signals[WIJK_MOD_DOUBLE][3].value > 0);
    const struct wijk_deed d = by(&auditor, 9, NULL), no = by(&director, 9, NULL);
    const struct wijk_moderation *v;
    size_t many;
    must(cx, wijk_flow_moderation_list(cx, store, &d, "GM9901", &v, &many));
    assert_int_equal(many, 10);
    assert_int_equal(wijk_flow_moderation_list(cx, store, &no, "GM9901", &v, &many), WIJK_EDENIED);
    const struct wijk_moderation_view *all;
    const struct wijk_flow_moderations_in in = {.gemeente = "GM9901", .n_max = 4};
    must(cx, wijk_flow_moderations(cx, store, &no, &in, &all, &many));
    assert_int_equal(many, 4);
    assert_int_equal(wijk_flow_moderations(cx, store, &d, &in, &all, &many), WIJK_EDENIED);
}

static void test_answers_not_read(void **state)
{
    (void)state;
    struct wijk_signal_view v = placed("Er ligt afval op de hoek."), after;
    const struct wijk_deed answer = by(&director, 5, NULL), mine = by(&prof, 6, NULL),
                           other = by(&mate, 6, NULL);
    must(cx, wijk_flow_signal_answer(cx, store, s, &answer, v.signal.name, WIJK_SIGNAL_END_LED,
                                     "Er komt een bak.", &after));
    assert_int_equal(questions(&prof, WIJK_QUESTION_REPLY), 1);
    assert_int_equal(questions(&mate, WIJK_QUESTION_REPLY), 0);
    const char *object = wijk_sprintf(cx, "%s.1", v.signal.name);
    must(cx, wijk_flow_question_seen(cx, store, &other, "terugkoppeling", object));
    assert_int_equal(questions(&prof, WIJK_QUESTION_REPLY), 1); /* another's reading does not count */
    must(cx, wijk_flow_question_seen(cx, store, &mine, "terugkoppeling", object));
    assert_int_equal(questions(&prof, WIJK_QUESTION_REPLY), 0);
    assert_int_equal(wijk_flow_question_seen(cx, store, &mine, "terugkoppeling", "geen"), WIJK_ENOTFOUND);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(test_personal_data_is_gone, begin, end),
        cmocka_unit_test_setup_teardown(test_the_log_has_no_text, begin, end),
        cmocka_unit_test_setup_teardown(test_who_may, begin, end),
        cmocka_unit_test_setup_teardown(test_back_and_the_term, begin, end),
        cmocka_unit_test_setup_teardown(test_objection, begin, end),
        cmocka_unit_test_setup_teardown(test_objection_rejected, begin, end),
        cmocka_unit_test_setup_teardown(test_organisations_and_reasons, begin, end),
        cmocka_unit_test_setup_teardown(test_offers, begin, end),
        cmocka_unit_test_setup_teardown(test_withdrawn_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_counts, begin, end),
        cmocka_unit_test_setup_teardown(test_answers_not_read, begin, end)};
    if (!mkdtemp(folder)) return 1;
    int failed = cmocka_run_group_tests(TESTS, NULL, NULL);
    return failed;
}
