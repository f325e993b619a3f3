/* Cutting a block into records by what the scanner found. */
#include <config.h>

#include "libprospect/stream/frame.h"

#include "libprospect/stream/admit.h"

/* Whether the batch is to end before the record being read. */
static bool
is_full(const struct psp_block *block, size_t max_records)
{
	return block->batch.n_spans + block->batch.n_faults >= max_records
	       || block->start > block->stop
	       || block->kept_size >= block->max_kept;
}

/* Where a window ended. */
enum window_end {
	WINDOW_READ,  /* go on behind it */
	WINDOW_AGAIN, /* the scan was set back: a record was judged */
	WINDOW_WAIT,  /* more bytes are needed, or enough records are there */
	WINDOW_FAILED
};

/* The doubtful words of the window from that of offset `from` on. */
static uint64_t
doubtful_from(const struct psp_block *block, size_t from)
{
	uint64_t doubtful = block->found.doubtful;

	if (from >= block->scanned + PSP_SCAN_SIZE)
		return 0;
	if (from > block->scanned)
		doubtful &= ~psp_bits_below((from - block->scanned) / 64);
	return doubtful;
}

/* Whether the record that ends at `at` of the window is perhaps no UTF-8. */
static bool
is_doubtful(const struct psp_block *block, size_t at)
{
	uint64_t last = (uint64_t)1 << at / 64;

	if (block->start < block->scanned && block->is_doubtful)
		return true;
	return (doubtful_from(block, block->start) & (last | (last - 1))) != 0;
}

/*
 * Takes the record that ends at `at` of the window and has `n_fields`. One as
 * most are becomes a span here; what else there may be is seen to elsewhere.
 */
static inline bool
take_record(
    struct psp_block *block, size_t at, size_t n_fields, struct psp_error *err)
{
	size_t start = block->start, end = block->scanned + at;
	size_t size = end - start;

	if (PSP_UNLIKELY((block->found.doubtful != 0 || block->is_doubtful)
			 && is_doubtful(block, at)))
		return psp_admit_regular(block, end, true, err);
	if (size > 0 && block->bytes[end - 1] == '\r'
	    && block->scanner.newline == '\n')
		size--;
	/* Of the header's size, it may be the header again, with its mark. */
	if (PSP_UNLIKELY(
		n_fields != block->n_fields || size - block->header.size <= 3))
		return psp_admit_regular(block, end, false, err);
	psp_block_put_span(block, block->bytes + start, size, NULL);
	return true;
}

/* Gives the record being read to the judge. */
static enum window_end
judge(struct psp_block *block, bool is_last, size_t max_records,
    struct psp_error *err)
{
	bool wants_more = true;

	if (!is_full(block, max_records)
	    && !psp_admit_irregular(block, is_last, &wants_more, err))
		return WINDOW_FAILED;
	if (!wants_more)
		return WINDOW_AGAIN;
	psp_block_anchor(block);
	return WINDOW_WAIT;
}

/*
 * Whether nothing ends the batch within the window, no record in it is too long
 * or perhaps no UTF-8, and a line end stands before the first of them.
 */
static bool
is_ordinary(const struct psp_block *block, size_t max_records)
{
	const struct psp_scan_window *found = &block->found;
	const struct psp_batch *batch = &block->batch;
	size_t first = block->scanned + found->ends[0].at;
	size_t last = block->scanned + found->ends[found->n_ends - 1].at;

	return block->scanner.newline == '\n' && block->start > 0
	       && found->doubtful == 0 && !block->is_doubtful
	       && max_records - batch->n_spans - batch->n_faults
	              >= found->n_ends
	       && last <= block->stop && block->kept_size < block->max_kept
	       && first - block->start < block->rules.max_record
	       && block->rules.max_record > PSP_SCAN_SIZE;
}

/*
 * Makes spans of the records of an ordinary window from the first on, and
 * returns how many: up to the first that is not like most. It does what
 * take_record and psp_block_begin_record do, with all they need at hand.
 */
static size_t
take_ordinary(struct psp_block *block)
{
	const struct psp_scan_end *ends = block->found.ends;
	const size_t n = block->found.n_ends, scanned = block->scanned;
	const size_t lines = block->scanned_lines, n_fields = block->n_fields;
	const size_t header_size = block->header.size;
	const char *bytes = block->bytes;
	const uint32_t n_blank_lines = (uint32_t)block->batch.n_blank_lines;
	const uint32_t n_converted = (uint32_t)block->batch.n_converted;
	struct psp_batch *batch = &block->batch;
	struct psp_span *spans = batch->spans + batch->n_spans;
	size_t start = block->start, start_lines = block->start_lines;
	size_t rank = block->start_rank, longest = batch->longest, i;

	for (i = 0; i < n; i++) {
		size_t size = scanned + ends[i].at - start;
		size_t n_lines = lines + ends[i].n_lines;

		/* Of an empty record it is what stands before. */
		size -= bytes[start + size - 1] == '\r';
		if (PSP_UNLIKELY(ends[i].n_separators - rank + 1 != n_fields
				 || size - header_size <= 3
				 || n_lines - start_lines > PSP_MANY_LINES))
			break;
		spans[i].bytes = bytes + start;
		spans[i].size = (uint32_t)size;
		spans[i].n_lines = (uint32_t)start_lines;
		spans[i].ends = NULL;
		spans[i].n_blank_lines = n_blank_lines;
		spans[i].n_converted = n_converted;
		longest = size > longest ? size : longest;
		start = scanned + ends[i].at + 1;
		start_lines = n_lines;
		rank = ends[i].n_separators + (size_t)1;
	}
	if (i == 0)
		return 0;
	batch->n_spans += i;
	batch->longest = longest;
	block->start = start;
	block->start_lines = start_lines;
	block->start_rank = rank;
	block->wanted_size = 0;
	batch->n_lines = start_lines;
	return i;
}

/* Takes the records that end in the window scanned. */
static enum window_end
take_window(struct psp_block *block, bool is_last, size_t max_records,
    struct psp_error *err)
{
	const struct psp_scan_window *found = &block->found;
	size_t n_taken = 0;

	if (!psp_block_reserve_spans(block, found->n_ends, err))
		return WINDOW_FAILED;
	if (found->n_ends > 0 && is_ordinary(block, max_records))
		n_taken = take_ordinary(block);
	for (size_t i = n_taken; i < found->n_ends; i++) {
		const struct psp_scan_end *end = &found->ends[i];
		size_t next = block->scanned + end->at + 1;

		if (PSP_UNLIKELY(is_full(block, max_records))) {
			psp_block_anchor(block);
			return WINDOW_WAIT;
		}
		if (PSP_UNLIKELY(next - block->start > block->rules.max_record))
			return judge(block, is_last, max_records, err);
		if (!take_record(block, end->at,
			end->n_separators - block->start_rank + 1, err))
			return WINDOW_FAILED;
		psp_block_begin_record(
		    block, next, block->scanned_lines + end->n_lines);
		block->start_rank = end->n_separators + (size_t)1;
	}
	if (found->irregular != SIZE_MAX)
		return judge(block, is_last, max_records, err);
	return WINDOW_READ;
}

/* Moves the scan behind the whole words of the window, of `size` bytes. */
static void
pass_window(struct psp_block *block, size_t size)
{
	size_t passed = size / 64 * 64;
	uint64_t doubtful;

	if (block->start >= block->scanned + passed) {
		psp_block_anchor(block);
		return;
	}
	doubtful = doubtful_from(block, block->start);
	if (passed < PSP_SCAN_SIZE)
		doubtful &= psp_bits_below(passed / 64);
	if (block->start > block->scanned)
		block->is_doubtful = false;
	block->is_doubtful = block->is_doubtful || doubtful != 0;
	block->scanned_lines += block->found.n_lines;
	block->start_rank -= block->found.n_separators;
	block->scanned += passed;
	if (passed > 0)
		block->skip = 0;
}

/* What remains when all bytes are scanned and none will follow. */
static bool
take_rest(struct psp_block *block, bool in_quotes, struct psp_error *err)
{
	bool wants_more;

	if (block->start == block->size)
		return true;
	if (in_quotes)
		return psp_admit_irregular(block, true, &wants_more, err);
	if (!psp_admit_regular(block, block->size, true, err))
		return false;
	psp_block_begin_record(block, block->size, block->start_lines);
	psp_block_scan_again(block);
	return true;
}

/* Scans the next `size` bytes; what is found lies in the block. */
static void
scan_window(struct psp_block *block, size_t size, struct psp_scan_state *state)
{
	size_t at = block->scanned;

	block->scan->scan(&block->scanner, block->bytes + at, size, block->skip,
	    at > 0, state, block->separators + at / 64, &block->found);
	if (block->found.has_nul)
		psp_block_see_nul(
		    block, at + block->skip, at + size, block->scanned_lines);
}

/* Cuts the bytes into records until they or `max_records` are reached. */
static bool
run(struct psp_block *block, bool is_last, size_t max_records,
    struct psp_error *err)
{
	while (!is_full(block, max_records) && !block->is_discarding) {
		size_t size = block->size - block->scanned;
		struct psp_scan_state state = block->state;
		bool is_behind;

		if (size > block->window)
			size = block->window;
		scan_window(block, size, &state);
		switch (take_window(block, is_last, max_records, err)) {
		case WINDOW_FAILED:
			return false;
		case WINDOW_WAIT:
			return true;
		case WINDOW_AGAIN:
			continue;
		case WINDOW_READ:
			break;
		}
		block->state = state;
		is_behind = block->scanned + size < block->size;
		pass_window(block, size);
		if (block->window < PSP_SCAN_SIZE)
			block->window *= 2;
		if (is_behind)
			continue;
		if (block->size - block->start > block->rules.max_record) {
			switch (judge(block, is_last, max_records, err)) {
			case WINDOW_FAILED:
				return false;
			case WINDOW_WAIT:
				return true;
			default:
				continue;
			}
		}
		if (!is_last || block->start == block->size
		    || is_full(block, max_records))
			return true;
		if (!take_rest(block, block->found.ends_in_quotes, err))
			return false;
	}
	return true;
}

bool
psp_frame_run(struct psp_block *block, bool is_last, size_t max_records,
    struct psp_error *err)
{
	if (block->is_discarding && (block->start < block->size || is_last)
	    && !psp_admit_rest_of_line(block, is_last, err))
		return false;
	if (!run(block, is_last, max_records, err))
		return false;
	block->batch.has_nul = block->nul_at < block->start;
	block->batch.nul_at = block->n_nul_lines;
	return true;
}
