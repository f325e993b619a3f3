/* The facts and their columns; see the header. */
#include <config.h>

#include "libprospect/deals/fact.h"

#include "libprospect/columns/registry.h"
#include "libprospect/columns/schema.h"

static const char *const names[PSP_N_FACTS] = {
	[PSP_FACT_DEAL] = "deal",
	[PSP_FACT_STAGE] = "stage",
	[PSP_FACT_STATUS] = "deal_status",
	[PSP_FACT_SIREN] = "siren",
	[PSP_FACT_NAME] = "name",
	[PSP_FACT_AMOUNT] = "amount",
	[PSP_FACT_CURRENCY] = "currency",
	[PSP_FACT_PROBABILITY] = "probability",
	[PSP_FACT_OWNER] = "owner",
	[PSP_FACT_FAMILIES] = "families",
	[PSP_FACT_SOURCE] = "source",
	[PSP_FACT_SOURCE_ROLE] = "source_role",
	[PSP_FACT_DECISION_MAKER] = "decision_maker",
	[PSP_FACT_OBJECT] = "object",
	[PSP_FACT_TIME] = "time",
	[PSP_FACT_CREATED] = "created",
	[PSP_FACT_STAGE_DATE] = "stage_date",
	[PSP_FACT_DECISION_DATE] = "decision_date",
	[PSP_FACT_NEXT_DATE] = "next_date",
	[PSP_FACT_RENEWAL] = "renewal",
	[PSP_FACT_LAST_CONTACT] = "last_contact",
	[PSP_FACT_CLOSED] = "closed",
	[PSP_FACT_BLOCKED] = "blocked",
	[PSP_FACT_SUSPENDED] = "suspended",
	[PSP_FACT_CRITICAL_STEP] = "critical_step",
	[PSP_FACT_REASON] = "reason",
	[PSP_FACT_QUALIFICATION] = "qualification",
};

/* The criterion whose columns hold a fact: `created` of a company is another
 * thing than `created` of a deal. */
static const char *
criterion_of(enum psp_fact fact)
{
	return fact == PSP_FACT_CREATED ? "opened" : names[fact];
}

const char *
psp_fact_name(enum psp_fact fact)
{
	return names[fact];
}

bool
psp_fact_find(struct psp_slice name, enum psp_fact *fact)
{
	const struct psp_criterion *criterion;

	for (int i = 0; i < PSP_N_FACTS; i++)
		if (psp_slice_is(name, names[i])) {
			*fact = (enum psp_fact)i;
			return true;
		}
	criterion = psp_criterion_find(name);
	for (int i = 0; criterion != NULL && i < PSP_N_FACTS; i++)
		if (strcmp(criterion->key, criterion_of((enum psp_fact)i))
		    == 0) {
			*fact = (enum psp_fact)i;
			return true;
		}
	return false;
}

enum psp_bind_result
psp_fact_bind(enum psp_fact fact, const struct psp_schema *schema,
    struct psp_slices header, struct psp_column *column, char *message,
    size_t message_size)
{
	struct psp_slice name = psp_slice_of(names[fact]);

	/* `columns: {created: engage_date}` speaks of the fact by its name. */
	if (psp_schema_said(schema, psp_registry_get(names[fact]), name)
	    == NULL)
		name = psp_slice_of(criterion_of(fact));
	return psp_schema_bind(
	    schema, header, name, column, message, message_size);
}
