/* Learning chances from what came; see the header. */
#include <config.h>

#include "libprospect/deals/chances.h"

void
psp_chances_learn(const struct psp_history *history,
    const struct psp_book *book, int32_t before, struct psp_learned *learned)
{
	memset(learned, 0, PSP_MAX_STAGES * sizeof(*learned));
	for (size_t i = 0; i < book->n && history->starts != NULL; i++) {
		const struct psp_deal *deal = &book->deals[i];
		enum psp_state state = psp_deal_state(book, deal);
		uint64_t been = 0;

		if (state == PSP_STATE_OPEN || deal->closed == PSP_NO_DAY
		    || deal->closed >= before)
			continue;
		for (size_t j = history->starts[i]; j < history->starts[i + 1];
		     j++) {
			const struct psp_move *move = &history->moves[j];

			been |= (uint64_t)1 << move->to;
			if (move->from < PSP_MAX_STAGES)
				been |= (uint64_t)1 << move->from;
		}
		for (size_t j = 0; j < book->handbook->n_stages; j++) {
			if ((been >> j & 1) == 0)
				continue;
			learned[j].n_ended++;
			learned[j].n_won += state == PSP_STATE_WON;
		}
	}
}
