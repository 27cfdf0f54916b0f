/* SPDX-License-Identifier: EUPL-1.2 */
/* /algoritmen: the register of algorithms for people, and its export for the Algoritmeregister. */
#include "http/handlers.h"

#include <math.h>
#include <string.h>

static const char *in_lang(const struct http_call *c, const char *nl, const char *en)
{
    return wijk_cx_lang(c->cx) == WIJK_EN ? en : nl;
}

static void head(struct http_call *c, const struct wijk_algorithm *a)
{
    struct wijk_json_out *w = &c->json;
    const char *why = wijk_snapshot_shut(c->cx, c->s, a->id);
    wijk_json_kv_str(w, "id", a->id);
    wijk_json_kv_str(w, "naam", in_lang(c, a->label_nl, a->label_en));
    wijk_json_kv_str(w, "soort", wijk_algorithm_of_id(a->of));
    wijk_json_kv_str(w, "soortNaam", wijk_tr(c->cx, wijk_algorithm_of_text(a->of)));
    wijk__res_text(w, "versie", a->version);
    wijk__res_text(w, "status", a->described ? wijk_tr(c->cx, wijk_algorithm_status_text(a->status)) : "");
    wijk__res_text(w, "herziening", a->record.review_on);
    wijk_json_kv_bool(w, "openbaar", !why);
    wijk__res_text(w, "reden", why);
    wijk__res_text(w, "korteOmschrijving", in_lang(c, a->summary_nl, a->summary_en));
}

void wijk__res_algorithms(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk__res_list(w, "algoritmen");
    for (size_t i = 0; i < c->s->defs->n_algorithm; i++) {
        wijk_json_begin_object(w);
        head(c, &c->s->defs->algorithm[i]);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* Scores of which figures are in the store and are kept back, each with its reason. */
void wijk__res_held(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "nietGetoond");
    for (size_t i = 0; i < c->s->defs->n_algorithm; i++) {
        const struct wijk_algorithm *a = &c->s->defs->algorithm[i];
        if (!c->s->held[i] || !a->method) continue;
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", a->id);
        wijk_json_kv_str(w, "naam", wijk__res_method_name(c, a->method));
        wijk_json_kv_str(w, "reden", wijk_snapshot_shut(c->cx, c->s, a->id));
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

/* ---- one ---- */

static void links(struct wijk_json_out *w, const char *key, const struct wijk_algorithm_link *v, size_t n)
{
    wijk__res_list(w, key);
    for (size_t k = 0; k < n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "titel", v[k].title);
        wijk__res_text(w, "link", v[k].link);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void inputs(struct http_call *c, const struct wijk_algorithm *a)
{
    struct wijk_json_out *w = &c->json;
    struct wijk_algorithm_inputs in = wijk_algorithm_inputs(c->cx, c->s->defs, a);
    wijk__res_list(w, "invoer");
    for (size_t k = 0; k < in.n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "indicator", in.v[k].indicator->id);
        wijk_json_kv_str(w, "naam", wijk_indicator_label(in.v[k].indicator, wijk_cx_lang(c->cx)));
        wijk__res_text(w, "onderdeel", in.v[k].part);
        wijk_json_kv_num(w, "deel", in.v[k].share);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

static void record(struct http_call *c, const struct wijk_algorithm *a)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_record *r = &a->record;
    const char *contact = *r->contact                 ? r->contact
                          : c->world && c->world->opt ? c->world->opt->contact
                                                      : NULL;
    wijk_json_key(w, "besluit");
    wijk_json_begin_object(w);
    wijk__res_text(w, "door", r->decided_by);
    wijk__res_text(w, "op", r->decided_on);
    wijk__res_text(w, "waarom", in_lang(c, r->why_nl, r->why_en));
    wijk__res_text(w, "register", r->register_);
    wijk__res_text(w, "privacy", r->privacy);
    wijk__res_text(w, "gelijkheid", r->equity);
    wijk__res_text(w, "stop", r->stop);
    wijk__res_text(w, "herziening", r->review_on);
    wijk_json_end_object(w);
    wijk__res_text(w, "contact", contact);
}

static void sources(struct http_call *c, const struct wijk_algorithm *a)
{
    struct wijk_json_out *w = &c->json;
    wijk__res_list(w, "bronnen");
    for (size_t k = 0; k < a->n_source; k++) {
        const struct wijk_source *s = wijk_defs_source(c->s->defs, a->source[k]);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "titel", in_lang(c, s->title_nl, s->title_en));
        wijk__res_text(w, "link", wijk_str_starts(wijk_str(s->homepage), "https://") ? s->homepage : "");
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
}

void wijk__res_algorithm(struct http_call *c)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_algorithm *a = wijk_defs_algorithm(c->s->defs, c->arg[0]);
    if (!a) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Dit algoritme bestaat niet."));
        return;
    }
    wijk_json_begin_object(w);
    head(c, a);
#define X(name, key)                                                                                         \
    if (strcmp(key, "korteOmschrijving") != 0) wijk__res_text(w, key, in_lang(c, a->name##_nl, a->name##_en));
    WIJK_ALGORITHM_TEXTS(X)
#undef X
    inputs(c, a);
    wijk__res_text(w, "weging", a->recipe ? a->recipe->id : "");
    wijk__res_text(w, "categorie",
                   a->described ? wijk_tr(c->cx, wijk_algorithm_category_text(a->category)) : "");
    wijk__res_text(w, "uitleg", a->page);
    wijk__res_text(w, "leverancier", a->supplier);
    wijk__res_text(w, "broncode", a->code);
    wijk__res_text(w, "sinds", a->since);
    wijk__res_text(w, "tot", a->until);
    links(w, "wetten", a->law, a->n_law);
    links(w, "toetsen", a->test, a->n_test);
    sources(c, a);
    record(c, a);
    wijk_json_end_object(w);
}

/* ---- the export ---- */

static struct wijk_register_in installation(const struct http_call *c)
{
    const struct wijk_http_opt *opt = c->world ? c->world->opt : NULL;
    return (struct wijk_register_in){.contact = opt ? opt->contact : NULL, .url = opt ? opt->url : NULL};
}

static bool to_body(void *self, const void *bytes, size_t n)
{
    wijk_buf_put(self, bytes, n);
    return true;
}

void wijk__res_register(struct http_call *c)
{
    const struct wijk_register_in in = installation(c);
    if (strcmp(c->arg[0], "json") == 0) {
        wijk_register_json(c->cx, c->s, &in, NULL, &c->json);
    } else if (strcmp(c->arg[0], "csv") == 0) {
        wijk_register_csv(c->cx, c->s, &in, NULL, (struct wijk_out){to_body, &c->buf});
        c->out->content_type = "text/csv; charset=utf-8";
    } else {
        wijk__http_not_found(c, wijk_tr(c->cx, "Kies json of csv."));
    }
}

/* ---- statements ---- */

/* The two that are for everyone; the DPIA is for who runs the server: `wijk governance`. */
void wijk__res_statement(struct http_call *c)
{
    static const char *const KIND[] = {"kop", "tekst", "punt", "open"};
    const struct wijk_register_in in = installation(c);
    struct wijk_json_out *w = &c->json;
    struct wijk_statement_facts facts;
    enum wijk_statement which;
    if (!wijk_statement_parse(wijk_str(c->arg[0]), &which) || which == WIJK_STATEMENT_DPIA) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Kies toegankelijkheid of privacy."));
        return;
    }
    wijk_flow_statement_facts(c->cx, c->s, &in, &facts);
    const struct wijk_statement_doc *doc = wijk_statement_write(c->cx, which, &facts);
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "titel", doc->title);
    wijk__res_list(w, "regels");
    for (size_t k = 0; k < doc->n; k++) {
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "soort", KIND[doc->line[k].kind]);
        wijk_json_kv_str(w, "tekst", doc->line[k].text);
        wijk_json_end_object(w);
    }
    wijk__res_list_end(w);
}

/* ---- security.txt (RFC 9116) ---- */

/* Whom to tell of a leak. It may not be older than its own Expires, so that is told anew at every question:
 * half a year ahead, where the standard allows one. */
void wijk__res_security(struct http_call *c)
{
    enum { HALF_A_YEAR_S = 182 * 86400 };
    const struct wijk_http_opt *opt = c->world ? c->world->opt : NULL;
    char expires[24];
    if (!opt || !opt->contact) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze server heeft geen adres voor meldingen."));
        return;
    }
    c->live = true;
    c->out->content_type = "text/plain; charset=utf-8";
    wijk_time_write((opt->now ? opt->now() : wijk__clock_s()) / 86400 * 86400 + HALF_A_YEAR_S, expires);
    wijk_buf_printf(&c->buf, "Contact: mailto:%s\nExpires: %s\nPreferred-Languages: nl, en\n", opt->contact,
                    expires);
    if (opt->url && strncmp(opt->url, "https://", 8) == 0)
        wijk_buf_printf(&c->buf, "Canonical: %s/.well-known/security.txt\n", opt->url);
}
