/*
 * A line a row. A cell is appended first and then escaped where it lies, from
 * its end backwards, so that nothing is copied aside.
 */
#include <config.h>

#include "libprospect/report/markdown.h"

#include "libprospect/report/display.h"

/* Whether Markdown would read `c`: '|' ends the cell, the others mark up. */
static bool
is_markup(char c)
{
	return c == '|' || c == '\\' || c == '`' || c == '*' || c == '<'
	       || c == '[';
}

/* Puts a backslash before each sign of markup from `start` on. */
static bool
escape_from(struct psp_buffer *buffer, size_t start, struct psp_error *err)
{
	size_t n_signs = 0, from = buffer->size, to;

	for (size_t i = start; i < buffer->size; i++)
		n_signs += is_markup(buffer->bytes[i]);
	if (n_signs == 0)
		return true;
	if (!psp_buffer_reserve(buffer, n_signs, err))
		return false;
	buffer->size += n_signs;
	to = buffer->size;
	while (to > from) {
		char c = buffer->bytes[--from];

		buffer->bytes[--to] = c;
		if (is_markup(c))
			buffer->bytes[--to] = '\\';
	}
	return true;
}

/* Size of the line end that `text` holds at `at`; 0: none. */
static size_t
line_end_size(struct psp_slice text, size_t at)
{
	if (text.bytes[at] == '\n')
		return 1;
	if (text.bytes[at] != '\r')
		return 0;
	return at + 1 < text.size && text.bytes[at + 1] == '\n' ? 2 : 1;
}

static bool
put_cell(struct psp_buffer *buffer, struct psp_slice text,
    enum psp_cell_kind kind, struct psp_error *err)
{
	size_t start = buffer->size, line = 0, i = 0;

	while (i < text.size) {
		size_t size = line_end_size(text, i);

		if (size == 0) {
			i++;
			continue;
		}
		if (!psp_display_put(buffer,
			psp_slice(text.bytes + line, i - line), kind, err)
		    || !psp_buffer_put(buffer, ' ', err))
			return false;
		i += size;
		line = i;
	}
	if (line < text.size
	    && !psp_display_put(buffer,
		psp_slice(text.bytes + line, text.size - line), kind, err))
		return false;
	return escape_from(buffer, start, err);
}

static bool
markdown_row(struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells,
    struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);

	for (size_t i = 0; i < layout->n_columns; i++) {
		enum psp_cell_kind kind;
		struct psp_slice text =
		    psp_display_cell(&layout->columns[i], record, cells, &kind);

		if (!psp_buffer_append(buffer, "| ", 2, err)
		    || !put_cell(buffer, text, kind, err)
		    || !psp_buffer_put(buffer, ' ', err))
			return false;
	}
	return psp_buffer_append(buffer, "|\n", 2, err);
}

static bool
markdown_begin(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	const struct psp_layout *layout = psp_writer_layout(writer);

	if (layout->n_columns == 0)
		return true;
	for (size_t i = 0; i < layout->n_columns; i++)
		if (!psp_buffer_append(buffer, "| ", 2, err)
		    || !put_cell(buffer, psp_display_name(&layout->columns[i]),
			PSP_CELL_TEXT, err)
		    || !psp_buffer_put(buffer, ' ', err))
			return false;
	if (!psp_buffer_append(buffer, "|\n", 2, err))
		return false;
	for (size_t i = 0; i < layout->n_columns; i++)
		if (!psp_buffer_append(buffer, "| --- ", 6, err))
			return false;
	return psp_buffer_append(buffer, "|\n", 2, err);
}

static bool
markdown_end(
    struct psp_writer *writer, struct psp_buffer *buffer, struct psp_error *err)
{
	struct psp_slices remarks = psp_writer_options(writer)->remarks;

	/* A list: lines alone would run together. */
	for (size_t i = 0; i < remarks.n; i++)
		if (!psp_buffer_slice(
			buffer, psp_slice_of(i == 0 ? "\n- " : "- "), err)
		    || !put_cell(
			buffer, remarks.items[i], PSP_CELL_TEXT, err)
		    || !psp_buffer_put(buffer, '\n', err))
			return false;
	return true;
}

const struct psp_format psp_format_markdown = {
	.name = "markdown",
	.begin = markdown_begin,
	.row = markdown_row,
	.end = markdown_end,
	.is_for_people = true,
};
