/* Locating the fields of neighbours; see the header. */
#include <config.h>

#include "libprospect/stream/stretch.h"

#include <stdlib.h>

/* Places that fit into the nearest memory; bytes that places may reach; and how
 * small a part of the columns is better located one by one. */
enum { MAX_PLACES = 8192, MAX_SIZE = 1 << 20, FEW_COLUMNS = 3 };

/* Bytes from the end of a record's text to the next record: its line end. */
static size_t
line_end_size(const struct psp_batch *batch, const struct psp_span *span)
{
	return batch->dialect->newline == '\n'
	               && span->bytes[span->size] == '\r'
	           ? 2
	           : 1;
}

/* Counts the records from `first` on that follow one another, and keeps where
 * they end. */
static size_t
count_neighbours(struct psp_stretch *stretch, size_t most)
{
	const struct psp_batch *batch = stretch->batch;
	const struct psp_span *span = &batch->spans[stretch->first];
	size_t n_left = batch->n_spans - stretch->first, n = 0;

	if (most > n_left)
		most = n_left;
	while (n < most) {
		size_t end =
		    (size_t)(span->bytes - stretch->bytes) + span->size;

		if (end > MAX_SIZE)
			break;
		stretch->line_end[n++] = (uint32_t)end;
		if (n == most || span[1].ends != NULL
		    || span[1].bytes
			   != span->bytes + span->size
				  + line_end_size(batch, span))
			break;
		span++;
	}
	return n;
}

/* Locates the fields of neighbours; false with PSP_ENOMEM. */
static bool
locate(struct psp_stretch *stretch, size_t from, struct psp_error *err)
{
	const struct psp_batch *batch = stretch->batch;
	size_t most = MAX_PLACES / batch->n_fields, n;
	uint32_t *places;

	stretch->bytes = batch->bytes + from;
	n = count_neighbours(
	    stretch, most < PSP_STRETCH_RECORDS ? most : PSP_STRETCH_RECORDS);
	if (n == 0)
		return true;
	places = psp_array_reserve(stretch->places, &stretch->capacity,
	    1 + n * batch->n_fields + PSP_SCAN_SPARE_PLACES, sizeof(*places),
	    err);
	if (places == NULL)
		return false;
	stretch->places = places;
	places[0] = UINT32_MAX;
	batch->scan->list_bits(batch->separators, from,
	    from + stretch->line_end[n - 1], places + 1);
	stretch->n = n;
	stretch->is_located = true;
	return true;
}

bool
psp_stretch_take(struct psp_stretch *stretch, const struct psp_batch *batch,
    size_t first, size_t n_columns, struct psp_error *err)
{
	const struct psp_span *span = &batch->spans[first];
	size_t n_left = batch->n_spans - first, from;

	stretch->batch = batch;
	stretch->first = first;
	stretch->is_located = false;
	if (n_columns * FEW_COLUMNS < batch->n_fields) {
		stretch->n =
		    n_left < PSP_STRETCH_RECORDS ? n_left : PSP_STRETCH_RECORDS;
		return true;
	}
	/* Records that have no places are each a stretch. */
	stretch->n = 1;
	if (span->ends != NULL)
		return true;
	from = (size_t)(span->bytes - batch->bytes);
	return from < PSP_COLUMN_BEFORE || locate(stretch, from, err);
}

/* Finds the texts by the places. */
static void
find_texts(
    const struct psp_stretch *stretch, size_t column, struct psp_slice *texts)
{
	size_t n_fields = stretch->batch->n_fields;
	int quote = stretch->batch->dialect->quote;
	bool is_last = column + 1 == n_fields;
	const uint32_t *places = stretch->places + column;

	for (size_t row = 0; row < stretch->n; row++, places += n_fields) {
		/* The one before the first record is -1. */
		uint32_t from = places[0] + 1;
		uint32_t end = is_last ? stretch->line_end[row] : places[1];
		struct psp_slice cell =
		    psp_slice(stretch->bytes + from, end - from);

		if (cell.size >= 2 && (unsigned char)cell.bytes[0] == quote)
			cell = psp_column_unquote(cell, quote);
		texts[row] = cell;
	}
}

bool
psp_stretch_texts(const struct psp_stretch *stretch, size_t column,
    struct psp_slice texts[PSP_STRETCH_RECORDS])
{
	uint32_t records[PSP_STRETCH_RECORDS];

	if (stretch->is_located) {
		find_texts(stretch, column, texts);
		return true;
	}
	for (size_t row = 0; row < stretch->n; row++)
		records[row] = (uint32_t)(stretch->first + row);
	return psp_column_texts(
	    stretch->batch, column, records, stretch->n, texts);
}

void
psp_stretch_clear(struct psp_stretch *stretch)
{
	if (stretch == NULL)
		return;
	free(stretch->places);
	memset(stretch, 0, sizeof(*stretch));
}
