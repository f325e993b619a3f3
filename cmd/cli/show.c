/* Reports as the output of a run; see the header. */
#include <config.h>

#include "cmd/cli/show.h"

#include "cmd/cli/common.h"

bool
cli_show_collect(struct psp_flow *flow, const struct psp_flow_steps *steps,
    void *plan, struct cli_run *run)
{
	const struct psp_slices none = { NULL, 0 };
	struct psp_writer_options form = { .no_header = true };
	struct psp_writer *writer = NULL;
	struct psp_layout layout;
	bool is_done = false;

	if (!psp_layout_init(&layout, none, none, &run->notes, &run->err))
		return false;
	/* Nothing comes to this writer, so it needs no output. */
	writer =
	    psp_writer_open(-1, "", &psp_format_csv, &form, &layout, &run->err);
	if (writer != NULL)
		is_done = psp_flow_run(flow, steps, plan, writer, &run->err);
	run->counts.is_known = writer != NULL;
	run->counts.flow = *psp_flow_counts(flow);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	return is_done;
}

bool
cli_show_report(const struct psp_report *report,
    const struct psp_dialect *dialect, struct cli_run *run)
{
	struct psp_writer_options form;

	if (!cli_run_output(run, &run->err))
		return false;
	form = cli_common_writer(dialect, run->output.width);
	return psp_report_write(report, run->output.fd, run->output.name,
	    cli_common_report_format(run->output.width), &form, &run->err);
}

bool
cli_show_partial(struct psp_partial *partial, struct cli_run *run)
{
	return psp_partial_end(partial, &run->err)
	       && cli_run_output(run, &run->err)
	       && cli_output_write(&run->output, partial->bytes.bytes,
		   partial->bytes.size, &run->err);
}
