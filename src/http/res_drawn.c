/* SPDX-License-Identifier: EUPL-1.2 */
/* /gebied-op-maat: a shape or a list of areas in, an answer about the whole areas it stands for out. Anyone
 * may ask, within limits; who has the key asks without. Only where somebody keeps the answer: the keeper. */
#include "http/asker.h"
#include "http/handlers.h"

#include <string.h>
#include <time.h>

enum { WAIT_MS = 300, WAIT_KEY_MS = 5000, LATER_S = 3 };

/* ---- refusals ---- */

static void refuse(struct http_call *c, enum wijk_err err)
{
    int status = err == WIJK_EIO ? 503 : err == WIJK_ESTORE ? 500 : 400;
    const char *title = status == 400 ? WIJK_T("De vraag klopt niet") : WIJK_T("Dit kan nu niet");
    if (status == 503) wijk__http_header(c->out, "Retry-After", wijk_sprintf(c->cx, "%d", LATER_S));
    wijk__http_problem(c, status, wijk_tr(c->cx, title), wijk_fault(c->cx));
}

static void refuse_now(struct http_call *c, int status, const char *detail, unsigned wait_s)
{
    if (wait_s) wijk__http_header(c->out, "Retry-After", wijk_sprintf(c->cx, "%u", wait_s));
    wijk__http_problem(c, status, wijk_tr(c->cx, "Dit kan nu niet"), detail);
}

static void refuse_spent(struct http_call *c, enum wijk_flow_drawn_spent spent)
{
    static const char AFTER[] = WIJK_T("Een gebied dat al antwoord kreeg, krijgt het hier nog wel.");
    const struct wijk_http_opt *o = c->world->opt;
    const char *why =
        spent == WIJK_DRAWN_NO_NEW
            ? wijk_sprintf(c->cx,
                           wijk_tr(c->cx, "Vanaf uw adres zijn vandaag al %u nieuwe gebieden gevraagd."),
                           o->drawn_fresh)
        : spent == WIJK_DRAWN_DAY
            ? wijk_sprintf(c->cx, wijk_tr(c->cx, "Vandaag zijn hier al %u nieuwe gebieden gevraagd."),
                           o->drawn_day)
            : wijk_sprintf(c->cx,
                           wijk_tr(c->cx, "Hier zijn al %u gebieden bewaard, en meer worden het er niet."),
                           o->drawn_keep);
    refuse_now(c, 429, wijk_sprintf(c->cx, "%s %s", why, wijk_tr(c->cx, AFTER)), 0);
}

/* ---- which indicators ---- */

/* Is `id` one of "a,b,c"? NULL: all are. */
static bool wanted(const char *list, const char *id)
{
    size_t n = strlen(id);
    for (const char *at = list; at && *at;) {
        size_t m = strcspn(at, ",");
        if (m == n && memcmp(at, id, n) == 0) return true;
        at += m + (at[m] == ',');
    }
    return !list;
}

/* Notes each that is unknown or has neither a sum nor a mean. */
static bool good_indicators(struct http_call *c, const char *list)
{
    while (list && *list) {
        size_t n = strcspn(list, ",");
        const char *id = wijk_str_dup(c->cx, (struct wijk_str){list, n});
        const struct wijk_indicator *ind = wijk_defs_indicator(c->s->defs, id);
        if (!ind)
            wijk__http_fault(c, "indicator",
                             wijk_sprintf(c->cx, wijk_tr(c->cx, "De indicator %s bestaat niet."), id));
        else if (ind->aggregation == WIJK_AGGREGATE_NONE)
            wijk__http_fault(
                c, "indicator",
                wijk_sprintf(
                    c->cx, wijk_tr(c->cx, "De indicator %s is niet op te tellen en niet te middelen."), id));
        list += n + (list[n] == ',');
    }
    if (c->n_fault) wijk__http_bad(c);
    return c->n_fault == 0;
}

/* ---- the answer ---- */

static void figures(struct http_call *c, const struct wijk_drawn_answer *a, const char *asked)
{
    struct wijk_json_out *w = &c->json;
    /* A trace leads to today's figures; an answer of older data has its own. */
    bool now = strcmp(a->data_version, c->s->version) == 0;
    wijk__res_list(w, "cijfers");
    for (size_t i = 0; i < a->n_figure; i++) {
        const struct wijk_drawn_figure *f = &a->figure[i];
        if (!wanted(asked, f->indicator)) continue;
        const struct wijk_indicator *ind = wijk_defs_indicator(c->s->defs, f->indicator);
        const struct wijk_series *s =
            now ? wijk_snapshot_series(c->s, f->indicator, a->level, a->division_year, f->period) : NULL;
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
        wijk_json_kv_str(w, "bewerking",
                         ind && ind->aggregation == WIJK_AGGREGATE_SUM ? "som" : "gemiddelde");
        /* One trace a member: {code} stands for each of `leden`. */
        wijk__res_text(w, "spoor", s ? wijk__res_id(c, WIJK_TRACE_VALUE, f->indicator, &s->key) : NULL);
        wijk_json_kv_str(w, "spoorGeheel", wijk_drawn_id(c->cx, a, f));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void answer(struct http_call *c, const struct wijk_flow_drawn *d, const char *asked)
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
    if (d->outline)
        wijk_geojson_geometry(w, d->outline, WIJK_CRS_WGS84);
    else
        wijk_json_null(w);
    figures(c, a, asked);
    wijk_json_end_object(w);
}

/* ---- the question ---- */

static bool ask(struct http_call *c, const struct wijk_flow_drawn_in *in, int64_t wait_ms)
{
    struct wijk_flow_drawn d;
    enum wijk_err err = wijk__keeper_drawn(c->world->keeper, c->cx, c->s, in, wait_ms, &d);
    if (err != WIJK_OK)
        refuse(c, err);
    else if (d.spent != WIJK_DRAWN_ROOM)
        refuse_spent(c, d.spent);
    else if (d.verdict != WIJK_DRAWN_ALLOWED)
        wijk__http_problem(c, 409, wijk_tr(c->cx, "Geen antwoord over dit gebied"),
                           wijk_tr(c->cx, wijk_drawn_text(d.verdict)));
    else
        answer(c, &d, c->text[1]);
    return err == WIJK_OK && d.spent == WIJK_DRAWN_ROOM && d.verdict == WIJK_DRAWN_ALLOWED && !d.before;
}

/* Without the key: so often from one address, one at a time, and so many that are new. */
static void ask_within(struct http_call *c, struct wijk_flow_drawn_in *in)
{
    const struct wijk_http_opt *o = c->world->opt;
    const uint64_t *from = c->request->address;
    unsigned wait_s;
    bool fresh;
    enum http_asking may = wijk__askers_begin(c->world->askers, from, wijk__now_ms(), &wait_s, &fresh);
    if (may == HTTP_ASKS_OFTEN) {
        refuse_now(
            c, 429,
            wijk_sprintf(c->cx,
                         wijk_tr(c->cx, "Vanaf uw adres zijn net veel gebieden gevraagd. Probeer het over "
                                        "%u seconden weer."),
                         wait_s),
            wait_s);
        return;
    }
    if (may == HTTP_OTHER_ASKS) {
        refuse_now(c, 503, wijk_tr(c->cx, "Er wordt net een ander gebied uitgerekend. Probeer het zo weer."),
                   wait_s);
        return;
    }
    in->limits = (struct wijk_flow_drawn_limits){.no_new = !fresh,
                                                 .member_max = o->drawn_members,
                                                 .known_max = o->drawn_known,
                                                 .day_max = o->drawn_day,
                                                 .keep_max = o->drawn_keep};
    wijk__askers_end(c->world->askers, from, wijk__now_ms(), ask(c, in, WAIT_MS));
}

void wijk__res_drawn(struct http_call *c)
{
    struct wijk_flow_drawn_in in = {.level = c->text[0] ? c->level : WIJK_LEVEL_COUNT,
                                    .now = (int64_t)time(NULL)};
    c->live = true;
    if (!good_indicators(c, c->text[1])) return;
    struct wijk_import_question q;
    enum wijk_err err =
        wijk_import_question(c->cx, c->request->body, wijk_tr(c->cx, WIJK_T("De tekening")), &q);
    in.shape = q.shape, in.code = q.code, in.n_code = q.n_code;
    if (err != WIJK_OK)
        refuse(c, err);
    else if (wijk__http_has_key(c->world->keeper, c->request))
        ask(c, &in, WAIT_KEY_MS);
    else
        ask_within(c, &in);
}

void wijk__res_drawn_kept(struct http_call *c)
{
    struct wijk_flow_drawn d;
    if (!good_indicators(c, c->text[0])) return;
    if (!c->world->keeper) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Onder deze sleutel is geen antwoord bewaard."));
        return;
    }
    enum wijk_err err = wijk__keeper_drawn_again(c->world->keeper, c->cx, c->s, c->arg[0], &d);
    if (err == WIJK_OK)
        answer(c, &d, c->text[0]);
    else if (err == WIJK_ENOTFOUND)
        wijk__http_not_found(c, wijk_fault(c->cx));
    else
        refuse(c, err);
}
