/* SPDX-License-Identifier: EUPL-1.2 */
/* Two pairs of eyes have to be of two people. Who made the link with which somebody got in, invited or again,
 * can have used it himself, until the colleague misses it. So for a week after a link was used the account is
 * in the hands of its owner and of who made that link, and two accounts with a hand in common do not decide
 * on what the other proposes. A link of somebody else that is used gives the account to other hands, at once.
 */
#include "flow/people_int.h"

#include <string.h>

enum { APART_S = 7 * 86400, REMEMBERED_S = 180 * 86400 }; /* so long a proposal of then is known as shared */
static const char NOTE[] = "nieuwe-koppeling", MACHINE[] = "0";

struct hands {
    size_t n, cap;
    int64_t *of;
};

static bool holds(const struct hands *h, int64_t account)
{
    for (size_t k = 0; k < h->n; k++)
        if (h->of[k] == account) return true;
    return false;
}

static void push(struct wijk_cx *cx, struct hands *h, int64_t nr)
{
    h->of = wijk_grow(cx, h->of, h->n, &h->cap, sizeof *h->of);
    h->of[h->n++] = nr;
}

static void add_hand(struct wijk_cx *cx, struct hands *h, int64_t account)
{
    if (!holds(h, account)) push(cx, h, account);
}

/* Numbers with a blank between them; what is none is left out. */
static struct hands numbers_of(struct wijk_cx *cx, const char *text)
{
    struct hands out = {0};
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, " ");
        int64_t nr;
        if (wijk_int_parse((struct wijk_str){at, n}, 0, INT64_MAX, &nr)) push(cx, &out, nr);
        at += n + (at[n] == ' ');
    }
    return out;
}

/* ---- notes: in whose hands an account is, from when until when ---- */

struct note {
    int64_t by, from, until;
};

/* Its body is «by from until»; of an older program only «by», for a week that ends when the ticket does. */
static bool note_of(struct wijk_cx *cx, const struct wijk_ticket *t, struct note *out)
{
    const struct hands h = numbers_of(cx, t->body);
    if (h.n != 1 && h.n != 3) return false;
    *out = h.n == 3 ? (struct note){h.of[0], h.of[1], h.of[2]}
                    : (struct note){h.of[0], t->ends_at - APART_S, t->ends_at};
    return true;
}

static enum wijk_err keep_note(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                               const struct note *n)
{
    const char *body =
        wijk_sprintf(cx, "%lld %lld %lld", (long long)n->by, (long long)n->from, (long long)n->until);
    const struct wijk_ticket *before, t = {NOTE, account, body, n->until + REMEMBERED_S};
    uint8_t hash[WIJK_HASH]; /* one note of a pair; no secret has this form, and none is of this kind */
    wijk_secret_hash(wijk_sprintf(cx, "%s %s %s", NOTE, wijk__nr(cx, account), wijk__nr(cx, n->by)), hash);
    WIJK_TRY(wijk_store_take_ticket(cx, store, hash, NOTE, INT64_MIN, &before));
    return wijk_store_add_ticket(cx, store, hash, &t);
}

/* In whose hands it was at that moment. A clock that went back since a note was made does not undo it, and
 * one that was far ahead made none. */
static enum wijk_err hands_of(struct wijk_cx *cx, struct wijk_store *store, int64_t account, int64_t at,
                              int64_t slack_s, struct hands *out)
{
    const struct wijk_ticket *list;
    struct note note;
    size_t n;
    *out = (struct hands){0};
    add_hand(cx, out, account);
    WIJK_TRY(wijk_store_list_tickets(cx, store, account, NOTE, INT64_MIN, &list, &n));
    for (size_t k = 0; k < n; k++)
        if (note_of(cx, &list[k], &note) && note.from <= at + slack_s && at < note.until)
            add_hand(cx, out, note.by);
    return WIJK_OK;
}

/* ---- a link is made, and used ---- */

enum wijk_err wijk__apart_made(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               const char **body)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    struct hands h;
    *body = MACHINE;
    if (!d->actor) return WIJK_OK;
    WIJK_TRY(hands_of(cx, store, d->actor->account, d->now, WIJK__CLOCK_SLACK_S, &h));
    for (size_t k = 0; k < h.n; k++) wijk_buf_printf(&b, k ? " %lld" : "%lld", (long long)h.of[k]);
    *body = wijk_buf_cstr(&b);
    return WIJK_OK;
}

enum wijk_err wijk__apart_used(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                               const char *body, int64_t now)
{
    const struct hands by = numbers_of(cx, body);
    struct hands known = {0};
    const struct wijk_ticket *list;
    struct note note;
    size_t n;
    if (!by.n) return WIJK_OK; /* of an older program, which noted it when it was made */
    WIJK_TRY(wijk_store_list_tickets(cx, store, account, NOTE, INT64_MIN, &list, &n));
    for (size_t k = 0; k < n; k++) {
        if (!note_of(cx, &list[k], &note)) continue;
        const bool again = holds(&by, note.by);
        if (again) add_hand(cx, &known, note.by);
        if (again && wijk__clock_was_ahead(note.from, now)) note.from = now;
        if (again || note.until > now) {
            note.until = again ? now + APART_S : now;
            WIJK_TRY(keep_note(cx, store, account, &note));
        }
    }
    for (size_t k = 0; k < by.n; k++)
        if (by.of[k] && by.of[k] != account && !holds(&known, by.of[k]))
            WIJK_TRY(keep_note(cx, store, account, &(struct note){by.of[k], now, now + APART_S}));
    return WIJK_OK;
}

/* ---- a decision ---- */

enum wijk_err wijk__apart_verdict(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const struct wijk__decision *v, enum wijk_verdict *out)
{
    struct hands one, other;
    *out = wijk_may_decide(d->actor, v->right, &v->object, v->proposer, v->subject, v->takes_away);
    if (*out != WIJK_MAY_YES || !v->proposer) return WIJK_OK;
    WIJK_TRY(hands_of(cx, store, d->actor->account, d->now, WIJK__CLOCK_SLACK_S, &one));
    WIJK_TRY(hands_of(cx, store, v->proposer, v->proposed_at, 0, &other));
    for (size_t k = 0; k < other.n; k++)
        if (holds(&one, other.of[k])) *out = WIJK_MAY_LINKED;
    return WIJK_OK;
}
