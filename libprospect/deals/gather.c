/*
 * The steps of the flow: records into the books of batches, these into that of
 * the run, then the history and the report. See inquiry.h.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/inquiry.h"
#include "libprospect/deals/passing.h"

/* What one batch has, or several merged. */
struct state {
	struct psp_book book;
	struct psp_passing
	    *passing; /* of batches merged; NULL: none, or a book */
	struct psp_evaluation *evaluation;
	struct psp_record record;
	struct psp_buffer scratch;
	struct psp_rows row; /* formatted, of one record */
};

static void
free_state(void *state)
{
	struct state *own = state;

	if (own == NULL)
		return;
	psp_book_clear(&own->book);
	psp_passing_free(own->passing);
	psp_evaluation_free(own->evaluation);
	psp_record_clear(&own->record);
	psp_buffer_clear(&own->scratch);
	psp_rows_clear(&own->row);
	free(own);
}

static void *
new_state(void *plan, struct psp_error *err)
{
	const struct psp_inquiry *inquiry = plan;
	struct state *state = calloc(1, sizeof(*state));

	if (state == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_book_init(&state->book, inquiry->handbook);
	state->book.keeps_rows = inquiry->marks;
	psp_buffer_init(&state->scratch);
	if (inquiry->intake.plan == NULL)
		return state;
	state->evaluation = psp_evaluation_new(inquiry->intake.plan, NULL, err);
	if (state->evaluation == NULL) {
		free_state(state);
		return NULL;
	}
	return state;
}

/* Keeps the record at hand as it would be written. */
static bool
keep_row(struct state *state, struct psp_writer *writer, struct psp_error *err)
{
	struct psp_book *book = &state->book;
	struct psp_kept_row *kept = &book->kept[book->n - 1];

	state->row.writer = writer;
	state->row.bytes.size = 0;
	state->row.n_rows = 0;
	if (!psp_rows_put(&state->row, &state->record, NULL, err))
		return false;
	kept->at = book->rows.size;
	kept->size = state->row.bytes.size;
	return psp_buffer_slice(
	    &book->rows, psp_buffer_content(&state->row.bytes), err);
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_inquiry *inquiry = plan;
	struct state *own = state;

	if (!psp_record_init(&own->record, batch, err))
		return false;
	for (size_t i = 0; i < batch->n_spans; i++) {
		psp_record_seek(&own->record, i);
		if (!psp_intake_take(&inquiry->intake, &own->record,
			own->evaluation, &own->book, &own->scratch, err))
			return false;
		if (inquiry->suppression != NULL
		    && !psp_suppression_has(inquiry->suppression,
			&inquiry->suppressed, &own->record, &own->scratch,
			&own->book.deals[own->book.n - 1].is_suppressed, err))
			return false;
		if (inquiry->marks && !keep_row(own, rows->writer, err))
			return false;
	}
	return true;
}

/* Makes the book of a batch one in which deals are found and stand once. */
static bool
make_whole(const struct psp_inquiry *inquiry, struct state *state,
    struct psp_error *err)
{
	struct psp_book batch = state->book;
	bool is_whole;

	if (batch.n_places > 0)
		return true;
	psp_book_init(&state->book, inquiry->handbook);
	state->book.keeps_rows = inquiry->marks;
	is_whole = psp_book_add(&state->book, &batch, err);
	psp_book_clear(&batch);
	return is_whole;
}

/* Adds up the deals of a first batch, which are then no longer needed. */
static bool
make_passing(const struct psp_inquiry *inquiry, struct state *state,
    struct psp_error *err)
{
	if (state->passing != NULL)
		return true;
	state->passing = psp_passing_new(inquiry, err);
	if (state->passing == NULL
	    || !psp_passing_add(state->passing, &state->book, err))
		return false;
	psp_book_clear(&state->book);
	psp_book_init(&state->book, inquiry->handbook);
	return true;
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	const struct psp_inquiry *inquiry = plan;
	struct state *first = into, *second = next;

	if (psp_passing_fits(inquiry))
		return make_passing(inquiry, first, err)
		       && psp_passing_add(first->passing, &second->book, err);
	return make_whole(inquiry, first, err)
	       && psp_book_add(&first->book, &second->book, err);
}

/* What the history tells of a deal where the deal itself does not. */
static void
learn_from_history(struct psp_inquiry *inquiry)
{
	struct psp_book *book = &inquiry->book;
	const struct psp_history *history = &inquiry->history;

	for (size_t i = 0; i < book->n && history->starts != NULL; i++) {
		size_t n = history->starts[i + 1] - history->starts[i];
		const struct psp_move *moves;
		struct psp_deal *deal = &book->deals[i];

		if (n == 0) /* then there may be no moves at all */
			continue;
		moves = history->moves + history->starts[i];
		if (moves[n - 1].to == deal->stage)
			deal->from = moves[n - 1].from;
		if (deal->created == PSP_NO_DAY)
			deal->created = moves[0].date;
		if (deal->stage_date == PSP_NO_DAY
		    && moves[n - 1].to == deal->stage)
			deal->stage_date = moves[n - 1].date;
		if (deal->closed == PSP_NO_DAY
		    && psp_deal_state(book, deal) != PSP_STATE_OPEN)
			deal->closed = moves[n - 1].date;
	}
}

/* What of the book is out of order. */
static void
find_oddities(const struct psp_book *book, struct psp_oddities *odd)
{
	memset(odd, 0, sizeof(*odd));
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_deal *deal = &book->deals[i];

		if (deal->stage != PSP_NO_STAGE || odd->n_unknown++ > 0)
			continue;
		odd->unknown = deal->labels[PSP_LABEL_STAGE];
		odd->unknown_line = deal->line;
		odd->unknown_file = deal->file;
	}
	odd->n_repeats = book->n_repeats;
	if (book->n_repeats > 0) {
		const struct psp_repeat *repeat = &book->repeats[0];
		const struct psp_deal *deal = &book->deals[repeat->deal];

		odd->repeated = psp_deal_id(book, deal);
		odd->repeat_line = repeat->line;
		odd->repeat_file = repeat->file;
		odd->before_line = deal->line;
		odd->before_file = deal->file;
	}
}

/* Deals in stages that the settings do not have, deals that come twice. */
static void
note_oddities(const struct psp_inquiry *inquiry, const struct psp_book *book,
    const struct psp_oddities *odd)
{
	const struct psp_notes *notes = &inquiry->options.notes;

	if (odd->n_unknown > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%zu deal in a stage that the settings do not have, "
			"taken as open: first '%.*s' at %s:%u",
			"%zu deals in a stage that the settings do not have, "
			"taken as open: first '%.*s' at %s:%u",
			odd->n_unknown),
		    odd->n_unknown,
		    PSP_SLICE_ARGS(psp_labels_get(
			&book->labels[PSP_LABEL_STAGE], odd->unknown)),
		    odd->unknown_file, (unsigned)odd->unknown_line);
	if (odd->n_repeats > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%zu record of a deal that was there before, left "
			"out: first '%.*s' at %s:%u, before at %s:%u",
			"%zu records of deals that were there before, left "
			"out: first '%.*s' at %s:%u, before at %s:%u",
			odd->n_repeats),
		    odd->n_repeats, PSP_SLICE_ARGS(odd->repeated),
		    odd->repeat_file, (unsigned)odd->repeat_line,
		    odd->before_file, (unsigned)odd->before_line);
}

/* Appends the records of the deals that were counted. */
static bool
put_marked(
    struct psp_inquiry *inquiry, struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_book *book = &inquiry->book;

	if (inquiry->wanted_row.size > 0 && !inquiry->has_row)
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "--rows: the report '%s' has no row '%.*s': a row is "
		    "called by its first cells, as in Anne/chaud",
		    inquiry->form->name, PSP_SLICE_ARGS(inquiry->wanted_row));
	for (size_t i = 0; i < book->n; i++) {
		const struct psp_kept_row *kept = &book->kept[i];

		if (!inquiry->is_marked[i])
			continue;
		inquiry->n_marked++;
		if (!psp_rows_append(rows,
			psp_slice(book->rows.bytes + kept->at, kept->size),
			err))
			return false;
	}
	return true;
}

/* What states have in common that are joined. */
static struct psp_partial_name
name_state(const struct psp_inquiry *inquiry)
{
	const struct psp_inquiry_options *options = &inquiry->options;
	struct psp_slice by = { (const char *)options->by,
		options->n_by * sizeof(options->by[0]) };
	const int32_t chosen[] = { options->from, options->to,
		(int32_t)options->mode, options->within };
	struct psp_slice others = { (const char *)chosen, sizeof(chosen) };
	uint64_t settings = options->settings;
	struct psp_partial_name name = { .tool = "prospect-pipeline",
		.report = inquiry->form->name,
		.version = 2 }; /* changes whenever the lines of a state do */

	if (inquiry->form->summing != NULL)
		settings = psp_hash(others, settings);
	name.settings = psp_hash(by, settings);
	return name;
}

/* Begins the state that is asked for. */
static void
begin_state(struct psp_inquiry *inquiry)
{
	struct psp_partial_name name = name_state(inquiry);

	psp_partial_begin(&inquiry->partial, &name);
}

/* The report of sums by group, or the state that they are. */
static bool
show_table(struct psp_inquiry *inquiry, const struct psp_sums_table *table,
    struct psp_error *err)
{
	if (!inquiry->options.is_partial)
		return inquiry->form->show(inquiry, table, err);
	begin_state(inquiry);
	psp_sums_write(table, &inquiry->partial);
	return true;
}

/* The same of a report with sums of its own. */
static bool
show_sums(struct psp_inquiry *inquiry, struct psp_error *err)
{
	const struct psp_summing *summing = inquiry->form->summing;
	void *sums = summing->new_sums(inquiry, err);
	bool is_made = sums != NULL && summing->collect(inquiry, sums, err);

	if (is_made && inquiry->options.is_partial) {
		begin_state(inquiry);
		summing->write(inquiry, sums, &inquiry->partial);
	} else if (is_made)
		is_made = summing->show(inquiry, sums, err);
	summing->free_sums(sums);
	return is_made;
}

static bool
make_report(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct psp_sums_table table;
	bool is_made;

	if (inquiry->form->summing != NULL)
		return show_sums(inquiry, err);
	if (inquiry->form->show == NULL)
		return inquiry->form->run(inquiry, err);
	is_made = psp_sums_collect(inquiry, &table, err)
	          && show_table(inquiry, &table, err);
	psp_sums_clear(&table);
	return is_made;
}

/* Adds what a state holds to the sums of the report. */
static bool
read_state(struct psp_inquiry *inquiry, void *sums,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	const struct psp_summing *summing = inquiry->form->summing;

	if (summing == NULL)
		return psp_sums_read(inquiry, sums, reader, err);
	while (psp_partial_next(reader))
		if (!summing->read(inquiry, sums, reader, err))
			return false;
	return true;
}

static bool
read_states(struct psp_inquiry *inquiry, void *sums, const char *const *paths,
    size_t n_paths, struct psp_error *err)
{
	struct psp_partial_name name = name_state(inquiry);
	bool is_read = true;

	for (size_t i = 0; is_read && i < n_paths; i++) {
		struct psp_partial_reader *reader =
		    psp_partial_open(paths[i], &name, err);

		is_read =
		    reader != NULL && read_state(inquiry, sums, reader, err);
		psp_partial_close(reader);
	}
	return is_read;
}

bool
psp_inquiry_merge(struct psp_inquiry *inquiry, const char *const *paths,
    size_t n_paths, struct psp_error *err)
{
	const struct psp_summing *summing = inquiry->form->summing;
	struct psp_sums_table table;
	bool is_merged;
	void *sums;

	if (summing == NULL) {
		psp_sums_init(&table, inquiry);
		is_merged = read_states(inquiry, &table, paths, n_paths, err)
		            && inquiry->form->show(inquiry, &table, err);
		psp_sums_clear(&table);
		return is_merged;
	}
	sums = summing->new_sums(inquiry, err);
	is_merged = sums != NULL
	            && read_states(inquiry, sums, paths, n_paths, err)
	            && summing->show(inquiry, sums, err);
	summing->free_sums(sums);
	return is_merged;
}

/* The end of a run without a book. */
static bool
finish_passing(struct psp_inquiry *inquiry, struct psp_passing *passing,
    struct psp_error *err)
{
	const struct psp_inquiry_options *options = &inquiry->options;
	struct psp_book *book = &inquiry->book;

	psp_book_clear(book);
	*book = passing->book;
	psp_book_init(&passing->book, inquiry->handbook);
	passing->table.grouping.book = book;
	if (!psp_intake_note(
		&inquiry->intake, book, options->strict, &options->notes, err)
	    || !psp_currencies_check(&passing->currencies, book, err))
		return false;
	note_oddities(inquiry, book, &passing->oddities);
	if (passing->failure.status != PSP_OK) {
		*err = passing->failure;
		return false;
	}
	return psp_sums_settle(&passing->table, err)
	       && show_table(inquiry, &passing->table, err);
}

static bool
finish(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct psp_inquiry *inquiry = plan;
	const struct psp_inquiry_options *options = &inquiry->options;
	struct psp_book *book = &inquiry->book;
	struct state *own = state;
	struct psp_oddities odd;

	if (psp_passing_fits(inquiry))
		return make_passing(inquiry, own, err)
		       && finish_passing(inquiry, own->passing, err);
	if (!make_whole(inquiry, own, err))
		return false;
	psp_book_clear(book);
	*book = own->book;
	psp_book_init(&own->book, inquiry->handbook);
	if (!psp_intake_note(
		&inquiry->intake, book, options->strict, &options->notes, err)
	    || !psp_book_finish(book, inquiry->form->allows_currencies, err))
		return false;
	if (options->history != NULL
	    && !psp_history_read(&inquiry->history, options->history, book,
		options->today,
		options->kind == PSP_INQUIRY_BACKTEST
		    || options->kind == PSP_INQUIRY_ALERTS,
		options->side, err))
		return false;
	learn_from_history(inquiry);
	find_oddities(book, &odd);
	note_oddities(inquiry, book, &odd);
	psp_history_note(&inquiry->history, &options->notes);
	if (inquiry->marks) {
		inquiry->is_marked = calloc(book->n + 1, 1);
		if (inquiry->is_marked == NULL)
			return psp_error_memory(err);
	}
	if (!make_report(inquiry, err))
		return false;
	return !inquiry->marks || put_marked(inquiry, rows, err);
}

const struct psp_flow_steps psp_inquiry_steps = {
	.new_state = new_state,
	.free_state = free_state,
	.batch = take_batch,
	.merge = merge,
	.finish = finish,
};
