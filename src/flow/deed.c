/* SPDX-License-Identifier: EUPL-1.2 */
/* What every recipe about people begins and ends with: may it be done, and the row of the log. */
#include "flow/people_int.h"

#include <string.h>

enum wijk_err wijk__refuse(struct wijk_cx *cx, enum wijk_verdict v)
{
    const enum wijk_err err = v == WIJK_MAY_LOGIN     ? WIJK_ELOGIN
                              : v == WIJK_MAY_FOREIGN ? WIJK_ENOTFOUND
                                                      : WIJK_EDENIED;
    return wijk_fail(cx, err, "%s", wijk_tr(cx, wijk_verdict_words(v)));
}

enum wijk_err wijk_deed_may(struct wijk_cx *cx, const struct wijk_deed *d, enum wijk_right right,
                            const struct wijk_object *o)
{
    if (!d->actor) return WIJK_OK;
    enum wijk_verdict v = wijk_may(d->actor, right, o);
    return v == WIJK_MAY_YES ? WIJK_OK : wijk__refuse(cx, v);
}

enum wijk_err wijk_deed_log(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                            enum wijk_done done, const char *gemeente, const char *kind, const char *object,
                            const char *before, const char *after)
{
    struct wijk_audit row = {.account = d->actor ? d->actor->account : 0,
                             .gemeente = gemeente,
                             .via = d->via,
                             .kind = kind,
                             .object = object,
                             .why = d->why,
                             .before = before,
                             .after = after,
                             .done = done};
    uint8_t salt[WIJK_SALT] = {0};
    /* what was typed can be erased later; of the invented gemeente it is known, and its file has no chance */
    const bool invented = d->via && strcmp(d->via, "voorbeeld") == 0;
    if (d->why && !invented) WIJK_TRY(wijk__random(cx, salt, sizeof salt));
    return wijk_store_add_audit(cx, store, &row, d->why ? salt : NULL, d->now);
}

enum wijk_err wijk_flow_audit(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              const struct wijk_audit_ask *ask, const struct wijk_audit **out, size_t *n)
{
    struct wijk_object o = {.gemeente = ask->gemeente ? ask->gemeente : ""};
    if (d->actor && !ask->gemeente)
        return wijk_fail(cx, WIJK_EDATA, "Zeg van welke gemeente u het logboek wilt lezen.");
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_AUDIT_READ, &o));
    return wijk_store_read_audit(cx, store, ask, out, n);
}

enum wijk_err wijk_flow_audit_take(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                   const struct wijk_audit_ask *ask)
{
    struct wijk_object o = {.gemeente = ask->gemeente ? ask->gemeente : ""};
    bool own = d->actor && d->actor->account && ask->account == d->actor->account && !ask->gemeente;
    if (!own && d->actor && !ask->gemeente)
        return wijk_fail(cx, WIJK_EDATA, "Zeg van welke gemeente u het logboek wilt lezen.");
    if (!own) WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_AUDIT_READ, &o));
    if (own)
        return wijk_deed_log(cx, store, d, WIJK_DONE_EXPORT,
                             d->actor->n_grant ? d->actor->grant[0].gemeente : "", "account",
                             wijk_sprintf(cx, "%lld", (long long)ask->account), NULL, NULL);
    return wijk_deed_log(cx, store, d, WIJK_DONE_EXPORT, ask->gemeente, "logboek", o.gemeente, NULL, NULL);
}
