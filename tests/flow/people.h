/* SPDX-License-Identifier: EUPL-1.2 */
/* What tests of recipes about people make alike: who acts, and a look at the log when all is done. */
#ifndef TESTS_FLOW_PEOPLE_H
#define TESTS_FLOW_PEOPLE_H

#include "harness.h"
#include "store/people_store.h"

/* Whatever was refused, every row holds the one before it. */
static inline void log_holds(struct wijk_cx *cx, struct wijk_store *store)
{
    const char *problem;
    int64_t rows;
    uint8_t hash[WIJK_HASH];
    must(cx, wijk_store_check_audit(cx, store, &problem, &rows, hash));
    assert_null(problem);
}

/* An account with a second step for each grant from 1 on, in that order in a new store; 0 is a resident. */
static inline void add_actors(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_grant *grant,
                              int n, int64_t now, struct wijk_actor *out)
{
    for (int k = 1; k < n; k++) {
        struct wijk_account a = {.name = wijk_sprintf(cx, "wie%d", k),
                                 .shown = "Wie",
                                 .gemeente = grant[k].gemeente,
                                 .state = WIJK_ACCOUNT_ACTIVE,
                                 .made_at = now};
        must(cx, wijk_store_add_account(cx, store, &a));
        assert_int_equal(a.id, k);
        out[k] = (struct wijk_actor){a.id, &grant[k], 1, true, WIJK_SCOPES_ALL};
    }
}

#endif
