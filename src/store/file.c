/* SPDX-License-Identifier: EUPL-1.2 */
/* Files: a byte source that can be hashed, and an output that is there whole or not at all. */
#include "store/store_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_TRIES = 100, HASH_PIECE = 1 << 16, SWEEP_MOST = 100000 };

/* ---- names ---- */

const char *wijk__file_label(struct wijk_cx *cx, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct wijk_str name = wijk_str(slash && slash[1] ? slash + 1 : path);
    if (!wijk_utf8_valid(name, NULL)) name = wijk_utf8_from_cp1252(cx, name);
    char *label = wijk_str_dup(cx, name);
    for (char *c = label; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
    return label;
}

char *wijk__file_folder(struct wijk_cx *cx, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return wijk_str_dup(cx, WIJK_STR("."));
    if (slash == path) return wijk_str_dup(cx, WIJK_STR("/"));
    return wijk_str_dup(cx, (struct wijk_str){path, (size_t)(slash - path)});
}

/* The sentence for errno; a caller says what it was doing by the name only. */
enum wijk_err wijk__file_fault(struct wijk_cx *cx, const char *path, int why)
{
    const char *label = wijk__file_label(cx, path);
    switch (why) {
    case ENOENT: return wijk_fail(cx, WIJK_ENOTFOUND, "%s: dit bestand is er niet", label);
    case ENOTDIR:
        return wijk_fail(cx, WIJK_ENOTFOUND, "%s: de map waarin dit bestand zou staan is er niet", label);
    case EEXIST: return wijk_fail(cx, WIJK_EEXISTS, "%s bestaat al; kies een andere naam", label);
    case EISDIR: return wijk_fail(cx, WIJK_EIO, "%s is een map, geen bestand", label);
    case EACCES:
    case EPERM: return wijk_fail(cx, WIJK_EIO, "%s: u hebt hier geen recht toe", label);
    case ENOSPC:
    case EDQUOT:
        return wijk_fail(cx, WIJK_EIO, "%s: de schijf is vol; maak ruimte en probeer het opnieuw", label);
    case EFBIG: return wijk_fail(cx, WIJK_EIO, "%s: het bestand wordt groter dan hier mag", label);
    case EROFS: return wijk_fail(cx, WIJK_EIO, "%s: op deze schijf kan niet geschreven worden", label);
    case EMFILE:
    case ENFILE: return wijk_fail(cx, WIJK_EIO, "%s: er staan te veel bestanden open", label);
    default:
        return wijk_fail(cx, WIJK_EIO, "%s: lezen of schrijven lukt niet (%s)", label, strerrordesc_np(why));
    }
}

/* ---- reading ---- */

struct wijk_file {
    int fd;
    const char *path, *label;
    uint64_t bytes; /* as it was opened */
};

enum wijk_err wijk_file_open(struct wijk_cx *cx, const char *path, struct wijk_file **out)
{
    /* O_NONBLOCK: a named pipe must not hold us up before fstat shows what it is. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return wijk__file_fault(cx, path, errno);
    struct stat st;
    int why = fstat(fd, &st) ? errno : 0;
    if (!why && S_ISDIR(st.st_mode)) why = EISDIR;
    if (why) {
        close(fd);
        return wijk__file_fault(cx, path, why);
    }
    if (!S_ISREG(st.st_mode)) {
        close(fd);
        return wijk_fail(cx, WIJK_EIO, "%s is geen gewoon bestand", wijk__file_label(cx, path));
    }
    struct wijk_file *f = WIJK_NEW(cx, struct wijk_file, 1);
    *f = (struct wijk_file){fd, wijk_str_dup(cx, wijk_str(path)), wijk__file_label(cx, path),
                            (uint64_t)st.st_size};
    *out = f;
    return WIJK_OK;
}

static ptrdiff_t read_some(int fd, void *into, size_t n)
{
    ssize_t got;
    do got = read(fd, into, n);
    while (got < 0 && errno == EINTR);
    return got;
}

static ptrdiff_t file_read(void *self, void *into, size_t n)
{
    return read_some(((struct wijk_file *)self)->fd, into, n);
}

struct wijk_in wijk_file_in(struct wijk_file *f)
{
    return (struct wijk_in){file_read, f, f->label};
}

void wijk_file_close(struct wijk_file *f)
{
    if (!f || f->fd < 0) return;
    close(f->fd);
    f->fd = -1;
}

const char *wijk_file_label(const struct wijk_file *f)
{
    return f->label;
}

uint64_t wijk_file_bytes(const struct wijk_file *f)
{
    return f->bytes;
}

enum wijk_err wijk_file_rewind(struct wijk_cx *cx, struct wijk_file *f)
{
    return lseek(f->fd, 0, SEEK_SET) < 0 ? wijk__file_fault(cx, f->path, errno) : WIJK_OK;
}

enum wijk_err wijk_file_hash(struct wijk_cx *cx, struct wijk_file *f, char hex[65], uint64_t *bytes)
{
    WIJK_TRY(wijk_file_rewind(cx, f));
    struct wijk_mark mark = wijk_cx_mark(cx);
    unsigned char *piece = WIJK_NEW(cx, unsigned char, HASH_PIECE);
    struct wijk_sha256 h;
    wijk_sha256_begin(&h);
    *bytes = 0;
    ptrdiff_t got;
    while ((got = read_some(f->fd, piece, HASH_PIECE)) > 0) {
        wijk_sha256_add(&h, piece, (size_t)got);
        *bytes += (uint64_t)got;
    }
    int why = errno;
    wijk_cx_rewind(cx, mark);
    if (got < 0) return wijk__file_fault(cx, f->path, why);
    wijk_sha256_end(&h, hex);
    return wijk_file_rewind(cx, f);
}

enum wijk_err wijk_file_read(struct wijk_cx *cx, const char *path, size_t max, struct wijk_str *out)
{
    struct wijk_file *f;
    WIJK_TRY(wijk_file_open(cx, path, &f));
    struct wijk_buf b = wijk_buf(cx, max);
    char piece[8192];
    ptrdiff_t got = 0;
    while (!b.full && (got = read_some(f->fd, piece, sizeof piece)) > 0) {
        if ((size_t)got > max - b.n)
            b.full = true;
        else
            wijk_buf_put(&b, piece, (size_t)got);
    }
    enum wijk_err err = WIJK_OK;
    if (b.full)
        err = wijk_fail(cx, WIJK_ELIMIT, "%s is groter dan de grens van %zu bytes", f->label, max);
    else if (got < 0)
        err = wijk__file_fault(cx, path, errno);
    wijk_file_close(f);
    *out = b.n ? (struct wijk_str){b.p, b.n} : WIJK_STR("");
    return err;
}

/* ---- writing ---- */

struct wijk_file_out {
    struct wijk_cx *cx;
    int fd, why; /* why: errno of the first write that failed */
    struct wijk_file_to to;
    const char *temp;
};

/* Who makes a file holds a lock on one byte of its temporary form, far behind any content and beside the
 * bytes SQLite locks. The lock ends with its process, however that ends; so what is not locked is nobody's.
 */
static bool lock_temp(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)1 << 40, .l_len = 1};
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* ".name.wijk-PID-K.tmp" */
static bool is_temp_name(const char *name)
{
    static const char MARK[] = ".wijk-";
    const char *at = NULL;
    for (const char *p = name; (p = strstr(p, MARK)); p++) at = p;
    if (name[0] != '.' || !at || at == name) return false;
    size_t n = sizeof MARK - 1, pid = strspn(at + n, "0123456789");
    const char *rest = at + n + pid;
    if (!pid || *rest++ != '-') return false;
    size_t k = strspn(rest, "0123456789");
    return k && strcmp(rest + k, ".tmp") == 0;
}

/* The file and what SQLite may have put beside it, that first: without the file nobody would look for it. */
static void unlink_temp(int folder, const char *name)
{
    static const char *const BESIDE[] = {"-journal", "-wal", "-shm", ""};
    char whole[PATH_MAX];
    for (size_t k = 0; k < sizeof BESIDE / sizeof *BESIDE; k++) {
        int n = snprintf(whole, sizeof whole, "%s%s", name, BESIDE[k]);
        if (n > 0 && (size_t)n < sizeof whole) unlinkat(folder, whole, 0);
    }
}

void wijk__file_drop(const char *temp)
{
    unlink_temp(AT_FDCWD, temp);
}

/* Clears away what killed processes of ours left in the folder. What cannot be opened or is in use stays. */
static void sweep(const char *folder)
{
    DIR *d = opendir(folder);
    if (!d) return;
    const struct dirent *e;
    for (int seen = 0; seen < SWEEP_MOST && (e = readdir(d)); seen++) {
        if (!is_temp_name(e->d_name)) continue;
        int fd = openat(dirfd(d), e->d_name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        struct stat st;
        if (fd < 0) continue;
        if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_uid == geteuid() && lock_temp(fd))
            unlink_temp(dirfd(d), e->d_name);
        close(fd);
    }
    closedir(d);
}

/* False when a sweep took the file for nobody's between its making and its lock. */
static bool claimed(int fd)
{
    struct stat st;
    bool locked = lock_temp(fd) || (errno != EAGAIN && errno != EACCES);
    return locked && !fstat(fd, &st) && st.st_nlink > 0;
}

enum wijk_err wijk__file_temp(struct wijk_cx *cx, const char *path, const char **temp, int *fd)
{
    const char *folder = wijk__file_folder(cx, path);
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (!*name) return wijk__file_fault(cx, path, EISDIR);
    sweep(folder);
    for (int k = 0; k < NAME_TRIES; k++) {
        *temp = wijk_sprintf(cx, "%s/.%s.wijk-%ld-%d.tmp", folder, name, (long)getpid(), k);
        *fd = open(*temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (*fd >= 0 && claimed(*fd)) return WIJK_OK;
        if (*fd >= 0) {
            close(*fd);
            continue;
        }
        if (errno == ENOENT) return wijk__file_fault(cx, path, ENOTDIR);
        if (errno != EEXIST) break;
    }
    return wijk__file_fault(cx, path, errno == EEXIST ? EIO : errno);
}

enum wijk_err wijk__file_sync_folder(struct wijk_cx *cx, const char *path)
{
    int fd = open(wijk__file_folder(cx, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return wijk__file_fault(cx, path, errno);
    /* EINVAL: a file system that cannot sync folders has nothing to sync. */
    int why = fsync(fd) && errno != EINVAL ? errno : 0;
    close(fd);
    return why ? wijk__file_fault(cx, path, why) : WIJK_OK;
}

enum wijk_err wijk__file_publish(struct wijk_cx *cx, const char *temp, const char *path, bool replace)
{
    int failed = renameat2(AT_FDCWD, temp, AT_FDCWD, path, replace ? 0 : RENAME_NOREPLACE);
    if (failed && !replace && (errno == EINVAL || errno == ENOSYS)) {
        /* A file system without that flag: a hard link refuses an existing name just as well. */
        failed = link(temp, path);
        if (!failed) unlink(temp);
    }
    if (failed) {
        int why = errno;
        unlink(temp);
        return wijk__file_fault(cx, path, why);
    }
    return wijk__file_sync_folder(cx, path);
}

enum wijk_err wijk__file_free(struct wijk_cx *cx, const struct wijk_file_to *to)
{
    struct stat st;
    if (to->fd || lstat(to->path, &st)) return WIJK_OK;
    if (S_ISDIR(st.st_mode)) return wijk__file_fault(cx, to->path, EISDIR);
    return to->replace ? WIJK_OK : wijk__file_fault(cx, to->path, EEXIST);
}

enum wijk_err wijk__file_keep(struct wijk_cx *cx, const char *temp, const struct wijk_file_to *to)
{
    if (!to->fd) return wijk__file_publish(cx, temp, to->path, to->replace);
    *to->fd = open(temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    int why = *to->fd < 0 ? errno : 0;
    unlink(temp);
    return why ? wijk__file_fault(cx, to->path, why) : WIJK_OK;
}

enum wijk_err wijk_file_out_open(struct wijk_cx *cx, const char *path, bool replace,
                                 struct wijk_file_out **out)
{
    return wijk_file_out_to(cx, &(struct wijk_file_to){path, replace, NULL}, out);
}

enum wijk_err wijk_file_out_to(struct wijk_cx *cx, const struct wijk_file_to *to, struct wijk_file_out **out)
{
    WIJK_TRY(wijk__file_free(cx, to));
    struct wijk_file_out *f = WIJK_NEW(cx, struct wijk_file_out, 1);
    *f = (struct wijk_file_out){.cx = cx, .to = *to};
    f->to.path = wijk_str_dup(cx, wijk_str(to->path));
    WIJK_TRY(wijk__file_temp(cx, to->path, &f->temp, &f->fd));
    *out = f;
    return WIJK_OK;
}

static bool file_write(void *self, const void *bytes, size_t n)
{
    struct wijk_file_out *f = self;
    const char *p = bytes;
    while (n && !f->why) {
        ssize_t put = write(f->fd, p, n);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0)
            f->why = errno;
        else
            p += put, n -= (size_t)put;
    }
    return !f->why;
}

struct wijk_out wijk_file_out(struct wijk_file_out *f)
{
    return (struct wijk_out){file_write, f};
}

void wijk_file_out_drop(struct wijk_file_out *f)
{
    if (!f || f->fd < 0) return;
    close(f->fd);
    f->fd = -1;
    unlink(f->temp);
}

enum wijk_err wijk_file_out_done(struct wijk_file_out *f)
{
    if (!f->why && !f->to.fd && fsync(f->fd)) f->why = errno;
    if (f->why) {
        wijk_file_out_drop(f);
        return wijk__file_fault(f->cx, f->to.path, f->why);
    }
    enum wijk_err err = wijk__file_keep(f->cx, f->temp, &f->to);
    close(f->fd);
    f->fd = -1;
    return err;
}
