/*
 * A quoted cell ends at a quote before a separator or line end. A quote that
 * nothing closes is a letter, and so are all quotes after it, unless the end
 * of the sample may have cut its cell.
 */
#include <config.h>

#include "libprospect/stream/cells.h"

#include "libprospect/base/text.h"
#include "libprospect/base/word.h"
#include "libprospect/stream/scan.h"

enum { NO_QUOTE = -1, CUT_CELL_SIZE = 16384 };

/* Whether the cell ends at `i`: a separator, a line end, the end. */
static bool
is_end(const struct psp_cells *cells, size_t i)
{
	const char *bytes = cells->text.bytes;
	size_t size = cells->text.size;
	unsigned char c;

	if (i == size)
		return true;
	c = (unsigned char)bytes[i];
	if (c == cells->separator || c == cells->newline)
		return true;
	return c == '\r' && (i + 1 == size || bytes[i + 1] == '\n');
}

/* The place after the quote that closes the one at `i`; 0 when none does.
 * Quotes passed over that close nothing make the cell odd. */
static size_t
after_quotes(const struct psp_cells *cells, size_t i, bool *is_odd)
{
	const char *bytes = cells->text.bytes;
	size_t size = cells->text.size;

	i++;
	while (i < size) {
		const char *found = memchr(bytes + i, cells->quote, size - i);

		if (found == NULL)
			return 0;
		i = (size_t)(found - bytes) + 1;
		if (i < size && (unsigned char)bytes[i] == cells->quote)
			i++;
		else if (is_end(cells, i))
			return i;
		else
			*is_odd = true;
	}
	return 0;
}

/* The first place from `i` on of one of two bytes; the size without one. */
static inline size_t
find_either(
    struct psp_slice text, size_t i, unsigned char one, unsigned char other)
{
	for (; text.size - i >= 16; i += 16) {
		uint64_t places = psp_word_either(text.bytes + i, one, other);

		if (places != 0)
			return i + psp_lowest_bit(places);
	}
	while (i < text.size && (unsigned char)text.bytes[i] != one
	       && (unsigned char)text.bytes[i] != other)
		i++;
	return i;
}

bool
psp_cells_next(struct psp_cells *cells, struct psp_sample_cell *cell)
{
	const char *bytes = cells->text.bytes;
	size_t size = cells->text.size, start = cells->at, end = start;

	if (start > size || size == 0)
		return false;
	cell->is_quoted = cell->is_odd = false;
	if (start < size && cells->quote != NO_QUOTE
	    && (unsigned char)bytes[start] == cells->quote) {
		end = after_quotes(cells, start, &cell->is_odd);
		cell->is_quoted = end != 0;
		if (end == 0 && !cells->is_whole
		    && size - start < CUT_CELL_SIZE)
			end = size;
		else if (end == 0)
			cells->quote = NO_QUOTE;
		if (end == 0)
			end = start;
	}
	end = find_either(cells->text, end, cells->separator, cells->newline);
	cells->at = end + 1;
	cell->ends_line =
	    end < size && (unsigned char)bytes[end] == cells->newline;
	cell->ends_record = end == size || cell->ends_line;
	if (cell->ends_line && end + 1 == size)
		cells->at = size + 1;
	if (cell->ends_record && end > start && bytes[end - 1] == '\r')
		end--;
	cell->raw = psp_slice(bytes + start, end - start);
	return true;
}

struct psp_slice
psp_sample_cell_text(const struct psp_sample_cell *cell)
{
	struct psp_slice text = cell->raw;

	if (cell->is_quoted && text.size >= 2)
		text = psp_slice(text.bytes + 1, text.size - 2);
	return psp_text_trim(text);
}

size_t
psp_line_size(struct psp_slice text, unsigned char newline)
{
	const char *end;

	if (text.size == 0)
		return 0;
	end = memchr(text.bytes, newline, text.size);
	return end == NULL ? text.size : (size_t)(end - text.bytes) + 1;
}
