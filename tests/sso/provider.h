/* SPDX-License-Identifier: EUPL-1.2 */
/* A provider for tests that says whatever it is told to, on a free port of the loopback. */
#ifndef WIJK_TESTS_SSO_PROVIDER_H
#define WIJK_TESTS_SSO_PROVIDER_H

#include "sso/sso_int.h"

#include <rhonabwy.h>

enum { ABOUT, KEYS, TOKEN, PATHS };
struct reply {
    int status;
    const char *body, *location;
    int wait_ms;
    size_t size; /* so many blanks behind the body */
};
struct provider {
    struct MHD_Daemon *daemon;
    char issuer[64], dir[64];
    char *certificate; /* PEM; NULL: by http */
    struct reply reply[PATHS];
    int asked[PATHS];
    char form[8192]; /* of the last POST */
    char authorization[512];
    jwk_t *key, *public_key, *other, *other_public;
};

/* tls: by https, with a certificate of its own in dir/ca.pem. */
void provider_start(struct provider *p, bool tls);
void provider_stop(struct provider *p);
/* What an honest one says, in cx. */
const char *provider_about(struct wijk_cx *cx, const struct provider *p);
const char *provider_keys(struct wijk_cx *cx, jwk_t *const *key, size_t n);
/* Signed by key with alg; header: more of it as JSON, or NULL. */
const char *provider_sign(struct wijk_cx *cx, jwk_t *key, jwa_alg alg, const char *header,
                          const char *payload);
/* Writes dir/sso.yaml and the secret, with `more` behind it, and opens it. */
struct wijk_sso *provider_open(struct wijk_cx *cx, const struct provider *p, const char *more);
/* The value of a name in the query of an address. */
const char *query_of(struct wijk_cx *cx, const char *url, const char *name);
void write_text(const char *path, const char *text, unsigned mode);

#endif
