/* From moves to spells; see the header. */
#include <config.h>

#include "libprospect/deals/spells.h"

enum psp_exit
psp_exit_of(const struct psp_handbook *handbook, size_t from, size_t to)
{
	if (to >= handbook->n_stages)
		return PSP_EXIT_STAYS;
	if (handbook->stages[to].is_lost)
		return PSP_EXIT_LOST;
	/* Where deals rest is off the way, wherever it stands in the file. */
	return to > from && !handbook->stages[to].never_stale
	           ? PSP_EXIT_ADVANCES
	           : PSP_EXIT_BACK;
}

void
psp_spells_start(struct psp_spells *spells, const struct psp_history *history,
    const struct psp_book *book, size_t deal, int32_t today)
{
	const struct psp_move *first;

	memset(spells, 0, sizeof(*spells));
	spells->book = book;
	spells->deal = &book->deals[deal];
	spells->today = today;
	spells->moves =
	    psp_history_moves(history, book, deal, &spells->made, &spells->n);
	first = spells->moves;
	/* "from nouveau" on the first row: it was there since its opening. */
	spells->has_first = spells->n > 0 && first->from != PSP_NO_STAGE
	                    && spells->deal->created != PSP_NO_DAY
	                    && spells->deal->created <= first->date;
}

/* The spell that a move begins; false where it ends the deal. */
static bool
begin(struct psp_spells *spells, size_t move, struct psp_deal_spell *spell)
{
	const struct psp_handbook *handbook = spells->book->handbook;
	const struct psp_move *from = &spells->moves[move];

	spell->stage = from->to;
	spell->from = from->date;
	if (psp_handbook_state(handbook, from->to) != PSP_STATE_OPEN)
		return false;
	if (move + 1 < spells->n) {
		spell->to = from[1].date;
		spell->exit = psp_exit_of(handbook, from->to, from[1].to);
		return true;
	}
	spell->exit = PSP_EXIT_STAYS;
	spell->to = spells->today;
	/* The deal itself may know more than its history. */
	if (spells->deal->stage != from->to
	    && spells->deal->closed != PSP_NO_DAY
	    && psp_deal_state(spells->book, spells->deal) != PSP_STATE_OPEN) {
		spell->to = spells->deal->closed;
		spell->exit =
		    psp_exit_of(handbook, from->to, spells->deal->stage);
	}
	return spell->to >= spell->from;
}

bool
psp_spells_next(struct psp_spells *spells, struct psp_deal_spell *spell)
{
	const struct psp_handbook *handbook = spells->book->handbook;

	if (spells->has_first) {
		const struct psp_move *first = spells->moves;

		spells->has_first = false;
		spell->stage = first->from;
		spell->from = spells->deal->created;
		spell->to = first->date;
		spell->exit = psp_exit_of(handbook, first->from, first->to);
		if (psp_handbook_state(handbook, first->from) == PSP_STATE_OPEN)
			return true;
	}
	while (spells->next < spells->n)
		if (begin(spells, spells->next++, spell))
			return true;
	return false;
}
