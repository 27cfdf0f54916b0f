/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of people: roles, how far a thing is shared, scopes, rights, verdicts and deeds, each by its id.
 */
#include "people/people.h"

bool wijk_word_find(const struct wijk_word *list, int n, struct wijk_str id, int *out)
{
    for (*out = 0; *out < n; ++*out)
        if (wijk_str_eq(wijk_str(list[*out].id), id)) return true;
    return false;
}

#define X(name, id, words) {id, words},
static const struct wijk_word ROLE[] = {WIJK_ROLES(X)}, SHARING[] = {WIJK_SHARINGS(X)},
                              SCOPE[] = {WIJK_SCOPES(X)}, VERDICT[] = {WIJK_VERDICTS(X)},
                              DONE[] = {WIJK_DEEDS(X)};
#undef X

const char *wijk_role_id(enum wijk_role r)
{
    return ROLE[r].id;
}

const char *wijk_role_words(enum wijk_role r)
{
    return ROLE[r].words;
}

bool wijk_role_parse(struct wijk_str id, enum wijk_role *out)
{
    int k;
    if (!wijk_word_find(ROLE, WIJK_ROLE_COUNT, id, &k)) return false;
    *out = (enum wijk_role)k;
    return true;
}

bool wijk_role_of_partner(enum wijk_role r)
{
    return r == WIJK_ROLE_PROFESSIONAL || r == WIJK_ROLE_PARTNER;
}

const char *wijk_sharing_id(enum wijk_sharing s)
{
    return SHARING[s].id;
}

const char *wijk_sharing_words(enum wijk_sharing s)
{
    return SHARING[s].words;
}

bool wijk_sharing_parse(struct wijk_str id, enum wijk_sharing *out)
{
    int k;
    if (!wijk_word_find(SHARING, WIJK_SHARING_COUNT, id, &k)) return false;
    *out = (enum wijk_sharing)k;
    return true;
}

const char *wijk_scope_id(enum wijk_scope s)
{
    return SCOPE[s].id;
}

const char *wijk_scope_words(enum wijk_scope s)
{
    return SCOPE[s].words;
}

bool wijk_scope_parse(struct wijk_str id, enum wijk_scope *out)
{
    int k;
    if (!wijk_word_find(SCOPE, WIJK_SCOPE_COUNT, id, &k)) return false;
    *out = (enum wijk_scope)k;
    return true;
}

const char *wijk_verdict_id(enum wijk_verdict v)
{
    return VERDICT[v].id;
}

const char *wijk_verdict_words(enum wijk_verdict v)
{
    return VERDICT[v].words;
}

const char *wijk_done_id(enum wijk_done d)
{
    return DONE[d].id;
}

const char *wijk_done_words(enum wijk_done d)
{
    return DONE[d].words;
}

bool wijk_done_parse(struct wijk_str id, enum wijk_done *out)
{
    int k;
    if (!wijk_word_find(DONE, WIJK_DONE_COUNT, id, &k)) return false;
    *out = (enum wijk_done)k;
    return true;
}
