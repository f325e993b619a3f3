/* Records held back; see the header. */
#include <config.h>

#include "libprospect/stream/held.h"

#include <stdlib.h>

/* What stands before the bytes; copied in and out, as nothing is aligned. */
struct head {
	const struct psp_dialect *dialect;
	size_t n_fields;
	size_t size;
	size_t n_cells;
};

/* A cell without its text. */
struct cell_head {
	enum psp_cell_kind kind;
	size_t size;
};

bool
psp_held_put(struct psp_buffer *buffer, struct psp_record *record,
    const struct psp_cell *cells, size_t n_cells, struct psp_error *err)
{
	struct psp_slice bytes = psp_record_bytes(record);
	struct head head = { record->batch->dialect, record->batch->n_fields,
		bytes.size, n_cells };

	if (!psp_buffer_append(buffer, &head, sizeof(head), err))
		return false;
	for (size_t i = 0; i < head.n_fields; i++) {
		struct psp_slice field = psp_record_raw(record, i);
		uint32_t end = (uint32_t)((size_t)(field.bytes - bytes.bytes)
					  + field.size);

		if (!psp_buffer_append(buffer, &end, sizeof(end), err))
			return false;
	}
	if (!psp_buffer_slice(buffer, bytes, err))
		return false;
	for (size_t i = 0; i < n_cells; i++) {
		struct cell_head cell = { cells[i].kind, cells[i].text.size };

		if (cell.kind == PSP_CELL_NULL)
			cell.size = 0;
		if (!psp_buffer_append(buffer, &cell, sizeof(cell), err)
		    || !psp_buffer_append(
			buffer, cells[i].text.bytes, cell.size, err))
			return false;
	}
	return true;
}

/* Makes room for what the head speaks of. */
static bool
make_room(struct psp_held *held, const struct head *head, struct psp_error *err)
{
	uint32_t *ends = psp_array_reserve(held->ends, &held->ends_capacity,
	    head->n_fields + 1, sizeof(*ends), err);
	struct psp_cell *cells;

	if (ends == NULL)
		return false;
	held->ends = ends;
	cells = psp_array_reserve(held->cells, &held->cells_capacity,
	    head->n_cells + 1, sizeof(*cells), err);
	if (cells == NULL)
		return false;
	held->cells = cells;
	return true;
}

bool
psp_held_take(
    struct psp_held *held, struct psp_slice bytes, struct psp_error *err)
{
	const char *at = bytes.bytes;
	struct head head;

	memcpy(&head, at, sizeof(head));
	at += sizeof(head);
	if (!make_room(held, &head, err))
		return false;
	memcpy(held->ends, at, head.n_fields * sizeof(*held->ends));
	at += head.n_fields * sizeof(*held->ends);
	held->span.bytes = at;
	held->span.size = (uint32_t)head.size;
	held->span.ends = held->ends;
	held->batch.dialect = head.dialect;
	held->batch.n_fields = head.n_fields;
	held->batch.spans = &held->span;
	held->batch.n_spans = 1;
	held->batch.longest = head.size;
	at += head.size;
	for (size_t i = 0; i < head.n_cells; i++) {
		struct cell_head cell;

		memcpy(&cell, at, sizeof(cell));
		at += sizeof(cell);
		held->cells[i].kind = cell.kind;
		held->cells[i].text = psp_slice(at, cell.size);
		at += cell.size;
	}
	if (!psp_record_init(&held->record, &held->batch, err))
		return false;
	psp_record_seek(&held->record, 0);
	return true;
}

void
psp_held_clear(struct psp_held *held)
{
	psp_record_clear(&held->record);
	free(held->cells);
	free(held->ends);
	memset(held, 0, sizeof(*held));
}
