/* What became of deals by the stages they were in, to learn chances from. */
#ifndef PSP_DEALS_CHANCES_H
#define PSP_DEALS_CHANCES_H

#include "libprospect/deals/history.h"
#include "libprospect/deals/standing.h"

/* The facts by which what is open may come in, and when. */
#define PSP_OUTLOOK_NEEDS                                                      \
	(PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_CURRENCY)       \
	    | PSP_FACT_BIT(PSP_FACT_PROBABILITY)                               \
	    | PSP_FACT_BIT(PSP_FACT_DECISION_DATE)                             \
	    | PSP_FACT_BIT(PSP_FACT_TIME)                                      \
	    | PSP_FACT_BIT(PSP_FACT_LAST_CONTACT)                              \
	    | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)                                \
	    | PSP_FACT_BIT(PSP_FACT_CREATED) | PSP_FACT_BIT(PSP_FACT_CLOSED))

/*
 * Counts, for each stage, the deals that were in it and ended before `before`,
 * and how many of these were won. `learned` has PSP_MAX_STAGES items. Without
 * a history nothing is learned: where an ended deal has been is not known.
 */
void psp_chances_learn(const struct psp_history *history,
    const struct psp_book *book, int32_t before, struct psp_learned *learned);

#endif
