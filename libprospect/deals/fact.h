/*
 * What is known of a deal: the facts that files, settings and reports name
 * alike ("decision_maker"). A fact is found in a header by the registry of
 * columns (columns/).
 */
#ifndef PSP_DEALS_FACT_H
#define PSP_DEALS_FACT_H

#include "libprospect/columns/columns.h"

enum psp_fact {
	PSP_FACT_DEAL,
	PSP_FACT_STAGE,
	PSP_FACT_STATUS, /* won or lost, where the stage does not tell */
	PSP_FACT_SIREN,
	PSP_FACT_NAME,
	PSP_FACT_AMOUNT,
	PSP_FACT_CURRENCY,
	PSP_FACT_PROBABILITY,
	PSP_FACT_OWNER,
	PSP_FACT_FAMILIES,
	PSP_FACT_SOURCE,
	PSP_FACT_SOURCE_ROLE,
	PSP_FACT_DECISION_MAKER,
	PSP_FACT_OBJECT,
	PSP_FACT_TIME,
	PSP_FACT_CREATED,
	PSP_FACT_STAGE_DATE,
	PSP_FACT_DECISION_DATE,
	PSP_FACT_NEXT_DATE,
	PSP_FACT_RENEWAL,
	PSP_FACT_LAST_CONTACT,
	PSP_FACT_CLOSED,
	PSP_FACT_BLOCKED,
	PSP_FACT_SUSPENDED,
	PSP_FACT_CRITICAL_STEP,
	PSP_FACT_REASON,
	PSP_FACT_QUALIFICATION,
	PSP_N_FACTS
};

/* A set of facts: bit `fact` of it. */
#define PSP_FACT_BIT(fact) ((uint32_t)1 << (fact))

/* The name of a fact in settings and in results. */
const char *psp_fact_name(enum psp_fact fact);

/* The fact of a name or of one of its headers ("décideur"); false: none. */
bool psp_fact_find(struct psp_slice name, enum psp_fact *fact);

/*
 * Finds the column of a fact in `header` by the criteria that may hold it:
 * `created` of a deal is also the day when its record was made. Results and
 * `message` as psp_schema_bind.
 */
enum psp_bind_result psp_fact_bind(enum psp_fact fact,
    const struct psp_schema *schema, struct psp_slices header,
    struct psp_column *column, char *message, size_t message_size);

#endif
