/* SPDX-License-Identifier: EUPL-1.2 */
/* The cache folder: for every address NAME.body (the file), NAME.json (what is known of it) and, while it
 * comes in, NAME.part and NAME.part.json. NAME is a hash of the address. A file is believed only when it
 * still has the size and the hash it was kept with. */
#include "fetch/fetch_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ABOUT_MAX = 1 << 16 };

enum wijk_err wijk__kept_folder(struct wijk_cx *cx, const char *path)
{
    struct stat st;
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
        return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO, "De map %s voor opgehaalde bestanden is niet te maken.", path);
}

const char *wijk__kept_path(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                            const char *ending)
{
    struct wijk_sha256 h;
    char hex[65];
    wijk_sha256_begin(&h);
    wijk_sha256_add(&h, url, strlen(url));
    wijk_sha256_end(&h, hex);
    return wijk_sprintf(cx, "%s/%.32s%s", f->opt.cache, hex, ending);
}

static bool read_about(struct wijk_cx *cx, const char *path, const char *url, struct wijk__kept *out)
{
    struct wijk_str bytes;
    struct wijk_in_mem mem;
    struct wijk_json *json;
    struct wijk_json_token token;
    const char *its_url = "";
    *out = (struct wijk__kept){"", "", "", "", 0};
    bool good = wijk_file_read(cx, path, ABOUT_MAX, &bytes) == WIJK_OK &&
                wijk_json_open(cx, wijk_in_mem(&mem, bytes, path), &json) == WIJK_OK &&
                wijk_json_next(json, &token) == WIJK_OK && token.kind == WIJK_JSON_OBJECT;
    while (good && wijk_json_next(json, &token) == WIJK_OK && token.kind == WIJK_JSON_KEY) {
        const char *key = wijk_str_dup(cx, token.text), **text = NULL;
        if (wijk_json_next(json, &token) != WIJK_OK) break;
        if (strcmp(key, "url") == 0) text = &its_url;
        if (strcmp(key, "etag") == 0) text = &out->etag;
        if (strcmp(key, "modified") == 0) text = &out->modified;
        if (strcmp(key, "sha256") == 0) text = &out->sha256;
        if (strcmp(key, "retrieved") == 0) text = &out->retrieved;
        if (text && token.kind == WIJK_JSON_STRING) *text = wijk_str_dup(cx, token.text);
        if (strcmp(key, "bytes") == 0 && token.kind == WIJK_JSON_NUMBER && token.number >= 0)
            out->bytes = (uint64_t)token.number;
    }
    wijk_fault_clear(cx); /* a cache that cannot be read is an empty one */
    return good && strcmp(its_url, url) == 0;
}

static enum wijk_err write_about(struct wijk_cx *cx, const char *path, const char *url,
                                 struct wijk__kept about)
{
    const char *fresh = wijk_sprintf(cx, "%s.new", path);
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_json_out *w = WIJK_NEW(cx, struct wijk_json_out, 1);
    wijk_json_out_open(w, wijk_out_buf(&b));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "url", url);
    wijk_json_kv_str(w, "etag", about.etag);
    wijk_json_kv_str(w, "modified", about.modified);
    wijk_json_kv_str(w, "sha256", about.sha256);
    wijk_json_kv_str(w, "retrieved", about.retrieved);
    wijk_json_kv_int(w, "bytes", (int64_t)about.bytes);
    wijk_json_end_object(w);
    wijk_json_out_close(w);
    /* Without fsync: after a power cut it may be empty or torn, and then the file is asked for again. */
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    bool good = fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n;
    if (fd >= 0) good = close(fd) == 0 && good;
    if (good && rename(fresh, path) == 0) return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO, "De map %s voor opgehaalde bestanden is niet te maken.", path);
}

bool wijk__kept_find(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url, struct wijk__kept *out)
{
    struct wijk_file *file;
    char hex[65];
    uint64_t bytes;
    if (!read_about(cx, wijk__kept_path(cx, f, url, ".json"), url, out)) return false;
    enum wijk_err err = wijk_file_open(cx, wijk__kept_path(cx, f, url, ".body"), &file);
    if (err == WIJK_OK) {
        err = wijk_file_hash(cx, file, hex, &bytes);
        wijk_file_close(file);
    }
    wijk_fault_clear(cx);
    return err == WIJK_OK && bytes == out->bytes && strcmp(hex, out->sha256) == 0;
}

enum wijk_err wijk__kept_save(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                              struct wijk__kept about)
{
    return write_about(cx, wijk__kept_path(cx, f, url, ".json"), url, about);
}

bool wijk__kept_find_part(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                          struct wijk__kept *out)
{
    struct stat st;
    if (!read_about(cx, wijk__kept_path(cx, f, url, ".part.json"), url, out)) return false;
    if (stat(wijk__kept_path(cx, f, url, ".part"), &st) != 0 || st.st_size <= 0) return false;
    out->bytes = (uint64_t)st.st_size;
    /* Half a file may be completed only when the service can say that it is still the same one. */
    return (*out->etag && strncmp(out->etag, "W/", 2) != 0) || *out->modified;
}

enum wijk_err wijk__kept_save_part(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url,
                                   struct wijk__kept about)
{
    return write_about(cx, wijk__kept_path(cx, f, url, ".part.json"), url, about);
}

void wijk__kept_drop_part(struct wijk_cx *cx, const struct wijk_fetch *f, const char *url)
{
    unlink(wijk__kept_path(cx, f, url, ".part"));
    unlink(wijk__kept_path(cx, f, url, ".part.json"));
}
