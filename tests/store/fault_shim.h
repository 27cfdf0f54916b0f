/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes the N-th call to the disk, or the N-th allocation of SQLite, fail; or ends the process there. */
#ifndef WIJK_TEST_FAULT_SHIM_H
#define WIJK_TEST_FAULT_SHIM_H

#include <stdbool.h>

enum shim_kind {
    SHIM_NONE,
    SHIM_IOERR,     /* this call only */
    SHIM_FULL,      /* this call only */
    SHIM_FULL_ON,   /* this call and all after it: the disk stays full */
    SHIM_QUOTA_ON,  /* the same where this user has no room left: another error of the system */
    SHIM_SYNC,      /* of the syncs only, this one: it says that there is no room */
    SHIM_KILL,      /* SIGKILL in the place of the call */
    SHIM_NO_MEMORY, /* the N-th allocation */
};

/* Before any other use of SQLite: a VFS around the default one, and counted memory. */
void shim_install(void);
void shim_arm(enum shim_kind kind, long n); /* n from 1; counting starts here */
bool shim_disarm(void);                     /* did it strike? */

#endif
