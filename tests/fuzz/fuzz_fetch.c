/* SPDX-License-Identifier: EUPL-1.2 */
/* What a service may answer: a page with rows and links, the words of a fault, an address to go on to. */
#include "fetch/fetch_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum wijk_err pass_over(void *self, struct wijk_json *json, struct wijk_json_token token)
{
    (void)self;
    return wijk_json_skip(json, token);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_fetch f = {.cx = cx};
    struct wijk_str bytes = {(const char *)data, size};
    struct wijk_in_mem mem;
    struct wijk__page page = {
        .rows = size & 1 ? "value" : "features", .url = "https://api.pdok.nl/a/b?c=d", .row = pass_over};
    bool loopback;
    (void)wijk__fault_text(cx, bytes);
    if (wijk__page_walk(cx, wijk_in_mem(&mem, bytes, "x"), &page) == WIJK_OK && page.next)
        (void)wijk__url_check(cx, &f, page.next, &loopback);
    (void)wijk__url_check(cx, &f, wijk_str_dup(cx, bytes), &loopback);
    wijk_cx_end(cx);
    return 0;
}
