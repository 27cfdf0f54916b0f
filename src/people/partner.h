/* SPDX-License-Identifier: EUPL-1.2 */
/* partner: organisations and what they offer where, as words and rules: kinds, themes, age groups, what an
 * offer reaches, what is lacking, and what may stand as a contact. docs/methods/aanbod.md */
#ifndef WIJK_PEOPLE_PARTNER_H
#define WIJK_PEOPLE_PARTNER_H

#include "people/people.h"

/* ---- kinds of organisation: id, Dutch words ---- */

#define WIJK_PARTNER_KINDS(X)                                                                                \
    X(GEMEENTE, "gemeente", WIJK_T("gemeente"))                                                              \
    X(HOUSING, "corporatie", WIJK_T("woningcorporatie"))                                                     \
    X(SCHOOL, "school", WIJK_T("school of kinderopvang"))                                                    \
    X(POLICE, "politie", WIJK_T("politie"))                                                                  \
    X(WELFARE, "welzijn", WIJK_T("welzijnsorganisatie"))                                                     \
    X(CARE, "zorg", WIJK_T("zorgorganisatie"))                                                               \
    X(RESIDENTS, "bewonersorganisatie", WIJK_T("bewonersorganisatie"))                                       \
    X(GRID, "netbeheerder", WIJK_T("netbeheerder"))                                                          \
    X(WATER, "waterschap", WIJK_T("waterschap"))                                                             \
    X(SPORT, "sport-en-cultuur", WIJK_T("sport of cultuur"))                                                 \
    X(TRADE, "ondernemers", WIJK_T("ondernemers"))                                                           \
    X(OTHER, "anders", WIJK_T("andere organisatie"))
enum wijk_partner_kind {
#define X(name, id, words) WIJK_PARTNER_##name,
    WIJK_PARTNER_KINDS(X)
#undef X
        WIJK_PARTNER_KIND_COUNT
};
WIJK_API const char *wijk_partner_kind_id(enum wijk_partner_kind k);
WIJK_API const char *wijk_partner_kind_words(enum wijk_partner_kind k); /* Dutch */
WIJK_API bool wijk_partner_kind_parse(struct wijk_str id, enum wijk_partner_kind *out) WIJK_MUST_USE;

/* ---- themes and age groups ---- */

/* id, Dutch words, and for which age groups the theme asks for an offer (1) or not (0), in their order. */
#define WIJK_OFFER_THEMES(X)                                                                                 \
    X(HOME, "wonen", WIJK_T("wonen en buurt"), 0, 0, 0, 1, 1, 1)                                             \
    X(SAFETY, "veiligheid", WIJK_T("veiligheid en overlast"), 0, 0, 1, 1, 1, 1)                              \
    X(MEETING, "ontmoeten", WIJK_T("ontmoeten en meedoen"), 0, 1, 1, 1, 1, 1)                                \
    X(GROWING, "opgroeien", WIJK_T("opgroeien en leren"), 1, 1, 1, 1, 0, 0)                                  \
    X(WORK, "werk-en-geld", WIJK_T("werk en geld"), 0, 0, 0, 1, 1, 1)                                        \
    X(HEALTH, "gezondheid", WIJK_T("gezondheid en zorg"), 1, 1, 1, 1, 1, 1)                                  \
    X(ENERGY, "energie", WIJK_T("energie en groen"), 0, 0, 0, 1, 1, 1)
enum wijk_offer_theme {
#define X(name, ...) WIJK_OFFER_##name,
    WIJK_OFFER_THEMES(X)
#undef X
        WIJK_OFFER_THEME_COUNT
};
WIJK_API const char *wijk_offer_theme_id(enum wijk_offer_theme t);
WIJK_API const char *wijk_offer_theme_words(enum wijk_offer_theme t); /* Dutch */
WIJK_API bool wijk_offer_theme_parse(struct wijk_str id, enum wijk_offer_theme *out) WIJK_MUST_USE;

/* id, first year of age, first year that is no longer in it. */
#define WIJK_AGE_GROUPS(X)                                                                                   \
    X(0, "0-4", 0, 4)                                                                                        \
    X(4, "4-12", 4, 12)                                                                                      \
    X(12, "12-18", 12, 18)                                                                                   \
    X(18, "18-23", 18, 23)                                                                                   \
    X(23, "23-67", 23, 67)                                                                                   \
    X(67, "67+", 67, 100)
enum wijk_age_group {
#define X(name, id, from, below) WIJK_AGE_##name,
    WIJK_AGE_GROUPS(X)
#undef X
        WIJK_AGE_GROUP_COUNT
};
enum { WIJK_AGE_MAX = 120 };
WIJK_API const char *wijk_age_group_id(enum wijk_age_group g);
WIJK_API bool wijk_age_group_parse(struct wijk_str id, enum wijk_age_group *out) WIJK_MUST_USE;
WIJK_API bool wijk_age_group_asked(enum wijk_offer_theme t, enum wijk_age_group g);
/* Is an offer for ages from..to (both in it) for anyone of that group? */
WIJK_API bool wijk_age_group_meets(enum wijk_age_group g, int from, int to);

/* ---- what an offer reaches, and what is lacking ---- */

struct wijk_offer_reach {
    enum wijk_offer_theme theme;
    int age_from, age_to; /* both in it, 0 to WIJK_AGE_MAX */
    size_t n_area;
    const char *const *area; /* codes of a buurt, wijk or gemeente */
};
/* Is the area one of its own, or does it lie in one of them? */
WIJK_API bool wijk_offer_reaches(const struct wijk_offer_reach *o, const char *code);

enum wijk_cover {
    WIJK_COVER_NOT_ASKED, /* the theme asks no offer for this group */
    WIJK_COVER_NONE,      /* for no year of the group                */
    WIJK_COVER_PART,      /* for some                                */
    WIJK_COVER_ALL
};
WIJK_API const char *wijk_cover_id(enum wijk_cover c); /* "niet-gevraagd", "geen", "deels", "wel" */
/* What all these offers together do in one area. */
WIJK_API void wijk_offer_cover(const struct wijk_offer_reach *v, size_t n, const char *code,
                               enum wijk_cover cell[WIJK_OFFER_THEME_COUNT][WIJK_AGE_GROUP_COUNT]);

/* ---- contacts: of an organisation, never of a person ---- */

/* NULL when the text names nobody; else a Dutch sentence that says what is wrong (wijk_personal_find()). own:
 * the name of the organisation, which may be that of a person. */
WIJK_API const char *wijk_contact_text_refused(struct wijk_cx *cx, struct wijk_str text, const char *own);
/* A phone number in one form: "14 055", "0900 1234", "+31 ..."; NULL: it is none, or a mobile number (of a
 * person). */
WIJK_API const char *wijk_contact_phone(struct wijk_cx *cx, struct wijk_str given);
/* A general address of an organisation in small letters: before the @ stands a word such as info or meldpunt,
 * or one of `words` (the function and the name of the organisation). NULL: it is none, or points at a person.
 */
WIJK_API const char *wijk_contact_mail(struct wijk_cx *cx, struct wijk_str given, const char *words);

/* The id of an organisation from its name: "stichting-de-linde"; at most WIJK_PARTNER_ID_MAX signs. "" when
 * nothing is left of it. */
enum { WIJK_PARTNER_ID_MAX = 40 };
WIJK_API const char *wijk_partner_id(struct wijk_cx *cx, struct wijk_str name);
WIJK_API bool wijk_partner_id_good(struct wijk_str id); /* a to z, 0 to 9 and single dashes between */

#endif
