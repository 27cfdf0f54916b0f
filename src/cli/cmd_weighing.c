/* SPDX-License-Identifier: EUPL-1.2 */
/* wijk measure --recipe: a municipality's own weighing, or with --sensitivity how firm it is. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static const char *in_lang(const struct cli *c, const char *nl, const char *en)
{
    return wijk_cx_lang(c->cx) == WIJK_EN ? en : nl;
}

/* A name of the definitions, or else a file. */
static enum wijk_err recipe_of(struct cli *c, const struct wijk_defs *defs, const char *name,
                               const struct wijk_recipe **out)
{
    struct wijk_str bytes;
    *out = wijk_defs_recipe(defs, name);
    if (*out) return WIJK_OK;
    if (!strchr(name, '/') && !strstr(name, ".yaml"))
        return wijk_fail(c->cx, WIJK_ENOTFOUND, "De methode of weging %s bestaat niet.", name);
    WIJK_TRY(wijk_file_read(c->cx, name, WIJK_LIMIT_YAML, &bytes));
    return wijk_recipe_read(c->cx, defs, bytes, name, out);
}

/* What the public would not get to see, and why. */
static void say_misses(const struct cli *c, const struct wijk_recipe *r)
{
    const char *misses[WIJK_RECORD_MISSES_MAX];
    size_t n = wijk_record_misses(&r->record, cli_now(), misses);
    if (n) fputs(wijk_tr(c->cx, "Deze weging is nog niet openbaar. Er ontbreekt:\n"), stderr);
    for (size_t i = 0; i < n; i++) fprintf(stderr, "  %s\n", wijk_tr(c->cx, misses[i]));
}

static void print_area(struct cli *c, struct wijk_table_out *t, const struct wijk_weighing *w, size_t p,
                       size_t row)
{
    const struct wijk_index *ix = &w->index[p];
    const struct wijk_area *a = &w->division->areas.v[w->area[row]];
    double half = ix->error ? 1.96 * ix->error[row] : NAN;
    int k = ix->class_[row];
    char period[16];
    wijk_period_write(w->period[p], period);
    wijk_table_text(t, a->code);
    wijk_table_text(t, a->name);
    wijk_table_text(t, wijk_level_id(w->recipe->level));
    wijk_table_text(t, period);
    wijk_table_text(t, w->recipe->id);
    wijk_table_num(t, ix->total[row]);
    wijk_table_num(t, ix->total[row] - half);
    wijk_table_num(t, ix->total[row] + half);
    if (k)
        wijk_table_int(t, k);
    else
        wijk_table_empty(t);
    wijk_table_text(t, k ? in_lang(c, w->recipe->class_nl[k - 1], w->recipe->class_en[k - 1]) : NULL);
    wijk_table_num(t, ix->known[row]);
    wijk_table_text(t, wijk_lack_id((enum wijk_lack)ix->lack[row]));
    wijk_table_text(t, k ? wijk_weighing_id(c->cx, w, a->code, p, "") : NULL);
    wijk_table_end_row(t);
}

static int print_areas(struct cli *c, enum wijk_format format, const struct wijk_weighing *w)
{
    static const struct wijk_column COLUMNS[] = {
        {"code", WIJK_T("Code"), -1},           {"name", WIJK_T("Naam"), -1},
        {"level", WIJK_T("Niveau"), -1},        {"year", WIJK_T("Jaar"), -1},
        {"recipe", WIJK_T("Weging"), -1},       {"score", WIJK_T("Uitkomst"), 2},
        {"low", WIJK_T("Band van"), 2},         {"high", WIJK_T("Band tot"), 2},
        {"class", WIJK_T("Klasse"), -1},        {"class_name", WIJK_T("In woorden"), -1},
        {"known", WIJK_T("Bekend gewicht"), 2}, {"lack", WIJK_T("Waarom niet"), -1},
        {"trace", WIJK_T("Spoor"), -1}};
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t p = 0; p < w->n_period; p++)
        for (size_t i = 0; i < w->n_area; i++) print_area(c, t, w, p, i);
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

static void print_part(struct cli *c, struct wijk_table_out *t, const struct wijk_weighing *w,
                       const char *kind, const char *id, double weight, const struct wijk_sensitivity_part *s)
{
    char period[16];
    (void)c;
    wijk_period_write(w->period[w->at], period);
    wijk_table_text(t, w->recipe->id);
    wijk_table_text(t, period);
    wijk_table_text(t, kind);
    wijk_table_text(t, id);
    wijk_table_num(t, weight);
    wijk_table_int(t, (int64_t)w->sensitivity->n_scored);
    wijk_table_int(t, (int64_t)s->more);
    wijk_table_int(t, (int64_t)s->less);
    wijk_table_int(t, (int64_t)s->without);
    wijk_table_end_row(t);
}

static int print_sensitivity(struct cli *c, enum wijk_format format, const struct wijk_weighing *w)
{
    static const struct wijk_column COLUMNS[] = {{"recipe", WIJK_T("Weging"), -1},
                                                 {"year", WIJK_T("Jaar"), -1},
                                                 {"kind", WIJK_T("Soort"), -1},
                                                 {"id", WIJK_T("Wat"), -1},
                                                 {"weight", WIJK_T("Gewicht"), -1},
                                                 {"areas", WIJK_T("Gebieden"), -1},
                                                 {"more", WIJK_T("Andere klasse bij meer"), -1},
                                                 {"less", WIJK_T("Andere klasse bij minder"), -1},
                                                 {"without", WIJK_T("Andere klasse zonder"), -1}};
    const struct wijk_sensitivity *s = w->sensitivity;
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t d = 0; d < w->recipe->n_dimension; d++)
        print_part(c, t, w, "dimension", w->recipe->dimension[d].id, w->recipe->dimension[d].weight,
                   &s->dimension[d]);
    for (size_t k = 0; k < w->recipe->n_input; k++)
        print_part(c, t, w, "input", w->recipe->input[k].indicator, w->recipe->input[k].weight, &s->input[k]);
    bool done = wijk_table_close(t);
    fprintf(
        stderr,
        wijk_tr(c->cx,
                "%zu van de %zu gebieden houden hun klasse in 95%% van %zu trekkingen waarin alle gewichten "
                "tot %s%% verschuiven; %zu krijgen een andere als één gewicht verschuift of wegvalt.\n"),
        s->n_firm, s->n_scored, s->draws, wijk_num_people(c->cx, 100 * s->change, 0), s->n_any);
    return done ? CLI_OK : CLI_FAILED;
}

int cli_weighing(struct cli *c, const struct wijk_snapshot *s, const char *name, enum wijk_format format)
{
    const struct wijk_weighing *w;
    struct wijk_flow_weighing_in in = {.sensitivity = cli_switch(c, "sensitivity"),
                                       .progress = cli_progress()};
    enum wijk_err err = recipe_of(c, s->defs, name, &in.recipe);
    enum wijk_level level;
    if (err == WIJK_OK && !cli_level(c, in.recipe->level, &level)) return CLI_USAGE;
    if (err == WIJK_OK && level != in.recipe->level)
        return cli_usage(c, wijk_sprintf(c->cx, wijk_tr(c->cx, "deze weging is van %s."),
                                         wijk_tr(c->cx, wijk_level_label(in.recipe->level, true))));
    if (err == WIJK_OK) err = wijk_flow_weights(c->cx, in.recipe, cli_option(c, "weights", NULL), &in.weight);
    if (err == WIJK_OK) err = wijk_flow_weighing(c->cx, s, &in, &w);
    if (err != WIJK_OK) return cli_fail(c, err);
    say_misses(c, in.recipe);
    return in.sensitivity ? print_sensitivity(c, format, w) : print_areas(c, format, w);
}
