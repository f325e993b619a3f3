/*
 * The values that options take, read strictly: a number is digits and nothing
 * else, in a range; a word is one of those listed. Nothing here knows tables
 * or command lines.
 */
#ifndef CLI_ARGUMENT_H
#define CLI_ARGUMENT_H

#include "cmd/cli/options.h"

/*
 * All of them read `text`, which is not empty, into `*value`, and fail with
 * PSP_EUSAGE and a message that says what was expected.
 */

/* A whole number from `low` to `high`. */
PSP_NODISCARD bool cli_read_count(const char *text, size_t low, size_t high,
    size_t *value, struct psp_error *err);

/* Bytes, with K, M or G for powers of 1024; `low` to `high` bytes. */
PSP_NODISCARD bool cli_read_size(const char *text, size_t low, size_t high,
    size_t *value, struct psp_error *err);

/* One of `choices`; the nearest is offered for a wrong one. */
PSP_NODISCARD bool cli_read_choice(const char *text,
    const struct cli_choice *choices, int *value, struct psp_error *err);

/* One byte of ASCII that is no line end; `tab` and `\t` are the tab. */
PSP_NODISCARD bool cli_read_char(
    const char *text, unsigned char *value, struct psp_error *err);

/*
 * A cli_read_fn: "a,b,c" to a struct psp_slices of the argument, whose array
 * the caller frees with cli_names_clear; it starts from zeros.
 */
PSP_NODISCARD bool cli_read_names(
    const char *text, void *value, struct psp_error *err);

void cli_names_clear(struct psp_slices *names);

#endif
