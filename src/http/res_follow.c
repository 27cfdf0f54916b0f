/* SPDX-License-Identifier: EUPL-1.2 */
/* /volg: what is new in an area as a feed, of what is public only; and addresses that ask to be told of it.
 */
#include "http/handlers.h"
#include "http/partner_json.h"

#include <string.h>
#include <time.h>

enum { MAIL_MAX = 254, SECRET_MAX = 60 };

/* ---- feeds ---- */

static const struct form {
    const char *ending, *type;
    const char *(*write)(struct wijk_cx *cx, const struct wijk_feed *f, const char *base, const char *self);
} FORM[] = {{".json", "application/feed+json; charset=utf-8", wijk_feed_json},
            {".atom", "application/atom+xml; charset=utf-8", wijk_feed_atom}};

/* "BU99010101.atom": its form, and the code without it; NULL of another ending. */
static const struct form *form_of(struct http_call *c, const char **code)
{
    const size_t n = strlen(c->arg[0]), ending = strlen(FORM[0].ending); /* both are as long */
    for (size_t k = 0; n > ending && k < sizeof FORM / sizeof *FORM; k++) {
        if (strcmp(c->arg[0] + n - ending, FORM[k].ending) != 0) continue;
        *code = wijk_str_dup(c->cx, (struct wijk_str){c->arg[0], n - ending});
        return &FORM[k];
    }
    return NULL;
}

struct asked {
    const char *code;
    const struct wijk_feed *feed;
};

static enum wijk_err feed_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct asked *v = arg;
    return wijk_flow_feed(c->cx, store, c->s, v->code, &v->feed);
}

/* Everybody gets the same, so it may be kept, and is asked for again by its tag. */
void wijk__res_feed(struct http_call *c)
{
    struct asked v = {0};
    const struct form *form = form_of(c, &v.code);
    if (!form) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Een feed eindigt op .atom of .json."));
        return;
    }
    wijk__desk_read(c, feed_body, &v);
    if (!v.feed || c->out->status != 200) return;
    const char *text = form->write(c->cx, v.feed, c->request->base ? c->request->base : "", c->path);
    c->live = false;
    c->out->content_type = form->type;
    c->out->etag = wijk_sprintf(c->cx, "\"%016llx\"", (unsigned long long)wijk_hash64(text, strlen(text), 1));
    c->out->body = wijk_str(text);
}

/* ---- addresses ---- */

static const char *store_path(const struct http_call *c)
{
    return wijk__desk_writes(c->world->desk) && c->world->opt ? c->world->opt->store : NULL;
}

/* Without a store that may be written there is no place for an address. */
static bool can_keep(struct http_call *c)
{
    if (store_path(c)) return true;
    wijk__http_problem(
        c, 503, wijk_tr(c->cx, "Dit kan nu niet"),
        wijk_tr(c->cx, "Deze server kan geen adressen bewaren. Volg het gebied met een feed."));
    return false;
}

static void answer(struct http_call *c, const char *sentence)
{
    wijk_json_begin_object(&c->json);
    wijk_json_kv_str(&c->json, "tekst", wijk_tr(c->cx, sentence));
    wijk_json_end_object(&c->json);
}

/* The same answer whether the address was known or not. Who asks often has to wait. */
void wijk__res_follow(struct http_call *c)
{
    static const char WHO[] = "volg";
    const char *code = wijk__body_need(c, "code", WIJK_CODE_MAX),
               *mail = wijk__body_need(c, "mail", MAIL_MAX);
    if (wijk__call_faulty(c) || !can_keep(c)) return;
    if (wijk__throttle_refuses(c, WHO)) return;
    wijk__throttle_tell(c->world->throttle, c->request->address, WHO, false, wijk__now_ms());
    enum wijk_err err = wijk_flow_follow(c->cx, store_path(c), c->s, code, wijk_str(mail), time(NULL));
    if (err)
        wijk__desk_problem(c, err);
    else
        answer(c, WIJK_T("Kijk in uw mail. Pas als u daar op de koppeling klikt, krijgt u bericht."));
}

void wijk__res_follow_confirm(struct http_call *c)
{
    bool known = false;
    const char *secret = wijk__body_need(c, "sleutel", SECRET_MAX);
    if (wijk__call_faulty(c) || !can_keep(c)) return;
    enum wijk_err err = wijk_flow_follow_confirm(c->cx, store_path(c), secret, time(NULL), &known);
    if (err)
        wijk__desk_problem(c, err);
    else if (known)
        answer(c, WIJK_T("U volgt dit gebied nu per mail."));
    else
        wijk__http_not_found(c, wijk_tr(c->cx, "Deze koppeling geldt niet meer. Vraag het opnieuw aan."));
}

/* In one step, by whoever has the link; also a second time. */
static void leave(struct http_call *c, const char *secret)
{
    bool known;
    if (wijk__call_faulty(c) || !can_keep(c)) return;
    enum wijk_err err = wijk_flow_follow_leave(c->cx, store_path(c), secret, &known);
    if (err)
        wijk__desk_problem(c, err);
    else
        answer(c, WIJK_T("U krijgt geen bericht meer. Uw adres is gewist."));
}

void wijk__res_follow_leave(struct http_call *c)
{
    leave(c, wijk__body_need(c, "sleutel", SECRET_MAX));
}

/* What a mail program posts by itself (RFC 8058). */
void wijk__res_follow_click(struct http_call *c)
{
    c->live = true;
    leave(c, c->arg[0]);
}
