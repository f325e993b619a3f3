/* The options that commands share; see the header. */
#include <config.h>

#include "cmd/cli/common.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "cmd/cli/argument.h"
#include "cmd/cli/day.h"
#include "cmd/cli/language.h"
#include "cmd/cli/machine.h"
#include "cmd/cli/progress.h"
#include "libprospect/base/calendar.h"
#include "libprospect/report/html.h"
#include "libprospect/report/markdown.h"
#include "libprospect/report/table.h"

struct cli_common cli_common;

enum { USUAL_MEMORY = 256 * 1024 * 1024 };

/* A separator, which is neither the quote nor a line end. */
static bool
read_separator(const char *text, void *value, struct psp_error *err)
{
	unsigned char separator;

	if (!cli_read_char(text, &separator, err))
		return false;
	if (separator == '"')
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a separator, not the quote");
	*(unsigned char *)value = separator;
	return true;
}

static bool
read_encoding(const char *text, void *value, struct psp_error *err)
{
	if (psp_encoding_find(text, value))
		return true;
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "expected utf-8, windows-1252, iso-8859-15, utf-16le, utf-16be, "
	    "mixed or auto, not '%s'",
	    text);
}

static bool
read_quote(const char *text, void *value, struct psp_error *err)
{
	int *quote = value;
	unsigned char byte;

	if (strcmp(text, "none") == 0) {
		*quote = PSP_QUOTE_NONE;
		return true;
	}
	if (!cli_read_char(text, &byte, err))
		return false;
	*quote = byte;
	return true;
}

static bool
read_skip_lines(const char *text, void *value, struct psp_error *err)
{
	struct psp_dialect_options *dialect = value;

	dialect->skip_lines_given = true;
	return cli_read_count(text, 0, SIZE_MAX, &dialect->skip_lines, err);
}

static const struct cli_choice progress_modes[] = {
	{ "never", CLI_PROGRESS_NEVER },
	{ "auto", CLI_PROGRESS_AUTO },
	{ "always", CLI_PROGRESS_ALWAYS },
	{ NULL, 0 },
};

static const struct cli_choice decimals[] = {
	{ "comma", PSP_DECIMAL_COMMA },
	{ "point", PSP_DECIMAL_POINT },
	{ NULL, 0 },
};
_Static_assert(sizeof(enum psp_decimal) == sizeof(int), "a choice is an int");

static const struct psp_format *const formats[] = {
	&psp_format_csv,
	&psp_format_tsv,
	&psp_format_jsonl,
	&psp_format_json,
	&psp_format_table,
	&psp_format_markdown,
	&psp_format_html,
};

enum { FORMAT_UNSAID = -1, FORMAT_CSV = 0, FORMAT_TABLE = 4 };

static const struct cli_choice format_names[] = {
	{ "csv", FORMAT_CSV },
	{ "tsv", 1 },
	{ "jsonl", 2 },
	{ "json", 3 },
	{ "table", FORMAT_TABLE },
	{ "markdown", 5 },
	{ "html", 6 },
	{ NULL, 0 },
};

/* clang-format off */
const struct cli_option cli_settings_options[] = {
	CLI_HEADING("Settings"),
	CLI_LIST('c', "config", &cli_common.settings, "FILE",
	    "read settings in FILE; of several, the later wins key by key"),
	CLI_FLAG(0, "check", &cli_common.check,
	    "report all that is wrong with settings and header, and stop"),
	CLI_FLAG(0, "print-settings", &cli_common.print_settings,
	    "print the settings as understood, and stop"),
	CLI_STRING(0, "columns", &cli_common.columns_file, "FILE",
	    "read in FILE which header means which column"),
	CLI_LIST(0, "column", &cli_common.columns, "KEY=HEADER",
	    "take HEADER for column KEY"),
	CLI_READ(0, "today", &cli_common.today, cli_read_day, "DATE",
	    "take DATE for today (else PROSPECT_TODAY, else the clock)"),
	CLI_END,
};

const struct cli_option cli_input_options[] = {
	CLI_HEADING("Input (found by itself where nothing is said)"),
	CLI_READ('d', "separator", &cli_common.flow.reader.dialect.separator,
	    read_separator, "CHAR", "separator of fields: one byte, or tab"),
	CLI_READ(0, "encoding", &cli_common.flow.reader.dialect.encoding,
	    read_encoding, "NAME",
	    "utf-8, windows-1252, iso-8859-15, utf-16le, utf-16be; mixed: "
	    "each record utf-8, else windows-1252"),
	CLI_READ(0, "quote", &cli_common.flow.reader.dialect.quote,
	    read_quote, "CHAR", "quote of fields: one byte, or none"),
	CLI_READ(0, "skip-lines", &cli_common.flow.reader.dialect,
	    read_skip_lines, "N", "skip N lines before the header"),
	CLI_FLAG(0, "no-header", &cli_common.flow.reader.no_header,
	    "the first line is a record; --fields gives the names; no header "
	    "is written"),
	CLI_READ(0, "fields", &cli_common.fields, cli_read_names, "NAME,NAME...",
	    "names of the columns, with --no-header"),
	CLI_CHOICE(0, "decimal", &cli_common.flow.reader.dialect.decimal,
	    decimals, "comma|point", "how amounts such as 1.234 are meant"),
	CLI_FLAG(0, "union", &cli_common.flow.allow_union,
	    "align inputs with different headers by name"),
	CLI_STRING(0, "rejects", &cli_common.flow.rejects, "FILE",
	    "write rejected records to FILE; the status is then not 3"),
	CLI_FLAG(0, "strict", &cli_common.flow.strict,
	    "stop at the first record that is rejected"),
	CLI_COUNT(0, "max-rejects", &cli_common.flow.max_rejects, 0, SIZE_MAX,
	    "N", "stop after N rejected records"),
	CLI_RARE,
	CLI_FLAG(0, "no-repair", &cli_common.flow.reader.no_repair,
	    "reject records with a stray quote that could be repaired"),
	CLI_FLAG(0, "ragged", &cli_common.flow.reader.ragged,
	    "fill short records, drop empty fields beyond those of the header"),
	CLI_FLAG(0, "allow-empty", &cli_common.flow.reader.allow_empty,
	    "an input without a byte is no error"),
	CLI_SIZE(0, "max-record", &cli_common.flow.reader.max_record, 1024,
	    PSP_MAX_RECORD, "SIZE", "longest record (16M, up to 1G)"),
	CLI_COUNT(0, "max-columns", &cli_common.flow.reader.max_columns, 1,
	    SIZE_MAX / 64, "N", "most columns (65536)"),
	CLI_END,
};

const struct cli_option cli_output_options[] = {
	CLI_HEADING("Output"),
	CLI_CHOICE(0, "to", &cli_common.format, format_names, "FORMAT",
	    "csv (the default), tsv, jsonl, json, table, markdown or html"),
	CLI_READ('D', "output-separator", &cli_common.writer.separator,
	    read_separator, "CHAR", "separator of fields (that of the input)"),
	CLI_FLAG(0, "excel", &cli_common.writer.excel,
	    "for Excel in French: semicolons, CRLF, decimal commas, no "
	    "formulas"),
	CLI_STRING('o', "output", &cli_common.output, "FILE",
	    "write to FILE, which is replaced only when all went well"),
	CLI_END,
};

const struct cli_option cli_report_options[] = {
	CLI_HEADING("Output"),
	CLI_CHOICE(0, "to", &cli_common.format, format_names, "FORMAT",
	    "csv, tsv, jsonl, json, table, markdown or html (table on a terminal, "
	    "else csv)"),
	CLI_READ('D', "output-separator", &cli_common.writer.separator,
	    read_separator, "CHAR", "separator of fields (that of the input)"),
	CLI_FLAG(0, "ascii", &cli_common.writer.ascii,
	    "tables, bars and curves in plain ASCII"),
	CLI_FLAG(0, "excel", &cli_common.writer.excel,
	    "for Excel in French: semicolons, CRLF, decimal commas, no "
	    "formulas"),
	CLI_STRING('o', "output", &cli_common.output, "FILE",
	    "write to FILE, which is replaced only when all went well"),
	CLI_END,
};

const struct cli_option cli_general_options[] = {
	CLI_HEADING("General"),
	CLI_FLAG('q', "quiet", &cli_common.quiet, "no warnings"),
	CLI_FLAG('v', "verbose", &cli_common.verbose,
	    "say what was found in the input, and the counts at the end"),
	CLI_COUNT('j', "threads", &cli_common.flow.n_threads, 1, 1024, "N",
	    "threads at work (all cores on regular files, 1 on pipes)"),
	CLI_CHOICE_IMPLIED(0, "progress", &cli_common.progress, progress_modes,
	    "always", "WHEN",
	    "a line of progress: never, auto (on a terminal) or always"),
	CLI_READ(0, "lang", &cli_common.language, cli_read_language, "LANG",
	    "language of messages and labels: en or fr (else PROSPECT_LANG, "
	    "else en)"),
	CLI_HELP('h', "help", "show this help, and stop"),
	CLI_VERSION(0, "version", "show the version, and stop"),
	CLI_RARE,
	CLI_FLAG(0, "no-values", &cli_common.no_values,
	    "no value of the data in messages"),
	CLI_END,
};
/* clang-format on */

void
cli_common_init(void)
{
	memset(&cli_common, 0, sizeof(cli_common));
	psp_flow_options_init(&cli_common.flow);
	cli_common.flow.n_threads = 0;
	cli_common.today = INT32_MIN;
	cli_common.format = FORMAT_UNSAID;
	cli_common.memory = USUAL_MEMORY;
}

static bool
find_today(struct psp_error *err)
{
	const char *text = getenv("PROSPECT_TODAY");
	struct psp_error reason;
	struct tm now;
	time_t clock;

	if (cli_common.today != INT32_MIN)
		return true;
	if (text != NULL && *text != '\0') {
		psp_error_init(&reason);
		return cli_read_day(text, &cli_common.today, &reason)
		       || psp_error_set(err, reason.status, NULL, 0, 0,
			   "PROSPECT_TODAY: %s", reason.message);
	}
	clock = time(NULL);
	if (clock == (time_t)-1 || localtime_r(&clock, &now) == NULL)
		return psp_error_system(err, NULL, "read the clock", errno);
	cli_common.today = psp_days_from_civil(
	    now.tm_year + 1900, now.tm_mon + 1, now.tm_mday);
	return true;
}

/* The folder in which the last part of `path` stands. */
static bool
look_at_folder(const char *path, struct stat *status)
{
	const char *slash = strrchr(path, '/');
	struct psp_buffer folder;
	struct psp_error ignored;
	bool is_there;

	psp_error_init(&ignored);
	psp_buffer_init(&folder);
	is_there = psp_buffer_append(&folder, path,
		       slash != NULL ? (size_t)(slash + 1 - path) : 0, &ignored)
	           && psp_buffer_append(&folder, ".", sizeof("."), &ignored)
	           && stat(folder.bytes, status) == 0;
	psp_buffer_clear(&folder);
	return is_there;
}

/* Whether two names, of files that may not be there yet, are of one. */
static bool
is_same_place(const char *a, const char *b)
{
	const char *a_slash = strrchr(a, '/'), *b_slash = strrchr(b, '/');
	struct stat a_folder, b_folder;

	return strcmp(a_slash != NULL ? a_slash + 1 : a,
		   b_slash != NULL ? b_slash + 1 : b)
	           == 0
	       && look_at_folder(a, &a_folder) && look_at_folder(b, &b_folder)
	       && a_folder.st_dev == b_folder.st_dev
	       && a_folder.st_ino == b_folder.st_ino;
}

bool
cli_common_finish(const struct psp_notes *notes, struct psp_error *err)
{
	struct psp_reader_options *reader = &cli_common.flow.reader;

	if (reader->no_header && cli_common.fields.n == 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "option '--no-header' needs '--fields' with the names");
	if (!reader->no_header && cli_common.fields.n > 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "option '--fields' needs '--no-header'");
	if (reader->dialect.separator != 0
	    && reader->dialect.quote == reader->dialect.separator)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "options '--separator' and '--quote' name the same byte; "
		    "give two different ones");
	if (cli_common.quiet && cli_common.verbose)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "options '--quiet' and '--verbose' exclude one another; "
		    "choose one");
	if (cli_common.output != NULL && cli_common.flow.rejects != NULL
	    && is_same_place(cli_common.output, cli_common.flow.rejects))
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "options '--output' and '--rejects' name the same file; "
		    "give each its own");
	reader->fields = cli_common.fields;
	reader->notes = *notes;
	if (!cli_machine_find(&cli_common.flow, err))
		return false;
	/* The dialect that was named is that of the main input. */
	psp_reader_options_init(&cli_common.side);
	cli_common.side.scan = reader->scan;
	cli_common.side.max_record = reader->max_record;
	cli_common.side.max_columns = reader->max_columns;
	cli_common.side.no_repair = reader->no_repair;
	cli_common.side.notes = *notes;
	cli_common.writer.no_header = reader->no_header;
	return find_today(err);
}

void
cli_common_clear(void)
{
	cli_names_clear(&cli_common.fields);
}

const struct psp_format *
cli_common_format(void)
{
	return cli_common.format == FORMAT_UNSAID ? formats[FORMAT_CSV]
	                                          : formats[cli_common.format];
}

const struct psp_format *
cli_common_report_format(size_t width)
{
	if (cli_common.format == FORMAT_UNSAID && width > 0)
		return formats[FORMAT_TABLE];
	return cli_common_format();
}

struct psp_writer_options
cli_common_writer(const struct psp_dialect *dialect, size_t width)
{
	struct psp_writer_options options = cli_common.writer;

	if (options.separator == 0 && !options.excel && dialect != NULL)
		options.separator = dialect->separator;
	options.width = width;
	return options;
}
