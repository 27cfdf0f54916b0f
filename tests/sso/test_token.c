/* SPDX-License-Identifier: EUPL-1.2 */
/* A sign-in at a provider that lies, is slow, says too much or nothing: what is not exactly right is refused,
 * and what is right is taken. */
#include "provider.h"

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define NOW INT64_C(1795600001)

static struct provider p;

/* One sign-in against p, with its own context. */
struct signin {
    struct wijk_cx *cx;
    struct wijk_sso *sso;
    struct wijk_sso_begun begun;
    const char *state, *nonce;
    struct wijk_sso_person person;
};

static void honest(struct signin *s)
{
    p.reply[ABOUT] = (struct reply){200, provider_about(s->cx, &p), NULL, 0, 0};
    jwk_t *const keys[] = {p.other_public, p.public_key};
    p.reply[KEYS] = (struct reply){200, provider_keys(s->cx, keys, 2), NULL, 0, 0};
    p.reply[TOKEN] = (struct reply){500, "", NULL, 0, 0};
    memset(p.asked, 0, sizeof p.asked);
}

static struct signin *start(const char *more)
{
    struct signin *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->cx = wijk_cx_new(WIJK_NL);
    honest(s);
    s->sso = provider_open(s->cx, &p, more);
    if (wijk_sso_begin(s->cx, s->sso, NOW, &s->begun) != WIJK_OK) fail_msg("%s", wijk_fault(s->cx));
    s->state = query_of(s->cx, s->begun.url, "state");
    s->nonce = query_of(s->cx, s->begun.url, "nonce");
    return s;
}

static void end(struct signin *s)
{
    wijk_sso_close(s->sso);
    wijk_cx_end(s->cx);
    free(s);
}

/* The claims of an honest token, as a tree to change. */
static json_t *claims_of(const struct signin *s)
{
    json_t *c = json_pack("{s:s,s:s,s:s,s:I,s:I,s:s,s:s,s:I,s:{s:[s,s,s,s]},s:[s,s],s:s}", "iss", p.issuer,
                          "sub", "a7f3-é", "aud", "wijkregie", "iat", (json_int_t)NOW - 3, "exp",
                          (json_int_t)NOW + 297, "nonce", s->nonce, "name", "  Anna\tde Vries ", "auth_time",
                          (json_int_t)NOW - 40, "realm_access", "roles", "WR-zorg", "WR-vreemd", "WR-regie",
                          "WR-regie-2", "amr", "pwd", "otp", "acr", "urn:laag");
    assert_non_null(c);
    return c;
}

static void reply_with(struct signin *s, const char *token)
{
    p.reply[TOKEN] = (struct reply){
        200,
        wijk_sprintf(s->cx, "{\"access_token\":\"toegang-7\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}",
                     token),
        NULL, 0, 0};
}

static const char *dump(struct signin *s, json_t *claims)
{
    char *text = json_dumps(claims, JSON_COMPACT);
    const char *kept = wijk_str_dup(s->cx, wijk_str(text));
    free(text);
    json_decref(claims);
    return kept;
}

static enum wijk_err finish_at(struct signin *s, int64_t now)
{
    const char *query = wijk_sprintf(s->cx, "code=c%%2Fode+7&state=%s", s->state);
    struct wijk_sso_in in = {s->begun.remembered, wijk_str(query), now};
    wijk_fault_clear(s->cx);
    return wijk_sso_finish(s->cx, s->sso, in, &s->person);
}

static void expect(struct signin *s, enum wijk_err got, enum wijk_err want, const char *words)
{
    if (got != want || !strstr(wijk_fault(s->cx), words))
        fail_msg("%s «%s» instead of %s «%s»", wijk_err_name(got), wijk_fault(s->cx), wijk_err_name(want),
                 words);
    assert_null(strstr(wijk_fault(s->cx), "geheim+van"));
}

/* ---- what is right ---- */

static void taken(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    assert_string_equal(query_of(s->cx, s->begun.url, "kies"), "ja");
    assert_string_equal(query_of(s->cx, s->begun.url, "scope"), "openid profile");
    assert_string_equal(query_of(s->cx, s->begun.url, "code_challenge_method"), "S256");
    assert_int_equal(strlen(query_of(s->cx, s->begun.url, "code_challenge")), 43);
    assert_true(strlen(s->begun.remembered) < WIJK_SSO_REMEMBERED_MAX);
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    assert_string_equal(s->person.issuer, p.issuer);
    assert_string_equal(s->person.subject, "a7f3-é");
    assert_string_equal(s->person.name, "Anna?de Vries");
    assert_int_equal(s->person.n_grant, 2);
    assert_int_equal(s->person.n_unknown, 1);
    assert_int_equal(s->person.grant[0].role, WIJK_ROLE_PROFESSIONAL);
    assert_string_equal(s->person.grant[0].gemeente, "GM9901");
    assert_string_equal(s->person.grant[0].partner, "wijkteam");
    assert_int_equal(s->person.grant[1].role, WIJK_ROLE_DIRECTOR);
    assert_string_equal(s->person.grant[1].partner, "");
    assert_int_equal(s->person.auth_time, NOW - 40);
    assert_true(s->person.second);
    assert_int_equal(s->person.n_amr, 2);
    assert_string_equal(s->person.acr, "urn:laag");
    /* The secret went along in the header, escaped; the code as it was before it was put into the address. */
    assert_non_null(
        strstr(p.form, "grant_type=authorization_code&code=c%2Fode%207&redirect_uri=https%3A%2F%2Fwijk."));
    assert_null(strstr(p.form, "client_secret"));
    assert_string_equal(p.authorization, "Basic d2lqa3JlZ2llOmdlaGVpbSUyQnZhbiUyRm9ucyUzRDc=");
    const char *url;
    assert_int_equal(wijk_sso_leave(s->cx, s->sso, s->person.id_token, NOW, &url), WIJK_OK);
    assert_string_equal(query_of(s->cx, url, "id_token_hint"), s->person.id_token);
    assert_string_equal(query_of(s->cx, url, "post_logout_redirect_uri"), "https://wijk.lindewaard.nl/");
    /* Metadata and keys were asked for once. */
    assert_int_equal(p.asked[ABOUT], 1);
    assert_int_equal(p.asked[KEYS], 1);
    end(s);
}

static void each_algorithm(void **state)
{
    static const struct {
        jwa_alg alg;
        bool other;
    } CASE[] = {{R_JWA_ALG_RS384, false}, {R_JWA_ALG_RS512, false}, {R_JWA_ALG_PS256, false},
                {R_JWA_ALG_PS384, false}, {R_JWA_ALG_PS512, false}, {R_JWA_ALG_ES256, true}};
    (void)state;
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct signin *s = start(NULL);
        /* Without a key id the only key of its kind is taken. */
        reply_with(s, provider_sign(s->cx, CASE[i].other ? p.other : p.key, CASE[i].alg, i % 2 ? "{}" : NULL,
                                    dump(s, claims_of(s))));
        p.reply[KEYS].body = provider_keys(s->cx, CASE[i].other ? &p.other_public : &p.public_key, 1);
        json_t *keys = json_loads(p.reply[KEYS].body, 0, NULL);
        json_object_del(json_array_get(json_object_get(keys, "keys"), 0), "alg");
        p.reply[KEYS].body = dump(s, keys);
        expect(s, finish_at(s, NOW), WIJK_OK, "");
        end(s);
    }
}

/* ---- claims ---- */

static void each_claim(void **state)
{
    static const struct {
        const char *name, *value; /* JSON; NULL: taken away */
        const char *words;        /* "": it is taken */
    } CASE[] = {
        {"iss", "\"https://kwaad.nl\"", "andere aanmelddienst"},
        {"iss", NULL, "andere aanmelddienst"},
        {"aud", "\"een-ander\"", "ander programma"},
        {"aud", "\"wijkregie2\"", "ander programma"},
        {"aud", "[]", "ander programma"},
        {"aud", "[\"een-ander\",\"wijkregie\"]", "ander programma"},
        {"aud", "{\"wijkregie\":1}", "ander programma"},
        {"aud", NULL, "ander programma"},
        {"aud", "[\"wijkregie\"]", ""},
        {"azp", "\"een-ander\"", "ander programma"},
        {"azp", "7", "ander programma"},
        {"azp", "\"wijkregie\"", ""},
        {"exp", "1795599941", "verlopen"}, /* NOW - 60: on the edge of the skew */
        {"exp", "1795599942", ""},
        {"exp", NULL, "hoelang"},
        {"exp", "\"1795600300\"", "hoelang"},
        {"exp", "-1", "hoelang"},
        {"exp", "1e300", "hoelang"},
        {"iat", NULL, "hoelang"},
        {"iat", "1795600062", "nog niet"}, /* NOW + 61 */
        {"iat", "1795600061", ""},
        {"nbf", "1795600062", "nog niet"},
        {"nbf", "1795600061", ""},
        {"nbf", "\"ooit\"", "nog niet"},
        {"nonce", "\"nonce\"", "deze poging"},
        {"nonce", NULL, "deze poging"},
        {"nonce", "[\"x\"]", "deze poging"},
        {"sub", "\"\"", "om wie"},
        {"sub", NULL, "om wie"},
        {"sub", "7", "om wie"},
        {"at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", "token dat erbij zat"},
        {"at_hash", "7", "token dat erbij zat"},
        {"name", NULL, ""},
        {"name", "{\"a\":1}", ""},
        {"realm_access", NULL, ""},
        {"realm_access", "\"WR-regie\"", ""},
        {"amr", "\"otp\"", ""},
        {"auth_time", "1e300", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct signin *s = start(NULL);
        json_t *claims = claims_of(s);
        if (CASE[i].value)
            json_object_set_new(claims, CASE[i].name, json_loads(CASE[i].value, JSON_DECODE_ANY, NULL));
        else
            json_object_del(claims, CASE[i].name);
        reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims)));
        enum wijk_err err = finish_at(s, NOW);
        print_message("%s %s\n", CASE[i].name, CASE[i].value ? CASE[i].value : "-");
        expect(s, err, *CASE[i].words ? WIJK_EPARSE : WIJK_OK, CASE[i].words);
        end(s);
    }
}

static void roles_and_second(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    json_t *claims = claims_of(s);
    json_object_set_new(claims, "realm_access", json_pack("{s:[s,i,n]}", "roles", "Onbekend", 7));
    json_object_set_new(claims, "amr", json_pack("[s]", "pwd"));
    json_object_set_new(claims, "auth_time", json_real(1e300));
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims)));
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    assert_int_equal(s->person.n_grant, 0);
    assert_int_equal(s->person.n_unknown, 3);
    assert_int_equal(s->person.auth_time, 0);
    assert_false(s->person.second);
    claims = claims_of(s);
    json_object_set_new(claims, "realm_access", json_pack("{s:s}", "roles", "WR-regie"));
    json_object_set_new(claims, "acr", json_string("urn:hoog"));
    json_object_del(claims, "amr");
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims)));
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    assert_int_equal(s->person.n_grant, 1);
    assert_true(s->person.second);
    end(s);
}

static void clock_skew(void **state)
{
    (void)state;
    struct signin *s = start("clock_skew_s: 0\n");
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW + 296), WIJK_OK, "");
    expect(s, finish_at(s, NOW + 297), WIJK_EPARSE, "verlopen");
    expect(s, finish_at(s, NOW - 4), WIJK_EPARSE, "nog niet");
    end(s);
    s = start(NULL);
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW + 356), WIJK_OK, "");
    expect(s, finish_at(s, NOW + 357), WIJK_EPARSE, "verlopen");
    expect(s, finish_at(s, NOW + 600), WIJK_EPARSE, "verlopen");
    expect(s, finish_at(s, NOW + 601), WIJK_EUSAGE, "tien minuten");
    expect(s, finish_at(s, NOW - 61), WIJK_EUSAGE, "tien minuten");
    end(s);
}

/* ---- signatures ---- */

static const char *b64(struct wijk_cx *cx, const char *text)
{
    char *out = WIJK_NEW(cx, char, strlen(text) * 2 + 4);
    wijk__sso_b64((const unsigned char *)text, strlen(text), out);
    return out;
}

static const char *by_secret(struct signin *s, const char *secret, size_t n, const char *payload)
{
    jwk_t *jwk;
    r_jwk_init(&jwk);
    assert_int_equal(r_jwk_import_from_symmetric_key(jwk, (const unsigned char *)secret, n), RHN_OK);
    const char *token = provider_sign(s->cx, jwk, R_JWA_ALG_HS256, "{\"kid\":\"een\"}", payload);
    r_jwk_free(jwk);
    return token;
}

static void signatures(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    const char *payload = dump(s, claims_of(s)), *good, *token;
    struct wijk_cx *cx = s->cx;
    good = provider_sign(cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", payload);
    /* none, in every spelling */
    static const char *const NONE[] = {"none", "None", "NONE", "nOnE", ""};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        reply_with(s, wijk_sprintf(cx, "%s.%s.",
                                   b64(cx, wijk_sprintf(cx, "{\"alg\":\"%s\",\"kid\":\"een\"}", NONE[i])),
                                   b64(cx, payload)));
        expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet wordt vertrouwd");
    }
    /* a public key taken for a shared secret, in the form of a file and of the list of keys */
    unsigned char pem[2048];
    size_t n = sizeof pem;
    assert_int_equal(r_jwk_export_to_pem_der(p.public_key, R_FORMAT_PEM, pem, &n, 0), RHN_OK);
    reply_with(s, by_secret(s, (const char *)pem, n, payload));
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet wordt vertrouwd");
    const char *modulus = r_jwk_get_property_str(p.public_key, "n");
    reply_with(s, by_secret(s, modulus, strlen(modulus), payload));
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet wordt vertrouwd");
    reply_with(s, by_secret(s, "geheim+van/ons=7", 16, payload));
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet wordt vertrouwd");
    /* another key under the same name, in its own head too */
    jwk_t *evil, *evil_public;
    r_jwk_init(&evil), r_jwk_init(&evil_public);
    r_jwk_generate_key_pair(evil, evil_public, R_KEY_TYPE_RSA, 2048, "een");
    reply_with(s, provider_sign(cx, evil, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", payload));
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "handtekening klopt niet");
    char *jwk = json_dumps(evil_public, JSON_COMPACT);
    token =
        provider_sign(cx, evil, R_JWA_ALG_RS256,
                      wijk_sprintf(cx, "{\"kid\":\"een\",\"jwk\":%s,\"jku\":\"%s/evil\",\"x5u\":\"%s/evil\"}",
                                   jwk, p.issuer, p.issuer),
                      payload);
    free(jwk);
    int asked = p.asked[ABOUT] + p.asked[KEYS];
    reply_with(s, token);
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "handtekening klopt niet");
    assert_int_equal(p.asked[ABOUT] + p.asked[KEYS], asked); /* and nobody went to look there */
    r_jwk_free(evil), r_jwk_free(evil_public);
    /* another algorithm than the key is for */
    token = provider_sign(cx, p.key, R_JWA_ALG_RS512, "{\"kid\":\"twee\"}", payload);
    reply_with(s, token);
    expect(s, finish_at(s, NOW + 1), WIJK_EPARSE, "niet bekend");
    /* one bit of the payload, one of the signature */
    char *bent = wijk_str_dup(cx, wijk_str(good));
    char *dot = strchr(bent, '.');
    dot[20] = dot[20] == 'A' ? 'B' : 'A';
    reply_with(s, bent);
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "klopt niet");
    bent = wijk_str_dup(cx, wijk_str(good));
    dot = strrchr(bent, '.');
    dot[20] = dot[20] == 'A' ? 'B' : 'A';
    reply_with(s, bent);
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "handtekening klopt niet");
    reply_with(s, good);
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    end(s);
}

static void odd_tokens(void **state)
{
    static const char *const HEAD[] = {"{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}",
                                       "{\"alg\":\"RS256\",\"zip\":\"DEF\"}",
                                       "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}",
                                       "{\"alg\":\"RS256\",\"alg\":\"none\"}",
                                       "[\"RS256\"]",
                                       "{\"alg\":[\"RS256\"]}",
                                       "{\"alg\":\"RS256\\u0000\"}",
                                       "{",
                                       ""};
    static const char *const TOKEN_TEXT[] = {
        "",           ".",           "..",           "a.b",         "a.b.c.d",
        "a.b.c.d.e",  "e30.e30.e30", "e30=.e30.e30", "%%%.e30.e30", "\\u0000.e30.e30",
        "e31.e30.e30"};
    (void)state;
    struct signin *s = start(NULL);
    const char *payload = dump(s, claims_of(s));
    for (size_t i = 0; i < sizeof HEAD / sizeof *HEAD; i++) {
        reply_with(s, wijk_sprintf(s->cx, "%s.%s.AAAA", b64(s->cx, HEAD[i]), b64(s->cx, payload)));
        expect(s, finish_at(s, NOW), WIJK_EPARSE, "klopt niet");
    }
    for (size_t i = 0; i < sizeof TOKEN_TEXT / sizeof *TOKEN_TEXT; i++) {
        reply_with(s, TOKEN_TEXT[i]);
        expect(s, finish_at(s, NOW), WIJK_EPARSE, "");
    }
    char *long_one = WIJK_NEW(s->cx, char, 70001);
    memset(long_one, 'A', 70000);
    reply_with(s, long_one);
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "geen ondertekend JWT");
    end(s);
}

/* ---- keys ---- */

static void rotation(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    jwk_t *fresh, *fresh_public;
    r_jwk_init(&fresh), r_jwk_init(&fresh_public);
    r_jwk_generate_key_pair(fresh, fresh_public, R_KEY_TYPE_RSA, 2048, "drie");
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    /* a key that is not there yet: asked for again, but once a minute */
    reply_with(s, provider_sign(s->cx, fresh, R_JWA_ALG_RS256, "{\"kid\":\"drie\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW + 59), WIJK_EPARSE, "niet bekend");
    assert_int_equal(p.asked[KEYS], 1);
    expect(s, finish_at(s, NOW + 60), WIJK_EPARSE, "niet bekend");
    assert_int_equal(p.asked[KEYS], 2);
    for (int i = 0; i < 20; i++) expect(s, finish_at(s, NOW + 61 + i), WIJK_EPARSE, "niet bekend");
    assert_int_equal(p.asked[KEYS], 2);
    p.reply[KEYS].body = provider_keys(s->cx, &fresh_public, 1);
    expect(s, finish_at(s, NOW + 120), WIJK_OK, "");
    assert_int_equal(p.asked[KEYS], 3);
    /* the old one is gone with it */
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW + 121), WIJK_EPARSE, "niet bekend");
    r_jwk_free(fresh), r_jwk_free(fresh_public);
    end(s);
}

static void weak_and_odd_keys(void **state)
{
    static const char *const KEY_LIST[] = {
        "{\"keys\":[]}", "{\"keys\":[7,{},[],null]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"een\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"een\",\"n\":\"\",\"e\":\"\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"een\",\"n\":7}]}"};
    static const char *const NO_LIST[] = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]} x", "<html>"};
    (void)state;
    struct signin *s = start(NULL);
    const char *payload = dump(s, claims_of(s));
    const char *good = provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", payload);
    int64_t now = NOW;
    reply_with(s, good);
    for (size_t i = 0; i < sizeof NO_LIST / sizeof *NO_LIST; i++) {
        p.reply[KEYS].body = NO_LIST[i];
        expect(s, finish_at(s, now += 6), WIJK_EPARSE, "geen lijst van sleutels");
        expect(s, finish_at(s, now + 4), WIJK_EIO, "werkt nu niet"); /* and is left alone for a while */
    }
    end(s);
    for (size_t i = 0; i < sizeof KEY_LIST / sizeof *KEY_LIST; i++) {
        s = start(NULL);
        reply_with(s,
                   provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
        p.reply[KEYS].body = KEY_LIST[i];
        expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet bekend");
        end(s);
    }
    /* short, for another use, for another algorithm */
    s = start(NULL);
    jwk_t *small, *small_public;
    r_jwk_init(&small), r_jwk_init(&small_public);
    r_jwk_generate_key_pair(small, small_public, R_KEY_TYPE_RSA, 1024, "klein");
    p.reply[KEYS].body = provider_keys(s->cx, &small_public, 1);
    reply_with(s, provider_sign(s->cx, small, R_JWA_ALG_RS256, "{\"kid\":\"klein\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet bekend");
    r_jwk_free(small), r_jwk_free(small_public);
    end(s);
    static const char *const SET[][2] = {{"use", "\"enc\""}, {"alg", "\"RS512\""}, {"key_ops", "[\"sign\"]"}};
    for (size_t i = 0; i < sizeof SET / sizeof *SET; i++) {
        s = start(NULL);
        jwk_t *changed = r_jwk_copy(p.public_key);
        json_object_set_new(changed, SET[i][0], json_loads(SET[i][1], JSON_DECODE_ANY, NULL));
        p.reply[KEYS].body = provider_keys(s->cx, &changed, 1);
        reply_with(s,
                   provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
        expect(s, finish_at(s, NOW), WIJK_EPARSE, "niet bekend");
        r_jwk_free(changed);
        end(s);
    }
}

/* ---- what comes back by the browser ---- */

static void queries(void **state)
{
    static const struct {
        const char *query; /* %s: the state */
        enum wijk_err err;
        const char *words;
    } CASE[] = {
        {"", WIJK_EUSAGE, "hoort niet bij"},
        {"code=7", WIJK_EUSAGE, "hoort niet bij"},
        {"code=7&state=", WIJK_EUSAGE, "hoort niet bij"},
        {"code=7&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", WIJK_EUSAGE, "hoort niet bij"},
        {"state=%s", WIJK_EUSAGE, "hoort niet bij"},
        {"code=&state=%s", WIJK_EUSAGE, "hoort niet bij"},
        {"code=7&state=%s&code=8", WIJK_EUSAGE, "hoort niet bij"},
        {"code=7&state=%s&state=x", WIJK_EUSAGE, "hoort niet bij"},
        {"code=%%zz&state=%s", WIJK_EUSAGE, "hoort niet bij"},
        {"code=%%00&state=%s", WIJK_EUSAGE, "hoort niet bij"},
        {"code=%%ff&state=%s", WIJK_EUSAGE, "hoort niet bij"},
        {"error=access_denied&state=%s", WIJK_ECANCEL, "geweigerd of afgebroken"},
        {"error=access_denied", WIJK_EUSAGE, "hoort niet bij"},
        {"error=server_error&state=%s", WIJK_EIO, "werkt nu niet"},
        {"error=invalid_scope&error_description=%%3Cb%%3E&state=%s", WIJK_ECANCEL, "(invalid_scope)"},
        {"error=%%3Cscript%%3E&state=%s", WIJK_ECANCEL, "(?)"},
        {"code=7&state=%s&iss=https%%3A%%2F%%2Fkwaad.nl", WIJK_EUSAGE, "komt niet van"},
    };
    (void)state;
    struct signin *s = start(NULL);
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct wijk_buf b = wijk_buf(s->cx, 0);
        for (const char *q = CASE[i].query; *q; q++) {
            if (q[0] == '%' && q[1] == 's')
                wijk_buf_str(&b, s->state), q++;
            else if (q[0] == '%' && q[1] == '%')
                wijk_buf_char(&b, '%'), q++;
            else
                wijk_buf_char(&b, *q);
        }
        struct wijk_sso_in in = {s->begun.remembered, {b.p, b.n}, NOW};
        wijk_fault_clear(s->cx);
        expect(s, wijk_sso_finish(s->cx, s->sso, in, &s->person), CASE[i].err, CASE[i].words);
    }
    assert_int_equal(p.asked[TOKEN], 0); /* for none of these the code was handed in */
    struct wijk_sso_in large = {s->begun.remembered, {WIJK_NEW(s->cx, char, 9000), 9000}, NOW};
    expect(s, wijk_sso_finish(s->cx, s->sso, large, &s->person), WIJK_EUSAGE, "hoort niet bij");
    end(s);
}

/* A provider that says that it tells who it is, must; and it must be it. */
static void sender(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    const char *about = p.reply[ABOUT].body;
    p.reply[ABOUT].body =
        wijk_sprintf(s->cx, "{\"authorization_response_iss_parameter_supported\":true,%s", about + 1);
    wijk_sso_close(s->sso);
    s->sso = provider_open(s->cx, &p, NULL);
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW), WIJK_EUSAGE, "komt niet van 127.0.0.1");
    assert_int_equal(p.asked[TOKEN], 0);
    s->state = wijk_sprintf(s->cx, "%s&iss=%s", s->state, p.issuer);
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    end(s);
}

#define A43  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define LONG "v1 -5 " A43 " " A43 " " A43 " 0123456789abcdef"
static void memories(void **state)
{
    static const char *const BAD[] = {"", "v1", "v2 1 a b c d",
                                      "v1 1795600001 kort kort kort 0123456789abcdef", LONG};
    (void)state;
    struct signin *s = start(NULL);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        s->begun.remembered = BAD[i];
        expect(s, finish_at(s, NOW), WIJK_EUSAGE, "hoort niet bij");
    }
    s->begun.remembered = NULL;
    expect(s, finish_at(s, NOW), WIJK_EUSAGE, "hoort niet bij");
    char *large = WIJK_NEW(s->cx, char, 70000);
    memset(large, 'v', 69999);
    s->begun.remembered = large;
    expect(s, finish_at(s, NOW), WIJK_EUSAGE, "hoort niet bij");
    end(s);
    /* of another provider: the file changed in between */
    s = start(NULL);
    const char *old = s->begun.remembered, *its_state = s->state;
    struct wijk_sso *sso = s->sso;
    char issuer[64];
    memcpy(issuer, p.issuer, sizeof issuer);
    memcpy(strstr(p.issuer, "lindewaard"), "lindewoord", 10);
    s->sso = provider_open(s->cx, &p, NULL);
    s->begun.remembered = old;
    s->state = its_state;
    expect(s, finish_at(s, NOW), WIJK_EUSAGE, "hoort niet bij");
    memcpy(p.issuer, issuer, sizeof issuer);
    wijk_sso_close(sso);
    end(s);
}

/* ---- a provider that does not do as agreed ---- */

static void descriptions(void **state)
{
    static const struct {
        const char *was, *becomes, *words;
    } CASE[] = {
        {"{\"issuer\"", "<html>{\"issuer\"", "zoals afgesproken"},
        {"{\"issuer\"", "{\"issuer\":\"x\",\"issuer\"", "zoals afgesproken"},
        {"{\"issuer\":\"http", "{\"issuer\":\"xttp", "een andere issuer"},
        {"/token\"", "/token#x\"", "token_endpoint"},
        {"token_endpoint\":\"http://127.0.0.1", "token_endpoint\":\"http://127.0.0.2", "token_endpoint"},
        {"token_endpoint\":\"http://127.0.0.1", "token_endpoint\":\"http://a:b@127.0.0.1", "token_endpoint"},
        {"token_endpoint\":\"http:", "token_endpoint\":\"file:", "token_endpoint"},
        {"jwks_uri\":\"http://", "jwks_uri\":\"http://169.254.169.254/x?http://", "jwks_uri"},
        {"authorization_endpoint\":\"", "authorization_endpoint\":\"javascript:", "authorization_endpoint"},
        {"end_session_endpoint\":\"http:", "end_session_endpoint\":\"https:", "end_session_endpoint"},
        {"jwks_uri", "jwks_url", "jwks_uri"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct signin *s = start(NULL);
        const char *about = p.reply[ABOUT].body, *at = strstr(about, CASE[i].was);
        assert_non_null(at);
        p.reply[ABOUT].body = wijk_sprintf(s->cx, "%.*s%s%s", (int)(at - about), about, CASE[i].becomes,
                                           at + strlen(CASE[i].was));
        wijk_sso_close(s->sso);
        s->sso = provider_open(s->cx, &p, NULL);
        expect(s, wijk_sso_begin(s->cx, s->sso, NOW, &s->begun), WIJK_EPARSE, CASE[i].words);
        end(s);
    }
}

static void troubles(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    static const struct {
        struct reply reply;
        enum wijk_err err;
        const char *words;
    } CASE[] = {
        {{500, "stuk", NULL, 0, 0}, WIJK_EIO, "werkt nu niet"},
        {{400, "{\"error\":\"invalid_grant\"}", NULL, 0, 0}, WIJK_EUSAGE, "niet (meer) aan"},
        {{401, "{\"error\":\"invalid_client\"}", NULL, 0, 0}, WIJK_EIO, "het geheim klopt niet"},
        {{200, "", NULL, 0, 0}, WIJK_EPARSE, "geen bewijs"},
        {{200, "[]", NULL, 0, 0}, WIJK_EPARSE, "geen bewijs"},
        {{200, "{\"access_token\":\"x\"}", NULL, 0, 0}, WIJK_EPARSE, "geen bewijs"},
        {{200, "{\"id_token\":7}", NULL, 0, 0}, WIJK_EPARSE, "geen bewijs"},
        {{200, "{}", NULL, 0, 200000}, WIJK_ELIMIT, "128 kB"},
        {{302, "", "https://kwaad.nl/", 0, 0}, WIJK_EIO, "dat wordt niet gevolgd"},
        {{307, "", "/elders", 0, 0}, WIJK_EIO, "dat wordt niet gevolgd"},
    };
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        p.reply[TOKEN] = CASE[i].reply;
        expect(s, finish_at(s, NOW), CASE[i].err, CASE[i].words);
    }
    int before = p.asked[TOKEN];
    p.reply[TOKEN] = (struct reply){200, "{}", NULL, 11000, 0};
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    expect(s, finish_at(s, NOW), WIJK_EIO, "niet binnen 10 seconden");
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_in_range((uint64_t)(to.tv_sec - from.tv_sec), 9, 30);
    assert_int_equal(p.asked[TOKEN], before + 1); /* a code is handed in once */
    end(s);
}

static void away(void **state)
{
    (void)state;
    struct signin *s = start(NULL);
    wijk_sso_close(s->sso);
    p.reply[ABOUT].status = 503;
    s->sso = provider_open(s->cx, &p, NULL);
    memset(p.asked, 0, sizeof p.asked);
    expect(s, wijk_sso_begin(s->cx, s->sso, NOW, &s->begun), WIJK_EIO, "weigert: status 503");
    for (int i = 0; i < 5; i++)
        expect(s, wijk_sso_begin(s->cx, s->sso, NOW + i, &s->begun), WIJK_EIO, "werkt nu niet");
    assert_int_equal(p.asked[ABOUT], 1);
    p.reply[ABOUT].status = 200;
    wijk_fault_clear(s->cx);
    expect(s, wijk_sso_begin(s->cx, s->sso, NOW + 5, &s->begun), WIJK_OK, "");
    /* kept for an hour; a clock that is set back asks again */
    assert_int_equal(wijk_sso_begin(s->cx, s->sso, NOW + 3604, &s->begun), WIJK_OK);
    assert_int_equal(p.asked[ABOUT], 2);
    assert_int_equal(wijk_sso_begin(s->cx, s->sso, NOW + 3605, &s->begun), WIJK_OK);
    assert_int_equal(p.asked[ABOUT], 3);
    assert_int_equal(wijk_sso_begin(s->cx, s->sso, NOW - 90000, &s->begun), WIJK_OK);
    assert_int_equal(p.asked[ABOUT], 4);
    wijk_sso_close(s->sso);
    /* nobody there at all */
    char issuer[64];
    memcpy(issuer, p.issuer, sizeof issuer);
    memcpy(p.issuer, "http://127.0.0.1:1/x", 21);
    s->sso = provider_open(s->cx, &p, NULL);
    expect(s, wijk_sso_begin(s->cx, s->sso, NOW, &s->begun), WIJK_EIO, "niet bereikbaar");
    memcpy(p.issuer, issuer, sizeof issuer);
    end(s);
}

/* ---- by https ---- */

static void by_https(void **state)
{
    struct provider plain = p;
    (void)state;
    provider_start(&p, true);
    struct signin *s = start("ca_file: ca.pem\n");
    reply_with(s, provider_sign(s->cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", dump(s, claims_of(s))));
    expect(s, finish_at(s, NOW), WIJK_OK, "");
    assert_int_equal(p.asked[TOKEN], 1);
    wijk_sso_close(s->sso);
    s->sso = provider_open(s->cx, &p, NULL); /* by those of the system */
    expect(s, wijk_sso_begin(s->cx, s->sso, NOW, &s->begun), WIJK_EIO, "certificaat van 127.0.0.1");
    wijk_sso_close(s->sso);
    s->sso = provider_open(s->cx, &p, "ca_file: secret\n");
    expect(s, wijk_sso_begin(s->cx, s->sso, NOW, &s->begun), WIJK_EIO, "certificaat van 127.0.0.1");
    end(s);
    provider_stop(&p);
    p = plain;
}

static int up(void **state)
{
    (void)state;
    provider_start(&p, false);
    return 0;
}

static int down(void **state)
{
    (void)state;
    provider_stop(&p);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(taken),
                                       cmocka_unit_test(each_algorithm),
                                       cmocka_unit_test(each_claim),
                                       cmocka_unit_test(signatures),
                                       cmocka_unit_test(roles_and_second),
                                       cmocka_unit_test(clock_skew),
                                       cmocka_unit_test(odd_tokens),
                                       cmocka_unit_test(rotation),
                                       cmocka_unit_test(weak_and_odd_keys),
                                       cmocka_unit_test(queries),
                                       cmocka_unit_test(sender),
                                       cmocka_unit_test(memories),
                                       cmocka_unit_test(descriptions),
                                       cmocka_unit_test(troubles),
                                       cmocka_unit_test(away),
                                       cmocka_unit_test(by_https)};
    return cmocka_run_group_tests(tests, up, down);
}
