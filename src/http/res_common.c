/* SPDX-License-Identifier: EUPL-1.2 */
/* What several answers write alike: lists, periods, places, divisions, dimensions. */
#include "http/handlers.h"

#include <math.h>

void wijk__res_list(struct wijk_json_out *w, const char *key)
{
    wijk_json_key(w, key);
    wijk_json_begin_array(w);
}

void wijk__res_list_end(struct wijk_json_out *w)
{
    wijk_json_end_array(w);
    wijk_json_end_object(w);
}

void wijk__res_numbers(struct wijk_json_out *w, const char *key, const double *v, size_t n)
{
    wijk__res_list(w, key);
    for (size_t i = 0; i < n; i++) wijk_json_num(w, v ? v[i] : (double)NAN);
    wijk_json_end_array(w);
}

void wijk__res_null(struct wijk_json_out *w, const char *key)
{
    wijk_json_key(w, key);
    wijk_json_null(w);
}

void wijk__res_text(struct wijk_json_out *w, const char *key, const char *text)
{
    wijk_json_kv_str(w, key, text && *text ? text : NULL);
}

void wijk__res_period(struct wijk_json_out *w, struct wijk_period p)
{
    char text[16];
    wijk_period_write(p, text);
    wijk_json_cstr(w, text);
}

const char *wijk__res_id(struct http_call *c, enum wijk_trace_part part, const char *name,
                         const struct wijk_series_key *key)
{
    return wijk_trace_id(c->cx, &(struct wijk_trace_key){.code = "{code}",
                                                         .part = part,
                                                         .name = name,
                                                         .period = key->period,
                                                         .division_year = key->division_year,
                                                         .release = key->release});
}

void wijk__res_moment(struct wijk_json_out *w, const char *key, int64_t at)
{
    char text[24];
    wijk_time_write(at, text);
    wijk__res_text(w, key, at ? text : NULL);
}

void wijk__res_level(struct wijk_json_out *w, enum wijk_level level, int division_year)
{
    wijk_json_kv_str(w, "niveau", level == WIJK_LEVEL_COUNT ? "alle" : wijk_level_id(level));
    wijk_json_kv_int(w, "indelingsjaar", division_year);
}

void wijk__res_point(struct wijk_json_out *w, const char *key, const struct wijk_snapshot_division *d,
                     size_t i)
{
    if (!d->label || isnan(d->label[i].x)) {
        wijk__res_null(w, key);
        return;
    }
    wijk__res_list(w, key);
    wijk_json_num(w, round(d->label[i].x * 1e6) / 1e6);
    wijk_json_num(w, round(d->label[i].y * 1e6) / 1e6);
    wijk_json_end_array(w);
}

void wijk__res_box(struct wijk_json_out *w, const char *key, struct wijk_box box)
{
    if (box.min_x > box.max_x) {
        wijk__res_null(w, key);
        return;
    }
    const double v[] = {box.min_x, box.min_y, box.max_x, box.max_y};
    wijk__res_list(w, key);
    for (size_t i = 0; i < 4; i++) wijk_json_num(w, round(v[i] * 1e6) / 1e6);
    wijk_json_end_array(w);
}

void wijk__res_area_name(struct http_call *c, const char *code, const char *name, enum wijk_level level)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", code);
    wijk_json_kv_str(w, "naam", name);
    wijk_json_kv_str(w, "niveau", wijk_level_id(level));
    wijk_json_end_object(w);
}

const char *wijk__res_kind(const struct wijk_indicator *i)
{
    return i->kind == WIJK_KIND_MEASURED ? "gemeten" : i->kind == WIJK_KIND_ESTIMATED ? "geschat" : "gezegd";
}

const char *wijk__res_direction(const struct wijk_indicator *i)
{
    if (i->direction == WIJK_DIRECTION_UP) return "hoger is beter";
    return i->direction == WIJK_DIRECTION_DOWN ? "lager is beter" : NULL;
}

const char *wijk__res_method_name(const struct http_call *c, const struct wijk_method *m)
{
    return wijk_cx_lang(c->cx) == WIJK_EN ? m->label_en : m->label_nl;
}

void wijk__res_dimension(struct http_call *c, const struct wijk_method *m, size_t k)
{
    struct wijk_json_out *w = &c->json;
    bool en = wijk_cx_lang(c->cx) == WIJK_EN;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", m->dimension[k].id);
    wijk_json_kv_str(w, "naam", en ? m->dimension[k].label_en : m->dimension[k].label_nl);
    wijk_json_kv_str(w, "indicator", m->dimension[k].indicator);
}

void wijk__res_available(struct http_available *a, const struct wijk_snapshot_division *d,
                         struct wijk_period p)
{
    struct wijk_json_out *w = &a->c->json;
    if (a->open != d) {
        if (a->open) wijk__res_list_end(w);
        a->open = d;
        wijk_json_begin_object(w);
        wijk__res_level(w, d->areas.level, d->areas.division_year);
        wijk__res_list(w, "perioden");
    }
    wijk__res_period(w, p);
}

void wijk__res_available_end(struct http_available *a)
{
    if (a->open) wijk__res_list_end(&a->c->json);
    wijk_json_end_array(&a->c->json);
}

void wijk__res_finding(struct wijk_json_out *w, const struct wijk_finding *f)
{
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "soort", f->kind == WIJK_FINDING_REFUSED ? "geweigerd" : "gemarkeerd");
    wijk_json_kv_int(w, "regel", (int64_t)f->line);
    wijk__res_text(w, "kolom", f->column);
    wijk_json_kv_str(w, "reden", f->reason);
    wijk__res_text(w, "oplossing", f->cure);
    wijk_json_end_object(w);
}
