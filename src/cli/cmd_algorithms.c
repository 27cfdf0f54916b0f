/* SPDX-License-Identifier: EUPL-1.2 */
/* algorithms: the register of algorithms, one record in full, or the export for the Algoritmeregister.
 * governance: the documents a municipality owes, filled as far as the installation knows. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static const char *in_lang(const struct cli *c, const char *nl, const char *en)
{
    return wijk_cx_lang(c->cx) == WIJK_EN ? en : nl;
}

static int print_list(struct cli *c, const struct wijk_snapshot *s)
{
    static const struct wijk_column COLUMNS[] = {
        {"id", WIJK_T("Naam"), -1},           {"label", WIJK_T("Wat"), -1},
        {"of", WIJK_T("Soort"), -1},          {"version", WIJK_T("Versie"), -1},
        {"status", WIJK_T("Status"), -1},     {"review_on", WIJK_T("Herziening"), -1},
        {"published", WIJK_T("Getoond"), -1}, {"why", WIJK_T("Waarom niet"), -1}};
    struct wijk_table_out *t =
        wijk_table_open(c->cx, WIJK_FORMAT_TABLE, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < s->defs->n_algorithm; i++) {
        const struct wijk_algorithm *a = &s->defs->algorithm[i];
        const char *why = wijk_snapshot_shut(c->cx, s, a->id);
        wijk_table_text(t, a->id);
        wijk_table_text(t, in_lang(c, a->label_nl, a->label_en));
        wijk_table_text(t, wijk_tr(c->cx, wijk_algorithm_of_text(a->of)));
        wijk_table_text(t, a->version);
        wijk_table_text(t, a->described ? wijk_tr(c->cx, wijk_algorithm_status_text(a->status)) : NULL);
        wijk_table_text(t, a->record.review_on);
        wijk_table_bool(t, !why);
        wijk_table_text(t, why);
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* ---- one record ---- */

static void line(struct cli *c, const char *name, const char *text)
{
    if (text && *text) printf("%s\n  %s\n", wijk_tr(c->cx, name), cli_plain(c, text));
}

static void print_links(struct cli *c, const char *name, const struct wijk_algorithm_link *v, size_t n)
{
    if (n) printf("%s\n", wijk_tr(c->cx, name));
    for (size_t k = 0; k < n; k++) printf("  %s %s\n", cli_plain(c, v[k].title), cli_plain(c, v[k].link));
}

static void print_inputs(struct cli *c, const struct wijk_snapshot *s, const struct wijk_algorithm *a)
{
    struct wijk_algorithm_inputs in = wijk_algorithm_inputs(c->cx, s->defs, a);
    if (in.n) printf("%s\n", wijk_tr(c->cx, "Wat meetelt"));
    for (size_t k = 0; k < in.n; k++) {
        const struct wijk_algorithm_input *v = &in.v[k];
        printf("  %s", wijk_indicator_label(v->indicator, wijk_cx_lang(c->cx)));
        if (*v->part) printf(" (%s)", v->part);
        if (!isnan(v->share)) printf(": %s%%", wijk_num_people(c->cx, 100 * v->share, 1));
        putchar('\n');
    }
}

static int print_one(struct cli *c, const struct wijk_snapshot *s, const struct wijk_algorithm *a)
{
    const char *why = wijk_snapshot_shut(c->cx, s, a->id);
    const struct wijk_record *r = &a->record;
    printf("%s (%s", cli_plain(c, in_lang(c, a->label_nl, a->label_en)), a->id);
    if (a->version) printf(", %s %s", wijk_tr(c->cx, "versie"), cli_plain(c, a->version));
    printf(")\n");
    if (why) printf("%s\n", why);
    if (!a->described) return CLI_OK;
    line(c, WIJK_T("In het kort"), in_lang(c, a->summary_nl, a->summary_en));
    line(c, WIJK_T("Doel"), in_lang(c, a->purpose_nl, a->purpose_en));
    line(c, WIJK_T("Hoe het wordt berekend"), in_lang(c, a->formula_nl, a->formula_en));
    line(c, WIJK_T("Gegevens"), in_lang(c, a->data_nl, a->data_en));
    print_inputs(c, s, a);
    line(c, WIJK_T("Grenzen en bekende fouten"), in_lang(c, a->limits_nl, a->limits_en));
    line(c, WIJK_T("Wat een mens doet"), in_lang(c, a->human_nl, a->human_en));
    line(c, WIJK_T("Afwegingen"), in_lang(c, a->weighed_nl, a->weighed_en));
    line(c, WIJK_T("Risico's"), in_lang(c, a->risks_nl, a->risks_en));
    line(c, WIJK_T("Wettelijke basis"), in_lang(c, a->legal_nl, a->legal_en));
    print_links(c, WIJK_T("Wetten"), a->law, a->n_law);
    print_links(c, WIJK_T("Toetsen"), a->test, a->n_test);
    line(c, WIJK_T("Over de toetsen"), in_lang(c, a->untested_nl, a->untested_en));
    line(c, WIJK_T("Vastgesteld door"), r->decided_by);
    line(c, WIJK_T("Vastgesteld op"), r->decided_on);
    line(c, WIJK_T("Waarom zo"), in_lang(c, r->why_nl, r->why_en));
    line(c, WIJK_T("Register"), r->register_);
    line(c, WIJK_T("Privacy en AI-wet"), r->privacy);
    line(c, WIJK_T("Gelijke behandeling"), r->equity);
    line(c, WIJK_T("Wanneer het stopt"), r->stop);
    line(c, WIJK_T("Herziening"), r->review_on);
    line(c, WIJK_T("Contact"), r->contact);
    return CLI_OK;
}

/* ---- the export ---- */

/* Fields the register refuses to do without, that nobody told. */
static void say_empty(struct cli *c, const struct wijk_snapshot *s, const struct wijk_register_in *in)
{
    if (!in->contact)
        fputs(wijk_tr(c->cx, "Het veld contactgegevens is leeg; geef --contact E-MAILADRES.\n"), stderr);
    if (!in->organisation && !*wijk_flow_organisation(c->cx, s))
        fputs(wijk_tr(c->cx, "Het veld organisatie is leeg; geef --organisation \"Gemeente ...\".\n"),
              stderr);
}

static struct wijk_register_in installation(const struct cli *c)
{
    return (struct wijk_register_in){.organisation = cli_option(c, "organisation", NULL),
                                     .contact = cli_option(c, "contact", NULL),
                                     .url = cli_option(c, "url", NULL)};
}

static int print_export(struct cli *c, const struct wijk_snapshot *s, enum wijk_format format, const char *id)
{
    const struct wijk_register_in in = installation(c);
    bool done = true;
    say_empty(c, s, &in);
    if (format == WIJK_FORMAT_CSV) {
        done = wijk_register_csv(c->cx, s, &in, id, cli_stdout());
    } else {
        struct wijk_json_out w;
        wijk_json_out_open(&w, cli_stdout());
        wijk_register_json(c->cx, s, &in, id, &w);
        done = wijk_json_out_close(&w);
        putchar('\n');
    }
    return done ? CLI_OK : CLI_FAILED;
}

int cli_algorithms(struct cli *c)
{
    const struct wijk_snapshot *s;
    const char *id = c->n_arg > 1 ? c->arg[1] : NULL;
    enum wijk_format format;
    if (!cli_format(c, &format)) return CLI_USAGE;
    enum wijk_err err = cli_snapshot(c, false, &s);
    const struct wijk_algorithm *a = err == WIJK_OK && id ? wijk_defs_algorithm(s->defs, id) : NULL;
    if (err == WIJK_OK && id && !a)
        err = wijk_fail(c->cx, WIJK_ENOTFOUND, "Het algoritme %s bestaat niet.", id);
    if (err != WIJK_OK) return cli_fail(c, err);
    if (format != WIJK_FORMAT_TABLE) return print_export(c, s, format, id);
    return a ? print_one(c, s, a) : print_list(c, s);
}

int cli_governance(struct cli *c)
{
    const struct wijk_snapshot *s;
    const struct wijk_register_in in = installation(c);
    enum wijk_statement which;
    if (!wijk_statement_parse(wijk_str(c->arg[1]), &which))
        return cli_usage(c, wijk_tr(c->cx, "Kies dpia, toegankelijkheid of privacy."));
    enum wijk_err err = cli_snapshot(c, false, &s);
    if (err != WIJK_OK) return cli_fail(c, err);
    struct wijk_statement_facts facts;
    struct wijk_buf text = wijk_buf(c->cx, 0);
    wijk_flow_statement_facts(c->cx, s, &in, &facts);
    const struct wijk_statement_doc *doc = wijk_statement_write(c->cx, which, &facts);
    wijk_statement_markdown(doc, &text);
    fwrite(text.p, 1, text.n, stdout);
    fprintf(stderr, wijk_tr(c->cx, "%zu plekken zijn nog in te vullen; ze beginnen met «%s».\n"), doc->n_open,
            doc->fill_in);
    return CLI_OK;
}
