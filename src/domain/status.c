/* SPDX-License-Identifier: EUPL-1.2 */
/* The status of a value: missing, hidden and zero are three things. */
#include "domain/domain.h"

#include <assert.h>

static const struct {
    const char *id, *text;
} STATUS[WIJK_STATUS_COUNT] = {
#define X(name, id, text) {id, text},
    WIJK_STATUSES(X)
#undef X
};

const char *wijk_status_id(enum wijk_status s)
{
    assert((unsigned)s < WIJK_STATUS_COUNT);
    return STATUS[s].id;
}

const char *wijk_status_text(enum wijk_status s)
{
    assert((unsigned)s < WIJK_STATUS_COUNT);
    return STATUS[s].text;
}

bool wijk_status_valued(enum wijk_status s)
{
    return s == WIJK_STATUS_OK || s == WIJK_STATUS_PROVISIONAL || s == WIJK_STATUS_ESTIMATED;
}

bool wijk_status_parse(struct wijk_str id, enum wijk_status *out)
{
    for (unsigned i = 0; i < WIJK_STATUS_COUNT; i++) {
        if (!wijk_str_eq(id, wijk_str(STATUS[i].id))) continue;
        *out = (enum wijk_status)i;
        return true;
    }
    return false;
}
