/* Output of a flow; see the header. */
#include <config.h>

#include "cmd/cli/results.h"

#include "cmd/cli/common.h"

/* Opens the output for the layout that was made. */
static bool
open_writer(struct cli_results *results, const struct psp_dialect *dialect,
    const char *schema, bool is_bare, struct cli_run *run)
{
	struct psp_writer_options form;

	if (!cli_run_output(run, &run->err))
		return false;
	form = cli_common_writer(dialect, run->output.width);
	form.schema = schema;
	if (is_bare && cli_common_format() == &psp_format_csv)
		form.no_header = true;
	results->writer = psp_writer_open(run->output.fd, run->output.name,
	    cli_common_format(), &form, &results->layout, &run->err);
	return results->writer != NULL;
}

bool
cli_results_open_report(struct cli_results *results,
    const struct psp_dialect *dialect, struct psp_slices cells,
    const char *schema, bool is_bare, struct cli_run *run)
{
	const struct psp_slices none = { NULL, 0 };

	return psp_layout_init(
		   &results->layout, none, cells, &run->notes, &run->err)
	       && open_writer(results, dialect, schema, is_bare, run);
}

bool
cli_results_open(struct cli_results *results, struct psp_flow *flow,
    struct psp_slices cells, const char *schema, bool is_bare,
    struct cli_run *run)
{
	const struct psp_dialect *dialect =
	    psp_reader_dialect(psp_flow_first(flow));

	if (schema != NULL)
		return cli_results_open_report(
		    results, dialect, cells, schema, is_bare, run);
	return psp_layout_init(&results->layout, psp_flow_header(flow), cells,
		   &run->notes, &run->err)
	       && psp_layout_keep_header(&results->layout,
		   psp_flow_header_bytes(flow), dialect, &run->err)
	       && open_writer(results, dialect, NULL, is_bare, run);
}

bool
cli_results_run(struct cli_results *results, struct psp_flow *flow,
    const struct psp_flow_steps *steps, void *plan, struct cli_run *run)
{
	bool is_done =
	    psp_writer_begin(results->writer, &run->err)
	    && psp_flow_run(flow, steps, plan, results->writer, &run->err)
	    && psp_writer_finish(results->writer, &run->err);

	run->counts.is_known = true;
	run->counts.flow = *psp_flow_counts(flow);
	return is_done;
}

bool
cli_results_is_none(struct psp_flow *flow)
{
	return psp_flow_header(flow).n == 0;
}

bool
cli_results_write_none(struct cli_results *results, struct psp_flow *flow,
    bool is_state, struct cli_run *run)
{
	const struct psp_slices none = { NULL, 0 };

	if (is_state)
		return psp_error_set(&run->err, PSP_EUSAGE, NULL, 0, 0,
		    "--partial: no input has a header, so there is no state to "
		    "join: leave these files out");
	run->counts.is_known = true;
	run->counts.flow = *psp_flow_counts(flow);
	return cli_results_open(results, flow, none, NULL, false, run)
	       && psp_writer_begin(results->writer, &run->err)
	       && psp_writer_finish(results->writer, &run->err);
}

void
cli_results_count(struct cli_run *run, size_t n_written)
{
	struct psp_flow_counts *flow = &run->counts.flow;

	flow->n_written = n_written;
	run->counts.n_filtered = flow->n_read - n_written - flow->n_rejected;
}

void
cli_results_close(struct cli_results *results)
{
	psp_writer_close(results->writer);
	psp_layout_clear(&results->layout);
}
