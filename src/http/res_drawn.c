/* SPDX-License-Identifier: EUPL-1.2 */
/* /gebied-op-maat: a shape in, an answer about the whole areas it stands for out. Only where there is
 * somebody who keeps the answer: the keeper. */
#include "http/handlers.h"

#include <time.h>

static void refuse(struct http_call *c, enum wijk_err err)
{
    int status = err == WIJK_EIO ? 503 : err == WIJK_ESTORE ? 500 : 400;
    const char *title = status == 400 ? WIJK_T("De vraag klopt niet") : WIJK_T("Dit kan nu niet");
    if (status == 503) wijk__http_header(c->out, "Retry-After", "3");
    wijk__http_problem(c, status, wijk_tr(c->cx, title), wijk_fault(c->cx));
}

static void figures(struct http_call *c, const struct wijk_drawn_answer *a)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "cijfers");
    for (size_t i = 0; i < a->n_figure; i++) {
        const struct wijk_drawn_figure *f = &a->figure[i];
        const struct wijk_indicator *ind = wijk_defs_indicator(c->s->defs, f->indicator);
        const struct wijk_series *s =
            wijk_snapshot_series(c->s, f->indicator, a->level, a->division_year, f->period);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", f->indicator);
        wijk_json_kv_str(w, "naam", ind ? wijk_indicator_label(ind, wijk_cx_lang(c->cx)) : f->indicator);
        wijk_json_kv_str(w, "eenheid", ind ? wijk_indicator_unit(ind, wijk_cx_lang(c->cx)) : "");
        wijk_json_kv_int(w, "decimalen", ind ? ind->decimals : 0);
        wijk_json_key(w, "periode");
        wijk__res_period(w, f->period);
        wijk_json_kv_num(w, "waarde", f->value);
        wijk_json_kv_str(w, "status", wijk_status_id(f->status));
        wijk_json_kv_str(w, "statusTekst", wijk_tr(c->cx, wijk_status_text(f->status)));
        wijk_json_kv_int(w, "metCijfer", f->known);
        wijk_json_kv_num(w, "dekking", f->covered);
        /* One trace a member: {code} stands for each of `leden`. */
        wijk__res_text(w, "spoor", s ? wijk__res_id(c, WIJK_TRACE_VALUE, f->indicator, &s->key) : NULL);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void answer(struct http_call *c, const struct wijk_flow_drawn *d)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_drawn_answer *a = d->answer;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "sleutel", a->key);
    wijk__res_level(w, a->level, a->division_year);
    wijk_json_kv_str(w, "niveauNaam", wijk_tr(c->cx, wijk_level_label(a->level, true)));
    wijk_json_kv_str(w, "gegevensversie", a->data_version);
    wijk_json_kv_str(w, "gevraagdOp", a->asked_at);
    wijk_json_kv_bool(w, "eerder", d->before);
    wijk_json_kv_num(w, "inwoners", a->persons);
    wijk_json_kv_int(w, "aantal", (int64_t)a->n_member);
    wijk__res_list(w, "leden");
    for (size_t i = 0; i < a->n_member; i++) wijk_json_cstr(w, a->member[i]);
    wijk_json_end_array(w);
    wijk_json_key(w, "omtrek");
    wijk_geojson_geometry(w, d->outline, WIJK_CRS_WGS84);
    figures(c, a);
    wijk_json_end_object(w);
}

void wijk__res_drawn(struct http_call *c)
{
    struct wijk_flow_drawn_in in = {.level = c->text[0] ? c->level : WIJK_LEVEL_COUNT,
                                    .now = (int64_t)time(NULL)};
    struct wijk_flow_drawn d;
    c->live = true;
    enum wijk_err err =
        wijk_import_shape(c->cx, c->request->body, wijk_tr(c->cx, WIJK_T("De tekening")), &in.shape);
    if (err == WIJK_OK) err = wijk__keeper_drawn(c->world->keeper, c->cx, c->s, &in, &d);
    if (err != WIJK_OK)
        refuse(c, err);
    else if (d.verdict != WIJK_DRAWN_ALLOWED)
        wijk__http_problem(c, 409, wijk_tr(c->cx, "Geen antwoord over dit gebied"),
                           wijk_tr(c->cx, wijk_drawn_text(d.verdict)));
    else
        answer(c, &d);
}
