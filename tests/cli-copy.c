/*
 * A command that does next to nothing, so that tests see what cmd/cli does:
 * it copies its operands to its output and, as its own options ask, sends
 * notes, finds problems and ends in every way a command can end.
 */
#include <config.h>

#include "cmd/cli/command.h"
#include "cmd/cli/common.h"
#include "libprospect/stream/source.h"
#include "libprospect/values/date.h"

static struct {
	bool fail;
	bool fail_memory;
	bool condition;
	bool problems;
	size_t n_rejects;
	size_t n_repairs;
	const char *quote;
} opt;

static const struct cli_option options[] = {
	CLI_TABLE(cli_settings_options),
	CLI_FLAG(0, "fail", &opt.fail, "fail after the copy"),
	CLI_FLAG(0, "fail-memory", &opt.fail_memory, "run out of memory"),
	CLI_FLAG(0, "condition", &opt.condition, "a condition holds"),
	CLI_FLAG(0, "problems", &opt.problems, "find problems"),
	CLI_COUNT(0, "reject", &opt.n_rejects, 0, 1000, "N", "reject N"),
	CLI_COUNT(0, "repair", &opt.n_repairs, 0, 1000, "N", "repair N"),
	CLI_STRING(0, "say", &opt.quote, "TEXT", "quote TEXT in messages"),
	CLI_TABLE(cli_input_options),
	CLI_TABLE(cli_output_options),
	CLI_TABLE(cli_general_options),
	CLI_END,
};

static bool
copy(struct cli_run *run, const char *path)
{
	struct psp_source *source = psp_source_open(path, &run->err);
	char bytes[4096];
	ptrdiff_t n = -1;

	if (source == NULL)
		return false;
	if (run->output.fd < 0 && !cli_run_output(run, &run->err))
		goto done;
	do {
		n = psp_source_read(source, bytes, sizeof(bytes), &run->err);
		if (n > 0
		    && !cli_output_write(
			&run->output, bytes, (size_t)n, &run->err))
			n = -1;
	} while (n > 0);
done:
	psp_source_close(source);
	return n == 0;
}

static void
send_notes(struct cli_run *run)
{
	const char *text = opt.quote != NULL ? opt.quote : "x";
	char today[16];

	psp_date_format(cli_common.today, today);
	psp_note(&run->notes, PSP_NOTE_DETAIL, NULL, NULL, 0, 0, "today is %s",
	    today);
	psp_note(&run->notes, PSP_NOTE_DETAIL, NULL, "in.csv", 0, 0,
	    "separator is ';'");
	if (opt.quote != NULL)
		psp_note(&run->notes, PSP_NOTE_WARNING, NULL, "in.csv", 7, 0,
		    "'%s' is said twice", text);
	for (size_t i = 0; i < opt.n_repairs; i++)
		psp_note(&run->notes, PSP_NOTE_REPAIR, "stray quote", "in.csv",
		    i + 2, 0, "stray quote taken as text");
	for (size_t i = 0; i < opt.n_rejects; i++)
		psp_note(&run->notes, PSP_NOTE_REJECT,
		    i % 4 == 0 ? "unclosed quote" : "wrong number of fields",
		    "in.csv", i + 2, 1, "'%s' is no record", text);
	run->counts.is_known = true;
	run->counts.flow.n_read = 1000;
	run->counts.flow.n_rejected = opt.n_rejects;
	run->counts.flow.n_repaired = opt.n_repairs;
	run->counts.flow.n_written = 1000 - opt.n_rejects;
	run->counts.flow.rejects_taken = cli_common.flow.rejects != NULL;
}

static enum cli_result
run(struct cli_run *run)
{
	static const char *const input[] = { "-" };
	const char *const *paths = run->n_operands > 0 ? run->operands : input;
	size_t n = run->n_operands > 0 ? run->n_operands : 1;

	if (opt.problems) {
		psp_problems_add(&run->problems, PSP_ESETTINGS, "a.yaml", 9, 3,
		    "unknown key 'b'");
		psp_problems_add(&run->problems, PSP_ESETTINGS, "a.yaml", 2, 1,
		    "unknown key 'a'");
		return CLI_FAILED;
	}
	for (size_t i = 0; i < n; i++)
		if (!copy(run, paths[i]))
			return CLI_FAILED;
	send_notes(run);
	if (opt.fail) {
		psp_error_set(&run->err, PSP_ESYNTAX, "in.csv", 42, 3,
		    "'%s' is wrong", opt.quote != NULL ? opt.quote : "x");
		return CLI_FAILED;
	}
	if (opt.fail_memory) {
		psp_error_memory(&run->err);
		return CLI_FAILED;
	}
	return opt.condition ? CLI_CONDITION : CLI_OK;
}

const struct cli_command cli_command = {
	.name = "cli-copy",
	.summary = "Copy FILEs (standard input without one) to the output, and "
		   "do as the options ask.",
	.synopsis = "[OPTION]... [FILE]...",
	.options = options,
	.run = run,
};
