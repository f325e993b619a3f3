/* Percentages are made by moving the point in the text: nothing is rounded. */
#include <config.h>

#include "libprospect/report/display.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

struct psp_slice
psp_display_cell(const struct psp_layout_column *column,
    struct psp_record *record, const struct psp_cell *cells,
    enum psp_cell_kind *kind)
{
	*kind = PSP_CELL_TEXT;
	if (column->is_input)
		return psp_record_text(record, column->index);
	*kind = cells[column->index].kind;
	if (*kind == PSP_CELL_NULL)
		return psp_slice(NULL, 0);
	return cells[column->index].text;
}

struct psp_slice
psp_display_name(const struct psp_layout_column *column)
{
	/* The layout's copy of a name ends in NUL. */
	return column->is_input ? column->name
	                        : psp_slice_of(_(column->name.bytes));
}

/* Number of digits that `text` begins with. */
static size_t
count_digits(struct psp_slice text)
{
	size_t n = 0;

	while (n < text.size && text.bytes[n] >= '0' && text.bytes[n] <= '9')
		n++;
	return n;
}

/* Whether `text` is digits, or digits '.' digits, and how many of each. */
static bool
measure(struct psp_slice text, size_t *n_whole, size_t *n_decimals)
{
	*n_whole = count_digits(text);
	*n_decimals = 0;
	if (*n_whole == 0 || *n_whole == text.size)
		return *n_whole > 0;
	*n_decimals = count_digits(
	    psp_slice(text.bytes + *n_whole + 1, text.size - *n_whole - 1));
	return text.bytes[*n_whole] == '.' && *n_decimals > 0
	       && *n_whole + 1 + *n_decimals == text.size;
}

bool
psp_display_rate(
    struct psp_buffer *buffer, struct psp_slice rate, struct psp_error *err)
{
	struct psp_slice number = rate, decimals;
	size_t n_whole, n_decimals, start;

	if (number.size > 0 && number.bytes[0] == '-')
		number = psp_slice(number.bytes + 1, number.size - 1);
	if (!measure(number, &n_whole, &n_decimals))
		return psp_text_visible(buffer, rate, err);
	if (number.size < rate.size && !psp_buffer_put(buffer, '-', err))
		return false;
	start = buffer->size;
	decimals = psp_slice(number.bytes + number.size - n_decimals,
	    n_decimals < 2 ? n_decimals : 2);
	if (!psp_buffer_append(buffer, number.bytes, n_whole, err)
	    || !psp_buffer_slice(buffer, decimals, err)
	    || !psp_buffer_append(buffer, "00", 2 - decimals.size, err))
		return false;
	while (buffer->size - start > 1 && buffer->bytes[start] == '0') {
		memmove(buffer->bytes + start, buffer->bytes + start + 1,
		    buffer->size - start - 1);
		buffer->size--;
	}
	if (n_decimals > 2
	    && (!psp_buffer_put(buffer, '.', err)
		|| !psp_buffer_append(
		    buffer, decimals.bytes + 2, n_decimals - 2, err)))
		return false;
	return psp_buffer_append(buffer, " %", 2, err);
}

bool
psp_display_put(struct psp_buffer *buffer, struct psp_slice text,
    enum psp_cell_kind kind, struct psp_error *err)
{
	if (kind == PSP_CELL_RATE)
		return psp_display_rate(buffer, text, err);
	return psp_text_visible(buffer, text, err);
}

bool
psp_display_remarks(const struct psp_writer *writer, struct psp_buffer *buffer,
    struct psp_error *err)
{
	struct psp_slices remarks = psp_writer_options(writer)->remarks;

	if (remarks.n > 0 && !psp_buffer_put(buffer, '\n', err))
		return false;
	for (size_t i = 0; i < remarks.n; i++)
		if (!psp_text_visible(buffer, remarks.items[i], err)
		    || !psp_buffer_put(buffer, '\n', err))
			return false;
	return true;
}
