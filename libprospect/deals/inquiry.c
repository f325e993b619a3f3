/* From the flow to a report; see the header. */
#include <config.h>

#include "libprospect/deals/inquiry.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/sums.h"

enum { ROW_SIZE = 1024 }; /* of the name of a row */

static const struct psp_inquiry_form *const forms[PSP_N_INQUIRIES] = {
	[PSP_INQUIRY_STATUS] = &psp_form_status,
	[PSP_INQUIRY_CHECK] = &psp_form_check,
	[PSP_INQUIRY_ALERTS] = &psp_form_alerts,
	[PSP_INQUIRY_QUALIFY] = &psp_form_qualify,
	[PSP_INQUIRY_FUNNEL] = &psp_form_funnel,
	[PSP_INQUIRY_TIME] = &psp_form_time,
	[PSP_INQUIRY_VELOCITY] = &psp_form_velocity,
	[PSP_INQUIRY_FORECAST] = &psp_form_forecast,
	[PSP_INQUIRY_BACKTEST] = &psp_form_backtest,
	[PSP_INQUIRY_CALIBRATION] = &psp_form_calibration,
	[PSP_INQUIRY_COVERAGE] = &psp_form_coverage,
	[PSP_INQUIRY_PRESSURE] = &psp_form_pressure,
	[PSP_INQUIRY_DUE] = &psp_form_due,
	[PSP_INQUIRY_PRIORITIES] = &psp_form_priorities,
	[PSP_INQUIRY_WINRATE] = &psp_form_winrate,
	[PSP_INQUIRY_LOST] = &psp_form_lost,
	[PSP_INQUIRY_FAMILIES] = &psp_form_families,
};

const struct psp_inquiry_form *
psp_inquiry_form(enum psp_inquiry_kind kind)
{
	return forms[kind];
}

/* Whether a word is in a list parted by blanks. */
static bool
is_listed(const char *list, struct psp_slice word)
{
	size_t at = 0, size = strlen(list);

	while (at < size) {
		size_t n = strcspn(list + at, " ");

		if (n == word.size && memcmp(list + at, word.bytes, n) == 0)
			return true;
		at += n + 1;
	}
	return false;
}

/* "ROW:COLUMN", either may be left out. */
static bool
read_rows(struct psp_inquiry *inquiry, struct psp_error *err)
{
	const char *text = inquiry->options.rows, *colon;

	if (text == NULL)
		return true;
	inquiry->marks = true;
	if (inquiry->form->countable == NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows: the report '%s' lists deals one by one already",
		    inquiry->form->name);
	colon = strrchr(text, ':');
	inquiry->wanted_row = psp_slice_of(text);
	if (colon != NULL) {
		inquiry->wanted_row = psp_slice(text, (size_t)(colon - text));
		inquiry->wanted_column = psp_slice_of(colon + 1);
	}
	if (inquiry->wanted_column.size == 0
	    || is_listed(inquiry->form->countable, inquiry->wanted_column))
		return true;
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "--rows: '%.*s' is no column of '%s' that counts deals: expected "
	    "one of %s",
	    PSP_SLICE_ARGS(inquiry->wanted_column), inquiry->form->name,
	    inquiry->form->countable);
}

/* The columns of --by, then those of the report. */
static bool
name_columns(struct psp_inquiry *inquiry, struct psp_error *err)
{
	const struct psp_inquiry_form *form = inquiry->form;
	struct psp_inquiry_options *options = &inquiry->options;
	size_t n_by, n = 0;

	if (!form->is_grouped && options->n_by > 0)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--by has no meaning for the report '%s'", form->name);
	if (form->is_grouped && options->n_by == 0) {
		options->by[0] = form->by;
		options->n_by = 1;
		if (form->and_by != PSP_BY_ALL)
			options->by[options->n_by++] = form->and_by;
	}
	n_by = options->n_by;
	inquiry->columns =
	    calloc(n_by + form->n_columns, sizeof(*inquiry->columns));
	if (inquiry->columns == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < n_by; i++) {
		if (options->by[i] == PSP_BY_ALL)
			continue;
		inquiry->columns[n].name = psp_by_name(options->by[i]);
		inquiry->columns[n++].kind = PSP_REPORT_TEXT;
	}
	for (size_t i = 0; i < form->n_columns; i++)
		inquiry->columns[n++] = form->columns[i];
	inquiry->report =
	    psp_report_new(form->schema, inquiry->columns, n, err);
	return inquiry->report != NULL;
}

/* Whether the report is a sum, so that parts of it can be joined. */
static bool
check_sums(const struct psp_inquiry *inquiry, struct psp_error *err)
{
	const struct psp_inquiry_form *form = inquiry->form;

	if (form->show == NULL && form->summing == NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "the report '%s' is no sum of parts: it %s; --partial and "
		    "--merge are for status, funnel, time, velocity, winrate, "
		    "coverage, lost, families and pressure",
		    form->name, _(form->no_sum));
	if (inquiry->options.kind == PSP_INQUIRY_COVERAGE
	    && inquiry->options.history != NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "with --history 'coverage' learns its chances from all "
		    "deals, and is no sum of parts: leave out --history, or "
		    "run on all deals");
	return true;
}

/* The target of coverage, which a state does without. */
static bool
check_target(const struct psp_inquiry_options *options, struct psp_error *err)
{
	return options->kind != PSP_INQUIRY_COVERAGE || options->is_partial
	       || options->target != PSP_NO_AMOUNT
	       || psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		   "the report 'coverage' needs what is to be won: --target "
		   "200k€");
}

/* Files and values without which a report says nothing. */
static bool
check_options(const struct psp_inquiry *inquiry, struct psp_error *err)
{
	const struct psp_inquiry_options *options = &inquiry->options;

	if (options->is_partial && !check_sums(inquiry, err))
		return false;
	if (options->is_partial && options->rows != NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows lists records, --partial writes a state: one of "
		    "them");
	if (inquiry->form->needs_history && options->history == NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "the report '%s' needs the moves of the deals: give their "
		    "file with --history FILE (see 'history')",
		    inquiry->form->name);
	if (!check_target(options, err))
		return false;
	if (options->kind == PSP_INQUIRY_PRESSURE && options->touches == NULL)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "the report 'pressure' needs the calls and mails: give "
		    "their file with --touches FILE");
	return true;
}

/* Who must not be contacted. */
static bool
open_suppression(struct psp_inquiry *inquiry, struct psp_slices header,
    struct psp_error *err)
{
	const struct psp_inquiry_options *options = &inquiry->options;

	if (options->suppress == NULL)
		return true;
	inquiry->suppression = psp_suppression_open(
	    options->suppress, &options->side->reader, err);
	return inquiry->suppression != NULL
	       && psp_suppression_bind(inquiry->suppression,
		   inquiry->handbook->schema, header, &options->notes,
		   &inquiry->suppressed, err);
}

/* Says where no deal can ever be won: then a file that says so in a column of
 * its own is not heard. */
static void
note_stages(const struct psp_handbook *handbook, const struct psp_notes *notes)
{
	if (handbook->n_stages > 0
	    && psp_handbook_won(handbook) == PSP_NO_STAGE)
		psp_note(notes, PSP_NOTE_WARNING, NULL,
		    handbook->stages[0].place.file, 0, 0,
		    "no stage says won: true, so that no deal counts as won");
}

static struct psp_inquiry *
begin(const struct psp_handbook *handbook,
    const struct psp_inquiry_options *options, struct psp_error *err)
{
	struct psp_inquiry *inquiry = calloc(1, sizeof(*inquiry));

	if (inquiry == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	inquiry->options = *options;
	inquiry->handbook = handbook;
	inquiry->form = forms[options->kind];
	psp_book_init(&inquiry->book, handbook);
	psp_history_init(&inquiry->history);
	note_stages(handbook, &options->notes);
	return inquiry;
}

struct psp_inquiry *
psp_inquiry_new_merged(const struct psp_handbook *handbook,
    const struct psp_inquiry_options *options, struct psp_error *err)
{
	struct psp_inquiry *inquiry = begin(handbook, options, err);

	if (inquiry == NULL)
		return NULL;
	if (!check_sums(inquiry, err) || !check_target(options, err)
	    || !name_columns(inquiry, err)) {
		psp_inquiry_free(inquiry);
		return NULL;
	}
	return inquiry;
}

struct psp_inquiry *
psp_inquiry_new(const struct psp_handbook *handbook, struct psp_slices header,
    const struct psp_inquiry_options *options, struct psp_problems *problems,
    struct psp_error *err)
{
	struct psp_inquiry *inquiry = begin(handbook, options, err);
	uint32_t needs;

	if (inquiry == NULL)
		return NULL;
	needs = inquiry->form->needs;
	if (!check_options(inquiry, err) || !read_rows(inquiry, err)
	    || !name_columns(inquiry, err))
		goto failed;
	inquiry->book.keeps_rows = inquiry->marks;
	for (size_t i = 0; i < inquiry->options.n_by; i++)
		needs |= PSP_FACT_BIT(psp_by_fact(inquiry->options.by[i]));
	if (!psp_intake_init(&inquiry->intake, handbook, header, needs,
		inquiry->form->asks_criteria || options->binds_all,
		options->today, problems, err)
	    || !open_suppression(inquiry, header, err))
		goto failed;
	return inquiry;
failed:
	psp_inquiry_free(inquiry);
	return NULL;
}

void
psp_inquiry_free(struct psp_inquiry *inquiry)
{
	if (inquiry == NULL)
		return;
	psp_report_free(inquiry->report);
	psp_partial_clear(&inquiry->partial);
	free(inquiry->columns);
	free(inquiry->is_marked);
	psp_history_clear(&inquiry->history);
	psp_book_clear(&inquiry->book);
	psp_intake_clear(&inquiry->intake);
	psp_suppression_columns_clear(&inquiry->suppressed);
	psp_suppression_close(inquiry->suppression);
	free(inquiry);
}

void
psp_inquiry_count(struct psp_inquiry *inquiry, size_t deal,
    struct psp_slice row, const char *column)
{
	if (!inquiry->marks)
		return;
	if (inquiry->wanted_row.size > 0) {
		if (!psp_slice_equal(row, inquiry->wanted_row))
			return;
		inquiry->has_row = true;
	}
	if (inquiry->wanted_column.size == 0
	    || psp_slice_is(inquiry->wanted_column, column))
		inquiry->is_marked[deal] = 1;
}

void
psp_inquiry_show(struct psp_inquiry *inquiry, struct psp_slice row)
{
	if (inquiry->marks && psp_slice_equal(row, inquiry->wanted_row))
		inquiry->has_row = true;
}

bool
psp_has_period(const struct psp_inquiry_options *options)
{
	return options->from != PSP_NO_DAY || options->to != PSP_NO_DAY;
}

bool
psp_is_within(const struct psp_inquiry_options *options, int32_t day)
{
	return day != PSP_NO_DAY
	       && (options->from == PSP_NO_DAY || day >= options->from)
	       && (options->to == PSP_NO_DAY || day <= options->to);
}

/* Appends a part of a row's name. */
static void
put_part(char name[ROW_SIZE], size_t *size, struct psp_slice part)
{
	size_t room = ROW_SIZE - *size;

	if (*size > 0 && room > 0) {
		name[(*size)++] = '/';
		room--;
	}
	if (part.size > room)
		part.size = room;
	if (part.size > 0)
		memcpy(name + *size, part.bytes, part.size);
	*size += part.size;
}

/* The name of the row that a group and a name of its own make. */
static struct psp_slice
name_row(const struct psp_grouping *grouping, size_t group,
    struct psp_slice name, char row[ROW_SIZE])
{
	size_t size = 0;
	char day[16];

	for (size_t i = 0; i < grouping->n_by; i++)
		if (grouping->by[i] != PSP_BY_ALL)
			put_part(row, &size,
			    psp_grouping_name(grouping, group, i, day));
	if (name.size > 0)
		put_part(row, &size, name);
	return psp_slice(row, size);
}

void
psp_inquiry_count_at(struct psp_inquiry *inquiry, size_t deal,
    const struct psp_grouping *grouping, size_t group, struct psp_slice name,
    const char *column)
{
	char row[ROW_SIZE];

	if (inquiry->marks)
		psp_inquiry_count(inquiry, deal,
		    name_row(grouping, group, name, row), column);
}

void
psp_inquiry_count_in(struct psp_inquiry *inquiry, size_t deal,
    const struct psp_grouping *grouping, size_t group, const char *column)
{
	psp_inquiry_count_at(
	    inquiry, deal, grouping, group, psp_slice("", 0), column);
}

void
psp_inquiry_put_group(struct psp_inquiry *inquiry,
    const struct psp_grouping *grouping, size_t group, struct psp_slice name)
{
	char row[ROW_SIZE], day[16];

	if (inquiry->marks)
		psp_inquiry_show(inquiry, name_row(grouping, group, name, row));
	for (size_t i = 0; i < grouping->n_by; i++)
		if (grouping->by[i] != PSP_BY_ALL)
			psp_report_text(inquiry->report,
			    psp_grouping_name(grouping, group, i, day));
}
