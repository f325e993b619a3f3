/*
 * What a command gives to main() and gets from it. main() parses the command
 * line, calls `run`, puts the output in its place, reports and exits; the
 * command only works.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cmd/cli/options.h"
#include "cmd/cli/output.h"
#include "cmd/cli/report.h"
#include "libprospect/base/problems.h"

enum cli_result {
	CLI_OK,
	CLI_CONDITION, /* done, and a condition asked for by option holds */
	CLI_FAILED     /* stopped early: `err` or `problems` tell why */
};

/* One run of a command; main() owns all of it. */
struct cli_run {
	const char *const *operands;
	size_t n_operands;
	struct psp_notes notes;       /* for the library; go to the report */
	struct psp_error err;         /* what stopped the run */
	struct psp_problems problems; /* of settings, all shown at the end */
	struct cli_counts counts;     /* for the last line with -v */
	struct cli_output output;     /* see cli_run_output */
	const char *side_on_stdin;    /* option whose file is "-", or NULL */
};

struct cli_command {
	const char *name;
	const char *summary;  /* a sentence for --help */
	const char *synopsis; /* "[OPTION]... [FILE]..." */
	const struct cli_option *options;
	enum cli_result (*run)(struct cli_run *run);
};

/* Defined by the command's own file. */
extern const struct cli_command cli_command;

/*
 * Refuses the file that `option` names (`path`, may be NULL) when it is that of
 * --rejects, which would empty it. PSP_EUSAGE in run->err.
 */
PSP_NODISCARD bool cli_run_keep(
    struct cli_run *run, const char *option, const char *path);

/*
 * The same, and refuses "-" when an operand or the file of another option is
 * standard input too: the second to read would find it empty.
 */
PSP_NODISCARD bool cli_run_side(
    struct cli_run *run, const char *option, const char *path);

/*
 * Opens the output, standard output or the file of -o: to be called once
 * nothing can be wrong with usage, settings and headers. run->output.fd and
 * .name are then for the writer. What is written stands when `run` returns
 * anything but CLI_FAILED. PSP_EIO, PSP_ENOMEM.
 */
PSP_NODISCARD bool cli_run_output(struct cli_run *run, struct psp_error *err);

#endif
