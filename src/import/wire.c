/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing and reading the frames of wire.h. Numbers are little endian on every machine. */
#include "import/wire.h"

#include <math.h>
#include <string.h>

/* ---- writing --------------------------------------------------------------------------------- */

static void put_uint(struct wijk_buf *b, uint64_t v, size_t bytes)
{
    unsigned char room[8];
    for (size_t i = 0; i < bytes; i++) room[i] = (unsigned char)(v >> (8 * i));
    wijk_buf_put(b, room, bytes);
}

static void put_text(struct wijk_buf *b, struct wijk_str s)
{
    put_uint(b, s.n, 4);
    wijk_buf_put(b, s.p, s.n);
}

static size_t frame_begin(struct wijk_buf *b, enum wijk__wire_kind kind)
{
    const char front[4] = {'W', WIJK__WIRE_VERSION, (char)kind, 0};
    size_t at = b->n;
    wijk_buf_put(b, front, sizeof front);
    put_uint(b, 0, 4);
    return at;
}

/* The length is only known now. A buffer that is full is the caller's to notice. */
static void frame_end(struct wijk_buf *b, size_t at)
{
    if (b->full) return;
    uint64_t length = b->n - at - WIJK__WIRE_FRONT;
    for (size_t i = 0; i < 4; i++) b->p[at + 4 + i] = (char)(unsigned char)(length >> (8 * i));
}

void wijk__wire_put_head(struct wijk_buf *b, const struct wijk__wire_head *head)
{
    size_t at = frame_begin(b, WIJK__WIRE_HEAD);
    put_text(b, head->layer);
    put_uint(b, (uint32_t)head->crs, 4);
    put_uint(b, head->total, 8);
    put_uint(b, head->n_column, 4);
    for (size_t i = 0; i < head->n_column; i++) put_text(b, head->column[i]);
    frame_end(b, at);
}

static void put_value(struct wijk_buf *b, const struct wijk__wire_value *v)
{
    wijk_buf_char(b, (char)v->kind);
    if (v->kind == WIJK__WIRE_TEXT) {
        put_text(b, v->text);
    } else if (v->kind == WIJK__WIRE_NUMBER) {
        uint64_t bits;
        memcpy(&bits, &v->number, sizeof bits);
        put_uint(b, bits, 8);
    }
}

void wijk__wire_put_row(struct wijk_buf *b, const struct wijk__wire_row *row)
{
    size_t at = frame_begin(b, WIJK__WIRE_ROW);
    put_uint(b, row->n, 4);
    for (size_t i = 0; i < row->n; i++) put_value(b, &row->value[i]);
    put_text(b, row->wkb);
    frame_end(b, at);
}

void wijk__wire_put_end(struct wijk_buf *b, uint64_t rows)
{
    size_t at = frame_begin(b, WIJK__WIRE_END);
    put_uint(b, rows, 8);
    frame_end(b, at);
}

void wijk__wire_put_fault(struct wijk_buf *b, enum wijk_err err, const char *sentence)
{
    size_t at = frame_begin(b, WIJK__WIRE_FAULT);
    put_uint(b, (uint64_t)err, 4);
    put_text(b, wijk_str(sentence));
    frame_end(b, at);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* What is left of a payload; `bad` stays set once something did not fit. */
struct rest {
    struct wijk_str s;
    bool bad;
};

static struct wijk_str take(struct rest *r, size_t n)
{
    if (r->bad || n > r->s.n) {
        r->bad = true;
        return (struct wijk_str){"", 0};
    }
    struct wijk_str got = {r->s.p, n};
    r->s.p += n;
    r->s.n -= n;
    return got;
}

static uint64_t take_uint(struct rest *r, size_t bytes)
{
    struct wijk_str s = take(r, bytes);
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++) v |= (uint64_t)(unsigned char)s.p[i] << (8 * i);
    return v;
}

static struct wijk_str take_text(struct rest *r)
{
    struct wijk_str s = take(r, (size_t)take_uint(r, 4));
    if (!wijk_utf8_valid(s, NULL)) r->bad = true;
    return s;
}

static bool whole(const struct rest *r)
{
    return !r->bad && r->s.n == 0;
}

bool wijk__wire_front(const unsigned char front[8], enum wijk__wire_kind *kind, size_t *length)
{
    if (front[0] != 'W' || front[1] != WIJK__WIRE_VERSION || front[3] != 0) return false;
    if (front[2] < WIJK__WIRE_HEAD || front[2] > WIJK__WIRE_FAULT) return false;
    *kind = (enum wijk__wire_kind)front[2];
    *length = (size_t)front[4] | (size_t)front[5] << 8 | (size_t)front[6] << 16 | (size_t)front[7] << 24;
    return *length <= WIJK__WIRE_FRAME_MAX;
}

bool wijk__wire_get_head(struct wijk_cx *cx, struct wijk_str payload, struct wijk__wire_head *out)
{
    struct rest r = {payload, false};
    struct wijk__wire_head head = {.layer = take_text(&r)};
    uint64_t crs = take_uint(&r, 4);
    if (crs > 1000000) return false;
    head.crs = (int)crs;
    head.total = take_uint(&r, 8);
    uint64_t n = take_uint(&r, 4);
    if (r.bad || n > WIJK_LIMIT_COLUMNS) return false;
    struct wijk_str *column = WIJK_NEW(cx, struct wijk_str, n);
    for (size_t i = 0; i < n; i++) column[i] = take_text(&r);
    head.n_column = (size_t)n;
    head.column = column;
    *out = head;
    return whole(&r);
}

static void take_value(struct rest *r, struct wijk__wire_value *v)
{
    uint64_t kind = take_uint(r, 1);
    if (kind > WIJK__WIRE_NUMBER) {
        r->bad = true;
        return;
    }
    v->kind = (enum wijk__wire_value_kind)kind;
    if (kind == WIJK__WIRE_TEXT) {
        v->text = take_text(r);
    } else if (kind == WIJK__WIRE_NUMBER) {
        uint64_t bits = take_uint(r, 8);
        memcpy(&v->number, &bits, sizeof bits);
        if (!isfinite(v->number)) r->bad = true;
    }
}

bool wijk__wire_get_row(struct wijk_cx *cx, struct wijk_str payload, struct wijk__wire_row *out)
{
    struct rest r = {payload, false};
    uint64_t n = take_uint(&r, 4);
    if (r.bad || n > WIJK_LIMIT_COLUMNS) return false;
    struct wijk__wire_value *value = WIJK_NEW(cx, struct wijk__wire_value, n);
    for (size_t i = 0; i < n && !r.bad; i++) take_value(&r, &value[i]);
    struct wijk_str wkb = take(&r, (size_t)take_uint(&r, 4));
    *out = (struct wijk__wire_row){(size_t)n, value, wkb};
    return whole(&r);
}

bool wijk__wire_get_end(struct wijk_str payload, uint64_t *rows)
{
    struct rest r = {payload, false};
    *rows = take_uint(&r, 8);
    return whole(&r);
}

bool wijk__wire_get_fault(struct wijk_str payload, enum wijk_err *err, struct wijk_str *sentence)
{
    struct rest r = {payload, false};
    uint64_t code = take_uint(&r, 4);
    *sentence = take_text(&r);
    if (code == WIJK_OK || code >= WIJK_ERR_COUNT) return false;
    *err = (enum wijk_err)code;
    return whole(&r) && sentence->n <= 4000;
}
