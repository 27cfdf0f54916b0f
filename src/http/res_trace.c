/* SPDX-License-Identifier: EUPL-1.2 */
/* /herkomst: where a number comes from, with its formula and, of a computed one, its inputs down to the
 * fields of the files. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

enum { WHOLE_MAX = 150 }; /* of more inputs only the first step: each has an address of its own */

/* Inputs of inputs and all. */
static size_t all_inputs(const struct wijk_trace *t)
{
    size_t n = t->n_input;
    for (size_t i = 0; i < t->n_input; i++) n += all_inputs(t->input[i].of);
    return n;
}

static void source(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_load *l = t->load;
    wijk_json_key(w, "bron");
    if (!l) {
        wijk_json_null(w);
        return;
    }
    bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", l->source);
    wijk_json_kv_str(w, "titel",
                     !t->source                  ? l->source
                     : en && t->source->title_en ? t->source->title_en
                                                 : t->source->title_nl);
    wijk__res_text(w, "uitgever", l->publisher);
    wijk__res_text(w, "licentie", l->licence);
    wijk__res_text(w, "tabel", l->table);
    wijk__res_text(w, "methodeversie", l->method_version);
    wijk__res_text(w, "release", l->release);
    wijk__res_text(w, "bronvermelding", t->source ? t->source->attribution : l->publisher);
    wijk_json_end_object(w);
}

static void load(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_load *l = t->load;
    wijk_json_key(w, "lading");
    if (!l) {
        wijk_json_null(w);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "id", l->id);
    wijk_json_kv_str(w, "bestand", l->file_name);
    wijk_json_kv_str(w, "sha256", l->sha256);
    wijk__res_text(w, "opgehaald", l->retrieved);
    wijk__res_text(w, "opgehaaldVan", l->url);
    wijk_json_kv_str(w, "geladenOp", l->loaded_at);
    if (t->row)
        wijk_json_kv_int(w, "rij", t->row);
    else
        wijk__res_null(w, "rij");
    wijk_json_kv_str(w, "rijSoort", wijk_trace_row_word(c->cx, l));
    wijk_json_kv_str(w, "kolom", t->column ? t->column->column : NULL);
    wijk__res_text(w, "rijen", t->column ? t->column->rows : NULL);
    if (t->way == WIJK_WAY_COUNTED) {
        wijk_json_kv_str(w, "gebiedKolom", t->column->area_column);
        wijk_json_kv_int(w, "gebiedTekens", t->column->area_first);
        wijk__res_text(w, "zonder", t->column->left_out);
    }
    wijk_json_kv_str(w, "rijenIn", wijk_trace_rows_in(c->cx, t->source));
    wijk_json_end_object(w);
}

static const char *way_id(enum wijk_trace_way way)
{
    static const char *const ID[] = {
        [WIJK_WAY_NONE] = "geen",        [WIJK_WAY_DELIVERED] = "geleverd",
        [WIJK_WAY_COUNTED] = "geteld",   [WIJK_WAY_SAME] = "gelijk",
        [WIJK_WAY_SUM] = "som",          [WIJK_WAY_MEAN] = "gemiddelde",
        [WIJK_WAY_CLASS] = "klasse",     [WIJK_WAY_DIFFERENCE] = "verschil",
        [WIJK_WAY_SHARE] = "aandeel",    [WIJK_WAY_SHARES] = "delen",
        [WIJK_WAY_ANALYSIS] = "analyse",
    };
    return ID[way];
}

static void formula(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    bool delivered = t->way == WIJK_WAY_DELIVERED || t->way == WIJK_WAY_COUNTED;
    wijk_json_key(w, "formule");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "soort", way_id(t->way));
    wijk_json_kv_str(w, "woorden", wijk_trace_words(c->cx, t));
    wijk_json_kv_str(w, "symbolen", wijk_trace_symbols(c->cx, t));
    wijk_json_kv_num(w, "factor", delivered && t->column ? t->column->scale : (double)NAN);
    wijk_json_kv_num(w, "afronding", delivered && t->round_to > 0 ? t->round_to : (double)NAN);
    if (t->limits) {
        wijk__res_list(w, "grenzen");
        for (size_t i = 0; i < WIJK_CLASSES - 1; i++) wijk_json_num(w, t->limits->limit[i]);
        wijk_json_end_array(w);
    } else {
        wijk__res_null(w, "grenzen");
    }
    wijk_json_end_object(w);
}

/* What the number is and what it came to: the same for the one asked for and for its inputs. */
static void name(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "code", t->area->code);
    wijk_json_kv_str(w, "naam", t->area->name);
    wijk_json_kv_str(w, "indicator", t->key.name);
    wijk_json_kv_str(w, "indicatorNaam", wijk_trace_label(c->cx, t));
    wijk_json_key(w, "van");
    if (t->key.from.year)
        wijk__res_period(w, t->key.from);
    else
        wijk_json_null(w);
    wijk_json_key(w, "periode");
    wijk__res_period(w, t->period);
    wijk_json_kv_num(w, "waarde", t->value);
    wijk_json_kv_str(w, "status", wijk_status_id(t->status));
    wijk_json_kv_str(w, "statusTekst", wijk_tr(c->cx, wijk_status_text(t->status)));
    wijk_json_kv_str(w, "spoor", t->id);
}

static void inputs(struct http_call *c, const struct wijk_trace *t, bool whole);

/* in: how it counts in a mean; NULL when it is itself a weight. whole false: what it is and how it counts. */
static void input(struct http_call *c, const struct wijk_trace *t, const struct wijk_trace_input *in,
                  bool whole)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    name(c, t);
    if (in && !isnan(in->weight)) {
        wijk_json_kv_num(w, "gewicht", in->weight);
        wijk_json_key(w, "gewichtInvoer");
        if (in->weight_of)
            input(c, in->weight_of, NULL, whole);
        else
            wijk_json_null(w);
    }
    if (whole) {
        wijk_json_kv_str(w, "bron", t->load ? t->load->source : NULL);
        load(c, t);
        formula(c, t);
        inputs(c, t, true);
    }
    wijk_json_end_object(w);
}

static void inputs(struct http_call *c, const struct wijk_trace *t, bool whole)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_int(w, "aantalInvoer", (int64_t)(t->n_input_all ? t->n_input_all : t->n_input));
    wijk__res_list(w, "invoer");
    for (size_t i = 0; i < t->n_input; i++) input(c, t->input[i].of, &t->input[i], whole);
    wijk_json_end_array(w);
    wijk_json_kv_int(w, "verborgen", (int64_t)t->n_hidden);
    wijk_json_kv_int(w, "zonderCijfer", (int64_t)t->n_blank);
}

/* Of an analysis: its band and everything it was set to. */
static void analysis(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    if (!isnan(t->low)) {
        wijk_json_key(w, "band");
        wijk_json_begin_object(w);
        wijk_json_kv_num(w, "laag", t->low);
        wijk_json_kv_num(w, "hoog", t->high);
        wijk_json_end_object(w);
    } else {
        wijk__res_null(w, "band");
    }
    wijk__res_list(w, "instellingen");
    for (size_t i = 0; i < t->n_setting; i++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "naam", t->setting[i].name);
        wijk_json_kv_str(w, "waarde", t->setting[i].value);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* What other sources said of the same figure. */
static void others(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "andereBronnen");
    for (size_t i = 0; i < t->n_other; i++) {
        const struct wijk_trace_other *o = &t->other[i];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "bron", o->load->source);
        wijk_json_kv_num(w, "waarde", o->value);
        wijk_json_kv_str(w, "status", wijk_status_id(o->status));
        wijk_json_kv_str(w, "statusTekst", wijk_tr(c->cx, wijk_status_text(o->status)));
        wijk_json_kv_str(w, "bestand", o->load->file_name);
        wijk_json_kv_str(w, "sha256", o->load->sha256);
        if (o->row)
            wijk_json_kv_int(w, "rij", o->row);
        else
            wijk__res_null(w, "rij");
        wijk_json_kv_str(w, "rijSoort", wijk_trace_row_word(c->cx, o->load));
        wijk_json_kv_str(w, "kolom", o->column ? o->column->column : NULL);
        wijk_json_kv_str(w, "geladenOp", o->load->loaded_at);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void answer(struct http_call *c, const struct wijk_trace *t)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    name(c, t);
    wijk__res_level(w, t->level, t->division_year);
    wijk_json_kv_str(w, "definitie", wijk_trace_definition(c->cx, t));
    wijk_json_kv_str(w, "eenheid", wijk_trace_unit(c->cx, t));
    wijk_json_kv_str(w, "soort", t->indicator ? wijk__res_kind(t->indicator) : "geschat");
    wijk_json_kv_str(w, "nieuwer", t->newer);
    wijk_json_kv_str(w, "uitleg", wijk_trace_page(t));
    source(c, t);
    load(c, t);
    others(c, t);
    wijk_json_key(w, "methode");
    if (t->method) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", t->method->id);
        wijk_json_kv_str(w, "naam", wijk__res_method_name(c, t->method));
        wijk_json_kv_str(w, "versie", t->method->version);
        wijk_json_end_object(w);
    } else {
        wijk_json_null(w);
    }
    wijk_json_kv_str(w, "algoritme", t->algorithm);
    formula(c, t);
    analysis(c, t);
    inputs(c, t, all_inputs(t) <= WHOLE_MAX);
    if (t->n_part && t->way == WIJK_WAY_MEAN)
        wijk_json_kv_int(w, "berekendUit", (int64_t)t->n_part);
    else
        wijk__res_null(w, "berekendUit");
    wijk_json_end_object(w);
}

void wijk__res_trace(struct http_call *c)
{
    struct wijk_period period;
    const struct wijk_trace *t;
    if (!wijk_period_parse(wijk_str(c->arg[2]), &period)) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Geef een jaar (2025) of een maand (2025-04)."));
        return;
    }
    if (wijk_flow_trace(c->cx, c->s, c->arg[0], c->arg[1], period, c->year, &t) != WIJK_OK)
        wijk__http_not_found(c, wijk_fault(c->cx));
    else
        answer(c, t);
}

/* A figure about an area of one's own: its answer is the keeper's to read. */
static void trace_drawn(struct http_call *c, const struct wijk_trace_key *key)
{
    const struct wijk_trace *t;
    struct wijk_flow_drawn d;
    if (!c->world->keeper)
        wijk__http_not_found(c, wijk_tr(c->cx, "Onder deze sleutel is geen antwoord bewaard."));
    else if (wijk__keeper_drawn_again(c->world->keeper, c->cx, c->s, key->code, &d) != WIJK_OK ||
             wijk_flow_trace_drawn(c->cx, c->s, d.answer, key, &t) != WIJK_OK)
        wijk__http_not_found(c, wijk_fault(c->cx));
    else
        answer(c, t);
}

void wijk__res_trace_id(struct http_call *c)
{
    const struct wijk_trace *t;
    struct wijk_trace_key key;
    if (wijk_trace_key_parse(c->cx, c->arg[0], &key) && key.part == WIJK_TRACE_DRAWN)
        trace_drawn(c, &key);
    else if (wijk_flow_trace_id(c->cx, c->s, c->arg[0], &t) != WIJK_OK)
        wijk__http_not_found(c, wijk_fault(c->cx));
    else
        answer(c, t);
}
