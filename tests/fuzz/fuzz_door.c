/* SPDX-License-Identifier: EUPL-1.2 */
/* A request at the doors of people, over the real handlers and the demo store: a first line "METHOD
 * PATH?QUERY", lines with headers, an empty line, a body. Who asks may know the cookie, the word and the key
 * of a raadslid, who changes nothing of others, and a password. So: no fault of the server, no change of
 * anything but what is his own, no secret of another in an answer, and the headers of an answer to a person.
 */
#include "http/desk.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FILL "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
static const char COOKIE[] = "rs-" FILL, GUARD[] = "rw-" FILL, KEY[] = "rk-" FILL, OTHERS[] = "bw-" FILL,
                  PHRASE[] = "vier paarden eten soms regen", HASHED[] = "$argon2id$geheim";

/* The arithmetic of passwords takes a tenth of a second and has nothing to find here: these stand before
 * libsodium's own. */
int crypto_pwhash_str_verify(const char kept[crypto_pwhash_STRBYTES], const char *const password,
                             unsigned long long n)
{
    return strcmp(kept, HASHED) == 0 && n == sizeof PHRASE - 1 && memcmp(password, PHRASE, n) == 0 ? 0 : -1;
}

int crypto_pwhash_str_alg(char out[crypto_pwhash_STRBYTES], const char *const password, unsigned long long n,
                          unsigned long long passes, size_t memory, int alg)
{
    (void)password, (void)n, (void)passes, (void)memory, (void)alg;
    memcpy(out, HASHED, sizeof HASHED);
    return 0;
}

static struct {
    struct wijk_cx *cx;
    const struct wijk_snapshot *snapshot;
    char folder[32];
    const char *path;
    void *bytes; /* of the store as it was */
    size_t n;
    struct wijk_store_fate fate;
    struct http_desk *desk;
} W;

static void must(struct wijk_cx *cx, enum wijk_err err)
{
    if (!err) return;
    fprintf(stderr, "%s\n", wijk_fault(cx));
    abort();
}

/* One person with a role, a session and a key; secrets NULL: none. */
static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, const char *name, enum wijk_role role,
                         const char *cookie, const char *guard, const char *key)
{
    static const uint8_t TOTP[WIJK_TOTP_SECRET] = "geheim-van-de-telefo";
    int64_t now = wijk__clock_s();
    uint8_t hash[WIJK_HASH];
    bool other = role == WIJK_ROLE_ADMIN;
    struct wijk_account a = {.name = name,
                             .shown = name,
                             .gemeente = "GM9901",
                             .password = HASHED,
                             .totp = other ? TOTP : NULL,
                             .state = WIJK_ACCOUNT_ACTIVE,
                             .made_at = now};
    const struct wijk_grant g = {"GM9901", "", role};
    WIJK_TRY(wijk_store_add_account(cx, store, &a));
    WIJK_TRY(wijk_store_add_grant(cx, store, a.id, &g, now));
    struct wijk_session s = {.account = a.id,
                             .second = true,
                             .guard = guard,
                             .device = "",
                             .made_at = now,
                             .seen_at = now,
                             .ends_at = now + 86400};
    wijk_secret_hash(cookie, hash);
    WIJK_TRY(wijk_store_add_session(cx, store, hash, &s));
    if (!key) return WIJK_OK;
    struct wijk_token t = {.account = a.id,
                           .name = "k",
                           .scopes = WIJK_SCOPES_ALL,
                           .second = true,
                           .made_at = now,
                           .ends_at = now + 86400};
    wijk_secret_hash(key, hash);
    return wijk_store_add_token(cx, store, hash, &t);
}

static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    (void)arg;
    WIJK_TRY(add(cx, store, "bas", WIJK_ROLE_ADMIN, "bs-" FILL, OTHERS, NULL));
    return add(cx, store, "rik", WIJK_ROLE_COUNCIL, COOKIE, GUARD, KEY);
}

static void keep_bytes(void)
{
    FILE *f = fopen(W.path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0) abort();
    long n = ftell(f);
    W.n = n > 0 ? (size_t)n : 0;
    rewind(f);
    W.bytes = malloc(W.n);
    if (!W.bytes || fread(W.bytes, 1, W.n, f) != W.n) abort();
    fclose(f);
}

static void clean(void)
{
    wijk__desk_close(W.desk);
    W.desk = NULL;
    static const char *const ENDS[] = {"", "-wal", "-shm"};
    for (size_t k = 0; k < 3; k++) unlink(wijk_sprintf(W.cx, "%s%s", W.path, ENDS[k]));
}

static void begin(void)
{
    const struct wijk_defs *defs;
    struct wijk_store *store;
    if (sodium_init() < 0) abort();
    W.cx = wijk_cx_new(WIJK_NL);
    memcpy(W.folder, "/tmp/wijk-fuzz-XXXXXX", sizeof "/tmp/wijk-fuzz-XXXXXX");
    if (!mkdtemp(W.folder)) abort();
    W.path = wijk_sprintf(W.cx, "%s/d.gpkg", W.folder);
    must(W.cx, wijk_flow_defs(W.cx, NULL, &defs));
    must(W.cx, wijk_store_create(W.cx, W.path, &store));
    must(W.cx, wijk_flow_demo(W.cx, store, defs, NULL));
    must(W.cx,
         wijk_flow_snapshot(W.cx, store, defs,
                            (struct wijk_snapshot_opt){.geometry = true, .unpublished = true}, &W.snapshot));
    must(W.cx, wijk_store_in_transaction(W.cx, store, fill, NULL));
    wijk_store_close(store);
    keep_bytes();
    clean();
}

static void end(void)
{
    clean();
    rmdir(W.folder);
}

/* The store as it was: at the start, and after whatever changed it. */
static void restore(void)
{
    clean();
    FILE *f = fopen(W.path, "wb");
    if (!f || fwrite(W.bytes, 1, W.n, f) != W.n || fclose(f) != 0) abort();
    W.desk = wijk__desk_open(W.path, &W.fate, NULL);
    if (!W.desk || !wijk__desk_writes(W.desk)) abort();
}

/* ---- what came in ---- */

/* The next line, without its end; NULL after an empty one or the last. */
static char *next_line(char **rest)
{
    char *line = *rest, *end = line ? strchr(line, '\n') : NULL;
    if (!line || !*line || *line == '\n') {
        if (line && *line) *rest = line + 1;
        return NULL;
    }
    if (end) *end = 0;
    *rest = end ? end + 1 : line + strlen(line);
    return line;
}

static void header(struct wijk_http_request *r, char *line)
{
    const struct {
        const char *name, **to;
    } KNOWN[] = {{"Cookie", &r->cookie},
                 {"X-Wijk-Guard", &r->guard},
                 {"Origin", &r->origin},
                 {"Sec-Fetch-Site", &r->fetch_site},
                 {"Authorization", &r->authorization},
                 {"Idempotency-Key", &r->idempotency_key},
                 {"Content-Type", &r->content_type},
                 {"Accept", &r->accept},
                 {"Accept-Language", &r->accept_language},
                 {"User-Agent", &r->agent},
                 {"If-None-Match", &r->if_none_match},
                 {"Host", &r->host}};
    char *value = strstr(line, ": ");
    if (!value) return;
    *value = 0;
    for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++)
        if (strcmp(KNOWN[k].name, line) == 0) *KNOWN[k].to = value + 2;
}

static void read_request(struct wijk_cx *cx, struct wijk_str in, struct wijk_http_request *r)
{
    char *rest = wijk_str_dup(cx, in), *line = next_line(&rest), *path = line ? strchr(line, ' ') : NULL;
    *r = (struct wijk_http_request){.method = "GET", .path = "/sessie", .query = "", .host = "localhost"};
    if (!path) return;
    *path++ = 0;
    char *query = strchr(path, '?');
    if (query) *query++ = 0;
    r->method = line, r->path = path, r->query = query ? query : "";
    if (strncmp(path, "/sessie/api/", 12) == 0)
        r->door = true, r->path = path + 7; /* as the socket side does */
    while ((line = next_line(&rest))) header(r, line);
    r->body = wijk_str(rest);
    r->has_length = r->body.n > 0;
    r->length = r->body.n;
    r->address[0] = 2, r->address[1] = 0x0100007f;
}

/* ---- what came out ---- */

/* What a raadslid may change: his own sign-ins, keys and account, and what is kept of nobody. */
static bool is_own(const struct http_route *r)
{
    static const char *const OWN[] = {"session_in",     "session_out",  "session_link",   "session_password",
                                      "session_end",    "second_begin", "second_set",     "token_new",
                                      "token_end",      "text_check",   "account_remove", "follow",
                                      "follow_confirm", "follow_leave", "follow_click"};
    for (size_t k = 0; k < sizeof OWN / sizeof *OWN; k++)
        if (strcmp(OWN[k], r->id) == 0) return true;
    return false;
}

static void check_headers(const struct http_route *r, const struct wijk_http_answer *a)
{
    bool policy = false, sniff = false;
    for (size_t k = 0; k < a->n_header; k++) {
        if (strpbrk(a->header[k].value, "\r\n")) abort();
        policy |= strcmp(a->header[k].name, "Content-Security-Policy") == 0;
        sniff |= strcmp(a->header[k].name, "X-Content-Type-Options") == 0;
    }
    bool kept = strcmp(a->cache_control, "no-store") != 0; /* a feed holds what everybody may see */
    if (!policy || !sniff || (kept && strcmp(r->id, "feed") != 0)) abort();
}

/* Who brings a secret may hear it again: as it is, or in escapes. */
static bool was_brought(struct wijk_str in, const char *secret)
{
    return memchr(in.p, '%', in.n) || memchr(in.p, '\\', in.n) ||
           memmem(in.p, in.n, secret, strlen(secret)) != NULL;
}

static void check(struct wijk_cx *cx, struct wijk_str in, const struct http_route *r,
                  const struct wijk_http_answer *a)
{
    static const char *const NEVER[] = {OTHERS, HASHED, "argon2", "geheim-van-de-telefo"};
    const char *text = wijk_str_dup(cx, a->body);
    if (a->status < 200 || a->status >= 500) {
        fprintf(stderr, "%s: %d %s\n", r->id, a->status, text);
        abort();
    }
    if (strcmp(r->method, "GET") != 0 && a->status < 300 && !is_own(r)) {
        fprintf(stderr, "%s is not his: %d\n", r->id, a->status);
        abort();
    }
    for (size_t k = 0; k < sizeof NEVER / sizeof *NEVER; k++)
        if (strstr(text, NEVER[k]) && !was_brought(in, NEVER[k])) abort();
    check_headers(r, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct wijk_http_opt OPT = {0};
    struct wijk_http_request request;
    struct wijk_http_answer answer;
    if (!W.cx) {
        begin();
        atexit(end);
    }
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    read_request(cx, (struct wijk_str){(const char *)data, size}, &request);
    size_t at = wijk__http_route_of(request.method, request.path);
    if (at < wijk__n_routes && wijk__routes[at].who >= HTTP_ENTERS) {
        if (!W.desk) restore();
        const struct http_world world = {.desk = W.desk, .throttle = wijk__throttle_new(), .opt = &OPT};
        wijk__http_answer(cx, W.snapshot, &world, &request, &answer, &at);
        check(cx, (struct wijk_str){(const char *)data, size}, &wijk__routes[at], &answer);
        if (answer.file >= 0) close(answer.file);
        if (strcmp(wijk__routes[at].method, "GET") != 0 && answer.status < 300) restore();
        wijk__throttle_free(world.throttle);
    }
    wijk_cx_end(cx);
    return 0;
}
