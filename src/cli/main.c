/* SPDX-License-Identifier: EUPL-1.2 */
/* Takes the command line apart and runs one command. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const struct cli_command CLI_COMMANDS[] = {
#define X(name, least, most, usage, options, summary, example)                                               \
    {#name, cli_##name, least, most, usage, options, summary, example},
#include "cli/commands.h"
#undef X
};
const size_t CLI_COMMANDS_N = sizeof CLI_COMMANDS / sizeof *CLI_COMMANDS;

/* ---- answers ---- */

int cli_usage(const struct cli *c, const char *sentence)
{
    fprintf(stderr, "wijk: %s\n", sentence);
    if (c->command) fprintf(stderr, "wijk %s %s\n", c->command->name, c->command->usage);
    return CLI_USAGE;
}

const char *cli_plain(const struct cli *c, const char *text)
{
    return wijk_str_plain(c->cx, wijk_str(text)).p;
}

int cli_fail(const struct cli *c, enum wijk_err err)
{
    if (err == WIJK_OK) return CLI_OK;
    const char *fault = wijk_fault(c->cx);
    fprintf(stderr, "wijk: %s\n", cli_plain(c, *fault ? fault : wijk_tr(c->cx, wijk_err_text(err))));
    return err == WIJK_EUSAGE ? CLI_USAGE : CLI_FAILED;
}

/* ---- options ---- */

/* Does `name` stand in the command's list, and does it take a value? */
static bool known_option(const struct cli_command *command, struct wijk_str name, bool *takes_value)
{
    for (const char *p = command->options; *p;) {
        size_t n = strcspn(p, " "), bare = n && p[n - 1] == '=' ? n - 1 : n;
        if (bare == name.n && memcmp(p, name.p, bare) == 0) return *takes_value = bare < n, true;
        p += n;
        while (*p == ' ') p++;
    }
    return false;
}

const char *cli_option(const struct cli *c, const char *name, const char *otherwise)
{
    for (size_t i = 0; i < c->n_option; i++)
        if (strcmp(c->option[i].name, name) == 0 && c->option[i].value) return c->option[i].value;
    return otherwise;
}

bool cli_switch(const struct cli *c, const char *name)
{
    for (size_t i = 0; i < c->n_option; i++)
        if (strcmp(c->option[i].name, name) == 0) return true;
    return false;
}

bool cli_number(const struct cli *c, const char *name, int64_t min, int64_t max, int64_t otherwise,
                int64_t *out)
{
    const char *text = cli_option(c, name, NULL);
    *out = otherwise;
    if (!text || wijk_int_parse(wijk_str(text), min, max, out)) return true;
    cli_usage(c, wijk_sprintf(c->cx, wijk_tr(c->cx, "--%s hoort een getal van %lld tot %lld te zijn."), name,
                              (long long)min, (long long)max));
    return false;
}

bool cli_format(const struct cli *c, enum wijk_format *out)
{
    *out = WIJK_FORMAT_TABLE;
    const char *text = cli_option(c, "format", NULL);
    if (!text || wijk_format_parse(wijk_str(text), out)) return true;
    cli_usage(c, wijk_tr(c->cx, "--format is table, json of csv."));
    return false;
}

bool cli_level(const struct cli *c, enum wijk_level otherwise, enum wijk_level *out)
{
    const char *text = cli_option(c, "level", NULL);
    *out = otherwise;
    if (!text || wijk_level_parse(wijk_str(text), out)) return true;
    cli_usage(c, wijk_tr(c->cx, "--level is buurt, wijk, gemeente, pc4, raster, project of focus."));
    return false;
}

static int take_option(struct cli *c, int argc, char **argv, int *i)
{
    const char *text = argv[*i] + 2, *equals = strchr(text, '=');
    struct wijk_str name = {text, equals ? (size_t)(equals - text) : strlen(text)};
    bool takes_value;
    if (!known_option(c->command, name, &takes_value) || c->n_option == sizeof c->option / sizeof *c->option)
        return cli_usage(c, wijk_sprintf(c->cx, wijk_tr(c->cx, "de optie %s bestaat hier niet."), argv[*i]));
    const char *value = equals ? equals + 1 : NULL;
    if (takes_value && !value && *i + 1 < argc) value = argv[++*i];
    if (takes_value != (value != NULL))
        return cli_usage(
            c, wijk_sprintf(c->cx, wijk_tr(c->cx, "de optie --%s mist een waarde of heeft er een te veel."),
                            wijk_str_dup(c->cx, name)));
    c->option[c->n_option].name = wijk_str_dup(c->cx, name);
    c->option[c->n_option++].value = value;
    return CLI_OK;
}

static int take_apart(struct cli *c, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (!wijk_utf8_valid(wijk_str(argv[i]), NULL))
            return cli_usage(c, wijk_tr(c->cx, "een woord op de opdrachtregel is geen UTF-8."));
        if (strncmp(argv[i], "--", 2) == 0 && argv[i][2]) {
            int bad = take_option(c, argc, argv, &i);
            if (bad) return bad;
        } else if (c->n_arg == CLI_ARGS_MAX) {
            return cli_usage(c, wijk_tr(c->cx, "er staan te veel woorden op de opdrachtregel."));
        } else {
            c->arg[c->n_arg++] = argv[i];
        }
    }
    if (c->n_arg < c->command->min_args)
        return cli_usage(c, wijk_tr(c->cx, "er ontbreekt iets op de opdrachtregel."));
    if (c->n_arg > c->command->max_args)
        return cli_usage(c, wijk_tr(c->cx, "er staan te veel woorden op de opdrachtregel."));
    return CLI_OK;
}

/* ---- the world outside ---- */

static bool write_stdout(void *self, const void *bytes, size_t n)
{
    (void)self;
    return fwrite(bytes, 1, n, stdout) == n;
}

struct wijk_out cli_stdout(void)
{
    return (struct wijk_out){write_stdout, NULL};
}
int64_t cli_now(void)
{
    return (int64_t)time(NULL);
}

static bool show_progress(void *self, const char *what, uint64_t done, uint64_t total)
{
    (void)self;
    if (total) fprintf(stderr, "\r%s %3u%% ", what, (unsigned)(done * 100 / total));
    if (total && done >= total) fputs("\r\033[K", stderr);
    return true;
}

const struct wijk_progress *cli_progress(void)
{
    static const struct wijk_progress progress = {show_progress, NULL};
    return isatty(STDERR_FILENO) ? &progress : NULL;
}

enum wijk_err cli_defs(struct cli *c, const struct wijk_defs **out)
{
    return wijk_flow_defs(c->cx, getenv("WIJK_DEFS"), out);
}

enum wijk_err cli_defs_of(struct cli *c, struct wijk_store *store, const struct wijk_defs **out)
{
    return wijk_flow_defs_of(c->cx, getenv("WIJK_DEFS"), store, NULL, out);
}

/* A score that is kept back is named, so that nobody takes it for a score that was never loaded. */
static void say_held(const struct cli *c, const struct wijk_snapshot *s)
{
    for (size_t i = 0; i < s->defs->n_algorithm; i++) {
        const struct wijk_algorithm *a = &s->defs->algorithm[i];
        if (!s->held[i] || !a->method) continue;
        const char *name = wijk_cx_lang(c->cx) == WIJK_EN ? a->method->label_en : a->method->label_nl;
        fprintf(stderr, "%s. %s\n", name, wijk_snapshot_shut(c->cx, s, a->id));
    }
}

enum wijk_err cli_take(struct cli *c, struct wijk_store *store, const struct wijk_defs *defs,
                       bool with_geometry, const struct wijk_snapshot **out)
{
    const struct wijk_snapshot_opt opt = {
        .geometry = with_geometry, .unpublished = cli_switch(c, "unpublished"), .now = cli_now()};
    WIJK_TRY(wijk_flow_snapshot(c->cx, store, defs, opt, out));
    say_held(c, *out);
    return WIJK_OK;
}

enum wijk_err cli_snapshot(struct cli *c, bool with_geometry, const struct wijk_snapshot **out)
{
    const struct wijk_defs *defs;
    struct wijk_store *store;
    WIJK_TRY(wijk_store_open(c->cx, c->arg[0], WIJK_STORE_READ, &store));
    enum wijk_err err = cli_defs_of(c, store, &defs);
    if (err == WIJK_OK) err = cli_take(c, store, defs, with_geometry, out);
    wijk_store_close(store);
    return err;
}

static const char *locale_name(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *v = getenv(NAMES[i]);
        if (v && *v) return v;
    }
    return "";
}

/* All cores, at most what one piece of work takes; $WIJK_THREADS says otherwise. */
static void use_threads(void)
{
    int64_t n = sysconf(_SC_NPROCESSORS_ONLN);
    const char *text = getenv("WIJK_THREADS");
    if (text && !wijk_int_parse(wijk_str(text), 1, WIJK_THREADS_MAX, &n)) n = 1;
    wijk_threads_set(n < 1 ? 1 : n > WIJK_THREADS_MAX ? WIJK_THREADS_MAX : (unsigned)n);
}

static int run(struct cli *c, int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    for (size_t i = 0; i < CLI_COMMANDS_N && !c->command; i++)
        if (strcmp(CLI_COMMANDS[i].name, name) == 0) c->command = &CLI_COMMANDS[i];
    if (!c->command)
        return cli_usage(
            c, wijk_sprintf(c->cx, wijk_tr(c->cx, "de opdracht %s bestaat niet. `wijk help` geeft de lijst."),
                            name));
    int bad = take_apart(c, argc, argv);
    int code = bad ? bad : c->command->run(c);
    if (fflush(stdout) != 0 && code == CLI_OK) {
        fprintf(stderr, "wijk: %s\n", wijk_tr(c->cx, "de uitvoer is niet te schrijven."));
        code = CLI_FAILED;
    }
    return code;
}

int main(int argc, char **argv)
{
    struct cli c = {.cx = wijk_cx_new(wijk_lang_from(locale_name()))};
    use_threads();
    int code = run(&c, argc, argv);
    wijk_cx_end(c.cx);
    return code;
}
