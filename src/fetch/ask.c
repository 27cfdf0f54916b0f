/* SPDX-License-Identifier: EUPL-1.2 */
/* One small answer in memory, from one origin: under the same rules as what is fetched, and nothing followed.
 */
#include "fetch/fetch_int.h"

#include <pthread.h>
#include <string.h>

enum { CONNECT_MOST_S = 5 };

struct asked {
    const struct wijk_ask *ask;
    struct wijk_buf body;
    bool loopback, private_address, too_big;
};

static pthread_once_t begun = PTHREAD_ONCE_INIT;
static void begin(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static curl_socket_t open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct asked *a = self;
    (void)purpose;
    bool may = a->loopback || a->ask->proxy || wijk__address_public(&address->addr) ||
               (a->ask->own_network && wijk__address_own(&address->addr));
    if (may) return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    a->private_address = true;
    return CURL_SOCKET_BAD;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *self)
{
    struct asked *a = self;
    n *= size;
    if (n > a->ask->max_bytes - a->body.n) return a->too_big = true, 0;
    wijk_buf_put(&a->body, bytes, n);
    return n;
}

static struct curl_slist *headers_of(struct wijk_cx *cx, const struct wijk_ask *ask)
{
    struct curl_slist *list = curl_slist_append(NULL, "Accept: application/json");
    if (ask->authorization)
        list = curl_slist_append(list, wijk_sprintf(cx, "Authorization: %s", ask->authorization));
    return list;
}

static CURLcode perform(CURL *c, struct asked *a, const struct curl_slist *headers, char *error, long *status)
{
    const struct wijk_ask *ask = a->ask;
    wijk__curl_set(
        c, (struct wijk__line){.url = ask->url,
                               .proxy = ask->proxy,
                               .ca = ask->ca,
                               .agent = "Wijkregie/0.1",
                               .error = error,
                               .connect_s = ask->timeout_s < CONNECT_MOST_S ? ask->timeout_s : CONNECT_MOST_S,
                               .total_s = ask->timeout_s,
                               .loopback = a->loopback});
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    if (ask->form) curl_easy_setopt(c, CURLOPT_POSTFIELDS, ask->form);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, a);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, a);
    CURLcode code = curl_easy_perform(c);
    *status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, status);
    return code;
}

/* The sentence for what went wrong. What was asked is not in it: it may hold a secret. */
static enum wijk_err fail(struct wijk_cx *cx, const struct asked *a, CURLcode code, const char *error)
{
    const char *host = wijk__url_host(cx, a->ask->url);
    if (a->private_address)
        return wijk_fail(cx, WIJK_EIO, "%s wijst naar een adres binnen het eigen netwerk; dat mag niet.",
                         host);
    if (a->too_big)
        return wijk_fail(cx, WIJK_ELIMIT, "%s antwoordt met meer dan de grens van %zu kB.", host,
                         a->ask->max_bytes >> 10);
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return wijk_fail(cx, WIJK_EIO, "Het certificaat van %s is niet te vertrouwen.", host);
    case CURLE_COULDNT_RESOLVE_HOST: return wijk_fail(cx, WIJK_EIO, "%s is niet te vinden.", host);
    case CURLE_COULDNT_CONNECT: return wijk_fail(cx, WIJK_EIO, "%s is niet bereikbaar.", host);
    case CURLE_OPERATION_TIMEDOUT:
        return wijk_fail(cx, WIJK_EIO, "%s antwoordt niet binnen %d seconden.", host, a->ask->timeout_s);
    default:
        return wijk_fail(cx, WIJK_EIO, "%s: vragen lukt niet (%s).", host,
                         *error ? error : curl_easy_strerror(code));
    }
}

enum wijk_err wijk_ask(struct wijk_cx *cx, const struct wijk_ask *ask, int *status, struct wijk_str *body)
{
    struct asked a = {.ask = ask, .body = wijk_buf(cx, 0)};
    char error[CURL_ERROR_SIZE] = "";
    long code_http = 0;
    if (!wijk__url_guarded(cx, ask->url, &a.loopback) || !wijk_url_same_origin(cx, ask->url, ask->origin))
        return wijk_fail(cx, WIJK_EIO, "«%.200s» is geen adres bij %s; daar wordt niets gevraagd.", ask->url,
                         ask->origin);
    if (ask->proxy) WIJK_TRY(wijk__proxy_check(cx, ask->proxy));
    pthread_once(&begun, begin);
    CURL *c = curl_easy_init();
    if (!c) return wijk_fail(cx, WIJK_EIO, "%s: vragen lukt niet (%s).", ask->origin, "libcurl");
    struct curl_slist *headers = headers_of(cx, ask);
    CURLcode code = perform(c, &a, headers, error, &code_http);
    curl_slist_free_all(headers);
    curl_easy_cleanup(c);
    if (code != CURLE_OK) return fail(cx, &a, code, error);
    if (code_http < 200 || (code_http >= 300 && code_http < 400))
        return wijk_fail(cx, WIJK_EIO, "%s verwijst door naar een ander adres; dat wordt niet gevolgd.",
                         wijk__url_host(cx, ask->url));
    *status = (int)code_http;
    *body = (struct wijk_str){wijk_buf_cstr(&a.body), a.body.n};
    return WIJK_OK;
}
