/* The cells of one column; see the header. */
#include <config.h>

#include "libprospect/stream/column.h"

/* Finds where the cells of the regular records lie. */
static void
find_places(const struct psp_batch *batch, size_t column,
    const uint32_t *records, size_t n, struct psp_field_place *places)
{
	bool is_last = column + 1 == batch->n_fields;
	size_t n_regular = 0;

	for (size_t i = 0; i < n; i++) {
		const struct psp_span *span = &batch->spans[records[i]];

		/* Bytes of an irregular one lie elsewhere: overwritten. */
		places[n_regular].start = (size_t)(span->bytes - batch->bytes);
		n_regular += span->ends == NULL;
	}
	if (n_regular == 0)
		return;
	/* The last field of a file need not end in a line end. */
	if (!is_last)
		batch->scan->find_fields(
		    batch->separators, column, places, n_regular);
	else if (column > 0)
		batch->scan->find_fields(
		    batch->separators, column - 1, places, n_regular);
	if (is_last && column > 0)
		for (size_t i = 0; i < n_regular; i++)
			places[i].start = places[i].end + 1;
}

struct psp_slice
psp_column_unquote(struct psp_slice cell, int quote)
{
	cell.bytes++;
	cell.size -= 2;
	if (memchr(cell.bytes, quote, cell.size) != NULL)
		return psp_slice(NULL, SIZE_MAX);
	return cell;
}

bool
psp_column_texts(const struct psp_batch *batch, size_t column,
    const uint32_t *records, size_t n, struct psp_slice *cells)
{
	struct psp_field_place places[PSP_COLUMN_RECORDS + 1], *place = places;
	bool is_last = column + 1 == batch->n_fields;
	int quote = batch->dialect->quote;
	bool has_before = true;

	find_places(batch, column, records, n, places);
	for (size_t i = 0; i < n; i++) {
		const struct psp_span *span = &batch->spans[records[i]];
		struct psp_slice cell;

		if (PSP_UNLIKELY(span->ends != NULL)) {
			size_t start =
			    column > 0 ? span->ends[column - 1] + (size_t)1 : 0;

			cell = psp_slice(
			    span->bytes + start, span->ends[column] - start);
			has_before = false;
		} else {
			const char *start = batch->bytes + place->start;

			has_before &= place->start >= PSP_COLUMN_BEFORE;
			cell = psp_slice(start,
			    is_last ? (size_t)(span->bytes + span->size - start)
				    : place->end - place->start);
			place++;
		}
		if (cell.size >= 2 && (unsigned char)cell.bytes[0] == quote)
			cell = psp_column_unquote(cell, quote);
		cells[i] = cell;
	}
	return has_before;
}
