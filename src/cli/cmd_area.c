/* SPDX-License-Identifier: EUPL-1.2 */
/* area: an answer about an area that somebody drew, as a table or as GeoJSON with its outline. */
#include "cli/cli.h"

#include <string.h>

struct area {
    struct wijk_store *store;
    const struct wijk_snapshot *s;
    struct wijk_flow_drawn drawn;
};

/* The store for writing, because an answer is kept; where that cannot be, for what was answered before. */
static enum wijk_err open_store(struct cli *c, struct wijk_store **out)
{
    if (wijk_store_open(c->cx, c->arg[0], WIJK_STORE_WRITE, out) == WIJK_OK) return WIJK_OK;
    return wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, out);
}

/* Every --indicator must be one that adds up or has a mean. */
static enum wijk_err check_indicators(struct cli *c, const struct wijk_defs *defs)
{
    for (size_t i = 0; i < c->n_option; i++) {
        if (strcmp(c->option[i].name, "indicator") != 0) continue;
        const struct wijk_indicator *ind = wijk_defs_indicator(defs, c->option[i].value);
        if (!ind)
            return wijk_fail(c->cx, WIJK_ENOTFOUND, "De indicator %s bestaat niet.", c->option[i].value);
        if (ind->aggregation == WIJK_AGGREGATE_NONE)
            return wijk_fail(c->cx, WIJK_EDATA, "De indicator %s is niet op te tellen en niet te middelen.",
                             ind->id);
    }
    return WIJK_OK;
}

static bool wanted(const struct cli *c, const char *indicator)
{
    bool all = true;
    for (size_t i = 0; i < c->n_option; i++) {
        if (strcmp(c->option[i].name, "indicator") != 0) continue;
        if (strcmp(c->option[i].value, indicator) == 0) return true;
        all = false;
    }
    return all;
}

static enum wijk_err ask(struct cli *c, enum wijk_level level, struct area *a)
{
    const struct wijk_defs *defs;
    struct wijk_flow_drawn_in in = {.level = level, .now = cli_now()};
    struct wijk_str bytes;
    WIJK_TRY(wijk_file_read(c->cx, c->arg[1], WIJK_SHAPE_BYTES, &bytes));
    struct wijk_import_question q;
    WIJK_TRY(wijk_import_question(c->cx, bytes, wijk_str_plain(c->cx, wijk_str(c->arg[1])).p, &q));
    in.shape = q.shape, in.code = q.code, in.n_code = q.n_code;
    WIJK_TRY(open_store(c, &a->store));
    WIJK_TRY(cli_defs_of(c, a->store, &defs));
    WIJK_TRY(check_indicators(c, defs));
    WIJK_TRY(cli_take(c, a->store, defs, false, &a->s));
    return wijk_flow_drawn(c->cx, a->store, a->s, &in, &a->drawn);
}

static void say(const struct cli *c, const struct area *a)
{
    const struct wijk_drawn_answer *v = a->drawn.answer;
    fprintf(stderr, wijk_tr(c->cx, "%zu %s, samen %s inwoners. Sleutel %.16s, gevraagd %s.\n"), v->n_member,
            wijk_tr(c->cx, wijk_level_label(v->level, v->n_member != 1)),
            wijk_num_people(c->cx, v->persons, 0), v->key, v->asked_at);
}

static int table(const struct cli *c, const struct area *a, enum wijk_format format)
{
    static const struct wijk_column COLUMNS[] = {
        {"indicator", WIJK_T("Indicator"), -1}, {"label", WIJK_T("Naam"), -1},
        {"period", WIJK_T("Periode"), -1},      {"value", WIJK_T("Waarde"), -1},
        {"unit", WIJK_T("Eenheid"), -1},        {"status", WIJK_T("Status"), -1},
        {"known", WIJK_T("Met cijfer"), -1},    {"members", WIJK_T("Van de"), -1},
        {"covered", WIJK_T("Dekking"), 3},      {"trace", WIJK_T("Spoor"), -1}};
    const struct wijk_drawn_answer *v = a->drawn.answer;
    struct wijk_table_out *t =
        wijk_table_open(c->cx, format, cli_stdout(), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < v->n_figure; i++) {
        const struct wijk_drawn_figure *f = &v->figure[i];
        const struct wijk_indicator *ind = wijk_defs_indicator(a->s->defs, f->indicator);
        char period[16];
        if (!wanted(c, f->indicator)) continue;
        wijk_period_write(f->period, period);
        wijk_table_text(t, f->indicator);
        wijk_table_text(t, ind ? wijk_indicator_label(ind, wijk_cx_lang(c->cx)) : NULL);
        wijk_table_text(t, period);
        wijk_table_num(t, f->value);
        wijk_table_text(t, ind ? wijk_indicator_unit(ind, wijk_cx_lang(c->cx)) : NULL);
        wijk_table_text(t, wijk_status_id(f->status));
        wijk_table_int(t, f->known);
        wijk_table_int(t, (int64_t)v->n_member);
        wijk_table_num(t, f->covered);
        wijk_table_text(t, wijk_drawn_id(c->cx, v, f));
        wijk_table_end_row(t);
    }
    return wijk_table_close(t) ? CLI_OK : CLI_FAILED;
}

/* One feature: the outline of what the answer speaks of, its members and its figures. */
static int geojson(const struct cli *c, const struct area *a)
{
    const struct wijk_drawn_answer *v = a->drawn.answer;
    struct wijk_geojson_out g;
    struct wijk_json_out *w = &g.json;
    wijk_geojson_begin(&g, cli_stdout());
    wijk_geojson_begin_feature(&g, v->key, a->drawn.outline);
    wijk_json_kv_str(w, "level", wijk_level_id(v->level));
    wijk_json_kv_int(w, "division_year", v->division_year);
    wijk_json_kv_num(w, "residents", v->persons);
    wijk_json_kv_str(w, "data_version", v->data_version);
    wijk_json_kv_str(w, "asked_at", v->asked_at);
    wijk_json_key(w, "members");
    wijk_json_begin_array(w);
    for (size_t i = 0; i < v->n_member; i++) wijk_json_cstr(w, v->member[i]);
    wijk_json_end_array(w);
    wijk_json_key(w, "figures");
    wijk_json_begin_array(w);
    for (size_t i = 0; i < v->n_figure; i++) {
        const struct wijk_drawn_figure *f = &v->figure[i];
        char period[16];
        if (!wanted(c, f->indicator)) continue;
        wijk_period_write(f->period, period);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", f->indicator);
        wijk_json_kv_str(w, "period", period);
        wijk_json_kv_num(w, "value", f->value);
        wijk_json_kv_str(w, "status", wijk_status_id(f->status));
        wijk_json_kv_int(w, "known", f->known);
        wijk_json_kv_num(w, "covered", f->covered);
        wijk_json_kv_str(w, "trace", wijk_drawn_id(c->cx, v, f));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    wijk_geojson_end_feature(&g);
    return wijk_geojson_end(&g) ? CLI_OK : CLI_FAILED;
}

int cli_area(struct cli *c)
{
    struct area a = {0};
    enum wijk_level level;
    enum wijk_format format = WIJK_FORMAT_TABLE;
    const char *text = cli_option(c, "format", NULL);
    bool map = text && strcmp(text, "geojson") == 0;
    if (text && !map && !wijk_format_parse(wijk_str(text), &format))
        return cli_usage(c, wijk_tr(c->cx, "--format is table, json, csv of geojson."));
    if (!cli_level(c, WIJK_LEVEL_COUNT, &level)) return CLI_USAGE;
    enum wijk_err err = ask(c, level, &a);
    int code = cli_fail(c, err);
    if (err == WIJK_OK && a.drawn.verdict != WIJK_DRAWN_ALLOWED) {
        fprintf(stderr, "wijk: %s\n", wijk_tr(c->cx, wijk_drawn_text(a.drawn.verdict)));
        code = CLI_FAILED;
    } else if (err == WIJK_OK) {
        say(c, &a);
        code = map ? geojson(c, &a) : table(c, &a, format);
    }
    wijk_store_close(a.store);
    return code;
}
