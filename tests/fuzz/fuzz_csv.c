/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV: whatever comes in, fields are valid UTF-8, lines go up, a fault has a sentence, and what is read can
 * be written and read again as the same. The first byte picks the options. */
#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond)                                                                                           \
    do {                                                                                                     \
        if (!(cond)) abort();                                                                                \
    } while (0)

/* The fields of a record written as a one-line file must come back the same (a formula gets its apostrophe).
 */
static void round_trip(struct wijk_cx *cx, const struct wijk_str *fields, size_t n)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_csv_out w = {.out = wijk_out_buf(&b), .separator = ';'};
    struct wijk_in_mem mem;
    struct wijk_csv *csv;
    const struct wijk_str *again;
    size_t m;
    for (size_t i = 0; i < n; i++) wijk_csv_put(&w, fields[i]);
    wijk_csv_end_row(&w);
    if (b.n > WIJK_LIMIT_LINE || b.n <= 2) return;
    struct wijk_in in = wijk_in_mem(&mem, (struct wijk_str){b.p, b.n}, "opnieuw");
    MUST(wijk_csv_open(cx, in, (struct wijk_csv_opt){.separator = ';'}, &csv) == WIJK_OK);
    MUST(wijk_csv_next(csv, &again, &m) == WIJK_OK && m == n);
    for (size_t i = 0; i < n; i++) {
        bool guarded = again[i].n == fields[i].n + 1 && again[i].p[0] == '\'';
        struct wijk_str got = guarded ? (struct wijk_str){again[i].p + 1, again[i].n - 1} : again[i];
        MUST(wijk_str_eq(got, fields[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    struct wijk_cx *cx = wijk_cx_new(data[0] & 8 ? WIJK_EN : WIJK_NL);
    struct wijk_csv_opt opt = {.separator = "\0,;\t"[data[0] & 3], .cp1252 = (data[0] & 4) != 0};
    struct wijk_in_mem mem;
    struct wijk_csv *csv;
    size_t line = 0, n = 1;
    MUST(wijk_csv_open(cx, wijk_in_mem(&mem, (struct wijk_str){(const char *)data + 1, size - 1}, "fuzz"),
                       opt, &csv) == WIJK_OK);
    for (int records = 0; n && records < 64; records++) {
        const struct wijk_str *fields;
        if (wijk_csv_next(csv, &fields, &n) != WIJK_OK) {
            MUST(wijk_fault(cx)[0]);
            break;
        }
        MUST(n <= WIJK_LIMIT_COLUMNS);
        MUST(n == 0 || wijk_csv_line(csv) > line);
        line = wijk_csv_line(csv);
        for (size_t i = 0; i < n; i++) MUST(wijk_utf8_valid(fields[i], NULL));
        /* A byte-order mark in front of the first field would be passed over when read again. */
        if (n && !wijk_str_starts(fields[0], "\xef\xbb\xbf")) round_trip(cx, fields, n);
    }
    wijk_cx_end(cx);
    return 0;
}
