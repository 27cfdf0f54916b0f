/* SPDX-License-Identifier: EUPL-1.2 */
/* /normen: what a gemeente agreed on about a figure, with its history; what holds in an area beside the
 * figure now; and proposing another one. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <math.h>
#include <string.h>

enum { PAGE_MAX = 200, PAGE = 100 };

/* ---- writing ---- */

static const char *label_of(const struct http_call *c, const struct wijk_indicator *i, const char *was)
{
    return !i ? was : wijk_cx_lang(c->cx) == WIJK_EN ? i->label_en : i->label_nl;
}

static const char *unit_of(const struct http_call *c, const struct wijk_indicator *i, const char *was)
{
    return !i ? was : wijk_cx_lang(c->cx) == WIJK_EN ? i->unit_en : i->unit_nl;
}

static int decimals_of(const struct wijk_indicator *i, double value)
{
    static const struct wijk_indicator WHOLE = {.decimals = 0};
    return wijk_norm_decimals(i ? i : &WHOLE, value);
}

/* taken: its reason was taken away. */
static void write_version(struct http_call *c, const struct wijk_norm *v, const struct wijk_indicator *i,
                          const struct wijk_moderation *taken)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_norm_terms *t = &v->terms;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "versie", v->version);
    wijk_json_kv_bool(w, "ingetrokken", t->withdrawn);
    wijk_json_kv_str(w, "soort", wijk_norm_kind_id(t->kind));
    wijk_json_kv_num(w, "waarde", t->withdrawn ? (double)NAN : t->value);
    wijk_json_kv_int(w, "decimalen", decimals_of(i, t->value));
    wijk_json_kv_num(w, "doeljaar", t->target_year ? (double)t->target_year : (double)NAN);
    wijk_json_kv_str(w, "geldtVanaf", t->from);
    wijk_json_kv_str(w, "woorden",
                     wijk_norm_words(c->cx, t, decimals_of(i, t->value), unit_of(c, i, v->unit)));
    wijk_json_kv_str(w, "waarom", v->why);
    wijk__json_taken(c, "waaromWeggehaald", taken);
    wijk_json_kv_int(w, "voorstel", v->proposal);
    wijk__res_moment(w, "voorgesteldOp", v->made_at);
    wijk__res_moment(w, "beslotenOp", v->decided_at);
    wijk_json_end_object(w);
}

/* Leaves the object open. */
static void begin_norm(struct http_call *c, const struct wijk_norm *v, const struct wijk_indicator *i)
{
    struct wijk_json_out *w = &c->json;
    enum wijk_level level = WIJK_LEVEL_GEMEENTE;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", v->gemeente);
    wijk_json_kv_str(w, "gebied", v->area);
    wijk_json_kv_str(w, "gebiedNaam", v->area_name);
    if (!wijk_code_level(wijk_str(v->area), &level)) level = WIJK_LEVEL_GEMEENTE;
    wijk_json_kv_str(w, "niveau", wijk_level_id(level));
    wijk_json_kv_str(w, "niveauNaam", wijk_tr(c->cx, wijk_level_label(level, false)));
    wijk_json_kv_str(w, "indicator", v->indicator);
    wijk_json_kv_str(w, "indicatorNaam", label_of(c, i, v->label));
    wijk_json_kv_str(w, "eenheid", unit_of(c, i, v->unit));
}

static void write_norm(struct http_call *c, const struct wijk_flow_norm *f, bool history)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_norm *last = &f->version[f->n - 1];
    begin_norm(c, last, f->indicator);
    wijk_json_kv_int(w, "versie", last->version);
    wijk_json_key(w, "geldt");
    if (f->holds == SIZE_MAX)
        wijk_json_null(w);
    else
        write_version(c, &f->version[f->holds], f->indicator, f->taken[f->holds]);
    wijk_json_key(w, "straks"); /* decided, and not begun */
    if (f->holds == f->n - 1 || (f->holds == SIZE_MAX && last->terms.withdrawn))
        wijk_json_null(w);
    else
        write_version(c, last, f->indicator, f->taken[f->n - 1]);
    if (!history) {
        wijk_json_end_object(w);
        return;
    }
    wijk__res_list(w, "versies");
    for (size_t k = f->n; k-- > 0;) write_version(c, &f->version[k], f->indicator, f->taken[k]);
    wijk_json_end_array(w);
}

/* ---- the list ---- */

enum { OF_GEMEENTE, OF_AREA, OF_INDICATOR, ALL, AFTER, MANY };

static bool may_ask(const struct http_call *c, const char *gemeente)
{
    const struct wijk_object o = {.gemeente = gemeente ? gemeente : "-"};
    return wijk_may(&c->who.actor, WIJK_RIGHT_NORM_ASK, &o) == WIJK_MAY_YES;
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_flow_norms_in *in = arg;
    const struct wijk_flow_norm *f;
    struct wijk_json_out *w = &c->json;
    const char *more;
    size_t n;
    WIJK_TRY(wijk_flow_norms(c->cx, store, c->s->defs, in, wijk__clock_s(), &f, &n, &more));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", in->gemeente);
    wijk_json_kv_bool(w, "magVoorstellen", may_ask(c, in->gemeente));
    wijk__res_list(w, "normen");
    for (size_t k = 0; k < n; k++) write_norm(c, &f[k], false);
    wijk_json_end_array(w);
    wijk_json_kv_str(w, "volgende", more);
    wijk_json_end_object(w);
    return WIJK_OK;
}

void wijk__res_norms(struct http_call *c)
{
    int64_t many = PAGE;
    struct wijk_flow_norms_in in = {.area = c->text[OF_AREA],
                                    .indicator = c->text[OF_INDICATOR],
                                    .after = c->text[AFTER],
                                    .all = c->text[ALL] && strcmp(c->text[ALL], "ja") == 0};
    if (c->text[MANY] && !wijk_int_parse(wijk_str(c->text[MANY]), 1, PAGE_MAX, &many))
        wijk__http_fault(c, "aantal",
                         wijk_sprintf(c->cx, wijk_tr(c->cx, "Geef een getal van 1 tot %d."), PAGE_MAX));
    in.n_max = (size_t)many;
    if (wijk__call_any_gemeente(c, c->text[OF_GEMEENTE], &in.gemeente)) wijk__desk_read(c, list_body, &in);
}

/* ---- one ---- */

static enum wijk_err one_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_proposal *open;
    struct wijk_flow_norm f;
    (void)arg;
    WIJK_TRY(wijk_flow_norm(c->cx, store, c->s->defs, c->arg[0], c->arg[1], wijk__clock_s(), &f));
    WIJK_TRY(wijk_flow_norm_open(c->cx, store, &d, c->arg[0], c->arg[1], &open));
    write_norm(c, &f, true);
    wijk_json_kv_bool(&c->json, "magVoorstellen", may_ask(c, f.version->gemeente));
    wijk_json_kv_bool(&c->json, "magWeghalen", wijk_flow_may_moderate(&d, f.version->gemeente));
    wijk_json_kv_num(&c->json, "openVoorstel", open ? (double)open->id : (double)NAN);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_norm(struct http_call *c)
{
    wijk__desk_read(c, one_body, NULL);
}

/* ---- what holds in an area ---- */

static void write_figure(struct http_call *c, const struct wijk_flow_norm_here *h)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_key(w, "nu");
    if (!h->trace) {
        wijk_json_null(w);
        return;
    }
    wijk_json_begin_object(w);
    wijk_json_kv_num(w, "waarde", h->now);
    wijk_json_kv_str(w, "status", wijk_status_id(h->status));
    wijk_json_key(w, "periode");
    wijk__res_period(w, h->period);
    wijk_json_kv_str(w, "spoor", h->trace);
    wijk_json_end_object(w);
}

static void write_here(struct http_call *c, const struct wijk_flow_norms_here *here,
                       const struct wijk_flow_norm_here *h)
{
    struct wijk_json_out *w = &c->json;
    begin_norm(c, h->norm, h->indicator);
    wijk_json_kv_bool(w, "eigen", h->level == here->profile->division->areas.level);
    wijk_json_kv_int(w, "decimalen", h->indicator->decimals);
    wijk_json_key(w, "norm");
    write_version(c, h->norm, h->indicator, h->taken);
    write_figure(c, h);
    wijk_json_kv_num(w, "landelijk", h->national);
    wijk_json_kv_str(w, "landelijkZin", h->national_words);
    wijk_json_kv_num(w, "verschil", h->apart);
    wijk_json_kv_str(w, "stand", wijk_norm_state_id(h->state));
    wijk_json_kv_str(w, "zin", h->words);
    wijk_json_end_object(w);
}

static enum wijk_err area_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_flow_norms_here here;
    struct wijk_json_out *w = &c->json;
    (void)arg;
    WIJK_TRY(wijk_flow_norms_here(c->cx, store, c->s, c->arg[0], wijk__clock_s(), &here));
    const struct wijk_profile *p = here.profile;
    char gemeente[WIJK_CODE_MAX];
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "code", p->self->code);
    wijk_json_kv_str(w, "naam", p->self->name);
    wijk_json_kv_str(w, "niveau", wijk_level_id(p->division->areas.level));
    wijk_json_kv_bool(w, "magVoorstellen",
                      wijk_code_gemeente(p->self->code, gemeente) && may_ask(c, gemeente));
    wijk__res_list(w, "normen");
    for (size_t k = 0; k < here.n; k++) write_here(c, &here, &here.norm[k]);
    wijk__res_list_end(w);
    return WIJK_OK;
}

void wijk__res_area_norms(struct http_call *c)
{
    wijk__desk_read(c, area_body, NULL);
}

/* ---- proposing ---- */

struct asking {
    struct wijk_flow_norm_in in;
    const char *why;
    struct wijk_flow_norm_clash clash;
};

static double read_value(struct http_call *c)
{
    double v = NAN;
    const char *text = wijk__body_need(c, "waarde", HTTP_WORD_MAX);
    if (*text && !wijk_num_parse(wijk_str(text), WIJK_NUM_POINT, &v))
        wijk__http_fault(c, "waarde", wijk_tr(c->cx, "Dit is geen getal."));
    return v;
}

static bool read_asking(struct http_call *c, struct asking *v)
{
    const char *from = wijk__body_text(c, "geldtVanaf");
    int64_t year = 0;
    *v = (struct asking){
        .in = {.area = wijk__body_need(c, "gebied", WIJK_CODE_MAX - 1),
               .indicator = wijk__body_need(c, "indicator", HTTP_WORD_MAX),
               .unit = wijk__body_text(c, "eenheid"),
               .terms = {.from = from ? from : "", .withdrawn = wijk__body_flag(c, "intrekken")}},
        .why = wijk__body_need(c, "waarom", WIJK_TEXT_LONG)};
    wijk__body_number(c, "versie", 0, INT64_MAX, &v->in.version);
    if (!v->in.terms.withdrawn) {
        WIJK_BODY_WORD(c, "soort", wijk_norm_kind_parse, &v->in.terms.kind);
        v->in.terms.value = read_value(c);
    }
    if (wijk__body_text(c, "doeljaar")) wijk__body_number(c, "doeljaar", 1900, 2200, &year);
    v->in.terms.target_year = (int)year;
    return !wijk__call_faulty(c);
}

static enum wijk_err ask_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct asking *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, v->why);
    int64_t nr;
    WIJK_TRY(wijk_flow_norm_ask(c->cx, store, c->s->defs, &d, &v->in, &nr, &v->clash));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_int(&c->json, "nr", nr);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

/* What somebody else made of it: the norm by now, and what is proposed about it. */
static void write_clash(struct http_call *c, const void *now)
{
    const struct wijk_flow_norm_clash *v = now;
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "versie", v->norm ? v->norm->version : 0);
    wijk_json_key(w, "norm");
    if (v->norm)
        write_version(c, v->norm, wijk_defs_indicator(c->s->defs, v->norm->indicator), NULL);
    else
        wijk_json_null(w);
    wijk_json_key(w, "voorstel");
    if (v->open) {
        wijk_json_begin_object(w);
        wijk_json_kv_int(w, "nr", v->open->id);
        wijk_json_kv_str(w, "wat", v->open_words);
        wijk_json_kv_str(w, "waarom", v->open->why);
        wijk__res_moment(w, "gedaanOp", v->open->made_at);
        wijk_json_end_object(w);
    } else {
        wijk_json_null(w);
    }
    wijk_json_end_object(w);
}

void wijk__res_norm_new(struct http_call *c)
{
    struct asking v;
    if (!read_asking(c, &v)) return;
    wijk__desk_write_once(c, ask_body, &v);
    if (c->out->status == 409 && (v.clash.norm || v.clash.open))
        wijk__call_conflict(c, write_clash, &v.clash);
}
