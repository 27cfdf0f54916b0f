/* SPDX-License-Identifier: EUPL-1.2 */
/* Files on their way in: written as they arrive, never held in memory. Every name in here is ours; what
 * people call their file is only its last part, inside a folder that is only its own. */
#include "http/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { SPARE_BYTES = 32 << 20 }; /* the store has to grow as well */
static const char PART[] = "deel";

struct http_spool {
    int fd; /* of the folder; locked */
    char *dir;
};
struct http_upload {
    struct http_spool *spool;
    int folder, fd;
    bool failed;
    uint64_t n, expected;
    struct wijk_sha256 hash;
    char id[HTTP_ID + 1], sha256[65], *path;
};

bool wijk__spool_random(char out[HTTP_ID + 1])
{
    unsigned char bytes[HTTP_ID / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    wijk_hex(bytes, sizeof bytes, out);
    return true;
}

/* ---- clearing away ---- */

static bool is_id(const char *name)
{
    return strspn(name, "0123456789abcdef") == HTTP_ID && !name[HTTP_ID];
}

/* A folder of ours holds files only. */
void wijk__spool_remove(struct http_spool *spool, const char *id)
{
    int fd = openat(spool->fd, id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    if (!d) {
        if (fd >= 0) close(fd);
        return;
    }
    for (const struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) unlinkat(fd, e->d_name, 0);
    closedir(d);
    unlinkat(spool->fd, id, AT_REMOVEDIR);
}

static void sweep(struct http_spool *spool)
{
    int fd = openat(spool->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    if (!d) {
        if (fd >= 0) close(fd);
        return;
    }
    for (const struct dirent *e; (e = readdir(d));)
        if (is_id(e->d_name)) wijk__spool_remove(spool, e->d_name);
    closedir(d);
}

/* ---- the folder ---- */

enum wijk_err wijk__spool_open(struct wijk_cx *cx, const char *dir, struct http_spool **out)
{
    struct stat st;
    if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        return wijk_fail(cx, WIJK_EIO, "De map %s voor bestanden die binnenkomen is niet te maken.", dir);
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_uid != geteuid() || fchmod(fd, 0700) != 0) {
        if (fd >= 0) close(fd);
        return wijk_fail(cx, WIJK_EIO, "De map %s is niet van deze gebruiker; kies een andere met --spool.",
                         dir);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return wijk_fail(cx, WIJK_EEXISTS, "Een andere server gebruikt de map %s al.", dir);
    }
    struct http_spool *s = calloc(1, sizeof *s);
    if (!s || !(s->dir = strdup(dir))) abort();
    s->fd = fd;
    sweep(s);
    *out = s;
    return WIJK_OK;
}

void wijk__spool_close(struct http_spool *s)
{
    if (!s) return;
    sweep(s);
    rmdir(s->dir); /* stays where something else stands in it */
    close(s->fd);
    free(s->dir);
    free(s);
}

/* ---- one file ---- */

static bool has_room(const struct http_spool *s, uint64_t bytes)
{
    struct statvfs v;
    if (fstatvfs(s->fd, &v) != 0) return false;
    return (uint64_t)v.f_bavail * v.f_frsize >= bytes + (bytes >> 3) + SPARE_BYTES;
}

struct http_upload *wijk__upload_begin(struct http_spool *s, uint64_t bytes)
{
    struct http_upload *u = calloc(1, sizeof *u);
    if (!u) abort();
    u->spool = s, u->folder = -1, u->fd = -1, u->expected = bytes;
    wijk_sha256_begin(&u->hash);
    bool good = has_room(s, bytes) && wijk__spool_random(u->id) && mkdirat(s->fd, u->id, 0700) == 0;
    if (good) {
        u->folder = openat(s->fd, u->id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        u->fd = u->folder < 0
                    ? -1
                    : openat(u->folder, PART, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        good = u->fd >= 0;
        if (!good) wijk__spool_remove(s, u->id);
    }
    if (good) return u;
    wijk__upload_free(u);
    return NULL;
}

void wijk__upload_take(struct http_upload *u, const void *bytes, size_t n)
{
    const char *p = bytes;
    if (u->failed) return;
    wijk_sha256_add(&u->hash, bytes, n);
    u->n += n;
    while (n && !u->failed) {
        ssize_t k = write(u->fd, p, n);
        if (k > 0)
            p += k, n -= (size_t)k;
        else if (errno != EINTR)
            u->failed = true;
    }
    /* What is lost already need not stand in the way of others until the client is done sending. */
    if (u->failed && ftruncate(u->fd, 0) != 0) wijk__spool_remove(u->spool, u->id);
}

bool wijk__upload_done(struct http_upload *u, const char *name)
{
    if (u->failed || u->n != u->expected) u->failed = true;
    if (!u->failed && renameat(u->folder, PART, u->folder, name) != 0) u->failed = true;
    if (u->fd >= 0 && close(u->fd) != 0) u->failed = true;
    u->fd = -1;
    if (u->failed) {
        wijk__spool_remove(u->spool, u->id);
        return false;
    }
    wijk_sha256_end(&u->hash, u->sha256);
    size_t room = strlen(u->spool->dir) + strlen(name) + HTTP_ID + 3;
    u->path = malloc(room);
    if (!u->path) abort();
    snprintf(u->path, room, "%s/%s/%s", u->spool->dir, u->id, name);
    return true;
}

const char *wijk__upload_id(const struct http_upload *u)
{
    return u->id;
}

const char *wijk__upload_path(const struct http_upload *u)
{
    return u->path;
}

const char *wijk__upload_sha256(const struct http_upload *u)
{
    return u->sha256;
}

uint64_t wijk__upload_bytes(const struct http_upload *u)
{
    return u->n;
}

void wijk__upload_free(struct http_upload *u)
{
    if (!u) return;
    if (u->fd >= 0) close(u->fd);
    if (u->folder >= 0) close(u->folder);
    if (!u->path && *u->id) wijk__spool_remove(u->spool, u->id);
    free(u->path);
    free(u);
}
