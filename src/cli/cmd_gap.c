/* SPDX-License-Identifier: EUPL-1.2 */
/* wijk gap: how many people live where livability is insufficient, and how far areas lie apart, one row per
 * gemeente and year. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static const struct wijk_column COLUMNS[] = {{"code", WIJK_T("Code"), -1},
                                             {"name", WIJK_T("Naam"), -1},
                                             {"year", WIJK_T("Jaar"), -1},
                                             {"method", WIJK_T("Methode"), -1},
                                             {"release", WIJK_T("Uitgave"), -1},
                                             {"level", WIJK_T("Niveau"), -1},
                                             {"areas", WIJK_T("Gebieden"), -1},
                                             {"people", WIJK_T("Inwoners"), 0},
                                             {"gap", WIJK_T("Kloof"), 3},
                                             {"gap_low", WIJK_T("van"), 3},
                                             {"gap_high", WIJK_T("tot"), 3},
                                             {"p10", "P10", 3},
                                             {"p90", "P90", 3},
                                             {"difference", WIJK_T("Verschil"), 3},
                                             {"gini", WIJK_T("Gini"), 4},
                                             {"theil", WIJK_T("Theil"), 5},
                                             {"sorting", WIJK_T("Scheiding"), 3},
                                             {"below", WIJK_T("Deel in klasse 1-3"), 4},
                                             {"below_low", WIJK_T("van"), 4},
                                             {"below_high", WIJK_T("tot"), 4},
                                             {"counted_by", WIJK_T("Geteld per"), -1},
                                             {"insufficient", WIJK_T("Inwoners in klasse 1-3"), 0},
                                             {"insufficient_low", WIJK_T("van"), 0},
                                             {"insufficient_high", WIJK_T("tot"), 0},
                                             {"insufficient_buurten", WIJK_T("Onvoldoende-buurten"), -1},
                                             {"undercounts", WIJK_T("Telt te laag"), -1},
                                             {"people_from", WIJK_T("Inwoners van"), -1},
                                             {"verdict", WIJK_T("Kloof sinds het begin"), -1},
                                             {"change_per_year", WIJK_T("Per jaar"), 4},
                                             {"change_low", WIJK_T("van"), 4},
                                             {"change_high", WIJK_T("tot"), 4},
                                             {"lack", WIJK_T("Waarom niet"), -1},
                                             {"trace", WIJK_T("Spoor"), -1},
                                             {"trace_insufficient", WIJK_T("Spoor van de inwoners"), -1}};

/* One gemeente in both recipes; either may be NULL. */
struct pair {
    const struct wijk_flow_gap *gap;
    const struct wijk_flow_gap_unit *g;
    const struct wijk_flow_insufficient *count;
    const struct wijk_flow_insufficient_unit *u;
};

static void put_gap(struct wijk_table_out *t, const struct pair *x, size_t p)
{
    static const enum wijk_gap_measure REST[] = {WIJK_GAP_P10,  WIJK_GAP_P90,   WIJK_GAP_DIFFERENCE,
                                                 WIJK_GAP_GINI, WIJK_GAP_THEIL, WIJK_GAP_SORTING};
    const struct wijk_gap *g = x->g->gap;
    const struct wijk_gap_figure *range = &g->figure[WIJK_GAP_RANGE][p],
                                 *below = &g->figure[WIJK_GAP_BELOW][p];
    const struct wijk_gap_figure *said = range->n_area ? range : below;
    wijk_table_int(t, (int64_t)said->n_area);
    wijk_table_num(t, said->people);
    wijk_table_num(t, range->value);
    wijk_table_num(t, range->low);
    wijk_table_num(t, range->high);
    for (size_t k = 0; k < sizeof REST / sizeof *REST; k++) wijk_table_num(t, g->figure[REST[k]][p].value);
    wijk_table_num(t, below->value);
    wijk_table_num(t, below->low);
    wijk_table_num(t, below->high);
}

static void put_count(struct wijk_table_out *t, const struct pair *x, struct wijk_period period)
{
    size_t p = x->u ? wijk_period_find(x->count->head.period, x->count->head.n_period, period) : 0;
    bool known = x->u && p < x->count->head.n_period && x->u->lack[p] == WIJK_LACK_NONE;
    wijk_table_text(t, known ? wijk_level_id(x->count->head.division->areas.level) : NULL);
    wijk_table_num(t, known ? x->u->people[p] : (double)NAN);
    wijk_table_num(t, known ? x->u->low[p] : (double)NAN);
    wijk_table_num(t, known ? x->u->high[p] : (double)NAN);
    if (known && x->u->buurten)
        wijk_table_int(t, (int64_t)x->u->buurten[p]);
    else
        wijk_table_empty(t);
    if (known)
        wijk_table_bool(t, !x->count->head.cells);
    else
        wijk_table_empty(t);
}

/* What the trend of the gap says stands with every year, because a row must be read by itself. */
static void put_trend(struct cli *c, struct wijk_table_out *t, const struct pair *x, size_t p)
{
    const struct wijk_gap_trend *trend = &x->g->gap->trend[WIJK_GAP_RANGE];
    enum wijk_lack lack = x->g->gap->figure[WIJK_GAP_RANGE][p].lack;
    if (lack == WIJK_LACK_NONE) lack = trend->lack;
    wijk_table_text(t, wijk_people_from_id(x->gap->head.from));
    wijk_table_text(t, wijk_gap_verdict_id(trend->verdict));
    wijk_table_num(t, trend->per_year);
    wijk_table_num(t, trend->low);
    wijk_table_num(t, trend->high);
    wijk_table_text(t, lack == WIJK_LACK_NONE ? NULL : wijk_tr(c->cx, wijk_lack_text(lack)));
}

static void print_unit(struct cli *c, struct wijk_table_out *t, const struct pair *x)
{
    const struct wijk_flow_lived_head *h = &x->gap->head;
    for (size_t p = 0; p < h->n_period; p++) {
        size_t at = x->u ? wijk_period_find(x->count->head.period, x->count->head.n_period, h->period[p]) : 0;
        wijk_table_text(t, x->g->code);
        wijk_table_text(t, x->g->name);
        wijk_table_int(t, h->period[p].year);
        wijk_table_text(t, h->method->id);
        wijk_table_text(t, h->release);
        wijk_table_text(t, wijk_level_id(h->division->areas.level));
        put_gap(t, x, p);
        put_count(t, x, h->period[p]);
        put_trend(c, t, x, p);
        wijk_table_text(
            t, wijk_gap_id(c->cx, x->gap, x->g->code, (struct wijk_period){0}, h->period[p], WIJK_GAP_RANGE));
        wijk_table_text(t, x->u && at < x->count->head.n_period
                               ? wijk_insufficient_id(c->cx, x->count, x->u->code, h->period[p], NULL)
                               : NULL);
        wijk_table_end_row(t);
    }
}

/* People are counted by the finest areas of the same method and release, whatever the gap is between. */
static const struct wijk_flow_insufficient *count(struct cli *c, const struct wijk_snapshot *s,
                                                  struct wijk_flow_lived_in in, const struct wijk_flow_gap *f)
{
    const struct wijk_flow_insufficient *out = NULL;
    in.level = cli_option(c, "level", NULL) ? in.level : WIJK_LEVEL_COUNT;
    in.division_year = 0;
    in.method = f->head.method->id;
    in.release = f->head.release;
    if (wijk_flow_insufficient(c->cx, s, &in, &out) != WIJK_OK) wijk_fault_clear(c->cx);
    return out;
}

static const struct wijk_flow_insufficient_unit *unit_in(const struct wijk_flow_insufficient *f,
                                                         const char *code)
{
    for (size_t i = 0; f && i < f->n_unit; i++)
        if (strcmp(f->unit[i].code, code) == 0) return &f->unit[i];
    return NULL;
}

int cli_gap(struct cli *c)
{
    struct wijk_flow_lived_in in = {.method = cli_option(c, "method", NULL),
                                    .release = cli_option(c, "release", NULL),
                                    .within = cli_option(c, "within", NULL)};
    enum wijk_format format;
    int64_t year, seed, draws;
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &in.level) ||
        !cli_number(c, "year", 1990, 2100, 0, &year) || !cli_number(c, "seed", 1, INT64_MAX, 0, &seed) ||
        !cli_number(c, "draws", 99, 10000, 0, &draws))
        return CLI_USAGE;
    in.division_year = (int)year;
    in.opt.seed = (uint64_t)seed;
    in.opt.n_boot = (size_t)draws;
    const struct wijk_snapshot *s;
    const struct wijk_flow_gap *f;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err == WIJK_OK) err = wijk_flow_gap(c->cx, s, &in, &f);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct pair x = {.gap = f, .count = count(c, s, in, f)};
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < f->n_unit; i++) {
        x.g = &f->unit[i];
        x.u = unit_in(x.count, x.g->code);
        print_unit(c, t, &x);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}
