/* SPDX-License-Identifier: EUPL-1.2 */
/* Where areas go: /trends and /verlopen as vectors, /overgangen as a table, and all of it for one area. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

/* ---- asked ---- */

/* A year among the query keys; 0 absent. */
static int year_of(struct http_call *c, size_t place)
{
    int64_t year;
    const char *text = c->text[place];
    if (!text || !*text) return 0;
    if (wijk_int_parse(wijk_str(text), 1900, 2200, &year)) return (int)year;
    wijk__http_fault(c, c->route->query[place].name, wijk_tr(c->cx, "Geef een jaar van vier cijfers."));
    return 0;
}

static const char *text_of(const struct http_call *c, size_t place)
{
    return c->text[place] && *c->text[place] ? c->text[place] : NULL;
}

static const struct wijk_snapshot_division *division_of(struct http_call *c)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(c->s, c->level, c->year);
    if (!d) wijk__http_not_found(c, wijk_tr(c->cx, "Deze gebiedsindeling is er niet."));
    return d;
}

static bool went_well(struct http_call *c, enum wijk_err err)
{
    if (err != WIJK_OK) wijk__http_not_found(c, wijk_fault(c->cx));
    return err == WIJK_OK;
}

/* The id of all areas: that of one with {code} in front. */
static const char *pattern(struct http_call *c, const char *id)
{
    const char *rest = id ? strchr(id, '~') : NULL;
    return rest ? wijk_sprintf(c->cx, "{code}%s", rest) : NULL;
}

static double bound(double v)
{
    return isfinite(v) ? v : (double)NAN;
}

/* ---- /trends ---- */

enum trend_vector { SLOPE, LOW, HIGH, SEN, SEN_LOW, SEN_HIGH, SMOOTH, OWN, BREAK, BEFORE, AFTER, VECTORS };

static double trend_number(const struct wijk_flow_trends *t, size_t a, enum trend_vector which)
{
    const struct wijk_trend *v = &t->trend[a];
    const double all[VECTORS] = {
        v->line.slope,     v->low,          v->high,     v->sen.slope, bound(v->sen.low), bound(v->sen.high),
        t->slope[a].value, t->slope[a].own, v->break_at, v->before,    v->after};
    return all[which];
}

void wijk__res_trends(struct http_call *c)
{
    static const char *const KEY[VECTORS] = {"perJaar",     "laag",        "hoog",          "mediaan",
                                             "mediaanLaag", "mediaanHoog", "gladgestreken", "eigenAandeel",
                                             "knik",        "voorKnik",    "naKnik"};
    struct wijk_json_out *w = &c->json;
    const struct wijk_flow_trends *t;
    struct wijk_flow_trends_in in = {
        .indicator = c->text[1], .from_year = year_of(c, 2), .release = text_of(c, 3)};
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    in.division = division_of(c);
    if (!in.division || !went_well(c, wijk_flow_trends(c->cx, c->s, &in, &t))) return;
    const struct wijk_history *h = t->history;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "indicator", h->indicator->id);
    wijk__res_level(w, c->level, in.division->areas.division_year);
    wijk__res_text(w, "uitgave", h->release);
    wijk__res_list(w, "perioden");
    for (size_t p = t->first; p < h->n_period; p++) wijk__res_period(w, h->period[p]);
    wijk_json_end_array(w);
    wijk_json_kv_num(w, "dekking", t->opt.coverage);
    wijk_json_kv_num(w, "ruis", t->noise);
    wijk_json_kv_str(w, "spoor", h->n_area ? pattern(c, wijk_trend_id(c->cx, t, 0)) : NULL);
    wijk_json_kv_str(w, "spoorGladgestreken",
                     h->n_area ? pattern(c, wijk_smoothed_id(c->cx, t, 0, false)) : NULL);
    wijk__res_list(w, "metingen");
    for (size_t a = 0; a < h->n_area; a++) wijk_json_int(w, (int64_t)t->trend[a].n);
    wijk_json_end_array(w);
    for (int k = 0; k < VECTORS; k++) {
        wijk__res_list(w, KEY[k]);
        for (size_t a = 0; a < h->n_area; a++) wijk_json_num(w, trend_number(t, a, (enum trend_vector)k));
        wijk_json_end_array(w);
    }
    wijk__res_list(w, "richting");
    for (size_t a = 0; a < h->n_area; a++) wijk_json_cstr(w, wijk_course_id(t->trend[a].course));
    wijk_json_end_array(w);
    wijk__res_list(w, "reden");
    for (size_t a = 0; a < h->n_area; a++) {
        const char *why = wijk_lack_id(t->trend[a].lack);
        wijk_json_cstr(w, *why ? why : NULL);
    }
    wijk__res_list_end(w);
}

/* ---- /verlopen ---- */

static void head(struct http_call *c, const struct wijk_flow_trajectories *t)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "recept", t->rules->id);
    wijk_json_kv_str(w, "methode", t->method->id);
    wijk_json_kv_int(w, "basisjaar", t->period[t->base].year);
    wijk_json_kv_int(w, "recentJaar", t->period[t->recent].year);
    wijk_json_kv_int(w, "jaar", t->period[t->now].year);
}

static void type_names(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "typen");
    for (int k = WIJK_TRAJECTORY_SUCCESS; k < WIJK_TRAJECTORY_COUNT; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", wijk_trajectory_id((enum wijk_trajectory_type)k));
        wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_trajectory_label((enum wijk_trajectory_type)k)));
        wijk_json_kv_str(w, "over", wijk_tr(c->cx, wijk_trajectory_why((enum wijk_trajectory_type)k)));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void class_vector(struct wijk_json_out *w, const char *key, const struct wijk_flow_trajectories *t,
                         int (*get)(const struct wijk_trajectory *v))
{
    wijk__res_list(w, key);
    for (size_t a = 0; a < t->n_area; a++) {
        int k = get(&t->area[a]);
        if (k)
            wijk_json_int(w, k);
        else
            wijk_json_null(w);
    }
    wijk_json_end_array(w);
}
static int class_from(const struct wijk_trajectory *v)
{
    return v->class_from;
}
static int class_now(const struct wijk_trajectory *v)
{
    return v->class_now;
}
static int development(const struct wijk_trajectory *v)
{
    return v->development;
}

static void type_vectors(struct http_call *c, const struct wijk_flow_trajectories *t)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "type");
    for (size_t a = 0; a < t->n_area; a++)
        wijk_json_cstr(w, t->area[a].type ? wijk_trajectory_id(t->area[a].type) : NULL);
    wijk_json_end_array(w);
    wijk__res_list(w, "verandering");
    for (size_t a = 0; a < t->n_area; a++) wijk_json_num(w, t->area[a].change);
    wijk_json_end_array(w);
    wijk__res_list(w, "recent");
    for (size_t a = 0; a < t->n_area; a++) wijk_json_num(w, t->area[a].recent);
    wijk_json_end_array(w);
    class_vector(w, "klasseToen", t, class_from);
    class_vector(w, "klasseNu", t, class_now);
    class_vector(w, "ontwikkelklasse", t, development);
    wijk__res_list(w, "zeker");
    for (size_t a = 0; a < t->n_area; a++) wijk_json_bool(w, t->area[a].sure);
    wijk_json_end_array(w);
    wijk__res_list(w, "reden");
    for (size_t a = 0; a < t->n_area; a++) {
        const char *why = wijk_lack_id(t->area[a].lack);
        wijk_json_cstr(w, *why ? why : NULL);
    }
    wijk__res_list_end(w);
}

void wijk__res_courses(struct http_call *c)
{
    const struct wijk_flow_trajectories *t;
    struct wijk_flow_trajectories_in in = {.method = text_of(c, 1),
                                           .recipe = text_of(c, 2),
                                           .base_year = year_of(c, 3),
                                           .recent_year = year_of(c, 4),
                                           .year = year_of(c, 5)};
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    in.division = division_of(c);
    if (!in.division || !went_well(c, wijk_flow_trajectories(c->cx, c->s, &in, &t))) return;
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_level(w, c->level, in.division->areas.division_year);
    head(c, t);
    wijk_json_kv_num(w, "sd", t->sd);
    wijk_json_kv_num(w, "ruis", t->noise);
    wijk_json_kv_str(w, "spoor", t->n_area ? pattern(c, wijk_trajectory_trace(c->cx, t, 0)) : NULL);
    type_names(c);
    type_vectors(c, t);
}

/* ---- /overgangen ---- */

static void kinds(struct http_call *c, const struct wijk_flow_transition *t)
{
    const struct wijk_method *m = t->to->method;
    wijk__res_list(&c->json, "soorten");
    for (size_t i = 0; i < t->n_kind; i++)
        wijk_json_cstr(&c->json,
                       t->from ? wijk_tr(c->cx, wijk_trajectory_label((enum wijk_trajectory_type)(i + 1)))
                       : wijk_cx_lang(c->cx) == WIJK_EN ? m->class_en[i]
                                                        : m->class_nl[i]);
    wijk_json_end_array(&c->json);
}

void wijk__res_transitions(struct http_call *c)
{
    const char *kind = text_of(c, 2);
    const struct wijk_flow_transition *t;
    struct wijk_flow_transition_in in = {.what = {.method = text_of(c, 1), .year = year_of(c, 4)},
                                         .types = kind && strcmp(kind, "typen") == 0,
                                         .from_year = year_of(c, 3),
                                         .within = text_of(c, 5)};
    if (kind && !in.types && strcmp(kind, "klassen") != 0)
        wijk__http_fault(c, "wat", wijk_tr(c->cx, "Kies klassen of typen."));
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    in.what.division = division_of(c);
    if (!in.what.division || !went_well(c, wijk_flow_transition(c->cx, c->s, &in, &t))) return;
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_level(w, c->level, in.what.division->areas.division_year);
    wijk_json_kv_str(w, "methode", t->to->method->id);
    wijk_json_kv_str(w, "soort", in.types ? "typen" : "klassen");
    wijk_json_key(w, "van");
    wijk__res_period(w, t->begin);
    wijk_json_key(w, "tot");
    wijk__res_period(w, t->end);
    wijk_json_kv_int(w, "gebieden", (int64_t)t->areas->n);
    wijk_json_kv_int(w, "zonderCijfer", (int64_t)t->areas->n_left_out);
    kinds(c, t);
    wijk__res_list(w, "overgangen");
    for (size_t i = 0; i < t->n_kind * t->n_kind; i++) {
        if (!t->areas->count[i]) continue;
        wijk_json_begin_object(w);
        wijk_json_kv_int(w, "van", (int64_t)(i / t->n_kind));
        wijk_json_kv_int(w, "naar", (int64_t)(i % t->n_kind));
        wijk_json_kv_int(w, "gebieden", t->areas->count[i]);
        wijk_json_kv_num(w, "inwoners", t->areas->weight[i] > 0 ? t->areas->weight[i] : (double)NAN);
        wijk_json_kv_str(w, "spoor", wijk_transition_id(c->cx, t, i / t->n_kind, i % t->n_kind, false));
        wijk__res_text(w, "spoorInwoners",
                       t->areas->weight[i] > 0
                           ? wijk_transition_id(c->cx, t, i / t->n_kind, i % t->n_kind, true)
                           : NULL);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- /gebieden/{code}/verloop ---- */

static void line(struct http_call *c, const struct wijk_flow_trends *t, size_t a)
{
    struct wijk_json_out *w = &c->json;
    const char *const key[] = {"lijn", "onder", "boven"};
    wijk__res_list(w, "perioden");
    for (size_t p = t->first; p < t->history->n_period; p++) wijk__res_period(w, t->history->period[p]);
    wijk_json_end_array(w);
    for (int k = 0; k < 3; k++) {
        wijk__res_list(w, key[k]);
        for (size_t p = t->first; p < t->history->n_period; p++) {
            double v[3];
            wijk_trend_at(&t->trend[a], t->opt.coverage, t->x[p], &v[0], &v[1], &v[2]);
            bool inside = t->x[p] >= t->trend[a].first && t->x[p] <= t->trend[a].last;
            wijk_json_num(w, inside ? v[k] : (double)NAN);
        }
        wijk_json_end_array(w);
    }
}

static void trend(struct http_call *c, const struct wijk_flow_trends *t, size_t a)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "trend");
    if (!t) {
        wijk_json_null(w);
        return;
    }
    const struct wijk_trend *v = &t->trend[a];
    struct wijk_trend_told told = wijk_trend_told(t, a);
    bool bent = !isnan(v->break_at);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "zin", wijk_sentence_trend(c->cx, &told));
    wijk_json_kv_str(w, "richting", wijk_course_id(v->course));
    wijk_json_kv_str(w, "richtingNaam", wijk_tr(c->cx, wijk_course_text(v->course)));
    wijk_json_kv_num(w, "perJaar", bent ? v->after : v->line.slope);
    wijk_json_kv_num(w, "laag", bent ? v->after_low : v->low);
    wijk_json_kv_num(w, "hoog", bent ? v->after_high : v->high);
    wijk_json_kv_num(w, "knik", v->break_at);
    wijk_json_kv_num(w, "gladgestreken", t->slope[a].value);
    wijk_json_kv_num(w, "eigenAandeel", t->slope[a].own);
    wijk_json_kv_int(w, "metingen", (int64_t)v->n);
    wijk__res_text(w, "reden", wijk_lack_id(v->lack));
    wijk__res_text(w, "spoor", v->lack ? NULL : wijk_trend_id(c->cx, t, a));
    wijk__res_text(w, "spoorGladgestreken",
                   isnan(t->slope[a].value) ? NULL : wijk_smoothed_id(c->cx, t, a, false));
    line(c, t, a);
    wijk_json_end_object(w);
}

static void type(struct http_call *c, const struct wijk_flow_trajectories *t, size_t a)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "verloop");
    if (!t) {
        wijk_json_null(w);
        return;
    }
    const struct wijk_trajectory *v = &t->area[a];
    struct wijk_trajectory_told told = wijk_trajectory_told(t, a);
    wijk_json_begin_object(w);
    head(c, t);
    wijk__res_text(w, "type", wijk_trajectory_id(v->type));
    wijk__res_text(w, "naam", v->type ? wijk_tr(c->cx, wijk_trajectory_label(v->type)) : NULL);
    wijk_json_kv_str(w, "zin", wijk_sentence_trajectory(c->cx, &told));
    wijk_json_kv_num(w, "verandering", v->change);
    wijk_json_kv_num(w, "recent", v->recent);
    wijk_json_kv_num(w, "ontwikkelklasse", v->development ? v->development : (double)NAN);
    wijk_json_kv_bool(w, "zeker", v->sure);
    wijk_json_kv_bool(w, "naarKlassen", v->by_class || v->recent_by_class);
    wijk__res_text(w, "reden", wijk_lack_id(v->lack));
    wijk__res_text(w, "spoor", v->type ? wijk_trajectory_trace(c->cx, t, a) : NULL);
    wijk__res_list(w, "basisjaren");
    for (size_t p = 0; p < t->now; p++) wijk_json_int(w, t->period[p].year);
    wijk__res_list_end(w);
}

static void parts(struct http_call *c, const struct wijk_flow_parts *t)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "ontleding");
    if (!t) {
        wijk_json_null(w);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "indicator", t->whole->indicator->id);
    wijk_json_kv_str(w, "zinStand", wijk_flow_parts_words(c->cx, t, false));
    wijk__res_text(w, "zinVerandering", wijk_flow_parts_words(c->cx, t, true));
    wijk_json_kv_num(w, "stand", t->level);
    wijk_json_kv_num(w, "verandering", t->change);
    wijk__res_text(w, "spoor", t->id);
    wijk__res_text(w, "spoorVerandering", t->id_change);
    wijk__res_list(w, "delen");
    for (size_t k = 0; k < t->n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", t->part[k].indicator->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(t->part[k].indicator, wijk_cx_lang(c->cx)));
        wijk_json_kv_num(w, "stand", t->part[k].level);
        wijk_json_kv_num(w, "verandering", t->part[k].change);
        wijk__res_text(w, "spoor", t->part[k].id);
        wijk__res_text(w, "spoorToen", t->part[k].id_then);
        wijk__res_text(w, "spoorVerandering", t->part[k].id_change);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    wijk_json_kv_num(w, "rest", t->level_rest);
    wijk_json_kv_num(w, "restVerandering", t->change_rest);
    wijk_json_end_object(w);
}

/* Each of the three where the store allows it, null where it does not; what was asked for by name is there or
 * a fault. */
void wijk__res_area_course(struct http_call *c)
{
    const struct wijk_profile *p;
    const struct wijk_flow_trends *t = NULL;
    const struct wijk_flow_trajectories *f = NULL;
    const struct wijk_flow_parts *made = NULL;
    struct wijk_flow_trajectories_in in = {
        .method = text_of(c, 1), .base_year = year_of(c, 2), .recent_year = year_of(c, 3)};
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    if (!went_well(c, wijk_flow_profile(c->cx, c->s, c->arg[0], c->year, &p))) return;
    in.division = p->division;
    enum wijk_err err = wijk_flow_trajectories(c->cx, c->s, &in, &f);
    if (err != WIJK_OK && in.method && !went_well(c, err)) return;
    if (err != WIJK_OK) wijk_fault_clear(c->cx), f = NULL;
    const char *asked = text_of(c, 4), *total = asked ? asked : f ? f->method->total : NULL;
    struct wijk_flow_trends_in trend_in = {
        .division = p->division, .indicator = total, .from_year = in.base_year};
    struct wijk_flow_parts_in parts_in = {
        .division = p->division, .area = p->area, .indicator = total, .from_year = in.base_year};
    err = total ? wijk_flow_trends(c->cx, c->s, &trend_in, &t) : WIJK_ENOTFOUND;
    if (err != WIJK_OK && asked && !went_well(c, err)) return;
    if (err != WIJK_OK) wijk_fault_clear(c->cx), t = NULL;
    if (!t || wijk_flow_parts(c->cx, c->s, &parts_in, &made) != WIJK_OK) wijk_fault_clear(c->cx), made = NULL;
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", p->self->code);
    wijk_json_kv_str(w, "naam", p->self->name);
    wijk__res_level(w, p->division->areas.level, p->division->areas.division_year);
    trend(c, t, p->area);
    type(c, f, p->area);
    parts(c, made);
    wijk_json_end_object(w);
}
