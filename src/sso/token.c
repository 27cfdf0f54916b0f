/* SPDX-License-Identifier: EUPL-1.2 */
/* An id_token: who signed it, for whom, when, and in answer to what. Rhonabwy does the arithmetic of the
 * signature; which key and which algorithm it may be is decided here, before it looks at the token, so that
 * nothing in the token can choose (no «none», no public key taken for a shared secret, no key of its own). */
#include "sso/sso_int.h"

#include <gnutls/crypto.h>
#include <rhonabwy.h>
#include <string.h>

enum { RSA_BITS_LEAST = 2048, SAME_KID = 4, SUBJECT_MAX = 255, HASH_MAX = 64 };

/* What may have signed: the algorithms of keys in two parts. */
static const struct algorithm {
    const char *name, *kty, *crv;
    jwa_alg alg;
    gnutls_digest_algorithm_t hash;
} ALGORITHM[] = {
    {"RS256", "RSA", "", R_JWA_ALG_RS256, GNUTLS_DIG_SHA256},
    {"RS384", "RSA", "", R_JWA_ALG_RS384, GNUTLS_DIG_SHA384},
    {"RS512", "RSA", "", R_JWA_ALG_RS512, GNUTLS_DIG_SHA512},
    {"PS256", "RSA", "", R_JWA_ALG_PS256, GNUTLS_DIG_SHA256},
    {"PS384", "RSA", "", R_JWA_ALG_PS384, GNUTLS_DIG_SHA384},
    {"PS512", "RSA", "", R_JWA_ALG_PS512, GNUTLS_DIG_SHA512},
    {"ES256", "EC", "P-256", R_JWA_ALG_ES256, GNUTLS_DIG_SHA256},
    {"ES384", "EC", "P-384", R_JWA_ALG_ES384, GNUTLS_DIG_SHA384},
    {"ES512", "EC", "P-521", R_JWA_ALG_ES512, GNUTLS_DIG_SHA512},
};

struct checking {
    struct wijk_cx *cx;
    struct wijk_sso *sso;
    const struct wijk__sso_token *token;
    const struct algorithm *algorithm;
    const char *kid; /* "" none */
    struct wijk_str payload;
};

/* `why` is Dutch and goes on after «... klopt niet: ». */
static enum wijk_err refuse(const struct checking *c, const char *why)
{
    return wijk_fail(c->cx, WIJK_EPARSE, "Het bewijs van aanmelden van %s klopt niet: %s",
                     wijk__sso_host(c->sso), wijk_tr(c->cx, why));
}

/* ---- its head ---- */

static enum wijk_err read_head(struct checking *c, struct wijk_str head)
{
    /* Words that would change what the rest means, and that none of the allowed forms needs. */
    static const char *const NOT[] = {"crit", "b64", "zip", "enc"};
    struct wijk_str bytes;
    const json_t *json = wijk__sso_unb64(c->cx, head, &bytes) ? wijk__sso_json(c->cx, bytes) : NULL;
    if (!json) return refuse(c, WIJK_T("het is geen ondertekend JWT."));
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        if (json_object_get(json, NOT[i])) return refuse(c, WIJK_T("het is geen ondertekend JWT."));
    const char *name = wijk__sso_text(json, "alg");
    for (size_t i = 0; i < sizeof ALGORITHM / sizeof *ALGORITHM; i++)
        if (strcmp(name, ALGORITHM[i].name) == 0) c->algorithm = &ALGORITHM[i];
    if (!c->algorithm) return refuse(c, WIJK_T("het is ondertekend op een manier die niet wordt vertrouwd."));
    c->kid = wijk__sso_text(json, "kid");
    return WIJK_OK;
}

/* ---- the key ---- */

/* Absent, or this. */
static bool may_be(const json_t *key, const char *property, const char *value)
{
    return !json_object_get(key, property) || strcmp(wijk__sso_text(key, property), value) == 0;
}

static bool may_verify(const json_t *key)
{
    const json_t *ops = json_object_get(key, "key_ops"), *item;
    size_t i;
    if (!ops) return true;
    json_array_foreach(ops, i, item)
    {
        if (json_is_string(item) && strcmp(json_string_value(item), "verify") == 0) return true;
    }
    return false;
}

static bool fits(const struct checking *c, const json_t *key)
{
    const struct algorithm *a = c->algorithm;
    return strcmp(wijk__sso_text(key, "kty"), a->kty) == 0 && may_be(key, "use", "sig") &&
           may_be(key, "alg", a->name) && may_verify(key) &&
           (!*a->crv || strcmp(wijk__sso_text(key, "crv"), a->crv) == 0) &&
           (!*c->kid || strcmp(wijk__sso_text(key, "kid"), c->kid) == 0);
}

static void free_jwk(void *jwk)
{
    r_jwk_free(jwk);
}

/* Only the numbers of the public key: a certificate or an address in it is not looked at. */
static jwk_t *public_part(struct wijk_cx *cx, const json_t *key, bool rsa)
{
    static const char *const RSA[] = {"kty", "n", "e"}, *const EC[] = {"kty", "crv", "x", "y"};
    const char *const *part = rsa ? RSA : EC;
    size_t n = rsa ? sizeof RSA / sizeof *RSA : sizeof EC / sizeof *EC;
    unsigned bits = 0;
    jwk_t *jwk = NULL;
    json_t *only = json_object();
    for (size_t i = 0; i < n; i++)
        json_object_set_new(only, part[i], json_string(wijk__sso_text(key, part[i])));
    bool good = r_jwk_init(&jwk) == RHN_OK && r_jwk_import_from_json_t(jwk, only) == RHN_OK;
    json_decref(only);
    if (jwk) wijk_cx_defer(cx, free_jwk, jwk);
    if (!good || !(r_jwk_key_type(jwk, &bits, R_FLAG_IGNORE_REMOTE) & R_KEY_TYPE_PUBLIC)) return NULL;
    return rsa && bits < RSA_BITS_LEAST ? NULL : jwk;
}

static bool signed_by(const struct checking *c, jwk_t *jwk)
{
    jws_t *jws = NULL;
    bool good = r_jws_init(&jws) == RHN_OK &&
                r_jws_advanced_compact_parsen(jws, c->token->text.p, c->token->text.n, R_PARSE_NONE,
                                              R_FLAG_IGNORE_REMOTE) == RHN_OK &&
                r_jws_get_alg(jws) == c->algorithm->alg &&
                r_jws_verify_signature(jws, jwk, R_FLAG_IGNORE_REMOTE) == RHN_OK;
    r_jws_free(jws);
    return good;
}

/* Tries the keys that may have signed it. *known: there was one. */
static bool any_signed(const struct checking *c, struct wijk_str bytes, bool *known)
{
    const json_t *keys = json_object_get(wijk__sso_json(c->cx, bytes), "keys"), *key;
    size_t i, n = 0;
    jwk_t *jwk[SAME_KID];
    json_array_foreach(keys, i, key)
    {
        if (n == SAME_KID || !json_is_object(key) || !fits(c, key)) continue;
        jwk[n] = public_part(c->cx, key, *c->algorithm->crv == 0);
        if (jwk[n]) n++;
    }
    *known = n > 0;
    if (!*c->kid && n > 1) return false; /* which one is meant must be said */
    for (i = 0; i < n; i++)
        if (signed_by(c, jwk[i])) return true;
    return false;
}

static enum wijk_err check_signature(const struct checking *c)
{
    struct wijk_str keys;
    bool known, fresh;
    WIJK_TRY(wijk__sso_keys(c->cx, c->sso, c->token->now, false, &keys, &fresh));
    bool good = any_signed(c, keys, &known);
    if (!known && !fresh) { /* the provider may have a new key */
        WIJK_TRY(wijk__sso_keys(c->cx, c->sso, c->token->now, true, &keys, &fresh));
        good = any_signed(c, keys, &known);
    }
    if (good) return WIJK_OK;
    return refuse(
        c, known ? WIJK_T("de handtekening klopt niet.")
                 : WIJK_T("de sleutel waarmee het is ondertekend, is niet bekend bij de aanmelddienst."));
}

/* ---- what it says ---- */

/* A moment in whole seconds; -1: absent or none. */
static int64_t moment(const json_t *claims, const char *name)
{
    const json_t *v = json_object_get(claims, name);
    double t = json_is_number(v) ? json_number_value(v) : -1;
    return t >= 0 && t < 4e11 ? (int64_t)t : -1;
}

static enum wijk_err check_times(const struct checking *c, const json_t *claims)
{
    int64_t now = c->token->now, skew = wijk__sso_config(c->sso)->skew_s;
    int64_t exp = moment(claims, "exp"), iat = moment(claims, "iat"), nbf = moment(claims, "nbf");
    if (exp < 0 || iat < 0) return refuse(c, WIJK_T("er staat niet in hoelang het geldt."));
    if (now >= exp + skew) return refuse(c, WIJK_T("het is verlopen. Lopen de klokken gelijk?"));
    if ((json_object_get(claims, "nbf") && nbf < 0) || now + skew < nbf || now + skew < iat)
        return refuse(c, WIJK_T("het geldt nog niet. Lopen de klokken gelijk?"));
    return WIJK_OK;
}

/* For us, and when for others too: asked for by us. */
static enum wijk_err check_audience(const struct checking *c, const json_t *claims)
{
    const char *id = wijk__sso_config(c->sso)->client_id;
    const json_t *aud = json_object_get(claims, "aud"), *item;
    size_t i, n = json_is_array(aud) ? json_array_size(aud) : 1;
    bool ours = json_is_string(aud) && strcmp(json_string_value(aud), id) == 0;
    json_array_foreach(aud, i, item)
    {
        ours = ours || (json_is_string(item) && strcmp(json_string_value(item), id) == 0);
    }
    bool by_us = strcmp(wijk__sso_text(claims, "azp"), id) == 0;
    if (!ours || (json_object_get(claims, "azp") && !by_us) || (n > 1 && !by_us))
        return refuse(c, WIJK_T("het is voor een ander programma bedoeld."));
    return WIJK_OK;
}

/* at_hash: the left half of the hash of the access token that came along. */
static bool same_hash(const struct checking *c, const char *at_hash)
{
    unsigned char hash[HASH_MAX];
    char text[HASH_MAX * 2];
    unsigned n = gnutls_hash_get_len(c->algorithm->hash);
    const char *access = c->token->access_token;
    if (!n || n > HASH_MAX || !*access ||
        gnutls_hash_fast(c->algorithm->hash, access, strlen(access), hash) < 0)
        return false;
    wijk__sso_b64(hash, n / 2, text);
    return wijk__sso_same(wijk_str(text), wijk_str(at_hash));
}

static enum wijk_err check_claims(const struct checking *c, const json_t *claims)
{
    const char *subject = wijk__sso_text(claims, "sub");
    if (strcmp(wijk__sso_text(claims, "iss"), wijk__sso_config(c->sso)->issuer) != 0)
        return refuse(c, WIJK_T("het is van een andere aanmelddienst."));
    WIJK_TRY(check_audience(c, claims));
    WIJK_TRY(check_times(c, claims));
    if (!wijk__sso_same(wijk_str(wijk__sso_text(claims, "nonce")), wijk_str(c->token->nonce)))
        return refuse(c, WIJK_T("het hoort niet bij deze poging om aan te melden."));
    if (!*subject || strlen(subject) > SUBJECT_MAX)
        return refuse(c, WIJK_T("er staat niet in om wie het gaat."));
    if (json_object_get(claims, "at_hash") && !same_hash(c, wijk__sso_text(claims, "at_hash")))
        return refuse(c, WIJK_T("het hoort niet bij het token dat erbij zat."));
    return WIJK_OK;
}

enum wijk_err wijk__sso_token_check(struct wijk_cx *cx, struct wijk_sso *sso, struct wijk__sso_token token,
                                    json_t **claims)
{
    struct checking c = {.cx = cx, .sso = sso, .token = &token};
    struct wijk_str t = token.text;
    if (!t.n || t.n > WIJK__SSO_TOKEN_MAX) return refuse(&c, WIJK_T("het is geen ondertekend JWT."));
    const char *one = memchr(t.p, '.', t.n), *end = t.p + t.n;
    const char *two = one ? memchr(one + 1, '.', (size_t)(end - one) - 1) : NULL;
    if (!two || memchr(two + 1, '.', (size_t)(end - two) - 1))
        return refuse(&c, WIJK_T("het is geen ondertekend JWT."));
    WIJK_TRY(read_head(&c, (struct wijk_str){t.p, (size_t)(one - t.p)}));
    bool read = wijk__sso_unb64(cx, (struct wijk_str){one + 1, (size_t)(two - one) - 1}, &c.payload);
    *claims = read ? wijk__sso_json(cx, c.payload) : NULL;
    if (!*claims) return refuse(&c, WIJK_T("het is geen ondertekend JWT."));
    WIJK_TRY(check_signature(&c));
    return check_claims(&c, *claims);
}
