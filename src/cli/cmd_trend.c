/* SPDX-License-Identifier: EUPL-1.2 */
/* trend and trajectory: where every area goes, the type of its course, and how many went from which class or
 * type to which. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

enum { YEAR_LEAST = 1900, YEAR_MOST = 2200 };

static bool year_option(const struct cli *c, const char *name, int *out)
{
    int64_t year;
    if (!cli_number(c, name, YEAR_LEAST, YEAR_MOST, 0, &year)) return false;
    *out = (int)year;
    return true;
}

/* The division asked for; without a level the lowest with scores, or with anything. */
static enum wijk_err division(struct cli *c, const struct wijk_snapshot *s, enum wijk_level level,
                              const struct wijk_snapshot_division **out)
{
    *out = level < WIJK_LEVEL_COUNT ? wijk_snapshot_division(s, level, 0) : NULL;
    for (size_t i = 0; !*out && level == WIJK_LEVEL_COUNT && i < s->n_division; i++)
        if (s->division[i].n_scores) *out = &s->division[i];
    if (!*out && level == WIJK_LEVEL_COUNT && s->n_division) *out = &s->division[0];
    if (*out) return WIJK_OK;
    return wijk_fail(c->cx, WIJK_ENOTFOUND, "Dit bestand heeft zulke gebieden niet.");
}

static void head(struct wijk_table_out *t, const struct wijk_snapshot_division *d, size_t a)
{
    wijk_table_text(t, d->areas.v[a].code);
    wijk_table_text(t, d->areas.v[a].name);
    wijk_table_text(t, wijk_level_id(d->areas.level));
    wijk_table_int(t, d->areas.division_year);
}

static void whole(struct wijk_table_out *t, int v)
{
    if (v)
        wijk_table_int(t, v);
    else
        wijk_table_empty(t);
}

/* An infinite bound is none. */
static void bound(struct wijk_table_out *t, double v)
{
    wijk_table_num(t, isfinite(v) ? v : (double)NAN);
}

/* ---- trend ---- */

static const struct wijk_column TREND[] = {{"code", WIJK_T("Code"), -1},
                                           {"name", WIJK_T("Naam"), -1},
                                           {"level", WIJK_T("Niveau"), -1},
                                           {"division_year", WIJK_T("Indeling"), -1},
                                           {"indicator", WIJK_T("Indicator"), -1},
                                           {"release", WIJK_T("Uitgave"), -1},
                                           {"points", WIJK_T("Metingen"), -1},
                                           {"first", WIJK_T("Van"), -1},
                                           {"last", WIJK_T("Tot"), -1},
                                           {"slope_per_year", WIJK_T("Per jaar"), 4},
                                           {"low", WIJK_T("Van minstens"), 4},
                                           {"high", WIJK_T("Tot hoogstens"), 4},
                                           {"sen_slope", WIJK_T("Mediaan van de hellingen"), 4},
                                           {"sen_low", WIJK_T("Mediaan minstens"), 4},
                                           {"sen_high", WIJK_T("Mediaan hoogstens"), 4},
                                           {"smoothed_slope", WIJK_T("Gladgestreken"), 4},
                                           {"own_share", WIJK_T("Eigen aandeel"), 3},
                                           {"course", WIJK_T("Richting"), -1},
                                           {"break_year", WIJK_T("Knik"), -1},
                                           {"slope_before", WIJK_T("Voor de knik"), 4},
                                           {"slope_after", WIJK_T("Na de knik"), 4},
                                           {"after_low", WIJK_T("Na de knik minstens"), 4},
                                           {"after_high", WIJK_T("Na de knik hoogstens"), 4},
                                           {"break_p", WIJK_T("Kans op zo'n knik"), 4},
                                           {"break_q", WIJK_T("Gecorrigeerde kans"), 4},
                                           {"smoothed_value", WIJK_T("Laatste cijfer gladgestreken"), 3},
                                           {"own_share_value", WIJK_T("Eigen aandeel van het cijfer"), 3},
                                           {"reason", WIJK_T("Waarom niet"), -1},
                                           {"trace", WIJK_T("Spoor"), -1},
                                           {"smoothed_trace", WIJK_T("Spoor gladgestreken"), -1},
                                           {"smoothed_value_trace", WIJK_T("Spoor laatste cijfer"), -1}};

static void trend_row(struct cli *c, struct wijk_table_out *o, const struct wijk_flow_trends *t, size_t a)
{
    const struct wijk_trend *v = &t->trend[a];
    head(o, t->history->division, a);
    wijk_table_text(o, t->history->indicator->id);
    wijk_table_text(o, t->history->release);
    wijk_table_int(o, (int64_t)v->n);
    wijk_table_num(o, v->first);
    wijk_table_num(o, v->last);
    wijk_table_num(o, v->line.slope);
    wijk_table_num(o, v->low);
    wijk_table_num(o, v->high);
    wijk_table_num(o, v->sen.slope);
    bound(o, v->sen.low);
    bound(o, v->sen.high);
    wijk_table_num(o, t->slope[a].value);
    wijk_table_num(o, t->slope[a].own);
    wijk_table_text(o, wijk_course_id(v->course));
    wijk_table_num(o, v->break_at);
    wijk_table_num(o, v->before);
    wijk_table_num(o, v->after);
    wijk_table_num(o, v->after_low);
    wijk_table_num(o, v->after_high);
    wijk_table_num(o, v->break_p);
    wijk_table_num(o, v->break_q);
    wijk_table_num(o, t->level ? t->level[a].value : (double)NAN);
    wijk_table_num(o, t->level ? t->level[a].own : (double)NAN);
    wijk_table_text(o, wijk_lack_id(v->lack));
    wijk_table_text(o, v->lack == WIJK_LACK_NONE ? wijk_trend_id(c->cx, t, a) : NULL);
    wijk_table_text(o, isnan(t->slope[a].value) ? NULL : wijk_smoothed_id(c->cx, t, a, false));
    wijk_table_text(o, t->level && !isnan(t->level[a].value) ? wijk_smoothed_id(c->cx, t, a, true) : NULL);
    wijk_table_end_row(o);
}

int cli_trend(struct cli *c)
{
    struct wijk_flow_trends_in in = {.indicator = c->arg[1], .release = cli_option(c, "release", NULL)};
    const struct wijk_flow_trends *t;
    const struct wijk_snapshot *s;
    enum wijk_format format;
    enum wijk_level level;
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &level) ||
        !year_option(c, "from", &in.from_year))
        return CLI_USAGE;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err == WIJK_OK) err = division(c, s, level, &in.division);
    if (err == WIJK_OK) err = wijk_flow_trends(c->cx, s, &in, &t);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *o =
        wijk_table_open(c->cx, format, cli_stdout(), TREND, sizeof TREND / sizeof *TREND);
    for (size_t a = 0; a < t->history->n_area; a++) trend_row(c, o, t, a);
    return wijk_table_close(o) ? CLI_OK : CLI_FAILED;
}

/* ---- trajectory ---- */

static const struct wijk_column COURSE[] = {{"code", WIJK_T("Code"), -1},
                                            {"name", WIJK_T("Naam"), -1},
                                            {"level", WIJK_T("Niveau"), -1},
                                            {"division_year", WIJK_T("Indeling"), -1},
                                            {"method", WIJK_T("Methode"), -1},
                                            {"recipe", WIJK_T("Recept"), -1},
                                            {"base_year", WIJK_T("Basisjaar"), -1},
                                            {"recent_year", WIJK_T("Recent sinds"), -1},
                                            {"year", WIJK_T("Jaar"), -1},
                                            {"type", WIJK_T("Type"), -1},
                                            {"change", WIJK_T("Verandering"), 3},
                                            {"recent_change", WIJK_T("Recente verandering"), 3},
                                            {"class_from", WIJK_T("Klasse toen"), -1},
                                            {"class_now", WIJK_T("Klasse nu"), -1},
                                            {"development_class", WIJK_T("Ontwikkelklasse"), -1},
                                            {"by_class", WIJK_T("Naar klassen"), -1},
                                            {"sure", WIJK_T("Zeker"), -1},
                                            {"reason", WIJK_T("Waarom niet"), -1},
                                            {"why", WIJK_T("Uitleg"), -1},
                                            {"trace", WIJK_T("Spoor"), -1}};

static void course_row(struct cli *c, struct wijk_table_out *o, const struct wijk_flow_trajectories *t,
                       size_t a)
{
    const struct wijk_trajectory *v = &t->area[a];
    struct wijk_trajectory_told told = wijk_trajectory_told(t, a);
    head(o, t->division, a);
    wijk_table_text(o, t->method->id);
    wijk_table_text(o, t->rules->id);
    wijk_table_int(o, told.base_year);
    wijk_table_int(o, told.recent_year);
    wijk_table_int(o, told.year);
    wijk_table_text(o, wijk_trajectory_id(v->type));
    wijk_table_num(o, v->change);
    wijk_table_num(o, v->recent);
    whole(o, v->class_from);
    whole(o, v->class_now);
    whole(o, v->development);
    wijk_table_bool(o, v->by_class || v->recent_by_class);
    wijk_table_bool(o, v->sure);
    wijk_table_text(o, wijk_lack_id(v->lack));
    wijk_table_text(o, wijk_sentence_trajectory(c->cx, &told));
    wijk_table_text(o, v->type == WIJK_TRAJECTORY_NONE ? NULL : wijk_trajectory_trace(c->cx, t, a));
    wijk_table_end_row(o);
}

static int courses(struct cli *c, const struct wijk_snapshot *s, const struct wijk_flow_trajectories_in *in,
                   enum wijk_format format)
{
    const struct wijk_flow_trajectories *t;
    enum wijk_err err = wijk_flow_trajectories(c->cx, s, in, &t);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *o =
        wijk_table_open(c->cx, format, cli_stdout(), COURSE, sizeof COURSE / sizeof *COURSE);
    for (size_t a = 0; a < t->n_area; a++) course_row(c, o, t, a);
    return wijk_table_close(o) ? CLI_OK : CLI_FAILED;
}

/* What kind i of a transition is called. */
static const char *kind(struct cli *c, const struct wijk_flow_transition *t, size_t i)
{
    if (t->from) return wijk_trajectory_id((enum wijk_trajectory_type)(i + 1));
    const struct wijk_method *m = t->to->method;
    return wijk_cx_lang(c->cx) == WIJK_EN ? m->class_en[i] : m->class_nl[i];
}

static int transitions(struct cli *c, const struct wijk_snapshot *s, const struct wijk_flow_transition_in *in,
                       enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {
        {"from_year", WIJK_T("Van jaar"), -1}, {"year", WIJK_T("Tot jaar"), -1},
        {"from", WIJK_T("Van"), -1},           {"to", WIJK_T("Naar"), -1},
        {"areas", WIJK_T("Gebieden"), -1},     {"residents", WIJK_T("Inwoners"), 0},
        {"trace", WIJK_T("Spoor"), -1},        {"residents_trace", WIJK_T("Spoor inwoners"), -1}};
    const struct wijk_flow_transition *t;
    enum wijk_err err = wijk_flow_transition(c->cx, s, in, &t);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *o =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < t->n_kind * t->n_kind; i++) {
        if (!t->areas->count[i]) continue;
        wijk_table_int(o, t->begin.year);
        wijk_table_int(o, t->end.year);
        wijk_table_text(o, kind(c, t, i / t->n_kind));
        wijk_table_text(o, kind(c, t, i % t->n_kind));
        wijk_table_int(o, t->areas->count[i]);
        wijk_table_num(o, t->areas->weight[i] > 0 ? t->areas->weight[i] : (double)NAN);
        wijk_table_text(o, wijk_transition_id(c->cx, t, i / t->n_kind, i % t->n_kind, false));
        wijk_table_text(o, t->areas->weight[i] > 0
                               ? wijk_transition_id(c->cx, t, i / t->n_kind, i % t->n_kind, true)
                               : NULL);
        wijk_table_end_row(o);
    }
    return wijk_table_close(o) ? CLI_OK : CLI_FAILED;
}

int cli_trajectory(struct cli *c)
{
    const char *table = cli_option(c, "transitions", NULL);
    struct wijk_flow_transition_in in = {.what = {.recipe = cli_option(c, "recipe", NULL),
                                                  .method = cli_option(c, "method", NULL),
                                                  .release = cli_option(c, "release", NULL)},
                                         .types = table && strcmp(table, "types") == 0,
                                         .within = cli_option(c, "within", NULL)};
    const struct wijk_snapshot *s;
    enum wijk_format format;
    enum wijk_level level;
    if (table && !in.types && strcmp(table, "classes") != 0)
        return cli_usage(c, wijk_tr(c->cx, "--transitions is classes of types."));
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &level) ||
        !year_option(c, "base", &in.what.base_year) || !year_option(c, "recent", &in.what.recent_year) ||
        !year_option(c, "year", &in.what.year) || !year_option(c, "from", &in.from_year))
        return CLI_USAGE;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err == WIJK_OK) err = division(c, s, level, &in.what.division);
    if (err != WIJK_OK) return cli_fail(c, err);
    return table ? transitions(c, s, &in, format) : courses(c, s, &in.what, format);
}
