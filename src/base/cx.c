/* SPDX-License-Identifier: EUPL-1.2 */
/* The context: an arena of chunks, and the last fault. */
#include "base/base_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_FIRST = 64 << 10, CHUNK_MOST = 16 << 20 };

/* The one place where the process ends for lack of memory. */
static void *claim(size_t size)
{
    void *p = malloc(size);
    if (p) return p;
    fputs("Het geheugen is op.\n", stderr);
    abort();
}

struct wijk_cx *wijk_cx_new(enum wijk_lang lang)
{
    struct wijk_cx *cx = claim(sizeof *cx);
    *cx = (struct wijk_cx){.lang = lang};
    return cx;
}

void wijk_cx_end(struct wijk_cx *cx)
{
    if (!cx) return;
    for (struct wijk__deferred *d = cx->deferred, *before; d; d = before) {
        before = d->before;
        d->end(d->arg);
        free(d);
    }
    wijk_cx_rewind(cx, (struct wijk_mark){0});
    free(cx);
}

void wijk_cx_defer(struct wijk_cx *cx, void (*end)(void *arg), void *arg)
{
    struct wijk__deferred *d = claim(sizeof *d);
    *d = (struct wijk__deferred){cx->deferred, end, arg};
    cx->deferred = d;
}

enum wijk_lang wijk_cx_lang(const struct wijk_cx *cx)
{
    return cx->lang;
}

struct wijk_mark wijk_cx_mark(const struct wijk_cx *cx)
{
    return (struct wijk_mark){cx->chunk, cx->chunk ? cx->chunk->used : 0};
}

void wijk_cx_rewind(struct wijk_cx *cx, struct wijk_mark mark)
{
    while (cx->chunk != mark.chunk) {
        struct wijk__chunk *c = cx->chunk;
        cx->chunk = c->before;
        free(c);
    }
    if (cx->chunk) cx->chunk->used = mark.used;
}

void *wijk__alloc_raw(struct wijk_cx *cx, size_t size)
{
    const size_t grain = _Alignof(max_align_t);
    if (size > SIZE_MAX / 4) abort();
    size = size ? (size + grain - 1) & ~(grain - 1) : grain;
    struct wijk__chunk *c = cx->chunk;
    if (!c || c->size - c->used < size) {
        size_t want = c ? c->size * 2 : (size_t)CHUNK_FIRST;
        if (want > CHUNK_MOST) want = CHUNK_MOST;
        if (want < size) want = size;
        c = claim(sizeof *c + want);
        *c = (struct wijk__chunk){.before = cx->chunk, .size = want};
        cx->chunk = c;
    }
    void *p = c->room + c->used;
    c->used += size;
    return p;
}

void *wijk_alloc(struct wijk_cx *cx, size_t size)
{
    void *p = wijk__alloc_raw(cx, size);
    memset(p, 0, size);
    return p;
}

static size_t product(size_t n, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(n, size, &all)) abort();
    return all;
}

void *wijk_alloc_n(struct wijk_cx *cx, size_t n, size_t size)
{
    return wijk_alloc(cx, product(n, size));
}

void *wijk_alloc_bare(struct wijk_cx *cx, size_t n, size_t size)
{
    return wijk__alloc_raw(cx, product(n, size));
}

void *wijk_grow(struct wijk_cx *cx, void *list, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return list;
    *cap = *cap ? *cap * 2 : 16;
    void *more = wijk_alloc_n(cx, *cap, size);
    if (n) memcpy(more, list, n * size);
    return more;
}

/* ---- faults ---- */

enum wijk_err wijk_fail(struct wijk_cx *cx, enum wijk_err err, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char text[sizeof cx->fault]; /* an argument may be the sentence that stands there now */
    vsnprintf(text, sizeof text, wijk_tr(cx, fmt), args);
    va_end(args);
    memcpy(cx->fault, text, strlen(text) + 1);
    return err;
}

const char *wijk_fault(const struct wijk_cx *cx)
{
    return cx->fault;
}
void wijk_fault_clear(struct wijk_cx *cx)
{
    cx->fault[0] = 0;
}

static const struct {
    const char *name, *text;
} ERRORS[WIJK_ERR_COUNT] = {
#define X(name, text) {#name, text},
    WIJK_ERRORS(X)
#undef X
};

const char *wijk_err_name(enum wijk_err err)
{
    return err < WIJK_ERR_COUNT ? ERRORS[err].name : "?";
}
const char *wijk_err_text(enum wijk_err err)
{
    return err < WIJK_ERR_COUNT ? ERRORS[err].text : "?";
}
