/* SPDX-License-Identifier: EUPL-1.2 */
/* What wijk-read may do once it has its file: compute, read files, and write to the pipe it was given. */
#ifndef WIJK_READ_SANDBOX_H
#define WIJK_READ_SANDBOX_H

#include <stdbool.h>

/* Gives up, for good: sockets, new programs and processes, writing or making or removing files, more than 3
 * GiB of memory and more than cpu_s seconds of computing. Writing stays possible to file descriptors 1 and 2
 * only. false: the system would not; then nothing foreign may be opened. */
bool wijk__sandbox_enter(unsigned cpu_s);

#endif
