/*
 * DOT(A): what makes a project of a lead. A project has a decision maker (D),
 * an object (O), a time (T) and often an amount (A), and the one who told it
 * has a say in the decision. All else is a lead, however much is known: who
 * gives the information weighs most.
 */
#ifndef PSP_DEALS_DOTA_H
#define PSP_DEALS_DOTA_H

#include "libprospect/deals/book.h"

struct psp_dota {
	char letters[5];  /* "DOT-": a dash for what is not known */
	uint32_t missing; /* facts that a project needs */
	bool has_role;    /* the source has a say, or none is asked for */
	enum psp_qualification is;   /* lead or project */
	enum psp_qualification said; /* what it is called; may be NONE */
};

/* The facts that it is decided by. */
#define PSP_DOTA_NEEDS                                                         \
	(PSP_FACT_BIT(PSP_FACT_DECISION_MAKER) | PSP_FACT_BIT(PSP_FACT_OBJECT) \
	    | PSP_FACT_BIT(PSP_FACT_TIME)                                      \
	    | PSP_FACT_BIT(PSP_FACT_DECISION_DATE)                             \
	    | PSP_FACT_BIT(PSP_FACT_RENEWAL)                                   \
	    | PSP_FACT_BIT(PSP_FACT_LAST_CONTACT)                              \
	    | PSP_FACT_BIT(PSP_FACT_STAGE_DATE)                                \
	    | PSP_FACT_BIT(PSP_FACT_CREATED) | PSP_FACT_BIT(PSP_FACT_AMOUNT)   \
	    | PSP_FACT_BIT(PSP_FACT_SOURCE_ROLE)                               \
	    | PSP_FACT_BIT(PSP_FACT_QUALIFICATION))

/*
 * What a deal is by what is known of it, and what it is called: by its own
 * qualification, else by that of its stage, else by a stage named "piste" or
 * "projet".
 */
struct psp_dota psp_deal_dota(
    const struct psp_book *book, const struct psp_deal *deal);

/* Appends the names of facts, parted by ", ". PSP_ENOMEM. */
PSP_NODISCARD bool psp_facts_put(
    uint32_t facts, struct psp_buffer *out, struct psp_error *err);

#endif
