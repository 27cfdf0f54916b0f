/* SPDX-License-Identifier: EUPL-1.2 */
/* A growing text, and bytes in and out of memory. */
#include "base/base_int.h"

#include <stdio.h>
#include <string.h>

enum { BUF_FIRST = 256 };
static const size_t BUF_MOST = (size_t)1 << 30;

struct wijk_buf wijk_buf(struct wijk_cx *cx, size_t max)
{
    return (struct wijk_buf){.cx = cx, .max = max ? max : BUF_MOST};
}

/* Makes room for n more bytes and a NUL. */
static bool make_room(struct wijk_buf *b, size_t n)
{
    if (b->full || n > b->max || b->n > b->max - n) return b->full = true, false;
    if (b->n + n < b->cap) return true;
    size_t cap = b->cap ? b->cap * 2 : (size_t)BUF_FIRST;
    if (cap < b->n + n + 1) cap = b->n + n + 1;
    char *p = wijk__alloc_raw(b->cx, cap);
    if (b->n) memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
    return true;
}

void wijk_buf_put(struct wijk_buf *b, const void *bytes, size_t n)
{
    if (!make_room(b, n)) return;
    if (n) memcpy(b->p + b->n, bytes, n);
    b->n += n;
}

void wijk_buf_str(struct wijk_buf *b, const char *cstr)
{
    wijk_buf_put(b, cstr, strlen(cstr));
}
void wijk_buf_char(struct wijk_buf *b, char c)
{
    wijk_buf_put(b, &c, 1);
}

void wijk_buf_printf(struct wijk_buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n > 0 && make_room(b, (size_t)n)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

char *wijk_buf_cstr(struct wijk_buf *b)
{
    if (!b->p) b->p = wijk_alloc(b->cx, b->cap = 1);
    b->p[b->n] = 0;
    return b->p;
}

/* ---- bytes in and out ---- */

static ptrdiff_t read_mem(void *self, void *into, size_t n)
{
    struct wijk_in_mem *m = self;
    size_t left = m->bytes.n - m->at;
    if (n > left) n = left;
    if (n) memcpy(into, m->bytes.p + m->at, n);
    m->at += n;
    return (ptrdiff_t)n;
}

struct wijk_in wijk_in_mem(struct wijk_in_mem *self, struct wijk_str bytes, const char *name)
{
    *self = (struct wijk_in_mem){bytes, 0};
    return (struct wijk_in){read_mem, self, name};
}

static bool write_buf(void *self, const void *bytes, size_t n)
{
    struct wijk_buf *b = self;
    wijk_buf_put(b, bytes, n);
    return !b->full;
}

struct wijk_out wijk_out_buf(struct wijk_buf *b)
{
    return (struct wijk_out){write_buf, b};
}

enum { BLOCK_PIECE = 256 << 10 };

void wijk__block_open(struct wijk_cx *cx, struct wijk__block_in *b, struct wijk_in in, size_t size)
{
    *b = (struct wijk__block_in){.in = in, .room = wijk__alloc_raw(cx, size + WIJK_CSV_BEYOND), .size = size};
    memset(b->room + size, 0, WIJK_CSV_BEYOND);
}

bool wijk__block_more(struct wijk__block_in *b)
{
    if (b->ended || b->failed) return false;
    if (b->at) memmove(b->room, b->room + b->at, b->n - b->at);
    b->n -= b->at;
    b->at = 0;
    if (b->n == b->size) return false;
    /* Pieces that are still in the processor's cache when they are looked at. */
    const size_t left = b->size - b->n, piece = left < BLOCK_PIECE ? left : (size_t)BLOCK_PIECE;
    ptrdiff_t got = b->in.read(b->in.self, b->room + b->n, piece);
    if (got < 0) b->failed = true;
    if (got == 0) b->ended = true;
    if (got > 0) b->n += (size_t)got;
    return got > 0;
}
