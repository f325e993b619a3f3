/*
 * A stretch of a batch: records that follow one another without a gap, all of
 * whose fields are located at once. Where a question is asked of every record,
 * asking it of a stretch, column by column, costs far less than record by
 * record: nothing is decided anew for each of them.
 *
 *   bytes    a;bc;d\nef;g;h\n
 *   places  .1  4  6   9 11 13      one before the first record, then the end
 *                                   of each field
 *
 * Records that carry the ends of their fields (record.h) and those at the very
 * start of a block are each a stretch without places.
 */
#ifndef PSP_STREAM_STRETCH_H
#define PSP_STREAM_STRETCH_H

#include "libprospect/stream/record.h"

enum {
	PSP_STRETCH_RECORDS = 64, /* at most */
	PSP_STRETCH_BEFORE = 16   /* bytes before each cell may be read */
};

/* Starts from zeros. */
struct psp_stretch {
	const struct psp_batch *batch;
	size_t first, n;   /* its records in the batch */
	bool is_located;   /* there are places */
	const char *bytes; /* of the first record */
	uint32_t *places;  /* from there on */
	size_t capacity;
	uint32_t line_end[PSP_STRETCH_RECORDS]; /* where each record ends */
};

/*
 * Makes the stretch that begins at record `first` (below n_spans) of `batch`,
 * borrowed: n becomes at least 1. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_stretch_take(struct psp_stretch *stretch,
    const struct psp_batch *batch, size_t first, struct psp_error *err);

/* Frees what it holds; NULL is accepted. */
void psp_stretch_clear(struct psp_stretch *stretch);

/* A field, quotes included, of a record of the stretch, from 0; it has
 * places. */
static inline struct psp_slice
psp_stretch_raw(const struct psp_stretch *stretch, size_t row, size_t column)
{
	size_t n_fields = stretch->batch->n_fields;
	const uint32_t *places = stretch->places + row * n_fields + column;
	/* The one before the first record is -1. */
	uint32_t from = places[0] + 1;
	uint32_t end =
	    column + 1 < n_fields ? places[1] : stretch->line_end[row];

	return psp_slice(stretch->bytes + from, end - from);
}

/*
 * A field without its quotes, which a quote inside may still be doubled in:
 * `*is_quoted` tells that there were quotes.
 */
static inline struct psp_slice
psp_stretch_inside(const struct psp_stretch *stretch, size_t row, size_t column,
    int quote, bool *is_quoted)
{
	struct psp_slice cell = psp_stretch_raw(stretch, row, column);

	*is_quoted = cell.size >= 2 && (unsigned char)cell.bytes[0] == quote;
	if (*is_quoted) {
		cell.bytes++;
		cell.size -= 2;
	}
	return cell;
}

#endif
