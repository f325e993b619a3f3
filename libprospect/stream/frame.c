/* Cutting a block into records by the masks of the scanner. */
#include <config.h>

#include "libprospect/stream/frame.h"

#include "libprospect/stream/admit.h"

/* What --ragged fills may be far longer than the bytes it comes from. */
enum { MAX_KEPT_SIZE = 4 << 20 };

static bool
is_full(const struct psp_block *block, size_t max_records)
{
	return block->batch.n_spans + block->batch.n_faults >= max_records
	       || block->kept_size >= MAX_KEPT_SIZE;
}

/* How a window ended. */
enum window_end {
	WINDOW_READ,  /* go on behind it */
	WINDOW_AGAIN, /* the scan was set back: a record was judged */
	WINDOW_WAIT,  /* more bytes are needed, or enough records are there */
	WINDOW_FAILED
};

/* Takes the records that end in a scanned window. */
static enum window_end
take_window(struct psp_block *block, const struct psp_scan_window *window,
    bool is_last, size_t max_records, struct psp_error *err)
{
	size_t n_lines = block->scanned_lines;

	for (size_t w = 0; w < window->n_words; w++) {
		size_t at = block->scanned + w * 64;
		uint64_t before = block->start > at
		                      ? block->start - at < 64
		                            ? psp_bits_below(block->start - at)
		                            : ~UINT64_C(0)
		                      : 0;
		uint64_t irregular = window->irregular[w] & ~before;
		uint64_t trusted =
		    irregular != 0 ? psp_bits_below(psp_lowest_bit(irregular))
				   : ~UINT64_C(0);
		uint64_t newlines = window->newlines[w] & ~before & trusted;

		for (; newlines != 0; newlines &= newlines - 1) {
			size_t bit = psp_lowest_bit(newlines);
			size_t end = at + bit;
			size_t first =
			    block->start > block->scanned
				? (block->start - block->scanned) / 64
				: 0;
			uint64_t words = psp_bits_below(w) | (uint64_t)1 << w;
			bool has_high = block->start < block->scanned
			                || (window->high & words) >> first != 0;
			size_t lines =
			    n_lines
			    + psp_count_bits(
				window->all_newlines[w]
				& (psp_bits_below(bit) | (uint64_t)1 << bit));

			if (is_full(block, max_records))
				return WINDOW_WAIT;
			if (end + 1 - block->start > block->rules.max_record) {
				irregular |= (uint64_t)1 << bit;
				break;
			}
			if (!psp_admit_regular(block, end, has_high, err))
				return WINDOW_FAILED;
			psp_block_begin_record(block, end + 1, lines);
		}
		if (irregular != 0) {
			bool wants_more;

			if (is_full(block, max_records))
				return WINDOW_WAIT;
			if (!psp_admit_irregular(
				block, is_last, &wants_more, err))
				return WINDOW_FAILED;
			return wants_more ? WINDOW_WAIT : WINDOW_AGAIN;
		}
		n_lines += psp_count_bits(window->all_newlines[w]);
	}
	return WINDOW_READ;
}

/* Moves the scan behind the whole words of the window. */
static void
pass_window(
    struct psp_block *block, const struct psp_scan_window *window, size_t size)
{
	size_t n_whole = size / 64;

	for (size_t w = 0; w < n_whole; w++)
		block->scanned_lines += psp_count_bits(window->all_newlines[w]);
	block->scanned += n_whole * 64;
	if (n_whole > 0)
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

bool
psp_frame_run(struct psp_block *block, bool is_last, size_t max_records,
    struct psp_error *err)
{
	struct psp_scan_window window;

	if (block->is_discarding && (block->start < block->size || is_last)
	    && !psp_admit_rest_of_line(block, is_last, err))
		return false;
	while (!is_full(block, max_records) && !block->is_discarding) {
		size_t size = block->size - block->scanned;
		struct psp_scan_state state = block->state;
		bool wants_more, is_behind;

		if (size > block->window)
			size = block->window;
		psp_scan(&block->scanner, block->bytes + block->scanned, size,
		    block->skip, &state,
		    block->separators + block->scanned / 64, &window);
		switch (
		    take_window(block, &window, is_last, max_records, err)) {
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
		pass_window(block, &window, size);
		if (block->window < PSP_SCAN_SIZE)
			block->window *= 2;
		if (is_behind)
			continue;
		if (block->size - block->start > block->rules.max_record) {
			if (!psp_admit_irregular(
				block, is_last, &wants_more, err))
				return false;
			if (wants_more)
				return true;
			continue;
		}
		if (!is_last || block->start == block->size
		    || is_full(block, max_records))
			return true;
		if (!take_rest(block, window.ends_in_quotes, err))
			return false;
	}
	return true;
}
