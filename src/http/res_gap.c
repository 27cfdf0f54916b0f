/* SPDX-License-Identifier: EUPL-1.2 */
/* /kloof and /onvoldoende: how far areas lie apart over the years, and how many people live where livability
 * is insufficient. One gemeente, all areas together, or everything at once. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

enum { LEVEL, YEAR, METHOD, RELEASE, WITHIN };

static struct wijk_flow_lived_in asked(const struct http_call *c)
{
    return (struct wijk_flow_lived_in){.level = c->text[LEVEL] ? c->level : WIJK_LEVEL_COUNT,
                                       .division_year = c->text[YEAR] ? c->year : 0,
                                       .method = c->text[METHOD],
                                       .release = c->text[RELEASE],
                                       .within = c->text[WITHIN]};
}

static void failed(struct http_call *c, enum wijk_err err)
{
    if (err == WIJK_ENOTFOUND)
        wijk__http_not_found(c, wijk_fault(c->cx));
    else
        wijk__http_problem(c, 500, wijk_tr(c->cx, "De berekening lukt niet"), wijk_fault(c->cx));
}

static void head(struct http_call *c, const struct wijk_flow_lived_head *h)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_level(w, h->division->areas.level, h->division->areas.division_year);
    wijk_json_kv_str(w, "methode", h->method->id);
    wijk_json_kv_str(w, "methodeNaam", wijk__res_method_name(c, h->method));
    wijk__res_text(w, "release", h->release);
    wijk__res_text(w, "indicator", h->indicator ? h->indicator->id : NULL);
    wijk_json_kv_bool(w, "perVak", h->cells);
    wijk_json_kv_str(w, "inwonersVan", wijk_people_from_id(h->from));
    wijk_json_kv_str(w, "inwonersVanTekst", wijk_tr(c->cx, wijk_people_from_text(h->from)));
    wijk__res_list(w, "perioden");
    for (size_t p = 0; p < h->n_period; p++) wijk__res_period(w, h->period[p]);
    wijk_json_end_array(w);
    wijk_json_kv_int(w, "anderePerioden", (int64_t)h->n_other);
}

static void reason(struct http_call *c, enum wijk_lack lack)
{
    if (lack == WIJK_LACK_NONE)
        wijk_json_null(&c->json);
    else
        wijk_json_cstr(&c->json, wijk_tr(c->cx, wijk_lack_text(lack)));
}

/* ---- /kloof ---- */

static void trend(struct http_call *c, const struct wijk_flow_gap *f, const struct wijk_flow_gap_unit *u,
                  enum wijk_gap_measure m)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_gap_trend *t = &u->gap->trend[m];
    wijk_json_key(w, "verloop");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "oordeel", wijk_gap_verdict_id(t->verdict));
    wijk_json_kv_str(w, "oordeelTekst", wijk_tr(c->cx, wijk_gap_verdict_text(t->verdict)));
    wijk_json_kv_num(w, "perJaar", t->per_year);
    wijk_json_kv_num(w, "laag", t->low);
    wijk_json_kv_num(w, "hoog", t->high);
    wijk_json_kv_num(w, "verandering", t->change);
    wijk_json_kv_int(w, "gebieden", (int64_t)t->n_common);
    wijk_json_kv_num(w, "dekking", t->common);
    wijk_json_key(w, "waarom");
    reason(c, t->lack);
    if (t->lack == WIJK_LACK_NONE) {
        wijk_json_key(w, "van");
        wijk__res_period(w, f->head.period[t->first]);
        wijk_json_key(w, "tot");
        wijk__res_period(w, f->head.period[t->last]);
        wijk_json_kv_str(
            w, "spoor", wijk_gap_id(c->cx, f, u->code, f->head.period[t->first], f->head.period[t->last], m));
    } else {
        wijk__res_null(w, "van");
        wijk__res_null(w, "tot");
        wijk__res_null(w, "spoor");
    }
    wijk_json_end_object(w);
}

static void measure(struct http_call *c, const struct wijk_flow_gap *f, const struct wijk_flow_gap_unit *u,
                    enum wijk_gap_measure m)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_gap_figure *v = u->gap->figure[m];
    size_t n = u->gap->n_period;
    double *column[4];
    static const char *const KEY[] = {"waarden", "laag", "hoog", "inwoners"};
    for (int k = 0; k < 4; k++) column[k] = WIJK_NEW(c->cx, double, n);
    for (size_t p = 0; p < n; p++)
        column[0][p] = v[p].value, column[1][p] = v[p].low, column[2][p] = v[p].high,
        column[3][p] = v[p].people;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", wijk_gap_measure_id(m));
    wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_gap_measure_text(m)));
    wijk_json_kv_str(w, "spoor",
                     wijk_gap_id(c->cx, f, u->code, (struct wijk_period){0}, (struct wijk_period){0}, m));
    for (int k = 0; k < 4; k++) wijk__res_numbers(w, KEY[k], column[k], n);
    wijk__res_list(w, "gebieden");
    for (size_t p = 0; p < n; p++) wijk_json_int(w, (int64_t)v[p].n_area);
    wijk_json_end_array(w);
    wijk__res_list(w, "waarom");
    for (size_t p = 0; p < n; p++) reason(c, v[p].lack);
    wijk_json_end_array(w);
    trend(c, f, u, m);
    wijk_json_end_object(w);
}

void wijk__res_gap(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_flow_lived_in in = asked(c);
    const struct wijk_flow_gap *f;
    enum wijk_err err = wijk_flow_gap(c->cx, c->s, &in, &f);
    if (err != WIJK_OK) {
        failed(c, err);
        return;
    }
    wijk_json_begin_object(w);
    head(c, &f->head);
    wijk_json_kv_num(w, "nulpunt", f->reference);
    wijk_json_kv_int(w, "zaad", (int64_t)f->opt.seed);
    wijk_json_kv_int(w, "trekkingen", (int64_t)f->opt.n_boot);
    wijk__res_list(w, "gemeenten");
    for (size_t u = 0; u < f->n_unit; u++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "code", f->unit[u].code);
        wijk_json_kv_str(w, "naam", f->unit[u].name);
        wijk_json_kv_int(w, "aantal", (int64_t)f->unit[u].n_area);
        wijk__res_list(w, "maten");
        for (int m = 0; m < WIJK_GAP_MEASURE_COUNT; m++) measure(c, f, &f->unit[u], (enum wijk_gap_measure)m);
        wijk_json_end_array(w);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    wijk_json_end_object(w);
}

/* ---- /onvoldoende ---- */

static void counted(struct http_call *c, const struct wijk_flow_insufficient *f,
                    const struct wijk_flow_insufficient_unit *u)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_period any = {0};
    size_t n = f->head.n_period;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", u->code);
    wijk_json_kv_str(w, "naam", u->name);
    wijk_json_kv_int(w, "aantal", (int64_t)u->n_area);
    wijk__res_numbers(w, "inwoners", u->people, n);
    wijk__res_numbers(w, "laag", u->low, n);
    wijk__res_numbers(w, "hoog", u->high, n);
    wijk__res_numbers(w, "aandeel", u->share, n);
    wijk__res_numbers(w, "bekend", u->known, n);
    wijk__res_numbers(w, "totaal", u->residents, n);
    wijk__res_list(w, "buurten");
    for (size_t p = 0; u->buurten && p < n; p++) wijk_json_int(w, (int64_t)u->buurten[p]);
    wijk_json_end_array(w);
    wijk__res_list(w, "waarom");
    for (size_t p = 0; p < n; p++) reason(c, (enum wijk_lack)u->lack[p]);
    wijk_json_end_array(w);
    wijk_json_kv_str(w, "spoor", wijk_insufficient_id(c->cx, f, u->code, any, NULL));
    wijk_json_kv_str(w, "spoorAandeel", wijk_insufficient_id(c->cx, f, u->code, any, "aandeel"));
    wijk_json_kv_str(w, "spoorBuurten",
                     u->buurten ? wijk_insufficient_id(c->cx, f, u->code, any, "buurten") : NULL);
    wijk_json_end_object(w);
}

void wijk__res_insufficient(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_flow_lived_in in = asked(c);
    const struct wijk_flow_insufficient *f;
    enum wijk_err err = wijk_flow_insufficient(c->cx, c->s, &in, &f);
    if (err != WIJK_OK) {
        failed(c, err);
        return;
    }
    wijk_json_begin_object(w);
    head(c, &f->head);
    wijk__res_list(w, "gemeenten");
    for (size_t u = 0; u < f->n_unit; u++) counted(c, f, &f->unit[u]);
    wijk_json_end_array(w);
    wijk_json_end_object(w);
}
