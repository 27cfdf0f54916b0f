/* SPDX-License-Identifier: EUPL-1.2 */
/* A VFS that hands everything to the system's own, and counts what can change or sync the disk: open, write,
 * truncate, sync, and the growth of the shared index. Beside it fsync and rename of our own files (the linker
 * leads them here) and SQLite's memory. */
#include "fault_shim.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sqlite3.h>
#include <unistd.h>

static enum shim_kind kind;
static long at, count;
static bool struck;

void shim_arm(enum shim_kind k, long n)
{
    kind = k, at = n, count = 0, struck = false;
}

bool shim_disarm(void)
{
    kind = SHIM_NONE;
    return struck;
}

static bool strikes(void)
{
    bool now = ++count == at || ((kind == SHIM_FULL_ON || kind == SHIM_QUOTA_ON) && count > at);
    struck |= now;
    return now;
}

static bool no_room(void)
{
    return kind == SHIM_FULL || kind == SHIM_FULL_ON || kind == SHIM_QUOTA_ON;
}

/* SQLITE_OK: go on. As the system's VFS does it: only a write that finds no room has a code of its own, all
 * else is told by errno. A disk without room is met where it is written, not where that is synced. */
static int disk(int ioerr)
{
    bool room = no_room(), sync = ioerr == SQLITE_IOERR_FSYNC;
    if (kind == SHIM_NONE || kind == SHIM_NO_MEMORY || (sync ? room : kind == SHIM_SYNC) || !strikes())
        return SQLITE_OK;
    if (kind == SHIM_KILL) raise(SIGKILL);
    errno = kind == SHIM_IOERR ? EIO : kind == SHIM_QUOTA_ON ? EDQUOT : ENOSPC;
    if (room && ioerr == SQLITE_IOERR_SHMMAP) return SQLITE_IOERR_SHMSIZE;
    return ioerr == SQLITE_IOERR_WRITE && (kind == SHIM_FULL || kind == SHIM_FULL_ON) ? SQLITE_FULL : ioerr;
}

/* ---- files ---- */

struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
};
static sqlite3_vfs shim, *system_vfs;

static sqlite3_file *real(sqlite3_file *f)
{
    return ((struct shim_file *)f)->real;
}

#define PASS(name, arguments, ...)                                                                           \
    static int shim_##name arguments                                                                         \
    {                                                                                                        \
        return real(f)->pMethods->name(__VA_ARGS__);                                                         \
    }
#define COUNT(name, ioerr, arguments, ...)                                                                   \
    static int shim_##name arguments                                                                         \
    {                                                                                                        \
        int rc = disk(ioerr);                                                                                \
        return rc ? rc : real(f)->pMethods->name(__VA_ARGS__);                                               \
    }

PASS(xClose, (sqlite3_file * f), real(f))
PASS(xRead, (sqlite3_file * f, void *p, int n, sqlite3_int64 o), real(f), p, n, o)
COUNT(xWrite, SQLITE_IOERR_WRITE, (sqlite3_file * f, const void *p, int n, sqlite3_int64 o), real(f), p, n, o)
COUNT(xTruncate, SQLITE_IOERR_TRUNCATE, (sqlite3_file * f, sqlite3_int64 n), real(f), n)
COUNT(xSync, SQLITE_IOERR_FSYNC, (sqlite3_file * f, int flags), real(f), flags)
PASS(xFileSize, (sqlite3_file * f, sqlite3_int64 *n), real(f), n)
PASS(xLock, (sqlite3_file * f, int level), real(f), level)
PASS(xUnlock, (sqlite3_file * f, int level), real(f), level)
PASS(xCheckReservedLock, (sqlite3_file * f, int *out), real(f), out)
PASS(xFileControl, (sqlite3_file * f, int op, void *arg), real(f), op, arg)
PASS(xSectorSize, (sqlite3_file * f), real(f))
PASS(xDeviceCharacteristics, (sqlite3_file * f), real(f))
static int shim_xShmMap(sqlite3_file *f, int region, int size, int extend, void volatile **out)
{
    int rc = !extend && no_room() ? SQLITE_OK : disk(SQLITE_IOERR_SHMMAP); /* looking needs no room */
    return rc ? rc : real(f)->pMethods->xShmMap(real(f), region, size, extend, out);
}
PASS(xShmLock, (sqlite3_file * f, int offset, int n, int flags), real(f), offset, n, flags)
static void shim_xShmBarrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}
PASS(xShmUnmap, (sqlite3_file * f, int delete_flag), real(f), delete_flag)

static const sqlite3_io_methods METHODS = {
    .iVersion = 2, /* 2: with shared memory, without mapped pages, which the store does not use */
    .xClose = shim_xClose,
    .xRead = shim_xRead,
    .xWrite = shim_xWrite,
    .xTruncate = shim_xTruncate,
    .xSync = shim_xSync,
    .xFileSize = shim_xFileSize,
    .xLock = shim_xLock,
    .xUnlock = shim_xUnlock,
    .xCheckReservedLock = shim_xCheckReservedLock,
    .xFileControl = shim_xFileControl,
    .xSectorSize = shim_xSectorSize,
    .xDeviceCharacteristics = shim_xDeviceCharacteristics,
    .xShmMap = shim_xShmMap,
    .xShmLock = shim_xShmLock,
    .xShmBarrier = shim_xShmBarrier,
    .xShmUnmap = shim_xShmUnmap,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)vfs;
    struct shim_file *s = (struct shim_file *)f;
    s->base.pMethods = NULL;
    int rc = no_room() && name && !access(name, F_OK) ? SQLITE_OK : disk(SQLITE_CANTOPEN);
    if (rc) return rc;
    s->real = (sqlite3_file *)(s + 1);
    rc = system_vfs->xOpen(system_vfs, name, s->real, flags, out);
    if (rc == SQLITE_OK) s->base.pMethods = &METHODS;
    return rc;
}

/* ---- our own files ---- */

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    return disk(SQLITE_IOERR) ? -1 : __real_fsync(fd);
}

int __real_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    return disk(SQLITE_IOERR) ? -1 : __real_renameat2(from_dir, from, to_dir, to, flags);
}

/* ---- memory ---- */

static sqlite3_mem_methods system_memory;

static bool memory_out(void)
{
    return kind == SHIM_NO_MEMORY && strikes();
}
static void *shim_malloc(int n)
{
    return memory_out() ? NULL : system_memory.xMalloc(n);
}
static void *shim_realloc(void *p, int n)
{
    return memory_out() ? NULL : system_memory.xRealloc(p, n);
}

void shim_install(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
    sqlite3_mem_methods memory = system_memory;
    memory.xMalloc = shim_malloc;
    memory.xRealloc = shim_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
    /* No small-piece pools: every allocation of a connection is one that can fail. */
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    sqlite3_initialize();
    system_vfs = sqlite3_vfs_find(NULL);
    assert(system_vfs);
    shim = *system_vfs;
    shim.zName = "wijk-fault";
    shim.szOsFile += (int)sizeof(struct shim_file);
    shim.xOpen = shim_open;
    sqlite3_vfs_register(&shim, 1);
}
