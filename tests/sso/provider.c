/* SPDX-License-Identifier: EUPL-1.2 */
#include "provider.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static enum MHD_Result give(struct MHD_Connection *c, const struct reply *r)
{
    size_t n = strlen(r->body);
    char *all = malloc(n + r->size + 1);
    assert_non_null(all);
    memcpy(all, r->body, n);
    memset(all + n, ' ', r->size);
    struct MHD_Response *response = MHD_create_response_from_buffer(n + r->size, all, MHD_RESPMEM_MUST_FREE);
    if (r->location) MHD_add_response_header(response, "Location", r->location);
    enum MHD_Result done = MHD_queue_response(c, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return done;
}

static enum MHD_Result answer(void *self, struct MHD_Connection *c, const char *url, const char *method,
                              const char *version, const char *data, size_t *n, void **state)
{
    struct provider *p = self;
    const char *authorization = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization");
    (void)version;
    if (!*state) {
        if (strcmp(method, "POST") == 0) p->form[0] = 0;
        return *state = p, MHD_YES;
    }
    if (*n) {
        size_t have = strlen(p->form);
        assert_true(have + *n < sizeof p->form);
        memcpy(p->form + have, data, *n);
        p->form[have + *n] = 0;
        *n = 0;
        return MHD_YES;
    }
    if (strcmp(method, "POST") == 0)
        snprintf(p->authorization, sizeof p->authorization, "%s", authorization ? authorization : "");
    int path = strstr(url, "/keys") ? KEYS : strstr(url, "/token") ? TOKEN : ABOUT;
    p->asked[path]++;
    struct timespec wait = {p->reply[path].wait_ms / 1000, (long)(p->reply[path].wait_ms % 1000) * 1000000};
    nanosleep(&wait, NULL);
    return give(c, &p->reply[path]);
}

void write_text(const char *path, const char *text, unsigned mode)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
}

/* A certificate for 127.0.0.1, signed by itself. */
static void make_certificate(struct provider *p, char **key)
{
    char key_path[96], path[96];
    int status;
    snprintf(key_path, sizeof key_path, "%s/key.pem", p->dir);
    snprintf(path, sizeof path, "%s/ca.pem", p->dir);
    pid_t pid = fork();
    if (pid == 0) {
        execlp("openssl", "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-batch", "-days", "2",
               "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key_path,
               "-out", path, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str bytes;
    assert_int_equal(wijk_file_read(cx, path, 1 << 16, &bytes), WIJK_OK);
    p->certificate = strndup(bytes.p, bytes.n);
    assert_int_equal(wijk_file_read(cx, key_path, 1 << 16, &bytes), WIJK_OK);
    *key = strndup(bytes.p, bytes.n);
    wijk_cx_end(cx);
    unlink(key_path);
}

void provider_start(struct provider *p, bool tls)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    char *key = NULL;
    memset(p, 0, sizeof *p);
    snprintf(p->dir, sizeof p->dir, "/tmp/wijk-sso-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    if (tls) make_certificate(p, &key);
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | (tls ? (unsigned)MHD_USE_TLS : 0);
    struct MHD_OptionItem options[] = {{MHD_OPTION_HTTPS_MEM_KEY, 0, key},
                                       {MHD_OPTION_HTTPS_MEM_CERT, 0, p->certificate},
                                       {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    p->daemon =
        MHD_start_daemon(flags, 0, NULL, NULL, answer, p, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
                         MHD_OPTION_ARRAY, tls ? options : none, MHD_OPTION_END);
    assert_non_null(p->daemon);
    free(key);
    snprintf(p->issuer, sizeof p->issuer, "%s://127.0.0.1:%d/realms/lindewaard", tls ? "https" : "http",
             MHD_get_daemon_info(p->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    assert_int_equal(r_global_init(), RHN_OK);
    r_jwk_init(&p->key), r_jwk_init(&p->public_key), r_jwk_init(&p->other), r_jwk_init(&p->other_public);
    assert_int_equal(r_jwk_generate_key_pair(p->key, p->public_key, R_KEY_TYPE_RSA, 2048, "een"), RHN_OK);
    assert_int_equal(r_jwk_generate_key_pair(p->other, p->other_public, R_KEY_TYPE_EC, 256, "twee"), RHN_OK);
}

void provider_stop(struct provider *p)
{
    char path[128];
    if (p->daemon) MHD_stop_daemon(p->daemon);
    snprintf(path, sizeof path, "%s/sso.yaml", p->dir), unlink(path);
    snprintf(path, sizeof path, "%s/secret", p->dir), unlink(path);
    snprintf(path, sizeof path, "%s/ca.pem", p->dir), unlink(path);
    rmdir(p->dir);
    free(p->certificate);
    r_jwk_free(p->key), r_jwk_free(p->public_key), r_jwk_free(p->other), r_jwk_free(p->other_public);
}

const char *provider_about(struct wijk_cx *cx, const struct provider *p)
{
    return wijk_sprintf(
        cx,
        "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/auth?kies=ja\",\"token_endpoint\":\"%s/"
        "token\",\"jwks_uri\":\"%s/keys\",\"end_session_endpoint\":\"%s/uit\"}",
        p->issuer, p->issuer, p->issuer, p->issuer, p->issuer);
}

const char *provider_keys(struct wijk_cx *cx, jwk_t *const *key, size_t n)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "{\"keys\":[");
    for (size_t i = 0; i < n; i++) {
        char *text = json_dumps(key[i], JSON_COMPACT);
        wijk_buf_printf(&b, "%s%s", i ? "," : "", text);
        free(text);
    }
    wijk_buf_str(&b, "]}");
    return wijk_buf_cstr(&b);
}

const char *provider_sign(struct wijk_cx *cx, jwk_t *key, jwa_alg alg, const char *header,
                          const char *payload)
{
    jws_t *jws;
    assert_int_equal(r_jws_init(&jws), RHN_OK);
    if (header) assert_int_equal(r_jws_set_full_header_json_str(jws, header), RHN_OK);
    assert_int_equal(r_jws_set_alg(jws, alg), RHN_OK);
    assert_int_equal(r_jws_set_payload(jws, (const unsigned char *)payload, strlen(payload)), RHN_OK);
    char *token = r_jws_serialize(jws, key, 0);
    assert_non_null(token);
    const char *kept = wijk_str_dup(cx, wijk_str(token));
    r_free(token);
    r_jws_free(jws);
    return kept;
}

struct wijk_sso *provider_open(struct wijk_cx *cx, const struct provider *p, const char *more)
{
    struct wijk_sso *sso;
    const char *path = wijk_sprintf(cx, "%s/sso.yaml", p->dir);
    const char *text =
        wijk_sprintf(cx,
                     "issuer: %s\nclient_id: wijkregie\nclient_secret_file: secret\n"
                     "redirect: https://wijk.lindewaard.nl/sessie/sso/terug\n"
                     "after_logout: https://wijk.lindewaard.nl/\n"
                     "second_factor: {acr: [\"urn:hoog\"], amr: [mfa, otp]}\n"
                     "roles:\n  claim: realm_access.roles\n  values:\n"
                     "    WR-regie: {role: gebiedsregisseur, gemeente: GM9901}\n"
                     "    WR-regie-2: {role: gebiedsregisseur, gemeente: GM9901}\n"
                     "    WR-zorg: {role: professional, gemeente: \"9901\", partner: wijkteam}\n%s",
                     p->issuer, more ? more : "");
    write_text(path, text, 0644);
    write_text(wijk_sprintf(cx, "%s/secret", p->dir), "geheim+van/ons=7\n", 0600);
    if (wijk_sso_open(cx, path, &sso) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return sso;
}

const char *query_of(struct wijk_cx *cx, const char *url, const char *name)
{
    const char *value, *mark = strchr(url, '?');
    size_t n;
    assert_non_null(mark);
    assert_true(wijk__sso_query(cx, wijk_str(mark + 1), name, &value, &n));
    return value;
}
