/*
 * What the targets of whole commands share: an input of settings, companies,
 * signals and choices, parted by form feeds, and flows over the companies. The
 * choices, of which any may be left out, are the size of reads, how records
 * are read, a limit, and behind them a list of who is left out.
 */
#ifndef TESTS_FUZZ_COMPANY_H
#define TESTS_FUZZ_COMPANY_H

#include "tests/fuzz/file.h"

#include "libprospect/base/calendar.h"
#include "libprospect/columns/columns.h"
#include "libprospect/stream/flow.h"
#include "libprospect/targeting/signals.h"

struct fuzz_company {
	struct psp_error err;
	struct psp_problems problems;
	struct psp_settings settings;
	struct psp_schema *schema;
	struct psp_flow_options flow;
	struct psp_signals *signals;
	int32_t today;
	size_t read_size; /* chosen, to compare with the default */
	size_t limit;     /* chosen, to compare with all */
	bool has_list;
};

/* Files of the process, kept from input to input. */
struct fuzz_company_files {
	struct fuzz_file companies, signals, list, output;
};

static inline void
fuzz_company_remove(struct fuzz_company_files *files)
{
	fuzz_file_remove(&files->companies);
	fuzz_file_remove(&files->signals);
	fuzz_file_remove(&files->list);
	fuzz_file_remove(&files->output);
}

static inline void
fuzz_company_choose(struct fuzz_company *company,
    struct fuzz_company_files *files, struct psp_slice choices)
{
	unsigned char rules;

	company->read_size = fuzz_take(&choices) + (size_t)1;
	rules = fuzz_take(&choices);
	company->flow.reader.no_repair = (rules & 1) != 0;
	company->flow.reader.ragged = (rules & 2) != 0;
	if ((rules & 4) != 0)
		company->flow.reader.max_record = 60;
	company->limit = fuzz_take(&choices) % 8 + (size_t)1;
	company->has_list = choices.size > 0;
	fuzz_file_write(&files->list, choices);
}

/* Parts the input: its files are written, its settings read. False when these
 * are wrong. */
static inline bool
fuzz_company_init(struct fuzz_company *company,
    struct fuzz_company_files *files, struct psp_slice input)
{
	struct psp_slice settings = fuzz_take_part(&input);
	bool is_right;

	memset(company, 0, sizeof(*company));
	psp_error_init(&company->err);
	psp_problems_init(&company->problems);
	psp_settings_init(&company->settings);
	psp_flow_options_init(&company->flow);
	company->today = psp_days_from_civil(2026, 11, 23);
	company->schema = psp_schema_new(&company->err);
	fuzz_must(company->schema != NULL, "memory suffices");
	fuzz_file_write(&files->companies, fuzz_take_part(&input));
	fuzz_file_write(&files->signals, fuzz_take_part(&input));
	fuzz_company_choose(company, files, input);
	is_right = psp_settings_parse(&company->settings, settings,
	    "settings.yaml", &company->problems, &company->err);
	fuzz_must_tell(is_right, &company->problems, &company->err);
	return is_right;
}

static inline void
fuzz_company_clear(struct fuzz_company *company)
{
	psp_signals_close(company->signals);
	psp_schema_free(company->schema);
	psp_settings_clear(&company->settings);
	psp_problems_clear(&company->problems);
}

/* Opens the companies; NULL when they cannot be read. */
static inline struct psp_flow *
fuzz_company_open(
    struct fuzz_company *company, const struct fuzz_company_files *files)
{
	const char *path = files->companies.path;
	struct psp_flow *flow =
	    psp_flow_open(&path, 1, &company->flow, &company->err);

	fuzz_must_tell(flow != NULL, NULL, &company->err);
	return flow;
}

/* Reads the signals; false when they cannot be read. */
static inline bool
fuzz_company_signals(struct fuzz_company *company,
    const struct fuzz_company_files *files,
    const struct psp_signal_codes *codes, const char *key)
{
	company->signals = psp_signals_open(files->signals.path, codes, key,
	    company->today, &company->flow.reader, &company->err);
	fuzz_must_tell(company->signals != NULL, NULL, &company->err);
	return company->signals != NULL;
}

/* Options to read what we wrote: nothing is to be detected. */
static inline struct psp_reader_options
fuzz_company_output(unsigned char separator)
{
	struct psp_reader_options options;

	psp_reader_options_init(&options);
	options.dialect.separator = separator;
	options.dialect.quote = '"';
	options.dialect.encoding = PSP_ENCODING_UTF8;
	options.dialect.skip_lines_given = true;
	return options;
}

#endif
