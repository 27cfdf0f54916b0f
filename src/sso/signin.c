/* SPDX-License-Identifier: EUPL-1.2 */
/* The two halves of a sign-in, and the way out. In between, the caller remembers one text:
 * «v1 TIME STATE NONCE VERIFIER FILE», FILE a hash of issuer and client, so that a file that changed in
 * between is noticed. */
#include "sso/sso_int.h"

#include <gnutls/crypto.h>
#include <string.h>

enum { AHEAD_S = 60, ERROR_MAX = 40, LEAVE_MAX = 7000, NAME_MAX = 200, DEEPEST = 8 };

/* What was remembered, taken apart. */
struct memory {
    int64_t at;
    struct wijk_str state, nonce, verifier;
};

/* ---- what is remembered ---- */

static void mark_of(const struct wijk_sso *sso, char hex[65])
{
    const struct wijk__sso_config *c = wijk__sso_config(sso);
    struct wijk_sha256 h;
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, c->issuer, strlen(c->issuer) + 1);
    wijk_sha256_add(&h, c->client_id, strlen(c->client_id));
    wijk_sha256_end(&h, hex);
    hex[16] = 0;
}

static struct wijk_str next_word(struct wijk_str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ') n++;
    struct wijk_str word = {rest->p, n};
    size_t skip = n < rest->n ? n + 1 : n;
    *rest = (struct wijk_str){rest->p + skip, rest->n - skip};
    return word;
}

static bool recall(const struct wijk_sso *sso, const char *remembered, struct memory *out)
{
    char mark[65];
    struct wijk_str rest = wijk_str(remembered);
    if (rest.n >= WIJK_SSO_REMEMBERED_MAX) return false;
    mark_of(sso, mark);
    if (!wijk_str_eq(next_word(&rest), WIJK_STR("v1"))) return false;
    if (!wijk_int_parse(next_word(&rest), 0, INT64_MAX / 2, &out->at)) return false;
    out->state = next_word(&rest);
    out->nonce = next_word(&rest);
    out->verifier = next_word(&rest);
    return out->state.n == WIJK__SSO_TOKEN_B64 && out->nonce.n == WIJK__SSO_TOKEN_B64 &&
           out->verifier.n == WIJK__SSO_TOKEN_B64 && wijk_str_eq(rest, wijk_str(mark));
}

/* ---- begin ---- */

enum wijk_err wijk_sso_begin(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now,
                             struct wijk_sso_begun *out)
{
    const struct wijk__sso_config *c = wijk__sso_config(sso);
    char state[WIJK__SSO_TOKEN_B64 + 1], nonce[WIJK__SSO_TOKEN_B64 + 1], verifier[WIJK__SSO_TOKEN_B64 + 1];
    char challenge[WIJK__SSO_TOKEN_B64 + 1], mark[65];
    unsigned char hash[32];
    struct wijk__sso_about about;
    WIJK_TRY(wijk__sso_about(cx, sso, now, &about));
    WIJK_TRY(wijk__sso_random(cx, state));
    WIJK_TRY(wijk__sso_random(cx, nonce));
    WIJK_TRY(wijk__sso_random(cx, verifier));
    if (gnutls_hash_fast(GNUTLS_DIG_SHA256, verifier, WIJK__SSO_TOKEN_B64, hash) < 0)
        return wijk_fail(cx, WIJK_EIO, "Het systeem geeft geen toevalsgetallen.");
    wijk__sso_b64(hash, sizeof hash, challenge);
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, about.authorization);
    wijk__sso_put(&b, "response_type", "code");
    wijk__sso_put(&b, "client_id", c->client_id);
    wijk__sso_put(&b, "redirect_uri", c->redirect);
    wijk__sso_put(&b, "scope", c->scopes);
    wijk__sso_put(&b, "state", state);
    wijk__sso_put(&b, "nonce", nonce);
    wijk__sso_put(&b, "code_challenge", challenge);
    wijk__sso_put(&b, "code_challenge_method", "S256");
    mark_of(sso, mark);
    out->url = wijk_buf_cstr(&b);
    out->remembered = wijk_sprintf(cx, "v1 %lld %s %s %s %s", (long long)now, state, nonce, verifier, mark);
    return WIJK_OK;
}

/* ---- what comes back ---- */

/* The value of a name that may stand in the query once at most. */
static enum wijk_err from_query(struct wijk_cx *cx, struct wijk_str query, const char *name, const char **out)
{
    size_t n;
    if (wijk__sso_query(cx, query, name, out, &n) && n <= 1) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE,
                     "Dit adres hoort niet bij een aanmelding die hier is begonnen. Begin opnieuw.");
}

static enum wijk_err refused(struct wijk_cx *cx, const struct wijk_sso *sso, const char *error)
{
    const char *host = wijk__sso_host(sso);
    if (strcmp(error, "access_denied") == 0)
        return wijk_fail(cx, WIJK_ECANCEL, "Aanmelden bij %s is geweigerd of afgebroken.", host);
    if (strcmp(error, "login_required") == 0 || strcmp(error, "interaction_required") == 0)
        return wijk_fail(cx, WIJK_ECANCEL, "%s vraagt om u daar eerst aan te melden.", host);
    if (strcmp(error, "temporarily_unavailable") == 0 || strcmp(error, "server_error") == 0)
        return wijk_fail(cx, WIJK_EIO, "%s werkt nu niet. Probeer het zo opnieuw.", host);
    /* Its own word, when it is one: what a stranger puts into an address is not repeated. */
    bool word = strlen(error) <= ERROR_MAX && strspn(error, "abcdefghijklmnopqrstuvwxyz_") == strlen(error);
    if (!word) error = "?";
    return wijk_fail(cx, WIJK_ECANCEL, "%s weigert het aanmelden (%s). Meld dit aan de beheerder.", host,
                     error);
}

/* The code in the query, once all around it is found to be ours. */
static enum wijk_err take_code(struct wijk_cx *cx, struct wijk_sso *sso, const struct wijk_sso_in *in,
                               const struct memory *m, const char **code)
{
    const char *state, *error;
    WIJK_TRY(from_query(cx, in->query, "state", &state));
    WIJK_TRY(from_query(cx, in->query, "error", &error));
    WIJK_TRY(from_query(cx, in->query, "code", code));
    if (!wijk__sso_same(wijk_str(state), m->state))
        return wijk_fail(cx, WIJK_EUSAGE,
                         "Dit adres hoort niet bij een aanmelding die hier is begonnen. Begin opnieuw.");
    if (*error) return refused(cx, sso, error);
    if (!**code)
        return wijk_fail(cx, WIJK_EUSAGE,
                         "Dit adres hoort niet bij een aanmelding die hier is begonnen. Begin opnieuw.");
    return WIJK_OK;
}

/* Who sent the browser back, where that is told (RFC 9207). */
static enum wijk_err check_sender(struct wijk_cx *cx, struct wijk_sso *sso, const struct wijk_sso_in *in,
                                  const struct wijk__sso_about *about)
{
    const char *issuer;
    WIJK_TRY(from_query(cx, in->query, "iss", &issuer));
    if (!about->tells_issuer && !*issuer) return WIJK_OK;
    if (strcmp(issuer, wijk__sso_config(sso)->issuer) == 0) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE, "Dit antwoord komt niet van %s. Begin opnieuw.", wijk__sso_host(sso));
}

/* ---- the code becomes a token ---- */

/* "Basic " and what RFC 6749, 2.3.1 asks for. */
static const char *basic(struct wijk_cx *cx, const struct wijk__sso_config *c)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    gnutls_datum_t plain, coded = {0};
    wijk_url_put(&b, c->client_id);
    wijk_buf_char(&b, ':');
    wijk_url_put(&b, c->secret);
    plain = (gnutls_datum_t){(unsigned char *)wijk_buf_cstr(&b), (unsigned)b.n};
    if (gnutls_base64_encode2(&plain, &coded) < 0) return "";
    const char *out = wijk_sprintf(cx, "Basic %.*s", (int)coded.size, (const char *)coded.data);
    gnutls_free(coded.data);
    return out;
}

static enum wijk_err exchange(struct wijk_cx *cx, struct wijk_sso *sso, const struct wijk__sso_about *about,
                              const struct memory *m, const char *code, struct wijk__sso_token *out)
{
    const struct wijk__sso_config *c = wijk__sso_config(sso);
    const char *host = wijk__sso_host(sso);
    struct wijk_buf form = wijk_buf(cx, 0);
    struct wijk_str body;
    int status;
    wijk__sso_put(&form, "grant_type", "authorization_code");
    wijk__sso_put(&form, "code", code);
    wijk__sso_put(&form, "redirect_uri", c->redirect);
    wijk__sso_put(&form, "code_verifier", wijk_str_dup(cx, m->verifier));
    if (about->secret_in_form) {
        wijk__sso_put(&form, "client_id", c->client_id);
        wijk__sso_put(&form, "client_secret", c->secret);
    }
    struct wijk_ask ask = {.url = about->token,
                           .form = wijk_buf_cstr(&form),
                           .authorization = about->secret_in_form ? NULL : basic(cx, c),
                           .max_bytes = WIJK__SSO_ANSWER_MAX};
    WIJK_TRY(wijk__sso_ask(cx, sso, ask, &status, &body));
    const json_t *answer = wijk__sso_json(cx, body);
    const char *error = wijk__sso_text(answer, "error");
    if (status != 200 && (strcmp(error, "invalid_client") == 0 || strcmp(error, "unauthorized_client") == 0))
        return wijk_fail(cx, WIJK_EIO,
                         "%s kent deze Wijkregie niet, of het geheim klopt niet. Meld dit aan de "
                         "beheerder.",
                         host);
    if (status >= 500) return wijk_fail(cx, WIJK_EIO, "%s werkt nu niet. Probeer het zo opnieuw.", host);
    if (status != 200)
        return wijk_fail(cx, WIJK_EUSAGE, "%s neemt deze aanmelding niet (meer) aan. Begin opnieuw.", host);
    if (!answer || !*wijk__sso_text(answer, "id_token"))
        return wijk_fail(cx, WIJK_EPARSE, "%s geeft geen bewijs van aanmelden.", host);
    out->text = wijk_str(wijk__sso_text(answer, "id_token"));
    out->access_token = wijk__sso_text(answer, "access_token");
    return WIJK_OK;
}

/* ---- who it is ---- */

/* A claim by its name, or else by its parts: realm_access.roles. */
static const json_t *claim_of(struct wijk_cx *cx, const json_t *claims, const char *name)
{
    const json_t *at = json_object_get(claims, name);
    if (at) return at;
    struct wijk_str rest = wijk_str(name);
    at = claims;
    for (int depth = 0; at && rest.n; depth++) {
        const char *dot = memchr(rest.p, '.', rest.n);
        struct wijk_str part = {rest.p, dot ? (size_t)(dot - rest.p) : rest.n};
        size_t skip = dot ? part.n + 1 : part.n;
        if (depth == DEEPEST) return NULL;
        at = json_object_get(at, wijk_str_dup(cx, part));
        rest = (struct wijk_str){rest.p + skip, rest.n - skip};
    }
    return at;
}

static bool same_grant(const struct wijk_grant *a, const struct wijk_grant *b)
{
    return a->role == b->role && strcmp(a->gemeente, b->gemeente) == 0 && strcmp(a->partner, b->partner) == 0;
}

/* One value of the claim: known or counted as unknown. */
static void take_value(const struct wijk__sso_config *c, const json_t *value, struct wijk_grant *list,
                       struct wijk_sso_person *out)
{
    const char *text = json_string_value(value);
    for (size_t i = 0; text && i < c->n_role; i++) {
        if (strcmp(c->role[i].value, text) != 0) continue;
        for (size_t k = 0; k < out->n_grant; k++)
            if (same_grant(&list[k], &c->role[i].grant)) return;
        if (out->n_grant < WIJK_SSO_GRANTS) list[out->n_grant++] = c->role[i].grant;
        return;
    }
    out->n_unknown++;
}

static void take_roles(struct wijk_cx *cx, const struct wijk__sso_config *c, const json_t *claims,
                       struct wijk_sso_person *out)
{
    const json_t *claim = claim_of(cx, claims, c->role_claim), *value;
    struct wijk_grant *list = WIJK_NEW(cx, struct wijk_grant, WIJK_SSO_GRANTS);
    size_t i;
    out->grant = list;
    if (json_is_string(claim)) take_value(c, claim, list, out);
    json_array_foreach(claim, i, value)
    {
        take_value(c, value, list, out);
    }
    for (i = 0; i < out->n_grant; i++) { /* the file may be read again while this is in use */
        list[i].gemeente = wijk_str_dup(cx, wijk_str(list[i].gemeente));
        list[i].partner = wijk_str_dup(cx, wijk_str(list[i].partner));
    }
}

static bool among(struct wijk__sso_texts list, const char *text)
{
    for (size_t i = 0; i < list.n; i++)
        if (strcmp(list.v[i], text) == 0) return true;
    return false;
}

static void take_ways(struct wijk_cx *cx, const struct wijk__sso_config *c, const json_t *claims,
                      struct wijk_sso_person *out)
{
    const json_t *amr = json_object_get(claims, "amr"), *value;
    const char **list = WIJK_NEW(cx, const char *, WIJK_SSO_WAYS);
    size_t i;
    out->acr = wijk_str_dup(cx, wijk_str(wijk__sso_text(claims, "acr")));
    out->second = *out->acr && among(c->acr, out->acr);
    json_array_foreach(amr, i, value)
    {
        if (!json_is_string(value) || out->n_amr == WIJK_SSO_WAYS) continue;
        list[out->n_amr] = wijk_str_dup(cx, wijk_str(json_string_value(value)));
        out->second = out->second || among(c->amr, list[out->n_amr]);
        out->n_amr++;
    }
    out->amr = list;
}

/* A name for people: one short line. */
static const char *name_of(struct wijk_cx *cx, const json_t *claim)
{
    const char *text = json_string_value(claim);
    struct wijk_str s = wijk_str_trim(wijk_str_plain(cx, wijk_str(text ? text : "")));
    if (s.n > NAME_MAX) s.n = NAME_MAX;
    while (s.n && !wijk_utf8_valid(s, NULL)) s.n--;
    return wijk_str_dup(cx, s);
}

static void take_person(struct wijk_cx *cx, struct wijk_sso *sso, const json_t *claims,
                        const struct wijk__sso_token *token, struct wijk_sso_person *out)
{
    const struct wijk__sso_config *c = wijk__sso_config(sso);
    double when = json_number_value(json_object_get(claims, "auth_time"));
    out->issuer = wijk_str_dup(cx, wijk_str(c->issuer));
    out->subject = wijk_str_dup(cx, wijk_str(wijk__sso_text(claims, "sub")));
    out->name = name_of(cx, claim_of(cx, claims, c->name_claim));
    out->auth_time = when > 0 && when <= (double)token->now + c->skew_s ? (int64_t)when : 0;
    out->id_token = wijk_str_dup(cx, token->text);
    take_roles(cx, c, claims, out);
    take_ways(cx, c, claims, out);
}

enum wijk_err wijk_sso_finish(struct wijk_cx *cx, struct wijk_sso *sso, struct wijk_sso_in in,
                              struct wijk_sso_person *out)
{
    struct memory m;
    struct wijk__sso_about about;
    struct wijk__sso_token token = {.now = in.now};
    const char *code;
    json_t *claims;
    *out = (struct wijk_sso_person){.issuer = ""};
    if (in.query.n > WIJK_SSO_QUERY_MAX || !recall(sso, in.remembered ? in.remembered : "", &m))
        return wijk_fail(cx, WIJK_EUSAGE,
                         "Dit adres hoort niet bij een aanmelding die hier is begonnen. Begin opnieuw.");
    if (in.now > m.at + WIJK_SSO_WITHIN_S || in.now < m.at - AHEAD_S)
        return wijk_fail(cx, WIJK_EUSAGE, "Aanmelden duurde langer dan tien minuten. Begin opnieuw.");
    WIJK_TRY(take_code(cx, sso, &in, &m, &code));
    WIJK_TRY(wijk__sso_about(cx, sso, in.now, &about));
    WIJK_TRY(check_sender(cx, sso, &in, &about));
    WIJK_TRY(exchange(cx, sso, &about, &m, code, &token));
    token.nonce = wijk_str_dup(cx, m.nonce);
    WIJK_TRY(wijk__sso_token_check(cx, sso, token, &claims));
    take_person(cx, sso, claims, &token, out);
    return WIJK_OK;
}

/* ---- the way out ---- */

enum wijk_err wijk_sso_leave(struct wijk_cx *cx, struct wijk_sso *sso, const char *id_token, int64_t now,
                             const char **url)
{
    const struct wijk__sso_config *c = wijk__sso_config(sso);
    struct wijk__sso_about about;
    struct wijk_buf b = wijk_buf(cx, 0);
    *url = NULL;
    WIJK_TRY(wijk__sso_about(cx, sso, now, &about));
    if (!*about.end_session) return WIJK_OK;
    wijk_buf_str(&b, about.end_session);
    /* A long one would not fit in an address everywhere; the provider then asks the person. */
    if (id_token && *id_token && strlen(id_token) < LEAVE_MAX) wijk__sso_put(&b, "id_token_hint", id_token);
    wijk__sso_put(&b, "client_id", c->client_id);
    if (*c->after_logout) wijk__sso_put(&b, "post_logout_redirect_uri", c->after_logout);
    *url = wijk_buf_cstr(&b);
    return WIJK_OK;
}
