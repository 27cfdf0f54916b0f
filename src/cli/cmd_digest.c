/* SPDX-License-Identifier: EUPL-1.2 */
/* digest: letters to who follows an area, for a clock to run (cron). Counts only on the screen, never an
 * address. */
#include "cli/cli.h"

static void say(const struct cli *c, const struct wijk_flow_digest *d, bool sent)
{
    printf(wijk_tr(c->cx, "Volgers: %zu, nog te bevestigen: %zu. Te vragen: %zu, te schrijven: %zu.\n"),
           d->followers, d->waiting, d->confirmations, d->letters);
    if (sent) printf(wijk_tr(c->cx, "Verstuurd: %zu, niet gelukt: %zu.\n"), d->sent, d->failed);
}

int cli_digest(struct cli *c)
{
    enum { WEEK = 7, YEAR = 366 };
    struct wijk_store *store;
    const struct wijk_defs *defs;
    const struct wijk_snapshot *s;
    struct wijk_flow_digest d;
    struct wijk_flow_digest_in in = {.store_path = c->arg[0], .now = cli_now()};
    int64_t days;
    const char *settings = cli_option(c, "settings", wijk_sprintf(c->cx, "%s.post.yaml", c->arg[0]));
    if (!cli_number(c, "days", 1, YEAR, WEEK, &days)) return CLI_USAGE;
    in.days = (int)days;
    enum wijk_err err = WIJK_OK;
    if (cli_switch(c, "send")) err = wijk_post_read(c->cx, settings, &in.post);
    if (err == WIJK_OK) err = wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = cli_defs_of(c, store, &defs);
    if (err == WIJK_OK)
        err = wijk_flow_snapshot(c->cx, store, defs, (struct wijk_snapshot_opt){.now = in.now}, &s);
    if (err == WIJK_OK) err = wijk_flow_digest(c->cx, store, s, &in, &d);
    wijk_store_close(store);
    if (err != WIJK_OK) return cli_fail(c, err);
    say(c, &d, in.post != NULL);
    return d.failed ? CLI_FAILED : CLI_OK;
}
