/* SPDX-License-Identifier: EUPL-1.2 */
/* /clusters and /concentratie: areas beside each other, as vectors over the areas that were looked at. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

static void places(struct wijk_json_out *w, const size_t *area, size_t n)
{
    wijk__res_list(w, "nr");
    for (size_t i = 0; i < n; i++) wijk_json_int(w, (int64_t)area[i]);
    wijk_json_end_array(w);
}

/* The reasons that occur, and for each area its place in that list; null: there is a result. */
static void reasons(struct http_call *c, const uint8_t *lack, size_t n)
{
    struct wijk_json_out *w = &c->json;
    int64_t at[WIJK_LACK_COUNT] = {0};
    int64_t n_reason = 0;
    for (size_t i = 0; i < n; i++)
        if (lack[i] && !at[lack[i]]) at[lack[i]] = ++n_reason;
    wijk__res_list(w, "redenen");
    for (int64_t k = 1; k <= n_reason; k++)
        for (unsigned r = 0; r < WIJK_LACK_COUNT; r++) {
            if (at[r] != k) continue;
            wijk_json_begin_object(w);
            wijk_json_kv_str(w, "id", wijk_lack_id((enum wijk_lack)r));
            wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_lack_text((enum wijk_lack)r)));
            wijk_json_end_object(w);
        }
    wijk_json_end_array(w);
    wijk__res_list(w, "reden");
    for (size_t i = 0; i < n; i++) {
        if (lack[i])
            wijk_json_int(w, at[lack[i]] - 1);
        else
            wijk_json_null(w);
    }
    wijk_json_end_array(w);
}

static void check_indicator(struct http_call *c, const char *key, const char *id)
{
    if (id && !wijk_defs_indicator(c->s->defs, id))
        wijk__http_fault(c, key, wijk_tr(c->cx, "deze indicator bestaat niet"));
}

/* ---- /clusters
 * ------------------------------------------------------------------------------------------------ */

enum { Q_INDICATOR, Q_LEVEL_AT, Q_PERIOD_AT, Q_YEAR_AT, Q_BESIDE, Q_WITHIN, Q_NEIGHBOURS, Q_REACH };

static void ask_neighbours(struct http_call *c, struct wijk_near_opt *out)
{
    const char *how = c->text[Q_NEIGHBOURS], *far = c->text[Q_REACH];
    double reach;
    if (how && !wijk_near_parse(wijk_str(how), &out->how)) {
        wijk__http_fault(c, "buren", wijk_tr(c->cx, "kies border, nearest of within"));
        return;
    }
    if (!far) return;
    const double most = out->how == WIJK_NEAR_NEAREST ? 100 : 50000;
    if (out->how == WIJK_NEAR_BORDER || !wijk_num_parse(wijk_str(far), WIJK_NUM_POINT, &reach) ||
        !(reach >= 1) || reach > most || (out->how == WIJK_NEAR_NEAREST && reach != floor(reach))) {
        wijk__http_fault(
            c, "reikt",
            wijk_tr(c->cx,
                    "een aantal van 1 tot en met 100 bij nearest, 1 tot en met 50000 meter bij within"));
        return;
    }
    if (out->how == WIJK_NEAR_NEAREST)
        out->k = (size_t)reach;
    else
        out->radius_m = reach;
}

static void put_neighbours(struct http_call *c, const struct wijk_flow_cluster *f)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "buren");
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", wijk_near_id(f->how));
    wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_near_text(f->how)));
    wijk_json_kv_num(w, "reikt", f->reach);
    wijk_json_end_object(w);
}

static void put_whole(struct http_call *c, const struct wijk_flow_cluster *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_clusters *found = f->found;
    wijk_json_key(w, "geheel");
    wijk_json_begin_object(w);
    wijk_json_kv_num(w, "moran", found->all.i);
    wijk_json_kv_num(w, "verwacht", found->all.expected);
    wijk_json_kv_num(w, "spreiding", found->all.sd);
    wijk_json_kv_num(w, "p", found->all.p);
    wijk_json_kv_num(w, "gemiddelde", found->mean);
    wijk_json_kv_int(w, "gebieden", (int64_t)found->n_used);
    wijk_json_kv_int(w, "metBuren", (int64_t)found->all.n_linked);
    wijk_json_kv_str(w, "spoor", wijk_flow_cluster_id(c->cx, f, WIJK_TRACE_ALL, WIJK_CLUSTER_TOLD_ALL));
    wijk_json_kv_str(w, "pSpoor", wijk_flow_cluster_id(c->cx, f, WIJK_TRACE_ALL, WIJK_CLUSTER_TOLD_ALL_P));
    wijk_json_end_object(w);
    wijk__res_list(w, "soorten");
    for (unsigned k = 0; k < WIJK_CLUSTER_COUNT; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", wijk_cluster_id((enum wijk_cluster)k));
        wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_cluster_text((enum wijk_cluster)k)));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void put_areas(struct http_call *c, const struct wijk_flow_cluster *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_clusters *found = f->found;
    places(w, f->area, f->n);
    wijk__res_list(w, "soort");
    for (size_t i = 0; i < f->n; i++) {
        if (found->lack[i])
            wijk_json_null(w);
        else
            wijk_json_int(w, found->kind[i]);
    }
    wijk_json_end_array(w);
    reasons(c, found->lack, f->n);
    wijk__res_numbers(w, "waarden", f->value, f->n);
    wijk__res_list(w, "aantalBuren");
    for (size_t i = 0; i < f->n; i++)
        wijk_json_num(w, found->lack[i] ? (double)NAN : (double)found->n_near[i]);
    wijk_json_end_array(w);
    wijk__res_numbers(w, "burenGemiddeld", found->lag, f->n);
    wijk__res_numbers(w, "lokaal", found->local, f->n);
    wijk__res_numbers(w, "ster", found->star, f->n);
    wijk__res_numbers(w, "p", found->p, f->n);
    wijk__res_numbers(w, "q", found->q, f->n);
    wijk_json_key(w, "sporen");
    wijk_json_begin_object(w);
    const struct {
        const char *key;
        enum wijk_cluster_told what;
    } told[] = {{"soort", WIJK_CLUSTER_TOLD_KIND},
                {"aantalBuren", WIJK_CLUSTER_TOLD_NEAR},
                {"burenGemiddeld", WIJK_CLUSTER_TOLD_LAG},
                {"lokaal", WIJK_CLUSTER_TOLD_LOCAL},
                {"ster", WIJK_CLUSTER_TOLD_STAR},
                {"p", WIJK_CLUSTER_TOLD_P},
                {"q", WIJK_CLUSTER_TOLD_Q}};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++)
        wijk_json_kv_str(w, told[k].key, wijk_flow_cluster_id(c->cx, f, "{code}", told[k].what));
    wijk_json_end_object(w);
}

void wijk__res_clusters(struct http_call *c)
{
    struct wijk_flow_cluster_in in = {.indicator = c->text[Q_INDICATOR],
                                      .by = c->text[Q_BESIDE],
                                      .period = c->period,
                                      .level = c->level,
                                      .division_year = c->year,
                                      .within = c->text[Q_WITHIN]};
    struct wijk_flow_cluster f;
    check_indicator(c, "indicator", in.indicator);
    check_indicator(c, "naast", in.by);
    ask_neighbours(c, &in.near);
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    if (wijk_flow_cluster(c->cx, c->s, &in, &f) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "indicator", f.indicator->id);
    wijk_json_kv_str(w, "naam", wijk_indicator_label(f.indicator, wijk_cx_lang(c->cx)));
    wijk__res_text(w, "naast", f.by ? f.by->id : NULL);
    wijk__res_text(w, "naastNaam", f.by ? wijk_indicator_label(f.by, wijk_cx_lang(c->cx)) : NULL);
    wijk_json_kv_bool(w, "samenstelling", f.indicator->composition);
    wijk__res_level(w, f.division->areas.level, f.division->areas.division_year);
    wijk_json_key(w, "periode");
    wijk__res_period(w, f.period);
    wijk__res_text(w, "release", f.release);
    wijk__res_text(w, "binnen", in.within);
    put_neighbours(c, &f);
    wijk_json_kv_int(w, "trekkingen", (int64_t)f.found->n_draw);
    wijk_json_kv_num(w, "grens", f.found->discovery);
    wijk_json_kv_str(w, "zin", wijk_flow_cluster_words(c->cx, &f));
    put_whole(c, &f);
    put_areas(c, &f);
    wijk_json_end_object(w);
}

/* ---- /concentratie
 * ---------------------------------------------------------------------------------------------- */

static void put_name(struct http_call *c, const char *key, const struct wijk_indicator *i,
                     struct wijk_period p)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, key);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", i->id);
    wijk_json_kv_str(w, "naam", wijk_indicator_label(i, wijk_cx_lang(c->cx)));
    if (p.year) {
        wijk_json_key(w, "periode");
        wijk__res_period(w, p);
    } else {
        wijk__res_null(w, "periode");
    }
    wijk_json_end_object(w);
}

static void put_gemeente(struct http_call *c, const struct wijk_flow_concentration *f, size_t k)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_concentration *o = &f->of[k];
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", f->whole_code[k]);
    wijk_json_kv_str(w, "naam", f->whole_name[k]);
    wijk_json_kv_str(w, "zin", wijk_flow_concentration_words(c->cx, f, k));
    wijk_json_kv_int(w, "gebieden", (int64_t)o->n_area);
    wijk_json_kv_int(w, "zonderCijfer", (int64_t)o->n_left);
    wijk__res_text(w, "reden", o->lack ? wijk_tr(c->cx, wijk_lack_text(o->lack)) : NULL);
    wijk_json_kv_num(w, "aandeel", o->share_pct);
    wijk_json_kv_num(w, "ongelijk", o->dissimilarity);
    wijk_json_kv_num(w, "laag", o->low);
    wijk_json_kv_num(w, "hoog", o->high);
    wijk_json_kv_num(w, "toeval", o->chance);
    wijk_json_kv_num(w, "nabijheid", o->isolation);
    wijk_json_kv_num(w, "corporatiebuurten", o->n_corporatie);
    wijk_json_kv_num(w, "inCorporatiebuurt", o->in_corporatie_pct);
    wijk_json_kv_num(w, "allenInCorporatiebuurt", o->base_in_corporatie_pct);
    wijk_json_end_object(w);
}

static void put_map(struct http_call *c, const struct wijk_flow_concentration *f)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "kaart");
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "gebieden", (int64_t)f->map.n_used);
    wijk__res_numbers(w, "grenzenWoningen", f->map.limit_x, 2);
    wijk__res_numbers(w, "grenzenAandeel", f->map.limit_y, 2);
    wijk__res_list(w, "aantallen");
    for (size_t k = 0; k < 9; k++) wijk_json_int(w, (int64_t)f->map.count[k]);
    wijk__res_list_end(w);
    wijk__res_list(w, "vak");
    for (size_t i = 0; i < f->n; i++) {
        if (f->cell[i] == WIJK_BIVARIATE_NONE)
            wijk_json_null(w);
        else
            wijk_json_int(w, f->cell[i]);
    }
    wijk_json_end_array(w);
}

void wijk__res_concentration(struct http_call *c)
{
    enum { GROUP_AT, LEVEL_AT, PERIOD_AT, YEAR_AT, WITHIN_AT };
    struct wijk_flow_concentration_in in = {.indicator = c->text[GROUP_AT],
                                            .period = c->period,
                                            .level = c->level,
                                            .division_year = c->year,
                                            .within = c->text[WITHIN_AT]};
    struct wijk_flow_concentration f;
    check_indicator(c, "groep", in.indicator);
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    if (wijk_flow_concentration(c->cx, c->s, &in, &f) != WIJK_OK) {
        wijk__http_not_found(c, wijk_fault(c->cx));
        return;
    }
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    put_name(c, "indicator", f.indicator, f.period);
    put_name(c, "basis", f.base, f.base_period);
    put_name(c, "woningen", f.housing, f.housing_period);
    wijk__res_level(w, f.division->areas.level, f.division->areas.division_year);
    wijk_json_kv_num(w, "grensCorporatiebuurt", WIJK_CORPORATIE_PCT);
    wijk__res_list(w, "gemeenten");
    for (size_t k = 0; k < f.n_whole; k++) put_gemeente(c, &f, k);
    wijk_json_end_array(w);
    places(w, f.area, f.n);
    wijk__res_numbers(w, "aandeel", f.share, f.n);
    wijk__res_numbers(w, "verhouding", f.quotient, f.n);
    wijk__res_numbers(w, "corporatiewoningen", f.housing_pct, f.n);
    reasons(c, f.lack, f.n);
    put_map(c, &f);
    wijk_json_key(w, "sporen");
    wijk_json_begin_object(w);
    static const char *const KEY[] = {"ongelijk",          "toeval",
                                      "nabijheid",         "aandeel",
                                      "inCorporatiebuurt", "allenInCorporatiebuurt",
                                      "corporatiebuurten", "verhouding"};
    for (unsigned k = 0; k < WIJK_CONCENTRATION_TOLDS; k++)
        wijk_json_kv_str(w, KEY[k],
                         wijk_flow_concentration_id(c->cx, &f, "{code}", (enum wijk_concentration_told)k));
    wijk_json_end_object(w);
    wijk_json_end_object(w);
}
