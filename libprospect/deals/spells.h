/*
 * The spells of a deal: how long it was in a stage and how it left it, from
 * its moves.
 */
#ifndef PSP_DEALS_SPELLS_H
#define PSP_DEALS_SPELLS_H

#include "libprospect/deals/history.h"

/* How a deal leaves a stage; STAYS: it is there still. */
enum psp_exit {
	PSP_EXIT_STAYS,
	PSP_EXIT_ADVANCES,
	PSP_EXIT_LOST,
	PSP_EXIT_BACK
};

struct psp_deal_spell {
	uint8_t stage;
	int32_t from, to; /* days; of one that goes on, to is today */
	enum psp_exit exit;
};

/* The exit by which a move from one stage to another leaves the first. */
enum psp_exit psp_exit_of(
    const struct psp_handbook *handbook, size_t from, size_t to);

/* Goes through the spells of one deal. */
struct psp_spells {
	const struct psp_book *book;
	const struct psp_deal *deal;
	struct psp_move made;
	const struct psp_move *moves;
	size_t n, next;
	bool has_first; /* the spell before the first move is still to come */
	int32_t today;
};

void psp_spells_start(struct psp_spells *spells,
    const struct psp_history *history, const struct psp_book *book, size_t deal,
    int32_t today);

/* The next spell in a stage where deals are open; false after the last. */
bool psp_spells_next(struct psp_spells *spells, struct psp_deal_spell *spell);

#endif
