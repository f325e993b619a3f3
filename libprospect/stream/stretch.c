/* Locating the fields of neighbours; see the header. */
#include <config.h>

#include "libprospect/stream/stretch.h"

#include <stdlib.h>

/* Places that fit into the nearest memory; and bytes of a stretch. */
enum { MAX_PLACES = 8192, MAX_SIZE = 1 << 20 };

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

bool
psp_stretch_take(struct psp_stretch *stretch, const struct psp_batch *batch,
    size_t first, struct psp_error *err)
{
	const struct psp_span *span = &batch->spans[first];
	size_t most = MAX_PLACES / batch->n_fields, from, n;
	uint32_t *places;

	stretch->batch = batch;
	stretch->first = first;
	stretch->n = 1;
	stretch->is_located = false;
	if (span->ends != NULL)
		return true;
	from = (size_t)(span->bytes - batch->bytes);
	if (from < PSP_STRETCH_BEFORE)
		return true;
	if (most > PSP_STRETCH_RECORDS)
		most = PSP_STRETCH_RECORDS;
	stretch->bytes = span->bytes;
	n = count_neighbours(stretch, most);
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

void
psp_stretch_clear(struct psp_stretch *stretch)
{
	if (stretch == NULL)
		return;
	free(stretch->places);
	memset(stretch, 0, sizeof(*stretch));
}
