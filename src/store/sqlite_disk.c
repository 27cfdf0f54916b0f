/* SPDX-License-Identifier: EUPL-1.2 */
/* The system's way to the disk, with its reason kept: what found no room says so whatever the call was, so
 * that it can be told from a disk that fails. SQLite itself says it of one write only (ENOSPC), and its own
 * note of the system's reason is of another call by the time it is asked. */
#include "store/store_int.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct disk_file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this one, in the room that its opener asked for */
};
static sqlite3_vfs disk, *system_disk;
static sqlite3_io_methods methods;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static sqlite3_file *real(sqlite3_file *f)
{
    return ((struct disk_file *)f)->real;
}

/* What a call came to. EFBIG: no file of this user may be so long. A sync is never asked here: whatever it
 * says, what it was about may be lost. */
static int reason(int rc)
{
    if (rc == SQLITE_OK) return rc;
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return SQLITE_FULL;
    case ENOMEM: return SQLITE_IOERR_NOMEM;
    case EMFILE:
    case ENFILE: return (rc & 0xff) == SQLITE_CANTOPEN ? WIJK__NO_FILES : rc;
    default: return rc;
    }
}

#define PASS(name, arguments, ...)                                                                           \
    static int disk_##name arguments                                                                         \
    {                                                                                                        \
        return real(f)->pMethods->name(__VA_ARGS__);                                                         \
    }
#define TELL(name, arguments, ...)                                                                           \
    static int disk_##name arguments                                                                         \
    {                                                                                                        \
        errno = 0;                                                                                           \
        return reason(real(f)->pMethods->name(__VA_ARGS__));                                                 \
    }

PASS(xClose, (sqlite3_file * f), real(f))
PASS(xRead, (sqlite3_file * f, void *p, int n, sqlite3_int64 o), real(f), p, n, o)
TELL(xWrite, (sqlite3_file * f, const void *p, int n, sqlite3_int64 o), real(f), p, n, o)
TELL(xTruncate, (sqlite3_file * f, sqlite3_int64 n), real(f), n)
PASS(xSync, (sqlite3_file * f, int flags), real(f), flags)
PASS(xFileSize, (sqlite3_file * f, sqlite3_int64 *n), real(f), n)
PASS(xLock, (sqlite3_file * f, int level), real(f), level)
PASS(xUnlock, (sqlite3_file * f, int level), real(f), level)
PASS(xCheckReservedLock, (sqlite3_file * f, int *out), real(f), out)
PASS(xFileControl, (sqlite3_file * f, int op, void *arg), real(f), op, arg)
PASS(xSectorSize, (sqlite3_file * f), real(f))
PASS(xDeviceCharacteristics, (sqlite3_file * f), real(f))
TELL(xShmMap, (sqlite3_file * f, int region, int size, int extend, void volatile **out), real(f), region,
     size, extend, out)
PASS(xShmLock, (sqlite3_file * f, int offset, int n, int flags), real(f), offset, n, flags)
static void disk_xShmBarrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}
PASS(xShmUnmap, (sqlite3_file * f, int delete_flag), real(f), delete_flag)

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct disk_file *d = (struct disk_file *)f;
    (void)vfs;
    d->base.pMethods = NULL;
    d->real = (sqlite3_file *)(d + 1);
    errno = 0;
    int rc = reason(system_disk->xOpen(system_disk, name, d->real, flags, out));
    if (rc == SQLITE_OK) d->base.pMethods = &methods;
    return rc;
}

static void set_up(void)
{
    sqlite3_initialize();
    system_disk = sqlite3_vfs_find(NULL);
    if (!system_disk) abort();
    disk = *system_disk;
    disk.zName = "wijk";
    disk.szOsFile += (int)sizeof(struct disk_file);
    disk.xOpen = disk_open;
    methods = (sqlite3_io_methods){
        .iVersion = 2, /* with shared memory, without mapped pages, which the store does not use */
        .xClose = disk_xClose,
        .xRead = disk_xRead,
        .xWrite = disk_xWrite,
        .xTruncate = disk_xTruncate,
        .xSync = disk_xSync,
        .xFileSize = disk_xFileSize,
        .xLock = disk_xLock,
        .xUnlock = disk_xUnlock,
        .xCheckReservedLock = disk_xCheckReservedLock,
        .xFileControl = disk_xFileControl,
        .xSectorSize = disk_xSectorSize,
        .xDeviceCharacteristics = disk_xDeviceCharacteristics,
        .xShmMap = disk_xShmMap,
        .xShmLock = disk_xShmLock,
        .xShmBarrier = disk_xShmBarrier,
        .xShmUnmap = disk_xShmUnmap,
    };
    sqlite3_vfs_register(&disk, 0);
}

const char *wijk__disk(void)
{
    pthread_once(&once, set_up);
    return disk.zName;
}
