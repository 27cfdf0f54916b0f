/* SPDX-License-Identifier: EUPL-1.2 */
/* wijk trace: where one number comes from. For people as a list of what is known and a table of inputs; for
 * programs one row for the number and one for each input, the inputs of an input below it. */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

static const struct wijk_column COLUMNS[] = {{"code", WIJK_T("Code"), -1},
                                             {"name", WIJK_T("Naam"), -1},
                                             {"indicator", WIJK_T("Indicator"), -1},
                                             {"period", WIJK_T("Periode"), -1},
                                             {"value", WIJK_T("Waarde"), -1},
                                             {"unit", WIJK_T("Eenheid"), -1},
                                             {"status", WIJK_T("Status"), -1},
                                             {"source", WIJK_T("Bron"), -1},
                                             {"publisher", WIJK_T("Uitgever"), -1},
                                             {"licence", WIJK_T("Licentie"), -1},
                                             {"file", WIJK_T("Bestand"), -1},
                                             {"sha256", WIJK_T("SHA-256"), -1},
                                             {"row", WIJK_T("Regel"), -1},
                                             {"column", WIJK_T("Kolom"), -1},
                                             {"rows", WIJK_T("Alleen regels met"), -1},
                                             {"retrieved", WIJK_T("Opgehaald"), -1},
                                             {"url", WIJK_T("Opgehaald van"), -1},
                                             {"loaded_at", WIJK_T("Geladen"), -1},
                                             {"release", WIJK_T("Uitgave"), -1},
                                             {"method_version", WIJK_T("Methodeversie"), -1},
                                             {"division_year", WIJK_T("Indeling"), -1},
                                             {"definition", WIJK_T("Definitie"), -1},
                                             {"formula", WIJK_T("Formule"), -1},
                                             {"formula_words", WIJK_T("Formule in woorden"), -1},
                                             {"depth", WIJK_T("Diepte"), -1},
                                             {"role", WIJK_T("Rol"), -1},
                                             {"weight", WIJK_T("Gewicht"), -1},
                                             {"trace", WIJK_T("Spoor"), -1}};

static const char *period_of(struct wijk_cx *cx, const struct wijk_trace *t)
{
    char from[16], to[16];
    wijk_period_write(t->period, to);
    if (!t->key.from.year) return wijk_str_dup(cx, wijk_str(to));
    wijk_period_write(t->key.from, from);
    return wijk_sprintf(cx, "%s..%s", from, to);
}

static const char *method_version(const struct wijk_trace *t)
{
    if (t->load && *t->load->method_version) return t->load->method_version;
    return t->method ? t->method->version : NULL;
}

/* ---- for programs ---- */

static void put_row(struct cli *c, struct wijk_table_out *out, const struct wijk_trace *t, int depth,
                    const char *role, double weight)
{
    const struct wijk_load *l = t->load;
    const struct wijk_load_column *column = t->column;
    wijk_table_text(out, t->area->code);
    wijk_table_text(out, t->area->name);
    wijk_table_text(out, t->key.name);
    wijk_table_text(out, period_of(c->cx, t));
    wijk_table_num(out, t->value);
    wijk_table_text(out, wijk_trace_unit(c->cx, t));
    wijk_table_text(out, wijk_status_id(t->status));
    wijk_table_text(out, l ? l->source : NULL);
    wijk_table_text(out, l ? l->publisher : NULL);
    wijk_table_text(out, l ? l->licence : NULL);
    wijk_table_text(out, l ? l->file_name : NULL);
    wijk_table_text(out, l ? l->sha256 : NULL);
    if (t->row)
        wijk_table_int(out, t->row);
    else
        wijk_table_empty(out);
    wijk_table_text(out, column ? column->column : NULL);
    wijk_table_text(out, column && *column->rows ? column->rows : NULL);
    wijk_table_text(out, l && *l->retrieved ? l->retrieved : NULL);
    wijk_table_text(out, l && *l->url ? l->url : NULL);
    wijk_table_text(out, l ? l->loaded_at : NULL);
    wijk_table_text(out, t->key.release);
    wijk_table_text(out, method_version(t));
    wijk_table_int(out, t->division_year);
    wijk_table_text(out, wijk_trace_definition(c->cx, t));
    wijk_table_text(out, wijk_trace_symbols(c->cx, t));
    wijk_table_text(out, wijk_trace_words(c->cx, t));
    wijk_table_int(out, depth);
    wijk_table_text(out, role);
    wijk_table_num(out, weight);
    wijk_table_text(out, t->id);
    wijk_table_end_row(out);
}

/* What another source said: as the number itself, with that source's file and place. */
static void put_others(struct cli *c, struct wijk_table_out *out, const struct wijk_trace *t)
{
    for (size_t i = 0; i < t->n_other; i++) {
        struct wijk_trace o = *t;
        o.load = t->other[i].load;
        o.row = t->other[i].row;
        o.column = t->other[i].column;
        o.value = t->other[i].value;
        o.status = t->other[i].status;
        put_row(c, out, &o, 0, "other", NAN);
    }
}

static void put_rows(struct cli *c, struct wijk_table_out *out, const struct wijk_trace *t, int depth)
{
    for (size_t i = 0; i < t->n_input; i++) {
        const struct wijk_trace_input *in = &t->input[i];
        put_row(c, out, in->of, depth, "input", in->weight);
        put_rows(c, out, in->of, depth + 1);
        if (!in->weight_of) continue;
        put_row(c, out, in->weight_of, depth, "weight", NAN);
        put_rows(c, out, in->weight_of, depth + 1);
    }
}

/* ---- for people ---- */

static void say(struct wijk_table_out *out, const char *what, const char *text)
{
    if (!text || !*text) return;
    wijk_table_text(out, what);
    wijk_table_text(out, text);
    wijk_table_end_row(out);
}

static const char *value_text(struct cli *c, const struct wijk_trace *t)
{
    char number[32];
    if (isnan(t->value)) return wijk_tr(c->cx, wijk_status_text(t->status));
    number[wijk_num_write(t->value, number)] = '\0';
    return wijk_sprintf(c->cx, "%s (%s)", number, wijk_trace_unit(c->cx, t));
}

static const char *place_text(struct cli *c, const struct wijk_trace *t)
{
    if (!t->load) return NULL;
    if (!t->row) return t->load->file_name;
    return wijk_sprintf(c->cx, t->column ? wijk_tr(c->cx, "%s, %s %u, kolom %s") : "%s, %s %u%s",
                        t->load->file_name, wijk_trace_row_word(c->cx, t->load), t->row,
                        t->column ? t->column->column : "");
}

static void say_others(struct cli *c, struct wijk_table_out *out, const struct wijk_trace *t)
{
    for (size_t i = 0; i < t->n_other; i++) {
        const struct wijk_trace_other *o = &t->other[i];
        char number[32];
        number[isnan(o->value) ? 0 : wijk_num_write(o->value, number)] = '\0';
        const char *said = *number ? number : wijk_tr(c->cx, wijk_status_text(o->status));
        const char *place =
            o->row ? wijk_sprintf(c->cx, ", %s %u", wijk_trace_row_word(c->cx, o->load), o->row) : "";
        say(out, wijk_tr(c->cx, "Andere bron"),
            wijk_sprintf(c->cx, "%s: %s (%s%s)", o->load->source, said, o->load->file_name, place));
    }
}

static bool tell(struct cli *c, const struct wijk_trace *t)
{
    static const struct wijk_column WHAT[] = {{"what", WIJK_T("Wat"), -1}, {"value", WIJK_T("Antwoord"), -1}};
    struct wijk_table_out *out = wijk_table_open(c->cx, WIJK_FORMAT_TABLE, cli_stdout(), WHAT, 2);
    const struct wijk_load *l = t->load;
    struct wijk_cx *cx = c->cx;
    say(out, wijk_tr(cx, "Gebied"), wijk_sprintf(cx, "%s (%s)", t->area->name, t->area->code));
    say(out, wijk_tr(cx, "Getal"), wijk_trace_label(cx, t));
    say(out, wijk_tr(cx, "Periode"), period_of(cx, t));
    say(out, wijk_tr(cx, "Waarde"), value_text(c, t));
    say(out, wijk_tr(cx, "Status"), wijk_tr(cx, wijk_status_text(t->status)));
    say(out, wijk_tr(cx, "Definitie"), wijk_trace_definition(cx, t));
    say(out, wijk_tr(cx, "Formule in woorden"), wijk_trace_words(cx, t));
    say(out, wijk_tr(cx, "Formule"), wijk_trace_symbols(cx, t));
    for (size_t i = 0; i < t->n_setting; i++) say(out, t->setting[i].name, t->setting[i].value);
    say(out, wijk_tr(cx, "Methodeversie"), method_version(t));
    say(out, wijk_tr(cx, "Uitgave"), t->key.release);
    say(out, wijk_tr(cx, "Bron"), l ? l->source : NULL);
    say(out, wijk_tr(cx, "Uitgever"), l ? l->publisher : NULL);
    say(out, wijk_tr(cx, "Licentie"), l ? l->licence : NULL);
    say(out, wijk_tr(cx, "Plaats"), place_text(c, t));
    say(out, wijk_tr(cx, "Alleen regels met"), t->column ? t->column->rows : NULL);
    say(out, wijk_tr(cx, "SHA-256"), l ? l->sha256 : NULL);
    say(out, wijk_tr(cx, "Opgehaald"), l ? l->retrieved : NULL);
    say(out, wijk_tr(cx, "Opgehaald van"), l ? l->url : NULL);
    say(out, wijk_tr(cx, "Geladen"), l ? l->loaded_at : NULL);
    say(out, wijk_tr(cx, "Nieuwer cijfer"), t->newer);
    say_others(c, out, t);
    say(out, wijk_tr(cx, "Spoor"), t->id);
    return wijk_table_close(out);
}

static void tell_input(struct cli *c, struct wijk_table_out *out, const struct wijk_trace_input *in,
                       int depth)
{
    const struct wijk_trace *t = in->of;
    const char *label = wijk_trace_label(c->cx, t);
    wijk_table_text(out, wijk_sprintf(c->cx, "%*s%s", depth * 2, "", t->area->name));
    wijk_table_text(out, label);
    wijk_table_text(out, period_of(c->cx, t));
    wijk_table_text(out, value_text(c, t));
    wijk_table_num(out, in->weight);
    wijk_table_text(out, place_text(c, t));
    wijk_table_end_row(out);
    for (size_t i = 0; i < t->n_input; i++) tell_input(c, out, &t->input[i], depth + 1);
}

static bool tell_inputs(struct cli *c, const struct wijk_trace *t)
{
    static const struct wijk_column INPUT[] = {
        {"area", WIJK_T("Invoer"), -1},    {"indicator", WIJK_T("Getal"), -1},
        {"period", WIJK_T("Periode"), -1}, {"value", WIJK_T("Waarde"), -1},
        {"weight", WIJK_T("Gewicht"), -1}, {"place", WIJK_T("Plaats"), -1}};
    if (!t->n_input) return true;
    cli_stdout().write(cli_stdout().self, "\n", 1);
    struct wijk_table_out *out =
        wijk_table_open(c->cx, WIJK_FORMAT_TABLE, cli_stdout(), INPUT, sizeof INPUT / sizeof *INPUT);
    for (size_t i = 0; i < t->n_input; i++) tell_input(c, out, &t->input[i], 0);
    return wijk_table_close(out);
}

/* A figure about an area of one's own: its answer stands in the store. */
static enum wijk_err trace_drawn(struct cli *c, const struct wijk_snapshot *s,
                                 const struct wijk_trace_key *key, const struct wijk_trace **out)
{
    struct wijk_store *store;
    const struct wijk_drawn_answer *answer;
    WIJK_TRY(wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, &store));
    enum wijk_err err = wijk_store_find_drawn(c->cx, store, key->code, &answer);
    wijk_store_close(store);
    if (err != WIJK_OK) return err;
    if (!answer) return wijk_fail(c->cx, WIJK_ENOTFOUND, "Onder deze sleutel is geen antwoord bewaard.");
    return wijk_flow_trace_drawn(c->cx, s, answer, key, out);
}

int cli_trace(struct cli *c)
{
    enum wijk_format format;
    int64_t year;
    struct wijk_period period = {0};
    if (!cli_format(c, &format) || !cli_number(c, "year", 1990, 2100, 0, &year)) return CLI_USAGE;
    if (c->n_arg == 3)
        return cli_usage(c,
                         wijk_tr(c->cx, "geef een code, een indicator en een periode, of alleen een spoor."));
    if (c->n_arg == 4 && !wijk_period_parse(wijk_str(c->arg[3]), &period))
        return cli_usage(c, wijk_tr(c->cx, "een periode is een jaar (2024) of een maand (2024-05)."));
    const struct wijk_snapshot *s;
    const struct wijk_trace *t;
    /* Who are neighbours is told by borders; nothing else needs them. */
    struct wijk_trace_key key;
    const bool by_id = c->n_arg == 2 && wijk_trace_key_parse(c->cx, c->arg[1], &key);
    enum wijk_err err = cli_snapshot(c, by_id && key.part == WIJK_TRACE_CLUSTER, &s);
    if (err == WIJK_OK && by_id && key.part == WIJK_TRACE_DRAWN)
        err = trace_drawn(c, s, &key, &t);
    else if (err == WIJK_OK && c->n_arg == 2)
        err = wijk_flow_trace_id(c->cx, s, c->arg[1], &t);
    else if (err == WIJK_OK)
        err = wijk_flow_trace(c->cx, s, c->arg[1], c->arg[2], period, (int)year, &t);
    if (err != WIJK_OK) return cli_fail(c, err);
    if (format == WIJK_FORMAT_TABLE) return tell(c, t) && tell_inputs(c, t) ? CLI_OK : CLI_FAILED;
    struct wijk_table_out *out =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    put_row(c, out, t, 0, "number", NAN);
    put_others(c, out, t);
    put_rows(c, out, t, 1);
    return wijk_table_close(out) ? CLI_OK : CLI_FAILED;
}
