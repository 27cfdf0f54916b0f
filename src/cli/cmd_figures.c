/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands that load and show figures: import, areas, show, measure. */
#include "cli/cli.h"

#include <malloc.h>
#include <string.h>

/* ---- import ---- */

/* What is said of the whole file first, then the rows. */
static void print_findings(const struct cli *c, const struct wijk_load *l)
{
    enum { SHOWN = 20 };
    size_t rows = 0;
    for (size_t i = 0; i < l->n_finding; i++) {
        const struct wijk_finding *f = &l->finding[i];
        if (f->line == 0) fprintf(stderr, "  %s %s\n", cli_plain(c, f->reason), cli_plain(c, f->cure));
    }
    for (size_t i = 0; i < l->n_finding; i++) {
        const struct wijk_finding *f = &l->finding[i];
        if (f->line == 0 || rows++ >= SHOWN) continue;
        fprintf(stderr, wijk_tr(c->cx, "  regel %llu%s%s: %s %s\n"), (unsigned long long)f->line,
                *f->column ? ", " : "", cli_plain(c, f->column), cli_plain(c, f->reason),
                cli_plain(c, f->cure));
    }
    if (rows > SHOWN) fprintf(stderr, wijk_tr(c->cx, "  en nog %zu.\n"), rows - SHOWN);
}

/* How the names of a file without codes found their areas: rows per way. */
static void print_joins(const struct cli *c, const struct wijk_import_joins *j)
{
    size_t n[WIJK_NAME_WAY_COUNT] = {0};
    for (size_t i = 0; i < j->n; i++)
        if (i == 0 || j->v[i].line != j->v[i - 1].line || strcmp(j->v[i].name, j->v[i - 1].name) != 0)
            n[j->v[i].way]++;
    for (unsigned way = WIJK_NAME_WAY_COUNT; j->n && way-- > 0;)
        if (n[way])
            fprintf(stderr, wijk_tr(c->cx, "  %zu namen: %s.\n"), n[way],
                    wijk_tr(c->cx, wijk_name_way_text((enum wijk_name_way)way)));
}

/* Writes the proposals of all files to one list. */
static enum wijk_err write_proposals(struct cli *c, const char *path, const struct wijk_flow_import_out *out,
                                     size_t n)
{
    struct wijk_import_joins all = {0};
    struct wijk_file_out *file;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < out[i].joins.n; k++) {
            all.v = wijk_grow(c->cx, all.v, all.n, &all.cap, sizeof *all.v);
            all.v[all.n++] = out[i].joins.v[k];
        }
    enum wijk_err err = wijk_file_out_open(c->cx, path, false, &file);
    if (err != WIJK_OK) return err;
    size_t lines = wijk_flow_proposals_write(&all, wijk_file_out(file));
    err = wijk_file_out_done(file);
    if (err == WIJK_OK)
        fprintf(
            stderr,
            wijk_tr(c->cx, "%s: %zu voorstellen. Zet ja achter wat klopt en geef het bestand met --match.\n"),
            path, lines);
    return err;
}

void cli_print_load(const struct cli *c, const struct wijk_flow_import_out *o, bool dry_run)
{
    const struct wijk_load *l = &o->load;
    if (o->already) {
        fprintf(stderr, wijk_tr(c->cx, "%s was al geladen op %s; er is niets veranderd.\n"), l->file_name,
                l->loaded_at);
        return;
    }
    fprintf(stderr, wijk_tr(c->cx, "%s: %llu regels, %llu geladen, %llu geweigerd, %llu gemarkeerd.\n"),
            l->file_name, (unsigned long long)l->rows, (unsigned long long)l->taken,
            (unsigned long long)l->refused, (unsigned long long)l->flagged);
    if (o->n_crosswalk)
        fprintf(stderr, wijk_tr(c->cx, "  Omrekeningen van oudere indelingen: %zu.\n"), o->n_crosswalk);
    print_findings(c, l);
    print_joins(c, &o->joins);
    if (dry_run) fputs(wijk_tr(c->cx, "Dit was een proef: er is niets bewaard.\n"), stderr);
}

int cli_import(struct cli *c)
{
    int64_t year, release_year;
    if (!cli_number(c, "year", 1990, 2100, 0, &year) ||
        !cli_number(c, "release", 1990, 2100, 0, &release_year))
        return CLI_USAGE;
    const struct wijk_defs *defs;
    struct wijk_store *store;
    enum wijk_err err = wijk_store_open(c->cx, c->arg[0], WIJK_STORE_WRITE, &store);
    if (err != WIJK_OK) return cli_fail(c, err);
    err = cli_defs_of(c, store, &defs);
    if (err != WIJK_OK) {
        wijk_store_close(store);
        return cli_fail(c, err);
    }
    size_t n = c->n_arg - 2;
    struct wijk_flow_import_out *out = WIJK_NEW(c->cx, struct wijk_flow_import_out, n);
    struct wijk_flow_import_in in = {.defs = defs,
                                     .source = c->arg[1],
                                     .paths = c->arg + 2,
                                     .n_paths = n,
                                     .year = (int)year,
                                     .gemeente = cli_option(c, "gemeente", NULL),
                                     .release = cli_option(c, "release", NULL),
                                     .match = cli_option(c, "match", NULL),
                                     .dry_run = cli_switch(c, "dry-run"),
                                     .now = cli_now(),
                                     .progress = cli_progress()};
    /* Files after one another use the same memory: to give it back and ask for it anew takes longer than
     * reading what is in them. */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    err = wijk_flow_import(c->cx, store, in, out);
    wijk_store_close(store);
    for (size_t i = 0; i < n && out[i].load.file_name; i++)
        if (out[i].load.loaded_at) cli_print_load(c, &out[i], in.dry_run);
    const char *proposals = cli_option(c, "proposals", NULL);
    if (proposals) {
        /* Also when the file was refused: then the list is what helps. The refusal stays what is told. */
        char *fault = wijk_str_dup(c->cx, wijk_str(wijk_fault(c->cx)));
        enum wijk_err wrote = write_proposals(c, proposals, out, n);
        if (err == WIJK_OK)
            err = wrote;
        else
            err = wijk_fail(c->cx, err, "%s", fault);
    }
    return cli_fail(c, err);
}

/* ---- areas ---- */

int cli_areas(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {
        {"code", WIJK_T("Code"), -1},        {"name", WIJK_T("Naam"), -1},
        {"level", WIJK_T("Niveau"), -1},     {"division_year", WIJK_T("Indeling"), -1},
        {"parent", WIJK_T("Hoort bij"), -1}, {"residents", WIJK_T("Inwoners"), 0}};
    enum wijk_format format;
    enum wijk_level level;
    int64_t year;
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &level) ||
        !cli_number(c, "year", 1990, 2100, 0, &year))
        return CLI_USAGE;
    const struct wijk_snapshot *s;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < s->n_division; k++) {
        const struct wijk_areas *a = &s->division[k].areas;
        if ((level != WIJK_LEVEL_COUNT && a->level != level) || (year && a->division_year != year)) continue;
        for (size_t i = 0; i < a->n; i++) {
            wijk_table_text(t, a->v[i].code);
            wijk_table_text(t, a->v[i].name);
            wijk_table_text(t, wijk_level_id(a->level));
            wijk_table_int(t, a->division_year);
            wijk_table_text(t, a->v[i].parent);
            wijk_table_num(t, a->v[i].residents);
            wijk_table_end_row(t);
        }
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- show ---- */

int cli_show(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {
        {"indicator", WIJK_T("Indicator"), -1}, {"label", WIJK_T("Naam"), -1},
        {"period", WIJK_T("Periode"), -1},      {"value", WIJK_T("Waarde"), -1},
        {"unit", WIJK_T("Eenheid"), -1},        {"status", WIJK_T("Status"), -1},
        {"trace", WIJK_T("Spoor"), -1}};
    enum wijk_format format;
    int64_t year;
    if (!cli_format(c, &format) || !cli_number(c, "year", 1990, 2100, 0, &year)) return CLI_USAGE;
    const struct wijk_snapshot *s;
    const struct wijk_profile *p;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err == WIJK_OK) err = wijk_flow_profile(c->cx, s, c->arg[1], (int)year, &p);
    if (err != WIJK_OK) return cli_fail(c, err);
    if (format == WIJK_FORMAT_TABLE)
        fprintf(stderr, "%s\n", wijk_sentence_area(c->cx, p->self->name, p->scores, p->n_scores, p->area));
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < p->n_value; i++) {
        const struct wijk_flow_value *v = &p->value[i];
        char period[16];
        wijk_period_write(v->period, period);
        wijk_table_text(t, v->indicator->id);
        wijk_table_text(t, wijk_indicator_label(v->indicator, wijk_cx_lang(c->cx)));
        wijk_table_text(t, period);
        wijk_table_num(t, v->value);
        wijk_table_text(t, wijk_indicator_unit(v->indicator, wijk_cx_lang(c->cx)));
        wijk_table_text(t, wijk_status_id(v->status));
        wijk_table_text(t, wijk_value_id(c->cx, p, v));
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- measure ---- */

static void print_scores(struct cli *c, struct wijk_table_out *t, const struct wijk_snapshot *s,
                         const struct wijk_scores *sc)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, sc->level, sc->division_year);
    char period[16];
    wijk_period_write(sc->period, period);
    for (size_t a = 0; d && a < sc->n; a++) {
        int k = sc->class_[a];
        wijk_table_text(t, d->areas.v[a].code);
        wijk_table_text(t, d->areas.v[a].name);
        wijk_table_text(t, wijk_level_id(sc->level));
        wijk_table_text(t, period);
        wijk_table_text(t, sc->method->id);
        wijk_table_num(t, sc->total[a]);
        if (k)
            wijk_table_int(t, k);
        else
            wijk_table_empty(t);
        wijk_table_text(t, !k                               ? NULL
                           : wijk_cx_lang(c->cx) == WIJK_EN ? sc->method->class_en[k - 1]
                                                            : sc->method->class_nl[k - 1]);
        wijk_table_bool(t, sc->aggregated);
        wijk_table_text(t, wijk_scores_id(c->cx, sc, d->areas.v[a].code));
        wijk_table_end_row(t);
    }
}

int cli_measure(struct cli *c)
{
    static const struct wijk_column COLUMNS[] = {{"code", WIJK_T("Code"), -1},
                                                 {"name", WIJK_T("Naam"), -1},
                                                 {"level", WIJK_T("Niveau"), -1},
                                                 {"year", WIJK_T("Jaar"), -1},
                                                 {"method", WIJK_T("Methode"), -1},
                                                 {"deviation", WIJK_T("Afwijking"), 3},
                                                 {"class", WIJK_T("Klasse"), -1},
                                                 {"class_name", WIJK_T("In woorden"), -1},
                                                 {"aggregated", WIJK_T("Uit kleinere gebieden"), -1},
                                                 {"trace", WIJK_T("Spoor"), -1}};
    const char *recipe = cli_option(c, "recipe", NULL);
    enum wijk_format format;
    enum wijk_level level;
    if (!cli_format(c, &format) || !cli_level(c, WIJK_LEVEL_COUNT, &level)) return CLI_USAGE;
    const struct wijk_snapshot *s;
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err != WIJK_OK) return cli_fail(c, err);
    if (recipe && !wijk_defs_method(s->defs, recipe)) return cli_weighing(c, s, recipe, format);
    if (cli_switch(c, "sensitivity") || cli_option(c, "weights", NULL))
        return cli_usage(c,
                         wijk_tr(c->cx, "--sensitivity en --weights horen bij een eigen weging (--recipe)."));
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < s->n_scores; i++) {
        const struct wijk_scores *sc = s->scores[i];
        if ((level != WIJK_LEVEL_COUNT && sc->level != level) ||
            (recipe && strcmp(sc->method->id, recipe) != 0))
            continue;
        print_scores(c, t, s, sc);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}
