/* SPDX-License-Identifier: EUPL-1.2 */
/* Why an area has no result: every method says so by one of these, never by an empty place alone. */
#include "measure/measure.h"

static const char *const ID[] = {
#define X(name, id, text) id,
    WIJK_LACKS(X)
#undef X
};
static const char *const TEXT[] = {
#define X(name, id, text) text,
    WIJK_LACKS(X)
#undef X
};

const char *wijk_lack_id(enum wijk_lack lack)
{
    return ID[lack];
}

const char *wijk_lack_text(enum wijk_lack lack)
{
    return TEXT[lack];
}

enum wijk_lack wijk_lack_of(enum wijk_status status)
{
    if (wijk_status_valued(status)) return WIJK_LACK_NONE;
    return status == WIJK_STATUS_SUPPRESSED ? WIJK_LACK_HIDDEN : WIJK_LACK_NO_VALUE;
}
