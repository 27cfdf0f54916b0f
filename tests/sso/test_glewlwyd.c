/* SPDX-License-Identifier: EUPL-1.2 */
/* A sign-in at a real provider, glewlwyd, that the test starts and stops: all of the way, and every way in
 * which it must fail. usage: test_glewlwyd GLEWLWYD.PY */
#include "provider.h"

#include <iddawc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *script;
static struct {
    pid_t pid;
    FILE *to, *from;
    json_t *info;
    char dir[32];
} g;

/* ---- the provider ---- */

static json_t *read_line(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n = getline(&line, &room, g.from);
    json_t *json = n > 0 ? json_loadb(line, (size_t)n, 0, NULL) : NULL;
    free(line);
    if (!json) fail_msg("the provider says nothing");
    if (json_object_get(json, "fault")) fail_msg("%s", wijk__sso_text(json, "fault"));
    return json;
}

static json_t *ask(json_t *what)
{
    json_dumpf(what, g.to, JSON_COMPACT);
    fputc('\n', g.to);
    fflush(g.to);
    json_decref(what);
    return read_line();
}

static void tell(const char *what)
{
    json_decref(ask(json_pack("{s:s}", "do", what)));
}

static int up(void **state)
{
    int in[2], out[2];
    (void)state;
    snprintf(g.dir, sizeof g.dir, "/tmp/wijk-sso-XXXXXX");
    assert_non_null(mkdtemp(g.dir));
    assert_true(pipe(in) == 0 && pipe(out) == 0);
    g.pid = fork();
    if (g.pid == 0) {
        dup2(in[0], 0), dup2(out[1], 1);
        close(in[1]), close(out[0]);
        execlp("python3", "python3", script, (char *)NULL);
        _exit(127);
    }
    close(in[0]), close(out[1]);
    g.to = fdopen(in[1], "w");
    g.from = fdopen(out[0], "r");
    g.info = read_line();
    return 0;
}

static int down(void **state)
{
    int status;
    char path[64];
    (void)state;
    fclose(g.to); /* its stdin ends, and so does it */
    assert_int_equal(waitpid(g.pid, &status, 0), g.pid);
    assert_int_equal(status, 0);
    fclose(g.from);
    json_decref(g.info);
    snprintf(path, sizeof path, "%s/sso.yaml", g.dir), unlink(path);
    snprintf(path, sizeof path, "%s/secret", g.dir), unlink(path);
    return rmdir(g.dir);
}

/* ---- a sign-in ---- */

struct signin {
    struct wijk_cx *cx;
    struct wijk_sso *sso;
    struct wijk_sso_begun begun;
    const char *query;
    struct wijk_sso_person person;
};

static struct wijk_sso *open_as(struct wijk_cx *cx, const char *client, const char *secret)
{
    struct wijk_sso *sso;
    const char *path = wijk_sprintf(cx, "%s/sso.yaml", g.dir);
    write_text(wijk_sprintf(cx, "%s/secret", g.dir), secret, 0600);
    write_text(
        path,
        wijk_sprintf(cx,
                     "issuer: %s\nclient_id: %s\nclient_secret_file: secret\nredirect: %s\nscopes: []\n"
                     "after_logout: %s\nsecond_factor: {amr: [otp]}\nroles:\n  claim: roles\n  values:\n"
                     "    WR-regie: {role: gebiedsregisseur, gemeente: GM9901}\n"
                     "    WR-zorg: {role: professional, gemeente: GM9901, partner: wijkteam}\n",
                     wijk__sso_text(g.info, "issuer"), client, wijk__sso_text(g.info, "redirect"),
                     wijk__sso_text(g.info, "bye")),
        0644);
    if (wijk_sso_open(cx, path, &sso) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return sso;
}

static struct signin *open_client(const char *client)
{
    struct signin *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->cx = wijk_cx_new(WIJK_NL);
    s->sso = open_as(s->cx, client, wijk__sso_text(json_object_get(g.info, "clients"), client));
    return s;
}

static void end(struct signin *s)
{
    wijk_sso_close(s->sso);
    wijk_cx_end(s->cx);
    free(s);
}

static void begin_at(struct signin *s, int64_t now)
{
    if (wijk_sso_begin(s->cx, s->sso, now, &s->begun) != WIJK_OK) fail_msg("%s", wijk_fault(s->cx));
}

/* The browser of somebody goes where begin says, signs in there and comes back. */
static void login(struct signin *s, const char *user)
{
    json_t *answer = ask(json_pack("{s:s,s:s,s:s}", "do", "login", "user", user, "url", s->begun.url));
    const char *to = wijk__sso_text(answer, "to"), *redirect = wijk__sso_text(g.info, "redirect");
    assert_int_equal(strncmp(to, redirect, strlen(redirect)), 0);
    s->query = wijk_str_dup(s->cx, wijk_str(strchr(to, '?') + 1));
    json_decref(answer);
}

static void expect(struct signin *s, int64_t now, enum wijk_err want, const char *words)
{
    struct wijk_sso_in in = {s->begun.remembered, wijk_str(s->query), now};
    wijk_fault_clear(s->cx);
    enum wijk_err err = wijk_sso_finish(s->cx, s->sso, in, &s->person);
    if (err != want || !strstr(wijk_fault(s->cx), words))
        fail_msg("%s «%s» instead of %s «%s»", wijk_err_name(err), wijk_fault(s->cx), wijk_err_name(want),
                 words);
}

static int64_t real_now(void)
{
    return (int64_t)time(NULL);
}

/* What is remembered, with word k replaced by another of the same form. */
static const char *with_other(struct wijk_cx *cx, const char *remembered, int k)
{
    char *text = wijk_str_dup(cx, wijk_str(remembered)), *at = text;
    for (; k > 0; k--) at = strchr(at, ' ') + 1;
    *at = *at == 'x' ? 'y' : 'x';
    return text;
}

/* ---- the way it should go ---- */

static void whole_way(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now);
    login(s, "anna");
    expect(s, now + 1, WIJK_OK, "");
    assert_string_equal(s->person.issuer, wijk__sso_text(g.info, "issuer"));
    assert_true(strlen(s->person.subject) > 8);
    assert_string_equal(s->person.name, "Anna de Vries-Őry");
    assert_int_equal(s->person.n_grant, 2);
    assert_int_equal(s->person.n_unknown, 1);
    assert_int_equal(s->person.grant[0].role, WIJK_ROLE_DIRECTOR);
    assert_int_equal(s->person.grant[1].role, WIJK_ROLE_PROFESSIONAL);
    assert_string_equal(s->person.grant[1].partner, "wijkteam");
    assert_int_equal(s->person.n_amr, 1);
    assert_false(s->person.second);
    const char *url, *subject = s->person.subject, *token = s->person.id_token;
    assert_int_equal(wijk_sso_leave(s->cx, s->sso, token, now, &url), WIJK_OK);
    json_t *answer = ask(json_pack("{s:s,s:s}", "do", "get", "url", url));
    assert_int_equal(json_integer_value(json_object_get(answer, "status")), 302);
    assert_non_null(strstr(wijk__sso_text(answer, "to"), "end_session"));
    json_decref(answer);
    /* again: the same person */
    begin_at(s, now + 2);
    login(s, "anna");
    expect(s, now + 3, WIJK_OK, "");
    assert_string_equal(s->person.subject, subject);
    assert_string_not_equal(s->person.id_token, token);
    end(s);
}

static void unknown_roles(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    begin_at(s, real_now());
    login(s, "bas");
    expect(s, real_now(), WIJK_OK, "");
    assert_int_equal(s->person.n_grant, 0);
    assert_int_equal(s->person.n_unknown, 1);
    begin_at(s, real_now());
    login(s, "cees");
    expect(s, real_now(), WIJK_OK, "");
    assert_string_equal(s->person.name, "Cees");
    assert_int_equal(s->person.n_grant, 0);
    assert_int_equal(s->person.n_unknown, 0);
    end(s);
}

/* ---- again, mixed up, bent ---- */

static void replay(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now);
    login(s, "anna");
    expect(s, now, WIJK_OK, "");
    /* The provider refuses the code when it comes again; the caller has nothing left to give us anyway. */
    expect(s, now, WIJK_EUSAGE, "niet (meer) aan");
    s->begun.remembered = NULL;
    expect(s, now, WIJK_EUSAGE, "hoort niet bij");
    end(s);
}

static void mixed_up(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now);
    login(s, "anna");
    const char *anna = s->query;
    begin_at(s, now);
    login(s, "bas");
    const char *mine = s->query;
    s->query = anna; /* of another browser */
    expect(s, now, WIJK_EUSAGE, "hoort niet bij");
    s->query = mine;
    const char *remembered = s->begun.remembered;
    s->begun.remembered = with_other(s->cx, remembered, 2);
    expect(s, now, WIJK_EUSAGE, "hoort niet bij");
    s->begun.remembered = with_other(s->cx, remembered, 4); /* the proof that we are who began: PKCE */
    expect(s, now, WIJK_EUSAGE, "niet (meer) aan");
    begin_at(s, now);
    login(s, "bas");
    s->begun.remembered = with_other(s->cx, s->begun.remembered, 3);
    expect(s, now, WIJK_EPARSE, "deze poging");
    end(s);
}

static void wrong_secret(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    wijk_sso_close(s->sso);
    s->sso = open_as(s->cx, "wijkregie", "een ander geheim");
    begin_at(s, real_now());
    login(s, "anna");
    expect(s, real_now(), WIJK_EIO, "het geheim klopt niet");
    end(s);
}

static enum wijk_err check(struct signin *s, const char *token, const char *nonce, int64_t now)
{
    json_t *claims;
    wijk_fault_clear(s->cx);
    return wijk__sso_token_check(s->cx, s->sso, (struct wijk__sso_token){wijk_str(token), "", nonce, now},
                                 &claims);
}

/* A token that the provider gave to another client, for a sign-in that we began. */
static void wrong_audience(void **state)
{
    (void)state;
    struct signin *other = open_client("een-ander"), *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(other, now);
    login(other, "anna");
    expect(other, now, WIJK_OK, "");
    assert_int_equal(check(s, other->person.id_token, query_of(s->cx, other->begun.url, "nonce"), now),
                     WIJK_EPARSE);
    assert_non_null(strstr(wijk_fault(s->cx), "ander programma"));
    /* and its code is of no use to us */
    begin_at(other, now);
    login(other, "anna");
    begin_at(s, now);
    s->query = wijk_sprintf(s->cx, "code=%s&state=%s&iss=%s",
                            query_of(s->cx, wijk_sprintf(s->cx, "?%s", other->query), "code"),
                            query_of(s->cx, s->begun.url, "state"), wijk__sso_text(g.info, "issuer"));
    expect(s, now, WIJK_EUSAGE, "niet (meer) aan");
    end(other);
    end(s);
}

/* ---- clocks ---- */

/* The token lives 3600 seconds; our clock is put forward or back. */
static void clocks(void **state)
{
    static const struct {
        int64_t off;
        enum wijk_err err;
        const char *words;
    } CASE[] = {{3630, WIJK_OK, ""},
                {3700, WIJK_EPARSE, "verlopen"},
                {-20, WIJK_OK, ""},
                {-75, WIJK_EPARSE, "nog niet"}};
    (void)state;
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct signin *s = open_client("wijkregie");
        int64_t now = real_now() + CASE[i].off;
        begin_at(s, now);
        login(s, "anna");
        expect(s, now, CASE[i].err, CASE[i].words);
        end(s);
    }
    struct signin *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now - 601);
    login(s, "anna");
    expect(s, now, WIJK_EUSAGE, "tien minuten");
    end(s);
}

/* ---- keys ---- */

static void key_rotation(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now);
    login(s, "anna");
    expect(s, now, WIJK_OK, "");
    const char *old = s->person.id_token, *nonce = query_of(s->cx, s->begun.url, "nonce");
    tell("rotate");
    begin_at(s, now + 30);
    login(s, "anna");
    expect(s, now + 30, WIJK_EPARSE, "niet bekend"); /* asked for less than a minute ago */
    begin_at(s, now + 60);
    login(s, "anna");
    expect(s, now + 60, WIJK_OK, "");
    assert_int_equal(check(s, old, nonce, now + 60), WIJK_EPARSE);
    assert_non_null(strstr(wijk_fault(s->cx), "niet bekend"));
    end(s);
}

static void provider_away(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie"), *fresh = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now);
    login(s, "anna");
    tell("stop");
    expect(s, now, WIJK_EIO, "niet bereikbaar");
    assert_int_equal(wijk_sso_begin(fresh->cx, fresh->sso, now, &fresh->begun), WIJK_EIO);
    assert_non_null(strstr(wijk_fault(fresh->cx), "niet bereikbaar"));
    tell("start");
    begin_at(fresh, now + 6);
    login(fresh, "anna");
    expect(fresh, now + 6, WIJK_OK, "");
    end(fresh);
    end(s);
}

/* ---- a second opinion ---- */

static bool iddawc_takes(struct wijk_cx *cx, const char *token, const char *nonce)
{
    struct _i_session i;
    const char *issuer = wijk__sso_text(g.info, "issuer");
    const char *about = wijk_sprintf(cx, "%s/.well-known/openid-configuration", issuer);
    assert_int_equal(i_init_session(&i), I_OK);
    assert_int_equal(i_set_parameter_list(&i, I_OPT_OPENID_CONFIG_ENDPOINT, about, I_OPT_ISSUER, issuer,
                                          I_OPT_CLIENT_ID, "wijkregie", I_OPT_NONCE, nonce, I_OPT_ID_TOKEN,
                                          token, I_OPT_NONE),
                     I_OK);
    assert_int_equal(i_get_openid_config(&i), I_OK);
    bool good = i_verify_id_token(&i) == I_OK;
    i_clean_session(&i);
    return good;
}

/* Iddawc, a client of its own, finds the same of the same tokens. It is not asked about the audience: 1.1.8
 * takes a token that was made for another client. */
static void second_opinion(void **state)
{
    (void)state;
    struct signin *s = open_client("wijkregie");
    int64_t now = real_now();
    begin_at(s, now);
    login(s, "anna");
    expect(s, now, WIJK_OK, "");
    const char *good = s->person.id_token, *nonce = query_of(s->cx, s->begun.url, "nonce");
    char *bent = wijk_str_dup(s->cx, wijk_str(good)), *dot = strrchr(bent, '.');
    dot[9] = dot[9] == 'A' ? 'B' : 'A';
    /* at_hash is of the access token, which is not kept */
    assert_int_equal(check(s, good, nonce, now), WIJK_EPARSE);
    assert_non_null(strstr(wijk_fault(s->cx), "token dat erbij zat"));
    assert_true(iddawc_takes(s->cx, good, nonce));
    assert_int_equal(check(s, good, "een andere", now), WIJK_EPARSE);
    assert_non_null(strstr(wijk_fault(s->cx), "deze poging"));
    assert_false(iddawc_takes(s->cx, good, "een andere"));
    assert_int_equal(check(s, bent, nonce, now), WIJK_EPARSE);
    assert_non_null(strstr(wijk_fault(s->cx), "handtekening"));
    assert_false(iddawc_takes(s->cx, bent, nonce));
    end(s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_way),     cmocka_unit_test(unknown_roles),
                                       cmocka_unit_test(replay),        cmocka_unit_test(mixed_up),
                                       cmocka_unit_test(wrong_secret),  cmocka_unit_test(wrong_audience),
                                       cmocka_unit_test(clocks),        cmocka_unit_test(key_rotation),
                                       cmocka_unit_test(provider_away), cmocka_unit_test(second_opinion)};
    if (argc != 2) return 2;
    script = argv[1];
    return cmocka_run_group_tests(tests, up, down);
}
