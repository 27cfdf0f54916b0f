/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes sent to the server over a real socket. Two servers must never read different messages out of the
 * same bytes, so there may be no more good answers than there are heads that a strict reader sees. */
#include "http/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct wijk_http *server(void)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs;
    const struct wijk_snapshot *s;
    struct wijk_store *store;
    struct wijk_http *http;
    const struct wijk_http_opt opt = {.header_ms = 60, .idle_ms = 60}; /* half a request ends soon */
    char folder[] = "/tmp/wijk-fuzz-XXXXXX";
    if (!mkdtemp(folder)) abort();
    const char *path = wijk_sprintf(cx, "%s/empty.gpkg", folder);
    if (wijk_flow_defs(cx, NULL, &defs) != WIJK_OK || wijk_store_create(cx, path, &store) != WIJK_OK ||
        wijk_flow_snapshot(cx, store, defs, (struct wijk_snapshot_opt){.geometry = true, .unpublished = true},
                           &s) != WIJK_OK ||
        wijk_http_start(cx, s, opt, &http) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(cx));
        abort();
    }
    wijk_store_close(store);
    unlink(path);
    rmdir(folder);
    return http;
}

/* Heads that end with CR LF CR LF and hold no NUL and no CR or LF on its own. */
static size_t heads(const uint8_t *p, size_t n)
{
    size_t found = 0;
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == 0 || (p[i] == '\n' && (i == 0 || p[i - 1] != '\r')) ||
            (p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n')))
            good = false;
        if (i < 3 || memcmp(p + i - 3, "\r\n\r\n", 4) != 0) continue;
        found += good;
        good = true;
    }
    return found;
}

static size_t good_answers(const char *text)
{
    static const char GOOD[] = "HTTP/1.1 200 ";
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, GOOD)); at += sizeof GOOD - 1) n++;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct wijk_http *http;
    static char answer[1 << 20];
    if (!http) http = server();
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)wijk_http_port(http))};
    const struct timeval wait = {5, 0};
    const struct linger drop = {1, 0}; /* no port stays behind waiting */
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof at) != 0) abort();
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &drop, sizeof drop);
    (void)!send(fd, data, size, MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
    size_t n = 0;
    for (ssize_t k; n < sizeof answer - 1 && (k = recv(fd, answer + n, sizeof answer - 1 - n, 0)) > 0;)
        n += (size_t)k;
    answer[n] = '\0';
    close(fd);
    if (n && strncmp(answer, "HTTP/1.1 ", 9) != 0) abort();
    if (good_answers(answer) > heads(data, size)) abort();
    return 0;
}
