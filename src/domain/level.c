/* SPDX-License-Identifier: EUPL-1.2 */
/* Levels of areas: their ids and Dutch names, from the one list in domain.h. */
#include "domain/domain.h"

#include <assert.h>

static const struct {
    const char *id, *one, *many;
} LEVEL[WIJK_LEVEL_COUNT] = {
#define X(name, id, one, many) {id, one, many},
    WIJK_LEVELS(X)
#undef X
};

const char *wijk_level_id(enum wijk_level level)
{
    assert((unsigned)level < WIJK_LEVEL_COUNT);
    return LEVEL[level].id;
}

const char *wijk_level_label(enum wijk_level level, bool plural)
{
    assert((unsigned)level < WIJK_LEVEL_COUNT);
    return plural ? LEVEL[level].many : LEVEL[level].one;
}

bool wijk_level_parse(struct wijk_str id, enum wijk_level *out)
{
    for (unsigned i = 0; i < WIJK_LEVEL_COUNT; i++) {
        if (!wijk_str_eq(id, wijk_str(LEVEL[i].id))) continue;
        *out = (enum wijk_level)i;
        return true;
    }
    return false;
}
