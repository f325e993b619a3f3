/* Cutting a block into records; see the header for the picture. */
#include <config.h>

#include "libprospect/stream/frame.h"

#include <stdlib.h>

#include "libprospect/stream/admit.h"

enum { PADDING = 64 };

bool
psp_frame_init(struct psp_frame *frame, const struct psp_frame_rules *rules,
    const struct psp_dialect *dialect, const char *name, struct psp_error *err)
{
	struct psp_judge_rules judge_rules;

	memset(frame, 0, sizeof(*frame));
	frame->rules = *rules;
	frame->scanner.separator = dialect->separator;
	frame->scanner.has_quote = dialect->quote != PSP_QUOTE_NONE;
	frame->scanner.quote =
	    frame->scanner.has_quote ? (unsigned char)dialect->quote : 0;
	frame->scanner.newline = dialect->newline;
	frame->scanner.has_cr =
	    frame->scanner.has_quote && dialect->newline == '\n';
	frame->batch.file = name;
	frame->batch.dialect = dialect;
	frame->batch.first_line = 1;
	frame->state = psp_scan_start();
	psp_arena_init(&frame->arena);
	psp_buffer_init(&frame->converted);
	psp_buffer_init(&frame->adjusted);
	judge_rules.scanner = frame->scanner;
	judge_rules.max_record = rules->max_record;
	judge_rules.n_fields = 0;
	frame->judge = psp_judge_new(&judge_rules, err);
	return frame->judge != NULL;
}

void
psp_frame_clear(struct psp_frame *frame)
{
	free(frame->bytes);
	free(frame->separators);
	free(frame->batch.spans);
	free(frame->batch.faults);
	psp_arena_clear(&frame->arena);
	psp_buffer_clear(&frame->converted);
	psp_buffer_clear(&frame->adjusted);
	psp_judge_free(frame->judge);
	memset(frame, 0, sizeof(*frame));
}

void
psp_frame_set_fields(struct psp_frame *frame, size_t n_fields)
{
	frame->n_fields = n_fields;
	frame->batch.n_fields = n_fields;
	psp_judge_set_fields(frame->judge, frame->rules.repair ? n_fields : 0);
}

char *
psp_frame_room(struct psp_frame *frame, size_t size, struct psp_error *err)
{
	size_t capacity = frame->capacity, n_words = frame->n_words;
	char *bytes;
	uint64_t *separators;

	if (size > SIZE_MAX - PADDING - frame->size) {
		psp_error_memory(err);
		return NULL;
	}
	bytes = psp_array_reserve(
	    frame->bytes, &capacity, frame->size + size + PADDING, 1, err);
	if (bytes == NULL)
		return NULL;
	frame->bytes = bytes;
	frame->batch.bytes = bytes;
	frame->capacity = capacity;
	separators = psp_array_reserve(frame->separators, &n_words,
	    capacity / 64 + 1, sizeof(*separators), err);
	if (separators == NULL)
		return NULL;
	if (n_words > frame->n_words)
		memset(separators + frame->n_words, 0,
		    (n_words - frame->n_words) * sizeof(*separators));
	frame->separators = separators;
	frame->batch.separators = separators;
	frame->n_words = n_words;
	return bytes + frame->size;
}

void
psp_frame_added(struct psp_frame *frame, size_t size)
{
	if (!frame->batch.has_nul && size > 0)
		frame->batch.has_nul =
		    memchr(frame->bytes + frame->size, '\0', size) != NULL;
	frame->size += size;
	memset(frame->bytes + frame->size, 0, PADDING);
}

void
psp_frame_next(struct psp_frame *frame)
{
	size_t rest = frame->size - frame->start;
	struct psp_batch *batch = &frame->batch;

	if (rest > 0 && frame->start > 0)
		memmove(frame->bytes, frame->bytes + frame->start, rest);
	frame->size = rest;
	batch->first_line += frame->start_lines;
	batch->first_record += batch->n_spans;
	batch->n_spans = 0;
	batch->n_faults = 0;
	batch->n_blank_lines = 0;
	batch->n_converted = 0;
	batch->n_lines = 0;
	batch->longest = 0;
	batch->has_nul = false;
	psp_arena_reset(&frame->arena);
	frame->start = 0;
	frame->start_lines = 0;
	frame->scanned = 0;
	frame->skip = 0;
	frame->scanned_lines = 0;
	frame->state = psp_scan_start();
	if (frame->bytes != NULL)
		memset(frame->bytes + rest, 0, PADDING);
}

void
psp_frame_begin_record(struct psp_frame *frame, size_t at, size_t n_lines)
{
	frame->start = at;
	frame->start_lines = n_lines;
	frame->batch.n_lines = n_lines;
}

void
psp_frame_scan_again(struct psp_frame *frame)
{
	frame->scanned = frame->start / 64 * 64;
	frame->skip = (unsigned)(frame->start % 64);
	frame->scanned_lines = frame->start_lines;
	frame->state = psp_scan_start();
}

static bool
is_full(const struct psp_frame *frame, size_t max_records)
{
	return frame->batch.n_spans + frame->batch.n_faults >= max_records;
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
take_window(struct psp_frame *frame, const struct psp_scan_window *window,
    bool is_last, size_t max_records, struct psp_error *err)
{
	size_t n_lines = frame->scanned_lines;

	for (size_t w = 0; w < window->n_words; w++) {
		size_t at = frame->scanned + w * 64;
		uint64_t before = frame->start > at
		                      ? frame->start - at < 64
		                            ? psp_bits_below(frame->start - at)
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
			    frame->start > frame->scanned
				? (frame->start - frame->scanned) / 64
				: 0;
			bool has_high = frame->start < frame->scanned
			                || (window->high >> first) != 0;
			size_t lines =
			    n_lines
			    + psp_count_bits(
				window->all_newlines[w]
				& (psp_bits_below(bit) | (uint64_t)1 << bit));

			if (is_full(frame, max_records))
				return WINDOW_WAIT;
			if (end + 1 - frame->start > frame->rules.max_record) {
				irregular |= (uint64_t)1 << bit;
				break;
			}
			if (!psp_admit_regular(frame, end, has_high, err))
				return WINDOW_FAILED;
			psp_frame_begin_record(frame, end + 1, lines);
		}
		if (irregular != 0) {
			bool wants_more;

			if (is_full(frame, max_records))
				return WINDOW_WAIT;
			if (!psp_admit_irregular(
				frame, is_last, &wants_more, err))
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
    struct psp_frame *frame, const struct psp_scan_window *window, size_t size)
{
	size_t n_whole = size / 64;

	for (size_t w = 0; w < n_whole; w++)
		frame->scanned_lines += psp_count_bits(window->all_newlines[w]);
	frame->scanned += n_whole * 64;
	if (n_whole > 0)
		frame->skip = 0;
}

/* What remains when all bytes are scanned and none will follow. */
static bool
take_rest(struct psp_frame *frame, bool in_quotes, struct psp_error *err)
{
	bool wants_more;

	if (frame->start == frame->size)
		return true;
	if (in_quotes)
		return psp_admit_irregular(frame, true, &wants_more, err);
	if (!psp_admit_regular(frame, frame->size, true, err))
		return false;
	psp_frame_begin_record(frame, frame->size, frame->start_lines);
	psp_frame_scan_again(frame);
	return true;
}

bool
psp_frame_run(struct psp_frame *frame, bool is_last, size_t max_records,
    struct psp_error *err)
{
	struct psp_scan_window window;

	if (frame->is_discarding && (frame->start < frame->size || is_last)
	    && !psp_admit_rest_of_line(frame, is_last, err))
		return false;
	while (!is_full(frame, max_records) && !frame->is_discarding) {
		size_t size = frame->size - frame->scanned;
		struct psp_scan_state state = frame->state;
		bool wants_more, is_behind;

		if (size > PSP_SCAN_SIZE)
			size = PSP_SCAN_SIZE;
		psp_scan(&frame->scanner, frame->bytes + frame->scanned, size,
		    frame->skip, &state,
		    frame->separators + frame->scanned / 64, &window);
		switch (
		    take_window(frame, &window, is_last, max_records, err)) {
		case WINDOW_FAILED:
			return false;
		case WINDOW_WAIT:
			return true;
		case WINDOW_AGAIN:
			continue;
		case WINDOW_READ:
			break;
		}
		frame->state = state;
		is_behind = frame->scanned + size < frame->size;
		pass_window(frame, &window, size);
		if (is_behind)
			continue;
		if (frame->size - frame->start > frame->rules.max_record) {
			if (!psp_admit_irregular(
				frame, is_last, &wants_more, err))
				return false;
			if (wants_more)
				return true;
			continue;
		}
		if (!is_last || frame->start == frame->size
		    || is_full(frame, max_records))
			return true;
		if (!take_rest(frame, window.ends_in_quotes, err))
			return false;
	}
	return true;
}
