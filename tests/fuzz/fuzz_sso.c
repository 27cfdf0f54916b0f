/* SPDX-License-Identifier: EUPL-1.2 */
/* What a stranger may bring to a sign-in: the query of an address and what was remembered, an id_token, keys.
 * The first byte says which. Nobody is at the provider's address. */
#include "sso/sso_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0) abort();
}

static struct wijk_sso *open_once(void)
{
    static const char TEXT[] =
        "issuer: http://127.0.0.1:1\nclient_id: wijkregie\nclient_secret_file: secret\n"
        "redirect: https://wijk.lindewaard.nl/terug\nroles: {claim: a.b, values: {}}\n";
    static struct wijk_sso *sso;
    if (sso) return sso;
    char dir[] = "/tmp/wijk-fuzz-sso-XXXXXX", path[64], secret[64];
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    if (!mkdtemp(dir)) abort();
    umask(077);
    snprintf(path, sizeof path, "%s/sso.yaml", dir), write_file(path, TEXT);
    snprintf(secret, sizeof secret, "%s/secret", dir), write_file(secret, "geheim");
    if (wijk_sso_open(cx, path, &sso) != WIJK_OK) abort();
    unlink(path), unlink(secret), rmdir(dir);
    wijk_cx_end(cx);
    return sso;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char REMEMBERED[] =
        "v1 1795600001 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA "
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ";
    if (!size) return 0;
    struct wijk_sso *sso = open_once();
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str bytes = {(const char *)data + 1, size - 1};
    struct wijk_sso_person person;
    json_t *claims;
    const char *line = bytes.n ? memchr(bytes.p, '\n', bytes.n) : NULL;
    switch (data[0]) {
    case 'q': { /* what was remembered is ours, but for the mark, which is left to find */
        const char *remembered =
            wijk_sprintf(cx, "%s%.*s", REMEMBERED, line ? (int)(line - bytes.p) : 0, bytes.p);
        struct wijk_str query =
            line ? (struct wijk_str){line + 1, (size_t)(bytes.p + bytes.n - line) - 1} : bytes;
        (void)wijk_sso_finish(cx, sso, (struct wijk_sso_in){remembered, query, 1795600005}, &person);
        break;
    }
    case 'r':
        (void)wijk_sso_finish(cx, sso, (struct wijk_sso_in){wijk_str_dup(cx, bytes), bytes, 1795600005},
                              &person);
        break;
    case 't':
        (void)wijk__sso_token_check(cx, sso, (struct wijk__sso_token){bytes, "a", "n", 1795600005}, &claims);
        break;
    default: (void)wijk__sso_json(cx, bytes);
    }
    wijk_cx_end(cx);
    return 0;
}
