/* SPDX-License-Identifier: EUPL-1.2 */
/* `wijk crosswalk`: how figures of one division are brought to a later one. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static void print_refused(const struct cli *c, const struct wijk_flow_crossed *x)
{
    enum { TOLD = 20 };
    for (size_t i = 0; i < x->n_refused && i < TOLD; i++) {
        const struct wijk_finding *f = &x->refused[i];
        fprintf(stderr, wijk_tr(c->cx, "  regel %llu: %s %s\n"), (unsigned long long)f->line,
                cli_plain(c, f->reason), cli_plain(c, f->cure));
    }
    if (x->n_refused > TOLD) fprintf(stderr, wijk_tr(c->cx, "  en nog %zu.\n"), x->n_refused - TOLD);
}

static void print_summary(const struct cli *c, const struct wijk_flow_crossed *x)
{
    const struct wijk_crosswalk_derived *d = x->derived;
    if (d) {
        bool all = !cli_option(c, "gemeente", NULL); /* else the rest of the country would count as gone */
        fprintf(stderr, wijk_tr(c->cx, "%zu van de %zu gebieden bleven gelijk.\n"), d->unchanged, x->to->n);
        if (all)
            fprintf(stderr, wijk_tr(c->cx, "%zu oude gebieden verdwenen, %zu zijn nieuw.\n"), d->gone,
                    d->new_);
        fprintf(stderr,
                wijk_tr(c->cx, "%zu snippers (%.0f m2) tellen niet mee; %zu gebieden zonder grens.\n"),
                d->slivers, d->sliver_m2, d->no_shape);
        fprintf(stderr,
                wijk_tr(c->cx,
                        "Van %zu oude gebieden gaan de delen naar inwoners, van de rest naar oppervlak.\n"),
                d->by_people);
    } else if (x->rows) {
        fprintf(stderr, wijk_tr(c->cx, "%llu regels, %llu overgenomen, %zu geweigerd.\n"),
                (unsigned long long)x->rows, (unsigned long long)x->taken, x->n_refused);
        print_refused(c, x);
    }
}

/* "0.01" as a share; false after a complaint. */
static bool share_option(const struct cli *c, const char *name, double *out)
{
    const char *text = cli_option(c, name, NULL);
    *out = 0;
    if (!text || (wijk_num_parse(wijk_str(text), WIJK_NUM_POINT, out) && *out > 0 && *out <= 1)) return true;
    fprintf(stderr, wijk_tr(c->cx, "wijk: bij --%s hoort een deel van 0 tot 1, zoals 0.01.\n"), name);
    return false;
}

static bool year_argument(struct cli *c, size_t k, int *out)
{
    int64_t year;
    if (!wijk_int_parse(wijk_str(c->arg[k]), 1990, 2100, &year)) return false;
    *out = (int)year;
    return true;
}

static enum wijk_err run(struct cli *c, const struct wijk_flow_cross *which, struct wijk_overlay_opt opt,
                         const struct wijk_flow_crossed **x)
{
    const struct wijk_defs *defs;
    struct wijk_store *store;
    bool derive = cli_switch(c, "derive");
    struct wijk_flow_cross_table table = {.path = cli_option(c, "import", NULL),
                                          .from_column = cli_option(c, "from-column", NULL),
                                          .to_column = cli_option(c, "to-column", NULL),
                                          .share_column = cli_option(c, "share-column", NULL),
                                          .rest = cli_switch(c, "rest")};
    bool writes = derive || table.path;
    enum wijk_err err = cli_defs(c, &defs);
    if (err == WIJK_OK)
        err = wijk_store_open(c->cx, c->arg[0], writes ? WIJK_STORE_WRITE : WIJK_STORE_READ, &store);
    if (err != WIJK_OK) return err;
    err = derive       ? wijk_flow_cross_derive(c->cx, store, defs, which, opt, x)
          : table.path ? wijk_flow_cross_import(c->cx, store, which, &table, x)
                       : wijk_flow_cross_find(c->cx, store, which, x);
    wijk_store_close(store);
    return err;
}

static int print_links(struct cli *c, enum wijk_format format, const struct wijk_flow_crossed *x)
{
    static const struct wijk_column COLUMNS[] = {
        {"from", WIJK_T("Oud"), -1},       {"to", WIJK_T("Nieuw"), -1},
        {"share", WIJK_T("Deel"), 4},      {"kind", WIJK_T("Wijziging"), -1},
        {"method", WIJK_T("Manier"), -1},  {"share_area", WIJK_T("Deel van het oppervlak"), 4},
        {"moved", WIJK_T("Verschoven"), 4}};
    const struct wijk_crosswalk *w = x->crosswalk;
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < w->n; i++) {
        const struct wijk_cross_link *l = &w->link[i];
        bool by_people = !isnan(l->share_residents);
        enum wijk_cross_method how = w->method == WIJK_CROSS_BY_CODES ? WIJK_CROSS_BY_CODES
                                     : by_people                      ? WIJK_CROSS_BY_RESIDENTS
                                                                      : WIJK_CROSS_BY_AREA;
        wijk_table_text(t, x->from->v[l->from].code);
        wijk_table_text(t, x->to->v[l->to].code);
        wijk_table_num(t, wijk_cross_share(l));
        wijk_table_text(t, wijk_cross_kind_id(l->kind));
        wijk_table_text(t, wijk_cross_method_id(how));
        wijk_table_num(t, how == WIJK_CROSS_BY_CODES ? NAN : l->share_area);
        wijk_table_num(t, w->moved[l->to]);
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

int cli_crosswalk(struct cli *c)
{
    enum wijk_format format;
    struct wijk_overlay_opt opt = {0};
    struct wijk_flow_cross which = {.gemeente = "", .now = cli_now()};
    const struct wijk_flow_crossed *x;
    char gemeente[WIJK_CODE_MAX];
    const char *asked = cli_option(c, "gemeente", NULL);
    if (!cli_format(c, &format) || !share_option(c, "tolerance", &opt.sliver_share) ||
        !share_option(c, "same", &opt.same))
        return CLI_USAGE;
    if (!wijk_level_parse(wijk_str(c->arg[1]), &which.level))
        return cli_usage(c, wijk_tr(c->cx, "dit niveau bestaat niet; kies buurt, wijk of gemeente."));
    if (!year_argument(c, 2, &which.from_year) || !year_argument(c, 3, &which.to_year))
        return cli_usage(c, wijk_tr(c->cx, "een indeling is een jaar, zoals 2022."));
    if (cli_switch(c, "derive") && cli_option(c, "import", NULL))
        return cli_usage(c, wijk_tr(c->cx, "kies --derive of --import, niet allebei."));
    if (asked) {
        if (!wijk_code_normalise(wijk_str(asked), WIJK_LEVEL_GEMEENTE, gemeente))
            return cli_usage(c, wijk_tr(c->cx, "een gemeente is een code, zoals GM0014."));
        which.gemeente = gemeente;
    }
    enum wijk_err err = run(c, &which, opt, &x);
    if (err != WIJK_OK) return cli_fail(c, err);
    print_summary(c, x);
    return print_links(c, format, x);
}
