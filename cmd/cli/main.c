/*
 * The only main(): descriptors made safe, command line, the command's run,
 * output put in its place, messages, exit status. The command itself is
 * `cli_command`, defined in the file of the same name.
 */
#include <config.h>

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cli/command.h"
#include "cmd/cli/common.h"
#include "cmd/cli/help.h"
#include "cmd/cli/language.h"
#include "libprospect/base/catalog.h"

/*
 * A descriptor of 0 to 2 that came closed would be given to the first file
 * opened, and messages or results would land in it. It is filled with
 * something that can be used the wrong way round only: reading closed input
 * and writing closed output then fail as they would have.
 */
static bool
fill_closed_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY)
		    != fd)
			return false;
	}
	return true;
}

bool
cli_run_output(struct cli_run *run, struct psp_error *err)
{
	return cli_output_open(&run->output, cli_common.output, err);
}

/* Whether two files are one; a name may be "-". */
static bool
is_same_file(const char *path, const char *other)
{
	struct stat a, b;
	bool is_stdin = strcmp(path, "-") == 0;

	return (is_stdin ? fstat(STDIN_FILENO, &a) : stat(path, &a)) == 0
	       && stat(other, &b) == 0 && S_ISREG(a.st_mode)
	       && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool
cli_run_keep(struct cli_run *run, const char *option, const char *path)
{
	const char *rejects = cli_common.flow.rejects;

	if (path == NULL || rejects == NULL || !is_same_file(path, rejects))
		return true;
	return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
	    "option '--rejects' names the file of %s, which would be lost; "
	    "name another file",
	    option);
}

bool
cli_run_side(struct cli_run *run, const char *option, const char *path)
{
	const char *other = run->side_on_stdin; /* an option, or translated */

	if (!cli_run_keep(run, option, path))
		return false;
	if (path == NULL || strcmp(path, "-") != 0)
		return true;
	if (run->n_operands == 0)
		other = _("the input");
	for (size_t i = 0; i < run->n_operands; i++)
		if (strcmp(run->operands[i], "-") == 0)
			other = _("the input");
	run->side_on_stdin = option;
	return other == NULL
	       || psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		   "%s and the file of %s are both standard input: name a "
		   "file for one of them",
		   other, option);
}

/* Writes help or version to standard output. */
static bool
show(enum cli_request request, struct psp_error *err)
{
	struct cli_output output;
	struct psp_buffer text;
	bool done;

	cli_output_init(&output);
	psp_buffer_init(&text);
	done = request == CLI_SHOW_HELP
	           ? cli_help_put(&text, &cli_command, err)
	           : cli_version_put(&text, &cli_command, err);
	done = done && cli_output_open(&output, NULL, err)
	       && cli_output_write(&output, text.bytes, text.size, err)
	       && cli_output_close(&output, true, err);
	psp_buffer_clear(&text);
	return done;
}

/* Runs the command and settles its output. Returns the exit status. */
static int
run_command(struct cli_run *run, struct cli_report *report)
{
	enum cli_result result = cli_command.run(run);
	const struct psp_flow_counts *counts = &run->counts.flow;

	cli_progress_clear(report->progress);
	if (!cli_output_close(&run->output, result != CLI_FAILED, &run->err))
		result = CLI_FAILED;
	/* What seemed wrong once memory had run out may be right. */
	if (run->err.status != PSP_ENOMEM)
		cli_report_problems(report, &run->problems);
	cli_report_error(report, &run->err);
	cli_report_end(report, &run->counts);
	if (run->err.status != PSP_OK)
		return cli_exit_status(run->err.status);
	if (result == CLI_FAILED)
		return cli_exit_status(
		    run->problems.out_of_memory ? PSP_ENOMEM : PSP_ESETTINGS);
	if ((counts->n_rejected > 0 && !counts->rejects_taken)
	    || run->counts.n_side_rejected > 0)
		return cli_exit_status(PSP_ESYNTAX);
	return result == CLI_CONDITION ? 1 : 0;
}

/* An empty text names no file; a message about it would name none either. */
static bool
check_operands(char **operands, size_t n, struct psp_error *err)
{
	for (size_t i = 0; i < n; i++)
		if (operands[i][0] == '\0')
			return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
			    "a FILE is an empty text: name a file, or - for "
			    "standard input");
	return true;
}

/* Parses and does what was asked. Returns the exit status. */
static int
work(struct cli_run *run, struct cli_report *report, char **arguments, size_t n)
{
	enum cli_request request;
	bool done = cli_language_begin(arguments, n, &run->err)
	            && cli_options_parse(cli_command.options, arguments, &n,
			&request, &run->err);

	report->quiet = cli_common.quiet;
	report->verbose = cli_common.verbose;
	report->hides_values = cli_common.no_values;
	if (!cli_common.quiet || cli_common.progress == CLI_PROGRESS_ALWAYS)
		cli_progress_start(report->progress, cli_command.name,
		    (enum cli_progress_mode)cli_common.progress);
	cli_common.flow.progress = cli_progress_take;
	cli_common.flow.progress_user = report->progress;
	if (done && request != CLI_RUN)
		done = show(request, &run->err);
	else if (done && check_operands(arguments, n, &run->err)
		 && cli_common_finish(&run->notes, &run->err)) {
		run->operands = (const char *const *)arguments;
		run->n_operands = n;
		return run_command(run, report);
	}
	cli_report_error(report, &run->err);
	return cli_exit_status(run->err.status);
}

int
main(int argc, char **argv)
{
	struct cli_progress progress;
	struct cli_report report;
	struct cli_run run = { .n_operands = 0 };
	int status;

	if (!fill_closed_descriptors())
		return cli_exit_status(PSP_EIO);
	signal(SIGXFSZ, SIG_IGN); /* a file too large: write() says so */
	cli_report_init(&report, cli_command.name);
	cli_progress_start(&progress, cli_command.name, CLI_PROGRESS_NEVER);
	report.progress = &progress;
	cli_common_init();
	cli_output_init(&run.output);
	psp_error_init(&run.err);
	psp_problems_init(&run.problems);
	run.notes.call = cli_report_note;
	run.notes.user = &report;
	status = work(&run, &report, argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
	psp_problems_clear(&run.problems);
	cli_options_clear(cli_command.options);
	cli_common_clear();
	psp_catalog_drop();
	return status;
}
