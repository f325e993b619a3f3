/* Reading and ordering moves; see the header. */
#include <config.h>

#include "libprospect/deals/history.h"

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/values/date.h"

enum { MESSAGE_SIZE = 512 };

/* The columns of the file. */
enum { DEAL, DATE, FROM, TO, AMOUNT, N_COLUMNS };

static const char *const column_names[N_COLUMNS] = { "deal", "date", "from",
	"to", "amount" };

/* What a file is read by, and what it is read into at the end. */
struct reading {
	const struct psp_book *book;
	struct psp_history *history;
	struct psp_column columns[N_COLUMNS];
	bool is_bound[N_COLUMNS];
	int32_t today;
	bool with_amounts;
};

/* The moves of one batch, or of several merged. */
struct part {
	struct psp_history history; /* moves, amounts, faults, n_future */
	size_t amounts_capacity;
	struct psp_record record;
	struct psp_buffer scratch;
	struct psp_labels stages; /* cells of from and to */
	uint8_t *meanings;        /* their stages, from 1 on */
	size_t meanings_capacity;
	size_t last_deal; /* of the row before; SIZE_MAX: none */
};

void
psp_history_init(struct psp_history *history)
{
	memset(history, 0, sizeof(*history));
}

void
psp_history_clear(struct psp_history *history)
{
	free(history->moves);
	free(history->amounts);
	free(history->starts);
	psp_history_init(history);
}

static bool
bind_columns(struct reading *reading, struct psp_slices header,
    const char *path, struct psp_error *err)
{
	char message[MESSAGE_SIZE];

	for (size_t i = 0; i < N_COLUMNS; i++) {
		enum psp_bind_result result =
		    psp_schema_bind(NULL, header, psp_slice_of(column_names[i]),
			&reading->columns[i], message, sizeof(message));

		reading->is_bound[i] = result == PSP_BOUND;
		if (result == PSP_BIND_FAILED)
			return psp_error_memory(err);
		if (result == PSP_BIND_TWICE
		    || (result == PSP_BIND_MISSING
			&& (i == DEAL || i == DATE || i == TO)))
			return psp_error_set(err, PSP_EUSAGE, path, 0, 0,
			    "a history needs deal, date and to: %s", message);
	}
	return true;
}

/* Counts a row with a fault and keeps the first cell. */
static bool
count_fault(struct part *part, enum psp_history_fault kind,
    struct psp_slice cell, struct psp_error *err)
{
	struct psp_history_faults *faults = &part->history.faults[kind];

	if (faults->n++ > 0)
		return true;
	faults->line = psp_record_line(&part->record);
	return psp_text_visible_cut(
	    cell, faults->text, sizeof(faults->text), &part->scratch, err);
}

/* The stage that a cell names: each text is looked up once a batch. */
static bool
find_stage(const struct reading *reading, struct part *part,
    struct psp_slice cell, uint8_t *stage, struct psp_error *err)
{
	size_t before = part->stages.n;
	uint8_t *meanings;
	uint32_t number;

	if (!psp_labels_put(&part->stages, psp_text_trim(cell), &number, err))
		return false;
	*stage = PSP_NO_STAGE;
	if (number == 0)
		return true;
	if (part->stages.n > before) {
		meanings =
		    psp_array_reserve(part->meanings, &part->meanings_capacity,
			part->stages.n, sizeof(*meanings), err);
		if (meanings == NULL)
			return false;
		part->meanings = meanings;
		meanings[number - 1] =
		    (uint8_t)psp_handbook_stage(reading->book->handbook, cell);
	}
	*stage = part->meanings[number - 1];
	return true;
}

static bool
keep_amount(
    const struct reading *reading, struct part *part, struct psp_error *err)
{
	struct psp_history *history = &part->history;
	char currency[PSP_CURRENCY_SIZE];
	int64_t *amounts, cents = PSP_NO_AMOUNT;
	struct psp_slice cell;

	amounts = psp_array_reserve(history->amounts, &part->amounts_capacity,
	    history->n + 1, sizeof(*amounts), err);
	if (amounts == NULL)
		return false;
	history->amounts = amounts;
	if (reading->is_bound[AMOUNT]) {
		cell = psp_record_text(
		    &part->record, reading->columns[AMOUNT].index);
		if (psp_value_is_absent(cell)
		    || psp_amount_read(cell,
			   (enum psp_number_style)
			       part->record.batch->dialect->decimal,
			   &cents, currency)
			   != PSP_AMOUNT_READ)
			cents = PSP_NO_AMOUNT;
	}
	amounts[history->n] = cents;
	return true;
}

static inline bool
is_deal(const struct psp_book *book, size_t deal, struct psp_slice id)
{
	return deal < book->n
	       && psp_slice_equal(psp_deal_id(book, &book->deals[deal]), id);
}

/* The deal that a cell names. Neighbouring rows are often of one deal, and the
 * deals often come in the order of the book: they are looked for there before
 * the table, which is larger than any cache, is asked. */
static size_t
find_deal(
    const struct reading *reading, struct part *part, struct psp_slice cell)
{
	const struct psp_book *book = reading->book;
	size_t deal = part->last_deal;

	if (is_deal(book, deal, cell))
		return deal;
	/* After no deal, SIZE_MAX, comes the first. */
	if (cell.size > 0 && is_deal(book, deal + 1, cell))
		return ++part->last_deal;
	deal = psp_book_find(book, cell);
	if (deal != SIZE_MAX)
		part->last_deal = deal;
	return deal;
}

static bool
take_row(
    const struct reading *reading, struct part *part, struct psp_error *err)
{
	struct psp_history *history = &part->history;
	struct psp_record *record = &part->record;
	struct psp_move move = { .from = PSP_NO_STAGE }, *moves;
	struct psp_slice cell;
	struct psp_days days;
	size_t deal;

	cell = psp_text_trim(
	    psp_record_text(record, reading->columns[DEAL].index));
	deal = find_deal(reading, part, cell);
	if (deal == SIZE_MAX)
		return count_fault(part, PSP_HISTORY_DEAL, cell, err);
	move.deal = (uint32_t)deal;
	cell = psp_record_text(record, reading->columns[DATE].index);
	if (psp_date_read(cell, &days, NULL) != PSP_DATE_READ)
		return count_fault(part, PSP_HISTORY_DATE, cell, err);
	move.date = days.first;
	move.line = (uint32_t)psp_record_line(record);
	cell = psp_record_text(record, reading->columns[TO].index);
	if (!find_stage(reading, part, cell, &move.to, err))
		return false;
	if (move.to == PSP_NO_STAGE)
		return count_fault(part, PSP_HISTORY_STAGE, cell, err);
	if (reading->is_bound[FROM]
	    && !find_stage(reading, part,
		psp_record_text(record, reading->columns[FROM].index),
		&move.from, err))
		return false;
	if (move.date > reading->today) {
		history->n_future++;
		return true;
	}
	moves = psp_array_reserve(history->moves, &history->capacity,
	    history->n + 1, sizeof(*moves), err);
	if (moves == NULL)
		return false;
	history->moves = moves;
	if (reading->with_amounts && !keep_amount(reading, part, err))
		return false;
	moves[history->n++] = move;
	return true;
}

static void
free_part(void *state)
{
	struct part *part = state;

	if (part == NULL)
		return;
	psp_history_clear(&part->history);
	psp_record_clear(&part->record);
	psp_buffer_clear(&part->scratch);
	psp_labels_clear(&part->stages);
	free(part->meanings);
	free(part);
}

static void *
new_part(void *plan, struct psp_error *err)
{
	struct part *part = calloc(1, sizeof(*part));

	(void)plan;
	if (part == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_history_init(&part->history);
	psp_buffer_init(&part->scratch);
	psp_labels_init(&part->stages);
	part->last_deal = SIZE_MAX;
	return part;
}

static bool
take_batch(void *plan, void *state, const struct psp_batch *batch,
    struct psp_rows *rows, struct psp_error *err)
{
	const struct reading *reading = plan;
	struct part *part = state;

	(void)rows;
	if (!psp_record_init(&part->record, batch, err))
		return false;
	for (size_t i = 0; i < batch->n_spans; i++) {
		psp_record_seek(&part->record, i);
		if (!take_row(reading, part, err))
			return false;
	}
	return true;
}

/* Appends the moves of `next`, and their amounts where they are kept. */
static bool
append_moves(struct part *into, const struct part *next, struct psp_error *err)
{
	struct psp_history *first = &into->history;
	const struct psp_history *second = &next->history;
	size_t n = first->n + second->n;
	struct psp_move *moves;
	int64_t *amounts;

	if (second->n == 0)
		return true;
	moves = psp_array_reserve(
	    first->moves, &first->capacity, n, sizeof(*moves), err);
	if (moves == NULL)
		return false;
	first->moves = moves;
	memcpy(moves + first->n, second->moves, second->n * sizeof(*moves));
	if (second->amounts != NULL) {
		amounts = psp_array_reserve(first->amounts,
		    &into->amounts_capacity, n, sizeof(*amounts), err);
		if (amounts == NULL)
			return false;
		first->amounts = amounts;
		memcpy(amounts + first->n, second->amounts,
		    second->n * sizeof(*amounts));
	}
	first->n = n;
	return true;
}

static bool
merge(void *plan, void *into, void *next, struct psp_error *err)
{
	struct part *first = into;
	const struct part *second = next;

	(void)plan;
	for (size_t i = 0; i < PSP_N_HISTORY_FAULTS; i++) {
		struct psp_history_faults *faults = &first->history.faults[i];
		size_t n = faults->n;

		if (n == 0)
			*faults = second->history.faults[i];
		else
			faults->n = n + second->history.faults[i].n;
	}
	first->history.n_future += second->history.n_future;
	return append_moves(first, second, err);
}

/* Counts how many moves each deal has: starts[i] of deal i. */
static bool
count_moves(struct psp_history *history, size_t n_deals, struct psp_error *err)
{
	size_t sum = 0;

	history->n_deals = n_deals;
	history->starts = calloc(n_deals + 1, sizeof(*history->starts));
	if (history->starts == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < history->n; i++)
		history->starts[history->moves[i].deal]++;
	for (size_t i = 0; i <= n_deals; i++) {
		size_t n = history->starts[i];

		history->starts[i] = sum;
		sum += n;
	}
	return true;
}

/* Puts the moves of each deal together, in the order of the file. */
static bool
gather(struct psp_history *history, struct psp_error *err)
{
	struct psp_move *moves = calloc(history->n + 1, sizeof(*moves));
	int64_t *amounts = NULL;

	if (moves == NULL)
		return psp_error_memory(err);
	if (history->amounts != NULL) {
		amounts = calloc(history->n + 1, sizeof(*amounts));
		if (amounts == NULL) {
			free(moves);
			return psp_error_memory(err);
		}
	}
	/* starts[i] moves on to the end of deal i while it is filled. */
	for (size_t i = 0; i < history->n; i++) {
		size_t at = history->starts[history->moves[i].deal]++;

		moves[at] = history->moves[i];
		if (amounts != NULL)
			amounts[at] = history->amounts[i];
	}
	for (size_t i = history->n_deals; i > 0; i--)
		history->starts[i] = history->starts[i - 1];
	history->starts[0] = 0;
	free(history->moves);
	free(history->amounts);
	history->moves = moves;
	history->amounts = amounts;
	return true;
}

/* Orders the moves of one deal by date: few, and mostly in order. */
static void
order_moves(struct psp_history *history, size_t first, size_t end)
{
	struct psp_move *moves = history->moves;
	int64_t *amounts = history->amounts;

	for (size_t i = first + 1; i < end; i++) {
		struct psp_move move = moves[i];
		int64_t amount = amounts != NULL ? amounts[i] : 0;
		size_t at = i;

		while (at > first && moves[at - 1].date > move.date) {
			moves[at] = moves[at - 1];
			if (amounts != NULL)
				amounts[at] = amounts[at - 1];
			at--;
		}
		if (at < i) {
			move.is_late = true;
			history->n_late++;
		}
		moves[at] = move;
		if (amounts != NULL)
			amounts[at] = amount;
	}
	for (size_t i = first + 1; i < end; i++)
		if (moves[i].from == PSP_NO_STAGE)
			moves[i].from = moves[i - 1].to;
		else
			moves[i].is_other = moves[i].from != moves[i - 1].to;
}

/* Whether the moves of each deal stand together already, in their order. */
static bool
is_gathered(const struct psp_history *history)
{
	for (size_t i = 1; i < history->n; i++)
		if (history->moves[i].deal < history->moves[i - 1].deal)
			return false;
	return true;
}

/* Takes out the rows of deals that stay where they were: no moves, but what the
 * deal was worth then is kept with the move before, the most of all. */
static void
drop_rests(struct psp_history *history)
{
	struct psp_move *moves = history->moves;
	int64_t *amounts = history->amounts;
	size_t n = 0, from = 0;

	for (size_t i = 0; i < history->n_deals; i++) {
		size_t first = n, end = history->starts[i + 1];

		for (size_t at = from; at < end; at++) {
			bool rests = moves[at].from == moves[at].to;

			if (rests && n > first
			    && moves[n - 1].to == moves[at].to) {
				if (amounts != NULL
				    && amounts[at] > amounts[n - 1])
					amounts[n - 1] = amounts[at];
				continue;
			}
			moves[n] = moves[at];
			/* Where it was before is not known. */
			if (rests && n == first)
				moves[n].from = PSP_NO_STAGE;
			if (amounts != NULL)
				amounts[n] = amounts[at];
			n++;
		}
		history->starts[i] = first;
		from = end;
	}
	history->starts[history->n_deals] = n;
	history->n = n;
}

static bool
finish(struct psp_history *history, size_t n_deals, struct psp_error *err)
{
	if (!count_moves(history, n_deals, err)
	    || (!is_gathered(history) && !gather(history, err)))
		return false;
	for (size_t i = 0; i < n_deals; i++)
		order_moves(
		    history, history->starts[i], history->starts[i + 1]);
	drop_rests(history);
	return true;
}

/* The moves of all batches become the history's. */
static bool
take_all(void *plan, void *state, struct psp_rows *rows, struct psp_error *err)
{
	struct reading *reading = plan;
	struct part *part = state;
	const char *file = reading->history->file;

	(void)rows;
	*reading->history = part->history;
	reading->history->file = file;
	psp_history_init(&part->history);
	return finish(reading->history, reading->book->n, err);
}

static const struct psp_flow_steps steps = {
	.new_state = new_part,
	.free_state = free_part,
	.batch = take_batch,
	.merge = merge,
	.finish = take_all,
};

/* Runs the flow, which writes no rows. */
static bool
run_flow(struct psp_flow *flow, struct reading *reading, struct psp_error *err)
{
	const struct psp_slices none = { NULL, 0 };
	const struct psp_notes silent = { NULL, NULL };
	struct psp_writer_options form = { .no_header = true };
	struct psp_writer *writer;
	struct psp_layout layout;
	bool is_run;

	if (!psp_layout_init(&layout, none, none, &silent, err))
		return false;
	writer = psp_writer_open(-1, "", &psp_format_csv, &form, &layout, err);
	is_run =
	    writer != NULL && psp_flow_run(flow, &steps, reading, writer, err);
	psp_writer_close(writer);
	psp_layout_clear(&layout);
	return is_run;
}

bool
psp_history_read(struct psp_history *history, const char *path,
    const struct psp_book *book, int32_t today, bool with_amounts,
    const struct psp_flow_options *options, struct psp_error *err)
{
	struct reading reading = { .book = book,
		.history = history,
		.today = today,
		.with_amounts = with_amounts };
	struct psp_flow *flow = psp_flow_open(&path, 1, options, err);
	bool is_read;

	history->file = path;
	is_read = flow != NULL
	          && bind_columns(&reading, psp_flow_header(flow), path, err)
	          && run_flow(flow, &reading, err);
	psp_flow_close(flow);
	return is_read;
}

void
psp_history_note(
    const struct psp_history *history, const struct psp_notes *notes)
{
	static const char *const what[PSP_N_HISTORY_FAULTS] = {
		[PSP_HISTORY_DEAL] =
		    N_("of a deal that the input does not have"),
		[PSP_HISTORY_STAGE] =
		    N_("to a stage that the settings do not have"),
		[PSP_HISTORY_DATE] = N_("without a date that is understood"),
	};

	for (size_t i = 0; i < PSP_N_HISTORY_FAULTS; i++) {
		const struct psp_history_faults *faults = &history->faults[i];

		if (faults->n > 0)
			psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
			    psp_message_plural(
				"%zu move %s, left out: first '%s' at %s:%zu",
				"%zu moves %s, left out: first '%s' at %s:%zu",
				faults->n),
			    faults->n, _(what[i]), faults->text, history->file,
			    faults->line);
	}
	if (history->n_late > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, history->file, 0, 0,
		    psp_message_plural(
			"%zu move not in the order of dates: taken by date",
			"%zu moves not in the order of dates: taken by date",
			history->n_late),
		    history->n_late);
	if (history->n_future > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, history->file, 0, 0,
		    psp_message_plural("%zu move after today, left out",
			"%zu moves after today, left out", history->n_future),
		    history->n_future);
}

const struct psp_move *
psp_history_moves(const struct psp_history *history,
    const struct psp_book *book, size_t deal, struct psp_move *made, size_t *n)
{
	const struct psp_deal *known = &book->deals[deal];

	*n = 0;
	if (history->starts != NULL) {
		*n = history->starts[deal + 1] - history->starts[deal];
		return *n > 0 ? history->moves + history->starts[deal] : made;
	}
	memset(made, 0, sizeof(*made));
	made->deal = (uint32_t)deal;
	made->from = PSP_NO_STAGE;
	made->to = known->stage;
	made->date = psp_deal_state(book, known) != PSP_STATE_OPEN
	                 ? known->closed
	                 : known->stage_date;
	if (made->date == PSP_NO_DAY)
		made->date = known->created;
	if (made->date != PSP_NO_DAY && known->stage != PSP_NO_STAGE)
		*n = 1;
	return made;
}
