/* Memory of a block, and where its reading stands; see the header. */
#include <config.h>

#include "libprospect/stream/block.h"

#include <stdlib.h>

/* What --ragged fills may be far longer than the bytes it comes from. */
enum { MAX_KEPT_SIZE = 4 << 20 };

/* Irregular records come in herds: behind one, little is scanned in vain. */
enum {
	PADDING = 64,
	PAGE_SIZE = 4096,
	MIN_CAPACITY = 2 * PAGE_SIZE,
	WINDOW_BEHIND_IRREGULAR = 128
};

/* Sets all to zeros but the record ends last found, which are pages that small
 * files never need. */
static void
forget(struct psp_block *block)
{
	memset(block, 0, offsetof(struct psp_block, found.ends));
}

bool
psp_block_init(struct psp_block *block, const struct psp_block_rules *rules,
    const struct psp_dialect *dialect, const char *name, struct psp_error *err)
{
	struct psp_judge_rules judge_rules;

	forget(block);
	block->rules = *rules;
	block->scanner.separator = dialect->separator;
	block->scanner.has_quote = dialect->quote != PSP_QUOTE_NONE;
	block->scanner.quote =
	    block->scanner.has_quote ? (unsigned char)dialect->quote : 0;
	block->scanner.newline = dialect->newline;
	block->scanner.has_cr =
	    block->scanner.has_quote && dialect->newline == '\n';
	block->batch.file = name;
	block->batch.dialect = dialect;
	block->batch.first_line = 1;
	block->scan = rules->scan != NULL ? rules->scan : psp_scan_best();
	block->batch.scan = block->scan;
	block->state = psp_scan_start();
	block->window = PSP_SCAN_SIZE;
	block->nul_at = SIZE_MAX;
	block->stop = SIZE_MAX;
	block->max_kept = MAX_KEPT_SIZE;
	psp_arena_init(&block->arena);
	psp_buffer_init(&block->converted);
	psp_buffer_init(&block->adjusted);
	judge_rules.scanner = block->scanner;
	judge_rules.max_record = rules->max_record;
	judge_rules.n_fields = 0;
	block->judge = psp_judge_new(&judge_rules, err);
	return block->judge != NULL;
}

void
psp_block_clear(struct psp_block *block)
{
	free(block->memory);
	free(block->separators);
	free(block->batch.spans);
	free(block->batch.faults);
	psp_arena_clear(&block->arena);
	psp_buffer_clear(&block->converted);
	psp_buffer_clear(&block->adjusted);
	psp_judge_free(block->judge);
	forget(block);
}

void
psp_block_set_fields(struct psp_block *block, size_t n_fields)
{
	block->n_fields = n_fields;
	block->batch.n_fields = n_fields;
	psp_judge_set_fields(block->judge, block->rules.repair ? n_fields : 0);
}

void
psp_block_set_header(struct psp_block *block, struct psp_slice header)
{
	block->header = header;
}

/* Lets what the batch has point to the copy `bytes` of the block's bytes. */
static void
move_batch(const struct psp_block *block, char *bytes)
{
	const struct psp_batch *batch = &block->batch;

	for (size_t i = 0; i < batch->n_spans; i++) {
		struct psp_span *span = &batch->spans[i];

		if (span->ends == NULL)
			span->bytes = bytes + (span->bytes - block->bytes);
	}
	for (size_t i = 0; i < batch->n_faults; i++) {
		struct psp_slice *slice = &batch->faults[i].bytes;

		slice->bytes = bytes + (slice->bytes - block->bytes);
	}
}

/*
 * Makes room for `size` bytes in all. They begin at a page: where the place to
 * read to lies a few bytes behind that to read from, modulo pages, some
 * processors copy at a third of their speed.
 */
static bool
reserve_bytes(struct psp_block *block, size_t size, struct psp_error *err)
{
	size_t capacity = 0;
	char *memory, *bytes;

	if (size <= block->capacity)
		return true;
	if (size < block->capacity * 2)
		size = block->capacity * 2;
	if (size < MIN_CAPACITY)
		size = MIN_CAPACITY;
	memory = psp_array_reserve(NULL, &capacity, size + PAGE_SIZE, 1, err);
	if (memory == NULL)
		return false;
	bytes = memory + (PAGE_SIZE - (uintptr_t)memory % PAGE_SIZE);
	if (block->size > 0)
		memcpy(bytes, block->bytes, block->size);
	move_batch(block, bytes);
	free(block->memory);
	block->memory = memory;
	block->bytes = bytes;
	block->batch.bytes = bytes;
	block->capacity = capacity - (size_t)(bytes - memory);
	return true;
}

/* Makes room for the masks of `size` bytes, and of those that moving a record
 * to a page leaves before it. */
static bool
reserve_words(struct psp_block *block, size_t size, struct psp_error *err)
{
	size_t n = (size + PAGE_SIZE) / 64 + 1 + PSP_MASK_PADDING;
	uint64_t *separators = psp_array_reserve(block->separators,
	    &block->words_capacity, n, sizeof(*separators), err);

	if (separators == NULL)
		return false;
	if (n > block->n_words) {
		memset(separators + block->n_words, 0,
		    (n - block->n_words) * sizeof(*separators));
		block->n_words = n;
	}
	block->separators = separators;
	block->batch.separators = separators;
	return true;
}

char *
psp_block_room(struct psp_block *block, size_t size, struct psp_error *err)
{
	if (size > SIZE_MAX / 4 - PADDING - PAGE_SIZE - block->size) {
		psp_error_memory(err);
		return NULL;
	}
	size += block->size + PADDING;
	if (!reserve_bytes(block, size, err)
	    || !reserve_words(block, size, err))
		return NULL;
	return block->bytes + block->size;
}

void
psp_block_added(struct psp_block *block, size_t size)
{
	block->size += size;
	memset(block->bytes + block->size, 0, PADDING);
}

/* Empties the batch. */
static void
empty_batch(struct psp_block *block)
{
	struct psp_batch *batch = &block->batch;

	batch->n_spans = 0;
	batch->n_faults = 0;
	batch->n_blank_lines = 0;
	batch->n_converted = 0;
	batch->n_lines = 0;
	batch->longest = 0;
	batch->n_spanned = 0;
	batch->has_header = false;
	batch->has_nul = false;
	batch->is_cut = false;
	psp_arena_reset(&block->arena);
	block->kept_size = 0;
	block->start_lines = 0;
	block->nul_at = SIZE_MAX;
}

void
psp_block_next(struct psp_block *block)
{
	size_t rest = block->size - block->start;
	size_t size = (rest + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
	struct psp_batch *batch = &block->batch;

	/* What is read next begins at a page, if there is room enough. */
	if (size + PADDING > block->capacity)
		size = rest;
	if (rest > 0)
		memmove(block->bytes + size - rest, block->bytes + block->start,
		    rest);
	block->size = size;
	batch->first_line += block->start_lines;
	batch->first_record += batch->n_spans;
	empty_batch(block);
	block->start = size - rest;
	/* A record begins behind a line end, not behind bytes left there. */
	if (block->start > 0)
		block->bytes[block->start - 1] = (char)block->scanner.newline;
	psp_block_anchor(block);
	if (block->bytes != NULL)
		memset(block->bytes + size, 0, PADDING);
}

void
psp_block_restart(struct psp_block *block, size_t at)
{
	empty_batch(block);
	block->start = at;
	block->wanted_size = 0;
	block->is_discarding = false;
	block->window = PSP_SCAN_SIZE;
	psp_block_anchor(block);
}

void
psp_block_anchor(struct psp_block *block)
{
	block->scanned = block->start / 64 * 64;
	block->skip = (unsigned)(block->start % 64);
	block->scanned_lines = block->start_lines;
	block->start_rank = 0;
	block->is_doubtful = false;
	block->state = psp_scan_start();
}

void
psp_block_scan_again(struct psp_block *block)
{
	psp_block_anchor(block);
	block->window = WINDOW_BEHIND_IRREGULAR;
}

void
psp_block_see_nul(
    struct psp_block *block, size_t from, size_t to, size_t n_lines)
{
	const char *bytes = block->bytes;
	const char *nul;

	if (block->nul_at != SIZE_MAX || from >= to)
		return;
	nul = memchr(bytes + from, '\0', to - from);
	if (nul == NULL)
		return;
	block->nul_at = (size_t)(nul - bytes);
	block->n_nul_lines = n_lines;
	for (size_t i = from; i < block->nul_at; i++)
		block->n_nul_lines +=
		    (unsigned char)bytes[i] == block->scanner.newline;
}

bool
psp_block_reserve_spans(
    struct psp_block *block, size_t n, struct psp_error *err)
{
	struct psp_batch *batch = &block->batch;
	struct psp_span *spans = psp_array_reserve(batch->spans,
	    &block->spans_capacity, batch->n_spans + n, sizeof(*spans), err);

	if (spans == NULL)
		return false;
	batch->spans = spans;
	return true;
}
