/* SPDX-License-Identifier: EUPL-1.2 */
/* Letters to who follows an area: asking whether the address is theirs, and now and then what is new. */
#include "flow/follow_flow.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400, LINES_MAX = 30 };

/* ---- asking, confirming, leaving ---- */

enum wijk_err wijk_flow_follow(struct wijk_cx *cx, const char *store_path, const struct wijk_snapshot *s,
                               const char *code, struct wijk_str mail, int64_t now)
{
    const struct wijk_profile *p;
    struct wijk_addresses *a;
    char secret[WIJK_SECRET_TEXT];
    WIJK_TRY(wijk_flow_profile(cx, s, code, 0, &p));
    const char *to = wijk_mail_address(cx, mail);
    if (!to) return wijk_fail(cx, WIJK_EDATA, "Dit is geen e-mailadres.");
    WIJK_TRY(wijk_secret_new(cx, secret));
    WIJK_TRY(wijk_addresses_open(cx, store_path, &a));
    const struct wijk_follower f = {
        .mail = to, .code = p->self->code, .secret = secret, .lang = wijk_cx_lang(cx)};
    enum wijk_err err = wijk_addresses_ask(cx, a, &f, now);
    wijk_addresses_close(a);
    return err;
}

enum wijk_err wijk_flow_follow_confirm(struct wijk_cx *cx, const char *store_path, const char *secret,
                                       int64_t now, bool *known)
{
    struct wijk_addresses *a;
    WIJK_TRY(wijk_addresses_open(cx, store_path, &a));
    enum wijk_err err = wijk_addresses_confirm(cx, a, secret, now, known);
    wijk_addresses_close(a);
    return err;
}

enum wijk_err wijk_flow_follow_leave(struct wijk_cx *cx, const char *store_path, const char *secret,
                                     bool *known)
{
    struct wijk_addresses *a;
    WIJK_TRY(wijk_addresses_open(cx, store_path, &a));
    enum wijk_err err = wijk_addresses_drop(cx, a, secret, known);
    wijk_addresses_close(a);
    return err;
}

/* ---- letters ---- */

struct round {
    struct wijk_store *store;
    const struct wijk_snapshot *s;
    const struct wijk_flow_digest_in *in;
    struct wijk_flow_digest *out;
    struct wijk_addresses *a;
    struct wijk_cx *feed_cx; /* of the feed that was made last: who follow the same area come together */
    const char *code;
    const struct wijk_feed *feed;
    enum wijk_err failed;
};

static enum wijk_err feed_of(struct wijk_cx *cx, struct round *r, const struct wijk_follower *f,
                             const struct wijk_feed **out)
{
    if (!r->feed_cx || wijk_cx_lang(r->feed_cx) != f->lang || strcmp(r->code, f->code) != 0) {
        wijk_cx_end(r->feed_cx);
        r->feed_cx = wijk_cx_new(f->lang);
        r->code = f->code;
        r->failed = wijk_flow_feed(r->feed_cx, r->store, r->s, f->code, &r->feed);
    }
    *out = r->feed;
    return r->failed ? wijk_fail(cx, r->failed, "%s", wijk_fault(r->feed_cx)) : WIJK_OK;
}

static int by_area(const void *a, const void *b)
{
    const struct wijk_follower *x = a, *y = b;
    const int code = strcmp(x->code, y->code), lang = (int)x->lang - (int)y->lang;
    return code ? code : lang ? lang : (x->id > y->id) - (x->id < y->id);
}

/* When the clock was wrong and ahead, nobody waits until it is that late again. */
static int64_t told_at(const struct wijk_flow_digest_in *in, const struct wijk_follower *f)
{
    int64_t since = in->now - (int64_t)in->days * DAY_S;
    return f->told_at > in->now + DAY_S ? since : f->told_at;
}

/* A letter with its ending: how to leave. NULL subject: there is nothing to tell. */
static enum wijk_err letter_of(struct wijk_cx *cx, struct round *r, const struct wijk_follower *f,
                               struct wijk_letter *l)
{
    const char *base = r->in->post ? r->in->post->base : "";
    const struct wijk_feed *feed;
    struct wijk_buf b = wijk_buf(cx, 1 << 20);
    size_t lines = 0;
    *l = (struct wijk_letter){.to = f->mail, .now = r->in->now};
    WIJK_TRY(feed_of(cx, r, f, &feed));
    if (!f->confirmed) {
        l->subject = wijk_sprintf(cx, wijk_tr(cx, "Wilt u %s volgen?"), feed->name);
        wijk_buf_printf(
            &b,
            wijk_tr(cx, "Iemand vroeg om bericht over %s op dit adres. Was u dat, bevestig het dan hier:\n"
                        "%s/volg/bevestigen#%s\n\nWas u het niet, dan hoeft u niets te doen: wij vergeten dit"
                        " adres na een week.\n"),
            feed->name, base, f->secret);
    } else {
        for (size_t k = 0; k < feed->n && lines < LINES_MAX; k++) {
            const struct wijk_feed_entry *e = &feed->entry[k];
            if (e->at <= told_at(r->in, f)) continue;
            wijk_buf_printf(&b, "%s\n%s\n%s%s\n\n", e->title, e->text, base, e->path);
            lines++;
        }
        if (lines == 0) return WIJK_OK;
        l->subject = feed->title;
        l->leave = wijk_sprintf(cx, "%s/volg/adressen/afmelden/%s", base, f->secret);
        wijk_buf_printf(&b, wijk_tr(cx, "Geen bericht meer? Een klik is genoeg: %s/volg/afmelden#%s\n"), base,
                        f->secret);
    }
    l->text = wijk_buf_cstr(&b);
    l->id = wijk_sprintf(cx, "%lld.%lld.volg", (long long)f->id, (long long)r->in->now);
    return WIJK_OK;
}

/* First that it was told, then the letter: rather one too few than the same one twice. */
static enum wijk_err write_to(struct wijk_cx *cx, struct round *r, const struct wijk_follower *f)
{
    struct wijk_cx *own = wijk_cx_new(f->lang); /* in the language it was asked in, and gone after it */
    struct wijk_letter l;
    enum wijk_err err = letter_of(own, r, f, &l);
    const bool due = !err && l.subject;
    if (err == WIJK_ENOTFOUND) err = WIJK_OK; /* an area that is not there any more: nothing to tell */
    if (due && f->confirmed) r->out->letters++;
    if (due && !f->confirmed) r->out->confirmations++;
    if (due && r->in->post) {
        err = wijk_addresses_told(own, r->a, f->id, r->in->now);
        if (!err && wijk_post_send(own, r->in->post, &l) == WIJK_OK) {
            r->out->sent++;
        } else if (!err) {
            r->out->failed++;
            err = wijk_addresses_told(own, r->a, f->id, f->told_at); /* the next round tries again */
        }
    }
    if (err) err = wijk_fail(cx, err, "%s", wijk_fault(own));
    wijk_cx_end(own);
    return err;
}

static bool is_due(const struct wijk_flow_digest_in *in, const struct wijk_follower *f)
{
    return f->confirmed ? told_at(in, f) + (int64_t)in->days * DAY_S <= in->now : f->told_at == 0;
}

enum wijk_err wijk_flow_digest(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                               const struct wijk_flow_digest_in *in, struct wijk_flow_digest *out)
{
    struct round r = {.store = store, .s = s, .in = in, .out = out};
    const struct wijk_follower *v;
    size_t n;
    *out = (struct wijk_flow_digest){0};
    WIJK_TRY(wijk_addresses_open(cx, in->store_path, &r.a));
    enum wijk_err err = wijk_addresses_list(cx, r.a, &v, &n);
    struct wijk_follower *due = WIJK_NEW(cx, struct wijk_follower, n);
    size_t n_due = 0;
    for (size_t k = 0; k < n && !err; k++) {
        out->followers += v[k].confirmed;
        out->waiting += !v[k].confirmed;
        if (is_due(in, &v[k])) due[n_due++] = v[k];
    }
    if (n_due) qsort(due, n_due, sizeof *due, by_area);
    for (size_t k = 0; k < n_due && !err; k++) err = write_to(cx, &r, &due[k]);
    wijk_cx_end(r.feed_cx);
    wijk_addresses_close(r.a);
    return err;
}
