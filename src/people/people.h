/* SPDX-License-Identifier: EUPL-1.2 */
/* people: who may see, say and sign. Roles and what they may, in one table (docs/roles.md); how far a thing
 * is shared; passwords, codes of a second factor, and the hash that chains the audit rows. Nothing is kept
 * here. */
#ifndef WIJK_PEOPLE_PEOPLE_H
#define WIJK_PEOPLE_PEOPLE_H

#include "domain/domain.h"

/* ---- words -------------------------------------------------------------------------------------------- */

/* One thing of a list, by its id in the store and the API; Dutch words. */
struct wijk_word {
    const char *id, *words;
};
/* *out: its place in the list; n when it is not there. */
WIJK_API bool wijk_word_find(const struct wijk_word *list, int n, struct wijk_str id, int *out);

/* ---- roles ----------------------------------------------------------------------------------------------
 */

/* id (in the store and the API), Dutch words. Who has no account is a bewoner and has no role. */
#define WIJK_ROLES(X)                                                                                        \
    X(PROFESSIONAL, "professional", WIJK_T("professional"))                                                  \
    X(PARTNER, "partnerbeheerder", WIJK_T("partnerbeheerder"))                                               \
    X(DIRECTOR, "gebiedsregisseur", WIJK_T("gebiedsregisseur"))                                              \
    X(COUNCIL, "raadslid", WIJK_T("raadslid"))                                                               \
    X(ANALYST, "analist", WIJK_T("analist"))                                                                 \
    X(NORMS, "normsteller", WIJK_T("normsteller"))                                                           \
    X(ADMIN, "beheerder", WIJK_T("beheerder"))                                                               \
    X(AUDITOR, "rekenkamer", WIJK_T("rekenkamer"))
enum wijk_role {
#define X(name, id, words) WIJK_ROLE_##name,
    WIJK_ROLES(X)
#undef X
        WIJK_ROLE_COUNT
};
WIJK_API const char *wijk_role_id(enum wijk_role r);
WIJK_API const char *wijk_role_words(enum wijk_role r); /* Dutch */
WIJK_API bool wijk_role_parse(struct wijk_str id, enum wijk_role *out) WIJK_MUST_USE;
/* Works for an organisation: its grant names a partner. */
WIJK_API bool wijk_role_of_partner(enum wijk_role r);

/* ---- how far a thing is shared --------------------------------------------------------------------------
 */

#define WIJK_SHARINGS(X)                                                                                     \
    X(DRAFT, "concept", WIJK_T("concept, alleen ik"))                                                        \
    X(ORGANISATION, "organisatie", WIJK_T("alleen mijn organisatie"))                                        \
    X(PARTNERS, "partners", WIJK_T("gedeeld met partners"))                                                  \
    X(PUBLIC, "openbaar", WIJK_T("openbaar"))
enum wijk_sharing {
#define X(name, id, words) WIJK_SHARING_##name,
    WIJK_SHARINGS(X)
#undef X
        WIJK_SHARING_COUNT
};
WIJK_API const char *wijk_sharing_id(enum wijk_sharing s);
WIJK_API const char *wijk_sharing_words(enum wijk_sharing s); /* Dutch: the chip */
WIJK_API bool wijk_sharing_parse(struct wijk_str id, enum wijk_sharing *out) WIJK_MUST_USE;

/* ---- what may be done -----------------------------------------------------------------------------------
 */

/* What a token may be used for; a session may all. */
#define WIJK_SCOPES(X)                                                                                       \
    X(READ, "lezen", WIJK_T("lezen wat u mag zien"))                                                         \
    X(WRITE, "schrijven", WIJK_T("maken en wijzigen"))                                                       \
    X(LOAD, "laden", WIJK_T("bestanden laden"))                                                              \
    X(AUDIT, "logboek", WIJK_T("het logboek lezen"))                                                         \
    X(MANAGE, "beheer", WIJK_T("accounts en rollen"))
enum wijk_scope {
#define X(name, id, words) WIJK_SCOPE_##name,
    WIJK_SCOPES(X)
#undef X
        WIJK_SCOPE_COUNT
};
enum { WIJK_SCOPES_ALL = (1 << WIJK_SCOPE_COUNT) - 1 };
WIJK_API const char *wijk_scope_id(enum wijk_scope s);
WIJK_API const char *wijk_scope_words(enum wijk_scope s);
WIJK_API bool wijk_scope_parse(struct wijk_str id, enum wijk_scope *out) WIJK_MUST_USE;

/* One line a right: id, Dutch words, scope of a token, and how far it reaches in the order of WIJK_ROLES:
 * N not, O what the account made itself, P what is of its own organisation, G all of its gemeente. */
#define WIJK_RIGHTS(X)                                                                                       \
    /*                                                                          prof part dir  raad anal     \
     * norm beh rek */                                                                                       \
    X(INSIDE_READ, "inside-read", WIJK_T("lezen wat met partners is gedeeld"), READ, G, G, G, N, G, G, N, G) \
    X(SIGNAL_PLACE, "signal-place", WIJK_T("een signaal geven"), WRITE, G, G, G, N, N, N, N, N)              \
    X(SIGNAL_CHANGE, "signal-change", WIJK_T("een signaal wijzigen of intrekken"), WRITE, O, O, O, N, N, N,  \
      N, N)                                                                                                  \
    X(SIGNAL_ANSWER, "signal-answer", WIJK_T("terugkoppelen op een signaal"), WRITE, N, N, G, N, N, N, N, N) \
    X(PARTNER_ADD, "partner-add", WIJK_T("een organisatie toevoegen"), MANAGE, N, N, N, N, N, N, G, N)       \
    X(PARTNER_CHANGE, "partner-change", WIJK_T("een organisatie wijzigen"), WRITE, N, P, N, N, N, N, G, N)   \
    X(OFFER_CHANGE, "offer-change", WIJK_T("aanbod toevoegen of wijzigen"), WRITE, N, P, G, N, N, N, N, N)   \
    X(PUBLISH_ASK, "publish-ask", WIJK_T("voorstellen iets openbaar te maken"), WRITE, N, P, G, N, N, N, N,  \
      N)                                                                                                     \
    X(PUBLISH_DECIDE, "publish-decide", WIJK_T("besluiten iets openbaar te maken"), WRITE, N, N, G, N, N, G, \
      N, N)                                                                                                  \
    X(NORM_ASK, "norm-ask", WIJK_T("een norm voorstellen"), WRITE, N, N, G, N, N, G, N, N)                   \
    X(NORM_DECIDE, "norm-decide", WIJK_T("over een norm besluiten"), WRITE, N, N, N, N, N, G, N, N)          \
    X(MODERATE, "moderate", WIJK_T("een bijdrage weghalen, met reden"), WRITE, N, N, G, N, N, N, N, N)       \
    X(DATA_LOAD, "data-load", WIJK_T("bestanden laden"), LOAD, N, N, N, N, G, N, N, N)                       \
    X(ACCOUNT_READ, "account-read", WIJK_T("accounts bekijken"), MANAGE, N, P, N, N, N, N, G, G)             \
    X(ACCOUNT_INVITE, "account-invite", WIJK_T("iemand uitnodigen"), MANAGE, N, P, N, N, N, N, G, N)         \
    X(ACCOUNT_BLOCK, "account-block", WIJK_T("een account stoppen of herstellen"), MANAGE, N, N, N, N, N, N, \
      G, N)                                                                                                  \
    X(ROLE_ASK, "role-ask", WIJK_T("een rol voorstellen"), MANAGE, N, P, N, N, N, N, G, N)                   \
    X(ROLE_DECIDE, "role-decide", WIJK_T("over een rol besluiten"), MANAGE, N, N, N, N, N, N, G, N)          \
    X(AUDIT_READ, "audit-read", WIJK_T("het logboek lezen"), AUDIT, N, N, N, N, N, N, N, G)
enum wijk_right {
#define X(name, ...) WIJK_RIGHT_##name,
    WIJK_RIGHTS(X)
#undef X
        WIJK_RIGHT_COUNT
};
enum wijk_reach { WIJK_REACH_N, WIJK_REACH_O, WIJK_REACH_P, WIJK_REACH_G };
WIJK_API const char *wijk_right_id(enum wijk_right r);
WIJK_API const char *wijk_right_words(enum wijk_right r);
WIJK_API enum wijk_scope wijk_right_scope(enum wijk_right r);
WIJK_API enum wijk_reach wijk_right_reach(enum wijk_right r, enum wijk_role role);
/* Is it more than any visitor: is there a right that it has? */
WIJK_API bool wijk_role_has_rights(enum wijk_role role);

/* A role of an account in one gemeente. */
struct wijk_grant {
    const char *gemeente; /* "GM9901"; never NULL */
    const char *partner;  /* "" : the gemeente itself; never NULL */
    enum wijk_role role;
};
/* Who acts. A bewoner: account 0, no grants. */
struct wijk_actor {
    int64_t account;
    const struct wijk_grant *grant;
    size_t n_grant;
    bool second;     /* a second factor was shown, by it or by who signed it in */
    uint32_t scopes; /* bits of enum wijk_scope */
};
/* What is acted upon. Open statistics are of all gemeenten: gemeente "". */
struct wijk_object {
    const char *gemeente, *partner; /* "" as above; NULL like "" */
    int64_t maker;                  /* account; 0 nobody's */
    enum wijk_sharing sharing;
};
/* Why not: id, Dutch sentence. FOREIGN is told to the outside as «not found». */
#define WIJK_VERDICTS(X)                                                                                     \
    X(YES, "ja", "")                                                                                         \
    X(LOGIN, "aanmelden", WIJK_T("Meld u eerst aan."))                                                       \
    X(SECOND, "tweede-factor", WIJK_T("Hiervoor is een tweede stap bij het aanmelden nodig."))               \
    X(SCOPE, "sleutel", WIJK_T("Deze sleutel is niet voor dit doel gemaakt."))                               \
    X(ROLE, "rol", WIJK_T("Uw rol mag dit niet. Vraag toegang aan bij de beheerder van uw gemeente."))       \
    X(PARTNER, "organisatie", WIJK_T("Dit is van een andere organisatie."))                                  \
    X(MAKER, "maker", WIJK_T("Alleen wie dit maakte, mag het wijzigen."))                                    \
    X(FOREIGN, "gemeente", WIJK_T("Dit is er niet, of het is niet van uw gemeente."))                        \
    X(SELF, "vier-ogen", WIJK_T("Hierover besluit iemand anders dan wie het voorstelde."))                   \
    X(LINKED, "koppeling",                                                                                   \
      WIJK_T("Wie dit voorstelde en u kregen korter dan zeven dagen geleden toegang met een koppeling van "  \
             "elkaar of van dezelfde persoon. Daarom besluit een ander."))
enum wijk_verdict {
#define X(name, id, words) WIJK_MAY_##name,
    WIJK_VERDICTS(X)
#undef X
        WIJK_VERDICT_COUNT
};
WIJK_API const char *wijk_verdict_id(enum wijk_verdict v);
WIJK_API const char *wijk_verdict_words(enum wijk_verdict v);

/* The one check. YES when any grant of the actor reaches the object; else the reason nearest to yes. */
WIJK_API enum wijk_verdict wijk_may(const struct wijk_actor *a, enum wijk_right right,
                                    const struct wijk_object *o);
/* A decision on what `proposer` put forward about `subject` (0: about no account): someone else than the
 * proposer; of the subject only where it gives its own role away. */
WIJK_API enum wijk_verdict wijk_may_decide(const struct wijk_actor *a, enum wijk_right right,
                                           const struct wijk_object *o, int64_t proposer, int64_t subject,
                                           bool takes_away);
/* May it be seen at all: public by all, a draft by its maker, what is of an organisation by who works there,
 * what is shared with partners by who may INSIDE_READ. The auditor sees everything of its gemeente. */
WIJK_API bool wijk_may_see(const struct wijk_actor *a, const struct wijk_object *o);
WIJK_API bool wijk_actor_in(const struct wijk_actor *a, const char *gemeente); /* has it any grant there? */

/* ---- names and passwords --------------------------------------------------------------------------------
 */

enum {
    WIJK_NAME_MAX = 64,       /* signs of a sign-in name                    */
    WIJK_SHOWN_MAX = 80,      /* bytes of a name as it is shown             */
    WIJK_PASSWORD_MIN = 12,   /* signs; length over rules                   */
    WIJK_PASSWORD_MAX = 1024, /* bytes                                      */
    WIJK_HASH = 32            /* bytes of SHA-256                           */
};
/* A sign-in name: small letters a to z, digits and . - _ @, first a letter; so no two look alike. Takes
 * capitals and makes them small. NULL: it is none. */
WIJK_API const char *wijk_signin_name(struct wijk_cx *cx, struct wijk_str given);
/* A name to show: letters of the Latin script, blanks and . - ' only. NULL: it is none. */
WIJK_API const char *wijk_shown_name(struct wijk_cx *cx, struct wijk_str given);
/* NULL when it will do; else a Dutch sentence that tells why not: too short, easy to guess (a word everybody
 * takes, a row of keys, one piece again and again), or like the name of the account or the gemeente. */
WIJK_API const char *wijk_password_refused(struct wijk_cx *cx, struct wijk_str password, const char *name,
                                           const char *gemeente);

/* ---- second factor: RFC 6238 with SHA-1, six digits, thirty seconds -------------------------------------
 */

enum { WIJK_TOTP_SECRET = 20, WIJK_TOTP_STEP_S = 30 };
WIJK_API unsigned wijk_totp_code(const uint8_t secret[WIJK_TOTP_SECRET], int64_t step);
/* The step of this code when it is that of now, or of one step before or after it, and later than `last` (a
 * code works once); 0: it is not right. */
WIJK_API int64_t wijk_totp_accept(const uint8_t secret[WIJK_TOTP_SECRET], struct wijk_str code, int64_t now_s,
                                  int64_t last);
/* The secret in base32, as an app takes it; 32 signs. */
WIJK_API const char *wijk_totp_text(struct wijk_cx *cx, const uint8_t secret[WIJK_TOTP_SECRET]);
/* "otpauth://totp/..." */
WIJK_API const char *wijk_totp_address(struct wijk_cx *cx, const uint8_t secret[WIJK_TOTP_SECRET],
                                       const char *issuer, const char *name);

/* ---- audit: rows that hold each other -------------------------------------------------------------------
 */

/* What was done: id, Dutch words. */
#define WIJK_DEEDS(X)                                                                                        \
    X(SIGN_IN, "aangemeld", WIJK_T("aangemeld"))                                                             \
    X(SIGN_IN_FAILED, "aanmelden-mislukt", WIJK_T("aanmelden mislukt"))                                      \
    X(SIGN_OUT, "afgemeld", WIJK_T("afgemeld"))                                                              \
    X(ADD, "toegevoegd", WIJK_T("toegevoegd"))                                                               \
    X(CHANGE, "gewijzigd", WIJK_T("gewijzigd"))                                                              \
    X(REMOVE, "verwijderd", WIJK_T("verwijderd"))                                                            \
    X(PROPOSE, "voorgesteld", WIJK_T("voorgesteld"))                                                         \
    X(AGREE, "akkoord", WIJK_T("akkoord"))                                                                   \
    X(REJECT, "afgewezen", WIJK_T("afgewezen"))                                                              \
    X(PUBLISH, "openbaar-gemaakt", WIJK_T("openbaar gemaakt"))                                               \
    X(EXPORT, "uitgevoerd", WIJK_T("uitgevoerd naar een bestand"))                                           \
    X(LOAD, "geladen", WIJK_T("geladen"))                                                                    \
    X(REFUSED, "geweigerd", WIJK_T("geweigerd"))                                                             \
    X(TAKE_AWAY, "weggehaald", WIJK_T("weggehaald"))                                                         \
    X(PUT_BACK, "teruggezet", WIJK_T("teruggezet"))
enum wijk_done {
#define X(name, id, words) WIJK_DONE_##name,
    WIJK_DEEDS(X)
#undef X
        WIJK_DONE_COUNT
};
WIJK_API const char *wijk_done_id(enum wijk_done d);
WIJK_API const char *wijk_done_words(enum wijk_done d);
WIJK_API bool wijk_done_parse(struct wijk_str id, enum wijk_done *out) WIJK_MUST_USE;

enum { WIJK_SALT = 16 };
/* Texts may be NULL, which is another thing than "". No names of people: an account by its number. A reason
 * that was typed is not part of the row: `why` is then a seal over it and a salt, and both stand beside the
 * log in `words`, so that they can be erased without breaking the chain. */
struct wijk_audit {
    int64_t nr, account; /* from 1 without gaps; 0: nobody, or who has the machine */
    const char *at;      /* yyyy-mm-ddThh:mm:ssZ; never earlier than the row before it */
    const char *gemeente, *via, *kind, *object, *why, *before, *after;
    enum wijk_done done;
    uint8_t prev[WIJK_HASH], hash[WIJK_HASH];
    const char *words; /* NULL: `why` is no seal, or what it sealed was erased */
};
/* "zegel:" and SHA-256 over the salt and the words, in hex. */
WIJK_API const char *wijk_audit_seal(struct wijk_cx *cx, const uint8_t salt[WIJK_SALT], const char *words);
/* The reason as people read it (Dutch where it was erased); NULL none. */
WIJK_API const char *wijk_audit_why(const struct wijk_audit *row);
/* SHA-256 over every member, each with its length, and the hash of the row before; docs/methods/modereren.md
 * tells why.
 */
WIJK_API void wijk_audit_hash(const struct wijk_audit *row, uint8_t out[WIJK_HASH]);

#endif
