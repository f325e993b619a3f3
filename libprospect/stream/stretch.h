/*
 * A stretch of a batch: records that follow one another, so that a question can
 * be asked of all of them, column by column, which costs far less than record
 * by record: nothing is decided anew for each.
 *
 * Where many columns are asked for, all fields of records without a gap between
 * them are located at once; else each column when it is asked for (column.h).
 *
 *   bytes    a;bc;d\nef;g;h\n
 *   places  .1  4  6   9 11 13      one before the first record, then the end
 *                                   of each field
 */
#ifndef PSP_STREAM_STRETCH_H
#define PSP_STREAM_STRETCH_H

#include "libprospect/stream/column.h"

enum { PSP_STRETCH_RECORDS = 64 }; /* at most */

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
 * borrowed: n becomes at least 1. `n_columns` are to be asked for. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_stretch_take(struct psp_stretch *stretch,
    const struct psp_batch *batch, size_t first, size_t n_columns,
    struct psp_error *err);

/* Frees what it holds; NULL is accepted. */
void psp_stretch_clear(struct psp_stretch *stretch);

/* The texts of a column of its records, as psp_column_texts gives them. */
bool psp_stretch_texts(const struct psp_stretch *stretch, size_t column,
    struct psp_slice texts[PSP_STRETCH_RECORDS]);

#endif
