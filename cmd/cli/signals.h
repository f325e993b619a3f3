/* The file of business signals that --signals names. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include "cmd/cli/command.h"
#include "libprospect/targeting/terms.h"

/*
 * Reads the signals in the terms of the settings (borrowed until the close),
 * says what was found in them and counts their rejected rows. NULL with
 * run->err filled.
 */
PSP_NODISCARD struct psp_signals *cli_signals_open(
    const char *path, const struct psp_terms *terms, struct cli_run *run);

#endif
