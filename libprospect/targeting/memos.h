/*
 * Tables of answers that are kept (shortcut.h), handed from one evaluation to
 * the next: a state lives for a part of the input only, and a new table for
 * each would cost a 25th of a filter's time and forget what was learnt. What is
 * in a table depends on its plan alone. Several threads may take and give.
 */
#ifndef PSP_TARGETING_MEMOS_H
#define PSP_TARGETING_MEMOS_H

#include <stdatomic.h>
#include <stdint.h>

#include "libprospect/base/error.h"
#include "libprospect/base/word.h"

/* Longer cells are not kept; where two count together, none longer than half
 * of that. */
enum { PSP_MEMO_SIZE = 16 };

/* Answers in a table: 64 KiB, of which only what comes back is touched; far
 * more than the codes of any country in use. */
enum { PSP_MEMO_BITS = 11, PSP_N_MEMOS = 1 << PSP_MEMO_BITS };

/* What a test answered for cells with these bytes: `low` the last eight of
 * them, `high` those before, or the cell beside. */
struct psp_memo {
	uint64_t low, high;
	uint64_t who; /* the test, the style of numbers, sizes of the cells */
	uint64_t answer; /* 1 + enum psp_truth; 0: none */
};

/* Tables not in use; more of them than that are freed. */
enum { PSP_SPARE_MEMOS = 16 };

struct psp_memos {
	_Atomic(struct psp_memo *) spare[PSP_SPARE_MEMOS];
};

void psp_memos_init(struct psp_memos *memos);

/* Frees the tables given back; `memos` may be NULL. */
void psp_memos_clear(struct psp_memos *memos);

/* A table of PSP_N_MEMOS for the caller alone. NULL with PSP_ENOMEM. */
PSP_NODISCARD struct psp_memo *psp_memos_take(
    struct psp_memos *memos, struct psp_error *err);

/* Whose answers a test's are, but for the sizes of the cells: the test by its
 * number, and the style of numbers. */
static inline uint64_t
psp_memo_owner(uint32_t test, uint64_t style)
{
	return (uint64_t)test << 32 | style << 24;
}

/* The key of a cell; false: it is too long. */
static inline bool
psp_memo_key(uint64_t owner, struct psp_slice cell, struct psp_memo *key)
{
	if (cell.size > PSP_MEMO_SIZE)
		return false;
	key->high = 0;
	key->who = owner | cell.size;
	key->answer = 0;
	if (cell.size > 8) {
		key->high = psp_word_tail(psp_slice(cell.bytes, cell.size - 8));
		key->low = psp_word_load(cell.bytes + cell.size - 8);
	} else {
		key->low = psp_word_tail(cell);
	}
	return true;
}

/* The key of a cell and the one beside; false: they are too long. */
static inline bool
psp_memo_double_key(uint64_t owner, struct psp_slice cell,
    struct psp_slice beside, struct psp_memo *key)
{
	if (cell.size > PSP_MEMO_SIZE / 2 || beside.size > PSP_MEMO_SIZE / 2)
		return false;
	key->low = psp_word_tail(cell);
	key->high = psp_word_tail(beside);
	key->who = owner | cell.size | (uint64_t)beside.size << 8;
	key->answer = 0;
	return true;
}

/* The same keys of cells before whose ends 16 bytes may be read, without a
 * branch on their sizes. */
static inline bool
psp_memo_key_behind(uint64_t owner, struct psp_slice cell, struct psp_memo *key)
{
	const char *end;
	size_t n = cell.size > 8 ? 8 : cell.size;

	if (cell.size > PSP_MEMO_SIZE)
		return false;
	end = cell.bytes + cell.size;
	key->low = psp_word_load(end - 8) & psp_word_last(n);
	key->high = psp_word_load(end - 16) & psp_word_last(cell.size - n);
	key->who = owner | cell.size;
	key->answer = 0;
	return true;
}

/*
 * The place where the answer for such a key is, if it is anywhere. The factor
 * is 2^64 over the golden ratio; the highest bits of the product hang on all
 * bits of the key.
 */
static inline struct psp_memo *
psp_memos_place(struct psp_memo *memos, const struct psp_memo *key)
{
	uint64_t mixed = key->low ^ (key->high << 29 | key->high >> 35)
	                 ^ (key->who << 13 | key->who >> 51);

	return &memos[mixed * UINT64_C(0x9E3779B97F4A7C15)
		      >> (64 - PSP_MEMO_BITS)];
}

/* The answer there for this key: 1 + enum psp_truth, or 0. */
static inline uint64_t
psp_memo_answer(const struct psp_memo *memo, const struct psp_memo *key)
{
	return memo->low == key->low && memo->high == key->high
	               && memo->who == key->who
	           ? memo->answer
	           : 0;
}

/* Gives a table back; NULL is accepted. */
void psp_memos_give(struct psp_memos *memos, struct psp_memo *table);

#endif
