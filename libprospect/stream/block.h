/*
 * A block of decoded bytes and the batch that is made of it: memory, what was
 * scanned, where the record being read begins. frame.h cuts it into records,
 * admit.h says what each becomes.
 *
 *   | records delivered | start ... a record in part ... size | room |
 */
#ifndef PSP_STREAM_BLOCK_H
#define PSP_STREAM_BLOCK_H

#include "libprospect/stream/irregular.h"
#include "libprospect/stream/record.h"

struct psp_block_rules {
	size_t max_record;
	bool repair;
	bool ragged;
	bool is_mixed; /* a record that is no UTF-8 is Windows-1252 */
};

struct psp_block {
	struct psp_block_rules rules;
	struct psp_scanner scanner;
	struct psp_batch batch;
	size_t n_fields;         /* 0 while the header is read: any number */
	struct psp_slice header; /* as it stands; empty: none */

	char *bytes; /* readable to the next multiple of 64 */
	size_t size;
	size_t capacity;
	uint64_t *separators;
	size_t n_words; /* room in `separators` */

	size_t start;       /* of the record being read */
	size_t start_lines; /* line ends before it */
	size_t scanned;     /* bytes scanned, in whole words */
	unsigned skip;      /* of the next word: belongs to what came before */
	size_t window;      /* bytes to scan at once, whole words */
	size_t scanned_lines; /* line ends before `scanned` + `skip` */
	struct psp_scan_state state;
	bool is_discarding; /* inside a line over the limit */
	size_t wanted_size; /* of the record, before it is judged again */

	size_t spans_capacity;
	size_t faults_capacity;
	struct psp_arena arena; /* records kept out of line */
	size_t kept_size;       /* of them */
	struct psp_buffer converted;
	struct psp_buffer adjusted;
	struct psp_judge *judge;
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

/* Room for `size` more bytes: where to read them to. NULL with PSP_ENOMEM. */
PSP_NODISCARD char *psp_block_room(
    struct psp_block *block, size_t size, struct psp_error *err);

/* `size` bytes have been put into the room. */
void psp_block_added(struct psp_block *block, size_t size);

/* Starts the next record at `at`, before which are `n_lines` line ends. */
void psp_block_begin_record(struct psp_block *block, size_t at, size_t n_lines);

/* The scan begins again at the record's start, whatever it said before. */
void psp_block_scan_again(struct psp_block *block);

/* Forgets the records delivered; the batch is empty again. */
void psp_block_next(struct psp_block *block);

#endif
