/* SPDX-License-Identifier: EUPL-1.2 */
/* moderation: what people write that others see, why it may be taken away, and what becomes of it, as words
 * and rules. docs/methods/modereren.md */
#ifndef WIJK_PEOPLE_MODERATION_H
#define WIJK_PEOPLE_MODERATION_H

#include "people/people.h"

/* ---- what can be taken away -----------------------------------------------------------------------------
 */

/* id (as in the log), Dutch words, and whether it is about signals: then no count below five is told. A new
 * kind of text is a line here, one in src/store/sqlite_said.c, and its place on a page. */
#define WIJK_SAID_KINDS(X)                                                                                   \
    X(SIGNAL, "signaal", WIJK_T("de zin van een signaal"), true)                                             \
    X(REPLY, "terugkoppeling", WIJK_T("een antwoord op een signaal"), true)                                  \
    X(PARTNER, "partner", WIJK_T("de beschrijving van een organisatie"), false)                              \
    X(CONTACTS, "functies", WIJK_T("de contactfuncties van een organisatie"), false)                         \
    X(OFFER, "aanbod", WIJK_T("titel en beschrijving van aanbod"), false)                                    \
    X(PROPOSAL, "voorstel", WIJK_T("de reden van een voorstel"), false)                                      \
    X(DECISION, "besluit", WIJK_T("de reden van een besluit"), false)
enum wijk_said_kind {
#define X(name, ...) WIJK_SAID_##name,
    WIJK_SAID_KINDS(X)
#undef X
        WIJK_SAID_KIND_COUNT
};
WIJK_API const char *wijk_said_kind_id(enum wijk_said_kind k);
WIJK_API const char *wijk_said_kind_words(enum wijk_said_kind k); /* Dutch */
WIJK_API bool wijk_said_kind_about_signals(enum wijk_said_kind k);
WIJK_API bool wijk_said_kind_parse(struct wijk_str id, enum wijk_said_kind *out) WIJK_MUST_USE;

/* ---- why ------------------------------------------------------------------------------------------------
 */

/* id, Dutch words, and whether the text is erased at once: then it never comes back. */
#define WIJK_MOD_REASONS(X)                                                                                  \
    X(PERSONAL, "persoonsgegevens", WIJK_T("bevat persoonsgegevens"), true)                                  \
    X(HURTFUL, "kwetsend", WIJK_T("kwetsend"), false)                                                        \
    X(MISPLACED, "hoort-hier-niet", WIJK_T("hoort hier niet"), false)                                        \
    X(DOUBLE, "dubbel", WIJK_T("dubbel"), false)                                                             \
    X(ASKED, "op-verzoek", WIJK_T("op verzoek van de maker"), true)                                          \
    X(OTHER, "anders", WIJK_T("een andere reden"), false)
enum wijk_mod_reason {
#define X(name, ...) WIJK_MOD_##name,
    WIJK_MOD_REASONS(X)
#undef X
        WIJK_MOD_REASON_COUNT
};
WIJK_API const char *wijk_mod_reason_id(enum wijk_mod_reason r);
WIJK_API const char *wijk_mod_reason_words(enum wijk_mod_reason r); /* Dutch */
WIJK_API bool wijk_mod_reason_erases(enum wijk_mod_reason r);
WIJK_API bool wijk_mod_reason_parse(struct wijk_str id, enum wijk_mod_reason *out) WIJK_MUST_USE;

/* ---- what becomes of it ---------------------------------------------------------------------------------
 */

#define WIJK_MOD_STATES(X)                                                                                   \
    X(GONE, "weg", WIJK_T("weggehaald"))                                                                     \
    X(OBJECTED, "bezwaar", WIJK_T("weggehaald; er is bezwaar gemaakt"))                                      \
    X(UPHELD, "gehandhaafd", WIJK_T("weggehaald; het bezwaar is afgewezen"))                                 \
    X(BACK, "terug", WIJK_T("teruggezet"))                                                                   \
    X(WRONGLY, "onterecht", WIJK_T("ten onrechte weggehaald; de tekst is niet bewaard"))
enum wijk_mod_state {
#define X(name, id, words) WIJK_MOD_STATE_##name,
    WIJK_MOD_STATES(X)
#undef X
        WIJK_MOD_STATE_COUNT
};
WIJK_API const char *wijk_mod_state_id(enum wijk_mod_state s);
WIJK_API const char *wijk_mod_state_words(enum wijk_mod_state s); /* Dutch */
WIJK_API bool wijk_mod_state_parse(struct wijk_str id, enum wijk_mod_state *out) WIJK_MUST_USE;

/* How long the maker may object, and so how long a text that may come back is kept apart: six weeks. */
enum { WIJK_MOD_TERM_S = 42 * 86400 };

#endif
