/* SPDX-License-Identifier: EUPL-1.2 */
/* /voorstellen: what waits for a second person, and deciding on it. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <string.h>

enum { GEMEENTE, ALL };

static void write_proposal(struct http_call *c, const struct wijk_flow_proposal *f)
{
    struct wijk_json_out *w = &c->json;
    const struct wijk_proposal *p = f->p;
    const bool open = p->verdict == WIJK_PROPOSAL_OPEN;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "nr", p->id);
    wijk_json_kv_str(w, "soort", p->kind);
    wijk_json_kv_str(w, "object", p->object);
    wijk_json_kv_str(w, "wat", f->what);
    wijk__res_text(w, "pad", f->path);
    wijk_json_kv_str(w, "waarom", p->why);
    wijk__res_moment(w, "gedaanOp", p->made_at);
    wijk_json_kv_bool(w, "vanUzelf", f->mine);
    wijk_json_kv_bool(w, "magBesluiten", open && f->may_decide);
    wijk__res_text(w, "waaromNiet", f->may_decide ? NULL : wijk_tr(c->cx, wijk_verdict_words(f->why_not)));
    wijk_json_kv_str(w, "besluit", wijk_proposal_verdict_id(p->verdict));
    wijk__res_moment(w, "besloten", p->decided_at);
    wijk__res_text(w, "antwoord", p->answer);
    wijk__json_taken(c, "waaromWeggehaald", f->why_taken);
    wijk__json_taken(c, "antwoordWeggehaald", f->answer_taken);
    wijk_json_kv_bool(w, "magWeghalen", f->may_moderate);
    wijk_json_end_object(w);
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_deed d = wijk__door_deed(c, NULL);
    const char *gemeente = arg;
    const struct wijk_flow_proposal *v;
    size_t n;
    WIJK_TRY(wijk_flow_proposals(c->cx, store, &d, gemeente, !c->text[ALL] || strcmp(c->text[ALL], "ja") != 0,
                                 &v, &n));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "gemeente", gemeente);
    wijk__res_list(&c->json, "voorstellen");
    for (size_t k = 0; k < n; k++) write_proposal(c, &v[k]);
    wijk__res_list_end(&c->json);
    return WIJK_OK;
}

void wijk__res_proposals(struct http_call *c)
{
    const char *gemeente = wijk__call_gemeente(c, c->text[GEMEENTE]);
    if (!wijk__call_faulty(c)) wijk__desk_read(c, list_body, (void *)(uintptr_t)gemeente);
}

struct ask {
    const char *gemeente, *kind, *object, *why;
    int64_t version;
};

static enum wijk_err ask_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct ask *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, v->why);
    int64_t nr;
    WIJK_TRY(wijk_flow_publish_ask(c->cx, store, &d, v->gemeente, v->kind, v->object, v->version, &nr));
    wijk_json_begin_object(&c->json);
    wijk_json_kv_int(&c->json, "nr", nr);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_proposal_new(struct http_call *c)
{
    struct ask v = {.gemeente = wijk__call_gemeente(c, wijk__body_text(c, "gemeente")),
                    .kind = wijk__body_need(c, "soort", HTTP_WORD_MAX),
                    .object = wijk__body_need(c, "object", HTTP_WORD_MAX),
                    .why = wijk__body_need(c, "waarom", WIJK_TEXT_LONG)};
    wijk__body_number(c, "versie", 1, INT64_MAX, &v.version);
    if (!wijk__call_faulty(c)) wijk__desk_write_once(c, ask_body, &v);
}

struct decision {
    int64_t nr;
    enum wijk_proposal_verdict verdict;
    const char *answer;
};

static enum wijk_err decide_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct decision *v = arg;
    const struct wijk_deed d = wijk__door_deed(c, v->answer);
    return wijk_flow_proposal_decide(c->cx, store, &d, v->nr, v->verdict, v->answer);
}

void wijk__res_proposal_decide(struct http_call *c)
{
    struct decision v = {.verdict = WIJK_PROPOSAL_OPEN, .answer = wijk__body_text(c, "waarom")};
    const char *word = wijk__body_need(c, "besluit", HTTP_WORD_MAX);
    for (int k = WIJK_PROPOSAL_AGREED; k < WIJK_PROPOSAL_VERDICT_COUNT; k++)
        if (strcmp(word, wijk_proposal_verdict_id((enum wijk_proposal_verdict)k)) == 0)
            v.verdict = (enum wijk_proposal_verdict)k;
    if (v.verdict == WIJK_PROPOSAL_OPEN)
        wijk__http_fault(c, "besluit", wijk_tr(c->cx, "Kies akkoord, afgewezen of ingetrokken."));
    if (wijk__call_faulty(c)) return;
    if (!wijk_int_parse(wijk_str(c->arg[0]), 1, INT64_MAX, &v.nr)) v.nr = 0;
    wijk__desk_write_once(c, decide_body, &v);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}
