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

static enum wijk_err read_given(struct wijk_cx *cx, const char *dir, struct def_list *list)
{
    static const char *const KINDS[] = {"indicators", "methods",     "sources", "recipes",   "trajectories",
                                        "peers",      "perceptions", "events",  "algorithms"};
    for (const struct wijk_embedded *f = wijk_defs_files; f->name; f++) {
        if (!is_yaml(f->name) || wijk_str_starts(wijk_str(f->name), "demo/")) continue;
        def_set(cx, list, (struct wijk_def_file){f->name, {(const char *)f->bytes, f->n}});
    }
    if (!dir) return WIJK_OK;
    DIR *d = opendir(dir);
    if (!d) return wijk_fail(cx, WIJK_ENOTFOUND, "De map met definities %s bestaat niet.", dir);
    closedir(d);
    for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) WIJK_TRY(read_own(cx, dir, KINDS[k], list));
    return WIJK_OK;
}

enum wijk_err wijk_flow_defs(struct wijk_cx *cx, const char *dir, const struct wijk_defs **out)
{
    struct def_list list = {0};
    WIJK_TRY(read_given(cx, dir, &list));
    return wijk_defs_read(cx, list.v, list.n, out);
}

/* ---- sources of the store ---- */

static struct wijk_def_file file_of(struct wijk_cx *cx, const struct wijk_own_source *s)
{
    return (struct wijk_def_file){wijk_sprintf(cx, "sources/eigen/%s.yaml", s->id), wijk_str(s->yaml)};
}

/* Do the definitions hold with this one behind them, and is the id inside it the one it goes by? */
static enum wijk_err try_one(struct wijk_cx *cx, const struct def_list *list, const struct wijk_own_source *s)
{
    const struct wijk_defs *defs;
    struct wijk_def_file *v = WIJK_NEW(cx, struct wijk_def_file, list->n + 1);
    memcpy(v, list->v, list->n * sizeof *v);
    v[list->n] = file_of(cx, s);
    WIJK_TRY(wijk_defs_read(cx, v, list->n + 1, &defs));
    if (defs->n_source && strcmp(defs->source[defs->n_source - 1].id, s->id) == 0) return WIJK_OK;
    return wijk_fail(cx, WIJK_EDEF, "De bron %s noemt zichzelf anders.", s->id);
}

static bool is_id(const char *id)
{
    size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_.");
    return n > 0 && n <= 100 && !id[n];
}

enum wijk_err wijk_flow_defs_of(struct wijk_cx *cx, const char *dir, struct wijk_store *store,
                                const struct wijk_own_source *more, const struct wijk_defs **out)
{
    struct def_list list = {0};
    const struct wijk_defs *given;
    const struct wijk_own_source *own = NULL;
    size_t n = 0;
    WIJK_TRY(read_given(cx, dir, &list));
    WIJK_TRY(wijk_defs_read(cx, list.v, list.n, &given));
    if (store) WIJK_TRY(wijk_store_read_own_sources(cx, store, &own, &n));
    for (size_t i = 0; i < n; i++) {
        bool replaced = more && strcmp(more->id, own[i].id) == 0;
        if (replaced || !is_id(own[i].id) || wijk_defs_source(given, own[i].id)) continue;
        if (try_one(cx, &list, &own[i]) == WIJK_OK)
            def_set(cx, &list, file_of(cx, &own[i]));
        else
            wijk_fault_clear(cx);
    }
    if (more && (!is_id(more->id) || wijk_defs_source(given, more->id)))
        return wijk_fail(cx, WIJK_EEXISTS, "De naam %s is al van een andere bron of mag niet.", more->id);
    if (more) {
        WIJK_TRY(try_one(cx, &list, more));
        def_set(cx, &list, file_of(cx, more));
    }
    return wijk_defs_read(cx, list.v, list.n, out);
}
