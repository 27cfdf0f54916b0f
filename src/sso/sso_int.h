/* SPDX-License-Identifier: EUPL-1.2 */
/* sso, inside: the file (config.c), what is known of the provider (provider.c), an id_token (token.c), and
 * small texts (text.c). begin and finish stand in signin.c. */
#ifndef WIJK_SSO_SSO_INT_H
#define WIJK_SSO_SSO_INT_H

#include "sso/sso.h"

#include <jansson.h>

enum {
    WIJK__SSO_ANSWER_MAX = 128 << 10, /* bytes of metadata, and of what the code is exchanged for */
    WIJK__SSO_KEYS_MAX = 256 << 10,   /* bytes of the keys                                        */
    WIJK__SSO_KEYS = 100,             /* how many                                                 */
    WIJK__SSO_TOKEN_MAX = 64 << 10,   /* bytes of an id_token                                     */
    WIJK__SSO_TIMEOUT_S = 10,
    WIJK__SSO_KEPT_S = 3600,     /* metadata and keys                                    */
    WIJK__SSO_KEYS_AGAIN_S = 60, /* for a key that is not known, not sooner than this    */
    WIJK__SSO_PAUSE_S = 5,       /* after the provider failed, so that not everyone waits */
    WIJK__SSO_SKEW_S = 60,
    WIJK__SSO_TOKEN_B64 = 43 /* signs of 256 random bits */
};

/* ---- config.c ---- */

struct wijk__sso_role {
    const char *value; /* of the claim */
    struct wijk_grant grant;
};
struct wijk__sso_texts {
    const char *const *v;
    size_t n;
};
struct wijk__sso_config {
    const char *issuer, *client_id, *redirect, *label, *name_claim, *role_claim, *after_logout, *ca, *proxy;
    const char *secret;
    const char *scopes; /* parted by blanks */
    struct wijk__sso_role *role;
    size_t n_role;
    struct wijk__sso_texts acr, amr; /* that count as a second factor */
    int skew_s;
    bool own_network, four_eyes_there;
};
enum wijk_err wijk__sso_config_read(struct wijk_cx *cx, const char *path, struct wijk__sso_config *out);

/* ---- text.c ---- */

/* 256 random bits of the system. Fails WIJK_EIO. */
enum wijk_err wijk__sso_random(struct wijk_cx *cx, char out[WIJK__SSO_TOKEN_B64 + 1]);
/* Base64url without padding (RFC 4648, section 5). out: (n * 4 + 2) / 3 signs and NUL. */
void wijk__sso_b64(const unsigned char *bytes, size_t n, char *out);
/* The other way; only what wijk__sso_b64() could have written. false: it is not. */
bool wijk__sso_unb64(struct wijk_cx *cx, struct wijk_str text, struct wijk_str *out);
/* Takes as long for any two texts of the same length. */
bool wijk__sso_same(struct wijk_str a, struct wijk_str b);
/* An object of JSON; it lives as long as cx. Doubled keys, NUL and bad UTF-8 are refused. NULL: it is none.
 */
json_t *wijk__sso_json(struct wijk_cx *cx, struct wijk_str bytes);
/* The text under key; "" when absent or no text. */
const char *wijk__sso_text(const json_t *object, const char *key);
/* Puts name=value behind what is there, with the sign that parts it. */
void wijk__sso_put(struct wijk_buf *b, const char *name, const char *value);
/* The value of one name in a query, unescaped. *n: how often the name is there. false: not to be read. */
bool wijk__sso_query(struct wijk_cx *cx, struct wijk_str query, const char *name, const char **value,
                     size_t *n);

/* ---- provider.c ---- */

/* What the provider tells of itself, copied into the asker's cx. */
struct wijk__sso_about {
    const char *authorization, *token, *keys, *end_session;
    bool secret_in_form; /* else in the header */
    bool tells_issuer;   /* in the query that comes back (RFC 9207) */
};
/* Asks an address at the issuer. */
enum wijk_err wijk__sso_ask(struct wijk_cx *cx, const struct wijk_sso *sso, struct wijk_ask ask, int *status,
                            struct wijk_str *body);
enum wijk_err wijk__sso_about(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now,
                              struct wijk__sso_about *out);
/* The keys, {"keys": [..]}. again: those that are kept lack one. *fresh: just asked for. */
enum wijk_err wijk__sso_keys(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now, bool again,
                             struct wijk_str *out, bool *fresh);
const struct wijk__sso_config *wijk__sso_config(const struct wijk_sso *sso);
/* The host, for sentences. */
const char *wijk__sso_host(const struct wijk_sso *sso);

/* ---- token.c ---- */

struct wijk__sso_token {
    struct wijk_str text;
    const char *access_token; /* that came with it; "" none */
    const char *nonce;
    int64_t now;
};
/* All that must hold (OpenID Connect Core 3.1.3.7), or a fault; then its claims. */
enum wijk_err wijk__sso_token_check(struct wijk_cx *cx, struct wijk_sso *sso, struct wijk__sso_token token,
                                    json_t **claims);

#endif
