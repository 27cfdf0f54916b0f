/* SPDX-License-Identifier: EUPL-1.2 */
/* user: who may sign in. What is done here is done by who has the machine: at once, and with a row in the
 * log. A link to choose a password is printed once, to who asked for it. */
#include "cli/cli.h"

#include <string.h>

enum { PAGE = 1000, ROWS = 100, ROWS_MAX = 1000000 };

/* One verb under way. */
struct user {
    struct cli *c;
    struct wijk_store *store;
    struct wijk_deed deed;
    enum wijk_format format;
    int64_t rows, before;
};

/* ---- what is meant ---- */

/* --gemeente, else the only one of the store. Fails WIJK_EUSAGE. */
static enum wijk_err gemeente_of(struct user *u, const char **out)
{
    const struct wijk_areas *areas = NULL;
    const struct wijk_division *v;
    size_t n, k = 0;
    *out = cli_option(u->c, "gemeente", NULL);
    if (*out) return WIJK_OK;
    WIJK_TRY(wijk_store_divisions(u->c->cx, u->store, &v, &n));
    while (k < n && v[k].level != WIJK_LEVEL_GEMEENTE) k++; /* of a level the newest comes first */
    if (k < n)
        WIJK_TRY(wijk_store_read_areas(u->c->cx, u->store, WIJK_LEVEL_GEMEENTE, v[k].division_year, false,
                                       &areas));
    if (!areas || areas->n != 1)
        return wijk_fail(u->c->cx, WIJK_EUSAGE, "Noem de gemeente: --gemeente GM9901.");
    *out = areas->v[0].code;
    return WIJK_OK;
}

static enum wijk_err grant_of(struct user *u, struct wijk_grant *out)
{
    const char *role = cli_option(u->c, "role", "");
    *out = (struct wijk_grant){NULL, cli_option(u->c, "partner", ""), WIJK_ROLE_PROFESSIONAL};
    if (!wijk_role_parse(wijk_str(role), &out->role))
        return wijk_fail(u->c->cx, WIJK_EUSAGE,
                         "--role is professional, partnerbeheerder, gebiedsregisseur, raadslid, analist, "
                         "normsteller, beheerder of rekenkamer.");
    return gemeente_of(u, &out->gemeente);
}

/* The account of a name or a number. */
static enum wijk_err account_of(struct user *u, const char *given, int64_t *out)
{
    const struct wijk_account *a = NULL;
    if (wijk_int_parse(wijk_str(given), 1, INT64_MAX, out)) return WIJK_OK;
    const char *name = wijk_signin_name(u->c->cx, wijk_str(given));
    if (name) WIJK_TRY(wijk_store_find_account(u->c->cx, u->store, name, &a));
    if (!a) return wijk_fail(u->c->cx, WIJK_ENOTFOUND, "Er is geen account met de naam «%s».", given);
    *out = a->id;
    return WIJK_OK;
}

/* ---- verbs ---- */

/* The link on stdout, what it is on stderr: the link is for one person, and only now. */
static void print_link(struct user *u, const struct wijk_flow_invite *i)
{
    char until[24];
    wijk_time_write(i->ends_at, until);
    printf("/aanmelden#koppeling=%s\n", i->ticket);
    fprintf(stderr,
            wijk_tr(u->c->cx, "account %lld. Deze koppeling werkt één keer, tot %s. Zet het adres van "
                              "uw server ervoor en geef haar aan deze persoon alleen.\n"),
            (long long)i->account, until);
}

static enum wijk_err add(struct user *u)
{
    struct wijk_flow_invite_in in = {.name = u->c->arg[2], .shown = cli_option(u->c, "shown", NULL)};
    struct wijk_flow_invite out;
    WIJK_TRY(grant_of(u, &in.grant));
    WIJK_TRY(wijk_flow_invite(u->c->cx, u->store, &u->deed, &in, &out));
    print_link(u, &out);
    return WIJK_OK;
}

static enum wijk_err reset(struct user *u)
{
    struct wijk_flow_invite out;
    int64_t account;
    WIJK_TRY(account_of(u, u->c->arg[2], &account));
    WIJK_TRY(wijk_flow_reset(u->c->cx, u->store, &u->deed, account, cli_switch(u->c, "second-step"), &out));
    print_link(u, &out);
    return WIJK_OK;
}

static enum wijk_err stop_or_not(struct user *u, bool stop)
{
    int64_t account;
    WIJK_TRY(account_of(u, u->c->arg[2], &account));
    return wijk_flow_account_stop(u->c->cx, u->store, &u->deed, account, stop);
}

static enum wijk_err stop(struct user *u)
{
    return stop_or_not(u, true);
}

static enum wijk_err restore(struct user *u)
{
    return stop_or_not(u, false);
}

static enum wijk_err remove_one(struct user *u)
{
    int64_t account;
    WIJK_TRY(account_of(u, u->c->arg[2], &account));
    return wijk_flow_account_remove(u->c->cx, u->store, &u->deed, account);
}

static enum wijk_err role(struct user *u)
{
    struct wijk_flow_role in = {.take = cli_switch(u->c, "take")};
    WIJK_TRY(account_of(u, u->c->arg[2], &in.account));
    WIJK_TRY(grant_of(u, &in.grant));
    return wijk_flow_role_set(u->c->cx, u->store, &u->deed, &in);
}

/* ---- list ---- */

/* "professional:linde-wonen@GM9901 raadslid@GM9901" */
static const char *roles_text(struct wijk_cx *cx, const struct wijk_account *a)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    for (size_t k = 0; k < a->n_grant; k++) {
        const struct wijk_grant *g = &a->grant[k];
        wijk_buf_printf(&b, "%s%s%s%s@%s", k ? " " : "", wijk_role_id(g->role), *g->partner ? ":" : "",
                        g->partner, g->gemeente);
    }
    return wijk_buf_cstr(&b);
}

static void put_moment(struct wijk_table_out *t, int64_t at)
{
    char text[24];
    if (at) wijk_time_write(at, text);
    wijk_table_text(t, at ? text : NULL);
}

static void put_account(struct user *u, struct wijk_table_out *t, const struct wijk_account *a)
{
    wijk_table_int(t, a->id);
    wijk_table_text(t, a->name);
    wijk_table_text(t, a->shown);
    wijk_table_text(t, wijk_account_state_id(a->state));
    wijk_table_bool(t, a->totp != NULL);
    wijk_table_text(t, roles_text(u->c->cx, a));
    put_moment(t, a->made_at);
    put_moment(t, a->seen_at);
    wijk_table_end_row(t);
}

static enum wijk_err list(struct user *u)
{
    static const struct wijk_column COLUMNS[] = {{"id", WIJK_T("Nummer"), -1},
                                                 {"name", WIJK_T("Aanmeldnaam"), -1},
                                                 {"shown", WIJK_T("Naam"), -1},
                                                 {"state", WIJK_T("Stand"), -1},
                                                 {"second_step", WIJK_T("Tweede stap"), -1},
                                                 {"roles", WIJK_T("Rollen"), -1},
                                                 {"made_at", WIJK_T("Gemaakt"), -1},
                                                 {"seen_at", WIJK_T("Laatst aangemeld"), -1}};
    const char *gemeente = cli_option(u->c, "gemeente", NULL); /* without it those of every gemeente */
    struct wijk_table_out *t =
        wijk_table_open(u->c->cx, u->format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    const struct wijk_account *v;
    size_t n = PAGE;
    for (int64_t after = 0; n == PAGE;) {
        WIJK_TRY(wijk_flow_accounts(u->c->cx, u->store, &u->deed, gemeente, after, PAGE, &v, &n));
        for (size_t k = 0; k < n; k++) put_account(u, t, &v[k]);
        if (n) after = v[n - 1].id;
    }
    return wijk_table_close(t) ? WIJK_OK : wijk_fail(u->c->cx, WIJK_EIO, "Schrijven lukt niet.");
}

/* ---- log ---- */

static enum wijk_err print_log(struct user *u)
{
    static const struct wijk_column COLUMNS[] = {
        {"nr", WIJK_T("Nummer"), -1},  {"at", WIJK_T("Wanneer"), -1}, {"account", WIJK_T("Account"), -1},
        {"via", WIJK_T("Langs"), -1},  {"deed", WIJK_T("Wat"), -1},   {"gemeente", WIJK_T("Gemeente"), -1},
        {"kind", WIJK_T("Soort"), -1}, {"object", WIJK_T("Van"), -1}, {"why", WIJK_T("Waarom"), -1},
        {"before", WIJK_T("Was"), -1}, {"after", WIJK_T("Werd"), -1}, {"hash", WIJK_T("Vingerafdruk"), -1}};
    const struct wijk_audit_ask ask = {.gemeente = cli_option(u->c, "gemeente", NULL),
                                       .kind = cli_option(u->c, "kind", NULL),
                                       .before = u->before,
                                       .n_max = (size_t)u->rows};
    const struct wijk_audit *v;
    size_t n;
    WIJK_TRY(wijk_flow_audit(u->c->cx, u->store, &u->deed, &ask, &v, &n));
    struct wijk_table_out *t =
        wijk_table_open(u->c->cx, u->format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) wijk_table_audit(t, u->c->cx, &v[k], false);
    return wijk_table_close(t) ? WIJK_OK : wijk_fail(u->c->cx, WIJK_EIO, "Schrijven lukt niet.");
}

/* ---- the command ---- */

static const struct {
    const char *verb;
    enum wijk_err (*run)(struct user *u);
    bool writes, named;
} VERBS[] = {{"add", add, true, true},           {"list", list, false, false},
             {"reset", reset, true, true},       {"stop", stop, true, true},
             {"restore", restore, true, true},   {"role", role, true, true},
             {"remove", remove_one, true, true}, {"log", print_log, false, false}};

int cli_user(struct cli *c)
{
    struct user u = {.c = c, .deed = {NULL, "opdrachtregel", cli_now(), cli_option(c, "why", NULL)}};
    size_t k = 0;
    if (!cli_format(c, &u.format) || !cli_number(c, "rows", 1, ROWS_MAX, ROWS, &u.rows) ||
        !cli_number(c, "before", 1, INT64_MAX, 0, &u.before))
        return CLI_USAGE;
    while (k < sizeof VERBS / sizeof *VERBS && strcmp(VERBS[k].verb, c->arg[0]) != 0) k++;
    if (k == sizeof VERBS / sizeof *VERBS)
        return cli_usage(c,
                         wijk_tr(c->cx, "na user komt add, list, reset, stop, restore, role, remove of log"));
    if ((c->n_arg == 3) != VERBS[k].named)
        return cli_usage(c, VERBS[k].named ? wijk_tr(c->cx, "noem na het bestand de naam van het account")
                                           : wijk_tr(c->cx, "er staan te veel woorden op de opdrachtregel."));
    enum wijk_err err =
        wijk_store_open(c->cx, c->arg[1], VERBS[k].writes ? WIJK_STORE_WRITE : WIJK_STORE_READ, &u.store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = VERBS[k].run(&u);
    wijk_store_close(u.store);
    return cli_fail(c, err);
}
