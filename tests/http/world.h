/* SPDX-License-Identifier: EUPL-1.2 */
/* What every program here starts from: the invented gemeente, a server over it, and a client. */
#ifndef WORLD_H
#define WORLD_H

#include "wijk.h"

#include <stdarg.h>

enum { WORLD_PC4 = 4000 };
struct world {
    struct wijk_cx *cx;
    char dir[64];
    const struct wijk_snapshot *snapshot;
};
extern struct world W;
extern struct wijk_http *SERVER;

/* For cmocka: of the group, and of a test with a server on its defaults. */
int world_up(void **state);
int world_down(void **state);
int server_up(void **state);
int server_down(void **state);
int server_with(struct wijk_http_opt opt);

enum ending { STILL_OPEN, CLOSED, RESET };
int64_t now_ms(void);
int dial(void); /* a connection with a small receive buffer */
bool say(int fd, const char *bytes, size_t n);
enum ending hear(int fd, char *out, size_t room, size_t *got);    /* until it ends, 10 s long at most */
size_t hear_one(int fd, char *out, size_t room);                  /* one answer, by its Content-Length */
size_t talk(const char *bytes, size_t n, char *out, size_t room); /* connect, say, hear all */
double metric(const char *line); /* a value of /metrics, 0 when there is none */
/* The server notices a moment later that a client has gone: is this count, the asking one in it, reached
 * within 8 s? */
bool connections_become(unsigned n);

#endif
