/*
 * JSON: one array of objects, or an object a line. The keys are made once,
 * escaped, with what comes before and after them, so that a row is a run of
 * copies. Rows of the array begin with the comma that parts them from the row
 * before, which the first row accepted loses.
 *
 * A report is an object: {"schema":"…","rows":[ … ],"remarks":["…"]}.
 *
 *   [            begin
 *   {...}        rows: ",\n{...}"
 *   ,
 *   {...}
 *   ]            end
 */
#include <config.h>

#include "libprospect/stream/writer.h"

#include "libprospect/base/map.h"

#include <stdlib.h>

struct json_state {
	struct psp_buffer keys; /* `{"a":` `,"b":` … one after the other */
	size_t *ends;           /* end of each in `keys` */
	size_t ends_capacity;
	bool has_rows;
};

/* The escape of a byte that needs one; 0: \u00NN; `c` itself: none. */
static char
escape_of(unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return 0;
	}
}

static bool
put_escape(struct psp_buffer *buffer, unsigned char c, struct psp_error *err)
{
	static const char digits[] = "0123456789abcdef";
	char escape[6] = { '\\', 'u', '0', '0', digits[c >> 4],
		digits[c & 15] };
	char letter = escape_of(c);

	if (letter == 0)
		return psp_buffer_append(buffer, escape, sizeof(escape), err);
	escape[1] = letter;
	return psp_buffer_append(buffer, escape, 2, err);
}

static bool
put_string(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	size_t start = 0;

	if (!psp_buffer_put(buffer, '"', err))
		return false;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.bytes[i];

		if (PSP_LIKELY(c >= 0x20 && c != '"' && c != '\\'))
			continue;
		if (!psp_buffer_append(
			buffer, text.bytes + start, i - start, err)
		    || !put_escape(buffer, c, err))
			return false;
		start = i + 1;
	}
	if (start < text.size
	    && !psp_buffer_append(
		buffer, text.bytes + start, text.size - start, err))
		return false;
	return psp_buffer_put(buffer, '"', err);
}

/*
 * Changes `*name`, which was given `number` times already, to the first of
 * "name_2", "name_3" ... that is free, and adds that to `used`.
 */
static bool
make_unique(struct psp_map *used, size_t number, struct psp_buffer *scratch,
    struct psp_slice *name, struct psp_error *err)
{
	struct psp_map_entry *entry;
	struct psp_slice given = *name;
	bool is_new = false;

	while (!is_new) {
		number++;
		scratch->size = 0;
		if (!psp_buffer_slice(scratch, given, err)
		    || !psp_buffer_format(scratch, err, "_%zu", number)
		    || !psp_map_put(used, psp_buffer_content(scratch), 1,
			&entry, &is_new, err))
			return false;
	}
	*name = entry->key;
	psp_map_get(used, given)->value = number;
	return true;
}

static bool
put_key(struct json_state *state, struct psp_slice name, size_t index,
    struct psp_error *err)
{
	if (!psp_buffer_put(&state->keys, index == 0 ? '{' : ',', err)
	    || !put_string(&state->keys, name, err)
	    || !psp_buffer_put(&state->keys, ':', err))
		return false;
	state->ends[index] = state->keys.size;
	return true;
}

/*
 * Makes the keys: names that come first stand, those repeated get a number. The
 * map tells how often each name was given.
 */
static bool
make_keys(struct json_state *state, const struct psp_layout *layout,
    struct psp_error *err)
{
	struct psp_map used;
	struct psp_map_entry *entry;
	struct psp_buffer scratch;
	bool is_done = false;

	psp_map_init(&used);
	psp_buffer_init(&scratch);
	for (size_t i = 0; i < layout->n_columns; i++)
		if (!psp_map_put(
			&used, layout->columns[i].name, 0, &entry, NULL, err))
			goto done;
	for (size_t i = 0; i < layout->n_columns; i++) {
		struct psp_slice name = layout->columns[i].name;

		entry = psp_map_get(&used, name);
		if (entry->value == 0)
			entry->value = 1;
		else if (!make_unique(
			     &used, entry->value, &scratch, &name, err))
			goto done;
		if (!put_key(state, name, i, err))
			goto done;
	}
	is_done = true;
done:
	psp_buffer_clear(&scratch);
	psp_map_clear(&used);
	return is_done;
}

static void
json_close(struct psp_writer *writer)
{
	struct json_state *state = psp_writer_state(writer);

	psp_buffer_clear(&state->keys);
	free(state->ends);
	state->ends = NULL;
}

static bool
json_open(struct psp_writer *writer, struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);
	struct json_state *state = psp_writer_state(writer);

	state->ends = psp_array_reserve(NULL, &state->ends_capacity,
	    layout->n_columns, sizeof(*state->ends), err);
	return state->ends != NULL && make_keys(state, layout, err);
}

static bool
put_value(struct psp_buffer *buffer, const struct psp_layout_column *column,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	const struct psp_cell *cell;

	if (column->is_input)
		return put_string(
		    buffer, psp_record_text(record, column->index), err);
	cell = &cells[column->index];
	switch (cell->kind) {
	case PSP_CELL_NULL:
		return psp_buffer_append(buffer, "null", 4, err);
	case PSP_CELL_NUMBER:
	case PSP_CELL_RATE:
		return psp_buffer_slice(buffer, cell->text, err);
	case PSP_CELL_TEXT:
		break;
	}
	return put_string(buffer, cell->text, err);
}

static bool
put_object(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	const struct json_state *state = psp_writer_state(writer);
	const struct psp_layout *layout = psp_writer_layout(writer);
	size_t start = 0;

	if (layout->n_columns == 0)
		return psp_buffer_append(buffer, "{}", 2, err);
	for (size_t i = 0; i < layout->n_columns; i++) {
		if (!psp_buffer_append(buffer, state->keys.bytes + start,
			state->ends[i] - start, err)
		    || !put_value(
			buffer, &layout->columns[i], record, cells, err))
			return false;
		start = state->ends[i];
	}
	return psp_buffer_put(buffer, '}', err);
}

static bool
jsonl_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	return put_object(writer, buffer, record, cells, err)
	       && psp_buffer_put(buffer, '\n', err);
}

static bool
json_begin(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const char *schema = psp_writer_options(writer)->schema;

	return (schema == NULL
		   || (psp_buffer_slice(
			   buffer, psp_slice_of("{\"schema\":"), err)
		       && put_string(buffer, psp_slice_of(schema), err)
		       && psp_buffer_slice(
			   buffer, psp_slice_of(",\"rows\":"), err)))
	       && psp_buffer_put(buffer, '[', err);
}

static bool
json_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	return psp_buffer_append(buffer, ",\n", 2, err)
	       && put_object(writer, buffer, record, cells, err);
}

static bool
json_accept(struct psp_writer *writer, struct psp_slice bytes, size_t n_rows,
    struct psp_buffer *buffer, struct psp_error *err)
{
	struct json_state *state = psp_writer_state(writer);
	size_t comma = !state->has_rows ? 1 : 0;

	if (n_rows == 0)
		return true;
	state->has_rows = true;
	return psp_buffer_append(
	    buffer, bytes.bytes + comma, bytes.size - comma, err);
}

/* Ends the object of a report. */
static bool
put_remarks(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const struct psp_writer_options *options = psp_writer_options(writer);

	if (options->schema == NULL)
		return true;
	if (!psp_buffer_slice(buffer, psp_slice_of(",\n\"remarks\":["), err))
		return false;
	for (size_t i = 0; i < options->remarks.n; i++)
		if (!psp_buffer_slice(
			buffer, psp_slice_of(i > 0 ? ",\n" : "\n"), err)
		    || !put_string(buffer, options->remarks.items[i], err))
			return false;
	return psp_buffer_slice(buffer,
	    psp_slice_of(options->remarks.n > 0 ? "\n]}" : "]}"), err);
}

static bool
json_end(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const struct json_state *state = psp_writer_state(writer);

	return psp_buffer_slice(
		   buffer, psp_slice_of(state->has_rows ? "\n]" : "]"), err)
	       && put_remarks(writer, buffer, err)
	       && psp_buffer_put(buffer, '\n', err);
}

const struct psp_format psp_format_jsonl = {
	.name = "jsonl",
	.open = json_open,
	.row = jsonl_row,
	.close = json_close,
	.state_size = sizeof(struct json_state),
};

const struct psp_format psp_format_json = {
	.name = "json",
	.open = json_open,
	.begin = json_begin,
	.row = json_row,
	.accept = json_accept,
	.end = json_end,
	.close = json_close,
	.state_size = sizeof(struct json_state),
};
