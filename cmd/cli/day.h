/* A day as a value of an option: 2026-11-23, 23/11/2026, 23 novembre 2026. */
#ifndef CLI_DAY_H
#define CLI_DAY_H

#include "cmd/cli/options.h"

/* A cli_read_fn; `value` is an int32_t, days since 1970-01-01. */
PSP_NODISCARD bool cli_read_day(
    const char *text, void *value, struct psp_error *err);

#endif
