/* A part of a file; see the header. */
#include <config.h>

#include "libprospect/stream/part.h"

#include "libprospect/stream/frame.h"

/* What is read behind the own bytes at first: most records are shorter. */
enum { READ_ON_SIZE = 4096 };

bool
psp_part_init(struct psp_part *part, const struct psp_reader *reader,
    struct psp_error *err)
{
	part->reader = reader;
	part->offset = 0;
	part->own_size = 0;
	part->is_short = false;
	part->is_end = false;
	if (!psp_reader_init_block(reader, &part->block, err))
		return false;
	/* A part is one batch; nothing in it is filled (--ragged). */
	part->block.max_kept = SIZE_MAX;
	return true;
}

void
psp_part_clear(struct psp_part *part)
{
	psp_block_clear(&part->block);
}

/* Reads on, `size` bytes or to the end of the file. */
static bool
read_on(struct psp_part *part, size_t size, struct psp_error *err)
{
	struct psp_block *block = &part->block;
	char *room = psp_block_room(block, size, err);
	ptrdiff_t n;

	if (room == NULL)
		return false;
	n = psp_reader_read_at(
	    part->reader, room, size, part->offset + block->size, err);
	if (n < 0)
		return false;
	psp_block_added(block, (size_t)n);
	part->is_end = (size_t)n < size;
	part->is_short = block->size < part->own_size;
	return true;
}

bool
psp_part_read(struct psp_part *part, size_t offset, size_t own_size,
    struct psp_error *err)
{
	struct psp_block *block = &part->block;

	part->offset = offset;
	part->own_size = own_size;
	psp_block_restart(block, 0);
	block->size = 0;
	block->stop = own_size;
	return read_on(part, own_size + READ_ON_SIZE, err);
}

/* The quotes in `size` bytes at `at` of the block. */
static bool
is_odd(const struct psp_part *part, size_t at, size_t size)
{
	const struct psp_block *block = &part->block;

	return block->scanner.has_quote
	       && block->scan->is_odd(
		   block->bytes + at, size, block->scanner.quote);
}

bool
psp_part_is_odd(const struct psp_part *part)
{
	return is_odd(
	    part, 0, part->is_short ? part->block.size : part->own_size);
}

size_t
psp_part_first(const struct psp_part *part, bool in_quotes)
{
	const struct psp_block *block = &part->block;
	size_t size = part->is_short ? block->size : part->own_size;

	for (size_t at = 0; at < size;) {
		const char *newline = memchr(
		    block->bytes + at, block->scanner.newline, size - at);
		size_t next;

		if (newline == NULL)
			break;
		next = (size_t)(newline - block->bytes) + 1;
		if (is_odd(part, at, next - at))
			in_quotes = !in_quotes;
		if (!in_quotes)
			return part->offset + next;
		at = next;
	}
	return SIZE_MAX;
}

bool
psp_part_cut(struct psp_part *part, size_t first, struct psp_error *err)
{
	struct psp_block *block = &part->block;
	struct psp_batch *batch = &block->batch;

	psp_block_restart(block, first - part->offset);
	for (;;) {
		size_t size = block->size - block->start;

		if (!psp_frame_run(block, part->is_end, SIZE_MAX, err))
			return false;
		if (part->is_end
		    || (block->start > block->stop && !block->is_discarding))
			break;
		/* A long record grows by doubling: no byte is read often. */
		if (!read_on(
			part, size > READ_ON_SIZE ? size : READ_ON_SIZE, err))
			return false;
	}
	batch->is_cut = part->is_end && block->start == block->size
	                && block->size > 0
	                && (unsigned char)block->bytes[block->size - 1]
	                       != block->scanner.newline
	                && !psp_batch_ends_in_fault(batch);
	return true;
}

size_t
psp_part_end(const struct psp_part *part)
{
	return part->offset + part->block.start;
}

bool
psp_part_ends_in_quotes(const struct psp_part *part)
{
	const struct psp_block *block = &part->block;

	return block->start > part->own_size
	       && is_odd(part, part->own_size, block->start - part->own_size);
}
