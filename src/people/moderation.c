/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of moderation, each by its id. */
#include "people/moderation.h"

#define X(name, id, words, ...) {id, words},
static const struct wijk_word KIND[] = {WIJK_SAID_KINDS(X)}, REASON[] = {WIJK_MOD_REASONS(X)};
#undef X
#define X(name, id, words) {id, words},
static const struct wijk_word STATE[] = {WIJK_MOD_STATES(X)};
#undef X
#define X(name, id, words, flag) flag,
static const bool ABOUT_SIGNALS[] = {WIJK_SAID_KINDS(X)}, ERASES[] = {WIJK_MOD_REASONS(X)};
#undef X

const char *wijk_said_kind_id(enum wijk_said_kind k)
{
    return KIND[k].id;
}

const char *wijk_said_kind_words(enum wijk_said_kind k)
{
    return KIND[k].words;
}

bool wijk_said_kind_about_signals(enum wijk_said_kind k)
{
    return ABOUT_SIGNALS[k];
}

bool wijk_said_kind_parse(struct wijk_str id, enum wijk_said_kind *out)
{
    int k;
    bool known = wijk_word_find(KIND, WIJK_SAID_KIND_COUNT, id, &k);
    if (known) *out = (enum wijk_said_kind)k;
    return known;
}

const char *wijk_mod_reason_id(enum wijk_mod_reason r)
{
    return REASON[r].id;
}

const char *wijk_mod_reason_words(enum wijk_mod_reason r)
{
    return REASON[r].words;
}

bool wijk_mod_reason_erases(enum wijk_mod_reason r)
{
    return ERASES[r];
}

bool wijk_mod_reason_parse(struct wijk_str id, enum wijk_mod_reason *out)
{
    int k;
    bool known = wijk_word_find(REASON, WIJK_MOD_REASON_COUNT, id, &k);
    if (known) *out = (enum wijk_mod_reason)k;
    return known;
}

const char *wijk_mod_state_id(enum wijk_mod_state s)
{
    return STATE[s].id;
}

const char *wijk_mod_state_words(enum wijk_mod_state s)
{
    return STATE[s].words;
}

bool wijk_mod_state_parse(struct wijk_str id, enum wijk_mod_state *out)
{
    int k;
    bool known = wijk_word_find(STATE, WIJK_MOD_STATE_COUNT, id, &k);
    if (known) *out = (enum wijk_mod_state)k;
    return known;
}
