/* SPDX-License-Identifier: EUPL-1.2 */
/* /uitvoer: everything as a file. It is written into a file without a name, so that memory stays small and a
 * fault is told before the first byte is sent. */
#include "http/handlers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "lindewaard-4f2a90c1d3e7.csv": letters, digits and dashes only, so it needs no quoting anywhere. */
static const char *file_name(struct http_call *c, enum wijk_export_kind kind)
{
    struct wijk_buf b = wijk_buf(c->cx, 0);
    struct wijk_str title = wijk_str_fold(c->cx, wijk_str(c->s->info.title));
    for (size_t i = 0; i < title.n && b.n < 40; i++) {
        char k = title.p[i];
        bool plain = (k >= 'a' && k <= 'z') || (k >= '0' && k <= '9');
        if (plain)
            wijk_buf_char(&b, k);
        else if (b.n && b.p[b.n - 1] != '-')
            wijk_buf_char(&b, '-');
    }
    return wijk_sprintf(c->cx, "%s%s%s.%s", b.n ? wijk_buf_cstr(&b) : "wijkregie",
                        b.n && b.p[b.n - 1] == '-' ? "" : "-", c->s->version, wijk_export_id(kind));
}

const char *wijk__http_scratch(struct wijk_cx *cx)
{
    const char *folder = getenv("TMPDIR");
    return wijk_sprintf(cx, "%s/wijkregie-uitvoer", folder && *folder == '/' ? folder : "/tmp");
}

static void failed(struct http_call *c, enum wijk_err err)
{
    const char *fault = wijk_fault(c->cx);
    if (err == WIJK_ENOTFOUND)
        wijk__http_not_found(c, fault);
    else if (err == WIJK_ELIMIT)
        wijk__http_problem(c, 400, wijk_tr(c->cx, "De vraag klopt niet"), fault);
    else
        wijk__http_problem(c, 500, wijk_tr(c->cx, "De uitvoer lukt niet"), fault);
}

void wijk__res_export(struct http_call *c)
{
    struct wijk_flow_export_in in = {
        .level = c->text[0] ? c->level : WIJK_LEVEL_COUNT, .within = c->text[1], .source = c->text[2]};
    if (!wijk_export_parse(wijk_str(c->arg[0]), &in.kind)) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Kies csv, json, geojson, xlsx of gpkg."));
        return;
    }
    if (wijk__http_same(c)) return;
    int fd = -1;
    struct stat st;
    enum wijk_err err =
        wijk_flow_export(c->cx, c->s, &in, &(struct wijk_file_to){wijk__http_scratch(c->cx), false, &fd});
    if (err == WIJK_OK && fstat(fd, &st) != 0) {
        close(fd);
        err = wijk_fail(c->cx, WIJK_EIO, "Schrijven lukt niet.");
    }
    if (err != WIJK_OK) {
        c->out->etag = NULL;
        failed(c, err);
        return;
    }
    c->out->file = fd;
    c->out->file_bytes = (uint64_t)st.st_size;
    c->out->content_type = wijk_export_media(in.kind);
    wijk__http_header(c->out, "Content-Disposition",
                      wijk_sprintf(c->cx, "attachment; filename=\"%s\"", file_name(c, in.kind)));
}
