/* SPDX-License-Identifier: EUPL-1.2 */
/* The fetch recipe: ask the publisher's service, then import what came, as if it had been given by hand. */
#include "flow/flow_int.h"

static enum wijk_err get_files(struct wijk_cx *cx, const struct wijk_flow_fetch_in *in,
                               const struct wijk_source *source, struct wijk_fetch_out *got)
{
    struct wijk_fetch *fetch;
    struct wijk_fetch_in ask = {source, in->way, in->gemeente, in->year};
    WIJK_TRY(wijk_fetch_open(cx, in->opt, &fetch));
    enum wijk_err err = wijk_fetch_source(cx, fetch, ask, got);
    wijk_fetch_close(fetch);
    return err;
}

enum wijk_err wijk_flow_fetch(struct wijk_cx *cx, struct wijk_store *store, struct wijk_flow_fetch_in in,
                              struct wijk_flow_fetch_out *out)
{
    const struct wijk_source *source;
    *out = (struct wijk_flow_fetch_out){0};
    WIJK_TRY(wijk__flow_source(cx, in.defs, in.source, &source));
    WIJK_TRY(get_files(cx, &in, source, &out->got));
    out->file = WIJK_NEW(cx, struct wijk_flow_import_out, out->got.n);
    for (; out->n < out->got.n; out->n++) {
        const struct wijk_fetch_file *file = &out->got.file[out->n];
        struct wijk_flow_import_in import = {.defs = in.defs,
                                             .source = in.source,
                                             .paths = &file->path,
                                             .n_paths = 1,
                                             .year = out->got.year,
                                             .gemeente = out->got.gemeente,
                                             .release = in.release,
                                             .reader = in.reader,
                                             .retrieved = file->retrieved,
                                             .url = file->url,
                                             .dry_run = in.dry_run,
                                             .now = in.opt.now,
                                             .progress = in.opt.progress};
        WIJK_TRY(wijk_flow_import(cx, store, import, &out->file[out->n]));
    }
    return WIJK_OK;
}
