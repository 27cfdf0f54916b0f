/* SPDX-License-Identifier: EUPL-1.2 */
/* moderate: how often texts were taken away and why; which; taking one away or putting it back, by who has
 * the machine. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static struct wijk_deed deed_of(void)
{
    return (struct wijk_deed){NULL, "opdrachtregel", cli_now(), NULL};
}

/* ---- counts ---- */

static int counts(struct cli *c, struct wijk_store *store, const char *gemeente, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {{"quarter", WIJK_T("Kwartaal"), -1},
                                                 {"reason", WIJK_T("Reden"), -1},
                                                 {"signals", WIJK_T("Over signalen"), 0},
                                                 {"others", WIJK_T("Andere teksten"), -1}};
    struct wijk_moderation_counts n;
    enum wijk_err err = wijk_flow_moderation_counts(c->cx, store, gemeente, cli_now(), &n);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t q = 0; q < WIJK_MOD_QUARTERS; q++)
        for (size_t r = 0; r < WIJK_MOD_REASON_COUNT; r++) {
            const struct wijk_disclosed *s = &n.signals[r][q];
            const bool shown =
                wijk_status_valued(s->status) && s->value >= 5; /* none and few are told alike */
            wijk_table_text(t, wijk_sprintf(c->cx, "%d-Q%d", n.quarter[q] / 10, n.quarter[q] % 10));
            wijk_table_text(t, wijk_mod_reason_id((enum wijk_mod_reason)r));
            wijk_table_num(t, shown ? s->value : (double)NAN);
            wijk_table_int(t, (int64_t)n.others[r][q]);
            wijk_table_end_row(t);
        }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- list ---- */

static int list(struct cli *c, struct wijk_store *store, const char *gemeente, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {
        {"id", WIJK_T("Nummer"), -1},       {"at", WIJK_T("Moment"), -1},    {"kind", WIJK_T("Soort"), -1},
        {"object", WIJK_T("Object"), -1},   {"reason", WIJK_T("Reden"), -1}, {"role", WIJK_T("Rol"), -1},
        {"account", WIJK_T("Account"), -1}, {"state", WIJK_T("Stand"), -1}};
    const struct wijk_deed d = deed_of();
    const struct wijk_moderation *m;
    size_t n;
    enum wijk_err err = wijk_flow_moderation_list(c->cx, store, &d, gemeente, &m, &n);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) {
        char at[24];
        wijk_time_write(m[k].made_at, at);
        wijk_table_text(t, m[k].name);
        wijk_table_text(t, wijk_str_dup(c->cx, wijk_str(at)));
        wijk_table_text(t, wijk_said_kind_id(m[k].of.kind));
        wijk_table_text(t, m[k].of.object);
        wijk_table_text(t, wijk_mod_reason_id(m[k].reason));
        wijk_table_text(t, m[k].role);
        wijk_table_int(t, m[k].made_by);
        wijk_table_text(t, wijk_mod_state_id(m[k].state));
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- taking away and putting back ---- */

static int take(struct cli *c, struct wijk_store *store, const char *gemeente, enum wijk_format format)
{
    (void)format;
    const struct wijk_deed d = deed_of();
    struct wijk_flow_moderate_in in = {.words = cli_option(c, "why", NULL)};
    struct wijk_moderation_view v;
    if (c->n_arg < 4 || !wijk_said_kind_parse(wijk_str(c->arg[2]), &in.of.kind))
        return cli_usage(c, WIJK_T("geef soort en object: signaal, terugkoppeling, partner, functies, "
                                   "aanbod, voorstel of besluit"));
    if (!wijk_mod_reason_parse(wijk_str(cli_option(c, "reason", "")), &in.reason))
        return cli_usage(
            c,
            WIJK_T("--reason is persoonsgegevens, kwetsend, hoort-hier-niet, dubbel, op-verzoek of anders"));
    in.of.gemeente = gemeente;
    in.of.object = c->arg[3];
    enum wijk_err err = wijk_flow_moderate(c->cx, store, &d, &in, &v);
    if (err == WIJK_OK) printf("%s\n", v.m->name);
    return cli_fail(c, err);
}

static int back(struct cli *c, struct wijk_store *store, const char *gemeente, enum wijk_format format)
{
    (void)gemeente;
    (void)format;
    const struct wijk_deed d = deed_of();
    struct wijk_moderation_view v;
    if (c->n_arg < 3) return cli_usage(c, WIJK_T("geef het nummer uit de lijst"));
    return cli_fail(c, wijk_flow_moderation_back(c->cx, store, &d, c->arg[2], &v));
}

static const struct part {
    const char *name;
    int (*run)(struct cli *c, struct wijk_store *store, const char *gemeente, enum wijk_format format);
    bool writes;
} PART[] = {{"counts", counts, false}, {"list", list, false}, {"take", take, true}, {"back", back, true}};

int cli_moderate(struct cli *c)
{
    const struct part *part = NULL;
    struct wijk_store *store;
    enum wijk_format format;
    const char *gemeente = cli_option(c, "gemeente", NULL);
    for (size_t k = 0; k < sizeof PART / sizeof *PART; k++)
        if (strcmp(PART[k].name, c->arg[0]) == 0) part = &PART[k];
    if (!part) return cli_usage(c, WIJK_T("het deel is counts, list, take of back"));
    if (!gemeente) return cli_usage(c, WIJK_T("van welke gemeente? Geef --gemeente GM...."));
    if (!cli_format(c, &format)) return CLI_USAGE;
    enum wijk_err err =
        wijk_store_open(c->cx, c->arg[1], part->writes ? WIJK_STORE_WRITE : WIJK_STORE_READ, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    int code = part->run(c, store, gemeente, format);
    wijk_store_close(store);
    return code;
}
