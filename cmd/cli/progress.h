/*
 * A line on the terminal while a long run goes on: bytes, records, rate and
 * time left. It is written over itself and taken away before a message and at
 * the end; never in a pipe or from cron, unless asked for.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <time.h>

#include "libprospect/stream/flow.h"

enum cli_progress_mode {
	CLI_PROGRESS_AUTO, /* when standard error is a terminal */
	CLI_PROGRESS_NEVER,
	CLI_PROGRESS_ALWAYS
};

struct cli_progress {
	const char *command;
	bool is_on;
	bool has_begun; /* the first batch is read */
	bool is_shown;  /* the line stands on the terminal */
	struct timespec start, last;
	size_t n_before; /* bytes read when it began */
};

/* Makes it ready; the clock starts with the first batch. */
void cli_progress_start(struct cli_progress *progress, const char *command,
    enum cli_progress_mode mode);

/* A psp_progress_fn; `progress` is the struct cli_progress. */
void cli_progress_take(void *progress, const struct psp_progress *now);

/* Takes the line away. */
void cli_progress_clear(struct cli_progress *progress);

#endif
