/*
 * Records held back with their cells: a row that cannot be formatted before
 * all input was read, since a cell of it depends on the others. Held, a record
 * is plain bytes, which may be kept, moved and copied, without addresses of
 * its batch:
 *
 *   |sizes|ends of the fields|record|kinds and sizes of the cells|texts|
 */
#ifndef PSP_STREAM_HELD_H
#define PSP_STREAM_HELD_H

#include "libprospect/stream/writer.h"

/*
 * Appends a record and its cells. Its dialect is only referred to: that of the
 * reader, which has to stay open. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_held_put(struct psp_buffer *buffer,
    struct psp_record *record, const struct psp_cell *cells, size_t n_cells,
    struct psp_error *err);

/* A held record, taken up again. Starts from zeros. */
struct psp_held {
	struct psp_record record;
	struct psp_cell *cells;
	struct psp_batch batch; /* of this record alone */
	struct psp_span span;
	uint32_t *ends;
	size_t ends_capacity, cells_capacity;
};

/* Takes up what psp_held_put wrote; `bytes` are borrowed until the next one is
 * taken up. PSP_ENOMEM. */
PSP_NODISCARD bool psp_held_take(
    struct psp_held *held, struct psp_slice bytes, struct psp_error *err);

void psp_held_clear(struct psp_held *held);

#endif
