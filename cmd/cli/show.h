/*
 * From a flow to a report: the flow runs without rows of its own, the report
 * that it amounts to is written afterwards. The same for what states amount to,
 * which are joined without any flow.
 */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "cmd/cli/command.h"
#include "libprospect/report/partial.h"
#include "libprospect/report/report.h"

/*
 * Runs the flow to its end; its steps write no rows. What they make of the
 * records is left in `plan` by `finish`. Counts are known then. Fails as
 * psp_flow_run does.
 */
PSP_NODISCARD bool cli_show_collect(struct psp_flow *flow,
    const struct psp_flow_steps *steps, void *plan, struct cli_run *run);

/*
 * Writes `report` as the run's output, in the format of --to or that of where
 * it goes. `dialect` of the input gives the separator; NULL: none.
 */
PSP_NODISCARD bool cli_show_report(const struct psp_report *report,
    const struct psp_dialect *dialect, struct cli_run *run);

/* Writes a state (--partial) as the run's output. */
PSP_NODISCARD bool cli_show_partial(
    struct psp_partial *partial, struct cli_run *run);

#endif
