/* SPDX-License-Identifier: EUPL-1.2 */
/* /sleutels: the bearer tokens of who is signed in. The token itself is shown once, when it is made. */
#include "http/desk.h"
#include "http/handlers.h"
#include "http/people_json.h"

#include <string.h>

enum { NAME_MAX = 80, SCOPES_TEXT = 200 };

void wijk__json_token(struct http_call *c, const struct wijk_token *t, const char *text)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "nr", t->nr);
    wijk_json_kv_str(w, "naam", t->name);
    wijk__res_list(w, "doelen");
    for (int k = 0; k < WIJK_SCOPE_COUNT; k++)
        if (t->scopes & 1u << k) wijk_json_cstr(w, wijk_scope_id((enum wijk_scope)k));
    wijk_json_end_array(w);
    wijk__res_moment(w, "gemaaktOp", t->made_at);
    wijk__res_moment(w, "gezienOp", t->seen_at);
    wijk__res_moment(w, "eindigtOp", t->ends_at);
    if (text) wijk_json_kv_str(w, "sleutel", text);
    wijk_json_end_object(w);
}

static enum wijk_err list_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_token *v;
    size_t n;
    (void)arg;
    WIJK_TRY(wijk_store_list_tokens(c->cx, store, c->who.account->id, &v, &n));
    wijk_json_begin_object(&c->json);
    wijk__res_list(&c->json, "sleutels");
    for (size_t k = 0; k < n; k++) wijk__json_token(c, &v[k], NULL);
    wijk_json_end_array(&c->json);
    wijk_json_end_object(&c->json);
    return WIJK_OK;
}

void wijk__res_tokens(struct http_call *c)
{
    wijk__desk_read(c, list_body, NULL);
}

/* "lezen,schrijven" */
static uint32_t scopes_of(struct http_call *c, const char *text)
{
    uint32_t scopes = 0;
    while (*text) {
        enum wijk_scope s;
        size_t n = strcspn(text, ",");
        if (!wijk_scope_parse(wijk_str_trim((struct wijk_str){text, n}), &s)) {
            wijk__http_fault(
                c, "doelen",
                wijk_tr(c->cx,
                        "Kies uit lezen, schrijven, laden, logboek en beheer, met een komma ertussen."));
            return 0;
        }
        scopes |= 1u << s;
        text += n + (text[n] == ',');
    }
    return scopes;
}

static enum wijk_err add_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_token t;
    char text[WIJK_SECRET_TEXT];
    WIJK_TRY(wijk_flow_token_add(c->cx, store, &d, arg, &t, text));
    wijk__json_token(c, &t, text);
    return WIJK_OK;
}

void wijk__res_token_new(struct http_call *c)
{
    int64_t days = 0;
    struct wijk_flow_token_in in = {.name = wijk__body_need(c, "naam", NAME_MAX),
                                    .scopes = scopes_of(c, wijk__body_need(c, "doelen", SCOPES_TEXT))};
    wijk__body_number(c, "dagen", 1, 366, &days);
    in.days = (int)days;
    if (c->n_fault)
        wijk__http_bad(c);
    else
        wijk__desk_write_secret_once(c, add_body, &in);
}

static enum wijk_err end_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_token_end(c->cx, store, &d, *(const int64_t *)arg);
}

void wijk__res_token_end(struct http_call *c)
{
    int64_t nr = 0;
    if (!wijk_int_parse(wijk_str(c->arg[0]), 1, INT64_MAX, &nr)) nr = 0;
    wijk__desk_write_once(c, end_body, &nr);
    if (c->out->status == 204) c->out->body = WIJK_STR("");
}
