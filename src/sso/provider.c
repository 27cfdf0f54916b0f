/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of the provider: its addresses and its keys, asked for when needed and kept in memory for a
 * while. Every address must be one at the issuer's own host. */
#include "sso/sso_int.h"

#include <pthread.h>
#include <rhonabwy.h>
#include <stdlib.h>
#include <string.h>

/* What is kept of one answer; a context of its own, so that a newer one takes its place. */
struct kept {
    struct wijk_cx *cx; /* NULL: nothing */
    struct wijk_str bytes;
    int64_t at;
};

struct wijk_sso {
    struct wijk_cx *cx;
    struct wijk__sso_config config;
    const char *host;
    pthread_mutex_t
        lock; /* of what stands below; held while the provider is asked, so that it is asked once */
    struct kept about, keys; /* JSON, checked */
    int64_t keys_asked_at, failed_at;
};

static pthread_once_t begun = PTHREAD_ONCE_INIT;
static void begin(void)
{
    r_global_init();
}

enum wijk_err wijk_sso_open(struct wijk_cx *cx, const char *path, struct wijk_sso **out)
{
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(cx));
    struct wijk_sso *sso = WIJK_NEW(own, struct wijk_sso, 1);
    *out = NULL;
    pthread_once(&begun, begin);
    *sso = (struct wijk_sso){.cx = own, .keys_asked_at = -WIJK__SSO_KEPT_S, .failed_at = -WIJK__SSO_KEPT_S};
    enum wijk_err err = wijk__sso_config_read(own, path, &sso->config);
    if (err != WIJK_OK) {
        wijk_fail(cx, err, "%s", wijk_fault(own));
        wijk_cx_end(own);
        return err;
    }
    const char *start = strstr(sso->config.issuer, "://") + 3;
    sso->host = wijk_str_dup(own, (struct wijk_str){start, strcspn(start, "/")});
    pthread_mutex_init(&sso->lock, NULL);
    *out = sso;
    return WIJK_OK;
}

void wijk_sso_close(struct wijk_sso *sso)
{
    if (!sso) return;
    wijk_cx_end(sso->about.cx);
    wijk_cx_end(sso->keys.cx);
    pthread_mutex_destroy(&sso->lock);
    explicit_bzero((void *)(uintptr_t)sso->config.secret, strlen(sso->config.secret));
    wijk_cx_end(sso->cx);
}

bool wijk_sso_four_eyes_there(const struct wijk_sso *sso)
{
    return sso->config.four_eyes_there;
}

const char *wijk_sso_label(const struct wijk_sso *sso)
{
    return *sso->config.label ? sso->config.label : sso->host;
}

const char *wijk_sso_redirect(const struct wijk_sso *sso)
{
    return sso->config.redirect;
}

const struct wijk__sso_config *wijk__sso_config(const struct wijk_sso *sso)
{
    return &sso->config;
}

const char *wijk__sso_host(const struct wijk_sso *sso)
{
    return sso->host;
}

enum wijk_err wijk__sso_ask(struct wijk_cx *cx, const struct wijk_sso *sso, struct wijk_ask ask, int *status,
                            struct wijk_str *body)
{
    ask.origin = sso->config.issuer;
    ask.ca = sso->config.ca;
    ask.proxy = sso->config.proxy;
    ask.own_network = sso->config.own_network;
    ask.timeout_s = WIJK__SSO_TIMEOUT_S;
    return wijk_ask(cx, &ask, status, body);
}

/* ---- checks of what comes in ---- */

static bool has_address(struct wijk_cx *cx, const struct wijk_sso *sso, const json_t *about, const char *key)
{
    const char *url = wijk__sso_text(about, key);
    return wijk_url_guarded(cx, url) && wijk_url_same_origin(cx, url, sso->config.issuer) &&
           !strchr(url, '#');
}

static enum wijk_err check_about(struct wijk_cx *cx, const struct wijk_sso *sso, struct wijk_str bytes)
{
    static const char *const NEEDED[] = {"authorization_endpoint", "token_endpoint", "jwks_uri"};
    const json_t *about = wijk__sso_json(cx, bytes);
    if (!about)
        return wijk_fail(cx, WIJK_EPARSE, "%s beschrijft zichzelf niet zoals afgesproken.", sso->host);
    if (strcmp(wijk__sso_text(about, "issuer"), sso->config.issuer) != 0)
        return wijk_fail(cx, WIJK_EPARSE, "%s noemt een andere issuer dan de instelling: «%.200s».",
                         sso->host,
                         wijk_str_dup(cx, wijk_str_plain(cx, wijk_str(wijk__sso_text(about, "issuer")))));
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++)
        if (!has_address(cx, sso, about, NEEDED[i]))
            return wijk_fail(cx, WIJK_EPARSE, "%s geeft bij %s geen adres bij zichzelf.", sso->host,
                             NEEDED[i]);
    if (json_object_get(about, "end_session_endpoint") &&
        !has_address(cx, sso, about, "end_session_endpoint"))
        return wijk_fail(cx, WIJK_EPARSE, "%s geeft bij %s geen adres bij zichzelf.", sso->host,
                         "end_session_endpoint");
    return WIJK_OK;
}

static enum wijk_err check_keys(struct wijk_cx *cx, const struct wijk_sso *sso, struct wijk_str bytes)
{
    const json_t *keys = json_object_get(wijk__sso_json(cx, bytes), "keys");
    if (json_is_array(keys) && json_array_size(keys) <= WIJK__SSO_KEYS) return WIJK_OK;
    return wijk_fail(cx, WIJK_EPARSE, "%s geeft geen lijst van sleutels.", sso->host);
}

/* ---- kept for a while ---- */

static bool young(const struct kept *k, int64_t now)
{
    return k->cx && now >= k->at && now - k->at < WIJK__SSO_KEPT_S;
}

typedef enum wijk_err check_fn(struct wijk_cx *cx, const struct wijk_sso *sso, struct wijk_str bytes);

/* Asks, checks, and puts it in the place of what was kept. A provider that just failed is not asked. */
static enum wijk_err renew(struct wijk_cx *cx, struct wijk_sso *sso, struct kept *into, struct wijk_ask ask,
                           check_fn *check, int64_t now)
{
    struct wijk_str body;
    int status;
    if (now >= sso->failed_at && now - sso->failed_at < WIJK__SSO_PAUSE_S)
        return wijk_fail(cx, WIJK_EIO, "%s werkt nu niet. Probeer het zo opnieuw.", sso->host);
    enum wijk_err err = wijk__sso_ask(cx, sso, ask, &status, &body);
    if (err == WIJK_OK && status != 200)
        err = wijk_fail(cx, WIJK_EIO, "%s weigert: status %d.", sso->host, status);
    if (err == WIJK_OK) err = check(cx, sso, body);
    if (err != WIJK_OK) {
        sso->failed_at = now;
        return err;
    }
    wijk_cx_end(into->cx);
    into->cx = wijk_cx_new(WIJK_NL);
    into->bytes = (struct wijk_str){wijk_str_dup(into->cx, body), body.n};
    into->at = now;
    return WIJK_OK;
}

static enum wijk_err about_bytes(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now, struct wijk_str *out)
{
    const char *issuer = sso->config.issuer;
    size_t n = strlen(issuer);
    struct wijk_ask ask = {.url = wijk_sprintf(cx, "%.*s/.well-known/openid-configuration",
                                               (int)(n && issuer[n - 1] == '/' ? n - 1 : n), issuer),
                           .max_bytes = WIJK__SSO_ANSWER_MAX};
    if (!young(&sso->about, now)) WIJK_TRY(renew(cx, sso, &sso->about, ask, check_about, now));
    *out = (struct wijk_str){wijk_str_dup(cx, sso->about.bytes), sso->about.bytes.n};
    return WIJK_OK;
}

static bool lists(const json_t *about, const char *key, const char *value)
{
    const json_t *list = json_object_get(about, key), *item;
    size_t i;
    json_array_foreach(list, i, item)
    {
        const char *text = json_string_value(item);
        if (text && strcmp(text, value) == 0) return true;
    }
    return false;
}

enum wijk_err wijk__sso_about(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now,
                              struct wijk__sso_about *out)
{
    struct wijk_str bytes;
    pthread_mutex_lock(&sso->lock);
    enum wijk_err err = about_bytes(cx, sso, now, &bytes);
    pthread_mutex_unlock(&sso->lock);
    WIJK_TRY(err);
    const json_t *about = wijk__sso_json(cx, bytes);
    *out = (struct wijk__sso_about){
        .authorization = wijk__sso_text(about, "authorization_endpoint"),
        .token = wijk__sso_text(about, "token_endpoint"),
        .keys = wijk__sso_text(about, "jwks_uri"),
        .end_session = wijk__sso_text(about, "end_session_endpoint"),
        /* Not everyone unescapes what stands in the header (RFC 6749, 2.3.1), so the form when it may. */
        .secret_in_form = lists(about, "token_endpoint_auth_methods_supported", "client_secret_post"),
        .tells_issuer =
            json_is_true(json_object_get(about, "authorization_response_iss_parameter_supported")),
    };
    return WIJK_OK;
}

enum wijk_err wijk__sso_keys(struct wijk_cx *cx, struct wijk_sso *sso, int64_t now, bool again,
                             struct wijk_str *out, bool *fresh)
{
    struct wijk__sso_about about;
    enum wijk_err err = WIJK_OK;
    WIJK_TRY(wijk__sso_about(cx, sso, now, &about));
    struct wijk_ask ask = {.url = about.keys, .max_bytes = WIJK__SSO_KEYS_MAX};
    *fresh = false;
    pthread_mutex_lock(&sso->lock);
    /* A token can name any key: only so often does that make us ask. */
    bool may = now < sso->keys_asked_at || now - sso->keys_asked_at >= WIJK__SSO_KEYS_AGAIN_S;
    if (!young(&sso->keys, now) || (again && may)) {
        sso->keys_asked_at = now;
        *fresh = true;
        err = renew(cx, sso, &sso->keys, ask, check_keys, now);
    }
    if (err == WIJK_OK) *out = (struct wijk_str){wijk_str_dup(cx, sso->keys.bytes), sso->keys.bytes.n};
    pthread_mutex_unlock(&sso->lock);
    return err;
}
