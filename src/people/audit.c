/* SPDX-License-Identifier: EUPL-1.2 */
/* The hash that chains the rows of the audit log: change, drop or add one row and every later hash is wrong.
 */
#include "people/people.h"

#include <string.h>

static void add_number(struct wijk_sha256 *h, int64_t v)
{
    uint8_t bytes[8];
    for (int k = 0; k < 8; k++) bytes[k] = (uint8_t)((uint64_t)v >> (56 - 8 * k));
    wijk_sha256_add(h, bytes, sizeof bytes);
}

/* With its length before it, so that no two rows give the same bytes; NULL as length -1. */
static void add_text(struct wijk_sha256 *h, const char *text)
{
    add_number(h, text ? (int64_t)strlen(text) : -1);
    if (text) wijk_sha256_add(h, text, strlen(text));
}

void wijk_audit_hash(const struct wijk_audit *row, uint8_t out[WIJK_HASH])
{
    const char *const text[] = {row->at,     row->gemeente, row->via,
                                row->kind,   row->object,   row->why,
                                row->before, row->after,    wijk_done_id(row->done)};
    struct wijk_sha256 h;
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, row->prev, WIJK_HASH);
    add_number(&h, row->nr);
    add_number(&h, row->account);
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) add_text(&h, text[k]);
    wijk_sha256_bytes(&h, out);
}

static const char SEAL[] = "zegel:";

const char *wijk_audit_seal(struct wijk_cx *cx, const uint8_t salt[WIJK_SALT], const char *words)
{
    struct wijk_sha256 h;
    char hex[65];
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, salt, WIJK_SALT);
    wijk_sha256_add(&h, words, strlen(words));
    wijk_sha256_end(&h, hex);
    return wijk_sprintf(cx, "%s%s", SEAL, hex);
}

const char *wijk_audit_why(const struct wijk_audit *row)
{
    if (row->words || !row->why || strncmp(row->why, SEAL, sizeof SEAL - 1) != 0)
        return row->words ? row->words : row->why;
    return WIJK_T("(weggehaald)");
}
