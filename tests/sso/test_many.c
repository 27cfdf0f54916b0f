/* SPDX-License-Identifier: EUPL-1.2 */
/* Many sign in at once with one struct wijk_sso: each gets an own answer, and the provider is asked once for
 * what all of them need. */
#include "provider.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795600001)
enum { THREADS = 8, ROUNDS = 12 };

static struct provider p;
static struct {
    struct wijk_sso *sso;
    const char *query; /* of a sign-in of somebody else */
    int good[THREADS];
} many;

static void *sign_in(void *arg)
{
    int *good = arg;
    for (int i = 0; i < ROUNDS; i++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        struct wijk_sso_begun begun;
        struct wijk_sso_person person;
        if (wijk_sso_begin(cx, many.sso, NOW + i, &begun) == WIJK_OK) {
            struct wijk_sso_in other = {begun.remembered, wijk_str(many.query), NOW + i}, own = other;
            own.query = wijk_str(wijk_sprintf(cx, "code=7&state=%s", query_of(cx, begun.url, "state")));
            /* the token is of that other sign-in, so this one refuses it */
            *good += wijk_sso_finish(cx, many.sso, other, &person) == WIJK_EUSAGE &&
                     wijk_sso_finish(cx, many.sso, own, &person) == WIJK_EPARSE &&
                     strstr(wijk_fault(cx), "deze poging");
        }
        wijk_cx_end(cx);
    }
    return NULL;
}

static void many_at_once(void **state)
{
    pthread_t thread[THREADS];
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const char *claims = wijk_sprintf(
        cx, "{\"iss\":\"%s\",\"aud\":\"wijkregie\",\"sub\":\"a\",\"iat\":%lld,\"exp\":%lld,\"nonce\":\"n\"}",
        p.issuer, (long long)NOW, (long long)NOW + 300);
    const char *token = provider_sign(cx, p.key, R_JWA_ALG_RS256, "{\"kid\":\"een\"}", claims);
    p.reply[ABOUT] = (struct reply){200, provider_about(cx, &p), NULL, 20, 0};
    p.reply[KEYS] = (struct reply){200, provider_keys(cx, &p.public_key, 1), NULL, 20, 0};
    p.reply[TOKEN] = (struct reply){200, wijk_sprintf(cx, "{\"id_token\":\"%s\"}", token), NULL, 0, 0};
    many.sso = provider_open(cx, &p, NULL);
    many.query = "code=7&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, sign_in, &many.good[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(many.good[i], ROUNDS);
    }
    assert_int_equal(p.asked[ABOUT], 1);
    assert_int_equal(p.asked[KEYS], 1);
    assert_int_equal(p.asked[TOKEN], THREADS * ROUNDS);
    wijk_sso_close(many.sso);
    wijk_cx_end(cx);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(many_at_once)};
    return cmocka_run_group_tests(tests, up, down);
}
