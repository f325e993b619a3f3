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

/* A file being read. */
struct reading {
	struct psp_history *history;
	struct psp_book *book;
	struct psp_column columns[N_COLUMNS];
	bool is_bound[N_COLUMNS];
	int32_t today;
	struct psp_buffer scratch;
	struct psp_labels stages; /* cells of from and to */
	uint8_t *meanings;        /* their stages, from 1 on */
	size_t meanings_capacity;
	size_t amounts_capacity;
	size_t last_deal; /* of the row before; SIZE_MAX: none */
	struct psp_error *err;
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
bind_columns(
    struct reading *reading, struct psp_slices header, const char *path)
{
	char message[MESSAGE_SIZE];

	for (size_t i = 0; i < N_COLUMNS; i++) {
		enum psp_bind_result result =
		    psp_schema_bind(NULL, header, psp_slice_of(column_names[i]),
			&reading->columns[i], message, sizeof(message));

		reading->is_bound[i] = result == PSP_BOUND;
		if (result == PSP_BIND_FAILED)
			return psp_error_memory(reading->err);
		if (result == PSP_BIND_TWICE
		    || (result == PSP_BIND_MISSING
			&& (i == DEAL || i == DATE || i == TO)))
			return psp_error_set(reading->err, PSP_EUSAGE, path, 0,
			    0, "a history needs deal, date and to: %s",
			    message);
	}
	return true;
}

/* Counts a row with a fault and keeps the first cell. */
static bool
count_fault(struct reading *reading, enum psp_history_fault kind,
    const struct psp_record *record, struct psp_slice cell)
{
	struct psp_history_faults *faults = &reading->history->faults[kind];
	size_t size;

	if (faults->n++ > 0)
		return true;
	faults->line = psp_record_line(record);
	reading->scratch.size = 0;
	if (cell.size > sizeof(faults->text))
		cell.size = sizeof(faults->text);
	if (!psp_text_visible(&reading->scratch, cell, reading->err))
		return false;
	size = reading->scratch.size;
	if (size > sizeof(faults->text) - 1)
		size = sizeof(faults->text) - 1;
	while (size > 0 && size < reading->scratch.size
	       && (reading->scratch.bytes[size] & 0xC0) == 0x80)
		size--;
	if (size > 0)
		memcpy(faults->text, reading->scratch.bytes, size);
	faults->text[size] = '\0';
	return true;
}

/* The stage that a cell names: each text is looked up once. */
static bool
find_stage(struct reading *reading, struct psp_slice cell, uint8_t *stage)
{
	size_t before = reading->stages.n;
	uint8_t *meanings;
	uint32_t number;

	if (!psp_labels_put(
		&reading->stages, psp_text_trim(cell), &number, reading->err))
		return false;
	*stage = PSP_NO_STAGE;
	if (number == 0)
		return true;
	if (reading->stages.n > before) {
		meanings = psp_array_reserve(reading->meanings,
		    &reading->meanings_capacity, reading->stages.n,
		    sizeof(*meanings), reading->err);
		if (meanings == NULL)
			return false;
		reading->meanings = meanings;
		meanings[number - 1] =
		    (uint8_t)psp_handbook_stage(reading->book->handbook, cell);
	}
	*stage = reading->meanings[number - 1];
	return true;
}

static bool
keep_amount(struct reading *reading, struct psp_record *record)
{
	struct psp_history *history = reading->history;
	char currency[PSP_CURRENCY_SIZE];
	int64_t *amounts, cents = PSP_NO_AMOUNT;
	struct psp_slice cell;

	amounts =
	    psp_array_reserve(history->amounts, &reading->amounts_capacity,
		history->n + 1, sizeof(*amounts), reading->err);
	if (amounts == NULL)
		return false;
	history->amounts = amounts;
	if (reading->is_bound[AMOUNT]) {
		cell = psp_record_text(record, reading->columns[AMOUNT].index);
		if (psp_value_is_absent(cell)
		    || psp_amount_read(cell,
			   (enum psp_number_style)
			       record->batch->dialect->decimal,
			   &cents, currency)
			   != PSP_AMOUNT_READ)
			cents = PSP_NO_AMOUNT;
	}
	amounts[history->n] = cents;
	return true;
}

static bool
take_row(struct reading *reading, struct psp_record *record, bool with_amounts)
{
	struct psp_history *history = reading->history;
	struct psp_move move = { .from = PSP_NO_STAGE }, *moves;
	struct psp_slice cell;
	struct psp_days days;
	size_t deal;

	cell = psp_text_trim(
	    psp_record_text(record, reading->columns[DEAL].index));
	/* Neighbouring rows are often of one deal. */
	deal = reading->last_deal;
	if (deal >= reading->book->n
	    || !psp_slice_equal(
		psp_deal_id(reading->book, &reading->book->deals[deal]), cell))
		deal = psp_book_find(reading->book, cell);
	if (deal == SIZE_MAX)
		return count_fault(reading, PSP_HISTORY_DEAL, record, cell);
	reading->last_deal = deal;
	move.deal = (uint32_t)deal;
	cell = psp_record_text(record, reading->columns[DATE].index);
	if (psp_date_read(cell, &days, NULL) != PSP_DATE_READ)
		return count_fault(reading, PSP_HISTORY_DATE, record, cell);
	move.date = days.first;
	move.line = (uint32_t)psp_record_line(record);
	cell = psp_record_text(record, reading->columns[TO].index);
	if (!find_stage(reading, cell, &move.to))
		return false;
	if (move.to == PSP_NO_STAGE)
		return count_fault(reading, PSP_HISTORY_STAGE, record, cell);
	if (reading->is_bound[FROM]
	    && !find_stage(reading,
		psp_record_text(record, reading->columns[FROM].index),
		&move.from))
		return false;
	if (move.date > reading->today) {
		history->n_future++;
		return true;
	}
	moves = psp_array_reserve(history->moves, &history->capacity,
	    history->n + 1, sizeof(*moves), reading->err);
	if (moves == NULL)
		return false;
	history->moves = moves;
	if (with_amounts && !keep_amount(reading, record))
		return false;
	moves[history->n++] = move;
	return true;
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

static bool
finish(struct psp_history *history, size_t n_deals, struct psp_error *err)
{
	if (!count_moves(history, n_deals, err) || !gather(history, err))
		return false;
	for (size_t i = 0; i < n_deals; i++)
		order_moves(
		    history, history->starts[i], history->starts[i + 1]);
	return true;
}

bool
psp_history_read(struct psp_history *history, const char *path,
    struct psp_book *book, int32_t today, bool with_amounts,
    const struct psp_reader_options *options, struct psp_error *err)
{
	struct reading reading = { .history = history,
		.book = book,
		.today = today,
		.last_deal = SIZE_MAX,
		.err = err };
	struct psp_reader *reader = psp_reader_open(path, options, err);
	struct psp_record *record;
	bool is_read = false;
	int more;

	psp_buffer_init(&reading.scratch);
	psp_labels_init(&reading.stages);
	history->file = path;
	if (reader == NULL
	    || !bind_columns(&reading, psp_reader_header(reader), path))
		goto done;
	while ((more = psp_reader_next(reader, &record, err)) == 1)
		if (!take_row(&reading, record, with_amounts))
			goto done;
	history->n_rejected = psp_reader_n_rejected(reader);
	is_read = more == 0 && finish(history, book->n, err);
done:
	psp_reader_close(reader);
	psp_labels_clear(&reading.stages);
	free(reading.meanings);
	psp_buffer_clear(&reading.scratch);
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
		return history->moves + history->starts[deal];
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
