/* SPDX-License-Identifier: EUPL-1.2 */
/* What a broken wijk-read could send: the first byte picks the frame, the rest is its payload. */
#include "import/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 8) return 0;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_str payload = {(const char *)data + 1, size - 1};
    struct wijk__wire_head head;
    struct wijk__wire_row row;
    struct wijk_str sentence;
    enum wijk__wire_kind kind;
    enum wijk_err err;
    uint64_t rows;
    size_t length;
    (void)wijk__wire_front(data, &kind, &length);
    switch (data[0] & 3) {
    case 0: (void)wijk__wire_get_head(cx, payload, &head); break;
    case 1: (void)wijk__wire_get_row(cx, payload, &row); break;
    case 2: (void)wijk__wire_get_end(payload, &rows); break;
    default: (void)wijk__wire_get_fault(payload, &err, &sentence); break;
    }
    wijk_cx_end(cx);
    return 0;
}
