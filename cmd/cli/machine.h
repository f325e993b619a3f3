/*
 * What of the machine is used: how many threads, which instructions, how much
 * is read at once. Tests and measurements set it; no result depends on it.
 */
#ifndef CLI_MACHINE_H
#define CLI_MACHINE_H

#include "libprospect/stream/flow.h"

/*
 * Fills in `flow` what the environment asks for (PROSPECT_SCANNER,
 * PROSPECT_READ_SIZE) and, where `n_threads` is 0, the number of cores that the
 * process may use: for files that make it worth their start. PSP_EUSAGE.
 */
PSP_NODISCARD bool cli_machine_find(
    struct psp_flow_options *flow, struct psp_error *err);

#endif
