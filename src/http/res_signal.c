/* SPDX-License-Identifier: EUPL-1.2 */
/* /signalen, what was done with them, how many there are in an area, the themes, and the guard of free text.
 */
#include "http/desk.h"
#include "http/handlers.h"
#include "http/people_json.h"

#include <math.h>
#include <string.h>

enum { TEXT_MAX = 4 * WIJK_SIGNAL_WORDS_MAX, ID_MAX = 64, PAGE_MAX = 200, PAGE = 50 };

/* ---- themes ---- */

static bool english(const struct http_call *c)
{
    return wijk_cx_lang(c->cx) == WIJK_EN;
}

static const char *theme_name(const struct http_call *c, const char *id)
{
    const struct wijk_theme *t = wijk_defs_theme(c->s->defs, id);
    return !t ? id : english(c) ? t->label_en : t->label_nl;
}

void wijk__res_themes(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_list(w, "themas");
    for (size_t k = 0; k < c->s->defs->n_theme; k++) {
        const struct wijk_theme *t = &c->s->defs->theme[k];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", t->id);
        wijk_json_kv_str(w, "naam", english(c) ? t->label_en : t->label_nl);
        wijk_json_kv_str(w, "over", english(c) ? t->about_en : t->about_nl);
        wijk_json_kv_str(w, "beeld", t->icon);
        wijk__res_list(w, "indicatoren");
        for (size_t i = 0; i < t->n_figure; i++) wijk_json_cstr(w, t->figure[i]);
        wijk_json_end_array(w);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- the guard ---- */

static size_t signs(const char *p, size_t bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes; i++) n += ((unsigned char)p[i] & 0xc0) != 0x80;
    return n;
}

void wijk__res_text_check(struct http_call *c)
{
    struct wijk_personal_place place[WIJK_PERSONAL_PLACES];
    struct wijk_json_out *w = &c->json;
    const char *text = wijk__body_need(c, "tekst", TEXT_MAX);
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    size_t n = wijk_flow_text_check(c->cx, c->s, wijk_str(text), place);
    wijk_json_begin_object(w);
    wijk__res_list(w, "vondsten");
    for (size_t k = 0; k < n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "soort", wijk_personal_id(place[k].kind));
        wijk_json_kv_str(w, "soortNaam", wijk_tr(c->cx, wijk_personal_words(place[k].kind)));
        wijk_json_kv_int(w, "van", (int64_t)signs(text, place[k].from));
        wijk_json_kv_int(w, "tot", (int64_t)signs(text, place[k].to));
        wijk_json_kv_str(w, "advies", wijk_tr(c->cx, wijk_personal_advice(place[k].kind)));
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- one signal ---- */

static const char *quarter(struct http_call *c, int q)
{
    return wijk_sprintf(c->cx, "%d-Q%d", q / 10, q % 10);
}

static void circle(struct http_call *c, const struct wijk_signal *s)
{
    struct wijk_json_out *w = &c->json;
    if (!s->radius) {
        wijk__res_null(w, "midden");
        wijk__res_null(w, "straal");
        return;
    }
    struct wijk_xy p = wijk_wgs84_from_rd((struct wijk_xy){s->x, s->y});
    wijk__res_list(w, "midden");
    wijk_json_num(w, round(p.x * 1e5) / 1e5);
    wijk_json_num(w, round(p.y * 1e5) / 1e5);
    wijk_json_end_array(w);
    wijk_json_kv_int(w, "straal", s->radius);
}

static void replies(struct http_call *c, const struct wijk_signal_view *v)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "terugkoppelingen");
    for (size_t k = 0; k < v->n_reply; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "soort", wijk_signal_end_id(v->reply[k].end));
        wijk_json_kv_str(w, "soortNaam", wijk_tr(c->cx, wijk_signal_end_words(v->reply[k].end)));
        wijk_json_kv_str(w, "tekst", v->reply[k].words);
        wijk__res_moment(w, "gemaaktOp", v->reply[k].made_at);
        wijk_json_kv_str(w, "id", wijk_sprintf(c->cx, "%s.%zu", v->signal.name, k + 1));
        wijk__json_taken(c, "weggehaald", v->reply_taken[k]);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* Leaves the object open. The maker is never told: only whether it is who asks. */
static void open_signal(struct http_call *c, const struct wijk_signal_view *v)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_signal *s = &v->signal;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", s->name);
    wijk_json_kv_str(w, "gemeente", s->gemeente);
    wijk_json_kv_str(w, "buurt", s->buurt);
    wijk_json_kv_str(w, "buurtNaam", v->buurt_name);
    circle(c, s);
    wijk_json_kv_str(w, "thema", s->theme);
    wijk_json_kv_str(w, "themaNaam", theme_name(c, s->theme));
    wijk_json_kv_str(w, "zin", s->sentence);
    wijk_json_kv_str(w, "zeker", wijk_sureness_id(s->sure));
    wijk_json_kv_str(w, "zekerNaam", wijk_tr(c->cx, wijk_sureness_words(s->sure)));
    wijk__res_moment(w, "gemaaktOp", s->made_at);
    wijk_json_kv_str(w, "kwartaal", quarter(c, s->quarter));
    wijk_json_kv_str(w, "organisatie", s->partner);
    wijk_json_kv_str(w, "organisatieNaam", v->partner_name);
    wijk_json_kv_str(w, "gedeeld", wijk_sharing_id(s->sharing));
    wijk_json_kv_str(w, "gedeeldNaam", wijk_tr(c->cx, wijk_sharing_words(s->sharing)));
    wijk_json_kv_str(w, "staat", wijk_signal_state_id(s->state));
    wijk_json_kv_str(w, "staatNaam", wijk_tr(c->cx, wijk_signal_state_words(s->state)));
    wijk_json_kv_int(w, "versie", s->version);
    wijk_json_kv_bool(w, "vanMij", v->mine);
    wijk_json_kv_bool(w, "magWijzigen", v->may_change);
    wijk_json_kv_bool(w, "magTerugkoppelen", v->may_answer);
    wijk_json_kv_bool(w, "magWeghalen", v->may_moderate);
    wijk__json_taken(c, "weggehaald", v->taken);
    replies(c, v);
}

static const char FEW[] = WIJK_T("minder dan 5");
/* In a table a larger count is hidden as well where it would give a small one away. */
static const char FEW_OR_HIDDEN[] = WIJK_T("minder dan 5, of afgeschermd");

/* A count of others: hidden and nought are told alike. */
static void count(struct http_call *c, const char *number, const char *words, struct wijk_disclosed n,
                  const char *few)
{
    struct wijk_json_out *w = &c->json;
    bool shown = wijk_status_valued(n.status) && n.value >= 5;
    wijk_json_kv_num(w, number, shown ? n.value : (double)NAN);
    wijk_json_kv_str(w, words,
                     shown ? wijk_sprintf(c->cx, wijk_tr(c->cx, "ongeveer %.0f"), n.value)
                           : wijk_tr(c->cx, few));
}

/* What is counted already about this theme in that buurt. */
static void figures(struct http_call *c, const struct wijk_signal *s)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_theme *t = wijk_defs_theme(c->s->defs, s->theme);
    const struct wijk_snapshot_division *d = wijk_snapshot_division(c->s, WIJK_LEVEL_BUURT, 0);
    size_t at = d ? wijk_area_find(d->index, s->buurt) : SIZE_MAX;
    wijk__res_list(w, "cijfers");
    for (size_t k = 0; t && at != SIZE_MAX && k < t->n_figure; k++) {
        const struct wijk_indicator *i = wijk_defs_indicator(c->s->defs, t->figure[k]);
        const struct wijk_series *r = wijk_snapshot_series(c->s, t->figure[k], WIJK_LEVEL_BUURT,
                                                           d->areas.division_year, (struct wijk_period){0});
        if (!i || !r || at >= r->n || !wijk_status_valued((enum wijk_status)r->status[at])) continue;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", i->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(i, wijk_cx_lang(c->cx)));
        wijk_json_kv_str(w, "eenheid", wijk_indicator_unit(i, wijk_cx_lang(c->cx)));
        wijk_json_kv_int(w, "decimalen", i->decimals);
        wijk_json_key(w, "periode");
        wijk__res_period(w, r->key.period);
        wijk_json_kv_num(w, "waarde", r->value[at]);
        wijk_json_kv_str(w, "spoor", wijk__res_id(c, WIJK_TRACE_VALUE, i->id, &r->key));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* Alone: with what others and the figures say. */
static enum wijk_err write_alone(struct http_call *c, struct wijk_store *store,
                                 const struct wijk_signal_view *v)
{
    struct wijk_disclosed others;
    c->about = wijk_sprintf(c->cx, "signaal:%s", v->signal.name);
    WIJK_TRY(wijk_flow_signal_others(c->cx, store, &v->signal, &others));
    open_signal(c, v);
    count(c, "collegas", "collegasTekst", others, FEW);
    figures(c, &v->signal);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

/* ---- reading ---- */

static enum wijk_err signal_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_signal_view v;
    (void)arg;
    WIJK_TRY(wijk_flow_signal(c->cx, store, c->s, &d, c->arg[0], &v));
    return write_alone(c, store, &v);
}

void wijk__res_signal(struct http_call *c)
{
    wijk__desk_read(c, signal_body, NULL);
}

enum wijk_err wijk__json_own_signals(struct http_call *c, struct wijk_store *store)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_signal_view *v;
    const char *before = NULL;
    size_t n;
    wijk__res_list(&c->json, "signalen");
    do {
        const struct wijk_flow_signals_in in = {.mine = true, .before = before, .n_max = PAGE_MAX};
        WIJK_TRY(wijk_flow_signals(c->cx, store, c->s, &d, &in, &v, &n));
        for (size_t k = 0; k < n; k++) {
            open_signal(c, &v[k]);
            wijk_json_end_object(&c->json);
        }
        if (n) before = v[n - 1].signal.name;
    } while (n == PAGE_MAX);
    wijk_json_end_array(&c->json);
    return WIJK_OK;
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_flow_signals_in *in = arg;
    struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_signal_view *v;
    size_t n;
    WIJK_TRY(wijk_flow_signals(c->cx, store, c->s, &d, in, &v, &n));
    wijk_json_begin_object(&c->json);
    wijk__res_text(&c->json, "volgende", n == in->n_max ? v[n - 1].signal.name : NULL);
    wijk__res_list(&c->json, "signalen");
    for (size_t k = 0; k < n; k++) {
        open_signal(c, &v[k]);
        wijk_json_end_object(&c->json);
    }
    wijk__res_list_end(&c->json);
    return WIJK_OK;
}

void wijk__res_signals(struct http_call *c)
{
    int64_t most = PAGE;
    const char *mine = c->text[0];
    if (mine && strcmp(mine, "ja") != 0 && strcmp(mine, "nee") != 0)
        wijk__http_fault(c, "mijn", wijk_tr(c->cx, "Kies ja of nee."));
    if (c->text[5] && !wijk_int_parse(wijk_str(c->text[5]), 1, PAGE_MAX, &most))
        wijk__http_fault(c, "aantal", wijk_tr(c->cx, "Geef een aantal van 1 tot en met 200."));
    if (c->n_fault) {
        wijk__http_bad(c);
        return;
    }
    struct wijk_flow_signals_in in = {.mine = mine && strcmp(mine, "ja") == 0,
                                      .gemeente = c->text[1],
                                      .buurt = c->text[2],
                                      .theme = c->text[3],
                                      .before = c->text[4],
                                      .n_max = (size_t)most};
    char gemeente[WIJK_CODE_MAX];
    if (!in.gemeente && in.buurt && wijk_code_gemeente(in.buurt, gemeente)) in.gemeente = gemeente;
    wijk__desk_read(c, list_body, &in);
}

/* ---- counts for anyone ---- */

static void count_row(struct http_call *c, const struct wijk_signal_counts *n, size_t k)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_theme *t = k < n->n_theme ? &c->s->defs->theme[k] : NULL;
    wijk_json_begin_object(w);
    wijk__res_text(w, "thema", t ? t->id : NULL);
    wijk_json_kv_str(w, "themaNaam", t ? theme_name(c, t->id) : wijk_tr(c->cx, "alle thema's"));
    wijk__res_list(w, "kwartalen");
    for (size_t q = 0; q < WIJK_SIGNAL_QUARTERS; q++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "kwartaal", quarter(c, n->quarter[q]));
        count(c, "aantal", "tekst", n->count[k * WIJK_SIGNAL_QUARTERS + q], FEW_OR_HIDDEN);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

static enum wijk_err counts_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_signal_counts n;
    struct wijk_json_out *w = &c->json;
    (void)arg;
    WIJK_TRY(wijk_flow_signal_counts(c->cx, store, c->s, c->arg[0], wijk__clock_s(), &n));
    const struct wijk_area *a = &n.division->areas.v[n.area];
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", a->code);
    wijk_json_kv_str(w, "naam", a->name);
    wijk__res_level(w, n.division->areas.level, n.division->areas.division_year);
    wijk__res_list(w, "themas");
    for (size_t k = 0; k <= n.n_theme; k++) count_row(c, &n, k);
    wijk__res_list_end(w);
    return WIJK_OK;
}

void wijk__res_area_signals(struct http_call *c)
{
    wijk__desk_read(c, counts_body, NULL);
}

/* ---- writing ---- */

/* What both a new and a changed signal may say; absent members stay as they were. */
static void take_choices(struct http_call *c, enum wijk_sureness *sure, enum wijk_sharing *sharing)
{
    const char *said = wijk__body_text(c, "zeker"), *shared = wijk__body_text(c, "gedeeld");
    if (said && !wijk_sureness_parse(wijk_str(said), sure))
        wijk__http_fault(c, "zeker", wijk_tr(c->cx, "Kies uit gehoord, zelf-gezien en vaker-gezien."));
    if (shared && !wijk_sharing_parse(wijk_str(shared), sharing))
        wijk__http_fault(c, "gedeeld", wijk_tr(c->cx, "Kies uit concept, organisatie en partners."));
}

/* A circle: its centre in whole metres of RD New. */
static void take_circle(struct http_call *c, struct wijk_flow_signal_in *in)
{
    int64_t x = 0, y = 0, radius = 0;
    if (!wijk__body_text(c, "x") && !wijk__body_text(c, "y") && !wijk__body_text(c, "straal")) return;
    bool good = wijk__body_number(c, "x", 0, 300000, &x);
    good = wijk__body_number(c, "y", 300000, 625000, &y) && good;
    good = wijk__body_number(c, "straal", WIJK_SIGNAL_RADIUS_MIN, WIJK_SIGNAL_RADIUS_MAX, &radius) && good;
    if (!good) return;
    in->centre = (struct wijk_xy){(double)x, (double)y};
    in->radius = (int)radius;
}

static enum wijk_err new_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_signal_view v;
    WIJK_TRY(wijk_flow_signal_place(c->cx, store, c->s, &d, arg, &v));
    wijk__http_header(c->out, "Location", wijk_sprintf(c->cx, "/api/v1/signalen/%s", v.signal.name));
    return write_alone(c, store, &v);
}

void wijk__res_signal_new(struct http_call *c)
{
    struct wijk_flow_signal_in in = {.buurt = wijk__body_text(c, "buurt"),
                                     .theme = wijk__body_need(c, "thema", ID_MAX),
                                     .sentence = wijk__body_need(c, "zin", TEXT_MAX),
                                     .sharing = WIJK_SHARING_PARTNERS};
    wijk__body_need(c, "zeker", ID_MAX);
    take_choices(c, &in.sure, &in.sharing);
    take_circle(c, &in);
    if (c->n_fault)
        wijk__http_bad(c);
    else
        wijk__desk_write_once(c, new_body, &in);
}

static enum wijk_err change_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_signal_view v;
    WIJK_TRY(wijk_flow_signal_change(c->cx, store, c->s, &d, c->arg[0], arg, &v));
    return write_alone(c, store, &v);
}

void wijk__res_signal_change(struct http_call *c)
{
    struct wijk_flow_signal_change in = {.theme = wijk__body_text(c, "thema"),
                                         .sentence = wijk__body_text(c, "zin"),
                                         .sure = WIJK_SURE_COUNT,
                                         .sharing = WIJK_SHARING_COUNT};
    const char *withdraw = wijk__body_text(c, "intrekken");
    in.withdraw = withdraw && strcmp(withdraw, "true") == 0;
    wijk__body_number(c, "versie", 1, INT32_MAX, &in.version);
    if (in.sentence && strlen(in.sentence) > TEXT_MAX)
        wijk__http_fault(c, "zin", wijk_tr(c->cx, "Deze tekst is te lang."));
    take_choices(c, &in.sure, &in.sharing);
    if (c->n_fault)
        wijk__http_bad(c);
    else
        wijk__desk_write_once(c, change_body, &in);
}

struct answering {
    enum wijk_signal_end end;
    const char *words;
};

static enum wijk_err answer_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct answering *a = arg;
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_signal_view v;
    WIJK_TRY(wijk_flow_signal_answer(c->cx, store, c->s, &d, c->arg[0], a->end, a->words, &v));
    return write_alone(c, store, &v);
}

void wijk__res_signal_answer(struct http_call *c)
{
    struct answering a = {.words = wijk__body_need(c, "tekst", TEXT_MAX)};
    if (!wijk_signal_end_parse(wijk_str(wijk__body_need(c, "soort", ID_MAX)), &a.end))
        wijk__http_fault(c, "soort", wijk_tr(c->cx, "Kies uit gebruikt-in, leidde-tot en niet-opgepakt."));
    if (c->n_fault)
        wijk__http_bad(c);
    else
        wijk__desk_write_once(c, answer_body, &a);
}
