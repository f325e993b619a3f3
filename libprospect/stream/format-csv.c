/*
 * CSV and TSV. What comes from the input stays byte for byte where the output's
 * dialect allows it: a whole record in one copy when all its columns pass in
 * order in the same dialect, else field by field; only a field that would not
 * be regular in the output is taken out of its quotes and quoted anew.
 */
#include <config.h>

#include "libprospect/base/word.h"
#include "libprospect/stream/spreadsheet.h"
#include "libprospect/stream/writer.h"

struct csv_state {
	unsigned char separator;
	bool excel;
	bool is_only;       /* the output has one column */
	bool keeps_empty;   /* and the input too: its empty lines pass */
	bool passes_runs;   /* neighbours of the input in one piece */
	bool plain_numbers; /* the separator is in no number of ours */
	bool appends;       /* the whole input and then cells of ours */
	bool adds_nothing;  /* the whole input alone */
	struct psp_slice line_end;
};

/* Not 0 when a byte of `word` is the separator, a quote, CR or LF. */
static inline uint64_t
specials(uint64_t word, unsigned char separator)
{
	return psp_word_zeros(word ^ psp_word_spread(separator))
	       | psp_word_zeros(word ^ psp_word_spread('"'))
	       | psp_word_zeros(word ^ psp_word_spread('\n'))
	       | psp_word_zeros(word ^ psp_word_spread('\r'));
}

/* Whether there is a separator, quote, CR or LF in `text`. */
static bool
holds_special(struct psp_slice text, unsigned char separator)
{
	uint64_t found = 0;

	if (text.size < sizeof(uint64_t))
		return specials(psp_word_of(text), separator) != 0;
	for (size_t i = 0; text.size - i > sizeof(uint64_t);
	     i += sizeof(uint64_t))
		found |= specials(psp_word_load(text.bytes + i), separator);
	/* The last word, which may overlap the one before. */
	found |=
	    specials(psp_word_load(text.bytes + text.size - sizeof(uint64_t)),
		separator);
	return found != 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Appends `text` in quotes, `prefix` before it. */
static bool
put_quoted(struct psp_buffer *buffer, const char *prefix, struct psp_slice text,
    struct psp_error *err)
{
	if (!psp_buffer_put(buffer, '"', err)
	    || !psp_buffer_slice(buffer, psp_slice_of(prefix), err))
		return false;
	while (text.size > 0) {
		const char *quote = memchr(text.bytes, '"', text.size);
		size_t size = quote != NULL ? (size_t)(quote - text.bytes) + 1
		                            : text.size;

		if (!psp_buffer_append(buffer, text.bytes, size, err)
		    || (quote != NULL && !psp_buffer_put(buffer, '"', err)))
			return false;
		text = psp_slice(text.bytes + size, text.size - size);
	}
	return psp_buffer_put(buffer, '"', err);
}

bool
psp_csv_put_field(struct psp_buffer *buffer, struct psp_slice text,
    unsigned char separator, bool is_only, struct psp_error *err)
{
	if (text.size == 0)
		return !is_only || psp_buffer_append(buffer, "\"\"", 2, err);
	if (is_blank(text.bytes[0]) || is_blank(text.bytes[text.size - 1])
	    || holds_special(text, separator))
		return put_quoted(buffer, "", text, err);
	return psp_buffer_slice(buffer, text, err);
}

/* Appends a text that a spreadsheet would run, so that it does not. */
static bool
put_guarded(const struct csv_state *state, struct psp_buffer *buffer,
    struct psp_slice text, struct psp_error *err)
{
	if (is_blank(text.bytes[text.size - 1])
	    || holds_special(text, state->separator))
		return put_quoted(buffer, "'", text, err);
	return psp_buffer_put(buffer, '\'', err)
	       && psp_buffer_slice(buffer, text, err);
}

static bool
put_text(const struct csv_state *state, struct psp_buffer *buffer,
    struct psp_slice text, struct psp_error *err)
{
	if (state->excel && psp_spreadsheet_runs(text))
		return put_guarded(state, buffer, text, err);
	return psp_csv_put_field(
	    buffer, text, state->separator, state->is_only, err);
}

/* Whether a field of the input can be written as it stands. */
static bool
can_stay(const struct csv_state *state, struct psp_slice raw, int quote)
{
	if (raw.size == 0)
		return !state->is_only || state->keeps_empty;
	if ((unsigned char)raw.bytes[0] == quote)
		return quote == '"';
	return !holds_special(raw, state->separator);
}

static bool
put_input(const struct csv_state *state, struct psp_buffer *buffer,
    struct psp_record *record, size_t column, struct psp_error *err)
{
	struct psp_slice raw, text;

	if (state->excel) {
		text = psp_record_text(record, column);
		if (psp_spreadsheet_runs(text))
			return put_guarded(state, buffer, text, err);
	}
	raw = psp_record_raw(record, column);
	if (can_stay(state, raw, record->batch->dialect->quote))
		return psp_buffer_slice(buffer, raw, err);
	text = psp_record_text(record, column);
	return psp_csv_put_field(
	    buffer, text, state->separator, state->is_only, err);
}

/* Appends a number of ours; for a spreadsheet, with a decimal comma. */
static bool
put_number(const struct csv_state *state, struct psp_buffer *buffer,
    struct psp_slice text, struct psp_error *err)
{
	size_t start = buffer->size;

	if (state->plain_numbers)
		return psp_buffer_slice(buffer, text, err);
	if (!state->excel)
		return psp_csv_put_field(
		    buffer, text, state->separator, state->is_only, err);
	if (state->separator == ',' ? !put_quoted(buffer, "", text, err)
				    : !psp_buffer_slice(buffer, text, err))
		return false;
	for (size_t i = start; i < buffer->size; i++)
		if (buffer->bytes[i] == '.')
			buffer->bytes[i] = ',';
	return true;
}

static bool
put_cell(const struct csv_state *state, struct psp_buffer *buffer,
    const struct psp_cell *cell, struct psp_error *err)
{
	switch (cell->kind) {
	case PSP_CELL_TEXT:
		return put_text(state, buffer, cell->text, err);
	case PSP_CELL_NUMBER:
	case PSP_CELL_RATE:
		return put_number(state, buffer, cell->text, err);
	case PSP_CELL_NULL:
		break;
	}
	return psp_csv_put_field(
	    buffer, psp_slice(NULL, 0), state->separator, state->is_only, err);
}

/* Whether the bytes of the record's batch are regular in the output too. */
static bool
is_same_dialect(
    const struct csv_state *state, const struct psp_dialect *dialect)
{
	return dialect->separator == state->separator && dialect->quote == '"'
	       && dialect->newline == '\n';
}

/* Appends `n` neighbouring fields of the input as they stand. */
static bool
put_run(struct psp_buffer *buffer, struct psp_record *record, size_t column,
    size_t n, struct psp_error *err)
{
	struct psp_slice whole = psp_record_bytes(record);
	struct psp_slice first, last;

	if (n == record->batch->n_fields)
		return psp_buffer_slice(buffer, whole, err);
	first = psp_record_raw(record, column);
	last = psp_record_raw(record, column + n - 1);
	return psp_buffer_append(buffer, first.bytes,
	    (size_t)(last.bytes - first.bytes) + last.size, err);
}

/* Writes a text of 1 to 16 bytes, without a call. */
static inline void
write_short(char *at, struct psp_slice text)
{
	const char *end = text.bytes + text.size;

	if (text.size >= 8) {
		memcpy(at, text.bytes, 8);
		memcpy(at + text.size - 8, end - 8, 8);
	} else if (text.size >= 4) {
		memcpy(at, text.bytes, 4);
		memcpy(at + text.size - 4, end - 4, 4);
	} else {
		at[0] = text.bytes[0];
		at[text.size / 2] = text.bytes[text.size / 2];
		at[text.size - 1] = end[-1];
	}
}

/* Whether a cell of ours that is not empty is written as it stands. */
static inline bool
is_plain(const struct csv_state *state, const struct psp_cell *cell)
{
	struct psp_slice text = cell->text;

	if (cell->kind != PSP_CELL_TEXT)
		return state->plain_numbers;
	return !is_blank(text.bytes[0]) && !is_blank(text.bytes[text.size - 1])
	       && !holds_special(text, state->separator);
}

/* Room for a row of `whole` and cells behind it, but for quotes. */
static size_t
count_room(const struct csv_state *state, struct psp_slice whole,
    const struct psp_cell *cells, size_t n)
{
	size_t room = whole.size + state->line_end.size + n;

	for (size_t i = 0; i < n; i++)
		room += cells[i].kind != PSP_CELL_NULL ? cells[i].text.size : 0;
	return room;
}

/*
 * Appends a whole record and cells behind it, as most rows are: room is taken
 * once for all of it, unless a cell has to be quoted.
 */
static bool
put_behind(const struct csv_state *state, struct psp_buffer *buffer,
    const struct psp_record *record, const struct psp_cell *cells, size_t n,
    struct psp_error *err)
{
	struct psp_slice whole = psp_record_bytes(record);
	size_t room = count_room(state, whole, cells, n);
	char *at;

	if (room > buffer->capacity - buffer->size
	    && !psp_buffer_reserve(buffer, room, err))
		return false;
	at = buffer->bytes + buffer->size;
	memcpy(at, whole.bytes, whole.size);
	at += whole.size;
	for (size_t i = 0; i < n; i++) {
		struct psp_slice text = cells[i].text;

		*at++ = (char)state->separator;
		if (cells[i].kind == PSP_CELL_NULL || text.size == 0)
			continue;
		if (text.size <= 16 && is_plain(state, &cells[i])) {
			write_short(at, text);
			at += text.size;
			continue;
		}
		buffer->size = (size_t)(at - buffer->bytes);
		if (!put_cell(state, buffer, &cells[i], err)
		    || !psp_buffer_reserve(buffer, room, err))
			return false;
		at = buffer->bytes + buffer->size;
	}
	for (size_t i = 0; i < state->line_end.size; i++)
		*at++ = state->line_end.bytes[i];
	buffer->size = (size_t)(at - buffer->bytes);
	return true;
}

static bool
csv_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	const struct csv_state *state = psp_writer_state(writer);
	const struct psp_layout *layout = psp_writer_layout(writer);
	bool passes = state->passes_runs && record != NULL
	              && is_same_dialect(state, record->batch->dialect);
	size_t n;

	if (passes && state->appends
	    && layout->n_inputs == record->batch->n_fields)
		return put_behind(
		    state, buffer, record, cells, layout->n_cells, err);
	for (size_t i = 0; i < layout->n_columns; i += n) {
		const struct psp_layout_column *column = &layout->columns[i];
		bool is_put;

		n = 1;
		if (i > 0
		    && !psp_buffer_put(buffer, (char)state->separator, err))
			return false;
		if (!column->is_input) {
			is_put =
			    put_cell(state, buffer, &cells[column->index], err);
		} else if (passes) {
			n = column->n_run;
			is_put = put_run(buffer, record, column->index, n, err);
		} else {
			is_put = put_input(
			    state, buffer, record, column->index, err);
		}
		if (!is_put)
			return false;
	}
	return psp_buffer_slice(buffer, state->line_end, err);
}

/*
 * A regular record is followed by its line end or, where the input ends without
 * one, by bytes of its block that may be read. Should these look like a line
 * end, they are the one that is to be written.
 */
static struct psp_slice
csv_as_it_stands(struct psp_writer *writer, const struct psp_record *record)
{
	const struct csv_state *state = psp_writer_state(writer);
	const struct psp_batch *batch = record->batch;
	struct psp_slice whole = psp_record_bytes(record);

	if (!state->adds_nothing || batch->spans[record->index].ends != NULL
	    || !is_same_dialect(state, batch->dialect)
	    || psp_writer_layout(writer)->n_inputs != batch->n_fields
	    || whole.bytes[whole.size] != '\n')
		return psp_slice(NULL, 0);
	whole.size++;
	return whole;
}

static bool
csv_begin(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const struct csv_state *state = psp_writer_state(writer);
	const struct psp_layout *layout = psp_writer_layout(writer);

	if (state->excel && !psp_buffer_append(buffer, "\xEF\xBB\xBF", 3, err))
		return false;
	if (psp_writer_options(writer)->no_header || layout->n_columns == 0)
		return true;
	for (size_t i = 0; i < layout->n_columns; i++) {
		const struct psp_layout_column *column = &layout->columns[i];
		bool is_put;

		if (i > 0
		    && !psp_buffer_put(buffer, (char)state->separator, err))
			return false;
		if (column->raw.size > 0 && can_stay(state, column->raw, '"')
		    && !(state->excel && psp_spreadsheet_runs(column->name)))
			is_put = psp_buffer_slice(buffer, column->raw, err);
		else
			is_put = put_text(state, buffer, column->name, err);
		if (!is_put)
			return false;
	}
	return psp_buffer_slice(buffer, state->line_end, err);
}

/* Whether all columns of the input come first, in order, and then all cells. */
static bool
is_appended(const struct psp_layout *layout)
{
	if (layout->n_inputs == 0
	    || layout->columns[0].n_run != layout->n_inputs
	    || layout->n_columns != layout->n_inputs + layout->n_cells)
		return false;
	for (size_t i = 0; i < layout->n_cells; i++)
		if (layout->columns[layout->n_inputs + i].is_input
		    || layout->columns[layout->n_inputs + i].index != i)
			return false;
	return layout->columns[0].index == 0;
}

static bool
open_with(struct psp_writer *writer, unsigned char separator)
{
	const struct psp_layout *layout = psp_writer_layout(writer);
	struct csv_state *state = psp_writer_state(writer);

	state->separator = separator;
	state->excel = psp_writer_options(writer)->excel;
	state->is_only = layout->n_columns == 1;
	state->keeps_empty = state->is_only && layout->n_inputs == 1;
	state->passes_runs = !state->excel;
	state->plain_numbers = !state->excel && !state->is_only
	                       && strchr("0123456789-.", separator) == NULL;
	state->appends = is_appended(layout) && !state->is_only;
	state->adds_nothing =
	    state->appends && !state->excel && layout->n_cells == 0;
	state->line_end = psp_slice_of(state->excel ? "\r\n" : "\n");
	return true;
}

static bool
csv_open(struct psp_writer *writer, struct psp_error *err)
{
	const struct psp_writer_options *options = psp_writer_options(writer);

	(void)err;
	if (options->separator != 0)
		return open_with(writer, options->separator);
	return open_with(writer, options->excel ? ';' : ',');
}

static bool
tsv_open(struct psp_writer *writer, struct psp_error *err)
{
	(void)err;
	return open_with(writer, '\t');
}

const struct psp_format psp_format_csv = {
	.name = "csv",
	.open = csv_open,
	.begin = csv_begin,
	.row = csv_row,
	.as_it_stands = csv_as_it_stands,
	.state_size = sizeof(struct csv_state),
};

const struct psp_format psp_format_tsv = {
	.name = "tsv",
	.open = tsv_open,
	.begin = csv_begin,
	.row = csv_row,
	.as_it_stands = csv_as_it_stands,
	.state_size = sizeof(struct csv_state),
};
