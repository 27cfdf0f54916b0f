/* SPDX-License-Identifier: EUPL-1.2 */
/* Browsers in which somebody signed in before. Such a browser holds a secret of its own, so that who guesses
 * at a name from elsewhere does not keep its owner waiting (OWASP, «device cookies»). It opens nothing. */
#include "flow/people_int.h"

enum { BROWSERS_MAX = 20 }; /* of one account: those of long ago go */
static const char KNOWN[] = "bekende-browser";

enum wijk_err wijk_flow_browser_known(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                      const char *name, int64_t now, bool *known)
{
    const struct wijk_ticket *t;
    const struct wijk_account *a = NULL;
    const char *signs_in = wijk_signin_name(cx, wijk_str(name));
    uint8_t hash[WIJK_HASH];
    *known = false;
    wijk_secret_hash(token, hash);
    WIJK_TRY(wijk_store_find_ticket(cx, store, hash, KNOWN, now, &t));
    if (t && signs_in) WIJK_TRY(wijk_store_find_account(cx, store, signs_in, &a));
    *known = a && a->id == t->account && a->state == WIJK_ACCOUNT_ACTIVE;
    return WIJK_OK;
}

struct keep {
    int64_t account, now;
    const char *before;
    char *token;
};

static enum wijk_err keep(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct keep *v = arg;
    const struct wijk_ticket *gone;
    const struct wijk_ticket t = {KNOWN, v->account, "", v->now + WIJK_BROWSER_S};
    uint8_t hash[WIJK_HASH];
    if (v->before) { /* one browser has one; what was copied from it is worth nothing now */
        wijk_secret_hash(v->before, hash);
        WIJK_TRY(wijk_store_take_ticket(cx, store, hash, KNOWN, v->now, &gone));
    }
    WIJK_TRY(wijk_secret_new(cx, v->token));
    wijk_secret_hash(v->token, hash);
    WIJK_TRY(wijk_store_add_ticket(cx, store, hash, &t));
    return wijk_store_trim_tickets(cx, store, v->account, KNOWN, BROWSERS_MAX);
}

enum wijk_err wijk_flow_browser_keep(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                     const char *before, int64_t now, char token[WIJK_SECRET_TEXT])
{
    return wijk_store_joined(cx, store, keep, &(struct keep){account, now, before, token});
}

enum wijk_err wijk_flow_browser_count(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                      int64_t now, size_t *n)
{
    return wijk_store_count_tickets(cx, store, account, KNOWN, now, n);
}

enum wijk_err wijk__browsers_forget(struct wijk_cx *cx, struct wijk_store *store, int64_t account)
{
    return wijk_store_drop_tickets(cx, store, account, KNOWN);
}
