/* SPDX-License-Identifier: EUPL-1.2 */
/* A table of text in a zip is read as if it lay beside it: unpacked piece by piece, after the whole zip was
 * looked through by the rules for archives. */
#include "import/import_int.h"

#include <string.h>
#include <strings.h>

enum { ZIP_MOST = 128 << 20, NAMES_TOLD = 5 };

static bool is_table(const char *name)
{
    static const char *const ENDING[] = {".csv", ".txt", ".tsv"};
    const size_t n = strlen(name);
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++)
        if (n > 4 && strcasecmp(name + n - 4, ENDING[i]) == 0) return strncmp(name, "__MACOSX/", 9) != 0;
    return false;
}

static const char *plain(struct wijk_cx *cx, const char *text)
{
    return wijk_str_dup(cx, wijk_str_plain(cx, wijk_str(text)));
}

/* The one table in it. */
static enum wijk_err find_table(struct wijk_cx *cx, const char *label, const char *const *name, size_t n,
                                const char **out)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_table(name[i])) continue;
        if (found < NAMES_TOLD) wijk_buf_printf(&b, "%s%s", found ? ", " : "", name[i]);
        if (!found++) *out = name[i];
    }
    if (found == 1) return WIJK_OK;
    if (!found) return wijk_fail(cx, WIJK_ENOTFOUND, "%s: in het zipbestand zit geen CSV-bestand.", label);
    return wijk_fail(
        cx, WIJK_EDATA,
        "%s: in het zipbestand zitten %zu CSV-bestanden (%s). Pak het uit en laad ze een voor een.", label,
        found, plain(cx, wijk_buf_cstr(&b)));
}

/* By its name: a file of text that begins like a zip is something else, and the CSV reader refuses it. */
static bool is_zip(const char *path)
{
    const size_t n = strlen(path);
    return n > 4 && strcasecmp(path + n - 4, ".zip") == 0;
}

enum wijk_err wijk__zipped_find(struct wijk_cx *cx, const char *path, struct wijk__zipped *out)
{
    struct wijk_file *file;
    const char *const *name;
    size_t n;
    *out = (struct wijk__zipped){0};
    if (!is_zip(path)) return WIJK_OK;
    WIJK_TRY(wijk_file_open(cx, path, &file));
    const char *label = wijk_str_dup(cx, wijk_str(wijk_file_label(file)));
    wijk_file_close(file);
    WIJK_TRY(wijk_file_read(cx, path, ZIP_MOST, &out->zip));
    WIJK_TRY(wijk_archive_list(cx, out->zip, label, WIJK_ARCHIVE_UNPACKED, &name, &n));
    WIJK_TRY(find_table(cx, label, name, n, &out->table));
    out->label = wijk_sprintf(cx, "%s/%s", label, plain(cx, out->table));
    return WIJK_OK;
}

enum wijk_err wijk__zipped_use(struct wijk_cx *cx, const struct wijk__zipped *z, struct wijk__open *how)
{
    if (!z->table) return WIJK_OK;
    WIJK_TRY(
        wijk_archive_open(cx, z->zip, z->label, WIJK_ARCHIVE_UNPACKED, z->table, &how->bytes, &how->n_bytes));
    how->label = z->label;
    return WIJK_OK;
}
