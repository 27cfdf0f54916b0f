/* SPDX-License-Identifier: EUPL-1.2 */
/* Of one area: the 100 m cells inside it, what happened there, and what is measured beside the parts of its
 * score. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

static bool profile(struct http_call *c, const char *method, const struct wijk_profile **p)
{
    if (method && !wijk_defs_method(c->s->defs, method)) {
        wijk__http_fault(c, "methode", wijk_tr(c->cx, "Deze methode bestaat niet."));
        wijk__http_bad(c);
        return false;
    }
    if (wijk_flow_profile(c->cx, c->s, c->arg[0], c->year, p) == WIJK_OK) return true;
    wijk__http_not_found(c, wijk_fault(c->cx));
    return false;
}

static void head(struct http_call *c, const struct wijk_profile *p)
{
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "code", p->self->code);
    wijk_json_kv_str(&c->json, "naam", p->self->name);
    wijk__res_level(&c->json, p->division->areas.level, p->division->areas.division_year);
}

static const char *asked(const struct http_call *c, size_t place)
{
    return c->text[place] && *c->text[place] ? c->text[place] : NULL;
}

/* ---- /gebieden/{code}/vakken ---- */

enum { METRES_APART = 2 }; /* points of an outline nearer than this to the one before are left out */

/* Rings of points in whole metres; holes are rings too. */
static void outline(struct http_call *c, const struct wijk_geom *g)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "omtrek");
    for (size_t r = 0, i = 0; g && r < g->n_ring; r++) {
        double x = NAN, y = NAN;
        wijk_json_begin_array(w);
        for (; i < g->ring_end[r]; i++) {
            if (fabs(g->xy[i].x - x) + fabs(g->xy[i].y - y) < METRES_APART) continue;
            x = round(g->xy[i].x), y = round(g->xy[i].y);
            wijk_json_num(w, x);
            wijk_json_num(w, y);
        }
        wijk_json_end_array(w);
    }
    wijk_json_end_array(w);
}

static void cell(struct http_call *c, const struct wijk_cells *v, size_t i)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_area *a = &v->division->areas.v[v->cell[i]];
    const struct wijk_method *m = v->scores->method;
    const int class_ = v->scores->class_[i];
    const bool en = wijk_cx_lang(c->cx) == WIJK_EN, placed = v->division->area_rd != NULL;
    const struct wijk_box b = placed ? v->division->area_rd[v->cell[i]] : (struct wijk_box){1, 1, 0, 0};
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", a->code);
    wijk_json_kv_num(w, "x", b.min_x <= b.max_x ? round((b.min_x + b.max_x) / 2) - 50 : NAN);
    wijk_json_kv_num(w, "y", b.min_x <= b.max_x ? round((b.min_y + b.max_y) / 2) - 50 : NAN);
    wijk_json_kv_num(w, "totaal", v->scores->total[i]);
    wijk_json_kv_num(w, "klasse", class_ ? (double)class_ : (double)NAN);
    wijk_json_kv_str(w, "klasseNaam",
                     !class_ ? NULL
                     : en    ? m->class_en[class_ - 1]
                             : m->class_nl[class_ - 1]);
    wijk_json_kv_str(w, "status", wijk_status_id((enum wijk_status)v->status[i]));
    wijk_json_kv_str(w, "statusTekst", wijk_tr(c->cx, wijk_status_text((enum wijk_status)v->status[i])));
    wijk_json_end_object(w);
}

void wijk__res_cells(struct http_call *c)
{
    const struct wijk_profile *p;
    const struct wijk_cells *v;
    if (!profile(c, asked(c, 1), &p)) return;
    if (wijk_flow_cells(c->cx, c->s, p, asked(c, 1), &v) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    struct wijk_json_out *w = &c->json;
    const struct wijk_scores *s = v->n ? v->scores : NULL;
    head(c, p);
    wijk_json_kv_str(w, "methode", s ? s->method->id : NULL);
    wijk_json_kv_str(w, "methodeNaam", s ? wijk__res_method_name(c, s->method) : NULL);
    wijk_json_key(w, "periode");
    if (s)
        wijk__res_period(w, s->period);
    else
        wijk_json_null(w);
    wijk_json_kv_num(w, "vakIndelingsjaar", s ? (double)s->division_year : (double)NAN);
    wijk_json_kv_str(w, "zin", s ? wijk_sentence_map(c->cx, s) : NULL);
    const struct wijk_series_key key =
        s ? (struct wijk_series_key){"", s->period, s->level, s->division_year, s->release}
          : (struct wijk_series_key){0};
    wijk_json_kv_str(w, "spoorTotaal", s ? wijk__res_id(c, WIJK_TRACE_VALUE, s->method->total, &key) : NULL);
    wijk_json_kv_str(w, "spoorKlasse", s ? wijk__res_id(c, WIJK_TRACE_CLASS, s->method->id, &key) : NULL);
    wijk__res_list(w, "klassen");
    for (size_t k = 0; s && k < WIJK_CLASSES; k++)
        wijk_json_cstr(w, wijk_cx_lang(c->cx) == WIJK_EN ? s->method->class_en[k] : s->method->class_nl[k]);
    wijk_json_end_array(w);
    outline(c, s ? p->self->geom : NULL);
    wijk__res_list(w, "vakken");
    for (size_t i = 0; i < v->n; i++) cell(c, v, i);
    wijk__res_list_end(w);
}

/* ---- /gebieden/{code}/gebeurtenissen ---- */

static void happening(struct http_call *c, const struct wijk_happening *h)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "soort", wijk_happening_kind_id(h->kind));
    wijk_json_kv_str(w, "soortTekst", wijk_tr(c->cx, wijk_happening_kind_text(h->kind)));
    wijk__res_text(w, "id", h->event ? h->event->id : NULL);
    wijk_json_key(w, "van");
    wijk__res_period(w, h->from);
    wijk_json_key(w, "tot");
    if (h->until.year)
        wijk__res_period(w, h->until);
    else
        wijk_json_null(w);
    wijk_json_kv_str(w, "woorden", h->words);
    wijk_json_kv_str(w, "gebied", h->area->code);
    wijk_json_kv_str(w, "gebiedNaam", h->area->name);
    wijk__res_text(w, "bron", h->event ? h->event->source : h->load ? h->load->source : NULL);
    wijk__res_text(w, "adres", h->event ? h->event->url : NULL);
    wijk__res_text(w, "bestand", h->event ? h->event->file : h->load ? h->load->file_name : NULL);
    wijk_json_kv_num(w, "regel", h->event ? (double)h->event->line : (double)NAN);
    wijk__res_text(w, "sha256", h->load ? h->load->sha256 : NULL);
    wijk_json_end_object(w);
}

void wijk__res_happenings(struct http_call *c)
{
    const struct wijk_profile *p;
    const struct wijk_happening *v;
    size_t n;
    if (!profile(c, asked(c, 1), &p)) return;
    if (wijk_flow_happenings(c->cx, c->s, p, asked(c, 1), &v, &n) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    head(c, p);
    wijk__res_list(&c->json, "gebeurtenissen");
    for (size_t i = 0; i < n; i++) happening(c, &v[i]);
    wijk__res_list_end(&c->json);
}

/* ---- /gebieden/{code}/wiel ---- */

static void beside(struct http_call *c, const struct wijk_wheel *v, const struct wijk_wheel_figure *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_indicator *i = f->indicator;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "onderdeel", v->method->dimension[f->dimension].id);
    wijk_json_kv_str(w, "indicator", i->id);
    wijk_json_kv_str(w, "naam", wijk_indicator_label(i, wijk_cx_lang(c->cx)));
    wijk_json_kv_str(w, "eenheid", wijk_indicator_unit(i, wijk_cx_lang(c->cx)));
    wijk_json_kv_int(w, "decimalen", i->decimals);
    wijk_json_kv_str(w, "soort", wijk__res_kind(i));
    wijk_json_kv_str(w, "richting", wijk__res_direction(i));
    wijk_json_key(w, "periode");
    wijk__res_period(w, f->series->key.period);
    wijk_json_kv_num(w, "waarde", f->value);
    wijk_json_kv_str(w, "status", wijk_status_id(f->status));
    wijk_json_kv_str(w, "statusTekst", wijk_tr(c->cx, wijk_status_text(f->status)));
    wijk_json_kv_str(w, "spoor", f->id);
    wijk_json_kv_num(w, "afstand", round(f->apart * 100) / 100);
    wijk_json_kv_int(w, "gebieden", (int64_t)f->n);
    wijk_json_kv_bool(w, "alleGemeenten", f->all);
    wijk_json_end_object(w);
}

void wijk__res_wheel(struct http_call *c)
{
    const struct wijk_profile *p;
    struct wijk_wheel v;
    if (!profile(c, asked(c, 1), &p)) return;
    if (wijk_flow_wheel(c->cx, c->s, p, asked(c, 1), &v) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    head(c, p);
    wijk_json_kv_str(&c->json, "methode", v.method ? v.method->id : NULL);
    wijk__res_list(&c->json, "cijfers");
    for (size_t i = 0; i < v.n; i++) beside(c, &v, &v.figure[i]);
    wijk__res_list_end(&c->json);
}
