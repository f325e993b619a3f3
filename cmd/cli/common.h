/*
 * The options that commands share, in tables that a command includes, and the
 * values they have. They map to the options of the library's reader, flow and
 * writer.
 */
#ifndef CLI_COMMON_H
#define CLI_COMMON_H

#include "cmd/cli/options.h"
#include "libprospect/stream/flow.h"

struct cli_common {
	struct psp_flow_options flow;     /* what to read and when to stop */
	struct psp_reader_options side;   /* how to read side files */
	struct psp_writer_options writer; /* see cli_common_writer */
	int format;                       /* index in those of --to, or -1 */
	const char *output;               /* -o, or NULL */
	int32_t today;                    /* --today, PROSPECT_TODAY or clock */
	bool quiet;
	bool verbose;
	bool no_values;
	int language;             /* enum cli_language, of --lang */
	int progress;             /* enum cli_progress_mode */
	struct cli_list settings; /* -c */
	struct cli_list columns;  /* --column */
	const char *columns_file; /* --columns */
	size_t memory;            /* --memory: see ranking.h */
	bool check;
	bool print_settings;
	struct psp_slices fields; /* of --fields; flow.reader borrows them */
};

/* The one set of values, filled by parsing. */
extern struct cli_common cli_common;

/* -c, --check, --print-settings, --columns, --column, --today. */
extern const struct cli_option cli_settings_options[];
/* The dialect of the input, rejects, and rare ones. */
extern const struct cli_option cli_input_options[];
/* --to, -D, -o. */
extern const struct cli_option cli_output_options[];
/* The same for reports to people, and --ascii. */
extern const struct cli_option cli_report_options[];
/* -q, -v, --lang, -h, --version. */
extern const struct cli_option cli_general_options[];

/* Gives all of them their defaults, before parsing. */
void cli_common_init(void);

/*
 * After parsing: finds the day of today and refuses options that contradict
 * one another. `notes` becomes the reader's. PSP_EUSAGE.
 */
PSP_NODISCARD bool cli_common_finish(
    const struct psp_notes *notes, struct psp_error *err);

void cli_common_clear(void);

/* The format that --to asks for, else CSV. */
const struct psp_format *cli_common_format(void);

/* The same for a report: else a table on a terminal of `width` columns. */
const struct psp_format *cli_common_report_format(size_t width);

/*
 * The options for the writer of records from an input of this dialect (NULL:
 * no input, a report), to a terminal of `width` columns or 0.
 */
struct psp_writer_options cli_common_writer(
    const struct psp_dialect *dialect, size_t width);

#endif
