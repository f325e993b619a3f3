/*
 * What becomes of one record of a block: a span, a copy made regular, or a
 * fault; see the headers of block and admit.
 */
#include <config.h>

#include "libprospect/stream/admit.h"

#include "libprospect/base/text.h"

enum { MAX_JUDGED_AT_ONCE = 64 * 1024 };

static bool
add_span(struct psp_block *block, const char *bytes, size_t size,
    const uint32_t *ends, struct psp_error *err)
{
	if (!psp_block_reserve_spans(block, 1, err))
		return false;
	psp_block_put_span(block, bytes, size, ends);
	return true;
}

/* Adds a fault of the record at `start`, whose bytes end before `end`. */
static struct psp_fault *
add_fault(struct psp_block *block, enum psp_fault_kind kind, size_t end,
    struct psp_error *err)
{
	struct psp_batch *batch = &block->batch;
	struct psp_fault *fault = psp_array_reserve(batch->faults,
	    &block->faults_capacity, batch->n_faults + 1, sizeof(*fault), err);

	if (fault == NULL)
		return NULL;
	batch->faults = fault;
	fault += batch->n_faults++;
	memset(fault, 0, sizeof(*fault));
	fault->kind = kind;
	fault->bytes =
	    psp_slice(block->bytes + block->start, end - block->start);
	fault->n_lines = block->start_lines;
	fault->span_index = batch->n_spans;
	fault->n_blank_lines = batch->n_blank_lines;
	fault->n_converted = batch->n_converted;
	return fault;
}

/* Offset of the record's end without the CR of CRLF. */
static size_t
trim_cr(const struct psp_block *block, size_t start, size_t end)
{
	return block->scanner.newline == '\n' && end > start
	               && block->bytes[end - 1] == '\r'
	           ? end - 1
	           : end;
}

/* Line ends in the `size` bytes at `bytes`. */
static size_t
count_lines(const struct psp_block *block, const char *bytes, size_t size)
{
	const char *end = bytes + size;
	size_t n = 0;

	while (bytes < end) {
		bytes = memchr(
		    bytes, block->scanner.newline, (size_t)(end - bytes));
		if (bytes == NULL)
			break;
		bytes++;
		n++;
	}
	return n;
}

static bool
is_blank(struct psp_slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		if (bytes.bytes[i] != ' ' && bytes.bytes[i] != '\t')
			return false;
	return true;
}

/* Room for the ends of a record kept out of line. NULL with PSP_ENOMEM. */
static uint32_t *
reserve_ends(struct psp_block *block, size_t n, struct psp_error *err)
{
	block->kept_size += n * sizeof(uint32_t);
	return psp_arena_array(&block->arena, n, sizeof(uint32_t), err);
}

/* Keeps the text of a record out of line, the ends of its fields with it. */
static bool
add_copy(struct psp_block *block, struct psp_slice text, const uint32_t *ends,
    struct psp_error *err)
{
	char *bytes = psp_arena_copy(&block->arena, text, err);

	block->kept_size += text.size;
	return bytes != NULL && add_span(block, bytes, text.size, ends, err);
}

/* Whether field `number`, from 2, is empty, in quotes or not. */
static bool
is_empty_field(const struct psp_block *block, const struct psp_judgement *found,
    size_t number)
{
	size_t start = found->ends[number - 2] + 1;
	size_t size = found->ends[number - 1] - start;
	const char *bytes = found->text.bytes + start;

	return size == 0
	       || (size == 2 && block->scanner.has_quote
		   && (unsigned char)bytes[0] == block->scanner.quote
		   && bytes[1] == bytes[0]);
}

/*
 * --ragged: a short record is filled, empty cells past the last column are
 * dropped. `*is_kept` tells whether that made it a record.
 */
static bool
add_ragged(struct psp_block *block, const struct psp_judgement *found,
    bool *is_kept, struct psp_error *err)
{
	struct psp_buffer *adjusted = &block->adjusted;
	size_t n = found->n_fields;
	struct psp_slice text = found->text;
	uint32_t *ends;

	while (n > block->n_fields && n > 1 && is_empty_field(block, found, n))
		n--;
	*is_kept = n <= block->n_fields;
	if (!*is_kept)
		return true;
	text.size = n > 0 ? found->ends[n - 1] : 0;
	adjusted->size = 0;
	if (!psp_buffer_slice(adjusted, text, err))
		return false;
	ends = reserve_ends(block, block->n_fields, err);
	if (ends == NULL)
		return false;
	if (n > 0)
		memcpy(ends, found->ends, n * sizeof(*ends));
	for (; n < block->n_fields; n++) {
		if (n > 0
		    && !psp_buffer_put(
			adjusted, (char)block->scanner.separator, err))
			return false;
		ends[n] = (uint32_t)adjusted->size;
	}
	return add_copy(block, psp_buffer_content(adjusted), ends, err);
}

static bool
add_wrong_fields(
    struct psp_block *block, size_t end, size_t n_fields, struct psp_error *err)
{
	struct psp_fault *fault = add_fault(block, PSP_FAULT_FIELDS, end, err);

	if (fault == NULL)
		return false;
	fault->n_fields = n_fields;
	fault->n_expected = block->n_fields;
	return true;
}

/*
 * Keeps a record that the judge accepted, of `judged` (its own bytes or those
 * converted); its own bytes end before `end`.
 */
static bool
add_judged(struct psp_block *block, const char *judged,
    const struct psp_judgement *found, size_t end, struct psp_error *err)
{
	uint32_t *ends;

	if (block->n_fields != 0 && found->n_fields != block->n_fields) {
		bool is_kept = false;

		if (block->rules.ragged
		    && !add_ragged(block, found, &is_kept, err))
			return false;
		return is_kept
		       || add_wrong_fields(block, end, found->n_fields, err);
	}
	if (found->verdict == PSP_VERDICT_REPAIRED) {
		struct psp_fault *fault = add_fault(block,
		    found->fault == PSP_VERDICT_UNCLOSED ? PSP_FAULT_UNCLOSED
							 : PSP_FAULT_JUNK,
		    end, err);

		if (fault == NULL)
			return false;
		fault->is_repair = true;
		fault->field_number = found->field_number;
		fault->n_quote_lines =
		    block->start_lines
		    + count_lines(block, judged, found->quote_at);
	}
	ends = reserve_ends(block, found->n_fields, err);
	if (ends == NULL)
		return false;
	memcpy(ends, found->ends, found->n_fields * sizeof(*ends));
	return add_copy(block, found->text, ends, err);
}

static enum psp_fault_kind
fault_of(enum psp_verdict verdict)
{
	switch (verdict) {
	case PSP_VERDICT_JUNK:
		return PSP_FAULT_JUNK;
	case PSP_VERDICT_UNCLOSED:
		return PSP_FAULT_UNCLOSED;
	default:
		return PSP_FAULT_OVER_LIMIT;
	}
}

/* A record that is no UTF-8: Windows-1252 in mixed mode, else undecodable. */
static bool
add_undecoded(struct psp_block *block, size_t end, struct psp_error *err)
{
	struct psp_slice raw =
	    psp_slice(block->bytes + block->start, end - block->start);
	struct psp_decoder decoder;
	struct psp_judgement found;

	if (!block->rules.is_mixed)
		return add_fault(block, PSP_FAULT_UNDECODABLE, end, err)
		       != NULL;
	block->converted.size = 0;
	psp_decoder_init(&decoder, PSP_ENCODING_WINDOWS_1252);
	if (!psp_decoder_run(&decoder, raw, true, &block->converted, err))
		return false;
	if (!psp_utf8_valid(psp_buffer_content(&block->converted)))
		return add_fault(block, PSP_FAULT_UNDECODABLE, end, err)
		       != NULL;
	/* With its line end, or an open quote could not be repaired. */
	if (end < block->size
	    && !psp_buffer_put(
		&block->converted, (char)block->scanner.newline, err))
		return false;
	if (block->converted.size > block->rules.max_record)
		return add_fault(block, PSP_FAULT_OVER_LIMIT, end, err) != NULL;
	if (!psp_judge_record(block->judge,
		psp_buffer_content(&block->converted), true, &found, err))
		return false;
	if (found.verdict != PSP_VERDICT_RECORD
	    && found.verdict != PSP_VERDICT_REPAIRED)
		return add_fault(block, fault_of(found.verdict), end, err)
		       != NULL;
	if (!add_judged(block, block->converted.bytes, &found, end, err))
		return false;
	block->batch.n_converted++;
	return true;
}

/* Number of fields of the regular record from `start` to before `end`. */
static size_t
count_fields(const struct psp_block *block, size_t end)
{
	const uint64_t *words = block->separators;
	size_t w = block->start / 64, last = end / 64, n = 1;
	uint64_t bits = words[w] & ~psp_bits_below(block->start % 64);

	while (w < last) {
		n += psp_count_bits(bits);
		bits = words[++w];
	}
	return n + psp_count_bits(bits & psp_bits_below(end % 64));
}

/* A regular record whose number of fields is wrong, or to be made right. */
static bool
add_uneven(
    struct psp_block *block, size_t end, size_t n_fields, struct psp_error *err)
{
	struct psp_slice bytes =
	    psp_slice(block->bytes + block->start, end - block->start);
	struct psp_judgement found;

	if (is_blank(bytes)) {
		block->batch.n_blank_lines++;
		return true;
	}
	if (!block->rules.ragged)
		return add_wrong_fields(block, end, n_fields, err);
	if (!psp_judge_record(block->judge, bytes, true, &found, err))
		return false;
	return add_judged(block, bytes.bytes, &found, end, err);
}

/* Whether the record before `end` is the header after a byte order mark. */
static bool
is_header_again(const struct psp_block *block, size_t end)
{
	static const char mark[] = { '\xEF', '\xBB', '\xBF' };
	const char *bytes = block->bytes + block->start;
	size_t size = end - block->start;

	return block->header.size > 0
	       && size == block->header.size + sizeof(mark)
	       && memcmp(bytes, mark, sizeof(mark)) == 0
	       && memcmp(bytes + sizeof(mark), block->header.bytes,
		      block->header.size)
	              == 0;
}

/* Notes the first record that is the header again; it is a record all the
 * same. One column may well hold its own name. */
static void
see_header_again(struct psp_block *block, const char *bytes, size_t size)
{
	struct psp_batch *batch = &block->batch;

	if (size != block->header.size || block->n_fields < 2
	    || batch->has_header
	    || memcmp(bytes, block->header.bytes, size) != 0)
		return;
	batch->has_header = true;
	batch->header_at = block->start_lines;
}

bool
psp_admit_regular(struct psp_block *block, size_t end, bool is_doubtful,
    struct psp_error *err)
{
	size_t trimmed = trim_cr(block, block->start, end);
	size_t size = trimmed - block->start;
	const char *bytes = block->bytes + block->start;
	size_t n_fields;

	if (size == 0 && block->n_fields != 1) {
		block->batch.n_blank_lines++;
		return true;
	}
	if (is_doubtful && !psp_utf8_valid(psp_slice(bytes, size)))
		return add_undecoded(block, trimmed, err);
	if (is_header_again(block, trimmed))
		return add_fault(block, PSP_FAULT_HEADER, trimmed, err) != NULL;
	n_fields = count_fields(block, trimmed);
	if (block->n_fields != 0 && n_fields != block->n_fields)
		return add_uneven(block, trimmed, n_fields, err);
	see_header_again(block, bytes, size);
	return add_span(block, bytes, size, NULL, err);
}

/*
 * Where the bytes of a line end that was read up to `end`: before its line end
 * or, when it goes on, before a CR that may be a part of one.
 */
static size_t
line_end(const struct psp_block *block, size_t end, bool goes_on, bool is_last)
{
	if (goes_on && is_last)
		return end;
	return trim_cr(block, block->start, goes_on ? end : end - 1);
}

/* The record's first line is rejected; it may go on past the bytes there. */
static bool
reject_line(struct psp_block *block, const struct psp_judgement *found,
    bool is_last, struct psp_error *err)
{
	size_t end = line_end(block, block->start + found->consumed,
	    found->line_goes_on, is_last);
	struct psp_fault *fault =
	    add_fault(block, fault_of(found->verdict), end, err);

	if (fault == NULL)
		return false;
	fault->goes_on = found->line_goes_on && !is_last;
	fault->field_number = found->field_number;
	fault->n_quote_lines =
	    block->start_lines
	    + count_lines(block, block->bytes + block->start, found->quote_at);
	block->is_discarding = fault->goes_on;
	return true;
}

bool
psp_admit_irregular(struct psp_block *block, bool is_last, bool *wants_more,
    struct psp_error *err)
{
	struct psp_slice rest =
	    psp_slice(block->bytes + block->start, block->size - block->start);
	struct psp_judgement found;
	size_t end, n_lines;
	bool is_done;

	*wants_more = !is_last && rest.size < block->wanted_size
	              && rest.size <= block->rules.max_record;
	if (*wants_more)
		return true;
	if (!psp_judge_record(block->judge, rest, is_last, &found, err))
		return false;
	if (found.verdict == PSP_VERDICT_MORE) {
		/* A long one is not judged at every read: that adds up. */
		if (rest.size > MAX_JUDGED_AT_ONCE)
			block->wanted_size = 2 * rest.size;
		*wants_more = true;
		return true;
	}
	end = block->start + found.consumed;
	psp_block_see_nul(block, block->start, end, block->start_lines);
	n_lines = count_lines(block, rest.bytes, found.consumed);
	if (found.verdict == PSP_VERDICT_RECORD
	    || found.verdict == PSP_VERDICT_REPAIRED) {
		size_t without = end;

		if (found.consumed > 0
		    && (unsigned char)block->bytes[end - 1]
			   == block->scanner.newline)
			without--;
		without = trim_cr(block, block->start, without);
		if (!psp_utf8_valid(
			psp_slice(rest.bytes, without - block->start)))
			is_done = add_undecoded(block, without, err);
		else if (is_header_again(block, without))
			is_done =
			    add_fault(block, PSP_FAULT_HEADER, without, err)
			    != NULL;
		else
			is_done =
			    add_judged(block, rest.bytes, &found, without, err);
	} else {
		is_done = reject_line(block, &found, is_last, err);
		if (found.line_goes_on)
			end = line_end(block, end, true, is_last);
	}
	if (!is_done)
		return false;
	psp_block_begin_record(block, end, block->start_lines + n_lines);
	psp_block_scan_again(block);
	return true;
}

bool
psp_admit_rest_of_line(
    struct psp_block *block, bool is_last, struct psp_error *err)
{
	const char *rest = block->bytes + block->start;
	size_t size = block->size - block->start;
	const char *newline =
	    size > 0 ? memchr(rest, block->scanner.newline, size) : NULL;
	size_t read = newline != NULL
	                  ? block->start + (size_t)(newline - rest) + 1
	                  : block->size;
	size_t end = line_end(block, read, newline == NULL, is_last);
	struct psp_fault *fault;

	if (newline == NULL && !is_last && end == block->start)
		return true;
	psp_block_see_nul(block, block->start, end, block->start_lines);
	fault = add_fault(block, PSP_FAULT_CONTINUED, end, err);
	if (fault == NULL)
		return false;
	fault->goes_on = newline == NULL && !is_last;
	block->is_discarding = fault->goes_on;
	psp_block_begin_record(block, newline != NULL ? read : end,
	    block->start_lines + (newline != NULL));
	psp_block_scan_again(block);
	return true;
}
