/* SPDX-License-Identifier: EUPL-1.2 */
/* peers, perception, nowcast: areas that are alike and what is expected of them, what people say beside
 * facts, and a score before it is published. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static const struct wijk_snapshot_division *division_of(struct cli *c, const struct wijk_snapshot *s,
                                                        enum wijk_level level, int64_t year)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, level, (int)year);
    if (!d)
        wijk_fail(c->cx, WIJK_ENOTFOUND, "Dit bestand heeft geen %s.",
                  wijk_tr(c->cx, wijk_level_label(level, true)));
    return d;
}

/* ---- peers ---- */

/* Labels of the inputs that are alike (or differ), parted by "; ". */
static const char *labels(struct cli *c, const struct wijk_compare *v, size_t area, const struct wijk_peer *p,
                          bool alike)
{
    struct wijk_buf b = wijk_buf(c->cx, 0);
    for (size_t i = 0; i < v->n_input; i++) {
        const double apart = fabs(wijk_compare_apart(v, area, i, p, 1));
        if (alike ? !(apart <= WIJK_COMPARE_ALIKE) : !(apart >= WIJK_COMPARE_DIFFER)) continue;
        if (b.n) wijk_buf_str(&b, "; ");
        wijk_buf_str(&b, wijk_indicator_label(v->input[i].indicator, wijk_cx_lang(c->cx)));
    }
    return wijk_buf_cstr(&b);
}

static int peers_of_one(struct cli *c, const struct wijk_compare *v, size_t area, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {{"code", WIJK_T("Code"), -1},
                                                 {"name", WIJK_T("Naam"), -1},
                                                 {"distance", WIJK_T("Verschil"), 2},
                                                 {"shared", WIJK_T("Kenmerken"), -1},
                                                 {"total", WIJK_T("Afwijking"), 3},
                                                 {"alike", WIJK_T("Lijkt op"), -1},
                                                 {"different", WIJK_T("Verschilt in"), -1}};
    struct wijk_peer peer[WIJK_PEERS_MAX];
    const struct wijk_areas *areas = &v->division->areas;
    const size_t n = wijk_compare_peers(c->cx, v, area, peer);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) {
        wijk_table_text(t, areas->v[peer[k].area].code);
        wijk_table_text(t, areas->v[peer[k].area].name);
        wijk_table_num(t, peer[k].distance);
        wijk_table_int(t, (int64_t)peer[k].shared);
        wijk_table_num(t, v->seen ? v->seen[peer[k].area] : NAN);
        wijk_table_text(t, labels(c, v, area, &peer[k], true));
        wijk_table_text(t, labels(c, v, area, &peer[k], false));
        wijk_table_end_row(t);
    }
    if (!n)
        fprintf(stderr, "wijk: %s: %s\n", areas->v[area].code,
                wijk_tr(c->cx, wijk_lack_text((enum wijk_lack)v->alike->lack[area])));
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

static void expected_row(struct cli *c, const struct wijk_compare *v, size_t i, struct wijk_table_out *t)
{
    const struct wijk_expected *e = v->expected;
    const struct wijk_area *a = &v->division->areas.v[i];
    char period[16];
    wijk_period_write(v->key.period, period);
    const bool told = e->lack[i] == WIJK_LACK_NONE;
    wijk_table_text(t, a->code);
    wijk_table_text(t, a->name);
    wijk_table_text(t, v->method->id);
    wijk_table_text(t, period);
    wijk_table_num(t, v->seen[i]);
    wijk_table_num(t, told ? e->by_inputs[i] : NAN);
    wijk_table_num(t, told ? e->by_inputs[i] - e->half_inputs : NAN);
    wijk_table_num(t, told ? e->by_inputs[i] + e->half_inputs : NAN);
    wijk_table_num(t, told ? e->by_peers[i] : NAN);
    wijk_table_num(t, told ? e->by_peers[i] - e->half_peers : NAN);
    wijk_table_num(t, told ? e->by_peers[i] + e->half_peers : NAN);
    wijk_table_text(t, wijk_expected_id((enum wijk_expected_word)e->word[i]));
    wijk_table_text(t, wijk_lack_id((enum wijk_lack)e->lack[i]));
    wijk_table_end_row(t);
    (void)c;
}

static int peers_of_all(struct cli *c, const struct wijk_compare *v, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {{"code", WIJK_T("Code"), -1},
                                                 {"name", WIJK_T("Naam"), -1},
                                                 {"method", WIJK_T("Methode"), -1},
                                                 {"period", WIJK_T("Periode"), -1},
                                                 {"total", WIJK_T("Afwijking"), 3},
                                                 {"expected", WIJK_T("Verwacht"), 3},
                                                 {"low", WIJK_T("Laag"), 3},
                                                 {"high", WIJK_T("Hoog"), 3},
                                                 {"by_peers", WIJK_T("Bij vergelijkbare"), 3},
                                                 {"peers_low", WIJK_T("Laag"), 3},
                                                 {"peers_high", WIJK_T("Hoog"), 3},
                                                 {"word", WIJK_T("Woord"), -1},
                                                 {"reason", WIJK_T("Reden"), -1}};
    if (!v->expected) {
        fprintf(stderr, "wijk: %s\n", v->why);
        return CLI_FAILED;
    }
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < v->division->areas.n; i++) expected_row(c, v, i, t);
    const bool done = wijk_table_close(t);
    fprintf(stderr, wijk_tr(c->cx, "Getoetst op %zu gebieden die niet meededen: R2 %.2f, fout %.3f.\n"),
            v->expected->ridge->used, v->expected->r2, v->expected->rmse);
    return done ? CLI_OK : CLI_FAILED;
}

static void say_inputs(struct cli *c, const struct wijk_compare *v)
{
    fprintf(stderr,
            wijk_tr(c->cx, "Vergeleken op %zu kenmerken; %zu van het recept zijn hier niet bekend.\n"),
            v->alike->n_used, v->n_absent + v->n_input - v->alike->n_used);
}

int cli_peers(struct cli *c)
{
    const struct wijk_snapshot *s;
    const struct wijk_compare *v;
    enum wijk_format format;
    enum wijk_level level;
    int64_t year, k;
    const struct wijk_profile *p = NULL;
    const char *indicator[WIJK_PEER_INPUTS + 1];
    struct wijk_flow_compare_in in = {.recipe = cli_option(c, "recipe", NULL),
                                      .method = cli_option(c, "method", NULL),
                                      .within = cli_option(c, "within", NULL),
                                      .indicator = indicator};
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_BUURT, &level) ||
        !cli_number(c, "year", 1900, 2200, 0, &year) ||
        !cli_number(c, "k", 1, WIJK_PEERS_MAX, WIJK_PEERS_USUAL, &k))
        return CLI_USAGE;
    for (size_t i = 0; i < c->n_option; i++)
        if (strcmp(c->option[i].name, "indicator") == 0 && in.n_indicator <= WIJK_PEER_INPUTS)
            indicator[in.n_indicator++] = c->option[i].value;
    in.k = (size_t)k;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err == WIJK_OK && c->n_arg > 1) err = wijk_flow_profile(c->cx, s, c->arg[1], (int)year, &p);
    if (err != WIJK_OK) return cli_fail(c, err);
    in.division = p ? p->division : division_of(c, s, level, year);
    if (!in.division) return cli_fail(c, WIJK_ENOTFOUND);
    err = wijk_flow_compare(c->cx, s, &in, &v);
    if (err != WIJK_OK) return cli_fail(c, err);
    say_inputs(c, v);
    return p ? peers_of_one(c, v, p->area, format) : peers_of_all(c, v, format);
}

/* ---- perception ---- */

static void perception_rows(const struct wijk_snapshot_division *d, const struct wijk_feeling *f,
                            struct wijk_table_out *t)
{
    char period[16];
    wijk_period_write(f->said_series->key.period, period);
    for (size_t i = 0; i < d->areas.n; i++) {
        const bool told = f->perception->lack[i] == WIJK_LACK_NONE;
        wijk_table_text(t, d->areas.v[i].code);
        wijk_table_text(t, d->areas.v[i].name);
        wijk_table_text(t, f->pair->id);
        wijk_table_text(t, period);
        wijk_table_num(t, f->said_value[i]);
        wijk_table_num(t, f->fact_value[i]);
        wijk_table_num(t, told ? f->perception->expected[i] : NAN);
        wijk_table_num(t, told ? f->perception->expected[i] - f->perception->half : NAN);
        wijk_table_num(t, told ? f->perception->expected[i] + f->perception->half : NAN);
        wijk_table_text(t, wijk_expected_id((enum wijk_expected_word)f->perception->word[i]));
        wijk_table_text(t, wijk_lack_id((enum wijk_lack)f->perception->lack[i]));
        wijk_table_end_row(t);
    }
}

int cli_perception(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {
        {"code", WIJK_T("Code"), -1},        {"name", WIJK_T("Naam"), -1},
        {"pair", WIJK_T("Onderwerp"), -1},   {"period", WIJK_T("Periode"), -1},
        {"said", WIJK_T("Gezegd"), -1},      {"fact", WIJK_T("Feit"), -1},
        {"expected", WIJK_T("Verwacht"), 1}, {"low", WIJK_T("Laag"), 1},
        {"high", WIJK_T("Hoog"), 1},         {"word", WIJK_T("Woord"), -1},
        {"reason", WIJK_T("Reden"), -1}};
    const struct wijk_snapshot *s;
    const struct wijk_feeling *f;
    enum wijk_format format;
    enum wijk_level level;
    int64_t year;
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_BUURT, &level) ||
        !cli_number(c, "year", 1900, 2200, 0, &year))
        return CLI_USAGE;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err != WIJK_OK) return cli_fail(c, err);
    const struct wijk_snapshot_division *d = division_of(c, s, level, year);
    if (!d) return cli_fail(c, WIJK_ENOTFOUND);
    const size_t n = wijk_flow_perception(c->cx, s, d, &f);
    if (!n) fprintf(stderr, "wijk: %s\n", wijk_tr(c->cx, "Er zijn geen cijfers van wat inwoners zeggen."));
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < n; i++) {
        if (f[i].perception)
            perception_rows(d, &f[i], t);
        else
            fprintf(stderr, "wijk: %s: %s\n", f[i].pair->id, f[i].why);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- nowcast ---- */

/* The verdict always comes first, with how it was tested. */
static void say_verdict(struct cli *c, const struct wijk_flow_nowcast *o)
{
    const struct wijk_nowcast *n = o->nowcast;
    fprintf(stderr, "%s %d: %s.\n", o->method->id, n->year,
            wijk_tr(c->cx, wijk_nowcast_verdict_text(n->verdict)));
    if (!n->ridge) return;
    if (isnan(n->gain))
        fprintf(stderr,
                wijk_tr(c->cx, "Een meetmoment: de kenmerken alleen verklaren de score met R2 %.2f (fout "
                               "%.3f) bij %zu gebieden die niet meededen.\n"),
                n->r2, n->rmse, n->rows);
    else
        fprintf(stderr,
                wijk_tr(c->cx, "Getoetst op %zu veranderingen: fout %.4f, bij stilstaan %.4f; R2 van de "
                               "score %.3f; %.0f%% viel binnen de marge.\n"),
                n->rows, n->rmse, n->rmse_last, n->r2, 100 * n->inside);
    if (o->known)
        fprintf(stderr, "%s\n",
                wijk_tr(c->cx, "Dit jaar is al bekend: dit is een oefening met de cijfers van toen."));
}

int cli_nowcast(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {
        {"code", WIJK_T("Code"), -1},         {"name", WIJK_T("Naam"), -1},
        {"method", WIJK_T("Methode"), -1},    {"year", WIJK_T("Jaar"), -1},
        {"status", WIJK_T("Status"), -1},     {"estimate", WIJK_T("Geschat"), 3},
        {"low", WIJK_T("Laag"), 3},           {"high", WIJK_T("Hoog"), 3},
        {"last", WIJK_T("Laatst bekend"), 3}, {"last_year", WIJK_T("Jaar daarvan"), -1},
        {"known", WIJK_T("Later bekend"), 3}, {"reason", WIJK_T("Reden"), -1}};
    const struct wijk_snapshot *s;
    const struct wijk_flow_nowcast *o;
    enum wijk_format format;
    enum wijk_level level;
    int64_t year, division;
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_BUURT, &level) ||
        !cli_number(c, "year", 1900, 2200, 0, &division) || !cli_number(c, "estimate", 1900, 2200, 0, &year))
        return CLI_USAGE;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_flow_nowcast_in in = {.division = division_of(c, s, level, division),
                                      .method = cli_option(c, "method", NULL),
                                      .recipe = cli_option(c, "recipe", NULL),
                                      .year = (int)year};
    if (!in.division) return cli_fail(c, WIJK_ENOTFOUND);
    err = wijk_flow_nowcast(c->cx, s, &in, &o);
    if (err != WIJK_OK) return cli_fail(c, err);
    const struct wijk_nowcast *n = o->nowcast;
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < n->n; i++) {
        wijk_table_text(t, in.division->areas.v[i].code);
        wijk_table_text(t, in.division->areas.v[i].name);
        wijk_table_text(t, o->method->id);
        wijk_table_int(t, n->year);
        wijk_table_text(t, n->lack[i] == WIJK_LACK_NONE ? wijk_status_id(WIJK_STATUS_ESTIMATED) : NULL);
        wijk_table_num(t, n->value[i]);
        wijk_table_num(t, n->low[i]);
        wijk_table_num(t, n->high[i]);
        wijk_table_num(t, o->last ? o->last[i] : NAN);
        if (n->last_year)
            wijk_table_int(t, n->last_year);
        else
            wijk_table_empty(t);
        wijk_table_num(t, o->known ? o->known[i] : NAN);
        wijk_table_text(t, wijk_lack_id((enum wijk_lack)n->lack[i]));
        wijk_table_end_row(t);
    }
    const bool done = wijk_table_close(t);
    say_verdict(c, o);
    return done ? CLI_OK : CLI_FAILED;
}
