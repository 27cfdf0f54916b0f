/* SPDX-License-Identifier: EUPL-1.2 */
/* wijk-read: `wijk-read LANG FORMAT LABEL LAYER SECONDS`, started by wijk only. The file is file descriptor
 * 3, the frames of import/wire.h go to 1. */
#include "read/layer.h"
#include "read/sandbox.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_FD = 3, FILE_MAX = 1 << 30 };

static bool pipe_write(void *self, const void *bytes, size_t n)
{
    (void)self;
    for (const char *p = bytes; n > 0;) {
        ssize_t done = write(STDOUT_FILENO, p, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

static enum wijk_err map_file(struct wijk_cx *cx, const char *label, struct wijk_str *out)
{
    struct stat st;
    if (fstat(FILE_FD, &st) != 0 || !S_ISREG(st.st_mode))
        return wijk_fail(cx, WIJK_EIO, "%s: dit is geen gewoon bestand", label);
    if (st.st_size == 0) return wijk_fail(cx, WIJK_EPARSE, "%s: het bestand is leeg", label);
    if (st.st_size > FILE_MAX)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: groter dan %d MB", label, FILE_MAX >> 20);
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, FILE_FD, 0);
    if (p == MAP_FAILED) return wijk_fail(cx, WIJK_EIO, "%s: lezen lukt niet", label);
    *out = (struct wijk_str){p, (size_t)st.st_size};
    return WIJK_OK;
}

static enum wijk_err run(struct wijk_cx *cx, char **argv)
{
    struct wijk__layer_in in = {
        .format = argv[2], .label = argv[3], .layer = argv[4], .out = {pipe_write, NULL}};
    int64_t seconds;
    if (!wijk_int_parse(wijk_str(argv[5]), 1, 86400, &seconds))
        return wijk_fail(cx, WIJK_EUSAGE, "wijk-read: geen geldige tijdgrens");
    WIJK_TRY(wijk__layer_prepare(cx, in.format, (unsigned)seconds));
    WIJK_TRY(map_file(cx, in.label, &in.bytes));
    if (!wijk__sandbox_enter((unsigned)seconds))
        return wijk_fail(cx, WIJK_ECHILD, "wijk-read: dit systeem laat niet toe het lezen af te schermen");
    return wijk__layer_send(cx, &in);
}

/* The fault, with a question mark for each byte that is no text: libraries quote the foreign file in theirs.
 */
static const char *sentence(struct wijk_cx *cx)
{
    char *text = wijk_str_dup(cx, wijk_str(wijk_fault(cx)));
    for (size_t bad; !wijk_utf8_valid(wijk_str(text), &bad);) text[bad] = '?';
    return text;
}

int main(int argc, char **argv)
{
    struct wijk_cx *cx = wijk_cx_new(wijk_lang_from(argc > 1 ? argv[1] : NULL));
    enum wijk_err err =
        argc == 6 ? run(cx, argv) : wijk_fail(cx, WIJK_EUSAGE, "wijk-read wordt door wijk zelf gestart");
    if (err != WIJK_OK) {
        struct wijk_buf b = wijk_buf(cx, 8192);
        wijk__wire_put_fault(&b, err, sentence(cx));
        (void)!pipe_write(NULL, b.p, b.n);
    }
    /* No clean-up by libraries that have read a hostile file: the system takes everything back. */
    _exit(err == WIJK_OK ? 0 : 1);
}
