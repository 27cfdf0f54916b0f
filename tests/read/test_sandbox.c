/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the sandbox: what must fail is tried for real. Each try runs in a child, for there is no way back.
 */
#include "read/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static bool no_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM;
}

static bool no_writing(void)
{
    return open("/dev/shm/wijk-sandbox", O_WRONLY | O_CREAT, 0600) < 0 && errno == EPERM;
}

static bool no_truncating(void)
{
    return open("/dev/null", O_RDONLY | O_TRUNC) < 0 && errno == EPERM;
}

static bool no_program(void)
{
    char *const argv[] = {"true", NULL};
    return execv("/bin/true", argv) < 0 && errno == EPERM;
}

static bool no_process(void)
{
    return fork() < 0 && errno == EPERM;
}

static bool no_removing(void)
{
    return unlink("/dev/shm/wijk-sandbox") < 0 && errno == EPERM && rename("/a", "/b") < 0 && errno == EPERM;
}

static bool reading_works(void)
{
    char byte;
    int fd = open("/dev/zero", O_RDONLY);
    return fd >= 0 && read(fd, &byte, 1) == 1;
}

static int in_sandbox(bool (*holds)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) _exit(!wijk__sandbox_enter(20) ? 2 : holds() ? 0 : 1);
    if (pid < 0 || waitpid(pid, &status, 0) != pid) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static void the_walls_hold(void **state)
{
    bool (*const TRIES[])(void) = {no_socket, no_writing, no_truncating, no_program, no_process, no_removing};
    (void)state;
    for (size_t i = 0; i < sizeof TRIES / sizeof *TRIES; i++)
        if (in_sandbox(TRIES[i]) != 0) fail_msg("try %zu got through", i);
}

static void reading_goes_on(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(reading_works), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_walls_hold), cmocka_unit_test(reading_goes_on)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
