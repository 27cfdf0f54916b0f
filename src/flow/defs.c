/* SPDX-License-Identifier: EUPL-1.2 */
/* The definitions: those built into the program, and a municipality's own folder laid over them. */
#include "flow/flow.h"
#include "base/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

extern const struct wijk_embedded wijk_defs_files[];

enum { OWN_FILES_MAX = 4096 };

struct def_list {
    size_t n, cap;
    struct wijk_def_file *v;
};

static void def_set(struct wijk_cx *cx, struct def_list *list, struct wijk_def_file file)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->v[i].name, file.name) == 0) {
            list->v[i] = file;
            return;
        }
    }
    list->v = wijk_grow(cx, list->v, list->n, &list->cap, sizeof *list->v);
    list->v[list->n++] = file;
}

static bool is_yaml(const char *name)
{
    size_t n = strlen(name);
    return n > 5 && strcmp(name + n - 5, ".yaml") == 0 && name[0] != '.';
}

/* One kind ("sources") of a municipality's own folder; a folder that lacks it is fine. */
static enum wijk_err read_own(struct wijk_cx *cx, const char *dir, const char *kind, struct def_list *list)
{
    const char *path = wijk_sprintf(cx, "%s/%s", dir, kind);
    DIR *d = opendir(path);
    if (!d && errno == ENOENT) return WIJK_OK;
    if (!d) return wijk_fail(cx, WIJK_EIO, "De map %s is niet te lezen.", path);
    enum wijk_err err = WIJK_OK;
    for (const struct dirent *e; err == WIJK_OK && (e = readdir(d));) {
        if (!is_yaml(e->d_name)) continue;
        struct wijk_def_file file = {.name = wijk_sprintf(cx, "%s/%s", kind, e->d_name)};
        err = wijk_file_read(cx, wijk_sprintf(cx, "%s/%s", path, e->d_name), WIJK_LIMIT_YAML, &file.bytes);
        if (err == WIJK_OK) def_set(cx, list, file);
        if (err == WIJK_OK && list->n > OWN_FILES_MAX)
            err = wijk_fail(cx, WIJK_ELIMIT, "De map %s heeft te veel bestanden.", path);
    }
    closedir(d);
    return err;
}

enum wijk_err wijk_flow_defs(struct wijk_cx *cx, const char *dir, const struct wijk_defs **out)
{
    static const char *const KINDS[] = {"indicators", "methods", "sources"};
    struct def_list list = {0};
    for (const struct wijk_embedded *f = wijk_defs_files; f->name; f++) {
        if (!is_yaml(f->name) || wijk_str_starts(wijk_str(f->name), "demo/")) continue;
        def_set(cx, &list, (struct wijk_def_file){f->name, {(const char *)f->bytes, f->n}});
    }
    if (dir) {
        DIR *d = opendir(dir);
        if (!d) return wijk_fail(cx, WIJK_ENOTFOUND, "De map met definities %s bestaat niet.", dir);
        closedir(d);
        for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++)
            WIJK_TRY(read_own(cx, dir, KINDS[k], &list));
    }
    return wijk_defs_read(cx, list.v, list.n, out);
}
