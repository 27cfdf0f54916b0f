/* SPDX-License-Identifier: EUPL-1.2 */
/* A file that lies ready: as it is, or the members of a zip that are asked for. */
#include "fetch/fetch_int.h"

#include <string.h>
#include <unistd.h>

enum { ZIP_MAX = 256 << 20, PIECE = 1 << 16 };

/* A name to save under: the last part of `from`, in the folder of the way. */
static enum wijk_err place_of(struct wijk_cx *cx, const struct wijk_fetch *f, const struct wijk__way *way,
                              const struct wijk_fetch_in *in, int year, const char *from, const char **out)
{
    struct wijk_fetch_in all = *in;
    const char *slash = strrchr(from, '/'), *folder;
    all.gemeente = NULL;
    WIJK_TRY(wijk__joined_path(cx, f, way, &all, year, "", &folder));
    char *name = wijk_str_dup(cx, wijk_str(slash ? slash + 1 : from));
    for (char *p = name; *p; p++)
        if ((unsigned char)*p < 0x20 || strchr("\\:*?\"<>|", *p)) *p = '_';
    if (!*name || name[0] == '.')
        return wijk_fail(cx, WIJK_EPARSE, "%s heeft een bestand zonder naam.", wijk__url_host(cx, way->url));
    *out = wijk_sprintf(cx, "%.*s/%s", (int)(strrchr(folder, '/') - folder), folder, name);
    return WIJK_OK;
}

static enum wijk_err write_file(struct wijk_cx *cx, const char *path, struct wijk_str bytes)
{
    struct wijk_file_out *file;
    WIJK_TRY(wijk_file_out_open(cx, path, true, &file));
    struct wijk_out out = wijk_file_out(file);
    out.write(out.self, bytes.p, bytes.n); /* a write that failed is told by the end */
    return wijk_file_out_done(file);
}

static enum wijk_err copy_file(struct wijk_cx *cx, const char *from, const char *to)
{
    struct wijk_file *file;
    struct wijk_file_out *copy;
    ptrdiff_t got;
    unlink(to);
    if (link(from, to) == 0) return WIJK_OK; /* one file under two names; else a copy */
    WIJK_TRY(wijk_file_open(cx, from, &file));
    enum wijk_err err = wijk_file_out_open(cx, to, true, &copy);
    if (err != WIJK_OK) return wijk_file_close(file), err;
    struct wijk_in in = wijk_file_in(file);
    struct wijk_out out = wijk_file_out(copy);
    char *piece = WIJK_NEW(cx, char, PIECE);
    while ((got = in.read(in.self, piece, PIECE)) > 0)
        if (!out.write(out.self, piece, (size_t)got)) break;
    wijk_file_close(file);
    if (got >= 0) return wijk_file_out_done(copy);
    wijk_file_out_drop(copy);
    return wijk_fail(cx, WIJK_EIO, "%s: lezen lukt niet.", from);
}

static enum wijk_err get_whole(struct wijk_cx *cx, struct wijk_fetch *f, const char *url, uint64_t max,
                               struct wijk__got *got)
{
    struct wijk__get get = {
        .url = url, .accept = "*/*", .max_bytes = max, .whole = true, .label = wijk__url_host(cx, url)};
    WIJK_TRY(wijk__get(cx, f, get, got));
    return wijk__fault_if_xml(cx, url, got->path);
}

enum wijk_err wijk__file_run(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                             const struct wijk_fetch_in *in, struct wijk_fetch_out *out)
{
    struct wijk__got got;
    const char *path, *url = wijk__way_url(cx, way, out->year);
    WIJK_TRY(get_whole(cx, f, url, WIJK_FETCH_FILE_MAX, &got));
    WIJK_TRY(place_of(cx, f, way, in, out->year, url, &path));
    WIJK_TRY(copy_file(cx, got.path, path));
    wijk__one_file(cx, out, out->year, path, url, got.retrieved);
    return WIJK_OK;
}

static bool asked_for(const struct wijk__way *way, const char *name)
{
    const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
    for (size_t i = 0; i < way->members.n; i++)
        if (strstr(last, way->members.v[i])) return true;
    return false;
}

enum wijk_err wijk__zip_run(struct wijk_cx *cx, struct wijk_fetch *f, const struct wijk__way *way,
                            const struct wijk_fetch_in *in, struct wijk_fetch_out *out)
{
    struct wijk__got got;
    struct wijk_str zip;
    const char *const *name, *url = wijk__way_url(cx, way, out->year), *label = strrchr(url, '/') + 1;
    size_t n;
    WIJK_TRY(get_whole(cx, f, url, ZIP_MAX, &got));
    WIJK_TRY(wijk_file_read(cx, got.path, ZIP_MAX, &zip));
    WIJK_TRY(wijk_archive_list(cx, zip, label, WIJK_ARCHIVE_UNPACKED, &name, &n));
    struct wijk_fetch_file *file = WIJK_NEW(cx, struct wijk_fetch_file, n);
    for (size_t i = 0; i < n; i++) {
        struct wijk_str bytes;
        if (!asked_for(way, name[i])) continue;
        struct wijk_fetch_file *one = &file[out->n];
        WIJK_TRY(place_of(cx, f, way, in, out->year, name[i], &one->path));
        WIJK_TRY(wijk_archive_unpack(cx, zip, label, WIJK_ARCHIVE_UNPACKED, name[i], &bytes));
        WIJK_TRY(write_file(cx, one->path, bytes));
        one->url = url;
        one->retrieved = got.retrieved;
        out->n++;
    }
    out->file = file;
    if (out->n) return WIJK_OK;
    return wijk_fail(cx, WIJK_ENOTFOUND, "In %s zit geen van de bestanden waar de definitie om vraagt.",
                     label);
}
