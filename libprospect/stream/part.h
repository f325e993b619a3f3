/*
 * A part of a file, cut into records apart from the parts before it. A part
 * owns the records that begin behind the line ends in its own bytes, and reads
 * on behind them until the last of these records is whole:
 *
 *   own bytes   |...record\nrecord\n ... \nrec|ord\n...
 *   records             |first ...     last       |end
 *
 * Where its first record begins is known when it is known whether its first
 * byte lies inside quotes: as many quotes as stand before it tell, as long as
 * all before it is regular. So it is a guess, to be compared with where the
 * part before really ended.
 */
#ifndef PSP_STREAM_PART_H
#define PSP_STREAM_PART_H

#include "libprospect/stream/block.h"
#include "libprospect/stream/reader.h"

struct psp_part {
	const struct psp_reader *reader;
	struct psp_block block;
	size_t offset;   /* of its first byte in the file */
	size_t own_size; /* of its own bytes */
	bool is_short;   /* the file ended before it should */
	bool is_end;     /* the bytes in the block end with the file */
};

/* Prepares a part for an input. PSP_ENOMEM. */
PSP_NODISCARD bool psp_part_init(struct psp_part *part,
    const struct psp_reader *reader, struct psp_error *err);

void psp_part_clear(struct psp_part *part);

/* Reads its `own_size` bytes at `offset` and some more; the batch is empty.
 * PSP_EIO, PSP_ENOMEM. */
PSP_NODISCARD bool psp_part_read(struct psp_part *part, size_t offset,
    size_t own_size, struct psp_error *err);

/* Whether the quotes in its own bytes are odd in number. */
bool psp_part_is_odd(const struct psp_part *part);

/* The offset in the file of its first record, where its first byte lies inside
 * quotes or not; SIZE_MAX when it has none. */
size_t psp_part_first(const struct psp_part *part, bool in_quotes);

/* Cuts its records, the first of which begins at `first` of the file, which
 * lies in its bytes. PSP_EIO, PSP_ENOMEM. */
PSP_NODISCARD bool psp_part_cut(
    struct psp_part *part, size_t first, struct psp_error *err);

/* Once it was cut: where in the file the record behind it begins. */
size_t psp_part_end(const struct psp_part *part);

/* Likewise: whether the bytes behind its own begin inside quotes. */
bool psp_part_ends_in_quotes(const struct psp_part *part);

#endif
