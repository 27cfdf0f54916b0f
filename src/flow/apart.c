/* SPDX-License-Identifier: EUPL-1.2 */
/* Two pairs of eyes have to be of two people. Who made a colleague a new link can hold the colleague's
 * account until the colleague notices. So for a week an account is in the hands of its owner and of who made
 * the link, and two accounts with a hand in common do not decide on what the other proposes. */
#include "flow/people_int.h"

enum { APART_S = 7 * 86400 };
static const char NOTE[] = "nieuwe-koppeling";

enum wijk_err wijk__apart_note(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               int64_t account)
{
    if (!d->actor || d->actor->account == account) return WIJK_OK;
    const char *by = wijk__nr(cx, d->actor->account);
    const struct wijk_ticket *before, note = {NOTE, account, by, d->now + APART_S};
    uint8_t hash[WIJK_HASH]; /* one note of a pair; no secret has this form, and none is of this kind */
    wijk_secret_hash(wijk_sprintf(cx, "%s %s %s", NOTE, wijk__nr(cx, account), by), hash);
    WIJK_TRY(wijk_store_take_ticket(cx, store, hash, NOTE, INT64_MIN, &before));
    return wijk_store_add_ticket(cx, store, hash, &note);
}

struct hands {
    size_t n;
    int64_t *of;
};

static enum wijk_err hands_of(struct wijk_cx *cx, struct wijk_store *store, int64_t account, int64_t now,
                              struct hands *out)
{
    const struct wijk_ticket *note;
    size_t n;
    WIJK_TRY(wijk_store_list_tickets(cx, store, account, NOTE, now, &note, &n));
    out->of = WIJK_NEW(cx, int64_t, n + 1);
    out->of[0] = account;
    out->n = 1;
    for (size_t k = 0; k < n; k++)
        if (!wijk__clock_was_ahead(note[k].ends_at - APART_S, now) &&
            wijk_int_parse(wijk_str(note[k].body), 1, INT64_MAX, &out->of[out->n]))
            out->n++;
    return WIJK_OK;
}

enum wijk_err wijk__apart_verdict(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const struct wijk__decision *v, enum wijk_verdict *out)
{
    struct hands one, other;
    *out = wijk_may_decide(d->actor, v->right, &v->object, v->proposer, v->subject, v->takes_away);
    if (*out != WIJK_MAY_YES || !v->proposer) return WIJK_OK;
    WIJK_TRY(hands_of(cx, store, d->actor->account, d->now, &one));
    WIJK_TRY(hands_of(cx, store, v->proposer, d->now, &other));
    for (size_t i = 0; i < one.n; i++)
        for (size_t k = 0; k < other.n; k++)
            if (one.of[i] == other.of[k]) *out = WIJK_MAY_LINKED;
    return WIJK_OK;
}
