/*
 * A block of decoded bytes and the batch that is made of it: memory, what was
 * scanned, where the record being read begins. frame.h cuts it into records,
 * admit.h says what each becomes.
 *
 *   | records delivered | start ... a record in part ... size | room |
 *   bytes               bytes + start             bytes + size
 */
#ifndef PSP_STREAM_BLOCK_H
#define PSP_STREAM_BLOCK_H

#include "libprospect/base/compiler.h"
#include "libprospect/stream/irregular.h"
#include "libprospect/stream/record.h"

struct psp_block_rules {
	size_t max_record;
	bool repair;
	bool ragged;
	bool is_mixed; /* a record that is no UTF-8 is Windows-1252 */
	const struct psp_scan_functions *scan; /* NULL: the best */
};

struct psp_block {
	struct psp_block_rules rules;
	struct psp_scanner scanner;
	const struct psp_scan_functions *scan;
	struct psp_batch batch;
	size_t n_fields;         /* 0 while the header is read: any number */
	struct psp_slice header; /* as it stands; empty: none */

	char *memory; /* in which they lie */
	char *bytes;  /* readable to the next multiple of 64 */
	size_t size;
	size_t capacity;
	uint64_t *separators;
	size_t words_capacity;
	size_t n_words; /* of `separators`, that may be read */

	size_t start;       /* of the record being read */
	size_t stop;        /* records that begin behind it are not taken */
	size_t start_lines; /* line ends before it */
	size_t scanned;     /* bytes scanned, in whole words */
	unsigned skip;      /* of the next word: belongs to what came before */
	size_t window;      /* bytes to scan at once, whole words */
	size_t scanned_lines; /* line ends before `scanned` + `skip` */
	size_t start_rank;    /* separators before `start` in what is scanned
	                       * next; may lie before it, and so below 0 */
	bool is_doubtful;     /* the record's words before `scanned` are */
	struct psp_scan_state state;
	size_t nul_at;      /* offset of the first NUL seen; SIZE_MAX: none */
	size_t n_nul_lines; /* line ends before it */
	bool is_discarding; /* inside a line over the limit */
	size_t wanted_size; /* of the record, before it is judged again */

	size_t spans_capacity;
	size_t faults_capacity;
	struct psp_arena arena; /* records kept out of line */
	size_t kept_size;       /* of them */
	size_t max_kept;        /* ends the batch */
	struct psp_buffer converted;
	struct psp_buffer adjusted;
	struct psp_judge *judge;
	struct psp_scan_window found; /* last, for it is large: see init */
};

/* Prepares a block for one file; `dialect` and `name` are borrowed. */
PSP_NODISCARD bool psp_block_init(struct psp_block *block,
    const struct psp_block_rules *rules, const struct psp_dialect *dialect,
    const char *name, struct psp_error *err);

void psp_block_clear(struct psp_block *block);

/* From now on records must have `n_fields` fields. */
void psp_block_set_fields(struct psp_block *block, size_t n_fields);

/* Tells the header line, borrowed, so that it is known where it comes again. */
void psp_block_set_header(struct psp_block *block, struct psp_slice header);

/* Room for `size` more bytes: where to read them to. What the batch has goes
 * with bytes that move. NULL with PSP_ENOMEM. */
PSP_NODISCARD char *psp_block_room(
    struct psp_block *block, size_t size, struct psp_error *err);

/* `size` bytes have been put into the room. */
void psp_block_added(struct psp_block *block, size_t size);

/* More lines in a record than cells have, unless a quote is missing. */
enum { PSP_MANY_LINES = 100 };

/* Starts the next record at `at`, before which are `n_lines` line ends. */
static inline void
psp_block_begin_record(struct psp_block *block, size_t at, size_t n_lines)
{
	size_t n_spanned = n_lines - block->start_lines;

	if (PSP_UNLIKELY(n_spanned > PSP_MANY_LINES)
	    && block->batch.n_spanned == 0) {
		block->batch.n_spanned = n_spanned;
		block->batch.spanned_at = block->start_lines;
	}
	block->start = at;
	block->start_lines = n_lines;
	block->wanted_size = 0;
	block->batch.n_lines = n_lines;
}

/* The scan goes on from the record's start, whatever it said before. */
void psp_block_anchor(struct psp_block *block);

/* The same behind an irregular record: another one is likely near. */
void psp_block_scan_again(struct psp_block *block);

/* Keeps the place of the first NUL among the bytes from `from` to before `to`,
 * before which are `n_lines` line ends. */
void psp_block_see_nul(
    struct psp_block *block, size_t from, size_t to, size_t n_lines);

/* Makes room for `n` more spans. PSP_ENOMEM. */
PSP_NODISCARD bool psp_block_reserve_spans(
    struct psp_block *block, size_t n, struct psp_error *err);

/* Adds the span of the record being read, for which there is room. */
static inline void
psp_block_put_span(struct psp_block *block, const char *bytes, size_t size,
    const uint32_t *ends)
{
	struct psp_batch *batch = &block->batch;
	struct psp_span *span = &batch->spans[batch->n_spans++];

	span->bytes = bytes;
	span->size = (uint32_t)size;
	span->n_lines = (uint32_t)block->start_lines;
	span->ends = ends;
	span->n_blank_lines = (uint32_t)batch->n_blank_lines;
	span->n_converted = (uint32_t)batch->n_converted;
	if (size > batch->longest)
		batch->longest = size;
}

/* Forgets the records delivered; the batch is empty again, and what was not
 * delivered begins at block->start. */
void psp_block_next(struct psp_block *block);

/* Empties the batch; the next record is the one at `at` of the bytes there. */
void psp_block_restart(struct psp_block *block, size_t at);

#endif
