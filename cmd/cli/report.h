/*
 * The only place that prints messages: "prospect-filter: leads.csv:42:3: what
 * is wrong" on standard error, a message a line and a write; of a record also
 * what became of it ("rejected: ..."). Control characters come out visible,
 * whatever the message quotes.
 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cmd/cli/progress.h"
#include "libprospect/base/problems.h"
#include "libprospect/stream/flow.h"

/* How often notes of one kind came. */
struct cli_tally {
	const char *kind;
	size_t n;
};

enum { CLI_MAX_KINDS = 32 };

/* All notes of one level: rejects or repairs. */
struct cli_tallies {
	struct cli_tally kinds[CLI_MAX_KINDS]; /* the last: all others */
	size_t n_kinds;
	size_t n;
};

struct cli_report {
	const char *command;
	bool quiet;
	bool verbose;
	struct cli_progress *progress; /* cleared before a message; or NULL */
	bool hides_values;             /* nothing of a cell in a message */
	bool is_exhausted;             /* that memory ran out was said */
	struct cli_tallies rejects;
	struct cli_tallies repairs;
};

/* What -v counts at the end. */
struct cli_counts {
	bool is_known; /* else nothing is printed */
	struct psp_flow_counts flow;
	size_t n_filtered;      /* read, and neither written nor rejected */
	size_t n_suppressed;    /* among the filtered: by --suppress */
	size_t n_undisclosed;   /* among the filtered: not to be contacted */
	size_t n_side_rejected; /* rows of signals and lists */
};

void cli_report_init(struct cli_report *report, const char *command);

/* Prints an error; nothing when `err` holds none. */
void cli_report_error(struct cli_report *report, const struct psp_error *err);

/* Prints the problems in the order of their files. */
void cli_report_problems(
    struct cli_report *report, struct psp_problems *problems);

/* A psp_note_fn; `report` is the struct cli_report. */
void cli_report_note(void *report, enum psp_note_level level, const char *kind,
    const struct psp_error *note);

/* The end of a run: totals by kind where not all was shown, and with -v the
 * counts. */
void cli_report_end(struct cli_report *report, const struct cli_counts *counts);

/* The exit status that a status of the library means: 0, 2, 3 or 4. */
int cli_exit_status(enum psp_status status);

#endif
