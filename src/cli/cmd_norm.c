/* SPDX-License-Identifier: EUPL-1.2 */
/* norm: the local norms of a gemeente, what holds in an area, and proposing and deciding in the name of an
 * account: two accounts are needed, here too. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

/* One part under way. */
struct norm {
    struct cli *c;
    struct wijk_store *store;
    const struct wijk_defs *defs;
    enum wijk_format format;
    struct wijk_account account;
    struct wijk_actor actor;
};

/* The account of --as (name or number) with its own roles: having the machine is no second person. */
static enum wijk_err deed_of(struct norm *u, struct wijk_deed *out)
{
    struct cli *c = u->c;
    const char *given = cli_option(c, "as", NULL);
    const struct wijk_account *a = NULL;
    int64_t id;
    if (!given) return wijk_fail(c->cx, WIJK_EUSAGE, "Zeg in wiens naam: --as NAAM.");
    if (wijk_int_parse(wijk_str(given), 1, INT64_MAX, &id)) {
        WIJK_TRY(wijk_store_read_account(c->cx, u->store, id, &a));
    } else {
        const char *name = wijk_signin_name(c->cx, wijk_str(given));
        if (name) WIJK_TRY(wijk_store_find_account(c->cx, u->store, name, &a));
    }
    if (!a || a->state != WIJK_ACCOUNT_ACTIVE)
        return wijk_fail(c->cx, WIJK_ENOTFOUND, "Er is geen account met de naam «%s».", given);
    u->account = *a;
    u->actor = (struct wijk_actor){a->id, u->account.grant, a->n_grant, true, WIJK_SCOPES_ALL};
    *out = (struct wijk_deed){&u->actor, "opdrachtregel", cli_now(), cli_option(c, "why", NULL)};
    return WIJK_OK;
}

/* ---- list ---- */

static void put_terms(struct wijk_table_out *t, const struct wijk_norm *v)
{
    const struct wijk_norm_terms *n = &v->terms;
    wijk_table_int(t, v->version);
    wijk_table_text(t, wijk_norm_kind_id(n->kind));
    wijk_table_num(t, n->withdrawn ? (double)NAN : n->value);
    wijk_table_text(t, v->unit);
    wijk_table_num(t, n->target_year ? (double)n->target_year : (double)NAN);
    wijk_table_text(t, n->from);
}

static void put_norm(struct wijk_table_out *t, const struct wijk_flow_norm *f, size_t k)
{
    const struct wijk_norm *v = &f->version[k];
    char decided[24];
    wijk_date_write(v->decided_at, decided);
    wijk_table_text(t, v->gemeente);
    wijk_table_text(t, v->area);
    wijk_table_text(t, v->area_name);
    wijk_table_text(t, v->indicator);
    put_terms(t, v);
    wijk_table_text(t, k == f->holds        ? "geldt"
                       : v->terms.withdrawn ? "ingetrokken"
                       : k + 1 == f->n      ? "straks"
                                            : "vervangen");
    wijk_table_int(t, v->proposal);
    wijk_table_text(t, decided);
    wijk_table_text(t, v->why);
    wijk_table_end_row(t);
}

static enum wijk_err list(struct norm *u)
{
    static const struct wijk_column COLUMNS[] = {{"gemeente", WIJK_T("Gemeente"), -1},
                                                 {"area", WIJK_T("Gebied"), -1},
                                                 {"name", WIJK_T("Naam"), -1},
                                                 {"indicator", WIJK_T("Indicator"), -1},
                                                 {"version", WIJK_T("Versie"), -1},
                                                 {"kind", WIJK_T("Soort"), -1},
                                                 {"value", WIJK_T("Waarde"), -1},
                                                 {"unit", WIJK_T("Eenheid"), -1},
                                                 {"target_year", WIJK_T("Doeljaar"), -1},
                                                 {"from", WIJK_T("Geldt vanaf"), -1},
                                                 {"state", WIJK_T("Stand"), -1},
                                                 {"proposal", WIJK_T("Voorstel"), -1},
                                                 {"decided", WIJK_T("Besloten"), -1},
                                                 {"why", WIJK_T("Waarom"), -1}};
    struct cli *c = u->c;
    struct wijk_flow_norms_in in = {.gemeente = cli_option(c, "gemeente", NULL),
                                    .area = cli_option(c, "area", NULL),
                                    .indicator = cli_option(c, "indicator", NULL),
                                    .all = cli_switch(c, "all"),
                                    .n_max = 500};
    struct wijk_table_out *t =
        wijk_table_open(c->cx, u->format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    do {
        const struct wijk_flow_norm *v;
        size_t n;
        WIJK_TRY(wijk_flow_norms(c->cx, u->store, u->defs, &in, cli_now(), &v, &n, &in.after));
        for (size_t k = 0; k < n; k++)
            for (size_t i = 0; i < v[k].n; i++)
                if (in.all || i == v[k].holds || (i + 1 == v[k].n && !v[k].version[i].terms.withdrawn))
                    put_norm(t, &v[k], i);
    } while (in.after);
    return wijk_table_close(t) ? WIJK_OK : wijk_fail(c->cx, WIJK_EIO, "Schrijven lukt niet.");
}

/* ---- show: what holds in one area ---- */

static void put_here(struct wijk_table_out *t, const struct wijk_flow_norms_here *here,
                     const struct wijk_flow_norm_here *h)
{
    char period[16] = "";
    if (h->trace) wijk_period_write(h->period, period);
    wijk_table_text(t, here->profile->self->code);
    wijk_table_text(t, h->indicator->id);
    wijk_table_num(t, h->now);
    wijk_table_text(t, period);
    wijk_table_text(t, h->norm->area);
    put_terms(t, h->norm);
    wijk_table_num(t, h->national);
    wijk_table_num(t, h->apart);
    wijk_table_text(t, wijk_norm_state_id(h->state));
    wijk_table_text(t, h->words);
    wijk_table_end_row(t);
}

static enum wijk_err show(struct norm *u)
{
    static const struct wijk_column COLUMNS[] = {
        {"code", WIJK_T("Code"), -1},        {"indicator", WIJK_T("Indicator"), -1},
        {"now", WIJK_T("Nu"), -1},           {"period", WIJK_T("Periode"), -1},
        {"norm_of", WIJK_T("Norm van"), -1}, {"version", WIJK_T("Versie"), -1},
        {"kind", WIJK_T("Soort"), -1},       {"value", WIJK_T("Norm"), -1},
        {"unit", WIJK_T("Eenheid"), -1},     {"target_year", WIJK_T("Doeljaar"), -1},
        {"from", WIJK_T("Geldt vanaf"), -1}, {"national", WIJK_T("Landelijk"), -1},
        {"apart", WIJK_T("Verschil"), -1},   {"state", WIJK_T("Stand"), -1},
        {"sentence", WIJK_T("Zin"), -1}};
    struct cli *c = u->c;
    const struct wijk_snapshot *s;
    struct wijk_flow_norms_here here;
    if (c->n_arg < 3)
        return wijk_fail(c->cx, WIJK_EUSAGE, "Van welk gebied? Geef de code, zoals BU99010101.");
    WIJK_TRY(wijk_flow_snapshot(c->cx, u->store, u->defs, (struct wijk_snapshot_opt){.now = cli_now()}, &s));
    WIJK_TRY(wijk_flow_norms_here(c->cx, u->store, s, c->arg[2], cli_now(), &here));
    struct wijk_table_out *t =
        wijk_table_open(c->cx, u->format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < here.n; k++) put_here(t, &here, &here.norm[k]);
    return wijk_table_close(t) ? WIJK_OK : wijk_fail(c->cx, WIJK_EIO, "Schrijven lukt niet.");
}

/* ---- propose, decide ---- */

/* --at-least V or --at-most V; --withdraw neither. */
static enum wijk_err terms_of(struct norm *u, struct wijk_norm_terms *t)
{
    struct cli *c = u->c;
    const char *least = cli_option(c, "at-least", NULL), *most = cli_option(c, "at-most", NULL);
    int64_t year = 0;
    *t = (struct wijk_norm_terms){.from = cli_option(c, "from", ""), .withdrawn = cli_switch(c, "withdraw")};
    if ((least != NULL) + (most != NULL) + t->withdrawn != 1)
        return wijk_fail(c->cx, WIJK_EUSAGE, "Geef --at-least, --at-most of --withdraw.");
    t->kind = least ? WIJK_NORM_LEAST : WIJK_NORM_MOST;
    if (!t->withdrawn && !wijk_num_parse(wijk_str(least ? least : most), WIJK_NUM_EITHER, &t->value))
        return wijk_fail(c->cx, WIJK_EUSAGE, "«%s» is geen getal.", least ? least : most);
    const char *target = cli_option(c, "target", NULL);
    if (target && !wijk_int_parse(wijk_str(target), 1900, 2200, &year))
        return wijk_fail(c->cx, WIJK_EUSAGE, "«%s» is geen jaar.", target);
    t->target_year = (int)year;
    return WIJK_OK;
}

/* Builds on the version that is there now: who types a command has no page that grew old. */
static enum wijk_err propose(struct norm *u)
{
    struct cli *c = u->c;
    struct wijk_flow_norm_in in = {.area = cli_option(c, "area", ""),
                                   .indicator = cli_option(c, "indicator", ""),
                                   .unit = cli_option(c, "unit", NULL)};
    struct wijk_flow_norm_clash clash;
    struct wijk_flow_norm was;
    struct wijk_deed d;
    int64_t nr;
    WIJK_TRY(terms_of(u, &in.terms));
    WIJK_TRY(deed_of(u, &d));
    if (wijk_flow_norm(c->cx, u->store, u->defs, in.area, in.indicator, d.now, &was) == WIJK_OK)
        in.version = (int64_t)was.n;
    WIJK_TRY(wijk_flow_norm_ask(c->cx, u->store, u->defs, &d, &in, &nr, &clash));
    printf("%lld\n", (long long)nr);
    return WIJK_OK;
}

static enum wijk_err decide(struct norm *u)
{
    struct cli *c = u->c;
    const bool agree = cli_switch(c, "agree"), reject = cli_switch(c, "reject");
    struct wijk_deed d;
    int64_t nr;
    if (c->n_arg < 3 || !wijk_int_parse(wijk_str(c->arg[2]), 1, INT64_MAX, &nr))
        return wijk_fail(c->cx, WIJK_EUSAGE, "Geef het nummer van het voorstel.");
    if (agree == reject) return wijk_fail(c->cx, WIJK_EUSAGE, "Geef --agree, of --reject met --why.");
    WIJK_TRY(deed_of(u, &d));
    return wijk_flow_proposal_decide(c->cx, u->store, &d, nr,
                                     agree ? WIJK_PROPOSAL_AGREED : WIJK_PROPOSAL_REJECTED, d.why);
}

/* ---- the command: one line a part ---- */

static const struct {
    const char *name;
    enum wijk_err (*run)(struct norm *u);
    bool writes;
} PART[] = {
    {"list", list, false}, {"show", show, false}, {"propose", propose, true}, {"decide", decide, true}};

int cli_norm(struct cli *c)
{
    struct norm u = {.c = c};
    size_t k = 0;
    while (k < sizeof PART / sizeof *PART && strcmp(PART[k].name, c->arg[0]) != 0) k++;
    if (k == sizeof PART / sizeof *PART)
        return cli_usage(c, wijk_tr(c->cx, "na norm komt list, show, propose of decide"));
    if (!cli_format(c, &u.format)) return CLI_USAGE;
    enum wijk_err err =
        wijk_store_open(c->cx, c->arg[1], PART[k].writes ? WIJK_STORE_WRITE : WIJK_STORE_READ, &u.store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = cli_defs_of(c, u.store, &u.defs);
    if (err == WIJK_OK) err = PART[k].run(&u);
    wijk_store_close(u.store);
    return cli_fail(c, err);
}
