/* SPDX-License-Identifier: EUPL-1.2 */
/* The register of algorithms as others read it: the 32 fields of the publication standard of the Dutch
 * Algoritmeregister (1.0), and what a score is made of, taken from its own definition so that a weight stands
 * in one place. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

#define X(name, id, key) id,
static const char *const FIELD[] = {WIJK_REGISTER_FIELDS(X)};
#undef X
#define X(name, id, key) key,
static const char *const KEY[] = {WIJK_REGISTER_FIELDS(X)};
#undef X

const char *wijk_register_field(enum wijk_register_field f)
{
    return FIELD[f];
}

/* ---- who ---- */

const char *wijk_flow_organisation(struct wijk_cx *cx, const struct wijk_snapshot *s)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, WIJK_LEVEL_GEMEENTE, 0);
    if (!d || d->areas.n != 1) return "";
    return wijk_sprintf(cx, "Gemeente %s", d->areas.v[0].name);
}

/* ---- what an installation knows of itself ---- */

static size_t loaded(struct wijk_cx *cx, const struct wijk_snapshot *s,
                     const struct wijk_statement_source **out)
{
    struct wijk_statement_source *v = WIJK_NEW(cx, struct wijk_statement_source, s->n_load);
    const char **id = WIJK_NEW(cx, const char *, s->n_load);
    size_t n = 0;
    for (size_t k = 0; k < s->n_load; k++) {
        const struct wijk_load *l = &s->load[k];
        const struct wijk_source *source = wijk_defs_source(s->defs, l->source);
        size_t at = 0;
        while (at < n && strcmp(id[at], l->source) != 0) at++;
        if (at == n) {
            id[n] = l->source;
            v[n++] = (struct wijk_statement_source){source ? source->title_nl : l->source, l->publisher,
                                                    l->licence, 0};
        }
        v[at].n_load++;
    }
    *out = v;
    return n;
}

void wijk_flow_statement_facts(struct wijk_cx *cx, const struct wijk_snapshot *s,
                               const struct wijk_register_in *in, struct wijk_statement_facts *out)
{
    const struct wijk_algorithm **shown = WIJK_NEW(cx, const struct wijk_algorithm *, s->defs->n_algorithm);
    *out = (struct wijk_statement_facts){.organisation = in->organisation ? in->organisation
                                                                          : wijk_flow_organisation(cx, s),
                                         .contact = in->contact ? in->contact : "",
                                         .url = in->url ? in->url : "",
                                         .version = WIJK_VERSION,
                                         .today = wijk_day_nl(s->now),
                                         .algorithm = shown};
    for (size_t k = 0; k < s->n_division; k++)
        if (k == 0 || s->division[k].areas.level != s->division[k - 1].areas.level)
            out->n_area += s->division[k].areas.n;
    for (size_t k = 0; k < s->n_series; k++)
        out->n_indicator += k == 0 || strcmp(s->series[k].key.indicator, s->series[k - 1].key.indicator) != 0;
    for (size_t k = 0; k < s->defs->n_algorithm; k++)
        if (!s->shut[k]) shown[out->n_algorithm++] = &s->defs->algorithm[k];
    out->n_source = loaded(cx, s, &out->source);
}

/* ---- what it is made of ---- */

struct taken {
    size_t n;
    struct wijk_algorithm_input *v;
};

static void put(struct taken *out, const struct wijk_indicator *i, const char *part, double share)
{
    if (i) out->v[out->n++] = (struct wijk_algorithm_input){i, part, share};
}

static void of_recipe(const struct wijk_defs *d, const struct wijk_recipe *r, enum wijk_lang lang,
                      struct taken *out)
{
    double all = 0;
    for (size_t k = 0; k < r->n_dimension; k++) all += r->dimension[k].weight;
    for (size_t k = 0; k < r->n_input; k++) {
        const struct wijk_recipe_dimension *dim = &r->dimension[r->input[k].dimension];
        double within = 0;
        for (size_t j = 0; j < r->n_input; j++)
            within += r->input[j].dimension == r->input[k].dimension ? r->input[j].weight : 0;
        put(out, wijk_defs_indicator(d, r->input[k].indicator),
            lang == WIJK_EN ? dim->label_en : dim->label_nl, dim->weight / all * r->input[k].weight / within);
    }
}

struct wijk_algorithm_inputs wijk_algorithm_inputs(struct wijk_cx *cx, const struct wijk_defs *d,
                                                   const struct wijk_algorithm *a)
{
    enum { MOST = WIJK_RECIPE_INPUTS_MAX + WIJK_PEER_INPUTS };
    static const enum wijk_analysis BY_PEERS[] = {WIJK_ANALYSIS_ALIKE, WIJK_ANALYSIS_EXPECTED,
                                                  WIJK_ANALYSIS_NOWCAST};
    struct taken out = {0, WIJK_NEW(cx, struct wijk_algorithm_input, MOST)};
    if (a->recipe) of_recipe(d, a->recipe, wijk_cx_lang(cx), &out);
    for (size_t k = 0; a->method && k < a->method->n_dimension; k++)
        put(&out, wijk_defs_indicator(d, a->method->dimension[k].indicator), "", NAN);
    if (a->of != WIJK_OF_ANALYSIS) return (struct wijk_algorithm_inputs){out.n, out.v};
    for (size_t k = 0; k < sizeof BY_PEERS / sizeof *BY_PEERS; k++)
        if (d->n_peers && strcmp(a->id, wijk_analysis_id(BY_PEERS[k])) == 0)
            for (size_t i = 0; i < d->peers[0].n_input; i++)
                put(&out, wijk_defs_indicator(d, d->peers[0].input[i]), "", NAN);
    if (strcmp(a->id, wijk_analysis_id(WIJK_ANALYSIS_FELT)) == 0)
        for (size_t i = 0; i < d->n_perception && out.n + 2 <= MOST; i++) {
            put(&out, wijk_defs_indicator(d, d->perception[i].said), "", NAN);
            put(&out, wijk_defs_indicator(d, d->perception[i].fact), "", NAN);
        }
    return (struct wijk_algorithm_inputs){out.n, out.v};
}

/* ---- the fields ---- */

static const char *links(struct wijk_cx *cx, const struct wijk_algorithm_link *v, size_t n, bool title)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    for (size_t k = 0; k < n; k++) {
        const char *text = title ? v[k].title : v[k].link;
        if (*text) wijk_buf_printf(&b, "%s%s", b.n ? "; " : "", text);
    }
    return wijk_buf_cstr(&b);
}

/* Sources of the score with a page of their own. */
static size_t sources(const struct wijk_defs *d, const struct wijk_algorithm *a,
                      struct wijk_algorithm_link out[WIJK_ALGORITHM_LINKS])
{
    size_t n = 0;
    for (size_t k = 0; k < a->n_source; k++) {
        const struct wijk_source *s = wijk_defs_source(d, a->source[k]);
        if (s && wijk_str_starts(wijk_str(s->homepage), "https://"))
            out[n++] = (struct wijk_algorithm_link){s->title_nl, s->homepage};
    }
    return n;
}

/* Two texts in one field: as many signs as the standard takes together. */
static const char *both(struct wijk_cx *cx, const char *a, const char *b)
{
    return wijk_sprintf(cx, "%s%s%s", a, *a && *b ? " " : "", b);
}

void wijk_register_fill(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_register_in *in,
                        const struct wijk_algorithm *a, const char *field[WIJK_REGISTER_FIELD_COUNT])
{
    struct wijk_algorithm_link from[WIJK_ALGORITHM_LINKS];
    const size_t n = sources(s->defs, a, from);
    struct wijk_buf theme = wijk_buf(cx, 0);
    for (size_t k = 0; k < a->n_theme; k++) wijk_buf_printf(&theme, "%s%s", k ? "; " : "", a->theme[k]);
    const char *url = in->url ? in->url : "", *who = in->organisation;
    field[WIJK_REGISTER_NAME] = a->label_nl;
    field[WIJK_REGISTER_SUMMARY] = a->summary_nl;
    field[WIJK_REGISTER_ORGANISATION] = who ? who : wijk_flow_organisation(cx, s);
    field[WIJK_REGISTER_THEME] = wijk_buf_cstr(&theme);
    field[WIJK_REGISTER_STATUS] = wijk_algorithm_status_text(a->status);
    field[WIJK_REGISTER_BEGIN] = a->since;
    field[WIJK_REGISTER_END] = a->until;
    field[WIJK_REGISTER_CONTACT] = *a->record.contact ? a->record.contact : in->contact ? in->contact : "";
    field[WIJK_REGISTER_PAGE] = *url ? wijk_sprintf(cx, "%s/algoritmen/%s", url, a->id) : "";
    field[WIJK_REGISTER_CATEGORY] = wijk_algorithm_category_text(a->category);
    field[WIJK_REGISTER_SOURCE_RECORD] = *url ? wijk_sprintf(cx, "%s/api/v1/algoritmen/%s", url, a->id) : "";
    field[WIJK_REGISTER_GOAL] = a->purpose_nl;
    field[WIJK_REGISTER_WEIGHED] = both(cx, a->weighed_nl, a->record.why_nl);
    field[WIJK_REGISTER_HUMAN] = a->human_nl;
    field[WIJK_REGISTER_RISKS] = both(cx, a->limits_nl, a->risks_nl);
    field[WIJK_REGISTER_LEGAL] = a->legal_nl;
    field[WIJK_REGISTER_LEGAL_LINK] = links(cx, a->law, a->n_law, false);
    field[WIJK_REGISTER_LEGAL_TITLE] = links(cx, a->law, a->n_law, true);
    field[WIJK_REGISTER_PROCESSING] = "";
    field[WIJK_REGISTER_TESTS] = links(cx, a->test, a->n_test, true);
    field[WIJK_REGISTER_TEST_LINK] = links(cx, a->test, a->n_test, false);
    field[WIJK_REGISTER_TEST_WORDS] = both(cx, a->untested_nl, a->record.privacy);
    field[WIJK_REGISTER_DATA] = a->data_nl;
    field[WIJK_REGISTER_DATA_LINK] = links(cx, from, n, false);
    field[WIJK_REGISTER_DATA_TITLE] = links(cx, from, n, true);
    field[WIJK_REGISTER_WORKING] = a->formula_nl;
    field[WIJK_REGISTER_SUPPLIER] = a->supplier;
    field[WIJK_REGISTER_CODE] = a->code;
    field[WIJK_REGISTER_LANGUAGE] = "nld";
    field[WIJK_REGISTER_STANDARD] = "1.0";
    field[WIJK_REGISTER_ID] = a->id;
    field[WIJK_REGISTER_TERMS] = a->terms;
}

/* ---- the forms ---- */

/* {title, link} for each, as the register's own interface takes them. */
static void grouping(struct wijk_json_out *w, const char *key, const struct wijk_algorithm_link *v, size_t n)
{
    wijk_json_key(w, key);
    wijk_json_begin_array(w);
    for (size_t k = 0; k < n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "title", v[k].title);
        wijk_json_kv_str(w, "link", v[k].link);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void write_one(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_register_in *in,
                      const struct wijk_algorithm *a, struct wijk_json_out *w)
{
    const char *field[WIJK_REGISTER_FIELD_COUNT];
    struct wijk_algorithm_link from[WIJK_ALGORITHM_LINKS];
    const size_t n = sources(s->defs, a, from);
    wijk_register_fill(cx, s, in, a, field);
    wijk_json_begin_object(w);
    for (size_t f = 0; f < WIJK_REGISTER_FIELD_COUNT; f++) {
        if (f == WIJK_REGISTER_THEME) {
            wijk_json_key(w, KEY[f]);
            wijk_json_begin_array(w);
            for (size_t k = 0; k < a->n_theme; k++) wijk_json_cstr(w, a->theme[k]);
            wijk_json_end_array(w);
        } else if (*KEY[f]) {
            wijk_json_kv_str(w, KEY[f], field[f]);
        }
    }
    grouping(w, "lawful_basis_grouping", a->law, a->n_law);
    grouping(w, "impacttoetsen_grouping", a->test, a->n_test);
    grouping(w, "source_data_grouping", from, n);
    wijk_json_end_object(w);
}

static bool is_taken(const struct wijk_algorithm *a, const char *id)
{
    return a->described && (!id || strcmp(a->id, id) == 0);
}

void wijk_register_json(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_register_in *in,
                        const char *id, struct wijk_json_out *w)
{
    wijk_json_begin_array(w);
    for (size_t i = 0; i < s->defs->n_algorithm; i++)
        if (is_taken(&s->defs->algorithm[i], id)) write_one(cx, s, in, &s->defs->algorithm[i], w);
    wijk_json_end_array(w);
}

bool wijk_register_csv(struct wijk_cx *cx, const struct wijk_snapshot *s, const struct wijk_register_in *in,
                       const char *id, struct wijk_out out)
{
    struct wijk_column column[WIJK_REGISTER_FIELD_COUNT];
    const char *field[WIJK_REGISTER_FIELD_COUNT];
    for (size_t f = 0; f < WIJK_REGISTER_FIELD_COUNT; f++)
        column[f] = (struct wijk_column){FIELD[f], FIELD[f], -1};
    struct wijk_table_out *t = wijk_table_open(cx, WIJK_FORMAT_CSV, out, column, WIJK_REGISTER_FIELD_COUNT);
    for (size_t i = 0; i < s->defs->n_algorithm; i++) {
        if (!is_taken(&s->defs->algorithm[i], id)) continue;
        wijk_register_fill(cx, s, in, &s->defs->algorithm[i], field);
        for (size_t f = 0; f < WIJK_REGISTER_FIELD_COUNT; f++) wijk_table_text(t, field[f]);
        wijk_table_end_row(t);
    }
    return wijk_table_close(t);
}
