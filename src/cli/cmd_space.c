/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands that set areas beside each other on the map: cluster, concentration. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

/* ---- cluster ---- */

static int near_option(const struct cli *c, struct wijk_near_opt *out)
{
    double reach;
    const char *far = cli_option(c, "reach", NULL);
    if (!wijk_near_parse(wijk_str(cli_option(c, "neighbours", "border")), &out->how))
        return cli_usage(c, wijk_tr(c->cx, "--neighbours is border, nearest of within."));
    if (!far) return CLI_OK;
    if (out->how == WIJK_NEAR_BORDER || !wijk_num_parse(wijk_str(far), WIJK_NUM_POINT, &reach) ||
        !(reach > 0) || reach > (out->how == WIJK_NEAR_NEAREST ? 1000 : 1e6) ||
        (out->how == WIJK_NEAR_NEAREST && reach != floor(reach)))
        return cli_usage(
            c, wijk_tr(c->cx,
                       "--reach is een aantal buren (met nearest) of een afstand in meter (met within)."));
    if (out->how == WIJK_NEAR_NEAREST)
        out->k = (size_t)reach;
    else
        out->radius_m = reach;
    return CLI_OK;
}

static void print_clusters(struct cli *c, struct wijk_table_out *t, const struct wijk_flow_cluster *f)
{
    const struct wijk_clusters *found = f->found;
    char period[16];
    wijk_period_write(f->period, period);
    for (size_t i = 0; i < f->n; i++) {
        const struct wijk_area *a = &f->division->areas.v[f->area[i]];
        const enum wijk_lack lack = found->lack[i];
        wijk_table_text(t, a->code);
        wijk_table_text(t, a->name);
        wijk_table_text(t, wijk_level_id(f->division->areas.level));
        wijk_table_text(t, period);
        wijk_table_num(t, f->value[i]);
        if (found->lack[i])
            wijk_table_empty(t); /* it takes no part, so it is nobody's neighbour */
        else
            wijk_table_int(t, found->n_near[i]);
        wijk_table_num(t, found->lag[i]);
        wijk_table_text(t, lack ? NULL : wijk_cluster_id(found->kind[i]));
        wijk_table_text(t, wijk_tr(c->cx, lack ? wijk_lack_text(lack) : wijk_cluster_text(found->kind[i])));
        wijk_table_num(t, found->local[i]);
        wijk_table_num(t, found->star[i]);
        wijk_table_num(t, found->p[i]);
        wijk_table_num(t, found->q[i]);
        wijk_table_text(t, lack ? wijk_lack_id(lack) : NULL);
        wijk_table_text(t, wijk_flow_cluster_id(c->cx, f, a->code, WIJK_CLUSTER_TOLD_Q));
        wijk_table_end_row(t);
    }
}

static void say_clusters(const struct cli *c, const struct wijk_flow_cluster *f)
{
    fprintf(stderr, "%s\n", wijk_flow_cluster_words(c->cx, f));
    if (isnan(f->found->all.i)) return;
    fprintf(stderr, wijk_tr(c->cx, "Morans I is %s (p = %s); %zu trekkingen. Spoor: %s\n"),
            wijk_num_people(c->cx, f->found->all.i, 3), wijk_num_people(c->cx, f->found->all.p, 3),
            f->found->n_draw, wijk_flow_cluster_id(c->cx, f, WIJK_TRACE_ALL, WIJK_CLUSTER_TOLD_ALL));
}

int cli_cluster(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {{"code", WIJK_T("Code"), -1},
                                                 {"name", WIJK_T("Naam"), -1},
                                                 {"level", WIJK_T("Niveau"), -1},
                                                 {"year", WIJK_T("Jaar"), -1},
                                                 {"value", WIJK_T("Waarde"), -1},
                                                 {"neighbours", WIJK_T("Buren"), -1},
                                                 {"neighbour_mean", WIJK_T("Buren gemiddeld"), 3},
                                                 {"cluster", WIJK_T("Patroon"), -1},
                                                 {"cluster_name", WIJK_T("In woorden"), -1},
                                                 {"local_i", WIJK_T("Lokale Moran"), 3},
                                                 {"g_star", WIJK_T("Gi*"), 3},
                                                 {"p", WIJK_T("p"), 5},
                                                 {"q", WIJK_T("q"), 5},
                                                 {"lack", WIJK_T("Waarom niet"), -1},
                                                 {"trace", WIJK_T("Spoor"), -1}};
    enum wijk_format format;
    int64_t year, draws;
    struct wijk_flow_cluster_in in = {
        .indicator = c->arg[1], .by = cli_option(c, "beside", NULL), .within = cli_option(c, "within", NULL)};
    struct wijk_flow_cluster f;
    const struct wijk_snapshot *s;
    if (!wijk_period_parse(wijk_str(c->arg[2]), &in.period))
        return cli_usage(c, wijk_tr(c->cx, "een periode is een jaar (2024) of een maand (2024-05)."));
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &in.level) ||
        !cli_number(c, "year", 1990, 2100, 0, &year) || !cli_number(c, "draws", 99, 999999, 0, &draws))
        return CLI_USAGE;
    if (near_option(c, &in.near) != CLI_OK) return CLI_USAGE;
    in.division_year = (int)year;
    in.n_draw = (size_t)draws;
    enum wijk_err err = cli_snapshot(c, true, &s);
    if (err == WIJK_OK) err = wijk_flow_cluster(c->cx, s, &in, &f);
    if (err != WIJK_OK) return cli_fail(c, err);
    say_clusters(c, &f);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    print_clusters(c, t, &f);
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- concentration ---- */

static const struct wijk_column OF_GEMEENTE[] = {
    {"code", WIJK_T("Code"), -1},
    {"name", WIJK_T("Naam"), -1},
    {"year", WIJK_T("Jaar"), -1},
    {"areas", WIJK_T("Gebieden"), -1},
    {"left_out", WIJK_T("Zonder cijfer"), -1},
    {"share", WIJK_T("Aandeel"), 1},
    {"dissimilarity", WIJK_T("Ongelijke verdeling"), 3},
    {"low", WIJK_T("Laag"), 3},
    {"high", WIJK_T("Hoog"), 3},
    {"chance", WIJK_T("Bij toeval"), 3},
    {"isolation", WIJK_T("Onderlinge nabijheid"), 3},
    {"corporatiebuurten", WIJK_T("Corporatiebuurten"), 0},
    {"in_corporatie", WIJK_T("In een corporatiebuurt"), 1},
    {"all_in_corporatie", WIJK_T("Allen in een corporatiebuurt"), 1},
    {"lack", WIJK_T("Waarom niet"), -1},
    {"trace", WIJK_T("Spoor"), -1}};
static const struct wijk_column OF_AREA[] = {{"code", WIJK_T("Code"), -1},
                                             {"name", WIJK_T("Naam"), -1},
                                             {"gemeente", WIJK_T("Gemeente"), -1},
                                             {"year", WIJK_T("Jaar"), -1},
                                             {"share", WIJK_T("Aandeel"), 1},
                                             {"quotient", WIJK_T("Verhouding"), 2},
                                             {"corporation_share", WIJK_T("Corporatiewoningen"), 1},
                                             {"corporatiebuurt", WIJK_T("Corporatiebuurt"), -1},
                                             {"map_cell", WIJK_T("Vak van de dubbele kaart"), -1},
                                             {"lack", WIJK_T("Waarom niet"), -1},
                                             {"trace", WIJK_T("Spoor"), -1}};

static void print_gemeenten(struct cli *c, struct wijk_table_out *t, const struct wijk_flow_concentration *f)
{
    char period[16];
    wijk_period_write(f->period, period);
    for (size_t w = 0; w < f->n_whole; w++) {
        const struct wijk_concentration *o = &f->of[w];
        wijk_table_text(t, f->whole_code[w]);
        wijk_table_text(t, f->whole_name[w]);
        wijk_table_text(t, period);
        wijk_table_int(t, (int64_t)o->n_area);
        wijk_table_int(t, (int64_t)o->n_left);
        wijk_table_num(t, o->share_pct);
        wijk_table_num(t, o->dissimilarity);
        wijk_table_num(t, o->low);
        wijk_table_num(t, o->high);
        wijk_table_num(t, o->chance);
        wijk_table_num(t, o->isolation);
        wijk_table_num(t, o->n_corporatie);
        wijk_table_num(t, o->in_corporatie_pct);
        wijk_table_num(t, o->base_in_corporatie_pct);
        wijk_table_text(t, o->lack ? wijk_lack_id(o->lack) : NULL);
        wijk_table_text(
            t, wijk_flow_concentration_id(c->cx, f, f->whole_code[w], WIJK_CONCENTRATION_TOLD_DISSIMILARITY));
        wijk_table_end_row(t);
    }
}

static void print_areas(struct cli *c, struct wijk_table_out *t, const struct wijk_flow_concentration *f)
{
    char period[16];
    wijk_period_write(f->period, period);
    for (size_t i = 0; i < f->n; i++) {
        const struct wijk_area *a = &f->division->areas.v[f->area[i]];
        wijk_table_text(t, a->code);
        wijk_table_text(t, a->name);
        wijk_table_text(t, f->whole_code[f->whole[i]]);
        wijk_table_text(t, period);
        wijk_table_num(t, f->share[i]);
        wijk_table_num(t, f->quotient[i]);
        wijk_table_num(t, f->housing_pct[i]);
        if (isnan(f->housing_pct[i]))
            wijk_table_empty(t);
        else
            wijk_table_bool(t, wijk_corporatiebuurt(f->housing_pct[i]));
        if (f->cell[i] == WIJK_BIVARIATE_NONE)
            wijk_table_empty(t);
        else
            wijk_table_int(t, f->cell[i]);
        wijk_table_text(t, f->lack[i] ? wijk_lack_id(f->lack[i]) : NULL);
        wijk_table_text(t, wijk_flow_concentration_id(c->cx, f, a->code, WIJK_CONCENTRATION_TOLD_QUOTIENT));
        wijk_table_end_row(t);
    }
}

int cli_concentration(struct cli *c)
{
    enum wijk_format format;
    int64_t division;
    const char *period = cli_option(c, "period", NULL);
    struct wijk_flow_concentration_in in = {.indicator = cli_option(c, "indicator", NULL),
                                            .base = cli_option(c, "base", NULL),
                                            .within = cli_option(c, "within", NULL)};
    struct wijk_flow_concentration f;
    const struct wijk_snapshot *s;
    if (period && !wijk_period_parse(wijk_str(period), &in.period))
        return cli_usage(c, wijk_tr(c->cx, "een periode is een jaar (2024) of een maand (2024-05)."));
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &in.level) ||
        !cli_number(c, "year", 1990, 2100, 0, &division))
        return CLI_USAGE;
    in.division_year = (int)division;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err == WIJK_OK) err = wijk_flow_concentration(c->cx, s, &in, &f);
    if (err != WIJK_OK) return cli_fail(c, err);
    if (f.n_whole == 1) fprintf(stderr, "%s\n", wijk_flow_concentration_words(c->cx, &f, 0));
    const bool areas = cli_switch(c, "areas");
    const struct wijk_column *columns = areas ? OF_AREA : OF_GEMEENTE;
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), columns,
                        areas ? sizeof OF_AREA / sizeof *OF_AREA : sizeof OF_GEMEENTE / sizeof *OF_GEMEENTE);
    if (areas)
        print_areas(c, t, &f);
    else
        print_gemeenten(c, t, &f);
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}
