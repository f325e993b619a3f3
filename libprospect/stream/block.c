/* Memory of a block, and where its reading stands; see the header. */
#include <config.h>

#include "libprospect/stream/block.h"

#include <stdlib.h>

/* Irregular records come in herds: behind one, little is scanned in vain. */
enum { PADDING = 64, WINDOW_BEHIND_IRREGULAR = 128 };

bool
psp_block_init(struct psp_block *block, const struct psp_block_rules *rules,
    const struct psp_dialect *dialect, const char *name, struct psp_error *err)
{
	struct psp_judge_rules judge_rules;

	memset(block, 0, sizeof(*block));
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
	free(block->bytes);
	free(block->separators);
	free(block->batch.spans);
	free(block->batch.faults);
	psp_arena_clear(&block->arena);
	psp_buffer_clear(&block->converted);
	psp_buffer_clear(&block->adjusted);
	psp_judge_free(block->judge);
	memset(block, 0, sizeof(*block));
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

char *
psp_block_room(struct psp_block *block, size_t size, struct psp_error *err)
{
	size_t capacity = block->capacity, n_words = block->n_words;
	char *bytes;
	uint64_t *separators;

	if (size > SIZE_MAX - PADDING - block->size) {
		psp_error_memory(err);
		return NULL;
	}
	bytes = psp_array_reserve(
	    block->bytes, &capacity, block->size + size + PADDING, 1, err);
	if (bytes == NULL)
		return NULL;
	block->bytes = bytes;
	block->batch.bytes = bytes;
	block->capacity = capacity;
	separators = psp_array_reserve(block->separators, &n_words,
	    capacity / 64 + 1, sizeof(*separators), err);
	if (separators == NULL)
		return NULL;
	if (n_words > block->n_words)
		memset(separators + block->n_words, 0,
		    (n_words - block->n_words) * sizeof(*separators));
	block->separators = separators;
	block->batch.separators = separators;
	block->n_words = n_words;
	return bytes + block->size;
}

void
psp_block_added(struct psp_block *block, size_t size)
{
	block->size += size;
	memset(block->bytes + block->size, 0, PADDING);
}

void
psp_block_next(struct psp_block *block)
{
	size_t rest = block->size - block->start;
	struct psp_batch *batch = &block->batch;

	if (rest > 0 && block->start > 0)
		memmove(block->bytes, block->bytes + block->start, rest);
	block->size = rest;
	batch->first_line += block->start_lines;
	batch->first_record += batch->n_spans;
	batch->n_spans = 0;
	batch->n_faults = 0;
	batch->n_blank_lines = 0;
	batch->n_converted = 0;
	batch->n_lines = 0;
	batch->longest = 0;
	batch->n_spanned = 0;
	batch->has_header = false;
	batch->has_nul = false;
	psp_arena_reset(&block->arena);
	block->kept_size = 0;
	block->start = 0;
	block->start_lines = 0;
	block->nul_at = SIZE_MAX;
	psp_block_anchor(block);
	if (block->bytes != NULL)
		memset(block->bytes + rest, 0, PADDING);
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
