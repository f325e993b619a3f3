/* The cells of one column; see the header. */
#include <config.h>

#include "libprospect/stream/column.h"

/* Where the cells of the regular ones among some records lie. */
struct places {
	struct psp_field_place items[PSP_COLUMN_RECORDS + 1];
	size_t n;
};

/* Finds the cells of `column` in the regular records. */
static void
find(const struct psp_batch *batch, const uint32_t *records, size_t n,
    size_t column, struct places *places)
{
	const struct psp_scan_functions *scan = batch->scan;
	size_t n_behind = batch->n_fields - 1 - column;

	places->n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct psp_span *span = &batch->spans[records[i]];
		struct psp_field_place *place = &places->items[places->n];

		/* Bytes of an irregular one lie elsewhere: overwritten. */
		place->start = (size_t)(span->bytes - batch->bytes);
		place->end = place->start + span->size;
		places->n += span->ends == NULL;
	}
	if (places->n == 0)
		return;
	/* The last field of a file need not end in a line end. */
	if (column > 0 && (n_behind == 0 || n_behind < column))
		scan->find_fields_back(
		    batch->separators, n_behind, places->items, places->n);
	else if (n_behind > 0)
		scan->find_fields(
		    batch->separators, column, places->items, places->n);
}

/* Moves on to the cells behind those, which are not the last. */
static void
step(const struct psp_batch *batch, struct places *places)
{
	if (places->n == 0)
		return;
	for (size_t i = 0; i < places->n; i++)
		places->items[i].start = places->items[i].end + 1;
	batch->scan->find_fields(
	    batch->separators, 0, places->items, places->n);
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

static inline struct psp_slice
text_of(struct psp_slice cell, int quote)
{
	return cell.size >= 2 && (unsigned char)cell.bytes[0] == quote
	           ? psp_column_unquote(cell, quote)
	           : cell;
}

/* Puts the texts at the places into `cells`, and those of irregular records
 * among them; see psp_column_texts. */
static bool
put_texts(const struct psp_batch *batch, size_t column, const uint32_t *records,
    size_t n, const struct places *places, struct psp_slice *cells)
{
	const struct psp_field_place *place = places->items;
	int quote = batch->dialect->quote;

	for (size_t i = 0; i < n; i++) {
		const struct psp_span *span;

		if (places->n < n) {
			span = &batch->spans[records[i]];
			if (span->ends != NULL) {
				size_t start =
				    column > 0
					? span->ends[column - 1] + (size_t)1
					: 0;

				cells[i] =
				    text_of(psp_slice(span->bytes + start,
						span->ends[column] - start),
					quote);
				continue;
			}
		}
		cells[i] = text_of(psp_slice(batch->bytes + place->start,
				       place->end - place->start),
		    quote);
		place++;
	}
	/* The first of them lies before the others. */
	return places->n == n && n > 0
	       && places->items[0].start >= PSP_COLUMN_BEFORE;
}

bool
psp_column_texts(const struct psp_batch *batch, size_t column,
    const uint32_t *records, size_t n, struct psp_slice *cells)
{
	struct places places;

	find(batch, records, n, column, &places);
	return put_texts(batch, column, records, n, &places, cells);
}

bool
psp_column_pairs(const struct psp_batch *batch, size_t column, size_t beside,
    const uint32_t *records, size_t n, struct psp_slice *cells,
    struct psp_slice *cells_beside)
{
	struct places places;
	bool has_before;

	find(batch, records, n, column, &places);
	has_before = put_texts(batch, column, records, n, &places, cells);
	if (beside == column + 1 && beside + 1 < batch->n_fields)
		step(batch, &places);
	else
		find(batch, records, n, beside, &places);
	return put_texts(batch, beside, records, n, &places, cells_beside)
	       && has_before;
}
