/* SPDX-License-Identifier: EUPL-1.2 */
/* Bringing files in: what is asked, and what is answered. Who may is in allow.c; the work itself is the
 * keeper's. */
#include "http/handlers.h"

#include "http/ask.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { FINDINGS_MAX = 1000, FINDINGS_USUAL = 100, PROPOSALS_MAX = 500 };

/* ---- one import as JSON ---- */

static void kept_text(struct wijk_json_out *w, const char *key, const char *text)
{
    if (text) wijk_json_kv_str(w, key, text);
}

static void fits(struct http_call *c, const struct http_import *i)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_look *l = i->look;
    wijk__res_list(w, "herkend");
    for (size_t k = 0; l && k < l->n_fit; k++) {
        const struct wijk_look_fit *f = &l->fit[k];
        /* Sure: no other source explains as many columns. */
        bool sure =
            f->fits && k == 0 && (l->n_fit == 1 || !l->fit[1].fits || l->fit[1].n_column < f->n_column);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "bron", i->look_id[k]);
        wijk_json_kv_str(w, "titel", i->look_title[k]);
        wijk_json_kv_bool(w, "zeker", sure);
        wijk_json_kv_str(
            w, "waarom",
            f->fits ? wijk_sprintf(c->cx, wijk_tr(c->cx, "%zu van de %zu kolommen horen bij deze bron."),
                                   f->n_column, f->n_all)
                    : f->lack);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void columns(struct http_call *c, const struct http_import *i)
{
    static const char *const KIND[] = {"leeg", "getal", "tekst"};
    static const char *const ROLE[] = {"overslaan", "gebied", "naam", "periode", "indicator"};
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "kolommen");
    for (size_t k = 0; i->look && k < i->look->n_column; k++) {
        const struct wijk_look_column *col = &i->look->column[k];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "naam", col->name);
        wijk__res_list(w, "voorbeelden");
        for (size_t e = 0; e < col->n_example; e++) wijk_json_cstr(w, col->example[e]);
        wijk_json_end_array(w);
        wijk_json_kv_str(w, "soort", KIND[col->kind]);
        wijk_json_key(w, "voorstel");
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "rol", ROLE[col->role]);
        if (*col->indicator) wijk_json_kv_str(w, "indicator", col->indicator);
        wijk_json_end_object(w);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void samples(struct http_call *c, const struct wijk_flow_import_out *r)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "voorbeeld");
    for (size_t k = 0; k < r->n_sample; k++) {
        const struct wijk_flow_sample *s = &r->sample[k];
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "gebied", s->code);
        wijk_json_kv_str(w, "naam", s->name);
        wijk_json_kv_str(w, "indicator", s->indicator->id);
        wijk_json_key(w, "periode");
        wijk__res_period(w, s->period);
        wijk_json_kv_num(w, "waarde", s->value);
        wijk_json_kv_str(w, "status", wijk_status_id(s->status));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void trial(struct http_call *c, const struct http_import *i)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_flow_import_out *r = i->result;
    if (!r || !r->load.file_name) return;
    wijk_json_key(w, "proef");
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "rijen", (int64_t)r->load.rows);
    wijk_json_kv_int(w, "goed", (int64_t)r->load.taken);
    wijk_json_kv_int(w, "geweigerd", (int64_t)r->load.refused);
    wijk_json_kv_int(w, "gemarkeerd", (int64_t)r->load.flagged);
    wijk_json_kv_int(w, "gebieden", (int64_t)r->n_area);
    wijk_json_kv_int(w, "omrekeningen", (int64_t)r->n_crosswalk);
    wijk__res_list(w, "indicatoren");
    for (size_t k = 0; k < r->n_indicator; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", r->indicator[k]->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(r->indicator[k], wijk_cx_lang(c->cx)));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    wijk__res_list(w, "onbekendeKolommen");
    for (size_t k = 0; k < r->n_unknown; k++) wijk_json_cstr(w, r->unknown_column[k]);
    wijk_json_end_array(w);
    samples(c, r);
    wijk_json_end_object(w);
}

/* Names that did not find their area by themselves, each with what it may mean. */
static void proposals(struct http_call *c, const struct http_import *i)
{
    struct wijk_json_out *w = &c->json;
    size_t n = 0;
    wijk__res_list(w, "voorstellen");
    for (size_t k = 0; i->result && k < i->result->joins.n && n < PROPOSALS_MAX; k++) {
        const struct wijk_import_join *j = &i->result->joins.v[k];
        if (j->way != WIJK_NAME_NONE && j->way != WIJK_NAME_RESEMBLES) continue;
        bool told = false;
        for (size_t e = 0; e < k && !told; e++)
            told = strcmp(i->result->joins.v[e].name, j->name) == 0 &&
                   strcmp(i->result->joins.v[e].code, j->code) == 0;
        if (told) continue;
        n++;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "naam", j->name);
        wijk_json_kv_str(w, "code", j->code);
        wijk_json_kv_str(w, "codeNaam", j->area);
        wijk_json_kv_num(w, "zekerheid", (double)(int)(j->score * 100 + 0.5) / 100);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void short_members(struct http_call *c, const struct http_import *i)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_kv_str(w, "id", i->id);
    wijk_json_kv_str(w, "naam", i->name);
    wijk_json_kv_int(w, "bytes", (int64_t)i->bytes);
    wijk_json_kv_str(w, "stand", wijk__stand_word(i->stand));
}

static void write_import(struct http_call *c, const struct http_import *i)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    short_members(c, i);
    wijk_json_kv_str(w, "sha256", i->sha256);
    if (i->task != HTTP_IDLE) {
        wijk_json_key(w, "voortgang");
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "wat", i->what);
        wijk_json_kv_int(w, "gedaan", (int64_t)i->done);
        wijk_json_kv_int(w, "totaal", (int64_t)i->total);
        wijk_json_end_object(w);
    }
    kept_text(w, "fout", i->fault);
    fits(c, i);
    if (i->ask) {
        wijk_json_kv_str(w, "bron", i->ask->source);
        if (i->ask->year) wijk_json_kv_int(w, "jaar", i->ask->year);
        kept_text(w, "gemeente", i->ask->gemeente);
    }
    columns(c, i);
    trial(c, i);
    proposals(c, i);
    if (i->load) wijk_json_kv_int(w, "lading", i->load);
    wijk_json_end_object(w);
}

/* ---- asking after them ---- */

static void gone(struct http_call *c)
{
    wijk__http_not_found(c, wijk_tr(c->cx, "Dit bestand staat hier niet, of niet meer."));
}

void wijk__res_imports(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    struct http_keeper *k = c->world->keeper;
    c->live = true;
    wijk__keeper_lock(k);
    wijk_json_begin_object(w);
    wijk__res_list(w, "importen");
    for (const struct http_import *i = wijk__keeper_first(k); i; i = i->next) {
        if (i->gone) continue;
        wijk_json_begin_object(w);
        short_members(c, i);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
    wijk__keeper_unlock(k);
}

void wijk__res_import(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    c->live = true;
    wijk__keeper_lock(k);
    const struct http_import *i = wijk__keeper_find(k, c->arg[0]);
    if (i) write_import(c, i);
    wijk__keeper_unlock(k);
    if (!i) gone(c);
}

static void write_findings(struct http_call *c, const struct http_import *i, size_t from, size_t count)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_load *l = i->result ? &i->result->load : NULL;
    size_t n = l ? l->n_finding : 0;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "aantal", (int64_t)n);
    wijk__res_list(w, "bevindingen");
    for (size_t k = from; k < n && k - from < count; k++) wijk__res_finding(w, &l->finding[k]);
    wijk__res_list_end(w);
}

void wijk__res_import_findings(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    int64_t from = 0, count = FINDINGS_USUAL;
    c->live = true;
    if ((c->text[0] && !wijk_int_parse(wijk_str(c->text[0]), 0, WIJK_FINDINGS_KEPT, &from)) ||
        (c->text[1] && !wijk_int_parse(wijk_str(c->text[1]), 1, FINDINGS_MAX, &count))) {
        wijk__http_problem(c, 400, wijk_tr(c->cx, "De vraag klopt niet"),
                           wijk_tr(c->cx, "vanaf is een getal vanaf 0, aantal een getal van 1 tot 1000."));
        return;
    }
    wijk__keeper_lock(k);
    const struct http_import *i = wijk__keeper_find(k, c->arg[0]);
    if (i) write_findings(c, i, (size_t)from, (size_t)count);
    wijk__keeper_unlock(k);
    if (!i) gone(c);
}

/* ---- a new file ---- */

/* Only the last part of what people call it, and nothing that a file may not be called. */
static const char *file_name(struct http_call *c, const char *given)
{
    const char *slash = strrchr(given, '/'), *back = strrchr(given, '\\');
    if (slash) given = slash + 1;
    if (back && back + 1 > given) given = back + 1;
    const char *plain = wijk_str_plain(c->cx, wijk_str(given)).p;
    char *name = wijk_str_dup(c->cx, wijk_str_trim(wijk_str(plain)));
    if (*name == '.') *name = '_';
    return *name ? name : NULL;
}

/* The look keeps what it points at in definitions: these belong to the picture and may go. */
static void own_texts(struct wijk_cx *cx, struct http_import *i)
{
    const char **id = WIJK_NEW(cx, const char *, i->look->n_fit),
               **title = WIJK_NEW(cx, const char *, i->look->n_fit);
    struct wijk_look_column *column = WIJK_NEW(cx, struct wijk_look_column, i->look->n_column);
    struct wijk_look *look = WIJK_NEW(cx, struct wijk_look, 1);
    for (size_t k = 0; k < i->look->n_fit; k++) {
        const struct wijk_source *s = i->look->fit[k].source;
        id[k] = wijk_str_dup(cx, wijk_str(s->id));
        title[k] = wijk_str_dup(cx, wijk_str(i->lang == WIJK_EN && *s->title_en ? s->title_en : s->title_nl));
    }
    for (size_t k = 0; k < i->look->n_column; k++) {
        column[k] = i->look->column[k];
        column[k].indicator = wijk_str_dup(cx, wijk_str(column[k].indicator));
    }
    *look = *i->look;
    look->column = column;
    i->look = look;
    i->look_id = id;
    i->look_title = title;
}

static char *copy(const char *s)
{
    char *out = strdup(s);
    if (!out) abort();
    return out;
}

/* What the file is, before anyone asks. A file that is refused here leaves nothing of itself. */
static void look_at(struct http_call *c, struct http_import *i)
{
    i->look_cx = wijk_cx_new(i->lang);
    struct wijk_look_in in = {.defs = c->s->defs, .path = i->path};
    if (wijk_import_look(i->look_cx, in, &i->look) == WIJK_OK) {
        own_texts(i->look_cx, i);
        return;
    }
    i->look = NULL;
    i->stand = HTTP_FAILED;
    i->fault = copy(wijk_fault(i->look_cx));
    wijk__spool_remove(wijk__keeper_spool(c->world->keeper), i->id);
    free(i->path);
    i->path = NULL;
}

static bool in_memory(struct http_call *c, struct http_upload **u)
{
    const struct wijk_http_request *q = c->request;
    *u = q->upload;
    if (*u) return true;
    *u = wijk__upload_begin(wijk__keeper_spool(c->world->keeper), q->body.n);
    if (*u) wijk__upload_take(*u, q->body.p, q->body.n);
    return *u != NULL;
}

static void no_room(struct http_call *c)
{
    wijk__http_problem(c, 507, wijk_tr(c->cx, "Er is geen ruimte"),
                       wijk_tr(c->cx,
                               "Op de schijf van de server is te weinig ruimte voor dit bestand. Er is niets "
                               "van bewaard."));
}

void wijk__res_import_new(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    struct http_upload *u;
    const char *name = file_name(c, c->text[0]);
    c->live = true;
    if (!name) {
        wijk__http_problem(c, 400, wijk_tr(c->cx, "De vraag klopt niet"),
                           wijk_tr(c->cx, "Het bestand heeft geen naam."));
        return;
    }
    if (!in_memory(c, &u)) {
        no_room(c);
        return;
    }
    bool good = wijk__upload_done(u, name);
    if (good) {
        struct http_import *i = calloc(1, sizeof *i);
        if (!i) abort();
        memcpy(i->id, wijk__upload_id(u), sizeof i->id);
        memcpy(i->sha256, wijk__upload_sha256(u), sizeof i->sha256);
        i->name = copy(name), i->path = copy(wijk__upload_path(u)), i->bytes = wijk__upload_bytes(u);
        i->lang = wijk_cx_lang(c->cx);
        look_at(c, i);
        wijk__keeper_lock(k);
        bool room = wijk__keeper_has_room(k);
        if (room) {
            wijk__keeper_add(k, i);
            wijk__http_header(c->out, "Location", wijk_sprintf(c->cx, "/api/v1/importen/%s", i->id));
            c->out->status = 201;
            write_import(c, i);
        }
        wijk__keeper_unlock(k);
        if (!room) {
            wijk__spool_remove(wijk__keeper_spool(k), i->id);
            wijk__import_free(i);
            wijk__http_problem(c, 503, wijk_tr(c->cx, "Er staan al te veel bestanden klaar"),
                               wijk_tr(c->cx, "Laad of verwijder eerst een ander bestand."));
        }
    } else {
        no_room(c);
    }
    if (!c->request->upload) wijk__upload_free(u);
}

/* ---- what is done with it ---- */

static void conflict(struct http_call *c, const char *detail)
{
    wijk__http_problem(c, 409, wijk_tr(c->cx, "Dit kan nu niet"), detail);
}

static const char *hinders(const struct http_call *c, const struct http_import *i)
{
    if (i->task != HTTP_IDLE) return wijk_tr(c->cx, "Dit bestand wordt al gelezen of geladen.");
    if (i->stand == HTTP_LOADED) return wijk_tr(c->cx, "Dit bestand is al geladen.");
    if (!i->path || !i->look) return wijk_tr(c->cx, "Dit bestand is geweigerd; er is niets van bewaard.");
    return NULL;
}

/* In place of what came of the last one. */
static void accepted(struct http_call *c, struct http_import *i, int status)
{
    c->out->status = status;
    write_import(c, i);
}

void wijk__res_import_trial(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    struct http_ask *ask = NULL;
    c->live = true;
    wijk__keeper_lock(k);
    struct http_import *i = wijk__keeper_find(k, c->arg[0]);
    const char *no = i ? hinders(c, i) : NULL;
    enum wijk_err err = i && !no ? wijk__ask_read(c->cx, c->s, i, c->request->body, &ask) : WIJK_OK;
    if (i && !no && err == WIJK_OK) {
        wijk__ask_free(i->ask);
        i->ask = ask;
        i->task = HTTP_TRIAL;
        wijk__import_forget(i);
        wijk__keeper_queue(k, i);
        accepted(c, i, 202);
    }
    wijk__keeper_unlock(k);
    if (!i)
        gone(c);
    else if (no)
        conflict(c, no);
    else if (err != WIJK_OK)
        wijk__http_problem(c, 400, wijk_tr(c->cx, "De vraag klopt niet"), wijk_fault(c->cx));
}

static const char *hinders_load(const struct http_call *c, const struct http_import *i, bool all)
{
    const char *no = hinders(c, i);
    if (no) return no;
    if (i->stand != HTTP_READ) return wijk_tr(c->cx, "Doe eerst een proef die lukt.");
    if (all && i->result->load.refused)
        return wijk_sprintf(
            c->cx,
            wijk_tr(c->cx, "%llu regels zijn geweigerd. Verbeter het bestand of laad alleen de goede "
                           "regels."),
            (unsigned long long)i->result->load.refused);
    return NULL;
}

void wijk__res_import_load(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    const char *choice = NULL;
    c->live = true;
    if (wijk__ask_choice(c->cx, c->request->body, &choice) != WIJK_OK) {
        wijk__http_problem(c, 400, wijk_tr(c->cx, "De vraag klopt niet"), wijk_fault(c->cx));
        return;
    }
    wijk__keeper_lock(k);
    struct http_import *i = wijk__keeper_find(k, c->arg[0]);
    const char *no = i ? hinders_load(c, i, strcmp(choice, "alles") == 0) : NULL;
    if (i && !no) {
        i->task = HTTP_LOAD;
        wijk__keeper_queue(k, i);
        accepted(c, i, 202);
    }
    wijk__keeper_unlock(k);
    if (!i)
        gone(c);
    else if (no)
        conflict(c, no);
}

void wijk__res_import_drop(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    c->live = true;
    wijk__keeper_lock(k);
    struct http_import *i = wijk__keeper_find(k, c->arg[0]);
    if (i) wijk__keeper_drop(k, i);
    wijk__keeper_unlock(k);
    if (!i) {
        gone(c);
        return;
    }
    c->out->status = 204;
    c->out->body = WIJK_STR("");
}

void wijk__res_import_define(struct http_call *c)
{
    struct http_keeper *k = c->world->keeper;
    struct http_ask *ask = NULL;
    char now[24];
    c->live = true;
    wijk__keeper_lock(k);
    struct http_import *i = wijk__keeper_find(k, c->arg[0]);
    const char *no = NULL;
    if (i && i->task != HTTP_IDLE) no = wijk_tr(c->cx, "Dit bestand wordt al gelezen of geladen.");
    if (i && !no && (!i->ask || !i->ask->own))
        no = wijk_tr(c->cx, "Er is nog geen eigen indeling om te bewaren.");
    enum wijk_err err =
        i && !no ? wijk__ask_named(c->cx, c->s->defs, i->ask, c->request->body, &ask) : WIJK_OK;
    wijk__keeper_unlock(k);
    if (!i) {
        gone(c);
        return;
    }
    if (no) {
        conflict(c, no);
        return;
    }
    if (err == WIJK_OK) {
        struct wijk_own_source own = *ask->own;
        wijk_time_write((int64_t)time(NULL), now);
        own.made_at = now;
        err = wijk__keeper_define(k, c->cx, &own);
    }
    if (err != WIJK_OK) {
        wijk__ask_free(ask);
        int status = err == WIJK_EEXISTS ? 409 : err == WIJK_ELIMIT ? 503 : err == WIJK_EIO ? 500 : 400;
        wijk__http_problem(
            c, status,
            wijk_tr(c->cx, status == 409 ? WIJK_T("Deze naam is bezet") : WIJK_T("De vraag klopt niet")),
            wijk_fault(c->cx));
        return;
    }
    const char *id = wijk_str_dup(c->cx, wijk_str(ask->own->id)),
               *title = wijk_str_dup(c->cx, wijk_str(ask->own->title));
    /* From here the file is loaded as that source. */
    wijk__keeper_lock(k);
    i = wijk__keeper_find(k, c->arg[0]);
    if (i && i->task == HTTP_IDLE && i->stand != HTTP_LOADED) {
        wijk__ask_free(i->ask);
        i->ask = ask;
        ask = NULL;
    }
    wijk__keeper_unlock(k);
    wijk__ask_free(ask);
    c->out->status = 201;
    wijk__http_header(c->out, "Location", "/api/v1/bronnen");
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "id", id);
    wijk_json_kv_str(&c->json, "titel", title);
    wijk_json_end_object(&c->json);
}
