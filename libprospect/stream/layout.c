/*
 * What each column of the output is. The order is the header's; a cell of ours
 * whose name the header has takes that place, the others come after the last.
 */
#include <config.h>

#include "libprospect/stream/writer.h"

#include "libprospect/base/map.h"

static bool
add_column(struct psp_layout *layout, struct psp_slice name, bool is_input,
    size_t index, struct psp_error *err)
{
	struct psp_layout_column *column = &layout->columns[layout->n_columns];
	const char *copy = psp_arena_copy(&layout->arena, name, err);

	if (copy == NULL)
		return false;
	column->name = psp_slice(copy, name.size);
	column->is_input = is_input;
	column->index = index;
	layout->n_columns++;
	return true;
}

/* Gives each cell the place of its name in the header, or one at the end. */
static bool
place_cells(struct psp_layout *layout, struct psp_slices cells,
    const struct psp_notes *notes, struct psp_error *err)
{
	struct psp_map places;
	struct psp_map_entry *entry;
	bool is_done = false;

	psp_map_init(&places);
	for (size_t i = 0; i < layout->n_inputs; i++)
		if (!psp_map_put(
			&places, layout->columns[i].name, i, &entry, NULL, err))
			goto done;
	for (size_t i = 0; i < cells.n; i++) {
		entry = psp_map_get(&places, cells.items[i]);
		if (entry == NULL || !layout->columns[entry->value].is_input) {
			if (!add_column(layout, cells.items[i], false, i, err))
				goto done;
			continue;
		}
		layout->columns[entry->value].is_input = false;
		layout->columns[entry->value].index = i;
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    "column %zu, '%.*s', of the input is replaced by ours; "
		    "rename it before to keep it",
		    entry->value + 1, PSP_SLICE_ARGS(cells.items[i]));
	}
	is_done = true;
done:
	psp_map_clear(&places);
	return is_done;
}

/* Counts for each column of the input how many are its neighbours. */
static void
count_runs(struct psp_layout *layout)
{
	for (size_t i = layout->n_columns; i-- > 0;) {
		struct psp_layout_column *column = &layout->columns[i];
		const struct psp_layout_column *next = column + 1;

		column->n_run = column->is_input;
		if (column->is_input && i + 1 < layout->n_columns
		    && next->is_input && next->index == column->index + 1)
			column->n_run = next->n_run + 1;
	}
}

bool
psp_layout_init(struct psp_layout *layout, struct psp_slices header,
    struct psp_slices cells, const struct psp_notes *notes,
    struct psp_error *err)
{
	memset(layout, 0, sizeof(*layout));
	psp_arena_init(&layout->arena);
	if (header.n > SIZE_MAX - cells.n) {
		psp_error_memory(err);
		goto fail;
	}
	layout->columns = psp_arena_array(
	    &layout->arena, header.n + cells.n, sizeof(*layout->columns), err);
	if (layout->columns == NULL)
		goto fail;
	layout->n_inputs = header.n;
	layout->n_cells = cells.n;
	for (size_t i = 0; i < header.n; i++)
		if (!add_column(layout, header.items[i], true, i, err))
			goto fail;
	if (cells.n > 0 && !place_cells(layout, cells, notes, err))
		goto fail;
	count_runs(layout);
	return true;
fail:
	psp_layout_clear(layout);
	return false;
}

void
psp_layout_clear(struct psp_layout *layout)
{
	if (layout == NULL)
		return;
	psp_arena_clear(&layout->arena);
	layout->columns = NULL;
	layout->n_columns = 0;
}

/*
 * The end of the regular field that begins at `at`; bytes.size + 1 when it is
 * not regular.
 */
static size_t
field_end(struct psp_slice bytes, size_t at, unsigned char separator)
{
	const char *found;

	if (at == bytes.size)
		return at;
	if (bytes.bytes[at] != '"') {
		found = memchr(bytes.bytes + at, separator, bytes.size - at);
		return found != NULL ? (size_t)(found - bytes.bytes)
		                     : bytes.size;
	}
	for (at++; at < bytes.size; at += 2) {
		found = memchr(bytes.bytes + at, '"', bytes.size - at);
		if (found == NULL)
			break;
		at = (size_t)(found - bytes.bytes);
		if (at + 1 == bytes.size
		    || (unsigned char)bytes.bytes[at + 1] == separator)
			return at + 1;
		if (bytes.bytes[at + 1] != '"')
			break;
	}
	return bytes.size + 1;
}

/* Whether `raw`, a regular field, means `name`. */
static bool
means(struct psp_slice raw, struct psp_slice name)
{
	size_t i = 1, n = 0;

	if (raw.size == 0 || raw.bytes[0] != '"')
		return psp_slice_equal(raw, name);
	for (; i + 1 < raw.size && n < name.size; i++, n++) {
		if (raw.bytes[i] != name.bytes[n])
			return false;
		if (raw.bytes[i] == '"')
			i++;
	}
	return i + 1 == raw.size && n == name.size;
}

bool
psp_layout_keep_header(struct psp_layout *layout, struct psp_slice bytes,
    const struct psp_dialect *dialect, struct psp_error *err)
{
	struct psp_slice line;
	const char *copy;
	size_t at = 0;

	if (layout->n_inputs == 0 || dialect->quote != '"')
		return true;
	copy = psp_arena_copy(&layout->arena, bytes, err);
	if (copy == NULL)
		return false;
	line = psp_slice(copy, bytes.size);
	for (size_t i = 0; i < layout->n_inputs && at <= line.size; i++) {
		size_t end = field_end(line, at, dialect->separator);
		struct psp_slice raw;

		if (end > line.size)
			break;
		raw = psp_slice(line.bytes + at, end - at);
		if (means(raw, layout->columns[i].name))
			layout->columns[i].raw = raw;
		at = end + 1;
	}
	return true;
}
