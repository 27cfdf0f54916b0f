/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands about a store as a whole: new, demo, check, backup, export, and help and sources, which need none.
 */
#include "cli/cli.h"

#include <string.h>

static void say(const struct cli *c, const char *sentence)
{
    fprintf(stderr, "%s\n", wijk_tr(c->cx, sentence));
}

int cli_new(struct cli *c)
{
    struct wijk_store *store;
    enum wijk_err err = wijk_store_create(c->cx, c->arg[0], &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    const char *title = cli_option(c, "title", NULL);
    if (title) err = wijk_store_begin(c->cx, store);
    if (title && err == WIJK_OK) err = wijk_store_set_title(c->cx, store, title, false);
    if (title && err == WIJK_OK) err = wijk_store_commit(c->cx, store);
    wijk_store_close(store);
    return cli_fail(c, err);
}

/* A new store, or one that holds nothing yet: that is what a demo that was stopped leaves behind. */
static enum wijk_err demo_store(struct cli *c, struct wijk_store **out)
{
    const struct wijk_division *division;
    const struct wijk_load *load;
    size_t n_division, n_load;
    enum wijk_err made = wijk_store_create(c->cx, c->arg[0], out);
    if (made != WIJK_EEXISTS) return made;
    const char *sentence = wijk_str_dup(c->cx, wijk_str(wijk_fault(c->cx)));
    if (wijk_store_open(c->cx, c->arg[0], WIJK_STORE_WRITE, out) == WIJK_OK) {
        if (wijk_store_divisions(c->cx, *out, &division, &n_division) == WIJK_OK && n_division == 0 &&
            wijk_store_read_loads(c->cx, *out, &load, &n_load) == WIJK_OK && n_load == 0)
            return WIJK_OK;
        wijk_store_close(*out);
    }
    return wijk_fail(c->cx, WIJK_EEXISTS, "%s", sentence);
}

int cli_demo(struct cli *c)
{
    const struct wijk_defs *defs;
    struct wijk_store *store;
    enum wijk_err err = cli_defs(c, &defs);
    if (err == WIJK_OK) err = demo_store(c, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = wijk_flow_demo(c->cx, store, defs, cli_progress());
    wijk_store_close(store);
    return cli_fail(c, err);
}

int cli_check(struct cli *c)
{
    struct wijk_store *store;
    const char *const *problem;
    size_t n;
    enum wijk_err err = wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = wijk_store_check(c->cx, store, &problem, &n);
    wijk_store_close(store);
    if (err != WIJK_OK) return cli_fail(c, err);
    for (size_t i = 0; i < n; i++) fprintf(stderr, "wijk: %s\n", problem[i]);
    if (n == 0) say(c, WIJK_T("Het bestand is in orde."));
    return n ? CLI_FAILED : CLI_OK;
}

int cli_backup(struct cli *c)
{
    struct wijk_store *store;
    enum wijk_err err = wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = wijk_store_backup(c->cx, store, c->arg[1]);
    wijk_store_close(store);
    return cli_fail(c, err);
}

int cli_export(struct cli *c)
{
    const char *text = cli_option(c, "format", NULL), *dot = strrchr(c->arg[1], '.');
    struct wijk_flow_export_in in = {.kind = WIJK_EXPORT_CSV, .within = cli_option(c, "within", NULL)};
    bool known = wijk_export_parse(wijk_str(text ? text : dot ? dot + 1 : "csv"), &in.kind);
    if (!known && text) return cli_usage(c, wijk_tr(c->cx, "--format is csv, json, geojson, xlsx of gpkg."));
    if (!cli_level(c, WIJK_LEVEL_COUNT, &in.level)) return CLI_USAGE;
    const struct wijk_snapshot *s;
    bool map = in.kind == WIJK_EXPORT_GEOJSON || in.kind == WIJK_EXPORT_GPKG;
    enum wijk_err err = cli_snapshot(c, map, &s);
    if (err == WIJK_OK)
        err = wijk_flow_export(c->cx, s, &in,
                               &(struct wijk_file_to){c->arg[1], cli_switch(c, "replace"), NULL});
    return cli_fail(c, err);
}

int cli_sources(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {{"id", WIJK_T("Bron"), -1},
                                                 {"title", WIJK_T("Naam"), -1},
                                                 {"publisher", WIJK_T("Uitgever"), -1},
                                                 {"licence", WIJK_T("Licentie"), -1},
                                                 {"format", WIJK_T("Vorm"), -1},
                                                 {"fetch", WIJK_T("Op te halen via"), -1}};
    const struct wijk_defs *defs;
    struct wijk_store *store = NULL;
    enum wijk_format format;
    if (!cli_format(c, &format)) return CLI_USAGE;
    enum wijk_err err = c->n_arg ? wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, &store) : WIJK_OK;
    if (err == WIJK_OK) err = cli_defs_of(c, store, &defs);
    wijk_store_close(store);
    if (err != WIJK_OK) return cli_fail(c, err);
    const char **ways = WIJK_NEW(c->cx, const char *, defs->n_source);
    for (size_t i = 0; i < defs->n_source && err == WIJK_OK; i++)
        err = wijk_fetch_ways(c->cx, &defs->source[i], &ways[i]);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < defs->n_source; i++) {
        const struct wijk_source *s = &defs->source[i];
        wijk_table_text(t, s->id);
        wijk_table_text(t, wijk_cx_lang(c->cx) == WIJK_EN ? s->title_en : s->title_nl);
        wijk_table_text(t, s->publisher);
        wijk_table_text(t, s->licence);
        wijk_table_text(t, s->format);
        wijk_table_text(t, ways[i]);
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

static void print_options(const struct cli *c, const char *names)
{
    printf("  %s", wijk_tr(c->cx, "Opties:"));
    for (size_t n; *names; names += n + (names[n] == ' ')) {
        n = strcspn(names, " ");
        printf(" --%.*s", (int)n, names);
    }
    putchar('\n');
}

int cli_help(struct cli *c)
{
    for (size_t i = 0; i < CLI_COMMANDS_N; i++) {
        const struct cli_command *k = &CLI_COMMANDS[i];
        if (c->n_arg && strcmp(k->name, c->arg[0]) != 0) continue;
        if (!c->n_arg) {
            printf("wijk %-8s %s\n", k->name, wijk_tr(c->cx, k->summary));
            continue;
        }
        printf("wijk %s %s\n  %s\n", k->name, k->usage, wijk_tr(c->cx, k->summary));
        if (*k->options) print_options(c, k->options);
        printf("  %s %s\n", wijk_tr(c->cx, "Voorbeeld:"), k->example);
        return CLI_OK;
    }
    if (!c->n_arg) return CLI_OK;
    return cli_usage(
        c, wijk_sprintf(c->cx, wijk_tr(c->cx, "de opdracht %s bestaat niet. `wijk help` geeft de lijst."),
                        c->arg[0]));
}
