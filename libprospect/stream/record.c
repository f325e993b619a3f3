/*
 * Fields by counting bits of the separator mask. A field is located when
 * somebody asks for it; when most are asked for, walking once from end to end
 * is faster.
 */
#include <config.h>

#include "libprospect/stream/record.h"

#include <stdlib.h>

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
	record->n_asked = 0;
	record->is_flat = false;
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
	record->is_dense = record->n_asked > record->batch->n_fields / 2;
	record->n_asked = 0;
	record->is_flat = false;
	if (record->scratch_used > 0)
		memset(record->undone, 0,
		    record->batch->n_fields * sizeof(*record->undone));
	record->scratch_used = 0;
}

/* The position of the first separator at or after `from`. */
static inline size_t
next_separator(const uint64_t *separators, size_t from)
{
	size_t w = from / 64;
	uint64_t bits = separators[w] & ~psp_bits_below(from % 64);

	while (bits == 0)
		bits = separators[++w];
	return w * 64 + psp_lowest_bit(bits);
}

/* Locates all fields. */
static void
flatten(struct psp_record *record)
{
	const struct psp_batch *batch = record->batch;
	const struct psp_span *span = record->span;
	const uint64_t *separators = batch->separators;
	size_t start = (size_t)(span->bytes - batch->bytes);
	size_t last = batch->n_fields - 1, w = start / 64;
	uint64_t bits = separators[w] & ~psp_bits_below(start % 64);

	for (size_t i = 0; i < last; i++) {
		while (bits == 0)
			bits = separators[++w];
		record->ends[i] =
		    (uint32_t)(w * 64 + psp_lowest_bit(bits) - start);
		bits &= bits - 1;
	}
	record->ends[last] = span->size;
	record->is_flat = true;
}

/* Locates the one field, from the last one located where that lies before. */
static struct psp_slice
locate(struct psp_record *record, size_t column)
{
	const struct psp_batch *batch = record->batch;
	const struct psp_span *span = record->span;
	size_t from = (size_t)(span->bytes - batch->bytes), n = column;
	size_t end = from + span->size;

	if (record->n_asked > 1 && column > record->last) {
		from = record->last_end + 1;
		n -= record->last + 1;
	}
	if (n > 0)
		from =
		    batch->scan->find_bit(batch->separators, from, n - 1) + 1;
	if (column + 1 < batch->n_fields)
		end = next_separator(batch->separators, from);
	record->last = column;
	record->last_end = end;
	return psp_slice(batch->bytes + from, end - from);
}

struct psp_slice
psp_record_raw(struct psp_record *record, size_t column)
{
	const struct psp_span *span = record->span;
	const uint32_t *ends = span->ends;
	size_t from;

	if (ends == NULL && !record->is_flat) {
		record->n_asked++;
		if (!record->is_dense
		    && record->n_asked <= record->batch->n_fields / 2)
			return locate(record, column);
		flatten(record);
	} else if (ends == NULL) {
		record->n_asked++;
	}
	if (ends == NULL)
		ends = record->ends;
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
