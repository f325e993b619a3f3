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

/* Answers in a table: 64 KiB, of which only what comes back is touched; far
 * more than the codes of any country in use. */
enum { PSP_MEMO_BITS = 11, PSP_N_MEMOS = 1 << PSP_MEMO_BITS };

/* What a test answered for cells with these bytes. */
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

/* Gives a table back; NULL is accepted. */
void psp_memos_give(struct psp_memos *memos, struct psp_memo *table);

#endif
