/* SPDX-License-Identifier: EUPL-1.2 */
/* /moderatie: how often and why texts were taken away, for anyone; the list as a file; /moderaties: taking
 * away, putting back and objecting; /vragen: what waits for who asks. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <math.h>
#include <string.h>

enum { PAGE = 50, PAGE_MAX = 200 };

void wijk__json_taken(struct http_call *c, const char *key, const struct wijk_moderation *m)
{
    struct wijk_json_out *w = &c->json;
    if (!m) {
        wijk__res_null(w, key);
        return;
    }
    wijk_json_key(w, key);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "reden", wijk_mod_reason_id(m->reason));
    wijk_json_kv_str(w, "redenNaam", wijk_tr(c->cx, wijk_mod_reason_words(m->reason)));
    wijk__res_moment(w, "op", m->made_at);
    wijk_json_kv_str(w, "rolNaam", wijk_moderator_words(c->cx, m->role));
    wijk_json_end_object(w);
}

/* ---- counts for anyone ---- */

static void reasons(struct http_call *c, const struct wijk_moderation_counts *n, size_t q)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "redenen");
    for (size_t r = 0; r < WIJK_MOD_REASON_COUNT; r++) {
        const struct wijk_disclosed *s = &n->signals[r][q];
        const bool shown = wijk_status_valued(s->status) && s->value >= 5;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "reden", wijk_mod_reason_id((enum wijk_mod_reason)r));
        wijk_json_kv_str(w, "redenNaam", wijk_tr(c->cx, wijk_mod_reason_words((enum wijk_mod_reason)r)));
        wijk_json_kv_num(w, "overSignalen", shown ? s->value : (double)NAN);
        wijk_json_kv_str(w, "overSignalenTekst",
                         shown ? wijk_sprintf(c->cx, wijk_tr(c->cx, "ongeveer %.0f"), s->value)
                               : wijk_tr(c->cx, "minder dan 5"));
        wijk_json_kv_int(w, "andereTeksten", (int64_t)n->others[r][q]);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void choices(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "keuzes");
    for (size_t r = 0; r < WIJK_MOD_REASON_COUNT; r++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", wijk_mod_reason_id((enum wijk_mod_reason)r));
        wijk_json_kv_str(w, "naam", wijk_tr(c->cx, wijk_mod_reason_words((enum wijk_mod_reason)r)));
        wijk_json_kv_bool(w, "meteenGewist", wijk_mod_reason_erases((enum wijk_mod_reason)r));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static enum wijk_err counts_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_json_out *w = &c->json;
    const char *gemeente = arg;
    struct wijk_moderation_counts n;
    WIJK_TRY(wijk_flow_moderation_counts(c->cx, store, gemeente, wijk__clock_s(), &n));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", gemeente);
    choices(c);
    wijk__res_list(w, "kwartalen");
    for (size_t q = 0; q < WIJK_MOD_QUARTERS; q++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "kwartaal", wijk_sprintf(c->cx, "%d-Q%d", n.quarter[q] / 10, n.quarter[q] % 10));
        reasons(c, &n, q);
        wijk_json_kv_int(w, "teruggezet", (int64_t)n.back[q]);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
    return WIJK_OK;
}

enum { GEMEENTE, MINE, AFTER };

void wijk__res_moderation_counts(struct http_call *c)
{
    const char *gemeente = wijk__call_gemeente(c, c->text[GEMEENTE]);
    if (!wijk__call_faulty(c)) wijk__desk_read(c, counts_body, (void *)(uintptr_t)gemeente);
}

/* ---- as a file: for who reads the log ---- */

static enum wijk_err take_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_moderation_take(c->cx, store, &d, arg);
}

static bool to_body(void *self, const void *bytes, size_t n)
{
    wijk_buf_put(self, bytes, n);
    return true;
}

static void row(struct http_call *c, struct wijk_table_out *t, const struct wijk_moderation *m)
{
    char at[24];
    wijk_time_write(m->made_at, at);
    wijk_table_text(t, wijk_str_dup(c->cx, wijk_str(at)));
    wijk_table_text(t, m->of.gemeente);
    wijk_table_text(t, wijk_said_kind_id(m->of.kind));
    wijk_table_text(t, m->of.object);
    wijk_table_text(t, wijk_mod_reason_id(m->reason));
    wijk_table_text(t, m->role);
    wijk_table_int(t, m->made_by);
    wijk_table_text(t, wijk_mod_state_id(m->state));
    if (m->proposal)
        wijk_table_int(t, m->proposal);
    else
        wijk_table_empty(t);
    wijk_table_end_row(t);
}

struct filing {
    const char *gemeente;
    enum wijk_format format;
};

static enum wijk_err file_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    static const struct wijk_column COLUMNS[] = {
        {"op", "", -1},  {"gemeente", "", -1}, {"soort", "", -1}, {"object", "", -1},  {"reden", "", -1},
        {"rol", "", -1}, {"account", "", -1},  {"stand", "", -1}, {"voorstel", "", -1}};
    const struct filing *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_moderation *m;
    size_t n;
    WIJK_TRY(wijk_flow_moderation_list(c->cx, store, &d, v->gemeente, &m, &n));
    c->buf = wijk_buf(c->cx, 64 << 20); /* of the row of the log nothing is told */
    struct wijk_table_out *t = wijk_table_open(c->cx, v->format, (struct wijk_out){to_body, &c->buf}, COLUMNS,
                                               sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) row(c, t, &m[k]);
    wijk_table_close(t);
    const bool csv = v->format == WIJK_FORMAT_CSV;
    c->out->content_type = csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
    wijk__http_header(c->out, "Content-Disposition",
                      csv ? "attachment; filename=\"moderatie.csv\""
                          : "attachment; filename=\"moderatie.json\"");
    return WIJK_OK;
}

void wijk__res_moderation_file(struct http_call *c)
{
    struct filing v = {wijk__call_gemeente(c, c->text[GEMEENTE]), WIJK_FORMAT_JSON};
    if (strcmp(c->arg[0], "csv") == 0) {
        v.format = WIJK_FORMAT_CSV;
    } else if (strcmp(c->arg[0], "json") != 0) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Kies json of csv."));
        return;
    }
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_secret(c, take_body, (void *)(uintptr_t)v.gemeente);
    if (c->out->status == 200) wijk__desk_read(c, file_body, &v);
}

/* ---- one that was taken away ---- */

static void write_one(struct http_call *c, const struct wijk_moderation_view *v)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_moderation *m = v->m;
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "id", m->name);
    wijk_json_kv_str(w, "gemeente", m->of.gemeente);
    wijk_json_kv_str(w, "soort", wijk_said_kind_id(m->of.kind));
    wijk_json_kv_str(w, "soortNaam", wijk_tr(c->cx, wijk_said_kind_words(m->of.kind)));
    wijk_json_kv_str(w, "object", m->of.object);
    wijk_json_kv_str(w, "reden", wijk_mod_reason_id(m->reason));
    wijk_json_kv_str(w, "redenNaam", wijk_tr(c->cx, wijk_mod_reason_words(m->reason)));
    wijk__res_text(w, "toelichting", *m->words ? m->words : NULL);
    wijk_json_kv_str(w, "rolNaam", v->role_words);
    wijk__res_moment(w, "op", m->made_at);
    wijk_json_kv_str(w, "stand", wijk_mod_state_id(m->state));
    wijk_json_kv_str(w, "standNaam", wijk_tr(c->cx, wijk_mod_state_words(m->state)));
    wijk__res_moment(w, "bezwaarTot", m->ends_at);
    wijk_json_kv_bool(w, "vanMij", v->mine);
    wijk_json_kv_bool(w, "magBezwaar", v->may_object);
    wijk__res_text(w, "waaromGeenBezwaar", v->why_not);
    wijk_json_kv_bool(w, "magTerugzetten", v->may_back);
    wijk_json_end_object(w);
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_flow_moderations_in *in = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_moderation_view *v;
    size_t n;
    WIJK_TRY(wijk_flow_moderations(c->cx, store, &d, in, &v, &n));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "gemeente", in->gemeente);
    wijk__res_text(&c->json, "volgende", n == in->n_max ? v[n - 1].m->name : NULL);
    wijk__res_list(&c->json, "moderaties");
    for (size_t k = 0; k < n; k++) write_one(c, &v[k]);
    wijk__res_list_end(&c->json);
    return WIJK_OK;
}

enum wijk_err wijk__json_own_moderations(struct http_call *c, struct wijk_store *store)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_actor *a = &c->who.actor;
    struct wijk_flow_moderations_in in = {
        .gemeente = a->n_grant ? a->grant[0].gemeente : NULL, .mine = true, .n_max = PAGE_MAX};
    const struct wijk_moderation_view *v;
    size_t n;
    wijk__res_list(&c->json, "moderaties");
    do {
        WIJK_TRY(wijk_flow_moderations(c->cx, store, &d, &in, &v, &n));
        for (size_t k = 0; k < n; k++) write_one(c, &v[k]);
        if (n) in.before = v[n - 1].m->name;
    } while (n == PAGE_MAX);
    wijk_json_end_array(&c->json);
    return WIJK_OK;
}

void wijk__res_moderations(struct http_call *c)
{
    const char *mine = c->text[MINE];
    const struct wijk_flow_moderations_in in = {.gemeente = wijk__call_gemeente(c, c->text[GEMEENTE]),
                                                .mine = !mine || strcmp(mine, "nee") != 0,
                                                .before = c->text[AFTER],
                                                .n_max = PAGE};
    if (mine && strcmp(mine, "ja") != 0 && strcmp(mine, "nee") != 0)
        wijk__http_fault(c, "mijn", wijk_tr(c->cx, "Kies ja of nee."));
    if (!wijk__call_faulty(c)) wijk__desk_read(c, list_body, (void *)(uintptr_t)&in);
}

static enum wijk_err new_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_moderation_view v;
    WIJK_TRY(wijk_flow_moderate(c->cx, store, &d, arg, &v));
    wijk__http_header(c->out, "Location", "/api/v1/moderaties");
    write_one(c, &v);
    return WIJK_OK;
}

void wijk__res_moderation_new(struct http_call *c)
{
    struct wijk_flow_moderate_in in = {
        .of = {.gemeente = wijk__call_gemeente(c, wijk__body_text(c, "gemeente")),
               .object = wijk__body_need(c, "object", HTTP_WORD_MAX)},
        .words = wijk__body_text(c, "toelichting")};
    WIJK_BODY_WORD(c, "soort", wijk_said_kind_parse, &in.of.kind);
    WIJK_BODY_WORD(c, "reden", wijk_mod_reason_parse, &in.reason);
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_once(c, new_body, &in);
    if (c->out->status == 201) wijk__desk_empty_log(c);
}

static enum wijk_err back_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_moderation_view v;
    (void)arg;
    WIJK_TRY(wijk_flow_moderation_back(c->cx, store, &d, c->arg[0], &v));
    write_one(c, &v);
    return WIJK_OK;
}

void wijk__res_moderation_back(struct http_call *c)
{
    wijk__desk_write_once(c, back_body, NULL);
}

static enum wijk_err object_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, arg);
    int64_t nr;
    WIJK_TRY(wijk_flow_object(c->cx, store, &d, c->arg[0], &nr));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_int(&c->json, "nr", nr);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_objection(struct http_call *c)
{
    const char *why = wijk__body_need(c, "waarom", WIJK_TEXT_LONG);
    if (!wijk__call_faulty(c)) wijk__desk_write_once(c, object_body, (void *)(uintptr_t)why);
}

/* ---- what waits for who asks ---- */

static enum wijk_err questions_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_question *v;
    size_t n;
    (void)arg;
    WIJK_TRY(wijk_flow_questions(c->cx, store, c->s, &d, &v, &n));
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "aantal", (int64_t)n);
    wijk__res_list(w, "vragen");
    for (size_t k = 0; k < n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "soort", wijk_question_id(v[k].kind));
        wijk_json_kv_str(w, "soortNaam", wijk_tr(c->cx, wijk_question_words(v[k].kind)));
        wijk_json_kv_str(w, "object", v[k].object);
        wijk_json_kv_str(w, "wat", v[k].what);
        wijk_json_kv_str(w, "pad", v[k].path);
        wijk_json_kv_bool(w, "klaarNaLezen", v[k].ends);
        wijk__res_moment(w, "op", v[k].at);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
    return WIJK_OK;
}

void wijk__res_questions(struct http_call *c)
{
    wijk__desk_read(c, questions_body, NULL);
}

struct seen {
    const char *kind, *object;
};

static enum wijk_err seen_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct seen *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_question_seen(c->cx, store, &d, v->kind, v->object);
}

void wijk__res_question_seen(struct http_call *c)
{
    struct seen v = {wijk__body_need(c, "soort", HTTP_WORD_MAX), wijk__body_need(c, "object", HTTP_WORD_MAX)};
    if (wijk__call_faulty(c)) return;
    wijk__desk_write(c, seen_body, &v);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}
