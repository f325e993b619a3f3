/*
 * From a flow to the output, the same in every command: the layout of the rows,
 * the writer on the run's output, the run itself and its counts.
 */
#ifndef CLI_RESULTS_H
#define CLI_RESULTS_H

#include "cmd/cli/command.h"

/* What a run writes with; starts from zeros. */
struct cli_results {
	struct psp_layout layout;
	struct psp_writer *writer;
};

/*
 * Opens the output: nothing can be wrong with usage, settings and headers any
 * more. Rows have the columns of the input and `cells`; those of a report,
 * which JSON calls by `schema` (NULL: no report), have `cells` alone.
 * `is_bare` leaves out the header of CSV: for a single number.
 */
PSP_NODISCARD bool cli_results_open(struct cli_results *results,
    struct psp_flow *flow, struct psp_slices cells, const char *schema,
    bool is_bare, struct cli_run *run);

/*
 * The same for a report without a flow, whose rows are put by hand: `dialect`
 * gives the separator.
 */
PSP_NODISCARD bool cli_results_open_report(struct cli_results *results,
    const struct psp_dialect *dialect, struct psp_slices cells,
    const char *schema, bool is_bare, struct cli_run *run);

/* Runs the flow to its end, and knows then what was counted. */
PSP_NODISCARD bool cli_results_run(struct cli_results *results,
    struct psp_flow *flow, const struct psp_flow_steps *steps, void *plan,
    struct cli_run *run);

/* Whether no input has a header, which --allow-empty lets pass: then there is
 * no column to ask for and no record to come. */
bool cli_results_is_none(struct psp_flow *flow);

/* Writes what a format has around no row as the output of such inputs, of which
 * nothing was counted. With `is_state` a state was asked for (--partial), which
 * they have none of: PSP_EUSAGE. */
PSP_NODISCARD bool cli_results_write_none(struct cli_results *results,
    struct psp_flow *flow, bool is_state, struct cli_run *run);

/* Of the records read, `n_written` count as written, the others that were not
 * rejected as filtered out. */
void cli_results_count(struct cli_run *run, size_t n_written);

void cli_results_close(struct cli_results *results);

#endif
