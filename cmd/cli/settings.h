/*
 * What the common options say of settings: the files of -c merged, and the
 * schema of --columns and --column.
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "cmd/cli/command.h"
#include "libprospect/columns/columns.h"
#include "libprospect/settings/settings.h"

struct cli_settings {
	struct psp_settings tree;    /* root NULL without -c */
	struct psp_settings columns; /* of --columns */
	struct psp_schema *schema;
};

/* Makes it ready: empty. */
void cli_settings_init(struct cli_settings *settings);

void cli_settings_clear(struct cli_settings *settings);

/*
 * Reads all of it. Problems go to `run->problems`, other failures to
 * `run->err`; false in both cases.
 */
PSP_NODISCARD bool cli_settings_load(
    struct cli_settings *settings, struct cli_run *run);

/* --print-settings: writes the merged tree as the run's output. */
enum cli_result cli_settings_print(
    const struct cli_settings *settings, struct cli_run *run);

/*
 * Appends all that the options say of settings, the files of -c and --columns
 * and each --column: for states to be compared by. PSP_ENOMEM.
 */
PSP_NODISCARD bool cli_settings_describe(const struct cli_settings *settings,
    struct psp_buffer *text, struct psp_error *err);

#endif
