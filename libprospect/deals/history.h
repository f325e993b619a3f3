/*
 * What became of deals: their moves from stage to stage, as a file tells them
 * (deal,date,from,to,amount). Moves are kept by deal in the order of their
 * dates, those of one day in the order of the file.
 *
 *   starts  |0|3|3|7| ...            deal i has moves starts[i] .. starts[i+1]
 *   moves   |d0|d0|d0|d2|d2|d2|d2|
 *
 * A deal's time in a stage is a spell, from the move there to the next one; of
 * an open deal the last spell goes on today.
 */
#ifndef PSP_DEALS_HISTORY_H
#define PSP_DEALS_HISTORY_H

#include "libprospect/deals/book.h"
#include "libprospect/stream/flow.h"

struct psp_move {
	uint32_t deal; /* its number in the book */
	int32_t date;
	uint32_t line; /* of its row */
	uint8_t from;  /* PSP_NO_STAGE: not said, or none of ours */
	uint8_t to;
	bool is_late;  /* the file has a later move of that deal before it */
	bool is_other; /* `from` is not where the move before it led */
};

/* A row of the file that tells of nothing that can be followed. */
enum psp_history_fault {
	PSP_HISTORY_DEAL,  /* of a deal that the input does not have */
	PSP_HISTORY_STAGE, /* to a stage that the settings do not have */
	PSP_HISTORY_DATE,  /* its date is missing or not understood */
	PSP_N_HISTORY_FAULTS
};

/* How many rows have a fault, and the first of them. */
struct psp_history_faults {
	size_t n;
	size_t line;
	char text[64]; /* the cell, visible, cut */
};

struct psp_history {
	const char *file; /* NULL: none was read */
	struct psp_move *moves;
	int64_t *amounts; /* of the moves, PSP_NO_AMOUNT: none; or NULL */
	size_t n, capacity;
	size_t *starts; /* n_deals + 1 of them, once it is finished */
	size_t n_deals;
	struct psp_history_faults faults[PSP_N_HISTORY_FAULTS];
	size_t n_late;
	size_t n_future; /* moves after today, left out */
};

void psp_history_init(struct psp_history *history);

void psp_history_clear(struct psp_history *history);

/*
 * Reads `path` for the deals of `book`. Columns are found by their usual names,
 * whatever `columns:` says of the deals. Rows with a fault are counted and left
 * out; so are moves after `today`. `with_amounts` keeps those of the moves.
 * `options` say by how many threads. Fails as psp_flow_open, and with
 * PSP_EUSAGE when the columns deal, date or to are missing.
 */
PSP_NODISCARD bool psp_history_read(struct psp_history *history,
    const char *path, const struct psp_book *book, int32_t today,
    bool with_amounts, const struct psp_flow_options *options,
    struct psp_error *err);

/* Says what was left out. */
void psp_history_note(
    const struct psp_history *history, const struct psp_notes *notes);

/*
 * The moves of a deal: what the file tells or, without a file, what the deal
 * itself does: one move to its stage on the day it came there. `made` is room
 * for one that is made up. `*n` is 0 when nothing is known.
 */
const struct psp_move *psp_history_moves(const struct psp_history *history,
    const struct psp_book *book, size_t deal, struct psp_move *made, size_t *n);

#endif
