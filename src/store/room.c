/* SPDX-License-Identifier: EUPL-1.2 */
/* Room for the values of one file. The first of it is ordinary memory; a file that gives more gets the rest
 * in a nameless file on disk, mapped piece by piece, so that memory does not grow with what is loaded. Pieces
 * that nobody is at are let go of: the system writes them away when it wants, and brings back what is asked
 * for. */
#include "store/store_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { IN_MEMORY = 48 << 20, PIECE = 8 << 20, PIECES_MOST = 1 << 14, GRAIN = 16 };

struct piece {
    void *p;
    size_t n;
};
struct wijk_room {
    struct wijk_cx *cx;
    size_t in_memory; /* bytes given out of cx */
    int fd;           /* -1: none needed so far; -2: none to be had */
    size_t n_piece, length, used;
    struct piece piece[PIECES_MOST];
};

static void room_end(void *self)
{
    struct wijk_room *r = self;
    for (size_t i = 0; i < r->n_piece; i++) munmap(r->piece[i].p, r->piece[i].n);
    if (r->fd >= 0) close(r->fd);
    free(r);
}

struct wijk_room *wijk_room_new(struct wijk_cx *cx)
{
    struct wijk_room *r = calloc(1, sizeof *r);
    if (!r) abort();
    r->cx = cx;
    r->fd = -1;
    wijk_cx_defer(cx, room_end, r);
    return r;
}

void wijk_room_rest(struct wijk_room *r)
{
    for (size_t i = 0; r && i < r->n_piece; i++) madvise(r->piece[i].p, r->piece[i].n, MADV_DONTNEED);
}

static int nameless_file(void)
{
    static const char *const FOLDER[] = {"/var/tmp", "/tmp"};
    int fd = -1;
    for (size_t i = 0; i < sizeof FOLDER / sizeof *FOLDER && fd < 0; i++)
        fd = open(FOLDER[i], O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    return fd < 0 ? -2 : fd;
}

/* Its blocks are claimed beforehand: a full disk is met here, and not when a page is written. */
static bool add_piece(struct wijk_room *r, size_t size)
{
    const size_t n = size < PIECE ? (size_t)PIECE : (size + PIECE - 1) / PIECE * PIECE;
    if (r->fd == -1) r->fd = nameless_file();
    if (r->fd < 0 || r->n_piece == PIECES_MOST || posix_fallocate(r->fd, (off_t)r->length, (off_t)n))
        return false;
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, (off_t)r->length);
    if (p == MAP_FAILED) return false;
    wijk_room_rest(r);
    r->piece[r->n_piece++] = (struct piece){p, n};
    r->length += n;
    r->used = 0;
    return true;
}

void *wijk_room_take(struct wijk_room *r, size_t n, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(n, size, &all) || all > SIZE_MAX / 4) abort();
    all = (all + GRAIN - 1) / GRAIN * GRAIN;
    const bool fits = r->n_piece && r->piece[r->n_piece - 1].n - r->used >= all;
    if (r->in_memory + all <= IN_MEMORY || (!fits && !add_piece(r, all))) {
        r->in_memory += all;
        return wijk_alloc(r->cx, all);
    }
    char *p = (char *)r->piece[r->n_piece - 1].p + r->used;
    r->used += all;
    return p;
}
