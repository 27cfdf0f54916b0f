/* SPDX-License-Identifier: EUPL-1.2 */
/* Fills a store with many people: many STORE ACCOUNTS PARTNERS SIGNALS ROWS [FOLLOWERS]. Made by the
 * functions of the store itself, so that the log holds; one seed. Prints one `name secret` a line for who
 * measures. */
#include "flow/people_int.h"
#include "store/address_store.h"
#include "store/partner_store.h"
#include "store/signal_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 20000, GEMEENTEN = 10, DAY = 86400, HOUR = 3600 };
static const char PASSWORD[] = "paars kopje 73 wind";

struct many {
    int64_t from, to; /* of this batch */
    int64_t accounts, partners, rows, now;
    const char *kept; /* password of every account, as it is kept */
    const struct wijk_areas *buurten;
};

static void must(struct wijk_cx *cx, enum wijk_err err)
{
    if (!err) return;
    (void)fprintf(stderr, "%s\n", wijk_fault(cx));
    exit(1);
}

/* splitmix64 of a number: the same in every run. */
static uint64_t mixed(uint64_t v)
{
    v += 0x9e3779b97f4a7c15u;
    v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9u;
    v = (v ^ v >> 27) * 0x94d049bb133111ebu;
    return v ^ v >> 31;
}

/* Six in ten are of the first. */
static const char *gemeente_of(struct wijk_cx *cx, uint64_t v)
{
    const uint64_t k = v % 10 < 6 ? 0 : v / 10 % GEMEENTEN;
    return wijk_sprintf(cx, "GM99%02d", (int)k + 1);
}

static const char *partner_of(struct wijk_cx *cx, const struct many *m, uint64_t v)
{
    return wijk_sprintf(cx, "partner-%04lld", (long long)(v % (uint64_t)m->partners));
}

/* ---- accounts ---- */

static void add_grants(struct wijk_cx *cx, struct wijk_store *store, const struct many *m, int64_t account,
                       uint64_t v)
{
    static const enum wijk_role ROLE[] = {WIJK_ROLE_PROFESSIONAL, WIJK_ROLE_PROFESSIONAL,
                                          WIJK_ROLE_PROFESSIONAL, WIJK_ROLE_PARTNER,
                                          WIJK_ROLE_DIRECTOR,     WIJK_ROLE_ANALYST};
    const size_t n = 1 + v % 3; /* in one to three gemeenten */
    for (size_t k = 0; k < n; k++) {
        const uint64_t r = mixed(v + k);
        struct wijk_grant g = {gemeente_of(cx, r), "", ROLE[r / 100 % (sizeof ROLE / sizeof *ROLE)]};
        if (wijk_role_of_partner(g.role)) g.partner = partner_of(cx, m, r / 1000);
        must(cx, wijk_store_add_grant(cx, store, account, &g, m->now));
    }
}

static enum wijk_err add_accounts(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct many *m = arg;
    for (int64_t k = m->from; k < m->to; k++) {
        const uint64_t v = mixed((uint64_t)k);
        const char *name = wijk_sprintf(cx, "mens%lld", (long long)k);
        struct wijk_account a = {.name = name,
                                 .shown = name,
                                 .gemeente = gemeente_of(cx, v),
                                 .password = m->kept,
                                 .state = v % 50 ? WIJK_ACCOUNT_ACTIVE : WIJK_ACCOUNT_STOPPED,
                                 .made_at = m->now - 400 * DAY};
        uint8_t hash[WIJK_HASH];
        must(cx, wijk_store_add_account(cx, store, &a));
        add_grants(cx, store, m, a.id, v);
        struct wijk_session s = {.account = a.id, .guard = "g", .device = "", .made_at = m->now - HOUR};
        s.seen_at = m->now, s.ends_at = m->now + (k % 2 ? 10 * HOUR : -HOUR); /* half of them ended */
        wijk_secret_hash(name, hash);
        if (k % 5 == 0) must(cx, wijk_store_add_session(cx, store, hash, &s));
    }
    return WIJK_OK;
}

/* Those who measure, each with a token of its own. */
static enum wijk_err add_askers(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const struct {
        const char *name;
        enum wijk_role role;
    } WHO[] = {{"meet-rekenkamer", WIJK_ROLE_AUDITOR},
               {"meet-beheerder", WIJK_ROLE_ADMIN},
               {"meet-regisseur", WIJK_ROLE_DIRECTOR},
               {"meet-professional", WIJK_ROLE_PROFESSIONAL}};
    const struct many *m = arg;
    for (size_t k = 0; k < sizeof WHO / sizeof *WHO; k++) {
        struct wijk_account a = {.name = WHO[k].name, .shown = WHO[k].name, .gemeente = "GM9901"};
        const struct wijk_grant g = {"GM9901", WHO[k].role == WIJK_ROLE_PROFESSIONAL ? "partner-0000" : "",
                                     WHO[k].role};
        struct wijk_token t = {.name = "meten", .scopes = WIJK_SCOPES_ALL, .second = true, .made_at = m->now};
        char secret[WIJK_SECRET_TEXT];
        uint8_t hash[WIJK_HASH];
        a.state = WIJK_ACCOUNT_ACTIVE, a.made_at = m->now, a.password = m->kept;
        must(cx, wijk_store_add_account(cx, store, &a));
        must(cx, wijk_store_add_grant(cx, store, a.id, &g, m->now));
        must(cx, wijk_secret_new(cx, secret));
        wijk_secret_hash(secret, hash);
        t.account = a.id, t.ends_at = m->now + 30 * DAY;
        must(cx, wijk_store_add_token(cx, store, hash, &t));
        printf("%s %s\n", WHO[k].name, secret);
    }
    return WIJK_OK;
}

/* ---- organisations and what they offer ---- */

static const char *const *some_areas(struct wijk_cx *cx, const struct many *m, uint64_t v, size_t *n)
{
    *n = 1 + v % 5;
    const char **area = WIJK_NEW(cx, const char *, *n);
    for (size_t k = 0; k < *n; k++) area[k] = m->buurten->v[(v / 8 + k * 7) % m->buurten->n].code;
    return area;
}

static void add_offer(struct wijk_cx *cx, struct wijk_store *store, const struct many *m,
                      const struct wijk_partner *p, uint64_t v)
{
    struct wijk_offer o = {.gemeente = p->gemeente,
                           .partner = p->id,
                           .title = wijk_sprintf(cx, "Aanbod %d", (int)(v % 9973)),
                           .what = "Elke week een middag, voor wie mee wil doen."};
    o.reach.theme = (enum wijk_offer_theme)(v % WIJK_OFFER_THEME_COUNT);
    o.reach.age_from = (int)(v / 16 % 60), o.reach.age_to = o.reach.age_from + 12;
    o.reach.area = some_areas(cx, m, v / 64, &o.reach.n_area);
    o.edited.sharing = WIJK_SHARING_PARTNERS;
    o.edited.made_by = 1, o.edited.made_at = o.edited.changed_at = m->now - (int64_t)(v % 700) * DAY;
    must(cx, wijk_store_save_offer(cx, store, &o));
    if (v % 3) must(cx, wijk_store_publish_offer(cx, store, o.id, o.edited.version, o.edited.made_at));
}

/* Eight in ten work in the first gemeente. */
static enum wijk_err add_partners(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const struct wijk_partner_contact CONTACT[] = {
        {"Wijkteam", "010 123 45 67", "wijkteam@voorbeeld.nl"}, {"Balie", "", "info@voorbeeld.nl"}};
    static const struct wijk_partner_year YEAR[] = {{2025, 1200, 80000}, {2026, 1300, -1}};
    const struct many *m = arg;
    for (int64_t k = m->from; k < m->to; k++) {
        const uint64_t v = mixed(7000000 + (uint64_t)k);
        struct wijk_partner p = {.gemeente = v % 10 < 8 ? "GM9901" : gemeente_of(cx, v / 10),
                                 .id = partner_of(cx, m, (uint64_t)k),
                                 .name = wijk_sprintf(cx, "Organisatie %lld", (long long)k),
                                 .about = "Doet mee in de buurt.",
                                 .site = "https://voorbeeld.nl/",
                                 .kind = (enum wijk_partner_kind)(v % WIJK_PARTNER_KIND_COUNT),
                                 .means = WIJK_SHARING_PARTNERS,
                                 .n_contact = sizeof CONTACT / sizeof *CONTACT,
                                 .contact = CONTACT,
                                 .n_year = sizeof YEAR / sizeof *YEAR,
                                 .year = YEAR};
        p.area = some_areas(cx, m, v / 3, &p.n_area);
        p.edited.sharing = WIJK_SHARING_PARTNERS;
        p.edited.made_by = 1, p.edited.made_at = p.edited.changed_at = m->now - (int64_t)(v % 700) * DAY;
        must(cx, wijk_store_save_partner(cx, store, &p));
        if (v % 4)
            must(cx, wijk_store_publish_partner(cx, store, p.gemeente, p.id, p.edited.version, m->now));
        for (uint64_t i = 0; i < 5; i++) add_offer(cx, store, m, &p, mixed(v + i));
    }
    return WIJK_OK;
}

/* ---- signals ---- */

static enum wijk_err add_signals(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    static const char *const THEME[] = {"eenzaamheid", "jeugd", "veiligheid", "wonen"};
    const struct many *m = arg;
    for (int64_t k = m->from; k < m->to; k++) {
        const uint64_t v = mixed(9000000 + (uint64_t)k);
        const char *gemeente = gemeente_of(cx, v);
        struct wijk_signal s = {.name = wijk_sprintf(cx, "s%021lld", (long long)k),
                                .gemeente = gemeente,
                                .buurt =
                                    strcmp(gemeente, "GM9901") == 0
                                        ? m->buurten->v[v / 100 % m->buurten->n].code
                                        : wijk_sprintf(cx, "BU%s%04d", gemeente + 2, (int)(v / 100 % 40)),
                                .theme = THEME[v / 7 % 4],
                                .sentence = "Het speelveld is al weken donker na zes uur.",
                                .partner = partner_of(cx, m, v / 50),
                                .made_by = 1 + (int64_t)(v / 1000 % (uint64_t)m->accounts),
                                .made_at = m->now - (int64_t)((uint64_t)(m->to - k) * 60)};
        s.sure = (enum wijk_sureness)(v % WIJK_SURE_COUNT);
        s.sharing = v % 4 ? WIJK_SHARING_PARTNERS : v % 8 ? WIJK_SHARING_ORGANISATION : WIJK_SHARING_DRAFT;
        must(cx, wijk_store_add_signal(cx, store, &s));
    }
    return WIJK_OK;
}

/* ---- the log ---- */

/* Most rows are of sessions; one in fifty thousand is of an organisation, one account has one row in ten, and
 * the newest hundred thousand are all of sessions: what is rare is far back. */
static enum wijk_err add_rows(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct many *m = arg;
    for (int64_t k = m->from; k < m->to; k++) {
        const uint64_t v = mixed(11000000 + (uint64_t)k);
        const bool rare = v % 50000 == 0 && k < m->rows - 100000, some = v % 5 == 0;
        const int64_t busy = 3, any = 5 + (int64_t)(v / 100 % (uint64_t)(m->accounts - 5));
        struct wijk_audit row = {.account = v % 10 == 1 ? busy : any,
                                 .gemeente = v % 1000 == 7 ? "" : gemeente_of(cx, v / 64),
                                 .via = "web",
                                 .kind = rare   ? "partner"
                                         : some ? "signaal"
                                                : "sessie",
                                 .object = wijk_sprintf(cx, "%lld", (long long)(v / 3 % 100000)),
                                 .done = rare || some ? WIJK_DONE_CHANGE : WIJK_DONE_SIGN_IN,
                                 .after = "{\"tweedeFactor\":true}"};
        if (!*row.gemeente) row.account = 0, row.via = "eerste-keer";
        must(cx, wijk_store_add_audit(cx, store, &row, NULL, m->now - (m->rows - k) * 6));
    }
    return WIJK_OK;
}

/* ---- followers ---- */

static void add_followers(const char *path, int64_t n, const struct many *m)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_addresses *a;
    must(cx, wijk_addresses_open(cx, path, &a));
    for (int64_t k = 0; k < n; k++) {
        bool known;
        char secret[WIJK_SECRET_TEXT];
        must(cx, wijk_secret_new(cx, secret));
        const struct wijk_follower f = {.mail = wijk_sprintf(cx, "volger%lld@voorbeeld.nl", (long long)k),
                                        .code = m->buurten->v[(size_t)k % m->buurten->n].code,
                                        .secret = secret,
                                        .lang = k % 9 ? WIJK_NL : WIJK_EN};
        must(cx, wijk_addresses_ask(cx, a, &f, m->now - 900 * DAY));
        must(cx, wijk_addresses_confirm(cx, a, secret, m->now - 900 * DAY, &known));
    }
    wijk_addresses_close(a);
    wijk_cx_end(cx);
}

/* ---- all of it ---- */

static void batches(struct wijk_store *store, struct many *m, int64_t n, const char *what,
                    enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *))
{
    const time_t since = time(NULL);
    for (int64_t k = 0; k < n; k += BATCH) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        m->from = k, m->to = k + BATCH < n ? k + BATCH : n;
        must(cx, wijk_store_in_transaction(cx, store, body, m));
        wijk_cx_end(cx);
    }
    (void)fprintf(stderr, "%lld %s in %lld s\n", (long long)n, what, (long long)(time(NULL) - since));
}

int main(int argc, char **argv)
{
    if (argc < 6) return 2;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    const struct wijk_division *d;
    size_t n;
    struct many m = {.accounts = strtoll(argv[2], NULL, 10),
                     .partners = strtoll(argv[3], NULL, 10),
                     .rows = strtoll(argv[5], NULL, 10),
                     .now = time(NULL)};
    must(cx, wijk__password_hash(cx, wijk_str(PASSWORD), &m.kept));
    must(cx, wijk_store_open(cx, argv[1], WIJK_STORE_WRITE, &store));
    must(cx, wijk_store_divisions(cx, store, &d, &n));
    for (size_t k = 0; k < n && !m.buurten; k++)
        if (d[k].level == WIJK_LEVEL_BUURT)
            must(cx,
                 wijk_store_read_areas(cx, store, WIJK_LEVEL_BUURT, d[k].division_year, false, &m.buurten));
    if (!m.buurten) return 2;
    batches(store, &m, m.accounts, "accounts", add_accounts);
    batches(store, &m, 1, "askers", add_askers);
    batches(store, &m, m.partners, "partners", add_partners);
    batches(store, &m, strtoll(argv[4], NULL, 10), "signals", add_signals);
    batches(store, &m, m.rows, "rows", add_rows);
    wijk_store_close(store);
    if (argc > 6) add_followers(argv[1], strtoll(argv[6], NULL, 10), &m);
    wijk_cx_end(cx);
    return 0;
}
