/*
 * The cells of one column, of many records of a batch at once: their places are
 * found in one loop, which does not wait for one record before it looks at the
 * next, as record.h has to.
 */
#ifndef PSP_STREAM_COLUMN_H
#define PSP_STREAM_COLUMN_H

#include "libprospect/stream/record.h"

/* The most records at once. */
enum { PSP_COLUMN_RECORDS = 256, PSP_COLUMN_BEFORE = 16 };

/*
 * Puts the texts of column `column` (from 0, below n_fields) of the `n` records
 * whose numbers in the batch are `records` into `cells`: what psp_record_text
 * says, but for cells whose doubled quotes are still to be undone, whose size
 * is SIZE_MAX. Borrowed from the batch. Whether PSP_COLUMN_BEFORE bytes before
 * the end of each may be read.
 */
bool psp_column_texts(const struct psp_batch *batch, size_t column,
    const uint32_t *records, size_t n, struct psp_slice *cells);

/* The same of two columns, the second of which is quickly found where it stands
 * behind the first. */
bool psp_column_pairs(const struct psp_batch *batch, size_t column,
    size_t beside, const uint32_t *records, size_t n, struct psp_slice *cells,
    struct psp_slice *cells_beside);

/* Takes the quotes off a cell that begins with one; size SIZE_MAX where others
 * are still to be undone. */
struct psp_slice psp_column_unquote(struct psp_slice cell, int quote);

#endif
