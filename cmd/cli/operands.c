/* The operand that names a report; see the header. */
#include <config.h>

#include "cmd/cli/operands.h"

#include <string.h>
#include <unistd.h>

#include "libprospect/base/text.h"

enum { MAX_REPORTS = 64 };

/* Refuses a name that is nearly that of a report, and no file. */
static bool
refuse_misspelt(struct cli_run *run, const struct cli_choice *reports)
{
	const char *name = run->operands[0];
	struct psp_slice names[MAX_REPORTS], nearest;
	struct psp_slices known = { names, 0 };

	if (strpbrk(name, "./") != NULL || access(name, F_OK) == 0)
		return true;
	while (reports[known.n].name != NULL && known.n < MAX_REPORTS) {
		names[known.n] = psp_slice_of(reports[known.n].name);
		known.n++;
	}
	nearest = psp_text_nearest(psp_slice_of(name), known);
	if (nearest.size == 0)
		return true;
	return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
	    "'%s' is neither a report nor a file; did you mean '%.*s'?", name,
	    PSP_SLICE_ARGS(nearest));
}

bool
cli_operands_report(
    struct cli_run *run, const struct cli_choice *reports, int *report)
{
	if (run->n_operands == 0)
		return true;
	for (size_t i = 0; reports[i].name != NULL; i++) {
		if (strcmp(reports[i].name, run->operands[0]) != 0)
			continue;
		*report = reports[i].value;
		run->operands++;
		run->n_operands--;
		return true;
	}
	return refuse_misspelt(run, reports);
}
