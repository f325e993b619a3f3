/* What --help and --version print, made from the command and its table. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cmd/cli/command.h"
#include "libprospect/base/buffer.h"

/* Appends the help, in lines of at most 79 columns. PSP_ENOMEM. */
PSP_NODISCARD bool cli_help_put(struct psp_buffer *out,
    const struct cli_command *command, struct psp_error *err);

/* Appends name, version and license. PSP_ENOMEM. */
PSP_NODISCARD bool cli_version_put(struct psp_buffer *out,
    const struct cli_command *command, struct psp_error *err);

#endif
