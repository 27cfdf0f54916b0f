/* SPDX-License-Identifier: EUPL-1.2 */
/* fetch: open data from the service of its publisher into the store. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

enum { ALLOW_MAX = 16 };

/* "https://a.nl,https://b.nl" */
static bool take_allow(const struct cli *c, const char *text, const char **allow, size_t *n)
{
    for (*n = 0; text && *text;) {
        size_t len = strcspn(text, ",");
        if (*n == ALLOW_MAX) return false;
        allow[(*n)++] = wijk_str_dup(c->cx, (struct wijk_str){text, len});
        text += len + (text[len] == ',');
    }
    return true;
}

static void print_fetched(const struct cli *c, const struct wijk_flow_fetch_out *o, bool dry_run)
{
    bool news = false;
    for (size_t i = 0; i < o->n; i++) {
        cli_print_load(c, &o->file[i], dry_run);
        news |= !o->file[i].already;
    }
    if (!o->got.n) return;
    fprintf(stderr, wijk_tr(c->cx, "Opgehaald: %zu antwoorden, %zu daarvan onveranderd, %.1f MB.\n"),
            o->got.requests, o->got.unchanged, (double)o->got.bytes / 1e6);
    if (!news && o->n == o->got.n) fputs(wijk_tr(c->cx, "Er is niets nieuws.\n"), stderr);
}

int cli_fetch(struct cli *c)
{
    const char *allow[ALLOW_MAX];
    int64_t year, release, tries, wait, timeout;
    size_t n_allow;
    if (!cli_number(c, "year", 1990, 2100, 0, &year) || !cli_number(c, "release", 1990, 2100, 0, &release) ||
        !cli_number(c, "tries", 1, 20, 0, &tries) || !cli_number(c, "wait", 1, 60000, 0, &wait) ||
        !cli_number(c, "timeout", 1, 600, 0, &timeout))
        return CLI_USAGE;
    if (!take_allow(c, cli_option(c, "allow", NULL), allow, &n_allow))
        return cli_usage(c, wijk_tr(c->cx, "bij --allow staan te veel diensten."));
    const struct wijk_defs *defs;
    struct wijk_store *store;
    enum wijk_err err = wijk_store_open(c->cx, c->arg[0], WIJK_STORE_WRITE, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_flow_fetch_out out = {0};
    bool dry_run = cli_switch(c, "dry-run");
    err = cli_defs_of(c, store, &defs);
    if (err == WIJK_OK) {
        struct wijk_flow_fetch_in in = {
            .defs = defs,
            .source = c->arg[1],
            .way = cli_option(c, "way", NULL),
            .gemeente = cli_option(c, "gemeente", NULL),
            .year = (int)year,
            .release = cli_option(c, "release", NULL),
            .dry_run = dry_run,
            .opt = {.cache = cli_option(c, "cache", wijk_sprintf(c->cx, "%s.cache", c->arg[0])),
                    .n_allow = n_allow,
                    .allow = allow,
                    .ca = cli_option(c, "ca", NULL),
                    .proxy = cli_option(c, "proxy", NULL),
                    .tries = (int)tries,
                    .wait_ms = (int)wait,
                    .timeout_s = (int)timeout,
                    .seed = (uint64_t)cli_now() ^ (uint64_t)getpid(),
                    .now = cli_now(),
                    .progress = cli_progress()}};
        err = wijk_flow_fetch(c->cx, store, in, &out);
    }
    wijk_store_close(store);
    print_fetched(c, &out, dry_run);
    return cli_fail(c, err);
}
