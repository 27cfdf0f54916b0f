/* SPDX-License-Identifier: EUPL-1.2 */
/* cli: the program `wijk`. commands.h is its table; a command parses, calls one recipe and prints. Messages
 * go to stderr, data to stdout; exit 0 done, 1 failed, 2 wrong use. */
#ifndef WIJK_CLI_CLI_H
#define WIJK_CLI_CLI_H

#include "wijk.h"

#include <stdio.h>

enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_ARGS_MAX = 1024 };

struct cli_command;
/* A command line, taken apart: what stands alone, and options by name. */
struct cli {
    struct wijk_cx *cx;
    const struct cli_command *command;
    size_t n_arg;
    const char *arg[CLI_ARGS_MAX];
    size_t n_option;
    struct {
        const char *name, *value; /* value NULL for a switch */
    } option[16];
};
struct cli_command {
    const char *name;
    int (*run)(struct cli *c);
    size_t min_args, max_args;
    const char *usage;   /* behind the name */
    const char *options; /* names parted by blanks; "=" behind one that takes a value */
    const char *summary; /* Dutch, one line */
    const char *example; /* runs as it stands */
};

#define X(name, ...) int cli_##name(struct cli *c);
#include "cli/commands.h"
#undef X

extern const struct cli_command CLI_COMMANDS[];
extern const size_t CLI_COMMANDS_N;

const char *cli_option(const struct cli *c, const char *name, const char *otherwise);
bool cli_switch(const struct cli *c, const char *name);
/* Prints the fault of c->cx and gives the exit code that fits it. */
int cli_fail(const struct cli *c, enum wijk_err err);
/* Text from a file, as it may stand on a terminal. */
const char *cli_plain(const struct cli *c, const char *text);
/* What became of one file, on stderr. */
void cli_print_load(const struct cli *c, const struct wijk_flow_import_out *o, bool dry_run);
/* `wijk measure` with a recipe that is no method: an own weighing by its name or file. */
int cli_weighing(struct cli *c, const struct wijk_snapshot *s, const char *name, enum wijk_format format);
/* A sentence on stderr, exit code 2. */
int cli_usage(const struct cli *c, const char *sentence);
/* --format; false after a complaint. */
bool cli_format(const struct cli *c, enum wijk_format *out);
/* A whole number option within limits, `otherwise` when absent; false after a complaint. */
bool cli_number(const struct cli *c, const char *name, int64_t min, int64_t max, int64_t otherwise,
                int64_t *out);
bool cli_level(const struct cli *c, enum wijk_level otherwise, enum wijk_level *out);
/* stdout, written through stdio. */
struct wijk_out cli_stdout(void);
/* The definitions: built in, with the folder $WIJK_DEFS over them. */
enum wijk_err cli_defs(struct cli *c, const struct wijk_defs **out);
/* The same with the sources that were made in that store. */
enum wijk_err cli_defs_of(struct cli *c, struct wijk_store *store, const struct wijk_defs **out);
/* The snapshot of an open store: what the register of algorithms lets out, or with --unpublished everything.
 */
enum wijk_err cli_take(struct cli *c, struct wijk_store *store, const struct wijk_defs *defs,
                       bool with_geometry, const struct wijk_snapshot **out);
/* Opens arg[0] for reading and takes its snapshot. */
enum wijk_err cli_snapshot(struct cli *c, bool with_geometry, const struct wijk_snapshot **out);
/* Progress on a terminal only. */
const struct wijk_progress *cli_progress(void);
int64_t cli_now(void);

#endif
