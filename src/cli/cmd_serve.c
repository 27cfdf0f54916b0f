/* SPDX-License-Identifier: EUPL-1.2 */
/* serve: the server over one store, until it is asked to stop. */
#include "cli/cli.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void print_line(void *self, enum wijk_log_level level, const char *text)
{
    static const char *const NAMES[] = {"fout", "let op", "info", "fijn"};
    (void)self;
    fprintf(stderr, "%s %s\n", NAMES[level], text);
}

/* "127.0.0.1:8080" or "[::1]:8080". */
static bool take_address(struct wijk_cx *cx, const char *text, const char **host, unsigned *port)
{
    const char *colon = strrchr(text, ':');
    int64_t number;
    if (!colon || colon == text || !wijk_int_parse(wijk_str(colon + 1), 0, 65535, &number)) return false;
    struct wijk_str name = {text, (size_t)(colon - text)};
    if (name.p[0] == '[' && name.p[name.n - 1] == ']') name.p++, name.n -= 2;
    *host = wijk_str_dup(cx, name);
    *port = (unsigned)number;
    return true;
}

/* Answers of all sizes come and go on every thread for weeks. Two arenas instead of eight a processor, and
 * large blocks given back at once, keep what the process holds near what it uses. */
static void tame_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    /* Smaller blocks are kept for the next answer: fresh memory from the system costs a large one half its
     * time. */
    mallopt(M_MMAP_THRESHOLD, 2 << 20);
#endif
}

/* "https://name" or with a port or folder behind it, without a slash at its end. */
static bool is_site(const char *url)
{
    size_t n = strlen(url), head = strncmp(url, "https://", 8) == 0  ? 8
                                   : strncmp(url, "http://", 7) == 0 ? 7
                                                                     : 0;
    static const char SIGNS[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]/_~";
    return head && n > head && n < 250 && url[n - 1] != '/' && strspn(url + head, SIGNS) == n - head;
}

/* name@host, of signs that need no quoting in an address. */
static bool is_email(const char *text)
{
    static const char SIGNS[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+";
    const char *at = strchr(text, '@');
    size_t n = strlen(text), name = at ? (size_t)(at - text) : 0;
    return name && n < 250 && strspn(text, SIGNS) == name && at[1] && at[1] != '.' &&
           strspn(at + 1, SIGNS) == n - name - 1 && strchr(at, '.') && text[n - 1] != '.';
}

int cli_serve(struct cli *c)
{
    static const struct wijk_log log = {print_line, NULL, WIJK_LOG_WARN};
    struct wijk_http_opt opt = {.log = &log};
    int64_t workers;
    if (!take_address(c->cx, cli_option(c, "listen", "127.0.0.1:8080"), &opt.host, &opt.port))
        return cli_usage(c, wijk_tr(c->cx, "--listen is een adres met een poort, zoals 127.0.0.1:8080."));
    if (!cli_number(c, "workers", 1, 64, 2, &workers)) return CLI_USAGE;
    opt.url = cli_option(c, "url", NULL);
    if (opt.url && !is_site(opt.url))
        return cli_usage(
            c, wijk_tr(c->cx, "--url is het adres voor buiten, zoals https://wijken.voorbeeld.nl."));
    opt.contact = cli_option(c, "contact", NULL);
    if (opt.contact && !is_email(opt.contact))
        return cli_usage(c, wijk_tr(c->cx, "--contact is een e-mailadres, zoals data@voorbeeld.nl."));
    tame_memory();
    opt.workers = (unsigned)workers;

    /* Blocked before any thread starts, so that all inherit it and only sigwait sees them. */
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);

    opt.store = c->arg[0];
    opt.defs = getenv("WIJK_DEFS");
    opt.import = cli_switch(c, "import");
    opt.spool = cli_option(c, "spool", NULL);
    opt.no_drawn = cli_switch(c, "no-drawn");
    opt.proxy = cli_switch(c, "proxy");
    opt.sso = cli_option(c, "sso", NULL);
    const struct wijk_snapshot *s;
    struct wijk_http *server;
    enum wijk_err err = cli_snapshot(c, true, &s);
    if (err == WIJK_OK) err = wijk_http_start(c->cx, s, opt, &server);
    if (err != WIJK_OK) return cli_fail(c, err);
    bool six = strchr(opt.host, ':') != NULL;
    const char *base = wijk_sprintf(c->cx, "http://%s%s%s:%u/", six ? "[" : "", opt.host, six ? "]" : "",
                                    wijk_http_port(server));
    printf("%s\n", base);
    if (wijk_http_key(server)) printf("%sgegevens/import#sleutel=%s\n", base, wijk_http_key(server));
    fflush(stdout);
    int signal_number;
    while (sigwait(&stop, &signal_number) != 0) {
    }
    wijk_http_stop(server);
    return CLI_OK;
}
