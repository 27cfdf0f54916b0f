/* SPDX-License-Identifier: EUPL-1.2 */
/* The parts of sso that need no provider: its file, and small texts. */
#include "provider.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[32];

static const char GOOD[] =
    "issuer: https://login.lindewaard.nl/realms/lindewaard\n"
    "client_id: wijkregie\n"
    "client_secret_file: secret\n"
    "redirect: https://wijk.lindewaard.nl/sessie/sso/terug\n"
    "roles:\n"
    "  claim: groups\n"
    "  values:\n"
    "    \"https://lindewaard.nl/groep: regie\": {role: gebiedsregisseur, gemeente: GM9901}\n"
    "    WR-zorg: {role: professional, gemeente: GM9901, partner: wijkteam}\n";

static enum wijk_err open_text(struct wijk_cx *cx, const char *text, struct wijk_sso **sso)
{
    const char *path = wijk_sprintf(cx, "%s/sso.yaml", dir);
    write_text(path, text, 0644);
    wijk_fault_clear(cx);
    return wijk_sso_open(cx, path, sso);
}

/* GOOD with one part replaced. */
static const char *changed(struct wijk_cx *cx, const char *was, const char *becomes)
{
    const char *at = strstr(GOOD, was);
    assert_non_null(at);
    return wijk_sprintf(cx, "%.*s%s%s", (int)(at - GOOD), GOOD, becomes, at + strlen(was));
}

static void good_file(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_sso *sso;
    assert_int_equal(open_text(cx, GOOD, &sso), WIJK_OK);
    const struct wijk__sso_config *c = wijk__sso_config(sso);
    assert_string_equal(wijk_sso_label(sso), "login.lindewaard.nl");
    assert_string_equal(wijk_sso_redirect(sso), "https://wijk.lindewaard.nl/sessie/sso/terug");
    assert_string_equal(c->secret, "hemels+geheim=%7");
    assert_string_equal(c->scopes, "openid profile");
    assert_int_equal(c->skew_s, 60);
    assert_int_equal(c->n_role, 2);
    assert_string_equal(c->role[0].value, "https://lindewaard.nl/groep: regie");
    wijk_sso_close(sso);
    const char *more =
        wijk_sprintf(cx,
                     "%slabel: Gemeente Lindewaard\nscopes: [email, openid, groups]\nname_claim: upn\n"
                     "clock_skew_s: 7\nown_network: true\nca_file: ca.pem\n"
                     "proxy: http://proxy.lindewaard.nl:3128\nafter_logout: http://localhost:8080/\n"
                     "second_factor: {amr: [mfa]}\n",
                     GOOD);
    if (open_text(cx, more, &sso) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    c = wijk__sso_config(sso);
    assert_string_equal(wijk_sso_label(sso), "Gemeente Lindewaard");
    assert_string_equal(c->scopes, "openid email groups");
    assert_string_equal(c->name_claim, "upn");
    assert_int_equal(c->skew_s, 7);
    assert_true(c->own_network);
    assert_string_equal(c->ca, wijk_sprintf(cx, "%s/ca.pem", dir));
    assert_int_equal(c->amr.n, 1);
    wijk_sso_close(sso);
    wijk_cx_end(cx);
}

static void bad_files(void **state)
{
    static const struct {
        const char *was, *becomes, *words;
    } CASE[] = {
        {"issuer: https", "issuer: http", "regel 1: issuer is een adres"},
        {"issuer: https://", "issuer: https://a:b@", "regel 1: issuer is een adres"},
        {"lindewaard\n", "lindewaard?x=1\n", "regel 1: issuer is een adres"},
        {"issuer: https://login.lindewaard.nl/realms/lindewaard", "issuer: \"\"",
         "regel 1: bij issuer hoort"},
        {"issuer: https://login.lindewaard.nl/realms/lindewaard", "issuer: [a]", "regel 1: bij issuer hoort"},
        {"client_id: wijkregie", "client_id: \"wijk\\u0007regie\"", "regel 2: bij client_id staat een teken"},
        {"client_id", "client-id", "regel 2: de instelling client-id is onbekend"},
        {"client_id: wijkregie\n", "", "de instelling client_id ontbreekt"},
        {"client_secret_file: secret\n", "client_secret: geheim\n", "client_secret is onbekend"},
        {"redirect: https", "redirect: http", "regel 4: redirect is een adres"},
        {"terug\n", "terug#x\n", "regel 4: redirect is een adres"},
        {"redirect: https://wijk.lindewaard.nl", "redirect: http://localhost.kwaad.nl",
         "regel 4: redirect is een adres"},
        {"  claim: groups\n", "", "regel 6: onder roles horen"},
        {"  claim: groups\n", "  claim: groups\n  claims: x\n", "onder roles horen"},
        {"role: gebiedsregisseur", "role: baas", "regel 8: «baas» is geen rol"},
        {"role: gebiedsregisseur", "rol: gebiedsregisseur", "regel 8: de instelling rol is onbekend"},
        {"gemeente: GM9901}", "gemeente: WK990101}", "regel 8: «WK990101» is geen code"},
        {"gemeente: GM9901}", "gemeente: GM9901, partner: x}", "hoort geen partner"},
        {", partner: wijkteam", "", "regel 9: bij de rol professional hoort een partner"},
        {"{role: gebiedsregisseur, gemeente: GM9901}", "beheerder", "regel 8: achter een waarde"},
        {"roles:", "clock_skew_s: 601\nroles:", "clock_skew_s is een aantal"},
        {"roles:", "clock_skew_s: -1\nroles:", "clock_skew_s is een aantal"},
        {"roles:", "own_network: ja\nroles:", "own_network is true of false"},
        {"roles:", "scopes: openid\nroles:", "bij scopes hoort een lijst"},
        {"roles:", "scopes: [\"a b\"]\nroles:", "bij scopes staat een teken"},
        {"roles:", "second_factor: [mfa]\nroles:", "onder second_factor horen"},
        {"roles:", "second_factor: {ami: [mfa]}\nroles:", "onder second_factor horen"},
        {"roles:", "second_factor: {amr: mfa}\nroles:", "bij amr hoort een lijst"},
        {"roles:", "after_logout: ftp://x\nroles:", "after_logout is een adres"},
        {"roles:", "issuer: https://x\nroles:", "twee keer"},
        {GOOD, "- a\n", "hier horen instellingen"},
    };
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct wijk_sso *sso;
        enum wijk_err err = open_text(cx, changed(cx, CASE[i].was, CASE[i].becomes), &sso);
        if (err != WIJK_EDEF || !strstr(wijk_fault(cx), CASE[i].words) ||
            strncmp(wijk_fault(cx), "sso.yaml", 8) != 0)
            fail_msg("%zu: %s «%s» instead of «%s»", i, wijk_err_name(err), wijk_fault(cx), CASE[i].words);
        assert_null(sso);
    }
    wijk_cx_end(cx);
}

static void secrets(void **state)
{
    static const unsigned OPEN[] = {0640, 0604, 0660, 0620, 0777, 0601};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_sso *sso;
    const char *path = wijk_sprintf(cx, "%s/secret", dir);
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++) {
        chmod(path, OPEN[i]);
        assert_int_equal(open_text(cx, GOOD, &sso), WIJK_EIO);
        assert_non_null(strstr(wijk_fault(cx), "chmod 600"));
    }
    static const struct {
        const char *text;
        enum wijk_err err;
    } CASE[] = {{"", WIJK_EDEF},
                {"\n \n", WIJK_EDEF},
                {"twee\nregels", WIJK_EDEF},
                {"\xff\xfe", WIJK_EDEF},
                {"a", WIJK_OK}};
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        write_text(path, CASE[i].text, 0600);
        assert_int_equal(open_text(cx, GOOD, &sso), CASE[i].err);
        wijk_sso_close(sso);
    }
    char large[5000];
    memset(large, 'a', sizeof large - 1);
    large[sizeof large - 1] = 0;
    write_text(path, large, 0600);
    assert_int_equal(open_text(cx, GOOD, &sso), WIJK_EDEF);
    assert_int_equal(open_text(cx, changed(cx, ": secret", ": elders/niets"), &sso), WIJK_ENOTFOUND);
    assert_int_equal(open_text(cx, changed(cx, ": secret", ": ."), &sso), WIJK_EIO);
    assert_int_equal(open_text(cx, changed(cx, ": secret", ": /dev/zero"), &sso), WIJK_EIO);
    assert_int_equal(wijk_sso_open(cx, wijk_sprintf(cx, "%s/niets.yaml", dir), &sso), WIJK_ENOTFOUND);
    write_text(path, "hemels+geheim=%7\n", 0400);
    assert_int_equal(open_text(cx, GOOD, &sso), WIJK_OK);
    wijk_sso_close(sso);
    wijk_cx_end(cx);
}

static void base64url(void **state)
{
    static const char *const PAIR[][2] = {{"", ""},        {"f", "Zg"},        {"fo", "Zm8"},
                                          {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"\xfb\xff\xbe", "-_--"}};
    static const char *const BAD[] = {"Z", "Zg=", "Zg==", "Zh", "Zm9", "Zm8 ", "+/++", "Zm\n9v", "Z\xc3\xa9"};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str out;
    char text[16];
    for (size_t i = 0; i < sizeof PAIR / sizeof *PAIR; i++) {
        wijk__sso_b64((const unsigned char *)PAIR[i][0], strlen(PAIR[i][0]), text);
        assert_string_equal(text, PAIR[i][1]);
        assert_true(wijk__sso_unb64(cx, wijk_str(text), &out));
        assert_true(wijk_str_eq(out, wijk_str(PAIR[i][0])));
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (wijk__sso_unb64(cx, wijk_str(BAD[i]), &out)) fail_msg("«%s» is taken", BAD[i]);
    assert_false(wijk__sso_unb64(cx, (struct wijk_str){"Z\0Zg", 4}, &out));
    wijk_cx_end(cx);
}

static void small_texts(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    char a[WIJK__SSO_TOKEN_B64 + 1], b[WIJK__SSO_TOKEN_B64 + 1];
    assert_int_equal(wijk__sso_random(cx, a), WIJK_OK);
    assert_int_equal(wijk__sso_random(cx, b), WIJK_OK);
    assert_int_equal(strlen(a), 43);
    assert_string_not_equal(a, b);
    assert_true(wijk__sso_same(WIJK_STR("a\0b"), WIJK_STR("a\0b")));
    assert_false(wijk__sso_same(WIJK_STR("a\0b"), WIJK_STR("a\0c")));
    assert_false(wijk__sso_same(WIJK_STR("ab"), WIJK_STR("a")));
    const char *value;
    size_t n;
    struct wijk_str query = WIJK_STR("a=1&b=%c3%A9+x&&c&=7&a=2&%61=3");
    assert_true(wijk__sso_query(cx, query, "a", &value, &n));
    assert_int_equal(n, 3);
    assert_string_equal(value, "1");
    assert_true(wijk__sso_query(cx, query, "b", &value, &n));
    assert_string_equal(value, "é x");
    assert_true(wijk__sso_query(cx, query, "c", &value, &n));
    assert_int_equal(n, 0);
    assert_string_equal(value, "");
    assert_false(wijk__sso_query(cx, WIJK_STR("a=%4"), "a", &value, &n));
    assert_false(wijk__sso_query(cx, WIJK_STR("%0=1"), "a", &value, &n));
    assert_true(wijk__sso_query(cx, WIJK_STR("b=%zz"), "a", &value, &n)); /* not asked for */
    assert_null(wijk__sso_json(cx, WIJK_STR("[1]")));
    assert_null(wijk__sso_json(cx, WIJK_STR("{\"a\":1,\"a\":2}")));
    assert_null(wijk__sso_json(cx, WIJK_STR("{\"a\":\"\\u0000\"}")));
    assert_null(wijk__sso_json(cx, WIJK_STR("{\"a\":1}x")));
    assert_null(wijk__sso_json(cx, WIJK_STR("")));
    assert_string_equal(wijk__sso_text(wijk__sso_json(cx, WIJK_STR("{\"a\":\"é\",\"b\":1}")), "a"), "é");
    wijk_cx_end(cx);
}

/* Who is asked at all: the origin that was named, and only where it may be. */
static void asked_where(void **state)
{
    static const char *const NOT[] = {"https://kwaad.nl/x",
                                      "http://login.lindewaard.nl/x",
                                      "https://login.lindewaard.nl:444/x",
                                      "https://login.lindewaard.nl@kwaad.nl/",
                                      "https://u:p@login.lindewaard.nl/",
                                      "file:///etc/passwd",
                                      "login.lindewaard.nl",
                                      ""};
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    int status;
    struct wijk_str body;
    struct wijk_ask ask = {.origin = "https://login.lindewaard.nl", .max_bytes = 1000, .timeout_s = 2};
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++) {
        ask.url = NOT[i];
        assert_int_equal(wijk_ask(cx, &ask, &status, &body), WIJK_EIO);
        if (!strstr(wijk_fault(cx), "daar wordt niets gevraagd")) fail_msg("%s: %s", NOT[i], wijk_fault(cx));
    }
    static const char *const PRIVATE[] = {"https://10.0.0.7", "https://169.254.169.254",
                                          "https://192.168.1.1", "https://[fd00::1]", "https://localhost"};
    for (size_t i = 0; i < sizeof PRIVATE / sizeof *PRIVATE; i++) {
        ask.url = ask.origin = PRIVATE[i];
        assert_int_equal(wijk_ask(cx, &ask, &status, &body), WIJK_EIO);
        if (!strstr(wijk_fault(cx), "binnen het eigen netwerk"))
            fail_msg("%s: %s", PRIVATE[i], wijk_fault(cx));
    }
    ask.own_network = true; /* link-local and a name of this computer are no part of it */
    static const char *const STILL[] = {"https://169.254.169.254", "https://localhost"};
    for (size_t i = 0; i < sizeof STILL / sizeof *STILL; i++) {
        ask.url = ask.origin = STILL[i];
        assert_int_equal(wijk_ask(cx, &ask, &status, &body), WIJK_EIO);
        if (!strstr(wijk_fault(cx), "binnen het eigen netwerk")) fail_msg("%s: %s", STILL[i], wijk_fault(cx));
    }
    wijk_cx_end(cx);
}

static int up(void **state)
{
    char path[64];
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/wijk-sso-XXXXXX");
    if (!mkdtemp(dir)) return 1;
    snprintf(path, sizeof path, "%s/secret", dir);
    write_text(path, "  hemels+geheim=%7\r\n", 0600);
    return 0;
}

static int down(void **state)
{
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "%s/secret", dir), unlink(path);
    snprintf(path, sizeof path, "%s/sso.yaml", dir), unlink(path);
    return rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(good_file),   cmocka_unit_test(bad_files),
                                       cmocka_unit_test(secrets),     cmocka_unit_test(base64url),
                                       cmocka_unit_test(small_texts), cmocka_unit_test(asked_where)};
    return cmocka_run_group_tests(tests, up, down);
}
