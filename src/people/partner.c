/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations and offers in words; what an offer reaches and which groups nothing is offered to. */
#include "people/partner.h"

#include <string.h>

/* ---- words ---- */

#define X(name, id, words) {id, words},
static const struct wijk_word KIND[] = {WIJK_PARTNER_KINDS(X)};
#undef X
#define X(name, id, words, ...) {id, words},
static const struct wijk_word THEME[] = {WIJK_OFFER_THEMES(X)};
#undef X
#define X(name, id, words, ...) {__VA_ARGS__},
static const bool ASKED[][WIJK_AGE_GROUP_COUNT] = {WIJK_OFFER_THEMES(X)};
#undef X
#define X(name, id, from, below) {id, from, below},
static const struct {
    const char *id;
    int from, below;
} AGE[] = {WIJK_AGE_GROUPS(X)};
#undef X

const char *wijk_partner_kind_id(enum wijk_partner_kind k)
{
    return KIND[k].id;
}

const char *wijk_partner_kind_words(enum wijk_partner_kind k)
{
    return KIND[k].words;
}

bool wijk_partner_kind_parse(struct wijk_str id, enum wijk_partner_kind *out)
{
    int k;
    bool known = wijk_word_find(KIND, WIJK_PARTNER_KIND_COUNT, id, &k);
    if (known) *out = (enum wijk_partner_kind)k;
    return known;
}

const char *wijk_offer_theme_id(enum wijk_offer_theme t)
{
    return THEME[t].id;
}

const char *wijk_offer_theme_words(enum wijk_offer_theme t)
{
    return THEME[t].words;
}

bool wijk_offer_theme_parse(struct wijk_str id, enum wijk_offer_theme *out)
{
    int k;
    bool known = wijk_word_find(THEME, WIJK_OFFER_THEME_COUNT, id, &k);
    if (known) *out = (enum wijk_offer_theme)k;
    return known;
}

const char *wijk_age_group_id(enum wijk_age_group g)
{
    return AGE[g].id;
}

bool wijk_age_group_parse(struct wijk_str id, enum wijk_age_group *out)
{
    for (int g = 0; g < WIJK_AGE_GROUP_COUNT; g++)
        if (wijk_str_eq(wijk_str(AGE[g].id), id)) {
            *out = (enum wijk_age_group)g;
            return true;
        }
    return false;
}

bool wijk_age_group_asked(enum wijk_offer_theme t, enum wijk_age_group g)
{
    return ASKED[t][g];
}

bool wijk_age_group_meets(enum wijk_age_group g, int from, int to)
{
    return from < AGE[g].below && to >= AGE[g].from;
}

const char *wijk_cover_id(enum wijk_cover c)
{
    static const char *const ID[] = {"niet-gevraagd", "geen", "deels", "wel"};
    return ID[c];
}

/* ---- reach ---- */

static bool has_area(const struct wijk_offer_reach *o, const char *code)
{
    for (size_t k = 0; k < o->n_area; k++)
        if (strcmp(o->area[k], code) == 0) return true;
    return false;
}

bool wijk_offer_reaches(const struct wijk_offer_reach *o, const char *code)
{
    char at[WIJK_CODE_MAX], up[WIJK_CODE_MAX];
    if (has_area(o, code)) return true;
    for (bool more = wijk_code_parent(code, up); more; more = wijk_code_parent(at, up)) {
        if (has_area(o, up)) return true;
        memcpy(at, up, sizeof at);
    }
    return false;
}

/* Years of age that anything is offered for: a bit a year would do, but a row of them reads better. */
struct years {
    bool of[WIJK_AGE_MAX + 1];
};

static enum wijk_cover cover_of(const struct years *y, enum wijk_age_group g)
{
    int with = 0;
    for (int age = AGE[g].from; age < AGE[g].below; age++) with += y->of[age];
    if (with == 0) return WIJK_COVER_NONE;
    return with == AGE[g].below - AGE[g].from ? WIJK_COVER_ALL : WIJK_COVER_PART;
}

void wijk_offer_cover(const struct wijk_offer_reach *v, size_t n, const char *code,
                      enum wijk_cover cell[WIJK_OFFER_THEME_COUNT][WIJK_AGE_GROUP_COUNT])
{
    struct years theme[WIJK_OFFER_THEME_COUNT] = {0};
    for (size_t k = 0; k < n; k++) {
        if (!wijk_offer_reaches(&v[k], code)) continue;
        for (int age = v[k].age_from; age <= v[k].age_to && age <= WIJK_AGE_MAX; age++)
            theme[v[k].theme].of[age] = true;
    }
    for (int t = 0; t < WIJK_OFFER_THEME_COUNT; t++)
        for (int g = 0; g < WIJK_AGE_GROUP_COUNT; g++)
            cell[t][g] = ASKED[t][g] ? cover_of(&theme[t], (enum wijk_age_group)g) : WIJK_COVER_NOT_ASKED;
}

/* ---- ids ---- */

static bool plain_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

const char *wijk_partner_id(struct wijk_cx *cx, struct wijk_str name)
{
    struct wijk_str folded = wijk_str_fold(cx, name);
    char *id = WIJK_NEW(cx, char, WIJK_PARTNER_ID_MAX + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n && n < WIJK_PARTNER_ID_MAX; i++) {
        if (plain_sign(folded.p[i]))
            id[n++] = folded.p[i];
        else if (n && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n && id[n - 1] == '-') id[--n] = '\0';
    return id;
}

bool wijk_partner_id_good(struct wijk_str id)
{
    if (id.n == 0 || id.n > WIJK_PARTNER_ID_MAX) return false;
    for (size_t i = 0; i < id.n; i++) {
        bool between = i > 0 && i + 1 < id.n && id.p[i] == '-' && id.p[i - 1] != '-';
        if (!plain_sign(id.p[i]) && !between) return false;
    }
    return true;
}
