/*
 * Fields by walking the separator mask. A field is located when somebody asks
 * for it, and all before it; asking again costs nothing.
 */
#include <config.h>

#include "libprospect/stream/record.h"

#include <stdlib.h>

#include "libprospect/stream/scan.h"

bool
psp_record_init(struct psp_record *record, const struct psp_batch *batch,
    struct psp_error *err)
{
	if (batch->n_fields > record->n_places) {
		size_t capacity = record->n_places;
		uint32_t *ends = psp_array_reserve(record->ends, &capacity,
		    batch->n_fields, sizeof(*ends), err);
		uint32_t *undone;

		if (ends == NULL)
			return false;
		record->ends = ends;
		capacity = record->n_places;
		undone = psp_array_reserve(record->undone, &capacity,
		    batch->n_fields, sizeof(*undone), err);
		if (undone == NULL)
			return false;
		record->undone = undone;
		memset(undone, 0, capacity * sizeof(*undone));
		record->n_places = capacity;
	}
	if (batch->longest > record->scratch_capacity) {
		char *scratch = psp_array_reserve(record->scratch,
		    &record->scratch_capacity, batch->longest, 1, err);

		if (scratch == NULL)
			return false;
		record->scratch = scratch;
	}
	record->batch = batch;
	record->span = NULL;
	record->n_located = 0;
	return true;
}

void
psp_record_clear(struct psp_record *record)
{
	if (record == NULL)
		return;
	free(record->ends);
	free(record->undone);
	free(record->scratch);
	memset(record, 0, sizeof(*record));
}

void
psp_record_seek(struct psp_record *record, size_t index)
{
	record->index = index;
	record->span = &record->batch->spans[index];
	record->n_located = 0;
	if (record->scratch_used > 0)
		memset(record->undone, 0,
		    record->batch->n_fields * sizeof(*record->undone));
	record->scratch_used = 0;
}

/* Locates fields up to `column` by the bits of the separator mask. */
static void
locate(struct psp_record *record, size_t column)
{
	const struct psp_batch *batch = record->batch;
	const struct psp_span *span = record->span;
	size_t start = (size_t)(span->bytes - batch->bytes);
	size_t n = record->n_located;
	size_t from = start + (n > 0 ? record->ends[n - 1] + 1 : 0);
	size_t w = from / 64;
	uint64_t bits = batch->separators[w] & ~psp_bits_below(from % 64);

	while (n <= column && n + 1 < batch->n_fields) {
		while (bits == 0)
			bits = batch->separators[++w];
		record->ends[n++] =
		    (uint32_t)(w * 64 + psp_lowest_bit(bits) - start);
		bits &= bits - 1;
	}
	if (n <= column)
		record->ends[n++] = span->size;
	record->n_located = n;
}

struct psp_slice
psp_record_raw(struct psp_record *record, size_t column)
{
	const struct psp_span *span = record->span;
	const uint32_t *ends = span->ends;
	size_t from;

	if (ends == NULL) {
		if (column >= record->n_located)
			locate(record, column);
		ends = record->ends;
	}
	from = column > 0 ? ends[column - 1] + 1 : 0;
	return psp_slice(span->bytes + from, ends[column] - from);
}

/* Half of the quotes in a quoted cell's inside: all of them are doubled. */
static size_t
count_doubled(struct psp_slice cell, char quote)
{
	size_t n = 0;

	for (size_t i = 0; i < cell.size; i++)
		n += cell.bytes[i] == quote;
	return n / 2;
}

/* The cell without its doubled quotes, kept in the scratch. */
static struct psp_slice
undo_quotes(struct psp_record *record, size_t column, struct psp_slice cell)
{
	char quote = (char)record->batch->dialect->quote;
	size_t size = cell.size - count_doubled(cell, quote);
	char *undone;

	if (record->undone[column] == 0) {
		undone = record->scratch + record->scratch_used;
		record->undone[column] = (uint32_t)record->scratch_used + 1;
		record->scratch_used += size;
		for (size_t i = 0, n = 0; n < size; i++, n++) {
			undone[n] = cell.bytes[i];
			if (cell.bytes[i] == quote)
				i++;
		}
	}
	undone = record->scratch + record->undone[column] - 1;
	return psp_slice(undone, size);
}

struct psp_slice
psp_record_text(struct psp_record *record, size_t column)
{
	struct psp_slice cell = psp_record_raw(record, column);
	int quote = record->batch->dialect->quote;

	if (cell.size < 2 || quote == PSP_QUOTE_NONE
	    || (unsigned char)cell.bytes[0] != quote)
		return cell;
	cell.bytes++;
	cell.size -= 2;
	if (memchr(cell.bytes, quote, cell.size) == NULL)
		return cell;
	return undo_quotes(record, column, cell);
}

struct psp_slice
psp_record_bytes(const struct psp_record *record)
{
	return psp_slice(record->span->bytes, record->span->size);
}

size_t
psp_record_line(const struct psp_record *record)
{
	return record->batch->first_line + record->span->n_lines;
}

size_t
psp_record_number(const struct psp_record *record)
{
	return record->batch->first_record + record->index + 1;
}
