/* SPDX-License-Identifier: EUPL-1.2 */
/* sso: signing in by an identity provider of the organisation, by OpenID Connect: authorisation code, PKCE,
 * state and nonce; an id_token that is verified before a word of it is believed; and the end of a session.
 *
 * It knows of no accounts, no store and no routes: who comes back is a struct, and what the caller must
 * remember in between is a text that it keeps on the server, gives back once and then throws away. The clock
 * is an argument. How the protocol, the network and the signatures are divided: docs/decisions/0007. */
#ifndef WIJK_SSO_SSO_H
#define WIJK_SSO_SSO_H

#include "fetch/fetch.h"
#include "people/people.h"

enum {
    WIJK_SSO_WITHIN_S = 600,       /* between the two halves of a sign-in   */
    WIJK_SSO_REMEMBERED_MAX = 256, /* bytes of what is remembered, with NUL */
    WIJK_SSO_QUERY_MAX = 8192,     /* bytes of the query that comes back    */
    WIJK_SSO_GRANTS = 64,          /* of one person                         */
    WIJK_SSO_WAYS = 32             /* names in amr                          */
};

/* What a file says (docs/inloggen.md), and what is known of the provider. Threads share one. */
struct wijk_sso;
/* Reads the file and that of the secret; asks nothing of the provider yet. Fails  WIJK_EDEF with file and
 * line; WIJK_ENOTFOUND, WIJK_EIO one of the files, or others may read the secret. Close it. */
WIJK_API enum wijk_err wijk_sso_open(struct wijk_cx *cx, const char *path, struct wijk_sso **out);
WIJK_API void wijk_sso_close(struct wijk_sso *sso); /* NULL is allowed */
/* What stands on the button: `label` of the file, else the provider's host. */
WIJK_API const char *wijk_sso_label(const struct wijk_sso *sso);
/* Where the provider sends people back to: its path is a route of the caller. */
WIJK_API const char *wijk_sso_redirect(const struct wijk_sso *sso);

/* Do two people look at who gets which role at the provider? Else they do so here. */
WIJK_API bool wijk_sso_four_eyes_there(const struct wijk_sso *sso);

struct wijk_sso_begun {
    const char *url;        /* the browser goes there                                          */
    const char *remembered; /* for the caller: on the server, once, for WIJK_SSO_WITHIN_S; a secret */
};
/* now: seconds since 1970. Fails  WIJK_EIO the provider cannot be reached; WIJK_EPARSE, WIJK_ELIMIT its
 * answer */
WIJK_API enum wijk_err wijk_sso_begin(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now,
                                      struct wijk_sso_begun *out);

struct wijk_sso_in {
    const char *remembered; /* of wijk_sso_begin(); the caller has thrown it away before this call */
    struct wijk_str query;  /* of the address that was come back to, without "?"                   */
    int64_t now;
};
struct wijk_sso_person {
    const char *issuer, *subject; /* together: who it is, for ever. Never the name or the e-mail address */
    const char *name;             /* "" when the provider does not tell                                  */
    const struct wijk_grant
        *grant; /* of the roles that the file knows, each once; 0: signed in, without rights */
    size_t n_grant;
    size_t n_unknown;  /* values of the claim that the file does not know */
    int64_t auth_time; /* when the provider checked who it is; 0: not told */
    const char *acr;   /* as the provider gives it; "" none */
    const char *const *amr;
    size_t n_amr;
    bool second;          /* acr or amr is one that the file counts as a second factor   */
    const char *id_token; /* for wijk_sso_leave(); a secret */
};
/* Fails  WIJK_EUSAGE the address belongs to no sign-in that was begun here, or too long ago; WIJK_ECANCEL the
 * person or the provider refused; WIJK_EIO the provider cannot be reached or refuses the code; WIJK_EPARSE
 * its answer or id_token is not to be believed; WIJK_ELIMIT. Each with a sentence without secrets. */
WIJK_API enum wijk_err wijk_sso_finish(struct wijk_cx *cx, struct wijk_sso *sso, struct wijk_sso_in in,
                                       struct wijk_sso_person *out);
/* Where the browser goes to end the session at the provider too; NULL when it has no such address. Fails as
 * wijk_sso_begin(): the session here must be ended all the same. */
WIJK_API enum wijk_err wijk_sso_leave(struct wijk_cx *cx, struct wijk_sso *sso, const char *id_token,
                                      int64_t now, const char **url);

#endif
