/* SPDX-License-Identifier: EUPL-1.2 */
/* Any path and query, over the real demo store: the first line is "path?query", the rest the Accept-Language.
 * Every answer has a status, and what is no success is a problem with a body. */
#include "http/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct wijk_snapshot *demo(void)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const struct wijk_defs *defs;
    const struct wijk_snapshot *s;
    struct wijk_store *store;
    char folder[] = "/tmp/wijk-fuzz-XXXXXX";
    if (!mkdtemp(folder)) abort();
    const char *path = wijk_sprintf(cx, "%s/demo.gpkg", folder);
    if (wijk_flow_defs(cx, NULL, &defs) != WIJK_OK || wijk_store_create(cx, path, &store) != WIJK_OK ||
        wijk_flow_demo(cx, store, defs, NULL) != WIJK_OK ||
        wijk_flow_snapshot(cx, store, defs, (struct wijk_snapshot_opt){.geometry = true, .unpublished = true},
                           &s) != WIJK_OK) {
        fprintf(stderr, "%s\n", wijk_fault(cx));
        abort();
    }
    wijk_store_close(store);
    unlink(path);
    rmdir(folder);
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct wijk_snapshot *snapshot;
    if (!snapshot) snapshot = demo();
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    char *text = wijk_str_dup(cx, (struct wijk_str){(const char *)data, size}), *line = strchr(text, '\n');
    if (line) *line++ = 0;
    char *query = strchr(text, '?');
    if (query) *query++ = 0;
    struct wijk_http_request request = {
        .method = "GET", .path = text, .query = query ? query : "", .accept_language = line};
    struct wijk_http_answer answer;
    wijk_http_answer(cx, snapshot, &request, &answer);
    if (answer.status < 200 || answer.status > 599) abort();
    if (answer.status >= 400 && answer.body.n == 0) abort();
    if (answer.file >= 0) close(answer.file);
    wijk_cx_end(cx);
    return 0;
}
