/* Operands that are no files: a report that the first of them may name. */
#ifndef CLI_OPERANDS_H
#define CLI_OPERANDS_H

#include "cmd/cli/command.h"

/*
 * Takes the first operand off the run when it names one of `reports`, whose
 * value `*report` becomes; else `*report` stays. A file of such a name is
 * written ./summary. Where the operand is no file either but looks like a
 * report misspelt, PSP_EUSAGE in run->err.
 */
PSP_NODISCARD bool cli_operands_report(
    struct cli_run *run, const struct cli_choice *reports, int *report);

#endif
